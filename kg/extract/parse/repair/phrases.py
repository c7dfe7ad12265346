"""Repairs of phrases: what prepositions, participles and relative clauses hang on."""

from __future__ import annotations

from kg.extract.lexicon import NAMING, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS, TIME_LABELS, VERBS
from kg.extract.parse.tree import Tree

PLACE_PREPOSITIONS = words("repair", "place_prepositions")
ABSOLUTE = words("repair", "absolute")
SCENE = words("repair", "scene")
OF_FIRMS = words("repair", "of_firms")
ADJUNCT = words("repair", "adjunct")
PLURAL_VERB = words("repair", "plural_verb")
ARMED = words("repair", "armed")
ALTERNATIVES = words("repair", "alternatives")
RELATIVE = words("repair", "relative")
PARTITIVE_RELATIVE = words("repair", "partitive_relative")
FROM_PLACE = words("repair", "from_place")
AWARDS = words("repair", "awards")
CHARGING = words("repair", "charging")
CRIMES = words("events", "words", "crimes") - {"role", "part"}
LEFT = words("repair", "left")
OF_PLACES = words("repair", "of_places")
SIDES = frozenset({"GPE", "ORG", "NORP"})
# Before the name of a body or place that a person works for or is at.
NAMED_BEHIND = frozenset({"of", "for", "at", "in", "from"})
NAMED = frozenset({"PERSON", "GPE", "LOC", "FAC"})
FIRM_KIN = words("repair", "firm_kin")
PAYING, FINE = words("repair", "paying"), "fine"
OBJECTLESS = words("repair", "objectless")
OF_CHARGE = words("repair", "of_charge")
CHARGED = words("repair", "charged")
APPEARING = words("repair", "appearing")
COURTS = words("repair", "courts")
PICTURES = words("repair", "pictures")
MADE = words("repair", "made")
DEEDS = words("repair", "deeds")
CHILDREN = words("nominals", "kin", "child")
HAD = words("repair", "had")
STANDING = words("repair", "standing")
PARTY_ENDINGS = words("nominals", "office", "party_endings")
REFLEXIVE = words("clauses", "pronouns", "reflexive")
OFFICES = words("nominals", "office", "heads")


def absolute_behind_place(tree: Tree, i: int) -> bool:
    """ "With the toll in Gaza surpassing 500": the toll surpasses, it is not Gaza that does.

    The parser makes "Gaza" the subject of a participle under "in"; it is the object of "in".
    """
    if tree.dep[i] != "pcomp" or tree.pos[i] != "VERB" or tree.tag[i] not in ("VBG", "VBN"):
        return False
    prep = tree.head[i]
    noun = tree.head[prep]
    if tree.lower[prep] not in PLACE_PREPOSITIONS or tree.pos[noun] not in NOUNS:
        return False
    if tree.dep[noun] != "pobj" or tree.lower[tree.head[noun]] not in ABSOLUTE:
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.left[subject] != prep + 1:
        return False
    tree.hang(subject, prep, "pobj")
    tree.hang(i, noun, "acl")
    return True


def adjunct_behind_comma(tree: Tree, i: int) -> bool:
    """ "faced problems, notably with the bank": a phrase set off by a comma belongs to the verb."""
    noun = tree.head[i]
    if tree.dep[i] != "prep" or tree.lower[i] not in ADJUNCT or tree.pos[noun] not in NOUNS or i < noun:
        return False
    before = tree.left[i] - 1
    if before <= noun or tree.lower[before] != ",":
        return False
    verb = _verb_above(tree, noun)
    if verb is None or verb > i or tree.dep[verb] in ("relcl", "acl"):
        return False
    tree.head[i] = verb
    return True


def name_behind_place(tree: Tree, i: int) -> bool:
    """ "The mayor of Lower Sarn, Josef Kranz, 61": it is the mayor who is called so."""
    kind = tree.doc[i].ent_type_
    if tree.dep[i] != "appos" or kind not in ("PERSON", "ORG") or tree.pos[i] != "PROPN":
        return False
    place = tree.head[i]
    prep = tree.head[place]
    noun = tree.head[prep]
    if tree.dep[place] != "pobj" or not _is_before_place(tree, prep, place, kind):
        return False
    if tree.pos[place] != "PROPN" and (kind == "ORG" or _may_be_called(tree, place)):
        return False
    if tree.tag[noun] != "NN" or tree.first(noun, "appos") is not None:
        return False
    if not (_is_person(tree, noun) if kind == "PERSON" else _is_firm_beside(tree, noun, i)):
        return False
    tree.head[i] = noun
    return True


def _is_before_place(tree: Tree, prep: int, place: int, kind: str) -> bool:
    """Whether a preposition may stand between a person and a name: "a former nurse at Moll Hospital"."""
    named = tree.pos[place] == "PROPN" and kind == "PERSON" and tree.doc[place].ent_type_ != "PERSON"
    return tree.lower[prep] in (NAMED_BEHIND if named else ("of", "for"))


def _may_be_called(tree: Tree, i: int) -> bool:
    """Whether a common noun may bear the name of a person itself: "a friend of the singer, Bo Ek"."""
    return nominal_type(tree.doc[i])[0] in ("Person", "Group", "Concept")


