"""The patterns of times, and what each says: a period, a duration, no value, or no time at all."""

from __future__ import annotations

import calendar
import datetime as dt
import re
from collections.abc import Callable
from decimal import Decimal

from kg.extract.values import periods
from kg.extract.values.numerals import DIGITS, ORDINALS, WORDS, number, ordinal
from kg.extract.values.periods import MONTHS, WEEKDAYS, Period
from kg.extract.values.reference import NOT_A_TIME, ReferenceTime
from kg.model import Comparator, Value

Found = Period | Value | None | object
Read = Callable[[re.Match[str], ReferenceTime], Found]

_MONTH = (
    r"(?-i:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?|July?|Jun\.|Jul\.|Aug(?:ust|\.)?"
    r"|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)(?!\w)"
)
_FULL_MONTH = (
    "(?-i:" + "|".join(m.capitalize() for m in MONTHS) + r"|Sept\.|Oct\.|Nov\.|Dec\.|Jan\.|Feb\.|Aug\.)(?!\w)"
)
_DAYNAME = "(?-i:" + "|".join(d.capitalize() for d in WEEKDAYS) + ")"
_SHORT_DAY = rf"(?:{_DAYNAME}|(?-i:Mon|Tues?|Wed|Thurs?|Fri|Sat|Sun)\b\.?)"
_YEAR = r"(?:1\d{3}|20\d{2})(?!\d|,\d|\.\d)"
_D = r"(?:[0-3]?\d)(?:st|nd|rd|th)?(?!\d|\.\d|,\d{3}|:)"
_DASH = r"\s?[-–—/]\s?"
_PART = r"(?:(?P<part>early|mid|late)[\s-](?:in\s+)?)?"
_DAYPART = r"(?:\s+(?:morning|afternoon|evening|night|lunchtime|midday))?"
_UNITS = (
    r"seconds?|minutes?|hours?|days?|weeks?|fortnights?|weekends?|months?|quarters?|years?|decades?"
    r"|centur(?:y|ies)"
)
_UNIT = r"day|week|fortnight|weekend|month|quarter|year|decade|century"
_N = (
    rf"(?:(?:{DIGITS})|(?:{WORDS})|half\s+an?|an?|a\s+few|several|many|a\s+couple(?:\s+of)?|couple\s+of|some)"
)
_BOUNDS: dict[str, Comparator] = {
    "more than": "MoreThan",
    "over": "MoreThan",
    "at least": "AtLeast",
    "less than": "LessThan",
    "under": "LessThan",
    "up to": "AtMost",
    "about": "About",
    "around": "About",
    "nearly": "About",
    "almost": "About",
    "approximately": "About",
    "roughly": "About",
    "some": "About",
}
_BOUND = r"(?:(?P<bound>" + "|".join(w.replace(" ", r"\s+") for w in _BOUNDS) + r")\s+)?"
_ABOUT = r"(?:(?P<about>circa|c\.|ca\.|around|about|approximately)\s?)?"
_ORDINAL = (
    r"(?:\d{1,2}(?:st|nd|rd|th)|"
    + "|".join(o.replace("-", r"[\s-]") for o in sorted(ORDINALS, key=len, reverse=True))
    + ")"
)
_ISO_UNIT = {"second": "S", "minute": "M", "hour": "H", "day": "D", "month": "M", "year": "Y"}


def _month_number(name: str) -> int:
    return next(i for i, m in enumerate(MONTHS, 1) if m.startswith(name.lower().rstrip(".")[:3]))


def _day_number(text: str) -> int:
    return int(re.match(r"\d+", text).group())  # type: ignore[union-attr]


def _year_for(month: int, reference: ReferenceTime, day: int = 1) -> int | None:
    """Give the year that a day or month without one belongs to."""
    here, published = reference.narrative_time, reference.published
    if here is not None:
        if here.grain in ("day", "week", "month") and (here.first.month - month) >= 6:
            return here.first.year + 1  # a story goes on from December to January
        return here.first.year
    if published is None:
        return None
    this = published.year
    day = min(day, calendar.monthrange(2023, month)[1])
    if reference.tense == "past" and dt.date(this, month, day) > published:
        return max(this - 1, dt.MINYEAR)
    if reference.tense == "future" and dt.date(this, month, day) < published and month != published.month:
        return min(this + 1, dt.MAXYEAR)
    if reference.tense == "present":
        options = [y for y in (this - 1, this, this + 1) if dt.MINYEAR <= y <= dt.MAXYEAR]
        return min(options, key=lambda y: abs((dt.date(y, month, day) - published).days))
    return this


