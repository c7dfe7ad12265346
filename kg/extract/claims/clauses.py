"""The clauses of a sentence: each predicate with its subjects, objects, complements and adjuncts.

A clause is what the parse says, with what it leaves out put in: the subject that a conjoined verb, an
infinitive or a participle shares with its governor, the noun that a relative pronoun stands for. The
surface is kept (a passive stays a passive); `kg.extract.claims.verbal` makes claims of clauses and
`kg.extract.tuples.clausal` tuples.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extract import lexicon
from kg.extract.claims.arguments import loose_arguments, prepositional, read_arguments
from kg.extract.claims.clause import Argument, Clause
from kg.extract.claims.predicates import is_predicate, own_subjects, predicate
from kg.extract.claims.relatives import fill_from_host, relativise
from kg.extract.claims.sharing import share_objects, share_subject
from kg.extract.lexicon.sets import NOUNS, SUBJECT_DEPS
from kg.extract.parse.tree import Tree

__all__ = ["Argument", "Clause", "clauses_of"]

# "and was himself succeeded by her"
REFLEXIVE_PRONOUNS = lexicon.words("clauses", "pronouns", "reflexive")
RELATIVE_PRONOUNS = lexicon.words("clauses", "pronouns", "relative")


def clauses_of(tree: Tree) -> list[Clause]:
    """Give the clauses of a parsed block, governors before what they govern."""
    found: dict[int, Clause] = {}
    order = tree.bottom_up()
    order.reverse()
    for i in order:
        if is_predicate(tree, i):
            found[i] = clause = _build(tree, i, found)
            if clause.parent:
                clause.parent.children.append(clause)
    result = list(found.values())
    result += [twin for clause in result for twin in _gapped(clause)]
    for clause in result:
        share_objects(clause)
    for clause in result:
        clause.loose += loose_arguments(clause)
    return result


def _build(tree: Tree, i: int, found: dict[int, Clause]) -> Clause:
    clause = predicate(tree, i, found)
    read_arguments(clause)
    host, relative = clause.host, clause.link == "relcl"
    if host is None and (host := _joined_to(clause)) is not None:
        relative = True
        clause.host = host
    if host is not None and (relative or clause.link == "acl"):
        if not tree.of(i, *SUBJECT_DEPS):
            fill_from_host(clause, host)
        elif relative:
            relativise(clause, host)
    own = own_subjects(clause, REFLEXIVE_PRONOUNS | RELATIVE_PRONOUNS if relative else REFLEXIVE_PRONOUNS)
    if own:
        clause.subjects = own
    elif not clause.subjects:
        share_subject(clause)
    return clause


def _joined_to(clause: Clause) -> int | None:
    """Give the noun of a second relative clause with a pronoun of its own: "who sang, and who died"."""
    parent, tree = clause.parent, clause.tree
    if (
        clause.link != "conj"
        or parent is None
        or parent.host is None
        or tree.head[clause.verb] != parent.verb
    ):
        return None
    own = tree.of(clause.verb, *SUBJECT_DEPS)
    return parent.host if any(tree.tag[k] in ("WP", "WDT") for k in own) else None


def _gapped(clause: Clause) -> Iterator[Clause]:
    """Give the clauses whose verb is left out: "bought a mill in 1990 and a mine in 1995"."""
    tree = clause.tree
    for k in tree.of(clause.verb, "conj"):
        ends = _ends_of_gapped(clause, k)
        if ends is None:
            continue
        subjects, objects = ends
        twin = replace(
            clause, subjects=subjects, objects=objects, adjuncts=[], clauses=[], children=[], loose=[]
        )
        for p in tree.of(k, "prep"):
            prepositional(twin, p)
        yield twin


def _is_sum(tree: Tree, k: int) -> bool:
    """Whether a number is money: "gave 400 pounds to the club and 250 pounds to the scouts"."""
    return tree.doc[k].ent_type_ == "MONEY" or any(tree.tag[m] == "$" for m in tree.kids[k])


def _ends_of_gapped(clause: Clause, k: int) -> tuple[list[int], list[Argument]] | None:
    """Give the subjects and objects of a clause of which the verb is left out, if a conjunct is one."""
    tree = clause.tree
    if k < clause.verb or tree.pos[k] not in (*NOUNS, "NUM"):
        return None
    own, preps = tree.first(k, "nsubj"), tree.of(k, "prep")
    if any(a.role == "object" and not a.shared for a in clause.objects):
        if own is None and (not preps or (tree.pos[k] == "NUM" and not _is_sum(tree, k))):
            return None
        return list(clause.subjects) if own is None else tree.conjuncts(own), [Argument(k, "object")]
    # "was born in Bergen and Peter in Oslo"
    same = {tree.lower[p] for p in preps} & {a.role for a in clause.adjuncts}
    return ([k], []) if same else None
