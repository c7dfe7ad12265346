"""What is said to be done under a contract that exists: "will supply the pumps under a deal worth 9 million".

The pumps are still to come, but who supplies them, and for how much, is agreed. What is paid may stand with
what is to be done: "hired Vero to clean the river for 2 million".
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.requirements import tasks
from kg.extract.lexicon.sets import DETERMINING
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

UNDER = "ContractAward.supply"
# What makes a clause one of a day to come, and no more.
TO_COME = frozenset({"will", "'ll", "shall"})
FOR_SUMS = frozenset({"for", "at"})
OPEN = frozenset({"proposed", "planned", "possible", "future", "draft", "potential"})


def in_tasks(event: EventDraft) -> Iterator[Slot]:
    """Give the sum with what somebody is to do under a contract: "chose Vero to build it at 2 million"."""
    base = next((s for s in event.slots if s.name == "object"), None)
    if base is None or not any(f.event == "ContractAward" for f in event.frames):
        return
    tree = tree_of(event.block)
    for verb in tasks(event, event.slots):
        for prep in tree.of(verb, "prep"):
            sums = (event.block.measures.get(o) for o in tree.of(prep, "pobj"))
            for found in sums if tree.lower[prep] in FOR_SUMS else ():
                if found is not None and found.value is not None and found.kind == "quantity":
                    yield replace(base, name=tree.lower[prep], mention=found)


def settle(event: EventDraft) -> None:
    """Let a contract be so under which something will be done."""
    if not event.frames or event.frames[0].id != UNDER:
        return
    tree, verb = tree_of(event.block), event.trigger.i
    under = [s.mention for s in event.slots if s.name == "under"]
    to_come = any(tree.lower[k] in TO_COME for k in tree.of(verb, "aux")) or _is_to(tree, verb)
    if not to_come or not any(map(_exists, under)):
        return
    for slot in event.slots:
        standing = slot.standing
        if standing.modality == "Planned" and not standing.negated and standing.source is None:
            slot.standing = Standing()


def _is_to(tree: Tree, verb: int) -> bool:
    """Whether somebody "is to" do something."""
    above = tree.head[verb]
    return tree.dep[verb] == "xcomp" and tree.lemma[above] == "be" and not tree.of(above, "acomp", "attr")


def _exists(contract: MentionDraft) -> bool:
    """Whether a contract is one that was made: with an article, and not a proposed one."""
    tree, i = tree_of(contract.block), contract.head.i
    told = bool(tree.of(i, *DETERMINING))
    return told and not any(tree.lower[k] in OPEN for k in tree.of(i, "amod"))
