"""Repairs of what renames a noun between commas."""

from __future__ import annotations

from kg.extract.lexicon import SAYING, inverse, words
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.lexicon.sets import NOUNS, VERBS
from kg.extract.parse.tree import Tree

CRAFT = words("events", "words", "vehicles")
TELLING = SAYING | words("events", "words", "announcing")
QUOTES = frozenset({'"', "“", "``", "‘", "'"})
WORKS = (
    words("coref", "nominals", "works")
    | words("nominals", "work", "written")
    | {"album", "report", "finding"}
)
SUBJECTS = ("nsubj", "nsubjpass")
PREDICATING = ("VBD", "VBZ", "MD", "VBP")
# How far behind a noun its new name begins: a comma, and a title of its own.
AMONG = frozenset({"among", "amongst"})
NEAR = 3
# Who is born, dies or lives in a place; words for kin.
LIVING = words("names", "around", "dwell") | {"die"}
KIN = inverse("nominals", "kin").keys()
# What tells which of many without a noun.
RANKS = frozenset({"only", "last", "latest"})
# Up to when somebody was what follows.
UNTIL = frozenset({"now", "recently", "then"})


def title_as_second_object(tree: Tree, i: int) -> bool:
    """'Published its report, "Safe Roads", in May': a title in quotes renames the noun before its comma.

    Of several nouns it is the one for a work: 'recalls the strike in her memoirs, "Dry Salt"'.
    """
    verb = tree.head[i]
    comma = next((k for k in range(i - 1, verb, -1) if tree.tag[k] == "``"), verb) - 1
    if comma <= verb or tree.lower[comma] != ",":
        return False
    noun = _work_before(tree, verb, comma)
    if noun is None:
        return False
    if tree.dep[noun] == "dative":
        tree.dep[noun] = "dobj"
    tree.hang(i, noun, "appos")
    return True


def rank_behind_object(tree: Tree, i: int) -> bool:
    """ "Found a moon with a tail, the first of its kind": the moon is the first."""
    verb, comma = tree.head[i], tree.left[i] - 1
    if tree.pos[verb] not in VERBS or comma <= verb or tree.lower[comma] != ",":
        return False
    if tree.lower[comma + 1] != "the" or not tree.under(i, "of") or not _is_rank(tree, i):
        return False
    noun = next((k for k in reversed(tree.of(verb, "dobj")) if k < comma), None)
    if noun is None or tree.of(noun, "appos"):
        return False
    tree.hang(i, noun, "appos")
    return True


def name_behind_kin(tree: Tree, i: int) -> bool:
    """ "Convicted Ek of the murder of his aunt, the nurse Ida Moll": the aunt is called so, and not Ek."""
    comma, host = tree.left[i] - 1, tree.head[i]
    kin = comma - 1
    if kin <= host or tree.lower[comma] != "," or tree.lemma[kin] not in KIN or tree.tag[kin] != "NN":
        return False
    if tree.dep[kin] not in ("pobj", "dobj") or not tree.of(kin, "poss") or tree.of(kin, "appos"):
        return False
    names = [k for k in tree.of(i, "appos", "compound") if tree.pos[k] == "PROPN"]
    if not (names or tree.doc[i].ent_type_ == "PERSON") or i in tree.above(kin) or tree.pos[i] not in NOUNS:
        return False
    tree.hang(i, kin, "appos")
    return True


def title_behind_work(tree: Tree, i: int) -> bool:
    """ "His book, Listening to Rivers, sold well": a capital between commas begins the title of the work."""
    noun = tree.head[i]
    if noun != i - 2 or tree.lower[i - 1] != "," or tree.lemma[noun] not in WORKS or tree.tag[noun] != "NN":
        return False
    if tree.tag[i] not in ("VBG", "VBN") or not tree.doc[i].is_title:
        return False
    tree.hang(i, noun, "appos")
    tree.tag[i], tree.pos[i] = "NNP", "PROPN"
    return True


