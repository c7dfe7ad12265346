"""What verbs, adjectives and nouns need beside their subject, and what introduces it."""

from __future__ import annotations

import functools
from dataclasses import dataclass

from kg.extract import lexicon


@dataclass(frozen=True, slots=True)
class Need:
    """How many arguments a verb needs beside its subject, and the prepositions before arguments.

    Of nouns and adjectives the number is 0: what introduces their arguments is known, not whether they must
    be there. "to" also stands for an infinitive, "that" for a clause.
    """

    number: int
    markers: tuple[str, ...]


NONE = Need(0, ())


def need(part: str, word: str) -> Need:
    """Give what a word needs as a verb (`v`), an adjective (`j`) or a noun (`n`).

    >>> need("v", "put").number, need("j", "absent").markers, need("v", "sleep").number
    (2, ('from', 'of'), 0)
    """
    return _needs().get((part, word), NONE)


@functools.cache
def _needs() -> dict[tuple[str, str], Need]:
    table = {}
    for line in lexicon.rows("needs.tsv"):
        part, word, number, markers = line.split("\t")
        table[part, word] = Need(int(number), tuple(markers.split()))
    for least, words in ((1, "one"), (2, "two")):
        for word in lexicon.listed("clauses", "needs", words):
            known = table.get(("v", word), NONE)
            table["v", word] = Need(max(least, known.number), known.markers)
    for word in lexicon.words("clauses", "needs", "alone"):
        table["v", word] = Need(0, table.get(("v", word), NONE).markers)
    return table
