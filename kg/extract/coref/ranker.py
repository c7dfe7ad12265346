"""What a pronoun stands for: features of pronoun and candidate, and small trained ensembles of trees."""

from __future__ import annotations

import functools
import json
import math
from importlib import resources

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from kg.extract import onomastics
from kg.extract.coref.cluster import Clusters, Thing, role
from kg.extract.reading import MentionDraft, ParsedBlock

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ROLES = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "compound", "dative", "agent", "ROOT")
DOUBTFUL = 8000
SAYING = frozenset(
    "say tell ask write think believe add reply note claim recall explain state announce".split()
)

TYPES = tuple("Person Group Organization GPE Location Facility Event Product Work Law Concept".split())

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
    if not candidates or model is None or not len(model.roots):
        return None
    rows = features(clusters, block, token, sex, candidates)
    scores = model.scores(rows)
    # A name that was read as something else must be the clearer choice.
    least = [model.threshold + (0 if not sex or t.type == "Person" else DOUBTFUL) for t, _ in candidates]
    best = max(range(len(scores)), key=lambda i: (scores[i] - least[i], -i))
    return candidates[best][0] if scores[best] >= least[best] else None


def features(
    clusters: Clusters, block: ParsedBlock, token: Token, sex: float, candidates: list[Candidate]
) -> list[list[float]]:
    """Give a row of numbers for each candidate, nearest first; `NAMES` says what they are."""
    here = clusters.sentence_at(block, token)
    pronoun_verb = governor(token)
    sentence_start = clusters.start_at(block, token)
    own_role = role(token)
    own_number = _role_number(own_role)
    most = max(len(_names(t)) for t, _ in candidates)
    rows = []
    token_quoted = clusters.quoted(block, token, sentence_start)
    named = sorted(
        (
            (max(clusters.place(m) for m in _names(t) if clusters.place(m) < (block.index, token.i)), id(t))
            for t, _ in candidates
            if any(clusters.place(m) < (block.index, token.i) for m in _names(t))
        ),
        reverse=True,
    )
    name_ranks = {id(t): 30 for t, _ in candidates} | {i: n for n, (_, i) in enumerate(named)}
    people = sorted({clusters.place(m): id(t) for t, _ in candidates for m in _names(t)}.items())
    last_subject = _last_subject(clusters, candidates, block, token)
    position = _position(clusters, block, token)
    for rank, (thing, last) in enumerate(candidates):
        head = last.head
        head_role = clusters.role_of(last)
        names = _names(thing)
        same = last.block is block and clusters.sentence_of(last) == here
        verb = governor(head)
        after = same and head.i > token.i
        last_name = max((m for m in names if clusters.place(m) < position), key=clusters.place, default=last)
        name_role = clusters.role_of(last_name)
        name_gap = here - clusters.sentence_of(last_name)
        subjects = [m for m in thing.mentions if clusters.is_subject(m)]
        subject_before = any(here - clusters.sentence_of(m) == 1 for m in subjects)
        subject_here = any(clusters.sentence_of(m) == here and clusters.place(m) < position for m in subjects)
        head_start = clusters.start_of(last)
        pronouns = thing.pronouns
        nearest_pronoun = here - pronouns[-1][0] if pronouns else 20
        rows.append(
            [
                min(here - clusters.sentence_of(last), 12),
                min(name_gap, 20),
                math.log1p(abs(position[1] - head.i)) if last.block is block else 6.0,
                math.log1p(abs(position[1] - last_name.head.i)) if last_name.block is block else 6.0,
                rank,
                len(candidates),
                _role_number(head_role),
                _role_number(name_role),
                own_number,
                float(head_role == own_role),
                float(name_role == own_role),
                float(same),
                float(after),
                float(same and verb == pronoun_verb),
                float(same and verb == pronoun_verb and head_role in SUBJECTS),
                float(
                    same and pronoun_verb is not None and verb is not None and verb.is_ancestor(pronoun_verb)
                ),
                float(
                    same and pronoun_verb is not None and verb is not None and pronoun_verb.is_ancestor(verb)
                ),
                float(same and head.is_ancestor(token)),
                float(
                    same
                    and pronoun_verb is not None
                    and pronoun_verb.dep_ == "conj"
                    and pronoun_verb.head == verb
                ),
                float(subject_before),
                float(subject_here),
                min(len(names), 10),
                len(names) / most if most else 0.0,
                min(len(pronouns), 6),
                min(nearest_pronoun, 20),
                sum(
                    1
                    for t, _ in candidates
                    if t.pronouns and t.pronouns[-1][0] > (pronouns[-1][0] if pronouns else -1)
                ),
                max(-1.0, min(1.0, thing.gender * sex)),
                float(abs(thing.gender) < 0.05),
                sum(1 for t, _ in candidates if t.gender * sex > 0.4),
                float(thing.named),
                float(last.kind == "name"),
                float(last.kind == "nominal"),
                float(last.kind == "pronoun"),
                len(last.span),
                max((len(m.span) for m in names), default=0),
                float(token.tag_ == "PRP$"),
                float(token.lower_.endswith("self")),
                float(token.is_sent_start or False),
                min(token.i - sentence_start, 30),
                min(head.i - head_start, 30),
                float(head_role == "poss"),
                float(head.dep_ == "pobj" and head.head.lower_ == "of"),
                float(head.dep_ == "pobj" and head.head.lower_ == "by"),
                float(head.dep_ == "pobj" and head.head.lower_ in ("with", "to", "for")),
                float(head.dep_ == "conj" or any(t.dep_ == "conj" for t in head.children)),
                float(head.dep_ == "appos"),
                float(verb is not None and verb.lemma_ in SAYING),
                float(pronoun_verb is not None and pronoun_verb.lemma_ in SAYING),
                float(token_quoted),
                float(clusters.quoted(last.block, head, head_start)),
                min(_depth(token), 10),
                min(_depth(head), 10),
                float(clusters.first_person_thing() is thing),
                float(any(clusters.sentence_of(m) == 0 for m in subjects)),
                clause_dep(pronoun_verb),
                clause_dep(verb),
                float(
                    same
                    and pronoun_verb is not None
                    and verb is not None
                    and _relcl_between(pronoun_verb, verb)
                ),
                float(pronoun_verb is not None and verb is not None and pronoun_verb.lemma_ == verb.lemma_),
                float(TYPES.index(thing.type)) if thing.type in TYPES else -1.0,
                float(thing.type in ("Organization", "GPE")),
                float(thing.plural),
                float(token.lower_ in ("it", "they", "he", "she")),
                float(pronoun_verb is not None and pronoun_verb.lemma_ == "be"),
                float(pronoun_verb is not None and _extraposed(pronoun_verb)),
                float(_definite(head)),
                float(last.kind == "nominal" and _indefinite(head)),
                float(verb is not None and verb.lemma_ == "be"),
                float(_suffers(head) == _suffers(token)),
                float(_suffers(token)),
                float(any(m.value is not None for m in thing.mentions)),
                float(any(onomastics.female_share(m.span[0].text) is not None for m in names)),
                float(any(onomastics.is_surname(m.span[-1].text) for m in names)),
                min(last_name.confidence, 1.0),
                name_ranks[id(thing)],
                sum(1 for m in names if clusters.place(m) > position),
                float(any(clusters.sentence_of(m) == here and clusters.place(m) > position for m in names)),
                float(last_subject is thing),
                float(head.i - head_start <= 3),
                min(_between(clusters, people, last, block, token), 8),
                float(head.dep_ == "pobj" and head.head.dep_ == "prep" and head.head.head.dep_ in SUBJECTS),
                float(token.tag_ == "PRP$" and token.head.dep_ in SUBJECTS),
                float(token.tag_ == "PRP$" and token.head.dep_ == "pobj"),
                float(same and verb == pronoun_verb and head_role in SUBJECTS and token.tag_ == "PRP$"),
                float(same and _list_mate(head, token)),
                float(same and head_role in SUBJECTS and _governs(verb, pronoun_verb)),
                float(same and head_role not in SUBJECTS and _governs(verb, pronoun_verb)),
            ]
        )
    return rows