def _is_firm_beside(tree: Tree, noun: int, i: int) -> bool:
    """Whether a noun stands for a body that a name between commas is of: "a rival of Halm, Arlo, paid"."""
    after = tree.right[i] + 1
    closed = tree.lower[tree.left[i] - 1] == "," and after < tree.n and tree.lower[after] == ","
    return closed and (tree.lemma[noun] in FIRM_KIN or nominal_type(tree.doc[noun])[0] == "Organization")


def sum_behind_person(tree: Tree, i: int) -> bool:
    """ "Fined the bank 20 million euros": the bank is fined, and the sum is what it was fined.

    The parser makes the sum a name of the bank, or the bank a part of the sum.
    """
    if not _is_sum(tree, i):
        return False
    within = tree.dep[i] == "dobj"
    person = _before_sum(tree, i) if within else tree.head[i]
    verb = tree.head[i] if within else tree.head[person]
    if tree.lemma[verb] not in PAYING or not verb < person < i or tree.lower[tree.left[i] - 1] == ",":
        return False
    if not within and tree.dep[person] not in ("dobj", "dative"):
        return False
    for k in tree.of(i, "det", "amod"):
        tree.head[k] = person if k < person else i
    tree.hang(person, verb, "dative")
    tree.hang(i, verb, "dobj")
    for k in tree.of(i, "prep"):
        if tree.lower[k] in ("for", "over"):
            tree.head[k] = verb
    return True


def party_on_verb(tree: Tree, i: int) -> bool:
    """ "Sat in the assembly for the Labour Party": no assembly is for a party."""
    noun, party = tree.head[i], tree.first(i, "pobj")
    verb = tree.head[tree.head[noun]]
    if tree.dep[i] != "prep" or tree.lower[i] != "for" or tree.dep[noun] != "pobj" or party is None:
        return False
    named = tree.pos[party] == "PROPN" and tree.lower[party] in PARTY_ENDINGS
    if not named or tree.lemma[verb] not in STANDING or verb > i:
        return False
    tree.hang(i, verb, "prep")
    return True


def charge_on_verb(tree: Tree, i: int) -> bool:
    """ "Was cleared by the jury of theft", "appeared in court charged with theft": no court is of theft.

    What a verdict is of hangs on its verb, and so does with what somebody came before a court.
    """
    if tree.dep[i] == "prep":
        return _charge_on_agent(tree, i) or _charge_on_sum(tree, i)
    court = tree.head[i]
    prep = tree.head[court]
    if tree.dep[i] != "acl" or tree.lower[i] not in CHARGED or tree.lemma[court] not in COURTS:
        return False
    if tree.dep[prep] != "prep" or tree.lemma[tree.head[prep]] not in APPEARING:
        return False
    tree.hang(i, tree.head[prep], "advcl")
    tree.tag[i] = "VBN"
    return True


def _is_sum(tree: Tree, i: int) -> bool:
    counted = any(tree.tag[k] in ("CD", "$") for k in tree.kids[i])
    return counted and any(tree.doc[k].ent_type_ == "MONEY" for k in (i, *tree.kids[i]))


def _before_sum(tree: Tree, i: int) -> int:
    """Give the noun that the parser made a part of a sum, or the sum."""
    before = [k for k in tree.of(i, "nmod", "compound", "poss") if tree.doc[k].ent_type_ != "MONEY"]
    return next((k for k in before if tree.pos[k] in NOUNS), i)


def _charge_on_sum(tree: Tree, i: int) -> bool:
    """ "Was fined 400 pounds for speeding": no pounds are for speeding."""
    amount = tree.head[i]
    if tree.lower[i] not in ("for", "over") or tree.doc[amount].ent_type_ != "MONEY":
        return False
    if tree.lemma[tree.head[amount]] != FINE:
        return False
    tree.head[i] = tree.head[amount]
    return True


def _charge_on_agent(tree: Tree, i: int) -> bool:
    charge = tree.first(i, "pobj", "pcomp")
    if charge is None or tree.pos[charge] not in ("NOUN", "VERB"):
        return False
    if tree.pos[charge] == "NOUN" and nominal_type(tree.doc[charge])[0] in ("Person", "Group", "Law"):
        return False  # "a jury of his peers", "a court of law"
    above = tree.head[i]
    while tree.dep[above] in ("pobj", "prep"):
        above = tree.head[above]
    verb = tree.head[above]
    of_charge = tree.lower[i] == "of" and tree.lemma[verb] in OF_CHARGE
    fined = tree.lower[i] in ("for", "over") and tree.lemma[verb] == FINE
    if tree.dep[above] != "agent" or not (of_charge or fined):
        return False
    tree.head[i] = verb
    return True


def _verb_above(tree: Tree, i: int) -> int | None:
    """Give the verb that a phrase is a complement of, straight or through other phrases."""
    while tree.dep[i] in ("dobj", "pobj", "prep", "attr", "conj", "oprd") and tree.head[i] != i:
        i = tree.head[i]
        if tree.pos[i] in VERBS:
            return i
    return None


