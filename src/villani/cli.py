"""The commands; each a thin shell around the library."""

import datetime as dt
import sys
import time
from collections.abc import Callable, Iterator
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from villani import __version__
from villani.actor_commands import OwnTables, actors
from villani.errors import UsageError, VillaniError
from villani.place_commands import places

if TYPE_CHECKING:
    from rich.console import Console

    from villani.records.events import CodedDocument
    from villani.records.text import Rejected

app = typer.Typer(
    add_completion=True,
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
    help="Who did what to whom, where, when, says who - from raw news, with the words that say so.",
)
app.add_typer(places, name="places")
app.command(
    epilog="Examples:  villani actors 'Sergei Lavrov' --date 2016-09-30  |  "
    "villani actors 'Jaish al-Fatah' --members  |  villani actors Russia --office 'defence minister'"
)(actors)
RECORDS = ("events", "relations", "figures", "documents")


class Format(StrEnum):
    """How records are printed."""

    table = "table"
    jsonl = "jsonl"


class Kind(StrEnum):
    """What an input is, where its content would not tell."""

    html = "html"
    text = "text"
    jsonl = "jsonl"


class Colour(StrEnum):
    """When to colour."""

    auto = "auto"
    always = "always"
    never = "never"


@app.callback(invoke_without_command=True)
def start(
    version: Annotated[bool, typer.Option("--version", help="Print the version and stop.")] = False,
) -> None:
    """Who did what to whom, where, when, says who - from raw news, with the words that say so."""
    if version:
        print(f"villani {__version__}")
        raise typer.Exit


@app.command(
    epilog="Examples:  villani code page.html  |  villani code news/ --format jsonl > events.jsonl  |  "
    "echo 'Rebels shelled Sake on Monday.' | villani code - --date 2024-02-13"
)
def code(
    inputs: Annotated[list[str], typer.Argument(metavar="INPUT...", help="Files, folders, globs, or - for stdin.")],
    output: Annotated[
        Format | None, typer.Option("--format", help="table on a terminal, jsonl in a pipe.", show_default=False)
    ] = None,
    date: Annotated[
        str | None, typer.Option(metavar="YYYY-MM-DD", help="Publication date of pages that tell none.")
    ] = None,
    records: Annotated[
        str, typer.Option(metavar="LIST", help="Which records: events,relations,figures,documents.")
    ] = "events",
    kind: Annotated[
        Kind | None, typer.Option("--from", help="What the inputs are; else told by content.", show_default=False)
    ] = None,
    status: Annotated[
        str | None, typer.Option(metavar="LIST", help="Only these: happened,claimed,denied,planned,considered.")
    ] = None,
    min_confidence: Annotated[
        float | None,
        typer.Option(min=0.0, max=1.0, help="Leave out events scored below; default: the model's own threshold."),
    ] = None,
    explain: Annotated[bool, typer.Option("--explain", help="Say why each field is what it is (table).")] = False,
    own: OwnTables = None,
    strict: Annotated[bool, typer.Option("--strict", help="Exit 1 if any input could not be coded.")] = False,
    color: Annotated[Colour, typer.Option(help="Colour of the table.")] = Colour.auto,
    quiet: Annotated[bool, typer.Option("--quiet", "-q", help="No summary.")] = False,
) -> None:
    """Read news, print events: one shot, nothing stored, nothing fetched."""
    from villani.ingest import read_pages  # noqa: PLC0415 - `villani --help` stays under half a second
    from villani.run.coder import build_coder  # noqa: PLC0415

    began = time.monotonic()
    shape = output or (Format.table if sys.stdout.isatty() else Format.jsonl)
    wanted, statuses = _listed(records, RECORDS, "--records"), _statuses(status)
    coder = build_coder(date=_day(date), min_score=min_confidence, own=own or ())
    write = _writer(shape, wanted, color, explain=explain)
    counts = {"documents": 0, "events": 0, "rejected": 0}
    pages = read_pages(inputs, kind=kind.value if kind else None, stdin=sys.stdin.buffer)
    for result in _progress(coder.stream(pages), shown=shape is Format.jsonl and not quiet):
        if hasattr(result, "reason"):
            counts["rejected"] += 1
            print(_one_line(result), file=sys.stderr, flush=True)
            continue
        counts["documents"] += 1
        counts["events"] += write(result, counts["events"] + 1, statuses)
    if not quiet:
        print(_summary(counts, time.monotonic() - began), file=sys.stderr)
    if counts["rejected"] and (strict or not counts["documents"]):
        raise typer.Exit(1 if strict and counts["documents"] else 2)


