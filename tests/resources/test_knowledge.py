import importlib.resources
import time

import pytest

from villani.errors import InputError, ResourceError
from villani.resources import knowledge as knowledge_module
from villani.resources.knowledge import load_knowledge, load_parties, load_verified
from villani.resources.lexicons import load_lines
from villani.resources.parties import build_parties, pack_parties, unpack_parties
from villani.resources.party_tables import load_tables

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


def test_the_packed_parties_are_those_of_the_tables():
    packed = load_verified("gazetteer/parties.bin")
    assert packed == pack_parties(build_parties(load_tables())), "run resources_build/compile_actors.py --pack"


def test_packed_parties_come_back_whole():
    parties = build_parties(load_tables())
    again = unpack_parties(pack_parties(parties))
    assert (again.names, again.people, again.bodies) == (parties.names, parties.people, parties.bodies)


def test_damaged_parties_are_refused():
    with pytest.raises(ResourceError, match="cannot be read"):
        unpack_parties(b"\x93\x01\x02\x03")


def test_there_are_as_many_groups_as_asked_for():
    assert len(load_lines("en/armed_groups")) + len(load_lines("en/ucdp_groups")) >= 1_500


def test_changes_of_a_party_do_not_overlap():
    for body in load_parties().bodies.values():
        for first in body.phases:
            others = [phase for phase in body.phases if phase is not first]
            assert not any(phase.covers(first.first or "0") for phase in others), body.name


def test_memberships_are_of_known_parties():
    known = {*KNOWLEDGE.bodies, *KNOWLEDGE.countries}
    rows = load_lines("en/memberships")
    assert {code for member, of, _, _ in rows for code in (member, of)} <= known


PARTIES = "actor_id\tname\taliases\tcountry\tsector\n"
HOLDERS = "names\tof\tsector\tfrom\tto\toffice\n"
CHANGES = "actor_id\tfrom\tto\tcountry\tsector\twhy\n"


def test_a_users_tables_are_added(tmp_path):
    parties, holders, changes = tmp_path / "parties.tsv", tmp_path / "holders.tsv", tmp_path / "changes.tsv"
    parties.write_text("# ours\n" + PARTIES + "SDN.GREY\tGrey Falcons\tGF?|Falcons of Grey\tSDN\tREB\n")
    holders.write_text(HOLDERS + "Idris Toum|Toum\tSDN.GREY\tREB\t2021-01-01\t\tleader\n")
    changes.write_text(CHANGES + "SDN.GREY\t2024-01-01\t\tSDN\tMIL\tjoined the army\n")
    known = load_parties([parties, holders, changes])
    (entry,) = known.names["grey falcons"]
    assert entry.body.on("2023-05-01").sector == "REB"
    assert entry.body.on("2024-05-01").code == "SDNMIL"
    assert known.names["gf"][0].hedged
    assert known.people["idris toum"][0].office == "leader"


def test_a_users_table_may_add_names_to_a_party_of_ours(tmp_path):
    table = tmp_path / "own.tsv"
    table.write_text(PARTIES + "COD.M23\tM23 Movement\tMarch Movement\tCOD\tREB\n")
    known = load_parties([table])
    assert known.names["march movement"][0].body.actor_id == "COD.M23"
    assert known.names["m23"][0].body.actor_id == "COD.M23"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("name\tcode\nx\ty\n", r"own\.tsv:1: the columns are name, code"),  # not a table we know
        ("# nothing\n", r"own\.tsv:1: the table is empty"),
        (PARTIES + "X.Y\tName\n", r"own\.tsv:2: 2 fields where 5 are named"),  # a field is missing
        (PARTIES + "\tName\t\tSDN\tREB\n", r"own\.tsv:2: a party needs an actor_id"),
        (PARTIES + "X.Y\tName\t\tSUD\tREB\n", r"own\.tsv:2: unknown state 'SUD'"),
        (PARTIES + "X.Y\tName\t\tSDN\tREBEL\n", r"own\.tsv:2: unknown sector 'REBEL'"),
        (PARTIES + "\nX.Y\tNew Name\t\tSDN\tREB\nX.Z\tNew name\t\tSYR\tREB\n", r"own\.tsv:4: .* both called"),
        (PARTIES + "X.Y\tName\tHezbollah\tSDN\tREB\n", r"own\.tsv:2: .* both called 'Hezbollah'"),  # one of ours
        (HOLDERS + "A B\tXXX\tGOV\t2020-01-01\t\tking\n", r"own\.tsv:2: no state or party has the code 'XXX'"),
        (HOLDERS + "A B\tSDN\tGOV\t2020-13-01\t\tking\n", r"own\.tsv:2: '2020-13-01' is no day"),
        (HOLDERS + "A B\tSDN\tGOV\t2020-02-01\t2019-01-01\tking\n", r"own\.tsv:2: it ends on 2019-01-01"),
        (HOLDERS + "A B\tSDN\tGOV\t\t\tking\n", r"own\.tsv:2: the day an office began is missing"),
        (CHANGES + "SDN.NONE\t\t\tSDN\tREB\tx\n", r"own\.tsv:2: no party has the actor_id 'SDN.NONE'"),
    ],
)
def test_a_broken_table_of_a_user_is_named_with_its_line(tmp_path, text, message):
    table = tmp_path / "own.tsv"
    table.write_text(text)
    with pytest.raises(InputError, match=message) as caught:
        load_parties([table])
    assert caught.value.remedy


def test_a_missing_table_of_a_user_is_named(tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        load_parties([tmp_path / "none.tsv"])
