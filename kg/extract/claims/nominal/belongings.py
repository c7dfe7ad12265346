"""What belongs to whom: the people of a country or a body, possessions, parts, works."""

from __future__ import annotations

from kg import relations as rel
from kg.extract import constructions
from kg.extract.claims import rules
from kg.extract.claims.nominal.context import BlockContext, demonym_of, is_country
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.claims.nominal.lives import employs
from kg.extract.claims.nominal.offices import FORMER, is_office, kin_at
from kg.extract.claims.nominal.places import EMPTY, is_capital
from kg.extract.claims.nominal.works import is_written
from kg.extract.lexicon import mapping, words
from kg.extract.lexicon.deverbal import event_nouns
from kg.extract.lexicon.sets import BEFORE_NOUNS, NOUNS, PLACES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

_MEMBERS = words("nominals", "belong", "member")
_EMPLOYEES = words("nominals", "belong", "employee")
_SIDES = mapping("nominals", "belong", "sides")
# Who works for the body that they are from is led by one who does; teams are of bodies that have several.
_TEAMS = frozenset({"team", "group"})
_FROM = frozenset({"from", "at"})
_LED = frozenset({"led", "headed", "directed"})
_TO = words("nominals", "belong", "to")
_CURRENCIES = words("nominals", "kind", "currencies")
_UNOWNED = words("nominals", "kind", "unowned")
_PARTS = words("nominals", "part", "part_of")
_FIRMS = words("nominals", "part", "firms")
_GROUPS = words("nominals", "part", "groups")
_PLACED = mapping("nominals", "participle", "place")
_DONE = words("nominals", "participle", "agent")
_SEATED = frozenset(("based", "headquartered"))
_WITH = mapping("nominals", "participle", "with")
_RELATED = mapping("nominals", "related", "relation")
_MAKERS = frozenset(("Person", "Organization", "Group"))
_OWNERS = frozenset(("Person", "Organization", "Group", "GPE", "Location", "Facility", "Product"))
_HOLDERS = words("nominals", "part", "holders")
_MOST = words("nominals", "part", "most")
_OWNABLE = frozenset(("Organization", "Facility", "Product", "Work"))
_ONCE = frozenset(("until", "formerly", "once"))
_HYPHENS = frozenset(("-", "–"))


def demonym(ctx: BlockContext, i: int) -> None:
    """ "Israeli forces": a group of its own, and whose it is."""
    mention, tree = ctx.demonym[i], ctx.tree
    if mention is None or i != mention.head.i or tree.dep[i] not in BEFORE_NOUNS:
        return
    noun = tree.head[i]
    if noun in ctx.used or tree.lemma[noun] in _CURRENCIES:
        return
    _first_of_two(ctx, i, mention, noun)
    while tree.dep[noun] in ("compound", "nmod") and tree.head[noun] > noun and ctx.name[noun] is None:
        noun = tree.head[noun]
    if noun > i and _takes_demonym(ctx, i, noun):
        _of_land(ctx, i, mention, noun)


def _first_of_two(ctx: BlockContext, i: int, mention: MentionDraft, noun: int) -> None:
    """ "Norlandic-Estmarkian forces", but not "Norlandic-American"."""
    other = ctx.demonym[i - 2] if i >= 2 and ctx.tree.lower[i - 1] == "-" else None
    if other is not None and ctx.tree.pos[noun] in NOUNS and mention.label != "United States":
        ctx.add_claim(ctx.mention(noun), rel.COUNTRY, other, rules.DEMONYM, confidence=0.82)


