"""TIMEX3 values and the days they cover."""

import calendar
import datetime as dt
import re
from dataclasses import dataclass

from villani.records.events import TimePrecision

# Months of seasons by TIMEX3 code, northern; winter is that of its December.
SEASON_MONTHS = {"SP": (3, 5), "SU": (6, 8), "FA": (9, 11), "WI": (12, 14)}
MONTH_PARTS = {"START": (1, 10), "MID": (11, 20), "END": (21, 31)}
YEAR_PARTS = {"START": (1, 4), "MID": (5, 8), "END": (9, 12)}
DECADE_PARTS = {"START": (0, 3), "MID": (4, 6), "END": (7, 9)}
FORM = re.compile(
    r"(?P<year>\d{4})(?:-(?:(?P<month>\d\d)(?:-(?P<day>\d\d)(?:T\S*)?)?|W(?P<week>\d\d)(?P<ends>-WE)?|Q(?P<quarter>[1-4])"
    r"|H(?P<half>[12])|(?P<season>SP|SU|FA|WI)))?|(?P<decade>\d{3})|(?P<century>\d{2})"
)


@dataclass(frozen=True)
class Period:
    """A range of days, both inclusive, as precise as the words."""

    first: dt.date
    last: dt.date
    precision: TimePrecision


def one_day(day: dt.date) -> Period:
    """A period of one day."""
    return Period(day, day, "day")


def joined(first: dt.date, last: dt.date) -> Period | None:
    """The period from one day to another; None where they run backwards."""
    if last < first:
        return None
    days = (last - first).days
    return Period(first, last, "day" if days == 0 else "days" if days < 32 else "period")


def days_of(value: str, part: str = "") -> Period | None:
    """The days a TIMEX3 date covers.

    Args:
        value: A date or time ("1998-02-06TMO", "1989-Q3", "2016-W39", "197", or two with a slash between them).
        part: "START", "MID" or "END" of it; "" for the whole.

    Returns:
        The days; None for a value that lies nowhere on the calendar ("PAST_REF", "XXXX-WXX-5", "P3D").
    """
    if "/" in value:
        first, last = (days_of(side) for side in value.split("/", 1))
        return None if first is None or last is None else joined(first.first, last.last)
    match = FORM.fullmatch(value)
    try:
        return None if match is None else _days(match, part)
    except ValueError:
        return None


def _days(match: re.Match[str], part: str) -> Period:
    """The days of a value that has the form of one.

    Raises:
        ValueError: there is no such day.
    """
    if match["decade"] or match["century"]:
        return _long(match["decade"], match["century"], part)
    year = int(match["year"])
    if match["day"]:
        return one_day(dt.date(year, int(match["month"]), int(match["day"])))
    if match["month"]:
        first, last = months(year, int(match["month"]))
        low, high = MONTH_PARTS.get(part, (1, 31))
        return Period(first.replace(day=low), first.replace(day=min(high, last.day)), "days" if part else "month")
    if match["week"]:
        monday = dt.date.fromisocalendar(year, int(match["week"]), 1)
        first = monday + dt.timedelta(days=5 if match["ends"] else 0)
        return Period(first, monday + dt.timedelta(days=6), "days" if match["ends"] else "week")
    return _part_of_year(match, year, part)


def _part_of_year(match: re.Match[str], year: int, part: str) -> Period:
    """The days of a quarter, a half, a season, a year, or a part of one."""
    if match["half"]:
        return Period(*months(year, 6 * int(match["half"]) - 5, 6 * int(match["half"])), "period")
    if match["quarter"]:
        run = (3 * int(match["quarter"]) - 2, 3 * int(match["quarter"]))
    elif match["season"]:
        run = SEASON_MONTHS[match["season"]]
    elif part in YEAR_PARTS:
        run = YEAR_PARTS[part]
    else:
        return Period(*months(year, 1, 12), "year")
    return Period(*months(year, *run), "season")


def _long(decade: str | None, century: str | None, part: str) -> Period:
    """The days of a decade or a century ("19" is 1900 to 1999, as in TIMEX3)."""
    if decade is None:
        year = int(century or 0) * 100
        return Period(dt.date(year, 1, 1), dt.date(year + 99, 12, 31), "period")
    year = int(decade) * 10
    low, high = DECADE_PARTS.get(part, (0, 9))
    return Period(dt.date(year + low, 1, 1), dt.date(year + high, 12, 31), "period")


def months(year: int, first: int, last: int | None = None) -> tuple[dt.date, dt.date]:
    """First and last day of a run of months; months past 12 lie in the next year."""
    end = last or first
    start = dt.date(year + (first - 1) // 12, (first - 1) % 12 + 1, 1)
    end_year, end_month = year + (end - 1) // 12, (end - 1) % 12 + 1
    return start, dt.date(end_year, end_month, calendar.monthrange(end_year, end_month)[1])


def moved(day: dt.date, unit: str, count: int) -> dt.date:
    """A day moved by a count of units; months and longer keep the day of the month where it exists.

    Raises:
        ValueError, OverflowError: the calendar does not reach that far.
    """
    days = {"day": 1, "night": 1, "week": 7, "fortnight": 14, "weekend": 7}.get(unit)
    if days is not None:
        return day + dt.timedelta(days=count * days)
    if unit in {"second", "minute", "hour"}:
        return day + dt.timedelta(days=round(count * {"second": 1, "minute": 60, "hour": 3600}[unit] / 86_400))
    at = day.year * 12 + day.month - 1 + count * {"month": 1, "quarter": 3, "year": 12, "decade": 120}.get(unit, 1200)
    year, month = at // 12, at % 12 + 1
    return dt.date(year, month, min(day.day, calendar.monthrange(year, month)[1]))


def unit_of(day: dt.date, unit: str) -> str:
    """The TIMEX3 value of the calendar unit a day lies in: its week, its quarter, its decade."""
    if unit in {"week", "fortnight", "weekend"}:
        year, week, _ = day.isocalendar()
        return f"{year}-W{week:02d}" + ("-WE" if unit == "weekend" else "")
    if unit == "month":
        return f"{day.year}-{day.month:02d}"
    if unit == "quarter":
        return f"{day.year}-Q{(day.month + 2) // 3}"
    if unit in {"year", "decade", "century", "centurie"}:
        return str(day.year)[: {"year": 4, "decade": 3}.get(unit, 2)]
    return day.isoformat()


def shifted(value: str, years: int) -> str:
    """A value some years later ("1989-Q3" by -1: "1988-Q3"); weeks and days become their year."""
    kept = re.fullmatch(r"(\d{4})(-Q\d|-H\d|-\d\d|-(?:SP|SU|FA|WI))?", value)
    year = int(value[:4]) + years
    return f"{year}{kept[2] or ''}" if kept else str(year)
