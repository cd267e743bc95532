"""Actor coding by itself: given phrases in given texts, which country, sector and party they are coded as."""

import datetime as dt
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evaluation.coding import Row, read_rows
from villani.errors import InputError
from villani.reading.sentences import split_sentences
from villani.records.events import Actor
from villani.records.reading import Argument, EventMention, Mention, Reading
from villani.records.text import Document, Span
from villani.resolution import Resolver
from villani.resources.knowledge import load_knowledge
from villani.resources.lexicons import parse_lines

GOLD_TABLE = Path(__file__).with_name("actor_gold.tsv")
MARKED = re.compile(r"\[([^\]]+)\]|\{([^}]+)\}")


@dataclass(frozen=True)
class Answer:
    """What a phrase should be coded as; each field is what the table says, with "/" between right answers."""

    country: str
    sector: str
    actor_id: str = "*"

    def agrees(self, actor: Actor | None) -> dict[str, bool]:
        """Which fields an actor has right; None stands for a phrase that named no party."""
        return {
            "country": _among(actor.country if actor else None, self.country),
            "sector": _among(actor.sector if actor else "UNK", self.sector),
            "actor_id": _among(actor.actor_id if actor else None, self.actor_id),
        }


@dataclass(frozen=True)
class Case:
    """A row of a table of cases with what it was coded as."""

    kind: str
    shows: str
    text: str
    answer: Answer
    actor: Actor | None

    def is_right(self) -> bool:
        """Whether every field that is asked for is right."""
        return all(self.answer.agrees(self.actor).values())


def measure_cases(path: Path) -> dict[str, Any]:
    """The task `actors` on a table of cases (see `score_cases`)."""
    return score_cases(path, build_resolver())


def measure_gold(path: Path) -> dict[str, Any]:
    """The task `actors-gold` on a gold file (see `score_gold`)."""
    return score_gold(read_rows(path), GOLD_TABLE, build_resolver())


def build_resolver() -> Resolver:
    """A resolver with what the package ships."""
    return Resolver(load_knowledge(), coder="evaluation")


def score_cases(path: Path, resolver: Resolver) -> dict[str, Any]:
    """Shares of rows with every field right, for all rows and for each kind, and of rows with each field right.

    Raises:
        InputError: the file cannot be read, or a row marks no phrase or several.
        ResourceError: a line has too few fields; the message names file and line.
    """
    cases = list(code_cases(path, resolver))
    rights: defaultdict[str, list[bool]] = defaultdict(list)
    for case in cases:
        rights["right"].append(case.is_right())
        rights[case.kind].append(case.is_right())
        for field, right in case.answer.agrees(case.actor).items():
            rights[field].append(right)
    return {"rows": len(cases), **{name: _share(values) for name, values in rights.items()}}


def code_cases(path: Path, resolver: Resolver) -> Iterator[Case]:
    """Every row of a table of cases, coded."""
    for number, (kind, shows, day, country, sector, actor_id, marked) in enumerate(_rows(path)):
        text, phrase, others = _unmark(marked, f"{path}: row {number + 1}")
        document = _document(f"case-{number}", text, day)
        (actor,) = _coded(resolver, document, [phrase], others, [])
        yield Case(kind, shows, marked, Answer(country, sector, actor_id), actor)


def score_gold(rows: Sequence[Row], table: Path, resolver: Resolver) -> dict[str, Any]:
    """Country and sector of gold phrases that name a state, a known group or an office holder, by a table of ours.

    The resolver is given the gold's parties and places, so that only resolution is measured.
    """
    rights: defaultdict[str, list[bool]] = defaultdict(list)
    for names, _, _, answer, actor in code_gold_phrases(rows, table, resolver):
        agrees = answer.agrees(actor)
        for field in ("country", "sector"):
            rights[field].append(agrees[field])
            rights[f"{field}_{names}"].append(agrees[field])
    return {"phrases": len(rights["country"]), **{name: _share(values) for name, values in sorted(rights.items())}}


def code_gold_phrases(
    rows: Sequence[Row], table: Path, resolver: Resolver
) -> Iterator[tuple[str, str, str, Answer, Actor | None]]:
    """Each line of the table (what it names, document, phrase, answer) with what the phrase was coded as."""
    answers: defaultdict[str, list[tuple[str, str, Answer]]] = defaultdict(list)
    for doc_id, names, phrase, country, sector in _rows(table):
        answers[doc_id].append((names, phrase, Answer(country, sector)))
    for row in rows:
        parties, places = _gold_spans(row)
        document = _document(row["doc_id"], row["text"], row["date"] or "")
        spans = [parties[phrase] for _, phrase, _ in answers[row["doc_id"]]]
        actors = _coded(resolver, document, spans, list(parties.values()), places)
        for (names, phrase, answer), actor in zip(answers[row["doc_id"]], actors, strict=True):
            yield names, row["doc_id"], phrase, answer, actor


