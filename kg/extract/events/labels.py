"""What an event is called: a phrase without a verb, "acquisition of Vero by Halm Group, 2010"."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable

from kg.extract.events.records import EventDraft, Role
from kg.extract.lexicon import listed, mapping
from kg.extract.mentions.posts import possessive
from kg.extract.reading import MentionDraft, Reading

# How many words a label has at most, and one whose first part alone is longer.
LONGEST, LONGEST_PART = 12, 16
LINKING = frozenset({"and", "by", "of", "to", "from", "as", "in", "on", "against", "for", "the", "a"})
# Classes of events of an amount, which is told by whose it is.
OF_AMOUNTS = frozenset({"Change", "Measurement"})
# Classes of events of a post or of studies, which are told by where they are.
OF_POSTS = frozenset({"Appointment", "Departure", "Study"})
# Prepositions that say where something is.
PLACING = frozenset(listed("events", "words", "placing"))
PART = re.compile(r"\[([^\[\]{}]*)\{(\w+)\}([^\[\]]*)\]")
# A preposition, and what fills the role behind it.
Part = tuple[str, list[str]]
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

    def thing(m: MentionDraft) -> list[MentionDraft]:
        return [m] if m.chain is None else chains[m.chain]

    for group in groups.values():
        _tell_owner(group, thing)
    for group in groups.values():
        label = _label(group, thing)
        for event in group:
            if event.mention is not None:
                event.mention.description = label


def _tell_owner(group: list[EventDraft], thing: Mentions) -> None:
    """Call a bare amount by whose it is, where the text tells it elsewhere: "Harker's net profit"."""
    if group[0].event not in OF_AMOUNTS:
        return
    owners = {name for r in _told(group, "quantityOf") if (name := _name(thing(r.mention)))}
    for role in _told(group, "quantity") if len(owners) == 1 else ():
        mention, owner = role.mention, next(iter(owners))
        members = thing(mention)
        if mention.kind != "nominal" or _name(members) or any(m.description for m in members):
            continue
        if not _shares_name(mention.label, owner):
            for m in members:
                m.description = (
                    f"{possessive(owner)} {_lowered(mention, mention.label)}" if m.kind == "nominal" else ""
                )


def _shares_name(label: str, owner: str) -> bool:
    """Whether a label has a word of the name of an owner in it."""
    return bool(set(owner.split()) & set(re.findall(r"[\w&.-]+", label)))


def _lowered(mention: MentionDraft, label: str) -> str:
    """Give a label as it stands within a sentence: "operating profit" for "Operating profit"."""
    first = mention.span[0]
    plain = first.is_sent_start and first.is_title and first.pos_ not in ("PROPN", "X")
    plain = plain and first.ent_type_ in ("", "CARDINAL")  # and not "Portuguese police"
    plain = plain and label.startswith(first.text)
    return label[:1].lower() + label[1:] if plain else label


def _label(group: list[EventDraft], thing: Mentions) -> str:
    """Give the label of an event, from what its mentions say."""
    head, _, rest = _template(group[0]).partition(" ")
    parts = _parts(group, rest, thing)
    nouns = [e.noun for e in group if e.noun is not None and e.noun.kind == "nominal" and e.frames]
    noun = next(iter(nouns), None)
    own = noun.label or noun.span.text if noun is not None else ""
    if own:
        head = re.split(r" (?:of|by) ", own)[0] if parts else own
    label = _shortened(head, parts)
    if not _names(label):
        label = _placed(label, group, thing)
    return _dated(label, _day(group[0] if group[0].begins else None))


def _dated(label: str, day: str) -> str:
    """Put the day behind a label, or the year alone where both together are too long to be shown whole."""
    if not day:
        return label
    fits = len(label.split()) + len(day.split()) <= LONGEST
    return f"{label}, {day if fits else day.rpartition(' ')[2]}"


def _parts(group: list[EventDraft], template: str, thing: Mentions) -> list[Part]:
    """Give the roles that a template names and that are filled, but for an owner that is told already."""
    parts = [(part[1].strip(), _fill(group, part[2], thing)) for part in PART.finditer(template)]
    parts = [(word, called) for word, called in parts if called]
    posted = group[0].event in OF_POSTS and parts and parts[-1][0] in ("at", "from")
    owned = group[0].event in OF_AMOUNTS or posted
    if owned and len(parts) > 1 and _shares_name(parts[-2][1][0], parts[-1][1][0]):
        parts.pop()  # "Harker's sales", "director of Harker"
    return parts


def _names(label: str) -> bool:
    """Whether a label has a name in it: a capital behind its first word."""
    return any(word[:1].isupper() for word in label.split()[1:])


def _placed(label: str, group: list[EventDraft], thing: Mentions) -> str:
    """Tell an event of nobody named by where it was: "attack by gunmen near Lorn"."""
    if group[0].event not in listed("events", "words", "told_by_place"):
        return label
    for role in _told(group, "place"):
        place = _called(role.mention, thing)
        if _names(f"in {place}") and place not in label:
            word = role.slot.name if role.slot.name in PLACING else "in"
            return f"{label} {word} {place}"
    return label


def _shortened(head: str, parts: list[Part]) -> str:
    """Put a label together without what makes it too long: the second in a role, then the last roles."""
    words = _joined(head, parts, 2).split()
    if len(words) > LONGEST:
        words = _joined(head, parts, 1).split()
    while len(words) > LONGEST and len(parts) > 1:
        parts = parts[:-1]
        words = _joined(head, parts, 1).split()
    if len(words) > LONGEST_PART:
        words = words[:LONGEST_PART]
        while words[-1] in LINKING:  # what it would link is cut off
            words.pop()
    return " ".join(words)


def _joined(head: str, parts: list[Part], several: int) -> str:
    """Put a label together, with so many of those that fill a role; what it has said it does not repeat."""
    text, said = head, set(head.lower().split())  # "car accident", not one "of car"
    for word, called in parts:
        told = " and ".join(called[:several])
        if word in PLACING and _ends_with(text, told):
            continue  # "grain terminal in Lorn", not one "in Lorn in Lorn"
        if told.lower() not in said:
            text += f" {word} {told}"
            said.add(told.lower())
    return text


def _ends_with(text: str, told: str) -> bool:
    """Whether a label so far tells of a place as its last words."""
    return text.endswith(f" {told}")


def _template(event: EventDraft) -> str:
    """Give how an event of a frame, or else of a class, is called."""
    labels = mapping("events", "labels")
    own = labels.get(event.frames[0].id) if event.frames else None
    return str(own or labels.get(event.event, event.event.lower()))


def _fill(group: list[EventDraft], names: str, thing: Mentions) -> list[str]:
    """Give what the first two are called that fill a role, or the first of several roles that is filled."""
    for name in names.split("_or_"):
        called: dict[str, None] = {}
        for role in _told(group, name):
            if word := _called(role.mention, thing):
                called[word] = None
        if called:
            return list(called)[:2]
    return []


def _told(group: list[EventDraft], name: str) -> list[Role]:
    """Give what fills a role: what the text states, of an event of which it states anything."""
    stated = any(r.slot.standing.asserted for event in group for r in event.roles)
    return [r for event in group for r in event.filling(name) if r.slot.standing.asserted or not stated]


def _called(mention: MentionDraft, thing: Mentions) -> str:
    if mention.kind not in ("name", "nominal", "pronoun"):
        return "" if mention.kind == "clause" else _lowered(mention, mention.label)
    mentions = thing(mention)
    if name := _name(mentions):
        return name
    nouns = [m for m in mentions if m.kind == "nominal"]
    return _lowered(nouns[0], nouns[0].description or nouns[0].label or nouns[0].span.text) if nouns else ""


def _name(mentions: list[MentionDraft]) -> str:
    """Give the longest name of a thing, empty where it has none."""
    names = [m.label or m.span.text for m in mentions if m.kind == "name"]
    return max(names, key=lambda n: (len(n.split()), n), default="")


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
