"""Score how well sentences are read, on gold data that is given by path.

    python benchmarks/quality/run.py --scorers DIR --carb dev.tsv --benchie dev.txt
        --seed SOURCE FACTS.json --probe SOURCE FACTS.json --links dev.jsonl --texts TEXTS.txt
        --tekgen FOLDER [PART]

Every option but --scorers may be left out; its rows are then missing. DIR holds `score_openie.py`,
`score_mentions.py`, `score_triples.py` and `check_facts.py`, which are run as they are. FOLDER holds the
ontologies and sentences of Text2KGBench (Wikidata-TekGen), PART is "validation" where it is not given.

Rows of textacy's subject-verb-object triples stand beside ours where textacy is installed: same model, same
sentences. CPU of the rules is measured over the parse of TEXTS (a passage a line), in the same process.
"""

from __future__ import annotations

import argparse
import json
import pathlib
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator

from kg import schema
from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.parse import pipeline
from kg.extract.stages import interpret
from kg.model import Document
from kg.read import document_from_text

HERE = pathlib.Path(sys.executable)


def call(*command: str | pathlib.Path) -> str:
    """Give what a script prints; a scorer's exit code says only whether all was found."""
    done = subprocess.run([str(HERE), *map(str, command)], capture_output=True, text=True, check=False)
    if done.returncode and not done.stdout:
        raise SystemExit(done.stderr)
    return done.stdout.strip()


def documents(lines: list[str]) -> list[Document]:
    """Give each line as a document."""
    return [document_from_text(line, source="lines", structure=False) for line in lines]


def our_rows(lines: list[str], view: str, cut: float) -> Iterator[str]:
    extractor = Extractor(ExtractConfig(tuple_confidence=cut))
    for line, rows in zip(lines, extractor.rows(documents(lines), view), strict=True):
        for row in rows:
            yield "\t".join([line, str(row.confidence), row.relation, *row.arguments])


def textacy_rows(lines: list[str]) -> Iterator[str]:
    from textacy.extract import subject_verb_object_triples

    nlp = pipeline.load(ExtractConfig().model)
    for line, doc in zip(lines, nlp.pipe(lines), strict=True):
        for triple in subject_verb_object_triples(doc):
            words = [" ".join(t.text for t in part) for part in triple]
            yield "\t".join([line, "1", words[1], words[0], words[2]])


def openie(name: str, gold: str, scorers: pathlib.Path, folder: pathlib.Path) -> None:
    scorer = scorers / "score_openie.py"
    lines = call(scorer, "sentences", gold).split("\n")
    view = "nary" if name == "carb" else "binary"
    systems = {f"{view}, default cut": our_rows(lines, view, ExtractConfig().tuple_confidence)}
    systems[f"{view}, no cut"] = our_rows(lines, view, 0.0)
    try:
        import textacy  # noqa: F401

        systems["textacy"] = textacy_rows(lines)
    except ImportError:
        print("textacy is not installed: its rows are left out")
    for label, rows in systems.items():
        path = folder / "system.tsv"
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        print(f"{name:8s} {label:22s} {call(scorer, name, gold, path)}")


def facts(name: str, source: str, gold: str, scorers: pathlib.Path, folder: pathlib.Path) -> None:
    graph = folder / f"{name}.ttl"
    call("-m", "kg", "build", source, "-o", graph)
    print(f"{name:8s}", *call(scorers / "check_facts.py", graph, gold).split("\n")[-2:], sep=" ")


def links(gold: str, scorers: pathlib.Path, folder: pathlib.Path) -> None:
    scorer = scorers / "score_mentions.py"
    call(scorer, "texts", gold, folder / "texts")
    path = folder / "links.jsonl"
    path.write_text(
        call("-m", "kg", "extract", folder / "texts", "--format", "jsonl") + "\n", encoding="utf-8"
    )
    print("links   ", *call(scorer, "links", gold, path).split("\n")[-2:], sep=" ")


def textacy_triples(lines: list[str], labels: list[str]) -> Iterator[str]:
    """Give textacy's triples whose verb begins like a word of a label: "directed" for "director"."""
    for row in textacy_rows(lines):
        line, sure, verb, subject, object = row.split("\t")
        stems = [w[:5].lower() for w in verb.split() if len(w) > 3]
        for label in labels:
            if any(w[:5].lower() in stems for w in label.split()):
                # Passives have no subject with an agent there, so the pair may stand the other way round.
                yield "\t".join([line, sure, label, subject, object])
                yield "\t".join([line, sure, label, object, subject])


def tekgen(folder: pathlib.Path, part: str, scorers: pathlib.Path, out: pathlib.Path) -> None:
    scorer, extractor = scorers / "score_triples.py", Extractor()
    path = out / "system.tsv"
    for ontology in sorted(
        (folder / "ontologies").glob("*_ontology.json"), key=lambda p: int(p.name.split("_")[0])
    ):
        name = ontology.name.removesuffix("_ontology.json")
        gold = folder / part / f"ont_{name}_{part}.jsonl"
        lines = call(scorer, "sentences", gold).split("\n")
        relations = schema.load(ontology)
        found = extractor.triples(documents(lines), relations)
        ours = (
            "\t".join([line, str(row.confidence), row.relation, *row.arguments])
            for line, rows in zip(lines, found, strict=True)
            for row in rows
        )
        systems = {"schema, default cut": ours}
        try:
            import textacy  # noqa: F401

            systems["textacy"] = textacy_triples(lines, [r.label for r in relations.relations])
        except ImportError:
            pass
        for label, rows in systems.items():
            path.write_text("\n".join(rows) + "\n", encoding="utf-8")
            print(f"{name:14s} {label:18s} {call(scorer, 'score', gold, path, '--schema', ontology)}")


def cpu(path: str) -> None:
    texts = re.split(r"\n+", pathlib.Path(path).read_text(encoding="utf-8").strip())
    extractor = Extractor()
    list(extractor.pipe(documents(texts[:3])))
    started = time.process_time()
    readings = list(pipeline.parse(extractor.nlp, documents(texts)))
    parsed = time.process_time()
    for reading in readings:
        interpret(reading)
        json.dumps(reading.to_extraction({}).to_dict())
    done = time.process_time()
    parse, rules = parsed - started, done - parsed
    print(f"cpu      parse {parse:.2f} s, everything after it {rules:.2f} s ({100 * rules / parse:.0f} %)")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--scorers", type=pathlib.Path, required=True)
    parser.add_argument("--carb")
    parser.add_argument("--benchie")
    parser.add_argument("--seed", nargs=2, metavar=("SOURCE", "FACTS"))
    parser.add_argument("--probe", nargs=2, metavar=("SOURCE", "FACTS"))
    parser.add_argument("--links")
    parser.add_argument("--texts")
    parser.add_argument("--tekgen", nargs="+", metavar=("FOLDER", "PART"))
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for task in ("carb", "benchie"):
            if getattr(args, task):
                openie(task, getattr(args, task), args.scorers, folder)
        for task in ("seed", "probe"):
            if getattr(args, task):
                facts(task, *getattr(args, task), args.scorers, folder)
        if args.links:
            links(args.links, args.scorers, folder)
        if args.tekgen:
            part = args.tekgen[1] if len(args.tekgen) > 1 else "validation"
            tekgen(pathlib.Path(args.tekgen[0]), part, args.scorers, folder)
        if args.texts:
            cpu(args.texts)


if __name__ == "__main__":
    main()
