"""What somebody types becomes expressions of full-text search: none of it is syntax to the engine."""

from __future__ import annotations

import re

from kg.errors import QueryError

# More words say nothing more, and the engine has a bound of its own.
MOST_WORDS = 32
LONGEST_WORD = 100
# What is shorter is the beginning of too much.
SHORT = 3
# What the tokenizer takes for a word, with the signs within it that people write ("P&K", "re-elected").
_WORD = re.compile(r"[^\W_]+\*?", re.UNICODE)
_QUOTED = re.compile(r'"([^"]*)"')
_OTHER_QUOTES = str.maketrans({"“": '"', "”": '"', "„": '"'})


def expressions(words: str) -> list[str]:
    r"""Give the expressions to be tried one after another, the strictest first.

    >>> expressions('sentenced "in prison"')
    ['"in prison" "sentenced"', '"in prison" "sentenced" *', '"in prison" OR "sentenced" *']
    >>> expressions("acqui* OR (")
    ['"acqui" * "OR"', '"acqui" * "OR"', '"acqui" * OR "OR"']
    """
    text = words.translate(_OTHER_QUOTES).replace("\0", " ").encode("utf-8", "replace").decode("utf-8")
    phrases = [" ".join(_words(inside)) for inside in _QUOTED.findall(text)]
    single = [*dict.fromkeys(_words(_QUOTED.sub(" ", text)))]
    phrases = [phrase for phrase in dict.fromkeys(phrases) if phrase][:MOST_WORDS]
    single = single[: MOST_WORDS - len(phrases)]
    if not phrases and not single:
        raise QueryError(f"there is no word to look for in {_shown(words)}", remedy="give a word or a name")
    quoted = [f'"{phrase.replace("*", "")}"' for phrase in phrases]
    whole = [f'"{word.rstrip("*")}"{" *" if word.endswith("*") else ""}' for word in single]
    begun = [f'"{word.rstrip("*")}"{" *" if len(word) >= SHORT else ""}' for word in single]
    found = [" ".join([*quoted, *whole]), " ".join([*quoted, *begun]), " OR ".join([*quoted, *begun])]
    return found


def _words(text: str) -> list[str]:
    return [word[:LONGEST_WORD] for word in _WORD.findall(text)]


def _shown(words: str) -> str:
    return repr(words if len(words) <= 40 else f"{words[:40]}…")
