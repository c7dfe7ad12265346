"""Claims by the rules that packages of others bring; see `kg.rules`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from spacy.matcher import DependencyMatcher, Matcher
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg import plugins
from kg.errors import PluginError
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.rules import Rule as ClaimRule
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.rules import Finder, Match, Rule

SLUG = re.compile(r"[a-z0-9]+(?:[_-][a-z0-9]+)*")


def rules_of(names: Iterable[str]) -> tuple[tuple[str, Rule, Finder], ...]:
    """Give the rules of plug-ins with their full ids (`set:rule`) and what finds their matches."""
    return tuple(found for name in names for found in checked(name, plugins.load("rules", name)))


def checked(name: str, rules: Iterable[Rule]) -> Iterator[tuple[str, Rule, Finder]]:
    """Give a set of rules with their full ids and what finds their matches, if each is whole."""
    for rule in rules:
        where = f"kg.rules: {name}:{rule.id}"
        if not SLUG.fullmatch(rule.id) or not SLUG.fullmatch(rule.relation):
            raise PluginError("id and relation are lower-case words joined by _ or -", where=where)
        if bool(rule.pattern) == bool(rule.find):
            raise PluginError("a rule has either a pattern or a function", where=where)
        yield f"{name}:{rule.id}", rule, rule.find or _finder(rule, where)


def _finder(rule: Rule, where: str) -> Finder:
    """Give what finds the matches of a pattern; the matcher is made with the first Doc."""
    dependency = any("RIGHT_ID" in node for node in rule.pattern)
    names = [node.get("RIGHT_ID") for node in rule.pattern] if dependency else [*range(len(rule.pattern))]
    for end in (rule.subject, rule.object):
        if end is not None and end not in names:
            raise PluginError(f"the pattern has no node {end!r}", where=where, remedy=f"there are {names}")
    made: list[tuple[Vocab, DependencyMatcher | Matcher]] = []

    def find(doc: Doc) -> Iterator[Match]:
        if not made or made[0][0] is not doc.vocab:
            matcher = (DependencyMatcher if dependency else Matcher)(doc.vocab, validate=True)
            matcher.add(rule.id, [[dict(node) for node in rule.pattern]])
            made[:] = [(doc.vocab, matcher)]
        for at in _nodes(made[0][1], doc, names):
            subject, obj = (
                at.pop(rule.subject, None),
                None if rule.object is None else at.pop(rule.object, None),
            )
            # An end that the pattern makes optional may be missing.
            if subject is not None and (obj is not None or rule.object is None):
                yield Match(subject, obj, tuple(sorted(at.values())))

    return find


def _nodes(
    matcher: DependencyMatcher | Matcher, doc: Doc, names: list[Any]
) -> Iterator[dict[str | int | None, int]]:
    """Give the token of each node of the pattern, for each match."""
    if isinstance(matcher, DependencyMatcher):
        for _, tokens in matcher(doc):
            yield dict(zip(names, tokens, strict=True))
    else:
        for _, start, _, places in matcher(doc, with_alignments=True):
            # Of the tokens that one place took, its first.
            yield {place: start + k for k, place in reversed([*enumerate(places)])}


def find(reading: Reading, rules: Sequence[tuple[str, Rule, Finder]]) -> None:
    """Add the claims that some rules read in a document."""
    by_block: dict[int, list[MentionDraft]] = {}
    for mention in reading.mentions:
        by_block.setdefault(mention.block.index, []).append(mention)
    for block in reading.blocks:
        if block.kind != "header":
            ctx = BlockContext(reading, block, by_block.get(block.index, ()))
            for id, rule, finder in rules:
                _apply(ctx, id, rule, finder)


def _apply(ctx: BlockContext, id: str, rule: Rule, finder: Finder) -> None:
    reader = ClaimRule(id, rule.reads, frozenset((rule.relation,)), rule.confidence)
    try:
        matches = sorted(set(finder(ctx.doc)), key=lambda m: (m.subject, m.object or -1, m.words))
        for match in matches:
            subject, obj = (
                ctx.mention(match.subject),
                None if match.object is None else ctx.mention(match.object),
            )
            words = [ctx.doc[i] for i in match.words]
            at = (
                match.words[0] if match.words else match.object if match.object is not None else match.subject
            )
            ctx.add_claim(
                subject,
                rule.relation,
                obj,
                reader,
                tokens=words,
                factuality=_factuality(ctx.block, at),
            )
    except Exception as error:
        raise plugins.broken("rules", id.partition(":")[0], error) from error


def _factuality(block: ParsedBlock, i: int) -> Factuality:
    """Give the factuality of the clause that a token stands in."""
    token = block.doc[i]
    while token.i not in block.factualities and token.head.i != token.i:
        token = token.head
    found: Factuality = block.factualities.get(token.i, PLAIN)
    return found
