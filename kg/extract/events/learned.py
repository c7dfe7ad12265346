"""What the learned reader of events adds to the rules: roles that they left open, events unknown to them.

The reader (`kg.extract.parse.events`) has learned from marked texts which words tell of an event and what has
which role in it. Where the rules know the event their roles stand, and it fills those that nothing fills;
where they know none it tells of one, if it is sure of the event and of what it is an event of.
"""

from __future__ import annotations

import datetime as dt
import functools
from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from kg.extract import constructions
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.claims.signs import Factuality
from kg.extract.events.records import LEARNED, EventDraft, Role, Slot, Standing
from kg.extract.events.table import FILE, Fill, Frame, listed
from kg.extract.lexicon import mapping
from kg.extract.lexicon.sets import NOMINALS, NOUNS, PLACES, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.events import KEY, Trigger
from kg.extract.parse.repair import tree_of
from kg.extract.parse.turns import LABELS
from kg.extract.reading import MentionDraft, ParsedBlock

if TYPE_CHECKING:
    from kg.extract.events.linking import Linker

# How sure the reader is of an event that the rules do not know, of a role there, of one that they left open.
EVENT, ROLE, OPEN = 0.75, 0.6, 0.5
# … of where it was, which it takes too often from what stands near, and of what stands in another sentence.
THERE, ELSEWHERE = 0.8, 0.75
# Roles of which the filler is never taken from another sentence: who or what is to blame.
BLAMED = frozenset({"cause", "killer", "attacker"})
# Who does harm is nobody who comes to it.
DOERS, HARMED = frozenset({"killer", "attacker"}), ("deceased", "injured")
# … for it to agree with a role of the rules, or half to agree.
AGREED, HALF = 0.5, 0.2
# How sure it is that the text says that an event happened, where no clause tells; that it did not, or may not
# have, where one says that it did.
HAPPENED, UNDONE = 0.6, 0.5
OPEN_STANDING = Standing(modality="Possible", asserted=False)
PLACE, TIME = "place", "time"
# Blocks in which the rules look for no event noun.
UNREAD = LABELS | {"title", "heading", "caption"}
# Classes that are one, told more or less exactly.
ALIKE = {"Death": "Killing", "Killing": "Death"}
# Roles of which an event has one filler: the surest counts.
SINGLE = frozenset(
    "deathToll injuredCount price amount score voteShare penalty value from to by time court".split()
)
# Roles that a clause may fill.
OF_CLAUSES = frozenset({"topic", "reason", "purpose", "subject", "charge"})


@dataclass(slots=True)
class _Told:
    """A trigger with the block that it stands in."""

    block: ParsedBlock
    trigger: Trigger


def complete(linker: Linker) -> None:
    """Fill open roles of the events of a document, and add the events that the rules do not know."""
    known: dict[tuple[int, int], list[EventDraft]] = {}
    for event in linker.events:
        known.setdefault((event.block.index, event.trigger.i), []).append(event)
        for role in event.roles if KEY in event.block.doc.user_data else ():
            role.seen = "silent"
    for told in _told(linker):
        place = told.block.index, told.trigger.token
        same = [e for e in known.get(place, ()) if _is_alike(e, told.trigger)]
        if same:
            for event in same:
                event.undone = told.trigger.undone
                for role in event.roles:
                    role.seen = _seen(role, told)
                _fill(linker, event, told)
        elif told.trigger.probability >= EVENT:
            other = _told_beside(linker, told)
            if other is not None:
                _fill(linker, other, told)
            elif (draft := _new(linker, told, known.get(place, []))) is not None:
                known.setdefault(place, []).append(draft)
    linker.events.sort(key=lambda e: (e.block.index, e.trigger.i))


def _told_beside(linker: Linker, told: _Told) -> EventDraft | None:
    """Give the event that another word of the sentence tells of, too: "invited both sides to talks"."""
    doc, trigger = told.block.doc, told.trigger
    sentence = doc[trigger.token].sent
    heads = {token for _, token, chance in trigger.roles if chance >= ROLE}
    for event in linker.events:
        if event.block is told.block and _is_alike(event, trigger) and event.trigger.sent == sentence:
            here = [r for r in event.roles if r.mention.block is told.block]
            if any(r.mention.span.start <= k < r.mention.span.end for r in here for k in heads):
                return event
    return None


def _told(linker: Linker) -> Iterator[_Told]:
    for block in linker.reading.blocks:
        for trigger in block.doc.user_data.get(KEY, ()):
            yield _Told(block, trigger)


def _is_alike(event: EventDraft, trigger: Trigger) -> bool:
    return event.event in (trigger.event, ALIKE.get(trigger.event, trigger.event))


