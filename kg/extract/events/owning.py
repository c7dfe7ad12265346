"""Whose things are by other words than "own": "the owner of the mill is Ida Moe", "the property of the Moes".

A firm that a shipowner or a brewer calls his own is his; one that an engineer does employs him, maybe.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import FORMER
from kg.extract.events.lasting import KINDS, Key, is_new, is_one
from kg.extract.events.relating import is_family
from kg.extract.events.table import listed
from kg.extract.lexicon import words
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.parse.turns import NO_PROSE
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading

OWNERS = frozenset({"owner", "co-owner", "proprietor"})
# Owners who are none yet, or no more.
NOT_NOW = FORMER | frozenset(
    "past original first prospective future potential likely would-be former next".split()
)
# What is somebody's that is "in his hands", or "his property".
HELD = {"hand": "in", "property": "", "possession": "in", "ownership": "in"}
OWNED = frozenset({"Organization", "Facility", "Product", "Location", "Work"})
HOLDERS = frozenset({"Person", "Organization", "Group", "GPE"})
VENTURE = "venture"
SELF_EMPLOYED = words("nominals", "office", "own_masters") | listed("words", "proprietors")
FIRMS = words("coref", "nominals", "trading")
PRESENT = frozenset({"VBZ", "VBP"})


@dataclass(frozen=True, slots=True)
class Pair:
    """A thing and its owner by their tokens, the noun that tells so, and its verb, or -1."""

    thing: int
    owner: int
    noun: int
    verb: int = -1


def owning(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give whose things are by such nouns, without those already told.

    What is given is `told` then.
    """
    for block in reading.blocks:
        tree = tree_of(block)
        for i in range(tree.n) if block.kind not in NO_PROSE else ():
            if tree.lemma[i] in OWNERS or tree.lemma[i] in HELD or tree.lemma[i] == VENTURE:
                for pair in (*_by_owner(tree, i), *_by_hands(tree, i), *_by_venture(tree, i)):
                    claim = _claim(reading, block, pair)
                    if claim is not None and is_new(claim, told):
                        yield claim
    yield from (c for c in _of_self_employed(reading) if is_new(c, told))


def _by_owner(tree: Tree, i: int) -> Iterator[Pair]:
    """Give what "the owner of" something is said to be, or who is said to be that."""
    if tree.lemma[i] not in OWNERS or any(tree.lower[k] in NOT_NOW for k in tree.of(i, "amod", "advmod")):
        return
    thing = next(iter(tree.under(i, "of")), _owned_by(tree, i))
    above = constructions.apposition(tree, _first(tree, i))
    renaming = [a.renaming for a in constructions.appositions(tree, i) if tree.pos[a.renaming] == "PROPN"]
    verb = tree.head[i] if above is None and not renaming else -1
    who = renaming or ([above.head] if above is not None else _beside(tree, i, verb))
    yield from (Pair(thing, k, i, verb) for k in who if thing is not None)


def _owned_by(tree: Tree, i: int) -> int | None:
    """Give what an owner is the owner of by its name before it, or by "whose"."""
    thing = constructions.owner(tree, i)
    return None if thing is None else constructions.whose(tree, thing)


def _first(tree: Tree, i: int) -> int:
    """Give the first of the nouns that tell what somebody is: "president of the club and owner of it"."""
    while tree.dep[i] == "conj" and tree.pos[tree.head[i]] == "NOUN":
        i = tree.head[i]
        above = tree.head[tree.head[i]]
        if tree.dep[i] == "pobj" and constructions.renames(tree, above):  # the parser joins it to the club
            i = above
    return i


def _beside(tree: Tree, i: int, verb: int) -> list[int]:
    """Give what a noun is said to be by "is", or of what it is said."""
    if tree.lemma[verb] != "be" or tree.tag[verb] not in PRESENT:
        return []
    if tree.dep[i] == "attr":
        return [_antecedent(tree, s, verb) for s in tree.of(verb, "nsubj")]
    return tree.of(verb, "attr") if tree.dep[i] == "nsubj" else []


