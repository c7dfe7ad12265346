"""Repair of verbs: taken for nouns ("Telis repairs bicycles in Dorn"), or without their auxiliary.

Many third persons are plurals of nouns, too. Where a sentence has no other verb and such a form stands right
between a name, a pronoun or a noun phrase in the singular and what it may govern, it is the verb.
"""

from __future__ import annotations

from kg.extract.lexicon import classify, gazetteer, words
from kg.extract.lexicon.inflect import (
    lemma_of_past,
    restore_silent_e,
    singular,
    verbs_of_participle,
    verbs_of_third_person,
)
from kg.extract.lexicon.nouns import is_common
from kg.extract.lexicon.sets import COMMON, FINITE, TIME_LABELS
from kg.extract.parse.tree import Tree

HEADS_OF = words("repair", "heads_of")
SEEING = words("events", "words", "seeing")
CHANGING = words("repair", "changing")
HOW = words("repair", "telling", "how")
TELLING = words("repair", "telling", "without_gerund")
HARMING = words("repair", "harming")
NOUN_LIKE_VERBS = words("repair", "noun_like_verbs")
PERSONAL = frozenset({"he", "she", "it"})
PROPER = frozenset({"NNP", "NNPS"})
HEADS = PROPER | {"NN", "NNS", "VBZ"}
FORMS = frozenset({"NN", "NNS", "NNPS", "NNP", "VBZ"})
# Tags of what a noun phrase is made of, of what an object begins with, and of what else follows a verb.
IN_PHRASE = PROPER | {"DT", "PRP$", "JJ", "NN", "CD", "HYPH", "POS"}
OBJECT = PROPER | {"DT", "PRP$", "CD", "JJ", "NN", "NNS", "PRP", "PDT"}
ADJUNCT = frozenset({"IN", "TO", "RB"})
# Tags of what may be a name where it begins with a capital.
NAMING = frozenset({"NN", "NNS", "JJ", "CD", "FW"})
CLAUSES = frozenset({"relcl", "advcl", "acl", "ccomp"})
KEPT = frozenset({"det", "amod", "nummod", "poss", "punct", "nmod", "case"})
LONGEST, FARTHEST = 40, 10
POSTS = frozenset({"head", "chair", "chief", "master"})
PROMOTING = frozenset({"promote", "appoint", "elevate", "elect", "name", "move"})


def participle_without_auxiliary(tree: Tree, i: int) -> bool:
    """ "Four were killed and 112 wounded", "was convicted and fined": the auxiliary holds for both."""
    first = tree.head[i]
    if tree.tag[i] not in ("VBN", "VBD") or tree.first(first, "auxpass") is None:
        return False
    if tree.first(i, "aux", "auxpass", "agent") is not None:
        return False
    subject, amount = tree.first(i, "nsubj"), tree.first(i, "dobj")
    if subject is not None and amount is None and tree.lemma[i] in HARMING:
        tree.dep[subject] = "nsubjpass"
        tree.tag[i] = "VBN"
        return True
    fined = amount is not None and any(tree.tag[k] in ("CD", "$") for k in tree.kids[amount])
    if subject is None and fined and tree.lemma[i] == "fine" and tree.tag[i] == "VBD":
        tree.tag[i] = "VBN"
        return True
    return False


def change_for_noun(tree: Tree, i: int) -> bool:
    """ "Halm saw revenue drop 6 percent": behind a bare noun, and before a number, it is the verb."""
    verb, noun = tree.head[i], i - 1
    if tree.lemma[verb] not in SEEING or tree.tag[i] != "NN" or tree.lemma[i] not in CHANGING:
        return False
    if tree.head[noun] != i or tree.dep[noun] != "compound" or noun != verb + 1 or i + 1 >= tree.n:
        return False
    if tree.tag[i + 1] not in ("CD", "$") and tree.lower[i + 1] not in ("by", "to", "from"):
        return False
    tree.tag[i], tree.pos[i], tree.dep[i] = "VB", "VERB", "ccomp"
    tree.dep[noun] = "nsubj"
    for k in tree.of(i, "appos"):
        tree.dep[k] = "npadvmod"
    for k in tree.of(verb, "prep"):
        if k > i and tree.lower[k] in ("by", "to", "from"):
            tree.head[k] = i
    return True