def relative_clause_host(tree: Tree, i: int) -> bool:
    """Operations by the army "which included …": "which" is no army.

    A relative clause whose pronoun or verb does not agree with its noun goes to the one that noun hangs on.
    """
    host = tree.head[i]
    if tree.dep[i] != "relcl" or tree.pos[host] not in NOUNS:
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.lower[subject] not in RELATIVE:
        return _on_thing(tree, i, host)
    word, found = tree.lower[subject], host
    other = _other_host(tree, i, host, subject)
    if other is not None:
        tree.head[i] = other
        return True
    while _disagrees(tree, i, found, word):
        above = _noun_above(tree, found)
        if above is None:
            break
        found = _inner_or(tree, i, found, above, word)
    if found == host or _disagrees(tree, i, found, word):
        return False
    tree.head[i] = found
    return True


def _last_listed(tree: Tree, verb: int, host: int) -> int | None:
    """Give the last of a list that a clause is hung on, if that tells of one: "Ida and Jan, who is"."""
    listed = tree.conjuncts(host)
    said = {verb, *tree.of(verb, "aux", "auxpass")}
    one = tree.tag[verb] == "VBZ" or any(tree.lower[k] in ("is", "was", "has") for k in said)
    behind = tree.tag[listed[-1]] in ("NN", "NNP") and listed[-1] < tree.left[verb]
    return listed[-1] if len(listed) > 1 and one and behind else None


def _other_host(tree: Tree, verb: int, host: int, subject: int) -> int | None:
    """Give what a relative clause tells of where its noun is none of those who do so."""
    word = tree.lower[subject]
    if word == "who":
        return _last_listed(tree, verb, host) or _person_above(tree, verb, host)
    if tree.dep[subject] != "nsubj":
        return _estate_at_place(tree, verb, host)
    undergone = _deed_before(tree, verb, host)
    if undergone is not None:
        return undergone
    deed = _deed_at_place(tree, verb, host)
    return deed if deed is not None or word != "which" else _body_at_place(tree, verb, host)


def _estate_at_place(tree: Tree, verb: int, host: int) -> int | None:
    """Give what is had in a town, of which a clause tells: "a flat in Ulm, which was sold" is no town."""
    if tree.dep[host] != "pobj" or tree.lower[tree.head[host]] not in ("in", "at", "near"):
        return None
    noun = _noun_above(tree, host)
    if noun is None or tree.lemma[verb] not in HAD or tree.pos[host] != "PROPN":
        return None
    kind = nominal_type(tree.doc[noun])[0]  # "a stake in Vero, which was sold": a firm was
    town = tree.doc[host].ent_type_ in ("GPE", "LOC")
    return (
        noun if kind in ("Facility", "Location") or (town and kind in ("Organization", "Product")) else None
    )


def _on_thing(tree: Tree, i: int, host: int) -> bool:
    """ "Told a dream to his father, which Jacob knew": "which" is no father, and what was told is known."""
    object_ = tree.first(i, "dobj")
    if object_ is None or object_ > i or tree.lower[object_] != "which" or not _is_person(tree, host):
        return False
    above = _noun_above(tree, host)
    while above is not None and _is_person(tree, above):
        above = _noun_above(tree, above)
    if above is None:
        return False
    tree.head[i] = above
    return True


def _deed_at_place(tree: Tree, verb: int, host: int) -> int | None:
    """Give what was done at a place, of which a clause of harm tells: "attacks in Ulm that killed 30"."""
    if tree.lemma[verb] not in DEEDS or not _is_place(tree, host):
        return None
    above = _noun_above(tree, host)
    while above is not None:
        if nominal_type(tree.doc[above])[0] == "Event":
            return above
        above = _noun_above(tree, above)
    return None


def _deed_before(tree: Tree, verb: int, host: int) -> int | None:
    """Give what befell somebody, of which a clause of harm tells: "Moe, who survived a raid that killed two".

    A clause of "that" that follows one of "who" without "and" tells of what stands in that.
    """
    if tree.lower[tree.left[verb]] not in ("that", "which") or tree.lemma[verb] not in DEEDS:
        return None
    hosts = (host, *(k for k in tree.of(host, "appos") if k < verb))
    before = [k for h in hosts for k in tree.of(h, "relcl") if k < verb and tree.lower[tree.left[k]] == "who"]
    held = tree.first(before[-1], "dobj") if before else None
    event = held is not None and nominal_type(tree.doc[held])[0] == "Event"
    return held if event else None


def _is_place(tree: Tree, noun: int) -> bool:
    kind = "" if tree.pos[noun] == "PROPN" else nominal_type(tree.doc[noun])[0]
    return tree.doc[noun].ent_type_ in ("GPE", "LOC", "FAC") or kind in ("GPE", "Location", "Facility")


def _inner_or(tree: Tree, verb: int, found: int, above: int, word: str) -> int:
    """Give the noun above, or of "a series of operations" the operations, unless they do not agree either."""
    inner = _of_noun(tree, above) if above != found and tree.lower[tree.head[found]] != "of" else None
    fits = inner is not None and tree.tag[inner] != "CD" and not _disagrees(tree, verb, inner, word)
    return inner if inner is not None and fits else above


