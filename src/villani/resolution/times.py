"""Time phrases to ranges of days, counted from the day of publication."""

import calendar
import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass

from villani.records.events import TimePrecision

MONTHS = {name.lower(): number for number, name in enumerate(calendar.month_name) if name}
MONTHS |= {name.lower()[:3]: number for name, number in MONTHS.items()} | {"sept": 9}
WEEKDAYS = {name.lower(): number for number, name in enumerate(calendar.day_name)}
WEEKDAYS |= {"mon": 0, "tue": 1, "tues": 1, "wed": 2, "thu": 3, "thur": 3, "thurs": 3, "fri": 4, "sat": 5, "sun": 6}
NUMBERS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen"
        " sixteen seventeen"
        " eighteen nineteen twenty".split()
    )
} | {"a": 1, "an": 1, "thirty": 30, "forty": 40, "sixty": 60, "ninety": 90, "couple of": 2, "a couple of": 2}
ORDINALS = {"first": 1, "second": 2, "third": 3, "fourth": 4}
# Northern seasons; winter is that of its December.
SEASONS = {"spring": (3, 5), "summer": (6, 8), "autumn": (9, 11), "fall": (9, 11), "winter": (12, 14)}
# Ends of a part of a month, in days.
PARTS = {
    "early": (1, 10),
    "beginning": (1, 10),
    "start": (1, 10),
    "mid": (11, 20),
    "middle": (11, 20),
    "late": (21, 31),
}
PARTS |= {"end": (21, 31)}

FEASTS = {"new year's day": "1 january", "new year's eve": "31 december", "christmas day": "25 december"}
FEASTS |= {"christmas eve": "24 december", "boxing day": "26 december", "may day": "1 may", "bastille day": "14 july"}

MONTH = r"(?P<month>jan(?:uary|\.)?|feb(?:ruary|\.)?|mar(?:ch|\.)?|apr(?:il|\.)?|may|june?\.?|july?\.?|aug(?:ust|\.)?"
MONTH += r"|sept?(?:ember|\.)?|oct(?:ober|\.)?|nov(?:ember|\.)?|dec(?:ember|\.)?)"
WEEKDAY = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)s?"
YEAR = r"(?P<year>1[5-9]\d\d|20\d\d)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
LAST = r"(?P<last>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
COUNT = r"(?P<count>\d{1,3}|a couple of|couple of|an?|[a-z]{3,9})"
UNIT = r"(?P<unit>day|week|fortnight|month|year|decade|hour|night)s?"
DAYTIME = r"(?:morning|afternoon|evening|night|midnight|noon|dawn|dusk|sunset|sunrise|daybreak|hours?)"
PART = r"(?P<part>early|mid|late|beginning|start|middle|end)"
FUTURE_STATUSES = {"planned", "considered"}


@dataclass(frozen=True)
class Period:
    """A range of days, both inclusive, as precise as the words."""

    first: dt.date
    last: dt.date
    precision: TimePrecision


@dataclass(frozen=True)
class Frame:
    """What a phrase is read against: the day of publication (None: not known) and whether it looks forward."""

    day: dt.date | None
    ahead: bool


Rule = Callable[[re.Match[str], Frame, dt.date], Period | None]
BareRule = Callable[[re.Match[str], Frame], Period | None]


def resolve_time(phrase: str, published: dt.date | None, status: str = "happened") -> Period | None:
    """Read a time phrase.

    Args:
        phrase: As it stands in the text ("on Thursday", "in late July", "since 5 March").
        published: Day of publication, which relative phrases are counted from.
        status: The event's; planned and considered acts lie ahead where the phrase leaves it open.

    Returns:
        The days, or None where the phrase dates nothing or what it is counted from is not known.

    Source: annotation guidelines ("last week": the Monday to Sunday before; "since X": X to the publication day).
    """
    text = " ".join(phrase.lower().replace("’", "'").replace("–", "-").replace("—", "-").split())[:120]
    for feast, date in FEASTS.items():
        text = text.replace(feast, date)
    if not text or HABITUAL.search(text):
        return None
    frame = Frame(published, status in FUTURE_STATUSES)
    try:
        return _read(text, frame)
    except (ValueError, OverflowError):
        return None


