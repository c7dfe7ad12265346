"""The arguments of a predicate: objects, complements, adjuncts, and what the parse hangs beside them."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.extract import constructions, lexicon
from kg.extract.claims.clause import Argument, Clause, coordinated
from kg.extract.claims.predicates import is_predicate
from kg.extract.lexicon.sets import ADPOSITIONS, PLACE_LABELS, TIME_LABELS, TITLE_LABELS
from kg.extract.parse.tree import DIRECTIONS, Tree

NAMING_COPULAS = lexicon.words("clauses", "copulas", "naming")
FIRST_PARTS = lexicon.words("clauses", "prepositions", "first_parts")
SUPERLATIVE = lexicon.words("clauses", "picking", "superlative")
PERCENT = lexicon.words("clauses", "nouns", "percent")
FINITE_OR_ING = frozenset({"VBG", "VBD", "VBZ", "VBP"})


def read_arguments(clause: Clause) -> None:
    """Find what hangs on the verb, label by label, in the order of the text."""
    for k in clause.tree.kids[clause.verb]:
        read = _READERS.get(clause.tree.dep[k])
        if read is not None:
            read(clause, k)
    _swap_given(clause)


def _swap_given(clause: Clause) -> None:
    """Make a relative pronoun what is given, not whom it is given to: "a prize which it awarded the town"."""
    tree = clause.tree
    given = next((a for a in clause.adjuncts if a.role == "second" and tree.lower[a.head] == "which"), None)
    held = [a for a in clause.objects if a.role == "object"]
    if given is not None and len(held) == 1 and held[0].head > clause.verb:
        given.head, held[0].head = held[0].head, given.head


def _object(clause: Clause, k: int) -> None:
    tree, i = clause.tree, clause.verb
    bare = tree.of(i, "dobj")
    if len(bare) == 2 and not _is_parted(tree, *bare):
        _one_of_two(clause, bare[0], bare[1], k)
    elif k > 0 and tree.lower[tree.left[k] - 1] == ":" and tree.of(i, "prep"):
        pass  # "consisted of three people: …": what the colon explains is no object
    else:
        clause.objects += coordinated(tree, k, "object")


def _is_parted(tree: Tree, first: int, second: int) -> bool:
    """Whether two objects are members of a list that was not read as one: "a fort, two mills, and a dam"."""
    return (
        tree.lower[tree.left[second] - 1] == "," and tree.first(second, "conj") is not None and first < second
    )


def _one_of_two(clause: Clause, first: int, second: int, k: int) -> None:
    """Add one of two bare objects: "crowned himself emperor", "gave the pupils a map"."""
    tree = clause.tree
    if clause.lemma in lexicon.NAMING:
        clause.objects += [Argument(k, "complement")] if k == second else coordinated(tree, k, "object")
        return
    if tree.lower[second].endswith("ing") and tree.left[second] == second == tree.right[first] + 1:
        # "lost his fortune investing in rice"
        if k == first:
            clause.objects += coordinated(tree, k, "object")
        else:
            clause.adjuncts.append(Argument(k, "by", clausal=True))
        return
    # "a prize which the jury awarded the town": the pronoun stands first and is what is given.
    recipient = second if tree.lower[first] == "which" else first
    if k == recipient:
        clause.adjuncts.append(Argument(k, "second"))
    else:
        clause.objects += coordinated(tree, k, "object")


def _complement(clause: Clause, k: int) -> None:
    clause.objects += coordinated(clause.tree, k, "complement")


def _clausal(clause: Clause, k: int) -> None:
    tree = clause.tree
    inner = tree.first(k, "nsubj")
    if inner is None or tree.pos[k] not in ("NOUN", "PROPN", "ADJ") or is_predicate(tree, k):
        clause.clauses.append(Argument(k, "clause"))
    else:
        # "made him their leader": no verb, so no clause.
        clause.objects += coordinated(tree, inner, "object")
        clause.objects.append(Argument(k, "complement"))


def _dative(clause: Clause, k: int) -> None:
    if clause.tree.first(k, "pobj") is None:
        clause.adjuncts += coordinated(clause.tree, k, "second")
    else:
        prepositional(clause, k)


def _agent(clause: Clause, k: int) -> None:
    tree = clause.tree
    if _is_denied(clause, k):
        for j in tree.of(k, "conj"):
            if not _by(clause, j):
                prepositional(clause, j)
        return
    if _is_no_agent(tree, clause.verb, k):
        prepositional(clause, k)
        return
    clause.passive = _by(clause, k) or clause.passive
    for j in tree.of(k, "conj"):
        # "by the council and by a company"
        joined = tree.lower[j] == "by" and clause.passive and _by(clause, j)
        if not joined and tree.pos[j] in ADPOSITIONS:
            prepositional(clause, j)


def _by(clause: Clause, by: int) -> bool:
    """Add who acts in a passive; say whether there is one."""
    inner = clause.tree.first(by, "pobj")
    if inner is not None:
        clause.adjuncts += coordinated(clause.tree, inner, "by-agent", (by,))
    return inner is not None


def _is_denied(clause: Clause, prep: int) -> bool:
    """Whether only what follows "but" counts: "not by the state but by its owner"."""
    return prep > 0 and clause.tree.lower[prep - 1] == "not" and prep - 1 not in clause.words


def _is_no_agent(tree: Tree, verb: int, by: int) -> bool:
    """Whether "by" names nobody who acts: "going by the name", "known by his title", "he meant by it"."""
    inner = tree.first(by, "pobj")
    if inner is not None and _is_manner(tree, inner):
        return True
    active = tree.tag[verb] in FINITE_OR_ING and tree.first(verb, "auxpass") is None
    acting = inner is not None and tree.doc[inner].ent_type_ in ("PERSON", "ORG")
    alone = tree.lemma[verb] in lexicon.INTRANSITIVE - lexicon.SOMETIMES_TRANSITIVE
    if acting and tree.tag[verb] == "VBD" and not alone:
        active = tree.first(verb, "dobj") is not None  # "The campaign started by Anna Lie …"
    return active and (tree.tag[verb] == "VBG" or tree.first(verb, "nsubj") is not None)


def _is_manner(tree: Tree, i: int) -> bool:
    if tree.lemma[i] in lexicon.MANNER:
        return True
    bare = tree.tag[i] == "NN" and not tree.of(i, "det", "nummod") and constructions.owner(tree, i) is None
    return bare and tree.lemma[i] in lexicon.BARE_MANNER


def _prepositional_adjunct(clause: Clause, k: int) -> None:
    tree = clause.tree
    denied = _is_denied(clause, k)
    if not denied:
        if _within_name(tree, k) or constructions.opens_gap(tree, k):
            return
        prepositional(clause, k)
    for j in tree.of(k, "conj"):
        if denied or tree.pos[j] in ADPOSITIONS:
            prepositional(clause, j)


def _within_name(tree: Tree, prep: int) -> bool:
    """Whether a preposition and its noun are inside a name that begins before."""
    inner = tree.first(prep, "pobj")
    token = tree.doc[prep]
    if inner is None or token.ent_iob_ != "I" or token.ent_type_ not in TITLE_LABELS:
        return False
    return all(tree.doc[k].ent_iob_ == "I" for k in range(prep, inner + 1))


def _adverb(clause: Clause, k: int) -> None:
    tree, word, behind = clause.tree, clause.tree.lower[k], k == clause.verb + 1
    preps = tree.of(k, "prep")
    if behind and word in lexicon.PARTICLES and not tree.kids[k]:
        clause.words = sorted({*clause.words, k})
        clause.particle = word
    elif word in DIRECTIONS or (behind and word in lexicon.AWAY):
        # "moved away from the city", "lies just west of it"
        for p in preps:
            for inner in tree.of(p, "pobj"):
                clause.loose += coordinated(tree, inner, f"{word}_{tree.lower[p]}", (k, p))
    elif word in lexicon.PREPOSITION_HEADS:
        for p in preps:
            prepositional(clause, p, (k,))


def _adverbial_noun(clause: Clause, k: int) -> None:
    """Add a noun without preposition: a time or measure ("fell 30 percent"), or an object taken for one."""
    tree = clause.tree
    if tree.pos[k] not in ("NOUN", "PROPN", "NUM", "SYM"):
        return
    if tree.lower[tree.left[k]] == "near" and tree.left[k] < k:
        clause.adjuncts += coordinated(tree, k, "near", (tree.left[k],))
    elif _is_bare_object(clause, k):
        clause.objects += coordinated(tree, k, "object")
    else:
        clause.adjuncts += coordinated(tree, k, "time")


def _is_bare_object(clause: Clause, k: int) -> bool:
    """Whether a noun taken for an adverb is the verb's object: a name, or a share of something."""
    tree, verb = clause.tree, clause.verb
    if k < verb or tree.lemma[k] in lexicon.TIME_NOUNS or tree.of(verb, "dobj", "attr"):
        return False
    if tree.lower[tree.left[k] - 1] == ",":
        return False
    if tree.pos[k] == "PROPN" and tree.doc[k].ent_type_ not in TIME_LABELS:
        return True
    measured = clause.passive or clause.lemma in lexicon.MEASURED
    return tree.lower[k] in PERCENT and not measured and tree.head[k] == verb


