"""What the learned reader of events adds to the rules: roles that they left open, events unknown to them.

The reader (`kg.extract.parse.events`) has learned from marked texts which words tell of an event and what has
which role in it. Where the rules know the event their roles stand, and it fills those that nothing fills;
where they know none it tells of one, if it is sure of the event and of what it is an event of.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator
from typing import TYPE_CHECKING

from kg.extract import constructions
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.events import officials, rulings, tolls, trials
from kg.extract.events.changing import times_before
from kg.extract.events.filling import LIFELESS, is_always_so
from kg.extract.events.left_out import is_left_out
from kg.extract.events.opposites import REFLEXIVE
from kg.extract.events.records import CHAINED, LEARNED, PLACE, TIME, EventDraft, Role, Slot, Standing
from kg.extract.events.table import FILE, VICTIMS, Fill, Frame, classes_of, listed
from kg.extract.lexicon import mapping
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOMINALS, NOUNS, PLACES, SUBJECT_DEPS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.events import KEY, Trigger
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock

if TYPE_CHECKING:
    from kg.extract.events.linking import Linker

# How sure the reader is of an event that the rules do not know, of a role there, of one that they left open.
EVENT, ROLE, OPEN = 0.75, 0.6, 0.5
# … of an event of the classes of which readers found what it tells wrong mostly.
VAGUE = 0.9
# … of where it was, which it takes too often from what stands near, and of what stands in another sentence.
THERE, ELSEWHERE = 0.8, 0.75
# Roles of which the filler is never taken from another sentence: who or what is to blame.
BLAMED = frozenset({"cause", "killer", "attacker"})
# Who does harm is nobody who comes to it.
DOERS, HARMED = frozenset({"killer", "attacker"}), ("deceased", "injured")
# Who gives an award for what somebody did has none of these in it.
FINDERS = frozenset({"discoverer", "author", "founder"})
# … for it to agree with a role of the rules, or half to agree.
AGREED, HALF = 0.5, 0.2
# How sure it is that the text says that an event happened, where no clause tells; that it did not, or may not
# have, where one says that it did.
HAPPENED, UNDONE = 0.6, 0.5
OPEN_STANDING = Standing(modality="Possible", asserted=False)
TOLLS, BROUGHT = frozenset({"deathToll", "injuredCount"}), frozenset({"plaintiff"})
# Classes that are one, told more or less exactly.
ALIKE = {"Death": "Killing", "Killing": "Death"}
# Frames of what one party got of the vote.
SHARES = frozenset({"Election.result", "Election.share"})
# Roles of which an event has one filler: the surest counts.
SINGLE = frozenset(
    "deathToll injuredCount price amount score voteShare penalty value from to by time court".split()
)
# Classes of which the numbers stand in their own clause.
MEASURING = frozenset({"Change", "Measurement"})
COLLIDING = frozenset({"hit", "strike", "crash", "collide", "smash", "plough", "plow"})
# Who is told to have one of these does not have another by what is no more than learned.
SINGLY = frozenset({"author", "publisher"})
# Of whom one of these is told the day is that of a death or an attack, too.
STRIKING = frozenset({"shoot", "stab", "attack", "ambush", "bomb", "hit", "strike"})
STILL = frozenset({"still", "already"})
UNTIL = frozenset({"until", "till"})
# Roles that a clause may fill.
OF_CLAUSES = frozenset({"topic", "reason", "purpose", "subject", "charge"})


def is_read(block: ParsedBlock) -> bool:
    """Whether the reader has read a block."""
    return KEY in block.doc.user_data


def complete(linker: Linker) -> None:
    """Fill open roles of the events of a document, and add the events that the rules do not know."""
    if any(map(is_read, linker.reading.blocks)):
        _Completion(linker).run()


class _Completion:
    """The events of a document while the reader adds to them."""

    def __init__(self, linker: Linker) -> None:
        self.linker, self.reading = linker, linker.reading
        # The events of a block by the first token of the sentence that tells of them.
        self.events: dict[tuple[int, int], list[EventDraft]] = {}
        for event in linker.events:
            self._note(event)
        # The first claim that says something with a word.
        self.claims: dict[tuple[int, int], ClaimDraft] = {}
        for claim in self.reading.claims:
            for word in claim.words:
                self.claims.setdefault((claim.block.index, word.i), claim)
        self.mentions: dict[int, list[MentionDraft]] = {}
        for mention in self.reading.mentions:
            self.mentions.setdefault(mention.block.index, []).append(mention)
        self.contexts: dict[int, BlockContext] = {}

    def run(self) -> None:
        for event in self.linker.events:
            for role in event.roles if is_read(event.block) else ():
                role.seen = "silent"
        for block in self.reading.blocks:
            for trigger in block.doc.user_data.get(KEY, ()):
                self._take(block, trigger)
        self.linker.events.sort(key=lambda e: e.place)

    def _note(self, event: EventDraft) -> None:
        self.events.setdefault((event.block.index, event.trigger.sent.start), []).append(event)

    def _beside(self, block: ParsedBlock, token: int) -> list[EventDraft]:
        """Give the events that the sentence of a token tells of."""
        return self.events.get((block.index, block.doc[token].sent.start), [])

    def _context(self, block: ParsedBlock) -> BlockContext:
        if block.index not in self.contexts:
            mentions = self.mentions.get(block.index, ())
            self.contexts[block.index] = BlockContext(self.reading, block, mentions)
        return self.contexts[block.index]

    def _take(self, block: ParsedBlock, trigger: Trigger) -> None:
        """Add what a trigger tells to the event that the rules know there, or tell of one."""
        here = [e for e in self._beside(block, trigger.token) if e.trigger.i == trigger.token]
        same = [e for e in here if _is_alike(e, trigger)]
        for event in same:
            event.undone = trigger.undone
            for role in event.roles:
                role.seen = _seen(role, block, trigger)
            self._fill(event, trigger)
        least = VAGUE if trigger.event in listed("words", "learned_surely") else EVENT
        barred = _tells_otherwise(block, trigger, here)
        barred = barred or trials.is_barred(block, trigger.token, trigger.event, here)
        if same or trigger.probability < least or barred:
            return
        other = self._told_beside(block, trigger)
        if other is not None:
            self._fill(other, trigger)
        elif (draft := self._new(block, trigger, here)) is not None:
            self.linker.members[id(draft)] = [draft]
            self.linker.events.append(draft)
            self._note(draft)

    def _told_beside(self, block: ParsedBlock, trigger: Trigger) -> EventDraft | None:
        """Give the event that another word of the sentence tells of, too: "invited both sides to talks"."""
        heads = {token for _, token, chance in trigger.roles if chance >= ROLE}
        for event in self._beside(block, trigger.token):
            here = [r for r in event.roles if r.mention.block is block]
            shared = any(r.mention.span.start <= k < r.mention.span.end for r in here for k in heads)
            if shared and _is_alike(event, trigger):
                return event
        return None

    def _fill(self, event: EventDraft, trigger: Trigger) -> None:
        """Give an event what fills its open roles."""
        standing = event.roles[0].slot.standing if event.roles else event.standing
        if standing.asserted and trigger.undone >= UNDONE:
            standing = OPEN_STANDING
        filled = {r.name for r in event.roles}
        taken = {r.mention.head.i for r in event.roles if r.mention.block is event.block}
        for name, token, chance in _surest(event.block, trigger, OPEN):
            if name not in filled and token not in taken:
                self._add(event, name, token, standing, chance)
        event.roles = _single(event.roles)

    def _new(self, block: ParsedBlock, trigger: Trigger, others: list[EventDraft]) -> EventDraft | None:
        """Give the event that only the reader knows, if it is sure of what it is an event of."""
        if not _is_said(block, trigger.token):
            return None
        standing = self._standing(block, trigger)
        token, frames = block.doc[trigger.token], (_frame(trigger.event),)
        found = EventDraft(block, token, frames, [], standing=standing, event=trigger.event)
        found.undone = trigger.undone
        if tree_of(block).pos[trigger.token] in NOUNS:
            found.noun = self._noun(block, trigger.token, others)
        for name, at, chance in _surest(block, trigger, ROLE):
            if at != trigger.token:
                self._add(found, name, at, standing, chance * trigger.probability)
        found.roles = _single(found.roles)
        officials.stand_by(found, self.linker.words_of)
        if _is_in_traffic(found):
            return None
        if block.kind in NO_PROSE:  # a headline names few things as the text does
            found.roles = [r for r in found.roles if r.mention.kind not in ("nominal", "pronoun")]
        return found if _is_whole(found) else None

    def _argument(self, block: ParsedBlock, token: int) -> MentionDraft:
        return self.reading.argument(block, block.doc[token], nominals.create_mention)

    def _noun(self, block: ParsedBlock, token: int, others: list[EventDraft]) -> MentionDraft | None:
        """Give the mention that an event's noun heads, but for a name."""
        known = next((e.noun for e in others if e.noun is not None), None)
        noun = known or self._argument(block, token)
        return None if noun.kind == "name" else noun

    def _standing(self, block: ParsedBlock, trigger: Trigger) -> Standing:
        """Give how the text presents what a word tells: by its claim or clause, or as the reader takes it."""
        claim, tree = self.claims.get((block.index, trigger.token)), tree_of(block)
        if claim is not None:
            stated = Standing.of(claim)
            return OPEN_STANDING if stated.asserted and trigger.undone >= UNDONE else stated
        noun = tree.pos[trigger.token] in NOUNS
        factuality = (
            event_factuality(self._context(block), trigger.token)
            if noun
            else block.factualities.get(trigger.token)
        )
        if factuality is None or factuality.asserted:
            return Standing() if trigger.happened >= HAPPENED else OPEN_STANDING
        return Standing.presented(factuality, tree, lambda k: self._argument(block, k))

    # What fills a role.

    def _add(self, event: EventDraft, name: str, token: int, standing: Standing, chance: float) -> None:
        """Give an event the roles that a token heads the filler of, or the day that it tells."""
        if name == TIME:
            time = self._context(event.block).value[token]
            free = time is not None and time.kind == "time" and not (event.begins or event.ends)
            if (
                time is not None
                and free
                and not _is_of_other(time, event)
                and time not in times_before(event)
                and not (event.event == "Appointment" and _is_until(time))
            ):
                event.date(time)
        else:
            event.roles += self._roles(event, name, token, standing, chance)

    def _roles(
        self, event: EventDraft, name: str, token: int, standing: Standing, chance: float
    ) -> list[Role]:
        """Give the roles that a token heads the filler of, as far as it is of the kind that they take."""
        if is_left_out(tree_of(event.block), event.trigger.i, token):
            return []
        mention = self._mention(event.block, token)
        if mention is None or _is_misplaced(event.block, name, token):
            return []
        if self._is_barred(event, name, token, mention) or _is_contrary(event, name, token):
            return []
        slot, kind = Slot(LEARNED, mention, standing, sure=chance), self.linker.type_of(mention)
        if name == PLACE:
            there = kind in PLACES and _is_place_of(event, mention)
            return [Role(PLACE, mention, slot, exact=mention.kind == "name")] if there else []
        if mention.kind == "clause" and name not in OF_CLAUSES:
            return []
        classes = _classes(event.event, name)
        if classes and mention.kind in CHAINED and kind not in classes:
            return []
        return list(self.linker.filler.filled(event.frames[0], Fill(name), slot))

    def _is_barred(self, event: EventDraft, name: str, token: int, mention: MentionDraft) -> bool:
        """Whether what its sentence says of something keeps it from a role."""
        if self._is_of_other_side(event, name, mention):
            return True
        if name == "defendant" and self._tries_others(mention):
            return True
        if name in SINGLY and self._has_other(event, mention):
            return True
        if name in TOLLS and not self._counts_harmed(event, name, token):
            return True
        if name == "office" and (self._is_of_loser(event, token) or _is_title_of_other(event, token)):
            return True
        if name == "traveller" and self.linker.type_of(mention) == "Event":
            return True  # "the final was moved to Ulm"
        return _is_elsewhere(event, name, token) or _is_denied_there(event.block, token)

    def _is_of_other_side(self, event: EventDraft, name: str, mention: MentionDraft) -> bool:
        """Whether who would do or suffer something is told to do or suffer something else."""
        if name in DOERS and (self._is_harmed(mention) or self._lived_through(event, mention)):
            return True
        if name in HARMED and self._is_tried(event, mention):
            return True
        if name in FINDERS and event.of_noun and self._gives_award(mention):
            return True
        if name != "organization":
            return False
        if event.event == "Departure" and self._appoints(mention):
            return True
        # "He has joined Vero Wines. Chief executive Ida Moll, appointed in 2020": she is not of Vero Wines.
        away = mention.block is not event.block or mention.head.sent != event.trigger.sent
        return away and self._fills_beside(mention, "Appointment", "organization")

    @staticmethod
    def _is_of_loser(event: EventDraft, token: int) -> bool:
        """Whether an office stands at who lost an election: "beat the former mayor Tim Reyes"."""
        losers = [r.mention for r in event.filling("defeated") if r.mention.block is event.block]
        tree = tree_of(event.block)
        return any(tree.left[m.head.i] <= token <= tree.right[m.head.i] for m in losers)

    def _counts_harmed(self, event: EventDraft, name: str, token: int) -> bool:
        """Whether a number may be one of people who came to harm."""
        tree = tree_of(event.block)
        counted = tree.head[token] if tree.dep[token] == "nummod" else token
        if tolls.is_example(tree, counted) or _is_doer(tree, counted):
            return False  # they are counted already, or do something
        if counted != token and self._is_tried(event, self._argument(event.block, counted)):
            return False
        if name == "deathToll" and tolls.is_of_hurt(tree, counted):
            return False
        return _tells_harm(event, name) and not self._counts_things(event.block, token)

    def _counts_things(self, block: ParsedBlock, token: int) -> bool:
        """Whether a number counts what does not live: "17" of "17 houses"."""
        tree = tree_of(block)
        if tree.dep[token] != "nummod":
            return False
        return self.linker.type_of(self._argument(block, tree.head[token])) in LIFELESS

    def _is_harmed(self, mention: MentionDraft) -> bool:
        """Whether somebody came to harm by what its sentence tells."""
        told = self._beside(mention.block, mention.head.i)
        return any(r.mention is mention for event in told for r in event.filling(*HARMED))

    def _is_tried(self, event: EventDraft, mention: MentionDraft) -> bool:
        """Whether somebody is accused of a deed, or guilty of it: "charged with murder and arson"."""
        tried = (e for e in self._beside(event.block, event.trigger.i) if e.event in trials.TRIED)
        accused = [r.mention for e in tried for r in e.filling("defendant")]
        return any(self.linker.thing(m) is self.linker.thing(mention) for m in accused)

    def _tries_others(self, mention: MentionDraft) -> bool:
        """Whether somebody is a judge, a prosecutor or counsel: "the prosecutor appealed the acquittal"."""
        thing = self.linker.thing(mention)
        return not listed("words", "lawyers").isdisjoint(thing.heads | thing.words)

    def _gives_award(self, mention: MentionDraft) -> bool:
        """Whether somebody gives an award, and did not find what it is for: "awarded her a medal for it"."""
        return self._fills_beside(mention, "AwardGiving", "awardedBy")

    def _appoints(self, mention: MentionDraft) -> bool:
        """Whether a body is told of as the one that puts somebody else in a post."""
        return self._fills_beside(mention, "Appointment", "by")

    def _fills_beside(self, mention: MentionDraft, event: str, role: str) -> bool:
        """Whether something has a role in an event of a class that its sentence tells."""
        told = (e for e in self._beside(mention.block, mention.head.i) if e.event == event)
        return any(r.mention is mention for e in told for r in e.filling(role))

    def _has_other(self, event: EventDraft, mention: MentionDraft) -> bool:
        """Whether somebody is told to have a role that leaves him no other: who publishes did not write."""
        who = self.linker.thing(mention)
        return any(self.linker.thing(r.mention) is who for r in event.filling(*SINGLY))

    def _lived_through(self, event: EventDraft, mention: MentionDraft) -> bool:
        """Whether an event came upon somebody: "who survived a bombing that killed two" is no killer.

        Nor is who was killed in a shooting the one who shot.
        """
        who = self.linker.thing(mention)
        upon = [e for e in self._beside(event.block, event.trigger.i) if _is_of_one(e, event)]
        if any(self.linker.thing(r.mention) is who for e in upon for r in _befallen(e)):
            return True
        return any(
            claim.block is event.block and self.linker.thing(claim.subject) is who
            for claim in self.reading.claims
            if _tells_survival(claim, event)
        )

    def _mention(self, block: ParsedBlock, token: int) -> MentionDraft | None:
        """Give the mention that a token heads, a value or a name that it is a part of first."""
        found = block.measures.get(token) or self.reading.at(block, block.doc[token])
        found = found or self._context(block).name[token]
        if found is None and tree_of(block).pos[token] in (*NOMINALS, "NUM"):
            return self._argument(block, token)
        return found