def _parted(period: Period | None, m: re.Match[str]) -> Found:
    if period is None:
        return None
    groups = m.re.groupindex
    part = m["part"] if "part" in groups else None
    if part:
        period = period.part(part.lower())
    if "about" in groups and m["about"]:
        period = period.about()
    return period


def _iso(m: re.Match[str], reference: ReferenceTime) -> Found:
    return periods.day(int(m["y"]), int(m["m"]), int(m["d"])) or NOT_A_TIME


def _slashed(m: re.Match[str], reference: ReferenceTime) -> Found:
    a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
    y += 0 if y > 99 else 2000 if y < 50 else 1900
    readings = [p for p in (periods.day(y, a, b), periods.day(y, b, a)) if p]
    if not readings:
        return NOT_A_TIME
    if len({p.first for p in readings}) == 1:
        return readings[0]
    # Month and day may be either way round: the year is sure.
    return Period(min(p.first for p in readings), max(p.last for p in readings), "year")


def _date(m: re.Match[str], reference: ReferenceTime) -> Found:
    month, day = _month_number(m["month"]), _day_number(m["day"])
    if m["year"]:
        year: int | None = int(m["year"])
    else:
        if not 1 <= day <= 31:
            return NOT_A_TIME
        year = _year_for(month, reference, day)
    if year is None:
        return None
    first = periods.day(year, month, day)
    if first is None:
        return NOT_A_TIME
    if m["day2"]:
        last = periods.day(year, month, _day_number(m["day2"]))
        if last and last.first > first.first:
            return Period(first.first, last.last, "range")
    return first


def _cross_month(m: re.Match[str], reference: ReferenceTime) -> Found:
    a, b = _month_number(m["month"]), _month_number(m["month2"])
    year = int(m["year"]) if m["year"] else _year_for(a, reference)
    if year is None:
        return None
    begin = year - 1 if a > b else year
    return Period(periods.month(begin, a).first, periods.month(year, b).last, "range")


def _month_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    return _parted(periods.month(int(m["year"]), _month_number(m["month"])), m)


def _bare_month(m: re.Match[str], reference: ReferenceTime) -> Found:
    which = re.sub(r"\s+", " ", (m["which"] or "").lower())
    month = _month_number(m["month"])
    published = reference.published
    if m["month"].lower() in _AMBIGUOUS and not which and not m["part"]:
        # "May" and "March" are months only where nothing else can stand.
        before = m.string[max(0, m.start("month") - 10) : m.start("month")].lower()
        if not re.search(
            r"\b(?:in|since|until|till|by|from|of|before|after|during|through|between|to|and)\s+$", before
        ):
            return NOT_A_TIME
    if which in ("last", "next", "this", "past", "coming"):
        if published is None:
            return None
        year = published.year
        if which in ("last", "past") and month >= published.month:
            year -= 1
        elif which in ("next", "coming") and month <= published.month:
            year += 1
        return _parted(periods.month(year, month), m)
    if which in ("that", "the following", "the previous", "the same"):
        here = reference.here
        if here is None:
            return None
        shift = {"the following": month <= here.first.month, "the previous": -(month >= here.first.month)}
        return _parted(periods.month(here.first.year + int(shift.get(which, 0)), month), m)
    year_found = _year_for(month, reference)
    return None if year_found is None else _parted(periods.month(year_found, month), m)


def _season_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    return _parted(periods.season(int(m["year"]), m["season"].lower()), m)


def _season(m: re.Match[str], reference: ReferenceTime) -> Found:
    if reference.published is None:
        return None
    which, name, today = m["which"].lower(), m["season"].lower(), reference.published
    options = [periods.season(y, name) for y in range(today.year - 2, today.year + 3)]
    if which in ("last", "past"):
        return [p for p in options if p.last < today][-1]
    if which in ("next", "coming"):
        return next(p for p in options if p.first > today)
    return min(options, key=lambda p: abs((p.first - today).days + 45))


