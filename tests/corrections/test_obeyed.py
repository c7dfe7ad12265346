"""Corrections are obeyed by builds and stores, survive replaced documents, and are told when idle."""

import pytest
from correction_texts import TEXTS

import kg
from kg.check.invariants import validate
from kg.config import Config, ResolveConfig
from kg.corrections import Corrections
from kg.corrections.file import parse, written
from kg.errors import ConfigError
from kg.export import write
from kg.library.directory import StoreDirectory

HEAD = '[[correction]]\nby = "Ann"\nat = 2026-05-04T12:00:00Z\n'
SPLIT = (
    HEAD
    + 'kind = "different"\n'
    + 'names = [{ name = "Ann Lee", source = "b.txt" }, { name = "Ann Lee", source = "c.txt" }]\n'
)
SAME = HEAD + 'kind = "same"\nnames = ["Orbis Bank", "Orsa"]\n'
RENAME = HEAD + 'kind = "rename"\nnames = ["Norvia"]\nto = "Norvia AB"\n'
RETYPE = HEAD + 'kind = "retype"\nnames = ["Norvia AB"]\nto = "Person"\n'
NAMELESS = HEAD + 'kind = "rename"\nnames = [{ name = "mill", source = "a.txt" }]\nto = "mill of Ulm"\n'
REJECT = HEAD + (
    'kind = "reject"\nnote = "He was sent away."\n'
    'subject = "Bo Ek"\nrelation = "leave"\nobject = "Orbis Bank"\n'
    'evidence = [{ sentence = "Bo Ek left Orbis Bank.", source = "a.txt" }]\n'
)
CONFIRM = HEAD + 'kind = "confirm"\nsubject = "Anna Berg"\nrelation = "sell to"\nobject = "norvia"\n'
DENIED = HEAD + 'kind = "confirm"\nsubject = "Orbis Bank"\nrelation = "buy"\nobject = "Norvia"\n'
ADD = HEAD + (
    'kind = "add"\nsubject = "Anna Berg"\nrelation = "work with"\nobject = "Ann Lee"\n'
    'evidence = [{ sentence = "Anna Berg visited Leeds.", source = "b.txt" }]\n'
)
ALL = (SPLIT, SAME, RENAME, RETYPE, NAMELESS, REJECT, CONFIRM, DENIED, ADD)


pytestmark = pytest.mark.model


def built(texts, *entries):
    return kg.build(texts, corrections=Corrections(parse("".join(entries), "c")))


def turtle(graph, folder):
    return write(graph, folder / "graph.ttl").read_bytes()


def decide(store, *entries):
    (store.path / "corrections.toml").write_text("".join(entries), encoding="utf-8")


def fact(graph, subject, relation, object=None):
    (found,) = graph.facts(subject=subject, relation=relation, object=object)
    return found


class TestFacts:
    def test_a_rejected_fact_is_kept_and_not_asserted(self, texts):
        graph = built(texts, REJECT)
        found = fact(graph, "Bo Ek", "leave")
        assert (found.asserted, found.verdict) == (False, "rejected")
        assert found.evidence[0].quote == "Bo Ek left Orbis Bank."
        assert not graph.query("SELECT ?s WHERE { ent:Bo_Ek rel:leave ent:Orbis_Bank . BIND(1 AS ?s) }")
        rows = graph.query(
            "SELECT ?by ?at ?why WHERE { ?s kg:verdict 'rejected' ; kg:reviewedBy ?by ; kg:reviewedAt ?at ;"
            " kg:reviewNote ?why }"
        )
        assert [tuple(row[name].value for name in ("by", "at", "why")) for row in rows] == [
            ("Ann", "2026-05-04T12:00:00Z", "He was sent away.")
        ]
        assert validate(graph) == []

    def test_a_confirmed_fact_is_asserted_whatever_its_object_is_called(self, texts):
        before = fact(built(texts), "Anna Berg", "sell to")
        found = fact(built(texts, CONFIRM, RENAME), "Anna Berg", "sell to")
        assert (before.asserted, found.asserted, found.verdict) == (False, True, "confirmed")
        assert found.evidence[0].confidence == before.evidence[0].confidence

    def test_what_the_text_denies_stays_denied(self, texts):
        found = fact(built(texts, DENIED), "Orbis Bank", "buy")
        assert (found.asserted, found.negated, found.verdict) == (False, True, "confirmed")

    def test_an_added_fact_has_its_sentence(self, texts):
        graph = built(texts, ADD)
        found = fact(graph, "Anna Berg", "work with")
        assert (found.asserted, found.verdict, found.object.id) == (True, "added", "Ann_Lee")
        assert (found.evidence[0].quote, found.evidence[0].rule) == ("Anna Berg visited Leeds.", "added")
        assert validate(graph) == []

    def test_the_page_does_not_tell_what_is_wrong(self, texts):
        from kg.export.page_data import tables

        graph = built(texts, REJECT)
        told = tables(graph.entities, graph.facts()).counts["facts"]
        assert told == len(graph.facts()) - 1

    def test_a_rejected_addition_is_not_asserted(self, texts):
        wrong = ADD.replace('"add"', '"reject"')
        assert fact(built(texts, ADD, wrong), "Anna Berg", "work with").verdict == "rejected"


