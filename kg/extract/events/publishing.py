"""Who wrote and who published a work, as the work tells: "her novel was published by Tarn"."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Role, Slot
from kg.extract.events.table import listed
from kg.extract.lexicon import words
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.reading import MentionDraft, Reading

# The frames of verbs of publishing.
PRINTING = frozenset({"Publication.publish", "Publication.bring_out"})
PERSONAL = frozenset({"Person", "Group"})
Typed = Callable[[MentionDraft], str]
Own = Callable[[MentionDraft, MentionDraft, bool], bool]


def of_work(
    reading: Reading, event: EventDraft, roles: list[Role], type_of: Typed, own: Own
) -> Iterator[Role]:
    """Give the works that a plural is told to be, and whose they are where nobody is told to write.

    Whoever publishes another's work is its publisher, though named as a person is.
    """
    works = [r for r in roles if r.name == "work"]
    owned = [author for r in works for author in _authors(reading, r, type_of)]
    for role in _printing(event, roles, works, owned, own):
        role.name = "publisher"
    yield from (named for r in works for named in _called(reading, r, type_of))
    yield from _making(reading, roles, works, own)
    if not any(r.name == "author" for r in roles):
        yield from owned
        yield from (told for r in works if not owned for told in _presenting(reading, event, r, type_of))


def _printing(
    event: EventDraft,
    roles: list[Role],
    works: list[Role],
    owned: list[Role],
    own: Own,
) -> Iterator[Role]:
    """Give who publishes a book of others: "was published by Tarn", "Tarn published her novel"."""
    if event.noun is not None or not any(f.id in PRINTING for f in event.frames):
        return
    by = bool(tree_of(event.block).of(event.trigger.i, "agent"))
    books = by and any(_is_book(w.mention) or w.mention.kind == "name" for w in works)
    for role in [r for r in roles if r.name == "author"]:
        if books or any(not own(a.mention, role.mention, False) for a in owned):
            yield role


def _making(reading: Reading, roles: list[Role], works: list[Role], own: Own) -> Iterator[Role]:
    """Give the body whose own work it is that it publishes: "released its findings", "the band's album"."""
    for role in [r for r in roles if r.name == "publisher"]:
        for work in works:
            tree, i = tree_of(work.mention.block), work.mention.head.i
            wanted = "recordings" if _is_band(role.mention) else "reporting"
            owners = [p.owner for p in constructions.possessives(tree, i)]
            if tree.lemma[i] not in listed("words", wanted) or not owners:
                continue
            token = work.mention.block.doc[owners[0]]
            whose = reading.argument(work.mention.block, token, nominals.create_mention)
            if own(whose, role.mention, False):
                yield Role("author", role.mention, role.slot, exact=True)


def _is_band(mention: MentionDraft) -> bool:
    """Whether a name or noun is of a band: "the trio Wet Slate"."""
    tree, i = tree_of(mention.block), mention.head.i
    before = max(mention.span.start - 1, 0)  # "the band Wet Slate"
    said = {tree.lemma[k] for k in (i, before, tree.head[i], *tree.of(i, "compound", "nmod"))}
    return not said.isdisjoint(listed("words", "bands"))


def _is_titled(mention: MentionDraft, type_of: Typed) -> bool:
    return mention.kind == "name" and type_of(mention) == "Work"


def _is_book(mention: MentionDraft) -> bool:
    return tree_of(mention.block).lemma[mention.head.i] in words("nominals", "work", "written")


def _called(reading: Reading, works: Role, type_of: Typed) -> Iterator[Role]:
    """Give the works that a plural is told to be: 'wrote two novels, "Dust" and "Brine"'."""
    mention, tree = works.mention, tree_of(works.mention.block)
    if mention.kind != "nominal" or tree.tag[mention.head.i] != "NNS":
        return
    for a in constructions.appositions(tree, mention.head.i):
        for k in tree.conjuncts(a.renaming):
            named = reading.at(mention.block, mention.block.doc[k])
            if named is not None and named.kind == "name" and type_of(named) == "Work":
                yield Role("work", named, works.slot, exact=True)


def _authors(reading: Reading, work: Role, type_of: Typed) -> Iterator[Role]:
    """Give whose a published work is: "her memoirs", "Lund's first novel", '"Dust", by Ida Lund,'.

    So does "Dust, her first novel,".
    """
    mention, tree = work.mention, tree_of(work.mention.block)
    i = mention.head.i
    recorded = tree.lemma[i] in listed("words", "recordings")
    if not _is_titled(mention, type_of) and not _is_book(mention) and not recorded:
        return
    renaming = [a.renaming for a in constructions.appositions(tree, i)]
    owners = [p.owner for k in (i, *renaming) for p in constructions.possessives(tree, k)]
    owners += tree.under(i, "by")
    for owner in owners:
        token = mention.block.doc[owner]
        whose = reading.argument(mention.block, token, nominals.create_mention)
        band = tree.lemma[i] in listed("words", "recordings") and _is_band(whose)
        if type_of(whose) == "Person" or band:
            yield Role("author", whose, work.slot, exact=True)


def _presenting(reading: Reading, event: EventDraft, work: Role, type_of: Typed) -> Iterator[Role]:
    """Give who tells something in a work: "in a paper published on Monday, Ida Moe and Jan Ek describe …"."""
    tree, i = tree_of(work.mention.block), work.mention.head.i
    if work.mention.block is not event.block or tree.lemma[i] not in listed("words", "papers"):
        return
    above = tree.head[i]
    if tree.dep[i] != "pobj" or tree.lower[above] != "in":
        return
    verb = tree.head[above]
    if tree.lemma[verb] == "write" and tree.dep[verb] == "advcl":
        verb = tree.head[verb]  # "writing in a paper …, she argues"
    for claim in reading.claims if tree.lemma[verb] in listed("words", "presenting") else ():
        told = claim.block is event.block and bool(claim.words) and claim.words[0].i == verb
        if told and claim.asserted and type_of(claim.subject) in PERSONAL and not tree.of(verb, "auxpass"):
            slot = Slot("subject", claim.subject, replace(event.standing), claim)
            yield Role("author", claim.subject, slot, exact=True)
