"""What lasts after an event: who was appointed holds the office, what was bought is its buyer's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import is_movement, is_party
from kg.extract.events.records import TIME, EventDraft, Role, Slot
from kg.extract.events.stakes import IN_STAKES, is_part
from kg.extract.events.table import BEFALLING, listed
from kg.extract.lexicon import mapping
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

# The kinds of mentions that something lasting is said of, and the roles that a time has.
KINDS = frozenset({"name", "nominal", "pronoun"})
# Relations that are not of persons alone; the classes of what some lead to.
OF_THINGS = frozenset({rel.FOUNDED_BY, rel.FOUNDED_IN, rel.CREATED_BY, rel.AWARD, rel.PRODUCT})
# Where a body was founded it need not stay, but where one opens a school or a shop that is.
OPENING = frozenset({"Founding.open", "Founding.doors"})
OWNING = frozenset({rel.OWNED_BY, rel.FORMER_OWNER})
RANGES = {
    rel.POSITION_HELD: ("Position",),
    rel.FORMER_POSITION: ("Position",),
    rel.EDUCATED_AT: ("Organization",),
    rel.PARENT: ("Person",),
    rel.SPOUSE: ("Person",),
    rel.MEMBER_OF: ("Organization", "Group"),
    rel.FORMER_MEMBER_OF: ("Organization", "Group"),
    rel.LOCATED_IN: ("GPE", "Location"),
    rel.FOUNDED_IN: ("GPE", "Location"),
    rel.PRODUCT: ("Product", "Work"),
}
IN_PARTIES = {rel.EMPLOYER: rel.MEMBER_OF, rel.FORMER_EMPLOYER: rel.FORMER_MEMBER_OF}
# Classes of what stays where it was opened.
BUILT = frozenset({"Facility", "Organization"})
DATED = frozenset({"in", "on", "time", "at"})
# What a claim says, by which one that says the same is known.
Key = tuple[object, str, object]


def lasting(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the lasting relations that follow from the events of a document, without those already told.

    What is given is `told` then.
    """
    groups: dict[int, list[EventDraft]] = {}
    for event in reading.events:
        groups.setdefault(id(event.root()), []).append(event)
    days = _days_of_causes(groups.values())
    later = _died_later(groups.values())
    for group in groups.values():
        if group[0].event == "Killing" and later & _chains(group, "deceased"):
            continue  # who was stabbed on Friday and died on Sunday did not die where and when he was stabbed
        for said in mapping("events", "lasting").get(group[0].event, ()):
            for claim in _following(group, *said.split(), days=days):
                if is_new(claim, told):
                    yield claim


def _days_of_causes(groups: Iterable[list[EventDraft]]) -> dict[int, Role]:
    """Give the times of attacks and disasters under the numbers of their chains."""
    found: dict[int, Role] = {}
    for group in groups:
        chains = {e.mention.chain for e in group if e.mention is not None and e.mention.chain is not None}
        told = _filling(group, TIME) if group[0].event in BEFALLING else []
        found |= {chain: role for chain in chains for role in told}
    return found


def _died_later(groups: Iterable[list[EventDraft]]) -> set[int]:
    """Give who died at an event that is told apart from what killed them."""
    dated = [g for g in groups if g[0].event == "Death" and any(e.begins for e in g)]
    return {chain for group in dated for chain in _chains(group, "deceased")}


def _chains(group: list[EventDraft], name: str) -> set[int]:
    mentions = (r.mention for r in _filling(group, name))
    return {m.chain for m in mentions if m.chain is not None}


def _following(
    group: list[EventDraft],
    subject: str,
    relation: str,
    object_: str,
    bound: str = "",
    *,
    days: Mapping[int, Role],
) -> Iterator[ClaimDraft]:
    """Give the claims of one relation between two roles; `bound` says what of it the event is.

    Who died in what happened on a day died on that day, where no other is told: `days` are those of causes.
    """
    for s in _filling(group, subject):
        if s.mention.kind not in KINDS or not _may_have(relation, s.mention):
            continue
        if relation in (rel.LOCATED_IN, rel.FOUNDED_IN) and _stays(group, s) != (relation == rel.LOCATED_IN):
            continue
        for o in _objects(group, object_, days):
            said = _to_party(relation, o.mention)
            if said == rel.FORMER_MEMBER_OF and any(e.filling("office") for e in group):
                continue  # who resigns as treasurer of a party stays in it
            if said == rel.PRODUCT and o.mention.kind != "name":
                continue  # "launched a pump"
            fits = o.mention.type in RANGES.get(said, (o.mention.type,))
            if fits and o.mention is not s.mention and not is_one(s.mention, o.mention):
                yield _claim(group[0], s, said, o, bound)


