"""What names an office, a profession or a kin, and whom somebody is it for."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg import relations as rel
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.claims.rules import KIN, Rule
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.reading import MentionDraft

HEADS = words("nominals", "office", "heads")
HONORIFICS = words("nominals", "office", "honorifics")
FORMER = words("nominals", "office", "former")
# What stands in a title and is no part of the office.
DROPPED = FORMER | words("nominals", "office", "epithets") | {"-"}
FOUNDERS = words("nominals", "office", "founders")
RANKS = mapping("nominals", "rank")
NO_EMPLOYER = frozenset(("Person", "Concept", "Work", "Event", "Product"))
_OF_NO_OFFICE = words("nominals", "office", "no_office") | HONORIFICS | {"owner"}
_OF_STATES = words("nominals", "office", "of_states")
_PUBLIC = words("nominals", "office", "public")
_PORTFOLIOS = words("nominals", "office", "portfolios")
_PARTS = words("nominals", "office", "parts")
_ENDINGS = tuple(words("nominals", "office", "endings"))
_KIN = {word: kind for kind in reversed(KIN) for word in words("nominals", "kin", kind)}


def kin(lemma: str) -> str | None:
    """Give the relation that a kinship noun names, from the one whose kin it is."""
    return _KIN.get(lemma)


def is_office(ctx: BlockContext, i: int) -> bool:
    """Whether a noun names an office, a post or a profession."""
    tree = ctx.tree
    lemma, lower = tree.lemma[i], tree.lower[i]
    if lemma in HEADS or lower in HEADS or lower in RANKS:
        return True
    if lemma in _OF_NO_OFFICE or kin(lemma):
        return False
    trade = lower.endswith(_ENDINGS) and tree.tag[i] in ("NN", "NNP")
    return trade and nominal_type(ctx.doc[i])[0] == "Person"


def held(former: bool) -> str:
    """Give the relation to an office that is held, or is no longer."""
    return rel.FORMER_POSITION if former else rel.POSITION_HELD


def first_of_title(ctx: BlockContext, last: int) -> int:
    """Give the first word of the title that ends at a noun."""
    first = last
    while first > 0 and _is_in_title(ctx, first - 1) and ctx.same_sentence(first - 1, last):
        first -= 1
    return first


def _is_in_title(ctx: BlockContext, i: int) -> bool:
    tree = ctx.tree
    if ctx.demonym[i] is not None:
        return False
    name = ctx.name[i]
    if name is not None:
        return len(name.span) == 1 and tree.lower[i] in _PORTFOLIOS
    if tree.lower[i] == ".":
        return i > 0 and f"{tree.lower[i - 1]}." in RANKS
    if tree.lower[i] == "-":
        return i > 0 and tree.pos[i - 1] in (*NOUNS, "ADJ")
    noun = tree.pos[i] in (*NOUNS, "ADJ") and tree.tag[i] not in ("NNS", "CD")
    return noun or tree.lower[i] in _PARTS


def affiliate(
    ctx: BlockContext,
    person: MentionDraft,
    name: MentionDraft,
    rule: Rule,
    *,
    lemma: str = "",
    less: float = 0.0,
    factuality: Factuality = PLAIN,
    tokens: Sequence[Token] = (),
) -> None:
    """Say whom an office is for: a country, a place, an employer; founders found, owners own.

    It is `less` sure than the rule.
    """
    subject, relation, end, sure = person, rel.EMPLOYER, name, rule.prior - less
    if lemma in FOUNDERS or lemma == "owner":
        relation = rel.OWNED_BY if lemma == "owner" else rel.FOUNDED_BY
        subject, end = name, person
    elif name.type == "GPE" and lemma not in _OF_STATES and is_country(name.label):
        relation = rel.COUNTRY
    elif name.type in ("GPE", "Location"):
        if lemma not in _PUBLIC:
            return
        relation, sure = rel.JURISDICTION, sure - 0.05
    elif name.type == "Group" or (lemma == "fellow" and name.type == "Organization"):
        relation, sure = rel.MEMBER_OF, sure - 0.05
    elif name.type not in ("Organization", "Facility"):
        return
    ctx.add_claim(subject, relation, end, rule, confidence=sure, factuality=factuality, tokens=tokens)
