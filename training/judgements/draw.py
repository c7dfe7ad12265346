"""Draw facts to be judged, as a reader sees them.

    python -m training.judgements.draw SET=PATH... --count 400 --seed 1 --out DIR [--parts 4]
        [--unsure 0.3] [--kinds 0.4] [--learned 0.2] [--known training/judgements/*.jsonl]
        [--without training/marked/real.jsonl]

writes DIR/part-N.tsv, which a judge reads (number, fact, what its clause says, the sentence and what stands
before it), and DIR/drawn-N.jsonl, a line for each: data set, document, the characters of the clause, the
triple by the labels of its mentions, what both ends are called in the graph, the rule, and why it was drawn.
Only what the text is taken to state is drawn, whatever its confidence; what is denied, planned or reported
is not.

Most are drawn at random, a share where the confidence is `unsure`, and a share of the `kinds` that few
judgements speak of: roles of events, what the learned reader adds to them, and what is called by a
description. What is `known` is not drawn again, and documents that something was learned from are left out
with `without`.
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from kg.config import Config, unbarred
from kg.extract import Extractor
from kg.extract.claims import rules
from kg.model import OBJECT, Claim, Document, Extraction
from kg.rdf.mapping import OF
from kg.resolve import resolve
from training.judgements.sets import documents

BEFORE = 220
# The class that a judge sees behind a label.
CLASS = re.compile(r" \[\w+\]$")
# The rules that tell of events.
KIND_OF = {
    rules.EVENT_ROLE.id: "event",
    rules.EVENT_LASTING.id: "event",
    rules.EVENT_LEARNED.id: "learned",
}
# Between these a confidence leaves open whether a fact is whole.
UNSURE = (0.2, 0.7)


@dataclass(frozen=True)
class Wish:
    """Which shares are wanted: where the model is unsure, of new kinds, and of what is kept as doubtful."""

    unsure: float
    kinds: float
    doubtful: float
    learned: float


def edges(claim: Claim) -> Iterator[tuple[str, int | None, bool, float]]:
    """Give the triples of a claim: role, mention of the object, whether it is stated, its confidence."""
    sure = claim.qualifier_confidence or (claim.confidence,) * len(claim.qualifiers)
    if claim.object is not None or not claim.qualifiers:
        yield "object", claim.object, claim.asserted and OBJECT not in claim.doubted, claim.confidence
    for i, (role, m) in enumerate(claim.qualifiers):
        yield role, m, claim.asserted, sure[i]


def rows(name: str, key: str, document: Document, extraction: Extraction) -> Iterator[dict[str, Any]]:
    """Give all facts of a document that may be drawn, with what a judge is shown."""
    resolution = resolve([extraction], config=Config())
    links = resolution.links[extraction.doc_id]
    mentions = extraction.mentions

    def called(i: int) -> str:
        link = links[i]
        if link is not None:
            return f"{resolution.entities[link].label} [{resolution.entities[link].type}]"
        m = mentions[i]
        return f'"{m.text}"' if m.kind == "clause" else m.text if m.value is not None else m.label or m.text

    for claim in extraction.claims:
        if claim.negated or claim.modality or claim.attributed_to is not None:
            continue
        if links[claim.subject] is None or claim.relation == OF:
            continue
        start, end = sentence_of(extraction, claim.start)
        further = [f"{r.replace('_', ' ')} {called(m)}" for r, m in claim.qualifiers]
        for role, index, asserted, confidence in edges(claim):
            if index is not None and (
                mentions[index].kind in ("time", "pronoun") or links[index] == links[claim.subject]
            ):
                continue
            relation = claim.relation_of(role)
            shown = [
                called(claim.subject),
                relation.rpartition(":")[2].replace("_", " "),
                "" if index is None else called(index),
            ]
            time = "/".join(str(d) for d in (claim.begins, claim.ends) if d)
            whole = [
                called(claim.subject),
                claim.text,
                "" if claim.object is None else called(claim.object),
                *further,
            ]
            described = any(i is not None and mentions[i].description for i in (claim.subject, index))
            yield {
                "set": name,
                "document": key,
                "start": claim.start,
                "end": claim.end,
                "sentence": [start, end],
                "triple": [
                    label(mentions[claim.subject]),
                    relation,
                    index if index is None else label(mentions[index]),
                ],
                "called": [
                    CLASS.sub("", called(claim.subject)),
                    None if index is None else CLASS.sub("", called(index)),
                ],
                "rule": claim.rule,
                "asserted": asserted,
                "confidence": confidence,
                "kind": KIND_OF.get(claim.rule, "described" if described else ""),
                "shown": " | ".join(shown) + (f" | time {time}" if time else ""),
                "whole": " ".join(" ".join(whole).split()) if further else "",
                "quote": " ".join(document.text[start:end].split()),
                "before": " ".join(document.text[max(0, start - BEFORE) : start].split()),
            }


def label(mention: Any) -> str:
    """Give the words by which a judged triple is found again."""
    return mention.label or mention.text


def sentence_of(extraction: Extraction, start: int) -> tuple[int, int]:
    """Give the sentence in which a character stands."""
    return max((s for s in extraction.sentences if s[0] <= start), default=extraction.sentences[0])


def draw(pool: list[dict[str, Any]], count: int, wish: Wish, rng: random.Random) -> list[dict[str, Any]]:
    """Draw facts of one set: of the new kinds, of those the model is unsure of, and at random."""
    rng.shuffle(pool)
    out: list[dict[str, Any]] = []
    for why, share, fits in (
        ("learned", wish.learned, lambda r: r["kind"] == "learned"),
        ("event", wish.kinds / 2, lambda r: r["kind"] == "event"),
        ("described", wish.kinds / 2, lambda r: r["kind"] == "described"),
        ("unsure", wish.unsure, lambda r: UNSURE[0] < r["confidence"] < UNSURE[1]),
        ("doubted", wish.doubtful, lambda r: not r["asserted"]),
        ("random", 1.0, lambda r: True),
    ):
        most = min(round(count * share), count - len(out))
        stated = why == "doubted"
        found = [r for r in pool if fits(r) and "drawn" not in r and r["asserted"] != stated][:most]
        out += [r | {"drawn": why} for r in found]
        taken = {id(r) for r in found}
        pool = [r for r in pool if id(r) not in taken]
    return out


def in_order(out: list[dict[str, Any]], rng: random.Random) -> list[dict[str, Any]]:
    """Put facts of one document together, so that a judge reads it once."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in out:
        groups.setdefault((row["set"], row["document"]), []).append(row)
    order = sorted(groups)
    rng.shuffle(order)
    return [row for key in order for row in sorted(groups[key], key=lambda r: (r["start"], r["shown"]))]


