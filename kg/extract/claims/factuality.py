"""What the text states as so, and what it denies, plans, asks, supposes or lets somebody say.

Each clause gets a `Factuality` from its own words and from what governs it, outermost first. The words are
data (`lexicon/data/en`); the functions here say how they combine.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

from kg.extract import constructions, lexicon
from kg.extract.claims.attribution import Quotes, source_beside
from kg.extract.claims.clause import Clause
from kg.extract.lexicon.sets import RELATIVE_TAGS
from kg.extract.parse.tree import Tree
from kg.model import Modality

# The modality that a class of the lexicon gives.
MODALITIES: dict[str, Modality] = {
    "planned": "Planned",
    "possible": "Possible",
    "requested": "Requested",
    "attempted": "Attempted",
    "conditional": "Conditional",
    "wished": "Wished",
    "questioned": "Questioned",
    "reported": "Reported",
}
ACHIEVING = lexicon.words("clauses", "picking", "achieving")
NEGATIVE_ARGUMENTS = lexicon.words("factuality", "negation", "arguments")
NEGATIVE_DETERMINERS = lexicon.words("factuality", "negation", "determiners")
BEFORE_ARGUMENT = lexicon.words("factuality", "negation", "before_argument")
ASKING_MARKERS = lexicon.words("factuality", "markers", "asking")
ASKING_VERBS = lexicon.words("factuality", "verbs", "asking")
CIRCUMSTANCE_MARKERS = lexicon.words("factuality", "markers", "circumstance")
CONDITION = lexicon.words("factuality", "markers", "condition")
NO_CONDITION = lexicon.words("factuality", "markers", "no_condition")
UNREAL = lexicon.words("factuality", "markers", "unreal")
DENYING = lexicon.words("factuality", "prepositions", "denying")
AIMING = lexicon.words("factuality", "prepositions", "aiming")
OPEN = lexicon.words("factuality", "prepositions", "open")
OF_GUILT = lexicon.words("factuality", "prepositions", "of_guilt")
GUILT_VERBS = lexicon.words("factuality", "verbs", "of_guilt")


@dataclass(frozen=True, slots=True)
class Factuality:
    """How a clause stands to what is so; `source` is the head token of whoever says it."""

    negated: bool = False
    modality: Modality | None = None
    source: int | None = None
    reported: bool = False

    @property
    def asserted(self) -> bool:
        """Whether the text itself states the clause."""
        return not self.negated and self.modality is None and not self.reported


PLAIN = Factuality()


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
    if parent is None:
        return Factuality(modality="Planned") if clause.marker == "to" and not clause.finite else PLAIN
    above = found[parent.verb]
    if link == "main":
        return outer[parent.verb]  # beside its governor, not under it: "…, residents say, …"
    if link == "conj":
        return _conjoined(clause, parent, above, outer)
    if link in ("relcl", "acl", "gerund") or (clause.host and link in ("pcomp", "advcl", "ccomp")):
        return _adnominal(clause, parent, above)
    inherit = _INHERIT.get(link)
    return above if inherit is None else inherit(clause, parent, above)


def _complement(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """A clause that says what is said, known, asked or so."""
    if clause.marker in ASKING_MARKERS or _is_indirect_question(clause):
        return replace(_effect("reported", parent, above, that=True), modality="Questioned")
    if parent.lemma == "be":
        predicated = _predicated(clause, parent, above)
        if predicated is not None:
            return predicated
    if not clause.finite and clause.marker in ("", "to") and clause.subjects:
        return _infinitive(clause, parent, above)  # "helped the girls enter"
    if clause.marker in CIRCUMSTANCE_MARKERS:
        return _effect("factive", parent, above)  # why something is so is asked of what is so
    return _effect(lexicon.classify("that", parent.lemma) or "reported", parent, above, that=True)


def _predicated(clause: Clause, parent: Clause, above: Factuality) -> Factuality | None:
    """A clause beside a copula, of which an adjective or a noun is said."""
    tree = clause.tree
    if above.modality == "Questioned":
        return above  # "Is this how they work?"
    complement = next((a.head for a in parent.objects if a.role == "complement"), None)
    if complement is not None and tree.pos[complement] == "ADJ":
        # "it is likely that …", "it is clear that …"
        return _effect(lexicon.classify("adjective", tree.lemma[complement]) or "factive", parent, above)
    if not parent.subjects:
        return None
    # "the problem is that …" holds it for so, "the claim is that …" does not.
    noun = lexicon.classify("noun", tree.lemma[parent.subjects[0]])
    return _effect(noun if noun in ("reported", "wished") else "factive", parent, above)


def _clausal_subject(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    return above if clause.finite else Factuality(modality="Possible")


def _conjoined(clause: Clause, parent: Clause, above: Factuality, outer: dict[int, Factuality]) -> Factuality:
    if clause.tree.tag[clause.verb] in ("VB", "VBN", "VBG") and set(clause.words) & set(parent.words):
        # `Clause.negated` already holds the negation that stands before both verbs.
        return replace(above, negated=outer[parent.verb].negated)
    # A second verb with words of its own shares what governs the first, not its modal or negation.
    return outer[parent.verb]


def _effect(name: str, parent: Clause, above: Factuality, *, that: bool = False) -> Factuality:
    """Combine the class of a governing word with the status of its clause."""
    if name == "positive":
        return above
    if name == "factive":
        return replace(above, negated=False) if above.reported else PLAIN
    if name == "negative":
        modality: Modality | None = above.modality or ("Attempted" if parent.lemma == "fail" else None)
        return replace(above, negated=not above.negated, modality=modality)
    if name == "reported":
        return Factuality(
            negated=False,
            modality=None if that else above.modality,
            source=_speaker(parent, above),
            reported=True,
        )
    return replace(above, negated=False, modality=MODALITIES[name])


def _speaker(parent: Clause, above: Factuality) -> int | None:
    """Give who says what a verb governs: its subject, or the agent of a passive."""
    agent = parent.agent() if parent.passive else None
    if agent is not None:
        return agent.head
    if not parent.subjects or parent.passive or parent.tree.lower[parent.subjects[0]] == "it":
        return above.source  # "it appears that …": nobody says so
    return parent.subjects[0]


def _infinitive(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    tree = clause.tree
    governor = tree.head[clause.verb]
    if tree.pos[governor] == "ADJ":
        name = lexicon.classify("adjective", tree.lemma[governor]) or "possible"
        return _effect(name, parent, above)
    if parent.lemma == "be":
        return replace(above, modality=above.modality or "Planned")
    if parent.passive and parent.lemma == "use":
        return replace(above, modality="Planned")
    return _effect(_class_of_infinitive(clause, parent), parent, above)


def _class_of_infinitive(clause: Clause, parent: Clause) -> str:
    """Give the class of a verb before an infinitive; "have to", "stop to" and "going to" have their own."""
    if clause.marker == "to" and parent.lemma == "have":
        return "requested"
    if clause.marker == "to" and parent.lemma == "stop":
        return "planned"
    if _goes_on(parent):
        return "positive"
    if parent.lemma == "go" and parent.tree.tag[parent.verb] == "VBG":
        return "planned"
    return lexicon.classify("to", parent.lemma) or ("planned" if clause.marker == "to" else "positive")


def _goes_on(parent: Clause) -> bool:
    """ "Went on to open a school"."""
    return parent.lemma == "go" and any(parent.tree.lower[k] == "on" for k in parent.tree.kids[parent.verb])


def _after_preposition(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """After a preposition: "by selling" is as much so as the main clause, "without selling" is not."""
    word = clause.preposition
    if clause.marker == "whether":
        return replace(above, negated=False, modality="Questioned")  # "disagree on whether she left"
    if word in DENYING or (word == "of" and clause.tree.lower[clause.verb - 2] == "instead"):
        return replace(above, negated=True)
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
    if clause.marker == "to" or clause.link in ("pcomp", "ccomp") or _is_content(clause):
        return _of_noun(clause, host, parent, above)
    return _about_noun(clause, host, parent, above)


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
    name = name or "reported"
    if name != "factive" and _is_content(clause):
        owner = constructions.owner(tree, host)
        return Factuality(modality=MODALITIES.get(name), source=owner, reported=True)
    return _effect(name, parent, above)


def _about_noun(clause: Clause, host: int, parent: Clause, above: Factuality) -> Factuality:
    """What is told of a noun: of a thing that is only hoped for it is hoped as well."""
    tree, base = clause.tree, replace(above, negated=False)
    if tree.pos[host] == "PROPN" and not above.reported:
        return PLAIN
    if base.modality is not None:
        return base
    wanted = lexicon.classify("intensional", parent.lemma)
    if wanted and host not in parent.subjects:
        return replace(base, modality=MODALITIES[wanted])
    for k in _up(tree, host, parent.verb):
        name = lexicon.classify("noun", tree.lemma[k]) if k != host else None
        if name in MODALITIES:
            return replace(base, modality=MODALITIES[name])
    return base


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


def _is_content(clause: Clause) -> bool:
    """Whether a clause on a noun is what the noun says ("the claim that he left"), not about it."""
    if clause.link not in ("acl", "relcl", "ccomp") or clause.shared_subject or clause.host is None:
        return False
    if clause.marker == "that":
        return True
    noun = lexicon.classify("noun", clause.tree.lemma[clause.host])
    return noun == "reported" and not any(a.shared for a in (*clause.objects, *clause.adjuncts))


def _adverbial(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    marker, base = clause.marker, replace(above, negated=False)
    if lexicon.classify("marker", marker):
        return replace(base, modality="Conditional" if marker != "whether" else "Questioned")
    if marker == "to" and _goes_on(parent):
        return above
    if marker == "to" or (marker == "so" and not clause.shared_subject):
        return replace(base, modality=above.modality or "Planned")
    if marker == "as" and any(clause.tree.lower[k] in UNREAL for k in clause.tree.kids[clause.verb]):
        return replace(base, modality="Conditional")
    return replace(base, modality=None) if marker and clause.finite else base


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
    negated = outer.negated != (clause.negated or _negative_argument(clause))
    modality = _mood(clause, _adverb_modality(clause, outer.modality or _modal(clause, outer)), quotes)
    source, reported = outer.source, outer.reported
    if not reported:
        beside = source_beside(clause)
        if beside is not None:
            source, reported = beside, True
        elif quotes.inside(clause):
            source, reported = quotes.speaker(clause.verb), True
    return Factuality(negated, modality or ("Reported" if reported else None), source, reported)


def _modal(clause: Clause, outer: Factuality) -> Modality | None:
    """Give what the modals among a clause's words say."""
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
    return None


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
    if clause.link == "main" and clause.tree.tag[i] == "VB" and clause.words == [i] and not clause.subjects:
        modality = modality or "Requested"
    if modality in (None, "Planned") and clause.link in ("main", "conj") and quotes.asks(i):
        return "Questioned"
    return modality


def _negative_argument(clause: Clause) -> bool:
    """Whether a subject or object of its own denies a clause."""
    if clause.shared_subject in ("host", "subject", "object", "conj"):
        heads = [a.head for a in clause.objects if not a.shared]
    else:
        heads = [*clause.subjects, *(a.head for a in clause.objects)]
    return any(_denies(clause.tree, h) for h in heads)


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
