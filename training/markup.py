"""The mark-up of our own corpus: passages written by hand, read into annotated documents.

A file opens with header lines (`% covers: ...`). A passage is

    == goma-017 2024-02-13
    # Headline, if any, with its [1 shelled] triggers marked
    A paragraph a line. M23 rebels [2 denied] [3 shelling] Sake, after an official said ...
    @1 ASSAULT.heavy-weapons happened | to Sake | at Sake (COD)
    @3 ASSAULT.heavy-weapons denied | by M23 rebels | says M23 rebels | dead at least nine = 9.. | in 2 | same 1
    @rel fights: M23 rebels > army | says official | status claimed
    @fig displaced: 12,000 people | of people | at Sake (COD) | when since January = 2024-01-01/2024-02-13

`training/corpus/README.md` explains every field. Phrases are looked up in the passage, the occurrence nearest to the
trigger first (same sentence before others); `phrase#2` names the second occurrence in the passage.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from training.articles import article_texts
from villani.reading.labels import MODES_OF as TYPES
from villani.records.reading import MEASURES, STATUSES
from villani.records.reading import RELATION_KINDS as RELATIONS
from villani.resolution.quantities import Bounds, parse_quantity

PASSAGE = re.compile(r"== (?P<id>[\w.-]+)(?: (?P<date>\d{4}(?:-\d\d(?:-\d\d)?)?|-))?\s*$")
TRIGGER = re.compile(r"\[(\d+) ([^\[\]]+)\]")
DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?(/\d{4}(-\d\d(-\d\d)?)?)?$")
BOUNDS = re.compile(r"(?P<low>\d*)(?P<dots>\.\.)?(?P<high>\d*)$")
HEAD = re.compile(r"@(?P<number>\d+) (?P<type>[A-Z]+)(?:\.(?P<mode>[\w-]+))? (?P<status>\w+)\s*$")
QUOTED = re.compile(r"@(?P<number>\d+) \[(?P<words>[^\[\]]+)\]\s+(?P<rest>.+)$")
FACT = re.compile(r"@(?P<record>rel|fig) (?P<kind>[\w-]+): (?P<rest>.+)$")
COUNTRY = re.compile(r"^(?P<phrase>.*?)\s*\((?P<country>[A-Z]{3})\)$")
SENTENCE_END = re.compile(r"(?<=[.!?\u2026])[\"'\u201d\u2019)]*\s+(?=[\"'\u201c\u2018(]*[A-Z0-9])|\n+")


class MarkupError(ValueError):
    """A passage that does not follow the mark-up; the message names file and line."""


@dataclass(frozen=True)
class Phrase:
    """Words of a passage with their place: half-open code points into `Passage.text`."""

    text: str
    start: int
    end: int


@dataclass(frozen=True)
class AnnotatedEvent:
    """One event line; phrases are resolved to spans, numbers name other events of the passage."""

    number: int
    trigger: Phrase
    type: str
    mode: str | None
    status: str
    actors: tuple[Phrase, ...] = ()
    recipients: tuple[Phrase, ...] = ()
    place: Phrase | None = None
    country: str | None = None
    time: Phrase | None = None
    date: str | None = None
    says: tuple[Phrase, ...] = ()
    deaths: Phrase | None = None
    deaths_bounds: Bounds | None = None
    injured: Phrase | None = None
    injured_bounds: Bounds | None = None
    within: int | None = None
    same: int | None = None


@dataclass(frozen=True)
class AnnotatedFact:
    """A relation (`subject`, `object`) or a figure (`subject` is the number phrase, `object` the kind counted)."""

    record: str
    kind: str
    subject: Phrase
    object: Phrase | None
    bounds: Bounds | None
    place: Phrase | None
    country: str | None
    time: Phrase | None
    date: str | None
    status: str
    says: tuple[Phrase, ...]


@dataclass(frozen=True)
class Passage:
    """An annotated document; `text` is the title, an empty line and the body, as `Document.text` is."""

    doc_id: str
    date: str | None
    title: str
    text: str
    events: tuple[AnnotatedEvent, ...] = ()
    facts: tuple[AnnotatedFact, ...] = ()
    has_facts: bool = True


@dataclass
class _Draft:
    """Lines of one passage while it is read."""

    doc_id: str
    date: str | None
    where: str
    paragraphs: list[str] = field(default_factory=list)
    title: str = ""
    notes: list[tuple[str, str]] = field(default_factory=list)


def read_passages(path: Path) -> Iterator[Passage]:
    """Read every passage of a corpus file.

    Raises:
        MarkupError: a line does not follow the mark-up; the message says what would be right.
    """
    draft: _Draft | None = None
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line, where = raw.strip(), f"{path}:{number}"
        if not line or line.startswith("%"):
            continue
        if line.startswith("=="):
            if draft is not None:
                yield _finish(draft)
            draft = _open(line, where)
            continue
        if draft is None:
            raise MarkupError(f"{where}: text before the first passage; open one with '== name YYYY-MM-DD'")
        if line.startswith("@"):
            draft.notes.append((where, line))
        elif draft.notes:
            raise MarkupError(
                f"{where}: text after the annotation lines of {draft.doc_id}; open a new passage with '== '"
            )
        elif line.startswith("# "):
            if draft.title or draft.paragraphs:
                raise MarkupError(f"{where}: the headline must be the first line of {draft.doc_id}")
            draft.title = line[2:].strip()
        else:
            draft.paragraphs.append(line)
    if draft is not None:
        yield _finish(draft)


def read_articles(path: Path, texts: Mapping[str, Mapping[str, Any]]) -> Iterator[Passage]:
    """Read stand-off annotations of real articles, whose text stays in the data.

    A file holds `== doc_id` lines, each followed by annotation lines; a trigger stands in its line in brackets:
    `@3 [killed#2] ASSAULT.aerial claimed | by ...`.

    Args:
        path: The annotation file.
        texts: Articles by `doc_id`, with `text`, `title` and `date`.

    Raises:
        MarkupError: a line does not follow the mark-up, or an article or phrase is not there.
    """
    current: tuple[str, str] | None = None
    notes: list[tuple[str, str]] = []
    for number, raw in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        line, where = raw.strip(), f"{path}:{number}"
        if not line or line.startswith("%"):
            continue
        if line.startswith("== "):
            if current is not None:
                yield _finish_article(current, notes, texts)
            current, notes = (where, line[3:].strip()), []
        elif line.startswith("@") and current is not None:
            notes.append((where, line))
        else:
            raise MarkupError(f"{where}: expected '== doc_id' or an annotation line '@1 [trigger] TYPE status | ...'")
    if current is not None:
        yield _finish_article(current, notes, texts)


def _finish_article(
    opened: tuple[str, str], notes: Sequence[tuple[str, str]], texts: Mapping[str, Mapping[str, Any]]
) -> Passage:
    where, doc_id = opened
    if doc_id not in texts:
        raise MarkupError(f"{where}: no article {doc_id!r} in the data")
    row = texts[doc_id]
    passage = Passage(doc_id, row["date"], row["title"] or "", row["text"])
    triggers: dict[int, Phrase] = {}
    lines: list[tuple[str, str]] = []
    last: Phrase | None = None
    for place, line in notes:
        match = QUOTED.match(line)
        if match is not None:
            last = _find_after(passage, place, match["words"], last)
            triggers[int(match["number"])] = last
            line = f"@{match['number']} {match['rest']}"  # noqa: PLW2901 - the same line without its trigger
        elif not line.startswith(("@rel", "@fig")):
            raise MarkupError(f"{place}: the trigger is missing; write '@1 [killed] ASSAULT happened | ...'")
        lines.append((place, line))
    facts = tuple(_fact(passage, place, line) for place, line in lines if line.startswith(("@rel", "@fig")))
    events = tuple(
        _event(passage, triggers, place, line) for place, line in lines if not line.startswith(("@rel", "@fig"))
    )
    _check_numbers(_Draft(doc_id, row["date"], where), triggers, events)
    return replace(passage, events=events, facts=facts)


def _find_after(passage: Passage, where: str, words: str, last: Phrase | None) -> Phrase:
    """A trigger without #n is its first occurrence behind the trigger before it, so that lines follow the text."""
    if "#" in words or last is None:
        return _find(passage, where, words, None)
    match = re.search(rf"(?<!\w){re.escape(words)}(?!\w)", passage.text[last.end :])
    if match is None:
        return _find(passage, where, words, None)
    return Phrase(words, last.end + match.start(), last.end + match.end())


