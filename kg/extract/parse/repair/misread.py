"""Repairs of words taken for others: means for agents, participles for verbs, verbs for nouns."""

from __future__ import annotations

from kg.extract.lexicon import words
from kg.extract.lexicon.inflect import verbs_of_third_person
from kg.extract.lexicon.sets import COMMON, DETERMINING, NOUNS, VERBS
from kg.extract.parse.tree import Tree

MEANS = words("repair", "by", "means")
BALLOTS = words("repair", "by", "ballots")
STRIKING = words("repair", "by", "striking")
COMPOUNDED = words("repair", "compounded")
DISTANCES = words("repair", "distances")
SINGULAR = frozenset({"NN", "NNP"})
# How something moves or meets another, which the parser may take for an object.
# Verbs of coming to be ill.
FALLING = frozenset({"fall", "take", "become"})
HOW = frozenset({"head-on", "ashore", "aground", "headlong", "headfirst", "head-first"})


def means_for_agent(tree: Tree, i: int) -> bool:
    """ "Was reached by train", "was elected by 30 votes to 12": how it was done, and nobody who did it."""
    if not is_means(tree, i):
        return False
    tree.dep[i] = "prep"
    return True


def noun_for_bare_verb(tree: Tree, i: int) -> bool:
    """ "Played out a goalless draw": a bare verb with an article, its own or of the noun right before it."""
    above = tree.head[i]
    if tree.tag[i] not in ("VB", "VBP") or tree.of(i, "aux", "nsubj", "dobj", "mark"):
        return False
    if tree.dep[i] == "acl":
        if above != i - 1 or tree.tag[above] not in SINGULAR or not tree.of(above, "det"):
            return False
        if tree.dep[above] not in ("dobj", "pobj"):
            return False
        tree.make_adjective(above, i)
    elif not any(tree.of(k, "det") for k in (i, *tree.of(i, "compound", "amod"))):
        return False
    tree.pos[i], tree.tag[i] = "NOUN", "NN"
    return True


def general_behind_office(tree: Tree, i: int) -> bool:
    """ "The director-general, Ida Moll": an office, of which "general" is the noun."""
    if tree.tag[i] != "JJ" or i < 2 or tree.lower[i - 1] not in ("-", "–") or tree.pos[i - 2] not in NOUNS:
        return False
    if tree.dep[i] not in ("pobj", "nsubj", "nsubjpass", "dobj", "appos", "attr", "conj"):
        return False
    tree.tag[i], tree.pos[i] = "NN", "NOUN"
    return True


def is_means(tree: Tree, i: int) -> bool:
    """Whether "by" tells of a means, by the noun behind it."""
    inner = tree.first(i, "pobj")
    if inner is None or tree.lemma[tree.head[i]] in STRIKING:
        return False
    bare = not any(k < inner for k in tree.kids[inner]) and tree.tag[inner] == "NN"
    return tree.lemma[inner] in BALLOTS or (bare and tree.lemma[inner] in MEANS)


def participle_in_compound(tree: Tree, i: int) -> bool:
    """ "A gun and a rocket propelled grenade": a participle between two nouns that need an article.

    Neither could be the subject or the object of a verb; what is propelled by rockets is in the list.
    """
    first = i - 1
    if tree.lower[i] not in COMPOUNDED or tree.tag[first] not in SINGULAR:
        return False
    last = _bare_noun_behind(tree, i)
    listed = first if tree.dep[first] == "conj" else _last_object(tree, tree.head[i], i)
    if last is None or listed is None:
        return False
    _make_compound(tree, i, last, listed)
    return True


def _bare_noun_behind(tree: Tree, i: int) -> int | None:
    """Give the noun in the singular whose phrase begins right behind a token, without an article."""
    if i + 1 >= tree.n or tree.tag[i + 1] not in SINGULAR:
        return None
    last = i + 1
    while tree.dep[last] in ("compound", "amod") and tree.head[last] > last:
        last = tree.head[last]
    return None if any(tree.tag[k] == "DT" for k in range(i + 1, last)) else last


