"""What is known of single words. The words are data, in `data/en`: a file an area, a table a class.

`words` gives a list as a set, `listed` in its order, `pattern` as a regular expression, `mapping` a table
of words with what they stand for.
`classify` gives the class of a verb, noun, adjective or adverb that governs a clause (`verbs.toml`).
"""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Mapping
from importlib import resources
from typing import Any


@functools.cache
def table(file: str) -> Mapping[str, Any]:
    """Give a file of `data/en`, by its name without suffix."""
    path = resources.files("kg.extract.lexicon").joinpath("data", "en", f"{file}.toml")
    return tomllib.loads(path.read_text(encoding="utf-8"))


def rows(file: str) -> list[str]:
    """Give the lines of a table of `data/en`, without those that tell of it, by its name with suffix.

    >>> rows("deverbal.tsv")[0].split()[:2]
    ['abduction', 'abduct']
    """
    path = resources.files("kg.extract.lexicon").joinpath("data", "en", file)
    return [line for line in path.read_text(encoding="utf-8").split("\n") if line and line[0] != "#"]


def _entry(file: str, path: tuple[str, ...]) -> Any:
    found: Any = table(file)
    for name in path:
        found = found[name]
    return found


@functools.cache
def listed(file: str, *path: str) -> tuple[str, ...]:
    """Give the words of a list, in their order: a string of words, or an array where words have spaces.

    >>> listed("nominals", "kin", "child")[:2]
    ('son', 'daughter')
    """
    found = _entry(file, path)
    return tuple(found.split() if isinstance(found, str) else found)


@functools.cache
def words(file: str, *path: str) -> frozenset[str]:
    """Give the words of a list as a set.

    >>> "daughter" in words("nominals", "kin", "child")
    True
    """
    return frozenset(listed(file, *path))


def pattern(file: str, *path: str) -> str:
    """Give the words of a list as a regular expression, tried in their order; a space is any white space."""
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in listed(file, *path))


@functools.cache
def mapping(file: str, *path: str) -> Mapping[str, Any]:
    """Give a table of words, each with what it stands for."""
    found: Mapping[str, Any] = _entry(file, path)
    return found


@functools.cache
def inverse(file: str, *path: str) -> Mapping[str, Any]:
    """Give the words of a table of lists, each with the name of its list; of two the later one counts."""
    return {word: name for name in mapping(file, *path) for word in listed(file, *path, name)}


_TABLES = {
    group: {name: frozenset(listed.split()) for name, listed in classes.items()}
    for group, classes in table("verbs").items()
}
_CLASS = {
    group: {word: name for name, words in reversed(classes.items()) for word in words}
    for group, classes in _TABLES.items()
}
_WORDS = _TABLES["words"]
PREPOSITION_HEADS = _WORDS["preposition_heads"]
ADVERBIAL_HOSTS = _WORDS["adverbial_hosts"]
LOCATIVE = _WORDS["locative"]
TIME_NOUNS = _WORDS["time_nouns"]
INTRANSITIVE = _WORDS["intransitive"]
REGARDING = _WORDS["regarding"]
SUPPORT = _WORDS["support"]
MEASURED = _WORDS["measured"]
HOLDING = _WORDS["holding"]
SAYING = _WORDS["saying"]
RESULTS = _WORDS["results"]
NEGATIVE_ADVERBS = _TABLES["adverb"]["negative"]
PARTICLES = _WORDS["particles"]
MANNER = _WORDS["manner"]
BARE_MANNER = _WORDS["bare_manner"]
TAKING = _WORDS["taking"]
INVERTED = _WORDS["inverted"]
NAMING = _WORDS["naming"]
LIGHT = _WORDS["light"]
SOMETIMES_TRANSITIVE = _WORDS["sometimes_transitive"]
SAME_PARTICIPLE = _WORDS["same_participle"]
PREPOSITIONAL = _WORDS["prepositional"]
CAUSATIVE = _WORDS["causative"]
COMPLEX = _WORDS["complex"]
VACANT = _WORDS["vacant"]
SINGULAR = _WORDS["singular"]
COLLECTIVE = _WORDS["collective"]
IDIOMS = _WORDS["idioms"]
AWAY = _WORDS["away"]
RELATIONAL = _WORDS["relational"]
MAKING = _WORDS["making"]
ASIDES = _WORDS["asides"]
SUBJECT_CONTROL = _WORDS["subject_control"]
# Verbs whose object may be somewhere else than what is told: one criticizes a war in a far country.
DISTANT = frozenset().union(
    _WORDS["distant"], *_TABLES["that"].values(), *_TABLES["intensional"].values()
) - {"see"}


def classify(group: str, word: str) -> str | None:
    """Give the class of a word in a group of the lexicon, the first one that lists it.

    >>> classify("to", "manage"), classify("that", "know"), classify("to", "eat")
    ('positive', 'factive', None)
    """
    return _CLASS[group].get(word)
