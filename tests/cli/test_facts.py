"""`kg facts` on a terminal: sentence by sentence, events whole, and nothing wider than the terminal."""

import dataclasses
import datetime as dt

import pytest
from events_graph import made
from small_graph import DOCUMENT, EXTRACTION, RESOLUTION

from kg.cli.fact_lines import overview
from kg.cli.passages import passages
from kg.knowledge import KnowledgeGraph
from kg.model import Document, Entity, Evidence, Fact, Value

ADA = Entity("Ada_Moreau", "Person", "Ada Moreau")
SALE = Entity("sale-1", "Acquisition", "sale of Vero")
ONE, TWO = Document("b", "texts/2.txt", ""), Document("a", "texts/10.txt", "", title="A sale")


def fact(relation, object=None, *, subject=ADA, document="b", sentence=0, **more):
    where = Evidence(
        document, sentence, sentence + 5, f"Sentence {sentence} of {document}.", "verb", 0.9, sentence
    )
    return Fact(subject, relation, object, evidence=(where,), **more)


def below(out):
    """Give the lines below the first sentence."""
    return out.partition("\nSentence 0 of b.\n")[2].splitlines()


@pytest.fixture
def read(tmp_path, monkeypatch, kg):
    """Print a graph's facts in a terminal of some width."""

    def run(*argv, width=80, graph=(DOCUMENT, EXTRACTION, RESOLUTION)):
        monkeypatch.setenv("COLUMNS", str(width))
        path = tmp_path / "g.ttl"
        if not path.exists():
            document, extraction, resolution = graph
            KnowledgeGraph.from_records([document], [extraction], resolution).save(path)
        code, out, err = kg("facts", path, "--format", "table", *argv)
        assert code == 0
        return out, err

    return run


@pytest.fixture
def printed(monkeypatch, capsys):
    """Print facts that were made by hand."""

    def run(*facts, documents=(ONE, TWO), width=80):
        from kg.cli.fact_lines import print_facts

        monkeypatch.setenv("COLUMNS", str(width))
        print_facts(facts, documents)
        return capsys.readouterr().out

    return run


class TestPassages:
    def test_follow_the_documents_by_their_files_and_the_sentences_in_them(self):
        facts = [fact("go", document="a"), fact("come", sentence=7), fact("stay"), fact("sing", sentence=7)]
        found = [
            (each.evidence.doc_id, each.evidence.sentence, [f.relation for f in each.facts])
            for each in passages(facts, [TWO, ONE])
        ]
        assert found == [("b", 0, ["stay"]), ("b", 7, ["come", "sing"]), ("a", 0, ["go"])]

    def test_an_event_is_where_it_is_first_told_of(self):
        late = fact("kg:price", Value("200"), subject=SALE, sentence=9)
        early = fact("kg:buyer", ADA, subject=SALE, sentence=3)
        (passage,) = passages([late, early], [ONE])
        assert passage.evidence.sentence == 3
        assert [f.relation for f in passage.events[0].facts] == ["kg:price", "kg:buyer"]

    def test_a_fact_of_several_sentences_is_in_the_first(self):
        told = fact("go", sentence=9)
        told = dataclasses.replace(told, evidence=(*told.evidence, *fact("go", sentence=2).evidence))
        assert [each.evidence.sentence for each in passages([told], [ONE])] == [2]

    def test_facts_without_a_sentence_come_first(self):
        bare = Fact(ADA, "go", None)
        assert [each.evidence is None for each in passages([fact("stay"), bare], [ONE])] == [True, False]


