"""What lies where."""

from __future__ import annotations

import itertools

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.lexicon import gazetteer, mapping, words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.sets import BEFORE_NOUNS, NOUNS, PLACES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

_LOCATIVE = words("nominals", "place", "locative")
_CLOSE = mapping("nominals", "place", "close")
_DOING = words("nominals", "place", "doing")
_AGAINST = words("nominals", "place", "against")
_PLAYING = words("nominals", "place", "playing")
EMPTY = words("nominals", "place", "empty")
_AMOUNTS = words("nominals", "value", "heads")
_SORTS, _PARTS = words("nominals", "kind", "tags"), words("nominals", "place", "parts")
# How many places one may name, each in the next.
_LONGEST = 6
_CLOSING = frozenset((",", ".", ";", ")", ":"))
_HOUSES = words("nominals", "place", "houses")
_SAINTS = words("names", "extent", "saints")


def is_capital(tree: Tree, i: int) -> bool:
    """Whether a noun names a capital: "capital", "capital city"."""
    city = tree.lemma[i] == "city" and any(tree.lower[k] == "capital" for k in tree.of(i, "compound", "amod"))
    return city or tree.lemma[i] == "capital"


def location(ctx: BlockContext, i: int) -> None:
    """ "the hospital in Gaza", "Mosul in northern Iraq"."""
    tree, name = ctx.tree, ctx.name[i]
    if not _may_lie(ctx, i):
        return
    kind, happening = ctx.noun_type(i), tree.lemma[i] in event_nouns()
    for word, prep in ctx.preps(i):
        if word not in _LOCATIVE or (happening and word == "on"):
            continue
        if name is not None and tree.lower[prep - 1] == "," and name.span.end < prep - 1:
            continue  # "between the earls of Ost and the dukes of Vik, in Norland"
        if _is_of_time(ctx, i, prep):
            continue  # "Ada of Vik (1857 – 1931 in Bonn)": it is told of the time
        for o in (_by_name(ctx, o) for o in ctx.objects(prep)):
            if ctx.is_place(o) and ctx.name[o] is not name:
                _lies(ctx, i, kind, prep, o)


def _is_of_time(ctx: BlockContext, i: int, prep: int) -> bool:
    """Whether a time stands before a place, in brackets that open behind a noun or behind another place."""
    from_here = i if ctx.is_place(i) else None
    opening = next((k for k in range(i + 1, prep) if ctx.tree.lower[k] == "("), from_here)
    times = (ctx.value[k] for k in range(opening + 1, prep)) if opening is not None else ()
    return any(t is not None and t.kind == "time" for t in times)


def _by_name(ctx: BlockContext, o: int) -> int:
    """Give the name that a noun tells the kind or a part of: "the city of Ulm", "the north of Ulm"."""
    if ctx.is_place(o) or ctx.tree.lemma[o] not in _SORTS | _PARTS:
        return o
    inner = (k for word, prep in ctx.preps(o) if word == "of" for k in ctx.objects(prep))
    return next((k for k in inner if ctx.is_place(k) and ctx.name[k] is not None), o)


def _may_lie(ctx: BlockContext, i: int) -> bool:
    """Whether a place behind a noun tells where the noun's thing is."""
    tree, name, up = ctx.tree, ctx.name[i], ctx.tree.head[i]
    if tree.pos[i] not in NOUNS or ctx.value[i] is not None or ctx.demonym[i] is not None:
        return False
    if name is not None and (ctx.top(name) != i or name.type in ("Person", "Work", "Law")):
        return False
    if tree.lemma[i] in EMPTY if name is None else _is_rival(tree, i, name):
        return False
    if _is_of_deed(ctx, i):
        return False
    if tree.dep[i] != "pobj":
        return True
    if tree.lower[up] == "by" and tree.pos[tree.head[up]] == "NOUN":
        return False  # "operations by their forces in Lebanon": the operations are there
    # "gave concerts of his music in Moscow": the concerts were there
    inner = tree.lower[up] == "of" and name is None
    return not (inner and ctx.noun_type(i) in ("Concept", "Work", "Event"))


