"""Groups: documents that are copies, events that are one incident, documents of one story."""

from typing import Literal

from villani.records.text import Record, digest

GroupKind = Literal["copies", "incident", "story"]


class Group(Record, frozen=True, kw_only=True, rename={"group_id": "story_id"}):
    """Items that belong together, as printed (`villani/story/1`).

    `lead` is the id of the item that stands for them; `members` are all ids, the lead first, the others sorted;
    `sources` counts independent texts, not pages.
    """

    schema: Literal["villani/story/1"] = "villani/story/1"
    group_id: str
    kind: GroupKind
    lead: str
    members: tuple[str, ...]
    sources: int

    @classmethod
    def of(cls, kind: GroupKind, lead: str, others: tuple[str, ...], *, sources: int) -> "Group":
        """A group of a lead and others; its id is a digest of its kind and members."""
        members = (lead, *sorted(set(others) - {lead}))
        return cls(group_id=digest(kind, *members), kind=kind, lead=lead, members=members, sources=sources)


class Side(Record, frozen=True, kw_only=True):
    """One value that was reported, and the `event_id`s of the reports that give it."""

    value: str
    members: tuple[str, ...]


class Contradiction(Record, frozen=True, kw_only=True):
    """What the reports of one incident do not agree on (`villani/contradiction/1`).

    `about` is status, actors, deaths or injured. `sides` are all values reported, of which at least two exclude each
    other: statuses, parties ("RUS.GOV, SYR.MIL"), or numbers ("9", "3-5", "9-" for at least nine).
    """

    schema: Literal["villani/contradiction/1"] = "villani/contradiction/1"
    story_id: str
    about: Literal["status", "actors", "deaths", "injured"]
    sides: tuple[Side, ...]
