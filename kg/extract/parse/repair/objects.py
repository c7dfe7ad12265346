"""Repairs of what somebody is given, by whom and for what, where a long object leads the parser astray."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS, PLACE_LABELS, VERBS
from kg.extract.parse.repair.tokens import MONEY, is_sum
from kg.extract.parse.tree import Tree

GIVING = words("repair", "gift", "giving")
PAYING = words("repair", "gift", "paying")
# Whose second object is none of the first's: "gave the nurse", "called the boy".
GIVERS = GIVING | PAYING | words("nominals", "alias", "naming")
GIVEN = words("repair", "gift", "things")
SUFFERED, SETTINGS = words("repair", "suffered"), words("repair", "settings")
LEARNED, MEETING = words("repair", "learned"), words("repair", "meeting")
STUDYING = words("repair", "studying")
BODIES = frozenset({"Organization", "Group", "Facility", "GPE"})
OF_OFFICES = frozenset({"of", "at", "in", "for"})
SITES = frozenset({"Facility", "Location", "Product"})
NAMED = frozenset({"Person", "Organization", "Group"})
# Of firms as of persons: "its partner, Vero,".
TRADERS = words("coref", "nominals", "traders")
NAMED_ENTITIES = frozenset({"PERSON", "ORG", ""})
HERE = frozenset({"there", "here"})
PLACED = frozenset({"GPE", "LOC", "DATE", "NORP", "MONEY"})
FARTHEST = 6


def given_behind_renaming(tree: Tree, i: int) -> bool:
    """ "Awarded Vero, a Danish firm, a contract": what is given does not rename who is given it."""
    if tree.lemma[i] not in GIVEN or not tree.of(i, "det") or tree.lower[tree.left[i] - 1] != ",":
        return False
    who = tree.head[i]
    while tree.dep[who] == "appos":
        who = tree.head[who]
    verb = tree.head[who]
    if tree.dep[who] not in ("dobj", "dative") or tree.lemma[verb] not in GIVING or who > i:
        return False
    tree.hang(i, verb, "dobj")
    tree.hang(who, verb, "dative")
    return True


def given_behind_name(tree: Tree, i: int) -> bool:
    """ "Awarded the yard, Vero Verft, a contract": the name between commas is that of who is given it."""
    if tree.lemma[i] not in GIVEN or not tree.of(i, "det", "poss"):
        return False
    end = first = tree.left[i] - 1
    while first > 1 and tree.pos[first - 1] == "PROPN":
        first -= 1
    who = first - 2
    if who < 1 or first == end or tree.lower[end] != "," or tree.lower[first - 1] != ",":
        return False
    verb = tree.head[who]
    if tree.lemma[verb] not in GIVING | PAYING or tree.dep[who] not in ("dobj", "dative") or verb > who:
        return False
    if tree.tag[who] != "NN" or not any(tree.lower[k] == "the" for k in tree.of(who, "det")):
        return False
    tree.hang(end - 1, who, "appos")
    tree.hang(i, verb, "dobj")
    tree.hang(who, verb, "dative")
    return True


def agent_behind_object(tree: Tree, i: int) -> bool:
    """ "Was awarded a contract worth 38 million by Sund Line": who awards it, not what it is worth by."""
    inner, top = tree.first(i, "pobj"), tree.head[i]
    if inner is None or tree.pos[inner] not in NOUNS or top >= i:
        return False
    verb = _giving_above(tree, top)
    if verb is None or tree.of(verb, "agent"):
        return False
    tree.hang(i, verb, "agent")
    return True


def agent_behind_place(tree: Tree, i: int) -> bool:
    """ "Was arrested at a hotel in Belu by two detectives": who did it, and not whose hotel it is."""
    inner, verb = tree.first(i, "pobj"), tree.head[i]
    if inner is None or verb >= i or not _may_act(tree, inner):
        return False
    while tree.head[verb] != verb and tree.pos[verb] not in VERBS:
        if tree.pos[verb] in NOUNS and not _is_setting(tree, verb):
            return False
        verb = tree.head[verb]
    if tree.lemma[verb] not in SUFFERED or not tree.of(verb, "auxpass") or tree.of(verb, "agent"):
        return False
    tree.hang(i, verb, "agent")
    return True


def agent_behind_office(tree: Tree, i: int) -> bool:
    """ "Was hired as a teacher by the school": who hired her, no teacher is by a school."""
    inner, noun = tree.first(i, "pobj"), tree.head[i]
    if inner is None or noun >= i or not _may_act(tree, inner):
        return False
    if i - 1 != noun and not _is_body(tree, i - 1):
        return False  # "a critic of plays by Ibsen"
    noun = _office_above(tree, noun)
    above = tree.head[noun]
    if tree.pos[noun] not in NOUNS or nominal_type(tree.doc[noun])[0] != "Person":
        return False
    if tree.dep[noun] == "pobj" and tree.lower[above] == "as":
        above = tree.head[above]
    elif tree.dep[noun] != "oprd":
        return False
    active = tree.of(above, "aux") and not tree.of(above, "auxpass")
    if tree.tag[above] != "VBN" or active or tree.of(above, "agent"):
        return False
    tree.hang(i, above, "agent")
    return True


def _office_above(tree: Tree, noun: int) -> int:
    """Give the noun of the office that another belongs to: "head" of "the clinic", whose work none is by."""
    while tree.dep[noun] == "pobj" and tree.lower[tree.head[noun]] in OF_OFFICES and _is_body(tree, noun):
        noun = tree.head[tree.head[noun]]
    return noun


def _is_body(tree: Tree, i: int) -> bool:
    return tree.doc[i].ent_type_ in ("ORG", "GPE") or nominal_type(tree.doc[i])[0] in BODIES


def school_behind_field(tree: Tree, i: int) -> bool:
    """ "A graduate in economics of Lund University": she is of the university, and no economics is."""
    inner, field = tree.first(i, "pobj"), tree.head[i]
    prep = tree.head[field]
    if inner is None or tree.dep[field] != "pobj" or tree.lower[prep] != "in" or field != i - 1:
        return False
    if tree.pos[inner] != "PROPN" or tree.lemma[tree.head[prep]] not in LEARNED:
        return False
    tree.hang(i, tree.head[prep], "prep")
    return True


def school_behind_study(tree: Tree, i: int) -> bool:
    """ "Studied law in Lyon", "read physics at Ulm": there she did so, and the law is everybody's."""
    inner, field = tree.first(i, "pobj"), tree.head[i]
    if inner is None or tree.dep[field] != "dobj" or tree.lemma[tree.head[field]] not in STUDYING:
        return False
    if field != i - 1 or tree.tag[field] not in ("NN", "NNS"):
        return False
    place = tree.doc[inner].ent_type_ in PLACE_LABELS
    if not (place or (tree.lower[i] == "at" and tree.pos[inner] == "PROPN")):
        return False
    tree.hang(i, tree.head[field], "prep")
    return True


