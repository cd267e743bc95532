"""Variety of the corpus, checked: `python -m training.variety [--write docs/corpus.md]`.

Fails on a passage that shares more than 40 % of its word 4-grams with another, names and numbers masked: a passage that
could be made from another by swapping names teaches nothing. Minimal pairs (`name-a`, `name-b`) may. Prints distinct
triggers, frames (the word before and behind a trigger) and sentence openings of each type, and how types meet statuses.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Sequence
from pathlib import Path

from training.data import CORPUS, corpus_passages
from training.markup import Passage, sentence_around
from villani.reading.labels import MODES_OF
from villani.records.reading import STATUSES

MAX_SHARED = 0.4
MIN_GRAMS = 12
WORD = re.compile(r"\w+")


def masked_grams(text: str) -> frozenset[tuple[str, ...]]:
    """Word 4-grams in lower case; capitalised words and numbers are one and the same."""
    words = ["#" if word[0].isdigit() or word[0].isupper() else word for word in WORD.findall(text)]
    return frozenset(tuple(words[index : index + 4]) for index in range(len(words) - 3))


def family(doc_id: str) -> str:
    """The name a minimal pair shares."""
    return doc_id[:-2] if re.search(r"-[a-z]$", doc_id) else doc_id


def find_doubles(passages: Sequence[Passage]) -> list[tuple[str, str, float]]:
    """Passages too alike, with the share of the shorter one's 4-grams that stands in the other."""
    grams = {p.doc_id: masked_grams(p.text) for p in passages}
    holders: defaultdict[tuple[str, ...], list[str]] = defaultdict(list)
    doubles = []
    for passage in passages:
        shared: Counter[str] = Counter()
        for gram in grams[passage.doc_id]:
            if gram.count("#") < 3:
                shared.update(holders[gram])
                holders[gram].append(passage.doc_id)
        for other, count in shared.items():
            share = count / max(MIN_GRAMS, min(len(grams[passage.doc_id]), len(grams[other])))
            if share > MAX_SHARED and family(other) != family(passage.doc_id):
                doubles.append((other, passage.doc_id, share))
    return doubles


def coverage(passages: Sequence[Passage]) -> str:
    """The coverage tables as Markdown."""
    counts: Counter[tuple[str, str]] = Counter()
    modes: Counter[str] = Counter()
    triggers, frames, openings = (defaultdict(set) for _ in range(3))
    for passage in passages:
        for event in passage.events:
            counts[event.type, event.status] += 1
            modes[f"{event.type}.{event.mode}" if event.mode else event.type] += 1
            before = WORD.findall(passage.text[max(0, event.trigger.start - 30) : event.trigger.start])[-1:]
            behind = WORD.findall(passage.text[event.trigger.end : event.trigger.end + 30])[:1]
            low, _ = sentence_around(passage.text, event.trigger.start)
            triggers[event.type].add(event.trigger.text.lower())
            frames[event.type].add((*before, *behind))
            openings[event.type].add(tuple(WORD.findall(passage.text[low : low + 60])[:3]))
    head = ("type", *STATUSES, "events", "distinct triggers", "frames", "openings")
    lines = [f"| {' | '.join(head)} |", "|---" * len(head) + "|"]
    for kind in MODES_OF:
        row = [counts[kind, status] for status in STATUSES]
        cells = [kind, *row, sum(row), len(triggers[kind]), len(frames[kind]), len(openings[kind])]
        lines.append(f"| {' | '.join(map(str, cells))} |")
    facts = Counter(f"{fact.record} {fact.kind}" for passage in passages for fact in passage.facts)
    quiet = sum(not passage.events for passage in passages)
    parts = (
        "# The corpus in numbers",
        "Written by `python -m training.variety --write docs/corpus.md`; do not edit.",
        f"{len(passages)} passages, {sum(counts.values())} events, {sum(facts.values())} facts; {quiet} hold no event.",
        "\n".join(lines),
        "Modes: " + ", ".join(f"{name} {count}" for name, count in sorted(modes.items())) + ".",
        "Relations and figures: " + ", ".join(f"{name} {count}" for name, count in sorted(facts.items())) + ".",
    )
    return "\n\n".join(parts) + "\n"


def main() -> int:
    """Check, print, write."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", type=Path, help="write the coverage tables here")
    args = parser.parse_args()
    passages = corpus_passages(CORPUS)
    names = Counter(passage.doc_id for passage in passages)
    repeated = [name for name, count in names.items() if count > 1]
    for name in repeated:
        print(f"error: two passages are called {name}; rename one", file=sys.stderr)
    doubles = find_doubles(passages)
    for first, second, share in doubles:
        print(f"error: {second} shares {share:.0%} of its 4-grams with {first}; write it anew", file=sys.stderr)
    print(coverage(passages))
    if args.write:
        args.write.write_text(coverage(passages), encoding="utf-8")
    return int(bool(doubles or repeated))


if __name__ == "__main__":
    sys.exit(main())
