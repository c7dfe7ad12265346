"""What a file is by what it holds, whatever its name says."""

from __future__ import annotations

import codecs
import io
import re
import zipfile

from kg.errors import ReadError
from kg.read.streams import DAMAGED

# First bytes of what is often left among texts, with what it is called.
MAGIC = (
    (b"%PDF-", "a PDF file"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"\x1f\x8b", "a gzip archive"),
    (b"BZh", "a bzip2 archive"),
    (b"\xfd7zXZ", "an xz archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!\x1a", "a RAR archive"),
    (b"\x89PNG", "an image"),
    (b"\xff\xd8\xff", "an image"),
    (b"GIF8", "an image"),
    (b"ID3", "a sound file"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3", "a database"),
    (b"{\\rtf", "a rich text document"),
    (b"PAR1", "a Parquet file"),
    (b"WARC/", "a web archive"),
)
# Under which suffix those of them are read that are.
SUFFIXES = {
    b"%PDF-": ".pdf",
    b"{\\rtf": ".rtf",
    b"PK\x03\x04": ".zip",
    b"\x1f\x8b": ".gz",
    b"BZh": ".bz2",
    b"\xfd7zXZ": ".xz",
    b"PAR1": ".parquet",
    b"WARC/": ".warc",
}
# Archives that nobody reads here, but whose files may be read.
UNREAD_ARCHIVES = frozenset({b"7z\xbc\xaf", b"Rar!\x1a"})
# A file in a zip archive → what the archive is.
PARTS = (
    ("word/document.xml", "a Word document", ".docx"),
    ("ppt/presentation.xml", "a PowerPoint presentation", ".pptx"),
    ("xl/workbook.xml", "an Excel workbook", ".xlsx"),
    ("META-INF/container.xml", "an EPUB book", ".epub"),
    ("content.xml", "an OpenDocument file", ".odt"),
)
# How files of text begin that are read as something else.
WRITTEN = (
    (
        re.compile(rb"(?i)\s*(?:<!--.{0,500}?-->\s*)?<(?:!doctype\s+html|html)\b", re.S),
        "a page of HTML",
        ".html",
    ),
    (re.compile(rb"(?s)\s*(?:<\?xml.{0,200}?\?>)?.{0,500}?<rss\b"), "a feed", ".rss"),
    (re.compile(rb"(?s)\s*(?:<\?xml.{0,200}?\?>)?.{0,500}?<feed\b"), "a feed", ".atom"),
    (re.compile(rb"From \S+.* \d{2}:\d{2}.* \d{4}\r?\n"), "a mailbox", ".mbox"),
    (re.compile(rb"(?i)(?:[\w-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}?(?:subject|message-id):"), "a mail", ".eml"),
    (re.compile(rb"\s*\{[^\n]*\}\s*\n\s*\{"), "JSON Lines", ".jsonl"),
    (re.compile(rb"\s*(?:\{\s*\"|\[\s*[\{\"])"), "JSON", ".json"),
)
# Control characters that stand in no text: all but tab, line ends, form feed and escape.
CONTROLS = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
LOOKED_AT = 4096


def magic(data: bytes) -> tuple[str, str, str] | None:
    """Tell a file that is no text by its first bytes: what it is, its suffix if it is read, and the remedy.

    >>> magic(b"%PDF-1.7")
    ('a PDF file', '.pdf', 'rename it to end in .pdf')
    """
    for sign, what in MAGIC:
        if data.startswith(sign):
            what, suffix = inside(data) or (what, SUFFIXES.get(sign, ""))
            remedy = "unpack it first" if sign in UNREAD_ARCHIVES else "convert it to text first"
            return what, suffix, f"rename it to end in {suffix}" if suffix else remedy
    return None


def of(data: bytes) -> tuple[str, str] | None:
    """Tell what a file is by its beginning: what it is called, and the suffix it should have, if any.

    >>> of(b"Rain fell in Ulm."), of(b'{"text": "Rain fell."}'), of(bytes(9))
    (('plain text', '.txt'), ('JSON', '.json'), None)
    """
    head = data[:LOOKED_AT]
    known = magic(data)
    if known:
        return known[:2]
    if head[257:262] == b"ustar":
        return "a tar archive", ".tar"
    head = head.removeprefix(codecs.BOM_UTF8)
    if head.translate(None, CONTROLS) != head or not head.strip():
        return None
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)
    except UnicodeDecodeError:
        return None
    for begins, what, suffix in WRITTEN:
        if begins.match(head):
            return what, suffix
    return "plain text", ".txt"


def misnamed(data: bytes, kind: str, suffix: str, where: str) -> ReadError:
    """Give the error for a file that is not of the kind that its name says, with the name it should have."""
    found = of(data)
    if found is None or found[1] == suffix:
        return ReadError(f"no {kind}, whatever its name says", where=where, remedy="name it by what it holds")
    return called(*found, kind, where)


def called(what: str, right: str, kind: str, where: str) -> ReadError:
    """Give the error for a file that should have another suffix, or that nobody reads under any."""
    remedy = f"rename it to {right}" if right else "convert it to text first"
    return ReadError(f"{what}, not {article(kind)} as its name says", where=where, remedy=remedy)


def article(kind: str) -> str:
    """Give the name of a kind with its article.

    >>> article("EPUB book"), article("feed")
    ('an EPUB book', 'a feed')
    """
    return f"{'an' if kind[0] in 'AEIOaeio' else 'a'} {kind}"


def inside(data: bytes) -> tuple[str, str] | None:
    """Give what document a zip archive is, and its suffix; None for other archives and files."""
    stream = io.BytesIO(data)
    if not data.startswith(b"PK\x03\x04") or not zipfile.is_zipfile(stream):
        return None
    try:
        return document_of(zipfile.ZipFile(stream).namelist())
    except (*DAMAGED, KeyError, NotImplementedError, RuntimeError):
        return None


def document_of(names: list[str]) -> tuple[str, str] | None:
    """Give what document an archive of these files is, and its suffix."""
    return next(((kind, suffix) for part, kind, suffix in PARTS if part in names), None)
