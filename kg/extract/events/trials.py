"""What a verdict tells beside itself: the court where it was given, and the deed and who did it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Protocol

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import by_verb, listed
from kg.extract.lexicon.sets import NOMINALS, NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import courts, tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

TRIED, SUED = frozenset({"Charge", "Conviction", "Acquittal", "Sentencing"}), frozenset({"Lawsuit"})
# Verdicts by which a court holds a deed for done, and the classes of deeds with the role of the doer.
GUILTY = frozenset({"Conviction", "Sentencing"})
DOERS = {"Killing": "killer", "Attack": "attacker"}
VERDICTS = frozenset({"Conviction", "Acquittal", "Sentencing"})
# What a court does to hear a case, and how a judge is at one; over how many sentences it is the case told.
HEARING = frozenset(
    {"hear", "be_told", "rule", "find", "decide", "hold", "rule_in_favour_of", "rule_against"}
)
SITTING = frozenset({"sit_at", "preside_at", "sit_in"})
COURT_REACH, BESIDE = 3, 1
COUNTS = frozenset({"count", "charge"})
# Verbs by which somebody is said to have done something, and not tried for it.
ACCUSING = frozenset({"accuse", "suspect", "blame", "allege"})
# Over how many sentences "both counts" are those told before.
COUNTS_REACH = 4
# How a sentence stands that a judge has told: "must serve", "will serve".
AHEAD = frozenset({"Requested", "Planned"})
# Verbs of what somebody says to a court or is told there; relations of somebody's answer to a charge.
TELLING, DENYING = frozenset({"tell"}), frozenset({"deny", "admit", "confess_to"})
PLEADING = frozenset({"plead"})
ACCUSED = frozenset({"be_accused", "be_accused_of"})
CHARGE_REACH = 1
# Where what a penalty is for may hang on: "spend two years in prison for theft".
BEFORE_DEED = frozenset({"object", "to", "as", "in", "behind", "before"})
# Where a sentence is served, which is not where it was given: "two years in prison", "behind bars".
SERVED, CELLS = (
    frozenset({"in", "behind"}),
    frozenset({"prison", "jail", "gaol", "custody", "detention", "bar"}),
)
# Frames of what somebody is to do as a penalty.
SERVING = frozenset({"Sentencing.serve", "Sentencing.spend", "Sentencing.bars"})
# Frames of who is on trial.
ON_TRIAL = frozenset({"Charge.stand", "Charge.trial"})
# Prepositions of a court, and of what a penalty is for.
OF_JUDGE = frozenset({"at", "in", "by", "before", "of"})
AT_COURT, FOR_DEED = frozenset({"at", "in", "by", "before"}), frozenset({"for", "over"})


def is_court(mention: MentionDraft) -> bool:
    """Whether a mention names a court by one of its words."""
    tree = tree_of(mention.block)
    said = {tree.lower[i] for i in range(mention.span.start, mention.span.end)}
    return mention.kind != "clause" and not said.isdisjoint(listed("words", "courts"))


def within(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the court and the deed that the parser hangs on an argument of a verdict.

    "Sentenced to life imprisonment at Ulm Crown Court", "received a nine-year term for fraud".
    """
    if not any(f.event in TRIED | SUED for f in event.frames):
        return
    yield from _of_judge(reading, event)
    for slot in [s for s in event.slots if s.mention.block is event.block and s.name != "subject"]:
        for word, o in _hanging_on(event.block, slot.mention):
            there = event.block.measures.get(o)
            mention = there or reading.argument(event.block, event.block.doc[o], nominals.create_mention)
            if word in AT_COURT and is_court(mention):
                yield replace(slot, name="at", mention=mention)
            elif _is_of_penalty(slot, word, mention):
                yield replace(slot, name=word, mention=mention)
        if slot.name == "from":
            yield from (replace(slot, name="for", mention=m) for m in _lasting(event.block, slot.mention))
    yield from _further_counts(reading, event)


