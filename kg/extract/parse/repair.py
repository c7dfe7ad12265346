"""Repairs of known mistakes of the parser, each from evidence around it.

A repair is a function on a `Tree` that changes heads and labels and says whether it did. They run before
anything reads the tree; spaCy's Doc stays as it is.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from kg.extract import lexicon
from kg.extract.lexicon.nouns import nominal_type
from kg.extract.parse.tree import DIRECTIONS, Tree
from kg.extract.reading import ParsedBlock

VERB_PREFIXES = frozenset("co re pre over under out mis un de dis self cross".split())
LOCATIVE = frozenset({"in", "at", "on", "near", "from", "of", "against", "between", "for"})
NOUNS = frozenset({"NOUN", "PROPN"})
FINITE = frozenset({"VBD", "VBZ", "VBP", "MD"})
VERBS = frozenset({"VERB", "AUX"})
ADJUNCT = frozenset(
    "with after before during despite amid amidst following under since until through without against "
    "because alongside".split()
)
COLLECTIVE = frozenset(
    "number lot majority group series couple variety range pair people police staff".split()
)
SHORT = re.compile(r"[^aeiou]*[aeiou][^aeiouwxy]")


def repair(tree: Tree) -> None:
    """Mend a tree in place."""
    for i, tag in enumerate(tree.tag):
        if tag in ("VBD", "VBN", "VBG", "VBZ") and tree.pos[i] == "VERB":
            tree.lemma[i] = verb_lemma(tree.lower[i], tree.lemma[i])
    changed = False
    for i, word in enumerate(tree.lower):
        begins = word if word in BEGINNINGS else "#" if word.isdigit() else ""
        done = -1
        while True:
            label = tree.dep[i]
            for n, mend in _repairs_at(label, begins):
                if n <= done:
                    continue
                done = n
                if mend(tree, i):
                    changed = True
                    tree.index()
                    break  # its label may be another one now
            else:
                break
    if changed:
        tree.index()


def verb_lemma(form: str, lemma: str) -> str:
    """Give a verb's lemma with the silent e that the lemmatizer drops: "hoped" is no form of "hop".

    A short verb doubles its consonant ("hopped"), so a form that does not has an e.

    >>> verb_lemma("hoping", "hop"), verb_lemma("hopping", "hop"), verb_lemma("fined", "fin")
    ('hope', 'hop', 'fine')
    """
    if SHORT.fullmatch(lemma) and form in (f"{lemma}ed", f"{lemma}ing", f"{lemma}es"):
        return lemma if form.endswith("es") and lemma[-1] in "sz" else f"{lemma}e"
    return lemma


def absolute_behind_place(tree: Tree, i: int) -> bool:
    """ "With the toll in Gaza surpassing 500": the toll surpasses, it is not Gaza that does.

    The parser makes "Gaza" the subject of a participle under "in"; it is the object of "in".
    """
    if tree.dep[i] != "pcomp" or tree.pos[i] != "VERB" or tree.tag[i] not in ("VBG", "VBN"):
        return False
    prep = tree.head[i]
    noun = tree.head[prep]
    if (
        tree.lower[prep] not in LOCATIVE
        or tree.pos[noun] not in ("NOUN", "PROPN")
        or tree.dep[noun] != "pobj"
    ):
        return False
    if tree.lower[tree.head[noun]] not in ("with", "despite", "amid"):
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.left[subject] != prep + 1:
        return False
    tree.head[subject], tree.dep[subject] = prep, "pobj"
    tree.head[i], tree.dep[i] = noun, "acl"
    return True


def amounts_from_to(tree: Tree, i: int) -> bool:
    """ "fell from 19 to 15 euros": two phrases on the verb, where the parser sees one with a range."""
    if tree.lower[i] != "to" or tree.dep[i] not in ("quantmod", "dep", "prep") or i < 2:
        return False
    noun = tree.head[i]
    if noun < i or tree.dep[noun] == "nummod":
        noun = tree.head[noun]
    prep = tree.head[noun]
    if noun <= i or tree.dep[noun] != "pobj" or tree.lower[prep] != "from" or not prep < i < noun:
        return False
    first = [k for k in range(prep + 1, i) if tree.tag[k] == "CD"]
    if not first or any(tree.tag[k] not in ("CD", "$", "NN", "NNS", "SYM") for k in range(prep + 1, i)):
        return False
    last = i - 1
    for k in range(prep + 1, last):
        tree.head[k] = last
    tree.head[last], tree.dep[last] = prep, "pobj"
    tree.head[i], tree.dep[i] = tree.head[prep], "prep"
    tree.head[noun], tree.dep[noun] = i, "pobj"
    return True


def others_after_some(tree: Tree, i: int) -> bool:
    """ "some calling for talks and others demanding war": "others" is the subject of the second verb."""
    if tree.lower[i] != "others" or tree.dep[i] != "conj":
        return False
    verb = next((k for k in tree.of(i, "acl", "relcl") if tree.tag[k] in ("VBG", "VBN") and k == i + 1), None)
    if verb is None:
        return False
    above = tree.head[i]
    while tree.head[above] != above:
        above = tree.head[above]
        if tree.pos[above] == "VERB" and any(
            tree.lower[k] in ("some", "many") for k in tree.of(above, "nsubj")
        ):
            tree.head[verb], tree.dep[verb] = above, "conj"
            tree.head[i], tree.dep[i] = verb, "nsubj"
            return True
    return False


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


def _verb_above(tree: Tree, i: int) -> int | None:
    while tree.dep[i] in ("dobj", "pobj", "prep", "attr", "conj", "oprd") and tree.head[i] != i:
        i = tree.head[i]
        if tree.pos[i] in ("VERB", "AUX"):
            return i
    return None


def cleft(tree: Tree, i: int) -> bool:
    """ "It was Anna that won": the clause is a relative clause on "Anna"."""
    if tree.dep[i] not in ("ccomp", "advcl") or tree.lemma[tree.head[i]] != "be":
        return False
    be = tree.head[i]
    attribute, it = tree.first(be, "attr"), tree.first(be, "nsubj", "expl")
    relative = tree.first(i, "nsubj", "nsubjpass", "dobj")
    if attribute is None or it is None or relative is None or tree.lower[it] != "it":
        return False
    if tree.tag[relative] not in ("WDT", "WP") or relative != attribute + 1:
        return False
    tree.head[i], tree.dep[i] = attribute, "relcl"
    return True


def relative_clause_host(tree: Tree, i: int) -> bool:
    """Operations by the army "which included …": "which" is no army.

    A relative clause whose pronoun or verb does not agree with its noun goes to the one that noun hangs on.
    """
    host = tree.head[i]
    if tree.dep[i] != "relcl" or tree.pos[host] not in NOUNS:
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.lower[subject] not in ("which", "that", "who"):
        return False
    word, changed = tree.lower[subject], False
    while _disagrees(tree, i, host, word):
        above = tree.head[tree.head[host]] if tree.dep[host] == "pobj" else None
        if above is not None and tree.pos[above] in VERBS:
            # "welcomed teachers from the department, who …"
            above = next((k for k in tree.of(above, "dobj") if above < k < host), above)
        if above is None or tree.pos[above] not in NOUNS:
            break
        # "a series of operations": the operations, unless they do not agree either.
        inner = _of_noun(tree, above) if above != host and tree.lower[tree.head[host]] != "of" else None
        host = inner if inner is not None and not _disagrees(tree, i, inner, word) else above
        changed = True
    if not changed or _disagrees(tree, i, host, word):
        return False
    tree.head[i] = host
    return True


def participle_behind_comma(tree: Tree, i: int) -> bool:
    """ "a harbour in the state of Vik, located east of Dale": set off by a comma, it tells of the harbour."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBG") or tree.dep[noun] != "pobj":
        return False
    if tree.lower[tree.left[i] - 1] != "," or tree.left[i] == 0:
        return False
    top = noun
    while (
        tree.dep[top] == "pobj"
        and tree.dep[tree.head[top]] == "prep"
        and tree.pos[tree.head[tree.head[top]]] in NOUNS
    ):
        top = tree.head[tree.head[top]]
    if top == noun or tree.dep[top] not in ("attr", "nsubj", "nsubjpass", "dobj"):
        return False
    tree.head[i] = top
    return True


