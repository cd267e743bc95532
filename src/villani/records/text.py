"""Pages as they come in and documents as they are read."""

import datetime as dt
import hashlib
import re
from collections.abc import Sequence
from itertools import pairwise
from typing import Literal

import msgspec

PageKind = Literal["html", "text", "given"]
DateBasis = Literal["input", "page", "option", "text"]


class Record(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What every record is: frozen and strict; each class adds `kw_only`, which msgspec does not inherit."""


class Span(msgspec.Struct, frozen=True, forbid_unknown_fields=True, order=True):
    """A half-open range of Unicode code points into `Document.text`.

    Raises:
        ValueError: the range is empty or runs backwards.
    """

    start: int
    end: int

    def __post_init__(self) -> None:
        """Refuse ranges that hold nothing."""
        if not 0 <= self.start < self.end:
            raise ValueError(f"a span needs 0 <= start < end, met {self.start}:{self.end}")

    def overlaps(self, other: "Span") -> bool:
        """Whether the two ranges share a code point."""
        return self.start < other.end and other.start < self.end

    def holds(self, other: "Span") -> bool:
        """Whether the other range lies inside this one."""
        return self.start <= other.start and other.end <= self.end


class Page(Record, frozen=True, kw_only=True):
    """An input as it arrived, its bytes untouched.

    `source` names the input in messages (a path, "-", "news.jsonl:17"). `kind` is "html", "text" (a page of text with
    whatever furniture stands around it) or "given" (an article's text, whose offsets must stay as they are).
    `title`, `publisher`, `published` and `doc_id` are what the input itself says, else None.
    """

    source: str
    kind: PageKind
    body: bytes
    url: str | None = None
    doc_id: str | None = None
    title: str | None = None
    publisher: str | None = None
    published: dt.date | None = None


class Document(Record, frozen=True, kw_only=True):
    """An article. `text` is the title, an empty line and the body; all offsets of the system point into it.

    `published_basis` says where the date was found: with the input, on the page, given by option, or read in the text.
    `datelines` are the place phrases of datelines; `apart` are ranges that belong to no sentence (datelines with their
    agency, credits, furniture inside text that was given and may not be changed). `title` is "" where there is none.
    """

    doc_id: str
    source: str
    url: str | None
    publisher: str | None
    published: dt.date | None
    published_basis: DateBasis | None
    language: str | None
    title: str
    text: str
    datelines: tuple[Span, ...] = ()
    apart: tuple[Span, ...] = ()
    bylines: tuple[str, ...] = ()
    agencies: tuple[str, ...] = ()

    def words(self, span: Span) -> str:
        """The words of the text in a range."""
        return self.text[span.start : span.end]


class Rejected(Record, frozen=True, kw_only=True):
    """An input that gives no document: at which stage, why, and what its owner can do."""

    source: str
    stage: str
    reason: str
    remedy: str


def digest(*parts: str) -> str:
    """Sixteen hexadecimal digits that name the parts; the same for the same parts on every machine."""
    return hashlib.blake2b("\x1f".join(parts).encode(), digest_size=8).hexdigest()


MIN_WRAPPED, MAX_WRAPPED = 45, 110  # characters of a line that was broken by width
_STOPPED = re.compile(r"[.!?:\u2026][\"'\u201d\u2019)\]]*$")


def is_wrapped(lines: Sequence[str]) -> bool:
    """Whether the lines of a paragraph were broken by width: long ones, of which one runs on.

    A line runs on in small letters, or without a stop before it in a paragraph that is typed in capitals.
    """
    if len(lines) < 2 or not all(MIN_WRAPPED <= len(line) <= MAX_WRAPPED for line in lines[:-1]):
        return False
    is_capitals = all(line.isupper() for line in lines)
    return any(
        after[:1].islower() or is_capitals for before, after in pairwise(lines) if not _STOPPED.search(before.rstrip())
    )