def _body_at_place(tree: Tree, verb: int, host: int) -> int | None:
    """Give the body that acts where "which" stands behind its place: "the court in Lorn, which fined him".

    Of "Halm, a builder from Lorn, which won it" that is Halm.
    """
    place = tree.head[host]
    if tree.dep[host] != "pobj" or tree.lower[place] not in FROM_PLACE or tree.pos[verb] != "VERB":
        return None
    body = tree.head[place]
    if tree.lemma[verb] in OF_PLACES or tree.pos[body] not in NOUNS:
        return None
    if tree.dep[body] == "appos" and tree.pos[tree.head[body]] == "PROPN" and tree.pos[host] == "PROPN":
        return tree.head[body] if tree.lower[tree.left[verb] - 1] == "," else None
    if tree.doc[host].ent_type_ != "GPE":
        return None
    named = tree.doc[body].ent_type_ == "ORG"
    return body if named or nominal_type(tree.doc[body])[0] in ("Organization", "Facility") else None


def _person_above(tree: Tree, verb: int, host: int) -> int | None:
    """Give whom "who" tells of where it stands behind what is nobody: "a nurse from Voss, who found it".

    A team or firm may be "who" as well, but mostly of a verb in the plural.
    """
    from_place = tree.dep[host] == "pobj" and tree.lower[tree.head[host]] in FROM_PLACE
    if (_is_person(tree, host) and not from_place) or tree.tag[host] not in ("NN", "NNP", "NNPS"):
        return None
    if tree.doc[host].ent_type_ == "ORG" and tree.tag[_first_verb(tree, verb)] == "VBP":
        return None
    above = _noun_above(tree, host)
    while above is not None:
        if _is_person(tree, above):
            return above
        above = _noun_above(tree, above)
    return None


def _is_person(tree: Tree, noun: int) -> bool:
    kind = "" if tree.pos[noun] == "PROPN" else nominal_type(tree.doc[noun])[0]
    return tree.doc[noun].ent_type_ in ("PERSON", "NORP") or kind in ("Person", "Group")


def child_in_front(tree: Tree, i: int) -> bool:
    """ "The son of a baker, Jan Berg, Karl Berg was born": the last name is who does it."""
    renaming = tree.head[i]
    child, start = tree.head[renaming], tree.left[i]
    verb = tree.head[child]
    if tree.dep[renaming] != "appos" or tree.lemma[child] not in CHILDREN or tree.tag[child] != "NN":
        return False
    if tree.dep[child] not in ("nsubj", "nsubjpass") or tree.tag[i] != "NNP" or tree.lower[start - 1] != ",":
        return False
    joined = any(tree.of(k, "cc") for k in (child, renaming)) or len(tree.of(renaming, "conj")) > 1
    if joined or tree.right[i] + 1 != min([verb, *tree.of(verb, "aux", "auxpass")]):
        return False
    tree.hang(i, verb, tree.dep[child])
    tree.hang(child, verb, "npadvmod")
    return True


def _noun_above(tree: Tree, noun: int) -> int | None:
    """Give the noun that a phrase is on, or the object before its preposition: "hired men from the town".

    Of an object it is who does it: "the first woman to lead a club".
    """
    if tree.dep[noun] == "dobj" and tree.dep[tree.head[noun]] in ("relcl", "acl"):
        clause = tree.head[noun]
        host = tree.head[clause]
        return host if tree.first(clause, "nsubj") is None and tree.pos[host] in NOUNS else None
    if tree.dep[noun] != "pobj":
        return None
    above = tree.head[tree.head[noun]]
    if tree.pos[above] in VERBS:
        above = next((k for k in tree.of(above, "dobj") if above < k < noun), above)
    return above if tree.pos[above] in NOUNS else None


def _of_noun(tree: Tree, noun: int) -> int | None:
    for p in tree.of(noun, "prep"):
        if tree.lower[p] == "of":
            return tree.first(p, "pobj")
    return None


def _disagrees(tree: Tree, verb: int, noun: int, word: str) -> bool:
    """Whether a relative pronoun, or the number of its verb, does not go with a noun."""
    label, kind = tree.doc[noun].ent_type_, nominal_type(tree.doc[noun])[0]
    person = label in ("PERSON", "NORP") or kind in ("Person", "Group")
    if word == "that" and label in NAMED and tree.left[noun] + 1 >= noun and not tree.of(noun, "det"):
        return True  # a name alone picks out one thing: "a partnership with Berg that is a record"
    if word == "which" and (person or tree.lemma[noun] in ARMED):
        return True
    if word == "who" and (label in ("GPE", "LOC", "DATE", "FAC") or (tree.tag[noun] == "NN" and not person)):
        return label != "ORG" and kind != "Organization"
    return _number_disagrees(tree, verb, noun)


def _first_verb(tree: Tree, verb: int) -> int:
    return min((k for k in tree.kids[verb] if tree.dep[k] in ("aux", "auxpass")), default=verb)


def _number_disagrees(tree: Tree, verb: int, noun: int) -> bool:
    first = _first_verb(tree, verb)
    several = tree.first(noun, "conj") is not None
    plural = tree.tag[noun] in ("NNS", "NNPS")
    if tree.tag[first] == "VBZ" or tree.lower[first] == "was":
        return plural and not several
    if tree.tag[first] == "VBP" or tree.lower[first] == "were":
        singular = tree.tag[noun] in ("NN", "NNP") and not several
        return singular and tree.lemma[noun] not in PLURAL_VERB
    return False