def _may_act(tree: Tree, i: int) -> bool:
    return tree.doc[i].ent_type_ in ("PERSON", "ORG") or nominal_type(tree.doc[i])[0] in NAMED


def _is_setting(tree: Tree, i: int) -> bool:
    """Whether a noun tells where, when or with what something was done, and is nobody's deed or work."""
    known = tree.doc[i].ent_type_ in ("GPE", "LOC", "FAC", "DATE", "TIME")
    return known or tree.lemma[i] in SETTINGS or nominal_type(tree.doc[i])[0] in SITES


def _giving_above(tree: Tree, i: int) -> int | None:
    """Give the passive verb of giving over the object that a token stands in.

    It is the object, what it is worth or what it is for: "the contract to run the ferries".
    """
    said = False
    for n in range(FARTHEST):
        above = tree.head[i]
        if above == i:
            return None
        if tree.dep[i] == "dobj" and tree.of(above, "auxpass") and tree.lemma[above] in GIVING:
            return above if tree.lemma[i] in GIVEN and (said or n == 0) else None
        said = said or tree.lower[i] == "worth" or tree.tag[i] == "VB"
        i = above
    return None


def purpose_behind_agent(tree: Tree, i: int) -> bool:
    """ "Was awarded a contract by Sund Line for the supply of cranes": what for, not whose name it is."""
    name = tree.head[i]
    if tree.pos[name] != "PROPN" or tree.right[name] < i or name > i:
        return False
    top = tree.head[name] if tree.dep[name] == "appos" else name
    by = tree.head[top]
    verb = tree.head[by]
    if tree.lower[by] != "by" or not tree.of(verb, "auxpass") or tree.lemma[verb] not in GIVING:
        return False
    tree.hang(i, verb, "prep")
    return True


