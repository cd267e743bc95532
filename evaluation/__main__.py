"""`python -m evaluation TASK FILE`: one JSON line of metrics for a file of gold data."""

import argparse
import json
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.coding import Row, code_gold, read_rows
from evaluation.events import score_events
from evaluation.factuality import score_grades
from evaluation.muc import score_muc
from evaluation.places import score_places
from evaluation.plv import score_plv
from evaluation.police import score_police
from evaluation.says import score_says
from evaluation.times import score_times
from villani.errors import VillaniError
from villani.run.coder import Coder, build_coder

Measure = Callable[[Path], Mapping[str, Any]]


@dataclass(frozen=True)
class Task:
    """What a task measures, and on which file; `run` raises InputError where it cannot be read."""

    about: str
    run: Measure


def _coded(score: Callable[[Coder, Sequence[Row]], Mapping[str, Any]]) -> Measure:
    """A measure that codes the rows of a JSONL file."""
    return lambda path: score(build_coder(), read_rows(path))


def _events(coder: Coder, rows: Sequence[Row]) -> Mapping[str, Any]:
    return score_events(rows, [event for document in code_gold(coder, rows) for event in document.events])


def _pages(path: Path) -> Mapping[str, Any]:
    from evaluation.pages import score_pages  # noqa: PLC0415 - lxml and trafilatura for this task only

    return score_pages(path)


def _facts(path: Path) -> Mapping[str, Any]:
    from evaluation.facts import score_facts  # noqa: PLC0415 - reads our corpus with the training code

    return score_facts(build_coder(), path)


def _actors(path: Path) -> Mapping[str, Any]:
    from evaluation.actors import measure_cases  # noqa: PLC0415 - needs no reader

    return measure_cases(path)


def _actors_gold(path: Path) -> Mapping[str, Any]:
    from evaluation.actors import measure_gold  # noqa: PLC0415 - needs no reader

    return measure_gold(path)


def _copies(path: Path) -> Mapping[str, Any]:
    from evaluation.copies import score_copies  # noqa: PLC0415 - needs no reader

    return score_copies(path)


TASKS = {
    "actors": Task("codes of given phrases (evaluation/actor_cases.tsv, evaluation/actor_cases_blind.tsv)", _actors),
    "actors-gold": Task("codes of the gold's parties, by actor_gold.tsv (../shared/gold/dev.jsonl)", _actors_gold),
    "copies": Task(
        "made launderings found, reports of one event kept apart (../shared/data/dev/same-event-clusters.jsonl.gz)",
        _copies,
    ),
    "events": Task("coded events against a gold file (../shared/gold/dev.jsonl)", _coded(_events)),
    "facts": Task("relations and figures on the held-out tenth of a corpus (training/corpus)", _facts),
    "india-police": Task(
        "acts of the police, by sentence (../shared/data/dev/india-police.half.jsonl.gz)", _coded(score_police)
    ),
    "muc34": Task("incidents of terrorism reports (../shared/data/dev/muc34.dev.jsonl.gz)", _coded(score_muc)),
    "pages": Task("main text of HTML pages (../shared/data/pages/english-pages.jsonl.gz)", _pages),
    "places": Task(
        "names of places, given and found (../shared/data/dev/places-{lgl,trnews,geovirus}.jsonl.gz)",
        _coded(score_places),
    ),
    "plv": Task(
        "PLOVER roots and parties of single sentences (../shared/data/dev/plv.dev.jsonl.gz)", _coded(score_plv)
    ),
    "says": Task("who says so (../shared/data/dev/polnear.dev.jsonl.gz)", _coded(score_says)),
    "times": Task(
        "time phrases and TIMEX3 values (../shared/data/dev/time-{timebank,aquaint}.jsonl.gz)", _coded(score_times)
    ),
    "uw": Task("status against a crowd (../shared/data/dev/factuality-{uw,cb}.dev.jsonl.gz)", _coded(score_grades)),
}


def measure(task: str, path: Path) -> dict[str, Any]:
    """The metrics of one task on one file.

    Raises:
        InputError: the file cannot be read.
    """
    return dict(TASKS[task].run(path))


def main() -> int:
    """Read the command line, measure, print."""
    epilog = "tasks:\n" + "\n".join(f"  {name:12} {task.about}" for name, task in TASKS.items())
    parser = argparse.ArgumentParser(
        prog="python -m evaluation", description=__doc__, epilog=epilog, formatter_class=argparse.RawTextHelpFormatter
    )
    parser.add_argument("task", choices=sorted(TASKS))
    parser.add_argument("file", type=Path)
    args = parser.parse_args()
    try:
        print(json.dumps(measure(args.task, args.file)))
    except VillaniError as error:
        print(f"error: {error.error}\n  cause: {error.cause}\n  help:  {error.remedy}", file=sys.stderr)
        return 2
    return 0


if __name__ == "__main__":
    sys.exit(main())
