"""Clauses of hand-made parses: predicates, their arguments, and what they share with one another."""

import pytest

from kg.extract.claims.clauses import clauses_of


@pytest.fixture(scope="module")
def clauses(parse):
    """Give the clauses of a sentence by the word of their verb."""

    def read(text, **names):
        tree = parse(text, **names)
        return {tree.doc[c.verb].text: c for c in clauses_of(tree)}

    return read


def texts(clause, tokens):
    return [clause.tree.doc[i].text for i in tokens]


def subjects(clause):
    return texts(clause, clause.subjects)


def objects(clause):
    return [(clause.tree.doc[a.head].text, a.role) for a in clause.objects]


def adjuncts(clause):
    return [(clause.tree.doc[a.head].text, a.role) for a in clause.adjuncts]


def loose(clause):
    return [(clause.tree.doc[a.head].text, a.role) for a in clause.loose]


def test_passive_keeps_its_subject_and_has_an_agent(clauses):
    c = clauses(
        "Barns:NNS:nsubjpass:sold were:VBD:auxpass:sold:be sold:VBN:ROOT:sold:sell "
        "by:IN:agent:sold farmers:NNS:pobj:by"
    )["sold"]
    assert c.passive
    assert (subjects(c), adjuncts(c)) == (["Barns"], [("farmers", "by-agent")])
    assert texts(c, c.words) == ["were", "sold"]


def test_by_before_a_way_of_doing_names_no_agent(clauses):
    c = clauses(
        "Cheese:NN:nsubjpass:sent was:VBD:auxpass:sent:be sent:VBN:ROOT:sent:send "
        "by:IN:agent:sent train:NN:pobj:by"
    )["sent"]
    assert adjuncts(c) == [("train", "by")]


def test_only_the_agent_behind_but_counts(clauses):
    c = clauses(
        "Wine:NN:nsubjpass:made is:VBZ:auxpass:made:be made:VBN:ROOT:made:make not:RB:neg:4 by:IN:agent:made "
        "monks:NNS:pobj:4 but:CC:cc:4 by:IN:conj:4 nuns:NNS:pobj:7"
    )["made"]
    assert adjuncts(c) == [("nuns", "by-agent")]
    assert not c.negated


def test_second_bare_object_is_given_or_named(clauses):
    gave = clauses("Farmers:NNS:nsubj:gave gave:VBD:ROOT:gave:give pupils:NNS:dobj:gave maps:NNS:dobj:gave")[
        "gave"
    ]
    assert (objects(gave), adjuncts(gave)) == ([("maps", "object")], [("pupils", "second")])
    crowned = clauses(
        "Rebels:NNS:nsubj:crowned crowned:VBD:ROOT:crowned:crown him:PRP:dobj:crowned king:NN:dobj:crowned"
    )["crowned"]
    assert objects(crowned) == [("him", "object"), ("king", "complement")]


def test_small_clause_is_no_clause(clauses):
    found = clauses("They:PRP:nsubj:made made:VBD:ROOT:made:make him:PRP:nsubj:abbot abbot:NN:ccomp:made")
    assert found.keys() == {"made"}
    assert objects(found["made"]) == [("him", "object"), ("abbot", "complement")]


def test_adverb_and_preposition_are_one_beside_the_verb(clauses):
    c = clauses(
        "Boats:NNS:nsubj:moved moved:VBD:ROOT:moved:move away:RB:advmod:moved "
        "from:IN:prep:away piers:NNS:pobj:from"
    )["moved"]
    assert (adjuncts(c), loose(c)) == ([], [("piers", "away_from")])


def test_examples_stand_where_their_kind_stands(clauses):
    c = clauses(
        "Weavers:NNS:nsubj:settled settled:VBD:ROOT:settled:settle in:IN:prep:settled towns:NNS:pobj:in "
        "such:JJ:amod:as as:IN:prep:towns Lund:NNP:pobj:as"
    )["settled"]
    assert (adjuncts(c), loose(c)) == ([("towns", "in")], [("Lund", "in")])


