"""The state of chaining: things, each with its mentions and what is known of it."""

from __future__ import annotations

import bisect
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.tokens import Token

from kg.extract import nominals, onomastics
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

MALE_WORDS = frozenset(
    (
        "mr mr. sir lord king prince duke baron count father brother son husband man boy "
        "boyfriend uncle nephew grandfather gentleman actor businessman chairman spokesman "
        "policeman emperor monk bishop pope priest congressman fisherman salesman grandson "
        "widower stepfather groom patriarch sultan emir imam"
    ).split()
)
FEMALE_WORDS = frozenset(
    (
        "mrs mrs. ms ms. miss dame lady queen princess duchess baroness countess mother "
        "sister daughter wife woman girl girlfriend aunt niece grandmother actress "
        "businesswoman chairwoman spokeswoman policewoman empress nun congresswoman "
        "granddaughter widow stepmother bride matriarch heroine waitress hostess ballerina "
        "soprano mezzo-soprano"
    ).split()
)


@dataclass(slots=True, eq=False)
class Thing:
    """What a chain stands for: its mentions in the order of joining, and what they tell."""

    mentions: list[MentionDraft] = field(default_factory=list)
    type: str = "Concept"
    # Words that say what it is: the heads of its nominals, titles, the last word of its names.
    heads: set[str] = field(default_factory=set)
    # Words that were said of it: modifiers and titles.
    words: set[str] = field(default_factory=set)
    forms: set[tuple[str, ...]] = field(default_factory=set)
    # Evidence for a woman (above zero) or a man (below), in units of one sure clue.
    gender: float = 0.0
    plural: bool = False
    # Where a he or she was joined: number of the sentence, and the word.
    pronouns: list[tuple[int, str]] = field(default_factory=list)
    # Places of its mentions in the text, each with its index, sorted; made when asked for.
    order: list[tuple[int, int, int]] = field(default_factory=list)
    merged: Thing | None = None

    @property
    def named(self) -> bool:
        """Whether one of the mentions is a name."""
        return any(m.kind == "name" or (m.kind == "attribute" and m.type != "Concept") for m in self.mentions)


