"""Place phrases to places: which of the places of a name is meant, and how much ground the phrase covers."""

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from msgspec import structs

from villani.records.events import Place
from villani.records.text import Span
from villani.resolution.extents import NEAR_KM, PARTS, PRECISIONS, REGION_WORDS, SITE_WORDS, extent
from villani.resolution.placenames import AREA_WORDS, kind_beside, nation
from villani.resolution.scene import Chosen
from villani.resolution.surroundings import POSSESSIVE, Surroundings, names_in
from villani.resources.folding import fold_name
from villani.resources.knowledge import Knowledge
from villani.resources.toponyms import PlaceKind, Toponym

NAME = re.compile(
    r"(?<![^\W_])(?:(?:al|el|ad|an|ar|as|ash|at|az|ez|es|ed|er|bab|beit|deir)[-‑ ])?"
    r"[^\W\d_a-z][^\W_]*(?:['’.\-‑][^\W_]+)*\.?"
    r"(?:\s+(?:(?:al|el|de|del|la|las|los|du|des|of|the|and|ez|az|es|ash|as|ad|ar|at|e|y|da|do|dos|di|bin|ould|am|an|der|sur|en|upon)\s+){0,2}"
    r"[^\W\d_a-z][^\W_]*(?:['’.\-‑][^\W_]+)*){0,5}"
)
# Votes for a reading of a name: one whose state the phrase names, one the document speaks of, one per tenfold people.
IN_PHRASE, SPOKEN, MAIN_STATE, SAME_KIND, WRONG_KIND, OWN_NAME = 12.0, 3.0, 1.0, 3.0, 4.0, 2.0
# ... and for the place that the document's names, weighed together, most likely mean (see scene.py).
MEANT = 6.0
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
NAME_PARTS |= {"international", "national", "general", "military", "air", "naval", "regional", "main", "teaching"}
NAME_PARTS |= {"eastern", "western", "north", "south", "east", "west", "the", "of", "and", "downtown", "metropolitan"}
MAX_PHRASE_CHARS = 160
# Kinds of places from the narrowest.
NARROW: tuple[PlaceKind, ...] = ("site", "town", "admin2", "admin1", "region", "country")

# What phrases without a name point back to, and how far; with another place as near they are not clear.
TOWNS: frozenset[PlaceKind] = frozenset({"town", "admin2", "site"})
AREAS: frozenset[PlaceKind] = frozenset({"admin1", "admin2", "region"})
POINTERS: dict[str, frozenset[PlaceKind]] = {
    **dict.fromkeys(("there", "here"), TOWNS | AREAS | {"country"}),
    **dict.fromkeys(("city", "town", "village", "settlement", "inside city", "inside town"), TOWNS),
    **dict.fromkeys(("province", "region", "district", "governorate", "county", "peninsula", "area"), AREAS),
    "country": frozenset({"country"}),
}
POINTS_BACK_CHARS, RIVAL_CHARS = 400, 60
_ARTICLE = re.compile(r"^(?:in |at |to |from |into )?(?:the |this |that )")


@dataclass(frozen=True)
class Anchor:
    """A named place met in the document, to hang a nameless one on; `at` is its offset."""

    at: int
    place: Toponym


@dataclass(frozen=True)
class _Named:
    """What a phrase names: the place, the name it was found by, and the other places of the phrase."""

    place: Toponym
    name: str
    others: list[Toponym]


@dataclass(frozen=True)
class _Wanted:
    """A name in a phrase whose offset in the document is `start`."""

    name: str
    phrase: str
    start: int

    @property
    def kind(self) -> PlaceKind | None:
        """The kind that a word beside the name says."""
        at = self.phrase.find(self.name)
        return kind_beside(self.phrase, Span(at, at + len(self.name))) if at >= 0 else None


