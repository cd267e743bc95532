"""How well the main text is taken out of real pages, next to trafilatura alone on the same pages."""

import gzip
import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import trafilatura

from villani.records.text import Document, Page
from villani.resources.furniture import load_furniture
from villani.text import Cleaner


def score_pages(path: str | Path) -> dict[str, float]:
    """Score the cleaner on pages of which some segments are known to be article text and some not to be.

    A wanted segment counts as found if it stands in the text as it is, blanks aside; an unwanted one that does counts
    against precision. Each segment weighs as many tokens as it has words, so `f1`, `precision` and `recall` are over
    the words of the marked segments, summed over all pages; words of a page that nobody marked do not count.
    `segment_f1` gives every segment the weight one, as trafilatura's own evaluation does. `trafilatura_*` is
    `trafilatura.extract` with its defaults less comments.

    Args:
        path: JSONL or JSONL.gz with `html`, `url`, and the lists of strings `with` and `without`.

    Returns:
        The shares above, 0 to 1, and `pages`, their number.
    """
    rows = list(_read_rows(Path(path)))
    cleaner = Cleaner(load_furniture())

    def ours(row: dict[str, Any]) -> str:
        page = Page(source="page", kind="html", body=row["html"].encode("utf-8", "replace"), url=row["url"])
        (cleaned,) = cleaner([page])
        return cleaned.text if isinstance(cleaned, Document) else ""

    def theirs(row: dict[str, Any]) -> str:
        return trafilatura.extract(row["html"], url=row["url"], include_comments=False) or ""

    precision, recall, f1 = _score(rows, ours, by_word=True)
    return {
        "f1": f1,
        "precision": precision,
        "recall": recall,
        "segment_f1": _score(rows, ours, by_word=False)[2],
        "trafilatura_f1": _score(rows, theirs, by_word=True)[2],
        "trafilatura_segment_f1": _score(rows, theirs, by_word=False)[2],
        "pages": len(rows),
    }


def _read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The pages, one a line."""
    with gzip.open(path, "rt") if path.suffix == ".gz" else path.open() as lines:
        yield from map(json.loads, lines)


def _score(
    rows: list[dict[str, Any]], extract: Callable[[dict[str, Any]], str], *, by_word: bool
) -> tuple[float, float, float]:
    """Precision, recall and F1 over the marked segments."""
    right = wrong = missed = 0
    for row in rows:
        text = " ".join(extract(row).split())
        for segment in row["with"]:
            weight = len(segment.split()) if by_word else 1
            if " ".join(segment.split()) in text:
                right += weight
            else:
                missed += weight
        for segment in row["without"]:
            if " ".join(segment.split()) in text:
                wrong += len(segment.split()) if by_word else 1
    precision, recall = right / max(right + wrong, 1), right / max(right + missed, 1)
    return precision, recall, 2 * precision * recall / max(precision + recall, 1e-9)
