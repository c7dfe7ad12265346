"""Documents become a knowledge graph that can be checked, queried and looked at.

>>> import kg
>>> g = kg.build("seeds/")                                    # doctest: +SKIP
>>> g.facts(subject="Hamas")[0].evidence[0].quote             # doctest: +SKIP

Names are loaded on first use, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
import logging
import sys
import types
from typing import TYPE_CHECKING, Any

# Silent until somebody asks: `kg -v`, or a handler of your own.
logging.getLogger("kg").addHandler(logging.NullHandler())

if TYPE_CHECKING:
    __version__: str
    from kg.config import Config as Config
    from kg.correcting import Correcting
    from kg.errors import KGError as KGError
    from kg.extract import extract as extract
    from kg.knowledge import KnowledgeGraph as KnowledgeGraph
    from kg.knowledge import build as build
    from kg.knowledge import open_graph
    from kg.knowledge import stream as stream
    from kg.model import Claim as Claim
    from kg.model import Document as Document
    from kg.model import Entity as Entity
    from kg.model import Event as Event
    from kg.model import Evidence as Evidence
    from kg.model import Extraction as Extraction
    from kg.model import Fact as Fact
    from kg.model import Mention as Mention
    from kg.model import Value as Value

    open = open_graph
    correct = Correcting
    Graph = KnowledgeGraph

# Public name → the module it lives in, and its name there.
_HOME = {
    "Config": ("config", "Config"),
    "Graph": ("knowledge", "KnowledgeGraph"),
    "KGError": ("errors", "KGError"),
    "KnowledgeGraph": ("knowledge", "KnowledgeGraph"),
    "build": ("knowledge", "build"),
    "correct": ("correcting", "Correcting"),
    "open": ("knowledge", "open_graph"),
    "stream": ("knowledge", "stream"),
    "Claim": ("model", "Claim"),
    "Document": ("model", "Document"),
    "Entity": ("model", "Entity"),
    "Event": ("model", "Event"),
    "Evidence": ("model", "Evidence"),
    "Extraction": ("model", "Extraction"),
    "Fact": ("model", "Fact"),
    "Mention": ("model", "Mention"),
    "Value": ("model", "Value"),
}

__all__ = [*_HOME, "extract"]


def __getattr__(name: str) -> Any:
    if name == "extract":
        return importlib.import_module("kg.extract")
    if name in _HOME:
        module, there = _HOME[name]
        value = globals()[name] = getattr(importlib.import_module(f"kg.{module}"), there)
        return value
    if name == "__version__":
        from kg.installed import version

        return version("kg")
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*(name for name in globals() if name.startswith("__")), *__all__, "__version__"})


class _Called(types.ModuleType):
    """The package `kg.extract`, which when called calls its function `extract`."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)


class _Package(types.ModuleType):
    """Makes `extract` callable as it is bound, whoever imports it first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name == "extract" and type(value) is types.ModuleType:
            value.__class__ = _Called
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