def name_joined_to_kin(tree: Tree, i: int) -> bool:
    """ "Her husband, Piet, and son, Karl, died": the name behind the first comma is his, and two died."""
    kin = tree.head[i]
    if kin >= i or tree.lemma[kin] not in KIN or tree.tag[kin] != "NN" or tree.left[i] != kin + 2:
        return False
    if tree.lower[kin + 1] != "," or tree.pos[i] != "PROPN" or not tree.of(kin, "poss"):
        return False
    others = [k for k in tree.of(i, "conj") if tree.lower[k] in KIN]
    if not others:
        return False
    for k in (*others, *tree.of(i, "cc")):
        tree.head[k] = kin
    for k in others:
        tree.tag[k], tree.pos[k], tree.lemma[k] = "NN", "NOUN", tree.lower[k]
    tree.hang(i, kin, "appos")
    return True


def name_behind_parent(tree: Tree, i: int) -> bool:
    """ "The daughter of an apothecary, Karl Holm": he is called so, and not she."""
    child, parent = tree.head[i], tree.left[i] - 2
    if (
        tree.doc[i].ent_type_ != "PERSON"
        or tree.lemma[child] not in KIN
        or parent not in tree.under(child, "of")
    ):
        return False
    if tree.lower[parent + 1] != "," or tree.tag[parent] != "NN" or not tree.of(parent, "det"):
        return False
    if tree.dep[child] not in ("attr", "appos"):
        return False  # "the daughter of an apothecary, Ida Holm, left"
    tree.hang(i, parent, "appos")
    return True


def _is_rank(tree: Tree, i: int) -> bool:
    """Whether a word without a noun tells which of many: "first", "largest", "only"."""
    return tree.tag[i] == "JJS" or tree.doc[i].ent_type_ == "ORDINAL" or tree.lower[i] in RANKS


def _work_before(tree: Tree, verb: int, comma: int) -> int | None:
    """Give the noun for a work that stands before a comma, or is the object of the verb before it."""
    before = [k for k in range(verb + 1, comma) if tree.right[k] == comma - 1]
    before += [k for k in tree.of(verb, "dobj", "dative") if k < comma and k not in before]
    works = [k for k in before if tree.pos[k] == "NOUN" and tree.lemma[k] in WORKS]
    return works[-1] if works else None


def renaming_subject(tree: Tree, i: int) -> bool:
    """ "Lund's widow, Carol, opened the show": one subject that is renamed, where the parser sees two.

    Or a noun with a clause: 'Her memoirs, "The Long Way", were published'.
    """
    verb, role = tree.head[i], tree.dep[i]
    if tree.pos[i] != "PROPN" or tree.pos[verb] not in (*VERBS, "AUX") or verb < i:
        return False
    host = _hosting(tree, verb)
    first = host if host is not None else _subject_before(tree, verb, i)
    if first is None or tree.of(i, "conj", "cc") or tree.of(first, "conj", "cc"):
        return False
    if not _is_between_commas(tree, first, i, verb):
        return False
    if host is not None:
        tree.swap(host, verb, role)
    tree.hang(i, first, "appos")
    return True


def renaming_object(tree: Tree, i: int) -> bool:
    """ "Under the deck of the Sanna, a ferry that sank": what the name is, and no second object of "under".

    Nor does it rename the subject before the verb: "divers found it on the Sanna, a ferry that sank".
    """
    comma, above = tree.left[i] - 1, tree.head[i]
    name = comma - 1
    if name < 1 or tree.pos[i] != "NOUN" or tree.lower[comma] != "," or tree.pos[name] != "PROPN":
        return False
    if above >= name or not tree.of(i, "det") or tree.of(i, "conj", "cc"):
        return False
    if tree.dep[i] == "pobj":
        first = tree.first(above, "pobj")
        if first is None or first >= i or (first != name and name not in set(tree.subtree(first))):
            return False
    elif tree.dep[above] not in SUBJECTS or not above < tree.head[above] < name:
        return False
    tree.hang(i, name, "appos")
    return True


def subject_behind_kin(tree: Tree, i: int) -> bool:
    """ "Son of the painter Jan Moe, Peter Moe studied law": it is Peter who did, not the painter."""
    verb, child = tree.head[i], _kin_in_front(tree, i)
    if child is None or tree.lower[i + 1] != ",":
        return False
    last = verb - 1
    while last > i and tree.head[last] == verb and tree.pos[last] in ("AUX", "ADV", "PART"):
        last -= 1
    first = last
    while first > i + 1 and tree.pos[first - 1] == "PROPN":
        first -= 1
    if tree.pos[last] != "PROPN" or first != i + 2:
        return False
    tree.hang(last, verb, tree.dep[i])
    for k in range(first, last):
        if not first <= tree.head[k] <= last:
            tree.hang(k, last, "compound")
    _put_apart(tree, child, i)
    return True


