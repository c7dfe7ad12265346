"""What was extracted from a document, with the facts that somebody added, and chains taken apart.

A fact that is added becomes a claim like any other, so that its ends are resolved with all others. Where two
names that are decided to be different things stand in one chain, each keeps the mentions that were joined to
it.
"""

from __future__ import annotations

import dataclasses
import re
from collections import deque
from collections.abc import Iterable, Sequence

from kg.corrections.records import TEXT, Correction, Quote, is_of, sentence_key
from kg.model import Claim, Document, Extraction, Mention, Value

ADDED = "added"


def _normalise(name: str) -> str:
    # Resolution is loaded when it is needed: processes that extract are forked from a small one.
    from kg.resolve.things import normalise

    return normalise(name)


def amended(document: Document, extraction: Extraction, corrections: Iterable[Correction]) -> Extraction:
    """Give an extraction as corrections have it; it is the same where none is about its document."""
    for each in corrections:
        if each.kind == "different":
            extraction = _apart(extraction, each)
    for each in corrections:
        if each.kind == "add" and (span := place_of(document, each)) is not None:
            extraction = _Addition(document, extraction, each, span).run()
    return extraction


# Facts that were added.


def place_of(document: Document, correction: Correction) -> tuple[int, int] | None:
    """Give where a document has the sentence of an added fact, if it is a document that is meant."""
    for quote in correction.evidence:
        if is_of(quote.source, quote.document, document.id, document.source):
            if (span := find(document.text, quote)) is not None:
                return span
    return None


def find(text: str, quote: Quote) -> tuple[int, int] | None:
    """Give where a text has a sentence, however its lines are broken."""
    words = quote.key.split()
    if not words:
        return None
    at = text.find(quote.sentence)
    if at >= 0:
        return at, at + len(quote.sentence)
    if words[0] not in text or words[-1] not in text:
        return None
    found = re.search(r"\s+".join(map(re.escape, words)), text)
    return None if found is None else found.span()


class _Addition:
    """One fact on its way into an extraction."""

    def __init__(
        self, document: Document, extraction: Extraction, correction: Correction, span: tuple[int, int]
    ) -> None:
        self.document, self.extraction, self.correction = document, extraction, correction
        self.mentions = list(extraction.mentions)
        self.sentences = list(extraction.sentences)
        self.start, self.end = self._sentence(*span)

    def run(self) -> Extraction:
        fact = self.correction
        subject = self._thing(fact.subject, fact.subject_type)
        object = self._object() if fact.object else None
        claim = Claim(
            subject=subject,
            relation="_".join(fact.relation.replace("_", " ").split()),
            object=object,
            start=self.start,
            end=self.end,
            rule=ADDED,
        )
        return dataclasses.replace(
            self.extraction,
            mentions=tuple(self.mentions),
            claims=(*self.extraction.claims, claim),
            sentences=tuple(self.sentences),
        )

    def _sentence(self, start: int, end: int) -> tuple[int, int]:
        """Give the part of the quoted sentence that is one here; what was not read becomes one."""
        for first, last in self.sentences:
            if first <= start < last:
                return start, min(end, last)
        behind = [first for first, _ in self.sentences if start < first < end]
        span = start, min(behind, default=end)
        self.sentences = sorted([*self.sentences, span])
        return span

    def _object(self) -> int:
        fact = self.correction
        if fact.object_type == TEXT:
            return self._literal("clause", None)
        if fact.object_type:
            return self._thing(fact.object, fact.object_type)
        if (known := self._known(fact.object)) is not None:
            return known
        value = value_of(fact.object)
        if value is None:
            return self._thing(fact.object, "")
        return self._literal(
            "time" if value.datatype != "integer" and value.datatype != "decimal" else "quantity", value
        )

    def _literal(self, kind: str, value: Value | None) -> int:
        words = self.correction.object
        start, end = self._words(words)
        text = self.document.text[start:end]
        return self._put(Mention(start, end, text, kind, label=words, value=value))  # type: ignore[arg-type]

    def _thing(self, name: str, type: str) -> int:
        """Give the mention of something that the document speaks of, or make one."""
        known = self._known(name)
        if known is not None:
            return known
        start, end = self._words(name)
        named = name[:1].isupper() or type not in ("", "Concept")
        chain = 1 + max((m.chain for m in self.mentions if m.chain is not None), default=-1)
        text = self.document.text[start:end]
        kind = "name" if named else "nominal"
        return self._put(Mention(start, end, text, kind, type or "Concept", name, chain))  # type: ignore[arg-type]

    def _known(self, name: str) -> int | None:
        """Give the mention of what is called so here: one in the sentence, if there is such."""
        key = _normalise(name)
        chains = set()
        alone = []
        for i, mention in enumerate(self.mentions):
            called = {mention.label or mention.text, mention.description or mention.label or mention.text}
            if mention.kind in ("name", "nominal", "event", "attribute") and key in map(_normalise, called):
                if mention.chain is None:
                    alone.append(i)
                else:
                    chains.add(mention.chain)
        found = [i for i, m in enumerate(self.mentions) if m.chain is not None and m.chain in chains] + alone
        within = [i for i in found if self.start <= self.mentions[i].start < self.end]
        return next(iter(within or found), None)

    def _words(self, name: str) -> tuple[int, int]:
        """Give where the words of a name stand: in the sentence, or a part of them; else all of it."""
        text = self.document.text
        at = text.find(name, self.start, self.end)
        if at >= 0:
            return at, at + len(name)
        for word in sorted(name.split(), key=len, reverse=True):
            found = re.compile(rf"\b{re.escape(word)}\b").search(text, self.start, self.end)
            if found is not None and len(word) > 2:
                return found.span()
        return self.start, self.end

    def _put(self, mention: Mention) -> int:
        self.mentions.append(mention)
        return len(self.mentions) - 1


