"""Who holds what office, works where, and is whose wife or son."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract.claims.nominal.context import (
    NOUNS,
    PLACES,
    SO,
    Page,
    Standing,
    is_country,
    mapping,
    ranks,
    words,
)
from kg.extract.lexicon import gazetteer
from kg.extract.lexicon.nouns import nominal_type
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
KIN = ("spouse", "child", "parent", "sibling", "relative")


def kin(lemma: str) -> str | None:
    """Give the relation that a kinship noun names, from the one whose kin it is."""
    return next((k for k in KIN if lemma in words("kin", k)), None)


def is_office(page: Page, i: int) -> bool:
    """Whether a noun names an office, a post or a profession."""
    tree = page.tree
    lemma = tree.lemma[i]
    if (
        lemma in words("office", "heads")
        or tree.lower[i] in words("office", "heads")
        or tree.lower[i] in ranks()
    ):
        return True
    if (
        lemma == "owner"
        or lemma in words("office", "no_office")
        or lemma in words("office", "honorifics")
        or kin(lemma)
    ):
        return False
    trade = tree.lower[i].endswith(TRADES)
    return trade and tree.tag[i] in ("NN", "NNP") and nominal_type(page.doc[i])[0] == "Person"


def titles(page: Page, person: MentionDraft) -> None:
    """ "British Foreign Secretary James Cleverly": an office before the name, and whose it is."""
    tree, start = page.tree, person.span.start
    if len(person.span) == 1 and person.span.text.lower() in words("office", "heads"):
        return  # "Mr. Chief Justice"
    end = start
    while end > 0 and tree.lower[end - 1] in words("office", "honorifics"):
        end -= 1
    last, elect = end - 1, False
    if last >= 2 and tree.lower[last] in words("office", "elect"):
        last, elect = last - (2 if tree.lower[last - 1] == "-" else 1), True
    if end == start and last >= 0:
        _country_before(page, person, last)
    if last < 0 or page.demonym[last] is not None or gazetteer.land_of_adjective(page.doc[last].text):
        return
    rank = tree.lower[last] == "." and is_office(page, last)
    if page.name[last] is not None or not (rank or tree.pos[last] in (*NOUNS, "ADJ")):
        return
    if not page.same_sentence(last, start) or not _one_phrase(page, last, person):
        return
    relation = kin(tree.lemma[last])
    if relation is not None:
        owner = page.owner(last)
        if owner is None:
            owner = next((k for k in page.outside(person, "poss") if k < last), None)
        if owner is not None:
            page.say(page.mention(owner), relation, person, "kin-before", 0.9, tokens=[page.doc[last]])
        return
    related(page, person, last, "before", 0.85)
    if not is_office(page, last):
        return
    first = last
    while first > 0 and _in_title(page, first - 1) and page.same_sentence(first - 1, last):
        first -= 1
    former = False
    while first < last and tree.lower[first] in words("office", "epithets") | words("office", "former") | {
        "-"
    }:
        former |= tree.lower[first] in words("office", "former")
        first += 1
    if first > 0 and tree.lower[first - 1] in ("acting", "interim"):
        first -= 1
    before = first - 1
    other = _title_before_and(page, before) if tree.tag[last] in ("NN", "NNP") else None
    if other is not None:
        before = other[0] - 1
    former |= _former_before(page, before)
    label = page.doc[first : end if elect else last + 1].text
    if tree.lower[last] in ranks() or tree.lower[last] == ".":
        label = " ".join(ranks().get(w.lower(), w) for w in label.split())
    people = [person]
    if tree.tag[last] in ("NNS", "NNPS"):
        people += [n for c in tree.conjuncts(page.top(person)) if (n := page.name[c]) and n.type == "Person"]
        label = label.rstrip("s")
    page.used.update(range(first, last + 1))
    office = page.nominal(first, end if elect else last + 1, "Position", label)
    if other is not None:
        page.used.update(range(*other))
        second = page.nominal(*other, "Position")
        page.say(person, "former_position" if former else "position_held", second, "title-before-and", 0.88)
    founders = tree.lemma[last] in FOUNDERS
    for who in dict.fromkeys(people):
        page.say(who, "former_position" if former else "position_held", office, "title-before", 0.93)
        _affiliation_before(page, who, before, "founder" if founders else tree.lemma[last])


def _title_before_and(page: Page, joint: int) -> tuple[int, int] | None:
    """Give the first of two titles of one person: "novelist" of "Norlandic novelist and critic Joan Price".

    "The president and prime minister Price" may be two persons.
    """
    tree, last = page.tree, joint - 1
    if last < 0 or tree.lower[joint] not in ("and", "&") or tree.tag[last] not in ("NN", "NNP"):
        return None
    if page.name[last] is not None or page.demonym[last] is not None or not is_office(page, last):
        return None
    first = last
    while first > 0 and _in_title(page, first - 1) and page.same_sentence(first - 1, last):
        first -= 1
    drop = words("office", "former") | words("office", "epithets") | {"-"}
    while first < last and tree.lower[first] in drop:
        first += 1
    if first > 0 and (tree.lower[first - 1] in ("the", "a", "an") or tree.tag[first - 1] in ("POS", "PRP$")):
        return None
    return first, last + 1


def _country_before(page: Page, person: MentionDraft, last: int) -> None:
    """ "Kenya's Daniel Kiprop", "the Ethiopian Tesfaye Worku": where somebody is from."""
    tree = page.tree
    country = page.demonym[last]
    if country is None and last > 0 and tree.tag[last] == "POS":
        country = page.name[last - 1]
    if country is not None and country.type == "GPE" and len(person.span) > 1:
        if is_country(country.label) and page.same_sentence(last, person.span.start):
            page.say(person, "country", country, "country-before", 0.85)


def _one_phrase(page: Page, last: int, person: MentionDraft) -> bool:
    """Whether a title and a name are in one noun phrase."""
    tree, span = page.tree, person.span
    top = page.top(person)
    if tree.lower[last] == ".":
        last -= 1
    return last < tree.head[last] < span.end or tree.head[top] == last or tree.head[last] == tree.head[top]


def _in_title(page: Page, i: int) -> bool:
    tree = page.tree
    if page.demonym[i] is not None:
        return False
    if page.name[i] is not None:
        return len(page.name[i].span) == 1 and tree.lower[i] in words("office", "portfolios")  # type: ignore[union-attr]
    if tree.lower[i] == ".":
        return i > 0 and f"{tree.lower[i - 1]}." in ranks()
    if tree.lower[i] == "-":
        return i > 0 and tree.pos[i - 1] in (*NOUNS, "ADJ")
    return tree.lower[i] in ("vice", "ex") or (
        tree.pos[i] in (*NOUNS, "ADJ") and tree.tag[i] not in ("NNS", "CD")
    )


def _former_before(page: Page, i: int) -> bool:
    tree = page.tree
    for k in range(i, max(-1, i - 4), -1):
        if tree.lower[k] in words("office", "former"):
            return True
        if page.demonym[k] is None and page.name[k] is None and tree.tag[k] != "POS":
            return False
    return False


def _affiliation_before(page: Page, person: MentionDraft, i: int, lemma: str = "") -> None:
    """The country or organization that stands before a title ("Google's CEO", "French President")."""
    tree = page.tree
    if i >= 0 and tree.tag[i] == "POS":
        i -= 1
    if i < 0:
        return
    if (demonym := page.demonym[i]) is not None:
        page.say(person, "country", demonym, "title-country", 0.92)
        return
    name = page.name[i]
    if name is not None and name.type == "Group" and tree.tag[i] == "JJ" and name.label not in PARTIES:
        return  # a faith or a people, which one does not join
    if lemma in OF_WORKS or (tree.lower[i + 1 : i + 2] and tree.lower[i + 1] in SCREEN):
        return  # "Norland director Peter Vik", where Norland is a film
    if name is not None and name is not person:
        affiliate(page, person, name, "title-of", lemma=lemma)
    elif tree.dep[i] == "poss" and lemma == "founder" and tree.lower[i] in ("its", "their"):
        page.say(page.mention(i), "founded_by", person, "title-of", 0.8)
    elif tree.dep[i] == "poss" and (tree.pos[i] == "NOUN" or tree.lower[i] == "its"):
        if page.noun_type(i) not in NO_EMPLOYER:
            page.say(person, "employer", page.mention(i), "title-of", 0.78)


def affiliate(
    page: Page,
    person: MentionDraft,
    name: MentionDraft,
    rule: str,
    confidence: float = 0.9,
    *,
    lemma: str = "",
    standing: Standing = SO,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say whom an office is for: a country, a place, an employer; founders found, owners own."""
    if lemma in FOUNDERS:
        page.say(name, "founded_by", person, rule, confidence, standing=standing, tokens=verb)
    elif lemma == "owner":
        page.say(name, "owned_by", person, rule, confidence, standing=standing, tokens=verb)
    elif name.type == "GPE" and lemma not in OF_STATES and (is_country(name.label)):
        page.say(person, "country", name, rule, confidence, standing=standing, tokens=verb)
    elif name.type in ("GPE", "Location"):
        if lemma not in words("office", "public"):
            return
        page.say(person, "jurisdiction", name, rule, confidence - 0.05, standing=standing, tokens=verb)
    elif name.type == "Group" or (lemma == "fellow" and name.type == "Organization"):
        page.say(person, "member_of", name, rule, confidence - 0.05, standing=standing, tokens=verb)
    elif name.type in ("Organization", "Facility"):
        page.say(person, "employer", name, rule, confidence, standing=standing, tokens=verb)