class TestNames:
    def test_one_name_is_two(self, texts):
        assert len(built(texts).find("Ann Lee")) == 1
        one, two = built(texts, SPLIT).find("Ann Lee")
        assert one.id != two.id

    def test_two_names_are_one(self, texts):
        graph = built(texts, SAME)
        assert graph.entity("Orbis Bank") == graph.entity("Orsa")
        why = graph.query("SELECT ?why WHERE { ?e kg:mergeReason ?why }")
        assert "decided by Ann" in [row["why"].value for row in why]

    def test_a_new_name_is_the_label_and_the_old_one_an_alias(self, texts):
        entity = built(texts, RENAME).entity("Norvia")
        assert (entity.id, entity.label, entity.aliases) == ("Norvia_AB", "Norvia AB", ("Norvia",))

    def test_a_class_is_given_by_the_new_name_too(self, texts):
        assert built(texts, RENAME, RETYPE).entity("Norvia").type == "Person"

    def test_what_has_no_name_is_called_in_its_document(self, texts):
        assert built(texts, NAMELESS).entity("mill of Ulm").aliases == ("mill",)


class TestStore:
    def test_it_is_what_a_build_gives_however_they_come_and_go(self, store, texts, tmp_path):
        for entries in (ALL[:3], ALL, ALL[4:], (SPLIT,), ()):
            decide(store, *entries)
            assert turtle(store.graph(), tmp_path) == turtle(built(texts, *entries), tmp_path), entries

    def test_one_at_a_time(self, store, texts, tmp_path):
        for number in range(1, len(ALL) + 1):
            decide(store, *ALL[:number])
            assert turtle(store.graph(), tmp_path) == turtle(built(texts, *ALL[:number]), tmp_path), ALL[
                number - 1
            ]

    def test_only_documents_that_have_the_sentence_are_mapped_again(self, store, monkeypatch):
        from kg.library.cache import Cache

        store.graph()
        mapped = []
        before = Cache._map
        monkeypatch.setattr(
            Cache, "_map", lambda self, id, writer: mapped.append(id) or before(self, id, writer)
        )
        decide(store, REJECT)
        store.graph()
        assert mapped == [id for name, id in store.manifest.sources.values() if name == "a.txt"]

    def test_a_chain_of_two_is_taken_apart_and_joined_again(self, tmp_path):
        (tmp_path / "d.txt").write_text(
            "Orbis Bank, a part of Norvia, grew. Orbis Bank (also Norvia) paid.", encoding="utf-8"
        )
        (tmp_path / "e.txt").write_text("Norvia grew.", encoding="utf-8")
        store = StoreDirectory.create(tmp_path / "s")
        store.add([tmp_path / "d.txt", tmp_path / "e.txt"])
        apart = HEAD + 'kind = "different"\nnames = ["Orbis Bank", "Norvia"]\n'
        for entries in ((apart,), (), (apart,)):
            decide(store, *entries)
            expected = built([tmp_path / "d.txt", tmp_path / "e.txt"], *entries)
            assert turtle(store.graph(), tmp_path) == turtle(expected, tmp_path)
        assert store.graph().entity("Orbis Bank") != store.graph().entity("Norvia")

    def test_they_survive_a_replaced_document(self, store, tmp_path):
        decide(store, *ALL)
        store.graph()
        path = tmp_path / "a.txt"
        path.write_text("News of Ulm.\n\n" + TEXTS["a.txt"], encoding="utf-8")
        key = next(k for k, (name, _) in store.manifest.sources.items() if name == "a.txt")
        store.remove([key])
        store.add(path)
        assert store.idle() == []
        assert fact(store.graph(), "Bo Ek", "leave").verdict == "rejected"

    def test_those_that_no_longer_apply_are_told(self, store, tmp_path):
        decide(store, *ALL, HEAD + 'kind = "rename"\nnames = ["Norwia"]\nto = "X"\n')
        store.graph()
        (one,) = store.idle()
        assert one.why == "nothing is called 'Norwia'; did you mean 'Norvia'?"
        store.remove(["b.txt"])
        told = {each.correction.kind: each.why for each in store.idle()}
        assert told["different"] == "nothing is called 'Ann Lee' in b.txt"
        assert told["add"] == "b.txt is gone"
        assert len(store.status()["idle"]) == 3

    def test_a_broken_file_is_told_and_nothing_is_lost(self, store):
        decide(store, SAME, "[[correction]]\nkind = 'no'\n")
        with pytest.raises(ConfigError, match=r"correction 2 \(line 6\)"):
            store.graph()
        decide(store, SAME)
        assert store.graph().entity("Orsa").label == "Orbis Bank"


