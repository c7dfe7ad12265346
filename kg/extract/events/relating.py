"""What clauses say in the relations of the table: who owns the mill is whom the mill is owned by."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.offices import FORMER, is_movement, is_party
from kg.extract.events.lasting import KINDS, Key, is_new
from kg.extract.events.stakes import share_before
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import PLACES
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

FIRMS = words("nominals", "part", "firms")
NAMED_OF = words("nominals", "part", "named_of")
WORKS = words("nominals", "part", "works")
ONCE = words("nominals", "office", "once")
FIRMLIKE = words("events", "words", "firmlike")
SELLING = words("events", "words", "selling")
PARTS_OF_PLACES = words("nominals", "place", "parts") | words("nominals", "kind", "tags")
STANDING_IN = ("_in", "_on", "_at")
ALL = frozenset({"all", "whole", "entirety"})
REST = words("events", "words", "rest")


# The classes of the names in a chain.
Kinds = Mapping[int, set[str]]


@dataclass(frozen=True, slots=True)
class Way:
    """A relation of the table that a clause says, whether its ends are turned, and what they must be."""

    relation: str
    turned: bool
    subject: frozenset[str]
    object: frozenset[str]
    named: frozenset[str]
    party: bool = False
    beside: frozenset[str] = frozenset()


@functools.cache
def ways() -> Mapping[str, tuple[Way, ...]]:
    """Give what each relation of claims says in the table.

    >>> [(w.relation, w.turned) for w in ways()["manufacture"]]
    [('product', False)]
    """
    found: dict[str, tuple[Way, ...]] = {}
    for relation, row in mapping("relations").items():
        ends = [frozenset(row[name].split()) for name in ("subject", "object", "named")]
        party, beside = row.get("party", False), frozenset(row.get("beside", "").split())
        for name, turned in (("says", False), ("turned", True)):
            for said in row.get(name, "").split():
                # A second row for a relation has a word behind its name.
                way = Way(relation.partition(":")[0], turned, ends[0], ends[1], ends[2], party, beside)
                found[said] = (*found.get(said, ()), way)
    return found


def relate(reading: Reading, told: set[Key]) -> Iterator[ClaimDraft]:
    """Give the relations of the table that asserted claims say, without those already told.

    What is given is `told` then.
    """
    kinds: dict[int, set[str]] = {}
    for m in reading.mentions:
        if m.kind == "name" and m.chain is not None:
            kinds.setdefault(m.chain, set()).add(m.type)
    named = set(kinds)
    further = (*_of_parts(reading, named), *_of_works(reading, named), *_of_parties(reading))
    yield from (one for one in further if is_new(one, told))
    for claim in reading.claims:
        plain = claim.asserted and not claim.negated and not claim.doubt
        if plain and claim.rule in rules.CLAUSES and not _is_over(claim):
            yield from (one for one in _said(reading, claim, kinds) if is_new(one, told))


def _of_parties(reading: Reading) -> Iterator[ClaimDraft]:
    """Give who is a member of a party that stands by letters behind his name: "Karl Berg (H&L)"."""
    parties = {m.chain for m in reading.mentions if m.kind == "name" and is_party(m.label)} - {None}
    for claim in list(reading.claims):
        body = claim.object
        plain = claim.asserted and not claim.negated and not claim.doubt
        if claim.relation == rel.AFFILIATED_WITH and plain and body is not None and body.chain in parties:
            yield ClaimDraft(
                claim.block,
                claim.subject,
                rel.MEMBER_OF,
                body,
                claim.words,
                rules.CLAUSE_RELATION.id,
                begins=claim.begins,
                ends=claim.ends,
                confidence=claim.confidence,
            )


def _of_parts(reading: Reading, named: set[int]) -> list[ClaimDraft]:
    """Give who owns the firms that are told to be parts of others."""
    return [
        ClaimDraft(
            claim.block,
            claim.subject,
            rel.OWNED_BY,
            claim.object,
            claim.words,
            rules.CLAUSE_RELATION.id,
            begins=claim.begins,
            ends=claim.ends,
            confidence=claim.right,
        )
        for claim in reading.claims
        if claim.relation in (rel.SUBSIDIARY_OF, rel.PART_OF) and claim.asserted and not claim.doubt
        if _is_firm_of(claim, named)
    ]


def _of_works(reading: Reading, named: set[int]) -> Iterator[ClaimDraft]:
    """Give whose a mine or plant is that a firm calls its own: "its plant in Ulm", "Halm's Ulm plant"."""
    firms = {m.chain for m in reading.mentions if m.kind == "name" and m.type == "Organization"}
    for claim in [c for c in reading.claims if c.relation == rules.OF and c.asserted and not c.doubt]:
        work, owner = claim.subject, claim.object
        if owner is not None and owner.chain in firms & named and _is_own_work(claim, owner):
            yield ClaimDraft(
                claim.block,
                work,
                rel.OWNED_BY,
                owner,
                (work.head,),
                rules.CLAUSE_RELATION.id,
                confidence=claim.confidence,
            )


def _is_own_work(claim: ClaimDraft, owner: MentionDraft) -> bool:
    """Whether a thing is one that a firm mostly owns, which it has not sold."""
    tree, i = tree_of(claim.block), claim.subject.head.i
    if claim.subject.kind != "nominal" or tree.lemma[i] not in WORKS or tree.tag[i] != "NN":
        return False
    former = any(tree.lower[k] in FORMER for k in tree.kids[i])
    return owner.span.start < i and not former and not _is_sold(claim, i)


def _is_over(claim: ClaimDraft) -> bool:
    """Whether what a clause tells is no longer so: "once owned by Halm", "used to own the mill"."""
    tree = tree_of(claim.block)
    if any(tree.dep[t.i] == "xcomp" and tree.lower[tree.head[t.i]] == "used" for t in claim.words):
        return True
    return any(tree.lower[k] in ONCE for t in claim.words for k in tree.of(t.i, "advmod"))


def _is_before(claim: ClaimDraft) -> bool:
    """Whether a clause tells what was so before something else: "which the state had owned since 1945"."""
    tree = tree_of(claim.block)
    return any(tree.lower[k] in ("had", "'d") for t in claim.words for k in tree.of(t.i, "aux"))


def _is_of_share(claim: ClaimDraft) -> bool:
    """Whether a clause tells of a share, which is no whole firm: "28 percent owned by the state"."""
    tree = tree_of(claim.block)
    return any(share_before(tree, t.i) is not None for t in claim.words)


def _is_firm_of(claim: ClaimDraft, named: set[int]) -> bool:
    """Whether a firm is told to be another's, which has not sold it: "its leasing arm, Vero Leasing"."""
    subject, whole = claim.subject, claim.object
    if whole is None or subject.type != "Organization" or whole.type != "Organization" or not claim.words:
        return False
    if not all(m.kind == "name" or m.chain in named for m in (subject, whole)):
        return False
    tree, i = tree_of(claim.block), claim.words[0].i
    noun = tree.head[i] if tree.dep[i] == "prep" else i
    if claim.relation == rel.PART_OF and tree.lemma[noun] not in FIRMS:
        return False
    return not _is_sold(claim, noun)


