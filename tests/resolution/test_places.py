import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villani.resolution.places import Anchor, PlaceFinder
from villani.resolution.surroundings import Surroundings
from villani.resources.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
FINDER = PlaceFinder(KNOWLEDGE)


def about(*states):
    return Surroundings(dict.fromkeys(states, 3.0), "2016-09-30", {}, {})


def town(name, country):
    return next(place for place in KNOWLEDGE.gazetteer.find(name) if place.country == country and place.kind == "town")


# Phrase, states the document speaks of, country, name in the gazetteer, precision.
ROWS = [
    ("Aleppo", ["SYR"], "SYR", "Aleppo", "town"),  # town before the province of its name
    ("Aleppo province", ["SYR"], "SYR", "Aleppo", "province"),  # the word beside it decides
    ("Sake", ["COD"], "COD", "Sake", "town"),  # small town of a state spoken of
    ("Sake, Congo", [], "COD", "Sake", "town"),  # state named in the phrase
    ("Goma", [], "COD", "Goma", "town"),  # the larger of two, unspoken
    ("Goma", ["PHL"], "PHL", "Goma", "town"),  # trap: the smaller one where its state is spoken of
    ("north of Aleppo", ["SYR"], "SYR", "Aleppo", "town"),  # moved from the town
    ("Indonesian Hospital", ["PSE"], "PSE", None, None),  # trap: a nation in the name of a site is not where it stands
    ("20 km from Goma", ["COD"], "COD", "Goma", "town"),  # distance without direction
    ("40 miles north of Khartoum", ["SDN"], "SDN", "Khartoum", "district"),  # far enough to be no longer the town
    ("outskirts of Benghazi", ["LBY"], "LBY", "Benghazi", "town"),  # wider than the town
    ("near Mosul", ["IRQ"], "IRQ", "Mosul", "town"),  # wider still
    ("Donbas", ["UKR"], "UKR", "Donbas", "region"),  # region of ours
    ("Crimean peninsula", [], "UKR", "Crimea", "region"),  # another name of a region
    ("Sahel", [], None, "Sahel", "region"),  # region of many states
    ("Red Sea", ["YEM"], None, "Red Sea", "region"),  # a sea has no country
    ("Strait of Hormuz", ["IRN"], None, "Strait of Hormuz", "region"),  # strait
    ("West Bank", ["ISR"], "PSE", "West Bank", "region"),  # not where its occupier is
    ("Gaza", ["ISR"], "PSE", "Gaza Strip", "region"),  # strip before city
    ("Gaza City", ["ISR"], "PSE", "Gaza", "town"),  # the city
    ("Anbar province", ["IRQ"], "IRQ", "Anbar", "region"),  # area of ours for a province
    ("North Kivu", ["COD"], "COD", "North Kivu", "province"),  # first-level area
    ("Nord-Kivu", ["COD"], "COD", "North Kivu", "province"),  # its French name
    ("Syria", [], "SYR", "Syria", "country"),  # country
    ("eastern Syria", ["SYR"], "SYR", "Syria", "region"),  # part of a country
    ("Saudi border", ["YEM"], "SAU", "Saudi Arabia", "region"),  # border named by an adjective
    ("border with Chad", ["SDN"], "TCD", "Chad", "region"),  # border with a country
    ("Hodeidah", ["YEM"], "YEM", "Al Ḩudaydah", "town"),  # English spelling
    ("El Fasher", ["SDN"], "SDN", "El Fasher", "town"),  # article in the name
    ("Al-Fashir", ["SDN"], "SDN", "El Fasher", "town"),  # another transliteration
    ("Kiev", ["UKR"], "UKR", "Kyiv", "town"),  # older name
    ("Handarat camp", ["SYR"], "SYR", "Handarat", "town"),  # a camp with a name of its own
    ("Goma airport", ["COD"], "COD", "Goma", "site"),  # site in a town
    ("hospital in Kunduz", ["AFG"], "AFG", "Kunduz", "site"),  # site before its town
    ("Moscow's Lefortovo prison", ["RUS"], "RUS", "Moscow", "site"),  # possessive ends the town's name
    ("city of Homs", ["SYR"], "SYR", "Homs", "town"),  # kind before the name
    ("Charlottesville, Virginia", ["USA"], "USA", "Charlottesville", "town"),  # state of a federation behind
    ("Georgia", ["RUS"], "GEO", "Georgia", "country"),  # country before the American state
    ("Wadi Harun", [], None, None, None),  # trap: half a name is no name
    ("Independence Square", ["UKR"], "UKR", None, None),  # trap: no town called Independence
    ("Port Vardel", ["IRQ"], "IRQ", None, None),  # trap: an invented port
    ("British embassy", ["SDN"], "SDN", None, None),  # trap: an embassy is not in the land it is of
    ("White House", ["KGZ"], "KGZ", None, None),  # trap: no town of that name
    ("Westgate mall", ["KEN"], "KEN", None, None),  # trap: towns of that name lie elsewhere
    ("upstream", [], None, None, None),  # no name at all
    ("village near Kharkiv", ["UKR"], "UKR", "Kharkiv", "town"),  # unknown village, by the town beside it
    ("camp outside Maiduguri", ["NGA"], "NGA", "Maiduguri", "site"),  # a camp near a town
    ("bridge in Mosul", ["IRQ"], "IRQ", "Mosul", "site"),  # a bridge in it
    ("Baghdad International Airport", ["IRQ"], "IRQ", "Baghdad", "site"),  # its kind in three words
    ("United States Embassy in Iraq", ["USA", "IRQ"], "IRQ", "Iraq", "country"),  # trap: not where it is of
    ("Lamar County, Texas", ["USA"], "USA", "Lamar County", "district"),  # one county of several
    ("South Kordofan", ["SDN"], "SDN", "Southern Kordofan", "province"),  # either form of its name
    ("Black Sea coast", ["UKR"], None, "Black Sea", "region"),  # a sea
]


