"""Parties and people of the world: who they are, what they are called, which office they held and when."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Literal, TypeVar

import msgspec

from villani.errors import ResourceError
from villani.resources.folding import fold_name, loosen_name

Entry = TypeVar("Entry")
NameKind = Literal["country", "adjective", "people", "seat", "region", "body", "other"]
Row = tuple[str, ...]
# States whose people write the family name first.
FAMILY_FIRST = {"PRK", "KOR", "CHN", "TWN", "VNM", "HKG"}
WITH_ARTICLE = ("United ", "Republic ", "Democratic ", "Central African ", "Czech Rep", "Dominican Rep", "Marshall ")
PARTICLES = {"al", "el", "ben", "bin", "de", "van", "von", "der", "la", "ould", "abu"}
# Sectors that a state has one of; only these give an actor an identity of its own.
BRANCHES = {
    "GOV": "Government",
    "MIL": "Armed forces",
    "COP": "Police",
    "LEG": "Parliament",
    "JUD": "Judiciary",
    "SPY": "Intelligence services",
}
# The office of those who come from a list that names none.
HEAD = "head of state or government"
REPACK = "run resources_build/compile_actors.py --pack, or install villani again"


@dataclass(frozen=True, slots=True)
class Phase:
    """A time in which a party is coded otherwise. Days are ISO 8601 text, both inclusive, "" for open."""

    first: str
    last: str
    country: str | None
    sector: str
    why: str

    def covers(self, day: str) -> bool:
        """Whether a day (ISO 8601) lies in it."""
        return self.first <= day and (not self.last or day <= self.last)


@dataclass(frozen=True, slots=True)
class Body:
    """A party with an identity: a government or its branch, an organisation, an armed group.

    `actor_id` is None for what has a country and a sector but is no party of its own: a province's government, an
    airline, the opposition leader's side.
    """

    actor_id: str | None
    name: str
    country: str | None
    sector: str
    code: str
    phases: tuple[Phase, ...] = ()

    def on(self, day: str | None) -> "Body":
        """The party as it is coded on a day (ISO 8601); as in its table without one."""
        for phase in self.phases:
            if day is not None and phase.covers(day):
                code = (phase.country or "IMG") + phase.sector
                return replace(self, country=phase.country, sector=phase.sector, code=code, phases=())
        return self

    def is_state(self) -> bool:
        """Whether this is a state's government or one of its branches, no party beside it."""
        return self.actor_id is not None and self.actor_id.partition(".")[2] in BRANCHES


@dataclass(frozen=True, slots=True)
class NameEntry:
    """One way a party is named. A `hedged` name counts only where the document speaks of the party's state."""

    written: str
    kind: NameKind
    body: Body
    hedged: bool = False


@dataclass(frozen=True, slots=True)
class Term:
    """A person in an office. Days are ISO 8601 text, both inclusive; `last` is "" for those still in office."""

    name: str
    body: Body
    sector: str
    first: str
    last: str
    office: str

    def covers(self, day: str) -> bool:
        """Whether the office was held on a day (ISO 8601)."""
        return self.first <= day and (not self.last or day <= self.last)


@dataclass(frozen=True)
class Tables:
    """The rows that parties are built from, each with the columns its lexicon names."""

    countries: Sequence[Row]
    groups: Sequence[Row]
    changes: Sequence[Row]
    regions: Sequence[Row]
    others: Sequence[Row]
    holders: Sequence[Row]
    leaders: Sequence[Row]


@dataclass(frozen=True, eq=False)
class Parties:
    """Parties and people by name. Keys are folded (see `fold_name`); those of `loose` loosened, to a folded name.

    `countries` gives a state's name, with its article, by ISO 3166-1 alpha-3; `bodies` parties by actor_id;
    `people` terms by full name, `surnames` by family name, `offices` by state or body (those of listed offices).
    """

    countries: Mapping[str, str]
    bodies: Mapping[str, Body]
    names: Mapping[str, tuple[NameEntry, ...]]
    people: Mapping[str, tuple[Term, ...]]
    surnames: Mapping[str, tuple[Term, ...]]
    offices: Mapping[str, tuple[Term, ...]]
    loose: Mapping[str, str]