def name_behind_its_noun(tree: Tree, i: int) -> bool:
    """ "… and the local firm Simba Builders": a name renames the noun right before it, not one far off."""
    noun = tree.left[i] - 1
    if tree.pos[i] != "PROPN" or noun < 1 or tree.head[i] >= noun or tree.tag[noun] != "NN":
        return False
    if tree.doc[noun].is_title or nominal_type(tree.doc[noun])[0] not in NAMED:
        return False
    tree.hang(i, noun, "appos")
    return True


def name_behind_its_owner(tree: Tree, i: int) -> bool:
    """ "The purchase of Vero from its founder, Jan Ek,": whose name it is stands right before the comma.

    A place may stand between: "to its partner there, Vero,", "to its tenant in Graz, the grocer Tobin,".
    """
    comma = tree.left[i] - 1
    noun = _before_place(tree, comma - 1)
    if noun < 1 or tree.lower[comma] != "," or tree.head[i] >= noun or not _is_named(tree, i, noun):
        return False
    if tree.tag[noun] != "NN" or tree.dep[noun] not in ("pobj", "dobj"):
        return False
    # "Ida Moe, who sold it to a cousin, Jan Ek,": nobody with a name is renamed by another's.
    other = tree.dep[i] == "appos" and tree.doc[tree.head[i]].ent_type_ == "PERSON"
    if not tree.of(noun, "poss") and not (other and tree.of(noun, "det")):
        return False
    if nominal_type(tree.doc[noun])[0] != "Person" or tree.of(noun, "appos"):
        return False
    tree.hang(i, noun, "appos")
    return True


def name_behind_comma(tree: Tree, i: int) -> bool:
    """ "Paid the builder, Orvik, 3 million euros", "by the sponsor, Alpen Bank": a noun has a name.

    Not "who sold the firm, Lund, 40, told the court": an age makes a name a subject.
    """
    comma = tree.left[i] - 1
    noun = _before_place(tree, comma - 1)
    above = tree.head[i]
    if noun < 1 or tree.lower[comma] != "," or noun in tree.above(i):
        return False
    under = tree.dep[noun] == "pobj" and tree.head[tree.head[noun]] == above
    if under or (nominal_type(tree.doc[above])[0] in NAMED and above in tree.above(noun)):
        return False  # "the head of the authority, Ida Moe," renames the head
    if tree.tag[noun] != "NN" or tree.dep[noun] not in ("pobj", "dobj", "dative") or tree.of(noun, "appos"):
        return False
    if not tree.of(noun, "det", "poss") or nominal_type(tree.doc[noun])[0] not in NAMED:
        return False
    if not _stands_apart(tree, i) or tree.of(i, "det", "poss", "conj", "prep", "nummod"):
        return False
    tree.hang(i, noun, "appos")
    return True