def _writer(
    shape: Format, wanted: tuple[str, ...], color: Colour, *, explain: bool
) -> Callable[["CodedDocument", int, frozenset[str]], int]:
    """A function that prints one coded document and returns how many events it printed."""
    import msgspec  # noqa: PLC0415

    from villani.printing import show_document  # noqa: PLC0415

    console = _console(color) if shape is Format.table else None
    encoder = msgspec.json.Encoder()

    def write(coded: "CodedDocument", first: int, statuses: frozenset[str]) -> int:
        kept = msgspec.structs.replace(
            coded,
            events=tuple(e for e in coded.events if e.status in statuses) if "events" in wanted else (),
            relations=coded.relations if "relations" in wanted else (),
            figures=coded.figures if "figures" in wanted else (),
        )
        if console is not None:
            for line in show_document(kept, first=first, explain=explain):
                console.print(line, soft_wrap=not console.is_terminal)
        else:
            rows = [kept.record()] if "documents" in wanted else []
            for row in (*rows, *kept.events, *kept.relations, *kept.figures):
                sys.stdout.buffer.write(encoder.encode(row) + b"\n")
            sys.stdout.buffer.flush()
        return len(kept.events)

    return write


def _console(color: Colour) -> "Console":
    from rich.console import Console  # noqa: PLC0415

    force = {Colour.auto: None, Colour.always: True, Colour.never: False}[color]
    return Console(
        force_terminal=force, no_color=color is Colour.never or None, highlight=False, emoji=False, markup=False
    )


def _progress(results: "Iterator[CodedDocument | Rejected]", *, shown: bool) -> "Iterator[CodedDocument | Rejected]":
    """The same results, counted on a terminal's stderr once the work has gone on for a second."""
    if not (shown and sys.stderr.isatty()):
        yield from results
        return
    from rich.console import Console  # noqa: PLC0415
    from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn  # noqa: PLC0415

    columns = (
        SpinnerColumn(),
        TextColumn("coding {task.completed} documents, {task.speed:.1f}/s"),
        TimeElapsedColumn(),
    )
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("coding", total=None)
        for result in results:
            yield result
            bar.advance(task)


def _one_line(result: "CodedDocument | Rejected") -> str:
    """A rejected input on one line: which, why, and what to do."""
    from villani.printing import clean  # noqa: PLC0415

    source, reason, remedy = (clean(str(getattr(result, name))) for name in ("source", "reason", "remedy"))
    return f"error: cannot code {source}: {reason}; help: {remedy}"


def _summary(counts: dict[str, int], seconds: float) -> str:
    def some(count: int, word: str) -> str:
        return f"{count:,} {word}" + ("" if count == 1 else "s")

    text = f"{some(counts['events'], 'event')} from {some(counts['documents'], 'article')} in {seconds:.1f} s"
    return text + (f"; {some(counts['rejected'], 'input')} could not be coded" if counts["rejected"] else "")


def _day(date: str | None) -> dt.date | None:
    if date is None:
        return None
    try:
        return dt.date.fromisoformat(date)
    except ValueError as error:
        raise UsageError(
            f"cannot read date {date!r}",
            cause=f"not a day of the calendar as YYYY-MM-DD ({error})",
            remedy="--date 2024-03-14",
        ) from error


def _listed(value: str, known: tuple[str, ...], option: str) -> tuple[str, ...]:
    names = tuple(part.strip() for part in value.split(",") if part.strip())
    unknown = [name for name in names if name not in known]
    if unknown or not names:
        raise UsageError(
            f"unknown value in {option}: {', '.join(unknown) or 'nothing given'}",
            cause=f"known: {', '.join(known)}",
            remedy=f"{option} {','.join(known[:2])}",
        )
    return names


def _statuses(value: str | None) -> frozenset[str]:
    from villani.records.reading import STATUSES  # noqa: PLC0415

    return frozenset(STATUSES if value is None else _listed(value, STATUSES, "--status"))


def main() -> NoReturn:
    """Run the command line: errors as error, cause and help; no traceback for what a user can mend."""
    try:
        app()
    except VillaniError as error:
        print(f"error: {error.error}", file=sys.stderr)
        if error.cause:
            print(f"  cause: {error.cause}", file=sys.stderr)
        if error.remedy:
            print(f"  help:  {error.remedy}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output left, as `head` does; Python would complain at exit
        sys.exit(0)
    except KeyboardInterrupt:
        sys.exit(130)
    sys.exit(0)
