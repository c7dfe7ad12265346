"""Repairs of clauses: which verb a subject, an object or another clause belongs to, and what its form is."""

from __future__ import annotations

from kg.extract import lexicon
from kg.extract.lexicon.inflect import lemma_of_past
from kg.extract.lexicon.sets import FINITE, NOUNS, RELATIVE_TAGS, VERBS
from kg.extract.parse.repair.misread import is_means
from kg.extract.parse.tree import DIRECTIONS, Tree

SOME = lexicon.words("repair", "some_of_many")
JOINING = lexicon.words("repair", "joining")
SHORT_IS = lexicon.words("repair", "short_is")
GIVING = lexicon.words("repair", "giving")
INTRANSITIVE = lexicon.words("repair", "intransitive")
HARMED = lexicon.words("repair", "harmed")
AUXILIARIES = ("aux", "auxpass")
LONGEST_ASIDE = 8
THAT = frozenset({"IN", "WDT", "DT"})


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
        if tree.pos[above] == "VERB" and any(tree.lower[k] in SOME for k in tree.of(above, "nsubj")):
            tree.hang(verb, above, "conj")
            tree.hang(i, verb, "nsubj")
            return True
    return False


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
    tree.hang(i, attribute, "relcl")
    return True


def noun_for_clause(tree: Tree, i: int) -> bool:
    """ "Made his film debut", "was elected secretary unopposed": two words behind a verb that are no clause.

    The first is a part of the second, or else what somebody is made.
    """
    noun = i - 1
    if tree.dep[i] not in ("ccomp", "oprd") or i < 2 or tree.head[noun] != i or tree.dep[noun] != "nsubj":
        return False
    verb = tree.head[i]
    if verb > noun or tree.tag[noun] not in ("NN", "NNP") or tree.of(i, "aux", "auxpass", "mark", "cop"):
        return False
    if tree.dep[i] == "ccomp":
        return _make_object(tree, noun, i)
    if tree.tag[i] != "JJ" or tree.kids[noun] or tree.first(verb, "auxpass") is None:
        return False
    tree.hang(noun, verb, "oprd")
    tree.dep[i] = "advmod"
    return True


def _make_object(tree: Tree, noun: int, i: int) -> bool:
    """Make two nouns behind a verb its object, the first a part of the second."""
    verb = tree.head[i]
    if tree.tag[i] != "NN" or tree.first(verb, "dobj") is not None or tree.left[noun] != verb + 1:
        return False
    tree.hang(noun, i, "compound")
    for k in tree.kids[noun]:
        tree.head[k] = i
    tree.dep[i], tree.pos[i] = "dobj", "NOUN"
    return True


def relative_object(tree: Tree, i: int) -> bool:
    """ "Sold the mill that the family bought": "that" is what was bought, and the clause one on the mill."""
    verb = tree.head[i]
    if tree.dep[i] not in ("dobj", "nsubj", "nsubjpass") or tree.tag[i] not in THAT or i > verb:
        return False
    if tree.dep[verb] == "relcl":
        fits = tree.tag[i] != "WDT" and tree.head[verb] < i and tree.left[verb] == i
    elif tree.tag[i] == "DT":
        return False
    else:
        noun = i - 1
        fits = tree.dep[verb] == "ccomp" and tree.left[verb] == i and tree.pos[noun] in NOUNS
        fits = fits and tree.dep[noun] in ("dobj", "pobj", "attr") and tree.head[noun] < noun
        if fits:
            tree.hang(verb, noun, "relcl")
    if fits:
        tree.tag[i], tree.pos[i] = "WDT", "PRON"
    return fits


def relative_without_pronoun(tree: Tree, i: int) -> bool:
    """ "The firm the two men founded": of two noun phrases side by side the second founded the first."""
    noun = tree.head[i]
    first = tree.left[noun] - 1
    if tree.tag[i] not in ("VBN", "VBD") or i != noun + 1 or first < 1 or tree.pos[first] != "NOUN":
        return False
    side = tree.dep[noun] == "appos" and tree.head[noun] == first
    both = tree.dep[noun] == tree.dep[first] == "nsubj" and tree.head[noun] == tree.head[first]
    named = tree.pos[noun] == "PROPN" or bool(tree.of(noun, "det", "poss"))
    if not (side or both) or not named or not tree.of(first, "det") or tree.of(i, "agent", "dobj"):
        return False
    tree.hang(i, first, "relcl")
    tree.hang(noun, i, "nsubj")
    tree.tag[i] = "VBD"
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
    if tree.dep[above] not in AUXILIARIES or tree.dep[i] in ("neg", "punct", "advmod"):
        return False
    tree.head[i] = tree.head[above]
    return True


