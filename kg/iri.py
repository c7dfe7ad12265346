"""Readable, stable names for nodes: the local part of every IRI is made here, from content."""

from __future__ import annotations

import functools
import hashlib
import re
import unicodedata

ARTICLE = re.compile(r"^(?:the|a|an)\s+", re.IGNORECASE)
LONGEST = 80


# What is no letter, digit, `-` or `.`; several in a row are one.
_OTHER = re.compile(r"(?:[^\w.-]|_)+")


@functools.lru_cache(maxsize=2**14)
def slug(text: str) -> str:
    """Make the local part of an IRI from a name.

    NFC, leading article dropped, everything but letters, digits, `-` and `.` becomes one `_`; a name
    longer than 80 characters is cut and ends in a hash of the whole. Never empty.

    >>> slug("the Israel Defense Forces")
    'Israel_Defense_Forces'
    >>> slug("St. John's")
    'St._John_s'
    """
    name = ARTICLE.sub("", unicodedata.normalize("NFC", text).strip())
    local = _OTHER.sub("_", name).strip("_.-")
    if not local or len(local) > LONGEST:
        return f"{local[: LONGEST - 13]}_{digest(name, 12)}".lstrip("_")
    return local


def digest(content: str, length: int = 20) -> str:
    """Give the first hexadecimal digits of the SHA-256 of a text; 20 digits are 80 bits.

    >>> digest("Hamas", 8)
    '658de335'
    """
    return hashlib.sha256(content.encode("utf-8", "surrogatepass")).hexdigest()[:length]


def fold(name: str) -> str:
    """Give a name as names are compared: without case, accents, leading article and doubled spaces.

    >>> fold("The  Élysée")
    'elysee'
    """
    return ARTICLE.sub("", " ".join(without_accents(name.casefold()).split()))


def relation_words(relation: str) -> str:
    """Give a relation as words, by which it is known however it is written.

    >>> relation_words("work_for"), relation_words("Works  for")
    ('work for', 'works for')
    """
    return " ".join(relation.replace("_", " ").split()).lower()


def without_accents(text: str) -> str:
    """Give a text in compatibility forms and without marks on its letters.

    >>> without_accents("Müller ﬁls")
    'Muller fils'
    """
    if text.isascii():
        return text
    return "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
