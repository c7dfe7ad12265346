"""The names of a graph's things in a question: by label, alias or a part of a name, forgiving spelling."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.ask import tables
from kg.ask.words import Word, keys_of
from kg.iri import fold
from kg.model import Entity
from kg.nearest import nearest
from kg.rdf.terms import literal
from kg.search import Index
from kg.vocab import event_classes, event_terms

if TYPE_CHECKING:
    from kg.graph.view import GraphView

# So many things that share a word with a question are compared with it.
MOST = 500
# How alike a misspelt name must be to the one that is taken for it, of 100.
ALIKE = 82.0
# Things that are called by a part of their name, and by which part.
_BY_ANY_PART = frozenset({"Person"})
_BY_BEGINNING = frozenset({"Organization", "Facility", "Work", "Product"})


@dataclass(frozen=True, slots=True)
class Named:
    """The things that words from `start` to `end` name; `instead` is the name that they were taken for."""

    start: int
    end: int
    entities: tuple[Entity, ...]
    instead: str = ""


class Names:
    """Finds what the words of one question name in a graph."""

    def __init__(self, graph: GraphView, index: Index, words: Sequence[Word]) -> None:
        self.graph, self.index, self.words = graph, index, words
        self._by_words: dict[tuple[str, ...], list[Entity]] = {}
        # Those of which the words are a name, and not a noun that stands for it ("the editor").
        self._by_name: dict[tuple[str, ...], list[Entity]] = {}
        for entity in self._candidates():
            for name in dict.fromkeys((entity.label, *entity.aliases)):
                if _is_relational(entity, name):
                    continue
                self._by_words.setdefault(keys_of(name), []).append(entity)
                if _is_name(name):
                    self._by_name.setdefault(keys_of(name), []).append(entity)

    def _candidates(self) -> Iterator[Entity]:
        """Give the things that share a word with the question, those that share most first."""
        wanted = " OR ".join(dict.fromkeys(f'"{word.key}"' for word in self.words))
        rows = self.index.first("things", [wanted], MOST) if wanted else []
        return self._entities(id for id, _, _ in rows)

    def proper(self, taken: set[int]) -> list[Named]:
        """Give the names that are certain: the longest first, then parts of names, then misspelt ones."""
        found: list[Named] = []
        for finding, least in ((self._whole, 1), (self._misspelt, 2), (self._part, 1), (self._misspelt, 1)):
            for length in range(min(len(self.words), 12), least - 1, -1):
                for start in range(len(self.words) - length + 1):
                    place = range(start, start + length)
                    if taken.isdisjoint(place) and (named := finding(start, start + length)):
                        found.append(named)
                        taken.update(place)
        return sorted(found, key=lambda n: n.start)

    def nominal(self, start: int, end: int) -> tuple[Entity, ...]:
        """Give the things without a name that are called by these words: "market", "court in Ghent"."""
        found = self._called(start, end)
        if not found and end - start > 1:
            # "Two engineers" are the "two engineers kidnapped near Eskil".
            keys = self._keys(start, end)
            longer = (n for n in self._by_words if n[: len(keys)] == keys and n not in self._by_name)
            found = [entity for name in longer for entity in self._by_words[name]]
        return self._ordered(e for e in found if not _is_event(e))

    def is_written(self, words: str) -> bool:
        """Whether the graph says just these words of something: "four years in prison"."""
        ours = (f"<{self.graph.names.rel}", *(f"<{self.graph.names.kg}{name}>" for name in event_terms()))
        written = (literal(words, lang=lang) for lang in (self.graph.lang, None))
        said = (triple for each in written for triple in self.graph.store.matching(None, None, each))
        return any(predicate.startswith(ours) for _, predicate, _ in said)

    def _called(self, start: int, end: int) -> list[Entity]:
        return self._by_words.get(self._keys(start, end), [])

    def _keys(self, start: int, end: int) -> tuple[str, ...]:
        return tuple(word.key for word in self.words[start:end])

    def _whole(self, start: int, end: int) -> Named | None:
        if end - start == 1 and self._is_other(start):
            return None
        called = self._by_name.get(self._keys(start, end), [])
        # What happened is called by a name only as a whole: "acquisition of Vero by Halm Group, 2010".
        fitting = [e for e in called if not _is_event(e)] or (called if end - start > 3 else [])
        return Named(start, end, self._ordered(fitting)) if fitting else None

    def _part(self, start: int, end: int) -> Named | None:
        """Give those whose surname, or whose name's beginning, stands there with a capital."""
        if not all(word.text[0].isupper() for word in self.words[start:end]):
            return None
        if end - start == 1 and self._is_other(start):
            return None
        keys = self._keys(start, end)
        fitting = []
        for name, entities in self._by_name.items():
            for entity in entities:
                whole = len(name) > len(keys)
                if whole and entity.type in _BY_BEGINNING and name[: len(keys)] == keys:
                    fitting.append(entity)
                elif whole and entity.type in _BY_ANY_PART and len(keys) == 1 and keys[0] in name:
                    fitting.append(entity)
        return Named(start, end, self._ordered(fitting)) if fitting else None

    def _misspelt(self, start: int, end: int) -> Named | None:
        """Give the thing whose name is nearly what stands there with capitals, where there is one such."""
        if not self._looks_like_name(start, end):
            return None
        written = " ".join(word.text for word in self.words[start:end])
        labels = self.index.labels()
        known = [n for n in labels if _is_name(n) and abs(len(n.split()) - (end - start)) < 2]
        near = nearest(written, known, most=2, least=ALIKE)
        if not near or len({fold(label) for label in near}) > 1:
            return None
        called = self._ordered(e for e in self._entities(labels[near[0]]) if not _is_event(e))
        return Named(start, end, called, instead=near[0]) if called else None

    def _looks_like_name(self, start: int, end: int) -> bool:
        """Whether words are all that has capitals in one place, and are not what begins the question."""
        words = self.words[start:end]
        if not all(word.text[0].isupper() and len(word.key) > 2 for word in words):
            return False
        return not (self._is_other(start) or (start == 0 and len(words) == 1) or self._grows(start, end))

    def _grows(self, start: int, end: int) -> bool:
        """Whether the word before or behind belongs to the same name, as it has a capital, too."""
        before = start > 1 and self.words[start - 1].text[0].isupper()
        behind = end < len(self.words) and self.words[end].text[0].isupper()
        return before or behind

    def _is_other(self, at: int) -> bool:
        """Whether a word by itself is one of the language, not a name."""
        word = self.words[at]
        return (word.text.islower() or at == 0) and is_known(word.key)

    def near(self, written: str) -> list[str]:
        """Give the names that are most like one that nothing bears."""
        names = (label for label in self.index.labels() if label[:1].isupper())
        return nearest(written, names, least=75.0)

    def _entities(self, ids: Iterable[str]) -> Iterator[Entity]:
        """Give the things of local names."""
        for id in ids:
            if (entity := self.graph.entity_of(self.graph.names.ent + id)) is not None:
                yield entity

    def _ordered(self, entities: Iterable[Entity]) -> tuple[Entity, ...]:
        return tuple(sorted(set(entities), key=lambda e: (-e.salience, e.id)))


def is_known(word: str) -> bool:
    """Whether a word is one that questions are made of, a verb or noun that something is told by."""
    lists = ("be", "do", "have", "modal", "articles", "place", "course", "idle", "link", "bound", "people")
    return (
        word in tables.table()["asks"]
        or any(word in tables.words(name) for name in lists)
        or word in tables.verbs()
        or bool(tables.classes_of_noun(word))
        or bool(tables.meanings_of_noun(word))
        or tables.classes_of_things(word) is not None
        or tables.is_office(word)
    )


def _is_name(name: str) -> bool:
    """Whether what something is called is a name, or has one in it."""
    return any(word[:1].isupper() for word in name.split())


def _is_relational(entity: Entity, name: str) -> bool:
    """Whether somebody is called by what he is to another, which is asked for: "wife of Daan Mertens"."""
    noun = name.partition(" of ")[0]
    if entity.type not in ("Person", "Group") or noun == name or not noun.islower():
        return False
    return bool(tables.meanings_of_noun(noun.split()[-1])) or tables.is_office(noun.split()[-1])


def _is_event(entity: Entity) -> bool:
    """Whether a thing is an event of a class that has roles, which questions describe rather than name."""
    return entity.type in event_classes()
