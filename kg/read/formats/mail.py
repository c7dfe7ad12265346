"""Mails and mailboxes: what their writer says, without what is quoted of earlier ones."""

from __future__ import annotations

import codecs
import datetime as dt
import email
import email.policy
import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.errors import CloseBoundaryNotFoundDefect
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from typing import Any, BinaryIO

from kg.config import ReadConfig
from kg.errors import ReadError, printable
from kg.model import Document, Place
from kg.read import margins
from kg.read.decode import decode
from kg.read.formats import kinds
from kg.read.formats.faults import check, truncated, warn
from kg.read.markup import Piece, read_html
from kg.read.sources import Source
from kg.read.text import checked, document_from_pieces, document_from_text

KIND = "mail"
# Header fields → under which name they are kept.
KEPT = {"From": "from", "To": "to", "Cc": "cc", "Message-ID": "message-id", "In-Reply-To": "in-reply-to"}
SECRET = ("multipart/encrypted", "application/pkcs7-mime", "application/x-pkcs7-mime")
# What stands above an earlier mail: a line, or its fields.
EARLIER = re.compile(r"\s*-{2,}\s*original message\s*-{2,}\s*", re.I)
FIELDS = re.compile(r"(?m)^From:[^\n]+\n(?:Sent|Date):[^\n]+\n(?=(?:To|Cc|Subject):)")
POSTMARK = re.compile(rb"From \S+.* \d{2}:\d{2}.* \d{4}")
# What a mail says stands at its beginning; large attachments follow.
LONGEST = 50 * 2**20


@dataclass(frozen=True, slots=True)
class MailReader:
    """Reads one mail (.eml)."""

    def read(self, data: bytes, source: Source, config: ReadConfig) -> Document:
        """Give the document of what the mail says."""
        check(data, source.shown, KIND, ".eml")
        return _document(data, source, config, ())


@dataclass(frozen=True, slots=True)
class MailboxReader:
    """Reads a mailbox (.mbox), mail by mail."""

    def read_each(
        self, stream: BinaryIO, source: Source, config: ReadConfig
    ) -> Iterator[Document | ReadError]:
        """Give the document of each mail, or the error for why there is none."""
        found = 0
        for number, data in enumerate(_mails(stream, source), start=1):
            found = number
            try:
                yield _document(data, source.at(f"message={number}"), config, (Place(0, "message", number),))
            except ReadError as error:
                yield error
        if not found:
            raise ReadError("the mailbox is empty", where=source.shown)


def _mails(stream: BinaryIO, source: Source) -> Iterator[bytes]:
    """Give the mails of a mailbox; one begins behind a line that says when it came, and from whom."""
    lines: list[bytes] = []
    begun, length = False, 0
    for line in stream:
        if not begun:
            line = line.removeprefix(codecs.BOM_UTF8)
        if POSTMARK.match(line) and (not lines or not lines[-1].strip()):
            if begun:
                yield b"".join(lines)
            lines, begun, length = [], True, 0
        elif begun and (length := length + len(line)) <= LONGEST:
            lines.append(line[1:] if re.match(rb">+From ", line) else line)
        elif not begun and line.strip():
            found = kinds.of(line + b"".join(islice(stream, 40)))
            if found and found[1] not in (".mbox", ".txt"):
                raise kinds.called(*found, "mailbox", source.shown)
            raise ReadError(
                'no mailbox: it does not begin with a line "From …"',
                where=source.shown,
                remedy="name a single mail .eml",
            )
    if begun:
        yield b"".join(lines)


def _document(data: bytes, source: Source, config: ReadConfig, places: tuple[Place, ...]) -> Document:
    data = data.removeprefix(codecs.BOM_UTF8)
    try:
        mail = email.message_from_bytes(data, policy=email.policy.default)
        if not any(mail.get(name) for name in ("From", "Date", "Subject", "Received", "To")):
            raise _no_mail(data, source)
        if mail.get_content_type() in SECRET or b"-----BEGIN PGP MESSAGE" in data:
            raise ReadError(
                "encrypted", where=source.shown, remedy="decrypt it in a mail program and save it"
            )
        text, markup = _body(mail, source, config)
        meta = {key: " ".join(str(mail[name]).split()) for name, key in KEPT.items() if mail.get(name)}
        subject, published = " ".join(str(mail.get("Subject", "")).split()), _day(mail)
        attached = [part.get_filename() or part.get_content_type() for part in mail.iter_attachments()]
    except (LookupError, ValueError, AttributeError, TypeError, RecursionError) as error:
        reason = f"{type(error).__name__}: {error}"
        raise ReadError(f"a damaged mail ({reason})", where=source.shown, remedy="save it again") from error
    if any(isinstance(defect, CloseBoundaryNotFoundDefect) for defect in mail.defects):
        truncated(source.shown)
    if attached:
        meta["attachments"] = ", ".join(attached)
        names = ", ".join(map(printable, attached))
        warn(f"{printable(source.shown)}: not read what is attached: {names}; save it to read it")
    given: dict[str, Any] = {
        "source": source.name,
        "title": subject or None,
        "published": published,
        "lang": config.lang,
        "meta": meta,
        "places": places,
    }
    if markup:
        document = document_from_pieces(_said_in_html(text), **given)
    else:
        document = document_from_text(_said(text), **given)
    return checked(document, KIND, source, config, scanned=False)


def _no_mail(data: bytes, source: Source) -> ReadError:
    """Say what a file without the header of a mail is."""
    found = kinds.of(data)
    if found and found[1] != ".eml":
        return kinds.called(*found, KIND, source.shown)
    return ReadError("no mail: it has no header", where=source.shown, remedy="name a text .txt")


def _body(mail: EmailMessage, source: Source, config: ReadConfig) -> tuple[str, bool]:
    """Give what a mail says, and whether that is HTML; plain text comes first where it has both."""
    part = mail.get_body(preferencelist=("plain", "html"))
    if part is None:
        # Of one whose parts are not parted as its header says, what is there.
        parted = mail.get_content_maintype() == "multipart" and not mail.is_multipart()
        said = mail.get_payload() if parted else ""
        return (said, False) if isinstance(said, str) else ("", False)
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else str(payload or "").encode()
    charset = part.get_content_charset() or ""
    try:
        text = data.decode(charset or "utf-8")
    except (LookupError, ValueError):
        text = decode(data, source.shown, fallback=config.encoding)[0] if data.strip() else ""
    if part.get_content_type() == "text/html":
        return text, True
    return text, False


def _said(text: str) -> str:
    """Leave out what a mail quotes of others, and the signature below it."""
    text = FIELDS.sub("-- \n", text)
    kept: list[str] = []
    for line in text.replace("\r\n", "\n").split("\n"):
        if line == "-- " or EARLIER.fullmatch(line):
            break
        if not line.startswith(">"):
            kept.append(line)
    while kept and (not kept[-1].strip() or margins.WROTE.fullmatch(kept[-1].strip())):
        kept.pop()
    return "\n".join(kept)


def _said_in_html(text: str) -> list[Piece]:
    """Leave out what a mail in HTML quotes of others."""
    return [piece for piece in read_html(text) if piece.kind != "quote"]


def _day(mail: EmailMessage) -> dt.date | None:
    try:
        return parsedate_to_datetime(str(mail["Date"])).date()
    except (TypeError, ValueError, IndexError):
        return None