def _is_elsewhere(event: EventDraft, name: str, token: int) -> bool:
    """Whether something belongs to another clause, or is where somebody came from to an office."""
    if event.event in MEASURING and _is_apart(event, token):
        return True
    return (event.event, name) == ("Appointment", "organization") and _is_whence(event.block, token)


def _is_of_one(other: EventDraft, event: EventDraft) -> bool:
    """Whether an event is another, or one came by the other: "killed in a shooting"."""
    return other is event or _is_by(event, other) or _is_by(other, event)


def _is_by(event: EventDraft, cause: EventDraft) -> bool:
    heads = {(r.mention.block.index, r.mention.head.i) for r in event.filling("cause")}
    return cause.of_noun and (cause.block.index, cause.trigger.i) in heads


def _tells_survival(claim: ClaimDraft, event: EventDraft) -> bool:
    """Whether a claim in the sentence of an event tells that somebody came out of harm."""
    sentence = event.trigger.sent
    return bool(claim.words) and (
        claim.words[0].lemma_ in listed("words", "surviving")
        and sentence.start <= claim.words[0].i < sentence.end
    )


def _befallen(event: EventDraft) -> Iterator[Role]:
    """Give those whom an event came upon, by what the rules tell, but for "himself"."""
    for role in event.filling(*HARMED, "target"):
        if role.slot.name != LEARNED and not role.mention.head.lower_.endswith(REFLEXIVE):
            yield role


