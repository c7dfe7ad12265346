"""What the text states as so, and what it denies, plans, asks, supposes or lets somebody say.

Each clause gets a `Factuality` from its own words and from what governs it, outermost first. The words are
data (`lexicon/data/en`); the functions here say how they combine.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from kg.extract import lexicon
from kg.extract.claims.clause import Clause
from kg.extract.parse.tree import Tree
from kg.model import Modality

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
NEGATIVE_WORDS = frozenset({"no", "none", "nobody", "nothing", "neither", "nor"})
OPENING, CLOSING = frozenset({'"', "“", "``", "`"}), frozenset({'"', "”", "''"})


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
    quotes = _Quotes(tree, clauses)
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
    if link == "ccomp":
        if clause.marker in ("whether", "if") or _is_indirect_question(clause):
            return replace(_effect("reported", parent, above, that=True), modality="Questioned")
        if parent.lemma == "be" and above.modality == "Questioned":
            return above  # "Is this how they work?"
        complement = next((a.head for a in parent.objects if a.role == "complement"), None)
        if parent.lemma == "be" and complement is not None and clause.tree.pos[complement] == "ADJ":
            # "it is likely that …", "it is clear that …"
            name = lexicon.classify("adjective", clause.tree.lemma[complement]) or "factive"
            return _effect(name, parent, above)
        if parent.lemma == "be" and parent.subjects:
            # "the problem is that …" holds it for so, "the claim is that …" does not.
            noun = lexicon.classify("noun", parent.tree.lemma[parent.subjects[0]])
            return _effect(noun if noun in ("reported", "wished") else "factive", parent, above)
        if not clause.finite and clause.marker in ("", "to") and clause.subjects:
            return _infinitive(clause, parent, above)  # "helped the girls enter"
        if clause.marker in ("why", "how", "where", "when"):
            return _effect("factive", parent, above)  # why something is so is asked of what is so
        return _effect(lexicon.classify("that", parent.lemma) or "reported", parent, above, that=True)
    if link == "xcomp":
        return _infinitive(clause, parent, above)
    if link == "pcomp":
        return _after_preposition(clause, parent, above)
    if link in ("csubj", "csubjpass"):
        return Factuality(modality="Possible") if not clause.finite else above
    if link == "advcl":
        return _adverbial(clause, above)
    return above


def _conjoined(clause: Clause, parent: Clause, above: Factuality, outer: dict[int, Factuality]) -> Factuality:
    if clause.tree.tag[clause.verb] in ("VB", "VBN", "VBG") and set(clause.words) & set(parent.words):
        # `Clause.negated` already holds the negation that stands before both verbs.
        return replace(above, negated=outer[parent.verb].negated)
    # A second verb with words of its own shares what governs the first, not its modal or negation.
    return outer[parent.verb]


def _effect(name: str, parent: Clause, above: Factuality, *, that: bool = False) -> Factuality:
    """Combine the class of a governing word with the status of its clause."""
    if name in ("positive",):
        return above
    if name == "factive":
        return replace(above, negated=False) if above.reported else PLAIN
    if name == "negative":
        modality: Modality | None = above.modality or ("Attempted" if parent.lemma == "fail" else None)
        return replace(above, negated=not above.negated, modality=modality)
    if name == "reported":
        source = parent.subjects[0] if parent.subjects and not parent.passive else above.source
        if source is not None and parent.tree.lower[source] == "it":
            source = above.source  # "it appears that …": nobody says so
        agent = parent.agent()
        if parent.passive and agent:
            source = agent.head
        return Factuality(
            negated=False, modality=above.modality if not that else None, source=source, reported=True
        )
    return replace(above, negated=False, modality=MODALITIES[name])


def _infinitive(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    tree = clause.tree
    adjective = tree.head[clause.verb]
    if tree.pos[adjective] == "ADJ":
        name = lexicon.classify("adjective", tree.lemma[adjective]) or "possible"
        return _effect(name, parent, above)
    if parent.lemma == "be":
        return replace(above, modality=above.modality or "Planned")
    if parent.passive and parent.lemma == "use":
        return replace(above, modality="Planned")
    name = lexicon.classify("to", parent.lemma) or ("planned" if clause.marker == "to" else "positive")
    if parent.lemma in ("have",) and clause.marker == "to":
        name = "requested"
    if parent.lemma == "go" and tree.tag[parent.verb] == "VBG":
        name = "planned"
    if parent.lemma == "go" and any(tree.lower[k] == "on" for k in tree.kids[parent.verb]):
        name = "positive"
    if parent.lemma == "stop" and clause.marker == "to":
        name = "planned"
    return _effect(name, parent, above)


def _after_preposition(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """After a preposition: "by selling" is as much so as the main clause, "without selling" is not."""
    word = clause.preposition
    if clause.marker == "whether":
        return replace(above, negated=False, modality="Questioned")  # "disagree on whether she left"
    if word in ("without",) or (word == "of" and clause.tree.lower[clause.verb - 2] == "instead"):
        return replace(above, negated=True)
    if word == "from" and clause.shared_subject == "object":
        return replace(above, negated=True)
    if word == "from":
        name = lexicon.classify("to", parent.lemma)
        return replace(above, negated=not above.negated) if name in ("negative", "possible") else above
    if word in ("against", "than"):
        return replace(above, negated=True)
    if parent.lemma in ("accuse", "suspect", "charge", "convict") and word in ("of", "with"):
        return _effect("reported", parent, above)
    if word in ("for", "about", "toward", "towards", "on", "to", "at", "in"):
        name = lexicon.classify("intensional", parent.lemma) or (
            "possible" if word in ("about", "for") else "positive"
        )
        return _effect(name, parent, above)
    return replace(above, negated=False)


def _adnominal(clause: Clause, parent: Clause, above: Factuality) -> Factuality:
    """Clauses that hang on a noun: as much so as the noun is there, and by its own meaning."""
    tree, host = clause.tree, clause.host
    base = replace(above, negated=False)
    if host is None:
        return Factuality(modality="Possible") if clause.link == "gerund" else base
    if clause.marker == "to" or clause.link in ("pcomp", "ccomp") or _is_content(clause):
        name = lexicon.classify("noun", tree.lemma[host])
        if clause.marker == "to" and name is None:
            ordinal = any(
                tree.lower[k] in ("first", "last", "only", "latest", "next") for k in tree.kids[host]
            )
            return base if ordinal or tree.tag[host] == "JJ" else replace(base, modality="Planned")
        if clause.link == "pcomp" and name is None:
            return base
        if clause.shared_subject == "owner" and host not in parent.subjects:
            base = replace(base, negated=above.negated)  # "has no plans to sell"
            return (
                _effect(name or "planned", parent, above)
                if not above.negated
                else replace(base, modality=MODALITIES.get(name or "planned"))
            )
        owner = tree.first(host, "poss")
        if _is_content(clause) and name != "factive":
            return Factuality(modality=MODALITIES.get(name or "reported"), source=owner, reported=True)
        return _effect(name or "reported", parent, above)
    if tree.pos[host] == "PROPN" and not above.reported:
        return PLAIN
    wanted = lexicon.classify("intensional", parent.lemma)
    if wanted and host not in parent.subjects and base.modality is None:
        return replace(base, modality=MODALITIES[wanted])
    for k in _up(tree, host, parent.verb):
        name = lexicon.classify("noun", tree.lemma[k]) if k != host else None
        if name in MODALITIES and base.modality is None:
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
    first = tree.left[clause.verb]
    return (
        tree.tag[first] in ("WRB", "WP", "WDT", "WP$")
        and clause.parent is not None
        and (clause.parent.lemma in ("ask", "wonder", "question", "investigate", "debate", "inquire"))
    )


def _is_content(clause: Clause) -> bool:
    """Whether a clause on a noun is what the noun says ("the claim that he left"), not about it."""
    if clause.link not in ("acl", "relcl", "ccomp") or clause.shared_subject or clause.host is None:
        return False
    if clause.marker == "that":
        return True
    noun = lexicon.classify("noun", clause.tree.lemma[clause.host])
    return noun == "reported" and not any(a.shared for a in (*clause.objects, *clause.adjuncts))


def _adverbial(clause: Clause, above: Factuality) -> Factuality:
    marker = clause.marker
    if lexicon.classify("marker", marker):
        return replace(above, negated=False, modality="Conditional" if marker != "whether" else "Questioned")
    if marker == "to" and clause.parent is not None and clause.parent.lemma == "go":
        if any(clause.tree.lower[k] == "on" for k in clause.tree.kids[clause.parent.verb]):
            return above  # "went on to open a school"
    if marker == "to" or (marker == "so" and not clause.shared_subject):
        return replace(above, negated=False, modality=above.modality or "Planned")
    if marker == "as" and any(
        clause.tree.lower[k] in ("if", "though") for k in clause.tree.kids[clause.verb]
    ):
        return replace(above, negated=False, modality="Conditional")
    if marker and clause.finite:
        return replace(above, negated=False, modality=None)
    return replace(above, negated=False)


def _own(clause: Clause, status: Factuality, quotes: _Quotes) -> Factuality:
    """Add what the clause's own words say: negation, modals, adverbs, conditions, questions, quotation."""
    tree, i = clause.tree, clause.verb
    negated, modality = status.negated, status.modality
    if clause.negated or _negative_argument(clause):
        negated = not negated
    for k in clause.words:
        if tree.dep[k] == "aux" and tree.tag[k] == "MD":
            name = lexicon.classify("modal", tree.lower[k])
            if tree.lower[k] == "must" and any(tree.lemma[j] == "have" for j in clause.words if k < j < i):
                name = "possible"  # "must have crossed" is a guess
            if name == "conditional" and status.reported and clause.link in ("ccomp", "conj"):
                name = "planned"  # "said it would close": the past of "will"
            modality = modality or MODALITIES.get(name or "possible")
    for k in tree.kids[i]:
        if tree.dep[k] == "advmod":
            name = lexicon.classify("adverb", tree.lower[k])
            if name in MODALITIES:
                modality = modality or MODALITIES[name]
        elif tree.dep[k] == "advcl" and modality in (None, "Planned") and _is_condition(tree, k):
            modality = "Conditional"
    if clause.link == "main" and tree.tag[i] == "VB" and clause.words == [i] and not clause.subjects:
        modality = modality or "Requested"  # an imperative
    if modality in (None, "Planned") and clause.link in ("main", "conj") and quotes.asks(i):
        modality = "Questioned"
    status = Factuality(negated, modality, status.source, status.reported)
    if not status.reported:
        source = _parenthetical(clause)
        if source is not None:
            status = replace(status, source=source, reported=True)
        elif quotes.inside(clause):
            status = replace(status, source=quotes.speaker(i), reported=True)
    if status.reported and status.modality is None:
        status = replace(status, modality="Reported")
    return status


