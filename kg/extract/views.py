"""Open relation tuples: what a sentence says, in its own words.

`nary` gives a row for each subject and object of a clause, with the adjuncts as further arguments;
`binary` gives a row for the object and one for each adjunct, its preposition at the end of the relation.
Rows keep the voice and the words of the text: auxiliaries, negation and what governs an infinitive.
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from kg.extract.clauses import Argument, Clause
from kg.extract.tree import Tree

COORDINATION = frozenset({"conj", "cc", "preconj"})
CLAUSAL = frozenset({"relcl", "parataxis", "advcl"})
OPENING, CLOSING = frozenset({"`", "``", "“"}), frozenset({"''", "”"})
NOUNS = frozenset({"NOUN", "PROPN"})
BARE = CLAUSAL | {"appos", "acl"}
MINIMAL = frozenset({"relcl", "parataxis", "advcl", "acl", "appos", "prep"})


@dataclass(frozen=True, slots=True)
class Row:
    """One tuple: relation and arguments as text, the rule that gave it and how sure it is."""

    relation: str
    arguments: tuple[str, ...]
    rule: str
    confidence: float
    sentence: str


# How sure a row is, by the rule that gave it: the longest beginning of the rule's name counts. Measured as
# the share of right words in its rows on development data, so that the default cut drops what misleads.
CONFIDENCE = {
    "": 0.7,
    "main": 0.92,
    "main-own-complement": 0.88,
    "conj": 0.84,
    "conj-advcl-object": 0.45,
    "conj-host-object": 0.52,
    "xcomp": 0.84,
    "xcomp-object": 0.45,
    "ccomp": 0.72,
    "ccomp-own-complement": 0.58,
    "relcl": 0.74,
    "relcl-host-object": 0.62,
    "relcl-host-clause": 0.45,
    "acl": 0.68,
    "acl-own": 0.4,
    "acl-to": 0.4,
    "advcl": 0.72,
    "advcl-advcl": 0.66,
    "advcl-own-complement": 0.58,
    "pcomp": 0.42,
    "gerund": 0.35,
    "csubj": 0.5,
    "appos": 0.4,
    "appos-propn-noun": 0.76,
    "appos-propn-propn": 0.62,
    "nested": 0.6,
}


@functools.cache
def confidence(rule: str) -> float:
    """Give how sure the rows of a rule are.

    >>> confidence("main-own-object"), confidence("acl-own-clause")
    (0.92, 0.4)
    """
    known = [name for name in CONFIDENCE if rule.startswith(name)]
    return CONFIDENCE[max(known, key=len)]


def text_of(tree: Tree, tokens: Iterable[int]) -> str:
    """Give tokens as they stand, with one blank where something between them is left out."""
    runs: list[list[int]] = []
    for t in tokens:
        if runs and runs[-1][1] == t:
            runs[-1][1] = t + 1
        else:
            runs.append([t, t + 1])
    return " ".join(" ".join(tree.doc[a:b].text for a, b in runs).split())


def quoted(tree: Tree, tokens: list[int]) -> list[int]:
    """Take in the quotation marks around a phrase, and the one that closes or opens what it holds half of."""
    words = tree.lower
    first, last = tokens[0], tokens[-1]
    before, after = first - 1, last + 1
    while before > 0 and words[before] == "`" == words[before - 1]:
        before -= 1
    opened = sum(words[t] in OPENING and words[t - 1] != "`" for t in range(first, after))
    closed = sum(words[t] in CLOSING for t in range(first, after))
    begins = first > 0 and words[first - 1] in OPENING
    ends = after < tree.n and words[after] in CLOSING
    if begins and (closed > opened or (ends and closed == opened)):
        tokens = [*range(before, first), *tokens]
    if ends and (opened > closed or (begins and closed == opened)):
        tokens = [*tokens, after]
    return tokens


def trimmed(tree: Tree, tokens: list[int], head: int) -> list[int]:
    """Take punctuation and blanks off both ends, but not closing quotes of what was opened inside."""
    tokens = sorted(tokens)
    while (
        tokens
        and tokens[0] < head
        and tree.pos[tokens[0]] in ("PUNCT", "SPACE")
        and tree.lower[tokens[0]] != "``"
    ):
        tokens.pop(0)
    while tokens[-1] > head and tree.pos[tokens[-1]] in ("PUNCT", "SPACE") and tree.lower[tokens[-1]] != "''":
        tokens.pop()
    return tokens


def phrase(tree: Tree, i: int, without: frozenset[str] = CLAUSAL, but: int = -1) -> list[int]:
    path = set()
    while but >= 0 and but not in path:
        path.add(but)
        but = tree.head[but]
    """Give the tokens of the phrase that a token heads, without what is coordinated with it.

    `but` heads a clause on the noun that is left out, too.
    """
    kept = [i]
    stack = [k for k in tree.kids[i] if tree.dep[k] not in COORDINATION]
    while stack:
        j = stack.pop()
        if (j in path and j != i) or (tree.dep[j] in without and tree.lower[j] != "of"):
            continue
        kept.append(j)
        stack += tree.kids[j]
    inside = set(kept)
    # A comma stands only between two words that are there.
    kept = [
        t
        for t in kept
        if t == i
        or tree.lower[t] not in (",", ";", ":", "--", "-", "—")
        or (t - 1 in inside and t + 1 in inside)
    ]
    return quoted(tree, trimmed(tree, kept, i))


def clause_text(tree: Tree, i: int) -> list[int]:
    """Give the tokens of a clause."""
    return quoted(tree, trimmed(tree, tree.subtree(i), i))


def relation(clause: Clause) -> list[int]:
    """Give the words of the relation: auxiliaries, verb, particle, with those of governing verbs."""
    tree, i = clause.tree, clause.verb
    words: list[int] = []
    for c in clause.chain():
        words += c.words
        if c is not clause:
            words += [o.head for o in c.objects if o.role == "complement" and tree.pos[o.head] == "ADJ"]
    first = min(words)
    words += [
        k
        for k in tree.of(i, "advmod")
        if (first < k < i or k == i - 1) and not tree.kids[k] and tree.tag[k] == "RB"
    ]
    return sorted(set(words))


def rows(clauses: list[Clause], view: str) -> Iterator[Row]:
    """Give the rows of a parsed text in a view, "nary" or "binary"."""
    for clause in clauses:
        if not _tells(clause):
            continue
        yield from _nary(clause) if view == "nary" else _binary(clause)
    if clauses and view == "nary":
        yield from _renamings(clauses[0].tree)


def _tells(clause: Clause) -> bool:
    """Whether a clause makes rows: it has a subject that says something, and no infinitive tells more."""
    tree, link = clause.tree, clause.link
    if not clause.subjects or any(
        k.link == "xcomp" and k.shared_subject == "subject" for k in clause.children
    ):
        return False
    # Gerunds and the infinitives of nouns ("the plan to build") are told by what governs them.
    if link in ("gerund", "pcomp") and clause.shared_subject:
        return False
    if link == "acl" and clause.marker == "to":
        return False
    ends = (*clause.subjects, *(a.head for a in clause.objects))
    return not any(tree.tag[x] in ("WP", "WDT", "WRB") for x in ends)


def _renamings(tree: Tree) -> Iterator[Row]:
    """Give a row for each name or noun that a second one renames ("Oslo, the capital")."""
    for i in range(tree.n):
        h = tree.head[i]
        if tree.dep[i] != "appos" or tree.pos[i] not in NOUNS or tree.pos[h] != "PROPN":
            continue
        subject = phrase(tree, h, CLAUSAL | {"appos", "acl"})
        pair = (text_of(tree, subject), text_of(tree, phrase(tree, i)))
        # "Bergen, Norway": a place within a place.
        inside = tree.doc[i].ent_type_ == "GPE" and tree.doc[h].ent_type_ in ("GPE", "LOC", "FAC", "ORG")
        rule = f"appos-{tree.pos[h].lower()}-{tree.pos[i].lower()}"
        sentence = tree.doc[i].sent.text
        yield Row("is in" if inside else "is", pair, rule, confidence(rule), sentence)


def _nary(clause: Clause) -> Iterator[Row]:
    tree = clause.tree
    words = relation(clause)
    core, groups, prepositions = _split(clause)
    further = [
        text_of(tree, [*g[0].preps, *(t for a in g for t in phrase(tree, a.head, but=clause.verb))])
        for g in groups
    ]
    # A gerund after a preposition is an argument ("by selling shares"), not a row.
    further += [
        text_of(tree, [tree.head[k.verb], *clause_text(tree, k.verb)])
        for k in clause.children
        if k.link == "pcomp" and k.host is None
    ]
    # The auxiliary that a participle leaves out ("a firm founded in 1900").
    bare = tree.tag[words[0]] in ("VBG", "VBN") and clause.link in ("acl", "relcl", "advcl", "conj")
    subject = text_of(tree, _joined(tree, clause))
    for o in core:
        said, second = _second(clause, [*words, *prepositions], o)
        arguments = [subject, *second, *further]
        if len(arguments) > 1:
            text = ("be " if bare else "") + text_of(tree, said)
            yield _row(clause, text, arguments, _rule(clause, o, prepositions))


def _joined(tree: Tree, clause: Clause) -> list[int]:
    """Give the words of the subject, with all that are coordinated in it."""
    first, last = clause.subjects[0], clause.subjects[-1]
    tokens = phrase(tree, first, BARE, clause.verb)
    if first != last:
        tokens = list(range(tokens[0], phrase(tree, last, BARE, clause.verb)[-1] + 1))
    return tokens


def _second(clause: Clause, words: list[int], o: Argument | None) -> tuple[list[int], list[str]]:
    """Give the relation's words and the second argument; the "that" of a clause goes with the relation."""
    tree = clause.tree
    if o is None:
        return words, []
    if o.role != "clause":
        return words, [text_of(tree, phrase(tree, o.head, but=clause.verb))]
    that = [t for t in tree.of(o.head, "mark") if tree.lower[t] == "that"]
    return [*words, *that], [text_of(tree, [t for t in clause_text(tree, o.head) if t not in that])]