def appositions(page: Page, person: MentionDraft) -> None:
    """ "Sundar Pichai, the head of Google" and "the agency's head, Jane Doe"."""
    tree = page.tree
    top = page.top(person)
    if page.is_owner(person):
        return  # "from the tsar's confessor, Andrew": what follows is not the tsar
    for k in page.outside(person, "appos"):
        if (
            k not in page.used
            and page.name[k] is None
            and tree.pos[page.inner(k)] in NOUNS
            and k > top
            and _near(page, person.span.end, k)
        ):
            for noun in same_kind(page, page.inner(k)):
                if page.name[noun] is None:
                    describe(page, person, noun, "apposition", 0.9)
    above = tree.head[top]
    if tree.dep[top] == tree.dep[above] == "appos" and above in page.used:
        top, above = above, tree.head[above]  # "Hale's mother, the painter Ruth Hale"
    if tree.dep[top] == "appos" and page.name[above] is None and tree.pos[above] in NOUNS:
        if above in page.used:
            return
        describe(page, person, above, "apposition", 0.9)
    elif not page.used.intersection(range(max(0, person.span.start - 4), person.span.start)):
        _office_comma(page, person)


def _office_comma(page: Page, person: MentionDraft) -> None:
    """ "the agency's director-general, Jane Doe, said", where the parser sees no apposition."""
    tree, comma = page.tree, person.span.start - 1
    after = person.span.end
    if comma < 2 or tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in (",", "."):
        return
    last = comma - 1
    joined = last >= 2 and tree.lower[last - 1] == "-" and tree.lower[last - 2] in words("office", "heads")
    if page.name[last] is not None or not (joined or (tree.pos[last] in NOUNS and is_office(page, last))):
        return
    first = last
    while first > 0 and _in_title(page, first - 1):
        first -= 1
    before = first - 1
    if before < 1 or (tree.tag[before] not in ("POS", "PRP$") and tree.lower[before] != "the"):
        return
    if tree.lower[before] == "the" and tree.pos[before - 1] not in ("PUNCT", "CCONJ") and before - 1 >= 0:
        return  # "they met the president, Jane Doe, ..." is read from the parse or not at all
    former = tree.lower[first] in words("office", "former")
    office = page.nominal(first + former, last + 1, "Position")
    page.used.update(range(first, last + 1))
    page.say(person, "former_position" if former else "position_held", office, "office-comma", 0.82)
    owner = before - 1
    if tree.tag[before] == "POS":
        if page.name[owner] is not None:
            affiliate(page, person, page.mention(owner), "office-of-comma", 0.8, lemma=tree.lemma[last])
        elif tree.pos[owner] == "NOUN":
            page.say(person, "employer", page.mention(owner), "office-of-comma", 0.75)


