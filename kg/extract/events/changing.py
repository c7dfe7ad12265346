"""Changes of an amount: its numbers by the words before them, and changes that no verb of change tells.

"Fell 8 percent to 3.1 billion euros from 3.4 billion" says in its prepositions what each number is, whatever
the parser hangs them on. "Closed 3.4 percent higher at 18.20 euros", "was 300 million, up 5 percent from 286
million" and "drew 41,000 visitors, 12 percent more than last year" tell of a change by a word that compares.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.claims.factuality import Factuality
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# What a number is by the word before it.
PARTS = {"to": "to", "from": "from", "by": "by"}
REACH = 14
# Verbs of what something was before, beside those of levels.
COSTING = frozenset({"cost", "average", "fetch", "number"})


def add_amounts(reading: Reading, event: EventDraft) -> None:
    """Give a verb of change the numbers behind it, by the words before them; a noun what it is in."""
    if not any(f.event == "Change" for f in event.frames):
        return
    if event.noun is not None:
        _add_behind_share(reading, event)
    if event.slots and (event.noun is None or any(s.name == "in" for s in event.slots)):
        _add_amounts(event)
        _add_start(event)
    _part_times(event)
    _add_seer(reading, event)


def _add_seer(reading: Reading, event: EventDraft) -> None:
    """ "Halm saw revenue fall by 6 percent", "recorded a 6 percent fall in sales": whose revenue it is."""
    tree, i = tree_of(event.block), event.trigger.i
    verb = tree.head[i]
    label = "dobj" if event.noun is not None else "ccomp"
    if tree.dep[i] != label or tree.lemma[verb] not in listed("words", "seeing") or tree.of(verb, "auxpass"):
        return
    subject = tree.first(verb, "nsubj")
    changed = [s.mention for s in event.slots if s.name in ("subject", "in")]
    heads = [m.head.i for m in changed if m.block is event.block]
    owned = any(constructions.owner(tree, k) is not None or tree.of(k, "prep") for k in heads)
    if subject is not None and tree.pos[subject] != "PRON" and not owned:
        _add(event, "seer", nominals.core_argument(reading, event.block, subject))


def _add_amounts(event: EventDraft) -> None:
    standing, claim = event.slots[0].standing, event.slots[0].claim
    named = {s.name for s in event.slots}
    there = {id(s.mention) for s in event.slots if s.name in PARTS}
    reach = REACH if event.noun is None else 2 * REACH
    for name, mention in amounts(event.block, event.trigger.i + 1, reach=reach):
        if name not in named and id(mention) not in there:
            named.add(name)
            event.slots.append(Slot(name, mention, standing, claim))


def _add_start(event: EventDraft) -> None:
    """ "Rubber, which cost 152 rupees, had climbed to 231", "slipped to 2.6 million, having been 3.1"."""
    to = next((s for s in event.slots if s.name == "to"), None)
    if to is None or any(s.name == "from" for s in event.slots):
        return
    for k in _clauses_of_before(event):
        start = _level(event.block, k)
        if start is not None and (_are_alike(start, to.mention) or _are_alike(to.mention, start)):
            event.slots.append(replace(to, name="from", mention=start))
            return


def _clauses_of_before(event: EventDraft) -> list[int]:
    """Give the verbs of what something was before it changed."""
    tree, verb = tree_of(event.block), event.trigger.i
    subjects = [s.mention for s in event.slots if s.name == "subject" and s.mention.block is event.block]
    told = [k for m in subjects for k in tree.of(m.head.i, "relcl") if k < verb]
    told += [k for k in tree.of(verb, "advcl") if any(tree.lower[a] == "having" for a in tree.of(k, "aux"))]
    verbs = listed("words", "levels") | COSTING
    return [k for k in told if tree.lemma[k] in verbs and not tree.of(k, "neg") and _is_past(tree, k)]


def _level(block: ParsedBlock, verb: int) -> MentionDraft | None:
    """Give the amount that something was or stood at."""
    tree = tree_of(block)
    at = [o for p in tree.of(verb, "prep") if tree.lower[p] == "at" for o in tree.of(p, "pobj")]
    return _first_amount(block, [*tree.of(verb, "attr", "dobj"), *at])


def _is_past(tree: Tree, verb: int) -> bool:
    """Whether a verb tells of what was: "cost", "had been", "having been"."""
    return tree.tag[verb] in ("VBD", "VBN")


def _part_times(event: EventDraft) -> None:
    """Leave the time of what an amount was before to that: "from 3 million in 2022 to 4 million last year".

    The time behind what it came to is that of the change.
    """
    of = {s.name: time_behind(s.mention) for s in event.slots if s.name in ("from", "to")}
    before, after = of.get("from"), of.get("to")
    if before is not None:
        event.slots = [s for s in event.slots if s.mention is not before]
        if event.begins is not None and before.value is not None:
            if event.begins.isoformat() == before.value.lower:
                event.begins = event.ends = None
    if after is not None and event.begins is None and event.ends is None:
        event.date(after)


def times_before(event: EventDraft) -> list[MentionDraft]:
    """Give the times of what an amount was before it changed."""
    before = [s.mention for s in event.slots if s.name == "from"]
    found = [time for time in map(time_behind, before) if time is not None]
    for amount in before:
        # "from 61 per cent at last year's election"
        inside = tree_of(amount.block).subtree(amount.head.i)
        found += [m for k, m in amount.block.measures.items() if m.kind == "time" and k in inside]
    return found


def time_behind(amount: MentionDraft) -> MentionDraft | None:
    """Give the time right behind an amount, or behind a preposition there."""
    if amount.kind != "quantity" and (amount.kind != "nominal" or amount.value is None):
        return None
    # "9.8 million journeys in 2021" is counted.
    tree, end = tree_of(amount.block), amount.span.end if amount.kind == "quantity" else amount.head.i + 1
    at = end + (end < tree.n and tree.lower[end] in ("in", "on", "for"))
    found = amount.block.measures.get(at)
    return found if found is not None and found.kind == "time" else None


def _add_behind_share(reading: Reading, event: EventDraft) -> None:
    """ "A rise of 12 percent in visitors": the parser may hang on the share what the rise is in."""
    tree, i = tree_of(event.block), event.trigger.i
    of = event.block.measures.get(i + 2) if tree.lower[i + 1 : i + 2] == ["of"] else None
    if of is None or of.kind != "quantity" or any(s.name == "in" for s in event.slots):
        return
    end = of.span.end
    if end < tree.n and tree.lower[end] == "in":
        inner = tree.first(end, "pobj")
        if inner is not None and tree.pos[inner] in NOUNS and inner not in event.block.measures:
            _add(event, "in", nominals.core_argument(reading, event.block, inner))


def amounts(
    block: ParsedBlock, start: int, *, at: bool = False, reach: int = REACH
) -> Iterator[tuple[str, MentionDraft]]:
    """Give the numbers from a token on to the end of the clause, and what each is of a change.

    With `at` what stands behind "at" is what was reached: "closed higher at 18.20 euros".
    """
    tree = tree_of(block)
    i, end = start, min(start + reach, block.doc[start - 1].sent.end if start else tree.n)
    while i < end:
        measured = block.measures.get(i)
        if measured is not None and measured.kind == "quantity":
            name = _part(tree, measured.span.start, start, measured, at=at)
            if name:
                yield name, measured
            i = measured.span.end
            if name in ("to", "by") and (before := _in_bracket(block, tree, i)) is not None:
                yield "from", before
        elif _ends(tree, i):
            return
        else:
            i += 1


def _part(tree: Tree, first: int, start: int, amount: MentionDraft, *, at: bool) -> str:
    """Give what a number is by the word before it: a bare one that starts, or a share, is by how much."""
    k = first - 1
    while k >= start and tree.lower[k] in listed("words", "hedges"):
        k -= 1
    word = tree.lower[k] if k >= start else ""
    if word in PARTS:
        return PARTS[word]
    if k < start and _is_reached(amount):
        return "to"
    if word in ("with", "against") and tree.lower[k - 1] in ("compared", "compare", ",", "as"):
        return "from"
    if at and word == "at":
        return "to"
    share = amount.value is not None and amount.value.unit == "%"
    return "by" if k < start or (share and tree.pos[k] not in ("ADP", *NOUNS)) else ""


def _in_bracket(block: ParsedBlock, tree: Tree, i: int) -> MentionDraft | None:
    """Give what an amount was before by a bracket behind it: "rose to 41 million (2018: 38 million)"."""
    if i >= tree.n or tree.lower[i] != "(":
        return None
    end = next((k for k in range(i, min(i + REACH, tree.n)) if tree.lower[k] == ")"), i)
    inside = {id(m): m for k in range(i, end) if (m := block.measures.get(k)) is not None}
    found = [m for m in inside.values() if m.kind == "quantity"]
    told = any(m.kind == "time" for m in inside.values()) or tree.lower[i + 1] in listed("words", "earlier")
    return found[0] if len(found) == 1 and told else None


def _is_reached(amount: MentionDraft) -> bool:
    """Whether "up" before an amount is the particle of a verb, and no bound: "crept up to 41 million"."""
    if amount.value is None or [t.lower_ for t in amount.span[:2]] != ["up", "to"]:
        return False
    amount.value = replace(amount.value, comparator=None)
    return True


def _ends(tree: Tree, i: int) -> bool:
    """Whether a clause ends at a token: with another verb, or a sign that none of its numbers follows."""
    word = tree.lower[i]
    if word == ",":
        return i + 1 >= tree.n or tree.lower[i + 1] not in (*PARTS, "compared", "against")
    if word in (";", ":", "(", "while", "as", "and", "but"):
        return True
    return tree.pos[i] in VERBS and word != "compared"


def told_by_comparing(reading: Reading) -> Iterator[EventDraft]:
    """Give the changes that a word which compares tells: "higher", "up", "more than last year"."""
    for block in reading.blocks:
        if block.kind in NO_PROSE or not any(m.kind == "quantity" for m in block.measures.values()):
            continue
        for i in range(1, tree_of(block).n):
            found = _told_at(reading, block, i)
            if found is not None:
                yield found


def _told_at(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """Give the change that the word at a token tells of."""
    word, found = tree_of(block).lower[i], None
    if word in listed("words", "compared"):
        found = _of_level(reading, block, i) or _of_count(reading, block, i)
    if found is None and word in listed("words", "moved"):
        found = _of_counted(reading, block, i) or _of_particle(reading, block, i)
        found = found or _of_report(reading, block, i, i + 1)
    if found is None and word in listed("words", "against"):
        found = _of_counted(reading, block, i) or _of_report(reading, block, i, i + 1)
    return found


def _of_level(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "Shares closed 3.4 percent higher at 18.20 euros", "prices were 3 percent lower"."""
    tree, verb = tree_of(block), tree_of(block).head[i]
    if tree.pos[verb] not in VERBS or tree.lemma[verb] not in listed("words", "levels") or verb > i:
        return None
    by = block.measures.get(i - 1)
    subject = tree.first(verb, "nsubj")
    if by is None or by.kind != "quantity" or subject is None:
        return None
    event = _draft(reading, block, i, verb)
    _add(event, "quantity", nominals.core_argument(reading, block, subject))
    _add(event, "by", by)
    for name, mention in amounts(block, i + 1, at=True):
        if name != "by":
            _add(event, name, mention)
    return event


