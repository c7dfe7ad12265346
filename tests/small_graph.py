"""A small graph made by hand, for tests of what comes after extraction."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

from kg.model import Block, Claim, Document, Entity, Extraction, Mention, Value

TEXT = (
    "On 3 May 2021, Ada Moreau, the Finance Minister of Norland, met about 18 engineers in Port Vale. "
    "Moreau said that the Harbour Board did not accept the loan. "
    "Norland plans to buy a share of 2.5 percent. "
    "The old mayor died."
)


@dataclass(frozen=True)
class Resolved:
    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]]


def mention(text, kind, type="Concept", label="", nth=0, **more):
    start = [m.start() for m in re.finditer(re.escape(text), TEXT)][nth]
    return Mention(start, start + len(text), text, kind, type, label or text, **more)


MENTIONS = (
    mention("3 May 2021", "time", value=Value("2021-05-03", "date")),
    mention("Ada Moreau", "name", "Person", chain=1),
    mention("the Finance Minister of Norland", "nominal", "Position", "Finance Minister"),
    mention("Norland", "name", "GPE"),
    mention("about 18 engineers", "nominal", "Group", "engineers", value=Value("18", comparator="About")),
    mention("Port Vale", "name", "GPE"),
    mention("Moreau", "name", "Person", nth=1, chain=1),
    mention("the Harbour Board did not accept the loan", "clause"),
    mention("the Harbour Board", "name", "Organization", "Harbour Board"),
    mention("the loan", "nominal", "Concept", "loan"),
    mention("Norland", "name", "GPE", nth=1),
    mention(
        "a share of 2.5 percent", "nominal", "Quantity", "share", value=Value("2.5", "decimal", unit="%")
    ),
    mention("The old mayor", "nominal", "Person", "old mayor"),
)


def _claim(words, subject, relation, obj, **more):
    where = TEXT.index(words)
    return Claim(subject, relation, obj, text=words, start=where, end=where + len(words), **more)


DAY = dt.date(2021, 5, 3)
VERB = {"rule": "verb", "confidence": 0.9}
NOT_SAID = {"negated": True, "modality": "Reported", "asserted": False, "attributed_to": 6}
CLAIMS = (
    _claim("met", 1, "meet", 4, qualifiers=(("in", 5), ("time", 0)), begins=DAY, ends=DAY, **VERB),
    Claim(1, "position_held", 2, start=15, end=57, rule="apposition", confidence=0.95),
    Claim(1, "country", 3, start=15, end=57, rule="apposition", confidence=0.8),
    _claim("said", 6, "say", 7, **VERB),
    _claim("accept", 8, "accept", 9, rule="verb", confidence=0.85, **NOT_SAID),
    _claim("plans to buy", 10, "buy", 11, modality="Planned", asserted=False, **VERB),
    _claim("died", 12, "die", None, rule="verb", confidence=0.7),
)
DOC_ID = "0123456789abcdef"
DOCUMENT = Document(
    DOC_ID,
    "texts/harbour.txt",
    TEXT,
    title="A loan",
    published=dt.date(2021, 5, 4),
    blocks=(Block(0, len(TEXT)),),
)
SENTENCES = tuple((m.start(), m.end()) for m in re.finditer(r"[A-Z].*?[a-z]\.(?= |$)", TEXT))
EXTRACTION = Extraction(DOC_ID, "texts/harbour.txt", MENTIONS, CLAIMS, SENTENCES, {"model": "by hand"})
RESOLUTION = Resolved(
    (
        Entity("Ada_Moreau", "Person", "Ada Moreau", ("Moreau",)),
        Entity("Finance_Minister", "Position", "Finance Minister"),
        Entity("Norland", "GPE", "Norland"),
        Entity("engineers-01234567", "Group", "engineers"),
        Entity("Port_Vale", "GPE", "Port Vale", confidence=0.8),
        Entity("Harbour_Board", "Organization", "Harbour Board"),
        Entity("loan-01234567", "Concept", "loan"),
        Entity("share-01234567", "Quantity", "share"),
        Entity("old_mayor-01234567", "Person", "old mayor"),
    ),
    {DOC_ID: (None, 0, 1, 2, 3, 4, 0, None, 5, 6, 2, 7, 8)},
)
