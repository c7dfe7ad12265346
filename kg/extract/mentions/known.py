"""The names of a table of yours, found in texts as they are written there."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Span

from kg.errors import ConfigError

Form = tuple[str, ...]


class Known:
    """Names with their classes, each as the tokens that it is in a text."""

    def __init__(self, path: str, tokenize: Callable[[str], Doc], *, exact: bool = True) -> None:
        self.exact = exact
        self._forms: dict[str, dict[Form, str]] = {}
        for name, kind in _rows(path):
            form = tuple(self._key(t.text) for t in tokenize(name))
            if form:
                self._forms.setdefault(form[0], {}).setdefault(form, kind)
        self._lengths = {
            first: sorted({len(f) for f in forms}, reverse=True) for first, forms in self._forms.items()
        }

    def _key(self, word: str) -> str:
        return word if self.exact else word.lower()

    def find(self, doc: Doc) -> Iterator[tuple[Span, str]]:
        """Give the names in a Doc with their classes ("" where the table has none), the longest first."""
        spelled = [self._key(t.text) for t in doc]
        i = 0
        while i < len(spelled):
            forms = self._forms.get(spelled[i], {})
            lengths = self._lengths.get(spelled[i], ())
            length = next((n for n in lengths if tuple(spelled[i : i + n]) in forms), 0)
            if length:
                yield doc[i : i + length], forms[tuple(spelled[i : i + length])]
            i += length or 1


def _rows(path: str) -> list[tuple[str, str]]:
    """Give each name and alias of a table with its class; wrong rows are told where they are linked."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as file:
            return [
                (name.strip(), (row.get("type") or "").strip())
                for row in csv.DictReader(file)
                for name in (row.get("label") or "", *(row.get("aliases") or "").split("|"))
                if name.strip()
            ]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(f"the gazetteer cannot be read ({reason})", where=path) from error
