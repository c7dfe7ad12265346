"""What a phrase says behind the noun that names it: "a medal for courage" is called a medal."""

from __future__ import annotations

import re

from kg.model import Mention

# Behind these something else begins, and in more words than these it is a story of its own.
_ENDS = re.compile(r"[,;:()\[\]–—]| (?:which|who|that|such as|including|like|when|where)\b")
_LONGEST = 14
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
    return found
