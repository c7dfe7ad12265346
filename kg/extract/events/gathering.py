"""What may tell of an event, verb by verb and noun by noun, with its arguments by where they stand."""

from __future__ import annotations

import collections
import functools
from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.events import (
    called,
    casualties,
    contracts,
    couples,
    funding,
    gapping,
    hurt,
    joining,
    meeting,
    minutes,
    purposes,
    rulings,
    stakes,
    tolls,
    trials,
)
from kg.extract.events import listed as listed_persons
from kg.extract.events.changing import add_amounts, told_by_comparing
from kg.extract.events.counting import counted
from kg.extract.events.filling import SCORE
from kg.extract.events.matches import add_outcome, score_at
from kg.extract.events.measuring import measured, rates
from kg.extract.events.parties import parties, said_to_be
from kg.extract.events.ranking import ranked
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.results import results
from kg.extract.events.scores import sides
from kg.extract.events.stated import stated
from kg.extract.events.table import FILE, HARM, Frame, by_noun, by_verb, complements, frame_of, listed
from kg.extract.events.votes import add_rivals, elections
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOMINALS, NOUNS, PLACES, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values import quantities

# Of these nouns the plural is no more than one event.
PLURALS = frozenset({"talks", "negotiations", "floods", "riots", "protests", "clashes"})
# Classes of what is given when it is approved; of which several are told as one: "26 strikes on …".
GRANTED = frozenset({"Payment", "ContractAward"})
SERIES = frozenset({"Attack", "Protest"})
# The day of these is that on which something was over: "the marriage ended in 1972".
ENDING = frozenset({"end", "last"})
# Nouns for a part of a firm.
STAKES = words("nominals", "value", "stakes")
# Prepositions of what goes from one to another.
MOVING = ("from", "to", "for", "by")
# Prepositions of a verb behind whose noun a frame may ask for more: "paid 3 million for a stake in Halm".
# … and of what stands behind the sum of a grant or a fine.
BEHIND_SUMS = (*MOVING, "on", "towards", "over")
HOSTING = ("for", "of", "in", "into", "on", "at", "under", "after", "against", "with", "to", "from")
WHERE = frozenset({"in", "at", "to"})
# Lists of verbs that say something of the event of a noun.
SUPPORTING = """
closing helping funded thanking suing support undergo happen granting owning causing ruling crediting ending
joining
""".split()
# What the parser takes for prepositions, and are particles: "see off Halm", "get past Halm".
PAST = frozenset({"off", "past"})
TRAFFIC, ACCIDENTS = words("events", "words", "traffic"), words("events", "words", "accidents")
Key = tuple[int, int]


def gather(reading: Reading) -> None:
    """Note what may tell of an event in a document, and draw the arguments of nouns."""
    verbs = [*_verbs(reading)]
    for verb in verbs:
        sides(reading, verb)
        verb.slots += tolls.when_hit(reading, verb)
    nouns = {n.place: n for n in _nouns(reading)}
    _support(reading, verbs, nouns)
    for verb in verbs:
        verb.slots += [
            *_within_object(reading, verb),
            *_origins(reading, verb),
            *_goals(reading, verb),
            *_with_sum(reading, verb),
            *stakes.of_parts(reading, verb),
            *contracts.in_tasks(verb),
            *_offices(reading, verb),
            *_holders(reading, verb),
            *trials.within(reading, verb),
            *meeting.topics(reading, verb),
        ]
    known = {v.place for v in verbs}
    verbs += [*gapping.gapped(reading, verbs)]
    verbs += [deed for verb in verbs for deed in trials.deeds(reading, verb, known)]
    verbs += [*rulings.order(reading, verbs)]
    purposes.gather(reading, verbs)
    purposes.in_protest(reading, nouns.values())
    for event in (*verbs, *nouns.values()):
        add_amounts(reading, event)
        add_outcome(reading, event)
        couples.pair(reading, event)
        add_rivals(reading, event)
        _put_ahead(reading, event)
    found = [
        *(v for v in verbs if v.frames),
        *nouns.values(),
        *measured(reading),
        *rates(reading),
        *counted(reading),
        *ranked(reading),
        *told_by_comparing(reading),
        *parties(reading),
        *elections(reading),
        *results(reading),
        *stated(reading),
        *_cabinets(reading),
        *listed_persons.gather(reading),
        *casualties.gather(reading),
        *hurt.gather(reading),
        *minutes.present(reading),
        *minutes.donations(reading),
    ]
    reading.events += sorted(found, key=lambda e: e.place)


def _put_ahead(reading: Reading, event: EventDraft) -> None:
    """Let what is told in the present of a day to come be planned: "they meet Holt on 20 October"."""
    today = reading.document.published
    if today is None or event.begins is None or event.begins <= today or event.noun is not None:
        return
    tree, verb = tree_of(event.block), event.trigger.i
    if tree.tag[verb] not in ("VBZ", "VBP") and not any(
        tree.tag[k] in ("VBZ", "VBP") for k in tree.of(verb, "aux", "auxpass")
    ):
        return
    for slot in event.slots:
        if slot.standing.asserted:
            slot.standing = Standing(modality="Planned", asserted=False)


