"""Who was among those who died, were hurt or arrested: "among the dead was", "including", "among them"."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Protocol

from kg.extract import constructions
from kg.extract.events.records import EventDraft, Role, Slot, Standing
from kg.extract.events.table import Frame, frames
from kg.extract.events.tolls import DEAD
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# Of those who came to something: the frame, and where they stand in it.
THE_DEAD = ("Death.die", "subject")
GROUPS = {
    **dict.fromkeys(("dead", "fatalities", "killed", "slain"), THE_DEAD),
    **dict.fromkeys(("injured", "wounded"), ("Injury.injure", "object")),
    **dict.fromkeys(("arrested", "detained"), ("Arrest.arrest", "object")),
}
# What an adjective before a name says of somebody.
DESCRIBED = {
    **dict.fromkeys(("injured", "wounded"), ("Injury.injure", "object")),
    **dict.fromkeys(("murdered", "slain", "assassinated"), ("Killing.kill", "object")),
    "late": THE_DEAD,
}
OWNED = frozenset({"PRP$", "POS"})
VICTIMS = frozenset({"victims"})
LISTED = frozenset({constructions.APPOSITION, "conj", "pobj"})
THOSE = frozenset({"those", "people", "victims", "others"})
DONE_TO = {"kill": ("Killing.kill", "object"), "die": THE_DEAD, "arrest": ("Arrest.arrest", "object")}
DONE_TO |= dict.fromkeys(("injure", "wound", "hurt"), ("Injury.injure", "object"))
DONE_TO["detain"] = DONE_TO["arrest"]
AMONG, INCLUDING, THEM = frozenset({"among", "amongst"}), "include", frozenset({"them"})
# The word that tells of somebody, the frame and place in it, the verb, and who it is.
Found = tuple[int, tuple[str, str], int, int]
# The roles that a group may have, and whose number one is.
OF_ROLE = {"arrested": ("Arrest",), "deceased": ("Death", "Killing"), "injured": ("Injury",)}
NUMBERED = {"deathToll": "deceased", "injuredCount": "injured"}


class Linking(Protocol):
    """What the linker of a document's events gives here."""

    reading: Reading
    events: list[EventDraft]

    def sentences_to(self, event: EventDraft, mention: MentionDraft) -> int:
        """Give how many sentences lie between an event and a mention."""


def gather(reading: Reading) -> Iterator[EventDraft]:
    """Give the deaths, injuries and arrests of those whom a clause lists among the dead and their like."""
    known = {f.id: f for f in frames()}
    dead = False
    for block in reading.blocks:
        tree = tree_of(block)
        dead = dead or not DEAD.isdisjoint(tree.lemma)
        for i, (frame, place), verb, person in (*_grouped(tree, dead=dead), *_described_in(tree)):
            yield _event(reading, block, i, known[frame], place, verb, person)


def _grouped(tree: Tree, *, dead: bool) -> Iterator[Found]:
    """Give who a clause lists among those to whom something came."""
    for i in _naming_groups(tree):
        came = _group(tree, i)
        if not came[0] and dead and _are_victims(tree, i):
            came = THE_DEAD
        yield from ((i, came, verb, person) for verb, person in (_listed_with(tree, i) if came[0] else ()))


def _naming_groups(tree: Tree) -> Iterator[int]:
    """Give the words for groups: "the dead", "people", and the noun of "the dead soldiers"."""
    for k in range(tree.n):
        if tree.lower[k] in GROUPS and tree.dep[k] == "amod" and tree.tag[tree.head[k]] == "NNS":
            yield tree.head[k]
        elif tree.lower[k] in GROUPS or tree.lower[k] in THOSE:
            yield k


def _described_in(tree: Tree) -> Iterator[Found]:
    """Give who is said by an adjective to have come to harm."""
    for i in (k for k in range(tree.n) if tree.lower[k] in DESCRIBED):
        if (harmed := _described(tree, i)) is not None:
            yield i, DESCRIBED[tree.lower[i]], harmed, harmed


def _are_victims(tree: Tree, i: int) -> bool:
    """Whether "the victims" of a text that tells of deaths are named: they are the dead."""
    if tree.lower[i] not in VICTIMS or not any(tree.lower[k] == "the" for k in tree.of(i, "det")):
        return False
    return _naming(tree, i) is not None and not tree.of(i, "prep", "acl", "relcl", "amod")


