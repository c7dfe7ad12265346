"""A document becomes an extraction: what it mentions and what it claims.

spaCy is known here and nowhere else.
"""

from __future__ import annotations

import functools
import logging
import time
from collections.abc import Iterable, Iterator

import kg.extract.alone  # noqa: F401  before all others, which import spaCy
from kg import plugins
from kg.config import ExtractConfig
from kg.conllu import Given
from kg.extract import tuples
from kg.extract.alone import spacy
from kg.extract.claims import custom, rules
from kg.extract.claims.clauses import clauses_of
from kg.extract.mentions.known import Known
from kg.extract.parse import pipeline, reader, timing
from kg.extract.parse.components import Component
from kg.extract.parse.kept import ParseCache
from kg.extract.parse.repair import tree_of
from kg.extract.parse.roles import SentenceRoles
from kg.extract.parse.tree import Tree
from kg.extract.reading import Reading
from kg.extract.schema import SchemaReader
from kg.extract.stages import VALUES, interpret, with_rules
from kg.extract.tuples import OpenTuple
from kg.installed import code_of
from kg.iri import digest
from kg.model import Document, Extraction
from kg.schema import Schema

__all__ = ["Component", "Extractor", "extract"]
log = logging.getLogger("kg.extract")


class Extractor:
    """Reads documents with one model and one set of settings; loads the model once."""

    def __init__(
        self,
        config: ExtractConfig | None = None,
        *,
        cache: str = "",
        spent: dict[str, float] | None = None,
    ) -> None:
        """Load the model; `cache` is a folder to keep parses in, `spent` gets CPU seconds by stage."""
        self.config = config or ExtractConfig()
        self.spent = spent
        self.nlp = pipeline.load(
            self.config.model,
            self.config.profile,
            ner=self.config.ner,
            reads=self.config.reader,
            reads_events=self.config.events,
            reads_references=self.config.references,
            further=self.config.components,
        )
        self.stages = with_rules(custom.rules_of(self.config.rules))
        config = self.config
        self.known = (
            Known(
                config.gazetteer,
                self.nlp.tokenizer,
                exact=config.gazetteer_case == "exact",
                inflected=config.gazetteer_forms == "inflected",
            )
            if config.gazetteer
            else None
        )
        self.parses = self._parses(cache) if cache else None
        if spent is not None:
            timing.watch(self.nlp, spent)
        meta = self.nlp.meta
        self.engine = {
            "spacy": spacy.__version__,
            "model": f"{self.config.model} {meta.get('version', '')}".strip(),
            "settings": digest(repr(self.config), 12),
        }
        if others := _plugins(self.config):
            self.engine["plugins"] = others

    def _parses(self, folder: str) -> ParseCache | None:
        config = self.config
        if config.components or config.ner not in ("", "stock"):
            # Nobody knows what a component of others leaves in a Doc.
            log.warning("%s: not used, as a component of others takes part in parsing", folder)
            return None
        model = f"{config.model} {self.nlp.meta.get('version', '')} {spacy.__version__}"
        code = code_of("extract/parse/*.py", "extract/lexicon", "extract/models")
        readers = f"{config.reader} {config.events} {config.references}"
        return ParseCache(folder, self.nlp, f"{model} {config.ner or config.profile} {readers} {code}")

    def extract(self, document: Document) -> Extraction:
        """Read one document."""
        return next(self.pipe([document]))

    def pipe(self, documents: Iterable[Document]) -> Iterator[Extraction]:
        """Read documents in batches; each gives what `extract` gives for it alone."""
        bars = self._bars()
        for reading in self._readings(documents):
            reading.known = self.known
            interpret(reading, self.stages, self.spent)
            yield reading.to_extraction(
                dict(self.engine),
                min_confidence=self.config.min_confidence,
                assert_confidence=self.config.assert_confidence,
                told_confidence=self.config.told_confidence,
                qualifier_confidence=self.config.qualifier_confidence,
                bars=bars,
            )

    def _bars(self) -> dict[str, float]:
        """Give from which confidence on each rule's claims are asserted, where that is a bar of its own."""
        config = self.config
        phrases = (rule for rule in rules.RULES if rule not in rules.CLAUSES)
        return (
            dict.fromkeys(phrases, config.phrase_confidence)
            | dict.fromkeys(rules.OF_EVENTS, config.event_confidence)
            | {rules.EVENT_LEARNED.id: config.learned_confidence}
        )

    def _readings(self, documents: Iterable[Document]) -> Iterator[Reading]:
        found = pipeline.parse(self.nlp, documents, kept=self.parses)
        if self.spent is None:
            yield from found
            return
        while True:
            begun = time.process_time()
            reading = next(found, None)
            self.spent["parse"] = self.spent.get("parse", 0.0) + time.process_time() - begun
            if reading is None:
                return
            yield reading

    def triples(self, documents: Iterable[Document], schema: Schema) -> Iterator[list[OpenTuple]]:
        """Give what each document says in the relations of a schema, in the words of the text."""
        reader = SchemaReader(schema)
        for reading in pipeline.parse(self.nlp, documents, as_written=True):
            interpret(reading, VALUES)
            yield [row for row in reader.rows(reading) if row.confidence >= self.config.tuple_confidence]

    def trees(self, given: Iterable[Given]) -> Iterator[Tree]:
        """Give the tree of each sentence on its given tokens, as the rules read it."""
        for block in pipeline.parse_given(self.nlp, given):
            yield tree_of(block)

    def roles(self, documents: Iterable[Document]) -> Iterator[list[SentenceRoles]]:
        """Give the predicates of each sentence of each document, with their senses and roles."""
        reader.prepare(self.nlp)
        for reading in pipeline.parse(self.nlp, documents, as_written=True):
            yield [
                SentenceRoles(
                    block.start + sentence.start_char, block.start + sentence.end_char, words, found
                )
                for block in reading.blocks
                for sentence, words, found in reader.roles_of(block.doc)
            ]

    def roles_of_given(self, given: Iterable[Given]) -> Iterator[SentenceRoles]:
        """Give the predicates of each sentence on its given tokens, with their senses and roles."""
        reader.prepare(self.nlp)
        for block in pipeline.parse_given(self.nlp, given):
            for sentence, words, found in reader.roles_of(block.doc):
                yield SentenceRoles(sentence.start_char, sentence.end_char, words, found)

    def rows(self, documents: Iterable[Document], view: str) -> Iterator[list[OpenTuple]]:
        """Give the open tuples of each document in a view, "nary" or "binary", in the words of the text."""
        for reading in pipeline.parse(self.nlp, documents, as_written=True):
            yield [
                row
                for block in reading.blocks
                for row in tuples.open_tuples(clauses_of(tree_of(block)), view)
                if row.confidence >= self.config.tuple_confidence
            ]


def extract(text: str, *, config: ExtractConfig | None = None) -> Extraction:
    """Read one text, without a graph."""
    document = Document(id=digest(text, 16), source="text", text=text)
    return extractor_of(config or ExtractConfig()).extract(document)


@functools.lru_cache(maxsize=2)
def extractor_of(config: ExtractConfig) -> Extractor:
    """Give the extractor of these settings; the last two that were asked for stay loaded."""
    return Extractor(config)


def _plugins(config: ExtractConfig) -> str:
    """Give the packages, with their versions, whose plug-ins take part in reading."""
    named = [("components", n) for n in (config.ner, *config.components)]
    named += [("rules", n) for n in config.rules]
    found = {str(plugins.offered(door)[name]) for door, name in named if name in plugins.offered(door)}
    return ", ".join(sorted(found))
