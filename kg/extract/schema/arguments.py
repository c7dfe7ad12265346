"""What can be an argument of a triple: names, titles, dates, amounts and members of known classes.

Each phrase is a stretch of the sentence. The *topic* of a sentence is what its description is of ("Lunmark
(also Lundmark) is a 1974 film …"), read off the words, as titles often mislead the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions, lexicon
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.schema.classes import Class
from kg.extract.schema.phrase import ARTICLES, QUOTES, Phrase, called_by, capital
from kg.extract.schema.spans import (
    DESCRIBING,
    capitalised,
    descriptions,
    member_phrases,
    offices,
    quoted,
    runs,
    titles,
)
from kg.extract.schema.topics import predicate, topic_of

RANK = {"run": 0, "description": 1, "member": 1, "topic": 3}
PRIZES = lexicon.words("schema/words", "arguments", "prizes")
OF_PRIZES = lexicon.words("schema/words", "arguments", "of_prizes")
PARTITIVE = lexicon.words("schema/words", "arguments", "partitive")
POSSESSIVE = frozenset({"'s", "’s"})
# Types that say of a topic less than the type of its name does, and what a common noun may be of.
VAGUE = frozenset({"Group", "Concept", "Law", "Event", "Position", None})
COMMON = frozenset({"Concept", "Event", "Product"})
# Types whose names end where the model ends them.
WHOLE = frozenset({"Person", "GPE", "Location", "Group", "Language"})
# A heading of fewer words before a colon is no sentence.
HEADING = 9
# How many words a person's name may have.
LONGEST_NAME = 4


class Arguments:
    """The phrases of one block, and which of them a token stands for."""

    def __init__(self, reading: Reading, block: ParsedBlock, members: tuple[Class, ...]) -> None:
        self.tree = tree_of(block)
        self.block = block
        self.topics: dict[int, Phrase] = {}  # by the first token of the sentence
        self.phrases: list[Phrase] = []
        self._collect(reading, members)
        self.at: dict[int, Phrase] = {}
        # Topics win over names, names over members, and longer phrases over those within them.
        for p in sorted(self.phrases, key=lambda p: (RANK.get(p.kind, 2), p.end - p.start)):
            for i in range(p.start, p.end):
                self.at[i] = p

    def _collect(self, reading: Reading, members: tuple[Class, ...]) -> None:
        """Find all phrases, those that what is found later may be within first."""
        tree = self.tree
        mentions = [m for m in reading.mentions if m.block is self.block]
        for start, topic in self._topics():
            self.topics[start] = self._classified(topic, mentions)
        self.phrases += self.topics.values()
        taken = _covered(self.phrases)
        found = (_of_mention(tree, m) for m in mentions if m.span.start not in taken)
        self.phrases += (p for p in found if p is not None)
        self.phrases += offices(tree, taken)
        self.phrases += capitalised(tree, taken.union(_covered(self.phrases)))
        for start, end in (*quoted(tree), *titles(tree, taken)):
            if start not in taken:
                self._entitle(start, end)
        self.phrases += member_phrases(tree, members, taken)
        self.phrases += runs(tree, self.phrases)
        if any(c.closed for c in members):
            self.phrases += self._descriptions()
        once = {(p.start, p.end, p.kind == "topic"): p for p in reversed(self.phrases)}
        self._call_in_full(list(once.values())[::-1])

    def _call_in_full(self, phrases: list[Phrase]) -> None:
        """Call people by their whole names where these stand in the text, too: "Lund", "Ana Lund"."""
        whole: dict[str, set[str]] = {}
        for p in phrases:
            words = p.text.split()
            if p.type == "Person" and p.kind in ("name", "topic") and 1 < len(words) <= LONGEST_NAME:
                whole.setdefault(words[-1], set()).add(p.text)

        def full(p: Phrase) -> Phrase:
            named = whole.get(p.text, set())
            if p.kind not in ("name", "topic") or len(named) != 1:
                return p
            return replace(p, text=min(named), type="Person")

        self.phrases = [full(p) for p in phrases]
        self.topics = {start: full(topic) for start, topic in self.topics.items()}

    def _topics(self) -> Iterator[tuple[int, Phrase]]:
        """Give the topic of each sentence that has one, by the sentence's first token."""
        doc, began = self.block.doc, -1
        for sentence in doc.sents:
            # "Salt: A Memoir is …": the parser may begin a sentence after the colon of a title.
            begins = began if began >= 0 else sentence.start
            heading = sentence.end - begins < HEADING and doc[sentence.end - 1].text == ":"
            began = begins if heading else -1
            topic = None if heading else topic_of(self.tree, begins, sentence.end)
            if topic is not None:
                yield sentence.start, topic

    def _entitle(self, start: int, end: int) -> None:
        """Take a stretch for a title, and what the model took for names in it for parts of it."""
        self.phrases = [p for p in self.phrases if p.kind != "name" or p.start < start or end < p.end]
        self.phrases.append(Phrase(start, end, "Work", "title", self.block.doc[start:end].text))

    def _descriptions(self) -> list[Phrase]:
        """Give what the sentences say that their topics are."""
        standing = {i: p for p in self.phrases for i in range(p.start, p.end)}
        nouns = [predicate(self.tree, topic) for topic in self.topics.values()]
        return [p for noun in nouns if noun is not None for p in descriptions(self.tree, noun, standing)]

    def _classified(self, topic: Phrase, mentions: list[MentionDraft]) -> Phrase:
        """Give a topic its type: what the sentence calls it, else that of the name it is."""
        kind, chain = _name_of(topic, mentions)
        noun = predicate(self.tree, topic)
        called = "" if noun is None else self.tree.lemma[noun]
        said = lemma_type(called) if called else None
        if said in VAGUE and kind:
            said = kind
        names = frozenset({called}) if called else frozenset()
        return Phrase(topic.start, topic.end, said or kind or "Other", "topic", topic.text, names, chain)

    def topic(self, i: int) -> Phrase | None:
        """Give the topic of the sentence that a token stands in, or of the one before."""
        start = self.block.doc[i].sent.start
        if start in self.topics:
            return self.topics[start]
        before = [s for s in self.topics if s < start]
        return self.topics[max(before)] if before else None

    def of(self, i: int, *, depth: int = 3) -> Phrase | None:
        """Give the phrase that a token stands for: its own, or that of the name it describes."""
        if i in self.at:
            return self.at[i]
        if depth == 0:
            return None
        beside = self._renaming(i) or self.following(i)
        if beside is not None:
            return beside
        dep, h = self.tree.dep[i], self.tree.head[i]
        if dep == "conj" and h != i:
            return None if h in self.at else self.of(h, depth=depth - 1)
        if dep in ("attr", "oprd") and h != i:
            subject = self.tree.first(h, "nsubj", "nsubjpass")
            return self.topic(i) if subject in (None, i) else self.of(subject, depth=depth - 1)
        host = self._described(i)
        return None if host is None else self.of(host, depth=depth - 1)

    def _renaming(self, i: int) -> Phrase | None:
        """Give the name that renames a noun: "the author, Ana Lund"."""
        for a in constructions.appositions(self.tree, i):
            p = self.at.get(a.renaming)
            if p is not None and (p.named or p.kind == "topic"):
                return p
        return None

    def following(self, i: int) -> Phrase | None:
        """Give the name that follows its noun: "the novel Mirgorod", "director Ana Lund"."""
        p = self.at.get(i + 1)
        return p if p is not None and p.start == i + 1 and p.named else None

    def _described(self, i: int) -> int | None:
        """Give what a noun renames, or in "one of the films" the one of them."""
        tree = self.tree
        renamed = constructions.apposition(tree, i)
        if renamed is not None:
            return renamed.head
        p = tree.head[i]
        if tree.dep[i] not in ("pobj", "prep") or tree.pos[i] != "NOUN" or tree.dep[p] != "prep":
            return None
        partitive = tree.lower[p] == "of" and tree.lower[tree.head[p]] in PARTITIVE
        return tree.head[p] if partitive else None

    def nominal(self, i: int, range_: tuple[Class, ...]) -> Phrase | None:
        """Give a common noun with what modifies it, where a relation's object may be one."""
        tree = self.tree
        if tree.pos[i] != "NOUN" or (range_ and not any(c.type in COMMON for c in range_)):
            return None
        start = i
        while start > 0 and tree.dep[start - 1] in ("compound", "amod") and tree.head[start - 1] >= start:
            if tree.pos[start - 1] not in DESCRIBING or start - 1 in self.at:
                break
            start -= 1
        return Phrase(start, i + 1, "Concept", "nominal", tree.doc[start : i + 1].text)


