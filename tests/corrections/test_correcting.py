"""Deciding by name: in Python and on the command line."""

import json

import pytest

import kg as library
from kg.corrections import Corrections, Name
from kg.errors import ConfigError, GraphError, UnknownName

pytestmark = pytest.mark.model


@pytest.fixture
def decide(store):
    return library.correct(store.path, by="Ann")


@pytest.fixture
def correct(kg, store):
    """Run kg correct on the store."""
    return lambda *words: kg("correct", *words, "--in", store.path, "--by", "Ann")


def facts(decide, subject, relation):
    return decide.graph.facts(subject=subject, relation=relation)


class TestNames:
    def test_same_is_obeyed_at_once_and_taken_back(self, decide):
        made = decide.same("Orbis Bank", "Orsa", note="its old name")
        assert decide.graph.entity("Orbis Bank") == decide.graph.entity("Orsa")
        assert (made.by, made.note) == ("Ann", "its old name")
        assert decide.undo() == made
        assert decide.graph.entity("Orbis Bank") != decide.graph.entity("Orsa")

    def test_what_is_one_already_is_told(self, decide):
        with pytest.raises(GraphError, match="are one already"):
            decide.same("Ann Lee", "Ann Lee")

    def test_different_by_document(self, decide):
        decide.different("Ann Lee@b.txt", "Ann Lee@c.txt")
        one, two = decide.graph.find("Ann Lee")
        assert one.id != two.id
        # Now the name alone is not enough: what is decided of one of them names its documents.
        made = decide.rename("Ann Lee@c.txt", "Anna Lee")
        assert [name.source for name in made.names] == ["c.txt"]
        assert sorted(e.label for e in decide.graph.find("Ann Lee")) == ["Ann Lee", "Anna Lee"]

    def test_different_asks_for_documents(self, decide):
        with pytest.raises(GraphError, match=r"NAME@DOCUMENT; there are b.txt, c.txt"):
            decide.different("Ann Lee", "Ann Lee")

    def test_a_merge_is_undone_by_the_names_it_joined(self, decide):
        decide.same("Orbis Bank", "Norvia")
        decide.different("Orbis Bank", "Norvia")
        assert decide.graph.entity("Orbis Bank") != decide.graph.entity("Norvia")
        assert [each.why for each in decide.listed()] == ["taken back by a later one", ""]

    def test_split_by_parts(self, decide):
        entity = decide.graph.entity("Ann Lee")
        parts = decide.finder.parts(entity)
        assert [(p.name.source, p.sentence) for p in parts] == [
            ("b.txt", "Ann Lee leads the office."),
            ("c.txt", "Ann Lee won the Norland Cup in 2019."),
        ]
        decide.split(entity, [parts[1].name])
        assert len(decide.graph.find("Ann Lee")) == 2
        with pytest.raises(GraphError, match="both of two things"):
            decide.split(decide.graph.find("Ann Lee")[0], [])

    def test_what_has_no_name_is_meant_in_its_document(self, decide):
        made = decide.retype("mill", "Facility")
        assert made.names == (Name("mill", "a.txt", made.names[0].document),)
        assert decide.graph.entity("mill").type == "Facility"
        decide.rename("mill", "mill of Ulm")
        assert decide.graph.entity("mill of Ulm").type == "Facility"

    def test_a_new_name_may_be_used(self, decide):
        decide.rename("Norvia", "Norvia AB")
        decide.retype("Norvia AB", "Organization")
        decide.same("Norvia AB", "Orbis Bank")
        entity = decide.graph.entity("Orbis Bank")
        assert (entity.label, entity.aliases) == ("Norvia AB", ("Norvia", "Orbis Bank"))
        assert decide.idle() == []

    def test_what_is_not_there_is_told_with_what_is_near(self, decide):
        with pytest.raises(UnknownName, match="Orbis Bank"):
            decide.same("Orbis Banck", "Norvia")
        with pytest.raises(UnknownName, match=r"nothing is called 'Bo Ek' in c.txt"):
            decide.rename("Bo Ek@c.txt", "X")
        with pytest.raises(GraphError, match=r"did you mean 'a.txt'"):
            decide.rename("Bo Ek@aa.txt", "X")
        with pytest.raises(ConfigError, match="did you mean 'Person'"):
            decide.retype("Orbis Bank", "Persn")
        with pytest.raises(GraphError, match="1 to 12 words"):
            decide.rename("Orbis Bank", " ")
        assert len(decide.corrections) == 0


