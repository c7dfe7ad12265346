"""Records as extraction and resolution give them, of any number, from a seeded generator."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Iterator
from dataclasses import dataclass

from kg.model import Block, Claim, Document, Entity, Extraction, Mention

KINDS = ("Person", "Organization", "GPE", "Event")
VERBS = (
    "meet",
    "support",
    "visit",
    "accuse_of",
    "advocate_for",
    "attack",
    "fund",
    "found",
    "leave",
    "praise",
)
CLAIMS_PER_DOCUMENT = 10


@dataclass(frozen=True, slots=True)
class Resolved:
    """Entities, and the links from mentions to them."""

    entities: tuple[Entity, ...]
    links: dict[str, tuple[int | None, ...]]


def records(documents: int, *, seed: int = 7) -> tuple[list[Document], list[Extraction], Resolved]:
    """Give documents of ten sentences, a claim each, among entities that recur as names do."""
    read, resolved = stream(documents, seed=seed)
    made = list(read)
    return [d for d, _ in made], [e for _, e in made], resolved


def stream(documents: int, *, seed: int = 7) -> tuple[Iterator[tuple[Document, Extraction]], Resolved]:
    """Give the same documents one at a time, with the links of all."""
    many = documents * 3
    entities = tuple(
        Entity(f"Thing_{i}", KINDS[i % len(KINDS)], f"Thing {i}", (f"T{i}",)) for i in range(many)
    )
    links = {d.id: link for d, _, link in _documents(documents, many, random.Random(seed))}
    again = _documents(documents, many, random.Random(seed))
    return ((d, e) for d, e, _ in again), Resolved(entities, links)


def _documents(
    count: int, entities: int, chance: random.Random
) -> Iterator[tuple[Document, Extraction, tuple[int, ...]]]:
    for number in range(count):
        doc_id = f"{number:016x}"
        text, sentences, mentions, claims, links = "", [], [], [], []
        for _ in range(CLAIMS_PER_DOCUMENT):
            # Squaring gives a few entities many facts and most a few, as in texts.
            ends = [int(entities * chance.random() ** 2) for _ in range(3)]
            verb = chance.choice(VERBS)
            start = len(text)
            for i, end in enumerate(ends):
                label = f"Thing {end}"
                text += ("", f" {verb.split('_')[0]}ed ", " in ")[i]
                kind = KINDS[end % len(KINDS)]
                mentions.append(Mention(len(text), len(text) + len(label), label, "name", kind, label))
                text += label
            text += ". "
            first = len(mentions) - 3
            day = dt.date(2020, 1, 1) + dt.timedelta(days=chance.randrange(1000))
            asserted = chance.random() < 0.75
            sentences.append((start, len(text) - 1))
            claims.append(
                Claim(
                    subject=first,
                    relation=verb,
                    object=first + 1,
                    qualifiers=(("in", first + 2),),
                    text=f"{verb.split('_')[0]}ed",
                    asserted=asserted,
                    modality=None if asserted else "Possible",
                    begins=day,
                    ends=day,
                    start=start,
                    end=len(text) - 2,
                    rule="clause.verb",
                    confidence=round(0.5 + chance.random() / 2, 2),
                )
            )
            links += ends
        document = Document(
            doc_id, f"texts/{number}.txt", text, published=dt.date(2023, 1, 1), blocks=(Block(0, len(text)),)
        )
        extraction = Extraction(
            doc_id, document.source, tuple(mentions), tuple(claims), tuple(sentences), {"model": "none"}
        )
        yield document, extraction, tuple(links)
