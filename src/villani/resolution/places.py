"""Place phrases to places: which of the places of a name is meant, and how much ground the phrase covers."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from villani.records.events import Place, Precision
from villani.resolution.surroundings import POSSESSIVE, Surroundings, names_in
from villani.resources.folding import fold_name
from villani.resources.knowledge import Knowledge
from villani.resources.toponyms import PlaceKind, Toponym

# Words that are part of a place's kind, not of its name; each says what a name beside it is.
AREA_WORDS: dict[str, PlaceKind] = {
    **dict.fromkeys(("province", "governorate", "oblast", "prefecture", "canton", "krai", "voivodeship"), "admin1"),
    **dict.fromkeys(("district", "county", "raion", "woreda", "subdistrict", "department"), "admin2"),
}
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
    " centre center pier jetty quay wharf runway hangar tunnel bunker barrier gate lobby gym theatre club bar".split()
)
SITE_WORDS |= {word + "s" for word in SITE_WORDS}
# Kinds of ground around a town or within it.
PARTS = set(
    "outskirts suburb suburbs outside near neighbourhood neighborhood quarter town city village hamlet township"
    " countryside hinterland surroundings environs".split()
)
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
NAME = re.compile(
    r"(?<![^\W_])(?:(?:al|el|ad|an|ar|as|ash|at|az|ez|es|ed|er|bab|beit|deir)[-‑ ])?"
    r"[^\W\d_a-z][^\W_]*(?:['’.\-‑][^\W_]+)*\.?"
    r"(?:\s+(?:(?:al|el|de|del|la|las|los|du|des|of|the|and|ez|az|es|ash|as|ad|ar|at|e|y|da|do|dos|di|bin|ould|am|an|der|sur|en|upon)\s+){0,2}"
    r"[^\W\d_a-z][^\W_]*(?:['’.\-‑][^\W_]+)*){0,5}"
)
# Distances that "near", "outskirts" and "north of" stand for, in km, where no number is given.
NEAR_KM, OUTSKIRTS_KM, BORDER_KM, SITE_KM = 15.0, 5.0, 60.0, 1.0
KM_PER_DEGREE = 111.2
PRECISIONS: dict[PlaceKind, Precision] = {
    "country": "country",
    "admin1": "province",
    "admin2": "district",
    "town": "town",
    "region": "region",
}
# Votes for a reading of a name: one whose state the phrase names, one the document speaks of, one per tenfold people.
IN_PHRASE, SPOKEN, MAIN_STATE, SAME_KIND, WRONG_KIND, OWN_NAME = 12.0, 3.0, 1.0, 3.0, 4.0, 2.0
# An area must have this many times (as a power of ten) the people of its namesake town to be meant without its kind.
TOWN_FIRST = 1.3
# A town of a state the document does not speak of must be this big to be meant.
FAR_TOWN_PEOPLE = 100_000
FAR_TOWN_PEOPLE_NO_STATE = 30_000
# ... unless every place of its name lies in one state.
UNMISTAKABLE_PEOPLE = 5_000
# Before a site's own word in capitals a name is seldom the town's ("Babur Square"), so only a city is taken for it.
SITE_NAME_PEOPLE = 50_000
# Houses abroad are not in the state they are named for.
ABROAD = {
    "embassy",
    "embassies",
    "consulate",
    "mission",
    "club",
    "school",
    "ambassador",
    "institute",
    "cemetery",
    "base",
    "bases",
}
# Words that squares, halls and towers are named by, and some far town too.
NAMES_OF_MUCH = {"independence", "liberty", "freedom", "victory", "republic", "revolution", "opera", "union", "concord"}
NAMES_OF_MUCH |= {
    "white house",
    "hope",
    "peace",
    "defence",
    "unity",
    "martyrs",
    "tahrir",
    "azadi",
    "university",
    "palace",
    "council",
}
NAME_PARTS = {"city", "town", "village", "new", "old", "greater", "upper", "lower", "central", "northern", "southern"}
NAME_PARTS |= {"eastern", "western", "north", "south", "east", "west", "the", "of", "and", "downtown", "metropolitan"}
MAX_PHRASE_CHARS = 160


@dataclass(frozen=True)
class Anchor:
    """A named town met in the document, to hang a nameless site on; `at` is its offset."""

    at: int
    place: Toponym


class PlaceFinder:
    """Finds the places of one document at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def place(self, text: str, start: int, around: Surroundings, anchors: Sequence[Anchor] = ()) -> Place:
        """The place a phrase names; `start` is its offset, `anchors` the towns named in the document."""
        phrase = " ".join(text[:MAX_PHRASE_CHARS].split())
        named = self._named(phrase, around)
        if named is None:
            return self._unnamed(text, start, around, anchors)
        toponym, name, others = named
        lat, lon, radius, precision, why = _extent(phrase, name, toponym, others)
        return Place(
            text=text,
            start=start,
            end=start + len(text),
            name=toponym.name,
            geonameid=toponym.geonameid,
            country=toponym.country or _common_state(others),
            admin1=toponym.name if toponym.kind == "admin1" else toponym.admin1,
            lat=lat,
            lon=lon,
            precision=precision,
            radius_km=radius,
            why=why,
        )

    def state(self, text: str, around: Surroundings) -> str | None:
        """The state a phrase lies in, by a name in it."""
        named = self._named(" ".join(text[:MAX_PHRASE_CHARS].split()), around)
        return None if named is None else named[0].country

    def town(self, text: str, around: Surroundings) -> Toponym | None:
        """The town or smaller area a phrase names by itself, for sites near it to hang on."""
        named = self._named(" ".join(text[:MAX_PHRASE_CHARS].split()), around)
        return named[0] if named is not None and named[0].kind in {"town", "admin2"} else None

    def _named(self, phrase: str, around: Surroundings) -> tuple[Toponym, str, list[Toponym]] | None:
        """The most exact name of the phrase that is a place, that name, and the other places of the phrase."""
        found: list[tuple[str, tuple[Toponym, ...]]] = list(self._candidates(phrase))
        if not found:
            return None
        states = {place.country for _, places in found for place in places if place.kind == "country"}
        chosen: list[tuple[Toponym, str]] = []
        for name, places in found:
            best = self._best(name, places, phrase, around, states)
            if best is not None:
                chosen.append((best, name))
        if not chosen:
            return None
        # "Sake, Congo": what is narrower is meant, the wider says where it lies.
        order: dict[PlaceKind, int] = {"town": 0, "admin2": 1, "admin1": 2, "region": 3, "country": 4}
        first = min(chosen, key=lambda pair: order[pair[0].kind])
        return first[0], first[1], [place for place, _ in chosen if place is not first[0]]

    def _candidates(self, phrase: str) -> Iterator[tuple[str, tuple[Toponym, ...]]]:
        """Names in a phrase with their places; a possessive ends a name ("Moscow's Lefortovo prison")."""
        whole = self._knowledge.gazetteer.find(phrase) if phrase[:1].isupper() and " " in phrase else ()
        if whole and fold_name(phrase) not in NAMES_OF_MUCH:
            yield phrase, whole
            return
        # An embassy lies abroad, and the Indonesian Hospital need not stand in Indonesia.
        is_titled = any(word[0].isupper() and fold_name(word) in SITE_WORDS for word in phrase.split())
        is_abroad = is_titled or bool(set(fold_name(phrase).split()) & ABROAD)
        for match in NAME.finditer(phrase):
            words: list[str] = []
            for word in match.group().split():
                bare = POSSESSIVE.sub("", word)
                words.append(bare)
                if bare != word:
                    yield from self._runs(words, nations=not is_abroad)
                    words = []
            yield from self._runs(words, nations=not is_abroad)

    def _runs(self, words: list[str], *, nations: bool) -> Iterator[tuple[str, tuple[Toponym, ...]]]:
        """Places of the longest run of words; a part counts only where the other words are kinds, not names."""
        for size in range(min(6, len(words)), 0, -1):
            for at in range(len(words) - size + 1):
                rest = [*words[:at], *words[at + size :]]
                run = " ".join(words[at : at + size])
                places = self._find(run, nations=nations) if _are_kinds(rest) or self._are_nations(rest) else ()
                if fold_name(run) in NAMES_OF_MUCH:
                    continue
                if rest and {fold_name(word) for word in rest} & SITE_WORDS:
                    places = tuple(place for place in places if place.population >= SITE_NAME_PEOPLE)
                if places:
                    yield run, places
                    return

    def _are_nations(self, words: list[str]) -> bool:
        """Whether words name a state or its people ("Syrian Idlib")."""
        phrase = " ".join(words)
        covered = sum(end - start for start, end, _ in names_in(phrase, self._knowledge))
        return covered >= len(phrase) - len(words)

    def _find(self, name: str, *, nations: bool) -> tuple[Toponym, ...]:
        """Places of a name, with or without the Arabic article; where `nations`, else the state an adjective names."""
        key = fold_name(name)
        nation = self._nation(name) if nations else ()
        if (
            len(key) < 3
            or key in SITE_WORDS
            or key in PARTS
            or key in AREA_WORDS
            or key in REGION_WORDS
            or key in NAME_PARTS
        ):
            return nation
        other = key[3:] if key.startswith(("al ", "el ")) else f"al {key}"
        return self._knowledge.gazetteer.find_key(key) or self._knowledge.gazetteer.find_key(other) or nation

    def _nation(self, name: str) -> tuple[Toponym, ...]:
        """The state an adjective names: "Saudi border", "various US cities"."""
        for _, _, entries in names_in(name, self._knowledge):
            for entry in entries:
                if entry.kind in {"country", "adjective"} and entry.body.country and not entry.hedged:
                    state = self._knowledge.countries[entry.body.country].removeprefix("the ")
                    found = self._knowledge.gazetteer.find(state)
                    return tuple(place for place in found if place.kind == "country")
        return ()

    def _best(
        self, name: str, places: tuple[Toponym, ...], phrase: str, around: Surroundings, states: set[str | None]
    ) -> Toponym | None:
        """The place of a name that its phrase and document favour; None where none is likely enough."""
        wanted = _kind_beside(name, phrase)
        main = around.main_state()
        ranked = sorted(places, key=lambda place: (-_votes(place, name, wanted, around, states, main), place.number))
        best = ranked[0]
        if best.kind in {"country", "region"} or best.country in states or around.speaks_of(best.country):
            return best
        if best.kind == "admin1" and wanted == "admin1":
            return best
        if len({place.country for place in places}) == 1 and len(name) >= 5 and best.population >= UNMISTAKABLE_PEOPLE:
            return best
        enough = FAR_TOWN_PEOPLE if around.states else FAR_TOWN_PEOPLE_NO_STATE
        own_name = fold_name(best.name) == fold_name(name) or best.population >= 10 * enough
        return best if best.population >= enough and own_name else None

    def _unnamed(self, text: str, start: int, around: Surroundings, anchors: Sequence[Anchor]) -> Place:
        """A phrase without a name we know: a site hangs on the nearest town, the rest has at most a country."""
        words = set(fold_name(text).split())
        is_site = bool(words & SITE_WORDS)
        has_name = any(match.start() > 0 for match in NAME.finditer(text)) or text[:1].isupper()
        town = _nearest(anchors, start)
        if town is not None and (is_site or words & PARTS) and not (has_name and not is_site):
            radius = round(town.radius_km + (NEAR_KM if words & {"outskirts", "near", "outside"} else 0), 1)
            return Place(
                text=text,
                start=start,
                end=start + len(text),
                name=None,
                geonameid=None,
                country=town.country,
                admin1=town.admin1,
                lat=town.lat,
                lon=town.lon,
                precision="site" if is_site else "town",
                radius_km=radius,
                why=f"not named; hung on {town.name}, the nearest town in the text",
            )
        state = around.main_state()
        return Place(
            text=text,
            start=start,
            end=start + len(text),
            name=None,
            geonameid=None,
            country=state,
            admin1=None,
            lat=None,
            lon=None,
            precision=None,
            radius_km=None,
            why="not in the gazetteer" + (f"; the document is about {state}" if state else ""),
        )


