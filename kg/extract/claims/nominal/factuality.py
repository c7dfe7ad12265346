"""Whether what a noun tells of has happened, by its modifiers and by what governs it."""

from __future__ import annotations

from dataclasses import replace

from kg.extract import constructions, lexicon
from kg.extract.claims.factuality import MODALITIES, PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import VERBS
from kg.model import Modality

# How many governors a noun may have on the way to the verb of its clause.
DEPTH = 12
POINTING = frozenset({"the", "this", "that", "these", "those"})
BEHIND = frozenset({"for", "over"})
MODIFIERS = ("planned", "possible", "attempted", "reported")


def event_factuality(ctx: BlockContext, i: int) -> Factuality:
    """Say whether the text presents what an event noun tells of as having happened.

    Adjectives ("planned", "alleged"), "no", the nouns and verbs that govern it ("calls for", "the
    threat of") and the clause it stands in decide.
    """
    return _of_modifiers(ctx, i) or _of_governors(ctx, i)


def _of_modifiers(ctx: BlockContext, i: int) -> Factuality | None:
    tree = ctx.tree
    modality: Modality | None = None
    for k in tree.kids[i]:
        if tree.dep[k] in ("amod", "compound", "nmod"):
            for name in MODIFIERS:
                if tree.lower[k] in words("nominals", "event", name):
                    modality = MODALITIES[name]
        elif tree.lower[k] in ("no", "any") and tree.dep[k] in ("det", "neg"):
            return Factuality(negated=True) if tree.lower[k] == "no" else Factuality(modality="Possible")
    return Factuality(modality=modality) if modality is not None else None


def _of_governors(ctx: BlockContext, i: int) -> Factuality:
    tree = ctx.tree
    j, below = tree.head[i], i
    for _ in range(DEPTH):
        if j == below:
            break
        if tree.pos[j] in VERBS and j in ctx.block.factualities:
            return _of_verb(ctx, j, below)
        if tree.pos[j] == "NOUN":
            if _is_appealed(ctx, j, below):
                return PLAIN
            name = lexicon.classify("noun", tree.lemma[j])
            if name in MODALITIES:
                return Factuality(modality=MODALITIES[name])
        j, below = tree.head[j], j
    return PLAIN


def _is_open(ctx: BlockContext, verb: int, i: int) -> bool:
    """Whether nobody knows of the object of a verb that it is so: "faces a fine", "blamed an explosion"."""
    tree = ctx.tree
    if tree.lemma[verb] in words("nominals", "event", "facing"):
        return tree.lemma[i] in words("nominals", "event", "faced")
    pointed = any(tree.lower[k] in POINTING for k in tree.of(i, "det"))
    pointed = pointed or bool(constructions.possessives(tree, i))
    return tree.lemma[verb] in words("nominals", "event", "supposing") and not pointed


def _is_presupposed(ctx: BlockContext, verb: int, below: int) -> bool:
    """Whether somebody may only do something about what has been: "will appeal against his conviction"."""
    tree = ctx.tree
    noun = below if tree.dep[below] != "prep" else tree.first(below, "pobj")
    if noun is None or tree.lemma[noun] not in words("nominals", "event", "decided"):
        return False
    if tree.lemma[verb] == "appeal":
        return tree.lower[below] in ("against", "over", "from") or below in tree.of(verb, "dobj")
    reversing = tree.lemma[verb] in words("nominals", "event", "deciding")
    return reversing and below in tree.of(verb, "dobj", "nsubjpass") and _is_given(ctx, noun)


def _is_appealed(ctx: BlockContext, noun: int, below: int) -> bool:
    """Whether a noun tells of an appeal against what has been: "her appeal against the sentence"."""
    tree = ctx.tree
    what = tree.first(below, "pobj")
    known = what is not None and tree.lemma[what] in words("nominals", "event", "decided")
    return known and tree.lemma[noun] == "appeal" and tree.lower[below] in ("against", "over", "from")


def _is_given(ctx: BlockContext, noun: int) -> bool:
    """Whether a noun is told as known or by who brought it: "the suit", "her appeal", "a suit brought by"."""
    tree = ctx.tree
    pointed = any(tree.lower[k] in POINTING for k in tree.of(noun, "det"))
    return pointed or bool(constructions.possessives(tree, noun)) or bool(tree.of(noun, "acl", "prep"))


def _is_hearsay(ctx: BlockContext, verb: int) -> bool:
    """Whether a paper or station tells of what it did not see: "a radio station reported the arrest of"."""
    tree = ctx.tree
    if tree.lemma[verb] not in words("nominals", "event", "reporting"):
        return False
    teller = tree.first(verb, "nsubj")
    if teller is None:
        return False
    return tree.lemma[ctx.antecedent(teller, verb)] in words("nominals", "event", "media")


def _of_verb(ctx: BlockContext, verb: int, below: int) -> Factuality:
    """Give what a verb says of the event in the phrase that `below` heads."""
    tree = ctx.tree
    if _is_presupposed(ctx, verb, below):
        return PLAIN
    if ctx.tree.with_particle(verb) in words("nominals", "event", "undone") and below not in tree.of(
        verb, "nsubj"
    ):
        return Factuality(modality="Possible")
    if below in tree.of(verb, "dobj") and _is_open(ctx, verb, below):
        return Factuality(modality="Possible")
    if below in tree.of(verb, "dobj") and _is_hearsay(ctx, verb):
        return Factuality(modality=MODALITIES["reported"])
    if tree.lower[below] in BEHIND and tree.lemma[verb] in words("nominals", "event", "answering"):
        return PLAIN  # "must serve 20 years for the murder of"
    wanted = lexicon.classify("intensional", tree.lemma[verb])
    if wanted and below not in tree.of(verb, "nsubj", "nsubjpass"):
        return Factuality(modality=MODALITIES.get(wanted, "Possible"))
    status: Factuality = ctx.block.factualities[verb]
    return (
        PLAIN if status.asserted else replace(status, negated=False, modality=status.modality or "Possible")
    )
