"""Clauses on a noun: which part of the clause the noun is, where it has a pronoun, a gap or no subject."""

from __future__ import annotations

from kg.extract import constructions, lexicon
from kg.extract.claims.clause import Argument, Clause
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOMINALS, RELATIVE_TAGS, SUBJECT_DEPS, TIME_LABELS
from kg.extract.parse.tree import Tree

# Labels of names of what is no event.
BODIES = frozenset({"PERSON", "ORG", "GPE", "FAC", "NORP", "LOC"})

# Forms of verbs that tell of several, and words for what all of them do.
OF_SEVERAL = frozenset({"are", "were", "have"})
TOGETHER = lexicon.words("clauses", "picking", "together")

EMPTY_PRONOUNS = lexicon.words("clauses", "pronouns", "empty")
HAPPENING = lexicon.words("clauses", "picking", "happening")
PICKING = lexicon.words("clauses", "picking", "ordinals")
ADDRESSING_VERBS = lexicon.words("factuality", "predicates", "addressing")


def fill_from_host(clause: Clause, host: int) -> None:
    """Give a relative or participial clause without a subject its noun as subject."""
    clause.subjects = _antecedents(clause.tree, host, clause.verb)
    clause.shared_subject = "host"
    if clause.marker == "to":
        _fill_infinitive(clause, host)
    parent = clause.parent
    if clause.lemma == "use" and clause.tree.tag[clause.verb] == "VBG" and parent is not None:
        # "built nests using clay": the builder uses it.
        if any(a.head == host for a in parent.objects) and not parent.passive:
            clause.subjects, clause.shared_subject = list(parent.subjects), "advcl"


def _fill_infinitive(clause: Clause, host: int) -> None:
    """Give the infinitive on a noun the one whose plan, attempt or chance it is."""
    tree, parent = clause.tree, clause.parent
    if any(tree.tag[k] in RELATIVE_TAGS for k in tree.subtree(clause.verb) if k < clause.verb):
        clause.subjects = []  # "photographs from which to learn"
        return
    if lexicon.classify("noun", tree.lemma[host]) is None:
        picked = any(tree.lower[k] in PICKING for k in tree.kids[host])
        if not picked and tree.dep[host] != "attr":
            clause.subjects = []  # "a book to read"
        return
    owner = constructions.owner(tree, host)
    if owner is not None and tree.tag[owner] != "WP$":
        clause.subjects, clause.shared_subject = tree.conjuncts(owner), "owner"
    elif parent is not None and parent.lemma in lexicon.HOLDING and not parent.passive:
        if any(a.head == host for a in parent.objects):
            clause.subjects, clause.shared_subject = list(parent.subjects), "owner"


def _antecedents(tree: Tree, host: int, verb: int) -> list[int]:
    """Give the nouns that a relative clause is about: its noun, or what that noun is said to be."""
    above = tree.head[host]
    if tree.dep[host] == "attr" and tree.lemma[above] == "be":
        # "Anna is a judge who lives in Bergen": Anna lives there; "the judge is Anna, who": so does she here.
        own = tree.first(above, "nsubj")
        named = own is not None and tree.pos[host] == "PROPN" and tree.pos[own] == "NOUN"
        if own is not None and tree.lower[own] not in EMPTY_PRONOUNS and not _is_part_of(tree, own, host):
            return [host] if named else tree.conjuncts(own)
    return _whole_list(tree, host, verb) or [_named(tree, host)]


def _whole_list(tree: Tree, host: int, verb: int) -> list[int]:
    """Give a list of persons if a clause behind it tells of all: "Ida and Jan Ek, who were born in Lorn"."""
    first = host
    while tree.dep[first] == "conj" and tree.pos[tree.head[first]] in NOMINALS:
        first = tree.head[first]
    listed = tree.conjuncts(first)
    who = next((k for k in tree.of(verb, "nsubj", "nsubjpass") if tree.lower[k] == "who"), None)
    if len(listed) < 2 or host not in listed or who is None or who < listed[-1]:
        return []
    said = {tree.lower[k] for k in (verb, *tree.of(verb, "aux", "auxpass"))}
    beside = {tree.lower[k] for k in (*tree.kids[verb], *tree.kids[who])}
    return [] if said.isdisjoint(OF_SEVERAL) and beside.isdisjoint(TOGETHER) else listed


def _named(tree: Tree, host: int) -> int:
    """Give the name that a noun only renames: "Corto, a chain she had founded"."""
    above = tree.head[host]
    if constructions.renames(tree, host) and tree.pos[above] == "PROPN" and not _tells_of_clause(tree, host):
        return above
    return host


def _is_part_of(tree: Tree, own: int, host: int) -> bool:
    """Whether what one thing is said to be are several: "one side is scenes made by students"."""
    several = tree.tag[host] == "NNS" and tree.first(host, "conj") is None
    return (
        several and tree.tag[own] == "NN" and nominal_type(tree.doc[own])[0] not in ("Group", "Organization")
    )


