"""Names: who and what a document calls by name, with one type per name."""

from __future__ import annotations

from dataclasses import dataclass

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.labels import INNER, ODDS
from kg.extract.lexicon.nouns import is_common
from kg.extract.mentions.evidence import (
    END_CLASS,
    GEOGRAPHIC,
    OF_CLASS,
    REGNAL,
    SHIP,
    TITLES,
    Evidence,
    name_key,
)
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
# What the vote of the model weighs against other clues, by its class; the trained component's weighs more.
WEIGHTS = dict.fromkeys(CLASSES.values(), 0.8) | {
    "Person": 1.0,
    "GPE": 1.2,
    "Group": 1.5,
    "Location": 1.0,
    "Facility": 1.0,
    "Language": 1.0,
}
TRAINED = 10.0
# What stands, with a colon, before the name of who made a picture, and is no part of the name before it.
CREDITS = frozenset("image photo photograph picture video file credit source map graphic".split())
QUOTES = frozenset("\"'“”‘’«»`")
MODIFIES = frozenset({"amod", "compound", "nmod", "acomp", "attr", "conj"})
# Of-names of places that are also called by what follows the "of".
GOVERNED = frozenset("city town municipality district province county governorate region port".split())
# What a name of an office is completed with is no name: "Minister of Defense".
OFFICES = frozenset("minister secretary undersecretary".split())
# What follows a name, with or without a comma, and is none alone.
SUFFIXES = frozenset("jr jr. sr sr. inc inc. ltd ltd. llc corp. co. al.".split())
# Endings of what is believed, felt or done, and is nobody.
ABSTRACT = ("ism", "phobia", "ology")


@dataclass(slots=True, eq=False)
class Candidate:
    """A span that may be a name, before the document has had its say."""

    block: ParsedBlock
    span: Span
    type: str
    votes: dict[str, float]
    fixed: bool = False
    # It stands in a heading where every word is capitalised, so that its capitals say nothing.
    capitalised: bool = False


def find(reading: Reading) -> None:
    """Draw the name mentions of a document: cleaned spans, each name with the one type it has there."""
    evidence = Evidence()
    found: list[Candidate] = []
    for block in reading.blocks:
        found += _of_block(block)
    found = _without_common_acronyms(_confirmed(found))
    found += _known_elsewhere(reading, found)
    for c in found:
        if not c.fixed:
            evidence.read(c.span, c.votes)
    _share_surnames(found, evidence)
    for c in found:
        if c.fixed:
            kind, sure = c.type, 0.95
        else:
            kind, sure = evidence.type_of(c.span, c.type)
        if kind:
            draw(reading, c.block, c.span, kind, sure)


def _confirmed(found: list[Candidate]) -> list[Candidate]:
    """Drop what a heading in capitals seems to name, unless the text or a table knows the name."""
    running = {t.text for c in found if not c.capitalised for t in c.span}
    return [
        c
        for c in found
        if not c.capitalised
        or c.fixed
        or all(t.text in running or t.is_lower for t in c.span)
        or gazetteer.land_named(c.span.text) is not None
        or gazetteer.place_named(c.span.text) is not None
        or (len(c.span) > 1 and gazetteer.female_share(c.span[0].text) is not None)
    ]


def _without_common_acronyms(found: list[Candidate]) -> list[Candidate]:
    """Drop the acronyms that a document uses as common nouns: "an IPO", "my PhD"."""
    common = {c.span.text for c in found if c.type != "Person" and _is_countable(c.span)}
    return [c for c in found if c.span.text not in common]


def _is_countable(span: Span) -> bool:
    token = span[0]
    if len(span) > 1 or not token.is_upper or len(token) < 2 or gazetteer.land_named(token.text) is not None:
        return False
    return any(
        (c.dep_ == "det" and c.lower_ in ("a", "an", "every", "each", "another"))
        or (c.dep_ == "poss" and c.tag_ == "PRP$")
        or c.dep_ == "nummod"
        for c in token.children
    )


