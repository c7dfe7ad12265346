"""Terms as strings, in the canonical form of N-Triples: written, read back, and shortened with prefixes."""

from __future__ import annotations

import functools
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from kg.vocab import RDF, XSD

Triple = tuple[str, str, str]


def literal(text: str, *, lang: str | None = None, datatype: str | None = None) -> str:
    r"""Write a literal as canonical N-Triples does; `datatype` is the local name of an XSD type.

    >>> literal('say "so"', lang="en")
    '"say \\"so\\""@en'
    >>> literal("7", datatype="integer")
    '"7"^^<http://www.w3.org/2001/XMLSchema#integer>'
    """
    escaped = text.translate(_ESCAPES) if _UNSAFE.search(text) else text
    if lang:
        return f'"{escaped}"@{lang.lower()}'
    return f'"{escaped}"^^<{XSD}{datatype}>' if datatype and datatype != "string" else f'"{escaped}"'


_UNSAFE = re.compile('[\x00-\x1f"\\\\\x7f\ud800-\udfff\ufffe\uffff]')
_ESCAPES: dict[int, str] = (
    {i: f"\\u{i:04X}" for i in [*range(0x20), 0x7F, 0xFFFE, 0xFFFF]}
    # A lone surrogate is no character; no RDF format can hold one.
    | dict.fromkeys(range(0xD800, 0xE000), "\ufffd")
    | {8: "\\b", 9: "\\t", 10: "\\n", 12: "\\f", 13: "\\r", 34: '\\"', 92: "\\\\"}
)

TRUE = literal("true", datatype="boolean")
FALSE = literal("false", datatype="boolean")


@functools.lru_cache(maxsize=2**12)
def decimal(number: float, digits: int = 2) -> str:
    """Write a confidence, rounded to two decimals, in the canonical form of XSD 1.1.

    >>> decimal(1.0)
    '"1"^^<http://www.w3.org/2001/XMLSchema#decimal>'
    """
    return literal(f"{float(number):.{digits}f}".rstrip("0").rstrip("."), datatype="decimal")


def iri(text: str) -> str | None:
    """Write an absolute IRI as a term, what it may not hold escaped; None where it is none.

    >>> iri("https://example.org/a b"), iri("nowhere")
    ('<https://example.org/a%20b>', None)
    """
    escaped = _STRAY_PERCENT.sub("%25", "".join(c if _fits(c) else _escape(c) for c in text))
    return f"<{escaped}>" if _ABSOLUTE.fullmatch(escaped) else None


def _fits(c: str) -> bool:
    return c in _IRI_MARKS or c.isalnum()


def _escape(c: str) -> str:
    return quote(c.encode("utf-8", "replace"), safe="")


_IRI_MARKS = frozenset("-._~:/?#@!$&'()*+,;=%")
_STRAY_PERCENT = re.compile("%(?![0-9A-Fa-f]{2})")
_ABSOLUTE = re.compile(
    r"[A-Za-z][A-Za-z0-9+.\-]*:(?://(?:[^/?#@]*@)?[^/?#@:]*(?::[0-9]*)?(?:[/?][^#]*)?|(?!//)[^#]*)(?:#[^#]*)?"
)


@dataclass(frozen=True, slots=True)
class Literal:
    """A literal as read back: `datatype` is an IRI, `lang` a tag or empty."""

    text: str
    lang: str = ""
    datatype: str = f"{XSD}string"


def read_literal(written: str) -> Literal:
    r"""Read a literal in the form of N-Triples.

    >>> read_literal('"a\\nb"@en').text
    'a\nb'
    """
    end = written.rindex('"')
    text = written[1:end]
    if "\\" in text:
        text = _ESCAPED.sub(_unescape, text)
    tail = written[end + 1 :]
    if tail.startswith("@"):
        return Literal(text, tail[1:], f"{RDF}langString")
    return Literal(text, datatype=tail[3:-1]) if tail else Literal(text)


_ESCAPED = re.compile(r"\\(?:u([0-9A-Fa-f]{4})|U([0-9A-Fa-f]{8})|(.))", re.DOTALL)
_UNESCAPES = {"t": "\t", "b": "\b", "n": "\n", "r": "\r", "f": "\f"}


def _unescape(match: re.Match[str]) -> str:
    code = match[1] or match[2]
    return chr(int(code, 16)) if code else _UNESCAPES.get(match[3], match[3])


def read_triple(line: str) -> Triple:
    """Split a line of canonical N-Triples."""
    subject, predicate, rest = line.split(" ", 2)
    return subject, predicate, rest.rstrip()[:-2]


