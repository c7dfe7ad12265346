"""The trained component of names: labels, runs, features, and what it finds in a few plain sentences."""

import random
from importlib import resources

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.tokens import Doc

from kg.extract.lexicon.labels import NAME_LABELS, STOCK_LABELS, VALUE_LABELS, VALUE_TYPES
from kg.extract.parse import encoder
from kg.extract.parse.features import DEPS, END, SHAPES, START, TAGS, UNKNOWN, piece_rows, shape

NAMES = encoder.NAMES


def scores_of(*rows):
    return np.array([[row.get(x, -5.0) for x in NAME_LABELS] for row in rows], dtype=np.float32)


def path_of(*rows):
    return [NAME_LABELS[i] for i in NAMES.best_path(scores_of(*rows))]


def score_of_path(scores, path):
    log_p = scores - np.log(np.exp(scores).sum(axis=1, keepdims=True))
    return float(sum(log_p[i, k] for i, k in enumerate(path)))


def test_best_path_never_begins_with_inside():
    assert path_of({"I-GPE": 3, "B-GPE": 1, "O": 0}) == ["B-GPE"]


def test_best_path_changes_no_type_within_a_name():
    first = {"B-Person": 2.0, "B-Organization": 1.0}
    second = {"I-Organization": 3.0, "I-Person": 0.0}
    assert path_of(first, second) == ["B-Organization", "I-Organization"]


def test_best_path_of_nothing_is_nothing():
    assert NAMES.best_path(np.zeros((0, len(NAME_LABELS)), dtype=np.float32)) == []


@settings(deadline=None)
@given(st.integers(0, 10_000), st.integers(1, 5), st.sampled_from((1, 3, 9)))
def test_best_path_is_the_best_of_all_valid_paths(seed, length, spread):
    rng = np.random.default_rng(seed)
    # Some tokens are sure of themselves and some are not.
    scores = (rng.normal(size=(length, 5)) * rng.choice((0.3, 1, spread), (length, 1))).astype(np.float32)
    labels = encoder.Labels(("O", "B-a", "I-a", "B-b", "I-b"))

    def valid(path):
        before = ["O", *(labels.names[k] for k in path)]
        return all(
            labels.names[k][0] != "I" or b[1:] == labels.names[k][1:]
            for b, k in zip(before, path, strict=False)
        )

    found = labels.best_path(scores)
    assert valid(found)
    every = [p for p in np.ndindex(*[5] * length) if valid(p)]
    assert score_of_path(scores, found) >= max(score_of_path(scores, p) for p in every) - 1e-4


def test_spans_end_where_another_name_begins():
    path = [NAME_LABELS.index(x) for x in ("B-GPE", "B-GPE", "I-GPE", "O", "B-Person")]
    assert list(NAMES.spans(path)) == [(0, 1, "GPE"), (1, 3, "GPE"), (4, 5, "Person")]


@settings(deadline=None)
@given(st.lists(st.lists(st.integers(1, 24), min_size=1, max_size=60), max_size=12))
def test_runs_cover_every_token_once_and_are_bearable(sentences):
    lengths = [n for s in sentences for n in s]
    bounds, at = [], 0
    for s in sentences:
        bounds.append((at, at + len(s)))
        at += len(s)
    runs = list(encoder.runs(lengths, bounds))
    assert [i for a, b in runs for i in range(a, b)] == list(range(len(lengths)))
    assert all(sum(lengths[a:b]) <= encoder.LONGEST for a, b in runs)


def test_runs_break_only_long_sentences():
    assert list(encoder.runs([50] * 4, [(0, 2), (2, 3), (3, 4)])) == [(0, 2), (2, 4)]
    assert len(list(encoder.runs([10] * 100, [(0, 100)]))) == 4


@pytest.mark.parametrize(
    ("token", "starts", "expected"),
    [
        ("the", False, "lower"),
        ("Reuters", False, "Title"),
        ("Reuters", True, "start Title"),
        ("UNICEF", False, "UPPER"),
        ("UNICEF", True, "start UPPER"),
        ("iPhone", False, "mixed"),
        ("McKay", False, "mixed"),
        ("J.", False, "initial"),
        ("3rd", False, "digit"),
        ("—", False, "punct"),
        ("北京", False, "lower"),
    ],
)
def test_shape_tells_case(token, starts, expected):
    assert SHAPES[shape(token, starts)] == expected


def test_rows_point_to_the_first_piece_of_each_token():
    pieces = {"Zarqa": (7, 8), "fell": (9,), "\u200d": ()}
    row = piece_rows(
        pieces.__getitem__,
        ["Zarqa", "fell", "\u200d"],
        ["NNP", "VBD", "??"],
        ["nsubj", "ROOT", ""],
        [True, False, False],
    )
    assert row["pieces"] == [START, 7, 8, 9, UNKNOWN, END]
    assert row["first"] == [1, 3, 4]
    assert [TAGS[i] for i in row["tag"]] == ["", "NNP", "NNP", "VBD", "", ""]
    assert [DEPS[i] for i in row["dep"]] == ["", "nsubj", "nsubj", "ROOT", "", ""]
    assert len({len(row[k]) for k in ("pieces", "shape", "before", "after", "tag", "dep")}) == 1


