"""Relations in English, as they stand between two names: "was elected in", "works for", "bought".

A relation is named by lemmas (`be_elected_in`, `work_for`), which say nothing of time. What lasts is said in
the present and what happens in the past; standing is the page's, which makes "may buy" of what is possible.
"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any

from kg.vocab import relations, terms

_SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
_IRI = re.compile(r"^[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_PARTICIPLE = re.compile(
    r"(?!open)\w+(?:ed|[^aeiou]en)|born|built|made|held|sent|set|put|cut|hit|shot|sold|told|found|given|seen|known|shown|won"
    r"|lost|left|paid|caught|taught|bought|brought|done|drawn|driven|worn|torn|sworn|sung|struck|hung|led|met|kept"
    r"|laid|read|run|begun|understood|withdrawn|overthrown|thrown|grown|flown|blown"
)


def phrase(relation: str) -> str:
    """Say a relation in the words of a reader.

    >>> [phrase(r) for r in ("work_for", "be_elected_in", "acquire", "set_up", "employer", "friend_of")]
    ['works for', 'was elected in', 'acquired', 'set up', 'works for', 'is a friend of']
    """
    if re.search(r"(?:^|[:/#])hasPlace$", relation):
        return "was in"
    if _IRI.match(relation):
        return re.split(r"[/#]", relation.rstrip("/#"))[-1].replace("_", " ")
    prefix, _, local = relation.rpartition(":")
    if prefix in ("kg", "sem"):
        return f"had the {terms()[local].label if local in terms() else _spaced(local)}"
    data = _data()
    if relation in data["curated"]:
        return str(data["curated"][relation])
    words = relation.split("_")
    if relation in relations():
        noun = words[-1] == "of" and " ".join(words[:-1])
        return f"is {_article(noun)} {noun} of" if noun else f"has the {relations()[relation].label}"
    words = [words[0], *("money" if word in _CURRENCIES else word for word in words[1:])]
    if words[0] == "be":
        return _passive(words)
    if not _is_verb(words[0]):
        return " ".join(words)
    lasts = words[0] in data["lasting"] or "_".join(words[:2]) in data["lasting"]
    return " ".join([third_person(words[0]) if lasts else past(words[0]), *words[1:]])


def _spaced(name: str) -> str:
    """Give the words of a name in camel case.

    >>> _spaced("deathToll")
    'death toll'
    """
    return re.sub(r"(?<=[a-z])[A-Z]", lambda found: f" {found[0].lower()}", name)


def _passive(words: list[str]) -> str:
    what = words[1] if len(words) > 1 else ""
    happened = _PARTICIPLE.fullmatch(what) and what not in _data()["lasting_participles"]
    return " ".join(["was" if happened else "is", *words[1:]])


def past(verb: str) -> str:
    """Give the past of a verb.

    >>> [past(v) for v in ("buy", "carry", "stop", "play", "praise", "expel", "visit")]
    ['bought', 'carried', 'stopped', 'played', 'praised', 'expelled', 'visited']
    """
    irregular = _data()["past"].get(verb)
    if irregular:
        return str(irregular)
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ied"
    doubles = _SHORT.fullmatch(verb) or verb in _data()["doubling"]
    return f"{verb}{verb[-1]}ed" if doubles else f"{verb}ed"


def third_person(verb: str) -> str:
    """Give the form of the present that goes with one who acts.

    >>> [third_person(v) for v in ("teach", "carry", "own", "have", "go")]
    ['teaches', 'carries', 'owns', 'has', 'goes']
    """
    if verb == "have":
        return "has"
    if verb.endswith(("s", "x", "z", "ch", "sh", "o")):
        return f"{verb}es"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ies"
    return f"{verb}s"


# "paid money to": how much is told by the sentence.
_CURRENCIES = frozenset("dollar euro pound sterling yen yuan franc krona krone rupee rouble ruble".split())

# What begins a relation and is no verb: "with", "near", "would".
_NO_VERBS = frozenset(
    "about above across after against along among around as at before behind below between beyond by could"
    " during for from in inside into near of off on onto out over since than through to toward under until up"
    " via with within without would will may might must can shall should not".split()
)


def _is_verb(word: str) -> bool:
    return word.isalpha() and word.isascii() and word.islower() and word not in _NO_VERBS


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


@functools.cache
def _data() -> dict[str, Any]:
    text = resources.files("kg.export").joinpath("data", "phrases.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return {
        "curated": read["curated"],
        "past": read["past"],
        "lasting": frozenset(read["verbs"]["lasting"].split()),
        "lasting_participles": frozenset(read["verbs"]["lasting_participles"].split()),
        "doubling": frozenset(read["doubling"]["verbs"].split()),
    }
