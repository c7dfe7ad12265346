"""Pronouns: he and she by a trained ranker, it and they where clear, who and which through their clause."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import constructions
from kg.extract.coref import context, families, mourned, ranker
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.coref.nominals import make_person, refer
from kg.extract.lexicon import SAYING, classify, gazetteer, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOMINALS
from kg.extract.mentions.evidence import END_CLASS
from kg.extract.reading import MentionDraft, ParsedBlock

HE = words("coref", "pronouns", "he")
SHE = words("coref", "pronouns", "she")
IT = words("coref", "pronouns", "it")
THEY = words("coref", "pronouns", "they")
I = words("coref", "pronouns", "i")  # noqa: E741
GROUP_OF = (
    dict.fromkeys(HE, "he")
    | dict.fromkeys(SHE, "she")
    | dict.fromkeys(IT, "it")
    | dict.fromkeys(THEY, "they")
)
# How many sentences back an antecedent may lie, and how many are weighed.
REACH = {"he": 12, "she": 12, "it": 3, "they": 4}
MOST = {"he": 20, "she": 20, "it": 12, "they": 12}
# Classes that a person's name is at times taken for.
DOUBTFUL = frozenset("Organization GPE Location Facility Product Work".split())
# What somebody is for a body.
OFFICES = words("nominals", "office", "heads") | words("names", "around", "of_company")
SPOUSES = words("nominals", "kin", "spouse")
PRINTING = words("coref", "pronouns", "printing")
BODIES = frozenset({"Organization", "Group", "Person"})
# Classes of what says and thinks nothing.
SPEECHLESS = frozenset("Concept Event Product Facility Location".split())
# Of named things "it" goes on with.
LASTING = frozenset("Organization GPE Facility Location Work Product Event Law".split())
# Gender evidence of a name that outweighs a pronoun, and for how many sentences a pronoun holds.
KNOWN_SEX, LATELY = 0.5, 1
SEEMING = words("coref", "pronouns", "seeming")
WEATHER = words("coref", "pronouns", "weather")
THEIRS = THEY - {"they", "them"}
OWN = words("coref", "pronouns", "own")
RELATIVE = words("coref", "pronouns", "relative")
# Nouns for people that are mostly taken for something else.
HUMAN = words("coref", "pronouns", "human")
WE = words("coref", "pronouns", "we")
YOU = words("coref", "pronouns", "you")
NOT_IN_NAMES = words("coref", "pronouns", "not_in_names")


def relatives(clusters: Clusters) -> None:
    """Join who, which and that to the noun their clause hangs on."""
    reading = clusters.reading
    for m in [m for m in reading.mentions if m.kind == "pronoun" and m.head.lower_ in RELATIVE]:
        if m.head.tag_ not in ("WP", "WDT", "WP$"):
            continue
        clause: Token | None = m.head
        while clause is not None and clause.dep_ != "relcl":
            clause = clause.head if clause.head != clause else None
        if clause is None:
            continue
        noun = clause.head
        antecedent = reading.at(m.block, noun)
        if antecedent is not None and antecedent.kind in ("name", "nominal") and noun.i < m.head.i:
            thing = clusters.cluster_of(antecedent)
            m.type = thing.type
            clusters.join(thing, clusters.cluster_of(m), "relative", m, antecedent)


def resolve(clusters: Clusters, block: ParsedBlock, token: Token) -> bool:
    """Join a pronoun to its antecedent, where that is clear; whether the token was such a pronoun."""
    word = token.lower_
    if word in I or word in WE or word in YOU:
        _resolve_talk(clusters, block, token, word)
        return True
    group = GROUP_OF.get(word)
    if group is None or token.tag_ not in ("PRP", "PRP$") or token.dep_ == "expl":
        return False
    known = clusters.reading.at(block, token)
    if known is not None and clusters.chained(known):
        return True
    if not _empty(clusters.site(block.index, token.i)):
        _resolve_third(clusters, block, token, group)
    return True


def _resolve_third(clusters: Clusters, block: ParsedBlock, token: Token, group: str) -> None:
    """Join he, she, it or they to its antecedent, by the build of the sentences or else by the ranker."""
    word, sex = token.lower_, {"he": -1.0, "she": 1.0}.get(group, 0.0)
    rule = "he" if sex else group
    candidates = candidates_for(clusters, block, token, group)
    candidates = mourned.without_the_living(clusters, clusters.site(block.index, token.i), candidates)
    if word.endswith(("self", "selves")):
        choice = _reflected(clusters, clusters.site(block.index, token.i), candidates)
        if choice is None:
            return
    else:
        choice = _own_subject(clusters, block, token, candidates) if word in OWN else None
    at = clusters.site(block.index, token.i)
    choice = choice or _by_build(clusters, at, sex, candidates)
    choice = choice or ranker.choose(clusters, block, token, rule, sex, candidates)
    if choice is None:
        return
    choice.gender += 0.3 * sex
    if sex and choice.type != "Person":
        make_person(choice)
    choice.pronouns.append((clusters.sentence_at(block, token), word))
    clusters.write(choice)
    refer(clusters, block, token, choice, "he-she" if sex else group)


def _by_build(
    clusters: Clusters, at: MentionContext, sex: float, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What a pronoun stands for by the build of the sentences, by names, or by whom a text is about."""
    block = clusters.reading.blocks[at.block]
    choice = _by_kin(clusters, at, candidates) if sex else None
    choice = choice or families.of_family(clusters, block, at.i, [t for t, _ in candidates])
    choice = choice or _by_clause(clusters, at, candidates) or _going_on(clusters, at, candidates)
    choice = choice or _by_office(clusters, at, candidates) or _by_printing(at, candidates)
    return choice or (mourned.of_life(clusters, at, sex, candidates) if sex else None)


