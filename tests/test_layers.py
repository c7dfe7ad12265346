"""Who may know whom: the import table of docs/architecture.md, read with `ast`."""

import ast
import pathlib

import pytest

import kg

PACKAGE = pathlib.Path(kg.__file__).parent
LAYERS = {
    "model": 0,
    "errors": 0,
    "iri": 0,
    "plugins": 0,
    "config": 1,
    "read": 1,
    "schema": 1,
    "extract": 1,
    "resolve": 1,
    "vocab": 1,
    "queries": 1,
    "rdf": 2,
    "store": 3,
    "graph": 4,
    "check": 5,
    "export": 5,
    "run": 6,
    "library": 7,
    "__init__": 8,
    "cli": 8,
    "serve": 8,
    "__main__": 9,
}
# A heavy library lives in one place.
HOMES = {
    "spacy": {"extract"},
    "rdflib": {"check", "vocab", "rdf", "store", "graph"},
    "pyoxigraph": {"store", "export", "rdf"},
    "networkx": {"graph", "export"},
    "pyvis": {"export"},
}
# Stages of one layer that must not know each other.
STRANGERS = {
    "config": {"read"},
    "read": {"extract", "resolve", "vocab"},
    "extract": {"read", "resolve", "vocab"},
    "resolve": {"read", "extract", "vocab"},
    "vocab": {"read", "extract", "resolve"},
}


def imports(path: pathlib.Path) -> list[tuple[str, bool]]:
    found = []
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found += [a.name for a in node.names]
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, f"{path}: write absolute imports"
            found += [node.module, *(f"{node.module}.{a.name}" for a in node.names)]
    return found


def module_of(path: pathlib.Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


@pytest.mark.parametrize("path", sorted(PACKAGE.rglob("*.py")), ids=lambda p: str(p.relative_to(PACKAGE)))
def test_imports_point_down(path):
    me = module_of(path)
    for name in imports(path):
        top, *rest = name.split(".")
        if top in HOMES:
            assert me in HOMES[top], f"{path.relative_to(PACKAGE)} may not import {top}"
        if top == "kg" and rest and rest[0] in LAYERS and rest[0] != me:
            upward = LAYERS[rest[0]] > LAYERS[me] or rest[0] in STRANGERS.get(me, ())
            assert not upward, f"{path.relative_to(PACKAGE)} may not import kg.{rest[0]}"
