import datetime as dt

import msgspec
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villani.records.reading import (
    Argument,
    EventMention,
    FigureMention,
    Mention,
    Reading,
    RelationMention,
)
from villani.records.text import Document, Span, digest
from villani.resolution import Resolver
from villani.resources.knowledge import load_knowledge

KNOWLEDGE = load_knowledge()
RESOLVER = Resolver(KNOWLEDGE, "villani test")
TEXT = (
    "GOMA, Congo - M23 rebels denied on Tuesday shelling Sake. "
    "A Congolese army spokesman said at least nine people were killed there the previous day. "
    "Rwanda backs the group and 12,000 people have fled Sake since Monday."
)


def span(words, nth=0):
    at = -1
    for _ in range(nth + 1):
        at = TEXT.index(words, at + 1)
    return Span(at, at + len(words))


def filler(role, words, nth=0):
    kind = {"place": "place", "time": "time", "deaths": "number", "injured": "number"}.get(role, "party")
    return Argument(role=role, mention=Mention(span=span(words, nth), kind=kind), score=0.9)


def event(trigger, kind, *arguments, **more):
    values = {
        "mode": None,
        "status": "happened",
        "sentence": 0,
        "within": None,
        "act": 1,
        "score": 0.8,
        "found_by": "test",
    }
    return EventMention(trigger=span(trigger), type=kind, arguments=arguments, **{**values, **more})


def reading(*events, relations=(), figures=(), published=dt.date(2024, 2, 14)):
    document = Document(
        doc_id="d1",
        source="test",
        url=None,
        publisher=None,
        published=published,
        published_basis="input",
        language="en",
        title="",
        text=TEXT,
        datelines=(span("GOMA, Congo"),),
    )
    starts = [TEXT.index("M23"), TEXT.index("A Congolese"), TEXT.index("Rwanda")]
    ends = [starts[1] - 1, starts[2] - 1, len(TEXT)]
    mentions = {argument.mention for found in events for argument in found.arguments}
    return Reading(
        document=document,
        sentences=tuple(Span(start, end) for start, end in zip(starts, ends, strict=True)),
        mentions=tuple(sorted(mentions, key=lambda mention: mention.span)),
        events=events,
        relations=relations,
        figures=figures,
    )


DENIED = event(
    "shelling", "ASSAULT", filler("actor", "M23 rebels"), filler("place", "Sake"), filler("says", "M23 rebels"),
    mode="heavy-weapons", status="denied",
)  # fmt: skip
KILLED = event(
    "killed", "ASSAULT", filler("recipient", "people"), filler("deaths", "at least nine"),
    filler("time", "the previous day"), filler("says", "Congolese army spokesman"),
    status="claimed", sentence=1, act=2,
)  # fmt: skip


def coded(*events, **more):
    return RESOLVER([reading(*events, **more)])[0]


def test_an_event_gets_every_field():
    found = coded(DENIED).events[0]
    assert (found.type, found.mode, found.cameo, found.quad) == ("ASSAULT", "heavy-weapons", "194", "material-conflict")
    assert [actor.actor_id for actor in found.actors] == ["COD.M23"]
    assert (found.place.name, found.place.country) == ("Sake", "COD")
    assert found.evidence.text == "M23 rebels denied on Tuesday shelling Sake."
    assert (found.coder, found.found_by, found.score) == ("villani test", "test", 0.8)


def test_ids_are_digests_of_what_they_name():
    found = coded(DENIED).events[0]
    at = span("shelling")
    assert found.event_id == digest("d1", f"{at.start}:{at.end}", "ASSAULT")
    assert found.act_id == digest("d1", "act", "1")


def test_an_event_within_another_names_it():
    speech = event("denied", "REJECT", filler("actor", "M23 rebels"))
    inner = msgspec.structs.replace(DENIED, within=0)
    outer, held = coded(speech, inner).events
    assert held.within == outer.event_id


def test_tolls_and_days_are_read():
    found = coded(KILLED).events[0]
    assert (found.deaths.low, found.deaths.high, found.injured) == (9, None, None)
    # The day before the Tuesday told in the sentence before, not before publication.
    assert (found.time.first, found.time.last, found.time.basis) == (dt.date(2024, 2, 12), dt.date(2024, 2, 12), "text")


