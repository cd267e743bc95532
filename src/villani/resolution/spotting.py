"""Which capital letters are names of places: every toponym of a text, those the reader did not mark too."""

import math
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from urllib.parse import urlsplit

from villani.records.reading import Reading
from villani.records.text import Document, Span
from villani.resolution.extents import SITE_WORDS
from villani.resolution.placenames import AREA_WORDS, is_of_nation, sight
from villani.resolution.scene import Chosen, Scene, Sighting, weigh
from villani.resolution.surroundings import POSSESSIVE, Surroundings, written_alike
from villani.resources.folding import fold_name
from villani.resources.knowledge import Knowledge
from villani.resources.toponyms import AS_WRITTEN, OF_PEOPLE, Toponym

TOKEN = re.compile(r"[^\W_](?:[^\W_]|[.'’&](?=[^\W_])|(?<=\b[A-Z])\.|(?<=\.[A-Z])\.)*\.?")
GAP = re.compile(r"[ \u00a0]+|-")
LONGEST_NAME = 5
LONGEST_SHORT_FORM = 6
# Words that may stand with a capital beside the name of a place and belong neither to it nor to a person.
BESIDE = set(
    "the a an in on at of from to near for by and but or as is was with after before while when where why how this that"
    " these those its his her their our former ex new late over under around across outside inside throughout only"
    " historic old meanwhile however although though if because since two three four five six seven many most some all"
    " both north south east west northern southern eastern western central northeast northwest southeast southwest"
    " northeastern northwestern southeastern southwestern upper lower greater metro metropolitan downtown rural mid"
    " upstate occupied neighbouring neighboring nearby missing".split()
)
# Institutions that are named by their place: "Lagos Police Department".
NAMED_BY_PLACE = set(
    "police department city state university high fire sheriff sheriffs mayor public community district school"
    " national board council town president superior regional senior volunteer circuit international army attorney"
    " jail court foreign chamber medical detention democratic area arts central house health gov governor courthouse"
    " municipal electric middle democrat republican environmental fair junior water county hospital coroner memorial"
    " commissioners prime minister ministry government parliament embassy centers center centre food agriculture"
    " military navy air airport port stadium division metropolitan supreme federal general college institute museum"
    " times senate senator sen rep representative congressman legislature assembly premier chief commission agency"
    " bureau office"
    " province region governorate township village borough parish planning zoning development economic recreation parks"
    " housing transit authority club union league football baseball basketball symphony zoo art library"
    " church cathedral diocese archbishop bishop bar border coast guard security intelligence embassy consulate"
    " ambassador secretary spokesman spokeswoman officials official north south east west bridge river lake".split()
)
STREETS = set(
    "street st road rd avenue ave lane drive boulevard blvd highway hwy parkway way court square place".split()
)
TITLES = set("mr mrs ms miss dr sir lord lady sen rep gov gen lt col capt sgt cpl maj prof rev judge justice".split())
# Places that people are called by, beside the first names of those in office.
GIVEN_NAMES = set(
    "jordan chad georgia israel kenya paris sydney victoria chelsea brooklyn austin charlotte florence virginia"
    " carolina alexandria madison savannah dallas houston jackson lincoln tyler tyson francis santiago".split()
)
TOWN_WORDS = {"city", "town", "village", "borough", "township"}
# Capitals in a marked place that make it no name of its own.
UNNAMED = TITLES | STREETS | SITE_WORDS
LEADS_TO_PLACE = set(
    "in at from near to outside around across toward towards into through via throughout between".split()
)
# What speaks for a name being a place, and how much must (set on the development sets; see docs/decisions/0007).
READ_AS_PLACE, READ_AS_PARTY = 3.0, -1.0
KNOWN = {"country": 4.0, "admin1": 2.5, "admin2": 2.0, "town": 0.0, "region": 2.0, "site": 0.0}
LED_TO, LIES_INSIDE, LONG, SHORT_FORM = 1.5, 2.5, 1.5, 1.0
COMMON, OPENS, PERSON, TITLED = -3.5, -1.0, -3.0, -5.0
POSTAL, SPEAKS, BASED = -6.0, -3.5, 3.0
BEFORE_NAME, BEHIND_NAME, BEHIND_STREET, NAMED_SO = -3.5, -2.0, -5.0, -4.0
ENOUGH = 5.5
_SPEAKS = re.compile(
    r",? (?:said|says|told|added|noted|explained|wrote|who|was born|died|himself|herself)\b|['’]s (?:wife|son|mother)"
)
_BASED = re.compile(r"-(?:based|born|held|administered|controlled|occupied|run|area|bound|led|backed)\b")
# Streets, which no gazetteer has: "Clinton Street", "North Seventh St."
_STREET = re.compile(
    r"(?<![^\W_])(?:(?:[NSEW]\.|North|South|East|West) )?"
    r"(?:[A-Z][\w'’]+|\d{1,3}(?:st|nd|rd|th)) (?:[A-Z][\w'’]+ ){0,2}?"
    r"(?:Street|Avenue|Road|Boulevard|Lane|Drive|Parkway|St\.|Ave\.|Rd\.|Blvd\.|Dr\.)(?![^\W_])"
)
# States by the last part of an address, where news is read that names its towns without their state.
HOMES = {
    "uk": "GBR", "ca": "CAN", "au": "AUS", "nz": "NZL", "ie": "IRL", "za": "ZAF", "in": "IND", "ng": "NGA", "ke": "KEN",
    "gh": "GHA", "pk": "PAK", "ph": "PHL", "il": "ISR", "lb": "LBN", "eg": "EGY", "jo": "JOR", "ge": "GEO", "ru": "RUS",
    "ua": "UKR", "tr": "TUR", "tw": "TWN", "sg": "SGP", "my": "MYS", "zw": "ZWE", "ug": "UGA", "tz": "TZA", "zm": "ZMB",
    "jm": "JAM", "lk": "LKA", "bd": "BGD", "np": "NPL", "iq": "IRQ", "af": "AFG", "mm": "MMR", "jp": "JPN", "kr": "KOR",
}  # fmt: skip
HOME = 3.0


