"""What is known of single words: factuality, control, light verbs; the words are in `data/verbs.toml`."""

from __future__ import annotations

import tomllib
from importlib import resources


def _read() -> dict[str, dict[str, frozenset[str]]]:
    text = resources.files("kg.extract.lexicon").joinpath("data/en/verbs.toml").read_text(encoding="utf-8")
    return {
        group: {name: frozenset(words.split()) for name, words in classes.items()}
        for group, classes in tomllib.loads(text).items()
    }


_TABLES = _read()
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
