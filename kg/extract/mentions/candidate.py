"""What may be a name of a document, before all of it has had its say."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Span

from kg.extract.reading import ParsedBlock


@dataclass(slots=True, eq=False)
class Candidate:
    """A span that may be a name, before the document has had its say."""

    block: ParsedBlock
    span: Span
    type: str
    votes: dict[str, float]
    fixed: bool = False
    # What it is called, if not by its words.
    label: str = ""
    # It stands in a heading where every word is capitalised, so that its capitals say nothing.
    capitalised: bool = False
