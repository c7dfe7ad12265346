"""Where a body has its seat: "has its head office in Ulm", "the Ulm headquarters of Vero Pumps"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.predicates import shared_subjects
from kg.extract.lexicon import gazetteer, mapping, words
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

_SEATS = words("nominals", "seat", "nouns")
_MAIN = mapping("nominals", "seat", "main")
_OTHER = words("nominals", "seat", "other")
_HAVING = words("nominals", "seat", "having")
_MOVING = words("nominals", "seat", "moving")
_BODIES = frozenset({"Organization", "Group"})
# What is of a town because it rules it, or is the town: "Diocese of Linz", "City of Linz".
_RULING = words("nominals", "seat", "ruling")
_POINTING = frozenset("its it which their they".split())
_WHERE = frozenset({"in", "at"})
_ENDS = frozenset({"dobj", "nsubj", "nsubjpass"})


def is_seat(tree: Tree, i: int) -> bool:
    """Whether a noun names the one place that a body is run from: "headquarters", "head office"."""
    before = [tree.lower[k] for k in tree.of(i, "amod", "compound")]
    if any(word in _OTHER for word in before):
        return False  # "its regional headquarters", "its former head office"
    return tree.lemma[i] in _SEATS or any(word in _MAIN.get(tree.lemma[i], "").split() for word in before)


def seat(ctx: BlockContext, i: int) -> None:
    """Say where the body is based whose seat a noun names, and a place is told of."""
    if not is_seat(ctx.tree, i) or any(ctx.demonym[k] is not None for k in ctx.tree.of(i, "amod")):
        return  # "its European headquarters" is one of several
    place, how = _place(ctx, i), _factuality(ctx, i)
    if place is None or how is None:
        return
    for body in _bodies(ctx, i):
        where, tokens = ctx.mention(place), [ctx.doc[i]]
        ctx.add_claim(body, rel.HEADQUARTERS, where, rules.SEAT, tokens=tokens, factuality=how)


def town_before(ctx: BlockContext, i: int) -> None:
    """ "The London law firm Hale & Moore": the town of a body, before the noun for its kind."""
    body = ctx.titled(i)
    if body is None or body.type != "Organization":
        return
    for k in ctx.tree.of(i, "compound", "nmod", "amod"):
        town = ctx.name[k]
        if town is not None and k < i and _is_town(ctx, town) and ctx.demonym[k] is None:
            ctx.add_claim(body, rel.BASED_IN, town, rules.SEAT_BEFORE, tokens=[ctx.doc[i]])


def town_behind(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Agrivane, of Boston,", "Vero Pumps of Linz": the town of a body, behind its name."""
    if name.type != "Organization":
        return
    end = name.span.end
    of = end + (end < ctx.tree.n and ctx.tree.lower[end] == ",")
    if of + 1 >= ctx.tree.n or ctx.tree.lower[of] != "of":
        return
    town = ctx.name[of + 1]
    if town is not None and town.span.start == of + 1 and _is_town(ctx, town):
        ctx.add_claim(name, rel.BASED_IN, town, rules.SEAT_BEFORE, tokens=[ctx.doc[of]])


def town_within(ctx: BlockContext, name: MentionDraft) -> None:
    """ "The Helvetic Foundation of Bern": the town that the name of a body ends with."""
    if name.type != "Organization":
        return
    of = next((t.i for t in name.span if t.lower_ == "of"), 0)
    rest = ctx.doc[of + 1 : name.span.end].text
    if rest.startswith("the "):
        return  # "the Society of the Cincinnati": no town
    known = gazetteer.place_named(rest) if of > name.span.start else None
    if known is None or known.kind in ("state", "country") or ctx.doc[of - 1].lower_ in _RULING:
        return
    town = ctx.named(of + 1, name.span.end, "GPE")
    ctx.add_claim(name, rel.BASED_IN, town, rules.SEAT_BEFORE, tokens=[ctx.doc[of]])


