"""What a person's apposition says that the person is."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext
from kg.extract.claims.nominal.descriptions import Description, describe
from kg.extract.claims.nominal.offices import (
    FORMER,
    HEADS,
    PARTIES,
    affiliate,
    first_of_title,
    held,
    is_office,
    kin,
)
from kg.extract.lexicon import words
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft

_SUBJECTS = frozenset(("nsubj", "nsubjpass"))
_ARTICLES = frozenset(("a", "an", "the"))
_ONCE = words("nominals", "office", "once")
_NOW = words("nominals", "office", "now")
# How many signs and ages may stand between a name and what renames it.
_BETWEEN = 4
_UNTIL_NOW = frozenset({("until", "now"), ("until", "recently"), ("until", "then"), ("till", "now")})
# Within how many words of an office it is told since when it is held.
_SINCE = 6
# How many words an office may have up to its noun.
_OFFICE = 6


def appositions(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Sundar Pichai, the head of Google" and "the agency's head, Jane Doe"."""
    tree = ctx.tree
    top = ctx.top(person)
    if ctx.is_owner(person):
        return  # "from the tsar's confessor, Andrew": what follows is not the tsar
    _behind(ctx, person, top)
    _until_now(ctx, person)
    _in_front(ctx, person, top)
    above = _renamed_by(ctx, top)
    further = None if above is None else constructions.apposition(tree, above.head)
    if further is not None and further.renaming in ctx.used:
        above = further  # "Hale's mother, the painter Ruth Hale"
    if above is not None and _is_title(ctx, above.head) and tree.pos[above.head] in NOUNS:
        for noun in _titles(ctx, above.head):
            if noun not in ctx.used:
                describe(ctx, Description(person, noun, rules.APPOSITION))
    elif not ctx.used.intersection(range(max(0, person.span.start - 4), person.span.start)):
        _office_comma(ctx, person)


def _is_title(ctx: BlockContext, noun: int) -> bool:
    """Whether a noun may be what somebody is, though its capitals look like those of a body: "MP"."""
    name = ctx.name[noun]
    return name is None or (len(name.span) == 1 and ctx.tree.lower[noun] in HEADS)


def _behind(ctx: BlockContext, person: MentionDraft, top: int) -> None:
    """ "Ida Moe, 52, chief executive of Volvo": what stands behind a name, one apposition after the other."""
    end = person.span.end
    for a in _in_turn(ctx, person):
        former = _renames(ctx, end, a.renaming) if a.renaming > top else None
        if former is None or _names_other(ctx, a.renaming):
            continue
        for noun in same_kind(ctx, ctx.inner(a.renaming), apposed=True):
            if ctx.name[noun] is None or is_office(ctx, noun) or _is_party_member(ctx, noun):
                _describe(ctx, Description(person, noun, rules.APPOSITION, former=former))
        _office_behind_kin(ctx, person, a.renaming)
        end = ctx.tree.right[a.renaming] + 1


def _names_other(ctx: BlockContext, noun: int) -> bool:
    """Whether a noun in brackets is for somebody else: "Ida Moe (her predecessor, Jan Ek, left)"."""
    tree, behind = ctx.tree, noun + 2
    if tree.lower[tree.left[noun] - 1] != "(" or ctx.owner(noun) is None:
        return False
    other = ctx.name[behind] if behind < tree.n and tree.lower[noun + 1] == "," else None
    return other is not None and other.type == "Person"


def _in_turn(ctx: BlockContext, person: MentionDraft) -> list[constructions.Apposition]:
    """Give what renames a person, also where it hangs on a first: "Ida Moe, his niece, a lecturer"."""
    own = ctx.appositions(person)
    behind = [
        b
        for a in own
        if ctx.name[a.renaming] is None and a.renaming > person.span.start
        for b in constructions.appositions(ctx.tree, a.renaming)
        if b.renaming > a.renaming
    ]
    return [*own, *(b for b in behind if ctx.name[b.renaming] is None)]


def _office_behind_kin(ctx: BlockContext, person: MentionDraft, noun: int) -> None:
    """ "Karl Lund, a grandson of the founder and chairman of Norwind since 2003": he is the chairman."""
    tree = ctx.tree
    if kin(tree.lemma[noun]) is None:
        return
    for o in ctx.objects_of(noun, "of"):
        since = "since" in tree.lower[o : o + _SINCE]
        if tree.dep[o] == "conj" and since and not tree.of(o, "det") and is_office(ctx, o):
            describe(ctx, Description(person, o, rules.APPOSITION))


