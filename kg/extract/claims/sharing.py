"""What a clause shares with another one: the subject it lacks, auxiliaries, an object, a noun."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract import constructions, lexicon
from kg.extract.claims.clause import Argument, Clause
from kg.extract.claims.predicates import is_regarded
from kg.extract.lexicon.needs import need
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree

OBJECT_CONTROL = lexicon.words("clauses", "prepositions", "object_control")
ADDRESSING = lexicon.words("clauses", "prepositions", "addressing")
BEFORE_BARE = lexicon.words("clauses", "auxiliaries", "before_bare")
OUTCOMES = lexicon.words("clauses", "verbs", "outcomes")
COUNTING = lexicon.words("clauses", "verbs", "counting")
COUNTS = lexicon.words("clauses", "nouns", "counts")
AUXILIARY_DEPS = ("aux", "auxpass")
# Labels of names, and types of nouns, for somebody who can do something.
ACTING_LABELS = frozenset({"PERSON", "ORG", "NORP", "GPE"})
ACTING_TYPES = frozenset({"Person", "Group", "Organization"})


def share_subject(clause: Clause) -> None:
    """Find the subject that a clause without one shares with another."""
    share = _SHARERS.get(clause.link)
    if share is not None and clause.parent is not None:
        share(clause, clause.parent)


def _conjoined(clause: Clause, parent: Clause) -> None:
    if clause.tree.head[clause.verb] != parent.verb or _mismatched(clause, parent):
        return
    clause.subjects, clause.shared_subject = list(parent.subjects), parent.shared_subject or "conj"
    clause.host = parent.host if clause.host is None else clause.host
    _share_auxiliaries(clause, parent)


def _mismatched(clause: Clause, parent: Clause) -> bool:
    """Whether a bare verb is joined to a finite one: "who is responsible and ask him" is misread."""
    tree = clause.tree
    if tree.tag[clause.verb] not in ("VB", "VBP") or clause.words[0] != clause.verb:
        return False
    before = [k for k in parent.words if k <= parent.verb]
    return tree.tag[before[0]] == "VBZ" and tree.lower[before[0]] not in BEFORE_BARE


def _infinitive(clause: Clause, parent: Clause) -> None:
    """Give an infinitive under a verb the verb's object, or its subject."""
    tree, governor = clause.tree, clause.tree.head[clause.verb]
    if (
        tree.pos[governor] == "ADJ"
        and tree.dep[governor] == "amod"
        and tree.pos[tree.head[governor]] in NOUNS
    ):
        clause.subjects, clause.shared_subject = (
            [tree.head[governor]],
            "subject",
        )  # "Johann, unable to bear it"
        return
    controlled = parent.held()
    if not controlled and any(tree.pos[k] == "ADJ" for k in tree.of(governor, "ccomp", "oprd")):
        return  # "makes difficult to assess them": somebody else assesses them
    if not controlled and lexicon.classify("to", parent.lemma) == "requested":
        # "called on the mayor to resign"
        controlled = [a.head for a in parent.adjuncts if a.role in ADDRESSING]
    if controlled and parent.lemma not in lexicon.SUBJECT_CONTROL and not parent.passive:
        clause.subjects, clause.shared_subject = controlled, "object"
    else:
        clause.subjects, clause.shared_subject = list(parent.subjects), "subject"


def _complement(clause: Clause, parent: Clause) -> None:
    if clause.tree.tag[clause.verb] in ("VB", "VBG", "VBN"):
        clause.subjects, clause.shared_subject = list(parent.subjects), "ccomp"


def _adverbial(clause: Clause, parent: Clause) -> None:
    """Give a participle or an infinitive beside a clause the clause's subject, or the event it tells of."""
    if clause.lemma in lexicon.RESULTS:
        if parent.link == "pcomp" and parent.parent:
            # "…, with thousands killed, prompting calls": the whole prompts them.
            parent = parent.parent
        if _share_event(clause, parent):
            return
    if _tells_outcome(clause) and any(acts(clause.tree, s) for s in parent.subjects):
        return  # "he died on Monday, raising the number of dead to eight": his death does
    if clause.marker == "as":
        return  # "as defined by the court": the thing is named in the clause before, but where?
    if clause.finite and clause.marker != "to":
        return  # a finite adverbial clause has a subject of its own, which the parse has lost
    unknown = parent.passive and clause.marker == "to"
    clause.subjects, clause.shared_subject = [] if unknown else list(parent.subjects), "advcl"


def _is_one_with_verb(tree: Tree, i: int) -> bool:
    """Whether an object is one verb with its verb, and no event of its own: "opened fire"."""
    return tree.tag[i] == "NN" and not tree.kids[i]


def _share_event(clause: Clause, parent: Clause) -> bool:
    """Give a participle the event above it: "launched an attack, leading to war"; whether there is one."""
    events = [
        a.head
        for a in parent.objects
        if nominal_type(clause.tree.doc[a.head])[0] == "Event" and not _is_one_with_verb(clause.tree, a.head)
    ]
    if not events or clause.tree.tag[clause.verb] != "VBG" or clause.marker:
        return False
    clause.subjects, clause.shared_subject = events, "event"
    return True


def _tells_outcome(clause: Clause) -> bool:
    """Whether a participle tells what came of all that stands before: no person results in anything."""
    tree = clause.tree
    if tree.tag[clause.verb] != "VBG" or clause.marker:
        return False
    counted = any(tree.lemma[k] in COUNTS for k in tree.of(clause.verb, "dobj"))
    return clause.lemma in OUTCOMES or (clause.lemma in COUNTING and counted)


