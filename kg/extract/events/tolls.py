"""How many came to harm, who was among them and by what, where a verb does not say so by its arguments."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract.events.records import LEARNED, PLACE, EventDraft, Role, Slot
from kg.extract.events.table import BEFALLING, VICTIMS, listed
from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.sets import VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, Reading

NUMBERS = ("deathToll", "injuredCount")
WHEN = frozenset({"when", "as", "after"})
AMONG = frozenset({"among", "including"})
STORMS = frozenset({"typhoon", "hurricane", "cyclone", "storm", "tornado"})
# Over how many sentences "three people died" tells of what was told before.
REACH = 2
# … with the deaths between them.
FARTHEST = 8
# Of "the number of people killed", what is counted.
TOLL, NUMBER = frozenset({"toll"}), frozenset({"number", "total", "count"})
# Of a disaster that another brings about.
FOLLOWING, ENSUING = (
    frozenset({"follow", "ensue", "result"}),
    frozenset({"resulting", "ensuing", "subsequent"}),
)
# Who came to harm, and how many.
WHOM = ("deceased", "injured", *NUMBERS)
# Those whom an event came to, as a group.
GROUPS = frozenset({"dead", "fatalities", "killed", "injured", "wounded", "victims"})
DEAD = frozenset({"die", "kill", "drown", "perish", "dead", "death", "fatality"})
# Where a participle tells of a noun, or is one of a clause of its own, and no noun for a group.
CLAUSAL = frozenset({"acl", "relcl", "advcl", "ccomp", "pcomp", "ROOT"})
HURT = frozenset({"injure", "wound", "hurt", "injured", "wounded", "injury"})


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def sentences(self, a: EventDraft, b: EventDraft) -> int:
        """Give how many sentences lie between two."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions."""

    def thing(self, mention: MentionDraft) -> object:
        """Give what a mention stands for."""

    def pass_on(self, event: EventDraft, cause: EventDraft) -> None:
        """Give an event the tolls of what it caused, and both the place and day of either."""


def is_example(tree: Tree, i: int) -> bool:
    """Whether a noun tells who was among those told before: "including a girl", "among them two girls"."""
    if tree.dep[i] == "pobj" and tree.lower[tree.head[i]] == "including":
        return True
    return any(tree.lower[p] in AMONG and p < i for p in tree.of(i, "prep"))


def is_of_hurt(tree: Tree, i: int) -> bool:
    """Whether a number is one of those hurt, by the verb that it is the object of: "injuring eleven"."""
    return tree.dep[i] in ("dobj", "nsubjpass") and tree.lemma[tree.head[i]] in HURT


def is_storm(mention: MentionDraft) -> bool:
    """Whether a name is that of a storm: "Typhoon Mara"."""
    return mention.kind == "name" and len(mention.span) > 1 and mention.span[0].lower_ in STORMS


# By what somebody came to harm: "was killed when a wall fell on her".