def title_for_verb(tree: Tree, i: int) -> bool:
    """ "Was charged with bribery, and finance chief Otto Hale with fraud": "finance chief" is what he is."""
    title = i + 1
    if tree.tag[i] not in ("VB", "VBP", "NN") or tree.dep[i] != "conj" or title + 1 >= tree.n:
        return False
    name = tree.head[title]
    if tree.lower[title] not in HEADS_OF or tree.dep[title] != "compound" or tree.head[name] != i:
        return False
    if tree.dep[name] != "dobj" or tree.tag[name] != "NNP":
        return False
    for k in tree.kids[i]:
        if k > name:
            tree.head[k] = name
    tree.hang(name, tree.head[i], "dep")
    tree.hang(i, title, "compound")
    tree.tag[i], tree.pos[i] = "NN", "NOUN"
    return True


def gerund_as_object(tree: Tree, i: int) -> bool:
    """ "Ruled out resigning", "avoided paying": what was ruled out, not how."""
    verb = tree.head[i]
    if (
        tree.dep[i] != "advcl"
        or tree.tag[i] != "VBG"
        or tree.left[i] != i
        or tree.first(verb, "dobj") is not None
    ):
        return False
    particle = tree.first(verb, "prt")
    if i != (verb if particle is None else particle) + 1:
        return False
    if classify("to", tree.with_particle(verb)) != "negative":
        return False
    tree.dep[i] = "xcomp"
    return True


def gerund_beside_telling(tree: Tree, i: int) -> bool:
    """ "Tweeted using his account": how it was told, and not what."""
    verb = tree.head[i]
    if tree.tag[i] != "VBG" or tree.left[i] != i or i != verb + 1 or tree.lemma[verb] not in TELLING:
        return False
    if tree.lemma[i] not in HOW:
        return False
    tree.dep[i] = "advcl"
    return True


def present_for_infinitive(tree: Tree, i: int) -> bool:
    """ "Holt Town meet Redmoor on Friday": what has a subject and no auxiliary is no infinitive."""
    if tree.tag[i] != "VB" or tree.of(i, "aux", "auxpass") or not tree.of(i, "nsubj"):
        return False
    if any(tree.lower[k] in ("to", "let") for k in tree.kids[i] if k < i):
        return False
    tree.tag[i] = "VBP"
    return True


def verb_for_noun(tree: Tree, i: int) -> bool:
    """ "Telis repairs bicycles in Dorn": without another verb, the third person behind a name is it."""
    if tree.tag[i] not in HEADS or tree.dep[i] != "ROOT":
        return False
    sentence = tree.doc[i].sent
    start, end = sentence.start, sentence.end
    if not 2 < end - start <= LONGEST or tree.tag[end - 1] != ".":
        return False
    verb = next(
        (k for k in range(start + 1, min(end - 1, start + FARTHEST)) if _is_lost(tree, start, k)), None
    )
    if verb is None or verb > i or not _lacks_other(tree, i, verb, range(start, end)):
        return False
    _make_verb(tree, verb)
    _hang_subject(tree, start, verb)
    _hang_rest(tree, i, verb, end)
    return True


def past_for_adjective(tree: Tree, i: int) -> bool:
    """ "In 1963 Tom Vane married Ida Lund", "the club have sacked manager Jan Moe": the sentence's verb.

    Only where there is no other, between two names or behind "have".
    """
    sentence = range(tree.doc[i].sent.start, tree.doc[i].sent.end)
    if (
        i < sentence.start + 2
        or i + 1 >= tree.n
        or not _looks_past(tree, i)
        or not _lacks_finite(tree, i, sentence)
    ):
        return False
    helped = tree.dep[i - 1] == "aux" and tree.head[i - 1] == i and tree.lemma[i - 1] == "have"
    last = i - 2 if helped else i - 1
    first = last
    while first > sentence.start and _is_in_phrase(tree, first - 1) and tree.tag[first - 1] != "CD":
        first -= 1
    front = range(sentence.start, first)
    named = _is_full_name(tree, first, i) and tree.tag[i + 1] in PROPER
    if not (helped or named) or not _is_dated(tree, front):
        return False
    _make_past(tree, i, range(first, last + 1), front)
    return True


def _looks_past(tree: Tree, i: int) -> bool:
    """Whether a word has the form of a past."""
    word: str = tree.doc[i].text
    return word.islower() and (word.endswith("ed") or tree.tag[i] == "VBN")


