"""Groups do not depend on the order in which the items come."""

import random
from collections.abc import Callable, Collection, Hashable
from dataclasses import dataclass

from hypothesis import given
from hypothesis import strategies as st

from villani.records.groups import Group
from villani.run import grouping
from villani.run.grouping import group


@dataclass(frozen=True)
class Near:
    """Numbers are linked that differ by little and share a tens digit."""

    keys_each: int = 1

    def keys(self, item):
        return [(item // 10, index) for index in range(self.keys_each)]

    def linked(self, first, second):
        return abs(first - second) <= 3


def test_an_item_joins_the_earliest_lead_and_makes_no_chain():
    found = group([11, 13, 16, 19], Near(), order=int)
    assert found.groups == ((11, (13,)), (16, (19,)))  # 13 and 16 are linked, but 13 leads nobody


def test_items_without_a_common_key_are_not_compared():
    assert group([19, 20], Near(), order=int).compared == 0


@given(st.sets(st.integers(0, 60)), st.randoms())
def test_order_does_not_matter(numbers, dice):
    shuffled = list(numbers)
    dice.shuffle(shuffled)
    assert group(shuffled, Near(), order=int) == group(sorted(numbers), Near(), order=int)


@dataclass(frozen=True)
class Made:
    """A matcher of two functions."""

    keys: Callable[[int], Collection[Hashable]]
    linked: Callable[[int, int], bool]


def test_long_blocks_are_cut_to_the_latest_and_counted(monkeypatch):
    matcher = Made(lambda _: "x", lambda first, second: (first, second) in {(0, 9), (8, 9)})
    assert group(range(10), matcher, order=int).groups[0] == (0, (9,))
    monkeypatch.setattr(grouping, "MAX_BLOCK", 3)
    found = group(range(10), matcher, order=int)
    assert (8, (9,)) in found.groups
    assert found.cut == 6


def test_of_too_many_candidates_those_with_most_keys_are_compared(monkeypatch):
    matcher = Made(lambda item: range(5 if item in {0, 9} else 1), lambda _, second: second == 9)
    monkeypatch.setattr(grouping, "MAX_CANDIDATES", 1)
    assert (0, (9,)) in group(range(10), matcher, order=int).groups


def test_a_common_key_is_enough_for_items_with_few_keys(monkeypatch):
    monkeypatch.setattr(grouping, "COMMON_KEY", 2)
    assert group(range(5), Made(lambda _: "x", lambda *_: False), order=int).compared == 10


def test_a_common_key_alone_brings_items_with_many_keys_not_together(monkeypatch):
    monkeypatch.setattr(grouping, "COMMON_KEY", 2)
    matcher = Made(lambda item: ["common", *((item, index) for index in range(10))], lambda *_: False)
    assert group(range(5), matcher, order=int).compared == 1 + 2  # until three leads stand under the key


def test_a_group_has_the_same_name_whatever_the_order():
    members = ["b", "c", "a"]
    first = Group.of("copies", "b", tuple(members), sources=1)
    random.Random(1).shuffle(members)
    assert Group.of("copies", "b", tuple(members), sources=1) == first
    assert first.members == ("b", "a", "c")
    assert Group.of("story", "b", tuple(members), sources=1).group_id != first.group_id
