"""Names of a table of the user's are found as they stand there, the longest first."""

import pytest
import spacy

from kg import config
from kg.config import ExtractConfig
from kg.errors import ConfigError
from kg.extract import Extractor
from kg.extract.mentions.known import Known
from kg.model import Block, Document

TABLE = "id,label,aliases,type\n1,Zed Quux Frob,the Frobber|Zed,Person\n2,blue horizon,,Product\n3,Iris,,\n"


@pytest.fixture
def table(tmp_path):
    path = tmp_path / "known.csv"
    path.write_text(TABLE, encoding="utf-8")
    return str(path)


def test_the_longest_name_counts_and_the_case_is_a_setting(table):
    nlp = spacy.blank("en")
    doc = nlp("Zed met Zed Quux Frob at Blue Horizon, and zed left Iris.")
    exact = [(s.text, kind) for s, kind in Known(table, nlp.tokenizer).find(doc)]
    assert exact == [("Zed", "Person"), ("Zed Quux Frob", "Person"), ("Iris", "")]
    loose = [s.text for s, _ in Known(table, nlp.tokenizer, exact=False).find(doc)]
    assert loose == ["Zed", "Zed Quux Frob", "Blue Horizon", "zed", "Iris"]


def test_plurals_are_a_setting(table):
    nlp = spacy.blank("en")
    doc = nlp("Two blue horizons and Irises.")
    assert [s.text for s, _ in Known(table, nlp.tokenizer).find(doc)] == []
    inflected = Known(table, nlp.tokenizer, inflected=True)
    assert [(s.text, kind) for s, kind in inflected.find(doc)] == [
        ("blue horizons", "Product"),
        ("Irises", ""),
    ]


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(ConfigError, match="cannot be read"):
        Known(str(tmp_path / "none.csv"), spacy.blank("en").tokenizer)


def test_a_gazetteer_that_is_given_is_looked_for_in_the_texts(table):
    assert config.load(flags={"resolve.gazetteer": table})[0].extract.gazetteer == table
    apart = {"resolve.gazetteer": table, "extract.gazetteer": ""}
    assert config.load(flags=apart)[0].extract.gazetteer == ""


@pytest.mark.model
def test_names_of_a_table_are_found_with_their_class(table):
    text = "Critics like blue horizon. Yesterday Zed Quux Frob met the Frobber."
    extractor = Extractor(ExtractConfig(gazetteer=table))
    found = extractor.extract(Document("d" * 16, "t.txt", text, blocks=(Block(0, len(text)),)))
    names = {(m.text, m.type) for m in found.mentions if m.kind == "name"}
    assert names == {("blue horizon", "Product"), ("Zed Quux Frob", "Person"), ("the Frobber", "Person")}


@pytest.mark.model
def test_a_plural_is_called_as_the_table_calls_it(table):
    text = "Critics like blue horizons."
    extractor = Extractor(ExtractConfig(gazetteer=table, gazetteer_forms="inflected"))
    found = extractor.extract(Document("d" * 16, "t.txt", text, blocks=(Block(0, len(text)),)))
    assert [(m.text, m.label) for m in found.mentions if m.kind == "name"] == [
        ("blue horizons", "blue horizon")
    ]
