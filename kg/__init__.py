"""Documents become a knowledge graph that can be checked, queried and looked at.

>>> import kg
>>> g = kg.build("seeds/")                                    # doctest: +SKIP
>>> g.facts(subject="Hamas")[0].evidence[0].quote             # doctest: +SKIP

Names are loaded on first use, so that `import kg` costs nothing.
"""

from __future__ import annotations

import importlib
import sys
import types
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from kg.build import build as build
    from kg.config import Config as Config
    from kg.errors import KGError as KGError
    from kg.extract import extract as extract
    from kg.graph import KnowledgeGraph as KnowledgeGraph
    from kg.model import Claim as Claim
    from kg.model import Document as Document
    from kg.model import Entity as Entity
    from kg.model import Evidence as Evidence
    from kg.model import Extraction as Extraction
    from kg.model import Fact as Fact
    from kg.model import Mention as Mention
    from kg.model import Value as Value
    from kg.store_dir import open_any

    open = open_any

_HOME = {
    "Config": "config",
    "KGError": "errors",
    "KnowledgeGraph": "graph",
    "open": "store_dir",
    "Claim": "model",
    "Document": "model",
    "Entity": "model",
    "Evidence": "model",
    "Extraction": "model",
    "Fact": "model",
    "Mention": "model",
    "Value": "model",
}
# Modules that are called like the function they are about: `kg.build(…)` and `kg.extract(…)`.
_CALLED = ("build", "extract")

__all__ = [*_HOME, *_CALLED]


def __getattr__(name: str) -> Any:
    if name in _CALLED:
        return importlib.import_module(f"kg.{name}")
    if name in _HOME:
        module = importlib.import_module(f"kg.{_HOME[name]}")
        value = globals()[name] = getattr(module, "open_any" if name == "open" else name)
        return value
    raise AttributeError(f"module 'kg' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})


class _Called(types.ModuleType):
    """A module that, when called, calls its function of the same name."""

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return getattr(self, self.__name__.rpartition(".")[2])(*args, **kwargs)


class _Package(types.ModuleType):
    """Makes `build` and `extract` callable as they are bound, whoever imports them first."""

    def __setattr__(self, name: str, value: Any) -> None:
        if name in _CALLED and type(value) is types.ModuleType:
            value.__class__ = _Called
        super().__setattr__(name, value)


sys.modules[__name__].__class__ = _Package
