import msgspec
import pytest

from build import document
from villani.records.reading import Mention, Reading
from villani.records.text import Span
from villani.resolution import Resolver
from villani.resources.knowledge import load_knowledge

RESOLVER = Resolver(load_knowledge(), coder="villani test")


def reading(text, *marked, publisher=None, kind="place"):
    spans = [Span(text.index(words), text.index(words) + len(words)) for words in marked]
    return Reading(
        document=msgspec.structs.replace(document(text), publisher=publisher),
        sentences=(Span(0, len(text)),),
        mentions=tuple(Mention(span=span, kind=kind) for span in spans),
        events=(),
    )


def found(text, *marked, **options):
    return {place.text: place for place in RESOLVER.toponyms(reading(text, *marked, **options))}


# Text, the names to be found in it with the country of each.
ROWS = [
    ("Shells fell on Kharkiv and on Sumy.", {"Kharkiv": "UKR", "Sumy": "UKR"}),  # towns
    ("He drove from Paris, Texas, to Tyler.", {"Paris": "USA", "Texas": "USA", "Tyler": "USA"}),  # the area behind it
    ("Police in Springfield, Ill., shut a road.", {"Springfield": "USA", "Ill.": "USA"}),  # a short form
    ("Syrian troops left Homs.", {"Syrian": "SYR", "Homs": "SYR"}),  # a people
    ("The Philippines sent ships.", {"Philippines": "PHL"}),  # without its article
    ("The Denver-based firm left.", {"Denver": "USA"}),  # part of a compound
    ("A blast hit al-Bab near Aleppo.", {"al-Bab": "SYR", "Aleppo": "SYR"}),  # a small article
    ("Lagos State Police Command spoke.", {"Lagos": "NGA"}),  # a body named by its place
    ("In March the may pole of Reading stood.", {}),  # trap: common words
    ("Mr. London met Jordan Smith and Sydney Brown.", {}),  # trap: people
    ("They met on Lebanon Road.", {"Lebanon Road": None}),  # a street is a place, no state
]


@pytest.mark.parametrize(("text", "wanted"), ROWS, ids=[row[0] for row in ROWS])
def test_the_names_of_places_are_found(text, wanted):
    names = found(text)
    assert set(wanted) <= set(names)
    assert {name: names[name].country for name in wanted if wanted[name]} == {n: c for n, c in wanted.items() if c}
    if not wanted:
        assert names == {}


def test_spans_are_those_of_the_text():
    text = "Fighting near Goma, then in Goma's north."
    places = RESOLVER.toponyms(reading(text))
    assert [(place.start, place.text) for place in places] == [(14, "Goma"), (28, "Goma")]
    assert all(text[place.start : place.end] == place.text for place in places)


def test_a_marked_name_that_no_gazetteer_has_is_found_without_a_point():
    place = found("They fled to Qarn Sefit yesterday.", "Qarn Sefit")["Qarn Sefit"]
    assert (place.lat, place.name, place.precision) == (None, None, None)


def test_a_marked_common_noun_is_no_name():
    assert found("They met at the Hospital.", "Hospital") == {}


def test_given_spans_are_placed_and_nothing_else():
    text = "Talks in Paris, Texas, ended."
    (place,) = RESOLVER.toponyms(reading(text), [Span(9, 14)])
    assert (place.text, place.country, place.admin1) == ("Paris", "USA", "Texas")


def test_the_publishers_address_speaks_for_its_state():
    text = "A man from London was held in Hamilton."
    assert {place.country for place in RESOLVER.toponyms(reading(text, publisher="news.example.ca"))} == {"CAN"}


def test_peoples_are_told_from_places():
    names = found("Russians and Chechens met in Grozny.")
    assert names["Russians"].why.startswith("named by its people")
    assert names["Chechens"].name == "Chechnya"
    assert not names["Grozny"].why.startswith("named by its people")


@pytest.mark.parametrize("text", ["Al " * 5_000, "A-" * 5_000, "Ąć'" * 3_000, "U.S. " * 2_000])
def test_hostile_text_takes_no_time(text):
    assert len(RESOLVER.toponyms(reading(text))) <= 2_000