def _of_land(ctx: BlockContext, i: int, mention: MentionDraft, noun: int) -> None:
    """Say of what country a noun's thing is, or in what region."""
    kind, subject = ctx.noun_type(noun), ctx.bearer(noun)
    if subject is None:
        return
    if mention.type == "GPE" and is_country(mention.label):
        # "French soldiers" are of France; "French food" is French in some way or other.
        sure = 0.48 if kind == "Concept" else rules.DEMONYM.prior
        ctx.add_claim(subject, rel.COUNTRY, mention, rules.DEMONYM, confidence=sure)
    elif is_country(subject.label or ""):
        return  # "Roman Britain": of that time
    elif not _is_list(ctx, i) and (kind in PLACES or kind == "Organization"):
        ctx.add_claim(subject, rel.LOCATED_IN, mention, rules.DEMONYM_REGION)


def _takes_demonym(ctx: BlockContext, i: int, noun: int) -> bool:
    """Whether the adjective of a country says whose a noun's thing is."""
    tree, name = ctx.tree, ctx.name[noun]
    if tree.pos[noun] not in NOUNS or ctx.demonym[noun] is not None or _is_possessor(ctx, noun):
        return False  # "a British children's programme"
    if tree.lemma[noun] in _UNOWNED or demonym_of(ctx.doc[noun].text) is not None:
        return False  # "left one Norlander dead", "Spanish countries", "Japanese Americans"
    if name is not None and tree.dep[ctx.top(name)] in ("compound", "nmod"):
        return False  # "an American YouTube personality"
    if tree.lower[i + 1] in ("-", ":") or (i + 2 < tree.n and tree.lower[i + 1] == "–"):
        return False
    if name is not None and (name.type == "Person" or name.span.start <= i):
        return False
    # What happens is said by the rule for events.
    return ctx.noun_type(noun) not in ("Language", "Work") and not ctx.is_event(noun)


def _is_possessor(ctx: BlockContext, i: int) -> bool:
    return i + 1 < ctx.tree.n and ctx.tree.tag[i + 1] == "POS"


def _is_list(ctx: BlockContext, i: int) -> bool:
    """Whether a demonym is one of several: "European and Asian countries", some here, some there."""
    tree = ctx.tree
    return any(ctx.demonym[c] is not None for c in tree.of(i, "conj")) or tree.dep[i] == "conj"


def compound(ctx: BlockContext, i: int) -> None:
    """ "Hamas fighters", "UN officials", "US forces": whose people they are."""
    tree, name = ctx.tree, ctx.name[i]
    if name is None or tree.dep[i] not in ("compound", "nmod", "amod") or ctx.top(name) != i:
        return
    noun = tree.head[i]
    if noun in ctx.used or noun <= i or ctx.name[noun] is not None or tree.tag[noun] not in ("NN", "NNS"):
        return
    if tree.lower[i + 1] == "-" or _is_possessor(ctx, noun):
        return  # the name is part of a longer compound ("the Norland women's team")
    titled = ctx.titled(noun) if tree.lemma[noun] in _PARTS and name.type == "Organization" else None
    if titled is not None:  # "the Siemens unit Nordlicht"
        relation = _part(tree.lemma[noun], name.type)
        ctx.add_claim(titled, relation, name, rules.POSSESSIVE_PART, tokens=[ctx.doc[noun]])
    elif not ctx.is_event(noun):
        _belong(ctx, noun, name, rules.COMPOUND)


def _belong(ctx: BlockContext, noun: int, name: MentionDraft, by: rules.BelongingRules) -> None:
    """Say whose persons or forces a noun names."""
    titled, kind = ctx.titled(noun), ctx.noun_type(noun)
    if titled is not None and titled.type == "Organization":
        kind = "Organization"  # "the Norland fund Tarn Capital"
    if name.type == "Person" or kind not in ("Person", "Group", "Organization"):
        return
    subject = titled or ctx.mention(noun)
    if name.type == "GPE" and is_country(name.label):
        ctx.add_claim(subject, rel.COUNTRY, name, by.country)
    elif kind != "Organization":
        _people_of(ctx, noun, subject, name, by)


