"""What every plug-in is held to: a check of each door, which a package of yours can run in its own tests.

    def test_subtitles():
        kg.testing.check_reader(Subtitles(), "srt", SAMPLE.read_bytes())

A check raises an `AssertionError` that says what is wrong. The tests of kg run them on what kg itself brings.
"""

from __future__ import annotations

import functools
import io
import json
import tempfile
import warnings
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from kg.config import ExtractConfig, ReadConfig, unbarred
from kg.errors import ReadError, ReadWarning
from kg.model import Claim, Document, Extraction, Mention
from kg.rules import Rule

if TYPE_CHECKING:
    from kg.export import Exporter
    from kg.extract import Component, Extractor
    from kg.knowledge import KnowledgeGraph
    from kg.read import ManyReader, Reader, Source
    from kg.resolve import Linker

__all__ = [
    "check_component",
    "check_exporter",
    "check_linker",
    "check_many_reader",
    "check_reader",
    "check_rules",
]

# Bytes that are often met where a text was expected.
GARBAGE = (
    b"",
    b" \n",
    b"\x00\x01\x02" * 40,
    b"\xff\xfe\xfa",
    b"%PDF-1.7 x",
    "né".encode("latin-1"),
    b"<" * 3000,
)
TEXTS = (
    "Ada Moreau, the Finance Minister of Norland, met about 18 engineers in Port Vale on 3 May 2021.",
    "It did not rain. She may leave, they said; nobody knows when.",
    "- one\u00a0two \U0001f600 (three) «four» e.g. 5% …",
    "x",
)


def check_reader(
    reader: Reader, suffix: str, example: bytes, *, config: ReadConfig | None = None
) -> Document:
    """Check a reader on an example, and on bytes that are no such file; give the example's document."""
    from kg.read import Source

    source = Source(f"folder/example.{suffix}", f"/tmp/folder/example.{suffix}")
    config = config or ReadConfig()
    document = reader.read(example, source, config)
    _check_document(document)
    assert document.source == source.name, "Document.source is the name of the source"
    assert reader.read(example, source, config) == document, "the same bytes gave another document"
    with warnings.catch_warnings():
        # That an encoding was guessed is no fault.
        warnings.simplefilter("ignore", ReadWarning)
        for data in GARBAGE:
            try:
                assert isinstance(reader.read(data, source, config), Document)
            except ReadError:
                pass
            except Exception as error:
                raise AssertionError(f"on {data[:12]!r} it raised {error!r}, and no ReadError") from error
    return document


def check_many_reader(
    reader: ManyReader, suffix: str, example: bytes, *, config: ReadConfig | None = None
) -> list[Document]:
    """Check a reader of files that hold several documents, as `check_reader` does; give the example's.

    Of an archive's reader, which gives files, they are none.
    """
    from kg.read import Source

    source = Source(f"folder/example.{suffix}", f"/tmp/folder/example.{suffix}")
    config = config or ReadConfig()
    parts = _parts(reader, example, source, config)
    assert parts, "the example gave nothing"
    documents = [part for part in parts if isinstance(part, Document)]
    assert len({d.source for d in documents}) == len(documents), "two documents have one name"
    for document in documents:
        _check_document(document)
        assert document.source.startswith((f"{source.name}#", source.name)), "Source.at names a part"
    assert _parts(reader, example, source, config) == parts, "the same bytes gave something else"
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ReadWarning)
        for data in GARBAGE:
            try:
                _parts(reader, data, source, config)
            except ReadError:
                pass
            except Exception as error:
                raise AssertionError(f"on {data[:12]!r} it raised {error!r}, and no ReadError") from error
    return documents


def _parts(reader: ManyReader, data: bytes, source: Source, config: ReadConfig) -> list[Any]:
    """Give what a reader makes of some bytes: documents, what is wrong, and files as their name and bytes."""
    from kg.read import Member

    found: list[Any] = []
    for part in reader.read_each(io.BytesIO(data), source, config):
        if isinstance(part, Member):
            found.append((part.source, part.stream.read()))
        else:
            found.append(str(part) if isinstance(part, ReadError) else part)
    return found


def _check_document(document: Document) -> None:
    from kg.read import document_id

    assert isinstance(document, Document), f"a reader gives a Document, not {type(document).__name__}"
    assert document.id == document_id(document.text), "Document.id is kg.read.document_id of its text"
    assert document.text.strip(), "the example gave no text"
    ends = [0]
    for block in document.blocks:
        assert ends[-1] <= block.start < block.end <= len(document.text), f"{block} is out of place"
        ends.append(block.end)
    starts = [place.start for place in document.places]
    assert starts == sorted(starts), "places are in their order in the text"
    assert Document.from_dict(json.loads(json.dumps(document.to_dict()))) == document, "no JSON round trip"


