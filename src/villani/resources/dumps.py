"""GeoNames country dumps: read, checked line by line, and compiled into a gazetteer to lie beside the shipped one.

A dump is the file `SD.txt` of https://download.geonames.org/export/dump/SD.zip (CC BY 4.0): nineteen columns parted by
tabs, one place a line, described in the readme.txt beside it.
"""

import io
import os
import sys
import zipfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from villani.errors import InputError, ResourceError
from villani.resources.folding import fold_name
from villani.resources.outlines import area_names, is_key, town_names, town_radius_km
from villani.resources.toponyms import Entry, Gazetteer, PlaceKind, compile_gazetteer, unpack

COLUMNS = 19
FOLDER_VARIABLE = "VILLANI_PLACES"
ENDING = ".places"
MAX_BYTES = 2_000_000_000  # the largest country, the United States, has 0.35 GB
REMEDY = "give the file as GeoNames publishes it: https://download.geonames.org/export/dump/"
# What is taken beside towns and areas, with the radius in km that covers such a place.
SITES = {"AIRB": 5, "AIRF": 3, "AIRP": 4, "BDG": 1, "CMPRF": 3, "CMPREF": 3, "DAM": 2, "HSP": 1, "INSM": 4, "MFGM": 2}
SITES |= {"MN": 3, "OILR": 4, "PRT": 4, "PRN": 1, "PS": 2, "PSN": 3, "RSTN": 1, "CSTM": 1, "MSQE": 1, "UNIV": 2}
LANDS = {
    "RGN": 80,
    "RGNE": 80,
    "AREA": 40,
    "MTS": 50,
    "MT": 8,
    "HLLS": 25,
    "ISL": 15,
    "ISLS": 60,
    "DSRT": 150,
    "VAL": 30,
}
LANDS |= {
    "PLN": 60,
    "PLAT": 80,
    "PEN": 40,
    "DELTA": 60,
    "LK": 20,
    "RSV": 15,
    "STM": 80,
    "STMI": 60,
    "WAD": 50,
    "BAY": 20,
}
LANDS |= {"GULF": 80, "STRT": 40, "CAPE": 5, "PASS": 5, "OAS": 10, "FRST": 30, "RESN": 25, "PRK": 25}
# Places that are no more, or that are only farms and quarters, are left out.
NO_TOWNS = {"PPLH", "PPLQ", "PPLW", "PPLCH"}


@dataclass(frozen=True)
class _Row:
    """A line of a dump, checked; `at` names file and line for messages."""

    at: str
    geonameid: int
    name: str
    others: tuple[str, ...]
    lat: float
    lon: float
    feature: str
    code: str
    country: str
    admin1: str
    population: int


@dataclass(frozen=True)
class Installed:
    """A country that has been added: ISO 3166-1 alpha-2 code, its file, how many places it holds."""

    code: str
    path: Path
    places: int


def read_dump(path: Path, code: str, shipped: Gazetteer) -> bytes:
    """Compile a dump of one country.

    Args:
        path: `SD.txt`, or the `SD.zip` that holds it.
        code: The country's ISO 3166-1 alpha-2 code, in capitals.
        shipped: The gazetteer of the package, whose first-level areas the places are put into.

    Returns:
        A gazetteer file with the towns, second-level areas, lands, waters and sites of the country.

    Raises:
        InputError: the file cannot be read, is no dump, or is another country's; the message names file and line.
    """
    areas = {at: area for at, area in shipped.areas() if at.startswith(f"{code}.")}
    country = next((area.country or "" for area in areas.values()), "")
    if not country:
        raise InputError(
            f"no country has the code {code!r}", remedy="give ISO 3166 letters, as in: villani places add SD"
        )
    rows = list(_rows(path, code))
    if not any(row.feature == "P" for row in rows):
        raise InputError(f"{path} holds no town of {code}", cause="no line has feature class P", remedy=REMEDY)
    entries: list[Entry] = []
    names: list[tuple[str, int]] = []
    number_of = {}
    for at, area in sorted(areas.items()):
        number_of[at] = len(entries)
        entries.append(_copied(area.name, country, area.lat, area.lon, area.radius_km, at))
    for row in rows:
        entry = _entry(row, country, number_of.get(f"{code}.{row.admin1}"))
        if entry is not None:
            names.extend((key, len(entries)) for key in _keys(row, entry.kind))
            entries.append(entry)
    return compile_gazetteer(entries, names)


def _copied(name: str, country: str, lat: float, lon: float, radius_km: float, code: str) -> Entry:
    """A first-level area of the shipped gazetteer, for towns to point at; it has no name of its own here."""
    return Entry(kind="admin1", name=name, lat=lat, lon=lon, radius_km=radius_km, country=country, code=code)


def _entry(row: _Row, country: str, admin1: int | None) -> Entry | None:
    """The place of a row; None for kinds that news do not name."""
    kind: PlaceKind
    if row.feature == "P" and row.code not in NO_TOWNS:
        kind, radius = "town", town_radius_km(row.population)
    elif row.code == "ADM2":
        kind, radius = "admin2", 40.0
    elif row.code in SITES:
        kind, radius = "site", float(SITES[row.code])
    elif row.code in LANDS:
        kind, radius = "region", float(LANDS[row.code])
    else:
        return None
    return Entry(
        kind=kind,
        name=row.name,
        lat=row.lat,
        lon=row.lon,
        radius_km=radius,
        country=country,
        admin1=admin1,
        population=row.population,
        geonameid=row.geonameid,
    )


