"""What a branch must fulfil: classes, days, names, and which variable is asked for."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from kg.ask import tables
from kg.ask.patterns import Branch, Pattern, overlapping, plain, within
from kg.ask.records import Asked, Question, Thing, Unread
from kg.ask.tables import Role
from kg.ask.times import Period
from kg.extract.events.table import Fill
from kg.vocab import narrower, relations

PLACES = frozenset({"GPE", "Location", "Facility"})
# One works or studies at what is no place.
WHERE = PLACES | {"Organization"}
ACTORS = frozenset({"Person", "Group", "Organization", "GPE"})
# Roles of places, for whom nobody asks by "who".
PLACE_ROLES = ("destination", "origin", "constituency")
ANSWERS = {
    "who": "?who",
    "whose": "?who",
    "what": "?what",
    "which": "?which",
    "where": "?where",
    "when": "?begins",
    "how much": "?amount",
    "how many": "?which",
    "how": "?what",
    "whether": "?so",
}
AMOUNTS = frozenset({"money", "measure", "percent"})
ENDS = "?ends"
# How many there are, where a text says so.
NUMBER = "?number"
# A question that could be read in more ways than this is asked in the first of them.
MOST = 24


def answer_of(asked: Asked) -> str:
    """Give the variable of what is asked for."""
    return ANSWERS[asked.kind]


def wanted_classes(asked: Asked) -> frozenset[str] | None:
    """Give the classes that what is asked for may be of; None where any will do."""
    if asked.kind in ("who", "whose"):
        return ACTORS
    if asked.kind in ("which", "how many", "where") and asked.noun:
        classes = tables.classes_of_things(asked.noun) or frozenset()
        # Several persons are a group: "five rebels".
        return classes | {"Group"} if "Person" in classes else classes or None
    return None


def of_class(branch: Branch, classes: frozenset[str] | None) -> Branch:
    """Give a branch whose answer is of some classes."""
    if not classes:
        return branch
    kinds = " ".join(f"kg:{name}" for name in sorted(k for c in classes for k in narrower(c)))
    return branch.having(
        Pattern(branch.answer, "a", "?kind", fact=False), more=[f"VALUES ?kind {{ {kinds} }}"]
    )


def called(branch: Branch, noun: str) -> Branch:
    """Give a branch whose answer has a noun in what it is called, or is said to be it."""
    # A word of its own, which may have an ending: no "art" in "party".
    wanted = plain(rf"(^|\W){re.escape(noun.lower())}")
    said = "rel:instance_of|rel:position_held|rel:former_position|rel:be"
    return branch.having(
        Pattern(branch.answer, f"rdfs:label|({said})/rdfs:label", "?label", fact=False),
        more=[f'FILTER(REGEX(?label, {wanted}, "i"))'],
    )


def picked(branch: Branch, asked: Asked, role: str = "") -> Branch:
    """Give a branch whose answer is what the noun of a question says: "which prize", "which company".

    Of what is asked for by the name of its `role` that says it ("what sentence did X get").
    """
    if role and any(isinstance(m, Role) and m.asked == role for m in tables.meanings_of_noun(asked.noun)):
        return branch
    if asked.kind not in ("which", "where", "how many") or not asked.noun:
        return branch
    if tables.classes_of_things(asked.noun) is not None:
        return of_class(branch, wanted_classes(asked))
    return called(branch, asked.noun)


def with_values(branch: Branch, values: tuple[tuple[str, tuple[str, ...]], ...]) -> Branch:
    """Give a branch with the terms that its variables may be."""
    new = tuple(each for each in values if each not in branch.values)
    return replace(branch, values=(*branch.values, *new))


def of_kind(event: str, kind: str) -> Pattern:
    """Give the pattern of an event of a class or of a narrower one."""
    deep = len(narrower(kind)) > 1
    return Pattern(event, "a/rdfs:subClassOf*" if deep else "a", f"kg:{kind}", fact=False)


def during(branch: Branch, event: str, period: Period, begins: str = "?begins", ends: str = ENDS) -> Branch:
    """Give a branch whose event happened within a period."""
    lines = [f"OPTIONAL {{ {event} sem:hasEndTimeStamp {ends} }}", within(period, begins, ends)]
    return branch.having(Pattern(event, "sem:hasBeginTimeStamp", begins, fact=False), more=lines)


def takes(fill: Fill, thing: Thing) -> bool:
    """Whether a thing is of the classes that fill a role."""
    if thing.kind == "event":
        return not fill.classes or "Event" in fill.classes
    if thing.kind == "class":
        return not fill.classes or bool(fill.classes & (tables.classes_of_things(thing.noun) or fill.classes))
    return not fill.classes or bool(fill.classes & thing.types)


def timed(branch: Branch, times: Sequence[Period], *, asked: bool = False) -> Branch:
    """Give a branch whose fact holds at a time; `asked` has the first and last day be its answer."""
    pattern = next(each for each in reversed(branch.patterns) if each.fact)
    # What the table has lasts; what a verb says happened then.
    lasts = pattern.predicate.removeprefix("rel:") in relations()
    fits = overlapping if lasts else within
    lines = [
        f"?statement rdf:subject {pattern.subject} ; rdf:predicate {pattern.predicate} ; "
        f"rdf:object {pattern.object} ; kg:asserted true ; sem:hasBeginTimeStamp ?begins .",
        f"OPTIONAL {{ ?statement sem:hasEndTimeStamp {ENDS} }}",
    ]
    lines += [fits(period, "?begins", ENDS) for period in times]
    return replace(branch, more=(*branch.more, *lines), ends=ENDS if asked else branch.ends)


def refuse(question: Question) -> Unread:
    """Give the error that says which part of a question has no place."""
    verb = question.verb
    unknown = [thing.words for _, thing in question.slots if thing.kind == "unknown"]
    if verb is None and not unknown:
        slots = question.slots
        unknown = [t.words for _, t in slots if t.kind != "name"] or [t.words for _, t in slots[1:]]
    if unknown:
        return Unread(unknown)
    words = [verb.words] if verb else []
    return Unread(words or [question.asked.words])
