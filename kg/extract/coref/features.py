"""What the ranker of antecedents weighs: a row of numbers for each candidate of a pronoun.

The columns are declared in `COLUMNS`, group by group: the names of a group stand with the function that gives
its numbers. Trained trees know a column by its place, so a change here asks for a new training; the file of
their weights holds the names that it was trained with.
"""

from __future__ import annotations

import bisect
import heapq
import math
from collections.abc import Callable
from dataclasses import dataclass

from spacy.tokens import Token

from kg.extract import constructions
from kg.extract.coref import context
from kg.extract.coref.candidates import Candidate
from kg.extract.coref.cluster import PROFILE_COLUMNS, Clusters, CorefCluster, Profile
from kg.extract.coref.context import SAYING, SUBJECTS, MentionContext
from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft, ParsedBlock

Numbers = tuple[float, ...]
# Gender evidence that speaks for a candidate.
SURE = 0.4
SUFFERING = ("dobj", "nsubjpass")
SUBJECT_FORMS = words("coref", "features", "subject_forms")
INSTRUMENTS = words("coref", "features", "instruments")
# Words between two places of different blocks, as a logarithm.
FAR = 6.0


class Asked:
    """A pronoun and all of its candidates: what the pairs have in common."""

    __slots__ = (
        "_affinities",
        "above",
        "above_controls",
        "at",
        "candidates",
        "clusters",
        "controls",
        "first_person",
        "last_subject",
        "most_names",
        "name_rank",
        "names_before",
        "people",
        "possessive",
        "profiles",
        "row",
        "said",
        "sex",
        "verb_above",
    )

    def __init__(
        self, clusters: Clusters, block: ParsedBlock, token: Token, sex: float, candidates: list[Candidate]
    ) -> None:
        self.clusters, self.sex = clusters, sex
        at = self.at = clusters.site(block.index, token.i)
        tree, position = at.tree, at.place
        profiles = self.profiles = [clusters.profile(thing) for thing, _ in candidates]
        self.possessive = token.tag_ == "PRP$"
        self.most_names = max(len(p.names) for p in profiles)
        # Of each candidate, how many of its names stand before the pronoun.
        self.names_before = [bisect.bisect_left(p.names, position) for p in profiles]
        self.name_rank = _ranked(profiles, self.names_before)
        self.people = sorted(place for p in profiles for place in p.names)
        self.last_subject = _last_subject(profiles, position)
        self.said = sorted(t.pronouns[-1][0] for t, _ in candidates if t.pronouns)
        self.above = context.above(tree, at.i)
        self.verb_above = context.above(tree, at.verb) if at.verb >= 0 else frozenset[int]()
        self.controls = block.index, context.controller(tree, at.verb)
        self.above_controls = block.index, context.controller_above(tree, at.verb)
        self.first_person = clusters.first_person()
        fitting = sum(t.gender * sex > SURE for t, _ in candidates)
        self.candidates = candidates
        self._affinities: list[Numbers] | None = None
        self.row = _pronoun(at, self.possessive, len(candidates), fitting)

    def affinities(self) -> list[Numbers]:
        """Give the numbers of `_affinity` of each candidate, which are worked out together."""
        if self._affinities is None:
            self._affinities = self._weighed()
        return self._affinities

    def _weighed(self) -> list[Numbers]:
        clusters, position = self.clusters, self.at.place
        places: list[tuple[int, int]] = []
        parts = []
        for (_, last), profile, before in zip(self.candidates, self.profiles, self.names_before, strict=True):
            near = [clusters.place(last), *(profile.names[before - 1 : before] if before else ())]
            near += heapq.nlargest(MOST_ASKED, (p for p in profile.places if p < position))
            parts.append((len(places), len(near), bool(before)))
            places += near
        told = clusters.affinities(position, places)
        new = clusters.newness(position)
        best = [max(told[at : at + n]) for at, n, _ in parts]
        top = max(*best, new)
        shares = [math.exp(b - top) for b in best]
        whole = sum(shares) + math.exp(new - top)
        out: list[Numbers] = []
        for rank, (at, _, named) in enumerate(parts):
            others = max((b for r, b in enumerate(best) if r != rank), default=new)
            out.append(
                (
                    best[rank],
                    told[at],
                    told[at + 1] if named else told[at],
                    best[rank] - others,
                    best[rank] - new,
                    shares[rank] / whole,
                )
            )
        return out


