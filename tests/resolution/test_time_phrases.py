"""Time phrases in small texts: where they are, what they mean, and what is none."""

import datetime as dt

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import villani
from villani.errors import InputError
from villani.records.text import Span
from villani.resolution.time_days import days_of
from villani.resolution.times import Timeline

FRIDAY = dt.date(2016, 9, 30)

# A sentence published on Friday 30 September 2016, and the phrases in it with their TIMEX3 values.
ROWS = [
    ("Mortars hit the market on Monday.", {"Monday": "2016-09-26"}),  # the latest one
    ("The council will vote on Monday.", {"Monday": "2016-10-03"}),  # the verb looks ahead
    ("On Monday, envoys will fly to Juba.", {"Monday": "2016-10-03"}),  # the verb stands behind
    ("Envoys are expected to land on Monday.", {"Monday": "2016-10-03"}),  # expected, not past
    ("The truce was extended until Monday.", {"Monday": "2016-10-03"}),  # its end lies ahead
    ("Ministers condemned Monday's raid.", {"Monday": "2016-09-26"}),  # possessive: the one that was
    ("He was seized late on Tuesday night.", {"late on Tuesday night": "2016-09-27TNI"}),  # part of a day
    ("A bomb went off at noon Thursday.", {"noon Thursday": "2016-09-29T12:00"}),  # clock and day
    ("It fell at 5:40 p.m. on Sunday.", {"5:40 p.m. on Sunday": "2016-09-25T17:40"}),  # clock and day
    ("Jets struck at 0300 GMT Sunday.", {"0300 GMT Sunday": "2016-09-25T03:00Z"}),  # military time with its zone
    ("It fell on Sunday (0300 GMT).", {"Sunday": "2016-09-25", "0300 GMT": "2016-09-25T03:00Z"}),  # in brackets
    ("Markets open on Fridays only.", {"Fridays": "XXXX-WXX-5"}),  # a habit
    ("They pray there every Friday.", {"every Friday": "XXXX-WXX-5"}),  # a habit
    ("He spoke yesterday and left this morning.", {"yesterday": "2016-09-29", "this morning": "2016-09-30TMO"}),
    ("Shelling resumed overnight.", {"overnight": "2016-09-30TNI"}),  # night that ends on the day
    ("Talks took place last week.", {"last week": "2016-W38"}),  # calendar week
    ("Early next year a census begins.", {"Early next year": "2017"}),  # part of a year
    ("It was taken earlier this month.", {"earlier this month": "2016-09"}),  # part of a month
    ("By the end of the month they had gone.", {"the end of the month": "2016-09"}),  # its end
    ("Both villages burned over the weekend.", {"the weekend": "2016-W38-WE"}),  # the latest begun
    ("He left for Addis in February.", {"February": "2016-02"}),  # latest February
    ("Elections were held in late May 2012.", {"late May 2012": "2012-05"}),  # part of a month
    ("She died on 5 March 2014.", {"5 March 2014": "2014-03-05"}),  # British order
    ("She died on March 5th, 2014.", {"March 5th, 2014": "2014-03-05"}),  # American order
    ("It opens on Saturday, Oct. 8.", {"Saturday, Oct. 8": "2016-10-08"}),  # weekday and date are one
    ("In the week of Sept. 12 none came.", {"the week of Sept. 12": "2016-W37"}),  # a week by its day
    ("The raid of 2014-03-05 failed.", {"2014-03-05": "2014-03-05"}),  # ISO
    ("Published 25.12.2013 in Bern.", {"25.12.2013": "2013-12-25"}),  # dots put the day first
    ("Fighting went on from June to August 2012.", {"June": "2012-06", "August 2012": "2012-08"}),  # year from behind
    ("The 1990s were worse.", {"The 1990s": "199"}),  # decade
    ("By the late '80s it was over.", {"the late '80s": "198"}),  # short decade
    ("A 19th century fort was hit.", {"19th century": "18"}),  # century
    ("In nineteen ninety-six he fled.", {"nineteen ninety-six": "1996"}),  # spoken year
    ("Output fell in the third quarter of 2015.", {"the third quarter of 2015": "2015-Q3"}),  # quarter
    ("Exports rose in fiscal 2014.", {"fiscal 2014": "2014"}),  # fiscal year
    ("The first half of 2015 was calm.", {"The first half of 2015": "2015-H1"}),  # half
    ("They met last spring.", {"last spring": "2016-SP"}),  # season
    ("It began in the winter of 2013.", {"the winter of 2013": "2013-WI"}),  # season of a year
    ("He was shot on Christmas Eve 2014.", {"Christmas Eve 2014": "2014-12-24"}),  # fixed feast
    ("Churches burned on Easter Sunday 2015.", {"Easter Sunday 2015": "2015-04-05"}),  # moving feast
    ("The siege lasted three weeks.", {"three weeks": "P3W"}),  # length
    ("A 72-hour truce was signed.", {"72-hour": "PT72H"}),  # length as adjective
    ("A day-long curfew followed.", {"day-long": "P1D"}),  # likewise
    ("He spent nearly 2 1/2 years in jail.", {"nearly 2 1/2 years": "P2Y6M"}),  # fraction
    ("Few were seen in the past two months.", {"the past two months": "P2M"}),  # length with a side
    ("They waited for several hours.", {"several hours": "PTXH"}),  # open count
    ("Aid comes daily.", {"daily": "P1D"}),  # recurring
    ("Trucks pass every two days.", {"every two days": "P2D"}),  # recurring
    ("He was released two days ago.", {"two days ago": "2016-09-28"}),  # day
    ("It was built four years ago.", {"four years ago": "2012"}),  # as exact as a year
    ("Months ago they were allies.", {"Months ago": "PAST_REF"}),  # vague
    ("They are now surrounded.", {"now": "PRESENT_REF"}),  # vague
    ("Recently the army withdrew.", {"Recently": "PAST_REF"}),  # vague
    ("Nobody knows the future.", {"the future": "FUTURE_REF"}),  # vague
    # Narrative: counted from what was told before.
    (
        "Rebels took the town on Sept. 12. Two days later they lost it, and the following day it burned.",
        {"Sept. 12": "2016-09-12", "Two days later": "2016-09-14", "the following day": "2016-09-15"},
    ),
    (
        "On Tuesday he denied it. The camp was shelled the previous day.",
        {"Tuesday": "2016-09-27", "the previous day": "2016-09-26"},
    ),
    ("In March 2014 they split. A month later they fought.", {"March 2014": "2014-03", "A month later": "2014-04"}),
    ("The law passed in 2012. That year 40 died.", {"2012": "2012", "That year": "2012"}),
    ("It began on 3 May 2015. On the same day he fled.", {"3 May 2015": "2015-05-03", "the same day": "2015-05-03"}),
    ("The war began in 2011. Two days later he fled.", {"2011": "2011", "Two days later": "FUTURE_REF"}),  # too coarse
    # Traps: no time phrases.
    ("You may march on Khartoum.", {}),  # verbs
    ("May Thein led the March for Peace.", {}),  # a name, a demonstration
    ("More than 2000 people and 1998 soldiers fled.", {}),  # numbers of people
    ("The fall of Aleppo shocked the Arab Spring states.", {}),  # not seasons
    ("The 44-year-old teacher is 30 years old.", {}),  # ages
    ("They won 3:16 in the second half.", {}),  # a score
    ("A second man was held for the third time.", {}),  # ordinals
    ("He paid $1995 for Room 2012.", {}),  # price, room
    ("April Mbeki met Jan Visser.", {}),  # first names
]


