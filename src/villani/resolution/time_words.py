"""The English words of time: months, weekdays, numbers, units, and the regular expressions they make."""

import calendar
import re
import string
from typing import Literal

MONTHS = {name.lower()[:3]: number for number, name in enumerate(calendar.month_name) if name}
WEEKDAYS = {name.lower()[:3]: number for number, name in enumerate(calendar.day_name)}
SEASONS = {"spring": "SP", "summer": "SU", "autumn": "FA", "fall": "FA", "winter": "WI"}
ORDINALS = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth"
        " fifteenth sixteenth seventeenth eighteenth nineteenth twentieth twenty-first twenty-second twenty-third"
        " twenty-fourth twenty-fifth twenty-sixth twenty-seventh twenty-eighth twenty-ninth thirtieth"
        " thirty-first".split(),
        start=1,
    )
}
SMALL = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen"
        " seventeen eighteen nineteen".split()
    )
}
TENS = {
    word: 10 * value
    for value, word in enumerate("twenty thirty forty fifty sixty seventy eighty ninety".split(), start=2)
}
# Letters of units in TIMEX3 durations; what is shorter than a day stands behind a T.
UNIT_LETTERS = {"day": "D", "night": "D", "week": "W", "month": "M", "quarter": "Q", "year": "Y"}
CLOCK_LETTERS = {"hour": "H", "minute": "M", "second": "S"}
DAY_PARTS = {"morning": "MO", "afternoon": "AF", "evening": "EV", "night": "NI"}
DAY_PARTS |= {"dawn": "MO", "daybreak": "MO", "sunrise": "MO", "dusk": "EV", "sunset": "EV", "nightfall": "EV"}
PARTS: dict[str, Literal["START", "MID", "END"]] = {
    "early": "START",
    "beginning": "START",
    "start": "START",
    "mid": "MID",
    "middle": "MID",
}
PARTS |= {"late": "END", "end": "END", "close": "END"}
# Feasts on a fixed day; those that move are in FEASTS_MOVING: weekday (Monday 0), which one, month (-1: the last).
FEASTS = {"new year's day": (1, 1), "new year's eve": (12, 31), "christmas eve": (12, 24), "christmas day": (12, 25)}
FEASTS |= {"christmas": (12, 25), "boxing day": (12, 26), "bastille day": (7, 14), "valentine's day": (2, 14)}
FEASTS |= {"halloween": (10, 31), "veterans day": (11, 11), "armistice day": (11, 11)}
FEASTS_MOVING = {"thanksgiving": (3, 4, 11), "thanksgiving day": (3, 4, 11), "labor day": (0, 1, 9)}
FEASTS_MOVING |= {"memorial day": (0, -1, 5), "columbus day": (0, 2, 10)}
EASTER = {"easter": 0, "easter sunday": 0, "easter monday": 1, "good friday": -2, "palm sunday": -7}
EASTER |= {"ash wednesday": -46, "pentecost": 49}


def _any(words: "dict[str, int] | dict[str, str] | tuple[str, ...]") -> str:
    """An alternation, the longest words first."""
    return "|".join(sorted(map(re.escape, words), key=len, reverse=True))


