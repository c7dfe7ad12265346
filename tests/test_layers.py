"""Who may know whom: the drawing of docs/architecture.md as data, and the imports read with `ast`.

Every way to import counts: statements at the top of a module or inside a function, and `import_module` with
the name of one of our modules. What only type checkers see may point up, but not to what is not there.
"""

import ast
import itertools
import pathlib
from dataclasses import dataclass

import networkx
import pytest

import kg

PACKAGE = pathlib.Path(kg.__file__).parent
# From the ground up: a package knows those on lower lines, and those on its own line that are not strangers.
LAYERS = (
    (
        *(
            "atomic",
            "bounds",
            "classes",
            "conllu",
            "counts",
            "days",
            "errors",
            "forked",
            "installed",
            "interrupt",
            "iri",
            "late",
            "lock",
            "model",
        ),
        *("nearest", "plugins", "uncollected"),
    ),
    ("relations", "rules", "salience"),
    ("config", "read", "schema", "extract", "resolve", "vocab", "queries"),
    ("corrections",),
    ("rdf",),
    ("store",),
    ("graph",),
    ("check", "export", "search"),
    ("ask",),
    ("run",),
    ("library",),
    ("knowledge",),
    ("correcting",),
    ("__init__", "agents", "serve", "testing"),
    ("cli",),
    ("__main__",),
)
# The same within extraction; its `__init__` is what the other packages see.
STAGES = (
    ("alone",),
    ("lexicon", "reading"),
    ("parse",),
    ("constructions", "values"),
    ("mentions",),
    ("claims", "coref"),
    ("events",),
    ("tuples",),
    ("schema", "stages", "words"),
    ("__init__",),
)
# Packages of one line that must not know each other.
STRANGERS = {
    "config": {"read", "extract", "resolve", "vocab", "queries"},
    "read": {"extract", "resolve", "vocab", "queries"},
    "extract": {"read", "resolve", "vocab", "queries"},
    "resolve": {"read", "extract", "vocab", "queries"},
    "vocab": {"read", "extract", "resolve", "queries"},
    "queries": {"read", "extract", "resolve", "vocab"},
    "check": {"export", "search"},
    "export": {"check", "search"},
    "search": {"check", "export"},
}
STAGE_STRANGERS = {"claims": {"coref"}, "coref": {"claims"}, "lexicon": {"reading"}, "reading": {"lexicon"}}
# A heavy library lives in one place.
HOMES = {
    "spacy": {"extract"},
    "rdflib": {"check", "vocab", "rdf", "store", "graph"},
    "pyoxigraph": {"store", "export", "rdf"},
    "networkx": {"graph", "export"},
    "pyvis": {"export"},
    "trafilatura": {"read"},
    "distributed": {"run"},
    "pyarrow": {"read", "export"},
    "duckdb": {"export"},
    "xlsxwriter": {"export"},
    "mcp": {"agents"},
    "starlette": {"serve"},
}


@dataclass(frozen=True)
class Import:
    """One module that another imports, by its full name; `typing` where only type checkers see it."""

    name: str
    typing: bool


def name_of(path, package=PACKAGE):
    """Give the full name of a module, as kg.graph.view; a package is its `__init__`."""
    parts = path.relative_to(package.parent).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


def is_typing(node):
    return isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test)


def nodes(tree, typing=False):
    """Give all nodes below one, and whether only type checkers see them."""
    for child in ast.iter_child_nodes(tree):
        inner = typing or (is_typing(tree) and child in tree.body)
        yield child, inner
        yield from nodes(child, inner)


