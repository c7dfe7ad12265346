"""The classes of one schema: by their labels, what they are below, and members given as examples."""

from __future__ import annotations

from kg.extract.lexicon.inflect import singular
from kg.extract.schema.classes import Class, classes_of
from kg.schema import Concept, Schema

# What a class is whose label says nothing: its members are known by the schema's examples alone.
UNKNOWN = "Other"
DEEPEST = 20


class Concepts:
    """Finds the classes that a schema's labels stand for."""

    def __init__(self, schema: Schema) -> None:
        self.by_label: dict[str, Concept] = {}
        self.by_iri: dict[str, Concept] = {}
        for concept in schema.concepts:
            for label in (concept.label, *concept.also):
                self.by_label.setdefault(label.lower(), concept)
            self.by_iri.setdefault(concept.iri, concept)

    def classes_of(self, label: str) -> tuple[Class, ...]:
        """Give the classes that a label stands for; several labels are written with `|`."""
        found = (c for part in label.split("|") for c in self._of(part.strip().lower()))
        return tuple(dict.fromkeys(found))

    def _of(self, label: str, depth: int = 0) -> tuple[Class, ...]:
        concept = self.by_label.get(label)
        if concept is None or depth > DEEPEST:
            return classes_of(label)
        members = frozenset(e.lower() for e in concept.examples)
        labels = (label, concept.label, *concept.also)
        found = next((c for each in labels if (c := classes_of(each))), ()) or self._above(concept, depth)
        if not members:
            return found
        kind = found[0].type if found else UNKNOWN
        return (*found, Class(label, kind, members=members))

    def _above(self, concept: Concept, depth: int) -> tuple[Class, ...]:
        """Give the classes of what a class is below."""
        for iri in concept.above:
            wider = self.by_iri.get(iri)
            found = classes_of(_local(iri)) if wider is None else self._of(wider.label.lower(), depth + 1)
            if found:
                return found
        return ()

    def named(self, noun: str) -> Concept | None:
        """Give the class that a noun of a text names: by its label, its other labels, or its examples."""
        noun = noun.lower()
        for name in (noun, singular(noun)):
            if name in self.by_label:
                return self.by_label[name]
        return next((c for c in self.by_iri.values() if noun in map(str.lower, c.examples)), None)

    def covers(self, wide: Concept, narrow: Concept) -> bool:
        """Whether a class is another or lies below it."""
        seen: set[str] = set()
        waiting = [narrow]
        for concept in waiting:
            if concept == wide:
                return True
            if concept.iri not in seen:
                seen.add(concept.iri)
                waiting += [self.by_iri[iri] for iri in concept.above if iri in self.by_iri]
        return False


def _local(iri: str) -> str:
    """Give the name of a class of another vocabulary, as `Person` of schema.org.

    >>> _local("https://schema.org/Person"), _local("http://www.wikidata.org/entity/Q5")
    ('person', 'q5')
    """
    return iri.rstrip("/#").replace("#", "/").rpartition("/")[2].lower()
