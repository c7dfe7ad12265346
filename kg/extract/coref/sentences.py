"""What a pronoun stands for by the build of its sentence and of the one before, where that decides it.

Each rule looks at where a pronoun stands and at its candidates, nearest first, and gives one of them or
None. `by_build` asks them in order; what none decides is for the ranker.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence

from kg.extract import constructions
from kg.extract.coref import context, mourned, tried
from kg.extract.coref.candidates import GROUP_OF, IT, SPEECHLESS, THEY, Candidate
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.lexicon import SAYING, classify, inverse, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOMINALS, VERBS
from kg.extract.reading import MentionDraft

# What somebody is for a body.
OFFICES = words("nominals", "office", "heads") | words("names", "around", "of_company")
FIRMS = words("nominals", "part", "firms")
SPOUSES = words("nominals", "kin", "spouse")
KIN = inverse("nominals", "kin").keys()
# What picks some out of several: "among them".
PICKING = frozenset({"among", "amongst", "of"})
# Before which token of its sentence a pronoun opens it: "In 1961 she married".
OPENING = 3
# How many words of time may stand before "it" that opens its sentence.
FRONTED = 6
BODIES = frozenset({"Organization", "Group", "Person"})
# What may stand before the subject of a sentence, and tells where, when or how.
ADJUNCTS = ("prep", "advmod", "npadvmod", "punct", "cc")
# Of named things "it" goes on with.
LASTING = frozenset("Organization GPE Facility Location Work Product Event Law".split())
AWARDS = words("events", "words", "awards") | words("repair", "gift", "things")
WON = words("coref", "pronouns", "won")
GIVEN_AWAY = frozenset({"award", "give", "present"})
PRINTING = words("coref", "pronouns", "printing")
PUNISHING = words("coref", "pronouns", "punishing")
SEEMING = words("coref", "pronouns", "seeming")
THEIRS = THEY - {"they", "them"}
OWN = words("coref", "pronouns", "own")
BODY = words("events", "words", "body")
BUYING, SELLERS = words("coref", "pronouns", "buying"), words("coref", "pronouns", "sellers")
PLACING = frozenset({"where", "when"})
# Classes of what does nothing by itself: "Topics include trade. They invite a guest".
IDLE = frozenset({"Concept", "Event"})

Rule = Callable[[Clusters, MentionContext, Sequence[Candidate]], CorefCluster | None]


def by_build(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Give what a pronoun stands for by the first rule that decides it, or None."""
    of_persons = GROUP_OF.get(at.tree.lower[at.i]) in ("he", "she")
    for rule in OF_PERSONS if of_persons else OF_OTHERS:
        choice = rule(clusters, at, candidates)
        if choice is not None:
            return choice
    return None