_LONG = "january|february|march|april|may|june|july|august|september|october|november|december"
_SHORT = r"jan\.?|feb\.?|mar\.?|apr\.?|jun\.?|jul\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?"
MONTH = rf"(?P<month>(?:{_LONG})\b|(?:{_SHORT})(?![\w]))"
ANY_MONTH = MONTH.replace("?P<month>", "?:")
WEEKDAY = r"(?P<weekday>(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b"
_ANY_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day\b|(?:mon|tues?|wed|thurs?|fri|sat|sun)(?:\.|\b))"
AHEAD_WEEKDAY = rf"(?:(?:the |that |this |next |last |this coming )?{_ANY_WEEKDAY},? (?:the )?)?"
YEAR = r"(?P<year>1[1-9]\d\d|20\d\d)"
DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[:/]\d)(?!,\d{3})"
LAST = r"(?P<last>3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d|[:/]\d)"
ORDINAL = rf"(?P<ordinal>{_any(ORDINALS)})"
SEASON = rf"(?P<season>{_any(SEASONS)})\b"
FEAST = rf"(?P<feast>(?:{_any(tuple({**FEASTS, **FEASTS_MOVING, **EASTER}))}))\b"
_UNITS = "second|minute|hour|day|night|week|fortnight|month|quarter|year|decade|century|centurie"
UNIT = rf"(?P<unit>{_UNITS})"
ANY_UNIT = f"(?:{_UNITS})"
NUMBER_WORDS = (
    rf"(?:(?:{_any(TENS)})(?:[- ](?:one|two|three|four|five|six|seven|eight|nine))?|(?:{_any(SMALL)})|half(?: an?)?"
    r"|(?:an? |one |two )?(?:hundred|thousand|dozen))"
)
NUMBER = rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d{{1,4}}(?:\.\d)?|{NUMBER_WORDS})(?: 1/2| and a half)?"
FEW = r"(?:several|(?:a |the |very )?few|many|some|numerous|countless)"
COUPLE = r"(?:a couple(?: of)?|couple of)"
ABOUT = (
    r"(?:about|around|nearly|almost|more than|less than|fewer than|at least|at most|up to|no more than|no less than"
    r"|as much as|over(?! (?:the|several|a few|these))|under|roughly|approximately)"
)
PART = r"(?P<part>early|earlier|late|later|mid)"
PART_OF = r"(?:(?:the )?(?P<part_of>very beginning|beginning|start|middle|close|very end|end) of )"
DAY_PART = r"(?P<day_part>morning|afternoon|evening|night)\b"
_ZONES = "gmt|utc|local time|est|edt|cst|cdt|pst|pdt|cet|cest|bst|msk|moscow time|eastern time"
ZONE = rf"(?: ?(?:\((?:{_ZONES})\)|(?:{_ZONES})\b))"
CLOCK = (
    r"(?P<clock>(?:(?:1[0-2]|0?[1-9])(?:[:.][0-5]\d)? ?[ap](?:\.m\.?|m\b)|(?:[01]?\d|2[0-3]):[0-5]\d(?::[0-5]\d)?"
    rf"|(?:[01]\d|2[0-3])[0-5]\d(?= ?(?:hours|hrs|gmt|utc|local))(?: ?(?:hours|hrs)\b)?|noon\b|midnight\b|midday\b"
    r"|dawn\b|daybreak\b|sunrise\b|sunset\b|dusk\b|nightfall\b"
    rf"|(?:1[0-2]|[1-9]|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?: o'clock)? in the"
    rf" (?:morning|afternoon|evening)|(?:1[0-2]|[1-9]) o'clock){ZONE}?)"
)

# How words of each kind of phrase begin: rules are tried only around the words they cannot do without.
CUES: dict[str, tuple[str, ...]] = {
    "month": tuple(MONTHS),
    "weekday": tuple(f"{name}day" for name in "mon tues wednes thurs fri satur sun".split()),
    "unit": (*_UNITS.split("|"), "half"),
    "season": tuple(SEASONS),
    "feast": tuple({name.split()[0] for name in {**FEASTS, **FEASTS_MOVING, **EASTER}}),
    "day part": tuple(
        "day morning afternoon evening night tonight yesterday today tomorrow overnight hours dawn dusk".split()
    ),
    "digit": ("0",),
    "hour": (
        *("0", "noon", "midnight", "midday", "dawn", "daybreak", "sunrise", "sunset", "dusk", "nightfall"),
        *("in the morning", "in the afternoon", "in the even"),
    ),
    "decade": ("0", *(f"{name[:-1]}ies" for name in TENS)),
    "spoken year": ("eighteen", "nineteen", "two thousand"),
    "recurring": tuple("daily weekly hourly nightly quarterly monthly yearly annual".split()),
    "reference": tuple(
        "now current days present recent past lately future term soon shortly previous earlier once time formerly then "
        "moment today".split()
    ),
}
_BEGINNINGS = frozenset(beginning for words in CUES.values() for beginning in words)
CUE = re.compile(rf"\d+|\b(?:{_any(tuple(_BEGINNINGS - {'0'}))})")
"""Any of the cues, in a text without capitals; "0" stands for every number."""
KINDS_OF_CUE = {
    beginning: tuple(kind for kind, words in CUES.items() if beginning.startswith(words)) for beginning in _BEGINNINGS
}
LOWERED = str.maketrans(string.ascii_uppercase, string.ascii_lowercase)
CUE_CHARS = 80  # the longest stretch of a phrase before or behind its cue

