"""Run W3C's test suites: SPARQL 1.1 query evaluation through `kg query`, Turtle through `kg export`.

    python benchmarks/w3c/run.py PATH [--failures]

PATH holds `sparql11/` and `rdf11/rdf-turtle/` with their manifests, as in the repository w3c/rdf-tests.
Beside the queries stands what the engine alone does, with the same comparison.
"""

from __future__ import annotations

import argparse
import contextlib
import csv
import io
import pathlib
import sys
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import unquote, urlparse

import pyoxigraph as ox
import rdflib
import rdflib.compare
from rdflib.collection import Collection
from rdflib.namespace import RDF, Namespace

from kg import cli

MF = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#")
QT = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/test-query#")
RDFT = Namespace("http://www.w3.org/ns/rdftest#")
RS = Namespace("http://www.w3.org/2001/sw/DataAccess/tests/result-set#")
FORMATS = {".srx": "xml", ".srj": "json", ".csv": "csv", ".tsv": "tsv", ".ttl": "nt"}


@dataclass
class Test:
    """One entry of a manifest: the files it names."""

    name: str
    query: pathlib.Path
    result: pathlib.Path
    data: list[pathlib.Path] = field(default_factory=list)
    graphs: list[pathlib.Path] = field(default_factory=list)


def path_of(iri: Any) -> pathlib.Path:
    return pathlib.Path(unquote(urlparse(str(iri)).path))


def entries(manifest: pathlib.Path, kind: Any) -> Iterator[tuple[rdflib.Graph, Any]]:
    graph = rdflib.Graph().parse(manifest, publicID=manifest.resolve().as_uri())
    for head in graph.objects(None, MF.entries):
        for entry in Collection(graph, head):
            if (entry, RDF.type, kind) in graph:
                yield graph, entry


def query_tests(folder: pathlib.Path) -> Iterator[Test]:
    """Give the evaluation tests of the leaf manifests."""
    for manifest in sorted(folder.glob("*/manifest.ttl")):
        for kind in (MF.QueryEvaluationTest, MF.CSVResultFormatTest):
            for graph, entry in entries(manifest, kind):
                action, result = graph.value(entry, MF.action), graph.value(entry, MF.result)
                yield Test(
                    f"{manifest.parent.name}/{graph.value(entry, MF.name)}",
                    path_of(graph.value(action, QT.query)),
                    path_of(result),
                    [path_of(d) for d in graph.objects(action, QT.data)],
                    [path_of(d) for d in graph.objects(action, QT.graphData)],
                )


