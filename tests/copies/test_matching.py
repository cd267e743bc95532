"""Who copied from whom."""

import datetime as dt

import msgspec
import pytest
from invented_reports import FIRST, INDEPENDENT, OTHER, STATEMENT, SWAPPED, fingerprint, stitched

from villani.copies.matching import CopyMatcher, compare, count_in_order, within_days


def linked(first: str, second: str) -> bool:
    return CopyMatcher().linked(fingerprint("first", first), fingerprint("second", second))


@pytest.mark.parametrize(
    ("page", "kind"),
    [
        (FIRST, "verbatim"),
        (FIRST.partition("\n")[2], "verbatim"),  # without its headline
        ("\n".join(FIRST.split("\n")[2:5]), "verbatim"),  # half the sentences
        (
            FIRST.replace("told reporters", "said")
            .replace("had been carried", "were taken")
            .replace("before they fled", "and fled"),
            "edited",
        ),
        (SWAPPED, "laundered"),  # a third of the words, and the headline
    ],
)
def test_a_copy_is_found_whatever_was_done_to_it(page, kind):
    lead, copy = fingerprint("lead", FIRST), fingerprint("copy", page)
    matcher = CopyMatcher()
    assert matcher.linked(lead, copy)
    mark = matcher.mark(copy, lead)
    assert (mark.of, mark.kind) == ("lead", kind)
    assert mark.share > 0.8


def test_a_copy_shares_a_key_with_its_original():
    matcher = CopyMatcher()
    first, second = (set(matcher.keys(fingerprint("x", text))) for text in (FIRST, SWAPPED))
    assert first & second


def test_two_reports_of_one_event_are_no_copies():
    assert not linked(FIRST, INDEPENDENT)
    assert not linked(SWAPPED, INDEPENDENT)


def test_a_stitched_page_is_a_copy_of_each_of_its_sources():
    assert linked(FIRST, stitched())
    assert linked(OTHER, stitched())
    assert compare(fingerprint("page", stitched()), fingerprint("source", OTHER)).share == pytest.approx(0.5, abs=0.1)


def test_reports_that_share_a_statement_only_are_no_copies():
    assert not linked(f"{FIRST}\n{STATEMENT}", f"{INDEPENDENT}\n{STATEMENT}")


def test_a_block_quotation_without_marks_is_a_statement():
    block = STATEMENT.replace('"', "").replace("the ministry said.", "")
    first = f"{FIRST}\nIn its statement we read the following.\n{STATEMENT}"
    assert not linked(first, f"{INDEPENDENT}\n{block}")


def test_the_same_short_text_is_a_copy():
    assert linked("Shells fell.", "Shells fell.")
    assert set(CopyMatcher().keys(fingerprint("x", "Shells fell."))) == set(
        CopyMatcher().keys(fingerprint("y", "Shells fell."))
    )


def test_texts_without_words_are_no_copies():
    assert not linked("", "")
    assert not linked("--- ...", FIRST)


def test_a_text_in_capitals_is_compared_as_any_other():
    assert linked(FIRST.upper(), SWAPPED.upper())
    assert not linked(FIRST.upper(), INDEPENDENT.upper())


@pytest.mark.parametrize(("days", "is_near"), [((1, 30), True), ((None, 30), True), ((None, None), True)])
def test_a_document_without_a_date_lies_near_all(days, is_near):
    first, second = (fingerprint("x", FIRST, day) for day in days)
    assert within_days(first, second) is is_near


def test_what_lies_apart_in_time_is_no_copy():
    first, second = fingerprint("x", FIRST, 1), fingerprint("y", FIRST, 1)
    later = msgspec.structs.replace(second, published=dt.date(2024, 9, 1))
    assert CopyMatcher().linked(first, second)
    assert not CopyMatcher().linked(first, later)


@pytest.mark.parametrize(
    ("first", "second", "count"),
    [
        ([1, 2, 3, 4], [1, 2, 3, 4], 4),
        ([1, 9, 3, 8], [1, 2, 3, 4], 2),
        ([4, 3, 2, 1], [1, 2, 3, 4], 1),  # the same words in another order
        ([1, 2, 1, 2, 5], [2, 1, 2], 3),
        ([], [1], 0),
    ],
)
def test_words_in_order_are_counted(first, second, count):
    assert count_in_order(first, second) == count
