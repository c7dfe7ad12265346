"""Repairs of the parse: pure functions on hand-built trees."""

import re

import pytest
import spacy
from spacy.tokens import Doc

from kg.extract.parse.repair import FLAT_REPAIRS, REPAIRS, repair
from kg.extract.parse.tree import Tree


@pytest.fixture(scope="module")
def vocab():
    return spacy.blank("en").vocab


def tree(vocab, text, tags, heads, deps, pos):
    doc = Doc(
        vocab,
        words=text.split(),
        tags=tags.split(),
        heads=heads,
        deps=deps.split(),
        pos=pos.split(),
        lemmas=text.lower().split(),
        sent_starts=[True] + [False] * (len(heads) - 1),
    )
    return Tree(doc)


@pytest.mark.parametrize("entry", [*REPAIRS, *FLAT_REPAIRS], ids=lambda r: r.name)
def test_a_repair_tells_what_it_mends_by_an_example(entry):
    assert re.search(r'"[^"]+"', entry.mend.__doc__)
    assert not (entry.labels and entry.word)


def test_subject_on_auxiliary_moves_to_the_verb(vocab):
    t = tree(
        vocab,
        "roads are closed",
        "NNS VBP VBN",
        [1, 2, 2],
        "nsubj auxpass ROOT",
        "NOUN AUX VERB",
    )
    repair(t)
    assert t.head == [2, 2, 2]
    assert t.kids[2] == [0, 1]


def test_absolute_behind_place_gives_the_participle_to_the_noun(vocab):
    t = tree(
        vocab,
        "With tolls in Ost passing five crews left",
        "IN NNS IN NNP VBG CD NNS VBD",
        [7, 0, 1, 4, 2, 4, 7, 7],
        "prep pobj prep nsubj pcomp dobj nsubj ROOT",
        "ADP NOUN ADP PROPN VERB NUM NOUN VERB",
    )
    repair(t)
    assert (t.head[3], t.dep[3]) == (2, "pobj")
    assert (t.head[4], t.dep[4]) == (1, "acl")


def test_absolute_stays_where_the_preposition_hangs_on_a_verb(vocab):
    t = tree(
        vocab,
        "It led to crews having matches",
        "PRP VBD IN NNS VBG NNS",
        [1, 1, 1, 4, 2, 4],
        "nsubj ROOT prep nsubj pcomp dobj",
        "PRON VERB ADP NOUN VERB NOUN",
    )
    repair(t)
    assert t.dep[3:5] == ["nsubj", "pcomp"]


def test_inverted_subject_follows_verb_of_place(vocab):
    t = tree(
        vocab,
        "On hills stands castles",
        "IN NNS VBZ NNS",
        [2, 0, 2, 2],
        "prep pobj ROOT dobj",
        "ADP NOUN VERB NOUN",
    )
    t.lemma[2] = "stand"
    repair(t)
    assert t.dep[3] == "nsubj"


def test_inversion_needs_something_in_front(vocab):
    t = tree(vocab, "Dogs stand trial", "NNS VBP NN", [1, 1, 1], "nsubj ROOT dobj", "NOUN VERB NOUN")
    repair(t)
    assert t.dep[2] == "dobj"


def test_conjuncts_end_at_a_colon(vocab):
    t = tree(
        vocab,
        "colours : red and blue",
        "NNS : JJ CC JJ",
        [0, 0, 0, 2, 2],
        "ROOT punct conj cc conj",
        "NOUN PUNCT ADJ CCONJ ADJ",
    )
    assert t.conjuncts(0) == [0]
    assert t.conjuncts(2) == [2, 4]


def listed(vocab, text, tags, heads, deps):
    """Repair a sentence, and give its verbs' subjects as they are coordinated."""
    pos = {"NNP": "PROPN", "NN": "NOUN", "NNS": "NOUN", "CC": "CCONJ", "DT": "DET", "RB": "ADV", "IN": "ADP"}
    t = tree(vocab, text, tags, heads, deps, " ".join(pos.get(x, "VERB") for x in tags.split()))
    repair(t)
    return {
        t.lower[s]: [t.lower[k] for k in t.conjuncts(s)]
        for s in range(t.n)
        if t.dep[s] in ("nsubj", "nsubjpass")
    }


def test_members_of_a_list_of_subjects_are_no_appositions(vocab):
    found = listed(
        vocab,
        "Ida , Bo , and Mia wrote songs .",
        "NNP , NNP , CC NNP VBD NNS .",
        [6, 0, 0, 0, 0, 0, 6, 6, 6],
        "nsubj punct appos punct cc conj ROOT dobj punct",
    )
    assert found == {"ida": ["ida", "bo", "mia"]}


