"""Repairs of what a phrase hangs on, by the words before it: "won Player of the Year", "made to school"."""

from __future__ import annotations

from kg.extract.lexicon import DISTANT, words
from kg.extract.lexicon.sets import FINITE, NOUNS, PLACE_LABELS, VERBS
from kg.extract.parse.tree import Tree

CHARGING = words("repair", "charging")
BRINGING = words("repair", "bringing")
OCCASIONS = words("repair", "occasions")
DISMISSED = words("repair", "dismissed")
SINGULAR = frozenset({"VBZ"})
VEHICLES = words("events", "words", "vehicles") | words("nouns", "vessels")
# What opens the next leg of a way: "to Ulm and on to Brae".
ONWARD = frozenset({"on", "onward", "onwards", "thence", "then"})
# Before where or when something was done; verbs of what is somewhere; how long what narrows a clause may be.
SETTING = frozenset({"at", "in", "on", "during"})
DWELLING = words("repair", "dwelling")
HEDGE = 9


def of_behind_name(tree: Tree, i: int) -> bool:
    """ "Won Player of the Year": what "of" stands behind is a title, and nobody wins of a year."""
    verb, noun = tree.head[i], i - 1
    if tree.dep[i] != "prep" or tree.pos[verb] not in VERBS or tree.lemma[verb] in CHARGING or noun <= verb:
        return False
    if tree.pos[noun] not in NOUNS or not tree.doc[noun].is_title or tree.first(i, "pobj") is None:
        return False
    if tree.head[noun] != verb or tree.dep[noun] not in ("dobj", "attr", "oprd"):
        return False
    tree.head[i] = noun
    return True


def phrase_behind_compound(tree: Tree, i: int) -> bool:
    """ "The secretary-general of the union": what stands behind a compound belongs to its head."""
    part = tree.head[i]
    head = tree.head[part]
    if (
        tree.dep[i] != "prep"
        or tree.dep[part] != "compound"
        or not part < head < i
        or tree.pos[head] not in NOUNS
    ):
        return False
    tree.head[i] = head
    return True


def agent_behind_occasion(tree: Tree, i: int) -> bool:
    """ "The pact was signed at a ceremony in Ulm by both sides": they signed it, and held nothing."""
    occasion, inner = tree.head[i], tree.first(i, "pobj")
    verb = tree.head[tree.head[occasion]]
    if tree.dep[i] != "prep" or inner is None or tree.lemma[occasion] not in OCCASIONS:
        return False
    if tree.tag[verb] != "VBN" or not tree.of(verb, "auxpass") or tree.of(verb, "agent"):
        return False
    tree.hang(i, verb, "agent")
    return True


def dismissed_behind_name(tree: Tree, i: int) -> bool:
    """ "She took the job from Otto Berg, sacked in May": it happened to the one named before it."""
    verb, name = tree.head[i], i - 2
    if tree.tag[i] != "VBN" or tree.lower[i] not in DISMISSED or not verb < name or tree.lower[i - 1] != ",":
        return False
    if tree.pos[name] != "PROPN" or tree.dep[name] not in ("pobj", "dobj") or tree.of(i, "nsubj", "auxpass"):
        return False
    tree.hang(i, name, "acl")
    return True


def out_of_many(tree: Tree, i: int) -> bool:
    """ "Of the thousands, she spoke to one": out of whom it was, and nobody speaks of them."""
    verb, inner = tree.head[i], tree.first(i, "pobj")
    if inner is None or i != tree.doc[i].sent.start or tree.pos[verb] != "VERB" or verb < i:
        return False  # "of its mills this is the best": that holds of its mills alone
    behind = tree.right[inner] + 1
    if tree.lower[behind : behind + 1] != [","] or tree.tag[inner] not in ("NNS", "CD", "NNPS"):
        return False
    tree.hang(i, verb, "dep")
    return True


