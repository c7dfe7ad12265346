"""The table of events: which words tell of which class, and which argument has which role."""

from __future__ import annotations

import functools
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from kg.extract.lexicon import mapping, words

FILE = "events"
# Classes of events that tell of what happened to people, and of what made it happen.
VICTIMS, BEFALLING = frozenset({"Killing", "Death", "Injury"}), frozenset({"Attack", "Disaster"})
HARM = VICTIMS | BEFALLING
# Tables of the file that are no class.
APART = frozenset(
    {
        "classes",
        "kinds",
        "fillers",
        "whole",
        "keys",
        "anaphors",
        "told_by",
        "labels",
        "called",
        "behind",
        "signs",
        "lasting",
        "stated",
        "tellers",
        "words",
        "offices",
        "disasters",
        "otherwise",
        "untold",
        "opposite",
    }
)
# What a frame says beside the roles of its arguments.
_SETS = ("requires", "demands", "as_is", "object_of", "without")
_OTHERS = frozenset(
    {
        "rolesets",
        "verbs",
        "nouns",
        "needs",
        "joins",
        "also",
        "passive",
        "contest",
        "anchor",
        "words",
        "spares",
    }
)
_RESERVED = _OTHERS.union(_SETS, {"noun", "object_kind"})
NEVER = "never"
PREFIXES = ("re", "co")


@dataclass(frozen=True, slots=True)
class Fill:
    """A role that an argument may fill, and the classes of what fills it; empty: whatever it is."""

    role: str
    classes: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Frame:
    """One way to tell of an event of a class: its conditions, and for each argument the roles it may fill."""

    id: str
    event: str
    slots: Mapping[str, tuple[Fill, ...]]
    noun_slots: Mapping[str, tuple[Fill, ...]]
    needs: Mapping[str, frozenset[str]]
    # The words that what stands somewhere is one of.
    words: Mapping[str, frozenset[str]]
    # … and is none of.
    spares: Mapping[str, frozenset[str]] = field(default_factory=dict)
    # The arguments without which alone it tells of the event.
    without: frozenset[str] = frozenset()
    # Of which one, and of which all, must be there or hold.
    requires: frozenset[str] = frozenset()
    demands: frozenset[str] = frozenset()
    as_is: frozenset[str] = frozenset()
    object_of: frozenset[str] = frozenset()
    object_kind: str = ""
    joins: bool = False
    also: bool = False
    passive: bool = False
    contest: bool = False
    # Whether what the object names is the event.
    anchored: bool = False
    verbs: tuple[str, ...] = field(default=(), repr=False)
    nouns: tuple[str, ...] = field(default=(), repr=False)
    rolesets: tuple[str, ...] = field(default=(), repr=False)

    @property
    def exactness(self) -> int:
        """How many conditions in words it has."""
        wanted = (*self.words.values(), self.as_is, self.object_of, self.object_kind)
        return sum(map(bool, wanted))


@functools.cache
def frames() -> tuple[Frame, ...]:
    """Give all frames in the order of the file.

    >>> next(f.event for f in frames() if "acquire" in f.verbs)
    'Acquisition'
    """
    table = _table()
    return tuple(
        read_frame(f"{event}.{name}", event, row)
        for event, rows in table.items()
        if event not in APART
        for name, row in rows.items()
    )


@functools.cache
def frame_of(id: str) -> Frame:
    """Give a frame by its id.

    >>> frame_of("Change.told").event
    'Change'
    """
    return next(f for f in frames() if f.id == id)


@functools.cache
def by_verb() -> Mapping[str, tuple[tuple[str, Frame], ...]]:
    """Give the frames of each verb, with the particle that they ask for.

    >>> [(p, f.id) for p, f in by_verb()["quit"]]
    [('', 'Departure.give_up'), ('', 'Departure.resign'), ('', 'Journey.flee')]
    """
    found: dict[str, list[tuple[str, Frame]]] = {}
    for frame in frames():
        for verb in frame.verbs:
            lemma, _, particle = verb.partition("_")
            # "Re-join" is "rejoin".
            parted = f"{lemma[:2]}-{lemma[2:]}"
            for form in (lemma, parted) if lemma.startswith(PREFIXES) else (lemma,):
                found.setdefault(form, []).append((particle, frame))
    # What asks for certain words comes before what takes any, and what may be told beside another behind it.
    return {
        lemma: tuple(sorted(rows, key=lambda r: (r[1].also, -r[1].exactness)))
        for lemma, rows in found.items()
    }


