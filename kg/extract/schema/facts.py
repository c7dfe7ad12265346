"""What the clauses and nouns of a block say, in the form that patterns of relations are written in.

A verb fact is "A verb [preposition] B", active voice where there is an agent; a noun fact "A is noun
preposition B"; a has fact "A has noun preposition B". Arguments are tokens; None stands for what the text
leaves to be understood, mostly the topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract import constructions, lexicon
from kg.extract.claims.clauses import Argument, Clause
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree
from kg.extract.schema.arguments import Arguments

LINKING = lexicon.words("schema/words", "facts", "linking")
TURNING = lexicon.words("schema/words", "facts", "turning")
# What may stand before the last noun of a run of words, and the signs that end one all the same.
NUMBERED = NOUNS | {"NUM"}
LEADING = frozenset({"DET", "ADJ", "PUNCT", "PART"})
ENDING = frozenset({",", "(", ")"})


@dataclass(frozen=True, slots=True)
class Fact:
    """One fact: how it is said (verb, noun, has), its word and preposition, its two arguments, its clause."""

    kind: str
    word: str
    preposition: str
    a: int | None
    b: int | None
    at: int  # the token that says it
    verb: int = -1  # the verb of its clause, for negation and modality


def facts_of(tree: Tree, clauses: list[Clause], arguments: Arguments) -> list[Fact]:
    """Give all facts of a block, verbs before nouns, each once."""
    by_verb = {c.verb: c for c in clauses}
    found = [f for c in clauses for f in _verbal(c, by_verb)]
    found += _after_participles(tree, found)
    for i in range(tree.n):
        if tree.pos[i] in NOUNS and (i not in arguments.at or arguments.at[i].kind == "member"):
            found += _nominal(tree, i, by_verb, arguments)
    return list(dict.fromkeys(found))


def _verbal(clause: Clause, by_verb: dict[int, Clause]) -> Iterator[Fact]:
    """Give what a verb says of its subject, each way that it may be called."""
    tree, verb = clause.tree, clause.verb
    agents = _agents(clause, by_verb)
    subjects: list[int | None] = list(clause.subjects) or [None]
    objects = [a.head for a in clause.objects if a.role in ("object", "complement")]
    passive = clause.passive or bool(agents)
    for subject in subjects:
        for word in sorted(_verbs(clause)):
            if passive:
                yield from (Fact("verb", word, "", agent, subject, verb, verb) for agent in agents)
            form = f"be {tree.lower[verb]}" if passive else word
            yield from (Fact("verb", form, "", subject, o, verb, verb) for o in objects)
            yield from _with_prepositions(clause, form, subject, objects)


def _with_prepositions(clause: Clause, form: str, subject: int | None, objects: list[int]) -> Iterator[Fact]:
    """Give what a verb says with its adjuncts, and with what hangs on its object ("take part in")."""
    tree, verb = clause.tree, clause.verb
    nouns = [o for o in objects if tree.pos[o] == "NOUN"]
    for a in clause.adjuncts:
        yield from _of_adjunct(clause, form, subject, nouns, a)
    for o in nouns:
        for p, b in _prepositional(tree, o):
            yield Fact("verb", f"{form} {tree.lemma[o]}", p, subject, b, verb, verb)


def _verbs(clause: Clause) -> set[str]:
    """Give a verb alone and with its particle ("set", "set_up")."""
    tree = clause.tree
    particles = [clause.particle] if clause.particle else []
    particles += [tree.lower[k] for k in tree.of(clause.verb, "prt")]
    return {clause.lemma, *(f"{clause.lemma}_{p}" for p in particles)}


def _agents(clause: Clause, by_verb: dict[int, Clause]) -> list[int]:
    """Give who does what a passive or a participle tells."""
    agents = [a.head for a in clause.adjuncts if a.role == "by-agent"]
    if agents or clause.tree.tag[clause.verb] != "VBN":
        return agents
    return [a.head for a in clause.adjuncts if a.role == "by"] or _shared_agents(clause, by_verb)


def _of_adjunct(
    clause: Clause, form: str, subject: int | None, nouns: list[int], a: Argument
) -> Iterator[Fact]:
    """Give what a verb says with a preposition, alone and with its object's noun ("take part in")."""
    tree, verb = clause.tree, clause.verb
    if a.role in ("time", "second"):
        yield Fact("verb", form, "", subject, a.head, verb, verb)
        return
    preposition = "_".join(tree.lower[p] for p in a.preps) or a.role
    yield Fact("verb", form, preposition, subject, a.head, verb, verb)
    for o in nouns:
        yield Fact("verb", f"{form} {tree.lemma[o]}", preposition, subject, a.head, verb, verb)


