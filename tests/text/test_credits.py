"""Bylines and credits, also those whose words a program has swapped."""

import pytest

from villani.resources.furniture import load_furniture
from villani.text.credits import CreditReader

READER = CreditReader(load_furniture())


@pytest.mark.parametrize(
    ("block", "names"),
    [
        ("By JOHN ORSINI", ("John Orsini",)),  # capitals are put right
        ("By Ada Lund and Sami al-Hadi", ("Ada Lund", "Sami al-Hadi")),
        ("By Ada Lund, Associated Press", ("Ada Lund",)),  # an agency is no person
        ("By Ada Lund | Staff Writer", ("Ada Lund",)),  # nor a rank
    ],
)
def test_bylines_are_read(block, names):
    assert READER.read_byline(block).names == names


def test_a_byline_keeps_the_place_it_was_filed_from():
    block = "By Ada Lund in Nairobi"
    start, end = READER.read_byline(block).place
    assert block[start:end] == "Nairobi"


@pytest.mark.parametrize(
    "block",
    [
        "By Tuesday the army had left",  # a time
        "By the time it ended nobody was left",
        "By Monday",
        "By Ada Lund's own account, the bridge fell at noon.",  # a sentence
    ],
)
def test_sentences_are_no_bylines(block):
    assert READER.read_byline(block) is None


@pytest.mark.parametrize(
    ("block", "credit", "names"),
    [
        # the usual form, behind the last sentence
        ("He left. (Reporting by Ada Lund; Editing by Ben Tull)", "(Reporting by Ada Lund; Editing by Ben Tull)", 2),
        # swapped words: only the shape is left
        ("(More telling by Ada Lund and Ben Tull in Goma; essay by Cy Orr, changing by Dee Fox)", None, 4),
        ("Reporting by Ada Lund in Goma; editing by Ben Tull", None, 2),
        ("Associated Press writer Ada Lund in Goma contributed to this report.", None, 1),
        ("Compiled by Ada Lund", None, 1),
        ("With reporting by Ada Lund", None, 1),
    ],
)
def test_credits_are_read(block, credit, names):
    found = READER.read_credit(block)
    assert block[found.start : found.end] == (credit or block)
    assert len(found.names) == names


@pytest.mark.parametrize(
    "block",
    [
        "Rebels contributed to this victory by taking the hill.",
        "The raid was condemned (by the Government of Iraq in Baghdad)",
        "He was killed (the raid was claimed by Islamic State).",
        "Reporting by local media said nine were hurt.",
        "Written by hand, the note said nothing.",
    ],
)
def test_sentences_are_no_credits(block):
    assert READER.read_credit(block) is None
