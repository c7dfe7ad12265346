"""By which of its names a thing is called."""

from __future__ import annotations

from kg.extract.reading import MentionDraft

# A person's name of more words than this is as full as any.
FULL = 4


def is_name(m: MentionDraft) -> bool:
    """Whether a mention names its thing, be it as an attribute: "Norlandic"."""
    return m.kind == "name" or (m.kind == "attribute" and m.type != "Concept")


def name_of(members: list[MentionDraft]) -> str:
    """Give the fullest name of a person, and of other things the name that they bear most often; else empty.

    One that is only the end of another is none to be called by: "the Council" is the "Lorn Town Council".
    """
    names = [m for m in members if m.kind == "name"] or [m for m in members if is_name(m)]
    if not names:
        return ""
    labels = [m.label or m.span.text for m in names]
    if names[0].type == "Person":
        return max(labels, key=lambda n: min(len(n.split()), FULL))
    best = max(labels, key=lambda n: (" " in n or not n.isupper(), labels.count(n)))
    longer = [n for n in labels if n.endswith(f" {best}")] if " " not in best else []
    return max(longer, key=labels.count, default=best)
