import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villani.resolution.times import resolve_time

FRIDAY = dt.date(2016, 9, 30)

# Phrase, status, first and last day (None: not dated), precision; published on Friday 30 September 2016.
ROWS = [
    ("on Thursday", "happened", "2016-09-29", None, "day"),  # the latest one
    ("on Friday", "happened", "2016-09-30", None, "day"),  # publication day included
    ("Saturday's", "claimed", "2016-09-24", None, "day"),  # possessive
    ("early on Wednesday", "happened", "2016-09-28", None, "day"),  # part of a day
    ("at dawn on Monday", "happened", "2016-09-26", None, "day"),  # hour before the day
    ("at 2.14 on Tuesday morning", "happened", "2016-09-27", None, "day"),  # clock time is no date
    ("on Monday", "planned", "2016-10-03", None, "day"),  # ahead for a plan
    ("next Tuesday", "happened", "2016-10-04", None, "day"),  # ahead by its own word
    ("last Friday", "happened", "2016-09-23", None, "day"),  # trap: not today
    ("on Saturday and Sunday", "happened", "2016-09-24", "2016-09-25", "days"),  # two days
    ("between Monday and Wednesday", "happened", "2016-09-26", "2016-09-28", "days"),  # range of weekdays
    ("yesterday", "happened", "2016-09-29", None, "day"),  # word for a day
    ("today", "happened", "2016-09-30", None, "day"),  # word for the day itself
    ("the previous day", "happened", "2016-09-29", None, "day"),  # counted back
    ("the day before", "happened", "2016-09-29", None, "day"),  # likewise
    ("tomorrow", "planned", "2016-10-01", None, "day"),  # counted on
    ("overnight", "happened", "2016-09-30", None, "day"),  # night that ends on the day
    ("two days earlier", "happened", "2016-09-28", None, "day"),  # counted in days
    ("ten days ago", "claimed", "2016-09-20", None, "day"),  # in words
    ("10 days ago", "claimed", "2016-09-20", None, "day"),  # in figures
    ("a week ago", "happened", "2016-09-23", None, "day"),  # one week to the day
    ("three weeks ago", "happened", "2016-09-05", "2016-09-11", "week"),  # more weeks are less exact
    ("two months ago", "happened", "2016-07-01", "2016-07-31", "month"),  # as exact as a month
    ("four years ago", "happened", "2012-01-01", "2012-12-31", "year"),  # as exact as a year
    ("three days after", "happened", "2016-09-27", None, "day"),  # the act behind it, counted from the news
    ("last week", "happened", "2016-09-19", "2016-09-25", "week"),  # Monday to Sunday before
    ("this week", "happened", "2016-09-26", "2016-10-02", "week"),  # the week of the day
    ("next week", "planned", "2016-10-03", "2016-10-09", "week"),  # the week to come
    ("last month", "happened", "2016-08-01", "2016-08-31", "month"),  # calendar month
    ("this month", "happened", "2016-09-01", "2016-09-30", "month"),  # trap: dateparser gives a day
    ("earlier in the month", "happened", "2016-09-01", "2016-09-30", "month"),  # month by its article
    ("last year", "happened", "2015-01-01", "2015-12-31", "year"),  # calendar year
    ("over the weekend", "happened", "2016-09-24", "2016-09-25", "days"),  # latest one begun
    ("in July", "happened", "2016-07-01", "2016-07-31", "month"),  # latest July
    ("in November", "happened", "2015-11-01", "2015-11-30", "month"),  # trap: this year's lies ahead
    ("in November", "planned", "2016-11-01", "2016-11-30", "month"),  # for a plan it does
    ("in late February", "happened", "2016-02-21", "2016-02-29", "days"),  # leap year
    ("by the end of May 2015", "happened", "2015-05-21", "2015-05-31", "days"),  # end of a month
    ("in mid-June", "happened", "2016-06-11", "2016-06-20", "days"),  # hyphen
    ("Sept. 2014", "happened", "2014-09-01", "2014-09-30", "month"),  # abbreviation with a stop
    ("September and October", "planned", "2016-09-01", "2016-10-31", "period"),  # two months
    ("on 5 March", "happened", "2016-03-05", None, "day"),  # day and month
    ("March 5th", "happened", "2016-03-05", None, "day"),  # American order
    ("March 2-3", "happened", "2016-03-02", "2016-03-03", "days"),  # two days
    ("on the night of March 2-3", "happened", "2016-03-02", "2016-03-03", "days"),  # night between them
    ("on 5 March 2014", "happened", "2014-03-05", None, "day"),  # with its year
    ("5 December", "happened", "2015-12-05", None, "day"),  # trap: this year's lies ahead
    ("between 8 July and 2 August", "happened", "2016-07-08", "2016-08-02", "days"),  # range of dates
    ("2014-03-05", "happened", "2014-03-05", None, "day"),  # ISO
    ("in 2013", "happened", "2013-01-01", "2013-12-31", "year"),  # year
    ("throughout 2012", "happened", "2012-01-01", "2012-12-31", "year"),  # whole of it
    ("from 1996 to 2001", "happened", "1996-01-01", "2001-12-31", "period"),  # years
    ("in the 1990s", "happened", "1990-01-01", "1999-12-31", "period"),  # decade
    ("early 2014", "happened", "2014-01-01", "2014-04-30", "season"),  # part of a year
    ("last spring", "happened", "2016-03-01", "2016-05-31", "season"),  # season
    ("the summer of 2012", "happened", "2012-06-01", "2012-08-31", "season"),  # season of a year
    ("the first quarter of 2015", "happened", "2015-01-01", "2015-03-31", "season"),  # quarter
    ("since Monday", "happened", "2016-09-26", "2016-09-30", "period"),  # up to publication
    ("since 2011", "happened", "2011-01-01", "2016-09-30", "period"),  # likewise
    ("for three weeks", "happened", "2016-09-09", "2016-09-30", "period"),  # length that ends now
    ("in the past two days", "happened", "2016-09-28", "2016-09-30", "days"),  # likewise
    ("within two days", "planned", "2016-09-30", "2016-10-02", "days"),  # from publication on
    ("over the next month", "planned", "2016-09-30", "2016-10-30", "period"),  # likewise
    ("by the year's end", "planned", "2016-01-01", "2016-12-31", "year"),  # end of the year
    ("on New Year's Day 2015", "happened", "2015-01-01", None, "day"),  # feast with a date
    ("every Friday", "happened", None, None, None),  # trap: a habit has no date
    ("in 146 B.C.", "happened", None, None, None),  # trap: before our calendar
    ("recently", "happened", None, None, None),  # trap: no date in it
    ("after the vote", "happened", None, None, None),  # trap: counted from another act
    ("at the time", "happened", None, None, None),  # trap: no date in it
    ("31 June", "happened", None, None, None),  # trap: no such day
    ("in due course", "planned", None, None, None),  # trap: no date in it
    ("a second time", "happened", None, None, None),  # trap: not a unit of time
    ("in Marchand", "happened", None, None, None),  # trap: a place, no month
    ("", "happened", None, None, None),  # nothing
]