def _resolve_talk(clusters: Clusters, block: ParsedBlock, token: Token, word: str) -> None:
    """Join "I", "we" or "you" to who speaks or is spoken to, in a quotation or in a turn of a talk."""
    said_by, rule = speaker(clusters, block, token) if word in I else None, "speaker"
    if said_by is None and token.i not in clusters.quotations(block):
        said_by, rule = _of_turn(clusters, block, token, word), "turn"
    if said_by is not None:
        refer(clusters, block, token, said_by, rule)


def _of_turn(clusters: Clusters, block: ParsedBlock, token: Token, word: str) -> CorefCluster | None:
    """Give whom "I", "we" or "you" stands for outside of quotations.

    "We" is an organization that speaks, as who else belongs to a speaker is not told; "you" is who is asked.
    """
    mention = block.said_to if word in YOU else block.said_by
    if mention is None:
        return None
    if word in YOU and not token.sent.text.rstrip().endswith("?"):
        return None
    thing = clusters.cluster_of(mention)
    return thing if mention.type == ("Organization" if word in WE else "Person") else None


def _empty(at: MentionContext) -> bool:
    """Whether an "it" stands for nothing: "it is clear that", "it is said that", "it rained", "(it)"."""
    tree, i, verb = at.tree, at.i, at.verb
    if tree.lower[i] != "it":
        return False
    if tree.lower[i - 1 : i + 2] == ["(", "it", ")"]:
        return True
    if at.role not in ("nsubj", "nsubjpass") or verb < 0:
        return False
    if tree.lemma[verb] in WEATHER:
        return True
    if tree.lemma[verb] in PRINTING:
        return False  # "it was published after others had refused it"
    return (at.role == "nsubjpass" or tree.lemma[verb] in SEEMING) and context.extraposed(tree, verb)


def speaker(clusters: Clusters, block: ParsedBlock, token: Token) -> CorefCluster | None:
    """Give who says "I" in a quotation, where the text tells it beside the quotation."""
    tree, i = clusters.trees[block.index], token.i
    if i not in clusters.quotations(block):
        return None
    said = None
    while said is None:
        factuality = block.factualities.get(i)
        said = None if factuality is None else factuality.source
        if tree.head[i] == i:
            break
        i = tree.head[i]
    if said is None or said in clusters.quotations(block):
        return None
    mention = clusters.reading.at(block, block.doc[said])
    if mention is None or mention.kind not in ("name", "nominal", "pronoun"):
        return None
    thing = clusters.cluster_of(mention)
    gap = abs(clusters.sentence_at(block, token) - clusters.sentence_of(mention))
    return thing if thing.type == "Person" and not thing.plural and gap <= 1 else None