def _covered(phrases: list[Phrase]) -> set[int]:
    return {i for p in phrases for i in range(p.start, p.end)}


def _name_of(topic: Phrase, mentions: list[MentionDraft]) -> tuple[str, int | None]:
    """Give type and chain of the name in a topic, the last that fills it before the first within it."""
    kind, chain = "", None
    for m in mentions:
        if m.kind == "name" and topic.start - 1 <= m.span.start and m.span.end <= topic.end:
            over = m.span.start < topic.end and topic.start < m.span.end
            if over and (not kind or len(m.span) >= topic.end - topic.start - 1):
                kind, chain = m.type, m.chain
    return kind, chain


def _of_mention(tree: Tree, m: MentionDraft) -> Phrase | None:
    """Give the phrase of a mention: a time or quantity, the adjective of a country, or a name."""
    start, end = m.span.start, m.span.end
    if m.kind in ("time", "quantity"):
        return _of_value(tree, m)
    if m.kind == "attribute" and m.type == "GPE":
        return Phrase(start, end, "GPE", "adjective", tree.doc[start:end].text, country=m.label)
    return _of_name(tree, m) if m.kind == "name" else None


def _of_value(tree: Tree, m: MentionDraft) -> Phrase | None:
    start, end = m.span.start, m.span.end
    if m.kind == "time" and (m.value is None or m.value.datatype == "duration"):
        return None
    while start < end - 1 and (tree.lower[start] in ARTICLES or tree.pos[start] == "ADP"):
        start += 1
    return Phrase(start, end, m.kind, m.kind, tree.doc[start:end].text)


