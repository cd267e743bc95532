"""Time phrases with their TIMEX3 values and the days they cover, counted from publication and from what was told."""

import datetime as dt
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace

from villani.records.events import TimePrecision
from villani.records.reading import Reading
from villani.records.text import Span
from villani.resolution.time_days import Period, days_of, joined, moved, unit_of
from villani.resolution.time_finding import Candidate, find_candidates, looks_ahead, plain
from villani.resolution.time_meaning import Frame, Kind, Meaning

__all__ = ["Period", "TimePhrase", "Timeline", "resolve_time"]

FUTURE_STATUSES = {"planned", "considered"}
MAX_PHRASE = 120
# How far before a phrase its preposition may stand, and "since the war began in".
LEAD_CHARS = 24
CLAUSE_CHARS = 40
# How far behind a date, in characters, "the previous day" may still be counted from it: some four sentences.
TOLD_CHARS = 600
HABITUAL = re.compile(
    r"\b(?:every|each|daily|weekly|often|twice a|once a|b\.?c\b\.?|always|usually|never)\b", re.IGNORECASE
)
SINCE = re.compile(r"\b(?:ever )?since (?:at least |the )?$", re.IGNORECASE)
SINCE_BEGAN = re.compile(
    r"\bsince [^.;,]{2,50} (?:began|started|broke out|erupted|took power|came to power|was|were)(?: \w+)? (?:in|on) $"
)
BETWEEN = re.compile(r" ?(?:,? and|,? or|to|through|until|till|-) ?(?:the )?", re.IGNORECASE)
FOR = re.compile(
    r"\b(?:for|over|in|during|within|throughout|of) (?:more than |nearly |almost |about |at least |the )*$",
    re.IGNORECASE,
)
WITHIN = re.compile(r"\b(?:within|in|over) (?:the )?$", re.IGNORECASE)
COUNTED = re.compile(r" (?:after|before|following|prior to)\b", re.IGNORECASE)
LENGTH = re.compile(r"P(?:T(\d+)H|(\d+)([DWMQY]))$")
UNIT_NAMES = {"D": "day", "W": "week", "M": "month", "Q": "quarter", "Y": "year"}


@dataclass(frozen=True)
class TimePhrase:
    """A time phrase of a document.

    `start` and `end` are half-open code points into the document's text. `value` is a TIMEX3 value ("2016-09-29",
    "1989-Q3", "P3D", "PAST_REF", "XXXX-WXX-5" for a Friday nobody can place); `part` is "START", "MID" or "END" of it,
    or "". `first` and `last` are the days it covers, both inclusive, None where it lies nowhere on the calendar.
    """

    text: str
    start: int
    end: int
    kind: Kind
    value: str
    part: str
    first: dt.date | None
    last: dt.date | None
    precision: TimePrecision | None


@dataclass(frozen=True)
class _Told:
    """A phrase with what it was read against."""

    candidate: Candidate
    frame: Frame
    meaning: Meaning

    @property
    def span(self) -> Span:
        return self.candidate.span

    def read_as(self, *, ahead: bool) -> Meaning:
        """Its meaning where we know whether the passage looks forward."""
        return self.candidate.rule.meaning(self.candidate.match, replace(self.frame, ahead=ahead)) or self.meaning


