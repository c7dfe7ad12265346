"""Firms that bear a surname: "Brandt" for Brandt Logistics, in a text that tells of Karl Brandt too.

A bare surname is read as a person's by itself. Where the text has named a firm that begins with it, who
stands nearest before and what the clause says decide.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence

from kg.extract.coref.cluster import Clusters
from kg.extract.coref.context import SUBJECTS
from kg.extract.coref.namesakes import FOUNDED, OF_PERSONS, TRADE, Key, odds, place
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.mentions.evidence.around import around
from kg.extract.mentions.evidence.weights import END_CLASS, TITLES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# What a firm holds or has: "holds 30 per cent of", "has 400 employees".
OF_FIRMS = words("coref", "namesakes", "of_firms")
JOINING = frozenset({"&", "and", "+", "/"})
# From this share of the class of persons on, a name is a person's in spite of the nearest bearer.
SURELY = 0.97
HEADLINES = ("title", "heading", "header")
NEVER = (sys.maxsize, 0)


def called(clusters: Clusters, named: Sequence[tuple[MentionDraft, Key]]) -> dict[int, Key]:
    """Give the key of the firm for each mention (by its id) that is a bare surname and means a firm."""
    firms = {key for m, key in named if len(key) > 1 and _is_firm(m, key)}
    if not firms:
        return {}
    found: dict[int, Key] = {}
    for m, key in named:
        told = m.kind == "name" and m.type == "Organization"
        if not told and not _may_be_surname(m):
            continue
        longer = [firm for firm in firms if firm[: len(key)] == key and len(firm) > len(key)]
        if len(longer) == 1 and (told or firm_meant(clusters, m, key, longer[0], named)):
            found[id(m)] = longer[0]
    return found


def _is_firm(m: MentionDraft, key: Key) -> bool:
    """Whether a name of several words is that of a firm: by its last word, by what is said, or surely."""
    if m.kind != "name" or m.type != "Organization" or not JOINING.isdisjoint(key) or key[0] in TITLES:
        return False
    last = key[-1]
    if last in END_CLASS or lemma_type(last) == "Organization":
        return True
    # "Anna Berg" may have been taken for a firm.
    given = gazetteer.female_share(m.span[0].text) is not None
    return not given or _told(m, "Organization") or odds(m)[0] < 0.05


def _may_be_surname(m: MentionDraft) -> bool:
    """Whether a name was read as a person's, or as a place that nobody knows: not Ontario."""
    if m.kind != "name" or m.type not in ("Person", "GPE"):
        return False
    place = gazetteer.place_named(m.label) or gazetteer.land_named(m.label)
    return m.type == "Person" or (place is None and lemma_type(m.span[-1].lower_) is None)


def _told(m: MentionDraft, kind: str) -> bool:
    """Whether what stands around a name tells its class."""
    return sum(weight for told, weight in around(m.span) if told == kind) > 0


def firm_meant(
    clusters: Clusters, m: MentionDraft, key: Key, firm: Key, named: Sequence[tuple[MentionDraft, Key]]
) -> bool:
    """Whether a bare surname means the firm that begins with it."""
    told = _by_clause(clusters, m)
    if told is not None:
        return told
    persons = [place(o) for o, k in named if o.type == "Person" and _is_surname_of(key, k)]
    first_firm = min(place(o) for o, k in named if k == firm)
    if first_firm > place(m):  # a headline has the short name first
        return m.block.kind in HEADLINES and first_firm < min(persons, default=NEVER)
    return place(m) < min(persons, default=NEVER) and (odds(m)[0] < SURELY or not persons)


def _by_clause(clusters: Clusters, m: MentionDraft) -> bool | None:
    """Whether a bare surname is a firm by what stands around it, or None where that leaves it open."""
    if _told(m, "Person") or (m.span.start and m.span.doc[m.span.start - 1].lower_ in TITLES):
        return False  # "Lund, 48, was appointed"
    tree = clusters.trees[m.block.index]
    above, dep = tree.head[m.head.i], tree.dep[m.head.i]
    if dep in SUBJECTS and tree.lemma[above] in OF_PERSONS:
        return False
    founded = dep == "nsubjpass" and tree.lemma[above] in FOUNDED
    trades = dep == "nsubj" and (tree.lemma[above] in TRADE or _has_of_firms(tree, above))
    return True if founded or trades else None


def _is_surname_of(key: Key, name: Key) -> bool:
    return len(name) > len(key) and name[-len(key) :] == key


def _has_of_firms(tree: Tree, verb: int) -> bool:
    """Whether a clause tells of a share, of staff or of branches that its subject has."""
    return any(tree.lemma[k] in OF_FIRMS or tree.lower[k] == "%" for k in tree.of(verb, "dobj"))
