"""Where a name begins and ends: without articles, titles and signs, with given names that were left out.

What the model marks is split where two names were taken for one.
"""

from __future__ import annotations

from spacy.tokens import Doc, Span, Token

from kg.extract.lexicon import gazetteer, listed, words
from kg.extract.mentions import trades
from kg.extract.mentions.evidence.inside import REGNAL
from kg.extract.mentions.evidence.nouns import VESSELS
from kg.extract.mentions.evidence.weights import END_CLASS, TITLES
from kg.extract.mentions.titles import MONTHS

CREDITS = words("names", "extent", "credits")
FIRM_ENDS = words("names", "extent", "firm_ends")
AFTER_FIRM = words("names", "extent", "after_firm")
PARTIES = words("nominals", "office", "parties")
ORDINALS = frozenset(listed("numbers", "ordinal", "names"))
QUOTES = frozenset("\"'“”‘’«»`")
# Parts of speech in lower case that end no name.
LOOSE = frozenset({"ADP", "CCONJ", "VERB", "AUX", "ADV", "PRON", "DET"})


def land_of(span: Span) -> gazetteer.Land | None:
    if gazetteer.land_named(span.text) is not None:
        return None
    return gazetteer.land_of_adjective(span.text) or gazetteer.land_of_people(span.text)


def pieces(ent: Span, kind: str) -> list[tuple[int, int]]:
    """Split at line breaks, and persons and places at the conjunction of two names."""
    splits = kind in ("Person", "GPE") and gazetteer.land_named(ent.text) is None
    cuts = [cut for token in ent if (cut := _cut_at(ent, token, splits=splits))]
    if kind == "GPE" and not cuts:
        cuts += _town_and_state(ent)
    pieces, start = [], ent.start
    for a, b in [*cuts, (ent.end, ent.end)]:
        if start < a:
            pieces.append((start, a))
        start = b
    return pieces


def _cut_at(ent: Span, token: Token, *, splits: bool) -> tuple[int, int] | None:
    """Give what to leave out between two names where a token parts them."""
    parts = token.is_space or "\n" in token.whitespace_ or token.text in (";", "•", "|")
    if parts:
        return token.i, token.i + 1
    if token.i > ent.start:
        if token.is_sent_start:
            return token.i, token.i
        if token.text in ("(", ")") or (splits and token.lower_ in ("and", "&", "or", "/")):
            return token.i, token.i + 1
    return (token.i + 1, token.i + 1) if token.i + 1 < ent.end and _ends_name(token) else None


def _ends_name(token: Token) -> bool:
    """Whether a name ends with a word with a period, although the model goes on: "Lorn Co. Varda"."""
    if not token.text.endswith("."):
        return False
    if token.lower_ in FIRM_ENDS:
        return token.nbor(1).lower_ not in AFTER_FIRM
    # The period of "the U.K." may also end the sentence: the next one begins with another name.
    return gazetteer.land_named(token.text) is not None


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
    while start < end and _is_before_name(doc[start], more=end - start > 1, kind=kind):
        start += 1
    if kind in ("Person", "Organization"):
        start = _past_party(doc, start, end)
    if kind == "Person" and start:
        start += _begins_with_people(doc, start, end)
    if kind == "Person" and not (start and doc[start - 1].lower_ in VESSELS):
        start = _past_title(doc, start, end)
        start += trades.before(doc, start, end)
    while start < end and _is_after_name(doc, start, end):
        end -= 1
    return start, end


def _begins_with_people(doc: Doc, start: int, end: int) -> bool:
    """Whether a name begins with its people: "the Sri Lankan Ruvan Abey", "the Norwegian Ole Berg"."""
    if end - start > 1 and land_of(doc[start - 1 : start + 1]) is not None:
        return True  # the model marks the second word
    first = doc[start].text
    people = gazetteer.land_of_people(first) is not None and gazetteer.female_share(first) is None
    if people and end - start > 2:
        return True  # "Spaniard Pablo Reyes", and not "Dane Ellis Cook"
    return end - start > 2 and doc[start - 1].lower_ == "the" and land_of(doc[start : start + 1]) is not None


