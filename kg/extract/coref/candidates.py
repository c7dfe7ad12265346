"""What a third-person pronoun may stand for: things near it that agree with it and that nothing rules out."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extract import constructions
from kg.extract.coref import context
from kg.extract.coref.cluster import Clusters, CorefCluster
from kg.extract.coref.context import MentionContext
from kg.extract.lexicon import SAYING, classify, gazetteer, inverse, words
from kg.extract.lexicon.sets import NOMINALS, VERBS
from kg.extract.mentions.evidence.weights import END_CLASS
from kg.extract.parse.tree import Tree
from kg.extract.reading import MentionDraft, ParsedBlock

# A thing that may be meant, with its last mention.
Candidate = tuple[CorefCluster, MentionDraft]

HE = words("coref", "pronouns", "he")
SHE = words("coref", "pronouns", "she")
IT = words("coref", "pronouns", "it")
THEY = words("coref", "pronouns", "they")
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
# Classes of what says and thinks nothing.
SPEECHLESS = frozenset("Concept Event Product Facility Location".split())
# Gender evidence of a name that outweighs a pronoun, and for how many sentences a pronoun holds.
KNOWN_SEX, LATELY = 0.5, 1
# Nouns for people that are mostly taken for something else.
HUMAN = words("coref", "pronouns", "human")
NOT_IN_NAMES = words("coref", "pronouns", "not_in_names")
CHILDREN = words("nominals", "kin", "child")
KIN = inverse("nominals", "kin").keys()
DYING = frozenset({"die", "perish", "drown"})


def candidates_for(clusters: Clusters, block: ParsedBlock, token: Token, group: str) -> list[Candidate]:
    """Give the things that a pronoun may stand for, each with its last mention, nearest first."""
    here = clusters.sentence_at(block, token)
    reach = REACH[group]
    others = _others(clusters, block, token, group)
    found = []
    for thing in clusters.within(block, token, reach):
        if not agrees(thing, group) or thing in others or _is_other_sex(thing, group, here):
            continue
        if group in ("it", "they") and _is_other_number(thing, group, here):
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


def _others(clusters: Clusters, block: ParsedBlock, token: Token, group: str) -> list[CorefCluster]:
    """Give the things that a pronoun cannot stand for: who says it, who is kin, and what it began itself.

    Nobody is "he" in his own words, and who is "she" in '"I saw it," she said' is not found in "I".
    """
    said = [m for m in (block.said_by, teller(clusters, block, token)) if m is not None]
    own = clusters.reading.at(block, token)
    if own is not None and id(own) in clusters.of:
        said.append(own)
    if group not in ("he", "she"):
        said = [m for m in said if m is block.said_by or m is own]
    return [clusters.cluster_of(m) for m in said]


def teller(clusters: Clusters, block: ParsedBlock, token: Token) -> MentionDraft | None:
    """Give who says the quotation that a token stands in, where the text tells it beside the quotation."""
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
    return clusters.reading.at(block, block.doc[said])


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
        if _is_own_object(clusters, thing, block, token) or _is_own_kin(clusters, thing, block, token):
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


def _is_own_kin(clusters: Clusters, thing: CorefCluster, block: ParsedBlock, token: Token) -> bool:
    """Whether somebody is the kin that the pronoun tells of: "his son, Karl Lund", "Karl Lund, his son"."""
    tree = clusters.trees[block.index]
    kin = tree.head[token.i]
    if not constructions.owns(tree, token.i) or tree.lemma[kin] not in KIN:
        return False
    same = {kin, *(a.renaming for a in constructions.appositions(tree, kin))}
    if constructions.renames(tree, kin):
        same.add(tree.head[kin])
    elif tree.dep[kin] in ("nsubj", "attr") and tree.lemma[tree.head[kin]] == "be":
        same.update(tree.of(tree.head[kin], "nsubj", "attr"))
    return any((block.index, i) in clusters.profile(thing).places for i in same)


def _without_agents(
    found: list[Candidate],
) -> list[Candidate]:
    """Leave out who acted on another candidate: "Police arrested three men. They were charged".

    Who is "she" may go on being that: "She married Jo Vik. She is survived by two sons".
    """
    acted_by = {
        (last.block.index, last.head.head.i)
        for _, last in found
        if last.head.dep_ == "dobj" and last.head.head.pos_ == "VERB"
    }
    return [
        (thing, last)
        for thing, last in found
        if last.head.dep_ != "nsubj"
        or last.head.lower_ in HE | SHE
        or (last.block.index, last.head.head.i) not in acted_by
    ]


def agrees(thing: CorefCluster, group: str) -> bool:
    """Whether number, gender and class let a pronoun stand for a thing, or may turn out to."""
    if group == "it":
        firm = thing.named and thing.type == "Organization"  # "Halden Foods said it …"
        return thing.type not in ("Person", "Group", "Language") and (firm or not thing.plural)
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


def _is_other_number(thing: CorefCluster, group: str, here: int) -> bool:
    """Whether a thing is "they" in a sentence in which another is "it": "They sold the mill to its staff"."""
    other = IT if group == "they" else THEY
    return any(sentence == here and word in other for sentence, word in thing.pronouns)


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


def plausible(clusters: Clusters, at: MentionContext, candidates: list[Candidate]) -> list[Candidate]:
    """Leave out whom the build of the sentence rules out for "he" or "she", where others remain.

    Who is named only where it is told whose child somebody is goes out even so.
    """
    candidates = [c for c in candidates if not _is_only_parent(clusters, at, c[0])]
    found = [c for c in candidates if not _is_ruled_out(clusters, at, c[0]) and not _is_in_brackets(c[0])]
    return found or candidates


def _is_in_brackets(thing: CorefCluster) -> bool:
    """Whether a word stands in brackets alone: a party or town that they tell of somebody is nobody."""
    names = [m for m in thing.mentions if m.kind == "name"]
    return bool(names) and all(
        len(m.span) == 1 and m.span.start and m.span.doc[m.span.start - 1].text == "(" for m in names
    )


def _is_ruled_out(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether somebody cannot be the "he" or "she" that is the subject of a clause."""
    if at.role not in ("nsubj", "nsubjpass") or at.verb < 0:
        return False
    return any(rules_out(clusters, at, thing) for rules_out in (_tells_own_death, _is_quoted, _is_parent))