def _kin_in_front(tree: Tree, i: int) -> int | None:
    """Give the kinship noun that opens the sentence of a subject, if that is what its "of" is about."""
    start = tree.doc[i].sent.start
    noun = next((k for k in range(start, min(start + NEAR, i)) if tree.lemma[k].lower() in KIN), None)
    if noun is None or tree.lower[noun + 1] != "of":
        return None
    return noun if all(tree.pos[k] in ("DET", "ADJ") for k in range(start, noun)) else None


def _put_apart(tree: Tree, noun: int, name: int) -> None:
    """Hang a noun with its "of" and a name under that on the verb of the name, as no subject of it."""
    verb, of = tree.head[name], noun + 1
    inner = tree.first(of, "pobj")
    tree.tag[noun], tree.pos[noun], tree.lemma[noun] = "NN", "NOUN", tree.lower[noun]
    tree.hang(noun, verb, "dep")
    tree.hang(of, noun, "prep")
    if inner is None or inner == name:
        tree.hang(name, of, "pobj")
    else:
        tree.hang(name, inner, "appos")


def superlative_of_owner(tree: Tree, i: int) -> bool:
    """ "The mill, the country's largest, closed": the largest renames the mill, and the country has it."""
    best = next((k for k in tree.of(i, "amod") if tree.tag[k] == "JJS" and k > i), None)
    comma = tree.left[i] - 1
    if best is None or comma < 1 or tree.lower[comma] != "," or tree.tag[best - 1] != "POS":
        return False
    if tree.lower[best + 1 : best + 2] != [","] or tree.pos[comma - 1] not in NOUNS:
        return False
    tree.hang(best, comma - 1, "appos")
    tree.hang(i, best, "poss")
    tree.pos[best], tree.tag[best] = "NOUN", "NN"
    return True


def attribution_behind(tree: Tree, i: int) -> bool:
    """ "…, the governor of Belu, Idris Kane, said on Monday": who says so, where the parser loses him.

    The office stands between commas, and the name behind it right before the comma of the verb.
    """
    if tree.lemma[i] not in SAYING or tree.of(i, *SUBJECTS) or tree.lower[i - 1 : i] != [","]:
        return False
    start = i - 2
    while start > 0 and tree.pos[start] == "PROPN":
        start -= 1
    office = _office_before(tree, start) if tree.lower[start] == "," and start < i - 2 else None
    if office is None:
        return False
    name = i - 2
    if tree.dep[i] == "conj":  # "Prices rose by 3 percent, the governor, Idris Kane, said"
        tree.swap(tree.head[i], i, "ccomp")
    tree.hang(office, i, "nsubj")
    for k in range(start + 1, name):
        if not start < tree.head[k] < i:
            tree.hang(k, name, "compound")
    tree.hang(name, office, "appos")
    return True


def teller_behind(tree: Tree, i: int) -> bool:
    """ "… to Nordwind, a Danish firm, the authority announced": who tells is no other name of the firm."""
    noun = tree.head[i]
    if tree.dep[i] not in ("acl", "relcl") or tree.doc[i].tag_ != "VBD" or tree.lemma[i] not in TELLING:
        return False
    if tree.dep[noun] != "appos" or noun != i - 1 or not tree.of(noun, "det"):
        return False
    if tree.lower[tree.left[noun] - 1] != "," or tree.of(i, *SUBJECTS, "dobj", "agent"):
        return False
    root = noun
    while tree.head[root] != root:
        root = tree.head[root]
    if tree.pos[root] not in VERBS or root > noun:
        return False
    tree.swap(root, i, "ccomp")
    tree.hang(noun, i, "nsubj")
    tree.tag[i] = "VBD"
    return True