def direction_before_verb(tree: Tree, i: int) -> bool:
    """ "North of the lake lies a village": the direction says where, what follows the verb is the subject."""
    verb = tree.head[i]
    if tree.dep[i] != "nsubj" or i > verb or tree.lower[i] not in DIRECTIONS or tree.of(i, "det", "amod"):
        return False
    noun = next((k for k in tree.of(verb, "dobj", "attr", "nsubj") if k > verb), None)
    if noun is None or tree.lemma[verb] not in lexicon.INVERTED:
        return False
    tree.dep[i], tree.pos[i] = "advmod", "ADV"
    tree.dep[noun] = "nsubj"
    return True


def inverted_subject(tree: Tree, i: int) -> bool:
    """ "On the hill stands a castle": what follows the verb is its subject."""
    verb = tree.head[i]
    if tree.dep[i] not in ("dobj", "attr") or i < verb or tree.lemma[verb] not in lexicon.INVERTED:
        return False
    if tree.first(verb, "nsubj", "nsubjpass", "expl", "dobj") not in (None, i) or tree.tag[verb] == "VB":
        return False
    fronted = [k for k in tree.of(verb, "prep", "advmod") if k < verb]
    if not fronted or tree.left[verb] != tree.left[fronted[0]]:
        return False
    inner = tree.first(fronted[0], "pobj")
    if tree.lemma[verb] == "be" and (inner is None or tree.doc[inner].ent_type_ in ("DATE", "TIME")):
        return False
    tree.dep[i] = "nsubj"
    return True