def _quarter_year(m: re.Match[str], reference: ReferenceTime) -> Found:
    if m["half"] and m["half"].lower() == "half" and not m["year"]:
        return NOT_A_TIME  # of a game, mostly
    n = ordinal(m["q"] or m["qn"])
    if m["year"]:
        year = int(m["year"])
    elif reference.published is None:
        return None
    else:
        year = reference.published.year
        if (
            n
            and n <= 4
            and periods.quarter(year, n).first > reference.published
            and reference.tense == "past"
        ):
            year -= 1
    if m["half"] and m["half"].lower() == "half":
        if n not in (1, 2):
            return NOT_A_TIME
        return Period(periods.quarter(year, 2 * n - 1).first, periods.quarter(year, 2 * n).last, "range")
    return periods.quarter(year, n) if n in (1, 2, 3, 4) else NOT_A_TIME


def _edge(m: re.Match[str], reference: ReferenceTime) -> Found:
    """The beginning, middle or end of a year or month."""
    part = {"start": "early", "beginning": "early", "middle": "mid", "end": "late", "close": "late"}[
        m["edge"].lower()
    ]
    year = int(m["year"]) if m["year"] else None
    if m["month"]:
        month = _month_number(m["month"])
        year = year or _year_for(month, reference)
        return None if year is None else periods.month(year, month).part(part)
    if year is None:
        if reference.published is None:
            return None
        which = m["which"].lower()
        year = reference.published.year + {"last": -1, "next": 1}.get(which, 0)
        if which == "the":
            here = reference.here
            year = here.first.year if here and here.grain != "range" else year
    return periods.year(year).part(part)


def _span_of_years(m: re.Match[str], reference: ReferenceTime) -> Found:
    first, second = int(m["y1"]), m["y2"]
    last = int(second) if len(second) == 4 else int(str(first)[: 4 - len(second)] + second)
    if last <= first or last - first > 400:
        return NOT_A_TIME
    return periods.years(first, last)


def _decade(m: re.Match[str], reference: ReferenceTime) -> Found:
    digits = m["decade"]
    first = int(digits) if len(digits) == 4 else 1900 + int(digits)
    if len(digits) == 4 and digits.endswith("00"):
        return _parted(periods.years(first, first + 99, "century"), m)
    return _parted(periods.years(first, first + 9, "decade"), m)


def _century(m: re.Match[str], reference: ReferenceTime) -> Found:
    n = ordinal(m["n"])
    if n is None or not 1 <= n <= 22 or m["era"]:
        return None
    period: Period = periods.years(100 * n - 99, 100 * n, "century")
    half = (m["half"] or "").lower()
    if half:
        first = period.first.year
        period = (
            periods.years(first, first + 49) if half == "first" else periods.years(first + 50, first + 99)
        )
    return _parted(period, m)


def _year(m: re.Match[str], reference: ReferenceTime) -> Found:
    year = int(m["year"])
    text, start, end = m.string, m.start("year"), m.end("year")
    before = text[max(0, start - 24) : start].lower()
    after = text[end : end + 24]
    if re.match(
        r"[-–]\w|\s?(?:%|percent|per\s+cent|[kKmM]{1,2}\b|million|billion|thousand|hundred|people|BCE?\b)|[a-z°]",
        after,
    ):
        return None if re.match(r"\s?BCE?\b", after) else NOT_A_TIME
    if re.search(
        r"[$€£¥#@]\s?$|[\w.,:/]$|\d[-–]$|(?:than|least|over|under|nearly|almost|some|up to"
        r"|no\.|number|flight|room"
        r"|page|route|highway)\s$",
        before,
    ):
        return NOT_A_TIME
    cued = re.search(
        r"(?:\b(?:in|since|until|till|by|from|of|to|before|after|during|between|around|about|circa|c\.|early|late|mid|through|and"
        r"|or|for|fiscal|year|election|season|anno|ad|class of)[\s-]|^|[(,;–-]\s?|the\s)(?:the\s)?$",
        before,
    )
    if not cued and m["part"] is None:
        return NOT_A_TIME
    noun = re.match(r"\s+([a-z]+)s\b", after)
    if noun and not re.search(
        r"\b(?:the|of|in|since|by|from|until|during|between \d{4} and)\s(?:early\s|late\s)?$", before
    ):
        return NOT_A_TIME  # "and 2000 soldiers"
    if not 1400 <= year <= 2100 and not re.search(
        r"\b(?:in|since|until|by|from|of|before|after|during|between|circa)\s$", before
    ):
        return NOT_A_TIME
    period = periods.year(year)
    return _parted(period, m)