def draw(reading: Reading, block: ParsedBlock, span: Span, kind: str, confidence: float) -> MentionDraft:
    """Add a name, a demonym, and the names that lie within the name."""
    demonym = _demonym(span) if kind in ("Group", "GPE", "Language", "Location", "Organization") else None
    if demonym is not None and span.root.dep_ in MODIFIES and span.root.tag_ not in ("NNS", "NNPS"):
        draft = MentionDraft(block, span, span.root, "attribute", demonym.type, demonym.label)
        draft.confidence = confidence
        return reading.add(draft)
    if demonym is not None and kind != "Language":
        kind = "Group"
    label = " ".join(span.text.split())
    draft = MentionDraft(block, span, span.root, "name", kind, label, confidence=confidence)
    reading.add(draft)
    if kind in ("GPE", "Location") and len(span) > 2 and gazetteer.land_named(span.text) is None:
        _draw_governed(reading, block, span)
    elif len(span) > 1 and kind not in ("Person", "GPE", "Location"):
        _draw_within(reading, block, span, kind)
    return draft


def _draw_within(reading: Reading, block: ParsedBlock, span: Span, outer: str) -> None:
    """Keep the names within a longer name: "University of Leeds", "Boston Police Department", "FIFA Cup"."""
    i = span.start
    first = span[0]
    if outer in ("Event", "Facility") and _is_body(first) and not all(t.is_upper for t in span if t.is_alpha):
        draft = MentionDraft(block, span[:1], first, "name", "Organization", first.text, confidence=0.7)
        reading.add(draft, argument=False)
        i += 1
    for inner in block.doc.spans.get(INNER, ()) if INNER in block.doc.spans else ():
        kind = CLASSES.get(inner.label_)
        if kind and i <= inner.start and inner.end <= span.end and len(inner) < len(span):
            land = gazetteer.land_of_adjective(inner.text)
            if land is None:
                reading.add(
                    MentionDraft(block, inner, inner.root, "name", kind, inner.text, confidence=0.7),
                    argument=False,
                )
                i = inner.end
    while i < span.end:
        for length in (3, 2, 1):
            part = span.doc[i : min(i + length, span.end)]
            if len(part) < length or len(part) == len(span):
                continue
            land = gazetteer.land_named(part.text)
            adjective = None if land else gazetteer.land_of_adjective(part.text)
            place = _place_within(part, span, outer)
            if adjective is not None:
                draft = MentionDraft(block, part, part.root, "attribute", adjective.type, adjective.label)
            elif land is not None or (place is not None and place.population > 100_000):
                kind = land.type if land else "GPE"
                draft = MentionDraft(block, part, part.root, "name", kind, part.text, confidence=0.7)
            else:
                continue
            reading.add(draft, argument=False)
            i = part.end - 1
            break
        i += 1


def _draw_governed(reading: Reading, block: ParsedBlock, span: Span) -> None:
    """Keep the place whose authority or neighbour a name is: "Municipality of X", "Gulf of Mexico"."""
    if span[1].lower_ != "of" or span[-1].is_lower:
        return
    part = span[2:]
    if part[0].lower_ == "the" and len(part) > 1:
        part = part[1:]
    land = gazetteer.land_named(part.text)
    kind = land.type if land else "GPE" if span[0].lower_ in GOVERNED else None
    if kind:
        draft = MentionDraft(block, part, part.root, "name", kind, part.text, confidence=0.7)
        reading.add(draft, argument=False)


def _is_body(token: Token) -> bool:
    """Whether the first word of a longer name is an organization's acronym: "FIFA World Cup"."""
    return (
        token.is_upper
        and token.is_alpha
        and 3 <= len(token) <= 6
        and token.lower_ not in SHIP
        and gazetteer.land_named(token.text) is None
    )


def _place_within(part: Span, span: Span, outer: str) -> gazetteer.Place | None:
    """Give the place that opens a longer name or follows its "of"."""
    if outer == "Group" or not (part.start == span.start or _after_of(part)):
        return None
    return gazetteer.place_named(part.text)


def _after_of(part: Span) -> bool:
    return part.start > 0 and part.doc[part.start - 1].lower_ in ("of", "in", "for")


def _demonym(span: Span) -> gazetteer.Land | None:
    if gazetteer.land_named(span.text) is not None:
        return None
    return gazetteer.land_of_adjective(span.text) or gazetteer.land_of_people(span.text)


