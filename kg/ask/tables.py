"""What words mean to questions: frames of events, relations by verb and noun, from the tables of reading."""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from kg.extract import lexicon
from kg.extract.events import table as events
from kg.extract.events.table import Frame
from kg.extract.lexicon.inflect import participle
from kg.extract.lexicon.nouns import lemma_type
from kg.rdf.rollup import wider
from kg.vocab import event_terms, relations


@functools.cache
def table() -> Mapping[str, Any]:
    """Give the tables of what only questions need."""
    return tomllib.loads(resources.files("kg.ask").joinpath("data", "en.toml").read_text(encoding="utf-8"))


@functools.cache
def words(name: str, *, of: str = "words") -> frozenset[str]:
    """Give a list of words as a set."""
    return frozenset(table()[of][name].split())


# Verbs.


@functools.cache
def _own_frames() -> tuple[Frame, ...]:
    rows = table()["frame"].items()
    return tuple(
        events.read_frame(f"{e}.{name}", e, row) for e, frames in rows for name, row in frames.items()
    )


@functools.cache
def frames_of_verb(verb: str) -> tuple[Frame, ...]:
    """Give the ways in which a verb, with its particle behind "_", tells of events.

    >>> list(dict.fromkeys(frame.event for frame in frames_of_verb("take_over")))
    ['Appointment', 'Acquisition', 'Departure']
    """
    lemma, _, particle = verb.partition("_")
    left = words("left", of="frames")
    by_verb = events.by_verb().get(lemma, ())
    found = [frame for wanted, frame in by_verb if wanted == particle and frame.id not in left]
    return (*found, *(frame for frame in _own_frames() if verb in frame.verbs))


@functools.cache
def frames_of_noun(noun: str) -> tuple[Frame, ...]:
    """Give the ways in which a noun tells of events; a class is called by its own name, too.

    >>> {frame.event for frame in frames_of_noun("takeover")}
    {'Acquisition'}
    """
    return events.by_noun().get(noun, ())


@functools.cache
def classes_of_noun(noun: str) -> tuple[str, ...]:
    """Give the classes of events that a noun tells of: by its frames, as a pointing word, or their names."""
    found = dict.fromkeys(frame.event for frame in frames_of_noun(noun))
    for event, anaphors in lexicon.mapping("events", "anaphors").items() if not found else ():
        if noun in anaphors.split():
            found[event] = None
    for name, term in event_terms().items():
        if term.kind == "class" and term.label.lower() == noun:
            found[name] = None
    return tuple(found)


@functools.cache
def tells_of_subject(verb: str) -> bool:
    """Whether a verb says no more than that its subject, an event, took place: "the flood hit the town"."""
    return verb in lexicon.words("events", "words", "happen") or verb in words("happen")


@functools.cache
def verbs() -> frozenset[str]:
    """Give all verbs that tell of an event or a relation, with their particles."""
    found = {verb for frame in (*events.frames(), *_own_frames()) for verb in frame.verbs}
    found |= {said.split("_")[0] for row in lexicon.table("relations").values() for said in _said(row)}
    return frozenset(found) - {"be", "do"}


def _said(row: Mapping[str, str]) -> Iterable[str]:
    return (row.get("says", "") + " " + row.get("turned", "")).split()


@dataclass(frozen=True, slots=True)
class Link:
    """A relation of the table between two things; `turned` where the second is its subject."""

    relation: str
    turned: bool = False


@functools.cache
def ways(link: Link) -> tuple[Link, ...]:
    """Give a relation with what says the same the other way: its inverse, or itself where it holds both ways.

    >>> ways(Link("parent"))
    (Link(relation='parent', turned=False), Link(relation='child', turned=True))
    """
    other = Link(link.relation, not link.turned)
    if link.relation in words("ways", of="both"):
        return link, other
    terms = relations()
    inverse = [name.removeprefix("rel:") for name in terms[link.relation].linked("owl:inverseOf")]
    inverse += [n for n, t in terms.items() if f"rel:{link.relation}" in t.linked("owl:inverseOf")]
    return (link, *(Link(name, not link.turned) for name in dict.fromkeys(inverse)))


@functools.cache
def links_of_words(relation: str) -> tuple[Link, ...]:
    """Give the relations of the table that one in the words of a text is a case of.

    >>> links_of_words("own"), links_of_words("be_born_in")
    ((Link(relation='owned_by', turned=True),), (Link(relation='born_in', turned=False),))
    """
    found = dict[Link, None]()
    for key, row in lexicon.table("relations").items():
        name = key.partition(":")[0]  # of what is said in another sense: "owned_by:public"
        if relation in row.get("says", "").split():
            found[Link(name)] = None
        if relation in row.get("turned", "").split():
            found[Link(name, True)] = None
    # "Be built in" is what the table calls "built in".
    for name in (*(wider(relation) if relation not in words("less") else ()), relation.removeprefix("be_")):
        if name in relations():
            found[Link(name)] = None
    return tuple(found)


