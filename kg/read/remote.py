"""Files in other places than this machine, by address: s3://bucket/notes/, gs://…, az://…, through fsspec."""

from __future__ import annotations

import contextlib
import pathlib
import re
from collections.abc import Iterator, Sequence
from typing import Any, BinaryIO, cast

from kg.errors import ReadError

# The protocol of an address. A single letter is a drive.
ADDRESS = re.compile(r"(?P<protocol>[a-z][a-z0-9+.-]+)://", re.I)
# Protocol → what pip installs for it, where fsspec does not bring it.
PACKAGES = {
    **dict.fromkeys(("s3", "s3a"), "s3fs"),
    **dict.fromkeys(("gs", "gcs"), "gcsfs"),
    **dict.fromkeys(("az", "abfs", "abfss"), "adlfs"),
    **dict.fromkeys(("sftp", "ssh"), "paramiko"),
    "hdfs": "pyarrow",
    "smb": "smbprotocol",
}
MAGIC = re.compile(r"[*?[]")
RETRY = "check the address, and what the service needs to know you by"


def is_address(path: str) -> bool:
    """Whether a path names a file on another machine.

    >>> is_address("s3://bucket/notes"), is_address("https://ulm.example/"), is_address("C://notes")
    (True, False, False)
    """
    found = ADDRESS.match(path)
    return found is not None and found["protocol"].lower() not in ("http", "https")


def expand(given: str, suffixes: Sequence[str]) -> Iterator[tuple[str, str, bool]]:
    """Give the name, the address, and whether it was named itself, of each file that an address means."""
    system, path = _system(given)
    with _told(given):
        if MAGIC.search(path):
            fixed = path[: MAGIC.search(path).start()].rpartition("/")[0]  # type: ignore[union-attr]
            found = [f for f in sorted(system.glob(path)) if not _is_hidden(f) and not system.isdir(f)]
            if not found:
                raise ReadError("no file matches this pattern", where=given)
        elif system.isdir(path):
            fixed = path.rstrip("/")
            found = [each for each in sorted(system.find(path)) if _is_read(each[len(fixed) :], suffixes)]
            if not found:
                raise ReadError(f"no documents in this folder ({', '.join(suffixes)} are read)", where=given)
        elif system.exists(path):
            yield path.rpartition("/")[2], system.unstrip_protocol(path), True
            return
        else:
            raise ReadError("no such file or folder", where=given)
        for each in found:
            yield each[len(fixed) :].strip("/"), system.unstrip_protocol(each), False


def _is_hidden(path: str) -> bool:
    return any(part.startswith(".") for part in pathlib.PurePosixPath(path).parts)


def _is_read(below: str, suffixes: Sequence[str]) -> bool:
    return pathlib.PurePosixPath(below).suffix.lower() in suffixes and not _is_hidden(below)


@contextlib.contextmanager
def opened(address: str) -> Iterator[BinaryIO]:
    """Open the file of an address."""
    system, path = _system(address)
    with _told(address):
        file = system.open(path, "rb")
    try:
        yield cast(BinaryIO, file)
    finally:
        file.close()


def _system(address: str) -> tuple[Any, str]:
    """Give the file system of an address, and the path in it."""
    try:
        import fsspec
    except ImportError as error:
        raise ReadError(
            "fsspec is not installed", where=address, remedy="pip install 'kg[remote]'"
        ) from error
    protocol = ADDRESS.match(address)
    name = protocol["protocol"].lower() if protocol else ""
    try:
        system, path = fsspec.core.url_to_fs(address)
    except ImportError as error:
        package = PACKAGES.get(name, "what it names")
        raise ReadError(
            f"{name}:// cannot be read ({error})", where=address, remedy=f"pip install {package}"
        ) from error
    except Exception as error:
        # Services fail in ways of their own.
        raise ReadError(f"cannot be read ({error})", where=address, remedy=RETRY) from error
    return system, path


@contextlib.contextmanager
def _told(address: str) -> Iterator[None]:
    """Make a `ReadError` of what goes wrong with a service."""
    try:
        yield
    except (ReadError, GeneratorExit):
        raise
    except FileNotFoundError as error:
        raise ReadError("no such file or folder", where=address) from error
    except PermissionError as error:
        raise ReadError("no permission to read the file", where=address, remedy=RETRY) from error
    except Exception as error:
        reason = f"{type(error).__name__}: {error}".splitlines()[0][:200]
        raise ReadError(f"cannot be read ({reason})", where=address, remedy=RETRY) from error
