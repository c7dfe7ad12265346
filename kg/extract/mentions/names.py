"""Names: who and what a document calls by name, with one type per name."""

from __future__ import annotations

import re

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer, listed, words
from kg.extract.lexicon.labels import INNER, ODDS, STOCK_LABELS
from kg.extract.lexicon.nouns import is_common
from kg.extract.lexicon.sets import NOUNS
from kg.extract.mentions import bounds, demonyms, headed, missed, numbered, shared, titles, trades, wholes
from kg.extract.mentions.candidate import Candidate
from kg.extract.mentions.evidence import Evidence
from kg.extract.mentions.evidence.inside import SERIAL, SHIP
from kg.extract.mentions.evidence.weights import END_CLASS, TITLES
from kg.extract.parse.turns import LABELS
from kg.extract.reading import MentionDraft, ParsedBlock, Reading

# The model's labels and our classes. Dates and numbers are read elsewhere.
CLASSES = {label: kind for kind, label in STOCK_LABELS.items()}
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
# What a title told by its noun weighs, whatever its last word is: "her novel, The Tin Road".
TITLED = 30.0
SUFFIXES = words("names", "extent", "suffixes")
DEGREES = words("names", "extent", "degrees")
LEGAL_ENDS = words("names", "extent", "legal_ends")
FIRM_ENDS = words("names", "extent", "firm_ends")
ABSTRACT = listed("names", "extent", "abstract")
CONNECTS = words("names", "extent", "connects")
GOVERNED = words("names", "extent", "governed")
COUNTED = words("names", "extent", "counted")
PARTIES = words("nominals", "office", "parties")
OFFICES = words("names", "title", "offices")
PEERS = frozenset({"lord", "lady", "baron", "baroness", "viscount"})
SCHOOLS = words("events", "words", "schools")
SAINTS, OF_SAINTS = words("names", "extent", "saints"), words("names", "extent", "of_saints")
BUILT = words("names", "extent", "built")
ROYAL = words("names", "extent", "royal")
ENDOWED = words("names", "extent", "endowed")
# "7-Eleven", "4Finance", "C#", "Rolls–Dane".
SIGNED = re.compile(
    r"\d{1,4}-[A-Z][a-z]{3,}|\d{1,2}(?:[A-Z][a-z]{2,}|M)|[A-Z](?:#|\+\+)|[A-Z]\w+[–—][A-Z]\w+|[A-Z]+/[A-Z]+"
)
INSIDE = frozenset({"compound", "nmod", "amod", "nummod"})
QUOTES = frozenset("\"'“”‘’«»`")
MODIFIES = frozenset({"amod", "compound", "nmod", "acomp", "attr", "conj"})
# Classes whose names may be those of a people.
NATIONAL = frozenset({"Group", "GPE", "Language", "Location", "Organization"})
# Classes of which something is no name that only completes what stands before it.
COMPLETING = frozenset({"Person", "Organization", "GPE", "Location", "Facility"})


def find(reading: Reading) -> None:
    """Create the name mentions of a document: cleaned spans, each name with the one type it has there."""
    evidence = Evidence()
    found: list[Candidate] = []
    for block in reading.blocks:
        if block.kind not in LABELS:  # names of speakers are drawn as such
            found += _with_given(reading, block)
    found = _without_common_acronyms(_confirmed(found))
    found += shared.known_elsewhere(reading, found)
    found = _with_numbers(found)
    found += _numbered_elsewhere(reading, found)
    for c in found:
        if not c.fixed:
            evidence.read(c.span, c.votes)
    shared.surnames(found, evidence)
    shared.firms(found, evidence)
    told = [(c.type, 0.95) if c.fixed else evidence.type_of(c.span, c.type) for c in found]
    series = numbered.kinds([(c.span, kind) for c, (kind, _) in zip(found, told, strict=True) if not c.fixed])
    for c, (kind, sure) in zip(found, told, strict=True):
        if not c.fixed and kind == "Person":
            kind = series.get(numbered.parted(c.span)[0], kind)
        if kind:
            _add_name(reading, c.block, c.span, kind, sure, c.label)
    for mention in reading.mentions:
        demonyms.complete(mention)


