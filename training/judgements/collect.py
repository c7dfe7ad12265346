"""Put the verdicts of a judge beside what was drawn.

    python -m training.judgements.collect DIR --judge NAME --round N -o training/judgements/round-N.jsonl

reads DIR/drawn-*.jsonl and DIR/verdict-*-NAME.tsv (number, verdict, cause) and adds a line for each to the
file: data set, document, characters, triple, rule, verdict (whole, crippled, wrong, worthless), cause, round,
judge.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

VERDICTS = {"w": "whole", "c": "crippled", "x": "wrong", "t": "worthless"}


def judged(folder: Path, judge: str, number: int) -> Iterator[dict[str, Any]]:
    """Give what was drawn with the verdicts of one judge."""
    for file in sorted(folder.glob(f"verdict-*-{judge}.tsv")):
        part = file.name.split("-")[1]
        drawn = [
            json.loads(line) for line in (folder / f"drawn-{part}.jsonl").read_text("utf-8").splitlines()
        ]
        for line in file.read_text("utf-8").splitlines():
            if line.strip():
                at, verdict, cause = (*line.split("\t"), "")[:3]
                told = {"verdict": VERDICTS[verdict], "cause": cause, "round": number, "judge": judge}
                yield drawn[int(at)] | told


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--judge", required=True)
    parser.add_argument("--round", type=int, required=True)
    parser.add_argument("-o", "--output", type=Path, required=True)
    a = parser.parse_args()
    rows = list(judged(a.folder, a.judge, a.round))
    with a.output.open("a", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    print(f"{len(rows)} judgements")


if __name__ == "__main__":
    main()