class TestIdle:
    @pytest.mark.parametrize(
        ("entry", "why"),
        [
            (REJECT.replace("Bo Ek left Orbis Bank.", "Bo Ek stayed."), "its sentence is no longer in a.txt"),
            (REJECT.replace('"leave"', '"join"'), "its sentence is there, and is read otherwise now"),
            (ADD.replace("b.txt", "z.txt"), "z.txt is gone"),
            (CONFIRM.replace("norvia", "Ulm"), "no sentence is read to say so"),
            (SPLIT.replace("c.txt", "a.txt"), "nothing is called 'Ann Lee' in a.txt"),
            (SAME.replace("Orsa", "Orbis Banck"), "nothing is called 'Orbis Banck'"),
        ],
    )
    def test_why(self, texts, entry, why, caplog):
        built(texts, entry)
        assert why in caplog.text


def test_settings_name_a_file(texts, tmp_path):
    path = tmp_path / "mine.toml"
    path.write_text(RENAME, encoding="utf-8")
    graph = kg.build(texts, config=Config(resolve=ResolveConfig(corrections=str(path))))
    assert graph.entity("Norvia").label == "Norvia AB"


def test_written_entries_mean_the_same(texts):
    entries = parse("".join(ALL), "c")
    again = parse("".join(map(written, entries)), "c")
    assert [each.key for each in again] == [each.key for each in entries]


def test_the_command_obeys_what_stands_beside_its_output(kg, texts, tmp_path):
    (tmp_path / "o").mkdir()
    (tmp_path / "o" / "corrections.toml").write_text(RENAME + REJECT.replace("Bo", "Jo"), encoding="utf-8")
    code, _, err = kg("build", texts, "-o", tmp_path / "o" / "g.ttl")
    assert code == 0
    assert "no longer applies: reject Jo Ek leave Orbis Bank (by Ann): its sentence" in err
    assert "1 correction in" in err
    code, out, _ = kg("facts", tmp_path / "o" / "g.ttl", "--about", "Norvia", "--format", "tsv")
    assert "Norvia AB" in out
    code, _, err = kg("build", texts, "-o", tmp_path / "g.ttl", "--corrections", tmp_path / "no.toml")
    assert code == 2
    assert "there are no corrections" in err