@pytest.mark.parametrize(("phrase", "status", "first", "last", "precision"), ROWS, ids=[f"{r[0]}-{r[1]}" for r in ROWS])
def test_a_phrase_gets_its_days(phrase, status, first, last, precision):
    period = resolve_time(phrase, FRIDAY, status)
    if first is None:
        assert period is None
        return
    assert period is not None
    assert (period.first.isoformat(), period.last.isoformat()) == (first, last or first)
    assert period.precision == precision


@pytest.mark.parametrize(
    ("phrase", "is_dated"),
    [
        ("on Thursday", False),  # counted from a day we do not know
        ("in July", False),  # of which year
        ("on 5 March", False),  # likewise
        ("since 2011", False),  # until when
        ("last week", False),  # before what
        ("in July 2012", True),  # absolute
        ("on 5 March 2014", True),  # absolute
        ("1991", True),  # absolute
    ],
)
def test_without_a_publication_day_only_absolute_dates_count(phrase, is_dated):
    assert (resolve_time(phrase, None) is not None) == is_dated


PIECES = [
    "on",
    "since",
    "3",
    "31",
    "March",
    "Friday",
    "last",
    "weeks",
    "ago",
    "the",
    "2016",
    "between",
    "and",
    "-",
    "end of",
    "for",
]


@given(
    st.one_of(st.text(max_size=150), st.lists(st.sampled_from(PIECES), max_size=8).map(" ".join)),
    st.one_of(st.none(), st.dates()),
    st.sampled_from(["happened", "claimed", "denied", "planned", "considered"]),
)
@settings(max_examples=400, deadline=None)
def test_any_phrase_gives_days_in_order_or_none(phrase, day, status):
    period = resolve_time(phrase, day, status)
    assert period is None or period.first <= period.last


def test_a_hostile_phrase_takes_no_time():
    assert resolve_time("since " * 50_000, FRIDAY) is None
    assert resolve_time("between " * 20_000 + " and " * 20_000, FRIDAY) is None
