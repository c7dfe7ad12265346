"""What tells of an election in other ways than by its verb: who was declared the winner, who else stood."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

WHEN = ("on", "in", "at")


def elections(reading: Reading) -> Iterator[EventDraft]:
    """Give who was declared the winner of a vote, and whom a sentence of its own tells to have lost it."""
    for block in reading.blocks:
        if block.kind in NO_PROSE:
            continue
        tree = tree_of(block)
        for i in range(tree.n):
            if tree.pos[i] in VERBS and tree.lemma[i] in listed("words", "declaring"):
                found = _declared(reading, block, i)
            else:
                found = _rival(reading, block, i) if tree.lemma[i] in listed("words", "rivals") else None
            if found is not None:
                yield found


def add_rivals(reading: Reading, event: EventDraft) -> None:
    """Give a vote who got the smaller share: "took 52 percent of the vote to Moe's 48"."""
    if not any(f.event == "Election" for f in event.frames):
        return
    own = next((_number(s.mention) for s in event.slots if s.name == "object"), None)
    for slot in [s for s in event.slots if s.name in ("to", "against") and s.mention.block is event.block]:
        other, k = _number(slot.mention), constructions.owner(tree_of(event.block), slot.mention.head.i)
        if own is None or other is None or k is None or other >= own or _is_first_round(event):
            continue
        whose = reading.at(event.block, event.block.doc[k])
        if whose is not None:
            event.slots.append(Slot("rival", whose, slot.standing, slot.claim))


def _number(mention: MentionDraft) -> float | None:
    inside = (mention.block.measures.get(i) for i in range(mention.span.start, mention.span.end))
    value = mention.value or next((m.value for m in inside if m is not None), None)
    known = value is not None and value.datatype in ("integer", "decimal")
    return float(value.lexical) if value is not None and known else None


def _is_first_round(event: EventDraft) -> bool:
    """Whether the paragraph tells of a further round, so that who led may not have won."""
    return any(token.lower_ in listed("words", "further_rounds") for token in event.block.doc)


def _declared(reading: Reading, block: ParsedBlock, verb: int) -> EventDraft | None:
    """Give the election of who "was declared the winner", or was by those who "proclaimed her the victor"."""
    tree, how = tree_of(block), block.factualities.get(verb)
    if how is None or not how.asserted or not _tells_of_vote(block, verb):
        return None
    found = _winner(tree, verb)
    if found is None:
        return None
    who = nominals.core_argument(reading, block, found)
    frame = frame_of("Election.declared")
    slots = [Slot("object", who, Standing()), *_times(block, verb)]
    return EventDraft(block, block.doc[verb], (frame,), slots, standing=Standing())


def _winner(tree: Tree, verb: int) -> int | None:
    """Give who is declared to be "the winner" or "elected"."""
    for k in tree.of(verb, "oprd", "attr", "dobj", "xcomp", "ccomp", "acomp"):
        if tree.lemma[k] not in listed("words", "victors") and tree.lower[k] != "elected":
            continue
        passive = tree.first(verb, "nsubjpass")
        return passive if passive is not None else tree.first(k, "nsubj", "nsubjpass")
    return None


def _tells_of_vote(block: ParsedBlock, i: int) -> bool:
    """Whether the sentence of a token, or one beside it, tells of a vote."""
    tree, sent = tree_of(block), block.doc[i].sent
    start = block.doc[sent.start - 1].sent.start if sent.start else 0
    end = block.doc[sent.end].sent.end if sent.end < tree.n else tree.n
    return any(tree.lower[k] in listed("words", "at_polls") for k in range(start, end))


def _times(block: ParsedBlock, verb: int) -> Iterator[Slot]:
    tree = tree_of(block)
    below = [*tree.of(verb, "npadvmod"), *(k for k in tree.of(verb, "oprd", "attr", "ccomp", "dobj"))]
    for top in (verb, *below):
        inner = tree.under(top, *WHEN)
        for k in (*inner, *tree.of(top, "npadvmod")):
            time = block.measures.get(k)
            if time is not None and time.kind == "time":
                yield Slot("on", time, Standing())


def _rival(reading: Reading, block: ParsedBlock, i: int) -> EventDraft | None:
    """Give who lost by a sentence of its own: "The other candidate was Ann Lee", "Her only rival was …"."""
    tree, verb = tree_of(block), tree_of(block).head[i]
    how, who = block.factualities.get(verb), tree.first(verb, "attr")
    if tree.dep[i] != "nsubj" or tree.lemma[verb] != "be" or how is None or not how.asserted:
        return None
    owned = constructions.owner(tree, i) is not None
    other = any(tree.lower[k] == "other" for k in tree.of(i, "amod"))
    if who is None or tree.pos[who] not in NOUNS or tree.tag[i] == "NNS" or not (owned or other):
        return None
    named = reading.at(block, block.doc[nominals.core(tree, who)])
    if named is None or named.kind != "name":
        return None
    frame = frame_of("Election.rival")
    return EventDraft(block, block.doc[i], (frame,), [Slot("rival", named, Standing())], standing=Standing())
