"""Claims of hand-made parses: subject, relation, object and qualifiers, and what makes no claim."""

import pytest

from kg.extract.claims import verbal
from kg.extract.reading import ParsedBlock, Reading
from kg.model import Document

pytestmark = pytest.mark.usefixtures("models_once")


@pytest.fixture(scope="module")
def claims(doc):
    """Give the claims of a sentence as drafts."""

    def read(text, kind="paragraph", **names):
        parsed = doc(text, **names)
        reading = Reading(
            Document(id="d", source="text", text=parsed.text), [ParsedBlock(0, parsed, 0, kind)]
        )
        verbal.find(reading)
        return reading.claims

    return read


@pytest.fixture(scope="module")
def told(claims):
    """Give the claims of a sentence as words."""

    def read(text, **names):
        return [
            (
                c.subject.head.text,
                c.relation,
                None if c.object is None else c.object.head.text,
                *(f"{role}:{m.head.text}" for role, m in c.qualifiers),
            )
            for c in claims(text, **names)
        ]

    return read


def test_passive_with_an_agent_is_turned(told):
    text = (
        "Barns:NNS:nsubjpass:sold were:VBD:auxpass:sold:be sold:VBN:ROOT:sold:sell "
        "by:IN:agent:sold farmers:NNS:pobj:by"
    )
    assert told(text) == [("farmers", "sell", "Barns")]


def test_passive_without_keeps_its_form_and_its_preposition(told):
    text = "Barns:NNS:nsubjpass:sold were:VBD:auxpass:sold:be sold:VBN:ROOT:sold:sell{}"
    assert told(text.format("")) == [("Barns", "be_sold", None)]
    text = text.replace("sold", "relied").replace("sell", "rely")
    assert told(text.format(" upon:IN:prep:relied")) == [("Barns", "be_relied_upon", None)]


def test_each_pair_of_coordinated_arguments_is_a_claim(told):
    text = (
        "Ida:NNP:nsubj:built and:CC:cc:Ida Olav:NNP:conj:Ida built:VBD:ROOT:built:build mills:NNS:dobj:built "
        "and:CC:cc:mills barns:NNS:conj:mills"
    )
    assert told(text) == [
        ("Ida", "build", "mills"),
        ("Ida", "build", "barns"),
        ("Olav", "build", "mills"),
        ("Olav", "build", "barns"),
    ]


def test_what_is_denied_of_one_argument_is_said_of_the_other_with_its_circumstances(claims):
    text = (
        "They:PRP:nsubj:saw saw:VBD:ROOT:saw:see ports:NNS:dobj:saw but:CC:cc:ports not:RB:neg:forts "
        "forts:NNS:conj:ports with:IN:prep:saw guides:NNS:pobj:with"
    )
    ports, forts = claims(text)
    assert (ports.negated, ports.asserted, len(ports.qualifiers)) == (False, True, 1)
    assert (forts.negated, forts.asserted, len(forts.qualifiers)) == (True, False, 0)


def test_first_preposition_belongs_to_the_relation_without_an_object(told):
    text = "Traders:NNS:nsubj:voted voted:VBD:ROOT:voted:vote against:IN:prep:voted it:PRP:pobj:against"
    assert told(text) == [("Traders", "vote_against", "it")]


def test_first_preposition_is_a_circumstance_before_a_place_or_another_one(told):
    text = "Boats:NNS:nsubj:left left:VBD:ROOT:left:leave from:IN:prep:left Lund:NNP:pobj:from"
    assert told(text, Lund="GPE") == [("Boats", "leave", None, "from:Lund")]
    text = (
        "Rates:NNS:nsubj:fell fell:VBD:ROOT:fell:fall from:IN:prep:fell highs:NNS:pobj:from "
        "to:IN:prep:fell lows:NNS:pobj:to"
    )
    assert told(text) == [("Rates", "fall", None, "from:highs", "to:lows")]


def test_particle_and_light_noun_belong_to_the_relation(told):
    text = "They:PRP:nsubj:called called:VBD:ROOT:called:call off:RP:prt:called strikes:NNS:dobj:called"
    assert told(text) == [("They", "call_off", "strikes")]
    text = (
        "They:PRP:nsubj:took took:VBD:ROOT:took:take control:NN:dobj:took of:IN:prep:control "
        "ports:NNS:pobj:of"
    )
    assert told(text) == [("They", "take_control_of", "ports")]


def test_phrase_that_is_one_verb_with_it_belongs_to_the_relation(told):
    text = (
        "It:PRP:nsubj:brought brought:VBD:ROOT:brought:bring wars:NNS:dobj:brought to:IN:prep:brought "
        "an:DT:det:end end:NN:pobj:to"
    )
    assert told(text) == [("It", "bring_to_end", "wars")]


def test_whom_a_request_is_put_to_is_the_object(told):
    text = (
        "Pupils:NNS:nsubj:called called:VBD:ROOT:called:call on:IN:prep:called mayors:NNS:pobj:on "
        "to:TO:aux:resign resign:VB:xcomp:called"
    )
    assert told(text) == [("Pupils", "call_on", "mayors", "clause:resign"), ("mayors", "resign", None)]


def test_what_the_object_becomes_belongs_to_the_relation_or_is_a_role(told):
    text = "{0}:NNS:nsubj:{1} {1}:VBD:ROOT:{1}:{2} her:PRP:dobj:{1} {3}:NN:oprd:{1}"
    assert told(text.format("Songs", "made", "make", "legend")) == [("Songs", "make_legend", "her")]
    assert told(text.format("Voters", "made", "make", "premier")) == [("Voters", "make", "her", "as:premier")]
    assert told(text.format("Voters", "elected", "elect", "premier")) == [
        ("Voters", "elect", "her", "as:premier")
    ]