class Pair:
    """A pronoun and one of its candidates."""

    __slots__ = (
        "asked",
        "at",
        "both",
        "last",
        "name_site",
        "names",
        "names_after",
        "profile",
        "rank",
        "same",
        "same_verb",
        "subject",
        "subject_sites",
        "there",
        "thing",
    )

    def __init__(self, asked: Asked, rank: int, thing: CorefCluster, last: MentionDraft) -> None:
        clusters, at = asked.clusters, asked.at
        self.asked, self.at, self.rank, self.thing, self.last = asked, at, rank, thing, last
        profile = self.profile = asked.profiles[rank]
        names, before = profile.names, asked.names_before[rank]
        there = self.there = clusters.site(last.block.index, last.head.i)
        self.names = names
        self.names_after = bisect.bisect_right(names, at.place)
        # The last place before the pronoun where it is named.
        self.name_site = clusters.site(*names[before - 1]) if before else there
        # In one sentence; on one verb; each on a verb.
        self.same = there.block == at.block and there.sentence == at.sentence
        self.same_verb = self.same and there.verb == at.verb
        self.both = self.same and there.verb >= 0 and at.verb >= 0
        self.subject = there.role in SUBJECTS
        self.subject_sites = _lately(clusters, profile.subjects, at)


@dataclass(frozen=True, slots=True)
class Columns:
    """Columns of a row that belong together: their names, and what gives their numbers for a pair."""

    names: tuple[str, ...]
    give: Callable[[Pair], Numbers]


def _pronoun(at: MentionContext, possessive: bool, candidates: int, fitting: int) -> Numbers:
    """Where the pronoun stands, and how many candidates it has."""
    tree, i, verb = at.tree, at.i, at.verb
    owned = tree.dep[tree.head[i]]
    return (
        context.role_number(at.role),
        candidates,
        fitting,
        possessive,
        tree.lower[i].endswith("self"),
        i == at.start,
        min(i - at.start, 30),
        verb >= 0 and tree.lemma[verb] in SAYING,
        at.quoted,
        min(at.depth, 10),
        context.clause_number(tree, verb),
        tree.lower[i] in SUBJECT_FORMS,
        verb >= 0 and tree.lemma[verb] == "be",
        verb >= 0 and context.extraposed(tree, verb),
        at.role in SUFFERING,
        possessive and owned in SUBJECTS,
        possessive and owned == "pobj",
    )


def _place(there: MentionContext) -> Numbers:
    """Where the candidate was last mentioned."""
    tree, i, verb = there.tree, there.i, there.verb
    dep, above = tree.dep[i], tree.head[i]
    preposition = tree.lower[above] if dep == "pobj" else ""
    there.row = (
        context.role_number(there.role),
        preposition == "of",
        preposition == "by",
        preposition in INSTRUMENTS,
        dep == "conj" or any(tree.dep[k] == "conj" for k in tree.kids[i]),
        constructions.renames(tree, i),
        there.role == "poss",
        verb >= 0 and tree.lemma[verb] in SAYING,
        there.quoted,
        min(there.depth, 10),
        context.clause_number(tree, verb),
        context.definite(tree, i),
        verb >= 0 and tree.lemma[verb] == "be",
        i - there.start <= 3,
        min(i - there.start, 30),
        dep == "pobj" and tree.dep[above] == "prep" and tree.dep[tree.head[above]] in SUBJECTS,
        constructions.owns(tree, i) and tree.dep[above] in SUBJECTS,
    )
    return there.row


def _distance(pair: Pair) -> Numbers:
    """How far back the candidate was mentioned, and named."""
    at, there, named = pair.at, pair.there, pair.name_site
    return (
        pair.asked.first_person is pair.thing,
        min(at.sentence - there.sentence, 12),
        min(at.sentence - named.sentence, 20),
        math.log1p(abs(at.i - there.i)) if there.block == at.block else FAR,
        math.log1p(abs(at.i - named.i)) if named.block == at.block else FAR,
        pair.rank,
    )


def _roles(pair: Pair) -> Numbers:
    """Whether pronoun and candidate have one role."""
    role = pair.at.role
    named = pair.name_site.role
    return context.role_number(named), pair.there.role == role, named == role


_APART = (False,) * 8


