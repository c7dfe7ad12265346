"""Events told as what people came or went for: "thousands filled the square to protest against the mine".

So "went to Lyon to study law". A protest is told, too, as what they did something in, or with: "blocked the
road in a protest against the mine".
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import PLACES, VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, Reading

VerbOf = Callable[[EventDraft], int | None]
# Where the place stands that people come together at.
REACHED = frozenset({"object", "to", "through", "into", "outside"})
# The verbs by whose purpose events of a class are told, and the forms in which what was meant was done.
MEANT = {"Protest": "gathering", "Study": "going", "Meeting": "going"}
PAST = frozenset({"VBD", "VBN"})
DOING, INDEFINITE = frozenset({"in", "during"}), frozenset({"a", "an", "another"})


def in_protest(reading: Reading, events: Iterable[EventDraft]) -> None:
    """Let a protest that somebody does something in be as so as what he does, by him, there and then."""
    _go_by(_doing, reading, (e for e in events if any(f.event == "Protest" for f in e.frames)))


def _doing(event: EventDraft) -> int | None:
    """Give the verb of what people do in a protest: "blocked the road in a protest against the mine"."""
    tree, i = tree_of(event.block), event.trigger.i
    prep: int = tree.head[i]
    verb: int = tree.head[prep]
    if tree.dep[i] != "pobj" or tree.lower[prep] not in DOING or tree.pos[verb] not in VERBS:
        return None
    known = listed("words", "gathering") | listed("words", "protesting")
    return verb if tree.lemma[verb] in known and tree.lower[tree.left[i]] in INDEFINITE else None


def gather(reading: Reading, verbs: list[EventDraft]) -> None:
    """Let what people come together or go somewhere for be as so as that, by them, there and then."""
    _go_by(_coming, reading, verbs)


def _coming(event: EventDraft) -> int | None:
    """Give the verb of coming together that a protest is the purpose of, or of going that studies are."""
    tree, i = tree_of(event.block), event.trigger.i
    above: int = tree.head[i]
    purpose = tree.dep[i] in ("advcl", "xcomp") and any(tree.lower[k] == "to" for k in tree.of(i, "aux"))
    wanted = next((MEANT[f.event] for f in event.frames if f.event in MEANT), "")
    if not purpose or not wanted or tree.pos[above] not in VERBS:
        return None
    done = wanted == "gathering" or tree.tag[above] in PAST
    return above if done and tree.lemma[above] in listed("words", wanted) else None


def _go_by(verb_of: VerbOf, reading: Reading, events: Iterable[EventDraft]) -> None:
    """Let events be as so as what a verb of each tells, where all of it is so."""
    for event in events:
        if (verb := verb_of(event)) is not None:
            claims = [c for c in reading.claims if c.block is event.block and _is_of(c, verb)]
            if claims and all(c.asserted and not c.negated for c in claims):
                _take_over(event, claims)


def _is_of(claim: ClaimDraft, verb: int) -> bool:
    return any(t.i == verb for t in claim.words)


def _take_over(event: EventDraft, claims: list[ClaimDraft]) -> None:
    own = [s for s in event.slots if s.name != "subject"]
    for slot in own:
        slot.standing = Standing()
    taken = {id(s.mention) for s in own}
    told = [Slot("subject", claims[0].subject, Standing(), claims[0]), *_there(claims)]
    event.slots = [*own, *(s for s in told if id(s.mention) not in taken)]
    event.standing = Standing()
    event.begins = event.begins or claims[0].begins
    event.ends = event.ends or claims[0].ends


def _there(claims: list[ClaimDraft]) -> Iterator[Slot]:
    """Give where and when people came together."""
    for claim in claims:
        for role, mention in (("object", claim.object), *claim.qualifiers):
            if mention is not None and (mention.type in PLACES or mention.kind == "time"):
                yield Slot("in" if role in REACHED else role, mention, Standing(), claim)
