"""Whose "I" it is: in talks, interviews, and texts of one's own."""

import pytest

from kg.read import document_from_text

pytestmark = pytest.mark.model


@pytest.fixture
def read(extractor):
    def facts(text):
        found = extractor.extract(document_from_text(text))
        names = {}
        for m in found.mentions:
            if m.kind == "name" and m.chain is not None:
                names.setdefault(m.chain, m.label)

        def named(i):
            m = found.mentions[i]
            return names.get(m.chain, m.label) if m.chain is not None else m.label

        return {
            (named(s), relation, None if o is None else named(o))
            for c in found.claims
            if c.asserted
            for s, relation, o in c.binary()
        }, found

    return facts


def test_what_somebody_says_of_oneself_is_about_the_speaker(read):
    facts, _ = read(
        "Ida Moen: I sold my boat to Lars Dahl and I work for Telvik.\n\nOlav Ruud: I left Norland."
    )
    assert {("Ida Moen", "work_for", "Telvik"), ("Olav Ruud", "leave", "Norland")} <= facts


def test_a_chat_in_small_letters_is_about_its_speakers(read):
    facts, _ = read("[21:04] ida_m: i left Telvik last week\n[21:05] lars: my brother Olav works for Norland")
    assert ("ida_m", "leave", "Telvik") in facts
    assert ("Olav", "work_for", "Norland") in facts


def test_a_label_is_no_claim_and_no_part_of_a_name(read):
    facts, found = read("Ida Moen: I live in Porto.\nMayor Olav Ruud: I live in Graz.")
    assert {m.label for m in found.mentions if m.kind == "name"} == {"Ida Moen", "Porto", "Olav Ruud", "Graz"}
    assert all(relation.startswith(("live", "residence", "place")) for _, relation, _ in facts)


def test_who_is_asked_in_an_interview_answers(read):
    facts, _ = read(
        "Interview with Ida Moen\n\nQ: Who hired you?\nA: Lars Dahl hired me in 2004.\n"
        "Q: Did you leave Telvik?\nA: I left Telvik in 2011."
    )
    assert ("Lars Dahl", "hire", "Ida Moen") in facts
    assert ("Ida Moen", "leave", "Telvik") in facts


def test_of_two_in_the_head_of_an_interview_the_one_asked_answers(read):
    facts, _ = read("Interview with Ida Moen by Lars Dahl\n\nQ: And you?\nA: I left Telvik in 2011.")
    assert ("Ida Moen", "leave", "Telvik") in facts


def test_initials_are_those_of_whom_the_text_names(read):
    facts, found = read(
        "Ida Moen met the Tidende.\n\nTidende: Where do you live?\nIM: I left Telvik in 2011."
    )
    assert ("Ida Moen", "leave", "Telvik") in facts
    assert "IM" not in {m.label for m in found.mentions}


def test_a_question_states_nothing_and_asks_the_other(read):
    facts, found = read("Ida Moen: Did you leave Telvik?\nLars Dahl: I left Norland.")
    assert {f for f in facts if not f[1].startswith("kg:")} == {("Lars Dahl", "leave", "Norland")}
    asked = next(c for c in found.claims if c.modality == "Questioned")
    assert found.mentions[asked.subject].chain is not None


def test_a_third_person_in_a_turn_is_not_the_speaker(read):
    facts, _ = read("Ida Moen: Eva left Telvik. She sold her boat.")
    assert ("Ida Moen", "sell", "boat") not in facts


def test_we_of_an_organization_is_the_organization(read):
    facts, found = read("Telvik: We bought Norland in 2019.\nRuvia Foods: We sold our mill to Telvik.")
    assert ("Telvik", "buy", "Norland") in facts
    assert found.notes == ()


@pytest.mark.parametrize(
    "text",
    [
        "Author: Ida Moen\nTitle: A year\n\nI left Telvik in 2011. It rained.",
        "The diary of Ida Moen\n\nI left Telvik in 2011.",
        "Ida Moen's notebook\n\nI left Telvik in 2011.",
        "Notes by Ida Moen\n\nI left Telvik in 2011.",
        "My name is Ida Moen. I left Telvik in 2011.",
        "I, Ida Moen, sold a boat. I left Telvik in 2011.",
    ],
)
def test_a_text_of_ones_own_is_about_its_author(read, text):
    facts, _ = read(text)
    assert ("Ida Moen", "leave", "Telvik") in facts


@pytest.mark.parametrize(
    "text",
    [
        "Notes on Ida Moen\n\nI left Telvik in 2011.",
        "I am Ida Moen's brother. I left Telvik in 2011.",
        "Author: Ida Moen\n\n" + "Rain fell on the town. " * 20 + "I left Telvik in 2011.",
        "Interview with Ida Moen and Lars Dahl\n\nQ: And you?\nA: I left Telvik in 2011.",
        "Me: I left Telvik in 2011.\nIda Moen: And I live in Graz.",
    ],
)
def test_where_nobody_says_who_i_is_the_sentence_is_left_out_and_counted(read, text):
    facts, found = read(text)
    assert ("Ida Moen", "leave", "Telvik") not in facts
    assert any('nobody says who "I" is; give an author line' in note for note in found.notes)


def test_quoted_words_stay_their_speakers(read):
    facts, _ = read('Author: Lars Dahl\n\nI met Ida Moen. "I left Telvik," Ida Moen said.')
    assert ("Lars Dahl", "meet", "Ida Moen") in facts
    assert not any(relation == "leave" for _, relation, _ in facts)


def test_of_we_it_is_told_that_nobody_says_who_it_is(read):
    _, found = read("Ida Moen: We bought Norland in 2019. We sold it in 2021.")
    assert found.notes == ('2 first-person sentences left out: nobody says who "we" is',)
