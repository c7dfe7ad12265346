"""What the page knows, as tables: columns of numbers and strings, each string and sentence once.

The page's script reads two tables. `graph` is what the first drawing needs; `evidence` is the rest and is
parsed when somebody asks for it. Offsets are counted in UTF-16 units, as the browser counts them.
"""

from __future__ import annotations

import bisect
import datetime as dt
import itertools
import math
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from kg.export.layout import lay_out
from kg.export.world import project
from kg.graph.places import locate
from kg.model import Document, Entity, Evidence, Fact, Value, text_of
from kg.rdf.salience import event_classes
from kg.salience import is_named, salience
from kg.vocab import relations
from kg.vocab.phrases import phrase

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
    records = _Records.of(entities, facts, documents)
    counted = _counts(records, counts or {})
    shelf = _Shelf(records.papers, text_budget)
    evidence = _evidence_table(records, shelf)
    graph = {"base": base, "counts": counted, **_graph_table(records), "left_out": shelf.left_out}
    return Tables(graph, evidence, title or _title(records.papers), counted)


@dataclass(slots=True)
class _Records:
    """What the tables are made of, in the order in which they number it: facts that are edges come first."""

    nodes: list[Entity]
    facts: list[Fact]
    papers: list[Document]
    number: dict[str, int]  # of a node, by the entity's id
    names: dict[str, list[tuple[str, int]]]  # of named nodes, by their first word, with the node

    @classmethod
    def of(cls, entities: Iterable[Entity], facts: Iterable[Fact], documents: Iterable[Document]) -> _Records:
        # What somebody said is wrong is kept in the graph, and no reader of the page is told it.
        ordered = sorted((fact for fact in facts if fact.verdict != "rejected"), key=_fact_key)
        nodes = _nodes_of(entities, ordered)
        # Sorting is stable: edges keep their order among themselves, and so do the others.
        ordered.sort(key=lambda fact: not isinstance(fact.object, Entity))
        papers = sorted(documents, key=lambda d: (str(d.published or "9999"), d.source, d.id))
        names: dict[str, list[tuple[str, int]]] = {}
        for i, entity in enumerate(nodes):
            for name in {entity.label, *entity.aliases} if _is_somebody(entity) else ():
                if (first := WORD.match(name)) and len(name) > 2 and name != name.lower():
                    names.setdefault(first.group(), []).append((name, i))
        return cls(nodes, ordered, papers, {entity.id: i for i, entity in enumerate(nodes)}, names)

    def links(self) -> list[tuple[int, int]]:
        """Give the two ends of each edge, by number."""
        return [
            (self.number[f.subject.id], self.number[f.object.id])
            for f in self.facts
            if isinstance(f.object, Entity)
        ]


def _counts(records: _Records, given: dict[str, int]) -> dict[str, int]:
    """Count what the page shows, for its heading; `given` says what is counted elsewhere."""
    counted = {
        "documents": len(records.papers),
        "entities": len(records.nodes),
        "facts": len(records.facts),
        "edges": len(records.links()),
        **dict.fromkeys(STATUSES, 0),
        **given,
    }
    for fact in records.facts:
        counted[status_of(fact)] += 1
    return counted


def _graph_table(records: _Records) -> dict[str, Any]:
    """Give the columns that the first drawing needs: names, then a row a node, then a row a fact."""
    strings = _Strings()
    types = sorted({e.type for e in records.nodes})
    relations = sorted({f.relation for f in records.facts})
    return {
        "types": types,
        "events": [i for i, name in enumerate(types) if name in event_classes()],
        "relations": [_clean(r) for r in relations],
        "phrases": [_clean(phrase(r)) for r in relations],
        "statuses": STATUSES,
        **_node_columns(records, types),
        "salience": _saliences(records),
        **_fact_columns(records, relations, strings),
        "strings": strings.items,
    }


def _node_columns(records: _Records, types: Sequence[str]) -> dict[str, Any]:
    nodes = records.nodes
    labels = [label_of(entity) for entity in nodes]
    layout = lay_out(len(nodes), records.links(), labels=labels)
    return {
        "label": labels,
        "id": ["" if e.id == e.label.replace(" ", "_") else _clean(e.id) for e in nodes],
        "type": _column(types, (e.type for e in nodes)),
        "x": [p[0] for p in layout.places],
        "y": [p[1] for p in layout.places],
        "community": layout.communities,
        "regions": layout.regions,
    }


def _saliences(records: _Records) -> list[int]:
    """Give the salience of each node in thousandths; a graph that does not have it gets it here."""
    if any(e.salience for e in records.nodes):
        return [round(1000 * e.salience) for e in records.nodes]
    found = salience(records.nodes, records.facts, events=event_classes())
    return [round(1000 * found[e.id]) for e in records.nodes]


def _fact_columns(records: _Records, relations: Sequence[str], strings: _Strings) -> dict[str, Any]:
    number, facts = records.number, records.facts
    return {
        "from": [number[f.subject.id] for f in facts],
        # A literal is the number of its string, counted downwards from -1.
        "to": [
            number[f.object.id] if isinstance(f.object, Entity) else -1 - strings.add(literal_text(f.object))
            for f in facts
        ],
        "relation": _column(relations, (f.relation for f in facts)),
        "status": [STATUSES.index(status_of(f)) for f in facts],
    }


