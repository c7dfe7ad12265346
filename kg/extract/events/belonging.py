"""Offices and rounds without a name are called by what they are of: "chairman of Harker".

An event tells the body of an office, or the text does that is about one body: minutes and notices at their
head, news of a firm by speaking of it above all. A final is that of the one competition that the text names.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from kg.extract import constructions
from kg.extract.events import minutes
from kg.extract.events.records import EventDraft
from kg.extract.events.role_labels import Mentions, told
from kg.extract.events.table import listed
from kg.extract.lexicon import words
from kg.extract.mentions import letterheads, posts
from kg.extract.mentions.naming import name_of
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

# Events of an office, and the roles of its body.
OF_OFFICES = {"Appointment": "organization", "Departure": "organization", "Election": ""}
ROUNDS = words("events", "words", "rounds")
# The blocks up to this one are the head and the first paragraph.
LEAD = 1
# A label has at most so many words.
LONGEST = 10


def tell(reading: Reading, groups: Iterable[list[EventDraft]], thing: Mentions) -> None:
    """Describe the bare offices and rounds of a document by what they are of, as far as it is told."""
    groups = list(groups)
    body = minutes.host(reading)
    # A text that begins with a firm that is bought is about two of them.
    bought = any(g[0].event == "Acquisition" and g[0].block.index <= LEAD for g in groups)
    main = "" if bought else reading.setting.body
    for group in groups:
        for office, owner in _offices(group, thing):
            _describe(office, owner or _firm(office, main), thing)
        _tell_round(reading, group, thing)
    heading = letterheads.body(reading)
    for mention in (m for m in reading.mentions if m.type == "Position"):
        if body is not None and posts.is_held(mention):
            _describe(mention, body.label, thing)
        elif heading is not None and mention.label.lower() in listed("words", "elected_by_members"):
            _describe(mention, heading.label, thing)


def _offices(group: list[EventDraft], thing: Mentions) -> Iterator[tuple[MentionDraft, str]]:
    """Give the offices that an event is of, each with the name of the body that the event tells, or none."""
    if group[0].event not in OF_OFFICES:
        return
    role = OF_OFFICES[group[0].event]
    bodies = {name for r in told(group, role) if (name := name_of(thing(r.mention)))} if role else set()
    owner = next(iter(bodies)) if len(bodies) == 1 else ""
    yield from ((r.mention, owner) for r in told(group, "office") if r.mention.type == "Position")


def _firm(office: MentionDraft, main: str) -> str:
    """Give the firm that a text is about for an office that firms have, as whose it is is not told."""
    return main if office.label.lower() in posts.OF_FIRMS else ""


def _describe(mention: MentionDraft, owner: str, thing: Mentions) -> None:
    """Call a bare noun by what it is of."""
    if not owner or mention.kind != "nominal" or mention.description or not _is_bare(mention):
        return
    text = f"{mention.label} of {owner}"
    members = [m for m in thing(mention) if m.kind == "nominal"]
    if name_of(thing(mention)) or len(text.split()) > LONGEST or any(m.description for m in members):
        return
    for m in members:
        m.description = text
        m.reference = ""


def _is_bare(mention: MentionDraft) -> bool:
    """Whether nothing that stands with a noun says what it is of."""
    tree, i = tree_of(mention.block), mention.head.i
    owned = constructions.owner(tree, i) is not None or bool(tree.of(i, "prep"))
    return not owned and " of " not in mention.label


def rounds(group: list[EventDraft]) -> list[MentionDraft]:
    """Give the parts of a competition in which a match was, by the roles and by the nouns that tell of it."""
    if group[0].event != "Match":
        return []
    nouns = [e.noun for e in group if e.noun is not None and not e.of_noun]
    found = [*(r.mention for r in told(group, "competition")), *nouns]
    return [m for m in found if re.split(r"[\s-]", m.label.lower())[-1] in ROUNDS]


def _tell_round(reading: Reading, group: list[EventDraft], thing: Mentions) -> None:
    """Call "the semi-final" that of the one competition that a text names."""
    for mention in rounds(group):
        cups = {name_of(thing(m)) for m in reading.mentions if _is_cup(m)}
        if len(cups) == 1:
            _describe(mention, next(iter(cups)), thing)


def _is_cup(mention: MentionDraft) -> bool:
    last = mention.span[-1].lower_
    return mention.kind == "name" and len(mention.span) > 1 and last in listed("words", "competitions")
