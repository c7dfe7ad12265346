"""What the clauses and nouns of a block say, in the form that patterns of relations are written in.

A verb fact is "A verb [preposition] B", active voice where there is an agent; a noun fact "A is noun
preposition B"; a has fact "A has noun preposition B". Arguments are tokens; None stands for what the text
leaves to be understood, mostly the topic.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from kg.extract.claims.clauses import Clause
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.parse.tree import Tree
from kg.extract.schema.arguments import Arguments

LINKING = frozenset({"be", "become", "remain", "include", "serve", "comprise", "feature"})
NOUNS = frozenset({"NOUN", "PROPN"})


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
    tree, verb = clause.tree, clause.verb
    words = {clause.lemma}
    if clause.particle:
        words.add(f"{clause.lemma}_{clause.particle}")
    for k in tree.of(verb, "prt"):
        words.add(f"{clause.lemma}_{tree.lower[k]}")
    agents = [a.head for a in clause.adjuncts if a.role in ("by-agent",)]
    if not agents and tree.tag[verb] == "VBN":
        agents = [a.head for a in clause.adjuncts if a.role == "by"] or _shared_agents(clause, by_verb)
    subjects: list[int | None] = list(clause.subjects) or [None]
    objects = [a.head for a in clause.objects if a.role in ("object", "complement")]
    passive = clause.passive or bool(agents)
    for subject in subjects:
        for word in sorted(words):
            if passive:
                for agent in agents:
                    yield Fact("verb", word, "", agent, subject, verb, verb)
                form = f"be {tree.lower[verb]}"
                for o in objects:
                    yield Fact("verb", form, "", subject, o, verb, verb)
            else:
                for o in objects:
                    yield Fact("verb", word, "", subject, o, verb, verb)
            form = f"be {tree.lower[verb]}" if passive else word
            for a in clause.adjuncts:
                if a.role in ("time", "second"):
                    yield Fact("verb", form, "", subject, a.head, verb, verb)
                    continue
                preposition = "_".join(tree.lower[p] for p in a.preps) or a.role
                yield Fact("verb", form, preposition, subject, a.head, verb, verb)
                for o in objects:
                    if tree.pos[o] == "NOUN":
                        yield Fact(
                            "verb", f"{form} {tree.lemma[o]}", preposition, subject, a.head, verb, verb
                        )
            for o in objects:
                if tree.pos[o] != "NOUN":
                    continue
                for p in tree.of(o, "prep"):
                    for b in _objects(tree, p):
                        yield Fact("verb", f"{form} {tree.lemma[o]}", tree.lower[p], subject, b, verb, verb)


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
    inner = tree.first(preposition, "pobj")
    return [] if inner is None else tree.conjuncts(inner)


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
        if tree.pos[k] in ("NOUN", "PROPN", "NUM"):
            last = k
        elif tree.pos[k] not in ("DET", "ADJ", "PUNCT", "PART") or tree.lower[k] in (",", "(", ")"):
            break
    return last


def _nominal(tree: Tree, i: int, by_verb: dict[int, Clause], arguments: Arguments) -> Iterator[Fact]:
    """Give what a noun says of the things it stands with."""
    words = [tree.lemma[i]]
    if i > 0 and (tree.dep[i - 1] in ("compound", "amod") or tree.pos[i - 1] == "ADJ"):
        words.append(f"{tree.lower[i - 1]}_{tree.lemma[i]}")
    if i > 1 and tree.lower[i - 1] == "-":
        words.append(f"{tree.lower[i - 2]}-{tree.lemma[i]}")
        if i > 3 and tree.lower[i - 3] == "-":
            words.append(f"{tree.lower[i - 4]}-{tree.lower[i - 2]}-{tree.lemma[i]}")
    work = _is_work(tree.lemma[i])
    if work:
        words.append("work")
    complements: list[tuple[str, int]] = []
    for j in _sharing(tree, i):
        for p in tree.of(j, "prep"):
            complements += [(tree.lower[p], b) for b in _objects(tree, p)]
        complements += [("of", k) for k in tree.of(j, "poss")]
        if tree.dep[j] == "dobj" or tree.dep[j] == "attr":
            # "is a film by X" where the parser hangs the phrase on the verb
            for p in tree.of(tree.head[j], "prep", "agent"):
                if p == tree.right[j] + 1:
                    complements += [(tree.lower[p], b) for b in _objects(tree, p)]
    for k in tree.of(i, "compound", "nmod", "poss"):
        if k in arguments.at and arguments.at[k].end <= i:
            complements.append(("of", k))
    holders, verb = _holders(tree, i, by_verb, arguments)
    for word in words:
        for preposition, b in complements:
            for a in holders:
                if a != b:
                    yield Fact("noun", word, preposition, a, b, i, verb)
            yield Fact("has", word, preposition, _host(tree, i, by_verb), b, i, verb)
            if not holders:
                yield Fact("noun", word, preposition, None, b, i, verb)
        if holders and not complements:
            for a in holders:
                yield Fact("noun", word, "of", a, None, i, verb)


def _is_work(lemma: str) -> bool:
    return lemma_type(lemma) in ("Work", "Product")


def _sharing(tree: Tree, i: int) -> list[int]:
    """Give a noun with those coordinated with it, whose complements it shares: "writer and editor of X"."""
    found = [i]
    if tree.dep[i] == "conj":
        found.append(tree.head[i])
    found += [k for k in tree.of(i, "conj") if tree.pos[k] == "NOUN"]
    return found


def _holders(tree: Tree, i: int, by_verb: dict[int, Clause], arguments: Arguments) -> tuple[list[int], int]:
    """Give the tokens of those whom a noun is said of, and the verb that says it."""
    found: list[int] = []
    verb = -1
    at = i
    while tree.dep[at] == "conj" and tree.head[at] != at:
        at = tree.head[at]
    h = tree.head[at]
    if tree.dep[at] in ("attr", "oprd") and h in by_verb:
        verb = h
        found += [s for s in by_verb[h].subjects if s != at]
    elif tree.dep[at] == "attr":
        subject = tree.first(h, "nsubj", "nsubjpass")
        found += tree.conjuncts(subject) if subject is not None else []
    elif tree.dep[at] in ("nsubj", "nsubjpass") and tree.lemma[h] in LINKING:
        verb = h
        found += [c for k in tree.of(h, "attr", "dobj") for c in tree.conjuncts(k)]
    elif tree.dep[at] == "dobj" and h in by_verb and tree.lemma[h] in ("become", "include"):
        verb = h
        found += by_verb[h].subjects
    elif tree.dep[at] == "pobj" and tree.lower[h] == "as" and tree.head[h] in by_verb:
        verb = tree.head[h]
        clause = by_verb[verb]
        found += clause.subjects if not clause.objects else [o.head for o in clause.objects]
    elif tree.dep[at] == "appos":
        found.append(h)
    elif tree.dep[at] in ("compound", "nmod") and h in arguments.at and arguments.at[h].start > i:
        found.append(h)
    for k in tree.of(at, "appos"):
        found += tree.conjuncts(k)
    after = arguments.at.get(i + 1)
    if after is not None and after.start == i + 1 and after.kind in ("name", "title"):
        found += tree.conjuncts(after.end - 1)
    return list(dict.fromkeys(k for k in found if k != i)), verb


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
