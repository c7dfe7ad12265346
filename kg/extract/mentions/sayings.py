"""Clauses as a reader can take them alone: who "she" and "the firm" are, in brackets.

What somebody said or wants is told in the words of the text, and those point out of it: "she intended to sell
her house". Where a pronoun stands for somebody who is named elsewhere, and is not who the clause is said of,
the name takes its place: "[Leanne Foyle] intended to sell her house".
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from kg.extract import constructions
from kg.extract.lexicon import words
from kg.extract.mentions.posts import possessive
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

DEFINITE = words("coref", "nominals", "definite")
POSSESSIVE = frozenset({"PRP$", "WP$"})
# Pronouns that point within their clause.
WITHIN = frozenset({"WDT", "WP", "WP$", "WRB"})


def spell_out(
    reading: Reading, chains: Mapping[int, list[MentionDraft]], name_of: Callable[[list[MentionDraft]], str]
) -> None:
    """Describe each clause whose words point at what is named elsewhere."""
    clauses = [m for m in reading.mentions if m.kind == "clause" and m.label == m.span.text]
    if not clauses:
        return
    subjects = {
        id(end): c.subject
        for c in reading.claims
        for end in (c.object, *(q for _, q in c.qualifiers), *c.beside)
    }
    pointing: dict[int, list[MentionDraft]] = {}
    for m in reading.mentions:
        if m.chain is not None and m.kind in ("pronoun", "nominal"):
            pointing.setdefault(m.block.index, []).append(m)
    for clause in clauses:
        inside = [m for m in pointing.get(clause.block.index, ()) if _is_within(m, clause)]
        text = _spelled(clause, inside, subjects.get(id(clause)), chains, name_of)
        if text != clause.label:
            clause.description = text


def _is_within(m: MentionDraft, clause: MentionDraft) -> bool:
    return bool(clause.span.start <= m.head.i < clause.span.end)


def _spelled(
    clause: MentionDraft,
    inside: list[MentionDraft],
    subject: MentionDraft | None,
    chains: Mapping[int, list[MentionDraft]],
    name_of: Callable[[list[MentionDraft]], str],
) -> str:
    told = {subject.chain} if subject is not None else set()
    start = clause.span.start_char
    text: str = clause.span.text
    changes: list[tuple[int, int, str]] = []
    for m in sorted(inside, key=lambda m: m.head.i):
        if m.chain in told or m.chain is None:
            continue
        name = name_of(chains[m.chain])
        if (
            not name
            or name in text
            or any(_is_within(n, clause) for n in chains[m.chain] if n.kind == "name")
        ):
            continue
        change = _change(m, name)
        if change is not None:
            told.add(m.chain)
            changes.append(change)
    for first, last, said in reversed(changes):
        text = f"{text[: first - start]}{said}{text[last - start :]}"
    return text


def _change(m: MentionDraft, name: str) -> tuple[int, int, str] | None:
    """Give from where to where a name stands in the place of a pronoun, or behind a definite noun."""
    first, last = m.head.idx, m.head.idx + len(m.head)
    if m.kind == "pronoun":
        if m.head.tag_ in WITHIN or m.head.lower_.endswith(("self", "selves")):
            return None
        return first, last, f"[{possessive(name) if m.head.tag_ in POSSESSIVE else name}]"
    tree, i = tree_of(m.block), m.head.i
    owner = constructions.owner(tree, i)
    definite = any(tree.lower[k] in DEFINITE for k in tree.of(i, "det"))
    definite = definite or (owner is not None and tree.tag[owner] == "PRP$")
    if not definite or tree.right[i] != i or m.type == "Position":
        return None
    return last, last, f" [{name}]"
