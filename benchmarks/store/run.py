"""What a store costs: the memory of asking a large one, and of one more document, resolved and mapped.

    python benchmarks/store/run.py [--triples 5000000] [--documents 10 1000 10000] [--folder FOLDER]

The large store is made of one document's triples under other names, put into the tables and the engine as
mapping would put them; every command then runs in a process of its own, whose peak memory is told. Documents
that are added are made up (`documents.py`) and their extraction is left out: it costs the same in any store.
"""

from __future__ import annotations

import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time
import zlib
from collections.abc import Iterable, Iterator, Sequence

from documents import documents

from kg.library import manifest
from kg.library.cache import Cache
from kg.library.directory import StoreDirectory
from kg.model import Document, Extraction

MOST_MEMORY, MOST_RATIO = 600, 1.5
TIMES = 5
COMMANDS = {
    "status": ("status", "{store}"),
    "query: all triples": (
        "query",
        "{store}",
        "SELECT (COUNT(*) AS ?n) WHERE { ?s ?p ?o }",
        "--timeout",
        "0",
    ),
    "query: one document": ("query", "{store}", "SELECT * WHERE { GRAPH <{graph}> { ?s a kg:Statement } }"),
    "query: two steps": ("query", "{store}", "SELECT * WHERE { ent:{entity} ?p ?x . ?x ?q ?y }"),
    "facts about one": ("facts", "{store}", "--about", "{label}", "--format", "tsv"),
    "facts, all": ("facts", "{store}", "--format", "tsv"),
    "export: Turtle": ("export", "{store}", "-o", "{folder}/out.ttl"),
    "export: N-Quads": ("export", "{store}", "-o", "{folder}/out.nq"),
}


def put(store: StoreDirectory, new: Iterable[tuple[Document, Extraction]], gone: Sequence[str] = ()) -> None:
    """Let extracted documents come, and those of some names go."""
    with store._writing():
        for name in gone:
            del store.manifest.sources[name]
        for document, extraction in new:
            store.manifest.documents[document.id] = store._put_document(document, extraction)
            store.manifest.sources[document.source] = (document.source, document.id)
        store._commit()
        store._refresh()