def _evidence_table(records: _Records, shelf: _Shelf) -> dict[str, Any]:
    """Give the columns that are read when somebody asks: names of nodes, facts' particulars, sentences."""
    number, facts = records.number, records.facts
    aliases = ([_clean(a) for a in e.aliases if _clean(a) != label_of(e)] for e in records.nodes)
    speakers = (f.attributed_to for f in facts)
    return {
        "aliases": _sparse(aliases),
        "same": _sparse(list(map(_clean, e.same_as)) for e in records.nodes),
        "confidence": [round(100 * _confidence(f)) for f in facts],
        "modality": _sparse(f.modality for f in facts),
        "source": _sparse(None if speaker is None else number[speaker.id] + 1 for speaker in speakers),
        "dates": _sparse(_dates(f) for f in facts),
        "saying": _sparse(_clean(_saying(f)) for f in facts),
        "qualifiers": _sparse(_qualifiers(f, number) for f in facts),
        "evidence": [_citations(f, shelf) for f in facts],
        "together": _together(records, shelf),
        "spots": _spots(records),
        **shelf.columns(),
    }


def _dates(fact: Fact) -> list[str] | None:
    return [_day(fact.begins), _day(fact.ends)] if fact.begins or fact.ends else None


def _saying(fact: Fact) -> str:
    """Give the clause as one line, unless it names the ends the other way round: "X owns Y" of owned_by."""
    turned = fact.relation in relations() and fact.relation.endswith("_by")
    return "" if turned and fact.saying.startswith(fact.subject.label) else fact.saying


def _qualifiers(fact: Fact, number: dict[str, int]) -> list[list[str | int]]:
    """Give [role, node or text] for each further participant."""
    return [
        [_clean(role), number[value.id] if isinstance(value, Entity) else literal_text(value)]
        for role, value in fact.qualifiers
    ]


def _citations(fact: Fact, shelf: _Shelf) -> list[int]:
    """Give (sentence, start, end) of each evidence, one after the other."""
    return [part for e in sorted(fact.evidence, key=_evidence_key) for part in shelf.cite(e)]


def _spots(records: _Records) -> dict[str, list[float]]:
    """Give [x, y, size] of each place on the map: 0 is a country, 1 a state, 2 a town."""
    found = locate(records.nodes, records.facts)
    kinds = {"country": 0, "state": 1}
    return {
        str(records.number[id]): [*project(spot.lat, spot.lon), kinds.get(spot.kind, 2)]
        for id, spot in sorted(found.items(), key=lambda item: records.number[item[0]])
    }


WORD = re.compile(r"\w+")
MOST_TOGETHER = 12  # names in a sentence; one with more is a list, which tells little of any two


def _together(records: _Records, shelf: _Shelf) -> list[int]:
    """Give (node, node, documents, sentence) of two named in one sentence without a fact, in a row.

    They come by the number of documents, and at most two for each node of the graph.
    """
    linked = {(min(pair), max(pair)) for pair in records.links()}
    found: dict[tuple[int, int], tuple[set[str], int]] = {}
    for row, (quote, document, nodes) in sorted(_cited(records, shelf).items()):
        named = sorted(nodes | _names_in(quote, records))
        if len(named) > MOST_TOGETHER:
            continue
        for pair in itertools.combinations(named, 2):
            if pair not in linked:
                found.setdefault(pair, (set(), row))[0].add(document)
    ranked = sorted(found.items(), key=lambda item: (-len(item[1][0]), item[0]))
    return [
        part
        for (a, b), (documents, row) in ranked[: 2 * len(records.nodes)]
        for part in (a, b, len(documents), row)
    ]


def _cited(records: _Records, shelf: _Shelf) -> dict[int, tuple[str, str, set[int]]]:
    """Give each cited sentence by its row: its words, its document, and the named ends of its facts."""
    found: dict[int, tuple[str, str, set[int]]] = {}
    for fact in records.facts:
        others = (value for _, value in fact.qualifiers)
        ends = (fact.subject, fact.object, fact.attributed_to, *others)
        nodes = {records.number[e.id] for e in ends if isinstance(e, Entity) and _is_somebody(e)}
        for evidence in fact.evidence:
            row = shelf.row(evidence)
            if row >= 0:
                found.setdefault(row, (evidence.quote, evidence.doc_id, set()))[2].update(nodes)
    return found


def _is_somebody(entity: Entity) -> bool:
    return is_named(entity.id) and entity.type not in ("Position", "Language", "Quantity", "Concept")


def _names_in(quote: str, records: _Records) -> set[int]:
    """Find who else is named in a sentence, by label or alias, whole words as they are written."""
    words = [(m.group(), m.start(), m.end()) for m in WORD.finditer(quote)]
    found = set()
    for word, start, _ in words:
        for name, node in records.names.get(word, ()):
            end = start + len(name)
            if quote.startswith(name, start) and not WORD.match(quote[end : end + 1]):
                found.add(node)
    return found


def label_of(entity: Entity) -> str:
    """Give what stands beside a node: its label on one line, never empty and never an IRI."""
    label = " ".join(_clean(entity.label).split())
    if not label or re.match(r"^[a-z][a-z0-9+.-]*:/", label, re.IGNORECASE):
        local = re.split(r"[/#]", (label or _clean(entity.id)).rstrip("/#"))[-1]
        label = " ".join(local.replace("_", " ").split()) or "(no name)"
    return label


def literal_text(value: Value | str | None) -> str:
    """Say a value in words, in one line: `more than 32500`, `2.5 %`, `10 to 12`."""
    return _clean(text_of(value))


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
        paper, start, key = self._key(evidence)
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

    def row(self, evidence: Evidence) -> int:
        """Give the sentence that was cited for an evidence; -1 if it was left out."""
        return self._sentences.get(self._key(evidence)[2], -1)

    def _key(self, evidence: Evidence) -> tuple[int, int | None, tuple[int, int, str]]:
        paper = self._paper.get(evidence.doc_id, -1)
        start = self._start(paper, evidence)
        return paper, start, (paper, start if start is not None else -1 - evidence.start, evidence.quote)

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