# Verbs: the claims of a clause are put together again.


def _verbs(reading: Reading) -> Iterator[EventDraft]:
    groups: dict[Key, list[ClaimDraft]] = collections.defaultdict(list)
    for claim in reading.claims:
        if claim.words and claim.rule in rules.CLAUSES:
            verb = _verb_of(claim)
            if verb is not None and _may_tell(tree_of(claim.block).lemma[verb]):
                groups[claim.block.index, verb].append(claim)
    for (_, verb), claims in groups.items():
        for told in _apart(claims):
            yield _of_claims(reading, claims[0].block, verb, told)


def _apart(claims: list[ClaimDraft]) -> Iterator[list[ClaimDraft]]:
    """Part the claims of one verb that tell of several events: "Ulm gave 5 million, the land 2 million"."""
    groups: list[tuple[set[int], list[ClaimDraft]]] = []
    for claim in claims:
        ends = {id(m) for m in (claim.object, *(m for _, m in claim.qualifiers)) if m is not None}
        same = [g for g in groups if _are_of_one(g, claim, ends)]
        for other in same:
            groups.remove(other)
        groups.append((ends.union(*(g[0] for g in same)), [*(c for g in same for c in g[1]), claim]))
    return (told for _, told in groups)


def _are_of_one(group: tuple[set[int], list[ClaimDraft]], claim: ClaimDraft, ends: set[int]) -> bool:
    """Whether a claim tells of the same event as others of its verb."""
    known, claims = group
    if any(_share_out(other, claim) for other in claims):
        return False
    return claims[0].subject is claim.subject or not ends or not known or bool(ends & known)


def _share_out(one: ClaimDraft, other: ClaimDraft) -> bool:
    """Whether two go to two receivers: "granted £400 to the club and £250 to the scouts".

    Or come from two givers: "got £400 from the club and £250 from the scouts".
    """
    given = [c.object for c in (one, other) if c.object is not None and c.object.kind != "clause"]
    receivers = [{id(m) for role, m in c.qualifiers if role in ("to", "for", "from")} for c in (one, other)]
    shared = not all(receivers) or not receivers[0].isdisjoint(receivers[1])
    return len(given) == 2 and given[0] is not given[1] and not shared


def _verb_of(claim: ClaimDraft) -> int | None:
    tree = tree_of(claim.block)
    return next((t.i for t in reversed(claim.words) if tree.pos[t.i] in VERBS), None)


def _may_tell(lemma: str) -> bool:
    return lemma in by_verb() or lemma in _supporting()


@functools.cache
def _supporting() -> frozenset[str]:
    return frozenset(v.split("_")[0] for name in SUPPORTING for v in listed("words", name))


def _of_claims(reading: Reading, block: ParsedBlock, verb: int, claims: list[ClaimDraft]) -> EventDraft:
    tree, first = tree_of(block), claims[0]
    particle = _particle(tree, verb)
    frames = tuple(f for p, f in by_verb().get(tree.lemma[verb], ()) if p == particle)
    passive = first.relation == "be" or first.relation.startswith("be_")
    found = EventDraft(block, block.doc[verb], frames, [], standing=Standing.of(first), passive=passive)
    said = [*first.relation.split("_")[1:], *(tree.lower[k] for k in tree.of(verb, "acomp"))]
    found.complement = next((w for w in said if w in complements()), "")
    denied = trials.denies_guilt(found)
    if denied:
        found.complement, found.standing = "not-guilty", replace(found.standing, negated=False, asserted=True)
    seen: set[tuple[str, int]] = set()
    for claim in claims:
        for slot in _slots(reading, tree, verb, claim, particle, passive=passive):
            if denied and claim.modality is None:
                slot.standing = replace(slot.standing, negated=False, asserted=True)
            if (slot.name, id(slot.mention)) not in seen:
                seen.add((slot.name, id(slot.mention)))
                found.slots.append(slot)
        if found.begins is None and found.ends is None:
            found.begins, found.ends = claim.begins, claim.ends
    found.slots += _scores_behind(reading, found, first)
    trials.impose(reading, found)
    return found


def _scores_behind(reading: Reading, event: EventDraft, claim: ClaimDraft) -> Iterator[Slot]:
    """Give the score that stands behind the verb of a match, where no claim has it."""
    if any(f.event == "Match" for f in event.frames) and not any(s.name == "score" for s in event.slots):
        score = _score(reading, event.block, event.trigger.i)
        if score is not None:
            yield Slot("score", score, event.standing, claim)