def _shared_agents(clause: Clause, by_verb: dict[int, Clause]) -> list[int]:
    """Give the agent that stands with a later verb: "written and directed by Ines Roth"."""
    tree = clause.tree
    if clause.objects or any(a.preps and a.preps[0] > clause.verb for a in clause.adjuncts):
        return []
    for k in tree.conjuncts(clause.verb):
        other = by_verb.get(k)
        if other is not None and k > clause.verb:
            agents = [a.head for a in other.adjuncts if a.role in ("by-agent", "by")]
            if agents:
                return agents
    return []


def _objects(tree: Tree, preposition: int) -> list[int]:
    return _coordinated(tree, tree.first(preposition, "pobj"))


def _prepositional(tree: Tree, i: int) -> list[tuple[str, int]]:
    """Give the prepositions that hang on a word, each with its objects."""
    return [(tree.lower[p], b) for p in tree.of(i, "prep") for b in _objects(tree, p)]


def _after_participles(tree: Tree, found: list[Fact]) -> list[Fact]:
    """Give "directed by X" as the words have it, where the parser did not take it for a clause."""
    known = {(f.at, f.preposition) for f in found}
    seen = {f.at for f in found}
    extra = []
    for i in range(tree.n - 2):
        if tree.tag[i] not in ("VBN", "VBD") or i in seen or (i, "") in known:
            continue
        if tree.lower[i + 1] == "by":
            extra.append(Fact("verb", tree.lemma[i], "", _next_noun(tree, i + 2), None, i, i))
        elif tree.pos[i + 1] == "ADP":
            b = _next_noun(tree, i + 2)
            extra.append(Fact("verb", f"be {tree.lower[i]}", tree.lower[i + 1], None, b, i, i))
    return extra


def _next_noun(tree: Tree, i: int) -> int:
    """Give the last noun of the run of words that begins at a token."""
    last = i
    for k in range(i, min(i + 8, tree.n)):
        if tree.pos[k] in NUMBERED:
            last = k
        elif tree.pos[k] not in LEADING or tree.lower[k] in ENDING:
            break
    return last


def _nominal(tree: Tree, i: int, by_verb: dict[int, Clause], arguments: Arguments) -> Iterator[Fact]:
    """Give what a noun says of the things it stands with."""
    complements = _complements(tree, i, arguments)
    holders, verb = _holders(tree, i, by_verb, arguments)
    for word in _nouns(tree, i):
        for preposition, b in complements:
            for a in holders:
                if a != b:
                    yield Fact("noun", word, preposition, a, b, i, verb)
            yield Fact("has", word, preposition, _host(tree, i, by_verb), b, i, verb)
            if not holders:
                yield Fact("noun", word, preposition, None, b, i, verb)
        if not complements:
            yield from (Fact("noun", word, "of", a, None, i, verb) for a in holders)


def _nouns(tree: Tree, i: int) -> list[str]:
    """Give what a noun may be called: alone, with the word before it, hyphenated, and "work" of any work."""
    lemma, lower = tree.lemma[i], tree.lower
    found = [lemma]
    if i > 0 and (tree.dep[i - 1] in ("compound", "amod") or tree.pos[i - 1] == "ADJ"):
        found.append(f"{lower[i - 1]}_{lemma}")
    if i > 1 and lower[i - 1] == "-":
        found.append(f"{lower[i - 2]}-{lemma}")
        if i > 3 and lower[i - 3] == "-":
            found.append(f"{lower[i - 4]}-{lower[i - 2]}-{lemma}")
    if lemma_type(lemma) in ("Work", "Product"):
        found.append("work")
    return found