def _people_of(
    ctx: BlockContext, noun: int, subject: MentionDraft, name: MentionDraft, by: rules.BelongingRules
) -> None:
    """Say of what place or body people are: "Ulm firefighters", "Norland Rail drivers"."""
    lemma = ctx.tree.lemma[noun]
    if name.type in PLACES:
        former = any(ctx.tree.lower[k] in FORMER for k in ctx.tree.kids[noun])
        if lemma not in EMPTY and not former:
            # "the Al-Nau hospital" may just be called so, and so may a series.
            sure = by.country.prior - 0.1
            ctx.add_claim(subject, rel.LOCATED_IN, name, by.place, confidence=sure)
    elif lemma in _MEMBERS:
        ctx.add_claim(subject, rel.MEMBER_OF, name, by.member)
    elif lemma in _EMPLOYEES:
        ctx.add_claim(subject, rel.EMPLOYER, name, by.employer)


def belonging(ctx: BlockContext, i: int) -> None:
    """ "a spokesman for the ministry", "leaders of Hamas", "members of the council"."""
    tree, lemma = ctx.tree, ctx.tree.lemma[i]
    if ctx.name[i] is not None or tree.pos[i] != "NOUN" or i in ctx.used:
        return
    if lemma == "member" and tree.tag[i] == "NN":
        return  # "a member of the council" says no more by itself
    if lemma not in _MEMBERS and lemma not in _EMPLOYEES and lemma not in _SIDES:
        return
    bearer = ctx.bearer(i)
    if bearer is None:
        return
    for word, prep in ctx.preps(i):
        for o in ctx.objects(prep) if word in _TO else ():
            _belongs_to(ctx, i, bearer, word, o)


def leader(ctx: BlockContext, i: int) -> None:
    """ "Biologists from Norland University, led by Ida Moe": who leads the people of a body is there, too."""
    tree, lemma = ctx.tree, ctx.tree.lemma[i]
    team = lemma in _TEAMS
    if ctx.name[i] is not None or tree.pos[i] != "NOUN" or not (team or _is_of_employees(ctx, i)):
        return
    for word, prep in ctx.preps(i):
        for o in ctx.objects(prep) if word in _FROM else ():
            body = ctx.name[o]
            if body is not None and body.type == "Organization" and (not team or employs(body.label)):
                _led(ctx, (i, o), body)


def _led(ctx: BlockContext, nouns: tuple[int, int], body: MentionDraft) -> None:
    """Say that who leads people of a body is of it; the participle hangs on their noun, or on the body."""
    for verb in (k for noun in nouns for k in ctx.tree.of(noun, "acl") if ctx.tree.lower[k] in _LED):
        for person in _agents(ctx, verb):
            ctx.add_claim(person, rel.EMPLOYER, body, rules.OF_ORGANIZATION, tokens=[ctx.doc[verb]])


def _agents(ctx: BlockContext, verb: int) -> list[MentionDraft]:
    """Give the persons by whom something is done that a participle tells of: "led by Ida Moe"."""
    named = (ctx.name[p] for by in ctx.tree.of(verb, "agent") for p in ctx.objects(by))
    return [person for person in named if person is not None and person.type == "Person"]


def _is_of_employees(ctx: BlockContext, i: int) -> bool:
    """Whether a noun is of several who work for a body: "biologists", "researchers"."""
    lemma: str = ctx.tree.lemma[i]
    return ctx.tree.tag[i] == "NNS" and (lemma in _EMPLOYEES or lemma.endswith("ologist"))


def _belongs_to(ctx: BlockContext, i: int, bearer: MentionDraft, word: str, o: int) -> None:
    """Say to whom a person or group belongs that has a preposition behind its noun."""
    target = ctx.name[o]
    own = word == "of" and bearer.kind == "nominal" and i == bearer.head.i
    if (own and target is None) or (target is not None and ctx.is_owner(target)):
        return  # "members of the club are members of the club", "members of Frege's group"
    if target is not None and target.type == "GPE" and is_country(target.label):
        ctx.add_claim(bearer, rel.COUNTRY, target, rules.OF_COUNTRY)
        return
    relation = _belonging(ctx.tree.lemma[i], word, ctx.noun_type(o))
    if relation is not None:
        ctx.add_claim(bearer, relation, ctx.mention(o), rules.OF_ORGANIZATION, tokens=[ctx.doc[i]])


