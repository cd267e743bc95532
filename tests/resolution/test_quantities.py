"""Number phrases."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villani.resolution.quantities import parse_quantity

TABLE = [
    ("nine people", (9, 9)),  # a bare cardinal
    ("at least nine", (9, None)),  # an open end
    ("12,000", (12_000, 12_000)),  # thousands
    ("1.2 million", (1_200_000, 1_200_000)),  # a decimal with a scale
    ("one hundred and twenty-one", (121, 121)),  # in words
    ("two hundred thousand", (200_000, 200_000)),  # scales multiply
    ("five thousand two hundred", (5_200, 5_200)),  # scales add
    ("a hundred", (100, 100)),  # "a" counts as one before a scale
    ("up to a thousand", (None, 1_000)),  # closed above
    ("more than 20", (21, None)),  # strictly more
    ("fewer than 300", (None, 299)),  # strictly fewer
    ("nearly 300", (None, 300)),  # not quite
    ("some 40", (40, 40)),  # about, as settled in the guidelines
    ("between 30 and 40 civilians", (30, 40)),  # a range in words
    ("30-40", (30, 40)),  # a range with a dash
    ("two or three", (2, 3)),  # alternatives
    ("dozens", (24, None)),  # vague plurals
    ("tens of thousands", (20_000, None)),  # longest vague plural first
    ("several", (3, None)),
    ("two dozen", (24, 24)),  # a counted dozen is not vague
    ("half a dozen", (6, 6)),
    ("a soldier", (1, 1)),  # the article counts one
    ("both pilots", (2, 2)),
    ("no casualties", (0, 0)),  # none is a number too
    ("40 or more", (40, None)),  # the opening word stands behind
    ("villagers", None),  # no number
    ("the army", None),  # the definite article counts nothing
]


@pytest.mark.parametrize(("phrase", "expected"), TABLE)
def test_a_number_phrase_gives_its_bounds(phrase, expected):
    assert parse_quantity(phrase) == expected


@given(st.integers(min_value=0, max_value=10**9))
def test_numerals_read_back_with_and_without_commas(number):
    assert parse_quantity(f"{number} people") == (number, number)
    assert parse_quantity(f"at least {number:,}") == (number, None)


@given(st.text(max_size=80))
def test_any_text_gives_bounds_in_order_or_none(text):
    bounds = parse_quantity(text)
    assert bounds is None or None in bounds or bounds[0] <= bounds[1]
