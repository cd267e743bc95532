"""Who did what to whom, where and when, and who says so: coded events from raw news, with the words that say so.

>>> import villani
>>> events = villani.code("Rebels shelled Sake on Monday, killing nine people.", date="2024-02-13")
"""

import datetime as dt
from functools import cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from villani.records.events import Event
    from villani.records.text import Page
    from villani.resolution.times import TimePhrase
    from villani.run.coder import Coder

__all__ = ["__version__", "code", "times"]
__version__ = "0.1.0"


def code(text: str, *, date: str | dt.date | None = None, title: str | None = None) -> "list[Event]":
    """Code one article.

    Args:
        text: The article's text; offsets in the events refer to exactly this string (with `title` given and not
            already in front, to title, empty line and text).
        date: Publication date, `YYYY-MM-DD` or a date; without it only absolute dates in the text are resolved.
        title: Its headline, if it is not in the text.

    Returns:
        Events in the order of the text; an empty list where there is none.

    Raises:
        ValueError: `date` is no ISO date.
        InputError: there is no text to code.
    """
    from villani.errors import InputError  # noqa: PLC0415 - importing villani costs nothing until something is coded
    from villani.records.text import Rejected  # noqa: PLC0415

    (result,) = _coder().stream([_page(text, date, title)])
    if isinstance(result, Rejected):
        raise InputError(f"cannot code the text: {result.reason}", remedy=result.remedy)
    return list(result.events)


def times(text: str, *, date: str | dt.date | None = None, title: str | None = None) -> "list[TimePhrase]":
    """Find all time phrases of one article, with what they mean.

    Args:
        text: The article's text; offsets refer to it as in `code`.
        date: Publication date, `YYYY-MM-DD` or a date; without it only absolute dates are placed on the calendar.
        title: Its headline, if it is not in the text.

    Returns:
        Phrases in the order of the text, each with its TIMEX3 kind and value and the days it covers.

    Raises:
        ValueError: `date` is no ISO date.
        InputError: there is no text to read.
    """
    from villani.errors import InputError  # noqa: PLC0415 - importing villani costs nothing until something is read
    from villani.records.text import Rejected  # noqa: PLC0415
    from villani.resolution.times import Timeline  # noqa: PLC0415

    coder = _coder()
    (document,) = coder.clean([_page(text, date, title)])
    if isinstance(document, Rejected):
        raise InputError(f"cannot read the text: {document.reason}", remedy=document.remedy)
    (reading,) = coder.read([document])
    return list(Timeline.of(reading).phrases())


def _page(text: str, date: str | dt.date | None, title: str | None) -> "Page":
    """One article as the coder takes it in."""
    from villani.records.text import Page  # noqa: PLC0415

    day = dt.date.fromisoformat(date) if isinstance(date, str) else date
    return Page(source="text", kind="given", body=text.encode("utf-8", "surrogatepass"), title=title, published=day)


@cache
def _coder() -> "Coder":
    """The coder, loaded on first use."""
    from villani.run.coder import build_coder  # noqa: PLC0415

    return build_coder()
