"""Graded factuality (UW, CommitmentBank): does the status of a coded event agree with what a crowd made of it?

The crowd grades each event word from -3 (did not happen) to 3 (happened). At 1 and above `happened` or `claimed` is
right, at -1 and below `denied`, between them `planned` or `considered`.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from evaluation.coding import Row, code_text
from evaluation.misses import Miss
from villani.records.events import Event
from villani.run.coder import Coder

Sign = Literal["real", "denied", "open"]
SIGN_OF: dict[str, Sign] = {
    "happened": "real",
    "claimed": "real",
    "denied": "denied",
    "planned": "open",
    "considered": "open",
}
SIGNS: tuple[Sign, ...] = ("real", "denied", "open")
OPENING = frozenset({"(", "[", "{", "$", "``", "\u201c", "\u2018"})
CLOSING = frozenset({")", "]", "}", ",", ".", ";", ":", "?", "!", "%", "''", "\u201d", "\u2019", "n't"})
HYPHEN = "-"


@dataclass(frozen=True)
class Graded:
    """One event word, the crowd's mean grade, and the coded event at it, if any."""

    doc_id: str
    word: str
    grade: float
    event: Event | None

    @property
    def wanted(self) -> Sign:
        """What the crowd says."""
        return "real" if self.grade >= 1 else "denied" if self.grade <= -1 else "open"

    @property
    def got(self) -> Sign | None:
        """What the coder says; None where it coded nothing there."""
        return None if self.event is None else SIGN_OF[self.event.status]


def lay_out(tokens: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    """Tokens as running text, with the half-open range of each in it; stops and brackets join their neighbours."""
    text, ranges, is_glued, is_quoting = "", [], True, False
    for word in tokens:
        is_quote = word == '"'
        joins = word in CLOSING or word == HYPHEN or (word[0] in "'\u2019" and len(word) > 1)
        if not (is_glued or joins or (is_quote and is_quoting)):
            text += " "
        ranges.append((len(text), len(text) + len(word)))
        text += word
        is_glued = word in OPENING or word == HYPHEN or (is_quote and not is_quoting)
        is_quoting ^= is_quote
    return text, ranges


def judge_grades(coder: Coder, rows: Sequence[Row]) -> list[Graded]:
    """Every graded word with the surest event whose trigger overlaps it.

    Args:
        coder: The coder.
        rows: Sentences with `id`, `tokens` and `events` (`span` in tokens, half-open, and `score`).
    """
    graded: list[Graded] = []
    for row in rows:
        text, ranges = lay_out(row["tokens"])
        events = sorted(code_text(coder, row["id"], text).events, key=lambda event: -event.score)
        for item in row["events"]:
            first, last = item["span"][0], max(item["span"][0], item["span"][1] - 1)
            low, high = ranges[first][0], ranges[last][1]
            here = (event for event in events if event.trigger.start < high and low < event.trigger.end)
            graded.append(Graded(row["id"], text[low:high], float(item["score"]), next(here, None)))
    return graded


def sum_up_grades(graded: Sequence[Graded]) -> dict[str, Any]:
    """The measures.

    Returns:
        `found_share`: of `event_words` the share at which an event is coded (most are no events of the 16 types:
        "said", "rose"). `accuracy`: of those `found`, the share whose status has the crowd's sign; `always_happened`
        is the accuracy of calling every one of them happened. `recall` by the crowd's sign; `confusion` as crowd>ours.
    """
    found = [item for item in graded if item.event is not None]
    wanted = Counter(item.wanted for item in found)
    pairs = Counter((item.wanted, item.got) for item in found)
    return {
        "event_words": len(graded),
        "found": len(found),
        "found_share": round(len(found) / max(1, len(graded)), 3),
        "accuracy": round(sum(item.wanted == item.got for item in found) / max(1, len(found)), 3),
        "always_happened": round(wanted["real"] / max(1, len(found)), 3),
        "recall": {sign: [round(pairs[sign, sign] / max(1, wanted[sign]), 3), wanted[sign]] for sign in SIGNS},
        "confusion": {f"{sign}>{other}": pairs[sign, other] for sign in SIGNS for other in SIGNS},
    }


def score_grades(coder: Coder, rows: Sequence[Row]) -> dict[str, Any]:
    """Code and measure."""
    return sum_up_grades(judge_grades(coder, rows))


def miss_grades(graded: Sequence[Graded]) -> Iterator[Miss]:
    """Every found word whose status has another sign than the crowd's grade."""
    for item in graded:
        if item.event is not None and item.got != item.wanted:
            got = f"{item.event.status} ({item.event.type})"
            kind = f"{item.wanted} coded as {item.got}"
            yield Miss(item.doc_id, item.word, f"{item.wanted} ({item.grade:+.1f})", got, item.event.score, kind)
