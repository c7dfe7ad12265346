"""What lists tell of somebody between commas: "Ivo Pell, Danish, 47, roofer, of Mill Lane, Dunsby"."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, demonym_of, is_country
from kg.extract.claims.nominal.descriptions import AGES
from kg.extract.claims.nominal.offices import DROPPED, FORMER, PUBLIC, held, is_office, kin
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft
from kg.model import Value

# How many words an age, a trade or a country may have between two commas.
_PART = 4
# Behind a street there may be the part of the town, and the town.
_LONGEST = 3
_STREETS = words("nominals", "place", "streets")
_AGES = frozenset(("aged", "age", "then", "now"))
_CLOSING = frozenset((",", ";", ".", ")"))
# What no bare trade has in it.
_SMALL = frozenset(("ADP", "CCONJ", "DET", "PRON", "PART", "AUX", "SCONJ"))
_NO_OFFICE = words("nominals", "office", "no_office")


def details(ctx: BlockContext, person: MentionDraft) -> None:
    """Say what trade and country somebody is of by bare words between commas, and where he lives."""
    if person.type != "Person" or len(person.span) < 2 or ctx.is_owner(person):
        return
    at = int(person.span.end)
    for first, end in _parts(ctx, at):
        land = _land(ctx, first, end)
        if land is not None:
            _country(ctx, person, first, land)
        elif _is_age(ctx, first, end):
            _age(ctx, person, first, end)
        elif _is_trade(ctx, first, end):
            _trade(ctx, person, first, end)
        else:
            break
        at = end
    _dwelling(ctx, person, at)


def _parts(ctx: BlockContext, at: int) -> Iterator[tuple[int, int]]:
    """Give what stands between two commas behind a token, part after part."""
    lower, n = ctx.tree.lower, ctx.tree.n
    while at + 1 < n and lower[at] == ",":
        end = next((k for k in range(at + 1, min(at + 2 + _PART, n)) if lower[k] in _CLOSING), None)
        if end is None or end == at + 1:
            return
        yield at + 1, end
        at = end


def _is_age(ctx: BlockContext, first: int, end: int) -> bool:
    lower = ctx.tree.lower
    return all(lower[k] in _AGES or lower[k].isdecimal() for k in range(first, end))


def _age(ctx: BlockContext, person: MentionDraft, first: int, end: int) -> None:
    """Say an age that does not stand right behind the name, where another rule reads it."""
    years = ctx.tree.lower[end - 1]
    if first > person.span.end + 1 and years.isdecimal() and int(years) in AGES:
        age = ctx.quantity(ctx.doc[end - 1 : end], Value(str(int(years)), "integer", "a"))
        ctx.add_claim(person, rel.AGE, age, rules.AGE)


def _land(ctx: BlockContext, first: int, end: int) -> gazetteer.Land | None:
    """Give the country that a single word is the adjective of."""
    land = demonym_of(ctx.doc[first].text) if end == first + 1 else None
    return land if land is not None and land.type == "GPE" and is_country(land.label) else None


def _country(ctx: BlockContext, person: MentionDraft, k: int, land: gazetteer.Land) -> None:
    span = ctx.doc[k : k + 1]
    there = ctx.demonym[k] or ctx.reading.add(
        MentionDraft(ctx.block, span, span.root, "attribute", land.type, land.label), argument=False
    )
    ctx.used.add(k)
    ctx.add_claim(person, rel.COUNTRY, there, rules.TITLE_COUNTRY)


def _is_trade(ctx: BlockContext, first: int, end: int) -> bool:
    """Whether words in small letters between two commas are a trade: "roofer", "retired lorry driver".

    The tagger may take such a word for a verb.
    """
    tree = ctx.tree
    for k in range(first, end):
        small = ctx.doc[k].is_lower and ctx.name[k] is None and ctx.value[k] is None
        if not small or tree.pos[k] in _SMALL:
            return False
    return is_office(ctx, end - 1) or lemma_type(tree.lower[end - 1]) == "Person"


def _trade(ctx: BlockContext, person: MentionDraft, first: int, end: int) -> None:
    """Say a trade that no other rule has read: one without an article."""
    lower = ctx.tree.lower
    last = lower[end - 1]
    if not ctx.used.isdisjoint(range(first, end)) or last in _NO_OFFICE or kin(last) is not None:
        return
    former = lower[first] in FORMER
    while first < end - 1 and lower[first] in DROPPED:
        first += 1
    ctx.used.update(range(first, end))
    office = ctx.nominal(first, end, "Position")
    ctx.add_claim(person, held(former), office, rules.TRADE_BEHIND)


def _dwelling(ctx: BlockContext, person: MentionDraft, at: int) -> None:
    """ "Ruth Orme of Dunsby", "Jan Pell, 47, of Mill Lane, Dunsby": who governs there is no mere resident."""
    lower, n = ctx.tree.lower, ctx.tree.n
    beside = at + 1 < n and lower[at] == "," and lower[at + 1] in ("of", "from")
    if not beside and not (at < n and at == person.span.end and lower[at] == "of"):
        return
    of = at + beside
    before = ctx.tree.lemma[person.span.start - 1].lower() if person.span.start else ""
    if before in PUBLIC or not (beside or _hangs_on(ctx, of, person)):
        return
    home = _last_place(ctx, of + 1)
    if home is None or is_country(home.label):
        return
    for one in (person, *(_partner(ctx, person) if not beside else ())):
        ctx.add_claim(one, rel.RESIDENCE, home, rules.DWELLING, tokens=[ctx.doc[of]])


def _partner(ctx: BlockContext, person: MentionDraft) -> list[MentionDraft]:
    """Give who shares the surname of somebody: "Len" of "Len and Mabel Cropper of Dunsby"."""
    start = int(person.span.start)
    other = ctx.name[start - 2] if start > 1 and ctx.tree.lower[start - 1] in ("and", "&") else None
    shares = other is not None and other.type == "Person" and len(other.span) == 1
    return [other] if shares and other is not None else []


def _hangs_on(ctx: BlockContext, of: int, person: MentionDraft) -> bool:
    return bool(person.span.start <= ctx.tree.head[of] < person.span.end)


def _last_place(ctx: BlockContext, first: int) -> MentionDraft | None:
    """Give the town behind "of", which may stand behind a street: "4 Dock Terrace, Penhale"."""
    tree, at = ctx.tree, first
    found: MentionDraft | None = None
    if at + 1 < tree.n and tree.lower[at][:1].isdecimal() and ctx.name[at] is None:
        at += 1
    for _ in range(_LONGEST):
        name = _stretch(ctx, at)
        if name is None or (found is not None and _is_town(found, name)):
            break
        found, end = name, int(name.span.end)
        if end < tree.n and tree.lower[end] in ("and", "&"):
            return None  # "of Harrow and Stone, the auditors"
        if end + 1 >= tree.n or tree.lower[end] != ",":
            break
        at = end + 1
    return found if found is not None and found.type in PLACES and not _goes_on(ctx, found) else None


def _stretch(ctx: BlockContext, at: int) -> MentionDraft | None:
    """Give the place, the street or the house whose name begins at a token."""
    name = ctx.name[at] if at < ctx.tree.n else None
    if name is None or name.span.start != at or name.type not in (*PLACES, "Facility", "Organization"):
        return None
    return name


def _is_town(place: MentionDraft, further: MentionDraft) -> bool:
    """Whether a place behind "of" is the town itself, and what follows only where it lies."""
    street = place.type not in PLACES or place.span[-1].lower_ in _STREETS
    return not street or is_country(further.label) or further.type not in PLACES


def _goes_on(ctx: BlockContext, place: MentionDraft) -> bool:
    """Whether the name of a place is part of a longer phrase: "of Dunsby police station"."""
    tree, end = ctx.tree, int(place.span.end)
    return end < tree.n and tree.tag[end] in ("NN", "NNS") and bool(ctx.doc[end].is_lower)
