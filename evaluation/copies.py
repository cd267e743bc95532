"""Copies: made launderings are to be found, independent reports of one event to be left apart."""

import argparse
import datetime as dt
import itertools
import json
import random
import resource
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import msgspec

from evaluation.coding import Row, read_rows
from evaluation.launderings import drop_sentences, load_thesaurus, make_launderings, swap_words
from villani.copies.fingerprint import Fingerprint, Fingerprinter
from villani.copies.matching import CopyMatcher
from villani.records.text import Document
from villani.run.copying import load_fingerprinter, match_copies

DATA = Path(__file__).parents[2] / "shared" / "data"
CROWD = (DATA / "train" / "wikinews-2019-2020.jsonl.gz", DATA / "dev" / "same-event-clusters.jsonl.gz")
EVERY = 2  # every second text is laundered


def build(doc_id: str, text: str) -> Document:
    """A document of a text, without a date, so that it is compared with all."""
    return Document(
        doc_id=doc_id,
        source="made",
        url=None,
        publisher=None,
        published=None,
        published_basis=None,
        language="en",
        title=text.partition("\n")[0],
        text=text,
    )


def text_of(row: Row) -> str:
    """Title and body."""
    title, text = row["title"], str(row["text"])
    return text if text.startswith(title[:20]) else f"{title}\n\n{text}"


def linked(matcher: CopyMatcher, first: Fingerprint, second: Fingerprint) -> bool:
    """Whether either is a copy of the other, and sharing a key would bring them together."""
    if not set(matcher.keys(first)) & set(matcher.keys(second)):
        return False
    return matcher.linked(first, second) or matcher.linked(second, first)


def measure_launderings(fingerprinter: Fingerprinter, rows: Sequence[Row]) -> dict[str, Any]:
    """Recall by way of laundering, over pairs of a page and a text it was made from, and the kind they are called."""
    texts = [text_of(row) for row in rows]
    originals = fingerprinter([build(f"o{number}", text) for number, text in enumerate(texts)])
    matcher = CopyMatcher()
    found, seen, kinds = Counter[str](), Counter[str](), defaultdict[str, Counter[str]](Counter)
    for number, made in enumerate(make_launderings(texts)):
        (page,) = fingerprinter([build(f"m{number}", made.text)])
        hits = [linked(matcher, originals[source], page) for source in made.sources]
        seen[made.way] += 1
        found[made.way] += any(hits)
        if len(hits) > 1:
            seen[f"{made.way}, each source"] += len(hits)
            found[f"{made.way}, each source"] += sum(hits)
        elif any(hits):
            kinds[made.way][matcher.mark(page, originals[made.sources[0]]).kind] += 1
    recall = {way: round(found[way] / seen[way], 3) for way in seen}
    plain = [way for way in seen if "each" not in way]
    whole = sum(found[way] for way in plain) / sum(seen[way] for way in plain)
    return {"recall": round(whole, 4), "by_way": recall, "kinds": {way: dict(count) for way, count in kinds.items()}}


def measure_collection(fingerprinter: Fingerprinter, rows: Sequence[Row]) -> dict[str, Any]:
    """All texts and the pages made from them in one collection without dates: pages in a group with a source of theirs.

    `merged` counts the pairs of texts of different events that are in one group; stitched pages tempt to it.
    """
    texts = [text_of(row) for row in rows]
    made = make_launderings(texts)
    items = fingerprinter([build(f"o{number}", text) for number, text in enumerate(texts)])
    items += fingerprinter([build(f"m{number}", page.text) for number, page in enumerate(made)])
    leads = {member: group.lead for group in match_copies(items).groups for member in group.members}
    found = sum(
        any(leads.get(f"m{number}", "") == leads.get(f"o{source}") for source in page.sources)
        for number, page in enumerate(made)
    )
    merged = sum(
        leads.get(f"o{first}", first) == leads.get(f"o{second}", second)
        for first, second in itertools.combinations(range(len(texts)), 2)
        if rows[first].get("event_id", first) != rows[second].get("event_id", second)
    )
    return {"recall": round(found / len(made), 4), "merged": merged}


