"""Write docs/errors.md from where the code raises errors: `python tools/document_errors.py`."""

from __future__ import annotations

import ast
import functools
import itertools
import pathlib
from collections.abc import Iterator

from kg import errors

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "errors.md"
# What is raised for others to catch within the package.
KINDS = {
    "UsageError": "Arguments that make no sense together; exit code 2.",
    **{
        name: (kind.__doc__ or "").strip().splitlines()[0]
        for name, kind in vars(errors).items()
        if isinstance(kind, type) and issubclass(kind, errors.KGError) and kind is not errors.KGError
    },
}
HEAD = """\
# Errors and exit codes

| code | of a command |
|---|---|
| 0 | it did what it was asked |
| 1 | the work failed, or nothing came of a source that was named; `kg validate`: the graph is not sound |
| 2 | wrong use: an option, a name or a setting that there is not |
| 130 | Ctrl-C; what was done is kept, and the message says how to go on |

A message says where (a file, a setting, a document), what happened, and what to do. In Python it is a
`kg.KGError` with `where`, `what` and `remedy`; `except kg.KGError` catches all. Something *unexpected* is a
fault of ours: `KG_TRACEBACK=1` shows where, please report it.

<!-- Made by tools/document_errors.py (`make docs`); what stands below is not written by hand. -->
"""


def page() -> str:
    """Give the text of docs/errors.md."""
    found = sorted(set(raised()))
    parts = [HEAD]
    for kind, says in sorted(KINDS.items()):
        rows = [(what, remedy) for k, what, remedy in found if k == kind]
        if rows:
            parts.append(f"\n## {kind}\n\n{says}\n\n| what happened | what to do |\n|---|---|\n")
            parts += [f"| {cell(what)} | {cell(remedy)} |\n" for what, remedy in rows]
    return "".join(parts)


@functools.cache
def raised() -> tuple[tuple[str, str, str], ...]:
    """Give class, message and remedy of each error that the code makes; `…` is what differs."""
    return tuple(_raised())


def _raised() -> Iterator[tuple[str, str, str]]:
    for path in sorted((ROOT / "kg").rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        known = _strings(tree.body)
        local: dict[int, dict[str, ast.expr]] = {}
        for scope in ast.walk(tree):
            if isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
                inside = list(ast.walk(scope))
                texts = known | _strings(inside)
                local.update((id(node), texts) for node in inside)
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and (kind := _name(node.func)) in KINDS and node.args:
                texts = local.get(id(node), known)
                remedy = next((k.value for k in node.keywords if k.arg == "remedy"), None)
                for what, how in itertools.product(
                    _texts(node.args[0], texts), _texts(remedy, texts) if remedy else [""]
                ):
                    yield kind, what, how


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else getattr(node, "id", "")


def _strings(nodes: list[ast.AST] | list[ast.stmt]) -> dict[str, ast.expr]:
    return {
        target.id: node.value
        for node in nodes
        if isinstance(node, ast.Assign)
        for target in node.targets
        if isinstance(target, ast.Name)
    }


def _texts(node: ast.expr, known: dict[str, ast.expr], depth: int = 0) -> list[str]:
    """Give what an expression may be as text."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(str(p.value) if isinstance(p, ast.Constant) else "…" for p in node.values)]
    if isinstance(node, ast.IfExp):
        return [*_texts(node.body, known, depth), *_texts(node.orelse, known, depth)]
    if isinstance(node, ast.BoolOp):
        return [text for value in node.values for text in _texts(value, known, depth)]
    if isinstance(node, ast.Name) and node.id in known and depth < 3:
        return _texts(known[node.id], known, depth + 1)
    if isinstance(node, ast.Call) and _name(node.func) in ("did_you_mean", "near"):
        return ["did you mean …?"]
    return ["…"]


def cell(text: str) -> str:
    """Give a text as a cell of a table."""
    return " ".join(text.split()).replace("|", "\\|").replace("<", "&lt;").replace("*", "\\*")


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
