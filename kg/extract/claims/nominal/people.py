"""Who holds what office, works where, and is whose wife or son."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.claims.factuality import PLAIN, Factuality
from kg.extract.claims.nominal.context import BlockContext, is_country
from kg.extract.lexicon import gazetteer, mapping, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS, PLACES
from kg.extract.mentions import nominals
from kg.extract.reading import MentionDraft
from kg.model import Value

# Offices of states and provinces, which may share a country's name ("Georgia Governor").
OF_STATES = frozenset(("governor", "senator", "congressman", "congresswoman"))
# How nouns for what one does for a living end.
TRADES = ("er", "or", "ist", "ian", "man", "woman", "ant", "ent", "eer", "ess", "yst", "ic", "ar", "ate")
PARTIES = frozenset(
    "Republican Democratic Democrat Conservative Labour Liberal Green Communist Socialist Nazi".split()
)
# Offices whose "of" tells a field, and what the name of a place of learning says.
LEARNED = frozenset(
    "professor lecturer teacher scholar historian doctor master bachelor chair reader".split()
)
LEARNING = frozenset("university college school institute academy seminary conservatory faculty".split())
# What one is for a work and not for an organization, by title or by the word before it.
OF_WORKS = frozenset("star actor actress screenwriter showrunner creator protagonist".split())
SCREEN = frozenset("film movie television tv series show".split())
NO_EMPLOYER = frozenset(("Person", "Concept", "Work", "Event", "Product"))
FOUNDERS = frozenset(("founder", "co-founder", "cofounder"))
RANKS = mapping("nominals", "rank")
KIN = ("spouse", "child", "parent", "sibling", "relative")


def kin(lemma: str) -> str | None:
    """Give the relation that a kinship noun names, from the one whose kin it is."""
    return next((k for k in KIN if lemma in words("nominals", "kin", k)), None)


def is_office(ctx: BlockContext, i: int) -> bool:
    """Whether a noun names an office, a post or a profession."""
    tree = ctx.tree
    lemma = tree.lemma[i]
    if (
        lemma in words("nominals", "office", "heads")
        or tree.lower[i] in words("nominals", "office", "heads")
        or tree.lower[i] in RANKS
    ):
        return True
    if (
        lemma == "owner"
        or lemma in words("nominals", "office", "no_office")
        or lemma in words("nominals", "office", "honorifics")
        or kin(lemma)
    ):
        return False
    trade = tree.lower[i].endswith(TRADES)
    return trade and tree.tag[i] in ("NN", "NNP") and nominal_type(ctx.doc[i])[0] == "Person"


def titles(ctx: BlockContext, person: MentionDraft) -> None:
    """ "British Foreign Secretary James Cleverly": an office before the name, and whose it is."""
    tree, start = ctx.tree, person.span.start
    if len(person.span) == 1 and person.span.text.lower() in words("nominals", "office", "heads"):
        return  # "Mr. Chief Justice"
    end = start
    while end > 0 and tree.lower[end - 1] in words("nominals", "office", "honorifics"):
        end -= 1
    last, elect = end - 1, False
    if last >= 2 and tree.lower[last] in words("nominals", "office", "elect"):
        last, elect = last - (2 if tree.lower[last - 1] == "-" else 1), True
    if end == start and last >= 0:
        _country_before(ctx, person, last)
    if last < 0 or ctx.demonym[last] is not None or gazetteer.land_of_adjective(ctx.doc[last].text):
        return
    rank = tree.lower[last] == "." and is_office(ctx, last)
    if ctx.name[last] is not None or not (rank or tree.pos[last] in (*NOUNS, "ADJ")):
        return
    if not ctx.same_sentence(last, start) or not _one_phrase(ctx, last, person):
        return
    relation = kin(tree.lemma[last])
    if relation is not None:
        owner = ctx.owner(last)
        if owner is None:
            owner = next((k for k in ctx.outside(person, "poss") if k < last), None)
        if owner is not None:
            ctx.add_claim(ctx.mention(owner), relation, person, "kin-before", 0.9, tokens=[ctx.doc[last]])
        return
    related(ctx, person, last, "before", 0.85)
    if not is_office(ctx, last):
        return
    first = last
    while first > 0 and _in_title(ctx, first - 1) and ctx.same_sentence(first - 1, last):
        first -= 1
    former = False
    while first < last and tree.lower[first] in words("nominals", "office", "epithets") | words(
        "nominals", "office", "former"
    ) | {"-"}:
        former |= tree.lower[first] in words("nominals", "office", "former")
        first += 1
    if first > 0 and tree.lower[first - 1] in ("acting", "interim"):
        first -= 1
    before = first - 1
    other = _title_before_and(ctx, before) if tree.tag[last] in ("NN", "NNP") else None
    if other is not None:
        before = other[0] - 1
    former |= _former_before(ctx, before)
    label = ctx.doc[first : end if elect else last + 1].text
    if tree.lower[last] in RANKS or tree.lower[last] == ".":
        label = " ".join(RANKS.get(w.lower(), w) for w in label.split())
    people = [person]
    if tree.tag[last] in ("NNS", "NNPS"):
        people += [n for c in tree.conjuncts(ctx.top(person)) if (n := ctx.name[c]) and n.type == "Person"]
        label = label.rstrip("s")
    ctx.used.update(range(first, last + 1))
    office = ctx.nominal(first, end if elect else last + 1, "Position", label)
    if other is not None:
        ctx.used.update(range(*other))
        second = ctx.nominal(*other, "Position")
        ctx.add_claim(
            person, "former_position" if former else "position_held", second, "title-before-and", 0.88
        )
    founders = tree.lemma[last] in FOUNDERS
    for who in dict.fromkeys(people):
        ctx.add_claim(who, "former_position" if former else "position_held", office, "title-before", 0.93)
        _affiliation_before(ctx, who, before, "founder" if founders else tree.lemma[last])


def _title_before_and(ctx: BlockContext, joint: int) -> tuple[int, int] | None:
    """Give the first of two titles of one person: "novelist" of "Norlandic novelist and critic Joan Price".

    "The president and prime minister Price" may be two persons.
    """
    tree, last = ctx.tree, joint - 1
    if last < 0 or tree.lower[joint] not in ("and", "&") or tree.tag[last] not in ("NN", "NNP"):
        return None
    if ctx.name[last] is not None or ctx.demonym[last] is not None or not is_office(ctx, last):
        return None
    first = last
    while first > 0 and _in_title(ctx, first - 1) and ctx.same_sentence(first - 1, last):
        first -= 1
    drop = words("nominals", "office", "former") | words("nominals", "office", "epithets") | {"-"}
    while first < last and tree.lower[first] in drop:
        first += 1
    if first > 0 and (tree.lower[first - 1] in ("the", "a", "an") or tree.tag[first - 1] in ("POS", "PRP$")):
        return None
    return first, last + 1


def _country_before(ctx: BlockContext, person: MentionDraft, last: int) -> None:
    """ "Kenya's Daniel Kiprop", "the Ethiopian Tesfaye Worku": where somebody is from."""
    tree = ctx.tree
    country = ctx.demonym[last]
    if country is None and last > 0 and tree.tag[last] == "POS":
        country = ctx.name[last - 1]
    if country is not None and country.type == "GPE" and len(person.span) > 1:
        if is_country(country.label) and ctx.same_sentence(last, person.span.start):
            ctx.add_claim(person, "country", country, "country-before", 0.85)


def _one_phrase(ctx: BlockContext, last: int, person: MentionDraft) -> bool:
    """Whether a title and a name are in one noun phrase."""
    tree, span = ctx.tree, person.span
    top = ctx.top(person)
    if tree.lower[last] == ".":
        last -= 1
    return last < tree.head[last] < span.end or tree.head[top] == last or tree.head[last] == tree.head[top]


def _in_title(ctx: BlockContext, i: int) -> bool:
    tree = ctx.tree
    if ctx.demonym[i] is not None:
        return False
    if ctx.name[i] is not None:
        return len(ctx.name[i].span) == 1 and tree.lower[i] in words("nominals", "office", "portfolios")  # type: ignore[union-attr]
    if tree.lower[i] == ".":
        return i > 0 and f"{tree.lower[i - 1]}." in RANKS
    if tree.lower[i] == "-":
        return i > 0 and tree.pos[i - 1] in (*NOUNS, "ADJ")
    return tree.lower[i] in ("vice", "ex") or (
        tree.pos[i] in (*NOUNS, "ADJ") and tree.tag[i] not in ("NNS", "CD")
    )


def _former_before(ctx: BlockContext, i: int) -> bool:
    tree = ctx.tree
    for k in range(i, max(-1, i - 4), -1):
        if tree.lower[k] in words("nominals", "office", "former"):
            return True
        if ctx.demonym[k] is None and ctx.name[k] is None and tree.tag[k] != "POS":
            return False
    return False


def _affiliation_before(ctx: BlockContext, person: MentionDraft, i: int, lemma: str = "") -> None:
    """The country or organization that stands before a title ("Google's CEO", "French President")."""
    tree = ctx.tree
    if i >= 0 and tree.tag[i] == "POS":
        i -= 1
    if i < 0:
        return
    if (demonym := ctx.demonym[i]) is not None:
        ctx.add_claim(person, "country", demonym, "title-country", 0.92)
        return
    name = ctx.name[i]
    if name is not None and name.type == "Group" and tree.tag[i] == "JJ" and name.label not in PARTIES:
        return  # a faith or a people, which one does not join
    if lemma in OF_WORKS or (tree.lower[i + 1 : i + 2] and tree.lower[i + 1] in SCREEN):
        return  # "Norland director Peter Vik", where Norland is a film
    if name is not None and name is not person:
        affiliate(ctx, person, name, "title-of", lemma=lemma)
    elif tree.dep[i] == "poss" and lemma == "founder" and tree.lower[i] in ("its", "their"):
        ctx.add_claim(ctx.mention(i), "founded_by", person, "title-of", 0.8)
    elif tree.dep[i] == "poss" and (tree.pos[i] == "NOUN" or tree.lower[i] == "its"):
        if ctx.noun_type(i) not in NO_EMPLOYER:
            ctx.add_claim(person, "employer", ctx.mention(i), "title-of", 0.78)


def affiliate(
    ctx: BlockContext,
    person: MentionDraft,
    name: MentionDraft,
    rule: str,
    confidence: float = 0.9,
    *,
    lemma: str = "",
    factuality: Factuality = PLAIN,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say whom an office is for: a country, a place, an employer; founders found, owners own."""
    if lemma in FOUNDERS:
        ctx.add_claim(name, "founded_by", person, rule, confidence, factuality=factuality, tokens=verb)
    elif lemma == "owner":
        ctx.add_claim(name, "owned_by", person, rule, confidence, factuality=factuality, tokens=verb)
    elif name.type == "GPE" and lemma not in OF_STATES and (is_country(name.label)):
        ctx.add_claim(person, "country", name, rule, confidence, factuality=factuality, tokens=verb)
    elif name.type in ("GPE", "Location"):
        if lemma not in words("nominals", "office", "public"):
            return
        ctx.add_claim(
            person, "jurisdiction", name, rule, confidence - 0.05, factuality=factuality, tokens=verb
        )
    elif name.type == "Group" or (lemma == "fellow" and name.type == "Organization"):
        ctx.add_claim(person, "member_of", name, rule, confidence - 0.05, factuality=factuality, tokens=verb)
    elif name.type in ("Organization", "Facility"):
        ctx.add_claim(person, "employer", name, rule, confidence, factuality=factuality, tokens=verb)


