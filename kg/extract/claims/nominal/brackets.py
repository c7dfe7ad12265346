"""What brackets behind a name say of its bearer: a life, a party, a body, a ticker, a measure."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal import amounts, lives, measures
from kg.extract.claims.nominal.context import BlockContext, compatible, demonym_of, is_country
from kg.extract.claims.nominal.offices import PARTIES, is_movement, is_office, is_party
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft

# How many tokens the brackets behind a name may hold.
_LONGEST = 30
_LETTERS = mapping("nominals", "office", "party_letters")
_EXCHANGES = words("nominals", "kind", "exchanges")
_DEGREES = words("names", "extent", "degrees")
_SEATS = frozenset(("seat", "headquarters", "hq", "base"))
_DASHES = frozenset("-–—")
_QUOTES = frozenset("\"'”’") | {"''"}
# What stands between a party and the place that somebody was elected for.
_FOR = frozenset((",", "of", "for", "from")) | _DASHES
# How many words the name of such a place may have.
_PLACE = 5


def of_person(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Ada Holm (1857–1931)", "Ruth Cole (Labour, Dunmere North)", "Sen. Ann Lee, D-Ohio,"."""
    after = person.span.end
    for first, end in _parts(ctx, _behind_home(ctx, after)):
        alone = ctx.tree.lower[first - 1] == "(" and ctx.tree.lower[end] == ")"
        read = lives.life(ctx, person, first, end, alone=alone) or _study(ctx, person, first, end)
        read = read or _party(ctx, person, first, end)
        if not read and alone:
            _body(ctx, person, first, end)
    if after + 4 < ctx.tree.n and ctx.tree.lower[after] == "," and ctx.tree.lower[after + 2] in _DASHES:
        stop = next(
            (k for k in range(after + 4, min(after + 9, ctx.tree.n)) if ctx.tree.lower[k] in ",.;"), None
        )
        if stop is not None:
            _party(ctx, person, after + 1, stop)


def _behind_home(ctx: BlockContext, after: int) -> int:
    """Give where the brackets behind a name open, with the place of somebody: "Ada of Vik (1857–"."""
    at_home = after + 2 < ctx.tree.n and ctx.tree.lower[after] == "of" and ctx.is_place(after + 1)
    home = ctx.name[after + 1] if at_home else None
    return after if home is None else int(home.span.end)


