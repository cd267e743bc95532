"""The tables of cases: phrases in sentences with a date, a third of them traps (see docs/decisions/0009-actors.md)."""

from pathlib import Path

import pytest

from evaluation.actors import build_resolver, code_cases
from villani.errors import InputError

TABLES = Path(__file__).parents[2] / "evaluation"
FLOOR = 0.95


@pytest.mark.parametrize("table", ["actor_cases.tsv", "actor_cases_blind.tsv"])
def test_nearly_all_cases_are_coded_right(table):
    cases = list(code_cases(TABLES / table, build_resolver()))
    wrong = [f"{case.text}: {case.actor}" for case in cases if not case.is_right()]
    assert len(wrong) <= (1 - FLOOR) * len(cases), "\n".join(wrong)


def test_there_are_enough_cases_and_a_third_are_traps():
    cases = list(code_cases(TABLES / "actor_cases.tsv", build_resolver()))
    assert len(cases) >= 400
    assert sum(case.kind == "trap" for case in cases) >= len(cases) / 3


def test_a_row_without_a_marked_phrase_is_named(tmp_path):
    header = "# source: x\n# licence: x\n# version: 1\n# known problems: x\n"
    path = tmp_path / "cases.tsv"
    path.write_text(
        header + "kind\tshows\tdate\tcountry\tsector\tactor_id\ttext\nplain\tx\t2020-01-01\t-\t*\t*\tNobody.\n"
    )
    with pytest.raises(InputError, match="row 1: 0 phrases"):
        list(code_cases(path, build_resolver()))