def _open(line: str, where: str) -> _Draft:
    match = PASSAGE.match(line)
    if match is None:
        raise MarkupError(f"{where}: cannot read {line!r}; write '== name YYYY-MM-DD' (or '-' for no date)")
    return _Draft(match["id"], None if match["date"] in {None, "-"} else match["date"], where)


def _finish(draft: _Draft) -> Passage:
    """Strip the trigger brackets, then resolve the annotation lines against the clean text."""
    marked = "\n\n".join([draft.title] * bool(draft.title) + draft.paragraphs)
    if not marked:
        raise MarkupError(f"{draft.where}: passage {draft.doc_id} has no text")
    pieces: list[str] = []
    triggers: dict[int, Phrase] = {}
    length = cursor = 0
    for match in TRIGGER.finditer(marked):
        before, words, number = marked[cursor : match.start()], match[2], int(match[1])
        pieces += [before, words]
        length += len(before)
        if number in triggers:
            raise MarkupError(f"{draft.where}: {draft.doc_id} marks trigger {number} twice")
        triggers[number] = Phrase(words, length, length + len(words))
        length, cursor = length + len(words), match.end()
    text = "".join(pieces) + marked[cursor:]
    if re.search(r"\[\d+|\[[^\]]*$", text):
        raise MarkupError(f"{draft.where}: {draft.doc_id} has an unclosed bracket; a trigger is written [3 shelled]")
    title = TRIGGER.sub(r"\2", draft.title)
    passage = Passage(draft.doc_id, draft.date, title, text)
    events: list[AnnotatedEvent] = []
    facts: list[AnnotatedFact] = []
    for where, line in draft.notes:
        if line.startswith(("@rel", "@fig")):
            facts.append(_fact(passage, where, line))
        else:
            events.append(_event(passage, triggers, where, line))
    _check_numbers(draft, triggers, events)
    return replace(passage, events=tuple(events), facts=tuple(facts))