def test_adjective_that_needs_its_phrase_belongs_to_the_relation(told):
    text = "Delays:NNS:nsubj:were were:VBD:ROOT:were:be due:JJ:acomp:were to:IN:prep:due snow:NN:pobj:to"
    assert told(text) == [("Delays", "be_due_to", "snow")]


def test_existential_says_that_something_is_there(told):
    text = "There:EX:expl:are are:VBP:ROOT:are:be bridges:NNS:attr:are"
    assert told(text) == [("bridges", "exist", None)]


def test_preposition_of_several_words_is_one_role(told):
    text = (
        "They:PRP:nsubj:built built:VBD:ROOT:built:build mills:NNS:dobj:built in:IN:prep:built "
        "collaboration:NN:pobj:in with:IN:prep:collaboration guilds:NNS:pobj:with"
    )
    assert told(text) == [("They", "build", "mills", "in_collaboration_with:guilds")]


def test_what_is_said_is_a_claim_of_its_own_with_its_source(claims):
    said, left = claims(
        "Mayors:NNS:nsubj:said said:VBD:ROOT:said:say that:IN:mark:left guests:NNS:nsubj:left "
        "left:VBD:ccomp:said:leave"
    )
    assert (said.relation, said.object.kind, said.asserted) == ("say", "clause", True)
    assert (left.relation, left.asserted, left.modality) == ("leave", False, "Reported")
    assert left.attributed_to is said.subject


def test_noun_that_a_verb_supports_is_kept(claims):
    text = "Firms:NNS:nsubj:{0} {0}:VBP:ROOT:{0} offices:NNS:dobj:{0}:office in:IN:prep:{0} Lund:NNP:pobj:in"
    assert claims(text.format("have"))[0].noun == "office"
    assert claims(text.format("paint"))[0].noun == ""


@pytest.mark.parametrize(
    "text",
    [
        "It:PRP:nsubj:is is:VBZ:ROOT:is:be likely:JJ:acomp:is they:PRP:nsubj:go go:VBP:ccomp:is",
        "She:PRP:nsubj:is is:VBZ:ROOT:is:be",
        "Guests:NNS:nsubj:stayed stayed:VBD:ROOT:stayed:stay",
        "He:PRP:nsubj:said said:VBD:ROOT:said:say this:DT:dobj:said",
        "Ida:NNP:nsubjpass:born born:VBN:ROOT:born:bear",
        "Which:WDT:nsubj:left left:VBD:ROOT:left:leave",
    ],
    ids=["expletive", "bare copula", "vacant verb", "demonstrative", "birth", "relative pronoun"],
)
def test_what_says_nothing_by_itself_is_no_claim(told, text):
    assert [t for t in told(text) if t[1] != "go"] == []


def test_respectively_gives_each_its_own(told):
    text = (
        "Ida:NNP:nsubj:won and:CC:cc:Ida Olav:NNP:conj:Ida won:VBD:ROOT:won:win cups:NNS:dobj:won "
        "and:CC:cc:cups medals:NNS:conj:cups respectively:RB:advmod:won"
    )
    assert told(text) == [("Ida", "win", "cups"), ("Olav", "win", "medals")]


def test_respectively_says_nothing_where_lists_differ_in_length(told):
    text = (
        "Ida:NNP:nsubj:won and:CC:cc:Ida Olav:NNP:conj:Ida won:VBD:ROOT:won:win cups:NNS:dobj:won "
        "respectively:RB:advmod:won"
    )
    assert told(text) == []


def test_governor_that_only_lends_its_factuality_is_no_claim(told):
    text = "Boats:NNS:nsubj:began began:VBD:ROOT:began:begin to:TO:aux:sink sink:VB:xcomp:began"
    assert told(text) == [("Boats", "sink", None)]


def test_adjunct_that_joins_sentences_is_no_qualifier(told):
    text = (
        "They:PRP:nsubj:built built:VBD:ROOT:built:build mills:NNS:dobj:built in:IN:prep:built {}:NN:pobj:in"
    )
    assert told(text.format("turn")) == [("They", "build", "mills")]
    assert told(text.format("stone")) == [("They", "build", "mills", "in:stone")]


def test_subject_that_disagrees_with_its_verb_is_doubted(claims):
    (agrees,) = claims("Farmers:NNS:nsubj:sell sell:VBP:ROOT:sell wool:NN:dobj:sell")
    (disagrees,) = claims("Farmers:NNS:nsubj:sells sells:VBZ:ROOT:sells:sell wool:NN:dobj:sells")
    assert (agrees.confidence, disagrees.confidence) == (1.0, 0.5)


def test_headings_are_not_read(claims):
    text = "Farmers:NNS:nsubj:sell sell:VBP:ROOT:sell wool:NN:dobj:sell"
    assert claims(text)
    assert not claims(text, kind="heading")


def test_rule_tells_how_the_clause_hangs_and_how_its_subject_was_found(claims):
    text = (
        "Mayors:NNS:nsubj:urged urged:VBD:ROOT:urged:urge traders:NNS:dobj:urged to:TO:aux:leave "
        "leave:VB:xcomp:urged"
    )
    assert [c.rule for c in claims(text)] == ["main-own", "xcomp-object"]
