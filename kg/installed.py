"""What of this package, and of others, is installed: versions, and a hash of code."""

from __future__ import annotations

import functools
import hashlib
import importlib.metadata
from pathlib import Path


@functools.cache
def code_of(*parts: str) -> str:
    """Give a hash of parts of this package, files, folders and globs: code, word lists and weights."""
    root = Path(__file__).parent
    files: set[Path] = set()
    for part in parts:
        for path in root.glob(part):
            files |= {path} if path.is_file() else {p for p in path.rglob("*") if p.is_file()}
    found = hashlib.blake2b(digest_size=16)
    for path in sorted(files):
        if path.suffix not in (".pyc", ".pyo"):
            data = path.read_bytes()
            found.update(f"{path.relative_to(root).as_posix()} {len(data)}\n".encode())
            found.update(data)
    return found.hexdigest()


def version(package: str) -> str:
    """Give the version of a package; nothing where it is not installed."""
    try:
        return importlib.metadata.version(package)
    except (importlib.metadata.PackageNotFoundError, ValueError):
        return ""
