"""What the page for reviewing is told, and what it decides: JSON values for the records of a graph."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from typing import Any

from kg.classes import EVENTS
from kg.correcting import Correcting, Part
from kg.correcting.doubts import Pair, candidates, doubts, merged
from kg.corrections import Correction, Name
from kg.corrections.file import CLASSES
from kg.corrections.records import stamp
from kg.counts import count
from kg.errors import GraphError, KGError, UnknownName
from kg.iri import digest, fold
from kg.model import Entity, Fact, text_of
from kg.nearest import nearest
from kg.resolve.things import best_label
from kg.vocab.phrases import phrase

MOST_PAIRS, MOST_SENTENCES, MOST_FACTS, MOST_FOUND = 200, 4, 200, 12
# What was shown is kept to be decided about, as long as it is no more than this.
MOST_KEPT = 20_000
# Relations that a thing has once: two values are a reason to look again.
ONCE = frozenset({"born_on", "born_in", "died_on", "died_in", "founded_on", "capital"})


class Review:
    """Answers the page, one question after the other."""

    def __init__(self, decide: Correcting) -> None:
        self.decide = decide
        self._facts: dict[str, Fact] = {}
        self._parts: dict[str, Part] = {}
        self.does: dict[str, Callable[[dict[str, Any]], Any]] = {
            "overview": self.overview,
            "find": self.find,
            "thing": self.thing,
            "pair": self.pair,
            "akin": self.akin,
            "decide": self.decided,
            "undo": self.undo,
        }

    def __call__(self, asked: dict[str, Any]) -> Any:
        """Give what is asked for."""
        self.follow()
        return self.does[asked["what"]](asked)

    def follow(self) -> None:
        """Let the graph obey what was written into the file by hand; what is wrong there the page is told."""
        with contextlib.suppress(KGError, OSError):
            self.decide.follow()

    # What there is to look at.

    def overview(self, _: dict[str, Any] | None = None) -> dict[str, Any]:
        """Give all that may be wrong, and what was decided."""
        self.decide.refresh()
        if len(self._facts) > MOST_KEPT:
            self._facts.clear()
        graph, listed = self.decide.graph, self.decide.listed()
        pairs = candidates(self.decide)
        seen = self.decide.corrections.reviews
        doubtful = [
            each
            for each in doubts(graph)
            # A graph in a file does not follow before its next build.
            if not any(seen.of(*_told(each.fact), e.quote, added=True) for e in each.fact.evidence)
        ]
        return {
            "graph": self.decide.where.name,
            "follows": self.decide.store is not None,
            "file": str(self.decide.path),
            "by": self.decide.by,
            "classes": sorted(CLASSES),
            "pairs": [_pair(pair) for pair in pairs[:MOST_PAIRS]],
            "more_pairs": max(0, len(pairs) - MOST_PAIRS),
            "merged": [{**_entity(e), "why": why} for e, why in merged(graph)[:MOST_PAIRS]],
            "doubts": [{**self._fact(each.fact), "why": each.why} for each in doubtful],
            "decisions": [
                {**_correction(each.correction), "number": each.number, "idle": each.why} for each in listed
            ],
        }

    def find(self, asked: dict[str, Any]) -> list[dict[str, Any]]:
        """Give the things of a name, or of one like it."""
        words, graph = fold(str(asked.get("name", ""))), self.decide.graph
        if not words:
            return []
        found = graph.find(words)
        if not graph.store.large:
            found += [e for e in graph.entities if any(words in fold(n) for n in (e.label, *e.aliases))]
            if not found:
                near = nearest(words, (n for e in graph.entities for n in (e.label, *e.aliases)))
                found = [e for name in near for e in graph.find(name)]
        once = {entity.id: entity for entity in found}
        best = sorted(once.values(), key=lambda e: (_distance(words, e), -e.salience, e.id))
        return [_entity(entity) for entity in best[:MOST_FOUND]]

    def akin(self, asked: dict[str, Any]) -> list[str]:
        """Give what the same words say besides, which goes with a fact if it is wrong."""
        found = self.decide.finder.akin(self._known(asked["key"]))
        return [" ".join((f.subject.label, phrase(f.relation), text_of(f.object))) for f in found]

    def thing(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Give all that is known of a thing: what it is called where, and its facts.

        One that has another id since, as after it was renamed or divided, is found by what it was called.
        """
        graph = self.decide.graph
        known = graph.entity_of(f"{graph.names.ent}{asked['id']}")
        entity = (
            known or next(iter(graph.find(str(asked.get("label", "")))), None) or self._entity(asked["id"])
        )
        facts = graph.facts(about=entity)
        parts = []
        for part in self.decide.finder.parts(entity):
            key = digest(f"{part.name.document} {part.name.name}", 16)
            self._parts[key] = part
            parts.append(
                {"key": key, **_name(part.name), "sentence": part.sentence, "times": len(part.places)}
            )
        return {
            **_entity(entity),
            "parts": parts,
            "facts": [self._fact(fact) for fact in facts[:MOST_FACTS]],
            "more_facts": max(0, len(facts) - MOST_FACTS),
        }

    def pair(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Give two things side by side, and what changes if they are one."""
        graph = self.decide.graph
        a, b = self._entity(asked["a"]), self._entity(asked["b"])
        facts = [graph.facts(about=a), graph.facts(about=b)]
        sides = [self._side(entity, own) for entity, own in zip((a, b), facts, strict=True)]
        return {"sides": sides, "changes": list(_changes(a, b, *facts))}

    def _side(self, entity: Entity, facts: list[Fact]) -> dict[str, Any]:
        sentences: dict[str, dict[str, str]] = {}
        for fact in facts:
            for each in fact.evidence[:1]:
                told = {"sentence": each.quote, "source": self._source(each.doc_id)}
                sentences.setdefault(each.quote, told)
        if not sentences:
            for part in self.decide.finder.parts(entity):
                told = {"sentence": part.sentence, "source": part.name.source}
                sentences.setdefault(part.sentence, told)
        documents = {doc for doc, *_ in self.decide.finder.places(entity)}
        return {
            **_entity(entity),
            "told": f"{count(len(facts), 'fact')} in {count(len(documents), 'document')}",
            "sentences": [*sentences.values()][:MOST_SENTENCES],
        }

    def _entity(self, id: str) -> Entity:
        graph = self.decide.graph
        found = graph.entity_of(f"{graph.names.ent}{id}")
        if found is None:
            raise UnknownName("this thing is no longer in the graph", remedy="look at the list again")
        return found

    def _source(self, doc: str) -> str:
        return self.decide.finder.sources.get(doc, doc)

    def _fact(self, fact: Fact) -> dict[str, Any]:
        """Give a fact, and keep it to be decided about."""
        object = fact.object.id if isinstance(fact.object, Entity) else text_of(fact.object)
        standing = (fact.asserted, fact.negated, fact.modality, fact.verdict, fact.begins, fact.ends)
        key = digest(f"{fact.subject.id} {fact.relation} {object} {standing}", 16)
        self._facts[key] = fact
        first = fact.evidence[0] if fact.evidence else None
        begin = (first.sentence or 0) if first else 0
        return {
            "key": key,
            "subject": _entity(fact.subject),
            "relation": phrase(fact.relation),
            "object": _entity(fact.object) if isinstance(fact.object, Entity) else None,
            "text": "" if isinstance(fact.object, Entity) else text_of(fact.object),
            "saying": fact.saying,
            "standing": _standing(fact),
            "verdict": fact.verdict,
            "sentence": first.quote if first else "",
            "marked": [first.start - begin, first.end - begin] if first else [],
            "source": self._source(first.doc_id) if first else "",
            "sentences": len(fact.evidence),
        }

    # What is decided.

    def decided(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Write a decision down; gives it, with why it has no effect if it has none."""
        made = _KINDS[asked["kind"]](self, asked)
        why = next((each.why for each in self.decide.idle() if each.correction.key == made.key), "")
        return {"decision": {**_correction(made), "number": len(self.decide.corrections), "idle": why}}

    def undo(self, asked: dict[str, Any]) -> dict[str, Any]:
        """Take a decision back."""
        number = asked.get("number")
        return {"decision": _correction(self.decide.undo(None if number is None else int(number)))}

    def _same(self, asked: dict[str, Any]) -> Correction:
        both = [self._entity(asked["a"]), self._entity(asked["b"])]
        return self.decide.put(self.decide.merging(both, note=asked.get("note", "")))

    def _different(self, asked: dict[str, Any]) -> Correction:
        sides = tuple(self.decide.finder.names(self._entity(asked[end])) for end in ("a", "b"))
        return self.decide.put(Correction("different", sides=sides, note=asked.get("note", "")))

    def _split(self, asked: dict[str, Any]) -> Correction:
        others = [self._parts[key].name for key in asked["parts"] if key in self._parts]
        return self.decide.split(self._entity(asked["id"]), others, note=asked.get("note", ""))

    def _call(self, asked: dict[str, Any]) -> Correction:
        entity = self._entity(asked["id"])
        act = self.decide.rename if asked["kind"] == "rename" else self.decide.retype
        return act(entity, str(asked["to"]), note=asked.get("note", ""))

    def _judge(self, asked: dict[str, Any]) -> Correction:
        fact, kind = self._known(asked["key"]), asked["kind"]
        also = self.decide.finder.akin(fact) if kind == "reject" and not asked.get("alone") else ()
        return self.decide.judge(kind, fact, also=also, note=asked.get("note", ""))

    def _known(self, key: str) -> Fact:
        if key not in self._facts:
            raise GraphError("this fact is no longer in the graph", remedy="look at the list again")
        return self._facts[key]

    def _add(self, asked: dict[str, Any]) -> Correction:
        names = ("subject", "relation", "object")
        options = ("sentence", "source", "subject_type", "object_type", "note")
        return self.decide.add(
            *(str(asked.get(name, "")) for name in names),
            **{name: str(asked.get(name, "")) for name in options},
        )


_KINDS: dict[str, Callable[[Review, dict[str, Any]], Correction]] = {
    "same": Review._same,
    "different": Review._different,
    "split": Review._split,
    "rename": Review._call,
    "retype": Review._call,
    "reject": Review._judge,
    "confirm": Review._judge,
    "add": Review._add,
}


def _entity(entity: Entity) -> dict[str, Any]:
    return {"id": entity.id, "label": entity.label, "type": entity.type, "aliases": list(entity.aliases)}


def _distance(words: str, entity: Entity) -> int:
    """Say how far a thing is from what is looked for: names that begin so are near, what happened is far."""
    label = fold(entity.label)
    if label == words:
        return 0
    begins = any(word.startswith(words) for word in (label, *label.split()))
    return (1 if begins else 2) + 2 * (entity.type in EVENTS)


def _name(name: Name) -> dict[str, str]:
    return {"name": name.name, "source": name.source, "document": name.document}


def _pair(pair: Pair) -> dict[str, Any]:
    return {"a": _entity(pair.a), "b": _entity(pair.b), "score": pair.score, "why": pair.why}


def _correction(correction: Correction) -> dict[str, Any]:
    return {
        "kind": correction.kind,
        "what": str(correction),
        "by": correction.by,
        "at": stamp(correction.at),
        "note": correction.note,
        "also": [" ".join(fact).strip() for fact in correction.also],
        "evidence": [{"sentence": q.sentence, "source": q.source or q.document} for q in correction.evidence],
    }


def _told(fact: Fact) -> tuple[list[str], str, list[str]]:
    object = fact.object
    ends = [[fact.subject.label, *fact.subject.aliases]]
    ends.append([object.label, *object.aliases] if isinstance(object, Entity) else [text_of(object)])
    return ends[0], fact.relation, ends[1]


def _standing(fact: Fact) -> str:
    """Say how a fact stands, in words."""
    words = ["asserted" if fact.asserted else ""]
    words += ["negated" if fact.negated else "", (fact.modality or "").lower(), fact.verdict]
    words += [f"by {fact.attributed_to.label}" if fact.attributed_to else ""]
    return ", ".join(filter(None, words)) or "doubtful"


def _changes(a: Entity, b: Entity, of_a: list[Fact], of_b: list[Fact]) -> Iterator[str]:
    """Say what becomes of two things if they are one."""
    person = {a.type, b.type} == {"Person"}
    label = best_label([a.label, b.label], person=person)
    others = sorted({a.label, b.label, *a.aliases, *b.aliases} - {label})
    yield f"One thing called “{label}”" + (f", also “{'”, “'.join(others)}”" if others else "")
    if a.type != b.type:
        yield f"They are of two classes now: {a.type} and {b.type}"
    between = [fact for fact in of_a if fact in of_b]
    told_a, told_b = ({_without(fact, e) for fact in own} for e, own in ((a, of_a), (b, of_b)))
    total = len(told_a | told_b) - len(between)
    both = len(told_a & told_b)
    yield f"{count(total, 'fact')} about it" + (f", {both} of them said of both now" if both else "")
    if between:
        yield f"{count(len(between), 'fact')} between the two would be about one thing, and not asserted"
    yield from _contrary(of_a, of_b, a, b)


def _contrary(of_a: Iterable[Fact], of_b: Iterable[Fact], a: Entity, b: Entity) -> Iterator[str]:
    """Name what a thing has once, and these two have differently."""
    values = [
        {f.relation: text_of(f.object) for f in own if f.subject == e and f.relation in ONCE and f.asserted}
        for e, own in ((a, of_a), (b, of_b))
    ]
    for relation in sorted(values[0].keys() & values[1].keys()):
        one, two = values[0][relation], values[1][relation]
        if one != two:
            yield f"They contradict each other: {phrase(relation)} {one}, and {two}"


def _without(fact: Fact, entity: Entity) -> tuple[str, str, bool]:
    """Give what a fact says of one of its ends."""
    other = fact.object if fact.subject.id == entity.id else fact.subject
    return fact.relation, other.id if isinstance(other, Entity) else text_of(other), other is fact.object