class Term(str):
    """A term as a person writes it: `<IRI>`, `ent:Hamas`, `12`, `true`, `2024-03-28`, or any text."""

    __slots__ = ()


class Written(str):
    """A term already in the form of N-Triples."""

    __slots__ = ()


def written(term: Term, prefixes: Mapping[str, str]) -> str:
    """Write a person's term in the form of N-Triples; what is nothing else is a plain string.

    >>> written(Term("ent:Hamas"), {"ent": "https://example.org/entity/"})
    '<https://example.org/entity/Hamas>'
    """
    text = str(term)
    if len(text) > 2 and text[0] == "<" and text[-1] == ">":
        return iri(text[1:-1]) or literal(text)
    prefix, colon, local = text.partition(":")
    if colon and prefix in prefixes and not re.search(r"\s", text):
        return iri(prefixes[prefix] + local) or literal(text)
    if match := _QUOTED.fullmatch(text):
        return literal(match[1], lang=match[2])
    for pattern, datatype in _PLAIN_TERMS:
        if pattern.fullmatch(text):
            return literal(text, datatype=datatype)
    return literal(text)


_QUOTED = re.compile(r'"(.*)"(?:@([A-Za-z]+(?:-[A-Za-z0-9]+)*))?', re.DOTALL)
_PLAIN_TERMS = (
    (re.compile(r"[+-]?[0-9]+"), "integer"),
    (re.compile(r"[+-]?[0-9]*\.[0-9]+"), "decimal"),
    (re.compile(r"true|false"), "boolean"),
    (re.compile(r"[0-9]{4}-[01][0-9]-[0-3][0-9]"), "date"),
)


# What a local name may hold without an escape: PN_LOCAL of Turtle without its rarer parts.
_BASE = (
    "A-Za-z\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u02ff\u0370-\u037d\u037f-\u1fff\u200c\u200d\u2070-\u218f"
    "\u2c00-\u2fef\u3001-\ud7ff\uf900-\ufdcf\ufdf0-\ufffd\U00010000-\U000effff"
)
_LOCAL = re.compile(rf"[{_BASE}_0-9](?:[{_BASE}_0-9.\-]*[{_BASE}_0-9\-])?")
_INTEGER = re.compile(r'"([+-]?[0-9]+)"')
_DECIMAL = re.compile(r'"([+-]?[0-9]*\.[0-9]+)"')


class Shortener:
    """Writes terms as Turtle does, with prefixes; remembers which prefixes it used."""

    def __init__(self, prefixes: Mapping[str, str]) -> None:
        self.used: set[str] = set()
        # Every namespace of ours ends in one of the two marks.
        self._prefixes = {namespace: prefix for prefix, namespace in prefixes.items()}
        self._known: dict[str, str] = {}
        self.forget()

    def __len__(self) -> int:
        return len(self._known)

    def forget(self) -> None:
        """Free the memory of the terms seen; which prefixes were used is kept."""
        self._known = {f'"true"^^<{XSD}boolean>': "true", f'"false"^^<{XSD}boolean>': "false"}

    def __call__(self, term: str) -> str:
        if term[0] == '"':
            return self._literal(term)
        if term.startswith("<<( "):
            subject, predicate, obj = read_triple(f"{term[4:-4]} .")
            return f"<<( {self(subject)} {self(predicate)} {self(obj)} )>>"
        if term[0] != "<" or "#char=" in term:
            return term
        found = self._known.get(term)
        if found is None:
            found = self._known[term] = self._shorten(term)
        return found

    def _shorten(self, term: str) -> str:
        iri = term[1:-1]
        for mark in "#/":
            end = iri.rfind(mark) + 1
            prefix = self._prefixes.get(iri[:end])
            if prefix is not None and _LOCAL.fullmatch(iri, end):
                self.used.add(prefix)
                return f"{prefix}:{iri[end:]}"
        return term

    def _literal(self, term: str) -> str:
        if term[-1] != ">":
            return term
        if term in self._known:
            return self._known[term]
        lexical, _, datatype = term.rpartition("^^")
        if datatype == f"<{XSD}integer>" and (m := _INTEGER.fullmatch(lexical)):
            return m[1]
        if datatype == f"<{XSD}decimal>" and (m := _DECIMAL.fullmatch(lexical)):
            return m[1]
        return f"{lexical}^^{self(datatype)}"


def xml_text(text: str) -> str:
    """Give a text without what XML 1.0 cannot hold, escaped or not."""
    return _NO_XML.sub("\ufffd", text)


_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
