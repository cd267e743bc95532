"""PolNeAR (Newell et al. 2018): does a coded event inside reported speech name the speaker, and one outside nobody?

An event lies inside an attribution if its trigger overlaps the attribution's content; of several the one with the
shortest content counts, as the guidelines ask for the innermost source. A trigger in the cue ("accused", "denied") is
not in the content of that cue. PolNeAR counts more as attribution than our guidelines fill `says` for (what is hoped,
known, promised, demanded; presupposed nouns inside a quotation), so an empty `says` inside is split by what it may be.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from evaluation.coding import Row, code_text
from evaluation.misses import Miss, short
from evaluation.words import words
from villani.records.events import Actor, Event, Words
from villani.run.coder import Coder

PRONOUNS = frozenset(
    "i we you he she it they who which that this these those one me us him her them my our your his its their mine "
    "ours yours hers theirs himself herself itself themselves whom whose".split()
)
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})
RELATIVE_CHARS = 3  # between an antecedent and its relative pronoun: blank and comma

Case = Literal["right", "resolved", "wrong", "missing", "on record", "presupposed", "no source", "empty", "filled"]
"""Inside, `says` overlaps the gold source | names whom its pronoun stands for | names another | is empty | is empty,
but the speech act that holds the event is coded with the gold source as its actor | is empty and the act happened |
gold has no source. Outside: `says` is empty | is not."""
INSIDE: tuple[Case, ...] = ("right", "resolved", "wrong", "missing", "on record", "presupposed")


@dataclass(frozen=True)
class Verdict:
    """How one coded event fares; `source` is the gold source's words, "" where there is none."""

    event: Event
    case: Case
    source: str
    is_pronoun: bool = False


def judge_says(coder: Coder, rows: Sequence[Row]) -> list[Verdict]:
    """A verdict for each coded event of the articles, in their order.

    Args:
        coder: The coder.
        rows: Articles with `id`, `text`, `title`, `date` and `attributions` (`source`, `cue` and `content` as lists of
            half-open ranges of `text`).
    """
    verdicts: list[Verdict] = []
    for row in rows:
        title = row["title"] if row["title"] and row["text"].startswith(row["title"]) else None
        events = code_text(coder, row["id"], row["text"], title=title, date=row["date"]).events
        by_id = {event.event_id: event for event in events}
        verdicts += [judge_event(event, by_id.get(event.within or ""), row) for event in events]
    return verdicts


def judge_event(event: Event, holder: Event | None, row: Row) -> Verdict:
    """The verdict on one event; `holder` is the coded speech act that holds it, if any."""
    around = [gold for gold in row["attributions"] if _overlap(gold["content"], event.trigger)]
    if not around:
        return Verdict(event, "filled" if event.says else "empty", "")
    gold = min(around, key=lambda item: sum(end - start for start, end in item["content"]))
    source = source_of(row, gold)
    if not source:
        return Verdict(event, "no source", "")
    is_pronoun = source.lower() in PRONOUNS
    if any(_overlap(gold["source"], actor) for actor in event.says):
        case: Case = "right"
    elif event.says:
        case = "resolved" if is_pronoun and _stands_for(event, row, gold) else "wrong"
    elif holder is not None and _overlap(gold["cue"], holder.trigger) and _is_actor(holder, row, gold):
        case = "on record"
    else:
        case = "presupposed" if event.status == "happened" else "missing"
    return Verdict(event, case, source, is_pronoun)


def source_of(row: Row, gold: Row) -> str:
    """The words of a gold source, its parts joined."""
    return " ".join(row["text"][start:end] for start, end in gold["source"])


def _overlap(ranges: Iterable[Sequence[int]], phrase: Words | Actor) -> bool:
    return any(start < phrase.end and phrase.start < end for start, end in ranges)


def _stands_for(event: Event, row: Row, gold: Row) -> bool:
    """Whether `says` is a name that a pronoun may stand for.

    PolNeAR tells no antecedents. Speakers go on speaking, so a phrase counts if it shares a telling word with a source
    named anywhere in the article, or if it ends right before a relative pronoun ("..., which").
    """
    start = gold["source"][0][0]
    is_relative = source_of(row, gold).lower() in RELATIVES
    sources = [source_of(row, other) for other in row["attributions"]]
    named = [source for source in sources if source and source.lower() not in PRONOUNS]
    for actor in event.says:
        if actor.text.lower() in PRONOUNS:
            continue
        is_antecedent = is_relative and 0 < start - actor.end <= RELATIVE_CHARS
        if is_antecedent or any(words(actor.text) & words(source) for source in named):
            return True
    return False


def _is_actor(holder: Event, row: Row, gold: Row) -> bool:
    """Whether the gold source is an actor of the speech act, itself or as the name its pronoun stands for."""
    if source_of(row, gold).lower() in PRONOUNS:
        return bool(holder.actors)
    return any(_overlap(gold["source"], actor) for actor in holder.actors)


def sum_up_says(verdicts: Sequence[Verdict]) -> dict[str, float | int | dict[str, int]]:
    """The measures.

    Returns:
        `inside_right`: of `inside` events whose attribution has a gold source, the share whose `says` overlaps it
        (by offsets); `inside_right_resolved` accepts the name a pronoun source stands for as well;
        `inside_answered` further accepts an event whose speaker is on record as actor of the speech act that holds it.
        `outside_empty`: of `outside` events the share with empty `says`. `inside_no_source` events are in neither.
        `cases` counts the verdicts, `pronoun_sources` those with a pronoun.
    """
    cases = Counter(verdict.case for verdict in verdicts)
    inside, outside = sum(cases[case] for case in INSIDE), cases["empty"] + cases["filled"]
    resolved = cases["right"] + cases["resolved"]
    return {
        "events": len(verdicts),
        "inside": inside,
        "inside_right": _share(cases["right"], inside),
        "inside_right_resolved": _share(resolved, inside),
        "inside_answered": _share(resolved + cases["on record"], inside),
        "inside_no_source": cases["no source"],
        "outside": outside,
        "outside_empty": _share(cases["empty"], outside),
        "pronoun_sources": sum(verdict.is_pronoun for verdict in verdicts),
        "cases": dict(sorted(cases.items())),
    }


def score_says(coder: Coder, rows: Sequence[Row]) -> dict[str, float | int | dict[str, int]]:
    """Code and measure."""
    return sum_up_says(judge_says(coder, rows))


def miss_says(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """Every wrong verdict as an error to show."""
    for verdict in verdicts:
        if verdict.case in {"right", "resolved", "no source", "empty"}:
            continue
        event = verdict.event
        got = ", ".join(short(actor.text) for actor in event.says) or "nobody"
        words_ = f"{short(event.trigger.text)} ({event.type}, {event.status})"
        kind = verdict.case + (", pronoun source" if verdict.is_pronoun else "")
        yield Miss(event.doc_id, words_, short(verdict.source) or "nobody", got, event.score, kind)


def _share(part: int, whole: int) -> float:
    return round(part / whole, 3) if whole else 0.0