def test_place_on_the_object_may_be_the_verbs_unless_it_tells_of_something_far(clauses):
    text = (
        "Police:NNS:nsubj:{0} {0}:VBD:ROOT:{0}:{1} singers:NNS:dobj:{0} in:IN:prep:singers Lyon:NNP:pobj:in"
    )
    arrested = clauses(text.format("arrested", "arrest"), Lyon="GPE")["arrested"]
    assert loose(arrested) == [("Lyon", "in")]
    praised = clauses(text.format("praised", "praise"), Lyon="GPE")["praised"]
    assert loose(praised) == []


def test_complement_adjective_lends_its_phrase(clauses):
    c = clauses(
        "Abbots:NNS:nsubj:are are:VBP:ROOT:are:be responsible:JJ:acomp:are for:IN:prep:responsible "
        "books:NNS:pobj:for"
    )["are"]
    assert (objects(c), loose(c)) == ([("responsible", "complement")], [("books", "for")])


def test_conjoined_verb_shares_subject_and_auxiliary(clauses):
    c = clauses(
        "Bridges:NNS:nsubjpass:built were:VBD:auxpass:built:be built:VBN:ROOT:built:build and:CC:cc:built "
        "painted:VBN:conj:built:paint"
    )["painted"]
    assert (c.link, c.shared_subject, c.passive) == ("conj", "conj", True)
    assert (subjects(c), texts(c, c.words)) == (["Bridges"], ["were", "painted"])


def test_first_of_two_joined_verbs_shares_the_object_of_the_second(clauses):
    found = clauses("They:PRP:nsubj:buy buy:VBP:ROOT:buy and:CC:cc:buy sell:VBP:conj:buy wool:NN:dobj:sell")
    assert objects(found["buy"]) == objects(found["sell"]) == [("wool", "object")]
    assert found["buy"].objects[0].shared


def test_verb_left_out_is_put_in(clauses):
    built = clauses_of_all(
        clauses,
        "Masons:NNS:nsubj:built built:VBD:ROOT:built:build walls:NNS:dobj:built in:IN:prep:built "
        "1950:CD:pobj:3 and:CC:cc:built towers:NNS:conj:built in:IN:prep:towers 1960:CD:pobj:7",
    )
    assert [(subjects(c), objects(c), adjuncts(c)) for c in built] == [
        (["Masons"], [("walls", "object")], [("1950", "in")]),
        (["Masons"], [("towers", "object")], [("1960", "in")]),
    ]


def clauses_of_all(clauses, text):
    """Give all clauses of a text, those of one verb too."""
    return clauses_of(next(iter(clauses(text).values())).tree)


def test_infinitive_is_the_objects_or_the_subjects(clauses):
    text = "Mayors:NNS:nsubj:{0} {0}:VBD:ROOT:{0}:{1} traders:NNS:dobj:{0} to:TO:aux:leave leave:VB:xcomp:{0}"
    urged = clauses(text.format("urged", "urge"))["leave"]
    assert (subjects(urged), urged.shared_subject, urged.marker) == (["traders"], "object", "to")
    promised = clauses(text.format("promised", "promise"))["leave"]
    assert (subjects(promised), promised.shared_subject) == (["Mayors"], "subject")


def test_infinitive_on_a_plan_is_of_whoever_announces_it(clauses):
    c = clauses(
        "Mayors:NNS:nsubj:announced announced:VBD:ROOT:announced:announce plans:NNS:dobj:announced:plan "
        "to:TO:aux:close close:VB:acl:plans mills:NNS:dobj:close"
    )["close"]
    assert (subjects(c), c.shared_subject) == (["Mayors"], "owner")


