"""What a name lets its thing be called: "Vero Airways … the airline", "Lorn Assurance … the insurer".

The name says in another word what the noun says. Where two names of a text say it, the one whose text it is
is meant, or none.
"""

from __future__ import annotations

import functools

from spacy.tokens import Token

from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.lexicon import mapping
from kg.extract.reading import ParsedBlock

# How many sentences back the name may stand, and how much oftener the one of several must be named.
REACH, TIMES = 40, 3


@functools.cache
def _table() -> dict[str, frozenset[str]]:
    return {noun: frozenset(said.split()) for noun, said in mapping("coref", "callings").items()}


def lets(thing: CorefCluster, lemma: str) -> bool:
    """Whether a name of a thing says that it is what a noun calls it."""
    if not thing.named or thing.type != "Organization" or lemma not in _table():
        return False
    return any(not _table()[lemma].isdisjoint(form) for form in thing.forms)


def called(clusters: Clusters, block: ParsedBlock, token: Token, lemma: str) -> CorefCluster | None:
    """Give the one named before whose name lets it be called so."""
    if lemma not in _table():
        return None
    here = clusters.sentence_at(block, token)
    found = []
    for thing in clusters.alive():
        last = clusters.last_before(thing, block, token) if lets(thing, lemma) else None
        if last is not None and here - clusters.sentence_of(last) <= REACH:
            found.append(thing)
    found.sort(key=lambda thing: (-len(thing.mentions), thing.opened))
    if len(found) > 1 and len(found[0].mentions) < TIMES * len(found[1].mentions):
        return None
    return found[0] if found else None
