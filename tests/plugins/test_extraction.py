"""Components and rules of others: who finds names, and claims of one's own relations."""

import dataclasses

import pytest
from spacy.language import Language
from spacy.tokens import Span

from kg.config import ExtractConfig, unbarred
from kg.errors import PluginError
from kg.extract import Extractor
from kg.model import Document
from kg.rules import Match, Rule

pytestmark = [pytest.mark.model, pytest.mark.usefixtures("models_once")]
TRAINED = Rule(
    "trained",
    relation="trainer_of",
    pattern=[
        {"RIGHT_ID": "verb", "RIGHT_ATTRS": {"LEMMA": "coach"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "subject", "RIGHT_ATTRS": {"DEP": "nsubj"}},
        {"LEFT_ID": "verb", "REL_OP": ">", "RIGHT_ID": "object", "RIGHT_ATTRS": {"DEP": "dobj"}},
    ],
    reads="Mara Voss coached Jon Hale.",
    spares="Mara Voss thanked Jon Hale.",
)
FLOWS = Rule(
    "flows-into",
    relation="flows_into",
    pattern=[{"POS": "PROPN"}, {"LEMMA": "enter"}, {"POS": "DET", "OP": "?"}, {"POS": "PROPN"}],
    subject=0,
    object=3,
    reads="The Mosel enters the Rhine.",
    spares="The ship enters the harbour.",
)


def couples(doc):
    for token in doc:
        if token.lower_ == "plus" and token.i and token.i + 1 < len(doc):
            yield Match(token.i - 1, token.i + 1, (token.i,))


PARTNERS = Rule(
    "partners",
    relation="partner_of",
    find=couples,
    reads="Eva Lind plus Omar Sayed won.",
    spares="Eva Lind met Omar Sayed.",
)


@pytest.fixture
def read(offer):
    """Read a sentence with rules offered as the set `test`; gives the extraction."""

    def run(text, *rules, **settings):
        offer("rules", test=rules)
        names = ("test",) if rules else ()
        config = unbarred(ExtractConfig(rules=names, **settings))
        return Extractor(config).extract(Document(id="0" * 16, source="s", text=text))

    return run


def claims(extraction, rule):
    m = extraction.mentions
    return [(m[c.subject].label, c.relation, m[c.object].label) for c in extraction.claims if c.rule == rule]


@pytest.mark.parametrize(
    ("rule", "triple"),
    [
        (TRAINED, ("Mara Voss", "trainer_of", "Jon Hale")),
        (FLOWS, ("Mosel", "flows_into", "Rhine")),
        (PARTNERS, ("Eva Lind", "partner_of", "Omar Sayed")),
    ],
    ids=lambda x: x.id if isinstance(x, Rule) else "",
)
def test_a_rule_reads_its_sentence_and_spares_the_other(read, rule, triple):
    found = read(f"{rule.reads} {rule.spares}", rule)
    assert claims(found, f"test:{rule.id}") == [triple]


def test_claims_of_a_rule_have_words_place_and_confidence_like_ours(read):
    text = TRAINED.reads
    found = read(text, TRAINED)
    (claim,) = [c for c in found.claims if c.rule == "test:trained"]
    assert claim.text == "coached"
    assert text[claim.start : claim.end] == "Mara Voss coached Jon Hale"
    assert 0.6 < claim.confidence < 1
    assert claim.asserted
    less = dataclasses.replace(TRAINED, confidence=0.4)
    assert next(c for c in read(text, less).claims if c.rule == "test:trained").confidence < claim.confidence


@pytest.mark.parametrize(
    ("text", "negated", "modality"),
    [
        ("Mara Voss did not coach Jon Hale.", True, None),
        ("Mara Voss may coach Jon Hale.", False, "Possible"),
    ],
)
def test_claims_of_a_rule_stand_as_their_clause_does(read, text, negated, modality):
    (claim,) = [c for c in read(text, TRAINED).claims if c.rule == "test:trained"]
    assert (claim.negated, claim.modality) == (negated, modality)
    assert not claim.asserted


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"relation": "Out Ranks"}, "id and relation are lower-case words"),
        ({"subject": "boss"}, "the pattern has no node 'boss'"),
        ({"find": couples}, "either a pattern or a function"),
        ({"pattern": ()}, "either a pattern or a function"),
    ],
)
def test_a_rule_that_is_not_whole_is_named(read, change, says):
    with pytest.raises(PluginError, match=f"kg.rules: test:trained: .*{says}"):
        read("Rain fell.", dataclasses.replace(TRAINED, **change))


def test_a_rule_that_fails_at_work_is_named(read):
    broken = dataclasses.replace(TRAINED, pattern=(), find=lambda doc: [Match(99, None)])
    with pytest.raises(PluginError, match=r"kg\.rules: the plug-in 'test' .*failed \(IndexError"):
        read("Rain fell.", broken)


def test_what_packages_took_part_is_in_the_engine_and_in_the_settings(read):
    usual, with_rule = read("Rain fell.").engine, read("Rain fell.", TRAINED).engine
    assert "plugins" not in usual
    assert with_rule["plugins"] == "? "
    assert usual["settings"] != with_rule["settings"]


def make(nlp, name):
    def mark(doc):
        spans = [Span(doc, t.i, t.i + 1, label="ORG") for t in doc if t.lower_ == "zorbo"]
        doc.set_ents([*(e for e in doc.ents if not any(t.lower_ == "zorbo" for t in e)), *spans])
        return doc

    return mark


def test_a_component_finds_names_beside_ours(offer, read):
    offer("components", zorbo_names=make)
    text = "Ann Lee gave zorbo the money."
    found = {m.text: m.type for m in read(text, components=("zorbo_names",)).mentions if m.kind == "name"}
    assert found == {"Ann Lee": "Person", "zorbo": "Organization"}
    assert "zorbo" not in {m.text for m in read(text).mentions if m.kind == "name"}


def test_a_component_finds_names_in_the_place_of_ours(offer, read):
    offer("components", zorbo_names=make)
    found = read("Later on we gave Zorbo the money.", ner="zorbo_names")
    assert [(m.text, m.type) for m in found.mentions if m.kind == "name"] == [("Zorbo", "Organization")]


def test_the_models_own_names_on_request(read):
    found = read("Angela Merkel visited Paris.", ner="stock")
    assert [m.label for m in found.mentions if m.kind == "name"] == ["Angela Merkel", "Paris"]


def test_factories_of_spacy_will_do(read):
    assert read("Rain fell.", components=("doc_cleaner",)).claims


def test_a_component_that_is_not_there_is_named(offer, read):
    offer("components", zorbo_names=make)
    with pytest.raises(
        PluginError, match=r"no plug-in 'zorbo_name' is installed; did you mean 'zorbo_names'"
    ):
        read("Rain fell.", components=("zorbo_name",))


def test_a_component_that_does_not_load_is_named(offer, read):
    @Language.factory("test_failing")
    def failing(nlp, name):
        raise OSError("no weights")

    offer("components", test_failing=failing)
    with pytest.raises(PluginError, match=r"the plug-in 'test_failing' .*OSError: no weights"):
        read("Rain fell.", ner="test_failing")
