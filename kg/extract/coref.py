"""Chains: which mentions of one document are one thing."""

from __future__ import annotations

import re

from kg.extract.reading import MentionDraft, Reading


def chain(reading: Reading) -> None:
    """Give mentions of one thing the same chain number; what is doubtful stays alone."""
    names = [m for m in reading.mentions if m.kind in ("name", "attribute") and m.type != "Concept"]
    keys: dict[tuple[str, str], list[MentionDraft]] = {}
    for m in names:
        keys.setdefault((_family(m.type), _key(m.label)), []).append(m)
    _join_people(keys)
    _join_acronyms(keys)
    for number, group in enumerate(g for g in keys.values() if g):
        for m in group:
            m.chain = number


def _family(kind: str) -> str:
    return "place" if kind in ("GPE", "Location", "Facility") else kind


def _key(label: str) -> str:
    return re.sub(r"^the\s+", "", label.casefold())


def _join_people(keys: dict[tuple[str, str], list[MentionDraft]]) -> None:
    """Put a surname with the only full name that ends in it."""
    people = [k for k in keys if k[0] == "Person"]
    for key in people:
        if " " in key[1]:
            continue
        full = [k for k in people if " " in k[1] and key[1] == k[1].split()[-1] and keys[k]]
        if len(full) == 1:
            keys[full[0]] += keys[key]
            keys[key] = []


def _join_acronyms(keys: dict[tuple[str, str], list[MentionDraft]]) -> None:
    """Put "Long Form (LF)" together."""
    for key in list(keys):
        for m in keys[key]:
            doc, end = m.span.doc, m.span.end
            if end + 1 < len(doc) and doc[end].text == "(":
                inside = next(
                    (k for k, g in keys.items() for o in g if o.span.doc is doc and o.span.start == end + 1),
                    None,
                )
                if inside is not None and inside != key and inside[1].isalpha() and len(inside[1]) <= 8:
                    keys[key] = keys[key] + keys[inside]
                    keys[inside] = []
                    break