@pytest.mark.parametrize(("text", "expected"), ROWS, ids=[row[0][:50] for row in ROWS])
def test_phrases_of_a_text_get_their_values(text, expected):
    found = Timeline(text, FRIDAY).phrases()
    assert {phrase.text: phrase.value for phrase in found} == expected


UNDATED = [
    ("Mortars hit the market on Monday.", "XXXX-WXX-1", None),  # some Monday
    ("He left in February.", "XXXX-02", None),  # some February
    ("He left yesterday.", "XXXX-XX-XX", None),  # some day
    ("He left last week.", "XXXX-WXX", None),  # some week
    ("He left in February 2012.", "2012-02", "2012-02-01"),  # absolute
    ("He left on 5 May 2012.", "2012-05-05", "2012-05-05"),  # absolute
    ("It took two days.", "P2D", None),  # a length needs no day
]


@pytest.mark.parametrize(("text", "value", "first"), UNDATED, ids=[row[0] for row in UNDATED])
def test_without_a_publication_day_a_phrase_keeps_what_it_says(text, value, first):
    (phrase,) = Timeline(text, None).phrases()
    assert (phrase.value, phrase.first and phrase.first.isoformat()) == (value, first)


# The time phrase in brackets, the act's word in braces; published on Friday 30 September 2016.
ACTS = [
    ("Troops [since the war began in 2011] {held} it.", "2011-01-01", "2016-09-30"),  # up to publication
    ("Jets {struck} [between 8 July and 2 August].", "2016-07-08", "2016-08-02"),  # range
    ("Guns {fell} silent [from Saturday to Monday].", "2016-09-24", "2016-09-26"),  # range of weekdays
    ("It {burned} [two days after Monday's vote].", "2016-09-28", "2016-09-28"),  # counted from a date
    ("Shells fell, [a week after] the truce {began}.", "2016-09-23", "2016-09-23"),  # the act behind the phrase
    ("Shells {fell} [a week after] the truce began.", None, None),  # trap: the act before it is not a week old
    ("They {fled} [the day before the rally].", None, None),  # trap: of which rally
    ("They {march} [every Friday].", None, None),  # trap: habit
    ("On 12 Sept. it opened. They {left} [the next day].", "2016-09-13", "2016-09-13"),  # narrative
    ("They {held} it [for three days].", "2016-09-27", "2016-09-30"),  # length that ends now
    ("Er {starb} am [5. März 2014].", "2014-03-05", "2014-03-05"),  # another language's month
]


