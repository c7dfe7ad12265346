"""How likely a triple is right, and what becomes of the ones that are doubted."""

import importlib.resources
import inspect
import re
import tomllib
from typing import get_args

import pytest

from kg import vocab
from kg.config import ExtractConfig
from kg.extract import Extractor
from kg.extract.claims import features, identity, rules
from kg.extract.claims.features import WEIGHED_PREPOSITIONS
from kg.extract.events import learned, sureness
from kg.model import MentionKind
from kg.read import document_from_text

pytestmark = pytest.mark.usefixtures("models_once")

TABLES = tomllib.loads(
    importlib.resources.files("kg.extract")
    .joinpath("models/confidence/confidence.toml")
    .read_text(encoding="utf-8")
)
CLASSES = set(vocab.terms()) | set(vocab.event_classes())
# What may stand behind the colon of a feature.
VALUES = {
    "rule": set(rules.PHRASES),
    "slot": set(rules.PHRASES) | set(rules.CLAUSES),
    "role": WEIGHED_PREPOSITIONS | {"time", "clause", "object", "place"} | set(vocab.event_terms()),
    "link": {rule.split("-")[0] for rule in rules.CLAUSES},
    "subject": {rule.split("-")[1] for rule in rules.CLAUSES},
    "classes": CLASSES,
    "subject-class": CLASSES,
    "end-class": CLASSES,
    # The class of an event, or a step of how sure the learned reader is.
    "learned": set(vocab.event_classes()) | {str(step) for step in range(2 * sureness.STEPS + 1)},
}
COUNTED = ("tells", "subject-words", "end-words", "roles", "named", "undone")


@pytest.fixture(scope="module")
def careful():
    """An extractor with the default bar, that drops nothing."""
    return Extractor(ExtractConfig(min_confidence=0.0))


def claims(extractor, text):
    read = extractor.extract(document_from_text(text))
    return read, {(read.mentions[c.subject].label, c.relation): c for c in read.claims}


@pytest.mark.parametrize(
    "feature", sorted({f for table in TABLES.values() for f in table} - {"all", "prior"})
)
def test_every_weight_is_of_a_feature_that_is_still_given(feature):
    group, colon, name = feature.partition(":")
    if group in COUNTED:
        assert name.isdigit()
    elif colon:
        parts = name.split("-") if group == "classes" else [name]
        assert all(part in VALUES[group] for part in parts)
    else:
        given = "".join(map(inspect.getsource, (features, identity, sureness, learned)))
        words = set(re.findall(r'"([a-z-]+)"', given)) | set(get_args(MentionKind))
        assert feature in words or feature.partition("-")[2] in words


@pytest.mark.model
def test_a_plain_clause_is_surer_than_one_whose_parts_are_far_and_borrowed(careful):
    _, plain = claims(careful, "Carla Mendez founded the bakery in 1998.")
    _, winding = claims(
        careful,
        "The council, after hearing from traders, bakers and the owners of two mills, met the mayor, "
        "promising, as some had asked, other things.",
    )
    surest = plain["Carla Mendez", "found"]
    assert surest.asserted
    read = [c for c in winding.values() if c.rule != rules.EVENT_ROLE.id]
    assert all(c.confidence < surest.confidence for c in read)


@pytest.mark.model
def test_a_doubted_qualifier_leaves_the_rest_of_the_claim_asserted(careful):
    text = "Harker built a mill despite protests in the village."
    _, found = claims(careful, text)
    sure = found["Harker", "build"]
    between = (sure.confidence + min(sure.qualifier_confidence)) / 2
    read, found = claims(Extractor(ExtractConfig(assert_confidence=between)), text)
    claim = found["Harker", "build"]
    assert claim.asserted
    roles = [role for role, _ in claim.qualifiers]
    assert "despite" in [roles[i] for i in claim.doubted]
    assert len(claim.qualifier_confidence) == len(claim.qualifiers)
    assert all(claim.qualifier_confidence[i] < between for i in claim.doubted)
    given = [read.mentions[o].label for _, _, o in claim.binary()]
    assert "mill" in given
    assert "protests" not in given


