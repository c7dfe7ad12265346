"""What an event is called: a phrase without a verb, "acquisition of Vero by Halm Group, 2010".

The templates of the classes (`labels` of `events.toml`) say which roles a label tells, in their order. As
many of them are told as make no label too long, the first ones before the others.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import dataclass, replace

from kg.extract.events import belonging
from kg.extract.events.headwords import head, template
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.role_labels import Mentions, called, fillers, lowered, shares_name, shorter, told
from kg.extract.events.table import BEFALLING, VICTIMS, classes_of
from kg.extract.lexicon import listed, mapping
from kg.extract.mentions.naming import name_of
from kg.extract.mentions.posts import possessive
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

# How many words a label has at most, as it is shown in a graph.
LONGEST = 12
LINKING = frozenset({"and", "by", "of", "to", "from", "as", "in", "on", "against", "for", "the", "a"})
# Classes of events of an amount, which is told by whose it is.
OF_AMOUNTS = frozenset({"Change", "Measurement"})
# Classes of events of a post or of studies, which are told by where they are.
OF_POSTS = frozenset({"Appointment", "Departure", "Study"})
# Prepositions that say where something is.
PLACING = frozenset(listed("events", "words", "placing"))
BY = re.compile(rf" by (.+?)(?: (?:{'|'.join(sorted(PLACING))}) .*)?$")
PLACED = re.compile(rf" (?:{'|'.join(sorted(PLACING))}) .*")
PART = re.compile(r"\[([^\[\]{}]*)\{(\w+)\}\]")
# In a template: the preposition of the place in the text; what parts the words for events and for others.
SIGNS = frozenset(mapping("events", "signs").values())
AT, EITHER = "@", "|"
ACTORS = classes_of("actors")
# So many that fill a role are named; what stands for the others.
SEVERAL, OTHERS = 2, "others"
ROUND = "competition"
# A score of two numbers.
SCORE = re.compile(r"(\d+)\s?[-–—]\s?(\d+)")
# The block of a sentence, and its first token there.
Sentence = tuple[int, int]
QUARTERS = {1: "first", 4: "second", 7: "third", 10: "fourth"}


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a label: a preposition, or a comma, and what fills the role behind it."""

    word: str
    called: list[str]
    # So many of them are told, and whether the label says that there are others.
    several: int = SEVERAL
    open: bool = False
    # What the first is called where room is scarce.
    short: str = ""

    @property
    def text(self) -> str:
        """What stands behind the preposition."""
        shown = self.called[: self.several]
        if self.open and len(self.called) > len(shown):
            return f"{', '.join(shown)} and {OTHERS}"
        return " and ".join(shown)


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
    belonging.tell(reading, groups.values(), thing)
    # What befell people is called before those who came to harm by it.
    befell: dict[Sentence, set[str]] = {}
    for group in sorted(groups.values(), key=lambda g: g[0].event not in BEFALLING):
        dated = _days(group[0] if group[0].begins else None) or _day_in_words(group)
        label = _label(group, thing, dated)
        if group[0].event in BEFALLING and _names(label):
            for event in group:
                befell.setdefault(_sentence(event), set()).add(label)
        elif group[0].event in VICTIMS:
            label = _in_what(label, group, befell)
        for event in group:
            if event.mention is not None:
                event.mention.description = _dated(label, dated)


def _sentence(event: EventDraft) -> Sentence:
    return event.block.index, event.trigger.sent.start


def _in_what(label: str, group: list[EventDraft], befell: Mapping[Sentence, set[str]]) -> str:
    """Tell harm to nobody named by the one thing that befell people in its sentence: "in sinking of Anna".

    Who "was killed by Anna", a ferry, was so in that.
    """
    there = {what for event in group for what in befell.get(_sentence(event), ())}
    if len(there) != 1:
        return label
    what = next(iter(there))
    by = BY.search(label)
    if by is not None and _has(what, by[1]) and not _names(label[: by.start()]):
        label = label[: by.start()]
    elif _names(label):
        return label
    longer = (f"{label} in {said}" for said in (what, PLACED.sub("", what)))
    return next((one for one in longer if len(one.split()) <= LONGEST), label)


def _tell_owner(group: list[EventDraft], thing: Mentions) -> None:
    """Call a bare amount by whose it is, where the text tells it elsewhere: "Harker's net profit"."""
    if group[0].event not in OF_AMOUNTS:
        return
    owners = {name for r in told(group, "quantityOf") if (name := name_of(thing(r.mention)))}
    for role in told(group, "quantity") if len(owners) == 1 else ():
        mention, owner = role.mention, next(iter(owners))
        members = thing(mention)
        if mention.kind != "nominal" or name_of(members) or any(m.description for m in members):
            continue
        if not shares_name(mention.label, owner):
            for m in members:
                m.description = (
                    f"{possessive(owner)} {lowered(mention, mention.label)}" if m.kind == "nominal" else ""
                )


