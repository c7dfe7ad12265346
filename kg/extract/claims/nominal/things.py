"""What belongs to what, what lies where, and what kind of thing a name is."""

from __future__ import annotations

import itertools

from kg.extract.claims.nominal.context import (
    NOUNS,
    PLACES,
    SO,
    Page,
    compatible,
    demonym_of,
    deverbal,
    is_country,
    mapping,
    words,
)
from kg.extract.claims.nominal.people import is_office, kin
from kg.extract.lexicon import gazetteer
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft

# "the city of Aleppo": the noun says what the name stands for.
TAGS = frozenset(
    "city town village hamlet municipality province state county district region republic kingdom emirate "
    "island kibbutz suburb neighborhood neighbourhood borough port settlement commune township territory "
    "peninsula fortress castle".split()
)
CURRENCIES = frozenset(
    "crown krone krona dollar pound franc peso lira dinar rupee ruble rouble yuan dirham rial".split()
)
# Nouns that say what an organization, a ship or a work is.
KINDS = frozenset(
    "agency airline album automaker band bank boat book brewer broadcaster carmaker carrier chain "
    "charity chipmaker club college company daily developer drugmaker ferry film firm frigate giant "
    "group hospital insurer journal label lender magazine maker manufacturer militia movement museum "
    "network newspaper novel opera operator organisation organization party play producer publisher "
    "retailer satellite school ship song spacecraft start-up startup studio submarine supplier tabloid "
    "tanker tribe university vessel website weekly".split()
)
# Nouns that stand for what a clause tells (shell nouns, Schmid 2000).
SHELLS = frozenset(
    "accusation achievement act action allegation announcement approach argument assertion assumption "
    "attempt change charge choice claim concept conclusion consequence criticism decision declaration "
    "demand denial development effort event evidence explanation fact feat feature figure finding "
    "gesture goal idea increase indication issue loss measure mistake motion move notion number offer "
    "outcome percentage phenomenon plan position possibility practice prediction process promise "
    "proposal prospect question reaction reason recommendation refusal reminder request response result "
    "reversal rise rumour rumor sign situation step story strategy suggestion task tendency theory "
    "thing threat tradition trend turn victory view win warning".split()
)
MAKERS = ("Person", "Organization", "Group")
NAMED = ("GPE", "Location", "Facility", "Organization", "Product", "Work")
LOCATIVE = frozenset(("in", "at", "near", "on", "outside", "inside", "across", "within", "throughout"))


OWNERS = frozenset(("Person", "Organization", "Group", "GPE", "Location", "Facility", "Product"))
# Nouns that only point at a place: what is said to be there is something else.
EMPTY = frozenset(
    "ground part area range place side end rest way role time case front lot number kind "
    "north south east west center centre elevation altitude height distance series "
    "north-east north-west south-east south-west northeast northwest southeast "
    "southwest".split()
)


COLLECTIVE = frozenset(
    "group team cast family coalition alliance staff crew range list number variety series panel committee "
    "delegation staff personnel equipment police food fruit".split()
)


