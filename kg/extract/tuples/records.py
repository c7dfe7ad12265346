"""What is read of a sentence in its own words, and how sure it is."""

from __future__ import annotations

import functools
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class OpenTuple:
    """One tuple: relation and arguments as text, the rule that gave it and how sure it is."""

    relation: str
    arguments: tuple[str, ...]
    rule: str
    confidence: float
    sentence: str


# How sure a tuple is, in coarse steps, by the rule that gave it: how its clause hangs, how its subject was
# found, what its second argument is. The longest beginning of the rule's name counts.
CONFIDENCE = {
    "": 0.7,
    "main": 0.9,
    "conj": 0.85,
    "conj-advcl-object": 0.45,
    "conj-host-object": 0.5,
    "xcomp": 0.85,
    "xcomp-object": 0.45,
    "ccomp": 0.7,
    "ccomp-own-complement": 0.6,
    "relcl": 0.75,
    "relcl-host-object": 0.6,
    "relcl-host-clause": 0.45,
    "acl": 0.7,
    "acl-own": 0.4,
    "acl-to": 0.4,
    "advcl": 0.7,
    "advcl-advcl": 0.65,
    "advcl-own-complement": 0.6,
    "pcomp": 0.4,
    "pcomp-pcomp": 0.55,
    "there": 0.6,
    "gerund": 0.35,
    "csubj": 0.5,
    "appos": 0.4,
    "appos-propn-noun": 0.75,
    "appos-propn-propn": 0.6,
    "appos-noun-propn": 0.6,
    "age": 0.7,
    "title": 0.7,
    "place": 0.6,
    "example": 0.6,
    "content": 0.55,
    "nested": 0.6,
}


@functools.cache
def confidence(rule: str) -> float:
    """Give how sure the tuples of a rule are.

    >>> confidence("main-own-object"), confidence("acl-own-clause")
    (0.9, 0.4)
    """
    known = [name for name in CONFIDENCE if rule.startswith(name)]
    return CONFIDENCE[max(known, key=len)]
