"""What a time phrase means, and what it is read against."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from villani.resolution.time_words import compiled

Kind = Literal["DATE", "TIME", "DURATION", "SET"]
Part = Literal["", "START", "MID", "END"]


@dataclass(frozen=True)
class Meaning:
    """What a phrase says about time.

    `value` is a TIMEX3 value; one that is not fully known has X in its place ("XXXX-WXX-5": some Friday). `part` is a
    part of a date ("early 2014": START). `course` tells of a duration whether it ends (-1) or begins (1) at the time
    of speaking, 0 where the phrase does not say. `is_told` marks what is counted from a time told before.
    """

    kind: Kind
    value: str
    part: Part = ""
    course: int = 0
    is_told: bool = False


@dataclass(frozen=True)
class Frame:
    """What a phrase is read against.

    `day` is the day of publication (None: not known); `ahead` whether the passage looks forward (None: it does not
    say); `told_day` and `told` are the last day and the last date of any length told before the phrase (`told` a
    TIMEX3 value, "" for none); `quarter` is the last quarter told.
    """

    day: dt.date | None
    ahead: bool | None = None
    told_day: dt.date | None = None
    told: str = ""
    quarter: str = ""


Reading = Callable[[re.Match[str], Frame], Meaning | None]


@dataclass(frozen=True)
class Rule:
    """A pattern and how its matches are read.

    `cue` names the kind of word (of CUES) no match is without, "" for none; `is_weak` rules count only where the reader
    marks a time, too.
    """

    pattern: re.Pattern[str]
    read: Reading
    cue: str = ""
    is_weak: bool = False

    def meaning(self, match: re.Match[str], frame: Frame) -> Meaning | None:
        """What a match means; None where it is no time phrase after all, or names a day that does not exist."""
        try:
            return self.read(match, frame)
        except (ValueError, OverflowError):
            return None


def rule(pattern: str, read: Reading, *, cue: str = "", is_weak: bool = False) -> Rule:
    """A rule whose pattern begins and ends with whole words."""
    return Rule(compiled(rf"(?<![\w$€£#.])(?<!-(?=\d))(?:{pattern})(?![\w])"), read, cue, is_weak)


def group(match: re.Match[str], *names: str) -> str:
    """The first of the named groups that is in the pattern and has matched, in lower case; "" for none."""
    known = match.re.groupindex
    return next((match[name].lower() for name in names if name in known and match[name]), "")