def participle_behind_comma(tree: Tree, i: int) -> bool:
    """ "a harbour in the state of Vik, located east of Dale": set off by a comma, it tells of the harbour."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBG") or tree.dep[noun] != "pobj":
        return False
    if tree.lower[tree.left[i] - 1] != "," or tree.left[i] == 0:
        return False
    top = noun
    while tree.dep[top] == "pobj" and _is_on_noun(tree, tree.head[top]):
        top = tree.head[tree.head[top]]
    if top == noun or tree.dep[top] not in ("attr", "nsubj", "nsubjpass", "dobj"):
        return False
    tree.head[i] = top
    return True


def participle_in_front(tree: Tree, i: int) -> bool:
    """ "Under her contract, filed on Monday, she will get more": of the contract, not of who gets more.

    A participle between commas tells of the noun before it where that is one that is known.
    """
    verb = tree.head[i]
    if tree.dep[i] != "advcl" or tree.tag[i] != "VBN" or not 2 <= i < verb or tree.lower[i - 1] != ",":
        return False
    if tree.of(i, "nsubj", "mark", "aux", "auxpass") or tree.lower[tree.right[i] + 1] != ",":
        return False
    noun = i - 2
    prep = next((p for p in (*tree.of(verb, "prep"), *tree.of(i, "prep")) if tree.right[p] == noun), None)
    if prep is None or tree.pos[noun] not in NOUNS or tree.doc[noun].ent_type_ in TIME_LABELS:
        return False
    # "For Halm, founded by Ida Moe, the order is …"
    named = tree.pos[noun] == "PROPN" and tree.lemma[i] in OF_FIRMS
    if not named and not tree.of(noun, "det", "poss"):
        return False
    tree.hang(prep, verb, "prep")
    tree.hang(i, noun, "acl")
    return True


def _is_on_noun(tree: Tree, prep: int) -> bool:
    return tree.dep[prep] == "prep" and tree.pos[tree.head[prep]] in NOUNS


def participle_on_name(tree: Tree, i: int) -> bool:
    """ "a novel by the writer K. Lund set in Oslo": the novel is set there, not he."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] != "VBN" or tree.pos[noun] != "PROPN" or tree.dep[noun] != "pobj":
        return False
    if i == 0 or tree.lower[i - 1] == "," or tree.first(i, "nsubj") is not None:
        return False
    above = tree.head[tree.head[noun]]
    if tree.pos[above] != "NOUN" or tree.lower[tree.head[noun]] in SCENE:
        return False
    tree.head[i] = above
    return True


def shared_person_noun(tree: Tree, i: int) -> bool:
    """ "a textile and glass designer": the first noun names no second thing, it describes the designer."""
    first = tree.head[i]
    if tree.dep[i] != "conj" or tree.tag[i] != "NN" or tree.tag[first] != "NN":
        return False
    if tree.first(i, "det", "poss") is not None or tree.first(first, "det") is None:
        return False
    if tree.lower[tree.left[i] - 1] not in ALTERNATIVES:
        return False
    if nominal_type(tree.doc[i])[0] != "Person" or nominal_type(tree.doc[first])[0] == "Person":
        return False
    determiners = [k for k in tree.of(first, "det", "amod", "poss") if k < first]
    tree.swap(first, i, "compound")
    for k in determiners:
        tree.head[k] = i
    return True


def maker_on_verb(tree: Tree, i: int) -> bool:
    """ "bought a painting by Edvard Munch": behind a work, "by" tells its maker, not who buys."""
    verb = tree.head[i]
    if tree.lower[i] != "by" or i < 2 or tree.head[i - 1] != verb or tree.dep[i - 1] != "dobj":
        return False
    inner = tree.first(i, "pobj")
    if inner is None or tree.pos[inner] != "PROPN" or nominal_type(tree.doc[i - 1])[0] != "Work":
        return False
    tree.head[i] = i - 1
    return True


def particle_with_object(tree: Tree, i: int) -> bool:
    """ "put in a box", "drowned off Cape Renn": what has an object of its own is a preposition."""
    verb = tree.head[i]
    if tree.dep[i] != "prt":
        return False
    object_ = tree.first(verb, "dobj")
    if tree.lemma[verb] in OBJECTLESS and object_ is not None and tree.left[object_] == i + 1:
        tree.hang(object_, i, "pobj")
    elif tree.first(i, "pobj") is None:
        return False
    tree.dep[i], tree.pos[i] = "prep", "ADP"
    return True


def preposition_before_subject(tree: Tree, i: int) -> bool:
    """ "based on the hymn called Dawn": the noun after a bare preposition is the preposition's."""
    if tree.dep[i] != "prep" or tree.kids[i] or i + 1 >= tree.n or tree.tag[i] != "IN":
        return False
    verb = next((k for k in tree.kids[tree.head[i]] if k > i and tree.left[k] == i + 1), None)
    if verb is None or tree.tag[verb] not in ("VBD", "VBN"):
        return False
    if tree.of(verb, "aux", "auxpass", "dobj", "mark"):
        return False
    if tree.dep[verb] not in ("parataxis", "ccomp", "advcl", "dep"):
        return False
    noun = tree.first(verb, "nsubj", "nsubjpass")
    if noun is None or tree.left[noun] != i + 1:
        return False
    tree.hang(noun, i, "pobj")
    tree.hang(verb, noun, "acl")
    tree.tag[verb] = "VBN"
    return True


