"""The verbs of a question: what helps them, their particles, and what "plan to" makes of them."""

from __future__ import annotations

from kg.ask import tables
from kg.ask.cutting import Cut, Phrase
from kg.ask.records import Unread, Verb
from kg.extract.lexicon.inflect import verbs_of_third_person

_PARTICIPLE = ("VBN", "VBD", "JJ")


class VerbPhrases:
    """Reads verbs and auxiliaries where they stand."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut

    def auxiliary(self, at: int) -> Phrase | None:
        """Give a form of "do", "be" or "have" that helps a verb, or "there"; refuse modal words and "not"."""
        cut, key = self.cut, self.cut.key(at)
        if key in tables.words("modal"):
            rest = [cut.words[i].text for i in cut.common(at + 1)] if not cut.found else []
            raise Unread([*cut.left, cut.words[at].text, *rest])
        last = cut.letters[-1:]
        letters = {
            "D": key in tables.words("do") and any(map(self._is_base, cut.common(at + 1))),
            "B": key in tables.words("be") and (key != "'s" or last == "Q"),
            "H": key in tables.words("have") and any(map(self._is_past, cut.common(at + 1))),
            "U": key == "there" and last == "B",
        }
        return next((Phrase(letter, at, at + 1) for letter, fits in letters.items() if fits), None)

    def _is_base(self, at: int) -> bool:
        return self.cut.words[at].tag in ("VB", "VBP") or self.cut.key(at) in tables.verbs()

    def _is_past(self, at: int) -> bool:
        return self.cut.words[at].tag in ("VBN", "VBD")

    def verb(self, at: int) -> Phrase | None:
        """Give the verb that stands at a word."""
        lemma = self._lemma(at)
        if not lemma:
            return None
        lemma, end = self._with_particle(lemma, at + 1)
        if lemma in tables.words("happen"):
            return Phrase("E", at, end)
        standing = tuple(tables.table()["standing"].get(lemma, "").split())
        if standing and (merged := self._planned(at, end, standing)):
            return merged
        passive = self.cut.words[at].tag in _PARTICIPLE and self._behind_be()
        return Phrase("V", at, end, Verb(lemma, self.cut.text(at, end), participle=passive))

    def _lemma(self, at: int) -> str:
        """Give the lemma of a word that is the verb of the question; empty where it is none."""
        word, letters = self.cut.words[at], self.cut.letters
        done = bool(set("VEL") & set(letters))
        if word.key in tables.words("do") or done or ("Q" in letters and letters[-1] == "P"):
            return ""
        known = word.key in tables.verbs()
        if "D" in letters and letters[-1] == "N" and known:
            # The tagger may see a noun in it: "did the court sentence X".
            return self.cut.lemma(at) if word.tag.startswith("VB") else word.key
        if word.tag.startswith("VB"):
            return self.cut.lemma(at)
        if word.tag == "JJ" and self._behind_be() and self.cut.lemma(at) in tables.verbs():
            return self.cut.lemma(at)
        return self._likely(at)

    def _likely(self, at: int) -> str:
        """Give the verb that must stand behind "who" or "is X", though the tagger sees a noun in it."""
        letters, key = self.cut.letters, self.cut.key(at)
        if letters == "Q" and not self.cut.found[0].value.noun:
            forms = (key, *verbs_of_third_person(key))
        elif letters.endswith("BN") and key.endswith("ing"):
            forms = (key[:-3], f"{key[:-3]}e", key[:-4])
        else:
            return ""
        known = tables.verbs() | tables.table()["standing"].keys()
        return next((form for form in forms if form in known), "")

    def _behind_be(self) -> bool:
        letters = self.cut.letters
        return letters.endswith("B") or "BN" in letters

    def _planned(self, at: int, end: int, standing: tuple[str, ...]) -> Phrase | None:
        """Take "plan to buy", "is said to have bought" as one verb, whose standing the first one says."""
        if self.cut.key(end) != "to":
            return None
        inner, participle = end + 1, False
        while self.cut.key(inner) in ("have", "be", "been"):
            participle = self.cut.key(inner) != "have"
            inner += 1
        if inner >= len(self.cut.words) or self.cut.in_name(inner) or not self._verb_like(inner):
            return None
        lemma, behind = self._with_particle(self.cut.lemma(inner), inner + 1)
        words = self.cut.text(at, behind)
        return Phrase("V", at, behind, Verb(lemma, words, participle=participle, standing=standing))

    def _verb_like(self, at: int) -> bool:
        return self.cut.words[at].tag.startswith("VB") or self.cut.key(at) in tables.verbs()

    def _with_particle(self, lemma: str, end: int) -> tuple[str, int]:
        particle = self.cut.key(end)
        if particle in tables.words("particle") and f"{lemma}_{particle}" in tables.verbs():
            return f"{lemma}_{particle}", end + 1
        if lemma == "take" and particle == "place":
            return "take_place", end + 1
        return lemma, end
