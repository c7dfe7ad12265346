"""A document becomes an extraction: what it mentions and what it claims.

spaCy is known here and nowhere else.
"""

from __future__ import annotations

import functools
import hashlib
import importlib
import importlib.util
from collections.abc import Callable, Iterable, Iterator

import spacy

from kg.config import ExtractConfig
from kg.extract import pipeline, views
from kg.extract.clauses import clauses_of
from kg.extract.reading import MentionDraft, Reading
from kg.extract.repair import tree_of
from kg.extract.views import Row
from kg.model import Document, Extraction

STAGES = (
    ("names", "find"),
    ("temporal", "find"),
    ("quantities", "find"),
    ("claims", "find"),
    ("nominal_facts", "find"),
    ("temporal", "date_claims"),
    ("coref", "chain"),
    ("claims", "settle"),
)


class Extractor:
    """Reads documents with one model and one set of settings; loads the model once."""

    def __init__(self, config: ExtractConfig | None = None) -> None:
        self.config = config or ExtractConfig()
        self.nlp = pipeline.load(self.config.model, self.config.profile)
        meta = self.nlp.meta
        self.engine = {
            "spacy": spacy.__version__,
            "model": f"{self.config.model} {meta.get('version', '')}".strip(),
            "settings": hashlib.sha256(repr(self.config).encode()).hexdigest()[:12],
        }

    def extract(self, document: Document) -> Extraction:
        """Read one document."""
        return next(self.pipe([document]))

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in batches; each gives what `extract` gives for it alone."""
        for reading in pipeline.parse(self.nlp, documents):
            interpret(reading)
            yield reading.finish(dict(self.engine), min_confidence=self.config.min_confidence)

    def rows(self, documents: Iterable[Document], view: str) -> Iterator[list[Row]]:
        """Give the open tuples of each document in a view, "nary" or "binary", in the words of the text."""
        for reading in pipeline.parse(self.nlp, documents):
            yield [
                row
                for block in reading.blocks
                for row in views.rows(clauses_of(tree_of(block)), view)
                if row.confidence >= self.config.min_confidence
            ]


def interpret(reading: Reading) -> None:
    """Find everything in a parsed document, one component after the other."""
    for find in _stages():
        find(reading)


@functools.cache
def _stages() -> tuple[Callable[[Reading], None], ...]:
    found: list[Callable[[Reading], None]] = []
    for module, function in STAGES:
        if importlib.util.find_spec(f"kg.extract.{module}"):
            found.append(getattr(importlib.import_module(f"kg.extract.{module}"), function))
        elif module == "names":
            found.append(_entities)
    return tuple(found)


TYPES = {"PERSON": "Person", "ORG": "Organization", "NORP": "Group", "GPE": "GPE", "LOC": "Location"}
TYPES |= {"FAC": "Facility", "EVENT": "Event", "PRODUCT": "Product", "WORK_OF_ART": "Work", "LAW": "Law"}


def _entities(reading: Reading) -> None:
    for block in reading.blocks:
        for span in block.doc.ents:
            if kind := TYPES.get(span.label_):
                reading.add(MentionDraft(block, span, span.root, "name", kind, span.text))


def extract(text: str, *, config: ExtractConfig | None = None) -> Extraction:
    """Read one text, without a graph."""
    digest = hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:16]
    document = Document(id=digest, source="text", text=text)
    return _extractor(config or ExtractConfig()).extract(document)


@functools.lru_cache(maxsize=2)
def _extractor(config: ExtractConfig) -> Extractor:
    return Extractor(config)
