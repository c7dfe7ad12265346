"""What belongs to what, what lies where, and what kind of thing a name is."""

from __future__ import annotations

import itertools

from kg.extract.claims.factuality import PLAIN
from kg.extract.claims.nominal.context import BlockContext, compatible, demonym_of, event_nouns, is_country
from kg.extract.claims.nominal.factuality import event_factuality
from kg.extract.claims.nominal.people import is_office, kin
from kg.extract.lexicon import gazetteer, mapping, words
from kg.extract.lexicon.sets import NOUNS, PLACES
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


def demonym(ctx: BlockContext, i: int) -> None:
    """ "Israeli forces": a group of its own, and whose it is."""
    mention = ctx.demonym[i]
    if mention is None or i != mention.head.i:
        return
    tree = ctx.tree
    if tree.dep[i] not in ("amod", "compound", "nmod", "poss"):
        return
    noun = tree.head[i]
    if noun in ctx.used or tree.lemma[noun] in CURRENCIES:
        return
    other = ctx.demonym[i - 2] if i >= 2 and tree.lower[i - 1] == "-" else None
    if other is not None and tree.pos[noun] in NOUNS and mention.label != "United States":
        ctx.add_claim(ctx.mention(noun), "country", other, "demonym", 0.82)
    while tree.dep[noun] in ("compound", "nmod") and tree.head[noun] > noun and ctx.name[noun] is None:
        noun = tree.head[noun]
    if noun <= i or tree.pos[noun] not in NOUNS or ctx.demonym[noun] is not None:
        return
    if noun + 1 < tree.n and tree.tag[noun + 1] == "POS":
        return  # "a British children's programme"
    if tree.lemma[noun] in ("dead", "country", "nation") or demonym_of(ctx.doc[noun].text) is not None:
        return  # "left one Norlander dead", "Spanish countries", "Japanese Americans"
    if ctx.name[noun] is not None and tree.dep[ctx.top(ctx.name[noun])] in ("compound", "nmod"):  # type: ignore[arg-type]
        return  # "an American YouTube personality"
    if i + 2 < tree.n and tree.lower[i + 1] in ("-", "–"):
        return
    if ctx.noun_type(noun) in ("Language", "Work") or tree.lower[i + 1 : i + 2] == ["-"]:
        return
    name = ctx.name[noun]
    if name is not None and (name.type == "Person" or name.span.start <= i):
        return
    if tree.lemma[noun] in event_nouns() or tree.lemma[noun] in words("nominals", "event", "parties"):
        return  # said by the rule for events
    kind, subject = ctx.noun_type(noun), ctx.bearer(noun)
    if subject is None:
        return
    if mention.type == "GPE" and is_country(mention.label):
        # "French soldiers" are of France; "French food" is French in some way or other.
        ctx.add_claim(subject, "country", mention, "demonym", 0.48 if kind == "Concept" else 0.85)
    elif _is_list(ctx, i):
        return  # "European and Asian countries": some are here, some there
    elif kind in PLACES or kind == "Organization":
        ctx.add_claim(subject, "located_in", mention, "demonym-region", 0.7)


def _is_list(ctx: BlockContext, i: int) -> bool:
    """Whether a demonym is one of several before a plural."""
    tree = ctx.tree
    return any(ctx.demonym[c] is not None for c in tree.of(i, "conj")) or tree.dep[i] == "conj"


def compound(ctx: BlockContext, i: int) -> None:
    """ "Hamas fighters", "UN officials", "US forces": whose people they are."""
    tree = ctx.tree
    name = ctx.name[i]
    if name is None or tree.dep[i] not in ("compound", "nmod", "amod") or ctx.top(name) != i:
        return
    noun = tree.head[i]
    if noun in ctx.used or noun <= i or ctx.name[noun] is not None or tree.tag[noun] not in ("NN", "NNS"):
        return
    if tree.lower[i + 1] == "-" or (noun + 1 < tree.n and tree.tag[noun + 1] == "POS"):
        return  # the name is part of a longer compound ("the Norland women's team")
    lemma, kind = tree.lemma[noun], ctx.noun_type(noun)
    if lemma in event_nouns() or lemma in words("nominals", "event", "parties"):
        return
    belong(ctx, noun, name, kind, lemma, "compound", 0.8)