def subject_on_auxiliary(tree: Tree, i: int) -> bool:
    """ "The road remains blocked": what hangs on an auxiliary is the verb's."""
    above = tree.head[i]
    if tree.dep[above] not in ("aux", "auxpass") or tree.dep[i] in ("neg", "punct", "advmod"):
        return False
    tree.head[i] = tree.head[above]
    return True


def shared_person_noun(tree: Tree, i: int) -> bool:
    """ "a textile and glass designer": the first noun names no second thing, it describes the designer."""
    first = tree.head[i]
    if (
        tree.dep[i] != "conj"
        or tree.tag[i] != "NN"
        or tree.tag[first] != "NN"
        or tree.first(i, "det", "poss") is not None
    ):
        return False
    if tree.first(first, "det") is None or tree.lower[tree.left[i] - 1] not in ("and", "or"):
        return False
    if nominal_type(tree.doc[i])[0] != "Person" or nominal_type(tree.doc[first])[0] == "Person":
        return False
    determiners = [k for k in tree.kids[first] if k < first and tree.dep[k] in ("det", "amod", "poss")]
    _swap(tree, first, i, "compound")
    for k in determiners:
        tree.head[k] = i
    return True


def past_lemma(form: str) -> str:
    """Give the lemma of a regular past form that was lemmatized as an adjective.

    >>> [past_lemma(w) for w in ("thanked", "praised", "created", "stopped", "passed", "tried")]
    ['thank', 'praise', 'create', 'stop', 'pass', 'try']
    """
    stem = form[:-2]
    if stem.endswith("i"):
        return f"{stem[:-1]}y"
    if stem[-1] == stem[-2]:
        return stem if stem[-1] in "slz" else stem[:-1]
    return f"{stem}e" if stem.endswith(("s", "c", "g", "v", "u", "z", "at", "ir", "ur", "id")) else stem


def verb_for_adjective(tree: Tree, i: int) -> bool:
    """ "The director, Anna Berg, thanked donors": in a sentence without a verb, the past form is one."""
    noun = tree.head[i]
    if tree.dep[i] != "amod" or tree.tag[i] not in ("JJ", "VBN") or not tree.lower[i].endswith("ed"):
        return False
    sentence = tree.doc[i].sent
    if noun < i or i == sentence.start or tree.left[noun] < i - 1 or tree.tag[sentence.end - 1] != ".":
        return False
    if any(tree.tag[k] in FINITE for k in range(sentence.start, sentence.end)):
        return False
    before = i - 2 if tree.lower[i - 1] == "," else i - 1
    if before < sentence.start or tree.pos[before] not in NOUNS:
        return False
    root = sentence.root.i
    for k in (noun, before):
        if k != root and tree.pos[k] not in NOUNS:
            return False
    tree.head[i], tree.dep[i], tree.tag[i], tree.pos[i] = i, "ROOT", "VBD", "VERB"
    tree.lemma[i] = past_lemma(tree.lower[i])
    tree.head[noun], tree.dep[noun] = i, "dobj"
    tree.head[before], tree.dep[before] = i, "nsubj"
    if root not in (noun, before):
        tree.head[root], tree.dep[root] = before, "appos"
    return True