def _is_before_name(token: Token, *, more: bool, kind: str) -> bool:
    """Whether the first token of a span is an article, a sign or a pronoun, and none of its name."""
    if token.is_punct or token.is_space or token.text in QUOTES or token.tag_ == "POS":
        return True
    if token.pos_ in ("DET", "PRON") and token.is_lower:
        return True
    if more and token.is_title and token.lower_ in MONTHS and token.i > 0:
        return token.nbor(-1).lower_ in ("in", "since", "until", "by")  # "In February Norwind Group sold"
    return more and kind != "Work" and token.lower_ in ("the", "a", "an")


def _is_after_name(doc: Doc, start: int, end: int) -> bool:
    """Whether the last token of a span is a sign, a credit or a word in lower case, and none of its name."""
    token: Token = doc[end - 1]
    following = doc[end].text if end < len(doc) else ""
    if token.tag_ == "POS" or token.lower_ in ("'s", "’s") or token.text in QUOTES or token.is_space:
        return True
    if token.text == ")":
        return not any(t.text == "(" for t in doc[start:end]) or _is_cut_off(token, start, end, following)
    if token.is_punct and token.text != ".":
        return True
    if token.is_lower and token.pos_ in LOOSE:
        return True
    if token.lower_ in CREDITS and following == ":":
        return True
    return _is_cut_off(token, start, end, following)


def _is_cut_off(token: Token, start: int, end: int, following: str) -> bool:
    """Whether a last letter belongs to a word of its own: "an ABC T-shirt"."""
    return end - start > 1 and len(token) == 1 and following == "-"


def with_given_names(doc: Doc, start: int) -> int:
    """Move the start of a person's name back over given names and initials that were left out."""
    while start > 0:
        token = doc[start - 1]
        initial = len(token.text) == 2 and token.text[1] == "." and token.text[0].isupper()
        if token.ent_type_ or not (initial or _is_given_name(token, start)):
            break
        start -= 1
    return start


def with_first_words(doc: Doc, start: int, end: int) -> int:
    """Move the start of a name back over a plural or an ordinal: "Kings Marren", "the First Novel Award"."""
    before = doc[start - 1] if start > 1 else None
    if before is None or not start <= before.head.i < end:
        return start
    return start - 1 if _is_first_word(before) or _is_numbering(before) else start


def _is_numbering(token: Token) -> bool:
    """Whether a capitalised ordinal is the first word of a name: "the First Novel Award"."""
    inside = token.is_title and token.lower_ in ORDINALS and token.dep_ in ("compound", "amod")
    return inside and not token.is_sent_start and bool(token.nbor(1).is_title)


def opens_next(doc: Doc, ent: Span) -> bool:
    """Whether what the model marks as a name is the first word of the next one."""
    following = doc[ent.end] if ent.end < len(doc) else None
    if len(ent) > 1 or following is None or not following.ent_type_ or not _is_first_word(ent[0]):
        return False
    return bool(ent[0].head.ent_type_ == following.ent_type_ and ent[0].head.i >= following.i)


def _is_first_word(token: Token) -> bool:
    """Whether a capitalised plural stands before a name as a part of it, and is no title or people."""
    if token.tag_ not in ("NNPS", "NNS") or not token.is_title or token.is_sent_start:
        return False
    following = token.nbor(1) if token.i + 1 < len(token.doc) else token
    if token.dep_ != "compound" or token.head.i <= token.i or not following.is_title:
        return False
    titled = token.lemma_.lower() in TITLES - REGNAL or gazetteer.female_share(following.text) is not None
    return not titled and land_of(token.doc[token.i : token.i + 1]) is None


def _is_given_name(token: Token, start: int) -> bool:
    """Whether a token is the given name of the name that starts after it."""
    # "Per", "Will" and "May" are words, too, and stand with a small letter where they are.
    word = token.tag_ in ("IN", "MD", "VB", "NN") and not token.is_sent_start
    return (
        (
            word
            or (token.tag_ == "NNP" and token.dep_ in ("compound", "nmod", "flat") and token.head.i >= start)
        )
        and token.is_title
        and gazetteer.female_share(token.text) is not None
        and token.lower_ not in TITLES
        and gazetteer.land_named(token.text) is None
    )


def _past_party(doc: Doc, start: int, end: int) -> int:
    """Give where a full name begins behind a party: "the Conservative Leif Brandvold"."""
    behind = start
    while end - behind > 2 and doc[behind].text in PARTIES:
        behind += 1
    known = behind > start and gazetteer.female_share(doc[behind].text) is not None
    return behind if known and doc[end - 1].lower_ not in END_CLASS else start


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
