"""Sixty questions over three documents, twelve of them to be refused; names, times, standing, harm."""

import collections
import json
import pathlib
import tomllib

import pytest
import small_graph
from hypothesis import given
from hypothesis import strategies as st

import kg as package
import kg.ask
from kg.ask import forms, tables
from kg.errors import QueryError
from kg.knowledge import KnowledgeGraph
from kg.model import text_of

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]
HERE = pathlib.Path(__file__).parent
FIRST, SECOND = (
    tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))["question"]
    for name in ("first", "second")
)
QUESTIONS = [*FIRST, *SECOND]


@pytest.fixture(scope="module")
def graph():
    return package.build(HERE / "texts")


@pytest.fixture(scope="module")
def file(graph, tmp_path_factory):
    return graph.save(tmp_path_factory.mktemp("ask") / "g.ttl")


def texts(reply):
    return [answer.text for answer in reply]


def test_there_are_sixty_questions_and_twelve_are_refused():
    assert (len(FIRST), len(SECOND)) == (30, 30)
    assert len({row["ask"] for row in QUESTIONS}) == 60
    assert sum("refused" in row for row in QUESTIONS) >= 12


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["ask"])
def test_questions(graph, row):
    reply = graph.ask(row["ask"])
    if "refused" in row:
        assert not reply.query
        assert row["refused"].casefold() in ", ".join(reply.unread).casefold()
        assert reply.nearest.endswith("?")
    elif row.get("none"):
        assert reply.query
        assert texts(reply) == []
    elif row.get("at_least"):
        assert set(row["answers"]) <= set(texts(reply))
    else:
        assert sorted(texts(reply)) == sorted(row["answers"])


@pytest.mark.parametrize("row", [r for r in QUESTIONS if "answers" in r], ids=lambda row: row["ask"])
def test_each_answer_has_sentences_that_say_it(graph, row):
    for answer in graph.ask(row["ask"]):
        assert answer.evidence
        for each in answer.evidence:
            text = graph.texts[each.doc_id]
            assert each.quote in text
            assert text[each.start : each.end].strip()


def test_the_query_is_one_that_can_be_asked(graph):
    reply = graph.ask("Who was sentenced in 2006?")
    found = {str(row["who"]).rpartition("/")[2].strip(">") for row in graph.query(reply.query)}
    assert found == {"Karl_Dorn", "Lena_Ruiz"}


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Who bought Vero in 2010?", ["Halm Group"]),
        ("Who bought Vero in 2011?", []),
        ("Who bought Vero since 2010?", ["Halm Group"]),
        ("Who bought Vero before March 2010?", []),
        ("Who bought Vero in March 2010?", ["Halm Group"]),
        # The text says no day.
        ("Who bought Vero on 3 March 2010?", []),
        ("Who was born on 4 July 1952?", ["Clara Weiss"]),
        ("Who was born on July 4, 1952?", ["Clara Weiss"]),
        ("Who was the mayor of Brenn in 2018?", ["Marta Senn"]),
        ("Who was the mayor of Brenn in 2012?", []),
    ],
)
def test_times(graph, question, answers):
    assert texts(graph.ask(question)) == answers


@pytest.mark.parametrize(
    ("question", "answers"),
    [
        ("Who met Berg?", ["Marta Senn"]),
        ("Who met the mayor of Brenn?", ["Jonas Berg"]),
        ("Who works for the owner of Vero?", ["Anna Lund", "Jonas Berg"]),
        ("Who is Paul Weiss married to?", ["Clara Weiss"]),
        ("Who is the mother of Nora Senn?", ["Marta Senn"]),
        ("Who is the CEO of Vero?", ["Jonas Berg"]),
        ("WHO BOUGHT VERO?", ["Halm Group"]),
        ("What was the protest about?", ["closure of the Orla Hotel"]),
        ("How many people live in Brenn?", ["41000"]),
        ("Which prize did Elena Marsh win?", ["Orban Prize"]),
        ("Who won the election in Brenn?", ["Marta Senn"]),
        ("Is Vero a company?", ["yes"]),
        ("Who got four years in prison?", ["Karl Dorn"]),
        ("Tell me who bought Vero.", ["Halm Group"]),
        ("Who was given the Orban Prize?", ["Elena Marsh"]),
        ("Was there an attack in Brenn?", ["yes"]),
        ("Was there an attack in Lyon?", []),
        ("How many sentences did Karl Dorn get?", ["1: four years in prison"]),
        ("Which events happened in Brenn in 2003?", ["fire at Old Mill in Brenn, 2003"]),
        ("What is the relationship between Clara Weiss and Paul Weiss?", ["spouse"]),
        # What is asked for is no more than what is said.
        ("Which airline bought Vero?", []),
        ("Is Vero a bank?", []),
        ("Who is the vice mayor of Brenn?", []),
        ("Who is the mayor of Lyon?", []),
        ("How many gunmen were sentenced?", []),
        ("Did Halm Group sell Vero?", []),
        ("Did Vero buy Halm Group?", []),
        ("Who was killed in the fire?", []),
        ("Who was born in Lyon?", []),
        ("Does Clara Weiss live in Ghent?", []),
    ],
)
def test_names_nouns_and_what_they_stand_for(graph, question, answers):
    assert texts(graph.ask(question)) == answers


