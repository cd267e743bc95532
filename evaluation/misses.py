"""Errors worth showing: a record of one, and the choice of the most telling.

The development texts are not ours to publish: an error shows its document, a few words and the labels, no sentence.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

MAX_WORDS = 6
A_DOCUMENT = 2  # errors of one document, so that one odd page does not fill the list


@dataclass(frozen=True)
class Miss:
    """One error: the trigger's or phrase's `words`, what was `wanted` and what was `got`.

    `score` is the coded event's (0 to 1), 0.0 where nothing was coded; `kind` names errors that count as alike.
    """

    doc_id: str
    words: str
    wanted: str
    got: str
    score: float
    kind: str


def short(text: str) -> str:
    """The first words of a phrase, on one line, safe in a Markdown table."""
    words = text.replace("|", "/").split()
    return " ".join(words[:MAX_WORDS]) + (" ..." if len(words) > MAX_WORDS else "")


def telling(misses: Iterable[Miss], most: int = 10) -> list[Miss]:
    """The errors that say most: the commonest kinds in turn, of each kind the surest.

    Args:
        misses: All errors of a measure.
        most: How many to give.

    Returns:
        At most two of one document, in the order of choice; ties go by document and words, so that a rebuilt page
        changes only where the coder did.
    """
    kinds: defaultdict[str, list[Miss]] = defaultdict(list)
    for miss in misses:
        kinds[miss.kind].append(miss)
    queues = [
        sorted(group, key=lambda miss: (-miss.score, miss.doc_id, miss.words))
        for _, group in sorted(kinds.items(), key=lambda item: (-len(item[1]), item[0]))
    ]
    chosen: list[Miss] = []
    while len(chosen) < most and any(queues):
        for queue in queues:
            found = _next(queue, chosen)
            if found is not None:
                chosen.append(found)
    return chosen[:most]


def _next(queue: list[Miss], chosen: Sequence[Miss]) -> Miss | None:
    """The first of a queue whose document may still be shown and that is not shown already; taken out of it."""
    while queue:
        miss = queue.pop(0)
        shown = [(other.words, other.got) for other in chosen if other.doc_id == miss.doc_id]
        if len(shown) < A_DOCUMENT and (miss.words, miss.got) not in shown:
            return miss
    return None