def build_parties(tables: Tables) -> Parties:
    """Put the tables together.

    Raises:
        ResourceError: an office or a change is of a party that no table names, or two parties bear one name.
    """
    governments = {row[0]: _government(row[0], row[1]) for row in tables.countries}
    phases = _phases(tables.changes)
    bodies: dict[str, Body] = {}
    for row in tables.groups:
        bodies.setdefault(row[0], _body(row, phases.pop(row[0], ())))
    if phases:
        raise ResourceError(f"group_changes.tsv: no table names the party {min(phases)}")
    refuse_shared_names(tables.groups)
    terms = tuple(_terms(tables, governments, bodies))
    names = _grouped((fold_name(entry.written), entry) for entry in _names(tables, governments, bodies))
    people = _grouped((fold_name(name), term) for name, term in terms)
    return Parties(
        countries={iso3: body.name.removeprefix("Government of ") for iso3, body in governments.items()},
        bodies={**{f"{iso3}.GOV": body for iso3, body in governments.items()}, **bodies},
        names=names,
        people=people,
        surnames=_grouped((key, term) for name, term in terms for key in _surnames(name, term)),
        offices=_grouped(
            (term.body.country or term.body.actor_id or "", term) for _, term in terms if term.office != HEAD
        ),
        loose=_loosened(names, people),
    )


class _Packed(msgspec.Struct, frozen=True, array_like=True):
    """Parties as they are stored: bodies, name entries and terms once each, all else by their numbers."""

    countries: dict[str, str]
    bodies: list[Body]
    entries: list[tuple[str, NameKind, int, bool]]
    terms: list[tuple[str, int, str, str, str, str]]
    known: list[int]
    names: dict[str, tuple[int, ...]]
    people: dict[str, tuple[int, ...]]
    surnames: dict[str, tuple[int, ...]]
    offices: dict[str, tuple[int, ...]]
    loose: dict[str, str]


def pack_parties(parties: Parties) -> bytes:
    """The bytes that `unpack_parties` reads back."""
    entries = dict.fromkeys(entry for found in parties.names.values() for entry in found)
    terms = dict.fromkeys(term for found in parties.people.values() for term in found)
    used = (*parties.bodies.values(), *(entry.body for entry in entries), *(term.body for term in terms))
    body_at = {body: number for number, body in enumerate(dict.fromkeys(used))}
    entry_at = {entry: number for number, entry in enumerate(entries)}
    term_at = {term: number for number, term in enumerate(terms)}
    packed = _Packed(
        countries=dict(parties.countries),
        bodies=list(body_at),
        entries=[(entry.written, entry.kind, body_at[entry.body], entry.hedged) for entry in entries],
        terms=[(term.name, body_at[term.body], term.sector, term.first, term.last, term.office) for term in terms],
        known=[body_at[body] for body in parties.bodies.values()],
        names={key: tuple(entry_at[entry] for entry in found) for key, found in parties.names.items()},
        people=_numbers(parties.people, term_at),
        surnames=_numbers(parties.surnames, term_at),
        offices=_numbers(parties.offices, term_at),
        loose=dict(parties.loose),
    )
    return msgspec.msgpack.encode(packed)


def _numbers(terms: Mapping[str, tuple[Term, ...]], at: Mapping[Term, int]) -> dict[str, tuple[int, ...]]:
    return {key: tuple(at[term] for term in found) for key, found in terms.items()}


def unpack_parties(blob: bytes) -> Parties:
    """Read packed parties.

    Raises:
        ResourceError: the bytes are not what `pack_parties` writes.
    """
    try:
        packed = msgspec.msgpack.decode(blob, type=_Packed)
    except msgspec.MsgspecError as error:
        raise ResourceError("the packed parties cannot be read", cause=str(error), remedy=REPACK) from error
    bodies = packed.bodies
    entries = [NameEntry(written, kind, bodies[body], hedged) for written, kind, body, hedged in packed.entries]
    terms = [Term(name, bodies[body], *rest) for name, body, *rest in packed.terms]
    return Parties(
        countries=packed.countries,
        bodies={bodies[number].actor_id or "": bodies[number] for number in packed.known},
        names={key: tuple([entries[number] for number in found]) for key, found in packed.names.items()},
        people={key: tuple([terms[number] for number in found]) for key, found in packed.people.items()},
        surnames={key: tuple([terms[number] for number in found]) for key, found in packed.surnames.items()},
        offices={key: tuple([terms[number] for number in found]) for key, found in packed.offices.items()},
        loose=packed.loose,
    )


