"""Datelines: where a report was filed, by which agency and when, at the head of a paragraph.

"GOMA, Congo (Reuters) - ", "WASHINGTON/BEIRUT The ...", "PARIS, 12 March (AFP) -", "Beirut, Lebanon — ". A place in
capitals is weak evidence ("NATO", "UPDATE", "M23 - "), so a form without agency, date or country is believed only near
the top of the article, and a name of up to five letters only when it is a known town.
"""

import datetime as dt
import re

import msgspec

from villani.records.text import Span
from villani.resources.furniture import Furniture
from villani.text.furniture import MONTH, MONTHS, read_date

SCAN_CHARS = 220
SHORT_NAME = 5
MIN_SENTENCE = 50

_CAPS = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]{0,20}(?:-[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.]{0,20}){0,2}"
_TITLED = r"[A-ZÀ-ÖØ-Þ][\w'’.]{1,20}(?:-[\w'’]{1,20}){0,2}"
_LINK = r"(?:(?:of|the|de|del|da|do|el|al|la|le|and)\s){0,2}"
_COUNTRY = rf"(?!{MONTH}){_TITLED}(?:\s{_LINK}{_TITLED}){{0,3}}"
_QUALIFIER = rf"(?P<qualifier>(?:,\s?{_COUNTRY}){{1,2}}|\s?\[{_COUNTRY}\])?"
_DAY = r"\d{1,2}(?:st|nd|rd|th)?"
_DATE = rf"(?P<date>[,.]?\s{{0,2}}(?:{_DAY}\s{MONTH}|{MONTH}\s{_DAY})(?:,?\s\d{{4}})?)?"
_DASH = r"(?:\s{0,2}(?:--|–|—)\s{0,2}|\s{1,2}-\s{1,2}|-\s{1,2}|\s-(?=[A-Z“\"])|_\s{0,2})"
_NEXT = r"(?=[“\"‘'\[]?(?:[A-ZÀ-ÖØ-Þ][a-zß-ÿ’']|[AI]\s|[A-Z]\.|\d|(?:UN|US|EU|NATO|UK|UAE|IS)\b))"
_SEPARATOR = re.compile(r"\s?[/&]\s?|\sand\s")
_INITIALS = re.compile(r".{1,2}\.[A-Z]")


class Dateline(msgspec.Struct, frozen=True, kw_only=True):
    """A dateline: the prefix it is, its places (one span each), the agencies and the day it names."""

    span: Span
    places: tuple[Span, ...]
    agencies: tuple[str, ...]
    date: dt.date | None