def _check_numbers(draft: _Draft, triggers: dict[int, Phrase], events: Sequence[AnnotatedEvent]) -> None:
    numbers = {event.number for event in events}
    if len(numbers) < len(events):
        raise MarkupError(f"{draft.where}: {draft.doc_id} describes one trigger twice")
    for number in sorted(triggers.keys() - numbers):
        raise MarkupError(
            f"{draft.where}: {draft.doc_id} marks [{number} {triggers[number].text}] but has no line @{number}"
        )
    for event in events:
        for other in (event.within, event.same):
            if other is not None and (other not in numbers or other == event.number):
                raise MarkupError(
                    f"{draft.where}: {draft.doc_id} event @{event.number} points to {other}, which is no other event"
                )


def _event(passage: Passage, triggers: dict[int, Phrase], where: str, line: str) -> AnnotatedEvent:
    head, *fields = re.split(r"\s+\|\s+", line)
    match = HEAD.match(head)
    if match is None:
        raise MarkupError(f"{where}: cannot read {head!r}; write '@3 ASSAULT.aerial claimed | by ... | to ...'")
    number, kind, mode, status = int(match["number"]), match["type"], match["mode"], match["status"]
    if number not in triggers:
        raise MarkupError(f"{where}: no trigger [{number} ...] in the text of {passage.doc_id}")
    if kind not in TYPES:
        raise MarkupError(f"{where}: unknown type {kind!r}; known: {', '.join(TYPES)}")
    if mode is not None and mode not in TYPES[kind]:
        raise MarkupError(f"{where}: {kind} has no mode {mode!r}; known: {', '.join(TYPES[kind]) or 'none'}")
    _check_status(where, status)
    event = AnnotatedEvent(number, triggers[number], kind, mode, status)
    for text in fields:
        event = _add_field(passage, event, where, text)
    return event