class TestLines:
    def test_a_sentence_stands_once_above_its_facts(self, printed):
        out = printed(fact("acquire", "Vero"), fact("work_for", "Halm", begins=dt.date(2019, 1, 1)))
        assert out.splitlines()[1:] == [
            "",
            "texts/2.txt",
            "",
            "Sentence 0 of b.",
            "  Ada Moreau — acquired — Vero",
            "  Ada Moreau — works for — Halm (from 2019)",
        ]

    def test_what_is_not_asserted_says_so_and_what_is_doubtful_is_last(self, printed):
        out = printed(
            fact("acquire", "Vero", asserted=False),
            fact("acquire", "Halm", asserted=False, modality="Planned", attributed_to=ADA),
            fact("sign", "deal", negated=True),
        )
        assert below(out) == [
            "  Ada Moreau — is to acquire — Halm  [planned, by Ada Moreau]",
            "  Ada Moreau — did not sign — deal  [negated]",
            "? Ada Moreau — acquired — Vero",
        ]

    def test_an_event_is_a_block_with_its_roles_in_order(self, printed):
        out = printed(
            fact("kg:price", Value("3000000", unit="EUR"), subject=SALE, sentence=9),
            fact("kg:buyer", ADA, subject=SALE, begins=dt.date(2010, 1, 1), ends=dt.date(2010, 12, 31)),
            fact("kg:seller", "Halm", subject=SALE, asserted=False),
            fact("kg:acquired", "Vero", subject=SALE, asserted=False, modality="Possible"),
        )
        assert below(out) == [
            "  sale of Vero (2010)",
            "      buyer: Ada Moreau · price: 3,000,000 EUR",
            "      acquired: Vero  [possible]",
            "    ? seller: Halm",
        ]

    def test_an_event_that_is_all_doubtful_has_one_mark(self, printed):
        out = printed(fact("kg:buyer", ADA, subject=SALE, asserted=False), fact("go"))
        assert below(out) == ["  Ada Moreau — went", "? sale of Vero", "      buyer: Ada Moreau"]

    def test_a_day_in_the_label_is_not_said_again(self, printed):
        day = dt.date(2010, 5, 3)
        dated = Entity("sale-2", "Acquisition", "sale of Vero, 3 May 2010")
        out = printed(fact("kg:buyer", ADA, subject=dated, begins=day, ends=day))
        assert "  sale of Vero, 3 May 2010\n" in out

    def test_time_and_place_stand_behind_the_object(self, printed):
        out = printed(
            fact(
                "meet_in",
                Entity("Ghent", "GPE", "Ghent"),
                qualifiers=(("place", "Ghent"), ("time", "Friday")),
            ),
            fact("birth_date", Value("1979-03-05", "date")),
        )
        assert "  Ada Moreau — met in — Ghent (Friday)\n  Ada Moreau — was born — 5 March 1979\n" in out

    def test_no_line_is_wider_than_the_terminal(self, printed):
        long = "a very long object with many words " * 4
        sentence = dataclasses.replace(fact("see", long).evidence[0], quote="word " * 40)
        told = dataclasses.replace(fact("see", long), evidence=(sentence,))
        doubted = dataclasses.replace(told, relation="hear", asserted=False)
        lines = printed(told, doubted, fact("kg:buyer", long, subject=SALE), width=40).splitlines()
        assert max(map(len, lines)) <= 40
        assert "  Ada Moreau — saw — a very long" in lines
        assert all(line == line.rstrip() for line in lines)

    def test_a_role_an_amount_and_a_standing_are_not_parted(self, printed):
        out = printed(
            fact("kg:acquired", "all the mills of the Vero family", subject=SALE),
            fact("kg:price", Value("3000000", unit="EUR"), subject=SALE),
            fact("pay", Value("3000000", unit="EUR"), asserted=False, modality="Planned"),
            width=50,
        )
        assert below(out) == [
            "  sale of Vero",
            "      acquired: all the mills of the Vero family ·",
            "      price: 3,000,000 EUR",
            "  Ada Moreau — is to pay — 3,000,000 EUR",
            "      [planned]",
        ]

    def test_what_moves_the_cursor_is_not_printed(self, printed):
        out = printed(fact("say", "red\x1b[31m\rtext"))
        assert "\x1b" not in out
        assert "\r" not in out

    def test_a_document_is_told_with_title_and_day(self, printed):
        paper = dataclasses.replace(TWO, published=dt.date(2024, 5, 3))
        assert "texts/10.txt · A sale · 3 May 2024\n" in printed(fact("go", document="a"), documents=[paper])

    def test_the_page_of_a_sentence_is_told_and_the_row_of_a_table_once(self, printed):
        told = fact("go", document="a")
        paged = dataclasses.replace(told, evidence=(dataclasses.replace(told.evidence[0], place="page 3"),))
        assert "\npage 3: Sentence 0 of a.\n" in printed(paged)
        row = dataclasses.replace(TWO, source="t.csv#page=3")
        assert "\nSentence 0 of a.\n" in printed(paged, documents=[row])


class TestOverview:
    def test_counts_by_standing(self):
        facts = [fact("go"), fact("sit", asserted=False), fact("lie", asserted=False, modality="Wished")]
        said = "1 asserted, 1 planned, possible, reported or denied [in brackets], 1 doubtful (after ?)"
        assert overview(facts, [ONE, TWO]) == f"3 facts from 1 of 2 documents: {said}"
        assert overview(facts[:1], [ONE]) == "1 fact from 1 document: 1 asserted"
        assert overview([], [ONE]) == "no facts"


class TestCommand:
    def test_begins_with_counts_and_ends_with_what_to_ask(self, read):
        out, err = read()
        assert out.startswith("8 facts from 1 document: ")
        assert "\ntexts/harbour.txt · A loan · 4 May 2021\n" in out
        assert err.startswith("\nask next:\n")
        assert '--about "Ada Moreau"' in err
        assert "--asserted" in err

    def test_quiet_says_nothing_more(self, read):
        assert read("-q")[1] == ""

    def test_what_was_asked_is_not_proposed(self, read):
        out, err = read("--about", "moreau", "--asserted")
        assert "[" not in out
        assert "Ada Moreau" not in err
        assert "--asserted" not in err

    def test_nothing_is_said_of_what_nothing_fits(self, read):
        out, err = read("--subject", "Norland", "--asserted")
        assert out == "no facts\n"
        assert err == "nothing is said of that; ask with fewer options\n"

    def test_events_of_somebody_are_whole(self, read):
        out, err = read("--about", "Vero", graph=made())
        assert "buyer: Halm · acquired: Vero · price: 200" in out
        assert "--event" in err

    def test_relations_of_others_keep_their_names(self, kg, tmp_path):
        path = tmp_path / "shapes.ttl"
        path.write_text("@prefix : <http://a/> . :Boat :path :Lake .", encoding="utf-8")
        code, out, err = kg("facts", path, "--format", "table")
        assert (code, out, err) == (0, "1 fact: 1 asserted\n\n  Boat — path — Lake\n", "")

    def test_no_colour_goes_where_nobody_looks(self, read):
        assert "\x1b" not in read()[0]