def verb_for_adjective(tree: Tree, i: int) -> bool:
    """ "The director, Anna Berg, thanked donors": in a sentence without a verb, the past form is one."""
    noun = tree.head[i]
    if tree.dep[i] != "amod" or tree.tag[i] not in ("JJ", "VBN") or not tree.lower[i].endswith("ed"):
        return False
    if noun < i or tree.left[noun] < i - 1 or not _lacks_verb(tree, i):
        return False
    start, root = tree.doc[i].sent.start, tree.doc[i].sent.root.i
    before = i - 2 if i > start and tree.lower[i - 1] == "," else i - 1
    if before < start or tree.pos[before] not in NOUNS:
        return False
    if noun != root and tree.pos[noun] not in NOUNS:
        return False
    tree.hang(i, i, "ROOT")
    tree.tag[i], tree.pos[i] = "VBD", "VERB"
    tree.lemma[i] = lemma_of_past(tree.lower[i])
    tree.hang(noun, i, "dobj")
    tree.hang(before, i, "nsubj")
    if root not in (noun, before):
        tree.hang(root, before, "appos")
    return True


def _lacks_verb(tree: Tree, i: int) -> bool:
    """Whether the sentence of a token ends with a full stop and has no finite verb."""
    sentence = tree.doc[i].sent
    tags = tree.tag[sentence.start : sentence.end]
    return tags[-1] == "." and FINITE.isdisjoint(tags)


def past_before_joined_noun(tree: Tree, i: int) -> bool:
    """ "Was born in Ulm and studied law": no noun is joined to a verb, and the past before it is one."""
    verb, past = tree.head[i], tree.left[i]
    if tree.tag[i] not in ("NN", "NNS") or tree.tag[verb] not in ("VBD", "VBN") or tree.pos[verb] != "VERB":
        return False
    if past != i - 1 or tree.dep[past] != "amod" or not tree.lower[past].endswith("ed"):
        return False
    if tree.lower[past - 1] != "and" or tree.head[past - 1] != verb:
        return False
    tree.hang(past, verb, "conj")
    tree.tag[past], tree.pos[past], tree.lemma[past] = "VBD", "VERB", lemma_of_past(tree.lower[past])
    tree.hang(i, past, "dobj")
    return True


def clause_before_clause(tree: Tree, i: int) -> bool:
    """ "Two were freed; a third was held": the first clause is no complement of the second.

    Only what somebody says or thinks can stand before its verb without "that".
    """
    if tree.dep[i] != "ccomp":
        return False
    apart = _stands_behind(tree, i) if i > tree.head[i] else _stands_before(tree, i)
    if apart:
        _keep_in_front(tree, i)
        tree.dep[i] = "parataxis"
    return apart


def _keep_in_front(tree: Tree, i: int) -> None:
    """Give a clause before a semicolon what the parser hangs on the one behind it.

    "They sued the surveyors, Hale Ltd, for fraud; the case was heard": for fraud they sued.
    """
    verb = tree.head[i]
    end = _semicolon(tree, i, verb)
    for k in list(tree.kids[verb]) if end is not None else ():
        assert end is not None
        if not i < k < end or tree.right[k] >= end:
            continue
        comma = tree.left[k] - 1
        if tree.dep[k] == "prep":
            tree.hang(k, i, "prep")
        elif tree.pos[k] == "PROPN" and tree.lower[comma] == "," and tree.tag[comma - 1] in ("NN", "NNS"):
            tree.hang(k, comma - 1, "appos")


def _semicolon(tree: Tree, i: int, verb: int) -> int | None:
    """Give the semicolon that parts a clause from a later verb with a subject behind it."""
    end = next((k for k in range(verb - 1, i, -1) if tree.lower[k] == ";"), None)
    behind = end is not None and any(k > end for k in tree.of(verb, "nsubj", "nsubjpass"))
    return end if behind else None


