"""What stands around an article and is not part of it: agencies' names, menu words, credits, stock phrases."""

import msgspec

from villani.errors import ResourceError
from villani.resources.lexicons import load_lines

KINDS = ("alone", "opens", "holds", "tail", "menu", "credit")


class Furniture(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """Phrases by what they do; all but names are lower case with single spaces.

    Args:
        agencies: News agencies' names by each form they are written in, case kept ("Associated Press" gives "AP").
        alone: Lines that are furniture when nothing else stands on them.
        opens: Beginnings of furniture lines.
        holds: Phrases that make a short line furniture wherever they stand in it.
        tail: Lines after which only links to other articles follow.
        menu: Words and phrases a menu is made of; a line of nothing else is furniture.
        credits: Openings of credit lines, up to and with "by".
        towns: Names of two to five letters that may stand alone as a dateline ("GOMA", "KYIV"), upper case.
        no_datelines: Words in capitals that open sentences and labels but never name a place ("NATO", "UPDATE").
    """

    agencies: dict[str, str]
    alone: frozenset[str]
    opens: tuple[str, ...]
    holds: tuple[str, ...]
    tail: frozenset[str]
    menu: frozenset[str]
    credits: tuple[str, ...]
    towns: frozenset[str]
    no_datelines: frozenset[str]


def load_furniture() -> Furniture:
    """The furniture lexicons of English, read from the package once and handed to the cleaner.

    Raises:
        ResourceError: a lexicon is missing or broken, or has a kind that is not known.
    """
    phrases = _by_kind("en/furniture", KINDS)
    datelines = _by_kind("en/datelines", ("town", "never"))
    return Furniture(
        agencies={form: name for form, name, _ in load_lines("en/agencies")},
        alone=frozenset(phrases["alone"]),
        opens=tuple(sorted(phrases["opens"])),
        holds=tuple(sorted(phrases["holds"])),
        tail=frozenset(phrases["tail"]),
        menu=frozenset(phrases["menu"]),
        credits=tuple(sorted(phrases["credit"])),
        towns=frozenset(datelines["town"]),
        no_datelines=frozenset(datelines["never"]),
    )


def _by_kind(name: str, kinds: tuple[str, ...]) -> dict[str, list[str]]:
    """The entries of a lexicon of two columns, kind and phrase."""
    found: dict[str, list[str]] = {kind: [] for kind in kinds}
    for kind, phrase in load_lines(name):
        if kind not in found:
            raise ResourceError(f"lexicons/{name}.tsv: unknown kind {kind!r} of {phrase!r}; known: {', '.join(kinds)}")
        found[kind].append(phrase)
    return found