def demonym(page: Page, i: int) -> None:
    """ "Israeli forces": a group of its own, and whose it is."""
    mention = page.demonym[i]
    if mention is None or i != mention.head.i:
        return
    tree = page.tree
    if tree.dep[i] not in ("amod", "compound", "nmod", "poss"):
        return
    noun = tree.head[i]
    if noun in page.used or tree.lemma[noun] in CURRENCIES:
        return
    other = page.demonym[i - 2] if i >= 2 and tree.lower[i - 1] == "-" else None
    if other is not None and tree.pos[noun] in NOUNS and mention.label != "United States":
        page.say(page.mention(noun), "country", other, "demonym", 0.82)
    while tree.dep[noun] in ("compound", "nmod") and tree.head[noun] > noun and page.name[noun] is None:
        noun = tree.head[noun]
    if noun <= i or tree.pos[noun] not in NOUNS or page.demonym[noun] is not None:
        return
    if noun + 1 < tree.n and tree.tag[noun + 1] == "POS":
        return  # "a British children's programme"
    if tree.lemma[noun] in ("dead", "country", "nation") or demonym_of(page.doc[noun].text) is not None:
        return  # "left one Norlander dead", "Spanish countries", "Japanese Americans"
    if page.name[noun] is not None and tree.dep[page.top(page.name[noun])] in ("compound", "nmod"):  # type: ignore[arg-type]
        return  # "an American YouTube personality"
    if i + 2 < tree.n and tree.lower[i + 1] in ("-", "–"):
        return
    if page.noun_type(noun) in ("Language", "Work") or tree.lower[i + 1 : i + 2] == ["-"]:
        return
    name = page.name[noun]
    if name is not None and (name.type == "Person" or name.span.start <= i):
        return
    if tree.lemma[noun] in deverbal() or tree.lemma[noun] in words("event", "parties"):
        return  # said by the rule for events
    kind, subject = page.noun_type(noun), page.bearer(noun)
    if subject is None:
        return
    if mention.type == "GPE" and is_country(mention.label):
        # "French soldiers" are of France; "French food" is French in some way or other.
        page.say(subject, "country", mention, "demonym", 0.48 if kind == "Concept" else 0.85)
    elif _is_list(page, i):
        return  # "European and Asian countries": some are here, some there
    elif kind in PLACES or kind == "Organization":
        page.say(subject, "located_in", mention, "demonym-region", 0.7)


def _is_list(page: Page, i: int) -> bool:
    """Whether a demonym is one of several before a plural."""
    tree = page.tree
    return any(page.demonym[c] is not None for c in tree.of(i, "conj")) or tree.dep[i] == "conj"


def compound(page: Page, i: int) -> None:
    """ "Hamas fighters", "UN officials", "US forces": whose people they are."""
    tree = page.tree
    name = page.name[i]
    if name is None or tree.dep[i] not in ("compound", "nmod", "amod") or page.top(name) != i:
        return
    noun = tree.head[i]
    if noun in page.used or noun <= i or page.name[noun] is not None or tree.tag[noun] not in ("NN", "NNS"):
        return
    if tree.lower[i + 1] == "-" or (noun + 1 < tree.n and tree.tag[noun + 1] == "POS"):
        return  # the name is part of a longer compound ("the Norland women's team")
    lemma, kind = tree.lemma[noun], page.noun_type(noun)
    if lemma in deverbal() or lemma in words("event", "parties"):
        return
    belong(page, noun, name, kind, lemma, "compound", 0.8)


def belong(
    page: Page, noun: int, name: MentionDraft, kind: str, lemma: str, rule: str, confidence: float
) -> None:
    """Say whose persons or forces a noun names."""
    if name.type == "Person" or kind not in ("Person", "Group", "Organization"):
        return
    subject = page.mention(noun)
    if name.type == "GPE" and is_country(name.label):
        page.say(subject, "country", name, f"{rule}-country", confidence)
    elif name.type in PLACES:
        former = any(page.tree.lower[k] in words("office", "former") for k in page.tree.kids[noun])
        if kind in ("Person", "Group") and lemma not in EMPTY and not former:
            # "the Al-Nau hospital" may just be called so, and so may a series.
            page.say(subject, "located_in", name, f"{rule}-place", confidence - 0.1)
    elif kind in ("Person", "Group"):
        if lemma in words("belong", "member"):
            page.say(subject, "member_of", name, f"{rule}-member", confidence)
        elif lemma in words("belong", "employee"):
            page.say(subject, "employer", name, f"{rule}-employer", confidence)


