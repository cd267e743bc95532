import time

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from villani.errors import ResourceError
from villani.resources.folding import fold_name
from villani.resources.knowledge import load_gazetteer
from villani.resources.toponyms import AS_WRITTEN, Entry, Gazetteer, compile_gazetteer, pack, unpack

GAZETTEER = load_gazetteer()


def tiny(country="SYR", code="SY.01", geonameid=7):
    """Two towns called Ab, one of them also Bab, in the province of Zu, whose short form is "Z."."""
    here = {"country": country, "radius_km": 2.0}
    entries = [
        Entry(kind="admin1", name="Zu", lat=1, lon=4, code=code, country=country, radius_km=50),
        Entry(kind="town", name="Àb", lat=2, lon=5, admin1=0, population=500, geonameid=geonameid, **here),
        Entry(kind="town", name="Ab", lat=3, lon=6, admin1=0, population=900, **here),
    ]
    return compile_gazetteer(entries, [("zu", 0), ("ab", 1), ("ab", 2), ("bab", 1), (f"{AS_WRITTEN}Z.", 0)])


def test_the_most_populous_place_of_a_name_comes_first():
    assert [place.population for place in Gazetteer(tiny()).find("Ab")] == [900, 500]


def test_a_place_knows_its_area():
    place = Gazetteer(tiny()).find("bab")[0]
    assert (place.name, place.admin1, place.area, place.country, place.geonameid) == ("Àb", "Zu", "Zu", "SYR", 7)


def test_an_area_is_its_own_area_and_has_a_code():
    ((code, area),) = Gazetteer(tiny()).areas()
    assert (code, area.name, area.area, area.admin1) == ("SY.01", "Zu", "Zu", None)


def test_a_short_form_counts_only_as_it_is_written():
    gazetteer = Gazetteer(tiny())
    assert [place.name for place in gazetteer.find("Z.")] == ["Zu"]
    assert gazetteer.find("z.") == gazetteer.find("Z") == ()


@pytest.mark.parametrize("name", ["", "a", "abb", "zzz", "ABBA"])
def test_other_names_are_not_found(name):
    assert Gazetteer(tiny()).find(name) == ()


def test_a_second_file_adds_places_but_none_twice():
    same, other = Gazetteer(tiny(), tiny()), Gazetteer(tiny(), tiny("IRQ", "IQ.01", 8))
    assert [place.country for place in same.find("bab")] == ["SYR"]
    assert [place.country for place in other.find("bab")] == ["SYR", "IRQ"]
    assert [other.toponym(place.number) for place in other.find("ab")] == list(other.find("ab"))


def test_packing_and_unpacking_give_the_same():
    assert pack(unpack(tiny())) == tiny()


@pytest.mark.parametrize("blob", [b"something else", b"", tiny()[:60], tiny()[:-40]])
def test_other_and_cut_bytes_are_refused(blob):
    with pytest.raises(ResourceError, match="cannot be read"):
        Gazetteer(blob)


def test_the_order_of_names_changes_nothing():
    entries = [Entry(kind="town", name="Ab", lat=0, lon=0, radius_km=1)]
    assert compile_gazetteer(entries, [("ab", 0), ("ba", 0)]) == compile_gazetteer(entries, [("ba", 0), ("ab", 0)])


def test_the_gazetteer_is_there_at_once():
    began = time.perf_counter()
    load_gazetteer()
    assert time.perf_counter() - began < 0.3


# Written form, kind, country and name of the place that should be among those found.
SHIPPED = [
    ("Ky.", "admin1", "USA", "Kentucky"),  # a short form with its stop
    ("W. Va.", "admin1", "USA", "West Virginia"),  # in two words
    ("NSW", "admin1", "AUS", "New South Wales"),  # in capitals
    ("U.S.", "country", "USA", "United States"),  # a state by its letters
    ("Lamar County", "admin2", "USA", "Lamar County"),  # one of several counties, each with its own towns
    ("St. Louis", "town", "USA", "St. Louis"),  # a saint
    ("Fort Worth", "town", "USA", "Fort Worth"),  # a fort
    ("Rhine", "region", None, "Rhine"),  # a river
    ("Soviet Union", "region", None, "Soviet Union"),  # a state that is gone
    ("South Kordofan", "admin1", "SDN", "Southern Kordofan"),  # either form of a point of the compass
]


@pytest.mark.parametrize(("written", "kind", "country", "name"), SHIPPED, ids=[row[0] for row in SHIPPED])
def test_the_shipped_gazetteer_knows_it(written, kind, country, name):
    assert (kind, country, name) in [(place.kind, place.country, place.name) for place in GAZETTEER.find(written)]


def test_counties_of_one_name_are_kept_apart():
    counties = [place for place in GAZETTEER.find("Lamar County") if place.kind == "admin2"]
    assert len({place.admin1 for place in counties}) == len(counties) > 2


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("Deir ez-Zor", "deir ez zor"),  # hyphen
        ("U.S.", "us"),  # stops
        ("Ja'afari", "jaafari"),  # apostrophe
        ("Élysée", "elysee"),  # accents
        ("Łódź", "lodz"),  # a letter with a stroke
        ("  Al Ḩudaydah ", "al hudaydah"),  # dot below, blanks
        ("Sana’a", "sanaa"),  # curly apostrophe
    ],
)
def test_a_name_is_folded(written, key):
    assert fold_name(written) == key


@given(st.text(max_size=60))
def test_folding_twice_is_folding_once(name):
    assert fold_name(fold_name(name)) == fold_name(name)


@given(st.text(max_size=30))
def test_any_name_can_be_looked_up(name):
    for place in GAZETTEER.find(name):
        assert -90 <= place.lat <= 90
        assert -180 <= place.lon <= 180
        assert place.radius_km > 0


def test_texts_longer_than_a_size_can_say_are_cut_between_letters():
    entries = [Entry(kind="town", name="é" * 200, lat=0, lon=0, radius_km=1)]
    (place,) = Gazetteer(compile_gazetteer(entries, [("e", 0)])).find("e")
    assert place.name == "é" * 127
    assert unpack(compile_gazetteer(entries, [("e", 0)])).name_sizes.dtype == np.uint8
