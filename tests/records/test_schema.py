"""The output contract: JSON as promised, its schema true, lines read back as they were."""

import datetime as dt
import json
from importlib import resources

import jsonschema
import msgspec
import pytest

from villani.records.events import Actor, Count, DocumentRecord, Event, Figure, Place, Relation, When, Words
from villani.records.schema import build_schema, decode_record
from villani.records.text import Span, digest

ACTOR = Actor(
    text="Moscow",
    start=0,
    end=6,
    name="Government of Russia",
    actor_id="RUS.GOV",
    country="RUS",
    sector="GOV",
    code="RUSGOV",
    why="capital named for its government",
)
PLACE = Place(
    text="Handarat",
    start=20,
    end=28,
    name="Handarat",
    geonameid=None,
    country="SYR",
    admin1="Aleppo",
    lat=36.28,
    lon=37.19,
    precision="town",
    radius_km=5.0,
    why="named with 'north of Aleppo'",
)
WHEN = When(
    text="on Thursday",
    start=30,
    end=41,
    first=dt.date(2016, 9, 29),
    last=dt.date(2016, 9, 29),
    precision="day",
    basis="text",
)
WORDS = Words(text="bombed", start=7, end=13)
EVENT = Event(
    event_id="e1",
    doc_id="d1",
    act_id="a1",
    type="ASSAULT",
    mode="aerial",
    cameo="195",
    quad="material-conflict",
    trigger=WORDS,
    status="claimed",
    says=(ACTOR,),
    within=None,
    actors=(ACTOR,),
    recipients=(),
    place=PLACE,
    time=WHEN,
    deaths=Count(low=9, high=None),
    injured=None,
    evidence=WORDS,
    score=0.78,
    found_by="a reader",
    coder="villani 0.1.0",
)
RELATION = Relation(
    relation_id="r1",
    doc_id="d1",
    kind="besieges",
    subject=ACTOR,
    object=PLACE,
    time=None,
    status="happened",
    says=(),
    evidence=WORDS,
    score=0.9,
)
FIGURE = Figure(
    figure_id="f1",
    doc_id="d1",
    measure="besieged",
    low=250_000,
    high=250_000,
    of=None,
    place=PLACE,
    time=None,
    status="happened",
    says=(),
    evidence=WORDS,
    score=0.8,
)
DOCUMENT = DocumentRecord(
    doc_id="d1",
    url=None,
    publisher=None,
    published=dt.date(2016, 9, 30),
    published_basis="option",
    language="en",
    title=None,
    text="Moscow bombed it.",
    datelines=(PLACE,),
    bylines=(),
    agencies=("Reuters",),
    copy=None,
    laundered=None,
)
RECORDS = [EVENT, RELATION, FIGURE, DOCUMENT]
# The keys of the contract, in its order.
EVENT_KEYS = (
    "schema event_id doc_id act_id type mode cameo quad trigger status says within actors recipients place time deaths "
    "injured evidence score found_by coder"
).split()


@pytest.mark.parametrize("record", RECORDS, ids=lambda record: type(record).__name__)
def test_a_record_survives_json_and_fits_its_schema(record):
    line = msgspec.json.encode(record)
    assert decode_record(line) == record
    jsonschema.Draft202012Validator(build_schema()).validate(json.loads(line))


def test_an_event_has_the_keys_of_the_contract_in_order():
    assert list(json.loads(msgspec.json.encode(EVENT))) == EVENT_KEYS


def test_times_are_written_from_and_to():
    time = json.loads(msgspec.json.encode(EVENT))["time"]
    assert list(time) == ["text", "start", "end", "from", "to", "precision", "basis"]


@pytest.mark.parametrize("key", EVENT_KEYS)
def test_a_missing_key_breaks_the_schema(key):
    row = json.loads(msgspec.json.encode(EVENT))
    del row[key]
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(build_schema()).validate(row)


def test_the_shipped_schema_is_the_one_the_records_give():
    shipped = resources.files("villani.resources") / "records.schema.json"
    assert json.loads(shipped.read_bytes()) == build_schema()


@pytest.mark.parametrize("line", [b'{"schema": "villani/event/9"}', b"[]", b'{"schema": "villani/event/1"}'])
def test_foreign_lines_are_refused(line):
    with pytest.raises(ValueError, match=r"unknown schema|missing required"):
        decode_record(line)


def test_a_span_holds_something():
    with pytest.raises(ValueError, match="start < end"):
        Span(4, 4)
    assert Span(1, 5).overlaps(Span(4, 9))
    assert not Span(1, 4).overlaps(Span(4, 9))


def test_digests_tell_parts_apart():
    assert digest("a", "bc") != digest("ab", "c")
    assert len(digest("a")) == 16
