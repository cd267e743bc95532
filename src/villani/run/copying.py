"""Finds the copies among documents: fingerprints, groups, and what each copy is."""

import datetime as dt
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_

from villani.copies import Fingerprinter
from villani.copies.fingerprint import Fingerprint
from villani.copies.matching import CopyMatcher
from villani.records.events import Copy
from villani.records.groups import Group
from villani.records.text import Document
from villani.resources.word_counts import load_word_counts
from villani.run.grouping import group

MOST = 0.6  # of a text's units
LONGER = 3.0  # weight by which a text leads that is e times as long; made launderings are 1.3 to 5 rougher
Family = tuple[Fingerprint, tuple[Fingerprint, ...]]  # a lead and those that joined it


@dataclass(frozen=True)
class Copies:
    """Groups of two documents or more, and for each that is no lead what it is a copy of, by `doc_id`.

    `cut` counts the blocks that were too long to be searched whole.
    """

    groups: tuple[Group, ...]
    copies: Mapping[str, Copy]
    cut: int


def load_fingerprinter() -> Fingerprinter:
    """The fingerprinter with the package's counts of words.

    Raises:
        ResourceError: the table is missing or broken.
    """
    return Fingerprinter(load_word_counts())


def find_copies(documents: Iterable[Document], fingerprinter: Fingerprinter) -> Copies:
    """Find the copies among documents, whose order does not matter; a `doc_id` given twice counts once."""
    items = sorted(fingerprinter(documents), key=lambda item: (item.doc_id, item.words))
    return match_copies({item.doc_id: item for item in items}.values())


def match_copies(items: Iterable[Fingerprint], suspicion: Mapping[str, float] | None = None) -> Copies:
    """Find the copies among fingerprints, whose ids differ.

    Args:
        items: In any order.
        suspicion: How likely each text was laundered, 0 to 1, by `doc_id`, where that is known. Of documents of one day
            the cleanest leads: the unlaundered, then the longer with the commoner words.
    """
    matcher, doubts = CopyMatcher(), suspicion or {}

    def order(item: Fingerprint) -> tuple[dt.date, bool, float, str]:
        blemish = item.roughness - LONGER * math.log(len(item) + 1)
        return (item.published or dt.date.max, doubts.get(item.doc_id, 0.0) > 0.5, blemish, item.doc_id)

    found = group(list(items), matcher, order)
    families = [part for lead, members in found.groups for part in _part(matcher, lead, members)]
    groups = [
        Group.of("copies", lead.doc_id, tuple(item.doc_id for item in members), sources=1)
        for lead, members in families
        if members
    ]
    copies = {item.doc_id: matcher.mark(item, lead) for lead, members in families for item in members}
    return Copies(tuple(sorted(groups, key=lambda one: one.lead)), copies, found.cut)


def _part(matcher: CopyMatcher, lead: Fingerprint, members: Sequence[Fingerprint]) -> list[Family]:
    """Take a stitched lead from the head of its group: its sources may be independent, and it joins one of them.

    Only members of the lead's own day can be its sources: where it is older, they were taken from it.
    """
    taken = {item.doc_id: matcher.overlap(item, lead).theirs for item in members if item.published == lead.published}
    areas = find_areas([*taken.values(), (1 << lead.told) - 1])
    if len(areas) < 2:
        return [(lead, tuple(members))]
    heads: dict[int, Fingerprint] = {}
    for item in members:
        met = [area for area in areas if _share_units(taken.get(item.doc_id, 0), area)]
        if len(met) == 1:
            heads.setdefault(met[0], item)
    families: dict[str, list[Fingerprint]] = {head.doc_id: [] for head in heads.values()}
    alone: list[Family] = []
    for item in [*(one for one in members if one.doc_id not in families), lead]:
        home = next((head for head in heads.values() if matcher.linked(head, item)), None)
        if home is None:
            alone.append((item, ()))
        else:
            families[home.doc_id].append(item)
    return [*((head, tuple(families[head.doc_id])) for head in heads.values()), *alone]


def find_areas(extents: Iterable[int]) -> list[int]:
    """The parts of a lead that come from different sources.

    What is made up of narrower parts that have nothing in common was stitched from them; what has much besides is
    their source, and makes them one.

    Args:
        extents: What each page has in common with the lead, as bits of the lead's units; the lead's own is all of them.
    """
    areas: list[int] = []
    for extent in sorted(extents, key=int.bit_count):
        met = [area for area in areas if _share_units(area, extent)]
        union = reduce(or_, met, 0)
        if len(met) > 1 and (union & extent).bit_count() >= MOST * extent.bit_count():
            continue
        areas = [*(area for area in areas if area not in met), union | extent]
    return areas


def _share_units(first: int, second: int) -> bool:
    """Whether two extents have a fifth of the narrower one in common."""
    return 5 * (first & second).bit_count() > min(first.bit_count(), second.bit_count())