def _stands_behind(tree: Tree, i: int) -> bool:
    """Whether a clause behind a verb with an object of its own is a sentence: "A wants it, B wants more"."""
    verb = tree.head[i]
    bare = tree.first(verb, "dobj") is not None and tree.first(i, "mark") is None
    return bare and tree.lower[tree.left[i] - 1] == "," and tree.lemma[verb] not in lexicon.SAYING


def _stands_before(tree: Tree, i: int) -> bool:
    """Whether a clause before a verb is a sentence: that verb tells nothing, or has its object already."""
    verb, after = tree.head[i], tree.right[i] + 1
    if ";" in tree.lower[after : after + 2] or _semicolon(tree, i, verb) is not None:
        return True
    if lexicon.classify("that", tree.lemma[verb]) is None:
        return True
    return tree.lemma[verb] not in lexicon.SAYING and tree.first(verb, "dobj", "xcomp") is not None


def noun_for_sentence(tree: Tree, i: int) -> bool:
    """ "Most outfits involved some paint": a past form with an object after a root noun is the main verb."""
    noun = tree.head[i]
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBD") or tree.dep[noun] != "ROOT":
        return False
    if tree.pos[noun] not in NOUNS or tree.first(i, "dobj") is None or tree.first(noun, "nsubj", "cop"):
        return False
    if any(tree.tag[k] in FINITE and tree.dep[k] not in ("relcl", "aux") for k in tree.kids[noun]):
        return False
    tree.swap(noun, i, "nsubj")
    for k in list(tree.kids[noun]):
        if k > i and tree.head[k] == noun:
            tree.head[k] = i
    tree.tag[i] = "VBD"
    return True


def past_behind_clause(tree: Tree, i: int) -> bool:
    """ "A coach carrying pupils overturned": what takes no object is the main verb, no participle."""
    if not _is_past_alone(tree, i):
        return False
    noun = above = tree.head[i]
    while tree.head[noun] != noun:
        above, noun = noun, tree.head[noun]
    if tree.pos[noun] not in NOUNS or noun > i:
        return False
    # "The vessel, which was carrying 143 people, capsized"
    finite = any(tree.tag[k] in FINITE for k in tree.of(noun, "acl", "conj", "nsubj", "cop"))
    closed = tree.head[i] == noun and not finite
    if not closed and tree.dep[above] not in ("relcl", "acl"):
        return False
    tree.swap(noun, i, "nsubj")
    around = [k for k in tree.of(noun, "prep", "advmod", "npadvmod") if k < noun]
    behind = [] if closed else [k for k in tree.of(above, "prep") if k > i]
    for k in (*around, *behind, *tree.of(noun, "punct")):
        tree.head[k] = i
    tree.tag[i] = "VBD"
    return True


def past_before_conjunct(tree: Tree, i: int) -> bool:
    """ "Mr Lee, 61, conceded by telephone and said": joined to the main verb, no participle on the name."""
    noun = tree.head[i]
    verb = tree.head[noun]
    if tree.tag[i] not in ("VBN", "VBD") or tree.dep[noun] != "nsubj" or tree.tag[verb] != "VBD" or verb < i:
        return False
    joiner = tree.right[i] + 1
    joined = tree.lower[joiner] in JOINING and joiner == verb - 1
    if not joined or tree.lower[i - 1] != "," or not tree.kids[i]:
        return False
    if not all(is_means(tree, k) for k in tree.of(i, "agent")):
        return False
    above = [k for k in tree.kids[verb] if k < i or tree.dep[k] == "punct"]
    tree.swap(verb, i, "conj")
    for k in above:
        tree.head[k] = i
    tree.hang(joiner, i, "cc")
    tree.tag[i] = "VBD"
    return True


def past_behind_apposition(tree: Tree, i: int) -> bool:
    """ "Her predecessor, Mats Dahl, left in May": behind the second comma stands the sentence's only verb."""
    noun = tree.head[tree.head[i]]
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBD") or not _is_named_root(tree, noun, i):
        return False
    if tree.lower[i - 1] != "," or tree.lower[noun + 1] != "," or tree.of(i, "agent", *AUXILIARIES):
        return False
    sentence = range(tree.left[noun], tree.right[noun] + 1)
    if any(tree.tag[k] in FINITE for k in sentence if k != i):
        return False
    tree.swap(noun, i, "nsubj")
    for k in tree.of(noun, "punct"):
        if k > i:
            tree.head[k] = i
    tree.tag[i] = "VBD"
    return True


