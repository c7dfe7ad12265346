"""Who says "I" in a block: the speaker that a label names, the one who is asked, or the author of a text.

A label is a name of somebody and no part of a sentence; its mention is what "I" in the words behind it is
joined to. Where the text does not tell, nobody is.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator

from kg.extract.lexicon import gazetteer, words
from kg.extract.parse.turns import (
    ANSWERING,
    AUTHOR,
    FIRST_PERSON,
    INITIALS,
    ROLES,
    SPEAKER,
    author_named,
    is_title,
)
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.model import HEADS

OWN_TEXTS = words("speakers", "texts", "own")
OF_AUTHOR = words("speakers", "texts", "of_author")
TALK = words("speakers", "texts", "talk")
WHOM = words("speakers", "texts", "whom")
# Blocks in which the author of a text speaks.
PROSE = frozenset({"paragraph", "item"})
INTRODUCING = re.compile(
    r"(?:\bI am|\bI[’']m|\bI,|\b[Mm]y name is|\b[Mm]y name[’']s)\s+(?:(?:Dr|Mr|Mrs|Ms|Prof)\.?\s+)?$"
)
# In characters; such words stand right before a name.
LONGEST_INTRODUCTION = 60
SMALL_I = re.compile(r"(?<!\w)i(?:['’]\w+)? ")
WE = re.compile(r"\b(?:[Ww]e|[Oo]ur|us)\b")
# What is not closed is quoted to its end.
QUOTED = re.compile(r"[\"“«][^\"”»]*|(?<!\w)[‘'][^’']*")
# Whoever signs a text that is not written in the first person is nobody's "I": a stray one is a quotation.
LEAST_SHARE = 1 / 8


def find(reading: Reading) -> None:
    """Add the names of speakers, and tell each block who says "I" in it and who is spoken to."""
    writer = _writer(reading)
    talk = Talk(reading)
    for block in reading.blocks:
        if block.speaker in talk.labels and block.kind != SPEAKER:
            block.said_by = talk.says[block.speaker]
            block.said_to = talk.addressee(block.speaker)
        elif block.kind in PROSE:
            block.said_by = writer


class Talk:
    """Who speaks behind the labels of a document; a label is known by the place where it begins."""

    def __init__(self, reading: Reading) -> None:
        self.labels = {b.start: b for b in reading.blocks if b.kind == SPEAKER}
        self.keys = {start: " ".join(b.doc.text.casefold().split()) for start, b in self.labels.items()}
        # The first label of each speaker, and what each says.
        self._first: dict[str, ParsedBlock] = {}
        self._said: dict[str, list[str]] = {}
        for start, key in self.keys.items():
            self._first.setdefault(key, self.labels[start])
        for block in reading.blocks if self.labels else ():
            if block.speaker in self.keys and block.kind != SPEAKER:
                self._said.setdefault(self.keys[block.speaker], []).append(block.doc.text)
        self._names = [m for m in reading.mentions if m.kind == "name"] if self.labels else []
        self._answering = _asked(reading, self.labels) if not ANSWERING.isdisjoint(self._first) else None
        classes = {key: self._class(key) for key in self._first}
        self.says = {start: self._speaker(reading, start, classes) for start in self.keys}

    def addressee(self, speaker: int) -> MentionDraft | None:
        """Give whom a speaker speaks to, where two speak."""
        others = [block.start for key, block in self._first.items() if key != self.keys[speaker]]
        return self.says[others[0]] if len(others) == 1 else None

    def _speaker(self, reading: Reading, start: int, classes: dict[str, str]) -> MentionDraft | None:
        """Give whom a label names: a role, somebody of these initials, or a name that is drawn."""
        block, key = self.labels[start], self.keys[start]
        if key in ROLES:
            return self._answering if key in ANSWERING else None
        if INITIALS.fullmatch(block.doc.text) is None:
            return _add(reading, block, classes[key]) if classes[key] else None
        letters = block.doc.text.replace(".", "").casefold()
        people = (m for m in self._names if m.type == "Person")
        found = [m for m in people if "".join(t.text[0] for t in m.span).casefold() == letters]
        return found[0] if len({m.label for m in found}) == 1 else None

    def _class(self, key: str) -> str:
        """Give the class of a speaker, or nothing where a label may be an outlet's that only asks."""
        said = " ".join(self._said.get(key, ()))
        known = {m.type for m in self._names if m.label.casefold() == key}
        if gazetteer.female_share(self._first[key].doc[0].text.title()) is not None or "Person" in known:
            return "Person"
        alone = FIRST_PERSON.search(said) is not None or SMALL_I.search(said) is not None
        if not alone and (WE.search(said) is not None or "Organization" in known):
            return "Organization"
        return "Person" if alone else ""