class Timeline:
    """The time phrases of one text, each read against the day of publication and the dates told before it.

    Args:
        text: The document's text.
        published: Day of publication; None: only absolute dates are placed on the calendar.
        marks: Where the reader found times.
        sentences: In order; the whole text is one where none are given.
    """

    def __init__(
        self, text: str, published: dt.date | None, marks: Sequence[Span] = (), sentences: Sequence[Span] = ()
    ) -> None:
        self._text = text
        self._plain = plain(text)
        self._published = published
        self._sentences = sentences or ([Span(0, len(text))] if text else [])
        self._starts = [sentence.start for sentence in self._sentences]
        self._told = self._read(find_candidates(self._plain, marks))

    @classmethod
    def of(cls, reading: Reading) -> "Timeline":
        """The timeline of a document as it was read."""
        marks = [mention.span for mention in reading.mentions if mention.kind == "time"]
        document = reading.document
        return cls(document.text, document.published, marks, reading.sentences)

    def phrases(self) -> tuple[TimePhrase, ...]:
        """All time phrases of the text, in order."""
        return tuple(self._phrase(told) for told in self._told)

    def _phrase(self, told: _Told) -> TimePhrase:
        period = days_of(told.meaning.value, told.meaning.part)
        if period is None and told.meaning.kind == "DURATION" and self._published is not None:
            period = _anchored(told.meaning, self._published, told.meaning.course)
        return TimePhrase(
            text=self._text[told.span.start : told.span.end],
            start=told.span.start,
            end=told.span.end,
            kind=told.meaning.kind,
            value=told.meaning.value,
            part=told.meaning.part,
            first=period.first if period else None,
            last=period.last if period else None,
            precision=period.precision if period else None,
        )

    def _read(self, candidates: Sequence[Candidate]) -> list[_Told]:
        """Read the candidates in order; what one tells the later ones may be counted from."""
        told: list[_Told] = []
        frame, told_at = Frame(self._published), 0
        for candidate in candidates:
            span = candidate.span
            if span.start - told_at > TOLD_CHARS:
                frame = replace(frame, told_day=None, told="")
            frame = replace(frame, ahead=looks_ahead(self._plain, span, self._sentence(span)) or None)
            meaning = candidate.rule.meaning(candidate.match, frame)
            if meaning is None:
                continue
            told.append(_Told(candidate, frame, meaning))
            after = _after(frame, meaning)
            told_at = told_at if after is frame else span.end
            frame = after
        return told

    def _sentence(self, span: Span) -> Span:
        index = bisect_right(self._starts, span.start) - 1
        return self._sentences[index] if index >= 0 else Span(0, len(self._text))

    def period(self, span: Span, status: str = "happened", act: Span | None = None) -> Period | None:
        """The days on which an act took place by the phrase that dates it.

        Args:
            span: The phrase, as the reader marked it; the time phrases it touches count whole.
            status: The act's; planned and considered acts lie ahead where the phrase leaves it open.
            act: The act's word, which tells "a week after it took effect" from "fell a week after".

        Returns:
            The days, or None where the phrase dates nothing or what it is counted from is not known.

        Source: annotation guidelines ("last week": the Monday to Sunday before; "since X": X to publication).
        """
        touched = [told for told in self._told if told.span.overlaps(span)]
        is_habit = HABITUAL.search(self._plain, span.start, span.end)
        if is_habit or any(told.meaning.kind == "SET" for told in touched):
            return None
        foreign = _read_foreign(self._plain[span.start : span.end])
        if foreign is not None or not touched:
            return foreign
        at = touched[0].span.start
        lead = self._plain[max(0, min(span.start, at - LEAD_CHARS)) : at]
        if SINCE.search(lead) or SINCE_BEGAN.search(self._plain[max(0, at - 2 * CLAUSE_CHARS) : at]):
            return self._since(touched[0])
        ahead = status in FUTURE_STATUSES
        if touched[0].meaning.kind == "DURATION" and COUNTED.match(self._plain, touched[0].span.end):
            return self._counted(touched, ahead=ahead, act=act)
        return self._dated(touched, ahead=ahead) or self._lasting(touched[0], lead, ahead=ahead)

    def _dated(self, touched: Sequence[_Told], *, ahead: bool) -> Period | None:
        """The first date among phrases, or the range two of them make."""
        dated = [(told, days) for told in touched if (days := self._days(told, ahead=ahead))]
        if len(dated) > 1 and BETWEEN.fullmatch(self._plain, dated[0][0].span.end, dated[1][0].span.start):
            return _range(dated[0][1], dated[1][1])
        return dated[0][1] if dated else None

    def _days(self, told: _Told, *, ahead: bool) -> Period | None:
        meaning = told.read_as(ahead=ahead)
        return days_of(meaning.value, meaning.part)

    def _since(self, told: _Told) -> Period | None:
        """From a date to publication."""
        start = self._days(told, ahead=False)
        if start is None or self._published is None or start.first > self._published:
            return None
        return start if start.first == self._published else Period(start.first, self._published, "period")

    def _counted(self, touched: Sequence[_Told], *, ahead: bool, act: Span | None) -> Period | None:
        """Reads "two days after Friday's vote"; "a week after it took effect" dates the act behind the phrase."""
        first = touched[0]
        link = COUNTED.match(self._plain, first.span.end)
        length = LENGTH.match(first.meaning.value)
        if link is None or length is None:
            return None
        count = int(length[1] or length[2])
        unit = "hour" if length[1] else UNIT_NAMES[length[3]]
        sign = 1 if link[0].lower() in {" after", " following"} else -1
        if len(touched) > 1:
            base = self._days(touched[1], ahead=ahead)
            if base is None or base.first != base.last:
                return None
            return _unit_around(moved(base.first, unit, sign * count), unit)
        is_behind = act is None or act.start >= link.end()
        if sign < 0 or ahead or not is_behind or self._published is None:
            return None
        return _unit_around(moved(self._published, unit, -count), unit)

    def _lasting(self, told: _Told, lead: str, *, ahead: bool) -> Period | None:
        """Reads "for three weeks", "in the past two months", "within two days"."""
        meaning = told.meaning
        if meaning.kind != "DURATION" or self._published is None:
            return None
        if meaning.course:
            return _anchored(meaning, self._published, meaning.course)
        if ahead:
            return _anchored(meaning, self._published, 1) if WITHIN.search(lead) else None
        return _anchored(meaning, self._published, -1) if FOR.search(lead) else None


