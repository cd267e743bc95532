"""Rules for lengths of time, for what recurs, and for vague words: "three weeks", "every day", "recently"."""

import re

from villani.resolution.time_meaning import Frame, Meaning, Reading, Rule, group, rule
from villani.resolution.time_words import ABOUT, CLOCK_LETTERS, COUPLE, FEW, NUMBER, UNIT, UNIT_LETTERS, number

COURSES = {"past": -1, "last": -1, "previous": -1, "preceding": -1, "next": 1, "coming": 1, "following": 1}
FRACTIONS = {"day": ("hour", 12), "hour": ("minute", 30), "minute": ("second", 30), "year": ("month", 6)}


def duration(unit: str, count: float | None) -> str:
    """A TIMEX3 duration: "P3D", "PT2H", "P2Y6M", "PXM" where the count is not told."""
    unit = {"fortnight": "week", "centurie": "century"}.get(unit, unit)
    if count is not None:
        count *= {"decade": 10, "century": 100}.get(unit, 1)
    letter = UNIT_LETTERS.get(unit, "Y") if unit not in CLOCK_LETTERS else CLOCK_LETTERS[unit]
    sign = "PT" if unit in CLOCK_LETTERS else "P"
    if count is None:
        return f"{sign}X{letter}"
    whole, half = int(count), count % 1
    if not half:
        return f"{sign}{whole}{letter}"
    if half != 0.5 or unit not in FRACTIONS:
        return f"{sign}{count:g}{letter}"
    small, amount = FRACTIONS[unit]
    small_letter = UNIT_LETTERS.get(small) or CLOCK_LETTERS[small]
    between = "T" if sign == "P" and small in CLOCK_LETTERS else ""
    return (f"{sign}{whole}{letter}" if whole else sign) + f"{between}{amount}{small_letter}"


def _length(match: re.Match[str], frame: Frame) -> Meaning | None:
    """Reads "three weeks", "the past two months", "nearly 2 1/2 years", "the next few days"."""
    del frame
    unit, course = group(match, "unit"), group(match, "course")
    counted = group(match, "n")
    if unit in {"second", "quarter"} and not match[0].lower().endswith("s"):
        return None
    count = number(counted)
    return Meaning("DURATION", duration(unit, count), course=COURSES.get(course, 0))


def _adjective(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "two-week", "a day-long", "decades-old"."""
    del frame
    return Meaning(
        "DURATION", duration(group(match, "unit"), number(group(match, "n") or ("a" if match["s"] == "" else "few")))
    )


def _one(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "a week", "an additional year", "a minute and a half"."""
    del frame
    half = 0.5 if group(match, "half") else 0.0
    return Meaning("DURATION", duration(group(match, "unit"), 1 + half))


def _many(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "weeks", "recent years", "the coming months"."""
    del frame
    which = group(match, "which")
    course = COURSES.get(which, -1 if which == "recent" else 1 if which == "future" else 0)
    if which in {"recent", "past"}:
        return Meaning("DATE", "PAST_REF")
    if which in {"coming", "future"}:
        return Meaning("DATE", "FUTURE_REF")
    return Meaning("DURATION", duration(group(match, "unit"), None), course=course)


def _recurring(match: re.Match[str], frame: Frame) -> Meaning:
    """Reads "daily", "every day", "each month"."""
    del frame
    units = {"hourly": "hour", "daily": "day", "nightly": "day", "weekly": "week", "monthly": "month"}
    units |= {"quarterly": "quarter", "yearly": "year", "annually": "year", "annual": "year"}
    unit = group(match, "unit") or units[group(match, "word")]
    count = number(group(match, "n")) or (2 if "other " in match[0].lower() else 1)
    return Meaning("SET", duration(unit, count))


def _reference(value: str) -> Reading:
    """A reading that is the same for every match."""

    def read(match: re.Match[str], frame: Frame) -> Meaning:
        del match, frame
        return Meaning("DATE", value)

    return read


_UNITS_S = rf"{UNIT}s"
_MORE = r"(?:more |additional |straight |consecutive |full |whole |trading |business |working |long |further |solid )?"
_COURSE = r"(?:(?P<course>past|last|next|coming|previous|preceding|following|first|final|latest|opening) )?"
SPAN_RULES: tuple[Rule, ...] = (
    rule(
        rf"(?:{ABOUT} )?(?:(?:the|these|those) )?{_COURSE}(?:{ABOUT} )?(?P<n>{NUMBER}|{COUPLE}|{FEW})"
        rf"(?: (?:to|or) (?:{NUMBER}))? {_MORE}{UNIT}s?(?! old\b)(?: or so)?",
        _length,
        cue="unit",
    ),
    rule(rf"(?P<n>{NUMBER}|several|multi)-{UNIT}(?P<s>)(?:-long)?(?!-old)", _adjective, cue="unit"),
    rule(rf"{UNIT}(?P<s>s?)-long", _adjective, cue="unit"),
    rule(
        rf"(?:{ABOUT} )?(?:an?|one) (?:full |whole |additional |entire |single )?"
        rf"(?P<unit>minute|hour|day|week|fortnight|month|year|decade|century)(?P<half> and a half)?(?: or so)?(?! old)",
        _one,
        cue="unit",
    ),
    rule(
        r"(?:the )?(?P<which>recent|coming|past|future|last|next|previous)"
        r" (?P<unit>day|week|month|quarter|year|decade)s",
        _many,
        cue="unit",
    ),
    rule(rf"(?:the )?{_UNITS_S} ahead", _many, cue="unit"),
    rule(r"(?<=for )(?P<unit>hour|day|week|month|year|decade|centurie)s", _many, cue="unit"),
    rule(r"(?P<unit>day|week|month|year)s or (?:weeks|months|years|decades)", _many, cue="unit"),
    rule(r"(?P<unit>minute|hour|day|week|month|year|decade)s", _many, cue="unit", is_weak=True),
    rule(r"(?P<word>daily|weekly|hourly|nightly)", _recurring, cue="recurring"),
    rule(r"(?P<word>quarterly|monthly|yearly|annual|annually)", _recurring, cue="recurring", is_weak=True),
    rule(rf"(?:each|every) (?:other )?(?:(?P<n>{NUMBER}) )?{UNIT}s?", _recurring, cue="unit"),
    rule(
        r"(?:right )?now(?! that)|currently|these days|nowadays|the present(?! \w)",
        _reference("PRESENT_REF"),
        cue="reference",
    ),
    rule(
        r"(?:(?:more|most) )?recently|the (?:recent )?past(?=\s*(?:[.,;:)\"'\n]|and\b|but\b|in\b|to\b|$))|lately",
        _reference("PAST_REF"),
        cue="reference",
    ),
    rule(
        r"the (?:(?:near|foreseeable|immediate|distant) )?future(?! \w+s\b)|the (?:near|short) term",
        _reference("FUTURE_REF"),
        cue="reference",
    ),
    rule(r"current", _reference("PRESENT_REF"), cue="reference"),
    rule(r"soon|shortly|as soon as possible", _reference("FUTURE_REF"), cue="reference", is_weak=True),
    rule(
        r"previously|earlier|once|recent|the time|that time|formerly|then",
        _reference("PAST_REF"),
        cue="reference",
        is_weak=True,
    ),
    rule(r"the moment|this time|present|today", _reference("PRESENT_REF"), cue="reference", is_weak=True),
)
