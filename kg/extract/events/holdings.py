"""Whose a firm is by the shares that somebody owns: "the state owns 51 percent; the rest belongs to Halm".

A firm of which nobody says the name there is the one that the text was just speaking of. Who "owns" a part is
an owner among others, and who has half of it or more is one by any verb; who has less holds a stake in it.
Each is told with the share.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.events.lasting import Key, is_new, is_one
from kg.extract.events.stakes import is_most, percent_of, share_before, shared_whole
from kg.extract.events.table import listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.values import quantities

OWNING, HOLDING = frozenset({"own"}), frozenset({"hold", "control", "have", "retain", "keep"})
HAVING = OWNING | HOLDING | {"belong"}
OWNERS = frozenset({"Person", "Organization", "GPE", "Group"})
# What the share is of a claim that somebody has it.
SHARE = "share"
# How sure it is whose the shares of a firm without a name are.
SURE, IN_FOCUS = 0.8, 0.65


@dataclass(frozen=True, slots=True)
class Part:
    """A part of a firm by the noun for it, its verb, and who has it; `own` where he is said to own it."""

    noun: int
    verb: int
    holders: tuple[int, ...]
    own: bool
    most: bool


def holdings(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the firms that somebody owns by their shares, without those already told.

    What is given is `told` then.
    """
    kinds: dict[int, set[str]] = {}
    for m in reading.mentions:
        if m.chain is not None and m.kind == "name":
            kinds.setdefault(m.chain, set()).add(m.type)
    firms = {chain for chain, types in kinds.items() if "Organization" in types}
    for block in reading.blocks:
        for claim in _in_block(reading, block, firms) if block.kind not in NO_PROSE else ():
            if is_new(claim, told):
                yield claim


def _in_block(reading: Reading, block: ParsedBlock, firms: set[int]) -> Iterator[ClaimDraft]:
    before: MentionDraft | None = None
    last = -1
    for part in _parts(reading, block):
        how, here = block.factualities.get(part.verb), int(block.doc[part.verb].sent.start)
        # Who "has 6 percent" has it of the firm whose owners the sentence tells, not of a vote elsewhere.
        before = before if part.own or part.most or here == last else None
        last = here
        whole, sure = _whole(reading, block, part, firms, before)
        if whole is None and not (part.own or part.most):
            continue  # "has 6 percent of the vote"
        before = whole or before
        if whole is not None and how is not None and how.asserted and not how.negated:
            yield from _claims(reading, block, part, whole, sure)


def _claims(
    reading: Reading, block: ParsedBlock, part: Part, whole: MentionDraft, sure: float
) -> Iterator[ClaimDraft]:
    """Give the claims that a firm is of those who own a part of it, or that they hold a stake in it."""
    word, share = block.doc[part.verb], _share(reading, block, part.noun)
    told = [(SHARE, share)] if share is not None else []
    rule = rules.CLAUSE_RELATION.id
    for holder in part.holders:
        who = reading.at(block, block.doc[holder])
        if who is None or who.type not in OWNERS or is_one(who, whole):
            continue
        if part.own or part.most:
            yield ClaimDraft(block, whole, rel.OWNED_BY, who, (word,), rule, list(told), confidence=sure)
        if not part.most:
            yield ClaimDraft(
                block, who, rel.HOLDS_STAKE_IN, whole, (word,), rule, list(told), confidence=sure
            )


def _share(reading: Reading, block: ParsedBlock, noun: int) -> MentionDraft | None:
    """Draw the percent that a part is told to be."""
    found = quantities.percent_at(block, noun)
    if found is None:
        return None
    span, value = found
    draft = MentionDraft(block, span, span.root, "quantity", "Quantity", span.text, value=value)
    return reading.add(draft, argument=False)


