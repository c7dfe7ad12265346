"""What a query answers: rows by name, yes or no, or a graph, and the formats they are printed in."""

from __future__ import annotations

import csv
import decimal
import io
import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape as html_escape
from typing import TYPE_CHECKING, Any, Literal
from xml.sax.saxutils import escape, quoteattr

from kg.errors import MissingExtra, QueryError
from kg.rdf.formats import GRAPH_TEXT
from kg.rdf.terms import Shortener, read_literal, xml_text
from kg.vocab import XSD, Names

if TYPE_CHECKING:
    import pandas

WIDEST = 60


@dataclass(slots=True)
class Answer:
    """The answer to a query.

    SELECT gives `rows`, which are also what iterating and `len` see: `row["who"].value`. ASK gives `truth`.
    CONSTRUCT and DESCRIBE give `lines` of N-Triples. `cut` says that a limit left out rows.
    """

    kind: Literal["rows", "truth", "graph"]
    variables: tuple[str, ...] = ()
    rows: Sequence[Any] = ()
    truth: bool = False
    lines: Sequence[str] = ()
    cut: bool = False
    prefixes: Mapping[str, str] = field(default_factory=dict, repr=False)

    def __iter__(self) -> Iterator[Any]:
        return iter(self.lines if self.kind == "graph" else self.rows)

    def __len__(self) -> int:
        return len(self.lines if self.kind == "graph" else self.rows)

    def __getitem__(self, index: int) -> Any:
        return (self.lines if self.kind == "graph" else self.rows)[index]

    def __bool__(self) -> bool:
        return self.truth if self.kind == "truth" else len(self) > 0

    @property
    def found_nothing(self) -> bool:
        """Whether there is no row, no triple, no truth, or nothing but a count of none."""
        if self.kind == "rows" and len(self.rows) == 1:
            row = next(self.written_rows())
            return bool(row) and all(term is None or term.startswith('"0"^^') for term in row)
        return not self

    def values(self) -> list[dict[str, Any]]:
        """Give the rows as dicts of Python values; None where nothing is bound."""
        return [{v: _python(t) for v, t in zip(self.variables, row, strict=True)} for row in self.rows]

    def to_pandas(self) -> pandas.DataFrame:
        """Give the rows as a `pandas.DataFrame`, a column per variable."""
        try:
            import pandas
        except ImportError as error:
            what = "pandas is not installed"
            raise MissingExtra(what, remedy="pip install 'kg[pandas]'") from error
        return pandas.DataFrame(self.values(), columns=list(self.variables))

    def text(self, form: str = "table") -> str:
        """Give the answer in one of `FORMATS`; a graph in `nt`, `ttl` or `jsonld`, its table is Turtle."""
        if self.kind == "graph":
            return self._graph(form)
        write = FORMATS.get(form)
        if write is None:
            raise QueryError(f"no format {form!r} for rows", remedy=f"use one of {', '.join(FORMATS)}")
        return write(self)

    def _graph(self, form: str) -> str:
        form = "ttl" if form == "table" else form
        if form not in GRAPH_TEXT:
            raise QueryError(f"no format {form!r} for a graph", remedy=f"use one of {', '.join(GRAPH_TEXT)}")
        base = self.prefixes["kg"].removesuffix("kg#")
        return "".join(GRAPH_TEXT[form](self.lines, Names(base)))

    def written_rows(self) -> Iterator[list[str | None]]:
        """Give the rows as terms in the form of N-Triples."""
        for row in self.rows:
            yield [None if term is None else str(term) for term in row]

    def shown_rows(self) -> list[list[str]]:
        """Give the rows as a person reads them: short names and plain text."""
        short = Shortener(self.prefixes)
        return [["" if t is None else _shown(t, short) for t in row] for row in self.written_rows()]

    def __str__(self) -> str:
        return self.text()

    def _repr_html_(self) -> str:
        if self.kind != "rows":
            return f"<pre>{html_escape(str(self))}</pre>"
        head = "".join(f"<th>{html_escape(v)}</th>" for v in self.variables)
        rows = "".join(
            "<tr>" + "".join(f"<td>{html_escape(cell)}</td>" for cell in row) + "</tr>"
            for row in self.shown_rows()[:100]
        )
        return f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>"


def _shown(term: str, short: Shortener) -> str:
    if term[0] == '"':
        return read_literal(term).text
    found = short(term)
    return found[1:-1] if found[0] == "<" and not found.startswith("<<") else found


def _python(term: Any) -> Any:
    if term is None:
        return None
    written = str(term)
    if written[0] != '"':
        return written[1:-1] if written[0] == "<" else written
    found = read_literal(written)
    read = _READERS.get(found.datatype.removeprefix(XSD))
    try:
        return read(found.text) if read else found.text
    except (ValueError, decimal.InvalidOperation):
        return found.text