def _is_named_root(tree: Tree, noun: int, i: int) -> bool:
    """Whether a token hangs on a root noun, or on the name behind that noun's comma."""
    names = [k for k in tree.of(noun, "appos") if noun < k < i and tree.pos[k] == "PROPN"]
    if not names or tree.head[i] not in (noun, *names) or not tree.of(noun, "det", "poss"):
        return False
    return tree.dep[noun] == "ROOT" and tree.tag[noun] in ("NN", "NNP")


def _is_past_alone(tree: Tree, i: int) -> bool:
    """Whether a token is the past or participle behind a noun of a verb that takes no object."""
    if tree.dep[i] != "acl" or tree.tag[i] not in ("VBN", "VBD") or tree.lemma[i] not in INTRANSITIVE:
        return False
    return tree.first(i, "agent", "dobj", "auxpass") is None


def tense_of_conjunct(tree: Tree, i: int) -> bool:
    """ "She called on him to resign and accused the police": a past tense is not joined to an infinitive."""
    first = tree.head[i]
    if tree.dep[i] != "conj" or tree.tag[i] not in ("VBD", "VBZ", "VBP") or tree.pos[first] not in VERBS:
        return False
    if tree.dep[first] not in ("xcomp", "ccomp", "advcl"):
        return False
    if tree.first(i, "nsubj", "nsubjpass", "expl") is not None:
        return False
    above = tree.head[first]
    while tree.pos[above] not in VERBS and tree.head[above] != above:
        above = tree.head[above]
    if tree.pos[above] not in VERBS or above > i or not _goes_with(tree, i, above, first):
        return False  # "“She has taken the firm and doubled it,” said Berg": who says it did not
    tree.head[i] = above
    return True


def _goes_with(tree: Tree, i: int, above: int, first: int) -> bool:
    """Whether the tense of a verb is that of the main verb, and not that of the verb it is joined to."""
    own, inner, outer = tree.tag[i], _finite(tree, first), _finite(tree, above)
    if inner is None:
        return tree.tag[first] in ("VB", "VBG") and outer == own
    return own == "VBD" and outer == "VBD" and inner in ("VBZ", "VBP")


def _finite(tree: Tree, i: int) -> str | None:
    """Give the tag of the finite form of a verb and its auxiliaries."""
    return next((tree.tag[k] for k in (*tree.of(i, *AUXILIARIES), i) if tree.tag[k] in FINITE), None)


def subject_among_conjuncts(tree: Tree, i: int) -> bool:
    """ "It was done in Oslo and the rest has been lost": the last noun is the subject of the second verb.

    Conjoined verbs have a conjunction between them; where it stands before a noun that agrees with the
    second verb, it joins two sentences.
    """
    if tree.dep[i] not in ("conj", "advcl", "ccomp") or tree.pos[i] not in VERBS:
        return False
    if tree.first(i, "nsubj", "nsubjpass", "expl", "mark") is not None:
        return False
    first = min((*tree.of(i, *AUXILIARIES, "neg", "advmod"), i))
    finite = tree.tag[min((*tree.of(i, *AUXILIARIES), i))]
    if finite not in (*FINITE, "VBN") or tree.left[i] < first:
        return False
    aside = _aside_before(tree, first)
    noun = _conjunct_before(tree, first) if aside is None else _conjunct_before(tree, aside, first - 2)
    if noun is None or not _joins_sentences(tree, noun) or not _agrees(tree, noun, first, finite):
        return False
    if aside is not None and not _hang_aside(tree, aside, first, noun, i):
        return False
    tree.hang(noun, i, "nsubjpass" if tree.of(i, "auxpass") else "nsubj")
    tree.dep[i] = "conj"
    return True


def _agrees(tree: Tree, noun: int, first: int, finite: str) -> bool:
    """Whether a noun goes with the finite form behind it, and cannot be but its subject."""
    plural = tree.tag[noun] in ("NNS", "NNPS")
    if (finite == "VBN" or plural is (finite == "VBZ")) and not _takes_any(tree, noun, first):
        return False
    return not (plural and tree.lower[first] == "was")


