"""Where a document plays: which of the places of each of its names is meant, all names weighed together."""

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from villani.resources.folding import fold_name
from villani.resources.toponyms import PlaceKind, Toponym

Floats = npt.NDArray[np.float64]
EARTH_KM = 6371.0
# At most so many names, and places of a name, are weighed against each other: what an article needs, and no more.
MAX_NAMES, MAX_PLACES = 100, 30
# Rounds in which every name leans on what the others most likely mean; the choice has settled by then.
ROUNDS = 5

# What speaks for a place, in powers of ten of its people (set on the development sets; see docs/decisions/0007).
KIND_WEIGHT: dict[PlaceKind, float] = {
    "country": 4.0, "admin1": 0.5, "admin2": -2.0, "town": 0.0, "region": 3.0, "site": 0.0,
}  # fmt: skip
# A river or hill of a country dump, of which nothing is known, stands behind a village of its name.
UNKNOWN_LAND = 3.5
OWN_NAME = 0.8
# A kind named beside it ("Idlib province", "city of Homs").
SAME_KIND, WRONG_KIND = 5.0, 3.0
# The place lies in the area named right behind it ("Paris, Texas").
INSIDE = 6.0
# Other names mean places near it; it lies in a state, or an area, that others lie in; its state is spoken of.
NEAR, STATE, AREA, SPOKEN = 3.0, 1.5, 1.1, 0.3
NEAR_KM = 80.0
# What a town that only ever acts as a government says of where its document plays.
VOICE = 0.2
# Areas wider than this say little by lying near.
WIDE_KM = 300.0
SHARPNESS = 1.7


@dataclass(frozen=True)
class Sighting:
    """A name met in the text.

    `start` is its offset, `places` what it may mean, `kind` what a word beside it says it is, `inside` the index of the
    sighting behind it that says where it lies ("Paris, Texas"); `acts` whether it is a government's ("Paris said").
    """

    start: int
    name: str
    places: tuple[Toponym, ...]
    kind: PlaceKind | None = None
    inside: int | None = None
    acts: bool = False


@dataclass(frozen=True)
class Node:
    """All sightings that mean the same: one name, with one area behind it."""

    name: str
    kind: PlaceKind | None
    places: tuple[Toponym, ...]
    weight: float
    inside: int | None


@dataclass(frozen=True)
class Chosen:
    """The place a name means, and how sure that is (0 to 1) among the places of the name."""

    place: Toponym
    sure: float
    support: float


@dataclass(frozen=True)
class Scene:
    """The places of a document's names, by offset and by name; empty before they are weighed."""

    at: Mapping[int, Chosen] = field(default_factory=dict)
    by_name: Mapping[str, Chosen] = field(default_factory=dict)

    def meant(self, name: str, start: int) -> Chosen | None:
        """What a name at an offset means, or else what it means elsewhere in the document."""
        return self.at.get(start) or self.by_name.get(fold_name(name))

    def support(self, places: Sequence[Toponym], name: str) -> list[float]:
        """How much the other names of the document speak for each of the places of a name."""
        key = fold_name(name)
        others = [chosen for other, chosen in self.by_name.items() if other != key]
        if not others or not places:
            return [0.0] * len(places)
        weights = np.array([chosen.sure for chosen in others])
        table = _Table.of([*places, *(chosen.place for chosen in others)])
        own = len(places)
        near, same, area = (
            pairs[:own, own:] @ weights for pairs in (table.nearness(), table.same_state(), table.same_area())
        )
        return [float(value) for value in _support(near, same, area)]


EMPTY = Scene()


def weigh(sightings: Sequence[Sighting], states: Mapping[str, float]) -> Scene:
    """Choose the place of each name, clear names first in effect: each leans on what the others most likely mean.

    Every place of a name starts with what speaks for it by itself (people, kind, the area named behind it). Then, a few
    times, each place is given the support of the places other names may mean, as likely as these are by now.

    Args:
        sightings: Names in the order of the text, each with its places.
        states: How often the document speaks of a state otherwise, by ISO 3166-1 alpha-3.

    Returns:
        The scene; names with no place are not in it.
    """
    nodes, members = _nodes(sightings)
    if not nodes:
        return EMPTY
    flat = [(number, place) for number, node in enumerate(nodes) for place in node.places]
    owner = np.array([number for number, _ in flat])
    table = _Table.of([place for _, place in flat])
    other = owner[:, None] != owner[None, :]
    weight = np.array([nodes[number].weight for number in owner])
    near, same, area = table.nearness() * other, table.same_state() * other, table.same_area() * other
    inside = _inside(nodes, owner, table)
    alone = np.array([_alone(place, nodes[number], states) for number, place in flat])
    likely = _share(alone, owner, len(nodes))
    scores = alone
    for _ in range(ROUNDS):
        held = likely * weight
        scores = alone + _support(near @ held, same @ held, area @ held) + INSIDE * np.minimum(1, inside @ likely)
        likely = _share(scores, owner, len(nodes))
    return _scene(nodes, members, sightings, flat, likely, scores - alone)


