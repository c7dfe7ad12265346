"""Clauses and the claims they make."""

from __future__ import annotations

from kg.extract import nominals
from kg.extract.reading import ClaimDraft, MentionDraft, ParsedBlock, Reading
from kg.extract.tree import Tree, tree_of


def find(reading: Reading) -> None:
    """Add the claims of all verbal clauses of a document."""
    for block in reading.blocks:
        if block.kind in ("title", "heading", "header"):
            continue
        tree = tree_of(block)
        for i in range(tree.n):
            if tree.pos[i] in ("VERB", "AUX") and tree.dep[i] not in ("aux", "auxpass", "amod", "compound"):
                _claims(reading, block, tree, i)


def _claims(reading: Reading, block: ParsedBlock, tree: Tree, i: int) -> None:
    subject = tree.first(i, "nsubj", "nsubjpass")
    passive = tree.first(i, "nsubjpass", "auxpass") is not None
    objects = tree.of(i, "dobj", "attr", "acomp", "ccomp")
    agent = tree.first(i, "agent")
    by = tree.first(agent, "pobj") if agent is not None else None
    name = tree.lemma[i]
    if passive and by is not None:
        objects, subject = ([subject] if subject is not None else []), by
    elif passive:
        name = f"be_{tree.lower[i]}"
    if subject is None:
        return
    if tree.first(i, "prt") is not None:
        name += "_" + tree.lower[tree.of(i, "prt")[0]]
    qualifiers: list[tuple[str, MentionDraft]] = []

    def drawn(j: int) -> MentionDraft:
        return reading.argument(block, block.doc[j], nominals.draw)

    for prep in tree.of(i, "prep"):
        inner = tree.first(prep, "pobj")
        for j in tree.conjuncts(inner) if inner is not None else []:
            qualifiers.append((tree.lower[prep], drawn(j)))
    negated = tree.first(i, "neg") is not None
    modal = any(tree.tag[k] == "MD" for k in tree.of(i, "aux"))
    embedded = tree.dep[i] in ("ccomp", "xcomp", "advcl")
    for s in tree.conjuncts(subject):
        targets: list[int | None] = [c for j in objects for c in tree.conjuncts(j)]
        for o in targets or [None]:
            claim = ClaimDraft(
                block,
                drawn(s),
                name,
                None if o is None else drawn(o),
                (block.doc[i],),
                "verb",
                list(qualifiers),
                negated=negated,
                modality="Possible" if modal else "Reported" if embedded else None,
                asserted=not (negated or modal or embedded),
                confidence=0.8,
            )
            reading.claims.append(claim)