def _behind(tree: Tree, inner: int, preps: tuple[int, ...]) -> list[Argument]:
    """Give the arguments under prepositions; of "climbed 21 per cent" the measure has them."""
    role = _role(tree, preps)
    return [] if (role, tree.lower[inner]) == ("per", "cent") else coordinated(tree, inner, role, preps)


def prepositional(clause: Clause, prep: int, before: tuple[int, ...] = ()) -> None:
    """Add the objects of a preposition, and of one that follows it ("out of", "because of")."""
    tree = clause.tree
    front = [k for k in tree.kids[prep] if k < prep and tree.dep[k] in ("advmod", "prep", "npadvmod")]
    if any(tree.dep[k] == "advmod" and tree.lower[k] in FIRST_PARTS for k in front):
        before = (*before, *front)
    # "because of": the noun hangs on the first word, the second beside it.
    joined = [k for k in tree.of(prep, "pcomp", "prep") if k == prep + 1 and not tree.kids[k]]
    preps = tuple(sorted((*before, prep, *joined)))
    inner = tree.first(prep, "pobj")
    if inner is not None:
        clause.adjuncts += _behind(tree, inner, preps)
        return
    for k in tree.of(prep, "prep", "pcomp"):
        named = _free_relative(tree, k)
        if named is not None:
            clause.adjuncts.append(Argument(named, _role(tree, preps), preps))
            return
        if tree.dep[k] == "prep" or tree.pos[k] in ADPOSITIONS:
            prepositional(clause, k, preps)