def belonging(page: Page, i: int) -> None:
    """ "a spokesman for the ministry", "leaders of Hamas", "members of the council"."""
    tree = page.tree
    if page.name[i] is not None or tree.pos[i] != "NOUN" or i in page.used:
        return
    lemma = tree.lemma[i]
    if lemma == "member" and tree.tag[i] == "NN":
        return  # "a member of the council" says no more by itself
    member, employee = lemma in words("belong", "member"), lemma in words("belong", "employee")
    sides = {"supporter": "support", "backer": "support", "opponent": "oppose", "critic": "criticize"}
    if not (member or employee or lemma in sides):
        return
    bearer = page.bearer(i)
    if bearer is None:
        return
    for word, prep in page.preps(i):
        if word not in ("of", "for", "from", "at", "with"):
            continue
        for o in page.objects(prep):
            kind = page.noun_type(o)
            target = page.name[o]
            own = word == "of" and bearer.kind == "nominal" and i == bearer.head.i
            if own and target is None:
                continue  # "members of the club are members of the club"
            if target is not None and page.is_owner(target):
                continue  # "members of Frege's group"
            if target is not None and target.type == "GPE" and is_country(target.label):
                page.say(bearer, "country", target, "of-country", 0.78)
            elif kind in ("Organization", "Group") or (
                lemma == "member" and word == "of" and kind != "Person"
            ):
                if lemma in sides and word != "of":
                    continue
                relation = sides.get(lemma) or (
                    "member_of" if member and word in ("of", "from") else "employer"
                )
                page.say(bearer, relation, page.mention(o), "of-organization", 0.8, tokens=[page.doc[i]])


def possession(page: Page, i: int) -> None:
    """ "Hamas's last stronghold": a thing of a named owner."""
    tree = page.tree
    owner = page.owner(i)
    if owner is None or tree.pos[i] not in NOUNS or i in page.used:
        return
    name = page.name[owner] or page.demonym[owner]
    lemma = tree.lemma[i]
    if name is None or page.name[i] is not None or page.value[owner] is not None:
        return
    if lemma in deverbal() or lemma in words("event", "parties"):
        return
    relation = kin(lemma)
    if relation is not None:
        if not any(tree.dep[k] == "appos" for k in tree.kids[i]):
            how = page.standing(i)
            page.say(name, relation, page.mention(i), "kin-of-name", 0.85, tokens=[page.doc[i]], standing=how)
        return
    if is_office(page, i) or lemma in words("belong", "member") or lemma in words("belong", "employee"):
        kind = page.noun_type(i)
        if kind in ("Person", "Group"):
            belong(page, i, name, kind, lemma, "possessive", 0.82)
        return
    if name.type in PLACES and lemma in ("capital",):
        page.say(page.referent(i), "capital_of", name, "capital", 0.9, tokens=[page.doc[i]])
        return
    kind = page.noun_type(i)
    if name.type in PLACES and kind in ("GPE", "Location"):
        page.say(page.referent(i), "located_in", name, "possessive-place", 0.8)
    elif name.type == "Organization" and lemma in words("part", "part_of"):
        page.say(page.referent(i), "part_of", name, "possessive-part", 0.8, tokens=[page.doc[i]])
    elif name.type in ("Person", "Organization") and kind == "Work" and page.referent(i).kind == "name":
        page.say(page.referent(i), "created_by", name, "possessive-work", 0.78)
    elif name.type in OWNERS and kind not in ("Event", "Concept"):
        page.say(name, "has", page.referent(i), "possessive", 0.75)
    elif name.type in OWNERS:
        # "Obama's pledge", "its cowardice": who it is of, but nothing that one has.
        page.say(name, "has", page.referent(i), "possessive-abstract", 0.45)


def participle(page: Page, i: int) -> None:
    """ "the London-based firm", "Iranian-backed militias", "a Berlin-born painter"."""
    tree = page.tree
    if i < 2 or tree.lower[i - 1] not in ("-", "–"):
        return
    word = tree.lower[i]
    place, agent = mapping("participle", "place").get(word), word in words("participle", "agent")
    if place is None and not agent:
        return
    other = page.land(i - 2)
    if other is None:
        return
    noun = tree.head[i] if tree.head[i] > i else i + 1
    while (
        noun < tree.n
        and tree.head[noun] > noun
        and tree.dep[noun] in ("compound", "nmod", "amod", "poss")
        and tree.pos[noun] != "VERB"
    ):
        noun = tree.head[noun]
    if noun >= tree.n or tree.pos[noun] not in NOUNS or not page.same_sentence(i, noun):
        return
    subject = page.mention(noun)
    if place is not None:
        if other.type not in PLACES and page.demonym[i - 2] is None:
            return
        if place == "based_in" and subject.type == "Organization":
            place = "headquarters"
        page.say(subject, place, other, "participle-place", 0.88, tokens=[page.doc[i]])
    else:
        relation = {"allied": "allied_with", "linked": "linked_to", "affiliated": "affiliated_with"}.get(
            word, f"{word}_by"
        )
        page.say(subject, relation, other, "participle-agent", 0.85, tokens=[page.doc[i]])


