"""Looking up actors."""

import pytest

from villani.resources.directory import Directory, PartyRecord, TermRecord, load_memberships
from villani.resources.knowledge import load_parties

DIRECTORY = Directory(load_parties(), load_memberships())


def test_a_person_holds_the_office_of_the_day():
    (record,) = DIRECTORY.look_up("Philip Hammond", "2015-05-01")
    assert isinstance(record, TermRecord)
    assert (record.office, record.country) == ("foreign secretary", "GBR")


def test_a_party_comes_with_its_other_names_and_changes():
    (record,) = DIRECTORY.look_up("Taleban", "2022-01-01")
    assert isinstance(record, PartyRecord)
    assert (record.actor_id, record.sector) == ("AFG.TALIBAN", "GOV")
    assert "Taleban" in record.aliases
    assert any("2021-08-15" in change for change in record.changes)


@pytest.mark.parametrize("name", ["SYR.AHRAR", "ahrar al sham", "Ahrar ash-Sham", "Ahrar el-Sham"])
def test_a_party_is_found_by_its_id_and_in_other_spellings(name):
    assert [record.actor_id for record in DIRECTORY.look_up(name)] == ["SYR.AHRAR"]


@pytest.mark.parametrize(("day", "is_member"), [("2019-01-01", True), ("2021-01-01", False), (None, True)])
def test_an_alliance_has_the_members_of_the_day(day, is_member):
    members = {record.actor_id for record in DIRECTORY.members("EU", day)}
    assert ("GBR.GOV" in members) is is_member


def test_who_held_an_office():
    (record,) = DIRECTORY.offices("Turkey", "foreign minister", "2015-11-24")
    assert record.name == "Mevlut Cavusoglu"
    assert [r.name for r in DIRECTORY.offices("NATO", "secretary general", "2012-01-01")] == ["Anders Fogh Rasmussen"]


def test_what_is_not_known_has_names_alike():
    assert DIRECTORY.look_up("Sergey Lavrof") == []
    assert "Sergei Lavrov" in DIRECTORY.alike("Sergey Lavrof")
