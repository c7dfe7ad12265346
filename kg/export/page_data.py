"""What the page knows, as tables: columns of numbers and strings, each string and sentence once.

The page's script reads two tables. `graph` is what the first drawing needs; `evidence` is the rest and is
parsed when somebody asks for it. Offsets are counted in UTF-16 units, as the browser counts them.
"""

from __future__ import annotations

import bisect
import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.export.layout import lay_out
from kg.model import Document, Entity, Evidence, Fact, Value

TEXT_BUDGET = 30_000_000  # characters of text a page carries at most
STATUSES = ("asserted", "reported", "planned", "negated", "doubtful")
SURROGATE = re.compile("[\ud800-\udfff]")
CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(slots=True)
class Tables:
    """The page's data: `graph` and `evidence` are JSON values, the rest is for the heading."""

    graph: dict[str, Any]
    evidence: dict[str, Any]
    title: str
    counts: dict[str, int]


def status_of(fact: Fact) -> str:
    """Say which of the page's kinds a fact is: asserted, reported, planned, negated or doubtful.

    "planned" is all that the text leaves open: planned, possible, requested, attempted, conditional.
    What the text states, but was not read surely enough to be asserted, is "doubtful".
    """
    if fact.negated:
        return "negated"
    if fact.modality not in (None, "Reported"):
        return "planned"
    if fact.asserted:
        return "asserted"
    return "reported" if fact.modality or fact.attributed_to else "doubtful"


def tables(
    entities: Iterable[Entity],
    facts: Iterable[Fact],
    documents: Iterable[Document] = (),
    *,
    title: str | None = None,
    base: str = "https://example.org/",
    counts: dict[str, int] | None = None,
    text_budget: int = TEXT_BUDGET,
) -> Tables:
    """Give the page's tables for these records, laid out; the order of the records does not matter.

    >>> cat, mat = Entity("cat", "Concept", "cat"), Entity("mat", "Concept", "mat")
    >>> tables([cat, mat], [Fact(cat, "sit_on", mat)]).counts["facts"]
    1
    """
    ordered = sorted(facts, key=_fact_key)
    nodes = _nodes_of(entities, ordered)
    number = {entity.id: i for i, entity in enumerate(nodes)}
    papers = sorted(documents, key=lambda d: (str(d.published or "9999"), d.source, d.id))
    edges = [f for f in ordered if isinstance(f.object, Entity)]
    ordered = edges + [f for f in ordered if not isinstance(f.object, Entity)]
    links = [(number[f.subject.id], number[f.object.id]) for f in edges if isinstance(f.object, Entity)]
    labels = [label_of(entity) for entity in nodes]
    layout = lay_out(len(nodes), links, labels=labels)
    strings = _Strings()
    counted = {
        "documents": len(papers),
        "entities": len(nodes),
        "facts": len(ordered),
        "edges": len(edges),
        **dict.fromkeys(STATUSES, 0),
        **(counts or {}),
    }
    for fact in ordered:
        counted[status_of(fact)] += 1
    types = sorted({e.type for e in nodes})
    relations = sorted({f.relation for f in ordered})
    shelf = _Shelf(papers, text_budget)
    graph: dict[str, Any] = {
        "base": base,
        "counts": counted,
        "types": types,
        "relations": [_clean(r) for r in relations],
        "statuses": STATUSES,
        "label": labels,
        "id": ["" if e.id == e.label.replace(" ", "_") else _clean(e.id) for e in nodes],
        "type": _column(types, (e.type for e in nodes)),
        "x": [p[0] for p in layout.places],
        "y": [p[1] for p in layout.places],
        "community": layout.communities,
        "regions": layout.regions,
        "from": [number[f.subject.id] for f in ordered],
        "to": [
            number[f.object.id] if isinstance(f.object, Entity) else -1 - strings.add(literal_text(f.object))
            for f in ordered
        ],
        "relation": _column(relations, (f.relation for f in ordered)),
        "status": [STATUSES.index(status_of(f)) for f in ordered],
    }
    evidence: dict[str, Any] = {
        "aliases": _sparse([_clean(a) for a in e.aliases if _clean(a) != label_of(e)] for e in nodes),
        "same": _sparse(list(map(_clean, e.same_as)) for e in nodes),
        "confidence": [round(100 * _confidence(f)) for f in ordered],
        "modality": _sparse(f.modality for f in ordered),
        "source": _sparse(
            None if f.attributed_to is None else number[f.attributed_to.id] + 1 for f in ordered
        ),
        "dates": _sparse([_day(f.begins), _day(f.ends)] if f.begins or f.ends else None for f in ordered),
        "qualifiers": _sparse(
            [
                [_clean(role), number[v.id] if isinstance(v, Entity) else literal_text(v)]
                for role, v in f.qualifiers
            ]
            for f in ordered
        ),
        "evidence": [
            [number_ for e in sorted(f.evidence, key=_evidence_key) for number_ in shelf.cite(e)]
            for f in ordered
        ],
        "rule": [],
    }
    evidence |= shelf.columns()
    graph["strings"] = strings.items
    graph["left_out"] = shelf.left_out
    return Tables(graph, evidence, title or _title(papers), counted)


