"""What a description says of a person: kin, member, office, and how one stands to somebody."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spacy.tokens import Token

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.births import parents
from kg.extract.claims.nominal.context import BlockContext, demonym_of, is_country
from kg.extract.claims.nominal.offices import (
    DROPPED,
    ENDED,
    FORMER,
    FORMERLY,
    FOUNDERS,
    LAWMAKERS,
    NO_EMPLOYER,
    PARTIES,
    PUBLIC,
    affiliate,
    held,
    is_office,
    kin_at,
)
from kg.extract.claims.nominal.works import faith
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.sets import NOUNS, PLACES
from kg.extract.mentions import nominals
from kg.extract.reading import MentionDraft
from kg.model import Value

_RELATIONS = mapping("nominals", "related", "relation")
_BEHIND = words("nominals", "office", "behind")
_SCHOLARS = words("nominals", "office", "scholars")
_UNITS = words("nominals", "office", "units")
_CANDIDATES = words("nominals", "office", "candidates")
_FACTIONS = words("nominals", "office", "factions")
_IN_PARTIES = words("nominals", "office", "in_parties")
_NAMED_OF = words("nominals", "part", "named_of")
_MARRIAGES = words("nominals", "family", "marriages")
_YEARS_OLD = ("-", "year", "-", "old")
_NO_FIELDS = frozenset(("Person", "Organization", "GPE", "Location", "Facility", "Quantity"))
_NOW = words("nominals", "office", "once") | words("nominals", "office", "now")
_LEGISLATURES = words("nominals", "office", "legislatures")
_OWNERS = frozenset(("owner", "co-owner"))
# The years that somebody may be old who is said to be.
AGES = range(5, 116)
_LEARNED = words("nominals", "office", "learned")
_LEARNING = words("nominals", "office", "learning")
# Tags of words that no phrase has before its noun: the parser took a clause for one.
_CLAUSAL = frozenset(("WP$", "WDT", "VBD", "VBZ", "MD"))


@dataclass(frozen=True, slots=True)
class Description:
    """A noun that is said of a person: by which rules, whether it is so or was, and what predicates it."""

    person: MentionDraft
    noun: int
    rules: rules.DescriptionRules
    factuality: Factuality = PLAIN
    verb: tuple[Token, ...] = ()
    former: bool = False


def describe(ctx: BlockContext, d: Description) -> None:
    """Say what a description of a person says."""
    tree, noun = ctx.tree, d.noun
    relation, land = kin_at(tree, noun), _land_of(ctx, noun)
    if land is not None:
        ctx.add_claim(d.person, rel.COUNTRY, land, d.rules.office_country, factuality=d.factuality)
        return
    faith(ctx, d.person, tree.left[noun], noun, d.factuality)
    age_before(ctx, d.person, tree.left[noun], noun)
    if relation is not None:
        _kin(ctx, d, relation)
    elif tree.lemma[noun] == "member":
        belongs = rel.FORMER_MEMBER_OF if _is_former(ctx, d) else rel.MEMBER_OF
        for o in ctx.objects_of(noun, "of"):
            _add(ctx, d, belongs, o, d.rules.member)
            if ctx.tree.lower[o] in _LEGISLATURES:
                _office(ctx, d)
    elif ctx.doc[noun].text in PARTIES:
        _of_party(ctx, d)
    elif tree.lemma[noun] in _OWNERS:
        _whose(ctx, d)
    elif tree.lemma[noun] in _CANDIDATES:
        candidacy(ctx, d.person, noun, former=d.former, factuality=d.factuality)
    else:
        _relate(ctx, d)
        if _names_office(ctx, noun):
            _office(ctx, d)


def _land_of(ctx: BlockContext, noun: int) -> MentionDraft | None:
    """Give the country of whom a noun calls one of its people: "an Australian"."""
    known = demonym_of(ctx.doc[noun].text)
    if known is None or known.type != "GPE" or not ctx.has_det(noun, "a", "an"):
        return None
    span = ctx.doc[noun : noun + 1]
    return ctx.reading.add(
        MentionDraft(ctx.block, span, span.root, "attribute", known.type, known.label), argument=False
    )


def _of_party(ctx: BlockContext, d: Description) -> None:
    """ "Falk, a Socialist", "the mayor is a Democrat": whose party somebody is of who is called by it."""
    relation = rel.FORMER_MEMBER_OF if _is_former(ctx, d) else rel.MEMBER_OF
    party, tokens = party_before(ctx, d.noun), d.verb or [ctx.doc[d.noun]]
    ctx.add_claim(d.person, relation, party, d.rules.member, tokens=tokens, factuality=d.factuality)


def _kin(ctx: BlockContext, d: Description, relation: str) -> None:
    """ "the son of Ann Lee", "her brother": whose kin somebody is."""
    if d.rules.kin is None or _is_named_otherwise(ctx, d):
        return
    for owner in _owners(ctx, d.noun):
        if ctx.noun_type(owner) in ("Organization", "GPE", "Facility"):
            continue  # "the parent of Air Canada"
        if owner + 1 == d.person.span.start:
            continue  # "the daughter of politician Hans Vik": he is the politician
        tokens = d.verb or [ctx.doc[d.noun]]
        whose = ctx.mention(owner)
        ctx.add_claim(whose, relation, d.person, d.rules.kin, tokens=tokens, factuality=d.factuality)
    for whose in parents(ctx, d.noun, ctx.tree.n) if relation == rel.CHILD else ():
        if whose.span.start != d.person.span.start:
            tokens = d.verb or [ctx.doc[d.noun]]
            ctx.add_claim(whose, relation, d.person, d.rules.kin, tokens=tokens, factuality=d.factuality)


def _owners(ctx: BlockContext, noun: int) -> list[int]:
    """Give whose kin a noun is for; of "the son of singer and actress Ann Lee" who has a name is meant.

    "The son of her marriage to Jan Ek" is theirs.
    """
    owner = ctx.owner(noun)
    if owner is None and ctx.tree.dep[noun] == "conj" and not ctx.tree.of(noun, "det"):
        owner = ctx.owner(ctx.tree.head[noun])  # "her husband, Piet, and son, Karl,"
    owner = constructions.whose(ctx.tree, owner) if owner is not None else None
    owners = [owner] if owner is not None else _under(ctx, noun, "of")
    if owners and ctx.tree.lemma[owners[0]] in _MARRIAGES:
        wed = ctx.owner(owners[0])
        return ([] if wed is None else [wed]) + _under(ctx, owners[0], "to", "with")
    return [o for o in owners if ctx.name[o] is not None] or owners[:1]


def _is_named_otherwise(ctx: BlockContext, d: Description) -> bool:
    """Whether another name right behind a kinship noun says who is meant: "his wife, Signe, Marit left"."""
    tree, behind = ctx.tree, d.noun + 1
    if tree.tag[d.noun] != "NN" or d.person.span.start <= behind:
        return False
    behind += tree.lower[behind] == ","
    name = ctx.name[behind] if behind < tree.n else None
    return name is not None and name.type == "Person" and name.span.end <= d.person.span.start


def _is_former(ctx: BlockContext, d: Description) -> bool:
    """Whether a description is of what somebody no longer is; a second noun shares the word of the first."""
    tree, noun = ctx.tree, d.noun
    if d.former or any(tree.lower[k] in FORMER | FORMERLY for k in tree.subtree(noun) if k < noun):
        return True
    shared = tree.dep[noun] == "conj" and not tree.of(noun, "det", "amod")
    return shared and any(tree.lower[k] in FORMER for k in tree.of(tree.head[noun], "amod"))


def age_before(ctx: BlockContext, person: MentionDraft, first: int, noun: int) -> int:
    """ "a 45-year-old plumber": say how old a person is; gives the first word behind the age."""
    lower = ctx.tree.lower
    for k in range(first, noun - 4):
        if tuple(lower[k + 1 : k + 5]) == _YEARS_OLD and lower[k].isdecimal() and int(lower[k]) in AGES:
            years = Value(str(int(lower[k])), "integer", "a")
            ctx.add_claim(person, rel.AGE, ctx.quantity(ctx.doc[k : k + 1], years), rules.AGE_BEFORE)
            return k + 5
    return first


def _under(ctx: BlockContext, noun: int, *prepositions: str) -> list[int]:
    return [o for word, p in ctx.preps(noun) if word in prepositions for o in ctx.coordinated(p)]


def _add(ctx: BlockContext, d: Description, relation: str, o: int, rule: rules.Rule) -> None:
    tokens = d.verb or [ctx.doc[d.noun]]
    ctx.add_claim(d.person, relation, ctx.mention(o), rule, tokens=tokens, factuality=d.factuality)


def candidacy(
    ctx: BlockContext,
    person: MentionDraft,
    noun: int,
    *,
    former: bool = False,
    factuality: Factuality = PLAIN,
) -> None:
    """ "The Green candidate, Ann Lee", "the candidate of the Reform Party": whose candidate somebody is."""
    tree = ctx.tree
    before = [k for k in tree.of(noun, "amod", "compound", "nmod") if k < noun]
    parties = [party_before(ctx, k) for k in before if ctx.doc[k].text in PARTIES]
    named = [ctx.name[k] for k in (*before, *ctx.objects_of(noun, "of", "for", "from"))]
    parties += [n for n in named if n is not None and n.type == "Organization"]
    relation = rel.FORMER_MEMBER_OF if former else rel.MEMBER_OF
    for party in parties[:1]:
        ctx.add_claim(
            person, relation, party, rules.CANDIDATE_OF, factuality=factuality, tokens=[ctx.doc[noun]]
        )


def relate_before(ctx: BlockContext, person: MentionDraft, noun: int) -> None:
    """ "his lawyer Jane Doe": how the owner of a noun before a name stands to the person."""
    relation, owner = _RELATIONS.get(ctx.tree.lemma[noun]), ctx.owner_before(person, noun)
    if relation in (rel.RESIDENCE, rel.NATIVE_OF) and noun and ctx.is_place(noun - 1):
        home = ctx.mention(noun - 1)  # "Bern resident Jane Doe"
        ctx.add_claim(person, relation, home, rules.RELATED_BEFORE, tokens=[ctx.doc[noun]])
    if relation is not None and owner is not None and _may_relate(ctx, relation, owner, owned=True):
        whom = ctx.mention(owner)
        ctx.add_claim(person, relation, whom, rules.RELATED_BEFORE, tokens=[ctx.doc[noun]])


def _relate(ctx: BlockContext, d: Description) -> None:
    """ "a native of Recife": how a person stands to somebody or something."""
    relation, owner = _RELATIONS.get(ctx.tree.lemma[d.noun]), ctx.owner(d.noun)
    if _is_named_otherwise(ctx, d):
        return  # "Mira Voss (her predecessor, Tom Rudd, retired)"
    if relation == rel.COUNTRY and not any(
        is_country(name.label) for o in _under(ctx, d.noun, "of") if (name := ctx.name[o]) is not None
    ):
        relation = rel.RESIDENCE  # "a citizen of San Francisco"
    if relation is None or d.rules.related is None:
        return
    if owner is not None and _may_relate(ctx, relation, owner, owned=True):
        _add(ctx, d, relation, owner, d.rules.related)
    if relation in (rel.RESIDENCE, rel.NATIVE_OF):
        for k in ctx.tree.of(d.noun, "amod", "compound", "nmod"):
            if ctx.is_place(k):  # "a Bern resident"
                _add(ctx, d, relation, k, d.rules.related)
    for o in _under(ctx, d.noun, "of", "at", "from", "to"):
        if _may_relate(ctx, relation, o):
            _add(ctx, d, relation, o, d.rules.related)


def _may_relate(ctx: BlockContext, relation: str, o: int, *, owned: bool = False) -> bool:
    """Whether a person can stand in a relation to what a token names, as its owner or behind "of"."""
    if owned and relation in (rel.EDUCATED_AT, rel.COUNTRY):
        return False
    pronoun = ctx.tree.lower[o] in ("his", "her")
    if not pronoun and ctx.name[o] is None:
        return False
    kind = "Person" if pronoun else ctx.noun_type(o)
    if relation == rel.EDUCATED_AT:
        return kind == "Organization"
    if relation in (rel.NATIVE_OF, rel.RESIDENCE, rel.COUNTRY):
        return kind in PLACES
    return relation == rel.STUDENT_OF or kind == "Person"


def _names_office(ctx: BlockContext, noun: int) -> bool:
    """Whether the noun of a description names an office of one person."""
    tree = ctx.tree
    if not is_office(ctx, noun) or (tree.tag[noun] in ("NNS", "NNPS") and not ctx.picked(noun)):
        return False
    whose = ctx.owner(noun)
    return not any(tree.tag[t] in _CLAUSAL for t in range(tree.left[noun], noun) if t != whose)


def _office(ctx: BlockContext, d: Description) -> None:
    """ "a former director of the bank": an office, and whose it is."""
    tree, noun = ctx.tree, d.noun
    ctx.used.add(noun)
    former = _is_former(ctx, d)
    start, end = nominals.phrase(tree, noun)
    while start < noun and (tree.lower[start] in _NOW or tree.tag[start] == "WP$"):
        start += 1 + (tree.lower[start + 1] in ("a", "an", "the"))
    office = ctx.nominal(start, end, "Position", _label(ctx, noun, start, end), noun)
    ctx.add_claim(d.person, held(former), office, d.rules.office, factuality=d.factuality, tokens=d.verb)
    field_of(ctx, d.person, noun, factuality=d.factuality)
    _whose(ctx, d)


def _whose(ctx: BlockContext, d: Description) -> None:
    """Say whose office it is, by what stands before and behind its noun."""
    for k in ctx.tree.of(d.noun, "amod", "compound", "nmod"):
        _of_modifier(ctx, d, k)
    _of_owner(ctx, d)
    _of_phrases(ctx, d, d.noun)
    if next(ctx.preps(d.noun), None) is None:
        for c in ctx.tree.of(d.noun, "conj"):
            if not ctx.tree.of(c, "det"):
                _of_phrases(ctx, d, c)  # "CEO and founder of Helix Labs"


def _of_phrases(ctx: BlockContext, d: Description, noun: int) -> None:
    for word, p in ctx.preps(noun):
        if word in _BEHIND:
            _of_phrase(ctx, d, word, p)


def _label(ctx: BlockContext, noun: int, start: int, end: int) -> str:
    """Give the label of an office: its phrase without epithets and countries, with the name behind "of"."""
    tree, doc = ctx.tree, ctx.doc
    full = nominals.label(tree, noun, start, end)
    for k in tree.of(noun, "acl", "relcl"):
        if tree.left[k] > noun and tree.tag[tree.left[k]] == "TO":
            full = full.partition(f" {doc[tree.left[k]].text} ")[0]  # "the first mayor to serve two terms"
    first = noun
    while first > start and not full.startswith(doc[first : noun + 1].text):
        first -= 1
    first = _without_epithets(ctx, first, noun)
    word = doc[noun].text
    label: str = doc[first : noun + 1].text + full[full.find(word) + len(word) :]
    of = next((o for w, p in ctx.preps(noun) if w == "of" and p <= noun + 2 for o in ctx.objects(p)), None)
    name = ctx.name[of] if of is not None else None
    if name is not None:
        whole: str = doc[first : max(name.span.end, noun + 1)].text
        label = whole if whole.startswith(label) else label
    return label.replace(word, tree.lemma[noun]) if ctx.picked(noun) else label


def _without_epithets(ctx: BlockContext, first: int, noun: int) -> int:
    """Give where an office begins behind epithets, countries and an age."""
    tree = ctx.tree
    while first < noun and (tree.lower[first] in DROPPED or ctx.demonym[first] is not None):
        first += 1
    aged = tuple(tree.lower[first + 1 : first + 5]) == _YEARS_OLD and first + 5 <= noun
    return first + 5 if aged else first


def _of_modifier(ctx: BlockContext, d: Description, k: int) -> None:
    """ "a French minister", "the UN envoy": whose office it is by a word before it."""
    tree, person, demonym, name = ctx.tree, d.person, ctx.demonym[k], ctx.name[k]
    if ctx.doc[k].text in PARTIES:
        party = party_before(ctx, k)
        ended = rel.FORMER_MEMBER_OF if _is_former(ctx, d) else rel.MEMBER_OF
        ctx.add_claim(person, ended, party, d.rules.office_of, factuality=d.factuality, tokens=d.verb)
    elif demonym is not None:
        rule = d.rules.office_country
        ctx.add_claim(person, rel.COUNTRY, demonym, rule, factuality=d.factuality)
        other = ctx.demonym[k - 2] if k >= 2 and tree.lower[k - 1] == "-" else None
        if other is not None and demonym.label != "United States":
            sure = rule.prior - 0.03
            ctx.add_claim(person, rel.COUNTRY, other, rule, confidence=sure, factuality=d.factuality)
    elif name is not None and not (name.type == "Group" and tree.tag[k] == "JJ"):
        _of_name(ctx, d, name, less=0.05, tokens=d.verb)


def _of_name(
    ctx: BlockContext, d: Description, name: MentionDraft, *, less: float = 0.0, tokens: Sequence[Token] = ()
) -> None:
    lemma, how, by, former = ctx.tree.lemma[d.noun], d.factuality, d.rules.office_of, _is_former(ctx, d)
    affiliate(ctx, d.person, name, by, lemma=lemma, less=less, former=former, factuality=how, tokens=tokens)


def _of_owner(ctx: BlockContext, d: Description) -> None:
    """ "the firm's director", "its founder": whose office it is by its possessor."""
    tree, rule, owner = ctx.tree, d.rules.office_of, ctx.owner(d.noun)
    if owner is None:
        return
    sure, how, common = rule.prior - 0.1, d.factuality, tree.pos[owner] == "NOUN"
    owner = constructions.whose(tree, owner)  # "the club, whose coach, Jan Moe, left"
    if owner is None:
        return
    name = ctx.name[owner] or _joined_body(ctx, d.noun, owner)
    if name is not None:
        _of_name(ctx, d, name)
    elif tree.lemma[d.noun] in (*FOUNDERS, "owner") and (common or tree.lower[owner] in ("its", "their")):
        by = rel.OWNED_BY if tree.lemma[d.noun] == "owner" else rel.FOUNDED_BY
        by = ENDED.get(by, by) if _is_former(ctx, d) else by
        ctx.add_claim(ctx.mention(owner), by, d.person, rule, confidence=sure, factuality=how)
    elif (common and tree.tag[owner] != "NNS") or tree.lower[owner] == "its":
        _of_noun(ctx, d, owner)


def _of_noun(ctx: BlockContext, d: Description, owner: int) -> None:
    """ "The firm's director" is employed by it; "the village's mayor" and its senator are by nobody."""
    kind, rule = ctx.noun_type(owner), d.rules.office_of
    if kind in PLACES:
        _of_name(ctx, d, ctx.mention(owner), less=0.1)
    elif kind not in NO_EMPLOYER and ctx.tree.lemma[d.noun] not in LAWMAKERS:
        by, sure = rel.FORMER_EMPLOYER if _is_former(ctx, d) else rel.EMPLOYER, rule.prior - 0.1
        ctx.add_claim(d.person, by, ctx.mention(owner), rule, confidence=sure, factuality=d.factuality)


def _joined_body(ctx: BlockContext, noun: int, owner: int) -> MentionDraft | None:
    """ "Against the Bugle and its editor, Jan Moe": "its" is of the body that the noun is joined to."""
    tree = ctx.tree
    joined = tree.dep[noun] == "conj" and tree.lower[owner] == "its"
    name = ctx.name[tree.head[noun]] if joined else None
    return name if name is not None and name.type == "Organization" else None


def _of_phrase(ctx: BlockContext, d: Description, word: str, prep: int) -> None:
    """ "minister of Norland", "an engineer at Volvo": whose office it is by a preposition behind it."""
    for o in ctx.objects(prep):
        name = _body_named(ctx, o)
        if word == "of":
            _of_faction(ctx, d, o)
        if name is None and ctx.tree.lemma[o] in _UNITS:
            _of_phrases(ctx, d, o)  # "head of the department at Oxford University"
        if name is None or name.type == "Person" or (word == "in" and name.type in PLACES):
            continue  # where one is a farmer
        if word == "from" and name.type in PLACES and not _stands_for(ctx, d.noun, name):
            _come_from(ctx, d, o)
            continue
        if word == "of" and ctx.tree.lemma[d.noun] in _LEARNED and not _teaches(name.label):
            continue  # "professor of Oriental Languages"
        _of_name(ctx, d, name, less=0.05)


def _body_named(ctx: BlockContext, o: int) -> MentionDraft | None:
    """Give the name at a token, or of a body by its noun: "the firm Alta", "the firm of Holt Pike"."""
    if ctx.name[o] is not None or ctx.noun_type(o) != "Organization":
        return ctx.name[o]
    if ctx.tree.lemma[o] in _NAMED_OF and any(ctx.name[k] is not None for k in ctx.objects_of(o, "of")):
        return ctx.mention(o)
    behind = [ctx.titled(o), ctx.referent(o)]
    found = next((m for m in behind if m is not None and m.kind == "name" and m.type == "Organization"), None)
    return ctx.mention(o) if found is None and _is_told_before(ctx, o) else found


def _is_told_before(ctx: BlockContext, o: int) -> bool:
    """Whether a bare noun stands for a body that somebody works with: "an accountant with the company"."""
    bare = ctx.has_det(o, "the") and len(ctx.tree.kids[o]) == 1
    return bare and ctx.tree.lower[ctx.tree.head[o]] == "with"


def _of_faction(ctx: BlockContext, d: Description, o: int) -> None:
    """ "The leader of the Conservative group": the party of somebody who leads a part of it."""
    tree = ctx.tree
    if tree.lemma[o] not in _FACTIONS or tree.lemma[d.noun] not in _IN_PARTIES:
        return
    for k in tree.of(o, "amod", "compound", "nmod"):
        if ctx.doc[k].text in PARTIES:
            relation = rel.FORMER_MEMBER_OF if _is_former(ctx, d) else rel.MEMBER_OF
            ctx.add_claim(
                d.person, relation, party_before(ctx, k), rules.CANDIDATE_OF, factuality=d.factuality
            )


def _come_from(ctx: BlockContext, d: Description, o: int) -> None:
    if d.rules.related is not None:
        _add(ctx, d, rel.RESIDENCE, o, d.rules.related)


def _stands_for(ctx: BlockContext, noun: int, place: MentionDraft) -> bool:
    """Whether one who is "from" a place stands for it: "a senator from Ohio", "a painter from Norland"."""
    return is_country(place.label) or ctx.tree.lemma[noun] in PUBLIC


def field_of(ctx: BlockContext, person: MentionDraft, noun: int, *, factuality: Factuality = PLAIN) -> None:
    """ "professor of botany": what somebody who teaches or studies is learned in."""
    if ctx.tree.lemma[noun] not in _SCHOLARS:
        return
    for o in ctx.objects_of(noun, "of"):
        name = ctx.name[o]
        abstract = name is None and ctx.noun_type(o) not in _NO_FIELDS and ctx.tree.pos[o] in NOUNS
        if abstract or (name is not None and name.type in ("Concept", "Language")):
            subject, tokens = ctx.mention(o), [ctx.doc[noun]]
            ctx.add_claim(person, rel.FIELD, subject, rules.FIELD_OF, factuality=factuality, tokens=tokens)


def party_before(ctx: BlockContext, k: int) -> MentionDraft:
    """Give the party of a word before an office: "Labour" of "Labour MP"."""
    whole = ctx.tree.lower[k + 1 : k + 2] == ["party"]
    return ctx.named(k, k + 1 + whole, "Organization")


def _teaches(name: str) -> bool:
    return any(word in _LEARNING for word in name.lower().split())
