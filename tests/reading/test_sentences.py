"""Sentences of news prose."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from villani.reading.sentences import MAX_CHARS, split_sentences
from villani.records.text import Span

TABLE = [
    # a plain pair
    ("The shelling stopped. Nobody claimed it.", ["The shelling stopped.", "Nobody claimed it."]),
    # titles and initials end nothing
    ("Gen. J. A. Okello met Mr. Ssali on Jan. 5. He left.", ["Gen. J. A. Okello met Mr. Ssali on Jan. 5.", "He left."]),
    # an abbreviation in mid-sentence
    ("U.S. officials denied it.", ["U.S. officials denied it."]),
    # the same abbreviation at the end, a pronoun after it
    ("They fled to the U.S. They never came back.", ["They fled to the U.S.", "They never came back."]),
    # lines broken by width are one sentence, in capitals too; a headline's end stays an end
    (
        "Two shells fell on the grain market of Tarnobo on Friday as\ntraders were still unloading. Nobody was hurt.",
        [
            "Two shells fell on the grain market of Tarnobo on Friday as\ntraders were still unloading.",
            "Nobody was hurt.",
        ],
    ),
    (
        "TWO SHELLS FELL ON THE GRAIN MARKET OF TARNOBO ON FRIDAY WHILE\nTRADERS WERE STILL UNLOADING.",
        ["TWO SHELLS FELL ON THE GRAIN MARKET OF TARNOBO ON FRIDAY WHILE\nTRADERS WERE STILL UNLOADING."],
    ),
    (
        "Two shells fall on the grain market of Tarnobo, nobody is hurt\nThe traders were still unloading.",
        ["Two shells fall on the grain market of Tarnobo, nobody is hurt", "The traders were still unloading."],
    ),
    # the stop stands inside the quotation
    ('"We fired first." The colonel smiled.', ['"We fired first."', "The colonel smiled."]),
    # a question inside a sentence goes on in lower case
    ('"Who fired?" he asked.', ['"Who fired?" he asked.']),
    # decimals
    ("Some 1.2 million fled. Others stayed.", ["Some 1.2 million fled.", "Others stayed."]),
    # paragraphs always part
    ("Army denies raid\n\nThe army denied a raid", ["Army denies raid", "The army denied a raid"]),
    # an ellipsis before a capital
    ("They waited... Then came the jets.", ["They waited...", "Then came the jets."]),
]


@pytest.mark.parametrize(("text", "expected"), TABLE)
def test_sentences_end_where_a_reader_would_end_them(text, expected):
    assert [text[s.start : s.end] for s in split_sentences(text)] == expected


def test_ranges_that_stand_apart_belong_to_no_sentence():
    text = "GOMA (Agency) - Rebels withdrew."
    (sentence,) = split_sentences(text, (Span(0, 16),))
    assert text[sentence.start : sentence.end] == "Rebels withdrew."


def test_a_sentence_without_end_is_cut():
    spans = split_sentences("word " * 2_000)
    assert len(spans) > 1
    assert max(s.end - s.start for s in spans) <= MAX_CHARS


@given(st.text(max_size=400))
def test_sentences_are_ordered_disjoint_and_lose_only_white_space(text):
    spans = split_sentences(text)
    assert all(a.end <= b.start for a, b in pairwise(spans))
    kept = "".join(text[s.start : s.end] for s in spans)
    assert "".join(kept.split()) == "".join(text.split())
