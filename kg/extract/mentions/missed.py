"""Names that the finder of names leaves out, where what stands around them tells what they are.

"Doctors in Exile, a group from Lorn" and "the tug Grey Willow" are written as names are, and the words beside
them say that they are some.
"""

from __future__ import annotations

from collections.abc import Iterator

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.mentions.evidence.nouns import by_kind, by_noun
from kg.extract.mentions.evidence.weights import SURELY, TITLES
from kg.extract.mentions.titles import MONTHS

SMALL = words("names", "extent", "inner")
# Parts of speech of a capitalised word that begins no name.
LOOSE = frozenset({"ADP", "DET", "PRON", "SCONJ", "CCONJ", "AUX", "ADV"})
KIN = frozenset().union(*(words("nominals", "kin", w) for w in ("spouse", "child", "parent", "sibling")))
LONGEST = 8
# How many words the name of somebody's kin has that is told by the word for it alone.
MOST_OF_KIN = 2


def names(doc: Doc, taken: set[int]) -> Iterator[tuple[Span, str]]:
    """Give the unmarked runs of capitals that a noun beside them says to be names, with their class."""
    k = 0
    while k < len(doc):
        run = _run(doc, k, taken)
        if run is None:
            k += 1
            continue
        told = _told(run)
        if told:
            yield run, told
        k = run.end


def _run(doc: Doc, start: int, taken: set[int]) -> Span | None:
    """Give the capitalised words from a token on, with small ones between them, of which none is taken."""
    if not _begins(doc[start]) or start in taken:
        return None
    last = k = start
    while k < min(len(doc), start + LONGEST) and k not in taken and not (k > start and doc[k].is_sent_start):
        if _is_capital(doc[k]):
            last = k
        elif doc[k].lower_ not in SMALL and doc[k].tag_ not in ("IN", "POS"):
            break
        k += 1
    if last + 1 in taken and last + 1 < len(doc):
        return None
    run = doc[start : last + 1]
    return run if _is_name(run) else None


def _begins(token: Token) -> bool:
    """Whether a run may begin with a token: capitalised, and where a sentence begins no small word."""
    before = token.nbor(-1) if token.i else None
    if not _is_capital(token) or (before is not None and before.text in ("-", "'", "’")):
        return False
    return not (token.is_sent_start and token.pos_ in LOOSE) and token.lower_ not in TITLES


def _is_capital(token: Token) -> bool:
    return bool(token.text[:1].isupper() and token.is_alpha and len(token) > 1)


def _is_name(run: Span) -> bool:
    """Whether capitalised words may be a name: no day or people, and no first word of a sentence alone."""
    if any(t.lower_ in MONTHS for t in run) or gazetteer.land_of_adjective(run.text) is not None:
        return False
    return len(run) > 1 or (not run[0].is_sent_start and run[0].tag_ in ("NNP", "NNPS"))


def _is_of_kin(run: Span) -> bool:
    """Whether a word or two are who is somebody's kin: "his wife, Tamsa,", "his wife's name, Tamsa"."""
    doc, k = run.doc, run.start - 2
    if k < 1 or len(run) > MOST_OF_KIN or doc[k + 1].text != ",":
        return False
    if doc[k].lower_ == "name" and doc[k - 1].tag_ == "POS":
        k -= 2
    whose = k > 0 and (doc[k - 1].tag_ in ("PRP$", "POS") or doc[k - 2].tag_ in ("PRP$", "POS"))
    ended = run.end == len(doc) or doc[run.end].text in (",", ".", ";", ")") or doc[run.end].is_sent_start
    return whose and ended and doc[k].is_lower and doc[k].lemma_.lower() in KIN and doc[k].tag_ == "NN"


def _told(run: Span) -> str:
    """Give the class that the noun before a run or behind it tells for sure; else empty."""
    clues = by_kind(run)
    if run.start and run.doc[run.start - 1].is_lower:
        clues += by_noun(run, run.doc[run.start - 1])
    if _is_of_kin(run):
        return "Person"
    kind, weight = max(clues, key=lambda c: c[1], default=("", 0.0))
    return kind if weight >= SURELY and kind != "Person" else ""
