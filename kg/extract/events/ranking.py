"""How a place in a row changes: "climbed from 48th to 31st in the rankings", "moved up to third"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import Frame, frame_of, listed
from kg.extract.lexicon import words
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.extract.values.numerals import ordinal
from kg.model import Value

ENDS = ("from", "to")
# What may stand behind an ordinal that is a place: nothing, or the word for it.
PLACES = words("nominals", "measure", "rank_nouns")
REACH = 10
ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)|[a-z-]+")


def ranked(reading: Reading) -> Iterator[EventDraft]:
    """Give the changes of rank that verbs of moving tell, by the ordinals behind "from" and "to"."""
    frame = frame_of("Change.told")
    for block in reading.blocks:
        tree = tree_of(block)
        for verb in range(tree.n) if block.kind not in NO_PROSE else ():
            moving = listed("words", "climbing") | listed("words", "uplifting")
            if tree.lemma[verb] not in moving or verb not in block.factualities:
                continue
            ends, who = _ends(tree, verb), _who(reading, block, verb)
            if "to" in ends and who is not None and ("from" in ends or _is_table(tree, verb, ends["to"])):
                yield _draft(reading, block, verb, who, ends, frame)


def _who(reading: Reading, block: ParsedBlock, verb: int) -> int | None:
    """Give who moves: the subject, or the name right before a verb that the parser left without one.

    Who is lifted is the object: "the title lifts Ida Holm from 211th to 97th".
    """
    tree = tree_of(block)
    if tree.lemma[verb] in listed("words", "uplifting"):
        return tree.first(verb, "dobj", "nsubjpass")
    subject = tree.first(verb, "nsubj")
    if subject is not None or verb == 0:
        return subject
    before = reading.at(block, block.doc[verb - 1])
    return verb - 1 if before is not None and before.kind == "name" else None


def _ends(tree: Tree, verb: int) -> dict[str, int]:
    """Give the ordinals behind a verb that say from which place to which."""
    found: dict[str, int] = {}
    for k in range(verb + 1, min(verb + REACH, tree.n - 1)):
        if tree.lower[k] in (".", ";") or (tree.pos[k] == "VERB" and tree.tag[k] != "VBN"):
            break
        if tree.lower[k] in ENDS and _is_place(tree, k + 1):
            found.setdefault(tree.lower[k], k + 1)
    return found


def _is_place(tree: Tree, i: int) -> bool:
    """Whether an ordinal stands alone, or before a word for a place in a row."""
    after = tree.lower[i + 1] if i + 1 < tree.n else "."
    bare = i + 1 >= tree.n or tree.pos[i + 1] in ("ADP", "PUNCT", "CCONJ", "SCONJ", "ADV", "PART")
    numbered = ORDINAL.fullmatch(tree.lower[i]) is not None and ordinal(tree.lower[i]) is not None
    return numbered and (bare or after in PLACES) and after != "of"


def _is_table(tree: Tree, verb: int, i: int) -> bool:
    """Whether it is told in which table a place is, or that one moved up or down."""
    near = set(tree.lower[verb + 1 : min(i + REACH, tree.n)])
    return not near.isdisjoint(listed("words", "tables"))


def _draft(
    reading: Reading, block: ParsedBlock, verb: int, who: int, ends: dict[str, int], frame: Frame
) -> EventDraft:
    tree = tree_of(block)
    standing = Standing.presented(block.factualities[verb], tree, lambda k: None)
    whose = nominals.core_argument(reading, block, who)
    span = block.doc[verb : verb + 1]
    rank = MentionDraft(block, span, block.doc[verb], "attribute", "Concept", "rank")
    slots = [Slot("owner", whose, standing), Slot("quantity", reading.add(rank, argument=False), standing)]
    slots += [Slot(name, _number(reading, block, i), standing) for name, i in ends.items()]
    return EventDraft(block, block.doc[ends["to"]], (frame,), slots, standing=standing)


def _number(reading: Reading, block: ParsedBlock, i: int) -> MentionDraft:
    span, value = block.doc[i : i + 1], Value(str(ordinal(tree_of(block).lower[i])))
    draft = MentionDraft(block, span, block.doc[i], "quantity", "Quantity", span.text, value=value)
    return reading.add(draft, argument=False)
