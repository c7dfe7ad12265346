"""What the reader of references learns from: texts in which the mentions of one thing have one number.

Invented texts lie in files of their own, marked in brackets by the guide in `training/chains/README.md`;
texts of others that were marked so lie there without their words; GUM has its chains as spans, GAP says of a
pronoun which of two names it stands for. All are read into `Text`.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from spacy.language import Language
from spacy.tokens import Doc

from kg.extract.coref.candidates import GROUP_OF
from kg.extract.coref.nominals import DEFINITE
from kg.extract.parse import pipeline
from kg.extract.parse.encoder import runs
from kg.extract.reading import ParsedBlock
from kg.read import document_from_text
from training.gold_events import head_of
from training.judgements.sets import documents

# What heads a noun phrase is none of these.
WITHIN = frozenset("compound nmod amod det case punct nummod quantmod".split())
CLOSE = re.compile(r"\|([0-9+]+)\]")
# Kinds of what is asked, and bounds of distances.
GROUPS = ("he", "it", "they", "noun")
FAR = 12
Chain = frozenset[str]


@dataclass(slots=True)
class Marked:
    """A text with the spans of its mentions; the chain of a group has the numbers of all its members.

    `sure` says whether what is not marked stands for nothing that was mentioned before; where it is False
    nothing is known of it.
    """

    name: str
    text: str
    mentions: list[tuple[int, int, Chain]]
    sure: bool = True


@dataclass(slots=True)
class Asked:
    """A pronoun or definite noun: its token, its kind, and its candidates with those that are right."""

    token: int
    group: str
    candidates: list[int]
    # Places in `candidates`; none where it stands for nothing that was mentioned.
    right: list[int]


@dataclass(slots=True)
class Text:
    """A text as the encoder reads it: runs of tokens, and what is asked of it."""

    name: str
    words: list[str]
    tags: list[str]
    deps: list[str]
    starts: list[bool]
    runs: list[tuple[int, int]]
    sentence: list[int]
    lemmas: list[str]
    asked: list[Asked] = field(default_factory=list)
    _pairs: Any = None

    @property
    def is_gap(self) -> bool:
        """Whether it is a passage of GAP, which asks for one pronoun."""
        return self.name.startswith("gap/")

    def pairs(self) -> tuple[NDArray[Any], ...]:
        """How what is asked stands to each token, each (asked, tokens).

        That is how many sentences back, by kind and by whether it is a pronoun; how many words; whether it is
        the same word; and whether it is no candidate.
        """
        if self._pairs is None:
            n = len(self.words)
            at, sentence = np.arange(n), np.array(self.sentence)
            pronoun = np.array([t[:3] == "PRP" for t in self.tags])
            far, words, same = (np.zeros((len(self.asked), n), np.int64) for _ in range(3))
            out = np.ones((len(self.asked), n), bool)
            for row, q in enumerate(self.asked):
                g = GROUPS.index(q.group)
                back = np.clip(sentence[q.token] - sentence, 0, FAR - 1)
                far[row] = (g * FAR + back) * 2 + pronoun
                words[row] = g * FAR + np.minimum(np.ceil(np.log2(np.abs(at - q.token) + 1)), FAR - 1)
                same[row] = g * 2 + np.array([w == self.lemmas[q.token] for w in self.lemmas])
                out[row, q.candidates] = False
            self._pairs = far, words, same, out
        found: tuple[NDArray[Any], ...] = self._pairs
        return found

    def right(self) -> NDArray[np.bool_]:
        """What is right (asked, tokens + 1); the last column is nothing."""
        out = np.zeros((len(self.asked), len(self.words) + 1), bool)
        for row, q in enumerate(self.asked):
            out[row, [q.candidates[n] for n in q.right] or [-1]] = True
        return out


def read_marked(path: Path) -> Iterator[Marked]:
    """Give the texts of a file of invented texts.

    Raises ValueError where brackets do not close.
    """
    for n, part in enumerate(re.split(r"(?m)^# [^\n]*\n", path.read_text(encoding="utf-8"))[1:]):
        try:
            yield unmark(part.strip(), f"{path.stem}/{n}")
        except ValueError as error:
            raise ValueError(f"{path}, text {n + 1}: {error}") from error


def unmark(text: str, name: str) -> Marked:
    """Take the brackets out of a text.

    >>> unmark("[[Her|1] brother|2] left.", "x").mentions == [(0, 3, {"1"}), (0, 11, {"2"})]
    True
    """
    plain: list[str] = []
    size = at = 0
    open_: list[int] = []
    mentions: list[tuple[int, int, Chain]] = []
    while at < len(text):
        close = CLOSE.match(text, at)
        if text[at] == "[":
            open_.append(size)
            at += 1
        elif close:
            if not open_:
                raise ValueError(f"a bracket closes that did not open: {text[max(0, at - 40) : at + 5]!r}")
            mentions.append((open_.pop(), size, frozenset(close.group(1).split("+"))))
            at = close.end()
        else:
            plain.append(text[at])
            size += 1
            at += 1
    if open_:
        raise ValueError(f"a bracket does not close: {''.join(plain)[open_[-1] :][:40]!r}")
    return Marked(name, "".join(plain), mentions)


def read_standoff(path: Path, texts: Mapping[str, Path]) -> Iterator[Marked]:
    """Give the texts of others that were marked: a line each, with `set`, `document` and `mentions`.

    A mention is its start, its end and its numbers; texts are the files of the sets (see
    `training.judgements.sets`).
    """
    known = {(name, id): d.text for name, file in texts.items() for id, d in documents(name, file)}
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [(a, b, frozenset(numbers.split("+"))) for a, b, numbers in row["mentions"]]
        yield Marked(f"{row['set']}/{row['document']}", known[row["set"], row["document"]], spans)


def read_gum(path: Path) -> Iterator[Marked]:
    """Give the documents of a file of GUM."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        spans = [(m["core"][0][0], m["core"][-1][1], frozenset([str(m["chain"])])) for m in row["mentions"]]
        yield Marked(row["id"], row["text"], spans)


