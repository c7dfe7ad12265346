"""Parses that are kept: what is read of them is what is read without; and where the time of a run goes."""

import json

import pytest

from kg import atomic
from kg.config import BuildConfig, Config, ExtractConfig
from kg.extract import Extractor
from kg.extract.parse import pipeline
from kg.read import document_from_text
from kg.run import shards
from kg.run.diary import Diary
from kg.run.shards import outcomes

TEXTS = (
    "Anna Berg, the mayor of Ghent, met Karl Lund in Bruges on 3 May 2021. She praised him.",
    "ANNA BERG LEAVES GHENT\n\nAnna Berg left Ghent for Carnegie–Lund University, which uses C# and C++.",
    "Interviewer: Where do you live?\n\nAnna Berg: I moved to Porto in 2019.",
    "Works of Lorn Bros. Ida Holt left the firm in the U.S. Nils Aas did not.",
    "El perro duerme en la casa grande de mi abuela desde hace muchos años.",
    "It rose 5 % to €2,500.75 m. — “a record”, he said;\tthe\u00a0rest fell...........................",
    "",
)


def documents():
    return [document_from_text(text, source=f"{i}.txt") for i, text in enumerate(TEXTS)]


def refuse(nlp, texts):
    """Stand in for the model where all parses are kept."""
    raise AssertionError("a parse was made that is kept")
    yield


@pytest.mark.model
class TestKept:
    @pytest.mark.parametrize("profile", ["accurate", "fast"])
    def test_what_is_read_is_the_same_with_and_without(self, tmp_path, monkeypatch, profile):
        config = ExtractConfig(profile=profile, min_confidence=0.0)
        plain = list(Extractor(config).pipe(documents()))
        first = Extractor(config, cache=str(tmp_path / "c"))
        assert list(first.pipe(documents())) == plain
        # A vocabulary that has seen nothing yet.
        again = Extractor(config, cache=str(tmp_path / "c"))
        monkeypatch.setattr(pipeline, "_pipe", refuse)
        assert list(again.pipe(documents())) == plain
        assert (first.parses.made, again.parses.found) == (len(TEXTS), len(TEXTS))

    def test_one_new_document_among_others_is_parsed(self, tmp_path):
        extractor = Extractor(cache=str(tmp_path))
        list(extractor.pipe(documents()[:3]))
        given = documents()
        assert list(extractor.pipe([given[4], *given[:4]])) == list(Extractor().pipe([given[4], *given[:4]]))
        assert extractor.parses.found == 3

    def test_another_profile_or_code_finds_nothing(self, tmp_path, monkeypatch):
        list(Extractor(cache=str(tmp_path)).pipe(documents()[:1]))
        fast = Extractor(ExtractConfig(profile="fast"), cache=str(tmp_path))
        list(fast.pipe(documents()[:1]))
        assert fast.parses.found == 0
        monkeypatch.setattr("kg.extract.code_of", lambda *parts: "other")
        other = Extractor(cache=str(tmp_path))
        list(other.pipe(documents()[:1]))
        assert other.parses.found == 0

    @pytest.mark.parametrize("data", [b"", b"rubbish", "cut"])
    def test_what_is_damaged_is_parsed_again(self, tmp_path, caplog, data):
        extractor = Extractor(cache=str(tmp_path))
        plain = list(extractor.pipe(documents()[:1]))
        (path,) = tmp_path.glob("*/*.parse")
        path.write_bytes(path.read_bytes()[:-9] if data == "cut" else data)
        assert list(extractor.pipe(documents()[:1])) == plain
        assert "damaged, and parsed again" in caplog.text
        caplog.clear()
        assert list(extractor.pipe(documents()[:1])) == plain
        assert "damaged" not in caplog.text

    def test_a_disk_without_room_costs_no_more_than_time(self, tmp_path, monkeypatch, caplog):
        def full(aside, path):
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(atomic, "put", full)
        extractor = Extractor(cache=str(tmp_path))
        assert list(extractor.pipe(documents()[:1])) == list(Extractor().pipe(documents()[:1]))
        assert "not kept (No space left on device)" in caplog.text
        assert not list(tmp_path.glob("*/*"))

    def test_components_of_others_are_not_kept(self, tmp_path, caplog):
        extractor = Extractor(ExtractConfig(components=("merge_noun_chunks",)), cache=str(tmp_path))
        assert extractor.parses is None
        assert "not used" in caplog.text

    def test_a_run_takes_them_in_all_its_processes(self, kg, tmp_path, monkeypatch):
        # Together the texts are more than one process takes at a time.
        monkeypatch.setattr(shards, "SHARD_DOCUMENTS", 1)
        folder = tmp_path / "texts"
        folder.mkdir()
        for i in range(4):
            (folder / f"{i}.txt").write_text(f"Anna Berg met Karl Lund {i} times. " * 4, encoding="utf-8")
        command = ("build", folder, "--processes", 2, "--cache", tmp_path / "c", "-o")
        assert kg(*command, tmp_path / "a.ttl")[0] == 0
        assert len(list((tmp_path / "c").glob("*/*.parse"))) == 4
        assert kg(*command, tmp_path / "b.ttl")[0] == 0
        assert (tmp_path / "a.ttl").read_bytes() == (tmp_path / "b.ttl").read_bytes()
        assert kg(*command, tmp_path / "c.ttl", "--store", tmp_path / "s")[0] == 2


@pytest.mark.model
class TestTimes:
    def test_profile_by_itself_says_where_the_time_went(self, kg, tmp_path):
        # Long enough for a clock of the processor that ticks a hundred times a second.
        (tmp_path / "a.txt").write_text(f"{TEXTS[0]}\n\n" * 60, encoding="utf-8")
        log = tmp_path / "log.jsonl"
        code, _, err = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g.ttl", "--log", log, "--profile")
        assert code == 0
        lines = [line.split()[:2] for line in err.splitlines()]
        assert {"read", "extract", "resolve", "assemble", "write"} <= {line[0] for line in lines}
        assert [x for x in lines if x[-1] in ("tagger", "parser")] == [
            ["parse", "tagger"],
            ["parse", "parser"],
        ]
        end = json.loads(log.read_text("utf-8").splitlines()[-1])
        assert {"parse", "names", "claims", "coref"} <= set(end["extraction"])
        parts = sum(v for k, v in end["extraction"].items() if k.startswith("parse "))
        assert 0 < parts <= end["extraction"]["parse"] + 0.05

    def test_with_a_name_it_is_the_profile_of_reading(self, kg, tmp_path):
        (tmp_path / "a.txt").write_text(TEXTS[0], encoding="utf-8")
        code, _, err = kg("build", tmp_path / "a.txt", "-o", tmp_path / "g.ttl", "--profile", "fast")
        assert code == 0
        assert "parse" not in err
        assert kg("build", tmp_path / "a.txt", "--profile", "fats")[0] == 2

    def test_watched_it_reads_the_same(self):
        watched = Extractor(spent={})
        assert list(watched.pipe(documents())) == list(Extractor().pipe(documents()))
        shard = documents()[:2]
        (first, second) = outcomes(watched, shard, BuildConfig())
        assert first.spent["parse"] > 0
        assert not second.spent
        diary = Diary()
        diary.document(shard[0], first)
        assert any("parse" in line for line in diary.table())
        assert Config().build.timings is False