def _split(clause: Clause) -> tuple[list[Argument | None], list[list[Argument]], tuple[int, ...]]:
    """Give the second arguments, the further ones grouped by preposition, and the relation's preposition."""
    tree = clause.tree
    adjuncts = sorted(
        (a for c in clause.chain() for a in c.adjuncts),
        key=lambda a: a.preps[0] if a.preps else tree.left[a.head],
    )
    core: list[Argument | None] = list(clause.objects) or list(clause.clauses)
    if not core:
        seconds = [a for a in adjuncts if a.role == "second"]
        core = [*seconds]
        adjuncts = [a for a in adjuncts if a.role != "second"]
    groups: list[list[Argument]] = []
    for a in adjuncts:
        if groups and a.preps and groups[-1][0].preps == a.preps:
            groups[-1].append(a)
        else:
            groups.append([a])
    if core:
        return core, groups, ()
    after = [g for g in groups if g[0].preps and g[0].preps[0] > clause.verb]
    chosen = next((g for g in after if g[0].role == "by-agent"), after[0] if after else None)
    if chosen is None:
        return [None], groups, ()
    groups.remove(chosen)
    return [*chosen], groups, chosen[0].preps


def _rule(clause: Clause, o: Argument | None, prepositions: tuple[int, ...]) -> str:
    kind = "none" if o is None else "prep" if prepositions else o.role
    link = "acl-to" if clause.link == "acl" and clause.marker == "to" else clause.link
    return f"{link}-{clause.shared_subject or 'own'}-{kind}"