def of_thing(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Norwind (NYSE: NWE)", "the Elbe (1,094 km)", "Ostrava (German: Ostrau)"."""
    for first, end in _parts(ctx, name.span.end):
        if _short(ctx, name, first, end) or _date(ctx, name, first, end):
            continue
        if measures.staff(ctx, name, first, end) or _labelled(ctx, name, first, end):
            continue
        if name.type == "Organization" and _ticker(ctx, name, first, end):
            continue
        if not (_translation(ctx, name, first, end) or amounts.in_brackets(ctx, name, first, end)):
            measures.in_brackets(ctx, name, first)


def _parts(ctx: BlockContext, opening: int) -> Iterator[tuple[int, int]]:
    """Give what brackets hold, by its semicolons: the first token of each part, and the one behind it."""
    tree = ctx.tree
    if opening + 1 < tree.n and tree.lower[opening] in _QUOTES:
        opening += 1
    if opening + 1 >= tree.n or tree.lower[opening] != "(":
        return
    first, close = opening + 1, constructions.closed_at(tree, opening, opening + _LONGEST)
    for k in range(first, close + 1 if close is not None else first):
        if k == close or tree.lower[k] == ";":
            if k > first:
                yield first, k
            first = k + 1


def _party(ctx: BlockContext, person: MentionDraft, first: int, end: int) -> bool:
    """ "Labour, Dunmere North", "D-Ohio", "R., Texas": the party of somebody, and for what place."""
    found = _party_at(ctx, first, end)
    if found is None:
        return False
    party, k = found
    ctx.add_claim(person, rel.MEMBER_OF, party, rules.BRACKET_PARTY)
    if k < end and ctx.tree.lower[k] in _FOR:
        place = _place_at(ctx, k + 1, end)
        if place is not None:
            ctx.add_claim(person, rel.CONSTITUENCY, place, rules.BRACKET_PARTY, confidence=0.85)
    return True


def _party_at(ctx: BlockContext, first: int, end: int) -> tuple[MentionDraft, int] | None:
    """Give the party that is named at a token by its name, by what its members are called, or by a letter."""
    tree, name = ctx.tree, ctx.name[first]
    if name is not None and name.span.start == first and name.span.end <= end and _is_joined(name.label):
        return ctx.named(first, name.span.end, "Organization"), name.span.end
    if _is_called(ctx, first, end):
        return ctx.named(first, first + 1, "Organization"), first + 1
    if end == first + 1 and (full := _in_full(ctx, ctx.doc[first].text)):
        return ctx.named(first, first + 1, "Organization", full), first + 1
    label = _LETTERS.get(ctx.doc[first].text.rstrip("."))
    if label is None:
        return None
    k = first + 1
    if k < end and tree.lower[k] == ".":
        k += 1
    if len(tree.lower[first].rstrip(".")) == 1 and not (k + 1 < end and tree.lower[k] in _FOR):
        return None  # a letter alone may be anything
    return ctx.named(first, first + 1, "Organization", label), k


def _is_called(ctx: BlockContext, first: int, end: int) -> bool:
    """Whether a word is that for a party, and not for another one: "Green Dawn" is none of the Greens."""
    behind = first + 1
    goes_on = behind < end and ctx.doc[behind].is_title
    return ctx.doc[first].text in PARTIES and not goes_on


def _study(ctx: BlockContext, person: MentionDraft, first: int, end: int) -> bool:
    """ "MSc, University of Graz, 2011": a degree, and where somebody took it."""
    degree = ctx.tree.lower[first].replace(".", "") in _DEGREES
    comma = next((k for k in range(first + 1, min(first + 4, end)) if ctx.tree.lower[k] == ","), None)
    school = ctx.name[comma + 1] if degree and comma is not None and comma + 1 < end else None
    if school is None or school.type not in ("Organization", "Facility"):
        return False
    ctx.add_claim(person, rel.EDUCATED_AT, school, rules.BRACKET_STUDY, tokens=[ctx.doc[first]])
    return True


def _labelled(ctx: BlockContext, body: MentionDraft, first: int, end: int) -> bool:
    """ "(chair: Ann Lee; seat: Ulm)": who has an office of a body, and where it sits."""
    colon = next((k for k in range(first + 1, min(first + 4, end)) if ctx.tree.lower[k] == ":"), None)
    if body.type != "Organization" or colon is None or colon + 1 >= end:
        return False
    told = next((n for k in range(colon + 1, end) if (n := ctx.name[k]) is not None), None)
    if told is None or told.span.end != end:
        return False
    if ctx.tree.lower[first] in _SEATS:
        ctx.add_claim(body, rel.HEADQUARTERS, told, rules.BRACKET_OFFICE, tokens=[ctx.doc[first]])
        return True
    if told.type == "Person" and is_office(ctx, colon - 1):
        office = ctx.nominal(first, colon, "Position")
        ctx.add_claim(told, rel.POSITION_HELD, office, rules.BRACKET_OFFICE)
        ctx.add_claim(told, rel.EMPLOYER, body, rules.BRACKET_OFFICE)
        return True
    return False


def _is_joined(label: str) -> bool:
    """Whether a name is that of a party, or of a front or alliance that one is a member of."""
    return is_party(label) or is_movement(label)


def _in_full(ctx: BlockContext, short: str) -> str:
    """Give the name of a party in this document that a word stands for: "NPF", of National Peace Front."""
    if f"{short} Party" in ctx.named_here():
        return f"{short} Party"
    if not (short.isupper() and short.isalpha() and len(short) > 1):
        return ""
    labels = (n for n in sorted(ctx.named_here()) if _is_joined(n))
    return next((n for n in labels if "".join(w[0] for w in n.split() if w[0].isupper()) == short), "")


def _place_at(ctx: BlockContext, first: int, end: int) -> MentionDraft | None:
    """Give the place whose name fills the rest of a part."""
    if first >= end or end - first > _PLACE or not ctx.doc[first].text[:1].isupper():
        return None
    if any(ctx.tree.pos[k] not in ("PROPN", "ADP", "CCONJ", "DET", "ADJ", "NOUN") for k in range(first, end)):
        return None
    name = ctx.name[first]
    if name is not None and name.span.start == first and name.span.end == end and name.type in PLACES:
        return name
    return ctx.named(first, end, "GPE")


def _body(ctx: BlockContext, person: MentionDraft, first: int, end: int) -> None:
    """ "Peter Falk (University of Graz)", "Daniel Kiprop (Kenya)": the body or country one is named with."""
    name = ctx.name[first]
    if name is None or name.span.start > first + 1 or name.span.end != end or _abbreviates(person, name):
        return
    if name.type == "Organization":
        ctx.add_claim(person, rel.AFFILIATED_WITH, name, rules.BRACKET_BODY)
    elif name.type == "GPE" and is_country(name.label):
        ctx.add_claim(person, rel.COUNTRY, name, rules.BRACKET_BODY)


def _abbreviates(one: MentionDraft, other: MentionDraft) -> bool:
    """Whether one name is short for the other: "CEI (Italian Episcopal Conference)"."""
    short, long = sorted((one.label, other.label), key=len)
    initials = [w[0].lower() for w in long.split() if w[:1].isupper() or w[:1].isdigit()]
    return short.isupper() and sorted(short.lower()) == sorted(initials)


def _short(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "Orim for short": what a thing is called in short."""
    other = ctx.name[first]
    if ctx.tree.lower[end - 2 : end] != ["for", "short"] or other is None or other.span.end != end - 2:
        return False
    ctx.add_claim(name, rel.ALIAS, other, rules.ALSO, tokens=[ctx.doc[end - 1]])
    return True


def _date(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "The Long Road (1987)": when a work came out."""
    time = ctx.value[first]
    if (
        name.type != "Work"
        or time is None
        or time.kind != "time"
        or time.value is None
        or not time.value.lower
    ):
        return False
    if time.span.start == first and time.span.end == end and not time.value.lexical.count("/"):
        ctx.add_claim(name, rel.PUBLICATION_DATE, time, rules.BRACKET_DATE)
    return True


def _ticker(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "NYSE: NWE": where a company is traded, and under which sign."""
    tree = ctx.tree
    colon = next((k for k in range(first + 1, min(first + 3, end)) if tree.lower[k] == ":"), None)
    if colon is None or tree.lower[first] not in _EXCHANGES or colon + 1 >= end:
        return False
    span = ctx.doc[first:end]
    label = span.text.replace(" :", ":")
    sign = MentionDraft(ctx.block, span, span.root, "attribute", "Concept", label)
    ctx.add_claim(name, rel.TICKER, ctx.reading.add(sign, argument=False), rules.BRACKET_TICKER)
    return True


def _translation(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "German: Ostrau": the name of a thing in another language."""
    tree = ctx.tree
    if first + 1 >= end or demonym_of(ctx.doc[first].text) is None:
        return False
    at = first + 1 + (tree.lower[first + 1] == ":")
    other = ctx.name[at] if at < end else None
    if other is not None and other.span.start == at and compatible(name.type, other.type):
        ctx.add_claim(name, rel.ALIAS, other, rules.ALSO, tokens=[ctx.doc[first]])
    return True
