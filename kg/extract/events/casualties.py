"""The dead and the hurt told by a number alone: "the toll stood at 63 dead", "the dead numbered 23"."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extract.events.records import EventDraft, Slot, Standing
from kg.extract.events.table import frame_of, listed
from kg.extract.lexicon.sets import VERBS
from kg.extract.mentions import nominals
from kg.extract.parse.repair import tree_of
from kg.extract.parse.tree import Tree
from kg.extract.reading import ParsedBlock, Reading

# The frame of those who are told to be so, and where they stand in it.
DEAD, HURT = ("Death.die", "subject"), ("Injury.injure", "object")
COUNTED = {
    **dict.fromkeys(("dead", "killed"), DEAD),
    **dict.fromkeys(("injured", "wounded", "hurt"), HURT),
}
# Verbs by which a number is told, what it is told of, and the prepositions that it stands under.
TELLING = frozenset({"put", "stand", "give", "place", "remain"})
TOLL, NUMBER = frozenset({"toll"}), frozenset({"number", "total", "count"})
UNDER = frozenset({"at", "as"})
NUMBERING = frozenset({"number", "numbered", "total", "totalled", "totaled"})
# Who may say how many, beside those whose office it is.
SOURCES = frozenset({"figure", "report", "defence", "defense", "paper", "count", "estimate", "council"})
# Over how many words a second group may follow the first: "23, the injured about 52".
PHRASE = 8


def gather(reading: Reading) -> Iterator[EventDraft]:
    """Give the deaths and injuries that a number tells, under a verb of tolls or right behind its noun."""
    for block in reading.blocks:
        tree = tree_of(block)
        if not any(word in COUNTED or word in TOLL for word in tree.lower):
            continue
        for number, (frame, place), verb in (*_put(tree), *_numbered(tree)):
            found = _event(reading, block, number, frame, place, verb)
            if found is not None:
                yield found


def _event(
    reading: Reading, block: ParsedBlock, number: int, frame: str, place: str, verb: int
) -> EventDraft | None:
    mention = block.measures.get(number) or reading.argument(
        block, block.doc[number], nominals.create_mention
    )
    if mention.value is None or mention.value.datatype != "integer" or mention.value.unit:
        return None
    held = block.factualities.get(verb)
    if held is not None and not held.asserted:
        return None
    slot = Slot(place, mention, Standing())
    return EventDraft(block, block.doc[number], (frame_of(frame),), [slot], standing=Standing())


# Told by a verb: "put the toll at 63 dead and 400 hurt", "gave the number of those killed as nine".


def _put(tree: Tree) -> Iterator[tuple[int, tuple[str, str], int]]:
    for verb in range(tree.n):
        if tree.lemma[verb] not in TELLING or tree.pos[verb] not in VERBS or tree.of(verb, "neg"):
            continue
        told = next((k for k in tree.of(verb, "dobj", "nsubj", "nsubjpass") if _of(tree, k)), None)
        if told is None or not _may_tell(tree, verb, told):
            continue
        hosts = (verb, *tree.subtree(told))  # "the number of those killed as nine"
        for prep in (p for host in hosts for p in tree.of(host, "prep") if tree.lower[p] in UNDER):
            for o in tree.of(prep, "pobj", "amod", "pcomp"):
                yield from ((n, kind, verb) for n, kind in _numbers(tree, o, _of(tree, told)))


def _of(tree: Tree, noun: int) -> tuple[str, str] | None:
    """Give of whom a noun is the number: the toll, "the number of those killed", "the number of injured"."""
    if tree.lemma[noun] in TOLL:
        return DEAD
    inside = {tree.lower[k] for k in tree.subtree(noun)} if tree.lemma[noun] in NUMBER else set()
    kinds = {kind for word, kind in COUNTED.items() if word in inside}
    return next(iter(kinds)) if len(kinds) == 1 else None


def _may_tell(tree: Tree, verb: int, told: int) -> bool:
    """Whether the text goes by a number: it is told by nobody, or by those who are there to know."""
    teller = next((k for k in tree.of(verb, "nsubj") if k != told), None)
    known = listed("tellers", "Death") | SOURCES
    return teller is None or tree.lemma[teller] in known


def _numbers(tree: Tree, first: int, meant: tuple[str, str] | None) -> Iterator[tuple[int, tuple[str, str]]]:
    """Give the numbers of a list with what each counts: "63 dead and 400 hurt", "63"."""
    for k in tree.conjuncts(first):
        number = k if tree.tag[k] == "CD" else tree.first(k, "nummod")
        kind = COUNTED.get(tree.lower[k], meant if k == number else None)
        if number is not None and kind is not None:
            yield number, kind


# Told by the group: "the dead numbered 23, the injured 52".


def _numbered(tree: Tree) -> Iterator[tuple[int, tuple[str, str], int]]:
    for i in range(1, tree.n):
        if tree.lower[i] not in NUMBERING or tree.lower[i - 1] not in COUNTED or not _is_of_all(tree, i - 1):
            continue
        number = _number_behind(tree, i + 1)
        if number is None:
            continue
        yield number, COUNTED[tree.lower[i - 1]], i
        for k in range(number + 1, min(number + PHRASE, tree.n)):
            other = tree.lower[k] in COUNTED and _is_of_all(tree, k)
            further = _number_behind(tree, k + 1) if other else None
            if further is not None:
                yield further, COUNTED[tree.lower[k]], i
                return


def _is_of_all(tree: Tree, i: int) -> bool:
    return i > 0 and tree.lower[i - 1] == "the"


def _number_behind(tree: Tree, i: int) -> int | None:
    """Give the number right behind a word, past what says how exact it is: "numbered at least 23"."""
    for k in range(i, min(i + 4, tree.n)):
        if tree.tag[k] == "CD":
            return k
        if tree.lower[k] not in listed("words", "hedges") | {"at", "least", "most", "numbered"}:
            return None
    return None
