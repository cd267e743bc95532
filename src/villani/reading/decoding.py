"""Probabilities of a window to mentions, events, relations and figures: plain, deterministic, by thresholds."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from villani.reading.labels import FIGURES, MODES, MODES_OF, PAIRS, TRIGGERS
from villani.reading.scoring import Scores
from villani.reading.windows import Window
from villani.records.reading import STATUSES, Argument, Mention, MentionKind, Role, Status
from villani.records.text import Span

# Set on the held-out tenth of the corpus (docs/log.md); a mention is cheap, for a role must still choose it.
MENTION_MIN = 0.35
BEGIN_MIN = 0.7  # two mentions of one kind hardly ever touch, so a begin inside a run has to be sure
ROLE_MIN: dict[Role, float] = {
    "actor": 0.45,
    "recipient": 0.45,
    "place": 0.5,
    "time": 0.5,
    "says": 0.5,
    "deaths": 0.5,
    "injured": 0.5,
}
LINK_MIN = 0.5
RELATION_MIN = 0.6
FIGURE_MIN = 0.6
SEED_MIN = 0.1
MAX_PARTIES = 6
SHOUTED = 0.6
# A capitalised word that opens no sentence, one space beside a name.
NAME_BEFORE = re.compile(r"(?<=[\w,] )([A-Z][\w'\u2019-]+) $")
NAME_AFTER = re.compile(r" ([A-Z][\w-]+)")
DOTTED = re.compile(r"\b(?:[A-Z]\.){2,}")  # "U.S.", one word with all its stops
WORD = re.compile(r"[\w$\u20ac\u00a3%][\w'\u2019.,-]*(?<![.,'\u2019-])")
LITTLE = frozenset(("a", "an", "the", "least", "and", "or", "of", "in", "for", "to", "by", "with", "at", "from", "s"))
CALENDAR = frozenset(
    "Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April May June July August "
    "September October November December".split()
)
KINDS_OF: dict[Role, tuple[MentionKind, ...]] = {
    "actor": ("party",),
    "recipient": ("party",),
    "says": ("party",),
    "place": ("place", "party"),  # a town that is shelled is tagged a party, and is the place all the same
    "time": ("time",),
    "deaths": ("number",),
    "injured": ("number",),
}


@dataclass(frozen=True)
class Held:
    """A mention with the word pieces it covers (first and last) and how sure the tagger is of it."""

    mention: Mention
    first: int
    last: int
    score: float


@dataclass(frozen=True)
class Candidate:
    """An event of one window; `within` and `same` name other candidates by their `piece`."""

    piece: int
    trigger: Span
    type: str
    mode: str | None
    status: Status
    arguments: tuple[Argument, ...]
    sentence: int
    score: float
    within: int | None = None
    same: tuple[int, ...] = ()


@dataclass(frozen=True)
class Stated:
    """A relation (`kind` one of RELATION_KINDS, `other` its object) or a figure (`other` None) of one window."""

    kind: str
    anchor: Held
    other: Held | None
    status: Status
    arguments: tuple[Argument, ...]
    sentence: int
    score: float


def decode_mentions(scores: Scores, text: str) -> list[Held]:
    """Spans of each kind whose pieces the tagger thinks likely enough, whole words only."""
    found: list[Held] = []
    for index, kind in enumerate(("party", "place", "time", "number")):
        chances = scores.mention[:, index]
        inside = (1.0 - chances[:, 0] > MENTION_MIN) & (scores.window.starts >= 0)
        for first, last in _runs(inside, begins=chances[:, 1] > BEGIN_MIN):
            if len({int(s) for s in scores.window.sentences[first : last + 1]}) > 1:
                continue
            span = _whole_words(text, int(scores.window.starts[first]), int(scores.window.ends[last]))
            if (trimmed := _trim(text, span, LITTLE if index <= 1 else frozenset())) is None:
                continue
            span = trimmed
            if index <= 1 and not _is_shouted(text, scores.window, first):
                span = _whole_name(text, span)
            sure = float((1.0 - chances[first : last + 1, 0]).mean())
            item = Held(Mention(span=span, kind=kind), first, last, sure)  # type: ignore[arg-type]
            found[-1:] = _joined(text, found[-1], item) if found else [item]
    return found


def _joined(text: str, before: Held, item: Held) -> list[Held]:
    """Two names that touch are one: "[Prime Minister] [Anke Solberg]"."""
    one, two = before.mention, item.mention
    touching = one.kind == two.kind and two.span.start - one.span.end <= 1 and one.span.end <= two.span.start
    if not (touching and text[one.span.start].isupper() and text[two.span.start].isupper()):
        return [before, item]
    span = Span(one.span.start, two.span.end)
    return [Held(Mention(span=span, kind=one.kind), before.first, item.last, min(before.score, item.score))]


def _runs(
    inside: "np.ndarray[tuple[int], np.dtype[np.bool_]]", begins: "np.ndarray[tuple[int], np.dtype[np.bool_]]"
) -> Iterator[tuple[int, int]]:
    """First and last index of each run; a begin inside a run opens a new one."""
    first: int | None = None
    for index, flag in enumerate(inside):
        if first is not None and (not flag or begins[index]):
            yield first, index - 1
            first = None
        if flag and first is None:
            first = index
    if first is not None:
        yield first, len(inside) - 1


def _whole_words(text: str, start: int, end: int) -> Span:
    """Widen a range so that it cuts no word."""
    while start > 0 and text[start - 1].isalnum() and text[start].isalnum():
        start -= 1
    while end < len(text) and text[end].isalnum() and text[end - 1].isalnum():
        end += 1
    if text[start : start + 1] == "," and text[start - 1 : start].isdigit():  # "1,000" cut at its comma
        while start > 0 and (text[start - 1].isdigit() or text[start - 1] == ","):
            start -= 1
    for found in DOTTED.finditer(text, max(0, start - 8), end + 8):
        if found.start() < end and start < found.end():
            start, end = min(start, found.start()), max(end, found.end())
    return Span(start, end)


def _trim(text: str, span: Span, little: frozenset[str]) -> Span | None:
    """A phrase without little words and stops at its ends; None where nothing is left."""
    words = [match for match in WORD.finditer(text, span.start, span.end) if match[0].lower() not in little]
    if not words:
        return None
    end = span.end if text[span.end - 1] == "." and words[-1].end() == span.end - 1 else words[-1].end()
    return Span(words[0].start(), end)


def _is_shouted(text: str, window: Window, piece: int) -> bool:
    """Whether most words of the piece's sentence are capitalised, as in some headlines: capitals then tell no names."""
    inside = np.flatnonzero(window.sentences == window.sentences[piece])
    words = text[int(window.starts[inside[0]]) : int(window.ends[inside[-1]])].split()
    return sum(word[0].isupper() for word in words) > SHOUTED * len(words)


