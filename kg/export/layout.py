"""Where each node of the page stands: communities first, then the nodes within each.

Everything is seeded and works on node numbers, so the same graph always gets the same places. Places are
whole numbers in the page's own units, in which a node's dot is about 20 across.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import networkx as nx
import numpy as np
from numpy.typing import NDArray

SEED = 7
SPRING_LIMIT = 400  # networkx's spring layout is quadratic, and wants scipy from 500 nodes on
REFINE_LIMIT = 400  # graphs up to this size are relaxed as a whole, and their labels kept apart
QUICK_LIMIT = 30_000  # Louvain's method takes half a minute from here on
SPACING = 70.0  # the room one node has in a community
LINK_LENGTH = 175.0  # of a typical link in a small graph: room for the words on it
GOLDEN_ANGLE = math.pi * (3 - math.sqrt(5))

Links = Sequence[tuple[int, int]]
Places = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Layout:
    """The place and the community of every node, by node number.

    Communities are numbered by size, largest first; nodes without links have community -1.
    `regions` gives (x, y, radius) of each community's disc.
    """

    places: tuple[tuple[int, int], ...]
    communities: tuple[int, ...]
    regions: tuple[tuple[int, int, int], ...]


def lay_out(count: int, links: Links, *, labels: Sequence[str] = ()) -> Layout:
    """Place `count` nodes joined by `links`, so that no two stand on the same spot.

    >>> lay_out(2, [(0, 1)]).communities
    (0, 0)
    """
    groups = communities(count, links)
    member_of = [-1] * count
    for number, group in enumerate(groups):
        for node in group:
            member_of[node] = number
    loose = [node for node in range(count) if member_of[node] < 0]
    places = np.zeros((count, 2))
    _place_groups(places, groups, member_of, links)
    if 0 < count - len(loose) <= REFINE_LIMIT:
        joined = [node for node in range(count) if member_of[node] >= 0]
        _refine(places, joined, links, labels)
    _place_loose(places, loose, [node for node in range(count) if member_of[node] >= 0])
    whole = _distinct(places)
    regions = [_disc([whole[node] for node in group]) for group in groups]
    return Layout(tuple(whole), tuple(member_of), tuple(regions))


def communities(count: int, links: Links) -> list[list[int]]:
    """Give the groups of nodes that hold together, largest first; nodes without links are in none.

    >>> communities(5, [(0, 1), (2, 3)])
    [[0, 1], [2, 3]]
    """
    graph = _graph(links)
    if not graph:
        return []
    if graph.number_of_nodes() > QUICK_LIMIT:
        found = _quick_communities(graph)
    else:
        found = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    return sorted((sorted(group) for group in found), key=lambda group: (-len(group), group[0]))


def _quick_communities(graph: nx.Graph) -> list[set[int]]:
    """Join the small groups of label propagation by Louvain's method, which alone would take minutes."""
    small = nx.community.fast_label_propagation_communities(graph, weight="weight", seed=SEED)
    groups = sorted(sorted(group) for group in small)
    group_of = {node: number for number, group in enumerate(groups) for node in group}
    joined = _graph([(group_of[a], group_of[b]) for a, b in graph.edges])
    joined.add_nodes_from(range(len(groups)))
    found = nx.community.louvain_communities(joined, weight="weight", resolution=3, seed=SEED)
    return [{node for number in numbers for node in groups[number]} for numbers in found]


def _graph(links: Links) -> nx.Graph:
    weights = Counter((min(a, b), max(a, b)) for a, b in links if a != b)
    graph = nx.Graph()
    graph.add_nodes_from(sorted({node for pair in weights for node in pair}))
    graph.add_weighted_edges_from((a, b, w) for (a, b), w in sorted(weights.items()))
    return graph


def _place_groups(places: Places, groups: list[list[int]], member_of: list[int], links: Links) -> None:
    """Place every community on a disc of its own, joined communities near each other."""
    inside: dict[int, list[tuple[int, int]]] = defaultdict(list)
    between: list[tuple[int, int]] = []
    for a, b in links:
        ga, gb = member_of[a], member_of[b]
        if ga == gb:
            inside[ga].append((a, b))
        else:
            between.append((ga, gb))
    # In a large graph most labels are hidden at first, and nodes may stand closer.
    room = SPACING * (0.62 if sum(map(len, groups)) <= REFINE_LIMIT else 0.46)
    radii = np.array([room * math.sqrt(len(group)) + 14 for group in groups])
    centres = _pack(radii, between)
    for number, group in enumerate(groups):
        local = _spread(group, inside[number])
        places[group] = centres[number] + local * radii[number]


