"""The names of a table of yours, found in texts as they are written there."""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterator
from pathlib import Path

from spacy.tokens import Doc, Span

from kg.errors import ConfigError
from kg.extract.lexicon.inflect import plural

Form = tuple[str, ...]


class Known:
    """Names with their classes, each as the tokens that it is in a text."""

    def __init__(
        self, path: str, tokenize: Callable[[str], Doc], *, exact: bool = True, inflected: bool = False
    ) -> None:
        self.exact = exact
        self._forms: dict[str, dict[Form, str]] = {}
        # The names that plurals are of.
        self._singular: dict[Form, str] = {}
        rows = [(tuple(self._key(t.text) for t in tokenize(name)), name, kind) for name, kind in _rows(path)]
        for form, _, kind in rows:
            self._keep(form, kind)
        for form, name, kind in rows if inflected else ():
            # What stands in the table counts before a plural of another name.
            several = (*form[:-1], plural(form[-1])) if form else form
            if self._keep(several, kind):
                self._singular[several] = name
        self._lengths = {
            first: sorted({len(f) for f in forms}, reverse=True) for first, forms in self._forms.items()
        }

    def _keep(self, form: Form, kind: str) -> bool:
        """Keep a form of a name; whether it is new."""
        known = self._forms.setdefault(form[0], {}) if form else {form: kind}
        if form in known:
            return False
        known[form] = kind
        return True

    def written(self, span: Span) -> str:
        """Give the name of the table that a span is a plural of, empty where it is none."""
        return self._singular.get(tuple(self._key(t.text) for t in span), "")

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
