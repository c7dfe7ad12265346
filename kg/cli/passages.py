"""Facts by the sentences that they were read from, in the order of the documents; an event is in one place.

What takes part in an event may be told in several sentences. All of it is put where the first of them is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.model import Document, Entity, Event, Evidence, Fact
from kg.vocab import event_classes


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence with what was read from it; `evidence` is None for what no sentence is known of."""

    evidence: Evidence | None
    events: tuple[Event, ...] = ()
    facts: tuple[Fact, ...] = ()


def passages(facts: Iterable[Fact], documents: Iterable[Document]) -> Iterator[Passage]:
    """Give the sentences of facts as a reader meets them, those of each document together."""
    order = {document.id: i for i, document in enumerate(sorted(documents, key=_by_source))}

    def where(evidence: Evidence) -> tuple[int, str, int, int]:
        begin = evidence.start if evidence.sentence is None else evidence.sentence
        return order.get(evidence.doc_id, len(order)), evidence.doc_id, begin, evidence.start

    def first(found: Iterable[Fact]) -> Evidence | None:
        return min((e for fact in found for e in fact.evidence), key=where, default=None)

    there: dict[tuple[str, object], list[tuple[Evidence | None, Event | Fact]]] = {}
    for item in _with_events(facts):
        evidence = first(item.facts if isinstance(item, Event) else (item,))
        there.setdefault(_sentence(evidence), []).append((evidence, item))
    found = [
        _passage(sorted(group, key=lambda told: where(told[0]) if told[0] else (-1, "", 0, 0)))
        for group in there.values()
    ]
    yield from sorted(found, key=lambda each: where(each.evidence) if each.evidence else (-1, "", 0, 0))


def is_role(fact: Fact) -> bool:
    """Whether a fact says what part something has in an event, which is its subject."""
    return fact.relation.startswith(("kg:", "sem:")) and fact.subject.type in event_classes()


def _with_events(facts: Iterable[Fact]) -> Iterator[Event | Fact]:
    """Give facts, those of an event's roles as one."""
    events: dict[Entity, list[Fact]] = {}
    for fact in facts:
        if is_role(fact):
            events.setdefault(fact.subject, []).append(fact)
        else:
            yield fact
    for entity, told in events.items():
        yield Event(entity, tuple(told))


def _sentence(evidence: Evidence | None) -> tuple[str, object]:
    """Give what two places in one sentence have in common."""
    if evidence is None:
        return "", None
    return evidence.doc_id, evidence.quote if evidence.sentence is None else evidence.sentence


def _passage(told: Sequence[tuple[Evidence | None, Event | Fact]]) -> Passage:
    items = [item for _, item in told]
    return Passage(
        told[0][0],
        tuple(item for item in items if isinstance(item, Event)),
        tuple(item for item in items if isinstance(item, Fact)),
    )


def _by_source(document: Document) -> tuple[list[str | int], str]:
    """Give what puts documents in order: the names of their files, in which 2 comes before 10."""
    parts = re.split(r"(\d+)", document.source)
    return [int(part) if i % 2 else part for i, part in enumerate(parts)], document.id