def appositions(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Sundar Pichai, the head of Google" and "the agency's head, Jane Doe"."""
    tree = ctx.tree
    top = ctx.top(person)
    if ctx.is_owner(person):
        return  # "from the tsar's confessor, Andrew": what follows is not the tsar
    for k in ctx.outside(person, "appos"):
        if (
            k not in ctx.used
            and ctx.name[k] is None
            and tree.pos[ctx.inner(k)] in NOUNS
            and k > top
            and _near(ctx, person.span.end, k)
        ):
            for noun in same_kind(ctx, ctx.inner(k)):
                if ctx.name[noun] is None:
                    describe(ctx, person, noun, "apposition", 0.9)
    above = tree.head[top]
    if tree.dep[top] == tree.dep[above] == "appos" and above in ctx.used:
        top, above = above, tree.head[above]  # "Hale's mother, the painter Ruth Hale"
    if tree.dep[top] == "appos" and ctx.name[above] is None and tree.pos[above] in NOUNS:
        if above in ctx.used:
            return
        describe(ctx, person, above, "apposition", 0.9)
    elif not ctx.used.intersection(range(max(0, person.span.start - 4), person.span.start)):
        _office_comma(ctx, person)


def _office_comma(ctx: BlockContext, person: MentionDraft) -> None:
    """ "the agency's director-general, Jane Doe, said", where the parser sees no apposition."""
    tree, comma = ctx.tree, person.span.start - 1
    after = person.span.end
    if comma < 2 or tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in (",", "."):
        return
    last = comma - 1
    joined = (
        last >= 2
        and tree.lower[last - 1] == "-"
        and tree.lower[last - 2] in words("nominals", "office", "heads")
    )
    if ctx.name[last] is not None or not (joined or (tree.pos[last] in NOUNS and is_office(ctx, last))):
        return
    first = last
    while first > 0 and _in_title(ctx, first - 1):
        first -= 1
    before = first - 1
    if before < 1 or (tree.tag[before] not in ("POS", "PRP$") and tree.lower[before] != "the"):
        return
    if tree.lower[before] == "the" and tree.pos[before - 1] not in ("PUNCT", "CCONJ") and before - 1 >= 0:
        return  # "they met the president, Jane Doe, ..." is read from the parse or not at all
    former = tree.lower[first] in words("nominals", "office", "former")
    office = ctx.nominal(first + former, last + 1, "Position")
    ctx.used.update(range(first, last + 1))
    ctx.add_claim(person, "former_position" if former else "position_held", office, "office-comma", 0.82)
    owner = before - 1
    if tree.tag[before] == "POS":
        if ctx.name[owner] is not None:
            affiliate(ctx, person, ctx.mention(owner), "office-of-comma", 0.8, lemma=tree.lemma[last])
        elif tree.pos[owner] == "NOUN":
            ctx.add_claim(person, "employer", ctx.mention(owner), "office-of-comma", 0.75)


def same_kind(ctx: BlockContext, noun: int) -> list[int]:
    """Give a noun and those coordinated with it, without what marks somebody else.

    "A lawyer and politician" is one person; "the son of a lawyer and the actor" may be two, and "a grocer
    and his wife Ann" are.
    """
    return [c for c in ctx.tree.conjuncts(noun) if c == noun or _is_same(ctx, noun, c)]


def _is_same(ctx: BlockContext, noun: int, other: int) -> bool:
    tree, name = ctx.tree, ctx.name[other + 1] if other + 1 < ctx.tree.n else None
    if tree.of(other, "poss") and not tree.of(noun, "poss"):
        return False
    if name is not None and name.type == "Person" and name.span.start == other + 1:
        return False
    first = {tree.lower[k] for k in tree.of(noun, "det")} & {"a", "an", "the"}
    own = {tree.lower[k] for k in tree.of(other, "det")}
    return not own or bool(first and ("the" in own) == ("the" in first))


def _near(ctx: BlockContext, end: int, noun: int) -> bool:
    # An apposition follows at once; a list of guests does not say who they are.
    between = range(end, ctx.tree.left[noun])
    return len(between) <= 2 and all(ctx.tree.pos[k] in ("PUNCT", "SPACE") for k in between)


def describe(
    ctx: BlockContext,
    person: MentionDraft,
    noun: int,
    rule: str,
    confidence: float,
    factuality: Factuality = PLAIN,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say what a description of a person says: kin, office, membership; `verb` is what predicates it."""
    tree = ctx.tree
    relation = kin(tree.lemma[noun])
    if relation is not None:
        if rule in ("predicate-serve", "predicate-appoint"):
            return  # "acted as father to the crew"
        owners = [k for k in (ctx.owner(noun),) if k is not None]
        owners = owners or [o for word, p in ctx.preps(noun) if word == "of" for o in ctx.coordinated(p)]
        # "the son of singer and actress Ann Lee": who has a name is meant.
        for owner in [o for o in owners if ctx.name[o] is not None] or owners[:1]:
            if ctx.noun_type(owner) in ("Organization", "GPE", "Facility"):
                continue  # "the parent of Air Canada"
            if owner + 1 == person.span.start:
                continue  # "the daughter of politician Hans Vik": he is the politician
            ctx.add_claim(
                ctx.mention(owner),
                relation,
                person,
                f"kin-{rule}",
                confidence,
                tokens=verb or [ctx.doc[noun]],
                factuality=factuality,
            )
        return
    if tree.lemma[noun] == "member":
        for word, p in ctx.preps(noun):
            if word == "of":
                for o in ctx.objects(p):
                    ctx.add_claim(
                        person,
                        "member_of",
                        ctx.mention(o),
                        f"member-{rule}",
                        confidence,
                        tokens=verb or [ctx.doc[noun]],
                        factuality=factuality,
                    )
        return
    related(ctx, person, noun, rule, confidence, factuality, verb)
    if not is_office(ctx, noun) or (tree.tag[noun] in ("NNS", "NNPS") and not ctx.picked(noun)):
        return
    if any(tree.tag[t] in ("WP$", "WDT", "VBD", "VBZ", "MD") for t in range(tree.left[noun], noun)):
        return  # a clause that the parser took for a phrase
    lemma = tree.lemma[noun]
    ctx.used.add(noun)
    former = any(
        tree.lower[k] in words("nominals", "office", "former") for k in tree.subtree(noun) if k < noun
    )
    start, end = nominals.phrase(tree, noun)
    label = nominals.label(tree, noun, start, end)
    first = noun
    while first > start and not label.startswith(ctx.doc[first : noun + 1].text):
        first -= 1
    drop = words("nominals", "office", "former") | words("nominals", "office", "epithets") | {"-"}
    while first < noun and (tree.lower[first] in drop or ctx.demonym[first] is not None):
        first += 1
    label = ctx.doc[first : noun + 1].text + label[label.find(ctx.doc[noun].text) + len(ctx.doc[noun].text) :]
    of = next((o for w, p in ctx.preps(noun) if w == "of" and p <= noun + 2 for o in ctx.objects(p)), None)
    name = ctx.name[of] if of is not None else None
    if name is not None:
        whole = ctx.doc[first : max(name.span.end, noun + 1)].text
        label = whole if whole.startswith(label) else label
    if ctx.picked(noun):
        label = label.replace(ctx.doc[noun].text, tree.lemma[noun])
    office = ctx.nominal(start, end, "Position", label)
    ctx.add_claim(
        person,
        "former_position" if former else "position_held",
        office,
        f"office-{rule}",
        confidence,
        factuality=factuality,
        tokens=verb,
    )
    for k in tree.of(noun, "amod", "compound", "nmod"):
        if (demonym := ctx.demonym[k]) is not None:
            found = f"office-country-{rule}"
            ctx.add_claim(person, "country", demonym, found, confidence, factuality=factuality)
            other = ctx.demonym[k - 2] if k >= 2 and tree.lower[k - 1] == "-" else None
            if other is not None and demonym.label != "United States":
                ctx.add_claim(person, "country", other, found, confidence - 0.03, factuality=factuality)
        elif (name := ctx.name[k]) is not None and not (name.type == "Group" and tree.tag[k] == "JJ"):
            affiliate(
                ctx,
                person,
                name,
                f"office-of-{rule}",
                confidence - 0.05,
                lemma=lemma,
                factuality=factuality,
                verb=verb,
            )
    whose = ctx.owner(noun)
    if whose is not None:
        if ctx.name[whose] is not None:
            affiliate(
                ctx,
                person,
                ctx.mention(whose),
                f"office-of-{rule}",
                confidence,
                lemma=lemma,
                factuality=factuality,
            )
        elif lemma in FOUNDERS and (tree.pos[whose] == "NOUN" or tree.lower[whose] in ("its", "their")):
            ctx.add_claim(
                ctx.mention(whose),
                "founded_by",
                person,
                f"office-of-{rule}",
                confidence - 0.1,
                factuality=factuality,
            )
        elif (tree.pos[whose] == "NOUN" and tree.tag[whose] != "NNS") or tree.lower[whose] == "its":
            if ctx.noun_type(whose) not in NO_EMPLOYER:
                ctx.add_claim(
                    person,
                    "employer",
                    ctx.mention(whose),
                    f"office-of-{rule}",
                    confidence - 0.1,
                    factuality=factuality,
                )
    for word, p in ctx.preps(noun):
        if word in ("of", "for", "at", "with", "from", "in"):
            for o in ctx.objects(p):
                name = ctx.name[o]
                if word == "in" and name is not None and name.type in PLACES:
                    continue  # where one is a farmer
                if word == "of" and lemma in LEARNED and name is not None and not _teaches(name.label):
                    continue  # "professor of Oriental Languages"
                if name is not None and name.type != "Person":
                    affiliate(
                        ctx,
                        person,
                        name,
                        f"office-of-{rule}",
                        confidence - 0.05,
                        lemma=lemma,
                        factuality=factuality,
                    )


def related(
    ctx: BlockContext,
    person: MentionDraft,
    noun: int,
    rule: str,
    confidence: float,
    factuality: Factuality = PLAIN,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say how a person stands to somebody or something: "a native of Recife", "his lawyer Jane Doe"."""
    tree = ctx.tree
    relation = mapping("nominals", "related", "relation").get(tree.lemma[noun])
    if relation is None or rule in ("predicate-serve", "predicate-appoint"):
        return
    owner = ctx.owner(noun)
    if owner is None and rule == "before":
        owner = next((k for k in ctx.outside(person, "poss") if k < noun), None)
    others = [] if owner is None or relation in ("educated_at", "country") else [owner]
    if rule != "before":
        others += [o for w, p in ctx.preps(noun) if w in ("of", "at", "from") for o in ctx.coordinated(p)]
    for o in others:
        pronoun = tree.lower[o] in ("his", "her")
        kind, named = "Person" if pronoun else ctx.noun_type(o), pronoun or ctx.name[o] is not None
        personal = relation.endswith("_of") and relation not in ("native_of", "student_of")
        if not named or (personal and kind != "Person"):
            continue
        if (relation == "educated_at" and kind != "Organization") or (
            relation in ("native_of", "residence", "country") and kind not in PLACES
        ):
            continue
        ctx.add_claim(
            person,
            relation,
            ctx.mention(o),
            f"related-{rule}",
            confidence,
            factuality=factuality,
            tokens=verb or [ctx.doc[noun]],
        )


def of_organization(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Jana Novak of Novak & Partners": the organization that a person is named with."""
    tree, prep = ctx.tree, person.span.end
    if (
        prep + 1 >= tree.n
        or tree.lower[prep] != "of"
        or tree.lower[prep - 1] in words("nominals", "office", "heads")
    ):
        return
    for o in ctx.objects(prep)[:1]:
        name = ctx.name[o] or ctx.referent(o)
        if name.kind == "name" and name.type == "Organization" and name.span.start - prep <= 3:
            ctx.add_claim(person, "affiliated_with", name, "person-of", 0.75, tokens=[ctx.doc[prep]])


def ages(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Anna Smith, 45, of Ulm, said": how old a person is, and where from."""

    tree, i = ctx.tree, person.span.end
    if (
        i + 2 < tree.n
        and tree.lower[i] in (",", "(")
        and tree.lower[i + 1].isdigit()
        and tree.lower[i + 2] in (",", ")", ".")
    ):
        years = int(tree.lower[i + 1])
        if 5 <= years <= 115 and (tree.lower[i] == "," or len(person.span) > 1):
            age = ctx.quantity(ctx.doc[i + 1 : i + 2], Value(str(years), "integer", "a"))
            ctx.add_claim(person, "age", age, "age", 0.92)
            if i + 4 < tree.n and tree.lower[i + 3] in ("of", "from") and ctx.is_place(i + 4):
                ctx.add_claim(
                    person,
                    "residence",
                    ctx.mention(i + 4),
                    "age-place",
                    0.88,
                    tokens=[ctx.doc[i + 3]],
                )


# Verbs that say what somebody is or becomes; after "as" for those of the second row.
BECOMING = frozenset("be become remain".split())
SERVING = frozenset("serve work act play".split())
APPOINTING = frozenset(
    "appoint elect name nominate install crown choose select ordain promote designate".split()
)


def predicates(ctx: BlockContext, i: int) -> None:
    """ "She is a member of the senate", "he served as mayor of Ulm", "Lind was appointed director"."""
    tree = ctx.tree
    status = ctx.block.statuses.get(i)
    lemma = tree.lemma[i]
    if status is not None and lemma == "be":
        _age(ctx, i, status)
    if status is None or not (lemma in BECOMING or lemma in SERVING or lemma in APPOINTING):
        return
    passive = tree.first(i, "nsubjpass", "auxpass") is not None
    attributes = [ctx.inner(n) for n in tree.of(i, "attr", "oprd")]
    nouns = [] if lemma in SERVING else [n for n in attributes if tree.pos[n] in NOUNS]
    if lemma == "become":
        nouns += tree.of(i, "dobj")
    if lemma not in BECOMING:
        nouns += [o for k in tree.of(i, "prep") if tree.lower[k] == "as" for o in ctx.objects(k)]
    if lemma in APPOINTING and not passive:
        subjects = tree.of(i, "dobj")
    else:
        subjects = tree.of(i, "nsubjpass" if passive else "nsubj")
    single = tree.lower[i] in ("is", "was", "has", "becomes", "serves")
    # "the son of Ann, who was the daughter of Max, and Eva": only Ann was.
    subjects = [
        c
        for s in subjects
        for a in [ctx.antecedent(s, i)]
        for c in ([a] if single and a != s else tree.conjuncts(a))
    ]
    if not nouns or not subjects or len(subjects) > 3:
        return
    factuality = status
    subject, named = subjects[0], ctx.name[nouns[0]]
    if lemma == "be" and named is not None and ctx.name[subject] is None and tree.pos[subject] == "NOUN":
        if named.type == "Person" and ctx.owner(subject) is not None:
            # "The firm's chief executive is Anna Lind."
            describe(ctx, named, subject, "predicate-be", 0.85, factuality, (ctx.doc[i],))
        return
    for noun in [c for n in nouns for c in same_kind(ctx, n)]:
        if ctx.name[noun] is not None or ctx.demonym[noun] is not None:
            continue
        for s in subjects:
            if tree.pos[s] in NOUNS or tree.lower[s] in ("he", "she", "who"):
                person = ctx.bearer(s)
                if person is not None and person.type == "Person" and person.kind != "nominal":
                    describe(ctx, person, noun, _predicate(lemma), 0.85, factuality, (ctx.doc[i],))
                    if lemma in SERVING and is_office(ctx, noun):
                        _employers(ctx, person, i, factuality)


def _teaches(name: str) -> bool:
    return any(word in LEARNING for word in name.lower().split())


def _age(ctx: BlockContext, verb: int, factuality: Factuality) -> None:
    """ "She was 91": how old a person is or was."""
    tree = ctx.tree
    number = next((k for k in tree.of(verb, "attr", "acomp", "npadvmod") if tree.lower[k].isdigit()), None)
    subject = tree.first(verb, "nsubj")
    if number is None or subject is None or tree.kids[number] or not 5 <= int(tree.lower[number]) <= 115:
        return
    name = ctx.name[subject]
    if tree.lower[subject] in ("he", "she") or (name is not None and name.type == "Person"):
        age = ctx.value[number]
        if age is None:
            age = ctx.quantity(ctx.doc[number : number + 1], Value(tree.lower[number], "integer", "a"))
        ctx.add_claim(
            ctx.mention(subject),
            "age",
            age,
            "age-predicate",
            0.85,
            factuality=factuality,
            tokens=[ctx.doc[verb]],
        )


def _predicate(lemma: str) -> str:
    """Give the last part of a rule's id by what the verb says of the office."""
    if lemma in APPOINTING:
        return "predicate-appoint"
    return "predicate-serve" if lemma in SERVING else f"predicate-{'be' if lemma == 'be' else 'become'}"


def _employers(ctx: BlockContext, person: MentionDraft, verb: int, factuality: Factuality) -> None:
    """ "worked as an engineer for Volvo", where the parser hangs "for" on the verb."""
    tree = ctx.tree
    for k in tree.of(verb, "prep"):
        for o in ctx.objects(k) if tree.lower[k] in ("for", "at", "with") else ():
            name = ctx.name[o]
            if name is not None and name.type == "Organization":
                ctx.add_claim(
                    person,
                    "employer",
                    name,
                    "office-employer",
                    0.82,
                    factuality=factuality,
                    tokens=(ctx.doc[verb],),
                )


def lives(ctx: BlockContext, person: MentionDraft) -> None:
    """ "Ada Holm (born 3 June 1957 in Ulm)", "Ada Holm (1857-1931)": when a person lived."""
    tree, i = ctx.tree, person.span.end
    if i + 1 >= tree.n or tree.lower[i] != "(":
        return
    i += 1
    born = tree.lower[i] in ("born", "b.", "b")
    i += born
    close = next((k for k in range(i, min(i + 24, tree.n)) if tree.lower[k] == ")"), None)
    if close is None:
        return
    times: list[MentionDraft] = []
    for k in range(i, close):
        time = ctx.value[k]
        if (
            time is not None
            and time.kind == "time"
            and time.value is not None
            and time.value.lower
            and time not in times
        ):
            times.append(time)
    if not times or times[0].span.start > i + 2:
        return
    first = times[0]
    if born:
        ctx.add_claim(person, "birth_date", first, "life-born", 0.93, tokens=[ctx.doc[i - 1]])
        for k in range(first.span.end, min(first.span.end + 2, close)):
            if tree.lower[k] == "in" and ctx.is_place(k + 1):
                ctx.add_claim(
                    person, "born_in", ctx.mention(k + 1), "life-born", 0.92, tokens=[ctx.doc[i - 1]]
                )
        return
    if len(times) == 1:
        value = first.value
        assert value is not None
        assert value.lower is not None
        assert value.upper is not None
        begin, end = int(value.lower[:4]), int(value.upper[:4])
        if value.datatype == "date" and 15 <= end - begin <= 115 and len(first.span) <= 3:
            for relation, year in (("birth_date", begin), ("death_date", end)):
                at = Value(f"{year:04d}", "gYear", lower=f"{year:04d}-01-01", upper=f"{year:04d}-12-31")
                ctx.add_claim(person, relation, ctx.time(first.span, at), "life-years", 0.88)
    elif len(times) == 2 and times[1].span.start - first.span.end <= 2:
        ctx.add_claim(person, "birth_date", first, "life-dates", 0.9)
        ctx.add_claim(person, "death_date", times[1], "life-dates", 0.9)
