"""Rules for dates by name or number: days, months, quarters, seasons, years, decades, feasts, clock times."""

import calendar
import datetime as dt
import re

from villani.resolution.time_meaning import Frame, Meaning, Part, Rule, group, rule
from villani.resolution.time_words import (
    AHEAD_WEEKDAY,
    ANY_MONTH,
    CLOCK,
    DAY,
    DAY_PART,
    DAY_PARTS,
    EASTER,
    FEAST,
    FEASTS,
    FEASTS_MOVING,
    LAST,
    MONTH,
    ORDINAL,
    ORDINALS,
    PART,
    PART_OF,
    PARTS,
    SEASON,
    SEASONS,
    TENS,
    YEAR,
    clock_value,
    month_number,
    spoken_year,
)

# Days a date without a year may lie ahead and still be this year's, where nothing says which way to look.
NEAR_DAYS = 120
# "to March 2014" behind a month or day without its year.
YEAR_BEHIND = re.compile(
    rf"(?:'s)? ?(?:and|or|to|through|until|till|-) ?(?:\d\d? )?{ANY_MONTH}(?: \d\d?)?,? (?:1[89]|20)\d\d\b",
    re.IGNORECASE,
)
# What a number that only looks like a year counts, and what stands before such a number.
COUNTED = re.compile(
    r"[ -]?(?:%|percent|per cent|people|persons|soldiers|troops|men|women|children|civilians|fighters|rebels|militants"
    r"|refugees|migrants|families|homes|houses|dollars|euros|pounds|rupees|miles|kilomet|km\b|met(?:er|re)s|feet|points"
    r"|shares|tons|tonnes|barrels|others|more\b|votes|workers|jobs|cars|vehicles|tanks|rockets|shells|hectares|acres"
    r"|cases|deaths|prisoners|police|officers|students|mm\b|kg\b|mph\b|gmt\b|hours\b|hrs\b|local time)",
    re.IGNORECASE,
)
ESTIMATED = re.compile(
    r"(?:\b(?:about|nearly|almost|some|than|least|most|roughly|number|no|flight|room|route)\.? |[$€£#]) ?$",
    re.IGNORECASE,
)
TIME_WORD_BEFORE = re.compile(
    r"\b(?:in|of|since|until|till|by|from|before|after|during|through|throughout|for|last|this|next|between|and|to|or|every"
    r"|each|the|early|late|mid|on|as|around|about) ?$",
    re.IGNORECASE,
)
DEMONSTRATION = re.compile(r" (?:for|on|of|against|through) ", re.IGNORECASE)
WHICH = r"(?:(?P<which>last|past|previous|next|coming|following|this past|this coming|this|that|the same|each|every) )?"
YEAR_TAIL = rf"(?:,? (?:of )?(?:{YEAR}|(?P<of_year>last|this|next|that|the same|the previous|the following) year))?"
HEAD = (
    rf"(?:{CLOCK},? (?:on )?|{PART}[- ](?:on )?|(?:the )?(?P<span>early hours|night|morning|afternoon|evening|week|"
    rf"weekend) of (?:the )?|{PART_OF})?"
)
TAIL = rf"(?: {DAY_PART})?(?:,? at (?:around |about )?{CLOCK.replace('?P<clock>', '?P<clock_behind>')})?"


def dressed(match: re.Match[str], day: str) -> Meaning:
    """A day with the time of day that stands with it; "the week of" and "the weekend of" a day are the week's."""
    clock, span = group(match, "clock", "clock_behind"), group(match, "span")
    if clock:
        return Meaning("TIME", day + clock_value(clock))
    if span in {"week", "weekend"} and "X" not in day:
        year, week, _ = dt.date.fromisoformat(day).isocalendar()
        return Meaning("DATE", f"{year}-W{week:02d}" + ("-WE" if span == "weekend" else ""))
    part = DAY_PARTS.get(group(match, "day_part") or (span if span != "early hours" else "morning"))
    return Meaning("TIME", f"{day}T{part}") if part else Meaning("DATE", day)


def part_of(match: re.Match[str]) -> Part:
    """START, MID or END by the words before a date ("early", "the end of")."""
    word = (group(match, "part_of") or group(match, "part", "inner")).split()
    return PARTS.get(word[-1].rstrip("-"), "") if word else ""


def _given_year(match: re.Match[str], frame: Frame) -> int | None:
    """The year that stands with a date, or behind the range it opens."""
    year = group(match, "year", "year_behind")
    if year:
        return int(year)
    of_year = group(match, "of_year")
    if of_year and frame.day is not None:
        told = int(frame.told[:4]) if frame.told[:4].isdigit() else frame.day.year
        steps = {"last": frame.day.year - 1, "this": frame.day.year, "next": frame.day.year + 1}
        return steps.get(of_year) or told + {"the previous": -1, "the following": 1}.get(of_year, 0)
    behind = YEAR_BEHIND.match(match.string, match.end())
    return int(behind[0][-4:]) if behind else None