def belong(
    ctx: BlockContext, noun: int, name: MentionDraft, kind: str, lemma: str, rule: str, confidence: float
) -> None:
    """Say whose persons or forces a noun names."""
    if name.type == "Person" or kind not in ("Person", "Group", "Organization"):
        return
    subject = ctx.mention(noun)
    if name.type == "GPE" and is_country(name.label):
        ctx.add_claim(subject, "country", name, f"{rule}-country", confidence)
    elif name.type in PLACES:
        former = any(ctx.tree.lower[k] in words("nominals", "office", "former") for k in ctx.tree.kids[noun])
        if kind in ("Person", "Group") and lemma not in EMPTY and not former:
            # "the Al-Nau hospital" may just be called so, and so may a series.
            ctx.add_claim(subject, "located_in", name, f"{rule}-place", confidence - 0.1)
    elif kind in ("Person", "Group"):
        if lemma in words("nominals", "belong", "member"):
            ctx.add_claim(subject, "member_of", name, f"{rule}-member", confidence)
        elif lemma in words("nominals", "belong", "employee"):
            ctx.add_claim(subject, "employer", name, f"{rule}-employer", confidence)


def belonging(ctx: BlockContext, i: int) -> None:
    """ "a spokesman for the ministry", "leaders of Hamas", "members of the council"."""
    tree = ctx.tree
    if ctx.name[i] is not None or tree.pos[i] != "NOUN" or i in ctx.used:
        return
    lemma = tree.lemma[i]
    if lemma == "member" and tree.tag[i] == "NN":
        return  # "a member of the council" says no more by itself
    member, employee = (
        lemma in words("nominals", "belong", "member"),
        lemma in words("nominals", "belong", "employee"),
    )
    sides = {"supporter": "support", "backer": "support", "opponent": "oppose", "critic": "criticize"}
    if not (member or employee or lemma in sides):
        return
    bearer = ctx.bearer(i)
    if bearer is None:
        return
    for word, prep in ctx.preps(i):
        if word not in ("of", "for", "from", "at", "with"):
            continue
        for o in ctx.objects(prep):
            kind = ctx.noun_type(o)
            target = ctx.name[o]
            own = word == "of" and bearer.kind == "nominal" and i == bearer.head.i
            if own and target is None:
                continue  # "members of the club are members of the club"
            if target is not None and ctx.is_owner(target):
                continue  # "members of Frege's group"
            if target is not None and target.type == "GPE" and is_country(target.label):
                ctx.add_claim(bearer, "country", target, "of-country", 0.78)
            elif kind in ("Organization", "Group") or (
                lemma == "member" and word == "of" and kind != "Person"
            ):
                if lemma in sides and word != "of":
                    continue
                relation = sides.get(lemma) or (
                    "member_of" if member and word in ("of", "from") else "employer"
                )
                ctx.add_claim(bearer, relation, ctx.mention(o), "of-organization", 0.8, tokens=[ctx.doc[i]])


