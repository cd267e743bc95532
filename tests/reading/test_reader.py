"""From scores to readings, with a toy in place of trained weights."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from toy_reader import WORDS, toy_model

from build import document
from villani.reading import Reader
from villani.reading.scoring import PairTables
from villani.records.text import Span


@pytest.fixture(scope="module")
def reader() -> Reader:
    return Reader(toy_model(), min_score=0.5)


def read(reader, text, **options):
    (reading,) = reader([document(text, **options)])
    return reading


def words(reading, event, role):
    return [reading.document.words(argument.mention.span) for argument in event.fillers(role)]


def test_an_event_has_its_roles_mode_status_and_maker(reader):
    reading = read(reader, "rebels shelled villagers , sake , monday .")
    (event,) = reading.events
    assert (event.type, event.mode, event.status) == ("ASSAULT", "heavy-weapons", "happened")
    assert words(reading, event, "actor") == ["rebels"]
    assert words(reading, event, "recipient") == ["villagers"]
    assert words(reading, event, "place") == ["sake"]
    assert words(reading, event, "time") == ["monday"]
    assert event.found_by == "toy reader"
    assert event.score > 0.99


def test_a_trigger_without_party_place_or_number_is_no_event(reader):
    assert read(reader, "the march .").events == ()


def test_below_the_threshold_the_reader_abstains():
    strict = Reader(toy_model(), min_score=1.0)
    assert read(strict, "rebels shelled villagers .").events == ()


def test_a_sentence_apart_gives_no_event(reader):
    text = "rebels shelled villagers . army march ."
    reading = read(reader, text, apart=(Span(0, 26),))
    assert [reading.document.words(e.trigger) for e in reading.events] == ["march"]


def test_a_number_with_a_measure_is_a_figure(reader):
    (figure,) = read(reader, "nine people killed , sake .").figures
    assert figure.measure == "killed"
    assert figure.place is not None


def test_two_events_of_one_document_are_two_acts_unless_linked(reader):
    first, second = read(reader, "rebels shelled sake . army denied shelling sake .").events
    assert first.act != second.act


def test_pair_tables_of_a_wrong_shape_are_refused():
    with pytest.raises(ValueError, match="expected"):
        PairTables.of({"distance": [[0.0]], "apart": [[0.0]], "mix": [[0.0]], "bias": [0.0]})


TEXTS = st.lists(st.sampled_from([*WORDS[3:], "unknown", "\n\n"]), max_size=60).map(" ".join)


@given(first=TEXTS, second=TEXTS)
def test_the_batch_changes_nothing(reader, first, second):
    one, two = document(first), document(second)
    assert list(reader([one, two])) == [*reader([one]), *reader([two])]


@given(text=TEXTS)
def test_every_span_lies_in_its_text_and_every_index_in_its_list(reader, text):
    reading = read(reader, text)
    for event in reading.events:
        spans = [event.trigger, *(argument.mention.span for argument in event.arguments)]
        assert all(span.end <= len(text) for span in spans)
        assert reading.sentences[event.sentence].holds(event.trigger)
        assert event.within is None or 0 <= event.within < len(reading.events)
        assert 0.0 <= event.score <= 1.0
