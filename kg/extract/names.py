"""Names: who and what a document calls by name, with one type per name."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Span, Token

from kg.extract.name_evidence import Lexicon, TypeVotes
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# The model's labels and our classes. Dates and numbers are read elsewhere.
CLASSES = {
    "PERSON": "Person",
    "NORP": "Group",
    "FAC": "Facility",
    "ORG": "Organization",
    "GPE": "GPE",
    "LOC": "Location",
    "PRODUCT": "Product",
    "EVENT": "Event",
    "WORK_OF_ART": "Work",
    "LAW": "Law",
    "LANGUAGE": "Language",
}
QUOTES = "\"'“”‘’«»`"
TRAILING = re.compile(r"^[\W_]+$")


@dataclass(slots=True, eq=False)
class Candidate:
    """A span that may be a name, before the document has had its say."""

    block: ParsedBlock
    span: Span
    type: str
    confidence: float
    argument: bool = True


def find(reading: Reading) -> None:
    """Draw the name mentions of a document: cleaned spans, each name with the one type it has there."""
    lexicon = Lexicon.shared()
    candidates: list[Candidate] = []
    for block in reading.blocks:
        for ent in block.doc.ents:
            kind = CLASSES.get(ent.label_)
            if kind is not None:
                candidates += _clean(block, ent, kind, lexicon)
    votes = TypeVotes(lexicon)
    for c in candidates:
        votes.add(c.span, c.type, c.confidence)
    for c in candidates:
        kind, confidence = votes.type_of(c.span, c.type)
        reading.add(_draft(c.block, c.span, kind, confidence, lexicon), argument=c.argument)


def _draft(block: ParsedBlock, span: Span, kind: str, confidence: float, lexicon: Lexicon) -> MentionDraft:
    label = " ".join(span.text.split())
    country = lexicon.country_of_demonym(span.text)
    if (
        country
        and span.root.dep_ in ("amod", "compound", "nmod", "acomp")
        and kind in ("Group", "GPE", "Language")
    ):
        return MentionDraft(block, span, span.root, "attribute", "GPE", country, confidence=confidence)
    return MentionDraft(block, span, span.root, "name", kind, label, confidence=confidence)


def _clean(block: ParsedBlock, ent: Span, kind: str, lexicon: Lexicon) -> list[Candidate]:
    """Cut an entity of the model down to names: no article, no title, no junk at its ends, no line break."""
    found = []
    for start, end in _pieces(ent, kind):
        start, end = _trim(ent.doc, start, end, kind, lexicon)
        if start >= end:
            continue
        span = Span(ent.doc, start, end, label=ent.label)
        if any(c.isalpha() for c in span.text):
            found.append(Candidate(block, span, kind, 0.8))
    return found


def _pieces(ent: Span, kind: str) -> list[tuple[int, int]]:
    """Split at line breaks, and persons and places at the conjunction of two names."""
    cuts = []
    for token in ent:
        if token.is_space or ("\n" in token.whitespace_):
            cuts.append((token.i, token.i + 1))
        elif kind in ("Person", "GPE") and token.lower_ in ("and", "&", "or") and token.i > ent.start:
            cuts.append((token.i, token.i + 1))
        elif token.text in (";", "•", "|"):
            cuts.append((token.i, token.i + 1))
    pieces, start = [], ent.start
    for a, b in [*cuts, (ent.end, ent.end)]:
        if start < a:
            pieces.append((start, a))
        start = b
    return pieces


def _trim(doc, start: int, end: int, kind: str, lexicon: Lexicon) -> tuple[int, int]:  # type: ignore[no-untyped-def]
    """Move both ends inwards past articles, titles, quotes, possessives and punctuation."""
    while start < end:
        token: Token = doc[start]
        if token.lower_ in ("the", "a", "an") and end - start > 1 and kind != "Work":
            start += 1
        elif token.is_punct or token.text in QUOTES or token.tag_ == "POS":
            start += 1
        elif kind == "Person" and end - start > 1 and lexicon.is_title(token.lower_):
            start += 1
        elif token.pos_ in ("DET", "PRON") and token.is_lower:
            start += 1
        else:
            break
    while start < end:
        token = doc[end - 1]
        if token.tag_ == "POS" or token.lower_ in ("'s", "’s", "s'") or token.text in ("'", "’"):
            end -= 1
        elif (token.is_punct and token.text not in (".", ")")) or token.text in QUOTES:
            end -= 1
        elif token.text == ")" and not any(t.text == "(" for t in doc[start:end]):
            end -= 1
        elif token.is_lower and token.pos_ in ("ADP", "CCONJ", "VERB", "AUX", "ADV", "PRON", "DET"):
            end -= 1
        else:
            break
    return start, end