def _complements(tree: Tree, i: int, arguments: Arguments) -> list[tuple[str, int]]:
    """Give what a noun is of, by, for: its prepositions with their objects, and owners as "of"."""
    found: list[tuple[str, int]] = []
    for j in _sharing(tree, i):
        found += _prepositional(tree, j)
        found += [("of", p.owner) for p in constructions.possessives(tree, j)]
        if tree.dep[j] in ("dobj", "attr"):
            # "is a film by X" where the parser hangs the phrase on the verb
            for p in tree.of(tree.head[j], "prep", "agent"):
                if p == tree.right[j] + 1:
                    found += [(tree.lower[p], b) for b in _objects(tree, p)]
    for k in constructions.modifiers(tree, i):
        if k in arguments.at and arguments.at[k].end <= i:
            found.append(("of", k))
    return found


def _sharing(tree: Tree, i: int) -> list[int]:
    """Give a noun with those coordinated with it, whose complements it shares: "writer and editor of X"."""
    found = [i]
    if tree.dep[i] == "conj":
        found.append(tree.head[i])
    found += [k for k in tree.of(i, "conj") if tree.pos[k] == "NOUN"]
    return found


def _holders(tree: Tree, i: int, by_verb: dict[int, Clause], arguments: Arguments) -> tuple[list[int], int]:
    """Give the tokens of those whom a noun is said of, and the verb that says it."""
    at = i
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    found, verb = _predicated(tree, at, by_verb)
    renamed, h = constructions.apposition(tree, at), tree.head[at]
    if renamed is not None:
        found.append(renamed.head)
    elif tree.dep[at] in ("compound", "nmod") and h in arguments.at and arguments.at[h].start > i:
        found.append(h)
    for a in constructions.appositions(tree, at):
        found += tree.conjuncts(a.renaming)
    after = arguments.following(i)
    if after is not None:
        found += tree.conjuncts(after.end - 1)
    return list(dict.fromkeys(k for k in found if k != i)), verb


def _predicated(tree: Tree, at: int, by_verb: dict[int, Clause]) -> tuple[list[int], int]:
    """Give those of whom a verb says that they are, become or serve as what a noun names, and the verb."""
    dep, h = tree.dep[at], tree.head[at]
    clause = by_verb.get(h)
    if clause is not None:
        if dep in ("attr", "oprd"):
            return [s for s in clause.subjects if s != at], h
        if dep == "dobj" and tree.lemma[h] in TURNING:
            return list(clause.subjects), h
    if dep == "attr":
        return _coordinated(tree, tree.first(h, "nsubj", "nsubjpass")), -1
    if dep in ("nsubj", "nsubjpass") and tree.lemma[h] in LINKING:
        return [c for k in tree.of(h, "attr", "dobj") for c in tree.conjuncts(k)], h
    if dep == "pobj" and tree.lower[h] == "as" and tree.head[h] in by_verb:
        return _serving(by_verb[tree.head[h]]), tree.head[h]
    return [], -1


def _coordinated(tree: Tree, i: int | None) -> list[int]:
    return [] if i is None else tree.conjuncts(i)


def _serving(clause: Clause) -> list[int]:
    """Give who is or was made what follows "as": the object where there is one, else the subject."""
    return [o.head for o in clause.objects] if clause.objects else list(clause.subjects)


def _host(tree: Tree, i: int, by_verb: dict[int, Clause]) -> int | None:
    """Give the subject of the clause that a noun stands in."""
    at = i
    while tree.head[at] != at:
        if tree.dep[at] == "pobj" and tree.lower[tree.head[at]] == "with":
            host = tree.head[tree.head[at]]
            if tree.pos[host] in NOUNS:
                return host
        at = tree.head[at]
        if at in by_verb and by_verb[at].subjects:
            subject = by_verb[at].subjects[0]
            return None if subject == i else subject
    return None
