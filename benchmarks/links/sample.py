"""Draw links of a graph to be judged by a reader, and count what was judged.

    kg build TEXTS/ -o graph.nt
    python benchmarks/links/sample.py draw graph.nt TEXTS/ > links.tsv
    python benchmarks/links/sample.py count links.tsv

`draw` links the places of a graph, and writes some of all that are linked, drawn at random with a fixed seed:
a line each, with the place of the gazetteer and up to three stretches of text that name it. A reader writes r
(all these stretches mean that place) or w before each line. `count` gives the share that is right.
"""

from __future__ import annotations

import argparse
import pathlib
import random
import re
from urllib.parse import unquote

import kg
from kg.graph.places import rate
from kg.vocab import GAF

AROUND, STRETCHES = 70, 3


def stretches(graph: kg.Graph, texts: pathlib.Path) -> dict[str, list[str]]:
    """Give the stretches of text in which each entity stands, by its id."""
    files = {path.relative_to(texts).as_posix(): path for path in texts.rglob("*") if path.is_file()}
    texts_of = {d.id: files[d.source].read_text(encoding="utf-8") for d in graph.documents}
    places: dict[str, list[str]] = {}
    for row in graph.query(f"SELECT ?entity ?where WHERE {{ ?entity <{GAF}denotedBy> ?where }}"):
        id = unquote(row["entity"].value.rsplit("/", 1)[-1])
        document, start, end = re.search(r"([^/]+)#char=(\d+),(\d+)", row["where"].value).groups()
        text = texts_of[document]
        around = text[max(0, int(start) - AROUND) : int(end) + AROUND]
        places.setdefault(id, []).append(" ".join(around.split()))
    return places


def draw(graph: kg.Graph, texts: pathlib.Path, number: int, seed: int) -> list[str]:
    """Give the lines of a sample."""
    graph.link("places")
    spots = {id: rated[0].spot for id, rated in rate(graph.entities, graph.facts()).items()}
    linked = [entity for entity in graph.entities if entity.same_as]
    chosen = random.Random(seed).sample(sorted(linked, key=lambda e: e.id), min(number, len(linked)))
    around = stretches(graph, texts)
    return [
        "\t".join(["", e.label, described(spots.get(e.id)), *e.same_as, *around.get(e.id, ())[:STRETCHES]])
        for e in sorted(chosen, key=lambda e: e.id)
    ]


def described(spot) -> str:
    return f"{spot.name}, {spot.country}, {spot.kind or spot.state or 'town'}" if spot else "?"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    drawing = commands.add_parser("draw")
    drawing.add_argument("graph")
    drawing.add_argument("texts", type=pathlib.Path)
    drawing.add_argument("--links", type=int, default=200)
    drawing.add_argument("--seed", type=int, default=13)
    counting = commands.add_parser("count")
    counting.add_argument("judged", type=pathlib.Path)
    args = parser.parse_args()
    if args.command == "draw":
        print("\n".join(draw(kg.open(args.graph), args.texts, args.links, args.seed)))
        return
    marks = [line.partition("\t")[0].strip() for line in args.judged.read_text(encoding="utf-8").splitlines()]
    if set(marks) - {"r", "w"}:
        raise SystemExit("each line has to begin with r or w")
    print(f"{marks.count('r')} of {len(marks)} links right: {marks.count('r') / len(marks):.3f}")


if __name__ == "__main__":
    main()
