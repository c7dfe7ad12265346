"""Words are looked for in a graph: in what its things are called, and in the sentences that it was read from.

SQLite's full-text search ranks by BM25. The index of a store lies beside it and is made anew when the store's
graph is another; that of a graph file is in memory.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from kg.search.hits import Hit, entity_hits, sentence_hits
from kg.search.index import Index, Row
from kg.search.wording import expressions

if TYPE_CHECKING:
    from kg.graph.view import GraphView

__all__ = ["MOST", "Hit", "Index", "search"]
# So many entities are given, and so many sentences, where nobody says otherwise.
MOST = 10


def search(graph: GraphView, words: str, index: Index, *, limit: int = MOST) -> list[Hit]:
    """Give the entities that words name and then the sentences that have them, each the best first.

    Each word may be a form of the one that is there. Where nothing has all of the words, their beginnings
    are looked for, then any of them. What is between double quotes stands together; `*` ends a beginning.
    """
    wanted = expressions(words)
    things = index.first("things", wanted[:-1], limit) or _names(index, wanted[-1], limit)
    sentences = index.first("sentences", wanted, limit)
    return [*entity_hits(graph, things), *sentence_hits(graph, sentences)]


def _names(index: Index, any_word: str, limit: int) -> list[Row]:
    """Give the things that are called by a name with any of some words: of nouns there would be too many."""
    rows = index.first("things", [any_word], limit * 10)
    return [row for row in rows if any(word[:1].isupper() for word in row[1].split())][:limit]