def test_gerund_is_the_objects_behind_from_and_the_subjects_behind_by(clauses):
    text = (
        "Guards:NNS:nsubj:{0} {0}:VBD:ROOT:{0}:{1} him:PRP:dobj:{0} {2}:IN:prep:{0} "
        "leaving:VBG:pcomp:{2}:leave"
    )
    kept = clauses(text.format("kept", "keep", "from"))["leaving"]
    assert (subjects(kept), kept.shared_subject, kept.preposition) == (["him"], "object", "from")
    saved = clauses(text.format("saved", "save", "by"))["leaving"]
    assert (subjects(saved), saved.shared_subject) == (["Guards"], "pcomp")


def test_participle_of_result_is_of_the_event(clauses):
    c = clauses(
        "Rebels:NNS:nsubj:launched launched:VBD:ROOT:launched:launch attacks:NNS:dobj:launched:attack "
        ",:,:punct:launched causing:VBG:advcl:launched:cause panic:NN:dobj:causing"
    )["causing"]
    assert (subjects(c), c.shared_subject) == (["attacks"], "event")


def test_finite_adverbial_clause_borrows_no_subject(clauses):
    c = clauses("Boats:NNS:nsubj:sank sank:VBD:ROOT:sank:sink when:WRB:advmod:rose rose:VBD:advcl:sank:rise")[
        "rose"
    ]
    assert (subjects(c), c.marker) == ([], "when")


def test_relative_pronoun_stands_for_its_noun(clauses):
    c = clauses(
        "Guilds:NNS:nsubj:met that:WDT:nsubj:repair repair:VBP:relcl:Guilds clocks:NNS:dobj:repair "
        "met:VBD:ROOT:met:meet"
    )["repair"]
    assert (subjects(c), c.shared_subject) == (["Guilds"], "host")


def test_gap_of_a_relative_clause_is_its_noun(clauses):
    c = clauses(
        "Potters:NNS:nsubj:admire admire:VBP:ROOT:admire glazes:NNS:dobj:admire Ida:NNP:nsubj:mixed "
        "mixed:VBD:relcl:glazes:mix"
    )["mixed"]
    assert (subjects(c), objects(c)) == (["Ida"], [("glazes", "object")])
    assert c.objects[0].shared


def test_where_makes_its_noun_a_place(clauses):
    c = clauses(
        "Valleys:NNS:nsubj:flooded where:WRB:advmod:live they:PRP:nsubj:live live:VBP:relcl:Valleys "
        "flooded:VBD:ROOT:flooded:flood"
    )["live"]
    assert (subjects(c), adjuncts(c)) == (["they"], [("Valleys", "in")])


def test_relative_clause_on_a_predicate_noun_is_about_the_subject(clauses):
    c = clauses(
        "Anna:NNP:nsubj:is is:VBZ:ROOT:is:be judges:NNS:attr:is who:WP:nsubj:paints "
        "paints:VBZ:relcl:judges:paint"
    )["paints"]
    assert subjects(c) == ["Anna"]


@pytest.mark.parametrize(
    "text",
    [
        "woven:VBN:amod:cloths:weave cloths:NNS:ROOT:cloths",
        "It:PRP:nsubj:rose rose:VBD:ROOT:rose:rise following:VBG:prep:rose rain:NN:pobj:following",
        "Ports:NNS:nsubj:remain remain:VBP:ROOT:remain blocked:VBN:acomp:remain:block",
    ],
)
def test_participles_that_head_no_clause(clauses, text):
    assert clauses(text).keys().isdisjoint({"woven", "following", "blocked"})


@pytest.mark.parametrize(
    "text",
    [
        "She:PRP:nsubj:paint does:VBZ:aux:paint:do not:RB:neg:paint paint:VB:ROOT:paint",
        "She:PRP:nsubj:paints never:RB:advmod:paints paints:VBZ:ROOT:paints:paint",
        "She:PRP:nsubj:paints no:RB:neg:longer longer:RB:advmod:paints paints:VBZ:ROOT:paints:paint",
        "She:PRP:nsubj:paints neither:CC:preconj:paints paints:VBZ:ROOT:paints:paint",
    ],
)
def test_negation_beside_the_verb(clauses, text):
    assert next(iter(clauses(text).values())).negated