def test_a_phrase_that_dates_nothing_gives_no_time():
    assert coded(KILLED, published=None).events[0].time is None


def test_the_day_of_publication_is_no_silent_guess():
    assert coded(DENIED).events[0].time is None


def test_lede_acts_are_dated_only_on_request():
    resolver = Resolver(KNOWLEDGE, "villani test", date_lede=True)
    undated = event("shelling", "ASSAULT")
    when = resolver([reading(undated)])[0].events[0].time
    assert (when.basis, when.text, when.first) == ("publication", None, dt.date(2024, 2, 14))
    assert resolver([reading(DENIED)])[0].events[0].time is None


def test_datelines_are_places_of_the_document_only():
    document = coded(DENIED)
    assert [place.name for place in document.datelines] == ["Goma"]
    assert document.events[0].place.name == "Sake"


def test_a_mode_without_a_code_takes_that_of_its_type():
    assert coded(event("shelling", "ASSAULT", mode="not-a-mode")).events[0].cameo == "190"


def test_a_span_read_twice_as_one_type_is_one_event():
    assert len(coded(DENIED, DENIED).events) == 1


def test_a_relation_keeps_its_parties():
    backs = RelationMention(
        kind="supports",
        subject=Mention(span=span("Rwanda"), kind="party"),
        object=Mention(span=span("M23 rebels"), kind="party"),
        sentence=2,
        status="happened",
        says=(),
        time=None,
        score=0.7,
    )
    found = coded(relations=(backs,)).relations[0]
    assert (found.subject.actor_id, found.object.actor_id, found.evidence.start) == (
        "RWA.GOV",
        "COD.M23",
        TEXT.index("Rwanda"),
    )


def test_a_figure_keeps_its_measure_and_bounds():
    fled = FigureMention(
        measure="displaced",
        number=Mention(span=span("12,000"), kind="number"),
        of=span("people", 1),
        place=Mention(span=span("Sake", 1), kind="place"),
        time=Mention(span=span("since Monday"), kind="time"),
        sentence=2,
        status="happened",
        says=(),
        score=0.7,
    )
    found = coded(figures=(fled,)).figures[0]
    assert (found.low, found.high, found.of.text, found.place.name) == (12_000, 12_000, "people", "Sake")
    assert (found.time.first, found.time.last) == (dt.date(2024, 2, 12), dt.date(2024, 2, 14))


def test_every_type_and_mode_has_a_code():
    assert all(code.cameo and code.quad for code in KNOWLEDGE.codes.values())
    assert len({kind for kind, mode in KNOWLEDGE.codes if not mode}) == 16


@pytest.mark.parametrize("cut", [1, 2, 3])
def test_cutting_the_batch_differently_changes_nothing(cut):
    batch = [reading(DENIED), reading(KILLED), reading(DENIED, KILLED, published=None)]
    assert RESOLVER(batch) == [*RESOLVER(batch[:cut]), *RESOLVER(batch[cut:])]


@given(
    st.text(min_size=1, max_size=120),
    st.lists(st.tuples(st.integers(0, 119), st.integers(1, 40), st.sampled_from(["actor", "place", "time", "deaths"]))),
)
@settings(max_examples=100, deadline=None)
def test_every_span_lies_in_its_text(text, places):
    kinds = {"actor": "party", "place": "place", "time": "time", "deaths": "number"}
    spans = [(Span(at, min(len(text), at + size)), role) for at, size, role in places if at < len(text)]
    arguments = tuple(
        Argument(role=role, mention=Mention(span=found, kind=kinds[role]), score=0.5) for found, role in spans
    )
    whole = Span(0, len(text))
    mention = msgspec.structs.replace(DENIED, trigger=whole, arguments=arguments)
    base = reading(DENIED)
    document = msgspec.structs.replace(base.document, text=text, datelines=())
    any_reading = Reading(
        document=document,
        sentences=(whole,),
        mentions=tuple(argument.mention for argument in arguments),
        events=(mention,),
    )
    found = RESOLVER([any_reading])[0].events[0]
    for part in (*found.actors, *filter(None, [found.place, found.time]), found.trigger, found.evidence):
        assert text[part.start : part.end] == part.text