def clause_of_whose(tree: Tree, i: int) -> bool:
    """'Clara Wick, whose third novel, "Low Water", won a prize': the novel won, not who is told of.

    The verb behind the noun has no subject of its own, and the parser hangs it on one before.
    """
    noun, comma = tree.head[i], i - 1
    if tree.dep[i] != "poss" or noun < i or comma < 1 or tree.lower[comma] != ",":
        return False
    if tree.dep[noun] in SUBJECTS or tree.pos[comma - 1] not in NOUNS:
        return False
    verb = next((k for k in range(noun + 1, tree.n) if tree.tag[k] in ("VBD", "VBZ", "VBP")), None)
    if verb is None or tree.head[verb] > i or tree.first(verb, *SUBJECTS) is not None:
        return False
    if tree.dep[verb] not in ("conj", "advcl", "parataxis") or tree.lower[verb - 1] != ",":
        return False
    tree.hang(noun, verb, "nsubj")
    tree.hang(verb, comma - 1, "relcl")
    return True


def name_behind_relative(tree: Tree, i: int) -> bool:
    """ "The firm she runs, Korvald Foods, makes bread": the firm is called so."""
    start = _between_commas(tree, i)
    noun = None if start is None or tree.pos[i] != "PROPN" else _noun_with_relative(tree, i, start)
    if noun is None or start is None or not tree.of(noun, "det") or tree.tag[noun] != "NN":
        return False
    if any(tree.pos[k] == "PUNCT" for k in range(noun, start - 1)):
        return False
    tree.hang(i, noun, "appos")
    return True


def _between_commas(tree: Tree, i: int) -> int | None:
    """Give the first token of a phrase that stands between two commas."""
    inside = [k for k in range(tree.left[i], tree.right[i] + 1) if tree.lower[k] != ","]
    start, end = inside[0], inside[-1] + 1
    return start if end < tree.n and tree.lower[end] == tree.lower[start - 1] == "," else None


def _noun_with_relative(tree: Tree, i: int, start: int) -> int | None:
    """Give the noun whose relative clause ends before a token: the subject beside it, or what is told of."""
    above, noun = tree.head[i], None
    if tree.dep[i] in SUBJECTS:
        noun = next((k for k in tree.of(above, *SUBJECTS) if k < start and tree.pos[k] == "NOUN"), None)
    elif tree.dep[above] == "relcl" and above < start:
        noun = tree.head[above]
    if noun is None or not any(noun < k < start for k in tree.of(noun, "relcl")):
        return None
    return noun


def named_among_them(tree: Tree, i: int) -> bool:
    """ "A guard and five boys, among them the singer Ida Moe, were hurt": a name for one of them alone."""
    prep = tree.head[i]
    name = tree.head[prep]
    if tree.dep[i] != "pobj" or tree.lower[prep] not in AMONG or name < i:
        return False
    group: int | None = tree.head[name] if tree.dep[name] == "appos" else None
    if tree.dep[name] in SUBJECTS:  # the parser gives the verb two
        group = next((k for k in tree.of(tree.head[name], *SUBJECTS) if k < prep), None)
    if group is None:
        return False
    tree.hang(prep, group, "prep")
    tree.hang(name, prep, "pobj")
    return True


def noun_before_noun(tree: Tree, i: int) -> bool:
    """ "Hired a tram driver": two nouns behind an article are one phrase, and neither renames the other."""
    first = tree.head[i]
    if (
        tree.dep[i] != "appos"
        or first != i - 1
        or tree.tag[i] not in ("NN", "NNS")
        or tree.tag[first] != "NN"
    ):
        return False
    if tree.of(i, "det", "poss", "nummod", "amod", "compound") or not tree.of(first, "det"):
        return False
    tree.swap(first, i, "compound")
    for k in tree.of(first, "det", "amod", "nummod", "poss"):
        tree.head[k] = i
    return True


def name_behind_participle(tree: Tree, i: int) -> bool:
    """ "A driver employed by a supplier, Karl Moll, was killed": the driver is called so."""
    inner = tree.head[i]
    participle = tree.head[tree.head[inner]]
    noun = tree.head[participle]
    if tree.doc[i].ent_type_ != "PERSON" or tree.dep[inner] != "pobj" or tree.dep[participle] != "acl":
        return False
    if tree.dep[noun] not in SUBJECTS or tree.tag[noun] != "NN" or tree.tag[inner] != "NN":
        return False
    if tree.lower[tree.left[i] - 1] != "," or nominal_type(tree.doc[noun])[0] != "Person":
        return False
    behind = tree.right[i] + 1
    before_verb = tree.lower[behind : behind + 1] == [","] and tree.tag[behind + 1] in PREDICATING
    introduced = _is_indefinite(tree, noun) and _is_indefinite(tree, inner)
    if not before_verb and not (introduced and "," in tree.lower[i + 1 : behind + 1]):
        return False
    tree.head[i] = noun
    return True