def large(folder: pathlib.Path, triples: int) -> StoreDirectory:
    """Make a store of so many triples, and give it."""
    store = StoreDirectory.create(folder)
    put(store, documents(1))
    with store._writing(), Cache.to_write(store) as cache:
        database = cache.database
        id, graph, packed, size = database.execute(
            "SELECT id, graph, triples, size FROM documents"
        ).fetchone()
        text = zlib.decompress(packed).decode()
        shared = [row for (row,) in database.execute("SELECT triples FROM shared WHERE one LIKE 'e %'")]
        names = sorted({row[1:].partition(">")[0] for row in shared}, key=len, reverse=True)
        each = size + sum(row.count("\n") + 1 for row in shared)
        hash = store.manifest.documents[id]
        name = database.execute("SELECT value FROM meta WHERE key = 'graph'").fetchone()[0]
        with database, cache.graphs.following(name) as (following, writer):
            for n in range(1, triples // each):
                other = f"{n:016x}"
                lines, about = (
                    _renamed(text, id, other, names, n),
                    [_renamed(r, id, other, names, n) for r in shared],
                )
                writer.put(graph.replace(id, other), (), lines.split("\n")[:-1])
                row = (other, zlib.compress(lines.encode(), 1), size, graph.replace(id, other))
                query = "INSERT INTO documents (id, triples, size, graph, copy_of) VALUES (?, ?, ?, ?, '')"
                database.execute(query, row)
                for i, part in enumerate(about):
                    writer.share((), part.split("\n"))
                    row = (f"x {n} {i}", "", part, part.count("\n") + 1)
                    database.execute("INSERT INTO shared VALUES (?, ?, ?, ?)", row)
                store.manifest.documents[other] = hash
                store.manifest.sources[f"{n}.txt"] = (f"{n}.txt", other)
            database.execute("UPDATE meta SET value = ? WHERE key = 'graph'", (following,))
        manifest.save(store.manifest, store.path)
        with database:
            database.execute("UPDATE meta SET value = ? WHERE key = 'state'", (store.state(),))
        cache.graphs.drop_but([following])
    return store


def _renamed(text: str, id: str, other: str, names: Iterable[str], number: int) -> str:
    """Give lines under other names: of their document, their entities and their statements."""
    text = (
        text.replace(id, other).replace(id[:8], other[-8:]).replace("/statement/", f"/statement/{number:x}-")
    )
    for name in names:
        text = text.replace(f"{name}>", f"{name}_{number}>")
    return text.replace('"@en .', f' {number}"@en .')


def measure(command: Sequence[str]) -> tuple[int, float]:
    """Run a command of kg, and give its peak memory in MiB and its CPU seconds."""
    before = os.times()
    child = subprocess.Popen(
        [sys.executable, "-c", CHILD, *command], stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, text=True
    )
    _, said = child.communicate()
    after = os.times()
    if child.returncode:
        raise SystemExit(said)
    seconds = after.children_user + after.children_system - before.children_user - before.children_system
    return int(said.split()[-1]), seconds


# The peak of the process, which getrusage would have from the process that started it, and of its child.
CHILD = """
import resource, sys
from kg.cli import main
code = main(sys.argv[1:])
status = open("/proc/self/status", encoding="ascii").read().splitlines()
own = next(int(line.split()[1]) for line in status if line.startswith("VmHWM"))
print(max(own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss) // 1024, file=sys.stderr)
sys.exit(code)
"""


def asked(folder: pathlib.Path, triples: int) -> Iterator[dict[str, object]]:
    """Ask a large store, and tell what that took."""
    started = time.process_time()
    store = (
        large(folder / "large", triples)
        if not (folder / "large").exists()
        else StoreDirectory(folder / "large")
    )
    made = f"made in {time.process_time() - started:.0f} s"
    print(f"a store of {len(store.manifest.documents):,} documents, {made}", flush=True)
    id = next(iter(store.manifest.documents))
    values = {
        "store": str(store.path),
        "folder": str(folder),
        "graph": f"{store.config.rdf.base}document/{id}",
    }
    rows = store.graph().query("SELECT ?e ?l WHERE { ?e a kg:Person ; rdfs:label ?l } LIMIT 1")
    for row in rows:
        values |= {"entity": str(row["e"])[1:-1].rpartition("/")[2], "label": row["l"].value}
    for what, command in COMMANDS.items():
        filled = [_filled(part, values) for part in command]
        memory, seconds = measure(filled)
        yield {
            "what": what,
            "MiB": memory,
            "seconds": round(seconds, 2),
            "wanted": MOST_MEMORY,
            "ok": memory <= MOST_MEMORY,
        }


def _filled(part: str, values: dict[str, str]) -> str:
    for name, value in values.items():
        part = part.replace(f"{{{name}}}", value)
    return part


def grown(folder: pathlib.Path, sizes: Sequence[int]) -> Iterator[dict[str, object]]:
    """Add documents to stores of several sizes, and remove them; gives the CPU seconds of one, a median."""
    for size in sizes:
        store = StoreDirectory.create(folder / f"grown-{size}")
        put(store, documents(size))
        times: dict[str, list[float]] = {"add": [], "remove": []}
        for new in documents(TIMES, start=10**6):
            for what, given in (("add", ([new], ())), ("remove", ((), (new[0].source,)))):
                before = time.process_time()
                put(store, *given)
                times[what].append(time.process_time() - before)
        yield {"documents": size} | {
            what: round(statistics.median(found), 3) for what, found in times.items()
        }


def main() -> int:
    """Print what was measured, a line of JSON each; the exit code says whether memory was kept."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--triples", type=int, default=5_000_000, help="0 leaves it out")
    parser.add_argument("--documents", type=int, nargs="*", default=(10, 1_000, 10_000))
    parser.add_argument(
        "--folder", type=pathlib.Path, help="where stores are made, and kept; or a temporary one"
    )
    args = parser.parse_args()
    kept = True
    with tempfile.TemporaryDirectory() as temporary:
        folder = args.folder or pathlib.Path(temporary)
        for row in grown(folder, args.documents):
            print(json.dumps(row), flush=True)
        for row in asked(folder, args.triples) if args.triples else ():
            kept &= bool(row["ok"])
            print(json.dumps(row), flush=True)
    return 0 if kept else 1


if __name__ == "__main__":
    sys.exit(main())
