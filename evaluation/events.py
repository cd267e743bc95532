"""Coded events against gold: the measure of ../shared/gold/score.py, with scores per type and status beside it.

A coded event may stand for a gold one if their triggers overlap, or if both lie in one sentence and have one type;
pairs are chosen greedily, best first; details are scored on pairs of one type.
"""

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from evaluation.coding import Row
from evaluation.words import alike, words
from villani.records.events import Count, Event

UNREAL = frozenset({"denied", "planned", "considered"})


@dataclass(frozen=True)
class View:
    """What of an event is compared; `start` to `end` the trigger, `low` to `high` the sentence."""

    start: int
    end: int
    low: int
    high: int
    type: str
    mode: str | None
    status: str
    actors: list[str]
    recipients: list[str]
    says: list[str]
    place: str | None
    country: str | None
    date: str | None
    deaths: tuple[int | None, int | None] | None


def gold_view(event: Row) -> View:
    """An event of the gold format."""
    return View(
        start=event["trigger"]["start"],
        end=event["trigger"]["end"],
        low=event["sentence"]["start"],
        high=event["sentence"]["end"],
        type=event["type"],
        mode=event["mode"],
        status=event["status"],
        actors=event["actors"],
        recipients=event["recipients"],
        says=[event["says"]] if event["says"] else [],
        place=event["place"],
        country=event["country"],
        date=event["date"],
        deaths=tuple(event["deaths"]) if event["deaths"] else None,
    )


def coded_view(event: Event) -> View:
    """An event of ours."""
    date = None
    if event.time is not None:
        first, last = str(event.time.first), str(event.time.last)
        date = first if first == last else f"{first}/{last}"
    return View(
        start=event.trigger.start,
        end=event.trigger.end,
        low=event.evidence.start,
        high=event.evidence.end,
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=[actor.text for actor in event.actors],
        recipients=[actor.text for actor in event.recipients],
        says=[actor.text for actor in event.says],
        place=event.place.text if event.place else None,
        country=event.place.country if event.place else None,
        date=date,
        deaths=_bounds(event.deaths),
    )


def _bounds(count: Count | None) -> tuple[int | None, int | None] | None:
    return None if count is None else (count.low, count.high)


def match(gold: Sequence[View], coded: Sequence[View]) -> list[tuple[View, View]]:
    """Pair gold with coded events, best pairs first."""
    options = []
    for i, g in enumerate(gold):
        for j, p in enumerate(coded):
            over = g.start < p.end and p.start < g.end
            near = g.low < p.high and p.low < g.high and g.type == p.type
            if over or near:
                value = 4 * over + 2 * (g.type == p.type) + alike(g.actors, p.actors) + (g.status == p.status)
                options.append((-value, i, j))
    pairs: list[tuple[View, View]] = []
    used_gold: set[int] = set()
    used_coded: set[int] = set()
    for _, i, j in sorted(options):
        if i not in used_gold and j not in used_coded:
            pairs.append((gold[i], coded[j]))
            used_gold.add(i)
            used_coded.add(j)
    return pairs


def same_date(gold: str | None, coded: str | None) -> bool:
    """Whether the coded range lies in the gold one (or spans it in the same form)."""
    if gold is None or coded is None:
        return gold is None and coded is None
    (a, b), (c, d) = _range(gold), _range(coded)
    return (a <= c and d <= b) or (c <= a and b <= d and len(gold) == len(coded))


def _range(date: str) -> tuple[str, str]:
    """Bounds that compare as text; the true length of a month does not matter."""
    first, _, last = date.partition("/")
    last = last or first
    return first + "-01-01"[len(first) - 4 :] if len(first) < 10 else first, (
        last + "-12-31"[len(last) - 4 :] if len(last) < 10 else last
    )


def same_place(gold: str | None, coded: str | None) -> bool:
    """Whether two place phrases share a telling word, or are both missing."""
    return bool(gold) == bool(coded) and (not gold or bool(words(gold) & words(coded or "")))


