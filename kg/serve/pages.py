"""The pages of the server: one for each entity, and the query editor."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from html import escape
from typing import TYPE_CHECKING
from urllib.parse import quote

from kg.model import Entity, Fact, Value, text_of
from kg.store.sparql import tokens

if TYPE_CHECKING:
    from kg.graph.view import GraphView

MOST_FACTS = 500
START = """SELECT ?subject ?relation ?object WHERE {
  ?subject ?relation ?object .
  FILTER(STRSTARTS(STR(?relation), STR(rel:)))
}
LIMIT 50
"""


def entity_page(graph: GraphView, entity: Entity, *, token: str = "") -> str:
    """Give the page of an entity: its names, and its facts with the sentences they were read from.

    The links of a page keep the `token` that it was asked for with.
    """
    facts = graph.facts(about=entity)
    names = ", ".join(escape(alias) for alias in entity.aliases)
    iri = f"{graph.names.ent}{entity.id}"
    rows = "".join(_row(fact, token) for fact in facts[:MOST_FACTS])
    forms = " ".join(
        f'<a href="{_link("?format=" + form, token)}">{name}</a>'
        for form, name in (("turtle", "Turtle"), ("jsonld", "JSON-LD"))
    )
    rest = f"<p>and {len(facts) - MOST_FACTS:,} more</p>" if len(facts) > MOST_FACTS else ""
    body = (
        f"<h1>{escape(entity.label)}</h1><p>{escape(entity.type)}{f', also {names}' if names else ''}<br>"
        f"<code>{escape(iri)}</code></p>"
        f"<p>{forms}</p>"
        f"<table><tr><th>subject</th><th>relation</th><th>object</th><th>stands as</th><th>read in</th></tr>"
        f"{rows}</table>{rest}"
    )
    return _page(entity.label, body, token=token)


def resource_page(title: str, rows: list[tuple[str, str, str]], *, token: str = "") -> str:
    """Give the page of anything else: its triples."""
    cells = "".join(f"<tr>{''.join(f'<td>{escape(cell)}</td>' for cell in row)}</tr>" for row in rows)
    return _page(title, f"<h1>{escape(title)}</h1><table>{cells}</table>", token=token)


def missing_page(what: str, near: Sequence[tuple[str, str]], *, token: str = "") -> str:
    """Give the page in the place of one that is not there, with links to what is near: ids and labels."""
    links = "".join(f"<li>{_to_entity(id, label, token)}</li>" for id, label in near)
    meant = f"<p>Did you mean:</p><ul>{links}</ul>" if near else ""
    return _page("Not here", f"<h1>Not here</h1><p>{escape(what)}</p>{meant}", token=token)


def editor_page(saved: list[tuple[str, str, str]], prefixes: Mapping[str, str], *, token: str = "") -> str:
    """Give the query editor, with the saved queries to start from, their prefixes declared."""
    saved = [("", "", START), *saved]
    options = "".join(
        f'<option value="{escape(_declared(text, prefixes))}" title="{escape(says)}">{escape(name)}</option>'
        for name, says, text in saved
    )
    body = (
        '<h1>Ask in SPARQL</h1><p><label>Start from <select id="saved">'
        f'{options}</select></label> <span id="says"></span></p><div id="editor"></div>'
        '<p><button id="run">Run</button> <span id="state" role="status"></span></p>'
        '<div id="answer"></div>'
        f'<script src="{_link("/static/yasqe.min.js", token)}"></script>'
        f'<script src="{_link("/static/editor.js", token)}"></script>'
    )
    return _page("Ask in SPARQL", body, styles=("/static/yasqe.min.css",), token=token)


def _declared(sparql: str, prefixes: Mapping[str, str]) -> str:
    used = {t.text.partition(":")[0] for t in tokens(sparql) if t.kind == "name"}
    lines = [f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in prefixes.items() if prefix in used]
    return "".join(lines) + sparql


def _row(fact: Fact, token: str) -> str:
    quotes = "<br>".join(escape(e.quote) for e in fact.evidence[:3])
    relation = escape(fact.relation.replace("_", " "))
    cells = [_end(fact.subject, token), relation, _end(fact.object, token), escape(fact.standing), quotes]
    return f"<tr>{''.join(f'<td>{cell}</td>' for cell in cells)}</tr>"


def _end(end: Entity | Value | str | None, token: str) -> str:
    return _to_entity(end.id, end.label, token) if isinstance(end, Entity) else escape(text_of(end))


def _to_entity(id: str, label: str, token: str) -> str:
    address = f"/entity/{quote(id, safe='')}"
    return f'<a href="{_link(address, token)}">{escape(label)}</a>'


def _link(address: str, token: str) -> str:
    """Give an address of ours as an attribute, with the token, without which nothing is answered."""
    sign = "&" if "?" in address else "?"
    return escape(f"{address}{sign}token={quote(token, safe='')}" if token else address)


def _page(title: str, body: str, *, styles: tuple[str, ...] = (), token: str = "") -> str:
    links = "".join(
        f'<link rel="stylesheet" href="{_link(href, token)}">' for href in (*styles, "/static/style.css")
    )
    nav = f'<nav><a href="{_link("/", token)}">Graph</a> <a href="{_link("/query", token)}">Query</a></nav>'
    return (
        f'<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">{links}</head>'
        f"<body>{nav}<main>{body}</main></body></html>"
    )