class TestFacts:
    def test_reject_takes_the_event_with_it(self, decide):
        made = decide.reject("Bo Ek", "leave", "Orbis Bank", note="he was sent away")
        relations = sorted(relation for _, relation, _ in made.also)
        assert relations == ["former_employer", "kg:organization", "kg:person"]
        about = decide.graph.facts(about="Bo Ek")
        assert about
        assert {fact.verdict for fact in about} == {"rejected"}
        decide.undo()
        assert all(fact.asserted for fact in decide.graph.facts(about="Bo Ek"))

    def test_reject_alone_leaves_it(self, decide):
        decide.reject("Bo Ek", "leave", alone=True)
        others = decide.graph.facts(about="Bo Ek", asserted=True)
        assert sorted(fact.relation for fact in others) == ["former_employer", "kg:person"]

    def test_what_is_rejected_stays_so_whatever_its_ends_become(self, decide):
        decide.same("Orbis Bank", "Norvia")
        made = decide.confirm("Anna Berg", "sell to", "Orbis Bank")
        assert made.object == "Norvia"
        decide.undo(1)
        decide.rename("Norvia", "Norvia AB")
        (found,) = facts(decide, "Anna Berg", "sell to")
        assert (found.object.label, found.verdict) == ("Norvia AB", "confirmed")

    def test_a_fact_must_be_told(self, decide):
        with pytest.raises(UnknownName, match="there are: "):
            decide.reject("Anna Berg", "fly")
        with pytest.raises(GraphError, match="no fact with 'Ulm'; there are: Orbis Bank"):
            decide.confirm("Anna Berg", "found", "Ulm")

    def test_an_added_fact_is_in_the_sentence(self, decide):
        made = decide.add(
            "Ann Lee", "manage", "Harbour Inn", sentence="Ann Lee leads  the office.", object_type="Facility"
        )
        assert made.evidence[0].sentence == "Ann Lee leads the office."
        (found,) = facts(decide, "Ann Lee", "manage")
        assert (found.object.type, found.verdict, found.evidence[0].quote) == (
            "Facility",
            "added",
            "Ann Lee leads the office.",
        )
        decide.reject("Ann Lee", "manage")
        assert not facts(decide, "Ann Lee", "manage")[0].asserted
        assert decide.idle() == []

    def test_an_added_fact_is_about_what_has_another_name_by_now(self, decide):
        decide.rename("Norvia", "Norvia AB")
        made = decide.add("Norvia AB", "pay", "Ann Lee", sentence="She sold the firm to Norvia.")
        assert (made.subject, made.object, made.object_type) == ("Norvia", "Ann Lee", "Person")
        (found,) = decide.graph.facts(relation="pay")
        assert (found.subject, found.object) == (
            decide.graph.entity("Norvia"),
            decide.graph.entity("Ann Lee"),
        )
        assert len(decide.graph.find("Norvia AB")) == 1

    def test_a_sentence_that_is_nowhere_is_told(self, decide):
        with pytest.raises(GraphError, match=r"did you mean 'Bo Ek left Orbis Bank\.'"):
            decide.add("Bo Ek", "be", "old", sentence="Bo Ek left Orbis Bankk.", source="a.txt")
        with pytest.raises(GraphError, match="no document has this sentence"):
            decide.add("Bo Ek", "be", "old", sentence="Ek is old.")

    def test_always_holds_of_every_sentence(self, decide):
        made = decide.reject("Anna Berg", "visit", always=True)
        assert made.evidence == ()
        assert facts(decide, "Anna Berg", "visit")[0].verdict == "rejected"


class TestFiles:
    @pytest.fixture
    def graph_file(self, texts, tmp_path):
        (tmp_path / "out").mkdir()
        return library.build(texts).save(tmp_path / "out" / "graph.ttl")

    def test_decisions_lie_beside_the_graph_for_its_next_build(self, graph_file, texts):
        decide = library.correct(graph_file, by="Ann")
        decide.reject("Bo Ek", "leave")
        decide.different("Ann Lee@b.txt", "Ann Lee@c.txt")
        decide.add("Anna Berg", "like", "Leeds", sentence="Anna Berg visited Leeds.")
        assert sorted(p.name for p in graph_file.parent.iterdir()) == ["corrections.toml", "graph.ttl"]
        graph = library.build(texts, corrections=graph_file.parent / "corrections.toml")
        assert graph.facts(subject="Bo Ek", relation="leave")[0].verdict == "rejected"
        assert len(graph.find("Ann Lee")) == 2
        assert graph.facts(relation="like")[0].verdict == "added"
        # What the graph does not tell must be said.
        with pytest.raises(GraphError, match="name the document"):
            decide.add("Anna Berg", "be", "old", sentence="Anna is old.")
        assert decide.add("Anna Berg", "be", "old", sentence="Anna is old.", source="a.txt")

    def test_a_folder_means_its_graph(self, graph_file):
        assert library.correct(graph_file.parent).where == graph_file


