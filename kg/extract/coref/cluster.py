"""The state of chaining: things, each with its mentions and what is known of it."""

from __future__ import annotations

import bisect
import itertools
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np
from spacy.tokens import Token

from kg.extract.coref.context import SUBJECTS, MentionContext, quoted_tokens
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import is_aged
from kg.extract.mentions import nominals
from kg.extract.parse import references, turns
from kg.extract.parse.references import Bytes, Vectors
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

# The rules of chaining, and the share of their links that were right in documents with gold chains
# (`benchmarks/names/links.py`; no gold has relative pronouns and kinds, their figures are estimates).
RULES = {
    "same-name": 0.87,  # the same words, or names of one land
    "acronym-in-brackets": 0.75,  # "Northern Water Board (NWB)"
    "acronym": 0.67,  # the only name of these initials
    "name-part": 0.71,  # a surname, a given name, a distinctive part of an organization's name
    "introduced": 0.93,  # "the singer Anna Berg"
    "identity": 0.74,  # apposition, "X is a Y"
    "kind": 0.8,  # "Electrons … electrons … an electron"
    "definite": 0.71,  # "the minister", "the company"
    "relative": 0.9,  # who, which, that
    "he-she": 0.94,
    "it": 0.81,
    "they": 0.89,
    "speaker": 0.76,  # "I" in somebody's words
    "same-event": 0.85,  # a verb and a noun that tell of one event (an estimate)
    "turn": 0.95,  # "I" behind the label of a speaker, or in a text of one's own (an estimate)
}

# What `Profile.row` holds, in its order.
PROFILE_COLUMNS = (
    "names named length first_sentence type body plural several counted given_name surname confidence"
)
TYPES = tuple("Person Group Organization GPE Location Facility Event Product Work Law Concept".split())

# How many mentions before a pronoun are looked at: far more than the few sentences in its reach hold.
MOST_IN_REACH = 120

MALE_WORDS = words("coref", "gender", "male")
FEMALE_WORDS = words("coref", "gender", "female")


@dataclass(slots=True, eq=False)
class CorefCluster:
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
    # A list of several; its mention is written once a pronoun stands for it.
    several: bool = False
    # Where a he or she was joined: number of the sentence, and the word.
    pronouns: list[tuple[int, str]] = field(default_factory=list)
    # Places of its mentions in the text, each with its index, sorted; made when asked for.
    order: list[tuple[int, int, int]] = field(default_factory=list)
    # Whether one of the mentions is a name, or the adjective of a land.
    named: bool = False
    # How many things were opened before it.
    opened: int = 0
    merged: CorefCluster | None = None
    profile: Profile | None = None


@dataclass(slots=True, eq=False)
class Profile:
    """What the mentions of a thing tell the ranker; grows as it gets further ones."""

    size: int = 0
    type: str = ""
    places: set[tuple[int, int]] = field(default_factory=set)
    # Places of its names, and of its mentions that are subjects, sorted.
    names: list[tuple[int, int]] = field(default_factory=list)
    subjects: list[tuple[int, int]] = field(default_factory=list)
    row: tuple[float, ...] = ()
    # Of its names: how many tokens the longest has, whether one begins with a given name of women or ends
    # with a surname, and the last one.
    longest: int = 0
    female: bool = False
    surname: bool = False
    last: MentionDraft | None = None
    valued: bool = False


