"""Whose an amount is that a text leaves without an owner: "Norwind's sales rose, while net profit fell"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.events.records import EventDraft, Role
from kg.extract.events.table import listed
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# Classes of events of an amount, and over how many sentences its owner is still meant.
OF_AMOUNTS = frozenset({"Change", "Measurement"})
REACH = 3
NAMED = frozenset({"Organization"})


def inherit(events: list[EventDraft], clusters: Clusters) -> None:
    """Give the amounts of a firm that nobody is said to own to the firm whose amounts were told before.

    That is the last one, if it is near, or who reports; else the one of whom all are.
    """
    for n, event in enumerate(events):
        _name_those(events[:n], event, clusters)
        role = ownerless(event)
        if role is None:
            continue
        owners = _of_events(events[:n], event, clusters)
        near = next((m for distance, m in owners[:1] if distance <= REACH), None)
        alone = owners[0][1] if len({id(clusters.cluster_of(m)) for _, m in owners}) == 1 else None
        owner = near or _of_report(event, clusters) or alone
        if owner is not None:
            event.roles.append(Role("quantityOf", owner, role.slot))


def _name_those(before: list[EventDraft], event: EventDraft, clusters: Clusters) -> None:
    """Call "those of the pump division" what the amount told before is called: sales."""
    for role in event.filling("quantity") if event.event in OF_AMOUNTS else ():
        mention = role.mention
        if mention.kind != "pronoun" or mention.head.lower_ not in ("those", "that"):
            continue
        told = (r.mention for e in reversed(before) if e.event in OF_AMOUNTS for r in e.filling("quantity"))
        first = next((m for m in told if m.kind in ("nominal", "attribute")), None)
        if first is not None:
            label = first.head.text if first.kind == "nominal" else first.label
            draft = MentionDraft(mention.block, mention.span, mention.head, "attribute", "Concept", label)
            role.mention = clusters.reading.add(draft, argument=False)


def ownerless(event: EventDraft) -> Role | None:
    """Give the quantity of an event that is a bare noun for what a firm has, and nobody's.

    When it was so may stand with it: "revenue in the twelve months to March".
    """
    if event.event not in OF_AMOUNTS or event.filling("quantityOf"):
        return None
    role = next(iter(event.filling("quantity")), None)
    if role is None or role.mention.kind != "nominal":
        return None
    tree, i = tree_of(role.mention.block), role.mention.head.i
    if (
        not _is_ownable(role.mention)
        or (_is_narrowed(role.mention) and not _is_of_staff(tree, i))
        or constructions.owner(tree, i) is not None
    ):
        return None
    if any(tree.lower[tree.left[k] - 1] != "," for k in tree.of(i, "relcl")):
        return None
    the = [k for k in tree.of(i, "det") if tree.lower[k] != "the"]
    return None if the else role


def _is_narrowed(quantity: MentionDraft) -> bool:
    """Whether a phrase that is no time tells which quantity is meant: "sales of lamps"."""
    tree, i, measures = tree_of(quantity.block), quantity.head.i, quantity.block.measures
    if tree.of(i, "acl"):
        return True
    told = [o for prep in tree.of(i, "prep") for o in tree.of(prep, "pobj")]
    times = [o for o in told if (m := measures.get(o)) is not None and m.kind == "time"]
    return len(tree.of(i, "prep")) > len(times)


def _of_events(
    before: list[EventDraft], event: EventDraft, clusters: Clusters
) -> list[tuple[int, MentionDraft]]:
    """Give the firms that sales and the like before were of, the last first, each with its distance."""
    here = clusters.sentence_at(event.block, event.trigger)
    return [
        (here - clusters.sentence_at(other.block, other.trigger), role.mention)
        for other in reversed(before)
        if other.event in OF_AMOUNTS and any(_is_ownable(r.mention) for r in other.filling("quantity"))
        for role in other.filling("quantityOf")
        if _is_firm(clusters.cluster_of(role.mention))
    ]


def _is_ownable(quantity: MentionDraft) -> bool:
    tree, i = tree_of(quantity.block), quantity.head.i
    return tree.lower[i] in listed("words", "ownable") or _is_of_staff(tree, i)


def _is_of_staff(tree: Tree, i: int) -> bool:
    """Whether a noun is for how many work for a firm: "the number of employees", "headcount"."""
    of = tree.under(i, "of")
    counted = tree.lower[i] == "number" and any(tree.lower[o] in listed("words", "staffed") for o in of)
    return counted or tree.lower[i] in ("headcount", "workforce")


def _is_firm(thing: CorefCluster) -> bool:
    return thing.named and thing.type in NAMED


def _of_report(event: EventDraft, clusters: Clusters) -> MentionDraft | None:
    """Give the firm that reports, in this sentence or the one before, as its subject."""
    here = clusters.sentence_at(event.block, event.trigger)
    firms: dict[int, tuple[CorefCluster, MentionDraft]] = {}
    for sentence in (here, here - 1):
        for mention in _subjects(clusters, sentence):
            thing = clusters.cluster_of(mention)
            if _is_firm(thing):
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