def _rows(path: Path) -> tuple[tuple[str, ...], ...]:
    try:
        return parse_lines(path.read_text(encoding="utf-8"), str(path))
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"cannot read {path}", cause=str(error), remedy="give evaluation/actor_cases.tsv") from error


def _unmark(marked: str, where: str) -> tuple[str, Span, list[Span]]:
    """The text without marks, the span of the phrase in [], the spans of other parties in {}."""
    text, position = "", 0
    spans: list[Span] = []
    phrases: list[Span] = []
    for match in MARKED.finditer(marked):
        text += marked[position : match.start()]
        span = Span(len(text), len(text) + len(match[1] or match[2]))
        (phrases if match[1] else spans).append(span)
        text += match[1] or match[2]
        position = match.end()
    if len(phrases) != 1:
        raise InputError(f"{where}: {len(phrases)} phrases in [] where one is asked for", remedy="mark one phrase")
    return text + marked[position:], phrases[0], spans


def _document(name: str, text: str, day: str) -> Document:
    """A text as a document; only a whole date counts."""
    published = dt.date.fromisoformat(day) if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else None
    return Document(
        doc_id=name,
        source=name,
        url=None,
        publisher=None,
        published=published,
        published_basis="input" if published else None,
        language="en",
        title="",
        text=text,
    )


def _gold_spans(row: Row) -> tuple[dict[str, Span], list[Span]]:
    """Spans of a gold document's party phrases and places: in or after the event's sentence first, else anywhere."""
    parties: dict[str, Span] = {}
    places = []
    for event in row["events"]:
        says = [event["says"]] if event["says"] else []
        for phrase in (*event["actors"], *event["recipients"], *says):
            parties.setdefault(phrase, _find(row["text"], phrase, event["sentence"]["start"]))
        if event["place"]:
            places.append(_find(row["text"], event["place"], event["sentence"]["start"]))
    return parties, places


def _find(text: str, phrase: str, near: int) -> Span:
    """Where a phrase stands, as whole words if it can be: the first place at or after an offset, else the first."""
    found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(phrase)}(?!\w)", text)]
    found = found or [max(text.find(phrase), 0)]
    start = next((start for start in found if start >= near), found[0])
    return Span(start, start + len(phrase))


def _coded(
    resolver: Resolver, document: Document, phrases: Sequence[Span], others: Iterable[Span], places: Iterable[Span]
) -> list[Actor | None]:
    """What phrases of a document are coded as when each is the actor of an event of its own; None: no party."""
    sentences = split_sentences(document.text)
    spans = sorted({*phrases, *others})
    parties = [Mention(span=span, kind="party") for span in spans]
    reading = Reading(
        document=document,
        sentences=sentences,
        mentions=(*parties, *(Mention(span=span, kind="place") for span in sorted(set(places)))),
        events=tuple(_event(mention, sentences) for mention in parties),
    )
    (coded,) = resolver([reading])
    # Of "the German and French leaders", coded as two, the first counts.
    found = sorted((actor for event in coded.events for actor in event.actors), key=lambda actor: actor.start)
    return [
        next((actor for actor in found if actor.start == span.start and actor.end <= span.end), None)
        for span in phrases
    ]


def _event(mention: Mention, sentences: Sequence[Span]) -> EventMention:
    """An event that has a mention for its trigger and only actor."""
    within = (number for number, sentence in enumerate(sentences) if sentence.overlaps(mention.span))
    return EventMention(
        trigger=mention.span,
        type="ASSAULT",
        mode=None,
        status="happened",
        arguments=(Argument(role="actor", mention=mention, score=1.0),),
        sentence=next(within, 0),
        within=None,
        act=mention.span.start,
        score=1.0,
        found_by="given",
    )


def _among(value: str | None, wanted: str) -> bool:
    """Whether a value is among those a table allows; "-" stands for none, "*" for any."""
    allowed = wanted.split("/")
    return "*" in allowed or (value or "-") in allowed


def _share(values: Sequence[bool]) -> float:
    return round(Counter(values)[True] / len(values), 3) if values else 0.0