def _spread(nodes: list[int], links: Links) -> Places:
    """Place the nodes of one community within the unit circle."""
    if len(nodes) == 1:
        return np.zeros((1, 2))
    graph = _graph(links)
    graph.add_nodes_from(nodes)
    if _is_star(graph):
        return _spread_star(nodes, graph)
    if len(nodes) <= SPRING_LIMIT:
        rounds = 60 if len(nodes) <= 150 else 30
        found = nx.spring_layout(graph, seed=SEED, iterations=rounds, k=1.6 / math.sqrt(len(nodes)))
        local = np.array([found[node] for node in nodes])
        local -= local.mean(axis=0)
        return local / (np.linalg.norm(local, axis=1).max() or 1.0) * 0.92
    return _spread_large(nodes, graph)


def _is_star(graph: nx.Graph) -> bool:
    """Whether all nodes hang on one and on nothing else, as those of most small communities do."""
    links = graph.number_of_nodes() - 1
    return graph.number_of_edges() == links and any(degree == links for _, degree in graph.degree)


def _spread_star(nodes: list[int], graph: nx.Graph) -> Places:
    """Place one node in the middle and what hangs on it around it; of two one on each side."""
    if len(nodes) == 2:
        return np.array([[-0.92, 0.0], [0.92, 0.0]])
    hub = nodes.index(max(nodes, key=graph.degree))
    turns = np.linspace(0, 2 * math.pi, len(nodes) - 1, endpoint=False)
    around = 0.92 * np.column_stack((np.cos(turns), np.sin(turns)))
    return np.insert(around, hub, 0.0, axis=0)


def _spread_large(nodes: list[int], graph: nx.Graph) -> Places:
    """Place a community that is too large for springs: its parts first, or on a spiral from its hub."""
    parts = nx.community.louvain_communities(graph, weight="weight", seed=SEED)
    groups = sorted((sorted(part) for part in parts), key=lambda part: (-len(part), part[0]))
    if len(groups) == 1 or len(groups[0]) > 0.9 * len(nodes):
        return _spread_spiral(nodes, graph)
    index = {node: i for i, node in enumerate(nodes)}
    local = np.empty((len(nodes), 2))
    part_of = {node: number for number, group in enumerate(groups) for node in group}
    radii = np.array([math.sqrt(len(group)) + 0.4 for group in groups])
    between = [(part_of[a], part_of[b]) for a, b in graph.edges if part_of[a] != part_of[b]]
    for group, centre, radius in zip(groups, _pack(radii, between), radii, strict=True):
        inside = [(a, b) for a, b in graph.subgraph(group).edges]
        local[[index[node] for node in group]] = centre + _spread(group, sorted(inside)) * radius
    local -= (local.min(axis=0) + local.max(axis=0)) / 2
    return local / (np.linalg.norm(local, axis=1).max() or 1.0) * 0.95


def _spread_spiral(nodes: list[int], graph: nx.Graph) -> Places:
    """Place a community that has no parts on a spiral around its hub, the nearest to it first."""
    hub = max(nodes, key=lambda node: (graph.degree(node), -node))
    order = {node: rank for rank, node in enumerate(nx.bfs_tree(graph, hub))}
    ranked = sorted(nodes, key=lambda node: (order.get(node, len(nodes)), node))
    place = {node: _spiral(rank, len(nodes)) for rank, node in enumerate(ranked)}
    return np.array([place[node] for node in nodes])


def _spiral(rank: int, count: int) -> tuple[float, float]:
    radius = math.sqrt((rank + 0.5) / count) * 0.95
    return radius * math.cos(rank * GOLDEN_ANGLE), radius * math.sin(rank * GOLDEN_ANGLE)


