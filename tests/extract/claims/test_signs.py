"""Signs: what becomes of a clause under words that hold, deny or doubt it, one inside the other."""

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract import lexicon
from kg.extract.claims import factuality, signs
from kg.extract.claims.clauses import clauses_of
from kg.extract.parse.tree import Tree

SO, NOT, OPEN = "so", "not", "open"
# What each verb makes of the clause under it where its own clause is so, is not so, or is left open: written
# down by hand, apart from the data.
INFINITIVE = {
    "manage": (SO, NOT, OPEN),
    "help": (SO, NOT, OPEN),
    "refuse": (NOT, SO, OPEN),
    "neglect": (NOT, SO, OPEN),
    "forget": (NOT, SO, OPEN),
    "pretend": (NOT, NOT, NOT),
    "feign": (NOT, NOT, NOT),
    "plan": (OPEN, OPEN, OPEN),
    "hope": (OPEN, OPEN, OPEN),
    "try": (OPEN, OPEN, OPEN),
}
THAT = {
    "know": (SO, SO, SO),
    "regret": (SO, SO, SO),
    "prove": (SO, OPEN, OPEN),
    "confirm": (SO, OPEN, OPEN),
    "refute": (NOT, OPEN, OPEN),
    "disprove": (NOT, OPEN, OPEN),
    "pretend": (NOT, NOT, NOT),
    "lie": (NOT, NOT, NOT),
    "doubt": (OPEN, OPEN, OPEN),
    "say": (OPEN, OPEN, OPEN),
    "hope": (OPEN, OPEN, OPEN),
}
TABLES = {"to": INFINITIVE, "that": THAT}
VOCAB = spacy.blank("en").vocab


def test_every_class_of_governing_words_has_a_signature():
    groups = ("that", "to", "gerund", "content", "predicated", "weighing", "noun", "adjective")
    classes = {name for group in groups for name in lexicon.table("verbs")[group]}
    assert classes <= set(lexicon.table("factuality")["signs"])


def chain(frames):
    """Build "Ann did not refuse to know that Ann sold Ost": a verb, how it embeds, whether denied."""
    words, heads, deps, tags, pos, lemmas = [], [], [], [], [], []

    def add(word, tag, part, dep, lemma=None):
        words.append(word)
        tags.append(tag)
        pos.append(part)
        deps.append(dep)
        lemmas.append(lemma or word)
        heads.append(None)
        return len(words) - 1

    above, link = None, "main"
    for verb, embeds, denied in [*frames, ("sell", None, False)]:
        before = []
        if link == "that":
            before.append(add("that", "IN", "SCONJ", "mark"))
        if link == "to":
            before += [add("not", "RB", "PART", "neg")] if denied else []
            before.append(add("to", "TO", "PART", "aux"))
        else:
            before.append(add("Ann", "NNP", "PROPN", "nsubj"))
            if denied:
                before += [add("did", "VBD", "AUX", "aux", "do"), add("not", "RB", "PART", "neg")]
        finite = link != "to" and not denied
        tag = "VBD" if finite else "VB"
        i = add(verb, tag, "VERB", {"main": "ROOT", "that": "ccomp", "to": "xcomp"}[link])
        heads[i] = i if above is None else above
        for k in before:
            heads[k] = i
        above, link = i, embeds
    heads[add("Ost", "NNP", "PROPN", "dobj")] = above
    doc = Doc(
        VOCAB, words=words, heads=heads, deps=deps, tags=tags, pos=pos, lemmas=lemmas,
        sent_starts=[True] + [False] * (len(words) - 1),
    )  # fmt: skip
    return Tree(doc), above


def standing(found):
    if found.modality is not None or found.reported:
        return OPEN
    return NOT if found.negated else SO


def expected(frames):
    """Follow the hand-written tables from the outermost frame inwards."""
    sign = SO
    for verb, embeds, denied in frames:
        if denied:
            sign = {SO: NOT, NOT: SO, OPEN: OPEN}[sign]
        sign = TABLES[embeds][verb][(SO, NOT, OPEN).index(sign)]
    return sign


def frame():
    return st.sampled_from([(v, embeds) for embeds, verbs in TABLES.items() for v in verbs]).flatmap(
        lambda f: st.booleans().map(lambda denied: (*f, denied))
    )


@settings(max_examples=300, deadline=None)
@given(st.lists(frame(), min_size=2, max_size=3))
def test_frames_inside_frames_give_the_sign_of_their_signatures(frames):
    tree, verb = chain(frames)
    found = factuality.assign(tree, clauses_of(tree))[verb]
    # What somebody says stays said, whatever it is said of.
    if any(v == "say" or v == "doubt" for v, embeds, _ in frames):
        assert not found.asserted or standing(found) == expected(frames)
    else:
        assert standing(found) == expected(frames)


@pytest.mark.parametrize("verb", [*INFINITIVE])
@pytest.mark.parametrize("denied", [False, True])
def test_infinitive_alone(verb, denied):
    frames = [(verb, "to", denied)]
    tree, i = chain(frames)
    assert standing(factuality.assign(tree, clauses_of(tree))[i]) == expected(frames)


def test_what_failed_was_tried():
    assert signs.compose("failing", signs.PLAIN) == signs.Factuality(negated=True, modality="Attempted")
    assert signs.compose("failing", signs.Factuality(negated=True)).asserted


def test_what_is_reported_stays_reported_under_what_takes_it_for_so():
    said = signs.compose("reported", signs.PLAIN, 3)
    assert signs.compose("factive", said).reported
    assert not signs.compose("positive", said).asserted