def _add(reading: Reading, block: ParsedBlock, kind: str = "Person") -> MentionDraft:
    """Draw the name that a label holds, without titles."""
    doc = block.doc
    start = 0
    while start < len(doc) - 1 and (doc[start].text == "." or is_title(doc[start].lower_.strip("."))):
        start += 1
    span = doc[start:]
    label = " ".join(span.text.split())
    if label.isupper() and len(label) > 3:
        label = label.title()
    return reading.add(MentionDraft(block, span, span.root, "name", kind, label, confidence=0.95))


def _asked(reading: Reading, labels: dict[int, ParsedBlock]) -> MentionDraft | None:
    """Give who answers in an interview: the only person that its head or introduction names as such."""
    first = min(block.index for block in labels.values())
    before = [m for m in reading.mentions if m.block.index < first and m.type == "Person"]
    before = [m for m in before if m.kind == "name"]
    for named in (list(_questioned(before)), [m for m in before if m.block.kind in HEADS], before):
        if len({m.label.split()[-1] for m in named}) == 1:
            return max(named, key=lambda m: len(m.label))
    return None


def _questioned(people: list[MentionDraft]) -> Iterator[MentionDraft]:
    """Give those whom somebody talks with: "Interview with Anna Berg by Bo Ek"."""
    for m in people:
        before = [t.lower_ for t in m.block.doc[m.span.sent.start : m.span.start]]
        after = {t.lower_ for t in m.block.doc[m.span.end : m.span.sent.end]}
        near = next((w for w in reversed(before) if w in WHOM or w == "by"), "")
        if (near in WHOM and TALK.intersection(before)) or (not before and TALK & after):
            yield m


def _writer(reading: Reading) -> MentionDraft | None:
    """Give who wrote a text, where it tells: "My name is Anna Berg", "Diary of Anna Berg", "by Anna Berg"."""
    people = [m for m in reading.mentions if m.kind == "name" and m.type == "Person"]
    for named in (_introduced(people), [m for m in people if m.block.kind in HEADS and _is_own(m)]):
        if len({m.label for m in named}) == 1:
            return named[0]
    name = author_named(reading.document)
    return _signed(reading, people, name) if name is not None and _is_first_person(reading) else None


def _signed(reading: Reading, people: list[MentionDraft], name: str) -> MentionDraft | None:
    """Give the author that the head of a text names."""
    said = next((b for b in reading.blocks if b.kind == AUTHOR), None)
    if said is not None:
        return _add(reading, said)
    return next((m for m in people if m.label.casefold() == name.casefold()), None)


def _introduced(people: list[MentionDraft]) -> list[MentionDraft]:
    """Give those who say who they are: "I am Anna Berg"."""
    found = []
    for block, together in itertools.groupby(people, key=lambda m: m.block):
        # A Doc puts its text together each time it is asked for it.
        doc, text = block.doc, block.doc.text
        if block.kind not in PROSE or block.speaker >= 0:
            continue
        for m in together:
            before = text[: m.span.start_char]
            next_ = doc[m.span.end].lower_ if m.span.end < len(doc) else ""
            if next_ in ("'s", "’s") or '"' in before or "“" in before:
                continue
            if INTRODUCING.search(text, max(0, m.span.start_char - LONGEST_INTRODUCTION), m.span.start_char):
                found.append(m)
    return found


def _is_own(m: MentionDraft) -> bool:
    """Whether a title announces somebody's own words: "Diary of Anna Berg", "Anna Berg's notes"."""
    doc = m.block.doc
    words_before = [t.lower_ for t in doc[: m.span.start]]
    after = [t.lower_ for t in doc[m.span.end : m.span.end + 4]]
    if after[:1] in (["'s"], ["’s"]):
        return not OWN_TEXTS.isdisjoint(after)
    if words_before[-1:] == ["of"]:
        return words_before[-2:-1] != [] and words_before[-2] in OF_AUTHOR
    return words_before[-1:] in (["by"], ["from"]) and not OWN_TEXTS.isdisjoint(words_before)


def _is_first_person(reading: Reading) -> bool:
    """Whether the author of a text speaks in it: some of its sentences, without quotations, say "I"."""
    own = total = 0
    for block in reading.blocks:
        if block.kind not in PROSE:
            continue
        text = QUOTED.sub(lambda found: " " * len(found[0]), block.doc.text)
        for sentence in block.doc.sents:
            total += 1
            own += FIRST_PERSON.search(text, sentence.start_char, sentence.end_char) is not None
    return total > 0 and own / total >= LEAST_SHARE
