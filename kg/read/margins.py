"""What stands beside a text: headline, byline, date, signposts, credits, the heads and ends of letters.

Such lines say who wrote, when and where to go next. They are metadata, or nothing; no sentence is among them.
"""

from __future__ import annotations

import datetime as dt
import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Literal

from kg.model import Block
from kg.read.header import parse_date
from kg.read.layout import data, plain_title

Beside = Literal["byline", "date", "signpost", "greeting", "closing", "mail", "contact", "page"]
# Lines as long as this are text, whatever they begin with.
LONGEST = 200
# How far into a text its head goes, in blocks, and how long a letter's head may be.
HEAD = 8
LETTER_HEAD = 14

NAME = r"(?:[A-Z][\w.'’-]*|(?:de|da|di|del|della|der|van|von|den|ten|ter|la|le|al|bin|ibn|y|e)\b)"
NAMES = rf"{NAME}(?: {NAME}){{0,4}}"
PEOPLE = re.compile(rf"{NAMES}(?:(?:,| and| &|, and) {NAMES}){{0,5}}")
# A name and an outlet or office: "Emily Sander, Tarn Courier".
SIGNED = re.compile(
    r"(?P<who>[A-Z][\w.'’-]+(?: [A-Z][\w.'’-]*){1,3})(?:, | [|·•–—-] )(?P<of>[A-Z][^.!?,;:]{1,50})"
)
DESK = re.compile(r"(?:our|the|a) [\w ]{3,40}(?:correspondent|editor|desk|staff|reporters?|team)", re.I)
AFTER_NAMES = re.compile(
    r"(?:\s*(?:[|·•–—/]|-{1,2}|,)\s*|\s+(?=in\b|for\b|of\b|at\b|\())(?P<rest>[^.!?;]{1,80}?)\.?", re.S
)
MAIL = re.compile(r"[^\s@<>()]+@[^\s@<>()]+\.[A-Za-z]{2,}")
ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|edu|gov|info|io|co\.\w\w)(?:/\S*)?"
)
PHONE = re.compile(r"(?:\+|\(\+?|\b0)\d[\d ()./–-]{5,20}\d|\b\d{3}[-. ]\d{3}[-. ]\d{4}\b|\b\d{3}[-.]\d{4}\b")
PHONE_LABEL = re.compile(
    r"\b(?:tel|phone|telephone|mobile|cell|fax|e-?mail|web(?:site)?|call|contacts?|[tmfew])\b\.?", re.I
)
RIGHTS = re.compile(
    r"©|\([cC]\)\s*(?:19|20)\d\d"
    r"|(?i:copyright)\s*(?:©|\([cC]\)|(?:by )?[A-Z][^.]{0,60}?(?:19|20)\d\d|(?:19|20)\d\d)"
)
PAGE = re.compile(
    r"(?:page|p\.|pp\.|seite)\s*\d{1,4}(?:\s*(?:of|/)\s*\d{1,4})?|[-–—]\s?\d{1,4}\s?[-–—]|\d{1,4}(?:\s?/\s?\d{1,4})?",
    re.I,
)
WROTE = re.compile(
    r"on .{6,120}\bwrote:|-{2,}\s*(?:original|forwarded) message\s*-{2,}|begin forwarded message:"
    r"|-{2,} forwarded by .*|_{10,}",
    re.I,
)
KEYED = re.compile(r"(?P<key>[A-Za-z][A-Za-z -]{0,20}):(?:[ \t]+\S.*)?")
GREETED = re.compile(r"(?P<word>[a-z ]{2,15}?)(?: (?P<whom>[^.!?;]{1,60}?))?[,:!]?", re.I)
READING_TIME = re.compile(
    r"(?:about )?\d{1,3}[ -]?min(?:ute)?s?(?: read)?|\d+ (?:comments?|shares?|views?|likes?)", re.I
)
MENU = re.compile(r"[^|·»›•>]{1,30}(?:\s+[|·»›•>]\s+[^|·»›•>]{1,30}){2,}")
CLOCK = (
    r"(?:(?:at\s+)?\d{1,2}[:.h]\d\d(?::\d\d)?\s*(?:[ap]\.?m\.?)?\s*(?:\(?[A-Z]{2,4}\)?)?"
    r"|\d{1,2}\s*[ap]\.?m\.?(?:\s+[A-Z]{2,4})?)"
)
DATE_PARTS = re.compile(rf"\s*(?:[|·•–—,/]|\s-\s)\s*|\s+(?={CLOCK}\s*$)")
# An outlet or a town before the day: "Tarn Courier, 4 June 2019".
PLACED = re.compile(r"[A-Z][^\W\d]*(?:[ '’&.-]{1,2}[^\W\d]+){0,5}(?:,| [|·•–—-]) ")
# Who made a picture: "Bo Ek / NordPress".
CREDIT = re.compile(rf"(?:(?:by|from) )?{NAMES}(?:\s*[/|,–—-]\s*{NAMES}){{0,3}}")
STARTED = re.compile(r"(?:\d{4})-(?:\d\d)-(?:\d\d)(?!\d)|(?:19|20)\d{6}(?!\d)")