def _weekday(m: re.Match[str], reference: ReferenceTime) -> Found:
    today = reference.published
    which = (m["which"] or "").lower()
    index = next(i for i, d in enumerate(WEEKDAYS) if d.startswith(m["weekday"].lower()))
    if which in ("the following", "the next", "that", "the same", "the previous"):
        here = reference.here
        if here is None or here.grain not in ("day", "week"):
            return None
        ahead = (index - here.first.weekday()) % 7
        if which == "the previous":
            return periods.on(here.first - dt.timedelta(7 - ahead if ahead else 7))
        return periods.on(
            here.first + dt.timedelta(ahead or (7 if which in ("the following", "the next") else 0))
        )
    if today is None:
        return None
    ahead = (index - today.weekday()) % 7
    behind = (today.weekday() - index) % 7
    if which in ("last", "past", "previous"):
        return periods.on(today - dt.timedelta(behind or 7))
    if which in ("next", "coming", "this coming"):
        return periods.on(today + dt.timedelta(ahead or 7))
    forward = reference.tense != "past"
    return periods.on(today + dt.timedelta(ahead)) if forward else periods.on(today - dt.timedelta(behind))


_NEAR = {"yesterday": -1, "today": 0, "tonight": 0, "tomorrow": 1, "last night": -1}


def _near_day(m: re.Match[str], reference: ReferenceTime) -> Found:
    if reference.published is None:
        return None
    word = re.sub(r"\s+", " ", m["word"].lower())
    shift = _NEAR.get(word, 0)
    if word.startswith("the day before"):
        shift = -2
    elif word.startswith("the day after"):
        shift = 2
    return periods.on(reference.published + dt.timedelta(shift))