def _belonging(lemma: str, word: str, kind: str) -> str | None:
    """Give the relation that a noun and its preposition name to a thing of a class."""
    if kind not in ("Organization", "Group"):
        if lemma != "member" or word != "of" or kind == "Person":
            return None
    if lemma in _SIDES:
        side: str = _SIDES[lemma]
        return side if word == "of" else None
    return rel.MEMBER_OF if lemma in _MEMBERS and word in ("of", "from") else rel.EMPLOYER


def possession(ctx: BlockContext, i: int) -> None:
    """ "Hamas's last stronghold": a thing of a named owner."""
    tree, lemma, owner = ctx.tree, ctx.tree.lemma[i], ctx.owner(i)
    if owner is None or tree.pos[i] not in NOUNS or i in ctx.used:
        return
    if tree.lower[owner] in ("his", "her") and is_written(lemma):
        _own_work(ctx, i, owner)
    name = ctx.name[owner] or ctx.demonym[owner]
    if name is None:
        _own_firm(ctx, i, owner)
        return
    if ctx.name[i] is not None or ctx.value[owner] is not None or ctx.is_event(i):
        return
    if lemma in _RELATED and ctx.titled(i) is not None:
        return  # "Brink's bodyguard Ann Lee", who is said to be it
    _of_owner(ctx, i, name)


def owner(ctx: BlockContext, i: int) -> None:
    """ "The owner of the pub, Garland Inns": the name that the parser hangs on the pub is its owner's.

    So is the one that is said to be the owner, or to have most of a firm: "became sole owner of Vero".
    """
    tree = ctx.tree
    former = any(tree.lower[k] in FORMER for k in tree.kids[i])
    if not former and _has_most(tree, i):
        _owned(ctx, i)
    for o in ctx.objects_of(i, "of") if tree.lemma[i] == "owner" and not former else ():
        renaming = (ctx.name[a.renaming] for a in constructions.appositions(tree, i, o) if o < a.renaming)
        for name in renaming:
            if name is None or name.type != "Organization" or ctx.noun_type(o) == name.type:
                continue
            if tree.lower[name.span.start - 1] == ",":
                ctx.add_claim(ctx.mention(o), rel.OWNED_BY, name, rules.POSSESSIVE_PART, tokens=[ctx.doc[i]])


def _has_most(tree: Tree, i: int) -> bool:
    """Whether a noun is for who owns a thing, or most of a firm: "owner", "majority shareholder"."""
    before = {tree.lower[k] for k in tree.of(i, "amod", "compound")}
    return tree.lemma[i] == "owner" or (tree.lemma[i] in _HOLDERS and not before.isdisjoint(_MOST))


def _owned(ctx: BlockContext, i: int) -> None:
    """Say whose a firm or thing with a name is by the noun for its owner, who has a name."""
    who, renamed = ctx.bearer(i), constructions.apposition(ctx.tree, i)
    if renamed is not None and who is not None and who.kind != "name":
        who = ctx.name[renamed.head]  # "Halm Group, the owner of Vero": no person
    if who is None or who.kind != "name" or who.type not in ("Person", "Organization", "GPE"):
        return
    for o in ctx.objects_of(i, "of", "in"):
        thing = ctx.name[o] or ctx.titled(o)
        if thing is not None and thing is not who and thing.type in _OWNABLE:
            ctx.add_claim(thing, rel.OWNED_BY, who, rules.POSSESSIVE_PART, tokens=[ctx.doc[i]])


