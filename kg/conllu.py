"""Sentences whose tokens are given, in CoNLL-U: a line a token with ten columns, a blank line behind each.

Of a token its form is read and `SpaceAfter=No` in its last column; comments, the lines of words that stand
for several tokens ("1-2") and those of tokens that are not there ("1.1") are kept as they are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.errors import ReadError

COLUMNS = 10
NUMBER = re.compile(r"\d+(?:-\d+|\.\d+)?")


@dataclass(frozen=True, slots=True)
class Given:
    """The lines of a sentence; its tokens with whether a space follows, and the line of each."""

    lines: tuple[str, ...]
    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    places: tuple[int, ...]

    def text(self, columns: Sequence[Sequence[str]]) -> str:
        """Give the sentence with other columns from the third on, in as many as are given, token by token."""
        lines = list(self.lines)
        for place, filled in zip(self.places, columns, strict=True):
            cells = lines[place].split("\t")
            cells[2 : 2 + len(filled)] = filled
            lines[place] = "\t".join(cells)
        return "\n".join(lines) + "\n"


def sentences(text: str, where: str) -> Iterator[Given]:
    """Give the sentences of a file.

    >>> [s.words for s in sentences("1\\tRain\\n2\\tfell\\tfall\\n", "rain.conllu")]
    [('Rain', 'fell')]
    """
    lines: list[str] = []
    for number, line in enumerate([*re.split(r"\r\n|\r|\n", text), ""], start=1):
        if line.strip():
            lines.append(_line(line, f"{where}:{number}"))
            continue
        if given := _sentence(lines):
            yield given
        lines = []


def _line(line: str, where: str) -> str:
    """Give a line with all of its columns."""
    if line[0] == "#":
        return line
    cells = line.split("\t")
    if not NUMBER.fullmatch(cells[0]) or len(cells) < 2 or not cells[1].strip():
        raise ReadError(
            "this is no line of CoNLL-U", where=where, remedy="begin it with a number, a tab and a word"
        )
    return "\t".join(cells + ["_"] * (COLUMNS - len(cells)))


def _sentence(lines: list[str]) -> Given | None:
    words, spaces, places = [], [], []
    # Up to which token a word reaches that is written as one, and whether a space follows it.
    last, behind = 0, True
    for place, line in enumerate(lines):
        cells = line.split("\t")
        if line[0] == "#" or "." in cells[0]:
            continue
        spaced = "SpaceAfter=No" not in cells[9].split("|")
        if "-" in cells[0]:
            last, behind = int(cells[0].split("-")[1]), spaced
            continue
        number = int(cells[0])
        if number <= last:
            spaced = number == last and behind
        words.append(cells[1])
        spaces.append(spaced)
        places.append(place)
    return Given(tuple(lines), tuple(words), tuple(spaces), tuple(places)) if words else None
