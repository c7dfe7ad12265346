"""Build the graph of files, folders and globs: graph.ttl and graph.html in the output folder.

With -o FILE the suffix names the format; -o may be repeated. A folder gets the formats of [export] formats,
graph.ttl and graph.html if you did not name others.
A run of many documents keeps what it has read in a hidden folder beside the output until that is written:
one that was stopped (Ctrl-C, a crash, a full disk) goes on where it was when the command is given again. What
could not be read is listed in failed.jsonl beside the output. With --store all that was read is kept. What
was decided of the graph with kg correct stands in corrections.toml beside the output, and is obeyed.

Examples:

    kg build articles/ -o graph/
    kg build articles/ -o graph.nt -o nodes.csv -o graph.html
    kg build articles/*.txt -o strict.ttl --assert-confidence 0.6 --gazetteer known.csv
"""

from __future__ import annotations

import argparse
import contextlib
import json
import time
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from kg.atomic import together, write_text
from kg.cli import console, options
from kg.cli.console import say
from kg.cli.schema import add_schema, say_expressed, schema_of
from kg.config import Config
from kg.counts import count
from kg.errors import KGError, ReadError, SameText
from kg.uncollected import uncollected

if TYPE_CHECKING:
    from kg.graph.counting import Counts
    from kg.knowledge import KnowledgeGraph
    from kg.run import Diary, Keep, Progress
    from kg.schema import Schema

HELP = "documents → graph.ttl and graph.html"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "sources",
        nargs="+",
        metavar="SOURCE",
        help="file, folder, glob, - for stdin, or https://… with --fetch",
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="PATH",
        action="append",
        help="folder or file; repeatable (default: output/)",
    )
    parser.add_argument(
        "--store",
        metavar="FOLDER",
        help="keep what was read there; see kg add (the graph is the whole store's)",
    )
    parser.add_argument(
        "--work",
        metavar="FOLDER",
        help="keep what was read there, for further runs too (default: beside the output, until all is done)",
    )
    parser.add_argument(
        "--log", metavar="FILE", help="a line of JSON for each document and fault, as it happens"
    )
    parser.add_argument(
        "--scheduler",
        metavar="ADDRESS",
        default="",
        help="let workers of dask do the work, who see the same paths (tcp://host:8786); needs kg[cluster]",
    )
    add_schema(parser)
    options.add_settings(parser, *options.FLAGS, timed=True)


def run(args: argparse.Namespace) -> int:
    config, _ = options.settings(args)
    targets = options.targets(args.output or ["output/"], config.export.formats)
    options.make_room(targets)
    schema = schema_of(args, config)
    if args.store and config.build.cache:
        raise console.UsageError("a store keeps what it has read, and no parses", remedy="leave --cache away")
    if args.store and args.scheduler:
        what = "a store is filled by one process"
        raise console.UsageError(
            what, remedy="build a file on the cluster, with --work to keep what was read"
        )

    skipped = options.Skipped()
    # The runner is loaded once all arguments are known to be right.
    from kg.run import Diary

    with (
        Diary.open(args.log) as diary,
        _keep(args, config, targets[0]) as keep,
        _failures(targets[0], skipped),
    ):
        missed = _run(args, config, targets, skipped, keep, diary, schema)
    if skipped.errors:
        say(f"{len(skipped.errors)} left out, see above")
    options.wrote(targets)
    return 1 if missed else 0


def _run(
    args: argparse.Namespace,
    config: Config,
    targets: list[Path],
    skipped: options.Skipped,
    keep: Keep,
    diary: Diary,
    schema: Schema | None,
) -> bool:
    """Build and write; gives whether a source that was named is missing from the graph."""
    begun = time.monotonic()
    with console.progress("extracting") as progress:
        graph, missed = _build(args, config, skipped, progress, keep, diary, targets[0])
    told = None
    if schema is not None:
        with diary.stage("schema"):
            told = graph.express(schema)
    linked = {}
    if config.export.link:
        with diary.stage("link"):
            linked = graph.link(*config.export.link)
    with diary.stage("write"), uncollected(), together():
        for target in targets:
            graph.save(target, config=config)
    with diary.stage("count"), uncollected():
        counts = graph.counts()
    _say_what_is_in(counts, time.monotonic() - begun)
    if told is not None:
        say_expressed(told)
    if config.export.link:
        options.say_linked(linked)
    if config.build.timings:
        for line in diary.table():
            say(line)
    diary.end(documents=counts.documents, left_out=len(skipped.errors))
    keep.done()
    return missed