def read_gap(path: Path) -> Iterator[Marked]:
    """Give the passages of GAP of which it is known for whom the pronoun stands."""
    for n, line in enumerate(path.read_text(encoding="utf-8").splitlines()):
        row = json.loads(line)
        if row["a_coref"] == row["b_coref"]:
            continue
        right, wrong = ("a", "b") if row["a_coref"] else ("b", "a")
        yield Marked(
            f"gap/{n}",
            row["text"],
            [
                (*row["pronoun"], frozenset(["1"])),
                (*row[right], frozenset(["1"])),
                (*row[wrong], frozenset(["2"])),
            ],
            sure=False,
        )


def placed(
    mentions: Iterable[tuple[int, int, Chain]], block: ParsedBlock
) -> Iterator[tuple[int, int, Chain, int]]:
    """Give the mentions that begin in a block, each with the token that heads it."""
    for start, end, chain in mentions:
        if block.start <= start < block.start + len(block.doc.text):
            head = head_of(block.doc, start - block.start, end - block.start)
            if head is not None:
                yield start, end, chain, head


def parsed(nlp: Language, marked: Iterable[Marked]) -> Iterator[Text]:
    """Parse texts, with what is asked of each."""
    known = list(marked)
    documents = [document_from_text(m.text, source=f"{n}.txt") for n, m in enumerate(known)]
    for m, reading in zip(known, pipeline.parse(nlp, documents), strict=True):
        text = Text(m.name, [], [], [], [], [], [], [])
        chains: dict[int, Chain] = {}
        heads: list[int] = []
        anaphors: list[tuple[int, str]] = []
        for block in reading.blocks:
            _take(text, block.doc, anaphors, heads)
            start = len(text.words) - len(block.doc)
            for _, _, chain, head in placed(m.mentions, block):
                chains.setdefault(start + head, chain)
        _ask(text, chains, heads, anaphors, m.sure)
        yield text


def _take(text: Text, doc: Doc, anaphors: list[tuple[int, str]], heads: list[int]) -> None:
    """Add the tokens of a block to a text, its pronouns and definite nouns, and what heads a noun phrase."""
    at, number = len(text.words), (text.sentence or [-1])[-1]
    for token in doc:
        number += bool(token.is_sent_start) or token.i == 0
        text.sentence.append(number)
        group = asked_as(token)
        if group:
            anaphors.append((at + token.i, group))
        if token.pos_ in ("NOUN", "PROPN", "PRON") and token.dep_ not in WITHIN:
            heads.append(at + token.i)
    text.words += [t.text for t in doc]
    text.tags += [t.tag_ for t in doc]
    text.deps += [t.dep_ for t in doc]
    text.starts += [bool(t.is_sent_start) for t in doc]
    text.lemmas += [t.lemma_.lower() for t in doc]
    lengths = [max(1, round(len(t.text) / 4.5)) for t in doc]
    text.runs += [(at + a, at + b) for a, b in runs(lengths, [(s.start, s.end) for s in doc.sents])]


def asked_as(token) -> str:  # type: ignore[no-untyped-def]
    """Give the kind of what may stand for something that was mentioned: he, it, they, noun, or ""."""
    group = GROUP_OF.get(token.lower_)
    if group is not None and token.tag_ in ("PRP", "PRP$"):
        return "he" if group in ("he", "she") else group
    if token.pos_ in ("NOUN", "PROPN") and token.dep_ not in WITHIN | {"attr", "appos"}:
        if any(k.dep_ == "det" and k.lower_ in DEFINITE for k in token.children):
            return "noun"
    return ""


# Sentences back to a candidate, by kind.
REACH = {"he": 12, "it": 6, "they": 6, "noun": 30}


def _ask(
    text: Text, chains: dict[int, Chain], heads: list[int], anaphors: list[tuple[int, str]], sure: bool
) -> None:
    candidates = sorted({*heads, *chains})
    for token, group in anaphors:
        own = chains.get(token)
        if own is None and not sure:
            continue
        here = text.sentence[token]
        near = [
            c
            for c in candidates
            if (c < token or (group == "he" and text.sentence[c] == here and c != token))
            and here - text.sentence[c] <= REACH[group]
        ]
        right = [n for n, c in enumerate(near) if own is not None and chains.get(c) == own]
        if not right and own is not None and len(own) > 1:
            right = [n for n, c in enumerate(near) if chains.get(c, frozenset(["?"])) <= own]
        if not sure:
            near = [c for c in near if c in chains]
            right = [n for n, c in enumerate(near) if chains[c] == own]
            if not right:
                continue
        text.asked.append(Asked(token, group, near, right))
