"""Whom somebody works for whose post is told by "its" or "their", once it is known what that stands for.

"Norwind makes pumps. Its chief executive, Ida Moe, …": the firm is named in the sentence before.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import ENDED, PLAYERS, is_movement, is_party
from kg.extract.events.lasting import Key, is_new
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

HELD = frozenset({rel.POSITION_HELD, rel.FORMER_POSITION})
OWNERS = frozenset({"its", "their"})
# Who leads those who play, and is one of them.
CAPTAINS = frozenset({"captain", "co-captain", "vice-captain"})


def employers(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give for what body somebody has or had a post that is said to be "its" or "their" post.

    What is given is `told` then.
    """
    bodies: dict[int, set[str]] = {}
    for m in reading.mentions:
        if m.kind == "name" and m.chain is not None:
            bodies.setdefault(m.chain, set()).add(m.label if m.type == "Organization" else "")
    for claim in list(reading.claims):
        body = _owner(reading, claim) if _tells_post(claim) else None
        labels = bodies.get(body.chain, set()) if body is not None and body.chain is not None else set()
        if body is None or not labels or "" in labels:
            continue
        relation = _relation(claim, labels)
        own = ClaimDraft(
            claim.block,
            claim.subject,
            ENDED[relation] if claim.relation == rel.FORMER_POSITION else relation,
            body,
            claim.words,
            rules.APPOSITION.office_of.id,
            begins=claim.begins,
            ends=claim.ends,
            confidence=claim.confidence,
        )
        if is_new(own, told):
            yield own


def _tells_post(claim: ClaimDraft) -> bool:
    """Whether a phrase says outright what post somebody has or had."""
    plain = claim.asserted and not claim.negated and not claim.doubt
    return plain and claim.relation in HELD and claim.rule != rules.EVENT_LASTING.id


def _owner(reading: Reading, claim: ClaimDraft) -> MentionDraft | None:
    """Give the pronoun that says whose a post is."""
    office = claim.object
    if office is None or office.block is not claim.block:
        return None
    tree = tree_of(office.block)
    k = constructions.owner(tree, office.head.i)
    if k is None or tree.lower[k] not in OWNERS:
        return None
    return reading.at(office.block, office.block.doc[k])


def _relation(claim: ClaimDraft, labels: set[str]) -> str:
    """Give the relation to a body: one plays for a team, and is a member of a party."""
    assert claim.object is not None
    noun = tree_of(claim.object.block).lemma[claim.object.head.i]
    joined = any(is_party(label) or is_movement(label) for label in labels)
    return rel.MEMBER_OF if joined or noun in PLAYERS | CAPTAINS else rel.EMPLOYER
