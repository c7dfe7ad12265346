"""Bytes become text without guessing where that is possible, and with a warning where it is not."""

from __future__ import annotations

import codecs
import re
import warnings
from collections import Counter

from kg.errors import ReadError, ReadWarning, printable
from kg.read.formats.kinds import CONTROLS, magic

BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),  # before UTF-16, whose mark it begins with
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# In this order: a text in UTF-32 reads as UTF-16 with zeros between.
WIDE = (("utf-32-le", 4, 3), ("utf-32-be", 4, 0), ("utf-16-le", 2, 1), ("utf-16-be", 2, 0))
# Codecs that Python counts among those of texts, and that no file is written in.
NO_CHARSETS = frozenset(
    {"idna", "punycode", "undefined", "unicode_escape", "raw_unicode_escape", "charmap", "mbcs", "oem"}
)
DECLARED = re.compile(rb"(?im)(?:charset|encoding|coding)[ \t]*[:=][ \t]*[\"']?([a-z0-9][a-z0-9_.:-]{1,30})")


def decode(data: bytes, name: str, *, fallback: str = "") -> tuple[str, str]:
    """Give the text of a file and its encoding.

    Strict UTF-8 comes first, then a byte order mark, the charset that the text declares, `fallback`,
    and at last a detector, with a `ReadWarning` that names the file.
    """
    found = magic(data)
    if found:
        raise ReadError(f"{found[0]}, not text", where=name, remedy=found[2])
    for bom, encoding in BOMS:
        if data.startswith(bom):
            text = _try(data[len(bom) :], encoding)
            if text is not None:
                return text, encoding
    controls = len(data) - len(data.translate(None, CONTROLS))
    text = _try(data, "utf-8")
    if text is not None and controls <= len(data) // 100:
        return text, "utf-8"
    wide = _wide(data)
    if wide is not None:
        return wide
    if controls > len(data) // 100:
        raise ReadError("a binary file, not text", where=name, remedy="convert it to text first")
    declared = DECLARED.search(data[:1024])
    for encoding in (declared[1].decode("ascii") if declared else "", fallback):
        text = _try(data, encoding)
        if text is not None:
            return text, codecs.lookup(encoding).name
    return _detect(data, name)


def _try(data: bytes, encoding: str) -> str | None:
    if not encoding:
        return None
    try:
        if codecs.lookup(encoding).name.replace("-", "_") in NO_CHARSETS:
            return None
        # Unlike the codec's own function, `decode` refuses those that give no text (base64, zlib, rot13).
        return data.decode(encoding, "strict")
    except (LookupError, ValueError):
        return None


def _wide(data: bytes) -> tuple[str, str] | None:
    """Decode UTF-16 and UTF-32 without a mark.

    Every second byte of Western text in UTF-16 is zero, in UTF-32 three of four; in other scripts the byte
    that is nearly always the same tells that it is the upper one.
    """
    head = data[:4096]
    if len(head) < 4:
        return None
    for encoding, width, upper in WIDE:
        if len(data) % width or head[upper::width].count(0) <= 0.6 * (len(head) / width):
            continue
        # Where the lower byte is zero, too, it is a wider encoding, or none.
        if head[(width - 1 - upper) :: width].count(0) == 0 and (text := _try(data, encoding)) is not None:
            return text, encoding
    for encoding in ("utf-16-le", "utf-16-be") if len(data) % 2 == 0 else ():
        text = _try(data, encoding)
        if text is not None and _reads(text[:2048]):
            return text, encoding
    return None


def _reads(text: str) -> bool:
    """Whether a text in a guessed encoding is one: letters of few scripts, with spaces between."""
    pages = Counter(ord(c) >> 8 for c in text if c.isalpha())
    common = sum(n for _, n in pages.most_common(2))
    plain = sum(c.isalnum() or c in " \n\r\t.,;:!?-()\"'" for c in text)
    return plain >= 0.9 * len(text) and common >= 0.95 * pages.total() > 0 and " " in text


def _detect(data: bytes, name: str) -> tuple[str, str]:
    encodings = ["cp1252", "latin-1"]
    if not _western(data):
        # Loaded here because most corpora never need it.
        from charset_normalizer import from_bytes

        best = from_bytes(data[:100_000], threshold=0.3).best()
        encodings.insert(0, best.encoding if best else "")
    for encoding in encodings:
        text = _try(data, encoding)
        if text is not None:
            warnings.warn(
                f"{printable(name)}: not UTF-8; read as {encoding}, which is a guess; save it as UTF-8, "
                "or set read.encoding",
                ReadWarning,
                stacklevel=2,
            )
            return text, encoding
    raise ReadError(
        "in no encoding that could be told", where=name, remedy="save it as UTF-8, or set read.encoding"
    )


def _western(data: bytes) -> bool:
    """Whether a text reads well as Windows-1252, which short English texts with a few accents are.

    Detectors need more text than that. Read in a wrong encoding, letters become signs within words.
    """
    text = _try(data, "cp1252")
    if text is None or sum(byte > 127 for byte in data) > 0.1 * len(data):
        return False
    return not re.search(r"\w[^\x00-\x7f\w’‘–—…·]\w|[a-z][À-ÖØ-Þ][a-z]", text)
