"""Documents in, copies and their groups out."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from invented_reports import COUNTS, FIRST, INDEPENDENT, OTHER, SWAPPED, fingerprint, make, stitched

from villani.copies import Fingerprinter
from villani.run.copying import find_copies, load_fingerprinter, match_copies


def found(*documents):
    return find_copies(documents, Fingerprinter(COUNTS))


def members(copies):
    return {group.members for group in copies.groups}


def test_the_earliest_leads_and_the_independent_report_stays_apart():
    copies = found(make("spun", SWAPPED, 3), make("other", INDEPENDENT, 2), make("wire", FIRST, 2))
    assert members(copies) == {("wire", "spun")}
    assert copies.groups[0].sources == 1
    assert copies.copies["spun"].of == "wire"
    assert set(copies.copies) == {"spun"}


def test_of_one_day_the_cleanest_leads():
    items = [
        fingerprint("spun", SWAPPED + "\nRead more of this on our page today please.", 2),
        fingerprint("wire", FIRST, 2),
    ]
    assert members(match_copies(items)) == {("spun", "wire")}  # the longer, where nothing is known
    assert members(match_copies(items, {"spun": 0.9})) == {("wire", "spun")}


def test_the_sources_of_a_stitched_page_are_not_put_together():
    for days in ((1, 1, 1), (None, None, None), (1, 1, 2)):
        first, other, page = (make(*each) for each in zip("abs", (FIRST, OTHER, stitched()), days, strict=True))
        copies = found(page, other, first)
        assert "s" in copies.copies
        assert "a" not in copies.copies
        assert "b" not in copies.copies


def test_what_appeared_after_a_text_was_taken_from_it():
    lines = [line for line in FIRST.split("\n") if line]
    parts = make("p", "\n".join(lines[1:4]), 2), make("q", "\n".join(lines[4:]), 2)
    assert members(found(make("wire", FIRST, 1), *parts)) == {("wire", "p", "q")}


@given(st.permutations(["wire", "spun", "other", "ferry", "stitched", "again"]))
def test_groups_do_not_depend_on_order(names):
    texts = {
        "wire": FIRST,
        "spun": SWAPPED,
        "other": INDEPENDENT,
        "ferry": OTHER,
        "stitched": stitched(),
        "again": FIRST,
    }
    copies = found(*(make(name, texts[name], 2) for name in names))
    expected = found(*(make(name, texts[name], 2) for name in sorted(texts)))
    assert copies == expected


def test_a_document_given_twice_counts_once():
    assert found(make("wire", FIRST, 1), make("wire", FIRST, 1)).groups == ()


@pytest.mark.parametrize("text", [SWAPPED, FIRST])
def test_the_tables_of_the_package_find_copies_too(text):
    copies = find_copies(
        [make("wire", FIRST, 1), make("copy", text, 1), make("own", INDEPENDENT, 1)], load_fingerprinter()
    )
    assert len(copies.groups) == 1
    assert "own" not in copies.groups[0].members
