"""What the text states as so, and what it denies, plans, asks, supposes or lets somebody say.

Each clause gets a `Factuality` from its own words and from what governs it, outermost first. The words are
data (`lexicon/data/en`); the functions here say how they combine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace

from kg.extract import constructions, lexicon
from kg.extract.claims import embedding
from kg.extract.claims.attribution import Quotes, source_beside
from kg.extract.claims.clause import Clause
from kg.extract.claims.commands import commands
from kg.extract.claims.signs import MODALITIES, PLAIN, Factuality, compose
from kg.extract.lexicon.sets import RELATIVE_TAGS, TIME_LABELS
from kg.extract.parse.tree import Tree
from kg.model import Modality

__all__ = ["MODALITIES", "PLAIN", "Factuality", "assign", "is_contrasted"]

ACHIEVING = lexicon.words("clauses", "picking", "achieving")
NEGATIVE_ARGUMENTS = lexicon.words("factuality", "negation", "arguments")
NEGATIVE_DETERMINERS = lexicon.words("factuality", "negation", "determiners")
DENYING_PHRASES = lexicon.words("factuality", "negation", "phrases")
BEFORE_ARGUMENT = lexicon.words("factuality", "negation", "before_argument")
FEW = lexicon.words("factuality", "negation", "few")
ASKING_MARKERS = lexicon.words("factuality", "markers", "asking")
ASKING_VERBS = lexicon.words("factuality", "verbs", "asking")
CIRCUMSTANCE_MARKERS = lexicon.words("factuality", "markers", "circumstance")
CONDITION = lexicon.words("factuality", "markers", "condition")
NO_CONDITION = lexicon.words("factuality", "markers", "no_condition")
TIME_MARKERS = lexicon.words("factuality", "markers", "time")
OPEN_PARTICIPLE = lexicon.words("factuality", "markers", "open_participle")
UNFULFILLED = lexicon.listed("factuality", "markers", "unfulfilled")
UNREAL = lexicon.words("factuality", "markers", "unreal")
DENYING = lexicon.words("factuality", "prepositions", "denying")
AIMING = lexicon.words("factuality", "prepositions", "aiming")
OPEN = lexicon.words("factuality", "prepositions", "open")
OF_GUILT = lexicon.words("factuality", "prepositions", "of_guilt")
ATTITUDES = lexicon.words("factuality", "verbs", "attitudes")
FUTURE = lexicon.words("factuality", "nouns", "ahead")
TROUBLE = lexicon.words("factuality", "nouns", "trouble")
# Verbs with "on" or "back".
GOING_ON = lexicon.words("factuality", "markers", "going_on")
KNOWN = lexicon.words("factuality", "nouns", "known")
PRESENT = frozenset({"VBZ", "VBP"})
COMING = lexicon.words("factuality", "markers", "coming")
PERFECT = lexicon.words("clauses", "auxiliaries", "perfect")
# Of what lies ahead, and may speak of things that have a past.
AHEAD: frozenset[Modality] = frozenset({"Planned", "Requested", "Wished", "Possible"})
# The classes that may leave a clause to whoever says it.
SPEAKING = frozenset({"reported", "disputed"})
GUILT_VERBS = lexicon.words("factuality", "verbs", "of_guilt")


def assign(tree: Tree, clauses: list[Clause]) -> dict[int, Factuality]:
    """Give the status of each clause of a block under the token of its verb."""
    found: dict[int, Factuality] = {}
    # What governs each clause, without the clause's own words.
    outer: dict[int, Factuality] = {}
    quotes = Quotes(tree, clauses)
    for clause in clauses:
        outer[clause.verb] = _inherited(clause, found, outer)
        found[clause.verb] = _own(clause, outer[clause.verb], quotes)
    return found


def _inherited(clause: Clause, found: dict[int, Factuality], outer: dict[int, Factuality]) -> Factuality:
    """What a clause takes over from its governor."""
    parent, link = clause.parent, clause.link
    if parent is not None and embedding.is_extraposed(clause, parent):
        above = found[parent.verb]
        name = embedding.predicate_class(parent, clause.tree.left[clause.verb])
        if name is not None and above.modality != "Questioned":
            return _effect(name, parent, above)
    noun = embedding.content_noun(clause)
    if noun is not None and clause.marker != "to":
        return _of_content(clause, noun, found)
    if parent is None:
        return _without_governor(clause)
    above = found[parent.verb]
    if link == "main":
        return outer[parent.verb]  # beside its governor, not under it: "…, residents say, …"
    if link == "conj":
        return _conjoined(clause, parent, above, outer)
    if link in ("relcl", "acl", "gerund") or (clause.host and link in ("pcomp", "advcl", "ccomp")):
        return _adnominal(clause, parent, above)
    inherit = _INHERIT.get(link)
    return above if inherit is None else inherit(clause, parent, above)


def _without_governor(clause: Clause) -> Factuality:
    if clause.marker == "to" and not clause.finite:
        return Factuality(modality="Planned")
    start = clause.tree.doc[clause.verb].sent.start
    if tuple(clause.tree.lower[start : start + 2]) == UNFULFILLED:
        return Factuality(modality="Wished")
    if _is_unreal(clause):
        return Factuality(modality="Conditional")  # of "talks as though he owned it" the verb was not read
    return _as_subject(clause) or PLAIN


def _as_subject(clause: Clause) -> Factuality | None:
    """Give how a main clause stands of which a copula beside it says something.

    "That he left is false", "it is false he left": the copula was read as what hangs below.
    """
    tree = clause.tree
    if not clause.subjects:
        return None
    start, first = tree.doc[clause.verb].sent.start, tree.left[clause.subjects[0]]
    headed = tree.lower[start] == "that" and first in (start, start + 1)
    for k in tree.of(clause.verb, "ccomp", "parataxis"):
        subject = tree.first(k, "nsubj", "expl")
        behind = headed and k > clause.verb and subject is None
        before = subject is not None and tree.lower[subject] == "it" and tree.right[k] == first - 1
        if behind or before:
            name = embedding.class_behind(tree, k)
            return None if name is None else compose(name, PLAIN)
    return None


def _complement(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """A clause that says what is said, known, asked or so."""
    if clause.marker in ASKING_MARKERS or _is_indirect_question(clause):
        return replace(_effect("reported", parent, above, that=True), modality="Questioned")
    predicated = _predicated(clause, parent, above)
    if predicated is not None:
        return predicated
    if not clause.finite and clause.marker in ("", "to") and clause.subjects:
        return _infinitive(clause, parent, above)  # "helped the girls enter"
    if clause.marker in CIRCUMSTANCE_MARKERS:
        return _effect("factive", parent, above)  # why something is so is asked of what is so
    return _of_verb(embedding.verb_class("that", parent) or "reported", parent, above, that=True)


def _of_verb(name: str, parent: Clause, above: Factuality, *, that: bool = False) -> Factuality:
    """Combine a verb's class with its clause: "nobody denies that", "wrongly claimed that"."""
    if name == "disputed" and not any(parent.tree.lower[s] in NEGATIVE_ARGUMENTS for s in parent.subjects):
        name = "reported"
    if embedding.is_mistaken(parent) and name in ("reported", "factive", "proving"):
        held = _effect(name, parent, above, that=that)
        return replace(held, negated=True)
    return _effect(name, parent, above, that=that)


