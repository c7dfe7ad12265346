"""A graph in the words of a schema: what its statements say in the properties and classes of somebody's own.

Each statement that expresses a property, and whose ends are of its domain and range, gets a statement in the
schema's IRIs beside it, with the same evidence and standing. What did not fit is counted, with the reason.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from kg.counts import count
from kg.extract.schema.classes import Class, fit
from kg.extract.schema.phrasings import PREPOSITIONS
from kg.graph.ways import TIME, Way, Ways, iri_of, is_timed, ways_of
from kg.iri import ARTICLE, digest, fold, slug
from kg.rdf.ontology import LABEL, TYPE
from kg.rdf.terms import TRUE, Triple, literal, read_literal
from kg.schema import Concept, Schema
from kg.vocab import GAF, OWL, PROV, RDF, RDFS, SCHEMA, SEM, SKOS, XSD, Names, terms

RULE = "schema"
MEASURES = frozenset({TIME, "quantity"})
# Statements that say what a thing is, and chains of two: "Norvik has an owner", "the owner is Tide Group".
KINDS = ("instance_of", "be", "position_held")
HAS = ("has", "have")
IN_PLACE = re.compile(r"(?:be_|located_)(in|at|on)")
_PARTS = tuple(f"{RDF}{part}" for part in ("subject", "predicate", "object"))
_BEGIN, _END = f"{SEM}hasBeginTimeStamp", f"{SEM}hasEndTimeStamp"
# What is copied of a statement to the one beside it.
_KEPT = """
asserted negated confidence beginIndex endIndex relationText modality attributedTo timeText unit comparator
lower upper withheld
""".split()
Properties = dict[str, list[str]]


@dataclass(frozen=True, slots=True)
class Refused:
    """What a statement said in a property's words and may not say: an end is not of its domain or range."""

    property: str
    reason: str  # domain or range
    subject: str
    object: str
    why: str

    def __str__(self) -> str:
        return f"{self.property} ({self.subject}, {self.object}): {self.why}"


@dataclass(slots=True)
class Expressed:
    """What a graph says in a schema: facts, members of classes, what was refused or is outside."""

    properties: int
    facts: Counter[str] = field(default_factory=Counter)
    members: Counter[str] = field(default_factory=Counter)
    refused: list[Refused] = field(default_factory=list)
    outside: Counter[str] = field(default_factory=Counter)

    def summary(self) -> str:
        """Say it in a line."""
        why = Counter(r.reason for r in self.refused)
        told = f"{count(self.facts.total(), 'fact')} in {len(self.facts)} of {self.properties} properties"
        refused = ", ".join(f"{why[reason]:,} by {reason}" for reason in ("domain", "range") if why[reason])
        refused = f", {refused} refused" if refused else ""
        return f"schema: {told}{refused}, {count(self.outside.total(), 'fact')} outside it"


@dataclass(frozen=True, slots=True)
class _Statement:
    """A statement as it may express a property: its node, its ends; `role` where it is of an event."""

    node: str
    subject: str
    name: str
    object: str
    role: bool = False


def express(triples: Iterable[Triple], schema: Schema, names: Names) -> tuple[list[Triple], Expressed]:
    """Give the triples that say in a schema what a graph says, and what became of each statement."""
    return _Expressing(triples, schema, names).run()


