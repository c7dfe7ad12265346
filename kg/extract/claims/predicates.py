"""The predicates of a sentence: which tokens head a clause, how it hangs, and the words of its verb."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.claims.clause import Clause
from kg.extract.lexicon.sets import (
    FINITE,
    NOMINAL_DEPS,
    NON_CLAUSAL_DEPS,
    ON_NOUNS,
    SUBJECT_DEPS,
    TITLE_LABELS,
    VERBS,
)
from kg.extract.parse.tree import Tree

VERBAL_PREFIXES = lexicon.words("clauses", "prefixes", "verbal")
CORRELATIVE = lexicon.words("clauses", "negation", "correlative")
BEFORE_INFINITIVE = lexicon.words("clauses", "markers", "before_infinitive")
# Labels of a clause whose verb may be taken for a noun or an adjective.
HEADING_DEPS = frozenset({"ROOT", "ccomp", "conj", "relcl", "advcl"})
# What a clause is called whose label tells something else.
LINK_OF = {"ROOT": "main", "parataxis": "main", "dep": "main", "amod": "acl"}
# Links of a participle that is passive when it has neither auxiliary nor subject.
PARTICIPIAL = frozenset({"acl", "relcl", "advcl", "conj"})
HOSTS = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})


def is_predicate(tree: Tree, i: int) -> bool:
    """Say whether a token is the head of a clause."""
    if not tree.lower[i].strip("'’-").replace("-", "").isalpha():
        return False  # an address, a sign, a number taken for a verb
    if _ends_compound(tree, i):
        return False
    if tree.pos[i] in VERBS:
        return not _is_verb_in_name(tree, i) and _heads_clause(tree, i)
    # A verb taken for a noun or an adjective has a subject and, mostly, an object.
    if tree.dep[i] in HEADING_DEPS and tree.first(i, "nsubj", "nsubjpass") is not None:
        return tree.first(i, "dobj", "aux", "auxpass") is not None
    return False


def _ends_compound(tree: Tree, i: int) -> bool:
    """Whether a token is the second part of an adjective: "fan-based", "Digi-destined"."""
    return (
        i > 1
        and tree.tag[i - 1] == "HYPH"
        and not tree.doc[i - 2].whitespace_
        and tree.lower[i - 2] not in VERBAL_PREFIXES
    )


def _is_verb_in_name(tree: Tree, i: int) -> bool:
    token = tree.doc[i]
    if tree.dep[i] != "ROOT" and token.ent_iob_ == "I" and token.ent_type_ in TITLE_LABELS:
        return True
    return bool(token.ent_type_ == "PERSON" and token.is_title)


def _heads_clause(tree: Tree, i: int) -> bool:
    """Whether a verb stands where one heads a clause."""
    dep, tag = tree.dep[i], tree.tag[i]
    if dep in ("advcl", "prep") and tree.lower[i] in lexicon.PREPOSITIONAL:
        if tree.first(i, "nsubj", "nsubjpass", "aux", "auxpass", "mark") is None:
            return False  # "given the cost", "following the war"
    if dep in ("acomp", "oprd") and tag in ("VBN", "VBG", "JJ"):
        return False  # "remains blocked"
    if dep in NON_CLAUSAL_DEPS:
        return dep == "amod" and i > tree.head[i] and tag == "VBN"
    if dep in NOMINAL_DEPS:
        return tag == "VBG" and tree.first(i, "dobj", "prep") is not None
    return True


def predicate(tree: Tree, i: int, found: dict[int, Clause]) -> Clause:
    """Give the clause that a token heads, with its place among those found so far, and its words."""
    dep = tree.dep[i]
    governor, host = _governor(tree, i, found)
    link = "gerund" if dep in NOMINAL_DEPS else LINK_OF.get(dep, dep)
    if link == "conj" and host is None and governor is None:
        link = "main"
    clause = Clause(tree, i, link, governor, host)
    _read_words(clause)
    first = clause.words[0]
    clause.finite = tree.tag[first] in FINITE
    clause.passive = clause.passive or _is_passive(clause)
    if dep == "pcomp":
        clause.preposition = tree.lower[tree.head[i]]
    if tree.dep[first] == "aux" and tree.tag[first] == "TO":
        if not clause.marker or clause.marker in BEFORE_INFINITIVE:
            clause.marker = "to"
    return clause


def _governor(tree: Tree, i: int, found: dict[int, Clause]) -> tuple[Clause | None, int | None]:
    """Give the clause above a predicate, and the noun between them if it hangs on one."""
    host = None
    h, below = tree.head[i], i
    while h != below:
        if h in found:
            return found[h], host
        if host is None and tree.dep[below] in ON_NOUNS:
            host = h if tree.pos[h] in HOSTS else None
        if tree.head[h] == h:
            break
        below, h = h, tree.head[h]
    return None, host


def _read_words(clause: Clause) -> None:
    """Find the words that make the verb's form, its negation and the marker before it."""
    tree, i = clause.tree, clause.verb
    words = [i]
    for k in tree.kids[i]:
        dep = tree.dep[k]
        if dep in ("aux", "auxpass", "prt"):
            words.append(k)
            clause.passive = clause.passive or dep == "auxpass"
        elif dep == "nsubjpass":
            clause.passive = True
        else:
            denying = _negation(tree, i, k)
            if denying is not None:
                clause.negated = True
                words += denying
            elif (
                k < i and not clause.marker and (dep == "mark" or (dep == "advmod" and tree.tag[k] == "WRB"))
            ):
                clause.marker = tree.lower[k]
    if tree.dep[i] == "conj" and any(tree.lower[k] == "nor" and k < i for k in tree.kids[tree.head[i]]):
        clause.negated = True
    clause.words = sorted(words)


