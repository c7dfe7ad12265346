"""Ask the graphs of texts that nobody wrote rules on what a reader wants to know of them.

    python benchmarks/questions/run.py [FOLDER...] [-v] [--set SECTION.KEY=VALUE]

Each FOLDER (default: all beside this file) holds `texts/` and `questions.json`: a list of questions, each
with `name`, `sparql`, `rows` that a careful reader finds in the texts, and `forbid`, rows that a careless one
would find. A row is a list of regular expressions, one for each variable; each must match a whole label,
another name or the value of what stands there. Prints the rows found, wanted, and forbidden ones found; with
-v by question.

The texts are invented, and so is who and what they tell of; each folder was written, with its questions, by
somebody who had seen neither rules nor the other folders. Rules were mended on `a`, then on `b`, `c`, `d`,
`f`, `g`, `h` and `k`; of `e`, `i`, `j`, `l` and `m` the figures were taken first, and they were looked at
later; nobody has looked at what `n` lacks.
`wanted.tsv` says for each text what its reader wants most, most important first.
"""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path
from typing import Any

import kg
from kg.config import load, parse_flag

HERE = Path(__file__).parent


def called(graph: kg.Graph, term: Any) -> set[str]:
    """Give all that a term of an answer is called."""
    value = str(getattr(term, "value", term))
    own = {value, value.rsplit("/", 1)[-1].replace("_", " ")}
    if not is_iri(value):
        return own
    names = graph.query(f"SELECT ?n WHERE {{ <{value}> rdfs:label|skos:altLabel ?n }}")
    return {str(row["n"].value) for row in names} | own


def is_iri(value: str) -> bool:
    return re.fullmatch(r"https?://[^\s<>\"{}|\\^`]+", value) is not None


def holds(rows: list[list[set[str]]], pattern: list[str]) -> bool:
    """Whether some row of an answer fits a wanted one."""
    return any(
        all(any(re.fullmatch(p, name, re.S) for name in names) for p, names in zip(pattern, row, strict=True))
        for row in rows
    )


def asked(graph: kg.Graph, questions: list[dict[str, Any]], *, verbose: bool) -> tuple[int, int, int]:
    """Give how many rows are found, wanted, and found though forbidden."""
    total = [0, 0, 0]
    for question in questions:
        rows = [[called(graph, term) for term in row] for row in graph.query(question["sparql"])]
        found = [r for r in question["rows"] if holds(rows, r)]
        bad = [r for r in question["forbid"] if holds(rows, r)]
        for i, count in enumerate((len(found), len(question["rows"]), len(bad))):
            total[i] += count
        if verbose:
            print(f"  {question['name']:20} {len(found)} of {len(question['rows'])}, forbidden {bad}")
    return total[0], total[1], total[2]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folders", nargs="*", type=Path, metavar="FOLDER")
    parser.add_argument("-v", "--verbose", action="store_true")
    parser.add_argument("--set", action="append", default=[], metavar="SECTION.KEY=VALUE")
    args = parser.parse_args()
    config, _ = load(flags=dict(map(parse_flag, args.set)))
    folders = args.folders or sorted(p.parent for p in HERE.glob("*/questions.json"))
    for folder in folders:
        graph = kg.build(folder / "texts", config=config)
        questions = json.loads((folder / "questions.json").read_text(encoding="utf-8"))
        found, wanted, bad = asked(graph, questions, verbose=args.verbose)
        facts = sum(fact.asserted for fact in graph.facts())
        print(f"{folder.name}: {found} of {wanted} rows, {bad} forbidden; {facts} facts asserted")


if __name__ == "__main__":
    main()
