import zipfile

import pytest

from villani.errors import InputError, ResourceError
from villani.resources import dumps
from villani.resources.knowledge import load_gazetteer, load_verified
from villani.resources.toponyms import Gazetteer

SHIPPED = Gazetteer(load_verified("gazetteer/places.bin"))


def line(number, name, feature="P", code="PPL", *, lat=13.5, lon=25.3, others="", country="SD", admin1="55", people=0):
    """A line of a dump in the nineteen columns of GeoNames; 55 is North Darfur."""
    fields = [number, name, name, others, lat, lon, feature, code, country, "", admin1, "", "", "", people, "", 430]
    return "\t".join(map(str, [*fields, "Africa/Khartoum", "2026-01-01"])) + "\n"


# A made-up corner of a country: villages, a camp, a dry river, a province and what is left out.
DUMP = "".join(
    [
        line(901, "Wad Merkeb", others="Wad Markab,وَد مركب,WMB", people=340),
        line(902, "Jebel Sirra", "T", "MT"),
        line(903, "Mukhayyam Tuleh", "S", "CMPRF", lat=13.6),
        line(904, "Wadi Habbal", "H", "WAD"),
        line(905, "Tuleh Old Town", "P", "PPLH"),
        line(906, "Shamal Darfur", "A", "ADM1"),
        line(907, "Mahalliyat Tuleh", "A", "ADM2"),
        line(908, "Wadi Habbal", people=120, lat=14.5),
        line(909, "Tuleh road bridge", "R", "RDJCT"),
    ]
)


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("VILLANI_PLACES", str(tmp_path / "places"))
    return tmp_path


def written(folder, text=DUMP, name="SD.txt"):
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def test_a_dump_gives_towns_sites_lands_and_areas(folder):
    gazetteer = Gazetteer(dumps.read_dump(written(folder), "SD", SHIPPED))
    village = gazetteer.find("Wad Merkeb")[0]
    assert (village.kind, village.country, village.admin1, village.geonameid) == ("town", "SDN", "Northern Darfur", 901)
    assert gazetteer.find("Wad Markab")[0] == village
    assert [gazetteer.find(name)[0].kind for name in ("Jebel Sirra", "Mukhayyam Tuleh", "Mahalliyat Tuleh")] == [
        "region",
        "site",
        "admin2",
    ]


@pytest.mark.parametrize("name", ["Tuleh Old Town", "Tuleh road bridge", "Shamal Darfur", "WMB"])
def test_what_news_do_not_name_is_left_out(folder, name):
    assert Gazetteer(dumps.read_dump(written(folder), "SD", SHIPPED)).find(name) == ()


def test_a_zip_as_published_is_read_too(folder):
    path = folder / "SD.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("readme.txt", "about the columns")
        archive.writestr("SD.txt", DUMP)
    assert dumps.read_dump(path, "SD", SHIPPED) == dumps.read_dump(written(folder), "SD", SHIPPED)


# What is wrong with the third line, and what the message names.
BROKEN = [
    ("903\tname\tonly\n", r"SD\.txt:3: 3 columns where a GeoNames dump has 19"),  # too few columns
    (line(903, "x").rstrip("\n") + "\tmore\n", r"SD\.txt:3: 20 columns"),  # too many
    (line("n/a", "x"), r"SD\.txt:3: a number is expected"),  # no number
    (line(903, "x", lat="north"), r"SD\.txt:3: a number is expected"),  # no latitude
    (line(903, "x", lat=93), r"SD\.txt:3: latitude, longitude"),  # off the Earth
    (line(903, "x", lat="nan"), r"SD\.txt:3: latitude, longitude"),  # nowhere
    (line(903, "x", people=-1), r"SD\.txt:3: .*population"),  # fewer than nobody
    (line(903, ""), r"SD\.txt:3: .*name"),  # nameless
    (line(903, "x", country="TD"), r"SD\.txt:3: a place of TD where SD was asked for"),  # another country
]