def _lacks_finite(tree: Tree, i: int, sentence: range) -> bool:
    """Whether a whole sentence has no finite verb, but for a word with its auxiliary and in inner clauses."""
    others = (k for k in sentence if k not in (i, i - 1) and tree.tag[k] in FINITE)
    return tree.tag[sentence.stop - 1] == "." and all(_is_below(tree, k) for k in others)


def _make_past(tree: Tree, i: int, subject: range, front: range) -> None:
    """Make a past form the verb of its sentence, behind its subject and what stands in front of that."""
    sentence, last = tree.doc[i].sent, subject[-1]
    root = next((k for k in range(sentence.start, sentence.end) if tree.dep[k] == "ROOT"), i)
    helped = last < i - 1
    tree.tag[i], tree.pos[i] = "VBN" if helped else "VBD", "VERB"
    tree.lemma[i] = _lemma_of(tree.doc[i].text)
    _hang_subject(tree, subject[0], last + 1)
    tree.hang(last, i, "nsubj")
    _hang_rest(tree, root, i, sentence.end)
    if helped:
        tree.hang(i - 1, i, "aux")
    for k in front:
        tree.hang(k, i if k == front[0] else front[0], "prep" if k == front[0] else "pobj")


def _lemma_of(word: str) -> str:
    """Give the verb of a past form."""
    if not word.endswith("ed"):
        return verbs_of_participle(word)[0]
    return restore_silent_e(word, lemma_of_past(word)) if len(word) > len("wed") else word


def _is_full_name(tree: Tree, first: int, end: int) -> bool:
    """Whether tokens are a name of two words or more and nothing else."""
    return end - first > 1 and all(_is_name(tree, k) for k in range(first, end))


def _is_dated(tree: Tree, front: range) -> bool:
    """Whether nothing stands in front but a year: "In 1963"."""
    return not front or (len(front) == 2 and tree.lower[front[0]] == "in" and tree.tag[front[1]] == "CD")


def _is_lost(tree: Tree, start: int, k: int) -> bool:
    """Whether a token may be the verb behind a subject that opens its sentence, by what stands around it."""
    if not _is_third_person(tree, k):
        return False
    after = tree.tag[k + 1]
    if tree.lower[start] in PERSONAL and k == start + 1:
        return after in OBJECT | ADJUNCT | {"."}
    if not all(_is_in_phrase(tree, j) for j in range(start, k)):
        return False
    if after in OBJECT or (after == "VBZ" and is_common(singular(tree.lower[k + 1]))):
        return _is_name(tree, k - 1) or (tree.tag[start] in ("DT", "PRP$") and tree.tag[k - 1] == "NN")
    if after in ADJUNCT:
        # "Rowan Motors ships in the harbour" may be no sentence.
        return _is_name(tree, k - 1) and (tree.tag[k] == "VBZ" or _is_person(tree, start, k))
    return after == "." and _is_person(tree, start, k)


def _is_third_person(tree: Tree, k: int) -> bool:
    """Whether a word may be the third person of a verb."""
    word = tree.doc[k].text
    if tree.tag[k] not in FORMS or tree.pos[k] == "AUX" or not word.islower():
        return False
    if word[-1] != "s" or word[-2:] == "ss":
        return False
    return tree.tag[k] == "VBZ" or not NOUN_LIKE_VERBS.isdisjoint(verbs_of_third_person(word))


def _is_in_phrase(tree: Tree, j: int) -> bool:
    return tree.tag[j] in IN_PHRASE or _is_name(tree, j)


def _is_name(tree: Tree, j: int) -> bool:
    token = tree.doc[j]
    if token.ent_type_ in TIME_LABELS:
        return False
    if token.is_sent_start and not token.ent_type_ and is_common(token.lower_):
        return False  # "Heat pumps warm houses"
    return tree.tag[j] in PROPER or (
        token.text[0].isupper() and (tree.tag[j] in NAMING or token.ent_type_ != "")
    )


def _is_person(tree: Tree, start: int, end: int) -> bool:
    """Whether tokens are the full name of a person."""
    names = [tree.doc[j] for j in range(start, end)]
    return len(names) > 1 and (
        all(t.ent_type_ == "PERSON" for t in names) or gazetteer.female_share(names[0].text) is not None
    )