def _pack(radii: NDArray[np.float64], between: Links) -> Places:
    """Place discs of these radii without overlap, those with links between them close together."""
    count = len(radii)
    wanted = np.zeros((count, 2))
    span = math.sqrt(float((radii**2).sum())) * 1.3
    linked = min(count, SPRING_LIMIT)
    graph = _graph([(a, b) for a, b in between if a < linked and b < linked])
    if graph:
        found = nx.spring_layout(graph, seed=SEED, iterations=80, weight="weight")
        for group in graph:
            wanted[group] = found[group] * span * 0.6
    weights: dict[int, Counter[int]] = defaultdict(Counter)
    for a, b in between:
        weights[a][b] += 1
        weights[b][a] += 1
    centres = np.zeros((count, 2))
    cells = _Cells(float(np.median(radii)) * 2 if count else 1.0)
    for number in range(count):
        if number not in graph or number >= linked:
            # Small ones stand beside the community they have most links with, or outside of all.
            near = [(w, -g) for g, w in weights[number].items() if g < number]
            wanted[number] = centres[-max(near)[1]] if near else (0.0, 0.0)
        centres[number] = cells.nearest_free(wanted[number], radii[number])
        cells.add(centres[number], radii[number])
    return centres


class _Cells:
    """Discs that do not overlap, found by a grid."""

    def __init__(self, size: float) -> None:
        self.size = size
        self.cells: dict[tuple[int, int], list[tuple[float, float, float]]] = defaultdict(list)
        self.started: dict[tuple[int, int, int], float] = {}

    def add(self, centre: Places, radius: float) -> None:
        disc = (float(centre[0]), float(centre[1]), float(radius))
        for cell in self._around(disc[0], disc[1], disc[2]):
            self.cells[cell].append(disc)

    def nearest_free(self, wanted: Places, radius: float) -> Places:
        # Walk a spiral outwards; where one ended for this spot and size, the next goes on.
        step = max(radius * 0.7, self.size * 0.25)
        key = (round(wanted[0] / self.size), round(wanted[1] / self.size), round(math.log2(radius) * 2))
        angle = self.started.get(key, 0.0)
        while True:
            reach = step * math.sqrt(angle) * 0.56
            x = float(wanted[0]) + reach * math.cos(2.4 * angle)
            y = float(wanted[1]) + reach * math.sin(2.4 * angle)
            if self._free(x, y, radius):
                self.started[key] = angle
                return np.array([x, y])
            angle += 1.0

    def _free(self, x: float, y: float, radius: float) -> bool:
        gap = self.size * 0.08
        for cell in self._around(x, y, radius + gap):
            for ox, oy, other in self.cells.get(cell, ()):
                if math.hypot(x - ox, y - oy) < radius + other + gap:
                    return False
        return True

    def _around(self, x: float, y: float, radius: float) -> Iterable[tuple[int, int]]:
        for i in range(math.floor((x - radius) / self.size), math.floor((x + radius) / self.size) + 1):
            for j in range(math.floor((y - radius) / self.size), math.floor((y + radius) / self.size) + 1):
                yield i, j


def _refine(places: Places, nodes: list[int], links: Links, labels: Sequence[str]) -> None:
    """Relax each connected part of a small graph as a whole, keep labels apart, and pack the parts."""
    graph = _graph(links)
    parts = sorted((sorted(part) for part in nx.connected_components(graph)), key=lambda p: (-len(p), p[0]))
    boxes = []
    for part in parts:
        local = _relax(graph.subgraph(part).copy(), part, places[part])
        wide, high = np.ptp(local, axis=0)
        # A flat part is stretched towards the shape of a screen.
        local[:, 1] *= min(max(0.8 * wide / max(high, 1.0), 1.0), 1.7)
        widths = [min(max(len(labels[node]) if node < len(labels) else 0, 6), 26) * 8.5 for node in part]
        local = _push_apart(local, np.array(widths), 52.0)
        least, most = local.min(axis=0), local.max(axis=0)
        places[part] = local - (least + most) / 2
        boxes.append(most - least + (max(widths), 56.0))
    for part, centre in zip(parts, _pack_boxes(boxes), strict=True):
        places[part] += centre