def _stands_apart(tree: Tree, i: int) -> bool:
    """Whether the name of somebody or of a body ends a sentence or is followed by a comma, and by no age."""
    if tree.pos[i] != "PROPN" or tree.doc[i].ent_type_ not in NAMED_ENTITIES:
        return False
    behind = i + 1
    if behind >= tree.n or tree.lower[behind] not in (",", ".", ";"):
        return False
    return not (tree.tag[behind + 1 : behind + 2] == ["CD"] and tree.lower[behind + 2 : behind + 3] == [","])


def _before_place(tree: Tree, i: int) -> int:
    """Give the noun before "there" or "in Graz", else the token itself."""
    if tree.lower[i] in HERE:
        return i - 1
    prep = tree.head[i]
    placed = tree.dep[i] == "pobj" and tree.lower[prep] in ("in", "at") and tree.pos[prep - 1] in NOUNS
    return prep - 1 if placed and tree.left[i] == prep + 1 else i


def _is_named(tree: Tree, i: int, noun: int) -> bool:
    """Whether a name may be that of a noun: a person's, or between commas a firm's that may be called so."""
    if tree.doc[i].ent_type_ == "PERSON":
        return True
    behind = next((tree.lower[k] for k in range(i + 1, tree.n) if tree.tag[k] not in ("NNP", "NNPS")), "")
    placed = tree.doc[i].ent_type_ in PLACED
    return tree.pos[i] == "PROPN" and not placed and behind in (",", ".", ";") and tree.lower[noun] in TRADERS


def title_before_name(tree: Tree, i: int) -> bool:
    """ "Of the Labour MP Joan Reeve": it is of her, and what stands before her name is her title."""
    title = tree.head[i]
    if tree.doc[i].ent_type_ != "PERSON" or tree.tag[title] != "NNP" or tree.left[i] != title + 1:
        return False
    if tree.doc[title].ent_type_ == "PERSON" or tree.of(i, "det", "poss") or tree.of(title, "conj", "cc"):
        return False
    tree.swap(title, i, "compound")
    for k in tree.of(title, "det", "poss", "prep", "relcl", "acl", "appos"):
        if k != i:
            tree.head[k] = i
    return True


def trade_before_object(tree: Tree, i: int) -> bool:
    """ "Beat the actor Jon Rims": the noun right before a name says what he is, and is no receiver."""
    verb, noun = tree.head[i], tree.left[i] - 1
    if tree.pos[i] != "PROPN" or noun <= verb or tree.head[noun] != verb or tree.lemma[verb] in GIVERS:
        return False
    if tree.dep[noun] not in ("dobj", "dative") or tree.tag[noun] != "NN" or not tree.of(noun, "det"):
        return False
    if nominal_type(tree.doc[noun])[0] != "Person":
        return False
    for k in list(tree.kids[noun]):
        tree.head[k] = i
    tree.hang(noun, i, "compound")
    return True


def sum_behind_name(tree: Tree, i: int) -> bool:
    """ "Fined the company Vero 48 million dollars": a sum renames nobody who pays or gets it."""
    if (
        tree.doc[i].ent_type_ != "MONEY"
        or not tree.of(i, "nummod", "compound")
        or tree.lower[tree.left[i] - 1] == ","
    ):
        return False
    who = tree.head[i]
    while tree.dep[who] == "appos":
        who = tree.head[who]
    verb = tree.head[who]
    if tree.dep[who] not in ("dobj", "dative") or tree.lemma[verb] not in PAYING or not verb < who < i:
        return False
    tree.hang(i, verb, "dobj")
    tree.hang(who, verb, "dative")
    return True


def sum_behind_comma(tree: Tree, i: int) -> bool:
    """ "Fined the operator, Dunav Grain, 45,000 leva": a sum behind a name is paid, and no name."""
    start = tree.left[i] + (tree.lower[tree.left[i]] == ",")
    name = start - 2
    if name < 1 or tree.lower[name + 1] != "," or not is_sum(tree, i) or tree.dep[name] != "appos":
        return False
    who = tree.head[name]
    verb = tree.head[who]
    if tree.dep[who] not in ("dobj", "dative") or tree.lemma[verb] not in PAYING:
        return False
    if tree.lower[tree.left[name] - 1] != ",":
        return False
    tree.hang(i, verb, "dobj")
    tree.hang(who, verb, "dative")
    return True