def _predicated(clause: Clause, parent: Clause, above: Factuality) -> Factuality | None:
    """A clause beside a copula, of which an adjective or a noun is said."""
    copula = parent.lemma == "be"
    if copula and above.modality == "Questioned":
        return above  # "Is this how they work?"
    if not clause.finite:
        return _effect(_infinitival(clause, parent), parent, above) if copula else None
    name = _class_of_predicate(clause, parent)
    if name is None and copula:
        name = _class_beside_copula(clause, parent)
    return None if name is None else _effect(name, parent, above)


def _class_of_predicate(clause: Clause, parent: Clause) -> str | None:
    """Give the class of what is said of a clause: "it is false that", "she is sure that"."""
    tree = clause.tree
    if clause.marker not in ("that", ""):
        return None
    name = embedding.predicate_class(parent, max(parent.verb + 1, tree.left[clause.verb]))
    if _is_of_it(parent):
        return name
    if name in ("proving", "positive"):
        return "reported"  # somebody is sure of it
    complement = _complement_of(parent)
    return name if complement is None or tree.pos[complement] == "ADJ" else None


def _class_beside_copula(clause: Clause, parent: Clause) -> str | None:
    """Give the class of a predicate that no list holds, or of the noun that a clause is said to be."""
    complement = _complement_of(parent)
    if _is_of_it(parent) and parent.subjects:
        return "factive" if _is_cleft(parent, complement) else "possible"
    if complement is not None and clause.tree.pos[complement] == "ADJ":
        return "possible"
    if not parent.subjects:
        return None
    # "the problem is that …" holds it for so, "the claim is that …" does not.
    noun = embedding.noun_class(clause.tree, parent.subjects[0])
    return noun if noun in ("reported", "wished", "counterfactive") else "factive"