def _last_object(tree: Tree, verb: int, i: int) -> int | None:
    """Give the last of a verb's objects before a token."""
    if tree.first(verb, "dobj") is None:
        return None
    found = [k for k in tree.conjuncts(tree.of(verb, "dobj")[0]) if k < i]
    return found[-1] if found else None


def _make_compound(tree: Tree, i: int, last: int, listed: int) -> None:
    """Hang a participle and the noun before it on the noun behind, which is the next of a list."""
    first = i - 1
    above = tree.head[listed] if listed == first else listed
    for k in (*tree.kids[first], *tree.kids[i]):
        if k not in (first, last):
            tree.head[k] = last
            if tree.dep[k] == "dobj":
                tree.dep[k] = "conj"
    tree.hang(first, last, "compound")
    tree.hang(i, last, "amod")
    tree.tag[i] = "VBN"
    tree.hang(last, above, "conj")
    tree.tag[last], tree.pos[last] = "NN", "NOUN"


def verb_for_plural(tree: Tree, i: int) -> bool:
    """ "A rule that is clear and works": joined to an adjective, and bare, it is a verb in the singular."""
    above = tree.head[i]
    be = tree.head[above]
    if (
        tree.tag[i] != "NNS"
        or tree.dep[i] != "conj"
        or tree.pos[above] != "ADJ"
        or tree.dep[above] != "acomp"
    ):
        return False
    if tree.lower[i - 1] != "and" or tree.of(i, *DETERMINING, "amod", "compound") or tree.lemma[be] != "be":
        return False
    lemmas = verbs_of_third_person(tree.lower[i])
    if not lemmas or tree.tag[be] != "VBZ":
        return False
    tree.tag[i], tree.pos[i], tree.lemma[i] = "VBZ", "VERB", next(iter(lemmas))
    tree.head[i] = be
    for k in tree.of(above, "cc"):
        tree.head[k] = be
    return True


def gerund_as_subject(tree: Tree, i: int) -> bool:
    """ "Applying for a visa required the team to travel": what has an object is the main verb."""
    if tree.tag[i] != "VBG" or tree.of(i, "nsubj", "aux", "auxpass", "expl", "conj"):
        return False
    verb = next((k for k in range(i + 1, tree.n) if _is_past_on_noun(tree, k)), None)
    if verb is None or tree.doc[verb].sent != tree.doc[i].sent:
        return False
    above = tree.head[verb]
    while tree.head[above] != above and above != i:
        if tree.dep[above] not in ("pobj", "dobj", "prep", "conj"):
            return False
        above = tree.head[above]
    if above != i:
        return False
    tree.hang(verb, verb, "ROOT")
    tree.hang(i, verb, "csubj")
    tree.tag[verb] = "VBD"
    for k in tree.kids[i]:
        if k > verb:
            tree.head[k] = verb
    return True


def _is_past_on_noun(tree: Tree, k: int) -> bool:
    """Whether a past form right behind a noun, and taken for a participle on it, has an object."""
    if tree.dep[k] != "acl" or tree.tag[k] not in ("VBN", "VBD") or tree.head[k] != k - 1:
        return False
    return tree.first(k, "dobj") is not None and tree.first(k, "agent") is None


def title_for_clause(tree: Tree, i: int) -> bool:
    """ "Launched his Always Keep Trying campaign": verbs in capitals between "his" and a noun are a name."""
    if not _is_capital(tree, i) or tree.doc[i].is_sent_start:
        return False
    start = end = i
    while start > 0 and _is_capital(tree, start - 1):
        start -= 1
    while end + 1 < tree.n and _is_capital(tree, end + 1):
        end += 1
    if end == start or not _is_object(tree, start, end):
        return False
    _name(tree, start, end)
    return True


def _is_object(tree: Tree, start: int, end: int) -> bool:
    """Whether words stand between a verb with "his" or an article and a noun."""
    noun, before = end + 1, start - 1
    if before < 1 or noun >= tree.n or tree.tag[before] not in ("DT", "PRP$", "POS", "PRP"):
        return False
    return tree.tag[noun] in COMMON and tree.pos[before - 1] in VERBS and not tree.doc[before - 1].is_title


