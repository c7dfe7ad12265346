"""What the tuples of a clause share: the words of the relation, second arguments, and how sure they are."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract.claims.clauses import Argument, Clause
from kg.extract.lexicon.sets import COMMON, MODIFYING
from kg.extract.parse.tree import Tree
from kg.extract.tuples.phrases import clause_text, phrase, text_of
from kg.extract.tuples.records import OpenTuple, confidence

# Labels of what makes a noun more than bare ("took an active part").
MODIFIERS = MODIFYING | {"nummod", "compound"}


def relation(clause: Clause) -> list[int]:
    """Give the words of the relation: auxiliaries, verb, particle, with those of governing verbs."""
    tree, i = clause.tree, clause.verb
    words: list[int] = []
    for c in (*_shared_governors(clause), *clause.chain()):
        words += c.words
        if c is not clause:
            words += [o.head for o in c.objects if o.role == "complement" and tree.pos[o.head] == "ADJ"]
    first = min(words)
    words += [
        k
        for k in tree.of(i, "advmod")
        if (first < k < i or k in (i - 1, i + 1)) and not tree.kids[k] and tree.tag[k] == "RB"
    ]
    return sorted(set(words))


def _shared_governors(clause: Clause) -> list[Clause]:
    """Give what governs the first of two joined infinitives, and so the second ("have to buy or sell")."""
    tree, first = clause.tree, clause
    while first.link == "conj" and first.parent is not None:
        first = first.parent
    if first is clause or len(first.chain()) == 1 or tree.tag[first.verb] != tree.tag[clause.verb]:
        return []
    own = [k for k in clause.words if tree.dep[k] in ("aux", "auxpass") and tree.lower[k] != "to"]
    return [] if own else first.chain()[:-1]


def completed(
    clause: Clause, words: list[int], o: Argument | None, *, absorb: bool = False
) -> tuple[list[int], list[str]]:
    """Give the relation's words and the second argument.

    The "that" of a clause goes with the relation; with `absorb` so do an adjective and a bare noun that lead
    on to what it is about ("is aware of", "took part in").
    """
    tree = clause.tree
    if o is None:
        return words, []
    if o.role != "clause":
        tokens = phrase(tree, o.head, but=clause.verb)
        link = _leads_on(tree, o) if absorb else None
        if link is None:
            return words, [text_of(tree, tokens)]
        return [*words, *(t for t in tokens if t <= link)], [text_of(tree, [t for t in tokens if t > link])]
    that = [t for t in tree.of(o.head, "mark") if tree.lower[t] == "that"]
    return [*words, *that], [text_of(tree, [t for t in clause_text(tree, o.head) if t not in that])]


def _leads_on(tree: Tree, o: Argument) -> int | None:
    """Give the preposition behind a predicative adjective, or right behind an object without determiner."""
    noun = o.role == "object"
    if noun:
        if tree.tag[o.head] not in COMMON or any(tree.dep[k] in MODIFIERS for k in tree.kids[o.head]):
            return None
    elif tree.pos[o.head] != "ADJ":
        return None
    for p in tree.of(o.head, "prep"):
        if p > o.head and tree.first(p, "pobj") is not None and tree.lower[p] != "than":
            return p if p == o.head + 1 or not noun else None
    return None


def rule_of(clause: Clause, o: Argument | None, prepositions: tuple[int, ...]) -> str:
    kind = "none" if o is None else "prep" if prepositions else o.role
    link = "acl-to" if clause.link == "acl" and clause.marker == "to" else clause.link
    return f"{link}-{clause.shared_subject or 'own'}-{kind}"


def tuple_of(clause: Clause, relation: str, arguments: Sequence[str], rule: str) -> OpenTuple:
    sure = confidence(rule)
    # The deeper a clause hangs and the farther its subject is, the more often the parse errs.
    depth, above = 0, clause.parent
    while above is not None:
        depth, above = depth + (above.link != "xcomp"), above.parent
    if depth > 1:
        sure *= 0.94 ** (depth - 1)
    if abs(clause.subjects[0] - clause.verb) > 12:
        sure *= 0.9
    if clause.marker == "that":
        sure *= 0.9
    return OpenTuple(relation, tuple(arguments), rule, round(sure, 3), clause.tree.doc[clause.verb].sent.text)