def _negative_argument(clause: Clause) -> bool:
    tree = clause.tree
    heads = [*clause.subjects, *(a.head for a in clause.objects)]
    if clause.shared_subject in ("host", "subject", "object", "conj"):
        heads = [a.head for a in clause.objects if not a.shared]
    for h in heads:
        if tree.lower[h] in NEGATIVE_WORDS:
            return True
        if is_contrasted(tree, h):
            continue
        # "Not all members", "Hardly anyone"
        if any(tree.lower[k] in ("not", "hardly", "scarcely") and k < h for k in tree.kids[h]):
            return True
        if any(
            tree.lower[k] in ("no", "neither") and tree.dep[k] in ("det", "neg", "preconj")
            for k in tree.kids[h]
        ):
            return True
    return False


def is_contrasted(tree: Tree, i: int) -> bool:
    """Whether an argument alone is denied, beside one that is not: "the port but not the castle"."""
    if not any(tree.lower[k] == "not" and k < i for k in tree.kids[i]):
        return False
    if tree.dep[i] == "conj":
        return True
    return bool(tree.of(i, "conj")) and any(tree.lower[k] == "but" for k in tree.of(i, "cc"))


def _is_condition(tree: Tree, k: int) -> bool:
    marks = [m for m in tree.kids[k] if m < k and tree.lower[m] in ("if", "unless", "provided")]
    return any(m == 0 or tree.lower[m - 1] not in ("even", "as") for m in marks)


