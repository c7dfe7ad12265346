"""Whose an amount is that a text leaves without an owner: "Norwind's sales rose, while net profit fell"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft

# Classes of events of an amount, and over how many sentences its owner is still meant.
OF_AMOUNTS = frozenset({"Change", "Measurement"})
REACH = 3
NAMED = frozenset({"Organization"})


def inherit(events: list[EventDraft], clusters: Clusters) -> None:
    """Give the amounts of a firm that nobody is said to own to the firm whose amounts were told before."""
    for n, event in enumerate(events):
        role = _ownerless(event)
        if role is None:
            continue
        owner = _of_events(events[:n], event, clusters) or _of_report(event, clusters)
        if owner is not None:
            event.roles.append(Role("quantityOf", owner, role.slot))


def _ownerless(event: EventDraft) -> Role | None:
    """Give the quantity of an event that is a bare noun for what a firm has, and nobody's."""
    if event.event not in OF_AMOUNTS or event.filling("quantityOf"):
        return None
    role = next(iter(event.filling("quantity")), None)
    if role is None or role.mention.kind != "nominal":
        return None
    tree, i = tree_of(role.mention.block), role.mention.head.i
    if tree.lower[i] not in listed("words", "ownable") or tree.of(i, "prep", "poss", "relcl", "acl"):
        return None
    the = [k for k in tree.of(i, "det") if tree.lower[k] != "the"]
    return None if the else role


def _of_events(before: list[EventDraft], event: EventDraft, clusters: Clusters) -> MentionDraft | None:
    """Give the firm that the last amount before was of."""
    here = clusters.sentence_at(event.block, event.trigger)
    for other in reversed(before):
        if here - clusters.sentence_at(other.block, other.trigger) > REACH:
            return None
        if other.event in OF_AMOUNTS:
            for role in other.filling("quantityOf"):
                thing = clusters.cluster_of(role.mention)
                return role.mention if thing.named and thing.type in NAMED else None
    return None


def _of_report(event: EventDraft, clusters: Clusters) -> MentionDraft | None:
    """Give the firm that reports, in this sentence or the one before, as its subject."""
    here = clusters.sentence_at(event.block, event.trigger)
    firms: dict[int, tuple[CorefCluster, MentionDraft]] = {}
    for sentence in (here, here - 1):
        for mention in _subjects(clusters, sentence):
            thing = clusters.cluster_of(mention)
            if thing.named and thing.type in NAMED:
                firms.setdefault(id(thing), (thing, mention))
        if firms:
            break
    return next(iter(firms.values()))[1] if len(firms) == 1 else None


def _subjects(clusters: Clusters, sentence: int) -> Iterator[MentionDraft]:
    """Give the subjects of what is told or published in a sentence."""
    telling = listed("words", "showing") | listed("words", "announcing") | listed("words", "saying")
    for thing in clusters.things:
        for m in thing.mentions:
            if clusters.sentence_of(m) != sentence or m.kind not in ("name", "nominal", "pronoun"):
                continue
            tree, i = tree_of(m.block), m.head.i
            if tree.dep[i] == "nsubj" and (tree.lemma[tree.head[i]] in telling | {"publish", "release"}):
                yield m