def _last_subject(
    clusters: Clusters, candidates: list[Candidate], block: ParsedBlock, token: Token
) -> Thing | None:
    """The candidate that was a subject last before the pronoun."""
    best: tuple[tuple[int, int], Thing] | None = None
    for thing, _ in candidates:
        for m in thing.mentions:
            place = clusters.place(m)
            if (
                place < (block.index, token.i)
                and clusters.is_subject(m)
                and (best is None or place > best[0])
            ):
                best = place, thing
    return best[1] if best else None


def _between(
    clusters: Clusters,
    people: list[tuple[tuple[int, int], int]],
    last: MentionDraft,
    block: ParsedBlock,
    token: Token,
) -> int:
    """How many names of others stand between a mention and the pronoun."""
    start, own = clusters.place(last), id(clusters.thing(last))
    return sum(1 for place, thing in people if start < place < (block.index, token.i) and thing != own)


def _governs(verb: Token | None, inner: Token | None) -> bool:
    """Whether a clause hangs on the verb of another: "he said she left", "he left, taking"."""
    if verb is None or inner is None or inner.head != verb:
        return False
    return inner.dep_ in ("ccomp", "xcomp", "advcl", "conj")


def _list_mate(head: Token, token: Token) -> bool:
    """Whether candidate and pronoun are coordinated: "Ann and her mother", "Ann and she"."""
    return head.is_ancestor(token) and any(t.dep_ == "conj" and t.is_ancestor(token) for t in head.children)


