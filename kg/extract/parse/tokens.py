"""Tokens: what is written as one name or one abbreviation is one token, and a sentence's end is none of it.

spaCy parts "C#", "7-Eleven" and "TCP/IP", "approx." from its period, and leaves the period of a sentence that
ends with a letter at that letter. What is put right here lies before tags and trees, so that all that follow
see the same tokens. Regular expressions over the text decide whether there is anything to do.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from kg.extract.lexicon import gazetteer, inverse, mapping, pattern, words
from kg.extract.lexicon.nouns import is_common

BEFORE_NUMBER = words("tokens", "abbreviation", "before_number")
BEFORE_NAME = words("tokens", "abbreviation", "before_name")
OPENERS = words("tokens", "sentence", "openers")
ALWAYS = words("tokens", "joined", "always")
BEFORE = words("tokens", "joined", "before")
NUMBERED = words("tokens", "numbered", "before")
MONTHS = words("tokens", "joined", "months")
END_CLASS = inverse("names", "end")
OF_CLASS = inverse("names", "of")

# Money in letters: codes, and signs such as "Sh".
MONEY = words("units", "currency", "codes") | {sign for sign in mapping("units", "symbol") if sign.isalpha()}

# A place with more people than this is known by its name alone.
TOWN = 50_000

# "C#", "CD4+", "A-B Partners".
SIGNED = re.compile(r"(?<![\w#+])(?:[A-Z]#|[A-Z]\w{0,5}\d\+)(?![\w#+])|(?<![\w-])[A-Z]-[A-Z](?=\s[A-Z][a-z])")
# "7-Eleven".
NUMBER_FIRST = re.compile(r"(?<![\w.,/$€£¥–-])\d{1,4}-([A-Z][a-z]{3,})(?![\w-])")
# "3M" where somebody acts.
MAKER = re.compile(r"(?:^|(?<=[.!?,] )|(?<=\b(?:at|by) ))3M(?=['’]s\b|[.,]|\s([a-z]+)\b)")
# "Carnegie–Lund", "TCP/IP".
PARTED = re.compile(r"(?<![\w/–—-])[A-Z0-9][\w'’&]*(?:([/–—])[A-Z0-9][\w'’&]*)+(?![\w/–—-])")
# "Re-elected", "co-founded", "by-election"; "buy-out": one word, whose parts alone mislead tags and trees.
PREFIXED = re.compile(
    r"(?<![\w-])(?:(?:[Rr]e|[Bb]y)-[a-z]{3,}|[Cc]o-(?:[a-z]{2,}(?:ed|ing)|wrote|written|led|won|ran|owns?|founds?))"
    r"(?![\w-])"
)
# "The co-op": one word as well, which the model knows by another spelling.
COOPERATIVE = re.compile(r"(?<![\w-])[Cc]o-op(?:erative)?s?(?![\w-])")
PHRASAL = re.compile(rf"(?<![\w-])[a-z]{{2,7}}-(?:{pattern('tokens', 'joined', 'particles')})s?(?![\w-])")
CAPITALISED = re.compile(r"\s(?:of\s|for\s|&\s)?[A-Z][\w.&-]*")
ABBREVIATION = re.compile(r"(?<![\w.'’-])([A-Za-z]{1,7})\.(?=\s+(\S))")
# "Karl Brandt Sr. sued", "Karl Brandt, Sr., sued".
GENERATION = re.compile(
    rf"\b(?:{pattern('tokens', 'abbreviation', 'behind_name')})\.(?=,|\s+[a-z(])", re.IGNORECASE
)
# "the War of Wessex I. She …"; "in 2010.Bo left".
LETTER_LAST = re.compile(r"(?<=(\w)\s)([A-Z])\.(?=\s+([A-Z]\w*)(\.?)|\s*$)")
GLUED = re.compile(r"(?<![\w.])\d+\.(?=[A-Z][a-z])")
SCALES = f"{pattern('numbers', 'scales', 'short')}|{pattern('numbers', 'scales', 'long')}"
AMOUNT = rf"\d[\d,.]*\s?(?:{SCALES})\b|\d{{1,3}}(?:,\d{{3}})+"
# "Sh420 million", "NOK420m": money in letters, glued to its amount.
MONEYED = re.compile(rf"(?<![\w.])(?:{'|'.join(sorted(MONEY))})(?={AMOUNT})")
# What spaCy takes for an abbreviation, and is none.
ENDED = re.compile(r"\b(?:GmbH|KGaA)\.")


class Tokens:
    """Does what the tokenizer of a model does, and joins and parts what it parts and joins amiss."""

    def __init__(self, tokenizer: Callable[[str], Doc]) -> None:
        self.tokenizer = tokenizer

    def __call__(self, text: str) -> Doc:
        """Cut a text into tokens."""
        doc = self.tokenizer(text)
        joined, cuts = list(_joined(text)), set(_cuts(text))
        if not joined and not cuts:
            return doc
        for start, end in joined:
            _liken(doc.vocab, text[start:end])
        return _recut(doc, joined, cuts)


def _recut(doc: Doc, joined: list[tuple[int, int]], cuts: set[int]) -> Doc:
    """Give the tokens of a Doc anew: one for each extent, and none across a cut."""
    text = doc.text
    cuts = cuts | {edge for extent in joined for edge in extent}
    inside = {i for start, end in joined for i in range(start + 1, end)}
    blanks = {token.idx + len(token) for token in doc}
    starts = {token.idx for token in doc}
    edges = sorted(i for i in starts | (cuts - blanks - {len(text)}) if i not in inside)
    pieces = [text[a:b] for a, b in zip(edges, [*edges[1:], len(text)], strict=True)]
    # A space behind a token is the token's; further ones are a token of their own.
    spaces = [len(p) > 1 and p[-1] == " " for p in pieces]
    forms = [p[:-1] if space else p for p, space in zip(pieces, spaces, strict=True)]
    return Doc(doc.vocab, words=forms, spaces=spaces)


def _liken(vocab: Vocab, form: str) -> None:
    """Let a joined word look to the model like one that it knows.

    A name looks like the longest of its parts, what has a prefix like the rest of it.
    """
    if PREFIXED.fullmatch(form):
        _copy(vocab, form, form.partition("-")[2])
        return
    if COOPERATIVE.fullmatch(form):
        _copy(vocab, form, "cooperatives" if form.endswith("s") else "cooperative")
        return
    if PHRASAL.fullmatch(form):
        vocab[form].norm_ = form.replace("-", "")
        return
    parts = [p for p in re.split(r"[\W\d_]+", form) if p[:1].isupper() and len(p) > 1]
    if parts and form[-1] not in ".+#":
        _copy(vocab, form, max(parts, key=len))


def prefixed(word: str) -> tuple[str, str]:
    """Give the prefix of a word that is one token with it, and the rest.

    >>> prefixed("co-wrote"), prefixed("wrote"), prefixed("co-op")
    (('co-', 'wrote'), ('', 'wrote'), ('', 'co-op'))
    """
    if PREFIXED.fullmatch(word) is None:
        return "", word
    prefix, _, rest = word.partition("-")
    return f"{prefix}-", rest


def _copy(vocab: Vocab, form: str, like: str) -> None:
    part, word = vocab[like], vocab[form]
    word.shape_, word.norm_, word.prefix_, word.suffix_ = part.shape_, part.norm_, part.prefix_, part.suffix_


def mend(nlp: Language) -> None:
    """Put our tokens in the place of a model's."""
    nlp.tokenizer = Tokens(nlp.tokenizer)