def _say_what_is_in(counts: Counts, seconds: float) -> None:
    say(
        f"{count(counts.documents, 'document')}, {count(counts.entities, 'entity', 'entities')}, "
        f"{count(counts.facts, 'fact')} ({counts.unasserted} not asserted), {seconds:.1f} s"
    )
    if counts.copies:
        say(f"{count(counts.copies, 'document')} nearly the same as others: what they say counts once")
    if counts.withheld:
        console.say_withheld(counts.withheld)


@contextlib.contextmanager
def _keep(args: argparse.Namespace, config: Config, target: Path) -> Iterator[Keep]:
    """Give where the run keeps what it reads; who interrupts it is told that it can go on."""
    from kg.run import Keep

    path = Path(args.work) if args.work else target.with_name(f".{target.name}.work")
    with Keep(path, config, stays=bool(args.work)) as keep:
        if keep.work is not None and keep.work.found:
            say(f"{count(keep.work.found, 'document')} of an earlier run are in {path}")
        try:
            yield keep
        except KeyboardInterrupt as error:
            if keep.work is not None and len(keep.work):
                error.add_note(
                    f"{count(len(keep.work), 'document')} kept in {path}: the same command goes on"
                )
            raise


@contextlib.contextmanager
def _failures(target: Path, skipped: options.Skipped) -> Iterator[None]:
    """Leave a list of what could not be read beside the output; one of an earlier run goes when all could."""
    path = target.with_name("failed.jsonl")
    failed: list[KGError] = []
    try:
        yield
    finally:
        failed += (error for error in skipped.errors if not isinstance(error, SameText))
        if failed:
            write_text(path, _lines(failed))
    if not failed:
        path.unlink(missing_ok=True)


def _lines(failed: Iterable[KGError]) -> Iterator[str]:
    from kg.run.diary import fault_of

    for error in failed:
        yield json.dumps(fault_of(error), ensure_ascii=False) + "\n"


def _build(
    args: argparse.Namespace,
    config: Config,
    skipped: options.Skipped,
    progress: Progress,
    keep: Keep,
    diary: Diary,
    target: Path,
) -> tuple[KnowledgeGraph, bool]:
    """Give the graph, and whether a source that was named is missing from it."""
    from kg.knowledge import KnowledgeGraph

    if not args.store:
        from kg.corrections import Corrections, chosen
        from kg.run import run as build

        # What is wrong with them is told before the work begins.
        at = chosen(config.resolve.corrections, target)
        corrections = Corrections.read(at)

        done = build(
            args.sources,
            config=config,
            on_skip=skipped,
            progress=progress,
            keep=keep,
            diary=diary,
            scheduler=args.scheduler,
            corrections=corrections,
        )
        if done.seconds > console.A_MINUTE:
            # What follows may take as long, and tells nothing on its way.
            say(f"{count(len(done.extracted), 'document')} read; making the graph")
        graph = KnowledgeGraph.of(done.extracted)
        options.say_idle(done.extracted.idle, at)
        return graph, done.missed
    store = options.open_store(args)

    def skip(error: KGError) -> None:
        skipped(error)
        diary.fault(error)

    changes = store.add(
        args.sources,
        processes=config.build.processes,
        on_skip=skip,
        progress=progress,
        fetch=config.build.fetch,
        diary=diary,
    )
    options.say_again(changes.again)
    if not store.manifest.documents:
        raise ReadError("nothing could be read")
    options.say_idle(store.idle(), store.corrections_path)
    return KnowledgeGraph.of(store), options.gave_nothing(store, args.sources, skipped.errors)
