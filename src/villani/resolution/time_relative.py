"""Rules for dates counted from another: weekdays, "yesterday", "last week", "two days earlier", "that month"."""

import datetime as dt
import re

from villani.resolution.time_dates import HEAD, TAIL, dressed, part_of
from villani.resolution.time_days import moved, shifted, unit_of
from villani.resolution.time_meaning import Frame, Meaning, Rule, group, rule
from villani.resolution.time_spans import duration
from villani.resolution.time_words import (
    ABOUT,
    CLOCK,
    COUPLE,
    DAY_PART,
    DAY_PARTS,
    FEW,
    NUMBER,
    PART,
    PART_OF,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    clock_value,
    number,
)

BACKWARD = {
    "last",
    "the last",
    "past",
    "the past",
    "this past",
    "previous",
    "the previous",
    "the preceding",
    "ago",
    "earlier",
    "before",
    "previously",
    "back",
    "prior",
}
FORWARD = {
    "next",
    "coming",
    "the coming",
    "this coming",
    "upcoming",
    "the upcoming",
    "following",
    "the following",
    "the next",
}
# Words that count from what was told before, not from publication.
TOLD = {"previous", "the previous", "following", "the following", "same", "the same", "that", "that same", "preceding"}
TOLD |= {"earlier", "later", "before", "after", "previously", "prior", "the next", "the preceding"}
UNITS = r"(?P<unit>day|night|week-?end|week|month|quarter|year|decade|century)"
LASTING = re.compile(r"\b(?:over|within|during|in) $", re.IGNORECASE)
SURE_CLOCK = re.compile(r"[ap]\.?m|o'clock|hours|hrs|noon|mid|gmt|utc|time|[a-z]st\b|[a-z]dt\b|in the")
# Units by length, to tell whether a date told is exact enough to count from.
FINE = {
    "second": 0,
    "minute": 0,
    "hour": 0,
    "day": 1,
    "night": 1,
    "week": 2,
    "fortnight": 2,
    "month": 3,
    "quarter": 4,
    "year": 5,
}