def _joined(text: str) -> Iterator[tuple[int, int]]:
    """Give the stretches that are one token."""
    for match in SIGNED.finditer(text):
        yield match.span()
    for match in NUMBER_FIRST.finditer(text):
        if match[1].lower() not in MONTHS:
            yield match.span()
    for match in GENERATION.finditer(text):
        if match[0][0].isupper():
            yield match.span()
    for match in MAKER.finditer(text):
        if match[1] is None or (match[1].endswith(("ed", "s")) and not is_common(match[1])):
            yield match.span()
    yield from _hyphenated(text)
    for match in PARTED.finditer(text):
        if _is_one_name(text, match):
            yield match.span()
    for match in ABBREVIATION.finditer(text):
        if _goes_on(match):
            yield match.span()


def _hyphenated(text: str) -> Iterator[tuple[int, int]]:
    for found in (PREFIXED, COOPERATIVE, PHRASAL):
        yield from (match.span() for match in found.finditer(text))


def _goes_on(match: re.Match[str]) -> bool:
    """Whether a word with a period is an abbreviation that goes with what follows: "approx. 5", "Sgt. Ek"."""
    word, following = match[1], match[2]
    if word.lower() in BEFORE_NUMBER:
        return following.isdigit() or following in "$€£" or (following.islower() and len(word) > 2)
    return word[0].isupper() and word.lower() in BEFORE_NAME and following.isupper()