def _is_of_deed(ctx: BlockContext, i: int) -> bool:
    """Whether a place is that of what is done to an object: "won the Shield in Ulm", "sued a firm in Ulm"."""
    tree = ctx.tree
    if tree.dep[i] != "dobj" or tree.lemma[tree.head[i]] not in _DOING:
        return False
    return ctx.noun_type(i) not in ("Facility", "Location", "GPE")


def _is_rival(tree: Tree, i: int, name: MentionDraft) -> bool:
    """Whether a place is that of a match, and not of whom one plays there: "will face Kaunor in Riga"."""
    up = tree.head[i]
    if tree.dep[i] == "pobj":
        return tree.lower[up] in _AGAINST and any(tree.lower[p] == "at" for p in tree.of(i, "prep"))
    if name.type not in ("Organization", "GPE", "Group"):
        return False
    return tree.dep[i] in ("dobj", "conj") and tree.lemma[up] in _PLAYING


def _lies(ctx: BlockContext, i: int, kind: str, prep: int, o: int) -> None:
    happening = ctx.tree.lemma[i] in event_nouns()
    how = event_factuality(ctx, i) if kind in ("Event", "Concept") or happening else PLAIN
    subject = ctx.bearer(i)
    if subject is None or (subject.kind == "pronoun" and kind == "Person"):
        return
    if i in ctx.used and subject.kind == "name" and subject.type == "Person":
        return  # "the ambassador in Lisbon, Omar Dahl": where he works, not where he lies
    relation, sure = _CLOSE.get(ctx.tree.lower[prep], rel.LOCATED_IN), _confidence(ctx, i, kind, happening)
    place, tokens = ctx.mention(o), [ctx.doc[prep]]
    ctx.add_claim(subject, relation, place, rules.NOUN_PLACE, confidence=sure, factuality=how, tokens=tokens)


def _confidence(ctx: BlockContext, i: int, kind: str, happening: bool) -> float:
    """How sure it is that a place behind a noun is where the noun's thing is.

    "Sold copies in Spain" tells where the selling was, "a farmer in Spain" what somebody does there.
    """
    tree = ctx.tree
    if ctx.name[i] is not None:
        return 0.85
    if happening or tree.lemma[i] in _AMOUNTS:
        return rules.NOUN_PLACE.prior
    if kind == "Person" or kind == "Concept":
        return 0.45
    if tree.dep[i] == "dobj" and kind in ("Product", "Work", "Event", "Group", "Law"):
        return 0.45
    return rules.NOUN_PLACE.prior


def inside(ctx: BlockContext, place: MentionDraft) -> None:
    """ "Lyon, France", "Huangpi, Wuhan, Hubei, China": the larger place after each comma.

    The parser's apposition or a state or country at the end tells this from a list of places.
    """
    tree, start = ctx.tree, place.span.start
    before = ctx.name[start - 2] if start >= 2 else None
    if (
        place.type not in PLACES
        or len(place.label.rstrip(".")) == 1
        or (before is not None and tree.lower[start - 1] == ",")
    ):
        return
    chain = _chain(ctx, place)
    if len(chain) < 2 or any(is_country(p.label) for p in chain[:-1]) or _goes_on(ctx, chain[-1].span.end):
        return
    if _is_wide(chain[-1]) or (len(chain) == 2 and _renames(ctx, *chain)):
        for inner, outer in itertools.pairwise(chain):
            ctx.add_claim(inner, rel.LOCATED_IN, outer, rules.PLACE_COMMA)
            if is_country(outer.label):
                ctx.add_claim(inner, rel.COUNTRY, outer, rules.PLACE_COMMA)


