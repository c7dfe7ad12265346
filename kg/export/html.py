"""The page: one offline HTML file that shows the graph as a network and answers by clicking.

pyvis carries the network and brings vis-network; the template, the script and the style are ours. Nothing
from a text becomes markup or code: all of it travels as JSON, the script only ever makes text nodes, and the
page's content security policy allows no script or style but those whose hashes it names.
"""

from __future__ import annotations

import base64
import dataclasses
import functools
import hashlib
import importlib.resources
import os
import pathlib
import re
from collections.abc import Iterable
from typing import Any, Protocol

import jinja2
from markupsafe import Markup

from kg.atomic import write_text
from kg.errors import GraphError
from kg.export.page_data import Tables, tables
from kg.export.world import outlines
from kg.late import late
from kg.model import Document, Entity, Fact

with late("IPython", "IPython.display"):
    import pyvis
    from pyvis.network import Network

TEMPLATES = importlib.resources.files("kg.export") / "templates"
ENTRY = "app.js"  # the module of the page's script that imports all others
IMPORT = re.compile(r"^import\b[^;]*;$", re.MULTILINE)
IMPORTED = re.compile(r'^(?:import|\}).* from "\./([\w-]+\.js)";$', re.MULTILINE)
DOC_COMMENT = re.compile(r"^ *\/\*\*.*?\*\/$", re.MULTILINE | re.DOTALL)
MAX_IN_NETWORK = 1000  # nodes that vis-network draws all at once
MAX_UNFOLDING = 3000  # above this the page opens with a map of the whole
HUBS = 800  # nodes shown at first between the two


class Graph(Protocol):
    """What the page asks of a graph."""

    @property
    def entities(self) -> Iterable[Entity]: ...
    @property
    def documents(self) -> Iterable[Document]: ...
    def facts(self) -> Iterable[Fact]: ...


class PageNetwork(Network):  # type: ignore[misc]  # pyvis has no types
    """A pyvis network that is written by our template, with its data as columns."""

    def __init__(self, data: Tables) -> None:
        super().__init__(directed=True, cdn_resources="in_line", heading=data.title)
        self.data = data
        self.path = "page.html"
        self.templateEnv = jinja2.Environment(
            loader=jinja2.FileSystemLoader(str(TEMPLATES)),
            autoescape=True,
            trim_blocks=True,
            lstrip_blocks=True,
        )
        self.templateEnv.policies["json.dumps_kwargs"] = {
            "ensure_ascii": False,
            "separators": (",", ":"),
            "allow_nan": False,
        }
        graph = data.graph
        self.options = {"physics": {"enabled": False}}
        # add_node and add_edge look through all there is on each call.
        self.nodes = [
            {"id": i, "label": label, "x": x, "y": y}
            for i, (label, x, y) in enumerate(zip(graph["label"], graph["x"], graph["y"], strict=True))
        ]
        self.node_ids = list(range(len(self.nodes)))
        self.edges = [
            {"id": i, "from": a, "to": b}
            for i, (a, b) in enumerate(zip(graph["from"], graph["to"], strict=True))
            if b >= 0
        ]

    def generate_html(self, name: str = "index.html", local: bool = True, notebook: bool = False) -> str:
        """Give the whole page as text."""
        script, library, style = _script(), _vis_network(), _style()
        policy = "; ".join(
            [
                "default-src 'none'",
                f"script-src {_hash(library)} {_hash(script)}",
                f"style-src {_hash(style)}",
                "img-src data: blob:",
                "base-uri 'none'",
                "form-action 'none'",
            ]
        )
        count = len(self.nodes)
        scale = "network" if count <= MAX_IN_NETWORK else "unfolding" if count <= MAX_UNFOLDING else "map"
        template = self.templateEnv.get_template(self.path)
        self.html = template.render(
            title=self.data.title,
            policy=Markup(policy),
            library=Markup(library),
            script=Markup(script),
            style=Markup(style),
            graph={**self.data.graph, "scale": scale, "hubs": HUBS},
            evidence=self.data.evidence,
            world=outlines() if self.data.evidence["spots"] else None,
        )
        return str(self.html)


def render(graph: Graph, **options: Any) -> str:
    """Give the page of a graph as text.

    Options are those of `page`; `title` names the page.
    """
    options.setdefault("base", _base_of(graph))
    # A graph that was just built still has its texts, and the reading pane shows them whole.
    texts = getattr(graph, "texts", {})
    documents = [dataclasses.replace(d, text=texts.get(d.id, d.text)) for d in graph.documents]
    return page(graph.entities, graph.facts(), documents, **options)


def write_html(graph: Graph, path: str | os.PathLike[str], **options: Any) -> None:
    """Write the page of a graph to a file, in UTF-8, in one piece or not at all."""
    path = pathlib.Path(path)
    text = render(graph, **options)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_text(path, [text])
    except OSError as error:
        raise GraphError(f"cannot be written: {error.strerror}", where=str(path)) from error


def page(
    entities: Iterable[Entity], facts: Iterable[Fact], documents: Iterable[Document] = (), **options: Any
) -> str:
    """Give the page of plain records as text.

    >>> cat, mat = Entity("cat", "Concept", "cat"), Entity("mat", "Concept", "mat")
    >>> page([cat, mat], [Fact(cat, "sit_on", mat)]).startswith("<!DOCTYPE html>")
    True
    """
    return str(PageNetwork(tables(entities, facts, documents, **options)).generate_html())


def _base_of(graph: Graph) -> str:
    return str(getattr(getattr(graph, "names", None), "base", None) or "https://example.org/")


@functools.cache
def _script() -> str:
    parts = [_module(name) for name in modules()]
    return '(() => {\n"use strict";\n' + _lean("\n".join(parts)) + "\n})();"


@functools.cache
def modules() -> tuple[str, ...]:
    """Name the modules of the page's script, each after those it imports: one scope can hold them so.

    >>> modules()[-1]
    'app.js'
    """
    ordered: list[str] = []

    def visit(name: str, importers: tuple[str, ...]) -> None:
        if name in importers:
            raise ImportError(f"modules of the page import each other: {' → '.join((*importers, name))}")
        for imported in IMPORTED.findall(_module(name)):
            if imported not in ordered:
                visit(imported, (*importers, name))
        ordered.append(name)

    visit(ENTRY, ())
    return tuple(ordered)


def _module(name: str) -> str:
    return (TEMPLATES / "js" / name).read_text(encoding="utf-8")


@functools.cache
def _style() -> str:
    return (TEMPLATES / "style.css").read_text(encoding="utf-8")


@functools.cache
def _vis_network() -> str:
    folder = pathlib.Path(pyvis.__file__).parent / "lib"
    found = sorted(folder.glob("vis-*/vis-network.min.js"))
    if not found:
        raise GraphError("pyvis comes without vis-network", remedy="reinstall pyvis 0.3.2")
    text = min(found, key=lambda path: path.stat().st_size).read_text(encoding="utf-8")
    return re.sub(r"\n?//# sourceMappingURL=.*\s*$", "", text).replace("\r\n", "\n")


def _lean(script: str) -> str:
    """Leave out imports and exports, as all is one scope; comments on lines of their own; indentation.

    A line of our script never begins within a string.
    """
    script = DOC_COMMENT.sub("", IMPORT.sub("", script))
    lines = (line.strip().removeprefix("export ") for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//"))


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode('utf-8')).digest()).decode('ascii')}'"
