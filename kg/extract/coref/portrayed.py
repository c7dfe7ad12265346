"""Who is called by something new: "The 41-year-old", "the retired fireman", "the congresswoman".

Whoever tells of one person varies what he calls him: by age, sex, calling or home. The noun says no more than
what somebody is, and names no part in what is told: "the judge" may be somebody new, "the teenager" is not.
He stands in one of the sentences just before, and nobody else there may be it.
"""

from __future__ import annotations

import functools

from spacy.tokens import Token

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref import told
from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.coref.context import SUBJECTS
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.nouns import is_aged
from kg.extract.parse.tree import Tree
from kg.extract.reading import ParsedBlock

CALLING = words("coref", "portrayed", "calling")
ADULT = words("coref", "nominals", "adult")
# Sentences back to who is meant, and to whose age a text tells.
REACH, REACH_AGE = 2, 12
# Gender evidence that rules somebody out, and that makes him the likely one of two.
OTHER_SEX, SEX = -0.3, 0.5
# Words that tell how old a man or woman is.
OLD = words("coref", "portrayed", "old")
# What somebody is who may be taken up again without a name.
TOLD_OF = SUBJECTS | {"dobj"}
RANKING = frozenset({"JJR", "JJS", "RBR", "RBS"})


def meant(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give the one person of the last sentences whom a definite noun may call so."""
    tree, i = clusters.trees[block.index], token.i
    age, noun = _age(tree, i), tree.lemma[i]
    if not _says_what(tree, i, age) or not _is_plain(tree, i):
        return None
    if age is not None:
        aged = [t for t in _people(clusters, block, token, REACH_AGE) if _known_age(clusters, t) == age]
        if aged:
            return aged[0] if len(aged) == 1 else None
    return _only(clusters, _near(clusters, block, token, age), noun, bare=not _before(tree, i))


def _near(clusters: Clusters, block: ParsedBlock, token: Token, age: int | None) -> list[CorefCluster]:
    noun = clusters.trees[block.index].lemma[token.i]
    return [t for t in _people(clusters, block, token, REACH) if _may_be(clusters, t, noun, age)]


def _only(clusters: Clusters, near: list[CorefCluster], noun: str, *, bare: bool) -> CorefCluster | None:
    """Give the one with a name, of several the one of whom the text tells what a bare noun says."""
    if bare:
        near = [t for t in near if _is_told_so(clusters, t, noun)] or near
    if len(near) != 1 or not near[0].named:
        return None
    return near[0] if noun not in ADULT or near[0].gender * gender_of_word(noun) >= SEX else None


def _before(tree: Tree, i: int) -> list[int]:
    """Give the words that say more of a noun before it."""
    return [k for k in tree.of(i, "amod", "compound", "nmod", "nummod") if k < i]


def _says_what(tree: Tree, i: int, age: int | None) -> bool:
    """Whether a noun says what somebody is; of a man or woman no more than how old: not "the third man"."""
    if age is not None or tree.lemma[i] in CALLING:
        return True
    return tree.lemma[i] in ADULT and all(tree.lower[k] in OLD for k in _before(tree, i))


def is_age(token: Token) -> bool:
    """Whether a token heads an age that stands for a person: "the 41-year-old"."""
    return is_aged(token) and token.tag_ != "NNS"


def tells_age(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Whether a noun is, or has before it, how old somebody is: no other words say as well who is meant."""
    return _age(clusters.trees[block.index], token.i) is not None


def _is_plain(tree: Tree, i: int) -> bool:
    """Whether "the" stands before a noun in the singular that no comparison picks out."""
    determiner, before = tree.first(i, "det"), [k for k in tree.kids[i] if k < i]
    if determiner is None or tree.lower[determiner] != "the" or tree.tag[i] in ("NNS", "NNPS"):
        return False
    return constructions.owner(tree, i) is None and not any(tree.tag[k] in RANKING for k in before)


def _age(tree: Tree, i: int) -> int | None:
    """Give the years of "the 41-year-old" and of "the 41-year-old farmer"."""
    olds = [k for k in (i, *tree.of(i, "amod", "compound", "nmod")) if is_aged(tree.doc[k])]
    for k in olds:
        for years in range(k - 4, k):
            if years >= 0 and tree.lower[years].isdecimal():
                return int(tree.lower[years])
    return None


def _known_age(clusters: Clusters, thing: CorefCluster) -> int | None:
    """Give how old somebody is, as the text tells."""
    for claim in clusters.reading.claims:
        if claim.relation == rel.AGE and claim.object is not None and claim.object.value is not None:
            if clusters.cluster_of(claim.subject) is thing and claim.object.value.lexical.isdecimal():
                return int(claim.object.value.lexical)
    return None


def _people(clusters: Clusters, block: ParsedBlock, token: Token, reach: int) -> list[CorefCluster]:
    """Give the persons of the last sentences; of those without a name whom the sentence tells of.

    Who stands in the sentence of the noun is called by name or pronoun in it.
    """
    here = clusters.sentence_at(block, token)
    found = []
    for thing in clusters.within(block, token, reach):
        last = clusters.last_before(thing, block, token)
        if last is None or thing.type != "Person" or thing.plural:
            continue
        if not 1 <= here - clusters.sentence_of(last) <= reach:
            continue
        if thing.named or clusters.site(*clusters.place(last)).role in TOLD_OF:
            found.append(thing)
    return found


def _may_be(clusters: Clusters, thing: CorefCluster, noun: str, age: int | None) -> bool:
    """Whether age and sex let somebody be what a noun says."""
    if thing.gender * gender_of_word(noun) <= OTHER_SEX:
        return False
    known = _known_age(clusters, thing)
    if known is None:
        return True
    first, last = _ages().get(noun, (0, known))
    return age is None and first <= known <= last


def _is_told_so(clusters: Clusters, thing: CorefCluster, noun: str) -> bool:
    """Whether the text tells of somebody what a noun says: his post, his age, or his sex."""
    if noun in thing.heads or told.lets(thing, noun) or thing.gender * gender_of_word(noun) >= SEX:
        return True
    known = _known_age(clusters, thing)
    return known is not None and noun in _ages() and _ages()[noun][0] <= known <= _ages()[noun][1]


@functools.cache
def _ages() -> dict[str, tuple[int, int]]:
    """Give from which age to which somebody is called so."""
    return {noun: (first, last) for noun, (first, last) in mapping("coref", "portrayed", "ages").items()}
