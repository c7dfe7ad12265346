"""What names an office, a profession or a kin, and whom somebody is it for."""

from __future__ import annotations

from collections.abc import Sequence

from spacy.tokens import Token

from kg import relations as rel
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.claims.rules import Rule
from kg.extract.lexicon import inverse, mapping, words
from kg.extract.lexicon.nouns import is_common, nominal_type
from kg.extract.lexicon.sets import NOUNS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

HEADS = words("nominals", "office", "heads")
HONORIFICS = words("nominals", "office", "honorifics")
FORMER = words("nominals", "office", "former")
FORMERLY = words("nominals", "office", "formerly")
# What stands in a title and is no part of the office.
DROPPED = FORMER | words("nominals", "office", "epithets") | {"-"}
FOUNDERS = words("nominals", "office", "founders")
# The relations to what an office is for, when it is no longer held.
ENDED = {
    rel.EMPLOYER: rel.FORMER_EMPLOYER,
    rel.MEMBER_OF: rel.FORMER_MEMBER_OF,
    rel.JURISDICTION: rel.FORMER_JURISDICTION,
    rel.CONSTITUENCY: rel.FORMER_JURISDICTION,
    rel.OWNED_BY: rel.FORMER_OWNER,
    rel.SPOUSE: rel.FORMER_SPOUSE,
}
RANKS = mapping("nominals", "rank")
NO_EMPLOYER = frozenset(("Person", "Concept", "Work", "Event", "Product"))
_OF_NO_OFFICE = words("nominals", "office", "no_office") | HONORIFICS | {"owner"}
_OF_TOWNS = frozenset({"mayor", "mayoress", "burgomaster", "alderman"})
_OF_STATES = words("nominals", "office", "of_states")
PUBLIC = words("nominals", "office", "public")
LAWMAKERS = words("nominals", "office", "lawmakers")
PLAYERS = words("nominals", "office", "players")
# Who leads a body of members is one of them.
_LEADERS = frozenset({"leader", "co-leader"})
_PORTFOLIOS = words("nominals", "office", "portfolios")
_PARTS = words("nominals", "office", "parts")
PARTIES = words("nominals", "office", "parties")
_OF_LANDS = frozenset({"european", "african", "soviet", "the european", "the african"})
_BY_MATTER = words("nominals", "office", "posts_by_matter")
_CAUSES = words("nominals", "office", "causes")
# Who has an office in a body of members, and how the names of such bodies end, or what stands before them.
_ELECTED = words("nominals", "office", "in_parties")
_OF_MEMBERS = words("nominals", "office", "of_members")
_OWN_MASTERS = words("nominals", "office", "own_masters")
_TRAINERS = words("nominals", "office", "trainers")
_MOVEMENTS = words("nominals", "office", "movements")
_PARTY_ENDINGS = tuple(words("nominals", "office", "party_endings"))
_ENDINGS = tuple(words("nominals", "office", "endings"))
# "brother-in-law", in four words behind the first.
IN_LAW = ("-", "in", "-", "law")
_HYPHENS = frozenset("-–")
_KIN = inverse("nominals", "kin")


def kin(lemma: str) -> str | None:
    """Give the relation that a kinship noun names, from the one whose kin it is."""
    return _KIN.get(lemma)


def kin_at(tree: Tree, i: int) -> str | None:
    """Give the relation that a kinship noun names where it stands: "brother" of "brother-in-law" is none."""
    relation = kin(tree.lemma[i])
    if relation is None or tuple(tree.lower[i + 1 : i + 5]) == IN_LAW:
        return relation and rel.RELATIVE
    before = tree.lower[max(0, i - 2) : i]
    ended = before[-1:] == ["former"] or (len(before) == 2 and before[0] == "ex" and before[1] in _HYPHENS)
    return ENDED.get(relation, relation) if ended or tree.lemma[i].startswith("ex-") else relation


def is_office(ctx: BlockContext, i: int) -> bool:
    """Whether a noun names an office, a post or a profession."""
    tree = ctx.tree
    lemma, lower = tree.lemma[i], tree.lower[i]
    if lemma in HEADS or lower in HEADS or lower in RANKS or _is_titles(tree, i):
        return True
    if lemma in _OF_NO_OFFICE or kin(lemma):
        return False
    trade = lemma.endswith(_ENDINGS) and tree.tag[i] in ("NN", "NNP", "NNS")
    return trade and nominal_type(ctx.doc[i])[0] == "Person"