class Clusters:
    """All things of a document, and the place of each mention in it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.things: list[Thing] = []
        self.of: dict[int, Thing] = {}
        self._first: MentionDraft | None = None
        self.sentence: dict[tuple[int, int], int] = {}
        self._starts: dict[tuple[int, int], int] = {}
        self._roles: dict[int, str] = {}
        self._texts: dict[int, str] = {}
        self._sentences()
        self._partners: dict[int, list[MentionDraft]] = {}
        for claim in reading.claims:
            ends = [
                claim.subject,
                *([claim.object] if claim.object else []),
                *(m for _, m in claim.qualifiers),
            ]
            for m in ends:
                self._partners.setdefault(id(m), []).extend(o for o in ends if o is not m)
        for mention in list(reading.mentions):
            if mention.kind in ("name", "nominal", "pronoun") or (
                mention.kind == "attribute" and mention.type != "Concept"
            ):
                self.open(mention)

    def _sentences(self) -> None:
        number = 0
        for block in self.reading.blocks:
            for sentence in block.doc.sents:
                for i in range(sentence.start, sentence.end):
                    self.sentence[block.index, i] = number
                    self._starts[block.index, i] = sentence.start
                number += 1

    def open(self, mention: MentionDraft) -> Thing:
        """Start a thing with one mention."""
        thing = Thing([mention], mention.type)
        if mention.kind == "nominal":
            thing.heads.add(mention.head.lemma_.lower())
            thing.plural = mention.head.tag_ in ("NNS", "NNPS")
            thing.gender = gender_of_word(mention.head.lower_)
            thing.words.update(t.lower_ for t in mention.span if t.pos_ in ("ADJ", "NOUN", "PROPN", "NUM"))
        elif mention.kind == "name":
            thing.plural = mention.type == "Group" or (
                mention.type != "Person" and mention.head.tag_ in ("NNPS", "NNS")
            )
        self.things.append(thing)
        self.of[id(mention)] = thing
        return thing

    def thing(self, mention: MentionDraft) -> Thing:
        """Give the thing that a mention belongs to, opened if need be."""
        thing = self.of.get(id(mention)) or self.open(mention)
        while thing.merged is not None:
            thing = thing.merged
        self.of[id(mention)] = thing
        return thing

    def join(self, into: Thing, other: Thing) -> Thing:
        """Make two things one; the first keeps its type."""
        if into is other:
            return into
        into.mentions += other.mentions
        into.heads |= other.heads
        into.words |= other.words
        into.forms |= other.forms
        into.gender += other.gender
        into.pronouns = sorted(into.pronouns + other.pronouns)
        if into.type == "Concept":
            into.type = other.type
        other.merged, other.mentions, other.order = into, [], []
        return into

    def place(self, mention: MentionDraft) -> tuple[int, int]:
        """Give the order of a mention in the document: block, token."""
        return mention.block.index, mention.head.i

    def sentence_of(self, mention: MentionDraft) -> int:
        """Give the number of the sentence that a mention stands in, over the whole document."""
        return self.sentence.get((mention.block.index, mention.head.i), 0)

    def start_of(self, mention: MentionDraft) -> int:
        """Give the first token of the sentence that a mention stands in."""
        return self.start_at(mention.block, mention.head)

    def start_at(self, block: ParsedBlock, token: Token) -> int:
        """Give the first token of the sentence that a token stands in."""
        return self._starts.get((block.index, token.i), 0)

    def role_of(self, mention: MentionDraft) -> str:
        """Give the grammatical role of a mention."""
        found = self._roles.get(id(mention))
        if found is None:
            found = self._roles[id(mention)] = role(mention.head)
        return found

    def is_subject(self, mention: MentionDraft) -> bool:
        """Whether a mention is the subject of a clause."""
        return self.role_of(mention) in ("nsubj", "nsubjpass")

    def sentence_at(self, block: ParsedBlock, token: Token) -> int:
        """Give the number of the sentence that a token stands in, over the whole document."""
        return self.sentence.get((block.index, token.i), 0)

    def quoted(self, block: ParsedBlock, token: Token, start: int) -> bool:
        """Whether a quotation is open before a token, in the sentence that begins with the token `start`."""
        # `Doc.text` is put together anew each time.
        text = self._texts.get(block.index)
        if text is None:
            text = self._texts[block.index] = block.doc.text
        before = text[block.doc[start].idx : token.idx]
        return bool((before.count('"') + before.count("“") + before.count("”")) % 2)

    def draw(self, block: ParsedBlock, token: Token) -> MentionDraft:
        """Draw the mention that a token heads, without adding it."""
        return nominals.draw(block, token)

    def claimed(self, mention: MentionDraft, thing: Thing) -> bool:
        """Whether a claim has this mention and one of a thing as its arguments."""
        return any(
            self.of.get(id(o)) is not None and self.thing(o) is thing
            for o in self._partners.get(id(mention), ())
        )

    def chained(self, mention: MentionDraft) -> bool:
        """Whether a mention has already been joined to another."""
        return id(mention) in self.of and len(self.thing(mention).mentions) > 1

    def last_before(self, thing: Thing, block: ParsedBlock, token: Token) -> MentionDraft | None:
        """Give the last mention of a thing that ends before a token."""
        if len(thing.order) != len(thing.mentions):
            thing.order = sorted(
                ((*self.place(m), n) for n, m in enumerate(thing.mentions)),
            )
        at = bisect.bisect_left(thing.order, (block.index, token.i, -1))
        while at:
            at -= 1
            last = thing.mentions[thing.order[at][2]]
            if last.block is not block or last.span.end <= token.i:
                return last
        return None

    def first_person_thing(self) -> Thing | None:
        """Give the person named first in the document."""
        if self._first is None:
            people = (m for m in self.reading.mentions if m.kind == "name" and m.type == "Person")
            self._first = min(people, key=self.place, default=None)
        return None if self._first is None else self.thing(self._first)

    def alive(self) -> list[Thing]:
        """Give the things that have mentions, in order of opening."""
        if any(not t.mentions for t in self.things):
            self.things = [t for t in self.things if t.mentions]
        return self.things

    def in_order(self) -> Iterator[tuple[ParsedBlock, Token]]:
        """Give the nouns and pronouns of the document from left to right."""
        for block in self.reading.blocks:
            for token in block.doc:
                if token.pos_ in ("NOUN", "PRON", "DET", "PROPN"):
                    yield block, token

    def number(self) -> None:
        """Write chain numbers, in order of first mention, to things of two mentions or a name."""
        order = sorted(
            (t for t in self.alive() if len(t.mentions) > 1 or t.named),
            key=lambda t: min((*self.place(m), len(m.span)) for m in t.mentions),
        )
        for number, thing in enumerate(order):
            for mention in thing.mentions:
                mention.chain = number


def role(token: Token) -> str:
    """Give the grammatical role of a phrase; a conjunct and an apposition have that of the whole."""
    while (
        token.dep_ in ("conj", "appos")
        and token.head != token
        and token.head.pos_ in ("NOUN", "PROPN", "PRON")
    ):
        token = token.head
    return str(token.dep_)


def gender_of_word(word: str) -> float:
    """Give 1 for a word said of women, -1 for a word said of men, else 0."""
    if word in FEMALE_WORDS:
        return 1.0
    if word in MALE_WORDS:
        return -1.0
    return 0.0


def gender_of_names(mentions: list[MentionDraft]) -> float:
    """Give the gender evidence of a person's names: titles, then the given name of the fullest form."""
    titles, given = 0.0, 0.0
    longest = max((len(m.span) for m in mentions), default=0)
    seen: set[str] = set()
    for m in mentions:
        before = m.span.doc[m.span.start - 1].lower_ if m.span.start else ""
        titles += 2 * (gender_of_word(before) or gender_of_word(m.span[0].lower_))
        first = m.span[0].text
        if first in seen or (longest > 1 and len(m.span) == 1):
            continue
        seen.add(first)
        share = onomastics.female_share(first)
        if share is None and "-" in first:
            share = onomastics.female_share(first.split("-")[0])
        if share is not None and (longest > 1 or not onomastics.is_surname(first)):
            given += 2 * share - 1
    return max(-4.0, min(4.0, titles)) + round(max(-1.5, min(1.5, given)), 2)