def participle_on_name(tree: Tree, i: int) -> bool:
    """ "a novel by the writer K. Lund set in Oslo": the novel is set there, not he."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] != "VBN" or tree.pos[noun] != "PROPN" or tree.dep[noun] != "pobj":
        return False
    if i == 0 or tree.lower[i - 1] == "," or tree.first(i, "nsubj") is not None:
        return False
    above = tree.head[tree.head[noun]]
    if tree.pos[above] != "NOUN" or tree.lower[tree.head[noun]] in ("with", "amid"):
        return False
    tree.head[i] = above
    return True


def _of_noun(tree: Tree, noun: int) -> int | None:
    for p in tree.of(noun, "prep"):
        if tree.lower[p] == "of":
            return tree.first(p, "pobj")
    return None


def _disagrees(tree: Tree, verb: int, noun: int, word: str) -> bool:
    kind = tree.doc[noun].ent_type_
    person = kind in ("PERSON", "NORP") or nominal_type(tree.doc[noun])[0] in ("Person", "Group")
    if word == "which" and (person or tree.lemma[noun] in ("force", "troop", "army")):
        return True
    if word == "who" and (kind in ("GPE", "LOC", "DATE", "FAC") or (tree.tag[noun] == "NN" and not person)):
        return kind != "ORG" and nominal_type(tree.doc[noun])[0] != "Organization"
    first = min((k for k in tree.kids[verb] if tree.dep[k] in ("aux", "auxpass")), default=verb)
    plural = tree.tag[noun] in ("NNS", "NNPS") or tree.first(noun, "conj") is not None
    if tree.tag[first] == "VBZ" or tree.lower[first] == "was":
        return plural and tree.first(noun, "conj") is None
    if tree.tag[first] == "VBP" or tree.lower[first] == "were":
        return not plural and tree.tag[noun] in ("NN", "NNP") and tree.lemma[noun] not in COLLECTIVE
    return False


def is_score(tree: Tree, i: int) -> bool:
    """Whether a score begins at a token ("3-1"): two short numbers that count nothing after them."""
    if i + 2 >= tree.n or tree.lower[i + 1] not in ("-", "–"):
        return False
    if i > 0 and tree.lower[i - 1] in ("about", "around", "circa", "c.", "until", "from", "between", "in"):
        return False  # years
    first, second = tree.lower[i], tree.lower[i + 2]
    if not (first.isdigit() and second.isdigit() and len(first) <= 3 and len(second) <= 3):
        return False
    return i + 3 >= tree.n or tree.pos[i + 3] not in ("NOUN", "PROPN", "SYM", "NUM", "ADJ")


def score(tree: Tree, i: int) -> bool:
    """ "beat City 3-1": the parser makes the second number an object of the verb."""
    if not is_score(tree, i) or (tree.head[i + 2] == i and tree.head[i + 1] == i):
        return False
    if tree.head[i] in (i + 1, i + 2):
        above = tree.head[i + 2]
        tree.head[i] = above if above not in (i, i + 1) else tree.head[i + 1]
    tree.head[i + 1] = tree.head[i + 2] = i
    tree.dep[i + 1], tree.dep[i + 2] = "punct", "nummod"
    if tree.pos[tree.head[i]] == "VERB":
        tree.dep[i] = "npadvmod"
    return True


def clause_before_clause(tree: Tree, i: int) -> bool:
    """ "Two were freed; a third was held": the first clause is no complement of the second.

    Only what somebody says or thinks can stand before its verb without "that".
    """
    verb = tree.head[i]
    if tree.dep[i] != "ccomp":
        return False
    if i > verb:
        bare = tree.first(verb, "dobj") is not None and tree.first(i, "mark") is None
        if not bare or tree.lower[tree.left[i] - 1] != "," or tree.lemma[verb] in lexicon.SAYING:
            return False
        tree.dep[i] = "parataxis"  # "A wants it, B wants more"
        return True
    after = tree.right[i] + 1
    semicolon = ";" in tree.lower[after : after + 2]
    told = lexicon.classify("that", tree.lemma[verb]) is not None
    if told and tree.lemma[verb] not in lexicon.SAYING and tree.first(verb, "dobj", "xcomp") is not None:
        told = False  # "A wants it, B wants more"
    if not semicolon and told:
        return False
    tree.dep[i] = "parataxis"
    return True


def hyphenated(tree: Tree, i: int) -> bool:
    """ "a cross-section", "the co-founder": the word after the hyphen is no second noun beside the first."""
    if tree.lower[i] != "-" or not 0 < i < tree.n - 1:
        return False
    if tree.doc[i - 1].whitespace_ or tree.doc[i].whitespace_:
        return False
    left, right = i - 1, i + 1
    prefixed = tree.pos[right] == "VERB" and tree.lower[left] in VERB_PREFIXES
    if prefixed and (tree.head[right] == left or tree.head[left] == right) and tree.dep[left] != "compound":
        # "was co-produced by": the verb is what follows the prefix.
        for k in tree.kids[left]:
            if k != right:
                tree.head[k] = right
        if tree.head[right] == left:
            _swap(tree, left, right, "compound")
        tree.dep[left] = "compound"
        tree.dep[i], tree.pos[i], tree.head[i] = "punct", "PUNCT", right
        tree.lemma[right] = f"{tree.lower[left]}-{tree.lemma[right]}"
        tree.lower[right] = f"{tree.lower[left]}-{tree.lower[right]}"
        return True
    above, apart = tree.head[right], tree.dep[i] == tree.dep[right]
    if apart and tree.pos[right] in NOUNS and tree.head[left] == tree.head[i] == above:
        for k in [*tree.kids[left], *tree.kids[i], left, i]:
            tree.head[k] = right
        tree.dep[left], tree.dep[i], tree.pos[i] = "compound", "punct", "PUNCT"
        if left > 0 and tree.dep[left - 1] == "acomp" and tree.head[left - 1] == above:
            tree.head[left - 1], tree.dep[left - 1] = right, "amod"
        return True
    if (
        tree.dep[left] == "acomp"
        and tree.dep[right] in ("acomp", "attr")
        and tree.head[left] == tree.head[right]
    ):
        tree.head[left] = tree.head[i] = right  # "semi-arid"
        tree.dep[left], tree.dep[i] = "compound", "punct"
        return True
    if tree.head[right] != left or tree.pos[right] not in NOUNS or tree.pos[left] in ("NUM", "VERB"):
        return False
    _swap(tree, left, right, "compound")
    return True


def _swap(tree: Tree, head: int, inner: int, dep: str) -> None:
    """Let a dependent take its head's place, and the head hang on it."""
    root = tree.head[head] == head
    tree.dep[inner] = tree.dep[head]
    tree.head[inner] = inner if root else tree.head[head]
    tree.head[head], tree.dep[head] = inner, dep


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


