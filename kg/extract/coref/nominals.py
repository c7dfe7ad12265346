"""Nominals that stand for a thing already named: appositions, definites, titles, "the company"."""

from __future__ import annotations

from collections.abc import Callable

from spacy.tokens import Token

from kg.classes import kindred
from kg.extract import constructions
from kg.extract.coref import callings, context, deeds, definites, families, peoples, portrayed, ranker, told
from kg.extract.coref.cluster import Clusters, CorefCluster, gender_of_word
from kg.extract.coref.names import words_of
from kg.extract.lexicon import gazetteer, listed, words
from kg.extract.lexicon.nouns import lemma_type, nominal_type
from kg.extract.lexicon.sets import PLACES, RELATIVE_TAGS
from kg.extract.mentions.evidence.weights import MAKERS, TITLES
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock

DEFINITE = words("coref", "nominals", "definite")
NAMES = "Person Organization Group GPE Location Facility Product Work Law Event".split()
# Classes of nouns that may stand for a name of a class.
STANDS_FOR = {name: frozenset(noun for noun in NAMES if kindred(name, noun)) for name in NAMES} | {
    "Law": frozenset({"Law", "Work"})
}
# Nouns that say no more than the class of a thing; they may stand for the last one talked of.
COUNTRY = words("coref", "nominals", "country")
CITY = words("coref", "nominals", "city")
FIRM = words("coref", "nominals", "firm")
# Crafts, by a noun for any of the kind and those that say which: "the vessel" is the ferry.
CRAFTS = {
    w: words("coref", "crafts", kind)
    for kind in listed("coref", "crafts", "kinds")
    for w in words("coref", "crafts", kind)
}
TRADERS = words("coref", "nominals", "traders")
PARTNERS = words("coref", "nominals", "partners")
# Nouns of firms alone, and last words of the names of other bodies.
TRADING = words("coref", "nominals", "trading")
VAGUE = TRADING | {"group"}
NO_TRADER = words("coref", "nominals", "no_trader")
# What a firm has one of, and is not.
ORGANS = words("noun_phrases", "identity", "organs")
ADULT = words("coref", "nominals", "adult")
DEAD = frozenset({"dead"})
# "The head of marketing, Ann Lee": words for persons that are mostly taken for something else.
POSTS = words("coref", "nominals", "posts")
WORKS = words("coref", "nominals", "works")
# A definite phrase with one of these is about another thing than the last one.
CONTRAST = words("coref", "nominals", "contrast")
# "a farmer named Weller", "a singer going by the name Luma".
NAMING_NOUNS = words("coref", "nominals", "naming_nouns")
NAMING_VERBS = words("coref", "nominals", "naming_verbs")
BEARING_VERBS = words("coref", "nominals", "bearing_verbs")
BEARING_PREPOSITIONS = words("coref", "nominals", "bearing_prepositions")
AREAS = words("nominals", "kind", "areas")
SITES = words("nominals", "kind", "sites")
AWARDS = words("coref", "nominals", "awards")
PARTY = words("coref", "nominals", "party")
# Parties by name, and how their names and those of their like end.
PARTIES = words("nominals", "office", "parties")
PARTY_ENDINGS = words("nominals", "office", "party_endings") | words("nominals", "office", "movements")
DOUBT = words("coref", "nominals", "doubt")
RESTRICTING = words("coref", "nominals", "restricting")
# "the Bergen-based group": the word behind the hyphen, what may be called so, with how many words before it.
SEATED, BODIES, MOST_OF_SEAT = "based", frozenset({"Organization", "Group"}), 4
# How many times as often the main organization of a document is spoken of as any other.
CLEAR = 2
# What stands before an office, and before no name of a person.
OFFICIAL = frozenset({"the", "its", "their", "his", "her", "our"})
# Sentences back to what a definite noun may stand for: with a name, without one, known by its class alone.
REACH_NAMED, REACH_UNNAMED, REACH_CLASS, REACH_CRAFT = 40, 12, 2, 3
# … to the one work that a text has named: "the book".
REACH_WORK = 6
# … and to what "that" points at.
REACH_POINTED = 1


