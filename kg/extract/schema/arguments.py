"""What can be an argument of a triple: names, titles, dates, amounts and members of known classes.

Each phrase is a stretch of the sentence. The *topic* of a sentence is what its description is of ("Lunmark
(also Lundmark) is a 1974 film …"), read off the words, as titles often mislead the parser.
"""

from __future__ import annotations

from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.schema.classes import Class
from kg.extract.schema.phrase import ARTICLES, QUOTES, Phrase, called_by, capital
from kg.extract.schema.spans import capitalised, descriptions, member_phrases, offices, quoted, runs, titles
from kg.extract.schema.topics import predicate, topic_of

RANK = {"run": 0, "description": 1, "member": 1, "topic": 3}
PRIZES = frozenset({"award", "awards", "prize", "medal", "oscar"})


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
        tree, doc = self.tree, self.block.doc
        mentions = [m for m in reading.mentions if m.block is self.block]
        began = -1
        for sentence in doc.sents:
            # "Salt: A Memoir is …": the parser may begin a sentence after the colon of a title.
            begins = began if began >= 0 else sentence.start
            short = sentence.end - begins < 9 and doc[sentence.end - 1].text == ":"
            began = begins if short else -1
            if short:
                continue
            topic = topic_of(tree, begins, sentence.end)
            if topic is not None:
                topic = self._classified(topic, mentions)
                self.topics[sentence.start] = topic
                self.phrases.append(topic)
        taken = {i for t in self.topics.values() for i in range(t.start, t.end)}
        for m in mentions:
            if m.kind in ("name", "attribute", "time", "quantity") and m.span.start not in taken:
                phrase = _of_mention(tree, m)
                if phrase is not None:
                    self.phrases.append(phrase)
        self.phrases += offices(tree, taken)
        known = taken | {i for p in self.phrases for i in range(p.start, p.end)}
        self.phrases += capitalised(tree, known)
        for start, end in (*quoted(tree), *titles(tree, taken)):
            if start not in taken:
                # A title holds what the model took for names in it.
                inside = [p for p in self.phrases if p.kind == "name" and start <= p.start and p.end <= end]
                self.phrases = [p for p in self.phrases if p not in inside]
                self.phrases.append(Phrase(start, end, "Work", "title", doc[start:end].text))
        self.phrases += member_phrases(tree, members, taken)
        self.phrases += runs(tree, self.phrases)
        if any(c.closed for c in members):
            standing = {i: p for p in self.phrases for i in range(p.start, p.end)}
            for topic in self.topics.values():
                noun = predicate(tree, topic)
                if noun is not None:
                    self.phrases += descriptions(tree, noun, standing)
        self.phrases = list(
            {(p.start, p.end, p.kind == "topic"): p for p in reversed(self.phrases)}.values()
        )[::-1]

    def _classified(self, topic: Phrase, mentions: list[MentionDraft]) -> Phrase:
        """Give a topic its type: what the sentence calls it, else that of the name it is."""
        kind, chain = "", None
        for m in mentions:
            if m.kind == "name" and m.span.start < topic.end and topic.start < m.span.end:
                inside = m.span.start >= topic.start - 1 and m.span.end <= topic.end
                if inside and (not kind or len(m.span) >= topic.end - topic.start - 1):
                    kind, chain = m.type, m.chain
        noun = predicate(self.tree, topic)
        called = "" if noun is None else self.tree.lemma[noun]
        said = lemma_type(called) if called else None
        if said in ("Group", "Concept", "Law", "Event", "Position", None) and kind:
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
        tree = self.tree
        if depth == 0:
            return None
        for k in tree.of(i, "appos"):
            if k in self.at and self.at[k].kind in ("name", "title", "topic"):
                return self.at[k]
        # "the novel Mirgorod", "director Ana Lund": the name that follows its noun.
        if i + 1 in self.at and self.at[i + 1].start == i + 1 and self.at[i + 1].kind in ("name", "title"):
            return self.at[i + 1]
        if tree.dep[i] in ("attr", "conj", "oprd") and tree.head[i] != i:
            h = tree.head[i]
            if tree.dep[i] == "conj":
                return self.of(h, depth=depth - 1) if h not in self.at else None
            subject = tree.first(h, "nsubj", "nsubjpass")
            if subject is not None and subject != i:
                return self.of(subject, depth=depth - 1)
            return self.topic(i)
        if tree.dep[i] == "appos":
            return self.of(tree.head[i], depth=depth - 1)
        if tree.dep[i] in ("pobj", "prep") and tree.pos[i] == "NOUN":
            # "one of the films": what is one of them.
            p = tree.head[i]
            if (
                tree.lower[p] == "of"
                and tree.dep[p] == "prep"
                and tree.lower[tree.head[p]] in ("one", "part")
            ):
                return self.of(tree.head[p], depth=depth - 1)
        return None

    def nominal(self, i: int, range_: tuple[Class, ...]) -> Phrase | None:
        """Give a common noun with what modifies it, where a relation's object may be one."""
        tree = self.tree
        if tree.pos[i] != "NOUN" or (
            range_ and not any(c.type in ("Concept", "Event", "Product") for c in range_)
        ):
            return None
        start = i
        while start > 0 and tree.dep[start - 1] in ("compound", "amod") and tree.head[start - 1] >= start:
            if tree.pos[start - 1] not in ("NOUN", "PROPN", "ADJ") or start - 1 in self.at:
                break
            start -= 1
        return Phrase(start, i + 1, "Concept", "nominal", tree.doc[start : i + 1].text)