def goal_on_relative(tree: Tree, i: int) -> bool:
    """ "Brought the clock that he made to school": it is brought to school, and not made."""
    clause = tree.head[i]
    noun = tree.head[clause]
    verb = tree.head[noun]
    if tree.lower[i] not in ("to", "into") or tree.dep[clause] != "relcl" or tree.dep[noun] != "dobj":
        return False
    if tree.lemma[verb] not in BRINGING or tree.lemma[clause] in BRINGING or tree.of(verb, "dative"):
        return False
    if any(tree.lower[p] == "to" for p in tree.of(verb, "prep")) or i < clause:
        return False
    for k in tree.of(clause, "prep", "npadvmod"):
        if k > i:
            tree.head[k] = verb
    tree.hang(i, verb, "prep")
    return True


def way_behind_vehicle(tree: Tree, i: int) -> bool:
    """ "Took her by ship from Ulm to Brae": she left Ulm, and the ship is no ship from there."""
    vehicle = tree.head[i]
    means = tree.head[vehicle]
    verb = tree.head[means]
    if (
        tree.lower[i] not in ("from", "to", "into", "via")
        or vehicle != i - 1
        or tree.left[vehicle] != vehicle
    ):
        return False
    if tree.lower[means] != "by" or tree.lemma[vehicle] not in VEHICLES or tree.pos[verb] != "VERB":
        return False
    tree.hang(i, verb, "prep")
    return True


def next_leg(tree: Tree, i: int) -> bool:
    """ "Sailed from Brae to Ulm and on to Lund": who does so goes to both."""
    onward, verb = i - 1, next((k for k in tree.above(i) if tree.pos[k] == "VERB"), None)
    joint = onward - 1 - (tree.lower[onward - 1] == "then")
    if tree.lower[onward] not in ONWARD or tree.lower[joint] != "and" or verb is None or tree.head[i] == verb:
        return False
    gone = any(tree.lower[k] in ("to", "from", "via") for k in range(verb + 1, joint))
    if not gone or tree.first(i, "pobj") is None:
        return False
    tree.hang(i, verb, "prep")
    tree.hang(onward, verb, "advmod")
    return True


def place_behind_distant(tree: Tree, i: int) -> bool:
    """ "Condemned the raid in Ulm and the attack in Lund": the attack was there, not who condemned it."""
    verb, inner = tree.head[i], tree.first(i, "pobj")
    if inner is None or tree.lemma[verb] not in DISTANT or tree.lower[i] not in ("in", "at", "on", "near"):
        return False
    if tree.doc[inner].ent_type_ not in PLACE_LABELS:
        return False
    held = tree.first(verb, "dobj")
    if held is None or held > i:
        return False
    noun = next((k for k in tree.conjuncts(held) if tree.right[k] == i - 1), None)
    if noun is None or tree.pos[noun] not in NOUNS:
        return False
    tree.head[i] = noun
    return True


def adjective_before_name(tree: Tree, i: int) -> bool:
    """ "In a future Norland that is free": the name heads what the adjective stands before."""
    above = tree.head[i]
    if above != i - 1 or tree.tag[above] != "JJ" or tree.dep[above] != "pobj" or tree.pos[i] != "PROPN":
        return False
    tree.make_adjective(above, i)
    return True


def conjunct_disagrees(tree: Tree, i: int) -> bool:
    """ "The use of gas by Norland and Sudmark shows it": one thing shows it; the lands are joined."""
    subject = tree.head[i]
    verb = tree.head[subject]
    if tree.dep[subject] not in ("nsubj", "nsubjpass") or i < subject or verb < i:
        return False
    first = min((k for k in tree.of(verb, "aux", "auxpass")), default=verb)
    if tree.tag[subject] != "NN" or not (tree.tag[first] in SINGULAR or tree.lower[first] == "was"):
        return False
    joiner = tree.left[i] - 1
    before = joiner - 1
    if tree.tag[first] not in FINITE or tree.lower[joiner] != "and" or before <= subject:
        return False
    if tree.pos[before] != "PROPN" or tree.pos[i] != "PROPN" or subject not in tree.above(before):
        return False
    tree.hang(i, before, "conj")
    tree.hang(joiner, before, "cc")
    return True


