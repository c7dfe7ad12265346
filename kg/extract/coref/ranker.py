"""What a pronoun stands for: features of pronoun and candidate, and small trained ensembles of trees."""

from __future__ import annotations

import bisect
import functools
import json
import math
from importlib import resources

import numpy as np
from spacy.tokens import Token

from kg.extract.coref import context
from kg.extract.coref.cluster import Clusters, Profile, Thing
from kg.extract.coref.context import SAYING, SUBJECTS, Site
from kg.extract.reading import MentionDraft, ParsedBlock

DOUBTFUL = 8000
# Gender evidence that speaks for a candidate.
SURE = 0.4
LEAVES = 16
ALL, ONE = np.uint16((1 << LEAVES) - 1), np.uint16(1)
# The number of a single bit.
BIT = np.zeros(1 << (LEAVES - 1) | 1, dtype=np.intp)
BIT[1 << np.arange(LEAVES)] = np.arange(LEAVES)
# The columns of a row: what holds of the pronoun, of the place of the candidate's last mention, of the
# candidate as a whole, and of the two together.
PRONOUN = tuple(
    "role candidates fitting possessive reflexive opens_sentence from_start saying quoted depth clause "
    "subject_form verb_be extraposed suffers owner_subject owner_pobj".split()
)
PLACE = tuple(
    "role of_phrase by_phrase with_phrase coordinated apposition possessive saying quoted depth clause "
    "definite verb_be opens_sentence from_start in_subject owner_of_subject".split()
)
THING = tuple(
    "names named length first_sentence type body plural several counted given_name surname confidence".split()
)
PAIR = tuple(
    "first_person sentences name_sentences words name_words rank name_role same_role name_same_role "
    "same_sentence after same_verb subject_of_verb verb_above verb_below head_above conjoined_verb "
    "subject_before subject_here pronouns share_of_names pronoun_sentences pronouns_later gender "
    "no_gender last_name last_nominal last_pronoun last_length relative same_lemma indefinite "
    "same_suffering name_rank names_after names_after_here last_subject between own_subject list_mate "
    "subject_governs other_governs controls controller_controls root_subject_before".split()
)
NAMES = tuple(
    f"{part}.{name}"
    for part, names in (("pronoun", PRONOUN), ("place", PLACE), ("thing", THING), ("pair", PAIR))
    for name in names
)

Candidate = tuple[Thing, MentionDraft]


def choose(
    clusters: Clusters,
    block: ParsedBlock,
    token: Token,
    group: str,
    sex: float,
    candidates: list[Candidate],
) -> Thing | None:
    """Give the thing that a pronoun stands for, or None where no candidate is likely enough."""
    model = _models().get(group)
    if not candidates or model is None or not model.size:
        return None
    rows = features(clusters, block, token, sex, candidates)
    scores = model.scores(rows)
    # A name that was read as something else must be the clearer choice.
    least = [model.threshold + (0 if not sex or t.type == "Person" else DOUBTFUL) for t, _ in candidates]
    best = max(range(len(scores)), key=lambda i: (scores[i] - least[i], -i))
    choice, last = candidates[best]
    if scores[best] < least[best]:
        return None
    if sex and not choice.named:
        # Somebody without a name is chosen rarely, and rightly so only nearby and without a rival.
        far = clusters.sentence_at(block, token) - clusters.sentence_of(last) > 1
        if far or sum(t.gender * sex > SURE for t, _ in candidates) > 1:
            return None
    return choice


