"""What a definite noun stands for, by trained trees: "the retailer", "the former teacher".

The trees weigh what was learned of references, what the rules of `nominals` would choose, and how noun and
candidate agree; a noun that nothing answers well enough stands for something new.
"""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Token

from kg.classes import kindred
from kg.extract.coref import told
from kg.extract.coref.candidates import Candidate
from kg.extract.coref.cluster import TYPES, Clusters, CorefCluster, gender_of_word
from kg.extract.coref.context import is_year, role_number
from kg.extract.coref.features import LEARNED, Asked, Columns, Numbers, Pair, columns_of, names_of, rows_of
from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.reading import MentionDraft, ParsedBlock

GROUP = "noun"
# Sentences back to a candidate, and how many are weighed.
REACH, MOST = 30, 24
# Sentences back to what a noun that two things were called by still stands for, though less is said of it.
BESIDE = 1
# How far below the bar of the trees what was told to be so may lie, and what answers a bare noun much better
# than all others and than nothing: of those that were joined so in `training/chains` nine in ten are right.
TOLD, CLEAR = -15000, -14000
CLEAR_SHARE, CLEAR_OVER_NEW = 0.9, 2.0
# … and what answers the noun of a thing so well, by how far below the bar, share of all and lead over what
# is new: what may be so called, by a bare noun or with something said of it, and what was told otherwise.
PLAIN, TOLD_MORE, OTHERWISE = (-12000, 0.5, 1.5), (-12000, 0.8, 2.5), (-12000, 0.9, 4.0)
# What share of all a rival has.
RIVAL = 0.15
# What is said of a place tells it from its like: "the upper village".
PLACES = frozenset({"GPE", "Location"})
# Where the last mention of what "the firm" takes up does not stand.
WITHIN = frozenset({"attr", "compound"})
# Classes of several, which a singular and a plural may mean alike.
BODIES = frozenset({"Group", "Organization", "GPE"})


class Noun(NamedTuple):
    """A definite noun: what it is, what is said of it, and what the rules would take it for."""

    lemma: str
    type: str
    plural: bool
    modifiers: frozenset[str]
    determiner: str
    # How many phrases follow it.
    followed: int
    gender: float
    by_rule: CorefCluster | None


class AskedNoun(Asked):
    """A definite noun and all of its candidates."""

    __slots__ = ("most_mentions", "noun")

    def __init__(
        self, clusters: Clusters, block: ParsedBlock, token: Token, noun: Noun, candidates: list[Candidate]
    ) -> None:
        super().__init__(clusters, block, token, noun.gender, candidates)
        self.noun = noun
        self.most_mentions = max(len(thing.mentions) for thing, _ in candidates)


def noun_of(
    clusters: Clusters,
    block: ParsedBlock,
    token: Token,
    modifiers: set[str],
    by_rule: CorefCluster | None,
) -> Noun:
    """Work out what is asked for by the noun that a token is."""
    tree, i = clusters.trees[block.index], token.i
    determiner = tree.first(i, "det")
    return Noun(
        tree.lemma[i],
        nominal_type(token)[0],
        token.tag_ in ("NNS", "NNPS"),
        frozenset(modifiers),
        "" if determiner is None else tree.lower[determiner],
        sum(k > i and tree.dep[k] in ("prep", "acl", "relcl") for k in tree.kids[i]),
        gender_of_word(tree.lower[i]),
        by_rule,
    )


def candidates_for(
    clusters: Clusters, block: ParsedBlock, token: Token, noun: Noun, told_of: frozenset[tuple[int, int]]
) -> list[Candidate]:
    """Give the things that a noun may stand for, each with its last mention, nearest first.

    What the clauses around the noun tell of (`told_of`) it does not stand for: "the fund, which ran the
    company".
    """
    here = clusters.sentence_at(block, token)
    own = clusters.reading.at(block, token)
    below = frozenset((block.index, k) for k in clusters.trees[block.index].subtree(token.i))
    found: list[Candidate] = []
    for thing in clusters.within(block, token, REACH):
        if not _may_be(thing, noun) or (own is not None and own in thing.mentions):
            continue
        if not told_of.isdisjoint(clusters.profile(thing).places):
            continue
        last = clusters.last_before(thing, block, token)
        if last is None or here - clusters.sentence_of(last) > REACH or _holds(last, block, token):
            continue
        if clusters.place(last) not in below:
            found.append((thing, last))
    found.sort(key=lambda pair: pair[0].opened)
    found.sort(key=lambda pair: clusters.place(pair[1]), reverse=True)
    return found[:MOST]


