import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from villani.errors import ResourceError
from villani.resources.folding import fold_name
from villani.resources.knowledge import load_knowledge
from villani.resources.toponyms import KINDS, Arrays, Gazetteer, pack, unpack

GAZETTEER = load_knowledge().gazetteer


def tiny():
    """Two towns called Ab, one of them also Bab, in the province of Zu."""
    ends = np.array
    return Arrays(
        keys=b"abbabzu",
        key_ends=ends([2, 5, 7], np.uint32),
        member_ends=ends([2, 3, 4], np.uint32),
        members=ends([1, 2, 2, 0], np.uint32),
        names="ZuÀbAb".encode(),
        name_ends=ends([2, 5, 7], np.uint32),
        countries=b"SYR",
        country=ends([0, 0, 0], np.uint16),
        kind=ends([KINDS.index("admin1"), KINDS.index("town"), KINDS.index("town")], np.uint8),
        admin1=ends([0, 1, 1], np.uint16),
        lat=ends([1, 2, 3], np.float32),
        lon=ends([4, 5, 6], np.float32),
        radius=ends([50, 2, 2], np.float32),
        population=ends([0, 500, 900], np.uint32),
        geonameid=ends([0, 7, 0], np.uint32),
    )


def test_the_most_populous_place_of_a_name_comes_first():
    assert [place.population for place in Gazetteer(pack(tiny())).find("Ab")] == [900, 500]


def test_a_place_knows_its_area():
    place = Gazetteer(pack(tiny())).find("bab")[0]
    assert (place.name, place.admin1, place.country, place.geonameid) == ("Ab", "Zu", "SYR", None)


@pytest.mark.parametrize("name", ["", "a", "abb", "zzz", "ABBA"])
def test_other_names_are_not_found(name):
    assert Gazetteer(pack(tiny())).find(name) == ()


def test_packing_and_unpacking_give_the_same():
    assert pack(unpack(pack(tiny()))) == pack(tiny())


def test_other_bytes_are_refused():
    with pytest.raises(ResourceError):
        Gazetteer(b"something else")


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
