"""Adjectives of lands and peoples get their first word too."""

from __future__ import annotations

from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft


def complete(m: MentionDraft) -> None:
    """Let a demonym have its first word too ("Equatorial Guinean")."""
    if m.kind != "attribute" or m.type not in PLACES or m.span.start == 0:
        return
    longer = m.span.doc[m.span.start - 1 : m.span.end]
    land = gazetteer.land_of_adjective(longer.text)
    if land is not None and land.label != m.label:
        m.span, m.label, m.type = longer, land.label, land.type