def _until_now(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Viktor Halas, until now the minister of transport": what somebody was up to what is told."""
    tree, at = ctx.tree, person.span.end
    words = tuple(tree.lower[at + 1 : at + 3])
    if tree.lower[at : at + 1] != [","] or words not in _UNTIL_NOW:
        return
    for noun in range(at + 3, min(at + 3 + _OFFICE, tree.n)):
        if tree.pos[noun] in NOUNS and is_office(ctx, noun) and ctx.name[noun] is None:
            if tree.head[noun] != noun + 1 or tree.dep[noun] != "compound":
                _describe(ctx, Description(person, noun, rules.APPOSITION, former=True))
                return
        elif tree.pos[noun] not in ("DET", "ADJ", *NOUNS):
            return


def _in_front(ctx: BlockContext, person: MentionDraft, top: int) -> None:
    """ "A native of Ulm, Karl Berg moved to Lund": what opens a sentence says what its subject is."""
    tree, comma = ctx.tree, person.span.start - 1
    if comma < 2 or tree.lower[comma] != "," or tree.dep[top] not in _SUBJECTS:
        return
    start, verb = int(person.head.sent.start), tree.head[top]
    if tree.lower[start] not in ("a", "an") or tree.of(top, "conj"):
        return
    noun = tree.head[start]
    alone = tree.head[noun] == verb and tree.left[noun] == start and tree.right[noun] + 1 == comma
    if start < noun < comma and alone and noun not in ctx.used and tree.tag[noun] in ("NN", "NNP"):
        if ctx.name[noun] is None and ctx.noun_type(noun) == "Person":
            for one in same_kind(ctx, noun, apposed=True):
                _describe(ctx, Description(person, one, rules.APPOSITION))


def _describe(ctx: BlockContext, d: Description) -> None:
    """Say what a description says of a person, in the words of the text if it says no more than that."""
    tree, noun, said = ctx.tree, d.noun, len(ctx.reading.claims)
    describe(ctx, d)
    if (
        len(ctx.reading.claims) > said
        or tree.tag[noun] != "NN"
        or d.former
        or ctx.noun_type(noun) != "Person"
    ):
        return
    told = next(ctx.preps(noun), None) is not None or bool(tree.of(noun, "amod", "compound", "relcl", "acl"))
    if told and ctx.has_det(noun, *_ARTICLES) and len((what := ctx.mention(noun)).label.split()) > 1:
        ctx.add_claim(d.person, "be", what, rules.DESCRIBED)  # "a person" tells nothing


def _over(
    ctx: BlockContext, name: MentionDraft, above: constructions.Apposition
) -> constructions.Apposition | None:
    """ "the head of Ajax Motors, Ann Lee", where the parser lets her rename the company."""
    tree = ctx.tree
    prep = tree.head[ctx.top(name)]
    noun = tree.head[prep]
    office = tree.pos[prep] == "ADP" and tree.pos[noun] == "NOUN" and ctx.noun_type(noun) == "Person"
    return (
        constructions.Apposition(noun, above.renaming, above.gap)
        if office and ctx.name[noun] is None
        else None
    )


def _titles(ctx: BlockContext, head: int) -> list[int]:
    """Give the nouns that a name renames as one: "the firm's founder and chief executive, Ida Moe"."""
    tree, first = ctx.tree, head
    while tree.dep[first] == "conj" and ctx.name[tree.head[first]] is None:
        first = tree.head[first]
    return [
        c
        for c in tree.conjuncts(first)
        if c == head or (ctx.name[c] is None and not _is_marked(ctx, max(c, head)) and not _is_named(ctx, c))
    ]


def _is_named(ctx: BlockContext, noun: int) -> bool:
    """Whether another name is that of a noun: "her husband, Piet, and son, Karl" are two."""
    return any(ctx.name[a.renaming] is not None for a in constructions.appositions(ctx.tree, noun))


def _is_marked(ctx: BlockContext, noun: int) -> bool:
    """Whether a noun has an article, a possessor or another name of its own."""
    renamed = any(ctx.name[a.renaming] is None for a in constructions.appositions(ctx.tree, noun))
    return renamed or bool(ctx.tree.of(noun, "det")) or ctx.owner(noun) is not None


def _renamed_by(ctx: BlockContext, top: int) -> constructions.Apposition | None:
    """Give the noun that a name renames; of several names, the noun in the plural before the first."""
    tree, first = ctx.tree, top
    while tree.dep[first] == "conj" and ctx.name[tree.head[first]] is not None:
        first = tree.head[first]
    above = constructions.apposition(tree, first)
    if above is not None and (name := ctx.name[above.head]) is not None and name.type != "Person":
        return _over(ctx, name, above) or above
    many = above is not None and tree.tag[above.head] in ("NNS", "NNPS")
    return above if first == top or many else None


def _renames(ctx: BlockContext, end: int, k: int) -> bool | None:
    """Whether an apposition follows at once what ends before a token, and tells of what was; None if not.

    A list of guests does not say who they are; an age or "then" may stand between.
    """
    tree = ctx.tree
    if not _may_rename(ctx, k) or _titles_other(ctx, end, k):
        return None
    between = list(range(end, tree.left[k]))
    once = [t for t in between if tree.lower[t] in _ONCE]
    rest = [t for t in between if t not in once and tree.lower[t] not in _NOW]
    signs = all(tree.pos[t] in ("PUNCT", "SPACE") or tree.lower[t].isdecimal() for t in rest)
    return bool(once) if signs and len(rest) <= _BETWEEN else None


def _may_rename(ctx: BlockContext, k: int) -> bool:
    """Whether a token is a noun that may say what somebody is."""
    known = ctx.name[k] is not None and not is_office(ctx, k) and not _is_party_member(ctx, k)
    return k not in ctx.used and ctx.tree.pos[ctx.inner(k)] in NOUNS and not known


def _is_party_member(ctx: BlockContext, k: int) -> bool:
    """Whether a word with an article says whose party somebody is of: "a Liberal"."""
    return ctx.doc[k].text in PARTIES and ctx.tree.lower[k - 1] in ("a", "an")


def _titles_other(ctx: BlockContext, end: int, k: int) -> bool:
    """Whether a noun stands before another name: "Ann Lee, the child of Jan Lee and the actress Eva Holm"."""
    titled = ctx.titled(k)
    return titled is not None and titled.type == "Person" and titled.span.start >= end


def same_kind(ctx: BlockContext, noun: int, *, apposed: bool = False) -> list[int]:
    """Give a noun and those coordinated with it, without what marks somebody else.

    "A lawyer and politician" is one person; "the son of a lawyer and the actor" may be two, and "a grocer
    and his wife Ann" are. Behind a name, "the chair of the bank and a member of the board" are `apposed`.
    """
    return [c for c in ctx.tree.conjuncts(noun) if c == noun or _is_same(ctx, noun, c, apposed=apposed)]


def _is_same(ctx: BlockContext, noun: int, other: int, *, apposed: bool) -> bool:
    tree, name = ctx.tree, ctx.name[other + 1] if other + 1 < ctx.tree.n else None
    if ctx.owner(other) is not None and ctx.owner(noun) is None:
        return False
    if name is not None and name.type == "Person" and name.span.start == other + 1:
        return False
    first = {tree.lower[k] for k in tree.of(noun, "det")} & _ARTICLES
    own = {tree.lower[k] for k in tree.of(other, "det")}
    if not own or (apposed and next(ctx.preps(other), None) is not None):
        return True
    return bool(first and ("the" in own) == ("the" in first))


def _office_comma(ctx: BlockContext, person: MentionDraft) -> None:
    """ "the agency's director-general, Jane Doe, said", where the parser sees no apposition."""
    tree, comma, after = ctx.tree, person.span.start - 1, person.span.end
    if comma < 2 or tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in (",", "."):
        return
    last = comma - 1
    if not _ends_office(ctx, last):
        return
    first = first_of_title(ctx, last)
    before = first - 1
    if not _begins_office(ctx, before):
        return
    former = tree.lower[first] in FORMER
    office = ctx.nominal(first + former, last + 1, "Position")
    ctx.used.update(range(first, last + 1))
    ctx.add_claim(person, held(former), office, rules.OFFICE_COMMA)
    owner = before - 1
    if tree.tag[before] != "POS":
        return
    if ctx.name[owner] is not None:
        affiliate(ctx, person, ctx.mention(owner), rules.OFFICE_OF_COMMA, lemma=tree.lemma[last])
    elif tree.pos[owner] == "NOUN":
        ctx.add_claim(person, rel.EMPLOYER, ctx.mention(owner), rules.OFFICE_OF_COMMA, confidence=0.75)


def _ends_office(ctx: BlockContext, last: int) -> bool:
    tree = ctx.tree
    joined = last >= 2 and tree.lower[last - 1] == "-" and tree.lower[last - 2] in HEADS
    return ctx.name[last] is None and (joined or (tree.pos[last] in NOUNS and is_office(ctx, last)))


def _begins_office(ctx: BlockContext, before: int) -> bool:
    """Whether the word before an office and a comma lets a name follow: a possessor, or "the" at a start.

    "They met the president, Jane Doe, ..." is read from the parse or not at all.
    """
    tree = ctx.tree
    if before < 1:
        return False
    if tree.lower[before] == "the":
        return tree.pos[before - 1] in ("PUNCT", "CCONJ")
    return tree.tag[before] in ("POS", "PRP$")
