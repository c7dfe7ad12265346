"""Since when, and until when, somebody has had an office: "Ida Moe, the mayor, has held the post since 2017".

"The post" is the one office that the text has told of who holds it. One who is told to have left an office,
and when, had it until then.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.events.lasting import Key
from kg.extract.events.table import listed
from kg.extract.mentions import posts
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

POINTING = frozenset({"the", "that", "this"})


def tenures(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the office that somebody holds by a word that stands for it, with its times.

    An office that is `told` to be over ends with that.
    """
    for claim in [c for c in reading.claims if _holds_post(c)]:
        if (office := _office_of(reading, claim)) is not None:
            yield ClaimDraft(
                claim.block,
                claim.subject,
                rel.POSITION_HELD,
                office,
                claim.words,
                rules.EVENT_LASTING.id,
                begins=claim.begins,
                ends=claim.ends,
                confidence=claim.right,
            )
    _end(reading)


def _holds_post(claim: ClaimDraft) -> bool:
    """Whether a clause tells when somebody has had what only stands for an office: "held the post"."""
    office = claim.object
    if office is None or claim.rule not in rules.CLAUSES or not claim.asserted or claim.negated:
        return False
    tree, timed = tree_of(office.block), claim.begins is not None or claim.ends is not None
    bare = tree.lemma[office.head.i] in listed("words", "any_office")
    pointing = tree.lower[office.span.start] in POINTING and not tree.of(office.head.i, "prep", "amod")
    return timed and bare and pointing and claim.relation in listed("words", "holding")


def _office_of(reading: Reading, claim: ClaimDraft) -> MentionDraft | None:
    """Give the one office that who holds "the post" is told to have, up to where that is said."""
    at = claim.block.index, claim.words[0].i
    found: dict[str, MentionDraft] = {}
    for other in _held(reading):
        office = other.object
        if office is None or other.subject.chain != claim.subject.chain or not posts.is_held(office):
            continue
        if (office.block.index, office.head.i) < at:
            found.setdefault((office.label or office.span.text).lower(), office)
    return next(iter(found.values())) if len(found) == 1 and claim.subject.chain is not None else None


def successors(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the office of whose successor somebody is: "the dean was dismissed. His successor, Ida Moe,".

    It is the one office that who was there before is told to have left, where no other is told of her.
    """
    after = [c for c in reading.claims if c.relation == rel.SUCCESSOR_OF and c.asserted and not c.negated]
    held = {c.subject.chain for c in _held(reading)} if after else set()
    for claim in after:
        if claim.object is None or claim.subject.chain in held or None in _chains(claim):
            continue
        left = _left(reading, claim.object.chain)
        if len(left) == 1:
            yield ClaimDraft(
                claim.block,
                claim.subject,
                rel.POSITION_HELD,
                next(iter(left.values())),
                claim.words,
                rules.EVENT_LASTING.id,
                confidence=claim.right,
            )


def _chains(claim: ClaimDraft) -> tuple[int | None, int | None]:
    return claim.subject.chain, None if claim.object is None else claim.object.chain


def _left(reading: Reading, chain: int | None) -> dict[str, MentionDraft]:
    """Give the posts that somebody is told to have left, by what they are called."""
    over = (c for c in reading.claims if c.relation == rel.FORMER_POSITION and c.asserted and not c.negated)
    offices = [c.object for c in over if c.subject.chain == chain and c.rule == rules.EVENT_LASTING.id]
    return {(o.label or o.span.text).lower(): o for o in offices if o is not None and posts.is_held(o)}


def _held(reading: Reading) -> list[ClaimDraft]:
    """Give the claims that somebody has an office."""
    return list(filter(_is_held, reading.claims))


def _is_held(claim: ClaimDraft) -> bool:
    return claim.relation == rel.POSITION_HELD and claim.asserted and not claim.negated


def _end(reading: Reading) -> None:
    """Let the office that somebody is told to have left end then."""
    over = {_key(c): c for c in reading.claims if c.relation == rel.FORMER_POSITION and c.asserted and c.ends}
    for i, claim in enumerate(reading.claims) if over else ():
        left = over.get(_key(claim)) if _is_held(claim) and claim.ends is None else None
        # Who came to it later than that has come back.
        if left is not None and left.ends and (claim.begins is None or claim.begins <= left.ends):
            reading.claims[i] = dataclasses.replace(claim, ends=left.ends)


def _key(claim: ClaimDraft) -> tuple[int | None, str]:
    office = claim.object
    label = "" if office is None else (office.label or office.span.text).lower()
    return claim.subject.chain if label else None, label
