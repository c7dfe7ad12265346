"""A question as words: where they stand, their tags and lemmas, names and times taken as one word each."""

from __future__ import annotations

import functools
import re
import unicodedata
from dataclasses import dataclass, replace

from kg.ask import tables
from kg.iri import without_accents

# More words are no question of one sentence.
MOST_WORDS = 60
_WORD = re.compile(r"(?:(?<=\w)n['’]t|['’]s(?!\w)|\w+?(?=n['’]t)|\d[\d.,]*\d|\w+(?:[-.&]\w+)*)", re.UNICODE)
_LONGEST = 2_000


@dataclass(frozen=True, slots=True)
class Word:
    """One word of a question, from `start` to `end` of it; `key` is how it is compared."""

    text: str
    start: int
    end: int
    key: str
    tag: str = ""
    lemma: str = ""


def split(question: str) -> tuple[str, list[Word]]:
    """Give a question as it is read, and its words; signs between them are left out.

    >>> [word.key for word in split("Who's Élan's owner, didn't he say?")[1]]
    ['who', "'s", 'elan', "'s", 'owner', 'did', "n't", 'he', 'say']
    """
    text = unicodedata.normalize("NFC", question[:_LONGEST].replace("\0", " ")).strip()
    text = _before().sub("", text, count=1)
    return text, [Word(m[0], m.start(), m.end(), key_of(m[0])) for m in _WORD.finditer(text)]


@functools.cache
def _before() -> re.Pattern[str]:
    """Give what people say before a question word: "tell me who …"."""
    phrases = "|".join(re.escape(each) for each in tables.table()["before"]["phrases"])
    asks = "|".join([*tables.table()["asks"], "how"])
    return re.compile(rf"^(?:(?:{phrases}),?\s+)+(?=(?:{asks})\b)", re.IGNORECASE)


def key_of(word: str) -> str:
    """Give a word as words are compared.

    >>> key_of("Zürich’s")
    "zurich's"
    """
    return without_accents(word.casefold()).replace("’", "'")


def keys_of(name: str) -> tuple[str, ...]:
    """Give the words of a name as they are compared, without the article that begins it."""
    keys = tuple(word.key for word in split(name)[1])
    return keys[1:] if len(keys) > 1 and keys[0] in ("the", "a", "an") else keys


def with_tags(words: list[Word], masked: set[int], begun: set[int]) -> list[Word]:
    """Give words with their tags; a name counts as one word that the model knows to be a name.

    `masked` are the words of names, `begun` the first of each.
    """
    # Loaded here because it brings spaCy.
    from kg.extract.words import tagged

    shown = [i for i in range(len(words)) if i not in masked or i in begun]
    tags = tagged(["Smith" if i in begun else words[i].text for i in shown])
    found = list(words)
    for i, (tag, lemma) in zip(shown, tags, strict=True):
        found[i] = replace(words[i], tag=tag, lemma=lemma)
    return found
