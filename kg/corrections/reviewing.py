"""How statements stand by what people said, found by sentence, relation and the names of both ends."""

from __future__ import annotations

from collections.abc import Iterable

from kg.corrections.records import OF_FACTS, Correction, sentence_key
from kg.iri import fold, relation_words


class Reviews:
    """The corrections of facts, as mapping asks for them."""

    def __init__(self, corrections: Iterable[Correction]) -> None:
        self._at: dict[str, list[Correction]] = {}
        self._always: dict[str, list[Correction]] = {}
        for each in corrections:
            if each.kind not in OF_FACTS:
                continue
            for key in {quote.key for quote in each.evidence}:
                self._at.setdefault(key, []).append(each)
            for key in (
                {relation_words(relation) for _, relation, _ in each.facts} if not each.evidence else ()
            ):
                self._always.setdefault(key, []).append(each)

    def __bool__(self) -> bool:
        return bool(self._at or self._always)

    def of(
        self, subject: Iterable[str], relation: str, object: Iterable[str], sentence: str, *, added: bool
    ) -> Correction | None:
        """Give the last correction of a fact that was read from a sentence, told by all names of its ends.

        What was `added` is told apart from what the same sentence was read to say.
        """
        found = [*self._always.get(relation_words(relation), ()), *self._at.get(sentence_key(sentence), ())]
        if not found:
            return None
        ends = frozenset(map(fold, subject)), frozenset(map(fold, object))
        fitting = [
            each
            for each in found
            if (added or each.kind != "add") and each.is_about(ends[0], relation, ends[1])
        ]
        return fitting[-1] if fitting else None