def label_of(entity: Entity) -> str:
    """Give what stands beside a node: its label on one line, never empty and never an IRI."""
    label = " ".join(_clean(entity.label).split())
    if not label or re.match(r"^[a-z][a-z0-9+.-]*:/", label, re.IGNORECASE):
        local = re.split(r"[/#]", (label or _clean(entity.id)).rstrip("/#"))[-1]
        label = " ".join(local.replace("_", " ").split()) or "(no name)"
    return label


def literal_text(value: Value | str | None) -> str:
    """Say a value in words: `more than 32500`, `2.5 %`, `from 10 to 12`.

    >>> literal_text(Value("32500", comparator="MoreThan"))
    'more than 32500'
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return _clean(value)
    words = {
        "MoreThan": "more than ",
        "AtLeast": "at least ",
        "LessThan": "less than ",
        "AtMost": "at most ",
        "About": "about ",
    }
    number = value.lexical
    if value.lower and value.upper and value.lower != value.upper and not value.comparator:
        number = f"{value.lower} to {value.upper}"
    unit = f" {value.unit}" if value.unit else ""
    return _clean(words.get(value.comparator or "", "") + number + unit)


class _Strings:
    """Strings, each once, by number."""

    def __init__(self) -> None:
        self.items: list[str] = []
        self._number: dict[str, int] = {}

    def add(self, text: str) -> int:
        if text not in self._number:
            self._number[text] = len(self.items)
            self.items.append(text)
        return self._number[text]


@dataclass(slots=True)
class _Shelf:
    """The documents and the sentences that evidence cites, each once."""

    papers: list[Document]
    budget: int
    left_out: int = 0
    _paper: dict[str, int] = field(default_factory=dict)
    _whole: list[bool] = field(default_factory=list)
    _units: dict[int, list[int]] = field(default_factory=dict)
    _sentences: dict[tuple[int, int, str], int] = field(default_factory=dict)
    _rows: list[Any] = field(default_factory=list)
    _spent: int = 0

    def __post_init__(self) -> None:
        for number, paper in enumerate(self.papers):
            self._paper[paper.id] = number
            # Whole texts are carried while they take half of the budget; past it, only cited sentences.
            fits = 0 < len(paper.text) <= self.budget // 2 - self._spent
            self._whole.append(fits)
            self._spent += len(paper.text) if fits else 0
            wide = [i for i, c in enumerate(paper.text) if c > "\uffff"] if fits else []
            if wide:
                self._units[number] = wide

    def cite(self, evidence: Evidence) -> tuple[int, int, int]:
        """Give (sentence, start, end): offsets within the sentence; (-1, 0, 0) if it was left out."""
        paper = self._paper.get(evidence.doc_id, -1)
        start = self._start(paper, evidence)
        key = (paper, start if start is not None else -1 - evidence.start, evidence.quote)
        if key not in self._sentences:
            whole = paper >= 0 and self._whole[paper] and start is not None
            if not whole:
                if self._spent + len(evidence.quote) > self.budget:
                    self.left_out += 1
                    return -1, 0, 0
                self._spent += len(evidence.quote)
            self._sentences[key] = len(self._rows)
            if whole and start is not None:
                first = self._wide(paper, start)
                self._rows.append([paper, first, self._wide(paper, start + len(evidence.quote)) - first])
            else:
                self._rows.append([paper, start if start is not None else -1, _clean(evidence.quote)])
        sentence = self._sentences[key]
        if start is None:
            return sentence, 0, 0
        inside = evidence.quote[: max(0, evidence.start - start)]
        to_end = evidence.quote[: max(0, evidence.end - start)]
        return sentence, _units(inside), _units(to_end)

    def _start(self, paper: int, evidence: Evidence) -> int | None:
        """Find where in its document a quoted sentence begins."""
        if evidence.sentence is not None:
            return evidence.sentence
        if paper < 0 or not self.papers[paper].text:
            return None
        text, quote = self.papers[paper].text, evidence.quote
        at = text.find(quote, max(0, evidence.end - len(quote)))
        return at if 0 <= at <= evidence.start else None

    def _wide(self, paper: int, offset: int) -> int:
        wide = self._units.get(paper)
        return offset + bisect.bisect_left(wide, offset) if wide else offset

    def columns(self) -> dict[str, Any]:
        return {
            "sentences": self._rows,
            "documents": [
                {
                    "id": _clean(paper.id),
                    "title": _clean(paper.title or ""),
                    "source": _clean(paper.source.replace("\\", "/").rsplit("/", 1)[-1]),
                    "uri": _clean(paper.uri or ""),
                    "date": paper.published.isoformat() if paper.published else "",
                    "text": _clean(paper.text) if whole else "",
                    "blocks": _blocks(paper, self._wide, number) if whole else [],
                }
                for number, (paper, whole) in enumerate(zip(self.papers, self._whole, strict=True))
            ],
        }


def _blocks(paper: Document, wide: Any, number: int) -> list[Any]:
    return [[b.kind, wide(number, b.start), wide(number, b.end)] for b in paper.blocks]


def _units(text: str) -> int:
    return len(text) + sum(c > "\uffff" for c in text)


def _clean(text: str) -> str:
    """Replace what cannot be written as UTF-8 or shown; the length stays."""
    return CONTROL.sub("\ufffd", SURROGATE.sub("\ufffd", text))


def _nodes_of(entities: Iterable[Entity], facts: Sequence[Fact]) -> list[Entity]:
    """All entities, also those that only facts name, in one order."""
    known = {entity.id: entity for entity in entities}
    for fact in facts:
        others = [value for _, value in fact.qualifiers]
        for thing in (fact.subject, fact.object, fact.attributed_to, *others):
            if isinstance(thing, Entity):
                known.setdefault(thing.id, thing)
    return [known[key] for key in sorted(known)]


def _fact_key(fact: Fact) -> tuple[str, ...]:
    target = fact.object.id if isinstance(fact.object, Entity) else literal_text(fact.object)
    rest = (status_of(fact), fact.modality or "", fact.attributed_to.id if fact.attributed_to else "")
    qualifiers = [f"{r}={v.id if isinstance(v, Entity) else literal_text(v)}" for r, v in fact.qualifiers]
    where = [f"{e.doc_id}:{e.start:09}:{e.end:09}" for e in sorted(fact.evidence, key=_evidence_key)]
    when = (str(fact.begins or ""), str(fact.ends or ""))
    return (fact.subject.id, fact.relation, target, *rest, *when, " ".join(qualifiers), " ".join(where))


def _evidence_key(evidence: Evidence) -> tuple[str, int, int, str]:
    return evidence.doc_id, evidence.start, evidence.end, evidence.rule


def _confidence(fact: Fact) -> float:
    found = max((e.confidence for e in fact.evidence), default=1.0)
    return min(1.0, max(0.0, found)) if math.isfinite(found) else 0.0


def _column(names: Sequence[str], values: Iterable[str]) -> list[int]:
    number = {name: i for i, name in enumerate(names)}
    return [number[value] for value in values]


def _sparse(values: Iterable[Any]) -> dict[str, Any]:
    """A column in which most rows say nothing, by row number."""
    return {str(i): value for i, value in enumerate(values) if value}


def _day(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def _title(papers: Sequence[Document]) -> str:
    if len(papers) == 1 and papers[0].title:
        return " ".join(_clean(papers[0].title).split())
    return "Knowledge graph"
