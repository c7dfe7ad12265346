"""What the learned reader of roles says of a claim: features of whether it agrees.

The rules read a claim from the tree; the reader gives for the same verb, from the same words and by other
means, its sense and the spans of its roles. Where both say the same the claim is likely right; a role of the
verb that no argument of the claim has is likely lost.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extract.claims.features import CLAUSE_LINKS, verb_of
from kg.extract.parse import encoder, reader
from kg.extract.parse.roles import Proposition, Role, propositions
from kg.extract.reading import ClaimDraft, MentionDraft

# How sure a role must be for what has none of it to be said to lack it.
SURE = 0.6
LIKELY = 0.5


class Roles:
    """The roles of the verbs of claims, by block and token; without weights of the reader there are none."""

    def __init__(self, claims: Iterable[ClaimDraft]) -> None:
        self.found: dict[tuple[int, int], Proposition] = {}
        wanted: dict[int, tuple[ClaimDraft, set[int]]] = {}
        for claim in claims:
            if claim.rule.partition("-")[0] in CLAUSE_LINKS and encoder.STATES in claim.block.doc.user_data:
                wanted.setdefault(claim.block.index, (claim, set()))[1].add(verb_of(claim))
        for number, (claim, verbs) in wanted.items():
            self._read(number, claim, verbs)

    def _read(self, number: int, claim: ClaimDraft, verbs: set[int]) -> None:
        doc, heads = claim.block.doc, reader.shared()
        states = reader.states_of(doc)
        for sentence in doc.sents:
            first = sentence.start
            here = sorted(v - first for v in verbs if first <= v < sentence.end)
            if here:
                told = propositions(heads, states[first : sentence.end], reader.words_of(sentence), here)
                for found in told:
                    self.found[number, first + found.predicate] = _moved(found, first)

    def of(self, claim: ClaimDraft, verb: int) -> Proposition | None:
        """Give the roles of a claim's verb."""
        return self.found.get((claim.block.index, verb))


def _moved(found: Proposition, first: int) -> Proposition:
    """Count the tokens of a proposition from the beginning of the block."""
    roles = (Role(r.name, r.start + first, r.end + first, r.probability) for r in found.roles)
    return Proposition(found.predicate + first, found.roleset, found.probability, tuple(roles))


def of_claim(claim: ClaimDraft, told: Proposition | None) -> Iterator[str]:
    """Give what the reader says of a claim as a whole: is it one, who does it, what of it is lost."""
    if told is None:
        return
    if told.probability < LIKELY:
        yield "reader-no-predicate"
        return
    voice = "passive" if claim.relation.startswith("be_") else "active"
    yield f"reader-subject-{voice}-{_name(told, claim, claim.subject)}"
    arguments = [claim.subject, *([claim.object] if claim.object else []), *(m for _, m in claim.qualifiers)]
    places = [m.head.i for m in arguments if m.block is claim.block]
    for role in told.roles:
        if role.probability < SURE or any(role.start <= i < role.end for i in places):
            continue
        if role.name[3:].isdigit():
            yield "reader-lost-core"
        elif role.name in ("ARGM-NEG", "ARGM-MOD") and not (claim.negated or claim.modality):
            yield f"reader-{role.name}"
        elif role.name in ("ARGM-PRP", "ARGM-PRD", "ARGM-ADV", "ARGM-MNR", "ARGM-EXT", "ARGM-LOC", "ARGM-TMP"):
            yield f"reader-lost-{role.name[5:]}"


def of_end(claim: ClaimDraft, told: Proposition | None, role: str, end: MentionDraft | None) -> Iterator[str]:
    """Give what the reader says of one argument: which role it fills, and whether its span goes further."""
    if told is None or told.probability < LIKELY or end is None or end.block is not claim.block:
        return
    found = _role(told, end)
    place = role if role in ("object", "time", "clause") else "role"
    yield f"reader-{place}-{'none' if found is None else found.name}"
    if found is not None:
        if found.probability < LIKELY:
            yield "reader-unsure"
        if found.end - end.span.end > 4:
            yield "reader-goes-on"


def _name(told: Proposition, claim: ClaimDraft, mention: MentionDraft) -> str:
    """Give the role that a mention fills, "elsewhere" where it stands in another block."""
    if mention.block is not claim.block:
        return "elsewhere"
    found = _role(told, mention)
    return "none" if found is None else found.name


def _role(told: Proposition, mention: MentionDraft) -> Role | None:
    """Give the role in whose span the head of a mention stands, the shortest span where there are several."""
    i = mention.head.i
    inside = [r for r in told.roles if r.start <= i < r.end]
    return min(inside, key=lambda r: (r.end - r.start, r.name)) if inside else None