def _own_firm(ctx: BlockContext, i: int, owner: int) -> None:
    """ "Its subsidiary Vero Pumps", "its leasing arm, Vero Leasing", "its owner, Siemens"."""
    lemma, tokens = ctx.tree.lemma[i], [ctx.doc[i]]
    if ctx.tree.lower[owner] not in ("its", "their", "whose") and ctx.tree.pos[owner] != "NOUN":
        return
    # That "its owner is Ida Moe" `kg.extract.events.owning` reads.
    who = (_told_of(ctx, i) if lemma != "owner" else None) or ctx.titled(i) or ctx.referent(i)
    if who.kind != "name" or ctx.name[i] is not None or ctx.value[owner] is not None:
        return
    whose = constructions.whose(ctx.tree, owner)
    if whose is None:
        return
    owner = whose
    if lemma in _FIRMS and who.type == "Organization":
        relation = _part(lemma, "Organization")
        ctx.add_claim(who, relation, ctx.mention(owner), rules.POSSESSIVE_PART, tokens=tokens)
        return
    owns = _owns(ctx, i)
    if who.type != "Organization" and lemma != "owner":
        return
    if owns is not None:
        _say_owner(ctx, ctx.mention(owner), owns, who, i)


def _say_owner(ctx: BlockContext, thing: MentionDraft, owns: str, who: MentionDraft, i: int) -> None:
    """Say whose a firm is by the noun for who has it; the holding company of a family is the family's."""
    if owns == rel.SUBSIDIARY_OF and thing.type in ("Group", "Person"):
        ctx.add_claim(who, rel.OWNED_BY, thing, rules.POSSESSIVE_PART, tokens=[ctx.doc[i]])
    else:
        ctx.add_claim(thing, owns, who, rules.POSSESSIVE_PART, tokens=[ctx.doc[i]])


def _told_of(ctx: BlockContext, i: int) -> MentionDraft | None:
    """ "Its parent is Halm Group", "whose owner was Ida Moe": the name that a copula gives to a noun."""
    tree, up = ctx.tree, ctx.tree.head[i]
    how = ctx.block.factualities.get(up)
    if tree.dep[i] != "nsubj" or tree.lower[up] != "is" or how is None or not how.asserted or how.negated:
        return None
    named = (ctx.name[a] for a in tree.of(up, "attr"))
    return next((n for n in named if n is not None and n.type in ("Organization", "Person")), None)


def _of_owner(ctx: BlockContext, i: int, name: MentionDraft) -> None:
    """Say what a noun's thing is to its named owner: kin, people, a possession."""
    lemma, relation = ctx.tree.lemma[i], kin_at(ctx.tree, i)
    of_firm = lemma in ("owner", "company", "parent")
    who = (ctx.bearer(i) if lemma == "owner" else ctx.referent(i)) if of_firm else None
    who = (_told_of(ctx, i) or who) if of_firm else None
    if who is not None and who.kind == "name" and (name.type != "Person" or lemma == "company"):
        if (owns := _owns(ctx, i)) is not None:  # "Nordlicht's owner, Siemens", "its parent company, Siemens"
            _say_owner(ctx, name, owns, who, i)
            return
    if relation is not None:
        _kin_of(ctx, i, name, relation)
    elif is_office(ctx, i) or lemma in _MEMBERS or lemma in _EMPLOYEES:
        if ctx.noun_type(i) in ("Person", "Group"):
            _belong(ctx, i, name, rules.POSSESSIVE_PEOPLE)
    else:
        _possess(ctx, i, name)


def _owns(ctx: BlockContext, i: int) -> str | None:
    """Give what a thing is of its owner or its parent, by the noun for that."""
    return _owning(ctx, i) if ctx.tree.lemma[i] == "owner" else _parent(ctx, i)


def _owning(ctx: BlockContext, i: int) -> str:
    """Give what a thing is of its owner, or of a previous one."""
    former = any(ctx.tree.lower[k] in FORMER for k in ctx.tree.kids[i])
    return rel.FORMER_OWNER if former else rel.OWNED_BY


