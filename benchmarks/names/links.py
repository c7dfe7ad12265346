"""How many coreference links of each rule are right, in documents with gold chains.

    python benchmarks/names/links.py GUM.jsonl [MORE.jsonl …]

The files are JSON lines with `text` and `mentions` (`start`, `end`, `core`, `chain`). A mention of ours is
that of the gold which has its head in it and is nearest in length. A link is right where both ends have one
chain; links with an end that is in no gold mention are counted by themselves.
"""

from __future__ import annotations

import argparse
import collections
import json
from pathlib import Path

from kg.extract import Extractor
from kg.model import Extraction
from kg.read import document_from_text


def chains_of(extraction: Extraction, mentions: list[dict]) -> list[int | None]:
    """Give the gold chain of each mention, None where it is in no gold mention."""
    found: list[int | None] = []
    for m in extraction.mentions:
        fits = [
            (abs(g["end"] - g["start"] - (m.end - m.start)), g["chain"])
            for g in mentions
            if any(m.start <= a and b <= m.end for a, b in g["core"])
        ]
        found.append(min(fits)[1] if fits else None)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("gold", type=Path, nargs="+")
    a = parser.parse_args()
    extractor = Extractor()
    right: collections.Counter[str] = collections.Counter()
    judged: collections.Counter[str] = collections.Counter()
    unknown: collections.Counter[str] = collections.Counter()
    for path in a.gold:
        rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        documents = [document_from_text(row["text"]) for row in rows]
        for row, extraction in zip(rows, extractor.pipe(documents), strict=True):
            chains = chains_of(extraction, row["mentions"])
            for link in extraction.coref:
                one, other = chains[link.mention], chains[link.antecedent]
                if one is None or other is None:
                    unknown[link.rule] += 1
                else:
                    judged[link.rule] += 1
                    right[link.rule] += one == other
    print(f"{'rule':22s} {'links':>6s} {'right':>6s} {'no gold':>8s}")
    for rule in sorted(judged):
        print(f"{rule:22s} {judged[rule]:6d} {right[rule] / judged[rule]:6.2f} {unknown[rule]:8d}")


if __name__ == "__main__":
    main()