def identities(clusters: Clusters) -> None:
    """Join what apposition and copula say is one thing, and note the titles of persons."""
    for m in [m for m in clusters.reading.mentions if m.kind == "name"]:
        thing = clusters.cluster_of(m)
        _titles(clusters.trees[m.block.index], thing, m)
        _introduced(clusters, m, thing)
        tree = clusters.trees[m.block.index]
        called = _called(tree, m.head.i)
        for i in (*_renamed(tree, m), *called, *_sort_of(tree, m, thing)):
            noun = m.block.doc[i]
            if nominal_type(noun)[0] == "Person" and thing.type != "Person" and i in called:
                make_person(thing)
            if _is_maker(m, noun):
                _make(thing, "Organization")
            if _says_what(m, noun):
                refer(clusters, m.block, noun, thing, "identity")


def _is_maker(m: MentionDraft, noun: Token) -> bool:
    """Whether a name that was taken for an unheard-of place is told to make things: "Lunda, the operator"."""
    unknown = m.type in ("GPE", "Location") and gazetteer.place_named(m.label) is None
    return unknown and noun.tag_ == "NN" and noun.lemma_.lower() in MAKERS


def _says_what(m: MentionDraft, noun: Token) -> bool:
    """Whether a noun may say what a name stands for."""
    lemma = noun.lemma_.lower()
    if m.type == "Work" and noun.lower_ in WORKS:
        return True
    if m.type == "Organization" and noun.tag_ == "NNS":
        return lemma in PARTNERS  # "the auditors, Hale & Moe": one firm
    trades = m.type == "Organization" and lemma in TRADERS | told.FIRMS
    known = trades or (m.type == "Person" and lemma in POSTS)
    if noun.tag_ == "NNP":
        return m.type == "Person" and lemma_type(lemma) == "Person"
    return noun.tag_ == "NN" and (known or nominal_type(noun)[0] in STANDS_FOR.get(m.type, ()))


def around_names(clusters: Clusters) -> None:
    """Join "the escalating Norland war" to "Norland war": what has the head of its name is the event."""
    names: dict[tuple[int, int], MentionDraft] = {}
    by_words: dict[tuple[str, ...], MentionDraft] = {}
    for m in clusters.reading.mentions:
        if m.kind == "name" and m.type == "Event":
            names.update(((m.block.index, i), m) for i in range(m.span.start, m.span.end))
            by_words.setdefault(words_of(m.label), m)
    if not names:
        return
    for m in [m for m in clusters.reading.mentions if m.kind == "nominal" and id(m) in clusters.of]:
        name = names.get((m.block.index, m.head.i)) or by_words.get(words_of(m.label))
        if name is not None:
            clusters.join(clusters.cluster_of(name), clusters.cluster_of(m), "same-name", m, name)


def _renamed(tree: Tree, m: MentionDraft) -> list[int]:
    """Give the nouns that are in apposition to a name, or said of it with "be"."""
    start, end = m.span.start, m.span.end
    root = m.head.i
    head = tree.head[root]
    found = [a.renaming for a in constructions.appositions(tree, *range(start, end))]
    bracketed = start > 0 and tree.lower[start - 1] == "("
    if constructions.renames(tree, root) and not start <= head < end and not bracketed:
        found += _renamed_with(tree, m, head)
    elif tree.lemma[head] == "be" and not _hedged(tree, head):
        found += tree.of(head, "attr") if tree.dep[root] == "nsubj" else _identified(tree, root)
    return [
        i
        for i in found
        if (tree.pos[i] == "NOUN" or _is_office(tree, i)) and not _joins_before(tree, i, start)
    ]


