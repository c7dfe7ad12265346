"""What may be wrong in a graph, the likeliest and most looked at first: for somebody who goes through it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.corrections import Corrections
from kg.corrections.records import OF_NAMES
from kg.iri import fold
from kg.model import Entity, Fact
from kg.vocab import narrower, relations

if TYPE_CHECKING:
    from kg.correcting import Correcting
    from kg.graph.view import GraphView

# What is asserted with less is shown beside what is not.
UNSURE = 0.7
MOST = 300
# Why things of several documents are one that seldom errs.
USUAL = frozenset({"same name", "country names", "gazetteer"})
_PAIRS = """SELECT ?a ?b ?score ?why WHERE {
    ?pair a kg:Candidate ; rdf:subject ?a ; rdf:object ?b ; kg:confidence ?score ; kg:mergeReason ?why }"""
_WHY = """SELECT ?subject ?relation ?object ?why WHERE {
    ?s kg:doubt|kg:withheld ?why ; rdf:subject ?subject ; rdf:predicate ?relation ; rdf:object ?object }"""
_MERGED = (
    "SELECT ?entity ?why WHERE { ?entity kg:mergeReason ?why FILTER NOT EXISTS { ?entity a kg:Candidate } }"
)
_UNSURE = f"""SELECT DISTINCT ?subject WHERE {{
    ?s kg:asserted false ; kg:negated false ; rdf:subject ?subject
    FILTER NOT EXISTS {{ ?s kg:modality ?m }} FILTER NOT EXISTS {{ ?s kg:verdict ?v }} }} LIMIT {MOST}"""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two things that may be one, how likely, and why."""

    a: Entity
    b: Entity
    score: float
    why: str


@dataclass(frozen=True, slots=True)
class Doubt:
    """A fact that may be wrong, or may be right though it is not asserted, and why."""

    fact: Fact
    why: str


def candidates(decide: Correcting) -> list[Pair]:
    """Give the pairs that may be one thing and are not decided, the likeliest first."""
    graph, decided = decide.graph, _decided(decide.corrections)
    found = []
    for row in graph.query(_PAIRS):
        a, b = (graph.entity_of(row[end].value) for end in ("a", "b"))
        if a is None or b is None or frozenset((fold(a.label), fold(b.label))) in decided:
            continue
        found.append(Pair(a, b, float(row["score"].value), row["why"].value))
    found.sort(key=lambda p: (-round(p.score, 1), -min(p.a.salience, p.b.salience), p.a.id, p.b.id))
    return found


def _decided(corrections: Corrections) -> set[frozenset[str]]:
    """Give the pairs of names about which somebody decided, in a graph that may not have followed yet."""
    found: set[frozenset[str]] = set()
    for each in corrections.valid:
        if each.kind in OF_NAMES and not each.to:
            names = {fold(name.name) for name in each.names}
            found |= {frozenset((one, other)) for one in names for other in names if one != other}
    return found


def merged(graph: GraphView) -> list[tuple[Entity, str]]:
    """Give what was made one on evidence that may err, with that, most looked at first."""
    why: dict[str, list[str]] = {}
    for row in graph.query(_MERGED):
        if row["why"].value not in USUAL and not row["why"].value.startswith("decided by"):
            why.setdefault(row["entity"].value, []).append(row["why"].value)
    found = [(entity, ", ".join(sorted(w))) for iri, w in why.items() if (entity := graph.entity_of(iri))]
    return sorted(found, key=lambda each: (-each[0].salience, each[0].id))


def doubts(graph: GraphView, *, most: int = MOST) -> list[Doubt]:
    """Give the facts to look at: what was not read surely, what was withheld, what does not fit its relation.

    Nothing that somebody looked at before is among them; those of what the texts are most about come first.
    """
    reasons = {
        (row["subject"].value, row["relation"].value, getattr(row["object"], "value", "")): row["why"].value
        for row in graph.query(_WHY)
    }
    found = [Doubt(fact, why) for fact in _some(graph) if (why := _why(graph, fact, reasons))]
    found.sort(key=lambda d: _rank(d.fact))
    return found[:most]


def _some(graph: GraphView) -> Iterable[Fact]:
    """Give the facts that are looked at: of a large graph those about things that a doubtful one is about."""
    if not graph.store.large:
        return graph.facts()
    return _of_unsure(graph)


def _of_unsure(graph: GraphView) -> Iterator[Fact]:
    for row in graph.query(_UNSURE):
        entity = graph.entity_of(row["subject"].value)
        if entity is not None:
            yield from graph.facts(subject=entity)


def _rank(fact: Fact) -> tuple[float, float, str]:
    salience = fact.subject.salience + (fact.object.salience if isinstance(fact.object, Entity) else 0)
    sure = max((e.confidence for e in fact.evidence), default=0.0)
    return -round(salience, 2), -sure, f"{fact.subject.id} {fact.relation}"


def _why(graph: GraphView, fact: Fact, reasons: dict[tuple[str, str, str], str]) -> str:
    """Say why a fact may be wrong; nothing where it is as good as others, or was looked at."""
    if fact.verdict or fact.negated or fact.modality or fact.attributed_to or not fact.evidence:
        return ""
    misfit = _misfit(fact)
    if misfit:
        return misfit
    sure = max(e.confidence for e in fact.evidence)
    if fact.asserted:
        return f"read with confidence {sure:.2f}" if sure < UNSURE and fact.support < 2 else ""
    names = graph.names
    relation = names.expand(fact.relation) if ":" in fact.relation else f"{names.rel}{fact.relation}"
    ends = (f"{names.ent}{fact.subject.id}", relation)
    object = f"{names.ent}{fact.object.id}" if isinstance(fact.object, Entity) else ""
    return reasons.get((*ends, object), f"not read surely enough to be asserted ({sure:.2f})")


def _misfit(fact: Fact) -> str:
    """Say which end of a fact is of a class that its relation does not go with."""
    term = relations().get(fact.relation)
    if term is None:
        return ""
    for link, end in (("rdfs:domain", fact.subject), ("rdfs:range", fact.object)):
        wanted = [name.removeprefix("kg:") for name in term.linked(link) if name.startswith("kg:")]
        fitting = {"Concept"}.union(*map(narrower, wanted))
        if isinstance(end, Entity) and wanted and end.type not in fitting:
            said = f"{end.label} is a {end.type}, and {fact.relation.replace('_', ' ')}"
            return f"{said} goes with {' or '.join(wanted)}"
    return ""
