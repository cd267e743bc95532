"""The house itself: lengths, names, headers, digests, documentation."""

import ast
import hashlib
import json
import re
import tomllib
from pathlib import Path

import pytest

import villani

ROOT = Path(__file__).parents[1]
SOURCES = sorted((ROOT / "src" / "villani").rglob("*.py"))
RESOURCES = ROOT / "src" / "villani" / "resources"
FORBIDDEN = {"utils", "helpers", "common", "misc", "base", "core", "manager", "handler", "processor", "engine"}
MAX_BODY, MAX_FILE = 50, 500


@pytest.mark.parametrize("path", SOURCES, ids=lambda path: str(path.relative_to(ROOT)))
def test_files_and_functions_stay_short(path):
    text = path.read_text(encoding="utf-8")
    assert len(text.splitlines()) <= MAX_FILE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef):
            body = node.body[1:] if ast.get_docstring(node) else node.body
            lines = body[-1].end_lineno - body[0].lineno + 1 if body else 0
            assert lines <= MAX_BODY, f"{node.name} has {lines} lines"


def test_no_file_is_called_what_says_nothing():
    assert not {path.stem for path in SOURCES} & FORBIDDEN
    assert not {path.parent.name for path in SOURCES} & FORBIDDEN


def test_the_tree_is_no_deeper_than_one_package():
    assert all(len(path.relative_to(ROOT / "src" / "villani").parts) <= 2 for path in SOURCES)


@pytest.mark.parametrize("path", sorted(RESOURCES.rglob("*.tsv")), ids=lambda path: path.name)
def test_every_lexicon_says_where_it_comes_from(path):
    header = [line for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("#")]
    keys = {line[1:].partition(":")[0].strip().lower() for line in header}
    assert {"source", "licence", "known problems"} <= keys, f"{path.name} has {keys}"


def test_large_files_are_those_of_the_manifest():
    manifest = tomllib.loads((RESOURCES / "manifest.toml").read_text(encoding="utf-8"))
    large = [p for p in RESOURCES.rglob("*") if p.is_file() and p.stat().st_size > 1_000_000]
    for path in large:
        name = str(path.relative_to(RESOURCES))
        if name != "models/reader.onnx":  # its card holds its digest
            assert name in manifest, f"{name} is not in manifest.toml"
            assert manifest[name]["sha256"] == hashlib.sha256(path.read_bytes()).hexdigest()
    assert sum(path.stat().st_size for path in large) <= 60_000_000


def test_the_weights_are_those_of_their_card():
    card = json.loads((RESOURCES / "models" / "card.json").read_text(encoding="utf-8"))
    model = RESOURCES / "models" / "reader.onnx"
    assert card["sha256"] == hashlib.sha256(model.read_bytes()).hexdigest()
    assert model.stat().st_size <= 30_000_000
    assert card["reliability"], "the card holds a reliability table"


def test_what_is_public_is_what_all_says():
    public = {name for name in vars(villani) if not name.startswith("_")} - {"dt", "cache", "TYPE_CHECKING"}
    submodules = {path.stem for path in (ROOT / "src" / "villani").iterdir()}
    assert public - submodules == set(villani.__all__) - {"__version__"}


def test_every_record_field_is_documented():
    schema = json.loads((RESOURCES / "records.schema.json").read_text(encoding="utf-8"))
    text = (ROOT / "docs" / "records.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"`([\w/]+)`", text))
    for name in ("Event", "Relation", "Figure", "DocumentRecord", "Actor", "Place"):
        missing = set(schema["$defs"][name]["properties"]) - documented
        assert not missing, f"docs/records.md does not explain {missing} of {name}"


def test_every_option_is_in_the_readme_or_its_help():
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    for option in ("--format", "--date", "--records", "--explain", "--status", "--min-confidence", "--from"):
        assert option in text


def test_ci_calls_the_readmes_test_command_and_nothing_else():
    lines = [
        line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if not line.startswith("#")
    ]
    assert lines[-1] == "exec make check"
    assert "make check" in (ROOT / "README.md").read_text(encoding="utf-8")
