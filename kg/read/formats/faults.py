"""What the readers of office and other files share: what is no such file is told, each with its remedy."""

from __future__ import annotations

import io
import warnings
import zipfile
from xml.etree import ElementTree

from kg.errors import ReadError, ReadWarning, printable
from kg.read.formats.kinds import article, called, document_of, magic, misnamed
from kg.read.streams import DAMAGED

# What the parts of a zip archive may raise.
BROKEN = (*DAMAGED, KeyError, NotImplementedError, RuntimeError)

# What a packed file may hold unpacked, and how much more than packed, before it is taken for a bomb.
LARGEST = 512 * 2**20
MOST_DENSE = 200
LARGEST_DENSE = 32 * 2**20
ENTITIES = "its XML declares entities of its own"
# Documents that are zip archives themselves.
ZIPPED = frozenset({".docx", ".odt", ".pptx", ".epub", ".xlsx"})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def missing(library: str, extra: str, where: str) -> ReadError:
    """Give the error for a file whose library is not installed."""
    return ReadError(f"{library} is not installed", where=where, remedy=f"pip install 'kg[{extra}]'")


def damaged(kind: str, where: str, error: Exception | None = None) -> ReadError:
    """Give the error for a file that its library cannot read."""
    reason = f" ({type(error).__name__}: {error})".replace("\n", " ")[:120] if error else ""
    return ReadError(f"no whole {kind}{reason}", where=where, remedy="get a complete copy of the file")


def cut_off(kind: str, where: str) -> ReadError:
    """Give the error for a file of which too much is missing to read any."""
    what = f"a truncated {kind}: its end is missing"
    return ReadError(what, where=where, remedy="get a complete copy of the file")


def check(data: bytes, where: str, kind: str, suffix: str) -> None:
    """Raise a `ReadError` for a file that is empty, or of another kind than its name says."""
    if not data.strip(b"\0 \t\r\n"):
        raise ReadError("the file is empty", where=where)
    if data.startswith((b"PK", OLE)) and suffix in ZIPPED:
        return
    found = magic(data)
    if found and found[1] != suffix:
        raise called(found[0], found[1], kind, where)


def unzipped(data: bytes, where: str, kind: str, suffix: str) -> zipfile.ZipFile:
    """Open a document that is a zip archive, or say why it is none that can be read."""
    check(data, where, kind, suffix)
    if data.startswith(OLE):
        what = f"encrypted, or in the format of before 2007, and no {kind} as {suffix} names"
        raise ReadError(what, where=where, remedy=f"save it without a password as {suffix}")
    if not data.startswith(b"PK"):
        raise misnamed(data, kind, suffix, where)
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except BROKEN as error:
        raise cut_off(kind, where) from error
    _check_parts(archive.infolist(), archive, where, kind)
    found = document_of(archive.namelist())
    if found is None or found[1] != suffix:
        raise called(*(found or ("a zip archive", ".zip")), kind, where)
    return archive


def _check_parts(parts: list[zipfile.ZipInfo], archive: zipfile.ZipFile, where: str, kind: str) -> None:
    """Raise a `ReadError` for an archive that is encrypted, or a trap."""
    if any(part.flag_bits & 1 for part in parts):
        raise encrypted(where)
    size, packed = sum(p.file_size for p in parts), sum(p.compress_size for p in parts)
    if size > LARGEST or (size > LARGEST_DENSE and size > MOST_DENSE * max(1, packed)):
        what = f"unpacks to {size // 2**20:,} MiB, more than {article(kind)} is read with"
        raise ReadError(what, where=where, remedy="save its text as .txt")
    if any(_declares(archive, part) for part in parts if part.filename.endswith((".xml", ".rels"))):
        raise ReadError(ENTITIES, where=where, remedy="save its text as .txt")


def _declares(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bool:
    """Whether the head of a part that is XML declares entities."""
    try:
        with archive.open(info) as part:
            return b"<!ENTITY" in part.read(4096)
    except BROKEN:
        # Its library will say what is wrong with it.
        return False


def encrypted(where: str) -> ReadError:
    """Give the error for a file that only a password opens."""
    return ReadError("encrypted", where=where, remedy="save it without a password")


def nothing(kind: str, where: str, *, scanned: bool = True) -> ReadError:
    """Give the error for a file without words; what is no picture of a page needs no OCR."""
    remedy = "if it is scanned, run OCR on it first" if scanned else ""
    return ReadError(f"the {kind} holds no text", where=where, remedy=remedy)


def truncated(where: str) -> None:
    """Warn that the end of a file is missing, of which something is read all the same."""
    warn(f"{printable(where)}: truncated: its end is missing; what is there is read")


def warn(message: str) -> None:
    """Say what of a file is not read."""
    warnings.warn(message, ReadWarning, stacklevel=3)


def parsed(archive: zipfile.ZipFile, name: str, where: str, kind: str) -> ElementTree.Element:
    """Give a part of an archive that is XML; one that declares entities is refused."""
    try:
        data = archive.read(name)
        if b"<!ENTITY" in data:
            raise ReadError(ENTITIES, where=where, remedy="save its text as .txt")
        return ElementTree.fromstring(data)
    except (ElementTree.ParseError, *BROKEN) as error:
        raise damaged(kind, where, error) from error