def _renamed_with(tree: Tree, m: MentionDraft, head: int) -> list[int]:
    """Give the noun that a name renames, what this renames, and what else renames it behind a person."""
    found = [head]
    if constructions.renames(tree, head) and tree.pos[tree.head[head]] == "NOUN":
        found.append(tree.head[head])  # "its owner, the Danish fund Agerholm"
    if m.type == "Person":  # "his brother Karl, also a baker,"
        found += [a.renaming for a in constructions.appositions(tree, head) if a.renaming >= m.span.end]
    return found


def _identified(tree: Tree, root: int) -> list[int]:
    """Give the noun that a name is told to be who is meant by: "The dead climber was Owen Price"."""
    verb = tree.head[root]
    subjects = tree.of(verb, "nsubj")
    if tree.dep[root] != "attr" or len(subjects) != 1 or len(tree.of(verb, "attr")) != 1:
        return []
    noun = subjects[0]
    known = constructions.owner(tree, noun) is not None or any(
        tree.lower[k] == "the" for k in tree.of(noun, "det")
    )
    single = all(tree.first(k, "conj") is None for k in (noun, root))
    return [noun] if known and single and noun < verb < root else []


def _is_office(tree: Tree, i: int) -> bool:
    """Whether a capitalised noun with its article is no name: "the Transport Minister, Ole Holt"."""
    owner = constructions.owner(tree, i)
    determining = tree.of(i, "det") + ([] if owner is None else [owner])
    determined = any(tree.lower[k] in OFFICIAL for k in determining)
    return tree.tag[i] == "NNP" and determined and lemma_type(tree.lower[i]) == "Person"


def _joins_before(tree: Tree, i: int, start: int) -> bool:
    """Whether a noun is joined to another before the name: "the singer and poet, Anna Berg"."""
    return any(k < start or i > start for k in tree.of(i, "conj"))


def _called(tree: Tree, root: int) -> list[int]:
    """Give the noun that a name is given to: "a farmer named Weller", "a singer going by the name Luma"."""
    above = tree.head[root]
    beside = tree.dep[root] == "nmod" or constructions.renames(tree, root)
    if beside and tree.lemma[above] in NAMING_NOUNS:
        above = tree.head[above]
        if tree.lower[above] in BEARING_PREPOSITIONS and tree.dep[above] in ("prep", "agent"):
            above = tree.head[above]
            verb = tree.lemma[above] in BEARING_VERBS
            return [tree.head[above]] if verb and tree.dep[above] == "acl" else []
    elif tree.dep[root] in ("oprd", "dobj", "attr") and tree.dep[above] == "acl":
        named = tree.tag[above] == "VBN" and tree.lemma[above] in NAMING_VERBS
        return [tree.head[above]] if named and above < root else []
    return []


def _sort_of(tree: Tree, m: MentionDraft, thing: CorefCluster) -> list[int]:
    """Give the noun that says what place a name means: "the village of Sarn" is Sarn.

    A district may be larger than the town whose name it has.
    """
    noun = constructions.sort_of_place(tree, m.span.start, m.head.i) if m.type in PLACES else None
    if noun is None or tree.lemma[noun] in SITES or tree.first(m.head.i, "conj") is not None:
        return []
    elsewhere = any(o.kind == "name" and o is not m for o in thing.mentions)
    return [] if elsewhere and tree.lemma[noun] in AREAS else [noun]