def _is_title_of_other(event: EventDraft, token: int) -> bool:
    """Whether an office is the title of somebody told of elsewhere: "Mayor Moll lost to Ek, who rose"."""
    tree, i = tree_of(event.block), event.trigger.i
    holder = tree.head[token]
    if tree.dep[token] != "compound" or tree.pos[holder] != "PROPN":
        return False
    return holder not in tree.subtree(i) and i not in tree.subtree(holder)


def _is_apart(event: EventDraft, token: int) -> bool:
    """Whether a semicolon parts something from an event: "profit doubled; turnover was up 4 percent"."""
    tree, i = tree_of(event.block), event.trigger.i
    return ";" in tree.lower[min(i, token) : max(i, token)]


def _is_misplaced(block: ParsedBlock, name: str, token: int) -> bool:
    """Whether something is no charge or no plaintiff by where it stands."""
    if name == "charge":
        return _is_barred(block, token)
    return name in BROUGHT and rulings.is_of_either(block, token)


def _is_barred(block: ParsedBlock, token: int) -> bool:
    """Whether somebody is kept from doing something, which he is not tried for: "banned from driving"."""
    tree = tree_of(block)
    return tree.dep[token] == "pcomp" and tree.lower[tree.head[token]] == "from"


def _is_place_of(event: EventDraft, mention: MentionDraft) -> bool:
    """Whether a place says which, and is not where others noticed the event."""
    return (mention.kind == "name" or _is_picked_out(mention)) and not _is_of_watchers(event, mention)