def _is_titles(tree: Tree, i: int) -> bool:
    """Whether the parser took an office in the plural for a name: "Directors Ann Lee and Bo Ek"."""
    return tree.tag[i] == "NNP" and tree.lower[i].endswith("s") and tree.lower[i][:-1] in HEADS


def is_plural(tree: Tree, i: int) -> bool:
    """Whether the noun of an office is of several."""
    return tree.tag[i] in ("NNS", "NNPS") or _is_titles(tree, i)


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
        return len(name.span) == 1 and (tree.lower[i] in _PORTFOLIOS or _is_matter(tree, i))
    if tree.lower[i] == ".":
        return i > 0 and f"{tree.lower[i - 1]}." in RANKS
    if tree.lower[i] == "-":
        return i > 0 and tree.pos[i - 1] in (*NOUNS, "ADJ")
    plural = tree.tag[i] == "NNS" and not (tree.dep[i] in ("compound", "nmod") and tree.head[i] > i)
    noun = tree.pos[i] in (*NOUNS, "ADJ") and not plural and tree.tag[i] != "CD"
    return noun or tree.lower[i] in _PARTS


def _is_matter(tree: Tree, i: int) -> bool:
    """Whether a word taken for a body is what a minister is for: "Mines Minister"."""
    behind = tree.lower[i + 1] if i + 1 < tree.n else ""
    word = tree.lower[i]
    return behind in _BY_MATTER and (is_common(word) or is_common(word.removesuffix("s")))


def affiliate(
    ctx: BlockContext,
    person: MentionDraft,
    name: MentionDraft,
    rule: Rule,
    *,
    lemma: str = "",
    less: float = 0.0,
    former: bool = False,
    factuality: Factuality = PLAIN,
    tokens: Sequence[Token] = (),
) -> None:
    """Say whom an office is for: a country, a place, an employer; founders found, owners own.

    It is `less` sure than the rule. What is for a `former` office has ended with it.
    """
    subject, relation, end, sure = person, rel.EMPLOYER, name, rule.prior - less
    if lemma in FOUNDERS or lemma == "owner":
        relation = rel.OWNED_BY if lemma == "owner" else rel.FOUNDED_BY
        subject, end = name, person
    elif name.type == "GPE" and lemma not in _OF_STATES | _TRAINERS and is_country(name.label):
        relation = rel.COUNTRY
    elif name.type in ("GPE", "Location") or (name.type == "Organization" and lemma in _OF_TOWNS):
        if lemma not in PUBLIC:
            return
        relation, sure = rel.CONSTITUENCY if lemma in LAWMAKERS else rel.JURISDICTION, sure - 0.05
    elif _is_joined(lemma, name):
        relation, sure = rel.MEMBER_OF, sure - 0.05
    elif not _may_employ(name, lemma):
        return
    if former:
        relation = ENDED.get(relation, relation)
    ctx.add_claim(subject, relation, end, rule, confidence=sure, factuality=factuality, tokens=tokens)


def _may_employ(name: MentionDraft, lemma: str) -> bool:
    """Whether something may employ who is called so, and does not only tell where he works for himself."""
    return name.type in ("Organization", "Facility") and lemma not in _OWN_MASTERS


def _is_joined(lemma: str, name: MentionDraft) -> bool:
    """Whether somebody is a member of what the office is in: a group, a party, a team."""
    if name.type != "Organization":
        return name.type == "Group"
    elected = lemma in _ELECTED and _has_members(name)
    return lemma in PLAYERS | _LEADERS or elected or is_party(name.label) or _is_cause(name.label)


def _has_members(body: MentionDraft) -> bool:
    """Whether a name is of a body of members: "the Dockers' Union", "the nurses' union Medico"."""
    first, doc = body.span.start, body.span.doc
    before = doc[first - 1].lower_ if first else ""
    return bool({body.label.lower().rpartition(" ")[2], before, body.span[0].lower_} & _OF_MEMBERS)


def _is_cause(name: str) -> bool:
    return name.lower().rpartition(" ")[2] in _CAUSES


def is_movement(name: str) -> bool:
    """Whether an organization's name is that of a body which one is a member of: a front, a list.

    >>> is_movement("National Front"), is_movement("Norwind")
    (True, False)
    """
    first, _, last = name.lower().rpartition(" ")
    return last in _MOVEMENTS and first not in _OF_LANDS


def is_party(name: str) -> bool:
    """Whether an organization's name is that of a political party."""
    return name in PARTIES or name.lower().endswith(_PARTY_ENDINGS)