def _year_of(month: int, day: int, frame: Frame) -> int | None:
    """The year a date without one lies in: the latest that is not ahead, or the next one for what lies ahead."""
    if frame.day is None:
        return None
    this = dt.date(frame.day.year, month, min(day, calendar.monthrange(frame.day.year, month)[1]))
    distance = (this - frame.day).days
    if frame.ahead:
        # Plans are told of days to come; but a plan may also be dated back a little ("agreed in May to leave").
        return frame.day.year + (distance < -90)
    if frame.ahead is None:
        # December told of in early January is last month's; a date of soon is this year's.
        return frame.day.year - (distance > NEAR_DAYS) + (distance < NEAR_DAYS - 365)
    # A date told a few days ahead of time is an announcement read as a past act.
    return frame.day.year - (distance > 7)


def _is_name(match: re.Match[str]) -> bool:
    """Whether a month's word is more likely the verb, the march or somebody's name."""
    word = match["month"]
    short = len(word.rstrip(".")) <= 4 and word.rstrip(".").lower() not in {"may", "june", "july"}
    if word[0].islower() and (short or word.lower() in {"may", "march"}):
        return True
    if group(match, "day", "ordinal", "year", "part", "part_of", "which", "of_year"):
        return False
    if short and not word.endswith("."):
        return True
    text = match.string
    before = TIME_WORD_BEFORE.search(text[max(0, match.start() - 12) : match.start()])
    if word.lower() in {"may", "march"} and (before is None or DEMONSTRATION.match(text, match.end())):
        return True
    return before is None and bool(re.match(r" [A-Z][a-z]", text[match.end() : match.end() + 3]))


