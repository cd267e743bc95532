"""Lexicons: what is shipped can be read, and what is broken is named."""

from importlib import resources

import pytest

from villani.errors import ResourceError
from villani.resources.furniture import load_furniture
from villani.resources.lexicons import load_lines, parse_lines

HEADER = "# source: ours\n# licence: Apache-2.0\n# version: 1\n# known problems: none\n"


@pytest.mark.parametrize("name", ["agencies", "datelines", "furniture"])
def test_shipped_lexicons_are_sorted_and_whole(name):
    rows = load_lines(f"en/{name}")
    assert list(rows) == sorted(rows)


def test_every_lexicon_has_a_header():
    folder = resources.files("villani.resources").joinpath("lexicons/en")
    for path in folder.iterdir():
        if path.name.endswith(".tsv"):
            assert load_lines(f"en/{path.name.removesuffix('.tsv')}"), path.name


def test_furniture_is_built():
    furniture = load_furniture()
    assert furniture.agencies["Associated Press"] == "AP"
    assert "KYIV" in furniture.towns


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("word\nx\n", "x.tsv:1: the header lacks source"),  # no header
        (HEADER, "x.tsv:4: no line names the columns"),
        (HEADER + "a\tb\nx\n", "x.tsv:6: 1 fields where 2 are named"),
        (HEADER + "a\tb\nx\ty\nx\ty\n", "x.tsv:7: the entry stands twice"),
        (HEADER + "a\tb\n x\ty\n", "x.tsv:6: a field is"),  # a blank nobody sees
    ],
)
def test_a_broken_lexicon_is_named_with_its_line(text, message):
    with pytest.raises(ResourceError, match=message):
        parse_lines(text, "x.tsv")


def test_a_missing_lexicon_is_named():
    with pytest.raises(ResourceError, match=r"en/nothing\.tsv"):
        load_lines("en/nothing")
