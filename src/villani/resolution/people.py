"""Who a person is: by full name, by family name where the document or the day ties it, by the office held that day."""

import re
from dataclasses import dataclass

from villani.resolution.phrases import PLAIN_TITLE, is_name_word, untitled
from villani.resolution.surroundings import Surroundings, holders
from villani.resources.folding import fold_name, loosen_name
from villani.resources.knowledge import Knowledge
from villani.resources.parties import HEAD, PARTICLES, Body, Term

# Words of a title or role phrase, and the word of an office that answers to it.
ROLES = (
    (re.compile(r"\bvice[- ]president|deputy president\b"), "vice president"),
    (re.compile(r"\bpresident\b"), "president"),
    (re.compile(r"\bprime minister|premier\b"), "prime minister"),
    (re.compile(r"\bchancellor\b"), "chancellor"),
    (re.compile(r"\bforeign (?:minister|secretary)|minister (?:of|for) foreign affairs\b"), "foreign"),
    (re.compile(r"\bsecretary of state\b"), "secretary of state"),
    (re.compile(r"\bdefen[cs]e (?:minister|secretary)\b"), "defence"),
    (re.compile(r"\binterior minister\b"), "interior minister"),
    (re.compile(r"\bsecretary[- ]general\b"), "secretary"),
    (re.compile(r"\bforeign policy chief\b"), "foreign policy chief"),
    (re.compile(r"\bcrown prince\b"), "crown prince"),
    (re.compile(r"\bking\b"), "king"),
    (re.compile(r"\bsupreme leader\b"), "supreme leader"),
)
MAX_NAME_WORDS = 8


@dataclass(frozen=True)
class Person:
    """A person found: the term that counts on the document's day; `held` is False for those out of office then."""

    term: Term
    body: Body
    held: bool
    why: str


