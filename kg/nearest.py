"""The nearest of what is known, for a name that is not known: what a message proposes."""

from __future__ import annotations

from collections.abc import Iterable

from kg.iri import fold

# From 0 to 100: below it two names have so little in common that to propose one would only puzzle.
ALIKE = 70.0
# A word of a longer name counts a little less than the whole of one: "Brawn" is "Brown" before "Anna Brown".
PART = 0.97


def nearest(name: str, known: Iterable[str], *, most: int = 3, least: float = ALIKE) -> list[str]:
    """Give what is most like a name among what is known, the best first; case and accents do not count.

    >>> nearest("founded", ["found", "fund", "hire"])
    ['found', 'fund']
    >>> nearest("Brawn", ["Anna Brown", "Oslo"])
    ['Anna Brown']
    """
    # Loaded here: only who mistyped needs it.
    from rapidfuzz import fuzz, process

    key = _key(name)
    keys: dict[str, set[str]] = {}
    for each in known:
        whole = _key(each)
        for part in {whole, *whole.split()}:
            keys.setdefault(part, set()).add(each)
    scores: dict[str, float] = {}
    for part, score, _ in process.extract(key, list(keys), scorer=fuzz.ratio, score_cutoff=least, limit=50):
        for each in keys[part]:
            worth = score if _key(each) == part else score * PART
            scores[each] = max(worth, scores.get(each, 0.0))
    scores = {each: score for each, score in scores.items() if score >= least}
    best = sorted(scores, key=lambda each: (-scores[each], each))
    # What is much less alike than the best is no help beside it.
    return [each for each in best[:most] if scores[each] >= scores[best[0]] - 15]


def did_you_mean(name: str, known: Iterable[str], *, otherwise: str = "") -> str:
    """Give the question that a message ends in, or something else where nothing is near.

    >>> did_you_mean("biuld", ["build", "add"])
    "did you mean 'build'?"
    """
    found = nearest(name, known)
    return f"did you mean {' or '.join(repr(each) for each in found)}?" if found else otherwise


def _key(name: str) -> str:
    return fold(name.replace("_", " "))
