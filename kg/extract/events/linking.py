"""Which event each verb or noun tells of, and which of them are one event."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.coref.candidates import GROUP_OF
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.events import (
    affiliations,
    causes,
    contracts,
    couples,
    days,
    guilt,
    headline,
    lands,
    leads,
    learned,
    members,
    minutes,
    named,
    officials,
    opposites,
    relatives,
    reports,
    rulings,
    series,
    stakes,
    sums,
    tolls,
    trials,
    weapons,
)
from kg.extract.events import listed as listed_persons
from kg.extract.events.announcing import Announcements
from kg.extract.events.changing import times_before
from kg.extract.events.filling import PLACE_ROLES, Filler, is_anyone
from kg.extract.events.measuring import is_rate
from kg.extract.events.offices import Offices
from kg.extract.events.owners import inherit
from kg.extract.events.records import CHAINED, LEARNED, PLACE, EventDraft, Role, Slot
from kg.extract.events.table import VICTIMS, kinds_of_disaster, listed
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import DETERMINING, PLACES
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# A class that is told more exactly by another.
NARROWER = {"Death": "Killing"}
SEX = {"he": -1, "she": 1}
# Over how many sentences a noun may point back at an event.
REACH = 12
# Classes of what a text is mostly about, and sentences up to which the last told is meant before the first.
MAIN, BESIDE = frozenset({"Attack", "Disaster", "Killing"}), 1
# Classes of which others are the cause, and what goes over to them.
TOLLS = ("deathToll", "injuredCount")
# Classes of what is done to people, and the roles of these.
ASSAULTS, HARMED = VICTIMS | {"Attack"}, frozenset({"deceased", "injured", "target"})
CAUSES = frozenset({"Attack", "Disaster", "Match", "Protest", "Journey"})
# The frames of who is told of a deal or an election by a sentence of its own, and his roles.
PARTIES = {"Acquisition.party": ("seller", "buyer"), "Election.rival": ("defeated",)}
# The frames of what one party got in an election, which is no election itself.
RESULTS = frozenset({"Election.result", "Election.share", "Election.came", "Election.followed"})
# The frames of what is sold.
SALES = frozenset(
    {"Acquisition.sell", "Acquisition.dispose", "Acquisition.sold_for", "Acquisition.sold_player"}
)
# Classes of events that are no things of which a noun speaks.
NUMBERS = frozenset({"Measurement"})
# Classes of which one may have several in a short time: they are one only with more in common.
REPEATED = frozenset(
    {"Journey", "Payment", "Study", "AwardGiving", "Change", "Measurement", "Meeting", "Appointment"}
)
# Roles of which one event has one number.
AMOUNTS = ("price", "amount", "value", "from", "to", "by", "score")
# What stands under these is where and when something else was.
BEFORE = frozenset({"after", "since"})
DEFINITE = frozenset({"the", "this", "that", "these", "its", "his", "her", "their"})
# Who takes part in a match.
SIDES = ("winner", "loser", "participant")
# Classes of what happens to people somewhere.
STAYING = VICTIMS | {"Arrest", "Marriage", "Birth"}
# Words for a place that say none, or which by the event alone: "at the scene", "in heavy seas".
NOWHERE = frozenset({"scene", "spot", "sea", "water"})
HOME = frozenset({"home"})
# "Was appointed in her place".
STEADS = frozenset({"place", "stead"})
# Prepositions of the places that hang on a phrase.
WITHIN = ("in", "at", "near", "on", "off", "outside")


def join(clusters: Clusters) -> None:
    """Decide what each verb and noun tells of, make those of one event one, and draw their mentions."""
    lands.tell(clusters)
    if clusters.reading.events or any(map(learned.is_read, clusters.reading.blocks)):
        Linker(clusters).run()


class Linker:
    def __init__(self, clusters: Clusters) -> None:
        self.clusters, self.reading = clusters, clusters.reading
        self.filler = Filler(self.reading, self.type_of, self._is_own, self.words_of)
        self.announcements = Announcements(self.reading, self.filler, self.thing)
        self.events: list[EventDraft] = []
        # Of each event its mentions so far, under the first.
        self.members: dict[int, list[EventDraft]] = {}
        # Of the nouns that stand where a verb of their class happens: "in the first game they beat Ulm".
        self.anchored: dict[int, EventDraft] = {}
        self.nouns = {id(e.noun): e for e in self.reading.events if e.noun is not None}

    def run(self) -> None:
        leads.identify(self)
        relatives.identify(self)
        for event in self.reading.events:
            self._decide(event)
        learned.complete(self)
        leads.join(self)
        leads.name_victims(self)
        headline.confirm(self.reading, self.events)
        self._forget_anyone()
        self._part_from_doers()
        self._share()
        Offices(self.reading, self.thing).complete(self.events)
        self._announce()
        minutes.complete(self.reading, self.events)
        affiliations.complete(self.reading, self.thing, self.events)
        trials.part_days(self.events)
        trials.complete_charges(self)
        trials.complete_courts(self)
        rulings.complete(self)
        trials.resolve_charges(self)
        guilt.tell(self)
        inherit(self.events, self.clusters)
        stakes.complete(self)
        sums.tell(self)
        for at in range(len(self.events)):
            self._link(at)
        guilt.join_deeds(self)
        self._add_joining()
        series.go_on(self)
        self._tell_causes()
        tolls.tell(self)
        causes.tell(self)
        weapons.tell(self)
        trials.sit(self)
        listed_persons.join(self)
        members.tell(self)
        members.tell_judged(self)
        named.tell(self)
        trials.complete_charges(self)  # that of a group, for who was named of it
        reports.take_over(self)
        for root in [e for e in self.events if e.same is None]:
            opposites.part(root.event, self.members[id(root)], self.thing)
        self.reading.events = [e for e in self.events if self._is_told(e.root())]
        self._draw()

    def type_of(self, mention: MentionDraft) -> str:
        """Give the class of what a mention stands for."""
        return self.thing(mention).type if mention.kind in CHAINED else mention.type

    def words_of(self, mention: MentionDraft) -> frozenset[str]:
        """Give the nouns by which the text calls what a mention stands for."""
        called = (m.head for m in self.thing(mention).mentions if m.kind in ("name", "nominal"))
        return frozenset(token.lemma_.lower() for token in called)

    def thing(self, mention: MentionDraft) -> CorefCluster:
        """Give what a mention stands for."""
        return self.clusters.cluster_of(mention)

    def _is_own(self, owner: MentionDraft, subject: MentionDraft, joined: bool) -> bool:
        """Whether something is the subject's own: "she broke her leg", and not "he broke her leg"."""
        mine, other = self.thing(owner), self.thing(subject)
        if mine is other or owner.kind != "pronoun" or (joined and mine.named):
            return mine is other
        sex = SEX.get(GROUP_OF.get(owner.head.lower_, ""), 0)
        return other.type == "Person" and other.gender * sex >= 0

    # What one verb or noun tells.

    def _decide(self, event: EventDraft) -> None:
        for n, (frame, roles) in enumerate(self.filler.fill(event)):
            # One verb may tell of two: a fine is a payment, too.
            draft = replace(event) if n else event
            draft.event, draft.roles, draft.frames = frame.event, roles, (frame,)
            self.announcements.hold(draft)
            officials.stand_by(draft, self.words_of)
            contracts.settle(draft)
            stakes.settle(self.reading, draft)
            self._anchor(draft)
            self._keep(draft)
        if not event.event and event.noun is not None:
            event.frames = ()
            self._keep(event)

    def _announce(self) -> None:
        """Let stand who takes or leaves an office in the body that says so, now that it is known in which."""
        for event in self.events:
            if event.event in ("Appointment", "Departure"):
                self.announcements.hold(event)

    def _keep(self, event: EventDraft) -> None:
        self._place(event)
        self._date(event)
        if rulings.is_decision(event):
            event.begins = event.ends = None  # the day is that of the ruling, and not of the suit
        self.members[id(event)] = [event]
        self.events.append(event)

    def _anchor(self, event: EventDraft) -> None:
        """Note the noun that is the event: what was signed is the agreement."""
        if event.noun is not None:
            return
        for slot in [s for s in event.slots if s.mention.kind == "nominal"]:
            noun = self.nouns.get(id(slot.mention))
            if (noun is None or not _are_two_kinds(event, noun)) and self._is_event(event, slot):
                event.noun = slot.mention
                self.anchored[id(slot.mention)] = event
        event.roles = [r for r in event.roles if r.mention is not event.noun]

    def _is_event(self, event: EventDraft, slot: Slot) -> bool:
        """Whether what stands somewhere is the event that the verb tells of."""
        noun = self.nouns.get(id(slot.mention))
        same = noun is not None and any(f.event == event.event for f in noun.frames)
        if slot.name == "object":
            return event.frames[0].anchored or same
        if slot.name == "with" or (slot.name == "to" and event.event == "Sentencing"):
            return same  # "hit the bank with a fine", "sentenced to imprisonment"
        if slot.name == "subject":
            return same and event.event == "Disaster"  # "the fire destroyed the library": it is the fire
        # "In the first game they beat Ulm": it is the game.
        if noun is None or slot.name not in ("in", "during", "at"):
            return False
        other = bool(noun.frames) and not same  # who was killed in an attack: it is the cause
        return not other and noun.trigger.lemma_.lower() in listed("anaphors", event.event)

    def _place(self, event: EventDraft) -> None:
        """Add the places of an event: where it is said to be, and where what it has to do with is."""
        taken = {id(r.mention) for r in event.roles}
        there: set[int] = set()
        for slot in event.slots:
            for mention in self._places(event, slot, taken):
                thing = id(self.thing(mention))
                if thing not in there and id(mention) not in taken:
                    there.add(thing)
                    event.roles.append(Role(PLACE, mention, slot, exact=mention.kind == "name"))
        event.roles += self._there(event)
        if event.event == "Disaster":
            # A fire at the library is where the library is; a ship may be anywhere.
            struck = [r for r in event.filling("affected") if self._is_one_place(r.mention)]
            event.roles += [Role(PLACE, r.mention, r.slot) for r in struck]

    def _there(self, event: EventDraft) -> list[Role]:
        """Give the place that "there" points back at: "She settled in Ulm. There, in 1991, she died"."""
        tree = tree_of(event.block)
        there = [k for k in tree.of(event.trigger.i, "advmod") if tree.lower[k] == "there"]
        if event.event not in STAYING or not there or event.filling(PLACE) or not event.standing.asserted:
            return []
        last = max(self._places_before(event, there[0]), key=lambda m: int(m.head.i), default=None)
        return [] if last is None else [Role(PLACE, last, Slot("in", last, event.standing), exact=True)]

    def _places_before(self, event: EventDraft, i: int) -> Iterator[MentionDraft]:
        """Give the names of places that stand before a token in its sentence and the one before."""
        start = int(event.trigger.sent.start)
        start = int(event.block.doc[start - 1].sent.start) if start else start
        for mention in self.reading.mentions:
            if mention.kind == "name" and mention.block is event.block and start <= mention.head.i < i:
                if self.type_of(mention) in PLACES:
                    yield mention

    def _is_one_place(self, mention: MentionDraft) -> bool:
        return self.type_of(mention) in PLACES and mention.head.tag_ in ("NN", "NNP", "NNPS")

    def _places(self, event: EventDraft, slot: Slot, taken: set[int]) -> Iterator[MentionDraft]:
        mention = slot.mention
        if mention.kind not in ("name", "nominal", "attribute", "quantity"):
            return
        if slot.name in BEFORE or _is_stead(mention):
            return
        if _is_nowhere(event, mention):
            if mention.head.lemma_.lower() in NOWHERE:
                yield from self._places_within(mention)
            return
        if _is_stated(event, slot) and self.type_of(mention) in PLACES and id(mention) not in taken:
            if mention.kind == "name" or slot.name not in ("compound",):
                yield self._by_name(mention)
        if mention.kind != "name" or (event.event == "Arrest" and slot.name == "object"):
            yield from self._places_within(mention)  # "picked up Karl Holt in Ulm"

    def _places_within(self, mention: MentionDraft) -> Iterator[MentionDraft]:
        """Give the places that hang on a phrase: "a man in Ulm", "two women in the village of Sarn"."""
        for inner in self.filler.inner(mention, WITHIN):
            if inner.kind == "name" and self.type_of(inner) in PLACES and inner is not mention:
                if not _owns(mention, inner):
                    yield inner
            elif inner.kind == "name" and self.type_of(inner) not in PLACES:
                yield from self._places_near(inner)
        yield from self._town_of(mention)
        tree, block = tree_of(mention.block), mention.block
        for p in tree.of(mention.head.i, "prep"):
            for o in tree.of(p, "pobj") if tree.lower[p] in WITHIN else ():
                if tree.pos[o] == "NOUN" and lemma_type(tree.lemma[o]) in PLACES and _is_of_name(tree, o):
                    yield self.reading.argument(block, block.doc[o], nominals.create_mention)

    def _places_near(self, road: MentionDraft) -> Iterator[MentionDraft]:
        """Give the places that hang on the name of what is none: "a lorry on the A9 near Ulm"."""
        for inner in self.filler.inner(road, WITHIN):
            if inner.kind == "name" and self.type_of(inner) in PLACES:
                yield inner

    def _town_of(self, mention: MentionDraft) -> Iterator[MentionDraft]:
        """Give the town that a street or square is told to be of: "the main street of Ulm"."""
        if self.type_of(mention) == "Facility":
            for inner in self.filler.inner(mention, ("of",)):
                if inner.kind == "name" and self.type_of(inner) == "GPE" and not _owns(mention, inner):
                    yield inner

    def _by_name(self, mention: MentionDraft) -> MentionDraft:
        """Give the name that a noun only says the kind of: "the fishing port of Ulm" is Ulm."""
        if mention.kind == "name" or self.filler.lemma(mention) not in words("nominals", "kind", "tags"):
            return mention
        named = (
            m
            for m in self.filler.inner(mention, ("of",))
            if m.kind == "name" and m.span.start > mention.head.i
        )
        return next((m for m in named if self.type_of(m) in PLACES), mention)

    def _date(self, event: EventDraft) -> None:
        """Take a day that no claim has told from the times beside it."""
        if any(_is_later(s) for s in event.slots):
            # The day is that of what it was after.
            event.begins = event.ends = None
            event.slots = [s for s in event.slots if s.mention.kind != "time"]
            return
        day = None if event.of_noun else days.by_clock(event)
        if day is not None and event.date(day):
            event.slots.append(Slot("on", day, event.standing))
            return
        if event.begins or event.ends:
            return
        next((time for time in self._times(event) if event.date(time)), None)

    @staticmethod
    def _times(event: EventDraft) -> Iterator[MentionDraft]:
        """Give the times of a noun, and those that the parser hangs on a sum: "for $2 million in 2010".

        That of what an amount was before is not that of its change.
        """
        before = times_before(event)
        for slot in event.slots:
            if slot.name in BEFORE:
                continue
            mention = slot.mention
            if mention.kind == "time" and slot.name in ("time", "in", "on", "at", "of", "self"):
                yield mention
            elif mention.kind not in ("clause", "time") and slot.name != "from":
                # Not that of what it was before: "to 3 million from 4 million in 2018".
                yield from (t for t in _times_behind(event, mention) if t not in before)

    def _forget_anyone(self) -> None:
        """Leave out those who came to harm of whom the text says no more than that: "a man died"."""
        for event in [e for e in self.events if e.event in VICTIMS]:
            nobody = [r for r in event.filling("deceased", "injured") if self._is_nobody(r.mention)]
            event.roles = [r for r in event.roles if r not in nobody]
            if nobody and not event.of_noun and all(r.name in (PLACE, "cause") for r in event.roles):
                event.event, event.roles = "", []

    def _part_from_doers(self) -> None:
        """Leave out a pronoun that would stand for who did it: "he was shot by Moll": not Moll."""
        for event in [e for e in self.events if e.event in ASSAULTS]:
            doers = self._things(event.filling("killer", "attacker", "cause"))
            event.roles = [
                r
                for r in event.roles
                if r.name not in HARMED
                or r.mention.kind != "pronoun"
                or r.mention.head.lower_.endswith(("self", "selves"))
                or id(self.thing(r.mention)) not in doers
            ]

    def _is_nobody(self, mention: MentionDraft) -> bool:
        return mention.kind == "nominal" and is_anyone(mention) and not self.thing(mention).named

    def _share(self) -> None:
        """Give the victims that several verbs of one clause have what one of them says of time and place."""
        by_sentence: dict[tuple[int, int], list[EventDraft]] = {}
        for event in self.events:
            if event.event in VICTIMS:
                by_sentence.setdefault((event.block.index, event.trigger.sent.start), []).append(event)
        for group in by_sentence.values():
            dated = next((e for e in group if e.begins or e.ends), None)
            for event in group:
                if dated is not None and not (event.begins or event.ends):
                    event.begins, event.ends = dated.begins, dated.ends
                self._share_cause(event, group)

    @staticmethod
    def _share_cause(event: EventDraft, group: list[EventDraft]) -> None:
        """Give victims the event that those whose verb is joined to theirs came to harm in."""
        joined = [e for e in group if _is_joined(e, event) or _is_joined(event, e)]
        if not event.filling("cause", "killer"):
            causes = [r for e in joined for r in e.filling("cause") if r.mention.type == "Event"]
            event.roles += [Role(r.name, r.mention, r.slot) for r in causes]

    # One event.

    def _link(self, at: int) -> None:
        event = self.events[at]
        if (known := self._known_as(at)) is not None:
            self.merge(known, event)
            return
        if (other := self._told_before(at)) is not None:
            self.merge(other, event)
            return
        self._link_to_killing(at)
        self._link_to_attack(at)
        self._link_to_meeting(at)

    def _told_before(self, at: int) -> EventDraft | None:
        """Give the event that a mention tells of again: the last that fits.

        "The attack" and nothing more, some sentences behind it, is the one that the text told first.
        """
        event = self.events[at]
        for other in reversed(self.events[:at]):
            if self.sentences(other, event) > REACH:
                return None
            if other.event and self._are_one(other, event):
                return (self._told_first(other, at) or other) if _is_bare(event) else other
        return None

    def _told_first(self, last: EventDraft, at: int) -> EventDraft | None:
        """Give the first event of its class that a bare noun fits, if the last one is not just before it."""
        event, kind = self.events[at], last.root().event
        if kind not in MAIN or self.sentences(last, event) <= BESIDE:
            return None
        first = next((o for o in self.events[:at] if o.root().event == kind and o.roles), None)
        if (
            first is None
            or not first.standing.asserted
            or _is_aside(first)
            or not self._are_one(first, event)
        ):
            return None
        return first

    def _known_as(self, at: int) -> EventDraft | None:
        """Give the event whose noun stands for the same thing: "the meeting" of the head of minutes."""
        event = self.events[at]
        if event.noun is None or event.noun.kind not in CHAINED:
            return None
        thing = self.thing(event.noun)
        named = (
            o for o in self.events[:at] if o.event and o.noun is not None and self.thing(o.noun) is thing
        )
        return next((o for o in named if self._are_one(o, event)), None)

    def _link_to_killing(self, at: int) -> None:
        """Let "the attack" be the killing told before, where no attack was."""
        event = self.events[at]
        for other in reversed(self.events[:at]) if event.of_noun and event.event == "Attack" else ():
            if self.sentences(other, event) > REACH:
                return
            one = other.event == "Killing" and self._points(event, other) and not self._conflict(other, event)
            if one:
                self.merge(other, event)
                return

    def _link_to_attack(self, at: int) -> None:
        """Let "the gunmen opened fire" be the attack told before."""
        event = self.events[at]
        for other in reversed(self.events[:at]) if weapons.is_by_attackers(event) else ():
            if self.sentences(other, event) > weapons.REACH:
                return
            if other.root().event == "Attack" and self.all_roles(other, "attacker"):
                if all(_overlap(e, event) for e in self.members[id(other.root())]):
                    self.merge(other, event)
                return

    def _link_to_meeting(self, at: int) -> None:
        """Let those whom minutes list have come to the meeting that the same paragraph tells."""
        event = self.events[at]
        for other in reversed(self.events[:at]) if minutes.is_list(event) else ():
            held = all(r.slot.standing.asserted for r in other.roles)
            if other.block is event.block and other.root().event == "Meeting" and held:
                self.merge(other, event)
                return

    def sentences(self, a: EventDraft, b: EventDraft) -> int:
        here = self.clusters.sentence_at
        return abs(here(a.block, a.trigger) - here(b.block, b.trigger))

    def sentences_to(self, event: EventDraft, mention: MentionDraft) -> int:
        """Give how many sentences lie between an event and a mention."""
        here = self.clusters.sentence_at(event.block, event.trigger)
        return abs(here - self.clusters.sentence_of(mention))

    def merge(self, first: EventDraft, second: EventDraft) -> None:
        """Make two events one."""
        root, other = first.root(), second.root()
        if root is other:
            return
        if self._names_victim(first, second, "deceased"):
            named, before = (
                second.filling("deceased")[0].mention,
                self.all_roles(first, "deceased")[0].mention,
            )
            self.clusters.join(self.thing(named), self.thing(before), "same-event", before, named)
        other.same = root
        self.members[id(root)] += self.members.pop(id(other))
        if NARROWER.get(root.event) == second.event:
            root.event = second.event

    def _are_one(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether a later mention tells of the same event as an earlier one."""
        if not self._of_one_class(a, b) or self._conflict(a, b) or self._are_apart(a, b):
            return False
        if a.noun is not None and b.noun is not None and self.thing(a.noun) is self.thing(b.noun):
            return True
        if b.noun is not None and self._points(b, a):
            return True
        if b.of_noun and b.event == "Lawsuit" and self._is_new(b) and self.sentences(a, b):
            return False  # "a suit against Halm": another one
        if self._names_victim(a, b, "deceased") or _is_same_award(a, b):
            return True
        return self._same_keys(a, b)

    def _are_apart(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether words tell that two of one class are not one."""
        if self._is_another_way(b, a):
            return True
        return _is_since(a, b) or couples.are_apart(a, b) or self._is_of_another(a, b)

    def _is_of_another(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether a noun is of what its verb tells, and that is another: "in the match Holt beat Ulm"."""
        verb = self.anchored.get(id(b.noun))
        return verb is not None and verb is not b and self._conflict(a, verb)

    def _of_one_class(self, a: EventDraft, b: EventDraft) -> bool:
        first, second = a.root().event, b.event
        if not second:
            return b.noun is not None and b.trigger.lemma_.lower() in listed("anaphors", first)
        return first == second or NARROWER.get(first) == second or NARROWER.get(second) == first

    def _points(self, noun: EventDraft, event: EventDraft) -> bool:
        """Whether a noun points back at an event: by its article, adding nothing that sets it apart."""
        tree, i = tree_of(noun.block), noun.trigger.i
        if noun.trigger.lemma_.lower() not in listed("anaphors", event.root().event):
            return False
        if any(tree.lower[k] in listed("words", "ordinal") for k in tree.kids[i]) or _is_unmeant(event):
            return False
        if _is_another(event, tree, i):
            return False
        if not any(tree.lower[k] in DEFINITE for k in tree.of(i, *DETERMINING)):
            return bool(noun.roles) and self._same_keys(event, noun)
        own = [k for k in tree.of(i, "amod", "compound", "nmod", "nummod") if k < i]
        if event.noun is None:
            return all(tree.lower[k] != "by" for k in own)  # "was elected mayor … the by-election in Ulm"
        said = {tree_of(event.block).lower[k] for k in range(event.noun.span.start, event.noun.span.end)}
        return all(tree.lower[k] in said for k in own)

    def _is_another_way(self, noun: EventDraft, event: EventDraft) -> bool:
        """Whether a journey is told to be another: "The ferry left. … She cancelled her trip"."""
        if not _is_told_so(event, noun):
            return True
        owner = constructions.owner(tree_of(noun.block), noun.trigger.i)
        mention = None if owner is None else self.reading.at(noun.block, noun.block.doc[owner])
        travellers = self._things(self.all_roles(event, "traveller"))
        if event.root().event != "Journey" or mention is None or not travellers:
            return False
        return id(self.thing(mention)) not in travellers

    def _conflict(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether two mentions differ in a day, or in who has a role that one alone has."""
        told = self.members[id(a.root())]
        if not all(_overlap(e, b) for e in told) or not self._may_be_one_disaster(a, b):
            return True
        sides, others = self._things(self.all_roles(a, *SIDES)), self._things(b.filling(*SIDES))
        if (sides and others and not others <= sides) and len(sides) > 1:
            return True
        if self._differ(a, b):
            return True
        for role in {r.name for r in b.roles} - {PLACE, *TOLLS, "participant", "spouse", "topic", "cause"}:
            first, second = self._things(self.all_roles(a, role)), self._things(b.filling(role))
            if first and second and first.isdisjoint(second) and not self._names_victim(a, b, role):
                return True
        return False

    @staticmethod
    def _is_new(noun: EventDraft) -> bool:
        tree = tree_of(noun.block)
        return any(tree.lower[k] in ("a", "an", "another") for k in tree.of(noun.trigger.i, *DETERMINING))

    def _names_victim(self, a: EventDraft, b: EventDraft, role: str) -> bool:
        """Whether a noun names whom a killer was told before to have killed: "the murder of Ida Holm"."""
        if role != "deceased" or not b.of_noun or a.event != "Killing":
            return False
        killers = self._things(self.all_roles(a, "killer"))
        if not killers or killers != self._things(b.filling("killer")):
            return False
        before, named = self.all_roles(a, role), b.filling(role)
        single = len(before) == len(named) == 1 and before[0].mention.head.tag_ == "NN"
        return single and self.thing(named[0].mention).named and not self.thing(before[0].mention).named

    def _may_be_one_disaster(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether no words say that two are disasters of different kinds: a flood is no crash."""
        known = kinds_of_disaster()
        first = {known.get(e.trigger.lemma_.lower(), "") for e in self.members[id(a.root())]} - {""}
        second = known.get(b.trigger.lemma_.lower(), "")
        return not first or not second or second in first

    def _differ(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether two mentions tell other numbers of the same, a price or a score, or of two deals."""
        if any(_are_two_deals(e, b) for e in self.members[id(a.root())]):
            return True
        for role in AMOUNTS:
            first = {_amount(r.mention) for r in self.all_roles(a, role)}
            second = {_amount(r.mention) for r in b.filling(role)}
            if first and second and first.isdisjoint(second):
                return True
        return False

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions so far."""
        return [r for e in self.members[id(event.root())] for r in e.filling(*names)]

    def _same_keys(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether two mentions have those in common that an event of their class is of."""
        keys = listed("keys", b.event or a.root().event)
        first, second = self._things(self.all_roles(a, *keys)), self._things(b.filling(*keys))
        if not first or not second:
            return a.event in VICTIMS and a.event == b.event and self._same_cause(a, b)
        if len(keys) > 1 or keys & {"participant", "spouse"}:
            return second <= first and (len(second) > 1 or self.sentences(a, b) <= 2)
        if b.event in REPEATED:
            return first == second and self._agree(a, b)
        return not first.isdisjoint(second)

    def _things(self, roles: list[Role]) -> set[int]:
        """Give what fills roles, as far as it is a thing."""
        return {id(self.thing(r.mention)) for r in roles if r.mention.kind in CHAINED}

    def _agree(self, a: EventDraft, b: EventDraft) -> bool:
        """Whether two mentions have a further role in common."""
        for role in {r.name for r in b.roles} - {PLACE, *listed("keys", b.event)}:
            first = {self._content(r.mention) for r in self.all_roles(a, role)}
            if first & {self._content(r.mention) for r in b.filling(role)}:
                return True
        return False

    def _content(self, mention: MentionDraft) -> object:
        return id(self.thing(mention)) if mention.kind in CHAINED else mention.span.text.lower()

    def _same_cause(self, a: EventDraft, b: EventDraft) -> bool:
        return not self._things(self.all_roles(a, "cause")).isdisjoint(self._things(b.filling("cause")))

    # What one event says of another.

    def _add_joining(self) -> None:
        """Give an event what a verb adds that tells of no event by itself: "…, defeating Karl Lund"."""
        joining = [e for e in self.events if e.event and e.frames and e.frames[0].joins]
        for event in joining:
            host = next((h for h in self.events if h not in joining and self._is_host(h, event)), None)
            if host is not None:
                self._level(host, event)
                self.merge(host, event)
            elif not affiliations.stands_alone(event):
                event.event = ""

    @staticmethod
    def _level(host: EventDraft, event: EventDraft) -> None:
        """Let what is added stand as its event does: of what is only planned or told, so is what is added.

        Where the learned reader only doubts that who had most of the votes was elected, he was.
        """
        seen = bool(host.roles) and all(r.slot.name == LEARNED for r in host.roles)
        if event.event == "Election" and seen and event.standing.asserted and affiliations.has_won(event):
            for role in host.roles:
                role.slot.standing = event.standing
        for slot in event.slots if host.roles else ():
            slot.standing = host.roles[0].slot.standing

    def _is_host(self, host: EventDraft, event: EventDraft) -> bool:
        if host.event != event.event or self.sentences(host, event) > 1:
            return False
        keys = listed("keys", event.event)
        if event.frames[0].id in PARTIES:  # "The seller was …": of the deal told before, if it has none
            known = PARTIES[event.frames[0].id]
            told = {r.name for r in event.roles} & {r.name for r in self.all_roles(host, *known)}
            return not told and self.events.index(host) < self.events.index(event)
        return not self._things(self.all_roles(host, *keys)).isdisjoint(self._things(event.filling(*keys)))

    def _tell_causes(self) -> None:
        """Give an attack or disaster the tolls of what it caused, and both the place and day of either."""
        by_thing = {id(self.thing(e.noun)): e for e in self.events if e.noun is not None}
        for event in self.events:
            if event.event == "Disaster":
                # "The ferry sank, killing three": it was the sinking.
                for role in event.filling("affected"):
                    if role.mention.kind in CHAINED:
                        by_thing.setdefault(id(self.thing(role.mention)), event)
        for event in [e for e in self.events if e.event in VICTIMS]:
            for role in event.filling("cause"):
                if role.mention.kind not in CHAINED:
                    continue
                cause = by_thing.get(id(self.thing(role.mention)))
                if _is_later(role.slot):
                    continue
                if cause is not None and cause.root().event in CAUSES:
                    self.pass_on(event, cause)

    def pass_on(self, event: EventDraft, cause: EventDraft) -> None:
        cause.roles += [Role(r.name, r.mention, r.slot) for r in event.filling(*TOLLS)]
        for one, other in ((event, cause), (cause, event)):
            if not self.all_roles(other, PLACE):
                struck = {id(r.mention) for r in self.all_roles(one, "affected")}
                there = [r for r in self.all_roles(one, PLACE) if id(r.mention) not in struck]
                other.roles += [Role(r.name, r.mention, r.slot) for r in there]
            day = min(
                (e for e in self.members[id(one.root())] if e.begins or e.ends), key=_length, default=None
            )
            if day is not None and _overlap(day, other) and _length(day) < _length(other):
                other.begins, other.ends = day.begins, day.ends

    # The mention that bears an event.

    def _is_told(self, event: EventDraft) -> bool:
        if event.event in NUMBERS and not self.all_roles(event, "quantityOf"):
            rates = [r for r in self.all_roles(event, "quantity") if is_rate(r.mention)]
            return bool(rates)  # else nobody says how much of whom
        return bool(event.event) and any(e.roles for e in self.members[id(event)])

    def _draw(self) -> None:
        for event in self.reading.events:
            if event.same is None:
                self._draw_one(event, self.members[id(event)])

    def _draw_one(self, root: EventDraft, group: list[EventDraft]) -> None:
        day = min((e for e in group if e.begins or e.ends), key=_length, default=None)
        thing: CorefCluster | None = None
        for event in group:
            event.event = root.event
            if day is not None:
                event.begins, event.ends = day.begins, day.ends
            event.mention = self._mention(event)
            own = self.thing(event.mention)
            thing = own if thing is None else self.clusters.join(thing, own, "same-event")
            if event.noun is not None and event.noun.kind in CHAINED and event.event not in NUMBERS:
                thing = self.clusters.join(thing, self.thing(event.noun), "same-event")

    def _mention(self, event: EventDraft) -> MentionDraft:
        i = event.trigger.i
        span = event.noun.span if event.noun is not None else event.block.doc[i : i + 1]
        draft = MentionDraft(event.block, span, event.trigger, "event", event.event, confidence=0.9)
        self.clusters.open(draft)
        return self.reading.add(draft, argument=False)


def _are_two_deals(one: EventDraft, other: EventDraft) -> bool:
    """Whether a thing was bought once and sold another time: "sold the mill that it had bought in 1990"."""
    if one.event != "Acquisition" or other.event != "Acquisition" or one.of_noun or other.of_noun:
        return False
    if _is_before_then(one) != _is_before_then(other):
        return True
    together = one.block is other.block and one.trigger.sent == other.trigger.sent
    return together and _is_sale(one) != _is_sale(other)


def _is_sale(event: EventDraft) -> bool:
    return bool(event.frames) and event.frames[0].id in SALES


def _is_before_then(event: EventDraft) -> bool:
    """Whether a verb tells of what was before what is told: "had bought"."""
    tree, i = tree_of(event.block), event.trigger.i
    return any(tree.lower[k] in ("had", "'d", "’d") for k in tree.of(i, "aux"))


def _is_later(slot: Slot) -> bool:
    """Whether somebody died a stretch of time after what caused it: "died four days after the shooting"."""
    tree = tree_of(slot.mention.block)
    prep = tree.head[slot.mention.head.i]
    return slot.name == "after" and tree.lower[prep] == "after" and bool(tree.of(prep, "npadvmod"))


def _is_joined(one: EventDraft, other: EventDraft) -> bool:
    """Whether a verb is joined to another by "and": "three died and five were hurt in a fire"."""
    tree = tree_of(one.block)
    return bool(tree.dep[one.trigger.i] == "conj" and tree.head[one.trigger.i] == other.trigger.i)


def _is_stated(event: EventDraft, slot: Slot) -> bool:
    """Whether an argument stands where the place of an event does; one marches through a town."""
    if event.event == "Protest" and slot.name == "through":
        return True
    if slot.name == "over" and event.event in trials.TRIED | trials.SUED:
        return False  # it is what they go to law about
    return slot.name.split("_")[0] in PLACE_ROLES or slot.name in ("compound", "struck")


def _is_nowhere(event: EventDraft, mention: MentionDraft) -> bool:
    """Whether words for a place do not say where it was: "at the scene", "two years in prison"."""
    word = mention.head.lemma_.lower()
    other = {"Match": HOME, "Sentencing": trials.CELLS}.get(event.event, NOWHERE)
    return word in NOWHERE or word in other


def _is_stead(mention: MentionDraft) -> bool:
    """Whether a place is what somebody else had before."""
    owned = constructions.owner(tree_of(mention.block), mention.head.i) is not None
    return owned and mention.head.lemma_.lower() in STEADS


def _is_of_name(tree: Tree, i: int) -> bool:
    """Whether a name under "of" tells which place a noun means: "the village of Sarn"."""
    return any(
        tree.pos[o] == "PROPN"
        for p in tree.of(i, "prep")
        if tree.lower[p] == "of"
        for o in tree.of(p, "pobj")
    )


def _times_behind(event: EventDraft, mention: MentionDraft) -> Iterator[MentionDraft]:
    """Give the times that hang on what stands behind the word of an event."""
    behind = mention.kind == "quantity" or mention.head.i > event.trigger.i
    if not behind or mention.block is not event.block:
        return
    tree = tree_of(mention.block)
    for p in tree.of(mention.head.i, "prep"):
        inner = tree.first(p, "pobj")
        time = None if inner is None else mention.block.measures.get(inner)
        if time is not None and time.kind == "time" and tree.lower[p] in ("in", "on"):
            yield time


def _amount(mention: MentionDraft) -> str:
    value = mention.value
    return mention.label or mention.span.text if value is None else value.lexical


def _is_same_award(one: EventDraft, other: EventDraft) -> bool:
    """Whether two tell of one phrase how it was given: "the prize, given by the union, went to Ida Moe"."""
    phrases = {id(r.mention) for r in one.filling("award")}
    return any(id(r.mention) in phrases for r in other.filling("award"))


def _is_since(one: EventDraft, other: EventDraft) -> bool:
    """Whether an event is the last before another: "the worst accident since the sinking of 1953"."""
    if one.block is not other.block or one.trigger.sent != other.trigger.sent:
        return False
    tree, i = tree_of(other.block), other.trigger.i
    while tree.head[i] != i and i != one.trigger.i:
        if tree.lower[i] == "since":
            return True
        i = tree.head[i]
    return False


def _owns(mention: MentionDraft, inner: MentionDraft) -> bool:
    """Whether a name stands before a noun: "Norland's army" is not in Norland."""
    return bool(inner.span.start < mention.head.i)


def _is_unmeant(event: EventDraft) -> bool:
    """Whether no noun points at an event: a result, or a mere role of another ("The seller is Arlo")."""
    return _is_result(event) or (bool(event.frames) and event.frames[0].joins) or _is_crime(event)


def _is_crime(event: EventDraft) -> bool:
    """Whether a noun says no more than of what somebody is charged: "charged with murder"."""
    if event.event != "Killing" or not event.of_noun or event.roles:
        return False
    tree = tree_of(event.block)
    return not tree.of(event.trigger.i, *DETERMINING) and tree.dep[event.trigger.i] in (
        "pobj",
        "conj",
        "dobj",
    )


def _is_bare(event: EventDraft) -> bool:
    """Whether a noun points back by its article alone: "the attack"."""
    tree, i = tree_of(event.block), event.trigger.i
    pointing = any(tree.lower[k] == "the" for k in tree.of(i, "det"))
    return event.noun is not None and pointing and not event.roles and tree.left[i] == i - 1


def _is_aside(event: EventDraft) -> bool:
    """Whether an event is told in a clause that says who somebody is: "who survived a bombing in 2019"."""
    tree = tree_of(event.block)
    return any(tree.dep[k] in ("relcl", "acl") for k in (event.trigger.i, *tree.above(event.trigger.i)))


def _is_another(event: EventDraft, tree: Tree, i: int) -> bool:
    """Whether a noun tells of what did not take place, and an event took place that is called off whole."""
    once = event.root().event in listed("words", "once")
    return event.standing.asserted and once and _is_called_off(tree, i)


def _are_two_kinds(event: EventDraft, noun: EventDraft) -> bool:
    """Whether a verb and a noun tell of disasters of different kinds: a storm is no sinking."""
    known = kinds_of_disaster()
    kinds = {known.get(e.trigger.lemma_.lower(), "") for e in (event, noun)} - {""}
    return event.event == "Disaster" and len(kinds) > 1


def _is_told_so(event: EventDraft, noun: EventDraft) -> bool:
    """Whether a noun for one way to go fits the verb that was told: "the flight" is no "went to Lorn"."""
    told = mapping("events", "told_by").get(noun.trigger.lemma_.lower())
    return told is None or event.trigger.lemma_.lower() in (*told.split(), noun.trigger.lemma_.lower())


def _is_called_off(tree: Tree, i: int) -> bool:
    """Whether a noun is for what was planned or called off: "called off the trip" is no journey made."""
    verb = tree.head[i]
    if tree.dep[i] not in ("dobj", "nsubjpass"):
        return False
    return tree.with_particle(verb) in listed("words", "calling_off")


def _is_result(event: EventDraft) -> bool:
    return bool(event.frames) and event.frames[0].id in RESULTS


def _overlap(a: EventDraft, b: EventDraft) -> bool:
    """Whether two may have happened on one day, as far as is told."""
    first, second = a.begins or a.ends, b.begins or b.ends
    if first is None or second is None:
        return True
    return (a.begins or dt.date.min) <= (b.ends or dt.date.max) and (b.begins or dt.date.min) <= (
        a.ends or dt.date.max
    )


def _length(event: EventDraft) -> dt.timedelta:
    if event.begins is None or event.ends is None:
        return dt.timedelta.max
    return event.ends - event.begins
