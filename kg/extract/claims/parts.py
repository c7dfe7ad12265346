"""Triples of a claim that are no fact by themselves, since they leave out what the claim needs.

A claim gives one triple for its object and one for each qualifier. "The bank dismissed him after money went
missing" is told by all of it together; that it "dismissed after" something tells nobody whom. Such a part
stays in its claim and is not asserted alone.
"""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.claims.features import verb_of
from kg.extract.lexicon.needs import need
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ClaimDraft, MentionDraft

# What these introduce is when or on which condition something is so.
TIMING = lexicon.words("clauses", "needs", "timing")
# Under these an amount is one end of a change, or a score: the rest is told with the claim and in its event.
OF_CHANGE = frozenset({"by", "from", "to", "score"})


def mark(claim: ClaimDraft) -> None:
    """Note which triples of a claim are only parts of what it says."""
    told = [i for i, (_, m) in enumerate(claim.qualifiers) if m.kind != "time"]
    if not claim.words or not told:
        return
    tree, verb = tree_of(claim.block), verb_of(claim)
    claim.parts = frozenset(i for i in told if _is_part(claim, tree, i))
    if claim.object is not None and _needs_beside(claim, tree, verb, claim.object):
        claim.partial = True


def _is_part(claim: ClaimDraft, tree: Tree, i: int) -> bool:
    """Whether the triple of a qualifier leaves out what is told of in it."""
    role, mention = claim.qualifiers[i]
    if role in TIMING and (mention.kind == "clause" or role in ("after", "before", "during", "since")):
        return claim.object is not None or any(
            j != i and m.kind not in ("time", "quantity") for j, (_, m) in enumerate(claim.qualifiers)
        )
    if claim.object is None:
        return mention.kind == "quantity" and role in OF_CHANGE
    if role == "clause":
        return not _holds(mention, claim.object)
    return role != "object" and _leaves_out(claim, tree, claim.object, role)


def _leaves_out(claim: ClaimDraft, tree: Tree, obj: MentionDraft, role: str) -> bool:
    """Whether a qualifier's triple has lost the object that its verb takes: "met in Bern", whom?

    Of such triples hardly one in five was whole to readers. An object that its verb only supports is in the
    relation ("has offices in Bern"), an aim is none ("moved to Bern to teach").
    """
    if claim.noun:
        return _is_sum(obj) or _marks_adjective(claim, role)
    return not _is_aim(tree, obj)


def _is_aim(tree: Tree, obj: MentionDraft) -> bool:
    """Whether what stands for an object is an infinitive that says what something is done for."""
    first = obj.span.start
    return obj.kind == "clause" and first > 0 and "to" in tree.lower[first - 1 : first + 1]


def _holds(clause: MentionDraft, obj: MentionDraft) -> bool:
    """Whether a clause beside an object tells of it, too: "asked", "the council to help"."""
    return clause.label.startswith(obj.span.text)


def _needs_beside(claim: ClaimDraft, tree: Tree, verb: int, obj: MentionDraft) -> bool:
    """Whether the triple of the object leaves out where it was put, of what he was accused."""
    if obj.kind == "clause":
        return False
    if any(_marks_adjective(claim, role) for role, _ in claim.qualifiers):
        return True
    beside = any(m.kind not in ("time", "clause") for _, m in claim.qualifiers)
    return beside and (_needs_two(tree, verb) or _is_sum(obj)) and "_" not in claim.relation


def _needs_two(tree: Tree, verb: int) -> bool:
    return tree.pos[verb] == "VERB" and need("v", tree.lemma[verb]).number > 1


def _marks_adjective(claim: ClaimDraft, role: str) -> bool:
    """Whether a qualifier says of what somebody was found guilty, for what he was held fit."""
    word = claim.relation.rpartition("_")[2]
    adjective = any(t.lower_ == word and t.pos_ == "ADJ" for t in claim.block.doc[_sentence(claim)])
    return "_" in claim.relation and adjective and (role == "of" or role in need("j", word).markers)


def _sentence(claim: ClaimDraft) -> slice:
    sentence = claim.words[0].sent
    return slice(int(sentence.start), int(sentence.end))


def _is_sum(obj: MentionDraft) -> bool:
    """Whether an object is a number of something, which its noun alone does not tell: "5 dollars"."""
    return obj.kind == "quantity"