def _is_sold(claim: ClaimDraft, noun: int) -> bool:
    """Whether the owner has sold a thing by the verb that its noun is the object of."""
    tree = tree_of(claim.block)
    verb = tree.head[noun]
    how = claim.block.factualities.get(verb)
    sold = tree.dep[noun] == "dobj" and tree.lemma[verb] in SELLING
    return sold and how is not None and how.asserted


def _said(reading: Reading, claim: ClaimDraft, kinds: Kinds) -> Iterator[ClaimDraft]:
    for relation, end, sure in _ends(reading, claim):
        for way in ways().get(relation, ()):
            subject, object_ = (end, claim.subject) if way.turned else (claim.subject, end)
            if way.relation == rel.OWNED_BY and (_is_before(claim) or _is_of_share(claim)):
                continue
            told = not way.beside or any(role in way.beside for role, _ in claim.qualifiers)
            if told and _fits(way, subject, object_, kinds):
                yield ClaimDraft(
                    claim.block,
                    subject,
                    way.relation,
                    object_,
                    claim.words,
                    rules.CLAUSE_RELATION.id,
                    begins=claim.begins,
                    ends=None if way.party or way.relation == rel.SUCCESSOR_OF else claim.ends,
                    confidence=sure,
                )


def _ends(reading: Reading, claim: ClaimDraft) -> Iterator[tuple[str, MentionDraft, float]]:
    """Give the triples of a claim: the relation, what it ends in, how sure that is."""
    if claim.object is not None:
        yield claim.relation, claim.object, claim.right
        if claim.relation == "own" and (owned := _all_of(reading, claim.object)) is not None:
            yield claim.relation, owned, claim.right
        whole = _whole(reading, claim.object)
        if whole is not None and claim.relation.endswith(STANDING_IN):
            yield claim.relation.rsplit("_", 1)[0] + "_in", whole, claim.right
    for n, (role, mention) in enumerate(claim.qualifiers):
        sure = claim.qualifier_right[n] if n < len(claim.qualifier_right) else claim.right
        yield f"{claim.relation}_{role}", mention, sure
        whole = _whole(reading, mention)
        if whole is not None and f"_{role}" in STANDING_IN:
            yield f"{claim.relation}_in", whole, sure


