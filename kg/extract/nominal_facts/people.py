"""Who holds what office, works where, and is whose wife or son."""

from __future__ import annotations

from kg.extract import nominals
from kg.extract.nominal_facts.page import NOUNS, Page, is_country, words
from kg.extract.nominal_types import nominal_type
from kg.extract.reading import MentionDraft
from kg.model import Value

KIN = ("spouse", "child", "parent", "sibling", "relative")


def kin(lemma: str) -> str | None:
    """Give the relation that a kinship noun names, from the one whose kin it is."""
    return next((k for k in KIN if lemma in words("kin", k)), None)


def is_office(page: Page, i: int) -> bool:
    """Whether a noun names an office, a post or a profession."""
    tree = page.tree
    lemma = tree.lemma[i]
    if lemma in words("office", "heads") or tree.lower[i] in words("office", "heads"):
        return True
    if lemma in words("office", "no_office") or lemma in words("office", "honorifics") or kin(lemma):
        return False
    return tree.tag[i] in ("NN", "NNP") and nominal_type(page.doc[i])[0] == "Person"


def titles(page: Page, person: MentionDraft) -> None:
    """ "British Foreign Secretary James Cleverly": an office before the name, and whose it is."""
    tree, start = page.tree, person.span.start
    end = start
    while end > 0 and tree.lower[end - 1] in words("office", "honorifics"):
        end -= 1
    last, elect = end - 1, False
    if last >= 2 and tree.lower[last] in words("office", "elect"):
        last, elect = last - (2 if tree.lower[last - 1] == "-" else 1), True
    if last < 0 or page.name[last] is not None or tree.pos[last] not in (*NOUNS, "ADJ"):
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
    former |= _former_before(page, before)
    label = page.doc[first : end if elect else last + 1].text
    people = [person]
    if tree.tag[last] in ("NNS", "NNPS"):
        people += [n for c in tree.conjuncts(page.top(person)) if (n := page.name[c]) and n.type == "Person"]
        label = label.rstrip("s")
    page.used.update(range(first, last + 1))
    office = page.nominal(first, end if elect else last + 1, "Position", label)
    founders = tree.lemma[last] in ("founder", "co-founder", "cofounder")
    for who in dict.fromkeys(people):
        page.say(who, "former_position" if former else "position_held", office, "title-before", 0.93)
        _affiliation_before(page, who, before, "founder" if founders else "")


def _one_phrase(page: Page, last: int, person: MentionDraft) -> bool:
    """Whether a title and a name are in one noun phrase."""
    tree, span = page.tree, person.span
    top = page.top(person)
    return last < tree.head[last] < span.end or tree.head[top] == last or tree.head[last] == tree.head[top]


def _in_title(page: Page, i: int) -> bool:
    tree = page.tree
    if page.demonym[i] is not None:
        return False
    if page.name[i] is not None:
        return len(page.name[i].span) == 1 and tree.lower[i] in words("office", "portfolios")  # type: ignore[union-attr]
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
    if name is not None and name is not person:
        affiliate(page, person, name, "title-of", lemma=lemma)
    elif tree.dep[i] == "poss":
        page.say(person, "employer", page.mention(i), "title-of", 0.75)


def affiliate(
    page: Page,
    person: MentionDraft,
    name: MentionDraft,
    rule: str,
    confidence: float = 0.9,
    *,
    lemma: str = "",
) -> None:
    """Say whom an office is for: a country, a place, an employer; founders found, owners own."""
    if lemma in ("founder", "co-founder", "cofounder"):
        page.say(name, "founded_by", person, rule, confidence)
    elif lemma == "owner":
        page.say(name, "owned_by", person, rule, confidence)
    elif name.type == "GPE" and (is_country(name.label)):
        page.say(person, "country", name, rule, confidence)
    elif name.type in ("GPE", "Location"):
        page.say(person, "jurisdiction", name, rule, confidence - 0.05)
    elif name.type in ("Organization", "Facility", "Group"):
        page.say(person, "employer", name, rule, confidence)


def appositions(page: Page, person: MentionDraft) -> None:
    """ "Sundar Pichai, the head of Google" and "the agency's head, Jane Doe"."""
    tree = page.tree
    top = page.top(person)
    for k in page.outside(person, "appos"):
        if page.name[k] is None and tree.pos[k] in NOUNS and k > top and _near(page, person.span.end, k):
            for noun in tree.conjuncts(k):
                if page.name[noun] is None:
                    describe(page, person, noun, "apposition", 0.9)
    above = tree.head[top]
    if tree.dep[top] == "appos" and page.name[above] is None and tree.pos[above] in NOUNS:
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


def _near(page: Page, end: int, noun: int) -> bool:
    # An apposition follows at once; a list of guests does not say who they are.
    return page.tree.left[noun] - end <= 2


def describe(page: Page, person: MentionDraft, noun: int, rule: str, confidence: float) -> None:
    """Say what a description of a person says: kin, office, membership."""
    tree = page.tree
    relation = kin(tree.lemma[noun])
    if relation is not None:
        owners = [k for k in (page.owner(noun),) if k is not None]
        owners += [o for word, p in page.preps(noun) if word == "of" for o in page.objects(p)]
        for owner in owners:
            page.say(
                page.mention(owner), relation, person, f"kin-{rule}", confidence, tokens=[page.doc[noun]]
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
                        tokens=[page.doc[noun]],
                    )
        return
    if tree.tag[noun] in ("NNS", "NNPS") or not is_office(page, noun):
        return
    lemma = tree.lemma[noun]
    page.used.add(noun)
    former = any(tree.lower[k] in words("office", "former") for k in tree.subtree(noun) if k < noun)
    start, end = nominals.phrase(tree, noun)
    label = nominals.label(tree, noun, start, end)
    drop = words("office", "former") | words("office", "epithets")
    label = " ".join(w for i, w in enumerate(label.split()) if i or w.lower() not in drop) or label
    office = page.nominal(start, end, "Position", label)
    page.say(person, "former_position" if former else "position_held", office, f"office-{rule}", confidence)
    for k in tree.of(noun, "amod", "compound", "nmod"):
        if (demonym := page.demonym[k]) is not None:
            page.say(person, "country", demonym, f"office-country-{rule}", confidence)
        elif (name := page.name[k]) is not None:
            affiliate(page, person, name, f"office-of-{rule}", confidence - 0.05, lemma=lemma)
    whose = page.owner(noun)
    if whose is not None:
        if page.name[whose] is not None:
            affiliate(page, person, page.mention(whose), f"office-of-{rule}", confidence, lemma=lemma)
        elif tree.pos[whose] == "NOUN":
            page.say(person, "employer", page.mention(whose), f"office-of-{rule}", confidence - 0.1)
    for word, p in page.preps(noun):
        if word in ("of", "for", "at", "with", "from", "in"):
            for o in page.objects(p):
                name = page.name[o]
                if name is not None and name.type != "Person":
                    affiliate(page, person, name, f"office-of-{rule}", confidence - 0.05, lemma=lemma)


def ages(page: Page, person: MentionDraft) -> None:
    """ "Anna Smith, 45, said": how old a person is."""

    tree, i = page.tree, person.span.end
    if (
        i + 2 < tree.n
        and tree.lower[i] in (",", "(")
        and tree.lower[i + 1].isdigit()
        and tree.lower[i + 2] in (",", ")", ".")
    ):
        years = int(tree.lower[i + 1])
        if 1 <= years <= 115:
            age = page.quantity(page.doc[i + 1 : i + 2], Value(str(years), "integer", "a"))
            page.say(person, "age", age, "age", 0.92)