def note_unknown(clusters: Clusters) -> None:
    """Note how many sentences say something of an "I" or "we" whom nobody names."""
    unknown: dict[int, str] = {}
    for claim in clusters.reading.claims:
        for m in (claim.subject, claim.object):
            if m is None or m.kind != "pronoun" or m.head.lower_ not in I | WE or clusters.chained(m):
                continue
            if m.head.i not in clusters.quotations(m.block):
                unknown.setdefault(clusters.sentence_of(m), "I" if m.head.lower_ in I else "we")
    for word, remedy in (("I", "; give an author line"), ("we", "")):
        number = list(unknown.values()).count(word)
        if number:
            sentences = "sentence" if number == 1 else "sentences"
            clusters.reading.notes.append(
                f'{number} first-person {sentences} left out: nobody says who "{word}" is{remedy}'
            )


def candidates_for(
    clusters: Clusters, block: ParsedBlock, token: Token, group: str
) -> list[tuple[CorefCluster, MentionDraft]]:
    """Give the things that a pronoun may stand for, each with its last mention, nearest first."""
    here = clusters.sentence_at(block, token)
    reach = REACH[group]
    said_by = None if block.said_by is None else clusters.cluster_of(block.said_by)
    found = []
    for thing in clusters.within(block, token, reach):
        if not agrees(thing, group) or thing is said_by or _is_other_sex(thing, group, here):
            continue
        if group == "they" and thing.type in SPEECHLESS and _says(clusters.site(block.index, token.i)):
            continue
        last = _last_of(clusters, thing, block, token, group)
        if last is not None and here - clusters.sentence_of(last) <= reach and fits(thing, group):
            found.append((thing, last))
    found.sort(key=lambda pair: pair[0].opened)
    found.sort(key=lambda pair: clusters.place(pair[1]), reverse=True)
    if token.dep_ == "nsubjpass":
        found = _without_agents(found)
    return found[: MOST[group]]


def _says(at: MentionContext) -> bool:
    """Whether a pronoun is the subject of a verb of saying or thinking."""
    if at.role != "nsubj":
        return False
    verb = at.tree.lemma[at.verb]
    return verb in SAYING or classify("that", verb) == "reported"


def _last_of(
    clusters: Clusters, thing: CorefCluster, block: ParsedBlock, token: Token, group: str
) -> MentionDraft | None:
    """Give the mention of a thing to which a pronoun may go back, if there is one."""
    last = clusters.last_before(thing, block, token)
    if group in ("he", "she"):
        last = last or _after(clusters, thing, block, token)
        if _is_own_object(clusters, thing, block, token):
            return None
    if last is None or last.head == token:
        return None
    inside = last.block is block and last.span.start <= token.i < last.span.end
    return None if inside else last


def _is_own_object(clusters: Clusters, thing: CorefCluster, block: ParsedBlock, token: Token) -> bool:
    """Whether a thing is the subject of the verb whose object the pronoun is: that would be "himself"."""
    tree = clusters.trees[block.index]
    i = token.i
    if tree.dep[i] not in ("dobj", "dative") or tree.lower[i].endswith(("self", "selves")):
        return False
    subject = tree.first(tree.head[i], "nsubj")
    return subject is not None and (block.index, subject) in clusters.profile(thing).places


