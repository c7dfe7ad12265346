"""What can be an argument of a typed triple: names, titles, dates, amounts and members of known classes.

Each phrase is a stretch of the sentence. The *topic* of a sentence is what its description is of ("Lunmark
(also Lundmark) is a 1974 film …"), read off the words, as titles often mislead the parser.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.nominal_types import lemma_type
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.repair import tree_of
from kg.extract.tree import Tree
from kg.extract.typed.classes import Class

OFFICES = frozenset(
    "president minister premier chancellor governor mayor king queen emperor sultan emir secretary speaker "
    "bishop archbishop ambassador prince duke earl commissioner chief head member leader director "
    "chairman chair dean rector senator".split()
)
COPULAS = frozenset({"is", "was", "are", "were"})
OPENING = {"(": ")", "[": "]", "“": "”", '"': '"', "``": "''"}
QUOTES = frozenset("\"'“”‘’«»`") | {"``", "''"}
ARTICLES = frozenset({"the", "a", "an"})
LONGEST_MEMBER = 5
PRIZES = frozenset({"award", "awards", "prize", "medal", "oscar"})
# Common words that are members of a class only when they are said of something ("a general", "major").
AMBIGUOUS = frozenset(
    "general major private open left right centre center action war house dance country drama romance "
    "epic crime family history adventure voice horn bass alto treble organ recorder record junior senior "
    "medium new english dominican centaur cancer phoenix crater norma virgo leo".split()
)


@dataclass(frozen=True, slots=True)
class Phrase:
    """A stretch of a block that can be an argument: tokens from `start` to `end`, and what it is.

    `kind` is topic, name, title, member, adjective, time or quantity; `called` are the nouns that the text
    itself calls it; `country` is the country that an adjective stands for.
    """

    start: int
    end: int
    type: str
    kind: str
    text: str
    called: frozenset[str] = frozenset()
    chain: int | None = None
    country: str = ""


class Arguments:
    """The phrases of one block, and which of them a token stands for."""

    def __init__(self, reading: Reading, block: ParsedBlock, members: tuple[Class, ...]) -> None:
        self.tree = tree_of(block)
        self.block = block
        self.topics: dict[int, Phrase] = {}  # by the first token of the sentence
        self.phrases: list[Phrase] = []
        self._collect(reading, members)
        self.at: dict[int, Phrase] = {}
        # Longer phrases win, topics before all.
        for p in sorted(self.phrases, key=lambda p: (p.kind == "topic", p.kind != "member", p.end - p.start)):
            for i in range(p.start, p.end):
                self.at[i] = p

    def _collect(self, reading: Reading, members: tuple[Class, ...]) -> None:
        tree, doc = self.tree, self.block.doc
        mentions = [m for m in reading.mentions if m.block is self.block]
        for sentence in doc.sents:
            topic = topic_of(tree, sentence.start, sentence.end)
            if topic is not None:
                topic = self._typed(topic, mentions)
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
        for start, end in quoted(tree):
            if start not in taken:
                text = doc[start:end].text
                self.phrases.append(Phrase(start, end, "Work", "title", text))
        self.phrases += member_phrases(tree, members, taken)
        self.phrases = list(dict.fromkeys(self.phrases))

    def _typed(self, topic: Phrase, mentions: list[MentionDraft]) -> Phrase:
        """Give a topic its type: what the sentence calls it, else that of the name it is."""
        kind, chain = "", None
        for m in mentions:
            if m.kind == "name" and m.span.start < topic.end and topic.start < m.span.end:
                inside = m.span.start >= topic.start - 1 and m.span.end <= topic.end
                if inside and (not kind or len(m.span) >= topic.end - topic.start - 1):
                    kind, chain = m.type, m.chain
        called = predicate_noun(self.tree, topic)
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
            _capital(tree, last) or tree.lower[last] in ("-", "of", "in", "or", "a", "the", ",")
        ):
            last += 1
        while last > end + 1 and not _capital(tree, last - 1):
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


def called_by(tree: Tree, start: int, end: int) -> frozenset[str]:
    """Give the noun that stands right before or after a name: "the river Ange", "Ange river"."""
    found = set()
    if start > 0 and tree.pos[start - 1] == "NOUN":
        found.add(tree.lemma[start - 1])
    if start > 1 and tree.lower[start - 1] == "of" and tree.pos[start - 2] == "NOUN":
        found.add(tree.lemma[start - 2])  # "the constellation of Lyra"
    if end < tree.n and tree.pos[end] == "NOUN" and tree.dep[end - 1] in ("compound", "nmod", "amod"):
        found.add(tree.lemma[end])
    for k in range(start, end):
        for a in tree.of(k, "appos"):
            if tree.pos[a] == "NOUN":
                found.add(tree.lemma[a])
    return frozenset(found)


def topic_of(tree: Tree, start: int, end: int) -> Phrase | None:
    """Give what a sentence describes: what stands before its first verb, if that names something.

    The words are read rather than the parse, as titles mislead the parser: a verb is written small, and what
    stands in brackets or quotation marks is passed over. What stands before the last comma is passed over
    where it is no name ("Filmed in Oslo, …"), and of "Lund's last film" only Lund is the topic.
    """
    verb = _first_verb(tree, start, end)
    if verb is None:
        return None
    first = start
    segments = _segments(tree, start, verb)
    opening = tree.tag[start] in ("IN", "VBN", "VBG", "RB", "TO") or tree.lower[start] in ("a", "an")
    if opening and len(segments) > 1:
        first = segments[-1]
    elif tree.tag[start] == "IN" and not _capital(tree, min(start + 2, verb)):
        subject = tree.first(verb, "nsubj", "nsubjpass")
        if subject is not None and tree.left[subject] > start:
            first = tree.left[subject]
    return _title(tree, first, verb)


def _capital(tree: Tree, i: int) -> bool:
    text: str = tree.doc[i].text
    return text[:1].isupper()


def _first_verb(tree: Tree, start: int, end: int) -> int | None:
    """Give the first finite verb that is written small and stands outside of brackets and quotation marks."""
    closing: list[str] = []
    for i in range(start, min(end, start + 100)):
        word = tree.lower[i]
        if closing and word == closing[-1]:
            closing.pop()
        elif word in OPENING and len(closing) < 3 and OPENING[word] in tree.lower[i + 1 : end]:
            closing.append(OPENING[word])
        elif closing or i == start or not tree.doc[i].text[:1].islower():
            continue
        elif tree.tag[i] in ("VBZ", "VBD", "VBP", "MD") and tree.pos[i] in ("VERB", "AUX"):
            if tree.dep[i] not in ("relcl", "acl", "advcl", "amod", "compound"):
                return i
    return None


def _segments(tree: Tree, start: int, end: int) -> list[int]:
    """Give where the stretches between commas begin, brackets and quotation marks passed over."""
    found: list[int] = [start]
    closing: list[str] = []
    for i in range(start, end):
        word = tree.lower[i]
        if closing and word == closing[-1]:
            closing.pop()
        elif word in OPENING and OPENING[word] in tree.lower[i + 1 : end]:
            closing.append(OPENING[word])
        elif word == "," and not closing and i + 1 < end:
            found.append(i + 1)
    return found


def _title(tree: Tree, start: int, end: int) -> Phrase | None:
    """Make a topic of the words before a verb, without brackets, what follows a comma, quotation marks."""
    begin = start
    if tree.lower[start] == "(":  # "(4213) 1987 SV is a minor planet"
        begin = next((i for i in range(start, end) if tree.lower[i] == ")"), start) + 1
    stop = next((i for i in range(begin, end) if tree.lower[i] in ("(", "[", "–", "—")), end)
    commas = [i for i in range(start, stop) if tree.lower[i] == ","]
    if commas and (
        stop < end
        or tree.lower[end - 1] in (",", ")")
        or tree.lower[commas[0] + 1] in ("also", "known", "or", "the", "a", "an", "who", "which", "formerly")
    ):
        stop = commas[0]
    opened = next((i for i in range(start, min(start + 3, stop)) if tree.lower[i] in QUOTES), None)
    if opened is not None and tree.lower[opened] in OPENING:
        closed = next(
            (i for i in range(opened + 1, stop) if tree.lower[i] == OPENING[tree.lower[opened]]), stop
        )
        if opened == start or tree.lower[start] in ARTICLES:
            start, stop = opened + 1, closed
    while stop > start and (
        tree.pos[stop - 1] in ("PUNCT", "SPACE")
        or (tree.pos[stop - 1] in ("ADV", "AUX") and tree.doc[stop - 1].is_lower)
    ):
        if tree.lower[stop - 1] in ("?", "!", ".", "]"):
            break
        stop -= 1
    for i in range(start + 1, stop):
        small = i + 1 >= stop or not tree.doc[i + 1].text[:1].isupper()
        if tree.lower[i] in ("'s", "’s", "'", "’") and small and tree.dep[i] == "case":
            stop = i
            break
    if start >= stop or stop - start > 20:
        return None
    if tree.pos[start] == "PRON" and stop - start == 1:
        return None
    bare = start + (tree.lower[start] in ARTICLES)
    if bare >= stop:
        return None
    last = tree.doc[stop - 1]
    points_back = tree.lower[start] in ("the", "this", "that", "his", "her", "its", "their", "these") and (
        lemma_type(tree.lemma[stop - 1]) in ("Work", "Person", "Group", "Organization", "Event", "Facility")
    )
    if not any(w.text[:1].isupper() or w.text[:1].isdigit() for w in tree.doc[bare:stop]):
        # "The northern harrier" names a kind; "The film" only points back.
        if tree.lower[start] != "the" or stop - bare < 2 or points_back:
            return None
        return Phrase(bare, stop, "Concept", "topic", tree.doc[bare:stop].text)
    if last.is_lower and points_back:
        return None
    return Phrase(start, stop, "", "topic", tree.doc[start:stop].text)


def predicate_noun(tree: Tree, topic: Phrase) -> str:
    """Give the lemma of the noun that the sentence calls its topic: "film" in "X is a 1974 film by …"."""
    end = tree.doc[topic.start].sent.end
    for i in range(topic.end, min(end, topic.end + 60)):
        if tree.lower[i] in COPULAS:
            attr = tree.first(i, "attr")
            if attr is not None and attr > i:
                return tree.lemma[attr]
            for k in range(i + 1, min(i + 12, end)):
                if tree.pos[k] == "NOUN" and (k + 1 >= end or tree.pos[k + 1] not in ("NOUN", "PROPN")):
                    return tree.lemma[k]
            return ""
    return ""


def offices(tree: Tree, taken: set[int]) -> list[Phrase]:
    """Give offices with what they are of: "President of Norland", "bishop of Ely"."""
    found = []
    for i in range(tree.n - 2):
        if tree.lower[i + 1] != "of" or i in taken or tree.pos[i] not in ("NOUN", "PROPN"):
            continue
        if tree.lemma[i] not in OFFICES or tree.tag[i] in ("NNS", "NNPS"):
            continue
        end = i + 2
        if tree.lower[end] == "the" and end + 1 < tree.n:
            end += 1
        last = end
        while last < tree.n and (
            _capital(tree, last)
            or (tree.lower[last] == "of" and last + 1 < tree.n and _capital(tree, last + 1))
        ):
            last += 1
        if last > end:
            start = i
            while start > 0 and tree.lower[start - 1] in (
                "vice",
                "prime",
                "deputy",
                "foreign",
                "lord",
                "attorney",
            ):
                start -= 1
            found.append(Phrase(start, last, "Position", "office", tree.doc[start:last].text))
    return found


def capitalised(tree: Tree, known: set[int]) -> list[Phrase]:
    """Give runs of capitalised words within a sentence that are no known names: species, brands, titles."""
    found = []
    i = 0
    while i < tree.n:
        token = tree.doc[i]
        if i in known or token.is_sent_start or not token.text[:1].isupper() or token.ent_type_:
            i += 1
            continue
        end = i + 1
        while (
            end < tree.n
            and end not in known
            and (tree.doc[end].text[:1].isupper() or tree.doc[end].text.isdigit())
        ):
            end += 1
        if (
            end == i + 1
            and end < tree.n
            and tree.doc[end].is_lower
            and tree.pos[end] == "PROPN"
            and end not in known
        ):
            end += 1  # "Rosa canina"
        if len(token.text) > 2 or end > i + 1:
            found.append(Phrase(i, end, "Other", "name", tree.doc[i:end].text, called_by(tree, i, end)))
        i = end
    return found


def quoted(tree: Tree) -> Iterator[tuple[int, int]]:
    """Give the stretches in quotation marks that look like titles."""
    i = 0
    while i < tree.n:
        close = {"“": "”", '"': '"', "``": "''"}.get(tree.lower[i])
        if close is None:
            i += 1
            continue
        j = next((k for k in range(i + 1, min(i + 16, tree.n)) if tree.lower[k] == close), None)
        if j is None:
            i += 1
            continue
        if j > i + 1 and tree.doc[i + 1].text[:1].isupper():
            end = j - 1 if tree.lower[j - 1] in (",", ".") else j
            if end > i + 1:
                yield i + 1, end
        i = j + 1


def member_phrases(tree: Tree, members: tuple[Class, ...], taken: set[int]) -> list[Phrase]:
    """Give the longest stretches that are listed members of classes."""
    if not members:
        return []
    listed = frozenset().union(*(c.members for c in members))
    found: list[Phrase] = []
    i = 0
    while i < tree.n:
        for length in range(min(LONGEST_MEMBER, tree.n - i), 0, -1):
            span = tree.doc[i : i + length]
            text = span.text.lower()
            last = tree.lemma[i + length - 1]
            single = text[: len(text) - len(tree.lower[i + length - 1])] + last
            if (text in listed or single in listed) and i not in taken:
                if length == 1 and (tree.pos[i] not in ("NOUN", "PROPN", "ADJ") or text in AMBIGUOUS):
                    if tree.pos[i] not in ("NOUN", "PROPN") or text not in AMBIGUOUS:
                        break
                kept = span.text
                type = "Language" if tree.doc[i].ent_type_ == "LANGUAGE" else "Concept"
                found.append(Phrase(i, i + length, type, "member", kept, called_by(tree, i, i + length)))
                i += length - 1
                break
        i += 1
    return found