def _are_kinds(words: list[str]) -> bool:
    """Whether words say only what kind of place a name beside them is."""
    known = (SITE_WORDS, PARTS, AREA_WORDS, REGION_WORDS, NAME_PARTS)
    return all(any(fold_name(word) in kinds for kinds in known) for word in words)


def _votes(
    place: Toponym, name: str, wanted: PlaceKind | None, around: Surroundings, states: set[str | None], main: str | None
) -> float:
    """How much speaks for one place of a name; tens of people count as a vote each."""
    votes = math.log10(place.population + 10)
    votes += IN_PHRASE * (place.country in states) + SPOKEN * around.speaks_of(place.country)
    votes += MAIN_STATE * (place.country is not None and place.country == main)
    if wanted is not None:
        votes += SAME_KIND * 2 if place.kind in {wanted, "region"} else -WRONG_KIND
    elif place.kind == "country":
        votes += 6
    elif place.kind == "region":
        votes += SAME_KIND
    elif place.kind == "admin1":
        votes -= TOWN_FIRST
    elif place.kind == "admin2":
        votes += 1
    return votes + OWN_NAME * (fold_name(place.name) == fold_name(name))


def _kind_beside(name: str, phrase: str) -> PlaceKind | None:
    """The kind that a word right before or after a name says it is: "Idlib province", "city of Homs"."""
    at = phrase.find(name)
    after = fold_name(phrase[at + len(name) : at + len(name) + 25]).split()[:2]
    before = fold_name(phrase[max(0, at - 25) : at]).split()[-2:]
    for word in (*after[:1], *(before[:1] if before[1:] == ["of"] else ())):
        if word in AREA_WORDS:
            return AREA_WORDS[word]
        if word in {"region", "state"}:
            return "admin1"
        if word in {"city", "town", "village"}:
            return "town"
    return None