def _date(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "5 March", "March 2-3", "Friday, Oct. 13", "noon on 5 March 2014", "March eighth"."""
    if _is_name(match) or COUNTED.match(match.string, match.end()):
        return None
    month = month_number(match["month"])
    ordinal = group(match, "ordinal")
    day = ORDINALS[ordinal] if ordinal else int(group(match, "day"))
    year = _given_year(match, frame)
    year = _year_of(month, day, frame) if year is None else year
    if year is None:
        dt.date(2000, month, day)  # a day that exists in some year
        return dressed(match, f"XXXX-{month:02d}-{day:02d}")
    first = dt.date(year, month, day)
    last = group(match, "last")
    if last:
        end = dt.date(year, month, int(last))
        return Meaning("DATE", f"{first}/{end}") if end > first else None
    return dressed(match, first.isoformat())


def _numeric(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "2014-03-05", "25.12.2013", "12/25/2013"; "5/3/2014" only where one order is possible."""
    del frame
    year, month, day = (int(group(match, name)) for name in ("y", "m", "d"))
    if "/" in match[0]:
        if month > 12 or day > 12:
            month, day = min(month, day), max(month, day)
        elif month != day:
            return Meaning("DATE", f"{year}-XX-XX")
    return Meaning("DATE", dt.date(year, month, day).isoformat())


def _month(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "in March", "late July 2015", "the end of May", "last May", "June last year"."""
    if _is_name(match) or re.search(r"\d $", match.string[max(0, match.start() - 2) : match.start()]):
        return None
    month, which = month_number(match["month"]), group(match, "which")
    if which in {"each", "every"}:
        return Meaning("SET", f"XXXX-{month:02d}")
    year = _given_year(match, frame)
    if year is None:
        if frame.day is None:
            return Meaning("DATE", f"XXXX-{month:02d}")
        year = frame.day.year
        if which in {"next", "coming", "this coming", "following"} or (frame.ahead and not which):
            # A plan may be dated back a little ("agreed in May to leave").
            slack = 0 if which else 3
            year += month < frame.day.month - slack
        elif which != "this":
            near = NEAR_DAYS // 30 if frame.ahead is None and not which else 0
            year -= month > frame.day.month + near
            year -= which == "last" and month == frame.day.month
    return Meaning("DATE", f"{year}-{month:02d}", part=part_of(match))


def _year(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "2013", "early 2014", "the end of 1990", "fiscal 1989", "2011-13", "post-1959"."""
    del frame
    year, text = int(match["year"]), match.string
    before = text[max(0, match.start() - 16) : match.start()]
    plain = match[0] == match["year"]
    if plain and (COUNTED.match(text, match.end()) or ESTIMATED.search(before)):
        return None
    if re.match(r"[.,]\d|-[a-z]", text[match.end() : match.end() + 2]) and plain:
        return None
    if plain and not 1800 <= year < 2050 and not re.search(r"\b(?:in|since|of|year|from|until|by|circa|c\.) $", before):
        return None
    to = group(match, "to")
    if to:
        end = int(to) if len(to) == 4 else year // 100 * 100 + int(to)
        return Meaning("DATE", f"{year}/{end}") if year < end < year + 150 else None
    return Meaning("DATE", str(year), part=part_of(match))


def _spoken_year(match: re.Match[str], frame: Frame) -> Meaning | None:
    del frame
    year = spoken_year(match["spoken"])
    return None if year is None else Meaning("DATE", str(year))


def _decade(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "the 1990s", "the early 1980s", "the '80s", "the nineties"."""
    digits, word = group(match, "decade"), group(match, "spoken")
    if word and not match[0].lower().startswith("the "):
        return None
    tens = TENS[word.replace("ies", "y")] // 10 if word else int(digits[-2])
    if len(digits) == 4:
        century = int(digits[:2])
    else:
        now = frame.day.year if frame.day else 2000
        century = now // 100 - (now // 100 * 100 + tens * 10 > now)
    return Meaning("DATE", f"{century}{tens}", part=part_of(match))


def _century(match: re.Match[str], frame: Frame) -> Meaning | None:
    del frame
    ordinal = group(match, "ordinal")
    nth = ORDINALS[ordinal] if ordinal else int(match["nth"])
    return Meaning("DATE", f"{nth - 1:02d}") if 1 <= nth <= 30 else None


def _season(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "last spring", "the summer of 2012", "this winter"; "the fall of" anything but a year is none."""
    word, which = group(match, "season"), group(match, "which")
    year = _given_year(match, frame)
    capital = match["season"][0].isupper()
    if word in {"fall", "spring"} and year is None and (which in {"", "the", "a"} or capital):
        is_season = word == "spring" and match[0].lower().startswith("the ") and not capital
        if not is_season or re.match(r"['-]| of", match.string[match.end() : match.end() + 3]):
            return None
    if capital and year is None:
        return None
    code = SEASONS[word]
    if which in {"each", "every"}:
        return Meaning("SET", f"XXXX-{code}")
    if year is None:
        if frame.day is None:
            return Meaning("DATE", f"XXXX-{code}")
        starts = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}[code]
        year = frame.day.year
        if frame.ahead or which in {"next", "coming", "this coming"}:
            year += starts + 2 < frame.day.month
        elif which != "this" or starts > frame.day.month + 3:
            year -= starts > frame.day.month
            year -= which == "last" and starts <= frame.day.month < starts + 3
    return Meaning("DATE", f"{year}-{code}", part=part_of(match))


def _quarter(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "the third quarter", "the first half of 2015", "Q1 2015", "the year-ago third quarter"."""
    nth = ORDINALS[group(match, "ordinal")] if group(match, "ordinal") else int(group(match, "nth", "q") or 2)
    letter, per_year = ("H", 2) if group(match, "length") == "half" else ("Q", 4)
    if group(match, "ordinal") == "second" and group(match, "last_half") == "last":
        nth = per_year
    if nth > per_year:
        return None
    year = _given_year(match, frame)
    if year is None and letter == "H" and not re.search(r"year", match[0]):
        return None
    if year is None:
        if frame.day is None:
            return Meaning("DATE", f"XXXX-{letter}{nth}")
        year = frame.day.year
        starts = (nth - 1) * 12 // per_year + 1
        if frame.ahead:
            year += starts + 12 // per_year + 3 < frame.day.month
        else:
            year -= starts > frame.day.month
    year -= "year-" in match[0].lower()
    return Meaning("DATE", f"{year}-{letter}{nth}")


def _feast(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "Christmas Day", "last Thanksgiving", "Easter 2014"."""
    name = group(match, "feast")
    if match["feast"][0].islower():
        return None
    which, year = group(match, "which"), _given_year(match, frame)
    if year is None:
        if frame.day is None:
            return Meaning("DATE", "XXXX-XX-XX")
        year = frame.day.year
        distance = (_feast_day(name, year) - frame.day).days
        if frame.ahead or which in {"next", "this coming"}:
            year += distance < 0
        else:
            year -= distance > (NEAR_DAYS if frame.ahead is None and which != "last" else 0)
    return dressed(match, _feast_day(name, year).isoformat())


def _feast_day(name: str, year: int) -> dt.date:
    if name in FEASTS:
        return dt.date(year, *FEASTS[name])
    if name in EASTER:
        return _easter(year) + dt.timedelta(days=EASTER[name])
    weekday, nth, month = FEASTS_MOVING[name]
    days = [d for d in calendar.Calendar().itermonthdates(year, month) if d.month == month and d.weekday() == weekday]
    return days[nth - 1 if nth > 0 else nth]


def _easter(year: int) -> dt.date:
    """Easter Sunday. Source: the Gregorian computus in the form of the Nautical Almanac (Meeus, ch. 8)."""
    b, c = divmod(year, 100)
    d, e = divmod(b, 4)
    g = (8 * b + 13) // 25
    h = (19 * (year % 19) + b - d - g + 15) % 30
    i, k = divmod(c, 4)
    rest = (32 + 2 * e + 2 * i - h - k) % 7
    m = (year % 19 + 11 * h + 19 * rest) // 433
    month = (h + rest - 7 * m + 90) // 25
    return dt.date(year, month, (h + rest - 7 * m + 33 * month + 19) % 32)


DATE_RULES: tuple[Rule, ...] = (
    rule(r"(?P<y>\d{4})-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ]\d\d:\d\d(?::\d\d)?Z?)?", _numeric, cue="digit"),
    rule(r"(?P<d>\d{1,2})\.(?P<m>\d{1,2})\.(?P<y>(?:19|20)\d\d)", _numeric, cue="digit"),
    rule(r"(?P<d>\d{1,2})/(?P<m>\d{1,2})/(?P<y>(?:19|20)\d\d)", _numeric, cue="digit"),
    rule(
        rf"{HEAD}{AHEAD_WEEKDAY}{DAY}(?: ?(?:-|to|and|or) ?{LAST})?(?: of)? {MONTH}{YEAR_TAIL}{TAIL}",
        _date,
        cue="month",
    ),
    rule(
        rf"{HEAD}{AHEAD_WEEKDAY}(?:(?:last|this|next) )?{MONTH} (?:the )?{DAY}(?: ?(?:-|to|and|or) ?{LAST})?"
        rf"{YEAR_TAIL}{TAIL}",
        _date,
        cue="month",
    ),
    rule(rf"{HEAD}{AHEAD_WEEKDAY}(?:{MONTH} (?:the )?{ORDINAL})(?:,? {YEAR})?{TAIL}", _date, cue="month"),
    rule(rf"(?:{PART_OF}|{PART}[- ])?{WHICH}{MONTH}{YEAR_TAIL}", _month, cue="month"),
    rule(
        rf"(?:{PART_OF}|(?:the )?{PART}[- ](?:in )?|post-|pre-)?(?:(?:fiscal|calendar|the year|fiscal year) )?{YEAR}",
        _year,
        cue="digit",
    ),
    rule(rf"{YEAR} ?- ?(?P<to>\d{{4}}|\d\d)(?!-)", _year, cue="digit"),
    rule(
        r"(?:the year )?(?P<spoken>(?:eighteen|nineteen) (?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"
        r"(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|two thousand(?: and)?(?: (?:one|two|three|four|"
        r"five|six|seven|eight|nine|ten|eleven|twelve))?)(?! (?!and)\w+s\b)",
        _spoken_year,
        cue="spoken year",
    ),
    rule(
        r"(?:the )?(?:(?P<part>early|mid|late)[- ](?:the )?)?(?:(?P<decade>(?:1[5-9]|20)\d0|'\d0)'?s|(?P<spoken>"
        r"twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties))",
        _decade,
        cue="decade",
    ),
    rule(
        rf"(?:the )?(?:(?:early|mid|late)[- ])?(?:(?P<nth>\d\d?)(?:st|nd|rd|th)|{ORDINAL})[- ]century",
        _century,
        cue="unit",
    ),
    rule(rf"(?:{PART_OF}|(?:the )?{PART}[- ])?(?:the )?{WHICH}{SEASON}(?: of)?{YEAR_TAIL}", _season, cue="season"),
    rule(
        rf"(?:the )?(?:year-(?:ago|earlier) )?(?:{YEAR} )?(?:fiscal )?(?:(?P<ordinal>first|second|third|fourth)"
        r"|(?P<nth>[1-4])(?:st|nd|rd|th))[- ](?:fiscal )?(?P<length>quarter|half)(?!-\w)"
        r"(?: of (?:fiscal )?(?:the year|(?P<year_behind>(?:19|20)\d\d)))?",
        _quarter,
        cue="unit",
    ),
    rule(rf"Q(?P<q>[1-4])(?:(?: of)? {YEAR})?", _quarter, cue="digit"),
    rule(rf"{WHICH}{FEAST}{YEAR_TAIL}{TAIL}", _feast, cue="feast"),
)
