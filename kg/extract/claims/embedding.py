"""The words that govern a clause, and their class: verbs, predicates, nouns, approximators.

The classes are data (`lexicon/data/en/verbs.toml`); `kg.extract.claims.signs` knows what each makes of the
clause.
"""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.claims.clause import Clause
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

COPULAS = lexicon.words("factuality", "predicates", "copulas")
TURNING = tuple(tuple(phrase.split()) for phrase in lexicon.listed("factuality", "predicates", "turning"))
DOUBTS = lexicon.words("factuality", "predicates", "doubts")
NEGATIVE_DETERMINERS = lexicon.words("factuality", "negation", "determiners")
PHRASES = tuple(tuple(phrase.split()) for phrase in lexicon.listed("factuality", "approximation", "phrases"))
LAST_WORDS = frozenset(phrase[-1] for phrase in PHRASES)
QUANTITIES = lexicon.words("factuality", "approximation", "quantities")
MEASURES = lexicon.words("factuality", "approximation", "measures")
ACHIEVED = lexicon.words("factuality", "approximation", "achieved")
SURE = lexicon.words("factuality", "approximation", "sure")
WEAKENING = lexicon.words("factuality", "approximation", "weakening")
ADDRESSING = lexicon.words("factuality", "predicates", "addressing")
BESIDE_VERBS = frozenset({"advmod", "neg", "npadvmod"})
ADVERBIAL = frozenset({"ADV", "ADP", "ADJ"})
EXPLETIVE = frozenset({"it", "this"})
# Where a class is turned around, what it is then.
TURNED = {"positive": "negative", "proving": "possible", "negative": "positive", "disproving": "possible"}
# The words between a copula and its clause that may be its predicate.
REACH = 6


def verb_class(group: str, clause: Clause) -> str | None:
    """Give the class of a verb in a group of the lexicon, with its particle where the two are one word."""
    tree, lemma = clause.tree, clause.lemma
    for k in tree.kids[clause.verb]:
        if k == clause.verb + 1 and (tree.dep[k] == "prt" or tree.lower[k] in lexicon.PARTICLES):
            found = lexicon.classify(group, f"{lemma}_{tree.lower[k]}")
            if found is not None:
                return found
    return lexicon.classify(group, lemma)


def is_mistaken(clause: Clause) -> bool:
    """Whether an adverb says that what the clause says, thinks or shows is not so: "wrongly claimed that"."""
    tree = clause.tree
    return any(
        lexicon.classify("adverb", tree.lower[k]) == "false"
        for k in tree.kids[clause.verb]
        if tree.dep[k] == "advmod"
    )


def gerund_class(clause: Clause) -> str | None:
    """Give the class of the words before a gerund: "close to", "short of", "failed in"."""
    tree = clause.tree
    prep = tree.head[clause.verb]
    if prep >= clause.verb:
        return None
    for word in (tree.lower[prep - 1] if prep else "", tree.lemma[tree.head[prep]]):
        found = lexicon.classify("gerund", f"{word}_{tree.lower[prep]}")
        if found is not None:
            return found
    return None


def predicate_class(clause: Clause, stop: int | None = None) -> str | None:
    """Give the class of the adjective, noun or phrase that a copula joins, turned by what is before it.

    `stop` is the token at which the clause begins that it is said of.
    """
    tree = clause.tree
    start = _after_copula(clause)
    if start is None:
        return None
    end = min(tree.n, start + REACH) if stop is None else stop
    head = next((a.head for a in clause.objects if a.role == "complement"), None)
    beside = {tree.lower[k] for k in tree.kids[head]} if head is not None else set()
    found = _class_of(tree, head) if head is not None else None
    found = found or _class_of_words(tree, start, end)
    if found is None or beside & NEGATIVE_DETERMINERS:
        return found  # `Factuality.negated` holds the "no"
    return TURNED.get(found, found) if _is_turned(tree, start, end) else found


def _after_copula(clause: Clause) -> int | None:
    """Give the token behind a copula, of one or more words: "proved to be", "turned out"."""
    tree, start = clause.tree, clause.verb + 1
    name = clause.lemma
    if name == "turn" and tree.lower[start : start + 1] == ["out"]:
        name, start = "turn_out", start + 1
    if tree.lower[start : start + 2] == ["to", "be"]:
        start += 2
    return start if name in COPULAS else None


