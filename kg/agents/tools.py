"""What a model may ask of a graph, a function a tool: its docstring and arguments are what the model reads.

Each takes the graph and plain values, and gives an answer of plain values, or raises a `KGError` that says
what to ask instead.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, TypeVar

from kg.agents.answers import (
    Happening,
    Happenings,
    Quote,
    Statement,
    Statements,
    Table,
    Thing,
    Things,
    Way,
)
from kg.counts import count
from kg.errors import QueryError, UnknownName
from kg.graph.view import GraphView
from kg.iri import fold, relation_words
from kg.model import Entity, Evidence, Fact, Value, text_of
from kg.nearest import did_you_mean
from kg.queries import saved
from kg.rdf.terms import Term

T = TypeVar("T")

MOST = 200
MOST_ROWS = 1000
MOST_CONTEXT = 2000
# So many quotes stand by a fact where it is one of many; `evidence` gives all.
FEW, MANY = 2, 50

Name = Annotated[str, "a name as the texts have it, an alias, a person's last name, or an id"]
Limit = Annotated[int, f"give at most so many, up to {MOST}"]
Skip = Annotated[int, "leave out so many of the first, to read on"]
Since = Annotated[str | None, "only what holds on this day or later: YYYY-MM-DD"]
Asserted = Annotated[
    bool | None,
    "true: what a text states as so; false: what is denied, planned, reported, doubtful; null: both",
]


def search_entities(
    graph: GraphView,
    name: Annotated[str, "a name or words of it, also misspelt; empty: what the texts are most about"] = "",
    type: Annotated[str | None, "a class: Person, Organization, GPE, Event, Attack, …"] = None,
    limit: Limit = 10,
) -> Things:
    """Find people, organizations, places, events and other things by name.

    Begin here: the ids it gives are what the other tools take where several things share a name.
    """
    found = graph.search(name, type=type, most=_bounded(limit))
    things = [_thing(graph, entity, match=why if name.strip() else "") for entity, why in found]
    kind = "" if type is None else f" of class {type}"
    note = "" if things else f"nothing{kind} is called like {name!r}"
    if things and things[0].match == "like":
        note = f"nothing{kind} is called {name!r}; these names are nearest"
    return Things(things, note=note)


def facts_about(
    graph: GraphView,
    entity: Name,
    relation: Annotated[str | None, 'only of this relation, by its words: "work for"'] = None,
    since: Since = None,
    asserted: Asserted = True,
    limit: Limit = 20,
    skip: Skip = 0,
) -> Statements:
    """Give what the documents say of one thing, each fact with the sentences it was read from.

    The best supported come first. Where several things bear the name, `namesakes` has the others.
    """
    known, others = _called(graph, entity)
    facts = graph.facts(about=known, since=_day(since))
    if relation is not None:
        facts = _of_relation(facts, relation)
    chosen = [fact for fact in facts if asserted in (None, fact.asserted)]
    note = "" if len(chosen) == len(facts) else _left_out(len(facts) - len(chosen), asserted)
    return Statements(
        total=len(chosen),
        facts=[_statement(graph, fact) for fact in _part(sorted(chosen, key=_by_support), limit, skip)],
        entity=_thing(graph, known),
        namesakes=[_thing(graph, other) for other in others],
        note=note,
    )


def events(
    graph: GraphView,
    kind: Annotated[str | None, "a class of events and those below it: Attack, Election, …"] = None,
    about: Annotated[str | None, "a name: who or what takes part in it, or where it was"] = None,
    since: Since = None,
    until: Annotated[str | None, "only what began on this day or before: YYYY-MM-DD"] = None,
    asserted: Asserted = True,
    limit: Limit = 20,
    skip: Skip = 0,
) -> Happenings:
    """Give what happened, by day: who did what to whom, where and when, each by its role in the event."""
    who = None if about is None else _called(graph, about)[0]
    found = graph.events(kind, about=who, since=_day(since), asserted=asserted)
    last = _day(until)
    if last is not None:
        found = [event for event in found if event.begins and event.begins <= last]
    told = []
    for event in _part(found, limit, skip):
        roles = {role: [text_of(end) for end in ends] for role, ends in event.roles.items()}
        quotes, more = _quotes(graph, event.evidence, FEW)
        told.append(
            Happening(
                event.id,
                event.label,
                event.type,
                roles,
                begins=_written(event.begins),
                ends=_written(event.ends),
                quotes=quotes,
                more_quotes=more,
            )
        )
    note = "" if found else "no such event; fewer conditions, or asserted=null, may find some"
    return Happenings(total=len(found), events=told, note=note)


def path(graph: GraphView, start: Name, end: Name, asserted: Asserted = True) -> Way:
    """Say how two things hang together: the facts that lead from one to the other, a step each.

    Of all ways it is a short one that goes around what everything is linked to.
    """
    first, last = _called(graph, start)[0], _called(graph, end)[0]
    steps = graph.path(first, last, asserted=asserted)
    note = "" if steps else f"nothing links {first.label} and {last.label}"
    if not steps and asserted is not None:
        note += "; asserted=null also goes over what is not asserted"
    return Way([_statement(graph, fact) for fact in steps], note=note)


def evidence(
    graph: GraphView,
    about: Name,
    relation: Annotated[str | None, 'only of this relation, by its words: "work for"'] = None,
    other: Annotated[str | None, "the name, number or text at the other end"] = None,
    asserted: Asserted = None,
    context: Annotated[int, f"so many characters of the text around each quote, up to {MOST_CONTEXT}"] = 0,
    limit: Limit = 5,
) -> Statements:
    """Give every sentence that a fact was read from, with document and characters, to check or to cite it.

    Text around the quotes is at hand where the graph is a store.
    """
    known, others = _called(graph, about)
    facts = graph.facts(about=known)
    if relation is not None:
        facts = _of_relation(facts, relation)
    if other is not None:
        facts = _with_other(graph, facts, known, other)
    chosen = sorted((fact for fact in facts if asserted in (None, fact.asserted)), key=_by_support)
    around = max(0, min(context, MOST_CONTEXT))
    return Statements(
        total=len(chosen),
        facts=[_statement(graph, fact, most=MANY, around=around) for fact in _part(chosen, limit, 0)],
        entity=_thing(graph, known),
        namesakes=[_thing(graph, each) for each in others],
        note="" if chosen else "no such fact; facts_about gives those there are",
    )


def sparql(
    graph: GraphView,
    query: Annotated[str, "SPARQL 1.1 (SELECT, ASK, CONSTRUCT, DESCRIBE), or the name of a saved query"],
    bind: Annotated[dict[str, str] | None, "values of its variables: a name, ent:ID, a day, …"] = None,
    limit: Annotated[int, f"give at most so many rows, up to {MOST_ROWS}"] = 100,
) -> Table:
    """Ask the graph in SPARQL; it is only read, and a query has limits of time and memory.

    Prefixes are bound: ent: things, rel: relations, kg: classes (kg:Person) and roles (kg:buyer), rdfs:label.
    An asserted fact is a plain triple (ent:Hamas rel:launch ?x); each statement, asserted or not, is a node:
    ?s a kg:Statement ; rdf:subject ?a ; rdf:predicate ?r ; rdf:object ?b ; kg:asserted ?yes ;
    prov:wasDerivedFrom [ nif:anchorOf ?sentence ].
    """
    known = saved()
    if not any(sign in query for sign in " {\n\t") and query not in known:
        remedy = did_you_mean(query, known, otherwise=f"the saved ones are {', '.join(known)}")
        raise QueryError(f"no saved query is called {query!r}", remedy=remedy)
    terms = {name.lstrip("?$"): Term(value) for name, value in (bind or {}).items()}
    answer = graph.query(known.get(query, query), terms, rows=max(1, min(limit, MOST_ROWS)))
    note = "; ".join(graph.missing(known.get(query, query), terms)) if answer.found_nothing else ""
    if answer.kind == "truth":
        return Table(truth=answer.truth, note=note)
    if answer.kind == "graph":
        return Table(turtle=answer.text("ttl"), cut=answer.cut, note=note)
    return Table(list(answer.variables), answer.shown_rows(), cut=answer.cut, note=note)


TOOLS: dict[str, Callable[..., Any]] = {
    tool.__name__: tool for tool in (search_entities, facts_about, events, path, evidence, sparql)
}


def described(graph: GraphView) -> str:
    """Say what is in the graph, for a model that has not asked anything of it yet."""
    told = count(len(graph.documents), "document")
    about = ", ".join(entity.label for entity, _ in graph.search(most=8))
    return f"It was read from {told}{f'; most is said of {about}' if about else ''}."


# What several tools do.


def _called(graph: GraphView, name: str) -> tuple[Entity, list[Entity]]:
    """Give the entity that a name means, and the others that bear it."""
    bare = name.strip().strip("<>").removeprefix(graph.names.ent).removeprefix("ent:")
    found = graph.find(bare)
    if not found:
        remedy = graph.near(bare) or "search_entities finds things by words of their names"
        raise UnknownName(f"no entity is called {name!r}", remedy=remedy)
    return found[0], [] if found[0].id == bare else found[1:6]


def _of_relation(facts: Sequence[Fact], relation: str) -> list[Fact]:
    """Give the facts of a relation; one that none has is told with the nearest of those there are."""
    wanted = _words(relation)
    chosen = [fact for fact in facts if _words(fact.relation) == wanted]
    if facts and not chosen:
        known = sorted({_words(fact.relation) for fact in facts})
        remedy = did_you_mean(wanted, known, otherwise=f"there are: {', '.join(known[:20])}")
        raise UnknownName(f"nothing is said of it by the relation {relation!r}", remedy=remedy)
    return chosen


def _words(relation: str) -> str:
    # Roles of events are known with and without their prefix.
    return relation_words(relation).rpartition(":")[2]


def _with_other(graph: GraphView, facts: Iterable[Fact], known: Entity, other: str) -> list[Fact]:
    ids = {entity.id for entity in graph.find(other.strip().removeprefix("ent:"))}
    text = fold(other)

    def fits(end: Entity | Value | str | None) -> bool:
        if isinstance(end, Entity):
            return end.id in ids and end.id != known.id
        said = end.lexical if isinstance(end, Value) else ""
        return end is not None and (fold(text_of(end)) == text or said == other)

    chosen = [fact for fact in facts if fits(fact.subject) or fits(fact.object)]
    if not chosen and not ids:
        raise UnknownName(f"nothing at the other end is called {other!r}", remedy=graph.near(other))
    return chosen


def _thing(graph: GraphView, entity: Entity, *, match: Any = "") -> Thing:
    return Thing(
        entity.id,
        entity.label,
        entity.type,
        aliases=list(entity.aliases[:10]),
        statements=graph.statements_about(entity),
        salience=entity.salience,
        match=match,
    )


def _statement(graph: GraphView, fact: Fact, *, most: int = FEW, around: int = 0) -> Statement:
    quotes, more = _quotes(graph, fact.evidence, most, around)
    qualifiers: dict[str, list[str]] = {}
    for role, end in fact.qualifiers:
        qualifiers.setdefault(role, []).append(text_of(end))
    return Statement(
        subject=fact.subject.label,
        relation=fact.relation.replace("_", " "),
        object=text_of(fact.object),
        asserted=fact.asserted,
        standing=fact.standing,
        subject_id=fact.subject.id,
        object_id=fact.object.id if isinstance(fact.object, Entity) else "",
        says=fact.saying,
        begins=_written(fact.begins),
        ends=_written(fact.ends),
        qualifiers=qualifiers,
        documents=fact.support,
        quotes=quotes,
        more_quotes=more,
    )


def _quotes(
    graph: GraphView, found: Sequence[Evidence], most: int, around: int = 0
) -> tuple[list[Quote], int]:
    """Give the first places by confidence, one a sentence, and how many sentences there are beside them."""
    places: dict[tuple[str, int], Evidence] = {}
    for each in sorted(found, key=lambda e: -e.confidence):
        places.setdefault((each.doc_id, each.start if each.sentence is None else each.sentence), each)
    chosen = list(places.values())[:most]
    return [_quote(graph, each, around) for each in chosen], len(places) - len(chosen)


def _quote(graph: GraphView, found: Evidence, around: int) -> Quote:
    document = graph.document(found.doc_id)
    start = found.start if found.sentence is None else found.sentence
    end = start + len(found.quote) if found.quote else found.end
    return Quote(
        document=found.source or found.doc_id,
        document_id=found.doc_id,
        start=start,
        end=end,
        quote=found.quote,
        claim_start=found.start,
        claim_end=found.end,
        confidence=found.confidence,
        title=(document.title if document else None) or "",
        published=_written(document.published if document else None),
        url=(document.uri if document else None) or "",
        place=found.place,
        copy_of=found.copy_of,
        context=graph.texts.get(found.doc_id, "")[max(0, start - around) : end + around] if around else "",
    )


def _by_support(fact: Fact) -> tuple[bool, int, float]:
    return not fact.asserted, -fact.support, -max((e.confidence for e in fact.evidence), default=0.0)


def _left_out(number: int, asserted: bool | None) -> str:
    stands = "not asserted" if asserted else "asserted"
    return f"{count(number, 'more fact')} {'is' if number == 1 else 'are'} {stands}; asserted=null gives all"


def _part(found: Sequence[T], limit: int, skip: int) -> Sequence[T]:
    first = max(0, skip)
    return found[first : first + _bounded(limit)]


def _bounded(limit: int) -> int:
    return max(1, min(limit, MOST))


def _day(text: str | None) -> dt.date | None:
    if text is None:
        return None
    try:
        return dt.date.fromisoformat(text)
    except ValueError:
        raise QueryError(f"{text!r} is no day", remedy="write it as YYYY-MM-DD") from None


def _written(day: dt.date | None) -> str:
    return day.isoformat() if day else ""
