"""A query as the engine may see it: without the letters of SERVICE, and with those of FROM as a keyword only.

The engine's grammar finds a keyword wherever its letters stand, also within what the standard reads as one
longer word or name (`SERVICE:x`, `trueSERVICE<x>`, `p:.SERVICE<x>`). So it is not asked whether a query has
such a keyword: it is given a text in which the letters do not occur, and can find none. Strings and IRIs
write a letter of theirs as `\\u0073`, which the engine reads only within these; variables and blank nodes
get another name; prefixed names are written out. Where the letters stand anywhere else the query is refused.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.store.sparql import CODEPOINT, Token, codepoint, tokens

_LETTERS = re.compile("service|from", re.IGNORECASE | re.ASCII)
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.\-]*:")


@dataclass(frozen=True, slots=True)
class Masked:
    """A query whose letters are masked; `names` gives the variables that were renamed their name again."""

    text: str
    names: Mapping[str, str] = field(default_factory=dict)


def is_suspect(sparql: str) -> bool:
    """Whether letters of SERVICE or FROM occur in a query, written in any way."""
    return bool(_LETTERS.search(sparql) or _LETTERS.search(CODEPOINT.sub(codepoint, sparql)))


def masked(sparql: str, prefixes: Mapping[str, str]) -> Masked:
    """Mask a query; `prefixes` are those bound beside its own. `QueryError` where letters are left over.

    >>> masked("SELECT ?service { ?service <x:from> 'from' }", {}).text
    "SELECT ?_ervice { ?_ervice <x:\\\\u0066rom> '\\\\u0066rom' }"
    """
    found = list(tokens(sparql))
    mask = _Mask(found, prefixes)
    text = "".join(mask.pieces(sparql))
    # Whatever was taken for what above, this is what counts.
    kept = [m[0].upper() for m in _LETTERS.finditer(text)]
    if "SERVICE" in kept or len(kept) != mask.keywords:
        raise refused("SERVICE" if "SERVICE" in kept else "FROM")
    return Masked(text, mask.names)


def refused(keyword: str) -> QueryError:
    """Give the error for a keyword that leaves the graph, or that cannot be told from a name."""
    if keyword.upper() == "SERVICE":
        return QueryError(
            "SERVICE is refused: a query answers from the graph alone and asks no other machine",
            remedy="load the other data as a file",
        )
    return QueryError("FROM is refused where no space or < parts it from what stands beside it")


class _Mask:
    def __init__(self, found: list[Token], prefixes: Mapping[str, str]) -> None:
        self.found = found
        self.prefixes = dict(prefixes)
        self.names: dict[str, str] = {}
        self.keywords = 0  # how often FROM is left in the text
        self._taken = {t.text[1:] for t in found if t.kind == "variable"}
        self._renamed: dict[str, str] = {}

    def pieces(self, sparql: str) -> Iterator[str]:
        """Give the text piece by piece; comments that hold the letters are left out."""
        last = 0
        declared = 0  # up to where tokens are a declaration that is left out
        for i, token in enumerate(self.found):
            yield self._gap(sparql[last : token.start])
            last = token.end
            written = sparql[token.start : token.end]
            declares = token.kind == "word" and token.text == "PREFIX" and self._declare(i)
            if declares:
                declared = i + 3
            if i < declared:
                continue
            yield self._piece(token, written) if _LETTERS.search(written) else written
        yield self._gap(sparql[last:])

    def _gap(self, text: str) -> str:
        return re.sub(r"#[^\r\n]*", " ", text) if _LETTERS.search(text) else text

    def _declare(self, place: int) -> bool:
        """Take note of the prefix declared here; gives whether its own letters are to be kept from sight."""
        name, iri = [*self.found[place + 1 : place + 3], None, None][:2]
        if name is None or iri is None or name.kind != "name" or iri.kind != "iri":
            return False
        prefix = name.text.removesuffix(":")
        self.prefixes[prefix] = iri.text[1:-1]
        return bool(_LETTERS.search(prefix))

    def _piece(self, token: Token, written: str) -> str:
        if token.kind in ("string", "iri"):
            return _escaped(written)
        if token.kind == "variable":
            return written[0] + self._name(written[1:])
        if token.kind == "name":
            return self._written_out(written)
        if token.kind == "word" and token.text == "FROM":
            self.keywords += 1
            return written
        raise refused(_LETTERS.search(written)[0])  # type: ignore[index]

    def _name(self, name: str) -> str:
        """Give the name under which a variable goes, which is no other's."""
        if name not in self._renamed:
            new = _LETTERS.sub(lambda m: f"_{m[0][1:]}", name)
            while new in self._taken:
                new += "_"
            self._taken.add(new)
            self._renamed[name] = new
            self.names[new] = name
        return self._renamed[name]

    def _written_out(self, written: str) -> str:
        prefix, colon, local = written.partition(":")
        if prefix == "_":
            return f"_:{self._name(f'blank{local}')}"
        namespace = self.prefixes.get(prefix)
        if not colon or namespace is None or not _SCHEME.match(namespace):
            raise refused(_LETTERS.search(written)[0])  # type: ignore[index]
        bare = local.rstrip(".")
        iri = namespace + re.sub(r"\\(.)", r"\1", bare)
        return f"{_escaped(f'<{iri}>')}{local[len(bare) :]}"


def _escaped(text: str) -> str:
    """Write the first letter of each as a code point, which within strings and IRIs is the letter itself."""
    return _LETTERS.sub(lambda m: f"\\u{ord(m[0][0]):04x}{m[0][1:]}", text)
