"""What the process of a call does: it runs a tool on the graph, and gives its answer as JSON."""

from __future__ import annotations

import contextlib
import json
import os
from collections import UserDict
from collections.abc import Callable
from typing import Any

from kg.agents.answers import plain
from kg.agents.tools import TOOLS, described
from kg.errors import GraphError, QueryError
from kg.graph import paths
from kg.nearest import nearest
from kg.serve.followed import Followed

Work = Callable[[dict[str, Any]], tuple[str, bytes]]
# What is longer would fill a model's memory, and help it little.
LONGEST = 400_000


class _Texts(UserDict[str, str]):
    """The texts of a store's documents, each read when it is asked for; empty where it cannot be."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        from kg.library.reader import StoreReader

        super().__init__()
        self._reader = StoreReader(path)

    def __missing__(self, id: str) -> str:
        text = ""
        # A writer may have taken out a document that the graph still tells of.
        with contextlib.suppress(GraphError, KeyError):
            text = self._reader.document(id)[0].text
        self.data[id] = text
        return text

    def __contains__(self, id: object) -> bool:
        return isinstance(id, str) and bool(self[id])


def worker(followed: Followed, path: str | os.PathLike[str] | None) -> Work:
    """Give what answers a call, `{"tool": …, "arguments": {…}}`, or without a tool describes the graph."""
    from kg.library.manifest import is_store

    # What many calls need is loaded once, by the process that they are forked from.
    paths.linked([])
    nearest("", [])

    def work(asked: dict[str, Any]) -> tuple[str, bytes]:
        graph = followed.graph
        if path is not None and is_store(path):
            graph.texts = _Texts(path)  # type: ignore[assignment]
        if "tool" not in asked:
            return "text/plain", described(graph).encode()
        answer = plain(TOOLS[asked["tool"]](graph, **asked["arguments"]))
        body = json.dumps(answer, ensure_ascii=False, separators=(",", ":")).encode()
        if len(body) > LONGEST:
            what = f"an answer of {len(body):,} bytes is too long"
            raise QueryError(what, remedy="ask with a smaller limit")
        return "application/json", body

    return work