def location(page: Page, i: int) -> None:
    """ "the hospital in Gaza", "Mosul in northern Iraq"."""
    tree = page.tree
    if tree.pos[i] not in NOUNS or page.value[i] is not None or page.demonym[i] is not None:
        return
    name = page.name[i]
    if name is not None and (page.top(name) != i or name.type in ("Person", "Work", "Law")):
        return
    if name is None and tree.lemma[i] in EMPTY:
        return
    kind = page.noun_type(i)
    happening = tree.lemma[i] in deverbal()
    if (
        tree.dep[i] == "pobj"
        and tree.lower[tree.head[i]] == "by"
        and tree.pos[tree.head[tree.head[i]]] == "NOUN"
    ):
        return  # "operations by their forces in Lebanon": the operations are there
    inner = tree.dep[i] == "pobj" and tree.lower[tree.head[i]] == "of" and name is None
    if inner and kind in ("Concept", "Work", "Event"):
        return  # "gave concerts of his music in Moscow": the concerts were there
    for word, prep in page.preps(i):
        if word not in LOCATIVE or (happening and word == "on"):
            continue
        if name is not None and tree.lower[prep - 1] == "," and name.span.end < prep - 1:
            continue  # "between the earls of Ost and the dukes of Vik, in Norland"
        for o in page.objects(prep):
            if not page.is_place(o) or page.name[o] is name:
                continue
            confidence = _place_confidence(page, i, kind, happening)
            relation = {"near": "near", "outside": "near"}.get(word, "located_in")
            standing = page.standing(i) if kind in ("Event", "Concept") or happening else SO
            subject = page.bearer(i)
            if subject is not None and not (subject.kind == "pronoun" and kind == "Person"):
                page.say(
                    subject,
                    relation,
                    page.mention(o),
                    "noun-place",
                    confidence,
                    standing=standing,
                    tokens=[page.doc[prep]],
                )


def _place_confidence(page: Page, i: int, kind: str, happening: bool) -> float:
    """How sure it is that a place behind a noun is where the noun's thing is.

    "Sold copies in Spain" tells where the selling was, "a farmer in Spain" what somebody does there.
    """
    tree = page.tree
    if page.name[i] is not None:
        return 0.85
    if happening or tree.lemma[i] in words("value", "heads"):
        return 0.8
    if kind == "Person" or kind == "Concept":
        return 0.45
    if tree.dep[i] == "dobj" and kind in ("Product", "Work", "Event", "Group", "Law"):
        return 0.45
    return 0.8