_READERS: dict[str, Callable[[str], Any]] = {
    "integer": int,
    "decimal": lambda text: float(decimal.Decimal(text)),
    "double": float,
    "float": float,
    "boolean": lambda text: text in ("true", "1"),
}


_NUMBER = re.compile(
    rf'"(?P<lexical>[+-]?[0-9]+|true|false)"\^\^<{XSD}(?:integer|boolean)>'
    rf'|"(?P<decimal>[+-]?[0-9]*\.[0-9]+)"\^\^<{XSD}decimal>'
)


def _table(answer: Answer) -> str:
    if answer.kind == "truth":
        return f"{'true' if answer.truth else 'false'}\n"
    rows = [[_one_line(cell) for cell in row] for row in answer.shown_rows()]
    head = list(answer.variables)
    widths = [max(map(len, column)) for column in zip(head, *rows, strict=True)]
    lines = [head, ["-" * width for width in widths], *rows]
    cells = ((cell.ljust(w) for cell, w in zip(line, widths, strict=True)) for line in lines)
    return "".join("  ".join(line).rstrip() + "\n" for line in cells)


def _one_line(text: str) -> str:
    line = " ".join("".join(c if c.isprintable() else " " for c in text).split())
    return line if len(line) <= WIDEST else f"{line[: WIDEST - 1]}…"


def _csv(answer: Answer) -> str:
    if answer.kind == "truth":
        return f"{'true' if answer.truth else 'false'}\n"
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(answer.variables)
    for row in answer.written_rows():
        writer.writerow(["" if t is None else _bare(t) for t in row])
    return out.getvalue()


def _bare(term: str) -> str:
    if term[0] == '"':
        return read_literal(term).text
    return term[1:-1] if term[0] == "<" else term


def _tsv(answer: Answer) -> str:
    if answer.kind == "truth":
        return f"{'true' if answer.truth else 'false'}\n"
    lines = ["\t".join(f"?{v}" for v in answer.variables)]
    lines += ["\t".join(_turtle_cell(t) for t in row) for row in answer.written_rows()]
    return "".join(f"{line}\n" for line in lines)


def _turtle_cell(term: str | None) -> str:
    """A term as Turtle writes it: numbers bare."""
    if term is None:
        return ""
    number = _NUMBER.fullmatch(term)
    return (number["lexical"] or number["decimal"]) if number else term


def _json(answer: Answer) -> str:
    if answer.kind == "truth":
        return json.dumps({"head": {}, "boolean": answer.truth}) + "\n"
    bindings = [
        {v: _json_term(t) for v, t in zip(answer.variables, row, strict=True) if t is not None}
        for row in answer.written_rows()
    ]
    data = {"head": {"vars": list(answer.variables)}, "results": {"bindings": bindings}}
    return json.dumps(data, ensure_ascii=False) + "\n"


def _json_term(term: str) -> dict[str, str]:
    if term[0] == "<":
        return {"type": "uri", "value": term[1:-1]}
    if term[0] == "_":
        return {"type": "bnode", "value": term[2:]}
    found = read_literal(term)
    value = {"type": "literal", "value": found.text}
    if found.lang:
        return value | {"xml:lang": found.lang}
    return value if found.datatype == f"{XSD}string" else value | {"datatype": found.datatype}


def _xml(answer: Answer) -> str:
    lines = ['<?xml version="1.0"?>', '<sparql xmlns="http://www.w3.org/2005/sparql-results#">', "<head>"]
    lines += [f"<variable name={quoteattr(v)}/>" for v in answer.variables]
    lines.append("</head>")
    if answer.kind == "truth":
        lines.append(f"<boolean>{'true' if answer.truth else 'false'}</boolean>")
    else:
        lines.append("<results>")
        for row in answer.written_rows():
            cells = [
                f"<binding name={quoteattr(v)}>{_xml_term(t)}</binding>"
                for v, t in zip(answer.variables, row, strict=True)
                if t is not None
            ]
            lines.append(f"<result>{''.join(cells)}</result>")
        lines.append("</results>")
    lines.append("</sparql>")
    return "\n".join(lines) + "\n"


def _xml_term(term: str) -> str:
    if term[0] == "<":
        return f"<uri>{escape(xml_text(term[1:-1]))}</uri>"
    if term[0] == "_":
        return f"<bnode>{escape(term[2:])}</bnode>"
    found = read_literal(term)
    text = escape(xml_text(found.text), {"\r": "&#13;"})
    if found.lang:
        return f"<literal xml:lang={quoteattr(found.lang)}>{text}</literal>"
    if found.datatype == f"{XSD}string":
        return f"<literal>{text}</literal>"
    return f"<literal datatype={quoteattr(found.datatype)}>{text}</literal>"


FORMATS: dict[str, Callable[[Answer], str]] = {
    "table": _table,
    "csv": _csv,
    "tsv": _tsv,
    "json": _json,
    "xml": _xml,
}