@pytest.mark.parametrize(("third", "message"), BROKEN)
def test_a_broken_line_is_named_and_nothing_is_installed(folder, third, message):
    lines = DUMP.splitlines(keepends=True)
    path = written(folder, "".join([*lines[:2], third, *lines[3:]]))
    with pytest.raises(InputError, match=message) as error:
        dumps.read_dump(path, "SD", SHIPPED)
    assert error.value.remedy
    assert list(dumps.installed()) == []


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (b"", "holds no town"),  # empty
        (line(1, "Jebel", "T", "MT").encode(), "holds no town"),  # no towns
        (b"\xff\xfe\x00", "not UTF-8"),  # another encoding
        (b"PK\x03\x04 cut", "columns"),  # a zip that was cut off
    ],
)
def test_what_is_no_dump_is_refused(folder, content, message):
    path = folder / "SD.txt"
    path.write_bytes(content)
    with pytest.raises(InputError, match=message):
        dumps.read_dump(path, "SD", SHIPPED)


def test_a_missing_file_and_a_foreign_zip_are_refused(folder):
    with pytest.raises(InputError, match="cannot read"):
        dumps.read_dump(folder / "none.txt", "SD", SHIPPED)
    with zipfile.ZipFile(folder / "SD.zip", "w") as archive:
        archive.writestr("TD.txt", DUMP)
    with pytest.raises(InputError, match=r"holds no SD\.txt"):
        dumps.read_dump(folder / "SD.zip", "SD", SHIPPED)


def test_an_unknown_country_is_refused(folder):
    with pytest.raises(InputError, match="no country has the code 'QQ'"):
        dumps.read_dump(written(folder), "QQ", SHIPPED)


def test_an_added_country_is_found_beside_the_shipped_places(folder):
    assert load_gazetteer().find("Wad Merkeb") == ()
    done = dumps.install("SD", dumps.read_dump(written(folder), "SD", SHIPPED))
    assert done.path == folder / "places" / "SD.places"
    assert [added for added, _ in dumps.installed()] == [done]
    assert load_gazetteer().find("Wad Merkeb")[0].admin1 == "Northern Darfur"
    assert load_gazetteer().find("Khartoum")[0].country == "SDN"


def test_a_half_written_file_is_never_used(folder):
    blob = dumps.read_dump(written(folder), "SD", SHIPPED)
    dumps.install("SD", blob)
    (folder / "places" / ".TD.places.77").write_bytes(blob[:100])  # left by a run that was killed
    assert [added.code for added, _ in dumps.installed()] == ["SD"]
    (folder / "places" / "SD.places").write_bytes(blob[:100])
    with pytest.raises(ResourceError, match=r"SD\.places") as error:
        load_gazetteer()
    assert "villani places add SD" in error.value.remedy


def test_a_folder_that_cannot_be_written_is_said(folder, monkeypatch):
    (folder / "file").write_text("")
    monkeypatch.setenv("VILLANI_PLACES", str(folder / "file" / "places"))
    with pytest.raises(ResourceError, match="cannot write") as error:
        dumps.install("SD", b"")
    assert "VILLANI_PLACES" in error.value.remedy


@pytest.mark.parametrize(
    ("platform", "variable", "end"),
    [
        ("linux", "XDG_DATA_HOME", "villani/places"),
        ("win32", "LOCALAPPDATA", "villani/places"),
        ("darwin", "", "places"),
    ],
)
def test_the_folder_is_where_the_system_keeps_data(monkeypatch, tmp_path, platform, variable, end):
    monkeypatch.delenv("VILLANI_PLACES", raising=False)
    monkeypatch.setattr(dumps.sys, "platform", platform)
    if variable:
        monkeypatch.setenv(variable, str(tmp_path))
    assert dumps.places_folder().as_posix().endswith(end)
