"""What the reader of events learns from: sentences in which readers marked events and their roles.

A set of invented texts is two files beside each other: `NAME.tsv` with sentences (an id `DOCUMENT.NUMBER`, a
tab, the sentence) and `NAME.txt` with marks, a line an event:

    SENTENCE|CLASS|TRIGGER|STANDING|ROLE=WORDS;ROLE=WORDS@SENTENCE;...

TRIGGER and WORDS stand in their sentence as they are written; `#2` behind them means the second time.

A set of texts of others is `NAME.jsonl` without their words, a line a document: `set` and `document` (see
`training.judgements.sets`), `sentences` as (start, end), and `events` with `event`, `standing`, `trigger` as
(start, end) and `roles` as (role, start, end), all in characters of the document.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spacy.tokens import Doc

from kg.extract.parse.events import CLASSES, ROLES, STANDINGS, roles_of
from kg.extract.parse.standing import relations

# How many pieces a word has, about.
PIECES_OF_WORD = 1.35


@dataclass(slots=True)
class Mark:
    """An event as it was marked: where its trigger stands, its class, and what fills its roles."""

    sentence: str
    event: str
    trigger: tuple[int, int]
    standing: str
    # Role, sentence, first character and the one after the last.
    roles: list[tuple[str, str, int, int]] = field(default_factory=list)


@dataclass(slots=True)
class Parsed:
    """A sentence with the events of which the trigger stands in it."""

    id: str
    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    # Of each event the trigger, the class, the standing and the roles: (role, sentence, token).
    events: list[tuple[int, str, str, list[tuple[str, str, int]]]]

    @property
    def document(self) -> str:
        """The document it is of."""
        return self.id.rpartition(".")[0]


@dataclass(slots=True)
class Marked:
    """An event of a run: its trigger, its class, how it stands, and the role of each token that has one."""

    trigger: int
    event: int
    standing: int
    roles: dict[int, int] = field(default_factory=dict)


@dataclass(slots=True)
class Run:
    """A run of sentences as the encoder reads it."""

    words: list[str]
    tags: list[str]
    deps: list[str]
    heads: list[int]
    starts: list[bool]
    events: list[Marked]
    relations: Any = None

    def prepare(self) -> None:
        """Work out how its tokens stand to each other."""
        self.relations = relations(self.heads)


def read_sentences(path: Path) -> dict[str, str]:
    """Give the sentences of a set by their ids."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return dict(line.split("\t", 1) for line in lines if "\t" in line)


def read_marks(path: Path, sentences: dict[str, str]) -> Iterator[Mark]:
    """Give the marks of a set.

    Raises ValueError where a line does not fit its sentences.
    """
    for i, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if line.strip():
            try:
                yield _mark(line, sentences)
            except (ValueError, KeyError) as error:
                raise ValueError(f"{path}:{i}: {error}") from error


def read_standoff(path: Path, texts: Mapping[tuple[str, str], str]) -> tuple[dict[str, str], list[Mark]]:
    """Give the sentences and the marks of a set without words, by the texts of its documents.

    Raises KeyError where a document is lacking.
    """
    sentences: dict[str, str] = {}
    marks: list[Mark] = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        name = f"{row['set']}/{row['document']}"
        text, bounds = texts[row["set"], row["document"]], row["sentences"]
        sentences |= {f"{name}.{i}": _plain(text[a:b]) for i, (a, b) in enumerate(bounds)}

        def place(start: int, end: int, name: str = name, bounds: Any = bounds) -> tuple[str, int, int]:
            i = next(i for i, (a, b) in enumerate(bounds) if a <= start < b)
            return f"{name}.{i}", start - bounds[i][0], end - bounds[i][0]

        for event in row["events"]:
            at, first, last = place(*event["trigger"])
            roles = [(role, *place(a, b)) for role, a, b in event["roles"]]
            marks.append(Mark(at, event["event"], (first, last), event["standing"], roles))
    return sentences, marks


def _plain(text: str) -> str:
    """Give a sentence on one line; no character moves."""
    return re.sub(r"\s", " ", text)


