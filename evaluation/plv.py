"""PLV sentences (Hu et al. 2024): is the gold PLOVER root among the coded events, and are both parties right?"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.coding import Row, code_text
from evaluation.misses import Miss, short
from evaluation.words import words
from villani.records.events import Actor, Event
from villani.run.coder import Coder

YIELD = frozenset({"CONCEDE", "RETREAT"})
MUTUAL = frozenset({"AGREE", "CONSULT", "COOPERATE"})  # our guidelines list all their parties as actors


@dataclass(frozen=True)
class Verdict:
    """One sentence: its gold root and parties, and what was coded."""

    sentence_id: str
    root: str
    source: str
    target: str
    events: tuple[Event, ...]

    @property
    def fitting(self) -> list[Event]:
        """The coded events of the gold root."""
        return [event for event in self.events if root(event) == self.root]

    @property
    def with_parties(self) -> bool:
        """Whether one of them has both gold parties."""
        return any(both(event, self.source, self.target) for event in self.fitting)

    @property
    def with_mutual_parties(self) -> bool:
        """The same, where AGREE, CONSULT and COOPERATE may have both gold parties on one side."""
        return self.with_parties or any(
            _among(side, self.source) and _among(side, self.target)
            for event in self.fitting
            if event.type in MUTUAL
            for side in ((*event.actors, *event.recipients),)
        )


def judge_plv(coder: Coder, rows: Sequence[Row]) -> list[Verdict]:
    """A verdict for each sentence, in order."""
    return [
        Verdict(
            row["sentence_id"],
            row["gold_root"],
            row["source"],
            row["target"],
            code_text(coder, f"plv-{index}", row["sentence"]).events,
        )
        for index, row in enumerate(rows)
    ]


def sum_up_plv(verdicts: Sequence[Verdict]) -> dict[str, float | int]:
    """Share of sentences with an event of the gold root, and with its actor and recipient among the gold parties.

    The set knows CONCEDE and RETREAT as one root, YIELD. A party is right when a coded phrase shares a telling word
    with the gold phrase. The set gives every act a source and a target; `with_mutual_parties` accepts both as actors of
    AGREE, CONSULT and COOPERATE, as the guidelines want them.
    """
    total = len(verdicts)
    return {
        "sentences": total,
        "coded": sum(bool(verdict.events) for verdict in verdicts),
        "root_right": round(sum(bool(verdict.fitting) for verdict in verdicts) / total, 3),
        "with_parties": round(sum(verdict.with_parties for verdict in verdicts) / total, 3),
        "with_mutual_parties": round(sum(verdict.with_mutual_parties for verdict in verdicts) / total, 3),
    }


def by_root(verdicts: Sequence[Verdict]) -> dict[str, dict[str, float | int]]:
    """The same for the sentences of each gold root, and for all."""
    groups: defaultdict[str, list[Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.root].append(verdict)
    return {**{name: sum_up_plv(groups[name]) for name in sorted(groups)}, "all": sum_up_plv(verdicts)}


def score_plv(coder: Coder, rows: Sequence[Row]) -> dict[str, float | int]:
    """Code and measure."""
    return sum_up_plv(judge_plv(coder, rows))


def miss_roots(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """Every sentence without an event of its root."""
    for verdict in verdicts:
        if not verdict.fitting:
            top = max(verdict.events, key=lambda event: event.score, default=None)
            shown, got = (short(top.trigger.text), top.type) if top else ("no trigger", "nothing")
            kind = f"{verdict.root} coded as {got}"
            yield Miss(f"plv {verdict.sentence_id}", shown, verdict.root, got, top.score if top else 0.0, kind)


def miss_parties(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """Every sentence with its root, but without both its parties on whatever side a mutual act has them."""
    for verdict in verdicts:
        if verdict.fitting and not verdict.with_parties and not verdict.with_mutual_parties:
            top = max(verdict.fitting, key=lambda event: event.score)
            wanted = f"{short(verdict.source)} > {short(verdict.target)}"
            got = f"{_names(top.actors)} > {_names(top.recipients)}"
            sides = (_among(top.actors, verdict.source), _among(top.recipients, verdict.target))
            empty = (not top.actors and not sides[0], not top.recipients and not sides[1])
            kind = f"{verdict.root}: " + ("a party missing" if any(empty) else "a party wrong")
            yield Miss(f"plv {verdict.sentence_id}", short(top.trigger.text), wanted, got, top.score, kind)


def root(event: Event) -> str:
    """The event's type as the set writes it."""
    return "YIELD" if event.type in YIELD else event.type


def both(event: Event, source: str, target: str) -> bool:
    """Whether an actor is the source and a recipient the target."""
    return _among(event.actors, source) and _among(event.recipients, target)


def _among(actors: Sequence[Actor], phrase: str) -> bool:
    return any(words(actor.text) & words(phrase) for actor in actors)


def _names(actors: Sequence[Actor]) -> str:
    return short(", ".join(actor.text for actor in actors)) or "nobody"
