"""The gazetteer: places by name, held as arrays in one file and looked up by the digest of a name."""

import json
import zlib
from array import array
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, fields
from functools import lru_cache
from typing import Any, Literal

import numpy as np
import numpy.typing as npt

from villani.errors import ResourceError
from villani.resources.folding import fold_name

PlaceKind = Literal["country", "admin1", "admin2", "town", "region", "site"]
KINDS: tuple[PlaceKind, ...] = ("country", "admin1", "admin2", "town", "region", "site")
MAGIC = b"villani places 3\n"
# Names are looked up again and again in one document; a few thousand are kept at hand.
KEPT_NAMES = 8_192
# Keys of short forms are kept as they are written, behind this sign, which no folded name holds.
AS_WRITTEN = "="
# Keys of peoples and adjectives stand behind this one: "~chechens".
OF_PEOPLE = "~"


@dataclass(frozen=True)
class Arrays:
    """What the file holds. Texts are UTF-8, end to end; `*_sizes` give the bytes of each one.

    Keys are in the order of their CRC-32, which `key_sums` give (keys of one sum in the order of their bytes).
    `members` are entry numbers by key, `member_counts` how many each key has; `admin1` is one more than the area's
    entry number, 0 for none; `radius` is in tenths of a km; `codes` are the GeoNames codes of the first-level areas
    ("SD.29"), parted by blanks, for the entries from `codes_from` on.
    """

    keys: bytes
    key_sums: npt.NDArray[np.uint32]
    key_sizes: npt.NDArray[np.uint8]
    member_counts: npt.NDArray[np.uint16]
    members: npt.NDArray[np.uint32]
    names: bytes
    name_sizes: npt.NDArray[np.uint8]
    countries: bytes
    codes: bytes
    codes_from: npt.NDArray[np.uint32]
    country: npt.NDArray[np.uint16]
    kind: npt.NDArray[np.uint8]
    admin1: npt.NDArray[np.uint16]
    lat: npt.NDArray[np.float32]
    lon: npt.NDArray[np.float32]
    radius: npt.NDArray[np.uint16]
    population: npt.NDArray[np.uint32]
    geonameid: npt.NDArray[np.uint32]


@dataclass(frozen=True, slots=True)
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

    @property
    def area(self) -> str | None:
        """The first-level area it lies in, or is."""
        return self.name if self.kind == "admin1" else self.admin1


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
    try:
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
    except (ValueError, KeyError, TypeError) as error:
        raise ResourceError("the gazetteer cannot be read", cause=f"the file is cut or damaged: {error}") from error


class Gazetteer:
    """Places by name: what the package ships, and after it the countries a user has added.

    Args:
        blobs: Files of `pack`, the shipped one first. A place that an earlier file has by its GeoNames number is not
            given twice.
    """

    def __init__(self, *blobs: bytes) -> None:
        self._layers: list[_Layer] = []
        first = 0
        for blob in blobs:
            layer = _Layer(unpack(blob), first)
            self._layers.append(layer)
            first += layer.size
        self._kept = lru_cache(KEPT_NAMES)(self._find_key)

    def find(self, name: str) -> tuple[Toponym, ...]:
        """Every place of that name, in any spelling `fold_name` makes one, or of that short form as it is written.

        The most populous comes first.
        """
        return self.find_key(fold_name(name)) or self.find_key(AS_WRITTEN + name)

    def find_key(self, key: str) -> tuple[Toponym, ...]:
        """Every place filed under a folded name."""
        return self._kept(key)

    def _find_key(self, key: str) -> tuple[Toponym, ...]:
        if not key:
            return ()
        raw = key.encode()
        found = list(self._layers[0].find(raw))
        for layer in self._layers[1:]:
            known = {place.geonameid for place in found if place.geonameid}
            found.extend(place for place in layer.find(raw) if place.geonameid not in known)
        return tuple(sorted(found, key=lambda toponym: (-toponym.population, toponym.number)))

    def holds(self, key: str) -> bool:
        """Whether any place is filed under a folded name."""
        raw = key.encode()
        return any(layer.position(raw) is not None for layer in self._layers)

    def toponym(self, number: int) -> Toponym:
        """The place with an entry number."""
        layer = next(layer for layer in reversed(self._layers) if layer.first <= number)
        return layer.toponym(number - layer.first)

    def areas(self) -> Iterator[tuple[str, Toponym]]:
        """The first-level areas the package ships, with their GeoNames codes ("SD.29")."""
        return self._layers[0].areas()