def partitive_relative(tree: Tree, i: int) -> bool:
    """ "includes players, many of whom live abroad": a relative clause, no complement."""
    verb = tree.head[i]
    if tree.dep[i] not in ("ccomp", "advcl", "conj", "parataxis") or tree.pos[verb] not in VERBS or i < verb:
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    inner = None if subject is None else _of_noun(tree, subject)
    if inner is None or tree.lower[inner] not in PARTITIVE_RELATIVE:
        return False
    noun = next((k for k in reversed(tree.of(verb, "dobj", "attr")) if k < i), None)
    if noun is None:
        return False
    tree.hang(i, noun, "relcl")
    return True


def in_order_to(tree: Tree, i: int) -> bool:
    """ "sold it in order to pay": a purpose of who sells, and nothing about an order."""
    order = tree.head[i]
    into = tree.head[order]
    if tree.lower[order] != "order" or tree.dep[i] not in ("acl", "relcl") or order + 1 != tree.left[i]:
        return False
    if tree.lower[into] != "in" or into != order - 1 or tree.lower[order + 1] != "to":
        return False
    above: int | None = tree.head[into]
    if tree.pos[tree.head[into]] not in VERBS:
        above = _verb_above(tree, tree.head[into])
    if above is None:
        return False
    tree.hang(i, above, "advcl")
    tree.hang(into, i, "mark")
    return True


def joined_preposition(tree: Tree, i: int) -> bool:
    """ "Is known for its cheese, and for its bridges": the second phrase is the verb's like the first."""
    above = tree.head[i]
    if tree.dep[i] != "conj" or tree.pos[i] != "ADP" or tree.pos[above] not in VERBS:
        return False
    same = [k for k in tree.of(above, "prep", "agent") if k < i and tree.lower[k] == tree.lower[i]]
    if not same or tree.first(i, "pobj") is None:
        return False
    tree.dep[i] = tree.dep[same[0]]
    return True


def award_of_title(tree: Tree, i: int) -> bool:
    """ "Won the Player of the Year award": the award is won, and named so; nobody wins a player."""
    of = tree.head[i]
    title = tree.head[of]
    if tree.dep[i] != "pobj" or tree.lemma[i] not in AWARDS or tree.lower[of] != "of" or tree.head[of] == of:
        return False
    inner = i - 1
    if tree.dep[inner] != "compound" or tree.head[inner] != i or not tree.doc[inner].text[0].isupper():
        return False
    if tree.pos[title] not in NOUNS or title != of - 1 or not tree.doc[title].text[0].isupper():
        return False
    _put_award_above(tree, i, title)
    return True


def _put_award_above(tree: Tree, i: int, title: int) -> None:
    of, inner = tree.head[i], i - 1
    tree.hang(i, tree.head[title] if tree.head[title] != title else i, tree.dep[title])
    for k in tree.kids[title]:
        if tree.dep[k] in ("det", "poss") or k > i:
            tree.head[k] = i
    for k in tree.kids[i]:
        if of < k < inner:
            tree.head[k] = inner
    tree.hang(title, i, "compound")
    tree.hang(inner, of, "pobj")


def name_behind_object(tree: Tree, i: int) -> bool:
    """ "Beat hosts Norland": the noun before the name of a side tells what it is, the name who was beaten.

    So does that before somebody's: "met the architect Georg Brand".
    """
    verb = tree.head[i]
    if tree.dep[i] != "npadvmod" or tree.pos[i] != "PROPN":
        return False
    noun = tree.left[i] - 1
    if noun > 0 and tree.doc[i].ent_type_ == "PERSON":
        return _person_behind_noun(tree, noun, i)
    if tree.doc[i].ent_type_ not in SIDES:
        return False
    if (
        tree.head[noun] != verb
        or tree.dep[noun] != "dobj"
        or tree.pos[noun] != "NOUN"
        or tree.of(noun, "det")
    ):
        return False
    plain = all(tree.dep[k] in ("amod", "compound") for k in tree.kids[noun])
    if not plain or tree.left[noun] <= verb or nominal_type(tree.doc[noun])[0] in ("Event", "Location"):
        return False
    tree.hang(i, verb, "dobj")
    tree.hang(noun, i, "compound")
    return True


def _person_behind_noun(tree: Tree, noun: int, i: int) -> bool:
    """Make the noun that says what somebody is a title of the name behind it, with the noun's own words."""
    above = tree.head[noun]
    if tree.dep[noun] not in ("dobj", "pobj") or tree.head[i] not in (above, tree.head[above]):
        return False
    return _title(tree, noun, i)


