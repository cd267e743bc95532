"""What the coder knows of the world: parties, offices, places and the ontology, loaded once and handed on."""

import hashlib
import tomllib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import cast

from villani.errors import ResourceError
from villani.records.events import Quad
from villani.resources.dumps import installed
from villani.resources.folding import fold_name
from villani.resources.lexicons import load_lines, parse_lines
from villani.resources.parties import Body, NameEntry, Parties, Term, build_parties, unpack_parties
from villani.resources.party_tables import load_tables, read_own
from villani.resources.toponyms import Gazetteer


@dataclass(frozen=True, slots=True)
class Code:
    """How a type with its mode is exported."""

    cameo: str
    quad: Quad


@dataclass(frozen=True, slots=True)
class Homonym:
    """Another place with the name of a state or its seat, and the words of a document that speak for either.

    `country` is the state the other place lies in, None for what is no place.
    """

    country: str | None
    for_other: tuple[str, ...]
    for_state: tuple[str, ...]


@dataclass(frozen=True, eq=False)
class Knowledge:
    """Everything resolution is given. Keys are folded (see `fold_name`).

    `heads` gives the PLOVER sector of a noun; `common` are family names that alone name nobody; `homonyms` places that
    share a state's name; `codes` is keyed by type and mode, "" for none; `common_words` are those that some town is
    called by too.
    """

    gazetteer: Gazetteer
    parties: Parties
    heads: Mapping[str, str]
    common: frozenset[str]
    homonyms: Mapping[str, Homonym]
    codes: Mapping[tuple[str, str], Code]
    common_words: frozenset[str] = frozenset()

    @property
    def countries(self) -> Mapping[str, str]:
        """A state's name, with its article, by ISO 3166-1 alpha-3."""
        return self.parties.countries

    @property
    def bodies(self) -> Mapping[str, Body]:
        """Parties by actor_id."""
        return self.parties.bodies

    @property
    def names(self) -> Mapping[str, tuple[NameEntry, ...]]:
        """What a name may mean."""
        return self.parties.names

    @property
    def people(self) -> Mapping[str, tuple[Term, ...]]:
        """Terms in office by full name."""
        return self.parties.people

    @property
    def offices(self) -> Mapping[str, tuple[Term, ...]]:
        """Listed terms in office by the state's code, or the body's actor_id where it is of no state."""
        return self.parties.offices

    @property
    def surnames(self) -> Mapping[str, tuple[Term, ...]]:
        """Terms in office by family name."""
        return self.parties.surnames


def load_knowledge(own: Sequence[Path] = ()) -> Knowledge:
    """Load what the package ships.

    Args:
        own: Tables of parties and office holders that a user adds (see docs/actors.md).

    Raises:
        ResourceError: a file of ours is missing, broken, or not the one the manifest describes.
        InputError: a table of the user's cannot be read or contradicts what is known; file and line are named.
    """
    return Knowledge(
        gazetteer=load_gazetteer(),
        parties=load_parties(own),
        heads={fold_name(noun): sector for noun, sector in load_lines("en/heads")},
        common=frozenset(fold_name(name) for (name,) in load_lines("en/common_surnames")),
        homonyms={
            fold_name(name): Homonym(country or None, tuple(other.split("|")), tuple(state.split("|")))
            for name, country, other, state in load_lines("en/homonyms")
        },
        codes=_codes(),
        common_words=frozenset(word for (word,) in load_lines("en/common_words")),
    )


def load_gazetteer() -> Gazetteer:
    """The places the package ships, and after them the countries the user has added (`villani places add`).

    Raises:
        ResourceError: a file is missing or damaged.
    """
    return Gazetteer(load_verified("gazetteer/places.bin"), *(blob for _, blob in installed()))


def load_parties(own: Sequence[Path] = ()) -> Parties:
    """Parties and people: those the package ships, packed; with tables of a user, put together anew.

    Raises:
        ResourceError: a file of ours is missing, broken, or not the one the manifest describes.
        InputError: a table of the user's cannot be read or contradicts what is known; file and line are named.
    """
    if own:
        return build_parties(read_own(load_tables(), own))
    return unpack_parties(load_verified("gazetteer/parties.bin"))


def load_verified(path: str) -> bytes:
    """A large file of the package, its digest checked against `manifest.toml`.

    Raises:
        ResourceError: the file is missing or is another than the manifest says.
    """
    folder = resources.files("villani.resources")
    remedy = "install villani again: its resources are part of the package"
    try:
        manifest = tomllib.loads(folder.joinpath("manifest.toml").read_text(encoding="utf8"))
        wanted = manifest[path]["sha256"]
        blob = folder.joinpath(path).read_bytes()
    except (OSError, KeyError, tomllib.TOMLDecodeError) as error:
        raise ResourceError(f"cannot load {path}", cause=repr(error), remedy=remedy) from error
    found = hashlib.sha256(blob).hexdigest()
    if found != wanted:
        raise ResourceError(
            f"{path} is damaged", cause=f"its sha256 is {found}, the manifest says {wanted}", remedy=remedy
        )
    return blob


def _codes() -> dict[tuple[str, str], Code]:
    path = "ontology/plover.tsv"
    text = resources.files("villani.resources").joinpath(path).read_text(encoding="utf8")
    return {
        (kind, "" if mode == "-" else mode): Code(cameo, cast("Quad", quad))
        for kind, mode, cameo, quad in parse_lines(text, path)
    }