def _takes_any(tree: Tree, noun: int, first: int) -> bool:
    """Whether what follows a noun must be its verb: an auxiliary of the past, or any verb behind what is no
    noun's conjunct, "was Catholic and her mother converted"."""
    if tree.pos[tree.head[noun]] == "ADJ" and tree.of(noun, "det", "poss"):
        return tree.tag[first] in ("VBD", "VBN", "MD")
    return tree.tag[noun] in ("NN", "NNP") and tree.lower[first] in ("was", "had", "has", "is")


def _aside_before(tree: Tree, first: int) -> int | None:
    """Give the first of two commas around what stands between a noun and its verb, without a verb itself."""
    if first < 4 or tree.lower[first - 1] != ",":
        return None
    for k in range(first - 2, max(first - 2 - LONGEST_ASIDE, 0), -1):
        if tree.lower[k] == ",":
            return k if k < first - 2 else None
        if tree.tag[k] in FINITE or tree.tag[k] == "CC":
            return None
    return None


def _hang_aside(tree: Tree, start: int, first: int, noun: int, verb: int) -> bool:
    """Hang what stands between two commas on the noun before it, or a phrase on the verb behind it."""
    inside = range(start + 1, first - 1)
    tops = [k for k in inside if tree.head[k] not in inside]
    if len(tops) != 1 or (tree.pos[tops[0]] not in NOUNS and tree.dep[tops[0]] != "prep"):
        return False
    if tree.pos[tops[0]] in NOUNS:
        tree.hang(tops[0], noun, "appos")
    else:
        tree.head[tops[0]] = verb
    return True


def torn_name(tree: Tree, i: int) -> bool:
    """ "… of Otto Berg and Karl Peter | Anders Ek is said": one name, of which the parser makes two."""
    subject = tree.first(i, "nsubj", "nsubjpass")
    if subject is None or tree.of(tree.head[i], "cc"):
        return False
    before = tree.left[subject] - 1
    if before < 1 or tree.tag[before] != "NNP" or tree.tag[subject] != "NNP" or tree.dep[before] != "conj":
        return False
    whole = tree.doc[before].ent_type_ == "PERSON" and tree.doc[before + 1].ent_iob_ == "I"
    if not whole or tree.lower[tree.left[before] - 1] not in JOINING:
        return False
    first = tree.left[before]
    for k in range(first, before + 1):
        if k == before or tree.head[k] == before:
            tree.hang(k, subject, "compound")
    return True


def _conjunct_before(tree: Tree, first: int, end: int = -1) -> int | None:
    """Give the coordinated noun whose phrase ends right before a token, or behind it with an aside."""
    noun, ends = first - 1, (first - 1, end, end + 1) if end >= 0 else (first - 1,)
    while noun > 0 and tree.dep[noun] != "conj" and tree.right[tree.head[noun]] in ends:
        if tree.head[noun] == noun or tree.head[noun] >= first:
            return None
        noun = tree.head[noun]
    fits = tree.dep[noun] == "conj" and tree.pos[noun] in NOUNS and tree.right[noun] in ends
    return noun if fits else None


def _joins_sentences(tree: Tree, noun: int) -> bool:
    """Whether the conjunction before a noun may join two sentences: the first ends with a complement."""
    joins = tree.left[noun] - 1
    if joins < 1 or tree.lower[joins] not in JOINING or tree.head[noun] > joins:
        return False
    above = tree.head[noun]
    while tree.dep[above] == "conj" and tree.pos[above] in NOUNS:
        above = tree.head[above]
    if tree.pos[above] == "ADJ" and not tree.of(noun, "det", "poss"):
        return False
    return tree.dep[above] in ("attr", "dobj", "pobj", "acomp") or tree.pos[above] in VERBS


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
    tree.hang(first, be, "attr")
    tree.hang(second, i, "nsubj")
    tree.dep[i] = "conj"
    return True


