"""The names of places in a text: where they stand, what each may mean, and what the words beside it say of it."""

import re
from collections.abc import Collection, Sequence

from villani.records.text import Span
from villani.resolution.scene import Sighting
from villani.resolution.surroundings import POSSESSIVE, names_in, written_alike
from villani.resources.folding import fold_name
from villani.resources.knowledge import Knowledge
from villani.resources.toponyms import AS_WRITTEN, OF_PEOPLE, PlaceKind, Toponym

# Words that are part of a place's kind, not of its name; each says what a name beside it is.
AREA_WORDS: dict[str, PlaceKind] = {
    **dict.fromkeys(("province", "governorate", "oblast", "prefecture", "canton", "krai", "voivodeship"), "admin1"),
    **dict.fromkeys(("district", "county", "raion", "woreda", "subdistrict", "department", "parish"), "admin2"),
}
# What may stand before or behind a name that is filed without it.
BEFORE = re.compile(
    r"(?:the|city of|town of|village of|state of|province of|county of|republic of|kingdom of|district of|port of"
    r"|greater|metro|metropolitan|downtown|central|upper|lower|inner|outer|mainland|occupied|rural|urban|suburban"
    r"|(?:north|south|east|west|mid)(?:-?(?:east|west))?(?:ern|-central)?|north-?eastern|north-?western|south-?eastern"
    r"|south-?western) (?=\S)",
    re.IGNORECASE,
)
BEHIND = re.compile(
    r"(?<=\S) (?:city|town|township|village|borough|state|province|governorate|region|district|area|county|metro"
    r"|metropolitan area|oblast|prefecture|island|islands|peninsula|department|municipality|proper|territory|c\.?)$",
    re.IGNORECASE,
)
# What may stand between a name and the area it lies in.
LIES_IN = re.compile(r"(?:['’]s)?(?:,|\s+in|\s*\()\s+?(?:the\s+|nearby\s+)?|\s*[(/]\s*|,", re.IGNORECASE)
MAX_QUALIFIER_GAP = 8
# A town must be this big to share its name with the people of a state ("Spanish", Ontario, is not).
SAME_AS_NATION = 100_000
_ARTICLE = re.compile(r"(?:al|el|ad|an|ar|as|ash|at|az|ez|es) ")


def places_of(name: str, knowledge: Knowledge, *, nations: bool = True) -> tuple[Toponym, ...]:
    """Every place a name may mean: as it is written, in another spelling, without a word of its kind.

    Args:
        name: The name as it stands in the text, with or without a possessive.
        knowledge: Gazetteer and names of states.
        nations: Whether an adjective or a people stands for its state ("Syrian", "Americans").
    """
    bare = POSSESSIVE.sub("", name.strip())
    gazetteer = knowledge.gazetteer
    written = gazetteer.find_key(AS_WRITTEN + bare) if len(bare) < 16 else ()
    if written:
        return written
    key = fold_name(bare)
    found = _filed(key, knowledge)
    if nations and is_of_nation(bare, knowledge) and not any(place.population >= SAME_AS_NATION for place in found):
        return gazetteer.find_key(OF_PEOPLE + key) or nation(bare, knowledge) or found
    if not found and nations:
        found = gazetteer.find_key(OF_PEOPLE + key) or nation(bare, knowledge)
    return found or _without_kind(key, knowledge)


def is_of_nation(name: str, knowledge: Knowledge) -> bool:
    """Whether a name is the adjective or the people of a state or region, and nothing else that we know."""
    key = fold_name(name)
    if knowledge.gazetteer.holds(OF_PEOPLE + key):
        return True
    entries = written_alike(name, knowledge.names.get(key, ()))
    return bool(entries) and all(entry.kind in {"adjective", "people"} and not entry.hedged for entry in entries)


def _filed(key: str, knowledge: Knowledge) -> tuple[Toponym, ...]:
    """Places filed under a key, with or without the Arabic article."""
    if len(key) < 2:
        return ()
    found = knowledge.gazetteer.find_key(key)
    if found or len(key) < 4:
        return found
    article = _ARTICLE.match(key)
    return knowledge.gazetteer.find_key(key[article.end() :] if article else f"al {key}")


def _without_kind(key: str, knowledge: Knowledge) -> tuple[Toponym, ...]:
    """Places filed under a key less the words of its kind; a word that says the kind keeps only those."""
    for _ in range(2):
        before, behind = BEFORE.match(key), BEHIND.search(key)
        if behind:
            word = key[behind.start() :].strip()
            key = key[: behind.start()]
            found = _filed(key, knowledge)
            kind = AREA_WORDS.get(word) or {"state": "admin1", "town": "town", "village": "town"}.get(word)
            fitting = tuple(place for place in found if place.kind == kind)
            found = fitting or found
        elif before:
            key = key[before.end() :]
            found = _filed(key, knowledge)
        else:
            return ()
        if found and len(key) > 2:
            return found
    return ()


def nation(name: str, knowledge: Knowledge) -> tuple[Toponym, ...]:
    """The state that an adjective or a people of the name is of: "Saudi border", "various US cities", "Americans"."""
    for _, _, entries in names_in(name, knowledge):
        for entry in entries:
            if entry.kind in {"country", "adjective", "people"} and entry.body.country and not entry.hedged:
                state = knowledge.countries[entry.body.country].removeprefix("the ")
                found = knowledge.gazetteer.find(state)
                return tuple(place for place in found if place.kind == "country")
    return ()


def kind_beside(text: str, span: Span) -> PlaceKind | None:
    """The kind that a word right before or behind a name says it is: "Idlib province", "city of Homs"."""
    after = fold_name(text[span.end : span.end + 25]).split()[:1]
    before = fold_name(text[max(0, span.start - 25) : span.start]).split()[-2:]
    for word in (*after, *(before[:1] if before[1:] == ["of"] else ())):
        if word in AREA_WORDS:
            return AREA_WORDS[word]
        if word in {"region", "state"}:
            return "admin1"
        if word in {"city", "town", "village"}:
            return "town"
    return None


def sight(
    text: str, spans: Sequence[Span], knowledge: Knowledge, parties: Collection[Span] = frozenset()
) -> list[Sighting]:
    """What is seen of names at given spans (in the order of the text): what they may mean, and in what they lie.

    A name that is a party to acts (`parties`) speaks for a government, and hardly for what lies near its town.
    """
    sightings = []
    for index, span in enumerate(spans):
        name = text[span.start : span.end]
        behind = spans[index + 1] if index + 1 < len(spans) else None
        inside = index + 1 if behind is not None and _lies_in(text, span, behind) else None
        kind, places = kind_beside(text, span), places_of(name, knowledge)
        sightings.append(Sighting(span.start, name, places, kind, inside, acts=span in parties))
    return sightings


def _lies_in(text: str, span: Span, behind: Span) -> bool:
    """Whether what stands between two names lets the first lie in the second."""
    gap = text[span.end : behind.start]
    return 0 < len(gap) <= MAX_QUALIFIER_GAP and LIES_IN.fullmatch(gap) is not None