def _position(clusters: Clusters, block: ParsedBlock, token: Token) -> tuple[int, int]:
    return block.index, token.i


def _names(thing: Thing) -> list[MentionDraft]:
    return [m for m in thing.mentions if m.kind == "name"]


def _role_number(name: str) -> float:
    return float(ROLES.index(name)) if name in ROLES else float(len(ROLES))


def governor(token: Token) -> Token | None:
    """Give the verb that a phrase hangs on, straight or through other phrases."""
    while token.head != token:
        token = token.head
        if token.pos_ in ("VERB", "AUX"):
            return token
    return token if token.pos_ in ("VERB", "AUX") else None


def _relcl_between(
    inner: Token, outer: Token
) -> bool:  # (spaCy makes a new Token at each access: compare with ==, never with `is`)
    while inner != outer and inner.head != inner:
        if inner.dep_ == "relcl":
            return True
        inner = inner.head
    return False


def clause_dep(verb: Token | None) -> float:
    """Give the kind of clause that a verb heads, as a number."""
    order = ("ROOT", "advcl", "ccomp", "xcomp", "relcl", "acl", "conj", "pcomp", "parataxis")
    return float(order.index(verb.dep_)) if verb is not None and verb.dep_ in order else -1.0


def _depth(token: Token) -> int:
    return sum(1 for _ in token.ancestors)


def _suffers(token: Token) -> bool:
    """Whether a phrase is the one to whom something is done."""
    return role(token) in ("dobj", "nsubjpass")


def _extraposed(verb: Token) -> bool:
    """Whether a clause follows that the pronoun may only announce: "it is clear that", "it takes time to"."""
    return any(t.dep_ in ("ccomp", "xcomp", "csubj", "advcl") and t.i > verb.i for t in verb.children)


def _definite(head: Token) -> bool:
    return any(t.dep_ in ("det", "poss") and t.lower_ not in ("a", "an", "no", "any") for t in head.children)


def _indefinite(head: Token) -> bool:
    return any(t.dep_ == "det" and t.lower_ in ("a", "an", "no", "any") for t in head.children)


class Model:
    """An ensemble of regression trees, walked for all candidates and trees at once.

    Each tree is the lists feature, cut, left, right, leaf; feature -1 marks a leaf. Leaves are whole numbers,
    so that a sum is the same on every machine.
    """

    def __init__(
        self, threshold: int, trees: list[tuple[list[int], list[float], list[int], list[int], list[int]]]
    ):
        self.threshold = threshold
        starts, size = [], 0
        for tree in trees:
            starts.append(size)
            size += len(tree[0])
        shift = np.repeat(starts, [len(tree[0]) for tree in trees]) if trees else np.zeros(0, dtype=np.int64)

        def flat(column: int) -> NDArray[np.float64]:
            return np.array([value for tree in trees for value in tree[column]], dtype=np.float64)

        feature = flat(0).astype(np.int64)
        own = np.arange(size)
        # A leaf leads to itself.
        self.left = np.where(feature < 0, own, flat(2).astype(np.int64) + shift)
        self.right = np.where(feature < 0, own, flat(3).astype(np.int64) + shift)
        self.feature, self.cut, self.leaf = np.maximum(feature, 0), flat(1), flat(4).astype(np.int64)
        self.roots = np.array(starts, dtype=np.int64)

    def scores(self, rows: list[list[float]]) -> list[int]:
        """Give the sum of the leaves that each row falls into."""
        table = np.array(rows, dtype=np.float64)
        index = np.arange(len(rows))[:, None]
        nodes = np.broadcast_to(self.roots, (len(rows), len(self.roots)))
        while True:
            below = table[index, self.feature[nodes]] <= self.cut[nodes]
            following = np.where(below, self.left[nodes], self.right[nodes])
            if np.array_equal(following, nodes):
                return [int(s) for s in self.leaf[nodes].sum(axis=1)]
            nodes = following


@functools.cache
def _models() -> dict[str, Model]:
    file = resources.files("kg.extract").joinpath("data", "pronouns.json")
    return {group: Model(**fields) for group, fields in json.loads(file.read_text(encoding="utf-8")).items()}