def _with_given(reading: Reading, block: ParsedBlock) -> list[Candidate]:
    """Give the names of a block: those of a table of the user's, and what else there is."""
    if reading.known is None:
        return _of_block(block)
    given = [
        Candidate(
            block,
            span,
            kind or "Organization",
            {"Organization": 0.1},
            fixed=bool(kind),
            label=reading.known.written(span),
        )
        for span, kind in reading.known.find(block.doc)
    ]
    taken = {t.i for c in given for t in c.span}
    return given + [c for c in _of_block(block) if taken.isdisjoint(range(c.span.start, c.span.end))]


def _with_numbers(found: list[Candidate]) -> list[Candidate]:
    """Give names the numbers that belong to them."""
    series = numbered.Series([c.span for c in found if not c.fixed])
    kinds = {numbered.parted(c.span)[0]: c.type for c in found if c.type}
    for c in found:
        whole = c.span if c.fixed else series.whole(c.span, c.type)
        if len(whole) > len(c.span):
            c.type = c.type or kinds.get(c.span.text, "")
            c.span = whole
            _reclass(c)
    return found


def _reclass(c: Candidate) -> None:
    """Give a name with a number the class that this tells: a person has none in digits; what has is made."""
    ended = END_CLASS.get(c.span[-2].lower_)
    if c.type == "Person" and (ended or any(t.text.isdigit() for t in c.span)):
        weight = c.votes.get("Person", 1.0)
        c.type = ended or "Product"
        c.votes = {c.type: weight}
    elif c.type and not c.votes:
        c.votes = {c.type: 1.0}


def _numbered_elsewhere(reading: Reading, found: list[Candidate]) -> list[Candidate]:
    """Find a name in a series by another number of it: "Division 1" beside "Division 2"."""
    bases = {numbered.parted(c.span)[0]: c.type for c in found if not c.fixed and c.span[-1].text.isdigit()}
    firsts = {base.split()[0] for base in bases}
    taken = {(c.block.index, t.i) for c in found for t in c.span} if bases else set()
    more = []
    for block, token in reading.tokens() if bases else ():
        if token.text not in firsts or (block.index, token.i) in taken:
            continue
        for length in range(1, 5):
            span = block.doc[token.i : token.i + length]
            if span.text in bases and numbered.is_numbered(span):
                whole = block.doc[span.start : span.end + 1]
                more.append(Candidate(block, whole, bases[span.text], {bases[span.text]: 1.0}))
                break
    return more


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
        (c.dep_ == "det" and c.lower_ in COUNTED)
        or (c.dep_ == "poss" and c.tag_ == "PRP$")
        or c.dep_ == "nummod"
        for c in token.children
    )


def _add_name(
    reading: Reading, block: ParsedBlock, span: Span, kind: str, confidence: float, label: str = ""
) -> None:
    """Add a name, a demonym, and the names that lie within the name."""
    demonym = bounds.land_of(span) if kind in NATIONAL else None
    if demonym is not None and span.root.dep_ in MODIFIES and span.root.tag_ not in ("NNS", "NNPS"):
        draft = MentionDraft(block, span, span.root, "attribute", demonym.type, demonym.label)
        draft.confidence = confidence
        reading.add(draft)
        return
    if demonym is not None and kind != "Language":
        kind = "Group"
    label = label or _label(span, kind)
    reading.add(MentionDraft(block, span, _head(span), "name", kind, label, confidence=confidence))
    if kind in ("GPE", "Location") and len(span) > 2 and gazetteer.land_named(span.text) is None:
        _add_governed(reading, block, span)
    elif len(span) > 1 and kind not in ("Person", "GPE", "Location"):
        _add_names_within(reading, block, span, kind)


def _head(span: Span) -> Token:
    """Give the noun that heads a name, the first where the parser parts it: "Board to Advance Schools".

    It is the last one where the parser took a name for two subjects: "Kim Min-Woo".
    """
    root: Token = span.root
    if root.pos_ in NOUNS:
        return next((t for t in reversed(span) if t.head == root.head and t.dep_ == root.dep_), root)
    return next((t for t in span if t.pos_ in NOUNS and t.head not in span), root)


def _label(span: Span, kind: str) -> str:
    """Give the words of a name, of a person without honours behind it: "Anna Lund FRS"."""
    end = span.end
    while (
        kind == "Person"
        and end - span.start > 2
        and span.doc[end - 1].is_upper
        and _is_degree(span.doc[end - 1])
    ):
        end -= 1
    return " ".join(span.doc[span.start : end].text.split())