def _by_venture(tree: Tree, i: int) -> Iterator[Pair]:
    """Give who share a venture by its noun: "Halbrel, a joint venture of Halm and Brell"."""
    if tree.lemma[i] != VENTURE or not any(tree.lower[k] == "joint" for k in tree.of(i, "amod", "compound")):
        return
    above = constructions.apposition(tree, i)
    verb = tree.head[i] if above is None else -1
    said = [above.head] if above is not None else _beside(tree, i, verb) if tree.dep[i] == "attr" else []
    owners = [k for o in tree.under(i, "of", "between") for k in tree.conjuncts(o)]
    yield from (Pair(thing, k, i, verb) for thing in said for k in dict.fromkeys(owners))


def _antecedent(tree: Tree, subject: int, verb: int) -> int:
    relative = tree.lower[subject] in ("who", "which", "that") and tree.dep[verb] == "relcl"
    return tree.head[verb] if relative else subject


def _by_hands(tree: Tree, i: int) -> Iterator[Pair]:
    """Give who has what is said to be in his hands: "the brewery is in the hands of the Moe family"."""
    if tree.lemma[i] not in HELD:
        return
    prep = tree.head[i] if HELD[tree.lemma[i]] else i
    verb = tree.head[prep] if tree.lower[prep] == HELD[tree.lemma[i]] or prep == i else -1
    placed = tree.dep[i] == ("pobj" if prep != i else "attr")
    if verb < 0 or not placed or tree.lemma[verb] != "be" or tree.tag[verb] not in PRESENT:
        return
    for subject in tree.of(verb, "nsubj"):
        for owner in tree.under(i, "of"):
            yield Pair(_antecedent(tree, subject, verb), owner, i, verb)


def _claim(reading: Reading, block: ParsedBlock, pair: Pair) -> ClaimDraft | None:
    how = block.factualities.get(pair.verb)
    if pair.verb >= 0 and (how is None or not how.asserted or how.negated):
        return None
    thing, owner = (nominals.core_argument(reading, block, k) for k in (pair.thing, pair.owner))
    if is_one(thing, owner):
        return None
    named = owner.kind == "name" or is_family(owner) or _is_called(reading, owner)
    # "The developer, whose owner is Ida Moe": a firm, as it has one.
    firm = thing.kind == "nominal" and thing.head.lemma_.lower() in listed("words", "firmlike")
    if not (firm or thing.type in OWNED) or thing.kind not in KINDS or owner.type not in HOLDERS or not named:
        return None
    rule = rules.CLAUSE_RELATION.id
    return ClaimDraft(block, thing, rel.OWNED_BY, owner, (block.doc[pair.noun],), rule)


def _is_called(reading: Reading, mention: MentionDraft) -> bool:
    """Whether a text has a name for what a noun or pronoun stands for."""
    chain = mention.chain
    return chain is not None and any(m.chain == chain and m.kind == "name" for m in reading.mentions)


def _of_self_employed(reading: Reading) -> Iterator[ClaimDraft]:
    """Give the firms with a name that those call theirs who work for themselves: "his firm, Moe Lines"."""
    masters = {c.subject.chain for c in reading.claims if _is_self_employed(c)} - {None}
    for claim in [c for c in reading.claims if c.relation == rules.OF and masters]:
        firm, owner = claim.subject, claim.object
        if owner is None or owner.chain not in masters or claim.negated:
            continue
        trades = firm.type == "Organization" and firm.head.lemma_.lower() in FIRMS
        tree = tree_of(firm.block)
        behind = (a.renaming for a in constructions.appositions(tree, firm.head.i))
        if trades and any(tree.pos[k] == "PROPN" for k in behind):
            rule = rules.CLAUSE_RELATION.id
            yield ClaimDraft(claim.block, firm, rel.OWNED_BY, owner, (firm.head,), rule)


def _is_self_employed(claim: ClaimDraft) -> bool:
    """Whether a claim says that somebody has a trade in which one works for himself."""
    office = claim.object
    if claim.relation != rel.POSITION_HELD or not claim.asserted or office is None:
        return False
    return tree_of(office.block).lemma[office.head.i] in SELF_EMPLOYED
