"""What the names of a document tell of each other: surnames of persons, first words of firms."""

from __future__ import annotations

from spacy.tokens import Span, Token

from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import is_common
from kg.extract.mentions.candidate import Candidate
from kg.extract.mentions.evidence import Evidence, name_key
from kg.extract.mentions.evidence.deeds import by_match
from kg.extract.mentions.evidence.inside import OF_CLASS, TRADES
from kg.extract.mentions.evidence.weights import CALLED, END_CLASS, GEOGRAPHIC, TITLES
from kg.extract.reading import Reading

# What a surname of somebody else says of a name that begins with a given name.
KINDRED = 6.0
# From how clear a class on a name is taken for that of a firm.
SURE_FIRM = 0.7
# Bodies whose names begin with that of their town.
LOCAL = words("coref", "names", "local") | words("names", "around", "of_towns")


def known_elsewhere(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Find names of the document, and the surnames of its persons, where they were missed."""
    taken = {(c.block.index, t.i) for c in found for t in c.span}
    forms = _forms(found)
    more = []
    for block, token in reading.tokens():
        if token.text not in forms or (block.index, token.i) in taken or not _may_be_known(token):
            continue
        for form in forms[token.text]:
            span = block.doc[token.i : token.i + len(form)]
            if tuple(t.text for t in span) == form and not any((block.index, t.i) in taken for t in span):
                more.append(Candidate(block, span, "", {}))
                taken.update((block.index, t.i) for t in span)
                break
    return more


def _forms(found: list[Candidate]) -> dict[str, list[tuple[str, ...]]]:
    """Give the names of a document and the surnames of its persons by their first word, longest first."""
    forms: dict[str, set[tuple[str, ...]]] = {}
    for c in found:
        if c.type and not c.fixed:
            form = tuple(t.text for t in c.span)
            forms.setdefault(form[0], set()).add(form)
            if c.type == "Person" and len(form) > 1 and len(form[-1]) > 2:
                forms.setdefault(form[-1], set()).add(form[-1:])
    return {first: sorted(rows, key=lambda w: (-len(w), w)) for first, rows in forms.items()}


def _may_be_known(token: Token) -> bool:
    """Whether a word that is in a name elsewhere may be that name here."""
    if token.is_lower or (token.pos_ not in ("PROPN", "NOUN", "ADJ", "X") and token.is_sent_start):
        return False
    return not _is_own_word(token)


def _is_own_word(token: Token) -> bool:
    """Whether a word that is a name elsewhere is a title, a direction or a part of a compound here."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    titled = token.lower_ in TITLES and after is not None and after.is_title
    return titled or token.lower_ in GEOGRAPHIC or (after is not None and after.text == "-")


def surnames(found: list[Candidate], evidence: Evidence) -> None:
    """Let a surname count with the full name it ends, in both directions."""
    full: dict[str, list[str]] = {}
    for c in found:
        if len(c.span) > 1 and c.span[-1].lower_ not in END_CLASS and c.span[0].lower_ not in OF_CLASS:
            kind, _ = evidence.type_of(c.span, c.type)
            if kind == "Person":
                full.setdefault(c.span[-1].text, []).append(name_key(c.span.text))
    for c in found:
        if len(c.span) == 2 and c.type == "Organization" and c.span[-1].text in full and _is_full(c.span):
            evidence.add(c.span, "Person", KINDRED)  # "Daan Mertens" beside "Sofie Mertens"
        if len(c.span) == 1 and c.span.text in full:
            names = sorted(set(full[c.span.text]))
            votes = evidence.votes[name_key(c.span.text)]
            boost = 0.5 * sum(evidence.votes[n]["Person"] for n in names) / len(names)
            if votes["Person"] < boost * 4:
                votes["Person"] += boost  # type: ignore[assignment]


def _is_full(span: Span) -> bool:
    """Whether a name is a given name, of whatever sex, and another word."""
    return gazetteer.female_share(span[0].text) is not None


def firms(found: list[Candidate], evidence: Evidence) -> None:
    """Let "Brell" count as the firm where "Brell Chemicals" is one, and "the Brell One" as its product.

    A team may go by the last word of its name, too: "Kings Lorren" is "Lorren".
    """
    firms, teams = _firms_named(found, evidence)
    for c in found:
        if c.span[0].text in firms | teams and len(c.span) == 1:
            evidence.add(c.span, "Organization", CALLED)
        elif c.span[0].text in firms and _is_model(c.span):
            evidence.add(c.span, "Product", CALLED)


def _firms_named(found: list[Candidate], evidence: Evidence) -> tuple[set[str], set[str]]:
    """Give the words that the names of firms begin with, and of teams end with, and those of no other."""
    firms: set[str] = set()
    teams: set[str] = set()
    people: set[str] = set()
    for c in found:
        kind, sure = evidence.type_of(c.span, c.type)
        if kind == "Person" and len(c.span) > 1:
            people.update(t.text for t in c.span)
        elif kind == "Organization" and sure > SURE_FIRM and not is_common(c.span[0].lower_):
            if not LOCAL.isdisjoint(t.lower_ for t in c.span[1:]):
                continue  # "the Torvik School of Music": Torvik is a town
            firms.add(c.span[0].text)
            teams.update(_team_words(c.span))
    firms, teams = ({w for w in named - people if not _is_place(w)} for named in (firms, teams))
    return firms, teams


def _team_words(span: Span) -> list[str]:
    """Give the word by which a team goes whose name has two: "Lorren" of "Kings Lorren"."""
    last = span[-1].lower_
    own = len(span) == 2 and last not in END_CLASS and not is_common(last)
    return [span[1].text] if own and by_match(span) else []


def _is_place(word: str) -> bool:
    return gazetteer.place_named(word) is not None or gazetteer.land_named(word) is not None


def _is_model(span: Span) -> bool:
    """Whether a name that begins with that of a firm is one of its things: "the Nokta One"."""
    before = span.doc[span.start - 1].lower_ if span.start else ""
    last = span[-1].lower_
    return (
        before in ("the", "a", "an", "its") and not (last in END_CLASS or last in TRADES) and len(span) == 2
    )