def _is_one_name(text: str, match: re.Match[str]) -> bool:
    """Whether parts with a sign between them are one name: by what stands around them and in the text."""
    if match[0] in ALWAYS:
        return True
    parts = re.split(r"[/–—]", match[0])
    if any(part.isdigit() for part in parts):
        return False
    before = re.search(r"(\w+)\s(\w+)\s$", f" . {text[max(0, match.start() - 40) : match.start()]}")
    last = before[2] if before else ""
    if last == "of" and before is not None and before[1].lower() in OF_CLASS:
        return True
    if last[:1].isupper() and last.lower() not in BEFORE:
        return False
    following = text[match.end() : match.end() + 60]
    if all(gazetteer.land_named(part) for part in parts):
        return False
    if _ends_as_name(following):
        return True
    return match[1] == "–" and not _stand_alone(text, parts, following)


def _ends_as_name(following: str) -> bool:
    """Whether the words that go on in capitals end as names of bodies and buildings do."""
    at = 0
    spelled: list[str] = []
    while (found := CAPITALISED.match(following, at)) and len(spelled) < 4:
        spelled.append(found[0].split()[-1].lower())
        at = found.end()
    return any(END_CLASS.get(word.rstrip(".")) in ("Organization", "Facility", "Law") for word in spelled)


def _stand_alone(text: str, parts: list[str], following: str) -> bool:
    """Whether the parts are two names: places, names that the text has apart, or two sides of something."""
    word = re.match(r"\s([\w.]+)", following)
    sides = word is not None and (word[1][0].isupper() or is_common(word[1]))
    if sides or any(len(part) < 2 for part in parts):
        return True
    for part in parts:
        place = gazetteer.place_named(part)
        if (place is not None and place.population > TOWN) or gazetteer.land_of_adjective(part):
            return True
        if re.search(rf"(?<![\w–/—]){re.escape(part)}(?![\w–/—])", text):
            return True
    return False


def _cuts(text: str) -> Iterator[int]:
    """Give where a token ends that runs on over the end of a sentence."""
    for match in LETTER_LAST.finditer(text):
        word = re.search(r"(\w+)\s$", text[max(0, match.start() - 30) : match.start()])
        named = word is not None and word[1].lower() in NUMBERED
        opens = match[3] is not None and match[3].lower() in OPENERS and not match[4]
        if named or opens or match[3] is None:
            yield match.end() - 1
    for match in ENDED.finditer(text):
        yield match.end() - 1
    for match in MONEYED.finditer(text):
        yield match.end()
    for match in GLUED.finditer(text):
        yield match.end() - 1
        yield match.end()