def _is_in_traffic(event: EventDraft) -> bool:
    """Whether somebody was hit by what drives, and by no one who is told of: "was hit by a van"."""
    if event.event != "Attack":
        return False
    tree, driven = tree_of(event.block), listed("words", "vehicles")
    subject = tree.first(event.trigger.i, "nsubj")
    if subject is not None and tree.lemma[subject] in driven and tree.lemma[event.trigger.i] in COLLIDING:
        return True  # "the coach hit a wall"
    if event.filling("attacker"):
        return False
    by = {tree_of(r.mention.block).lemma[r.mention.head.i] for r in event.filling("weapon")}
    return not by.isdisjoint(driven)


def _is_of_watchers(event: EventDraft, mention: MentionDraft) -> bool:
    """Whether a place is where others felt or heard an event: "the blast was felt in Ulm"."""
    if mention.block is not event.block:
        return False
    tree = tree_of(mention.block)
    prep = tree.head[mention.head.i]
    return tree.lemma[tree.head[prep]] in listed("words", "sensing")


def _is_whence(block: ParsedBlock, token: int) -> bool:
    """Whether somebody comes from a place or body, which has not hired him: "took her from Ulm to Brae"."""
    tree = tree_of(block)
    return tree.dep[token] == "pobj" and tree.lower[tree.head[token]] == "from"