@dataclass(frozen=True, slots=True)
class Margin:
    """What the lines beside a text say of it."""

    author: str | None = None
    published: dt.date | None = None


@functools.cache
def _phrases(name: str) -> frozenset[str]:
    return frozenset(
        " ".join(phrase.split()) for phrase in data("margins")[name].split("|") if phrase.strip()
    )


@functools.cache
def _opening(name: str) -> re.Pattern[str]:
    """Give a pattern for lines that begin with one of the phrases, the longest first."""
    ordered = sorted(_phrases(name), key=lambda p: (-len(p), p))
    return re.compile("|".join(re.escape(p) + (r"\b" if p[-1].isalnum() else "") for p in ordered), re.I)


def beside(line: str) -> Beside | None:
    """Tell what stands beside a text by its own line; None for what may be a sentence or a heading.

    >>> beside("By Emily Sander"), beside("Published 22 July 2020"), beside("By May it had stopped.")
    ('byline', 'date', None)
    """
    line = line.strip().strip("*_ ")
    if not line or len(line) > LONGEST:
        return None
    return next((kind for kind, tells in _tests() if tells(line)), None)


@functools.cache
def _tests() -> tuple[tuple[Beside, Callable[[str], object]], ...]:
    """Give what tells each kind of line, in the order in which it is asked."""
    return (
        ("signpost", _is_signpost),
        ("page", PAGE.fullmatch),
        ("date", day_of),
        ("byline", author_of),
        ("mail", WROTE.fullmatch),
        ("contact", _is_contact),
        ("signpost", _is_notice),
        ("closing", is_closing),
        ("greeting", is_greeting),
    )


def _is_signpost(line: str) -> bool:
    bare = re.sub(r"\.\.+$", "", line).strip("[]()<>»›→…: ").lower()
    return bare in _phrases("signposts") or READING_TIME.fullmatch(bare) is not None


def _is_notice(line: str) -> bool:
    """Whether a line states rights, is a menu, or opens as signposts and credits do."""
    if RIGHTS.match(line) or "all rights reserved" in line.lower():
        return True
    return MENU.fullmatch(line) is not None or _is_opened(line)


def _is_opened(line: str) -> bool:
    """Whether a line opens as signposts, credits and notices do, and does not go on as a sentence."""
    found = _opening("openers").match(line.lstrip("([<>»›→ "))
    if found is None:
        return False
    if re.search(r"[.!?][\"”’')]*\s+[A-Z]", line):
        return False
    if found[0].endswith(":"):
        return True
    words = len(line.split())
    return words <= (4 if line.endswith(".") else 14) and not _has_verb(line[found.end() :])


def _has_verb(rest: str) -> bool:
    """Whether words go on after an opener as a sentence does after its subject."""
    return re.search(r"\b(?:is|are|was|were|has|have|had|will|would|can|could|said|says)\b", rest) is not None


def day_of(line: str) -> dt.date | None:
    """Give the day that a line states, which says nothing else.

    >>> day_of("Last updated on Wednesday 22 July 2020 at 10:15 BST")
    datetime.date(2020, 7, 22)
    """
    line = line.strip(" ()[]*_")
    if len(line) > 90 or not re.search(r"\d", line):
        return None
    opened = _opening("dated").match(line)
    if opened is not None:
        line = line[opened.end() :].lstrip(" :\t")
    if (day := parse_date(line)) is not None:
        return day
    placed = PLACED.match(line)
    if placed is not None and (day := parse_date(line[placed.end() :])) is not None:
        return day
    parts = [p.strip() for p in DATE_PARTS.split(line) if p and p.strip()]
    if not 1 < len(parts) <= 6:
        return None
    parts = _joined_dates(parts)
    days = [day for part in parts if (day := parse_date(part)) is not None]
    return days[0] if days and all(map(_goes_with_day, parts)) else None