def _of_name(tree: Tree, m: MentionDraft) -> Phrase | None:
    start, end = m.span.start, m.span.end
    while start < end - 1 and (tree.lower[start] in ARTICLES or tree.lower[start] in QUOTES):
        start += 1
    while end - 1 > start and (tree.lower[end - 1] in QUOTES or tree.lower[end - 1] in POSSESSIVE):
        end -= 1
    start, end = _whole_name(tree, start, end, m.type)
    text = tree.doc[start:end].text
    if not any(ch.isalnum() for ch in text):
        return None
    return Phrase(start, end, m.type, "name", text, called_by(tree, start, end), m.chain)


def _whole_name(tree: Tree, start: int, end: int, type: str) -> tuple[int, int]:
    """Take in what belongs to a name: "for Best Score" of an award, "The" within a sentence, a number."""
    if tree.lower[end - 1] in PRIZES and end + 1 < tree.n and tree.lower[end] in ("for", "in"):
        end = _prize_end(tree, end)
    elif type not in WHOLE:
        while end < tree.n and _continues(tree, end):
            end += 1
    if start > 0 and tree.doc[start - 1].text == "The" and not tree.doc[start - 1].is_sent_start:
        start -= 1
    return start, end


def _prize_end(tree: Tree, preposition: int) -> int:
    """Give where the name of a prize ends with what it is for: its last word with a capital."""
    last = preposition + 1
    while last < tree.n and (capital(tree, last) or tree.lower[last] in OF_PRIZES):
        last += 1
    while last > preposition + 1 and not capital(tree, last - 1):
        last -= 1
    return last if last > preposition + 1 else preposition


def _continues(tree: Tree, i: int) -> bool:
    """Whether a token goes on with the name before it: a capitalised word or a number, no mention itself."""
    token = tree.doc[i]
    if token.ent_type_ and token.ent_type_ not in ("CARDINAL", "ORDINAL"):
        return False
    number = token.text[:1].isdigit() and tree.dep[i] in ("nummod", "compound", "nmod", "npadvmod")
    return number or (
        token.text[:1].isupper() and token.is_alpha and tree.pos[i] in ("PROPN", "NOUN", "ADJ", "ADV")
    )