def class_behind(tree: Tree, copula: int) -> str | None:
    """Give the class of the predicate of a copula that was read without its subject."""
    return (
        _class_of_words(tree, copula + 1, min(tree.n, copula + REACH))
        if tree.lemma[copula] in COPULAS
        else None
    )


def _class_of(tree: Tree, i: int) -> str | None:
    return lexicon.classify("predicated", tree.lower[i]) or lexicon.classify("predicated", tree.lemma[i])


def _class_of_words(tree: Tree, start: int, stop: int) -> str | None:
    """Give the class of the first phrase or word that has one."""
    for i in range(start, stop):
        for size in (4, 3, 2):
            if i + size <= stop:
                found = lexicon.classify("predicated", "_".join(tree.lower[i : i + size]))
                if found is not None:
                    return found
        if tree.pos[i] in ("ADJ", "NOUN", "VERB", "ADV"):
            found = _class_of(tree, i)
            if found is not None:
                return found
    return None


def _is_turned(tree: Tree, start: int, stop: int) -> bool:
    """Whether a predicate is turned around by words that deny nothing else: "far from certain"."""
    near = tuple(tree.lower[start:stop])
    return any(near[i : i + len(phrase)] == phrase for phrase in TURNING for i in range(2))


def content_noun(clause: Clause) -> int | None:
    """Give the noun whose content a clause is: "the claim that he left", not "the claim that he made"."""
    tree = clause.tree
    start = _start(clause)
    if start > 1 and tree.lower[start - 1] == "that" and _says(clause, start - 2):
        return start - 2  # wherever the parse hangs it
    if clause.link == "main" and clause.subjects and start < clause.verb and _is_headed(tree, start):
        return start
    if clause.preposition == "about" and clause.finite and clause.host is not None:
        return clause.host if _noun_class(tree, clause.host) is not None else None  # "the story about how"
    if clause.shared_subject or clause.link not in ("acl", "relcl", "ccomp"):
        return None
    return _noun_above(clause)


def _noun_above(clause: Clause) -> int | None:
    """Give the noun that a clause hangs on, if the clause is what it says."""
    tree, i = clause.tree, clause.verb
    noun = clause.host if clause.host is not None else tree.head[i]
    if noun >= i or tree.pos[noun] not in NOUNS:
        return None
    said = (clause.marker == "that" and clause.link != "relcl") or _says(clause, noun)
    return noun if said else None


def _says(clause: Clause, noun: int) -> bool:
    """Whether a noun is one of those that say something, and the clause lacks nothing that it could be."""
    return _noun_class(clause.tree, noun) is not None and not has_gap(clause)


def _is_headed(tree: Tree, start: int) -> bool:
    """Whether a noun that says something was read into a name: "Claims Anna Berg left are false"."""
    word = tree.lower[start]
    if not word.endswith("s") or start + 1 >= tree.n or tree.doc[start].ent_type_:
        return False
    if tree.doc[start + 1].ent_iob_ != "B":
        return False
    return (
        lexicon.classify("content", word.removesuffix("s")) is not None
    )  # taken for a name, it has no lemma


def is_extraposed(clause: Clause, parent: Clause) -> bool:
    """Whether a clause is what "it" stands for, wherever it hangs: "it is out of the question that"."""
    start = _start(clause)
    if not clause.finite or parent.lemma not in COPULAS or clause.tree.lower[start - 1] != "that":
        return False
    expletive = [clause.tree.lower[s] for s in parent.subjects] == ["it"]
    return expletive and parent.verb < start and not has_gap(clause)


def _start(clause: Clause) -> int:
    """Give the token at which a clause's own subject begins, or its verb."""
    tree = clause.tree
    before = [tree.left[s] for s in clause.subjects if s < clause.verb]
    return min(before) if before and not clause.shared_subject else clause.words[0]


def has_gap(clause: Clause) -> bool:
    """Whether a clause on a noun lacks what the noun is: "the story that he told"."""
    if clause.shared_subject or not clause.subjects:
        return True
    if clause.passive or clause.lemma in lexicon.INTRANSITIVE - lexicon.SOMETIMES_TRANSITIVE:
        return False
    if any(not a.shared and clause.tree.tag[a.head] != "WDT" for a in clause.objects):
        return clause.lemma in ADDRESSING
    return any(a.shared for a in (*clause.objects, *clause.adjuncts))


