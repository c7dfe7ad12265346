"""Who says a clause: the source that stands beside it, and the speaker of what is quoted."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.claims.clause import Clause
from kg.extract.parse.tree import Tree

OPENING_QUOTES = lexicon.words("factuality", "quotes", "opening")
CLOSING_QUOTES = lexicon.words("factuality", "quotes", "closing")
OPINION = lexicon.words("factuality", "nouns", "opinion")
QUESTION_PRONOUNS = lexicon.words("factuality", "questions", "pronouns")


def source_beside(clause: Clause) -> int | None:
    """Give who says a clause: "according to X", "in the view of X", "…, X said, …", "as X put it"."""
    for a in clause.adjuncts:
        if a.role == "according_to":
            if _is_bracketed(clause.tree, a.head, clause.verb):
                continue
            return a.head
        if a.role == "in" and clause.tree.lemma[a.head] in OPINION:
            of = next((p for p in clause.tree.of(a.head, "prep") if clause.tree.lower[p] == "of"), None)
            if of is not None:
                return clause.tree.first(of, "pobj")
    return next((k.subjects[0] for k in clause.children if _is_parenthesis(k)), None)


def _is_bracketed(tree: Tree, i: int, verb: int) -> bool:
    """Whether a source stands in brackets that the verb is outside of: it says no more than they hold."""
    for k in range(i - 1, -1, -1):
        if tree.lower[k] == ")" or k == verb:
            return False
        if tree.lower[k] == "(":
            close = next((j for j in range(i, tree.n) if tree.lower[j] == ")"), tree.n)
            return not k < verb < close
    return False


def _is_parenthesis(clause: Clause) -> bool:
    """Whether a clause below another only says who says that one."""
    if clause.link == "conj" and clause.subjects:
        first = clause.tree.left[clause.subjects[0]]
        return clause.tree.lower[max(first - 2, 0) : first] == ["or", "so"] and clause.lemma in lexicon.SAYING
    if clause.link not in ("main", "parataxis") and not (clause.link == "advcl" and clause.marker == "as"):
        return False
    bare = clause.subjects and not clause.clauses and not clause.objects
    return bool(bare) and clause.lemma in lexicon.SAYING and not clause.passive


class Quotes:
    """Where a block quotes, who speaks, and where it asks."""

    def __init__(self, tree: Tree, clauses: list[Clause]) -> None:
        self.tree = tree
        self.within = _quoted(tree)
        self.quoted = any(self.within)
        self.speakers = sorted(
            (c.verb, c.subjects[0])
            for c in clauses
            if c.lemma in lexicon.SAYING and c.subjects and not self.within[c.verb] and not c.passive
        )

    def inside(self, clause: Clause) -> bool:
        """Whether a clause is quoted as a whole, with its subject."""
        if not self.quoted or not self.within[clause.verb]:
            return False
        return not clause.subjects or any(self.within[s] for s in clause.subjects)

    def speaker(self, i: int) -> int | None:
        """Give who says the quoted token: of its sentence, else of the nearest sentence before."""
        if not self.speakers:
            return None
        sentence = self.tree.doc[i].sent
        same = [s for v, s in self.speakers if sentence.start <= v < sentence.end]
        before = [s for v, s in self.speakers if v < i]
        return (same or before[-1:] or [self.speakers[0][1]])[0]

    def asks(self, i: int) -> bool:
        """Whether the sentence of a token ends in a question mark, or has lost it."""
        end: int = self.tree.doc[i].sent.end - 1
        while end > i and (self.tree.lower[end] in CLOSING_QUOTES or self.tree.pos[end] == "SPACE"):
            end -= 1
        return self.tree.lower[end] == "?" or self._begins_with_question(i)

    def _begins_with_question(self, i: int) -> bool:
        """Whether a sentence without its mark asks: "which of the islands is the best"."""
        tree = self.tree
        start = tree.doc[i].sent.start
        if tree.tag[start] not in ("WDT", "WP") or tree.lower[start] not in QUESTION_PRONOUNS:
            return False
        subject = tree.first(i, "nsubj", "nsubjpass")
        return subject is not None and tree.left[subject] == start and tree.doc[i].sent.root.i == i


def _quoted(tree: Tree) -> list[bool]:
    """Tell of each token whether it stands between quotation marks that open and close."""
    within = [False] * tree.n
    opened = -1
    for i, word in enumerate(tree.lower):
        if opened < 0 and word in OPENING_QUOTES:
            opened = i
        elif opened >= 0 and word in CLOSING_QUOTES:
            within[opened + 1 : i] = [True] * (i - opened - 1)
            opened = -1
    return within