def _of_particle(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "Revenue was 300 million, up 5 percent from 286 million", "sales, down from 4 million, were 3"."""
    tree = tree_of(block)
    following = tree.lower[i + 1] if i + 1 < tree.n else ""
    if tree.dep[i] == "prt" or (following != "from" and i + 1 not in block.measures):
        return None
    told, verb = dict(amounts(block, i + 1, at=True)), _verb_above(tree, i)
    if verb is None or told.keys().isdisjoint(("by", "from")):
        return None
    subject = tree.first(verb, "nsubj")
    if subject is None or tree.lemma[verb] not in listed("words", "levels"):
        return None
    at = tree.under(verb, "at")
    reached = _first_amount(block, [*tree.of(verb, "attr", "dobj", "pobj"), *at])
    if reached is not None:
        told.setdefault("to", reached)
    event = _draft(reading, block, i, verb)
    _add(event, "quantity", nominals.core_argument(reading, block, subject))
    for name, mention in told.items():
        _add(event, name, mention)
    return event


def _of_report(reading: Reading, block: ParsedBlock, i: int, start: int) -> EventDraft | None:
    """ "Reported sales of 4 billion, up 9 percent from 3", "sales were 4 billion, against 3 in 2022"."""
    verb = _verb_above(tree_of(block), i)
    if verb is None or verb > i:
        return None
    told = dict(_told_before(block, i, start))
    noun, owner, reached = _reported(block, verb, i)
    if noun is None or reached is None or told.keys().isdisjoint(("by", "from")):
        return None
    if not _are_alike(reached, told.get("from")):
        return None
    event = _draft(reading, block, i, verb)
    _add(event, "quantity", nominals.core_argument(reading, block, noun))
    if owner is not None:
        _add(event, "owner", nominals.core_argument(reading, block, owner))
    for name, mention in {**told, "to": reached}.items():
        _add(event, name, mention)
    return event


def _told_before(block: ParsedBlock, i: int, start: int) -> Iterator[tuple[str, MentionDraft]]:
    """Give what an amount was before, and how much more or less that is."""
    tree = tree_of(block)
    if tree.lower[i] in listed("words", "moved"):
        yield from amounts(block, start)
        return
    while start < tree.n and tree.lower[start] in ("with", "to", "a", "about", "some", "just"):
        start += 1
    measured = block.measures.get(start)
    if measured is not None and measured.kind == "quantity" and tree.lower[i - 1] in (",", "as", "("):
        yield "from", measured


def _reported(block: ParsedBlock, verb: int, i: int) -> tuple[int | None, int | None, MentionDraft | None]:
    """Give the amount that a verb tells before a token: its noun, whose it is, and how much it is."""
    tree = tree_of(block)
    subject, lemma = tree.first(verb, "nsubj"), tree.lemma[verb]
    if lemma in listed("words", "showing"):
        nouns = [k for k in tree.of(verb, "dobj") if k < i and tree.lower[k] in listed("words", "ownable")]
        of = [
            o for k in nouns for p in tree.of(k, "prep") if tree.lower[p] == "of" for o in tree.of(p, "pobj")
        ]
        return next(iter(nouns), None), subject, _first_amount(block, of)
    if lemma in listed("words", "levels"):
        words = ("at", "to") if lemma in ("come", "amount") else ("at",)
        at = tree.under(verb, *words)
        return subject, None, _first_amount(block, [*tree.of(verb, "attr", "dobj"), *at])
    return None, None, None


def _first_amount(block: ParsedBlock, tokens: list[int]) -> MentionDraft | None:
    found = (block.measures.get(k) for k in tokens)
    return next((m for m in found if m is not None and m.kind == "quantity"), None)


def _are_alike(one: MentionDraft, other: MentionDraft | None) -> bool:
    """Whether two amounts are of one unit, so that one may have become the other."""
    if other is None or one.value is None or other.value is None:
        return other is None
    return one.value.unit == other.value.unit or not other.value.unit


def _of_count(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "Drew 41,000 visitors, 12 percent more than last year", "employed 400 people, 60 fewer than"."""
    tree = tree_of(block)
    by = block.measures.get(i - 1)
    if by is None or by.kind != "quantity" or tree.lower[i + 1 : i + 2] != ["than"]:
        return None
    comma = by.span.start - 1
    if comma < 1 or tree.lower[comma] != "," or not _is_time(block, i + 2):
        return None
    counted = _counted_before(tree, comma)
    verb = tree.head[counted] if counted is not None else -1
    if counted is None or tree.dep[counted] != "dobj" or tree.pos[verb] not in VERBS:
        return None
    event = _draft(reading, block, i, verb)
    whose = tree.first(verb, "nsubj")
    of = reading.argument(block, block.doc[counted], nominals.create_mention)
    if of.value is None or of.value.unit:
        return None
    _add(event, "quantity", of)
    if whose is not None:
        _add(event, "owner", nominals.core_argument(reading, block, whose))
    _add(event, "by", by)
    _add(event, "to", of)
    return event


def _of_counted(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """ "Carried 412,000 passengers, up from 365,000", "drew 900 visitors, compared with 700 in 2019"."""
    tree = tree_of(block)
    comma = i - 2 if tree.lower[i - 1] == "as" else i - 1
    counted = _counted_before(tree, comma) if comma > 1 and tree.lower[comma] == "," else None
    if counted is None or tree.dep[counted] != "dobj" or tree.pos[tree.head[counted]] not in VERBS:
        return None
    told = dict(_told_before(block, i, i + 1))
    reached = reading.argument(block, block.doc[counted], nominals.create_mention)
    if "to" in told or told.keys().isdisjoint(("by", "from")) or not _are_counts(reached, told):
        return None
    event = _draft(reading, block, i, tree.head[counted])
    for name, mention in (("quantity", reached), ("to", reached), *told.items()):
        _add(event, name, mention)
    whose = doer(tree, tree.head[counted])
    if whose is not None:
        _add(event, "owner", nominals.core_argument(reading, block, whose))
    return event


def _are_counts(reached: MentionDraft, told: dict[str, MentionDraft]) -> bool:
    """Whether all are plain numbers of things, or shares of them."""
    plain = reached.value is not None and not reached.value.unit
    return plain and all(m.value is not None and m.value.unit in (None, "", "%") for m in told.values())


def doer(tree: Tree, verb: int) -> int | None:
    """Give the subject of a verb, or the noun that a relative clause with it is on."""
    subject = tree.first(verb, "nsubj")
    relative = subject is not None and tree.dep[verb] == "relcl"
    return tree.head[verb] if relative and tree.tag[subject or 0] in ("WDT", "WP") else subject


def _counted_before(tree: Tree, comma: int) -> int | None:
    """Give the counted noun before a comma, with nothing but a phrase of it or of time between."""
    for k in range(comma - 1, max(comma - 8, -1), -1):
        if tree.pos[k] in VERBS:
            return None
        if tree.pos[k] == "NOUN" and tree.first(k, "nummod") is not None:
            return k
    return None


def _is_time(block: ParsedBlock, i: int) -> bool:
    """Whether a time stands at a token, or behind a preposition there: "than last year", "than in 2019"."""
    return any((m := block.measures.get(k)) is not None and m.kind == "time" for k in (i, i + 1))


def _verb_above(tree: Tree, i: int) -> int | None:
    """Give the verb of the clause that a particle stands in: above it, or above the subject it follows."""
    for _ in range(6):
        i = tree.head[i]
        if tree.pos[i] in VERBS:
            return i
        if tree.head[i] == i:
            break
    return None


def _draft(reading: Reading, block: ParsedBlock, i: int, verb: int) -> EventDraft:
    frame = frame_of("Change.told")
    standing = _standing(reading, block, block.factualities.get(verb))
    return EventDraft(block, block.doc[i], (frame,), [], standing=standing)


def _standing(reading: Reading, block: ParsedBlock, how: Factuality | None) -> Standing:
    if how is None:
        return Standing(modality="Possible", asserted=False)
    return Standing.presented(how, tree_of(block), lambda k: reading.at(block, block.doc[k]))


def _add(event: EventDraft, name: str, mention: MentionDraft) -> None:
    event.slots.append(Slot(name, mention, event.standing))