@functools.cache
def passive_words(verb: str, preposition: str) -> str:
    """Give the relation of a passive in the words of a text.

    >>> passive_words("base", "in"), passive_words("sentence", "")
    ('be_based_in', 'be_sentenced')
    """
    return "_".join(filter(None, ["be", participle(verb), preposition]))


# Nouns.


@dataclass(frozen=True, slots=True)
class Role:
    """What one is in an event to whom or what fills another role of it."""

    event: str
    given: str
    asked: str


@functools.cache
def meanings_of_noun(noun: str) -> tuple[Link | Role, ...]:
    """Give what a noun says that something is to another: relations to be followed, roles in events.

    >>> meanings_of_noun("wife"), meanings_of_noun("employee")
    ((Link(relation='spouse', turned=False),), (Link(relation='employer', turned=True),))
    """
    found = dict[Link | Role, None]()
    for written in table()["noun"].get(noun, "").split():
        found[_meaning(written)] = None
    if relation := lexicon.inverse("nominals", "kin").get(noun):
        found[Link(relation)] = None
    if related := lexicon.mapping("nominals", "related", "relation").get(noun):
        found[Link(related, True)] = None
    return tuple(found) or _by_label(noun)


def _meaning(written: str) -> Link | Role:
    parts = written.split(":")
    if len(parts) == 3:
        return Role(*parts)
    return Link(written.rstrip("<"), written.endswith("<"))


def _by_label(noun: str) -> tuple[Link | Role, ...]:
    """Give the relation that is called so ("height"), or the roles of events that are ("seller")."""
    for name, term in relations().items():
        label = term.label.lower()
        if noun in (label, name.replace("_", " ")):
            return (Link(name),)
        if label == f"{noun} of":
            return (Link(name, True),)
    for name, term in event_terms().items():
        if term.kind == "property" and noun == term.label.lower():
            return tuple(Role(event, "", name) for event in events_with(name))
    return ()


@functools.cache
def events_with(role: str) -> tuple[str, ...]:
    """Give the classes of events some frame of which has a role."""
    found = dict[str, None]()
    for frame in (*events.frames(), *_own_frames()):
        fills = (
            fill for slots in (frame.slots, frame.noun_slots) for each in slots.values() for fill in each
        )
        if any(fill.role == role for fill in fills):
            found[frame.event] = None
    return tuple(found)


@functools.cache
def classes_of_things(noun: str) -> frozenset[str] | None:
    """Give the classes that a noun means and no more; None where it says more, empty for "thing".

    >>> sorted(classes_of_things("city")), classes_of_things("airline")
    (['GPE'], None)
    """
    listed = table()["class"].get(noun)
    return None if listed is None else frozenset(listed.split())


@functools.cache
def is_office(noun: str) -> bool:
    """Whether a noun is called an office, post or profession.

    >>> is_office("mayor"), is_office("river")
    (True, False)
    """
    return (
        noun in lexicon.words("nominals", "office", "heads")
        or noun in table()["office"]
        or _is_kind(noun, "Person")
    )


def _is_kind(noun: str, kind: str) -> bool:
    return lemma_type(noun) == kind and noun not in lexicon.words("nominals", "office", "no_office")


@functools.cache
def lasting(event: str) -> tuple[tuple[str, str, str], ...]:
    """Give the relations that say no less than an event: a role of it, the relation, the other end.

    Whoever owns a thing need not have bought it, so that not all that last after an event are among them.

    >>> lasting("Founding"), lasting("Acquisition")
    ((('founded', 'founded_by', 'founder'),), ())
    """
    same = table()["same"].get(event, "").split()
    rows = lexicon.mapping("events", "lasting").get(event, ())
    found = []
    for row in rows:
        role, relation, other, *_ = row.split()
        if relation in same:
            found.append((role, relation, other))
    return tuple(found)


@functools.cache
def main_roles(event: str) -> tuple[str, ...]:
    """Give the roles that tell events of a class apart: what "of" says where the noun's frame has nothing.

    >>> main_roles("Lawsuit")
    ('defendant', 'plaintiff')
    """
    return tuple(lexicon.mapping("events", "keys").get(event, "").split())


# Roles whose value is a number or a sum.


@functools.cache
def roles_of_kind(event: str, kinds: frozenset[str]) -> tuple[str, ...]:
    """Give the roles of a class of events that take numbers of some kinds.

    >>> roles_of_kind("Acquisition", frozenset({"money"}))
    ('price',)
    """
    roles = dict[str, None]()
    for frame in (*events.frames(), *_own_frames()):
        if frame.event == event:
            for slots in (frame.slots, frame.noun_slots):
                roles |= dict.fromkeys(fill.role for fills in slots.values() for fill in fills)
    return tuple(role for role in roles if events.kind_of(event, role)[0] in kinds)
