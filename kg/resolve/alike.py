"""Names that are nearly alike: candidates for being one thing, never merged for that alone."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process

# What is compared with each other shares a block; larger blocks are cut, they hold frequent words.
LARGEST_BLOCK = 400
LEAST = 90.0


def string_similarity(names: Sequence[tuple[str, str]]) -> list[tuple[int, int, float]]:
    """Give the pairs of (family, normalised name) that are nearly the same, with a score from 0.9 to 1.

    A name is compared with those that begin, or end, like it: misspellings rarely do both.
    """
    blocks: dict[tuple[str, ...], list[int]] = {}
    for i, (family, name) in enumerate(names):
        if len(name) < 6 or name.isdigit():
            continue
        words = sorted(name.split(), key=lambda w: (-len(w), w))
        blocks.setdefault((family, "begins", words[0][:4], str(len(words))), []).append(i)
        blocks.setdefault((family, "ends", words[0][-4:], str(len(words))), []).append(i)
    found: dict[tuple[int, int], float] = {}
    for block in blocks.values():
        for start in range(0, len(block), LARGEST_BLOCK):
            part = block[start : start + LARGEST_BLOCK]
            if len(part) < 2:
                continue
            texts = [names[i][1] for i in part]
            scores = process.cdist(texts, texts, scorer=fuzz.ratio, score_cutoff=LEAST, workers=1)
            for a, b in zip(*scores.nonzero(), strict=True):
                if a < b and _differ_in_letters(texts[a], texts[b]):
                    i, j = sorted((part[a], part[b]))
                    found[i, j] = round(float(scores[a, b]) / 100, 2)
    return [(i, j, score) for (i, j), score in sorted(found.items())]


def _differ_in_letters(a: str, b: str) -> bool:
    """Whether two names differ in letters; "Flight 175" and "Flight 93" are two things."""
    digits_a, digits_b = ("".join(c for c in x if c.isdigit()) for x in (a, b))
    return digits_a == digits_b