def _check_status(where: str, status: str) -> None:
    if status not in STATUSES:
        raise MarkupError(f"{where}: unknown status {status!r}; known: {', '.join(STATUSES)}")


def _add_field(passage: Passage, event: AnnotatedEvent, where: str, text: str) -> AnnotatedEvent:
    name, _, value = text.partition(" ")
    near = event.trigger
    if not value.strip():
        raise MarkupError(f"{where}: field {text!r} is empty; leave it out where nothing is known")
    match name:
        case "by":
            return replace(event, actors=_phrases(passage, where, value, near))
        case "to":
            return replace(event, recipients=_phrases(passage, where, value, near))
        case "says":
            return replace(event, says=_phrases(passage, where, value, near))
        case "at":
            place, country = _place(passage, where, value, near)
            return replace(event, place=place, country=country)
        case "when":
            time, date = _time(passage, where, value, near)
            return replace(event, time=time, date=date)
        case "dead":
            phrase, bounds = _number(passage, where, value, near)
            return replace(event, deaths=phrase, deaths_bounds=bounds)
        case "hurt":
            phrase, bounds = _number(passage, where, value, near)
            return replace(event, injured=phrase, injured_bounds=bounds)
        case "in" | "same" if value.strip().isdigit():
            return replace(event, within=int(value)) if name == "in" else replace(event, same=int(value))
    raise MarkupError(f"{where}: unknown field {text!r}; known: by, to, at, when, says, dead, hurt, in N, same N")


def _fact(passage: Passage, where: str, line: str) -> AnnotatedFact:
    head, *fields = re.split(r"\s+\|\s+", line)
    match = FACT.match(head)
    if match is None:
        raise MarkupError(f"{where}: cannot read {head!r}; write '@rel fights: A > B' or '@fig killed: 40 people'")
    kinds = RELATIONS if match["record"] == "rel" else MEASURES
    if match["kind"] not in kinds:
        raise MarkupError(f"{where}: unknown kind {match['kind']!r}; known: {', '.join(kinds)}")
    bounds: Bounds | None = None
    other: Phrase | None = None
    if match["record"] == "rel":
        first, arrow, second = match["rest"].partition(" > ")
        if not arrow:
            raise MarkupError(f"{where}: a relation has two parties: '@rel {match['kind']}: A > B'")
        subject = _find(passage, where, first.strip(), None)
        other = _find(passage, where, second.strip(), subject)
    else:
        subject, bounds = _number(passage, where, match["rest"], None)
    fact = AnnotatedFact(match["record"], match["kind"], subject, other, bounds, None, None, None, None, "happened", ())
    for text in fields:
        fact = _add_fact_field(passage, fact, where, text)
    return fact


def _add_fact_field(passage: Passage, fact: AnnotatedFact, where: str, text: str) -> AnnotatedFact:
    name, _, value = text.partition(" ")
    match name:
        case "of":
            return replace(fact, object=_find(passage, where, value.strip(), fact.subject))
        case "at":
            place, country = _place(passage, where, value, fact.subject)
            return replace(fact, place=place, country=country)
        case "when":
            time, date = _time(passage, where, value, fact.subject)
            return replace(fact, time=time, date=date)
        case "says":
            return replace(fact, says=_phrases(passage, where, value, fact.subject))
        case "status":
            _check_status(where, value.strip())
            return replace(fact, status=value.strip())
    raise MarkupError(f"{where}: unknown field {text!r}; known: of, at, when, says, status")


def _phrases(passage: Passage, where: str, value: str, near: Phrase | None) -> tuple[Phrase, ...]:
    return tuple(_find(passage, where, part.strip(), near) for part in value.split(";") if part.strip())


def _place(passage: Passage, where: str, value: str, near: Phrase) -> tuple[Phrase, str | None]:
    match = COUNTRY.match(value.strip())
    words, country = (match["phrase"], match["country"]) if match else (value.strip(), None)
    return _find(passage, where, words, near), country