class TestCommand:
    def test_each_decision(self, correct, store):
        said = {
            "same": ("Orbis Bank", "Orsa"),
            "different": ("Ann Lee@b.txt", "Ann Lee@c.txt"),
            "rename": ("Norvia", "Norvia AB"),
            "retype": ("Norvia", "Person"),
            "reject": ("Bo Ek", "leave", "Orbis Bank", "--note", "sent away"),
            "confirm": ("Anna Berg", "sell to"),
            "add": ("Anna Berg", "like", "Leeds", "--sentence", "Anna Berg visited Leeds."),
        }
        for kind, words in said.items():
            code, _, err = correct(kind, *words)
            assert code == 0, err
            assert err.startswith(f"{kind}: ")
            assert "without effect" not in err
        assert [each.kind for each in Corrections.read(store.corrections_path)] == list(said)
        code, out, err = correct("list", "--format", "json")
        rows = json.loads(out)
        assert [row["kind"] for row in rows] == list(said)
        assert {row["by"] for row in rows} == {"Ann"}
        assert rows[4]["rests on"] == "a.txt: Bo Ek left Orbis Bank."
        assert "7 corrections, 0 without effect" in err
        code, _, err = correct("undo", "2")
        assert "taken back: different: Ann Lee in b.txt ≠ Ann Lee in c.txt" in err
        assert len(store.graph().find("Ann Lee")) == 1

    def test_judgements_are_found_again_in_the_texts(self, correct, store):
        correct("reject", "Bo Ek", "leave", "--alone", "--note", "sent away")
        correct("confirm", "Anna Berg", "sell to")
        code, out, _ = correct("export", "--set", "town")
        rows = [json.loads(line) for line in out.splitlines()]
        assert code == 0
        assert [(r["triple"], r["verdict"], r["asserted"]) for r in rows] == [
            (["She", "sell_to", "Norvia"], "whole", False),
            (["Bo Ek", "leave", "Orbis Bank"], "wrong", True),
        ]
        assert set(rows[0]) == {
            *("set", "document", "start", "end", "sentence", "triple", "rule", "asserted"),
            *("verdict", "cause", "round", "judge"),
        }
        assert (rows[1]["set"], rows[1]["document"], rows[1]["cause"], rows[1]["judge"]) == (
            "town",
            "a",
            "sent away",
            "Ann",
        )
        text = store.document(
            next(id for id in store.manifest.documents if store.manifest.names()[id] == "a.txt")
        )[0].text
        assert text[slice(*rows[1]["sentence"])] == "Bo Ek left Orbis Bank."

    @pytest.mark.parametrize(
        ("words", "code", "says"),
        [
            (("same", "A"), 2, "same wants NAME NAME"),
            (("reject", "A"), 2, "SUBJECT RELATION"),
            (("sme", "A", "B"), 2, "did you mean 'same'"),
            (("add", "Bo Ek", "be", "old"), 2, "give --sentence"),
            (("undo",), 1, "nothing was decided"),
            (("undo", "x"), 2, "is no number"),
            (("same", "Orbis Bank", "Nobody Atall"), 1, "nothing is called"),
        ],
    )
    def test_wrong_use_is_told(self, correct, words, code, says):
        got, _, err = correct(*words)
        assert (got, says in err) == (code, True), err

    def test_those_without_effect_are_listed_and_told_by_status_and_add(self, correct, kg, store, tmp_path):
        correct("rename", "Bo Ek", "Bo Eck")
        store.remove(["a.txt"])
        _, out, _ = correct("list")
        assert "nothing is called 'Bo Ek'" in out
        assert "1 correction, 1 without effect" in kg("status", store.path)[1]
        (tmp_path / "new.txt").write_text("Rain fell.", encoding="utf-8")
        assert (
            "no longer applies: rename Bo Ek → Bo Eck (by Ann)"
            in kg("add", store.path, tmp_path / "new.txt")[2]
        )

    def test_without_a_graph_it_is_told(self, kg, tmp_path):
        assert kg("correct", "list", "--in", tmp_path / "no.ttl")[0] == 0
        code, _, err = kg("correct", "same", "A", "B", "--in", tmp_path / "no.ttl")
        assert (code, "no such file" in err) == (1, True)
