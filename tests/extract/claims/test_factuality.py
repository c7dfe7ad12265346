"""What hand-made parses state, deny, plan, ask or leave to somebody."""

import pytest

from kg.extract.claims import factuality
from kg.extract.claims.clauses import clauses_of
from kg.extract.claims.factuality import PLAIN, Factuality


@pytest.fixture(scope="module")
def held(parse):
    """Give how a sentence stands to one of its verbs."""

    def read(text, verb):
        tree = parse(text)
        found = factuality.assign(tree, clauses_of(tree))
        return found[tree.lower.index(verb)]

    return read


TWO = "Mayors:NNS:nsubj:{0} {0}:VBD:ROOT:{0}:{1} "
INFINITIVE = TWO + "to:TO:aux:leave leave:VB:xcomp:{0}"
GERUND = TWO + "{2}:IN:prep:{0} leaving:VBG:pcomp:{2}:leave"
THAT = TWO + "that:IN:mark:left guests:NNS:nsubj:left left:VBD:ccomp:{0}:leave"


def test_plain_clause_is_asserted(held):
    assert held("Mayors:NNS:nsubj:left left:VBD:ROOT:left:leave", "left") == PLAIN
    assert PLAIN.asserted


@pytest.mark.parametrize(
    ("verb", "lemma", "expected"),
    [
        ("managed", "manage", PLAIN),
        ("failed", "fail", Factuality(negated=True, modality="Attempted")),
        ("refused", "refuse", Factuality(negated=True)),
        ("agreed", "agree", Factuality(modality="Planned")),
        ("tried", "try", Factuality(modality="Attempted")),
        ("hoped", "hope", Factuality(modality="Wished")),
        ("had", "have", Factuality(modality="Requested")),
        ("stopped", "stop", Factuality(modality="Planned")),
    ],
)
def test_infinitive_is_as_its_governor_has_it(held, verb, lemma, expected):
    assert held(INFINITIVE.format(verb, lemma), "leave") == expected


def test_denied_failure_is_no_failure(held):
    text = (
        "They:PRP:nsubj:fail did:VBD:aux:fail:do not:RB:neg:fail fail:VB:ROOT:fail "
        "to:TO:aux:leave leave:VB:xcomp:fail"
    )
    assert held(text, "fail").negated
    assert not held(text, "leave").negated


def test_going_on_to_do_something_is_doing_it(held):
    text = TWO + "on:RP:prt:{0} to:TO:aux:leave leave:VB:xcomp:{0}"
    assert held(text.format("went", "go"), "leave") == PLAIN


def test_what_is_said_has_its_speaker(held):
    said = held(THAT.format("said", "say"), "left")
    assert said == Factuality(modality="Reported", source=0, reported=True)
    assert not said.asserted


def test_what_is_known_is_so_though_the_knowing_is_denied(held):
    text = (
        "They:PRP:nsubj:know did:VBD:aux:know:do not:RB:neg:know know:VB:ROOT:know that:IN:mark:left "
        "guests:NNS:nsubj:left left:VBD:ccomp:know:leave"
    )
    assert held(text, "know").negated
    assert held(text, "left") == PLAIN


def test_whether_asks(held):
    text = THAT.replace("that:IN", "whether:IN")
    assert held(text.format("asked", "ask"), "left").modality == "Questioned"


@pytest.mark.parametrize(
    ("verb", "lemma", "preposition", "expected"),
    [
        ("won", "win", "by", PLAIN),
        ("won", "win", "without", Factuality(negated=True)),
        ("refrained", "refrain", "from", Factuality(negated=True)),
        ("profited", "profit", "from", PLAIN),
        ("talked", "talk", "about", Factuality(modality="Possible")),
    ],
)
def test_gerund_is_as_its_preposition_has_it(held, verb, lemma, preposition, expected):
    assert held(GERUND.format(verb, lemma, preposition), "leaving") == expected


def test_what_one_is_accused_of_is_the_accusers_word(held):
    text = (
        "Traders:NNS:nsubj:accused accused:VBD:ROOT:accused:accuse him:PRP:dobj:accused of:IN:prep:accused "
        "cheating:VBG:pcomp:of:cheat"
    )
    assert held(text, "cheating") == Factuality(modality="Reported", source=0, reported=True)


@pytest.mark.parametrize(
    ("modal", "modality"), [("will", "Planned"), ("may", "Possible"), ("would", "Conditional")]
)
def test_modals(held, modal, modality):
    text = f"They:PRP:nsubj:leave {modal}:MD:aux:leave leave:VB:ROOT:leave"
    assert held(text, "leave").modality == modality


def test_must_have_is_a_guess_and_must_a_demand(held):
    text = "They:PRP:nsubj:left must:MD:aux:left have:VB:aux:left left:VBN:ROOT:left:leave"
    assert held(text, "left").modality == "Possible"
    assert held("They:PRP:nsubj:go must:MD:aux:go go:VB:ROOT:go", "go").modality == "Requested"


