"""`villani actors`: who a name is, on a day; who held an office; who belongs to an alliance."""

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from villani.errors import UsageError

if TYPE_CHECKING:
    from villani.resources.directory import PartyRecord, TermRecord

MAX_ALIASES = 8
OwnTables = Annotated[
    list[Path] | None,
    typer.Option(
        "--actors",
        metavar="FILE",
        envvar="VILLANI_ACTORS",
        help="A table of parties or office holders of your own; may be repeated (docs/actors.md).",
        show_default=False,
    ),
]


def actors(
    name: Annotated[str, typer.Argument(help="A party, state or person, in any spelling, or an actor_id.")],
    date: Annotated[str | None, typer.Option(metavar="YYYY-MM-DD", help="As of this day.", show_default=False)] = None,
    office: Annotated[
        str | None, typer.Option(metavar="WORDS", help="Who held this office of it: 'foreign minister'.")
    ] = None,
    members: Annotated[bool, typer.Option("--members", help="The members of it, an alliance.")] = False,  # noqa: FBT002
    output: Annotated[
        str | None,
        typer.Option(
            "--format", metavar="table|jsonl", help="table on a terminal, jsonl in a pipe.", show_default=False
        ),
    ] = None,
    own: OwnTables = None,
) -> None:
    """Look an actor up: what it is coded as, its other names, offices held. Exit 1 if there is none."""
    from villani.resources.directory import Directory, load_memberships  # noqa: PLC0415 - `--help` stays fast
    from villani.resources.knowledge import load_parties  # noqa: PLC0415

    day = _day(date)
    directory = Directory(load_parties(own or ()), load_memberships())
    found: Sequence[PartyRecord | TermRecord]
    if members:
        found = directory.members(name, day)
    elif office is not None:
        found = directory.offices(name, office, day)
    else:
        found = directory.look_up(name, day)
    _show(found, _format(output))
    if not found:
        _explain_nothing(name, directory.alike(name), narrowed=members or office is not None or day is not None)
        raise typer.Exit(1)


def _day(date: str | None) -> str | None:
    if date is None:
        return None
    try:
        return dt.date.fromisoformat(date).isoformat()
    except ValueError as error:
        raise UsageError(
            f"{date!r} is no day", cause=str(error), remedy="villani actors NAME --date 2016-09-30"
        ) from error


def _format(output: str | None) -> str:
    if output not in {None, "table", "jsonl"}:
        raise UsageError(f"unknown format {output!r}", cause="known: table, jsonl", remedy="--format jsonl")
    return output or ("table" if sys.stdout.isatty() else "jsonl")


def _show(records: "Sequence[PartyRecord | TermRecord]", output: str) -> None:
    import msgspec  # noqa: PLC0415

    for record in records:
        if output == "jsonl":
            print(msgspec.json.encode(record).decode())
        else:
            print("\n".join(_lines(record)))


def _lines(record: "PartyRecord | TermRecord") -> Iterator[str]:
    """A record as a person reads it."""
    from villani.resources.directory import TermRecord  # noqa: PLC0415

    if isinstance(record, TermRecord):
        code = f"{record.country or ''}{record.sector}"
        yield f"{record.name}   {record.office}, {record.of} [{code}]   {record.first} to {record.last or 'now'}"
        return
    codes = f"country {record.country or '-'}, sector {record.sector}, id {record.actor_id or '-'}"
    yield f"{record.name}   {record.code}   {codes}"
    if record.aliases:
        more = f" and {len(record.aliases) - MAX_ALIASES} more" if len(record.aliases) > MAX_ALIASES else ""
        yield f"    also      {'; '.join(record.aliases[:MAX_ALIASES])}{more}"
    for change in record.changes:
        yield f"    but       {change}"
    if record.part_of:
        yield f"    part of   {', '.join(record.part_of)}"
    if record.members:
        yield f"    members   {', '.join(record.members)}"


def _explain_nothing(name: str, alike: Sequence[str], *, narrowed: bool) -> None:
    hint = f"; spelled alike: {', '.join(alike)}" if alike else ""
    narrower = "; without --date, --office and --members there may be more" if narrowed else ""
    print(f"nothing known of {name!r}{hint}{narrower}", file=sys.stderr)