def _nodes(sightings: Sequence[Sighting]) -> tuple[list[Node], dict[int, int]]:
    """One node for sightings that mean the same, and the node of each sighting by index."""
    behind: dict[str, int] = {}
    for sighting in sightings:
        if sighting.inside is not None:
            behind.setdefault(fold_name(sighting.name), sighting.inside)
    groups: dict[tuple[str, str], list[int]] = defaultdict(list)
    for index, sighting in enumerate(sightings):
        if sighting.places:
            key = fold_name(sighting.name) or sighting.name
            inside = sighting.inside if sighting.inside is not None else behind.get(key)
            groups[key, "" if inside is None else fold_name(sightings[inside].name)].append(index)
    ranked = sorted(groups.values(), key=lambda indices: (-len(indices), indices[0]))[:MAX_NAMES]
    of = {index: number for number, indices in enumerate(ranked) for index in indices}
    return [_node([sightings[index] for index in indices], behind, of) for indices in ranked], of


def _node(seen: Sequence[Sighting], behind: Mapping[str, int], of: Mapping[int, int]) -> Node:
    """The node of some sightings that mean the same."""
    name = seen[0].name
    inside = next((sighting.inside for sighting in seen if sighting.inside is not None), behind.get(fold_name(name)))
    kind = next((sighting.kind for sighting in seen if sighting.kind), None)
    places = sorted(seen[0].places, key=lambda place: -_alone_by(place, name, kind))[:MAX_PLACES]
    weight = (1 + math.log(len(seen))) * (VOICE if all(sighting.acts for sighting in seen) else 1)
    return Node(name, kind, tuple(places), weight, None if inside is None else of.get(inside))


def _alone_by(place: Toponym, name: str, kind: PlaceKind | None) -> float:
    """What speaks for a place of a name by itself."""
    votes = math.log10(place.population + 10) + KIND_WEIGHT[place.kind]
    if place.kind == "region" and not place.population:
        votes -= UNKNOWN_LAND
    votes += OWN_NAME * (fold_name(place.name) == fold_name(name))
    if kind is not None:
        votes += SAME_KIND if place.kind == kind else -WRONG_KIND
    return votes


def _alone(place: Toponym, node: Node, states: Mapping[str, float]) -> float:
    """What speaks for a place without the other names: people, kind, and whether its state is spoken of."""
    spoken = math.log1p(states.get(place.country or "", 0.0))
    return _alone_by(place, node.name, node.kind) + SPOKEN * spoken


def _support(near: Floats, same: Floats, area: Floats) -> Floats:
    """What weighted counts of names nearby, in the same state and in the same area are worth."""
    return np.asarray(NEAR * np.log1p(near) + STATE * np.log1p(same) + AREA * np.log1p(area))


def _share(scores: Floats, owner: npt.NDArray[np.int64], names: int) -> Floats:
    """How likely each place is among those of its name; sums to 1 for each name."""
    top = np.full(names, -np.inf)
    np.maximum.at(top, owner, scores)
    raised = np.exp(SHARPNESS * (scores - top[owner]))
    total = np.zeros(names)
    np.add.at(total, owner, raised)
    return np.asarray(raised / total[owner])


def _inside(nodes: Sequence[Node], owner: npt.NDArray[np.int64], table: "_Table") -> Floats:
    """1 where one place lies in another that the text puts behind it, and for that other likewise."""
    pairs = np.zeros((len(owner), len(owner)))
    for number, node in enumerate(nodes):
        if node.inside is not None and node.inside != number:
            rows, columns = np.flatnonzero(owner == number), np.flatnonzero(owner == node.inside)
            held = table.holds(rows, columns)
            pairs[np.ix_(rows, columns)] = held
            pairs[np.ix_(columns, rows)] = np.maximum(pairs[np.ix_(columns, rows)], held.T)
    return pairs


