"""Relations in English, as they stand between two names: "was elected in", "works for", "bought".

A relation is named by lemmas (`be_elected_in`, `work_for`), which say nothing of time. What lasts is said in
the present and what happens in the past. What is possible or denied is said as it is meant: "may buy".
"""

from __future__ import annotations

import functools
import re
import tomllib
from importlib import resources
from typing import Any

from kg.model import Modality, role_of
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
    if relation.rpartition(":")[0] in ("kg", "sem"):
        return f"had the {role(relation)}"
    data = _data()
    if relation in data["curated"]:
        return str(data["curated"][relation])
    words = relation.split("_")
    if relation in relations():
        noun = words[-1] == "of" and " ".join(words[:-1])
        return f"is {_article(noun)} {noun} of" if noun else f"has the {relations()[relation].label}"
    words = _without_currency(words)
    if words[0] == "be":
        return _passive(words)
    if not _is_verb(words[0]):
        return " ".join(words)
    lasts = words[0] in data["lasting"] or "_".join(words[:2]) in data["lasting"]
    return " ".join([third_person(words[0]) if lasts else past(words[0]), *words[1:]])


def meant(relation: str, *, modality: Modality | None = None, negated: bool = False) -> str:
    """Say a relation as it is meant of its subject.

    >>> meant("acquire", modality="Planned"), meant("sign", negated=True), meant("work_for", negated=True)
    ('is to acquire', 'did not sign', 'does not work for')
    >>> meant("be_elected_in", negated=True), meant("with", modality="Possible")
    ('was not elected in', 'may be with')
    >>> meant("stay_in", modality="Wished", negated=True), meant("rise", modality="Questioned")
    ('is hoped not to stay in', 'perhaps rose')
    """
    said, modal = phrase(relation), _data()["modals"].get(modality, "")
    verb = _bare(relation, said)
    if modality == "Questioned" or (modal and not verb):
        return f"{modal}{'' if verb else ':'} {meant(relation, negated=negated)}"
    if modal:
        denied = f"{modal[:-2]}not to" if modal.endswith(" to") else f"{modal} not"
        return f"{denied if negated else modal} {verb}"
    if not negated:
        return said
    first, _, rest = said.partition(" ")
    if first in ("is", "was"):
        return f"{first} not {rest}".rstrip()
    if not verb:
        return f"not: {said}"
    if verb.startswith("be "):
        return f"is not {said}"
    lasts = first == third_person(verb.split()[0])
    return f"{'does' if lasts else 'did'} not {verb}"


def _bare(relation: str, said: str) -> str:
    """Give the verb of a relation without its time: "work for"; empty where its name does not have it.

    >>> _bare("work_for", "works for"), _bare("be_near", "is near"), _bare("employer", "works for")
    ('work for', 'be near', '')
    """
    first, _, rest = said.partition(" ")
    if first in ("is", "was", "has"):
        return f"{'have' if first == 'has' else 'be'} {rest}".rstrip()
    words = _without_currency(relation.split("_"))
    if not _is_verb(words[0]):
        return f"be {said}" if words[0] in _NO_VERBS else ""
    return " ".join(words) if said.split()[1:] == words[1:] else ""


def role(relation: str) -> str:
    """Say in a word or two what part something has in an event.

    >>> role("kg:deathToll"), role("sem:hasPlace")
    ('death toll', 'place')
    """
    local = role_of(relation)
    return terms()[local].label if local in terms() else _spaced(local)


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


def _without_currency(words: list[str]) -> list[str]:
    return [words[0], *("money" if word in _CURRENCIES else word for word in words[1:])]


def _is_verb(word: str) -> bool:
    return word.isalpha() and word.isascii() and word.islower() and word not in _NO_VERBS


def _article(word: str) -> str:
    return "an" if word[0] in "aeiou" else "a"


@functools.cache
def _data() -> dict[str, Any]:
    text = resources.files("kg.vocab").joinpath("data", "phrases.toml").read_text(encoding="utf-8")
    read = tomllib.loads(text)
    return {
        "curated": read["curated"],
        "modals": read["modals"],
        "past": read["past"],
        "lasting": frozenset(read["verbs"]["lasting"].split()),
        "lasting_participles": frozenset(read["verbs"]["lasting_participles"].split()),
        "doubling": frozenset(read["doubling"]["verbs"].split()),
    }