def _own_subject(
    clusters: Clusters, block: ParsedBlock, token: Token, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """The subject of the clause that a possessive or reflexive stands in: "The firm sold its ships"."""
    at = clusters.site(block.index, token.i)
    if at.role == "poss" and _is_in_subject(at):
        return None  # "the structure of the state and its laws are": no laws of the structure
    for thing, last in candidates:
        i = last.head.i
        if last.block is block and at.tree.dep[i] in ("nsubj", "nsubjpass") and at.tree.head[i] == at.verb:
            return thing
    return None


def _is_in_subject(at: MentionContext) -> bool:
    """Whether a possessive stands in the subject of its own clause."""
    i = at.i
    while at.tree.head[i] != i and at.tree.head[i] != at.verb:
        i = at.tree.head[i]
    return at.tree.dep[i] in ("nsubj", "nsubjpass") and at.tree.head[i] == at.verb


def _reflected(
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What a reflexive stands for: the subject of its clause, or the noun that it stresses."""
    tree, i = at.tree, at.i
    stresses = constructions.renames(tree, i) or tree.dep[i] in ("npadvmod", "nmod")
    beside = stresses and tree.pos[tree.head[i]] in NOMINALS
    own = tree.head[i] if beside else context.controller(tree, at.verb)
    places = {(at.block, own), (at.block, tree.head[own])} if tree.dep[own] == "conj" else {(at.block, own)}
    return next((t for t, _ in candidates if places & clusters.profile(t).places), None)


def _by_clause(
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What a pronoun of things or of several stands for by the build of the sentences alone.

    "Villagers left their farms": the subject of the clause, where it is a group or an organization.
    "Far from helping the mill, the bank sued it": the object of the clause in front.
    "Norland says that it will pay", "Norland fell. It …": a land or city that is the subject of the clause
    above, or of the sentence before.
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
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What a pronoun that is an object goes on with: the object before, where nothing else is near.

    "Instead of dismissing the captain, Berg promoted him": the object of the clause in front. "The courier
    lost a parcel. He traced it": the object of the sentence before, of those that "it" may stand for.
    """
    front = at.block, _object_in_front(at)
    for thing, _ in candidates:
        if front in clusters.profile(thing).places:
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
    if not thing.named:
        return False
    if front in places:
        return True
    if thing.type not in ("GPE", "Organization"):
        return False
    if own in places and word != "it":
        return True
    if word == "it" and (at.block, _before_semicolon(at)) in places:
        return True
    over = above in places and (thing.type == "GPE" or at.tree.lemma[at.tree.head[above[1]]] in SAYING)
    return over or _leads_on(clusters, at, thing)


def _going_on(
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What "it" or "they" that opens a sentence goes on with: the subject of the sentence before.

    "The team arrived. They were turned down"; "The Salt Museum opened. It is housed in a mill". Nothing else
    that it may stand for is named or told of in that sentence.
    """
    if at.role not in ("nsubj", "nsubjpass") or at.i - at.start > 1:
        return None
    word = at.tree.lower[at.i]
    if word not in ("it", "they") or (word == "it" and _announces(at)):
        return None
    weighty = [t for t, m in candidates if _is_weighty(clusters, at, t, m)]
    same = [t for t in weighty if (at.sentence - 1, word) in t.pronouns]  # "They left. They …"
    weighty = same or weighty
    if len(weighty) != 1 or not _was_subject(clusters, at, weighty[0]):
        return None
    return weighty[0] if _may_go_on(weighty[0], word) else None


def _may_go_on(thing: CorefCluster, word: str) -> bool:
    """Whether "it" or "they" may go on with a thing by what it is."""
    if word == "it":
        return thing.named and thing.type in LASTING
    return thing.plural or _is_body(thing)


def _by_kin(
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """Whose kin is named together with them: "He is the son of Jan Lund and his wife Sara": Jan's."""
    tree, kin = at.tree, at.tree.head[at.i]
    end = at.i - 1
    if at.role != "poss" or tree.lemma[kin] not in SPOUSES or tree.dep[kin] in ("nsubj", "nsubjpass"):
        return None
    if end <= at.start or tree.lower[end] != "and":
        return None
    if tree.lower[end - 1] == ")":  # "Johan Lund (1820–88) and his wife"
        end = next((k for k in range(end - 2, at.start, -1) if tree.lower[k] == "("), end)
    own = (t for t, m in candidates if m.block.index == at.block and m.span.end == end)
    return next(own, None)


def _by_office(
    clusters: Clusters, at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """Whose office it is: "The petition by the Chamber of Trade failed. Its president": a body's.

    It is the one body of the sentence before, where its subject is no other one that goes without a name.
    """
    tree = at.tree
    if at.role != "poss" or tree.lower[at.i] != "its" or tree.lemma[tree.head[at.i]] not in OFFICES:
        return None
    bodies = [
        t
        for t, m in candidates
        if t.named and t.type == "Organization" and at.sentence - clusters.sentence_of(m) == 1
    ]
    if len(bodies) != 1 or not _are_bodies_known(clusters, at, bodies[0]):
        return None
    return bodies[0]


def _by_printing(
    at: MentionContext, candidates: list[tuple[CorefCluster, MentionDraft]]
) -> CorefCluster | None:
    """What is published is a work: "She wrote the book on night shifts. It was published in March"."""
    tree = at.tree
    if tree.lower[at.i] != "it" or at.role != "nsubjpass" or tree.lemma[at.verb] not in PRINTING:
        return None
    return next((t for t, _ in candidates if t.type == "Work"), None)


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
    acts = at.role == "nsubj" and at.tree.lemma[at.verb] != "be"
    if acts and at.tree.lower[at.i] == "they" and thing.type in SPEECHLESS:
        return False  # "The club won nine matches. They visit Dorn on Tuesday"
    return last.head.dep_ in ("dobj", "attr")


def _was_subject(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing is the subject of the main clause of the sentence before."""
    places = (clusters.site(*p) for p in clusters.profile(thing).subjects)
    return any(s.sentence == at.sentence - 1 and _of_root(s) for s in places)


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


def _is_body(thing: CorefCluster) -> bool:
    """Whether a thing has members that "their" may mean."""
    return thing.type == "Organization" or (thing.plural and thing.type in ("Group", "GPE"))


def _leads_on(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a pronoun that opens its sentence goes on with the subject of the sentence before."""
    if at.i - at.start > 1 or (at.tree.lower[at.i] == "it" and at.role != "nsubj"):
        return False
    return _was_subject(clusters, at, thing)


def _of_root(there: MentionContext) -> bool:
    return there.verb >= 0 and there.tree.dep[there.verb] == "ROOT"


def _without_agents(
    found: list[tuple[CorefCluster, MentionDraft]],
) -> list[tuple[CorefCluster, MentionDraft]]:
    """Leave out who acted on another candidate: "Police arrested three men. They were charged"."""
    acted_by = {
        (last.block.index, last.head.head.i)
        for _, last in found
        if last.head.dep_ == "dobj" and last.head.head.pos_ == "VERB"
    }
    return [
        (thing, last)
        for thing, last in found
        if last.head.dep_ != "nsubj" or (last.block.index, last.head.head.i) not in acted_by
    ]


def agrees(thing: CorefCluster, group: str) -> bool:
    """Whether number, gender and class let a pronoun stand for a thing, or may turn out to."""
    if group == "it":
        return thing.type not in ("Person", "Group", "Language") and not thing.plural
    if group == "they":
        return thing.plural or thing.type in ("Group", "Organization", "GPE")
    if thing.plural or not _may_be_somebody(thing):
        return False
    return thing.gender * (-1.0 if group == "he" else 1.0) >= -0.6


def _is_other_sex(thing: CorefCluster, group: str, here: int) -> bool:
    """Whether somebody whose name tells no sex was "she" a sentence ago, and so is not "he"."""
    if group not in ("he", "she") or not thing.pronouns:
        return False
    if thing.gender * (-1.0 if group == "he" else 1.0) >= KNOWN_SEX:
        return False
    return any(
        here - sentence <= LATELY and GROUP_OF.get(word, group) != group for sentence, word in thing.pronouns
    )


def _may_be_somebody(thing: CorefCluster) -> bool:
    if thing.type == "Person" or (thing.named and thing.type in DOUBTFUL):
        return True
    return not thing.named and not HUMAN.isdisjoint(thing.heads)


def fits(thing: CorefCluster, group: str) -> bool:
    """Whether a thing that agrees with a pronoun can be told to be one that it may stand for."""
    if len(thing.mentions) == 1 and thing.mentions[0].kind == "pronoun":
        return thing.mentions[0].head.lower_ in GROUP_OF
    if group not in ("he", "she") or thing.type == "Person" or may_be_person(thing):
        return True
    return not thing.named and not HUMAN.isdisjoint(thing.heads)


def may_be_person(thing: CorefCluster) -> bool:
    """Whether a name that is read as something else could be a person's: its words tell nothing certain."""
    if thing.type not in DOUBTFUL:
        return False
    names = [m for m in thing.mentions if m.kind == "name"]
    if not names or len(names) < len([m for m in thing.mentions if m.kind != "pronoun"]):
        return False
    return all(map(_may_name_person, names))


def _may_name_person(m: MentionDraft) -> bool:
    if len(m.span) > 3 or m.span[-1].lower_ in END_CLASS or gazetteer.land_named(m.label) is not None:
        return False
    return not any((t.is_upper and len(t) > 1) or t.lower_ in NOT_IN_NAMES for t in m.span)


def _after(clusters: Clusters, thing: CorefCluster, block: ParsedBlock, token: Token) -> MentionDraft | None:
    """The first mention after the pronoun in its sentence: "In his speech, Miller said"."""
    here = clusters.sentence_at(block, token)
    later = [m for m in thing.mentions if clusters.sentence_of(m) == here and m.head.i > token.i]
    return min(later, key=clusters.place, default=None)