def _introduced(clusters: Clusters, m: MentionDraft, thing: CorefCluster) -> None:
    """Keep the phrase that introduces a name with a common noun: "Swedish captain Andreas Granqvist"."""
    doc, i = m.span.doc, m.span.start - 1
    if i < 0 or doc[i].pos_ != "NOUN" or not doc[i].is_lower or doc[i].tag_ != "NN":
        return
    noun = doc[i]
    _let_trade(thing, noun)
    beside = noun.dep_ in ("compound", "nmod", "appos") or m.span.root.dep_ == "appos"
    # The parser may take both for subjects: "the ferry Vela sank".
    twice = noun.dep_ == "nsubj" == m.span.root.dep_ and noun.head.i == m.span.root.head.i
    if nominal_type(noun)[0] not in STANDS_FOR.get(m.type, ()) or not (beside or twice):
        return
    start = i
    while start > 0 and doc[start - 1].dep_ in ("compound", "amod", "nmod", "poss", "case", "punct"):
        if doc[start - 1].dep_ == "punct" and doc[start - 1].text != "-":
            break
        start -= 1
    draft = MentionDraft(m.block, doc[start : m.span.end], noun, "nominal", m.type, noun.text)
    clusters.reading.add(draft, argument=False)
    thing.heads.add(noun.lemma_.lower())
    clusters.join(thing, clusters.open(draft), "introduced", draft, m)


def _let_trade(thing: CorefCluster, noun: Token) -> None:
    """Let a name that was taken for a product be that of a firm: "the outdoor retailer Norrsken"."""
    if thing.type == "Product" and (noun.lower_ in TRADERS | FIRM or nominal_type(noun)[0] == "Organization"):
        _make(thing, "Organization")


def _hedged(tree: Tree, verb: int) -> bool:
    return any(
        tree.dep[k] == "neg" or (tree.dep[k] == "aux" and tree.tag[k] == "MD") or tree.lower[k] in DOUBT
        for k in tree.kids[verb]
    )


def _titles(tree: Tree, thing: CorefCluster, m: MentionDraft) -> None:
    """Remember the words before a person's name: "Swedish captain Andreas Granqvist"."""
    if m.type != "Person":
        return
    last = i = m.span.start - 1
    while i >= 0 and i > last - 6:
        word = tree.lower[i]
        if tree.pos[i] not in ("NOUN", "PROPN", "ADJ") or constructions.renames(tree, i):
            break
        if i == last:
            if word not in TITLES and nominal_type(m.block.doc[i])[0] != "Person":
                break
            thing.heads.add(tree.lemma[i])
            thing.gender += gender_of_word(word)
        thing.words.add(word)
        i -= 1


def make_person(thing: CorefCluster) -> None:
    """Let what is called he or she, or a singer, be a person, whatever its name looked like."""
    _make(thing, "Person")


def _make(thing: CorefCluster, kind: str) -> None:
    """Let a thing and its names be of a class."""
    thing.type = kind
    for m in thing.mentions:
        if m.kind == "name":
            m.type = kind


def refer(clusters: Clusters, block: ParsedBlock, token: Token, thing: CorefCluster, rule: str) -> None:
    """Put the nominal or pronoun that a token heads into the chain of a thing, by a rule.

    Where a claim joins both ("Obama was a senator"), the phrase also stands for what the claim says; then a
    second mention of the same words goes into the chain.
    """
    known, created = _standing(clusters, block, token, thing)
    if not created and clusters.chained(known):
        if _is_free(clusters, known, thing, rule):
            clusters.join(thing, clusters.cluster_of(known), rule, known)
        return
    if known.kind not in ("nominal", "pronoun"):
        return
    if known.type == "Concept" or known.kind == "pronoun":
        known.type = thing.type
    if known.kind == "nominal":
        thing.words.update(t.lower_ for t in known.span if t.pos_ in ("ADJ", "NOUN", "PROPN"))
    last = clusters.last_before(thing, block, token)
    clusters.join(thing, clusters.cluster_of(known), rule, known, last)


def _is_free(clusters: Clusters, known: MentionDraft, thing: CorefCluster, rule: str) -> bool:
    """Whether what a mention is chained with may join a thing together with it."""
    other = clusters.cluster_of(known)
    if rule == "definite" and not _is_joined(clusters, known):
        return True
    if rule == "identity" and not (other.named and thing.named):
        return True
    # Who is "she" in '"I saw it," she said' has been "I".
    return known.kind == "pronoun" and all(m.kind == "pronoun" for m in other.mentions)


