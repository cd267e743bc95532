"""What the coder knows of the world: parties, offices, places and the ontology, loaded once and handed on."""

import hashlib
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from importlib import resources
from typing import Literal, TypeVar, cast

from villani.errors import ResourceError
from villani.records.events import Quad
from villani.resources.folding import fold_name
from villani.resources.lexicons import load_lines, parse_lines
from villani.resources.toponyms import Gazetteer

Entry = TypeVar("Entry")
NameKind = Literal["country", "adjective", "people", "seat", "body"]
# States whose people write the family name first.
FAMILY_FIRST = {"PRK", "KOR", "CHN", "TWN", "VNM"}
WITH_ARTICLE = ("United ", "Republic ", "Democratic ", "Central African ", "Czech Rep", "Dominican Rep", "Marshall ")
PARTICLES = {"al", "el", "ben", "bin", "de", "van", "von", "der", "la", "ould", "abu"}


@dataclass(frozen=True, slots=True)
class Body:
    """A party with an identity: a government, an organisation, an armed group."""

    actor_id: str
    name: str
    country: str | None
    sector: str
    code: str


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


@dataclass(frozen=True, slots=True)
class Code:
    """How a type with its mode is exported."""

    cameo: str
    quad: Quad


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything resolution is given. Keys of `names`, `heads`, `people` and `surnames` are folded (see `fold_name`).

    `countries` gives a state's name, with its article, by ISO 3166-1 alpha-3; `heads` the PLOVER sector of a noun;
    `people` terms by full name and `surnames` by family name; `codes` is keyed by type and mode, "" for none.
    """

    gazetteer: Gazetteer
    countries: Mapping[str, str]
    names: Mapping[str, tuple[NameEntry, ...]]
    heads: Mapping[str, str]
    people: Mapping[str, tuple[Term, ...]]
    surnames: Mapping[str, tuple[Term, ...]]
    codes: Mapping[tuple[str, str], Code]


def load_knowledge() -> Knowledge:
    """Load what the package ships.

    Raises:
        ResourceError: a file is missing, broken, or not the one the manifest describes.
    """
    rows = load_lines("en/countries")
    governments = {row[0]: _government(row[0], row[1]) for row in rows}
    bodies = tuple((row, _body(row)) for name in ("en/armed_groups", "en/organisations") for row in load_lines(name))
    terms = tuple(_terms(governments, {body.actor_id: body for _, body in bodies}))
    return Knowledge(
        gazetteer=Gazetteer(load_verified("gazetteer/places.bin")),
        countries={iso3: body.name.removeprefix("Government of ") for iso3, body in governments.items()},
        names=_names(rows, governments, bodies),
        heads={fold_name(noun): sector for noun, sector in load_lines("en/heads")},
        people=_grouped((fold_name(name), term) for name, term in terms),
        surnames=_grouped((key, term) for name, term in terms for key in _surnames(name, term)),
        codes=_codes(),
    )


def load_verified(path: str) -> bytes:
    """A large file of the package, its digest checked against `manifest.toml`.

    Raises:
        ResourceError: the file is missing or is another than the manifest says.
    """
    folder = resources.files("villani.resources")
    remedy = "install villani again: its resources are part of the package"
    try:
        manifest = tomllib.loads(folder.joinpath("manifest.toml").read_text(encoding="utf8"))
        wanted = manifest[path]["sha256"]
        blob = folder.joinpath(path).read_bytes()
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"cannot load {path}", cause=repr(error), remedy=remedy) from error
    found = hashlib.sha256(blob).hexdigest()
    if found != wanted:
        raise ResourceError(
            f"{path} is damaged", cause=f"its sha256 is {found}, the manifest says {wanted}", remedy=remedy
        )
    return blob


def _government(iso3: str, name: str) -> Body:
    article = "the " if name.startswith(WITH_ARTICLE) or name.endswith(("lands", "ines", "dives", "hamas")) else ""
    return Body(f"{iso3}.GOV", f"Government of {article}{name}", iso3, "GOV", f"{iso3}GOV")


def _body(row: tuple[str, ...]) -> Body:
    actor_id, name, _, country, sector, code = row
    return Body(actor_id, name, country or None, sector, code)


def _names(
    rows: Iterable[tuple[str, ...]], governments: Mapping[str, Body], bodies: Iterable[tuple[tuple[str, ...], Body]]
) -> dict[str, tuple[NameEntry, ...]]:
    """Every name of a party; of two parties with one name the group stands before the organisation and the state."""
    entries: list[NameEntry] = []
    for row, body in bodies:
        written = (row[1], *filter(None, row[2].split("|")))
        entries.extend(NameEntry(name.rstrip("?"), "body", body, name.endswith("?")) for name in written)
    kinds: tuple[tuple[NameKind, int], ...] = (("country", 2), ("adjective", 3), ("people", 4), ("seat", 5))
    for row in rows:
        entries.append(NameEntry(row[1], "country", governments[row[0]]))
        for kind, column in kinds:
            several = filter(None, row[column].split("|"))
            entries.extend(NameEntry(name, kind, governments[row[0]]) for name in several)
    return _grouped((fold_name(entry.written), entry) for entry in entries)


def _terms(governments: Mapping[str, Body], bodies: Mapping[str, Body]) -> Iterable[tuple[str, Term]]:
    """Each name of each office holder with the term; a leader of a state is its government."""
    for names, of, sector, first, last, office in load_lines("en/office_holders"):
        home = governments.get(of) or bodies.get(of)
        if home is None:
            raise ResourceError(f"lexicons/en/office_holders.tsv: {names}: unknown state or body {of!r}")
        full = names.split("|")[0]
        if of in governments and sector != "GOV":
            home = replace(home, actor_id=f"{of}.{sector}", sector=sector, code=f"{of}{sector}")
        for name in names.split("|"):
            yield name, Term(full, home, sector, first, last, office)
    for name, country, first, last in load_lines("en/leaders"):
        yield name, Term(name, governments[country], "GOV", first, last, "leader")


def _surnames(name: str, term: Term) -> set[str]:
    """Keys by which a family name is found: with its particle and without; the first word where it stands first."""
    words = fold_name(name).split()
    if len(words) > 1 and term.body.country in FAMILY_FIRST:
        return {words[0]}
    keys = {words[-1]}
    if len(words) > 2 and words[-2] in PARTICLES:
        keys.add(" ".join(words[-2:]))
    return {key for key in keys if len(key) > 2 or term.body.country in FAMILY_FIRST}


def _codes() -> dict[tuple[str, str], Code]:
    path = "ontology/plover.tsv"
    text = resources.files("villani.resources").joinpath(path).read_text(encoding="utf8")
    return {
        (kind, "" if mode == "-" else mode): Code(cameo, cast("Quad", quad))
        for kind, mode, cameo, quad in parse_lines(text, path)
    }


def _grouped(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    """Values by key, in order, each once."""
    found: defaultdict[str, dict[Entry, None]] = defaultdict(dict)
    for key, value in pairs:
        found[key][value] = None
    return {key: tuple(values) for key, values in found.items()}