def _parent(ctx: BlockContext, i: int) -> str | None:
    """Give what a company is of its parent company, or of its parent."""
    if ctx.tree.lemma[i] == "parent":
        return rel.SUBSIDIARY_OF
    if ctx.tree.lemma[i] not in ("company", "firm", "group"):
        return None
    parent = any(ctx.tree.lower[k] in ("parent", "holding", "mother") for k in ctx.tree.kids[i])
    return rel.SUBSIDIARY_OF if parent else None


def _own_work(ctx: BlockContext, i: int, owner: int) -> None:
    """ "his book Hydra"."""
    work = ctx.referent(i)
    work = ctx.titled(i) or work
    if work.kind == "name" and work.type == "Work":
        ctx.add_claim(work, rel.AUTHOR, ctx.mention(owner), rules.POSSESSIVE_WORK)


def _kin_of(ctx: BlockContext, i: int, name: MentionDraft, relation: str) -> None:
    """ "Ann Lee's mother", whose name does not follow."""
    if constructions.appositions(ctx.tree, i):
        return
    how, tokens = event_factuality(ctx, i), [ctx.doc[i]]
    ctx.add_claim(name, relation, ctx.mention(i), rules.KIN_OF_NAME, tokens=tokens, factuality=how)


def _possess(ctx: BlockContext, i: int, name: MentionDraft) -> None:
    """Say what a thing is of its named owner."""
    lemma, kind, tokens = ctx.tree.lemma[i], ctx.noun_type(i), [ctx.doc[i]]
    if name.type in PLACES and lemma == "capital":
        ctx.add_claim(ctx.referent(i), rel.CAPITAL_OF, name, rules.CAPITAL, confidence=0.9, tokens=tokens)
    elif name.type in PLACES and kind in ("GPE", "Location"):
        ctx.add_claim(ctx.referent(i), rel.LOCATED_IN, name, rules.POSSESSIVE_PLACE)
    elif name.type == "Organization" and lemma in _PARTS:
        relation = _part(lemma, name.type)
        ctx.add_claim(ctx.referent(i), relation, name, rules.POSSESSIVE_PART, tokens=tokens)
    elif _make(ctx, i, name):
        return
    elif name.type in _OWNERS and not _is_somebody(ctx, i, name):
        # "Obama's pledge", "its cowardice": who it is of, but nothing that one has.
        abstract = kind in ("Event", "Concept")
        rule = rules.POSSESSIVE_ABSTRACT if abstract else rules.POSSESSIVE
        ctx.add_claim(name, rel.HAS, ctx.referent(i), rule)


def _make(ctx: BlockContext, i: int, name: MentionDraft) -> bool:
    """ "Lund's novel, Brine", "Vero's new scooter, the Zip": who made what has a name; whether it is told."""
    work, lemma = ctx.referent(i), ctx.tree.lemma[i]
    if work.kind != "name":
        return False
    if name.type == "Organization" and work.type == "Product":
        ctx.add_claim(name, rel.PRODUCT, work, rules.MAKER_OF, tokens=[ctx.doc[i]])
    elif name.type in ("Person", "Organization") and ctx.noun_type(i) == "Work":
        relation = rel.AUTHOR if is_written(lemma) and name.type == "Person" else rel.CREATED_BY
        ctx.add_claim(work, relation, name, rules.POSSESSIVE_WORK)
    else:
        return False
    return True


def _is_somebody(ctx: BlockContext, i: int, name: MentionDraft) -> bool:
    """Whether a noun of a body's stands for somebody with a name: "the council's referee, Ann Lee"."""
    return ctx.noun_type(i) == "Person" and name.type != "Person" and ctx.referent(i).kind == "name"


