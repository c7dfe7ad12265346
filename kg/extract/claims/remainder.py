"""What a clause says beside its ends: the words of it that none of the claim's arguments holds.

"The bridge will be closed from 8 p.m. on Friday while its deck is replaced", "arrested her, a day after the
robbery": a claim has places, times and things as its ends, and loses what is neither. Here the words that are
left are kept as they stand, so that who reads the claim in one line reads all of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Set

from kg.extract import constructions, lexicon
from kg.extract.claims.clause import Clause
from kg.extract.claims.complements import LONGEST, NARROWING
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock

UNSAID = lexicon.words("clauses", "prepositions", "unsaid")
LIKENING = lexicon.words("clauses", "prepositions", "likening")
LIMITS = lexicon.words("clauses", "needs", "limits")
# What hangs on a verb and may say more of what it tells.
FURTHER = frozenset(
    {"prep", "agent", "dative", "npadvmod", "advmod", "advcl", "dobj", "oprd", "acomp", "attr"}
)
# What on a verb may have a measure before the word that brings it in: "two days after".
LED = frozenset({"prep", "advmod", "advcl"})
DENYING = frozenset({"not", "n't", "never"})
# What on an end begins another statement, or another end.
APART = frozenset({"relcl", "acl", "conj", "cc", "parataxis", "punct", constructions.APPOSITION})
# A word for how something was done, behind its verb: "rose sharply".
ADVERBS = frozenset({"RB", "RBR", "RBS"})
PUNCTUATION = frozenset({"PUNCT", "SPACE"})
Run = tuple[int, int]


def of_clause(
    block: ParsedBlock, clause: Clause, relation: str, ends: Iterable[MentionDraft]
) -> list[MentionDraft]:
    """Draw the words of a clause, and of those that it is told with, that none of its ends or words holds."""
    tree = clause.tree
    if any(tree.dep[a.head] == "conj" and not a.shared for a in clause.objects[:1]):
        return []  # "bought a mill after the war and a mine in 1995": the verb is left out
    said = {*relation.split("_"), *(tree.lower[i] for i in clause.words)}
    held = {i for end in ends if end.block is block for i in range(end.span.start, end.span.end)}
    verbs = {one.verb for one in clause.chain()}
    phrases = (k for verb in verbs for k in tree.kids[verb] if not _is_told(clause, k, said))
    return [
        _draw(block, run)
        for run in sorted({run for k in phrases for run in _of_phrase(clause, k, held, verbs)})
    ]


def _is_told(clause: Clause, k: int, said: Set[str]) -> bool:
    """Whether a phrase is told as who does it, or in the words of the relation, or tells no more of it."""
    tree = clause.tree
    if tree.dep[k] not in FURTHER or k in clause.subjects or tree.dep[k] == "agent":
        return True
    return tree.lower[k] in said or tree.lemma[k] in said


def _of_phrase(clause: Clause, k: int, held: set[int], verbs: set[int]) -> Iterator[Run]:
    """Give what a phrase on a verb has beside the ends in it; all of it where it has none."""
    tree = clause.tree
    first, last = tree.left[k], tree.right[k]
    if verbs & set(tree.subtree(k)):
        return
    inside = [i for i in range(first, last + 1) if i in held]
    if inside:
        yield from _beside_ends(tree, k, inside)
    elif _tells(clause, k):
        yield from _trimmed(tree, first, last)


def _tells(clause: Clause, k: int) -> bool:
    """Whether a phrase that no end is drawn from tells more of what its clause tells."""
    tree, dep = clause.tree, clause.tree.dep[k]
    behind, said = k > clause.verb, tree.lower[tree.left[k]]
    if dep == "advcl":
        return _narrows(clause, k)
    if dep == "advmod":
        alone = not tree.kids[k] and (_is_parted(tree, k) or tree.lower[k] in LIMITS)
        return behind and tree.tag[k] in ADVERBS and tree.lower[k] not in DENYING and not alone
    if dep in ("prep", "dative"):
        return said not in UNSAID | LIKENING and not _is_aside(clause, k)
    return behind


def _narrows(clause: Clause, k: int) -> bool:
    """Whether an adverbial clause says when, why or on which condition something is so."""
    tree = clause.tree
    begins = next((tree.lower[m] for m in tree.kids[k] if tree.dep[m] in ("mark", "advmod") and m < k), "")
    finite = tree.first(k, "nsubj", "nsubjpass", "expl") is not None
    if begins in NARROWING:
        return True
    return finite and begins == "while" and k > clause.verb and not _is_parted(tree, k)


def _is_parted(tree: Tree, k: int) -> bool:
    """Whether a comma stands before a phrase."""
    before = tree.left[k] - 1
    return before >= 0 and tree.lower[before] in (",", ";", ":", "–", "—")


def _is_aside(clause: Clause, k: int) -> bool:
    """Whether a phrase joins sentences: "in fact", "of course", "as a result"."""
    tree = clause.tree
    inner = tree.first(k, "pobj", "pcomp", "amod")
    if tree.lower[k] in lexicon.ASIDES or inner is None:
        return True
    return f"{tree.lower[k]}_{tree.lower[inner]}" in lexicon.ASIDES or tree.lower[inner] in (
        "which",
        "whom",
        "this",
    )


def _beside_ends(tree: Tree, k: int, inside: list[int]) -> Iterator[Run]:
    """Give what stands before and behind the ends of a phrase: "a day" after the fall, nine "on Friday"."""
    first = tree.left[k]
    before = next((i for i in range(first, k) if i in inside or _begins(tree, i)), k)
    if tree.dep[k] in LED and any(tree.pos[i] in NOMINALS for i in range(first, before)):
        yield from _trimmed(tree, first, before - 1)
    last = inside[-1]
    behind = last + 1
    while behind <= tree.right[k] and not _begins_another(tree, behind):
        behind += 1
    yield from _trimmed(tree, last + 1, behind - 1)


def _begins(tree: Tree, i: int) -> bool:
    """Whether a word brings a clause in, and is said with it."""
    return tree.dep[i] == "mark" or tree.tag[i] in ("WRB", "TO", "IN")


def _begins_another(tree: Tree, i: int) -> bool:
    """Whether a word begins what is told by itself, or as another end."""
    return tree.dep[i] in APART or any(
        tree.dep[a] in APART and tree.left[a] == i for a in (i, *tree.above(i))
    )


def _trimmed(tree: Tree, first: int, last: int) -> Iterator[Run]:
    """Give a run of words without the signs around it, if it is short enough to be a part of a claim."""
    while first <= last and (tree.pos[first] in PUNCTUATION or tree.dep[first] == "cc"):
        first += 1
    while last >= first and (tree.pos[last] in PUNCTUATION or tree.dep[last] == "cc"):
        last -= 1
    if first <= last < first + LONGEST and not tree.lower[first].endswith("self"):
        yield first, last + 1


def _draw(block: ParsedBlock, run: Run) -> MentionDraft:
    span = block.doc[run[0] : run[1]]
    return MentionDraft(block, span, span.root, "clause", "Concept", span.text)
