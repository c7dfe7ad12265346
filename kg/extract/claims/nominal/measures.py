"""How tall, long, heavy, fast, dear or far a thing is, how often it comes, which in a row it is."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.lexicon import inverse, mapping, table, words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft
from kg.extract.values import quantities
from kg.model import Value

_ADJECTIVES = mapping("nominals", "measure", "adjectives")
_DIMENSIONS = inverse("nominals", "dimension")
# What a verb says that its amount is, by the amount's dimension.
_ROWS: list[dict[str, str]] = table("nominals")["measure"]["verbs"]
_VERBS = {verb: row for row in _ROWS for verb in row["of"].split()}
# Which way things of a kind are long: up, or along.
_ALONG = inverse("nominals", "extent")
_PARTS = mapping("nominals", "measure", "parts")
_DIRECTIONS = words("nominals", "measure", "directions")
_PAYROLLS, _POSTS = words("nominals", "measure", "payrolls"), words("nominals", "measure", "posts")
# Verbs that tell of other people than those who work for their subject.
_COUNTING = frozenset(("have", "count"))
_WORKERS = words("nominals", "measure", "workers")
_LENGTHS = {
    noun: relation
    for noun, relation in mapping("nominals", "value", "plain").items()
    if relation in ("length", "height", "width", "depth", "thickness", "diameter")
}
_INHABITED = words("nominals", "value", "inhabited")
_INHABITANTS = words("nominals", "value", "inhabitants")
_RANKING = words("nominals", "measure", "ranking")
_ORDINALS = words("nominals", "measure", "ordinals")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
# Prepositions behind a rank that say among whom it is.
_AMONG = frozenset(("in", "of", "on", "at", "among", "behind", "out", "for"))


def dimension(value: Value | None) -> str:
    """Give what kind of amount a value is, by its unit: a length, a mass, money; empty where not known."""
    if value is None:
        return ""
    if value.datatype == "duration":
        return "duration"
    found = _DIMENSIONS.get(value.unit or "")
    if found is not None:
        return str(found)
    return "money" if value.unit and re.fullmatch(r"[A-Z]{3}", value.unit) else ""


def of_adjective(ctx: BlockContext, i: int) -> None:
    """ "is 212 metres tall", "the tower, 212 metres high,": how tall, wide or deep a thing is."""
    tree, relation = ctx.tree, _ADJECTIVES.get(ctx.tree.lemma[i])
    if relation is None:
        return
    amount = next((a for k in tree.of(i, "npadvmod") if (a := _amount(ctx, k)) is not None), None)
    if amount is None:
        return
    if dimension(amount.value) not in (("money",) if relation == rel.VALUE else ("length", "mass")):
        return
    first = i
    while tree.dep[first] == "conj" and tree.head[first] != first:
        first = tree.head[first]
    up, tokens = tree.head[first], [ctx.doc[i]]
    if tree.dep[first] == "amod" and tree.pos[up] in NOUNS and up < i:
        ctx.add_claim(ctx.mention(up), relation, amount, rules.MEASURE_ADJECTIVE, tokens=tokens)
    elif tree.dep[first] in ("acomp", "attr", "oprd", "advmod", "xcomp"):
        for who, how in _subjects(ctx, up):
            ctx.add_claim(who, relation, amount, rules.MEASURE_ADJECTIVE, tokens=tokens, factuality=how)


def of_verb(ctx: BlockContext, verb: int) -> None:
    """ "weighs 3 tonnes", "covers 340 km²", "runs every 90 minutes", "employs 5,200 people"."""
    tree = ctx.tree
    if verb not in ctx.block.factualities:
        return
    row = _VERBS.get(tree.lemma[verb])
    if row is not None:
        _verb_amount(ctx, verb, row)
    _in_dimension(ctx, verb)
    if tree.lemma[verb] in _RANKING:
        _ranked(ctx, verb)
    for k in tree.of(verb, "npadvmod"):
        every = next((j for j in tree.of(k, "det") if tree.lower[j] == "every"), None)
        time = ctx.value[k]
        if every is not None and time is not None and dimension(time.value) == "duration":
            for who, how in _subjects(ctx, verb):
                tokens = [ctx.doc[verb], ctx.doc[every]]
                ctx.add_claim(who, rel.INTERVAL, time, rules.INTERVAL, tokens=tokens, factuality=how)


def _verb_amount(ctx: BlockContext, verb: int, row: dict[str, str]) -> None:
    """Say what the amount beside a verb is of its subject."""
    tree = ctx.tree
    if "count" in row:
        _counted(ctx, verb, row["count"])
    if "behind" in row and "speed" not in row and tree.first(verb, "dobj", "dative") is not None:
        return  # "sold the mill for 3 million": no price of the seller
    for k in _beside(ctx, verb, row.get("behind", "")):
        amount = ctx.value[k]
        relation = row.get(dimension(amount.value)) if amount is not None else None
        if amount is None or relation is None:
            continue
        passive = tree.first(verb, "nsubjpass", "auxpass") is not None
        for who, how in _subjects(ctx, verb) if passive == ("passive" in row) else ():
            tokens = [ctx.doc[verb]]
            ctx.add_claim(who, relation, amount, rules.MEASURE_VERB, tokens=tokens, factuality=how)


def _in_dimension(ctx: BlockContext, verb: int) -> None:
    """ "Grew to 7 feet in length", "is 9 metres in height": what the amount is stands behind "in"."""
    tree = ctx.tree
    behind = tree.under(verb, "to")
    for k in (*tree.of(verb, "dobj", "attr", "npadvmod"), *behind):
        amount = ctx.value[k]
        if amount is None or dimension(amount.value) != "length":
            continue
        for o in _dimensions(ctx, verb, k):
            for who, how in _subjects(ctx, verb):
                relation, tokens = _LENGTHS[tree.lemma[o]], [ctx.doc[o]]
                ctx.add_claim(who, relation, amount, rules.MEASURE_VERB, tokens=tokens, factuality=how)


def _dimensions(ctx: BlockContext, verb: int, amount: int) -> list[int]:
    """Give the bare nouns behind an amount that say which way it is measured: "in length"."""
    tree = ctx.tree
    places = [p for k in (verb, amount) for p in tree.of(k, "prep") if tree.lower[p] == "in" and p > amount]
    nouns = [o for p in places for o in tree.of(p, "pobj")]
    return [o for o in nouns if tree.lemma[o] in _LENGTHS and not tree.kids[o]]


def _beside(ctx: BlockContext, verb: int, behind: str) -> Iterator[int]:
    """Give what a verb has as its amount: its object, or what stands behind one of some prepositions."""
    tree = ctx.tree
    if not behind:
        yield from tree.of(verb, "dobj", "npadvmod", "attr", "oprd", "dep")
        return
    for prep in tree.of(verb, "prep"):
        if tree.lower[prep] in behind.split():
            yield from tree.of(prep, "pobj")


def _counted(ctx: BlockContext, verb: int, relation: str) -> None:
    """ "employs 5,200 people", "has 5,200 employees", "seats 900 people": how many of them."""
    tree = ctx.tree
    for o in (k for first in tree.of(verb, "dobj") for k in tree.conjuncts(first)):
        workers = tree.lemma[o] in _WORKERS or _is_paid(ctx, verb, o)
        if tree.lemma[verb] == "have" and tree.lemma[o] in _INHABITANTS:
            _inhabitants(ctx, verb, o)
        if not workers and (tree.lemma[verb] in _COUNTING or tree.lemma[o] not in ("people", "person")):
            continue
        count, number = quantities.count_of(ctx.block, o), tree.first(o, "nummod")
        if count is None or number is None:
            continue
        named = rel.EMPLOYEES if workers else relation
        for who, how in _subjects(ctx, verb):
            amount, tokens = ctx.quantity(ctx.doc[number : number + 1], count), [ctx.doc[verb]]
            ctx.add_claim(who, named, amount, rules.COUNT_VERB, tokens=tokens, factuality=how)


def _is_paid(ctx: BlockContext, verb: int, o: int) -> bool:
    """ "Has 640 people on its payroll": whether people work for who has them."""
    tree = ctx.tree
    where = [*tree.under(o, "on"), *tree.under(verb, "on")]
    return tree.lemma[o] in ("people", "person") and any(tree.lower[k] in _PAYROLLS for k in where)


def staff(ctx: BlockContext, name: MentionDraft, first: int, end: int) -> bool:
    """ "Vero Pumps (9,000 staff)", "(…; 212 posts)": how many work for a body; whether brackets tell it."""
    tree, number = ctx.tree, ctx.value[first]
    if name.type != "Organization" or end != first + 2 or tree.tag[first] != "CD":
        return False
    if tree.lemma[first + 1] not in _WORKERS | _POSTS:
        return False
    value = next((v for s, v in quantities.numbers_of(ctx.block).spans if s.start == first), None)
    if value is not None:
        amount = number or ctx.quantity(ctx.doc[first : first + 1], value)
        ctx.add_claim(name, rel.EMPLOYEES, amount, rules.STAFF_BRACKET, tokens=[ctx.doc[first + 1]])
    return True


def _inhabitants(ctx: BlockContext, verb: int, o: int) -> None:
    """ "Olna has 90,000 inhabitants", "the village has 300 residents": a place, not a home or a club."""
    count, number = quantities.count_of(ctx.block, o), ctx.tree.first(o, "nummod")
    few = ctx.tree.lower[o] == "people" and count is not None and float(count.lexical) < 500
    if count is None or number is None or few or ctx.tree.of(o, "prep", "relcl", "acl"):
        return
    for who, how in _subjects(ctx, verb):
        if who.type == "GPE" or who.head.lemma_.lower() in _INHABITED:
            amount, tokens = ctx.quantity(ctx.doc[number : number + 1], count), [ctx.doc[o]]
            ctx.add_claim(who, rel.POPULATION, amount, rules.AMOUNT_OF, tokens=tokens, factuality=how)


def home_to(ctx: BlockContext, i: int) -> None:
    """ "Ost, home to 4,000 people", "the town is home to some 900 residents": how many live in a place."""
    tree, prep = ctx.tree, ctx.tree.head[i]
    home = tree.head[prep]
    if tree.lemma[i] not in _INHABITANTS or tree.lower[prep] != "to" or tree.lower[home] != "home":
        return
    count, number = quantities.count_of(ctx.block, i), tree.first(i, "nummod")
    if count is None or number is None or tree.of(i, "relcl", "acl"):
        return
    up = tree.head[home]
    bearers: list[tuple[MentionDraft, Factuality]] = list(_subjects(ctx, up))
    if up < home and tree.pos[up] in NOUNS:
        bearers = [(ctx.mention(up), PLAIN)]
    for place, how in bearers:
        if place.type == "GPE" or place.head.lemma_.lower() in _INHABITED:
            amount, tokens = ctx.quantity(ctx.doc[number : number + 1], count), [ctx.doc[i]]
            ctx.add_claim(place, rel.POPULATION, amount, rules.AMOUNT_OF, tokens=tokens, factuality=how)


def _ranked(ctx: BlockContext, verb: int) -> None:
    """ "finished third in the race", "ranks 12th in the index": which in a row one is, and of what."""
    tree = ctx.tree
    for k in tree.kids[verb]:
        if k < verb or not (tree.lower[k] in _ORDINALS or _ORDINAL.fullmatch(tree.lower[k])):
            continue
        last = k
        for prep in (*tree.of(k, "prep"), *tree.of(verb, "prep")):
            if prep == k + 1 and tree.lower[prep] in _AMONG:
                last = tree.right[prep]
        if last == k:
            return
        span = ctx.doc[k : last + 1]
        place = MentionDraft(ctx.block, span, ctx.doc[k], "attribute", "Concept", span.text)
        ctx.reading.add(place, argument=False)
        for who, how in _subjects(ctx, verb):
            ctx.add_claim(who, rel.RANK, place, rules.RANKED, tokens=[ctx.doc[verb]], factuality=how)


def of_noun(ctx: BlockContext, i: int) -> None:
    """ "the 212-metre tower", "a 6.4-magnitude earthquake", "a 45,000-seat hall": a measure before a noun."""
    tree = ctx.tree
    if ctx.name[i] is None:
        measured = quantities.measure_of(ctx.block, i)
        found = None if measured is None else _of_kind(tree.lemma[i], ctx.noun_type(i), measured[1])
        if found is not None and measured is not None:
            _say(ctx, i, found, ctx.quantity(*measured))
    for k in tree.of(i, "compound", "nmod", "amod"):
        relation = _PARTS.get(tree.lemma[k])
        if relation is not None and k > 1 and tree.lower[k - 1] in ("-", "–"):
            value = next((v for s, v in quantities.numbers_of(ctx.block).spans if s.end == k - 1), None)
            if value is not None:
                _say(ctx, i, relation, ctx.quantity(ctx.doc[k - 2 : k - 1], value))


def _say(ctx: BlockContext, i: int, relation: str, amount: MentionDraft) -> None:
    bearer = ctx.bearer(i)
    if bearer is not None and bearer.kind in ("name", "nominal"):
        ctx.add_claim(bearer, relation, amount, rules.MEASURE_BEFORE, tokens=[ctx.doc[i]])


def _of_kind(lemma: str, kind: str, value: Value) -> str | None:
    """Give what an amount before a noun is of its thing."""
    found = dimension(value)
    if found == "length":
        return _ALONG.get(lemma)
    if found == "money":
        return rel.PRICE if kind in ("Facility", "Product") else None
    return found if found in ("area", "mass") and kind in ("Facility", "Location", "GPE", "Product") else None


def in_brackets(ctx: BlockContext, name: MentionDraft, first: int) -> None:
    """ "the Elbe (1,094 km)", "Mount Terek (5,033 m)": the measure that a thing of its kind is known by."""
    amount = _amount(ctx, first)
    if amount is None or amount.value is None or amount.span.start != first:
        return
    found = dimension(amount.value)
    kinds = [_ALONG.get(word) for word in name.label.lower().split()]
    if found == "area" and name.type in ("GPE", "Location", "Facility"):
        ctx.add_claim(name, rel.AREA, amount, rules.MEASURE_BRACKET)
    elif found == "length" and any(kinds):
        ctx.add_claim(name, next(k for k in kinds if k), amount, rules.MEASURE_BRACKET)


def distances(ctx: BlockContext) -> None:
    """ "lies 40 km north of Linz", "a village 12 miles from Linz": how far a thing is from a named one."""
    for amount in ctx.amounts:
        if dimension(amount.value) == "length":
            _distance(ctx, amount)


def _distance(ctx: BlockContext, amount: MentionDraft) -> None:
    tree, top = ctx.tree, ctx.top(amount)
    way = tree.head[top]
    if tree.dep[top] not in ("npadvmod", "nmod", "advmod", "quantmod") or tree.lower[way] not in _DIRECTIONS:
        return
    origin = _origin(ctx, way)
    if origin is None:
        return
    up = tree.head[way]
    while tree.pos[up] in ("ADV", "ADP") and tree.head[up] != up:
        up = tree.head[up]
    bearers: list[tuple[MentionDraft, Factuality]] = list(_subjects(ctx, up))
    if not bearers and tree.pos[up] in NOUNS and up < top:
        bearer = ctx.bearer(up)
        bearers = [(bearer, PLAIN)] if bearer is not None else []
    for who, how in bearers:
        tokens, ends = [ctx.doc[way]], [("from", origin)]
        if who is not origin:
            ctx.add_claim(
                who, rel.DISTANCE, amount, rules.DISTANCE, tokens=tokens, factuality=how, qualifiers=ends
            )


def _origin(ctx: BlockContext, way: int) -> MentionDraft | None:
    """Give what a distance is from: behind "from", "north of", "away from"."""
    tree = ctx.tree
    preps = [way] if tree.lower[way] in ("from", "off", "outside") else tree.of(way, "prep")
    preps += [k for k in tree.of(tree.head[way], "prep") if k == way + 1]
    for prep in preps:
        o = tree.first(prep, "pobj")
        if o is not None and tree.lower[prep] in ("of", "from", "off", "outside", "to"):
            return ctx.mention(o) if ctx.name[o] is not None else None
    return None


def superlative(ctx: BlockContext, verb: int) -> None:
    """ "At 212 metres, the tower is the tallest in Norland": what a superlative is measured by."""
    tree = ctx.tree
    if tree.lemma[verb] != "be" or verb not in ctx.block.factualities:
        return
    for prep in tree.of(verb, "prep"):
        amount = _amount(ctx, tree.first(prep, "pobj")) if tree.lower[prep] in ("at", "with") else None
        if amount is None or prep > verb or dimension(amount.value) != "length":
            continue
        relation, tokens = _most(ctx, verb), [ctx.doc[verb]]
        for who, how in _subjects(ctx, verb) if relation is not None else ():
            assert relation is not None
            ctx.add_claim(who, relation, amount, rules.MEASURE_ADJECTIVE, tokens=tokens, factuality=how)


def _most(ctx: BlockContext, verb: int) -> str | None:
    """Give what the superlative behind a copula measures: "the tallest in Norland"."""
    tree = ctx.tree
    told = (
        k for a in tree.of(verb, "attr", "acomp") for k in (a, *tree.of(a, "amod")) if tree.tag[k] == "JJS"
    )
    return next((r for k in told if (r := _ADJECTIVES.get(tree.lemma[k]))), None)


def _amount(ctx: BlockContext, i: int | None) -> MentionDraft | None:
    found = ctx.value[i] if i is not None else None
    return found if found is not None and found.kind == "quantity" else None


def _subjects(ctx: BlockContext, verb: int) -> Iterator[tuple[MentionDraft, Factuality]]:
    """Give those of whom a verb tells something, with how it stands to what is so."""
    tree, first = ctx.tree, verb
    how = ctx.block.factualities.get(verb)
    if how is None:
        return
    while (
        not tree.of(first, "nsubj", "nsubjpass") and tree.dep[first] == "conj" and tree.head[first] != first
    ):
        first = tree.head[first]
    for s in tree.of(first, "nsubj", "nsubjpass"):
        a = ctx.antecedent(s, first)
        if tree.pos[a] in (*NOUNS, "PRON") and ctx.value[a] is None:
            yield ctx.mention(a), how
