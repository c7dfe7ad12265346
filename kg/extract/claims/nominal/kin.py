"""Kin that somebody is said to have: "had two brothers, Niklaus and Johann"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import kin_at
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import VERBS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft
from kg.extract.values import durations

# How far behind its verb the list of somebody's kin may go.
_LONGEST = 60
# "… three children; one daughter, Ann, lives in Ulm".
_ONE_OF = frozenset(("a", "one", "the", "their", "his", "her"))
# Two who have children together.
_BOTH = frozenset(("they", "couple", "pair"))
# Which of several children one is, in words that stand for the child: "the eldest, Ann, became a nurse".
_WHICH = frozenset(("eldest", "oldest", "elder", "younger", "youngest", "first", "second", "third", "other"))
# Words for a child that tell its age.
_LITTLE = words("nominals", "family", "little")
_YEAR, _GROWN = ["-", "year", "-"], 18
_STOPPING = frozenset((";", ":", "with", "by", "who", "when", "while", "after", "before"))


def had(ctx: BlockContext, verb: int) -> None:
    """ "She has two daughters, Matilda (b. 2009) and Anna, and a son, Ralph": each with a name."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if tree.lemma[verb] != "have" or how is None:
        return
    first = _first_kin(tree, verb)
    if first is None:
        return
    named = list(_named(ctx, first))
    for owner in map(ctx.mention, _owners(ctx, verb)) if named else ():
        for noun, relation, person in named if owner.type == "Person" or owner.head.lower_ in _BOTH else ():
            tokens = [ctx.doc[noun]]
            ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=tokens, factuality=how)


def _kin_at(tree: Tree, i: int) -> str | None:
    """Give the relation that a noun for kin names, or one that tells the age of a child: "a two-year-old"."""
    named = tree.lower[i + 1 : i + 2] == [","]
    if named and tree.lower[i] == "old" and tree.lower[max(i - 3, 0) : i] == _YEAR:
        age = durations.count(tree.lower[i - 4])
        return rel.CHILD if age is not None and age < _GROWN else None
    return rel.CHILD if named and tree.lemma[i] in _LITTLE else kin_at(tree, i)


def _first_kin(tree: Tree, verb: int) -> int | None:
    """Give the noun for kin that is a verb's object, or stands before the name that is: "a baby, Max"."""
    for o in tree.of(verb, "dobj"):
        phrase: tuple[int, ...] = (o, *range(tree.left[o], o))
        found = next((k for k in phrase if _kin_at(tree, k) is not None), None)
        if found is not None and (found == o or tree.lower[found + 1] == ","):
            return found
    return None


def _owners(ctx: BlockContext, verb: int) -> list[int]:
    """Give who has the kin that a verb tells of: its subjects, and with whom they have it."""
    tree = ctx.tree
    owners = [c for s in _subjects(tree, verb) for c in tree.conjuncts(ctx.antecedent(s, verb))]
    beside = [p for p in tree.of(verb, "prep") if tree.lower[p] in ("with", "by")]
    return owners + [o for p in beside for o in _other(ctx, verb, p)]


def _subjects(tree: Tree, verb: int) -> list[int]:
    """Give the subjects of a verb, or of the one it is joined to: "is married and has a son, Max"."""
    while not (found := tree.of(verb, "nsubj", "nsubjpass")) and tree.dep[verb] == "conj":
        verb = tree.head[verb]
    return found


def by_name(ctx: BlockContext, i: int) -> None:
    """ "The ship bears his wife's name, Ida": whose kin is called so."""
    tree = ctx.tree
    noun = ctx.owner(i) if tree.lemma[i] == "name" else None
    whose = None if noun is None else ctx.owner(noun)
    person = ctx.name[i + 2] if i + 2 < tree.n and tree.lower[i + 1] == "," else None
    if noun is None or whose is None or person is None or person.type != "Person" or tree.tag[noun] != "NN":
        return
    relation, owner = kin_at(tree, noun), ctx.mention(whose)
    if relation is not None and owner.type == "Person" and person.span.start == i + 2:
        ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=[ctx.doc[noun]])


def left(ctx: BlockContext, verb: int) -> None:
    """ "She leaves a son, Max, and four grandchildren": whoever leaves them has them."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if tree.lemma[verb] != "leave" or how is None:
        return
    first = _first_kin(tree, verb)
    subjects = tree.of(verb, "nsubj") if first is not None else []
    named = list(_named(ctx, first)) if first is not None and subjects else []
    for owner in (ctx.mention(ctx.antecedent(s, verb)) for s in subjects[:1]):
        for noun, relation, person in named if owner.type == "Person" else ():
            tokens = [ctx.doc[noun]]
            ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=tokens, factuality=how)


def one_of_them(ctx: BlockContext, verb: int) -> None:
    """ "They had three children. The eldest, Calum, was lost at sea": one of those told of just before."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    if tree.lemma[verb] != "have" or how is None or not how.asserted:
        return
    first = _first_kin(tree, verb)
    if first is None or tree.tag[first] != "NNS" or any(True for _ in _named(ctx, first)):
        return
    relation = _kin_at(tree, first)
    for which, person in _singled_out(ctx, first) if relation is not None else ():
        for owner in map(ctx.mention, _owners(ctx, verb)):
            assert relation is not None
            tokens = [ctx.doc[which]]
            ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=tokens, factuality=how)


