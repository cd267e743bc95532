"""The gazetteer: places by name, held as arrays in one file and looked up by bisection."""

import json
from dataclasses import dataclass, fields
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from villani.errors import ResourceError
from villani.resources.folding import fold_name

PlaceKind = Literal["country", "admin1", "admin2", "town", "region"]
KINDS: tuple[PlaceKind, ...] = ("country", "admin1", "admin2", "town", "region")
MAGIC = b"villani places 1\n"


@dataclass(frozen=True)
class Arrays:
    """What the file holds. Texts are UTF-8, end to end; `*_ends` give where each one stops (exclusive).

    `members` are entry numbers by key; `admin1` is one more than the area's entry number, 0 for none.
    """

    keys: bytes
    key_ends: npt.NDArray[np.uint32]
    member_ends: npt.NDArray[np.uint32]
    members: npt.NDArray[np.uint32]
    names: bytes
    name_ends: npt.NDArray[np.uint32]
    countries: bytes
    country: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint8]
    admin1: npt.NDArray[np.uint16]
    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    radius: npt.NDArray[np.float32]
    population: npt.NDArray[np.uint32]
    geonameid: npt.NDArray[np.uint32]


@dataclass(frozen=True)
class Toponym:
    """A place of the gazetteer. Degrees are WGS 84, `radius_km` covers the place; `country` is ISO 3166-1 alpha-3."""

    number: int
    kind: PlaceKind
    name: str
    country: str | None
    admin1: str | None
    lat: float
    lon: float
    radius_km: float
    population: int
    geonameid: int | None


def pack(arrays: Arrays) -> bytes:
    """The file's bytes: a line that says what it is, a line of JSON with types and lengths, the arrays aligned to 8."""
    header: dict[str, Any] = {}
    body = bytearray()
    for field in fields(arrays):
        value = getattr(arrays, field.name)
        raw = value if isinstance(value, bytes) else value.tobytes()
        header[field.name] = {"type": "bytes" if isinstance(value, bytes) else value.dtype.str, "at": len(body)}
        header[field.name]["size"] = len(raw)
        body += raw + b"\0" * (-len(raw) % 8)
    head = json.dumps(header).encode() + b"\n"
    return MAGIC + head + b" " * (-(len(MAGIC) + len(head)) % 8) + bytes(body)


def unpack(blob: bytes) -> Arrays:
    """Read what `pack` wrote, without copying the arrays.

    Raises:
        ResourceError: the bytes are no gazetteer of this version.
    """
    if not blob.startswith(MAGIC):
        raise ResourceError("the gazetteer cannot be read", cause="it is no file of this version")
    head_end = blob.index(b"\n", len(MAGIC)) + 1
    header = json.loads(blob[len(MAGIC) : head_end])
    start = head_end + -head_end % 8
    values: dict[str, Any] = {}
    for name, where in header.items():
        at, size = start + where["at"], where["size"]
        if where["type"] == "bytes":
            values[name] = blob[at : at + size]
        else:
            kind = np.dtype(where["type"])
            values[name] = np.frombuffer(blob, kind, size // kind.itemsize, at)
    return Arrays(**values)


class Gazetteer:
    """Places by name."""

    def __init__(self, blob: bytes) -> None:
        self._arrays = unpack(blob)
        self._countries = self._arrays.countries.decode().split(",")

    def find(self, name: str) -> tuple[Toponym, ...]:
        """Every place of that name, in any spelling `fold_name` makes one, the most populous first."""
        return self.find_key(fold_name(name))

    def find_key(self, key: str) -> tuple[Toponym, ...]:
        """Every place filed under a folded name."""
        if not key:
            return ()
        number = self._position(key.encode())
        if number is None:
            return ()
        start, end = _bounds(self._arrays.member_ends, number)
        found = [self.toponym(int(member)) for member in self._arrays.members[start:end]]
        return tuple(sorted(found, key=lambda toponym: (-toponym.population, toponym.number)))

    def toponym(self, number: int) -> Toponym:
        """The place with an entry number."""
        arrays = self._arrays
        admin1 = int(arrays.admin1[number])
        return Toponym(
            number=number,
            kind=KINDS[int(arrays.kind[number])],
            name=self._name(number),
            country=self._countries[int(arrays.country[number])] or None,
            admin1=self._name(admin1 - 1) if admin1 else None,
            lat=round(float(arrays.lat[number]), 5),
            lon=round(float(arrays.lon[number]), 5),
            radius_km=round(float(arrays.radius[number]), 1),
            population=int(arrays.population[number]),
            geonameid=int(arrays.geonameid[number]) or None,
        )

    def _name(self, number: int) -> str:
        start, end = _bounds(self._arrays.name_ends, number)
        return self._arrays.names[start:end].decode()

    def _position(self, key: bytes) -> int | None:
        """Where a key stands in the sorted keys."""
        low, high = 0, len(self._arrays.key_ends)
        while low < high:
            middle = (low + high) // 2
            start, end = _bounds(self._arrays.key_ends, middle)
            met = self._arrays.keys[start:end]
            if met == key:
                return middle
            if met < key:
                low = middle + 1
            else:
                high = middle
        return None


def _bounds(ends: npt.NDArray[np.uint32], number: int) -> tuple[int, int]:
    """Start and end of one text among texts laid end to end."""
    return (int(ends[number - 1]) if number else 0), int(ends[number])