def _read(text: str, frame: Frame) -> Period | None:
    """Open-ended phrases first, then the first rule whose pattern is in the text."""
    since = re.match(r"(?:ever )?since (?:the |at least )?(.+)", text)
    if since:
        start = _read(since[1], Frame(frame.day, ahead=False))
        if start is None or frame.day is None or start.first > frame.day:
            return None
        return start if start.first == frame.day else Period(start.first, frame.day, "period")
    by = re.match(r"(?:by|until|till|before|no later than|into|throughout|during|as of|from|after)\s+(.+)", text)
    if by and by[0].split()[0] in {"after", "before"} and RELATIVE_CLAUSE.search(by[1]) is None:
        return None
    for pattern, bare in ABSOLUTE:
        match = pattern.search(text)
        if match:
            return bare(match, frame)
    if frame.day is not None:
        for pattern, rule in RELATIVE:
            match = pattern.search(text)
            found = rule(match, frame, frame.day) if match else None
            if found is not None:
                return found
    return _read_foreign(text)


def _read_foreign(text: str) -> Period | None:
    """Absolute dates in a spelling of their own ("2014-03-05", "5/3/2014 is left, its order is a guess")."""
    iso = re.search(r"\b(\d{4})-(\d{2})-(\d{2})\b", text)
    if iso:
        day = dt.date(int(iso[1]), int(iso[2]), int(iso[3]))
        return Period(day, day, "day")
    if not re.search(rf"\b{YEAR}\b", text) or text.isascii():
        return None
    import dateparser  # noqa: PLC0415 - takes a third of a second, and few phrases need it

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    found = dateparser.parse(text, settings=settings)
    return None if found is None else Period(found.date(), found.date(), "day")


def _month_number(match: re.Match[str], group: str = "month") -> int:
    return MONTHS[match[group].rstrip(".")[:3]]