def phrase_before_next_clause(tree: Tree, i: int) -> bool:
    """ "Has lost once, and with the win at Ulm, 1-0, they rose": the phrase belongs to the clause behind it.

    What stands in commas behind it belongs to its noun.
    """
    first, inner = tree.head[i], tree.first(i, "pobj")
    if inner is None or first > i or tree.lower[i - 1] != "and" or tree.head[i - 1] != first:
        return False
    subject = _subject_of_next(tree, first, i)
    if subject is None:
        return False
    for k in tree.kids[first]:
        if i < k < tree.left[subject] and tree.dep[k] != "punct":
            tree.hang(k, inner, "nummod" if tree.tag[k] == "CD" else tree.dep[k])
    tree.hang(i, tree.head[subject], "prep")
    return True


def _subject_of_next(tree: Tree, first: int, i: int) -> int | None:
    """Give the subject, behind a comma, of the later clause that a verb and what hangs on it stand before."""
    later = tree.head[first]
    if later < i or not {tree.pos[first], tree.pos[later]} <= {*VERBS}:
        return None
    if tree.dep[first] not in ("ccomp", "parataxis", "conj"):
        return None
    subject = tree.first(later, "nsubj", "nsubjpass")
    if subject is None or tree.left[subject] < i or tree.lower[tree.left[subject] - 1] != ",":
        return None
    return subject


def place_behind_aside(tree: Tree, i: int) -> bool:
    """ "Handed her the prize, which is worth 3,000 euros, at the town hall": it was handed to her there."""
    noun = tree.head[i]
    verb = tree.head[noun]
    if tree.dep[i] != "prep" or tree.lower[i] not in SETTING or tree.dep[noun] != "dobj":
        return False
    if tree.pos[verb] != "VERB" or not verb < noun < i or tree.lower[i - 1] != ",":
        return False
    asides = [k for k in tree.of(noun, "relcl") if noun < k < i and tree.lower[tree.left[k] - 1] == ","]
    if not asides or tree.right[asides[-1]] != i - 2:
        return False
    tree.head[i] = verb
    return True


def place_behind_hedge(tree: Tree, i: int) -> bool:
    """ "Found a snail that lives, as far as is known, in two caves": it lives there."""
    verb = tree.head[i]
    start = i - 1 if tree.lower[i - 1] == "only" else i
    if tree.dep[i] not in ("prep", "conj") or tree.pos[i] != "ADP" or tree.lower[start - 1] != ",":
        return False
    comma = next((k for k in range(start - 2, max(start - HEDGE, 0), -1) if tree.lower[k] == ","), 0)
    clause = comma - 1
    if clause < 1 or tree.dep[clause] != "relcl" or tree.lemma[clause] not in DWELLING:
        return False
    if clause == verb or i in tree.above(clause):
        return False
    tree.hang(i, clause, "prep")
    return True


def ranging_behind_noun(tree: Tree, i: int) -> bool:
    """ "Got help online ranging from cash to advice": the help ranges, and "to advice" belongs to it."""
    verb = tree.head[i]
    noun = next((k for k in range(i - 1, verb, -1) if k in tree.of(verb, "dobj", "pobj", "attr")), None)
    if noun is None or tree.lower[i + 1 : i + 2] != ["from"] or tree.pos[noun] not in NOUNS:
        return False
    between = [k for k in tree.kids[i] if noun < k < i and tree.dep[k] not in ("det", "poss")]
    if len(between) != i - noun - 1:
        return False
    for k in between:
        tree.head[k] = noun
    for k in tree.of(verb, "prep"):
        if k > i and tree.lower[k] in ("from", "to"):
            tree.head[k] = i
    tree.hang(i, noun, "acl")
    return True