def _of_block(block: ParsedBlock) -> list[Candidate]:
    """Give the names of one block: the model's, cleaned, then runs of proper nouns that it missed."""
    found: list[Candidate] = []
    capitalised = block.kind in ("title", "heading") and _is_title_case(block.doc)
    trained = INNER in block.doc.spans
    odds = block.doc.user_data.get(ODDS, {})
    for ent in block.doc.ents:
        kind = CLASSES.get(ent.label_)
        if kind is None or (found and ent.start < found[-1].span.end):
            continue
        if kind == "Person":
            ent = _over_nickname(ent)
        for start, end in _pieces(ent, kind):
            start, end = trim(block.doc, start, end, kind)
            if kind == "Person" and start < end:
                start = _with_given_names(block.doc, start)
            span = block.doc[start:end]
            if start < end and (trained or _is_name(span)) and not _is_no_name(span, kind):
                votes = _votes(kind, odds.get(ent.start)) if trained else {kind: WEIGHTS[kind]}
                found.append(Candidate(block, span, kind, votes, capitalised=capitalised and not trained))
    taken = {t.i for c in found for t in c.span} | {
        t.i for e in block.doc.ents if e.label_ not in CLASSES for t in e
    }
    found += _demonyms(block, taken)
    if not capitalised and not trained:
        found += _proper_runs(block, taken)
    return found


def _is_no_name(span: Span, kind: str) -> bool:
    """Whether a span only completes what stands before it, or names nobody and no place."""
    doc, token = span.doc, span[0]
    before = doc[span.start - 1] if span.start else None
    if kind not in ("Person", "Organization", "GPE", "Location", "Facility"):
        return False
    if before is not None and before.lower_ == "of" and span.start > 1 and kind == "Organization":
        office = doc[span.start - 2].lower_ in OFFICES
        return office and not token.is_upper and gazetteer.land_named(span.text) is None
    if len(span) > 1:
        return False
    if token.lower_ in SUFFIXES or token.lower_.endswith(ABSTRACT):
        return True
    letter = len(token) == 1 and token.is_alpha
    return letter and before is not None and before.is_title and before.is_alpha


def _over_nickname(ent: Span) -> Span:
    """Give the whole of a name with a nickname in quotes: 'Maria "Mimi" Keller'."""
    doc, end = ent.doc, ent.end
    if end >= len(doc) or doc[end].text not in QUOTES:
        return ent
    close = next((i for i in range(end + 1, min(end + 4, len(doc) - 1)) if doc[i].text in QUOTES), None)
    if close is None or not all(t.is_title for t in doc[end + 1 : close]):
        return ent
    after = doc[close + 1]
    if after.tag_ != "NNP" or not after.is_title:
        return ent
    last = next((e.end for e in doc.ents if e.start == after.i and e.label_ == "PERSON"), after.i + 1)
    return Span(doc, ent.start, last, label=ent.label)


def _votes(kind: str, odds: dict[str, float] | None) -> dict[str, float]:
    """What the trained component says of one name, shared out over the classes it thinks of."""
    return {k: TRAINED * WEIGHTS[k] * p for k, p in (odds or {kind: 1.0}).items() if k in WEIGHTS}


def _is_title_case(doc: Doc) -> bool:
    words = [t for t in doc if t.is_alpha and len(t) > 3]
    return len(words) > 1 and sum(t.text[0].isupper() for t in words) >= 0.8 * len(words)


def _is_name(span: Span) -> bool:
    return any(t.text[:1].isupper() or t.is_digit or not t.is_ascii for t in span) and any(
        c.isalpha() for c in span.text
    )


def _demonyms(block: ParsedBlock, taken: set[int]) -> list[Candidate]:
    """Give the adjectives and people of lands that the model did not mark."""
    found = []
    for token in block.doc:
        if token.i in taken or not token.is_title:
            continue
        pair = block.doc[token.i : token.i + 2]
        span = pair if len(pair) == 2 and _demonym(pair) and pair[1].i not in taken else pair[:1]
        if _demonym(span) is not None and span.root.pos_ in ("ADJ", "NOUN", "PROPN"):
            found.append(Candidate(block, span, "Group", {}, fixed=True))
            taken.update(t.i for t in span)
    return found