class Clusters:
    """All things of a document, and the place of each mention in it."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.things: list[CorefCluster] = []
        self.of: dict[int, CorefCluster] = {}
        self._first: MentionDraft | None = None
        # A name of whom the document mourns, if it is an obituary.
        self.mourned: MentionDraft | None = None
        # A name of the body whose statement the document is, if it is one.
        self.stating: MentionDraft | None = None
        # A name of the body whose notice it is.
        self.heading: MentionDraft | None = None
        self.trees: list[Tree] = [tree_of(block) for block in reading.blocks]
        # For each token of each block, the number of its sentence in the document and that one's first token.
        self._sentences: list[list[int]] = []
        self._starts: list[list[int]] = []
        self._sites: dict[tuple[int, int], MentionContext] = {}
        # The mentions that stand in a sentence, in order of opening.
        self._standing: dict[int, list[MentionDraft]] = {}
        self._quotations: dict[int, frozenset[int]] = {}
        self._number_sentences()
        self._claims: dict[int, list[ClaimDraft]] | None = None
        # What the learned reader of references noted of each block; `read` is whether it has read them all.
        self.vectors: list[Vectors | None] = [
            block.doc.user_data.get(references.KEY) for block in reading.blocks
        ]
        # Their answers in one table, made when asked for, and the row of the first token of each block.
        self._answers: Bytes | None = None
        self._rows = [0, *itertools.accumulate(tree.n for tree in self.trees)]
        self.read = bool(self.vectors) and all(
            v is not None or block.kind in turns.LABELS
            for v, block in zip(self.vectors, reading.blocks, strict=True)
        )
        for mention in list(reading.mentions):
            if mention.kind in ("name", "nominal", "pronoun") or (
                mention.kind == "attribute" and mention.type != "Concept"
            ):
                self.open(mention)

    def _number_sentences(self) -> None:
        number = 0
        for block in self.reading.blocks:
            numbers: list[int] = []
            starts: list[int] = []
            for sentence in block.doc.sents:
                length = sentence.end - sentence.start
                numbers += [number] * length
                starts += [sentence.start] * length
                number += 1
            self._sentences.append(numbers)
            self._starts.append(starts)

    def affinities(self, place: tuple[int, int], places: list[tuple[int, int]]) -> list[float]:
        """Give how well what stands at each of some places is what a place asks for, as it was learned."""
        asking = self.vectors[place[0]]
        if asking is None:
            return [0.0] * len(places)
        if self._answers is None:
            self._answers = np.concatenate(
                [
                    np.zeros((tree.n, references.WIDTH), np.int8) if v is None else v.answers
                    for v, tree in zip(self.vectors, self.trees, strict=True)
                ]
            )
        rows = [self._rows[block] + i for block, i in places]
        found: list[float] = asking.affinity(place[1], self._answers[rows]).tolist()
        return found

    def newness(self, place: tuple[int, int]) -> float:
        """Give how likely, on the same scale, what stands at a place was not mentioned before."""
        vectors = self.vectors[place[0]]
        return 0.0 if vectors is None else float(vectors.new[place[1]]) / references.UNIT

    def site(self, block: int, i: int) -> MentionContext:
        """Give what the place of a token tells."""
        found = self._sites.get((block, i))
        if found is None:
            found = MentionContext(
                self.trees[block], block, i, self._sentences[block][i], self._starts[block][i]
            )
            self._sites[block, i] = found
        return found

    def quotations(self, block: ParsedBlock) -> frozenset[int]:
        """Give the tokens of a block that stand in quotation marks, which end with the block."""
        found = self._quotations.get(block.index)
        if found is None:
            found = self._quotations[block.index] = quoted_tokens(self.trees[block.index])
        return found

    def profile(self, thing: CorefCluster) -> Profile:
        """Give what the mentions of a thing tell the ranker."""
        known = thing.profile or Profile()
        if known.size != len(thing.mentions) or known.type != thing.type:
            self._grow(known, thing)
            thing.profile = known
        return known

    def _grow(self, profile: Profile, thing: CorefCluster) -> None:
        """Take in the mentions that a thing got since; it never loses one but by being merged."""
        for m in thing.mentions[profile.size :]:
            place = self.place(m)
            profile.places.add(place)
            profile.valued = profile.valued or m.value is not None
            if self.site(*place).role in SUBJECTS:
                bisect.insort(profile.subjects, place)
            if m.kind != "name":
                continue
            if not profile.names or place > profile.names[-1]:
                profile.last = m
            bisect.insort(profile.names, place)
            profile.longest = max(profile.longest, m.span.end - m.span.start)
            profile.female = profile.female or gazetteer.female_share(m.span[0].text) is not None
            profile.surname = profile.surname or gazetteer.is_surname(m.span[-1].text)
        profile.size, profile.type = len(thing.mentions), thing.type
        last = profile.last or thing.mentions[-1]
        profile.row = (
            min(len(profile.names), 10),
            thing.named,
            profile.longest,
            bool(profile.subjects) and self.site(*profile.subjects[0]).sentence == 0,
            float(TYPES.index(thing.type)) if thing.type in TYPES else -1.0,
            thing.type in ("Organization", "GPE"),
            thing.plural,
            thing.several,
            profile.valued,
            profile.female,
            profile.surname,
            min(last.confidence, 1.0),
        )

    def open(self, mention: MentionDraft) -> CorefCluster:
        """Start a thing with one mention."""
        thing = CorefCluster([mention], mention.type)
        tree, head = self.trees[mention.block.index], mention.head.i
        if mention.kind == "nominal":
            thing.heads.add(tree.lemma[head])
            thing.plural = tree.tag[head] in ("NNS", "NNPS")
            thing.gender = gender_of_word(tree.lower[head])
            thing.words.update(
                tree.lower[i]
                for i in range(mention.span.start, mention.span.end)
                if tree.pos[i] in ("ADJ", "NOUN", "PROPN", "NUM")
            )
        elif mention.kind == "name":
            thing.named = True
            thing.plural = mention.type == "Group" or (
                mention.type != "Person" and tree.tag[head] in ("NNPS", "NNS")
            )
        elif mention.kind == "attribute":
            thing.named = mention.type != "Concept"
        self._keep(thing, mention)
        return thing

    def _keep(self, thing: CorefCluster, mention: MentionDraft) -> None:
        thing.opened = len(self.of)
        self.things.append(thing)
        self.of[id(mention)] = thing
        self._standing.setdefault(self.sentence_of(mention), []).append(mention)

    def open_several(self, mention: MentionDraft) -> None:
        """Start a thing for a list of several, whose mention is not kept yet."""
        self._keep(CorefCluster([mention], mention.type, plural=True, several=True), mention)

    def write(self, thing: CorefCluster) -> None:
        """Keep the mention of a list of several."""
        if thing.several and len(thing.mentions) == 1:
            self.reading.add(thing.mentions[0], argument=False)

    def cluster_of(self, mention: MentionDraft) -> CorefCluster:
        """Give the thing that a mention belongs to, opened if need be."""
        thing = self.of.get(id(mention)) or self.open(mention)
        while thing.merged is not None:
            thing = thing.merged
        self.of[id(mention)] = thing
        return thing

    def join(
        self,
        into: CorefCluster,
        other: CorefCluster,
        rule: str,
        mention: MentionDraft | None = None,
        antecedent: MentionDraft | None = None,
    ) -> CorefCluster:
        """Make two things one by a rule of `RULES`, for a mention of the second; the first keeps its type."""
        if into is other:
            return into
        self.reading.coref.append(
            (mention or other.mentions[0], antecedent or into.mentions[-1], rule, RULES[rule])
        )
        into.mentions += other.mentions
        into.heads |= other.heads
        into.words |= other.words
        into.forms |= other.forms
        into.gender += other.gender
        into.named = into.named or other.named
        into.pronouns = sorted(into.pronouns + other.pronouns)
        if into.type == "Concept":
            into.type = other.type
        other.merged, other.mentions, other.order, other.profile = into, [], [], None
        return into

    def place(self, mention: MentionDraft) -> tuple[int, int]:
        """Give the order of a mention in the document: block, token."""
        return mention.block.index, mention.head.i

    def sentence_of(self, mention: MentionDraft) -> int:
        """Give the number of the sentence that a mention stands in, over the whole document."""
        return self.sentence_at(mention.block, mention.head)

    def sentence_at(self, block: ParsedBlock, token: Token) -> int:
        """Give the number of the sentence that a token stands in, over the whole document."""
        number: int = self._sentences[block.index][token.i]
        return number

    def create_mention(self, block: ParsedBlock, token: Token) -> MentionDraft:
        """Draw the mention that a token heads, without adding it."""
        return nominals.create_mention(block, token)

    def claimed(self, mention: MentionDraft, thing: CorefCluster) -> bool:
        """Whether a claim has this mention and one of a thing as its arguments."""
        if self._claims is None:
            self._claims = {}
            for claim in self.reading.claims:
                for m in _arguments(claim):
                    self._claims.setdefault(id(m), []).append(claim)
        return any(
            m is not mention and id(m) in self.of and self.cluster_of(m) is thing
            for claim in self._claims.get(id(mention), ())
            for m in _arguments(claim)
        )

    def chained(self, mention: MentionDraft) -> bool:
        """Whether a mention has already been joined to another."""
        return id(mention) in self.of and len(self.cluster_of(mention).mentions) > 1

    def last_before(self, thing: CorefCluster, block: ParsedBlock, token: Token) -> MentionDraft | None:
        """Give the last mention of a thing that ends before a token."""
        for n in range(len(thing.order), len(thing.mentions)):
            bisect.insort(thing.order, (*self.place(thing.mentions[n]), n))
        at = bisect.bisect_left(thing.order, (block.index, token.i, -1))
        while at:
            at -= 1
            last = thing.mentions[thing.order[at][2]]
            if last.block is not block or last.span.end <= token.i:
                return last
        return None

    def within(self, block: ParsedBlock, token: Token, reach: int) -> list[CorefCluster]:
        """Give the things with a mention in a token's sentence or the few before it.

        Of the endless lists and repetitions that no reader would go through only the nearest are looked at.
        """
        here = self.sentence_at(block, token)
        near: list[list[MentionDraft]] = []
        left = MOST_IN_REACH
        for number in range(here, here - reach - 1, -1):
            standing = self._standing.get(number, [])
            near.append(standing[-left:])
            left -= len(near[-1])
            if left <= 0:
                break
        found = {}
        for mention in itertools.chain.from_iterable(reversed(near)):
            thing = self.cluster_of(mention)
            found[id(thing)] = thing
        return list(found.values())

    def first_person(self) -> CorefCluster | None:
        """Give the person named first in the document."""
        if self._first is None:
            people = (m for m in self.reading.mentions if m.kind == "name" and m.type == "Person")
            self._first = min(people, key=self.place, default=None)
        return None if self._first is None else self.cluster_of(self._first)

    def alive(self) -> list[CorefCluster]:
        """Give the things that have mentions, in order of opening."""
        if any(not t.mentions for t in self.things):
            self.things = [t for t in self.things if t.mentions]
        return self.things

    def in_order(self, lower: frozenset[str]) -> Iterator[tuple[ParsedBlock, Token]]:
        """Give the nouns with an article and the pronouns of the document, from left to right.

        The words of articles and pronouns are given in lower case.
        """
        for block, tree in zip(self.reading.blocks, self.trees, strict=True):
            places = set()
            for i, word in enumerate(tree.lower):
                if word in lower:
                    noun = tree.dep[i] == "det"
                    places.add(tree.head[i] if noun else i)
            for i in sorted(places):
                if tree.pos[i] in ("NOUN", "PRON", "DET", "PROPN") or is_aged(block.doc[i]):
                    yield block, block.doc[i]

    def number(self) -> None:
        """Write chain numbers, in order of first mention, to things of two mentions or a name."""
        order = sorted(
            (t for t in self.alive() if len(t.mentions) > 1 or t.named),
            key=lambda t: min((*self.place(m), len(m.span)) for m in t.mentions),
        )
        for number, thing in enumerate(order):
            for mention in thing.mentions:
                mention.chain = number


def _arguments(claim: ClaimDraft) -> list[MentionDraft]:
    ends = [claim.subject, *(m for _, m in claim.qualifiers)]
    return ends if claim.object is None else [claim.object, *ends]


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
        share = gazetteer.female_share(first)
        if share is None and "-" in first:
            share = gazetteer.female_share(first.split("-")[0])
        if share is not None and (longest > 1 or not gazetteer.is_surname(first)):
            given += 2 * share - 1
    return max(-4.0, min(4.0, titles)) + round(max(-1.5, min(1.5, given)), 2)