def _holds(last: MentionDraft, block: ParsedBlock, token: Token) -> bool:
    return last.block is block and last.span.start <= token.i < last.span.end


def _may_be(thing: CorefCluster, noun: Noun) -> bool:
    """Whether number, class and year let a noun be a thing: "the 1997 vote" is not that of 1992."""
    if any(is_year(word) and word not in thing.words for word in noun.modifiers):
        return False
    if told.is_second(thing, noun.lemma, noun.modifiers):
        return False
    if thing is noun.by_rule or noun.lemma in thing.heads or told.lets(thing, noun.lemma):
        return True
    if noun.type != "Concept" and thing.type != "Concept" and not kindred(thing.type, noun.type):
        return False
    if noun.plural == thing.plural:
        return True
    return thing.type in BODIES or noun.type in BODIES


def _noun(pair: Pair) -> Numbers:
    """What the noun is, how it agrees with the candidate, and whether the rules would choose that."""
    asked, thing = pair.asked, pair.thing
    assert isinstance(asked, AskedNoun)
    noun = asked.noun
    known = thing.words | thing.heads | {w for form in thing.forms for w in form}
    shared = len(noun.modifiers & known)
    return (
        thing is noun.by_rule,
        noun.by_rule is not None,
        noun.lemma in thing.heads,
        noun.lemma in thing.words,
        len(noun.modifiers),
        len(noun.modifiers) - shared,
        shared,
        float(TYPES.index(noun.type)) if noun.type in TYPES else -1.0,
        noun.type == thing.type,
        noun.plural,
        noun.plural == thing.plural,
        noun.determiner == "the",
        noun.determiner in ("that", "those"),
        noun.followed,
        noun.gender * thing.gender,
        len(thing.mentions) / asked.most_mentions,
        min(len(thing.mentions), 10),
    )


NOUN_COLUMNS: tuple[Columns, ...] = (
    *LEARNED,
    columns_of(
        "noun",
        "by_rule any_by_rule same_head head_in_words modifiers modifiers_new modifiers_known type same_type "
        "plural same_number the that followed gender share_of_mentions mentions",
        _noun,
    ),
)


def rows_for(
    clusters: Clusters, block: ParsedBlock, token: Token, noun: Noun, candidates: list[Candidate]
) -> list[list[float]]:
    """Give a row of numbers for each candidate of a noun."""
    return rows_of(AskedNoun(clusters, block, token, noun, candidates), candidates, NOUN_COLUMNS)


SHARE, OVER_NEW, ROLE, SAID = (
    names_of(NOUN_COLUMNS).index(name)
    for name in ("pair.share", "pair.over_new", "pronoun.role", "pronoun.verb_be")
)


def second_look(
    clusters: Clusters, noun: Noun, candidates: list[Candidate], rows: list[list[float]], beyond: list[int]
) -> CorefCluster | None:
    """Give what a noun stands for though it stays below the bar, by as much as `beyond` says of each.

    That is the one that was told to be so ("a shipyard in Lorn … the yard"), or the best if it was learned
    that nothing else is asked for. Nothing was called by the very noun before: what was, the trees know.
    """
    if noun.determiner not in ("the", "this"):
        return None
    fitting = [n for n, (thing, last) in enumerate(candidates) if _fits(clusters, noun, thing, last)]
    known = [n for n in fitting if told.lets(candidates[n][0], noun.lemma)]
    if len(known) == 1 and beyond[known[0]] >= TOLD and not noun.modifiers:
        return candidates[known[0]][0]
    best = max(range(len(beyond)), key=lambda n: (beyond[n], -n))
    if best not in fitting:
        return None
    choice = candidates[best][0]
    answers = _answers(noun, choice, beyond[best], rows[best]) and not _has_rival(candidates, rows, best)
    return choice if answers or _is_clear(noun, choice, beyond[best], rows[best]) else None


