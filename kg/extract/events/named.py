"""Who the several are that an event tells of: "arrested two men, Ian Hall and Bo Ek, in Ulm"."""

from __future__ import annotations

import re
from typing import Protocol

from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.tolls import NUMBERS
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading
from kg.extract.values.numerals import number

# What stands before the first name, and what may stand between two: their age, and where they are from.
BEFORE = re.compile(r"\s*(?:[,:–—(]|,?\s*(?:named|called|identified) (?:as )?)\s*")
AGE, HOME = r"(?:,?\s*(?:aged )?\d{1,3}|\s*\(\d{1,3}\))?", r"(?:,? of [A-Z][\w' ]+)?"
BETWEEN = re.compile(rf"{AGE}{HOME}\s*(?:,|,?\s*(?:and|&))\s*")


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]


def tell(linking: Linking) -> None:
    """Give those whose number an event tells by name, where as many names stand behind it."""
    for event in linking.events:
        for role in list(event.roles):
            known = {id(r.mention) for r in event.roles}
            for name in _named(linking.reading, role.mention) if role.name not in NUMBERS else ():
                if id(name) not in known:
                    slot = Slot(role.slot.name, name, role.slot.standing, role.slot.claim)
                    event.roles.append(Role(role.name, name, slot, exact=True))


def _named(reading: Reading, several: MentionDraft) -> list[MentionDraft]:
    """Give the names behind a plural, if they are as many as it tells and of one class."""
    wanted = _count(several)
    if wanted is None:
        return []
    found = _behind(reading, several)
    kinds = {m.type for m in found}
    fit = len(kinds) == 1 and (several.type not in ("Person", "Group") or kinds == {"Person"})
    return found if fit and len(found) == wanted else []


def _behind(reading: Reading, several: MentionDraft) -> list[MentionDraft]:
    """Give the names that stand in a row right behind a mention."""
    text, end = several.block.doc.text, int(several.head.idx + len(several.head))
    names = [m for m in reading.mentions if m.kind == "name" and m.block is several.block]
    found: list[MentionDraft] = []
    for name in sorted(names, key=lambda m: int(m.span.start)):
        if name.span.start_char > end:
            start = found[-1].span.end_char if found else end
            if (BETWEEN if found else BEFORE).fullmatch(text[start : name.span.start_char]) is None:
                break
            found.append(name)
    return found


def _count(several: MentionDraft) -> int | None:
    """Give how many a plural is said to be."""
    tree, head = tree_of(several.block), several.head.i
    if several.kind not in ("nominal", "quantity") or tree.tag[head] != "NNS":
        return None
    numbers = [number(tree.lower[k]) for k in tree.of(head, "nummod")]
    return int(numbers[0]) if len(numbers) == 1 and numbers[0] is not None and numbers[0] > 1 else None
