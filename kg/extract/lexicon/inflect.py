"""Forms of English words by their spelling: participles, plurals, and the lemmas they come from.

Where a form may come from several lemmas, all are given: those that do not exist do no harm to a look-up.
"""

from __future__ import annotations

import functools
import re

from kg.extract import lexicon

# A word of one syllable with a short vowel: it doubles its consonant before "ed" and "ing".
SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")
# What the lemmatizer makes of its past: "gutte".
DOUBLED = re.compile(r"([^aeiou]*[aeiou]([bdgmnprt]))\2e")
AGENTS = ("er", "or")


def restore_silent_e(form: str, lemma: str) -> str:
    """Give a verb's lemma with the silent e that spaCy's lemmatizer drops: "hoped" is no form of "hop".

    A short verb doubles its consonant ("hopped"), so a form that does not has an e, and one that does none.

    >>> restore_silent_e("hoping", "hop"), restore_silent_e("hopping", "hop")
    ('hope', 'hop')
    >>> restore_silent_e("gutted", "gutte"), restore_silent_e("wed", "we")
    ('gut', 'wed')
    """
    if len(lemma) == 2 and form == f"{lemma}d":
        return form
    if form == f"{lemma}d" and (doubled := DOUBLED.fullmatch(lemma)):
        return doubled[1]
    if SHORT.fullmatch(lemma) and form in (f"{lemma}ed", f"{lemma}ing", f"{lemma}es"):
        return lemma if form.endswith("es") and lemma[-1] in "sz" else f"{lemma}e"
    return lemma


def lemma_of_past(form: str) -> str:
    """Give the likeliest lemma of a regular past form.

    >>> [lemma_of_past(w) for w in ("thanked", "praised", "created", "stopped", "passed", "tried")]
    ['thank', 'praise', 'create', 'stop', 'pass', 'try']
    """
    stem = form[:-2]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if stem[-1] == stem[-2]:
        return stem if stem[-1] in "slz" else stem[:-1]
    return f"{stem}e" if stem.endswith(("s", "c", "g", "v", "u", "z", "at", "ir", "ur", "id")) else stem


def participle(verb: str) -> str:
    """Give the past participle of a verb; a particle behind "_" stays.

    >>> [participle(v) for v in ("sell", "stab", "ratify", "deploy", "seize", "take_over")]
    ['sold', 'stabbed', 'ratified', 'deployed', 'seized', 'taken_over']
    """
    head, _, particle = verb.partition("_")
    form = lexicon.mapping("inflect", "participles").get(head) or _regular_participle(head)
    return f"{form}_{particle}" if particle else form


def _regular_participle(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    if verb.endswith("y") and verb[-2:-1] not in tuple("aeiou"):
        return f"{verb[:-1]}ied"
    doubles = SHORT.fullmatch(verb) or verb in lexicon.words("inflect", "verbs", "doubling")
    return f"{verb}{verb[-1]}ed" if doubles else f"{verb}ed"


@functools.cache
def _verbs_by_participle() -> dict[str, str]:
    return {form: verb for verb, form in lexicon.mapping("inflect", "participles").items()}


def verbs_of_participle(word: str) -> list[str]:
    """Give the verbs that a participle may be of, the likeliest first.

    >>> verbs_of_participle("curated"), verbs_of_participle("shipped"), verbs_of_participle("written")
    (['curate', 'curat'], ['shipp', 'shippe', 'ship'], ['write'])
    """
    irregular = _verbs_by_participle().get(word)
    if irregular is not None:
        return [irregular]
    if not word.endswith("ed"):
        return [word]
    stem = word[:-2]
    found = [stem + "e", stem]
    if len(stem) > 2 and stem[-1] == stem[-2]:
        found.append(stem[:-1])
    if stem.endswith("i"):
        found.append(stem[:-1] + "y")
    return found if stem[-1:] not in "nrdpkl" else [stem, *(f for f in found if f != stem)]


def verbs_of_third_person(word: str) -> list[str]:
    """Give the verbs that a form with "s" may be of.

    >>> verbs_of_third_person("carries"), verbs_of_third_person("pass")
    (['carrie', 'carry'], ['pass'])
    """
    if not word.endswith("s") or word.endswith("ss"):
        return [word]
    stems = [word[:-1]]
    if word.endswith("ies"):
        stems.append(word[:-3] + "y")
    elif word.endswith("es"):
        stems.append(word[:-2])
    return stems


def verbs_of_agent(noun: str) -> list[str]:
    """Give the verbs of which a noun may be the agent.

    >>> verbs_of_agent("curator"), verbs_of_agent("owner"), verbs_of_agent("capital")
    (['curat', 'curate'], ['own', 'owne'], [])
    """
    if not noun.endswith(AGENTS) or len(noun) < 5:
        return []
    stem = noun[:-2]
    found = [stem, stem + "e"]
    if stem[-1] == stem[-2]:
        found.append(stem[:-1])
    return found


def participles_of_event(noun: str) -> list[str]:
    """Give participles of the verb that an event noun may come from.

    >>> participles_of_event("landing"), participles_of_event("treatment")
    (['landed', 'landd'], ['treated'])
    """
    if noun.endswith("ing"):
        return [noun[:-3] + "ed", noun[:-3] + "d"]
    if noun.endswith("ation"):
        return [noun[:-3] + "ed", noun[:-5] + "ed"]
    if noun.endswith("tion"):
        return [noun[:-3] + "ed"]
    return [noun[:-4] + "ed"] if noun.endswith("ment") else []


def singular(noun: str) -> str:
    """Give the singular of a regular plural; a singular stays as it is.

    >>> singular("centuries"), singular("years"), singular("decade"), singular("crises")
    ('century', 'year', 'decade', 'crise')
    """
    return f"{noun[:-3]}y" if noun.endswith("ies") else noun.removesuffix("s")


def plural(noun: str) -> str:
    """Give the plural of a noun by its spelling.

    >>> [plural(n) for n in ("tank", "Buzz", "battery", "survey", "Finch")]
    ['tanks', 'Buzzes', 'batteries', 'surveys', 'Finches']
    """
    if noun.endswith("y") and noun[-2:-1] not in tuple("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}es" if noun.endswith(("s", "x", "z", "ch", "sh")) else f"{noun}s"