def details(gold: View, coded: View) -> dict[str, bool]:
    """Which details of a pair agree; keys that ask for a gold value are left out where it has none."""
    found = {
        "status": gold.status == coded.status,
        "actors": alike(gold.actors, coded.actors),
        "recipients": alike(gold.recipients, coded.recipients),
        "says": alike(gold.says, coded.says),
        "place": same_place(gold.place, coded.place),
        "date": same_date(gold.date, coded.date),
    }
    if gold.says:
        found["says_where_gold_has_one"] = found["says"]
    if gold.country:
        found["country_where_gold_has_one"] = gold.country == coded.country
    if gold.date:
        found["date_where_gold_has_one"] = found["date"]
    if gold.mode:
        found["mode_where_gold_has_one"] = gold.mode == coded.mode
    if gold.deaths:
        found["deaths_where_gold_has_them"] = gold.deaths == coded.deaths
    return found


def prf(right: int, coded: int, wanted: int) -> dict[str, float]:
    """Precision, recall and F1, three decimals."""
    precision, recall = right / coded if coded else 0.0, right / wanted if wanted else 0.0
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"p": round(precision, 3), "r": round(recall, 3), "f1": round(both, 3)}


def score_events(rows: Sequence[Row], events: Sequence[Event]) -> dict[str, Any]:
    """Compare coded events with gold documents.

    Args:
        rows: Documents in the gold format.
        events: Coded events of those documents, `doc_id` theirs.

    Returns:
        Precision, recall and F1 of events, of events with type, and whole (type, an actor, a recipient and the
        status right); shares of right details with their counts; unreal acts coded as real
        (wrongly, found, all); F1 by type.
    """
    by_doc: defaultdict[str, list[View]] = defaultdict(list)
    for event in events:
        by_doc[event.doc_id].append(coded_view(event))
    count: Counter[str] = Counter()
    hits: defaultdict[str, list[bool]] = defaultdict(list)
    confusion: Counter[tuple[str, str]] = Counter()
    by_type: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for row in rows:
        gold, coded = [gold_view(event) for event in row["events"]], by_doc.get(row["doc_id"], [])
        count["gold"] += len(gold)
        count["coded"] += len(coded)
        for index, views in ((1, coded), (2, gold)):
            for view in views:
                by_type[view.type][index] += 1
        for g, p in match(gold, coded):
            count["found"] += 1
            if g.type != p.type:
                continue
            count["typed"] += 1
            by_type[g.type][0] += 1
            confusion[g.status, p.status] += 1
            right = details(g, p)
            for name, value in right.items():
                hits[name].append(value)
            count["whole"] += right["actors"] and right["recipients"] and right["status"]
    wanted = [event["status"] for row in rows for event in row["events"]]
    return {
        "documents": len(rows),
        "gold": count["gold"],
        "predicted": count["coded"],
        "event": prf(count["found"], count["coded"], count["gold"]),
        "event_type": prf(count["typed"], count["coded"], count["gold"]),
        "whole": prf(count["whole"], count["coded"], count["gold"]),
        "unreal_taken_as_real": _unreal(confusion, wanted),
        "details": {name: [round(sum(values) / len(values), 3), len(values)] for name, values in hits.items()},
        "status_confusion": {f"{g}>{p}": c for (g, p), c in sorted(confusion.items()) if g != p},
        "f1_by_type": {name: prf(*by_type[name])["f1"] for name in sorted(by_type)},
    }


def _unreal(confusion: Counter[tuple[str, str]], wanted: Sequence[str]) -> list[int]:
    """Denied, planned or considered acts coded as real; those found; all there are."""
    seen = {pair: c for pair, c in confusion.items() if pair[0] in UNREAL}
    wrong = sum(c for pair, c in seen.items() if pair[1] not in UNREAL)
    return [wrong, sum(seen.values()), sum(status in UNREAL for status in wanted)]