def test_verb_that_was_taken_for_a_noun_has_the_list_as_its_subject(vocab):
    found = listed(
        vocab,
        "Ghana , Togo and Benin border Niger .",
        "NNP , NNP CC NNP NN NNP .",
        [0, 0, 6, 2, 2, 6, 0, 0],
        "ROOT punct nmod cc conj compound appos punct",
    )
    assert found == {"ghana": ["ghana", "togo", "benin"]}


def test_list_behind_a_verb_is_its_object(vocab):
    found = listed(
        vocab,
        "Eva met Ida , Bo and Mia wrote .",
        "NNP VBD NNP , NNP CC NNP VBD .",
        [1, 1, 1, 2, 2, 4, 4, 1, 1],
        "nsubj ROOT dobj punct conj cc conj conj punct",
    )
    assert found == {"eva": ["eva"]}


def test_who_comes_along_with_the_subject_is_one_too(vocab):
    found = listed(
        vocab,
        "Ida , along with Bo , sang songs .",
        "NNP , IN IN NNP , VBD NNS .",
        [6, 0, 0, 2, 3, 0, 6, 6, 6],
        "nsubj punct prep prep pobj punct ROOT dobj punct",
    )
    assert found == {"ida": ["ida", "bo"]}


def test_a_conjunct_is_not_joined_to_a_verb_behind_it(vocab):
    t = tree(
        vocab,
        "Anna has taken it and doubled it said Berg",
        "NNP VBZ VBN PRP CC VBD PRP VBD NNP",
        [2, 2, 7, 2, 2, 2, 5, 7, 7],
        "nsubj aux ccomp dobj cc conj dobj ROOT nsubj",
        "PROPN AUX VERB PRON CCONJ VERB PRON VERB PROPN",
    )
    t.lemma[7] = "say"
    repair(t)
    assert (t.head[5], t.dep[5]) == (2, "conj")


@pytest.mark.parametrize(("lemma", "label"), [("garner", "aux"), ("give", "auxpass")])
def test_a_short_form_before_a_participle_with_an_object_is_has(vocab, lemma, label):
    t = tree(
        vocab, "He 's garnered praise", "PRP VBZ VBN NN", [2, 2, 2, 2], "nsubjpass auxpass ROOT dobj",
        "PRON AUX VERB NOUN",
    )  # fmt: skip
    t.lemma[2] = lemma
    repair(t)
    assert t.dep[1] == label
    assert t.dep[0] == ("nsubj" if label == "aux" else "nsubjpass")


def test_kin_behind_the_place_of_a_birth_are_no_name_of_the_place(vocab):
    t = tree(
        vocab,
        "Ida was bear in Lorn , the son of miners",
        "NNP VBD VBN IN NNP , DT NN IN NNS",
        [2, 2, 2, 2, 3, 4, 7, 4, 7, 8],
        "nsubjpass auxpass ROOT prep pobj punct det appos prep pobj",
        "PROPN AUX VERB ADP PROPN PUNCT DET NOUN ADP NOUN",
    )
    repair(t)
    assert (t.head[7], t.dep[7]) == (2, "npadvmod")


def test_a_town_behind_the_place_of_a_birth_renames_it(vocab):
    t = tree(
        vocab,
        "Ida was bear in Lorn , a village",
        "NNP VBD VBN IN NNP , DT NN",
        [2, 2, 2, 2, 3, 4, 7, 4],
        "nsubjpass auxpass ROOT prep pobj punct det appos",
        "PROPN AUX VERB ADP PROPN PUNCT DET NOUN",
    )
    repair(t)
    assert (t.head[7], t.dep[7]) == (4, "appos")


def test_a_verb_that_hangs_on_the_subject_of_what_leaves_it_out_is_the_top(vocab):
    t = tree(
        vocab,
        "Anna took the chair , Bo the notes .",
        "NNP VBD DT NN , NNP DT NNS .",
        [1, 5, 3, 1, 5, 5, 7, 5, 5],
        "nsubj ccomp det dobj punct ROOT det appos punct",
        "PROPN VERB DET NOUN PUNCT PROPN DET NOUN PUNCT",
    )
    repair(t)
    assert t.is_whole
    assert (t.head[1], t.dep[1]) == (1, "ROOT")
    assert (t.dep[5], t.lower[t.head[5]]) == ("nsubj", "notes")