def check_component(factory: Component, *, texts: Iterable[str] = ()) -> None:
    """Check a factory of components of the pipeline: what it makes of some texts, alone and in a batch."""
    nlp = _extractor().nlp
    component = factory(nlp, "checked")
    kept = ("text", "tag_", "pos_", "dep_", "lemma_", "is_sent_start")
    found = {}
    for text in ("", *TEXTS, *texts):
        doc = nlp(text)
        before = [[getattr(t, name) for name in kept] + [t.head.i] for t in doc]
        doc = component(doc)
        assert [[getattr(t, name) for name in kept] + [t.head.i] for t in doc] == before, (
            f"it changed tokens, tags or tree of {text!r}"
        )
        found[text] = [(e.start, e.end, e.label_) for e in doc.ents]
    for text in reversed(found):
        again = [(e.start, e.end, e.label_) for e in component(nlp(text)).ents]
        assert again == found[text], f"it found something else in {text!r} after other texts"


def check_rules(rules: Sequence[Rule]) -> None:
    """Check a set of rules: each reads one sentence, spares the other, and leaves Docs alone."""
    from kg.extract.claims.custom import checked

    ids = [rule.id for rule in rules]
    assert len(set(ids)) == len(ids), "two rules have one id"
    for id, rule, find in checked("checked", rules):
        assert 0 < rule.confidence <= 1, f"{id}: a confidence is above 0 and at most 1"
        found = {text: _claims(rules, text, id) for text in (rule.reads, rule.spares)}
        assert found[rule.reads], f"{id} reads nothing in {rule.reads!r}"
        assert not found[rule.spares], f"{id} reads {rule.relation} in {rule.spares!r}"
        for text in TEXTS:
            doc = _extractor().nlp(text)
            before = doc.to_bytes()
            list(find(doc))
            assert doc.to_bytes() == before, f"{id} changed the Doc of {text!r}"


def check_linker(linker: Linker, *, knows: Iterable[tuple[Sequence[str], str]] = ()) -> None:
    """Check a linker: what it says of the names and classes that it `knows`, and that it doubts the rest."""
    from kg.classes import FAMILIES
    from kg.resolve import Link

    for names, kind in knows:
        link = linker.link(names, kind)
        assert isinstance(link, Link), f"it does not know {', '.join(names)}"
        assert link.id, "a Link has an id"
        assert link.label, "a Link has a label"
        assert link.type in ("", *FAMILIES), f"there is no class {link.type!r}"
        assert all("://" in iri for iri in link.same_as), "same_as are IRIs"
        assert linker.link(names, kind) == link, "asked again it said something else"
        assert linker.link([*names][::-1], kind) == link, "the order of names made a difference"
    for kind in sorted(FAMILIES):
        assert linker.link(["Qxzw Vbrrt of Nowhere"], kind) is None, "it knows what is not"
        assert linker.link([], kind) is None, "it knows a thing without names"


def check_exporter(exporter: Exporter, suffix: str) -> str:
    """Check an exporter on a small graph and on an empty one; give what it wrote of the first, decoded."""
    from kg.knowledge import KnowledgeGraph

    with tempfile.TemporaryDirectory() as folder:
        written = []
        for number, graph in enumerate((KnowledgeGraph(), small_graph(), small_graph())):
            path = Path(folder) / f"{number}" / f"graph.{suffix}"
            path.parent.mkdir()
            lines = list(graph.store.lines())
            exporter(graph, path)
            assert path.is_file(), f"it did not write {path.name}"
            assert list(graph.store.lines()) == lines, "it changed the graph"
            written.append(path.read_bytes())
    assert written[1] == written[2], "the same graph gave other bytes"
    assert written[1] != written[0], "a graph and an empty one gave the same bytes"
    return written[1].decode("utf-8", "replace")


def small_graph() -> KnowledgeGraph:
    """Give a graph of one sentence, made without a model."""
    from kg.knowledge import KnowledgeGraph
    from kg.read import document_from_text
    from kg.resolve import resolve

    text = "Ada Moreau lives in Port Vale."
    document = document_from_text(text, source="small.txt")
    person = Mention(0, 10, "Ada Moreau", "name", "Person", "Ada Moreau", chain=0)
    place = Mention(20, 29, "Port Vale", "name", "GPE", "Port Vale", chain=1)
    claim = Claim(0, "live_in", 1, text="lives", start=0, end=29, rule="main-own", confidence=0.9)
    extraction = Extraction(document.id, document.source, (person, place), (claim,), ((0, len(text)),))
    resolution = resolve([extraction], linkers=[])
    return KnowledgeGraph.from_records([document], [extraction], resolution)


@functools.cache
def _extractor() -> Extractor:
    from kg.extract import Extractor

    return Extractor(unbarred(ExtractConfig()))


def _claims(rules: Sequence[Rule], text: str, id: str) -> list[Any]:
    """Give the claims that a rule reads in a text."""
    from kg.extract.claims.custom import checked
    from kg.extract.stages import with_rules

    extractor = _extractor()
    usual = extractor.stages
    extractor.stages = with_rules(tuple(checked("checked", rules)))
    try:
        document = Document(id="0" * 16, source="checked", text=text)
        return [c for c in extractor.extract(document).claims if c.rule == id]
    finally:
        extractor.stages = usual
