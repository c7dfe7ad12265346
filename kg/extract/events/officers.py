"""Whose officer somebody is whose firm stands elsewhere: "Vero's profit fell. Chief executive Ida Moe said".

It is the one body that the sentence and the one before speak of.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import is_movement, is_party
from kg.extract.events.lasting import Key, is_new
from kg.extract.events.table import listed
from kg.extract.mentions.posts import OF_FIRMS
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

HELD = frozenset({rel.POSITION_HELD, rel.FORMER_POSITION})
OF_SOMEBODY = frozenset(
    {rel.EMPLOYER, rel.FORMER_EMPLOYER, rel.MEMBER_OF, rel.FORMER_MEMBER_OF, rel.FOUNDED_BY, rel.OWNED_BY}
)
# How sure it is that who is named so leads the firm that is spoken of.
SURE = 0.6


def officers(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give for what firm somebody has an office that firms alone have and that stands bare before his name.

    What is given is `told` then.
    """
    bare = [c for c in reading.claims if _is_bare(c)]
    placed = _placed(reading) if bare else set()
    kinds: dict[int, set[str]] = {}
    for m in reading.mentions if bare else ():
        if m.kind == "name" and m.chain is not None:
            kinds.setdefault(m.chain, set()).add(m.type)
    for claim in bare:
        firm = None if claim.subject.chain in placed else _firm(reading, claim, kinds)
        own = None if firm is None else _claim(claim, firm)
        if own is not None and is_new(own, told):
            yield own


def _claim(claim: ClaimDraft, firm: MentionDraft) -> ClaimDraft:
    former = claim.relation == rel.FORMER_POSITION
    return ClaimDraft(
        claim.block,
        claim.subject,
        rel.FORMER_EMPLOYER if former else rel.EMPLOYER,
        firm,
        claim.words,
        rules.OFFICER.id,
        confidence=min(SURE, claim.confidence),
    )


def _placed(reading: Reading) -> set[int]:
    """Give the chains of those who are told to be of some body."""
    ends = (m for c in reading.claims if c.relation in OF_SOMEBODY for m in _ends(c))
    return {m.chain for m in ends if m.chain is not None and m.type == "Person"}


def _ends(claim: ClaimDraft) -> Iterator[MentionDraft]:
    yield claim.subject
    if claim.object is not None:
        yield claim.object


def _is_bare(claim: ClaimDraft) -> bool:
    """Whether an office that firms alone have stands before a name, and nothing that tells whose it is."""
    office = claim.object
    plain = claim.asserted and not claim.negated and not claim.doubt and claim.relation in HELD
    if not plain or office is None or claim.rule != rules.TITLE_BEFORE.id:
        return False
    return office.label.lower() in OF_FIRMS


def _firm(reading: Reading, claim: ClaimDraft, kinds: dict[int, set[str]]) -> MentionDraft | None:
    """Give the one body that is named in the sentence of an office before it, or in the one before."""
    block, at = claim.block, claim.subject.span.start
    here = claim.subject.head.sent
    first = block.doc[here.start - 1].sent.start if here.start else 0
    found: dict[int, MentionDraft] = {}
    for m in reading.mentions:
        if m.block is not block or not first <= m.head.i < at or m.kind == "event" or m.chain is None:
            continue
        if "Organization" in kinds.get(m.chain, ()) and m.kind in ("name", "nominal", "pronoun"):
            found.setdefault(m.chain, m)
    alone = next(iter(found.values())) if len(found) == 1 else None
    return alone if alone is not None and _is_firm(alone) and not _is_joined(alone) else None


def _is_joined(body: MentionDraft) -> bool:
    """Whether a body is where somebody else went: "Moe has joined Vero. Chief executive Ida Ek said"."""
    tree, i = tree_of(body.block), body.head.i
    above = tree.head[i]
    if tree.dep[i] == "dobj":
        return bool(tree.lemma[above] == "join")
    moved = tree.dep[i] == "pobj" and tree.lower[above] in ("to", "for")
    return moved and tree.lemma[tree.head[above]] in listed("words", "changing_over")


def _is_firm(body: MentionDraft) -> bool:
    """Whether a body may be a firm, by its noun: no party, court, ministry or police."""
    label, last = body.label or body.span.text, tree_of(body.block).lower[body.head.i]
    public = listed("words", "authority") | listed("words", "courts") | listed("words", "houses")
    return not is_party(label) and not is_movement(label) and last not in public
