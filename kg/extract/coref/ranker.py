"""What a pronoun stands for: features of pronoun and candidate, and small trained ensembles of trees."""

from __future__ import annotations

import functools
import json
import math
from dataclasses import dataclass
from importlib import resources

from spacy.tokens import Token

from kg.extract.coref.cluster import Clusters, Thing
from kg.extract.reading import MentionDraft, ParsedBlock

SUBJECTS = frozenset({"nsubj", "nsubjpass", "csubj"})
ROLES = ("nsubj", "nsubjpass", "dobj", "pobj", "poss", "conj", "appos", "compound", "dative", "agent", "ROOT")
CLAUSES = frozenset(
    {"advcl", "ccomp", "xcomp", "relcl", "acl", "conj", "ROOT", "parataxis", "pcomp", "csubj"}
)
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
    if not candidates or model is None:
        return None
    rows = features(clusters, block, token, sex, candidates)
    scores = [model.score(row) for row in rows]
    best = max(range(len(scores)), key=lambda i: (scores[i], -i))
    return candidates[best][0] if scores[best] >= model.threshold else None


def features(
    clusters: Clusters, block: ParsedBlock, token: Token, sex: float, candidates: list[Candidate]
) -> list[list[float]]:
    """Give a row of numbers for each candidate, nearest first; `NAMES` says what they are."""
    here = clusters.sentence_at(block, token)
    pronoun_verb = governor(token)
    sentence = token.sent
    most = max(len(_names(t)) for t, _ in candidates)
    rows = []
    position = _position(clusters, block, token)
    for rank, (thing, last) in enumerate(candidates):
        head = last.head
        names = _names(thing)
        same = last.block is block and head.sent == sentence
        verb = governor(head)
        after = same and head.i > token.i
        last_name = max((m for m in names if clusters.place(m) < position), key=clusters.place, default=last)
        name_role = role(last_name.head)
        name_gap = here - clusters.sentence_of(last_name)
        subject_before = any(
            role(m.head) in ("nsubj", "nsubjpass") and here - clusters.sentence_of(m) == 1
            for m in thing.mentions
        )
        subject_here = any(
            role(m.head) in ("nsubj", "nsubjpass") and m.block is block and m.head.sent == sentence
            and m.head.i < token.i
            for m in thing.mentions
        )  # fmt: skip
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
                _role_number(role(head)),
                _role_number(name_role),
                _role_number(role(token)),
                float(role(head) == role(token)),
                float(name_role == role(token)),
                float(same),
                float(after),
                float(same and verb == pronoun_verb),
                float(same and verb == pronoun_verb and role(head) in SUBJECTS),
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
                thing.gender * sex,
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
                min(token.i - sentence.start, 30),
                min(head.i - head.sent.start, 30),
                float(role(head) == "poss"),
                float(head.dep_ == "pobj" and head.head.lower_ == "of"),
                float(head.dep_ == "pobj" and head.head.lower_ == "by"),
                float(head.dep_ == "pobj" and head.head.lower_ in ("with", "to", "for")),
                float(head.dep_ == "conj" or any(t.dep_ == "conj" for t in head.children)),
                float(head.dep_ == "appos"),
                float(verb is not None and verb.lemma_ in SAYING),
                float(pronoun_verb is not None and pronoun_verb.lemma_ in SAYING),
                float(_quoted(token)),
                float(_quoted(head)),
                min(_depth(token), 10),
                min(_depth(head), 10),
                float(clusters.first_person_thing() is thing),
                float(
                    any(
                        m.block.index == 0 and m.head.sent.start == 0 and role(m.head) in SUBJECTS
                        for m in thing.mentions
                    )
                ),
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
            ]
        )
    return rows


def _position(clusters: Clusters, block: ParsedBlock, token: Token) -> tuple[int, int]:
    return block.index, token.i


def _names(thing: Thing) -> list[MentionDraft]:
    return [m for m in thing.mentions if m.kind == "name"]


def role(token: Token) -> str:
    """Give the grammatical role of a phrase, that of the whole for a conjunct."""
    while token.dep_ == "conj" and token.head != token and token.head.pos_ in ("NOUN", "PROPN", "PRON"):
        token = token.head
    return str(token.dep_)


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


def _quoted(token: Token) -> bool:
    marks = 0
    for t in token.doc[token.sent.start : token.i]:
        if t.text in ('"', "“", "”", "``", "''"):
            marks += 1
    return marks % 2 == 1


@dataclass(frozen=True, slots=True)
class Model:
    """An ensemble of regression trees, each as the lists feature, cut, left, right, leaf; -1 marks a leaf."""

    threshold: float
    trees: list[tuple[list[int], list[float], list[int], list[int], list[float]]]

    def score(self, row: list[float]) -> float:
        """Give the sum of the leaves that a row falls into."""
        total = 0.0
        for feature, cut, left, right, leaf in self.trees:
            node = 0
            while feature[node] >= 0:
                node = left[node] if row[feature[node]] <= cut[node] else right[node]
            total += leaf[node]
        return total


@functools.cache
def _models() -> dict[str, Model]:
    file = resources.files("kg.extract").joinpath("data", "pronouns.json")
    return {group: Model(**fields) for group, fields in json.loads(file.read_text(encoding="utf-8")).items()}