def _seen(role: Role, told: _Told) -> str:
    """Say how the reader takes what fills a role."""
    mention, trigger = role.mention, told.trigger
    if mention.block is not told.block:
        return "unseen"
    inside = [r for r in trigger.roles if mention.span.start <= r[1] < mention.span.end]
    same = max((chance for name, _, chance in inside if name == role.name), default=0.0)
    if same * trigger.probability >= HALF:
        return "agreed" if same * trigger.probability >= AGREED else "half"
    return "other" if any(chance >= AGREED for name, _, chance in inside if name != role.name) else "unseen"


def _fill(linker: Linker, event: EventDraft, told: _Told) -> None:
    """Give an event what fills its open roles."""
    standing = event.roles[0].slot.standing if event.roles else event.standing
    if standing.asserted and told.trigger.undone >= UNDONE:
        standing = OPEN_STANDING
    filled = {r.name for r in event.roles}
    taken = {r.mention.head.i for r in event.roles if r.mention.block is event.block}
    for name, token, chance in _surest(told, OPEN):
        if name not in filled and token not in taken:
            event.roles += _roles(linker, event, name, token, standing, chance)
            if name == TIME:
                _date(linker, event, token)
    event.roles = _single(event.roles)


def _single(roles: list[Role]) -> list[Role]:
    """Leave of roles with one filler the surest that the reader found: people bring their number along."""
    best: dict[str, float] = {}
    for role in roles:
        if role.slot.name == LEARNED:
            best[role.name] = max(best.get(role.name, 0.0), role.slot.sure)
    return [r for r in roles if r.name not in SINGLE or r.slot.name != LEARNED or r.slot.sure >= best[r.name]]


def _surest(told: _Told, bar: float) -> Iterator[tuple[str, int, float]]:
    """Give the roles that are sure enough, of those with one filler the surest."""
    doc, trigger = told.block.doc, told.trigger
    sentence = doc[trigger.token].sent
    sure: list[tuple[str, int, float]] = []
    for name, token, chance in trigger.roles:
        away = not sentence.start <= token < sentence.end
        least = max(bar, THERE * (name == PLACE), ELSEWHERE * away)
        if chance >= least and not (away and name in BLAMED):
            sure.append((name, token, chance))
    best: dict[str, float] = {}
    for name, _, chance in sure:
        best[name] = max(best.get(name, 0.0), chance)
    return ((n, t, c) for n, t, c in sure if n not in SINGLE or c >= best[n])


def _new(linker: Linker, told: _Told, others: list[EventDraft]) -> EventDraft | None:
    """Give the event that only the reader knows, if it is sure of what it is an event of."""
    trigger, block = told.trigger, told.block
    if not _is_said(block, trigger.token):
        return None
    standing = _standing(linker, block, trigger)
    token, frames = block.doc[trigger.token], (_frame(trigger.event),)
    found = EventDraft(block, token, frames, [], standing=standing, event=trigger.event)
    found.undone = trigger.undone
    if tree_of(block).pos[trigger.token] in NOUNS:
        found.noun = _noun(linker, block, trigger.token, others)
    for name, at, chance in _surest(told, ROLE):
        if at != trigger.token:
            found.roles += _roles(linker, found, name, at, standing, chance * trigger.probability)
            if name == TIME:
                _date(linker, found, at)
    found.roles = _single(found.roles)
    if block.kind in UNREAD:  # a headline names few things as the text does
        found.roles = [r for r in found.roles if r.mention.kind not in ("nominal", "pronoun")]
    if not _is_whole(found):
        return None
    linker.members[id(found)] = [found]
    linker.events.append(found)
    return found


def _noun(linker: Linker, block: ParsedBlock, token: int, others: list[EventDraft]) -> MentionDraft | None:
    """Give the mention that an event's noun heads, but for a name."""
    known = next((e.noun for e in others if e.noun is not None), None)
    noun = known or linker.reading.argument(block, block.doc[token], nominals.create_mention)
    return None if noun.kind == "name" else noun


def _is_whole(event: EventDraft) -> bool:
    """Whether an event has what events of its class are of, and enough of it to be told."""
    filled = {r.name for r in event.roles} | ({TIME} if event.begins else set())
    if filled.isdisjoint(listed("keys", event.event)):
        return False
    several = sum(r.name == "participant" for r in event.roles) > 1
    return several or any(group <= filled for group in _groups(event.event))


def _is_said(block: ParsedBlock, token: int) -> bool:
    """Whether a token stands in a sentence with a verb, no line of a table, and in no other noun."""
    tree = tree_of(block)
    if tree.pos[token] in NOUNS and tree.dep[token] in ("compound", "nmod", "amod"):
        return False
    return any(tree.pos[word.i] in VERBS for word in block.doc[token].sent)


@functools.cache
def _frame(event: str) -> Frame:
    return Frame(f"{event}.{LEARNED}", event, {}, {}, {}, {})


