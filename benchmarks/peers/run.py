"""What others find in the same texts: facts that are wanted, what is asserted falsely, and what it costs.

    python benchmarks/peers/run.py --checker check_facts.py --set seed TEXTS/ FACTS.json
        --set probe TEXTS/ FACTS.json [--carb score_openie.py dev.tsv]

Checker and scorer are run as they are: the checker on a graph of what each system finds, the scorer on its
tuples for the sentences of CaRB. Peers that are not installed are left out, and said so. README.md beside
this file has what was measured, and how the peers' tuples become graphs.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from urllib.parse import quote

import spacy

from kg.config import Config, ExtractConfig
from kg.extract.parse import pipeline
from kg.model import Document
from kg.read import document_from_text, documents

READ = ("paragraph", "item", "quote", "caption")
# Words of a relation by which even a bare tuple says that it is not so, or not yet.
DENIES = re.compile(r"\b(?:not|never|no longer)\b|n['’]t\b", re.IGNORECASE)
PLANS = re.compile(r"\b(?:may|might|could|would|should|will|must|can)\b", re.IGNORECASE)
RDF, LABEL = "http://www.w3.org/1999/02/22-rdf-syntax-ns#", "http://www.w3.org/2000/01/rdf-schema#label"
BASE = "https://peers.example/"
# What each system reads before the clock starts, so that what is loaded once does not count.
WARM = """\
Anna Lund, the director of Telis, moved from Oslo to Vienna on 3 May 2011. She said that the firm had not
bought Sunray for $20 million, and may open three plants in Graz, where 400 people worked until 1999.