def _proper_runs(block: ParsedBlock, taken: set[int]) -> list[Candidate]:
    """Give runs of proper nouns outside the model's entities; their type must come from other clues."""
    found, i, doc = [], 0, block.doc
    while i < len(doc):
        if not _starts_run(doc[i]) or i in taken:
            i += 1
            continue
        j = i + 1
        while j < len(doc) and j not in taken and (_starts_run(doc[j]) or _connects(doc, j, taken)):
            j += 1
        start, end = trim(doc, i, j, "")
        span = doc[start:end]
        following = doc[j] if j < len(doc) else None
        office = following is not None and following.lower_ in TITLES and following.is_title
        caption = following is not None and following.text == ":" and len(span) == 1
        common = len(span) == 1 and span[0].is_sent_start and is_common(span[0].lower_)
        if start < end and _is_name(span) and len(span.text) > 1 and not (office or caption or common):
            found.append(Candidate(block, span, "", {}))
        i = j
    return found


def _starts_run(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and token.text[:1].isupper() and token.lower_ not in TITLES


def _connects(doc: Doc, j: int, taken: set[int]) -> bool:
    """Whether a small word lies between two proper nouns of one name."""
    return (
        doc[j].lower_
        in ("of", "de", "la", "van", "der", "den", "von", "bin", "ibn", "al", "el", "da", "di", "-")
        and j + 1 < len(doc)
        and j + 1 not in taken
        and _starts_run(doc[j + 1])
    )


def _pieces(ent: Span, kind: str) -> list[tuple[int, int]]:
    """Split at line breaks, and persons and places at the conjunction of two names."""
    cuts = []
    splits = kind in ("Person", "GPE") and gazetteer.land_named(ent.text) is None
    for token in ent:
        if token.is_space or "\n" in token.whitespace_ or token.text in (";", "•", "|"):
            cuts.append((token.i, token.i + 1))
        elif token.text in ("(", ")") and token.i > ent.start:
            cuts.append((token.i, token.i + 1))
        elif token.text.endswith(".") and token.i + 1 < ent.end and gazetteer.land_named(token.text):
            # The period of "the U.K." may also end the sentence: the next one begins with another name.
            cuts.append((token.i + 1, token.i + 1))
        elif splits and token.lower_ in ("and", "&", "or", "/") and token.i > ent.start:
            cuts.append((token.i, token.i + 1))
    if kind == "GPE" and not cuts:
        cuts += _town_and_state(ent)
    pieces, start = [], ent.start
    for a, b in [*cuts, (ent.end, ent.end)]:
        if start < a:
            pieces.append((start, a))
        start = b
    return pieces


def _town_and_state(ent: Span) -> list[tuple[int, int]]:
    """Cut between a town and its state that no comma parts: "San Diego California"."""
    words = [t.text.title() if t.is_lower else t.text for t in ent]
    if len(words) < 2 or gazetteer.place_named(" ".join(words)) or gazetteer.land_named(" ".join(words)):
        return []
    for i in range(1, len(words)):
        tail = " ".join(words[i:])
        state = gazetteer.place_named(tail)
        known = gazetteer.land_named(tail) is not None or (state is not None and state.kind != "city")
        if known and gazetteer.place_named(" ".join(words[:i])) is not None:
            return [(ent.start + i, ent.start + i)]
    return []


def trim(doc: Doc, start: int, end: int, kind: str) -> tuple[int, int]:
    """Move both ends of a name inwards past articles, titles, quotes, possessives and punctuation."""
    while start < end:
        token: Token = doc[start]
        if token.lower_ in ("the", "a", "an") and end - start > 1 and kind != "Work":
            start += 1
        elif token.is_punct or token.is_space or token.text in QUOTES or token.tag_ == "POS":
            start += 1
        elif token.pos_ in ("DET", "PRON") and token.is_lower:
            start += 1
        else:
            break
    if kind == "Person":
        start = _past_title(doc, start, end)
    while start < end:
        token = doc[end - 1]
        if token.tag_ == "POS" or token.lower_ in ("'s", "’s") or token.text in QUOTES or token.is_space:
            end -= 1
        elif token.is_punct and token.text not in (".", ")"):
            end -= 1
        elif token.lower_ in CREDITS and end < len(doc) and doc[end].text == ":":
            end -= 1
        elif token.text == ")" and not any(t.text == "(" for t in doc[start:end]):
            end -= 1
        elif token.is_lower and token.pos_ in ("ADP", "CCONJ", "VERB", "AUX", "ADV", "PRON", "DET"):
            end -= 1
        elif end - start > 1 and len(token) == 1 and end < len(doc) and doc[end].text == "-":
            # The letter belongs to a word of its own: "an ABC T-shirt".
            end -= 1
        else:
            break
    return start, end


def _with_given_names(doc: Doc, start: int) -> int:
    """Move the start of a person's name back over given names and initials that were left out."""
    while start > 0:
        token = doc[start - 1]
        initial = len(token.text) == 2 and token.text[1] == "." and token.text[0].isupper()
        given = (
            token.tag_ == "NNP"
            and token.dep_ in ("compound", "nmod", "flat")
            and token.head.i >= start
            and token.is_title
            and gazetteer.female_share(token.text) is not None
            and token.lower_ not in TITLES
            and gazetteer.land_named(token.text) is None
        )
        if token.ent_type_ or not (initial or given):
            break
        start -= 1
    return start


def _past_title(doc: Doc, start: int, end: int) -> int:
    """Leave out the titles before a person's name, with what qualifies them ("British Foreign Secretary")."""
    last = -1
    for i in range(start, end - 1):
        if doc[i].lower_ in TITLES:
            last = i
    if last < 0:
        return start
    rest = [t for t in doc[last + 1 : end] if t.is_alpha]
    if doc[last].lower_ in REGNAL and len(rest) <= 2:
        return start
    return last + 1


def _known_elsewhere(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Find names of the document, and the surnames of its persons, where they were missed."""
    taken = {(c.block.index, t.i) for c in found for t in c.span}
    forms: dict[str, list[tuple[str, ...]]] = {}
    for c in found:
        if c.type and not c.fixed:
            words = tuple(t.text for t in c.span)
            forms.setdefault(words[0], []).append(words)
            if c.type == "Person" and len(words) > 1 and len(words[-1]) > 2:
                forms.setdefault(words[-1], []).append(words[-1:])
    for first in forms:
        forms[first] = sorted(set(forms[first]), key=lambda w: (-len(w), w))
    more = []
    for block, token in reading.tokens():
        if token.text not in forms or (block.index, token.i) in taken or token.is_lower:
            continue
        if token.pos_ not in ("PROPN", "NOUN", "ADJ", "X") and token.is_sent_start:
            continue
        if _is_own_word(token):
            continue
        for words in forms[token.text]:
            span = block.doc[token.i : token.i + len(words)]
            if tuple(t.text for t in span) == words and not any((block.index, t.i) in taken for t in span):
                more.append(Candidate(block, span, "", {}))
                taken.update((block.index, t.i) for t in span)
                break
    return more


def _is_own_word(token: Token) -> bool:
    """Whether a word that is a name elsewhere is a title, a direction or a part of a compound here."""
    after = token.doc[token.i + 1] if token.i + 1 < len(token.doc) else None
    titled = token.lower_ in TITLES and after is not None and after.is_title
    return titled or token.lower_ in GEOGRAPHIC or (after is not None and after.text == "-")


def _share_surnames(found: list[Candidate], evidence: Evidence) -> None:
    """Let a surname count with the full name it ends, in both directions."""
    full: dict[str, list[str]] = {}
    for c in found:
        if len(c.span) > 1 and c.span[-1].lower_ not in END_CLASS and c.span[0].lower_ not in OF_CLASS:
            kind, _ = evidence.type_of(c.span, c.type)
            if kind == "Person":
                full.setdefault(c.span[-1].text, []).append(name_key(c.span.text))
    for c in found:
        if len(c.span) == 1 and c.span.text in full:
            names = sorted(set(full[c.span.text]))
            votes = evidence.votes[name_key(c.span.text)]
            boost = 0.5 * sum(evidence.votes[n]["Person"] for n in names) / len(names)
            if votes["Person"] < boost * 4:
                votes["Person"] += boost  # type: ignore[assignment]