# A blank outside look-behinds and character classes.
BLANK = re.compile(r"\(\?<[=!][^)]*\)|\[[^\]]*\]| \??")


def compiled(pattern: str) -> re.Pattern[str]:
    """A pattern in which a space stands for any run of blanks; letter case does not count."""
    blanks = {" ": " {1,3}", " ?": " {0,3}"}
    return re.compile(BLANK.sub(lambda match: blanks.get(match[0], match[0]), pattern), re.IGNORECASE)


def month_number(word: str) -> int:
    """The number, 1 to 12, of a month's name or abbreviation."""
    return MONTHS[word[:3].lower()]


def number(words: str | None) -> float | None:
    """The value of a number phrase ("12", "twenty-four", "2 1/2", "a couple of"); None where it tells none ("few")."""
    text = (words or "").lower().replace("-", " ").replace(",", "").strip()
    half = 0.0
    for tail in (" 1/2", " and a half"):
        if text.endswith(tail):
            text, half = text.removesuffix(tail), 0.5
    if text.startswith("half"):
        return 0.5
    if "couple" in text:
        return 2
    if re.fullmatch(r"\d+(?:\.\d+)?", text):
        return float(text) + half
    total = 0
    for word in text.split():
        if word in {"a", "an"}:
            total += text == word
        elif word in {"hundred", "thousand", "dozen"}:
            total = max(1, total) * {"hundred": 100, "thousand": 1000, "dozen": 12}[word]
        elif word in SMALL or word in TENS:
            total += SMALL.get(word, 0) + TENS.get(word, 0)
        else:
            return None
    return total + half if total else None


def spoken_year(words: str) -> int | None:
    """The year of "nineteen ninety-six" or "two thousand (and) four"; None where the words name none."""
    text = words.lower().replace("-", " ").replace(" and ", " ")
    if text.startswith("two thousand"):
        return 2000 + int(number(text.removeprefix("two thousand").strip()) or 0)
    century, _, rest = text.partition(" ")
    low = number(rest)
    return None if low is None or century not in SMALL else SMALL[century] * 100 + int(low)


def clock_value(words: str) -> str:
    """The TIMEX3 time of day of a clock phrase: "T15:30", "T24:00", "TMO"; GMT and UTC as "Z"."""
    text = words.lower()
    zone = "Z" if re.search(r"gmt|utc", text) else ""
    named = {"noon": "T12:00", "midday": "T12:00", "midnight": "T24:00"} | {k: f"T{v}" for k, v in DAY_PARTS.items()}
    first = re.match(r"[a-z]+", text)
    if first and first[0] in named:
        return named[first[0]] + zone
    military = re.match(r"(\d\d)(\d\d)\b", text)
    if military:
        return f"T{military[1]}:{military[2]}{zone}"
    hours = re.match(r"(\d{1,2})(?:[:.](\d\d))?", text)
    hour = int(hours[1]) if hours else int(number(first[0] if first else None) or 0)
    minute = hours[2] if hours and hours[2] else "00"
    if re.search(r"p\.?m|afternoon|evening", text) and hour < 12:
        hour += 12
    elif re.search(r"\d ?a\.?m", text) and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute}{zone}"
