"""Of what country people are who are called by its adjective or its people, also several at once."""

from __future__ import annotations

from collections.abc import Iterator

from kg import relations as rel
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, demonym_of, is_country
from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import lemma_type
from kg.extract.lexicon.sets import PLACES
from kg.extract.reading import MentionDraft

_ARTICLES = frozenset({"a", "an"})
# Who is called so by what he teaches or speaks: "the French teacher".
_BY_LANGUAGE = frozenset("teacher professor lecturer tutor speaker translator interpreter scholar".split())
_CITIZENSHIP = words("nominals", "citizenship", "papers")
_HOLDING = words("nominals", "citizenship", "holding")
_JOINING = frozenset({"and", "or", "&"})
_CLOSING = frozenset({",", ".", ";", ")", "who"})


def of_person(ctx: BlockContext, person: MentionDraft) -> None:
    """ "The Latvian sisters Ilze and Marta Kalis", "the Swede Karin Moe", "Ada Lund, a Dane,"."""
    found = _called_before(ctx, person.span.start)
    if found is not None:
        land, several = found
        for one in (person, *_joined(ctx, person)) if several else (person,):
            ctx.add_claim(one, rel.COUNTRY, land, rules.TITLE_COUNTRY)
    behind = _called_behind(ctx, person.span.end)
    if behind is not None:
        ctx.add_claim(person, rel.COUNTRY, behind, rules.TITLE_COUNTRY)


def of_thing(ctx: BlockContext, name: MentionDraft) -> None:
    """ "Verlinde of the Netherlands": the country right behind the name of a body or place."""
    lower, prep = ctx.tree.lower, name.span.end
    at = prep + 1 + (lower[prep + 1 : prep + 2] == ["the"])
    land = ctx.name[at] if at < ctx.tree.n and lower[prep] == "of" else None
    if land is None or land.span.start != at or land.type != "GPE" or not is_country(land.label):
        return
    if name.type in ("Organization", *PLACES) and ctx.tree.tag[name.head.i] in ("NNP", "NNPS", "NN"):
        ctx.add_claim(name, rel.COUNTRY, land, rules.PERSON_OF, tokens=[ctx.doc[prep]])


def citizenship(ctx: BlockContext, verb: int) -> None:
    """ "She holds Danish citizenship", "acquired a Spanish passport": of what country somebody is thereby."""
    tree, how = ctx.tree, ctx.block.factualities.get(verb)
    subject = tree.first(verb, "nsubj")
    if tree.lemma[verb] not in _HOLDING or subject is None or how is None:
        return
    for paper in (
        o for o in tree.of(verb, "dobj") if tree.lemma[o] in _CITIZENSHIP and not ctx.has_det(o, "no")
    ):
        who = ctx.mention(ctx.antecedent(subject, verb))
        for k in tree.of(paper, "amod", "compound") if who.type == "Person" else ():
            land = _land(ctx, k)
            if land is not None:
                ctx.add_claim(who, rel.COUNTRY, land, rules.TITLE_COUNTRY, factuality=how)


def _called_before(ctx: BlockContext, start: int) -> tuple[MentionDraft, bool] | None:
    """Give the country of whom a word before a name makes one of its people; whether it is of several."""
    tree, k = ctx.tree, start - 1
    if k < 1:
        return None
    noun = k
    if ctx.name[k] is None and ctx.demonym[k] is None and lemma_type(tree.lemma[k]) == "Person":
        if tree.tag[k][:2] not in ("NN", "RB", "JJ") or tree.lemma[k] in _BY_LANGUAGE:
            return None
        k -= 1
    elif tree.lower[k - 1] != "the":
        return None
    land = _land(ctx, k)
    if land is None or not ctx.same_sentence(k, start) or _is_part(ctx, k):
        return None
    return land, tree.tag[noun] in ("NNS", "NNPS")


def _called_behind(ctx: BlockContext, end: int) -> MentionDraft | None:
    tree = ctx.tree
    if end + 3 >= tree.n or tree.lower[end] != "," or tree.lower[end + 1] not in _ARTICLES:
        return None
    return _land(ctx, end + 2) if tree.lower[end + 3] in _CLOSING else None


def _land(ctx: BlockContext, k: int) -> MentionDraft | None:
    """Give the country that a word makes somebody one of the people of."""
    known = demonym_of(ctx.doc[k].text)
    if known is None or known.type != "GPE" or not is_country(known.label):
        return None
    name = ctx.name[k]
    if name is not None and len(name.span) > 1:
        return None
    if ctx.demonym[k] is not None:
        return ctx.demonym[k]
    span = ctx.doc[k : k + 1]
    draft = MentionDraft(ctx.block, span, span.root, "attribute", known.type, known.label)
    return ctx.reading.add(draft, argument=False)


def _is_part(ctx: BlockContext, k: int) -> bool:
    """Whether a word belongs to one before it: "anti-Polish", "Anglo-Irish"."""
    return ctx.tree.lower[k - 1] in ("-", "–") or ctx.tree.tag[k - 1] == "NNP"


def _joined(ctx: BlockContext, person: MentionDraft) -> Iterator[MentionDraft]:
    """Give the persons that are listed right behind one: "Ilze and Marta", "Ann Lee, Bo Ek and Cy Orr"."""
    tree, end, found = ctx.tree, person.span.end, []
    while end + 1 < tree.n and (tree.lower[end] in _JOINING or tree.lower[end] == ","):
        last = tree.lower[end] in _JOINING
        following = ctx.name[end + 1]
        if following is None or following.type != "Person" or following.span.start != end + 1:
            break
        found.append(following)
        end = following.span.end
        if last:
            yield from found
            return