def _goes_with_day(part: str) -> bool:
    """Whether a part of a line is a day, the time of day, or how long reading takes."""
    opened = _opening("dated").match(part)
    day = part[opened.end() :].lstrip(" :") if opened else part
    return (
        parse_date(day) is not None
        or re.fullmatch(CLOCK, part) is not None
        or READING_TIME.fullmatch(part) is not None
        or re.fullmatch(r"(?:mon|tues|wednes|thurs|fri|satur|sun)day", part, re.I) is not None
    )


def _joined_dates(parts: list[str]) -> list[str]:
    """Put together "July 22" and "2020", which the comma between them parted."""
    joined: list[str] = []
    for part in parts:
        if (
            joined
            and re.fullmatch(r"(?:19|20)\d\d", part)
            and re.search(r"[A-Za-z]+\.? \d{1,2}$", joined[-1])
        ):
            joined[-1] += f", {part}"
        else:
            joined.append(part)
    return joined


def author_of(line: str) -> str | None:
    """Give who wrote, from a byline.

    >>> author_of("By EMILY SANDER and Tom Hale, Tarn Courier"), author_of("By Friday rain fell")
    ('EMILY SANDER and Tom Hale', None)
    """
    opened = _opening("byline").match(line)
    if opened is None or len(line) > 120:
        return None
    rest = line[opened.end() :]
    # "By" asks for a name; "Author" and the like for a colon.
    if not (rest.startswith((":", " :")) or (rest[:1] == " " and opened[0].lower().endswith("by"))):
        return None
    rest = rest.lstrip(" :")
    if rest.lower().rstrip(".") in _phrases("desks") or DESK.fullmatch(rest):
        return rest
    return None if parse_date(rest) else _names_at(rest)


def _names_at(rest: str) -> str | None:
    """Give the names that follow "By", unless what comes behind them makes a sentence of it."""
    found = PEOPLE.match(rest)
    if found is None or not re.search(r"[A-Z]\w", found[0]) or _is_time(found[0]):
        return None
    after = rest[found.end() :].strip()
    if after and AFTER_NAMES.fullmatch(rest, found.end()) is None:
        return None
    names = re.split(r", (?!and\b)", found[0])
    who = names[0] if len(names) == 2 and " and " not in names[1] else found[0]
    # One word is a name only where nothing follows that would be its sentence.
    return who if " " in who or not after else None


def _is_time(words: str) -> bool:
    return (
        re.match(
            r"(?:January|February|March|April|May|June|July|August|September|October|November|December|Monday|Tuesday"
            r"|Wednesday|Thursday|Friday|Saturday|Sunday|Christmas|Easter)\b(?! [A-Z][a-z]+$)",
            words,
        )
        is not None
    )


def signed_by(line: str) -> str | None:
    """Give the name from a line of name and outlet, which is a byline where it stands below a headline."""
    found = SIGNED.fullmatch(line.strip())
    if found is None or _has_verb(line) or len(line.split()) > 10:
        return None
    lower = [w for w in line.split() if w[0].islower()]
    return found["who"] if len(lower) <= 2 and not _is_time(found["who"]) else None


def _is_contact(line: str) -> bool:
    """Whether a line is a telephone number, an address of the web or of mail, with a name at most."""
    rest, seen = line, 0
    for pattern in (MAIL, ADDRESS, PHONE):
        rest, count = pattern.subn(" ", rest)
        seen += count
    if not seen:
        return False
    rest = PHONE_LABEL.sub(" ", rest)
    words = re.findall(r"[^\W\d_]+", rest)
    return len(words) <= 5 and not any(w.islower() and len(w) > 3 for w in words)


def is_closing(line: str) -> bool:
    """Whether a line closes a letter."""
    return line.strip(" ,.!").lower() in _phrases("closings") or line.rstrip() == "--"


def is_greeting(line: str) -> bool:
    """Whether a line opens a letter: "Dear Ms Holm," and the like."""
    line = line.strip()
    if line[-1:] not in ",:!" and not line.lower().startswith("dear "):
        return False
    found = GREETED.fullmatch(line)
    if found is None or found["word"].strip().lower() not in _phrases("greetings"):
        return False
    whom = found["whom"]
    return whom is None or (len(whom.split()) <= 6 and not _has_verb(whom))


def _is_mail_key(line: str) -> bool:
    found = KEYED.fullmatch(line.strip())
    return found is not None and found["key"].strip().lower() in _phrases("mail")


