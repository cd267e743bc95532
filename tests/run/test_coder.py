"""The pipeline put together."""

import pytest

from villani.records.events import CodedDocument
from villani.records.text import Page, Rejected
from villani.run.coder import MAX_CHARS, VERSION, build_coder


@pytest.fixture(scope="module")
def coder():
    return build_coder()


def page(text, name="p", **options):
    return Page(source=name, kind="given", body=text.encode(), **options)


def test_results_come_in_order_with_what_was_rejected_among_them(coder):
    refused = Rejected(source="lost.txt", stage="ingest", reason="no such file", remedy="check the name")
    results = list(coder.stream([page("Police arrested ten people."), refused, page("The army bombed the port.")]))
    assert [type(result) for result in results] == [CodedDocument, Rejected, CodedDocument]
    assert results[1] is refused


def test_a_text_too_long_is_rejected_with_a_remedy(coder):
    (result,) = coder.stream([page("word " * (MAX_CHARS // 5 + 1))])
    assert isinstance(result, Rejected)
    assert "400,000" in result.reason
    assert result.remedy


def test_every_event_names_its_coder_and_its_maker(coder):
    (result,) = coder.stream([page("Government troops bombed the town of Sake, killing nine people.")])
    assert result.events
    for event in result.events:
        assert event.coder == f"villani {VERSION}"
        assert event.found_by.startswith("reader")
        assert 0.0 <= event.score <= 1.0


def test_ids_are_the_same_each_time_and_differ_by_document(coder):
    text = "Government troops bombed the town of Sake, killing nine people."
    first, again, other = (list(coder.stream([page(text, doc_id=name)])) for name in ("a", "a", "b"))
    assert first == again
    assert {e.event_id for e in first[0].events}.isdisjoint(e.event_id for e in other[0].events)


def test_the_dateline_is_never_the_place(coder):
    text = (
        "PARIS (Agency) - Rebels shelled the town of Sake on Tuesday, killing at least nine civilians, the army said."
    )
    (result,) = coder.stream([page(text)])
    assert [place.text for place in result.datelines] == ["PARIS"]
    assert result.events
    assert all(event.place is None or event.place.text != "PARIS" for event in result.events)
    assert all(actor.text != "PARIS" for event in result.events for actor in (*event.actors, *event.recipients))
