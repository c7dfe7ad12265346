"""Blank nodes under names made of what is said of them, so that a graph is written the same each time.

The nodes are told apart by colours: each takes up the colours of its neighbours until no more of them differ.
Nodes that stay alike are set apart one by one; where they are interchangeable, as they nearly always are, it
does not matter in which order.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping

from kg.iri import digest

# A blank node as the subject or the object of a line of N-Triples.
_AT_ENDS = re.compile(r"^_:\S+|(?<=> )_:\S+(?= \.$)")
# So many colours are computed at most: a graph made to be hard gets names that may differ from run to run.
MOST_WORK = 1_000_000

# What one line says of a node: the line with `_:` for each blank node, the other node there, and which end.
Said = tuple[str, str | None, bool]


def blank_names(lines: Iterable[str]) -> dict[str, str]:
    """Give each blank node in lines of N-Triples a name by its content.

    >>> blank_names(['<x:a> <x:p> _:q7 .', '_:q7 <x:p> "1" .'])
    {'_:q7': '_:b9f9f51e1ff29'}
    """
    said = _all_said(lines)
    colours = dict.fromkeys(said, "")
    work = _refine(colours, said)
    while work < MOST_WORK and (alike := _alike(colours)):
        # Neighbours of what is alike may depend on which is taken first, so only one is set apart at a time,
        # unless nothing hangs on it.
        free = [node for node in alike if not any(other for _, other, _ in said[node])]
        for number, node in enumerate(sorted(free) or alike[:1]):
            colours[node] = digest(f"{colours[node]} {number + 1}", 12)
        work += _refine(colours, said)
    seen: Counter[str] = Counter()
    names: dict[str, str] = {}
    for node in sorted(colours, key=lambda node: (colours[node], node)):
        seen[colours[node]] += 1
        again = f"x{seen[colours[node]]}" if seen[colours[node]] > 1 else ""
        names[node] = f"_:b{colours[node]}{again}"
    return names


def _all_said(lines: Iterable[str]) -> dict[str, list[Said]]:
    said: dict[str, list[Said]] = {}
    for line in lines:
        ends = _AT_ENDS.findall(line) if "_:" in line else []
        for place, node in enumerate(ends):
            other = ends[1 - place] if len(ends) == 2 else None
            first = place == 0 and line.startswith("_:")
            said.setdefault(node, []).append((_AT_ENDS.sub("_:", line), other, first))
    return said


def renamed(line: str, names: Mapping[str, str]) -> str:
    """Give a line with its blank nodes under other names."""
    return _AT_ENDS.sub(lambda m: names.get(m[0], m[0]), line) if "_:" in line else line


def _refine(colours: dict[str, str], said: dict[str, list[Said]]) -> int:
    """Let nodes take up their neighbours' colours until no more of them differ; give the work it took."""
    work = 0
    alike = list(colours)
    while alike and work < MOST_WORK:
        fresh = {
            node: digest("\n".join([colours[node], *sorted(_told(one, colours) for one in said[node])]), 12)
            for node in alike
        }
        work += len(fresh) + 1
        before = len({colours[node] for node in alike})
        colours.update(fresh)
        counts = Counter(fresh.values())
        alike = [node for node in alike if counts[fresh[node]] > 1]
        if len(counts) == before:
            break
    return work


def _told(one: Said, colours: dict[str, str]) -> str:
    form, other, first = one
    return f"{form} {colours[other] if other else ''} {first}"


def _alike(colours: dict[str, str]) -> list[str]:
    """Give the nodes of the least colour that several have."""
    several = [colour for colour, count in Counter(colours.values()).items() if count > 1]
    least = min(several, default="")
    return [node for node, colour in colours.items() if colour == least] if several else []