def _parenthetical(clause: Clause) -> int | None:
    """Give who says a clause: "according to X", "…, X said, …", "as X put it"."""
    tree = clause.tree
    for a in clause.adjuncts:
        if a.role == "according_to":
            return a.head
        if a.role == "in" and tree.lemma[a.head] in ("view", "opinion", "word", "eye"):
            # "in the view of the judge"
            for p in tree.of(a.head, "prep"):
                if tree.lower[p] == "of":
                    return tree.first(p, "pobj")
    for k in clause.children:
        aside = k.link in ("main", "parataxis") or (k.link == "advcl" and k.marker == "as")
        bare = k.subjects and not k.clauses and not k.objects
        if aside and bare and k.lemma in lexicon.SAYING and not k.passive:
            return k.subjects[0]
    return None


class _Quotes:
    """Where a block quotes, and who speaks."""

    def __init__(self, tree: Tree, clauses: list[Clause]) -> None:
        self.tree = tree
        self.depth = [False] * tree.n
        self.quoted = False
        opened = -1
        for i, word in enumerate(tree.lower):
            if opened < 0 and word in OPENING:
                opened = i
            elif opened >= 0 and word in CLOSING:
                for j in range(opened + 1, i):
                    self.depth[j] = True
                opened = -1
                self.quoted = True
        self.speakers = sorted(
            (c.verb, c.subjects[0])
            for c in clauses
            if c.lemma in lexicon.SAYING and c.subjects and not self.depth[c.verb] and not c.passive
        )

    def inside(self, clause: Clause) -> bool:
        """Whether a clause is quoted as a whole, with its subject."""
        if not self.quoted or not self.depth[clause.verb]:
            return False
        return not clause.subjects or any(self.depth[s] for s in clause.subjects)

    def speaker(self, i: int) -> int | None:
        """Give who says the quoted token: of its sentence, else of the nearest sentence before."""
        if not self.speakers:
            return None
        sentence = self.tree.doc[i].sent
        same = [s for v, s in self.speakers if sentence.start <= v < sentence.end]
        before = [s for v, s in self.speakers if v < i]
        return (same or before[-1:] or [self.speakers[0][1]])[0]

    def asks(self, i: int) -> bool:
        """Whether the sentence of a token ends in a question mark."""
        end: int = self.tree.doc[i].sent.end - 1
        while end > i and (self.tree.lower[end] in CLOSING or self.tree.pos[end] == "SPACE"):
            end -= 1
        return self.tree.lower[end] == "?" or self._begins_with_question(i)

    def _begins_with_question(self, i: int) -> bool:
        """Whether a sentence without its mark asks: "which of the islands is the best"."""
        tree = self.tree
        start = tree.doc[i].sent.start
        if tree.tag[start] not in ("WDT", "WP") or tree.lower[start] not in ("what", "which", "who"):
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        return subject is not None and tree.left[subject] == start and tree.doc[i].sent.root.i == i