def office_joined_to_name(tree: Tree, i: int) -> bool:
    """ "The clerk, Ida Moll, and Halm's chairman, Ole Brandt": two officers, each with a name."""
    name = tree.head[i]
    office = tree.head[name]
    if tree.pos[i] != "NOUN" or tree.dep[name] != "appos" or not _is_named_office(tree, office, name):
        return False
    if not any(tree.pos[k] == "PROPN" and k > i for k in tree.of(i, "appos")):
        return False
    for k in [k for k in tree.of(name, "cc", "punct") if name < k < i]:
        tree.hang(k, office, tree.dep[k])
    tree.hang(i, office, "conj")
    return True


def name_behind_office(tree: Tree, i: int) -> bool:
    """ "The pact was signed by the port's director, Ida Moll": the director's name, and not the pact's."""
    host, start = tree.head[i], tree.left[i]
    while tree.dep[start] not in ("compound",) and start < i:
        start += 1
    office = start - 2
    if office <= host or tree.lower[start - 1] != "," or not _is_named_office(tree, office, i):
        return False
    if tree.dep[host] not in SUBJECTS or tree.head[host] not in range(host, office):
        return False
    if tree.dep[office] != "pobj" or tree.lower[tree.head[office]] != "by":
        return False
    tree.hang(i, office, "appos")
    return True


def _is_named_office(tree: Tree, office: int, name: int) -> bool:
    """Whether a noun in the singular tells what somebody is whose name stands behind it."""
    if tree.pos[name] != "PROPN" or tree.tag[office] != "NN" or office >= name:
        return False
    return nominal_type(tree.doc[office])[0] in ("Person", "Position")


def _is_indefinite(tree: Tree, i: int) -> bool:
    return tree.tag[i] == "NN" and any(tree.lower[k] in ("a", "an") for k in tree.of(i, "det"))


def _office_before(tree: Tree, comma: int) -> int | None:
    """Give the noun of a phrase between two commas that names a person: ", the governor of Belu,"."""
    first = comma - 1
    while first > 0 and tree.lower[first] != "," and tree.pos[first] not in (*VERBS, "AUX", "PUNCT"):
        first -= 1
    if tree.lower[first] != "," or tree.lower[first + 1] not in ("the", "its", "his", "her", "their", "a"):
        return None
    for k in range(first + 2, comma):
        if tree.pos[k] == "ADP":
            return None
        if tree.pos[k] == "NOUN" and tree.pos[k + 1] not in ("NOUN", "PROPN"):
            return k if nominal_type(tree.doc[k])[0] == "Person" else None
    return None


def _subject_before(tree: Tree, verb: int, i: int) -> int | None:
    """Give the noun that is another subject of a verb, before a name."""
    before = [k for k in tree.of(verb, *SUBJECTS) if k < i and tree.pos[k] == "NOUN"]
    return before[-1] if before else None


def _hosting(tree: Tree, verb: int) -> int | None:
    """Give the noun that a whole clause hangs on, as if the sentence were no more than the noun."""
    noun = tree.head[verb]
    finite = any(
        tree.lower[k] in ("was", "were", "is", "are", "had", "has") for k in tree.of(verb, "auxpass", "aux")
    )
    hangs = tree.dep[verb] in ("acl", "relcl") and tree.dep[noun] == "ROOT"
    if not (hangs and finite):
        return None
    if tree.tag[noun] == "VBZ" and noun and tree.tag[noun - 1] == "PRP$":  # "Her memoirs", taken for a verb
        tree.pos[noun], tree.tag[noun], tree.lemma[noun] = "NOUN", "NNS", tree.lower[noun].removesuffix("s")
    return noun if tree.pos[noun] == "NOUN" else None