def participle(ctx: BlockContext, i: int) -> None:
    """ "the London-based firm", "Iranian-backed militias", "a Berlin-born painter"."""
    tree, word = ctx.tree, ctx.tree.lower[i]
    if i < 2 or tree.lower[i - 1] not in _HYPHENS or not (word in _PLACED or word in _DONE):
        return
    other, noun = ctx.land(i - 2) or _town(ctx, i - 2), _modified(tree, i)
    if other is None or noun >= tree.n or tree.pos[noun] not in NOUNS or not ctx.same_sentence(i, noun):
        return
    relation, tokens = _PLACED.get(word), [ctx.doc[i]]
    subject = _placed(ctx, noun, relation)
    if relation is None:
        relation = _WITH.get(word, f"{word}_by")
        ctx.add_claim(subject, relation, other, rules.PARTICIPLE_AGENT, tokens=tokens)
    elif other.type in PLACES or ctx.demonym[i - 2] is not None:
        if relation == rel.BASED_IN and subject.type == "Organization":
            relation = rel.HEADQUARTERS
        ctx.add_claim(subject, relation, other, rules.PARTICIPLE_PLACE, tokens=tokens)


def _town(ctx: BlockContext, k: int) -> MentionDraft | None:
    """Give the town of "Dornach-based", which the finder of names misses before a hyphen."""
    tree = ctx.tree
    alone = tree.tag[k] == "NNP" and tree.lower[max(k - 1, 0)] not in _HYPHENS
    return ctx.named(k, k + 1, "GPE") if alone and tree.lower[k + 2] in _SEATED else None


def _placed(ctx: BlockContext, noun: int, relation: str | None) -> MentionDraft:
    """Give what is somewhere by the participle of a noun: the body that it names, or its own thing."""
    named = ctx.titled(noun)
    if named is None and relation in (rel.BASED_IN, rel.HEADQUARTERS):
        named = ctx.bearer(noun)  # "Vero is a Linz-based maker of pumps"
    return named or ctx.mention(noun)


def _modified(tree: Tree, i: int) -> int:
    """Give the noun that a participle behind a hyphen modifies."""
    noun = tree.head[i] if tree.head[i] > i else i + 1
    while noun < tree.n and tree.head[noun] > noun and tree.dep[noun] in BEFORE_NOUNS:
        if tree.pos[noun] == "VERB":
            break
        noun = tree.head[noun]
    return noun


def makers(ctx: BlockContext, i: int) -> None:
    """ "paintings by Munch", "a song by the band Fjord": who made a work."""
    tree = ctx.tree
    if ctx.noun_type(i) not in ("Work", "Product") or tree.lemma[i] in event_nouns():
        return
    for word, prep in ctx.preps(i):
        if word != "by" or prep - i > 3 or _is_done_by(tree, i):
            continue
        for o in ctx.objects(prep):
            maker, subject = ctx.name[o], ctx.bearer(i)
            if subject is not None and maker is not None and maker.type in _MAKERS:
                written = _is_written(ctx, i) and maker.type == "Person"
                relation = rel.AUTHOR if written else rel.CREATED_BY
                ctx.add_claim(subject, relation, maker, rules.MADE_BY, tokens=[ctx.doc[prep]])


def _is_written(ctx: BlockContext, i: int) -> bool:
    """Whether a work has an author, by its noun or the one before its name: "the novel The Long Road"."""
    name = ctx.name[i]
    before = range(max(0, name.span.start - 3), name.span.start) if name is not None else (i,)
    return any(is_written(ctx.tree.lemma[k]) for k in before)


def _is_done_by(tree: Tree, i: int) -> bool:
    """Whether a noun stands under a passive, whose agent "by" may tell: "was refused a book by the board"."""
    for _ in range(4):
        i = tree.head[i]
        if tree.pos[i] == "VERB":
            return tree.tag[i] == "VBN" and not any(tree.lemma[k] == "have" for k in tree.of(i, "aux"))
    return False