def _add_inner(reading: Reading, block: ParsedBlock, part: Span, kind: str) -> None:
    """Add a name that is a part of another, and no argument by itself."""
    draft = MentionDraft(block, part, part.root, "name", kind, part.text, confidence=0.7)
    reading.add(draft, argument=False)


def _add_names_within(reading: Reading, block: ParsedBlock, span: Span, outer: str) -> None:
    """Keep the names within a longer name: "University of Leeds", "Boston Police Department", "FIFA Cup"."""
    i, first = span.start, span[0]
    if outer in ("Event", "Facility") and _is_body(first) and not all(t.is_upper for t in span if t.is_alpha):
        _add_inner(reading, block, span[:1], "Organization")
        i += 1
    for inner in block.doc.spans.get(INNER, ()) if INNER in block.doc.spans else ():
        kind = CLASSES.get(inner.label_)
        within = i <= inner.start and inner.end <= span.end and len(inner) < len(span)
        if kind and within and gazetteer.land_of_adjective(inner.text) is None:
            _add_inner(reading, block, inner, kind)
            i = inner.end
    while i < span.end:
        i = _add_place_within(reading, block, span, outer, i)


def _add_place_within(reading: Reading, block: ParsedBlock, span: Span, outer: str, i: int) -> int:
    """Add the longest place or people that begins at a token of a name, and give where to go on."""
    for length in (3, 2, 1):
        part = span.doc[i : min(i + length, span.end)]
        if len(part) < length or len(part) == len(span):
            continue
        land = gazetteer.land_named(part.text)
        adjective = None if land else gazetteer.land_of_adjective(part.text)
        place = _place_within(part, span, outer)
        if adjective is not None:
            draft = MentionDraft(block, part, part.root, "attribute", adjective.type, adjective.label)
            reading.add(draft, argument=False)
        elif land is not None or (place is not None and place.population > 100_000):
            _add_inner(reading, block, part, land.type if land else "GPE")
        else:
            continue
        return int(part.end)
    return i + 1


def _add_governed(reading: Reading, block: ParsedBlock, span: Span) -> None:
    """Keep the place whose authority or neighbour a name is: "Municipality of X", "Gulf of Mexico"."""
    known = gazetteer.place_named(span.text)
    if span[1].lower_ != "of" or span[-1].is_lower or (known is not None and known.kind == "city"):
        return
    part = span[2:]
    if part[0].lower_ == "the" and len(part) > 1:
        part = part[1:]
    land = gazetteer.land_named(part.text)
    kind = land.type if land else "GPE" if span[0].lower_ in GOVERNED else None
    if kind:
        _add_inner(reading, block, part, kind)


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


def _of_block(block: ParsedBlock) -> list[Candidate]:
    """Give the names of one block: the model's, cleaned, then runs of proper nouns that it missed."""
    capitalised = block.kind in ("title", "heading") and _is_title_case(block.doc)
    trained = INNER in block.doc.spans
    found = _told(block)
    found += _of_entities(block, found, trained=trained, capitalised=capitalised and not trained)
    taken = {t.i for c in found for t in c.span} | {
        t.i for e in block.doc.ents if e.label_ not in CLASSES for t in e
    }
    found += _demonyms(block, taken)
    for span, kind in missed.names(block.doc, taken):
        found.append(Candidate(block, span, kind, {kind: TRAINED}))
        taken.update(t.i for t in span)
    found += _signed(block, taken)
    if not capitalised and not trained:
        found += _proper_runs(block, taken)
    return found


def _of_entities(
    block: ParsedBlock, told: list[Candidate], *, trained: bool, capitalised: bool
) -> list[Candidate]:
    """Give the names in what the model marks, but for what is told already."""
    taken, end = {t.i for c in told for t in c.span}, 0
    found: list[Candidate] = []
    for ent in block.doc.ents:
        if bounds.opens_next(block.doc, ent):
            continue
        if ent.label_ in CLASSES and ent.start >= end and taken.isdisjoint(range(ent.start, ent.end)):
            names = _of_people(block, ent)
            names = names or _of_entity(block, ent, trained=trained, capitalised=capitalised)
            end = max((c.span.end for c in names), default=end)
            found += names
    return found


def _of_people(block: ParsedBlock, ent: Span) -> list[Candidate]:
    """Give an adjective of a land in two words: "Sri Lankan"."""
    people = len(ent) > 1 and bounds.land_of(ent) is not None
    return [Candidate(block, ent, "Group", {}, fixed=True)] if people else []


