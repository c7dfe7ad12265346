"""What an event is called: a phrase without a verb, "acquisition of Vero by Halm Group, 2010"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from kg.extract.events.records import EventDraft, Role
from kg.extract.lexicon import mapping
from kg.extract.reading import MentionDraft, Reading

LONGEST = 9
LINKING = frozenset({"and", "by", "of", "to", "from", "as", "in", "on", "against", "for", "the", "a"})
PART = re.compile(r"\[([^\[\]{}]*)\{(\w+)\}([^\[\]]*)\]")
# Gives the mentions of what a mention stands for.
Mentions = Callable[[MentionDraft], list[MentionDraft]]


def describe(reading: Reading) -> None:
    """Say what each event of a document is called."""
    if not reading.events:
        return
    chains: dict[int, list[MentionDraft]] = {}
    for m in reading.mentions:
        if m.chain is not None:
            chains.setdefault(m.chain, []).append(m)
    groups: dict[int, list[EventDraft]] = {}
    for event in reading.events:
        groups.setdefault(id(event.root()), []).append(event)
    for group in groups.values():
        label = _label(group, lambda m: [m] if m.chain is None else chains[m.chain])
        for event in group:
            if event.mention is not None:
                event.mention.description = label


def _label(group: list[EventDraft], thing: Mentions) -> str:
    """Give the label of an event, from what its mentions say."""
    dated = group[0] if group[0].begins else None
    template = _template(group[0])
    head, _, rest = template.partition(" ")
    nouns = [e.noun for e in group if e.noun is not None and e.noun.kind == "nominal" and e.frames]
    noun = next(iter(nouns), None)
    own = noun.label or noun.span.text if noun is not None else ""
    told = {name for part in PART.finditer(rest) if _fill(group, name := part[2], thing)}
    if own:
        head = re.split(r" (?:of|by) ", own)[0] if told else own

    def filled(match: re.Match[str]) -> str:
        called = _fill(group, match[2], thing)
        if not called or called.lower() in head.lower().split():
            return ""  # "car accident", not one "of car"
        return f" {match[1].strip()} {called}".replace("  ", " ")

    words = (head + PART.sub(filled, rest)).split()
    if len(words) > LONGEST:
        words = words[:LONGEST]
        while words[-1] in LINKING:  # what it would link is cut off
            words.pop()
    label = " ".join(words)
    when = _day(dated)
    return f"{label}, {when}" if when else label


def _template(event: EventDraft) -> str:
    """Give how an event of a frame, or else of a class, is called."""
    labels = mapping("events", "labels")
    own = labels.get(event.frames[0].id) if event.frames else None
    return str(own or labels.get(event.event, event.event.lower()))


def _fill(group: list[EventDraft], names: str, thing: Mentions) -> str:
    for name in names.split("_or_"):
        called: dict[str, None] = {}
        for role in _told(group, name):
            if word := _called(role.mention, thing):
                called[word] = None
        if called:
            return " and ".join(list(called)[:2])
    return ""


def _told(group: list[EventDraft], name: str) -> list[Role]:
    """Give what fills a role: what the text states, of an event of which it states anything."""
    stated = any(r.slot.standing.asserted for event in group for r in event.roles)
    return [r for event in group for r in event.filling(name) if r.slot.standing.asserted or not stated]


def _called(mention: MentionDraft, thing: Mentions) -> str:
    if mention.kind not in ("name", "nominal", "pronoun"):
        return "" if mention.kind == "clause" else mention.label
    mentions = thing(mention)
    names = [m for m in mentions if m.kind == "name"]
    if names:
        return max(((m.label or m.span.text) for m in names), key=lambda n: (len(n.split()), n))
    nouns = [m for m in mentions if m.kind == "nominal"]
    return (nouns[0].description or nouns[0].label or nouns[0].span.text) if nouns else ""


def _day(event: EventDraft | None) -> str:
    """Give the day, month or year of an event, as far as it is known."""
    if event is None or event.begins is None or event.ends is None:
        return ""
    begins, ends = event.begins, event.ends
    if begins == ends:
        return f"{begins.day} {calendar.month_name[begins.month]} {begins.year}"
    last = calendar.monthrange(begins.year, begins.month)[1]
    if (begins.day, ends) == (1, dt.date(begins.year, begins.month, last)):
        return f"{calendar.month_name[begins.month]} {begins.year}"
    if begins.year == ends.year:
        return str(begins.year)
    return ""