class _Expressing:
    def __init__(self, triples: Iterable[Triple], schema: Schema, names: Names) -> None:
        self.names = names
        self.ways: Ways = ways_of(schema, names)
        self.concepts = self.ways.concepts
        self.schema = schema
        self.nodes: dict[str, Properties] = {}
        for s, p, o in triples:
            self.nodes.setdefault(s, {}).setdefault(p[1:-1], []).append(o)
        self.found = Expressed(len(schema.relations))
        self.out: set[Triple] = set()
        self.best: dict[tuple[object, ...], tuple[str, str]] = {}
        self.used: set[int] = set()
        self.used_classes: set[str] = set()
        self.kinds: dict[str, set[str]] = {}
        self.refused: dict[Refused, None] = {}
        # The things that each document mentions, and where.
        self.mentions: dict[str, list[tuple[int, int, str]]] = {}

    def run(self) -> tuple[list[Triple], Expressed]:
        statements = list(self._statements())
        for statement in statements:
            if statement.name in KINDS and self._flag(statement.node, "asserted"):
                self.kinds.setdefault(statement.subject, set()).update(self._nouns(statement.object))
        for statement in statements:
            inside = self._express(statement) | self._classify(statement)
            if not inside and not statement.role and self._flag(statement.node, "asserted"):
                self.found.outside[statement.name] += 1
        for statement in self._chained(statements):
            self._express(statement)
        self._equate()
        self._write()
        self.found.refused = list(self.refused)
        self.out.update(self._vocabulary())
        return sorted(self.out), self.found

    # Statements, and those that two of them make.

    def _statements(self) -> Iterator[_Statement]:
        kind = f"<{self.names.kg}Statement>"
        for node, props in self.nodes.items():
            if kind in props.get(TYPE[1:-1], ()):
                subject, predicate, obj = (props.get(part, ("",))[0] for part in _PARTS)
                iri = predicate[1:-1]
                for namespace in (self.names.rel, self.names.kg):
                    if iri.startswith(namespace) and subject and obj:
                        role = namespace == self.names.kg
                        yield _Statement(node, subject, iri.removeprefix(namespace), obj, role)

    def _chained(self, statements: list[_Statement]) -> Iterator[_Statement]:
        """Give what a thing's own thing is or where it is, as said of the thing: "has seat in"."""
        holders: dict[str, list[_Statement]] = {}
        for statement in statements:
            if statement.name in HAS and statement.object[0] == "<":
                holders.setdefault(statement.object, []).append(statement)
        for statement in statements:
            for holder in holders.get(statement.subject, ()):
                if not self._flag(holder.node, "asserted") or statement.object[0] != "<":
                    continue
                noun = self._label(statement.subject).lower()
                if statement.name == "be":
                    yield _Statement(statement.node, statement.object, f"{noun} of", holder.subject)
                elif place := IN_PLACE.fullmatch(statement.name):
                    name = f"have_{noun}_{place[1]}"
                    yield _Statement(statement.node, holder.subject, name, statement.object)

    def _express(self, statement: _Statement) -> bool:
        """Say a statement in all properties that it expresses, if it may; whether it expresses any."""
        table = self.ways.roles if statement.role else self.ways.named
        ways = [(way, statement.subject, statement.object) for way in table.get(statement.name, ())]
        noun, _, preposition = statement.name.rpartition(" ")
        ways += [
            (w, statement.subject, statement.object) for w in self.ways.nouns.get((noun, preposition), ())
        ]
        if statement.name in KINDS:
            ways += self._by_noun(statement)
        inside = False
        for way, a, b in ways:
            subject, obj = (a, b) if way.first else (b, a)
            if subject[0] == "<" and not is_timed(self.ways.phrasings[way.number]):
                inside = True
                self._say(way.number, subject, obj, statement)
        for way in () if statement.role else self.ways.times.get(statement.name, ()):
            subject = statement.subject if way.first else statement.object
            value = self._time(statement.node)
            if value and subject[0] == "<":
                inside = True
                self._say(way.number, subject, value, statement)
        return inside

    def _by_noun(self, statement: _Statement) -> Iterator[tuple[Way, str, str]]:
        """Read what a thing is said to be: "architect of the Lysaker Bridge"."""
        words = self._label(statement.object).split()
        at = next((i for i, w in enumerate(words) if i and w.lower() in PREPOSITIONS), None)
        if at is None:
            return
        noun, preposition = " ".join(words[:at]).lower(), words[at].lower()
        keys = dict.fromkeys(((noun, preposition), (noun.rpartition(" ")[2], preposition)))
        found = next((self.ways.nouns[k] for k in keys if k in self.ways.nouns), ())
        if found and (other := self._in_sentence(" ".join(words[at + 1 :]), statement.node)):
            yield from ((way, statement.subject, other) for way in found)

    def _in_sentence(self, name: str, statement: str) -> str | None:
        """Find the thing of a name that is mentioned in a statement's sentence."""
        wanted = fold(name.rstrip(".,"))
        for node in self._mentioned(statement):
            props = self.nodes[node]
            labels = [*props.get(LABEL[1:-1], ()), *props.get(f"{SKOS}altLabel", ())]
            if any(fold(read_literal(text).text.rstrip(".")) == wanted for text in labels):
                return node
        return None

    def _mentioned(self, statement: str) -> list[str]:
        place = self.nodes[statement].get(f"{PROV}wasDerivedFrom", ("",))[0]
        document, start, end = _span(place)
        if not self.mentions:
            for node, props in self.nodes.items():
                for at in props.get(f"{GAF}denotedBy", ()):
                    there, first, last = _span(at)
                    self.mentions.setdefault(there, []).append((first, last, node))
        return [n for first, last, n in self.mentions.get(document, ()) if start <= first and last <= end]

    # One property said of two ends, if they are of its domain and range.

    def _say(self, number: int, subject: str, obj: str, source: _Statement) -> None:
        """Say a property of two ends, or keep why not."""
        relation = self.schema.relations[number]
        if subject == obj:
            return
        # What the schema names is checked, not what the table of phrasings would let pass.
        why, reason = (
            self._misfit(self.concepts.classes_of(relation.domain), relation.domain, subject),
            "domain",
        )
        value: str | None = obj
        if not why:
            reason = "range"
            if relation.datatype:
                value = self._as(obj, relation.datatype)
                why = "" if value else f"{self._label(obj)!r} is no {self._shown(relation.datatype)}"
            else:
                why = self._misfit(self.concepts.classes_of(relation.range), relation.range, obj)
        if why and source.role and reason == "domain":
            # A role of an event that is only called like the property.
            return
        if why or value is None:
            ends = (self._label(subject), self._label(obj))
            self.refused[Refused(relation.label, reason, *ends, why)] = None
            return
        self._keep(iri_of(relation, self.names), subject, value, source.node)
        self.used.add(number)

    def _misfit(self, classes: tuple[Class, ...], label: str, node: str) -> str:
        """Say why a thing is of none of some classes; empty where it may be."""
        if not label:
            return ""
        shown = label.replace("|", " or ")
        if node[0] == '"':
            kind = _measure(node)
            return "" if _takes(classes, kind) else f"{self._label(node)!r} is a {kind}, no {shown}"
        called = self._called(node, label)
        if called is not None:
            return f"the text calls {self._label(node)} a {called}, no {shown}" if called else ""
        type = self._type(node)
        good = fit(classes, type, self._label(node), frozenset(self.kinds.get(node, ())))
        if good > 0 or not classes or (good == 0 and any(c.type in _BROAD for c in classes)):
            return ""
        return f"{self._label(node)} is {_a(type)}, no {shown}"

    def _called(self, node: str, label: str) -> str | None:
        """Give the noun of another class by which a text calls a thing; empty where it is of these classes.

        None where the text does not tell.
        """
        wanted = self._concepts(label)
        called = {k: c for k in sorted(self.kinds.get(node, ())) if (c := self.concepts.named(k))}
        if any(self.concepts.covers(w, c) for w in wanted for c in called.values()):
            return ""
        others = (k for k, c in called.items() if not any(self.concepts.covers(c, w) for w in wanted))
        return next(others, None) if wanted else None

    def _concepts(self, label: str) -> list[Concept]:
        """Give the classes of the schema that a label names; several are written with `|`."""
        return [c for part in label.split("|") if (c := self.concepts.by_label.get(part.strip().lower()))]

    def _as(self, value: str, datatype: str) -> str | None:
        """Give a value as one of a datatype, None where it is none."""
        wanted = datatype.removeprefix(XSD)
        if wanted in ("string", "normalizedString", "token") or not datatype.startswith(XSD):
            return literal(self._label(value))
        if value[0] != '"':
            return None
        found = read_literal(value)
        have = found.datatype.removeprefix(XSD)
        if have == wanted:
            return value
        if have in ("date", "gYearMonth") and wanted == "gYear":
            return literal(found.text[:4], datatype="gYear")
        if have == "date" and wanted == "gYearMonth":
            return literal(found.text[:7], datatype="gYearMonth")
        if have in _WIDER.get(wanted, ()):
            return f'"{found.text}"^^<{datatype}>'
        return None

    def _time(self, statement: str) -> str | None:
        """Give the time that a statement names, as a day, a month or a year."""
        props = self.nodes[statement]
        days = [read_literal(o).text for name in (_BEGIN, _END) for o in props.get(name, ())]
        if len(days) != 2 or f"{self.names.kg}timeText" not in props:
            return None
        begin, end = days
        if begin == end:
            return literal(begin, datatype="date")
        if begin[:4] != end[:4]:
            return None
        if begin[5:] == "01-01" and end[5:] == "12-31":
            return literal(begin[:4], datatype="gYear")
        whole = begin[:7] == end[:7] and begin[8:] == "01" and int(end[8:]) >= 28
        return literal(begin[:7], datatype="gYearMonth") if whole else None

    def _keep(self, predicate: str, subject: str, obj: str, source: str) -> None:
        """Keep what is to be stated; of two that say the same in the same place the surer one."""
        props = self.nodes[source]
        content = [props.get(name, [""])[0] for name in self._identity()]
        key = (f"<{predicate}>", subject, obj, *content)
        sure = read_literal(props[f"{self.names.kg}confidence"][0]).text
        if key not in self.best or (sure, source) > self.best[key]:
            self.best[key] = (sure, source)

    def _identity(self) -> list[str]:
        kg = self.names.kg
        own = [
            f"{kg}{n}" for n in ("asserted", "negated", "modality", "attributedTo", "beginIndex", "endIndex")
        ]
        return [*own, f"{PROV}wasDerivedFrom", _BEGIN, _END]

    def _write(self) -> None:
        """Write the statements that were kept, and the triples of those that are asserted."""
        kg = self.names.kg
        names = [*(f"{kg}{name}" for name in _KEPT), f"{PROV}wasDerivedFrom", f"{SEM}hasPlace", _BEGIN, _END]
        for key, (_, source) in self.best.items():
            predicate, subject, obj = (str(part) for part in key[:3])
            node = f"<{self.names.st}{digest(chr(31).join(map(str, key)))}>"
            props = self.nodes[source]
            if self._flag(source, "asserted"):
                self.out.add((subject, predicate, obj))
            self.out.add((node, TYPE, f"<{kg}Statement>"))
            parts = zip(_PARTS, (subject, predicate, obj), strict=True)
            self.out.update((node, f"<{part}>", end) for part, end in parts)
            self.out.update((node, f"<{name}>", o) for name in names for o in props.get(name, ()))
            self.out.add((node, f"<{kg}rule>", literal(RULE)))
        self._count()

    def _count(self) -> None:
        """Count the facts of each property, and the members of each class."""
        labels = {f"<{iri_of(r, self.names)}>": r.label for r in self.schema.relations}
        ours = [t for t in self.out if t[0].startswith(self.names.ent, 1)]
        self.found.facts.update(labels[p] for _, p, _ in ours if p in labels)
        members = {
            f"<{self._class(c)}>": c.label
            for c in self.schema.concepts
            if c.label.lower() in self.used_classes
        }
        self.found.members.update(members[o] for _, p, o in ours if p == TYPE and o in members)

    # What the things are, in the schema's classes.

    def _classify(self, statement: _Statement) -> bool:
        """Say of a thing which class of the schema it is of, as the text calls it; whether it is of one."""
        inside = False
        if statement.name in KINDS and statement.subject[0] == "<":
            for kind in sorted(self._nouns(statement.object)):
                concept = self.concepts.named(kind)
                if concept is not None and not self._misfit_of(concept, statement.subject):
                    self._keep(TYPE[1:-1], statement.subject, f"<{self._class(concept)}>", statement.node)
                    inside = True
        return inside

    def _equate(self) -> None:
        """Say of things which classes of the schema they are of where these are classes of ours."""
        ours = {kind: c for c in self.schema.concepts for kind in self._ours(c)}
        for node, props in self.nodes.items():
            for kind in props.get(TYPE[1:-1], ()):
                if node.startswith(self.names.ent, 1) and kind in ours:
                    self.out.add((node, TYPE, f"<{self._class(ours[kind])}>"))

    def _misfit_of(self, concept: Concept, node: str) -> str:
        return self._misfit(self.concepts.classes_of(concept.label), concept.label, node)

    def _ours(self, concept: Concept) -> Iterator[str]:
        """Give the classes of ours that a class of the schema is, by its IRI or by its label."""
        iris = {concept.iri, *concept.above}
        for term in terms().values():
            if term.kind == "class":
                same = [
                    self.names.expand(c)
                    for c in (*term.linked("skos:exactMatch"), *term.linked("rdfs:subClassOf"))
                ]
                named = concept.label.lower() == term.label.lower()
                if (
                    named
                    or concept.iri in (f"{self.names.kg}{term.name}", *same)
                    or f"{self.names.kg}{term.name}" in iris
                ):
                    yield f"<{self.names.kg}{term.name}>"

    def _class(self, concept: Concept) -> str:
        self.used_classes.add(concept.label.lower())
        return concept.iri or f"{self.names.base}schema/{slug(concept.label)}"

    # The schema's terms, as far as they are used.

    def _vocabulary(self) -> Iterator[Triple]:
        for number in sorted(self.used):
            relation = self.schema.relations[number]
            node = f"<{iri_of(relation, self.names)}>"
            if node.startswith((self.names.rel, self.names.kg), 1):
                continue
            kind = "DatatypeProperty" if self._is_data(number) else "ObjectProperty"
            yield node, TYPE, f"<{OWL}{kind}>"
            yield node, LABEL, literal(relation.label, lang="en")
            if relation.comment:
                yield node, f"<{RDFS}comment>", literal(relation.comment, lang="en")
            yield from self._ends(node, "domain", relation.domain)
            if relation.datatype:
                yield node, f"<{RDFS}range>", f"<{relation.datatype}>"
            else:
                yield from self._ends(node, "range", relation.range)
        for label in sorted(self.used_classes):
            yield from self._class_triples(label)

    def _is_data(self, number: int) -> bool:
        measured = any(c.type in MEASURES for c in self.ways.phrasings[number].range)
        return bool(self.schema.relations[number].datatype) or measured

    def _ends(self, node: str, link: str, label: str) -> Iterator[Triple]:
        """Give the classes of a domain or range; of several each will do, which is no domain of RDFS."""
        found = [
            c
            for c in self._concepts(label)
            if not any(k.type in MEASURES for k in self.concepts.classes_of(c.label))
        ]
        prop = f"{RDFS}{link}" if len(found) == 1 else f"{SCHEMA}{link}Includes"
        for concept in found:
            yield node, f"<{prop}>", f"<{self._class(concept)}>"

    def _class_triples(self, label: str) -> Iterator[Triple]:
        concept = self.concepts.by_label[label]
        node = f"<{self._class(concept)}>"
        if node.startswith((self.names.rel, self.names.kg), 1):
            return
        yield node, TYPE, f"<{OWL}Class>"
        yield node, LABEL, literal(concept.label, lang="en")
        for iri in concept.above:
            if iri in self.concepts.by_iri:
                yield node, f"<{RDFS}subClassOf>", f"<{iri}>"
        for kind in sorted(self._types_of(label)):
            yield node, f"<{SKOS}broadMatch>", f"<{self.names.kg}{kind}>"

    def _types_of(self, label: str) -> set[str]:
        """Give the classes of ours that members of a class may bear; none where anything may."""
        classes = self.concepts.classes_of(label)
        if not classes or any(c.type in _BROAD for c in classes):
            return set()
        return {t for t in _CLASSES if fit(classes, t, "") > 0}

    # What a graph says of a node.

    def _flag(self, statement: str, name: str) -> bool:
        return TRUE in self.nodes[statement].get(f"{self.names.kg}{name}", ())

    def _label(self, node: str) -> str:
        if node[0] == '"':
            return read_literal(node).text
        return next((read_literal(o).text for o in self.nodes.get(node, {}).get(LABEL[1:-1], ())), node)

    def _type(self, node: str) -> str:
        kinds = (t[1:-1] for t in self.nodes.get(node, {}).get(TYPE[1:-1], ()))
        return next((k.removeprefix(self.names.kg) for k in kinds if k.startswith(self.names.kg)), "Concept")

    def _shown(self, iri: str) -> str:
        return iri.removeprefix(XSD)

    def _nouns(self, node: str) -> set[str]:
        """Give what a thing is called that another is said to be: "maker" and "steel maker"."""
        if (
            node[0] == "<"
            and self._type(node) in _NAMED
            and f"{GAF}denotedBy" not in self.nodes.get(node, {})
        ):
            return set()
        words = ARTICLE.sub("", self._label(node)).lower().split()
        end = next((i for i, w in enumerate(words) if i and w in PREPOSITIONS), len(words))
        return {" ".join(words[i:end]) for i in range(end)}