class PlaceFinder:
    """Finds the places of one document at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def place(self, text: str, start: int, around: Surroundings, anchors: Sequence[Anchor] = ()) -> Place:
        """The place a phrase names; `start` is its offset, `anchors` the places named in the document."""
        phrase = " ".join(text[:MAX_PHRASE_CHARS].split())
        named = self._named(phrase, start, around)
        if named is None:
            return self._unnamed(text, start, around, anchors)
        ground = extent(phrase, named.name, named.place, named.others)
        return Place(
            text=text,
            start=start,
            end=start + len(text),
            name=named.place.name,
            geonameid=named.place.geonameid,
            country=named.place.country or _common_state(named.others),
            admin1=named.place.area,
            lat=ground.lat,
            lon=ground.lon,
            precision=ground.precision,
            radius_km=ground.radius_km,
            why=ground.why,
        )

    def named(self, text: str, start: int, around: Surroundings) -> Toponym | None:
        """The most exact place a phrase names by itself."""
        named = self._named(" ".join(text[:MAX_PHRASE_CHARS].split()), start, around)
        return None if named is None else named.place

    def _named(self, phrase: str, start: int, around: Surroundings) -> "_Named | None":
        """The most exact name of the phrase that is a place, and the other places of the phrase."""
        found: list[tuple[str, tuple[Toponym, ...]]] = list(self._candidates(phrase))
        states = {place.country for _, places in found for place in places if place.kind == "country"}
        chosen: list[tuple[Toponym, str]] = []
        for name, places in found:
            best = self._best(_Wanted(name, phrase, start), places, around, states)
            if best is not None:
                chosen.append((best, name))
        if not chosen:
            return None
        # "Sake, Congo": what is narrower is meant, the wider says where it lies.
        first = min(chosen, key=lambda pair: NARROW.index(pair[0].kind))
        return _Named(first[0], first[1], [place for place, _ in chosen if place is not first[0]])

    def _candidates(self, phrase: str) -> Iterator[tuple[str, tuple[Toponym, ...]]]:
        """Names in a phrase with their places, less those a house abroad is named for ("US Embassy in Iraq")."""
        for name, places in self._names(phrase):
            behind = fold_name(phrase[phrase.find(name) + len(name) :][:40]).split()
            if not behind or behind[0] not in ABROAD or all(place.kind != "country" for place in places):
                yield name, places

    def _names(self, phrase: str) -> Iterator[tuple[str, tuple[Toponym, ...]]]:
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
        state = nation(name, self._knowledge) if nations else ()
        if (
            len(key) < 3
            or key in SITE_WORDS
            or key in PARTS
            or key in AREA_WORDS
            or key in REGION_WORDS
            or key in NAME_PARTS
        ):
            return state
        other = key[3:] if key.startswith(("al ", "el ")) else f"al {key}"
        return self._knowledge.gazetteer.find_key(key) or self._knowledge.gazetteer.find_key(other) or state

    def _best(
        self, wanted: "_Wanted", places: tuple[Toponym, ...], around: Surroundings, states: set[str | None]
    ) -> Toponym | None:
        """The place of a name that its phrase and document favour; None where none is likely enough."""
        name = wanted.name
        meant = around.scene.meant(name, wanted.start + max(0, wanted.phrase.find(name)))
        support = around.scene.support(places, name)
        votes = {
            place.number: _votes(place, wanted, around, states)
            + extra
            + MEANT * (meant is not None and meant.place.number == place.number) * (meant.sure if meant else 0)
            for place, extra in zip(places, support, strict=True)
        }
        best = min(places, key=lambda place: (-votes[place.number], place.number))
        if best.kind in {"country", "region"} or best.country in states or around.speaks_of(best.country):
            return best
        if best.kind == "admin1" and wanted.kind == "admin1":
            return best
        if len({place.country for place in places}) == 1 and len(name) >= 5 and best.population >= UNMISTAKABLE_PEOPLE:
            return best
        enough = FAR_TOWN_PEOPLE if around.states else FAR_TOWN_PEOPLE_NO_STATE
        own_name = fold_name(best.name) == fold_name(name) or best.population >= 10 * enough
        return best if best.population >= enough and own_name else None

    def _unnamed(self, text: str, start: int, around: Surroundings, anchors: Sequence[Anchor]) -> Place:
        """A phrase without a name we know: it points back, or a site hangs on the nearest town; else the country."""
        key = _ARTICLE.sub("", fold_name(text))
        words = set(key.split())
        pointed = _pointed(key, start, anchors)
        if pointed is not None:
            return _placed(text, start, pointed, f"'{text}' is {pointed.name}, named last before")
        is_site = bool(words & SITE_WORDS)
        has_name = any(match.start() > 0 for match in NAME.finditer(text)) or text[:1].isupper()
        town = _nearest(anchors, start)
        if town is not None and (is_site or words & PARTS) and not (has_name and not is_site):
            near = NEAR_KM if words & {"outskirts", "near", "outside"} else 0.0
            why = f"not named; hung on {town.name}, the nearest town in the text"
            placed = _placed(text, start, town, why, wider_km=near)
            return structs.replace(placed, name=None, geonameid=None, precision="site" if is_site else "town")
        return _unknown(text, start, around.main_state())


def _placed(text: str, start: int, place: Toponym, why: str, *, wider_km: float = 0.0) -> Place:
    """The record of a phrase that means a place itself, or the ground so much wider."""
    return Place(
        text=text,
        start=start,
        end=start + len(text),
        name=place.name,
        geonameid=place.geonameid,
        country=place.country,
        admin1=place.area,
        lat=place.lat,
        lon=place.lon,
        precision=PRECISIONS[place.kind],
        radius_km=round(place.radius_km + wider_km, 1),
        why=why,
    )


def _unknown(text: str, start: int, state: str | None) -> Place:
    """The record of a phrase that no place is known for: at most the state the document is about."""
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


def place_of(text: str, start: int, meant: Chosen | None, around: Surroundings, *, is_people: bool) -> Place:
    """The record of a name of a place by itself, as the names of the document weighed together mean it."""
    if meant is not None:
        return _placed(text, start, meant.place, f"named {'by its people ' * is_people}'{text}'")
    return _unknown(text, start, around.main_state())


def _are_kinds(words: list[str]) -> bool:
    """Whether words say only what kind of place a name beside them is."""
    known = (SITE_WORDS, PARTS, AREA_WORDS, REGION_WORDS, NAME_PARTS)
    return all(any(fold_name(word) in kinds for kinds in known) for word in words)


def _votes(place: Toponym, wanted: _Wanted, around: Surroundings, states: set[str | None]) -> float:
    """How much speaks for one place of a name in its phrase; tens of people count as a vote each."""
    votes = math.log10(place.population + 10)
    votes += IN_PHRASE * (place.country in states) + SPOKEN * around.speaks_of(place.country)
    votes += MAIN_STATE * (place.country is not None and place.country == around.main_state())
    kind = wanted.kind
    if kind is not None:
        votes += SAME_KIND * 2 if place.kind in {kind, "region"} else -WRONG_KIND
    elif place.kind == "country":
        votes += 6
    elif place.kind == "region" and place.population:
        votes += SAME_KIND
    elif place.kind in {"admin1", "admin2"}:
        votes -= TOWN_FIRST
    return votes + OWN_NAME * (fold_name(place.name) == fold_name(wanted.name))


def _pointed(key: str, at: int, anchors: Sequence[Anchor]) -> Toponym | None:
    """The place that "there", "the city" or "the province" means: the one named last, where no other is as near."""
    kinds = POINTERS.get(key)
    before = [a for a in anchors if kinds and a.at < at and at - a.at < POINTS_BACK_CHARS and a.place.kind in kinds]
    if not before:
        return None
    last = max(before, key=lambda anchor: anchor.at)
    rivals = {a.place.number for a in before if last.at - a.at < RIVAL_CHARS} - {last.place.number}
    return None if rivals else last.place


def _nearest(anchors: Sequence[Anchor], at: int) -> Toponym | None:
    """The town named last before an offset, else the first behind it; within what a reader would connect."""
    towns = [anchor for anchor in anchors if anchor.place.kind in TOWNS]
    before = [anchor for anchor in towns if anchor.at <= at and at - anchor.at < 800]
    if before:
        return max(before, key=lambda anchor: anchor.at).place
    behind = [anchor for anchor in towns if at < anchor.at < at + 300]
    return min(behind, key=lambda anchor: anchor.at).place if behind else None


def _common_state(others: list[Toponym]) -> str | None:
    """The state of the other places of a phrase, where they agree."""
    states = {place.country for place in others if place.country}
    return states.pop() if len(states) == 1 else None