def _tells_own_death(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """ "Ida said that she had died": not Ida; but "Ida was taken to Ulm, where she died"."""
    if at.tree.dep[at.verb] == "relcl":
        return False
    teller = at.block, context.controller_above(at.tree, at.verb)
    return at.tree.lemma[at.verb] in DYING and teller in clusters.profile(thing).places


def _is_quoted(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """'"Anna is ours," he said': not Anna."""
    if at.quoted or at.tree.lemma[at.verb] not in SAYING:
        return False
    quoted = clusters.quotations(clusters.reading.blocks[at.block])
    return any(
        i in quoted and clusters.site(at.block, i).sentence == at.sentence
        for i in _named(clusters, at, thing)
    )


def _is_parent(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """ "Born in Lorn, the daughter of Karl and his wife, Ida, she": not Ida."""
    tree = at.tree
    born = tree.tag[at.start] in ("VBN", "VBG") and tree.head[at.start] == at.verb
    if not born and _described(tree, at.start) != at.i:
        return False
    before = [i for i in _named(clusters, at, thing) if i < at.i]
    return any(tree.lemma[k] in CHILDREN for i in before for k in context.above(tree, i))


def _is_only_parent(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> bool:
    """Whether a thing was told of only as a parent in front: "The son of a miner, Karl Lund, he"."""
    before = [p for p in clusters.profile(thing).places if p < at.place]
    sites = [clusters.site(*p) for p in before]
    return bool(sites) and all(s.i < _described(s.tree, s.start) for s in sites)


def _described(tree: Tree, start: int) -> int:
    """Give the "he" behind a phrase that says whose child he is and opens the sentence, or -1."""
    first = next((k for k in range(start, tree.n) if tree.pos[k] in NOMINALS or tree.pos[k] in VERBS), -1)
    if first < 0 or tree.lemma[first] not in CHILDREN:
        return -1
    for k in range(first + 1, tree.n):
        if tree.pos[k] in VERBS:
            break
        if tree.lower[k] in ("he", "she") and tree.lower[k - 1] == ",":
            return k
    return -1


def _named(clusters: Clusters, at: MentionContext, thing: CorefCluster) -> list[int]:
    """Give where a thing is named from the beginning of a pronoun's sentence on, in its block."""
    return [i for block, i in clusters.profile(thing).names if block == at.block and at.start <= i]