def _relax(graph: nx.Graph, nodes: list[int], start: Places) -> Places:
    """Place the nodes of one connected part around the origin by springs."""
    if len(nodes) == 2:
        return np.array([[-85.0, 0.0], [85.0, 0.0]])
    spread = float(np.abs(start - start.mean(axis=0)).max()) or 1.0
    start = (start - start.mean(axis=0)) / spread
    found = nx.spring_layout(
        graph,
        pos={node: start[i] for i, node in enumerate(nodes)},
        seed=SEED,
        iterations=100,
        k=2.2 / math.sqrt(len(nodes)),
        scale=None,
    )
    local = np.array([found[node] for node in nodes])
    local -= np.median(local, axis=0)
    # Springs throw what hangs on one link far out; draw the far ones in.
    reach = np.linalg.norm(local, axis=1, keepdims=True)
    typical = float(np.median(reach)) or 1.0
    local *= np.where(reach > typical, typical + (reach - typical) * 0.6, reach) / np.maximum(reach, 1e-9)
    index = {node: i for i, node in enumerate(nodes)}
    lengths = [float(np.linalg.norm(local[index[a]] - local[index[b]])) for a, b in graph.edges]
    return local * LINK_LENGTH / (float(np.median(lengths)) or 1.0) * (1.05, 1.0)


def _pack_boxes(sizes: list[Places]) -> list[Places]:
    """Place boxes without overlap, the first in the middle, each next as near to it as it fits."""
    centres: list[Places] = []
    for number, size in enumerate(sizes):
        best, at = math.inf, np.zeros(2)
        for other in range(number):
            reach = (sizes[other] + size) / 2
            for side in range(8):
                # Beside, above or below another box, flush with its middle or its edge.
                sign = 1 if side % 2 else -1
                slide = (sizes[other] - size) / 2 * (0 if side < 4 else sign)
                step = (sign * reach[0], slide[1]) if side % 4 < 2 else (slide[0], sign * reach[1])
                spot = centres[other] + step
                far = math.hypot(spot[0], spot[1])
                if far < best and all(
                    (np.abs(spot - centres[k]) >= (sizes[k] + size) / 2 - 1e-6).any() for k in range(number)
                ):
                    best, at = far, spot
        centres.append(at)
    return centres


def _push_apart(places: Places, widths: NDArray[np.float64], height: float) -> Places:
    """Move boxes as little as needed until hardly any two overlap."""
    places = places.copy()
    room = (widths[:, None] + widths[None, :]) / 2 + 8
    for _ in range(120):
        dx = places[:, None, 0] - places[None, :, 0]
        dy = places[:, None, 1] - places[None, :, 1]
        over_x = room - np.abs(dx)
        over_y = height - np.abs(dy)
        overlap = (over_x > 0) & (over_y > 0)
        np.fill_diagonal(overlap, False)
        if not overlap.any():
            break
        # Nodes on one spot part by their order.
        order = np.sign(np.arange(len(places))[:, None] - np.arange(len(places))[None, :])
        sideways = overlap & (over_x < over_y)
        upright = overlap & ~sideways
        sign_x = np.where(dx == 0, order, np.sign(dx))
        sign_y = np.where(dy == 0, order, np.sign(dy))
        places[:, 0] += (np.where(sideways, over_x * sign_x, 0) * 0.3).sum(axis=1)
        places[:, 1] += (np.where(upright, over_y * sign_y, 0) * 0.3).sum(axis=1)
    return places


def _place_loose(places: Places, loose: list[int], joined: list[int]) -> None:
    """Put the nodes without links in rows under the others."""
    if not loose:
        return
    if joined:
        low, high = places[joined].min(axis=0), places[joined].max(axis=0)
    else:
        low = high = np.zeros(2)
    width = max(float(high[0] - low[0]), SPACING * 3 * math.sqrt(len(loose)))
    columns = max(1, int(width // (SPACING * 2.4)))
    left = float(low[0] + high[0]) / 2 - (min(columns, len(loose)) - 1) * SPACING * 1.2
    for rank, node in enumerate(loose):
        row, column = divmod(rank, columns)
        places[node] = (left + column * SPACING * 2.4, float(high[1]) + SPACING * (2.2 + row * 0.9))


def _distinct(places: Places) -> list[tuple[int, int]]:
    """Round to whole numbers, moving a node aside where two would meet."""
    taken: set[tuple[int, int]] = set()
    whole = []
    for x, y in places:
        spot = (round(float(x)), round(float(y)))
        while spot in taken:
            spot = (spot[0] + 9, spot[1] + 5)
        taken.add(spot)
        whole.append(spot)
    return whole


def _disc(spots: list[tuple[int, int]]) -> tuple[int, int, int]:
    x = sum(s[0] for s in spots) / len(spots)
    y = sum(s[1] for s in spots) / len(spots)
    radius = max(math.hypot(s[0] - x, s[1] - y) for s in spots)
    return round(x), round(y), round(radius) + 22
