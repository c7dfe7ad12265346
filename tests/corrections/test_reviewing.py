"""What the page for reviewing is told and decides, asked for without a server."""

import dataclasses

import pytest

import kg as library
from kg import lock
from kg.correcting import Correcting
from kg.errors import KGError
from kg.serve.reviewing import Review

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def alike(tmp_path_factory):
    """A store in which a name is misspelt, and one is borne by two."""
    folder = tmp_path_factory.mktemp("alike")
    texts = {
        "a.txt": (
            "Marguerite Fontaine moved to Leeds. The Harbour Club paid her.\n\n"
            "Karl Lund, the mayor of Leeds, thanked her."
        ),
        "b.txt": "Ann Lee beat Margueritte Fontaine in Oslo. Fontaine congratulated her.",
        "c.txt": (
            "Karl Lund, a firefighter from Halden, was injured in Bergen. "
            "Orbis Bank opened an office in Leeds."
        ),
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8")
    from kg.library.directory import StoreDirectory

    store = StoreDirectory.create(folder / "s")
    store.add([folder / name for name in texts])
    return store.path


@pytest.fixture
def review(alike, tmp_path):
    import shutil

    shutil.copytree(alike, tmp_path / "s")
    return Review(Correcting(tmp_path / "s", by="Ann"))


def pair(review, label):
    return next(p for p in review.overview()["pairs"] if p["a"]["label"] == label)


def thing(review, name):
    return review.thing({"id": review.find({"name": name})[0]["id"]})


def persons(review, name):
    return sum(found["type"] == "Person" for found in review.find({"name": name}))


class TestByHand:
    def test_what_is_written_into_the_file_shows_in_the_next_answer(self, review):
        assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank"
        rename(review, "Orbis Bank", "Orbis Bank AB")
        assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank AB"

    def test_what_is_wrong_in_the_file_is_told_with_the_list_and_mended_by_the_next_edit(self, review):
        review({"what": "find", "name": "Orbis Bank"})
        review.decide.path.write_text("[[correction]\n")
        assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank"
        with pytest.raises(KGError, match=r"corrections\.toml"):
            review({"what": "overview"})
        rename(review, "Orbis Bank", "Orbis Bank AB")
        assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank AB"

    def test_while_somebody_else_writes_it_is_tried_again(self, review):
        review.decide.follow()
        rename(review, "Orbis Bank", "Orbis Bank AB")
        with lock.hold(review.decide.store.path / "lock", "here"):
            assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank"
        assert review({"what": "find", "name": "Orbis Bank"})[0]["label"] == "Orbis Bank AB"


def rename(review, name, to):
    text = f'[[correction]]\nkind = "rename"\nnames = ["{name}"]\nto = "{to}"\n'
    review.decide.path.write_text(text, encoding="utf-8")


class TestPairs:
    def test_both_contexts_and_what_changes_are_told(self, review):
        found = pair(review, "Marguerite Fontaine")
        asked = {"a": found["a"]["id"], "b": found["b"]["id"]}
        told = review.pair(asked)
        assert [side["label"] for side in told["sides"]] == ["Marguerite Fontaine", "Margueritte Fontaine"]
        assert {"sentence": "Marguerite Fontaine moved to Leeds.", "source": "a.txt"} in told["sides"][0][
            "sentences"
        ]
        assert told["changes"][0].startswith("One thing called “Marguer")
        made = review.decided({"kind": "same", **asked})["decision"]
        assert (made["by"], made["idle"]) == ("Ann", "")
        assert not [p for p in review.overview()["pairs"] if p["a"]["label"] == "Marguerite Fontaine"]
        assert persons(review, "fontaine") == 1

    def test_what_is_different_is_asked_no_more(self, review):
        found = pair(review, "Marguerite Fontaine")
        review.decided({"kind": "different", "a": found["a"]["id"], "b": found["b"]["id"]})
        assert not [p for p in review.overview()["pairs"] if p["a"]["label"] == "Marguerite Fontaine"]
        review.undo({})
        assert pair(review, "Marguerite Fontaine")


class TestThings:
    def test_a_wrong_merge_is_split(self, review):
        for one in review.overview()["pairs"]:
            if one["a"]["label"] == one["b"]["label"] == "Karl Lund":
                review.decided({"kind": "same", "a": one["a"]["id"], "b": one["b"]["id"]})
        told = thing(review, "karl lund")
        assert [(p["name"], p["source"]) for p in told["parts"]] == [
            ("Karl Lund", "a.txt"),
            ("Karl Lund", "c.txt"),
        ]
        review.decided({"kind": "split", "id": told["id"], "parts": [told["parts"][1]["key"]]})
        assert persons(review, "karl lund") == 2
        with pytest.raises(KGError, match="both of two things"):
            review.decided({"kind": "split", "id": thing(review, "Ann Lee")["id"], "parts": []})

    def test_names_and_classes(self, review):
        review.decided({"kind": "rename", "id": thing(review, "Ann Lee")["id"], "to": "Anna Lee"})
        assert thing(review, "Anna Lee")["aliases"] == ["Ann Lee"]
        review.decided({"kind": "retype", "id": thing(review, "Anna Lee")["id"], "to": "Organization"})
        assert thing(review, "Anna Lee")["type"] == "Organization"
        with pytest.raises(KGError, match="no longer in the graph"):
            review.decided({"kind": "rename", "id": "Nobody", "to": "X"})

    def test_search_forgives_and_finds_names_first(self, review):
        assert review.find({"name": "lund"})[0]["label"] == "Karl Lund"
        assert review.find({"name": "Margerite Fontane"})[0]["label"].startswith("Marguerit")
        assert review.find({"name": " "}) == []


class TestFacts:
    def test_a_doubtful_fact_is_confirmed(self, review):
        doubt = review.overview()["doubts"][0]
        assert doubt["why"]
        assert doubt["sentence"]
        review.decided({"kind": "confirm", "key": doubt["key"], "note": "seen"})
        after = review.overview()
        assert doubt["key"] not in [d["key"] for d in after["doubts"]]
        assert (after["decisions"][-1]["kind"], after["decisions"][-1]["note"]) == ("confirm", "seen")

    def test_a_wrong_fact_goes_with_its_event_unless_alone(self, review):
        fact = next(f for f in thing(review, "Marguerite Fontaine")["facts"] if f["relation"] == "moved to")
        assert fact["sentence"][slice(*fact["marked"])] == "Marguerite Fontaine moved to Leeds"
        assert len(review.akin({"key": fact["key"]})) == 2
        made = review.decided({"kind": "reject", "key": fact["key"]})["decision"]
        assert len(made["also"]) == 2
        review.undo({})
        assert review.decided({"kind": "reject", "key": fact["key"], "alone": True})["decision"]["also"] == []

    def test_what_is_doubtful_takes_nothing_with_it_that_is_asserted(self, review):
        finder = review.decide.finder
        (fact,) = finder.graph.facts(subject="Marguerite Fontaine", relation="move to")
        assert finder.akin(fact)
        assert finder.akin(dataclasses.replace(fact, asserted=False)) == []

    def test_a_fact_is_added(self, review):
        asked = {"subject": "Ann Lee", "relation": "train at", "object": "Harbour Club"}
        review.decided(
            {
                "kind": "add",
                **asked,
                "sentence": "Ann Lee beat Margueritte Fontaine in Oslo.",
                "object_type": "",
            }
        )
        (found,) = [f for f in thing(review, "Ann Lee")["facts"] if f["verdict"] == "added"]
        assert found["object"]["label"] == "Harbour Club"

    def test_what_went_meanwhile_is_told(self, review):
        with pytest.raises(KGError, match="no longer in the graph"):
            review.decided({"kind": "reject", "key": "no"})


def test_a_graph_in_a_file_asks_no_more_for_what_is_decided(alike, tmp_path):
    path = library.open(alike).save(tmp_path / "g.ttl")
    review = Review(Correcting(path, by="Ann"))
    before = review.overview()
    assert not before["follows"]
    doubt, both = before["doubts"][0], next(p for p in before["pairs"] if p["a"]["label"] != p["b"]["label"])
    review.decided({"kind": "reject", "key": doubt["key"]})
    review.decided({"kind": "different", "a": both["a"]["id"], "b": both["b"]["id"]})
    after = review.overview()
    assert (len(after["doubts"]), len(after["pairs"])) == (
        len(before["doubts"]) - 1,
        len(before["pairs"]) - 1,
    )
