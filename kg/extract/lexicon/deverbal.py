"""Nouns that tell of events, with the verbs that they come from."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from importlib import resources


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
    text = resources.files("kg.extract.lexicon").joinpath("data/en/deverbal.tsv").read_text(encoding="utf-8")
    table = {}
    for line in text.splitlines():
        if line and not line.startswith("#"):
            noun, verb, patient, other = [*line.split("\t"), "", "", ""][:4]
            table[noun] = EventNoun(verb, frozenset(patient.split()), frozenset(other.split()))
    return table