def lines_beside(lines: Sequence[str]) -> list[bool]:
    """Tell which lines, of some that no blank line parts, are to stand by themselves.

    A line beside the text opens or closes such a run; one in the middle of wrapped text is text, unless
    nothing else could look like it. A headline above a byline stands by itself, too.
    """
    apart = [False] * len(lines)
    if len(lines) < 2:
        return apart
    kinds = [beside(line) for line in lines]
    if not any(kinds) and not any(map(_is_mail_key, lines)) and not _is_signed_head(lines):
        return apart
    for i, line in enumerate(lines):
        if kinds[i] in ("contact", "mail") or (kinds[i] == "signpost" and len(line) < 90):
            # Below a line that breaks off, it goes on with that.
            apart[i] = i == 0 or apart[i - 1] or not _breaks_off(lines[i - 1])
        keyed = _is_mail_key(line) and any(
            _is_mail_key(n) for n in (*lines[max(0, i - 1) : i], *lines[i + 1 : i + 2])
        )
        apart[i] = apart[i] or keyed
    _open_head(lines, kinds, apart)
    _close_letter(lines, kinds, apart)
    return apart


def _breaks_off(line: str) -> bool:
    line = line.rstrip()
    return bool(line) and line[-1] not in '.!?:"”)]' and not plain_title(line)


def _open_head(lines: Sequence[str], kinds: list[Beside | None], apart: list[bool]) -> None:
    """Mark what opens a run: up to two lines of headline, then bylines and dates."""
    first = next((i for i, kind in enumerate(kinds[:3]) if kind is not None), None)
    if first is None and _is_signed_head(lines):
        first = 1
    if first is None or kinds[first] in ("closing", "mail", "contact"):
        return
    if not all(plain_title(line) or line.rstrip().endswith("!") for line in lines[:first]):
        return
    until = first + 1
    while until < len(lines) and (kinds[until] is not None or (until < 5 and signed_by(lines[until]))):
        until += 1
    apart[:until] = [True] * until


def _is_signed_head(lines: Sequence[str]) -> bool:
    """Whether lines begin with a headline and who wrote what follows."""
    if not plain_title(lines[0]) or signed_by(lines[1]) is None:
        return False
    return len(lines) == 2 or not _goes_on(lines[2])


def _goes_on(line: str) -> bool:
    return line.strip()[:1].islower()


def _close_letter(lines: Sequence[str], kinds: list[Beside | None], apart: list[bool]) -> None:
    """Mark a closing, who signs below it, and signposts at the end."""
    for i, kind in enumerate(kinds):
        if kind == "closing" and len(lines) - i <= 8 and (i == 0 or not _breaks_off(lines[i - 1])):
            if all(_is_short(line) for line in lines[i + 1 :]):
                apart[i:] = [True] * (len(lines) - i)
                return
    last = len(lines) - 1
    while last > 0 and kinds[last] in ("page", "byline") and not _breaks_off(lines[last - 1]):
        apart[last] = True
        last -= 1


def _is_short(line: str) -> bool:
    return len(line) <= 60 and not re.search(r"[a-z]{2}[.!?]$", line.strip())


def mark(
    text: str, blocks: tuple[Block, ...], *, title: str | None = None
) -> tuple[tuple[Block, ...], Margin]:
    """Make blocks of what stands beside the text asides, and give what they say.

    >>> text = "Rain in Ulm\\n\\nBy Ida Ros\\n\\nIt rained."
    >>> blocks, said = mark(text, (Block(0, 11), Block(13, 23), Block(25, 35)))
    >>> [b.kind for b in blocks], said.author
    (['title', 'aside', 'paragraph'], 'Ida Ros')
    """
    words = [text[b.start : b.end] for b in blocks]
    kinds = [_kind_of(block, said) for block, said in zip(blocks, words, strict=True)]
    _mark_mail(words, kinds)
    _mark_letter(words, kinds)
    _mark_signature(words, kinds)
    author, published = _read_head(words, blocks, kinds)
    marked = [
        Block(b.start, b.end, "aside") if kind is not None and b.kind not in ("header", "cell") else b
        for b, kind in zip(blocks, kinds, strict=True)
    ]
    head = _headline(words, marked, kinds) if title is None else None
    if head is not None:
        marked[head] = Block(marked[head].start, marked[head].end, "title")
    return tuple(marked), Margin(author, published)


def _headline(words: list[str], blocks: list[Block], kinds: list[Beside | None]) -> int | None:
    """Give which block is the headline: what stands above the byline, be it below the paper and its day."""
    if kinds[1:2] in (["byline"], ["date"]) and _may_head(blocks[0], words[0]):
        return 0
    if (kinds[0:1], kinds[2:3]) == (["date"], ["byline"]) and _may_head(blocks[1], words[1]):
        return 1
    return None


