"""What stands above a text: a date, `Key: value` lines, YAML front matter."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from kg.model import Block
from kg.read.layout import Line, next_lines, plain_title

# Reading knows nothing of extraction, which has the names of months in its lexicon; a test holds both.
MONTH_NUMBERS = {
    name: number
    for number, names in enumerate(
        "january jan|february feb|march mar|april apr|may|june jun|july jul|august aug"
        "|september sep sept|october oct|november nov|december dec".split("|"),
        start=1,
    )
    for name in names.split()
}
MONTH = "|".join(sorted(MONTH_NUMBERS, key=len, reverse=True))
DATES = (
    re.compile(r"(?P<y>\d{4})([-/.])(?P<m>\d{1,2})\2(?P<d>\d{1,2})(?!\d)"),
    re.compile(r"(?P<y>(?:19|20)\d\d)(?P<m>\d\d)(?P<d>\d\d)(?!\d)"),
    re.compile(rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th)?[ -](?P<m>{MONTH})\.?,?[ -](?P<y>\d{{4}})(?!\d)", re.I),
    re.compile(rf"(?P<m>{MONTH})\.? (?P<d>\d{{1,2}})(?:st|nd|rd|th)?,? (?P<y>\d{{4}})(?!\d)", re.I),
    re.compile(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>\d{4})(?!\d)"),
)
WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.I)
TIME = re.compile(
    r"[T ,]*(?:at )?\d{1,2}:\d\d(?::\d\d)?(?:\.\d+)?\s*(?:[ap]\.?m\.?)?\s*(?:Z|[A-Z]{2,4}|[+-]\d\d:?\d\d)?$"
)
# `date 2024-03-28 Text begins …`: after the date a new sentence, or nothing.
DATED = re.compile(
    r"\s*(?P<key>date|dated|published)\s*:?\s+(?P<date>\d{4}-\d{1,2}-\d{1,2})"
    r"(?=[ \t]*(?:[\r\n]|\Z)|\s+(?-i:[^\sa-z]))",
    re.I,
)
PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*(?: [\w-]+){0,2})[ \t]*:[ \t]+(?P<value>\S.*?)[ \t]*$")
# A run of `Key: value` lines is a header when one of these is among the keys.
KNOWN = frozenset(
    "title headline subject date published dated updated modified created author authors by byline source "
    "url uri link lang language charset encoding publisher publication newspaper section tags keywords "
    "categories category id doi isbn license licence copyright location place dateline from to description "
    "summary slug".split()
)
DATE_KEYS = ("published", "date", "datepublished", "published at", "publication date", "dated", "created")
TITLE_KEYS = ("title", "headline", "subject")
URI_KEYS = ("uri", "url", "link")
LANG = re.compile(r"[a-z]{2,3}(-[a-z0-9]{2,8})*")
URI = re.compile(r"(?:https?://|urn:)[^\s<>\"{}|\\^`\x00-\x20]+")
LONGEST_FRONT_MATTER = 65_536
# Lines may end as on any system.
FRONT_MATTER = re.compile(
    r"\s*---[ \t]*(?:\r\n|\r|\n)((?:.*?(?:\r\n|\r|\n))??)(?:---|\.\.\.)[ \t]*(?:\r\n|\r|\n|\Z)", re.S
)


# A key, its value, and where the value stands.
Pair = tuple[str, str, tuple[int, int]]


@dataclass(slots=True)
class Header:
    """What a header says, and where it ends."""

    end: int = 0
    title: str | None = None
    published: dt.date | None = None
    lang: str | None = None
    uri: str | None = None
    meta: dict[str, str] = field(default_factory=dict)
    blocks: tuple[Block, ...] = ()


def read_header(text: str) -> Header:
    """Read the header of a text; one without a header gives `Header()`."""
    pairs, end, blocks = _front_matter(text)
    title: Line | None = None
    if not pairs:
        title = _title_above(text)
        pairs, end, blocks = _pairs(text, title.after if title else 0)
        if not pairs:
            return Header()
    header = _of_pairs(pairs, end)
    if title:
        header.title = title.text.lstrip("# ").rstrip()
        start = title.start + len(title.text) - len(title.text.lstrip("# \t"))
        blocks = [Block(start, title.end, "title"), *blocks]
    header.blocks = tuple(trimmed for block in blocks if (trimmed := _trim(text, block)))
    return header


def _of_pairs(pairs: list[Pair], end: int) -> Header:
    """Give what the keys and values of a header say."""
    meta = {_key(key): value for key, value, _ in pairs}
    lang = (meta.get("lang") or meta.get("language") or "").lower()
    uri = _first(meta, URI_KEYS)
    return Header(
        end=end,
        title=_first(meta, TITLE_KEYS),
        published=next((d for k in DATE_KEYS if k in meta and (d := parse_date(meta[k]))), None),
        lang=lang if LANG.fullmatch(lang) else None,
        uri=uri if uri and URI.fullmatch(uri) else None,
        meta=meta,
    )


def parse_date(text: str) -> dt.date | None:
    """Read a day from the usual ways to write one, with or without weekday and time.

    >>> parse_date("Thu, 28 March 2024 10:15 GMT")
    datetime.date(2024, 3, 28)
    >>> parse_date("03/04/2024") is None  # April or March
    True
    """
    text = WEEKDAY.sub("", text.strip(), count=1)
    for pattern in DATES:
        match = pattern.match(text)
        if match and (match.end() == len(text) or TIME.match(text, match.end())):
            month = match["m"]
            number = int(month) if month.isdigit() else MONTH_NUMBERS[month.lower()]
            try:
                return dt.date(int(match["y"]), number, int(match["d"]))
            except ValueError:
                return None
    return None


def _pairs(text: str, start: int) -> tuple[list[Pair], int, list[Block]]:
    """Read `date …` and `Key: value` lines from `start`."""
    match = DATED.match(text, start)
    if match:
        pair = (match["key"], match["date"], match.span("date"))
        block = Block(match.start("key"), match.end(), "header")
        more, end, blocks = _pairs(text, match.end()) if _line_ends(text, match.end()) else ([], 0, [])
        return [pair, *more], end or match.end(), [block, *blocks]
    pairs, run = _run_of_pairs(text, start)
    known = [p[0].lower() in KNOWN for p in pairs]
    if any(known) and not _line_ends(text, run[-1].after):
        # Text follows at once: only the keys that are certainly a header's are one.
        keep = known.index(False) if False in known else len(known)
        pairs, run = pairs[:keep], run[:keep]
    if not any(known) or not pairs:
        return _lone_date(text, start) or ([], 0, [])
    return pairs, run[-1].after, list(_header_blocks(text, run, pairs))


def _run_of_pairs(text: str, start: int) -> tuple[list[Pair], list[Line]]:
    """Give the `Key: value` lines that follow each other from `start`."""
    pairs: list[Pair] = []
    run: list[Line] = []
    for line in next_lines(text, start):
        if not line.text.strip():
            if run:
                break
            continue
        found = PAIR.fullmatch(line.text.strip())
        if found is None or len(found["value"]) > 300:
            break
        offset = line.start + len(line.text) - len(line.text.lstrip())
        span = (offset + found.start("value"), offset + found.end("value"))
        pairs.append((found["key"], found["value"], span))
        run.append(line)
    return pairs, run


def _header_blocks(text: str, run: list[Line], pairs: list[Pair]) -> Iterator[Block]:
    """One header block per stretch of lines; the title's words are a title, so that its names are read."""
    start = run[0].start
    for key, _, (a, b) in pairs:
        if key.lower() in TITLE_KEYS:
            yield Block(start, a, "header")
            yield Block(a, b, "title")
            start = b
            break
    end = run[-1].end
    yield Block(start, end, "header")