def _all_of(reading: Reading, mention: MentionDraft) -> MentionDraft | None:
    """Give what "all" or "the whole" is of, which somebody owns."""
    if mention.head.lower_ not in ALL:
        return None
    of = tree_of(mention.block).under(mention.head.i, "of")
    return nominals.core_argument(reading, mention.block, of[0]) if of else None


def _whole(reading: Reading, mention: MentionDraft) -> MentionDraft | None:
    """Give the named place that a noun names a part of: "the outskirts of Linz", "the suburb of Lanz"."""
    tree, i = tree_of(mention.block), mention.head.i
    if mention.kind != "nominal" or tree.lemma[i] not in PARTS_OF_PLACES:
        return None
    of = tree.under(i, "of")
    found = (reading.at(mention.block, mention.block.doc[o]) for o in of)
    return next((m for m in found if m is not None and m.kind == "name" and m.type in PLACES), None)


def is_family(mention: MentionDraft) -> bool:
    """Whether a noun for several persons has a name before it: "the Brandt family"."""
    tree, i = tree_of(mention.block), mention.head.i
    named = [k for k in tree.of(i, "compound", "nmod") if tree.pos[k] == "PROPN"]
    return mention.type == "Group" and bool(named)


def _is_firm_of_name(mention: MentionDraft) -> bool:
    """Whether a noun for a firm has its name behind it: "the firm of Holt and Pike"."""
    tree, i = tree_of(mention.block), mention.head.i
    of = tree.under(i, "of")
    return tree.lemma[i] in NAMED_OF and any(tree.pos[o] == "PROPN" for o in of)


def _is_trading(mention: MentionDraft) -> bool:
    """Whether what is owned is a firm by a noun for persons as well: "Vero, a builder owned by Ek"."""
    tree, i = tree_of(mention.block), mention.head.i
    nouns = [i, *(a.renaming for a in constructions.appositions(tree, i))]
    return any(tree.lemma[k] in FIRMLIKE for k in nouns)


def _has_members(label: str) -> bool:
    return is_party(label) or is_movement(label)


def _classes(way: Way, name: str, end: MentionDraft, kinds: Kinds) -> set[str]:
    """Give the classes of the names of an end; what is owned is a firm by its trade."""
    called = kinds.get(end.chain, set()) if end.chain is not None else set()
    trading = way.relation == rel.OWNED_BY and name == "subject" and _is_trading(end)
    return called | {"Organization"} if trading else called


def _fits(way: Way, subject: MentionDraft, object_: MentionDraft, kinds: Kinds) -> bool:
    for name, end, wanted in (("subject", subject, way.subject), ("object", object_, way.object)):
        # "The operator, Halm Tours," is the firm that it names.
        called = _classes(way, name, end, kinds)
        if end.kind not in KINDS or end.head.lower_ in REST or called.union((end.type,)).isdisjoint(wanted):
            return False
        named = end.kind == "name" or called or is_family(end) or _is_firm_of_name(end)
        if name in way.named and not named:
            return False
    if way.party and not (object_.kind == "name" and _has_members(object_.label)):
        return False
    return subject.chain is None or subject.chain != object_.chain