def features(
    clusters: Clusters, block: ParsedBlock, token: Token, sex: float, candidates: list[Candidate]
) -> list[list[float]]:
    """Give a row of numbers for each candidate, nearest first; `NAMES` says what they are."""
    at = clusters.site(block.index, token.i)
    tree, here, position = at.tree, at.sentence, at.place
    profiles = [clusters.profile(thing) for thing, _ in candidates]
    own_row = _pronoun_row(at, token, len(candidates), sum(t.gender * sex > SURE for t, _ in candidates))
    possessive = token.tag_ == "PRP$"
    most = max(len(p.names) for p in profiles)
    before = [bisect.bisect_left(p.names, position) for p in profiles]
    latest = sorted(
        ((p.names[n - 1], -i) for i, (p, n) in enumerate(zip(profiles, before, strict=True)) if n),
        reverse=True,
    )
    name_rank = {-i: n for n, (_, i) in enumerate(latest)}
    people = sorted(place for p in profiles for place in p.names)
    last_subject = _last_subject(profiles, position)
    said = sorted(t.pronouns[-1][0] for t, _ in candidates if t.pronouns)
    above = context.above(tree, at.i)
    verb_above = context.above(tree, at.verb) if at.verb >= 0 else frozenset[int]()
    suffers = at.role in ("dobj", "nsubjpass")
    controller = context.controller(tree, at.verb)
    controls = block.index, controller
    above_controls = block.index, context.controller_above(tree, at.verb)
    first_person = clusters.first_person_thing()
    rows = []
    for rank, (thing, last) in enumerate(candidates):
        profile, names_before = profiles[rank], before[rank]
        there = clusters.site(last.block.index, last.head.i)
        names = profile.names
        name_site = clusters.site(*names[names_before - 1]) if names_before else there
        names_after = bisect.bisect_right(names, position)
        pronouns = thing.pronouns
        last_pronoun = pronouns[-1][0] if pronouns else -1
        same = there.block == at.block and there.sentence == here
        same_verb = same and there.verb == at.verb
        both = same and there.verb >= 0 and at.verb >= 0
        subject = there.role in SUBJECTS
        governs = (
            both
            and tree.head[at.verb] == there.verb
            and tree.dep[at.verb] in ("ccomp", "xcomp", "advcl", "conj")
        )
        subjects = bisect.bisect_left(profile.subjects, position)
        subjects_before = [
            (s.tree, s.i) for p in profile.subjects if (s := clusters.site(*p)).sentence == here - 1
        ]
        rows.append(
            [
                *own_row,
                *(there.row or _place_row(there)),
                *profile.row,
                first_person is thing,
                min(here - there.sentence, 12),
                min(here - name_site.sentence, 20),
                math.log1p(abs(at.i - there.i)) if there.block == at.block else 6.0,
                math.log1p(abs(at.i - name_site.i)) if name_site.block == at.block else 6.0,
                rank,
                context.role_number(name_site.role),
                there.role == at.role,
                name_site.role == at.role,
                same,
                same and there.i > at.i,
                same_verb,
                same_verb and subject,
                both and there.verb in verb_above,
                both and at.verb in context.above(tree, there.verb),
                same and there.i in above,
                both and tree.dep[at.verb] == "conj" and tree.head[at.verb] == there.verb,
                bool(subjects_before),
                subjects > 0 and clusters.site(*profile.subjects[subjects - 1]).sentence == here,
                min(len(pronouns), 6),
                len(names) / most if most else 0.0,
                min(here - last_pronoun, 20) if pronouns else 20,
                len(said) - bisect.bisect_right(said, last_pronoun),
                max(-1.0, min(1.0, thing.gender * sex)),
                abs(thing.gender) < 0.05,
                last.kind == "name",
                last.kind == "nominal",
                last.kind == "pronoun",
                last.span.end - last.span.start,
                both and context.in_relative(tree, at.verb, there.verb),
                at.verb >= 0 and there.verb >= 0 and tree.lemma[at.verb] == there.tree.lemma[there.verb],
                last.kind == "nominal" and context.indefinite(there.tree, there.i),
                (there.role in ("dobj", "nsubjpass")) == suffers,
                name_rank.get(rank, 30),
                len(names) - names_after,
                names_after < len(names) and clusters.site(*names[names_after]).sentence == here,
                last_subject == rank,
                min(_inside(people, there.place, position) - _inside(names, there.place, position), 8),
                same_verb and subject and possessive,
                same and _list_mate(at, there, above),
                governs and subject,
                governs and not subject,
                controls in profile.places,
                above_controls in profile.places,
                any(t.dep[t.head[i]] == "ROOT" for t, i in subjects_before),
            ]
        )
    return rows


