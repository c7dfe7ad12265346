"""What is not worth a triple: what a fact says that its own labels say, or that says nothing.

"Danish engineers" are of Denmark by their name; who "has potential" has nothing; "is something" is nothing.
Such claims are kept with the reason why they are not taken for facts.
"""

from __future__ import annotations

from kg import relations as rel
from kg.extract import lexicon
from kg.extract.claims import rules
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

REPEATED = "says no more than the name of its subject"
ABSTRACT = "what it names is nothing that one has"
TOLD = "a fact of its own says the same"
EMPTY = "what it names is nothing in particular"
EMPTY_NOUNS = lexicon.words("clauses", "nouns", "empty")
# Whose things are: they may be told by the name of what they are told of.
OF_WHOM = frozenset(
    {
        rel.COUNTRY,
        rel.LOCATED_IN,
        rel.EMPLOYER,
        rel.MEMBER_OF,
        rel.PART_OF,
        rel.AFFILIATED_WITH,
        rel.JURISDICTION,
    }
)
# What nobody looks for by the place or body that its label says; other things are found by where they are.
PASSING = frozenset({"Person", "Group", "Event"})
BARE_KINDS = frozenset({"Concept", "Event"})


def weigh(reading: Reading) -> None:
    """Note on each claim that is not worth a triple why it is not."""
    aged = {(c.block.index, t.i) for c in reading.claims if c.rule == rules.AGE_PREDICATE.id for t in c.words}
    for claim in reading.claims:
        if not claim.doubt:
            is_age = claim.relation == "be" and any((claim.block.index, t.i) in aged for t in claim.words)
            claim.doubt = TOLD if is_age else _reason(claim)


def _reason(claim: ClaimDraft) -> str:
    if claim.rule == rules.POSSESSIVE_ABSTRACT.id:
        return ABSTRACT
    obj = claim.object
    if obj is None:
        return ""
    if _is_owned(claim, obj) or _repeats(claim, obj):
        return REPEATED
    if claim.relation == "have" and _is_bare(obj) and not claim.qualifiers:
        return ABSTRACT
    if claim.relation in ("be", "become", "remain") and _is_empty(obj):
        return EMPTY
    return ""


def _repeats(claim: ClaimDraft, obj: MentionDraft) -> bool:
    """Whether the words for the subject hold all that is told of it: "Danish engineers", "river Thames"."""
    subject = claim.subject
    if subject.block is not obj.block:
        return False
    if claim.relation in OF_WHOM:
        inside = subject.span.start <= obj.span.start and obj.span.end <= subject.span.end
        said = inside and obj.span.text in (subject.label or subject.span.text)
        told = subject.type in PASSING and obj.span.text in subject.description
        return subject.kind == "nominal" and (said or told)
    if claim.relation == rel.INSTANCE_OF:
        said = (subject.label or subject.span.text).lower().split()
        return all(word in said for word in (obj.label or obj.span.text).lower().split())
    return False


def _is_owned(claim: ClaimDraft, obj: MentionDraft) -> bool:
    """Whether a thing is called by its owner: "Mr Moe has Mr Moe's van"."""
    return claim.rule == rules.POSSESSIVE.id and obj.kind == "nominal" and bool(obj.description)


def _is_bare(obj: MentionDraft) -> bool:
    """Whether an object is an abstract noun and nothing more: "has potential"."""
    tree, i = tree_of(obj.block), obj.head.i
    if obj.kind != "nominal" or obj.type not in BARE_KINDS or obj.value is not None:
        return False
    return _is_alone(tree, i)


def _is_empty(obj: MentionDraft) -> bool:
    """Whether a complement names nothing: "is something", "was the case"."""
    tree, i = tree_of(obj.block), obj.head.i
    if tree.lemma[i] == "worth":
        return True  # how much it is worth is a fact of its own
    if tree.lemma[i] not in EMPTY_NOUNS:
        return False
    return _is_alone(tree, i)


def _is_alone(tree: Tree, i: int) -> bool:
    """Whether nothing on a noun tells more of it."""
    return all(tree.dep[k] in ("det", "punct") for k in tree.kids[i])
