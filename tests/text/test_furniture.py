"""Furniture and article, line by line."""

import datetime as dt

import pytest

from villani.resources.furniture import load_furniture
from villani.text.furniture import Sieve, read_date

SIEVE = Sieve(load_furniture())


@pytest.mark.parametrize(
    "line",
    [
        "Click Here!Click Here!",  # a phrase said twice
        "Home / World / Army takes bridge at Karfa",  # path through the site
        "News > Africa > Karfa > Army takes bridge",
        "Home | World | Politics | Sport",  # menu
        "Home World Politics Sport",
        "About admin",
        "Scroll To Top",
        "ADVERTISEMENT",
        "Read more: Nine hurt in raid on market",
        "Related: Army takes bridge",
        "Share this article on Facebook",
        "Facebook Twitter WhatsApp",
        "Follow us on Twitter",
        "Subscribe to our newsletter.",
        "We use cookies to improve your experience on our site. By clicking accept you agree to it.",
        "Tags: Karfa, bridge, army",
        "© 2024 The Karfa Post. All rights reserved.",
        "Copyright 2024 The Karfa Post",
        "Published 12 March 2024, 10:30 GMT",
        "5 min read",
        "Updated 3 hours ago",
        "Smoke over the bridge on Monday. (AP Photo/Ada Lund)",  # a caption with its credit
        "A soldier at the gate. REUTERS/Ada Lund",
        "Photo: Ada Lund / AFP",
        "***",
    ],
)
def test_furniture_is_told(line):
    assert SIEVE.is_furniture(line)


@pytest.mark.parametrize(
    "line",
    [
        "The army took the bridge.",
        "Share prices fell after the raid.",  # opens with a menu word
        "Related violence killed nine people in the north.",
        "Read by an aide, the statement said the army had left the town and would not come back this year.",
        "Police said nine people were hurt.",
        "Home to 250,000 people, the town has been under siege since July.",
        "Subscribers of the state network lost their lines when shells hit the mast on Tuesday, the ministry said.",
        "The minister told Reuters/AFP reporters that the bridge had fallen.",
        "On 12 March 2024, nine people were hurt.",
        "Nine killed in raid / army denies it",
        "Copyright law was not the point, the judge said.",
        "Tags on the shells showed they were made abroad.",
    ],
)
def test_sentences_are_kept(line):
    assert not SIEVE.is_furniture(line)


def test_only_labels_go_after_a_tail_heading():
    blocks = ["Bridge falls", "The army took it.", "It left.", "More stories", "Nine hurt in raid", "He said no more."]
    assert SIEVE.find(blocks) == [False, False, False, True, True, False]


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Friday, July 21, 2017", dt.date(2017, 7, 21)),
        ("12th Sept. 2015", dt.date(2015, 9, 12)),
        ("2024-02-14 10:00", dt.date(2024, 2, 14)),
        ("31 February 2024", None),  # no such day
        ("May 2024", None),  # no day
    ],
)
def test_whole_dates_are_read(text, date):
    assert read_date(text) == date