def noun_for_sentence(tree: Tree, i: int) -> bool:
    """ "Most outfits involved some paint": a past form with an object after a root noun is the main verb."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBD") or tree.dep[noun] != "ROOT":
        return False
    if tree.pos[noun] not in NOUNS or tree.first(i, "dobj") is None or tree.first(noun, "nsubj", "cop"):
        return False
    if any(
        tree.tag[k] in ("VBD", "VBZ", "VBP", "MD") and tree.dep[k] not in ("relcl", "aux")
        for k in tree.kids[noun]
    ):
        return False
    _swap(tree, noun, i, "nsubj")
    for k in list(tree.kids[noun]):
        if k > i and tree.head[k] == noun:
            tree.head[k] = i
    tree.tag[i] = "VBD"
    return True


def tense_of_conjunct(tree: Tree, i: int) -> bool:
    """ "She called on him to resign and accused the police": a past tense is not joined to an infinitive."""
    first = tree.head[i]
    if tree.dep[i] != "conj" or tree.tag[i] not in ("VBD", "VBZ", "VBP") or tree.pos[first] not in VERBS:
        return False
    if tree.first(i, "nsubj", "nsubjpass", "expl") is not None or tree.dep[first] not in (
        "xcomp",
        "ccomp",
        "advcl",
    ):
        return False
    above = tree.head[first]
    while tree.pos[above] not in VERBS and tree.head[above] != above:
        above = tree.head[above]
    infinitive = tree.tag[first] in ("VB", "VBG") and _finite(tree, first) is None
    own, inner, outer = tree.tag[i], _finite(tree, first), _finite(tree, above)
    past = own == "VBD" and outer == "VBD" and inner in ("VBZ", "VBP")
    if tree.pos[above] not in VERBS or not (past or (infinitive and outer == own)):
        return False
    tree.head[i] = above
    return True


def _finite(tree: Tree, i: int) -> str | None:
    """Give the tag of the finite form of a verb and its auxiliaries."""
    forms = [*(k for k in tree.kids[i] if tree.dep[k] in ("aux", "auxpass")), i]
    return next((tree.tag[k] for k in forms if tree.tag[k] in ("VBD", "VBZ", "VBP", "MD")), None)


def subject_among_conjuncts(tree: Tree, i: int) -> bool:
    """ "It was done in Oslo and the rest has been lost": the last noun is the subject of the second verb.

    Conjoined verbs have a conjunction between them; where it stands before a noun that agrees with the
    second verb, it joins two sentences.
    """
    if (
        tree.dep[i] not in ("conj", "advcl", "ccomp")
        or tree.first(i, "nsubj", "nsubjpass", "expl", "mark") is not None
    ):
        return False
    if tree.pos[i] not in VERBS:
        return False
    group = [k for k in tree.kids[i] if k < i and tree.dep[k] in ("aux", "auxpass", "neg", "advmod")]
    first = min((*group, i))
    finite = tree.tag[min((*(k for k in group if tree.dep[k] in ("aux", "auxpass")), i))]
    if finite not in FINITE or tree.left[i] < first:
        return False
    noun = first - 1
    while noun > 0 and tree.dep[noun] != "conj" and tree.right[tree.head[noun]] == first - 1:
        if tree.head[noun] == noun or tree.head[noun] >= first:
            return False
        noun = tree.head[noun]
    joins = tree.left[noun] - 1
    if tree.dep[noun] != "conj" or tree.pos[noun] not in NOUNS or tree.right[noun] != first - 1:
        return False
    if joins < 1 or tree.lower[joins] not in ("and", "but") or tree.head[noun] > joins:
        return False
    above = tree.head[noun]
    while tree.dep[above] == "conj" and tree.pos[above] in NOUNS:
        above = tree.head[above]
    if tree.dep[above] not in ("attr", "dobj", "pobj") or _plural(tree, noun) is (finite == "VBZ"):
        return False
    if finite == "VBP" and not _plural(tree, noun):
        return False
    tree.head[noun], tree.dep[noun] = i, "nsubjpass" if tree.of(i, "auxpass") else "nsubj"
    tree.dep[i] = "conj"
    return True


def _plural(tree: Tree, noun: int) -> bool:
    return tree.tag[noun] in ("NNS", "NNPS")


def complement_among_subjects(tree: Tree, i: int) -> bool:
    """ "The largest city is Oslo and the harbour makes money": Oslo is what it is, the harbour makes it."""
    be = tree.head[i]
    if tree.dep[i] != "ccomp" or i < be or tree.lemma[be] != "be" or tree.first(be, "attr", "acomp", "expl"):
        return False
    first = tree.first(i, "nsubj")
    if first is None or tree.left[first] != be + 1 or tree.first(i, "mark") is not None:
        return False
    second = tree.first(first, "conj")
    if second is None or tree.first(be, "nsubj") is None:
        return False
    tree.head[first], tree.dep[first] = be, "attr"
    tree.head[second], tree.dep[second] = i, "nsubj"
    tree.dep[i] = "conj"
    return True


def participle_before_verb(tree: Tree, i: int) -> bool:
    """ "A version titled Dawn was released": the finite verb has the subject, the participle tells of it.

    A complement with a finite auxiliary needs a subject, so it is none.
    """
    verb = tree.head[i]
    if tree.dep[i] not in ("ccomp", "conj") or i < verb or tree.tag[verb] not in ("VBD", "VBN"):
        return False
    if any(tree.dep[k] == "cc" and verb < k < i for k in tree.kids[verb]):
        return False
    if tree.first(i, "nsubj", "nsubjpass", "csubj", "expl", "mark") is not None:
        return False
    auxiliaries = tree.of(i, "aux", "auxpass")
    subject = tree.first(verb, "nsubj")
    if not auxiliaries or tree.tag[auxiliaries[0]] not in FINITE or subject is None:
        return False
    if tree.of(verb, "aux", "auxpass") or tree.left[i] <= verb or tree.lower[tree.left[i] - 1] == ",":
        return False
    if tree.lemma[verb] in lexicon.SAYING:
        return False
    _swap(tree, verb, i, "acl")
    for k in list(tree.kids[verb]):
        if k <= subject and k != i:
            tree.head[k] = i
    tree.head[verb] = subject
    tree.tag[verb] = "VBN"
    tree.dep[subject] = "nsubjpass" if tree.of(i, "auxpass") else "nsubj"
    return True


def participle_after_copula(tree: Tree, i: int) -> bool:
    """ "were rarely performed until 1900", "is well marked with signs": a passive, not a copula."""
    be = tree.head[i]
    if tree.dep[i] not in ("acomp", "attr") or tree.tag[i] != "VBN" or tree.lemma[be] != "be" or i < be:
        return False
    if not tree.of(i, "prep", "agent", "advcl") or tree.of(i, "det", "poss", "amod", "conj", "cc"):
        return False
    if tree.of(be, "expl", "conj") or tree.pos[i] != "VERB" or tree.dep[be] in ("aux", "auxpass"):
        return False
    _swap(tree, be, i, "auxpass")
    for k in list(tree.kids[be]):
        if k != i:
            tree.head[k] = i
            if tree.dep[k] == "nsubj":
                tree.dep[k] = "nsubjpass"
    return True


def particle_with_object(tree: Tree, i: int) -> bool:
    """ "put in a box": what has an object of its own is a preposition."""
    if tree.dep[i] != "prt" or tree.first(i, "pobj") is None:
        return False
    tree.dep[i], tree.pos[i] = "prep", "ADP"
    return True


def preposition_before_subject(tree: Tree, i: int) -> bool:
    """ "based on the hymn called Dawn": the noun after a bare preposition is the preposition's."""
    if tree.dep[i] != "prep" or tree.kids[i] or i + 1 >= tree.n or tree.tag[i] != "IN":
        return False
    verb = next((k for k in tree.kids[tree.head[i]] if k > i and tree.left[k] == i + 1), None)
    if (
        verb is None
        or tree.tag[verb] not in ("VBD", "VBN")
        or tree.of(verb, "aux", "auxpass", "dobj", "mark")
    ):
        return False
    noun = tree.first(verb, "nsubj", "nsubjpass")
    if (
        noun is None
        or tree.left[noun] != i + 1
        or tree.dep[verb] not in ("parataxis", "ccomp", "advcl", "dep")
    ):
        return False
    tree.head[noun], tree.dep[noun] = i, "pobj"
    tree.head[verb], tree.dep[verb], tree.tag[verb] = noun, "acl", "VBN"
    return True