class People:
    """Finds people by the names and titles of a phrase."""

    def __init__(self, knowledge: Knowledge) -> None:
        self._knowledge = knowledge

    def in_full(self, name: str, around: Surroundings, role: str = "") -> Person | None:
        """The person whose full name a phrase ends in, middle names and other spellings allowed.

        `role` is the phrase with its titles; without a day it tells which of the person's offices is meant.
        """
        words = name.split()
        if not words or len(words) > MAX_NAME_WORDS or not is_name_word(words[-1]):
            return None
        for at in range(len(words) - 1):
            if not is_name_word(words[at]):
                continue
            terms = self._terms(words[at:])
            if terms and around.day is None:
                terms = tuple(term for term in terms if answers(role.lower(), term.office)) or terms
            if terms:
                return self.in_office(terms, around)
        return None

    def _terms(self, words: list[str]) -> tuple[Term, ...]:
        key = fold_name(" ".join(words))
        known = self._knowledge.people
        found = known.get(key) or known.get(self._knowledge.parties.loose.get(loosen_name(key), ""), ())
        if found or len(words) < 3:
            return found
        return known.get(fold_name(f"{words[0]} {words[-1]}"), ())

    def by_family_name(self, name: str, state: str | None, around: Surroundings) -> Person | None:
        """The person a family name is tied to by the document, or the one in office that day and spoken of.

        Args:
            name: The phrase; titles in front of the name say which office is meant.
            state: The state an adjective in front names ("Turkish President Erdogan").
            around: The document.
        """
        bare = untitled(name)
        key, titled = fold_name(bare), bare != name
        if not key or not is_name_word(bare.split()[-1]):
            return None
        tied = around.tied.get(key) or (around.tied.get(key.split()[-1]) if key.split()[0] in PARTICLES else None)
        if tied:
            return self.in_office(tied, around)
        known = (*self._knowledge.surnames.get(key, ()), *self._knowledge.people.get(key, ()))
        title = name[: len(name) - len(bare)].lower().strip()
        if not known or len(bare.split()) > 2:
            return None
        if titled and any(pattern.search(title) for pattern, _ in ROLES):
            return self._titled(tuple(dict.fromkeys(known)), title, state, around)
        if PLAIN_TITLE.match(title + " ") or key in self._knowledge.common or key in self._knowledge.heads:
            return None
        return self._untitled(key, state, around)

    def _titled(self, known: tuple[Term, ...], title: str, state: str | None, around: Surroundings) -> Person | None:
        """The one person whose office the title names; of several, the one whose state is spoken of."""
        held = [term for term in known if around.day is None or term.covers(around.day)]
        if state is not None:
            held = [term for term in held if term.body.country == state]
        fitting = [term for term in held if answers(title, term.office)] or [
            term for term in held if term.office == HEAD
        ]
        spoken = [term for term in fitting if around.speaks_of(term.body.country)]
        chosen = spoken or fitting
        if not chosen or len({term.body.country for term in chosen}) > 1:
            return None
        if around.day is None and len({term.name for term in chosen}) > 1:
            return None
        return self.in_office(tuple(chosen), around)

    def _untitled(self, key: str, state: str | None, around: Surroundings) -> Person | None:
        """A family name alone: of one listed person in office that day, or of a ruler whose state is spoken of."""
        strong = tuple(term for term in self._knowledge.people.get(key, ()) if term.office != HEAD)
        if around.day is None:
            terms = tuple(term for term in strong or self._knowledge.surnames.get(key, ()) if term.office != HEAD)
            spoken = [
                term
                for term in terms
                if term in strong or term.body.country is None or around.speaks_of(term.body.country)
            ]
            if not spoken or len({term.name for term in terms}) > 1:
                return None
            return self.in_office(tuple(spoken), around)
        listed = holders(key, self._knowledge, around.day)
        if listed:
            is_spoken = any(around.speaks_of(term.body.country) or term.body.country is None for term in listed)
            return self.in_office(tuple(listed), around) if is_spoken or len(key) > 4 else None
        known = (*self._knowledge.surnames.get(key, ()), *self._knowledge.people.get(key, ()))
        held = [term for term in known if term.covers(around.day) and around.speaks_of(term.body.country)]
        if state is not None:
            held = [term for term in held if term.body.country == state]
        if not held or len({term.body.country for term in held}) > 1:
            return None
        return self.in_office(tuple(held), around)

    def in_office(self, terms: tuple[Term, ...], around: Surroundings) -> Person:
        """The office of a person on the document's day; without a day, the last one.

        Who led an armed group or army still stands for it afterwards: most who leave such an office are dead.
        """
        day = around.day
        ordered = sorted(terms, key=lambda term: (term.office == HEAD, term.first))
        held = [term for term in ordered if day is None or term.covers(day)]
        named = [term for term in held if term.office != HEAD] or held
        # Who governs and leads a party is coded by the government.
        named = [term for term in named if term.sector == "GOV"] or named
        if named:
            term = max(named, key=lambda term: term.first) if day is None else named[0]
            when = f"on {day}" if day else "last listed"
            return Person(term, term.body.on(day), held=True, why=f"{term.name}, {term.office}, {when}")
        before = [term for term in ordered if day is not None and term.first <= day]
        term = max(before or ordered, key=lambda term: term.first)
        stays = (
            bool(before) and not term.body.is_state() and term.body.sector not in {"IGO", "NGO", "OPP", "PTY", "GOV"}
        )
        stays = stays or (bool(before) and term.sector == "MIL" and term.body.actor_id is not None)
        if stays:
            return Person(term, term.body.on(day), held=True, why=f"{term.name}, {term.office} to {term.last}")
        return Person(term, term.body, held=False, why=f"{term.name}, who held no listed office on {day}")

    def of_role(self, phrase: str, body: Body, around: Surroundings) -> Term | None:
        """Who held the office that a role phrase names ("the Syrian president"), where it was one person alone."""
        if around.day is None:
            return None
        terms = self._knowledge.offices.get(body.country or body.actor_id or "", ())
        held = [term for term in terms if term.covers(around.day) and answers(phrase.lower(), term.office)]
        return held[0] if len({term.name for term in held}) == 1 else None


def answers(title: str, office: str) -> bool:
    """Whether a title or role phrase can mean an office; a deputy foreign minister is no foreign minister."""
    for pattern, word in ROLES:
        if pattern.search(title):
            deputy = "deputy" in office and "deputy" not in title
            vice = word == "president" and "vice president" in office and "," not in office
            spokes = "spokes" in office or "adviser" in office or "aide" in office
            return word in office and not deputy and not vice and not spokes
    return False
