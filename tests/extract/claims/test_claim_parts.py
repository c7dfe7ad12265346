"""Triples that leave out what their claim needs are told with it, and not asserted alone."""

import pytest

from kg.read import document_from_text

pytestmark = pytest.mark.model


@pytest.fixture
def asserted(extractor):
    """Give the triples of the asserted claims of clauses: relation and what it ends in."""

    def of(text):
        found = extractor.extract(document_from_text(text, source="t.txt"))
        return {
            (relation, "" if o is None else found.mentions[o].label)
            for c in found.claims
            if c.asserted and ":" not in c.relation
            for _, relation, o in c.binary()
        }

    return of


@pytest.mark.parametrize(
    ("text", "part", "whole"),
    [
        (
            "Harker dismissed a clerk after money went missing.",
            ("dismiss_after", "money went missing"),
            ("dismiss", "clerk"),
        ),
        (
            "Rolf Berg acts as chairman until a successor is found.",
            ("act_as_until", "a successor is found"),
            ("act_as", "chairman"),
        ),
        ("Ida Moe walked to Bergen after the storm.", ("walk_after", "storm"), ("walk_to", "Bergen")),
        ("Harker built a mill in Lorn.", ("build_in", "Lorn"), ("build", "mill")),
        ("Ida Moe met a bishop in Bergen.", ("meet_in", "Bergen"), ("meet", "bishop")),
        (
            "Norwind asked the council to help.",
            ("ask", "council"),
            ("ask", "the council to help"),
        ),
    ],
)
def test_what_leaves_out_the_object_is_no_fact_alone(asserted, text, part, whole):
    found = asserted(text)
    assert part not in found
    assert whole in found


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("The judge found Karl Moe guilty of fraud.", ("find_guilty_of", "fraud")),
        ("The judge found Karl Moe guilty of fraud.", ("find_guilty", "Karl Moe")),
        ("Dora Lind described Anna Holt as a genius.", ("describe", "Anna Holt")),
        ("Dora Lind described Anna Holt as a genius.", ("describe_as", "genius")),
        ("Harker gave 5 million dollars to Lorn College.", ("give_dollar_to", "Lorn College")),
        ("Harker gave 5 million dollars to Lorn College.", ("give", "5 million dollars")),
        ("Norwind supports the fishermen by buying their catch.", ("support_by", "buying their catch")),
        ("Aldern Rovers led 17-12 at the break.", ("lead_score", "17-12")),
        ("Norwind's revenue rose from 4 million euros to 6 million euros.", ("rise_to", "6 million euros")),
        ("The Vik Channel separates Osk Island from Norland.", ("separate", "Osk Island")),
        (
            'The coach denied that he would go: "My contract runs to June."',
            ("deny", "My contract runs to June"),
        ),
    ],
)
def test_no_half_of_what_needs_both_is_a_fact(asserted, text, part):
    assert part not in asserted(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("A survey funded by Norwind was lost.", ("fund", "survey")),
        ("The survey was funded by Norwind. The survey is old.", ("fund", "survey")),
        ("Letters sent from Bergen were lost.", ("be_sent_from", "Bergen")),
    ],
)
def test_what_a_label_has_is_no_fact_beside_it(asserted, text, part):
    assert part not in asserted(text)


@pytest.mark.parametrize(
    ("text", "part"),
    [
        ("Ida Moe turned against the project.", ("turn_against", "project")),
        ("Rolf Berg leads the inquiry.", ("lead", "inquiry")),
    ],
)
def test_a_bare_noun_that_is_new_to_the_text_is_no_end_of_a_fact(asserted, text, part):
    assert part not in asserted(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Ola Vik resigned after a vote.", ("resign_after", "vote")),
        ("Norwind funded the old mill of Lorn.", ("fund", "old mill of Lorn")),
        ("An inquiry began in Lorn. Rolf Berg leads the inquiry.", ("lead", "inquiry")),
        ("Rolf Berg leads inquiries.", ("lead", "inquiries")),
        ("Harker has offices in Lorn.", ("have_office_in", "Lorn")),
        ("Ola Vik moved to Lorn to teach.", ("move_to", "Lorn")),
        ("Norwind denied that it would sell the mill.", ("deny", "it would sell the mill")),
    ],
)
def test_what_needs_no_more_stays_a_fact(asserted, text, triple):
    assert triple in asserted(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("It opened a mill in Lorn.", ("open", "mill")),
        ("The hospice sued Harker.", ("sue", "Harker")),
        ("We visited Bergen.", ("visit", "Bergen")),
    ],
)
def test_what_is_nowhere_identified_does_nothing_that_is_a_fact(asserted, text, triple):
    assert triple not in asserted(text)


@pytest.mark.parametrize(
    ("text", "triple"),
    [
        ("Norwind was founded in Lorn. It sued Harker.", ("sue", "Harker")),
        ("The old hospice of Lorn closed. The hospice sued Harker.", ("sue", "Harker")),
    ],
)
def test_what_the_text_identifies_somewhere_may_act(asserted, text, triple):
    assert triple in asserted(text)
