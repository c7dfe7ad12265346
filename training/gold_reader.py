"""What the reader of roles and attachments learns from: parsed sentences with gold arcs and roles."""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import pickle
import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import spacy
from spacy.tokens import Doc

from kg.extract.parse.attachments import KIND_OF, KINDS
from kg.extract.parse.rolesets import Rolesets
from kg.extract.parse.standing import relations

HARD = ("prep", "relcl", "acl", "appos", "conj")
# The labels of whole trees without their subtypes, as they are learned beside.
UD_LABELS = (
    "root nsubj obj iobj obl nmod amod det case mark advmod aux cop conj cc acl appos advcl xcomp ccomp "
    "csubj nummod compound flat fixed punct expl parataxis discourse vocative list dep"
).split()
AUXILIARY = frozenset({"be.03", "have.01", "do.01"})


@dataclass(slots=True)
class Proposition:
    """A predicate with its sense (a number of `Frames`, or -1) and its roles (name, first, end)."""

    predicate: int
    sense: int
    roles: list[tuple[str, int, int]]


@dataclass(slots=True)
class Sentence:
    """The words of a sentence as the stock model parsed them, and what is known of them."""

    document: str
    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    lemmas: list[str]
    pos: list[str]
    # For a token the heads that are right, and its kind; None where nothing is known of attachments.
    arcs: dict[int, tuple[tuple[int, ...], str]] | None = None
    # None where nothing is known of predicates.
    propositions: list[Proposition] | None = None
    # Of a whole gold tree in Universal Dependencies the head (-1 at the root) and label of each token.
    tree: list[tuple[int, int]] = field(default_factory=list)
    relations: Any = None
    teacher: Any = field(default=None, repr=False)


class Frames(Rolesets):
    """The rolesets of PropBank, and how often each was seen in what is learned from."""

    def __init__(self, path: Path) -> None:
        super().__init__(path)
        self.seen: collections.Counter[int] = collections.Counter()


def read_trees(path: Path) -> Iterator[tuple[str, list[list[str]]]]:
    """Give the sentences of a CoNLL-U file: the document, and the columns of each token."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        name, rows = "", []
        for line in lines:
            line = line.rstrip("\n")
            if line.startswith("# sent_id"):
                name = line.partition("=")[2].strip()
            elif not line.strip():
                if rows:
                    yield name, rows
                rows = []
            elif line[0].isdigit() and line.split("\t", 1)[0].isdigit():
                rows.append(line.split("\t"))
        if rows:
            yield name, rows


def parse(nlp: Any, words: list[str], spaces: list[bool]) -> Doc:
    """Parse one sentence on its given tokens."""
    doc = Doc(nlp.vocab, words=words, spaces=spaces)
    for i, token in enumerate(doc):
        token.is_sent_start = i == 0
    for _, component in nlp.pipeline:
        doc = component(doc)
    return doc


def sentence_of(nlp: Any, document: str, words: list[str], spaces: list[bool]) -> Sentence:
    doc = parse(nlp, words, spaces)
    found = Sentence(
        document,
        words,
        [t.tag_ for t in doc],
        [t.dep_ for t in doc],
        [t.head.i for t in doc],
        [t.lemma_ for t in doc],
        [t.pos_ for t in doc],
    )
    found.relations = relations(found.heads)
    return found


class Gold:
    """The decisions of a gold tree in Universal Dependencies, on the tokens of another scheme."""

    def __init__(self, rows: list[list[str]]) -> None:
        self.n = len(rows)
        self.head = [int(c[6]) - 1 if c[6].isdigit() else -1 for c in rows]
        self.label = [c[7] for c in rows]
        self.kids: dict[int, list[int]] = collections.defaultdict(list)
        for i, h in enumerate(self.head):
            self.kids[h].append(i)
        self.name = list(range(self.n))
        for i in range(self.n):
            if self.label[i].split(":")[0] in ("flat", "fixed", "goeswith") and self.head[i] >= 0:
                self.name[self._top(i)] = self._top(self.head[i])
        self.name = [self._top(i) for i in range(self.n)]

    def _top(self, i: int) -> int:
        while self.name[i] != i:
            i = self.name[i]
        return i

    def site(self, i: int) -> set[int]:
        """Give the tokens that stand for a word: its name, the copula and auxiliaries of a predicate."""
        names = {
            self.name[j]
            for j in (i, *(k for k in self.kids[i] if self.label[k].split(":")[0] in ("cop", "aux")))
        }
        return {t for t in range(self.n) if self.name[t] in names}

    def arcs(self, sentence: Sentence) -> dict[int, tuple[tuple[int, ...], str]]:
        """Give for tokens that hang somewhere the heads that are right, and the kind."""
        out: dict[int, tuple[tuple[int, ...], str]] = {}
        for i in range(self.n):
            label, head = self.label[i], self.head[i]
            if head < 0:
                continue
            case = [k for k in self.kids[i] if self.label[k] == "case"]
            if label in ("nmod", "obl", "obl:agent") and case:
                if sentence.deps[case[0]] not in ("case", "mark", "advmod", "amod", "poss"):
                    out[case[0]] = (tuple(sorted(self.site(head))), "prep")
                continue
            kind = "relcl" if label == "acl:relcl" else label.split(":")[0]
            if kind not in KINDS[1:] or label.endswith("outer"):
                continue
            mine = self.site(i)
            allowed = self.site(head)
            if kind == "conj":
                for k in self.kids[head]:
                    if self.label[k] == "conj" and k < i:
                        allowed |= self.site(k)
            allowed -= mine
            tops = [t for t in mine if sentence.heads[t] not in mine or sentence.heads[t] == t]
            for t in tops or [i]:
                if allowed:
                    out.setdefault(t, (tuple(sorted(allowed)), kind))
        return out


def tree_of(rows: list[list[str]]) -> list[tuple[int, int]]:
    """Give the head and the number of the label of each token of a gold tree."""
    number = {k: i for i, k in enumerate(UD_LABELS)}
    other = number["dep"]
    return [(int(c[6]) - 1, number.get(c[7].split(":")[0], other)) for c in rows]


def spacy_arcs(rows: list[list[str]]) -> dict[int, tuple[tuple[int, ...], str]]:
    """Give the arcs of a gold tree that is in spaCy's labels already."""
    out: dict[int, tuple[tuple[int, ...], str]] = {}
    heads = [int(c[6]) - 1 for c in rows]
    labels = [c[7] for c in rows]
    for i, (head, label) in enumerate(zip(heads, labels, strict=True)):
        kind = KIND_OF.get(label)
        if kind is None or head < 0:
            continue
        allowed = {head}
        j = head
        while kind == "conj" and labels[j] == "conj" and heads[j] >= 0:
            j = heads[j]
            allowed.add(j)
        out[i] = (tuple(sorted(allowed)), kind)
    return out