# Classes that anything may be of, and those whose members have a name each.
_BROAD = frozenset({"Concept", "Other"})
_NAMED = frozenset({"Person", "GPE"})
_CLASSES = tuple(t.name for t in terms().values() if t.kind == "class")
_WIDER = {
    "decimal": ("integer",),
    "double": ("integer", "decimal"),
    "float": ("integer", "decimal"),
    "int": ("integer",),
    "long": ("integer",),
    "nonNegativeInteger": ("integer",),
    "positiveInteger": ("integer",),
}
_TIMES = ("date", "dateTime", "gYear", "gYearMonth", "time")


def _measure(written: str) -> str:
    """Say what a literal is: a time, a quantity or a text."""
    kind = read_literal(written).datatype.removeprefix(XSD)
    if kind in _TIMES:
        return TIME
    return "quantity" if kind in ("integer", "decimal", "duration") else "text"


def _takes(classes: tuple[Class, ...], kind: str) -> bool:
    """Whether a literal of a kind may be of one of some classes."""
    return any(c.type == kind if c.type in MEASURES else kind == "text" and c.closed for c in classes)


def _a(noun: str) -> str:
    return f"{'an' if noun[:1] in 'AEIOU' else 'a'} {noun}"


def _span(place: str) -> tuple[str, int, int]:
    """Give document, begin and end of a place in a text."""
    document, _, span = place[1:-1].partition("#char=")
    start, _, end = span.partition(",")
    return (document, int(start), int(end)) if end.isdigit() else (document, -1, -1)