def participle_before_verb(tree: Tree, i: int) -> bool:
    """ "A version titled Dawn was released": the finite verb has the subject, the participle tells of it.

    A complement with a finite auxiliary needs a subject, so it is none. A name in commas before it is that of
    the subject: "A clerk tried with her, Karl Holt, was freed".
    """
    verb = tree.head[i]
    if tree.dep[i] not in ("ccomp", "conj") or i < verb or not _may_be_participle(tree, verb):
        return False
    subject = tree.first(verb, "nsubj")
    if subject is None or not _lacks_subject(tree, i):
        return False
    if any(verb < k < i for k in tree.of(verb, "cc")):
        return False
    comma = tree.left[i] - 1
    if tree.left[i] <= verb or (tree.lower[comma] == "," and not _rename(tree, subject, verb, comma)):
        return False
    tree.swap(verb, i, "acl")
    for k in list(tree.kids[verb]):
        if k <= subject and k != i:
            tree.head[k] = i
    tree.head[verb] = subject
    tree.tag[verb] = "VBN"
    tree.dep[subject] = "nsubjpass" if tree.of(i, "auxpass") else "nsubj"
    return True


def _rename(tree: Tree, subject: int, verb: int, comma: int) -> bool:
    """Let the person whose name alone stands before a second comma be the subject, if there is one."""
    first = comma - 1
    while first > verb and tree.tag[first] == "NNP":
        first -= 1
    named = tree.lower[first] == "," and first > verb + 1 and first < comma - 1
    if not named or tree.doc[comma - 1].ent_type_ != "PERSON":
        return False
    tree.hang(comma - 1, subject, "appos")
    return True


def _may_be_participle(tree: Tree, verb: int) -> bool:
    if tree.tag[verb] not in ("VBD", "VBN") or tree.lemma[verb] in lexicon.SAYING:
        return False
    return not tree.of(verb, *AUXILIARIES)


def _lacks_subject(tree: Tree, i: int) -> bool:
    """Whether a verb has a finite auxiliary and no subject."""
    auxiliaries = tree.of(i, *AUXILIARIES)
    if not auxiliaries or tree.tag[auxiliaries[0]] not in FINITE:
        return False
    return tree.first(i, "nsubj", "nsubjpass", "csubj", "expl", "mark") is None


def participle_after_copula(tree: Tree, i: int) -> bool:
    """ "were rarely performed until 1900", "is well marked with signs": a passive, not a copula."""
    be = tree.head[i]
    if tree.dep[i] not in ("acomp", "attr") or tree.lemma[be] != "be" or i < be:
        return False
    harmed = _make_participle(tree, i)
    if tree.tag[i] != "VBN" or not (harmed or tree.of(i, "prep", "agent", "advcl")):
        return False
    if tree.of(i, "det", "poss", "amod", "conj", "cc"):
        return False
    if tree.of(be, "expl", "conj") or tree.pos[i] != "VERB" or tree.dep[be] in AUXILIARIES:
        return False
    tree.swap(be, i, "auxpass")
    for k in list(tree.kids[be]):
        if k != i:
            tree.head[k] = i
            if tree.dep[k] == "nsubj":
                tree.dep[k] = "nsubjpass"
    return True


def _make_participle(tree: Tree, i: int) -> bool:
    """Make what tells of harm a participle, where it looks like an adjective: "her leg was fractured"."""
    if tree.lower[i] not in HARMED:
        return False
    tree.tag[i], tree.pos[i], tree.lemma[i] = "VBN", "VERB", lemma_of_past(tree.lower[i])
    return True


def past_for_participle(tree: Tree, i: int) -> bool:
    """ "an artist noted for his prints": what hangs on a noun without a subject is no past tense."""
    if tree.dep[i] != "acl" or tree.tag[i] != "VBD" or tree.first(i, "nsubj", "aux") is not None:
        return False
    tree.tag[i] = "VBN"
    return True


def participle_behind_phrase(tree: Tree, i: int) -> bool:
    """ "Attacked the post with bombs dropped from drones, killing two": nothing joins "dropped" to the verb.

    What stands behind a comma tells of the verb.
    """
    verb, noun = tree.head[i], i - 1
    if tree.dep[i] != "conj" or tree.tag[i] != "VBD" or i + 1 >= tree.n or tree.pos[i + 1] != "ADP":
        return False
    if not _ends_phrase_of(tree, noun, verb) or _is_joined_before(tree, verb, i):
        return False
    if tree.of(i, "nsubj", "nsubjpass", "aux", "dobj", "prt"):
        return False
    for k in [k for k in tree.of(i, "advcl") if tree.lower[tree.left[k] - 1] == ","]:
        tree.hang(k, verb, "advcl")
    tree.tag[i] = "VBN"
    tree.hang(i, noun, "acl")
    return True


