"""A document while it is being read: its parsed blocks, the mentions and claims drawn so far.

Components take a `Reading` and add to it; `Reading.to_extraction` gives it as an `Extraction`. Drafts hold
tokens of spaCy Docs and live only inside this package.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from spacy.tokens import Doc, Span, Token

from kg.model import (
    OBJECT,
    Claim,
    CorefLink,
    Document,
    Extraction,
    Mention,
    MentionKind,
    Modality,
    Reference,
    Value,
)

if TYPE_CHECKING:
    from kg.extract.claims.factuality import Factuality
    from kg.extract.events.records import EventDraft
    from kg.extract.mentions.known import Known
    from kg.extract.parse.tree import Tree
    from kg.extract.values.quantities import Numbers


@dataclass(slots=True, eq=False)
class ParsedBlock:
    """One block of a document as a parsed Doc; character `i` of the Doc is `start + i` of the document."""

    index: int
    doc: Doc
    start: int
    kind: str
    # Made on first use: the tree with its repairs, and the numbers.
    tree: Tree | None = None
    numbers: Numbers | None = None
    # How each clause stands to what is so, under the index of its verb.
    factualities: dict[int, Factuality] = field(default_factory=dict)
    # The time or quantity that a token lies in; the tokens of names, save those that head them.
    measures: dict[int, MentionDraft] = field(default_factory=dict)
    inner: frozenset[int] = frozenset()
    # Where the name of whoever says it begins in the document, or -1.
    speaker: int = -1
    # Who says "I" in it, and who "you" is; None where nobody tells.
    said_by: MentionDraft | None = None
    said_to: MentionDraft | None = None

    def with_sentence_before(self, token: Token) -> range:
        """Give the tokens of a token's sentence and of the one before it."""
        start = token.sent.start
        return range(self.doc[start - 1].sent.start if start else start, token.sent.end)


@dataclass(slots=True, eq=False)
class MentionDraft:
    """A mention being made: a span of one block, with the token that heads it."""

    block: ParsedBlock
    span: Span
    head: Token
    kind: MentionKind
    type: str = "Concept"
    label: str = ""
    chain: int | None = None
    value: Value | None = None
    confidence: float = 1.0
    description: str = ""
    reference: Reference = ""


@dataclass(slots=True, eq=False)
class ClaimDraft:
    """A claim being made; its arguments are mention drafts, `words` the relation's tokens in order."""

    block: ParsedBlock
    subject: MentionDraft
    relation: str
    object: MentionDraft | None
    words: tuple[Token, ...]
    rule: str
    qualifiers: list[tuple[str, MentionDraft]] = field(default_factory=list)
    negated: bool = False
    modality: Modality | None = None
    asserted: bool = True
    attributed_to: MentionDraft | None = None
    begins: dt.date | None = None
    ends: dt.date | None = None
    confidence: float = 1.0
    # Of each qualifier's own triple.
    qualifier_confidence: list[float] = field(default_factory=list)
    # That what is said is not wrong, whatever it leaves out: of the object, and of each qualifier.
    right: float = 1.0
    qualifier_right: list[float] = field(default_factory=list)
    noun: str = ""
    # Whether an event tells who did it to whom, or what with what, as roles of its own.
    told: bool = False
    # Why the claim is not taken for one, though the text states it: what it lost, or that it says nothing.
    doubt: str = ""
    # Whether the object alone is no more than a part of what is said: "told reporters that …".
    partial: bool = False
    # The places of qualifiers whose own triples are no more than that: "dismissed him after …".
    parts: frozenset[int] = frozenset()
    # What its clause says beside these ends, in the words of the text.
    beside: list[MentionDraft] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Setting:
    """The names of the body, the land and the town that a text is about, each empty if it is not one."""

    body: str = ""
    chain: int | None = None
    land: str = ""
    town: str = ""


# A qualifier that less likely belongs to its claim is not told with it.
RIGHT = 0.4