def run_command(arguments: list[str]) -> tuple[str, str]:
    """Run a command of kg in this process; give what it prints, and what it says."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        cli.main(arguments)
    return out.getvalue(), err.getvalue()


def through_command(test: Test, folder: pathlib.Path) -> bool:
    """Whether `kg query` gives what the test expects."""
    form = FORMATS[test.result.suffix]
    if test.result.suffix == ".ttl" and is_result_set(test.result):
        form = "json"
    data = folder / "data.nt"
    store = ox.Store()
    for path in test.data:
        store.load(path=str(path), format=form_of(path), base_iri=path.resolve().as_uri())
    data.write_bytes(store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b"")
    source = str(test.data[0]) if len(test.data) == 1 else str(data)
    given = [f"--named-graph={p.resolve().as_uri()}={p}" for p in test.graphs]
    out, err = run_command(["query", source, str(test.query), "--format", form, *given])
    if err:
        test.name += f": {err.strip()}"
        return False
    return fits(test.result, out, form)


def engine_alone(test: Test, _folder: pathlib.Path) -> bool:
    """Whether pyoxigraph by itself gives what the test expects."""
    store = ox.Store()
    for path in test.data:
        store.load(path=str(path), format=form_of(path), base_iri=path.resolve().as_uri())
    for path in test.graphs:
        iri = path.resolve().as_uri()
        store.load(path=str(path), format=form_of(path), base_iri=iri, to_graph=ox.NamedNode(iri))
    text = test.query.read_text(encoding="utf-8")
    found = store.query(text, base_iri=test.query.resolve().as_uri())
    if isinstance(found, ox.QueryTriples):
        return fits(test.result, ox.serialize(found, format=ox.RdfFormat.N_TRIPLES).decode(), "nt")
    form = FORMATS[test.result.suffix] if test.result.suffix != ".ttl" else "json"
    kind = getattr(ox.QueryResultsFormat, form.upper())
    return fits(test.result, found.serialize(format=kind).decode(), form)


def form_of(path: pathlib.Path) -> ox.RdfFormat:
    form = ox.RdfFormat.from_extension(path.suffix[1:])
    assert form is not None, path
    return form


def is_result_set(path: pathlib.Path) -> bool:
    return (None, RDF.type, RS.ResultSet) in rdflib.Graph().parse(path)


def fits(expected: pathlib.Path, given: str, form: str) -> bool:
    """Compare an answer with the file that holds the expected one."""
    if form == "nt":
        want = rdflib.Graph().parse(expected, publicID=expected.resolve().as_uri())
        return rdflib.compare.isomorphic(want, rdflib.Graph().parse(data=given, format="nt"))
    if form == "csv":
        return csv_rows(expected.read_text(encoding="utf-8")) == csv_rows(given)
    if expected.suffix == ".ttl":
        return same_rows(rows_of_graph(expected), rows(given.encode(), "json"))
    return same_rows(rows(expected.read_bytes(), form), rows(given.encode(), form))


def csv_rows(text: str) -> list[list[str]]:
    """Give the rows with columns by name, blank nodes nameless, and numbers by value."""
    found = [sorted(row.items()) for row in csv.DictReader(io.StringIO(text))]
    return sorted([f"{name}={plain(cell)}" for name, cell in row] for row in found)


def plain(cell: str) -> str:
    if cell.startswith("_:"):
        return "_:"
    with contextlib.suppress(ValueError):
        return str(float(cell))
    return cell


Rows = tuple[tuple[str, ...], list[tuple[Any, ...]]] | bool


def rows(data: bytes, form: str) -> Rows:
    found = ox.parse_query_results(data, format=getattr(ox.QueryResultsFormat, form.upper()))
    if isinstance(found, ox.QueryBoolean):
        return bool(found)
    variables = tuple(sorted(v.value for v in found.variables))
    return variables, [tuple(row[v] for v in variables) for row in found]


def rows_of_graph(path: pathlib.Path) -> Rows:
    graph = rdflib.Graph().parse(path)
    head = graph.value(None, RDF.type, RS.ResultSet)
    variables = tuple(sorted(str(v) for v in graph.objects(head, RS.resultVariable)))
    found = []
    for solution in graph.objects(head, RS.solution):
        row = {
            str(graph.value(b, RS.variable)): ox_term(graph.value(b, RS.value))
            for b in graph.objects(solution, RS.binding)
        }
        found.append(tuple(row.get(v) for v in variables))
    return variables, found


def ox_term(term: Any) -> Any:
    if isinstance(term, rdflib.URIRef):
        return ox.NamedNode(str(term))
    if isinstance(term, rdflib.BNode):
        return ox.BlankNode(str(term))
    datatype = ox.NamedNode(str(term.datatype)) if term.datatype else None
    return ox.Literal(str(term), language=term.language, datatype=None if term.language else datatype)


def same_rows(want: Rows, given: Rows) -> bool:
    """Whether rows are the same in any order, blank nodes by any name, numbers by value."""
    if isinstance(want, bool) or isinstance(given, bool):
        return want is given
    if want[0] != given[0] or len(want[1]) != len(given[1]):
        return False
    return match(want[1], list(given[1]), {})


def match(want: list[tuple[Any, ...]], given: list[tuple[Any, ...]], names: dict[Any, Any]) -> bool:
    if not want:
        return True
    for i, row in enumerate(given):
        more = joined(want[0], row, names)
        if more is not None and match(want[1:], given[:i] + given[i + 1 :], more):
            return True
    return False


def joined(want: tuple[Any, ...], row: tuple[Any, ...], names: dict[Any, Any]) -> dict[Any, Any] | None:
    names = dict(names)
    for a, b in zip(want, row, strict=True):
        if isinstance(a, ox.BlankNode) and isinstance(b, ox.BlankNode):
            if names.setdefault(a, b) != b or len(set(names.values())) != len(names):
                return None
        elif a != b and kept(a) != kept(b):
            return None
    return names


def kept(term: Any) -> Any:
    """A literal as the engine keeps it: values in one form ("1.0" and "1"), so that they compare by value."""
    if not isinstance(term, ox.Literal):
        return term
    node, store = ox.NamedNode("x:x"), ox.Store()
    store.add(ox.Quad(node, node, term))
    return next(iter(store)).object


def by_value(data: bytes) -> rdflib.Graph:
    """Give the triples with each literal as the engine keeps it, language tags in lower case."""
    store = ox.Store()
    for triple in ox.parse(data, format=ox.RdfFormat.N_TRIPLES):
        store.add(ox.Quad(triple.subject, triple.predicate, kept(triple.object)))
    lines = store.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
    return rdflib.Graph().parse(data=lines, format="nt")


def turtle_tests(folder: pathlib.Path, out: pathlib.Path) -> Iterator[tuple[str, bool]]:
    """Whether each Turtle evaluation file, read and written by `kg export`, is what it was."""
    base = "https://w3c.github.io/rdf-tests/rdf/rdf11/rdf-turtle/"
    for graph, entry in entries(folder / "manifest.ttl", RDFT.TestTurtleEval):
        action, result = path_of(graph.value(entry, MF.action)), path_of(graph.value(entry, MF.result))
        written = out / "written.ttl"
        written.unlink(missing_ok=True)
        # The test's own place, not that of the copy, is what its relative IRIs are relative to.
        source = out / "source.ttl"
        source.write_bytes(f"@base <{base}{action.name}> .\n".encode() + action.read_bytes())
        _, err = run_command(["export", str(source), "-o", str(written)])
        try:
            read = ox.Store()
            read.load(path=str(written), format=ox.RdfFormat.TURTLE)
            lines = read.dump(format=ox.RdfFormat.N_TRIPLES, from_graph=ox.DefaultGraph()) or b""
            good = rdflib.compare.isomorphic(by_value(result.read_bytes()), by_value(lines))
        except (OSError, SyntaxError):
            good = False
        yield f"{action.name} {err.strip() if not good else ''}", good


def passed(tests: list[Test], run: Callable[[Test, pathlib.Path], bool], folder: pathlib.Path) -> list[str]:
    """Give the names of the tests that fail."""
    failed = []
    for test in tests:
        try:
            good = run(test, folder)
        except (SyntaxError, ValueError, OSError, RuntimeError) as error:
            good, test.name = False, f"{test.name}: {error}"
        if not good:
            failed.append(test.name)
    return failed


def main() -> int:
    """Print how many tests pass, and which do not."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("path", type=pathlib.Path)
    parser.add_argument("--failures", action="store_true", help="name the tests that fail")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = pathlib.Path(name)
        for who, run in (("kg query", through_command), ("pyoxigraph alone", engine_alone)):
            tests = list(query_tests(args.path / "sparql11"))
            failed = passed(tests, run, folder)
            print(f"SPARQL 1.1 query evaluation, {who}: {len(tests) - len(failed)} of {len(tests)}")
            for test in failed if args.failures else ():
                print(f"  {test}")
        results = list(turtle_tests(args.path / "rdf11" / "rdf-turtle", folder))
        print(f"Turtle evaluation, read and written: {sum(good for _, good in results)} of {len(results)}")
        for test, good in results if args.failures else ():
            if not good:
                print(f"  {test}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