def _particle(tree: Tree, verb: int) -> str:
    """Give the particle of a verb, or the noun that is one verb with it ("take place", "open fire")."""
    for k in tree.kids[verb]:
        word = tree.lower[k]
        if tree.dep[k] == "prt":
            return word
        bare = tree.dep[k] == "dobj" and not tree.kids[k]
        behind = k == verb + 1 and _may_be_particle(tree, k)
        if (bare or behind) and any(p == word for p, _ in by_verb().get(tree.lemma[verb], ())):
            return word
        said = f"{tree.lemma[verb]}_{word}"
        if bare and (said in listed("words", "happen") or f"{said}_in" in listed("words", "joining")):
            return word
    return _phrasal(tree, verb)


def _may_be_particle(tree: Tree, k: int) -> bool:
    """Whether a word behind a verb may be its particle, whatever the parser calls it.

    That may be an adverb ("walked out over pay"), an adjective ("walked free"), a preposition without an
    object ("handed in her notice") or one whose object is a number, the verb's: "chipped in 5 million".
    """
    if tree.dep[k] in ("advmod", "acomp") or tree.lower[k] in PAST:
        return True
    inner = tree.first(k, "pobj", "pcomp")
    counted = inner is not None and any(tree.pos[c] == "NUM" for c in (inner, *tree.kids[inner]))
    bare = inner is None and not tree.of(k, "prep")  # not "out of"
    return tree.dep[k] == "prep" and (bare or counted)


def _phrasal(tree: Tree, verb: int) -> str:
    """Give the preposition and bare noun that are one verb with another: "went on strike"."""
    for p in tree.of(verb, "prep"):
        for o in tree.of(p, "pobj"):
            said = f"{tree.lower[p]}_{tree.lower[o]}"
            bare = all(tree.dep[k] in ("prep", "compound") for k in tree.kids[o])  # "into police custody"
            if bare and any(q == said for q, _ in by_verb().get(tree.lemma[verb], ())):
                return said
    return ""


def _score(reading: Reading, block: ParsedBlock, verb: int) -> MentionDraft | None:
    """Give the score behind a verb, up to the next verb, that the parser hangs on a name."""
    tree = tree_of(block)
    for i in range(verb + 1, tree.n):
        if tree.pos[i] in VERBS or tree.lower[i] == ";" or block.doc[i].sent != block.doc[verb].sent:
            return None
        measured = block.measures.get(i) or score_at(reading, block, i)
        if measured is not None and SCORE.fullmatch(measured.span.text):
            return None if _is_of_other_verb(tree, i, verb) else measured
    return None


def _is_of_other_verb(tree: Tree, i: int, verb: int) -> bool:
    """Whether a score stands in another clause than a verb: "lost, and with a 1-0 win they rose".

    Behind "reached the final by beating Ulm" it is of the verb that it follows, whatever the parser says.
    """
    own = next((k for k in tree.above(i) if tree.pos[k] in VERBS), verb)
    within = own < verb and own in tree.above(verb)
    return own != verb and verb not in tree.above(own) and not within


def _meant(reading: Reading, block: ParsedBlock, mention: MentionDraft) -> MentionDraft:
    """Give the day of "the evening of 5 October", who "one of them, Ole Moe," is, else what a mention is.

    Who "the sellers" are may be said right there: "the sellers were the Berg family, which sold".
    """
    tree = tree_of(block)
    party = _party(reading, block, mention)
    if party is not None:
        return party
    if tree.lower[mention.head.i] == "one":
        named = (
            reading.at(block, block.doc[a.renaming]) for a in constructions.appositions(tree, mention.head.i)
        )
        return next((m for m in named if m is not None and m.kind == "name"), mention)
    if mention.kind != "nominal" or tree.lemma[mention.head.i] not in listed("words", "parts_of_day"):
        return mention
    inner = (o for word, o in trials.hanging(block, mention.head.i) if word == "of")
    times = (block.measures.get(o) for o in inner)
    return next((t for t in times if t is not None and t.kind == "time"), mention)


def _party(reading: Reading, block: ParsedBlock, mention: MentionDraft) -> MentionDraft | None:
    """Give who a party of a deal is said to be by the verb of which its noun is the subject."""
    tree, i = tree_of(block), mention.head.i
    called = tree.lemma[i] in listed("words", "sellers") | listed("words", "buyers")
    who = said_to_be(tree, i) if called else None
    return reading.at(block, block.doc[who]) if who is not None else None


