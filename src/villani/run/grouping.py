"""Puts items that belong together into groups: the same for copies, incidents and stories."""

from collections import Counter, defaultdict
from collections.abc import Callable, Hashable, Sequence
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

from villani.records.stage import Matcher

Item = TypeVar("Item")
COMMON_KEY = 16  # leads under one key above which it says little: two such keys must be shared ...
MANY_KEYS = 8  # ... by an item that has more keys than this
MAX_BLOCK = 200  # leads under one key that are looked at: the latest
MAX_CANDIDATES = 32  # leads an item is compared with: those it shares most keys with


@dataclass(frozen=True)
class Grouping(Generic[Item]):
    """Each lead with those that joined it, leads and members in the order given by the caller's `order`.

    `cut` counts how often a block or an item's candidates were too many to be looked at whole; `compared` counts the
    pairs looked at.
    """

    groups: tuple[tuple[Item, tuple[Item, ...]], ...]
    cut: int
    compared: int


def group(items: Sequence[Item], matcher: Matcher[Item], order: Callable[[Item], Any]) -> Grouping[Item]:
    """Join each item to the earliest lead it matches; an item that matches none is a lead.

    An item is compared with leads only, so that chains cannot form: everything in a group matches its lead.

    Args:
        items: In any order: the outcome is the same.
        matcher: Which items to compare, and which belong together.
        order: Sorts the items; no two of them may have the same place. What comes first leads.
    """
    leads: list[Item] = []
    members: list[list[Item]] = []
    blocks: defaultdict[Hashable, list[int]] = defaultdict(list)
    cut = compared = 0
    for item in sorted(items, key=order):
        keys = matcher.keys(item)
        shared, needed = Counter[int](), 2 if len(keys) > MANY_KEYS else 1
        for key in keys:
            if block := blocks.get(key):
                cut += len(block) > MAX_BLOCK
                shared.update(dict.fromkeys(block[-MAX_BLOCK:], 1 if len(block) > COMMON_KEY else 2))
        candidates = [number for number, weight in shared.items() if weight >= needed]
        if len(candidates) > MAX_CANDIDATES:
            cut += 1
            candidates = sorted(candidates, key=lambda number: (-shared[number], -number))[:MAX_CANDIDATES]
        for number in sorted(candidates):
            compared += 1
            if matcher.linked(leads[number], item):
                members[number].append(item)
                break
        else:
            for key in keys:
                blocks[key].append(len(leads))
            leads.append(item)
            members.append([])
    return Grouping(tuple((lead, tuple(found)) for lead, found in zip(leads, members, strict=True)), cut, compared)
