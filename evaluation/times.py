"""Time phrases found in texts, and their TIMEX3 values, against gold: TimeBank and AQUAINT.

Phrases match strictly (same offsets) or relaxed (they overlap; each gold phrase once); a value is right if it is the
gold one to the letter, counted among relaxed matches. Source: TempEval-3 (UzZaman et al. 2013).
"""

import datetime as dt
from collections.abc import Mapping, Sequence
from typing import Any

from evaluation.coding import Row
from evaluation.events import prf
from villani.errors import InputError
from villani.records.text import Page, Rejected, Span
from villani.resolution.times import Timeline, TimePhrase
from villani.run.coder import Coder


def score_times(coder: Coder, rows: Sequence[Row]) -> Mapping[str, Any]:
    """Find the time phrases of each text and compare them with its gold.

    Args:
        coder: Its cleaning and reading stages are used.
        rows: `id`, `dct` (day of publication, with or without a time), `text`, `timex` (`s`, `e`, `type`, `value`).

    Returns:
        `strict_f1`, `relaxed_f1`, `value_f1` of phrases found in the text; `value_accuracy` of the gold phrases, given
        (a phrase the rules cannot read counts as wrong); the counts behind them.

    Raises:
        InputError: a text was rejected.
    """
    count = {"found": 0, "gold": 0, "strict": 0, "relaxed": 0, "value": 0, "value_given": 0}
    for row in rows:
        page = Page(
            source=row["id"],
            kind="given",
            body=row["text"].encode(),
            doc_id=row["id"],
            published=dt.date.fromisoformat(row["dct"][:10]),
        )
        (document,) = coder.clean([page])
        if isinstance(document, Rejected):
            raise InputError(f"{row['id']}: {document.reason}", remedy=document.remedy)
        (reading,) = coder.read([document])
        gold = {(timex["s"], timex["e"]): timex["value"] for timex in row["timex"]}
        found = Timeline.of(reading).phrases()
        pairs = match(found, gold)
        count["found"] += len(found)
        count["gold"] += len(gold)
        count["strict"] += sum((phrase.start, phrase.end) in gold for phrase in found)
        count["relaxed"] += len(pairs)
        count["value"] += sum(phrase.value == value for phrase, value in pairs)
        marks = [Span(start, end) for start, end in gold]
        given = Timeline(document.text, document.published, marks, reading.sentences).phrases()
        count["value_given"] += sum(phrase.value == value for phrase, value in match(given, gold))
    scores = {
        f"{name}_f1": prf(count[name], count["found"], count["gold"])["f1"] for name in ("strict", "relaxed", "value")
    }
    accuracy = round(count["value_given"] / max(1, count["gold"]), 3)
    return {"documents": len(rows), **scores, "value_accuracy": accuracy, "counts": count}


def match(found: Sequence[TimePhrase], gold: Mapping[tuple[int, int], str]) -> list[tuple[TimePhrase, str]]:
    """Each found phrase with the value of the gold phrase it shares most with, no gold phrase twice."""
    pairs = []
    left = dict(gold)
    for phrase in found:
        shared = {span: min(phrase.end, span[1]) - max(phrase.start, span[0]) for span in left}
        best = max(shared, key=lambda span: shared[span], default=None)
        if best is not None and shared[best] > 0:
            pairs.append((phrase, left.pop(best)))
    return pairs
