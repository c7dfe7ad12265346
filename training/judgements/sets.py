"""The data sets that were judged or marked: their documents, by the id that a judgement or mark names."""

from __future__ import annotations

import gzip
import json
from collections.abc import Iterable, Iterator
from pathlib import Path

from kg.model import Document
from kg.read import document_from_text


def documents(name: str, path: Path) -> Iterator[tuple[str, Document]]:
    """Give the ids and documents of a set: a folder of .txt files, JSON lines, Re-DocRED or trees."""
    if path.suffix == ".gz":
        yield from _of_trees(name, path)
    elif path.is_dir():
        for file in sorted(path.glob("*.txt")):
            yield (
                file.stem,
                document_from_text(file.read_text(encoding="utf-8"), source=f"{name}/{file.name}"),
            )
    elif path.suffix == ".jsonl":
        for line in path.read_text(encoding="utf-8").splitlines():
            row = json.loads(line)
            yield row["id"], document_from_text(row["text"], source=f"{name}/{row['id']}")
    else:
        for i, row in enumerate(json.loads(path.read_text(encoding="utf-8"))):
            text = " ".join(" ".join(words) for words in row["sents"])
            yield str(i), document_from_text(_unspaced(text), source=f"{name}/{i}")


def paths_of(given: Iterable[str]) -> dict[str, Path]:
    """Give the files of sets that are given as NAME=PATH."""
    return {name: Path(path) for name, _, path in (text.partition("=") for text in given)}


def _of_trees(name: str, path: Path) -> Iterator[tuple[str, Document]]:
    """Give the documents of a file of trees, a sentence a line; a sentence is called DOCUMENT-NUMBER."""
    texts: dict[str, list[str]] = {}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        document = ""
        for line in lines:
            said = line.partition("=")[2].strip()
            if line.startswith("# sent_id"):
                document = said.rpartition("-")[0]
            elif line.startswith("# text ="):
                texts.setdefault(document, []).append(said)
    for document, sentences in texts.items():
        yield document, document_from_text("\n".join(sentences), source=f"{name}/{document}")


def _unspaced(text: str) -> str:
    """Take the blanks out again that cutting into tokens put in.

    >>> _unspaced("He won ( in 1998 ) , it 's said .")
    "He won (in 1998), it's said."
    """
    for sign in (",", ".", ";", ":", ")", "'s", "%", "?", "!"):
        text = text.replace(f" {sign}", sign)
    return text.replace("( ", "(")
