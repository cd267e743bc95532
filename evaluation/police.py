"""India Police Events (Halterman et al. 2021): in which sentences did the police kill, arrest, use force, fail to act?

Each label is a filter a user could write over event records, on type, mode, status and the actor's sector:

| label | events whose trigger lies in the sentence |
|---|---|
| KILL | ASSAULT by police or troops, happened or claimed, with deaths above none |
| FORCE | ASSAULT by police or troops, or ASSAULT.crowd-control by anyone, happened or claimed |
| ARREST | COERCE.arrest by police or troops or by nobody named, happened or claimed |
| FAIL | an act of the police that is denied with nobody to say so ("failed to"), or ACCUSE of the police |
| ANY_ACTION | KILL, FORCE, ARREST; any act of the police, COERCE.curfew, MOBILIZE.police, happened or claimed |

Police and troops are actors of sector COP or MIL and phrases with a word of POLICE; the set counts troops as well.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.coding import Row, code_text
from evaluation.events import prf
from evaluation.misses import Miss, short
from villani.records.events import Actor, Event
from villani.run.coder import Coder

LABELS = ("KILL", "ARREST", "FAIL", "FORCE", "ANY_ACTION")
POLICE = re.compile(
    r"\b(?:police\w*|cops?|constables?|crpf|raf|srp|srpf|security forces|troops|army|jawans?|bsf|paramilitar\w+|"
    r"law enforce\w+|personnel)\b",
    re.IGNORECASE,
)
REAL = frozenset({"happened", "claimed"})
KEEPING = frozenset({("COERCE", "curfew"), ("MOBILIZE", "police")})  # the police's work, whoever is named


@dataclass(frozen=True)
class Verdict:
    """One sentence: gold labels, coded labels, and the events in it."""

    doc_id: str
    gold: frozenset[str]
    coded: frozenset[str]
    events: tuple[Event, ...]


def is_police(actor: Actor) -> bool:
    """Whether a party is police or troops."""
    return actor.sector in {"COP", "MIL"} or POLICE.search(actor.text) is not None


def labels_of(event: Event) -> frozenset[str]:
    """The labels one event gives its sentence (the table above)."""
    by_police = any(map(is_police, event.actors))
    is_real = event.status in REAL
    found = set()
    if event.type == "ASSAULT" and is_real:
        if by_police and event.deaths is not None and (event.deaths.low or 0) > 0:
            found.add("KILL")
        if by_police or event.mode == "crowd-control":
            found.add("FORCE")
    if event.type == "COERCE" and event.mode == "arrest" and is_real and (by_police or not event.actors):
        found.add("ARREST")
    if found or (by_police and is_real) or (is_real and (event.type, event.mode) in KEEPING):
        found.add("ANY_ACTION")
    if (by_police and event.status == "denied" and not event.says) or (
        event.type == "ACCUSE" and any(map(is_police, event.recipients))
    ):
        found.add("FAIL")
    return frozenset(found)


def judge_sentences(coder: Coder, rows: Sequence[Row]) -> list[Verdict]:
    """A verdict for each sentence.

    Args:
        coder: The coder.
        rows: Articles with `id`, `date` and `sents`, pairs of a sentence and its labels; a line each in the text.
    """
    verdicts: list[Verdict] = []
    for row in rows:
        text = "\n".join(sentence for sentence, _ in row["sents"])
        events = code_text(coder, row["id"], text, date=row["date"]).events
        start = 0
        for sentence, gold in row["sents"]:
            end = start + len(sentence)
            here = tuple(event for event in events if start <= event.trigger.start < end)
            coded = frozenset[str]().union(*map(labels_of, here))
            verdicts.append(Verdict(row["id"], frozenset(gold), coded, here))
            start = end + 1
    return verdicts


def sum_up_sentences(verdicts: Sequence[Verdict]) -> dict[str, object]:
    """Precision, recall and F1 over sentences for each label, with the number of gold sentences."""
    right, coded, gold = Counter[str](), Counter[str](), Counter[str]()
    for verdict in verdicts:
        right.update(verdict.gold & verdict.coded)
        coded.update(verdict.coded)
        gold.update(verdict.gold)
    scores = {name: {**prf(right[name], coded[name], gold[name]), "gold": gold[name]} for name in LABELS}
    return {"sentences": len(verdicts), **scores}


def score_police(coder: Coder, rows: Sequence[Row]) -> dict[str, object]:
    """Code and measure."""
    return sum_up_sentences(judge_sentences(coder, rows))


def miss_sentences(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """Every label missed or given in vain, but ANY_ACTION, which has no word of its own."""
    for verdict in verdicts:
        for label in sorted((verdict.gold ^ verdict.coded) - {"ANY_ACTION"}):
            fitting = [event for event in verdict.events if label in labels_of(event)] or list(verdict.events)
            top = max(fitting, key=lambda event: event.score, default=None)
            shown = short(top.trigger.text) if top else "no trigger"
            got = "nothing" if top is None else f"{top.type}{'.' + top.mode if top.mode else ''} {top.status}"
            is_missed = label in verdict.gold
            wanted = label if is_missed else f"not {label}"
            yield Miss(verdict.doc_id, shown, wanted, got, top.score if top else 0.0, wanted)
