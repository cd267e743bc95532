"""Tolls that the act's own word tells of."""

import pytest

from villani.records.events import Count
from villani.resolution.tolls import count_killed

TABLE = [
    ("killed", [("14 pilgrims", True)], (14, 14)),  # the number stands in the recipient
    ("shot dead", [("at least nine villagers", True)], (9, None)),  # with an open end
    ("assassinated", [("Idris Qabbani", True)], (1, 1)),  # a full name is one person
    ("killing", [("Abu Omar al-Shami", True)], (1, 1)),  # with particles
    ("murder", [("Qabbani", True)], (1, 1)),  # a lone family name
    ("killed", [("a soldier", True)], (1, 1)),  # the article counts
    ("killed", [("civilians", True)], None),  # nobody knows how many
    ("killed", [("Yazidis", True)], None),  # a people, not a person
    ("killed", [("Israel", False)], None),  # a state is no person
    ("bombed", [("14 pilgrims", True)], None),  # bombing is not killing
    ("killed", [("two soldiers", True), ("a child", True)], None),  # tolls are not summed
    ("killed", [], None),
]


@pytest.mark.parametrize(("trigger", "recipients", "expected"), TABLE)
def test_a_killing_word_counts_whom_it_is_done_to(trigger, recipients, expected):
    assert count_killed(trigger, recipients) == (None if expected is None else Count(low=expected[0], high=expected[1]))