def possession(ctx: BlockContext, i: int) -> None:
    """ "Hamas's last stronghold": a thing of a named owner."""
    tree = ctx.tree
    owner = ctx.owner(i)
    if owner is None or tree.pos[i] not in NOUNS or i in ctx.used:
        return
    name = ctx.name[owner] or ctx.demonym[owner]
    lemma = tree.lemma[i]
    if name is None or ctx.name[i] is not None or ctx.value[owner] is not None:
        return
    if lemma in event_nouns() or lemma in words("nominals", "event", "parties"):
        return
    relation = kin(lemma)
    if relation is not None:
        if not any(tree.dep[k] == "appos" for k in tree.kids[i]):
            how = event_factuality(ctx, i)
            ctx.add_claim(
                name,
                relation,
                ctx.mention(i),
                "kin-of-name",
                0.85,
                tokens=[ctx.doc[i]],
                factuality=how,
            )
        return
    if (
        is_office(ctx, i)
        or lemma in words("nominals", "belong", "member")
        or lemma in words("nominals", "belong", "employee")
    ):
        kind = ctx.noun_type(i)
        if kind in ("Person", "Group"):
            belong(ctx, i, name, kind, lemma, "possessive", 0.82)
        return
    if name.type in PLACES and lemma in ("capital",):
        ctx.add_claim(ctx.referent(i), "capital_of", name, "capital", 0.9, tokens=[ctx.doc[i]])
        return
    kind = ctx.noun_type(i)
    if name.type in PLACES and kind in ("GPE", "Location"):
        ctx.add_claim(ctx.referent(i), "located_in", name, "possessive-place", 0.8)
    elif name.type == "Organization" and lemma in words("nominals", "part", "part_of"):
        ctx.add_claim(ctx.referent(i), "part_of", name, "possessive-part", 0.8, tokens=[ctx.doc[i]])
    elif name.type in ("Person", "Organization") and kind == "Work" and ctx.referent(i).kind == "name":
        ctx.add_claim(ctx.referent(i), "created_by", name, "possessive-work", 0.78)
    elif name.type in OWNERS and kind not in ("Event", "Concept"):
        ctx.add_claim(name, "has", ctx.referent(i), "possessive", 0.75)
    elif name.type in OWNERS:
        # "Obama's pledge", "its cowardice": who it is of, but nothing that one has.
        ctx.add_claim(name, "has", ctx.referent(i), "possessive-abstract", 0.45)


def participle(ctx: BlockContext, i: int) -> None:
    """ "the London-based firm", "Iranian-backed militias", "a Berlin-born painter"."""
    tree = ctx.tree
    if i < 2 or tree.lower[i - 1] not in ("-", "–"):
        return
    word = tree.lower[i]
    place, agent = (
        mapping("nominals", "participle", "place").get(word),
        word in words("nominals", "participle", "agent"),
    )
    if place is None and not agent:
        return
    other = ctx.land(i - 2)
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
    if noun >= tree.n or tree.pos[noun] not in NOUNS or not ctx.same_sentence(i, noun):
        return
    subject = ctx.mention(noun)
    if place is not None:
        if other.type not in PLACES and ctx.demonym[i - 2] is None:
            return
        if place == "based_in" and subject.type == "Organization":
            place = "headquarters"
        ctx.add_claim(subject, place, other, "participle-place", 0.88, tokens=[ctx.doc[i]])
    else:
        relation = {"allied": "allied_with", "linked": "linked_to", "affiliated": "affiliated_with"}.get(
            word, f"{word}_by"
        )
        ctx.add_claim(subject, relation, other, "participle-agent", 0.85, tokens=[ctx.doc[i]])


def location(ctx: BlockContext, i: int) -> None:
    """ "the hospital in Gaza", "Mosul in northern Iraq"."""
    tree = ctx.tree
    if tree.pos[i] not in NOUNS or ctx.value[i] is not None or ctx.demonym[i] is not None:
        return
    name = ctx.name[i]
    if name is not None and (ctx.top(name) != i or name.type in ("Person", "Work", "Law")):
        return
    if name is None and tree.lemma[i] in EMPTY:
        return
    kind = ctx.noun_type(i)
    happening = tree.lemma[i] in event_nouns()
    if (
        tree.dep[i] == "pobj"
        and tree.lower[tree.head[i]] == "by"
        and tree.pos[tree.head[tree.head[i]]] == "NOUN"
    ):
        return  # "operations by their forces in Lebanon": the operations are there
    inner = tree.dep[i] == "pobj" and tree.lower[tree.head[i]] == "of" and name is None
    if inner and kind in ("Concept", "Work", "Event"):
        return  # "gave concerts of his music in Moscow": the concerts were there
    for word, prep in ctx.preps(i):
        if word not in LOCATIVE or (happening and word == "on"):
            continue
        if name is not None and tree.lower[prep - 1] == "," and name.span.end < prep - 1:
            continue  # "between the earls of Ost and the dukes of Vik, in Norland"
        for o in ctx.objects(prep):
            if not ctx.is_place(o) or ctx.name[o] is name:
                continue
            confidence = _place_confidence(ctx, i, kind, happening)
            relation = {"near": "near", "outside": "near"}.get(word, "located_in")
            factuality = event_factuality(ctx, i) if kind in ("Event", "Concept") or happening else PLAIN
            subject = ctx.bearer(i)
            if subject is not None and not (subject.kind == "pronoun" and kind == "Person"):
                ctx.add_claim(
                    subject,
                    relation,
                    ctx.mention(o),
                    "noun-place",
                    confidence,
                    factuality=factuality,
                    tokens=[ctx.doc[prep]],
                )