def _of_entity(block: ParsedBlock, ent: Span, *, trained: bool, capitalised: bool) -> list[Candidate]:
    """Give the names in what the model marks as one."""
    doc, kind = block.doc, CLASSES[ent.label_]
    if kind == "Person":
        ent = _over_nickname(ent)
    found = []
    for first, last in bounds.pieces(ent, kind):
        start, end = bounds.trim(doc, first, last, kind)
        of_party = first < start < end and doc[start - 1].text in PARTIES
        kind = "Person" if of_party else kind
        start, end = _widened(doc, start, end, kind)
        place = _home(doc, start, end) if kind == "Person" else None
        if place is not None:
            end = place.start - 1
            found.append(Candidate(block, place, "GPE", {"GPE": WEIGHTS["GPE"]}))
        span = doc[start:end]
        if len(span) and (trained or _is_name(span)) and not _is_no_name(span, kind):
            odds = doc.user_data.get(ODDS, {}).get(ent.start) if trained else None
            votes = _votes(kind, odds) if trained and not of_party else {kind: WEIGHTS[kind]}
            found.append(Candidate(block, span, kind, votes, capitalised=capitalised))
    return found


def _widened(doc: Doc, start: int, end: int, kind: str) -> tuple[int, int]:
    """Give the ends of a name with what the model left out: an article, "Corp.", a given name."""
    if kind == "Work" and end - start > 1:
        start = _with_article(doc, start)
    while start < end < len(doc) and _is_firm_end(doc[end]):
        end += 1
    if kind == "Person" and start < end:
        start = bounds.with_given_names(doc, start)
    return (bounds.with_first_words(doc, start, end) if start < end else start), end


def _with_article(doc: Doc, start: int) -> int:
    """Give where a title in quotes begins that the model marks without its article: "A Long Way"."""
    article = start > 1 and doc[start - 1].text in ("A", "An", "The")
    return start - 1 if article and doc[start - 2].text in QUOTES else start


def _home(doc: Doc, start: int, end: int) -> Span | None:
    """Give the place behind the name of a person that has both of its parts: "Anna Berg of Lorn".

    One word before "of" needs what follows: "Joan of Arc"; so does a number: "Margrethe II of Denmark". A
    lord has a surname, too: "Lord Berg of Lorn".
    """
    peer = start > 0 and doc[start - 1].lower_ in PEERS
    of = next((i for i in range(start + (1 if peer else 2), end - 1) if doc[i].lower_ == "of"), None)
    if of is None or SERIAL.fullmatch(doc[of - 1].text) or not all(t.is_title for t in doc[of + 1 : end]):
        return None
    return doc[of + 1 : end]


def _is_firm_end(token: Token) -> bool:
    """Whether a word goes with the name of a firm before it: "Corp."."""
    return token.lower_ in FIRM_ENDS and token.tag_ in ("NNP", "NNPS") and not token.is_lower


def _is_no_name(span: Span, kind: str) -> bool:
    """Whether a span only completes what stands before it, or names nobody and no place."""
    token = span[0]
    before = span.doc[span.start - 1] if span.start else None
    if kind not in COMPLETING:
        return False
    if _are_degrees(span, kind) or trades.stands_alone(span, kind):
        return True
    if kind == "Organization" and span.start > 1 and before is not None and before.lower_ == "of":
        return _completes_office(span)
    if len(span) > 1:
        return False
    if _is_ending(token.lower_):
        return True
    letter = len(token) == 1 and token.is_alpha
    return letter and before is not None and before.is_title and before.is_alpha


def _is_ending(word: str) -> bool:
    return word in SUFFIXES or word.endswith(ABSTRACT)


def _is_degree(token: Token) -> bool:
    """Whether a word in capitals behind a person's name is a degree or an honour: "Anna Lund FRS"."""
    return str(token.lower_).replace(".", "") in DEGREES


def _are_degrees(span: Span, kind: str) -> bool:
    """Whether a span is what stands behind the name of a person: "LL.M.", "Ph.D., Esq."."""
    if span.start == 0 or span.doc[span.start - 1].text not in (",", "."):
        return False
    spelled = [t.lower_.replace(".", "") for t in span if t.text not in (",", ".")]
    # Without a period the letters may be those of a state.
    told = kind in ("Person", "Organization") and span.root.is_upper
    return all(word in DEGREES for word in spelled) and (told or "." in span.text)