def pool_of(
    name: str, path: Path, most: int, known: set[Any], without: set[tuple[str, str]], rng: random.Random
) -> list[dict[str, Any]]:
    """Give the facts of a set that nobody has judged, of at most so many documents."""
    kept = [(key, d) for key, d in documents(name, path) if (name, key) not in without]
    rng.shuffle(kept)
    extractor = Extractor(unbarred(Config().extract))
    found = [r for key, d in kept[:most] for r in rows(name, key, d, extractor.extract(d))]
    return list({key_of(r): r for r in found if key_of(r) not in known}.values())


def key_of(row: dict[str, Any]) -> Any:
    """Give what tells one judged fact from another."""
    return (row["set"], row["document"], row["sentence"][0], *row["triple"], row["rule"])


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="+", metavar="SET=PATH")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--doubtful", type=float, default=0.1, help="share of facts kept as doubtful")
    parser.add_argument("--unsure", type=float, default=0.3, help="share where the confidence leaves it open")
    parser.add_argument("--kinds", type=float, default=0.4, help="share of event roles and descriptions")
    parser.add_argument("--learned", type=float, default=0.0, help="share of what the learned reader adds")
    parser.add_argument("--without", type=Path, nargs="*", default=[], help="marked documents to leave out")
    parser.add_argument("--known", type=Path, nargs="*", default=[], help="what was judged before")
    parser.add_argument("--most", type=int, default=60, help="documents of a set to read")
    parser.add_argument("--parts", type=int, default=1, help="files to part them into")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    rng = random.Random(a.seed)
    known = {key_of(json.loads(line)) for f in a.known for line in f.read_text("utf-8").splitlines()}
    marked = [json.loads(line) for f in a.without for line in f.read_text("utf-8").splitlines()]
    without = {(row["set"], row["document"]) for row in marked}
    wish, drawn = Wish(a.unsure, a.kinds, a.doubtful, a.learned), []
    for name, _, path in (s.partition("=") for s in a.sets):
        drawn += draw(
            pool_of(name, Path(path), a.most, known, without, rng), a.count // len(a.sets), wish, rng
        )
    found = in_order(drawn, rng)
    size = -(-len(found) // a.parts)
    for part in range(a.parts):
        mine = found[part * size : (part + 1) * size]
        with (a.out / f"part-{part}.tsv").open("w", encoding="utf-8") as file:
            for i, row in enumerate(mine):
                fields = (str(i), row["shown"], row["whole"], row["quote"], row["before"])
                file.write("\t".join(f.replace("\t", " ") for f in fields) + "\n")
        with (a.out / f"drawn-{part}.jsonl").open("w", encoding="utf-8") as file:
            kept = (
                "set",
                "document",
                "start",
                "end",
                "sentence",
                "triple",
                "called",
                "rule",
                "asserted",
                "drawn",
            )
            file.writelines(json.dumps({k: row[k] for k in kept}, ensure_ascii=False) + "\n" for row in mine)
    print(f"{len(found)} facts")


if __name__ == "__main__":
    main()
