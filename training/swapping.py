"""Names swapped for other names: the same sentence about others, so that roles are not learned by heart."""

import random
import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import accumulate

from training.markup import AnnotatedEvent, AnnotatedFact, Passage, Phrase

MAX_SWAPS = 8


@dataclass(frozen=True)
class NamePool:
    """Names to choose from: `parties` act and are acted on, `places` are where."""

    parties: tuple[str, ...]
    places: tuple[str, ...]


def gather_names(passages: Sequence[Passage]) -> NamePool:
    """Every capitalised phrase that fills a role somewhere."""
    parties = {p.text for passage in passages for e in passage.events for p in (*e.actors, *e.recipients, *e.says)}
    places = {e.place.text for passage in passages for e in passage.events if e.place is not None}
    return NamePool(tuple(sorted(filter(is_name, parties - places))), tuple(sorted(filter(is_name, places))))


def is_name(phrase: str) -> bool:
    """Whether a phrase begins with a capital letter and is no number."""
    return len(phrase) > 2 and phrase[0].isupper() and len(phrase) < 40


def swap_names(passage: Passage, pool: NamePool, rng: random.Random) -> Passage:
    """The passage with its names replaced by others of their kind, each name by one and the same everywhere.

    All phrases keep pointing at their words; a phrase that ends inside a replaced name is widened to it.
    """
    places = {e.place.text for e in passage.events if e.place is not None}
    phrases = {p.text for e in passage.events for p in (*e.actors, *e.recipients, *e.says)} | places
    names = sorted(filter(is_name, phrases), key=lambda name: (-len(name), name))[:MAX_SWAPS]
    chosen = {name: rng.choice(pool.places if name in places else pool.parties) for name in names}
    if not chosen:
        return passage
    pattern = "|".join(re.escape(name) for name in chosen)
    spans = [(m.start(), m.end(), chosen[m[0]]) for m in re.finditer(rf"(?<!\w)(?:{pattern})(?!\w)", passage.text)]
    return _rebuild(passage, spans)


def _rebuild(passage: Passage, spans: Sequence[tuple[int, int, str]]) -> Passage:
    """Text with spans replaced, every offset moved along."""
    pieces, cursor = [], 0
    for start, end, words in spans:
        pieces += [passage.text[cursor:start], words]
        cursor = end
    text = "".join([*pieces, passage.text[cursor:]])
    starts = [start for start, _, _ in spans]
    growth = [0, *accumulate(len(words) - (end - start) for start, end, words in spans)]

    def move(position: int, *, is_end: bool) -> int:
        index = bisect_right(starts, position - is_end) - 1
        if index < 0:
            return position
        start, end, words = spans[index]
        if position < end or (is_end and position <= end):
            return start + growth[index] + (len(words) if is_end else 0)
        return position + growth[index + 1]

    def phrase(old: Phrase | None) -> Phrase | None:
        if old is None:
            return None
        start, end = move(old.start, is_end=False), move(old.end, is_end=True)
        return Phrase(text[start:end], start, end)

    def phrases(old: Sequence[Phrase]) -> tuple[Phrase, ...]:
        return tuple(new for item in old if (new := phrase(item)) is not None)

    def event(old: AnnotatedEvent) -> AnnotatedEvent:
        lists = {name: phrases(getattr(old, name)) for name in ("actors", "recipients", "says")}
        ones = {name: phrase(getattr(old, name)) for name in ("trigger", "place", "time", "deaths", "injured")}
        return replace(old, **lists, **ones)

    def fact(old: AnnotatedFact) -> AnnotatedFact:
        ones = {name: phrase(getattr(old, name)) for name in ("subject", "object", "place", "time")}
        return replace(old, says=phrases(old.says), **ones)

    title = text[: move(len(passage.title), is_end=True)] if passage.title else ""
    return replace(
        passage,
        text=text,
        title=title,
        events=tuple(event(old) for old in passage.events),
        facts=tuple(fact(old) for old in passage.facts),
    )