def _title(tree: Tree, noun: int, i: int) -> bool:
    """Hang a noun for a person and its words on the name right behind it, which takes its place."""
    if tree.tag[noun] != "NN" or not _is_person(tree, noun) or any(k > noun for k in tree.kids[noun]):
        return False
    tree.hang(i, tree.head[noun], tree.dep[noun])
    for k in list(tree.kids[noun]):
        tree.head[k] = i
    tree.hang(noun, i, "compound")
    return True


def titled_subject(tree: Tree, i: int) -> bool:
    """ "The novelist Livia Hart was born in Ulm": one subject, where the parser sees two."""
    noun = tree.left[i] - 1
    if tree.pos[i] != "PROPN" or tree.doc[i].ent_type_ != "PERSON" or noun < 1:
        return False
    if tree.dep[noun] != tree.dep[i] or tree.head[noun] != tree.head[i]:
        return False
    return _title(tree, noun, i)


def named_to_office(tree: Tree, i: int) -> bool:
    """ "Made Ida Holt chairwoman": a name before an office, without a comma or article, is who gets it."""
    verb = tree.head[i]
    if tree.dep[i] not in ("dobj", "oprd") or tree.tag[i] != "NN" or tree.lemma[verb] not in NAMING:
        return False
    before = [k for k in tree.kids[i] if k < i]
    names = [k for k in before if tree.tag[k] == "NNP"]
    plain = all(tree.dep[k] in ("compound", "amod", "nmod") for k in before)
    if not names or not plain or names != before[: len(names)]:
        return False
    if not _is_office_of(tree, i, names[0]):
        return False
    for k in names[:-1]:
        tree.head[k] = names[-1]
    tree.hang(names[-1], verb, "dobj")
    tree.dep[i] = "oprd"
    return True


def _is_office_of(tree: Tree, i: int, name: int) -> bool:
    """Whether a noun may be what somebody is made whose name begins at a token."""
    person = tree.doc[name].ent_type_ == "PERSON" or tree.lemma[i] in OFFICES
    return person and nominal_type(tree.doc[i])[0] == "Person"


def office_behind_name(tree: Tree, i: int) -> bool:
    """ "Named Ida Holt its next chairwoman": what stands behind a name without a comma is no aside."""
    name = tree.head[i]
    verb = tree.head[name]
    if tree.dep[name] not in ("dobj", "oprd") or tree.lemma[verb] not in NAMING or tree.tag[i] != "NN":
        return False
    if tree.doc[name].ent_type_ != "PERSON" or tree.left[i] != name + 1:
        return False
    if nominal_type(tree.doc[i])[0] != "Person":
        return False
    tree.dep[name] = "dobj"
    tree.hang(i, verb, "oprd")
    return True


def name_between_commas(tree: Tree, i: int) -> bool:
    """ "By a former employee, Paul Renwick, who left": the name says who the noun before the comma is."""
    comma = i - 1
    while comma > 0 and tree.pos[comma] == "PROPN":
        comma -= 1
    noun, after = comma - 1, i + 1
    if tree.dep[i] != "npadvmod" or tree.pos[i] != "PROPN" or tree.doc[i].ent_type_ != "PERSON" or noun < 0:
        return False
    if tree.lower[comma] != "," or after >= tree.n or tree.lower[after] not in (",", "."):
        return False
    if tree.tag[noun] != "NN" or not _is_person(tree, noun):
        return False
    tree.hang(i, noun, "appos")
    return True


def trade_between_commas(tree: Tree, i: int) -> bool:
    """ "The murder of his aunt, the chemist Ida Brandt": she is the aunt, and no time or measure of it."""
    first = tree.left[i]
    noun = first - 2
    if tree.dep[i] != "npadvmod" or tree.tag[i] != "NN" or noun < 0 or tree.lower[first - 1] != ",":
        return False
    named = any(tree.pos[k] == "PROPN" and k > i for k in tree.of(i, "appos"))
    if not named or not _is_person(tree, i) or tree.tag[noun] != "NN" or not _is_person(tree, noun):
        return False
    tree.hang(i, noun, "appos")
    return True


def accusation_on_verb(tree: Tree, i: int) -> bool:
    """ "Convicted Otto Hale of fraud", "suspect the head of the port of bribery": of what, the verb tells.

    So it is with a crime behind any noun: "convicted two clerks of theft".
    """
    if tree.lower[i] != "of" or tree.dep[i] != "prep":
        return False
    host = tree.head[i]
    if tree.dep[host] == "appos" and tree.pos[host] == "PROPN":
        host = tree.head[host]  # "acquitted the broker Otto Hale of fraud"
    held, phrases = host, 0
    while tree.dep[held] == "pobj" and tree.lower[tree.head[held]] == "of":
        held, phrases = tree.head[tree.head[held]], phrases + 1
    verb = tree.head[held]
    if tree.dep[held] not in ("dobj", "nsubjpass") or tree.lemma[verb] not in CHARGING:
        return False
    what = tree.first(i, "pobj", "pcomp")
    if what is None or tree.pos[what] == "PROPN" or any(tree.lower[k] == "of" for k in tree.of(verb, "prep")):
        return False
    if not (phrases or _is_accused(tree, i, host, what)):
        return False
    tree.head[i] = verb
    return True


