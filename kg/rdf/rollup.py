"""Which wider relation an open one is a case of: `be_elected_in` of `elect`, `be_born_in` of `born_in`."""

from __future__ import annotations

import functools
import tomllib
from importlib import resources

# Words that stay with their verb, which is another one with them.
PARTICLES = frozenset("up down off out over away back apart aside ahead forward through".split())


@functools.lru_cache(maxsize=2**14)
def wider(relation: str) -> tuple[str, ...]:
    """Give the relations, one step up, that a relation in the words of a text is a case of.

    >>> wider("be_elected_in"), wider("elect_as"), wider("be_re-elected_with"), wider("elect")
    (('elect_in',), ('elect',), ('re-elect_with',), ())
    >>> wider("be_born_in"), wider("take_over_from"), wider("work_for")
    (('born_in', 'bear_in'), ('take_over',), ('employer', 'work'))
    """
    curated = _table().get(relation)
    found = () if curated is None else (curated,)
    step = _active(relation) or _without_preposition(relation) or _once(relation)
    return (*found, step) if step and step != relation else found


def _active(relation: str) -> str:
    """Give the active form of a passive."""
    words = relation.split("_")
    if words[0] != "be" or len(words) < 2:
        return ""
    verb = verb_of(words[1])
    return "_".join([verb, *words[2:]]) if verb else ""


def _without_preposition(relation: str) -> str:
    """Give a relation without the preposition that ends it."""
    words = relation.split("_")
    if len(words) < 2 or words[-1] not in _prepositions() or words[-1] in PARTICLES:
        return ""
    shorter = words[:-1]
    return "" if shorter == ["be"] else "_".join(shorter)


def _once(relation: str) -> str:
    """Give the verb of what was done again: "re-elect"."""
    return relation[3:] if relation.startswith("re-") and len(relation) > 5 else ""


@functools.lru_cache(maxsize=2**14)
def verb_of(participle: str) -> str:
    """Give the verb of a past participle, empty where the word is none.

    >>> verb_of("elected"), verb_of("acquired"), verb_of("sold"), verb_of("stopped"), verb_of("old")
    ('elect', 'acquire', 'sell', 'stop', '')
    """
    if participle.startswith("re-"):
        inner = verb_of(participle[3:])
        return f"re-{inner}" if inner else ""
    found = _participles().get(participle)
    if found:
        return found
    if participle.endswith("ied"):
        return f"{participle[:-3]}y"
    if not participle.endswith("ed") or len(participle) < 5:
        return ""
    stem = participle[:-2]
    doubled = stem[-1] == stem[-2] and stem[-1] not in "lsfz"
    return stem[:-1] if doubled else stem


def _file(name: str) -> str:
    return resources.files("kg.vocab").joinpath("data", name).read_text(encoding="utf-8")


@functools.cache
def _participles() -> dict[str, str]:
    lines = _file("participles.tsv").splitlines()
    return dict(line.split("\t") for line in lines if line and not line.startswith("#"))


@functools.cache
def _rows() -> dict[str, dict[str, str]]:
    return tomllib.loads(_file("rollup.toml"))


@functools.cache
def _table() -> dict[str, str]:
    return {said: name for name, listed in _rows()["wider"].items() for said in listed.split()}


@functools.cache
def _prepositions() -> frozenset[str]:
    return frozenset(_rows()["words"]["prepositions"].split())
