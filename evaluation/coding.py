"""Files of gold text run through the coder, for every measurement alike."""

import datetime as dt
import gzip
import json
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from villani.errors import InputError
from villani.records.events import CodedDocument
from villani.records.text import Page, Rejected
from villani.run.coder import Coder

Row = dict[str, Any]


def read_rows(path: Path) -> list[Row]:
    """Rows of a JSONL file, gzipped or not.

    Raises:
        InputError: the file is missing or a line is no JSON object.
    """
    opener = gzip.open if path.suffix == ".gz" else open
    try:
        with opener(path, "rt", encoding="utf-8") as lines:
            return [json.loads(line) for line in lines if line.strip()]
    except (OSError, json.JSONDecodeError) as error:
        raise InputError(
            f"cannot read {path}", cause=str(error), remedy="give a JSONL file of ../shared/data"
        ) from error


def code_text(
    coder: Coder, name: str, text: str, *, title: str | None = None, date: str | None = None
) -> CodedDocument:
    """Code one given text.

    Raises:
        InputError: the text was rejected.
    """
    day = dt.date.fromisoformat(date) if date and len(date) == len("2024-01-01") else None
    page = Page(source=name, kind="given", body=text.encode(), doc_id=name, title=title, published=day)
    (result,) = coder.stream([page])
    if isinstance(result, Rejected):
        raise InputError(f"{name}: {result.reason}", remedy=result.remedy)
    return result


def code_gold(coder: Coder, rows: Sequence[Row]) -> Iterator[CodedDocument]:
    """Code documents in the gold format."""
    for row in rows:
        yield code_text(coder, row["doc_id"], row["text"], title=row["title"], date=row["date"])