class _Layer:
    """One file of the gazetteer; `first` is the number of its first entry among those of all files."""

    def __init__(self, arrays: Arrays, first: int) -> None:
        self._arrays, self.first = arrays, first
        self.size = len(arrays.kind)
        self._countries = arrays.countries.decode().split(",")
        self._sums = array("I", arrays.key_sums.tobytes())
        self._key_ends, self._name_ends = _ends(arrays.key_sizes), _ends(arrays.name_sizes)
        self._member_ends = _ends(arrays.member_counts)

    def find(self, key: bytes) -> Iterator[Toponym]:
        """The places under a key, in the order of their numbers."""
        at = self.position(key)
        if at is not None:
            start, end = _bounds(self._member_ends, at)
            for member in self._arrays.members[start:end]:
                yield self.toponym(int(member))

    def areas(self) -> Iterator[tuple[str, Toponym]]:
        first = int(self._arrays.codes_from[0])
        for number, code in enumerate(self._arrays.codes.decode().split(), first):
            yield code, self.toponym(number)

    def toponym(self, number: int) -> Toponym:
        """The place with a number within this file."""
        arrays = self._arrays
        admin1 = int(arrays.admin1[number])
        return Toponym(
            number=self.first + number,
            kind=KINDS[int(arrays.kind[number])],
            name=self._name(number),
            country=self._countries[int(arrays.country[number])] or None,
            admin1=self._name(admin1 - 1) if admin1 else None,
            lat=round(float(arrays.lat[number]), 5),
            lon=round(float(arrays.lon[number]), 5),
            radius_km=int(arrays.radius[number]) / 10,
            population=int(arrays.population[number]),
            geonameid=int(arrays.geonameid[number]) or None,
        )

    def _name(self, number: int) -> str:
        start, end = _bounds(self._name_ends, number)
        return self._arrays.names[start:end].decode()

    def position(self, key: bytes) -> int | None:
        """Where a key stands among the keys."""
        wanted = zlib.crc32(key)
        at = bisect_left(self._sums, wanted)
        while at < len(self._sums) and self._sums[at] == wanted:
            start, end = _bounds(self._key_ends, at)
            if self._arrays.keys[start:end] == key:
                return at
            at += 1
        return None


def _ends(sizes: npt.NDArray[Any]) -> npt.NDArray[np.uint32]:
    """Where each of several texts laid end to end stops (exclusive)."""
    return np.cumsum(sizes, dtype=np.uint32)


def _bounds(ends: npt.NDArray[np.uint32], number: int) -> tuple[int, int]:
    """Start and end of one text among texts laid end to end."""
    return (int(ends[number - 1]) if number else 0), int(ends[number])


@dataclass(frozen=True, kw_only=True)
class Entry:
    """A place on its way into a gazetteer; `admin1` is the number of its first-level area among the entries."""

    kind: PlaceKind
    name: str
    lat: float
    lon: float
    radius_km: float
    country: str = ""
    admin1: int | None = None
    population: int = 0
    geonameid: int = 0
    code: str = ""


def compile_gazetteer(entries: Sequence[Entry], names: Iterable[tuple[str, int]]) -> bytes:
    """The file of a gazetteer.

    Args:
        entries: Places; those that have a `code` stand together.
        names: Keys (folded, or `AS_WRITTEN` and the short form) with the number of the entry each is for.

    Returns:
        What `Gazetteer` reads; the same for the same arguments, whatever the order of the names.
    """
    by_key: dict[bytes, set[int]] = {}
    for key, number in names:
        by_key.setdefault(key.encode(), set()).add(number)
    keys = sorted(by_key, key=lambda key: (zlib.crc32(key), key))
    members = [sorted(by_key[key]) for key in keys]
    countries = sorted({entry.country for entry in entries})
    numbers = {country: number for number, country in enumerate(countries)}
    written = [entry.name.encode()[:255].decode(errors="ignore").encode() for entry in entries]
    coded = [number for number, entry in enumerate(entries) if entry.code]
    return pack(
        Arrays(
            keys=b"".join(keys),
            key_sums=np.array([zlib.crc32(key) for key in keys], np.uint32),
            key_sizes=np.array([len(key) for key in keys], np.uint8),
            member_counts=np.array([len(group) for group in members], np.uint16),
            members=np.array([number for group in members for number in group], np.uint32),
            names=b"".join(written),
            name_sizes=np.array([len(name) for name in written], np.uint8),
            countries=",".join(countries).encode(),
            codes=" ".join(entries[number].code for number in coded).encode(),
            codes_from=np.array(coded[:1] or [0], np.uint32),
            country=np.array([numbers[entry.country] for entry in entries], np.uint16),
            kind=np.array([KINDS.index(entry.kind) for entry in entries], np.uint8),
            admin1=np.array([0 if entry.admin1 is None else entry.admin1 + 1 for entry in entries], np.uint16),
            lat=np.array([entry.lat for entry in entries], np.float32),
            lon=np.array([entry.lon for entry in entries], np.float32),
            radius=np.array([min(65_000, round(entry.radius_km * 10)) for entry in entries], np.uint16),
            population=np.array([entry.population for entry in entries], np.uint32),
            geonameid=np.array([entry.geonameid for entry in entries], np.uint32),
        )
    )
