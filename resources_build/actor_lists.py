"""Groups of UCDP-AEC and parties and forces of the World Factbook, read out of the lists for `compile_actors.py`."""

import gzip
import html
import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path

from villani.resources.folding import fold_name

Row = tuple[str, ...]
# States as UCDP writes them, where our table of countries does not have the name.
UCDP_STATES = {
    "Bosnia-Herzegovina": "BIH",
    "Cambodia (Kampuchea)": "KHM",
    "Congo": "COG",
    "DR Congo (Zaire)": "COD",
    "East Timor": "TLS",
    "Ivory Coast": "CIV",
    "Kingdom of eSwatini (Swaziland)": "SWZ",
    "Macedonia, FYR": "MKD",
    "Madagascar (Malagasy)": "MDG",
    "Myanmar (Burma)": "MMR",
    "Russia (Soviet Union)": "RUS",
    "Serbia (Yugoslavia)": "SRB",
    "United States of America": "USA",
    "Vietnam (North Vietnam)": "VNM",
    "Yemen (North Yemen)": "YEM",
    "Zimbabwe (Rhodesia)": "ZWE",
}
# Whole sides that are no party of their own, and descriptions of a crowd.
NO_GROUP = re.compile(
    r"^(?:Government of|Civilians$|Supporters of|Suppporters of|supporters of|Opponents of|Forces of (?!the C))"
)
CRIMINAL = re.compile(r"cartel|gang\b|\bcult\b|^los |^la |^m18|^ms-13|confraternity|mafia|wolfpack", re.IGNORECASE)
CRIMINAL_NAMES = {
    "Gente Nueva",
    "Eyie",
    "Vikings",
    "Greenlanders",
    "Deewell",
    "Ku Klux Klan",
    "FDN",
    "Skaljarci",
    "Kavcani",
}
# What makes a name that of an organisation; without it a name with no capitals but the first is a people's.
ORGANISED = re.compile(
    r"\b(?:army|front|movement|brigades?|battalion|forces?|party|council|organi[sz]ation|union|alliance|liberation|rebels"
    r"|jihad|islam\w*|jabhat|jaysh|jaish|liwa|katiba\w*|harak\w+|ansar|division|legion|committee|command|militia"
    r"|insurgents|operations room|mujahideen|state|republic|corps|guards?|emirate|cell\w*|tigers?|sena|hunters?)\b",
    re.IGNORECASE,
)
# Names that are words of English or no party: religions, nations, places.
WORDS = set(
    "share ham pai uda alexander maidan muslims christians hindus buddhists copts sunni shia albanians serbs ivorians"
    " nigerians ugandans south+sudanese al+sultan somali bihari hausa+fulani".replace("+", "_").split()
)
SHORT_WORDS = {"AND", "PRO", "NEW", "ALL", "NOT", "FOR", "THE", "NOW", "FAR", "MAP", "PAD", "RED", "SUN"}
MAX_NAME_CHARS = 60
TAG = re.compile(r"<[^>]+>")


def ucdp_groups(paths: Iterable[Path], states: dict[str, str], known: set[str]) -> list[Row]:
    """Groups that UCDP-AEC names and our own table does not, each under the state it is seen in most.

    Args:
        paths: Gzipped JSON lines of UCDP-AEC.
        states: ISO 3166 alpha-3 by the names of our table of countries.
        known: Folded names of groups and organisations we have.
    """
    seen: defaultdict[str, Counter[str]] = defaultdict(Counter)
    for path in paths:
        with gzip.open(path, "rt", encoding="utf8") as lines:
            for record in map(json.loads, lines):
                state = UCDP_STATES.get(record["location_root_name"]) or states.get(record["location_root_name"])
                for side in (record["side_a_name"], record["side_b_name"]):
                    for name in _parts(side):
                        seen[name][state or ""] += 1
    rows = []
    for name, places in seen.items():
        state = min(places, key=lambda place: (-places[place], place))
        bare = re.sub(r"\s*\([^)]*\)$", "", name)
        keys = {fold_name(name), fold_name(bare)}
        if state and not keys & known and not {key.replace(" ", "_") for key in keys} & WORDS and len(bare) > 1:
            rows.append(
                (_identity(state, bare), f"{bare}?", "", state, _sector(bare, state), f"{state}{_sector(bare, state)}")
            )
    return _distinct(rows)


def _parts(side: str) -> Iterator[str]:
    """The groups of a side: several fight together as "Ahrar al-Sham, HTS"."""
    for name in (part.strip() for part in side.replace("’", "'").split(",")):
        if name and not NO_GROUP.match(name) and " faction" not in name and len(name) <= MAX_NAME_CHARS:
            yield re.sub(r"\s+", " ", name)