def _weekday(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "Thursday": the latest one, the day of publication included; the coming one for what lies ahead."""
    if match["weekday"][0].islower():
        return None
    wanted, which = WEEKDAYS[match["weekday"][:3].lower()], group(match, "which")
    if which in {"each", "every"}:
        return Meaning("SET", f"XXXX-WXX-{wanted + 1}")
    told = which in TOLD and frame.told_day is not None
    day = frame.told_day if told else frame.day
    if day is None or frame.day is None:
        return dressed(match, f"XXXX-WXX-{wanted + 1}")
    forward, back = (wanted - day.weekday()) % 7, (day.weekday() - wanted) % 7
    if which in FORWARD or (frame.ahead and which not in BACKWARD and not told):
        return dressed(match, (day + dt.timedelta(days=forward or (7 if which in FORWARD else 0))).isoformat())
    return dressed(match, (day - dt.timedelta(days=back or (7 if which in BACKWARD else 0))).isoformat())


def _weekdays(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "Fridays", "Tuesday nights"."""
    del frame
    part = DAY_PARTS.get(group(match, "day_part"))
    return Meaning("SET", f"XXXX-WXX-{WEEKDAYS[match['weekday'][:3].lower()] + 1}" + (f"T{part}" if part else ""))


def _deictic(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "yesterday", "late yesterday", "the day before yesterday", "tomorrow night"."""
    word = group(match, "word")
    steps = {"yesterday": -1, "today": 0, "tomorrow": 1}
    step = steps.get(word.rsplit(maxsplit=1)[-1], 0) + (-1 if "before" in word else 1 if "after" in word else 0)
    if frame.day is None:
        return dressed(match, "XXXX-XX-XX")
    return dressed(match, (frame.day + dt.timedelta(days=step)).isoformat())


def _tonight(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "tonight", "last night", "this morning", "overnight"."""
    word = " ".join(match[0].lower().split())
    part = DAY_PARTS.get(group(match, "day_part"), "NI")
    if frame.day is None:
        return Meaning("TIME", f"XXXX-XX-XXT{part}")
    return Meaning("TIME", f"{moved(frame.day, 'day', -1 if 'last' in word else 0)}T{part}")


def told_day(frame: Frame) -> dt.date | None:
    """The day told last before a phrase, else the day of publication."""
    return frame.day if frame.told_day is None or frame.day is None else frame.told_day


def _that_day(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "the previous day", "the next morning", "that night", "the day before", "earlier that day"."""
    words, day = match[0].lower(), told_day(frame)
    part = DAY_PARTS.get(group(match, "day_part"))
    step = -1 if re.search("previous|before|preceding", words) else 1 if re.search("next|following|after", words) else 0
    shown = "XXXX-XX-XX" if day is None else moved(day, "day", step).isoformat()
    return Meaning("TIME" if part else "DATE", f"{shown}T{part}" if part else shown, is_told=True)


def _unit(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "last week", "early next year", "the end of the month", "that year", "the latest quarter"."""
    unit, which = group(match, "unit").replace("-", ""), group(match, "which")
    if which == "the" and unit in {"day", "night", "decade", "century"} and not part_of(match):
        return None
    if unit == "quarter":
        return _told_quarter(which, frame)
    day = _base(frame, unit) if which in TOLD and frame.told else frame.day
    if day is None:
        unknown = {"week": "XXXX-WXX", "weekend": "XXXX-WXX-WE", "month": "XXXX-XX"}
        return Meaning("DATE", unknown.get(unit, "XXXX"), is_told=which in TOLD)
    return _unit_from(match, frame, day)


def _unit_from(match: re.Match[str], frame: Frame, day: dt.date) -> Meaning:
    """The unit a phrase names, counted from a day."""
    unit, which = group(match, "unit").replace("-", ""), group(match, "which")
    step = -1 if which in BACKWARD else 1 if which in FORWARD else 0
    if unit == "weekend":
        return Meaning("DATE", unit_of(_weekend(day, which, frame), "weekend"))
    is_lasting = LASTING.search(match.string, max(0, match.start() - 8), match.start())
    if which == "the past" or (which in {"the last", "the next", "the coming"} and is_lasting):
        return Meaning("DURATION", duration(unit, 1), course=-1 if step < 0 else 1)
    value = unit_of(moved(day, unit, step), unit)
    if unit == "night":
        return Meaning("TIME", f"{value}TNI")
    return Meaning("DATE", value, part=part_of(match), is_told=which in TOLD)


def _weekend(day: dt.date, which: str, frame: Frame) -> dt.date:
    """A day of the latest weekend that has begun; of the coming one for what lies ahead."""
    back = (day.weekday() - 5) % 7
    saturday = day - dt.timedelta(days=back)
    if which in FORWARD or which == "this" or (frame.ahead and which not in BACKWARD):
        return saturday + dt.timedelta(days=7 if back > 1 or which in FORWARD else 0)
    return saturday - dt.timedelta(days=7 if which == "last" and back <= 1 else 0)


def _told_quarter(which: str, frame: Frame) -> Meaning:
    """Reads "the quarter": the one told last, else the latest that is over; "this quarter" is that of the day."""
    if frame.day is None:
        return Meaning("DATE", "XXXX-QX")
    if which in {"this", "current", "the current"}:
        return Meaning("DATE", unit_of(frame.day, "quarter"))
    if which in FORWARD or which in BACKWARD:
        return Meaning("DATE", unit_of(moved(frame.day, "quarter", 1 if which in FORWARD else -1), "quarter"))
    return Meaning("DATE", frame.quarter or unit_of(moved(frame.day, "quarter", -1), "quarter"), is_told=True)


def _base(frame: Frame, unit: str) -> dt.date | None:
    """The day a count in some unit starts from: what was told last, where it is at least as exact as the unit."""
    fine = FINE.get(unit, 6)
    if re.fullmatch(r"\d{4}-\d\d-\d\d(?:T.*)?", frame.told):
        return dt.date.fromisoformat(frame.told[:10])
    if fine <= 2:
        return frame.told_day
    match = re.fullmatch(r"(\d{4})(?:-(?:(\d\d)|Q(\d)))?", frame.told)
    if match is None or (fine == 3 and not match[2]) or (fine == 4 and not (match[2] or match[3])):
        return frame.day if fine >= 5 else None
    return dt.date(int(match[1]), int(match[2] or 3 * int(match[3] or 1) - 2), 1)


def _ago(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "two days ago", "three weeks earlier", "a month later": as exact as the unit."""
    way, unit = group(match, "way"), group(match, "unit").replace("centurie", "century")
    sign = 1 if way in {"later", "hence", "after", "from now"} else -1
    count = 1.0 if group(match, "one") else number(group(match, "n"))
    if count is None or frame.day is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", is_told=way in TOLD)
    if unit == "year" and count == 1 and sign < 0 and frame.quarter:
        return Meaning("DATE", shifted(frame.quarter, -1), is_told=True)
    is_told = way in TOLD and bool(frame.told)
    if is_told and unit == "year" and re.fullmatch(r"\d{4}-(?:Q\d|H\d|\d\d)", frame.told):
        return Meaning("DATE", shifted(frame.told, sign * round(count)), is_told=True)
    base = _base(frame, unit) if is_told else frame.day
    if base is None or (way in {"later", "after"} and not is_told):
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF", is_told=way in TOLD)
    there = moved(base, unit, sign * round(count))
    as_unit = {"fortnight": "week", "decade": "year", "century": "year"}.get(unit, unit)
    if unit == "week" and count == 1:
        as_unit = "day"
    return Meaning("DATE", unit_of(there, as_unit), is_told=way in TOLD)


def _year_ago(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "year-earlier", "the year-ago quarter"."""
    del match
    if frame.day is None:
        return Meaning("DATE", "XXXX")
    return Meaning("DATE", shifted(frame.quarter or str(frame.day.year), -1), is_told=True)


def _year_end(match: re.Match[str], frame: Frame) -> Meaning:
    del match
    return Meaning("DATE", str(frame.day.year) if frame.day else "XXXX")


def _clock(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "at 0300 GMT", "10:35 a.m.", "noon": of the day told last."""
    day = told_day(frame)
    return Meaning(
        "TIME", ("XXXX-XX-XX" if day is None else day.isoformat()) + clock_value(match["clock"]), is_told=True
    )


def _sure_clock(match: re.Match[str], frame: Frame) -> Meaning | None:
    """A clock time that cannot be a score or a verse."""
    is_sure = re.search(
        r"[ap]\.?m|o'clock|hours|hrs|noon|mid|gmt|utc|time|[a-z]st\b|[a-z]dt\b|in the", match[0].lower()
    )
    return _clock(match, frame) if is_sure else None


def _moment(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "the morning", "early hours", "dawn" of the day told last."""
    day, word = told_day(frame), match[0].lower()
    part = next((code for name, code in DAY_PARTS.items() if name in word), "MO")
    return Meaning("TIME", f"{'XXXX-XX-XX' if day is None else day}T{part}", is_told=True)


_COUNT = rf"(?:{ABOUT} )?(?:(?P<one>an?|one)|(?P<n>{NUMBER}|{COUPLE}|{FEW}))(?: more)?"
_WHICH_DAY = (
    r"(?:(?:the )?(?P<which>last|past|previous|next|coming|following|this past|this coming|this|that same|that|same"
    r"|each|every) )?"
)
_STOP = r"(?=\s*(?:[.,;:)\"'\n]|$|when\b|and\b|but\b|in\b|at\b|by\b|as\b|to\b|with\b|on\b))"
RELATIVE_RULES: tuple[Rule, ...] = (
    rule(rf"{HEAD}{_WHICH_DAY}{WEEKDAY}{TAIL}", _weekday, cue="weekday"),
    rule(
        rf"(?:{_WHICH_DAY})(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)"
        r"(?:s| (?P<day_part>morning|afternoon|evening|night)s)",
        _weekdays,
        cue="weekday",
    ),
    rule(
        rf"(?:{CLOCK},? |(?:{PART}|mid-?(?:morning|afternoon)) )?(?P<word>(?:the )?day (?:before yesterday|after"
        rf" tomorrow)|yesterday|today|tomorrow){TAIL}",
        _deictic,
        cue="day part",
    ),
    rule(rf"(?:{PART} )?(?:tonight|overnight|(?:last|this) {DAY_PART})", _tonight, cue="day part"),
    rule(
        rf"(?:{PART} (?:on )?)?(?:the )?(?:very )?(?:previous|preceding|next|following|same|that same|that) "
        rf"(?:day|{DAY_PART})",
        _that_day,
        cue="day part",
    ),
    rule(rf"the (?:day|{DAY_PART}) (?:before|after){_STOP}", _that_day, cue="day part"),
    rule(
        rf"(?:{PART_OF}|{PART} )?(?P<which>(?:the )?(?:last|past|previous|preceding|next|coming|following|this past"
        rf"|this coming|this|current|upcoming|latest|same)|that same|that|the) (?:fiscal |full |calendar )?{UNITS}",
        _unit,
        cue="unit",
    ),
    rule(rf"(?:earlier|later|early|late) in (?P<which>the) {UNITS}", _unit, cue="unit"),
    rule(r"(?:the )?year(?:'s|-| )end", _year_end, cue="unit"),
    rule(
        r"the (?:fiscal |full )?year(?= end(?:ed|ing)\b)", lambda _match, _frame: Meaning("DURATION", "P1Y"), cue="unit"
    ),
    rule(
        rf"{_COUNT} {UNIT}s?(?: or (?:so|more|two))? (?P<way>ago|earlier|later|hence|from now)(?! than)",
        _ago,
        cue="unit",
    ),
    rule(rf"{_COUNT} {UNIT}s? (?P<way>before|previously|back|prior(?! to)){_STOP}", _ago, cue="unit"),
    rule(rf"(?P<n>many |some )?{UNIT}s (?P<way>ago|earlier)", _ago, cue="unit"),
    rule(
        r"year-(?:ago|earlier)|(?:the )?(?:comparable |corresponding )?year-(?:ago|earlier) (?:quarter|period)",
        _year_ago,
        cue="unit",
    ),
    rule(rf"(?:around |about )?{CLOCK}", _sure_clock, cue="hour"),
    rule(rf"{CLOCK}", _clock, cue="hour", is_weak=True),
    rule(
        rf"(?:(?:the|that|early|late|mid)[- ])+(?:hours|{DAY_PART}(?: hours)?)|before dawn|dawn|dusk",
        _moment,
        cue="day part",
        is_weak=True,
    ),
)
