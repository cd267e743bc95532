"""How much ground a phrase about a place covers: near it, north of it, a site in it, its border."""

import math
import re
from dataclasses import dataclass

from villani.records.events import Precision
from villani.resources.folding import fold_name
from villani.resources.toponyms import PlaceKind, Toponym

REGION_WORDS = {"region", "state", "province", "area", "areas", "peninsula", "valley", "desert", "enclave", "coast"}
SITE_WORDS = set(
    "hospital clinic airport airfield airstrip airbase base barracks camp bridge square market mosque church synagogue"
    " temple shrine monastery cathedral school university college campus embassy consulate mission palace parliament"
    " ministry headquarters hq compound checkpoint crossing prison jail station depot port harbour harbor dam plant"
    " refinery factory steelworks mine mall hotel restaurant cafe theatre theater stadium hall court"
    " courthouse building"
    " tower house home residence villa street road avenue boulevard highway roundabout junction park plaza cemetery"
    " museum warehouse farm field pipeline terminal bank supermarket shop bakery office offices flat apartment"
    " apartments block library garrison outpost post facility facilities silo substation power-plant reactor laboratory"
    " centre center pier jetty quay wharf runway hangar tunnel bunker barrier gate lobby gym club bar".split()
)
SITE_WORDS |= {word + "s" for word in SITE_WORDS}
# Kinds of ground around a town or within it.
PARTS = set(
    "outskirts suburb suburbs outside near neighbourhood neighborhood quarter town city village villages hamlet"
    " township countryside hinterland surroundings environs".split()
)
EDGES = {"outskirts", "suburb", "suburbs"}
# Settlements that a phrase places by a town near them: "a village near Kharkiv".
SETTLEMENTS = {"village", "villages", "hamlet", "hamlets", "settlement", "settlements", "town", "towns"}
NEAR = re.compile(
    r"\b(?:near|outside|around|close to|on the outskirts of|outskirts of|off|beyond|towards?|surroundings of)\b",
    re.IGNORECASE,
)
COMPASS = re.compile(r"\b(?:north|south|east|west|north-?(?:east|west)|south-?(?:east|west))(?:ern)?\b", re.IGNORECASE)
DISTANCE = re.compile(
    r"\b(?P<count>\d{1,4}(?:\.\d)?|a few|several)\s*-?\s*(?P<unit>km|kms|kilomet(?:re|er)s?|miles?|mi"
    r"|met(?:re|er)s?|m)\b",
    re.IGNORECASE,
)
DIRECTION = re.compile(
    r"\b(?P<way>north|south|east|west|north-?east|north-?west|south-?east|south-?west)(?:\s+and\s+\w+)?\s+(?:of|from)\b",
    re.IGNORECASE,
)
BEARINGS = {"north": 0, "northeast": 45, "east": 90, "southeast": 135, "south": 180, "southwest": 225, "west": 270}
BEARINGS |= {"northwest": 315}
BORDER = re.compile(r"\b(?:border|frontier|boundary|line of control)\b", re.IGNORECASE)
# Distances that "near", "outskirts" and "north of" stand for, in km, where no number is given.
NEAR_KM, OUTSKIRTS_KM, BORDER_KM, SITE_KM = 15.0, 5.0, 60.0, 1.0
KM_PER_DEGREE = 111.2
PRECISIONS: dict[PlaceKind, Precision] = {
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "town": "town",
    "region": "region",
    "site": "site",
}


@dataclass(frozen=True)
class Extent:
    """Ground on the map: a circle about a point (WGS 84 degrees, km), how exact that is, and why it is so."""

    lat: float
    lon: float
    radius_km: float
    precision: Precision
    why: str


def extent(phrase: str, name: str, place: Toponym, others: list[Toponym]) -> Extent:
    """The ground that a phrase about a place covers.

    Args:
        phrase: The phrase ("20 km north of Goma").
        name: The name in it that the place was found by.
        place: The place of that name.
        others: The places of the other names in the phrase.
    """
    before = phrase[: phrase.find(name)] if name in phrase else ""
    if BORDER.search(phrase) and place.kind in {"country", "region", "admin1"}:
        wide = min([place.radius_km, *(other.radius_km for other in others if other.kind == "country")])
        return Extent(place.lat, place.lon, round(max(wide, BORDER_KM), 1), "region", f"border of {place.name}")
    words = set(fold_name(phrase.replace(name, " ")).split())
    found = _about_town(phrase, before, words, place) if place.kind == "town" else None
    if found is None and place.kind == "country":
        found = _part_of_country(before, place)
    if found is not None:
        return found
    near = NEAR.search(before) is not None and place.kind not in {"country", "region"}
    radius = round(place.radius_km + NEAR_KM * near, 1)
    return Extent(place.lat, place.lon, radius, PRECISIONS[place.kind], f"named '{name}'")


def _about_town(phrase: str, before: str, words: set[str], town: Toponym) -> Extent | None:
    """Away from a town, a site in it, or near it; None where the phrase means the town itself."""
    distance, direction = DISTANCE.search(phrase), DIRECTION.search(before)
    lat, lon = town.lat, town.lon
    if distance or direction:
        away = _kilometres(distance) if distance else NEAR_KM
        if direction:
            lat, lon = moved(lat, lon, BEARINGS[direction["way"].lower().replace("-", "")], away)
        spread = max(5.0, away * 0.3) if direction and distance else away
        precision: Precision = "district" if away > 20 else "town"
        return Extent(lat, lon, round(town.radius_km + spread, 1), precision, f"{phrase[:60]!r}, from {town.name}")
    if words & SITE_WORDS and "of" not in words - SITE_WORDS - {"of"}:
        near = NEAR_KM if NEAR.search(before) else 0.0
        return Extent(
            lat, lon, max(SITE_KM, town.radius_km) + near, "site", f"site {'near' if near else 'in'} {town.name}"
        )
    if NEAR.search(before) or words & {*EDGES, "countryside"}:
        more = OUTSKIRTS_KM if words & EDGES else NEAR_KM
        what = "a settlement near" if words & SETTLEMENTS and not words & EDGES else "near"
        return Extent(lat, lon, round(town.radius_km + more, 1), "town", f"{what} {town.name}")
    return None


def _part_of_country(before: str, country: Toponym) -> Extent | None:
    """The part of a country that a point of the compass before its name says: "eastern Syria"."""
    way = COMPASS.search(before)
    bearing = BEARINGS.get(re.sub(r"ern$|-", "", way.group().lower())) if way else None
    if bearing is None:
        return None
    lat, lon = moved(country.lat, country.lon, bearing, country.radius_km * 0.5)
    return Extent(lat, lon, round(country.radius_km * 0.6, 1), "region", f"a part of {country.name}")


def _kilometres(match: re.Match[str]) -> float:
    count = {"a few": 3.0, "several": 5.0}.get(match["count"].lower())
    amount = float(match["count"]) if count is None else count
    unit = match["unit"].lower()
    if unit.startswith("mi"):
        return amount * 1.609
    return amount / 1000 if unit.startswith("me") or unit == "m" else amount


def moved(lat: float, lon: float, bearing: int, km: float) -> tuple[float, float]:
    """A point moved by so many km on a bearing in degrees; near the poles it stays where it is."""
    if abs(lat) > 85:
        return lat, lon
    north, east = math.cos(math.radians(bearing)) * km, math.sin(math.radians(bearing)) * km
    turned = lon + east / (KM_PER_DEGREE * math.cos(math.radians(lat)))
    return round(lat + north / KM_PER_DEGREE, 4), round((turned + 180) % 360 - 180, 4)