@pytest.mark.model
def test_what_is_below_the_bar_is_kept_and_not_asserted():
    text = "The firm built a mill, hiring masons."
    sure = Extractor(ExtractConfig(min_confidence=0.0, assert_confidence=0.0)).extract(
        document_from_text(text)
    )
    strict = Extractor(
        ExtractConfig(min_confidence=0.0, assert_confidence=1.0, event_confidence=1.0)
    ).extract(document_from_text(text))
    assert [c.relation for c in sure.claims] == [c.relation for c in strict.claims]
    assert any(c.asserted for c in sure.claims)
    assert not any(c.asserted or c.negated or c.modality for c in strict.claims)
    assert [c.confidence for c in sure.claims] == [c.confidence for c in strict.claims]


@pytest.mark.model
def test_a_claim_about_a_pronoun_that_stands_for_nothing_is_halved(careful):
    _, unknown = claims(careful, "They opened a bakery.")
    _, known = claims(careful, "The brothers opened a bakery.")
    assert unknown["They", "open"].confidence < 0.6 * known["brothers", "open"].confidence


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "feature"),
    [
        ("The town that burned received help.", "subject-clause-cut"),
        ("The mayor visited the mill", "sentence-open"),
        ("The mayor declared the mill a museum.", "naming"),
        ("The valley is green despite the drought.", "adjective-cut"),
        ("The result praised the mayor.", "subject-empty"),
        ("She sold the house with the tower and bought boats.", "link:conj"),
    ],
)
def test_features(nlp, text, feature):
    from kg.extract.parse import pipeline
    from kg.extract.stages import STAGES, interpret

    reading = next(pipeline.parse(nlp, [document_from_text(text)]))
    interpret(reading, STAGES[:-1])
    given = set()
    for claim in reading.claims:
        verb = features.verb_of(claim)
        given |= {*features.of_claim(claim, verb)}
        for role, end in [("object", claim.object), *claim.qualifiers]:
            given |= {*features.of_end(claim, verb, role, end)}
    assert feature in given


def test_a_sentence_that_ends_with_its_verb_is_surer_than_one_that_is_cut_off_there(careful):
    _, whole = claims(careful, "Karl Ek won.")
    assert whole["Karl Ek", "win"].asserted
    _, cut = claims(careful, "Karl Ek joined Lodar Ltd. Veltra streams.")
    sure = whole["Karl Ek", "win"].confidence
    assert all(c.confidence < min(0.1, sure / 3) for c in cut.values() if c.object is None)


@pytest.mark.model
def test_what_says_all_of_its_sentence_is_surer_than_a_small_part(careful):
    _, whole = claims(careful, "Anna Berg sold the mill.")
    _, part = claims(
        careful,
        "Anna Berg sold the mill, and Karl Ek, who had let it to brewers for years, left the old town "
        "for Ghent, where two sons of his cousin had opened a small bakery near the new fish market.",
    )
    assert whole["Anna Berg", "sell"].confidence > part["Anna Berg", "sell"].confidence


@pytest.mark.model
def test_what_an_event_tells_has_a_bar_of_its_own():
    text = "Police arrested three men in Lorn. Clouds covered hills."
    settings = {"min_confidence": 0.0, "assert_confidence": 1.0}
    told = Extractor(ExtractConfig(**settings, told_confidence=0.0)).extract(document_from_text(text))
    assert {c.relation for c in told.claims if c.asserted and ":" not in c.relation} == {"arrest"}
    strict = Extractor(ExtractConfig(**settings, told_confidence=1.0)).extract(document_from_text(text))
    assert not [c for c in strict.claims if c.asserted and ":" not in c.relation]


@pytest.mark.model
def test_a_sure_qualifier_stands_though_its_object_does_not(careful):
    text = "The market of Osk attracts folks even from Samarkand."
    _, found = claims(careful, text)
    sure = found["market of Osk", "attract"]
    bar = (sure.confidence + sure.qualifier_confidence[0]) / 2
    _, found = claims(Extractor(ExtractConfig(assert_confidence=bar, qualifier_confidence=bar)), text)
    claim = found["market of Osk", "attract"]
    assert claim.asserted
    assert [relation for _, relation, _ in claim.binary()] == ["attract_folk_from"]