def _trim(text: str, block: Block) -> Block | None:
    words = text[block.start : block.end]
    start = block.start + len(words) - len(words.lstrip())
    return Block(start, start + len(words.strip()), block.kind) if words.strip() else None


def _lone_date(text: str, start: int) -> tuple[list[Pair], int, list[Block]] | None:
    """A line that is only a date, above the text."""
    line = next((line for line in next_lines(text, start) if line.text.strip()), None)
    if line is None or len(line.text) > 60 or not parse_date(line.text):
        return None
    block = Block(line.start + len(line.text) - len(line.text.lstrip()), line.end, "header")
    return [("date", line.text.strip(), (block.start, block.end))], line.after, [block]


def _title_above(text: str) -> Line | None:
    """Give a title line that stands above header lines."""
    lines = (line for line in next_lines(text, 0) if line.text.strip())
    first, second = next(lines, None), next(lines, None)
    if first is None or second is None or not (first.text.startswith("# ") or plain_title(first.text)):
        return None
    if PAIR.fullmatch(first.text.strip()) or DATED.match(first.text) or parse_date(first.text):
        return None
    found = PAIR.fullmatch(second.text.strip())
    known = found is not None and found["key"].lower() in KNOWN
    return first if known or DATED.match(second.text) or parse_date(second.text) else None


def _front_matter(text: str) -> tuple[list[Pair], int, list[Block]]:
    match = FRONT_MATTER.match(text)
    if match is None or len(match[1]) > LONGEST_FRONT_MATTER:
        return [], 0, []
    # Loaded here because few texts have front matter.
    import yaml

    try:
        # The base loader makes strings only: nothing is constructed, and values stay as written.
        values = yaml.load(match[1], Loader=yaml.BaseLoader)
    except (yaml.YAMLError, RecursionError, ValueError):
        values = dict(
            re.findall(r"(?m)^([\w -]+?)[ \t]*:[ \t]+(\S.*?)[ \t]*$", re.sub(r"\r\n?", "\n", match[1]))
        )
    if not isinstance(values, dict) or not values:
        return [], 0, []
    pairs = [(str(key), flat, _place(text, match, flat)) for key, v in values.items() if (flat := _flat(v))]
    start = match.start() + len(match[0]) - len(match[0].lstrip())
    end = match.start() + len(match[0].rstrip())
    blocks = [Block(start, end, "header")]
    for key, _, (a, b) in pairs:
        if key.lower() in TITLE_KEYS and b > a:
            blocks = [Block(start, a, "header"), Block(a, b, "title"), Block(b, end, "header")]
            break
    return pairs, match.end(), blocks


def _place(text: str, match: re.Match[str], value: str) -> tuple[int, int]:
    """Where a value stands in the front matter; nowhere when it is written otherwise there."""
    start = text.find(value, match.start(1), match.end(1))
    return (start, start + len(value)) if start >= 0 else (0, 0)


def _flat(value: Any) -> str:
    if isinstance(value, str):
        return value.strip()
    if isinstance(value, list):
        return ", ".join(v.strip() for v in value if isinstance(v, str))
    return ""


def _key(key: str) -> str:
    return " ".join(key.lower().replace("_", " ").split())


def _first(meta: dict[str, str], keys: tuple[str, ...]) -> str | None:
    return next((meta[k] for k in keys if meta.get(k)), None)


def _line_ends(text: str, at: int) -> bool:
    rest = re.compile(r"[^\r\n]*").match(text, at)
    return rest is not None and not rest[0].strip()