def _name(tree: Tree, start: int, end: int) -> None:
    """Make words the name before a noun, and the noun the object of the verb before them."""
    noun, before = end + 1, start - 1
    verb, inside = before - 1, range(before, end + 1)
    for j in [j for k in inside for j in tree.kids[k] if j not in inside]:
        tree.head[j] = verb
    for k in range(start, noun):
        tree.hang(k, noun, "compound")
        tree.tag[k], tree.pos[k] = "NNP", "PROPN"
    tree.hang(before, noun, "det" if tree.tag[before] == "DT" else "poss")
    tree.hang(noun, verb, "dobj")


def _is_capital(tree: Tree, k: int) -> bool:
    return bool(tree.doc[k].is_title) and tree.doc[k].is_alpha and tree.tag[k] not in ("PRP", "DT")


def based_for_preposition(tree: Tree, i: int) -> bool:
    """ "Based in Geneva, Vero makes pumps": a participle, where a place stands behind "in"."""
    inner = tree.under(i, "in", "at")
    if tree.lower[i] not in ("based", "headquartered") or tree.tag[i] != "VBN" or not inner:
        return False
    if tree.pos[inner[0]] != "PROPN" or tree.head[i] < i:
        return False
    tree.dep[i] = "advcl"
    return True


def name_for_preposition(tree: Tree, i: int) -> bool:
    """ "From President Barack Obama": a given name is no preposition."""
    inner, title = tree.first(i, "pobj"), i - 1
    if tree.tag[i] != "NNP" or inner is None or title < 0 or tree.doc[inner].ent_type_ != "PERSON":
        return False
    if inner != i + 1 or tree.dep[title] != "pobj" or tree.pos[title] not in NOUNS:
        return False
    tree.hang(inner, tree.head[title], "pobj")
    tree.hang(title, inner, "compound")
    tree.hang(i, inner, "compound")
    tree.pos[i] = "PROPN"
    return True


def club_for_preposition(tree: Tree, i: int) -> bool:
    """ "Holt beat AS Varde 2-1": capitals before a name are a part of it."""
    inner, verb = tree.first(i, "pobj"), tree.head[i]
    if tree.dep[i] != "prep" or not tree.doc[i].is_upper or inner is None or tree.pos[inner] != "PROPN":
        return False
    if tree.left[inner] != i + 1 or tree.doc[inner].is_upper or tree.pos[verb] not in VERBS or verb > i:
        return False
    tree.hang(inner, verb, "pobj" if tree.of(verb, "dobj") else "dobj")
    tree.hang(i, inner, "compound")
    tree.tag[i], tree.pos[i] = "NNP", "PROPN"
    return True


def ill_for_adverb(tree: Tree, i: int) -> bool:
    """ "Ida Moe fell ill in May": what she came to be, and not how she fell."""
    verb = tree.head[i]
    if tree.dep[i] != "advmod" or tree.lemma[verb] not in FALLING or i != verb + 1 or tree.kids[i]:
        return False
    tree.dep[i], tree.tag[i], tree.pos[i] = "acomp", "JJ", "ADJ"
    return True


def adverb_for_object(tree: Tree, i: int) -> bool:
    """ "Two trains collided head-on": how, and not what."""
    if tree.dep[i] != "dobj" or tree.lower[i] not in HOW or any(tree.dep[k] != "prep" for k in tree.kids[i]):
        return False
    for k in tree.of(i, "prep"):
        tree.head[k] = tree.head[i]
    tree.dep[i], tree.tag[i], tree.pos[i] = "advmod", "RB", "ADV"
    return True


def distance_for_object(tree: Tree, i: int) -> bool:
    """ "Cost eleven lives in the valley, forty miles to the south": how far the valley is, and no object."""
    start, verb = tree.left[i], tree.head[i]
    objects = [k for k in tree.of(verb, "dobj") if k < i]
    if tree.dep[i] != "dobj" or not objects or tree.lemma[i] not in DISTANCES or tree.lower[start - 1] != ",":
        return False
    if not tree.of(i, "nummod") or tree.pos[start - 2] not in NOUNS:
        return False
    tree.hang(i, start - 2, "npadvmod")
    return True
