"""What those tell whose office it is to know: the police of an arrest, a hospital of the injured.

"Two of them died on the way, a spokeswoman for the hospital said": a text that hands this on stands behind
it, as it does not behind a witness. Who is to blame stays what somebody says.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# Roles of who or what is to blame, which nobody settles by telling.
BLAME = frozenset({"killer", "attacker", "cause", "weapon"})
# Officials of those who take sides.
PARTISAN = frozenset("opposition rebel party union company campaign separatist militant".split())
# What joins an officer to his office: "head of the fire service", "doctor at the clinic".
JOINING = frozenset({"of", "for", "at", "with"})
# How many governors lie between a verb and the one that reports it.
DEPTH = 6


def stand_by(event: EventDraft, words_of: Callable[[MentionDraft], frozenset[str]]) -> None:
    """Let stand what an office reports of an event that it is there to know of.

    `words_of` gives the nouns by which the text calls what a mention stands for.
    """
    tellers = listed("tellers", event.event)
    reported = list(_reported(event)) if tellers else []
    source = reported[0].standing.source if reported else None
    if source is None or not _is_of(source, tellers, words_of(source)) or not _is_told(event, source):
        return
    # Of what somebody died is for an office to say, by whose hand he was killed is not.
    blame = BLAME - {"cause"} if event.event == "Death" else BLAME
    blamed = {id(role.slot) for role in event.filling(*blame)}
    for slot in reported:
        if id(slot) not in blamed and slot.standing.source is source:
            slot.standing = Standing()
    if _is_report(event.standing):
        event.standing = Standing()


def _reported(event: EventDraft) -> Iterator[Slot]:
    slots = {id(s): s for s in (*event.slots, *(role.slot for role in event.roles))}
    return (slot for slot in slots.values() if _is_report(slot.standing))


def _is_report(standing: Standing) -> bool:
    return standing.modality == "Reported" and not standing.negated


def _is_of(source: MentionDraft, tellers: frozenset[str], called: frozenset[str]) -> bool:
    """Whether a source is an office, or speaks for one: "PC Dole", "the hospital's director"."""
    tree, head = tree_of(source.block), source.head.i
    before = set(_before(tree, head))
    if source.kind == "name":
        titled = {tree.lower[k].rstrip(".") for k in range(source.span.start, head)} | before
        return bool((titled | called) & tellers)
    if not before.isdisjoint(PARTISAN) or any(tree.lower[k] in PARTISAN for k in tree.of(head, "amod")):
        return False
    if tree.lemma[head] in tellers or called & tellers:
        return True
    if tree.lemma[head] not in listed("words", "officers"):
        return False
    return not tellers.isdisjoint(before | set(_behind(tree, head)))


def _before(tree: Tree, head: int) -> Iterator[str]:
    yield from (tree.lower[k] for k in tree.of(head, "compound", "nmod"))
    owner = constructions.owner(tree, head)
    if owner is not None:
        yield tree.lower[owner]


def _behind(tree: Tree, head: int) -> Iterator[str]:
    for prep in tree.of(head, "prep"):
        for noun in tree.of(prep, "pobj") if tree.lower[prep] in JOINING else ():
            yield tree.lemma[noun]
            yield from _before(tree, noun)


def _is_told(event: EventDraft, source: MentionDraft) -> bool:
    """Whether the source plainly tells it, or the text goes by it: "according to the police"."""
    tree, i = tree_of(event.block), event.trigger.i
    if (
        tree.lower[tree.head[source.head.i]] == "to"
        and "according" in tree.lower[source.head.i - 6 : source.head.i]
    ):
        return True
    verb = tree.head[source.head.i]
    if tree.lemma[verb] not in listed("words", "telling") or not _stands(event, verb):
        return False
    return verb in tree.kids[i] or any(above == verb for above in _above(tree, i))


def _above(tree: Tree, i: int) -> Iterator[int]:
    return (k for k in tree.above(i)[:DEPTH] if tree.pos[k] in VERBS)


def _stands(event: EventDraft, verb: int) -> bool:
    plain = event.block.factualities.get(verb)
    return plain is None or plain.asserted
