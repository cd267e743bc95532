import pytest

from evaluation.places import gold_toponyms, is_near, score_places
from villani.records.text import Span
from villani.run.coder import build_coder

TEXT = "Shells fell on Goma in Congo. Aid came from Paris, Texas."


def toponym(name, lat=None, lon=None, shift=0):
    start = TEXT.index(name) + shift
    return {"s": start, "e": start + len(name), "name": name, "lat": lat, "lon": lon}


def row(*toponyms):
    return {"id": "a", "source": "example.com", "title": None, "text": TEXT, "toponyms": list(toponyms)}


@pytest.fixture(scope="module")
def coder():
    return build_coder()


def test_a_shifted_span_is_put_where_the_name_stands():
    (gold,) = gold_toponyms(row(toponym("Goma", 1, 2, shift=3)), 0, TEXT)
    assert (gold.span, gold.point) == (Span(15, 19), (1.0, 2.0))


def test_a_name_that_stands_nowhere_has_no_span():
    (gold,) = gold_toponyms(row({"s": 0, "e": 4, "name": "Lima", "lat": 1, "lon": 2}), 0, TEXT)
    assert gold.span is None


def test_no_place_is_near_nothing():
    assert not is_near(None, (0.0, 0.0))


def test_given_and_found_are_counted(coder):
    figures = score_places(
        coder,
        [
            row(
                toponym("Goma", -1.67, 29.22),
                toponym("Congo", -2.5, 23.6),
                toponym("Paris", 48.9, 2.3),  # wrong gold: the text says which Paris
                toponym("Texas"),  # without a point: only to be found
            )
        ],
    )
    assert (figures["given"], figures["given_right"], figures["accuracy_161km"]) == (3, 2, 0.6667)
    assert (figures["gold"], figures["found"], figures["found_right"], figures["f1"]) == (4, 4, 4, 1.0)
    assert figures["peoples_counted"] is False