def owned(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Peru's Alianza Tarma", "Ulm's Vero Pumps", "Portugal's Vilamar": whose something is by its land."""
    tree, mark = ctx.tree, name.span.start - 1
    land = ctx.name[mark - 1] if mark > 0 and tree.tag[mark] == "POS" else None
    if (
        land is None
        or land.type not in PLACES
        or land.span.end != mark
        or not ctx.same_sentence(mark, mark + 1)
    ):
        return
    if tree.dep[ctx.top(name)] in BEFORE_NOUNS or ctx.is_owner(name) or land.type == "Location":
        return  # "Russia's United Nations ambassador", "Peru's Inca trail"
    country = is_country(land.label)
    if name.type == "Organization":
        relation = rel.COUNTRY if country else rel.BASED_IN
    elif name.type in (*PLACES, "Facility"):
        relation = rel.LOCATED_IN
    else:
        return
    ctx.add_claim(name, relation, land, rules.NAME_OWNED)


def built_in(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Larkfield College, Dunmore,", "St Olave's, Hexton": the town behind what stands there.

    Several towns behind a comma are a list; one word may be for a team ("City").
    """
    tree, end = ctx.tree, name.span.end
    saint = end < tree.n and tree.tag[end] == "POS" and name.label.split()[0].lower() in _SAINTS
    end += saint  # "St Olave's, Hexton"
    if end + 1 >= tree.n or tree.lower[end] != "," or not (saint or _is_built(name)):
        return
    town = ctx.name[end + 1]
    if town is None or town.span.start != end + 1 or town.type != "GPE" or is_country(town.label):
        return
    if _is_closed(ctx, town.span.end) and not _begins_list(ctx, name.span.start):
        ctx.add_claim(name, rel.LOCATED_IN, town, rules.PLACE_COMMA)


def _is_closed(ctx: BlockContext, after: int) -> bool:
    """Whether what ends at a token is the last of its list, but for the land that it is in."""
    tree = ctx.tree
    closed = after >= tree.n or tree.lower[after] in _CLOSING or tree.pos[after] in ("VERB", "AUX", "ADP")
    listed = after + 1 < tree.n and tree.lower[after] == "," and ctx.name[after + 1] is not None
    wide = listed and _is_wide(ctx.mention(after + 1))
    return closed and (wide or not listed) and not _goes_on(ctx, after)


def _is_built(name: MentionDraft) -> bool:
    """Whether a name is that of a house, or of a body that has one: a school, a church, a hospital."""
    spelled = [w.lower() for w in name.label.replace("’", "'").split()]
    saint = spelled[0] in _SAINTS and spelled[-1].endswith("s")
    return name.type in ("Facility", "Organization", "GPE") and (
        saint or (len(spelled) > 1 and not _HOUSES.isdisjoint(spelled))
    )


def _begins_list(ctx: BlockContext, start: int) -> bool:
    """Whether a name stands in a list: another one ends at the comma before it."""
    return start > 1 and ctx.tree.lower[start - 1] in (",", "and") and ctx.name[start - 2] is not None


def _chain(ctx: BlockContext, place: MentionDraft) -> list[MentionDraft]:
    """Give a place and those that follow, each after a comma."""
    tree, chain, end = ctx.tree, [place], place.span.end
    while end + 1 < tree.n and tree.lower[end] == "," and len(chain) < _LONGEST:
        first = _behind_comma(ctx, end)
        if first is None:
            break
        larger = ctx.mention(first)
        after = larger.span.end
        modifies = after < tree.n and tree.tag[after] in ("NN", "NNS") and tree.head[ctx.top(larger)] >= after
        if larger.span.start != first or larger.type == "Facility" or modifies:
            break  # "in Los Angeles, New Jersey native Leroy Smith"
        chain.append(larger)
        end = larger.span.end
    return chain


def _behind_comma(ctx: BlockContext, comma: int) -> int | None:
    """Give where a larger place begins behind a comma: "Lyon, France", "Groningen, in the Netherlands"."""
    lower, first = ctx.tree.lower, comma + 1
    if lower[first] == "in":
        first += 2 if lower[first + 1 : first + 2] == ["the"] else 1
        name = ctx.name[first] if first < ctx.tree.n else None
        return first if name is not None and is_country(name.label) else None
    return first if ctx.is_place(first) else None


def _goes_on(ctx: BlockContext, end: int) -> bool:
    """Whether "and" or "or" and a further place make a list of what ends at a token."""
    lower, n = ctx.tree.lower, ctx.tree.n
    after = end + 1 if end < n and lower[end] == "," else end
    return after + 1 < n and lower[after] in ("and", "or") and ctx.is_place(after + 1)


def _is_wide(place: MentionDraft) -> bool:
    known = gazetteer.place_named(place.label)
    return is_country(place.label) or (known is not None and known.kind in ("state", "country"))


def _renames(ctx: BlockContext, place: MentionDraft, last: MentionDraft) -> bool:
    renamed = constructions.apposition(ctx.tree, ctx.top(last))
    return renamed is not None and place.span.start <= renamed.head < place.span.end
