"""`villani places` as its user meets it, in a process of its own and a data folder of its own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]


def row(number, name, *, country="SD", lat=13.5):
    fields = [number, name, name, "", lat, 25.3, "P", "PPL", country, "", 55, "", "", "", 800, "", 430]
    return "\t".join(map(str, [*fields, "Africa/Khartoum", "2026-01-01"])) + "\n"


@pytest.fixture
def villani(tmp_path):
    """Runs the command; gives exit code, stdout, stderr."""

    def run(*args, text=""):
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "src"), "VILLANI_PLACES": str(tmp_path / "places")}
        done = subprocess.run(  # noqa: S603 - our own command
            [sys.executable, "-m", "villani", "places", *map(str, args)],
            input=text.encode(),
            capture_output=True,
            check=False,
            env={**environment, "https_proxy": "http://127.0.0.1:9"},
            timeout=120,
        )
        return done.returncode, done.stdout.decode(), done.stderr.decode()

    return run


def test_list_shows_what_is_there_and_what_was_added(villani, tmp_path):
    code, out, _ = villani("list")
    assert (code, [json.loads(line)["gazetteer"] for line in out.splitlines()]) == (0, ["shipped"])
    (tmp_path / "SD.txt").write_text(row(901, "Wad Merkeb"))
    code, out, _ = villani("add", "SDN", "--file", tmp_path / "SD.txt")
    assert code == 0
    assert "GeoNames, CC BY 4.0" in out
    assert [json.loads(line)["gazetteer"] for line in villani("list")[1].splitlines()] == ["shipped", "SD"]
    found = json.loads(villani("find", "wad merkeb")[1])
    assert (found["country"], found["admin1"], found["geonameid"]) == ("SDN", "Northern Darfur", 901)


def test_find_keeps_to_a_country(villani):
    rows = [json.loads(line) for line in villani("find", "Tripoli", "--country", "LBN")[1].splitlines()]
    assert {row["country"] for row in rows} == {"LBN"}
    assert villani("find", "Tripoli", "--country", "LB")[1].splitlines() == [json.dumps(row) for row in rows]


def test_what_is_not_found_is_exit_1_with_a_remedy(villani):
    code, out, err = villani("find", "Qarn Sefit")
    assert (code, out) == (1, "")
    assert "villani places add" in err


def test_a_broken_dump_is_named_by_file_and_line_and_changes_nothing(villani, tmp_path):
    (tmp_path / "SD.txt").write_text(row(901, "Wad Merkeb") + "902\tcut\n")
    code, _, err = villani("add", "SD", "--file", tmp_path / "SD.txt")
    assert code == 2
    assert "SD.txt:2: 2 columns where a GeoNames dump has 19" in err
    assert "help:" in err
    assert not (tmp_path / "places").exists()


def test_without_a_network_the_remedy_is_a_file(villani):
    code, _, err = villani("add", "SD")
    assert code == 2
    assert "cannot download https://download.geonames.org/export/dump/SD.zip" in err
    assert "--file SD.zip" in err


def test_an_unknown_country_is_exit_2(villani):
    for command in (["add", "QQ"], ["find", "Goma", "--country", "QQ"]):
        code, _, err = villani(*command)
        assert code == 2
        assert "no country has the code 'QQ'" in err


def test_read_prints_every_place_of_a_text(villani):
    code, out, _ = villani("read", "-", text="Troops left Kadugli in South Kordofan, the Syrian envoy said on Tuesday.")
    assert code == 0
    assert [json.loads(line)["name"] for line in out.splitlines()] == ["Kadugli", "Southern Kordofan", "Syria"]