def imports(source, modules):
    """Give what a module imports, each name cut to the module of ours that it lies in."""
    for node, typing in nodes(ast.parse(source)):
        names = []
        if isinstance(node, ast.Import):
            names = [alias.name for alias in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, "write absolute imports"
            full = [f"{node.module}.{alias.name}" for alias in node.names]
            names = [name if name in modules else node.module for name in full]
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith(("import_module", "__import__")):
            names = [spelt(node.args[0])]
        yield from (Import(name, typing) for name in names)


def spelt(argument):
    """Give the name that `import_module` is given; of an f-string, the package that it begins with."""
    if isinstance(argument, ast.JoinedStr):
        argument = argument.values[0]
    assert isinstance(argument, ast.Constant), "import_module must be given a name that can be read"
    return argument.value.rstrip(".")


def problems(sources, layers=LAYERS, stages=STAGES):
    """Say what is wrong with modules, given their sources by full name."""
    tops = {name: number for number, line in enumerate(layers) for name in line}
    inner = {name: number for number, line in enumerate(stages) for name in line}
    found = []
    known = networkx.DiGraph()
    for name, source in sources.items():
        me = part(name, 1)
        if me not in tops:
            found.append(f"{name} is on no line of LAYERS")
            continue
        if me == "extract" and part(name, 2) not in inner:
            found.append(f"{name} is on no line of STAGES")
            continue
        for other in imports(source, sources):
            top = other.name.partition(".")[0]
            if top in HOMES and me not in HOMES[top]:
                found.append(f"{name} may not import {top}")
            if top != "kg" or other.name == name:
                continue
            if other.name not in sources:
                found.append(f"{name} imports {other.name}, which is not there")
            elif not other.typing:
                known.add_edge(name, other.name)
                found += climbs(name, other.name, tops, inner)
    circles = [c for c in networkx.strongly_connected_components(known) if len(c) > 1]
    return found + [f"a circle: {', '.join(sorted(c))}" for c in circles]


def climbs(name, other, tops, inner):
    """Say whether a module knows one that it may not."""
    me, they = part(name, 1), part(other, 1)
    if me != they:
        upward = tops.get(they, -1) > tops[me] or they in STRANGERS.get(me, ())
    elif me == "extract":
        me, they = part(name, 2), part(other, 2)
        upward = inner.get(they, -1) > inner[me] or they in STAGE_STRANGERS.get(me, ())
    else:
        return []
    return [f"{name} may not import {other}"] if upward else []


def part(name, number):
    """Give one part of a full name; what has none is the `__init__` of its package."""
    return [*name.split("."), "__init__", "__init__"][number]


@pytest.fixture(scope="module")
def sources():
    return {name_of(path): path.read_text(encoding="utf-8") for path in sorted(PACKAGE.rglob("*.py"))}


def test_imports_point_down_and_never_in_a_circle(sources):
    assert problems(sources) == []


def test_every_line_of_the_tables_has_its_module(sources):
    there = {part(name, 1) for name in sources}
    assert set(itertools.chain(*LAYERS)) == there
    assert set(itertools.chain(*STAGES)) == {part(name, 2) for name in sources if part(name, 1) == "extract"}


@pytest.mark.parametrize(
    ("module", "source", "problem"),
    [
        ("kg.graph.view", "from kg.export import write", "kg.graph.view may not import kg.export"),
        ("kg.graph.view", "def f():\n    import kg.run", "kg.graph.view may not import kg.run"),
        (
            "kg.store.answers",
            "import importlib\nx = importlib.import_module('kg.export')",
            "kg.store.answers may not import kg.export",
        ),
        (
            "kg.rdf.terms",
            "from importlib import import_module\nimport_module(f'kg.cli.{x}')",
            "kg.rdf.terms may not import kg.cli",
        ),
        ("kg.model", "import kg.gone", "kg.model imports kg.gone, which is not there"),
        (
            "kg.model",
            "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kg.gone import X",
            "kg.model imports kg.gone, which is not there",
        ),
        ("kg.attic", "", "kg.attic is on no line of LAYERS"),
        ("kg.extract.attic", "", "kg.extract.attic is on no line of STAGES"),
        ("kg.read.blocks", "import spacy", "kg.read.blocks may not import spacy"),
        ("kg.read.blocks", "import kg.extract", "kg.read.blocks may not import kg.extract"),
        (
            "kg.extract.parse.tree",
            "def f():\n    from kg.extract.claims import clauses",
            "kg.extract.parse.tree may not import kg.extract.claims",
        ),
        ("kg.iri", "def f():\n    from kg.model import Fact", "a circle: kg.iri, kg.model"),
    ],
)
def test_what_is_wrong_is_told(module, source, problem):
    small = {
        "kg": "",
        "kg.cli": "",
        "kg.export": "",
        "kg.extract": "",
        "kg.extract.claims": "",
        "kg.model": "import kg.iri",
        "kg.iri": "",
        "kg.run": "",
    }
    assert problems({**small, module: source}) == [problem]


def test_what_only_type_checkers_see_may_point_up():
    source = "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    from kg.run import run"
    assert problems({"kg.run": "", "kg.graph.view": source}) == []