def refuse_shared_names(groups: Iterable[Row]) -> None:
    """Two parties may share a name only where it is hedged and they are of different states.

    Raises:
        ResourceError: they share one otherwise.
    """
    owners: dict[tuple[str, str], str] = {}
    for row in groups:
        for name in (row[1], *filter(None, row[2].split("|"))):
            key = (fold_name(name), f"?{row[3]}" if name.endswith("?") else "")
            owner = owners.setdefault(key, row[0])
            if owner != row[0]:
                bare = name.rstrip("?")
                raise ResourceError(
                    f"{row[0]} and {owner} are both called {bare!r}",
                    cause="two parties bear one name",
                    remedy=f"write '{bare}?': it then counts only where the document speaks of the party's state",
                )


def _government(iso3: str, name: str) -> Body:
    article = "the " if name.startswith(WITH_ARTICLE) or name.endswith(("lands", "ines", "dives", "hamas")) else ""
    return Body(f"{iso3}.GOV", f"Government of {article}{name}", iso3, "GOV", f"{iso3}GOV")


def _phases(rows: Iterable[Row]) -> dict[str, tuple[Phase, ...]]:
    found: defaultdict[str, list[Phase]] = defaultdict(list)
    for actor_id, first, last, country, sector, why in rows:
        found[actor_id].append(Phase(first, last, country or None, sector, why))
    return {actor_id: tuple(phases) for actor_id, phases in found.items()}


def _body(row: Row, phases: tuple[Phase, ...]) -> Body:
    actor_id, name, _, country, sector, code = row
    return Body(actor_id, name.rstrip("?"), country or None, sector, code, phases)


def _names(tables: Tables, governments: Mapping[str, Body], bodies: Mapping[str, Body]) -> Iterable[NameEntry]:
    """Every name of a party; of two parties with one name the group stands before the organisation and the state."""
    for row in tables.groups:
        for name in (row[1], *filter(None, row[2].split("|"))):
            yield NameEntry(name.rstrip("?"), "body", bodies[row[0]], name.endswith("?"))
    for name, country in tables.regions:
        yield NameEntry(name, "region", Body(None, f"Government of {name}", country, "GOV", f"{country}GOV"))
    for name, country, sector in tables.others:
        code = country + (sector if sector != "UNK" else "")
        yield NameEntry(name, "other", Body(None, name, country or None, sector, code))
    kinds: tuple[tuple[NameKind, int], ...] = (("country", 2), ("adjective", 3), ("people", 4), ("seat", 5))
    for row in tables.countries:
        yield NameEntry(row[1], "country", governments[row[0]])
        for kind, column in kinds:
            for name in filter(None, row[column].split("|")):
                yield NameEntry(name, kind, governments[row[0]])


def _terms(tables: Tables, governments: Mapping[str, Body], bodies: Mapping[str, Body]) -> Iterable[tuple[str, Term]]:
    """Each name of each office holder with the term; a leader of a state is its government."""
    for names, of, sector, first, last, office in tables.holders:
        home = governments.get(of) or bodies.get(of)
        if home is None:
            raise ResourceError(f"office_holders.tsv: {names}: unknown state or body {of!r}")
        full = names.split("|")[0]
        if of in governments and sector != "GOV":
            branch = f"{of}.{sector}" if sector in BRANCHES else None
            home = replace(home, actor_id=branch, sector=sector, code=f"{of}{sector}")
        for name in names.split("|"):
            yield name, Term(full, home, sector, first, last, office)
    for name, country, first, last in tables.leaders:
        yield name, Term(name, governments[country], "GOV", first, last, HEAD)


def _surnames(name: str, term: Term) -> list[str]:
    """Keys by which a family name is found: with its particle and without; the first word where it stands first."""
    words = fold_name(name).split()
    if len(words) > 1 and term.body.country in FAMILY_FIRST:
        return [words[0]]
    keys = {words[-1]}
    if len(words) > 2 and words[-2] in PARTICLES:
        keys.add(" ".join(words[-2:]))
    return sorted(key for key in keys if len(key) > 2 or term.body.country in FAMILY_FIRST)


def _loosened(names: Mapping[str, tuple[NameEntry, ...]], people: Mapping[str, tuple[Term, ...]]) -> dict[str, str]:
    """Names of two words and more by their loosened spelling, where that is one party's or one person's alone."""
    owners: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for key, terms in people.items():
        if " " in key:
            owners[loosen_name(key)][terms[0].name] = key
    for key, entries in names.items():
        if " " in key and entries[0].kind == "body" and not entries[0].hedged:
            owners[loosen_name(key)][entries[0].body.actor_id or ""] = key
    return {loose: next(iter(found.values())) for loose, found in owners.items() if len(found) == 1 and " " in loose}


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Values by key, in order, each once."""
    found: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
