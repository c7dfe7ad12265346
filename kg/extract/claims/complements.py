"""Clauses that belong to what a verb says: for what, why, when, instead of what.

"Founded the school to teach sailors", "was fined for hiding a report", "left before the vote": what is told
is not told whole without them. They are arguments like others, whose head is a verb and whose label the words
of the clause. What a participle says beside a clause ("…, leaving two dead") is a claim of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from kg.extract import lexicon
from kg.extract.claims.clause import Argument, Clause
from kg.extract.lexicon.needs import need
from kg.extract.lexicon.sets import SUBJECT_DEPS
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock

NARROWING = lexicon.words("clauses", "needs", "narrowing")
IN_ORDER = frozenset({"in", "order", "so", "as", "to", "for"})
# More words than this are a story of their own.
LONGEST = 30


def of_clause(clause: Clause) -> Iterator[Argument]:
    """Give the clauses that a clause has as arguments, each under the word that begins it."""
    for below in clause.children:
        role = _role(clause, below)
        if role and clause.tree.right[below.verb] - clause.tree.left[below.verb] < LONGEST:
            prep = clause.tree.head[below.verb]
            preps = (prep,) if below.link == "pcomp" else ()
            yield Argument(below.verb, role, preps, clausal=True)


def _role(clause: Clause, below: Clause) -> str:
    """Give the word that a clause is an argument under, or nothing."""
    role = _ROLES.get(below.link)
    return role(clause, below) if role else ""


def _of_adverbial(clause: Clause, below: Clause) -> str:
    if clause.tree.head[below.verb] != clause.verb:
        return ""
    if below.marker == "to":
        return "to"
    return below.marker if below.marker in NARROWING and below.finite else ""


def _of_gerund(clause: Clause, below: Clause) -> str:
    """Give the preposition of a gerund that hangs on the verb, its adjective or an object that acts."""
    tree = clause.tree
    prep = tree.head[below.verb]
    on, word = tree.head[prep], tree.lower[prep]
    if word not in NARROWING:
        return ""
    of_adjective = tree.pos[on] == "ADJ" and any(a.head == on for a in clause.objects)
    of_object = on in clause.held() and word in need("v", clause.lemma).markers
    return word if on == clause.verb or of_adjective or of_object else ""


def _of_noun(clause: Clause, below: Clause) -> str:
    """Give the word of a clause on a noun: "took action to let them in", "was shut, which left 300 idle"."""
    if below.link == "relcl" and not below.subjects and not below.shared_subject:
        return "which" if _is_of_sentence(clause, below) else ""
    return "to" if below.marker == "to" and not below.finite and _is_of_object(clause, below) else ""


def _is_of_object(clause: Clause, below: Clause) -> bool:
    """Whether an infinitive on an object says what it is for, as no noun does it: "plans to rename it"."""
    if clause.lemma == "be" and clause.tree.first(clause.verb, "expl") is not None:
        return any(a.head == below.host for a in clause.objects)
    if below.shared_subject == "host" and below.subjects:
        return False
    return any(a.head == below.host and a.role == "object" and not a.shared for a in clause.objects)


def _of_means(clause: Clause, below: Clause) -> str:
    """Give "to" for what something is used or chosen for: it is done by the subject, and told by itself."""
    own = clause.tree.head[below.verb] == clause.verb and below.shared_subject == "subject"
    if not own or below.marker != "to" or not any(a.role == "object" for a in clause.objects):
        return ""
    return "to" if lexicon.classify("to", clause.lemma) == "positive" else ""


def _of_adjective(clause: Clause, below: Clause) -> str:
    """Give "that" for what somebody is certain of or glad about."""
    above = clause.tree.head[below.verb]
    own = clause.tree.pos[above] == "ADJ" and any(a.head == above for a in clause.objects)
    return "that" if own and below.finite and below.marker in ("", "that") else ""


_ROLES: Mapping[str, Callable[[Clause, Clause], str]] = {
    "advcl": _of_adverbial,
    "ccomp": _of_adjective,
    "xcomp": _of_means,
    "pcomp": _of_gerund,
    "acl": _of_noun,
    "relcl": _of_noun,
}


def _is_of_sentence(clause: Clause, below: Clause) -> bool:
    """Whether "which" stands for what a clause tells, as its subject: no noun was found for it."""
    tree, start = clause.tree, clause.tree.left[below.verb]
    own = tree.of(below.verb, *SUBJECT_DEPS)
    if below.host is None or start < 1 or tree.lower[start - 1] != ",":
        return False
    return any(tree.lower[k] == "which" and k == start for k in own)


def mention(block: ParsedBlock, argument: Argument) -> MentionDraft:
    """Draw a clause as an argument, without the word that introduces it."""
    tree = tree_of(block)
    start, end = _extent(tree, argument)
    span = block.doc[start:end]
    return MentionDraft(block, span, block.doc[argument.head], "clause", "Concept", span.text)


def _extent(tree: Tree, argument: Argument) -> tuple[int, int]:
    head = argument.head
    start, end = tree.left[head], tree.right[head] + 1
    while start < head and (tree.pos[start] == "PUNCT" or _introduces(tree, start, argument.role)):
        start += 1
    while end - 1 > head and (tree.pos[end - 1] in ("PUNCT", "SPACE") or tree.dep[end - 1] == "cc"):
        end -= 1
    return start, end


def _introduces(tree: Tree, i: int, role: str) -> bool:
    """Whether a word at the beginning of a clause is said by its role: "in order to", "after"."""
    return tree.lower[i] == role or (role == "to" and tree.lower[i] in IN_ORDER)