@functools.cache
def by_noun() -> Mapping[str, tuple[Frame, ...]]:
    """Give the frames of each event noun.

    >>> [f.event for f in by_noun()["takeover"]]
    ['Acquisition']
    """
    found: dict[str, list[Frame]] = {}
    for frame in frames():
        for noun in frame.nouns:
            found.setdefault(noun, []).append(frame)
    return {noun: tuple(rows) for noun, rows in found.items()}


@functools.cache
def words_of(classes: frozenset[str]) -> tuple[frozenset[str], frozenset[str]]:
    """Give the nouns and the verbs that tell of events of some classes whatever stands beside them.

    >>> nouns, verbs = words_of(frozenset({"Disaster"}))
    >>> "blaze" in nouns, "capsize" in verbs, "leave" in verbs
    (True, True, False)
    """
    told = [f for f in frames() if f.event in classes and not f.exactness]
    return frozenset(n for f in told for n in f.nouns), frozenset(v for f in told for v in f.verbs)


@functools.cache
def kind_of(event: str, role: str) -> tuple[str, str]:
    """Give what a role of an event takes that is no thing, and the role that its number goes to.

    >>> kind_of("Killing", "deceased"), kind_of("Acquisition", "price"), kind_of("Acquisition", "buyer")
    (('people', 'deathToll'), ('money', ''), ('', ''))
    """
    kinds = mapping(FILE, "kinds")
    kind, _, number = kinds.get(f"{event}.{role}", kinds.get(role, "")).partition(" ")
    return kind, number


@functools.cache
def listed(*path: str) -> frozenset[str]:
    """Give a list of the file, empty where there is none."""
    found: Any = _table()
    for name in path[:-1]:
        found = found.get(name, {})
    return words(FILE, *path) if path[-1] in found else frozenset()


@functools.cache
def kinds_of_disaster() -> Mapping[str, str]:
    """Give the kind of disaster that a word tells of.

    >>> kinds_of_disaster()["blaze"], "accident" in kinds_of_disaster()
    ('fire', False)
    """
    return {word: kind for kind, said in mapping(FILE, "disasters").items() for word in said.split()}


@functools.cache
def complements() -> frozenset[str]:
    """Give the words that some frame asks for as what an object is said to be: "left four dead"."""
    return frozenset(word for frame in frames() for word in frame.as_is)


def _table() -> Mapping[str, Any]:
    return mapping(FILE)


def read_frame(id: str, event: str, row: Mapping[str, Any]) -> Frame:
    """Read a frame of a class of events, as the file has it."""
    plain = {slot: _fills(said) for slot, said in row.items() if slot not in _RESERVED}
    own = {slot: _fills(said) for slot, said in row.get("noun", {}).items()}
    # What hangs on a noun by a preposition fills the role that it does behind the verb.
    common = {slot: fills for slot, fills in plain.items() if slot not in ("subject", "object", "as", "by")}
    return Frame(
        id,
        event,
        plain,
        common | own,
        {slot: classes_of(said) for slot, said in row.get("needs", {}).items()},
        {slot: _spelled(said) for slot, said in row.get("words", {}).items()},
        {slot: _spelled(said) for slot, said in row.get("spares", {}).items()},
        object_kind=row.get("object_kind", ""),
        joins=row.get("joins", False),
        also=row.get("also", False),
        passive=row.get("passive", False),
        contest=row.get("contest", False),
        anchored="anchor" in row,
        verbs=tuple(row.get("verbs", "").split()),
        nouns=tuple(row.get("nouns", "").split()),
        rolesets=tuple(row.get("rolesets", "").split()),
        **{name: frozenset(row.get(name, "").split()) for name in _SETS},
    )


def _spelled(said: str) -> frozenset[str]:
    """Give the words of a list; "@body" stands for those of another."""
    lists = [words(FILE, "words", word[1:]) if word.startswith("@") else (word,) for word in said.split()]
    return frozenset(word for one in lists for word in one)


def _fills(said: str | list[str]) -> tuple[Fill, ...]:
    found = []
    for one in [said] if isinstance(said, str) else said:
        role, _, classes = one.partition(": ")
        if role != NEVER and classes != NEVER:
            found.append(Fill(role, classes_of(classes)))
    return tuple(found)


def classes_of(said: str) -> frozenset[str]:
    groups = mapping(FILE, "classes")
    return frozenset(kind for word in said.split() for kind in groups.get(word, word).split())
