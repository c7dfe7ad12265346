"""What a claim needs for its verb to mean what it means, what it has, and what it lost.

"Asked the council to help" says more than "asked the council": where a clause stands beside the object, the
object is told in it, and its own triple is only a part. What lacks an argument that its verb cannot do
without is doubtful.
"""

from __future__ import annotations

from collections.abc import Iterable

from kg.extract.claims.clause import Clause
from kg.extract.lexicon.needs import need
from kg.extract.lexicon.sets import ADPOSITIONS
from kg.extract.reading import MentionDraft

Roles = list[tuple[str, MentionDraft]]


def lacking(clause: Clause, relation: str, obj: MentionDraft | None, roles: Roles) -> str:
    """Say what a claim lacks that its verb cannot do without; nothing where it has all."""
    wanted = need("v", _verb(clause))
    number = wanted.number - (clause.passive and clause.agent() is None)
    if number < 1:
        return ""
    has = (obj is not None) + sum(m.kind != "time" for _, m in roles) + _named(clause, relation)
    if has >= number:
        return ""
    before = f" ({', '.join(wanted.markers)})" if wanted.markers else ""
    return f'lacks what "{_verb(clause).replace("_", " ")}" needs{before}'


def is_partial(obj: MentionDraft | None, roles: Roles) -> bool:
    """Whether the object alone is only a part, since a clause says what is told or asked of it."""
    return obj is not None and obj.kind != "clause" and any(role == "clause" for role, _ in roles)


def join_objects(clause: Clause, told: Iterable[MentionDraft]) -> None:
    """Put the object into the clauses that tell of it: "asked", "the council to help"."""
    for mention in told:
        _join_object(clause, mention)


def _join_object(clause: Clause, mention: MentionDraft) -> None:
    tree, objects = clause.tree, clause.held()
    below = next((k for k in clause.children if k.verb == mention.head.i), None)
    if len(objects) != 1 or below is None or below.link != "xcomp" or below.shared_subject != "object":
        return
    start, stop = tree.left[objects[0]], mention.span.start
    if clause.verb < start < stop and tree.right[objects[0]] == stop - 1:
        mention.label = tree.doc[start : mention.span.end].text


def _verb(clause: Clause) -> str:
    """Give a verb with its particle, as it is listed."""
    tree = clause.tree
    particle = tree.first(clause.verb, "prt")
    word = clause.particle or (tree.lower[particle] if particle is not None else "")
    return f"{clause.lemma}_{word}" if word else clause.lemma


def _named(clause: Clause, relation: str) -> bool:
    """Whether the relation itself holds an argument: "made easier", "set on fire"."""
    tree = clause.tree
    beside = {tree.lower[k] for k in clause.words} | {"be", clause.lemma, clause.particle}
    objects = {tree.lower[a.head] for a in clause.objects} | {tree.lemma[a.head] for a in clause.objects}
    nouns = {tree.lower[a.head] for a in clause.adjuncts if a.preps and tree.pos[a.preps[0]] in ADPOSITIONS}
    return any(part in objects | nouns for part in relation.split("_") if part not in beside)