def _is_town(ctx: BlockContext, place: MentionDraft) -> bool:
    """Whether a place is one that a body may be from: neither a country nor a state."""
    known = gazetteer.place_named(place.label)
    return place.type == "GPE" and not (known is not None and known.kind in ("state", "country"))


def _place(ctx: BlockContext, i: int) -> int | None:
    """Give the place that a seat stands in, by its own phrase or by its verb."""
    tree, verb = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] in _ENDS and tree.lemma[verb] in _MOVING:
        return _place_of(ctx, _goals(tree, verb))
    near = [k for k in (*tree.of(i, "compound", "nmod"), *_owners(ctx, i)) if ctx.is_place(k)]
    preps = [p for word, p in ctx.preps(i) if word in _WHERE]
    if _is_stated(tree, i):
        preps += [p for p in tree.of(verb, "prep") if tree.lower[p] in _WHERE and p > i]
    return near[0] if near else _place_of(ctx, preps)


def _is_stated(tree: Tree, i: int) -> bool:
    """Whether a verb tells where a seat is: "its seat is in Ulm", "keeps its seat in Ulm"."""
    lemma, label = tree.lemma[tree.head[i]], tree.dep[i]
    return (label == "nsubj" and lemma == "be") or (label == "dobj" and lemma in _HAVING)


def _goals(tree: Tree, verb: int) -> list[int]:
    """Give the "to" of a verb, which the parser may hang on its "from"."""
    beside = tree.of(verb, "prep")
    beside += [k for p in beside if tree.lower[p] == "from" for k in tree.of(p, "prep")]
    return [p for p in beside if tree.lower[p] == "to"]


def _place_of(ctx: BlockContext, preps: list[int]) -> int | None:
    behind = (o for p in preps for o in ctx.objects(p)[:1])
    return next((o for o in behind if ctx.is_place(o)), None)


def _owners(ctx: BlockContext, i: int) -> list[int]:
    return [p.owner for p in constructions.possessives(ctx.tree, i)]


def _factuality(ctx: BlockContext, i: int) -> Factuality | None:
    """Give how the text states whose a seat is; None where it no longer is."""
    tree, up = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] == "dobj" and any(tree.lower[p] == "until" for p in tree.of(up, "prep")):
        return None
    stated = tree.dep[i] in _ENDS and tree.lemma[up] in _HAVING | _MOVING | {"be"}
    return ctx.block.factualities.get(up) if stated else PLAIN


def _bodies(ctx: BlockContext, i: int) -> Iterator[MentionDraft]:
    """Give those whose a seat is."""
    tree, up = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] == "pobj" and tree.lower[up] == "with" and ctx.owner(i) is None:
        bearer = ctx.bearer(tree.head[up])
        found = [bearer] if bearer is not None and bearer.type in _BODIES else []
    else:
        named = ((k, ctx.titled(k) or ctx.mention(k)) for k in _having(ctx, i) if ctx.value[k] is None)
        found = [m for k, m in named if tree.lower[k] in _POINTING or m.type in _BODIES]
    yield from found


def _having(ctx: BlockContext, i: int) -> list[int]:
    """Give the tokens for those who have a seat: by a verb, as its owners, or behind "of"."""
    tree, up = ctx.tree, ctx.tree.head[i]
    if tree.dep[i] == "dobj" and tree.lemma[up] in _HAVING | _MOVING:
        own = [ctx.antecedent(s, up) for s in tree.of(up, "nsubj")] or shared_subjects(ctx, up)
        return [k for s in own for k in tree.conjuncts(s)] or _owners(ctx, i)
    owners = [k for k in _owners(ctx, i) if not ctx.is_place(k)]
    if owners and tree.lower[owners[0]] == "whose" and tree.dep[up] == "relcl":
        return [tree.head[up]]
    return owners or ctx.objects_of(i, "of")[:1]
