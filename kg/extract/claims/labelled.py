"""Triples of clauses that say again what one of their ends is called.

Where a thing is called "study funded by Norwind", that Norwind funded it is no fact beside. The claim is kept
and tells its events; the triple is not asserted alone.
"""

from __future__ import annotations

from collections.abc import Mapping, Set

from kg.extract.claims import rules
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# Verbs that tell nothing by themselves.
LIGHT = frozenset({"be", "have", "do"})
Names = Mapping[int | None, Set[str]]


def mark(reading: Reading) -> None:
    """Note which triples of clauses a label has.

    A sixth of those that were judged was whole to readers, half said nothing new to them.
    """
    names = _names(reading)
    for claim in reading.claims:
        verbs = {t.lower_ for t in claim.words if t.tag_[:1] == "V" and t.lemma_ not in LIGHT}
        if claim.rule in rules.CLAUSES and verbs:
            _mark(claim, verbs, names)


def _mark(claim: ClaimDraft, verbs: Set[str], names: Names) -> None:
    told = [i for i, (_, end) in enumerate(claim.qualifiers) if _is_told(claim.subject, end, verbs, names)]
    claim.parts |= frozenset(told)
    if claim.object is not None and _is_told(claim.subject, claim.object, verbs, names):
        claim.partial = True


def _names(reading: Reading) -> Names:
    """Give the names of each chain that has any."""
    names: dict[int | None, set[str]] = {}
    for mention in reading.mentions:
        if mention.kind == "name" and mention.chain is not None:
            names.setdefault(mention.chain, set()).add(mention.label or mention.span.text)
    return names


def _is_told(one: MentionDraft, other: MentionDraft, verbs: Set[str], names: Names) -> bool:
    """Whether what was done, and by or with whom, is what one of two things is called by."""
    return _calls(one, other, verbs, names) or _calls(other, one, verbs, names)


def _calls(one: MentionDraft, other: MentionDraft, verbs: Set[str], names: Names) -> bool:
    if one.kind != "nominal" or other.kind in ("clause", "time"):
        return False
    called = one.description or one.label
    others = {other.description or other.label or other.span.text, *names.get(other.chain, ())}
    return not verbs.isdisjoint(called.lower().split()) and any(name in called for name in others)