def _standing(linker: Linker, block: ParsedBlock, trigger: Trigger) -> Standing:
    """Give how the text presents what a word tells: by its claim, its clause, or as the reader takes it."""
    for claim in linker.reading.claims:
        if claim.block is block and any(word.i == trigger.token for word in claim.words):
            stated = Standing.of(claim)
            return OPEN_STANDING if stated.asserted and trigger.undone >= UNDONE else stated
    factuality = _factuality(linker, block, trigger.token)
    happened = trigger.happened >= HAPPENED
    if factuality is None or factuality.asserted:
        return Standing() if happened else OPEN_STANDING
    source, tree = factuality.source, tree_of(block)
    named = source is not None and tree.pos[source] in NOMINALS
    return Standing(
        factuality.negated,
        factuality.modality,
        asserted=False,
        source=linker.reading.argument(block, block.doc[source], nominals.create_mention) if named else None,
    )


def _factuality(linker: Linker, block: ParsedBlock, token: int) -> Factuality | None:
    """Give how the clause of a verb, or what governs a noun, presents it; None where nothing tells."""
    if tree_of(block).pos[token] in NOUNS:
        mentions = [m for m in linker.reading.mentions if m.block is block]
        return event_factuality(BlockContext(linker.reading, block, mentions), token)
    return block.factualities.get(token) if block.factualities else None


# What fills a role.


def _roles(
    linker: Linker, event: EventDraft, name: str, token: int, standing: Standing, chance: float
) -> list[Role]:
    """Give the roles that a token heads the filler of, as far as it is of the kind that they take."""
    mention = _mention(linker, event.block, token, name)
    if mention is None or name == TIME or (name in DOERS and _is_harmed(linker, mention)):
        return []
    slot = Slot(LEARNED, mention, standing, sure=chance)
    if name == PLACE:
        there = linker.type_of(mention) in PLACES and (mention.kind == "name" or _is_picked_out(mention))
        return [Role(PLACE, mention, slot, exact=mention.kind == "name")] if there else []
    if mention.kind == "clause" and name not in OF_CLAUSES:
        return []
    classes = _classes(event.event, name)
    if classes and mention.kind in ("name", "nominal", "pronoun") and linker.type_of(mention) not in classes:
        return []
    return list(linker.filler.filled(event.frames[0], Fill(name), slot))


def _is_harmed(linker: Linker, mention: MentionDraft) -> bool:
    """Whether somebody came to harm by what its sentence tells."""
    sentence = mention.head.sent
    return any(
        role.mention is mention
        for event in linker.events
        if event.block is mention.block and event.trigger.sent == sentence
        for role in event.filling(*HARMED)
    )


def _is_picked_out(mention: MentionDraft) -> bool:
    """Whether a noun for a place says which: "a school in Ulm", "the market square"."""
    tree, i = tree_of(mention.block), mention.head.i
    told = tree.of(i, "prep", "compound", "acl", "relcl") or constructions.owner(tree, i) is not None
    return mention.kind == "nominal" and bool(told)


@functools.cache
def _classes(event: str, role: str) -> frozenset[str]:
    """Give the classes of what may fill a role; empty where it may be of any."""
    fillers = mapping(FILE, "fillers")
    groups = mapping(FILE, "classes")
    said = fillers.get(f"{event}.{role}", fillers.get(role, "")).split()
    return frozenset(kind for word in said for kind in groups.get(word, word).split())


@functools.cache
def _groups(event: str) -> tuple[frozenset[str], ...]:
    """Give the groups of roles of which an event of a class must have one."""
    said = mapping(FILE, "whole").get(event)
    if said is None:
        return tuple(frozenset({key}) for key in listed("keys", event))
    return tuple(frozenset(group.split()) for group in said.split("|"))


def _mention(linker: Linker, block: ParsedBlock, token: int, role: str) -> MentionDraft | None:
    """Give the mention that a token heads, a value or a name that it is a part of first."""
    reading, tree = linker.reading, tree_of(block)
    measured = block.measures.get(token)
    if measured is not None:
        return measured
    found = reading.at(block, block.doc[token])
    if found is not None:
        return found
    within = linker.name_at(block, token)
    if within is not None:
        return within
    if tree.pos[token] in NOMINALS or tree.pos[token] == "NUM":
        return reading.argument(block, block.doc[token], nominals.create_mention)
    return None


def _date(linker: Linker, event: EventDraft, token: int) -> None:
    """Date an event that no day is told of by a time."""
    if event.begins or event.ends:
        return
    time = linker.time_at(event.block, token)
    if time is not None and time.value is not None and time.value.lower:
        event.begins = dt.date.fromisoformat(time.value.lower)
        event.ends = dt.date.fromisoformat(time.value.upper or time.value.lower)