def _described(tree: Tree, i: int) -> int | None:
    """Give whom an adjective says to have come to harm: "the injured Ida Moe", "the wounded pilot, Bo Ek"."""
    head = tree.head[i]
    if tree.dep[head] == "compound" and tree.pos[tree.head[head]] == "PROPN":
        head = tree.head[head]  # "the injured pilot Bo Ek"
    if tree.dep[i] != "amod" or head < i or tree.tag[head] not in ("NN", "NNP"):
        return None
    if tree.tag[head] != "NNP":  # "the wounded pilot, Bo Ek"
        named = (a.renaming for a in constructions.appositions(tree, head))
        head = next((k for k in named if tree.tag[k] == "NNP"), i)
    return head if head != i and _is_known(tree, i) else None


def _is_known(tree: Tree, i: int) -> bool:
    """Whether "the" stands before an adjective, or whose kin it is: "his late father, Bo Ek"."""
    owned = tree.lower[i] == "late" and i > 0 and tree.tag[i - 1] in OWNED
    return owned or any(tree.lower[k] == "the" for k in range(max(i - 2, 0), i))


def _event(
    reading: Reading, block: ParsedBlock, i: int, frame: Frame, place: str, verb: int, person: int
) -> EventDraft:
    mention = reading.argument(block, block.doc[person], nominals.create_mention)
    stands = _standing(reading, block, verb)
    return EventDraft(block, block.doc[i], (frame,), [Slot(place, mention, stands)], standing=stands)


def _standing(reading: Reading, block: ParsedBlock, verb: int) -> Standing:
    """Give how the clause of a verb stands."""
    held = block.factualities.get(verb)
    if held is None or held.asserted:
        return Standing()
    source = None if held.source is None else reading.at(block, block.doc[held.source])
    return Standing(held.negated, held.modality or "Possible", False, source)


def _group(tree: Tree, i: int) -> tuple[str, str]:
    """Give what came to those whom a token stands for: "the dead", "those killed", "people who died"."""
    if tree.lower[i] in GROUPS:
        return GROUPS[tree.lower[i]]
    called = [tree.lower[k] for k in tree.of(i, "amod") if tree.lower[k] in GROUPS]
    if called and any(tree.lower[k] == "the" for k in tree.of(i, "det")):
        return GROUPS[called[0]]
    done = (DONE_TO.get(tree.lemma[k]) for k in tree.of(i, "acl", "relcl"))
    return next((d for d in done if d is not None), ("", ""))


def _listed_with(tree: Tree, i: int) -> Iterator[tuple[int, int]]:
    """Give the persons that a clause lists among those that a token stands for, with its verb."""
    above = tree.head[i]
    if tree.lower[above] in AMONG and tree.dep[i] == "pobj":
        yield from _subjects_of_be(tree, tree.head[above])
    elif (verb := _naming(tree, i)) is not None:
        named = tree.under(verb, "as")
        yield from ((verb, p) for o in named for p in persons(tree, o))
    elif tree.dep[i] == "nsubj" and tree.first(above, "neg") is None:
        yield from ((above, p) for p in _said_to_be(tree, above))


def _said_to_be(tree: Tree, verb: int) -> list[int]:
    """Give who a group includes, or is: "the dead included Anna", "the dead were Anna and Bo"."""
    if tree.lemma[verb] == INCLUDING:
        return [p for s in tree.of(verb, "dobj") for p in persons(tree, s)]
    named = [p for s in tree.of(verb, "attr") for p in persons(tree, s)] if tree.lemma[verb] == "be" else []
    return [p for p in named if tree.pos[p] == "PROPN"]


def _subjects_of_be(tree: Tree, verb: int) -> Iterator[tuple[int, int]]:
    for be in (verb, *tree.of(verb, "advcl")) if tree.lemma[verb] == "be" else ():
        if tree.lemma[be] == "be" and tree.first(be, "neg") is None:  # "…, as was a police sergeant"
            yield from ((be, p) for s in tree.of(be, "nsubj", "attr") for p in persons(tree, s))


def _naming(tree: Tree, i: int) -> int | None:
    """Give the verb that names those whom a token stands for: "three of the dead were named as"."""
    subject = tree.head[tree.head[i]] if tree.lower[tree.head[i]] == "of" else i
    verb = tree.head[subject]
    passive = tree.dep[subject] == "nsubjpass" and tree.first(verb, "neg") is None
    return verb if passive and tree.lemma[verb] in ("name", "identify") else None


