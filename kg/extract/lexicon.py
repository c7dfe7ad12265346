"""What is known of single words: factuality, control, light verbs; the words are in `data/verbs.toml`."""

from __future__ import annotations

import tomllib
from importlib import resources

PREPOSITION_HEADS = frozenset(
    {"because", "instead", "together", "along", "ahead", "prior", "close", "outside"}
)
ADVERBIAL_HOSTS = frozenset(
    {"time", "day", "year", "month", "week", "moment", "way", "reason", "place", "night"}
)

# Participles whose subject is what was just told.
RESULTS = frozenset(
    {"lead", "prompt", "cause", "result", "spark", "raise", "trigger", "force", "make", "leave"}
)


def _read() -> dict[str, dict[str, frozenset[str]]]:
    text = resources.files("kg.extract").joinpath("data/verbs.toml").read_text(encoding="utf-8")
    return {
        group: {name: frozenset(words.split()) for name, words in classes.items()}
        for group, classes in tomllib.loads(text).items()
    }


_TABLES = _read()
_CLASS = {
    group: {word: name for name, words in reversed(classes.items()) for word in words}
    for group, classes in _TABLES.items()
}
LOCATIVE = frozenset({"in", "at", "near", "outside", "inside", "across", "throughout"})
# Verbs whose object may be somewhere else than what is told: one criticizes a war in a far country.
DISTANT = (
    frozenset().union(*_TABLES["that"].values(), *_TABLES["intensional"].values())
    | frozenset(
        "criticize criticise condemn praise support oppose back love hate blame discuss own know".split()
    )
) - {"see"}
SUBJECT_CONTROL = _TABLES["control"]["subject"]
LIGHT = _TABLES["light"]["phrases"]
REPORTING = _TABLES["that"]["reported"] | {"accord"}


def classify(group: str, word: str) -> str | None:
    """Give the class of a word in a group of the lexicon, the first one that lists it.

    >>> classify("to", "manage"), classify("that", "know"), classify("to", "eat")
    ('positive', 'factive', None)
    """
    return _CLASS[group].get(word)