def inside(page: Page, place: MentionDraft) -> None:
    """ "Lyon, France", "Huangpi, Wuhan, Hubei, China": the larger place after each comma.

    The parser's apposition or a state or country at the end tells this from a list of places.
    """
    tree, end = page.tree, place.span.end
    before = page.name[place.span.start - 2] if place.span.start >= 2 else None
    if place.type not in PLACES or (before is not None and tree.lower[place.span.start - 1] == ","):
        return
    chain = [place]
    while end + 1 < tree.n and tree.lower[end] == "," and page.is_place(end + 1) and len(chain) < 6:
        larger = page.mention(end + 1)
        after = larger.span.end
        modifies = (
            after < tree.n and tree.tag[after] in ("NN", "NNS") and tree.head[page.top(larger)] >= after
        )
        if larger.span.start != end + 1 or larger.type == "Facility" or modifies:
            break  # "in Los Angeles, New Jersey native Leroy Smith"
        chain.append(larger)
        end = larger.span.end
    if len(chain) < 2 or any(is_country(p.label) for p in chain[:-1]):
        return
    after = end + 1 if end < tree.n and tree.lower[end] == "," else end
    if (
        after < tree.n
        and tree.lower[after] in ("and", "or")
        and after + 1 < tree.n
        and page.is_place(after + 1)
    ):
        return
    last = chain[-1]
    known = gazetteer.place_named(last.label)
    wide = is_country(last.label) or (known is not None and known.kind in ("state", "country"))
    top = page.top(last)
    renames = (
        len(chain) == 2 and tree.dep[top] == "appos" and place.span.start <= tree.head[top] < place.span.end
    )
    if wide or renames:
        for inner, outer in itertools.pairwise(chain):
            page.say(inner, "located_in", outer, "place-comma", 0.85)


def kind_of(page: Page, name: MentionDraft) -> None:
    """ "kibbutz Kfar Azza", "the city of Aleppo", "Acme, a mining company": what a name stands for."""
    tree = page.tree
    if name.type == "Person":
        return
    start, top = name.span.start, page.top(name)
    before = start - 1
    if (
        before >= 0
        and tree.tag[before] == "NN"
        and name.span.start <= tree.head[before] < name.span.end
        and page.name[before] is None
        and page.doc[before].text.islower()
        and tree.lower[before] not in ("board", "year", "season", "day", "week", "month")
        and (
            tree.lemma[before] in TAGS
            or tree.lemma[before] in KINDS
            or page.noun_type(before) == name.type in NAMED
        )
    ):
        tag = page.nominal(before, start, name.type)
        page.say(name, "instance_of", tag, "tag-before", 0.88)
    if tree.dep[top] == "appos" and tree.head[top] == before and page.doc[before].text.islower():
        if tree.tag[before] == "NN" and page.name[before] is None and page.noun_type(before) != "Person":
            page.say(
                name, "instance_of", page.nominal(before, start, page.noun_type(before)), "tag-before", 0.85
            )
    prep = tree.head[top]
    if (
        tree.dep[top] == "pobj"
        and tree.lower[prep] == "of"
        and tree.lemma[tree.head[prep]] in TAGS
        and prep == start - 1
        and tree.head[prep] == prep - 1
    ):
        noun = tree.head[prep]
        own = any(tree.pos[k] == "PROPN" for k in tree.of(noun, "compound", "nmod"))
        if tree.tag[noun] == "NN" and name.type in PLACES and page.name[noun] is None and not own:
            page.say(name, "instance_of", page.nominal(noun, noun + 1, name.type), "tag-of", 0.85)
    for k in page.outside(name, "appos"):
        if page.name[k] is None and tree.pos[k] == "NOUN" and k > top and tree.left[k] - name.span.end <= 2:
            determined = any(tree.lower[d] in ("a", "an", "the") for d in tree.of(k, "det"))
            if not determined or page.value[k] is not None or tree.tag[k] == "NNS":
                continue
            lemma = tree.lemma[k]
            if tree.lemma[k] in SHELLS:
                continue  # it sums up what was told: "moved to Antwerp, a claim that ..."
            if not compatible(name.type, page.noun_type(k)) or name.type == "Language":
                continue  # "at the stadium in Qatar, a venue ...": it is the stadium
            if lemma == "capital":
                for o in (o for w, p in page.preps(k) if w == "of" for o in page.objects(p)):
                    page.say(
                        name, "capital_of", page.mention(o), "apposition-capital", 0.9, tokens=[page.doc[k]]
                    )
                continue
            page.say(name, "instance_of", page.mention(k), "apposition-kind", 0.85)


