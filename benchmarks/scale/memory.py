"""How the process that leads a build grows with the documents done: what was read lies on the disk.

    python benchmarks/scale/memory.py PASSAGES.json [--documents 5000]

Some documents are extracted once (profile fast) and then come again and again under other names, as if
workers had sent them; all that the leading process does with them is done, up to where the graph is made.
"""

from __future__ import annotations

import argparse
import dataclasses
import json
import pathlib
import tempfile
import time

from run import Composer, resident_of

from kg import run
from kg.config import Config, ExtractConfig
from kg.extract import Extractor
from kg.read import Source, document_from_text, document_id
from kg.run.shards import Outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=pathlib.Path)
    parser.add_argument("--documents", type=int, default=5000)
    parser.add_argument("--each", type=int, default=2, help="passages of a document")
    args = parser.parse_args()
    composer = Composer(json.loads(args.passages.read_text(encoding="utf-8")), args.each)
    made = [composer.document(i) for i in range(20)]
    documents = [document_from_text(text, source=f"{i}.txt") for i, (text, _) in enumerate(made)]
    found = list(Extractor(ExtractConfig(profile="fast")).pipe(documents))
    packed = [Outcome.of(extraction).pack() for extraction in found]
    tokens = sum(size for _, size in made) / len(made)
    seen: list[tuple[int, float]] = []

    def coming(found, config, *, wanted, diary, **more):
        """Stand in for the workers."""
        for number in range(args.documents):
            first = documents[number % len(documents)]
            text = f"{first.text}\n\n{number}"
            document = dataclasses.replace(first, id=document_id(text), text=text, source=f"{number:08}.txt")
            source = Source(document.source, document.source, asked=False)
            if wanted(source, document):
                yield source, document, dataclasses.replace(packed[number % len(packed)])
            if number % (args.documents // 20) == 0:
                seen.append((number, resident_of("self")))

    run.outcomes_of = coming
    with tempfile.TemporaryDirectory() as name:
        (pathlib.Path(name) / "a.txt").write_text("Rain fell.", encoding="utf-8")
        begun = time.process_time()
        with run.Keep(f"{name}/work", Config()) as keep:
            done = run.run(f"{name}/a.txt", keep=keep)
            size = sum(p.stat().st_size for p in (pathlib.Path(name) / "work").iterdir())
            seconds = time.process_time() - begun
    late = [(n, m) for n, m in seen if n >= args.documents / 4]
    grown, millions = late[-1][1] - late[0][1], (late[-1][0] - late[0][0]) * tokens / 1e6
    print(f"{len(done.extracted):,} documents, {args.documents * tokens / 1e6:.2f} million tokens")
    print(f"grows by {grown / millions:.1f} MiB a million tokens; {seen[-1][1]:.0f} MiB at the end")
    print(f"{seconds / args.documents * 1000:.2f} CPU ms a document; {size / 2**20:.0f} MiB on the disk")


if __name__ == "__main__":
    main()