def _slots(
    reading: Reading, tree: Tree, verb: int, claim: ClaimDraft, particle: str, *, passive: bool
) -> Iterator[Slot]:
    """Give the arguments of a claim by where they stand in the active clause."""
    standing = Standing.of(claim)
    apart = complements() | {*particle.split("_")} | {tree.lemma[k] for k in _made(tree, verb)}
    left = [w for w in claim.relation.split("_")[2 if passive else 1 :] if w not in apart]
    subject, object_ = _ends(tree, verb, claim, "_".join(left), passive=passive)
    # Who come to harm are counted, too.
    counted = any(f.event in HARM for p, f in by_verb().get(tree.lemma[verb], ()) if p == particle)

    def each(mention: MentionDraft, *, subject: bool = False) -> list[MentionDraft]:
        whole = _meant(reading, claim.block, mention)
        listed_ = [] if counted else called.listed_behind(reading, whole)
        return listed_ or (
            called.antecedents(reading, verb, whole) if subject else called.meant(reading, whole)
        )

    yield from (Slot(subject, one, standing, claim) for one in each(claim.subject, subject=True))
    if claim.object is not None:
        yield from (Slot(object_, one, standing, claim) for one in each(claim.object))
    for n, (role, mention) in enumerate(claim.qualifiers):
        # A particle has no object of its own: "see off Halm".
        name = "object" if role == particle and claim.object is None and not passive else role
        yield from (Slot(name, one, standing, claim, n) for one in each(mention))


def _ends(tree: Tree, verb: int, claim: ClaimDraft, preposition: str, *, passive: bool) -> tuple[str, str]:
    """Give where subject and object of a claim stand in the active clause.

    Who "was given the prize" is its receiver, and so is whom the jury gave it.
    """
    if not passive:
        given = any(role == "object" for role, _ in claim.qualifiers)
        return "subject", preposition or ("receiver" if given else "object")
    if claim.object is None or preposition:
        return "object", preposition
    return ("receiver", "object") if _is_bare(tree, verb) else ("object", "as")


def _is_bare(tree: Tree, verb: int) -> bool:
    """Whether a passive has an object of its own, and no complement: "was given a prize".

    Who "was born Ada Holm" is called so.
    """
    return tree.lemma[verb] != "bear" and tree.first(verb, "dobj") is not None


