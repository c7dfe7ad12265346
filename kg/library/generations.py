"""The graph of a store on disk: a folder of the engine for each state, which never changes once it is there.

A new state is made beside the last one, whose files it shares as far as they are the same (hard links), and
gets its name when it is whole. So readers never see half of a change and never wait, and a run that is
killed leaves nothing but a folder that the next one clears away. A state that somebody reads is kept.
"""

from __future__ import annotations

import contextlib
import os
import shutil
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.atomic import ASIDE
from kg.errors import GraphError
from kg.store.disk import DiskStore, GraphWriter

FOLDER = "graph"
LOCK = ".lock"


class Generations:
    """The states of a store's graph that are on disk, each known by a number."""

    def __init__(self, store: Path) -> None:
        self.folder = store / FOLDER

    def has(self, name: str | None) -> bool:
        """Whether a state is there, and whole."""
        if name is None or not (self.folder / f"{name}{LOCK}").exists():
            return False
        try:
            DiskStore(self.folder / name, size=0)
        except GraphError:
            return False
        return True

    @contextlib.contextmanager
    def following(self, name: str | None) -> Iterator[tuple[str, GraphWriter]]:
        """Give the next state to be changed, with its name; it is there when this ends without a fault."""
        self.folder.mkdir(parents=True, exist_ok=True)
        following = str(max((int(p.name) for p in self.folder.iterdir() if p.name.isdigit()), default=0) + 1)
        aside = self.folder / f"{following}{ASIDE}"
        shutil.rmtree(aside, ignore_errors=True)
        try:
            with GraphWriter.of(self.folder / name if name else None, aside) as writer:
                yield following, writer
            (self.folder / f"{following}{LOCK}").touch()
            aside.rename(self.folder / following)
        except OSError as error:
            raise GraphError(f"cannot be written ({error.strerror or error})", where=str(aside)) from error
        finally:
            shutil.rmtree(aside, ignore_errors=True)

    def hold(self, name: str) -> int | None:
        """Keep a state from being dropped as long as the descriptor that this gives is open; None if gone."""
        try:
            descriptor = os.open(self.folder / f"{name}{LOCK}", os.O_RDONLY)
        except OSError:
            return None
        if _lock(descriptor, shared=True) and (self.folder / name).is_dir():
            return descriptor
        os.close(descriptor)
        return None

    def drop_but(self, kept: Iterable[str]) -> None:
        """Drop the states that nobody reads, and what a killed run has left, but for those to be kept."""
        stay = set(kept)
        for path in [*self.folder.glob("*")] if self.folder.is_dir() else []:
            if path.name.endswith(ASIDE):
                shutil.rmtree(path, ignore_errors=True)
            elif path.name.removesuffix(LOCK) not in stay:
                self._drop(self.folder / path.name.removesuffix(LOCK))

    def _drop(self, state: Path) -> None:
        lock = state.with_name(state.name + LOCK)
        with contextlib.suppress(OSError), lock.open("a") as file:
            if _lock(file.fileno(), shared=False):
                shutil.rmtree(state, ignore_errors=True)
                lock.unlink(missing_ok=True)


def _lock(descriptor: int, *, shared: bool) -> bool:
    try:
        import fcntl
    except ImportError:
        # Windows itself keeps files that are open.
        return os.name == "nt"
    try:
        fcntl.flock(descriptor, (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
