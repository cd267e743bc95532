"""Annotated text as training rows: windows of word pieces with the labels of every head.

A label that a source does not give is masked (-1), never guessed.
"""

import gzip
import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from training.articles import article_texts
from training.markup import (
    AnnotatedEvent,
    AnnotatedFact,
    Passage,
    Phrase,
    nearest,
    read_articles,
    read_passages,
    sentence_around,
)
from villani.reading.labels import FIGURES, KINDS, MODES, MODES_OF, PAIRS, TRIGGERS
from villani.reading.sentences import split_sentences
from villani.reading.windows import Window, cut_windows
from villani.records.reading import STATUSES
from villani.records.text import Document, Span
from villani.resolution.quantities import Bounds, parse_quantity

CORPUS = Path(__file__).parent / "corpus"
IGNORED = -1
ROLE_KIND = {"actor": 0, "recipient": 0, "says": 0, "place": 1, "time": 2, "deaths": 3, "injured": 3}
NUMBER = re.compile(
    r"\b(?:(?:at least|more than|up to|as many as|some|about|around|nearly|almost|over|between|fewer than|no)\s+)*"
    r"(?:\d[\d,.]*|(?:a|an|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|"
    r"sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand|"
    r"million|dozens?|hundreds|thousands|scores|several|half|couple|pair|both)(?:[ -](?:and |a )?(?=\w))?)+"
    r"(?:[ -]*(?:hundred|thousand|million|dozen|to|and|or|\d[\d,.]*|\w+teen|\w+ty(?:-\w+)?))*",
    re.IGNORECASE,
)

Ints = npt.NDArray[np.int64]


@dataclass(eq=False)
class Row:
    """One window with labels; piece arrays have its length, -1 is masked.

    `pairs` holds (left piece, right first piece, right last piece, index into PAIRS, 0 or 1).
    """

    window: Window
    mention: Ints
    trigger: Ints
    mode: Ints
    status: Ints
    figure: Ints
    factual: npt.NDArray[np.float32]
    pairs: list[tuple[int, int, int, int, int]] = field(default_factory=list)
    weight: float = 1.0


def is_held_out(doc_id: str) -> bool:
    """Every tenth passage, by a digest of its name; minimal pairs (name-a, name-b) stay together."""
    name = doc_id[:-2] if doc_id.endswith(("-a", "-b", "-c")) else doc_id
    return hashlib.blake2b(name.encode(), digest_size=2).digest()[0] % 10 == 0


def document_of(doc_id: str, title: str, text: str) -> Document:
    """A document that is nothing but text, as the reader sees one in training."""
    return Document(
        doc_id=doc_id,
        source=doc_id,
        url=None,
        publisher=None,
        published=None,
        published_basis=None,
        language="en",
        title=title if title and text.startswith(title) else "",
        text=text,
    )


def read_gold(path: Path) -> Iterator[Passage]:
    """Documents in the gold format (phrases without offsets) as passages; relations and figures are not labelled."""
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        passage = Passage(row["doc_id"], row["date"], row["title"] or "", row["text"], has_facts=False)
        acts: dict[int, int] = {}
        events = []
        for number, event in enumerate(row["events"], 1):
            first = acts.setdefault(event["act"], number)
            events.append(_gold_event(passage, event, number, first if first != number else None))
        yield Passage(passage.doc_id, passage.date, passage.title, passage.text, events=tuple(events), has_facts=False)


def _gold_event(passage: Passage, event: dict[str, Any], number: int, same: int | None) -> AnnotatedEvent:
    trigger = Phrase(event["trigger"]["text"], event["trigger"]["start"], event["trigger"]["end"])

    def find(words: str | None) -> Phrase | None:
        spans = [m.span() for m in re.finditer(rf"(?<!\w){re.escape(words)}(?!\w)", passage.text)] if words else []
        return Phrase(words or "", *nearest(spans, passage.text, trigger)) if spans else None

    def find_all(phrases: Sequence[str | None]) -> tuple[Phrase, ...]:
        return tuple(found for words in phrases if (found := find(words)) is not None)

    deaths, injured = (tuple(event[key]) if event[key] else None for key in ("deaths", "injured"))
    return AnnotatedEvent(
        number=number,
        trigger=trigger,
        type=event["type"],
        mode=event["mode"] if event["mode"] in MODES_OF[event["type"]] else None,
        status=event["status"],
        actors=find_all(event["actors"]),
        recipients=find_all(event["recipients"]),
        place=find(event["place"]),
        country=event["country"],
        time=find(event["time"]),
        date=event["date"],
        says=find_all([event["says"]]),
        deaths=_find_number(passage.text, trigger, deaths),
        deaths_bounds=deaths,
        injured=_find_number(passage.text, trigger, injured),
        injured_bounds=injured,
        same=same,
    )


