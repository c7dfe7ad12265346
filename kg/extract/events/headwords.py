"""The noun that an event is called by: the text's own, that of its verb, or that of its class."""

from __future__ import annotations

import re
from collections.abc import Mapping

from kg.extract.events.records import EventDraft
from kg.extract.events.role_labels import Mentions, fillers, lowered, told
from kg.extract.events.table import FILE, by_noun, listed
from kg.extract.lexicon import mapping

# Who came to harm is no event, though his noun tells of one: "one of the dead".
PERSONAL = frozenset({"Person", "Group"})
# How many words of a noun phrase of the text make up a head.
LONGEST = 4
# A place in a row, of which the first is the highest.
RANK = re.compile(r"\d(?:st|nd|rd|th)\b")
RISE, FALL = "rise", "fall"


def template(group: list[EventDraft], thing: Mentions) -> str:
    """Give the template of a frame, or else of a class: of several the first whose role is filled."""
    event, labels = group[0], mapping(FILE, "labels")
    own = labels.get(event.frames[0].id) if event.frames else None
    found = own or labels.get(event.event, event.event.lower())
    several = [found] if isinstance(found, str) else [str(one) for one in found]
    for one in several[:-1]:
        role = re.search(r"\{(\w+)\}", one)
        if role is not None and fillers(group, role[1], thing):
            return one
    return str(several[-1])


def head(group: list[EventDraft], default: str) -> tuple[str, bool]:
    """Give the noun that an event is called by, and whether it is the text's own."""
    if own := _own(group):
        return own, True
    if group[0].event == "Change":
        return _direction(group) or default, False
    nouns: Mapping[str, str] = mapping(FILE, "called").get(group[0].event, {})
    general = mapping(FILE, "labels").get(group[0].event, "")
    if default != str(general if isinstance(general, str) else "").partition(" ")[0]:
        return default, False  # its frame has a noun of its own
    found = (nouns.get(e.trigger.lemma_.lower()) for e in group if e.noun is None)
    return next((noun for noun in found if noun), default), False


def _own(group: list[EventDraft]) -> str:
    """Give the noun phrase by which the text calls an event, else empty."""
    for event in group:
        noun = event.noun
        if noun is None or noun.kind != "nominal" or not event.frames or noun.type in PERSONAL:
            continue
        if event.event == "Match" and not (event.of_noun and noun.head.lemma_.lower() in by_noun()):
            continue  # "beat Ulm in the final": a victory
        label = lowered(noun, noun.label or noun.span.text)
        if len(label.split()) <= LONGEST + 2 * (" of " in label):
            return label
    return ""


def _direction(group: list[EventDraft]) -> str:
    """Say whether an amount rose or fell, by its numbers or by the words for it; else empty."""
    before, after = (_number(group, role) for role in ("from", "to"))
    if before is not None and after is not None and before[1] == after[1] and before[0] != after[0]:
        return RISE if before[0] < after[0] else FALL
    for event in group:
        said = {event.trigger.lemma_.lower(), event.trigger.lower_}
        said |= {child.lower_ for child in event.trigger.children if child.dep_ in ("prt", "advmod")}
        rises, falls = said & listed("words", "rising"), said & listed("words", "falling")
        if bool(rises) != bool(falls):
            return RISE if rises else FALL
    return ""


def _number(group: list[EventDraft], role: str) -> tuple[float, str] | None:
    """Give the number that fills a role, and its unit; None where there is none, or several."""
    values = {
        (float(m.value.lexical), m.value.unit or "")
        for m in (r.mention for r in told(group, role))
        if m.value is not None
        and re.fullmatch(r"-?\d+(?:\.\d+)?", m.value.lexical)
        and not RANK.search(m.span.text)
    }
    return next(iter(values)) if len(values) == 1 else None
