"""What the words of a document say, before the world is asked who and where that is."""

from typing import Literal

from villani.records.text import Document, Record, Span

MentionKind = Literal["party", "place", "time", "number"]
Role = Literal["actor", "recipient", "place", "time", "says", "deaths", "injured"]
Status = Literal["happened", "claimed", "denied", "planned", "considered"]
ROLES: tuple[Role, ...] = ("actor", "recipient", "place", "time", "says", "deaths", "injured")
STATUSES: tuple[Status, ...] = ("happened", "claimed", "denied", "planned", "considered")
RELATION_KINDS = ("supports", "opposes", "fights", "allied", "part-of", "leads", "controls", "besieges")
MEASURES = (
    *("killed", "injured", "missing", "detained", "displaced", "besieged", "in-need", "fighters"),
    *("facilities-hit", "facilities-left", "staff-left"),
)


class Mention(Record, frozen=True, kw_only=True):
    """A phrase that may fill a role: a party (anyone or anything acting or acted on), a place, a time, a number."""

    span: Span
    kind: MentionKind


class Argument(Record, frozen=True, kw_only=True):
    """A mention in a role of an event; `score` is the reader's probability, 0 to 1."""

    role: Role
    mention: Mention
    score: float


class EventMention(Record, frozen=True, kw_only=True):
    """One act as one passage reports it.

    `sentence` and `within` are indices into `Reading.sentences` and `Reading.events`; `act` is the number shared by
    the mentions of one act; `score` is the calibrated probability (0 to 1) that the event and its type are right.
    """

    trigger: Span
    type: str
    mode: str | None
    status: Status
    arguments: tuple[Argument, ...]
    sentence: int
    within: int | None
    act: int
    score: float
    found_by: str

    def fillers(self, role: Role) -> tuple[Argument, ...]:
        """The arguments in one role, in the order of the text."""
        return tuple(argument for argument in self.arguments if argument.role == role)


class RelationMention(Record, frozen=True, kw_only=True):
    """Two mentions between which the text states a lasting relation; `sentence` indexes `Reading.sentences`."""

    kind: str
    subject: Mention
    object: Mention
    sentence: int
    status: Status
    says: tuple[Mention, ...]
    time: Mention | None
    score: float


class FigureMention(Record, frozen=True, kw_only=True):
    """A number with what it measures; `sentence` indexes `Reading.sentences`."""

    measure: str
    number: Mention
    of: Span | None
    place: Mention | None
    time: Mention | None
    sentence: int
    status: Status
    says: tuple[Mention, ...]
    score: float


class Reading(Record, frozen=True, kw_only=True):
    """A document read: its sentences, mentions, events, relations and figures, each in the order of the text."""

    document: Document
    sentences: tuple[Span, ...]
    mentions: tuple[Mention, ...]
    events: tuple[EventMention, ...]
    relations: tuple[RelationMention, ...] = ()
    figures: tuple[FigureMention, ...] = ()
