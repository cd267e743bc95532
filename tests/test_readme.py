"""The README tells the truth."""

import re

from evaluation.readme import README, example, fill


def test_the_example_is_what_the_command_prints():
    text = README.read_text(encoding="utf-8")
    shown = re.search(r"<!-- example -->\n(.*?)\n<!-- /example -->", text, re.DOTALL)[1]
    without_scores = re.compile(r"score 0\.\d\d")
    assert without_scores.sub("score", shown) == without_scores.sub("score", example())


def test_filling_twice_is_filling_once():
    text = "a\n<!-- x -->\nold\n<!-- /x -->\nb"
    once = fill(text, "x", "new")
    assert once == "a\n<!-- x -->\nnew\n<!-- /x -->\nb"
    assert fill(once, "x", "new") == once


def test_the_table_of_scores_is_there():
    text = README.read_text(encoding="utf-8")
    assert "| measure |" in text
    assert "PLOVER root" in text