_DATE = re.compile(r"\d{4}-\d\d-\d\d")


def value_of(text: str) -> Value | None:
    """Read a day, a year and month, or a number that somebody wrote down in its canonical form."""
    if _DATE.fullmatch(text):
        return Value(text, "date")
    if re.fullmatch(r"\d{4}-\d\d", text):
        return Value(text, "gYearMonth")
    if re.fullmatch(r"-?(?:0|[1-9]\d*)", text):
        return Value(text, "integer")
    return Value(text, "decimal") if re.fullmatch(r"-?(?:0|[1-9]\d*)\.\d+", text) else None


# Chains that hold two things.


def _apart(extraction: Extraction, correction: Correction) -> Extraction:
    """Take the chains of a document apart in which names of several sides of a decision stand."""
    sides: list[frozenset[str]] = [
        frozenset(_normalise(name.name) for name in side if name.is_in(extraction.doc_id, extraction.source))
        for side in correction.sides
    ]
    if sum(map(bool, sides)) < 2:
        return extraction
    chains: dict[int, list[int]] = {}
    for i, mention in enumerate(extraction.mentions):
        if mention.chain is not None:
            chains.setdefault(mention.chain, []).append(i)
    following = 1 + max(chains, default=-1)
    moved: dict[int, int] = {}
    for places in chains.values():
        seeds = _seeds(extraction.mentions, places, sides)
        if len(set(seeds.values())) < 2:
            continue
        side_of = _spread(extraction, places, seeds)
        first = min(side_of.values())
        for side in sorted(set(side_of.values()) - {first}):
            moved |= {i: following for i in places if side_of[i] == side}
            following += 1
    return _moved(extraction, moved) if moved else extraction


def _seeds(
    mentions: Sequence[Mention], places: Iterable[int], sides: Sequence[frozenset[str]]
) -> dict[int, int]:
    """Give the mentions that are names of a side, with the side; a name of two is of neither."""
    found = {}
    for i in places:
        mention = mentions[i]
        if mention.kind in ("name", "attribute"):
            key = _normalise(mention.label or mention.text)
            of = [number for number, names in enumerate(sides) if key in names]
            if len(of) == 1:
                found[i] = of[0]
    return found


def _spread(extraction: Extraction, places: Sequence[int], seeds: dict[int, int]) -> dict[int, int]:
    """Give each mention of a chain the side of the name that it was joined to by the fewest links."""
    beside: dict[int, list[int]] = {i: [] for i in places}
    for link in extraction.coref:
        if link.mention in beside and link.antecedent in beside:
            beside[link.mention].append(link.antecedent)
            beside[link.antecedent].append(link.mention)
    side_of = dict(sorted(seeds.items()))
    waiting = deque(side_of)
    while waiting:
        i = waiting.popleft()
        for other in sorted(beside[i]):
            if other not in side_of:
                side_of[other] = side_of[i]
                waiting.append(other)
    rest = min(seeds.items())[1]
    return side_of | {i: rest for i in places if i not in side_of}


def _moved(extraction: Extraction, chains: dict[int, int]) -> Extraction:
    mentions = tuple(
        dataclasses.replace(m, chain=chains[i]) if i in chains else m
        for i, m in enumerate(extraction.mentions)
    )
    links = tuple(
        link for link in extraction.coref if mentions[link.mention].chain == mentions[link.antecedent].chain
    )
    return dataclasses.replace(extraction, mentions=mentions, coref=links)


def sentences_of(document: Document, extraction: Extraction) -> set[str]:
    """Give the sentences of a document as sentences are compared."""
    return {sentence_key(document.text[start:end]) for start, end in extraction.sentences}
