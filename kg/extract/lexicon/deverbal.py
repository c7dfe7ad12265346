"""Nouns that tell of events, with the verbs that they come from."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.extract.lexicon import rows


@dataclass(frozen=True, slots=True)
class EventNoun:
    """An event noun: its verb, the prepositions of its patient, those of its other arguments."""

    verb: str
    patient: frozenset[str]
    other: frozenset[str]


@functools.cache
def event_nouns() -> dict[str, EventNoun]:
    """Give the event nouns of `data/en/deverbal.tsv` by lemma.

    >>> event_nouns()["abduction"].verb
    'abduct'
    """
    table = {}
    for line in rows("deverbal.tsv"):
        noun, verb, patient, other = [*line.split("\t"), "", "", ""][:4]
        table[noun] = EventNoun(verb, frozenset(patient.split()), frozenset(other.split()))
    return table