def _negation(tree: Tree, verb: int, k: int) -> list[int] | None:
    """Give the words of the verb that deny it, none for a word beside it; None where nothing is denied."""
    dep, word = tree.dep[k], tree.lower[k]
    if dep == "neg" and word != "no":
        return [k]
    if word == "nt":
        return []
    if dep == "advmod" and word in lexicon.NEGATIVE_ADVERBS:
        return [k]
    if dep == "advmod" and word == "longer" and k and tree.lower[k - 1] == "no":
        return [k - 1, k]
    if word in CORRELATIVE and k < verb and dep in ("preconj", "cc", "advmod", "neg", "det"):
        return []
    return None


def _is_passive(clause: Clause) -> bool:
    """Whether a verb without an auxiliary of the passive is one all the same."""
    tree, i = clause.tree, clause.verb
    if tree.dep[i] == "amod" or tree.lower[i] == "born":
        return True
    if clause.words[0] != i:
        return False
    if is_regarded(clause):
        return True
    if tree.tag[i] != "VBN":
        return False
    alone = tree.first(i, "nsubj") is None
    if clause.link in PARTICIPIAL and alone and clause.lemma not in lexicon.INTRANSITIVE:
        return True
    return clause.link in ("pcomp", "ccomp") and not alone  # "with thousands killed", "had it repaired"


def is_regarded(clause: Clause) -> bool:
    """ "A saint and venerated as a bishop": who regards something as something else names it."""
    tree, i = clause.tree, clause.verb
    if tree.tag[i] not in ("VBD", "VBN") or clause.lemma not in lexicon.REGARDING:
        return False
    return tree.first(i, "dobj") is None and tree.lower[i + 1 : i + 2] == ["as"]


def own_subjects(clause: Clause, excluded: frozenset[str]) -> list[int]:
    """Give the subjects that stand in the clause itself, without words that are none."""
    tree, i = clause.tree, clause.verb
    own = [k for k in tree.of(i, *SUBJECT_DEPS) if tree.lower[k] not in excluded]
    own = [k for k in own if not in_brackets(tree, k, i)]
    return [c for k in own[-1:] for c in tree.conjuncts(k)]


def in_brackets(tree: Tree, inner: int, verb: int) -> bool:
    """Whether a token stands in brackets that its verb is not in ("Olsen (born 1950, Oslo) is a judge")."""
    low, high = sorted((inner, verb))
    between = tree.lower[low + 1 : high]
    opened, closed = between.count("("), between.count(")")
    return closed > opened if inner < verb else opened > closed