def past_for_participle(tree: Tree, i: int) -> bool:
    """ "an artist noted for his prints": what hangs on a noun without a subject is no past tense."""
    if tree.dep[i] != "acl" or tree.tag[i] != "VBD" or tree.first(i, "nsubj", "aux") is not None:
        return False
    tree.tag[i] = "VBN"
    return True


def object_of_imperative(tree: Tree, i: int) -> bool:
    """ "Follow the link": what comes after a bare verb is not its subject."""
    verb = tree.head[i]
    if tree.dep[i] != "nsubj" or i < verb or tree.tag[verb] != "VB" or tree.dep[verb] not in ("ROOT", "conj"):
        return False
    if tree.of(verb, "aux", "expl", "dobj"):
        return False
    tree.dep[i] = "dobj"
    return True


def partitive_relative(tree: Tree, i: int) -> bool:
    """ "includes players, many of whom live abroad": a relative clause, no complement."""
    verb = tree.head[i]
    if tree.dep[i] not in ("ccomp", "advcl", "conj", "parataxis") or tree.pos[verb] not in VERBS or i < verb:
        return False
    subject = tree.first(i, "nsubj", "nsubjpass")
    inner = None if subject is None else _of_noun(tree, subject)
    if inner is None or tree.lower[inner] not in ("whom", "which"):
        return False
    noun = next((k for k in reversed(tree.kids[verb]) if tree.dep[k] in ("dobj", "attr") and k < i), None)
    if noun is None:
        return False
    tree.head[i], tree.dep[i] = noun, "relcl"
    return True