def _is_between_commas(tree: Tree, first: int, i: int, verb: int) -> bool:
    """Whether a name stands between commas right behind a noun, in quotes or not."""
    start = tree.left[i]
    while start - 1 > first and tree.lower[start - 1] in QUOTES:
        start -= 1
    # The comma may hang on either.
    if start - first > NEAR or "," not in (tree.lower[start - 1], tree.lower[start]):
        return False
    between = range(first + 1, start)
    if any(tree.pos[k] in NOUNS or (tree.pos[k] != "PUNCT" and tree.head[k] != i) for k in between):
        return False
    return "," in tree.lower[i + 1 : verb]


def kin_behind_place(tree: Tree, i: int) -> bool:
    """ "She was born in Lorn, the daughter of a miner": she is the daughter, not the town."""
    place, comma = tree.head[i], tree.left[i] - 1
    prep = tree.head[place]
    verb = tree.head[prep]
    if tree.lemma[i] not in KIN or tree.dep[place] != "pobj" or tree.lower[comma] != ",":
        return False
    if tree.dep[prep] != "prep" or tree.pos[verb] not in VERBS or tree.lemma[verb] not in LIVING:
        return False
    tree.hang(i, verb, "npadvmod")
    return True


def name_as_two_subjects(tree: Tree, i: int) -> bool:
    """ "Kim Min-Woo scored": one name is one subject, where the parser sees two."""
    verb, last = tree.head[i], i + 1
    while last < tree.n and tree.doc[last].ent_iob_ == "I":
        last += 1
    last -= 1
    if tree.doc[i].ent_type_ != "PERSON" or not i < last < verb:
        return False
    if tree.head[last] != verb or tree.dep[last] != tree.dep[i]:
        return False
    tree.hang(i, last, "compound")
    return True


def former_behind_name(tree: Tree, i: int) -> bool:
    """ "Was replaced by Ida Moe, until now the dean": what she was, and not until when he was replaced."""
    now = tree.lower[i + 1 : i + 2]
    if i < 2 or tree.lower[i - 1] != "," or UNTIL.isdisjoint(now):
        return False
    name = i - 2
    if tree.first(i, "pobj") is None or tree.pos[name] != "PROPN" or tree.head[i] == name:
        return False
    if tree.doc[name].ent_type_ != "PERSON":
        return False
    tree.hang(i, name, "prep")
    tree.hang(i + 1, i, "pcomp")
    return True


def named_craft(tree: Tree, i: int) -> bool:
    """ "The trawler Sanna capsized": no noun with a clause that tells what the Sanna did to it."""
    verb = _clause_of_craft(tree, i)
    name = None if verb is None else tree.first(verb, "nsubj")
    if verb is None or name is None or tree.pos[name] != "PROPN" or tree.left[name] != i + 1:
        return False
    for k in tree.kids[i]:
        tree.head[k] = name if k < i else verb
    tree.hang(verb, verb, "ROOT")
    tree.hang(i, name, "compound")
    return True


def _clause_of_craft(tree: Tree, i: int) -> int | None:
    """Give the verb right behind a ship or a car that the parser takes for all that a sentence tells of."""
    if tree.dep[i] != "ROOT" or tree.tag[i] != "NN" or tree.lemma[i] not in CRAFT:
        return None
    verb = next((k for k in tree.of(i, "relcl") if tree.tag[k] == "VBD"), None)
    if verb is None or tree.left[verb] != i + 1:
        return None
    return None if any(k > verb and tree.dep[k] != "punct" for k in tree.kids[i]) else verb


def firm_behind_noun(tree: Tree, i: int) -> bool:
    """ "Sued its auditors, Hale & Moe, for fraud": the firm is who they are, and no further one."""
    noun, last = tree.head[i], i + 2
    if tree.dep[i] != "conj" or tree.tag[i] != "NNP" or tree.lower[i + 1 : last] != ["&"] or last >= tree.n:
        return False
    while last + 1 < tree.n and tree.tag[last + 1] == "NNP":
        last += 1
    start = tree.left[i]
    alone = tree.lower[start - 1] == "," and tree.lower[last + 1 : last + 2] in ([","], ["."], [";"])
    if not alone or noun != start - 2 or tree.tag[noun] not in ("NN", "NNS") or tree.of(noun, "cc"):
        return False
    tree.dep[i] = "appos"
    return True
