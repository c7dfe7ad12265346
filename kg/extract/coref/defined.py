"""What a contract or law calls its parties: "Orvik Shipping ASA ("the Seller") … The Seller shall"."""

from __future__ import annotations

from kg.extract import constructions
from kg.extract.coref import nominals
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import CLOSING, OPENING
from kg.extract.lexicon import words
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

QUOTES = OPENING | CLOSING | {"'", "‘", "’"}
# What stands in a bracket beside the word that it defines: "hereinafter referred to as".
DEFINING = words("coref", "names", "defining")
# A definition has so many words at most.
LONGEST = 10
Term = tuple[str, ...]


def join(clusters: Clusters) -> None:
    """Join what is called by a word that a bracket defines to the name before the bracket."""
    terms: dict[Term, list[MentionDraft]] = {}
    for m in clusters.reading.mentions:
        if m.kind == "name" and (term := _defined(clusters.trees[m.block.index], m)):
            terms.setdefault(term, []).append(m)
    for term, names in terms.items():
        things = {id(clusters.cluster_of(m)) for m in names}
        if len(things) == 1:
            _join(clusters, term, names[0])


def _defined(tree: Tree, m: MentionDraft) -> Term:
    """Give the words in quotes, with a capital, that are all that a bracket behind a name defines."""
    inside = _bracket(tree, m.span.end)
    quoted = [k for k in inside if tree.lower[k] in QUOTES]
    term = [k for k in inside if tree.lower[k] not in QUOTES | DEFINING and tree.lower[k] != "the"]
    if len(quoted) != 2 or not term or not quoted[0] < term[0] <= term[-1] < quoted[1]:
        return ()
    capital = all(m.block.doc[k].is_title and tree.pos[k] in ("NOUN", "PROPN") for k in term)
    return tuple(tree.lower[k] for k in term) if capital and not _is_nickname(m, tree, term) else ()


def _bracket(tree: Tree, at: int) -> range:
    """Give the tokens of the bracket that begins at a token, or behind a number: "the Water Act 1989"."""
    if at < tree.n and tree.lower[at].isdigit():
        at += 1
    if at >= tree.n or tree.lower[at] != "(":
        return range(0)
    return range(at + 1, constructions.closed_at(tree, at, at + LONGEST) or at)


def _is_nickname(m: MentionDraft, tree: Tree, term: list[int]) -> bool:
    """Whether a word is no noun for what it defines, but somebody's other name: 'Ida Moe ("Mad Ida")'."""
    own = {t.lower_ for t in m.span}
    return m.type == "Person" and any(tree.lower[k] in own for k in term)


def _join(clusters: Clusters, term: Term, name: MentionDraft) -> None:
    thing = clusters.cluster_of(name)
    for block, tree in zip(clusters.reading.blocks, clusters.trees, strict=True):
        for i in range(len(term) - 1, tree.n):
            first = i - len(term) + 1
            behind = (block.index, first) > (name.block.index, name.span.end)
            if not behind or tuple(tree.lower[first : i + 1]) != term or not block.doc[i].is_title:
                continue
            if tree.dep[i] not in ("compound", "nmod", "amod"):
                _take_up(clusters, thing, name, block.index, i)


def _take_up(clusters: Clusters, thing: CorefCluster, name: MentionDraft, block: int, i: int) -> None:
    """Let a noun stand for a thing; it is of its class."""
    drawn = clusters.reading.blocks[block]
    known = clusters.reading.at(drawn, drawn.doc[i])
    if known is not None and known.kind == "name":
        known.type = thing.type
        clusters.join(thing, clusters.cluster_of(known), "acronym-in-brackets", known, name)
        return
    if known is not None:
        known.type = thing.type
    nominals.refer(clusters, drawn, drawn.doc[i], thing, "acronym-in-brackets")