def _place_confidence(ctx: BlockContext, i: int, kind: str, happening: bool) -> float:
    """How sure it is that a place behind a noun is where the noun's thing is.

    "Sold copies in Spain" tells where the selling was, "a farmer in Spain" what somebody does there.
    """
    tree = ctx.tree
    if ctx.name[i] is not None:
        return 0.85
    if happening or tree.lemma[i] in words("nominals", "value", "heads"):
        return 0.8
    if kind == "Person" or kind == "Concept":
        return 0.45
    if tree.dep[i] == "dobj" and kind in ("Product", "Work", "Event", "Group", "Law"):
        return 0.45
    return 0.8


def inside(ctx: BlockContext, place: MentionDraft) -> None:
    """ "Lyon, France", "Huangpi, Wuhan, Hubei, China": the larger place after each comma.

    The parser's apposition or a state or country at the end tells this from a list of places.
    """
    tree, end = ctx.tree, place.span.end
    before = ctx.name[place.span.start - 2] if place.span.start >= 2 else None
    if place.type not in PLACES or (before is not None and tree.lower[place.span.start - 1] == ","):
        return
    chain = [place]
    while end + 1 < tree.n and tree.lower[end] == "," and ctx.is_place(end + 1) and len(chain) < 6:
        larger = ctx.mention(end + 1)
        after = larger.span.end
        modifies = after < tree.n and tree.tag[after] in ("NN", "NNS") and tree.head[ctx.top(larger)] >= after
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
        and ctx.is_place(after + 1)
    ):
        return
    last = chain[-1]
    known = gazetteer.place_named(last.label)
    wide = is_country(last.label) or (known is not None and known.kind in ("state", "country"))
    top = ctx.top(last)
    renames = (
        len(chain) == 2 and tree.dep[top] == "appos" and place.span.start <= tree.head[top] < place.span.end
    )
    if wide or renames:
        for inner, outer in itertools.pairwise(chain):
            ctx.add_claim(inner, "located_in", outer, "place-comma", 0.85)