def _clauses(pair: Pair) -> Numbers:
    """How the clauses of both hang together, where they stand in one sentence."""
    if not pair.same:
        return _APART
    at, there, asked, both = pair.at, pair.there, pair.asked, pair.both
    tree = at.tree
    return (
        True,
        there.i > at.i,
        pair.same_verb,
        pair.same_verb and pair.subject,
        both and there.verb in asked.verb_above,
        both and at.verb in context.above(tree, there.verb),
        there.i in asked.above,
        both and tree.dep[at.verb] == "conj" and tree.head[at.verb] == there.verb,
    )


def _subject_lately(pair: Pair) -> Numbers:
    """Whether the candidate was a subject in the sentence before, and before the pronoun in its own."""
    here, sites = pair.at.sentence, pair.subject_sites
    return (
        bool(sites) and sites[-1].sentence < here,
        bool(sites) and sites[0].sentence == here,
    )


def _frequency(pair: Pair) -> Numbers:
    """How often the candidate is named and was a pronoun before."""
    asked, pronouns = pair.asked, pair.thing.pronouns
    last = pronouns[-1][0] if pronouns else -1
    return (
        min(len(pronouns), 6),
        len(pair.names) / asked.most_names if asked.most_names else 0.0,
        min(pair.at.sentence - last, 20) if pronouns else 20,
        len(asked.said) - bisect.bisect_right(asked.said, last),
    )


def _gender(pair: Pair) -> Numbers:
    gender = pair.thing.gender
    return max(-1.0, min(1.0, gender * pair.asked.sex)), abs(gender) < 0.05


def _last_mention(pair: Pair) -> Numbers:
    """What the last mention is, and what its clause has in common with that of the pronoun."""
    at, there, last = pair.at, pair.there, pair.last
    tree = at.tree
    return (
        last.kind == "name",
        last.kind == "nominal",
        last.kind == "pronoun",
        last.span.end - last.span.start,
        pair.both and context.in_relative(tree, at.verb, there.verb),
        at.verb >= 0 and there.verb >= 0 and tree.lemma[at.verb] == there.tree.lemma[there.verb],
        last.kind == "nominal" and context.indefinite(there.tree, there.i),
        (there.role in SUFFERING) == (at.role in SUFFERING),
    )


def _rivals(pair: Pair) -> Numbers:
    """How the candidate stands among the others: named last, a subject last, and who is named since."""
    asked, names, after, position = pair.asked, pair.names, pair.names_after, pair.at.place
    since = pair.there.place
    return (
        asked.name_rank.get(pair.rank, 30),
        len(names) - after,
        after < len(names) and asked.clusters.site(*names[after]).sentence == pair.at.sentence,
        asked.last_subject == pair.rank,
        min(_inside(asked.people, since, position) - _inside(names, since, position), 8),
    )


def _control(pair: Pair) -> Numbers:
    """Whether the build of the sentence makes the candidate the likely one, or rules it out."""
    at, there, asked, places = pair.at, pair.there, pair.asked, pair.profile.places
    tree = at.tree
    governs = (
        pair.both
        and tree.head[at.verb] == there.verb
        and tree.dep[at.verb] in ("ccomp", "xcomp", "advcl", "conj")
    )
    return (
        pair.same_verb and pair.subject and asked.possessive,
        pair.same and _list_mate(at, there, asked.above),
        governs and pair.subject,
        governs and not pair.subject,
        asked.controls in places,
        asked.above_controls in places,
        _led_sentence_before(pair),
    )


def _led_sentence_before(pair: Pair) -> bool:
    """Whether the candidate was the subject of the main clause of the sentence before."""
    here = pair.at.sentence
    return any(s.sentence < here and s.tree.dep[s.tree.head[s.i]] == "ROOT" for s in pair.subject_sites)


# Mentions of a candidate, from the last one on, of which it is asked how well they answer.
MOST_ASKED = 8


def _affinity(pair: Pair) -> Numbers:
    """How well the candidate is what was learned to be asked for: at best, and by its last mention and name.

    Then beside the best of the others, beside what was mentioned nowhere, and its share of all.
    """
    return pair.asked.affinities()[pair.rank]


def columns_of(part: str, names: str, give: Callable[[Pair], Numbers]) -> Columns:
    return Columns(tuple(f"{part}.{name}" for name in names.split()), give)


