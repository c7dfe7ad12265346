"""Repairs of which clause is below another: "after the union reached an agreement", "who left was jailed"."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.lexicon.sets import FINITE, NOUNS, VERBS
from kg.extract.parse.tree import Tree

SUBJECTS = ("nsubj", "nsubjpass")
JOINING = frozenset({"after", "before", "since", "until", "till"})


def clause_behind_preposition(tree: Tree, i: int) -> bool:
    """ "Trams will run after the union reached an agreement": the noun behind "after" is a subject."""
    main = tree.head[i]
    if tree.tag[i] not in FINITE or tree.pos[main] not in VERBS or main > i:
        return False
    if tree.of(i, "nsubj", "nsubjpass", "cc", "aux") or tree.of(main, "cc"):
        return False
    preps = [p for p in tree.of(main, "prep") if main < p < i and tree.lower[p] in JOINING]
    subject = tree.first(preps[-1], "pobj") if preps else None
    if subject is None or tree.pos[subject] not in (*NOUNS, "PRON"):
        return False
    # Nothing else stands between the phrase and the verb.
    end = tree.right[subject] + 1
    if any(tree.lower[k] not in (",", "also", "then", "finally") for k in range(end, i)):
        return False
    tree.hang(preps[-1], i, "mark")
    tree.pos[preps[-1]] = "SCONJ"
    tree.hang(subject, i, "nsubj")
    tree.hang(i, main, "advcl")
    return True


def predicate_in_relative(tree: Tree, i: int) -> bool:
    """ "A man who went home to watch the snooker was jailed": he was, and the snooker was only watched."""
    verb, noun = tree.head[i], tree.first(i, *SUBJECTS)
    if tree.dep[i] != "ccomp" or noun is None or not verb < noun < i or tree.pos[noun] not in NOUNS:
        return False
    if tree.left[noun] != verb + 1 or tree.of(i, "mark") or not tree.of(i, "aux", "auxpass"):
        return False
    host = _sentence_of_noun(tree, verb)
    # "saw the house was burning"
    telling = any(lexicon.classify(group, tree.lemma[verb]) for group in ("that", "gerund"))
    if host is None or telling:
        return False
    label = tree.dep[noun]
    tree.hang(noun, verb, "dobj")
    tree.hang(i, i, "ROOT")
    tree.hang(host, i, label)
    return True


def second_relative(tree: Tree, i: int) -> bool:
    """ "Ida Moe, who in 1958 became a doctor, and who died in 2016": both tell of her."""
    first = tree.head[i]
    subject = tree.first(i, *SUBJECTS)
    if tree.dep[i] != "conj" or subject is None or tree.tag[subject] not in ("WP", "WDT"):
        return False
    while tree.dep[first] == "conj" and tree.pos[tree.head[first]] in VERBS:
        first = tree.head[first]
    if tree.dep[first] != "relcl" or first > subject or tree.lower[subject - 1] not in ("and", "but"):
        return False
    tree.hang(i, tree.head[first], "relcl")
    return True


def verb_joined_to_adjective(tree: Tree, i: int) -> bool:
    """ "She is married to him and lives in Ulm": that she lives there is joined to "is"."""
    adjective = tree.head[i]
    verb = tree.head[adjective]
    if tree.dep[i] != "conj" or tree.tag[i] not in ("VBZ", "VBP", "VBD") or tree.pos[i] != "VERB":
        return False
    if (
        tree.dep[adjective] not in ("acomp", "attr")
        or tree.lemma[verb] != "be"
        or tree.of(i, *SUBJECTS, "mark")
    ):
        return False
    tree.head[i] = verb
    for k in tree.of(adjective, "cc"):
        if adjective < k < i:
            tree.head[k] = verb
    return True


def _sentence_of_noun(tree: Tree, verb: int) -> int | None:
    """Give the noun that is all of a sentence, and has a relative clause with a verb in it."""
    top = verb
    while tree.head[top] != top and tree.dep[top] != "relcl":
        top = tree.head[top]
    host = tree.head[top]
    alone = tree.dep[top] == "relcl" and tree.dep[host] == "ROOT" and tree.pos[host] in NOUNS
    return host if alone else None