@dataclass(frozen=True)
class _Token:
    """A word of the text; `opens` says that it opens a sentence, where its capital says nothing."""

    start: int
    end: int
    text: str
    opens: bool

    @cached_property
    def key(self) -> str:
        """The word folded, without its possessive."""
        return fold_name(POSSESSIVE.sub("", self.text))

    @cached_property
    def is_capital(self) -> bool:
        return self.text[0].isupper() or (self.text[:2] in {"d'", "d’", "l'", "l’"} and self.text[2:3].isupper())


@dataclass(frozen=True)
class PlaceName:
    """A name of a place in the text; `chosen` is what it means, None where the gazetteer has no such name."""

    span: Span
    chosen: Chosen | None
    is_people: bool


class NameFinder:
    """Finds the names of places of one document at a time."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge
        self._first_names = {key.split()[0] for key in knowledge.people if " " in key}

    def find(
        self, reading: Reading, around: Surroundings, given: Sequence[Span] | None = None
    ) -> tuple[list[PlaceName], Scene]:
        """Every name of a place, in the order of the text, and the scene they make together.

        Args:
            reading: The document, read.
            around: What it says of states.
            given: Where the names stand, if that is known; those found besides them then only help to choose.
        """
        text = reading.document.text
        states = _with_home(around.states, reading.document)
        found = self._found(reading, states)
        if given is not None:
            wanted = set(given)
            found = [span for span in found if not any(span.overlaps(other) for other in wanted)]
            found = sorted({*found, *wanted})
        scene = weigh(sight(text, found, self._knowledge, _parties(reading)), states)
        names = [
            PlaceName(span, scene.at.get(span.start), is_of_nation(text[span.start : span.end], self._knowledge))
            for span in (found if given is None else given)
        ]
        return names, scene

    def _found(self, reading: Reading, states: Mapping[str, float]) -> list[Span]:
        """Spans of names of places: those the gazetteer has and enough speaks for, and others the reader marked."""
        text = reading.document.text
        tokens = self._tokens(reading)
        spans = list(self._candidates(tokens, text))
        sightings = sight(text, spans, self._knowledge, _parties(reading))
        scene = weigh(sightings, states)
        judge = _Judge(reading, tokens, self._people(tokens, text), self._knowledge, self._first_names)
        kept = [
            span
            for span, sighting in zip(spans, sightings, strict=True)
            if judge.points(span, sighting, sightings, scene) >= ENOUGH
        ]
        streets = [Span(match.start(), match.end()) for match in _STREET.finditer(text)]
        kept = [span for span in kept if not any(span.overlaps(street) for street in streets)]
        unknown = (
            span
            for span in self._unknown(reading, tokens)
            if not any(span.overlaps(other) for other in (*spans, *streets))
        )
        return sorted({*kept, *unknown, *streets})

    def _unknown(self, reading: Reading, tokens: Sequence[_Token]) -> Iterator[Span]:
        """Names in places the reader marked: runs of capitals that no gazetteer has."""
        marked = [mention.span for mention in reading.mentions if mention.kind == "place"]
        text = reading.document.text
        at = 0
        while at < len(tokens):
            end = at
            while (
                end < len(tokens)
                and tokens[end].is_capital
                and any(span.start <= tokens[end].start and tokens[end].end <= span.end for span in marked)
                and (end == at or GAP.fullmatch(text[tokens[end - 1].end : tokens[end].start]))
            ):
                end += 1
            run = tokens[at:end]
            at = max(end, at + 1)
            if run and not any(token.key in UNNAMED or token.key in self._knowledge.common_words for token in run):
                last = POSSESSIVE.sub("", run[-1].text)
                yield Span(run[0].start, run[-1].start + len(last))

    def _tokens(self, reading: Reading) -> list[_Token]:
        """The words of the text, with those that open a sentence or stand behind a colon or quotation mark."""
        text = reading.document.text
        starts = {sentence.start for sentence in reading.sentences}
        tokens: list[_Token] = []
        end = 0
        for match in TOKEN.finditer(text):
            gap = text[end : match.start()]
            opens = match.start() in starts or not tokens or "\n" in gap or any(sign in gap for sign in ':“"•')
            word = match.group()
            if word.endswith(".") and not (word.count(".") > 1 or len(word) <= 6):
                word = word[:-1]
            tokens.append(_Token(match.start(), match.start() + len(word), word, opens))
            end = match.end()
        return tokens

    def _candidates(self, tokens: Sequence[_Token], text: str) -> Iterator[Span]:
        """The longest names in the gazetteer at each capital letter."""
        at = 0
        while at < len(tokens):
            starts = tokens[at].is_capital or _is_article(tokens, at, text)
            span = self._longest(tokens, at, text) if starts else None
            if span is None:
                at += 1
                continue
            yield span
            while at < len(tokens) and tokens[at].start < span.end:
                at += 1

    def _longest(self, tokens: Sequence[_Token], at: int, text: str) -> Span | None:
        """The longest run of words from one on that names a place."""
        for size in range(min(LONGEST_NAME, len(tokens) - at), 0, -1):
            last = tokens[at + size - 1]
            if not last.is_capital or any(
                not GAP.fullmatch(text[a.end : b.start]) or a.text.endswith(("'s", "’s"))
                for a, b in zip(tokens[at : at + size - 1], tokens[at + 1 : at + size], strict=True)
            ):
                continue
            start = tokens[at].start
            if size > 1 and tokens[at].key == "the" and self._longest(tokens[: at + size], at + 1, text):
                continue
            name = POSSESSIVE.sub("", text[start : last.end])
            if size > 1 and last.key in TOWN_WORDS and self._is_body(tokens, at + size, text):
                continue  # "Dublin City Council" is the council of Dublin
            for form in (name, name.removesuffix(".")):
                if self._is_name(form, size):
                    return Span(start, start + len(form))
        return None

    def _is_body(self, tokens: Sequence[_Token], at: int, text: str) -> bool:
        """Whether the word at an index is a capital that goes on a name."""
        if at >= len(tokens) or not tokens[at].is_capital:
            return False
        return GAP.fullmatch(text[tokens[at - 1].end : tokens[at].start]) is not None

    def _is_name(self, name: str, size: int) -> bool:
        key = fold_name(name)
        gazetteer = self._knowledge.gazetteer
        if (len(name) <= LONGEST_SHORT_FORM or "." in name) and gazetteer.holds(AS_WRITTEN + name):
            return True
        if size <= 2 and gazetteer.holds(OF_PEOPLE + key):
            return True
        if name.endswith("."):
            return False
        if len(key) > 2 and (gazetteer.holds(key) or (size == 1 and gazetteer.holds(f"al {key}"))):
            wide = {"country", "admin1", "region"}
            is_short = size == 1 and name.isupper() and len(name) <= 4
            return not is_short or any(place.kind in wide for place in gazetteer.find_key(key))
        if len(key) > 2 and (key.startswith(("al ", "el ")) and gazetteer.holds(key[3:])):
            return True
        entries = written_alike(name, self._knowledge.names.get(key, ()))
        return any(e.kind in {"adjective", "people", "country"} and not e.hedged and e.body.country for e in entries)

    def _people(self, tokens: Sequence[_Token], text: str) -> set[str]:
        """Last words of names of people: a capital behind a first name or title, anywhere in the document."""
        found = set()
        for before, token in pairwise(tokens):
            if token.is_capital and before.is_capital and text[before.end : token.start] in {" ", ". "}:
                is_first = before.key in self._first_names and len(before.key) > 2
                if is_first or before.key in TITLES:
                    found.add(token.key)
        return found


class _Judge:
    """Weighs what speaks for a name being a place."""

    def __init__(
        self, reading: Reading, tokens: Sequence[_Token], people: set[str], knowledge: Knowledge, first: set[str]
    ) -> None:
        self._text = reading.document.text
        self._by_start = {token.start: index for index, token in enumerate(tokens)}
        self._by_end = {token.end: index for index, token in enumerate(tokens)}
        self._tokens, self._people, self._knowledge, self._first = tokens, people, knowledge, first
        self._small = {token.text.lower() for token in tokens if not token.is_capital}
        self._places = [m.span for m in reading.mentions if m.kind == "place"] + list(reading.document.datelines)
        self._parties = [mention.span for mention in reading.mentions if mention.kind == "party"]

    def points(self, span: Span, sighting: Sighting, all_: Sequence[Sighting], scene: Scene) -> float:
        """How much speaks for a name; `ENOUGH` must."""
        chosen = scene.at.get(span.start)
        if chosen is None:
            return 0.0
        place = chosen.place
        total = KNOWN[place.kind] + math.log10(place.population + 10) + 0.5 * chosen.support
        total += READ_AS_PLACE * any(s.holds(span) for s in self._places)
        total += READ_AS_PARTY * any(s.holds(span) for s in self._parties) * (place.kind != "country")
        inside = None if sighting.inside is None else scene.at.get(all_[sighting.inside].start)
        total += LIES_INSIDE * (inside is not None and _is_in(place, inside.place))
        return total + self._by_words(span, place)

    def _by_words(self, span: Span, place: Toponym) -> float:
        """What the words of the name and those beside it say."""
        name = self._text[span.start : span.end]
        key, size = fold_name(name), name.count(" ") + 1
        first = self._by_start[span.start]
        total = LONG * (size > 1) + SHORT_FORM * (name.isupper() and "." in name)
        is_common = size == 1 and (key in self._knowledge.common_words or key in self._small)
        if size == 1 and (key in NAMED_BY_PLACE or key in BESIDE or key in STREETS):
            return -20.0
        total += COMMON * is_common + OPENS * (self._tokens[first].opens and size == 1)
        total += (
            PERSON * (key.split()[-1] in self._people or (size == 1 and key in self._first)) * (place.kind != "country")
        )
        if len(name) == 2 and name.isupper() and name not in {"US", "UK", "EU"}:
            total += POSTAL * (self._text[max(0, span.start - 2) : span.start] != ", ")
        before = self._tokens[first - 1] if first else None
        if before is not None and re.fullmatch(r"\.?\s+", self._text[before.end : span.start]):
            if before.key in TITLES:
                total += TITLED
            elif before.is_capital and before.key not in BESIDE and not before.text.endswith(("'s", "’s")):
                plain = (
                    "." not in self._text[before.end : span.start] and "\n" not in self._text[before.end : span.start]
                )
                total += BEFORE_NAME * plain + NAMED_SO * (plain and before.key in self._first)
            total += LED_TO * (before.key in LEADS_TO_PLACE)
        total += SPEAKS * (_SPEAKS.match(self._text, span.end) is not None) * (place.kind not in {"country", "admin1"})
        return total + self._behind(span)

    def _behind(self, span: Span) -> float:
        """What the word behind says: another capital makes it part of a longer name, unless that is an institution."""
        if _BASED.match(self._text, span.end):
            return BASED
        rest = re.match(r"[ \u00a0]+([^\W\d_][\w'’.-]*)", self._text[span.end : span.end + 40])
        if rest is None or not rest[1][0].isupper():
            return 0.0
        key = fold_name(POSSESSIVE.sub("", rest[1]))
        if key in STREETS:
            return BEHIND_STREET
        if key in NAMED_BY_PLACE or key in AREA_WORDS or key in BESIDE:
            return 0.0
        name = fold_name(self._text[span.start : span.end])
        return BEHIND_NAME + NAMED_SO * (name in self._first or name in GIVEN_NAMES)


def _parties(reading: Reading) -> frozenset[Span]:
    """Spans the reader took for parties."""
    return frozenset(mention.span for mention in reading.mentions if mention.kind == "party")


def _is_article(tokens: Sequence[_Token], at: int, text: str) -> bool:
    """Whether a small "al" or "el" opens a name: "al-Bab"."""
    if tokens[at].text not in {"al", "el", "ar", "ad", "as", "ash", "at", "az"} or at + 1 == len(tokens):
        return False
    return tokens[at + 1].is_capital and text[tokens[at].end : tokens[at + 1].start] == "-"


def _with_home(states: Mapping[str, float], document: Document) -> Mapping[str, float]:
    """States with that of the publisher's address: "example.co.uk" speaks of the United Kingdom."""
    host = (urlsplit(document.url or "").hostname or document.publisher or "").lower().rstrip(".")
    state = HOMES.get(host.rsplit(".", 1)[-1]) if "." in host and "/" not in host else None
    return states if state is None else {**states, state: states.get(state, 0.0) + HOME}


def _is_in(inner: Toponym, outer: Toponym) -> bool:
    """Whether one place lies in another by state or area."""
    if outer.kind == "country":
        return inner.country == outer.country and inner is not outer
    return inner.country == outer.country and inner.area == outer.area and inner.kind != "admin1"
