"""What minutes tell by their form: whose they are, and who was present.

Who "was co-opted" at a meeting of a council has joined that. A grant that "was made" and a contract that "was
awarded" by nobody named is that of the council, too; in a notice so is what stands beside a "we" of it. What
"it was agreed" to award is awarded by that, and "Donations: £50 to the band" are what the council gave.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Span

from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon import words
from kg.extract.mentions import letterheads, nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.model import HEADS

# How many blocks at the head of a document may say what it is.
FIRST = 2
ENDS = frozenset(".!?")
# Who gives what a body decides on, and who is given that.
GIVING = {"Payment": ("payer", "recipient"), "ContractAward": ("client", "contractor")}
# Behind what is given, these tell who gives it.
GIVERS = frozenset({"by", "from", "through", "via"})
# What is done as soon as a meeting decides on it.
DECIDED = frozenset(GIVING) | {"Appointment"}
OURS = words("coref", "pronouns", "we")
GIVEN = "Payment.give"
PRESENT, IN = "Meeting.present", frozenset({"in"})


def complete(reading: Reading, events: list[EventDraft]) -> None:
    """Take what minutes note for so, and put who is taken into what is not said into their body."""
    if are(reading):
        _note(events)
    if host(reading) is not None:
        _decide(events)
    _give(reading, events)
    bare = [e for e in events if e.event == "Appointment" and not e.filling("office", "organization")]
    if not bare or (found := body(reading)) is None:
        return
    for event in bare:
        for person in event.filling("person")[:1]:
            event.roles.append(Role("office", found, person.slot, exact=True))


def _give(reading: Reading, events: list[EventDraft]) -> None:
    """Let the body whose minutes or notice a text is give what is given by nobody named."""
    noted = _named_at_head(reading) if are(reading) else None
    giver = noted or letterheads.body(reading) or host(reading)
    if giver is None:
        return
    for event in events:
        given = _given_by_nobody(event)
        ours = noted is not None or _is_listed(event) or _tells_of_us(event)
        if given and ours and not any(_is_itself(r.mention, giver) for r in given):
            event.roles.append(Role(GIVING[event.event][0], giver, given[0].slot, exact=True))


def _given_by_nobody(event: EventDraft) -> list[Role]:
    """Give to whom something is given by nobody named."""
    gives, gets = GIVING.get(event.event, ("", ""))
    if not gives or event.filling(gives) or not _is_given_by_nobody(event):
        return []
    return event.filling(gets)


def _tells_of_us(event: EventDraft) -> bool:
    return any(t.lower_ in OURS for t in event.block.doc)


def _is_itself(mention: MentionDraft, body: MentionDraft) -> bool:
    """Whether a body is meant by its name, by what it is, or by "us"."""
    if mention.kind == "name":
        return mention.label.lower() == body.label.lower()
    return mention.head.lower_ in OURS or mention.head.lower_ == body.span[-1].lower_


def _is_given_by_nobody(event: EventDraft) -> bool:
    """Whether a main clause in the passive tells of what is given, and of no giver: "a grant was made"."""
    tree, verb = tree_of(event.block), event.trigger.i
    if _is_listed(event) or _is_decided(tree, verb, by_it=True):
        return True
    if event.of_noun:
        if tree.dep[verb] != "nsubjpass":
            return False
        verb = tree.head[verb]
    main = verb
    while tree.dep[main] == "conj":
        main = tree.head[main]
    if tree.dep[main] != "ROOT" or not tree.of(verb, "auxpass"):
        return False
    return not any(tree.lower[k] in GIVERS for k in tree.subtree(verb))


def are(reading: Reading) -> bool:
    """Whether a document says at its head that it is minutes."""
    return any(map(_are_minutes, _head(reading)))


def _head(reading: Reading) -> list[ParsedBlock]:
    """Give the title, and the line below it if that is no sentence."""
    heads = reading.blocks[:FIRST]
    return [b for n, b in enumerate(heads) if n == 0 or b.kind in HEADS or b.doc[-1].text not in ENDS]


def body(reading: Reading) -> MentionDraft | None:
    """Give the one body that one is elected to which is named at the head of minutes."""
    found = _named_at_head(reading) if are(reading) else None
    joined = found is not None and found.span[-1].lower_ in listed("words", "joined")
    return found if joined else None


def host(reading: Reading) -> MentionDraft | None:
    """Give the one body whose minutes, or decisions of a meeting, a text says at its head to be."""
    met = any(t.lower_ == "meeting" for block in _head(reading) for t in block.doc)
    return _named_at_head(reading) if met or are(reading) else None


def _named_at_head(reading: Reading) -> MentionDraft | None:
    """Give the one body of members that the head of a document names."""
    blocks = _head(reading)
    names = [m for m in reading.mentions if m.kind == "name" and any(m.block is b for b in blocks)]
    bodies = {m.label: m for m in names if m.span[-1].lower_ in letterheads.BODIES}
    return next(iter(bodies.values())) if len(bodies) == 1 else None


def _note(events: list[EventDraft]) -> None:
    """Let what minutes report by no one's name be so: "It was noted that the clerk had retired"."""
    for event in events:
        tree, i = tree_of(event.block), event.trigger.i
        if not _is_noted(tree, i):
            continue
        slots = [r.slot for r in event.roles]
        if all(s.standing.modality == "Reported" and not s.standing.negated for s in slots):
            for slot in slots:
                slot.standing = Standing()


