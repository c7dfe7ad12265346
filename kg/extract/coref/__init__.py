"""Chains: which mentions of one document are one thing.

Names first, over the whole document; then nominals and pronouns from left to right, each against what came
before it. What is doubtful joins nothing.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extract.coref import (
    candidates,
    defined,
    employers,
    foretold,
    kinds,
    kinship,
    mourned,
    names,
    nominals,
    plurals,
    pronouns,
    renamed,
    revealed,
    sexes,
    statements,
)
from kg.extract.coref.cluster import Clusters
from kg.extract.reading import Reading

# Words that a mention which may be joined to one before it begins with.
ANSWERED = nominals.DEFINITE.union(candidates.GROUP_OF, pronouns.I, pronouns.WE, pronouns.YOU)


def chain(reading: Reading, further: Callable[[Clusters], None] | None = None) -> None:
    """Give mentions of one thing the same chain number; `further` may join what was chained."""
    clusters = Clusters(reading)
    names.join(clusters)
    defined.join(clusters)
    nominals.around_names(clusters)
    kinds.same_words(clusters)
    kinds.join(clusters)
    nominals.identities(clusters)
    renamed.join(clusters, pointing=False)
    revealed.join(clusters)
    foretold.join(clusters)
    pronouns.relatives(clusters)
    plurals.coordinations(clusters)
    sexes.note(clusters)
    mourned.note(clusters)
    statements.note(clusters)
    for block, token in clusters.in_order(ANSWERED):
        if not nominals.resolve(clusters, block, token):
            pronouns.resolve(clusters, block, token)
    renamed.join(clusters, pointing=True)
    kinship.join(clusters)
    employers.join(clusters)
    if further is not None:
        further(clusters)
    clusters.number()
    pronouns.note_unknown(clusters)
