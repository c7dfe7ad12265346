"""The table of names, chains and pronouns, from paths on the command line.

    python benchmarks/names/score.py --scorer SCORER.py chains=GOLD.jsonl types=GOLD.jsonl gap=GOLD.jsonl

TASK=GOLD is extracted with the default settings (or --profile) and scored.
"""

import argparse
import json
import pathlib
import subprocess
import sys
import tempfile
import time

from kg import read
from kg.config import ExtractConfig
from kg.extract import Extractor


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scorer", required=True)
    parser.add_argument("--profile", default=ExtractConfig().profile)
    parser.add_argument("--plain", action="store_true", help="without what was learned of references")
    parser.add_argument("tasks", nargs="+", metavar="TASK=GOLD")
    args = parser.parse_args()
    extractor = Extractor(ExtractConfig(profile=args.profile, references=not args.plain))
    done: dict[str, pathlib.Path] = {}
    with tempfile.TemporaryDirectory() as folder:
        for number, given in enumerate(args.tasks):
            task, _, gold = given.partition("=")
            if gold not in done:
                texts = pathlib.Path(folder, f"texts{number}")
                subprocess.run([sys.executable, args.scorer, "texts", gold, str(texts)], check=True)
                system = pathlib.Path(folder, f"system{number}.jsonl")
                started = time.process_time()
                with system.open("w", encoding="utf-8") as out:
                    for extraction in extractor.pipe(read.documents([str(texts)])):
                        out.write(json.dumps(extraction.to_dict()) + "\n")
                print(f"## {gold}: {time.process_time() - started:.1f} CPU s")
                done[gold] = system
            print(f"# {task}")
            sys.stdout.flush()
            subprocess.run([sys.executable, args.scorer, task, gold, str(done[gold])], check=True)


main()