def _has_rival(candidates: list[Candidate], rows: list[list[float]], best: int) -> bool:
    """Whether another thing of the class of the best is asked for, too: "Norska Air and Vela Airways"."""
    kind = candidates[best][0].type
    others = (n for n in range(len(rows)) if n != best and candidates[n][0].type == kind)
    return any(rows[n][SHARE] >= RIVAL for n in others)


def _answers(noun: Noun, thing: CorefCluster, beyond: int, row: list[float]) -> bool:
    """Whether a thing that is no person answers a noun well enough: "the Danish firm", "the instrument"."""
    if noun.plural or noun.type == "Person" or thing.type in ("Person", "Group") or _introduces(row):
        return False
    least = _least(noun, thing)
    has = beyond, row[SHARE], row[OVER_NEW]
    return least is not None and all(given >= wanted for given, wanted in zip(has, least, strict=True))


def _least(noun: Noun, thing: CorefCluster) -> tuple[int, float, float] | None:
    """Give how well a thing must answer a noun, or None where it cannot answer it."""
    lets = told.lets(thing, noun.lemma)
    if noun.modifiers and (noun.type in PLACES or not _may_be_said(thing, noun)):
        return None
    if thing.heads and not lets:
        return None if noun.modifiers else OTHERWISE
    if not lets and noun.type == "Concept":
        return None  # what a noun of no class means was told
    return TOLD_MORE if noun.modifiers else PLAIN


def _may_be_said(thing: CorefCluster, noun: Noun) -> bool:
    """Whether a thing was not told to be of another land: "the Swedish firm" is no Danish one."""
    lands = {land.label for word in noun.modifiers if (land := gazetteer.land_of_adjective(word.title()))}
    known = {land.label for word in thing.words if (land := gazetteer.land_of_adjective(word.title()))}
    return not lands or not known or not lands.isdisjoint(known)


def is_of_two(clusters: Clusters, block: ParsedBlock, token: Token, noun: Noun, chosen: CorefCluster) -> bool:
    """Whether two things were called by a bare noun, of which the one chosen is spoken of less, and not here.

    "The Lorn team did this and that … The Ulm team won it": some sentences on, "the team" may be either.
    So it is where another was called so since: "the prize for a first book … the main prize … the prize".
    """
    last = clusters.last_before(chosen, block, token)
    if last is None or noun.modifiers or noun.lemma not in chosen.heads:
        return False
    if clusters.sentence_at(block, token) - clusters.sentence_of(last) <= BESIDE:
        return False
    others = (t for t in clusters.within(block, token, REACH) if t is not chosen and noun.lemma in t.heads)
    since = clusters.place(last) if not chosen.named and chosen.type != "Person" else None
    return any(
        thing.plural == chosen.plural
        and (
            len(thing.mentions) > len(chosen.mentions)
            or (since is not None and _is_called_since(clusters, block, token, thing, since))
        )
        for thing in others
    )


def _is_called_since(
    clusters: Clusters, block: ParsedBlock, token: Token, thing: CorefCluster, since: tuple[int, int]
) -> bool:
    """Whether a thing was last told of between a place and a noun."""
    last = clusters.last_before(thing, block, token)
    return last is not None and clusters.place(last) > since


def _is_other(thing: CorefCluster, noun: Noun) -> bool:
    """Whether a thing was told to be something else: a bank is no mill; people are many things."""
    return thing.type != "Person" and bool(thing.heads) and not told.lets(thing, noun.lemma)


def _fits(clusters: Clusters, noun: Noun, thing: CorefCluster, last: MentionDraft) -> bool:
    if thing.plural != noun.plural or noun.lemma in thing.heads:
        return False
    return clusters.site(*clusters.place(last)).role not in WITHIN


def _is_clear(noun: Noun, thing: CorefCluster, beyond: int, row: list[float]) -> bool:
    """Whether almost nothing else is asked for by a bare noun."""
    clear = row[SHARE] >= CLEAR_SHARE and row[OVER_NEW] >= CLEAR_OVER_NEW and not _introduces(row)
    return clear and beyond >= CLEAR and not noun.modifiers and not _is_other(thing, noun)


def _introduces(row: list[float]) -> bool:
    """Whether the noun is the subject of "be": "The seller is the fund Lorn" says who is meant only then."""
    return bool(row[SAID]) and row[ROLE] == role_number("nsubj")
