"""`villani actors`, called as a user calls it."""

import json
import os
import subprocess
import sys

import pytest


def run(*arguments, **environment):
    command = [sys.executable, "-m", "villani", "actors", *arguments]
    env = {**os.environ, **environment}
    return subprocess.run(command, capture_output=True, text=True, check=False, env=env, timeout=60)  # noqa: S603


def test_lines_of_json_in_a_pipe():
    done = run("Sergei Lavrov", "--date", "2016-09-30")
    assert done.returncode == 0, done.stderr
    (record,) = map(json.loads, done.stdout.splitlines())
    assert record["office"] == "foreign minister"
    assert (record["from"], record["to"]) == ("2004-03-09", None)


def test_a_table_for_people():
    done = run("Jaish al-Fatah", "--members", "--date", "2016-01-01", "--format", "table")
    assert "Ahrar al-Sham   SYRREB" in done.stdout
    assert "part of   SYR.JAISHFATAH" in done.stdout


def test_nothing_found_is_exit_one_with_names_alike():
    done = run("Hezbolah")
    assert (done.returncode, done.stdout) == (1, "")
    assert "spelled alike" in done.stderr


@pytest.mark.parametrize("arguments", [("Russia", "--date", "2016"), ("Russia", "--format", "xml")])
def test_what_cannot_be_meant_is_exit_two(arguments):
    done = run(*arguments)
    assert done.returncode == 2
    assert done.stderr.startswith("error:")
    assert "help:" in done.stderr


def test_a_table_of_ones_own_by_the_environment(tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text("actor_id\tname\taliases\tcountry\tsector\nSDN.GREY\tGrey Falcons\t\tSDN\tREB\n")
    assert '"actor_id":"SDN.GREY"' in run("Grey Falcons", VILLANI_ACTORS=str(table)).stdout
    table.write_text("actor_id\tname\taliases\tcountry\tsector\nSDN.GREY\tGrey Falcons\t\tSUD\tREB\n")
    broken = run("Grey Falcons", "--actors", str(table))
    assert broken.returncode == 2
    assert f"{table}:2: unknown state" in broken.stderr