def _within_object(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give what hangs on an argument of a verb, where a frame asks for it: "a contract with the navy"."""
    for name in ("object", "subject", *HOSTING):
        asked = {s.partition(".")[2] for f in event.frames for s in f.slots if s.startswith(f"{name}.")}
        names = (name, "as") if name == "object" else (name,)
        for slot in [s for s in event.slots if asked and s.name in names and s.mention.block is event.block]:
            for mention in _inside(reading, event.block, slot.mention) if "money" in asked else ():
                yield replace(slot, name=f"{name}.money", mention=mention)
            for word, mention in _hanging(reading, event.block, slot.mention.head.i):
                if word in asked:
                    yield replace(slot, name=f"{name}.{word}", mention=mention)


def _origins(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give where what somebody comes from was: "returned from a match in Linz", "from a visit to Rome"."""
    if not any(f.event == "Journey" for f in event.frames):
        return
    for slot in [s for s in event.slots if s.name == "from" and s.mention.kind == "nominal"]:
        if slot.mention.type not in PLACES:
            inner = _hanging(reading, event.block, slot.mention.head.i)
            yield from (replace(slot, mention=m) for word, m in inner if word in WHERE and m.type in PLACES)


def _goals(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give where one goes that the parser hangs on where one leaves: "embarked at Ulm for Brae"."""
    if not any(f.event == "Journey" for f in event.frames):
        return
    for slot in [s for s in event.slots if s.name in ("at", "from", "object")]:
        if slot.mention.kind == "name" and slot.mention.block is event.block:
            for word, goal in _behind_origin(reading, event.block, slot.mention.head.i):
                if goal.kind == "name" and _are_places(slot.mention, goal):
                    yield replace(slot, name=word, mention=goal)


def _behind_origin(reading: Reading, block: ParsedBlock, i: int) -> Iterator[tuple[str, MentionDraft]]:
    """Give what hangs on a place, or on the "from" before it, by "to" or "for"."""
    yield from ((w, m) for w, m in _hanging(reading, block, i) if w in ("to", "for"))
    tree = tree_of(block)
    if tree.lower[tree.head[i]] == "from":
        yield from (("to", m) for m in _onward(reading, block, tree.head[i]))


def _are_places(*mentions: MentionDraft) -> bool:
    return all(m.type in PLACES for m in mentions)


def _with_sum(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the sum in what stands under "with": "hit the bank with a fine of 2 million euros"."""
    for slot in [s for s in event.slots if s.name == "with" and s.mention.block is event.block]:
        inside = _inside(reading, event.block, slot.mention)
        yield from (replace(slot, name="with.money", mention=m) for m in inside)


def _offices(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give the office or honour that a verb names: "was elected secretary unopposed", "made him a knight"."""
    if not any(fill.role in ("office", "award") for f in event.frames for fill in f.slots.get("as", ())):
        return
    tree = tree_of(event.block)
    heads = {s.mention.head.i for s in event.slots}
    subject = next((s for s in event.slots if s.name in ("object", "receiver")), None)
    if subject is None or any(s.name == "as" and tree.pos[s.mention.head.i] in NOUNS for s in event.slots):
        return
    named = tree.of(event.trigger.i, "oprd", "attr", "dobj", "xcomp", "npadvmod", "acomp")
    for k in (*named, *_made(tree, event.trigger.i)):
        if k > event.trigger.i and k not in heads and _is_office(event.block, k):
            mention = reading.argument(event.block, event.block.doc[k], nominals.create_mention)
            yield Slot("as", mention, subject.standing, subject.claim)


def _made(tree: Tree, verb: int) -> list[int]:
    """Give what somebody is made, which the parser takes for a clause: "made him an honorary doctor"."""
    if tree.lemma[verb] != "make":
        return []
    return [k for k in tree.of(verb, "ccomp") if tree.pos[k] in NOUNS and _is_made(tree, k)]


def _is_made(tree: Tree, k: int) -> bool:
    """Whether a noun is a post or an honour, and none of what one only becomes: "made her a star"."""
    honorary = any(tree.lower[a] == "honorary" for a in tree.of(k, "amod"))
    return honorary or tree.lemma[k] in listed("words", "posts") | listed("words", "made_by_honour")


def _holders(reading: Reading, event: EventDraft) -> Iterator[Slot]:
    """Give whose something is, where a frame asks for it: "his office goes to Ida", "his leg was broken"."""
    for place, name in (("subject", "holder"), ("object", "object.owner")):
        asked = any(f"{place}.owner" in f.slots for f in event.frames)
        for slot in [s for s in event.slots if asked and s.name == place and s.mention.block is event.block]:
            k = _whose(tree_of(event.block), slot.mention.head.i, event.trigger.i)
            if k is not None:
                whose = reading.argument(event.block, event.block.doc[k], nominals.create_mention)
                yield replace(slot, name=name, mention=whose)


def _whose(tree: Tree, owned: int, verb: int) -> int | None:
    """Give the token whose another is, of "whose" what its clause hangs on: "a man whose arm was cut"."""
    k = constructions.owner(tree, owned)
    if k is None or tree.tag[k] != "WP$":
        return k
    while tree.dep[verb] == "conj":
        verb = tree.head[verb]
    return tree.head[verb] if tree.dep[verb] == "relcl" else None


def _is_office(block: ParsedBlock, k: int) -> bool:
    return tree_of(block).pos[k] == "NOUN" and nominal_type(block.doc[k])[0] in ("Person", "Position")


def _hanging(reading: Reading, block: ParsedBlock, i: int) -> Iterator[tuple[str, MentionDraft]]:
    """Give the names before a noun, and what follows it under its prepositions."""
    tree = tree_of(block)
    for k in tree.of(i, "compound", "nmod", "amod"):
        if (named := reading.at(block, block.doc[k])) is not None:
            yield "compound", named
    for p in tree.of(i, "prep"):
        inner = tree.first(p, "pobj")
        for o in tree.conjuncts(inner) if inner is not None else ():
            head = block.doc[nominals.core(tree, o)]
            measured = block.measures.get(o)
            yield tree.lower[p], measured or reading.argument(block, head, nominals.create_mention)
            if tree.lower[p] == "in":  # "a doctorate in physics from Ulm"
                yield from ((w, m) for w, m in _hanging(reading, block, o) if w in ("from", "at"))
            elif tree.lower[p] == "for":  # "an order for 12 trams from Ulm"
                yield from ((f"for.{w}", m) for w, m in _hanging(reading, block, o) if w in ("from", "to"))
        if tree.lower[p] == "from":
            yield from (("to", m) for m in _onward(reading, block, p))


def _onward(reading: Reading, block: ParsedBlock, p: int) -> Iterator[MentionDraft]:
    """Give what the parser hangs on where something comes from: "the ferry from Ulm to Brae"."""
    tree = tree_of(block)
    for k in (p, *tree.of(p, "pobj")):
        for o in tree.under(k, "to", "into"):
            yield reading.argument(block, block.doc[o], nominals.create_mention)


def _inside(reading: Reading, block: ParsedBlock, mention: MentionDraft) -> list[MentionDraft]:
    """Give the sums in the phrase of a mention, or behind it: "a contract worth 40 million euros"."""
    tree, head = tree_of(block), mention.head.i
    inside = range(tree.left[head], tree.right[head] + 1)
    found = dict.fromkeys(m for i in inside if (m := block.measures.get(i)) is not None)
    sums = [m for m in found if m.kind == "quantity" and m is not mention]
    if (own := quantities.measure_of(block, head)) is not None:  # "a 40-million-euro contract"
        span, value = own
        draft = MentionDraft(block, span, span.root, "quantity", "Quantity", span.text, value=value)
        sums.insert(0, reading.add(draft, argument=False))
    return sums


def _cabinets(reading: Reading) -> Iterator[EventDraft]:
    """Give the appointments of who is presented as what: "with Ida Moe as finance minister"."""
    frame = frame_of("Appointment.cabinet")
    for claim in reading.claims:
        if claim.rule == rules.OFFICE_CABINET.id and claim.object is not None:
            standing, begins = Standing.of(claim), claim.begins
            slots = [
                Slot("object", claim.subject, standing, claim),
                Slot("as", claim.object, standing, claim),
            ]
            trigger = claim.words[0] if claim.words else claim.object.head
            yield EventDraft(claim.block, trigger, (frame,), slots, standing=standing, begins=begins)


# Nouns.


def _nouns(reading: Reading) -> Iterator[EventDraft]:
    by_block: dict[int, list[MentionDraft]] | None = None
    for block in reading.blocks:
        if block.kind in NO_PROSE:
            continue
        tree = tree_of(block)
        places = [i for i in range(tree.n) if tree.pos[i] in NOUNS and _tells(tree, i)]
        if not places:
            continue
        if by_block is None:
            by_block = collections.defaultdict(list)
            for mention in reading.mentions:
                by_block[mention.block.index].append(mention)
        context = BlockContext(reading, block, by_block[block.index])
        for i in places:
            if context.name[i] is None and (found := _of_noun(context, i)) is not None:
                yield found


def _tells(tree: Tree, i: int) -> bool:
    word = tree.lower[i] if tree.lower[i] in PLURALS else tree.lemma[i]
    if word not in by_noun() and word not in _pointing():
        return False
    if tree.tag[i] != "NNS" or tree.lower[i] in PLURALS or tree.lower[i] in by_noun():
        return True
    return any(f.event in SERIES for f in by_noun().get(word, ()))


@functools.cache
def _pointing() -> frozenset[str]:
    """Give the nouns that may point at an event told before."""
    return frozenset(w for said in mapping(FILE, "anaphors").values() for w in said.split())


def _of_noun(ctx: BlockContext, i: int) -> EventDraft | None:
    tree = ctx.tree
    word = tree.lower[i] if tree.lower[i] in by_noun() else tree.lemma[i]
    frames = by_noun().get(word, ())
    factuality = event_factuality(ctx, i)
    standing = Standing.presented(factuality, tree, ctx.mention)
    if tree.dep[i] in ("compound", "nmod", "amod") or i in ctx.block.measures or _is_gunfire(tree, i):
        return None  # "the attack helicopter", "54 percent of the vote"
    if standing.asserted and _is_open(tree, i, frames):
        standing = Standing(modality="Possible", asserted=False)
    found = EventDraft(ctx.block, ctx.doc[i], frames, [], noun=ctx.mention(i), standing=standing)
    found.slots += (Slot(name, m, standing) for name, m in _noun_slots(ctx, i, frames))
    return found


def _is_gunfire(tree: Tree, i: int) -> bool:
    """Whether a fire is one of guns: "came under heavy fire", "opened fire", "mortar fire"."""
    if tree.lemma[i] != "fire":
        return False
    before = (tree.lower[k] for k in (*tree.of(i, "compound", "amod", "nmod"), i - 1) if 0 <= k < i)
    if any(word in listed("words", "gunfire") for word in before) or tree.lower[max(i - 2, 0)] == "counter":
        return True
    above = tree.head[i]
    if tree.dep[i] == "pobj":
        return tree.lower[above] in listed("words", "under_fire")
    return not tree.of(i, "det") and tree.dep[i] == "dobj" and tree.lemma[above] in listed("words", "firing")


def _is_open(tree: Tree, i: int, frames: tuple[Frame, ...]) -> bool:
    """Whether a deal is only talked of, or comes to nothing: "talks on the sale", "the sale fell through"."""
    if not any(f.event in listed("words", "deals") for f in frames):
        return False
    prep = tree.head[i]
    top = tree.head[prep] if tree.dep[prep] == "prep" else i
    if top != i and tree.lemma[top] in listed("words", "pending"):
        return True
    while tree.dep[top] in ("prep", "advmod", "prt"):  # "walked away from", "pulled out of the sale"
        top = tree.head[top]
    if top != i and tree.lemma[top] in listed("words", "leaving") and tree.lower[prep] in ("from", "of"):
        return True
    return _comes_to_nothing(tree, i)


def _comes_to_nothing(tree: Tree, i: int) -> bool:
    """Whether a deal is given up, fails, or is said to be unlikely by the verb that its noun stands with."""
    verb, role = tree.head[i], tree.dep[i]
    if role in ("dobj", "nsubjpass"):
        particle = _particle(tree, verb)
        return "_".join(w for w in (tree.lemma[verb], particle) if w) in listed("words", "abandoning")
    if role != "nsubj":
        return False
    said = tree.of(verb, "acomp", "attr") if tree.lemma[verb] == "be" else []
    unsure = listed("words", "unsure") | listed("words", "pending")
    return tree.lemma[verb] in listed("words", "foiled") or any(tree.lemma[k] in unsure for k in said)


def _noun_slots(ctx: BlockContext, i: int, frames: tuple[Frame, ...]) -> Iterator[tuple[str, MentionDraft]]:
    owner = constructions.owner_named(ctx.tree, i)
    if owner is not None and ctx.tree.pos[owner] in NOMINALS:
        measured = ctx.value[owner]
        yield ("time", measured) if measured is not None else ("owner", ctx.mention(owner))
    yield from _before(ctx, i, frames)
    yield from (("self", m) for m in _inside(ctx.reading, ctx.block, ctx.mention(i)))
    for word, prep in _preps(ctx, i):
        for o in ctx.objects(prep):
            if (measured := ctx.value[o]) is not None:
                yield word, measured
            elif ctx.tree.pos[o] in NOMINALS and ctx.mention(o) is not ctx.mention(i):
                yield word, ctx.mention(o)
                yield from _behind_name(ctx, o, frames)
                yield from _sold_by(ctx, o, frames, word)
                if word == "of" and ctx.tree.lemma[o] in STAKES:
                    yield from _behind_stake(ctx, o, frames)
                if word == "at" and ctx.tree.lower[o] == "hands":  # "a defeat at the hands of Halm"
                    yield from (("by", ctx.mention(k)) for k in ctx.objects_of(o, "of"))


def _sold_by(
    ctx: BlockContext, i: int, frames: tuple[Frame, ...], word: str
) -> Iterator[tuple[str, MentionDraft]]:
    """Give whose it is that is sold: "the sale of its mills to Vero"."""
    asked = word == "of" and any("of.owner" in f.noun_slots for f in frames)
    owner = constructions.owner_named(ctx.tree, i) if asked else None
    if owner is not None and ctx.tree.pos[owner] in NOMINALS and ctx.value[owner] is None:
        yield "of.owner", ctx.mention(owner)


def _preps(ctx: BlockContext, i: int) -> Iterator[tuple[str, int]]:
    """Give the prepositions behind a noun.

    In "a grant from Halm to the school" the parser hangs the second on the first, in "a grant of 3 million
    from Halm" on the sum.
    """
    for word, prep in ctx.preps(i):
        yield word, prep
        if word == "of":
            sums = [o for o in ctx.objects(prep) if ctx.value[o] is not None]
            yield from ((w, p) for o in sums for w, p in ctx.preps(o) if w in BEHIND_SUMS)
        behind = (k for k in ctx.tree.of(prep, "prep") if k > prep + 1)
        yield from ((ctx.tree.lower[k], k) for k in behind if ctx.tree.lower[k] in MOVING)


def _behind_name(ctx: BlockContext, i: int, frames: tuple[Frame, ...]) -> Iterator[tuple[str, MentionDraft]]:
    """Give what the parser hangs on a name behind an event noun: "a suit by Anna Lund against Halm".

    A noun may stand between: "the purchase of the pump maker Vero from the fund Arlo".
    """
    named = [a.renaming for a in constructions.appositions(ctx.tree, i)] if ctx.name[i] is None else [i]
    sold = any(f.event in ("Acquisition", "Payment") for f in frames)
    told = ("by", "from", "to", "for") if sold else ("by", "against", "over", "for")
    for word, prep in (p for k in named if ctx.name[k] is not None for p in ctx.preps(k)):
        for o in ctx.objects(prep):
            if word in told and (measured := ctx.value[o]) is not None:
                yield word, measured
            elif word in told and ctx.tree.pos[o] in NOMINALS:
                yield word, ctx.mention(o)


def _behind_stake(ctx: BlockContext, i: int, frames: tuple[Frame, ...]) -> Iterator[tuple[str, MentionDraft]]:
    """Give the firm that a part is of, and from or to whom it goes: "the sale of a stake in Vero to Halm"."""
    if not any(f.event == "Acquisition" for f in frames):
        return
    for word, prep in ctx.preps(i):
        for o in ctx.objects(prep) if word in ("in", "by", "from", "to") else ():
            if ctx.tree.pos[o] in NOMINALS:
                yield ("share" if word == "in" else word), ctx.mention(o)
                yield from _behind_name(ctx, o, frames)


def _before(ctx: BlockContext, i: int, frames: tuple[Frame, ...]) -> Iterator[tuple[str, MentionDraft]]:
    """Give the lands, names, numbers and nouns before a noun."""
    tree = ctx.tree
    for k in tree.of(i, "amod", "compound", "nmod", "nummod", "npadvmod"):
        if (demonym := ctx.demonym[k]) is not None:
            yield "adj", demonym
        elif (measured := ctx.value[k]) is not None:
            yield ("time" if measured.kind == "time" else "compound"), measured
        elif ctx.name[k] is not None:
            yield "compound", ctx.mention(k)
        elif tree.pos[k] == "NOUN" and any("compound" in f.noun_slots for f in frames):
            # Nothing happens to the road in a road accident.
            if tree.lemma[k] not in TRAFFIC or tree.lemma[i] not in ACCIDENTS:
                yield "compound", ctx.mention(k)


# Verbs that say no more of an event than that it took place.


def _support(reading: Reading, verbs: list[EventDraft], nouns: dict[Key, EventDraft]) -> None:
    """Give the events of nouns what is said of them by the verb that they are an argument of."""
    by_mention = {id(n.noun): n for n in nouns.values()}
    for verb in verbs:
        tree = tree_of(verb.block)
        lemma, particle = tree.lemma[verb.trigger.i], _particle(tree, verb.trigger.i)
        word = f"{lemma}_{particle}" if particle else lemma
        for slot in verb.slots:
            noun = by_mention.get(id(slot.mention))
            if noun is not None:
                _support_one(noun, verb, slot.name, word)
                noun.slots += funding.funded(reading, noun, verb, slot.name, word)
                if slot.name in ("object", "to") and lemma in listed("words", "owning"):
                    _own_up(noun, verb)


def _support_one(noun: EventDraft, verb: EventDraft, place: str, word: str) -> None:
    noun.slots += joining.joined(noun, verb, place, word)
    if place == "object" and word in listed("words", "ending"):
        _end(noun, verb)
    elif place == "object":
        _support_object(noun, verb, word)
    elif place == "subject" and word in listed("words", "closing") and _is_deal(noun):
        if verb.standing.modality is None and not verb.standing.negated:
            noun.begins, noun.ends = noun.begins or verb.begins, noun.ends or verb.ends
    elif place == "subject" and word in listed("words", "happen"):
        struck = {"object": "struck", "through": "struck"}  # "tore through a factory"
        _take_over(noun, verb, struck if word in listed("words", "striking") else {})


def _is_deal(noun: EventDraft) -> bool:
    """Whether a noun is for a deal, by itself or by what was told before: "the sale", "the deal"."""
    lemma = tree_of(noun.block).lemma[noun.trigger.i]
    told = {f.event for f in noun.frames}
    deals = listed("words", "deals")
    return not told.isdisjoint(deals) or any(lemma in listed("anaphors", event) for event in deals)


def _end(noun: EventDraft, verb: EventDraft) -> None:
    """Let the day of a verb that ends an event, or of its noun there, be that on which it was over."""
    _by_whom(noun, verb)
    own = EventDraft(noun.block, noun.trigger, (), [])
    if not any(own.date(s.mention) for s in noun.slots if s.mention.kind == "time"):
        own.ends = verb.ends
    noun.slots = [s for s in noun.slots if s.mention.kind != "time"]
    noun.begins, noun.ends = None, own.ends


def _support_object(noun: EventDraft, verb: EventDraft, word: str) -> None:
    """Give the event of a noun what its verb tells: who carried it out, underwent it, gave it, did it."""
    if not verb.passive:
        _by_whom(noun, verb)
    if word in listed("words", "crediting"):
        _take_over(noun, verb, {"to": "subject"})
    if word in listed("words", "granting"):
        _grant(noun, verb)
    given = word in listed("words", "granting") and any(f.event in GRANTED for f in noun.frames)
    if given or word in listed("words", "support"):
        _take_over(noun, verb, {"subject": "subject"})
    elif word in listed("words", "undergo"):
        _take_over(noun, verb, {"subject": "undergoer"})
    # What the subject of such a verb is to the event of its object.
    for name, role in (("ruling", "in"), ("causing", "caused")):
        if word in listed("words", name):
            noun.slots += [replace(s, name=role) for s in verb.slots if s.name == "subject"]
    rulings.take_part(noun, verb)


def _by_whom(noun: EventDraft, verb: EventDraft) -> None:
    """Give a noun what the parser hangs on its verb: "dismissed a suit by a former employee"."""
    if not any("by" in f.noun_slots for f in noun.frames) or any(s.name == "by" for s in noun.slots):
        return
    noun.slots += [s for s in verb.slots if s.name == "by" and s.mention.kind in ("name", "nominal")]


def _own_up(noun: EventDraft, verb: EventDraft) -> None:
    """Give a deed who admits it: "pleaded guilty to the manslaughter of Ida Holm"."""
    doers = [s for s in verb.slots if s.name == "subject" and not verb.passive]
    if trials.denies_guilt(verb):
        return
    if any(f.event in trials.DOERS for f in noun.frames) and not any(s.name == "by" for s in noun.slots):
        noun.slots += [replace(s, name="by") for s in doers]


def _grant(noun: EventDraft, verb: EventDraft) -> None:
    """Let a grant stand as it does that it is approved: who approves it gives it."""
    if not any(f.event in GRANTED for f in noun.frames) or noun.standing.negated:
        return
    for slot in noun.slots:
        slot.standing = verb.standing


def _take_over(noun: EventDraft, verb: EventDraft, names: dict[str, str]) -> None:
    taken = {id(s.mention) for s in noun.slots}
    for slot in verb.slots:
        name = names.get(slot.name) or (slot.name if slot.name not in ("subject", "object") else "")
        if name and slot.mention is not noun.noun and id(slot.mention) not in taken:
            noun.slots.append(Slot(name, slot.mention, slot.standing, slot.claim, slot.qualifier))
    if verb.trigger.lemma_.lower() not in ENDING:
        noun.begins = noun.begins or verb.begins
    noun.ends = noun.ends or verb.ends
