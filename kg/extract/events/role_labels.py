"""What fills a role as the label of an event calls it: "Ruskeala", "46 people", "Harker's net profit"."""

from __future__ import annotations

import re
from collections.abc import Callable

from kg.extract.events.records import EventDraft, Role
from kg.extract.lexicon import mapping
from kg.extract.lexicon.nouns import is_common
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions.naming import name_of
from kg.extract.reading import MentionDraft

# Roles that are numbers of people, of whom a bare number says nothing.
OF_PEOPLE = frozenset({"deathToll", "injuredCount"})
# A clause stands in a label if it says what somebody does in at most so many words: "agreeing prices".
LONGEST_CLAUSE = 7
# A number in figures, with a word for its size, and its unit in words behind it.
_SIZE = "thousand|million|billion|trillion"
NUMBER = re.compile(rf"(\d[\d.,]*(?: (?:{_SIZE}))?)(?: ?%| per ?cent| (?!{_SIZE})[a-z]+)(?: of .+)?")

# Gives the mentions of what a mention stands for.
Mentions = Callable[[MentionDraft], list[MentionDraft]]


def told(group: list[EventDraft], name: str) -> list[Role]:
    """Give what fills a role: what the text states, of an event of which it states anything."""
    stated = any(r.slot.standing.asserted for event in group for r in event.roles)
    return [r for event in group for r in event.filling(name) if r.slot.standing.asserted or not stated]


def fillers(group: list[EventDraft], names: str, thing: Mentions) -> list[tuple[str, MentionDraft]]:
    """Give what they are called that fill a role, or the first of several roles that is filled.

    `names` are parted by "_or_". Each thing is given once, with a mention of it.
    """
    for name in names.split("_or_"):
        found: dict[str, MentionDraft] = {}
        things: set[int] = set()
        for role in told(group, name):
            mention = role.mention
            which = id(mention) if mention.chain is None else mention.chain
            if which not in things and (word := called(mention, thing)):
                things.add(which)
                found.setdefault(_of_people(word, mention) if name in OF_PEOPLE else word, mention)
        if found:
            return list(found.items())
    return []


def shorter(mention: MentionDraft, thing: Mentions) -> str:
    """Give what a thing without a name is called by its noun alone: "envoy" of the "envoy met in Lorn"."""
    nouns = [m for m in thing(mention) if m.kind == "nominal"]
    named = mention.kind not in ("nominal", "pronoun") or not nouns or bool(name_of(thing(mention)))
    return "" if named else lowered(nouns[0], nouns[0].label or nouns[0].span.text)


def called(mention: MentionDraft, thing: Mentions) -> str:
    """Give what a mention is called in a label, empty where it cannot stand in one."""
    if mention.kind == "clause":
        return _clause(mention)
    if mention.kind not in ("name", "nominal", "pronoun"):
        return amount(mention) or lowered(mention, mention.label or mention.span.text)
    mentions = thing(mention)
    if name := name_of(mentions):
        return name
    nouns = [m for m in mentions if m.kind == "nominal"]
    return lowered(nouns[0], nouns[0].description or nouns[0].label or nouns[0].span.text) if nouns else ""


def _clause(mention: MentionDraft) -> str:
    """Give a short clause without a subject: "agreeing prices with dealers"."""
    span = mention.span
    short = span[0].tag_ == "VBG" and len(span) <= LONGEST_CLAUSE
    return " ".join(span.text.split()) if short else ""


def amount(mention: MentionDraft) -> str:
    """Give a number with the sign of its unit, where it has one: "€40 million", "7%"; else empty."""
    unit = "" if mention.value is None else mention.value.unit or ""
    sign = mapping("events", "signs").get(unit, "")
    found = NUMBER.fullmatch(" ".join((mention.label or mention.span.text).split()))
    if not sign or found is None:
        return ""
    return f"{found[1]}{sign}" if sign == "%" else f"{sign}{found[1]}"


def _of_people(label: str, mention: MentionDraft) -> str:
    """Say of a bare number that it is one of people."""
    if any(t.pos_ in NOUNS and not t.like_num for t in mention.span) or not mention.span[-1].like_num:
        return label
    return f"{label} {'person' if label.lower() in ('1', 'one') else 'people'}"


def lowered(mention: MentionDraft, label: str) -> str:
    """Give a label as it stands within a sentence: "operating profit" for "Operating profit"."""
    first = mention.span[0]
    plain = bool(first.is_sent_start and first.is_title) and label.startswith(first.text)
    if first.pos_ in ("PROPN", "X"):
        plain = plain and mention.kind == "nominal" and is_common(first.lower_)  # "Turnout fell"
    plain = plain and first.ent_type_ in ("", "CARDINAL")  # and not "Portuguese police"
    return label[:1].lower() + label[1:] if plain else label


def shares_name(label: str, owner: str) -> bool:
    """Whether a label has a word of the name of an owner in it."""
    return bool(set(owner.split()) & set(re.findall(r"[\w&.-]+", label)))