def _whole_name(text: str, span: Span) -> Span:
    """A name cut short gets its capitalised neighbours back: "[Sudan]" of "Port Sudan", "[El] Fasher"."""
    if not text[span.start].isupper() or " " in text[span.start : span.end]:
        return span
    before = NAME_BEFORE.search(text, max(0, span.start - 30), span.start)
    after = NAME_AFTER.match(text, span.end, span.end + 30)
    start = before.start(1) if before and before[1] not in CALENDAR else span.start
    return Span(start, after.end(1) if after and after[1] not in CALENDAR else span.end)


def decode_events(scores: Scores, text: str, held: Sequence[Held], least: float) -> list[Candidate]:
    """Every event whose trigger this window owns, with its roles, status and links.

    Args:
        scores: The window.
        text: The document's text.
        held: Its mentions.
        least: Probability of the trigger's type (0 to 1, not calibrated) below which there is no event.
    """
    strong = [run for run in _trigger_runs(scores) if _best_type(scores, *run)[1] >= least]
    candidates = [_candidate(scores, text, held, first, last) for first, last in strong]
    return [_linked(scores, candidate, candidates) for candidate in candidates]


def _trigger_runs(scores: Scores) -> Iterator[tuple[int, int]]:
    """Neighbouring owned pieces that are likely a trigger and agree on the type."""
    likely = (1.0 - scores.trigger[:, 0] > SEED_MIN) & scores.window.owned
    best = scores.trigger[:, 1:].argmax(axis=1)
    changes = np.zeros(len(best), dtype=np.bool_)
    changes[1:] = (best[1:] != best[:-1]) | (scores.window.sentences[1:] != scores.window.sentences[:-1])
    yield from _runs(likely, begins=changes)


