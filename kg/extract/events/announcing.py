"""What those who took part tell of an event, which a text stands behind as it does not behind hearsay.

"Norwind has bought Arlo, it said on Tuesday", "both clubs confirmed": a report by those who did it is news,
and so is what a company says its sales are. What a person says of himself is so only if he announces it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.coref.cluster import CorefCluster
from kg.extract.events import minutes
from kg.extract.events.filling import Filler
from kg.extract.events.owners import ownerless
from kg.extract.events.records import EventDraft, Role, Standing
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

CHAINED = frozenset({"name", "nominal", "pronoun"})
BODIES = frozenset({"Organization", "GPE", "Group"})
# What acts as a firm does: "the yard".
YARDS = frozenset({"Facility", "Location"})
# Roles of those who do not take part, although they have to do with an event.
APART = frozenset({"place", "topic", "cause", "subject", "competition", "weapon"})
# How a clause hangs on the verb that tells it, and how many words may stand between.
CLAUSES = frozenset({"ccomp", "parataxis", "dep", "advcl"})
DEPTH = 6
# How a meeting is told what is so.
REPORTING = frozenset({"report", "announce"})
Thing = Callable[[MentionDraft], CorefCluster]


class Announcements:
    """Knows who may tell of which event; `thing` gives what a mention stands for."""

    def __init__(self, reading: Reading, filler: Filler, thing: Thing) -> None:
        self.reading, self.filler, self.thing = reading, filler, thing
        # What is reported to a meeting is what its minutes tell.
        self.minutes = minutes.are(reading)
        # Of each person those that he speaks for: "the firm's spokeswoman, Liv Berg".
        self.bodies: dict[int, set[int]] = {}
        for claim in reading.claims:
            if claim.relation == rel.EMPLOYER and claim.object is not None:
                self.bodies.setdefault(id(thing(claim.subject)), set()).add(id(thing(claim.object)))

    def hold(self, event: EventDraft) -> bool:
        """Let an event stand whose reporter took part in it; whether it does."""
        reported = [s for s in event.slots if s.standing.modality == "Reported" and not s.standing.negated]
        if event.event == "Discovery" and reported and self._is_of_paper(reported[0].standing.source):
            for slot in reported:
                slot.standing = Standing()
            return True
        verb = self._telling(event) if reported else None
        moved = bool(reported) and _is_moved(event)
        if not moved and (verb is None or not self._may_tell(event, verb)):
            return False
        for slot in reported:
            slot.standing = Standing()
        return True

    @staticmethod
    def _is_of_paper(source: MentionDraft | None) -> bool:
        """Whether who found something tells of it in a paper of theirs: "according to a paper"."""
        return source is not None and source.head.lemma_.lower() in listed("words", "papers")

    @staticmethod
    def _telling(event: EventDraft) -> int | None:
        """Give the verb of telling that the clause of an event hangs on: no other clause stands between."""
        tree, i = tree_of(event.block), event.trigger.i
        for _ in range(DEPTH):
            if tree.pos[i] in VERBS and tree.dep[i] != "conj":
                break
            i = tree.head[i]
        above = tree.head[i]
        told = listed("words", "announcing") | listed("words", "saying")
        if tree.pos[above] not in VERBS or tree.lemma[above] not in told or tree.dep[i] not in CLAUSES:
            return None
        plain = event.block.factualities.get(above)
        return above if plain is not None and plain.asserted else None

    def _may_tell(self, event: EventDraft, verb: int) -> bool:
        tree = tree_of(event.block)
        public = event.event in listed("words", "public")
        if self.minutes and public and tree.lemma[verb] in REPORTING:
            return True
        source = self._source(event, verb)
        if source is None:
            return False
        tellers, lemma = self._tellers(source, event), tree.lemma[verb]
        if lemma in listed("words", "announcing") and self._are_among(self._doers(event), tellers):
            return True
        if not public or self._are_parties(event, source):
            return public
        own = self._are_among((r.mention for r in self._taking_part(event)), tellers)
        own = own or (ownerless(event) is not None and self._is_firm(source))
        return self._speaks_for_body(source) and (own or lemma == "announce")

    def _source(self, event: EventDraft, verb: int) -> MentionDraft | None:
        """Give who tells of an event by a verb."""
        block = event.block
        told = (self.reading.at(block, block.doc[k]) for k in tree_of(block).of(verb, "nsubj"))
        return next((m for m in told if m is not None and m.kind in CHAINED), None)

    def _speaks_for_body(self, source: MentionDraft) -> bool:
        """Whether a body tells, or who speaks for one."""
        body = self._is_body(source) or self._is_unnamed(source)
        return body or bool(self.bodies.get(id(self.thing(source))))

    def _is_firm(self, source: MentionDraft) -> bool:
        """Whether a firm tells, of whose sales a text speaks that names no other: "the company said"."""
        tree, i = tree_of(source.block), source.head.i
        called = source.kind == "name" or tree.lemma[i] in listed("words", "reporters")
        return called and self.thing(source).type == "Organization"

    def _are_among(self, mentions: Iterable[MentionDraft], things: set[int]) -> bool:
        return any(id(self.thing(m)) in things for m in mentions)

    def _tellers(self, source: MentionDraft, event: EventDraft) -> set[int]:
        """Give who tells: the source, and those that it speaks for or is of."""
        thing = self.thing(source)
        found = {id(thing)} | self.bodies.get(id(thing), set())
        tree, doc = tree_of(source.block), source.block.doc
        if self._is_unnamed(source):
            found |= {id(self.thing(m)) for m in self._doers(event) if self._is_body(m)}
        for p in constructions.possessives(tree, source.head.i):
            owner = self.reading.at(source.block, doc[p.owner])
            if owner is not None and owner.kind in CHAINED and self._is_body(owner):
                found.add(id(self.thing(owner)))
            # "The Port Authority of Ulm has …, the authority's director said."
            called = (r.mention for r in self._taking_part(event) if self._is_body(r.mention))
            found |= {id(self.thing(m)) for m in called if tree.lower[p.owner] in m.span.text.lower().split()}
        return found

    def _is_unnamed(self, source: MentionDraft) -> bool:
        """Whether a body tells that the text names elsewhere: "has fined Vero, the regulator said"."""
        tree, i = tree_of(source.block), source.head.i
        definite = any(tree.lower[k] == "the" for k in tree.of(i, "det"))
        alone = definite and not tree.of(i, "prep", "amod", "compound") and not self.thing(source).named
        return alone and tree.lemma[i] in listed("words", "watching")

    def _doers(self, event: EventDraft) -> Iterator[MentionDraft]:
        doers = [r.mention for r in event.roles if r.slot.name == "subject"]
        inner = [m for d in doers for m in self.filler.inner(d, ("of",))]
        yield from (m for m in (*doers, *inner) if m.kind in CHAINED)

    @staticmethod
    def _taking_part(event: EventDraft) -> list[Role]:
        return [r for r in event.roles if r.mention.kind in CHAINED and r.name not in APART]

    def _are_parties(self, event: EventDraft, source: MentionDraft) -> bool:
        """Whether those who tell are called the two sides of an event: "both clubs", "the two companies"."""
        tree = tree_of(source.block)
        spelled = {tree.lower[k] for k in range(source.span.start, source.span.end)}
        if not spelled & {"both", "two"} or tree.lemma[source.head.i] not in listed("words", "sides"):
            return False
        taking = (self.thing(r.mention) for r in self._taking_part(event))
        return len({id(thing) for thing in taking if thing.type in BODIES | YARDS}) > 1

    def _is_body(self, mention: MentionDraft) -> bool:
        return self.thing(mention).type in BODIES


def _is_moved(event: EventDraft) -> bool:
    """Whether somebody is glad or sorry to tell it, which he is of what is so: "was proud to say that"."""
    tree, i = tree_of(event.block), event.trigger.i
    for _ in range(DEPTH):
        above = tree.head[i]
        if tree.dep[i] == "xcomp" and tree.lemma[above] in listed("words", "moved_by"):
            how = event.block.factualities.get(tree.head[above])
            return how is not None and how.asserted
        i = above
    return False