def _is_denied_there(block: ParsedBlock, token: int) -> bool:
    """Whether a preposition is denied with what stands under it: "won not by Ida Moe but by Ann Ek"."""
    tree = tree_of(block)
    return tree.dep[token] == "pobj" and bool(tree.of(tree.head[token], "neg"))


def _tells_harm(event: EventDraft, name: str) -> bool:
    """Whether a word of the sentence of a disaster says that people came to harm, not only were there."""
    if event.event in VICTIMS:
        return True
    tree, sentence = tree_of(event.block), event.trigger.sent
    said = {tree.lemma[i] for i in range(sentence.start, sentence.end)}
    return not said.isdisjoint(listed("words", "deadly" if name == "deathToll" else "hurtful"))


def _is_doer(tree: Tree, i: int) -> bool:
    """Whether people do something to others, and come to no harm: "was hurt when four men held up a van"."""
    verb = tree.head[i]
    objects = tree.of(verb, "dobj")
    harm = listed("words", "deadly") | listed("words", "hurtful") | listed("words", "body")
    if tree.dep[i] != "nsubj" or not objects or tree.tag[verb] == "VBG":
        return False
    suffered = tree.lemma[verb] in listed("words", "undergo")
    return not suffered and harm.isdisjoint(tree.lemma[k] for o in objects for k in tree.subtree(o))


