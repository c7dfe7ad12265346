"""Deciding about a graph: what is wrong in it is said by name, written down beside it, and obeyed at once.

>>> decide = kg.correct("town")                                        # doctest: +SKIP
>>> decide.same("Bob Dylan", "Robert Zimmerman")                       # doctest: +SKIP
>>> decide.reject("Anna Berg", "work for", "Halm", note="her sister")  # doctest: +SKIP
>>> decide.undo()                                                      # doctest: +SKIP

`finding` finds what is meant, `doubts` what may be wrong, `judged` gives decisions to training.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import getpass
import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from kg import lock
from kg.atomic import Mark, mark_of
from kg.correcting.finding import Finder, Part
from kg.corrections import Correction, Corrections, Idle, Name, Quote, beside, file
from kg.corrections.records import Kind
from kg.errors import ConfigError, GraphError
from kg.graph.view import GraphView
from kg.iri import fold
from kg.knowledge import open_graph
from kg.library.directory import StoreDirectory
from kg.library.manifest import is_store
from kg.model import Entity, Fact
from kg.rdf.ontology import LONGEST_LABEL

__all__ = ["Correcting", "Listed", "Part"]


@dataclass(frozen=True, slots=True)
class Listed:
    """A correction as it is listed: its number, and why it has no effect, if it has none."""

    number: int
    correction: Correction
    why: str = ""


class Correcting:
    """Decides about the graph of a store or a file; what is decided lies in `corrections.toml` beside it.

    The graph of a store follows at once, that of a file when it is built again.
    """

    def __init__(self, path: str | os.PathLike[str], *, by: str = "") -> None:
        """Open a store's folder, or a graph file; `by` is who decides, by default who is logged in."""
        self.where = graph_at(path)
        self.store = StoreDirectory(path) if is_store(path) else None
        self.path = self.store.corrections_path if self.store else beside(self.where)
        self.by = by or _who()
        self._finder: Finder | None = None
        # Of the file as the graph of the store was last seen to obey it.
        self._obeyed: Mark | None = None

    def __repr__(self) -> str:
        return f"<{type(self).__name__}: {len(self.corrections)} in {self.path}>"

    @property
    def corrections(self) -> Corrections:
        """What was decided so far."""
        return Corrections.read(self.path)

    @property
    def graph(self) -> GraphView:
        """The graph as it is now."""
        return self.finder.graph

    def refresh(self) -> None:
        """Look at the graph again, which somebody else may have changed."""
        self._finder = None

    def follow(self) -> None:
        """Let the graph of a store obey what has been written into the file meanwhile, as by hand."""
        now = mark_of(self.path)
        if self.store is None or now == self._obeyed:
            return
        # One that is wrong is told when somebody asks, and not looked at over and over.
        self._obeyed = now
        self.store.graph()
        self.refresh()
        if self.store.is_behind():
            # Somebody else is writing, and may have read the file before.
            self._obeyed = None

    @property
    def finder(self) -> Finder:
        """What finds things in the graph."""
        if self._finder is None:
            self._finder = Finder(open_graph(self.where), self.store, str(self.where))
        return self._finder

    # Who or what is meant.

    def same(self, *names: str, note: str = "") -> Correction:
        """Say that what is called by these names is one thing."""
        found = [self.finder.entity(name) for name in names]
        if len({entity.id for entity, _ in found}) < len(found) or len(found) < 2:
            what = " and ".join(map(repr, names))
            raise GraphError(
                f"{what} are one already" if len(found) > 1 else "name two things", where=str(self.where)
            )
        return self.put(self.merging([entity for entity, _ in found], note=note))

    def merging(self, entities: Iterable[Entity], note: str = "") -> Correction:
        """Give the decision that entities are one, which is not written down yet."""
        names = tuple(name for entity in entities for name in self.finder.names(entity))
        return Correction("same", sides=(names,), note=note)

    def different(self, *names: str, note: str = "") -> Correction:
        """Say that what these names stand for is as many things; one may be narrowed, `Ann Lee@a.txt`."""
        found = [self.finder.entity(name) for name in names]
        ids = {entity.id for entity, _ in found}
        if len(found) < 2:
            raise GraphError("name two things", where=str(self.where))
        if len(ids) == 1 and not all(document for _, document in found):
            if len({fold(name) for name in names}) < len(names):
                where = ", ".join(dict.fromkeys(part.name.source for part in self.finder.parts(found[0][0])))
                remedy = f"say in which documents, as NAME@DOCUMENT; there are {where}"
                raise GraphError(f"{names[0]!r} twice is one thing", where=str(self.where), remedy=remedy)
            sides: tuple[tuple[Name, ...], ...] = tuple((Name(name),) for name in names)
        else:
            sides = tuple(self.finder.names(entity, document) for entity, document in found)
        return self.put(Correction("different", sides=sides, note=note))

    def split(self, entity: Entity, others: Sequence[Name], *, note: str = "") -> Correction:
        """Say that some of what an entity is called, in these documents, is another thing than the rest."""
        parts = [part.name for part in self.finder.parts(entity)]
        rest = tuple(name for name in parts if name not in others)
        if not rest or not others:
            raise GraphError("both of two things need a name", where=str(self.where), remedy="leave some out")
        return self.put(Correction("different", sides=(rest, tuple(others)), note=note))

    def rename(self, name: str | Entity, to: str, *, note: str = "") -> Correction:
        """Say what something is to be called; what it was called is an alias."""
        to = " ".join(to.split())
        if not 1 <= len(to.split()) <= LONGEST_LABEL:
            raise GraphError(f"a name has 1 to {LONGEST_LABEL} words", where=str(self.where))
        return self.put(Correction("rename", sides=(self._names(name),), to=to, note=note))

    def retype(self, name: str | Entity, to: str, *, note: str = "") -> Correction:
        """Say of what class something is."""
        _check_class(to)
        return self.put(Correction("retype", sides=(self._names(name),), to=to, note=note))

    def _names(self, name: str | Entity) -> tuple[Name, ...]:
        entity, document = (name, "") if isinstance(name, Entity) else self.finder.entity(name)
        return self.finder.names(entity, document)

    # What is said.

    def reject(
        self,
        subject: str,
        relation: str,
        object: str | None = None,
        *,
        note: str = "",
        always: bool = False,
        alone: bool = False,
    ) -> Correction:
        """Say that a fact is wrong, with what the same words say besides of the same two things.

        It holds of the sentences that it was read from; with `always` of whatever sentence says so. With
        `alone` what is said besides stays.
        """
        fact = self.finder.fact(subject, relation, object)
        also = [] if alone else self.finder.akin(fact)
        return self.judge("reject", fact, also=also, note=note, always=always)

    def confirm(
        self, subject: str, relation: str, object: str | None = None, *, note: str = "", always: bool = False
    ) -> Correction:
        """Say that a fact was read rightly: it is asserted, unless the text does not state it as so."""
        return self.judge("confirm", self.finder.fact(subject, relation, object), note=note, always=always)

    def judge(
        self, kind: Kind, fact: Fact, *, also: Iterable[Fact] = (), note: str = "", always: bool = False
    ) -> Correction:
        """Reject or confirm a fact of the graph, and with it others of the same sentences."""
        quotes = () if always else self.finder.quotes(fact)
        if not quotes and not always:
            remedy = "build the graph with --provenance sentence, or decide for whatever sentence says so"
            raise GraphError(
                "the graph does not tell the fact's sentences", where=str(self.where), remedy=remedy
            )
        subject, relation, object = self.finder.said(fact)
        told = tuple(map(self.finder.said, also))
        return self.put(
            Correction(
                kind, note=note, subject=subject, relation=relation, object=object, evidence=quotes, also=told
            )
        )

    def add(
        self,
        subject: str,
        relation: str,
        object: str = "",
        *,
        sentence: str,
        source: str = "",
        subject_type: str = "",
        object_type: str = "",
        note: str = "",
    ) -> Correction:
        """Add a fact with the sentence that says so, in the document of that source, or in any that has it.

        The ends are called as in the graph or the sentence; a day (2020-05-04) or number is a value. What is
        not known yet is of the class that is given; `text` makes the object a text.
        """
        subject, relation, object = (" ".join(each.split()) for each in (subject, relation, object))
        if not subject or not relation:
            raise GraphError("a fact needs a subject and a relation", where=str(self.where))
        for kind in filter(None, (subject_type, object_type.removeprefix("text"))):
            _check_class(kind)
        quote = self.finder.quote(sentence, source)
        subject, kind = self._end(subject, subject_type, quote)
        object, object_kind = self._end(object, object_type, quote)
        return self.put(
            Correction(
                "add",
                note=note,
                subject=subject,
                relation=relation,
                object=object,
                subject_type=kind,
                object_type=object_kind,
                evidence=(quote,),
            )
        )

    def _end(self, name: str, kind: str, quote: Quote) -> tuple[str, str]:
        """Give an end of an added fact by what its document calls it, or others do, and its class."""
        found = self.finder.called(name) if name and kind != "text" else []
        if not found:
            return name, kind
        given = kind or found[0].type
        return self._called(found[0], name, quote.document), given if given in file.CLASSES else ""

    def _called(self, entity: Entity, name: str, document: str) -> str:
        """Give what a document calls an entity, or else what others call it; a name that fits stays."""
        names = [part.name for part in self.finder.parts(entity)] if self.store else []
        called = [each.name for each in names if each.document == document] or [each.name for each in names]
        return name if name in called or not called else called[0]

    # The list of decisions.

    def put(self, correction: Correction) -> Correction:
        """Write a decision down, with who decided and when; gives it as it was written."""
        now = dt.datetime.now(dt.UTC).replace(microsecond=0)
        correction = replace(correction, by=self.by, at=now)
        with self._writing():
            file.append(self.path, [correction])
        self._finder = None
        return correction

    def undo(self, number: int | None = None) -> Correction:
        """Take a decision back, by its number in the list; the last one, if none is given."""
        with self._writing():
            entries = self.corrections.entries
            if not entries:
                raise GraphError("nothing was decided", where=str(self.path))
            at = len(entries) if number is None else number
            if not 1 <= at <= len(entries):
                remedy = f"there are 1 to {len(entries)}; kg correct list shows them"
                raise GraphError(f"there is no correction {at}", where=str(self.path), remedy=remedy)
            file.remove(self.path, at - 1)
        self._finder = None
        return entries[at - 1]

    def listed(self) -> list[Listed]:
        """Give all decisions, in order, with why some have no effect."""
        corrections = self.corrections
        why = dict.fromkeys(corrections.superseded, "taken back by a later one")
        why |= {each.correction.key: each.why for each in self.idle()}
        return [Listed(i, each, why.get(each.key, "")) for i, each in enumerate(corrections.entries, 1)]

    def idle(self) -> list[Idle]:
        """Give the decisions that no longer apply, with why; of a graph in a file only its build can tell."""
        if self.store is None:
            return []
        self.store.graph()
        return self.store.idle()

    @contextlib.contextmanager
    def _writing(self) -> Iterator[None]:
        at = self.store.path / "lock" if self.store else self.path.with_name(f".{self.path.name}.lock")
        if not at.parent.is_dir():
            raise GraphError("no such folder", where=str(at.parent))
        with lock.hold(at, str(self.path), does="is writing here"):
            yield
        if self.store is None:
            at.unlink(missing_ok=True)


def graph_at(path: str | os.PathLike[str]) -> Path:
    """Give where a graph lies: in a store or file, or in graph.ttl of a folder of outputs."""
    path = Path(path)
    return path / "graph.ttl" if path.is_dir() and not is_store(path) else path


def _check_class(name: str) -> None:
    if name not in file.CLASSES:
        raise ConfigError(f"there is no class {name!r}", remedy=file.class_remedy(name))


def _who() -> str:
    try:
        return getpass.getuser()
    except (OSError, KeyError, ImportError):
        return ""