def _scene(
    nodes: Sequence[Node],
    members: Mapping[int, int],
    sightings: Sequence[Sighting],
    flat: Sequence[tuple[int, Toponym]],
    likely: Floats,
    support: Floats,
) -> Scene:
    """The likeliest place of each node, by offset of its sightings and by name."""
    best: dict[int, int] = {}
    for row, (number, _) in enumerate(flat):
        if number not in best or likely[row] > likely[best[number]]:
            best[number] = row
    chosen = {n: Chosen(flat[row][1], float(likely[row]), float(support[row])) for n, row in best.items()}
    by_name: dict[str, Chosen] = {}
    for number in sorted(chosen, key=lambda number: -nodes[number].weight):
        by_name.setdefault(fold_name(nodes[number].name) or nodes[number].name, chosen[number])
    return Scene({sightings[index].start: chosen[number] for index, number in members.items()}, by_name)


@dataclass(frozen=True)
class _Table:
    """Places as arrays, to measure all pairs at once; `points` are unit vectors, float64 (places, 3)."""

    points: Floats
    radius: Floats
    state: npt.NDArray[np.int64]
    area: npt.NDArray[np.int64]
    is_country: npt.NDArray[np.bool_]
    is_admin1: npt.NDArray[np.bool_]

    @classmethod
    def of(cls, places: Sequence[Toponym]) -> "_Table":
        """The table of some places; those without a state or area share none with any other."""
        lat, lon = np.radians([place.lat for place in places]), np.radians([place.lon for place in places])
        states: dict[str, int] = {}
        areas: dict[tuple[str, str], int] = {}
        state, area = [], []
        for number, place in enumerate(places, 1):
            state.append(states.setdefault(place.country, number) if place.country else -number)
            name = place.area
            area.append(areas.setdefault((place.country or "", name), number) if name else -number)
        return cls(
            np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1),
            np.array([place.radius_km for place in places]),
            np.array(state),
            np.array(area),
            np.array([place.kind == "country" for place in places]),
            np.array([place.kind == "admin1" for place in places]),
        )

    def distances(self) -> Floats:
        """Great-circle distances in km between all pairs."""
        return np.asarray(EARTH_KM * np.arccos(np.clip(self.points @ self.points.T, -1, 1)))

    def nearness(self) -> Floats:
        """1 for places side by side, falling with the ground between them; areas count less the wider they are."""
        reach = np.minimum(self.radius[:, None], 400) + np.minimum(self.radius[None, :], 400)
        gap = np.maximum(0, self.distances() - reach)
        small = 1 / (1 + (self.radius / WIDE_KM) ** 2)
        usable = (~self.is_country)[:, None] & (~self.is_country)[None, :]
        return np.asarray(np.exp(-gap / NEAR_KM) * np.minimum(small[:, None], small[None, :]) * usable)

    def same_state(self) -> Floats:
        """1 for pairs in one state."""
        return np.asarray(self.state[:, None] == self.state[None, :], dtype=np.float64)

    def same_area(self) -> Floats:
        """1 for pairs in one first-level area."""
        return np.asarray(self.area[:, None] == self.area[None, :], dtype=np.float64)

    def holds(self, inner: npt.NDArray[np.int64], outer: npt.NDArray[np.int64]) -> Floats:
        """1 where the second lies in the first: by state or area where that is one, else by the ground it covers."""
        same = self.state[inner][:, None] == self.state[outer][None, :]
        area = self.area[inner][:, None] == self.area[outer][None, :]
        cosine = np.clip(self.points[inner] @ self.points[outer].T, -1, 1)
        close = EARTH_KM * np.arccos(cosine) < self.radius[outer][None, :] + 30
        by_state, by_area = self.is_country[outer][None, :] & same, self.is_admin1[outer][None, :] & area
        smaller = (self.radius[inner][:, None] <= self.radius[outer][None, :]) & ~self.is_country[outer][None, :]
        by_ground = close & smaller & ~self.is_admin1[outer][None, :]
        return np.asarray(by_state | by_area | by_ground, dtype=np.float64)