def _is_of_other(time: MentionDraft, event: EventDraft) -> bool:
    """Whether a time is that of another verb: "was still burning on Thursday", "and on Friday met Ida"."""
    tree, i = tree_of(time.block), event.trigger.i
    up = tree.head[time.head.i]
    verb = tree.head[up] if tree.pos[up] == "ADP" else up
    if constructions.opens_gap(tree, up) or _is_of_life(tree, time, i):
        return True
    if time.block is event.block and _describes_other(tree, verb, i):
        return True
    if time.block is event.block and verb != i and tree.pos[i] in VERBS and tree.pos[verb] in VERBS:
        if verb not in tree.subtree(i) and i not in tree.subtree(verb):
            return True
    return any(tree.lower[k] in STILL for k in tree.of(verb, "advmod"))


def _is_of_life(tree: Tree, time: MentionDraft, i: int) -> bool:
    """Whether a time stands in brackets behind something else: "Emil (1926–1999), who was killed"."""
    before = int(time.span.start) - 1
    return before > 0 and tree.lower[before] == "(" and before - 1 != i and tree.pos[before - 1] == "PROPN"


def _describes_other(tree: Tree, verb: int, i: int) -> bool:
    """Whether a verb only describes a thing: "met at the Halm Centre, built in 1960".

    But "killed in a raid launched then" and "the murder of Ida Moll, who was shot then" tell of one deed.
    """
    noun = tree.head[verb]
    if tree.lemma[verb] in STRIKING | listed("words", "deadly") | listed("words", "hurtful"):
        return False
    if tree.dep[verb] not in ("acl", "relcl") or noun == i or i in tree.subtree(verb):
        return False
    return bool(nominal_type(tree.doc[noun])[0] != "Event")


def _is_until(time: MentionDraft) -> bool:
    """Whether a time tells when something was over: "worked for the bank until 1993"."""
    start = time.span.start
    return bool(start) and tree_of(time.block).lower[start - 1] in UNTIL


def _is_alike(event: EventDraft, trigger: Trigger) -> bool:
    return event.event in (trigger.event, ALIKE.get(trigger.event, trigger.event))


