"""Numbers with their nouns, for people."""

from __future__ import annotations


def count(number: int, one: str, many: str = "") -> str:
    """Give a number with its noun.

    >>> count(1, "fact"), count(2, "entity", "entities")
    ('1 fact', '2 entities')
    """
    return f"{number:,} {one if number == 1 else many or one + 's'}"
