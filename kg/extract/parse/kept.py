"""Parses that are kept: a folder of what the model made of texts, for runs that read the same texts again.

A parse depends on the text, the model and the code of this package that works before any rule does; all of
them are in its name, so that nothing ever has to be thrown away. What is kept is what rules look at: tags,
trees, names and spans. Tokens are cut anew, which costs little and gives words the features that the model
looks at.
"""

from __future__ import annotations

import base64
import json
import logging
import os
import struct
import zlib
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np
from spacy.attrs import DEP, ENT_IOB, ENT_TYPE, HEAD, LEMMA, MORPH, POS, SENT_START, TAG
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.atomic import write_bytes
from kg.errors import ModelError
from kg.extract.lexicon.labels import ODDS
from kg.extract.parse import attachments, events, references
from kg.iri import digest

# Of each token; those of the first line are texts, and kept as the places of these in a list.
NAMED = (TAG, MORPH, LEMMA, DEP, ENT_TYPE)
PLAIN = (POS, ENT_IOB, HEAD, SENT_START)
# To be raised when what is kept, or how, changes.
VERSION = 4
log = logging.getLogger("kg.extract")


class ParseCache:
    """A folder of parses by one model; several processes may use it at a time."""

    def __init__(self, folder: str | os.PathLike[str], nlp: Language, made_by: str) -> None:
        self.folder, self.nlp = Path(folder), nlp
        self.made_by = f"{VERSION} {made_by}"
        self.found = self.made = 0
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ModelError(f"cannot be made ({error.strerror})", where=str(folder)) from error

    def get(self, texts: Sequence[str]) -> list[Doc] | None:
        """Give the parses of a document's texts, if they are kept."""
        try:
            data = self._path(texts).read_bytes()
        except OSError:
            return None
        try:
            docs = _restored(self.nlp, texts, data)
        except (ValueError, KeyError, IndexError, TypeError, zlib.error, struct.error) as error:
            log.warning("%s: damaged, and parsed again (%s)", self._path(texts), error)
            return None
        self.found += 1
        return docs

    def put(self, texts: Sequence[str], docs: Sequence[Doc]) -> None:
        """Keep the parses of a document's texts."""
        data = _kept(docs)
        path = self._path(texts)
        self.made += 1
        try:
            path.parent.mkdir(exist_ok=True)
            write_bytes(path, data)
        except OSError as error:
            # It spares time and is no part of the result.
            log.warning("%s: not kept (%s)", path, error.strerror)

    def _path(self, texts: Sequence[str]) -> Path:
        name = digest("\0".join((self.made_by, *texts)), 32)
        return self.folder / name[:2] / f"{name}.parse"


def _kept(docs: Sequence[Doc]) -> bytes:
    """Give parses as bytes."""
    strings: dict[int, int] = {}
    tables: list[Any] = []
    for doc in docs:
        table = np.empty((len(doc), len(NAMED) + len(PLAIN)), np.int32)
        for column, attribute in enumerate(NAMED):
            values = doc.to_array([attribute]).astype(np.uint64).reshape(-1).tolist()
            table[:, column] = [strings.setdefault(v, len(strings)) for v in values]
        for column, attribute in enumerate(PLAIN, start=len(NAMED)):
            table[:, column] = doc.to_array([attribute]).astype(np.int64).reshape(-1)
        tables.append(table)
    vocabulary = docs[0].vocab.strings if docs else None
    head = {
        "strings": [vocabulary[key] if key else "" for key in strings] if vocabulary is not None else [],
        "lengths": [len(doc) for doc in docs],
        "noted": [_noted(doc) for doc in docs],
    }
    text = json.dumps(head, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "surrogatepass")
    body = b"".join(table.tobytes() for table in tables)
    return zlib.compress(struct.pack("<I", len(text)) + text + body, 1)


def _noted(doc: Doc) -> dict[str, Any]:
    """Give what components noted of a Doc beside its tokens."""
    return {
        "spans": {name: [[s.start, s.end, s.label_] for s in group] for name, group in doc.spans.items()},
        "odds": sorted(doc.user_data.get(ODDS, {}).items()),
        "arcs": [[i, *arc] for i, arc in doc.user_data.get(attachments.KEY, {}).items()],
        # None where no reader of events has read.
        "triggers": doc.user_data.get(events.KEY),
        "references": _packed(doc.user_data.get(references.KEY)),
    }


def _packed(vectors: references.Vectors | None) -> list[str] | None:
    """Give the vectors of references as texts; None where no reader of references has read."""
    return None if vectors is None else [base64.b64encode(v.tobytes()).decode() for v in vectors]


def _unpacked(packed: list[str]) -> references.Vectors:
    """Give the vectors that `_packed` made texts of."""
    asks, answers, new = (np.frombuffer(base64.b64decode(text), np.int8) for text in packed)
    shape = len(new), references.WIDTH
    return references.Vectors(asks.reshape(shape), answers.reshape(shape), new)


def _restored(nlp: Language, texts: Sequence[str], data: bytes) -> list[Doc]:
    """Give the parses that `_kept` made bytes of."""
    data = zlib.decompress(data)
    (size,) = struct.unpack_from("<I", data)
    head = json.loads(data[4 : 4 + size].decode("utf-8", "surrogatepass"))
    width = len(NAMED) + len(PLAIN)
    table = np.frombuffer(data, np.int32, offset=4 + size).reshape(-1, width)
    keys = np.array([nlp.vocab.strings.add(s) if s else 0 for s in head["strings"]], np.uint64)
    docs, start = [], 0
    for text, length, noted in zip(texts, head["lengths"], head["noted"], strict=True):
        doc = nlp.make_doc(text)
        if len(doc) != length:
            raise ValueError("other tokens than were kept")
        part = table[start : start + length]
        start += length
        values = np.empty((length, width), np.uint64)
        values[:, : len(NAMED)] = keys[part[:, : len(NAMED)]]
        values[:, len(NAMED) :] = part[:, len(NAMED) :].astype(np.int64).view(np.uint64)
        if length:
            # Beginnings of sentences apart: with heads they would be made of these.
            doc.from_array([*NAMED, *PLAIN[:-1]], values[:, :-1])
            doc.from_array([SENT_START], values[:, -1])
        _note(doc, noted)
        docs.append(doc)
    return docs


def _note(doc: Doc, noted: dict[str, Any]) -> None:
    """Note of a Doc what `_noted` gave."""
    for name, group in noted["spans"].items():
        doc.spans[name] = [Span(doc, a, b, label=label) for a, b, label in group]
    doc.user_data[ODDS] = {int(at): shares for at, shares in noted["odds"]}
    doc.user_data[attachments.KEY] = {i: attachments.Arc(*arc) for i, *arc in noted["arcs"]}
    if noted["triggers"] is not None:
        doc.user_data[events.KEY] = [
            events.Trigger._make((*told, tuple(map(tuple, roles)))) for *told, roles in noted["triggers"]
        ]
    if noted["references"] is not None:
        doc.user_data[references.KEY] = _unpacked(noted["references"])
