"""Write the answers of the tools for models into docs/agents.md: `python tools/document_agents.py`.

A block `json title="TOOL"` holds the arguments of a call, and behind them its answer or error.
"""

from __future__ import annotations

import json
import pathlib
import re

from kg.agents.answers import plain
from kg.agents.tools import TOOLS
from kg.errors import KGError
from kg.graph.view import GraphView
from kg.knowledge import open_graph

ROOT = pathlib.Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs" / "agents.md"
CALL = re.compile(
    r'^```json title="(?P<tool>\w+)"\n(?P<given>\{.*\})\n(?P<answer>(?:.*\n)*?)```$', re.MULTILINE
)


def page() -> str:
    """Give the text of docs/agents.md with the answers as they are."""
    graph = open_graph(ROOT / "output" / "graph.ttl")
    return CALL.sub(lambda call: answered(call, graph), PAGE.read_text(encoding="utf-8"))


def answered(call: re.Match[str], graph: GraphView) -> str:
    """Give a call with what the tool answers."""
    try:
        found = plain(TOOLS[call["tool"]](graph, **json.loads(call["given"])))
        answer = json.dumps(found, ensure_ascii=False, indent=1)
    except KGError as error:
        answer = str(error)
    return f'```json title="{call["tool"]}"\n{call["given"]}\n\n{answer}\n```'


if __name__ == "__main__":
    PAGE.write_text(page(), encoding="utf-8")