def _of_judge(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the court of the judge who does it: "Judge Ida Moll of the district court jailed him"."""
    for slot in [s for s in event.slots if s.name == "subject" and s.mention.block is event.block]:
        judging = is_court(slot.mention) or is_judge(slot.mention)
        for word, o in _hanging_on(event.block, slot.mention) if judging else ():
            mention = reading.argument(event.block, event.block.doc[o], nominals.create_mention)
            if word in OF_JUDGE and is_court(mention):
                yield replace(slot, name="at", mention=mention)


def _lasting(block: ParsedBlock, mention: MentionDraft) -> Iterator[MentionDraft]:
    """Give how long somebody may not do something: "banned from driving for two years"."""
    tree = tree_of(block)
    for i in tree.subtree(mention.head.i) if mention.kind == "clause" else ():
        found = block.measures.get(i)
        if found is not None and found.value is not None and found.value.datatype == "duration":
            yield found


def _further_counts(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the crimes of further counts: "two counts of theft and one of false accounting"."""
    tree, block = tree_of(event.block), event.block
    end, told = event.trigger.sent.end, False
    for k in range(event.trigger.i, end if event.slots else event.trigger.i):
        told = told or tree.lemma[k] in COUNTS
        if told and tree.tag[k] == "CD" and tree.dep[k] == "conj":
            for word, o in hanging(block, k):
                if word == "of":
                    mention = reading.argument(block, block.doc[o], nominals.create_mention)
                    yield replace(event.slots[0], name="of", mention=mention)


def is_judged(event: EventDraft) -> bool:
    """Whether the sentence of an event or the one before is about what a court does."""
    tree, around = tree_of(event.block), event.block.with_sentence_before(event.trigger)
    told = listed("words", "courts") | listed("words", "hearings") | listed("words", "litigation")
    return any(tree.lemma[i] in told for i in around)


def _is_of_penalty(slot: Slot, word: str, mention: MentionDraft) -> bool:
    """Whether a phrase tells where a penalty is served, or for what."""
    if word in SERVED:
        return mention.head.lemma_.lower() in CELLS
    return word in FOR_DEED and (slot.name in BEFORE_DEED or slot.mention.kind == "time")


def _hanging_on(block: ParsedBlock, mention: MentionDraft) -> Iterator[tuple[str, int]]:
    """Give what hangs on a mention, or on the noun that it renames: "the shipping line Tarn Lines in"."""
    tree, i = tree_of(block), mention.head.i
    for k in (i, tree.head[i]) if constructions.renames(tree, i) else (i,):
        yield from hanging(block, k)


def hanging(block: ParsedBlock, i: int) -> Iterator[tuple[str, int]]:
    """Give what stands under the prepositions on a token, with these; of a verb, on its objects, too."""
    tree = tree_of(block)
    for k in (i, *tree.of(i, "dobj")):
        for p in tree.of(k, "prep"):
            for o in tree.of(p, "pobj", "pcomp"):
                yield tree.lower[p], o


def denies_guilt(event: EventDraft) -> bool:
    """Whether somebody was found "not guilty": it is the complement that is denied, he was found so."""
    tree = tree_of(event.block)
    found = tree.of(event.trigger.i, "oprd", "acomp", "attr", "ccomp")
    return any(tree.lower[k] == "guilty" and tree.lower[k - 1] == "not" for k in found)


def impose(reading: Reading, event: EventDraft) -> None:
    """Let stand as so what somebody has been told to serve: "must serve at least 20 years for the murder".

    So is what a court rules to be done to somebody: "will spend two years in prison, the court ruled". It is
    the court then.
    """
    if event.standing.negated or not any(f.event in TRIED for f in event.frames):
        return
    court = _ruling(event) if _may_be_ruled(event) else None
    if court is None and not _is_imposed(event):
        return
    for slot in [s for s in event.slots if not s.standing.asserted]:
        slot.standing = Standing()
    event.standing = Standing()
    if court is not None and event.slots:
        mention = reading.argument(event.block, event.block.doc[court], nominals.create_mention)
        event.slots.append(replace(event.slots[0], name="at", mention=mention))


def _may_be_ruled(event: EventDraft) -> bool:
    """Whether a verdict is only said to be given, or a term is still to be served."""
    serving = any(f.id in SERVING for f in event.frames)
    return event.standing.modality in ("Reported", *(AHEAD if serving else ()))


def _ruling(event: EventDraft) -> int | None:
    """Give the court that rules what a verb tells, beside it: "…, a judge in Ulm decided"."""
    tree, i = tree_of(event.block), event.trigger.i
    beside = [k for k in tree.of(i, "parataxis", "conj", "ccomp") if not tree.of(k, "cc", "mark")]
    for verb in (tree.head[i], *beside):
        court = tree.first(verb, "nsubj")
        apart = verb != i and court is not None and tree.lower[tree.left[court] - 1] == ","
        if court is not None and tree.lemma[verb] in courts.FINDING and (apart or verb < i):
            return court if courts.is_court(tree, court) else None
    return None


def _is_imposed(event: EventDraft) -> bool:
    if not any(f.id in SERVING for f in event.frames) or event.standing.negated:
        return False
    if event.standing.modality not in AHEAD:
        return False
    tree = tree_of(event.block)
    told = any(tree.lemma[k] in listed("words", "imposing") for k in tree.of(event.trigger.i, "aux"))
    above = tree.head[event.trigger.i]
    return told or (tree.dep[event.trigger.i] == "xcomp" and tree.lemma[above] in listed("words", "imposing"))


def deeds(reading: Reading, event: EventDraft, known: set[tuple[int, int]]) -> Iterator[EventDraft]:
    """Give the deeds of a verdict that no clause was read of: "guilty of murdering Ida Holm"."""
    tree, block = tree_of(event.block), event.block
    doer = _guilty(event)
    if doer is None:
        return
    for slot in [s for s in event.slots if s.mention.kind == "clause" and s.mention.block is block]:
        verb = slot.mention.head.i
        frames = tuple(f for p, f in by_verb().get(tree.lemma[verb], ()) if not p)
        if (block.index, verb) in known or not any(f.event in DOERS for f in frames):
            continue
        deed = EventDraft(block, block.doc[verb], frames, [replace(doer, name="subject")])
        deed.standing = doer.standing
        deed.complement = "dead" if tree.lower[verb + 1 : verb + 2] == ["dead"] else ""
        deed.slots += _arguments(reading, block, tree, verb, doer)
        yield deed


def _guilty(event: EventDraft) -> Slot | None:
    """Give who is guilty by a verdict, or by what he owns up to."""
    if denies_guilt(event):
        return None
    place = "object" if any(f.event in GUILTY for f in event.frames) else ""
    if not place and tree_of(event.block).lemma[event.trigger.i] in listed("words", "owning"):
        place = "" if event.passive else "subject"
    return next((s for s in event.slots if s.name == place), None)


def _arguments(reading: Reading, block: ParsedBlock, tree: Tree, verb: int, like: Slot) -> Iterator[Slot]:
    """Give the object of a verb, and what stands under its prepositions."""
    found = [("object", o) for o in tree.of(verb, "dobj")]
    found += [(word, o) for word, o in hanging(block, verb) if tree.pos[o] in (*NOUNS, *NOMINALS)]
    for name, o in found:
        there = block.measures.get(o)
        yield replace(
            like,
            name=name,
            mention=there or reading.argument(block, block.doc[o], nominals.create_mention),
        )


def is_barred(block: ParsedBlock, i: int, event: str, here: list[EventDraft]) -> bool:
    """Whether a word tells of no verdict, whatever it is like: "faces 20 years", "threw out her claim".

    What an authority fines is a payment, and what is one proceeding by the rules is no other one.
    """
    if event not in TRIED | SUED:
        return False
    if event == "Sentencing" and any(e.event == "Payment" and e.filling("recipient") for e in here):
        return True
    return _is_no_verdict(tree_of(block), i, event) or any(e.event in TRIED | SUED for e in here)


def _is_no_verdict(tree: Tree, i: int, event: str) -> bool:
    """Whether a verb tells that somebody is accused, that he lied, what he faces, what becomes of a suit."""
    lemma = tree.lemma[i]
    if event == "Charge":
        return lemma in ACCUSING  # whoever is accused may never be charged
    if event == "Sentencing" and lemma in listed("words", "facing"):
        return True
    if event in VERDICTS and lemma in courts.FINDING and tree.of(i, "ccomp"):
        return True
    suits = {tree.lemma[k] for k in tree.of(i, "dobj", "nsubjpass")} & listed("words", "suits")
    return event in VERDICTS and lemma in listed("words", "ruling") and bool(suits)


def asserted(event: EventDraft, name: str) -> list[Role]:
    return [r for r in event.filling(name) if r.slot.standing.asserted]


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def sentences_to(self, event: EventDraft, mention: MentionDraft) -> int:
        """Give how many sentences lie between an event and a mention."""

    def all_roles(self, event: EventDraft, *names: str) -> list[Role]:
        """Give what fills roles of an event in all of its mentions."""


class Charging(Linking, Protocol):
    """What the linker of a document's events gives to find the charge of a verdict."""

    def thing(self, mention: MentionDraft) -> object:
        """Give what a mention stands for."""


def sit(linking: Linking) -> None:
    """Give verdicts told just before the court that hears them: "the judge, sitting at Ulm Court, told him".

    Where the text names others it is that of what stands right beside it.
    """
    named = {m.label: m for m in linking.reading.mentions if m.kind == "name" and is_court(m)}
    reach = COURT_REACH if len(named) == 1 else BESIDE
    for claim in linking.reading.claims:
        court = _sitting(linking.reading, claim)
        for event in linking.events if court is not None else ():
            assert court is not None
            near = linking.sentences_to(event, court) <= reach
            told = [r.mention for r in linking.all_roles(event, "court")]
            known = any(m.kind == "name" and is_court(m) for m in told)  # and no judge
            if event.root().event in VERDICTS | SUED and near and not known:
                slot = Slot("at", court, Standing(), claim)
                event.roles.append(Role("court", court, slot, exact=True))


def _sitting(reading: Reading, claim: ClaimDraft) -> MentionDraft | None:
    """Give the court that is said to hear a case, or that a judge sits at."""
    if not claim.asserted:
        return None
    found = _of_trial(reading, claim)
    if claim.relation in HEARING:
        found.append(claim.subject)
    if claim.object is not None and claim.relation in SITTING | TELLING:
        found.append(claim.object)
    return next((m for m in found if m.kind == "name" and is_court(m)), None)


def _of_trial(reading: Reading, claim: ClaimDraft) -> list[MentionDraft]:
    """Give where somebody is tried, or a jury sits: "sentenced him at Ulm Court", "a jury at Ulm Court"."""
    found: list[MentionDraft] = []
    trying = _trying(claim)
    tried = any(tree_of(claim.block).lemma[t.i] in listed("words", "trying") for t in claim.words or ())
    if trying or tried:
        found += (m for role, m in claim.qualifiers if role in ("at", "in"))
    for mention in trying:
        there = [o for word, o in hanging(mention.block, mention.head.i) if word in OF_JUDGE]
        inner = (reading.at(mention.block, mention.block.doc[o]) for o in there)
        found += (m for m in inner if m is not None)
    return found


def _trying(claim: ClaimDraft) -> list[MentionDraft]:
    """Give the judge, the jury, the trial or the sentence that a claim speaks of."""
    ends = [m for m in (claim.subject, claim.object) if m is not None]
    words = listed("words", "courts") | listed("words", "hearings")
    return [
        m for m in ends if (m.kind == "nominal" and tree_of(m.block).lemma[m.head.i] in words) or is_judge(m)
    ]


def is_judge(mention: MentionDraft) -> bool:
    """Whether somebody is named with the title of a judge: "Judge Anna Moll"."""
    if mention.kind != "name" or mention.type != "Person":
        return False
    tree, i = tree_of(mention.block), mention.head.i
    said = tree.lower[tree.left[i] : i]
    return not listed("words", "judging").isdisjoint(said)


def part_days(events: list[EventDraft]) -> None:
    """Take the time of a verdict from the deed: "was convicted of the murder of Ida Holm on Friday"."""
    deeds = [e for e in events if e.event in DOERS and e.of_noun and (e.begins or e.undated)]
    for verdict in [e for e in events if e.event in TRIED and deeds]:
        charges = [r.mention for r in verdict.filling("charge")]
        for deed in deeds:
            if any(is_of(charge, deed) for charge in charges):
                _part_day(deed, verdict)


def _part_day(deed: EventDraft, verdict: EventDraft) -> None:
    if deed.begins and deed.begins == verdict.begins:
        deed.begins = deed.ends = None
    if deed.undated is verdict.undated:
        deed.undated = None


def complete_courts(linking: Charging) -> None:
    """Give a verdict the court at which somebody is told to have been on trial just before."""
    trials = [e for e in linking.events if any(f.id in ON_TRIAL for f in e.frames) and e.filling("court")]
    for verdict in [e for e in linking.events if trials and e.event in VERDICTS and not e.filling("court")]:
        near = _tried_at(linking, verdict, trials)
        if len({id(linking.thing(m)) for m in near}) == 1:
            standing = verdict.filling("defendant")[0].slot.standing
            verdict.roles.append(Role("court", near[0], Slot("at", near[0], standing), exact=True))


def _tried_at(linking: Charging, verdict: EventDraft, trials: list[EventDraft]) -> list[MentionDraft]:
    """Give the courts of those trials of the same person that are told beside a verdict."""
    who = verdict.filling("defendant")
    told = [r.mention for e in trials if _share(linking, who, e) for r in e.filling("court")]
    return [m for m in told if linking.sentences_to(verdict, m) <= BESIDE]


def complete_charges(linking: Charging) -> None:
    """Give a verdict that tells no charge that of another verdict on the same person, or what he denied.

    "Karl Moll had denied murder. The jury convicted him on Monday."
    """
    verdicts = [e for e in linking.events if e.event in VERDICTS]
    for verdict in [e for e in verdicts if not e.filling("charge") and e.filling("defendant")]:
        who = verdict.filling("defendant")
        told = _judged_of(linking, verdict, who) or list(_denied(linking, verdict, who))
        told = told or _charged(linking, verdict, who)
        if len(told) == 1:
            slot = Slot("of", told[0], who[0].slot.standing, who[0].slot.claim)
            verdict.roles.append(Role("charge", told[0], slot, exact=True))


def _judged_of(linking: Charging, verdict: EventDraft, who: list[Role]) -> list[MentionDraft]:
    """Give what another verdict on the same person is on: who is sentenced was convicted of that."""
    known = [e for e in linking.events if e.event in VERDICTS and e.event != verdict.event]
    others = [e for e in known if {e.event, verdict.event} <= GUILTY and _share(linking, who, e)]
    return [r.mention for e in others for r in e.filling("charge")]


def _charged(linking: Charging, verdict: EventDraft, who: list[Role]) -> list[MentionDraft]:
    """Give what somebody was charged with right before: "Ek was charged with murder. He was convicted"."""
    charges = [e for e in linking.events if e.event == "Charge" and e.place < verdict.place]
    own = [r for e in charges if _share(linking, who, e) for r in e.filling("charge")]
    asserted_ones = [r.mention for r in own if r.slot.standing.asserted]
    return [m for m in asserted_ones if linking.sentences_to(verdict, m) <= CHARGE_REACH]


def resolve_charges(linking: Charging) -> None:
    """Give who is cleared "of both counts" those that another verdict told before tells."""
    tried = [e for e in linking.events if e.event in TRIED]
    for n, verdict in enumerate(tried):
        meant = [s for s in verdict.slots if s.name in ("of", "on", "with") and is_counts(s.mention)]
        if not meant or verdict.filling("charge"):
            continue
        for other in reversed(tried[:n]):
            told = other.filling("charge")
            if told and linking.sentences_to(verdict, told[0].mention) <= COUNTS_REACH:
                if _are_as_many(meant[0].mention, told):
                    verdict.roles += [Role("charge", r.mention, meant[0], exact=True) for r in told]
                break


def is_counts(mention: MentionDraft) -> bool:
    """Whether charges are told as known, and not which: "both counts", "all charges"."""
    tree, i = tree_of(mention.block), mention.head.i
    told = any(tree.lower[p] == "of" for p in tree.of(i, "prep")) or bool(tree.of(i, "compound", "amod"))
    return mention.kind == "nominal" and tree.lemma[i] in listed("words", "suspicion") and not told


def _are_as_many(counts: MentionDraft, told: list[Role]) -> bool:
    tree, i = tree_of(counts.block), counts.head.i
    if tree.tag[i] == "NN":
        return len(told) == 1
    before = {tree.lower[k] for k in tree.kids[i]}
    return len(told) == 2 if before & {"both", "two"} else not tree.of(i, "nummod") and "other" not in before


def _share(linking: Charging, who: list[Role], other: EventDraft) -> bool:
    there = [id(linking.thing(r.mention)) for r in other.filling("defendant")]
    return any(id(linking.thing(r.mention)) in there for r in who)


def _answered(claim: ClaimDraft) -> MentionDraft | None:
    """Give the crime that somebody denies or admits: "denied murder", "pleaded guilty to fraud"."""
    if claim.relation in PLEADING:
        return next((m for role, m in claim.qualifiers if role == "to"), None)
    if claim.relation in ACCUSED:
        return next((m for role, m in claim.qualifiers if role == "of"), claim.object)
    return claim.object if claim.relation in DENYING else None


def _denied(linking: Charging, verdict: EventDraft, who: list[Role]) -> Iterator[MentionDraft]:
    """Give the crimes that somebody denied or admitted in the sentences before his verdict."""
    things = {id(linking.thing(r.mention)) for r in who}
    for claim in linking.reading.claims:
        crime = _answered(claim)
        accused = claim.relation in ACCUSED
        kinds = ("nominal", "clause") if accused else ("nominal",)
        if crime is None or not claim.asserted or crime.kind not in kinds:
            continue
        near = linking.sentences_to(verdict, crime) <= CHARGE_REACH
        told = accused or tree_of(crime.block).lemma[crime.head.i] in listed("words", "crimes")
        if near and told and id(linking.thing(claim.subject)) in things:
            yield crime


def is_of(charge: MentionDraft, deed: EventDraft) -> bool:
    """Whether a charge is the deed: "the murder of Ida Holm", "murdering Ida Holm"."""
    return charge.block is deed.block and charge.head.i == deed.trigger.i