def test_what_would_hang_words_in_a_circle_is_taken_back(vocab, monkeypatch):
    def circle(tree, i):
        tree.hang(0, 1, "nsubj")
        tree.hang(1, 0, "dep")
        return True

    monkeypatch.setattr("kg.extract.parse.repair._repairs_at", lambda label, word: ((0, circle),))
    t = tree(vocab, "Anna sang", "NNP VBD", [1, 1], "nsubj ROOT", "PROPN VERB")
    repair(t)
    assert t.is_whole
    assert (t.head, t.dep, t.kids) == ([1, 1], ["nsubj", "ROOT"], [[], [0]])


@pytest.mark.parametrize(("dep", "head"), [("nsubj", 7), ("npadvmod", 3)])
def test_a_name_behind_a_relative_clause_names_the_noun(vocab, dep, head):
    t = tree(
        vocab,
        "The firm she runs , Korvald , makes bread .",
        "DT NN PRP VBZ , NNP , VBZ NN .",
        [1, 7, 3, 1, head, head, head, 7, 7, 7],
        f"det nsubj nsubj relcl punct {dep} punct ROOT dobj punct",
        "DET NOUN PRON VERB PUNCT PROPN PUNCT VERB NOUN PUNCT",
    )
    repair(t)
    assert (t.head[5], t.dep[5]) == (1, "appos")


def test_what_harmed_others_is_what_somebody_survived(vocab):
    t = tree(
        vocab,
        "Moe , who survived a raid that kill two , left .",
        "NNP , WP VBD DT NN WDT VBD CD , VBD .",
        [10, 0, 3, 0, 5, 3, 7, 0, 7, 0, 10, 10],
        "nsubj punct nsubj relcl det dobj nsubj relcl dobj punct ROOT punct",
        "PROPN PUNCT PRON VERB DET NOUN PRON VERB NUM PUNCT VERB PUNCT",
    )
    repair(t)
    assert (t.head[7], t.dep[7]) == (5, "relcl")


@pytest.mark.parametrize(("verb", "head"), [("met", 4), ("call", 1)])
def test_a_trade_before_a_name_is_no_receiver(vocab, verb, head):
    t = tree(
        vocab,
        f"Moe {verb} the actor Rims .",
        "NNP VBD DT NN NNP .",
        [1, 1, 3, 1, 1, 1],
        "nsubj ROOT det dative dobj punct",
        "PROPN VERB DET NOUN PROPN PUNCT",
    )
    repair(t)
    assert t.head[3] == head


def test_a_name_behind_a_fronted_participle_with_a_place_is_the_subject(vocab):
    t = tree(
        vocab,
        "Born in Lorn , Ida ran mills",
        "VBN IN NNP , NNP VBD NNS",
        [5, 0, 4, 2, 1, 5, 5],
        "advcl prep nmod punct pobj ROOT dobj",
        "VERB ADP PROPN PUNCT PROPN VERB NOUN",
    )
    repair(t)
    assert (t.head[2], t.dep[2]) == (1, "pobj")
    assert (t.head[4], t.dep[4]) == (5, "nsubj")


def test_a_list_of_places_behind_a_participle_keeps_its_members(vocab):
    t = tree(
        vocab,
        "Born in Lorn , Vale , Ida ran mills",
        "VBN IN NNP , NNP , NNP VBD NNS",
        [7, 0, 1, 2, 2, 7, 7, 7, 7],
        "advcl prep pobj punct appos punct nsubj ROOT dobj",
        "VERB ADP PROPN PUNCT PROPN PUNCT PROPN VERB NOUN",
    )
    repair(t)
    assert t.head == [7, 0, 1, 2, 2, 7, 7, 7, 7]


def test_the_days_behind_an_hour_belong_to_the_verb(vocab):
    t = tree(
        vocab,
        "It opens at nine on Fridays",
        "PRP VBZ IN CD IN NNPS",
        [1, 1, 1, 2, 3, 4],
        "nsubj ROOT prep pobj prep pobj",
        "PRON VERB ADP NUM ADP PROPN",
    )
    repair(t)
    assert t.head == [1, 1, 1, 2, 1, 4]


@pytest.mark.parametrize(("joined", "head"), [("and", 6), ("or", 0)])
def test_a_phrase_behind_and_belongs_to_the_clause_that_follows(vocab, joined, head):
    t = tree(
        vocab,
        f"Lost {joined} with luck , they won",
        "VBD CC IN NN , PRP VBD",
        [6, 0, 0, 2, 6, 6, 6],
        "ccomp cc prep pobj punct nsubj ROOT",
        "VERB CCONJ ADP NOUN PUNCT PRON VERB",
    )
    repair(t)
    assert t.head[2] == head