def _extent(
    phrase: str, name: str, place: Toponym, others: list[Toponym]
) -> tuple[float | None, float | None, float | None, Precision, str]:
    """Centre, radius in km, precision and reason of a phrase about a place."""
    lat, lon, radius, precision = place.lat, place.lon, place.radius_km, PRECISIONS[place.kind]
    around = phrase[: phrase.find(name)] if name in phrase else ""
    words = set(fold_name(phrase.replace(name, " ")).split())
    distance, direction = DISTANCE.search(phrase), DIRECTION.search(around)
    if BORDER.search(phrase) and place.kind in {"country", "region", "admin1"}:
        wide = min([radius, *(other.radius_km for other in others if other.kind == "country")])
        return lat, lon, round(max(wide, BORDER_KM), 1), "region", f"border of {place.name}"
    if place.kind == "town" and (distance or direction):
        away = _kilometres(distance) if distance else NEAR_KM
        if direction:
            lat, lon = _moved(lat, lon, BEARINGS[direction["way"].lower().replace("-", "")], away)
        spread = max(5.0, away * 0.3) if direction and distance else away
        return (
            lat,
            lon,
            round(radius + spread, 1),
            "district" if away > 20 else "town",
            f"{phrase[:60]!r}, from {place.name}",
        )
    if place.kind == "town" and words & SITE_WORDS and "of" not in words - SITE_WORDS - {"of"}:
        return lat, lon, max(SITE_KM, radius), "site", f"site in {place.name}"
    if place.kind == "town" and (NEAR.search(around) or words & {"outskirts", "suburb", "suburbs", "countryside"}):
        more = OUTSKIRTS_KM if words & {"outskirts", "suburb", "suburbs"} else NEAR_KM
        return lat, lon, round(radius + more, 1), "town", f"near {place.name}"
    if place.kind == "country" and COMPASS.search(around):
        way = COMPASS.search(around)
        bearing = BEARINGS.get(re.sub(r"ern$|-", "", way.group().lower())) if way else None
        if bearing is not None:
            lat, lon = _moved(lat, lon, bearing, radius * 0.5)
            return lat, lon, round(radius * 0.6, 1), "region", f"a part of {place.name}"
    near = NEAR.search(around) is not None and place.kind not in {"country", "region"}
    return lat, lon, round(radius + NEAR_KM * near, 1), precision, f"named '{name}'"