def test_would_under_a_speaker_is_the_past_of_will(held):
    text = THAT.replace("left:VBD:ccomp:{0}:leave", "would:MD:aux:left left:VB:ccomp:{0}:leave")
    assert held(text.format("said", "say"), "left").modality == "Planned"


def test_condition_holds_for_the_main_clause_too_unless_it_is_even_if(held):
    text = "They:PRP:nsubj:go go:VBP:ROOT:go {}if:IN:mark:rains it:PRP:nsubj:rains rains:VBZ:advcl:go:rain"
    assert held(text.format(""), "go").modality == "Conditional"
    assert held(text.format(""), "rains").modality == "Conditional"
    assert held(text.format("even:RB:advmod:rains "), "go") == PLAIN


@pytest.mark.parametrize(
    "subject",
    [
        "Nobody:NN:nsubj:left",
        "No:DT:det:guests guests:NNS:nsubj:left",
        "Not:RB:neg:guests all:DT:det:guests guests:NNS:nsubj:left",
    ],
)
def test_subject_denies_its_clause(held, subject):
    assert held(f"{subject} left:VBD:ROOT:left:leave", "left").negated


def test_what_alone_is_denied_beside_another_denies_no_clause(held, parse):
    text = (
        "They:PRP:nsubj:saw saw:VBD:ROOT:saw:see ports:NNS:dobj:saw but:CC:cc:ports not:RB:neg:forts "
        "forts:NNS:conj:ports"
    )
    assert held(text, "saw") == PLAIN
    tree = parse(text)
    assert factuality.is_contrasted(tree, 5)
    assert not factuality.is_contrasted(tree, 2)


def test_second_verb_with_words_of_its_own_has_its_own_negation(held):
    text = (
        "They:PRP:nsubj:paint do:VBP:aux:paint not:RB:neg:paint paint:VB:ROOT:paint but:CC:cc:paint "
        "they:PRP:nsubj:draw draw:VBP:conj:paint"
    )
    assert held(text, "paint").negated
    assert not held(text, "draw").negated


@pytest.mark.parametrize(
    ("noun", "lemma", "expected"),
    [
        ("plans", "plan", Factuality(modality="Planned")),
        ("chances", "chance", Factuality(modality="Possible")),
        ("bricks", "brick", Factuality(modality="Planned")),
    ],
)
def test_infinitive_is_as_its_noun_has_it(held, noun, lemma, expected):
    text = (
        f"They:PRP:nsubj:bought bought:VBD:ROOT:bought:buy {noun}:NNS:dobj:bought:{lemma} "
        f"to:TO:aux:build build:VB:acl:{noun}"
    )
    assert held(text, "build") == expected


def test_first_to_do_something_has_done_it(held):
    text = (
        "She:PRP:nsubj:is is:VBZ:ROOT:is:be the:DT:det:judge first:JJ:amod:judge judge:NN:attr:is "
        "to:TO:aux:resign resign:VB:relcl:judge"
    )
    assert held(text, "resign") == PLAIN


def test_what_a_claim_says_is_reported_and_what_a_fact_says_is_so(held):
    text = (
        "They:PRP:nsubj:heard heard:VBD:ROOT:heard:hear {0}:NNS:dobj:heard:{1} that:IN:mark:left "
        "he:PRP:nsubj:left left:VBD:acl:{0}:leave"
    )
    assert held(text.format("claims", "claim"), "left").modality == "Reported"
    assert held(text.format("facts", "fact"), "left") == PLAIN


def test_relative_clause_of_something_hoped_for_is_hoped_for(held):
    text = (
        "They:PRP:nsubj:want want:VBP:ROOT:want {0}:{1}:dobj:want that:WDT:nsubj:brings "
        "brings:VBZ:relcl:{0}:bring peace:NN:dobj:brings"
    )
    assert held(text.format("deals", "NNS"), "brings").modality == "Wished"
    assert held(text.format("Ida", "NNP"), "brings") == PLAIN


def test_source_beside_the_clause(held):
    text = (
        "Mills:NNS:nsubj:closed closed:VBD:ROOT:closed:close ,:,:punct:closed residents:NNS:nsubj:say "
        "say:VBP:parataxis:closed"
    )
    assert held(text, "closed") == Factuality(modality="Reported", source=3, reported=True)
    assert held(text, "say") == PLAIN


def test_quoted_sentence_is_the_speakers(held):
    text = (
        "Ida:NNP:nsubj:spoke spoke:VBD:ROOT:spoke:say | "
        "“:``:punct:close Mills:NNS:nsubj:close close:VBP:ROOT:close ”:'':punct:close"
    )
    assert held(text, "close") == Factuality(modality="Reported", source=0, reported=True)


def test_question_and_order_state_nothing(held):
    asked = "Did:VBD:aux:close:do mills:NNS:nsubj:close close:VB:ROOT:close ?:.:punct:close"
    assert held(asked, "close").modality == "Questioned"
    assert held("Close:VB:ROOT:Close mills:NNS:dobj:Close", "close").modality == "Requested"
