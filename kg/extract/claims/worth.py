"""What is not worth a triple: what a fact says that its own labels say, or that says nothing.

"Danish engineers" are of Denmark by their name; who "has potential" has nothing; "is something" is nothing.
Such claims are kept with the reason why they are not taken for facts.
"""

from __future__ import annotations

from collections import Counter

from kg import relations as rel
from kg.extract import lexicon
from kg.extract.claims import clash, labelled, parts, rules, unidentified
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft, Reading

REPEATED = "says no more than the name of its subject"
ABSTRACT = "what it names is nothing that one has"
TOLD = "a fact of its own says the same"
EMPTY = "what it names is nothing in particular"
KIND = "whose examples they are is no thing of this text"
CLASH = "nothing of its kind does so, or is so"
REPLY = "who denies says this, and does not deny it"
DENYING = frozenset({"deny", "dispute", "reject", "refute", "dismiss"})
REFLEXIVES = lexicon.words("clauses", "pronouns", "reflexive")
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
        rel.FORMER_EMPLOYER,
        rel.FORMER_MEMBER_OF,
        rel.PERFORMED_BY,
    }
)
# Of these what only passing things are told by: the part of a firm is found by its firm.
OF_BODIES = frozenset({rel.PART_OF, rel.AFFILIATED_WITH, rel.JURISDICTION})
PASSING = frozenset({"Person", "Group", "Event"})
# Relations to kin, who may be called by it: "Holt's widow".
OF_KIN = frozenset({rel.SPOUSE, rel.CHILD, rel.PARENT, rel.SIBLING, rel.RELATIVE})
# What stands where it is.
STANDING = frozenset({"Organization", "Facility", "Location"})
# Rules that find examples behind nouns for any number of things.
LOOSE_EXAMPLES = frozenset({rules.EXAMPLE_LIKE.id, rules.EXAMPLE_INCLUDING.id})
BARE_KINDS = frozenset({"Concept", "Event"})


def weigh(reading: Reading) -> None:
    """Note on each claim that is not worth a triple why it is not."""
    aged = {(c.block.index, t.i) for c in reading.claims if c.rule == rules.AGE_PREDICATE.id for t in c.words}
    mentioned: Counter[int | None] = Counter(m.chain for m in reading.mentions if m.chain is not None)
    for claim in reading.claims:
        if not claim.doubt:
            is_age = claim.relation == "be" and any((claim.block.index, t.i) in aged for t in claim.words)
            recurs = mentioned.get(claim.subject.chain, 0) > 1
            claim.doubt = TOLD if is_age else _reason(claim, recurs=recurs)
        parts.mark(claim)
    labelled.mark(reading)
    unidentified.mark(reading)


def _reason(claim: ClaimDraft, *, recurs: bool) -> str:
    if claim.rule == rules.POSSESSIVE_ABSTRACT.id:
        return ABSTRACT
    if clash.clashes(claim):
        return CLASH
    obj = claim.object
    if obj is None:
        return ""
    if _is_owned(claim, obj) or _repeats(claim, obj, recurs=recurs):
        return REPEATED
    if claim.relation == "have" and _is_bare(obj) and not claim.qualifiers:
        return ABSTRACT
    if claim.relation in DENYING and _is_quoted(obj):
        return REPLY
    if _says_nothing(claim, obj):
        return EMPTY
    if claim.relation == rel.INCLUDE and _is_of_kind(claim):
        return KIND
    return ""


def _says_nothing(claim: ClaimDraft, obj: MentionDraft) -> bool:
    """Whether something is nothing in particular, or somebody finds himself: "found himself unable to go"."""
    if claim.relation.startswith("find"):
        return obj.head.lower_ in REFLEXIVES
    return claim.relation in ("be", "become", "remain") and _is_empty(obj)


def _is_quoted(obj: MentionDraft) -> bool:
    """Whether a clause is what somebody says behind a colon: "denied that he would go: "I stay"."""
    doc, first = obj.block.doc, obj.span.start
    before = [t.text for t in doc[max(first - 2, 0) : first]]
    return obj.kind == "clause" and ":" in before


def _is_of_kind(claim: ClaimDraft) -> bool:
    """Whether examples are given of a bare noun ("genres such as jazz"), or loosely of what has no name."""
    subject = claim.subject
    if subject.kind != "nominal":
        return False
    told = subject.description or subject.label
    if claim.rule in LOOSE_EXAMPLES:
        return not any(word[:1].isupper() for word in told.split()[1:])
    return bool(subject.reference)


def _repeats(claim: ClaimDraft, obj: MentionDraft, *, recurs: bool) -> bool:
    """Whether the words for the subject hold all that is told of it: "Danish engineers", "river Thames"."""
    subject = claim.subject
    if claim.relation in OF_KIN:
        return _is_called_by(subject, obj) or _is_called_by(obj, subject)
    if claim.relation == "be" and subject.head.lemma_ == "name":
        return _is_called_by(subject, obj)  # "My name is Ida Moll"
    if claim.relation in OF_WHOM:
        return subject.kind == "nominal" and _is_told_by(claim, subject, obj, recurs=recurs)
    if claim.relation == rel.INSTANCE_OF and subject.block is obj.block:
        said = (subject.label or subject.span.text).lower().split()
        return all(word in said for word in (obj.label or obj.span.text).lower().split())
    return False


def _is_told_by(claim: ClaimDraft, subject: MentionDraft, obj: MentionDraft, *, recurs: bool) -> bool:
    """Whether a thing is called by the place or body that it is said to be in or of."""
    if obj.span.text in subject.description:
        if claim.relation == rel.LOCATED_IN and subject.type in STANDING:
            # Who asks what lies in a town wants this one, too, if the text tells more of it than its place.
            return not (recurs or subject.type == "Location")
        lasts = claim.relation in OF_BODIES and subject.type not in PASSING
        return not lasts and not _tells_owner(subject, obj)
    inside = subject.span.start <= obj.span.start and obj.span.end <= subject.span.end
    return subject.block is obj.block and inside and obj.span.text in (subject.label or subject.span.text)


def _tells_owner(subject: MentionDraft, obj: MentionDraft) -> bool:
    """Whether a building or body is called by its owner, too, of whom the place is then told."""
    owner, parted, _ = subject.description.partition("'s ")
    if not parted:
        owner, parted, _ = subject.description.partition("' ")
    return bool(parted) and subject.type in STANDING and obj.span.text not in owner


def _is_called_by(one: MentionDraft, other: MentionDraft) -> bool:
    """Whether one is called by whose kin he is: "Holt's widow"."""
    name = other.label or other.span.text
    return one.kind == "nominal" and one.description.startswith((f"{name}'s ", f"{name}' "))


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