def _completes_office(span: Span) -> bool:
    """Whether what follows "of" is what an office is for: "Minister of Defense"."""
    office = span.doc[span.start - 2].lower_ in OFFICES
    return office and not span[0].is_upper and gazetteer.land_named(span.text) is None


def _over_nickname(ent: Span) -> Span:
    """Give the whole of a name with a nickname in quotes: 'Maria "Mimi" Keller'."""
    doc, end = ent.doc, _quoted_from(ent)
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


def _quoted_from(ent: Span) -> int:
    """Give where the quotation begins that a name goes over or was ended in; else the name's end."""
    opened = [t.i for t in ent if t.text in QUOTES and t.tag_ != "POS"]
    return opened[0] if len(opened) == 1 and opened[0] > ent.start else int(ent.end)


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


def _told(block: ParsedBlock) -> list[Candidate]:
    """Give the firms, teams and ships that are told by a word of their names.

    "Tarn Road and Harbour, Ltd." has several parts before "Ltd.", "Team Velox" is nobody named Velox, and
    "MV Lorn Bay" is no bay; "Smith's Quay" is no quay of one Smith.
    """
    doc, found = block.doc, [Candidate(block, block.doc[0:0], "", {})]
    for token in doc:
        start, end, kind = _told_at(token)
        if start is not None and start >= found[-1].span.end:
            found.append(
                Candidate(block, doc[start:end], kind, {kind: TITLED if kind == "Work" else TRAINED})
            )
    return found[1:]


def _told_at(token: Token) -> tuple[int | None, int, str]:
    """Give where a name begins that a word tells, or None, and where it ends, and its class."""
    doc, end = token.doc, token.i + 1
    if token.lower_ in LEGAL_ENDS and token.i > 2 and not token.is_lower:
        return _firm_start(doc, token.i), end, "Organization"
    if token.text == "Team" or (token.is_upper and token.lower_ in SHIP):
        return _called_before(token)
    surname = wholes.surname_at(token)
    if surname is not None:
        return surname.start, surname.end, "Person"
    whole = wholes.at(token)
    if whole is not None:
        return whole.start, whole.end, _class_of_whole(whole)
    told = headed.at(token)
    if told is not None:
        return told[0].start, told[0].end, told[1]
    title = titles.at(token)
    if title is not None:
        return title.start, title.end, "Work"
    return _owner_before(token), end, "Organization" if token.lower_ in SCHOOLS else "Facility"


def _called_before(token: Token) -> tuple[int | None, int, str]:
    """Give the name of a team or ship that begins with the word for it: "Team Velox"."""
    doc, end = token.doc, token.i + 1
    while end < len(doc) and doc[end].tag_ in ("NNP", "NNPS") and doc[end].text[0].isupper():
        end += 1
    kind = "Organization" if token.text == "Team" else "Product"
    return token.i if end > token.i + 1 else None, end, kind


def _owner_before(token: Token) -> int | None:
    """Give where the name of what stands in a town begins that is called after somebody."""
    royal = token.lower_ in ENDOWED and token.i > 1 and token.doc[token.i - 2].lower_ in ROYAL
    if (royal or token.lower_ in BUILT) and _is_owned_name(token):
        start: int = token.i - 2
        return start
    return _saint_before(token) if token.lower_ in OF_SAINTS else None


def _saint_before(token: Token) -> int | None:
    """Give where the name of a house begins that is called after a saint: "St. Luke's Medical Center"."""
    doc, i = token.doc, token.i
    while i > 0 and doc[i].is_title and token.i - i < 3:
        i -= 1
    owned = doc[i].tag_ == "POS" and i > 1 and doc[i - 2].lower_ in SAINTS
    last = token.i + 1 == len(doc) or not doc[token.i + 1].is_title
    return i - 2 if owned and last else None


def _class_of_whole(name: Span) -> str:
    """Give the class of a name by its last word, or as the model has it for a part of it."""
    marked = (k for t in name if (k := CLASSES.get(t.ent_type_)) and k != "Person")
    return END_CLASS.get(name[-1].lower_) or next(marked, "Organization")