def _gerund(clause: Clause, parent: Clause) -> None:
    """Give a gerund under a preposition the possessor of its noun, the verb's object, or its subject."""
    tree, host = clause.tree, clause.host
    if host is not None and _is_of_verb(clause, parent, host):
        clause.host = None
    elif host is not None and tree.dep[host] != "ROOT":
        # "the idea of selling": the noun, not the clause, governs; its possessor may sell.
        owner = constructions.owner(tree, host)
        clause.subjects, clause.shared_subject = [] if owner is None else [owner], "owner"
        return
    held = _controllers(clause, parent)
    if clause.preposition == "as" and not parent.passive and not held:
        return
    prep = tree.head[clause.verb]
    behind = tree.head[prep] in (parent.verb, host) and prep > parent.verb
    if held and behind and clause.preposition in OBJECT_CONTROL and not parent.passive:
        # "accused them of lying", "kept him from leaving"
        clause.subjects, clause.shared_subject = held, "object"
    else:
        clause.subjects, clause.shared_subject = list(parent.subjects), "pcomp"


def _is_of_verb(clause: Clause, parent: Clause, host: int) -> bool:
    """Whether a gerund that was read on a noun is the verb's: "accused the minister of lying"."""
    if host not in parent.held() or parent.passive or parent.link == "acl":
        return False
    wanted = need("v", parent.lemma)
    return wanted.number > 1 and clause.preposition in wanted.markers


def _controllers(clause: Clause, parent: Clause) -> list[int]:
    """Give the objects that may do what a gerund says; praise "for helping" does not help."""
    held = [a.head for a in parent.objects if a.role == "object" and not a.shared]
    if clause.preposition == "for" and not any(acts(clause.tree, h) for h in held):
        return []
    return held


_SHARERS: Mapping[str, Callable[[Clause, Clause], None]] = {
    "conj": _conjoined,
    "xcomp": _infinitive,
    "ccomp": _complement,
    "advcl": _adverbial,
    "pcomp": _gerund,
}


def acts(tree: Tree, i: int) -> bool:
    """Whether a noun phrase stands for somebody who can do something."""
    if tree.tag[i] == "PRP" or tree.doc[i].ent_type_ in ACTING_LABELS:
        return True
    return nominal_type(tree.doc[i])[0] in ACTING_TYPES


def _share_auxiliaries(clause: Clause, parent: Clause) -> None:
    """Let a conjoined verb without auxiliaries take those of the first, if its form asks for them."""
    tree, first_tag = clause.tree, clause.tree.tag[parent.verb]
    if any(tree.dep[k] in AUXILIARY_DEPS for k in clause.words):
        return
    if clause.lemma in lexicon.INTRANSITIVE:
        clause.passive = False
        return
    before = _before_verb(parent)
    tag = "VBN" if _is_participle(clause, parent) else tree.tag[clause.verb]
    if not before:
        clause.passive = is_regarded(clause) or (parent.passive and tag == "VBN" and first_tag == "VBN")
    elif _is_of_form(tag, first_tag):
        clause.words = sorted({*before, *clause.words})
        clause.passive = parent.passive
        if parent.marker == "to" and not clause.marker:
            clause.marker = "to"
        clause.finite = parent.finite
        clause.negated = clause.negated or parent.negated


def _before_verb(clause: Clause) -> list[int]:
    """Give the auxiliaries and negations before a verb."""
    return [k for k in clause.words if k < clause.verb and clause.tree.dep[k] in (*AUXILIARY_DEPS, "neg")]


def _is_participle(clause: Clause, parent: Clause) -> bool:
    """Whether a past form is joined to a passive: "was born in Lagos and raised in Leeds"."""
    tree, i = clause.tree, clause.verb
    if not parent.passive or tree.tag[i] != "VBD" or clause.objects or clause.clauses:
        return False
    return tree.lower[i].endswith("ed") or tree.lower[i] in lexicon.SAME_PARTICIPLE


def _is_of_form(tag: str, first: str) -> bool:
    """Whether a verb has the form of the first, as their tags tell."""
    if (tag, first) in {("VBN", "VBD"), ("VB", "VBP"), ("VBP", "VB")}:
        return True
    return tag == first and tag in ("VB", "VBN", "VBG", "VBP")


def share_objects(clause: Clause) -> None:
    """Let the first of two joined verbs have the object that follows the second ("buy and sell shares")."""
    parent = clause.parent
    if clause.link != "conj" or parent is None or parent.objects or parent.adjuncts or parent.clauses:
        return
    if clause.shared_subject == "conj":
        _share_stranded(clause, parent)
    if clause.lemma in lexicon.SUPPORT or not clause.objects:
        return  # "met and formed a friendship": the object is part of what the second says
    if parent.passive or parent.lemma in lexicon.INTRANSITIVE or not _is_joined(clause, parent):
        return
    parent.objects = [Argument(a.head, a.role, a.preps, shared=True) for a in clause.objects]


def _is_joined(clause: Clause, parent: Clause) -> bool:
    """Whether two verbs of one form have nothing but a conjunction between them."""
    tree = clause.tree
    if clause.verb - parent.verb != 2 or tree.pos[clause.verb - 1] != "CCONJ":
        return False
    return tree.tag[clause.verb] == tree.tag[parent.verb]


def _share_stranded(clause: Clause, parent: Clause) -> None:
    """Let a bare preposition have the noun that follows the second: "is owned by and based at the school"."""
    tree = clause.tree
    first = next((a for a in clause.adjuncts if a.preps and not a.shared), None)
    for p in tree.of(parent.verb, "agent", "prep"):
        if first is not None and not tree.kids[p] and parent.verb < p < clause.verb:
            role = "by-agent" if tree.dep[p] == "agent" else tree.lower[p]
            parent.loose.append(Argument(first.head, role, (p,), shared=True))
