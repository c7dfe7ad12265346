"""Times in hand-built parses: the tense around them, and the days on which claims hold."""

import datetime as dt

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values import times
from kg.model import Document

PUBLISHED = dt.date(2024, 3, 28)
VOCAB = spacy.blank("en").vocab


def reading(text, tags, heads, deps, pos, lemmas=None):
    doc = Doc(
        VOCAB,
        words=text.split(),
        tags=tags.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        lemmas=(lemmas or text.lower()).split(),
        sent_starts=[True] + [False] * (len(heads) - 1),
    )
    document = Document("d", "d", doc.text, published=PUBLISHED)
    return Reading(document, [ParsedBlock(0, doc, 0, "paragraph")])


def dated(found, *verbs):
    """Give the days of claims whose relations are these verbs."""
    (block,) = found.blocks
    subject = MentionDraft(block, block.doc[0:1], block.doc[0], "nominal")
    claims = [ClaimDraft(block, subject, "r", None, (block.doc[v],), "main-clause") for v in verbs]
    found.claims += claims
    times.find(found)
    times.date_claims(found)
    return [(str(c.begins), str(c.ends)) for c in claims]


def day(text):
    return (text, text)


def opened(when):
    """Give "Bakers opened shops ..." with one phrase of time at the verb."""
    return reading(
        f"Bakers opened shops {when}",
        "NNS VBD NNS IN CD",
        [1, 1, 1, 1, 3],
        "nsubj ROOT dobj prep pobj",
        "NOUN VERB NOUN ADP NUM",
    )


@pytest.mark.parametrize(
    ("when", "begins", "ends"),
    [
        ("in 1987", "1987-01-01", "1987-12-31"),
        ("since 1987", "1987-01-01", "None"),
        ("after 1987", "1988-01-01", "None"),
        ("until 1987", "None", "1987-12-31"),
        ("before 1987", "None", "1986-12-31"),
    ],
)
def test_a_preposition_says_what_a_time_is_of_a_claim(when, begins, ends):
    assert dated(opened(when), 1) == [(begins, ends)]


def test_from_and_to_make_a_range():
    found = reading(
        "He ruled from 1951 to 1957",
        "PRP VBD IN CD IN CD",
        [1, 1, 1, 2, 2, 4],
        "nsubj ROOT prep pobj prep pobj",
        "PRON VERB ADP NUM ADP NUM",
    )
    assert dated(found, 1) == [("1951-01-01", "1957-12-31")]


def test_a_weekday_counts_back_from_the_document_in_the_past():
    found = reading(
        "Crews left on Tuesday",
        "NNS VBD IN NNP",
        [1, 1, 1, 2],
        "nsubj ROOT prep pobj",
        "NOUN VERB ADP PROPN",
    )
    assert dated(found, 1) == [day("2024-03-26")]


def test_a_weekday_counts_ahead_after_a_modal():
    found = reading(
        "Crews will leave on Tuesday",
        "NNS MD VB IN NNP",
        [2, 2, 2, 2, 3],
        "nsubj aux ROOT prep pobj",
        "NOUN AUX VERB ADP PROPN",
    )
    assert dated(found, 2) == [day("2024-04-02")]


def test_a_day_behind_the_object_dates_the_verb_and_a_year_does_not():
    def launched(when):
        return reading(
            f"Rebels launched attacks on {when}",
            "NNS VBD NNS IN NNP",
            [1, 1, 1, 2, 3],
            "nsubj ROOT dobj prep pobj",
            "NOUN VERB NOUN ADP PROPN",
        )

    assert dated(launched("Tuesday"), 1) == [day("2024-03-26")]
    assert dated(launched("1987"), 1) == [("None", "None")]


def test_a_fronted_time_is_that_of_all_coordinated_verbs():
    found = reading(
        "In 1990 they married and moved",
        "IN CD PRP VBD CC VBD",
        [3, 0, 3, 3, 3, 3],
        "prep pobj nsubj ROOT cc conj",
        "ADP NUM PRON VERB CCONJ VERB",
    )
    assert dated(found, 3, 5) == [("1990-01-01", "1990-12-31")] * 2


def test_a_time_behind_the_first_verb_is_its_own():
    found = reading(
        "They married in 1990 and moved",
        "PRP VBD IN CD CC VBD",
        [1, 1, 1, 2, 1, 1],
        "nsubj ROOT prep pobj cc conj",
        "PRON VERB ADP NUM CCONJ VERB",
    )
    assert dated(found, 1, 5) == [("1990-01-01", "1990-12-31"), ("None", "None")]


def test_an_end_before_its_beginning_is_none():
    found = reading(
        "He ruled from 1957 to 1951",
        "PRP VBD IN CD IN CD",
        [1, 1, 1, 2, 2, 4],
        "nsubj ROOT prep pobj prep pobj",
        "PRON VERB ADP NUM ADP NUM",
    )
    assert dated(found, 1) == [("None", "None")]


def test_tense_of_an_infinitive_is_its_governors_where_that_has_come_about():
    def to_meet(verb):
        found = reading(
            f"They {verb} to meet",
            "PRP VBD TO VB",
            [1, 1, 3, 1],
            "nsubj ROOT aux xcomp",
            "PRON VERB PART VERB",
        )
        return times.tense(tree_of(found.blocks[0]), 3)

    assert (to_meet("manage"), to_meet("plan")) == ("past", "future")