def _which_unit(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Last week, this month, the following year, that day."""
    which = re.sub(r"\s+", " ", m["which"].lower())
    unit = m["unit"].lower()
    part = (m["part"] or "").lower()
    definite = which.startswith(("the ", "that"))
    bare = which.removeprefix("the ").split()[-1]
    shift = {"last": -1, "past": -1, "previous": -1, "preceding": -1, "prior": -1, "next": 1, "following": 1}
    shift |= {"coming": 1, "subsequent": 1, "ensuing": 1, "upcoming": 1}
    if definite and bare not in ("past", "last", "coming", "upcoming"):
        base = reference.here
        if base is None or (bare in ("next", "previous", "same", "that") and base.grain == "range"):
            return None
        if periods.coarser(base.grain, unit):
            return None  # "the next day" after a year says no day
        n = shift.get(bare, 0)
        # "the following day" counts from the end of what was named, "the previous" from its beginning.
        start = base.last if n > 0 and unit in ("day", "week", "month") else base.first
    elif reference.published is None:
        return None
    else:
        if which in ("the past", "the last", "this past", "the coming", "past", "coming"):
            return _window(Decimal(1), unit, forward="coming" in which, reference=reference)
        n, start = shift.get(bare, 0), reference.published
    if unit == "weekend":
        saturday = start - dt.timedelta(start.weekday()) + dt.timedelta(5)
        if (n < 0 and start.weekday() >= 5) or n >= 0:
            n, first = 0, saturday + dt.timedelta(7 * n)
        else:
            first = saturday + dt.timedelta(7 * n)
        return Period(first, first + dt.timedelta(1), "range")
    date = periods.move(start, n, unit)
    if date is None:
        return None
    period = periods.around(date, unit)
    if part in ("earlier", "later") and reference.published is not None:
        if part == "earlier" and period.first <= reference.published <= period.last:
            return Period(period.first, reference.published, "range")
        if part == "later" and period.first <= reference.published <= period.last:
            return Period(reference.published, period.last, "range")
        return period
    return _parted(period, m) if part in ("early", "mid", "late") else period


def _window(n: Decimal, unit: str, *, forward: bool, reference: ReferenceTime) -> Found:
    today = reference.published
    if today is None or n != int(n):
        return None
    other = periods.move(today, int(n) if forward else -int(n), unit)
    if other is None:
        return None
    return Period(min(today, other), max(today, other), "range")


def _past_units(m: re.Match[str], reference: ReferenceTime) -> Found:
    """The past three years, the next two weeks, the first three months."""
    which, unit = m["which"].lower(), _singular(m["units"])
    n = _count(m["n"])
    if n is None or unit not in ("day", "week", "month", "year", "decade", "quarter"):
        return None
    if which in ("first", "following", "previous", "final", "preceding", "opening"):
        return None
    return _window(n, unit, forward=which in ("next", "coming"), reference=reference)


def _singular(unit: str) -> str:
    unit = unit.lower()
    return "century" if unit == "centuries" else unit.removesuffix("s")


def _count(text: str | None) -> Decimal | None:
    if text is None:
        return None
    word = re.sub(r"\s+", " ", text.lower())
    if word in ("a", "an"):
        return Decimal(1)
    if word in ("few", "a few", "several", "many", "some") or "couple" in word:
        return Decimal(2) if "couple" in word else None
    return number(word)


def _distance(m: re.Match[str], reference: ReferenceTime) -> Found:
    """Three years ago, eight years later, two days before, a week earlier."""
    way, unit = m["way"].lower(), _singular(m["units"])
    n = _count(m["n"])
    about = bool(m["bound"]) or (m["n"] or "").lower().startswith(("a couple", "couple"))
    from_now = way in ("ago", "from now", "back")
    base = None
    if from_now:
        base = periods.on(reference.published) if reference.published else None
    else:
        base = reference.here or reference.anchor
    if unit in ("second", "minute", "hour", "weekend"):
        return periods.on(base.first) if base and from_now and unit != "weekend" else None
    scale = {"decade": 10, "century": 100}.get(unit)
    rough = scale is not None
    if n is not None and scale is not None:
        n, unit = n * scale, "year"
    if n is None or base is None or n != int(n):
        return None
    back = way in ("ago", "earlier", "before", "previously", "prior", "back")
    start = base.first if back or base.grain != "day" else base.last
    date = periods.move(start, -int(n) if back else int(n), unit)
    if date is None:
        return None
    coarse = {"day": "day", "week": "week", "fortnight": "week", "month": "month"}.get(unit, "year")
    if not from_now and base.grain == "day" and unit in ("week", "fortnight"):
        coarse = "day"
    if base.grain in ("year", "decade", "century") and coarse != "year":
        return None
    period = periods.around(date, coarse)
    return period.about() if about or rough else period


def _day_after(m: re.Match[str], reference: ReferenceTime) -> Found:
    """The day after, the year before: counted from the date named last."""
    base, unit, way = reference.here, m["unit"].lower(), m["way"].lower()
    if base is None or periods.coarser(base.grain, unit):
        return None
    date = periods.move(base.first, -1 if way == "before" else 1, unit)
    return None if date is None else periods.around(date, unit)


def _duration(m: re.Match[str], reference: ReferenceTime) -> Found:
    unit, text = _singular(m["units"]), m.string
    after = text[m.end() : m.end() + 14].lower()
    if re.match(r"[\s-]+(?:old\b|of\s+age)|-", after) or (m["joint"] == "-" and re.match(r"\s+\w", after)):
        return NOT_A_TIME  # an age; "a two-day summit"
    before = text[max(0, m.start("time") - 12) : m.start("time")].lower()
    word = m["n"].lower()
    if word in ("a", "an", "some", "many") and not re.search(
        r"\b(?:for|in|after|within|over|nearly|almost|lasted|half)\s+$", before
    ):
        return NOT_A_TIME
    if re.match(r"(?:an?\s)", word) and re.search(r"\b(?:times|per|%|once|twice|percent)\s+$", before):
        return NOT_A_TIME
    if unit in ("quarter", "weekend") or (unit == "second" and word == "a"):
        return NOT_A_TIME
    n = _count(m["n"])
    if n is None:
        return None
    if n > 1 and m["joint"] != "-" and m["units"].lower() == unit:
        return NOT_A_TIME  # "a 20 minute walk", "2018 day five"
    bound = _BOUNDS.get(re.sub(r"\s+", " ", (m["bound"] or "").lower()))
    if m["half"]:
        n += Decimal("0.5")
    factor = {"week": 7, "fortnight": 14, "decade": 10, "century": 100}.get(unit, 1)
    base = {"week": "day", "fortnight": "day", "decade": "year", "century": "year"}.get(unit, unit)
    n *= factor
    if n != int(n):
        if base == "year" and (n * 12) == int(n * 12):
            n, base = n * 12, "month"
        elif base == "hour" and (n * 60) == int(n * 60):
            n, base = n * 60, "minute"
        else:
            return None
    clock = "T" if base in ("hour", "minute", "second") else ""
    return Value(f"P{clock}{int(n)}{_ISO_UNIT[base]}", "duration", comparator=bound)


def _clock(m: re.Match[str], reference: ReferenceTime) -> Found:
    return None


def _holiday(m: re.Match[str], reference: ReferenceTime) -> Found:
    if re.search(r"(?<![.!?])\s[A-Z][a-z]+\s$", m.string[max(0, m.start("day") - 24) : m.start("day")]):
        return NOT_A_TIME  # a surname
    name = re.sub(r"\s+", " ", m["day"].lower().replace("’", "'"))
    month, day = {
        "christmas eve": (12, 24),
        "christmas day": (12, 25),
        "christmas": (12, 25),
        "boxing day": (12, 26),
        "new year's eve": (12, 31),
        "new year's day": (1, 1),
    }[name]
    year = int(m["year"]) if m["year"] else _year_for(month, reference, day)
    return None if year is None else periods.day(year, month, day)


def _compile(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w.$€£-])(?P<time>{pattern})(?!\w)", re.IGNORECASE)


_WHICH = (
    r"(?:the\s+)?(?:last|next|past|previous|preceding|prior|following|coming|upcoming|same|subsequent"
    r"|ensuing)|this(?:\s+(?:past|coming))?|that"
)
# Each pattern with the kind of cue without which it cannot match.
PATTERNS: list[tuple[str, re.Pattern[str], Read]] = [
    (
        "d",
        _compile(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?(?:Z|[+-]\d\d:\d\d)?)?"),
        _iso,
    ),
    ("d", _compile(r"(?P<a>\d{1,2})[/.](?P<b>\d{1,2})[/.](?P<y>\d{4}|\d\d)"), _slashed),
    (
        "m",
        _compile(
            rf"(?:{_SHORT_DAY}{_DAYPART},?\s+(?:the\s+)?)?(?:the\s+)?(?P<day>{_D})(?:(?:{_DASH}|\s+(?:to|and)\s+)(?P<day2>{_D}))?(?:\s+of)?"
            rf"\s+(?P<month>{_MONTH})(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _date,
    ),
    (
        "m",
        _compile(
            rf"(?:{_SHORT_DAY}{_DAYPART},?\s+)?(?P<month>{_MONTH})\s+(?:the\s+)?(?P<day>{_D})(?:(?:{_DASH}|\s+(?:to|and)\s+)(?P<day2>{_D})(?!\s+{_MONTH}))?"
            rf"(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _date,
    ),
    (
        "m",
        _compile(
            rf"(?P<month>{_MONTH})(?:{_DASH}|\s+(?:to|and|through)\s+)(?P<month2>{_MONTH})(?:,?\s+(?:of\s+)?(?P<year>{_YEAR}))"
        ),
        _cross_month,
    ),
    ("m", _compile(rf"{_PART}(?P<month>{_MONTH})(?:\s+of)?,?\s+(?P<year>{_YEAR})"), _month_year),
    (
        "m",
        _compile(
            rf"(?:(?P<which>last|next|this|past|coming|that|the\s+following|the\s+previous|the\s+same)\s+)?{_PART}(?P<month>{_FULL_MONTH})"
        ),
        _bare_month,
    ),
    (
        "s",
        _compile(
            rf"(?:the\s+)?{_PART}(?P<season>spring|summer|autumn|fall|winter)(?:\s+of|,)?\s+(?P<year>{_YEAR})(?:[/-]\d\d)?"
        ),
        _season_year,
    ),
    (
        "s",
        _compile(r"(?P<which>last|this|next|past|coming)\s+(?P<season>spring|summer|autumn|winter)"),
        _season,
    ),
    (
        "q",
        _compile(
            r"(?:the\s+)?(?:(?P<q>first|second|third|fourth|1st|2nd|3rd|4th)[\s-](?P<half>quarter|half)|(?P<h>Q)(?P<qn>[1-4]))"
            rf"(?:\s+(?:of\s+)?(?:fiscal\s+|the\s+year\s+)?(?P<year>{_YEAR}))?"
        ),
        _quarter_year,
    ),
    (
        "e",
        _compile(
            rf"(?:the\s+)?(?P<edge>start|beginning|middle|end|close)\s+of\s+(?:(?:(?P<month>{_FULL_MONTH}),?\s+(?:of\s+)?)?(?P<year>{_YEAR})"
            r"|(?P<which>this|last|next|the)\s+year)"
        ),
        _edge,
    ),
    (
        "y",
        _compile(rf"(?P<y1>(?:1\d|20)\d\d){_DASH}(?P<y2>(?:1\d|20)\d\d|\d\d)(?!-\d|\d|,\d)"),
        _span_of_years,
    ),
    (
        "y",
        _compile(rf"(?:the\s+)?{_PART}['’]?(?P<decade>(?:1\d|20)\d0|(?<=['’])[2-9]0)['’]?s"),
        _decade,
    ),
    (
        "c",
        _compile(
            rf"(?:the\s+)?(?:(?P<half>first|second)\s+half\s+of\s+the\s+)?{_PART}(?P<n>{_ORDINAL})[\s-]centur(?:y|ies)(?P<era>\s+BCE?)?"
        ),
        _century,
    ),
    ("y", _compile(rf"{_ABOUT}(?:fiscal\s+)?{_PART}(?P<year>(?:1\d|20)\d\d)"), _year),
    (
        "w",
        _compile(
            rf"(?:(?P<which>last|next|this|this\s+coming|past|coming|previous|the\s+following|the\s+next|the\s+previous|that|the\s+same)\s+)?"
            rf"(?P<weekday>{_DAYNAME}){_DAYPART}"
        ),
        _weekday,
    ),
    (
        "n",
        _compile(
            r"(?:(?:earlier|later|early|late)\s+)?(?P<word>the\s+day\s+before\s+yesterday|the\s+day\s+after\s+tomorrow|yesterday|today|tomorrow|tonight"
            rf"|last\s+night|this\s+(?:morning|afternoon|evening)){_DAYPART}"
        ),
        _near_day,
    ),
    (
        "u",
        _compile(rf"(?:(?P<part>early|mid|late|earlier|later)\s+)?(?P<which>{_WHICH})\s+(?P<unit>{_UNIT})"),
        _which_unit,
    ),
    (
        "u",
        _compile(
            rf"(?:the|these)?\s*(?P<which>past|last|next|coming|first|following|previous|final|preceding|opening)\s+(?P<n>few|{_N})\s+(?P<units>{_UNITS})"
        ),
        _past_units,
    ),
    (
        "u",
        _compile(
            rf"{_BOUND}(?:(?P<n>{_N})\s+)?(?P<units>{_UNITS})\s+(?P<way>ago|later|earlier|afterwards|previously|hence|from\s+now|back|(?:before|after|prior)(?=\s*[.,;)]|\s*$))"
        ),
        _distance,
    ),
    (
        "u",
        _compile(r"the\s+(?P<unit>day|week|month|year)\s+(?P<way>after|before)(?=\s*[.,;]|\s*$)"),
        _day_after,
    ),
    (
        "u",
        _compile(
            rf"{_BOUND}(?P<n>{_N})(?P<half>\s+and\s+a\s+half)?(?P<joint>\s+|-)(?:long\s+)?(?P<units>{_UNITS})"
        ),
        _duration,
    ),
    (
        "u",
        _compile(
            r"(?:(?:recent|past|coming|later|earlier)\s+|(?<=for\s)|(?<=over\s)|(?<=after\s)|(?<=within\s))(?:the\s+)?"
            r"(?P<n>decades|centuries|years|months|weeks|days|hours)(?=\s*[.,;)]|\s+(?:of|as|in|and|to|before|after)\b|\s*$)"
        ),
        _clock,
    ),
    (
        "t",
        _compile(
            r"\d{1,2}(?:[:.]\d\d)?\s?(?:[ap]\.m\.?|[ap]m\b)(?:\s+(?:local\s+time|(?-i:[A-Z]{2,4})))?|\d{1,2}:\d\d(?:\s+(?:local\s+time|GMT|UTC|[CE]E?S?T))?"
            r"|\d{1,2}\s+o['’]clock|\d{1,4}\s?(?:BCE?\b|B\.C\.)|(?:mid)?noon|midnight|midday"
        ),
        _clock,
    ),
    (
        "h",
        _compile(
            rf"(?P<day>(?-i:Christmas)(?:\s+(?-i:Eve|Day))?|(?-i:Boxing\s+Day)|(?-i:New\s+Year['’]s\s+(?:Eve|Day)))(?:,?\s+(?P<year>{_YEAR}))?"
        ),
        _holiday,
    ),
]
# What these give is no date that a later "three years later" would count from.
NO_ANCHOR: frozenset[Read] = frozenset((_past_units, _near_day))
_AMBIGUOUS = frozenset(("may", "march"))