def kind_of(ctx: BlockContext, name: MentionDraft) -> None:
    """ "kibbutz Kfar Azza", "the city of Aleppo", "Acme, a mining company": what a name stands for."""
    tree = ctx.tree
    if name.type == "Person":
        return
    start, top = name.span.start, ctx.top(name)
    before = start - 1
    if (
        before >= 0
        and tree.tag[before] == "NN"
        and name.span.start <= tree.head[before] < name.span.end
        and ctx.name[before] is None
        and ctx.doc[before].text.islower()
        and tree.lower[before] not in ("board", "year", "season", "day", "week", "month")
        and (
            tree.lemma[before] in TAGS
            or tree.lemma[before] in KINDS
            or ctx.noun_type(before) == name.type in NAMED
        )
    ):
        tag = ctx.nominal(before, start, name.type)
        ctx.add_claim(name, "instance_of", tag, "tag-before", 0.88)
    if tree.dep[top] == "appos" and tree.head[top] == before and ctx.doc[before].text.islower():
        if tree.tag[before] == "NN" and ctx.name[before] is None and ctx.noun_type(before) != "Person":
            ctx.add_claim(
                name,
                "instance_of",
                ctx.nominal(before, start, ctx.noun_type(before)),
                "tag-before",
                0.85,
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
        if tree.tag[noun] == "NN" and name.type in PLACES and ctx.name[noun] is None and not own:
            ctx.add_claim(name, "instance_of", ctx.nominal(noun, noun + 1, name.type), "tag-of", 0.85)
    for k in ctx.outside(name, "appos"):
        if ctx.name[k] is None and tree.pos[k] == "NOUN" and k > top and tree.left[k] - name.span.end <= 2:
            determined = any(tree.lower[d] in ("a", "an", "the") for d in tree.of(k, "det"))
            if not determined or ctx.value[k] is not None or tree.tag[k] == "NNS":
                continue
            lemma = tree.lemma[k]
            if tree.lemma[k] in SHELLS:
                continue  # it sums up what was told: "moved to Antwerp, a claim that ..."
            if not compatible(name.type, ctx.noun_type(k)) or name.type == "Language":
                continue  # "at the stadium in Qatar, a venue ...": it is the stadium
            if lemma == "capital":
                for o in (o for w, p in ctx.preps(k) if w == "of" for o in ctx.objects(p)):
                    ctx.add_claim(
                        name,
                        "capital_of",
                        ctx.mention(o),
                        "apposition-capital",
                        0.9,
                        tokens=[ctx.doc[k]],
                    )
                continue
            ctx.add_claim(name, "instance_of", ctx.mention(k), "apposition-kind", 0.85)


def examples(ctx: BlockContext, i: int) -> None:
    """ "places such as Kfar Azza", "companies including Acme", "figures like her"."""
    tree = ctx.tree
    if tree.pos[i] not in NOUNS or ctx.name[i] is not None or ctx.value[i] is not None:
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
        if ctx.name[whole] is not None or not (several or mass) or k - whole > 8:
            continue
        for o in ctx.objects(k):
            if (
                ctx.name[o] is None
                and tree.tag[o] == "NN"
                and any(tree.lower[d] == "the" for d in tree.of(o, "det"))
            ):
                continue  # one thing that was told of, and no example of many
            if word == "like" and (ctx.name[o] is None or ctx.noun_type(whole) == "Concept"):
                continue  # "eyes like Frank Sinatra"
            if tree.pos[o] in NOUNS and (ctx.name[o] is not None or tree.lemma[o] != tree.lemma[whole]):
                found = f"example-{word}"
                ctx.add_claim(
                    ctx.mention(whole),
                    "include",
                    ctx.mention(o),
                    found,
                    0.85,
                    tokens=[ctx.doc[k]],
                )


def _is_done_by(tree: Tree, i: int) -> bool:
    """Whether a noun stands under a passive, whose agent "by" may tell: "was refused a book by the board"."""
    for _ in range(4):
        i = tree.head[i]
        if tree.pos[i] == "VERB":
            return tree.tag[i] == "VBN" and not any(tree.lemma[k] == "have" for k in tree.of(i, "aux"))
    return False


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
            if subject is not None and maker is not None and maker.type in MAKERS:
                ctx.add_claim(subject, "created_by", maker, "made-by", 0.85, tokens=[ctx.doc[prep]])


def part(ctx: BlockContext, i: int) -> None:
    """ "Acme, a subsidiary of Ajax", "Paris is the capital of France"."""
    tree = ctx.tree
    if tree.lemma[i] == "capital" and ctx.name[i] is None:
        subject, owner, up = ctx.bearer(i), ctx.owner(i), tree.head[i]
        if tree.dep[i] == "nsubj" and tree.lemma[up] == "be" and owner is not None:
            status = ctx.block.statuses.get(up)
            for a in tree.of(up, "attr") if status is not None and status.asserted else ():
                if ctx.is_place(a):  # "Its capital is Ulm."
                    whole = ctx.mention(owner)
                    ctx.add_claim(ctx.mention(a), "capital_of", whole, "capital", 0.88, tokens=[ctx.doc[i]])
        for o in [o for w, p in ctx.preps(i) if w == "of" for o in ctx.objects(p)]:
            if ctx.name[o] is not None and subject is not None and subject.kind != "nominal":
                ctx.add_claim(subject, "capital_of", ctx.mention(o), "capital", 0.88, tokens=[ctx.doc[i]])
        return
    if ctx.name[i] is not None or tree.lemma[i] not in words("nominals", "part", "part_of"):
        return
    if any(ctx.is_place(k) for k in tree.of(i, "compound", "nmod")):
        return  # "a Paris suburb of Creteil" has its own name behind it
    for word, p in ctx.preps(i):
        if word == "of":
            for o in ctx.objects(p):
                subject = ctx.bearer(i)
                if ctx.name[o] is not None and subject is not None:
                    ctx.add_claim(subject, "part_of", ctx.mention(o), "part-of", 0.78, tokens=[ctx.doc[p]])