def _kilometres(match: re.Match[str]) -> float:
    count = {"a few": 3.0, "several": 5.0}.get(match["count"].lower())
    amount = float(match["count"]) if count is None else count
    unit = match["unit"].lower()
    if unit.startswith("mi"):
        return amount * 1.609
    return amount / 1000 if unit.startswith("me") or unit == "m" else amount


def _moved(lat: float, lon: float, bearing: int, km: float) -> tuple[float, float]:
    """A point moved by so many km on a bearing; near the poles it stays where it is."""
    if abs(lat) > 85:
        return lat, lon
    north, east = math.cos(math.radians(bearing)) * km, math.sin(math.radians(bearing)) * km
    turned = lon + east / (KM_PER_DEGREE * math.cos(math.radians(lat)))
    return round(lat + north / KM_PER_DEGREE, 4), round((turned + 180) % 360 - 180, 4)


def _nearest(anchors: Sequence[Anchor], at: int) -> Toponym | None:
    """The town named last before an offset, else the first behind it; within what a reader would connect."""
    before = [anchor for anchor in anchors if anchor.at <= at and at - anchor.at < 800]
    if before:
        return max(before, key=lambda anchor: anchor.at).place
    behind = [anchor for anchor in anchors if at < anchor.at < at + 300]
    return min(behind, key=lambda anchor: anchor.at).place if behind else None


def _common_state(others: list[Toponym]) -> str | None:
    """The state of the other places of a phrase, where they agree."""
    states = {place.country for place in others if place.country}
    return states.pop() if len(states) == 1 else None