def _best_type(scores: Scores, first: int, last: int) -> tuple[str, float]:
    """Type of a run of pieces and the highest probability one of them gives it."""
    rows = scores.trigger[first : last + 1]
    column = 1 + int(rows[:, 1:].sum(axis=0).argmax())
    return TRIGGERS[column], float(rows[:, column].max())


def _candidate(scores: Scores, text: str, held: Sequence[Held], first: int, last: int) -> Candidate:
    rows = scores.trigger[first : last + 1]
    kind, score = _best_type(scores, first, last)
    strong = [first + i for i in np.flatnonzero(1.0 - rows[:, 0] > 0.5 * (1.0 - rows[:, 0]).max())]
    first, last = int(strong[0]), int(strong[-1])
    modes = scores.mode[first : last + 1].mean(axis=0)
    names = ("none", *(f"{kind}.{mode}" for mode in MODES_OF[kind]))
    mode = max(names, key=lambda name: float(modes[MODES.index(name)]))
    status = STATUSES[int(scores.status[first : last + 1].mean(axis=0).argmax())]
    return Candidate(
        piece=first,
        trigger=_whole_words(text, int(scores.window.starts[first]), int(scores.window.ends[last])),
        type=kind,
        mode=None if mode == "none" else mode.partition(".")[2],
        status=status,
        arguments=_arguments(scores, first, held, status=status),
        sentence=int(scores.window.sentences[first]),
        score=score,
    )


def _arguments(
    scores: Scores,
    piece: int,
    held: Sequence[Held],
    roles: Sequence[Role] = tuple(KINDS_OF),
    status: Status = "happened",
) -> tuple[Argument, ...]:
    """Fillers of the roles: parties above their threshold, one place, time, source and number each."""
    chances = scores.pairs(piece, [(item.first, item.last) for item in held], roles)
    chosen: list[Argument] = []
    for column, role in enumerate(roles):
        ranked = sorted(
            (-float(chances[row, column]), row) for row, item in enumerate(held) if item.mention.kind in KINDS_OF[role]
        )
        if role == "says" and status == "denied":
            # Who is said to have done it denies it more often than another speaker of the sentence.
            accused = {a.mention for a in chosen if a.role == "actor"}
            ranked.sort(key=lambda pair: (held[pair[1]].mention not in accused or -pair[0] < ROLE_MIN["says"], *pair))
        limit = MAX_PARTIES if role in {"actor", "recipient"} else 1
        for chance, row in ranked[:limit]:
            mention = held[row].mention
            taken = [a.mention.span for a in chosen if a.role == role]
            if -chance >= ROLE_MIN[role] and not any(span.overlaps(mention.span) for span in taken):
                chosen.append(Argument(role=role, mention=mention, score=-chance))
    near = {a for a in chosen if _sentence_of(scores, held, a) == int(scores.window.sentences[piece])}
    here = {a.role for a in near}
    return _one_side([a for a in chosen if a in near or a.role not in here])