The union's chairman, Bo Ek, met engineers from Norway after the strike. They were praised by the ministry.
"""
SEEDS = ("1", "2")  # of the hash, to see whether the same comes out


@dataclass(frozen=True)
class Tuple:
    """What a system says, in its own words."""

    subject: str
    relation: str
    object: str
    said_by: str = ""


def load() -> spacy.language.Language:
    """Load the model that all systems are given."""
    known = ExtractConfig().model
    names = (known, *pipeline.STAND_INS[known])
    return spacy.load(next(name for name in names if spacy.util.is_package(name)))


def paragraphs(texts: Iterable[Document]) -> list[str]:
    """Give what peers read: the running text, without header and headings."""
    return [d.text[b.start : b.end] for d in texts for b in d.blocks if b.kind in READ]


# Each gives a function from texts to what it finds in them; loading is not counted.


def bare() -> Callable[[list[Document]], list[Tuple]]:
    nlp = load()

    def run(texts: list[Document]) -> list[Tuple]:
        for _ in nlp.pipe(paragraphs(texts)):
            pass
        return []

    return run


def textacy() -> Callable[[list[Document]], list[Tuple]]:
    from textacy.extract import subject_verb_object_triples

    nlp = load()

    def run(texts: list[Document]) -> list[Tuple]:
        return [
            Tuple(*(" ".join(token.text for token in part) for part in triple))
            for doc in nlp.pipe(paragraphs(texts))
            for triple in subject_verb_object_triples(doc)
        ]

    return run


def triplet_extract() -> Callable[[list[Document]], list[Tuple]]:
    # It asks for the model by this name, under which it may not be there.
    own = spacy.load
    known = load().meta["name"]
    spacy.load = lambda name, **more: own(_installed(name, known), **more)
    from triplet_extract import OpenIEExtractor

    extractor = OpenIEExtractor()

    def run(texts: list[Document]) -> list[Tuple]:
        return [
            Tuple(t.subject, t.relation, t.object, " ".join(t.asserter_chain or ()))
            for text in paragraphs(texts)
            for t in extractor.extract_triplet_objects(text)
        ]

    return run


def _installed(name: str, known: str) -> str:
    candidates = (name, *pipeline.STAND_INS.get(name, ()), known)
    return next(n for n in candidates if spacy.util.is_package(n))


PEERS = {"bare": bare, "textacy": textacy, "triplet-extract": triplet_extract}


def ours(profile: str) -> Callable[[list[Document], pathlib.Path], None]:
    """Give a function that builds a graph and writes it as Turtle, all that `kg build` does but the page."""
    from kg import export
    from kg.extract import Extractor
    from kg.knowledge import KnowledgeGraph
    from kg.resolve import resolve
    from kg.run.shards import extract_shard, portions

    config = Config(extract=ExtractConfig(profile=profile))
    extractor = Extractor(config.extract)

    def run(texts: list[Document], target: pathlib.Path) -> None:
        found = [e for shard in portions(texts) for e in extract_shard(extractor, shard)]
        graph = KnowledgeGraph.from_records(texts, found, resolve(found, config=config), config=config.rdf)
        export.write(graph, target)

    return run


def graph_of(tuples: Iterable[Tuple]) -> Iterator[str]:
    """Write tuples as the checker reads a graph: an entity for each name, a statement for each tuple."""

    def literal(text: str) -> str:
        return json.dumps(text, ensure_ascii=False)

    def iri(kind: str, text: str) -> str:
        return f"<{BASE}{kind}/{quote(text, safe='')}>"

    for number, each in enumerate(tuples):
        statement, relation = iri("statement", str(number)), iri("relation", each.relation)
        ends = [iri("entity", each.subject), iri("entity", each.object)]
        for end, name in zip(ends, (each.subject, each.object), strict=True):
            yield f"{end} <{LABEL}> {literal(name)} ."
        for part, value in zip(("subject", "predicate", "object"), (ends[0], relation, ends[1]), strict=True):
            yield f"{statement} <{RDF}{part}> {value} ."
        denied = DENIES.search(each.relation) is not None
        asserted = not (denied or PLANS.search(each.relation) or each.said_by)
        yield f"{relation} <{LABEL}> {literal(each.relation)} ."
        for name, flag in (("asserted", asserted), ("negated", denied)):
            yield f'{statement} <{BASE}kg#{name}> "{str(flag).lower()}" .'
        if each.said_by:
            yield f"{statement} <{BASE}kg#attributedTo> {iri('entity', each.said_by)} ."
            yield f"{iri('entity', each.said_by)} <{LABEL}> {literal(each.said_by)} ."
        if asserted:
            yield f"{ends[0]} {relation} {ends[1]} ."


def one(system: str, folders: list[pathlib.Path], target: pathlib.Path) -> None:
    """Run one system in this process; write a graph for each folder, and print its CPU seconds and tuples."""
    told = {"seconds": [], "tuples": []}
    warm = [document_from_text(WARM)]
    if system.startswith("kg"):
        build = ours(system.partition(" ")[2])
        build(warm, target / "warm.ttl")
    else:
        find = PEERS[system]()
        find(warm)
    for number, folder in enumerate(folders):
        texts = list(documents(folder))
        begun = time.process_time()
        if system.startswith("kg"):
            build(texts, target / f"{number}.ttl")
        else:
            tuples = find(texts)
        told["seconds"].append(time.process_time() - begun)
        if system.startswith("kg"):
            told["tuples"].append((target / f"{number}.ttl").read_text("utf-8"))
        else:
            told["tuples"].append([asdict(t) for t in tuples])
            (target / f"{number}.nt").write_text("".join(f"{line}\n" for line in graph_of(tuples)), "utf-8")
    print(json.dumps(told))


def of_sentences(system: str, lines: list[str]) -> Iterator[str]:
    """Give what a system says of single sentences, as the scorer reads it."""
    texts = [document_from_text(line, source="lines", structure=False) for line in lines]
    if system.startswith("kg"):
        from kg.extract import Extractor

        rows = Extractor(ExtractConfig(profile=system.partition(" ")[2])).rows(texts, "nary")
        for line, found in zip(lines, rows, strict=True):
            yield from ("\t".join([line, str(r.confidence), r.relation, *r.arguments]) for r in found)
        return
    find = PEERS[system]()
    for line, text in zip(lines, texts, strict=True):
        yield from ("\t".join([line, "1", t.relation, t.subject, t.object]) for t in find([text]))


def scored(system: str, scorer: str, gold: str, folder: pathlib.Path) -> str:
    """Give precision, recall and F1 of a system on CaRB."""
    rows = folder / "rows.tsv"
    sentences = [sys.executable, scorer, "sentences", gold]
    lines = subprocess.run(sentences, capture_output=True, text=True, check=True).stdout.strip().split("\n")
    rows.write_text("".join(f"{row}\n" for row in of_sentences(system, lines)), encoding="utf-8")
    command = [sys.executable, scorer, "carb", gold, str(rows)]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.strip().splitlines()[-1]


def suffix(system: str) -> str:
    return ".ttl" if system.startswith("kg") else ".nt"


def scores(checker: pathlib.Path, graph: pathlib.Path, facts: pathlib.Path) -> str:
    """Give what the checker says of a graph: wanted facts that it has, and false ones that it asserts."""
    command = [sys.executable, str(checker), str(graph), str(facts), "--json"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    told = json.loads(done.stdout)
    return f"{told['found']} of {told['wanted']}, {len(told['forbidden'])}"


def measured(system: str, sets: list[list[str]], folder: pathlib.Path) -> list[dict] | None:
    """Run a system once for each seed of the hash; None where it is not installed."""
    runs = []
    for seed in SEEDS:
        command = [sys.executable, __file__, "--one", system, "--into", str(folder)]
        for each in sets:
            command += ["--set", *each]
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, env={**os.environ, "PYTHONHASHSEED": seed}
        )
        if "ModuleNotFoundError" in done.stderr:
            return None
        if done.returncode:
            raise SystemExit(done.stderr)
        runs.append(json.loads(done.stdout.strip().splitlines()[-1]))
    return runs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--checker", type=pathlib.Path)
    parser.add_argument(
        "--set", nargs=3, action="append", metavar=("NAME", "TEXTS", "FACTS"), required=True, dest="sets"
    )
    parser.add_argument("--carb", nargs=2, metavar=("SCORER", "GOLD"))
    parser.add_argument("--one", help=argparse.SUPPRESS)
    parser.add_argument("--into", type=pathlib.Path, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        one(args.one, [pathlib.Path(texts) for _, texts, _ in args.sets], args.into)
        return
    if args.checker is None:
        parser.error("--checker is needed")
    heads = [f"{name}: found, forbidden" for name, _, _ in args.sets]
    print("| | " + " | ".join([*heads, "CPU seconds", "over the bare pipeline", "same each time"]) + " |")
    print("|---" * (len(heads) + 4) + "|")
    floor = 0.0
    for system in (*PEERS, "kg fast", "kg accurate"):
        with tempfile.TemporaryDirectory() as name:
            runs = measured(system, args.sets, pathlib.Path(name))
            if runs is None:
                print(f"| {system} | not installed |")
                continue
            seconds = min(sum(run["seconds"]) for run in runs)
            floor = floor or seconds
            cost = [f"{seconds:.2f}", f"{seconds / floor:.1f}"]
            if system == "bare":
                print("| the bare pipeline | " + " | ".join([*("" for _ in heads), *cost, ""]) + " |")
                continue
            found = [
                scores(args.checker, pathlib.Path(name) / f"{number}{suffix(system)}", pathlib.Path(facts))
                for number, (_, _, facts) in enumerate(args.sets)
            ]
            same = "yes" if runs[0]["tuples"] == runs[1]["tuples"] else "no"
            print(f"| {system} | " + " | ".join([*found, *cost, same]) + " |", flush=True)
            if args.carb:
                print(f"CaRB, {system}: {scored(system, *args.carb, pathlib.Path(name))}", flush=True)


if __name__ == "__main__":
    main()
