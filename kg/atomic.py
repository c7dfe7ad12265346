"""Files that appear whole or not at all, whatever ends the process that writes them."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

# What a file is called while it is written; a killed process leaves it behind.
ASIDE = ".part"


def write_text(path: Path, pieces: Iterable[str], *, durable: bool = True) -> None:
    """Write text aside and rename it into place.

    With `durable` it is on the disk when this returns, not only with the system. `OSError` is left to the
    caller, who knows what the file is.
    """
    aside = path.with_name(f".{path.name}.{os.getpid()}{ASIDE}")
    try:
        with aside.open("w", encoding="utf-8", newline="\n") as file:
            file.writelines(pieces)
            if durable:
                file.flush()
                os.fsync(file.fileno())
        aside.replace(path)
    finally:
        aside.unlink(missing_ok=True)
