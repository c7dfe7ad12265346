"""Offices, kin and countries before the name of a person."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.claims.nominal.descriptions import age_before, candidacy, party_before, relate_before
from kg.extract.claims.nominal.offices import (
    DROPPED,
    FORMER,
    FOUNDERS,
    HEADS,
    HONORIFICS,
    IN_LAW,
    NO_EMPLOYER,
    PARTIES,
    RANKS,
    affiliate,
    first_of_title,
    held,
    is_movement,
    is_office,
    is_party,
    is_plural,
    kin_at,
)
from kg.extract.claims.nominal.works import faith
from kg.extract.lexicon import gazetteer, words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

_ELECT = words("nominals", "office", "elect")
_ACTING = words("nominals", "office", "acting")
_CANDIDATES = words("nominals", "office", "candidates")
_YEARS_OLD = ("-", "year", "-", "old")
_OF_WORKS = words("nominals", "office", "of_works")
_SCREEN = words("nominals", "office", "screen")


def titles(ctx: BlockContext, person: MentionDraft) -> None:
    """ "British Foreign Secretary James Cleverly": an office before the name, and whose it is."""
    tree, start = ctx.tree, person.span.start
    if len(person.span) == 1 and person.span.text.lower() in HEADS:
        return  # "Mr. Chief Justice"
    end = _before_honorifics(ctx, start)
    last = end - 1
    title_end = last
    last = _before_elect(ctx, last)
    elect = last != title_end
    if end == start and last >= 0:
        _owner_before(ctx, person, last)
    if _ends_with(ctx, last, _YEARS_OLD):
        age_before(ctx, person, last - 4, last + 1)  # "45-year-old Peter Falk"
    if last < 0 or _title_with_phrase(ctx, person, last) or not _may_be_title(ctx, person, last):
        return
    if tree.lemma[last] == "member":
        _member(ctx, person, last)
        return
    noun = last - 4 if _ends_with(ctx, last, IN_LAW) else last
    relation = kin_at(tree, noun)
    if relation is not None:
        _kin_before(ctx, person, noun, relation)
        return
    relate_before(ctx, person, last)
    if tree.lemma[last] in _CANDIDATES:
        candidacy(ctx, person, last)
        return
    if is_office(ctx, last):
        _office_before(ctx, person, last, end if elect else last + 1)


def _member(ctx: BlockContext, person: MentionDraft, last: int) -> None:
    """ "former Hamas member Ali Hassan"."""
    name = ctx.name[last - 1] if last > 0 else None
    ctx.used.add(last)
    if name is not None and name.type in ("Organization", "Group"):
        ended = _is_former(ctx, name.span.start - 1)
        relation = rel.FORMER_MEMBER_OF if ended else rel.MEMBER_OF
        ctx.add_claim(person, relation, name, rules.TITLE_OF, tokens=[ctx.doc[last]])


def _title_with_phrase(ctx: BlockContext, person: MentionDraft, last: int) -> bool:
    """ "Norwegian Ambassador to France Karl Lund", "Secretary of State Anna Berg": an office with its phrase.

    Whether there is one; its noun stands before "of", "to" or "for".
    """
    noun = _office_over(ctx, person, last)
    if noun is None:
        return False
    whose, lemma = ctx.name[last], ctx.tree.lemma[noun]
    start = _without_epithets(ctx, first_of_title(ctx, noun), noun)
    ctx.used.update(range(start, last + 1))
    former = _is_former(ctx, start - 1)
    office = ctx.nominal(start, last + 1, "Position", head=noun)
    ctx.add_claim(person, held(former), office, rules.TITLE_BEFORE)
    if whose is not None and ctx.tree.lower[noun + 1] == "of":
        affiliate(ctx, person, whose, rules.TITLE_OF, lemma=lemma, former=former)
    _affiliation_before(ctx, person, start - 1, lemma, former=former)
    return True


def _office_over(ctx: BlockContext, person: MentionDraft, last: int) -> int | None:
    """Give the noun of an office whose phrase ends before a name: "Secretary" of "Secretary of State"."""
    tree, whose = ctx.tree, ctx.name[last]
    if person.span.start != last + 1 or tree.pos[last] not in NOUNS or not ctx.same_sentence(last, last + 1):
        return None
    first = whose.span.start if whose is not None else last
    while first > 0 and tree.lower[first - 1] == "the":
        first -= 1
    noun = first - 2
    if noun < 0 or tree.lower[first - 1] not in ("of", "to", "for") or ctx.name[noun] is not None:
        return None
    spelled = whose is not None or (
        _is_capital(ctx, last) and _is_capital(ctx, noun) and not is_office(ctx, last)
    )
    return noun if spelled and tree.lemma[noun].lower() in HEADS else None


def _is_capital(ctx: BlockContext, i: int) -> bool:
    return bool(ctx.doc[i].text[:1].isupper())


def _before_honorifics(ctx: BlockContext, end: int) -> int:
    while end > 0 and ctx.tree.lower[end - 1] in HONORIFICS:
        end -= 1
    return end


def _before_elect(ctx: BlockContext, last: int) -> int:
    """Give where an office ends before "-elect" and the like."""
    if last < 2 or ctx.tree.lower[last] not in _ELECT:
        return last
    return last - 2 if ctx.tree.lower[last - 1] == "-" else last - 1


def _ends_with(ctx: BlockContext, last: int, words: tuple[str, ...]) -> bool:
    """Whether four words end at a token, with one before them."""
    return last >= 4 and tuple(ctx.tree.lower[last - 3 : last + 1]) == words


def _may_be_title(ctx: BlockContext, person: MentionDraft, last: int) -> bool:
    """Whether the word before a name can end a title of the person."""
    tree = ctx.tree
    if ctx.demonym[last] is not None or gazetteer.land_of_adjective(ctx.doc[last].text):
        return False
    rank = tree.lower[last] == "." and is_office(ctx, last)
    known = ctx.name[last] is not None and tree.lower[last] not in RANKS
    if ctx.doc[last].is_title and _is_plural(tree, last) and tree.first(person.head.i, "conj") is None:
        return False  # "Kings Lorn" is a town or a team
    if known or not (rank or tree.pos[last] in (*NOUNS, "ADJ")):
        return False
    return ctx.same_sentence(last, person.span.start) and _is_one_phrase(ctx, last, person)


def _is_plural(tree: Tree, i: int) -> bool:
    return tree.tag[i] in ("NNS", "NNPS") or tree.lower[i] == f"{tree.lemma[i]}s"


def _is_one_phrase(ctx: BlockContext, last: int, person: MentionDraft) -> bool:
    """Whether a title and a name are in one noun phrase."""
    tree, span = ctx.tree, person.span
    top = ctx.top(person)
    if tree.lower[last] == ".":
        last -= 1
    return last < tree.head[last] < span.end or tree.head[top] == last or tree.head[last] == tree.head[top]


def _owner_before(ctx: BlockContext, person: MentionDraft, last: int) -> None:
    """ "Kenya's Daniel Kiprop", "the Ethiopian Tesfaye Worku", "the Greens' Ann Cole": whose one is."""
    owner, owned = ctx.demonym[last], ctx.tree.tag[last] == "POS"
    if len(person.span) == 1 or not ctx.same_sentence(last, person.span.start):
        return
    if ctx.doc[last].text in PARTIES:  # "the Conservative Leif Brandt"
        ctx.add_claim(person, rel.MEMBER_OF, party_before(ctx, last), rules.OWNER_BEFORE)
        return
    if owner is None and last > 0 and owned:
        owner = ctx.name[last - 1]
    if owner is None:
        return
    if owner.type == "GPE" and is_country(owner.label):
        ctx.add_claim(person, rel.COUNTRY, owner, rules.COUNTRY_BEFORE)
    elif owned and owner.type in ("Organization", "Group"):
        party = owner.type == "Group" or is_party(owner.label) or is_movement(owner.label)
        relation = rel.MEMBER_OF if party else rel.AFFILIATED_WITH
        ctx.add_claim(person, relation, owner, rules.OWNER_BEFORE)


def _kin_before(ctx: BlockContext, person: MentionDraft, noun: int, relation: str) -> None:
    """ "his wife Ann Lee": whose kin somebody is."""
    owner = ctx.owner_before(person, noun)
    owner = constructions.whose(ctx.tree, owner) if owner is not None else None
    if owner is not None:
        for who in _bearers(ctx, person, noun):
            ctx.add_claim(ctx.mention(owner), relation, who, rules.KIN_BEFORE, tokens=[ctx.doc[noun]])


def _bearers(ctx: BlockContext, person: MentionDraft, noun: int) -> list[MentionDraft]:
    """Give the person whom a noun titles, and after a plural those coordinated: "his sons Max and Tom"."""
    people = [person]
    if is_plural(ctx.tree, noun):
        people += [
            n for c in ctx.tree.conjuncts(ctx.top(person)) if (n := ctx.name[c]) and n.type == "Person"
        ]
    return list(dict.fromkeys(people))


def _office_before(ctx: BlockContext, person: MentionDraft, last: int, end: int) -> None:
    """Say the office whose noun is `last`, with what follows it up to `end`, and whose it is."""
    tree = ctx.tree
    title = first_of_title(ctx, last)
    first = _without_epithets(ctx, title, last)
    if title >= 2 and tuple(tree.lower[title - 1 : title + 3]) == _YEARS_OLD:
        first = min(age_before(ctx, person, title - 2, last + 4), last)
    former = any(tree.lower[k] in FORMER for k in range(title, first))
    if first > 0 and tree.lower[first - 1] in _ACTING:
        first -= 1
    before = first - 1
    other = _title_before_and(ctx, before) if tree.tag[last] in ("NN", "NNP") else None
    if other is not None:
        before = other[0] - 1
    former |= _is_former(ctx, before)
    label = _label(ctx, first, last, end)
    if is_plural(tree, last):
        label = label.rstrip("s")
    ctx.used.update(range(first, last + 1))
    office = ctx.nominal(first, end, "Position", label)
    if other is not None:
        ctx.used.update(range(*other))
        second = ctx.nominal(*other, "Position")
        ctx.add_claim(person, held(former), second, rules.TITLE_BEFORE_AND)
    lemma = "founder" if tree.lemma[last] in FOUNDERS else tree.lemma[last]
    faith(ctx, person, max(0, first - 1), last)
    for who in _bearers(ctx, person, last):
        ctx.add_claim(who, held(former), office, rules.TITLE_BEFORE)
        _parties(ctx, who, first, last, former=former)
        _affiliation_before(ctx, who, before, lemma, former=former)


def _parties(ctx: BlockContext, person: MentionDraft, first: int, last: int, *, former: bool) -> None:
    """ "Labour MP Ann Cole": the party in a title."""
    for k in range(first, last):
        if ctx.doc[k].text in PARTIES:
            relation = rel.FORMER_MEMBER_OF if former else rel.MEMBER_OF
            ctx.add_claim(person, relation, party_before(ctx, k), rules.TITLE_OF)


def _without_epithets(ctx: BlockContext, first: int, last: int) -> int:
    while first < last and ctx.tree.lower[first] in DROPPED:
        first += 1
    return first


def _label(ctx: BlockContext, first: int, last: int, end: int) -> str:
    label: str = ctx.doc[first:end].text
    if ctx.tree.lower[last] in RANKS or ctx.tree.lower[last] == ".":
        return " ".join(RANKS.get(w.lower(), w) for w in label.split())
    return label


def _title_before_and(ctx: BlockContext, joint: int) -> tuple[int, int] | None:
    """Give the first of two titles of one person: "novelist" of "Norlandic novelist and critic Joan Price".

    "The president and prime minister Price" may be two persons.
    """
    tree, last = ctx.tree, joint - 1
    if last < 0 or tree.lower[joint] not in ("and", "&") or tree.tag[last] not in ("NN", "NNP"):
        return None
    if ctx.name[last] is not None or ctx.demonym[last] is not None or not is_office(ctx, last):
        return None
    first = _without_epithets(ctx, first_of_title(ctx, last), last)
    if first > 0 and (tree.lower[first - 1] in ("the", "a", "an") or tree.tag[first - 1] in ("POS", "PRP$")):
        return None
    return first, last + 1


def _is_former(ctx: BlockContext, i: int) -> bool:
    """Whether one of the words that end before a title says that it is no longer held."""
    tree = ctx.tree
    for k in range(i, max(-1, i - 4), -1):
        if tree.lower[k] in FORMER:
            return True
        if tree.tag[k] == "HYPH":
            continue  # "then-chancellor"
        if ctx.demonym[k] is None and ctx.name[k] is None and tree.tag[k] != "POS":
            return False
    return False


def _affiliation_before(ctx: BlockContext, person: MentionDraft, i: int, lemma: str, *, former: bool) -> None:
    """The country or organization that stands before a title ("Google's CEO", "French President")."""
    tree = ctx.tree
    if i >= 0 and tree.tag[i] == "POS":
        i -= 1
    if i < 0:
        return
    if (demonym := ctx.demonym[i]) is not None:
        ctx.add_claim(person, rel.COUNTRY, demonym, rules.TITLE_COUNTRY)
        return
    name = ctx.name[i]
    if name is not None and name.type == "Group" and tree.tag[i] == "JJ" and name.label not in PARTIES:
        return  # a faith or a people, which one does not join
    if lemma in _OF_WORKS or (i + 1 < tree.n and tree.lower[i + 1] in _SCREEN):
        return  # "Norland director Peter Vik", where Norland is a film
    if name is not None and name is not person:
        affiliate(ctx, person, name, rules.TITLE_OF, lemma=lemma, former=former)
    elif constructions.owns(tree, i):
        _affiliation_unnamed(ctx, person, i, lemma, former=former)


def _affiliation_unnamed(
    ctx: BlockContext, person: MentionDraft, owner: int, lemma: str, *, former: bool
) -> None:
    """ "the bank's director Ann Lee", "its founder Ann Lee"."""
    tree = ctx.tree
    if lemma == "founder" and tree.lower[owner] in ("its", "their"):
        ctx.add_claim(ctx.mention(owner), rel.FOUNDED_BY, person, rules.TITLE_OF, confidence=0.8)
    elif tree.pos[owner] == "NOUN" or tree.lower[owner] == "its":
        if ctx.noun_type(owner) not in NO_EMPLOYER:
            relation = rel.FORMER_EMPLOYER if former else rel.EMPLOYER
            ctx.add_claim(person, relation, ctx.mention(owner), rules.TITLE_OF, confidence=0.78)
