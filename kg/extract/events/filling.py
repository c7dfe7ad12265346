"""Which frame the arguments of a verb or noun fit, and what role each has then."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace

from spacy.tokens import Span

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import is_movement, is_party
from kg.extract.events import publishing, requirements, rulings, stakes, tolls, trials
from kg.extract.events.records import CHAINED, EventDraft, Role, Slot
from kg.extract.events.requirements import VOTES, is_at_polls, is_bare, leading, tasks
from kg.extract.events.table import BEFALLING, FILE, Fill, Frame, kind_of, listed, words_of
from kg.extract.lexicon import TIME_NOUNS, gazetteer, inverse, mapping, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import DETERMINING, PLACES
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values import quantities
from kg.extract.values.units import COINS, MONEY, SHARED_MONEY
from kg.model import Value

CURRENCY = re.compile(r"[A-Z]{3}")
ONE = frozenset({"a", "one", "1"})
SCORE = re.compile(r"\d+\s*[-–—]\s*\d+")
# The scores of the sets of one match: "6-4, 3-6, 7-5", "7-6 (4), 6-2".
SETS = re.compile(r"\d{1,2}[-–]\d{1,2}(?:\s?\(\d+\))?(?:,?\s\d{1,2}[-–]\d{1,2}(?:\s?\(\d+\))?)+")
CONTEST = frozenset({"Organization", "GPE", "Group"})
# Classes of what one studies.
FIELDS = frozenset({"Concept", "Language", "Work", "Law", "Event"})
# What tells in the sentence before that a share is one of votes.
POLLS = VOTES | {"seat", "election", "constituency", "poll", "by-election", "byelection"}
# … and in its own sentence.
BALLOTS = frozenset({"runoff", "run-off", "by-election", "byelection", "election"})
# Classes of what nobody counts among the dead and hurt.
LIFELESS = frozenset({"Facility", "Location", "GPE", "Product", "Work", "Award", "Law", "Event"})
# Classes of what is called after a metal and may be a prize, whatever it looked like: "the Golden Quill".
THINGS_GIVEN = frozenset({"Product", "Person", "Concept", "Work", "Award"})
PLACE_ROLES = frozenset(
    "in at on near inside within outside across around along beside behind under over off aboard".split()
)
# Where the arguments of a noun stand that its verb has given it, the first that its frame knows.
OF_NOUNS = {
    "subject": ("subject", "owner", "by"),
    "undergoer": ("undergoer", "of", "against", "on", "owner"),
    "struck": ("struck", "compound", "of"),
    "self": ("self",),
}
# What stands behind a penalty, and is no part of it.
BEHIND_PENALTY = frozenset({"at", "by", "for", "over", "after", "on", "before"})
# What stands before one, and is none either: "the next six years".
NO_PENALTY = frozenset({"a", "an", "the", "next", "coming", "following"})
STRETCHES = frozenset({"year", "month", "week", "day"})
# Of these "of" tells what is counted, and not whose it is.
COUNTS = frozenset({"number", "total", "count"})
# What tells that a share changed hands.
OF_DEALS = frozenset("from to for at object.from object.to object.for".split())
MILLIONS = frozenset({"million", "billion", "mln", "bn"})
# Roles that a name is of, whatever it looked like.
PARTIES = frozenset({"plaintiff", "defendant"})
SIDES = frozenset({"winner", "loser"})
# Those who deal: a museum, a port or a hotel among them is a body and no building.
DEALERS = frozenset({"buyer", "seller", "payer", "recipient", "client", "contractor", "maker"})
# Where those stand who compete.
OPPOSED = frozenset({"subject", "object", "with", "against", "past", "to"})
# Among the classes of what fills a role: what is none of a kind that words tell.
EXCEPT = {f"not-{kind}": kind for kind in ("authority", "cost", "court", "house", "party", "school")}
# Persons that nobody is appointed.
NO_OFFICES = (
    listed("words", "anyone")
    | listed("words", "any_office")
    | listed("words", "no_office")
    | words("nominals", "office", "no_office")
    | frozenset(inverse("nominals", "kin"))
) - {"member"}
# Nouns that with an article mean an office told before: "was elected to the post".
POSTS = frozenset({"office", "post", "position", "role", "job"})
# What somebody is made who gets the office of another.
SUCCESSORS = frozenset({"successor", "replacement"})
TOLLS = frozenset({"deathToll", "injuredCount"})
HARMING = words("repair", "harming")
Typed = Callable[[MentionDraft], str]
Own = Callable[[MentionDraft, MentionDraft, bool], bool]
Called = Callable[[MentionDraft], frozenset[str]]


class Filler:
    """Fills the frames of a document's events.

    `type_of` gives the class of what a mention stands for, `own` whether what one has is another's
    own, `words_of` the nouns that the text calls it by.
    """

    def __init__(self, reading: Reading, type_of: Typed, own: Own, words_of: Called) -> None:
        self.reading, self.type_of, self.own, self.words_of = reading, type_of, own, words_of
        self._offices: dict[tuple[int, int], MentionDraft] = {}
        # The office by which a person is titled.
        self.held: dict[int, ClaimDraft] = {}
        for claim in reading.claims:
            if claim.relation == rel.POSITION_HELD and claim.object is not None:
                self.held.setdefault(id(claim.subject), claim)
            if claim.relation in (rel.POSITION_HELD, rel.FORMER_POSITION) and claim.object is not None:
                self._offices.setdefault((claim.block.index, claim.object.head.i), claim.object)

    def fill(self, event: EventDraft) -> Iterator[tuple[Frame, list[Role]]]:
        """Give the frames that the arguments of an event fit, each with its roles: mostly the first alone."""
        found: list[tuple[Frame, list[Role]]] = []
        for frame in event.frames:
            if any(f.event == frame.event for f, _ in found) or (found and not frame.also):
                continue
            slots = self._slots(event, frame)
            if not self._fits(event, frame, slots):
                continue
            roles = self._roles(event, frame, slots)
            if self._has_required(event, frame, slots, roles) and (roles or event.noun is not None):
                found.append((frame, roles))
        yield from found

    # The conditions of a frame.

    def _slots(self, event: EventDraft, frame: Frame) -> list[Slot]:
        """Give the arguments under the names of a frame: who is given something may be its object."""
        known, slots = frame.slots, event.slots
        if any(s.name == "object.owner" for s in slots):
            slots = list(self._but_own(event, slots))
        if "receiver" in known or not any(s.name == "receiver" for s in slots):
            return slots
        other = "to" if "to" in known else "object"
        found = []
        for s in slots:
            name = other if s.name == "receiver" else s.name
            if other == "object" and s.name == "object":
                name = "as"
            found.append(s if name == s.name else Slot(name, s.mention, s.standing, s.claim, s.qualifier))
        return found

    def _but_own(self, event: EventDraft, slots: list[Slot]) -> Iterator[Slot]:
        """Leave out whose the object is where it is the subject's own: "he broke his leg".

        In "he hit the guard and broke his leg" it is another's.
        """
        joined = tree_of(event.block).dep[event.trigger.i] == "conj"
        subjects = [s.mention for s in slots if s.name == "subject"]
        for slot in slots:
            own = slot.name == "object.owner" and any(self.own(slot.mention, m, joined) for m in subjects)
            if not own:
                yield slot

    def _fits(self, event: EventDraft, frame: Frame, slots: list[Slot]) -> bool:
        if event.of_noun:
            return True
        if frame.passive and not event.passive:
            return False
        if any(s.name in frame.without for s in slots) or self._is_spared(frame, slots):
            return False
        if self._is_of_any_time(event, frame, slots):
            return False
        if frame.event != "Match" and self._is_of_match(frame, slots):
            return False
        if not self._are_of_classes(frame, slots) or not self._have_words(event, frame, slots):
            return False
        # "Was nominated for a prize but lost to Ann Lee"
        contest = frame.contest or (frame.id == "Match.lose" and self._is_of_persons(slots))
        return not contest or self._is_contest(event, slots)

    def _is_of_persons(self, slots: list[Slot]) -> bool:
        return all(self.type_of(s.mention) == "Person" for s in slots if s.name in ("subject", "to"))

    def _is_of_any_time(self, event: EventDraft, frame: Frame, slots: list[Slot]) -> bool:
        """Whether a thing is told to be found, or a prize given, at any time: "the medal is awarded"."""
        if frame.event not in ("Discovery", "AwardGiving"):
            return False
        found = frame.event == "Discovery"
        told = found or any(s.name == "object" and self._is_award(s.mention) for s in slots)
        return told and is_always_so(event.block, event.trigger.i)

    def _are_of_classes(self, frame: Frame, slots: list[Slot]) -> bool:
        for name, kinds in frame.needs.items():
            there = [s for s in slots if s.name == name]
            if not there and name == "object" and not frame.requires:
                return False
            dealing = any(fill.role in DEALERS for fill in frame.slots.get(name, ()))
            paid = "Quantity" in kinds and any(_is_sum(s.mention) for s in there)
            if there and not paid and not any(self._is_of(s.mention, kinds, dealing) for s in there):
                return False
        return True

    def _have_words(self, event: EventDraft, frame: Frame, slots: list[Slot]) -> bool:
        for name, wanted in frame.words.items():
            there = [s.mention for s in slots if s.name == name]
            if (there or name != "subject") and not any(self._is_called(m, wanted) for m in there):
                return False
        if frame.as_is and not self._is_said_to_be(event, frame.as_is, slots):
            return False
        return self._has_object(frame, [s.mention for s in slots if s.name == "object"])

    def _is_spared(self, frame: Frame, slots: list[Slot]) -> bool:
        """Whether what stands somewhere is of the words by which a verb means something else."""
        return any(self.lemma(s.mention) in frame.spares.get(s.name, ()) for s in slots)

    def _is_called(self, mention: MentionDraft, wanted: frozenset[str]) -> bool:
        """Whether a word heads a mention, what a pronoun stands for, or "88 of the 150 seats"."""
        tree, i = tree_of(mention.block), mention.head.i
        # "Hooligans" at the head of a sentence may look like a name.
        if not wanted.isdisjoint({tree.lemma[i], tree.lower[i].removesuffix("s")}):
            return True
        if tree.pos[i] == "NUM" and mention.kind == "nominal" and self._is_of_phrase(mention, wanted):
            return True
        told = mention.kind in ("pronoun", "name")
        return told and not wanted.isdisjoint(self.words_of(mention))

    def _is_said_to_be(self, event: EventDraft, wanted: frozenset[str], slots: list[Slot]) -> bool:
        if event.complement:
            return event.complement in wanted
        return any(self.lemma(s.mention) in wanted for s in slots if s.name == "as")

    def _has_object(self, frame: Frame, objects: list[MentionDraft]) -> bool:
        """Whether an object is of the kind, or of a phrase, that a frame asks for."""
        if frame.object_kind and not any(self._is(frame.object_kind, m) for m in objects):
            return False
        return not frame.object_of or any(self._is_of_phrase(m, frame.object_of) for m in objects)

    def _has_required(self, event: EventDraft, frame: Frame, slots: list[Slot], roles: list[Role]) -> bool:
        if not (frame.requires or frame.demands) or (event.of_noun and frame.verbs):
            return True
        names = {s.name for s in slots}
        filled = {r.name for r in roles}
        tests = requirements.tests(event, slots, roles) | {
            "votes": lambda: self._tells_votes("value", roles),
            "ballots": lambda: self._tells_votes("voteShare", roles),
            "share": lambda: stakes.is_of_share(slots) and not names.isdisjoint(OF_DEALS),
            "armed": lambda: any(r.name == "attacker" and self._is("armed", r.mention) for r in roles),
            "crime": lambda: any(r.name == "charge" and self._is_crime(r.mention) for r in roles),
            "ruling": lambda: self._is_ruling(event, roles),
            "litigated": lambda: rulings.is_litigated(self.reading, event),
        }

        def holds(name: str) -> bool:
            return tests[name]() if name in tests else name in names or name in filled

        return all(map(holds, frame.demands)) and (not frame.requires or any(map(holds, frame.requires)))

    def _tells_votes(self, name: str, roles: list[Role]) -> bool:
        """Whether a share that has a role is one of votes."""
        return any(r.name == name and self._is_of_votes(r.mention) for r in roles)

    def _is_crime(self, mention: MentionDraft) -> bool:
        """Whether one is punished for something: a deed told by a verb, or by its noun."""
        return mention.kind == "clause" or self.lemma(mention) in listed("words", "crimes")

    def _may_be_crime(self, mention: MentionDraft) -> bool:
        """Whether one is arrested on something, and not at a place or time: "on her way", "on a train"."""
        return self._is_crime(mention) or self.lemma(mention) in listed("words", "suspicion")

    def _is_ruling(self, event: EventDraft, roles: list[Role]) -> bool:
        """Whether a court awards a sum; a jury only where the words around it are those of a court."""
        named = {r.name for r in roles}
        if "court" not in named or "penalty" not in named:
            return False
        tree = tree_of(event.block)
        around = event.block.with_sentence_before(event.trigger)
        told = listed("words", "litigation") | listed("words", "hearings") | {"damages", "compensation"}
        courts = [r.mention for r in roles if r.name == "court"]
        return any(self.lemma(m) != "jury" for m in courts) or any(tree.lemma[i] in told for i in around)

    def _is_term(self, mention: MentionDraft) -> bool:
        """Whether a penalty is a stretch of time: "jailed for nine years", "got life"."""
        if mention.kind == "time" or _is_duration(mention):
            return _is_duration(mention) or _is_stretch(mention)
        return mention.kind != "clause" and self.lemma(mention) in listed("words", "terms")

    @staticmethod
    def _is_of_votes(mention: MentionDraft) -> bool:
        """Whether a share is one of votes by the words of its sentence, or of the one before."""
        if mention.value is None or mention.value.unit != "%":
            return False
        tree, said = tree_of(mention.block), mention.block.with_sentence_before(mention.head)
        of = tree.under(mention.head.i, "of")
        if any(tree.lemma[o] not in VOTES for o in of):
            return False  # "20 percent of the firm"
        start = mention.head.sent.start
        polled = tree.lemma[tree.head[mention.head.i]] == "poll"
        return polled or any(tree.lemma[i] in (VOTES | BALLOTS if i >= start else POLLS) for i in said)

    def _is_of(self, mention: MentionDraft, kinds: frozenset[str], dealing: bool = False) -> bool:
        for special in ("office", "school", "authority"):
            if special in kinds:
                return self._is(special, mention)
        if mention.kind == "clause":
            return False
        if "brand" in kinds:
            return self._is_brand(mention)
        if "honour" in kinds:
            return self._is_honour(mention)
        if "vehicle" in kinds and self._is_vehicle(mention):
            return True  # "the coach overturned" is no trainer
        if dealing and "Organization" in kinds and self._may_deal(mention):
            return True
        return self._is_of_class(mention, kinds)

    def _is_vehicle(self, mention: MentionDraft) -> bool:
        """Whether something drives, sails or flies, by its noun or that before it: "trawler Sanna"."""
        tree, i = tree_of(mention.block), mention.head.i
        said = {self.lemma(mention), *(tree.lemma[k] for k in tree.of(i, "compound", "nmod"))}
        return not said.isdisjoint(listed("words", "vehicles"))

    def _is_of_class(self, mention: MentionDraft, kinds: frozenset[str]) -> bool:
        # Of a noun that no table has, a number tells that it is of people: "three climbers".
        counted = mention.value is not None and mention.value.unit is None and "Person" in kinds
        kind = self.type_of(mention)
        if kind in LIFELESS and mention.kind == "name":
            return kind in kinds or "Team" in kinds  # "Denby Vale" is no valley where it is beaten
        return kind in kinds or (kind in ("Concept", "Quantity") and counted and mention.kind != "time")

    def _is_brand(self, mention: MentionDraft) -> bool:
        """Whether a name of one word may be that of goods, though it looks a firm's: "launched Kveik"."""
        alone = mention.kind == "name" and len(mention.span) == 1 and not mention.span.text.isupper()
        return alone and self.type_of(mention) in ("Organization", "Product", "Work", "Concept")

    def _is_of_match(self, frame: Frame, slots: list[Slot]) -> bool:
        """Whether a verb tells of a match: by a score, or of a meeting in a cup."""
        if frame.event != "Meeting":
            return any(s.name == "score" for s in slots)
        where = [s.mention for s in slots if s.name in ("in", "at")]
        where += [m for s in slots if s.name == "object" for m in self.inner(s.mention, ("in", "at"))]
        return any(m.kind == "name" and m.span[-1].lower_ in listed("words", "cups") for m in where)

    def _is_contest(self, event: EventDraft, slots: list[Slot]) -> bool:
        """Whether two sides compete: bodies, or persons of whom a score or a competition is told."""
        if self._has_score(slots):
            return True
        both = [s.mention for s in slots if s.name in OPPOSED]
        sides = [self.type_of(m) for m in both]
        # "helped the army to defeat the rebels", "trounced her rival by 9,000 votes"
        if any(map(self._fights, both)) or ("Person" in sides and is_at_polls(event)):
            return False
        told = any(s.name in ("in", "at") and self._is_round(s.mention) for s in slots)
        return len(sides) > 1 and (told or all(kind in CONTEST for kind in sides))

    def _is_round(self, mention: MentionDraft) -> bool:
        """Whether something is a competition or a part of one: "in the semi-final"."""
        return self.type_of(mention) == "Event" or self.lemma(mention) in listed("words", "rounds")

    @staticmethod
    def _has_score(slots: list[Slot]) -> bool:
        return any(s.name == "score" or SCORE.search(s.mention.span.text) for s in slots)

    def _fights(self, mention: MentionDraft) -> bool:
        """Whether somebody is at war and in no match: an army, fighters, by noun or by name."""
        if mention.kind == "name":
            return not listed("words", "fighting_names").isdisjoint(t.lower_ for t in mention.span)
        return self.lemma(mention) in listed("words", "fighting")

    @staticmethod
    def lemma(mention: MentionDraft) -> str:
        """Give the lemma of the word that heads a mention."""
        lemma: str = tree_of(mention.block).lemma[mention.head.i]
        return lemma

    @staticmethod
    def _is_of_phrase(mention: MentionDraft, nouns: frozenset[str]) -> bool:
        tree = tree_of(mention.block)
        for p in tree.of(mention.head.i, "prep"):
            inner = tree.first(p, "pobj")
            if tree.lower[p] == "of" and inner is not None and tree.lemma[inner] in nouns:
                return True
        return False

    def _is(self, kind: str, mention: MentionDraft) -> bool:
        """Whether a mention is of a kind that words tell: a court, an award, a school, an office."""
        tree = tree_of(mention.block)
        if kind == "award":
            return self._is_award(mention)
        if kind == "term":
            return self._is_term(mention)
        if kind == "party":
            return is_party(mention.label) or is_movement(mention.label)
        words = {tree.lower[i] for i in range(mention.span.start, mention.span.end)} | {self.lemma(mention)}
        if (title := self.held.get(id(mention))) is not None and title.object is not None:
            words.add(self.lemma(title.object))  # "Judge Anna Moll"
        if kind == "office":
            if (mention.block.index, mention.head.i) in self._offices:
                return True
            if self.lemma(mention) in NO_OFFICES:
                return False  # "became the first woman to chair the guild, a post that", "became his heir"
            return lemma_type(self.lemma(mention)) in ("Person", "Position")
        return not words.isdisjoint(listed("words", f"{kind}s") | listed("words", kind))

    def _is_award(self, mention: MentionDraft) -> bool:
        """Whether a mention is an award by its head, or by a word of its name: "Legion of Honour"."""
        if mention.kind == "pronoun":
            return not self.words_of(mention).isdisjoint(listed("words", "awards"))
        if mention.kind == "name":
            said = {t.lower_ for t in mention.span}
            known = listed("words", "awards") | listed("words", "awards_by_name")
            told = mention.type == "Award" or self._is_shaped(mention) or not said.isdisjoint(known)
            return told or self._is_honour(mention)
        tree, i = tree_of(mention.block), mention.head.i
        shaped = tree.tag[i] == "NNP" and mention.kind == "nominal" and self._is_shaped(mention)
        return shaped or tree.lemma[i] in listed("words", "awards") or self._is_honour(mention)

    def _is_shaped(self, mention: MentionDraft) -> bool:
        """Whether a name is that of a prize by its shape or metal: "the Ulm Lion", "the Golden Quill"."""
        said = [t.lower_ for t in mention.span if t.is_title and t.pos_ != "DET"]
        if len(said) < 2:
            return False
        metal = said[0] in listed("words", "awards_of_metal")
        shape = said[-1] in listed("words", "awards_by_shape")
        return shape or (metal and self.type_of(mention) in THINGS_GIVEN)

    @staticmethod
    def _is_honour(mention: MentionDraft) -> bool:
        """Whether somebody is called the best of a time or a match, or by an honour: "player of the year"."""
        tree, i = tree_of(mention.block), mention.head.i
        if mention.kind == "clause":
            return False
        honorary = any(tree.lower[k] == "honorary" for k in tree.of(i, "amod"))
        if (honorary and tree.lemma[i] in listed("words", "honorary")) or tree.lower[i] in listed(
            "words", "made_by_honour"
        ):
            return True
        of = tree.under(i, "of")
        if any(tree.lower[o] in listed("words", "honoured") for o in of):
            return True
        best = any(tree.tag[k] == "JJS" or tree.lower[k] == "most" for k in tree.subtree(i) if k < i)
        return best and tree.lemma[i] in listed("words", "honourable")

    # The roles of a frame.

    def _roles(self, event: EventDraft, frame: Frame, slots: list[Slot]) -> list[Role]:
        roles: list[Role] = []
        for slot in slots:
            for fill in self._fills(event, frame, slot):
                filled = list(self.filled(frame, fill, slot))
                roles += filled
                if filled:
                    break
        if frame.id in ("Measurement.share", "Measurement.place"):
            # "38 percent of the vote and six seats": the seats are no share.
            roles = [r for r in roles if r.name != "value" or self._is_of_votes(r.mention)]
            roles += [self._share(r) for r in roles if r.name == "value"]
        if frame.event == "Publication":
            roles += publishing.of_work(self.reading, event, roles, self.type_of, self.own)
        roles += self._unsaid(event, frame, roles)
        roles = _without_own_reason(self._summed(_without_shared_number(event, roles)))
        own = [*self._of_appointers(frame, roles), *self._schools(frame, roles)]
        if frame.event == "Change":
            _even_units(roles)
        roles = _with_one_sum(roles + self._of_consortium(roles))
        return [*roles, *own, *self._of_offices(frame, [*roles, *own]), *self._of_quantities(roles)]

    def _unsaid(self, event: EventDraft, frame: Frame, roles: list[Role]) -> list[Role]:
        """Give what no slot of a frame tells: what a contract is for, who gives an award."""
        told = {r.name for r in roles}
        if frame.event == "ContractAward" and "subject" not in told:
            return list(self._tasks(event, roles))
        if frame.event == "AwardGiving" and "awardedBy" not in told:
            return list(self._givers(roles))
        if frame.event == "Appointment" and told.isdisjoint({"organization", "office"}):
            return list(self._led(event, roles))
        return []

    def _tasks(self, event: EventDraft, roles: list[Role]) -> Iterator[Role]:
        """Give what is to be made under a contract: "picked Vero to build it", "a contract to run trams"."""
        tree = tree_of(event.block)
        made = (o for verb in tasks(event, event.slots) for o in tree.of(verb, "dobj"))
        for o in made if roles else ():
            mention = self.reading.argument(event.block, event.block.doc[o], nominals.create_mention)
            if mention.kind in ("name", "nominal"):
                yield Role("subject", mention, replace(roles[0].slot, name="task", mention=mention))

    def _led(self, event: EventDraft, roles: list[Role]) -> Iterator[Role]:
        """Give the body that somebody is to lead: "was hired to run the agency", "stepped up to lead it"."""
        tree, block = tree_of(event.block), event.block
        led = (o for verb in leading(event, event.slots) for o in tree.of(verb, "dobj"))
        for o in led if roles else ():
            mention = self.reading.argument(block, block.doc[o], nominals.create_mention)
            if self.type_of(mention) in ("Organization", "Facility"):
                yield Role("organization", mention, replace(roles[0].slot, name="led", mention=mention))

    def _share(self, value: Role) -> Role:
        """Give what a share of votes measures, which has a word of its own nowhere."""
        return Role("quantity", self._literal(value.mention, "text", "share of the vote"), value.slot)

    @staticmethod
    def _fills(event: EventDraft, frame: Frame, slot: Slot) -> tuple[Fill, ...]:
        """Give the roles that an argument may have where it stands."""
        if not event.of_noun:
            return frame.slots.get(slot.name, ())
        names = OF_NOUNS.get(slot.name, (slot.name,))
        fills = next((frame.noun_slots[name] for name in names if name in frame.noun_slots), ())
        verbal = {"subject": "subject", "undergoer": "object"}.get(slot.name, "")
        return fills or frame.slots.get(verbal, ())

    def filled(self, frame: Frame, fill: Fill, slot: Slot) -> Iterator[Role]:
        """Give a role and what fills it, if it takes what stands in a slot."""
        mention, (kind, number) = slot.mention, kind_of(frame.event, fill.role)
        exact = bool(kind or fill.classes)
        if self._is_barred(fill, mention):
            return
        take = _TAKING.get(kind)
        if kind == "people":
            yield from self._people(fill.role, number, slot)
        elif take is not None:
            taken = take(self, mention)
            if taken is not None:
                yield Role(fill.role, taken, slot, exact)
        elif mention.kind not in ("clause", "time") and (
            mention.kind != "quantity" or (mention.value is None and not SCORE.search(mention.span.text))
        ):
            yield Role(fill.role, mention, slot, exact)
        elif mention.kind == "clause" and fill.role in ("topic", "reason", "purpose", "subject", "charge"):
            yield Role(fill.role, mention, slot)

    def _is_barred(self, fill: Fill, mention: MentionDraft) -> bool:
        """Whether something is not of the classes of a role, or is a part of a score where a side stands."""
        if fill.role in SIDES and mention.kind != "name":
            if SCORE.fullmatch(mention.label or mention.span.text):
                return True  # "beat Holt of Ulm 6-4 6-3"
        return bool(fill.classes) and "honour" not in fill.classes and not self._may_fill(fill, mention)

    def _may_fill(self, fill: Fill, mention: MentionDraft) -> bool:
        for special, test in (("term", self._is_term), ("crime", self._may_be_crime)):
            if special in fill.classes:
                return test(mention)
        if mention.kind == "clause" or self._class_for(fill, mention) not in fill.classes:
            return False
        return not any(self._is(kind, mention) for word, kind in EXCEPT.items() if word in fill.classes)

    def _class_for(self, fill: Fill, mention: MentionDraft) -> str:
        """Give the class of what is to fill a role, which may tell more than its own words."""
        lifeless = self._is_lifeless_doer(fill, mention) or self._is_event(mention)
        return "Event" if lifeless else self._acting(fill, mention)

    def _is_event(self, mention: MentionDraft) -> bool:
        """Whether a noun tells what people come to harm by, whatever it is like: "the quake", "the blaze"."""
        return mention.kind == "nominal" and self.lemma(mention) in words_of(BEFALLING)[0]

    def _is_lifeless_doer(self, fill: Fill, mention: MentionDraft) -> bool:
        """Whether what killed is no one, whatever it is like: a storm with a name, a ship, a bus."""
        if fill.role not in trials.DOERS.values():
            return False
        driven = mention.kind == "nominal" and self.lemma(mention) in listed("words", "vehicles")
        return driven or tolls.is_storm(mention)

    def _acting(self, fill: Fill, mention: MentionDraft) -> str:
        """Give the class of what may fill a role: whoever competes, sues or deals is no place."""
        kind = self.type_of(mention)
        named = mention.kind == "name" or mention.head.pos_ == "PROPN"
        if fill.role in SIDES and named and kind in LIFELESS - {"GPE"}:
            return "Organization"  # whoever takes part is a team: "beat Denby Vale"
        if fill.role in PARTIES and (kind in ("Facility", "Location") or (kind == "Concept" and named)):
            return "Organization"  # whoever sues or is sued is somebody: "sued the studio"
        if fill.role in DEALERS and "Organization" in fill.classes and self._may_deal(mention):
            return "Organization"
        return kind

    def _may_deal(self, mention: MentionDraft) -> bool:
        """Whether one who deals may be a body, whatever its class: "the museum bought the bust"."""
        kind = self.type_of(mention)
        if mention.kind == "name":
            return kind in ("Facility", "Concept", "Work", "Product")
        return kind == "Facility" or self.lemma(mention) in listed("words", "firmlike")

    def _people(self, role: str, number: str, slot: Slot) -> Iterator[Role]:
        mention = slot.mention
        if self._is_event(mention) or tolls.is_example(tree_of(mention.block), mention.head.i):
            return  # "nine people, among them two children": those are of the nine
        if number and (count := self._count(mention)) is not None:
            yield Role(number, count, slot, exact=True)
        if mention.kind in ("clause", "time", "quantity"):
            return
        told = not number or not is_anyone(mention) or mention.head.tag_ == "NN"
        told = told and not (number and mention.head.tag_ == "CD")
        if told or mention.kind == "pronoun":
            if mention.kind != "attribute":
                yield Role(role, mention, slot, exact=True)

    def _summed(self, roles: list[Role]) -> list[Role]:
        """Put the numbers of several into one: "the driver and two passengers" are three.

        Where one of them is of no known number the sum is not known either.
        """
        for number, person in (("deathToll", "deceased"), ("injuredCount", "injured")):
            counted = [r for r in roles if r.name == number]
            ones = {id(r.slot.mention): r for r in roles if r.name in (number, person)}
            if not counted or len(ones) < 2 or len({r.slot.name for r in ones.values()}) > 1:
                continue
            roles = [r for r in roles if r.name != number]
            several = [self._how_many(r.slot.mention) for r in ones.values()]
            if all(several):
                first = counted[0]
                value = Value(str(sum(several)), "integer")
                roles.append(Role(number, replace(first.mention, value=value), first.slot, exact=True))
                self.reading.add(roles[-1].mention, argument=False)
        return roles

    def _how_many(self, mention: MentionDraft) -> int:
        """Give how many a mention is, and 0 where that is not known."""
        value = mention.value
        if value is not None:
            exact = value.datatype == "integer" and value.comparator is None and value.unit is None
            return int(value.lexical) if exact else 0
        single = mention.kind == "name" or tree_of(mention.block).tag[mention.head.i] == "NN"
        return 1 if single and self.type_of(mention) == "Person" else 0

    def _count(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the number of a counted noun, or a bare number, as a quantity of its own."""
        value = mention.value
        if value is None or value.unit or value.datatype not in ("integer", "decimal"):
            return None
        if mention.kind != "quantity" and self.type_of(mention) in LIFELESS:
            return None  # "damaged 17 houses"
        return self._literal(mention, "quantity", mention.span.text, counted=True)

    def _literal(
        self, mention: MentionDraft, kind: str, label: str, *, counted: bool = False
    ) -> MentionDraft:
        draft = MentionDraft(
            mention.block,
            mention.span,
            mention.head,
            "quantity" if kind == "quantity" else "attribute",
            "Quantity" if kind == "quantity" else "Concept",
            label,
            value=mention.value if counted else None,
        )
        return self.reading.add(draft, argument=False)

    def paid(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the sum that a mention names, if it is one and no rate: not "150 rupees a kilo"."""
        return None if _is_rate(mention) else self.money(mention)

    def money(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the sum of money that a mention names, or that what is paid comes to."""
        value = mention.value
        unit = (value.unit or "") if value is not None and mention.kind != "time" else ""
        if not CURRENCY.fullmatch(unit) and not self._is_in_coins(mention):
            if _is_bare_sum(mention):
                return mention
            if _is_part_of_sum(mention):
                return self._literal(mention, "quantity", "", counted=True)
            return self._coin(mention) or self._sum_of(mention)
        return mention if mention.kind == "quantity" else self._literal(mention, "quantity", "", counted=True)

    def _coin(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the sum of one coin: "sold it for a symbolic krone", "for one pound"."""
        tree, i = tree_of(mention.block), mention.head.i
        known = tree.lower[i] in COINS or tree.lower[i] in MONEY
        if mention.kind != "nominal" or not known or tree.tag[i] != "NN" or tree.of(i, "prep", "compound"):
            return None
        if not any(tree.lower[k] in ONE for k in tree.of(i, *DETERMINING, "nummod")):
            return None
        coin = self._literal(mention, "quantity", mention.span.text)
        coin.value = Value("1", "integer", MONEY.get(tree.lower[i]))
        return coin

    @staticmethod
    def _is_in_coins(mention: MentionDraft) -> bool:
        """Whether a number is money of some country, which its word does not tell: "5 million crowns"."""
        known = mention.value is not None and not mention.value.unit and mention.kind != "time"
        return known and any(t.lower_ in SHARED_MONEY for t in mention.span)

    def _sum_of(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the sum of what is paid: "for a fee of £85,000", "in a deal worth 3 million euros"."""
        if mention.kind != "nominal" or self.lemma(mention) not in listed("words", "sums"):
            return None
        tree, head = tree_of(mention.block), mention.head.i
        own = quantities.measure_of(mention.block, head)
        if own is not None and CURRENCY.fullmatch(own[1].unit or ""):  # "a £900 million deal"
            span, value = own
            draft = MentionDraft(
                mention.block, span, span.root, "quantity", "Quantity", span.text, value=value
            )
            return self.reading.add(draft, argument=False)
        for i in range(tree.left[head], tree.right[head] + 1):
            found = mention.block.measures.get(i)
            if found is not None and found is not mention and found.kind == "quantity":
                return self.money(found)
        return None

    def _percent(self, mention: MentionDraft) -> MentionDraft | None:
        if mention.value is None or mention.value.unit != "%":
            return None
        return self._literal(mention, "quantity", mention.span.text, counted=True)

    def _measure(self, mention: MentionDraft) -> MentionDraft | None:
        value = mention.value
        if value is None or mention.kind == "time" or value.datatype not in ("integer", "decimal"):
            return None
        return self._literal(mention, "quantity", mention.span.text, counted=True)

    def _score(self, mention: MentionDraft) -> MentionDraft | None:
        goalless = mention.label.lower() in listed("words", "goalless")
        if mention.kind == "attribute" and (goalless or SCORE.fullmatch(mention.label)):
            return mention  # of a line of results, of "a goalless draw"
        found = SCORE.search(mention.span.text)
        return self._literal(mention, "text", _all_sets(mention, found)) if found else None

    def _competition(self, mention: MentionDraft) -> MentionDraft | None:
        """Take a cup or league, by its name where a phrase has it: "the fourth round of the National Cup"."""
        if mention.kind == "name":
            last = mention.span[-1].lower_
            told = last in listed("words", "competitions") or self.type_of(mention) == "Event"
            return mention if told else None
        if mention.kind != "nominal" or self.lemma(mention) in listed("words", "ranks"):
            return None
        if self.lemma(mention) in listed("words", "races"):
            return mention if _is_named_before(mention) else None
        part = self.lemma(mention) in listed("words", "rounds")
        inner = (m for m in self.inner(mention, ("of", "in")) if m.kind == "name")
        named = next((found for m in inner if (found := self._competition(m)) is not None), None)
        return named or (mention if self.type_of(mention) == "Event" and not part else None)

    def _penalty(self, mention: MentionDraft) -> MentionDraft | None:
        if self.lemma(mention) in trials.CELLS:
            return None  # "behind bars": that is where one serves it
        if mention.kind == "clause" or (mention.kind == "time" and not self._is_term(mention)):
            return None
        tree, end = tree_of(mention.block), mention.span.end
        hanging = (p for p in tree.of(mention.head.i, "prep") if tree.lower[p] in BEHIND_PENALTY)
        end = min([end, *(p for p in hanging if p > mention.head.i)])
        # "12 years in prison", "20 years' imprisonment"
        while end + 1 < tree.n and tree.lower[end] in ("in", "'", "’", "of", "to", "for") and end > 0:
            if tree.lower[end + 1] not in ("prison", "jail", "custody", "imprisonment", "life"):
                break
            end += 2
        first = mention.span.start
        while tree.lower[first] in NO_PENALTY and end - first > 1:
            first += 1
        first -= _is_span(tree, first, end)
        return self._literal(mention, "text", mention.block.doc[first:end].text)

    def _court(self, mention: MentionDraft) -> MentionDraft | None:
        return mention if mention.kind != "clause" and self._is("court", mention) else None

    def _weapon(self, mention: MentionDraft) -> MentionDraft | None:
        return mention if mention.kind in ("name", "nominal") and self._is("weapon", mention) else None

    def _award(self, mention: MentionDraft) -> MentionDraft | None:
        prize = self.lemma(mention) in listed("words", "metals") or self._is("award", mention)
        return mention if mention.kind in CHAINED and prize else None

    def _office(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the office that a mention names, as a thing and not the one who holds it."""
        there = self._offices.get((mention.block.index, mention.head.i))
        if _is_to_come(mention):
            return None
        if self.lemma(mention) in SUCCESSORS or self.lemma(mention) == "seat":
            return None  # "as his successor": it is what the other had; "88 of the 150 seats"
        if self.lemma(mention) in listed("words", "pursuits"):
            return None  # "retired from the game"
        if there is not None:
            return there
        if (told := self._told_before(mention)) is not None:
            return told
        if mention.kind != "nominal" or self.lemma(mention) in listed("words", "joined"):
            return mention if mention.type in ("Position", "Organization", "Group") else None
        draft = MentionDraft(
            mention.block,
            mention.span,
            mention.head,
            "nominal",
            "Position",
            self._title(mention),
        )
        self._offices[mention.block.index, mention.head.i] = draft
        return self.reading.add(draft, argument=False)

    def _told_before(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the office that "the post" is: the last one told of in its sentence, or in the one before."""
        tree, i = tree_of(mention.block), mention.head.i
        bare = [k for k in tree.kids[i] if tree.dep[k] not in ("punct", "cc", "conj")]
        if tree.lower[i] not in POSTS or [tree.lower[k] for k in bare] != ["the"]:
            return None
        start = mention.block.with_sentence_before(mention.head).start
        told = [k for b, k in self._offices if b == mention.block.index and start <= k < i]
        return self._offices[mention.block.index, max(told)] if told else None

    def _title(self, mention: MentionDraft) -> str:
        """Give what an office is called: who gets the foreign ministry is foreign minister."""
        label: str = mention.label or mention.span.text
        word: str = mention.head.text
        title = mapping(FILE, "offices").get(self.lemma(mention))
        return label.replace(word, title) if title else label

    def _charge(self, mention: MentionDraft) -> MentionDraft | None:
        """Give the crime: "on suspicion of murder"."""
        if self.lemma(mention) in listed("words", "no_charges"):
            return None
        if self.lemma(mention) not in listed("words", "suspicion"):
            return mention if mention.kind in ("name", "nominal", "clause", "attribute") else None
        tree, block = tree_of(mention.block), mention.block
        for p in tree.of(mention.head.i, "prep"):
            for o in tree.of(p, "pobj", "pcomp"):
                if tree.lower[p] == "of":
                    return self.reading.argument(block, block.doc[o], nominals.create_mention)
        named = tree.of(mention.head.i, "compound", "amod")
        return mention if named and mention.kind == "nominal" else None

    def _field(self, mention: MentionDraft) -> MentionDraft | None:
        """Take what is learned: no person, and a body or thing only by a bare noun ("studied business")."""
        if mention.kind in ("clause", "time", "quantity", "pronoun"):
            return None
        kind, tree = self.type_of(mention), tree_of(mention.block)
        if kind in FIELDS:
            return mention
        bare = is_bare(mention)
        if bare and kind == "Group" and gazetteer.land_of_adjective(mention.span.text) is not None:
            return self._language(mention)
        lemma = self.lemma(mention)
        if lemma in listed("words", "instruments"):
            return mention
        field = kind not in ("Person", "Group") or lemma in listed("words", "sciences")
        return mention if bare and field and tree.tag[mention.head.i] in ("NN", "NNS") else None

    def _language(self, mention: MentionDraft) -> MentionDraft:
        """Give the language of a people: "studied German"."""
        draft = MentionDraft(
            mention.block, mention.span, mention.head, "nominal", "Language", mention.span.text
        )
        return self.reading.add(draft, argument=False)

    def _quantity(self, mention: MentionDraft) -> MentionDraft | None:
        return mention if mention.kind in ("nominal", "name", "pronoun", "attribute") else None

    # What stands within a role.

    def _of_offices(self, frame: Frame, roles: list[Role]) -> Iterator[Role]:
        """ "Elected mayor of Ulm", "chief executive of Vero": the constituency, the organization."""
        wanted = {"Election": ("constituency", PLACES), "Appointment": ("organization", {"Organization"})}
        wanted["Departure"] = wanted["Appointment"]
        if frame.event == "Appointment" and not any(r.name == "office" for r in roles):
            yield from self._titles(frame, roles)
        if frame.event not in wanted:
            return
        name, kinds = wanted[frame.event]
        if any(r.name == name for r in roles):
            return
        for role in [r for r in roles if r.name == "office"]:
            if name == "organization" and self.lemma(role.mention) in listed("words", "of_subjects"):
                continue
            for mention in self.inner(role.mention, ("of", "for", "at", "in")):
                if self.type_of(mention) in kinds:
                    yield Role(name, mention, role.slot)

    def _givers(self, roles: list[Role]) -> Iterator[Role]:
        """Give the body that a prize is of: "the Guild of Printers' Marsh Prize", "the medal of the Academy".

        The "club's second trophy" is one that the club won.
        """
        for role in [r for r in roles if r.name == "award" and self._is_given(r.mention)]:
            tree, block, i = tree_of(role.mention.block), role.mention.block, role.mention.head.i
            of = tree.under(i, "of")
            named = [self.reading.at(block, block.doc[k]) for k in (*of, *_owners(tree, role.mention.span))]
            for found in named:
                if found is not None and found.kind == "name" and self.type_of(found) == "Organization":
                    yield Role("awardedBy", found, role.slot, exact=True)

    def _is_given(self, award: MentionDraft) -> bool:
        tree, i = tree_of(award.block), award.head.i
        before = {tree.lower[k] for k in tree.subtree(i) if k < i}
        won = listed("words", "metals") | listed("words", "ordinal")
        return award.kind == "name" or (
            self.lemma(award) in listed("words", "given") and before.isdisjoint(won)
        )

    def _of_consortium(self, roles: list[Role]) -> list[Role]:
        """ "A consortium of Vero and the local firm Arlo": those who share a contract."""
        return [
            Role("contractor", m, role.slot, exact=True)
            for role in roles
            if role.name == "contractor" and self.lemma(role.mention) in listed("words", "shared")
            for m in self._members(role.mention)
        ]

    def _members(self, mention: MentionDraft) -> Iterator[MentionDraft]:
        """Give the firms behind the "of" of a consortium, by the names that the nouns among them have."""
        tree, block = tree_of(mention.block), mention.block
        for p in tree.of(mention.head.i, "prep"):
            inner = tree.first(p, "pobj")
            for o in (
                tree.conjuncts(inner) if inner is not None and tree.lower[p] in ("of", "between") else ()
            ):
                named = [o, *(a.renaming for a in constructions.appositions(tree, o))]
                found = (self.reading.at(block, block.doc[k]) for k in named)
                yield from (
                    m for m in found if m is not None and m.kind == "name" and m.type == "Organization"
                )

    def _of_quantities(self, roles: list[Role]) -> Iterator[Role]:
        """ "Harker's sales rose", "the price of bread fell": whose quantity it is; a name alone has one."""
        if any(r.name == "quantityOf" for r in roles):
            return
        for role in [r for r in roles if r.name == "quantity"]:
            if role.mention.kind == "name":
                role.name = "quantityOf"
                continue
            of = ("at", "in", "for") if self.lemma(role.mention) in COUNTS else ("of", "at", "in", "for")
            owners = [m for m in self.inner(role.mention, of) if not self._is_time(m)]
            named = [m for m in owners if m.kind == "name"] or owners
            yield from (Role("quantityOf", m, role.slot) for m in named[:1] if self._is_somebody(m))

    def _is_time(self, mention: MentionDraft) -> bool:
        """Whether a mention is of a time, by name or not: "profit for the quarter"."""
        noun = mention.kind == "nominal" and self.lemma(mention) in TIME_NOUNS | {"quarter"}
        return mention.kind == "time" or noun

    def _is_somebody(self, mention: MentionDraft) -> bool:
        """Whether a mention is a thing: a pronoun only where it is told what it stands for."""
        known = mention.kind == "pronoun" and self.type_of(mention) not in ("Concept", "")
        return known or mention.kind in ("name", "nominal")

    def _titles(self, frame: Frame, roles: list[Role]) -> Iterator[Role]:
        """Give the office by which somebody is titled: "director Nora Lind, who took over in May".

        Who "was appointed" is called by the office only where that stands right before the name.
        """
        for role in [r for r in roles if r.name == "person"]:
            claim = self.held.get(id(role.mention))
            if claim is None or claim.object is None:
                continue
            before = claim.rule == rules.TITLE_BEFORE.id and is_post(claim.object)
            if frame.id == "Appointment.take_over" or (before and frame.id == "Appointment.appoint"):
                yield Role("office", claim.object, role.slot, exact=True)

    def _schools(self, frame: Frame, roles: list[Role]) -> Iterator[Role]:
        """ "Holds a degree in engineering from Ulm University": where, behind what was studied."""
        if frame.event != "Study" or any(r.name == "school" for r in roles):
            return
        for role in [r for r in roles if r.name in ("subject", "degree")]:
            for mention in self.inner(role.mention, ("in", "from", "at")):
                if self.type_of(mention) in ("Organization", "Facility"):
                    yield Role("school", mention, role.slot, exact=True)
                    return

    def _of_appointers(self, frame: Frame, roles: list[Role]) -> list[Role]:
        """Give the organization that somebody is to work for, or did, where that or its board says so."""
        hires = frame.event == "Appointment" or frame.id == "Departure.sack"
        if not hires or any(r.name == "organization" for r in roles):
            return []
        return [
            Role("organization", m, role.slot, exact=True)
            for role in roles
            if role.name == "by"
            for m in self._employing(role.mention)
        ]

    def _employing(self, mention: MentionDraft) -> list[MentionDraft]:
        """Give the organization that somebody appoints for: itself, or whose board it is."""
        found = [mention]
        if self.lemma(mention) in listed("words", "bodies"):
            tree, doc = tree_of(mention.block), mention.block.doc
            owners = [p.owner for p in constructions.possessives(tree, mention.head.i)]
            found = [m for k in owners if (m := self.reading.at(mention.block, doc[k])) is not None]
        return [m for m in found if self.type_of(m) == "Organization" and not self._is("court", m)]

    def inner(self, mention: MentionDraft, words: tuple[str, ...]) -> Iterator[MentionDraft]:
        """Give what hangs on a mention, or on what hangs on it, by some prepositions, or owns it."""
        tree, block = tree_of(mention.block), mention.block
        stack, seen = [mention.head.i], 0
        while stack and seen < 6:
            i, seen = stack.pop(), seen + 1
            before = constructions.modifiers(tree, i)
            for k in tree.kids[i]:
                if tree.dep[k] == "prep" and tree.lower[k] in words:
                    for o in tree.of(k, "pobj"):
                        if (found := self.reading.at(block, block.doc[o])) is not None:
                            yield found
                        stack.append(o)
                elif k in before:
                    whose = _relative_host(tree, i) if tree.lower[k] == "whose" else k
                    if (found := self.reading.at(block, block.doc[whose])) is not None:
                        yield found


def _relative_host(tree: Tree, i: int) -> int:
    """Give the noun that a relative clause with "whose" hangs on, by what is whose there."""
    for above in tree.above(i):
        if tree.dep[above] == "relcl":
            return tree.head[above]
    return i


_TAKING: dict[str, Callable[[Filler, MentionDraft], MentionDraft | None]] = {
    "count": Filler._count,
    "money": Filler.paid,
    "percent": Filler._percent,
    "measure": Filler._measure,
    "score": Filler._score,
    "competition": Filler._competition,
    "penalty": Filler._penalty,
    "charge": Filler._charge,
    "court": Filler._court,
    "weapon": Filler._weapon,
    "award": Filler._award,
    "office": Filler._office,
    "quantity": Filler._quantity,
    "field": Filler._field,
}


def _is_to_come(mention: MentionDraft) -> bool:
    """Whether an office is one that somebody may get: "named as her likely successor"."""
    tree, possible = tree_of(mention.block), words("nominals", "event", "possible")
    return any(tree.lower[k] in possible for k in tree.of(mention.head.i, "amod"))


def _is_bare_sum(mention: MentionDraft) -> bool:
    """Whether a number is of millions of nothing, which is money: "sold it for 98 million"."""
    value = mention.value
    alone = mention.kind == "quantity" and value is not None and not value.unit
    return alone and mention.span[-1].lower_ in MILLIONS and not _has_of(mention)


def _is_sum(mention: MentionDraft) -> bool:
    """Whether a phrase is a sum of money: "2 million euros of her own"."""
    unit = mention.value.unit if mention.value is not None and mention.kind == "nominal" else None
    return bool(unit and CURRENCY.fullmatch(unit)) or _is_part_of_sum(mention)


def _is_part_of_sum(mention: MentionDraft) -> bool:
    """Whether a number is of millions of a sum, or of one's own money: "put in 4 million of it"."""
    tree, i = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or mention.value is None or tree.lower[i] not in MILLIONS:
        return False
    of = tree.under(i, "of")
    return any(tree.pos[k] == "PRON" or tree.lower[k] in MONEY or "own" in _words(tree, k) for k in of)


def _words(tree: Tree, i: int) -> set[str]:
    """Give a word and those that hang on it."""
    return {tree.lower[k] for k in (i, *tree.kids[i])}


def _has_of(mention: MentionDraft) -> bool:
    tree = tree_of(mention.block)
    return any(tree.lower[p] == "of" for p in tree.of(mention.head.i, "prep"))


def _all_sets(mention: MentionDraft, score: re.Match[str]) -> str:
    """Give a score with those of the other sets of its match, which stand before or behind it."""
    at = mention.span.start_char + score.start()
    sets = (m for m in SETS.finditer(mention.block.doc.text) if m.start() <= at < m.end())
    return next((m[0] for m in sets), score[0])


def _without_shared_number(event: EventDraft, roles: list[Role]) -> list[Role]:
    """Leave a number out that is of the dead and the injured together: "60 were killed and injured"."""
    if not any(r.name in TOLLS for r in roles) or not _is_of_both(event):
        return roles
    return [r for r in roles if r.name not in TOLLS]


def _is_of_both(event: EventDraft) -> bool:
    """Whether a verb of killing and one of wounding are joined to one another."""
    tree, verb = tree_of(event.block), event.trigger.i
    pairs = ((verb, verb + 2), (verb - 2, verb))
    return any(
        first >= 0
        and second < tree.n
        and tree.lower[first + 1] in ("and", "or")
        and tree.lemma[first] in HARMING
        and tree.lemma[second] in HARMING
        for first, second in pairs
    )


def is_always_so(block: ParsedBlock, verb: int) -> bool:
    """Whether a passive tells what is so at any time: "these frogs are found in marshes"."""
    tree = tree_of(block)
    helping = tree.of(verb, "aux", "auxpass")
    present = len(helping) == 1 and tree.tag[helping[0]] in ("VBZ", "VBP", "MD")
    return present and bool(tree.of(verb, "auxpass"))


def is_anyone(mention: MentionDraft) -> bool:
    """Whether a noun says no more of somebody than that it is one: "a man", "three people"."""
    return tree_of(mention.block).lemma[mention.head.i] in listed("words", "anyone")


def _is_named_before(mention: MentionDraft) -> bool:
    """Whether a name stands before a noun: "the Ulm marathon"."""
    tree = tree_of(mention.block)
    return any(tree.pos[k] == "PROPN" for k in tree.of(mention.head.i, "compound", "nmod"))


def _without_own_reason(roles: list[Role]) -> list[Role]:
    """Leave out the reason of a prize that is in its name, or in what it is for: "prize for best novel"."""
    prizes = {id(r.mention) for r in roles if r.name == "award"}
    return [
        r
        for r in roles
        if r.name != "reason" or not (id(r.mention) in prizes or r.mention.span[0].tag_ == "JJS")
    ]


def _with_one_sum(roles: list[Role]) -> list[Role]:
    """Leave of several sums the first: "paid 5 million euros, a record 2 million more than in May"."""
    sums = [r for r in roles if r.name in ("amount", "price") and r.slot.name in ("object", "object.money")]
    more = {id(r) for n, r in enumerate(sums) if any(other.name == r.name for other in sums[:n])}
    return [r for r in roles if id(r) not in more]


def _owners(tree: Tree, name: Span) -> Iterator[int]:
    """Give what has what a name is of, by the sign of the genitive right before it or on its head."""
    yield from (p.owner for p in constructions.possessives(tree, name.root.i))
    if name.start > 1 and tree.tag[name.start - 1] == "POS":
        yield from range(max(name.start - 8, name.sent.start), name.start - 1)


def is_post(office: MentionDraft) -> bool:
    """Whether an office is one that somebody is put in and can leave, and no profession."""
    tree, i = tree_of(office.block), office.head.i
    words = {tree.lemma[i], tree.lower[i], tree.lower[i].removesuffix("s")}
    return not words.isdisjoint(listed("words", "posts"))


def _is_rate(mention: MentionDraft) -> bool:
    """Whether a sum is paid for each of something: "150 rupees a kilo", "3 dollars per litre"."""
    tree, i = tree_of(mention.block), mention.head.i
    each = [
        k
        for k in tree.of(i, "npadvmod")
        if k > i and any(tree.lower[d] in ("a", "an") for d in tree.of(k, "det"))
    ]
    each += [o for p in tree.of(i, "prep") if tree.lower[p] == "per" for o in tree.of(p, "pobj")]
    return any(tree.lemma[k] not in listed("words", "terms_of_pay") for k in each)


def _even_units(roles: list[Role]) -> None:
    """Let what an amount rose from and to be in one unit: "to 64 million euros from 71 million"."""
    ends = [r for r in roles if r.name in ("from", "to") and r.mention.value is not None]
    units = {r.mention.value.unit for r in ends if r.mention.value is not None and r.mention.value.unit}
    for role in ends if len(units) == 1 else ():
        value = role.mention.value
        if value is not None and not value.unit and _fits_unit(value, unit := next(iter(units))):
            role.mention.value = replace(value, unit=unit)


def _fits_unit(value: Value, unit: str) -> bool:
    """Whether a bare number may be of a unit: of money, or a share below a hundred."""
    return CURRENCY.fullmatch(unit) is not None or (unit == "%" and float(value.lexical) <= 100)


def _is_duration(mention: MentionDraft) -> bool:
    return mention.value is not None and mention.value.datatype == "duration"


def _is_span(tree: Tree, first: int, end: int) -> bool:
    """Whether "between" stands before two ends: "between three and five years"."""
    return tree.lower[first - 1] == "between" and "and" in tree.lower[first:end]


def _is_stretch(mention: MentionDraft) -> bool:
    """Whether a time ahead is told by its length: "the next six years"."""
    tree, i = tree_of(mention.block), mention.head.i
    ahead = any(tree.lower[k] in NO_PENALTY for k in tree.of(i, "amod"))
    return ahead and tree.lemma[i] in STRETCHES and bool(tree.of(i, "nummod"))
