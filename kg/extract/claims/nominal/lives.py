"""When a person lived, how old one is, and with which organization one is named."""

from __future__ import annotations

import re

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.claims.nominal.descriptions import AGES
from kg.extract.claims.nominal.offices import FORMERLY, HEADS, PLAYERS, is_movement, is_party
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft
from kg.model import Value

# The years that may lie between two that are a life.
_SPANS = range(15, 116)
_BORN = words("nominals", "life", "born")
_DIED = words("nominals", "life", "died")
_MAIDEN = words("nominals", "life", "maiden")
_POLITICAL = words("nominals", "office", "political")
_EMPLOYING = words("nominals", "office", "learning") | words("nominals", "office", "research")
_REIGNED = words("nominals", "life", "reigned")
_CIRCA = words("nominals", "life", "circa")
# How long one works somewhere, and the prepositions before that.
_LONG = frozenset({"years", "months"})
_WORKING = frozenset({"with", "at"})
# Within how many words of "of" the name of the body begins: "of the shipping firm Bo & Sons".
_NEAR = 5
# The last letter of the Latin alphabets.
_LATIN = "\u024f"
_DASHES = frozenset("-–—")
_YEAR = re.compile(r"1[0-9]\d\d|20\d\d")


def of_organization(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Jana Novak of Novak & Partners", "Peter Falk, from Unicef,": the organization one is named with."""
    tree, prep = ctx.tree, person.span.end
    if prep + 2 < tree.n and tree.lower[prep] == "," and tree.lower[prep + 1] in ("of", "from", "at"):
        prep += 1
    if _works_now(ctx, person) or prep + 1 >= tree.n or tree.lower[prep - 1] in HEADS:
        return
    if tree.lower[prep] != "of" and (tree.lower[prep - 1] != "," or tree.head[prep] != ctx.top(person)):
        return
    for o in ctx.objects(prep)[:1]:
        name = ctx.name[o] or ctx.referent(o)
        relation = _affiliation(ctx, person, name)
        if relation is not None and name.span.start - prep <= _NEAR:
            ctx.add_claim(person, relation, name, rules.PERSON_OF, tokens=[ctx.doc[prep]])


def _works_now(ctx: BlockContext, person: MentionDraft) -> bool:
    """ "Jana Novak, now with Norwind,": say where somebody works, or "formerly" did; whether it is told."""
    tree, at = ctx.tree, person.span.end
    when, by = tree.lower[at + 1 : at + 2], tree.lower[at + 2 : at + 3]
    former = bool(FORMERLY.intersection(when))
    if tree.lower[at : at + 1] != [","] or not (former or when == ["now"]):
        return False
    if by not in (["with"], ["at"], ["of"]):
        return False
    for o in ctx.objects(at + 2)[:1]:
        name = ctx.name[o]
        if name is not None and name.type == "Organization":
            relation = rel.FORMER_EMPLOYER if former else rel.EMPLOYER
            ctx.add_claim(person, relation, name, rules.PERSON_OF, tokens=[ctx.doc[at + 2]])
    return True


def long_with(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Jana Novak, 34, six years with the carrier Norwind,": where somebody has worked for so long."""
    tree = ctx.tree
    for years in (a.renaming for a in constructions.appositions(tree, ctx.top(person))):
        if tree.lower[years] not in _LONG or years < person.span.end or not tree.of(years, "nummod"):
            continue
        for word, prep in ctx.preps(years):
            for o in ctx.objects(prep)[:1] if word in _WORKING and prep == years + 1 else ():
                name = ctx.name[o] or ctx.titled(o) or ctx.name[min(o + 1, tree.n - 1)]
                if name is not None and name.type == "Organization":
                    ctx.add_claim(person, rel.EMPLOYER, name, rules.PERSON_OF, tokens=[ctx.doc[prep]])


def _affiliation(ctx: BlockContext, person: MentionDraft, name: MentionDraft) -> str | None:
    """Give what somebody is to the body or country that stands behind the name.

    "Viktor Hanel of the National Front" is one of its members; whom a rank or post stands before, as in
    "Inspector Ruth Sallow of Mercia Police", is employed there.
    """
    if name.kind != "name":
        return None
    if name.type in ("Organization", "Facility"):
        office = ctx.title_of(person) or _post_before(ctx, person)
        if is_party(name.label) or is_movement(name.label) or office in PLAYERS:
            return rel.MEMBER_OF
        if office in _POLITICAL:
            return rel.MEMBER_OF  # "the premier, Hans Reuter of the Christian Union"
        if office in HEADS or employs(name.label):
            return rel.EMPLOYER
        return rel.AFFILIATED_WITH if name.type == "Organization" else None
    country = name.type == "GPE" and is_country(name.label) and len(person.span) > 1
    return rel.COUNTRY if country else None


def _post_before(ctx: BlockContext, person: MentionDraft) -> str:
    """Give a post in a team before a name, which the tagger may take for an adverb: "forward"."""
    before: str = ctx.tree.lower[person.span.start - 1] if person.span.start else ""
    return before if before in PLAYERS else ""


def employs(label: str) -> bool:
    """Whether who is named with a body mostly works there: a place of learning or research."""
    return not _EMPLOYING.isdisjoint(label.lower().split())


def ages(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Anna Smith, 45, said", "Anna Smith (45)": how old a person is."""
    lower, n, i = ctx.tree.lower, ctx.tree.n, person.span.end
    while (
        i + 1 < n and lower[i] in (",", "(", "then", "now") and lower[i + 1] in ("aged", "age", "then", "now")
    ):
        i += 1
    if (
        i + 2 >= n
        or lower[i] not in (",", "(", "aged", "age", "then", "now")
        or lower[i + 2] not in (",", ")", ".", ";")
    ):
        return
    if not lower[i + 1].isdecimal() or int(lower[i + 1]) not in AGES:
        return
    if lower[i] == "(" and len(person.span) == 1:
        return
    ctx.add_claim(person, rel.AGE, _years(ctx, i + 1), rules.AGE)


def _years(ctx: BlockContext, i: int) -> MentionDraft:
    return ctx.quantity(ctx.doc[i : i + 1], Value(str(int(ctx.tree.lower[i])), "integer", "a"))


def age_predicates(ctx: BlockContext, verb: int) -> None:
    """ "She was 91", "Ida Lom, who is 36": how old a person is or was."""
    tree, factuality = ctx.tree, ctx.block.factualities.get(verb)
    if factuality is None or tree.lemma[verb] != "be":
        return
    number = next((k for k in tree.of(verb, "attr", "acomp", "npadvmod") if tree.lower[k].isdecimal()), None)
    subject = tree.first(verb, "nsubj")
    if number is None or subject is None or tree.kids[number] or int(tree.lower[number]) not in AGES:
        return
    subject = ctx.antecedent(subject, verb)
    name = ctx.name[subject]
    if tree.lower[subject] in ("he", "she") or (name is not None and name.type == "Person"):
        age, who = ctx.value[number] or _years(ctx, number), ctx.mention(subject)
        ctx.add_claim(who, rel.AGE, age, rules.AGE_PREDICATE, factuality=factuality, tokens=[ctx.doc[verb]])


def life(ctx: BlockContext, person: MentionDraft, first: int, end: int, *, alone: bool) -> bool:
    """ "née Berg", "born 3 June 1957 in Ulm", "1857–1931": what a part of brackets tells of a life.

    Whether it tells of one. What reigned or served in those years did not live in them.
    """
    lower = ctx.tree.lower
    word, at = lower[first], first + 1
    if at < end and lower[at] == ".":
        at += 1
    if len(word.rstrip(".")) == 1 and not any(w[:1].isdecimal() for w in lower[first:end]):
        return False  # "D-Ohio", where the letter is that of a party
    if word in _BORN or word in _MAIDEN:
        at = _birth_name(ctx, person, first, at, end)
    if word in _BORN:
        return _end(ctx, person, at, end, rules.LIFE_BORN, first)
    if word in _DIED:
        return _end(ctx, person, at, end, rules.LIFE_DIED, first)
    if word in _MAIDEN or word in _REIGNED:
        return True
    return _dates(ctx, person, first, end, alone=alone)


def _dates(ctx: BlockContext, person: MentionDraft, first: int, end: int, *, alone: bool) -> bool:
    """ "1857–1931", "3 June 1857, Ulm – 9 May 1931, Bonn", "Ulm, 1857 – Bonn, 1931": both ends of a life."""
    times = _times(ctx, first, end)
    if not times or not _opens(ctx, times, first):
        return False
    if len(times) == 1 and alone:
        _years_of_life(ctx, person, times[0])
    elif len(times) == 2 and _before_place(ctx, times[1], first) - _after_place(ctx, times[0], end) <= 2:
        _say_end(ctx, person, times[0], end, rules.LIFE_DATES, start=first)
        _say_end(ctx, person, times[1], end, rules.LIFE_DATES, died=True, start=first)
    return True


def _opens(ctx: BlockContext, times: list[MentionDraft], first: int) -> bool:
    """Whether what stands before the first time in brackets lets it be a birth.

    That is a place, a word like "about", or the name in letters of another script, before two days.
    """
    start = times[0].span.start
    if all(w in _CIRCA for w in ctx.tree.lower[first : _before_place(ctx, times[0], first)]):
        return True
    said = ctx.doc[first:start].text
    return len(times) == 2 and said.endswith(",") and any(c.isalpha() and c > _LATIN for c in said)


def _birth_name(ctx: BlockContext, person: MentionDraft, word: int, at: int, end: int) -> int:
    """ "née Berg", "born Ada Berg on 3 June 1957": what somebody was called at birth; gives where it ends."""
    name = ctx.name[at] if at < end else None
    if name is None or name.span.start != at or name.type in PLACES or name.span.end > end:
        return at
    if ctx.tree.lower[word] in _BORN and len(name.span) == 1:
        return at  # "b. Ulm, 3 June 1957", where the place looks like a person
    ctx.add_claim(person, rel.BIRTH_NAME, name, rules.BIRTH_NAME, tokens=[ctx.doc[word]])
    return int(name.span.end)


def born_as(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Ludwig Brandt, born Louis Brant, moved": what somebody was called at birth, between commas."""
    lower, at = ctx.tree.lower, person.span.end
    if at + 2 < ctx.tree.n and lower[at] == "," and (lower[at + 1] == "born" or lower[at + 1] in _MAIDEN):
        name = ctx.name[at + 2]
        if name is not None and name.type == "Person" and name.span.start == at + 2:
            ctx.add_claim(person, rel.BIRTH_NAME, name, rules.BIRTH_NAME, tokens=[ctx.doc[at + 1]])


def is_maiden(ctx: BlockContext, name: MentionDraft) -> bool:
    """Whether a name is what somebody was called at birth: "née Kahn"."""
    start: int = name.span.start
    return not _MAIDEN.isdisjoint(ctx.tree.lower[max(0, start - 1) : start + 1])


def _end(ctx: BlockContext, person: MentionDraft, at: int, end: int, rule: rules.Rule, word: int) -> bool:
    """ "born 3 June 1957 in Ulm", "b. 1957", "died in Bonn, 9 May 2011": one end of a life, by its word."""
    times = _times(ctx, at, end)
    time = times[0] if times else _year(ctx, at, end)
    if time is not None:
        _say_end(ctx, person, time, end, rule, word)
    placed = [k for k in range(at, end - 1) if ctx.tree.lower[k] in ("in", "at") and ctx.is_place(k + 1)]
    if not placed and at < end and ctx.is_place(at):
        placed = [at - 1]  # "born Ulm, 3 June 1957"
    if placed:
        relation = rel.DIED_IN if rule is rules.LIFE_DIED else rel.BORN_IN
        ctx.add_claim(person, relation, ctx.mention(placed[0] + 1), rule, tokens=[ctx.doc[word]])
    return True


def _year(ctx: BlockContext, at: int, end: int) -> MentionDraft | None:
    """Give the year that stands at a token, which no other sign there tells from a number."""
    if at < end and _YEAR.fullmatch(ctx.tree.lower[at]):
        year = ctx.tree.lower[at]
        return ctx.time(
            ctx.doc[at : at + 1], Value(year, "gYear", lower=f"{year}-01-01", upper=f"{year}-12-31")
        )
    return None


def _times(ctx: BlockContext, begin: int, end: int) -> list[MentionDraft]:
    """Give the times between two tokens that have a place in the calendar."""
    found: dict[int, MentionDraft] = {}
    for k in range(begin, end):
        time = ctx.value[k]
        if time is not None and time.kind == "time" and time.value is not None and time.value.lower:
            found[id(time)] = time
    return list(found.values())


def _say_end(
    ctx: BlockContext,
    person: MentionDraft,
    time: MentionDraft,
    close: int,
    rule: rules.Rule,
    word: int | None = None,
    *,
    died: bool = False,
    start: int | None = None,
) -> None:
    """ "(born 3 June 1957 in Ulm)", "(3 June 1857, Ulm – 9 May 1931, Bonn)": an end of a life, and where."""
    died = died or rule is rules.LIFE_DIED
    tokens = [] if word is None else [ctx.doc[word]]
    ctx.add_claim(person, rel.DEATH_DATE if died else rel.BIRTH_DATE, time, rule, tokens=tokens)
    at = _place_at(ctx, time, close)
    if at is None and start is not None and (before := _before_place(ctx, time, start)) < time.span.start:
        at = before
    if at is not None:
        relation, sure = rel.DIED_IN if died else rel.BORN_IN, rule.prior - 0.01
        ctx.add_claim(person, relation, ctx.mention(at), rule, confidence=sure, tokens=tokens)


def _place_at(ctx: BlockContext, time: MentionDraft, close: int) -> int | None:
    """Give the place that stands behind a time in brackets."""
    for k in range(time.span.end, min(time.span.end + 2, close)):
        if ctx.tree.lower[k] in ("in", ",") and ctx.is_place(k + 1):
            return k + 1
    return None


def _after_place(ctx: BlockContext, time: MentionDraft, close: int) -> int:
    """Give where a time in brackets ends, with its place, and what that is in: "in Ulm, Swabia"."""
    at = _place_at(ctx, time, close)
    end = int(time.span.end)
    while at is not None and at < close:
        place = ctx.name[at]
        end = at + 1 if place is None else int(place.span.end)
        at = end + 1 if end + 1 < close and ctx.tree.lower[end] == "," and ctx.is_place(end + 1) else None
    return end


def _before_place(ctx: BlockContext, time: MentionDraft, first: int) -> int:
    """Give where a time in brackets begins, with the place that may stand before it: "Ulm, Swabia, 1857"."""
    begin = k = int(time.span.start)
    while k - 2 >= first and ctx.tree.lower[k - 1] == "," and ctx.is_place(k - 2):
        place = ctx.name[k - 2]
        k = k - 2 if place is None else int(place.span.start)
    opened = k == first or ctx.tree.lower[k - 1] in _DASHES
    return k if opened else begin


def _years_of_life(ctx: BlockContext, person: MentionDraft, time: MentionDraft) -> None:
    """ "(1857-1931)", which is one time: its first and its last year."""
    value = time.value
    assert value is not None
    assert value.lower is not None
    assert value.upper is not None
    begin, end = int(value.lower[:4]), int(value.upper[:4])
    if value.datatype != "date" or end - begin not in _SPANS or len(time.span) > 3:
        return
    for relation, year in ((rel.BIRTH_DATE, begin), (rel.DEATH_DATE, end)):
        at = Value(f"{year:04d}", "gYear", lower=f"{year:04d}-01-01", upper=f"{year:04d}-12-31")
        ctx.add_claim(person, relation, ctx.time(time.span, at), rules.LIFE_YEARS)
