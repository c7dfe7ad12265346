"""The graph in a notebook: a small drawing inline, and the whole page in a frame."""

from __future__ import annotations

from collections import Counter
from html import escape

from kg.export.html import Graph, render
from kg.export.layout import lay_out
from kg.export.page_data import label_of, literal_text, status_of
from kg.model import Entity, Fact
from kg.rdf.salience import event_classes
from kg.salience import salience

SHOWN = 24  # entities in the small drawing
ROWS = 12
COLOURS = {
    "Person": "#c2571a",
    "Organization": "#0b6fae",
    "Group": "#0b6fae",
    "GPE": "#00795c",
    "Location": "#00795c",
    "Facility": "#00795c",
    "Event": "#b0457f",
    "Product": "#9a7400",
    "Work": "#9a7400",
    "Award": "#9a7400",
    "Animal": "#9a7400",
    "Law": "#9a7400",
    "Language": "#9a7400",
    "Position": "#5d57b5",
}
DASHES = {"asserted": "none", "reported": "2 4", "planned": "8 5", "negated": "10 3 2 3", "doubtful": "1 4"}


class Framed:
    """A page that a notebook shows in a frame."""

    def __init__(self, text: str, height: int) -> None:
        self.text, self.height = text, height

    def __repr__(self) -> str:
        return f"<page of {len(self.text.encode('utf-8')):,} bytes; write it with save('graph.html')>"

    def _repr_html_(self) -> str:
        # The frame may run the page's own script and nothing else of this notebook's.
        return (
            f'<iframe srcdoc="{escape(self.text)}" title="Knowledge graph" '
            f'style="width:100%;height:{self.height}px;border:1px solid #ccc;border-radius:8px" '
            'sandbox="allow-scripts allow-downloads allow-popups allow-modals"></iframe>'
        )


def framed(graph: Graph, *, height: int = 640) -> Framed:
    """Give the page of a graph as something that a notebook shows."""
    return Framed(render(graph), height)


def sketch(graph: Graph) -> str:
    """Give a drawing of the most salient entities and the first facts, as HTML without any script."""
    facts, entities = list(graph.facts()), list(graph.entities)
    edges = [f for f in facts if isinstance(f.object, Entity) and f.object.id != f.subject.id]
    degree = Counter(e.id for f in edges for e in (f.subject, f.object) if isinstance(e, Entity))
    worth = {e.id: e.salience for e in entities}
    if not any(worth.values()):
        worth = salience(entities, facts, events=event_classes())
    hubs = _most_salient(edges, worth)
    counts = repr(graph).strip("<>")
    more = f"; drawn are {len(hubs)} of the most salient" if len(hubs) < len(entities) else ""
    rows = "".join(map(_row, facts[:ROWS]))
    return (
        f"<p>{escape(counts)}{more}</p>{_drawing(hubs, edges, degree)}"
        f"<table><thead><tr><th>subject</th><th>relation</th><th>object</th><th>standing</th></tr></thead>"
        f"<tbody>{rows}</tbody></table>"
    )


def _most_salient(edges: list[Fact], worth: dict[str, float]) -> list[Entity]:
    """Give the ends of the links between what the texts are most about, as many as the drawing holds."""
    found: dict[str, Entity] = {}
    ranked = [(f.subject, f.object) for f in edges if isinstance(f.object, Entity)]
    ranked.sort(key=lambda ends: (-sum(worth.get(e.id, 0.0) for e in ends), *(e.id for e in ends)))
    for ends in ranked:
        if len({*found, *(e.id for e in ends)}) <= SHOWN:
            found |= {e.id: e for e in ends}
    return [found[key] for key in sorted(found)]


def _drawing(hubs: list[Entity], edges: list[Fact], degree: Counter[str]) -> str:
    number = {e.id: i for i, e in enumerate(hubs)}
    drawn = [
        (number[f.subject.id], number[f.object.id], f)
        for f in edges
        if isinstance(f.object, Entity) and f.subject.id in number and f.object.id in number
    ]
    if not hubs:
        return ""
    labels = [_short(label_of(e)) for e in hubs]
    places = lay_out(len(hubs), [(a, b) for a, b, _ in drawn], labels=labels).places
    left, right = min(p[0] for p in places) - 110, max(p[0] for p in places) + 110
    top, bottom = min(p[1] for p in places) - 40, max(p[1] for p in places) + 50
    lines = "".join(
        f'<line x1="{places[a][0]}" y1="{places[a][1]}" x2="{places[b][0]}" y2="{places[b][1]}" '
        f'stroke-dasharray="{DASHES[status_of(f)]}"><title>{_sentence(f)}</title></line>'
        for a, b, f in drawn
    )
    dots = ""
    for (x, y), entity, label in zip(places, hubs, labels, strict=True):
        size = 6 + 2 * min(degree[entity.id], 6)
        dots += (
            f'<circle cx="{x}" cy="{y}" r="{size}" fill="{COLOURS.get(entity.type, "#68707a")}">'
            f"<title>{escape(label_of(entity))} ({escape(entity.type)})</title></circle>"
            f'<text x="{x}" y="{y + size + 18}">{escape(label)}</text>'
        )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="{left} {top} {right - left} {bottom - top}" '
        'style="max-width:860px;width:100%;max-height:520px" role="img" '
        'aria-label="The most salient entities">'
        f'<g stroke="#8b8f95" stroke-width="1.6">{lines}</g>'
        '<g font-family="system-ui,sans-serif" font-size="16" text-anchor="middle" fill="currentColor">'
        f"{dots}</g></svg>"
    )


def _row(fact: Fact) -> str:
    end = label_of(fact.object) if isinstance(fact.object, Entity) else literal_text(fact.object)
    cells = (label_of(fact.subject), fact.relation.replace("_", " "), end, status_of(fact))
    return "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in cells) + "</tr>"


def _sentence(fact: Fact) -> str:
    end = label_of(fact.object) if isinstance(fact.object, Entity) else ""
    return escape(f"{label_of(fact.subject)} {fact.relation.replace('_', ' ')} {end}")


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23].rstrip() + "…"
