"""Whether whom a text is about is a woman or a man, where its pronouns tell it better than the name does.

"Nika Dolidze led the choir. She was born in Lorn. Her mother …": a list of names that takes Nika for a man is
wrong. Only a name says it less surely than the pronouns: "Mr Dolidze" stays a man.
"""

from __future__ import annotations

from kg.extract import constructions
from kg.extract.coref.candidates import HE, SHE
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import SUBJECTS
from kg.extract.coref.mourned import HEADINGS, is_somebody
from kg.extract.reading import MentionDraft

# Gender evidence that is no more than a guess by the given name.
GUESS = 1.0
# How many pronouns tell it where nobody else was named before the first of them, and how many by themselves.
FEW, MANY = 4, 6
# Which share of the pronouns of a text is of that sex.
SHARE = 0.8


def note(clusters: Clusters) -> None:
    """Note the sex of the named subject of a text's first sentence by the pronouns of the text."""
    main = _main(clusters)
    thing = None if main is None else clusters.cluster_of(main)
    if thing is None or abs(thing.gender) > GUESS:
        return
    places = _pronouns(clusters)
    women = sum(sex > 0 for _, _, sex in places)
    sex, most = (1.0, women) if 2 * women > len(places) else (-1.0, len(places) - women)
    if most < SHARE * len(places) or thing.gender * sex > 0 or not places:
        return
    if _is_told(clusters, thing, places, sex, most):
        thing.gender = sex


def _is_told(
    clusters: Clusters, thing: CorefCluster, places: list[tuple[int, int, float]], sex: float, most: int
) -> bool:
    """Whether pronouns tell the sex of a person: no other is named before them, or the title names him."""
    start = min(clusters.place(m) for m in thing.mentions if m.block.kind not in HEADINGS)
    first = next(((b, i) for b, i, s in places if s == sex and (b, i) > start), None)
    if first is not None and most >= FEW and not _is_other_before(clusters, thing, first):
        return True
    titled = any(m.block.kind == "title" for m in thing.mentions)
    return titled and most >= MANY and not _is_rivalled(clusters, thing, sex)


def _main(clusters: Clusters) -> MentionDraft | None:
    """Give the name that is the subject of the first sentence of a text."""
    block = next((b for b in clusters.reading.blocks if b.kind not in HEADINGS), None)
    if block is None or constructions.tells_life(block.doc):
        return None
    tree, first = clusters.trees[block.index], next(block.doc.sents, None)
    if first is None:
        return None
    subjects = (i for i in range(first.start, first.end) if tree.dep[i] in SUBJECTS)
    i = next((i for i in subjects if tree.dep[tree.head[i]] == "ROOT"), None)
    known = None if i is None else clusters.reading.at(block, block.doc[i])
    return None if known is None or id(known) not in clusters.of else _name(clusters, known)


def _name(clusters: Clusters, known: MentionDraft) -> MentionDraft | None:
    """Give the first name of somebody in the block of a mention."""
    thing = clusters.cluster_of(known)
    named = (m for m in thing.mentions if m.kind == "name" and m.block is known.block)
    return min(named, key=clusters.place, default=None) if is_somebody(thing) else None


def _pronouns(clusters: Clusters) -> list[tuple[int, int, float]]:
    """Give where "he" and "she" stand outside of what is quoted, and of which sex they are."""
    return [
        (block.index, token.i, -1.0 if token.lower_ in HE else 1.0)
        for block in clusters.reading.blocks
        if block.kind not in HEADINGS
        for token in block.doc
        if token.lower_ in HE | SHE and token.i not in clusters.quotations(block)
    ]


def _is_other_before(clusters: Clusters, main: CorefCluster, place: tuple[int, int]) -> bool:
    """Whether another person was named before a place."""
    return any(
        m.kind == "name" and m.type == "Person" and clusters.place(m) < place
        for m in clusters.reading.mentions
        if id(m) in clusters.of and clusters.cluster_of(m) is not main
    )


def _is_rivalled(clusters: Clusters, main: CorefCluster, sex: float) -> bool:
    """Whether somebody else whose sex fits is named as often."""
    names = _number(main)
    others = (t for t in clusters.alive() if t is not main and is_somebody(t))
    return any(t.gender * sex > 0 and _number(t) >= names for t in others)


def _number(thing: CorefCluster) -> int:
    return sum(m.kind == "name" for m in thing.mentions)
