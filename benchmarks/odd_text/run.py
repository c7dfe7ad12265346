"""How long odd text takes, and how that grows with its length.

    python benchmarks/odd_text/run.py [--only NAME…] [FILE…]

Each kind is one unit said again and again. It is read, extracted and made a graph at several sizes; the table
gives the CPU seconds of each, and the power of its length that the time grows with from the second size to
the last (1 is proportional). Files are measured as they are.
"""

from __future__ import annotations

import argparse
import math
import pathlib
import time
from collections.abc import Callable

from kg import read
from kg.config import Config
from kg.run import Extracted, extract_document

SIZES = (5_000, 10_000, 20_000, 40_000)
# Small texts take a time that says nothing of growth.
NOTHING = 0.5


def again(unit: str) -> Callable[[int], str]:
    """Give what repeats a unit up to a length."""
    return lambda size: (unit * (size // len(unit) + 1))[:size]


def pair(opening: str, closing: str) -> Callable[[int], str]:
    """Give what nests brackets up to a length."""
    return lambda size: opening * (size // 2) + closing * (size // 2)


KINDS: dict[str, Callable[[int], str]] = {
    "a letter": again("a"),
    "underscores": again("_"),
    "dots": again("."),
    "dots and spaces": again(". "),
    "commas and spaces": again(", "),
    "letters and spaces": again("a "),
    "numbers": again("1 "),
    "hyphens": again("a-"),
    "amounts": again("$5 million "),
    "days": again("3 May 2021 "),
    "round brackets": pair("(", ")"),
    "square brackets": pair("[", "]"),
    "blank lines": lambda size: "Rain fell." + "\n" * size + "It stopped.",
    "short lines": again("a b\n"),
    "headings": again("# Rain in Ghent\n\n"),
    "items": again("- Anna Vos met Karl Ek\n"),
    "table cells": again("| a "),
    "links": again("[a](b) "),
    "stars": again("*a "),
    "quotations that do not end": again("\u201cHe left, "),
    "quotations in quotations": again("\"She said 'he said "),
    "quotations": again("\u201cHe left,\u201d she said. "),
    "speakers": again("Anna Vos: I left.\n"),
    "a verb of saying": again("he said "),
    "a clause that thinks": again("Karl thinks that "),
    "a clause of condition": again("if he left "),
    "a clause of reason": again("because he said it "),
    "relative clauses": again("the man who saw "),
    "infinitives": again("to "),
    "denials": again("never said that nobody "),
    "semicolons": again("he left; "),
    "one name": again("Anna Vos "),
    "names in a list": again("Vos, "),
    "names and": again("Anna and "),
    "possessives": again("Anna's "),
    "titles": again("Mayor Anna Vos, mayor of Ghent, "),
    "capitals": again("ANNA VOS MET KARL EK "),
    "acronyms": again("ESA (ESA) "),
    "cities": again("Lisbon, "),
    "an article": again("the "),
    "phrases": again("of the house "),
    "one pronoun": again("He "),
    "pronouns": again("She said she knew her. "),
    "one sentence": lambda size: again("Anna Vos met Karl Ek in Ghent, which he left, ")(size) + ".",
    "short sentences": again("He left. "),
    "the same sentence": again("Anna Vos visited Karl Ek in Ghent yesterday. "),
    "names that differ": lambda size: " ".join(f"Anna{i} Vos{i} met Karl{i}." for i in range(size // 24)),
}
MARKDOWN = {"headings", "items", "table cells", "links", "stars", "blank lines", "square brackets"}


def seconds(text: str, *, markdown: bool) -> float:
    """Give the CPU seconds from text to graph."""
    config = Config()
    begun = time.process_time()
    document = read.document_from_text(text, markdown=markdown)
    extracted = Extracted(config)
    extracted.put(document, extract_document(document, config))
    len(extracted.graph().facts())
    return time.process_time() - begun


def main() -> None:
    """Print the table."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("files", nargs="*", type=pathlib.Path, metavar="FILE")
    parser.add_argument("--only", nargs="*", default=list(KINDS), metavar="NAME")
    args = parser.parse_args()
    # The model is loaded before anything is measured.
    seconds("Anna Vos met Karl Ek in Ghent on Monday. He left.", markdown=False)
    for path in args.files:
        text = path.read_text(encoding="utf-8")
        took = seconds(text, markdown=path.suffix == ".md")
        print(f"| {path.name} | {len(text):,} characters | {took:.1f} s |", flush=True)
    if args.files:
        return
    print(f"| kind | {' | '.join(f'{s // 1000} KB' for s in SIZES)} | grows as |")
    print(f"|---|{'--:|' * (len(SIZES) + 1)}")
    for name in args.only:
        took = [seconds(KINDS[name](size), markdown=name in MARKDOWN) for size in SIZES]
        power = math.log(max(took[-1], 0.001) / max(took[1], 0.001)) / math.log(SIZES[-1] / SIZES[1])
        grows = f"n^{power:.1f}" if took[-1] > NOTHING else "–"
        print(f"| {name} | {' | '.join(f'{t:.1f}' for t in took)} | {grows} |", flush=True)


if __name__ == "__main__":
    main()