def _ends_phrase_of(tree: Tree, noun: int, verb: int) -> bool:
    """Whether a noun stands under a preposition in what a verb before it says."""
    under = tree.dep[noun] == "pobj" and tree.pos[noun] == "NOUN"
    return under and verb < noun and tree.pos[verb] in VERBS and noun in tree.subtree(verb)


def _is_joined_before(tree: Tree, verb: int, i: int) -> bool:
    """Whether a comma or an "and" stands between a verb and one that is joined to it."""
    within = range(tree.head[i - 1], i)
    return any(tree.lower[k] in (",", ";") or tree.dep[k] == "cc" for k in within) or any(
        verb < k < i for k in tree.of(verb, "cc")
    )


def object_of_imperative(tree: Tree, i: int) -> bool:
    """ "Follow the link": what comes after a bare verb is not its subject."""
    verb = tree.head[i]
    if tree.dep[i] != "nsubj" or i < verb or tree.tag[verb] != "VB" or tree.dep[verb] not in ("ROOT", "conj"):
        return False
    if tree.of(verb, "aux", "expl", "dobj"):
        return False
    tree.dep[i] = "dobj"
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


def _is_second_of_three(tree: Tree, i: int) -> bool:
    """Whether a verb behind a comma is followed by a last one with "and", all of one tense.

    A third person of the present is a participle nowhere: "was set up in 1954, employs 40 and has".
    """
    above, comma = tree.head[i], tree.left[i] - 1
    last = [k for k in tree.of(i, "conj") if k > i and tree.of(i, "cc")]
    first = tree.tag[i] if tree.tag[i] == "VBZ" else tree.tag[above]
    return tree.lower[comma] == "," and any(tree.tag[k] == tree.tag[i] == first for k in last)


def verb_joined_apart(tree: Tree, i: int) -> bool:
    """ "Taught in Bergen and, a year later, returned to Oslo": joined to the first verb, not beside it.

    So is the second of three: "studied law, taught for ten years and entered the council".
    """
    above = tree.head[i]
    if (
        tree.dep[i] not in ("advcl", "parataxis")
        or i < above
        or tree.tag[i] not in ("VBD", "VBZ")
        or tree.pos[above] not in VERBS
    ):
        return False
    if tree.of(i, "nsubj", "nsubjpass", "expl", "mark", *AUXILIARIES) or _finite(tree, above) is None:
        return False
    if any(k < i and tree.tag[k] in RELATIVE_TAGS for k in tree.kids[i]):
        return False
    if not _is_second_of_three(tree, i) and not any(above < k < i for k in tree.of(above, "cc")):
        return False
    tree.dep[i] = "conj"
    return True


def perfect_for_passive(tree: Tree, i: int) -> bool:
    """ "He's garnered praise": with a participle and its object "'s" is "has", save after "give" or so."""
    verb = tree.head[i]
    if tree.dep[i] != "auxpass" or tree.lower[i] not in SHORT_IS or tree.lemma[verb] in GIVING:
        return False
    if tree.tag[verb] != "VBN" or tree.first(verb, "dobj") is None or tree.first(verb, "agent") is not None:
        return False
    tree.dep[i], tree.lemma[i] = "aux", "have"
    for k in tree.of(verb, "nsubjpass"):
        tree.dep[k] = "nsubj"
    return True


def past_behind_aside(tree: Tree, i: int) -> bool:
    """ "He recovered and, upon hearing of it, exiled them": with an object it is no participle on a noun."""
    if tree.tag[i] not in ("VBN", "VBD") or tree.lower[i - 1] != "," or tree.first(i, "dobj") is None:
        return False
    if (
        tree.lemma[i] in GIVING
        or tree.of(i, "nsubj", "agent", *AUXILIARIES)
        or tree.lemma[i] in lexicon.NAMING
    ):
        return False
    verb = tree.head[i]
    while tree.head[verb] != verb:
        verb = tree.head[verb]
    joined = any(verb < k < i and tree.lower[k] in JOINING for k in tree.of(verb, "cc"))
    if tree.tag[verb] != "VBD" or verb > i or not joined or not tree.of(verb, "nsubj"):
        return False
    tree.hang(i, verb, "conj")
    tree.tag[i] = "VBD"
    return True
