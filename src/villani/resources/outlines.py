"""How much ground a place covers, and by which names it is filed, for whoever compiles a gazetteer."""

import math
from collections.abc import Sequence

from villani.resources.folding import fold_name

Point = tuple[float, float]
EARTH_KM = 6371.0
MAX_KEY_WORDS = 5
MAX_KEY_CHARS = 48
_KEY_LETTERS = set("abcdefghijklmnopqrstuvwxyz 0123456789")
# Words that say what kind of area a name is for; the name is filed without them too.
_AREA_WORDS = set(
    "province governorate oblast state region district department prefecture county division municipality city raion"
    " autonomous republic territory krai kray federal capital zone woreda emirate canton voivodeship wilayat muhafazat"
    " viloyati departamento departement provincia provincie rayon wilaya locality".split()
)
_ARTICLES = {"al", "ash", "ad", "an", "as", "at", "ar", "az"}
# Provinces are called by either: "South Kordofan", "Southern Kordofan".
_TURNED = {way: f"{way}ern" for way in ("north", "south", "east", "west")}
_TURNED |= {long: short for short, long in _TURNED.items()}
# What stands for the first word of a town's name in English news.
_SHORTENED = {"saint": "st", "mount": "mt", "fort": "ft", "sainte": "ste", "st": "saint", "ste": "sainte"}


def distance_km(first: Point, second: Point) -> float:
    """Great-circle distance of two (lat, lon) pairs in degrees."""
    lat1, lon1, lat2, lon2 = map(math.radians, (*first, *second))
    half = math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(half)))


def cover(points: Sequence[Point], middle: Point | None = None) -> tuple[float, float, float]:
    """Centre (lat, lon) and radius (km) that cover an area known by its towns; about `middle` where that is known.

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


def town_radius_km(population: int) -> float:
    """Radius in km that covers a town of so many people (2 km for a village, about 20 for a city of two million)."""
    return round(min(30.0, 2 + 0.012 * math.sqrt(population)), 1)


def is_key(key: str) -> bool:
    """Whether a folded name is worth filing: Latin, at least two letters, not a whole sentence."""
    return 2 <= len(key) <= MAX_KEY_CHARS and key.count(" ") < MAX_KEY_WORDS and set(key) <= _KEY_LETTERS


def area_names(name: str) -> set[str]:
    """Folded spellings of an area's name without "Province", "Governorate of" and the like."""
    kept = [word for word in fold_name(name).split() if word not in _AREA_WORDS]
    found = {" ".join(kept)} if kept else set()
    if kept[:1] == ["of"]:
        found.add(" ".join(kept[1:]))
    bare = " ".join(kept[1:]) if kept[:1] and kept[0] in _ARTICLES else ""
    turned = {
        f"{_TURNED[first]} {rest}" for first, _, rest in (part.partition(" ") for part in found) if first in _TURNED
    }
    return {part for part in (*found, *turned, bare) if len(part) > 2}


def town_names(name: str) -> set[str]:
    """Folded spellings of a town's name as news write it: "St. Louis" for "Saint Louis", "Ft. Worth"."""
    first, _, rest = fold_name(name).partition(" ")
    return {f"{_SHORTENED[first]} {rest}"} if rest and first in _SHORTENED else set()
