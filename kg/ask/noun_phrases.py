"""The noun phrases of a question: names, nouns with what hangs on them, words that the graph has just so."""

from __future__ import annotations

from dataclasses import replace

from kg.ask import tables
from kg.ask.cutting import Cut, Phrase
from kg.ask.records import Thing, ThingKind
from kg.ask.times import Period

_NOUN = ("NN", "NNS", "NNP", "NNPS")
_WITHIN = (*_NOUN, "JJ", "JJR", "JJS", "CD", "VBG")
# What a noun that says what one is to another takes behind it, and an office.
_OF = frozenset({"of"})
_OFFICE = frozenset("of for in at to".split())
# So many words that the graph has just so are looked for.
LONGEST = 9


class NounPhrases:
    """Reads noun phrases where they stand."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut

    def thing(self, at: int) -> Phrase | None:
        """Give the noun phrase that begins at a word."""
        start = at
        if at not in self.cut.named and self.cut.key(at) in tables.words("articles"):
            at += 1
        if at >= len(self.cut.words):
            return None
        found = self._name(at) if at in self.cut.named else self._as_written(at) or self._noun(at)
        return None if found is None else self._with_owner(start, *found)

    def bare(self, at: int) -> tuple[int, str]:
        """Give the end and the noun that follows a question word at once; what is before the noun is left."""
        cut, end = self.cut, at
        while end < len(cut.words) and end not in cut.named and end not in cut.times:
            if not self._goes_on(at, end) or (end > at and self._is_last_verb(end)):
                break
            end += 1
        # "What links X and Y": a verb that the tagger takes for a noun.
        if end == at or (end == at + 1 and cut.key(at) in tables.words("link")):
            return at, ""
        noun = cut.lemma(end - 1)
        if end == at + 1:
            return end, noun
        phrase = " ".join([*(cut.lemma(i) for i in range(at, end - 1)), noun])
        if tables.meanings_of_noun(phrase):
            return end, phrase
        # It would be left out of account.
        cut.left.append(cut.text(at, end - 1))
        return end, noun

    def _is_last_verb(self, at: int) -> bool:
        """Whether a word must be the verb, as no other is behind it: "which countries border X"."""
        if self.cut.key(at) not in tables.verbs():
            return False
        helping = tables.words("be") | tables.words("do") | tables.words("have")
        later = [self.cut.words[i] for i in self.cut.common(at + 1)]
        return not any(word.tag.startswith("VB") or word.key in helping for word in later)

    def _goes_on(self, at: int, end: int) -> bool:
        tag = self.cut.words[end].tag
        return tag in _WITHIN and not (end > at and tag == "VBG")

    def _name(self, at: int) -> tuple[Thing, int]:
        named = self.cut.named[at]
        return Thing("name", self.cut.text(at, named.end), named.entities), named.end

    def _with_owner(self, start: int, thing: Thing, end: int) -> Phrase:
        """Read "Senn's daughter" as the daughter of Senn."""
        while self.cut.key(end) == "'s" and (found := self._noun(end + 1)):
            of, end = found
            words = f"{thing.words}'s {of.words}"
            thing = replace(of, words=words, inner=(("of", thing), *of.inner))
        return Phrase("N", start, end, thing)

    def _as_written(self, at: int) -> tuple[Thing, int] | None:
        """Read words that the graph has just so: "four years in prison", "court in Ghent"."""
        for end in range(min(len(self.cut.words), at + LONGEST), at + 1, -1):
            words = self.cut.text(at, end)
            if found := self.cut.names.nominal(at, end):
                return Thing("name", words, found), end
            if self.cut.names.is_written(words):
                return Thing("text", words), end
        return None

    def _noun(self, at: int) -> tuple[Thing, int] | None:
        """Read a common noun with the words before it, and what hangs on it."""
        cut = self.cut
        end, times = self._extent(at)
        nouns = [i for i in range(at, end) if i not in cut.times]
        if not nouns:
            return None
        noun = cut.lemma(nouns[-1])
        if cut.words[nouns[-1]].tag not in (*_NOUN, "CD", "VBG") and not tables.classes_of_noun(noun):
            return None
        phrase = " ".join([*(cut.key(i) for i in nouns[:-1]), noun])
        thing = Thing("unknown", cut.text(at, end), noun=noun, phrase=phrase, times=tuple(times))
        return self._hanging(self._of_kind(thing, at, end), end)

    def _extent(self, at: int) -> tuple[int, list[Period]]:
        """Give where a noun phrase ends, and the years in it: "the 2018 election"."""
        cut, end, times = self.cut, at, list[Period]()
        while end < len(cut.words) and end not in cut.named:
            if end in cut.times and cut.times[end][0] == end + 1:
                times.append(cut.times[end][1])
            elif not self._goes_on(at, end) or self._ends_before(at, end):
                break
            end += 1
        return end, times

    def _ends_before(self, at: int, end: int) -> bool:
        """Whether a word is the verb behind a noun, though it could be a noun: "did the court sentence X"."""
        letters = set(self.cut.letters)
        waiting = "D" in letters and not letters & set("VE")
        verb = waiting and end > at and self.cut.key(end) in tables.verbs()
        return verb or self.cut.key(end) in tables.words("worth")

    def _of_kind(self, thing: Thing, at: int, end: int) -> Thing:
        """Say of which kind a noun phrase is: unknown where words before the noun have no place."""
        a = at > 0 and self.cut.key(at - 1) in ("a", "an")
        there = () if a else self.cut.names.nominal(at, end)
        kind = self._kind(thing, a, bool(there), self.cut.key(end))
        return replace(thing, kind=kind, entities=there if kind == "name" else ())

    def _kind(self, thing: Thing, a: bool, there: bool, behind: str) -> ThingKind:
        noun, bare = thing.noun, thing.phrase == thing.noun
        classes = tables.classes_of_things(noun) is not None
        kinds: tuple[tuple[ThingKind, bool], ...] = (
            ("event", bare and bool(tables.classes_of_noun(noun)) and not tables.meanings_of_noun(noun)),
            ("name", there and behind != "of"),
            ("noun", bool(tables.meanings_of_noun(thing.phrase)) or tables.is_office(noun)),
            ("class", bare and (a or classes)),
            ("name", there),
            ("text", self.cut.names.is_written(thing.words)),
        )
        return next((kind for kind, fits in kinds if fits), "unknown")

    def _hanging(self, thing: Thing, end: int) -> tuple[Thing, int]:
        """Take in what hangs on a noun by prepositions that it has a place for."""
        cut, wanted = self.cut, self._prepositions(thing)
        while end + 1 < len(cut.words):
            if end in cut.times and thing.kind == "event":
                end, period = cut.times[end]
                thing = replace(thing, times=(*thing.times, period))
                continue
            preposition = cut.key(end)
            if end in cut.times or preposition not in wanted or (phrase := self.thing(end + 1)) is None:
                break
            thing = replace(thing, inner=(*thing.inner, (preposition, phrase.value)))
            end = phrase.end
        return thing, end

    def _prepositions(self, thing: Thing) -> frozenset[str]:
        if thing.kind == "event":
            frames = tables.frames_of_noun(thing.noun)
            return tables.words("place").union(("of", "by"), *(frame.noun_slots for frame in frames))
        if thing.kind == "noun":
            return _OFFICE if tables.is_office(thing.noun) else _OF
        return _OF if thing.kind == "unknown" else frozenset()