def _may_have(relation: str, mention: MentionDraft) -> bool:
    """Whether something lasting may be said of a thing: most of it is of persons."""
    if relation in OWNING:
        return _may_be_owned(mention)
    if relation == rel.LOCATED_IN:
        return mention.type in BUILT
    return relation in OF_THINGS or mention.type == "Person"


def _stays(group: list[EventDraft], founded: Role) -> bool:
    """Whether what begins somewhere is there for good: a building, and a school that is opened."""
    m = founded.mention
    houses = listed("words", "houses") | listed("words", "schools")
    house = any(t.lower_ in houses for t in m.span)
    return house or m.type == "Facility" or any(f.id in OPENING for e in group for f in e.frames)


def _to_party(relation: str, body: MentionDraft) -> str:
    """Give the relation to a body: who leaves a party or a board was no employee but a member."""
    label = body.label or body.span.text
    members = tree_of(body.block).lemma[body.head.i] in listed("words", "of_members")
    joined = is_party(label) or is_movement(label) or body.type == "Group" or members
    return IN_PARTIES.get(relation, relation) if joined else relation


def _may_be_owned(mention: MentionDraft) -> bool:
    """Whether somebody may have a thing: no person, and no goods without an article ("buys milk")."""
    if mention.type == "Person":
        return False
    tree, i = tree_of(mention.block), mention.head.i
    if is_part(mention):
        return False
    bare = mention.kind == "nominal" and mention.span.start == i and tree.tag[i] in ("NN", "NNS")
    return not bare


def _filling(group: list[EventDraft], name: str) -> list[Role]:
    """Give what fills a role as so; in the role of the time what tells the day."""
    if name == TIME:
        return [Role(TIME, s.mention, s) for e in group for s in e.slots if _tells_day(s)][:1]
    found: dict[int, Role] = {}
    for event in group:
        for role in event.filling(name):
            chain = role.mention.chain if role.mention.chain is not None else id(role.mention)
            if role.slot.standing.asserted and role.slot.name not in IN_STAKES:
                found.setdefault(chain, role)
    return list(found.values())


def _objects(group: list[EventDraft], name: str, days: Mapping[int, Role]) -> list[Role]:
    """Give what fills the second role of a relation; the time may be that of the cause."""
    return _filling(group, name) or (_day_of_cause(group, days) if name == TIME else [])


def _day_of_cause(group: list[EventDraft], days: Mapping[int, Role]) -> list[Role]:
    """Give the time of what somebody died in."""
    causes = [r.mention.chain for r in _filling(group, "cause") if r.slot.name != "after"]
    return [days[chain] for chain in causes if chain is not None and chain in days][:1]


def _tells_day(slot: Slot) -> bool:
    value = slot.mention.value
    timed = slot.mention.kind == "time" and value is not None and value.lower is not None
    return timed and slot.name in DATED and slot.standing.asserted


def is_one(one: MentionDraft, other: MentionDraft) -> bool:
    """Whether two mentions are of one thing."""
    return one.chain is not None and one.chain == other.chain


def _claim(event: EventDraft, s: Role, relation: str, o: Role, bound: str) -> ClaimDraft:
    begins: dt.date | None = event.begins if bound in ("begins", "within") else None
    ends: dt.date | None = event.ends if bound in ("ends", "within") else None
    block, at = event.block, event.trigger.sent
    # The words of the event are none for what lasts: "was founded by" is not "founded".
    there = s.mention.block is block and at.start <= s.mention.head.i < at.end
    return ClaimDraft(
        block,
        s.mention,
        relation,
        o.mention,
        () if there else (event.trigger,),
        rules.EVENT_LASTING.id,
        begins=begins,
        ends=ends,
        confidence=min(s.slot.right(), o.slot.right()),
    )


def told_in(reading: Reading) -> set[Key]:
    """Give what the asserted claims of a document say already."""
    return {_key(claim) for claim in reading.claims if claim.asserted}


def is_new(claim: ClaimDraft, told: set[Key]) -> bool:
    """Whether a claim was not told yet; now it is."""
    key = _key(claim)
    new = key not in told
    told.add(key)
    return new


def _key(claim: ClaimDraft) -> Key:
    def thing(m: MentionDraft | None) -> object:
        if m is None:
            return None
        if m.kind == "time":
            return TIME
        return m.chain if m.chain is not None else (m.block.index, m.head.i)

    return thing(claim.subject), claim.relation, thing(claim.object)