def same_event_pairs(rows: Sequence[Row]) -> Iterator[tuple[int, int]]:
    """Numbers of rows that report one event."""
    for first, second in itertools.combinations(range(len(rows)), 2):
        if rows[first]["event_id"] == rows[second]["event_id"]:
            yield first, second


def measure_independent(fingerprinter: Fingerprinter, rows: Sequence[Row]) -> dict[str, Any]:
    """How many pairs of reports of one event are called copies, as they are and with one of the two laundered."""
    texts = [text_of(row) for row in rows]
    items = fingerprinter([build(f"{number}", text) for number, text in enumerate(texts)])
    swapped = [made.text for made in make_launderings(texts) if made.way == "swapped by thesaurus"]
    pages = fingerprinter([build(f"s{number}", text) for number, text in enumerate(swapped)])
    matcher = CopyMatcher()
    pairs = list(same_event_pairs(rows))
    called = [pair for pair in pairs if linked(matcher, items[pair[0]], items[pair[1]])]
    laundered = sum(linked(matcher, items[first], pages[second]) for first, second in pairs)
    groups = match_copies(items).groups
    return {
        "pairs": len(pairs),
        "called_copies": len(called),
        "share": round(len(called) / len(pairs), 4),
        "one_laundered_share": round(laundered / len(pairs), 4),
        "groups": len(groups),
        "in_groups": sum(len(group.members) for group in groups),
        "called": [f"{rows[first]['id'][:8]} {rows[second]['id'][:8]}" for first, second in called],
    }


def score_copies(path: Path) -> dict[str, Any]:
    """Recall on launderings of a file's texts; pairs of one event called copies where its rows have `event_id`."""
    fingerprinter, rows = load_fingerprinter(), read_rows(path)
    result = measure_launderings(fingerprinter, rows[::EVERY])
    result["collection"] = measure_collection(fingerprinter, rows[::EVERY])
    if rows and "event_id" in rows[0]:
        result["independent"] = measure_independent(fingerprinter, rows)
    return result


def make_crowd(count: int, seed: int = 1) -> Iterator[Document]:
    """Documents made by perturbing real ones (wikinews, same-event clusters), dated over two years.

    A quarter stands word for word, a quarter has lost sentences, a quarter has swapped words, a quarter has both.
    """
    rows = [row for path in CROWD for row in read_rows(path)]
    texts = [text_of(row) for row in rows]
    thesaurus, dice = load_thesaurus(), random.Random(seed)  # noqa: S311 - no cryptography
    days = [dice.randrange(730) for _ in texts]
    for number in range(count):
        source = dice.randrange(len(texts))
        text = texts[source]
        if number % 4 in {1, 3}:
            text = drop_sentences(text, dice.uniform(0.1, 0.5), dice)
        if number % 4 in {2, 3}:
            text = swap_words(text, dice.uniform(0.3, 0.6), thesaurus.swap, dice)
        day = dt.date(2023, 1, 1) + dt.timedelta(days[source] + dice.randrange(4))
        yield msgspec.structs.replace(build(f"{number:07}", text), published=day)


def measure_speed(count: int) -> dict[str, Any]:
    """Documents a second of processor time, and memory, for the copy pass over a crowd; making it is not counted."""
    fingerprinter, items = load_fingerprinter(), list[Fingerprint]()
    crowd, spent, characters = make_crowd(count), 0.0, 0
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    while batch := list(itertools.islice(crowd, 1000)):
        characters += sum(len(document.text) for document in batch)
        start = time.process_time()
        items.extend(fingerprinter(batch))
        spent += time.process_time() - start
    read = spent
    start = time.process_time()
    found = match_copies(items)
    spent += time.process_time() - start
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return {
        "documents": count,
        "characters_each": characters // count,
        "seconds": round(spent, 1),
        "of_which_fingerprints": round(read, 1),
        "documents_a_second": round(count / spent),
        "groups": len(found.groups),
        "copies": len(found.copies),
        "megabytes": (after - before) // 1024,
    }


def main() -> int:
    """Measure the speed for a number of documents."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.copies", description=measure_speed.__doc__)
    parser.add_argument("documents", type=int)
    print(json.dumps(measure_speed(parser.parse_args().documents)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