def _singled_out(ctx: BlockContext, several: int) -> Iterator[tuple[int, MentionDraft]]:
    """Give who is picked from several, with the word that picks: "The eldest, Calum,"."""
    tree = ctx.tree
    for k in range(several + 1, _end_of_next(ctx, several) - 3):
        if tree.lower[k] == "the" and tree.lower[k + 1] in _WHICH and tree.lower[k + 2] == ",":
            person = ctx.name[k + 3]
            if person is not None and person.type == "Person" and person.span.start == k + 3:
                yield k + 1, person


def _end_of_next(ctx: BlockContext, i: int) -> int:
    """Give where the sentence behind that of a token ends."""
    end = int(ctx.doc[i].sent.end)
    return int(ctx.doc[end].sent.end) if end < ctx.tree.n else end


def survived(ctx: BlockContext, verb: int) -> None:
    """ "She is survived by her son, Max, and a sister, Ann": each with a name, whoever's word it is."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    subject, agent = tree.first(verb, "nsubjpass"), tree.first(verb, "agent")
    if tree.lemma[verb] != "survive" or how is None or subject is None or agent is None:
        return
    end = min(agent + _LONGEST, tree.n)
    first = next((k for k in range(agent + 1, end) if _kin_at(tree, k) is not None), None)
    owner = ctx.mention(ctx.antecedent(subject, verb))
    for noun, relation, person in _named(ctx, first) if first is not None else ():
        tokens = [ctx.doc[noun]]
        ctx.add_claim(owner, relation, person, rules.KIN_HAVE, tokens=tokens, factuality=how)


def _other(ctx: BlockContext, verb: int, prep: int) -> Iterator[int]:
    """Give with whom somebody has children: "with Ann Lee", "his second wife, with whom he had a son"."""
    tree = ctx.tree
    for o in ctx.objects(prep)[:1]:
        titled = ctx.titled(o)
        if ctx.name[o] is not None or titled is not None:
            yield titled.head.i if titled is not None else o
        elif tree.lower[o] in ("whom", "who") and tree.dep[verb] == "relcl":
            head = tree.head[verb]
            renamed = constructions.apposition(tree, head)
            yield renamed.head if renamed is not None and ctx.name[renamed.head] is not None else head


def _named(ctx: BlockContext, first: int) -> Iterator[tuple[int, str, MentionDraft]]:
    """Give the kinship nouns from a token on, the relation of each, and who is named for it."""
    tree, noun, relation = ctx.tree, first, _kin_at(ctx.tree, first)
    end, left = min(first + _LONGEST, tree.n), 1
    begin = first + 2 if _is_listed(tree, first) else first + 1
    for k in constructions.outside(tree, begin, end, reach=end):
        person, new = ctx.name[k], _kin_at(tree, k)
        if person is not None:
            beside = begin > first + 1 and tree.dep[person.head.i] == "pobj"  # "Elsa, a cellist with Ida Moe"
            if person.type == "Person" and person.span.start == k and left and relation and not beside:
                yield noun, relation, person
                left -= tree.tag[noun] != "NNS"
        elif new is not None:
            noun, relation, left = k, new, 1
        elif _ends_list(ctx, first, k) and not (begin > first + 1 and tree.lower[k] == "with"):
            return


def _is_listed(tree: Tree, several: int) -> bool:
    """Whether a colon behind a plural opens the list of those: "two children: Elsa, a cellist, and Max"."""
    return tree.tag[several] == "NNS" and tree.lower[several + 1 : several + 2] == [":"]


def _ends_list(ctx: BlockContext, first: int, k: int) -> bool:
    """Whether a list of kin ends at a token; "They had three children; a son, Max, died" goes on."""
    tree = ctx.tree
    if tree.lower[k] == ";" and tree.tag[first] == "NNS" and k + 1 < tree.n:
        one = any(_kin_at(tree, n) is not None for n in range(k + 1, min(k + 4, tree.n)))
        return not one or tree.lower[k + 1] not in _ONE_OF
    return tree.lower[k] in _STOPPING or tree.pos[k] in VERBS or tree.lower[k] == "."