def _pronoun_row(at: Site, token: Token, candidates: int, fitting: int) -> tuple[float, ...]:
    tree, i, verb = at.tree, at.i, at.verb
    possessive = token.tag_ == "PRP$"
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
        tree.lower[i] in ("it", "they", "he", "she"),
        verb >= 0 and tree.lemma[verb] == "be",
        verb >= 0 and context.extraposed(tree, verb),
        at.role in ("dobj", "nsubjpass"),
        possessive and owned in SUBJECTS,
        possessive and owned == "pobj",
    )


def _place_row(there: Site) -> tuple[float, ...]:
    tree, i, verb = there.tree, there.i, there.verb
    dep, above = tree.dep[i], tree.head[i]
    preposition = tree.lower[above] if dep == "pobj" else ""
    there.row = (
        context.role_number(there.role),
        preposition == "of",
        preposition == "by",
        preposition in ("with", "to", "for"),
        dep == "conj" or any(tree.dep[k] == "conj" for k in tree.kids[i]),
        dep == "appos",
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
        dep == "poss" and tree.dep[above] in SUBJECTS,
    )
    return there.row


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


def _list_mate(at: Site, there: Site, above: frozenset[int]) -> bool:
    """Whether candidate and pronoun are coordinated: "Ann and her mother", "Ann and she"."""
    return there.i in above and any(at.tree.dep[k] == "conj" and k in above for k in at.tree.kids[there.i])


class Model:
    """An ensemble of regression trees, all of them answered at once.

    Each tree is the lists feature, cut, left, right, leaf; feature -1 marks a leaf. Leaves are whole numbers,
    so that a sum is the same on every machine. A tree has at most 16 leaves, each of them a bit: where a row
    goes right at a node, the leaves to the left of it fall out, and the lowest bit that is left at the end is
    the leaf of the row.
    """

    def __init__(
        self, threshold: int, trees: list[tuple[list[int], list[float], list[int], list[int], list[int]]]
    ):
        self.threshold = threshold
        self.size = len(trees)
        # Inner nodes by their number in the tree, then by tree; the missing ones change nothing.
        shape = LEAVES - 1, self.size
        feature, cut = np.zeros(shape, dtype=np.intp), np.full(shape, np.inf, dtype=np.float32)
        kept = np.full(shape, ALL, dtype=np.uint16)
        self.leaves = np.zeros((self.size, LEAVES), dtype=np.int64)
        for number, tree in enumerate(trees):
            leaves, nodes = _flat(tree)
            self.leaves[number, : len(leaves)] = leaves
            for row, node in enumerate(nodes):
                feature[row, number], cut[row, number], kept[row, number] = node
        self.feature, self.cut, self.kept = feature.ravel(), cut.ravel(), kept.ravel()
        self.number = np.arange(self.size)

    def scores(self, rows: list[list[float]]) -> list[int]:
        """Give the sum of the leaves that each row falls into."""
        table = np.array(rows, dtype=np.float32)
        right = table.take(self.feature, axis=1) > self.cut
        # Where a row goes left, one less than zero is all bits.
        kept = self.kept | (right.astype(np.uint16) - ONE)
        left = np.bitwise_and.reduce(kept.reshape(len(rows), LEAVES - 1, self.size), axis=1)
        leaf = BIT.take(left & (~left + ONE))
        return [int(s) for s in self.leaves[self.number, leaf].sum(axis=1)]


def _flat(
    tree: tuple[list[int], list[float], list[int], list[int], list[int]],
) -> tuple[list[int], list[tuple[int, float, int]]]:
    """Give the leaves of a tree from left to right, and of each inner node its feature, cut and bits.

    The bits are those of all leaves but the ones on the left below the node.
    """
    feature, cut, left, right, leaf = tree
    leaves: list[int] = []
    nodes: list[tuple[int, float, int]] = []

    def walk(node: int) -> int:
        if feature[node] < 0:
            leaves.append(leaf[node])
            return 1 << (len(leaves) - 1)
        below = walk(left[node])
        nodes.append((feature[node], cut[node], int(ALL) & ~below))
        return below | walk(right[node])

    walk(0)
    return leaves, nodes


@functools.cache
def _models() -> dict[str, Model]:
    file = resources.files("kg.extract").joinpath("models", "pronouns", "pronouns.json")
    return {group: Model(**fields) for group, fields in json.loads(file.read_text(encoding="utf-8")).items()}
