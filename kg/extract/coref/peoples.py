"""Who "the Dane" is: the one of whom a text tells that land, else the one person told of just before."""

from __future__ import annotations

from spacy.tokens import Token

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.lexicon import gazetteer
from kg.extract.reading import MentionDraft, ParsedBlock

# How many sentences back who is meant may stand, and how many where no land is told of him.
REACH, NEAR = 8, 2
LANDS = frozenset({rel.COUNTRY, rel.BORN_IN})
# What follows the word where it is no noun: "the Dane said", and not "the German chancellor".
INNER = frozenset({"compound", "nmod", "amod", "conj"})


def resolve(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Join a noun for somebody of a land, with its article, to the person it stands for, if one is."""
    land = _land(clusters, block, token)
    if land is None:
        return False
    known = clusters.reading.at(block, token)
    own = None if known is None else clusters.cluster_of(known)
    if known is None or own is None or not all(_is_alone(m, token) for m in own.mentions):
        return False
    found = _of_land(clusters, block, token, land) or _near(clusters, block, token, land)
    if found is None or found is own:
        return False
    for mention in (m for m in own.mentions if m.kind == "name"):
        mention.kind, mention.type = "nominal", "Person"
    own.named, last = False, clusters.last_before(found, block, token)
    clusters.join(found, own, "definite", known, last)
    return True


def _land(clusters: Clusters, block: ParsedBlock, token: Token) -> str | None:
    """Give the land of whom a word with "the" calls by his people: "the Dane", and not "the Danes"."""
    tree, i = clusters.trees[block.index], token.i
    bare = [k for k in tree.kids[i] if k < i]
    inner = tree.dep[i] in INNER or constructions.renames(tree, i) or constructions.owns(tree, i)
    if inner or tree.tag[i] not in ("NN", "NNP", "JJ"):
        return None
    if len(bare) != 1 or tree.lower[bare[0]] != "the" or bare[0] != i - 1:
        return None
    found = gazetteer.land_of_people(token.text)
    return None if found is None else found.label


def _is_alone(mention: MentionDraft, token: Token) -> bool:
    """Whether a mention is a pronoun, or the same single word after its article."""
    if mention.kind == "pronoun":
        return True
    start = mention.span.start
    alone = len(mention.span) == 1 or mention.span[0].lower_ == "the"
    before = mention.span.doc[start - 1].lower_ if start else ""
    return alone and mention.head.text == token.text and "the" in (before, mention.span[0].lower_)


def _people(clusters: Clusters, block: ParsedBlock, token: Token, reach: int) -> list[CorefCluster]:
    """Give the persons named in the few sentences before."""
    here = clusters.sentence_at(block, token)
    found = []
    for thing in clusters.within(block, token, reach):
        last = clusters.last_before(thing, block, token)
        before = last is not None and clusters.sentence_of(last) < here
        if thing.named and thing.type == "Person" and before and _is_full(thing, token):
            found.append(thing)
    return found


def _is_full(thing: CorefCluster, token: Token) -> bool:
    """Whether somebody is named, and by another word than the one for his people."""
    return not thing.plural and any(m.kind == "name" and m.head.text != token.text for m in thing.mentions)


def lands(clusters: Clusters, thing: CorefCluster) -> set[str]:
    """Give the lands that the text tells of somebody."""
    return {
        claim.object.label
        for claim in clusters.reading.claims
        if claim.relation in LANDS
        and claim.object is not None
        and claim.object.label
        and clusters.cluster_of(claim.subject) is thing
    }


def _of_land(clusters: Clusters, block: ParsedBlock, token: Token, land: str) -> CorefCluster | None:
    people = [t for t in _people(clusters, block, token, REACH) if land in lands(clusters, t)]
    return people[0] if len(people) == 1 else None


def _near(clusters: Clusters, block: ParsedBlock, token: Token, land: str) -> CorefCluster | None:
    """Give the one person just told of who may be of any land.

    Where the text has named the land, it was in a sentence on him alone: "Ida Moe was born in Sweden".
    """
    free = _one_each([t for t in _people(clusters, block, token, NEAR) if not lands(clusters, t)])
    if len(free) != 1:
        return None
    told = [m for t in clusters.within(block, token, REACH) for m in t.mentions if m.label == land]
    alone = all(_stands_alone(clusters, free[0], clusters.sentence_of(m)) for m in told)
    return free[0] if alone else None


def _one_each(people: list[CorefCluster]) -> list[CorefCluster]:
    """Leave out who is named by a surname of another: "Moe" of a headline, beside "Ida Moe"."""
    ends = {id(t): max((m.span for m in t.mentions if m.kind == "name"), key=len) for t in people}
    return [
        t
        for t in people
        if len(ends[id(t)]) > 1
        or not any(o is not t and ends[id(o)][-1].text == ends[id(t)].text for o in people)
    ]


def _stands_alone(clusters: Clusters, thing: CorefCluster, sentence: int) -> bool:
    """Whether a sentence names a person and no other, nor a body."""
    there = {
        id(t)
        for t in clusters.alive()
        if t.named and t.type in ("Person", "Organization", "Group")
        if any(m.kind == "name" and clusters.sentence_of(m) == sentence for m in t.mentions)
    }
    return there == {id(thing)}