def _noun_class(tree: Tree, noun: int) -> str | None:
    if tree.pos[noun] not in NOUNS:
        return None
    found = lexicon.classify("content", tree.lemma[noun])
    if found is None and tree.dep[noun] == "attr":
        return lexicon.classify("predicated", tree.lemma[noun])  # "it is not the case that"
    return found


def noun_class(tree: Tree, noun: int) -> str | None:
    """Give what a noun says of its content, by its own meaning and by what stands before it."""
    name = lexicon.classify("content", tree.lemma[noun]) or lexicon.classify("noun", tree.lemma[noun])
    if name == "reported" and any(
        lexicon.classify("predicated", tree.lower[k]) in ("negative", "disproving")
        for k in tree.kids[noun]
        if tree.dep[k] == "amod"
    ):
        return "counterfactive"  # "the false claim that"
    return name


def weighing_class(parent: Clause, noun: int, stop: int) -> str | None:
    """Give what the clause around a noun says of the noun's content: "the rumour was baseless", "refuted it".

    `stop` is the token at which the content begins.
    """
    if noun in parent.subjects:
        return _weighed(parent) if parent.passive else predicate_class(parent)
    role = next((a.role for a in parent.objects if a.head == noun), "")
    if role == "object" and not parent.passive:
        return _weighed(parent)
    return _said_of_it(parent, noun, stop) if role == "complement" and noun > parent.verb else None


def _weighed(parent: Clause) -> str | None:
    return None if is_mistaken(parent) else verb_class("weighing", parent)


def _said_of_it(parent: Clause, noun: int, stop: int) -> str | None:
    """Give the class of "it is a lie that", "there is no doubt that"."""
    tree = parent.tree
    there = tree.first(parent.verb, "expl")
    if there is not None and tree.lower[there] == "there":
        return "negative" if tree.lemma[noun] in DOUBTS else None
    if any(tree.lower[s] not in EXPLETIVE for s in parent.subjects):
        return None
    return predicate_class(parent, stop)


def approximation(clause: Clause) -> str | None:
    """Give the class of a word that says of the verb that it was not quite so, or hardly so.

    What measures a number, a frequency or a length of time ("almost 300", "nearly always") is another thing.
    """
    tree, i = clause.tree, clause.verb
    if i and tree.lower[i - 1] in LAST_WORDS and _follows_phrase(tree, i):
        return "approximate"
    for k in tree.kids[i]:
        if tree.dep[k] in BESIDE_VERBS and tree.pos[k] in ADVERBIAL:
            name = _approximates(clause, k)
            if name is not None:
                return name
    return None


def _approximates(clause: Clause, k: int) -> str | None:
    """Give the class of an adverb beside a verb, if it makes the verb less than so."""
    tree, i, word = clause.tree, clause.verb, clause.tree.lower[k]
    if (word == "ever" or word in SURE) and tree.lower[k - 1] in WEAKENING:
        return "scant"  # "hardly ever", "almost certainly"
    name = lexicon.classify("adverb", word)
    if name not in ("approximate", "scant") or _measures(tree, k + 1):
        return None
    if name == "scant":
        return None if clause.lemma in ACHIEVED else name
    before = k < i or (tree.lemma[i] == "be" and k <= i + 2)
    return name if before else None


def _follows_phrase(tree: Tree, i: int) -> bool:
    return any(tuple(tree.lower[max(i - len(phrase), 0) : i]) == phrase for phrase in PHRASES)


def _measures(tree: Tree, i: int) -> bool:
    """Whether a number, a frequency or a measure begins at a token."""
    if i >= tree.n:
        return False
    word = tree.lower[i]
    if word in QUANTITIES or tree.tag[i] in ("CD", "RB", "$", "SYM", "#") or tree.pos[i] == "NUM":
        return True
    if word in ("a", "an", "the") and i + 1 < tree.n:
        noun = tree.lemma[i + 1]
        return noun in MEASURES or noun in lexicon.TIME_NOUNS or tree.tag[i + 1] == "CD"
    return False
