import pytest

from villani.resolution.scene import EMPTY, Sighting, weigh
from villani.resources.toponyms import Toponym


def town(number, name, within, point, people):
    return Toponym(number, "town", name, *within, *point, 5.0, people, None)


# Two lands: in Ostra lie Vell and a small Marn, in Westria the great Marn; "Karst" is a province of Ostra and a city.
GREAT_MARN = town(1, "Marn", ("WES", "Low"), (50, 0), 900_000)
SMALL_MARN = town(2, "Marn", ("OST", "Karst"), (40.2, 30.1), 9_000)
VELL = town(3, "Vell", ("OST", "Karst"), (40.1, 30.3), 20_000)
HORN = town(4, "Horn", ("OST", "Karst"), (40.4, 30.0), 8_000)
KARST = Toponym(5, "admin1", "Karst", "OST", None, 40.0, 30.0, 90.0, 400_000, None)
KARST_CITY = town(6, "Karst", ("WES", "Low"), (51, 2), 60_000)


def seen(start, *places, kind=None, inside=None):
    return Sighting(start, places[0].name, places, kind, inside)


def test_a_name_alone_is_the_place_most_people_live_in():
    assert weigh([seen(0, SMALL_MARN, GREAT_MARN)], {}).at[0].place == GREAT_MARN


def test_towns_near_by_speak_for_the_small_one():
    scene = weigh([seen(0, GREAT_MARN, SMALL_MARN), seen(9, VELL), seen(20, HORN)], {})
    assert scene.at[0].place == SMALL_MARN
    assert scene.at[0].sure > 0.5


def test_the_area_behind_a_name_decides():
    scene = weigh([seen(0, GREAT_MARN, SMALL_MARN, inside=1), seen(6, KARST, KARST_CITY)], {})
    assert (scene.at[0].place, scene.at[6].place) == (SMALL_MARN, KARST)


def test_what_was_said_once_holds_for_the_whole_document():
    names = [seen(0, GREAT_MARN, SMALL_MARN), seen(50, GREAT_MARN, SMALL_MARN, inside=2), seen(56, KARST)]
    assert weigh(names, {}).at[0].place == SMALL_MARN


def test_a_word_of_its_kind_decides():
    assert weigh([seen(0, KARST, KARST_CITY, kind="admin1")], {}).at[0].place == KARST
    assert weigh([seen(0, KARST, KARST_CITY, kind="town")], {}).at[0].place == KARST_CITY


def test_the_order_of_names_that_are_alike_changes_nothing():
    names = [seen(0, GREAT_MARN, SMALL_MARN), seen(9, VELL), seen(20, HORN)]
    turned = [seen(0, HORN), seen(9, VELL), seen(20, GREAT_MARN, SMALL_MARN)]
    assert weigh(names, {}).by_name["marn"].place == weigh(turned, {}).by_name["marn"].place


def test_support_is_for_places_near_the_others():
    scene = weigh([seen(0, VELL), seen(9, HORN)], {})
    near, far = scene.support([SMALL_MARN, GREAT_MARN], "Marn")
    assert near > far >= 0


@pytest.mark.parametrize("names", [[], [Sighting(0, "Nowhere", ())]])
def test_without_places_there_is_no_scene(names):
    assert weigh(names, {"OST": 2.0}) == EMPTY
    assert EMPTY.support([VELL], "Vell") == [0.0]


def test_a_thousand_names_take_no_time():
    places = [town(n, f"T{n}", ("OST", None), (n % 80, n % 170), n) for n in range(1000)]
    assert len(weigh([seen(n, place) for n, place in enumerate(places)], {}).at) == 100
