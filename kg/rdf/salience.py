"""How much the texts are about a thing, as triples: `kg:salience` of each entity."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping

from kg.model import Entity
from kg.rdf.terms import Triple, decimal, read_literal
from kg.salience import Saying, score, shares, worth
from kg.vocab import RDF, Names, narrower

_PARTS = ("subject", "predicate", "object")


def document_shares(triples: Iterable[Triple], names: Names) -> dict[str, int]:
    """Give what entities, by id, gain by the triples of one document."""
    kg, ent = names.kg, names.ent
    wanted = {f"<{RDF}{part}>": part for part in _PARTS} | {
        f"<{kg}{part}>": part for part in ("asserted", "negated", "modality", "attributedTo", "beginIndex")
    }
    statements: dict[str, dict[str, str]] = {}
    plain: list[Saying] = []
    statement, entity, relation = f"<{names.st}", f"<{ent}", f"<{names.rel}"
    for s, p, o in triples:
        if s.startswith(statement):
            if part := wanted.get(p):
                statements.setdefault(s, {})[part] = o
        elif p.startswith(relation) and s.startswith(entity):
            plain.append(Saying("", _id(s, ent), _end(o, ent), 1.0, 0))
    said = [_saying(parts, kg, ent) for _, parts in sorted(statements.items()) if "subject" in parts]
    # A graph without provenance has its facts alone.
    return shares(said or plain)


def _saying(parts: Mapping[str, str], kg: str, ent: str) -> Saying:
    modality = parts.get("modality")
    value = worth(
        asserted=parts.get("asserted", "").startswith('"true"'),
        negated=parts.get("negated", "").startswith('"true"'),
        modality=modality[1:-1].removeprefix(kg) if modality else None,
        said="attributedTo" in parts,
    )
    begin = int(read_literal(parts["beginIndex"]).text) if "beginIndex" in parts else 0
    return Saying("", _id(parts["subject"], ent), _end(parts.get("object", '""'), ent), value, begin)


def _id(node: str, ent: str) -> str:
    return node[1:-1].removeprefix(ent)


def _end(node: str, ent: str) -> str | None:
    return _id(node, ent) if node.startswith(ent, 1) and node[0] == "<" else None


def salience_triples(totals: Mapping[str, int], entities: Iterable[Entity], names: Names) -> Iterator[Triple]:
    """Give the salience of each entity of which something is said, given the sum of its shares."""
    predicate = f"<{names.kg}salience>"
    for entity in sorted(entities, key=lambda e: e.id):
        if total := totals.get(entity.id):
            value = score(total, id=entity.id, kind=entity.type, event=entity.type in event_classes())
            yield f"<{names.ent}{entity.id}>", predicate, decimal(value, 3)


def event_classes() -> frozenset[str]:
    """Give the names of the classes of events: `Event` and those below it."""
    return narrower("Event")
