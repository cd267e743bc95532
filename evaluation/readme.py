"""`python -m evaluation.readme` writes what the README shows: the example's true output and the table of scores.

The example needs nothing but the package, so a test compares it; the table needs the gold (VILLANI_GOLD, VILLANI_DATA).
"""

import re
import subprocess
import sys
from pathlib import Path
from typing import Any

from evaluation.__main__ import measure
from evaluation.report import DATA, GOLD
from evaluation.tables import table

README = Path(__file__).parents[1] / "README.md"
SENTENCE = (
    "GOMA, Congo (Reuters) - M23 rebels denied on Tuesday shelling Sake, after a local official said at least nine "
    "people were killed there the previous day."
)


def example() -> str:
    """The README's example as typed, with what the command prints."""
    command = [sys.executable, "-m", "villani", "code", "-", "--date", "2024-02-14", "--format", "table", "-q"]
    done = subprocess.run(command, input=SENTENCE.encode(), capture_output=True, check=True)
    typed = f'$ echo "{SENTENCE}" \\\n    | villani code - --date 2024-02-14 --format table'
    lines = [line.rstrip() for line in done.stdout.decode().splitlines()]
    return "```console\n" + typed + "\n" + "\n".join(lines).strip() + "\n```"


def scores() -> str:
    """The table of scores, a row a measure, with the command that makes it."""
    dev: dict[str, Any] = measure("events", GOLD / "dev.jsonl")
    plv = measure("plv", DATA / "dev" / "plv.dev.jsonl.gz")
    pages = measure("pages", DATA / "pages" / "english-pages.jsonl.gz")
    typed, whole, details = dev["event_type"], dev["whole"], dev["details"]
    wrong, seen, _ = dev["unreal_taken_as_real"]
    events, roots, text = "`events gold/dev.jsonl`", "`plv plv.dev.jsonl.gz`", "`pages english-pages.jsonl.gz`"
    rows = [
        (
            "29 news articles: events with the right type",
            events,
            f"P {typed['p']:.2f}, R {typed['r']:.2f}, F1 {typed['f1']:.2f}",
        ),
        (
            "... with an actor, a recipient and the status right too",
            events,
            f"F1 {whole['f1']:.2f} (two annotators: .72)",
        ),
        ("... status right, of those typed", events, f"{details['status'][0]:.2f}"),
        ("... denied, planned or considered acts coded as real", events, f"{wrong} of {seen}"),
        ("... date right, where gold has one", events, f"{details['date_where_gold_has_one'][0]:.2f}"),
        ("... country right, where gold has one", events, f"{details['country_where_gold_has_one'][0]:.2f}"),
        (
            "1,050 single sentences: PLOVER root among the events",
            roots,
            f"{plv['root_right']:.2f} (TABARI on the sister set: .32)",
        ),
        ("... with both parties", roots, f"{plv['with_parties']:.2f}"),
        (
            "143 web pages: words of the main text",
            text,
            f"F1 {pages['f1']:.3f} (trafilatura alone: {pages['trafilatura_f1']:.3f})",
        ),
    ]
    return table(("measure", "task and file", "villani 0.1.0"), rows)


def fill(text: str, name: str, content: str) -> str:
    """The text with what stands between `<!-- name -->` and `<!-- /name -->` replaced."""
    pattern = rf"(<!-- {name} -->\n).*?(<!-- /{name} -->)"
    return re.sub(pattern, lambda found: found[1] + content + "\n" + found[2], text, flags=re.DOTALL)


def main() -> int:
    """Write the README."""
    text = fill(README.read_text(encoding="utf-8"), "example", example())
    README.write_text(fill(text, "scores", scores()), encoding="utf-8")
    print(f"wrote {README}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
