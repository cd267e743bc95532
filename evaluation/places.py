"""Places: names placed where they are given, and found in the text, against files of toponyms with coordinates.

What is counted, as is usual for such sets (Gritta, Pilehvar and Collier 2020, "A pragmatic guide to geoparsing
evaluation"; Leidner 2007 for the 161 km):

- **given**: each gold toponym that has coordinates is placed by the resolver in its article. `accuracy_161km` is the
  share placed within 161 km (100 miles) of the gold point; one that gets no point is wrong. Countries and continents
  are in it too, whose point is a matter of convention.
- **found**: all names of places the product finds in the text against all gold toponyms, also those without
  coordinates. A found name is right where both ends of its span match; every mention counts by itself (micro average).
  `f1_overlap` lets any common character do. Adjectives and peoples ("Syrian", "Americans") are counted only in files
  that mark them: in others they are neither right nor wrong.

Where a gold span does not hold its own name (some in TR-News are shifted), the nearest place where the name stands is
taken; where it stands nowhere, the toponym counts as not placed and not found.
"""

import json
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.coding import Row, read_rows
from villani.errors import InputError
from villani.records.events import Place
from villani.records.reading import Reading
from villani.records.text import Page, Rejected, Span
from villani.resources.outlines import distance_km
from villani.run.coder import Coder

RIGHT_KM = 161.0
# A file marks adjectives and peoples if at least this share of its toponyms are such.
MARKS_PEOPLES = 0.01


@dataclass(frozen=True)
class Toponym:
    """A gold toponym: its span in the document (None where the name does not stand there), its point if it has one."""

    name: str
    span: Span | None
    point: tuple[float, float] | None


@dataclass(frozen=True)
class Placed:
    """An article with its gold, each gold toponym's place as resolved when given, and the places found in the text."""

    gold: tuple[Toponym, ...]
    given: tuple[Place | None, ...]
    found: tuple[Place, ...]


def gold_toponyms(row: Row, shift: int, text: str) -> Iterator[Toponym]:
    """The toponyms of an article whose text begins at an offset of the document."""
    for toponym in row["toponyms"]:
        name, wanted = toponym["name"], toponym["s"] + shift
        starts = [wanted] if text.startswith(name, wanted) else _all_starts(text, name)
        start = min(starts, key=lambda start: abs(start - wanted), default=None)
        point = None if toponym.get("lat") is None else (float(toponym["lat"]), float(toponym["lon"]))
        yield Toponym(name, None if start is None else Span(start, start + len(name)), point)


def _all_starts(text: str, name: str) -> list[int]:
    found, at = [], text.find(name)
    while at >= 0:
        found.append(at)
        at = text.find(name, at + 1)
    return found


def place_article(coder: Coder, row: Row) -> Placed:
    """Read one article and place its toponyms, given and found.

    Raises:
        InputError: the text was rejected.
    """
    page = Page(
        source=row["id"],
        kind="given",
        body=row["text"].encode(),
        doc_id=row["id"],
        publisher=row.get("source"),
    )
    (document,) = coder.clean([page])
    if isinstance(document, Rejected):
        raise InputError(f"{row['id']}: {document.reason}", remedy=document.remedy)
    (reading,) = coder.read([document])
    gold = tuple(gold_toponyms(row, document.text.index(row["text"][:100]), document.text))
    return Placed(gold, _place_given(coder, reading, gold), coder.toponyms(reading, None))


def _place_given(coder: Coder, reading: Reading, gold: Sequence[Toponym]) -> tuple[Place | None, ...]:
    spans = sorted({toponym.span for toponym in gold if toponym.span is not None})
    places = dict(zip(spans, coder.toponyms(reading, spans), strict=True))
    return tuple(None if toponym.span is None else places[toponym.span] for toponym in gold)


def is_near(place: Place | None, point: tuple[float, float]) -> bool:
    """Whether a place has a point within 161 km of another."""
    if place is None or place.lat is None or place.lon is None:
        return False
    return distance_km((place.lat, place.lon), point) <= RIGHT_KM


def is_people(place: Place) -> bool:
    """Whether a place was named by an adjective or a people."""
    return place.why.startswith("named by its people")


def score_places(coder: Coder, rows: Sequence[Row]) -> dict[str, Any]:
    """All figures of a file (see the module)."""
    articles = [place_article(coder, row) for row in rows]
    known = [(t.point, p) for a in articles for t, p in zip(a.gold, a.given, strict=True) if t.point is not None]
    right = sum(is_near(place, point) for point, place in known)
    peoples = sum(place is not None and is_people(place) for article in articles for place in article.given)
    golds = sum(len(article.gold) for article in articles)
    counts = _count_found(articles, peoples=peoples >= MARKS_PEOPLES * golds)
    precision, recall = counts["right"] / max(1, counts["found"]), counts["right"] / max(1, golds)
    return {
        "accuracy_161km": round(right / max(1, len(known)), 4),
        "precision": round(precision, 4),
        "recall": round(recall, 4),
        "f1": round(_harmonic(precision, recall), 4),
        "f1_overlap": round(
            _harmonic(counts["touching"] / max(1, counts["found"]), counts["touched"] / max(1, golds)), 4
        ),
        "articles": len(articles),
        "given": len(known),
        "given_right": right,
        "given_without_point": sum(place is None or place.lat is None for _, place in known),
        "gold": golds,
        "found": counts["found"],
        "found_right": counts["right"],
        "peoples_counted": peoples >= MARKS_PEOPLES * golds,
    }


def _count_found(articles: Sequence[Placed], *, peoples: bool) -> Counter[str]:
    """How many names were found, how many match a gold span, and how many on either side touch one of the other."""
    counts: Counter[str] = Counter()
    for article in articles:
        gold = [toponym.span for toponym in article.gold if toponym.span is not None]
        found = [Span(place.start, place.end) for place in article.found if peoples or not is_people(place)]
        counts["found"] += len(found)
        counts["right"] += len(set(gold) & set(found))
        counts["touching"] += sum(any(span.overlaps(other) for other in gold) for span in found)
        counts["touched"] += sum(any(span.overlaps(other) for other in found) for span in gold)
    return counts


def _harmonic(first: float, second: float) -> float:
    return 2 * first * second / (first + second) if first + second else 0.0


def list_faults(coder: Coder, path: Path) -> Iterator[str]:
    """A JSON line for each toponym placed wrong: what was wanted and what was chosen, to read and learn from."""
    for row in read_rows(path):
        article = place_article(coder, row)
        for toponym, place in zip(article.gold, article.given, strict=True):
            if toponym.point is not None and not is_near(place, toponym.point):
                chosen = None if place is None else (place.name, place.country, place.admin1, place.lat, place.lon)
                yield json.dumps({"id": row["id"], "name": toponym.name, "gold": toponym.point, "chosen": chosen})