def _find_number(text: str, near: Phrase, wanted: Bounds | None) -> Phrase | None:
    """The number phrase of the trigger's sentence that means these bounds."""
    if wanted is None:
        return None
    low, high = sentence_around(text, near.start)
    spans = [m.span() for m in NUMBER.finditer(text, low, high) if parse_quantity(m[0].strip()) == wanted]
    if not spans:
        return None
    start, end = nearest(spans, text, near)
    end = start + len(text[start:end].rstrip())
    return Phrase(text[start:end], start, end)


class RowMaker:
    """Passages to rows, with one tokenizer."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer

    def rows(self, passage: Passage) -> Iterator[Row]:
        """The windows of a passage, every head labelled as far as the passage says."""
        document = document_of(passage.doc_id, passage.title, passage.text)
        sentences = split_sentences(document.text)
        for window in cut_windows(document, sentences, self.tokenizer):
            row = blank_row(window, labelled=True)
            _mark_mentions(row, passage)
            if not passage.has_facts:
                row.figure[:] = IGNORED
            for event in passage.events:
                _mark_event(row, event)
            _mark_pairs(row, passage)
            if passage.has_facts:
                _mark_facts(row, passage.facts)
            yield row


def blank_row(window: Window, *, labelled: bool) -> Row:
    """A row with no labels (`labelled=False`) or with "nothing here" on its own pieces."""
    size = len(window.ids)
    real = window.starts >= 0
    fill = np.where(real, 0, IGNORED) if labelled else np.full(size, IGNORED)
    own = np.where(window.owned, 0, IGNORED) if labelled else np.full(size, IGNORED)
    return Row(
        window=window,
        mention=np.repeat(fill[:, None], len(KINDS), axis=1),
        trigger=own.copy(),
        mode=np.full(size, IGNORED),
        status=np.full(size, IGNORED),
        figure=own.copy(),
        factual=np.full(size, np.nan, dtype=np.float32),
    )


def pieces_of(window: Window, phrase: Phrase | Span, *, owned: bool = False) -> list[int]:
    """Indices of the word pieces a phrase covers; with `owned`, only those this window answers for."""
    inside = (window.starts >= 0) & (window.starts < phrase.end) & (window.ends > phrase.start)
    if owned:
        inside &= window.owned
    return [int(index) for index in np.flatnonzero(inside)]


def _arguments(event: AnnotatedEvent) -> Iterator[tuple[str, Phrase]]:
    yield from (("actor", phrase) for phrase in event.actors)
    yield from (("recipient", phrase) for phrase in event.recipients)
    yield from (("says", phrase) for phrase in event.says)
    for role in ("place", "time", "deaths", "injured"):
        phrase = getattr(event, role)
        if phrase is not None:
            yield role, phrase


def _mark_mentions(row: Row, passage: Passage) -> None:
    """Begin-inside-outside per kind; of two overlapping phrases of one kind the longer is kept."""
    phrases = {(ROLE_KIND[role], phrase) for event in passage.events for role, phrase in _arguments(event)}
    for fact in passage.facts:
        phrases.add((3 if fact.record == "fig" else 0, fact.subject))
        if fact.record == "rel" and fact.object is not None:
            phrases.add((1 if fact.kind in {"controls", "besieges"} else 0, fact.object))
        phrases |= {(kind, phrase) for kind, phrase in ((1, fact.place), (2, fact.time)) if phrase is not None}
        phrases |= {(0, phrase) for phrase in fact.says}
    for kind, phrase in sorted(phrases, key=lambda item: item[1].start - item[1].end):
        pieces = pieces_of(row.window, phrase)
        if pieces and not row.mention[pieces, kind].any():
            row.mention[pieces[0], kind] = 1
            row.mention[pieces[1:], kind] = 2


def _mark_event(row: Row, event: AnnotatedEvent) -> None:
    pieces = pieces_of(row.window, event.trigger, owned=True)
    if pieces:
        row.trigger[pieces] = TRIGGERS.index(event.type)
        row.status[pieces] = STATUSES.index(event.status)
        row.mode[pieces] = MODES.index(f"{event.type}.{event.mode}" if event.mode else "none")


def mention_spans(row: Row) -> list[tuple[int, int, int]]:
    """Labelled mentions of a row: (first piece, last piece, kind)."""
    spans = []
    for kind in range(len(KINDS)):
        labels = row.mention[:, kind]
        for first in np.flatnonzero(labels == 1):
            last = int(first)
            while last + 1 < len(labels) and labels[last + 1] == 2:
                last += 1
            spans.append((int(first), last, kind))
    return spans


def _mark_pairs(row: Row, passage: Passage) -> None:
    """Every owned trigger against every mention of a fitting kind, and against every other trigger."""
    mentions = mention_spans(row)
    triggers = [(event, found) for event in passage.events if (found := pieces_of(row.window, event.trigger))]
    for event, pieces in triggers:
        if not row.window.owned[pieces[0]]:
            continue
        fillers: dict[str, list[Phrase]] = {}
        for role, phrase in _arguments(event):
            fillers.setdefault(role, []).append(phrase)
        for first, last, kind in mentions:
            for role, needed in ROLE_KIND.items():
                if needed == kind or (role == "place" and kind == 0):  # "Sake" of "shelling Sake" is both
                    label = _role_label(row.window, passage.text, (first, last), fillers.get(role, []))
                    if label != IGNORED:
                        row.pairs.append((pieces[0], first, last, PAIRS.index(role), label))
        for other, there in triggers:
            if other is not event:
                if passage.has_facts:
                    row.pairs.append(
                        (pieces[0], there[0], there[-1], PAIRS.index("within"), int(event.within == other.number))
                    )
                row.pairs.append((pieces[0], there[0], there[-1], PAIRS.index("same"), int(_same(event, other))))


def _same(first: AnnotatedEvent, second: AnnotatedEvent) -> bool:
    return (first.same or first.number) == (second.same or second.number)


def _role_label(window: Window, text: str, span: tuple[int, int], fillers: Sequence[Phrase]) -> int:
    """1 for the filler itself, masked for another mention of the same words, else 0."""
    low, high = int(window.starts[span[0]]), int(window.ends[span[1]])
    for phrase in fillers:
        if phrase.start < high and low < phrase.end:
            return 1
    words = text[low:high].lower()
    return IGNORED if any(words == phrase.text.lower() for phrase in fillers) else 0


def _mark_facts(row: Row, facts: Iterable[AnnotatedFact]) -> None:
    """Figures sit on their number; a relation is a pair of mentions."""
    mentions = mention_spans(row)
    stated: dict[tuple[int, int], str] = {}
    for fact in facts:
        subject = pieces_of(row.window, fact.subject, owned=True)
        if not subject:
            continue
        if fact.record == "fig":
            row.figure[subject] = FIGURES.index(fact.kind)
            row.status[subject[0]] = STATUSES.index(fact.status)
            for role, phrases in (("place", (fact.place,)), ("time", (fact.time,)), ("says", fact.says)):
                for first, last, kind in mentions:
                    if kind == ROLE_KIND[role]:
                        wanted = [p for p in phrases if p is not None]
                        held = any(set(pieces_of(row.window, p)) & set(range(first, last + 1)) for p in wanted)
                        row.pairs.append((subject[0], first, last, PAIRS.index(role), int(held)))
        elif fact.object is not None and (there := pieces_of(row.window, fact.object)):
            stated[subject[0], there[0]] = fact.kind
    for first, _, kind in mentions:
        if kind != 0 or not row.window.owned[first]:
            continue
        for low, high, other in mentions:
            if low != first and other in {0, 1} and abs(low - first) <= 40:
                for name in PAIRS:
                    if name.startswith("rel:") and (other == 1) == (name[4:] in {"controls", "besieges"}):
                        label = int(stated.get((first, low)) == name[4:])
                        row.pairs.append((first, low, high, PAIRS.index(name), label))


def factuality_rows(path: Path, tokenizer: Tokenizer, limit: int | None = None) -> Iterator[Row]:
    """Sentences whose events are graded from -3 (did not happen) to 3 (happened); only that grade is labelled."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines):
            if limit is not None and number >= limit:
                return
            item = json.loads(line)
            tokens, spans, text = item["tokens"], [], ""
            for token in tokens:
                text += " " if text else ""
                spans.append((len(text), len(text) + len(token)))
                text += token
            document = document_of(str(number), "", text)
            for window in cut_windows(document, (Span(0, len(text)),), tokenizer)[:1]:
                row = blank_row(window, labelled=False)
                for event in item["events"]:
                    low, high = event["span"][0], event["span"][-1]
                    phrase = Span(spans[low][0], spans[max(low, min(high, len(spans)) - 1)][1])
                    for piece in pieces_of(window, phrase)[:1]:
                        row.factual[piece] = float(event["score"]) / 3.0
                yield row


def time_rows(path: Path, tokenizer: Tokenizer) -> Iterator[Row]:
    """WikiWars articles: only time phrases are labelled."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            document = document_of("wikiwars", "", item["text"])
            phrases = [Phrase("", timex["s"], timex["e"]) for timex in item["timex"]]
            for window in cut_windows(document, split_sentences(document.text), tokenizer):
                row = blank_row(window, labelled=False)
                row.mention[:, 2] = np.where(window.starts >= 0, 0, IGNORED)
                for phrase in phrases:
                    pieces = pieces_of(window, phrase)
                    if pieces:
                        row.mention[pieces[0], 2] = 1
                        row.mention[pieces[1:], 2] = 2
                yield row


def corpus_passages(folder: Path) -> list[Passage]:
    """Every passage of the corpus, files in order of name."""
    return [passage for path in sorted(folder.glob("*.txt")) for passage in read_passages(path)]


def annotated_articles(folder: Path) -> list[Passage]:
    """Every real article annotated stand-off, files in order of name; none where their text is not at hand."""
    texts = article_texts()
    return [p for path in sorted(folder.glob("*.standoff")) for p in read_articles(path, texts)] if texts else []
