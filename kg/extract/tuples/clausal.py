"""Open relation tuples: what a sentence says, in its own words.

`nary` gives a row for each subject and object of a clause, with the adjuncts as further arguments;
`binary` gives a row for the object and one for each adjunct, its preposition at the end of the relation.
Rows keep the voice and the words of the text: auxiliaries, negation and what governs an infinitive.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extract import lexicon
from kg.extract.claims.clauses import Argument, Clause
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.parse.tree import Tree
from kg.extract.tuples import phrasal
from kg.extract.tuples.phrases import BARE, MINIMAL, clause_text, phrase, text_of

WH = frozenset({"WP", "WDT", "WRB"})
# "after selling the mill", "by selling it": whoever is told about has sold it.
DONE = frozenset({"after", "before", "by", "in", "on", "upon", "since", "besides"})


@dataclass(frozen=True, slots=True)
class OpenTuple:
    """One tuple: relation and arguments as text, the rule that gave it and how sure it is."""

    relation: str
    arguments: tuple[str, ...]
    rule: str
    confidence: float
    sentence: str


# How sure a row is, in coarse steps, by the rule that gave it: how its clause hangs, how its subject was
# found, what its second argument is. The longest beginning of the rule's name counts.
CONFIDENCE = {
    "": 0.7,
    "main": 0.9,
    "conj": 0.85,
    "conj-advcl-object": 0.45,
    "conj-host-object": 0.5,
    "xcomp": 0.85,
    "xcomp-object": 0.45,
    "ccomp": 0.7,
    "ccomp-own-complement": 0.6,
    "relcl": 0.75,
    "relcl-host-object": 0.6,
    "relcl-host-clause": 0.45,
    "acl": 0.7,
    "acl-own": 0.4,
    "acl-to": 0.4,
    "advcl": 0.7,
    "advcl-advcl": 0.65,
    "advcl-own-complement": 0.6,
    "pcomp": 0.4,
    "pcomp-pcomp": 0.55,
    "there": 0.6,
    "gerund": 0.35,
    "csubj": 0.5,
    "appos": 0.4,
    "appos-propn-noun": 0.75,
    "appos-propn-propn": 0.6,
    "appos-noun-propn": 0.6,
    "age": 0.7,
    "title": 0.7,
    "place": 0.6,
    "example": 0.6,
    "content": 0.55,
    "nested": 0.6,
}


@functools.cache
def confidence(rule: str) -> float:
    """Give how sure the rows of a rule are.

    >>> confidence("main-own-object"), confidence("acl-own-clause")
    (0.9, 0.4)
    """
    known = [name for name in CONFIDENCE if rule.startswith(name)]
    return CONFIDENCE[max(known, key=len)]


def relation(clause: Clause) -> list[int]:
    """Give the words of the relation: auxiliaries, verb, particle, with those of governing verbs."""
    tree, i = clause.tree, clause.verb
    words: list[int] = []
    for c in (*_shared_governors(clause), *clause.chain()):
        words += c.words
        if c is not clause:
            words += [o.head for o in c.objects if o.role == "complement" and tree.pos[o.head] == "ADJ"]
    first = min(words)
    words += [
        k
        for k in tree.of(i, "advmod")
        if (first < k < i or k in (i - 1, i + 1)) and not tree.kids[k] and tree.tag[k] == "RB"
    ]
    return sorted(set(words))


def _shared_governors(clause: Clause) -> list[Clause]:
    """Give what governs the first of two joined infinitives, and so the second ("have to buy or sell")."""
    tree, first = clause.tree, clause
    while first.link == "conj" and first.parent is not None:
        first = first.parent
    if first is clause or len(first.chain()) == 1 or tree.tag[first.verb] != tree.tag[clause.verb]:
        return []
    own = [k for k in clause.words if tree.dep[k] in ("aux", "auxpass") and tree.lower[k] != "to"]
    return [] if own else first.chain()[:-1]


def rows(clauses: list[Clause], view: str) -> Iterator[OpenTuple]:
    """Give the rows of a parsed text in a view, "nary" or "binary"."""
    for clause in clauses:
        if view == "nary":
            yield from _existing(clause)
        if not _tells(clause):
            continue
        yield from _nary(clause) if view == "nary" else _binary(clause)
    if clauses and view == "nary":
        tree = clauses[0].tree
        for relation, pair, rule, at in phrasal.find(tree):
            yield OpenTuple(relation, pair, rule, confidence(rule), tree.doc[at].sent.text)


def _tells(clause: Clause) -> bool:
    """Whether a clause makes rows: it has a subject that says something, and no infinitive tells more."""
    tree, link = clause.tree, clause.link
    if not clause.subjects or any(k.depends() for k in clause.children):
        return False
    # Gerunds and the infinitives of nouns ("the plan to build") are told by what governs them, unless the
    # preposition says that the subject does it, too.
    if link in ("gerund", "pcomp") and clause.shared_subject:
        return clause.shared_subject == "pcomp" and clause.preposition in DONE
    if link == "acl" and clause.marker == "to":
        return False
    ends = (*clause.subjects, *(a.head for a in clause.objects))
    return not any(tree.tag[x] in WH for x in ends)


def _nary(clause: Clause) -> Iterator[OpenTuple]:
    tree = clause.tree
    words = relation(clause)
    core, groups, prepositions = _split(clause)
    further = [_group_text(clause, g) for g in groups if tree.tag[g[0].head] not in WH]
    further += _time_of_all(clause, groups)
    # A gerund after a preposition is an argument ("by selling shares"), not a row; where it is the only
    # one, its preposition goes with the relation.
    gerunds = [k.verb for k in clause.children if k.link == "pcomp" and k.host is None]
    said: Sequence[int]
    second: list[str]
    alone = gerunds[0] if core == [None] and gerunds and tree.head[gerunds[0]] > clause.verb else None
    further += [text_of(tree, [*_opening(clause, g), *clause_text(tree, g)]) for g in gerunds if g != alone]
    if core == [None] and not further and alone is None:
        further = _framed(clause) or _manner(clause, words)
    # The auxiliary that a participle or infinitive leaves out ("a firm founded in 1900").
    bare = tree.tag[words[0]] in ("VBG", "VBN", "TO")
    subject = text_of(tree, _joined(tree, _named(clause)))
    for o in core:
        if alone is not None:
            said, second = [*words, tree.head[alone]], [text_of(tree, clause_text(tree, alone))]
        else:
            said, second = _second(clause, [*words, *prepositions], o, absorb=len(core) == 1)
        arguments = [subject, *second, *further]
        if len(arguments) > 1:
            text = ("be " if bare else "") + text_of(tree, said)
            yield _row(clause, text, arguments, _rule(clause, o, prepositions))


def _opening(clause: Clause, gerund: int) -> list[int]:
    """Give the words that lead on from the verb to a gerund ("instead of selling")."""
    tree, above, found = clause.tree, clause.tree.head[gerund], []
    while above != clause.verb and tree.kids[above] and above not in found:
        found += [above, *tree.of(above, "advmod")]
        above = tree.head[above]
    return sorted(t for t in found if tree.pos[t] in ("ADP", "ADV", "SCONJ") and t < gerund)


def _group_text(clause: Clause, group: list[Argument]) -> str:
    tree, preps = clause.tree, group[0].preps
    tokens = [t for a in group for t in phrase(tree, a.head, but=clause.verb)]
    return text_of(tree, [*preps, *tokens, *_reach(tree, preps)])


def _reach(tree: Tree, preps: Sequence[int]) -> list[int]:
    """Give where what begins with a preposition ends: "from 1978 to 1981"."""
    inner = tree.first(preps[-1], "pobj") if preps else None
    if inner is None:
        return []
    return [t for p in tree.of(preps[-1], "prep") if p > inner for t in phrase(tree, p)]


def _time_of_all(clause: Clause, groups: list[list[Argument]]) -> list[str]:
    """Give the time before the main verb to what is joined to it: "In 1990 he left and founded a firm"."""
    tree = clause.tree
    if clause.link not in ("conj", "advcl") or any(_is_time(tree, a) for g in groups for a in g):
        return []
    top = clause
    while top.link in ("conj", "advcl", "xcomp") and top.parent is not None:
        top = top.parent
    known = {a.head for g in groups for a in g}
    times = [a for c in top.chain() for a in c.adjuncts if a.head < top.verb and _is_time(tree, a)]
    return [_group_text(clause, [a]) for a in times if a.head not in known]


def _is_time(tree: Tree, a: Argument) -> bool:
    return a.role == "time" or tree.doc[a.head].ent_type_ in ("DATE", "TIME")


def _framed(clause: Clause) -> list[str]:
    """Give what stands around a verb of saying: "The road, he said, was closed"."""
    tree, verb = clause.tree, clause.verb
    if tree.dep[verb] != "parataxis" or clause.lemma not in lexicon.SAYING:
        return []
    inside = set(tree.subtree(verb))
    around = [t for t in tree.subtree(tree.head[verb]) if t not in inside]
    return [text_of(tree, [t for t in around if tree.pos[t] != "PUNCT"])]


def _existing(clause: Clause) -> Iterator[OpenTuple]:
    """Give rows for what there is, with where and when: "There are two bridges in Lund"."""
    tree = clause.tree
    there = tree.first(clause.verb, "expl")
    if there is None or tree.lower[there] != "there" or clause.lemma != "be":
        return
    further = [_group_text(clause, [a]) for a in clause.adjuncts if tree.tag[a.head] not in WH]
    for o in clause.objects:
        hung = [
            p for p in tree.of(o.head, "prep") if tree.first(p, "pobj") is not None and tree.lower[p] != "of"
        ]
        own = set(tree.subtree(hung[0])) if hung else set()
        noun = [t for t in phrase(tree, o.head, BARE) if t not in own]
        arguments = [text_of(tree, noun), *(text_of(tree, phrase(tree, p)) for p in hung[:1]), *further]
        if len(arguments) > 1:
            sentence = tree.doc[clause.verb].sent.text
            yield OpenTuple(
                text_of(tree, relation(clause)), tuple(arguments), "there", confidence("there"), sentence
            )


def _manner(clause: Clause, words: Sequence[int]) -> list[str]:
    """Give the adverbs and adverbial clauses behind a verb that has no other argument."""
    tree, verb = clause.tree, clause.verb
    adverbs = [k for k in tree.of(verb, "advmod") if k > verb and k not in words]
    found = [text_of(tree, phrase(tree, k)) for k in adverbs]
    for k in clause.children:
        if k.link == "advcl" and k.marker not in ("", "to") and tree.head[k.verb] == verb:
            if tree.left[k.verb] > verb:
                found.append(text_of(tree, clause_text(tree, k.verb)))
    return found


def _named(clause: Clause) -> Clause:
    """Give the clause that names the subject: "Anna left when she was ill" tells that Anna was ill.

    The subject of a finite adverbial clause, where it is a pronoun, stands for that of the clause above it,
    if this comes first and agrees.
    """
    tree, pronoun = clause.tree, clause.subjects[0]
    word, inner = tree.lower[pronoun], clause.chain()[0]
    if inner.link != "advcl" or len(clause.subjects) > 1 or word not in ("he", "she", "it", "they"):
        return clause
    above = inner.parent
    while above is not None:
        if above.subjects and above.subjects[0] < pronoun and tree.pos[above.subjects[0]] != "PRON":
            if _agrees(tree, word, above.subjects):
                return above
        above = above.parent
    return clause


def _agrees(tree: Tree, word: str, subjects: Sequence[int]) -> bool:
    noun = subjects[0]
    kind = tree.doc[noun].ent_type_
    plural = len(subjects) > 1 or tree.tag[noun] in ("NNS", "NNPS")
    if word == "they":
        return plural or kind in ("ORG", "GPE", "NORP")
    person = kind == "PERSON" or (not kind and nominal_type(tree.doc[noun])[0] == "Person")
    return not plural and person == (word != "it")


def _joined(tree: Tree, clause: Clause) -> list[int]:
    """Give the words of the subject, with all that are coordinated in it."""
    first, last = clause.subjects[0], clause.subjects[-1]
    tokens = phrase(tree, first, BARE, clause.verb)
    if first != last:
        tokens = list(range(tokens[0], phrase(tree, last, BARE, clause.verb)[-1] + 1))
    return tokens


def _second(
    clause: Clause, words: list[int], o: Argument | None, *, absorb: bool = False
) -> tuple[list[int], list[str]]:
    """Give the relation's words and the second argument.

    The "that" of a clause goes with the relation; with `absorb` so do an adjective and a bare noun that lead
    on to what it is about ("is aware of", "took part in").
    """
    tree = clause.tree
    if o is None:
        return words, []
    if o.role != "clause":
        tokens = phrase(tree, o.head, but=clause.verb)
        link = _leads_on(tree, o) if absorb else None
        if link is None:
            return words, [text_of(tree, tokens)]
        return [*words, *(t for t in tokens if t <= link)], [text_of(tree, [t for t in tokens if t > link])]
    that = [t for t in tree.of(o.head, "mark") if tree.lower[t] == "that"]
    return [*words, *that], [text_of(tree, [t for t in clause_text(tree, o.head) if t not in that])]


def _leads_on(tree: Tree, o: Argument) -> int | None:
    """Give the preposition behind a predicative adjective, or right behind an object without determiner."""
    noun = o.role == "object"
    if noun:
        modified = any(
            tree.dep[k] in ("det", "amod", "poss", "nummod", "compound") for k in tree.kids[o.head]
        )
        if tree.tag[o.head] not in ("NN", "NNS") or modified:
            return None
    elif tree.pos[o.head] != "ADJ":
        return None
    for p in tree.of(o.head, "prep"):
        if p > o.head and tree.first(p, "pobj") is not None and tree.lower[p] != "than":
            return p if p == o.head + 1 or not noun else None
    return None


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


def _row(clause: Clause, relation: str, arguments: Sequence[str], rule: str) -> OpenTuple:
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
    return OpenTuple(relation, tuple(arguments), rule, round(sure, 3), clause.tree.doc[clause.verb].sent.text)


def _binary(clause: Clause) -> Iterator[OpenTuple]:
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


def _nested(clause: Clause, subject: str, words: Sequence[int], noun: int) -> Iterator[OpenTuple]:
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