def _sector(name: str, state: str) -> str:
    if CRIMINAL.search(name) and (
        state in {"MEX", "BRA", "HND", "SLV", "GTM", "ECU", "COL", "VEN", "BLZ"} or "gang" in name.lower()
    ):
        return "CRM"
    if name in CRIMINAL_NAMES or "cult" in name.lower():
        return "CRM"
    is_acronym = bool(re.search(r"[A-Z]{2}", name))
    return "REB" if is_acronym or ORGANISED.search(name) else "CVL"


def _identity(state: str, name: str) -> str:
    words = [
        word for word in fold_name(name).split() if word not in {"al", "of", "the", "and", "for", "de", "la", "los"}
    ]
    return f"{state}.{''.join(words).upper()[:18]}"


def _distinct(rows: Iterable[Row]) -> list[Row]:
    """Rows with each identity and each name of a state once, sorted."""
    found: dict[str, Row] = {}
    names: set[tuple[str, str]] = set()
    for row in sorted(rows):
        key = (fold_name(row[1]), row[3])
        if key not in names:
            names.add(key)
            found.setdefault(row[0], row)
    return list(found.values())


def factbook_parties(entries: Iterable[tuple[str, dict[str, object]]], known: set[str]) -> list[Row]:
    """Political parties of the World Factbook: full names, short forms of three letters and more; all hedged.

    Args:
        entries: ISO 3166 alpha-3 with the state's entry.
        known: Folded names of groups and organisations we have.
    """
    rows = []
    for state, entry in entries:
        parties = entry.get("parties")
        text = parties.get("text", "") if isinstance(parties, dict) else ""
        for line in re.split(r"<br ?/?>|</p>|\n|; ", html.unescape(str(text))):
            found = _party(TAG.sub("", line))
            if found is None:
                continue
            name, short = found
            if fold_name(name) in known:
                continue
            short = short if fold_name(short) not in known else ""
            rows.append((_identity(state, name), f"{name}?", f"{short}?" if short else "", state, "PTY", f"{state}PTY"))
    taken: set[tuple[str, str]] = {(fold_name(row[1]), row[3]) for row in rows}
    distinct = []
    for row in _distinct(rows):
        key = (fold_name(row[2]), row[3])
        distinct.append(row if row[2] and key not in taken else (*row[:2], "", *row[3:]))
        taken.add(key)
    return distinct


def _party(line: str) -> tuple[str, str] | None:
    """Name and short form of "National Liberation Front or FLN; note - ..."; None for what is no name of two words."""
    line = re.split(r";|\bnote\b|:|, led by", line)[0].strip(" .*-\u2013\u00a0")
    match = re.match(r"^(.*?)(?:\s*\(([^)]*)\))?(?:\s+(?:or|OR)\s+([^\s,()]+).*)?$", line)
    if match is None:
        return None
    name, short = match[1].strip(), (match[3] or "").strip()
    good = 3 <= len(name) <= MAX_NAME_CHARS and " " in name and name[:1].isupper() and not re.search(r"[\d<>/|?]", name)
    if not good or name.lower().startswith(
        ("none", "there are", "no political", "other", "major ", "minor ", "independent")
    ):
        return None
    letters = [letter for letter in short if letter.isalpha()]
    is_short = (
        len(letters) >= 3 and sum(letter.isupper() for letter in letters) >= 2 and not re.search(r"[|?/\d]", short)
    )
    if name.startswith("The ") and name.count(" ") == 1:
        return None
    return name, short if is_short and short not in SHORT_WORDS else ""


def factbook_forces(entries: Iterable[tuple[str, dict[str, object]]], known: set[str]) -> list[Row]:
    """Armed forces of states by the names and short forms the World Factbook gives; all hedged, all the state's MIL."""
    rows = []
    for state, entry in entries:
        forces = entry.get("armed_forces")
        text = TAG.sub(" ", html.unescape(str(forces.get("text", "") if isinstance(forces, dict) else "")))
        match = re.match(r"^(?:the\s+)?([A-Z][\w'’\- ]{6,58}?) \(([^()]{2,80})\)", text)
        if match is None:
            continue
        names = [match[1].strip(), *(part.strip() for part in re.split(r"[,;]| or ", match[2]))]
        fitting = [
            name
            for name in dict.fromkeys(names)
            if 3 <= len(name) <= MAX_NAME_CHARS and not re.search(r"[|?/\d]", name)
        ]
        fitting = [name for name in fitting if fold_name(name) not in known and name[0].isupper()]
        fitting = [name for name in fitting if name not in SHORT_WORDS and not name.startswith("Ministr")]
        if fitting:
            aliases = "|".join(f"{name}?" for name in fitting[1:])
            rows.append((f"{state}.MIL", f"{fitting[0]}?", aliases, state, "MIL", f"{state}MIL"))
    return _distinct(rows)
