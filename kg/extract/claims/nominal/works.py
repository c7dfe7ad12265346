"""What somebody makes, writes, wins, speaks or believes, by the nouns that tell of it."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext, demonym_of
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import BEFORE_NOUNS, NOUNS, PLACES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

_MAKERS = words("nominals", "work", "makers")
_WRITTEN = words("nominals", "work", "written")
_AUTHORED = words("nominals", "work", "authored")
_UNWRITTEN = words("nominals", "work", "unwritten")
_WRITERS = words("nominals", "work", "writers")
_WINNERS = words("nominals", "work", "winners")
_PRIZES = tuple(words("nominals", "work", "prizes"))
_FAITHS = mapping("nominals", "faith")
_FAITHFUL = words("nominals", "work", "faithful")
_SPOKEN = words("nominals", "work", "spoken")
_SHARING = words("nominals", "work", "sharing")
_PRODUCTS = frozenset(("product", "model", "brand"))
_HYPHENS = frozenset("-–")


def is_faith(lemma: str) -> bool:
    """Whether a word says what somebody believes."""
    return lemma.lower() in _FAITHS


def is_written(lemma: str) -> bool:
    """Whether a noun names a work that has an author."""
    return lemma in _WRITTEN or lemma in _AUTHORED


def of_noun(ctx: BlockContext, i: int) -> None:
    """ "the maker of Zelmin", "author of The Grey Coast", "winner of the Booker Prize"."""
    tree, lemma = ctx.tree, ctx.tree.lemma[i]
    if lemma in _MAKERS:
        _product(ctx, i)
    elif lemma in _WRITERS:
        _wrote(ctx, i)
    elif lemma in _WINNERS:
        _award(ctx, i)
    elif lemma in _PRODUCTS:
        _made_by(ctx, i)
    elif lemma == "border" and tree.lemma[tree.head[i]] in _SHARING:
        _border(ctx, i)
    elif lemma == "language":
        _spoken(ctx, i)


def _wrote(ctx: BlockContext, i: int) -> None:
    """ "The author of The Grey Coast", "the authors of the study"."""
    tree = ctx.tree
    for o in ctx.objects_of(i, "of"):
        name, writer = ctx.name[o], _person(ctx, i)
        if name is not None and name.type == "Work" and writer is not None:
            ctx.add_claim(name, rel.AUTHOR, writer, rules.AUTHOR_OF, tokens=[ctx.doc[i]])
        elif name is None and is_written(tree.lemma[o]) and _is_the(tree, o):
            for each in _persons(ctx, i):
                ctx.add_claim(ctx.mention(o), rel.AUTHOR, each, rules.AUTHOR_OF, tokens=[ctx.doc[i]])


def own(ctx: BlockContext, i: int) -> None:
    """ "Her novels Brine (1964) and The Rake", 'his memoirs, "A Long Way"', "whose books include Dust"."""
    tree = ctx.tree
    if tree.lemma[i] not in _WRITTEN and tree.lower[i] not in _WRITTEN:
        return
    owner, head = ctx.owner(i), tree.head[i]
    if owner is None and tree.dep[i] in BEFORE_NOUNS and ctx.name[head] is not None:
        owner = ctx.owner(head)  # "Lund's novel Brine"
    if owner is None or any(tree.lower[k] in _UNWRITTEN for k in tree.of(i, "amod")):
        return
    author = _author(ctx, i, owner)
    for work in _called(ctx, i) if author is not None else ():
        assert author is not None
        ctx.add_claim(work, rel.AUTHOR, author, rules.POSSESSIVE_WORK, tokens=[ctx.doc[i]])


def _author(ctx: BlockContext, i: int, owner: int) -> MentionDraft | None:
    """Give the person whose a work is, for "whose" the one that its clause hangs on."""
    tree = ctx.tree
    if tree.lower[owner] == "whose":
        while tree.head[i] != i and tree.dep[i] != "relcl":
            i = tree.head[i]
        owner = tree.head[i]
    if tree.lower[owner] in ("his", "her"):
        return ctx.mention(owner)
    return ctx.mention(owner) if ctx.noun_type(owner) == "Person" else None


def _called(ctx: BlockContext, i: int) -> list[MentionDraft]:
    """Give the works that a noun with an owner names: behind it, between commas, or behind "include"."""
    tree, verb = ctx.tree, ctx.tree.head[i]
    tops = [a.renaming for a in constructions.appositions(tree, i)]
    if ctx.name[i + 1 : i + 2] not in ([], [None]):
        tops.append(i + 1)
    tops += _quoted(ctx, i)
    if tree.dep[i] == "nsubj" and tree.lemma[verb] in ("include", "be") and ctx.block.factualities.get(verb):
        tops += tree.of(verb, "dobj", "attr")
    if tops and tree.tag[i] == "NNS":
        tops += tree.conjuncts(i)[1:]  # the parser joins the second name to the noun
    named = [ctx.name[k] for top in tops for k in tree.conjuncts(top)]
    return [m for m in named if m is not None and m.type == "Work"]


def _quoted(ctx: BlockContext, i: int) -> list[int]:
    """'In her memoirs, "Brine", Ida Moe recalls it': a title that the parser hangs on the verb."""
    tree, at = ctx.tree, i + 3
    opened = at < tree.n and tree.lower[i + 1] == "," and tree.tag[i + 2] == "``"
    return [at] if opened and ctx.name[at] is not None else []


def _person(ctx: BlockContext, i: int) -> MentionDraft | None:
    """Give the person of whom a noun is said: by what it renames, its predicate, or the name behind it."""
    bearer = ctx.titled(i) or ctx.bearer(i)
    known = bearer is not None and bearer.kind in ("name", "pronoun") and bearer.type == "Person"
    return bearer if known else None


def _is_the(tree: Tree, i: int) -> bool:
    """Whether a noun is of one thing that is known: "the authors of the study"."""
    return tree.tag[i] == "NN" and any(tree.lower[k] == "the" for k in tree.of(i, "det"))


def _persons(ctx: BlockContext, i: int) -> list[MentionDraft]:
    """Give the persons of whom a noun is said, of a plural each: "Ida Moe and Jan Ek, the authors of"."""
    tree = ctx.tree
    named = tree.conjuncts(tree.head[i]) if constructions.renames(tree, i) and tree.tag[i] == "NNS" else []
    several = [ctx.mention(k) for k in named if k < i and ctx.name[k] is not None]
    if len(several) > 1:
        return [m for m in several if m.type == "Person"]
    one = _person(ctx, i)
    return [] if one is None or one.kind != "name" else [one]


def _product(ctx: BlockContext, i: int) -> None:
    """ "Norwind, maker of the Zelmin inhaler", "iPhone maker Apple": what a maker makes."""
    tree = ctx.tree
    made = [o for o in ctx.objects_of(i, "of") if ctx.name[o] is not None or tree.tag[o] == "NNS"]
    made += [
        k for k in tree.of(i, "compound", "nmod") if ctx.name[k] is not None and ctx.noun_type(k) in _THINGS
    ]
    bearer = _maker(ctx, i) if made else None
    if bearer is None or bearer.type not in ("Organization", "Person"):
        return
    for o in made:
        product = ctx.mention(o)
        if product.type not in ("Organization", "Person", *PLACES):
            ctx.add_claim(bearer, rel.PRODUCT, product, rules.MAKER_OF, tokens=[ctx.doc[i]])


def _maker(ctx: BlockContext, i: int) -> MentionDraft | None:
    """Give the name of a maker: of whom the noun is said, or that it stands before."""
    bearer, head = ctx.bearer(i), ctx.tree.head[i]
    if bearer is not None and bearer.kind != "nominal":
        return bearer
    return ctx.name[head] if head > i and ctx.tree.dep[i] in BEFORE_NOUNS else None


def _made_by(ctx: BlockContext, i: int) -> None:
    """ "The Kestrel, a product of Wynd Aero": what a named thing is of whom it is said to be one."""
    thing = ctx.bearer(i)
    for o in ctx.objects_of(i, "of", "from"):
        firm = ctx.name[o]
        if firm is not None and firm.type == "Organization" and thing is not None and thing.kind == "name":
            ctx.add_claim(firm, rel.PRODUCT, thing, rules.MAKER_OF, tokens=[ctx.doc[i]])


_THINGS = frozenset(("Product", "Work"))


def _award(ctx: BlockContext, i: int) -> None:
    """ "Nobel laureate Ann Lee", "Ann Lee, winner of the Booker Prize": what somebody was given."""
    won = [o for o in ctx.objects_of(i, "of") if _is_prize(ctx, o)]
    won += [k for k in ctx.tree.of(i, "compound", "nmod", "amod") if _is_prize(ctx, k)]
    person = _person(ctx, i) if won else None
    for o in won if person is not None else ():
        assert person is not None
        ctx.add_claim(person, rel.AWARD, _prize(ctx, o), rules.AWARD_OF, tokens=[ctx.doc[i]])


def _is_prize(ctx: BlockContext, o: int) -> bool:
    """Whether a name is that of a prize, by one of its words."""
    name, text = ctx.name[o], ctx.doc[o].text
    label = text if name is None and text[:1].isupper() else name.label if name is not None else ""
    return any(word in _PRIZES for word in label.lower().replace("-", " ").split())


def _prize(ctx: BlockContext, o: int) -> MentionDraft:
    return ctx.name[o] or ctx.named(o, o + 1, "Work")


def winning(ctx: BlockContext, i: int) -> None:
    """ "the Oscar-winning director", "a French-speaking region": prizes and languages before a hyphen."""
    tree, word = ctx.tree, ctx.tree.lower[i]
    if i < 2 or word not in ("winning", "speaking", "language") or tree.lower[i - 1] not in _HYPHENS:
        return
    noun = tree.head[i] if tree.head[i] > i else i + 1
    if noun >= tree.n or tree.pos[noun] not in NOUNS:
        return
    read = _is_prize(ctx, i - 2) if word == "winning" else _is_tongue(ctx, i - 2)
    bearer = (ctx.titled(noun) or ctx.bearer(noun)) if read else None
    if bearer is None:
        return
    if word == "winning":
        if bearer.kind != "nominal":
            ctx.add_claim(bearer, rel.AWARD, _prize(ctx, i - 2), rules.AWARD_OF, tokens=[ctx.doc[i]])
    else:
        tongue = ctx.named(i - 2, i - 1, "Language")
        ctx.add_claim(bearer, rel.LANGUAGE, tongue, rules.LANGUAGE_OF, tokens=[ctx.doc[i]])


def _is_tongue(ctx: BlockContext, i: int) -> bool:
    return demonym_of(ctx.doc[i].text) is not None or ctx.noun_type(i) == "Language"


def _border(ctx: BlockContext, i: int) -> None:
    """ "Norland shares a border with Estmark"."""
    tree, verb = ctx.tree, ctx.tree.head[i]
    how = ctx.block.factualities.get(verb)
    ends = ctx.objects_of(i, "with") or [
        o for p in tree.of(verb, "prep") if tree.lower[p] == "with" for o in ctx.objects(p)
    ]
    for s in tree.of(verb, "nsubj") if how is not None and tree.dep[i] == "dobj" else ():
        for o in ends:
            if ctx.is_place(o):
                who, where = ctx.mention(ctx.antecedent(s, verb)), ctx.mention(o)
                ctx.add_claim(
                    who, rel.BORDER, where, rules.BORDER, tokens=[ctx.doc[i]], factuality=how or PLAIN
                )


def _spoken(ctx: BlockContext, i: int) -> None:
    """ "Orim is a language spoken in Norland": where people speak it."""
    tree = ctx.tree
    where = [
        (verb, o)
        for verb in tree.of(i, "acl", "relcl")
        if tree.lemma[verb] in _SPOKEN
        for prep in tree.of(verb, "prep")
        if tree.lower[prep] == "in"
        for o in ctx.objects(prep)
        if ctx.is_place(o)
    ]
    bearer = ctx.bearer(i) if where else None
    for verb, o in where if bearer is not None and bearer.kind == "name" else ():
        assert bearer is not None
        place, tokens = ctx.mention(o), [ctx.doc[verb]]
        ctx.add_claim(place, rel.LANGUAGE, bearer, rules.LANGUAGE_OF, tokens=tokens)


def faith(
    ctx: BlockContext, person: MentionDraft, first: int, last: int, factuality: Factuality = PLAIN
) -> None:
    """ "the Catholic priest Max Frey", "she is a Muslim": what somebody believes."""
    tree = ctx.tree
    for k in range(first, last + 1):
        label = _FAITHS.get(tree.lemma[k].lower()) or _FAITHS.get(tree.lower[k])
        if label is None or not (k == last or (k == last - 1 and tree.lemma[last] in _FAITHFUL)):
            continue
        name = MentionDraft(ctx.block, ctx.doc[k : k + 1], ctx.doc[k], "name", "Concept", label)
        ctx.reading.add(name, argument=False)
        tokens = [ctx.doc[k]]
        ctx.add_claim(person, rel.RELIGION, name, rules.FAITH, tokens=tokens, factuality=factuality)