def _of_mention(tree: Tree, m: MentionDraft) -> Phrase | None:
    start, end = m.span.start, m.span.end
    if m.kind in ("time", "quantity"):
        if m.kind == "time" and (m.value is None or m.value.datatype == "duration"):
            return None
        while start < end - 1 and (tree.lower[start] in ARTICLES or tree.pos[start] == "ADP"):
            start += 1
        return Phrase(start, end, m.kind, m.kind, tree.doc[start:end].text)
    if m.kind == "attribute":
        if m.type != "GPE":
            return None
        text = tree.doc[start:end].text
        return Phrase(start, end, "GPE", "adjective", text, country=m.label)
    while start < end - 1 and (tree.lower[start] in ARTICLES or tree.lower[start] in QUOTES):
        start += 1
    while end - 1 > start and (tree.lower[end - 1] in QUOTES or tree.lower[end - 1] in ("'s", "’s")):
        end -= 1
    start, end = _whole_name(tree, start, end, m.type)
    text = tree.doc[start:end].text
    if not any(ch.isalnum() for ch in text):
        return None
    return Phrase(start, end, m.type, "name", text, called_by(tree, start, end), m.chain)


def _whole_name(tree: Tree, start: int, end: int, type: str) -> tuple[int, int]:
    """Take in what belongs to a name: "for Best Score" of an award, "The" within a sentence, a number."""
    if tree.lower[end - 1] in PRIZES and end + 1 < tree.n and tree.lower[end] in ("for", "in"):
        last = end + 1
        while last < tree.n and (
            capital(tree, last) or tree.lower[last] in ("-", "of", "in", "or", "a", "the", ",")
        ):
            last += 1
        while last > end + 1 and not capital(tree, last - 1):
            last -= 1
        if last > end + 1:
            end = last
    elif type not in ("Person", "GPE", "Location", "Group", "Language"):
        while end < tree.n and _continues(tree, end):
            end += 1
    if start > 0 and tree.doc[start - 1].text == "The" and not tree.doc[start - 1].is_sent_start:
        start -= 1
    return start, end


def _continues(tree: Tree, i: int) -> bool:
    """Whether a token goes on with the name before it: a capitalised word or a number, no mention itself."""
    token = tree.doc[i]
    if token.ent_type_ and token.ent_type_ not in ("CARDINAL", "ORDINAL"):
        return False
    number = token.text[:1].isdigit() and tree.dep[i] in ("nummod", "compound", "nmod", "npadvmod")
    return number or (
        token.text[:1].isupper() and token.is_alpha and tree.pos[i] in ("PROPN", "NOUN", "ADJ", "ADV")
    )