def _standing(
    clusters: Clusters, block: ParsedBlock, token: Token, thing: CorefCluster
) -> tuple[MentionDraft, bool]:
    """Give the mention of a nominal or pronoun that may join a thing, and whether it was created for that."""
    reading = clusters.reading
    known = reading.at(block, token)
    if known is None:
        return reading.add(clusters.create_mention(block, token)), True
    plain = known.kind in ("nominal", "pronoun") and known.type != "Position"
    if plain and (known.head.lower_.endswith(("self", "selves")) or not clusters.claimed(known, thing)):
        return known, False  # who "blamed herself" is both ends of what is said
    twin = clusters.create_mention(block, token)
    if twin.kind == "nominal":
        twin.type = thing.type
    return reading.add(twin, argument=False), True


def resolve(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Join a definite nominal to what it stands for; whether the token was a nominal."""
    if token.pos_ not in ("NOUN", "PROPN") and not portrayed.is_age(token):
        return False
    if peoples.resolve(clusters, block, token):
        return True
    if not _may_refer(clusters, block, token):
        return True
    tree, i = clusters.trees[block.index], token.i
    modifiers = {
        tree.lower[k]
        for k in tree.subtree(i)
        if k < i and tree.pos[k] in ("ADJ", "NOUN", "PROPN", "NUM", "VERB")
    }
    if modifiers & CONTRAST:
        return True
    thing = (
        _of_family(clusters, block, token)
        or _by_doing(clusters, block, token, modifiers)
        or _described(clusters, block, token, modifiers)
    )
    if thing is not None:
        clusters.write(thing)
        refer(clusters, block, token, thing, "definite")
    return True


def _by_doing(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    if modifiers == DEAD and token.lower_ in ADULT:
        return deeds.killed(clusters, block, token)
    return None if modifiers or token.tag_ != "NN" else deeds.by_doing(clusters, block, token)


def _described(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    """Give what the words of a noun weigh for, and not its age; else who may be called by something new."""
    aged = portrayed.tells_age(clusters, block, token)
    thing = None if aged else _weighed(clusters, block, token, modifiers)
    return thing or portrayed.meant(clusters, block, token)


def _weighed(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    """Give what the rules choose, or the trees that weigh it beside others."""
    thing = _by_rules(clusters, block, token, modifiers)
    if not clusters.read or clusters.trees[block.index].lemma[token.i] in PARTY:
        return thing
    noun = definites.noun_of(clusters, block, token, modifiers, thing)
    candidates = definites.candidates_for(clusters, block, token, noun, _told_of(clusters, block, token.i))
    chosen = ranker.choose_for_noun(clusters, block, token, noun, candidates)
    unsure = chosen is not None and definites.is_of_two(clusters, block, token, noun, chosen)
    return None if unsure else chosen


def _by_rules(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    """Give what a definite noun stands for by its words and its sort alone."""
    thing = _same_head(clusters, block, token, modifiers)
    if thing is None:
        return _by_sort(clusters, block, token, modifiers)
    if not modifiers and clusters.trees[block.index].lemma[token.i] in VAGUE:
        return _main_if_far(clusters, block, token, thing)
    return thing


def _by_sort(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    """Give what a noun stands for by the sort of thing that it names, where nothing was called by it."""
    if not modifiers and token.tag_ in ("NN", "NNP"):
        return (
            callings.called(clusters, block, token, clusters.trees[block.index].lemma[token.i])
            or _of_class(clusters, block, token)
            or deeds.by_deed(clusters, block, token)
            or _of_trade(clusters, block, token)
        )
    if SEATED in modifiers and token.tag_ == "NN":
        return _seated(clusters, block, token, len(modifiers))
    return None


def _of_family(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """The one whose kin has his name: "The defendant's wife, Denise Prill"."""
    if not constructions.owns(clusters.trees[block.index], token.i):
        return None
    near = [t for t in clusters.within(block, token, REACH_UNNAMED) if t.named]
    return families.of_family(clusters, block, token.i, near)


def _may_refer(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Whether a noun with a definite article picks out nothing anew, and is not joined yet."""
    if token.pos_ == "PROPN" and token.lower_ not in TITLES | FIRM:
        return False
    tree = clusters.trees[block.index]
    if tree.dep[token.i] in ("compound", "nmod", "appos", "attr", "amod", "npadvmod"):
        return False
    known = clusters.reading.at(block, token)
    if known is not None and (known.kind != "nominal" or _is_joined(clusters, known)):
        return False
    determiner = tree.first(token.i, "det")
    return determiner is not None and tree.lower[determiner] in DEFINITE and not _restricted(tree, token.i)


def _is_joined(clusters: Clusters, known: MentionDraft) -> bool:
    """Whether a noun is in a chain already, with more than the "which" behind it."""
    others = [m for m in clusters.cluster_of(known).mentions if m is not known]
    return any(m.kind != "pronoun" or m.head.tag_ not in RELATIVE_TAGS for m in others)


def _restricted(tree: Tree, i: int) -> bool:
    """Whether what follows the noun picks out one of many: "the president of France", "the man who"."""
    return constructions.is_restricted(tree, i) or any(
        tree.dep[k] == "prep" and tree.lower[k] in RESTRICTING and not _is_language(tree, i, k)
        for k in tree.kids[i]
        if k > i
    )


def _is_language(tree: Tree, i: int, prep: int) -> bool:
    """Whether a phrase tells in what language a work is: "she wrote the book in Welsh"."""
    told = tree.first(prep, "pobj") if tree.lower[prep] == "in" and tree.lemma[i] in WORKS else None
    return told is not None and tree.pos[told] in ("PROPN", "ADJ") and not tree.kids[told]


def _same_head(
    clusters: Clusters, block: ParsedBlock, token: Token, modifiers: set[str]
) -> CorefCluster | None:
    """The last thing that was called by this noun, by a title, an apposition or in its name."""
    tree = clusters.trees[block.index]
    lemma, here = tree.lemma[token.i], clusters.sentence_at(block, token)
    pointed = any(tree.lower[k] in ("that", "those") for k in tree.of(token.i, "det"))
    best: tuple[tuple[int, int], CorefCluster] | None = None
    for thing in clusters.alive():
        if lemma not in thing.heads or not _agrees(thing, token, modifiers):
            continue
        if told.is_second(thing, lemma, modifiers):
            continue
        last = clusters.last_before(thing, block, token)
        reach = REACH_POINTED if pointed else REACH_NAMED if thing.named else REACH_UNNAMED
        if last is None or here - clusters.sentence_of(last) > reach:
            continue
        if best is None or clusters.place(last) > best[0]:
            best = clusters.place(last), thing
    return best[1] if best else None


def _agrees(thing: CorefCluster, token: Token, modifiers: set[str]) -> bool:
    """Whether the number of a noun is that of a thing, and what it adds has been said of it."""
    plural = token.tag_ == "NNS"
    if (thing.named and plural) or (not thing.named and thing.plural != plural):
        return False
    if plural and "other" in thing.words:
        return False  # "like other action films … The films": hardly the others
    return modifiers <= thing.words | {w for form in thing.forms for w in form}


def _main_if_far(clusters: Clusters, block: ParsedBlock, token: Token, thing: CorefCluster) -> CorefCluster:
    """Give the firm that is meant by "the group", where what was called so is nameless or long past."""
    if not thing.named:
        return _of_class(clusters, block, token) or thing
    last = clusters.last_before(thing, block, token)
    near = last is not None and clusters.sentence_at(block, token) - clusters.sentence_of(last) <= REACH_CLASS
    return thing if near else _main_firm(clusters, block, token) or thing


def _of_class(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """The one thing of its class in the last sentences: "the company", "the country", "the city"."""
    lemma = clusters.trees[block.index].lemma[token.i]
    fits = _fitting(lemma)
    if fits is None:
        return _craft(clusters, block, token, CRAFTS.get(lemma, frozenset()))
    doers = _beside(clusters, block, token.i)
    over = _told_of(clusters, block, token.i) | doers

    def may(thing: CorefCluster) -> bool:
        return fits(thing) and over.isdisjoint(clusters.profile(thing).places)

    # What a firm does something to was seldom named right before.
    reach = REACH_WORK if lemma in WORKS else 0 if doers and lemma in FIRM else REACH_CLASS
    near = _near(clusters, block, token, may, reach)
    if len(near) == 1:
        return near[0][1]
    main = _firm_talked_of(clusters, block, token, near) if lemma in FIRM else None
    if main is not None and may(main):
        return main
    nearest = [t for d, t in near if d == min(n[0] for n in near)]
    return nearest[0] if len(nearest) == 1 and lemma not in ADULT else None


def _firm_talked_of(
    clusters: Clusters, block: ParsedBlock, token: Token, near: list[tuple[int, CorefCluster]]
) -> CorefCluster | None:
    """The firm that did what it tells, the one of the sentence, or the one that the document is about."""
    told = block.index, context.said_before(clusters.trees[block.index], token.i)
    did = [t for _, t in near if told in clusters.profile(t).places]
    if did:
        return did[0]
    here = [t for distance, t in near if distance == 0]
    return here[0] if len(here) == 1 else _main_firm(clusters, block, token)


def _near(
    clusters: Clusters, block: ParsedBlock, token: Token, fits: Callable[[CorefCluster], bool], reach: int
) -> list[tuple[int, CorefCluster]]:
    """Give the named things of the last sentences that fit, each with how many sentences back it is."""
    here = clusters.sentence_at(block, token)
    near: list[tuple[int, CorefCluster]] = []
    for thing in clusters.alive():
        if thing.named and fits(thing):
            last = clusters.last_before(thing, block, token)
            if last is not None and here - clusters.sentence_of(last) <= reach:
                near.append((here - clusters.sentence_of(last), thing))
    return near


def _told_of(clusters: Clusters, block: ParsedBlock, i: int) -> frozenset[tuple[int, int]]:
    """Give the nouns of which the clauses around a token tell: "the fund, which ran the company"."""
    tree, found = clusters.trees[block.index], []
    while tree.head[i] != i:
        if tree.dep[i] in ("relcl", "acl"):
            found.append((block.index, tree.head[i]))
        i = tree.head[i]
    return frozenset(found)


def _beside(clusters: Clusters, block: ParsedBlock, i: int) -> frozenset[tuple[int, int]]:
    """Give who does to an object what its verb says, and is not the same: "Lorn Capital bought the firm"."""
    tree = clusters.trees[block.index]
    verb = tree.head[i]
    doers = tree.of(verb, "nsubj") if tree.dep[i] == "dobj" else []
    called = [
        n
        for k in doers
        for n in (*(a.renaming for a in constructions.appositions(tree, k)), *tree.of(k, "nmod", "compound"))
    ]  # "the fund Lorn"
    return frozenset((block.index, k) for k in (*doers, *called))


def _craft(
    clusters: Clusters, block: ParsedBlock, token: Token, kinds: frozenset[str]
) -> CorefCluster | None:
    """The one ship, plane or car in the last sentences: "a coach … the vehicle"."""
    tree, here = clusters.trees[block.index], clusters.sentence_at(block, token)
    near: list[CorefCluster] = []
    pointed = any(tree.lower[k] != "the" for k in tree.of(token.i, "det"))  # "that boat" may be another
    for thing in clusters.alive() if kinds and not pointed else ():
        last = clusters.last_before(thing, block, token)
        if thing.heads & kinds and not thing.plural and last is not None:
            if here - clusters.sentence_of(last) <= REACH_CRAFT:
                near.append(thing)
    near = [t for t in near if t.named] or near
    return near[0] if len(near) == 1 else None


def _seated(clusters: Clusters, block: ParsedBlock, token: Token, modifiers: int) -> CorefCluster | None:
    """The organization that is called by its seat: "the Bergen-based group", where one alone is talked of.

    Whoever varies the name of whom a text is about says where it sits; others are named so, too.
    """
    if nominal_type(token)[0] not in BODIES or modifiers > MOST_OF_SEAT:
        return None
    return _main_firm(clusters, block, token)


def _of_trade(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """The firm that a document is about, called by its trade: "the airline", "the brewer"."""
    lemma = clusters.trees[block.index].lemma[token.i]
    if lemma in NO_TRADER | VAGUE | ORGANS or nominal_type(token)[0] != "Organization":
        return None
    main = _main_firm(clusters, block, token)
    return main if main is not None and is_trader(main) and not main.heads - {lemma} - FIRM else None


def _main_firm(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """The organization that a document is about, for "the company" where several are near.

    Whoever writes "the Company" with a capital means the one it speaks for; else it must be named far more
    often than any other.
    """
    firms = [t for t in clusters.alive() if t.named and _is_firm(t) and clusters.last_before(t, block, token)]
    spoken_of = {id(t): len({clusters.sentence_of(m) for m in t.mentions}) for t in firms}
    firms.sort(key=lambda t: spoken_of[id(t)], reverse=True)
    if not firms:
        return None
    capital = token.is_title and not token.is_sent_start
    clear = len(firms) == 1 or spoken_of[id(firms[0])] >= CLEAR * spoken_of[id(firms[1])]
    return firms[0] if capital or clear else None


def _fitting(lemma: str) -> Callable[[CorefCluster], bool] | None:
    """Give the test of what a noun that says no more than a class may stand for."""
    if lemma in COUNTRY:
        return _is_country
    if lemma in CITY:
        return _is_city
    if lemma in FIRM:
        return is_trader if lemma in TRADING else _is_firm
    if lemma in WORKS:
        return lambda thing: thing.type == "Work" and not _is_award(thing)
    if lemma in AWARDS:
        return _is_award
    if lemma in PARTY:
        return _is_party
    if lemma in ADULT:
        sign = gender_of_word(lemma)
        return lambda thing: thing.type == "Person" and thing.gender * sign >= 0.5
    return None


def _is_country(thing: CorefCluster) -> bool:
    return thing.type == "GPE" and any(
        (land := gazetteer.land_named(m.label)) is not None and bool(land.code) for m in thing.mentions
    )


def _is_city(thing: CorefCluster) -> bool:
    if thing.type != "GPE" or _is_country(thing):
        return False
    return any(
        (place := gazetteer.place_named(m.label)) is not None and place.kind == "city"
        for m in thing.mentions
        if m.kind == "name"
    )


def _is_firm(thing: CorefCluster) -> bool:
    return thing.type == "Organization"


def _is_award(thing: CorefCluster) -> bool:
    """Whether a thing is an award, or its name ends as those of awards do: "Lund Prize"."""
    return thing.type == "Award" or any(form and form[-1] in AWARDS for form in thing.forms)


def _is_party(thing: CorefCluster) -> bool:
    """Whether a thing is a party by one of its names: "the Labour MP … the party"."""
    if thing.type not in ("Organization", "Group"):
        return False
    labels = (m.label for m in thing.mentions if m.kind in ("name", "attribute"))
    return any(s in PARTIES or s.lower().rpartition(" ")[2] in PARTY_ENDINGS for s in labels)


def is_trader(thing: CorefCluster) -> bool:
    """Whether a thing may be "the company": no school, court or party by the last word of its name."""
    return _is_firm(thing) and thing.heads.isdisjoint(NO_TRADER)