def _lacks_other(tree: Tree, root: int, verb: int, sentence: range) -> bool:
    """Whether a sentence has no verb but this one, save in a clause that hangs on something."""
    for k in sentence:
        if k == verb or tree.tag[k] not in FINITE:
            continue
        if k == root:
            if not _is_plural(tree, root, verb):
                return False
        elif not _is_below(tree, k):
            return False
    # What the parser itself takes for the verb, it mostly is.
    return root != verb or tree.tag[root] != "VBZ" or tree.first(root, "nsubj", "expl", "attr") is None


def _is_plural(tree: Tree, root: int, verb: int) -> bool:
    """Whether the parser's verb is a plural, as it does not agree with its subject: "Telis tunes pianos"."""
    return (
        tree.tag[root] == "VBZ"
        and root == verb + 1
        and tree.tag[verb] == "NNS"
        and is_common(singular(tree.lower[root]))
    )


def _is_below(tree: Tree, k: int) -> bool:
    label = tree.dep[tree.head[k]] if tree.dep[k] in ("aux", "auxpass") else tree.dep[k]
    return label in CLAUSES


def _make_verb(tree: Tree, verb: int) -> None:
    stems = verbs_of_third_person(tree.lower[verb])
    known = [s for s in stems if s in NOUN_LIKE_VERBS] or [s for s in stems if is_common(s)]
    if tree.tag[verb] != "VBZ" or known:
        tree.lemma[verb] = (known or stems)[0]
    tree.tag[verb], tree.pos[verb] = "VBZ", "VERB"


def _hang_subject(tree: Tree, start: int, verb: int) -> None:
    """Make one phrase of what stands before the verb, headed by its last word."""
    noun = verb - 1
    for k in range(start, noun):
        if not start <= tree.head[k] <= noun or tree.head[k] == k:
            tree.hang(k, noun, tree.dep[k] if tree.dep[k] in KEPT else "compound")
    tree.hang(noun, verb, "nsubj")


def _hang_rest(tree: Tree, root: int, verb: int, end: int) -> None:
    """Hang on the verb what stands behind it and hung elsewhere."""
    rest = range(verb + 1, end)
    tops = [k for k in rest if tree.head[k] not in rest or tree.head[k] == k]
    if root in rest:
        if tree.tag[root] == "VBZ":
            tree.tag[root], tree.pos[root], tree.lemma[root] = "NNS", "NOUN", singular(tree.lower[root])
        tops += [k for k in tree.kids[root] if k > root and _goes_to_verb(tree, k)]
    tree.hang(verb, verb, "ROOT")
    held = -1
    for k in sorted(tops):
        label = _label(tree, k)
        if label == "dobj" and held >= 0:
            tree.hang(k, held, "appos")
            continue
        if label == "dobj":
            held = k
        tree.hang(k, verb, label)


def _goes_to_verb(tree: Tree, k: int) -> bool:
    """Whether what hangs behind the noun that the parser took for the whole belongs to the verb."""
    if tree.dep[k] == "prep":
        return tree.lower[k] != "of"
    return tree.tag[k] == "." or tree.dep[k] in ("advmod", "npadvmod", "advcl")


def _label(tree: Tree, k: int) -> str:
    if tree.tag[k] in (".", ",", ":", "''", "``"):
        return "punct"
    if tree.tag[k] in COMMON | PROPER | {"PRP", "CD"}:
        return "npadvmod" if tree.doc[k].ent_type_ in TIME_LABELS else "dobj"
    if tree.tag[k] in ("IN", "TO"):
        return "prep" if tree.dep[k] != "mark" else "mark"
    return "advmod" if tree.tag[k] == "RB" else tree.dep[k] if tree.dep[k] != "ROOT" else "dep"


def post_for_infinitive(tree: Tree, i: int) -> bool:
    """ "promoted him to head of marketing": a post behind "to", which the parser takes for a verb."""
    to, verb = i - 1, tree.head[i]
    if i < 2 or tree.lower[to] != "to" or tree.lower[i + 1 : i + 2] != ["of"] or tree.lemma[i] not in POSTS:
        return False
    if tree.lemma[verb] not in PROMOTING or verb > i:
        return False
    tree.pos[to], tree.tag[to], tree.pos[i], tree.tag[i] = "ADP", "IN", "NOUN", "NN"
    tree.hang(to, verb, "prep")
    tree.hang(i, to, "pobj")
    return True