def _keys(row: _Row, kind: PlaceKind) -> set[str]:
    """The folded names a row is filed under."""
    names = {row.name, *(name for name in row.others if not (len(name) <= 3 and name.isupper()))}
    keys = {fold_name(name) for name in names} | (area_names(row.name) if kind == "admin2" else town_names(row.name))
    return {key for key in keys if len(key) > 2 and is_key(key)}


def _rows(path: Path, code: str) -> Iterator[_Row]:
    """The lines of a dump, checked."""
    try:
        with _opened(path, code) as lines:
            for number, line in enumerate(lines, 1):
                if line.strip():
                    yield _row(line.rstrip("\n"), f"{path}:{number}", code)
    except UnicodeDecodeError as error:
        raise InputError(f"{path} is not UTF-8", cause=str(error), remedy=REMEDY) from error
    except (OSError, zipfile.BadZipFile, EOFError) as error:
        raise InputError(f"cannot read {path}", cause=str(error), remedy=REMEDY) from error


def _opened(path: Path, code: str) -> io.TextIOWrapper:
    """The text of a dump, out of its zip where it is one."""
    if not zipfile.is_zipfile(path):
        return path.open(encoding="utf-8", newline="\n")
    archive = zipfile.ZipFile(path)
    member = f"{code}.txt"
    if member not in archive.namelist():
        found = ", ".join(archive.namelist()[:5])
        raise InputError(f"{path} holds no {member}", cause=f"it holds {found or 'nothing'}", remedy=REMEDY)
    if archive.getinfo(member).file_size > MAX_BYTES:
        raise InputError(f"{path}: {member} is larger than any country", remedy=REMEDY)
    return io.TextIOWrapper(archive.open(member), encoding="utf-8", newline="\n")


def _row(line: str, at: str, code: str) -> _Row:
    """One line of a dump.

    Raises:
        InputError: it has other columns, or a field holds something else than it should.
    """
    fields = line.split("\t")
    if len(fields) != COLUMNS:
        raise InputError(f"{at}: {len(fields)} columns where a GeoNames dump has {COLUMNS}", remedy=REMEDY)
    try:
        row = _Row(
            at=at,
            geonameid=int(fields[0]),
            name=fields[1],
            others=tuple(filter(None, (fields[2], *fields[3].split(",")))),
            lat=float(fields[4]),
            lon=float(fields[5]),
            feature=fields[6],
            code=fields[7],
            country=fields[8],
            admin1=fields[10],
            population=int(fields[14] or 0),
        )
    except ValueError as error:
        raise InputError(
            f"{at}: a number is expected in columns 1, 5, 6 and 15", cause=str(error), remedy=REMEDY
        ) from error
    if not (-90 <= row.lat <= 90 and -180 <= row.lon <= 180) or not 0 <= row.population < 2**32 or not row.name:
        raise InputError(f"{at}: latitude, longitude, population or name is out of bounds", remedy=REMEDY)
    if row.country not in {code, ""}:
        raise InputError(
            f"{at}: a place of {row.country} where {code} was asked for", remedy=f"villani places add {row.country}"
        )
    return row


def places_folder() -> Path:
    """Where added countries are kept: $VILLANI_PLACES, or the data folder that the system gives a user's programs."""
    chosen = os.environ.get(FOLDER_VARIABLE)
    if chosen:
        return Path(chosen).expanduser()
    if sys.platform == "win32":
        base = Path(os.environ.get("LOCALAPPDATA") or Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = Path(os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share")
    return base / "villani" / "places"


def install(code: str, blob: bytes) -> Installed:
    """Put a compiled country where the coder finds it, in one step: no half-written file is ever there.

    Raises:
        ResourceError: the folder cannot be written.
    """
    folder = places_folder()
    path, aside = folder / f"{code}{ENDING}", folder / f".{code}{ENDING}.{os.getpid()}"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        try:
            with aside.open("wb") as file:
                file.write(blob)
                file.flush()
                os.fsync(file.fileno())
            aside.replace(path)
        finally:
            aside.unlink(missing_ok=True)
    except OSError as error:
        raise ResourceError(
            f"cannot write {path}", cause=str(error), remedy=f"set {FOLDER_VARIABLE} to a folder you may write"
        ) from error
    return Installed(code, path, len(unpack(blob).kind))


def installed() -> Iterator[tuple[Installed, bytes]]:
    """The countries that have been added, by code, each with its file's bytes.

    Raises:
        ResourceError: a file is damaged or of another version.
    """
    folder = places_folder()
    for path in sorted(folder.glob(f"*{ENDING}")) if folder.is_dir() else []:
        if path.name.startswith("."):
            continue
        code = path.name.removesuffix(ENDING)
        try:
            blob = path.read_bytes()
            places = len(unpack(blob).kind)
        except (OSError, ResourceError) as error:
            cause = error.cause if isinstance(error, ResourceError) else str(error)
            raise ResourceError(
                f"cannot load {path}", cause=cause, remedy=f"villani places add {code} again, or delete the file"
            ) from error
        yield Installed(code, path, places), blob
