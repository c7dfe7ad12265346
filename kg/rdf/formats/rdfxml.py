"""RDF/XML, for programs that read nothing else: a description of each subject, in order."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterable, Iterator
from xml.sax.saxutils import escape, quoteattr

from kg.errors import GraphError
from kg.rdf.terms import read_literal, read_triple, xml_text
from kg.vocab import RDF, XSD, Names

# What may be the last part of an element's name in every edition of XML: of letters the common ones.
_LETTERS = (
    "A-Za-z_\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u0131\u0388-\u038a\u038e-\u03a1\u03a3-\u03ce\u0410-\u044f"
    "\u05d0-\u05ea\u0621-\u063a\u0641-\u064a\u0905-\u0939\u3041-\u3094\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3"
)
_NAME = re.compile(rf"[{_LETTERS}][{_LETTERS}0-9.\-]*$")
# Names of rdf: that are syntax, so that no property can be written so.
_SYNTAX = frozenset(
    f"{RDF}{name}" for name in "RDF Description ID about parseType resource nodeID datatype li".split()
)


def rdfxml(lines: Iterable[str], names: Names) -> Iterator[str]:
    """Give the text of an RDF/XML file, in pieces, for sorted lines of N-Triples.

    What XML cannot hold, control characters, becomes U+FFFD. A property whose IRI ends in no name of XML, but
    in a digit or a sign, raises `GraphError`.
    """
    prefixes = {"rdf": RDF} | names.prefixes()
    known = {namespace: prefix for prefix, namespace in prefixes.items()}
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<rdf:RDF'
    yield from (
        f"\n    xmlns:{prefix}={quoteattr(namespace)}" for prefix, namespace in sorted(prefixes.items())
    )
    yield ">\n"
    for subject, triples in itertools.groupby(map(read_triple, lines), key=lambda triple: triple[0]):
        yield f"<rdf:Description {_node(subject, 'about')}>\n"
        for _, predicate, obj in triples:
            yield f"  {_property(predicate[1:-1], obj, known)}\n"
        yield "</rdf:Description>\n"
    yield "</rdf:RDF>\n"


def _property(iri: str, obj: str, known: dict[str, str]) -> str:
    found = _NAME.search(iri)
    if found is None or iri in _SYNTAX or not found.start():
        what = f"RDF/XML has no name for the property <{iri}>"
        raise GraphError(what, remedy="write Turtle (.ttl) or N-Triples (.nt), which hold all")
    space, local = iri[: found.start()], found[0]
    prefix = known.get(space, "")
    name = f"{prefix or 'p'}:{local}"
    start = name if prefix else f"{name} xmlns:p={quoteattr(space)}"
    if obj[0] != '"':
        return f"<{start} {_node(obj, 'resource')}/>"
    value = read_literal(obj)
    # A carriage return by itself would come back as a line feed.
    text = escape(xml_text(value.text), {"\r": "&#13;"})
    if value.lang:
        return f"<{start} xml:lang={quoteattr(value.lang)}>{text}</{name}>"
    kind = "" if value.datatype == f"{XSD}string" else f" rdf:datatype={quoteattr(value.datatype)}"
    return f"<{start}{kind}>{text}</{name}>"


def _node(node: str, attribute: str) -> str:
    if node.startswith("_:"):
        return f"rdf:nodeID={quoteattr(node[2:])}"
    return f"rdf:{attribute}={quoteattr(node[1:-1])}"