@pytest.mark.parametrize(("marked", "first", "last"), ACTS, ids=[row[0] for row in ACTS])
def test_an_act_gets_the_days_of_its_phrase(marked, first, last):
    text = marked.translate(str.maketrans("", "", "[]{}"))
    phrase, act = _between(marked, "[", "]"), _between(marked, "{", "}")
    period = Timeline(text, FRIDAY, [phrase]).period(phrase, "happened", act)
    assert (period and period.first.isoformat(), period and period.last.isoformat()) == (first, last)


def _between(marked, opening, closing):
    """The range between two marks, as offsets into the text without marks."""

    def plain(at):
        return at - sum(marked[:at].count(mark) for mark in "[]{}")

    return Span(plain(marked.index(opening) + 1), plain(marked.index(closing)))


def test_a_date_long_past_in_the_text_is_no_anchor():
    text = f"It began on 5 May 2012. {'Nothing else happened there. ' * 40}They left two days later."
    assert Timeline(text, FRIDAY).phrases()[-1].value == "FUTURE_REF"


def test_words_that_are_times_now_and_then_count_where_the_reader_marks_them():
    text = "Shells fell at dawn."
    assert Timeline(text, FRIDAY).phrases() == ()
    (phrase,) = Timeline(text, FRIDAY, [Span(15, 19)]).phrases()
    assert (phrase.text, phrase.value) == ("dawn", "2016-09-30TMO")


@pytest.mark.parametrize(
    ("value", "part", "days"),
    [
        ("2016-02", "", "2016-02-01 2016-02-29 month"),  # leap year
        ("2016-02", "END", "2016-02-21 2016-02-29 days"),  # its last third
        ("2016-W53", "", None),  # no such week
        ("2015-W53", "", "2015-12-28 2016-01-03 week"),  # week over New Year
        ("2016-W39-WE", "", "2016-10-01 2016-10-02 days"),  # weekend
        ("2015-WI", "", "2015-12-01 2016-02-29 season"),  # winter of its December
        ("2015-H2", "", "2015-07-01 2015-12-31 period"),  # half
        ("199", "END", "1997-01-01 1999-12-31 period"),  # late decade
        ("19", "", "1900-01-01 1999-12-31 period"),  # century
        ("2016-03-02T03:00Z", "", "2016-03-02 2016-03-02 day"),  # hour of a day
        ("2016-03-02/2016-03-03", "", "2016-03-02 2016-03-03 days"),  # range
        ("2016-03-03/2016-03-02", "", None),  # backwards
        ("0000", "", None),  # no year
        ("PAST_REF", "", None),  # nowhere
        ("P3D", "", None),  # a length
    ],
)
def test_a_value_covers_its_days(value, part, days):
    period = days_of(value, part)
    assert (period and f"{period.first} {period.last} {period.precision}") == days


PIECES = (
    "on since 3 31 March may Friday Fridays last weeks week ago the 2016 9999 1100 between and - end of for every day"
    " two later earlier that year quarter third early mid- 'm 0300 GMT 10:35 p.m. noon century 90s overnight . , \n\n"
).split(" ")


@given(
    st.one_of(st.text(max_size=200), st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join)),
    st.one_of(st.none(), st.dates()),
    st.integers(0, 30),
    st.integers(1, 30),
)
@settings(max_examples=500, deadline=None)
def test_any_text_gives_phrases_in_order_with_days_in_order(text, day, start, length):
    marks = [Span(start, min(start + length, len(text)))] if start < len(text) else []
    timeline = Timeline(text, day, marks)
    end = 0
    for phrase in timeline.phrases():
        assert end <= phrase.start < phrase.end <= len(text)
        assert text[phrase.start : phrase.end] == phrase.text
        assert (phrase.first is None) == (phrase.last is None) == (phrase.precision is None)
        assert phrase.first is None or phrase.first <= phrase.last
        end = phrase.end
    for mark in marks:
        for status in ("happened", "planned"):
            period = timeline.period(mark, status, mark)
            assert period is None or period.first <= period.last


def test_users_get_all_time_phrases_of_an_article():
    text = "Gunmen raided the depot at dawn on Tuesday. Two days earlier a truce had run out."
    found = villani.times(text, date="2016-09-30", title="Depot raided")
    assert [(phrase.text, phrase.value) for phrase in found] == [
        ("dawn on Tuesday", "2016-09-27TMO"),
        ("Two days earlier", "2016-09-25"),
    ]
    assert found[0].start == len("Depot raided\n\n") + text.index("dawn")
    with pytest.raises(InputError):
        villani.times("", date="2016-09-30")


def test_a_long_text_is_read_in_a_moment():
    text = "On Friday 3,000 people fled within two days, officials said in March. " * 3_000
    assert len(Timeline(text, FRIDAY).phrases()) == 9_000
