"""SHACL shapes checked with pyshacl, an extra; what it finds is reported as our own checks are."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from kg.check.invariants import Problem
from kg.errors import GraphError, MissingExtra
from kg.rdf.ontology import shapes

if TYPE_CHECKING:
    from kg.graph.view import GraphView

SH = "http://www.w3.org/ns/shacl#"


def check_shapes(graph: GraphView, file: str | None = None) -> list[Problem]:
    """Give what the shapes find wrong: those of a file, or those of our vocabulary."""
    try:
        import pyshacl
    except ImportError as error:
        raise MissingExtra("pyshacl is not installed", remedy="pip install 'kg[shacl]'") from error
    import rdflib

    wanted = rdflib.Graph()
    if file is None:
        lines = "".join(f"{s} {p} {o} .\n" for s, p, o in shapes(graph.names))
        wanted.parse(data=lines, format="nt")
    else:
        from kg.graph.view import GraphView

        wanted = GraphView.from_file(file).to_rdflib()
    try:
        _, report, _ = pyshacl.validate(
            graph.to_rdflib(), shacl_graph=wanted, inference="none", advanced=False
        )
    except Exception as error:  # shapes that are none fail in many ways
        raise GraphError(f"{error}".splitlines()[0], where=file or "shapes") from error
    return sorted(_problem(report, result, graph) for result in report.subjects(_term("resultSeverity")))


def _term(name: str) -> Any:
    import rdflib

    return rdflib.URIRef(SH + name)


def _problem(report: Any, result: Any, graph: GraphView) -> Problem:
    def shown(name: str) -> str:
        term = report.value(result, _term(name))
        text = "" if term is None else str(term)
        for prefix, namespace in graph.names.prefixes().items():
            if text.startswith(namespace):
                return f"{prefix}:{text[len(namespace) :]}"
        return text

    severity = shown("resultSeverity").removeprefix("sh:")
    rule = "shape" if severity == "Violation" else "shape-warning"
    message = " ".join(filter(None, (shown("resultPath"), shown("resultMessage"))))
    return Problem(rule, shown("focusNode"), message)