def _is_cleft(parent: Clause, complement: int | None) -> bool:
    """Whether a copula only brings forward when or where something was: "it was in 1990 that"."""
    if complement is None:
        return bool(parent.adjuncts)
    tree = parent.tree
    return tree.doc[complement].ent_type_ in TIME_LABELS or tree.pos[complement] == "PROPN"


def _complement_of(clause: Clause) -> int | None:
    return next((a.head for a in clause.objects if a.role == "complement"), None)


def _clausal_subject(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    if not clause.finite:
        return Factuality(modality="Possible")
    name = embedding.predicate_class(parent)
    return above if name is None else compose(name, above)


def _infinitival(clause: Clause, parent: Clause) -> str:
    """Give the class of what is said of an infinitive or a gerund beside a copula."""
    complement = _complement_of(parent)
    if complement is not None and clause.tree.pos[complement] == "ADJ":
        return lexicon.classify("adjective", clause.tree.lemma[complement]) or "possible"
    return "possible"


def _is_of_it(parent: Clause) -> bool:
    """Whether nobody is said to be sure or glad: "it is clear that", "clear is that"."""
    return all(parent.tree.lower[s] in embedding.EXPLETIVE for s in parent.subjects)


def _conjoined(clause: Clause, parent: Clause, above: Factuality, outer: dict[int, Factuality]) -> Factuality:
    if clause.tree.tag[clause.verb] in ("VB", "VBN", "VBG") and set(clause.words) & set(parent.words):
        # `Clause.negated` already holds the negation that stands before both verbs.
        return replace(above, negated=outer[parent.verb].negated)
    # A second verb with words of its own shares what governs the first, not its modal or negation.
    return outer[parent.verb]


def _effect(name: str, parent: Clause, above: Factuality, *, that: bool = False) -> Factuality:
    """Combine the class of a governing word with the status of its clause."""
    return compose(name, above, _speaker(parent, above) if name in SPEAKING else None, that=that)


def _speaker(parent: Clause, above: Factuality) -> int | None:
    """Give who says what a verb governs: its subject, or the agent of a passive."""
    agent = parent.agent() if parent.passive else None
    if agent is not None:
        return agent.head
    it = bool(parent.subjects) and parent.tree.lower[parent.subjects[0]] == "it"
    if not parent.subjects or parent.passive or (it and parent.lemma not in lexicon.SAYING):
        return above.source  # "it appears that …": nobody says so
    return parent.subjects[0]


def _infinitive(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    tree = clause.tree
    governor = tree.head[clause.verb]
    if tree.pos[governor] == "ADJ":
        if any(tree.lower[k] == "too" and k < governor for k in tree.kids[governor]):
            return _effect("negative", parent, above)  # "too proud to sell"
        name = lexicon.classify("adjective", tree.lemma[governor]) or "possible"
        return _effect(name, parent, above)
    if parent.lemma == "be":
        return replace(above, modality=above.modality or "Planned")
    if parent.passive and parent.lemma == "use":
        return replace(above, modality="Planned")
    return _of_verb(_class_of_infinitive(clause, parent), parent, above)


def _class_of_infinitive(clause: Clause, parent: Clause) -> str:
    """Give the class of a verb before an infinitive; "have to", "stop to" and "going to" have their own."""
    if clause.marker == "to" and parent.lemma == "have":
        return "requested"
    if clause.marker == "to" and parent.lemma == "stop":
        return "planned"
    if _goes_on(parent) or _takes_time(parent):
        return "positive"
    if parent.lemma == "go" and parent.tree.tag[parent.verb] == "VBG":
        return "planned"
    return embedding.verb_class("to", parent) or ("planned" if clause.marker == "to" else "positive")


def _goes_on(parent: Clause) -> bool:
    """ "Went on to open a school", "came from behind to win"."""
    tree, kids = parent.tree, parent.tree.kids[parent.verb]
    behind = any(tree.lower[k] == "from" and tree.lower[k + 1 : k + 2] == ["behind"] for k in kids)
    return (parent.lemma == "come" and behind) or (
        parent.lemma in GOING_ON and any(tree.lower[k] in ("on", "back") for k in kids)
    )


def _tells_all(clause: Clause, parent: Clause) -> bool:
    """Whether an infinitive tells what came about: "went on to win", "took an hour to win"."""
    return _goes_on(parent) or _takes_time(parent) or _comes_to(clause, parent)


def _comes_to(clause: Clause, parent: Clause) -> bool:
    """ "Came to believe it": so one thinks since then; who "came to help" only may."""
    return parent.lemma == "come" and clause.lemma in ATTITUDES


def _takes_time(parent: Clause) -> bool:
    """ "Took less than three hours to convict him"."""
    tree = parent.tree
    spent = tree.of(parent.verb, "dobj", "npadvmod", "dative") if parent.lemma in lexicon.TAKING else ()
    return any(tree.lemma[k] in lexicon.TIME_NOUNS for k in spent)


def _after_preposition(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """After a preposition: "by selling" is as much so as the main clause, "without selling" is not."""
    word = clause.preposition
    if clause.marker == "whether":
        return replace(above, negated=False, modality="Questioned")  # "disagree on whether she left"
    if word in OPEN_PARTICIPLE and clause.tree.tag[clause.verb] in ("VBN", "VBD"):
        return replace(above, negated=False, modality="Conditional")  # "until proven guilty"
    name = embedding.gerund_class(clause)
    if name is not None:
        return _effect(name, parent, above)
    if word in DENYING:
        return replace(above, negated=True)
    if embedding.is_mistaken(parent):
        return replace(above, negated=True)  # "wrongly credited with founding"
    if word == "from":
        return _kept_from(clause, parent, above)
    if parent.lemma in GUILT_VERBS and word in OF_GUILT:
        return _effect("reported", parent, above)
    if word in AIMING:
        name = lexicon.classify("intensional", parent.lemma)
        return _effect(name or ("possible" if word in OPEN else "positive"), parent, above)
    return replace(above, negated=False)


def _kept_from(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """ "Kept him from leaving", "refrained from leaving"; "earned a living from selling" is so."""
    if clause.shared_subject == "object":
        return replace(above, negated=True)
    if lexicon.classify("to", parent.lemma) in ("negative", "possible"):
        return replace(above, negated=not above.negated)
    return above


def _adnominal(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """Clauses that hang on a noun: as much so as the noun is there, and by its own meaning."""
    host = clause.host
    if host is None:
        return Factuality(modality="Possible") if clause.link == "gerund" else replace(above, negated=False)
    if clause.marker == "to" or clause.link in ("pcomp", "ccomp"):
        return _of_noun(clause, host, parent, above)
    return _about_noun(clause, host, parent, above)


def _of_content(clause: Clause, noun: int, found: dict[int, Factuality]) -> Factuality:
    """What a noun says ("the claim that he left"), as the noun and what is said of it tell."""
    tree, parent = clause.tree, clause.parent
    above = PLAIN if parent is None else found[parent.verb]
    name = embedding.noun_class(tree, noun)
    weighed = None
    if parent is not None:
        weighed = embedding.weighing_class(parent, noun, tree.left[clause.verb])
    if weighed is not None and not (name == "factive" and weighed != "negative"):
        return compose(weighed, above, constructions.owner(tree, noun))
    if name in ("factive", "counterfactive"):
        return compose(name, above)
    return Factuality(
        modality=MODALITIES.get(name or ""), source=constructions.owner(tree, noun), reported=True
    )


def _of_noun(clause: Clause, host: int, parent: Clause, above: Factuality) -> Factuality:
    """What a noun says, plans or makes possible: "the claim that he left", "plans to sell"."""
    tree = clause.tree
    name = lexicon.classify("noun", tree.lemma[host])
    if name is None and clause.marker == "to":
        achieved = tree.tag[host] == "JJ" or any(tree.lower[k] in ACHIEVING for k in tree.kids[host])
        return replace(above, negated=False, modality=above.modality if achieved else "Planned")
    if name is None and clause.link == "pcomp":
        return replace(above, negated=False)
    if clause.shared_subject == "owner" and host not in parent.subjects:
        name = name or "planned"
        if above.negated:  # "has no plans to sell"
            return replace(above, modality=MODALITIES.get(name))
        return _effect(name, parent, above)
    return _effect(name or "reported", parent, above)


def _about_noun(clause: Clause, host: int, parent: Clause, above: Factuality) -> Factuality:
    """What is told of a noun: of a thing that is only hoped for it is hoped as well."""
    tree, base = clause.tree, replace(above, negated=False)
    if above.negated and _is_picked_out(clause, host, parent):
        return above
    if _is_of_future(clause, host) or _is_ruled_on(clause, host):
        return replace(base, modality=base.modality or "Possible")
    if tree.pos[host] == "PROPN" and not above.reported and not _tells_how(clause, host, parent):
        return PLAIN
    if base.modality in AHEAD and _tells_of_known(clause, host) and not _is_past(parent):
        return replace(base, modality="Reported" if base.reported else None)
    if base.modality is not None:
        return base
    return replace(base, modality=_of_what_is_above(host, parent, tree))


def _of_what_is_above(host: int, parent: Clause, tree: Tree) -> Modality | None:
    """Give what the verb and nouns that govern a noun make of it: "seeks a deal", "the hope of a deal"."""
    wanted = lexicon.classify("intensional", parent.lemma)
    if wanted and not _is_wanting(parent, host):
        return MODALITIES[wanted]
    names = (lexicon.classify("noun", tree.lemma[k]) for k in _up(tree, host, parent.verb) if k != host)
    return next((MODALITIES[n] for n in names if n in MODALITIES), None)


def _is_of_future(clause: Clause, host: int) -> bool:
    """Whether a noun stands for what is not there yet: "in a future Norland that is free"."""
    tree = clause.tree
    return any(tree.lower[k] in FUTURE for k in tree.of(host, "amod")) and not _is_past(clause)


def _is_ruled_on(clause: Clause, host: int) -> bool:
    """Whether a rule is for whoever does something: "a ban on lorries crossing the bridge"."""
    tree = clause.tree
    prep = tree.head[host]
    if clause.link != "acl" or tree.tag[clause.verb] != "VBG" or tree.tag[host] not in ("NNS", "NNPS"):
        return False
    if tree.of(host, "det", constructions.POSSESSIVE, "nummod") or tree.dep[host] != "pobj":
        return False
    above = tree.head[prep]
    return tree.lower[prep] in lexicon.words("factuality", "rules", "on") and tree.lemma[
        above
    ] in lexicon.words("factuality", "rules", "nouns")


def _tells_how(clause: Clause, host: int, parent: Clause) -> bool:
    """Whether a gerund with a subject of its own tells how: "will be aided by Norland joining"."""
    tree = clause.tree
    agent = parent.agent() if parent.passive else None
    bare = clause.link == "acl" and tree.tag[clause.verb] == "VBG"
    return bare and agent is not None and agent.head == host and tree.left[clause.verb] == host + 1


def _is_picked_out(clause: Clause, host: int, parent: Clause) -> bool:
    """Whether a clause tells who of several it was: "it was not Anna who won": she did not."""
    it = [clause.tree.lower[s] for s in parent.subjects] == ["it"]
    return (
        it and clause.link == "relcl" and parent.lemma == "be" and any(o.head == host for o in parent.objects)
    )


def _is_wanting(parent: Clause, i: int) -> bool:
    """Whether a noun stands for who wants something: the subject, or the agent of a passive."""
    agent = parent.agent() if parent.passive else None
    return i in parent.subjects or (agent is not None and agent.head == i)


def _tells_of_known(clause: Clause, host: int) -> bool:
    """Whether a clause tells what has been of a thing that is there: "will sell the mill that it bought"."""
    tree = clause.tree
    left = tree.left[clause.verb]
    apart = "," in tree.lower[left - 1 : left + 1]
    owned = next(iter(constructions.possessives(tree, host)), None) is not None
    known = owned or any(tree.lower[k] in KNOWN for k in tree.kids[host])
    if clause.link == "acl":
        return known and apart and clause.words == [clause.verb] and tree.tag[clause.verb] == "VBN"
    if clause.link == "relcl" and known and apart and _is_present(clause):
        return True  # "will close the mill, which employs 90 people"
    return clause.link == "relcl" and _is_past(clause) and (known or apart)


def _is_present(clause: Clause) -> bool:
    """Whether a clause is in the present or the perfect: "when it opens", "once it has opened"."""
    return clause.finite and clause.tree.tag[clause.words[0]] in ("VBZ", "VBP")


def _is_past(clause: Clause) -> bool:
    """Whether a finite clause tells of what has been: "will sell the mill that it bought in 1990"."""
    tree = clause.tree
    first = clause.words[0]
    if tree.lower[first] in PERFECT:
        return any(tree.tag[k] in ("VBN", "VBD") for k in clause.words if k > first)
    return tree.tag[first] == "VBD" or any(tree.lower[k] == "have" for k in clause.words if k > first)


def _up(tree: Tree, i: int, stop: int) -> list[int]:
    found = []
    while i != stop and tree.head[i] != i:
        found.append(i)
        i = tree.head[i]
    return found


def _is_indirect_question(clause: Clause) -> bool:
    """Whether a complement asks: "how", "why" or "who" at its beginning."""
    tree = clause.tree
    if tree.tag[tree.left[clause.verb]] not in RELATIVE_TAGS:
        return False
    return clause.parent is not None and clause.parent.lemma in ASKING_VERBS


def _adverbial(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    marker, base = clause.marker, replace(above, negated=False)
    if _is_unreal(clause):
        return replace(base, modality="Conditional")
    if lexicon.classify("marker", marker):
        return replace(base, modality="Conditional" if marker != "whether" else "Questioned")
    if marker == "to" and _tells_all(clause, parent):
        return base
    return _of_purpose(clause, parent, above)


def _of_purpose(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """Give how an adverbial clause stands that tells what for, when, or how."""
    marker, base = clause.marker, replace(above, negated=False)
    modality = _of_moment(clause, parent, above)
    if modality is not None:
        return replace(base, modality=modality)
    if marker == "to" or (marker == "so" and not clause.shared_subject):
        return replace(base, modality=above.modality or "Planned")
    apart = clause.finite if marker else above.modality in AHEAD and _is_over(clause)
    return replace(base, modality=None) if apart else base


def _of_moment(clause: Clause, parent: Clause, above: Factuality) -> Modality | None:
    """Give what a clause is as a moment that is ahead, or as what one has trouble in doing."""
    marker = clause.marker
    if marker in OPEN_PARTICIPLE and not clause.finite:
        return "Conditional"  # "until proven guilty"
    if not marker and any(parent.tree.lemma[head] in TROUBLE for head in parent.held()):
        return above.modality or "Attempted"  # "had trouble finding a tenant"
    ahead = above.modality in ("Planned", "Requested") and marker in TIME_MARKERS
    return above.modality if ahead and _is_present(clause) else None  # "will pay once the work is done"


def _is_over(clause: Clause) -> bool:
    """Whether a participle tells what was before: "she will retire, having been clerk since 1999"."""
    tree = clause.tree
    return any(tree.lower[k] == "having" for k in tree.of(clause.verb, "aux"))


def _is_unreal(clause: Clause) -> bool:
    """Whether a clause says what only seems: "as if", "as though"."""
    if clause.marker != "as":
        return False
    return any(clause.tree.lower[k] in UNREAL for k in clause.tree.kids[clause.verb])


_INHERIT: Mapping[str, Callable[[Clause, Clause, Factuality], Factuality]] = {
    "ccomp": _complement,
    "xcomp": _infinitive,
    "pcomp": _after_preposition,
    "csubj": _clausal_subject,
    "csubjpass": _clausal_subject,
    "advcl": _adverbial,
}


def _own(clause: Clause, outer: Factuality, quotes: Quotes) -> Factuality:
    """Add what the clause's own words say: negation, modals, adverbs, conditions, questions, quotation."""
    denied = clause.negated or _negative_argument(clause)
    negated = outer.negated != denied
    modality = _mood(clause, _adverb_modality(clause, outer.modality or _modal(clause, outer)), quotes)
    name = embedding.approximation(clause)
    if name == "scant" or any(_are_few(clause.tree, s) for s in clause.subjects):
        modality = modality or "Possible"
    elif name == "approximate":
        if negated:
            modality = modality or "Possible"  # "almost did not come": it is not said outright
        negated = True
    source, reported = outer.source, outer.reported
    if not reported:
        beside = source_beside(clause)
        if beside is not None:
            source, reported = beside, True
        elif quotes.inside(clause):
            source, reported = quotes.speaker(clause.verb), True
    return Factuality(negated, modality or ("Reported" if reported else None), source, reported)


def _modal(clause: Clause, outer: Factuality) -> Modality | None:
    """Give what the modals among a clause's words say, or a present tense of what is to come."""
    tree, i = clause.tree, clause.verb
    for k in clause.words:
        if tree.dep[k] != "aux" or tree.tag[k] != "MD":
            continue
        name = lexicon.classify("modal", tree.lower[k])
        if tree.lower[k] == "must" and any(tree.lemma[j] == "have" for j in clause.words if k < j < i):
            name = "possible"  # "must have crossed" is a guess
        if name == "conditional" and outer.reported and clause.link in ("ccomp", "conj"):
            name = "planned"  # "said it would close": the past of "will"
        modality = MODALITIES.get(name or "possible")
        if modality is not None:
            return modality
    return "Planned" if _is_scheduled(clause) else None


def _is_scheduled(clause: Clause) -> bool:
    """Whether a present tense tells what is to come: "she takes over next month", "is leaving tomorrow"."""
    tree, i = clause.tree, clause.verb
    helped = tree.tag[i] == "VBG" and any(tree.tag[k] in PRESENT for k in tree.of(i, "aux"))
    if not helped and tree.tag[i] not in PRESENT:
        return False
    return any(_lies_ahead(tree, k) for k in tree.of(i, "npadvmod", "advmod"))


def _lies_ahead(tree: Tree, k: int) -> bool:
    """Whether an adverbial is of a time to come: "next month", and not "the next day"."""
    if tree.lower[k] in COMING:
        return True
    first = tree.left[k]
    return first < k and tree.lower[first] == "next" and tree.doc[k].ent_type_ in TIME_LABELS


def _adverb_modality(clause: Clause, modality: Modality | None) -> Modality | None:
    """Give the modality with what adverbs and conditions beside the verb say."""
    tree, i = clause.tree, clause.verb
    for k in tree.kids[i]:
        if tree.dep[k] == "advmod":
            modality = modality or MODALITIES.get(lexicon.classify("adverb", tree.lower[k]) or "")
        elif tree.dep[k] == "advcl" and modality in (None, "Planned") and _is_condition(tree, k):
            modality = "Conditional"
    return modality


def _mood(clause: Clause, modality: Modality | None, quotes: Quotes) -> Modality | None:
    """Give the modality with what the form of the sentence says: an imperative, a question."""
    i = clause.verb
    if commands(clause):
        modality = modality or "Requested"
    if modality in (None, "Planned") and clause.link in ("main", "conj") and quotes.asks(i):
        return "Questioned"
    return modality


def _negative_argument(clause: Clause) -> bool:
    """Whether a subject, an object or a phrase of its own denies a clause."""
    tree = clause.tree
    if any(_is_denying_phrase(tree, p) for i in (clause.verb, *clause.subjects) for p in tree.of(i, "prep")):
        return True
    if clause.shared_subject in ("host", "subject", "object", "conj"):
        heads = [a.head for a in clause.objects if not a.shared]
    else:
        heads = [*clause.subjects, *(a.head for a in clause.objects)]
    return any(_denies(clause.tree, h) for h in heads)


def _are_few(tree: Tree, i: int) -> bool:
    """Whether next to nobody does what a clause says: "few experts believe it", not "a few experts"."""
    first = tree.left[i]
    return tree.lower[first] in FEW and tree.dep[first] == "amod"


def _is_denying_phrase(tree: Tree, prep: int) -> bool:
    """ "By no means", "at no time"."""
    noun = tree.first(prep, "pobj")
    if noun is None or tree.lemma[noun] not in DENYING_PHRASES:
        return False
    return any(tree.lower[k] == "no" for k in tree.kids[noun])


def _denies(tree: Tree, i: int) -> bool:
    """Whether a noun phrase denies its clause: "nobody", "not all members", "no member"."""
    if tree.lower[i] in NEGATIVE_ARGUMENTS:
        return True
    if is_contrasted(tree, i):
        return False
    return any(
        (tree.lower[k] in BEFORE_ARGUMENT and k < i)
        or (tree.lower[k] in NEGATIVE_DETERMINERS and tree.dep[k] in ("det", "neg", "preconj"))
        for k in tree.kids[i]
    )


def is_contrasted(tree: Tree, i: int) -> bool:
    """Whether an argument alone is denied, beside one that is not: "the port but not the castle"."""
    if not any(tree.lower[k] == "not" and k < i for k in tree.kids[i]):
        return False
    if tree.dep[i] == "conj":
        return True
    return bool(tree.of(i, "conj")) and any(tree.lower[k] == "but" for k in tree.of(i, "cc"))


def _is_condition(tree: Tree, k: int) -> bool:
    marks = [m for m in tree.kids[k] if m < k and tree.lower[m] in CONDITION]
    return any(m == 0 or tree.lower[m - 1] not in NO_CONDITION for m in marks)