# The columns of a row: what holds of the pronoun, of the place of the candidate's last mention, of the
# candidate as a whole, and of the two together.
COLUMNS = (
    columns_of(
        "pronoun",
        "role candidates fitting possessive reflexive opens_sentence from_start saying quoted depth clause "
        "subject_form verb_be extraposed suffers owner_subject owner_pobj",
        lambda pair: pair.asked.row,
    ),
    columns_of(
        "place",
        "role of_phrase by_phrase with_phrase coordinated apposition possessive saying quoted depth clause "
        "definite verb_be opens_sentence from_start in_subject owner_of_subject",
        lambda pair: pair.there.row or _place(pair.there),
    ),
    columns_of("thing", PROFILE_COLUMNS, lambda pair: pair.profile.row),
    columns_of("pair", "first_person sentences name_sentences words name_words rank", _distance),
    columns_of("pair", "name_role same_role name_same_role", _roles),
    columns_of(
        "pair",
        "same_sentence after same_verb subject_of_verb verb_above verb_below head_above conjoined_verb",
        _clauses,
    ),
    columns_of("pair", "subject_before subject_here", _subject_lately),
    columns_of("pair", "pronouns share_of_names pronoun_sentences pronouns_later", _frequency),
    columns_of("pair", "gender no_gender", _gender),
    columns_of(
        "pair",
        "last_name last_nominal last_pronoun last_length relative same_lemma indefinite same_suffering",
        _last_mention,
    ),
    columns_of("pair", "name_rank names_after names_after_here last_subject between", _rivals),
    columns_of(
        "pair",
        "own_subject list_mate subject_governs other_governs controls controller_controls "
        "root_subject_before",
        _control,
    ),
)
# … and, where the learned reader of references has read the text, what it says of the two.
LEARNED = (
    *COLUMNS,
    columns_of("pair", "affinity last_affinity name_affinity over_others over_new share", _affinity),
)


def names_of(columns: tuple[Columns, ...]) -> tuple[str, ...]:
    """Give the names of the numbers of a row."""
    return tuple(name for group in columns for name in group.names)


NAMES = names_of(COLUMNS)


def features(
    clusters: Clusters,
    block: ParsedBlock,
    token: Token,
    sex: float,
    candidates: list[Candidate],
    columns: tuple[Columns, ...] = COLUMNS,
) -> list[list[float]]:
    """Give a row of numbers for each candidate, nearest first; `names_of` says what they are."""
    return rows_of(Asked(clusters, block, token, sex, candidates), candidates, columns)


def rows_of(asked: Asked, candidates: list[Candidate], columns: tuple[Columns, ...]) -> list[list[float]]:
    """Give the rows of the candidates of what is asked."""
    rows = []
    for rank, (thing, last) in enumerate(candidates):
        pair = Pair(asked, rank, thing, last)
        row: list[float] = []
        for group in columns:
            row += group.give(pair)
        rows.append(row)
    return rows


def _lately(clusters: Clusters, places: list[tuple[int, int]], at: MentionContext) -> list[MentionContext]:
    """Give those of some sorted places that are in the sentence before, or before the pronoun in its own.

    The nearest comes first.
    """
    found = []
    n = bisect.bisect_left(places, at.place)
    while n and (site := clusters.site(*places[n - 1])).sentence >= at.sentence - 1:
        found.append(site)
        n -= 1
    return found


def _ranked(profiles: list[Profile], before: list[int]) -> dict[int, int]:
    """Rank the candidates that are named before the pronoun, the one named last first."""
    latest = sorted(
        ((p.names[n - 1], -i) for i, (p, n) in enumerate(zip(profiles, before, strict=True)) if n),
        reverse=True,
    )
    return {-i: n for n, (_, i) in enumerate(latest)}


def _last_subject(profiles: list[Profile], position: tuple[int, int]) -> int:
    """The number of the candidate that was a subject last before the pronoun, or -1."""
    best, found = (-1, -1), -1
    for number, profile in enumerate(profiles):
        n = bisect.bisect_left(profile.subjects, position)
        if n and profile.subjects[n - 1] > best:
            best, found = profile.subjects[n - 1], number
    return found


def _inside(places: list[tuple[int, int]], start: tuple[int, int], end: tuple[int, int]) -> int:
    """How many places lie between two others."""
    return max(0, bisect.bisect_left(places, end) - bisect.bisect_right(places, start))


def _list_mate(at: MentionContext, there: MentionContext, above: frozenset[int]) -> bool:
    """Whether candidate and pronoun are coordinated: "Ann and her mother", "Ann and she"."""
    return there.i in above and any(at.tree.dep[k] == "conj" and k in above for k in at.tree.kids[there.i])