class Reading:
    """One document being read."""

    def __init__(self, document: Document, blocks: list[ParsedBlock]) -> None:
        self.document = document
        self.blocks = blocks
        # The `kg.extract.mentions.known.Known` names of a table of the user's.
        self.known: Known | None = None
        self.mentions: list[MentionDraft] = []
        self.claims: list[ClaimDraft] = []
        # What the text is about and where it plays.
        self.setting = Setting()
        # How chains came about: a mention, the one it was joined to, the rule, and how sure it is.
        self.coref: list[tuple[MentionDraft, MentionDraft, str, float]] = []
        # What verbs and nouns tell of events.
        self.events: list[EventDraft] = []
        # What was left out, told to whoever has the document read.
        self.notes: list[str] = []
        self._by_head: dict[tuple[int, int], MentionDraft] = {}

    def add(self, draft: MentionDraft, *, argument: bool = True) -> MentionDraft:
        """Keep a mention. With `argument` it is what `argument` returns for its head from now on.

        A mention nested in another ("Israeli" in "Israeli forces") has another head, or is added with
        `argument=False`.
        """
        self.mentions.append(draft)
        if argument:
            self._by_head[draft.block.index, draft.head.i] = draft
        return draft

    def at(self, block: ParsedBlock, head: Token) -> MentionDraft | None:
        """Give the mention that a token heads, if one has been drawn."""
        return self._by_head.get((block.index, head.i))

    def argument(
        self, block: ParsedBlock, head: Token, draw: Callable[[ParsedBlock, Token], MentionDraft]
    ) -> MentionDraft:
        """Give the mention that a token heads, drawn with `draw` where there is none yet."""
        return self.at(block, head) or self.add(draw(block, head))

    def tokens(self) -> Iterator[tuple[ParsedBlock, Token]]:
        """Give every token of the document with its block."""
        for block in self.blocks:
            for token in block.doc:
                yield block, token

    def to_extraction(
        self,
        engine: dict[str, str],
        *,
        min_confidence: float = 0.0,
        assert_confidence: float = 0.0,
        told_confidence: float = 1.0,
        qualifier_confidence: float = 0.0,
        bars: Mapping[str, float] | None = None,
    ) -> Extraction:
        """Give what was drawn as records: mentions by place, claims by place, indexes in range.

        Claims below `min_confidence` are left out; what is below `assert_confidence`, or below the bar of its
        own rule in `bars`, is not asserted, unless an event tells it, too, and it is not below
        `told_confidence`. Nor is alone what a qualifier of a claim adds that is below `qualifier_confidence`.
        """
        bars = bars or {}
        claims = [c for c in self.claims if c.confidence >= min_confidence]
        order = sorted(
            dict.fromkeys(self.mentions),
            key=lambda m: (m.block.start + m.span.start_char, -len(m.span.text), m.kind),
        )
        index = {id(m): i for i, m in enumerate(order)}
        sentences = tuple(
            (b.start + s.start_char, b.start + s.end_char)
            for b in self.blocks
            for s in b.doc.sents
            if s.text.strip()
        )
        records = [
            _to_claim(c, index, _bar(c, bars, assert_confidence, told_confidence), qualifier_confidence)
            for c in sorted(
                claims, key=lambda c: (c.block.index, _extent(c), c.relation, index[id(c.subject)])
            )
        ]
        return Extraction(
            doc_id=self.document.id,
            source=self.document.source,
            mentions=tuple(_to_mention(m, self.document.text) for m in order),
            claims=tuple(dict.fromkeys(records)),
            sentences=sentences,
            engine=engine,
            notes=tuple(self.notes),
            coref=tuple(
                sorted(
                    CorefLink(index[id(m)], index[id(a)], rule, confidence)
                    for m, a, rule, confidence in self.coref
                    if id(m) in index and id(a) in index
                )
            ),
        )


def _to_mention(m: MentionDraft, text: str) -> Mention:
    start, end = m.block.start + m.span.start_char, m.block.start + m.span.end_char
    # The Doc may have a space where the document has a line break or a broken character.
    return Mention(
        start=start,
        end=end,
        text=text[start:end],
        kind=m.kind,
        type=m.type,
        label=m.label or m.span.text,
        chain=m.chain,
        value=m.value,
        confidence=round(m.confidence, 4),
        description=m.description,
        reference=m.reference,
    )


def _extent(c: ClaimDraft) -> tuple[int, int]:
    """The characters of the block from the first to the last token of the claim's parts in its sentence."""
    doc = c.block.doc
    sentence = c.words[0].sent if c.words else c.subject.head.sent
    first, last = sentence.start, sentence.end
    # Spans are compared by their bounds; asking each token for its sentence would cost more than the rules.
    runs = [(t.i, t.i + 1) for t in c.words]
    for m in (c.subject, c.object, *(m for _, m in c.qualifiers)):
        if m is not None and m.block is c.block:
            runs.append((max(m.span.start, first), min(m.span.end, last)))
    inside = [(a, b) for a, b in runs if a < b]
    end = doc[max(b for _, b in inside) - 1]
    return doc[min(a for a, _ in inside)].idx, end.idx + len(end.text)


def _bar(c: ClaimDraft, bars: Mapping[str, float], otherwise: float, told: float) -> float:
    """Give the bar of a claim: that of its rule, or a lower one where an event tells both of its ends."""
    bar = bars.get(c.rule, otherwise)
    return min(bar, told) if c.told else bar


def _doubted(c: ClaimDraft, bar: float, of_qualifiers: float) -> list[int]:
    """Give the places of a claim's ends whose triples say too little, or too unsurely, alone."""
    unsure = {i for i, sure in enumerate(c.qualifier_confidence) if sure < max(bar, of_qualifiers)}
    without_object = c.object is not None and (c.partial or c.confidence < bar)
    return [OBJECT] * without_object + sorted(unsure | c.parts)


def _to_claim(c: ClaimDraft, index: dict[int, int], bar: float, of_qualifiers: float) -> Claim:
    start, end = _extent(c)
    doubted = _doubted(c, bar, of_qualifiers)
    # "Attracts folk from Osk" may be surer than that it attracts folk.
    alone = any(i not in doubted for i in range(len(c.qualifier_confidence)))
    asserted = c.asserted and not c.doubt and (c.confidence >= bar or alone)
    return Claim(
        subject=index[id(c.subject)],
        relation=c.relation,
        object=None if c.object is None else index[id(c.object)],
        qualifiers=tuple((role, index[id(m)]) for role, m in c.qualifiers),
        text=" ".join(t.text for t in c.words),
        negated=c.negated,
        modality=c.modality,
        asserted=asserted,
        attributed_to=None if c.attributed_to is None else index[id(c.attributed_to)],
        begins=c.begins,
        ends=c.ends,
        start=c.block.start + start,
        end=c.block.start + end,
        rule=c.rule,
        confidence=round(c.confidence, 4),
        noun=c.noun,
        qualifier_confidence=tuple(round(sure, 4) for sure in c.qualifier_confidence),
        doubted=tuple(doubted) if asserted else (),
        doubt=c.doubt,
        astray=tuple(i for i, sure in enumerate(c.qualifier_right) if sure < RIGHT),
        at=_at(c),
        beside=tuple(index[id(m)] for m in c.beside),
    )


def _at(c: ClaimDraft) -> int | None:
    """Give the character at which the verb of a claim begins, or another word that tells it."""
    word = next((t for t in reversed(c.words) if t.tag_[:1] == "V"), c.words[-1] if c.words else None)
    return None if word is None else c.block.start + int(word.idx)
