"""A store as it is read: its manifest, its settings, and a document with what was extracted from it."""

from __future__ import annotations

import functools
import json
import os
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from kg.config import Config
from kg.corrections import FILE as CORRECTIONS
from kg.corrections import Corrections
from kg.errors import GraphError
from kg.iri import digest
from kg.library import manifest
from kg.model import Document, Extraction


class StoreReader:
    """The half of a store that changes nothing."""

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self.path = Path(path)
        self.manifest = manifest.load(self.path)

    @property
    def config(self) -> Config:
        """The settings the store was made with."""
        return self.manifest.settings()

    def document(self, id: str) -> tuple[Document, Extraction]:
        """Read a document and its extraction."""
        path = self.file(id, self.manifest.documents[id])
        try:
            data = path.read_bytes()
        except OSError as error:
            raise GraphError(f"cannot be read ({error.strerror})", where=str(path)) from error
        if digest(data.decode("utf-8", "replace"), 16) != self.manifest.documents[id]:
            remedy = "remove the document from the store and add it again"
            raise GraphError("the file is damaged", where=str(path), remedy=remedy)
        record = json.loads(data)
        return Document.from_dict(record["document"]), Extraction.from_dict(record["extraction"])

    def file(self, id: str, hash: str) -> Path:
        """Give where a document lies that has this content."""
        return self.path / "documents" / id[:2] / f"{id}.{hash}.json"

    @property
    def corrections_path(self) -> Path:
        """Where the corrections lie: in the file that the settings name, or in the store."""
        named = self.config.resolve.corrections
        return Path(named) if named else self.path / CORRECTIONS

    def corrections(self) -> Corrections:
        """Give what was decided of the graph, as the file has it now."""
        return Corrections.read(self.corrections_path)

    def state(self) -> str:
        """Give a hash of all that the graph depends on."""
        keys = [each.key for each in self.corrections().valid]
        return digest(json.dumps([self.manifest.state(), *self.settings(), *([keys] if keys else [])]))

    def settings(self) -> tuple[str, str]:
        """Give hashes of what mapping depends on beside documents, and of what resolution does."""
        config = self.config
        resolve = config.resolve
        files = [Path(path) for path in (resolve.gazetteer, resolve.merges) if path]
        decided = [p.read_text(encoding="utf-8", errors="replace") if p.is_file() else "" for p in files]
        by_hand = [each.key for each in self.corrections().of_names]
        deciding = f"{resolve} {decided}{f' {by_hand}' if by_hand else ''}"
        return digest(f"{_package_version()} {config.rdf}"), digest(deciding)


@functools.cache
def _package_version() -> str:
    """Give the version of this package; the cache of another is not trusted."""
    try:
        return version("kg")
    except PackageNotFoundError:
        return ""
