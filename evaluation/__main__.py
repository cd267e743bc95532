"""`python -m evaluation TASK FILE`: one JSON line of metrics for a file of gold data."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from evaluation.coding import code_gold, read_rows
from evaluation.events import score_events
from evaluation.plv import score_plv
from villani.errors import VillaniError
from villani.run.coder import build_coder

TASKS = {
    "events": "coded events against a gold file (../shared/gold/dev.jsonl)",
    "plv": "PLOVER roots and parties of single sentences (../shared/data/dev/plv.dev.jsonl.gz)",
    "pages": "main text of HTML pages (../shared/data/pages/english-pages.jsonl.gz)",
}


def measure(task: str, path: Path) -> dict[str, Any]:
    """The metrics of one task on one file.

    Raises:
        InputError: the file cannot be read.
    """
    if task == "pages":
        from evaluation.pages import score_pages  # noqa: PLC0415 - lxml and trafilatura for this task only

        return dict(score_pages(path))
    coder = build_coder()
    rows = read_rows(path)
    if task == "plv":
        return dict(score_plv(coder, rows))
    events = [event for document in code_gold(coder, rows) for event in document.events]
    return score_events(rows, events)


def main() -> int:
    """Read the command line, measure, print."""
    epilog = "tasks:\n" + "\n".join(f"  {name:8} {what}" for name, what in TASKS.items())
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
