"""The tables of parties and office holders: ours out of the package, and those a user adds."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import NoReturn

from villani.errors import InputError, ResourceError
from villani.resources.lexicons import load_lines
from villani.resources.parties import Row, Tables, refuse_shared_names

PARTY_COLUMNS = ("actor_id", "name", "aliases", "country", "sector")
HOLDER_COLUMNS = ("names", "of", "sector", "from", "to", "office")
CHANGE_COLUMNS = ("actor_id", "from", "to", "country", "sector", "why")
SECTORS = set(
    "GOV MIL REB COP CVL LEG JUD PTY OPP MED NGO IGO UAF CRM SPY ELI LAB EDU REL BUS JRN REF IMG AGR MNC ISM PRE PRM"
    " SOC UNK".split()
)
REMEDY = "correct the line; docs/actors.md explains the tables"


def load_tables() -> Tables:
    """Our own tables.

    Raises:
        ResourceError: one is missing or broken; file and line are named.
    """
    groups = ("armed_groups", "ucdp_groups", "organisations", "forces", "parties")
    return Tables(
        countries=load_lines("en/countries"),
        groups=[row for name in groups for row in load_lines(f"en/{name}")],
        changes=load_lines("en/group_changes"),
        regions=load_lines("en/subnational"),
        others=load_lines("en/other_names"),
        holders=load_lines("en/office_holders"),
        leaders=load_lines("en/leaders"),
    )


def read_own(tables: Tables, paths: Sequence[Path]) -> Tables:
    """Our tables with a user's in front of them: what a user says of a party counts before what we say.

    A user's table is UTF-8 text with tabs: comments (`#`), a line that names the columns (those of PARTY_COLUMNS,
    HOLDER_COLUMNS or CHANGE_COLUMNS), then one entry a line. A party may extend one of ours by its actor_id.

    Raises:
        InputError: a file cannot be read or a line is broken; file and line are named.
    """
    own = _Own(tables)
    for path in paths:
        own.read(path)
    return own.tables()


class _Own:
    """A user's tables as they are read, each line checked against what is known so far."""

    def __init__(self, tables: Tables) -> None:
        self._tables = tables
        self._states = {row[0] for row in tables.countries}
        self._known = self._states | {row[0] for row in tables.groups}
        self._groups: list[Row] = []
        self._holders: list[Row] = []
        self._changes: list[Row] = []
        self._where = ""

    def tables(self) -> Tables:
        """Everything, the user's rows first."""
        ours = self._tables
        return replace(
            ours,
            groups=[*self._groups, *ours.groups],
            holders=[*self._holders, *ours.holders],
            changes=[*self._changes, *ours.changes],
        )

    def read(self, path: Path) -> None:
        """Read one table."""
        columns: Row = ()
        for number, row in _lines(path):
            self._where = f"{path}:{number}"
            if not columns:
                columns = row
                if columns not in {PARTY_COLUMNS, HOLDER_COLUMNS, CHANGE_COLUMNS}:
                    known = " | ".join(", ".join(names) for names in (PARTY_COLUMNS, HOLDER_COLUMNS, CHANGE_COLUMNS))
                    self._refuse(f"the columns are {', '.join(columns)}", f"known tables: {known}")
                continue
            if len(row) != len(columns):
                self._refuse(f"{len(row)} fields where {len(columns)} are named", "fields are parted by tabs")
            if columns == PARTY_COLUMNS:
                self._party(row)
            elif columns == HOLDER_COLUMNS:
                self._holder(row)
            else:
                self._change(row)
        if not columns:
            self._where = f"{path}:1"
            self._refuse("the table is empty", "a line that names the columns is missing")

    def _party(self, row: Row) -> None:
        actor_id, name, _, country, sector = row
        if not actor_id or not name:
            self._refuse("a party needs an actor_id and a name", f"met {actor_id!r} and {name!r}")
        self._check(country, sector)
        found = (*row[:4], sector, (country or "IMG") + sector)
        try:
            refuse_shared_names([found, *self._groups, *self._tables.groups])
        except ResourceError as error:
            raise InputError(f"{self._where}: {error.error}", cause=error.cause, remedy=error.remedy) from error
        self._groups.append(found)
        self._known.add(actor_id)

    def _holder(self, row: Row) -> None:
        names, of, sector, first, last, office = row
        if not names or not office:
            self._refuse("an office holder needs a name and an office", f"met {names!r} and {office!r}")
        if of not in self._known:
            self._refuse(f"no state or party has the code {of!r}", "add the party in a table given before this one")
        self._check("", sector)
        self._days(first, last)
        if not first:
            self._refuse("the day an office began is missing", "write the first of its year if no more is known")
        self._holders.append(row)

    def _change(self, row: Row) -> None:
        actor_id, first, last, country, sector, why = row
        if actor_id not in self._known - self._states:
            self._refuse(f"no party has the actor_id {actor_id!r}", "add the party in a table given before this one")
        self._check(country, sector)
        self._days(first, last)
        self._changes.append((actor_id, first, last, country, sector, why))

    def _check(self, country: str, sector: str) -> None:
        if country and country not in self._states:
            self._refuse(f"unknown state {country!r}", "states are ISO 3166-1 alpha-3, as in SDN")
        if sector not in SECTORS:
            self._refuse(f"unknown sector {sector!r}", f"sectors of PLOVER are {' '.join(sorted(SECTORS))}")

    def _days(self, first: str, last: str) -> None:
        for day in filter(None, (first, last)):
            try:
                dt.date.fromisoformat(day)
            except ValueError:
                self._refuse(f"{day!r} is no day", "days are written YYYY-MM-DD")
        if first and last and last < first:
            self._refuse(f"it ends on {last}, before it begins on {first}", "the first day stands first")

    def _refuse(self, what: str, why: str) -> NoReturn:
        raise InputError(f"{self._where}: {what}", cause=why, remedy=REMEDY)


def _lines(path: Path) -> Iterator[tuple[int, Row]]:
    """The lines of a table that are neither empty nor comments, numbered from 1, their fields without blanks."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}", cause=str(error), remedy="give a UTF-8 text file with tabs") from error
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip() and not line.startswith("#"):
            yield number, tuple(field.strip() for field in line.rstrip("\r").split("\t"))
