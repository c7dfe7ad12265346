"""The phrases of a question, one after another, each a letter: what forms are written in."""

from __future__ import annotations

from typing import Any

from kg.ask import tables
from kg.ask.cutting import Cut, Phrase
from kg.ask.noun_phrases import NounPhrases
from kg.ask.records import Asked, Unread, Verb
from kg.ask.verb_phrases import VerbPhrases

_HOW_MANY: dict[str, Any] = {"much": "how much", "many": "how many"}


def cut_into_phrases(cut: Cut) -> list[Phrase]:
    """Give the phrases of a question; raise `Unread` with the words that belong to none."""
    return _Phrases(cut).all()


class _Phrases:
    """Cuts the words of a question into phrases."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.verbs, self.nouns = VerbPhrases(cut), NounPhrases(cut)

    def all(self) -> list[Phrase]:
        cut, at = self.cut, 0
        while at < len(cut.words):
            phrase = self._next(at)
            if phrase is not None:
                cut.found.append(phrase)
            elif cut.key(at) not in tables.words("idle") | self._idle():
                cut.left.append(cut.words[at].text)
            at = phrase.end if phrase is not None else at + 1
        if cut.left:
            raise Unread(cut.left)
        return cut.found

    def _idle(self) -> frozenset[str]:
        """Give the words that add nothing where a sum is asked for: "how much is it worth"."""
        asked = self.cut.found[0].value if self.cut.found else None
        much = isinstance(asked, Asked) and asked.kind == "how much"
        return tables.words("worth") if much else frozenset()

    def _next(self, at: int) -> Phrase | None:
        if at in self.cut.times:
            end, period = self.cut.times[at]
            return Phrase("T", at, end, period)
        if at not in self.cut.named:
            verbs = self.verbs
            for reading in (self._clause, self._asked, verbs.auxiliary, self._link, verbs.verb, self._small):
                if (phrase := reading(at)) is not None:
                    return phrase
        return self.nouns.thing(at)

    def _clause(self, at: int) -> Phrase | None:
        """Take what somebody is asked to have said whole: "that Vero was sold"."""
        cut = self.cut
        before = cut.found[-1].value if cut.found else None
        said = isinstance(before, Verb) and before.lemma in tables.words("verbs", of="said")
        if cut.key(at) != "that" or not said:
            return None
        untold = tables.words("articles") | tables.words("be")
        telling = [w.text for w in cut.words[at + 1 :] if w.key not in untold]
        return Phrase("C", at, len(cut.words), tuple(telling)) if telling else None

    # What is asked.

    def _asked(self, at: int) -> Phrase | None:
        cut, key = self.cut, self.cut.key(at)
        if cut.letters.strip("P"):
            return None
        if key == "how":
            return self._how(at)
        kind: Any = tables.table()["asks"].get(key)
        if kind is None:
            return None
        end, noun = self.nouns.bare(at + 1) if kind in ("which", "what", "whose") else (at + 1, "")
        if noun in tables.words("nouns", of="day"):
            kind = "when"
        elif noun and kind == "what":
            kind = "which"
        return Phrase("Q", at, end, Asked(kind, noun, cut.text(at, end)))

    def _how(self, at: int) -> Phrase | None:
        cut, second = self.cut, self.cut.key(at + 1)
        if kind := _HOW_MANY.get(second):
            end, noun = self.nouns.bare(at + 2)
            return Phrase("Q", at, end, Asked(kind, noun, cut.text(at, end)))
        if second in tables.table()["how"]:
            return Phrase("Q", at, at + 2, Asked("how", second, f"how {second}"))
        if second in tables.words("be") and any(w.key in tables.words("bound") for w in cut.words):
            return Phrase("Q", at, at + 1, Asked("how", "", "how"))
        return None

    # What stands between them.

    def _link(self, at: int) -> Phrase | None:
        cut, key = self.cut, self.cut.key(at)
        verbs = tables.words("link")
        linking = verbs | tables.words("bound") | tables.words("links") | {f"{verb}s" for verb in verbs}
        if key == "and" and any(w.key in linking for w in cut.words):
            return Phrase("A", at, at + 1)
        bound = key in tables.words("bound") and "B" in cut.letters
        if bound or (cut.letters.endswith("Q") and cut.lemma(at) in tables.words("link")):
            return Phrase("L", at, at + 1)
        return None

    def _small(self, at: int) -> Phrase | None:
        word = self.cut.words[at]
        if word.tag in ("IN", "TO", "RP") or word.key in tables.words("place"):
            return Phrase("P", at, at + 1, word.key)
        return None