def _role(tree: Tree, preps: tuple[int, ...]) -> str:
    return "_".join(tree.lower[p] for p in preps)


def _free_relative(tree: Tree, clause: int) -> int | None:
    """Give the noun that "what is now …" stands for."""
    subject = tree.first(clause, "nsubj")
    if tree.lemma[clause] not in NAMING_COPULAS or subject is None or tree.lower[subject] != "what":
        return None
    return tree.first(clause, "attr")


_READERS: Mapping[str, Callable[[Clause, int], None]] = {
    "dobj": _object,
    "attr": _complement,
    "oprd": _complement,
    "acomp": _complement,
    "ccomp": _clausal,
    "dative": _dative,
    "agent": _agent,
    "prep": _prepositional_adjunct,
    "advmod": _adverb,
    "npadvmod": _adverbial_noun,
}


def loose_arguments(clause: Clause) -> Iterator[Argument]:
    """Give what the parse hangs on the clause's nouns and adjectives and is likely to be the clause's."""
    yield from _places(clause)
    yield from _examples(clause)
    yield from _of_adjective(clause)


def _places(clause: Clause) -> Iterator[Argument]:
    """Give the places that stand on the clause's last noun: who is arrested in Lyon is arrested there."""
    tree = clause.tree
    noun = _last_noun(clause)
    while noun is not None:
        preps = tree.of(noun, "prep")
        for p in preps:
            inner = tree.first(p, "pobj")
            if tree.lower[p] in lexicon.LOCATIVE and inner is not None and _is_place(tree, inner, p):
                yield from coordinated(tree, inner, tree.lower[p], (p,), shared=True)
        of = next((p for p in preps if tree.lower[p] == "of"), None)
        noun = None if of is None else tree.first(of, "pobj")


def _last_noun(clause: Clause) -> int | None:
    """Give the noun behind the verb that a place may hang on, unless the verb tells of something far away."""
    if clause.lemma in lexicon.DISTANT or clause.lemma == "be":
        return None
    ends = [a.head for a in clause.objects if a.role == "object" and not a.shared]
    ends += [a.head for a in clause.adjuncts if a.role in ("by-agent", "time")]
    return ends[-1] if ends and ends[-1] >= clause.verb else None


def _is_place(tree: Tree, i: int, prep: int) -> bool:
    kind = tree.doc[i].ent_type_
    return kind in PLACE_LABELS or (kind == "ORG" and tree.lower[prep] == "at")


def _examples(clause: Clause) -> Iterator[Argument]:
    """Give what a place or thing is exemplified by: "in places such as Lund" is in Lund."""
    tree = clause.tree
    for a in clause.adjuncts:
        for p in tree.of(a.head, "prep"):
            found = constructions.examples(tree, p)
            if found is not None and not found.parted:
                yield from coordinated(tree, found.first, a.role, a.preps, shared=True)


def _of_adjective(clause: Clause) -> Iterator[Argument]:
    """Give what hangs on the adjective that a copula joins: "is responsible for the harbour"."""
    tree = clause.tree
    for a in clause.objects:
        if a.role != "complement" or a.head < clause.verb or not _leads_on(tree, a.head):
            continue
        for p in tree.of(a.head, "prep"):
            inner = tree.first(p, "pobj")
            if inner is not None and p > a.head:
                yield from coordinated(tree, inner, tree.lower[p], (p,), shared=True)


def _leads_on(tree: Tree, i: int) -> bool:
    """Whether an adjective needs what hangs on it; one that picks does not ("most recent of the songs")."""
    if tree.tag[i] not in ("JJ", "JJR", "VBN") and tree.lemma[i] not in lexicon.RELATIONAL:
        return False
    return not any(tree.lower[k] in SUPERLATIVE for k in tree.kids[i])
