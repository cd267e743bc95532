"""PLV sentences (Hu et al. 2024): is the gold PLOVER root among the coded events, and are both parties right?"""

from collections.abc import Sequence

from evaluation.coding import Row, code_text
from evaluation.words import words
from villani.records.events import Actor, Event
from villani.run.coder import Coder

YIELD = frozenset({"CONCEDE", "RETREAT"})


def score_plv(coder: Coder, rows: Sequence[Row]) -> dict[str, float | int]:
    """Share of sentences with an event of the gold root, and with its actor and recipient among the gold parties.

    The set knows CONCEDE and RETREAT as one root, YIELD. A party is right when a coded phrase shares a telling word
    with the gold phrase.
    """
    right = parties = coded = 0
    for index, row in enumerate(rows):
        document = code_text(coder, f"plv-{index}", row["sentence"])
        fitting = [event for event in document.events if root(event) == row["gold_root"]]
        coded += bool(document.events)
        right += bool(fitting)
        parties += any(both(event, row["source"], row["target"]) for event in fitting)
    total = len(rows)
    return {
        "sentences": total,
        "coded": coded,
        "root_right": round(right / total, 3),
        "with_parties": round(parties / total, 3),
    }


def root(event: Event) -> str:
    """The event's type as the set writes it."""
    return "YIELD" if event.type in YIELD else event.type


def both(event: Event, source: str, target: str) -> bool:
    """Whether an actor is the source and a recipient the target."""
    return _among(event.actors, source) and _among(event.recipients, target)


def _among(actors: Sequence[Actor], phrase: str) -> bool:
    return any(words(actor.text) & words(phrase) for actor in actors)