def phrase_behind_worth(tree: Tree, i: int) -> bool:
    """ "An order worth 9 million with Halm", "worth 9 million, which was signed": it is of the order.

    What stands before it goes to its clause: "Under the contract, worth 9 million, Halm builds ferries".
    """
    worth = tree.head[i]
    while tree.lower[worth] != "worth" and tree.dep[worth] in ("npadvmod", "nummod", "compound", "pobj"):
        worth = tree.head[worth]
    noun = tree.head[worth]
    if tree.lower[worth] != "worth":
        return False
    if i < worth:
        return _phrase_before_worth(tree, i, worth)
    if tree.lower[i] == "to" and tree.lemma[noun] in GIVING and tree.of(noun, "dobj"):
        tree.head[i] = noun  # "awarded the contract for it, worth 9 million, to Halm"
        tree.hang(worth, tree.of(noun, "dobj")[-1], "amod")
        return True
    if tree.pos[noun] not in NOUNS or noun > worth or tree.lower[i] in ("of", "at", "in"):
        return False
    tree.head[i] = noun
    return True


def _phrase_before_worth(tree: Tree, i: int, worth: int) -> bool:
    inner, verb = tree.first(i, "pobj"), tree.head[worth]
    if tree.dep[worth] != "advcl" or inner is None or tree.lower[worth - 1] != "," or verb < worth:
        return False
    tree.hang(i, verb, "prep")
    tree.hang(worth, inner, "amod")
    return True


def time_behind_sum(tree: Tree, i: int) -> bool:
    """ "Bought it for 3 million euros in 2018": the year is that of the purchase, not of the sum."""
    amount, time = tree.head[i], tree.first(i, "pobj")
    if time is None or tree.doc[time].ent_type_ != "DATE" or amount > i:
        return False
    if tree.doc[amount].ent_type_ != "MONEY" and tree.lower[amount] not in MONEY:
        return False
    prep = tree.head[amount]
    if tree.dep[amount] != "pobj" or tree.lower[prep] not in ("for", "at", "to", "by"):
        return False
    verb = tree.head[prep]
    if tree.pos[verb] != "VERB" or verb > prep:
        return False
    tree.hang(i, verb, "prep")
    return True


def topic_behind_name(tree: Tree, i: int) -> bool:
    """ "Met the minister, Ida Moll, about the bridge": of what they spoke, and no part of her name."""
    name = tree.head[i]
    if tree.pos[name] != "PROPN" or name > i or tree.first(i, "pobj", "pcomp") is None:
        return False
    up = name
    while tree.pos[up] in NOUNS and tree.dep[up] in ("appos", "conj", "dobj", "pobj") and tree.head[up] != up:
        up = tree.head[up]
        if tree.lower[up] == "with":
            up = tree.head[up]
    if tree.pos[up] not in VERBS or tree.lemma[up] not in MEETING:
        return False
    tree.hang(i, up, "prep")
    return True


def noun_joined_to_verb(tree: Tree, i: int) -> bool:
    """ "Marched to demand more pay and the sacking of the boss": both are demanded."""
    verb = tree.head[i]
    if tree.pos[i] != "NOUN" or tree.pos[verb] not in VERBS or verb > i:
        return False
    if tree.lower[tree.left[i] - 1] != "and":
        return False
    if not tree.of(i, "det") or tree.of(i, "nsubj", "cop", "acl", "relcl"):
        return False
    purposes = [k for k in tree.of(verb, "advcl", "xcomp") if verb < k < i and tree.of(k, "aux")]
    wanted = [o for k in purposes for o in tree.of(k, "dobj") if o < i]
    if not wanted or tree.of(purposes[-1], "advcl", "conj"):
        return False
    tree.hang(i, wanted[-1], "conj")
    return True