def _is_noted(tree: Tree, i: int) -> bool:
    """Whether a verb stands under "it was reported that", in the past."""
    while tree.dep[i] == "conj":
        i = tree.head[i]
    up = tree.head[i]
    if tree.dep[i] != "ccomp" or tree.lemma[up] not in listed("words", "noting"):
        return False
    if any(tree.lower[k] == "by" for k in tree.kids[up]):
        return False
    it = any(tree.lower[k] == "it" for k in tree.of(up, "nsubjpass", "nsubj", "expl"))
    return it and bool(tree.of(up, "auxpass")) and not any(tree.tag[k] == "MD" for k in tree.of(i, "aux"))


def _decide(events: list[EventDraft]) -> None:
    """Let what a meeting decides to give be given: "It was agreed to award the contract to Vero"."""
    for event in events:
        tree, i = tree_of(event.block), event.trigger.i
        if event.event not in DECIDED or not _is_decided(tree, i):
            continue
        for slot in (r.slot for r in event.roles):
            if slot.standing.modality == "Planned" and not slot.standing.negated:
                slot.standing = Standing()


def _is_decided(tree: Tree, i: int, by_it: bool = False) -> bool:
    """Whether a verb stands under one of deciding, of a body or of nobody: "it was resolved to give"."""
    while tree.dep[i] == "conj":
        i = tree.head[i]
    up = tree.head[i]
    if tree.dep[i] not in ("xcomp", "ccomp", "advcl") or tree.lemma[up] not in listed("words", "deciding"):
        return False
    if tree.tag[up] not in ("VBD", "VBN") or tree.of(up, "neg") or tree.of(i, "neg"):
        return False
    it = any(tree.lower[k] == "it" for k in tree.of(up, "nsubjpass", "nsubj", "expl"))
    of_it = it and bool(tree.of(up, "auxpass"))
    deciders = {tree.lower[k] for k in tree.of(up, "nsubj")}
    return of_it or (not by_it and not deciders.isdisjoint(listed("words", "deciders") | OURS))


def _are_minutes(block: ParsedBlock) -> bool:
    said = {t.lower_ for t in block.doc}
    return not said.isdisjoint(listed("words", "minutes")) or listed("words", "meeting_report") <= said


# "Donations: £50 to the band, £80 to the choir."


def donations(reading: Reading) -> Iterator[EventDraft]:
    """Give what is listed as given, without a verb, under a word for it."""
    frames, under = (frame_of(GIVEN),), False
    for block in reading.blocks:
        for sentence in block.doc.sents:
            under = not _has_verb(sentence) and (under or _opens_list(sentence))
            for slots in _gifts(reading, block, sentence) if under else ():
                yield EventDraft(block, slots[0].mention.head, frames, slots)


def _opens_list(sentence: Span) -> bool:
    """Whether the first word of a sentence is one for gifts: "Donations:"."""
    return next((t.lower_ for t in sentence if t.is_alpha), "") in listed("words", "donations")


def _gifts(reading: Reading, block: ParsedBlock, sentence: Span) -> Iterator[list[Slot]]:
    """Give each sum in a sentence with who gets it, who stands right behind it."""
    tree = tree_of(block)
    inside = (m for m in reading.mentions if m.block is block and m.kind == "quantity")
    for sum_ in [m for m in inside if sentence.start <= m.span.start < sentence.end]:
        to = sum_.span.end
        got = tree.first(to, "pobj") if to < sentence.end and tree.lower[to] == "to" else None
        if got is not None:
            who = nominals.core_argument(reading, block, got)
            yield [Slot("object", sum_, Standing()), Slot("to", who, Standing())]


def _has_verb(sentence: Span) -> bool:
    return any(t.pos_ in ("VERB", "AUX") for t in sentence)


def _is_listed(event: EventDraft) -> bool:
    """Whether an event is told by a sum in a list of gifts."""
    sums = {s.mention.head.i for s in event.slots if s.name == "object"}
    return event.event == "Payment" and event.trigger.i in sums


# "Present: Ida Moll (chair), Ole Brandt and the clerk."


def present(reading: Reading) -> Iterator[EventDraft]:
    """Give the meeting at which minutes list those who came."""
    frame = frame_of(PRESENT)
    for block in reading.blocks:
        for label in (i for i in (_label(s) for s in block.doc.sents) if i is not None):
            if who := _listed_behind(reading, block, label):
                slots = [Slot("subject", m, Standing()) for m in who]
                yield EventDraft(block, block.doc[label], (frame,), slots)


def _listed_behind(reading: Reading, block: ParsedBlock, label: int) -> list[MentionDraft]:
    """Give the persons named in the sentence of a label."""
    end = block.doc[label].sent.end
    inside = (m for m in reading.mentions if m.block is block and label < m.span.start < end)
    return [m for m in inside if m.kind == "name" and m.type == "Person"]


def _label(sentence: Span) -> int | None:
    """Give the word before a colon under which a sentence lists who came."""
    first = 1 if sentence[0].lower_ in IN else 0
    if len(sentence) < first + 3 or sentence[first + 1].text != ":":
        return None
    word = sentence[first]
    return int(word.i) if word.lower_ in listed("words", "present") else None


def is_list(event: EventDraft) -> bool:
    """Whether an event is but a list of those who came."""
    return any(f.id == PRESENT for f in event.frames)