def _mark(line: str, sentences: dict[str, str]) -> Mark:
    sentence, event, trigger, standing, filled = line.split("|")
    if event not in CLASSES or standing not in STANDINGS:
        raise ValueError(f"unknown: {event} {standing}")
    found = Mark(sentence, event, _place(sentences[sentence], trigger), standing)
    for part in filter(None, filled.split(";")):
        role, _, said = (x.strip() for x in part.partition("="))
        words, _, other = said.partition("@")
        if role not in roles_of(event):
            raise ValueError(f"{event} has no role {role}")
        other = other or sentence
        found.roles.append((role, other, *_place(sentences[other], words)))
    return found


def _place(text: str, words: str) -> tuple[int, int]:
    n = 1
    if numbered := re.fullmatch(r"(.*)#(\d)", words):
        words, n = numbered[1], int(numbered[2])
    found = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", text)]
    if len(found) < n:
        raise ValueError(f"{words!r} is not in {text!r}")
    return found[n - 1]


def head_of(doc: Doc, start: int, end: int) -> int | None:
    """Give the token that heads a stretch of characters; of a preposition what stands under it."""
    inside = [t for t in doc if t.idx < end and t.idx + len(t) > start and not t.is_space]
    if not inside:
        return None
    known = {t.i for t in inside}
    tops = [t for t in inside if t.head.i not in known or t.head.i == t.i]
    top = next((t for t in tops if t.pos_ not in ("PUNCT", "DET")), tops[0])
    while top.pos_ in ("ADP", "SCONJ"):
        below = [k for k in top.children if k.i in known and k.i > top.i and k.pos_ != "PUNCT"]
        if not below:
            break
        top = below[0]
    return top.i


def parsed(nlp: Any, sentences: dict[str, str], marks: list[Mark]) -> list[Parsed]:
    """Parse the sentences of a set, with the events marked in them by token."""
    docs = dict(zip(sentences, nlp.pipe(sentences.values()), strict=True))
    by_sentence: dict[str, list[Mark]] = {}
    for mark in marks:
        by_sentence.setdefault(mark.sentence, []).append(mark)
    out = []
    for id, doc in docs.items():
        events = []
        for mark in by_sentence.get(id, ()):
            trigger = head_of(doc, *mark.trigger)
            roles = [(role, other, head_of(docs[other], a, b)) for role, other, a, b in mark.roles]
            if trigger is not None:
                events.append((trigger, mark.event, mark.standing, [r for r in roles if r[2] is not None]))
        out.append(
            Parsed(
                id,
                [t.text for t in doc],
                [t.tag_ for t in doc],
                [t.dep_ for t in doc],
                [t.head.i for t in doc],
                events,  # type: ignore[arg-type]  # those without a token are left out
            )
        )
    return out


def runs(sentences: list[Parsed], rng: random.Random | None, limit: int = 120) -> Iterator[Run]:
    """Pack the sentences of documents into runs, of lengths as at run time, with `rng` shorter ones, too."""
    group: list[Parsed] = []
    size, longest = 0, limit
    for s in sentences:
        length = int(len(s.words) * PIECES_OF_WORD) + 2
        if group and (s.document != group[-1].document or size + length > longest):
            yield _run(group)
            group, size = [], 0
        if not group and rng is not None:
            longest = rng.choice((1, limit // 2, limit, limit))
        group.append(s)
        size += length
    if group:
        yield _run(group)


def _run(group: list[Parsed]) -> Run:
    first, at = {}, 0
    run = Run([], [], [], [], [], [])
    for s in group:
        first[s.id] = at
        run.words += s.words
        run.tags += s.tags
        run.deps += s.deps
        run.heads += [at + h for h in s.heads]
        run.starts += [i == 0 for i in range(len(s.words))]
        at += len(s.words)
    for s in group:
        for trigger, event, standing, roles in s.events:
            marked = Marked(first[s.id] + trigger, CLASSES.index(event), STANDINGS.index(standing))
            for role, other, token in roles:
                if other in first:
                    marked.roles[first[other] + token] = ROLES.index(role)
            run.events.append(marked)
    run.prepare()
    return run