def same_kind(page: Page, noun: int) -> list[int]:
    """Give a noun and those coordinated with it, without what marks somebody else.

    "A lawyer and politician" is one person; "the son of a lawyer and the actor" may be two, and "a grocer
    and his wife Ann" are.
    """
    return [c for c in page.tree.conjuncts(noun) if c == noun or _is_same(page, noun, c)]


def _is_same(page: Page, noun: int, other: int) -> bool:
    tree, name = page.tree, page.name[other + 1] if other + 1 < page.tree.n else None
    if tree.of(other, "poss") and not tree.of(noun, "poss"):
        return False
    if name is not None and name.type == "Person" and name.span.start == other + 1:
        return False
    first = {tree.lower[k] for k in tree.of(noun, "det")} & {"a", "an", "the"}
    own = {tree.lower[k] for k in tree.of(other, "det")}
    return not own or bool(first and ("the" in own) == ("the" in first))


def _near(page: Page, end: int, noun: int) -> bool:
    # An apposition follows at once; a list of guests does not say who they are.
    between = range(end, page.tree.left[noun])
    return len(between) <= 2 and all(page.tree.pos[k] in ("PUNCT", "SPACE") for k in between)


def describe(
    page: Page,
    person: MentionDraft,
    noun: int,
    rule: str,
    confidence: float,
    standing: Standing = SO,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say what a description of a person says: kin, office, membership; `verb` is what predicates it."""
    tree = page.tree
    relation = kin(tree.lemma[noun])
    if relation is not None:
        if rule in ("predicate-serve", "predicate-appoint"):
            return  # "acted as father to the crew"
        owners = [k for k in (page.owner(noun),) if k is not None]
        owners = owners or [o for word, p in page.preps(noun) if word == "of" for o in page.coordinated(p)]
        # "the son of singer and actress Ann Lee": who has a name is meant.
        for owner in [o for o in owners if page.name[o] is not None] or owners[:1]:
            if page.noun_type(owner) in ("Organization", "GPE", "Facility"):
                continue  # "the parent of Air Canada"
            if owner + 1 == person.span.start:
                continue  # "the daughter of politician Hans Vik": he is the politician
            page.say(
                page.mention(owner),
                relation,
                person,
                f"kin-{rule}",
                confidence,
                tokens=verb or [page.doc[noun]],
                standing=standing,
            )
        return
    if tree.lemma[noun] == "member":
        for word, p in page.preps(noun):
            if word == "of":
                for o in page.objects(p):
                    page.say(
                        person,
                        "member_of",
                        page.mention(o),
                        f"member-{rule}",
                        confidence,
                        tokens=verb or [page.doc[noun]],
                        standing=standing,
                    )
        return
    related(page, person, noun, rule, confidence, standing, verb)
    if not is_office(page, noun) or (tree.tag[noun] in ("NNS", "NNPS") and not page.picked(noun)):
        return
    if any(tree.tag[t] in ("WP$", "WDT", "VBD", "VBZ", "MD") for t in range(tree.left[noun], noun)):
        return  # a clause that the parser took for a phrase
    lemma = tree.lemma[noun]
    page.used.add(noun)
    former = any(tree.lower[k] in words("office", "former") for k in tree.subtree(noun) if k < noun)
    start, end = nominals.phrase(tree, noun)
    label = nominals.label(tree, noun, start, end)
    first = noun
    while first > start and not label.startswith(page.doc[first : noun + 1].text):
        first -= 1
    drop = words("office", "former") | words("office", "epithets") | {"-"}
    while first < noun and (tree.lower[first] in drop or page.demonym[first] is not None):
        first += 1
    label = (
        page.doc[first : noun + 1].text + label[label.find(page.doc[noun].text) + len(page.doc[noun].text) :]
    )
    of = next((o for w, p in page.preps(noun) if w == "of" and p <= noun + 2 for o in page.objects(p)), None)
    name = page.name[of] if of is not None else None
    if name is not None:
        whole = page.doc[first : max(name.span.end, noun + 1)].text
        label = whole if whole.startswith(label) else label
    if page.picked(noun):
        label = label.replace(page.doc[noun].text, tree.lemma[noun])
    office = page.nominal(start, end, "Position", label)
    page.say(
        person,
        "former_position" if former else "position_held",
        office,
        f"office-{rule}",
        confidence,
        standing=standing,
        tokens=verb,
    )
    for k in tree.of(noun, "amod", "compound", "nmod"):
        if (demonym := page.demonym[k]) is not None:
            found = f"office-country-{rule}"
            page.say(person, "country", demonym, found, confidence, standing=standing)
            other = page.demonym[k - 2] if k >= 2 and tree.lower[k - 1] == "-" else None
            if other is not None and demonym.label != "United States":
                page.say(person, "country", other, found, confidence - 0.03, standing=standing)
        elif (name := page.name[k]) is not None and not (name.type == "Group" and tree.tag[k] == "JJ"):
            affiliate(
                page,
                person,
                name,
                f"office-of-{rule}",
                confidence - 0.05,
                lemma=lemma,
                standing=standing,
                verb=verb,
            )
    whose = page.owner(noun)
    if whose is not None:
        if page.name[whose] is not None:
            affiliate(
                page,
                person,
                page.mention(whose),
                f"office-of-{rule}",
                confidence,
                lemma=lemma,
                standing=standing,
            )
        elif lemma in FOUNDERS and (tree.pos[whose] == "NOUN" or tree.lower[whose] in ("its", "their")):
            page.say(
                page.mention(whose),
                "founded_by",
                person,
                f"office-of-{rule}",
                confidence - 0.1,
                standing=standing,
            )
        elif (tree.pos[whose] == "NOUN" and tree.tag[whose] != "NNS") or tree.lower[whose] == "its":
            if page.noun_type(whose) not in NO_EMPLOYER:
                page.say(
                    person,
                    "employer",
                    page.mention(whose),
                    f"office-of-{rule}",
                    confidence - 0.1,
                    standing=standing,
                )
    for word, p in page.preps(noun):
        if word in ("of", "for", "at", "with", "from", "in"):
            for o in page.objects(p):
                name = page.name[o]
                if word == "in" and name is not None and name.type in PLACES:
                    continue  # where one is a farmer
                if word == "of" and lemma in LEARNED and name is not None and not _teaches(name.label):
                    continue  # "professor of Oriental Languages"
                if name is not None and name.type != "Person":
                    affiliate(
                        page,
                        person,
                        name,
                        f"office-of-{rule}",
                        confidence - 0.05,
                        lemma=lemma,
                        standing=standing,
                    )


def related(
    page: Page,
    person: MentionDraft,
    noun: int,
    rule: str,
    confidence: float,
    standing: Standing = SO,
    verb: tuple[Token, ...] = (),
) -> None:
    """Say how a person stands to somebody or something: "a native of Recife", "his lawyer Jane Doe"."""
    tree = page.tree
    relation = mapping("related", "relation").get(tree.lemma[noun])
    if relation is None or rule in ("predicate-serve", "predicate-appoint"):
        return
    owner = page.owner(noun)
    if owner is None and rule == "before":
        owner = next((k for k in page.outside(person, "poss") if k < noun), None)
    others = [] if owner is None or relation in ("educated_at", "country") else [owner]
    if rule != "before":
        others += [o for w, p in page.preps(noun) if w in ("of", "at", "from") for o in page.coordinated(p)]
    for o in others:
        pronoun = tree.lower[o] in ("his", "her")
        kind, named = "Person" if pronoun else page.noun_type(o), pronoun or page.name[o] is not None
        personal = relation.endswith("_of") and relation not in ("native_of", "student_of")
        if not named or (personal and kind != "Person"):
            continue
        if (relation == "educated_at" and kind != "Organization") or (
            relation in ("native_of", "residence", "country") and kind not in PLACES
        ):
            continue
        page.say(
            person,
            relation,
            page.mention(o),
            f"related-{rule}",
            confidence,
            standing=standing,
            tokens=verb or [page.doc[noun]],
        )


def of_organization(page: Page, person: MentionDraft) -> None:
    """ "Jana Novak of Novak & Partners": the organization that a person is named with."""
    tree, prep = page.tree, person.span.end
    if prep + 1 >= tree.n or tree.lower[prep] != "of" or tree.lower[prep - 1] in words("office", "heads"):
        return
    for o in page.objects(prep)[:1]:
        name = page.name[o] or page.referent(o)
        if name.kind == "name" and name.type == "Organization" and name.span.start - prep <= 3:
            page.say(person, "affiliated_with", name, "person-of", 0.75, tokens=[page.doc[prep]])


def ages(page: Page, person: MentionDraft) -> None:
    """ "Anna Smith, 45, of Ulm, said": how old a person is, and where from."""

    tree, i = page.tree, person.span.end
    if (
        i + 2 < tree.n
        and tree.lower[i] in (",", "(")
        and tree.lower[i + 1].isdigit()
        and tree.lower[i + 2] in (",", ")", ".")
    ):
        years = int(tree.lower[i + 1])
        if 5 <= years <= 115 and (tree.lower[i] == "," or len(person.span) > 1):
            age = page.quantity(page.doc[i + 1 : i + 2], Value(str(years), "integer", "a"))
            page.say(person, "age", age, "age", 0.92)
            if i + 4 < tree.n and tree.lower[i + 3] in ("of", "from") and page.is_place(i + 4):
                page.say(
                    person, "residence", page.mention(i + 4), "age-place", 0.88, tokens=[page.doc[i + 3]]
                )


# Verbs that say what somebody is or becomes; after "as" for those of the second row.
BECOMING = frozenset("be become remain".split())
SERVING = frozenset("serve work act play".split())
APPOINTING = frozenset(
    "appoint elect name nominate install crown choose select ordain promote designate".split()
)


def predicates(page: Page, i: int) -> None:
    """ "She is a member of the senate", "he served as mayor of Ulm", "Lind was appointed director"."""
    tree = page.tree
    status = page.block.statuses.get(i)
    lemma = tree.lemma[i]
    if status is not None and lemma == "be":
        _age(page, i, page.of_status(status))
    if status is None or not (lemma in BECOMING or lemma in SERVING or lemma in APPOINTING):
        return
    passive = tree.first(i, "nsubjpass", "auxpass") is not None
    attributes = [page.inner(n) for n in tree.of(i, "attr", "oprd")]
    nouns = [] if lemma in SERVING else [n for n in attributes if tree.pos[n] in NOUNS]
    if lemma == "become":
        nouns += tree.of(i, "dobj")
    if lemma not in BECOMING:
        nouns += [o for k in tree.of(i, "prep") if tree.lower[k] == "as" for o in page.objects(k)]
    if lemma in APPOINTING and not passive:
        subjects = tree.of(i, "dobj")
    else:
        subjects = tree.of(i, "nsubjpass" if passive else "nsubj")
    single = tree.lower[i] in ("is", "was", "has", "becomes", "serves")
    # "the son of Ann, who was the daughter of Max, and Eva": only Ann was.
    subjects = [
        c
        for s in subjects
        for a in [page.antecedent(s, i)]
        for c in ([a] if single and a != s else tree.conjuncts(a))
    ]
    if not nouns or not subjects or len(subjects) > 3:
        return
    standing = page.of_status(status)
    subject, named = subjects[0], page.name[nouns[0]]
    if lemma == "be" and named is not None and page.name[subject] is None and tree.pos[subject] == "NOUN":
        if named.type == "Person" and page.owner(subject) is not None:
            # "The firm's chief executive is Anna Lind."
            describe(page, named, subject, "predicate-be", 0.85, standing, (page.doc[i],))
        return
    for noun in [c for n in nouns for c in same_kind(page, n)]:
        if page.name[noun] is not None or page.demonym[noun] is not None:
            continue
        for s in subjects:
            if tree.pos[s] in NOUNS or tree.lower[s] in ("he", "she", "who"):
                person = page.bearer(s)
                if person is not None and person.type == "Person" and person.kind != "nominal":
                    describe(page, person, noun, _predicate(lemma), 0.85, standing, (page.doc[i],))
                    if lemma in SERVING and is_office(page, noun):
                        _employers(page, person, i, standing)


def _teaches(name: str) -> bool:
    return any(word in LEARNING for word in name.lower().split())


def _age(page: Page, verb: int, standing: Standing) -> None:
    """ "She was 91": how old a person is or was."""
    tree = page.tree
    number = next((k for k in tree.of(verb, "attr", "acomp", "npadvmod") if tree.lower[k].isdigit()), None)
    subject = tree.first(verb, "nsubj")
    if number is None or subject is None or tree.kids[number] or not 5 <= int(tree.lower[number]) <= 115:
        return
    name = page.name[subject]
    if tree.lower[subject] in ("he", "she") or (name is not None and name.type == "Person"):
        age = page.value[number]
        if age is None:
            age = page.quantity(page.doc[number : number + 1], Value(tree.lower[number], "integer", "a"))
        page.say(
            page.mention(subject),
            "age",
            age,
            "age-predicate",
            0.85,
            standing=standing,
            tokens=[page.doc[verb]],
        )


def _predicate(lemma: str) -> str:
    """Give the last part of a rule's id by what the verb says of the office."""
    if lemma in APPOINTING:
        return "predicate-appoint"
    return "predicate-serve" if lemma in SERVING else f"predicate-{'be' if lemma == 'be' else 'become'}"


def _employers(page: Page, person: MentionDraft, verb: int, standing: Standing) -> None:
    """ "worked as an engineer for Volvo", where the parser hangs "for" on the verb."""
    tree = page.tree
    for k in tree.of(verb, "prep"):
        for o in page.objects(k) if tree.lower[k] in ("for", "at", "with") else ():
            name = page.name[o]
            if name is not None and name.type == "Organization":
                page.say(
                    person,
                    "employer",
                    name,
                    "office-employer",
                    0.82,
                    standing=standing,
                    tokens=(page.doc[verb],),
                )


def lives(page: Page, person: MentionDraft) -> None:
    """ "Ada Holm (born 3 June 1957 in Ulm)", "Ada Holm (1857-1931)": when a person lived."""
    tree, i = page.tree, person.span.end
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
        time = page.value[k]
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
        page.say(person, "birth_date", first, "life-born", 0.93, tokens=[page.doc[i - 1]])
        for k in range(first.span.end, min(first.span.end + 2, close)):
            if tree.lower[k] == "in" and page.is_place(k + 1):
                page.say(person, "born_in", page.mention(k + 1), "life-born", 0.92, tokens=[page.doc[i - 1]])
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
                page.say(person, relation, page.time(first.span, at), "life-years", 0.88)
    elif len(times) == 2 and times[1].span.start - first.span.end <= 2:
        page.say(person, "birth_date", first, "life-dates", 0.9)
        page.say(person, "death_date", times[1], "life-dates", 0.9)