def part(ctx: BlockContext, i: int) -> None:
    """ "Acme, a subsidiary of Ajax", "Paris is the capital of France"."""
    tree = ctx.tree
    if ctx.name[i] is not None:
        return
    if is_capital(tree, i):
        _capital(ctx, i)
        return
    if tree.lemma[i] in ("company", "firm", "group") and _parent(ctx, i):
        _parent_of(ctx, i)
    if tree.lemma[i] == "part" and tree.left[i] == i:
        _part_of_group(ctx, i)
    if tree.lemma[i] not in _PARTS or _is_no_part(ctx, i):
        return
    for word, p in ctx.preps(i):
        for o in ctx.objects(p) if word == "of" else ():
            subject, whole = ctx.bearer(i), _named_whole(ctx, o)
            if whole is not None and subject is not None:
                relation = _part(tree.lemma[i], whole.type)
                ctx.add_claim(subject, relation, whole, rules.PART_OF, tokens=[ctx.doc[p]])


def _is_no_part(ctx: BlockContext, i: int) -> bool:
    """Whether a noun names no part of what is behind it, or one that it was: "until 2015 a subsidiary of".

    "A Paris suburb of Creteil" has its own name behind it.
    """
    tree = ctx.tree
    once = any(tree.lower[k] in _ONCE for k in range(max(tree.left[i] - 3, 0), i))
    return once or any(ctx.is_place(k) for k in tree.of(i, "compound", "nmod"))


def _named_whole(ctx: BlockContext, o: int) -> MentionDraft | None:
    """Give the name of a whole, which may stand by its noun: "the fund Arlo", "the Brell group"."""
    named = ctx.referent(o) if ctx.name[o] is None else ctx.name[o]
    if named is not None and named.kind == "name":
        return named
    if ctx.name[o] is not None or ctx.tree.lemma[o] not in ("group", "company", "concern"):
        return ctx.name[o]
    before = (ctx.name[k] for k in ctx.tree.of(o, "compound", "nmod") if k == o - 1)
    return next((n for n in before if n is not None and n.type == "Organization"), None)


def _parent_of(ctx: BlockContext, i: int) -> None:
    """ "Brell Group is the parent company of Vero Pumps"."""
    subject = ctx.bearer(i)
    for o in ctx.objects_of(i, "of"):
        name = ctx.name[o]
        if name is not None and subject is not None and subject.kind == "name":
            ctx.add_claim(name, rel.SUBSIDIARY_OF, subject, rules.PART_OF, tokens=[ctx.doc[i]])


def _part_of_group(ctx: BlockContext, i: int) -> None:
    """ "Vero Pumps, part of the Brell Group, makes pumps": two firms."""
    subject = ctx.bearer(i)
    if subject is None or subject.kind != "name" or subject.type != "Organization":
        return
    for o in ctx.objects_of(i, "of"):
        name = _named_whole(ctx, o)
        if name is not None and (name.span[-1].lower_ in _GROUPS or ctx.name[o] is None):
            ctx.add_claim(subject, rel.SUBSIDIARY_OF, name, rules.PART_OF, tokens=[ctx.doc[i]])


def _part(lemma: str, kind: str) -> str:
    """Give what a part is of its whole: a company's company, or simply a part."""
    return rel.SUBSIDIARY_OF if lemma == "subsidiary" and kind == "Organization" else rel.PART_OF


def _capital(ctx: BlockContext, i: int) -> None:
    """ "Paris is the capital of France", "Its capital is Ulm."."""
    tree, tokens = ctx.tree, [ctx.doc[i]]
    subject, owner, up = ctx.bearer(i), ctx.owner(i), tree.head[i]
    if tree.dep[i] == "nsubj" and tree.lemma[up] == "be" and owner is not None:
        factuality = ctx.block.factualities.get(up)
        for a in tree.of(up, "attr") if factuality is not None and factuality.asserted else ():
            if ctx.is_place(a):
                whole = ctx.mention(owner)
                ctx.add_claim(ctx.mention(a), rel.CAPITAL_OF, whole, rules.CAPITAL, tokens=tokens)
    for o in ctx.objects_of(i, "of"):
        if ctx.name[o] is not None and subject is not None and subject.kind != "nominal":
            ctx.add_claim(subject, rel.CAPITAL_OF, ctx.mention(o), rules.CAPITAL, tokens=tokens)
