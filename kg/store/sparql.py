"""SPARQL as tokens: which variables a query has, and giving them terms.

A term is put in as a `VALUES` row, never as text of the query's grammar, in the groups where the variable
stands; so it counts in filters and unions too, and both engines do the same with it.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urljoin

from kg.errors import QueryError
from kg.nearest import did_you_mean

_TOKEN = re.compile(
    r"""(?P<comment>\#[^\n\r]*)
    |(?P<string>'{3}(?:'{0,2}(?:[^'\\]|\\.))*'{3}|"{3}(?:"{0,2}(?:[^"\\]|\\.))*"{3}
        |'(?:[^'\\\n\r]|\\.)*'|"(?:[^"\\\n\r]|\\.)*")
    |(?P<iri><[^<>"{}|^`\\\x00-\x20]*>)
    |(?P<variable>[?$]\w+)
    |(?P<name>@?[^\W\d]?[\w.\-]*:(?:[\w.\-:%]|\\.)*|@[A-Za-z\-0-9]+)
    |(?P<word>[A-Za-z_][A-Za-z_0-9]*)
    |(?P<space>\s+)
    |(?P<other>.)""",
    re.VERBOSE | re.DOTALL,
)


@dataclass(slots=True)
class Token:
    """A piece of a query; `text` is upper case where it is a keyword."""

    kind: str
    text: str
    start: int
    end: int


def tokens(sparql: str) -> Iterator[Token]:
    """Give the tokens of a query without comments and spaces."""
    for match in _TOKEN.finditer(sparql):
        kind = match.lastgroup or "other"
        if kind not in ("comment", "space"):
            text = match[0].upper() if kind == "word" else match[0]
            yield Token(kind, text, match.start(), match.end())


def variables(sparql: str) -> list[str]:
    """Give the names of a query's variables, in order.

    >>> variables("SELECT ?a WHERE { ?a ?b '?c' } # ?d")
    ['a', 'b']
    """
    return list(dict.fromkeys(t.text[1:] for t in tokens(sparql) if t.kind == "variable"))


# Deeper than any query has reason to be, and less than the engine's stack holds.
DEEPEST = 100
_UPDATES = {"INSERT", "DELETE", "LOAD", "CLEAR", "DROP", "CREATE", "COPY", "MOVE", "ADD"}
CODEPOINT = re.compile(r"\\u([0-9A-Fa-f]{4})|\\U([0-9A-Fa-f]{8})")


_SUSPECT = re.compile(rf"SERVICE|FROM|{'|'.join(sorted(_UPDATES))}|\\u", re.IGNORECASE)


def check(sparql: str, graphs: Collection[str] | Callable[[], Collection[str]] = ()) -> None:
    """Refuse what would leave the graph: updates, SERVICE, and FROM a graph that is not among those loaded.

    This is for a message that says what is wrong; that no query leaves the graph is seen to by `masking` and
    `fence`. Escaped code points are also read as the standard does, before the rest.
    """
    if sum(map(sparql.count, "({[")) > DEEPEST and _depth(sparql) > DEEPEST:
        raise QueryError(f"nested more than {DEEPEST} deep", remedy="ask in fewer steps")
    if not _SUSPECT.search(sparql):
        # Most queries hold none of the words, not even in a string, and need no closer look.
        return
    if callable(graphs):
        graphs = graphs()
    for text in dict.fromkeys((sparql, CODEPOINT.sub(codepoint, sparql))):
        found = list(tokens(text))
        for token in found:
            if token.kind == "word" and token.text == "SERVICE":
                raise QueryError(
                    "SERVICE is refused: a query answers from the graph alone and asks no other machine",
                    remedy="load the other data as a file",
                )
            if token.kind == "word" and token.text in _UPDATES:
                raise QueryError(
                    f"{token.text} is refused: a query does not change the graph",
                    remedy="build the graph anew, or add documents to a store",
                )
        for iri in _sources(found):
            if iri not in graphs or iri.lower().startswith("file:"):
                raise QueryError(
                    f"FROM <{iri}> is refused: no such graph is loaded, and none is ever fetched",
                    remedy="load it with --named-graph IRI=FILE",
                )


_FORMS = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
# Single characters that the engine would have taken: `['A' ..= 'Z']`.
_CHARACTERS = re.compile(r"\[(?:'|_\])")
_AT = re.compile(r"error at (\d+):(\d+)(?:: )?")


def mistake(sparql: str, prefixes: Collection[str], told: str) -> QueryError:
    """Give the error of a query that the engine cannot read, of which it has `told` something.

    >>> print(mistake("SELEC ?x { ?x a kg:Person }", {"kg"}, "error at 1:10: expected CONSTRUCT"))
    query: begins with SELEC and not with SELECT, ASK, CONSTRUCT or DESCRIBE; did you mean 'SELECT'?
    """
    found = list(tokens(sparql))
    if (word := _beginning(found)) and word not in _FORMS:
        remedy = did_you_mean(word, _FORMS, otherwise="see the saved queries for examples")
        forms = f"{', '.join(_FORMS[:-1])} or {_FORMS[-1]}"
        return QueryError(f"begins with {word} and not with {forms}", where="query", remedy=remedy)
    known = {*prefixes, *_declared(found)}
    for token in found:
        prefix, colon, _ = token.text.partition(":")
        if token.kind == "name" and colon and prefix not in {*known, "_", ""}:
            remedy = did_you_mean(prefix, known, otherwise=f"declare it: PREFIX {prefix}: <…>")
            return QueryError(f"there is no prefix {prefix}:", where="query", remedy=remedy)
    return QueryError(_unpaired(sparql, found) or _located(sparql, told), where="query")


def _unpaired(sparql: str, found: list[Token]) -> str:
    """Say which bracket has no counterpart, if one has none."""
    open_ones: list[Token] = []
    for token in found:
        if token.kind != "other" or token.text not in "([{)]}":
            continue
        if token.text in "([{":
            open_ones.append(token)
        elif not open_ones or open_ones.pop().text + token.text not in ("()", "[]", "{}"):
            return f"error at {_place(sparql, token)}: {token.text!r} closes nothing"
    return (
        f"error at {_place(sparql, open_ones[-1])}: {open_ones[-1].text!r} is not closed" if open_ones else ""
    )


def _place(sparql: str, token: Token) -> str:
    before = sparql[: token.start]
    return f"{before.count(chr(10)) + 1}:{len(before) - before.rfind(chr(10))}"


def _beginning(found: list[Token]) -> str:
    """Give the word that the query begins with behind its prologue, if one does."""
    at = 0
    while at < len(found) and found[at].text in ("PREFIX", "BASE"):
        at += 3 if found[at].text == "PREFIX" else 2
    return found[at].text if at < len(found) and found[at].kind == "word" else ""


def _declared(found: list[Token]) -> list[str]:
    pairs = itertools.pairwise(found)
    return [name.text.removesuffix(":") for token, name in pairs if token.text == "PREFIX"]


def _located(sparql: str, told: str) -> str:
    """Say where a query goes wrong, by its own words where the engine would list characters."""
    at = _AT.match(told)
    if at is None or not _CHARACTERS.search(told):
        return told
    lines = sparql.split("\n")
    line, column = int(at[1]), int(at[2])
    rest = "\n".join([lines[line - 1][column - 1 :], *lines[line:]]).strip() if line <= len(lines) else ""
    if not rest:
        return f"error at {line}:{column} or before it"
    return f"error at {line}:{column}: {_shortened(rest)!r} is not expected there"


def _shortened(text: str) -> str:
    first = text.split()[0]
    return first if len(first) <= 30 else f"{first[:30]}…"


def _depth(sparql: str) -> int:
    steps = [1 if t.text in "([{" else -1 for t in tokens(sparql) if t.kind == "other" and t.text in "([{)]}"]
    return max(itertools.accumulate(steps), default=0)


def is_update(sparql: str) -> bool:
    """Whether a text is an update, not a query."""
    texts = (sparql, CODEPOINT.sub(codepoint, sparql))
    return any(t.kind == "word" and t.text in _UPDATES for text in texts for t in tokens(text))


def codepoint(match: re.Match[str]) -> str:
    code = int(match[1] or match[2], 16)
    return chr(code) if code <= 0x10FFFF else match[0]


def _sources(found: list[Token]) -> Iterator[str]:
    """Give the IRIs of the FROM clauses, resolved."""
    prefixes: dict[str, str] = {}
    base = ""
    for token, first, second in zip(found, found[1:], [*found[2:], None], strict=False):
        if token.kind != "word":
            continue
        if token.text == "BASE" and first.kind == "iri":
            base = urljoin(base, first.text[1:-1])
        elif token.text == "PREFIX" and second is not None and second.kind == "iri":
            prefixes[first.text.removesuffix(":")] = urljoin(base, second.text[1:-1])
        elif token.text == "FROM":
            source = second if first.text == "NAMED" and second is not None else first
            if source.kind == "iri":
                yield urljoin(base, source.text[1:-1])
            elif source.kind == "name":
                prefix, _, local = source.text.partition(":")
                yield prefixes.get(prefix, f"{prefix}:") + local


def bound(sparql: str, terms: Mapping[str, str | Sequence[str]]) -> str:
    """Give the query with its variables bound to terms written as in N-Triples, one or several each.

    >>> bound("SELECT ?s WHERE { ?s a ?t }", {"t": "<x:T>"})
    'SELECT ?s WHERE { VALUES ?t { <x:T> } ?s a ?t }'
    """
    if not terms:
        return sparql
    known = variables(sparql)
    for name in terms:
        if name not in known:
            remedy = f"its variables are {', '.join('?' + v for v in known)}" if known else "it has none"
            raise QueryError(f"the query has no variable ?{name}", remedy=remedy)
    places = _groups(list(tokens(sparql)), set(terms))
    out, last = [], 0
    for place, names in sorted(places.items()):
        rows = "".join(f" VALUES ?{name} {{ {_row(terms[name])} }}" for name in sorted(names))
        out += [sparql[last:place], rows]
        last = place
    return "".join([*out, sparql[last:]])


def _row(terms: str | Sequence[str]) -> str:
    return terms if isinstance(terms, str) else " ".join(terms)


@dataclass(slots=True)
class _Group:
    place: int
    names: set[str]
    plain: bool


class _Groups:
    """Walks over a query, and notes in which of its groups which variables stand."""

    def __init__(self, wanted: set[str]) -> None:
        self.wanted = wanted
        self.places: dict[int, set[str]] = {}
        self.stack: list[_Group] = []
        self.outermost = True
        # Whether the next brace opens the template of a CONSTRUCT, or the rows of VALUES.
        self.template = self.data = False

    def step(self, token: Token, after: str) -> None:
        """Take the next token; `after` is the text of the one behind it."""
        if token.kind == "word" and token.text == "CONSTRUCT":
            self.template = after == "{"
        elif token.kind == "word" and token.text == "VALUES":
            self.data = True
        elif token.kind == "variable":
            if self.stack and not self.data and token.text[1:] in self.wanted:
                self.stack[-1].names.add(token.text[1:])
        elif token.kind == "other" and token.text == "{":
            self._open(token.end, subquery=after == "SELECT")
        elif token.kind == "other" and token.text == "}" and self.stack:
            self._close()

    def _open(self, place: int, *, subquery: bool) -> None:
        plain = not (self.template or self.data or subquery)
        names: set[str] = set()
        if plain and self.outermost and not self.stack:
            names, self.outermost = set(self.wanted), False
        self.stack.append(_Group(place, names, plain))
        self.template = self.data = False

    def _close(self) -> None:
        group = self.stack.pop()
        if group.plain and group.names:
            self.places[group.place] = group.names


def _groups(found: list[Token], wanted: set[str]) -> dict[int, set[str]]:
    """Say behind which opening brace which variables are to be bound."""
    groups = _Groups(wanted)
    for i, token in enumerate(found):
        groups.step(token, found[i + 1].text if i + 1 < len(found) else "")
    return groups.places