def spaces_of(rows: list[list[str]]) -> list[bool]:
    return ["SpaceAfter=No" not in c[9] for c in rows]


def propositions(row: dict[str, Any], frames: Frames) -> list[Proposition]:
    return [
        Proposition(
            p["predicate"],
            frames.number.get(p["roleset"], -1),
            [(a[0], a[1], a[2]) for a in p["args"]],
        )
        for p in row["propositions"]
        if p["roleset"] not in AUXILIARY
    ]


def of_trees(nlp: Any, path: Path, srl: dict[str, Any], frames: Frames) -> Iterator[Sentence]:
    """Give the sentences of a treebank, with the propositions of those that have some."""
    for number, (name, rows) in enumerate(read_trees(path)):
        document = f"{path.name}:{name.rsplit('-', 1)[0]}" if name else f"{path.name}:{number // 40}"
        found = sentence_of(nlp, document, [c[1] for c in rows], spaces_of(rows))
        found.arcs = Gold(rows).arcs(found)
        found.tree = tree_of(rows)
        row = srl.get(name)
        if row is not None and row["words"] == found.words:
            found.propositions = propositions(row, frames)
        yield found


def of_craft(nlp: Any, path: Path, count: int, seed: int) -> Iterator[Sentence]:
    """Give a part of a treebank in spaCy's labels, in runs of ten sentences."""
    rows = [r for r in read_trees(path) if 4 <= len(r[1]) <= 60]
    starts = list(range(0, len(rows) - 10, 10))
    random.Random(seed).shuffle(starts)
    for start in sorted(starts[: count // 10]):
        for _, tokens in rows[start : start + 10]:
            found = sentence_of(nlp, f"craft:{start}", [c[1] for c in tokens], spaces_of(tokens))
            found.arcs = spacy_arcs(tokens)
            yield found


def prepare(a: argparse.Namespace) -> tuple[list[Sentence], dict[str, list[Sentence]], Frames]:
    """Read and parse all that is learned from and scored on; kept in the work folder."""
    kept = a.work / "reader.pkl"
    frames = Frames(a.propbank)
    if kept.exists():
        with kept.open("rb") as file:
            data, dev = pickle.load(file)
    else:
        nlp = spacy.load(a.spacy_model, exclude=["ner"])
        srl = srl_of(a.srl)
        data = [s for path in a.trees for s in of_trees(nlp, path, srl, frames)]
        if a.craft:
            data += of_craft(nlp, a.craft, a.craft_sentences, 5)
        data = [s for s in data if len(s.words) <= 110]
        dev = {}
        known = srl_of(a.dev_srl) if a.dev_srl else {}
        for path in a.dev_trees:
            dev[path.name.split(".")[0]] = list(of_trees(nlp, path, known, frames))
        with kept.open("wb") as file:
            pickle.dump((data, dev), file)
    for s in data:
        for p in s.propositions or ():
            if p.sense >= 0:
                frames.seen[p.sense] += 1
    return data, dev, frames


def srl_of(path: Path) -> dict[str, Any]:
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return {row["id"]: row for row in map(json.loads, lines)}
