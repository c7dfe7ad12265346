"""When a person lived, how old one is, and with which organization one is named."""

from __future__ import annotations

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.offices import HEADS
from kg.extract.lexicon import words
from kg.extract.reading import MentionDraft
from kg.model import Value

# The years that somebody may be old who is said to be.
_AGES = range(5, 116)
# The years that may lie between two that are a life.
_SPANS = range(15, 116)
_BORN = words("nominals", "life", "born")
_DIED = words("nominals", "life", "died")
# How many tokens the brackets behind a name may hold.
_LONGEST = 24


def of_organization(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Jana Novak of Novak & Partners": the organization that a person is named with."""
    tree, prep = ctx.tree, person.span.end
    if prep + 1 >= tree.n or tree.lower[prep] != "of" or tree.lower[prep - 1] in HEADS:
        return
    for o in ctx.objects(prep)[:1]:
        name = ctx.name[o] or ctx.referent(o)
        if name.kind == "name" and name.type == "Organization" and name.span.start - prep <= 3:
            ctx.add_claim(person, rel.AFFILIATED_WITH, name, rules.PERSON_OF, tokens=[ctx.doc[prep]])


def ages(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Anna Smith, 45, of Ulm, said": how old a person is, and where from."""
    lower, n, i = ctx.tree.lower, ctx.tree.n, person.span.end
    if i + 2 >= n or lower[i] not in (",", "(") or lower[i + 2] not in (",", ")", "."):
        return
    if not lower[i + 1].isdecimal() or int(lower[i + 1]) not in _AGES:
        return
    if lower[i] != "," and len(person.span) == 1:
        return
    ctx.add_claim(person, rel.AGE, _years(ctx, i + 1), rules.AGE)
    if i + 4 < n and lower[i + 3] in ("of", "from") and ctx.is_place(i + 4):
        home = ctx.mention(i + 4)
        ctx.add_claim(person, rel.RESIDENCE, home, rules.AGE_PLACE, tokens=[ctx.doc[i + 3]])


def _years(ctx: BlockContext, i: int) -> MentionDraft:
    return ctx.quantity(ctx.doc[i : i + 1], Value(str(int(ctx.tree.lower[i])), "integer", "a"))


def age_predicates(ctx: BlockContext, verb: int) -> None:
    """ "She was 91": how old a person is or was."""
    tree, factuality = ctx.tree, ctx.block.factualities.get(verb)
    if factuality is None or tree.lemma[verb] != "be":
        return
    number = next((k for k in tree.of(verb, "attr", "acomp", "npadvmod") if tree.lower[k].isdecimal()), None)
    subject = tree.first(verb, "nsubj")
    if number is None or subject is None or tree.kids[number] or int(tree.lower[number]) not in _AGES:
        return
    name = ctx.name[subject]
    if tree.lower[subject] in ("he", "she") or (name is not None and name.type == "Person"):
        age, who = ctx.value[number] or _years(ctx, number), ctx.mention(subject)
        ctx.add_claim(who, rel.AGE, age, rules.AGE_PREDICATE, factuality=factuality, tokens=[ctx.doc[verb]])


def lives(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Ada Holm (born 3 June 1957 in Ulm)", "Ada Holm (1857-1931)": when a person lived."""
    tree, i = ctx.tree, person.span.end
    if i + 1 >= tree.n or tree.lower[i] != "(":
        return
    born = tree.lower[i + 1] in _BORN
    begin = i + 1 + born
    close = next((k for k in range(begin, min(begin + _LONGEST, tree.n)) if tree.lower[k] == ")"), None)
    if close is None:
        return
    times = _times(ctx, begin, close)
    if not times or times[0].span.start > begin + 2:
        return
    if born:
        _born_and_died(ctx, person, begin - 1, times, close)
    elif len(times) == 1:
        _years_of_life(ctx, person, times[0])
    elif len(times) == 2 and times[1].span.start - _after_place(ctx, times[0], close) <= 2:
        _end(ctx, person, times[0], close, rules.LIFE_DATES)
        _end(ctx, person, times[1], close, rules.LIFE_DATES, died=True)


def _born_and_died(
    ctx: BlockContext, person: MentionDraft, word: int, times: list[MentionDraft], close: int
) -> None:
    """ "(born 3 June 1957 in Ulm; died 9 May 2011 in Bonn)"; the end may be missing."""
    _end(ctx, person, times[0], close, rules.LIFE_BORN, word)
    died = next((k for k in range(times[0].span.end, close) if ctx.tree.lower[k] in _DIED), close)
    last = next((t for t in times if t.span.start > died), None)
    if last is not None:
        _end(ctx, person, last, close, rules.LIFE_DIED, died)


def _times(ctx: BlockContext, begin: int, end: int) -> list[MentionDraft]:
    """Give the times between two tokens that have a place in the calendar."""
    found: dict[int, MentionDraft] = {}
    for k in range(begin, end):
        time = ctx.value[k]
        if time is not None and time.kind == "time" and time.value is not None and time.value.lower:
            found[id(time)] = time
    return list(found.values())


def _end(
    ctx: BlockContext,
    person: MentionDraft,
    time: MentionDraft,
    close: int,
    rule: rules.Rule,
    word: int | None = None,
    *,
    died: bool = False,
) -> None:
    """ "(born 3 June 1957 in Ulm)", "(3 June 1857, Ulm – 9 May 1931, Bonn)": an end of a life, and where."""
    died = died or rule is rules.LIFE_DIED
    tokens = [] if word is None else [ctx.doc[word]]
    ctx.add_claim(person, rel.DEATH_DATE if died else rel.BIRTH_DATE, time, rule, tokens=tokens)
    at = _place_at(ctx, time, close)
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
    """Give where a time in brackets ends, with its place."""
    at = _place_at(ctx, time, close)
    place = ctx.name[at] if at is not None else None
    return int(time.span.end if place is None else place.span.end)


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
