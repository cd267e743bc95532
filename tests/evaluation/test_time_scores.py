import datetime as dt

from evaluation.times import match
from villani.resolution.times import Timeline


def test_a_gold_phrase_is_matched_once():
    found = Timeline("Late on Friday and on Saturday they met.", dt.date(2016, 9, 30)).phrases()
    assert [phrase.text for phrase in found] == ["Late on Friday", "Saturday"]
    assert [(p.text, value) for p, value in match(found, {(8, 26): "A"})] == [("Late on Friday", "A")]
    assert [value for _, value in match(found, {(8, 14): "A", (21, 29): "B", (30, 34): "C"})] == ["A", "B"]
    assert match(found, {}) == []
