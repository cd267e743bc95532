"""The stage Document -> Reading: windows through the encoder, probabilities to records."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from tokenizers import Tokenizer

from villani.reading.decoding import (
    Candidate,
    Stated,
    decode_events,
    decode_figures,
    decode_mentions,
    decode_relations,
)
from villani.reading.scoring import Encode, PairTables, calibrate, score_window
from villani.reading.sentences import split_sentences
from villani.reading.windows import cut_windows
from villani.records.reading import EventMention, FigureMention, Mention, Reading, RelationMention
from villani.records.text import Document, Span


@dataclass(frozen=True, eq=False)
class ReaderModel:
    """Trained weights ready to run.

    `encode` runs one window; `tables` score distances; `scale` and `shift` turn the trigger's log-odds into a
    calibrated probability; `name` goes into `found_by`.
    """

    tokenizer: Tokenizer
    encode: Encode
    tables: PairTables
    scale: float
    shift: float
    name: str


class Reader:
    """Reads documents: who did what to whom, where, when, who says so, and whether it happened.

    Args:
        model: The trained weights.
        min_score: Events scored (calibrated, 0 to 1) below this are left out: precision first.
    """

    def __init__(self, model: ReaderModel, *, min_score: float) -> None:
        self.model = model
        self.min_score = min_score
        self._least = self._raw(min_score)

    def __call__(self, documents: Sequence[Document]) -> Sequence[Reading]:
        """One reading a document, in order; windows run one by one, so the batch changes nothing."""
        return [self._read(document) for document in documents]

    def _read(self, document: Document) -> Reading:
        sentences = split_sentences(document.text, document.apart)
        mentions: dict[Mention, None] = {}
        events: list[Candidate] = []
        relations: list[Stated] = []
        figures: list[Stated] = []
        acts: list[int] = []
        for window in cut_windows(document, sentences, self.model.tokenizer):
            scores = score_window(window, self.model.encode, self.model.tables)
            held = decode_mentions(scores, document.text)
            mentions.update(dict.fromkeys(item.mention for item in held))
            found = [c for c in decode_events(scores, document.text, held, self._least) if self._is_event(c)]
            acts += _number_acts(found, first=len(acts))
            events += _positions(found, first=len(events))
            relations += decode_relations(scores, held)
            figures += decode_figures(scores, held)
        return Reading(
            document=document,
            sentences=sentences,
            mentions=tuple(sorted(mentions, key=lambda m: (m.span, m.kind))),
            events=tuple(self._event(candidate, act) for candidate, act in zip(events, acts, strict=True)),
            relations=tuple(_relation(item) for item in relations),
            figures=tuple(_figure(document.text, item) for item in figures),
        )

    def _is_event(self, candidate: Candidate) -> bool:
        """Sure enough, and with at least one party, place or number to it."""
        roles = {argument.role for argument in candidate.arguments}
        return bool(roles - {"time", "says"}) and self._calibrated(candidate.score) >= self.min_score

    def _raw(self, score: float) -> float:
        """The trigger's own probability that calibrates to a score, a hair lower."""
        return calibrate(score, 1.0 / self.model.scale, -self.model.shift / self.model.scale) - 1e-6

    def _calibrated(self, score: float) -> float:
        return calibrate(score, self.model.scale, self.model.shift)

    def _event(self, candidate: Candidate, act: int) -> EventMention:
        return EventMention(
            trigger=candidate.trigger,
            type=candidate.type,
            mode=candidate.mode,
            status=candidate.status,
            arguments=candidate.arguments,
            sentence=candidate.sentence,
            within=candidate.within,
            act=act,
            score=round(self._calibrated(candidate.score), 4),
            found_by=self.model.name,
        )


def _number_acts(events: Sequence[Candidate], first: int) -> list[int]:
    """Act numbers: an event takes the number of the earliest event of its window that is the same act."""
    pieces = {event.piece: index for index, event in enumerate(events)}
    numbers = [first + index for index in range(len(events))]
    for index, event in enumerate(events):
        for piece in event.same:
            other = pieces.get(piece)
            if other is not None:
                low, high = sorted((numbers[index], numbers[other]))
                numbers = [low if number == high else number for number in numbers]
    return numbers


def _positions(events: Sequence[Candidate], first: int) -> Iterable[Candidate]:
    """`within` from word pieces of the window to indices of the document's events."""
    pieces = {event.piece: first + index for index, event in enumerate(events)}
    for event in events:
        yield event if event.within is None else replace(event, within=pieces.get(event.within))


def _relation(item: Stated) -> RelationMention:
    if item.other is None:
        raise ValueError("a relation has an object")
    return RelationMention(
        kind=item.kind,
        subject=item.anchor.mention,
        object=item.other.mention,
        sentence=item.sentence,
        status=item.status,
        says=(),
        time=None,
        score=round(item.score, 4),
    )


def _figure(text: str, item: Stated) -> FigureMention:
    fillers = {argument.role: argument.mention for argument in item.arguments}
    return FigureMention(
        measure=item.kind,
        number=item.anchor.mention,
        of=_counted(text, item.anchor.mention.span),
        place=fillers.get("place"),
        time=fillers.get("time"),
        sentence=item.sentence,
        status=item.status,
        says=tuple(mention for role, mention in fillers.items() if role == "says"),
        score=round(item.score, 4),
    )


def _counted(text: str, number: Span) -> Span | None:
    """The kind counted: the last word of the number phrase, where it is a word ("12,000 people")."""
    words = text[number.start : number.end]
    space = words.rfind(" ")
    last = words[space + 1 :]
    return Span(number.start + space + 1, number.end) if space > 0 and last.isalpha() and last.islower() else None
