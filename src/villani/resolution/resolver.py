"""Reading -> CodedDocument: every mention resolved, every event, relation and figure given its record."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from typing import Literal

from villani.records.events import Actor, CodedDocument, Count, Event, Figure, Place, Relation, When, Words
from villani.records.reading import Argument, EventMention, FigureMention, Mention, Reading, RelationMention
from villani.records.text import Document, Span, digest
from villani.resolution.actors import ActorCoder
from villani.resolution.phrases import is_fragment
from villani.resolution.places import Anchor, PlaceFinder, place_of
from villani.resolution.quantities import parse_quantity
from villani.resolution.spotting import NameFinder
from villani.resolution.surroundings import Surroundings, survey
from villani.resolution.times import Timeline
from villani.resolution.tolls import count_killed, may_count
from villani.resources.folding import fold_name
from villani.resources.knowledge import Code, Knowledge

# How many sentences, the headline among them, a passage told as news of the day may lie in (see `date_lede`).
LEDE_SENTENCES = 3
# A place weighs as much as two names of states when we ask where a document plays.
PLACE_WEIGHT = 2
# Statuses of acts that are said to have taken place.
REAL = frozenset({"happened", "claimed"})


class Resolver:
    """Asks the world who, where and when the mentions of a reading are.

    Args:
        knowledge: Lexicons, gazetteer and ontology, loaded.
        coder: What to write as `coder` into each event ("villani 0.1.0").
        date_lede: Whether undated happened or claimed acts of headline and lede get the day of publication.
    """

    def __init__(self, knowledge: Knowledge, coder: str, *, date_lede: bool = False) -> None:
        self._knowledge = knowledge
        self._coder = coder
        self._date_lede = date_lede
        self._name_finder = NameFinder(knowledge)

    def __call__(self, readings: Sequence[Reading]) -> Sequence[CodedDocument]:
        """Resolve each reading by itself."""
        return [self._resolve(reading) for reading in readings]

    def toponyms(self, reading: Reading, spans: Sequence[Span] | None = None) -> tuple[Place, ...]:
        """Every name of a place in a document, placed; also those that are no place of an event.

        Args:
            reading: The document, read.
            spans: Where the names stand, if that is known; else they are found.

        Returns:
            Places in the order of the text; `lat` and `lon` are None for names that no gazetteer has. "Syrian" and
            "Syrians" are given as their state, and `why` says so.
        """
        around = survey(reading, self._knowledge)
        names, scene = self._name_finder.find(reading, around, spans)
        around = replace(around, scene=scene)
        words = reading.document.words
        return tuple(
            place_of(words(name.span), name.span.start, name.chosen, around, is_people=name.is_people) for name in names
        )

    def _resolve(self, reading: Reading) -> CodedDocument:
        return _Resolution(reading, self._knowledge, self._coder, self._name_finder, date_lede=self._date_lede).coded()


class _Resolution:
    """The resolution of one reading; mentions are resolved once each."""

    def __init__(
        self, reading: Reading, knowledge: Knowledge, coder: str, name_finder: NameFinder, *, date_lede: bool
    ) -> None:
        self._reading = reading
        self._document: Document = reading.document
        self._knowledge = knowledge
        self._codes = knowledge.codes
        self._coder = coder
        self._date_lede = date_lede
        self._actor_coder = ActorCoder(knowledge)
        self._place_finder = PlaceFinder(knowledge)
        self._timeline = Timeline.of(reading)
        self._around = self._look_around(survey(reading, knowledge), name_finder)
        self._actors: dict[Span, Actor] = {}
        self._places: dict[Span, Place] = {}
        self._anchors = self._find_anchors()

    def coded(self) -> CodedDocument:
        """The document with everything resolved; ids repeat only where span and type do, which keeps the first."""
        events = {
            event.event_id: event for event in reversed([self._event(mention) for mention in self._reading.events])
        }
        relations = {relation.relation_id: relation for relation in map(self._relation, self._reading.relations)}
        figures = {figure.figure_id: figure for figure in map(self._figure, self._reading.figures)}
        return CodedDocument(
            document=self._document,
            datelines=tuple(self._place(span) for span in self._document.datelines),
            events=tuple(reversed(events.values())),
            relations=tuple(relations.values()),
            figures=tuple(figures.values()),
        )

    def _look_around(self, around: Surroundings, name_finder: NameFinder) -> Surroundings:
        """The surroundings with the states of the places added, so that clear names help with the unclear ones."""
        around = replace(around, scene=name_finder.find(self._reading, around)[1])
        states = Counter(around.states)
        spans = {mention.span for mention in self._reading.mentions if mention.kind == "place"}
        for span in (*sorted(spans), *self._document.datelines):
            place = self._place_finder.named(self._document.words(span), span.start, around)
            if place is not None and place.country is not None:
                states[place.country] += PLACE_WEIGHT
        return replace(around, states=dict(states))

    def _find_anchors(self) -> tuple[Anchor, ...]:
        """The places that place phrases of the reading name, outside datelines."""
        anchors = []
        for mention in self._reading.mentions:
            if mention.kind == "place" and not any(mention.span.overlaps(span) for span in self._document.datelines):
                place = self._place_finder.named(self._document.words(mention.span), mention.span.start, self._around)
                if place is not None:
                    anchors.append(Anchor(mention.span.start, place))
        return tuple(anchors)

    def _event_id(self, event: EventMention) -> str:
        return digest(self._document.doc_id, f"{event.trigger.start}:{event.trigger.end}", event.type)

    def _event(self, mention: EventMention) -> Event:
        doc_id, events = self._document.doc_id, self._reading.events
        code = self._code(mention)
        return Event(
            event_id=self._event_id(mention),
            doc_id=doc_id,
            act_id=digest(doc_id, "act", str(mention.act)),
            type=mention.type,
            mode=mention.mode,
            cameo=code.cameo,
            quad=code.quad,
            trigger=self._words(mention.trigger),
            status=mention.status,
            says=self._parties(mention.fillers("says")),
            within=None if mention.within is None else self._event_id(events[mention.within]),
            actors=self._parties(mention.fillers("actor")),
            recipients=self._parties(mention.fillers("recipient")),
            place=self._event_place(mention),
            time=self._event_time(mention),
            deaths=self._count(mention, "deaths") or self._killed(mention),
            injured=self._count(mention, "injured"),
            evidence=self._sentence(mention.sentence),
            score=mention.score,
            found_by=mention.found_by,
            coder=self._coder,
        )

    def _code(self, mention: EventMention) -> Code:
        """CAMEO and quad of a type and mode; of the bare type where the mode has no code of its own."""
        return self._codes.get((mention.type, mention.mode or "")) or self._codes[mention.type, ""]

    def _best(self, mention: EventMention, role: str) -> list[Argument]:
        """The fillers of a role, the surest first."""
        fillers = [argument for argument in mention.arguments if argument.role == role]
        return sorted(fillers, key=lambda argument: (-argument.score, argument.mention.span))

    def _event_place(self, mention: EventMention) -> Place | None:
        place = self._told_place(mention)
        if place is not None or mention.fillers("place"):
            return place
        beside = (self._told_place(other) for other in self._reading.events if _tells_act_beside(other, mention))
        return next((told for told in beside if told is not None), None)

    def _told_place(self, mention: EventMention) -> Place | None:
        """Where the act's own place phrases put it, the surest first."""
        found = ((a.mention.kind, self._where(a.mention.span)) for a in self._best(mention, "place"))
        # What was tagged a party and stands on no map is a person or a thing ("attacked Soleimani"), not a place.
        return next((place for kind, place in found if place and (kind == "place" or place.lat is not None)), None)

    def _event_time(self, mention: EventMention) -> When | None:
        when = self._told_time(mention)
        if when is not None or mention.fillers("time"):
            return when
        next_door = (self._told_time(other) for other in self._reading.events if _tells_act_beside(other, mention))
        when = next((told for told in next_door if told is not None), None)
        day = self._document.published
        is_news = mention.sentence < LEDE_SENTENCES and mention.status in REAL
        if when is not None or not self._date_lede or day is None or not is_news:
            return when
        return When(text=None, start=None, end=None, first=day, last=day, precision="day", basis="publication")

    def _told_time(self, mention: EventMention) -> When | None:
        """The days the act's own time phrases give, the surest first."""
        found = (self._when(a.mention, mention.status, mention.trigger) for a in self._best(mention, "time"))
        return next((when for when in found if when is not None), None)

    def _when(self, mention: Mention | None, status: str, act: Span | None = None) -> When | None:
        """The days of a time phrase; None where it dates nothing."""
        if mention is None:
            return None
        period = self._timeline.period(mention.span, status, act)
        if period is None:
            return None
        words = self._words(mention.span)
        return When(
            text=words.text,
            start=words.start,
            end=words.end,
            first=period.first,
            last=period.last,
            precision=period.precision,
            basis="text",
        )

    def _relation(self, mention: RelationMention) -> Relation:
        of = mention.object
        spans = (mention.subject.span, of.span)
        return Relation(
            relation_id=digest(self._document.doc_id, mention.kind, *(f"{span.start}:{span.end}" for span in spans)),
            doc_id=self._document.doc_id,
            kind=mention.kind,
            subject=self._actor(mention.subject.span),
            object=self._place(of.span) if of.kind == "place" else self._actor(of.span),
            time=self._when(mention.time, mention.status),
            status=mention.status,
            says=tuple(self._actor(party.span) for party in mention.says),
            evidence=self._sentence(mention.sentence),
            score=mention.score,
        )

    def _figure(self, mention: FigureMention) -> Figure:
        number = mention.number.span
        bounds = parse_quantity(self._document.words(number)) or (None, None)
        return Figure(
            figure_id=digest(self._document.doc_id, mention.measure, f"{number.start}:{number.end}"),
            doc_id=self._document.doc_id,
            measure=mention.measure,
            low=bounds[0],
            high=bounds[1],
            of=None if mention.of is None else self._words(mention.of),
            place=None if mention.place is None else self._place(mention.place.span),
            time=self._when(mention.time, mention.status),
            status=mention.status,
            says=tuple(self._actor(party.span) for party in mention.says),
            evidence=self._sentence(mention.sentence),
            score=mention.score,
        )

    def _words(self, span: Span) -> Words:
        return Words(text=self._document.words(span), start=span.start, end=span.end)

    def _sentence(self, number: int) -> Words:
        return self._words(self._reading.sentences[number])

    def _parties(self, arguments: Sequence[Argument]) -> tuple[Actor, ...]:
        """Actors of a role, each span once, in the order given; "Mali and Niger" are two, "all" is none."""
        spans = [part for argument in arguments for part in self._parts(argument.mention.span)]
        named = [span for span in dict.fromkeys(spans) if not is_fragment(self._document.words(span))]
        return tuple(self._actor(span) for span in named)

    def _parts(self, span: Span) -> tuple[Span, ...]:
        """A phrase parted at "and" where both sides are known parties and the whole is not one."""
        text = self._document.words(span)
        at = text.find(" and ")
        if at <= 0 or self._knowledge.names.get(fold_name(text)):
            return (span,)
        parts = (Span(span.start, span.start + at), Span(span.start + at + len(" and "), span.end))
        return parts if all(self._actor(part).actor_id for part in parts) else (span,)

    def _actor(self, span: Span) -> Actor:
        if span not in self._actors:
            self._actors[span] = self._actor_coder.actor(self._document.words(span), span.start, self._around)
        return self._actors[span]

    def _where(self, span: Span) -> Place | None:
        """The place of an act; None where the phrase names people or a nation ("Turkish"), not a place."""
        place = self._place(span)
        words = fold_name(place.text)
        entries = self._knowledge.names.get(words, ())
        if entries and all(entry.kind in {"adjective", "people"} for entry in entries):
            return None
        is_people = self._knowledge.heads.get(words.split()[-1] if words else "", "UNK") != "UNK"
        return None if place.lat is None and place.text[:1].islower() and is_people else place

    def _place(self, span: Span) -> Place:
        if span not in self._places:
            text = self._document.words(span)
            self._places[span] = self._place_finder.place(text, span.start, self._around, self._anchors)
        return self._places[span]

    def _killed(self, mention: EventMention) -> Count | None:
        """Deaths the act's own word tells of, where no number was read for it."""
        if mention.type != "ASSAULT" or mention.status not in {"happened", "claimed"}:
            return None
        recipients = [(actor.text, actor.country is None) for actor in self._parties(mention.fillers("recipient"))]
        return count_killed(self._document.words(mention.trigger), recipients)

    def _count(self, mention: EventMention, role: Literal["deaths", "injured"]) -> Count | None:
        """The first number phrase of a role that can be read, where its sentence tells of such a toll."""
        for argument in mention.fillers(role):
            span = argument.mention.span
            bounds = parse_quantity(self._document.words(span))
            around = next((s for s in self._reading.sentences if s.holds(span)), span)
            if bounds is not None and may_count(mention.type, role, self._document.words(around)):
                return Count(low=bounds[0], high=bounds[1])
        return None


def _tells_act_beside(other: EventMention, mention: EventMention) -> bool:
    """Whether a mention tells the act of another one in the same sentence or the one beside it, both as real.

    Source: annotation guidelines ("place and date from the same sentence or a neighbouring one about the same act").
    """
    is_same = other is not mention and other.act == mention.act and other.type == mention.type
    return is_same and abs(other.sentence - mention.sentence) <= 1 and {other.status, mention.status} <= REAL