def _label(group: list[EventDraft], thing: Mentions, dated: list[str]) -> str:
    """Give what an event is called, with room for the day behind it."""
    default, _, rest = template(group, thing).partition(" [")
    noun, own = head(group, default)
    parts = _parts(group, f"[{rest}", noun, thing)
    if own and parts:
        noun = re.split(r" (?:of|by) ", noun)[0]
        if any(_has(part.text, noun) for part in parts[1:]):
            noun = default  # "imprisonment to ten years' imprisonment"
    label = _shortened(noun, parts, LONGEST - min((len(day.split()) for day in dated), default=0))
    if not _names(label):
        label = _placed(label, group, thing)
    if not _names(label):
        label = _described(label, group)
    return label


def _dated(label: str, dated: list[str]) -> str:
    """Put the day behind a label, as exactly as there is room for it."""
    for day in dated:
        if _has(label, day):
            return label
        if len(label.split()) + len(day.split()) <= LONGEST:
            return f"{label}, {day}"
    return label


def _parts(group: list[EventDraft], rest: str, noun: str, thing: Mentions) -> list[Part]:
    """Give the roles that a template names and that are filled, but for an owner that is told already."""
    parts: list[Part] = []
    for found in PART.finditer(rest):
        word, role = found[1].strip(), found[2]
        if word == AT:
            if place := _place(group, thing):
                parts.append(Part(place[0], [place[1]]))
        elif filled := fillers(group, role, thing) or (_rounds(group, thing) if role == ROUND else []):
            mention = filled[0][1]
            texts = [_tidy(text) if role == "score" else text for text, _ in filled]
            preposition, short = _word(word, noun, role, mention), shorter(mention, thing)
            parts.append(Part(preposition, texts, open=mention.type in ACTORS, short=short))
    _drop_owner(group[0].event, parts)
    return _from_to(parts) if group[0].event == "Change" else parts


def _rounds(group: list[EventDraft], thing: Mentions) -> list[tuple[str, MentionDraft]]:
    """Give the round of a match that no role tells, and what it is called."""
    return [(called(m, thing), m) for m in belonging.rounds(group)]


def _tidy(score: str) -> str:
    """Write a score without spaces, and the higher number first: "2-1" for "1 – 2" of who lost."""
    found = SCORE.fullmatch(score)
    if found is None:
        return score
    return "-".join(sorted(found.groups(), key=int, reverse=True))


def _drop_owner(event: str, parts: list[Part]) -> None:
    """Leave out an owner that what is owned tells: "Harker's sales", "director of Harker"."""
    whose = ("of",) if event in OF_AMOUNTS else ("at", "from") if event in OF_POSTS else ()
    for i in range(1, len(parts)):
        if parts[i].word in whose and shares_name(parts[i - 1].called[0], parts[i].called[0]):
            del parts[i]
            return


def _word(word: str, noun: str, role: str, mention: MentionDraft) -> str:
    """Give the preposition of a role: that of the noun, where it takes another than its class does."""
    if EITHER in word:
        event, _, other = word.partition(EITHER)
        return event if mention.type == "Event" else other
    own = {
        other
        for other, nouns in mapping("events", "behind").get(role, {}).items()
        if noun.split()[-1].lower() in nouns.split()
    }
    found = next(iter(own), word)
    return "in" if found == "at" and mention.type == "GPE" else found


def _from_to(parts: list[Part]) -> list[Part]:
    """Tell what an amount was before and after as one, its unit once: "from 41 to 48 million euros"."""
    texts = {part.word: part.called[0].split() for part in parts}
    before, after = texts.get("from", []), texts.get("to", [])
    if not before or not after:
        return parts
    common = 0
    while common < min(len(before), len(after)) - 1 and before[-1 - common] == after[-1 - common]:
        common += 1
    short = " ".join(before[: len(before) - common])
    if before[0][0] in SIGNS and after[0][0].isdigit():
        after[0] = before[0][0] + after[0]  # "€3 million to 4 million"
    if len(after) > 1 and before[0] == after[0] and not before[0][0].isdigit():
        after = after[1:]  # "from SEK 61 to 74 million"
    both = Part("from", [f"{short} to {' '.join(after)}"])
    return [*(p for p in parts if p.word not in ("from", "to")), both]


def _names(label: str) -> bool:
    """Whether a label has a name in it: a capital behind its first word."""
    return any(word[:1].isupper() for word in label.split()[1:])


