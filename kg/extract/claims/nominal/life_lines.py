"""The line of an obituary that has the life of somebody in two dates: "Born: 4 May 1936, Ulm. Died: …"."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.constructions import LIFE, tells_life
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft, ParsedBlock, Reading
from kg.model import HEADS

# How many words may stand between the time and the place that it is followed by.
_NEAR = 2


def lines(
    reading: Reading, contexts: Sequence[BlockContext], mentions: Mapping[int, Sequence[MentionDraft]]
) -> None:
    """Say when and where the one whom a text is about was born and died, by a line that only tells that.

    It is about the first person in a title, or else about the first whom the text names; `contexts` are those
    of the blocks that are read, `mentions` those of each block.
    """
    told = [block for block in reading.blocks if tells_life(block.doc)]
    person = _about(reading, told, mentions) if told else None
    if person is None:
        return
    known = {ctx.block.index: ctx for ctx in contexts}
    for block in told:
        ctx = known.get(block.index) or BlockContext(reading, block, mentions.get(block.index, ()))
        for label, end in _parts(ctx):
            _say(ctx, person, label, end)


def _about(
    reading: Reading, told: Sequence[ParsedBlock], mentions: Mapping[int, Sequence[MentionDraft]]
) -> MentionDraft | None:
    """Give the first person in a title, or else the first that is named outside of some lines."""
    rest = [b for b in reading.blocks if b not in told]
    titles = [b for b in rest if b.kind in HEADS]
    named = (m for b in (*titles, *rest) for m in mentions.get(b.index, ()))
    return next((m for m in named if m.kind == "name" and m.type == "Person"), None)


def _parts(ctx: BlockContext) -> Iterator[tuple[int, int]]:
    """Give the labels of a line, each with where what it tells ends."""
    lower = ctx.tree.lower
    labels = [i for i in range(ctx.tree.n - 1) if lower[i] in LIFE and lower[i + 1] == ":"]
    yield from zip(labels, [*labels[1:], ctx.tree.n], strict=True)


def _say(ctx: BlockContext, person: MentionDraft, label: int, end: int) -> None:
    died = ctx.tree.lower[label] == "died"
    rule = rules.LIFE_DIED if died else rules.LIFE_BORN
    times = (ctx.value[k] for k in range(label + 2, end))
    time = next((t for t in times if t is not None and t.kind == "time" and t.value is not None), None)
    if time is None or time.value is None or not time.value.lower:
        return
    tokens = [ctx.doc[label]]
    ctx.add_claim(person, rel.DEATH_DATE if died else rel.BIRTH_DATE, time, rule, tokens=tokens)
    place = _place_behind(ctx, int(time.span.end), end)
    if place is not None:
        ctx.add_claim(person, rel.DIED_IN if died else rel.BORN_IN, place, rule, tokens=tokens)


def _place_behind(ctx: BlockContext, at: int, end: int) -> MentionDraft | None:
    """Give the place behind a time, which it is by where it stands: ", Ulm", "in Ulm"."""
    for k in range(at, min(at + _NEAR, end - 1)):
        if ctx.tree.lower[k] not in (",", "in", "at"):
            continue
        name, stop = ctx.name[k + 1], k + 1
        if name is not None and name.span.start == k + 1 and name.type in PLACES:
            return name
        while stop < end and ctx.doc[stop].text[0].isupper():
            stop += 1
        return ctx.named(k + 1, stop, "GPE") if stop > k + 1 else None
    return None