def _row(clause: Clause, relation: str, arguments: Sequence[str], rule: str) -> Row:
    sure = confidence(rule)
    # The deeper a clause hangs and the farther its subject is, the more often the parse errs.
    depth, above = 0, clause.parent
    while above is not None:
        depth, above = depth + (above.link != "xcomp"), above.parent
    if depth > 1:
        sure *= 0.94 ** (depth - 1)
    if abs(clause.subjects[0] - clause.verb) > 12:
        sure *= 0.9
    if clause.marker == "that":
        sure *= 0.9
    return Row(relation, tuple(arguments), rule, round(sure, 3), clause.tree.doc[clause.verb].sent.text)


def _binary(clause: Clause) -> Iterator[Row]:
    tree = clause.tree
    words = relation(clause)
    objects: list[Argument] = list(clause.objects) or list(clause.clauses)
    adjuncts = [a for c in clause.chain() for a in c.adjuncts]
    for s in clause.subjects:
        subject = text_of(tree, phrase(tree, s, MINIMAL, clause.verb))
        for o in objects:
            said, second = _second(clause, words, o)
            if o.role != "clause":
                second = [text_of(tree, phrase(tree, o.head, MINIMAL))]
            yield _row(clause, text_of(tree, said), (subject, *second), _rule(clause, o, ()))
            if o.role != "clause":
                yield from _nested(clause, subject, words, o.head)
        for a in adjuncts:
            said = list(words)
            if objects and objects[0].role != "clause":
                said += phrase(tree, objects[0].head, MINIMAL)
            said += a.preps
            pair = (subject, text_of(tree, phrase(tree, a.head, MINIMAL)))
            kind = "bare" if not a.preps else "front" if a.preps[0] < words[0] else "adjunct"
            rule = _rule(clause, None, ()).removesuffix("none") + kind
            yield _row(clause, text_of(tree, said), pair, rule)
            if a.preps:
                yield from _nested(clause, subject, said, a.head)


def _nested(clause: Clause, subject: str, words: Sequence[int], noun: int) -> Iterator[Row]:
    """Give a row for each preposition on the object: "became a justice of" the court."""
    tree = clause.tree
    for p in tree.of(noun, "prep"):
        inner = tree.first(p, "pobj")
        if inner is None or p < noun:
            continue
        said = [*words, *(t for t in phrase(tree, noun, MINIMAL) if t < p), p]
        for j in tree.conjuncts(inner):
            pair = (subject, text_of(tree, phrase(tree, j, MINIMAL)))
            yield _row(clause, text_of(tree, said), pair, "nested")