def _placed(label: str, group: list[EventDraft], thing: Mentions) -> str:
    """Tell an event of nobody named by where it was: "attack by gunmen near Lorn"."""
    if group[0].event in OF_AMOUNTS:
        return label
    place = _place(group, thing)
    return label if place is None or _has(label, place[1]) else f"{label} {place[0]} {place[1]}"


def _described(label: str, group: list[EventDraft]) -> str:
    """Tell an event of nobody named by what its noun is described by: "attack in Lorn"."""
    for noun in (e.noun for e in group if e.noun is not None and e.noun.kind == "nominal"):
        own, text = noun.label or noun.span.text, noun.description
        behind = text.removeprefix(own) if text.startswith(own) else ""
        if _names(text) and len(f"{label}{behind}".split()) <= LONGEST:
            return f"{label}{behind}" if behind else label if label != own else text
    return label


def _place(group: list[EventDraft], thing: Mentions) -> tuple[str, str] | None:
    """Give the named place of an event, in the fewest words, and the preposition before it."""
    places: list[tuple[str, str]] = []
    for role in told(group, "place"):
        place = called(role.mention, thing)
        if _names(f"in {place}"):
            places.append((_before(role), place))
    return min(places, key=lambda p: len(p[1].split()), default=None)


def _before(role: Role) -> str:
    """Give the preposition before a place."""
    mention = role.mention
    tree, start = tree_of(mention.block), mention.span.start
    if start and tree.lower[start - 1] in PLACING:
        return str(tree.lower[start - 1])
    if role.slot.mention is mention and role.slot.name in PLACING:
        return role.slot.name
    return "in"


def _shortened(noun: str, parts: list[Part], longest: int) -> str:
    """Put a label together of so many parts as there is room for, one of each role where it is scarce."""
    for all_of in (parts, [replace(p, several=1) if p.open else p for p in parts]):
        label = _joined(noun, all_of)
        if len(label.split()) <= longest:
            return label
    chosen: dict[int, Part] = {}
    # A sum or a score tells most, beside what it is of.
    for i in sorted(range(len(parts)), key=lambda i: i > 0 and parts[i].word != ","):
        for part in _cuts(parts[i]):
            shown = [p for _, p in sorted({**chosen, i: part}.items())]
            if len(_joined(noun, shown).split()) <= longest:
                chosen[i] = part
                break
    label = _joined(noun, [p for _, p in sorted(chosen.items())])
    if not chosen and parts:  # what is too long by itself is cut
        words = _joined(noun, [replace(parts[0], several=1)]).split()[:longest]
        while words[-1] in LINKING:
            words.pop()
        label = " ".join(words)
    return label


def _cuts(part: Part) -> list[Part]:
    """Give a part in ever fewer words."""
    found = [part, replace(part, several=1)]
    return [*found, replace(part, called=[part.short, *part.called[1:]], several=1)] if part.short else found


def _joined(noun: str, parts: list[Part]) -> str:
    """Put a label together; what it has said it does not repeat."""
    text = noun
    for part in parts:
        said = part.text
        if _has(text, part.called[0]):
            continue  # "car accident", not one "of car"; not "in Lorn in Lorn"
        owner, parted, owned = said.partition("'s ")
        if parted and _has(text, owner):
            said = owned  # "attack on Vik with Vik's tractor"
        if text == noun and said.split()[0].lower() == noun.lower():
            text = said  # "award for courage", not "award of award for courage"
        else:
            text += f"{part.word} {said}" if part.word == "," else f" {part.word} {said}"
    return text


def _has(text: str, said: str) -> bool:
    """Whether words stand in a text already."""
    return re.search(rf"(?<!\w){re.escape(said.lower())}(?!\w)", text.lower()) is not None


def _day_in_words(group: list[EventDraft]) -> list[str]:
    """Give the words for the day of an event, where they give none by themselves: "Tuesday"."""
    if any(event.begins or event.ends for event in group):
        return []
    return [" ".join(e.undated.span.text.split()) for e in group if e.undated is not None][:1]


def _days(event: EventDraft | None) -> list[str]:
    """Give the day, month, quarter, year or years of an event as far as it is known, the most exact first."""
    if event is None or event.begins is None or event.ends is None:
        return []
    begins, ends = event.begins, event.ends
    if begins.year != ends.year:
        return []
    year, month = str(begins.year), f"{calendar.month_name[begins.month]} {begins.year}"
    if begins == ends:
        return [f"{begins.day} {month}", month, year]
    if begins.day == 1 and ends == _month_end(begins.year, begins.month):
        return [month, year]
    if begins.day == 1 and begins.month in QUARTERS and ends == _month_end(begins.year, begins.month + 2):
        return [f"{QUARTERS[begins.month]} quarter of {year}", year]
    return [year]


def _month_end(year: int, month: int) -> dt.date:
    return dt.date(year, month, calendar.monthrange(year, month)[1])