def name_for_adverb(tree: Tree, i: int) -> bool:
    """ "and eBay has …": a name that was taken for an adverb is the subject that the verb lacks."""
    verb = tree.head[i]
    if tree.dep[i] != "advmod" or i != verb - 1 or not tree.doc[i].ent_type_:
        return False
    if tree.doc[i].ent_type_ not in ("PERSON", "ORG", "GPE", "PRODUCT", "NORP", "WORK_OF_ART"):
        return False
    if tree.tag[verb] not in FINITE or tree.first(verb, "nsubj", "nsubjpass", "expl") is not None:
        return False
    tree.dep[i], tree.pos[i] = "nsubj", "PROPN"
    return True


def in_order_to(tree: Tree, i: int) -> bool:
    """ "sold it in order to pay": a purpose of who sells, and nothing about an order."""
    order = tree.head[i]
    into = tree.head[order]
    if tree.lower[order] != "order" or tree.dep[i] not in ("acl", "relcl") or order + 1 != tree.left[i]:
        return False
    if tree.lower[into] != "in" or into != order - 1 or tree.lower[order + 1] != "to":
        return False
    above = tree.head[into]
    if tree.pos[above] not in VERBS:
        verb = _verb_above(tree, above)
        if verb is None:
            return False
        above = verb
    tree.head[i], tree.dep[i] = above, "advcl"
    tree.head[into], tree.dep[into] = i, "mark"
    return True


