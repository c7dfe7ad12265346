"""One thing under two names: "the violin, known as the Red Fox", "the firm, which renamed itself Norta".

What a text says somebody or something is called, and what that name stands for later, are one.
"""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.names import words_of
from kg.extract.lexicon import gazetteer
from kg.extract.reading import ClaimDraft, MentionDraft

# Classes that name nothing closer, as the noun of a thing or of what bears a name.
VAGUE = frozenset({"Concept", "Position"})
DEFINITE = frozenset({"the", "this", "that"})


def join(clusters: Clusters, *, pointing: bool) -> None:
    """Join what is called by another name to it.

    With `pointing`, where what bears the name points back, once it is known at what: "The pilot was named
    as Rolf Hall"; else where it does not.
    """
    for claim, name in _callings(clusters):
        bearer = claim.subject
        if _points(bearer) is not pointing:
            continue
        if bearer.kind == "pronoun" and not clusters.chained(bearer):
            continue
        thing, other = clusters.cluster_of(bearer), clusters.cluster_of(name)
        if thing is other or not _may_be_one(thing, other) or _is_in_longer(name, other):
            continue
        kind = _told_class(thing) or other.type
        whole = clusters.join(thing, other, "identity", name, bearer)
        whole.type = kind
        for m in whole.mentions:
            if m.kind == "name" or m.type in VAGUE:
                m.type = kind


def _points(bearer: MentionDraft) -> bool:
    """Whether a mention is a pronoun, or a noun behind "the"."""
    first = bearer.block.doc[bearer.span.start - 1].lower_ if bearer.span.start else ""
    told = {first, bearer.span[0].lower_}
    return bearer.kind == "pronoun" or (bearer.kind == "nominal" and not told.isdisjoint(DEFINITE))


def _callings(clusters: Clusters) -> Iterator[tuple[ClaimDraft, MentionDraft]]:
    """Give what a text says that things are called, with the names."""
    for claim in clusters.reading.claims:
        if claim.relation != rel.ALIAS or claim.negated or claim.modality is not None or claim.doubt:
            continue
        name = claim.object
        if name is None or name.kind != "name" or claim.subject.kind not in ("name", "nominal", "pronoun"):
            continue
        if not _is_compared(name):
            yield claim, name


def _is_compared(name: MentionDraft) -> bool:
    """Whether a name is another's, as in "the Venice of the North" or "the new Norland"."""
    land = gazetteer.land_named(name.label) or gazetteer.place_named(name.label)
    behind = name.block.doc[name.span.end : name.span.end + 1].text
    return land is not None or behind == "of"


def _is_in_longer(name: MentionDraft, other: CorefCluster) -> bool:
    """Whether a name is short for somebody else's: "her widower is called Alan, too", beside Alan Lund."""
    return any(len(form) > len(words_of(name.label)) for form in other.forms)


def _may_be_one(thing: CorefCluster, other: CorefCluster) -> bool:
    """Whether number and class let two be one: several bear a name together, and a body is nobody.

    The class of "a mail carrier named Ida Moe" was misread; a ship may have somebody's given name.
    """
    several = thing.plural and thing.type != "Group" and not thing.named
    alike = (thing.type == "Person") == (other.type == "Person") or thing.type in VAGUE
    alone = not thing.named and all(len(form) == 1 for form in other.forms)
    return not several and (alike or alone)


def _told_class(thing: CorefCluster) -> str:
    """Give the class of a thing, where its name or its noun tells one."""
    return thing.type if thing.named or thing.type not in VAGUE else ""
