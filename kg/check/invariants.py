"""Whether a graph keeps its promises: what is wrong, where, and what to do about it.

One pass over the triples, without SPARQL, so that a million of them take seconds.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from kg.rdf.mapping import LONGEST_RELATION_TEXT, sha256
from kg.rdf.ontology import LABEL, LONGEST_LABEL, TYPE
from kg.rdf.terms import Triple, read_literal
from kg.vocab import GAF, NIF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD, event_classes, relations, terms

if TYPE_CHECKING:
    from kg.graph.view import GraphView

Level = Literal["error", "warning"]
Properties = dict[str, list[str]]
Text = Callable[[str], str | None]

# What each rule asks for, and what to do where it is not met.
RULES: dict[str, tuple[Level, str]] = {
    "blank-node": ("error", "give the thing an IRI"),
    "incomplete": ("error", "a statement needs one subject, predicate, object, asserted, confidence"),
    "no-evidence": ("error", "a statement needs a sentence with its text and offsets, in a document"),
    "offsets": ("error", "a statement lies within its sentence, and a sentence is as long as its text"),
    "quote": ("error", "the quoted sentence is not what the text holds there: build the graph anew"),
    "asserted": ("error", "a triple is in the graph exactly if a statement asserts it"),
    "negated": ("error", "what is asserted cannot be negated"),
    "relation-text": ("error", "the relation's words are at most eight words of the sentence"),
    "dates": ("error", "dates are xsd:date, and nothing ends before it begins"),
    "confidence": ("error", "a confidence lies from 0 to 1"),
    "label": ("error", "an entity has a label of 1 to 12 words on one line"),
    "class": ("error", "an entity has one class of the vocabulary"),
    "unknown-term": ("error", "the vocabulary has no such term"),
    "ill-typed": ("error", "the literal is no value of its type"),
    "orphan": ("error", "remove it, or say what it belongs to"),
    "domain": ("warning", "check the type of the subject, or the relation"),
    "range": ("warning", "check the type of the object, or the relation"),
    "shape": ("error", "the SHACL shape says what is missing or wrong"),
    "shape-warning": ("warning", "the SHACL shape says what is unusual"),
    "text-missing": ("warning", "give the folder of the source texts with --texts"),
}


_PROPERTIES = frozenset({f"<{OWL}ObjectProperty>", f"<{OWL}DatatypeProperty>"})


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong: the rule, the node it is wrong of, and how."""

    rule: str
    node: str
    message: str

    @property
    def level(self) -> Level:
        """Whether it is an error or a warning."""
        return RULES[self.rule][0] if self.rule in RULES else "error"

    @property
    def remedy(self) -> str:
        """What to do about it."""
        return RULES[self.rule][1] if self.rule in RULES else ""

    def __str__(self) -> str:
        return f"{self.level}  {self.rule}  {self.node}: {self.message}"


def validate(graph: GraphView, *, text: Text | None = None) -> list[Problem]:
    """Give what is wrong with a graph, in order; nothing where all is well.

    `text` gives the characters of a document by their SHA-256, or None; with it quotes are compared.
    """
    return sorted(set(_Check(graph, text).problems()))


_EVENTS = frozenset(f"kg:{name}" for name in event_classes())