def _tells_otherwise(block: ParsedBlock, trigger: Trigger, here: list[EventDraft]) -> bool:
    """Whether a word tells no such event: who is "player of the year" is not appointed.

    Nor has somebody a prize who "was shortlisted" for it, or made it; "unharmed" is not hurt, and who
    "survives her" lives. Who is known to leave takes no post by the same word, and who steals, owes or
    turns down a sum is paid none.
    """
    known = {e.event for e in here}
    if not known.isdisjoint(listed("otherwise", trigger.event)):
        return True
    if tree_of(block).lemma[trigger.token] in listed("untold", trigger.event):
        return True
    if _is_harmless(block, trigger):
        return True
    if trigger.event in ALIKE and _is_survived(block, trigger.token, here):
        return True
    if trigger.event == "Departure" and _leaves_with(tree_of(block), trigger.token):
        return True
    if trigger.event != "AwardGiving":
        return trigger.event == "Appointment" and any(e.event == "AwardGiving" for e in here)
    tree, word = tree_of(block), trigger.token
    prize = any(tree.lower[k] in listed("words", "awards") for k in tree.of(word, "nsubjpass"))
    return tree.lemma[word] in listed("words", "unawarded") or (prize and is_always_so(block, word))


def _is_contrary(event: EventDraft, name: str, token: int) -> bool:
    """Whether somebody would win by a word for losing, or leave what he left for.

    Or have written what was "edited by" him. Nor is one of several children another's parent.
    """
    tree, i = tree_of(event.block), event.trigger.i
    if name in UNFIT:
        return UNFIT[name](tree, i, token)
    if event.event == "Departure":
        return _is_ahead(tree, i, token)
    if name == "defeated" and event.frames and event.frames[0].id in SHARES:
        return True  # who else got a share of the vote may have won
    if event.event == "Match" and name in ("winner", "loser") and event.of_noun and _is_above(event, token):
        return True
    other = {"winner": ("lose",), "loser": ("win", "beat", "defeat")}.get(name, ())
    return tree.lemma[i] in other and token in tree.of(i, "nsubj")


def _is_ahead(tree: Tree, i: int, token: int) -> bool:
    """Whether something is what somebody leaves for or to do: "left for Vero Bank", "left to lead it"."""
    between = [k for k in tree.above(token) if i in tree.above(k)]
    return token in tree.under(i, "for") or any(
        tree.lower[a] == "to" for k in between for a in tree.of(k, "aux")
    )


def _is_of_editing(tree: Tree, _: int, token: int) -> bool:
    """Whether somebody stands under a word for what is done to the work of another: "edited by Ida Moll"."""
    prep = tree.head[token]
    return tree.dep[prep] in ("prep", "agent") and tree.lemma[tree.head[prep]] in listed("words", "editing")


def _is_beside_born(tree: Tree, i: int, token: int) -> bool:
    """Whether somebody stands outside the brackets that tell of a birth: "Ida (born 1951), Max and Ann".

    Or among the children of others: "had two children: Ida (born 1951) and Max".
    """
    start = tree.doc[i].sent.start
    if any(
        tree.lower[k] == ":" and tree.lemma[k - 1] in listed("words", "children")
        for k in range(start + 1, token)
    ):
        return True
    opened = max((k for k in range(i) if tree.lower[k] == "("), default=-1)
    closed = next((k for k in range(i, tree.n) if tree.lower[k] == ")"), tree.n)
    inside = opened >= 0 and ")" not in tree.lower[opened:i]
    return inside and not opened < token < closed


# What keeps somebody from a role by how he stands to the word for the event.
UNFIT = {"parent": _is_beside_born, "author": _is_of_editing}


def _is_above(event: EventDraft, token: int) -> bool:
    """Whether the clause around an event's noun has a subject, and a token is the subject of another clause.

    "Moe was hired after the club sacked Berg over a 4-0 defeat": who was beaten is not Moe.
    """
    tree, noun = tree_of(event.block), event.trigger.i
    verbs = [v for v in tree.above(noun) if tree.pos[v] in VERBS]
    own = next((s for v in verbs for s in tree.of(v, *SUBJECT_DEPS)), token)
    if own == token or tree.dep[token] not in SUBJECT_DEPS:
        return False
    return tree.head[token] in verbs or tree.head[token] not in tree.subtree(noun)


