"""What the student knows of a word by itself: its pattern, its ends, and the tables that it stands in."""

from __future__ import annotations

import zlib

from kg.extract.lexicon import gazetteer

# How many rows each table of features has; the first three are hashed.
SIZES = {
    "prefix": 2048,
    "suffix": 2048,
    "pattern": 512,
    "given": 4,
    "surname": 2,
    "place": 6,
    "people": 4,
    "pieces": 5,
}


def pattern(word: str) -> str:
    """Give the pattern of a word: X, x and d for its signs, no more than two alike in a row.

    >>> pattern("McDonald's"), pattern("U.S."), pattern("1,200")
    ("XxXxx'x", 'X.X.', 'd,dd')
    """
    out: list[str] = []
    for c in word[:24]:
        sign = "X" if c.isupper() else "x" if c.isalpha() else "d" if c.isdigit() else c
        if out[-2:] != [sign, sign]:
            out.append(sign)
    return "".join(out)


def word_features(word: str, pieces: int) -> tuple[int, ...]:
    """Give the row of a word in each table of SIZES."""
    lower = word.lower()
    # Names in capitals are looked up as they are written elsewhere.
    form = word.capitalize() if word.isupper() and len(word) > 3 else word
    return (
        _hash("<" + lower[:3], SIZES["prefix"]),
        _hash(lower[-3:] + ">", SIZES["suffix"]),
        _hash(pattern(word), SIZES["pattern"]),
        _given(form),
        int(gazetteer.is_surname(form)),
        _place(form),
        _people(form),
        min(pieces, 4),
    )


def _hash(text: str, size: int) -> int:
    return zlib.crc32(text.encode("utf-8", "surrogatepass")) % size


def _given(word: str) -> int:
    share = gazetteer.female_share(word)
    if share is None:
        return 0
    return 1 if share >= 0.8 else 2 if share <= 0.2 else 3


def _place(word: str) -> int:
    place = gazetteer.place_named(word)
    if place is None:
        return 0
    if place.kind != "city":
        return 1 if place.kind == "country" else 2
    return 3 if place.population > 1_000_000 else 4 if place.population > 200_000 else 5


def _people(word: str) -> int:
    if gazetteer.land_of_adjective(word) is not None:
        return 1
    if gazetteer.land_of_people(word) is not None:
        return 2
    return 3 if gazetteer.land_named(word) is not None else 0