def persons(tree: Tree, i: int) -> list[int]:
    """Give the names of a list or of what renames it, or what has no name."""
    found = []
    for one in tree.conjuncts(i):
        named = [a.renaming for a in constructions.appositions(tree, one)]
        inner = [k for n in named if tree.pos[n] == "PROPN" for k in persons(tree, n)]
        found += inner or ([one] if tree.pos[one] in NOUNS else [])
    return [k for k in found if tree.tag[k] not in ("NNS", "NNPS")]


def join(linking: Linking) -> None:
    """Add to events who was among those told before: "arrested 11 people. Among them was Bo Ek"."""
    for event in linking.events:
        for role in list(event.roles):
            name = NUMBERED.get(role.name, role.name)
            if event.event in OF_ROLE.get(name, ()) and role.mention.block is event.block:
                _add(linking.reading, event, name, role.slot, _included(event.block, role.slot.mention))
    for mention in [m for m in linking.reading.mentions if m.kind == "pronoun"]:
        if tree_of(mention.block).lower[mention.head.i] in THEM:
            _add_them(linking, mention)


def _beside_them(tree: Tree, i: int) -> list[int]:
    """Give who stands right behind "among them": "were detained, among them the speaker, Elena Marku"."""
    prep = tree.head[i]
    found = [o for o in tree.of(prep, "pobj") if o > i] if tree.lower[prep] in AMONG else []
    found += [a.renaming for a in constructions.appositions(tree, i)]
    return [k for o in found for k in persons(tree, o)]


def _included(block: ParsedBlock, mention: MentionDraft) -> list[int]:
    """Give who is told with "including" behind a mention."""
    tree = tree_of(block)
    behind = tree.under(mention.head.i, "including")
    return [k for o in behind for k in persons(tree, o)] or _behind_colon(tree, mention.head.i)


def _behind_colon(tree: Tree, i: int) -> list[int]:
    """Give the names behind the colon of a sentence of which a group is the subject or object.

    "Three of a family were killed: Karl Moll, his wife Ada and their son Tom."
    """
    if tree.tag[i] not in ("NNS", "CD"):
        return []
    renaming = (a.renaming for a in constructions.appositions(tree, i))
    behind = [k for k in renaming if ":" in tree.lower[i + 1 : tree.left[k]]]
    inside = [j for k in behind for j in tree.subtree(k)]
    heads = [k for k in inside if tree.tag[k] == "NNP" and tree.dep[k] in LISTED]
    return [k for k in heads if not _is_of_place(tree, k)]


def _is_of_place(tree: Tree, k: int) -> bool:
    """Whether a name stands under a preposition: "of Belu"."""
    return tree.dep[tree.head[k]] == "prep" or tree.dep[k] == "pobj"


def _add(reading: Reading, event: EventDraft, name: str, slot: Slot, found: list[int]) -> None:
    for k in found:
        mention = reading.argument(event.block, event.block.doc[k], nominals.create_mention)
        if mention.type == "Person" and not any(r.mention is mention for r in event.roles):
            event.roles.append(Role(name, mention, Slot(slot.name, mention, slot.standing), exact=True))


def _is_told(tree: Tree, event: EventDraft, i: int) -> bool:
    """Whether an event is told before a token, or of the phrase that it is in.

    "Five boys, among them Bo Lind, were hurt."
    """
    if event.trigger.i < i:
        return True
    heads = [r.mention.head.i for r in event.roles if r.name in OF_ROLE and r.mention.block is event.block]
    first = [tree.head[k] if tree.dep[k] == "conj" else k for k in heads]
    return any(i in tree.subtree(k) for k in first)


def _add_them(linking: Linking, them: MentionDraft) -> None:
    tree = tree_of(them.block)
    told = list(_listed_with(tree, them.head.i))
    beside = [] if told else _beside_them(tree, them.head.i)
    told += [(tree.head[them.head.i], p) for p in beside]
    for event in linking.events if told else ():
        near = linking.sentences_to(event, them) == (0 if beside else 1)
        if event.block is not them.block or not near or not _is_told(tree, event, them.head.i):
            continue
        groups = [r for r in event.roles if r.name in OF_ROLE and r.mention.head.tag_ in ("NNS", "NNPS")]
        for role in groups[:1]:
            stands = _standing(linking.reading, them.block, told[0][0])
            slot = Slot(
                role.slot.name, role.mention, stands if role.slot.standing.asserted else role.slot.standing
            )
            _add(linking.reading, event, role.name, slot, [k for _, k in told])