def examples(page: Page, i: int) -> None:
    """ "places such as Kfar Azza", "companies including Acme", "figures like her"."""
    tree = page.tree
    if tree.pos[i] not in NOUNS or page.name[i] is not None or page.value[i] is not None:
        return
    for k in tree.of(i, "prep"):
        word = tree.lower[k]
        such = word == "as" and any(tree.lower[j] == "such" for j in (*tree.kids[k], k - 1))
        if not (k > i and (such or word in ("including", "like"))):
            continue
        # "rockets and missiles such as Cirit": the last noun before it, in the plural unless a mass is meant.
        whole = max((c for c in tree.conjuncts(i) if c < k), default=i)
        several = tree.tag[whole] in ("NNS", "NNPS") or tree.lemma[whole] in COLLECTIVE
        mass = such and whole == i and not tree.of(i, "det", "poss") and tree.dep[i] != "pobj"
        if tree.tag[whole] == "NN" and tree.pos[k + 1 if k + 1 < tree.n else k] == "VERB":
            continue
        if page.name[whole] is not None or not (several or mass) or k - whole > 8:
            continue
        for o in page.objects(k):
            if (
                page.name[o] is None
                and tree.tag[o] == "NN"
                and any(tree.lower[d] == "the" for d in tree.of(o, "det"))
            ):
                continue  # one thing that was told of, and no example of many
            if word == "like" and (page.name[o] is None or page.noun_type(whole) == "Concept"):
                continue  # "eyes like Frank Sinatra"
            if tree.pos[o] in NOUNS and (page.name[o] is not None or tree.lemma[o] != tree.lemma[whole]):
                found = f"example-{word}"
                page.say(page.mention(whole), "include", page.mention(o), found, 0.85, tokens=[page.doc[k]])


def _is_done_by(tree: Tree, i: int) -> bool:
    """Whether a noun stands under a passive, whose agent "by" may tell: "was refused a book by the board"."""
    for _ in range(4):
        i = tree.head[i]
        if tree.pos[i] == "VERB":
            return tree.tag[i] == "VBN" and not any(tree.lemma[k] == "have" for k in tree.of(i, "aux"))
    return False


def makers(page: Page, i: int) -> None:
    """ "paintings by Munch", "a song by the band Fjord": who made a work."""
    tree = page.tree
    if page.noun_type(i) not in ("Work", "Product") or tree.lemma[i] in deverbal():
        return
    for word, prep in page.preps(i):
        if word != "by" or prep - i > 3 or _is_done_by(tree, i):
            continue
        for o in page.objects(prep):
            maker, subject = page.name[o], page.bearer(i)
            if subject is not None and maker is not None and maker.type in MAKERS:
                page.say(subject, "created_by", maker, "made-by", 0.85, tokens=[page.doc[prep]])


def part(page: Page, i: int) -> None:
    """ "Acme, a subsidiary of Ajax", "Paris is the capital of France"."""
    tree = page.tree
    if tree.lemma[i] == "capital" and page.name[i] is None:
        subject, owner, up = page.bearer(i), page.owner(i), tree.head[i]
        if tree.dep[i] == "nsubj" and tree.lemma[up] == "be" and owner is not None:
            status = page.block.statuses.get(up)
            for a in tree.of(up, "attr") if status is not None and status.asserted else ():
                if page.is_place(a):  # "Its capital is Ulm."
                    whole = page.mention(owner)
                    page.say(page.mention(a), "capital_of", whole, "capital", 0.88, tokens=[page.doc[i]])
        for o in [o for w, p in page.preps(i) if w == "of" for o in page.objects(p)]:
            if page.name[o] is not None and subject is not None and subject.kind != "nominal":
                page.say(subject, "capital_of", page.mention(o), "capital", 0.88, tokens=[page.doc[i]])
        return
    if page.name[i] is not None or tree.lemma[i] not in words("part", "part_of"):
        return
    if any(page.is_place(k) for k in tree.of(i, "compound", "nmod")):
        return  # "a Paris suburb of Creteil" has its own name behind it
    for word, p in page.preps(i):
        if word == "of":
            for o in page.objects(p):
                subject = page.bearer(i)
                if page.name[o] is not None and subject is not None:
                    page.say(subject, "part_of", page.mention(o), "part-of", 0.78, tokens=[page.doc[p]])