class _Check:
    def __init__(self, graph: GraphView, text: Text | None) -> None:
        self.names = graph.names
        self.text = text
        self.nodes: dict[str, Properties] = {}
        self.blank: set[str] = set()
        self.referred: set[str] = set()
        for s, p, o in graph.store.triples():
            self.nodes.setdefault(s, {}).setdefault(p[1:-1], []).append(o)
            if s[0] == "_" or o[0] == "_":
                self.blank.add(s)
            if o[0] == "<":
                self.referred.add(o)
        kg = self.names.kg
        self.statements = {n: p for n, p in self.nodes.items() if f"<{kg}Statement>" in p.get(TYPE[1:-1], ())}
        self.declared = {n for n, p in self.nodes.items() if self._is_of_schema(n, p)}
        self.parents = {f"<{kg}{t.name}>": t for t in terms().values() if t.kind == "class"}

    def _is_of_schema(self, node: str, props: Properties) -> bool:
        """Whether a node is a property that a schema of somebody's own has brought into the graph."""
        ours = node.startswith((self.names.rel, self.names.kg), 1)
        return not ours and not _PROPERTIES.isdisjoint(props.get(TYPE[1:-1], ()))

    def problems(self) -> Iterator[Problem]:
        for node in self.blank:
            yield Problem("blank-node", self._shown(node), "a blank node")
        for node, props in self.statements.items():
            yield from self._statement(node, props)
        yield from self._assertions()
        for node, props in self.nodes.items():
            if node.startswith(self.names.ent, 1):
                yield from self._entity(node, props)
            elif f"<{NIF}Sentence>" in props.get(TYPE[1:-1], ()):
                yield from self._sentence(node, props)
            yield from self._literals(node, props)
        yield from self._documents()
        yield from self._unknown()

    def _shown(self, node: str) -> str:
        iri = node[1:-1] if node[0] == "<" else node
        for prefix, namespace in self.names.prefixes().items():
            if iri.startswith(namespace):
                return f"{prefix}:{iri[len(namespace) :]}"
        return iri

    # Statements.

    def _statement(self, node: str, props: Properties) -> Iterator[Problem]:
        kg, shown = self.names.kg, self._shown(node)
        parts = [f"{RDF}subject", f"{RDF}predicate", f"{RDF}object", f"{kg}asserted", f"{kg}confidence"]
        for part in parts:
            if len(props.get(part, ())) != 1:
                yield Problem("incomplete", shown, f"{len(props.get(part, ()))} of {self._shown(part)}")
        if _flag(props, f"{kg}asserted") and _flag(props, f"{kg}negated"):
            yield Problem("negated", shown, "asserted and negated")
        for confidence in props.get(f"{kg}confidence", ()):
            number = _number(confidence)
            if number is None or not 0 <= number <= 1:
                yield Problem("confidence", shown, f"confidence {read_literal(confidence).text}")
        yield from self._days(shown, props)
        yield from self._evidence(shown, props)
        yield from self._types(shown, props)

    def _days(self, shown: str, props: Properties) -> Iterator[Problem]:
        days = []
        for name in ("hasBeginTimeStamp", "hasEndTimeStamp"):
            for written in props.get(f"{SEM}{name}", ())[:1]:
                day = read_literal(written)
                if day.datatype == f"{XSD}date" and _is_day(day.text):
                    days.append(day.text)
                else:
                    yield Problem("dates", shown, f"sem:{name} {day.text!r} is no xsd:date")
        if len(days) == 2 and days[1] < days[0]:
            yield Problem("dates", shown, f"ends {days[1]} before it begins {days[0]}")

    def _evidence(self, shown: str, props: Properties) -> Iterator[Problem]:
        kg = self.names.kg
        sources = props.get(f"{PROV}wasDerivedFrom", ())
        if len(sources) != 1:
            yield Problem("no-evidence", shown, f"{len(sources)} sentences")
            return
        sentence = self.nodes.get(sources[0], {})
        quote = _text(sentence, f"{NIF}anchorOf")
        start, end = _int(sentence, f"{NIF}beginIndex"), _int(sentence, f"{NIF}endIndex")
        if quote is None or start is None or end is None:
            yield Problem("no-evidence", shown, f"{self._shown(sources[0])} has no text or offsets")
            return
        first, last = _int(props, f"{kg}beginIndex"), _int(props, f"{kg}endIndex")
        if first is None or last is None or not start <= first < last <= end:
            yield Problem("offsets", shown, f"{first} to {last} is not within {start} to {end}")
        for written in props.get(f"{kg}relationText", ()):
            words = read_literal(written).text.split()
            low = quote.lower()
            if len(words) > LONGEST_RELATION_TEXT or any(w.lower() not in low for w in words):
                yield Problem("relation-text", shown, f"{' '.join(words)!r}")

    def _types(self, shown: str, props: Properties) -> Iterator[Problem]:
        for predicate in props.get(f"{RDF}predicate", ())[:1]:
            relation = relations().get(predicate[1:-1].removeprefix(self.names.rel))
            if relation is None:
                yield from self._of_schema(shown, predicate, props)
                continue
            for link, part in (("domain", "subject"), ("range", "object")):
                wanted = relation.linked(f"rdfs:{link}")
                for end in props.get(f"{RDF}{part}", ())[:1]:
                    have = self._classes(end)
                    if wanted and have and not have & set(wanted):
                        names = " or ".join(wanted)
                        said = f"{self._shown(end)} is {' and '.join(sorted(have))}, not {names}"
                        yield Problem(link, shown, f"{relation.name}: {said}")

    def _of_schema(self, shown: str, predicate: str, props: Properties) -> Iterator[Problem]:
        """Check a statement in a property of somebody's own: that it is declared, and that its ends fit."""
        if predicate.startswith((self.names.rel, self.names.kg, SEM), 1) or predicate == TYPE:
            return
        if predicate not in self.declared:
            yield Problem(
                "unknown-term", shown, f"{self._shown(predicate)}: no schema in the graph declares it"
            )
            return
        declared = self.nodes[predicate]
        for link, part in (("domain", "subject"), ("range", "object")):
            named = [*declared.get(f"{RDFS}{link}", ()), *declared.get(f"{SCHEMA}{link}Includes", ())]
            for end in props.get(f"{RDF}{part}", ())[:1]:
                if named and (said := self._misfit(named, end)):
                    yield Problem(link, shown, f"{self._shown(predicate)}: {self._shown(end)} is {said}")

    def _misfit(self, named: list[str], end: str) -> str:
        """Say what a node is that is of none of some classes or datatypes; empty where it may be of one."""
        if end[0] == '"':
            datatype = f"<{read_literal(end).datatype}>"
            return "" if datatype in named else f"{self._shown(datatype)}, not {self._or(named)}"
        types = set(self.nodes.get(end, {}).get(TYPE[1:-1], ()))
        allowed: set[str] = set()
        for name in named:
            broad = self.nodes.get(name, {}).get(f"{SKOS}broadMatch")
            if broad is None or name in types:
                # Which of our classes it goes with is not said, so that anything may be of it.
                return "" if not name.startswith(XSD, 1) else "no literal"
            allowed.update(broad)
        if types & allowed:
            return ""
        return f"{' and '.join(sorted(self._classes(end)))}, not {self._or(named)}"

    def _or(self, named: list[str]) -> str:
        return " or ".join(map(self._shown, named))

    def _classes(self, node: str) -> set[str]:
        if node[0] == '"':
            return {"a literal"}
        types = self.nodes.get(node, {}).get(TYPE[1:-1], ())
        found = {self._shown(t) for t in types if t.startswith(self.names.kg, 1)}
        # An attack is an event.
        return found | {"kg:Event"} if found & _EVENTS else found

    def _assertions(self) -> Iterator[Problem]:
        """The plain triple is there exactly if a statement asserts it."""
        asserted: dict[Triple, bool] = {}
        example: dict[Triple, str] = {}
        for node, props in self.statements.items():
            parts = [props.get(f"{RDF}{p}", ("",))[0] for p in ("subject", "predicate", "object")]
            triple = (parts[0], parts[1], parts[2])
            asserted[triple] = asserted.get(triple, False) or _flag(props, f"{self.names.kg}asserted")
            example.setdefault(triple, node)
        for triple, said in asserted.items():
            subject, predicate, obj = triple
            there = obj in self.nodes.get(subject, {}).get(predicate[1:-1], ())
            if there != said and all(triple):
                what = "asserted, but the triple is missing" if said else "the triple is there, not asserted"
                yield Problem("asserted", self._shown(example[triple]), what)
        if self.statements:
            for node, predicate, obj in self._plain_facts():
                if (node, predicate, obj) not in asserted:
                    fact = f"{self._shown(predicate)} {self._shown(obj)}"
                    yield Problem("asserted", self._shown(node), f"{fact}: no statement says so")

    def _plain_facts(self) -> Iterator[Triple]:
        for node, props in self.nodes.items():
            if node not in self.statements:
                for predicate, objects in props.items():
                    if predicate.startswith(self.names.rel) or f"<{predicate}>" in self.declared:
                        yield from ((node, f"<{predicate}>", obj) for obj in objects)

    # Entities, sentences, documents.

    def _entity(self, node: str, props: Properties) -> Iterator[Problem]:
        shown = self._shown(node)
        yield from self._labels(shown, props)
        classes = [t for t in props.get(TYPE[1:-1], ()) if t.startswith(self.names.kg, 1)]
        if len(classes) != 1 or classes[0] not in self.parents:
            yield Problem(
                "class", shown, f"{len(classes)} classes {' '.join(map(self._shown, classes))}".strip()
            )
        facts = any(p.startswith(self.names.rel) for p in props)
        if not facts and f"{GAF}denotedBy" not in props and node not in self.referred:
            yield Problem("orphan", shown, "no fact, statement or mention")

    def _labels(self, shown: str, props: Properties) -> Iterator[Problem]:
        if f"{RDFS}label" not in props:
            yield Problem("label", shown, "no label")
        for name in (LABEL[1:-1], f"{SKOS}altLabel"):
            for written in props.get(name, ()):
                label = read_literal(written).text if written[0] == '"' else ""
                if not label.strip() or len(label.split()) > LONGEST_LABEL or "\n" in label:
                    yield Problem("label", shown, f"{self._shown(name)} {label[:80]!r}")

    def _sentence(self, node: str, props: Properties) -> Iterator[Problem]:
        shown = self._shown(node)
        quote = _text(props, f"{NIF}anchorOf")
        start, end = _int(props, f"{NIF}beginIndex"), _int(props, f"{NIF}endIndex")
        if quote is not None and start is not None and end is not None and end - start != len(quote):
            yield Problem("offsets", shown, f"{start} to {end}, but its text has {len(quote)} characters")
        if node not in self.referred:
            yield Problem("orphan", shown, "a sentence of no statement")
        for document in props.get(f"{NIF}referenceContext", ("",)):
            if document not in self.nodes:
                yield Problem("no-evidence", shown, "a sentence of no document")

    def _documents(self) -> Iterator[Problem]:
        if self.text is None:
            return
        texts: dict[str, str | None] = {}
        for node, props in self.nodes.items():
            if node.startswith(self.names.doc, 1) and "#" not in node:
                source = _text(props, f"{self.names.kg}sourceFile") or ""
                texts[node] = self.text(_text(props, f"{self.names.kg}sha256") or "")
                if texts[node] is None:
                    yield Problem("text-missing", self._shown(node), f"no text of {source}")
        for node, props in self.nodes.items():
            quote = _text(props, f"{NIF}anchorOf")
            start, end = _int(props, f"{NIF}beginIndex"), _int(props, f"{NIF}endIndex")
            text = texts.get(props.get(f"{NIF}referenceContext", [""])[0])
            if text is not None and quote is not None and text[start or 0 : end or 0] != quote:
                yield Problem("quote", self._shown(node), f"{quote[:60]!r}")

    # All nodes.

    def _literals(self, node: str, props: Properties) -> Iterator[Problem]:
        for predicate, objects in props.items():
            for obj in objects:
                if obj[0] == '"' and obj[-1] == ">":
                    found = read_literal(obj)
                    fits = _LEXICAL.get(found.datatype.removeprefix(XSD))
                    if fits and not fits(found.text):
                        kind = self._shown(found.datatype)
                        said = f"{self._shown(predicate)} {found.text[:40]!r} is no {kind}"
                        yield Problem("ill-typed", self._shown(node), said)

    def _unknown(self) -> Iterator[Problem]:
        known = {f"<{self.names.kg}{name}>" for name in terms()} | {f"<{self.names.kg}>"}
        used = {f"<{p}>" for props in self.nodes.values() for p in props} | self.referred | set(self.nodes)
        for term in used:
            if term.startswith(self.names.kg, 1) and term not in known:
                yield Problem("unknown-term", self._shown(term), "not in the vocabulary")