def _month(year: int, month: int, last_month: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of a month, or of a run of months; months past 12 lie in the next year."""
    end = last_month or month
    first = dt.date(year + (month - 1) // 12, (month - 1) % 12 + 1, 1)
    end_year, end_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    return first, dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def _year_of(month: int, day: int, frame: Frame) -> int | None:
    """The year a date without one lies in: the latest that is not ahead, or the next one for what lies ahead."""
    if frame.day is None:
        return None
    this = dt.date(frame.day.year, month, min(day, calendar.monthrange(frame.day.year, month)[1]))
    if frame.ahead:
        # Plans are told of days to come; but a plan may also be dated back a little ("agreed in May to leave").
        return frame.day.year + (this < frame.day - dt.timedelta(days=90))
    # Month names told a few days ahead of time are announcements read as past acts.
    return frame.day.year - (this > frame.day + dt.timedelta(days=7))


def _date(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "5 March", "March 2-3", "on 5 March 2014"."""
    month, day = _month_number(match), int(match["day"])
    year = int(match["year"]) if match["year"] else _year_of(month, day, frame)
    if year is None:
        return None
    first = dt.date(year, month, day)
    last = dt.date(year, month, int(match["last"])) if match["last"] else first
    if last < first:
        return None
    return Period(first, last, "day" if first == last else "days")


def _date_range(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "between 8 November and 2 December", "from March 3 to April 1"."""
    first = _read(match["from"], frame)
    last = _read(match["to"], frame)
    if first is None or last is None or last.last < first.first:
        return None
    return Period(first.first, last.last, "period" if (last.last - first.first).days > 31 else "days")


def _month_year(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "in March", "in late July 2015", "by the end of May", "last May"."""
    month = _month_number(match)
    year = int(match["year"]) if match["year"] else None
    if year is None:
        if frame.day is None:
            return None
        ahead = frame.ahead or match["which"] in {"next", "coming"}
        year = frame.day.year + (_ahead_by(month, frame.day) if ahead else -(month > frame.day.month))
        if match["which"] == "last" and month == frame.day.month:
            year -= 1
    first, last = _month(year, month)
    part = PARTS.get(match["part"] or "")
    if part:
        return Period(first.replace(day=part[0]), first.replace(day=min(part[1], last.day)), "days")
    return Period(first, last, "month")


def _ahead_by(month: int, day: dt.date) -> int:
    """One where a month that lies ahead is next year's; half a year back is still this year's plan."""
    return 1 if month < day.month and day.month - month > 3 else 0


def _months(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "September and October", "between June and August 2012"."""
    first, last = MONTHS[match["one"][:3]], MONTHS[match["two"][:3]]
    year = int(match["year"]) if match["year"] else _year_of(last, 1, frame)
    if year is None:
        return None
    start = dt.date(year - (last < first), first, 1)
    return Period(start, _month(year, last)[1], "period")


def _year(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "in 2013", "early 2014", "the summer of 2012", "the first half of 2015"."""
    del frame
    year = int(match["year"])
    part = match["part"]
    if part:
        months = {"early": (1, 4), "beginning": (1, 3), "start": (1, 3), "mid": (5, 8), "middle": (5, 8)}.get(
            part, (9, 12)
        )
        return Period(*_month(year, *months), "season")
    return Period(dt.date(year, 1, 1), dt.date(year, 12, 31), "year")


def _years(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "from 1996 to 2001", "2011-13"."""
    del frame
    first, last = int(match["year"]), int(match["to"])
    last = last if last > 99 else first // 100 * 100 + last
    if last <= first:
        return None
    return Period(dt.date(first, 1, 1), dt.date(last, 12, 31), "period")


def _decade(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "in the 1990s", "the early 1980s"."""
    del frame
    year = int(match["year"])
    if year % 10:
        return None
    part = {"early": (0, 3), "mid": (4, 6), "late": (7, 9)}.get(match["part"] or "", (0, 9))
    return Period(dt.date(year + part[0], 1, 1), dt.date(year + part[1], 12, 31), "period")


def _season(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "last spring", "in the summer of 2012", "this winter"."""
    months = SEASONS[match["season"]]
    if match["year"]:
        year = int(match["year"])
    elif frame.day is None:
        return None
    else:
        ahead = frame.ahead or match["which"] in {"next", "coming"}
        year = frame.day.year
        if ahead:
            year += _month(year, *months)[1] < frame.day
        else:
            year -= _month(year, *months)[0] > frame.day
    return Period(*_month(year, *months), "season")


def _quarter(match: re.Match[str], frame: Frame) -> Period | None:
    """Reads "the first quarter of 2015", "Q1", "the second half of the year"."""
    year = int(match["year"]) if match["year"] else (frame.day.year if frame.day else None)
    if year is None:
        return None
    number = int(match["q"]) if match["q"] else ORDINALS[match["nth"]]
    if match["half"] == "half":
        return Period(*_month(year, 6 * number - 5, 6 * number), "period") if number <= 2 else None
    return Period(*_month(year, 3 * number - 2, 3 * number), "season")


def _weekday(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "on Thursday": the latest one, the day of publication included; the coming one for what lies ahead."""
    wanted, which = WEEKDAYS[match["weekday"]], match["which"]
    if which in {"next", "coming", "following"} or (frame.ahead and which not in {"last", "past", "previous"}):
        forward = (wanted - day.weekday()) % 7
        return _one_day(day + dt.timedelta(days=forward or (7 if which else 0)))
    back = (day.weekday() - wanted) % 7
    return _one_day(day - dt.timedelta(days=back or (7 if which in {"last", "past", "previous"} else 0)))


def _weekdays(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "on Saturday and Sunday", "between Monday and Wednesday", "Friday-Sunday"."""
    if frame.ahead:
        first = day + dt.timedelta(days=(WEEKDAYS[match["one"]] - day.weekday()) % 7)
        return Period(first, first + dt.timedelta(days=(WEEKDAYS[match["two"]] - first.weekday()) % 7), "days")
    last = day - dt.timedelta(days=(day.weekday() - WEEKDAYS[match["two"]]) % 7)
    return Period(last - dt.timedelta(days=(last.weekday() - WEEKDAYS[match["one"]]) % 7), last, "days")


def _one_day(day: dt.date) -> Period:
    return Period(day, day, "day")


def _shifted(days: int) -> Rule:
    """A rule for words that name a day counted from publication."""

    def rule(match: re.Match[str], frame: Frame, day: dt.date) -> Period:
        del match, frame
        return _one_day(day + dt.timedelta(days=days))

    return rule


def _weekend(match: re.Match[str], frame: Frame, day: dt.date) -> Period:
    """The latest Saturday and Sunday that have begun; the coming ones for what lies ahead."""
    which = match["which"]
    back = (day.weekday() - 5) % 7
    saturday = day - dt.timedelta(days=back)
    if which in {"next", "coming"} or (frame.ahead and which != "last"):
        saturday += dt.timedelta(days=7 if back > 1 or which in {"next", "coming"} else 0)
    elif which == "last" and back <= 1:
        saturday -= dt.timedelta(days=7)
    return Period(saturday, saturday + dt.timedelta(days=1), "days")


def _calendar_unit(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "last week", "this month", "next year", "the previous week", "the year's end"."""
    which = match["which"]
    step = {"last": -1, "previous": -1, "past": -1, "next": 1, "coming": 1, "following": 1}.get(which, 0)
    unit = match["unit"]
    if which == "past":
        return _span_back(unit, 1, day)
    if unit == "week":
        monday = day - dt.timedelta(days=day.weekday()) + dt.timedelta(weeks=step)
        return Period(monday, monday + dt.timedelta(days=6), "week")
    if unit == "month":
        month = day.month + step
        year, month = day.year + (month - 1) // 12, (month - 1) % 12 + 1
        return Period(*_month(year, month), "month")
    if unit == "year":
        return Period(dt.date(day.year + step, 1, 1), dt.date(day.year + step, 12, 31), "year")
    if unit in {"day", "night"}:
        return _one_day(day + dt.timedelta(days=step))
    del frame
    return None


def _count(match: re.Match[str]) -> int | None:
    word = match["count"]
    return int(word) if word.isdigit() else NUMBERS.get(word)


def _span_back(unit: str, count: int, day: dt.date) -> Period | None:
    """A length of time that ends with a day."""
    first = _moved(day, unit, -count)
    return None if first is None else Period(first, day, "period" if (day - first).days > 13 else "days")


def _moved(day: dt.date, unit: str, count: int) -> dt.date | None:
    """A day moved by a count of units; months and years keep the day of the month where it exists."""
    if unit in {"day", "week", "fortnight", "night"}:
        return day + dt.timedelta(days=count * {"day": 1, "night": 1, "week": 7, "fortnight": 14}[unit])
    if unit in {"month", "year", "decade"}:
        months = day.year * 12 + day.month - 1 + count * {"month": 1, "year": 12, "decade": 120}[unit]
        year, month = months // 12, months % 12 + 1
        return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))
    if unit == "hour":
        return day + dt.timedelta(days=round(count / 24))
    return None


def _ago(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "two days ago", "three weeks earlier", "a year before": as precise as the unit."""
    del frame
    count = _count(match)
    there = None if count is None else _moved(day, match["unit"], -count)
    if there is None:
        return None
    return _as_precise(there, match["unit"], day)


def _after(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "three days after" in news of the day counts back from it to the act the phrase stands with."""
    return None if frame.ahead else _ago(match, frame, day)


def _as_precise(there: dt.date, unit: str, day: dt.date) -> Period:
    """The calendar unit a day counted in that unit falls in: a day, its week, its month, its year."""
    if unit == "week" and (day - there).days > 7:
        monday = there - dt.timedelta(days=there.weekday())
        return Period(monday, min(monday + dt.timedelta(days=6), max(day, there)), "week")
    if unit == "month":
        return Period(*_month(there.year, there.month), "month")
    if unit in {"year", "decade"}:
        return Period(dt.date(there.year, 1, 1), dt.date(there.year, 12, 31), "year")
    return _one_day(there)


def _within(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "within two days", "over the next three weeks", "in the coming month": from publication on."""
    count = _count(match) if match["count"] else 1
    if count is None or (not match["count"] and not (match["ahead"] and match["lead"] in {"over", "within"})):
        return None
    if not frame.ahead and match["lead"] in {"within", "in"} and not match["ahead"]:
        return None
    last = _moved(day, match["unit"], count)
    return None if last is None else Period(day, last, "period" if (last - day).days > 13 else "days")


def _for(match: re.Match[str], frame: Frame, day: dt.date) -> Period | None:
    """Reads "for three weeks", "in the past two months", "over the last ten days": up to publication."""
    count = _count(match) if match["count"] else 1
    if count is None or not (match["count"] or match["gone"]) or (frame.ahead and match["lead"] == "for"):
        return None
    return _span_back(match["unit"], count, day)


def _rule(pattern: str) -> re.Pattern[str]:
    return re.compile(pattern)


WHICH = r"(?:(?P<which>last|past|previous|next|coming|following|this) )?"
ANY_MONTH = MONTH.replace("?P<month>", "?:")
HABITUAL = re.compile(r"\b(?:every|each|daily|weekly|often|twice a|once a|b\.?c\.?|always|usually|never)\b")
RELATIVE_CLAUSE = re.compile(
    rf"\b(?:{ANY_MONTH}|\d{{4}}|(?:mon|tues|wednes|thurs|fri|satur|sun)day|month|year|week)\b|dawn|sunrise"
)
ABSOLUTE: tuple[tuple[re.Pattern[str], BareRule], ...] = (
    (_rule(r"^(?:between|from) (?P<from>.{2,40}?) (?:and|to|until|till) (?P<to>.{2,40})$"), _date_range),
    (
        _rule(rf"\b(?:between |from )?(?P<one>{ANY_MONTH}) (?:and|to|or) (?P<two>{ANY_MONTH})\b(?:,? {YEAR})?(?! \d)"),
        _months,
    ),
    (_rule(rf"\b{DAY}(?: ?(?:-|to|and|or) ?{LAST})? (?:of )?{MONTH}(?:,? (?:of )?{YEAR})?(?!\w)"), _date),
    (_rule(rf"\b{MONTH} (?:the )?{DAY}(?: ?(?:-|to|and|or) ?{LAST})?(?:,? {YEAR})?\b(?!\d)"), _date),
    (
        _rule(
            rf"\b(?:(?P<nth>first|second|third|fourth) (?P<half>quarter|half)|q(?P<q>[1-4]))(?: of (?:the"
            rf"|this) year| of)?(?: {YEAR})?\b"
        ),
        _quarter,
    ),
    (_rule(rf"\b{WHICH}(?P<season>spring|summer|autumn|fall|winter)\b(?: (?:of )?{YEAR})?"), _season),
    (_rule(rf"\b(?:{PART}(?:-| of | )(?:the )?)?{WHICH}{MONTH}(?:,? (?:of )?{YEAR})?(?!\w)"), _month_year),
    (_rule(rf"\b{YEAR} ?(?:-|to|and|until) ?(?P<to>\d{{4}}|\d{{2}})\b(?!-)"), _years),
    (_rule(rf"\b(?:{PART}[- ])?{YEAR}'?s\b(?!\w)"), _decade),
    (_rule(rf"(?<![-\d])\b(?:{PART}(?:-| of | in | )?)?{YEAR}\b(?!-\d)"), _year),
)
RELATIVE: tuple[tuple[re.Pattern[str], Rule], ...] = (
    (_rule(r"\bday before yesterday\b"), _shifted(-2)),
    (_rule(r"\bday after tomorrow\b"), _shifted(2)),
    (_rule(r"\b(?P<one>\w{3,6}day) ?(?:and|to|through|-|or) ?(?P<two>\w{3,6}day)\b"), _weekdays),
    (_rule(rf"\b{COUNT}(?: \w+)? {UNIT} (?:ago|earlier|before|previously|back|prior)\b"), _ago),
    (_rule(rf"^(?:just |only |barely )?{COUNT}(?: \w+)? {UNIT} after\b"), _after),
    (_rule(rf"\b{WHICH}{WEEKDAY}\b"), _weekday),
    (
        _rule(
            r"\b(?:yesterday|last night|the previous (?:day|night|evening)|the day before|the night before"
            r"|a day earlier)\b"
        ),
        _shifted(-1),
    ),
    (_rule(r"\b(?:tomorrow|the next day|the following day)\b"), _shifted(1)),
    (_rule(rf"\b{WHICH}(?:week-?end)\b"), _weekend),
    (
        _rule(
            rf"\b(?P<lead>within|over|in|during)(?: the)?(?: (?P<ahead>next|coming|following))?(?: {COUNT})? {UNIT}\b"
        ),
        _within,
    ),
    (
        _rule(
            rf"\b(?P<lead>for|over|in|during|within)(?: more than| nearly| almost| about| at least)?(?:"
            rf" the)?(?: (?P<gone>past|last|previous))?(?: {COUNT})? {UNIT}\b(?!')"
        ),
        _for,
    ),
    (
        _rule(rf"\b(?P<which>last|previous|next|coming|following|this|past|the|current) {UNIT}(?:'s end)?\b"),
        _calendar_unit,
    ),
    (_rule(r"\b(?P<which>)(?P<unit>week|month|year)(?:'s|-)? ?end\b"), _calendar_unit),
    (
        _rule(r"\b(?:today|tonight|overnight|this (?:morning|afternoon|evening)|earlier in the day|the same day)\b"),
        _shifted(0),
    ),
    (
        _rule(
            r"\b(?:at|before|around|after|since|from|near|by|in)(?: the)? (?:dawn|daybreak|sunrise|sunset"
            r"|dusk|midday|noon|nightfall|morning)\b"
        ),
        _shifted(0),
    ),
    (_rule(r"\bearly hours\b|^morning$"), _shifted(0)),
)