def _parts(reading: Reading, block: ParsedBlock) -> Iterator[Part]:
    """Give the parts of firms that the verbs of a block say who has."""
    tree = tree_of(block)
    for verb in range(tree.n):
        if tree.pos[verb] not in VERBS or tree.lemma[verb] not in HAVING:
            continue
        own = tree.lemma[verb] not in HOLDING
        nouns, holders = _sides(tree, verb)
        for noun in nouns if holders else ():
            most = is_most(reading, block, noun)
            if _is_part(reading, block, noun) and (own or most or percent_of(reading, block, noun)):
                yield Part(noun, verb, tuple(c for h in holders for c in tree.conjuncts(h)), own, most)


def _sides(tree: Tree, verb: int) -> tuple[list[int], list[int]]:
    """Give what somebody has by a verb, and who."""
    before = share_before(tree, verb)
    if before is not None:
        return [before], [o for p in tree.of(verb, "agent") for o in tree.of(p, "pobj")]
    if tree.lemma[verb] == "belong":
        return tree.of(verb, "nsubj"), tree.under(verb, "to")
    if tree.of(verb, "auxpass"):
        return tree.of(verb, "nsubjpass"), [o for p in tree.of(verb, "agent") for o in tree.of(p, "pobj")]
    return tree.of(verb, "dobj"), [_antecedent(tree, s, verb) for s in tree.of(verb, "nsubj")]


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    relative = tree.lower[subject] in ("who", "which", "that") and tree.dep[verb] == "relcl"
    return tree.head[verb] if relative else subject


def _is_part(reading: Reading, block: ParsedBlock, noun: int) -> bool:
    """Whether a noun names a part of what is told of: "62 percent", "a third", "the rest", "the majority"."""
    tree = tree_of(block)
    return percent_of(reading, block, noun) is not None or tree.lemma[noun] in (
        listed("words", "parts") | listed("words", "rest")
    )


def _whole(
    reading: Reading, block: ParsedBlock, part: Part, firms: set[int], before: MentionDraft | None
) -> tuple[MentionDraft | None, float]:
    """Give the firm that a part is of, and how sure that is: the one named, else the one last spoken of."""
    tree, noun = tree_of(block), part.noun
    if share_before(tree, part.verb) is not None:
        subject = shared_whole(tree, part.verb)
        return (None if subject is None else _firm(reading, block, subject, firms)), SURE
    if tree.dep[part.verb] == "relcl" and _is_in_which(tree, part.verb):
        return _firm(reading, block, tree.head[part.verb], firms), SURE
    inner = _inner(tree, noun)
    while inner is not None and tree.lemma[inner] in listed("words", "stocks"):
        noun, inner = inner, _inner(tree, inner)
    if inner is not None:
        return _firm(reading, block, inner, firms), SURE
    if noun == part.noun and tree.lemma[noun] in listed("words", "stakes"):
        return None, 0.0
    if tree.lemma[part.noun] in listed("words", "rest") or before is not None:
        return before, IN_FOCUS
    if not (part.own or part.most):
        return None, 0.0  # "the Reds have 12 percent"
    return _spoken_of(reading, block, part, firms), IN_FOCUS


def _inner(tree: Tree, noun: int) -> int | None:
    """Give what a part is of: behind "of" or "in", or whose it is."""
    behind = tree.under(noun, "of", "in")
    return next(iter(behind), constructions.owner(tree, noun))


def _is_in_which(tree: Tree, verb: int) -> bool:
    return any(tree.lower[o] == "which" for o in tree.under(verb, "in", "of"))


def _firm(reading: Reading, block: ParsedBlock, i: int, firms: set[int]) -> MentionDraft | None:
    """Give the mention of a firm that has a name in the text."""
    found = reading.at(block, block.doc[i])
    return found if found is not None and found.chain in firms else None


def _spoken_of(reading: Reading, block: ParsedBlock, part: Part, firms: set[int]) -> MentionDraft | None:
    """Give the firm that was the subject last before a part of one is told of, else the one named last."""
    tree = tree_of(block)
    last: MentionDraft | None = None
    for i in range(part.verb - 1, -1, -1):
        found = _firm(reading, block, i, firms)
        if found is None or i in part.holders or found.kind not in ("name", "nominal", "pronoun"):
            continue
        if tree.dep[i] in ("nsubj", "nsubjpass"):
            return found
        last = last or found
    return last
