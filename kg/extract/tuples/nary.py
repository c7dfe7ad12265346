"""Tuples of all arguments of a clause: one for each second argument, with what is further said of it."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from kg.extract import lexicon
from kg.extract.claims.clauses import Argument, Clause
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import TIME_LABELS, WH
from kg.extract.parse.tree import Tree
from kg.extract.tuples.phrases import BARE, clause_text, phrase, text_of, without
from kg.extract.tuples.records import OpenTuple, confidence
from kg.extract.tuples.relation import completed, relation, rule_of, tuple_of

PERSONAL = lexicon.words("tuples", "personal")


def nary(clause: Clause) -> Iterator[OpenTuple]:
    """Give the tuples of a clause.

    Where a participle or infinitive leaves its auxiliary out, it is written ("a firm founded in 1900").
    """
    tree, words = clause.tree, relation(clause)
    core, groups, prepositions = _split(clause)
    # A gerund after a preposition is an argument ("by selling shares"), not a tuple; where it is the only
    # one, its preposition goes with the relation.
    gerunds = [k.verb for k in clause.children if k.link == "pcomp" and k.host is None]
    alone = _alone(clause, gerunds) if core == [None] else None
    further = _further(clause, groups, [g for g in gerunds if g != alone])
    if core == [None] and not further and alone is None:
        further = _framed(clause) or _manner(clause, words)
    auxiliary = "be " if tree.tag[words[0]] in ("VBG", "VBN", "TO") else ""
    subject = text_of(tree, _joined(tree, _named(clause)))
    for o in core:
        if alone is not None:
            said, second = [*words, tree.head[alone]], [text_of(tree, clause_text(tree, alone))]
        else:
            said, second = completed(clause, [*words, *prepositions], o, absorb=len(core) == 1)
        arguments = [subject, *second, *further]
        if len(arguments) > 1:
            rule = rule_of(clause, o, prepositions)
            yield tuple_of(clause, auxiliary + text_of(tree, said), arguments, rule)


def _alone(clause: Clause, gerunds: list[int]) -> int | None:
    """Give the gerund that follows the verb, where it is the only argument: "ended in selling"."""
    return gerunds[0] if gerunds and clause.tree.head[gerunds[0]] > clause.verb else None


def _further(clause: Clause, groups: list[list[Argument]], gerunds: list[int]) -> list[str]:
    """Give the further arguments: adjuncts by preposition, the time of all, gerunds after a preposition."""
    tree = clause.tree
    found = [_group_text(clause, g) for g in groups if tree.tag[g[0].head] not in WH]
    found += _time_of_all(clause, groups)
    return found + [text_of(tree, [*_opening(clause, g), *clause_text(tree, g)]) for g in gerunds]


def _opening(clause: Clause, gerund: int) -> list[int]:
    """Give the words that lead on from the verb to a gerund ("instead of selling")."""
    tree, above, found = clause.tree, clause.tree.head[gerund], []
    while above != clause.verb and tree.kids[above] and above not in found:
        found += [above, *tree.of(above, "advmod")]
        above = tree.head[above]
    return sorted(t for t in found if tree.pos[t] in ("ADP", "ADV", "SCONJ") and t < gerund)


def _group_text(clause: Clause, group: list[Argument]) -> str:
    tree, preps = clause.tree, group[0].preps
    tokens = [t for a in group for t in phrase(tree, a.head, but=clause.verb)]
    return text_of(tree, [*preps, *tokens, *_reach(tree, preps)])


def _reach(tree: Tree, preps: Sequence[int]) -> list[int]:
    """Give where what begins with a preposition ends: "from 1978 to 1981"."""
    inner = tree.first(preps[-1], "pobj") if preps else None
    if inner is None:
        return []
    return [t for p in tree.of(preps[-1], "prep") if p > inner for t in phrase(tree, p)]


def _time_of_all(clause: Clause, groups: list[list[Argument]]) -> list[str]:
    """Give the time before the main verb to what is joined to it: "In 1990 he left and founded a firm"."""
    tree, own = clause.tree, list(itertools.chain.from_iterable(groups))
    if clause.link not in ("conj", "advcl") or any(_is_time(tree, a) for a in own):
        return []
    top = clause
    while top.link in ("conj", "advcl", "xcomp") and top.parent is not None:
        top = top.parent
    known = {a.head for a in own}
    times = [a for c in top.chain() for a in c.adjuncts if a.head < top.verb and _is_time(tree, a)]
    return [_group_text(clause, [a]) for a in times if a.head not in known]


def _is_time(tree: Tree, a: Argument) -> bool:
    return a.role == "time" or tree.doc[a.head].ent_type_ in TIME_LABELS


def _framed(clause: Clause) -> list[str]:
    """Give what stands around a verb of saying: "The road, he said, was closed"."""
    tree, verb = clause.tree, clause.verb
    if tree.dep[verb] != "parataxis" or clause.lemma not in lexicon.SAYING:
        return []
    around = without(tree, tree.subtree(tree.head[verb]), verb)
    return [text_of(tree, [t for t in around if tree.pos[t] != "PUNCT"])]


def existing(clause: Clause) -> Iterator[OpenTuple]:
    """Give tuples for what there is, with where and when: "There are two bridges in Lund"."""
    tree = clause.tree
    there = tree.first(clause.verb, "expl")
    if there is None or tree.lower[there] != "there" or clause.lemma != "be":
        return
    further = [_group_text(clause, [a]) for a in clause.adjuncts if tree.tag[a.head] not in WH]
    for o in clause.objects:
        noun = phrase(tree, o.head, BARE)
        where = _where(tree, o.head)
        if where is not None:
            noun = without(tree, noun, where)
            arguments = [text_of(tree, noun), text_of(tree, phrase(tree, where)), *further]
        else:
            arguments = [text_of(tree, noun), *further]
        if len(arguments) > 1:
            said, sentence = text_of(tree, relation(clause)), tree.doc[clause.verb].sent.text
            yield OpenTuple(said, tuple(arguments), "there", confidence("there"), sentence)


def _where(tree: Tree, noun: int) -> int | None:
    """Give the first preposition on a noun that says where it is."""
    for p in tree.of(noun, "prep"):
        if tree.first(p, "pobj") is not None and tree.lower[p] != "of":
            return p
    return None


def _manner(clause: Clause, words: Sequence[int]) -> list[str]:
    """Give the adverbs and adverbial clauses behind a verb that has no other argument."""
    tree, verb = clause.tree, clause.verb
    adverbs = [k for k in tree.of(verb, "advmod") if k > verb and k not in words]
    found = [text_of(tree, phrase(tree, k)) for k in adverbs]
    for k in clause.children:
        if k.link == "advcl" and k.marker not in ("", "to") and tree.head[k.verb] == verb:
            if tree.left[k.verb] > verb:
                found.append(text_of(tree, clause_text(tree, k.verb)))
    return found


def _named(clause: Clause) -> Clause:
    """Give the clause that names the subject: "Anna left when she was ill" tells that Anna was ill.

    The subject of a finite adverbial clause, where it is a pronoun, stands for that of the clause above it,
    if this comes first and agrees.
    """
    tree, pronoun = clause.tree, clause.subjects[0]
    word, inner = tree.lower[pronoun], clause.chain()[0]
    if inner.link != "advcl" or len(clause.subjects) > 1 or word not in PERSONAL:
        return clause
    above = inner.parent
    while above is not None:
        if above.subjects and above.subjects[0] < pronoun and tree.pos[above.subjects[0]] != "PRON":
            if _agrees(tree, word, above.subjects):
                return above
        above = above.parent
    return clause


def _agrees(tree: Tree, word: str, subjects: Sequence[int]) -> bool:
    noun = subjects[0]
    kind = tree.doc[noun].ent_type_
    plural = len(subjects) > 1 or tree.tag[noun] in ("NNS", "NNPS")
    if word == "they":
        return plural or kind in ("ORG", "GPE", "NORP")
    person = kind == "PERSON" or (not kind and nominal_type(tree.doc[noun])[0] == "Person")
    return not plural and person == (word != "it")


def _joined(tree: Tree, clause: Clause) -> list[int]:
    """Give the words of the subject, with all that are coordinated in it."""
    first, last = clause.subjects[0], clause.subjects[-1]
    tokens = phrase(tree, first, BARE, clause.verb)
    if first != last:
        tokens = list(range(tokens[0], phrase(tree, last, BARE, clause.verb)[-1] + 1))
    return tokens


def _split(clause: Clause) -> tuple[list[Argument | None], list[list[Argument]], tuple[int, ...]]:
    """Give the second arguments, the further ones grouped by preposition, and the relation's preposition."""
    adjuncts = _adjuncts(clause)
    core: list[Argument | None] = list(clause.objects) or list(clause.clauses)
    if not core:
        core += [a for a in adjuncts if a.role == "second"]
        adjuncts = [a for a in adjuncts if a.role != "second"]
    groups = _grouped(adjuncts)
    if core:
        return core, groups, ()
    # Where there is no object, what follows the verb first stands for it, an agent before all.
    after = [g for g in groups if g[0].preps and g[0].preps[0] > clause.verb]
    chosen = next((g for g in after if g[0].role == "by-agent"), after[0] if after else None)
    if chosen is None:
        return [None], groups, ()
    groups.remove(chosen)
    return [*chosen], groups, chosen[0].preps


def _adjuncts(clause: Clause) -> list[Argument]:
    """Give the adjuncts of a clause and of those that govern it, as they stand in the text."""
    left = clause.tree.left
    found = (a for c in clause.chain() for a in c.adjuncts)
    return sorted(found, key=lambda a: a.preps[0] if a.preps else left[a.head])


def _grouped(adjuncts: list[Argument]) -> list[list[Argument]]:
    """Put together those that share a preposition."""
    groups: list[list[Argument]] = []
    for a in adjuncts:
        if groups and a.preps and groups[-1][0].preps == a.preps:
            groups[-1].append(a)
        else:
            groups.append([a])
    return groups