def when_hit(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the thing that fell, hit or gave way when somebody came to harm."""
    tree, block = tree_of(event.block), event.block
    verb = event.trigger.i
    harmed = any(f.event in VICTIMS for f in event.frames) or tree.lemma[verb] in listed("words", "undergo")
    if not harmed or not event.slots:
        return
    for k in (*tree.of(verb, "advcl"), *_hung_below(tree, verb)):
        marked = any(tree.lower[m] in WHEN for m in tree.of(k, "mark", "advmod"))
        thing = tree.first(k, "nsubj", "nsubjpass")
        if marked and thing is not None and tree.lemma[k] in listed("words", "befalling"):
            if tree.pos[thing] in ("NOUN", "PROPN"):
                mention = reading.argument(block, block.doc[thing], nominals.create_mention)
                yield replace(event.slots[0], name="when", mention=mention)


def _hung_below(tree: Tree, verb: int) -> Iterator[int]:
    """Give the clauses that the parser hangs below a verb: "was hurt on a climb, when a rope broke"."""
    for o in tree.subtree(verb):
        up = tree.head[o]
        for k in tree.of(o, "relcl") if tree.dep[o] == "pobj" and tree.dep[up] == "prep" else ():
            if any(tree.lower[m] == "when" for m in tree.of(k, "advmod")):
                if next((v for v in tree.above(o) if tree.pos[v] in VERBS), None) == verb:
                    yield k


# Numbers that are told of an event elsewhere.


def tell(linking: Linking) -> None:
    """Give attacks and disasters the numbers that other verbs and sentences tell, and what caused them."""
    for event in linking.events:
        if event.event in ("Change", "Measurement"):
            _tell_number(linking, event)
    for event in [e for e in linking.events if e.event in VICTIMS]:
        host = _host(linking, event)
        if host is None and (_needs_cause(event) or _is_of_group(event)):
            host = _before(linking, event)
        if host is None or _are_of_others(linking, host, event):
            continue
        if not _is_by_another(linking, host, event):
            _blame(event, host)
            linking.pass_on(event, host)


def _are_of_others(linking: Linking, host: EventDraft, event: EventDraft) -> bool:
    """Whether the dead are of a people that the attack told before, by somebody, is not said to have hit."""
    if host is event or (host.block is event.block and host.trigger.sent == event.trigger.sent):
        return False
    if not linking.all_roles(host, "attacker", "killer"):
        return False
    lands = {land for r in event.roles if r.name in WHOM for land in _lands(r.mention)}
    told = linking.all_roles(host, *WHOM, "target", PLACE)
    return bool(lands) and lands.isdisjoint(land for r in told for land in _lands(r.mention))


def _lands(mention: MentionDraft) -> Iterator[str]:
    """Give the lands whose people or name stand in a phrase."""
    for token in mention.span:
        for land in (gazetteer.land_of_people(token.text), gazetteer.land_named(token.text)):
            if land is not None:
                yield land.label


def _is_by_another(linking: Linking, host: EventDraft, event: EventDraft) -> bool:
    """Whether somebody told between the two did harm, so that it is no more of what was told before."""
    between = [e for e in linking.events if host.place < e.place < event.place]
    others = [e for e in between if e.root() not in (host.root(), event.root())]
    known = {id(linking.thing(r.mention)) for r in linking.all_roles(host, "killer", "attacker")}
    doers = [r.mention for e in others for r in e.filling("killer", "attacker")]
    return any(id(linking.thing(m)) not in known for m in doers)


def _blame(event: EventDraft, host: EventDraft) -> None:
    """Give one of those whom an event came to that as the cause, if a noun tells of it."""
    if _is_of_group(event) and host.noun is not None and not event.filling("cause", "killer"):
        event.roles.append(Role("cause", host.noun, replace(event.roles[0].slot, mention=host.noun)))


def _tell_number(linking: Linking, event: EventDraft) -> None:
    """ "The number of people killed in the flood rose to 14", "the toll stands at 38"."""
    for quantity in event.filling("quantity"):
        name = _counted(quantity.mention)
        if not name:
            continue
        value = next(iter(event.filling("to", "value")), None)
        host = (
            _within(linking, event, quantity.mention)
            or _before(linking, event)
            or (_only(linking, event) if _is_the_toll(quantity.mention) else None)
        )
        if host is not None and value is not None:
            host.roles = [r for r in host.roles if r.name != name]
            host.roles.append(Role(name, value.mention, value.slot, exact=True))
        if event.event == "Measurement":
            event.roles = []
        else:
            event.roles = [r for r in event.roles if r.name != "quantityOf"]
        return


def _is_the_toll(mention: MentionDraft) -> bool:
    """Whether "the death toll" needs no other word to say whose it is."""
    tree, head = tree_of(mention.block), mention.head.i
    return any(tree.lower[k] == "the" for k in tree.of(head, "det")) and not tree.of(head, "prep", "relcl")


def _only(linking: Linking, event: EventDraft) -> EventDraft | None:
    """Give the one attack or disaster that has been told so far."""
    told = [e for e in linking.events if _harms(e) and e.place < event.place]
    roots = {id(e.root()): e.root() for e in told}
    # The toll of a day goes on rising after it.
    return next(iter(roots.values())) if len(roots) == 1 and not _differ(event, told[0]) else None


def counts(event: EventDraft) -> Iterator[tuple[str, str]]:
    """Give the numbers of dead and hurt that an event tells, itself or as what some quantity came to."""
    for role in event.filling(*NUMBERS):
        if role.mention.value is not None:
            yield role.name, role.mention.value.lexical
    for quantity in event.filling("quantity") if event.event in ("Change", "Measurement") else ():
        for role in event.filling("to", "value"):
            if (name := _counted(quantity.mention)) and role.mention.value is not None:
                yield name, role.mention.value.lexical


def _counted(mention: MentionDraft) -> str:
    """Give which number a quantity is, by the words of its phrase."""
    tree, head = tree_of(mention.block), mention.head.i
    said = {tree.lemma[i] for i in tree.subtree(head)} | {tree.lower[i] for i in tree.subtree(head)}
    if tree.lemma[head] in TOLL:
        return "deathToll"
    if tree.lemma[head] in NUMBER and said & DEAD:
        return "deathToll"
    return "injuredCount" if tree.lemma[head] in NUMBER and said & HURT else ""


def _within(linking: Linking, event: EventDraft, mention: MentionDraft) -> EventDraft | None:
    """Give the attack or disaster that stands in a phrase, or before the verb that is told of it."""
    block = mention.block
    inside = set(tree_of(block).subtree(mention.head.i)) | set(range(mention.span.start, event.trigger.i))
    found = [e for e in linking.events if e.block is block and e.trigger.i in inside]
    return next((e for e in reversed(found) if _harms(e)), None)


def _harms(event: EventDraft) -> bool:
    return event.root().event in BEFALLING


def _host(linking: Linking, event: EventDraft) -> EventDraft | None:
    """Give the attack or disaster that a participle is joined to: "overturned, killing three"."""
    tree, i = tree_of(event.block), event.trigger.i
    when = set() if event.of_noun else _when(tree, i)
    here = [e for e in linking.events if e.block is event.block and _harms(e)]
    if harming := [e for e in here if e.trigger.i in when]:
        return harming[-1]
    while tree.dep[i] == "conj" and tree.pos[tree.head[i]] == "VERB":
        i = tree.head[i]
    if tree.dep[i] != "advcl" or tree.tag[i] != "VBG":
        return None
    return next((e for e in here if e.trigger.i == tree.head[i]), None)


def _when(tree: Tree, i: int) -> set[int]:
    """Give the tokens of what tells when: "died when the bus overturned", "are dead after a blast"."""
    joined = [i, *tree.of(i, "conj"), *([tree.head[i]] if tree.dep[i] == "conj" else [])]
    clauses = [k for v in joined for k in tree.of(v, "advcl") if tree.lower[tree.left[k]] in WHEN]
    return {j for k in clauses for j in tree.subtree(k)}


def _needs_cause(event: EventDraft) -> bool:
    """Whether numbers are told without what they are of: "at least three people died"."""
    told = [r for r in event.filling(*NUMBERS) if r.slot.name != LEARNED]
    return bool(told) and not event.filling("cause", "killer") and not event.of_noun


def _way_to(linking: Linking, host: EventDraft, event: EventDraft) -> int:
    """Give over how many sentences an event follows a disaster or the deaths told right behind it."""
    last = host
    for other in linking.events:
        between = host.place < other.place < event.place
        if between and other.event in VICTIMS and linking.sentences(last, other) <= 1:
            last = other
    return linking.sentences(last, event)


def _may_be_meant(linking: Linking, event: EventDraft) -> bool:
    """Whether a disaster that happened is told in front, or by a clause that tells when the dead died."""
    if not _harms(event) or (event.of_noun and not event.standing.asserted):
        return False  # "ruled out a collision"
    return not _is_aside(event) or _is_main(linking, event)


def _is_of_group(event: EventDraft) -> bool:
    """Whether somebody is told to be one of those whom an event came to: "among the dead was Ida Moll"."""
    tree, i = tree_of(event.block), event.trigger.i
    of_whom = tree.dep[i] in CLAUSAL and tree.pos[i] in VERBS  # "thousands of Danes killed"
    told = event.trigger.lower_ in GROUPS and not of_whom
    return told and bool(event.roles) and not (event.begins or event.ends)


def _before(linking: Linking, event: EventDraft) -> EventDraft | None:
    """Give the attack or disaster of the sentences before, if it is one alone and of no other day."""
    told = [e for e in linking.events if e.place < event.place and _may_be_meant(linking, e)]
    near = {id(e): _way_to(linking, e, event) for e in told if linking.sentences(e, event) <= FARTHEST}
    last = min(near.values(), default=REACH + 1)
    roots = {id(e.root()): e for e in told if near.get(id(e)) == last}
    host = next(iter(roots.values()), event)
    if len(roots) != 1 or last > REACH or _differ(event, host):
        return None
    filled = {r.name for r in linking.all_roles(host, *NUMBERS)}
    return None if filled & {r.name for r in event.filling(*NUMBERS)} else host


def _is_main(linking: Linking, host: EventDraft) -> bool:
    """Whether a clause of "when" tells of what its main clause tells the toll: "died when the bus fell"."""
    tree, up = tree_of(host.block), tree_of(host.block).head[host.trigger.i]
    when = not host.of_noun and host.trigger.i in _when(tree, up)
    return when and any(
        e.block is host.block and e.trigger.i == up and e.event in VICTIMS for e in linking.events
    )


def _is_aside(event: EventDraft) -> bool:
    """Whether an event is told in passing, by a clause below another."""
    tree, i = tree_of(event.block), event.trigger.i
    if event.of_noun:  # "the fire that followed"
        after = any(tree.lemma[k] in FOLLOWING for k in tree.of(i, "relcl"))
        return after or any(tree.lower[k] in ENSUING for k in tree.of(i, "amod"))
    return tree.dep[i] in ("advcl", "relcl", "acl")


def _differ(a: EventDraft, b: EventDraft) -> bool:
    """Whether two have days that exclude each other."""
    first, second = a.begins or a.ends, b.begins or b.ends
    if first is None or second is None:
        return False
    return (a.ends or dt.date.max) < (b.begins or dt.date.min)