def _leaves_with(tree: Tree, i: int) -> bool:
    """Whether something befell who is left: "the blast left a guard, Ivan Hruby, with burns"."""
    with_it = any(tree.lower[p] == "with" for p in tree.of(i, "prep"))
    return tree.lemma[i] == "leave" and bool(tree.of(i, "dobj")) and with_it


def _is_harmless(block: ParsedBlock, trigger: Trigger) -> bool:
    """Whether a word tells of no harm: "unharmed", and "seized" of what is taken."""
    taken = trigger.event == "Attack" and _is_taking(tree_of(block), trigger.token)
    return taken or block.doc[trigger.token].lower_ in listed("words", "unhurt")


def _is_taking(tree: Tree, i: int) -> bool:
    """Whether a verb tells that somebody takes things: "seized the tanks and other arms"."""
    taken = (*tree.of(i, "dobj", "nsubjpass"),)
    things = any(nominal_type(tree.doc[k])[0] in ("Product", "Concept") for k in taken)
    return tree.lemma[i] in listed("words", "taking") and things


def _is_survived(block: ParsedBlock, token: int, here: list[EventDraft]) -> bool:
    """Whether nobody is told to have died by a word: "survived", "was stabbed" without a word of death."""
    tree = tree_of(block)
    if tree.lemma[token] == "survive":
        return True  # whom somebody survives is told by the rules
    said = {tree.lemma[word.i] for word in block.doc[token].sent} | {w.lower_ for w in block.doc[token].sent}
    return any(e.event == "Attack" for e in here) and said.isdisjoint(listed("words", "deadly"))


def _seen(role: Role, block: ParsedBlock, trigger: Trigger) -> str:
    """Say how the reader takes what fills a role."""
    mention = role.mention
    if mention.block is not block:
        return "unseen"
    inside = [r for r in trigger.roles if mention.span.start <= r[1] < mention.span.end]
    same = max((chance for name, _, chance in inside if name == role.name), default=0.0)
    if same * trigger.probability >= HALF:
        return "agreed" if same * trigger.probability >= AGREED else "half"
    return "other" if any(chance >= AGREED for name, _, chance in inside if name != role.name) else "unseen"


def _single(roles: list[Role]) -> list[Role]:
    """Leave of roles with one filler the surest that the reader found: people bring their number along."""
    best: dict[str, float] = {}
    for role in roles:
        if role.slot.name == LEARNED:
            best[role.name] = max(best.get(role.name, 0.0), role.slot.sure)
    return [r for r in roles if r.name not in SINGLE or r.slot.name != LEARNED or r.slot.sure >= best[r.name]]


def _surest(block: ParsedBlock, trigger: Trigger, bar: float) -> Iterator[tuple[str, int, float]]:
    """Give the roles that are sure enough, of those with one filler the surest."""
    sentence = block.doc[trigger.token].sent
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


def _is_picked_out(mention: MentionDraft) -> bool:
    """Whether a noun for a place says which: "a school in Ulm", "the market square"."""
    tree, i = tree_of(mention.block), mention.head.i
    told = tree.of(i, "prep", "compound", "acl", "relcl") or constructions.owner(tree, i) is not None
    return mention.kind == "nominal" and bool(told)


@functools.cache
def _frame(event: str) -> Frame:
    return Frame(f"{event}.{LEARNED}", event, {}, {}, {}, {})


@functools.cache
def _classes(event: str, role: str) -> frozenset[str]:
    """Give the classes of what may fill a role; empty where it may be of any."""
    fillers = mapping(FILE, "fillers")
    return classes_of(fillers.get(f"{event}.{role}", fillers.get(role, "")))


@functools.cache
def _groups(event: str) -> tuple[frozenset[str], ...]:
    """Give the groups of roles of which an event of a class must have one."""
    said = mapping(FILE, "whole").get(event)
    if said is None:
        return tuple(frozenset({key}) for key in listed("keys", event))
    return tuple(frozenset(group.split()) for group in said.split("|"))