def test_a_misspelt_name_is_said(graph):
    assert graph.ask("Who works for Halm Gruop?").notes == ("Halm Gruop is taken for Halm Group",)


def test_a_noun_is_said_as_what_it_stands_for(graph):
    assert graph.ask("Who works for the owner of Vero?").notes == ("owner: Halm Group",)


def test_only_facts_answer_unless_a_plan_is_asked_for(graph):
    reply = graph.ask("Did Halm Group buy Kestrel Marine?")
    assert texts(reply) == []
    assert reply.notes == ("said, but not as a fact (planned): Halm Group plans to buy Kestrel Marine.",)
    assert texts(graph.ask("Is Halm Group planning to buy Kestrel Marine?")) == ["yes"]
    assert texts(graph.ask("Who is said to have bribed officials?")) == ["Vero"]
    assert texts(graph.ask("Who bribed officials?")) == []
    # What is done is no plan.
    assert texts(graph.ask("Who plans to buy Vero?")) == []


def test_what_is_near_is_said_where_there_is_no_answer(graph):
    reply = graph.ask("Who was sentenced in 1999?")
    assert reply.notes == ("without “in 1999”: Karl Dorn, Lena Ruiz, Tom Hale",)
    (note,) = graph.ask("How are Halm Group and Karl Dorn linked?").notes
    assert note.startswith("by more steps: ")


@pytest.mark.parametrize(
    ("question", "unread"),
    [
        ("Who secretly bought Vero?", "secretly"),
        ("Which Danish company bought Vero?", "Danish"),
        ("Who bought Vero yesterday?", "yesterday"),
        ("Who bought Vero for 10 euros?", "10 euros"),
        ("Who still works for Halm Group?", "still"),
        ("Who bought in?", "in"),
        ("What color is the Orla Hotel?", "What color"),
        ("Is Brenn in France?", "France"),
        ("Who won the first prize?", "first"),
    ],
)
def test_no_word_is_left_out_of_account(graph, question, unread):
    reply = graph.ask(question)
    assert not reply.query
    assert unread in ", ".join(reply.unread)


def test_a_name_that_nothing_bears_is_told_with_the_nearest(graph):
    reply = graph.ask("Who bought Halmstad Grove?")
    assert reply.unread == ("Halmstad Grove",)
    assert "cannot read that: Halmstad Grove" in str(reply)


def test_the_same_question_gives_the_same_reply(graph, file):
    again = package.open(file)
    for row in QUESTIONS[::7]:
        assert again.ask(row["ask"]).query == graph.ask(row["ask"]).query
        assert texts(again.ask(row["ask"])) == texts(graph.ask(row["ask"]))


HOSTILE = (
    'who bought Vero" . } UNION { ?s ?p ?o } #',
    "who bought <http://x>?",
    "who bought ?x",
    "w" * 100_000,
    "who " * 5_000,
    "\0who bought Vero?",
    "\ud800 who bought Vero?",
    "谁买了 Vero?",
    "who said that that that",
    "Vero's 's 's owner?",
    "who who who",
    "who",
    "how many",
    "what links Vero and Vero?",
    "who is Vero's owner's owner's owner's owner?",
)


@pytest.mark.parametrize("question", HOSTILE, ids=lambda q: ascii(q[:20]))
def test_whatever_is_typed_gives_a_reply(graph, question):
    reply = graph.ask(question)
    assert bool(reply.query) != bool(reply.unread)


@given(
    st.lists(
        st.sampled_from("who what did was the of in 2006 Vero Lyon bought pay to and 's how much".split())
    )
)
def test_any_words_give_a_reply(graph, words):
    if words:
        reply = graph.ask(" ".join(words))
        assert bool(reply.query) != bool(reply.unread)