def resolve_time(phrase: str, published: dt.date | None, status: str = "happened") -> Period | None:
    """Read a time phrase that stands by itself.

    Args:
        phrase: As it stands in the text ("on Thursday", "in late July", "since 5 March").
        published: Day of publication, which relative phrases are counted from.
        status: The event's; planned and considered acts lie ahead where the phrase leaves it open.

    Returns:
        The days, or None where the phrase dates nothing or what it is counted from is not known.
    """
    text = phrase[:MAX_PHRASE].strip()
    if not text:
        return None
    span = Span(0, len(text))
    return Timeline(text, published, [span]).period(span, status)


def _after(frame: Frame, meaning: Meaning) -> Frame:
    """The frame for what follows a phrase."""
    is_compared = meaning.is_told and "-Q" in meaning.value
    if meaning.kind not in {"DATE", "TIME"} or is_compared or days_of(meaning.value) is None:
        return frame
    value = meaning.value
    if "/" in value:
        value = value.partition("/")[2]
    day = dt.date.fromisoformat(value[:10]) if re.match(r"\d{4}-\d\d-\d\d", value) else frame.told_day
    return replace(
        frame,
        told=value[:10] if re.match(r"\d{4}-\d\d-\d\d", value) else value,
        told_day=day,
        quarter=value if "-Q" in value else frame.quarter,
    )


def _range(first: Period, last: Period) -> Period | None:
    """From one date to another; a weekday that comes out later than its end is that of the week before."""
    start = first.first
    if start > last.last and first.precision == last.precision == "day" and (start - last.last).days < 7:
        start -= dt.timedelta(days=7)
    months = first.precision == last.precision == "month"
    if start > last.last and months:
        start = start.replace(year=start.year - 1)
    found = joined(start, last.last)
    return replace(found, precision="period") if found is not None and months else found


def _anchored(meaning: Meaning, day: dt.date, course: int) -> Period | None:
    """A length of time that ends or begins with a day."""
    length = LENGTH.match(meaning.value)
    if length is None or not course:
        return None
    count, unit = int(length[1] or length[2]), "hour" if length[1] else UNIT_NAMES[length[3]]
    try:
        other = moved(day, unit, course * count)
    except (ValueError, OverflowError):
        return None
    first, last = min(day, other), max(day, other)
    return Period(first, last, "period" if (last - first).days > 13 else "days")


def _unit_around(day: dt.date, unit: str) -> Period | None:
    return days_of(unit_of(day, "day" if unit in {"hour", "week"} else unit))


def _read_foreign(words: str) -> Period | None:
    """A full date with a month's name in another language ("5 août 2014"): English ones are read by our own rules."""
    if words.isascii() or not re.search(r"\b(?:1[89]|20)\d\d\b", words):
        return None
    import dateparser  # noqa: PLC0415 - takes a third of a second, and few phrases need it

    settings = {"REQUIRE_PARTS": ["day", "month", "year"], "DATE_ORDER": "DMY"}
    found = dateparser.parse(words[:MAX_PHRASE], settings=settings)
    return None if found is None else Period(found.date(), found.date(), "day")