def _is_owned_name(token: Token) -> bool:
    """Whether a word for what stands in a town is one name with the owner before it: "Smith's Quay"."""
    doc, i = token.doc, token.i
    if not token.is_title or i < 2 or doc[i - 1].tag_ != "POS" or doc[i - 1].text not in ("'s", "’s"):
        return False
    ends = i + 1 == len(doc) or not doc[i + 1].is_title
    before = doc[i - 3] if i > 2 else None
    alone = before is None or not (before.is_title and before.tag_ in ("NNP", "NNPS")) or before.is_sent_start
    return ends and alone and doc[i - 2].tag_ == "NNP" and gazetteer.land_named(doc[i - 2].text) is None


def _firm_start(doc: Doc, end: int) -> int | None:
    """Give where the name of a firm begins that has "and", "&" or a comma in it; None for all others."""
    last = end - 2 if doc[end - 1].text == "," else end - 1
    start, joined = last, False
    while start > 0 and doc[start].text[0].isupper():
        before = doc[start - 1]
        if before.text[0].isupper() and before.pos_ not in ("DET", "ADP", "PRON"):
            start -= 1
        elif start > 1 and _joins_firm(doc, start, last, joined=joined):
            joined, start = True, start - 2
        else:
            break
    return start if joined and doc[start].text[0].isupper() else None


def _joins_firm(doc: Doc, start: int, last: int, *, joined: bool) -> bool:
    """Whether the sign or word before a token joins two parts of a firm's name, and not two names."""
    sign, first = doc[start - 1], doc[start - 2]
    if not first.text[0].isupper():
        return False
    if sign.text == ",":
        return joined and any(t.text == "&" for t in doc[start:last])
    if sign.lower_ == "and":
        words = [t for t in doc[start : last + 1] if t.is_alpha]
        return first.ent_type_ != "PERSON" and all(is_common(t.lower_) for t in words)
    return bool(sign.text == "&")


def _signed(block: ParsedBlock, taken: set[int]) -> list[Candidate]:
    """Give the names with a sign or number in them that the model did not mark: "7-Eleven", "Rolls–Dane"."""
    found = []
    for token in block.doc:
        title = numbered.title_of(token) if token.text.isdigit() else None
        if title is not None and taken.isdisjoint(range(token.i + 1, title.end)):
            found.append(Candidate(block, title, "Work", {"Work": 1.0}))
            taken.update(range(token.i, title.end))
        if not SIGNED.fullmatch(token.text) or (token.i in taken and token.ent_type_ in CLASSES):
            continue
        end = token.i + 1
        while end < len(block.doc) and block.doc[end].tag_ in ("NNP", "NNPS") and end not in taken:
            end += 1
        span = block.doc[token.i : end]
        if token.dep_ not in INSIDE or token.head in span:
            found.append(Candidate(block, span, "Organization", {"Organization": 1.0}))
            taken.update(range(token.i, end))
    return found


def _demonyms(block: ParsedBlock, taken: set[int]) -> list[Candidate]:
    """Give the adjectives and people of lands that the model did not mark."""
    found = []
    for token in block.doc:
        if token.i in taken or not token.is_title:
            continue
        pair = block.doc[token.i : token.i + 2]
        span = pair if len(pair) == 2 and bounds.land_of(pair) and pair[1].i not in taken else pair[:1]
        if bounds.land_of(span) is not None and span.root.pos_ in ("ADJ", "NOUN", "PROPN"):
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
        start, end = bounds.trim(doc, i, j, "")
        following = doc[j] if j < len(doc) else None
        if start < end and _is_missed(doc[start:end], following):
            found.append(Candidate(block, doc[start:end], "", {}))
        i = j
    return found


def _is_missed(span: Span, following: Token | None) -> bool:
    """Whether a run of proper nouns is a name, and no office, caption or first word of a sentence."""
    if not _is_name(span) or len(span.text) < 2:
        return False
    if following is not None and following.lower_ in TITLES and following.is_title:
        return False
    if len(span) > 1:
        return True
    caption = following is not None and following.text == ":"
    return not caption and not (span[0].is_sent_start and is_common(span[0].lower_))


def _starts_run(token: Token) -> bool:
    return token.tag_ in ("NNP", "NNPS") and token.text[:1].isupper() and token.lower_ not in TITLES


def _connects(doc: Doc, j: int, taken: set[int]) -> bool:
    """Whether a small word lies between two proper nouns of one name."""
    return doc[j].lower_ in CONNECTS and j + 1 < len(doc) and j + 1 not in taken and _starts_run(doc[j + 1])