def test_labels_are_those_of_the_stock_model():
    assert set(STOCK_LABELS) == {x[2:] for x in NAME_LABELS if x != "O"} - {"Other"}
    assert {x[2:] for x in VALUE_LABELS if x != "O"} == set(VALUE_TYPES)


def test_weights_fit_in_the_package():
    folder = resources.files("kg.extract").joinpath(encoder.MODEL)
    size = sum(f.stat().st_size for f in folder.iterdir())
    assert size <= 25_000_000
    assert folder.joinpath("CARD.md").is_file()


TEXTS = [
    "Maren Oduya, who runs the Lagos office of Brightwater Bank, flew to Portugal on Tuesday.",
    "",
    "The ministry said troops had left. Farmers near the Danube returned to their villages.",
    "Oslo.",
    "Prime Minister Keir Halvorsen met reporters in Ottawa. " * 12,
]


@pytest.mark.model
def test_a_text_gives_the_same_alone_and_in_any_batch(nlp):
    def seen(doc):
        spans = [*doc.ents, *doc.spans["kg_inner"], *doc.spans["kg_nominals"]]
        return [(s.start, s.end, s.label_) for s in spans]

    alone = [seen(nlp(t)) for t in TEXTS]
    assert alone == [seen(d) for d in nlp.pipe(TEXTS, batch_size=3)]
    order = list(range(len(TEXTS)))
    random.Random(4).shuffle(order)
    assert [seen(d) for d in nlp.pipe([TEXTS[i] for i in order])] == [alone[i] for i in order]


@pytest.mark.model
@pytest.mark.parametrize(
    ("text", "name", "label"),
    [
        ("The engineer Ngozi Adeyemi-Clarke resigned.", "Ngozi Adeyemi-Clarke", "PERSON"),
        ("Halima bint Yusuf spoke after van der Meulen.", "van der Meulen", "PERSON"),
        ("It was built by Hanwell Robotics Ltd in 2011.", "Hanwell Robotics Ltd", "ORG"),
        ("The court in Antwerp fined the carmaker.", "Antwerp", "GPE"),
        ("They crossed the Zambezi River at dawn.", "Zambezi River", "LOC"),
        ("Rain fell on Uzbekistan and Kyrgyzstan.", "Kyrgyzstan", "GPE"),
        ("German farmers blocked the road.", "German", "NORP"),
        ("Officials from the World Health Organization arrived.", "World Health Organization", "ORG"),
        ("She was born on 4 March 1962.", "4 March 1962", "DATE"),
    ],
)
def test_names_in_plain_sentences(nlp, text, name, label):
    found = {e.text.removeprefix("the ").removeprefix("The "): e.label_ for e in nlp(text).ents}
    assert found.get(name) == label


@pytest.mark.model
@pytest.mark.xfail(reason="a company's name before a plural of persons is missed where it is also a word")
def test_a_company_that_is_also_a_word_before_its_founders(nlp):
    doc = nlp("Apple founders Steve Jobs and Steve Wozniak met in California.")
    assert ("Apple", "ORG") in {(e.text, e.label_) for e in doc.ents}


@pytest.mark.model
@pytest.mark.xfail(reason="a place that no set knows, in the possessive, is taken for a person")
def test_an_unknown_land_and_its_capital(nlp):
    doc = nlp("Ostmark's capital, Graben, was rebuilt.")
    assert ("Ostmark", "GPE") in {(e.text, e.label_) for e in doc.ents}


@pytest.mark.model
def test_heads_of_nominals_have_a_class(nlp):
    doc = nlp("The rebels burned two villages, and the nurses fled across the river.")
    kinds = {s.text: s.label_ for s in doc.spans["kg_nominals"]}
    assert kinds.get("nurses") == "Person"
    assert kinds.get("villages") == kinds.get("river") == "Location"


@pytest.mark.model
def test_odd_texts_are_read(nlp):
    for text in (
        "\u200d\u200d",
        "🙂 🙂",
        "x" * 3000,
        "A" * 50 + " " + "b " * 900,
        "東京 で 会った",
        "\ufffd",
    ):
        doc = nlp(text)
        assert all(e.label_ in {*STOCK_LABELS.values(), *VALUE_TYPES} for e in doc.ents)


@pytest.mark.model
def test_a_doc_without_sentences_is_refused_by_analysis(nlp):
    assert not nlp.analyze_pipes()["problems"]["kg_encoder"]
    assert isinstance(nlp(""), Doc)


def test_odds_keep_the_types_that_the_whole_span_speaks_for():
    odds = NAMES.odds(
        scores_of({"B-Person": 3.0, "B-GPE": 2.8, "I-Organization": 9.0}, {"I-Person": 3.0, "I-GPE": 2.8})
    )
    assert set(odds) == {"Person", "GPE"}
    assert odds["Person"] > odds["GPE"]
    assert sum(odds.values()) == pytest.approx(1)
