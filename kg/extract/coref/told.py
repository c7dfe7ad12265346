"""What a thing was told to be lets it be called by a broader noun: "a shipyard in Lorn … the yard".

What firms, bodies and places are called stands in `kinds.toml`; what is below a broad noun in WordNet stands
in `broader.tsv`: "a violin … the instrument".
"""

from __future__ import annotations

import functools
from collections.abc import Collection

from kg.extract.coref.cluster import CorefCluster
from kg.extract.lexicon import mapping, rows, words

SECOND = words("coref", "nominals", "second")
FIRMS = frozenset(mapping("kinds", "groups")["firms"].split())
FAMILIES = ("bodies", "places", "crafts", "persons", "works", "events", "nature")


def lets(thing: CorefCluster, lemma: str) -> bool:
    """Whether a thing was told to be something that a broader noun may call, or its name ends so."""
    narrower = _narrower().get(lemma)
    if narrower is None:
        return False
    return not narrower.isdisjoint(thing.heads) or any(form[-1] in narrower for form in thing.forms if form)


def is_second(thing: CorefCluster, lemma: str, modifiers: Collection[str]) -> bool:
    """Whether somebody was called so with a word alone that makes it a lower post: no deputy is the mayor."""
    return lemma in thing.heads and not SECOND.isdisjoint(thing.words) and SECOND.isdisjoint(modifiers)


@functools.cache
def _narrower() -> dict[str, frozenset[str]]:
    """Give for each broad noun those that say the same of a thing and more."""
    groups = mapping("kinds", "groups")
    found: dict[str, frozenset[str]] = {}
    for family in FAMILIES:
        for noun, narrower in mapping("kinds", family).items():
            words = (groups[w[1:]].split() if w.startswith("+") else [w] for w in narrower.split())
            found[noun] = frozenset(w for several in words for w in several) - {noun}
    for line in rows("broader.tsv"):
        noun, _, below = line.partition("\t")
        found[noun] = found.get(noun, frozenset()) | frozenset(below.split()) - {noun}
    return found
