import importlib.resources
import time

import pytest

from villani.errors import ResourceError
from villani.resources import knowledge as knowledge_module
from villani.resources.knowledge import load_knowledge, load_verified

KNOWLEDGE = load_knowledge()
SECTORS = set("GOV MIL REB COP CVL LEG JUD PTY OPP MED NGO IGO UAF CRM SPY ELI LAB EDU REL BUS JRN REF IMG UNK".split())


def test_loading_is_quick():
    start = time.perf_counter()
    load_knowledge()
    assert time.perf_counter() - start < 2  # 0.07 s alone; a loaded machine gets room


def test_every_sector_is_one_of_plover():
    assert set(KNOWLEDGE.heads.values()) <= SECTORS
    assert {entry.body.sector for entries in KNOWLEDGE.names.values() for entry in entries} <= SECTORS
    assert {term.sector for terms in KNOWLEDGE.people.values() for term in terms} <= SECTORS


def test_every_state_of_a_party_is_known():
    states = {entry.body.country for entries in KNOWLEDGE.names.values() for entry in entries}
    assert states - {None} <= set(KNOWLEDGE.countries)


def test_terms_end_after_they_begin():
    wrong = [term for terms in KNOWLEDGE.people.values() for term in terms if term.last and term.last < term.first]
    assert wrong == []


def test_the_gazetteer_is_the_one_of_the_manifest():
    blob = load_verified("gazetteer/places.bin")
    assert len(blob) <= 20_000_000


def test_a_damaged_file_is_named(tmp_path, monkeypatch):
    (tmp_path / "manifest.toml").write_text('["some.bin"]\nsha256 = "0"\n')
    (tmp_path / "some.bin").write_bytes(b"other")
    monkeypatch.setattr(knowledge_module.resources, "files", lambda _: tmp_path)
    with pytest.raises(ResourceError, match=r"some\.bin is damaged"):
        load_verified("some.bin")


def test_a_file_without_an_entry_is_named(tmp_path, monkeypatch):
    (tmp_path / "manifest.toml").write_text("")
    monkeypatch.setattr(knowledge_module.resources, "files", lambda _: tmp_path)
    with pytest.raises(ResourceError, match=r"cannot load some\.bin"):
        load_verified("some.bin")


def test_no_list_of_restricted_licence_is_named():
    folder = importlib.resources.files("villani.resources").joinpath("lexicons/en")
    assert not any("odbl" in file.read_text("utf8").lower() for file in folder.iterdir() if file.name.endswith(".tsv"))