def _tells_of_clause(tree: Tree, host: int) -> bool:
    """Whether what stands behind a name says what happened: "the Holm Institute, a raid ordered by"."""
    if tree.doc[tree.head[host]].ent_type_ not in BODIES:
        return False
    return tree.lemma[host] in HAPPENING or nominal_type(tree.doc[host])[0] == "Event"


def relativise(clause: Clause, host: int) -> None:
    """Put the noun that a relative clause is about where the clause has a pronoun or a gap."""
    tree, i = clause.tree, clause.verb
    if _is_content(clause, host):
        clause.marker = "that"
        return
    host = _named(tree, host)
    for k in tree.subtree(i):
        if k < i and tree.tag[k] in RELATIVE_TAGS and _stands_for(clause, host, k):
            return
    _fill_gap(clause, host)


def _is_content(clause: Clause, host: int) -> bool:
    """Whether a clause taken for a relative one says what a noun says: "the rumour that he killed her".

    The pronoun is then the conjunction, and nothing of the clause.
    """
    tree, i = clause.tree, clause.verb
    subject = next(reversed(tree.of(i, *SUBJECT_DEPS)), None)
    that = host + 1
    if subject is None or lexicon.classify("content", tree.lemma[host]) is None:
        return False
    if tree.lower[that] != "that" or tree.left[subject] != that + 1:
        return False
    own = [a for a in clause.objects if a.head != that]
    whole = clause.passive or clause.lemma in lexicon.INTRANSITIVE - lexicon.SOMETIMES_TRANSITIVE
    if not (own or whole) or clause.lemma in ADDRESSING_VERBS:
        return False
    clause.objects = own
    clause.adjuncts = [a for a in clause.adjuncts if a.head != that]
    return True


def _stands_for(clause: Clause, host: int, pronoun: int) -> bool:
    """Put the noun where the pronoun stands; say whether the pronoun tells all there is to tell."""
    tree, dep = clause.tree, clause.tree.dep[pronoun]
    if tree.tag[pronoun] == "WRB":
        _relativise_adverb(clause, host, tree.lower[pronoun])
        return True
    if dep in SUBJECT_DEPS and tree.head[pronoun] == clause.verb:
        if not _is_sentential(clause, host, pronoun):
            clause.subjects = _antecedents(tree, host, clause.verb)
            clause.shared_subject = "host"
        return True
    for argument in (*clause.objects, *clause.adjuncts):
        if argument.head == pronoun:
            argument.head, argument.shared = host, True
            return True
    return tree.tag[pronoun] == "WP$" or dep == "pobj"


def _relativise_adverb(clause: Clause, host: int, word: str) -> None:
    """Make the noun the place or time of a clause with "where" or "when", or the clause an adverbial one."""
    tree = clause.tree
    if word == "where":
        host = _place_before(tree, host)
        clause.adjuncts.append(Argument(host, "in", (), shared=True))
    elif word == "when" and (
        tree.doc[host].ent_type_ in TIME_LABELS or tree.lemma[host] in lexicon.TIME_NOUNS
    ):
        clause.adjuncts.append(Argument(host, "time", (), shared=True))
    else:
        clause.link, clause.marker, clause.host = "advcl", word, None


def _place_before(tree: Tree, host: int) -> int:
    """Give the place that "where" stands for, which the parser takes to be the time behind it.

    "Moved to Ulm in 1990, where he died": it is not 1990.
    """
    prep = tree.head[host]
    if tree.doc[host].ent_type_ not in TIME_LABELS or tree.dep[host] != "pobj":
        return host
    places = [p for p in tree.of(tree.head[prep], "prep") if p < prep and tree.lower[p] in ("in", "to", "at")]
    inner = tree.first(places[-1], "pobj") if places else None
    return host if inner is None else inner


def _is_sentential(clause: Clause, host: int, pronoun: int) -> bool:
    """Whether "which" is what was told: "was signed in 1920, which annoyed him", not the year or the bill."""
    tree, above = clause.tree, clause.parent
    if tree.lower[pronoun] != "which":
        return False
    beyond = above is not None and host < above.verb < pronoun
    return beyond or tree.doc[host].ent_type_ in TIME_LABELS


def _fill_gap(clause: Clause, host: int) -> None:
    """Put the noun under a preposition that has none, or as object of a verb that needs one."""
    tree, i = clause.tree, clause.verb
    for p in tree.of(i, "prep"):
        if not tree.kids[p]:
            clause.adjuncts.append(Argument(host, tree.lower[p], (p,), shared=True))
            return
    if tree.lemma[host] in lexicon.ADVERBIAL_HOSTS:
        clause.adjuncts.append(Argument(host, "time", (), shared=True))
    elif _lacks_object(clause):
        clause.objects.append(Argument(host, "object", shared=True))


def _lacks_object(clause: Clause) -> bool:
    tree, i = clause.tree, clause.verb
    if clause.passive or clause.clauses or clause.objects or tree.first(i, "xcomp") is not None:
        return False
    if clause.lemma in lexicon.INTRANSITIVE and clause.lemma not in lexicon.SOMETIMES_TRANSITIVE:
        return False
    return tree.pos[tree.left[i] - 1] not in ("ADV", "PUNCT")  # "everywhere he travels"
