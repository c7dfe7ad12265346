"""The checks of plug-ins: what kg brings itself passes them, and what is wrong is told."""

import bz2
import dataclasses
import gzip
import io
import lzma
import tarfile
import zipfile

import document_files
import pytest
from spacy.tokens import Doc

from kg import export, read, testing
from kg.extract.parse import encoder, student
from kg.resolve import Countries, Gazetteer, Link
from kg.rules import Match, Rule

RULE = Rule(
    "coached",
    relation="trainer_of",
    pattern=[{"POS": "PROPN"}, {"LEMMA": "coach"}, {"POS": "PROPN"}],
    subject=0,
    object=2,
    reads="Mara Voss coached Jon Hale.",
    spares="Mara Voss thanked Jon Hale.",
)


ZIP = io.BytesIO()
with zipfile.ZipFile(ZIP, "w") as archive:
    archive.writestr("a.txt", "Anna Berg walked.")
TAR = io.BytesIO()
with tarfile.open(fileobj=TAR, mode="w") as tar:
    tar.addfile(tarfile.TarInfo("a.txt"), io.BytesIO())
# An example of each kind of file that is not plain text.
EXAMPLES = {
    **dict.fromkeys((".html", ".htm", ".xhtml"), b"<html><p>Anna Berg walked.</p></html>"),
    **dict.fromkeys((".jsonl", ".ndjson"), b'{"text": "Anna Berg walked."}\n{"text": "She sat."}'),
    ".json": b'[{"text": "Anna Berg walked."}, {"text": "She sat."}]',
    **dict.fromkeys((".csv", ".tsv"), b"text\nAnna Berg walked.\nShe sat.\n"),
    **dict.fromkeys((".gz", ".tgz"), gzip.compress(b"Anna Berg walked.")),
    **dict.fromkeys((".bz2", ".tbz", ".tbz2"), bz2.compress(b"Anna Berg walked.")),
    **dict.fromkeys((".xz", ".txz"), lzma.compress(b"Anna Berg walked.")),
    ".zip": ZIP.getvalue(),
    ".tar": TAR.getvalue(),
}


@pytest.mark.parametrize("suffix", read.READERS)
def test_our_readers_pass(suffix):
    reader = read.READERS[suffix]
    example = EXAMPLES.get(suffix, b"# A walk\n\nAnna Berg walked.\n")
    if suffix in document_files.MAKERS:
        example = document_files.example(suffix)
    if isinstance(reader, read.ManyReader):
        testing.check_many_reader(reader, suffix[1:], example)
    else:
        testing.check_reader(reader, suffix[1:], example)


@pytest.mark.parametrize("suffix", sorted(export.WRITERS.keys() - {".csv", ".parquet", ".duckdb"}))
def test_our_exporters_pass(suffix):
    testing.check_exporter(export.WRITERS[suffix], suffix[1:])


def test_our_linkers_pass():
    testing.check_linker(Countries(), knows=[(["France"], "GPE")])
    row = Link("Q1", "Port Vale", "GPE", ("https://ports.example/1",))
    testing.check_linker(Gazetteer([row], [["Vale"]]), knows=[(["Vale", "Port Vale"], "GPE")])


@pytest.mark.model
@pytest.mark.parametrize("component", [encoder, student], ids=["encoder", "student"])
def test_our_components_pass(component):
    testing.check_component(component.create)


@pytest.mark.model
def test_rules_pass_and_fail_by_their_sentences():
    testing.check_rules([RULE])
    with pytest.raises(AssertionError, match="checked:coached reads nothing"):
        testing.check_rules([dataclasses.replace(RULE, reads="Rain fell.")])
    with pytest.raises(AssertionError, match="checked:coached reads trainer_of"):
        testing.check_rules([dataclasses.replace(RULE, spares="Jon Hale coached Mara Voss.")])
    with pytest.raises(AssertionError, match="two rules have one id"):
        testing.check_rules([RULE, RULE])


@pytest.mark.model
def test_a_rule_that_changes_the_doc_is_told():
    def meddle(doc):
        for token in doc:
            token.lemma_ = "x"
        return [Match(1, 4)] if "coached Jon" in doc.text else []

    with pytest.raises(AssertionError, match="changed the Doc"):
        testing.check_rules([dataclasses.replace(RULE, pattern=(), find=meddle)])


@pytest.mark.model
def test_a_component_that_changes_tags_or_keeps_state_is_told():
    def retag(nlp, name):
        def run(doc):
            for token in doc:
                token.tag_ = "NN"
            return doc

        return run

    with pytest.raises(AssertionError, match="changed tokens, tags or tree"):
        testing.check_component(retag)
    with pytest.raises(AssertionError, match="after other texts"):
        testing.check_component(lambda nlp, name: _remembering())


def _remembering():
    seen = set()

    def run(doc: Doc) -> Doc:
        if doc.text in seen:
            doc.set_ents([])
        seen.add(doc.text)
        return doc

    return run


def test_a_reader_that_fails_on_other_bytes_is_told():
    class Frail:
        def read(self, data, source, config):
            return read.document_from_text(data.decode(), source=source.name)

    with pytest.raises(AssertionError, match="it raised UnicodeDecodeError"):
        testing.check_reader(Frail(), "loud", b"Ann ran.")


def test_a_linker_that_knows_everything_is_told():
    class Sure:
        def link(self, names, type):
            return Link("1", "Paris", "GPE")

    with pytest.raises(AssertionError, match="it knows what is not"):
        testing.check_linker(Sure())


def test_an_exporter_whose_bytes_vary_is_told():
    counter = iter(range(9))
    with pytest.raises(AssertionError, match="the same graph gave other bytes"):
        testing.check_exporter(lambda graph, path: path.write_text(str(next(counter))), "n")