def texts_in(texts: Iterable[str]) -> Text:
    """Give a finder of texts among some, by their SHA-256."""
    by_hash = {sha256(text): text for text in texts}
    return by_hash.get


def _is_day(text: str) -> bool:
    try:
        dt.date.fromisoformat(text)
    except ValueError:
        return False
    return re.fullmatch(r"\d{4}-\d\d-\d\d", text) is not None


_LEXICAL: dict[str, Callable[[str], object]] = {
    "integer": re.compile(r"[+-]?[0-9]+").fullmatch,
    "decimal": re.compile(r"[+-]?(?:[0-9]+(?:\.[0-9]*)?|\.[0-9]+)").fullmatch,
    "boolean": re.compile(r"true|false|0|1").fullmatch,
    "date": _is_day,
    "gYear": re.compile(r"-?[0-9]{4,}").fullmatch,
    "gYearMonth": re.compile(r"-?[0-9]{4,}-(?:0[1-9]|1[0-2])").fullmatch,
}


def _flag(props: Properties, name: str) -> bool:
    return any(read_literal(o).text in ("true", "1") for o in props.get(name, ()) if o[0] == '"')


def _text(props: Properties, name: str) -> str | None:
    found = props.get(name, ())
    return read_literal(found[0]).text if found and found[0][0] == '"' else None


def _int(props: Properties, name: str) -> int | None:
    text = _text(props, name)
    return int(text) if text is not None and re.fullmatch(r"-?[0-9]{1,18}", text) else None


def _number(written: str) -> float | None:
    try:
        return float(read_literal(written).text) if written[0] == '"' else None
    except ValueError:
        return None


__all__ = ["RULES", "Problem", "texts_in", "validate"]
