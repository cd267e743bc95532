"""Datelines by their forms, and what only looks like one."""

import datetime as dt

import pytest

from villani.records.text import Span
from villani.resources.furniture import load_furniture
from villani.text.datelines import DatelineReader

READER = DatelineReader(load_furniture())


def read(text, *, near_top=True):
    return READER.read(text, Span(0, len(text)), near_top=near_top)


@pytest.mark.parametrize(
    ("prefix", "rest", "places", "agencies"),
    [
        # old web style of Reuters: capitals, no dash
        (
            "WASHINGTON/BEIRUT",
            " The envoys of both camps met on Monday to talk about the bridge.",
            "WASHINGTON BEIRUT",
            "",
        ),
        ("KYIV", " Drones hit the power station of the town on Tuesday night, the mayor said.", "KYIV", ""),
        ("BEIRUT", " U.S. officials were in the town on Monday, a guard at the gate said.", "BEIRUT", ""),
        # an agency nobody knows still makes a dateline
        ("KHARTOUM (Karfa Wire) -", " Fighters took the bridge.", "KHARTOUM", ""),
        # town and country, agency, dash
        ("GOMA, Congo (Reuters) -", " M23 rebels took the hill.", "GOMA", "Reuters"),
        ("KYIV, Ukraine (AP) —", " Shells hit the town.", "KYIV", "AP"),
        ("GAZA CITY, Gaza Strip (AP) —", " Shells hit the town.", "GAZA CITY", "AP"),
        ("PORT-AU-PRINCE, Haiti (AP) --", " Gangs fought.", "PORT-AU-PRINCE", "AP"),
        # no agency: the country or the top of the article says it
        ("Beirut, Lebanon —", " The army took the hill.", "Beirut", ""),
        ("Nairobi –", " At least nine people were hurt.", "Nairobi", ""),
        ("N'DJAMENA —", " Police closed the road.", "N'DJAMENA", ""),
        ("ST. PETERSBURG, Russia —", " Police closed the road.", "ST. PETERSBURG", ""),
        # with a day
        ("PARIS, 12 March (AFP) -", " The ministry said no.", "PARIS", "AFP"),
        ("UNITED NATIONS, Feb 3 (Reuters) -", " The council met.", "UNITED NATIONS", "Reuters"),
        ("BEIJING, Feb. 3 (Xinhua) --", " The minister met them.", "BEIJING", "Xinhua"),
        # the agencies' own habits
        ("MOSCOW, February 3. /TASS/.", " The army took the hill.", "MOSCOW", "TASS"),
        ("MOSCOW. Feb 3 (Interfax) -", " The army took the hill.", "MOSCOW", "Interfax"),
        ("Damascus, SANA-", " The army took the hill.", "Damascus", "SANA"),
        ("Kabul [Afghanistan], February 3 (ANI):", " The army took the hill.", "Kabul", "ANI"),
        ("NEW DELHI, Feb 3 (PTI)", " The army took the hill.", "NEW DELHI", "PTI"),
        ("Tehran, IRNA –", " The army took the hill.", "Tehran", "IRNA"),
        ("Goma (AFP) -", " Police closed the road.", "Goma", "AFP"),
        # an agency and no place
        ("(Reuters) -", " Police closed the road.", "", "Reuters"),
        ("AFP -", " Police closed the road.", "", "AFP"),
    ],
)
def test_datelines_are_read(prefix, rest, places, agencies):
    text = prefix + rest
    dateline = read(text)
    assert text[dateline.span.start : dateline.span.end] == prefix
    assert " ".join(text[place.start : place.end] for place in dateline.places) == places
    assert " ".join(dateline.agencies) == agencies


@pytest.mark.parametrize(
    "text",
    [
        "NATO said on Monday that its last forces had left the base near the bridge.",  # a body that speaks
        "NATO Secretary General Anna Lund said that the alliance would send forces to the border.",  # and its office
        "UN - The council met on Monday.",  # two letters are no town
        "ISIS claims the attack on the market, as its channel said on Monday in the evening.",
        "U.S. officials said on Monday that talks had ended with no result at all.",
        "M23 - The rebels took the town.",  # a group with a number
        "IDF - The army said it was looking into it.",
        "Syria: Rebels take town",  # a headline with a colon
        "HAMAS Leader hurt in strike on the town, officials of the group said on Monday evening.",
        "UPDATE 1-Police close the road",
        "BREAKING - Police closed the road.",
        "Analysis - The group has changed.",
        "The Army — The group said.",
        "Lund — who was in town — said no.",  # an aside between dashes
        "ALEPPO UNDER SIEGE",  # a headline in capitals
        "SANA said the army took the hill.",  # an agency as a source
        "Reuters could not verify the report.",
        "March - The group said.",  # a month
        "",
    ],
)
def test_what_only_looks_like_a_dateline_is_none(text):
    assert not text or read(text) is None


def test_weak_forms_are_believed_only_near_the_top():
    assert read("Nairobi – At least nine people were hurt.", near_top=False) is None
    assert read("NAIROBI (Reuters) - At least nine people were hurt.", near_top=False) is not None


def test_a_full_date_is_read():
    assert read("ABU DHABI, 3rd February, 2024 (WAM) -- The envoys met.").date == dt.date(2024, 2, 3)
    assert read("PARIS, 12 March (AFP) - The envoys met.").date is None


@pytest.mark.parametrize("piece", ["A", "AA ", "A.", "AAAA-", "Aa ", "Aa, ", "A/", "A and ", "(A", "MOSCOW, ", "'"])
def test_long_runs_of_one_piece_take_no_time(piece):
    text = piece * 20_000
    READER.read(text, Span(0, len(text)), near_top=True)
