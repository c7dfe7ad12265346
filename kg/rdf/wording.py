"""What a phrase says behind the noun that names it: "a medal for courage" is called a medal."""

from __future__ import annotations

import re

from kg.model import Mention

# Behind these something else begins, and in more words than these it is a story of its own.
_ENDS = re.compile(r"[,;:()\[\]–—]| (?:which|who|that|such as|including|like|when|where)\b")
_LONGEST = 14
# Words of so many letters or fewer tell little by themselves, unless they are names or numbers.
_SMALL = 3
_OWN = frozenset({"his", "her", "its", "their"})
_QUOTES = "\"'“”‘’ "


def tail(mention: Mention, called: str) -> str:
    """Give the words of a noun phrase behind its name, unless what it is called has them.

    >>> tail(Mention(0, 39, "a medal for courage, the second of them", "nominal", label="medal"), "medal")
    'for courage'
    >>> tail(Mention(0, 19, "a medal for courage", "nominal", label="medal"), "medal for courage")
    ''
    """
    if mention.kind != "nominal" or not mention.label:
        return ""
    said = " ".join(mention.text.split())
    at = said.lower().find(mention.label.lower())
    if at < 0:
        return ""
    behind = said[at + len(mention.label) :].lstrip(_QUOTES)
    found = _ENDS.split(behind)[0].strip()
    if found.count('"') % 2:
        found = found.replace('"', "")
    words = found.split()
    if not words or len(words) > _LONGEST or not words[0].isalpha() or " ".join(words[:2]) in called:
        return ""
    return "" if _has_all(called, words) else found


def _has_all(called: str, words: list[str]) -> bool:
    """Whether what is told behind a name is in what the thing is called, in other small words or none."""
    telling = {word for word in words if len(word) > _SMALL or not word.islower()}
    return bool(telling) and telling <= set(called.replace(",", "").split())


def of_subject(subject: str, called: str, text: str) -> str:
    """Call what belongs to the subject of a line by "his" or "her", as it was written: "broke her arm".

    >>> of_subject("Ida Lund", "Ida Lund's left arm", "her left arm in a fall")
    'her left arm'
    >>> of_subject("Ida Lund", "Bo Ek's arm", "his arm")
    "Bo Ek's arm"
    """
    owner, first = f"{subject}'s ", text.split(" ", 1)[0].lower()
    if first not in _OWN or not called.startswith(owner):
        return called
    return f"{first} {called.removeprefix(owner)}"