def _may_head(block: Block, words: str) -> bool:
    return (
        block.kind in ("paragraph", "heading")
        and "\n" not in words
        and len(words) <= 160
        and not re.search(r"[a-z]{2}\.$", words)
    )


def _kind_of(block: Block, words: str) -> Beside | None:
    if block.kind in ("header", "cell", "aside", "foreign") or len(words) > LONGEST:
        return None
    if block.kind == "caption" and CREDIT.fullmatch(words):
        return "signpost"
    kind = beside(words) if "\n" not in words and "\r" not in words else None
    # A heading says what follows it, and a number or a closing word may do so.
    if block.kind in ("title", "heading", "item") and kind in ("closing", "greeting", "page", None):
        return kind if kind == "page" and block.kind != "item" else None
    return kind


def _mark_mail(words: list[str], kinds: list[Beside | None]) -> None:
    """Mark lines of keys that follow each other."""
    keyed = [len(w) <= LONGEST and _is_mail_key(w) for w in words]
    for i, is_key in enumerate(keyed):
        if is_key and (keyed[i - 1 : i] == [True] or keyed[i + 1 : i + 2] == [True]):
            kinds[i] = "mail"


def _mark_letter(words: list[str], kinds: list[Beside | None]) -> None:
    """Mark the addresses above "Dear …"."""
    begins = next(
        (
            i
            for i, w in enumerate(words[:LETTER_HEAD])
            if kinds[i] == "greeting" and w.lower().startswith("dear")
        ),
        0,
    )
    above = words[:begins]
    if above and all(_is_short(line) for w in above for line in w.splitlines()):
        for i in range(begins):
            kinds[i] = kinds[i] or "contact"


def _mark_signature(words: list[str], kinds: list[Beside | None]) -> None:
    """Mark who signs below a closing."""
    for i, kind in enumerate(kinds):
        if kind != "closing":
            continue
        for j in range(i + 1, min(i + 6, len(words))):
            if kinds[j] is None and not all(_is_short(line) for line in words[j].splitlines()):
                break
            kinds[j] = kinds[j] or "closing"


def _read_head(
    words: list[str], blocks: tuple[Block, ...], kinds: list[Beside | None]
) -> tuple[str | None, dt.date | None]:
    """Read author and day from the lines above the text."""
    author: str | None = None
    published: dt.date | None = None
    for i, said in enumerate(words[:HEAD]):
        if kinds[i] is None and 0 < i < len(words) - 1 and _is_headed(blocks[i - 1], kinds[i - 1]):
            kinds[i] = "byline" if "\n" not in said and signed_by(said) else None
        who, day = _told(kinds[i], said)
        author, published = author or who, published or day
        if kinds[i] is None and blocks[i].kind == "paragraph" and re.search(r"[.!?][\"”’')]*$", said):
            break
    return author, published


def _told(kind: Beside | None, line: str) -> tuple[str | None, dt.date | None]:
    """Give who wrote and the day, as far as a line above the text tells them."""
    if kind == "byline":
        return author_of(line.strip("*_ ")) or signed_by(line), None
    if kind == "date":
        return None, day_of(line)
    return _said_by_key(line) if kind == "mail" else (None, None)


def _said_by_key(line: str) -> tuple[str | None, dt.date | None]:
    """Give who wrote or the day, as a line of the head of a mail or memo says one of them.

    >>> _said_by_key("Sent: 9 June 2021"), _said_by_key("From: Vera Holt"), _said_by_key("To: Ove Dahl")
    ((None, datetime.date(2021, 6, 9)), ('Vera Holt', None), (None, None))
    """
    key, _, value = line.partition(":")
    key = key.strip().lower()
    return (_sender(value) if key == "from" else None), (day_of(value) if key in ("date", "sent") else None)


def _sender(words: str) -> str | None:
    """Give who wrote a mail or memo, without the address.

    >>> _sender(" Vera Holt <v@n.example>"), _sender("v@n.example")
    ('Vera Holt', None)
    """
    name = re.sub(r"<[^>]*>|\([^)]*\)", " ", words).strip(" \t'\"")
    return name if re.fullmatch(NAMES, name) else None


def _is_headed(above: Block, kind: Beside | None) -> bool:
    return above.kind in ("title", "heading") or kind in ("byline", "date")


def day_in_name(name: str) -> dt.date | None:
    """Give the day at the start of a file's name.

    >>> day_in_name("news/2020-07-22_rain.txt"), day_in_name("20200722.md"), day_in_name("1234.txt")
    (datetime.date(2020, 7, 22), datetime.date(2020, 7, 22), None)
    """
    found = STARTED.match(name.rpartition("/")[2])
    return parse_date(found[0]) if found else None