# The repairs in their order, each with the labels of the tokens it may begin at.
REPAIRS: tuple[tuple[Callable[[Tree, int], bool], str], ...] = (
    (subject_on_auxiliary, ""),
    (participle_after_copula, "acomp attr"),
    (particle_with_object, "prt"),
    (preposition_before_subject, "prep"),
    (past_for_participle, "acl"),
    (participle_before_verb, "ccomp conj"),
    (subject_among_conjuncts, "conj advcl ccomp"),
    (complement_among_subjects, "ccomp"),
    (object_of_imperative, "nsubj"),
    (partitive_relative, "ccomp advcl conj parataxis"),
    (name_for_adverb, "advmod"),
    (shared_person_noun, "conj"),
    (verb_for_adjective, "amod"),
    (amounts_from_to, "quantmod dep prep"),
    (absolute_behind_place, "pcomp"),
    (others_after_some, "conj"),
    (adjunct_behind_comma, "prep"),
    (cleft, "ccomp advcl"),
    (clause_before_clause, "ccomp"),
    (hyphenated, "-"),
    (maker_on_verb, "by"),
    (noun_for_sentence, "acl"),
    (tense_of_conjunct, "conj"),
    (participle_behind_comma, "acl"),
    (participle_on_name, "acl"),
    (relative_clause_host, "relcl"),
    (direction_before_verb, "nsubj"),
    (inverted_subject, "dobj attr"),
    (score, "#"),
    (in_order_to, "acl relcl"),
)
# Words that a repair begins at, whatever their label; "#" stands for digits.
BEGINNINGS = frozenset({"-", "by"})


@functools.lru_cache(maxsize=512)
def _repairs_at(label: str, word: str) -> tuple[tuple[int, Callable[[Tree, int], bool]], ...]:
    """Give the repairs that may begin at a token, with their places in the order."""
    return tuple(
        (n, mend)
        for n, (mend, where) in enumerate(REPAIRS)
        if not where or label in where.split() or (word and word == where)
    )


def tree_of(block: ParsedBlock) -> Tree:
    """Give the tree of a block, made once."""
    if block.tree is None:
        block.tree = Tree(block.doc)
        repair(block.tree)
    tree: Tree = block.tree
    return tree
