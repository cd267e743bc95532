"""The output contract: events, relations, figures and documents as they are printed, stored and tested."""

import datetime as dt
from typing import Literal

from villani.records.reading import Status
from villani.records.text import DateBasis, Document, Record

Precision = Literal["site", "town", "district", "province", "country", "region"]
TimePrecision = Literal["day", "days", "week", "month", "season", "year", "period"]
Quad = Literal["verbal-cooperation", "material-cooperation", "verbal-conflict", "material-conflict"]


class Words(Record, frozen=True, kw_only=True):
    """Words of the text with their place: half-open code points into the document's text."""

    text: str
    start: int
    end: int


class Party:
    """What a relation can hold as its object: an Actor or a Place (told apart in JSON by their keys)."""

    __slots__ = ()


class Actor(Record, Party, frozen=True, kw_only=True):
    """A party. `country` is ISO 3166-1 alpha-3, `sector` PLOVER, `code` the CAMEO-style join of the two.

    `actor_id` and `name` are None for a name that is not known; `why` says how the code was found.
    """

    text: str
    start: int
    end: int
    name: str | None
    actor_id: str | None
    country: str | None
    sector: str | None
    code: str | None
    why: str


class Place(Record, Party, frozen=True, kw_only=True):
    """A place, WGS 84 degrees. `radius_km` covers the place; `lat` and `lon` are None where it is not known."""

    text: str
    start: int
    end: int
    name: str | None
    geonameid: int | None
    country: str | None
    admin1: str | None
    lat: float | None
    lon: float | None
    precision: Precision | None
    radius_km: float | None
    why: str


class When(Record, frozen=True, kw_only=True, rename={"first": "from", "last": "to"}):
    """A range of days, both inclusive. `text`, `start` and `end` are None where `basis` is "publication"."""

    text: str | None
    start: int | None
    end: int | None
    first: dt.date | None
    last: dt.date | None
    precision: TimePrecision | None
    basis: Literal["text", "publication"]


class Count(Record, frozen=True, kw_only=True):
    """A whole number between two bounds, both inclusive; an open end is None."""

    low: int | None
    high: int | None


class Event(Record, frozen=True, kw_only=True):
    """One act as one passage reports it; see docs/records.md for every key."""

    schema: Literal["villani/event/1"] = "villani/event/1"
    event_id: str
    doc_id: str
    act_id: str
    type: str
    mode: str | None
    cameo: str
    quad: Quad
    trigger: Words
    status: Status
    says: tuple[Actor, ...]
    within: str | None
    actors: tuple[Actor, ...]
    recipients: tuple[Actor, ...]
    place: Place | None
    time: When | None
    deaths: Count | None
    injured: Count | None
    evidence: Words
    score: float
    found_by: str
    coder: str


class Relation(Record, frozen=True, kw_only=True):
    """A lasting relation between two parties, or a party and a place."""

    schema: Literal["villani/relation/1"] = "villani/relation/1"
    relation_id: str
    doc_id: str
    kind: str
    subject: Actor
    object: Party
    time: When | None
    status: Status
    says: tuple[Actor, ...]
    evidence: Words
    score: float


class Figure(Record, frozen=True, kw_only=True):
    """A number the text gives, with what it counts."""

    schema: Literal["villani/figure/1"] = "villani/figure/1"
    figure_id: str
    doc_id: str
    measure: str
    low: int | None
    high: int | None
    of: Words | None
    place: Place | None
    time: When | None
    status: Status
    says: tuple[Actor, ...]
    evidence: Words
    score: float


class Copy(Record, frozen=True, kw_only=True):
    """Which document this one was copied from, how, and the share of its sentences that were."""

    of: str
    kind: Literal["verbatim", "edited", "laundered"]
    share: float


class Laundered(Record, frozen=True, kw_only=True):
    """How likely a page's words were swapped by a program, 0 to 1, and what gives it away."""

    score: float
    why: tuple[str, ...]


class DocumentRecord(Record, frozen=True, kw_only=True):
    """A document as printed."""

    schema: Literal["villani/document/1"] = "villani/document/1"
    doc_id: str
    url: str | None
    publisher: str | None
    published: dt.date | None
    published_basis: DateBasis | None
    language: str | None
    title: str | None
    text: str
    datelines: tuple[Place, ...]
    bylines: tuple[str, ...]
    agencies: tuple[str, ...]
    copy: Copy | None
    laundered: Laundered | None


class CodedDocument(Record, frozen=True, kw_only=True):
    """A document with everything that was read and resolved in it."""

    document: Document
    datelines: tuple[Place, ...]
    events: tuple[Event, ...]
    relations: tuple[Relation, ...]
    figures: tuple[Figure, ...]

    def record(self) -> DocumentRecord:
        """The document as the output contract wants it."""
        document = self.document
        return DocumentRecord(
            doc_id=document.doc_id,
            url=document.url,
            publisher=document.publisher,
            published=document.published,
            published_basis=document.published_basis,
            language=document.language,
            title=document.title or None,
            text=document.text,
            datelines=self.datelines,
            bylines=document.bylines,
            agencies=document.agencies,
            copy=None,
            laundered=None,
        )