def _sentence_of(scores: Scores, held: Sequence[Held], argument: Argument) -> int:
    """Sentence of an argument; one named beside the trigger makes those from other sentences its mere doubles."""
    first = next(item.first for item in held if item.mention is argument.mention)
    return int(scores.window.sentences[first])


def _one_side(arguments: Sequence[Argument]) -> tuple[Argument, ...]:
    """A phrase is actor or recipient, dead or injured, never both: the surer stays. Nor is the place a party."""
    sides = {"actor": "recipient", "recipient": "actor", "deaths": "injured", "injured": "deaths"}
    places = [a for a in arguments if a.role == "place"]
    people = [a for a in arguments if a.role == "recipient" and not _overlaps(a, places)]
    kept = [
        a
        for a in arguments
        if not any(b.score > a.score for b in arguments if b.role == sides.get(a.role) and _overlaps(a, [b]))
        and not (a.role == "actor" and any(b.score > a.score for b in places if _overlaps(a, [b])))
        and not (a.role == "recipient" and people and _overlaps(a, places))
    ]
    return tuple(sorted(kept, key=lambda a: (ROLE_ORDER[a.role], a.mention.span)))


def _overlaps(argument: Argument, others: Sequence[Argument]) -> bool:
    return any(argument.mention.span.overlaps(other.mention.span) for other in others)


ROLE_ORDER = {role: index for index, role in enumerate(KINDS_OF)}


def _linked(scores: Scores, candidate: Candidate, others: Sequence[Candidate]) -> Candidate:
    """Which speech act holds the event, and which candidates are the same act."""
    rest = [other for other in others if other.piece != candidate.piece]
    chances = scores.pairs(candidate.piece, [(other.piece, other.piece) for other in rest], ("within", "same"))
    holders = sorted((-float(chance), other.piece) for chance, other in zip(chances[:, 0], rest, strict=True))
    within = holders[0][1] if holders and -holders[0][0] >= LINK_MIN else None
    same = tuple(
        other.piece
        for chance, other in zip(chances[:, 1], rest, strict=True)
        if float(chance) >= LINK_MIN and other.type == candidate.type
    )
    return replace(candidate, within=within, same=same)


def decode_relations(scores: Scores, held: Sequence[Held]) -> list[Stated]:
    """Lasting relations between mentions that lie near each other."""
    names = [name for name in PAIRS if name.startswith("rel:")]
    found: list[Stated] = []
    for subject in held:
        if subject.mention.kind != "party" or not scores.window.owned[subject.first]:
            continue
        near = [
            item
            for item in held
            if item.mention.kind in {"party", "place"}
            and item.first != subject.first
            and abs(item.first - subject.first) <= 40
            and not item.mention.span.overlaps(subject.mention.span)
        ]
        chances = scores.pairs(subject.first, [(item.first, item.last) for item in near], names)
        for row, column in zip(*np.nonzero(chances >= RELATION_MIN), strict=True):
            item, kind = near[row], names[column][4:]
            if (item.mention.kind == "place") == (kind in {"controls", "besieges"}):
                sentence = int(scores.window.sentences[subject.first])
                found.append(Stated(kind, subject, item, "happened", (), sentence, float(chances[row, column])))
    return found


def decode_figures(scores: Scores, held: Sequence[Held]) -> list[Stated]:
    """Numbers with a measure."""
    found: list[Stated] = []
    for item in held:
        if item.mention.kind != "number" or not scores.window.owned[item.first]:
            continue
        chances = scores.figure[item.first : item.last + 1].mean(axis=0)
        best = int(chances.argmax())
        if best and float(chances[best]) >= FIGURE_MIN:
            status = STATUSES[int(scores.status[item.first].argmax())]
            arguments = _arguments(scores, item.first, held, ("place", "time", "says"))
            sentence = int(scores.window.sentences[item.first])
            found.append(Stated(FIGURES[best], item, None, status, arguments, sentence, float(chances[best])))
    return found
