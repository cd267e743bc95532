"""`python -m evaluation.report` writes docs/accuracy.md: what the coder gets right and wrong on development gold."""

import os
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.coding import Row, code_gold, code_text, read_rows
from evaluation.events import View, coded_view, details, gold_view, match, prf, score_events
from evaluation.plv import both, root
from villani.records.events import Event
from villani.resources.weights import load_weights
from villani.run.coder import Coder, build_coder

GOLD = Path(os.environ.get("VILLANI_GOLD", "../shared/gold"))
DATA = Path(os.environ.get("VILLANI_DATA", "../shared/data"))
TARGET = Path("docs/accuracy.md")
THRESHOLDS = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8)
NAMES = {
    "status": "status",
    "says_where_gold_has_one": "says, where gold has one",
    "actors": "actors",
    "recipients": "recipients",
    "place": "place phrase",
    "country_where_gold_has_one": "country, where gold has one",
    "date_where_gold_has_one": "date, where gold has one",
    "mode_where_gold_has_one": "mode, where gold has one",
    "deaths_where_gold_has_them": "deaths, where gold has them",
}


@dataclass(frozen=True)
class Coded:
    """Gold documents with what was coded in them at the lowest threshold."""

    rows: list[Row]
    events: list[Event]

    def above(self, threshold: float) -> list[Event]:
        """Events scored at least so."""
        return [event for event in self.events if event.score >= threshold]


def code_all(coder: Coder, path: Path) -> Coded:
    """Code a gold file."""
    rows = read_rows(path)
    return Coded(rows, [event for document in code_gold(coder, rows) for event in document.events])


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)])


def curve(coded: Coded) -> str:
    """Precision, recall and F1 by threshold."""
    rows = []
    for threshold in THRESHOLDS:
        figures = score_events(coded.rows, coded.above(threshold))
        typed, whole = figures["event_type"], figures["whole"]
        wrong, seen, _ = figures["unreal_taken_as_real"]
        rows.append(
            (threshold, figures["predicted"], typed["p"], typed["r"], typed["f1"], whole["f1"], f"{wrong} of {seen}")
        )
    head = ("threshold", "events", "precision", "recall", "F1", "whole F1", "unreal coded as real")
    return table(head, rows)


def by_type(coded: Coded, threshold: float) -> str:
    """Found, coded and gold events of each type and status."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for gold, pred, pairs in _documents(coded, threshold):
        for index, views in ((1, pred), (2, gold)):
            for view in views:
                counts[view.type][index] += 1
                counts[f"status {view.status}"][index] += 1
        for g, p in pairs:
            if g.type == p.type:
                counts[g.type][0] += 1
                counts[f"status {g.status}"][0] += g.status == p.status
    rows = []
    for name in sorted(counts, key=lambda key: (key.startswith("status"), key)):
        right, coded_, wanted = counts[name]
        found = prf(right, coded_, wanted)
        rows.append((name, wanted, coded_, found["p"], found["r"], found["f1"]))
    return table(("type or status", "gold", "coded", "precision", "recall", "F1"), rows)


def _documents(coded: Coded, threshold: float) -> Iterable[tuple[list[View], list[View], list[tuple[View, View]]]]:
    by_doc: defaultdict[str, list[View]] = defaultdict(list)
    for event in coded.above(threshold):
        by_doc[event.doc_id].append(coded_view(event))
    for row in coded.rows:
        gold = [gold_view(event) for event in row["events"]]
        yield gold, by_doc[row["doc_id"]], match(gold, by_doc[row["doc_id"]])


def faults(coded: Coded, threshold: float) -> str:
    """What goes wrong, by kind, with counts; gold articles' words are not repeated here."""
    kinds: Counter[str] = Counter()
    for gold, pred, pairs in _documents(coded, threshold):
        paired_gold, paired_pred = {id(g) for g, _ in pairs}, {id(p) for _, p in pairs}
        kinds["missed event"] += sum(id(g) not in paired_gold for g in gold)
        kinds["event where gold has none"] += sum(id(p) not in paired_pred for p in pred)
        for g, p in pairs:
            if g.type != p.type:
                kinds[f"type {g.type} coded as {p.type}"] += 1
                continue
            right = details(g, p)
            kinds.update(_party_faults(g, p, right))
            if not right["status"]:
                kinds[f"status {g.status} coded as {p.status}"] += 1
    return table(("fault", "times"), [(name, count) for name, count in kinds.most_common(30)])


def _party_faults(gold: View, coded: View, right: dict[str, bool]) -> Iterable[str]:
    for role in ("actors", "recipients", "says"):
        if not right[role]:
            wanted, got = getattr(gold, role), getattr(coded, role)
            yield f"{role}: " + ("missing" if not got else "one where gold has none" if not wanted else "wrong one")


def plv_by_root(coder: Coder, rows: Sequence[Row]) -> str:
    """Root and parties right on PLV sentences, by gold root."""
    counts: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for index, row in enumerate(rows):
        events = code_text(coder, f"plv-{index}", row["sentence"]).events
        fitting = [event for event in events if root(event) == row["gold_root"]]
        for key in (row["gold_root"], "all"):
            counts[key][0] += 1
            counts[key][1] += bool(fitting)
            counts[key][2] += any(both(event, row["source"], row["target"]) for event in fitting)
    lines = [(name, n, f"{r / n:.2f}", f"{p / n:.2f}") for name, (n, r, p) in sorted(counts.items())]
    return table(("gold root", "sentences", "root right", "with both parties"), lines)


def build() -> str:
    """The page as Markdown.

    Raises:
        InputError: the gold is not at hand.
    """
    card = load_weights().card
    low, coder = build_coder(min_score=0.05), build_coder()
    coded = code_all(low, GOLD / "dev.jsonl")
    figures: dict[str, Any] = score_events(coded.rows, coded.above(card.min_score))
    shares = [(NAMES[name], share, count) for name, (share, count) in figures["details"].items() if name in NAMES]
    reliability = [(row["from"], int(row["events"]), row["mean"], row["right"]) for row in card.reliability]
    plv = read_rows(DATA / "dev" / "plv.dev.jsonl.gz")
    parts = (
        "# Accuracy\n\nWritten by `python -m evaluation.report`; do not edit. Weights: " + card.name + ".",
        "## News articles (`gold/dev`: 29 articles, 393 events, never trained on)\n\n" + curve(coded),
        (
            f"The coder's own threshold is {card.min_score}. *Whole*: type, an actor, a recipient, the status right. "
            "*Unreal*: denied, planned or considered acts, of those found."
        ),
        "Of the events found with their type, right are:\n\n" + table(("detail", "share", "of"), shares),
        by_type(coded, card.min_score),
        "### Faults by kind\n\n" + faults(coded, card.min_score),
        "## Single sentences (`plv.dev`)\n\n" + plv_by_root(coder, plv),
        "## What a score means (held-out tenth of our own corpus and training articles)\n\n"
        + table(("score from", "events", "mean score", "share right"), reliability),
    )
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Write the page."""
    TARGET.write_text(build(), encoding="utf-8")
    print(f"wrote {TARGET}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