def _own_subject(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The subject of the clause that a possessive or reflexive stands in: "The firm sold its ships"."""
    if at.tree.lower[at.i] not in OWN or (at.owns and _is_in_subject(at)):
        return None  # "the structure of the state and its laws are": no laws of the structure
    for thing, last in candidates:
        i = last.head.i
        if (
            last.block.index == at.block
            and at.tree.dep[i] in ("nsubj", "nsubjpass")
            and at.tree.head[i] == at.verb
        ):
            return thing
    return None


def _of_bought(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose owners sell it: "Vero bought the rest of Lorn from its founders": those of what is bought."""
    tree, seller = at.tree, at.tree.head[at.i]
    prep = tree.head[seller]
    if tree.lower[at.i] != "its" or tree.lemma[seller] not in SELLERS or tree.lower[prep] != "from":
        return None
    verb = tree.head[prep]
    bought = tree.first(verb, "dobj") if tree.lemma[verb] in BUYING else None
    if bought is None or bought > prep:
        return None
    inside = {(at.block, k) for k in tree.subtree(bought)}
    found = [t for t, _ in candidates if not inside.isdisjoint(clusters.profile(t).places)]
    firms = [t for t in found if t.named and t.type == "Organization"] or found
    return firms[-1] if len(firms) == 1 else None


def _beside_owner(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose kin or thing is joined to somebody: "He met Paul Dahl and his wife"."""
    owned = at.tree.head[at.i]
    if not at.owns or at.tree.dep[owned] != "conj":
        return None
    beside = at.block, at.tree.head[owned]
    for thing, last in candidates:
        if (
            clusters.place(last) == beside
            and last.kind == "name"
            and at.tree.dep[beside[1]] in ("dobj", "pobj")
        ):
            return thing
    return None


def _teller(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Who tells what stands in front: "Norwind has bought it, it said": the body that did it."""
    subject = at.block, context.said_before(at.tree, at.i)
    found = (t for t, _ in candidates if subject in clusters.profile(t).places)
    return next((t for t in found if t.type in ("Organization", "GPE")), None)


def _is_in_subject(at: MentionContext) -> bool:
    """Whether a possessive stands in the subject of its own clause."""
    i = at.i
    while at.tree.head[i] != i and at.tree.head[i] != at.verb:
        i = at.tree.head[i]
    return at.tree.dep[i] in ("nsubj", "nsubjpass") and at.tree.head[i] == at.verb


def reflected(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """What a reflexive stands for: the subject of its clause, or the noun that it stresses."""
    tree, i = at.tree, at.i
    stresses = constructions.renames(tree, i) or tree.dep[i] in ("npadvmod", "nmod")
    beside = stresses and tree.pos[tree.head[i]] in NOMINALS
    own = tree.head[i] if beside else context.controller(tree, at.verb)
    places = {(at.block, own), (at.block, tree.head[own])} if tree.dep[own] == "conj" else {(at.block, own)}
    return next((t for t, _ in candidates if places & clusters.profile(t).places), None)


def _by_clause(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """What a pronoun of things or of several stands for by the build of the sentences alone.

    "Villagers left their farms": the subject of the clause, where it is a group or an organization.
    "Far from helping the mill, the bank sued it": the object of the clause in front.
    "Norland says that it will pay", "Norland fell. It …": a land or city that is the subject of the clause
    above, or of the sentence before. "The bank says that it …": a body that tells of itself.
    """
    if at.role == "dobj" and not at.tree.lower[at.i].endswith(("self", "selves")):
        held = _held_before(clusters, at, candidates)
        if held is not None:
            return held
    if at.tree.lower[at.i] not in IT | THEIRS:
        return None
    own = at.block, context.controller(at.tree, at.verb)
    above = at.block, context.controller_above(at.tree, at.verb)
    front = at.block, _object_in_front(at)
    for thing, _ in candidates:
        if _fits_by_clause(clusters, at, thing, own, above, front):
            return thing
    return None


def _held_before(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """What a pronoun that is an object goes on with: the object before, where nothing else is near.

    "Instead of dismissing the captain, Berg promoted him": the object of the clause in front. "The courier
    lost a parcel. He traced it": the object of the sentence before, of those that "it" may stand for. "She
    has run the club since she founded it": the object of the clause above.
    """
    front = {(at.block, _object_in_front(at)), (at.block, _object_above(at))}
    for thing, _ in candidates:
        if front & clusters.profile(thing).places:
            return thing
    near = [(t, m) for t, m in candidates if at.sentence - clusters.sentence_of(m) <= 1]
    if at.tree.lower[at.i] != "it" or len(near) != 1:
        return None
    thing, last = near[0]
    there = clusters.site(last.block.index, last.head.i)
    fits = there.role == "dobj" and there.sentence == at.sentence - 1 and _of_root(there)
    return thing if fits else None


def _fits_by_clause(
    clusters: Clusters,
    at: MentionContext,
    thing: CorefCluster,
    own: tuple[int, int],
    above: tuple[int, int],
    front: tuple[int, int],
) -> bool:
    """Whether a thing is the subject of the clause or of the one above, or the object in front."""
    places, word = clusters.profile(thing).places, at.tree.lower[at.i]
    if word in THEIRS:
        return own in places and _is_body(thing)
    telling = above in places and _tells(at.tree.lemma[at.tree.head[above[1]]])
    if not thing.named:
        return word == "it" and thing.type == "Organization" and telling
    if front in places:
        return True
    if thing.type not in ("GPE", "Organization"):
        return False
    beside = (at.block, _before_semicolon(at)) if word == "it" else own
    over = telling or (above in places and thing.type == "GPE")
    return beside in places or over or _leads_on(clusters, at, thing)


def _tells(verb: str) -> bool:
    """Whether a verb is one of saying or denying."""
    return verb in SAYING or classify("that", verb) in ("disputed", "reported")


def _going_on(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """What "it" or "they" that opens a sentence goes on with: the subject of the sentence before.

    "The team arrived. They were turned down"; "The Salt Museum opened. It is housed in a mill". Nothing else
    that it may stand for is named or told of in that sentence. So does "its" in the subject: "The club was
    founded by a priest. Its members left".
    """
    word = at.tree.lower[at.i]
    owner = word == "its" and at.owns and _is_in_subject(at)
    if not (owner or at.role in ("nsubj", "nsubjpass")) or not _opens(clusters, at):
        return None
    if not owner and (word not in ("it", "they") or (word == "it" and _announces(at))):
        return None
    found = _only_weighty(clusters, at, candidates, word)
    if found is None or not _may_go_on(found, word):
        return None
    return None if word == "they" and found.type in IDLE and _acts(at) else found


def _only_weighty(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate], word: str
) -> CorefCluster | None:
    """The one thing that the sentence before is about, where that is its subject."""
    weighty = [t for t, m in candidates if _is_weighty(clusters, at, t, m)]
    same = [t for t in weighty if (at.sentence - 1, word) in t.pronouns]  # "They left. They …"
    weighty = same or weighty
    return weighty[0] if len(weighty) == 1 and _was_subject(clusters, at, weighty[0]) else None


def _in_clause_behind(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The subject of the clause that the one of "it" hangs on: "The bridge closed because it was cracked"."""
    if not _tells_of_it(at) or at.tree.dep[at.verb] != "advcl":
        return None
    return _subject_of(clusters, at, candidates, at.tree.head[at.verb])


def _in_clause_beside(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The subject of the clause before, in one sentence: "The bridge is old, but it is safe"."""
    tree = at.tree
    if not _tells_of_it(at):
        return None
    if tree.dep[at.verb] in ("conj", "parataxis"):
        return _subject_of(clusters, at, candidates, tree.head[at.verb])
    told = [
        k
        for k in tree.of(at.verb, "ccomp", "parataxis")
        if k < at.i and tree.right[k] + 1 < tree.n and tree.lower[tree.right[k] + 1] in (";", ":")
    ]
    return _subject_of(clusters, at, candidates, told[-1]) if told else None


def _in_main_clause(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The subject of the clause in front: "When the bridge opened, it was the longest of the land"."""
    tree = at.tree
    if not _tells_of_it(at):
        return None
    front = [k for k in tree.of(at.verb, "advcl") if k < at.i and tree.first(k, "nsubj", "nsubjpass")]
    return _subject_of(clusters, at, candidates, front[-1]) if front else None


def _of_its_part(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The body whose part the sentence before is about: "Its membership fell. In 2020 it sued the bank".

    Only a body does something to something, so it is not the membership.
    """
    tree = at.tree
    if tree.lower[at.i] != "it" or at.role != "nsubj" or not _tells_of_it(at) or not _opens(clusters, at):
        return None
    done_to = tree.first(at.verb, "dobj")
    if done_to is None or tree.pos[done_to] == "NUM" or tree.of(done_to, "nummod", "quantmod"):
        return None
    bodies = [t for t, _ in candidates if t.type == "Organization" and (at.sentence - 1, "its") in t.pronouns]
    owning = [t for t in bodies if _owns_subject(clusters, at, t)]
    return owning[0] if len(owning) == 1 else None


def _owns_subject(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether the subject of the sentence before is no body, and is told to be that of a thing."""
    for place in clusters.profile(thing).places:
        there = clusters.site(*place)
        if there.sentence != at.sentence - 1 or not there.owns or there.tree.lower[there.i] != "its":
            continue
        subject = there.tree.head[there.i]
        block = clusters.reading.blocks[there.block]
        known = clusters.reading.at(block, block.doc[subject])
        body = known is not None and clusters.cluster_of(known).type == "Organization"
        if there.tree.dep[subject] == "nsubj" and not body:
            return True
    return False


def _goes_on(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """The subject of the sentence before, named or not: "The old mill burned down. It was insured"."""
    if not _tells_of_it(at) or not _opens(clusters, at):
        return None
    return next((t for t, _ in candidates if _is_meant(at, t) and _led_before(clusters, at, t)), None)


def _led_before(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing is the subject of the main clause of the sentence before, both quoted or neither."""
    sites = (clusters.site(*p) for p in clusters.profile(thing).subjects)
    return any(
        s.sentence == at.sentence - 1 and _of_root(s) and _is_quoted(clusters, s) == _is_quoted(clusters, at)
        for s in sites
        if _is_whole(thing, s)
    )


def _is_quoted(clusters: Clusters, there: MentionContext) -> bool:
    return there.i in clusters.quotations(clusters.reading.blocks[there.block])


def _is_whole(thing: CorefCluster, there: MentionContext) -> bool:
    """Whether a subject is all that is spoken of: no first of a list, and nobody's part.

    "Its source is a spring. It flows north": not the source.
    """
    tree, i = there.tree, there.i
    if tree.first(i, "conj") is not None and not thing.several:
        return False
    return all(tree.lower[found.owner] not in IT | THEY for found in constructions.possessives(tree, i))


def _held_by_both(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The object of the verb before: "They stole a van and burned it", "held six men and charged them"."""
    tree, verb = at.tree, at.verb
    if at.role != "dobj" or tree.lower[at.i] not in ("it", "them") or tree.dep[verb] != "conj":
        return None
    if tree.first(verb, "nsubj", "nsubjpass") is not None:
        return None
    held = at.block, tree.first(tree.head[verb], "dobj")
    nearest = candidates[0][0] if candidates else None
    return nearest if nearest is not None and held in clusters.profile(nearest).places else None


def _tells_of_it(at: MentionContext) -> bool:
    """Whether "it" is the subject of a clause that says something of it: no "it is clear that"."""
    word = at.tree.lower[at.i]
    if word not in ("it", "they") or at.role not in ("nsubj", "nsubjpass") or at.verb < 0:
        return False
    return word == "they" or not context.extraposed(at.tree, at.verb)


def _subject_of(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate], verb: int
) -> CorefCluster | None:
    """Give what is the subject of a verb of the same sentence, of those that "it" may stand for."""
    subject = at.tree.first(verb, "nsubj", "nsubjpass")
    if subject is None or subject > at.i:
        return None
    there = clusters.site(at.block, subject)
    found = (t for t, _ in candidates if (at.block, subject) in clusters.profile(t).places)
    return next((t for t in found if _is_meant(at, t) and _is_whole(t, there)), None)


def _is_meant(at: MentionContext, thing: CorefCluster) -> bool:
    """Whether "it" or "they" may mean a thing by its number; what is only thought of acts on nothing."""
    if at.tree.lower[at.i] == "it":
        return True
    return thing.plural and not (thing.type in IDLE and _acts(at))


def _acts(at: MentionContext) -> bool:
    """Whether a pronoun is the subject of a verb that says more than what it is or has."""
    return at.role == "nsubj" and at.tree.lemma[at.verb] not in ("be", "have")


def _may_go_on(thing: CorefCluster, word: str) -> bool:
    """Whether "it" or "they" may go on with a thing by what it is."""
    if word == "it":
        return thing.named and thing.type in LASTING
    return thing.plural or _is_body(thing)


def _among(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Of whom some are told: "Police held 11 men. Among them was Karl Brandt": of the object before."""
    tree, above = at.tree, at.tree.head[at.i]
    if tree.lower[at.i] != "them" or tree.lower[above] not in PICKING or tree.dep[at.i] != "pobj":
        return None
    held = [t for t, m in candidates if at.sentence - clusters.sentence_of(m) == 1 and m.head.dep_ == "dobj"]
    return held[0] if len(held) == 1 else None


def _born_as(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Who has the given name with which somebody was born: "Born Ida Berg in Lorn, she": Ida Moe."""
    tree, start = at.tree, at.start
    if at.role not in ("nsubj", "nsubjpass") or tree.lower[start] != "born" or at.i < start + 3:
        return None
    given = tree.lower[start + 1]
    if tree.tag[start + 1] != "NNP":
        return None
    bearing = [t for t, _ in candidates if any(len(f) > 1 and f[0] == given for f in t.forms)]
    bearing = [t for t in bearing if (at.block, start + 2) not in clusters.profile(t).places]
    return bearing[0] if len(bearing) == 1 else None


def _own_pronoun(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose it is that "she" has in her own clause: "Ida said that she died at her home"."""
    beside = at.i > at.start and at.tree.lower[at.i - 1] == "and"  # "met Jan Lund and his wife"
    if not at.owns or at.verb < 0 or beside or _is_in_subject(at):
        return None
    subject = context.controller(at.tree, at.verb)
    # "Foster, who had injured his elbow"
    body = at.tree.lemma[at.tree.head[at.i]] in BODY
    relative = body and at.tree.dep[at.verb] == "relcl" and subject == at.tree.head[at.verb]
    same = subject >= 0 and GROUP_OF.get(at.tree.lower[subject]) == GROUP_OF[at.tree.lower[at.i]]
    if not (relative or same):
        return None
    return next((t for t, _ in candidates if (at.block, subject) in clusters.profile(t).places), None)


def _at_that_place(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Who is told of a place that he came to: "Karl Moll was taken to hospital, where he died".

    He is the subject of the clause above, and nobody else may be meant in the sentence.
    """
    tree = at.tree
    if at.role not in ("nsubj", "nsubjpass") or tree.dep[at.verb] != "relcl":
        return None
    if all(tree.lower[k] not in PLACING for k in tree.of(at.verb, "advmod")):
        return None
    subject = context.controller(tree, context.governor(tree, at.verb))
    here = [t for t, last in candidates if last.block.index == at.block and last.head.i >= at.start]
    named = [t for t in here if (at.block, subject) in clusters.profile(t).places]
    return named[0] if named and len({id(t) for t in here}) == 1 else None


def _same_again(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whom "she" and "her" go on with that open a sentence: who was "she" as the subject of the one before.

    "She married Ida Holt. She joined the party"; "She led the town. Her party won".
    """
    owner = at.owns and _is_in_subject(at)
    if at.i - at.start > OPENING or not (owner or at.role in ("nsubj", "nsubjpass")):
        return None
    group = GROUP_OF[at.tree.lower[at.i]]
    for thing, _ in candidates:
        last = [(n, w) for n, w in thing.pronouns if n == at.sentence - 1 and GROUP_OF.get(w) == group]
        if last and _was_subject_pronoun(clusters, at, thing):
            return thing
    return None


def goes_on_unknown(clusters: Clusters, at: MentionContext) -> bool:
    """Whether a pronoun that opens a sentence goes on with one of whom nobody knows who it is.

    "He was apprenticed to Karl Holt. He opened a shop": that is not Karl Holt.
    """
    tree, doc = at.tree, clusters.reading.blocks[at.block].doc
    if at.i - at.start > OPENING or at.role not in ("nsubj", "nsubjpass") or at.start == 0:
        return False
    group, before = GROUP_OF[tree.lower[at.i]], doc[at.start - 1].sent
    subjects = [
        k
        for k in range(before.start, before.end)
        if tree.dep[k] in ("nsubj", "nsubjpass") and tree.head[k] == before.root.i
    ]
    if len(subjects) != 1 or GROUP_OF.get(tree.lower[subjects[0]]) != group:
        return False
    known = clusters.reading.at(clusters.reading.blocks[at.block], doc[subjects[0]])
    return known is None or not clusters.chained(known)


def _beside_other(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whom "she" did something to or with, and who alone is "he" then: "She married Jan Ek. He died"."""
    if at.role not in ("nsubj", "nsubjpass") or at.start == 0 or not _opens(clusters, at):
        return None
    tree, before = at.tree, clusters.reading.blocks[at.block].doc[at.start - 1].sent
    verb, own = int(before.root.i), GROUP_OF.get(tree.lower[at.i])
    other = {GROUP_OF.get(tree.lower[k]) for k in tree.of(verb, "nsubj", "nsubjpass")}
    near = [t for t, m in candidates if m.block.index == at.block and m.head.i >= before.start]
    if len(near) != 1 or not other <= {"he", "she"} - {own} or not other:
        return None
    objects = (*tree.of(verb, "dobj", "dative"), *tree.under(verb, "with", "to"))
    held = any((at.block, k) in clusters.profile(near[0]).places for k in objects)
    return near[0] if held and near[0].named and near[0].type == "Person" else None


def _was_subject_pronoun(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing is the subject of the main clause of the sentence before, by a pronoun."""
    sites = (clusters.site(*p) for p in clusters.profile(thing).subjects)
    return any(s.sentence == at.sentence - 1 and _of_root(s) and s.tree.tag[s.i] == "PRP" for s in sites)


def _by_kin(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """Whose kin is named together with them: "He is the son of Jan Lund and his wife Sara": Jan's."""
    tree, kin = at.tree, at.tree.head[at.i]
    end = at.i - 1
    if not at.owns or tree.lemma[kin] not in SPOUSES or tree.dep[kin] in ("nsubj", "nsubjpass"):
        return None
    if end <= at.start or tree.lower[end] != "and":
        return None
    if tree.lower[end - 1] == ")":  # "Johan Lund (1820–88) and his wife"
        end = next((k for k in range(end - 2, at.start, -1) if tree.lower[k] == "("), end)
    own = (t for t, m in candidates if m.block.index == at.block and m.span.end == end)
    return next(own, None)


def _by_surname(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose surname the kin has: "Sylvia Hart won. Her son, the actor Rufus Hart, came"."""
    tree, kin = at.tree, at.tree.head[at.i]
    if not at.owns or tree.lemma[kin] not in KIN:
        return None
    names = {tree.lower[k] for k in range(kin + 1, tree.right[kin] + 1) if tree.tag[k] == "NNP"}
    own = {(at.block, k) for k in range(kin, tree.right[kin] + 1)}
    bearing = [
        t
        for t, m in candidates
        if 0 <= at.sentence - clusters.sentence_of(m) <= 1
        and any(len(form) > 1 and form[-1] in names for form in t.forms)
        and own.isdisjoint(clusters.profile(t).places)
    ]
    return bearing[0] if len(bearing) == 1 else None


def _by_office(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose office it is: "The petition by the Chamber of Trade failed. Its president": a body's.

    It is the one body of the sentence before, where its subject is no other one that goes without a name.
    """
    tree, noun = at.tree, at.tree.lemma[at.tree.head[at.i]]
    if not at.owns or tree.lower[at.i] != "its":
        return None
    if noun in FIRMS and _is_in_subject(at):
        return _acting_before(clusters, at, candidates)
    if noun not in OFFICES:
        return None
    bodies = [
        t
        for t, m in candidates
        if t.named and t.type == "Organization" and at.sentence - clusters.sentence_of(m) == 1
    ]
    if len(bodies) != 1 or not _are_bodies_known(clusters, at, bodies[0]):
        return None
    return bodies[0]


def _acting_before(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """The one body that is the subject of a clause of the sentence before: "Its subsidiary Vero …"."""
    acting = []
    for thing, _ in candidates:
        subjects = (clusters.site(*p) for p in clusters.profile(thing).subjects)
        if (
            thing.named
            and thing.type == "Organization"
            and any(s.sentence == at.sentence - 1 for s in subjects)
        ):
            acting.append(thing)
    return acting[0] if len(acting) == 1 else None


def _of_first_clause(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose it is in a second clause: "The army denied it, and its spokesman said": the first subject's."""
    tree, verb = at.tree, at.verb
    if tree.lower[at.i] != "its" or verb < 0 or tree.dep[verb] != "conj" or not _is_in_subject(at):
        return None
    subject = at.block, context.controller(tree, tree.head[verb])
    found = (t for t, _ in candidates if subject in clusters.profile(t).places)
    return next((t for t in found if t.type in ("Organization", "Group", "GPE")), None)


def _of_punished(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose officer it is that follows what befell a body: "They fined the firm, and its head left"."""
    tree, verb = at.tree, at.verb
    if tree.lower[at.i] != "its" or not at.owns or not _is_in_subject(at) or tree.dep[verb] != "conj":
        return None
    above = tree.head[verb]
    if tree.lemma[above] not in PUNISHING or tree.head[at.i] not in tree.of(verb, "nsubj", "nsubjpass"):
        return None
    held = {(at.block, k) for k in tree.of(above, "dobj", "dative", "nsubjpass") if k < at.i}
    found = (t for t, _ in candidates if held & clusters.profile(t).places)
    return next((t for t in found if t.type == "Organization"), None)


def _by_printing(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """What is published is a work: "She wrote the book on night shifts. It was published in March"."""
    tree = at.tree
    if tree.lower[at.i] != "it" or at.role not in ("nsubjpass", "dobj"):
        return None
    followed = at.role == "nsubjpass" and _is_followed_by_work(clusters, at)
    if tree.lemma[at.verb] not in PRINTING and not followed:
        return None
    works = (t for t, m in candidates if t.type == "Work" and m.head.lemma_.lower() not in AWARDS)
    return next(works, None)


def _by_award(clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]) -> CorefCluster | None:
    """What "it" is that goes to somebody, is given to him or won: the one prize told of just before."""
    tree = at.tree
    if tree.lower[at.i] != "it" or at.role not in ("nsubj", "nsubjpass", "dobj") or at.verb < 0:
        return None
    if not _is_given(at) and not (at.role == "dobj" and tree.lemma[at.verb] in WON):
        return None
    prizes = [t for t, m in candidates if m.head.lemma_.lower() in AWARDS and _is_near(clusters, at, m)]
    return prizes[0] if len(prizes) == 1 else None


def _of_winner(
    clusters: Clusters, at: MentionContext, candidates: Sequence[Candidate]
) -> CorefCluster | None:
    """Whose deed a prize is for: "The prize went to Ida Lund for her novel": of who gets it."""
    tree, verb = at.tree, at.verb
    if not at.owns or verb < 0 or tree.lemma[verb] not in GIVEN_AWAY | {"go"}:
        return None
    above = tree.head[tree.head[at.i]]
    if tree.lower[above] != "for" or verb not in (tree.head[above], tree.head[tree.head[above]]):
        return None
    getting = [*tree.of(verb, "dative", "dobj", "nsubjpass")]
    getting += [
        o for p in tree.of(verb, "prep", "dative") if tree.lower[p] == "to" for o in tree.of(p, "pobj")
    ]
    places = {(at.block, k) for k in getting if k < at.i}
    people = [t for t, _ in candidates if t.type == "Person" and places & clusters.profile(t).places]
    return people[0] if len(people) == 1 else None


def _is_given(at: MentionContext) -> bool:
    """Whether something goes, or is given, to somebody."""
    tree, lemma = at.tree, at.tree.lemma[at.verb]
    gone = (at.role == "nsubj" and lemma == "go") or (at.role != "nsubj" and lemma in GIVEN_AWAY)
    return gone and any(tree.lower[p] == "to" for p in tree.of(at.verb, "prep", "dative"))


def _is_near(clusters: Clusters, at: MentionContext, mention: MentionDraft) -> bool:
    return at.sentence - clusters.sentence_of(mention) <= 1


def _is_followed_by_work(clusters: Clusters, at: MentionContext) -> bool:
    """Whether a work follows: "It was followed by "The Rake"" tells of one, too."""
    tree, block = at.tree, clusters.reading.blocks[at.block]
    by = tree.first(at.verb, "agent")
    agent = None if by is None else tree.first(by, "pobj")
    if tree.lemma[at.verb] != "follow" or agent is None:
        return False
    named = clusters.reading.at(block, block.doc[agent])
    return named is not None and named.type == "Work"


def _are_bodies_known(clusters: Clusters, at: MentionContext, body: CorefCluster) -> bool:
    """Whether the sentence before has no body as its subject but the one that is known."""
    block = clusters.reading.blocks[at.block]
    before = at.start - 1
    if before < 0:
        return False
    tree, i = at.tree, block.doc[before].sent.root.i
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or (at.block, subject) in clusters.profile(body).places:
        return subject is not None
    return tree.pos[subject] == "NOUN" and nominal_type(block.doc[subject])[0] not in BODIES


def _is_weighty(clusters: Clusters, at: MentionContext, thing: CorefCluster, last: MentionDraft) -> bool:
    """Whether a thing of the sentence before may be meant: a subject or an object of it."""
    if at.sentence - clusters.sentence_of(last) != 1 or (at.tree.lower[at.i] == "it" and not thing.named):
        return False
    if _was_subject(clusters, at, thing):
        return True
    if _acts(at) and at.tree.lower[at.i] == "they" and thing.type in SPEECHLESS:
        return False  # "The club won nine matches. They visit Dorn on Tuesday"
    return last.head.dep_ in ("dobj", "attr")


def _was_subject(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing is the subject of the main clause of the sentence before, or of what a person told."""
    places = (clusters.site(*p) for p in clusters.profile(thing).subjects)
    return any(
        s.sentence == at.sentence - 1 and (_of_root(s) or _of_told(clusters, s, thing)) for s in places
    )


def _of_told(clusters: Clusters, there: MentionContext, thing: CorefCluster) -> bool:
    """Whether a body is what somebody speaks of: "A spokesman said that the firm had … It …"."""
    tree, verb = there.tree, there.verb
    if verb < 0 or thing.type != "Organization" or tree.dep[verb] != "ccomp":
        return False
    above = tree.head[verb]
    if tree.dep[above] != "ROOT" or tree.lemma[above] not in SAYING:
        return False
    block = clusters.reading.blocks[there.block]
    teller = tree.first(above, "nsubj")
    said = None if teller is None else clusters.reading.at(block, block.doc[teller])
    return said is not None and clusters.cluster_of(said).type == "Person"


def _announces(at: MentionContext) -> bool:
    """Whether "it" may only announce a clause, or say what time or how far it is: "it was late"."""
    tree, verb = at.tree, at.verb
    return verb < 0 or tree.lemma[verb] in SEEMING


def _before_semicolon(at: MentionContext) -> int:
    """Give the subject of the clause that a semicolon parts from that of "it"; -1 if there is none.

    "The firm sees a profit of 5 million; in May it had seen six."
    """
    tree = at.tree
    if at.role not in ("nsubj", "nsubjpass") or ";" not in tree.lower[at.start : at.i]:
        return -1
    end = at.i - tree.lower[at.start : at.i][::-1].index(";")
    if any(tree.dep[k] in ("nsubj", "nsubjpass") for k in range(end, at.i)):
        return -1
    for k in range(at.start, end):
        if tree.dep[k] in ("nsubj", "nsubjpass") and tree.dep[tree.head[k]] not in ("relcl", "acl", "advcl"):
            return k
    return -1


def _object_in_front(at: MentionContext) -> int:
    """Give the object of a gerund in front of the clause in which "it" is the object; -1 if there is none."""
    tree, verb = at.tree, at.verb
    if at.role != "dobj" or verb < 0:
        return -1
    for k in tree.subtree(verb):
        if k >= verb:
            break
        if tree.tag[k] == "VBG" and tree.dep[k] in ("pcomp", "advcl") and k > at.start:
            held = tree.first(k, "dobj")
            if held is not None and tree.first(k, "nsubj") is None:
                return held
    return -1


def _object_above(at: MentionContext) -> int:
    """Give what the clause above tells of, where "it" is the object of its adverbial clause; or -1.

    That is the object of who acts in both; in the passive the subject: "it was refused before Halm took it".
    """
    tree, verb = at.tree, at.verb
    if at.role != "dobj" or verb < 0 or tree.dep[verb] != "advcl" or tree.lower[at.i] not in ("it", "them"):
        return -1
    above, subject = tree.head[verb], tree.first(verb, "nsubj")
    if subject is None or verb < above or not tree.of(verb, "mark", "advmod"):
        return -1
    passive, held = tree.first(above, "nsubjpass"), tree.first(above, "dobj")
    if passive is not None:
        return passive
    if held is None:
        return -1
    return held if GROUP_OF.get(tree.lower[subject]) in ("he", "she") else -1


def _is_body(thing: CorefCluster) -> bool:
    """Whether a thing has members that "their" may mean."""
    return thing.type == "Organization" or (thing.plural and thing.type in ("Group", "GPE"))


def _leads_on(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a pronoun that opens its sentence goes on with the subject of the sentence before."""
    if not _opens(clusters, at) or (at.tree.lower[at.i] == "it" and at.role != "nsubj"):
        return False
    return _was_subject(clusters, at, thing)


def _opens(clusters: Clusters, at: MentionContext) -> bool:
    """Whether a pronoun opens its sentence, with no more than a time before it: "In February it sold"."""
    if at.i - at.start <= 1:
        return True
    block, tree = clusters.reading.blocks[at.block], at.tree
    if at.i - at.start > FRONTED:
        return False
    before = [k for k in range(at.start, at.i) if tree.pos[k] not in ("ADP", "PUNCT", "DET")]
    timed = (block.measures.get(k) for k in before)
    return all(m is not None and m.kind == "time" for m in timed) or _is_behind_place(at)


def _is_behind_place(at: MentionContext) -> bool:
    """Whether no more than a phrase or two stands before a subject: "In France and Italy it runs longer"."""
    tree = at.tree
    fronted = [k for k in tree.of(at.verb, *ADJUNCTS) if at.start <= k < at.i] if at.verb >= 0 else []
    covered = {j for k in fronted for j in tree.subtree(k)}
    return all(k in covered for k in range(at.start, at.i)) and not any(tree.pos[k] in VERBS for k in covered)


def _of_root(there: MentionContext) -> bool:
    return there.verb >= 0 and there.tree.dep[there.verb] == "ROOT"


OF_OTHERS: tuple[Rule, ...] = (
    _teller,
    _of_punished,
    _of_bought,
    _own_subject,
    _among,
    _of_its_part,
    _by_clause,
    _going_on,
    _of_first_clause,
    _by_office,
    _by_printing,
    _by_award,
    _held_by_both,
    _in_clause_behind,
    _in_clause_beside,
    _in_main_clause,
    _goes_on,
)
OF_PERSONS: tuple[Rule, ...] = (
    mourned.of_survivors,
    _by_kin,
    _born_as,
    _own_pronoun,
    _beside_owner,
    tried.of_tried,
    _of_winner,
    _at_that_place,
    _same_again,
    _beside_other,
    _by_surname,
    _by_clause,
    mourned.of_life,
)