@pytest.mark.parametrize("question", ["", "  ", "?"])
def test_no_question_is_said(graph, question):
    with pytest.raises(QueryError, match="no question"):
        graph.ask(question)


def test_a_graph_of_others_is_told(tmp_path):
    other = tmp_path / "o.nt"
    other.write_text(
        '<http://e.org/a> <http://www.w3.org/2000/01/rdf-schema#label> "A" .\n', encoding="utf-8"
    )
    with pytest.raises(QueryError, match="another's"):
        package.open(other).ask("who is A?")


def test_a_store_is_asked_alike(graph, tmp_path, monkeypatch):
    from kg.library.directory import StoreDirectory

    StoreDirectory.create(tmp_path / "s").add([HERE / "texts"])
    asked = [row["ask"] for row in QUESTIONS[::5]]
    expected = [texts(graph.ask(question)) for question in asked]
    assert [texts(package.open(tmp_path / "s").ask(question)) for question in asked] == expected
    monkeypatch.setattr("kg.store.disk.SMALL", 1)
    large = package.open(tmp_path / "s")
    assert [texts(large.ask(question)) for question in asked] == expected


# On the command line.


def test_the_command_prints_query_answers_and_evidence(kg, file):
    code, out, _ = kg("ask", file, "Who bought Vero?")
    assert code == 0
    assert out.startswith("SELECT DISTINCT ?who ?event")
    assert out.endswith(
        "Halm Group\n    halm.txt:18-76  Halm Group bought Vero for 200 million euros in March 2010.\n"
    )


def test_the_command_prints_json(kg, file):
    code, out, _ = kg("ask", file, "Who bought Vero?", "--format", "json")
    reply = json.loads(out)
    assert code == 0
    assert reply["answers"][0]["text"] == "Halm Group"
    assert reply["answers"][0]["evidence"][0]["quote"].startswith("Halm Group bought Vero")
    code, out, _ = kg("ask", file, "Why?", "--format", "json")
    assert (code, json.loads(out)["unread"]) == (1, ["Why"])


def test_the_command_prints_rows(kg, file):
    code, out, _ = kg("ask", file, "Who was sentenced in 2006?", "--format", "tsv")
    assert code == 0
    assert [line.split("\t")[0] for line in out.splitlines()] == ["answer", "Karl Dorn", "Lena Ruiz"]


def test_what_cannot_be_read_is_one_line(kg, file):
    code, out, said = kg("ask", file, "Who grumbled about Vero?")
    assert (code, out) == (1, "")
    assert said == "kg: I cannot read that: grumbled; a kind that can be read: who bought X?\n"


# The tables.


def test_examples_of_forms_are_read_as_their_forms(graph):
    names = {"X": "Vero", "Y": "Halm Group"}
    for form in forms.forms():
        for example in (form.example, *form.also):
            question = " ".join(names.get(word.strip("?"), word) for word in example.split())
            assert graph.ask(question).query, (form.name, question)


def test_roles_and_relations_in_the_tables_are_there():
    from kg.vocab import event_classes, event_terms, relations

    known = relations()
    for noun in tables.table()["noun"]:
        for meaning in tables.meanings_of_noun(noun):
            if isinstance(meaning, tables.Link):
                assert meaning.relation in known, noun
            else:
                assert meaning.event in event_classes(), noun
                assert {meaning.asked, meaning.given} <= {*event_terms(), ""}, noun
    for names in (*tables.table()["how"].values(), *tables.table()["count"].values()):
        assert set(names.split()) <= set(known)


def test_no_noun_is_listed_twice_for_one_meaning():
    for written in tables.table()["noun"].values():
        assert max(collections.Counter(written.split()).values()) == 1


def test_a_small_graph_made_by_hand_is_asked_too():
    made = (small_graph.DOCUMENT,), (small_graph.EXTRACTION,), small_graph.RESOLUTION
    graph = KnowledgeGraph.from_records(*made)
    assert texts(graph.ask("Who is Ada Moreau?")) == ["Finance Minister"]
    assert texts(graph.ask("What does Norland plan to buy?")) == ["share"]


def test_what_happened_at_a_firm_is_what_it_took_part_in(graph):
    reply = graph.ask("What happened at Vero in March 2010?")
    assert texts(reply) == ["acquisition of Vero by Halm Group for €200 million, March 2010"]


def test_who_somebody_is_is_no_number():
    graph = package.build("Clara Weiss is a surgeon in Ghent. Weiss is 56.")
    assert texts(graph.ask("Who is Clara Weiss?")) == ["surgeon in Ghent"]
    assert "56" in [text_of(fact.object) for fact in graph.facts(relation="be")]