@pytest.mark.parametrize(("text", "states", "country", "name", "precision"), ROWS, ids=[row[0] for row in ROWS])
def test_a_phrase_gets_its_place(text, states, country, name, precision):
    place = FINDER.place(text, 5, about(*states))
    assert (place.text, place.start, place.end) == (text, 5, 5 + len(text))
    assert (place.country, place.name, place.precision) == (country, name, precision)
    assert (place.lat is None) == (place.radius_km is None) == (name is None)
    assert place.why


def test_a_nameless_site_hangs_on_the_town_named_last():
    anchors = [Anchor(10, town("Goma", "COD")), Anchor(400, town("Bukavu", "COD"))]
    place = FINDER.place("hospital", 120, about("COD"), anchors)
    assert (place.precision, place.country, place.admin1) == ("site", "COD", "North Kivu")
    assert place.name is None
    assert "Goma" in place.why


def test_a_nameless_site_without_a_town_is_not_put_on_the_map():
    place = FINDER.place("hospital", 120, about("COD"))
    assert (place.lat, place.lon, place.country) == (None, None, "COD")


# What stands where a name would, the place it points back to.
POINTING = [
    ("there", "Goma"),  # the last place named
    ("the city", "Goma"),  # a town
    ("the province", "North Kivu"),  # an area
    ("the country", "COD"),  # a state
]


@pytest.mark.parametrize(("text", "name"), POINTING)
def test_a_phrase_points_back_to_what_was_named_last(text, name):
    (country,) = (place for place in KNOWLEDGE.gazetteer.find("DR Congo") if place.kind == "country")
    (area,) = (place for place in KNOWLEDGE.gazetteer.find("North Kivu") if place.kind == "admin1")
    anchors = [Anchor(10, country), Anchor(110, area), Anchor(200, town("Goma", "COD"))]
    place = FINDER.place(text, 300, about("COD"), anchors)
    assert name in {place.name, place.country if place.precision == "country" else None}
    assert place.why.startswith(f"'{text}' is")


def test_two_towns_side_by_side_are_not_pointed_back_to():
    anchors = [Anchor(100, town("Bukavu", "COD")), Anchor(111, town("Goma", "COD"))]
    assert FINDER.place("there", 150, about("COD"), anchors).lat is None


def test_what_was_named_long_ago_is_not_pointed_back_to():
    assert FINDER.place("there", 900, about("COD"), [Anchor(10, town("Goma", "COD"))]).lat is None


def test_north_of_a_town_lies_north_of_it():
    at, north = FINDER.place("Aleppo", 0, about("SYR")), FINDER.place("north of Aleppo", 0, about("SYR"))
    assert north.lat > at.lat
    assert north.radius_km > at.radius_km


@pytest.mark.parametrize(
    ("narrow", "wide"),
    [
        ("Mosul", "near Mosul"),  # the ground around
        ("Mosul", "outskirts of Mosul"),  # its edge
        ("Mosul", "30 km from Mosul"),  # a ring that must be covered
        ("Mosul", "Iraq"),  # a country covers its town
    ],
)
def test_the_radius_covers_what_the_words_cover(narrow, wide):
    assert FINDER.place(wide, 0, about("IRQ")).radius_km > FINDER.place(narrow, 0, about("IRQ")).radius_km


@given(st.text(max_size=200))
@settings(max_examples=200, deadline=None)
def test_any_phrase_gives_a_place_on_earth_or_none(text):
    place = FINDER.place(text, 0, about("SYR", "USA"))
    assert place.lat is None or (-90 <= place.lat <= 90 and -180 <= place.lon <= 180 and place.radius_km > 0)


def test_a_hostile_phrase_takes_no_time():
    assert FINDER.place("Al " * 50_000, 0, about("SYR")).text
    assert FINDER.place("A-" * 50_000, 0, about("SYR")).text
