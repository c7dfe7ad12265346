"""What libraries bring along and we never call: it is loaded when somebody does.

spaCy loads its command line, with clients of the web, and pyvis all of IPython, each for one function: a
third of the time in which they are loaded.
"""

from __future__ import annotations

import contextlib
import pkgutil
import sys
from collections.abc import Callable, Iterator
from types import ModuleType
from typing import Any


class _Late(ModuleType):
    """A module in whose place another is loaded when one of its functions is called."""

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)

        def call(*args: Any, **named: Any) -> Any:
            return pkgutil.resolve_name(f"{self.__name__}:{name}")(*args, **named)

        return call


@contextlib.contextmanager
def late(*names: str) -> Iterator[None]:
    """Let what is imported meanwhile have functions of these modules that load them when they are called."""
    ours = {name: _Late(name) for name in names if name not in sys.modules}
    sys.modules.update(ours)
    try:
        yield
    finally:
        for name, module in ours.items():
            if sys.modules.get(name) is module:
                del sys.modules[name]


def lazily(package: ModuleType, part: str) -> None:
    """Let a module be a part of its package, as it promises, and be loaded when it is asked for."""
    if part in vars(package) or "__getattr__" in vars(package):
        return

    def get(name: str) -> Any:
        if name == part:
            return pkgutil.resolve_name(f"{package.__name__}.{part}")
        raise AttributeError(f"module {package.__name__!r} has no attribute {name!r}")

    vars(package)["__getattr__"] = get