class DatelineReader:
    """Reads datelines by their forms.

    Args:
        furniture: Agencies' names, towns of short names, and words that are never a dateline.
    """

    def __init__(self, furniture: Furniture) -> None:
        self._agencies, self._towns, self._never = furniture.agencies, furniture.towns, furniture.no_datelines
        known = "|".join(re.escape(name) for name in sorted(self._agencies, key=len, reverse=True))
        agency = rf"(?P<agency>\s?\([^()]{{2,40}}\)|(?:[,.]\s?|\s)/?(?:{known})(?![\w’'])/?)"
        caps = rf"(?P<places>{_CAPS}(?:\s{_CAPS}){{0,3}}(?:(?:\s?[/&]\s?|\sand\s){_CAPS}(?:\s{_CAPS}){{0,3}}){{0,3}})"
        name = rf"{_TITLED}(?:\s{_LINK}{_TITLED}){{0,3}}"
        titled = rf"(?P<places>{name}(?:(?:\s?/\s?|\sand\s){_TITLED}(?:\s{_TITLED}){{0,2}}){{0,2}})"
        self._named = re.compile(rf"(?<![\w’'-])(?:{known})(?![\w’'-])")
        self._full = tuple(
            re.compile(rf"{places}{_QUALIFIER}{_DATE},?{agency}(?P<end>{_DASH}|:\s|\.\s|\s{_NEXT}|\s*$)")
            for places in (caps, titled)
        )
        self._plain = tuple(
            re.compile(rf"{places}{_QUALIFIER}{_DATE}(?P<end>{_DASH}){_NEXT}") for places in (caps, titled)
        )
        self._bare = re.compile(rf"{caps}(?P<qualifier>)(?P<date>)(?P<end>\s){_NEXT}")
        self._lone = re.compile(rf"(?P<agency>\((?:{known})\)|(?:{known})(?=\s?[-–—]))(?P<end>{_DASH})")

    def read(self, text: str, span: Span, *, near_top: bool) -> Dateline | None:
        """The dateline a paragraph begins with.

        Args:
            text: The document's text.
            span: The paragraph.
            near_top: Whether it is among the first of the article, where weaker forms are believed.
        """
        head = text[span.start : min(span.end, span.start + SCAN_CHARS)]
        for pattern in self._full:
            if (found := pattern.match(head)) and self._is_filed(found):
                return self._dateline(found, span.start)
        if found := self._lone.match(head):
            return self._dateline(found, span.start)
        if not near_top:
            return None
        for pattern in self._plain:
            if (found := pattern.match(head)) and self._is_place(found):
                return self._dateline(found, span.start)
        found = self._bare.match(head)
        if found and span.end - span.start - found.end() >= MIN_SENTENCE and self._is_place(found):
            return self._dateline(found, span.start)
        return None

    def read_alone(self, text: str, span: Span) -> Dateline | None:
        """The dateline a line is that holds nothing else ("ISTANBUL")."""
        line = text[span.start : span.end]
        if len(line) > 40 or not all(self._stands_alone(part) for part in _SEPARATOR.split(line)):
            return None
        return Dateline(span=span, places=_parts(span.start, line), agencies=(), date=None)

    def name_agencies(self, text: str) -> tuple[str, ...]:
        """The agencies a short text names, each once, as they are printed."""
        named = (self._agencies.get(part.strip()) for part in re.split(r"[/,;()&]|\sand\s", text[:500]))
        return tuple(dict.fromkeys(name for name in named if name))

    def find_agencies(self, text: str) -> tuple[str, ...]:
        """The agencies named anywhere in a credit, each once, as they are printed."""
        return tuple(dict.fromkeys(self._agencies[found[0]] for found in self._named.finditer(text[:1_000])))

    def _is_filed(self, found: re.Match[str]) -> bool:
        """Whether a form with an agency is a dateline: the agency is known, or in brackets behind a likely place."""
        if any(self._is_never(part) for part in _SEPARATOR.split(found["places"])):
            return False
        agency = found["agency"].strip(" ,./()")
        if self.name_agencies(agency):
            return found["agency"].lstrip().startswith(("(", "/")) or bool(found["end"].strip())
        is_bracketed = found["agency"].lstrip().startswith("(") and agency[:1].isupper() and found["end"].strip() != ":"
        return is_bracketed and bool(found["end"].strip()) and found["places"].isupper()

    def _is_place(self, found: re.Match[str]) -> bool:
        """Whether a form without an agency is a dateline."""
        parts = _SEPARATOR.split(found["places"])
        if any(self._is_never(part) for part in parts):
            return False
        if found["date"] or found["qualifier"]:
            return True
        if found["places"].isupper():
            return any(self._stands_alone(part) for part in parts)
        return len(found["places"].split()) <= 2

    def _stands_alone(self, part: str) -> bool:
        """Whether a name in capitals is a place with nothing beside it to say so."""
        if not part.isupper() or self._is_never(part):
            return False
        letters = sum(letter.isalpha() for letter in part)
        return part in self._towns or (letters > SHORT_NAME and not _INITIALS.match(part))

    def _is_never(self, part: str) -> bool:
        """Whether a name opens labels and sentences but names no place."""
        words = [word.upper() for word in re.split(r"[\s,]+", part) if word]
        if any(word in self._never or word.rstrip(".").lower() in MONTHS for word in words):
            return True
        acronym = part.replace(".", "")
        return len(acronym) <= 2 or (acronym.isupper() and len(acronym) <= 3 and acronym not in self._towns)

    def _dateline(self, found: re.Match[str], start: int) -> Dateline:
        """A match as a record; the places are cut from its first part."""
        groups = found.groupdict()
        places = groups.get("places") or ""
        return Dateline(
            span=Span(start, start + len(found[0].rstrip())),
            places=_parts(start, places),
            agencies=self.name_agencies((groups.get("agency") or "").strip(" ,./")),
            date=read_date(groups.get("date") or ""),
        )


def _parts(start: int, places: str) -> tuple[Span, ...]:
    """One span for each place of "WASHINGTON/BEIRUT"."""
    spans, at = [], 0
    for separator in [*_SEPARATOR.finditer(places), None]:
        end = separator.start() if separator else len(places)
        name = places[at:end]
        if name.endswith(".") and len(name.rpartition(" ")[2]) > SHORT_NAME:
            name = name[:-1]
        if name:
            spans.append(Span(start + at, start + at + len(name)))
        at = separator.end() if separator else end
    return tuple(spans)
