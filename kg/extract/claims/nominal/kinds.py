"""What kind of thing a name stands for, and what is an example of a kind."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, compatible
from kg.extract.claims.nominal.places import is_capital
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import DETERMINING, NOUNS, PLACES
from kg.extract.reading import MentionDraft

_TAGS = words("nominals", "kind", "tags")
_HOMES = mapping("nominals", "place", "homes")
_KINDS = words("nominals", "kind", "names")
_BESIDE = words("nominals", "kind", "beside")
_SHELLS = words("nominals", "kind", "shells")
_COLLECTIVE = words("nominals", "kind", "collective")
_NAMED = frozenset(("GPE", "Location", "Facility", "Organization", "Product", "Work"))
# How many tokens may lie between the noun of a kind and its examples.
_NEAR = 8


def kind_of(ctx: BlockContext, name: MentionDraft) -> None:
    """ "kibbutz Kfar Azza", "the city of Aleppo", "Acme, a mining company": what a name stands for."""
    if name.type == "Person":
        return
    if name.span.start > 0:
        _tag_before(ctx, name)
        _renamed_kind(ctx, name)
    _tag_of(ctx, name)
    for a in ctx.appositions(name):
        _apposition(ctx, name, a.renaming)
        _home(ctx, name, a.renaming)


def _home(ctx: BlockContext, place: MentionDraft, noun: int) -> None:
    """ "Herat, their home": who lives, was born or is based there."""
    relation, owner = _HOMES.get(ctx.tree.lemma[noun]), ctx.owner(noun)
    if relation is None or owner is None or place.type not in PLACES or ctx.name[noun] is not None:
        return
    who = ctx.mention(owner)
    if who.type in (("Organization",) if relation == rel.HEADQUARTERS else ("Person", "Group")):
        ctx.add_claim(who, relation, place, rules.HOME, tokens=[ctx.doc[noun]])


def homes(ctx: BlockContext, i: int) -> None:
    """ "her hometown, Hamburg", "her hometown of Hamburg"."""
    if ctx.tree.lemma[i] not in _HOMES:
        return
    there = [ctx.referent(i), *(ctx.name[o] for o in ctx.objects_of(i, "of"))]
    for place in there:
        if place is not None and place.kind == "name":
            _home(ctx, place, i)


def _tag_before(ctx: BlockContext, name: MentionDraft) -> None:
    """ "kibbutz Kfar Azza": a noun in the phrase of a name."""
    tree, start = ctx.tree, name.span.start
    before = start - 1
    if tree.tag[before] != "NN" or ctx.name[before] is not None or not ctx.doc[before].text.islower():
        return
    if not start <= tree.head[before] < name.span.end or tree.lower[before] in _BESIDE:
        return
    listed = tree.lemma[before] in _TAGS or tree.lemma[before] in _KINDS
    if listed or ctx.noun_type(before) == name.type in _NAMED:
        tag = ctx.nominal(_kind_start(ctx, before), start, name.type)
        ctx.add_claim(name, rel.INSTANCE_OF, tag, rules.TAG_BEFORE)


def _kind_start(ctx: BlockContext, noun: int) -> int:
    """Give where a kind begins: "private equity house", "fishing village", but a "new oil company" is one."""
    first = noun
    while first > 0 and _sorts(ctx, first - 1, first, noun):
        first -= 1
    return first


def _sorts(ctx: BlockContext, k: int, first: int, noun: int) -> bool:
    """Whether a word before a kind says of which sort it is: a noun, or the adjective of such a noun."""
    tree = ctx.tree
    if ctx.name[k] is not None or ctx.demonym[k] is not None or not tree.lower[k].isalpha():
        return False
    if not ctx.doc[k].text.islower() or ctx.value[k] is not None:
        return False
    if tree.tag[k] in ("NN", "NNS", "VBG"):
        return tree.dep[k] in ("compound", "nmod", "amod")
    return tree.tag[k] == "JJ" and first < noun and tree.head[k] == first


def _renamed_kind(ctx: BlockContext, name: MentionDraft) -> None:
    """ "the drug Zelmin", where the parser takes the name for an apposition of the noun."""
    tree, before = ctx.tree, name.span.start - 1
    renamed = constructions.apposition(tree, ctx.top(name))
    if renamed is None or renamed.head != before or not ctx.doc[before].text.islower():
        return
    kind = ctx.noun_type(before)
    if tree.tag[before] == "NN" and ctx.name[before] is None and kind != "Person":
        tag = ctx.nominal(_kind_start(ctx, before), before + 1, kind)
        ctx.add_claim(name, rel.INSTANCE_OF, tag, rules.TAG_BEFORE, confidence=0.85)


def _tag_of(ctx: BlockContext, name: MentionDraft) -> None:
    """ "the city of Aleppo"."""
    noun = constructions.sort_of_place(ctx.tree, name.span.start, ctx.top(name))
    if noun is not None and name.type in PLACES and ctx.name[noun] is None:
        tag = ctx.nominal(noun, noun + 1, name.type)
        ctx.add_claim(name, rel.INSTANCE_OF, tag, rules.TAG_OF)


def _apposition(ctx: BlockContext, name: MentionDraft, k: int) -> None:
    """ "Acme, a mining company", "Ulm, the capital of Norland"."""
    tree = ctx.tree
    if ctx.name[k] is not None or tree.pos[k] != "NOUN" or k <= ctx.top(name):
        return
    if tree.left[k] - name.span.end > 2 or not ctx.has_det(k, "a", "an", "the"):
        return
    if ctx.value[k] is not None or tree.tag[k] == "NNS":
        return
    if tree.lemma[k] in _SHELLS:
        return  # it sums up what was told: "moved to Antwerp, a claim that ..."
    if not compatible(name.type, ctx.noun_type(k)) or name.type == "Language":
        return  # "at the stadium in Qatar, a venue ...": it is the stadium
    if not is_capital(tree, k):
        ctx.add_claim(name, rel.INSTANCE_OF, ctx.mention(k), rules.APPOSITION_KIND)
        return
    for o in ctx.objects_of(k, "of"):
        whole, tokens = ctx.mention(o), [ctx.doc[k]]
        ctx.add_claim(name, rel.CAPITAL_OF, whole, rules.APPOSITION_CAPITAL, tokens=tokens)


def examples(ctx: BlockContext, i: int) -> None:
    """ "places such as Kfar Azza", "companies including Acme", "figures like her"."""
    tree = ctx.tree
    if tree.pos[i] not in NOUNS or ctx.name[i] is not None or ctx.value[i] is not None:
        return
    for k in tree.of(i, "prep"):
        found, word = constructions.examples(tree, k), tree.lower[k]
        if found is None or found.parted or k < i:
            continue
        # "rockets and missiles such as Cirit": the last noun before it.
        whole = max((c for c in tree.conjuncts(i) if c < k), default=i)
        if not _may_have_examples(ctx, whole, k, alone=word == "as" and whole == i):
            continue
        for o in ctx.objects(k):
            if _is_example(ctx, whole, word, o):
                part, tokens = ctx.mention(o), [ctx.doc[k]]
                ctx.add_claim(ctx.mention(whole), rel.INCLUDE, part, rules.EXAMPLES[word], tokens=tokens)


def _may_have_examples(ctx: BlockContext, whole: int, prep: int, *, alone: bool) -> bool:
    """Whether a noun names many: in the plural, with members, or, if it stands alone, a mass."""
    tree = ctx.tree
    if ctx.name[whole] is not None or prep - whole > _NEAR:
        return False
    if tree.tag[whole] == "NN" and tree.pos[prep + 1 if prep + 1 < tree.n else prep] == "VERB":
        return False
    if tree.tag[whole] in ("NNS", "NNPS") or tree.lemma[whole] in _COLLECTIVE:
        return True
    return alone and not tree.of(whole, *DETERMINING) and tree.dep[whole] != "pobj"


def _is_example(ctx: BlockContext, whole: int, word: str, o: int) -> bool:
    tree, named = ctx.tree, ctx.name[o] is not None
    if not named and tree.tag[o] == "NN" and ctx.has_det(o, "the"):
        return False  # one thing that was told of, and no example of many
    if word == "like" and (not named or ctx.noun_type(whole) == "Concept"):
        return False  # "eyes like Frank Sinatra"
    return tree.pos[o] in NOUNS and (named or tree.lemma[o] != tree.lemma[whole])
