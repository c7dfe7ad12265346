"""CPU seconds of a build, from reading to Turtle, beside those of the bare spaCy pipeline on the same texts.

    python benchmarks/build/run.py PASSAGES.json [--texts 200] [--rounds 2] [--profile fast]

PASSAGES is a JSON list of passages in the form of DocRED: `title`, and `sents`, lists of tokens. They are
dealt out to texts that all differ. Both sides run in this process, by turns; each figure is the least of
its rounds, with the loading of the model told apart.
"""

from __future__ import annotations

import argparse
import itertools
import json
import pathlib
import re
import tempfile
import time

import spacy

from kg import export
from kg.config import Config, ExtractConfig
from kg.extract import Extractor
from kg.extract.parse import pipeline
from kg.knowledge import KnowledgeGraph
from kg.read import documents
from kg.resolve import resolve
from kg.run.shards import extract_shard, portions

CLOSING = re.compile(r" ([.,;:!?%)\]}’]|'s\b|n't\b|'re\b|'ve\b|'ll\b|'d\b|'m\b)")
OPENING = re.compile(r"([(\[{$£€]) ")


def compose(passages: list[dict], count: int) -> list[str]:
    """Deal passages out to texts, each with a date above and a blank line between passages."""
    texts: list[list[str]] = [[] for _ in range(count)]
    for i, passage in enumerate(passages):
        body = " ".join(OPENING.sub(r"\1", CLOSING.sub(r"\1", " ".join(s))) for s in passage["sents"])
        texts[i % count].append(f"{passage['title']}\n\n{body}")
    return [
        f"date 2020-01-{i % 28 + 1:02}\n\n" + "\n\n".join(parts) for i, parts in enumerate(texts) if parts
    ]


def bare(texts: list[str], model: str) -> tuple[float, float, int]:
    """Give the CPU seconds of loading the model and of piping the texts through it, and the tokens."""
    begun = time.process_time()
    nlp = spacy.load(model)
    loaded = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=64))
    return loaded - begun, time.process_time() - loaded, tokens


def whole(folder: pathlib.Path, target: pathlib.Path, profile: str) -> dict[str, float]:
    """Give the CPU seconds of each stage of a build."""
    marks = [("", time.process_time())]
    config = Config(extract=ExtractConfig(profile=profile))
    extractor = Extractor(config.extract)
    marks.append(("load", time.process_time()))
    read = list(documents(folder))
    marks.append(("read", time.process_time()))
    extractions = [e for shard in portions(read) for e in extract_shard(extractor, shard)]
    marks.append(("extract", time.process_time()))
    resolution = resolve(extractions, config=config)
    marks.append(("resolve", time.process_time()))
    graph = KnowledgeGraph.from_records(read, extractions, resolution, config=config.rdf)
    marks.append(("assemble", time.process_time()))
    export.write(graph, target)
    marks.append(("write", time.process_time()))
    return {name: now - before for (_, before), (name, now) in itertools.pairwise(marks)}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("passages", type=pathlib.Path)
    parser.add_argument("--texts", type=int, default=200)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--profile", choices=("accurate", "fast"), default="accurate")
    args = parser.parse_args()
    texts = compose(json.loads(args.passages.read_text(encoding="utf-8")), args.texts)
    names = ("en_core_web_sm", *pipeline.STAND_INS["en_core_web_sm"])
    model = next(name for name in names if spacy.util.is_package(name))
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name) / "texts"
        folder.mkdir()
        for i, text in enumerate(texts):
            (folder / f"{i:04}.txt").write_text(text, encoding="utf-8")
        bares, wholes = [], []
        for _ in range(args.rounds):
            bares.append(bare(texts, model))
            wholes.append(whole(folder, pathlib.Path(name) / "graph.ttl", args.profile))
        size = (pathlib.Path(name) / "graph.ttl").stat().st_size
    load, pipe, tokens = min(b[0] for b in bares), min(b[1] for b in bares), bares[0][2]
    best = {stage: min(w[stage] for w in wholes) for stage in wholes[0]}
    total = min(sum(w.values()) - w["load"] for w in wholes)
    print(f"{len(texts)} texts, {tokens:,} tokens, {size:,} bytes of Turtle, profile {args.profile}")
    print(f"CPU seconds, least of {args.rounds}")
    print(f"bare pipeline   {pipe:7.2f}   (loading {load:.2f}; {tokens / pipe:,.0f} tokens a second)")
    print(f"build           {total:7.2f}   (loading {best['load']:.2f})")
    for stage, seconds in best.items():
        if stage != "load":
            print(f"  {stage:12}  {seconds:7.2f}")
    print(f"build / bare    {total / pipe:7.2f}")


if __name__ == "__main__":
    main()
