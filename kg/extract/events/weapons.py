"""With what somebody attacked, where another clause tells it: "the attackers were armed with rifles"."""

from __future__ import annotations

from typing import Protocol

from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import listed
from kg.extract.events.trials import DOERS
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

ARMED = frozenset({"be_armed", "arm_with"})
# What somebody does with weapons when nobody says at whom: "opened fire with rifles".
FIRING = ("open", "fire")
# Verbs by which somebody has a weapon.
BEARING = frozenset({"use", "carry", "wield", "brandish", "hold"})
# Over how many sentences the attacker may be told of.
REACH = 4


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def thing(self, mention: MentionDraft) -> object:
        """Give what a mention stands for."""

    def sentences_to(self, event: EventDraft, mention: MentionDraft) -> int:
        """Give how many sentences lie between an event and a mention."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions."""


def tell(linking: Linking) -> None:
    """Give attacks and killings the weapon that whoever did it is said to have."""
    deeds = [e for e in linking.events if e.root().event in DOERS]
    armed: dict[int, tuple[int, ...]] = {}
    for claim in linking.reading.claims if deeds else ():
        weapons = _weapons(claim)
        event = _deed(linking, deeds, claim.subject) if weapons else None
        said = (claim.block.index, *(t.i for t in claim.words))
        # "With rifles and machetes" may be two claims.
        if event is not None and (armed.get(id(event)) == said or not linking.all_roles(event, "weapon")):
            armed[id(event)] = said
            standing = Standing(claim.negated, claim.modality, claim.asserted, claim.attributed_to)
            slots = [Slot("with", weapon, standing, claim) for weapon in weapons]
            event.roles += [Role("weapon", slot.mention, slot, exact=True) for slot in slots]


def _weapons(claim: ClaimDraft) -> list[MentionDraft]:
    if claim.relation in ARMED:
        if claim.object is not None and (claim.object.type == "Product" or _is_weapon(claim.object)):
            return [claim.object]  # "numbering thirty and armed with rifles"
        return [m for role, m in claim.qualifiers if role == "with" and m.type == "Product"]
    if claim.object is not None and (claim.relation, claim.object.label) == FIRING:
        return [m for role, m in claim.qualifiers if role == "with" and _is_weapon(m)]
    held = _held(claim)
    return [] if held is None else [held]


def _is_weapon(mention: MentionDraft) -> bool:
    return tree_of(mention.block).lemma[mention.head.i] in listed("words", "weapons")


def _held(claim: ClaimDraft) -> MentionDraft | None:
    held = claim.object
    if claim.relation not in BEARING or held is None or held.kind != "nominal" or not claim.words:
        return None
    tree = tree_of(claim.block)
    aimed = tree.of(claim.words[-1].i, "xcomp", "advcl")  # "used a knife to open the parcel"
    return held if not aimed and _is_weapon(held) else None


def is_by_attackers(event: EventDraft) -> bool:
    """Whether an attack on nobody named is by those told of before: "the gunmen opened fire"."""
    if event.event != "Attack" or event.of_noun or event.filling("target"):
        return False
    attackers = [r.mention for r in event.filling("attacker")]
    return bool(attackers) and all(_is_the_attackers(m) for m in attackers)


def _is_the_attackers(mention: MentionDraft) -> bool:
    tree, head = tree_of(mention.block), mention.head.i
    known = tree.lemma[head] in listed("words", "attackers")
    return known and any(tree.lower[k] == "the" for k in tree.of(head, "det"))


def _deed(linking: Linking, deeds: list[EventDraft], who: MentionDraft) -> EventDraft | None:
    """Give the nearest deed that somebody did, or of which "the attackers" speaks."""
    near = [e for e in deeds if linking.sentences_to(e, who) <= REACH]
    near.sort(key=lambda e: linking.sentences_to(e, who))
    for event in near:
        doers = linking.all_roles(event, *DOERS.values())
        if any(linking.thing(r.mention) is linking.thing(who) for r in doers):
            return event.root()
    if tree_of(who.block).lemma[who.head.i] not in listed("words", "attackers"):
        return None
    before = [e for e in near if e.place < (who.block.index, who.head.i)]
    attacks = [e for e in before if e.root().event == "Attack"] or before
    return max(attacks, key=lambda e: e.place, default=None)
