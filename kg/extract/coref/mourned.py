"""Whose death a text tells of: "she" is mostly whom an obituary is about, and nobody tells of his own."""

from __future__ import annotations

from collections.abc import Sequence

from kg.extract import constructions
from kg.extract.coref import context
from kg.extract.coref.candidates import HE, Candidate
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import KIN, MentionContext
from kg.extract.lexicon import words
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

DYING = words("coref", "mourned", "dying")
KILLING = words("coref", "mourned", "killing")
HEADINGS = frozenset({"title", "heading", "header", "caption"})
# In how many of its first sentences a text says whom it mourns.
LEAD = 2
# Gender evidence that rules a person out as a rival.
OTHER_SEX = -0.3


def tells_of_death(at: MentionContext) -> bool:
    """Whether a pronoun is the subject of a verb that says that somebody died."""
    tree, verb = at.tree, at.verb
    if verb < 0:
        return False
    died = at.role == "nsubj" and _dies(tree, verb)
    return died or (at.role == "nsubjpass" and tree.lemma[verb] in KILLING)


def note(clusters: Clusters) -> None:
    """Note whose obituary a document is: the named subject of a death in its lead, whom its title names."""
    found = in_lead(clusters)
    if found is None:
        return
    named = any(m.block.kind == "title" for m in clusters.cluster_of(found).mentions)
    if named or all(block.kind != "title" for block in clusters.reading.blocks):
        clusters.mourned = found


def in_lead(clusters: Clusters) -> MentionDraft | None:
    """Give the name of the subject of a death in the first sentences of a text."""
    blocks = (b for b in clusters.reading.blocks if b.kind not in HEADINGS)
    block = next((b for b in blocks if not constructions.tells_life(b.doc)), None)
    if block is None:
        return None
    tree = clusters.trees[block.index]
    for number, sentence in enumerate(block.doc.sents):
        if number == LEAD:
            break
        for i in range(sentence.start, sentence.end):
            subject = _who_dies(tree, i)
            known = None if subject is None else clusters.reading.at(block, block.doc[subject])
            if known is not None and known.kind != "name":
                known = _name_behind(clusters, known) or known  # "the poet Katja Lund has died"
            if known is not None and is_somebody(clusters.cluster_of(known)):
                return known
    return None


def _who_dies(tree: Tree, verb: int) -> int | None:
    """Give the subject of a verb that says that somebody died, also of "Katja Lund, who has died,"."""
    if not _dies(tree, verb) or tree.dep[verb] not in ("ROOT", "conj", "ccomp", "relcl"):
        return None
    if tree.dep[verb] == "relcl":
        host = tree.head[verb]
        told = any(tree.lower[k] == "who" for k in tree.of(verb, "nsubj"))
        return host if told and tree.dep[host] == "nsubj" else None
    subject = context.controller(tree, verb)
    return subject if subject >= 0 else None


def _name_behind(clusters: Clusters, noun: MentionDraft) -> MentionDraft | None:
    """Give the name that a noun titles, which begins right behind it."""
    behind = noun.head.i + 1
    return next(
        (
            m
            for m in clusters.reading.mentions
            if m.kind == "name" and m.block is noun.block and m.span.start == behind
        ),
        None,
    )


def _dies(tree: Tree, verb: int) -> bool:
    away = tree.lemma[verb] == "pass" and tree.lower[verb + 1 : verb + 2] == ["away"]
    return away or tree.lemma[verb] in DYING


def is_somebody(thing: CorefCluster) -> bool:
    """Whether a thing is one person with a name."""
    return thing.named and thing.type == "Person" and not thing.plural


def of_life(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Whom "he" or "she" means in an obituary: whom it is about, where nobody else comes between.

    Others come in with what they are to the dead ("and his wife, Karen") and are not talked of further, but
    for who is the subject of the sentence before, or stands as one earlier in the same.
    """
    if clusters.mourned is None or tells_of_death(at):
        return None
    main = clusters.cluster_of(clusters.mourned)
    sex = -1.0 if at.tree.lower[at.i] in HE else 1.0
    own = at.block, context.controller(at.tree, at.verb)
    places = clusters.profile(main).places
    if not _may_be(main, sex):
        return None
    if own in places and (at.owns or at.role in ("dobj", "dative")):
        # "Said that she died at her home"; "she praised her" is about two.
        return main if at.owns else None
    rivals = _rivals(main, sex, candidates)
    return None if any(_comes_between(clusters, at, t) for t in rivals) else main


def of_survivors(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whom "he" or "she" means where a family is left: whom an obituary is about, whoever was told of."""
    if clusters.mourned is None or not _is_survived(at):
        return None
    main = clusters.cluster_of(clusters.mourned)
    return main if _may_be(main, -1.0 if at.tree.lower[at.i] in HE else 1.0) else None


def _is_survived(at: MentionContext) -> bool:
    """Whether a pronoun stands for who others live on after: "besides her son she leaves a daughter"."""
    tree, verb = at.tree, at.verb
    if verb < 0 or not (at.role in ("nsubj", "nsubjpass") or (at.owns and at.i < verb)):
        return False
    passive = tree.lemma[verb] == "survive" and tree.first(verb, "auxpass") is not None
    return passive or (
        tree.lower[verb] == "leaves" and any(tree.lemma[o] in KIN for o in tree.of(verb, "dobj"))
    )


def _rivals(main: CorefCluster, sex: float, candidates: Sequence[Candidate]) -> list[CorefCluster]:
    """Give the other persons that "he" or "she" may be."""
    people = [t for t, _ in candidates if t is not main and t.type == "Person"]
    return [t for t in people if t.gender * sex > OTHER_SEX]


def _may_be(main: CorefCluster, sex: float) -> bool:
    """Whether "he" or "she" may be somebody, by what the text called him before."""
    known = main.gender * sex
    return known > 0 or (known >= OTHER_SEX and all(_same(word, sex) for _, word in main.pronouns))


def _same(word: str, sex: float) -> bool:
    return word.startswith("h") and (word in HE) == (sex < 0)


def _is_second(there: MentionContext) -> bool:
    """Whether somebody is only named with who does something: "the king and his sister, Princess Eva"."""
    tree = there.tree
    i = constructions.renamed(tree, there.i)
    return tree.dep[i] == "conj"


def _goes_on(at: MentionContext) -> bool:
    """Whether a pronoun stands behind a phrase that takes the story further: "In 1957 she"."""
    first = at.tree.doc[at.i].sent.start
    return first < at.i and at.role == "nsubj" and at.tree.tag[first] in ("IN", "VBN", "VBG")


def _is_own_kin(there: MentionContext) -> bool:
    """Whether somebody is only told of as somebody's kin: "Her sister, Joan, became a nurse"."""
    tree = there.tree
    i = constructions.renamed(tree, there.i)
    owner = constructions.owner(tree, i)
    return tree.lemma[i] in KIN and owner is not None and tree.lower[owner] in ("his", "her")


def _comes_between(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing is the subject of the sentence before, or an earlier one of the pronoun's own."""
    for place in clusters.profile(thing).subjects:
        there = clusters.site(*place)
        if there.sentence == at.sentence and there.place < at.place and there.verb != at.verb:
            return True
        if _is_second(there) or (_goes_on(at) and _is_own_kin(there)):
            continue
        if there.sentence == at.sentence - 1 and there.verb >= 0 and there.tree.dep[there.verb] == "ROOT":
            return there.block == at.block
    return False
