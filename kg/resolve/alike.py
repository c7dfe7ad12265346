"""Names that are nearly alike: candidates for being one thing, never merged for that alone."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz, process

from kg.resolve.parts import ONE, Parts

# What is compared with each other shares a block; larger blocks are divided, they hold frequent words.
LARGEST_BLOCK = 400
LEAST = 90.0


def string_similarity(names: Sequence[tuple[str, str]], parts: Parts = ONE) -> list[tuple[int, int, float]]:
    """Give the pairs of (family, normalised name) that are nearly the same, with a score from 0.9 to 1.

    A name is compared with those that begin, or end, like it: misspellings rarely do both.
    """
    blocks: dict[str, list[str]] = {}
    at = {name: i for i, name in enumerate(names)}
    for family, name in names:
        for block in blocks_of(family, name):
            blocks.setdefault(block, []).append(name)

    def compared(part: int) -> list[tuple[int, int, float]]:
        found = []
        for block, members in blocks.items():
            if len(members) > 1 and parts.of(block) == part:
                family = block.partition(" ")[0]
                for a, b, score in alike_in(members):
                    i, j = sorted((at[family, a], at[family, b]))
                    found.append((i, j, score))
        return found

    # Two names that begin and end alike are found twice, with the same score.
    return sorted({pair for found in parts.each(compared, len(names)) for pair in found})


def blocks_of(family: str, name: str) -> tuple[str, ...]:
    """Give the blocks of names that a name is compared with."""
    if len(name) < 6 or name.isdigit():
        return ()
    words = sorted(name.split(), key=lambda w: (-len(w), w))
    return tuple(f"{family} {len(words)} {part}" for part in (f"{words[0][:4]}…", f"…{words[0][-4:]}"))


def alike_in(block: Sequence[str], depth: int = 0) -> Iterator[tuple[str, str, float]]:
    """Give the pairs of a block's names that are nearly the same, the lesser of two first.

    In a large block names are compared that begin alike, to as many letters as it takes.
    """
    for part in parts_of(block, depth):
        if len(part) > 1:
            yield from alike(part, part)


def parts_of(block: Sequence[str], depth: int = 0) -> Iterator[Sequence[str]]:
    """Divide a block into what is compared with each other; `depth` is how often it was divided before."""
    if len(block) <= LARGEST_BLOCK:
        yield block
        return
    parts: dict[str, list[str]] = {}
    for name in block:
        parts.setdefault(prefix(name, depth + 1), []).append(name)
    for part in parts.values():
        yield from parts_of(part, depth + 1)


def prefix(name: str, depth: int) -> str:
    """Give what the names have in common that a block is divided into, when it was divided so often."""
    return name[: 4 * depth]


def alike(names: Sequence[str], others: Sequence[str]) -> Iterator[tuple[str, str, float]]:
    """Give the pairs of names and others that are nearly the same, the lesser of two first."""
    scores = process.cdist(names, others, scorer=fuzz.ratio, score_cutoff=LEAST, workers=1)
    for i, j in zip(*scores.nonzero(), strict=True):
        a, b = sorted((names[i], others[j]))
        if a != b and _differ_in_letters(a, b):
            yield a, b, round(float(scores[i, j]) / 100, 2)


def _differ_in_letters(a: str, b: str) -> bool:
    """Whether two names differ in letters; "Flight 175" and "Flight 93" are two things."""
    digits_a, digits_b = ("".join(c for c in x if c.isdigit()) for x in (a, b))
    return digits_a == digits_b