def _is_accused(tree: Tree, i: int, host: int, what: int) -> bool:
    """Whether a preposition stands behind somebody's name, or tells a crime behind any noun."""
    return _is_behind_name(tree, i, host) or _is_crime(tree, what)


def _is_crime(tree: Tree, i: int) -> bool:
    """Whether a noun names a crime, and none that was told of: "two clerks of theft", "of the attack"."""
    return tree.lemma[i] in CRIMES and not any(tree.lower[k] == "the" for k in tree.kids[i])


def _is_behind_name(tree: Tree, i: int, host: int) -> bool:
    """Whether a preposition stands behind a name or a pronoun, or the name of its noun."""
    named = any(tree.pos[k] == "PROPN" and k == i - 1 for k in tree.of(host, "appos"))
    return named or tree.pos[tree.head[i]] in ("PROPN", "PRON")


def dead_behind_verb(tree: Tree, i: int) -> bool:
    """ "Shot dead two officers": dead is what they were shot, not what they had been."""
    noun = tree.head[i]
    verb = tree.head[noun]
    if tree.dep[i] != "amod" or tree.lower[i] != "dead" or tree.dep[noun] != "dobj" or i != verb + 1:
        return False
    tree.hang(i, verb, "oprd")
    return True


def number_left_dead(tree: Tree, i: int) -> bool:
    """ "Left 12 dead": twelve people, who were left so."""
    verb = tree.head[i]
    number = tree.first(i, "nummod")
    if tree.dep[i] not in ("oprd", "dobj", "acomp", "ccomp") or tree.lemma[verb] != "leave":
        return False
    if tree.lower[i] not in LEFT or number is None or tree.first(verb, "dobj") not in (None, i):
        return False
    tree.hang(number, verb, "dobj")
    tree.dep[i] = "oprd"
    return True


def number_left_hurt(tree: Tree, i: int) -> bool:
    """ "Left 63 people dead and more than 400 injured": 400 were injured, and not what left them so."""
    number, verb = i - 1, tree.head[i]
    if tree.tag[i] not in ("VBN", "VBD") or tree.lower[i] not in LEFT or tree.lemma[verb] != "leave":
        return False
    if number < 0 or tree.tag[number] != "CD" or tree.of(i, "nsubj", "nsubjpass"):
        return False
    if tree.head[number] == i or tree.dep[number] not in ("conj", "dobj", "appos"):
        return False
    for k in [k for k in tree.of(tree.head[number], "amod") if number - 3 < k < number]:
        tree.hang(k, number, "amod")  # "more" of "more than 400"
    tree.hang(number, i, "nsubjpass")
    tree.hang(i, verb, "conj")
    tree.tag[i] = "VBN"
    return True


def reflexive_object(tree: Tree, i: int) -> bool:
    """ "Proclaimed himself emperor": two objects, of which the second names the first."""
    noun = tree.head[i]
    verb = tree.head[noun]
    if tree.tag[i] != "PRP" or tree.lower[i] not in REFLEXIVE or tree.dep[noun] != "dobj":
        return False
    if not verb < i < noun or tree.pos[verb] not in VERBS:
        return False
    tree.hang(i, verb, "dobj")
    tree.dep[noun] = "oprd"
    return True


def seen_in_picture(tree: Tree, i: int) -> bool:
    """ "Images of the boy wearing a hat": he wears it, whom the images are of."""
    noun = tree.head[i]
    if tree.tag[i] not in ("VBG", "VBN") or tree.lemma[noun] not in PICTURES or i < noun:
        return False
    if tree.lemma[i] in MADE:
        return False  # "a picture of Ulm showing the church"
    seen = _of_noun(tree, noun)
    if seen is None or seen > i or not _is_person(tree, seen):
        return False
    if tree.lower[tree.left[i] - 1] == ",":
        return False
    tree.head[i] = seen
    return True


def same_noun_joined(tree: Tree, i: int) -> bool:
    """ "Won two medals in 1990 and two medals in 1994": what "and" joins are the medals."""
    verb = tree.head[i]
    while tree.pos[verb] not in VERBS and tree.head[verb] != verb:
        verb = tree.head[verb]
    held = tree.first(verb, "dobj") if tree.pos[verb] in VERBS else None
    if held is None or not held < tree.head[i] < i or tree.lemma[held] != tree.lemma[i]:
        return False
    if tree.pos[i] != "NOUN" or tree.lemma[tree.head[i]] == tree.lemma[i] or held == tree.head[i]:
        return False
    for k in tree.of(tree.head[i], "cc"):
        tree.head[k] = held
    tree.hang(i, held, "conj")
    return True


def outcome_on_infinitive(tree: Tree, i: int) -> bool:
    """ "Have a reason to inflate it, thereby raising ranks": raising follows from inflating it."""
    if tree.tag[i] != "VBG" or not any(tree.lower[k] in ("thereby", "thus") for k in tree.kids[i]):
        return False
    above = tree.head[i]
    inner = [
        k for k in range(above + 1, i) if tree.tag[k] == "VB" and tree.dep[k] in ("acl", "xcomp", "relcl")
    ]
    inner = [k for k in inner if tree.right[k] < i]
    if not inner:
        return False
    tree.head[i] = inner[-1]
    return True
