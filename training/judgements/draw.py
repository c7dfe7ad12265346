"""Draw facts at random to be judged, as a reader sees them.

    python -m training.judgements.draw SET=PATH... --count 400 --seed 1 --out DIR [--parts 4]

writes DIR/part-N.tsv, which a judge reads (number, fact, what its clause says, the sentence and what stands
before it), and DIR/drawn-N.jsonl, a line for each: data set, document, the characters of the clause, the
triple by the labels of its mentions, and the rule. Only what the text is taken to state is drawn: asserted,
or doubted for its reading; what is denied, planned or reported is not.
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from kg.config import Config
from kg.extract import Extractor
from kg.model import Claim, Document, Extraction
from kg.resolve import resolve
from training.judgements.sets import documents

BEFORE = 220


def edges(claim: Claim) -> Iterator[tuple[str, int | None, bool]]:
    """Give the triples of a claim: role, mention of the object, and whether it is asserted."""
    others = [
        (role, m, claim.asserted and i not in claim.doubted) for i, (role, m) in enumerate(claim.qualifiers)
    ]
    if claim.object is not None or not others:
        yield "object", claim.object, claim.asserted
    yield from others


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
        if links[claim.subject] is None:
            continue
        start, end = sentence_of(extraction, claim.start)
        further = [f"{r.replace('_', ' ')} {called(m)}" for r, m in claim.qualifiers]
        for role, index, asserted in edges(claim):
            if index is not None and mentions[index].kind in ("time", "pronoun"):
                continue
            relation = claim.relation_of(role)
            shown = [
                called(claim.subject),
                relation.replace("_", " "),
                "" if index is None else called(index),
            ]
            time = "/".join(str(d) for d in (claim.begins, claim.ends) if d)
            whole = [
                called(claim.subject),
                claim.text,
                "" if claim.object is None else called(claim.object),
                *further,
            ]
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
                "rule": claim.rule,
                "asserted": asserted,
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


def draw(
    sets: list[tuple[str, Path]], count: int, seed: int, doubtful: float, most: int
) -> list[dict[str, Any]]:
    """Draw facts: of each set alike, a share of them doubtful, at most so many documents of a set."""
    rng = random.Random(seed)
    extractor = Extractor(Config().extract)
    out: list[dict[str, Any]] = []
    for name, path in sets:
        kept = list(documents(name, path))
        rng.shuffle(kept)
        pool = [
            row
            for key, document in kept[:most]
            for row in rows(name, key, document, extractor.extract(document))
        ]
        rng.shuffle(pool)
        wanted = count // len(sets)
        doubted = [r for r in pool if not r["asserted"]][: int(wanted * doubtful)]
        out += doubted + [r for r in pool if r["asserted"]][: wanted - len(doubted)]
    # Facts of one document together, so that a judge reads it once.
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in out:
        groups.setdefault((row["set"], row["document"]), []).append(row)
    order = sorted(groups)
    rng.shuffle(order)
    return [row for key in order for row in sorted(groups[key], key=lambda r: (r["start"], r["shown"]))]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("sets", nargs="+", metavar="SET=PATH")
    parser.add_argument("--count", type=int, default=400)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--doubtful", type=float, default=0.25, help="share of doubted facts")
    parser.add_argument("--most", type=int, default=60, help="documents of a set to read")
    parser.add_argument("--parts", type=int, default=1, help="files to part them into")
    parser.add_argument("--out", type=Path, required=True)
    a = parser.parse_args()
    a.out.mkdir(parents=True, exist_ok=True)
    found = draw(
        [(n, Path(p)) for n, _, p in (s.partition("=") for s in a.sets)], a.count, a.seed, a.doubtful, a.most
    )
    size = -(-len(found) // a.parts)
    for part in range(a.parts):
        mine = found[part * size : (part + 1) * size]
        with (a.out / f"part-{part}.tsv").open("w", encoding="utf-8") as file:
            for i, row in enumerate(mine):
                fields = (str(i), row["shown"], row["whole"], row["quote"], row["before"])
                file.write("\t".join(f.replace("\t", " ") for f in fields) + "\n")
        with (a.out / f"drawn-{part}.jsonl").open("w", encoding="utf-8") as file:
            kept = ("set", "document", "start", "end", "sentence", "triple", "rule", "asserted")
            file.writelines(json.dumps({k: row[k] for k in kept}, ensure_ascii=False) + "\n" for row in mine)
    print(f"{len(found)} facts")


if __name__ == "__main__":
    main()
