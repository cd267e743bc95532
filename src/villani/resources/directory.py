"""Looking up actors: who a name is, what it is coded as on a day, who held an office, who belongs to an alliance."""

import difflib
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import msgspec

from villani.resources.folding import fold_name, loosen_name
from villani.resources.lexicons import load_lines
from villani.resources.parties import HEAD, Body, Parties, Term


class PartyRecord(msgspec.Struct, frozen=True, kw_only=True):
    """A party as `villani actors` prints it; days are ISO 8601 text, None for open."""

    kind: str = "party"
    actor_id: str | None
    name: str
    country: str | None
    sector: str
    code: str
    aliases: tuple[str, ...]
    changes: tuple[str, ...]
    part_of: tuple[str, ...]
    members: tuple[str, ...]


class TermRecord(msgspec.Struct, frozen=True, kw_only=True):
    """An office held as `villani actors` prints it; days are ISO 8601 text, None for open."""

    kind: str = "office"
    name: str
    office: str
    of: str
    actor_id: str | None
    country: str | None
    sector: str
    first: str = msgspec.field(name="from")
    last: str | None = msgspec.field(name="to")


@dataclass(frozen=True)
class Membership:
    """A party or state that belongs to an alliance; days are ISO 8601 text, "" for open or not known."""

    member: str
    of: str
    first: str
    last: str

    def covers(self, day: str | None) -> bool:
        """Whether it holds on a day; on some day without one."""
        return day is None or ((not self.first or self.first <= day) and (not self.last or day <= self.last))


def load_memberships() -> tuple[Membership, ...]:
    """Who belongs to which alliance.

    Raises:
        ResourceError: the table is missing or broken.
    """
    return tuple(Membership(*row) for row in load_lines("en/memberships"))


class Directory:
    """Answers questions about parties and people.

    Args:
        parties: What is known by name.
        memberships: Who belongs to which alliance.
    """

    def __init__(self, parties: Parties, memberships: Sequence[Membership]) -> None:
        self._parties = parties
        self._memberships = memberships
        self._aliases: dict[Body, list[str]] = {}
        for entries in parties.names.values():
            for entry in entries:
                if entry.kind not in {"adjective", "people"}:
                    self._aliases.setdefault(entry.body, []).append(entry.written)

    def look_up(self, name: str, day: str | None = None) -> list[PartyRecord | TermRecord]:
        """Parties and office holders of a name, on a day (ISO 8601) where one is given; the surest first."""
        key = fold_name(name)
        key = key if key in self._parties.names or key in self._parties.people else self._loosely(key)
        bodies = [entry.body for entry in self._parties.names.get(key, ())] + self._by_id(name)
        terms = (*self._parties.people.get(key, ()), *self._parties.surnames.get(key, ()))
        return [
            *(self._party(body, day) for body in dict.fromkeys(bodies)),
            *_terms((term for term in dict.fromkeys(terms)), day),
        ]

    def offices(self, name: str, office: str, day: str | None = None) -> list[TermRecord]:
        """Who held an office of a state or party, on a day where one is given; `office` may be a part of its name."""
        found = [record for record in self.look_up(name) if isinstance(record, PartyRecord)]
        keys = {record.country or record.actor_id or "" for record in found} | {
            record.actor_id or "" for record in found
        }
        terms = dict.fromkeys(term for key in sorted(keys) for term in self._parties.offices.get(key, ()))
        wanted = office.lower().replace("defense", "defence")
        return _terms((term for term in terms if wanted in term.office.lower()), day)

    def members(self, name: str, day: str | None = None) -> list[PartyRecord]:
        """The members of an alliance, on a day where one is given."""
        found = [record.actor_id for record in self.look_up(name) if isinstance(record, PartyRecord)]
        wanted = [link.member for link in self._memberships if link.of in found and link.covers(day)]
        bodies = [body for member in wanted if (body := self._body(member)) is not None]
        return sorted((self._party(body, day) for body in dict.fromkeys(bodies)), key=lambda record: record.name)

    def alike(self, name: str) -> list[str]:
        """Names that are spelled like one that is not known, at most five."""
        keys = difflib.get_close_matches(
            fold_name(name), [*self._parties.names, *self._parties.people], n=5, cutoff=0.75
        )
        return [self._written(key) for key in keys]

    def _written(self, key: str) -> str:
        entries = self._parties.names.get(key)
        return entries[0].written if entries else self._parties.people[key][0].name

    def _loosely(self, key: str) -> str:
        return self._parties.loose.get(loosen_name(key), key)

    def _by_id(self, name: str) -> list[Body]:
        body = self._body(name.upper())
        return [body] if body is not None else []

    def _body(self, code: str) -> Body | None:
        return self._parties.bodies.get(code) or self._parties.bodies.get(f"{code}.GOV")

    def _party(self, body: Body, day: str | None) -> PartyRecord:
        coded = body.on(day)
        codes = {body.actor_id, body.country if (body.actor_id or "").endswith(".GOV") else None}
        links = [link for link in self._memberships if link.covers(day)]
        return PartyRecord(
            actor_id=body.actor_id,
            name=body.name,
            country=coded.country,
            sector=coded.sector,
            code=coded.code,
            aliases=tuple(dict.fromkeys(alias for alias in self._aliases.get(body, ()) if alias != body.name)),
            changes=tuple(
                f"{phase.first or '...'} to {phase.last or '...'}: {phase.country or ''}{phase.sector}, {phase.why}"
                for phase in body.phases
            ),
            part_of=tuple(sorted({link.of for link in links if link.member in codes})),
            members=tuple(sorted({link.member for link in links if link.of == body.actor_id})),
        )


def _terms(terms: Iterable[Term], day: str | None) -> list[TermRecord]:
    """Terms as records, those that cover a day; where one person's are listed, those without an office are left out."""
    chosen = [term for term in terms if day is None or term.covers(day)]
    listed = {(term.body.country, term.name.split()[-1]) for term in chosen if term.office != HEAD}
    kept = [term for term in chosen if term.office != HEAD or (term.body.country, term.name.split()[-1]) not in listed]
    return [
        TermRecord(
            name=term.name,
            office=term.office,
            of=term.body.name,
            actor_id=term.body.actor_id,
            country=term.body.on(day).country,
            sector=term.sector,
            first=term.first,
            last=term.last or None,
        )
        for term in sorted(kept, key=lambda term: (term.name, term.first))
    ]
