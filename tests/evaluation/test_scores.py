"""The measures, on cases small enough to count by hand."""

import pytest

from evaluation.events import View, match, prf, same_date, same_place, score_events
from evaluation.gate import metric
from evaluation.words import alike, words


def view(start, end, kind="ASSAULT", **options):
    fields = {
        "mode": None,
        "status": "happened",
        "actors": [],
        "recipients": [],
        "says": [],
        "place": None,
        "country": None,
        "date": None,
        "deaths": None,
    }
    return View(
        start=start, end=end, low=start // 100 * 100, high=start // 100 * 100 + 99, type=kind, **fields | options
    )


def gold_event(start, end, **options):
    fields = {
        "type": "ASSAULT",
        "mode": None,
        "actors": [],
        "recipients": [],
        "place": None,
        "country": None,
        "date": None,
        "status": "denied",
        "says": None,
        "deaths": None,
        "trigger": {"start": start, "end": end},
        "sentence": {"start": 0, "end": 50},
    }
    return fields | options


def test_overlapping_triggers_pair_before_mere_neighbours():
    gold = [view(10, 16), view(40, 46)]
    coded = [view(40, 46), view(10, 16)]
    assert [(g.start, p.start) for g, p in match(gold, coded)] == [(10, 10), (40, 40)]


def test_one_coded_event_stands_for_one_gold_event_only():
    assert len(match([view(10, 16), view(20, 26)], [view(11, 15)])) == 1


def test_another_type_without_overlap_is_no_pair():
    assert match([view(10, 16)], [view(30, 36, "PROTEST")]) == []


def test_stop_words_name_nobody_unless_alone():
    assert words("the government of Mali") == {"mali"}
    assert words("the government") == {"the", "government"}
    assert alike(["U.S. officials"], ["US"])
    assert not alike(["rebels"], [])
    assert alike([], [])


@pytest.mark.parametrize(
    ("gold", "coded", "same"),
    [
        ("2016-09-29", "2016-09-29", True),
        ("2016-09", "2016-09-01/2016-09-30", True),  # a month as days
        ("2016-09", "2016-09-12", True),  # a day within it
        ("2016-09-29", "2016-09-30", False),
        (None, None, True),
        ("2016", None, False),
    ],
)
def test_dates_agree_when_the_coded_range_lies_in_the_gold_one(gold, coded, same):
    assert same_date(gold, coded) is same


def test_places_agree_by_a_telling_word():
    assert same_place("north of Aleppo", "Aleppo")
    assert not same_place("Aleppo", None)
    assert same_place(None, None)


def test_a_document_without_coded_events_has_no_recall():
    row = {"doc_id": "d", "events": [gold_event(3, 9)]}
    result = score_events([row], [])
    assert result["event"] == {"p": 0.0, "r": 0.0, "f1": 0.0}
    assert result["unreal_taken_as_real"] == [0, 0, 1]


def test_precision_recall_and_f1():
    assert prf(3, 4, 6) == {"p": 0.75, "r": 0.5, "f1": 0.6}


def test_a_metric_is_named_with_dots():
    figures = {"event": {"f1": 0.5}, "details": {"status": [0.9, 20]}, "unreal_taken_as_real": [2, 40, 80]}
    assert metric(figures, "event.f1") == 0.5
    assert metric(figures, "details.status") == 0.9
    assert metric(figures, "unreal_taken_as_real") == 0.05