def _time(passage: Passage, where: str, value: str, near: Phrase) -> tuple[Phrase, str | None]:
    words, _, date = (part.strip() for part in value.partition(" = "))
    if date and not DATE.match(date):
        raise MarkupError(f"{where}: cannot read date {date!r}; write YYYY-MM-DD, YYYY-MM, YYYY or a range with '/'")
    return _find(passage, where, words, near), date or None


def _number(passage: Passage, where: str, value: str, near: Phrase | None) -> tuple[Phrase, Bounds]:
    words, _, given = (part.strip() for part in value.partition(" = "))
    phrase = _find(passage, where, words, near)
    if not given:
        bounds = parse_quantity(phrase.text)
        if bounds is None:
            raise MarkupError(f"{where}: cannot read a number in {words!r}; give it: '{words} = 9' (or 9.., ..9, 3..5)")
        return phrase, bounds
    match = BOUNDS.match(given)
    if match is None or not given.strip("."):
        raise MarkupError(f"{where}: cannot read bounds {given!r}; write 9, 9.., ..9 or 3..5")
    low = int(match["low"]) if match["low"] else None
    high = int(match["high"]) if match["high"] else None
    return phrase, (low, high) if match["dots"] else (low, low)


def _find(passage: Passage, where: str, words: str, near: Phrase | None) -> Phrase:
    """Nearest occurrence of the words to `near`, one in the same sentence before any other."""
    words, _, count = words.partition("#")
    pattern = re.escape(words.strip())
    if not pattern:
        raise MarkupError(f"{where}: empty phrase; phrases in a list are parted by ';'")
    spans = [
        match.span()
        for match in re.finditer(pattern, passage.text)
        if not passage.text[: match.start()][-1:].isalnum() and not passage.text[match.end() :][:1].isalnum()
    ]
    if not spans:
        raise MarkupError(
            f"{where}: {words!r} does not stand in the text of {passage.doc_id} (case and spelling count)"
        )
    if count:
        if not count.isdigit() or not 1 <= int(count) <= len(spans):
            raise MarkupError(f"{where}: {words!r} stands {len(spans)} times in {passage.doc_id}, not #{count}")
        start, end = spans[int(count) - 1]
        return Phrase(words, start, end)
    start, end = nearest(spans, passage.text, near)
    return Phrase(words.strip(), start, end)


def nearest(spans: Sequence[tuple[int, int]], text: str, near: Phrase | None) -> tuple[int, int]:
    """The span in the sentence of `near` and closest to it; else the closest before it; else the first."""
    if near is None:
        return spans[0]
    low, high = sentence_around(text, near.start)

    def far(span: tuple[int, int]) -> tuple[bool, int]:
        distance = max(span[0] - near.end, near.start - span[1], 0)
        return not (low <= span[0] < high), distance if span[0] < near.start else distance + 40

    return min(spans, key=far)


def sentence_around(text: str, position: int) -> tuple[int, int]:
    """Rough bounds of the sentence holding a position; good enough to choose between occurrences."""
    low, high = 0, len(text)
    for match in SENTENCE_END.finditer(text):
        if match.end() <= position:
            low = match.end()
        elif match.start() > position:
            high = match.start()
            break
    return low, high


def main(paths: Sequence[str]) -> int:
    """Check corpus files and print what they hold, an error a line on stderr."""
    failed = False
    texts = article_texts() if any(path.endswith(".standoff") for path in paths) else {}
    for name in paths:
        try:
            reader = read_articles(Path(name), texts) if name.endswith(".standoff") else read_passages(Path(name))
            passages = list(reader)
        except MarkupError as error:
            print(f"error: {error}", file=sys.stderr)
            failed = True
            continue
        events = [event for passage in passages for event in passage.events]
        statuses = ", ".join(f"{status} {sum(e.status == status for e in events)}" for status in STATUSES)
        facts = sum(len(passage.facts) for passage in passages)
        print(f"{name}: {len(passages)} passages, {len(events)} events ({statuses}), {facts} relations and figures")
    return int(failed)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
