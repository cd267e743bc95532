"""One JSON object a line: each line a page, or a reason why not."""

import datetime as dt
import json
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from typing import IO, Any

from villani.ingest.sniffing import InputKind
from villani.records.text import Page, PageKind, Rejected

KEYS = '"text" or "html"'
DATE_PATTERNS = ("%d %B %Y", "%B %d, %Y", "%d %b %Y", "%b %d, %Y", "%Y/%m/%d", "%A, %B %d, %Y")
# A line too long is skipped to its end, but not for ever: a compressed file can hold one of any length.
MAX_SKIPPED_BYTES = 200_000_000


class RowError(ValueError):
    """A line that gives no page: `reason`, and what its owner can do (`remedy`)."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(reason)
        self.reason, self.remedy = reason, remedy


def read_rows(
    stream: IO[bytes], source: str, *, max_bytes: int, kind: InputKind | None = None
) -> Iterator[Page | Rejected]:
    """Read a stream line by line, never holding more than one line.

    Args:
        stream: The lines, at the beginning of the first.
        source: Names the input in messages; the number of the line (from 1) is added.
        max_bytes: The longest line that is read.
        kind: What the text of a row is, where that was forced ("html"); else the key says it.
    """
    number = 0
    while line := stream.readline(max_bytes + 1):
        number += 1
        name = f"{source}:{number}"
        if len(line) > max_bytes and not line.endswith(b"\n"):
            reason = f"the line is longer than {max_bytes // 1_000_000} MB"
            yield Rejected(source=name, stage="ingest", reason=reason, remedy="split or drop the line")
            if not _skip_line(stream):
                return
            continue
        if number == 1:
            line = line.removeprefix(b"\xef\xbb\xbf")
        if not line.strip():
            continue
        try:
            yield parse_row(line, name, kind=kind)
        except RowError as error:
            yield Rejected(source=name, stage="ingest", reason=error.reason, remedy=error.remedy)


def parse_row(line: bytes, source: str, *, kind: InputKind | None = None) -> Page:
    """The page of one line.

    Raises:
        RowError: the line is no JSON object, lacks a text, or has a key of the wrong kind.
    """
    row = _parse_object(line)
    text, html = _string(row, "text"), _string(row, "html")
    body = text if text is not None and text.strip() else html
    if body is None or not body.strip():
        reason = "the text is empty" if text is not None or html is not None else f"no key {KEYS}"
        raise RowError(reason, f"give the article in {KEYS}")
    is_html = body is html or kind == "html"
    return Page(
        source=source,
        kind="html" if is_html else _given(kind),
        # A lone surrogate stands for no character; one mark in its place keeps every offset.
        body=body.encode("utf-16", "surrogatepass").decode("utf-16", "replace").encode(),
        url=_string(row, "url"),
        doc_id=_identity(row),
        title=_string(row, "title"),
        publisher=_string(row, "publisher"),
        published=_date(row),
    )


def parse_date(text: str) -> dt.date | None:
    """The day a date or time stamp names (ISO 8601, RFC 822, or written out in English), else None."""
    text = text.strip()
    try:
        return dt.datetime.fromisoformat(text).date()
    except ValueError:
        pass
    for pattern in DATE_PATTERNS:
        try:
            return dt.datetime.strptime(text, pattern).date()  # noqa: DTZ007 - a day has no zone
        except ValueError:
            continue
    try:
        return parsedate_to_datetime(text).date()
    except (ValueError, TypeError, IndexError, OverflowError):
        return None


def _skip_line(stream: IO[bytes]) -> bool:
    """Read to the end of a line in pieces; False where it does not end within reason."""
    skipped = 0
    while piece := stream.readline(1_000_000):
        if piece.endswith(b"\n"):
            return True
        skipped += len(piece)
        if skipped > MAX_SKIPPED_BYTES:
            return False
    return True


def _parse_object(line: bytes) -> dict[str, Any]:
    """The JSON object of a line; bytes that are no UTF-8 become marks rather than lose the line."""
    try:
        row = json.loads(line.decode("utf-8", "replace"))
    except RecursionError as error:
        raise RowError("JSON nested too deep", "give one flat object a line") from error
    except ValueError as error:
        problem = str(error).partition(":")[0][:100]
        raise RowError(f"not JSON ({problem})", "give one JSON object a line, or force the kind") from error
    if not isinstance(row, dict):
        raise RowError(f"JSON, but no object: {type(row).__name__}", f"give an object with {KEYS}")
    return row


def _string(row: dict[str, Any], key: str) -> str | None:
    """A key's text; None where it is missing or null."""
    value = row.get(key)
    if value is not None and not isinstance(value, str):
        raise RowError(f'"{key}" is no string: {type(value).__name__}', f'give "{key}" as a string or leave it out')
    return value or None if key not in {"text", "html"} else value


def _identity(row: dict[str, Any]) -> str | None:
    """The row's own name: `id`, else `doc_id`; numbers are taken as they are written."""
    for key in ("id", "doc_id"):
        value = row.get(key)
        if isinstance(value, int) and not isinstance(value, bool):
            return str(value)
        if identity := _string(row, key):
            return identity
    return None


def _date(row: dict[str, Any]) -> dt.date | None:
    """The row's date of publication."""
    written = _string(row, "date")
    if written is None or not written.strip():
        return None
    found = parse_date(written)
    if found is None:
        raise RowError(f"unknown date {written[:40]!r}", 'write "date" as in 2024-02-14, or leave it out')
    return found


def _given(kind: InputKind | None) -> PageKind:
    """The kind of a row's text: as given, unless it was forced to be a page with furniture."""
    return "text" if kind == "text" else "given"
