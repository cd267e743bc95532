"""How fast the coder is, as a share of its own encoder on the same text in the same run: `python -m evaluation.speed`.

The bare encoder is given the same word pieces once, in windows of 256, with nothing before or behind it; end to end is
from text to resolved events. One thread, the same process, taking turns, so that a busy machine slows both.
"""

import argparse
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from importlib import resources
from pathlib import Path

import numpy as np

from villani.records.text import Document, Page, Rejected
from villani.resources.weights import Weights, load_weights
from villani.run.coder import Coder, build_coder

ROUNDS = 5
FIRST_EVENT = """
import sys
from villani.cli import main
sys.argv = ["villani", "code", "-", "--date", "2024-02-14", "--format", "jsonl", "-q"]
main()
"""


def sample_documents(coder: Coder, folder: Path | None) -> list[Document]:
    """Texts to time: the built-in sample pages, or the gold articles where they are at hand."""
    if folder is not None and (folder / "dev.jsonl").exists():
        rows = [json.loads(line) for line in (folder / "dev.jsonl").read_text(encoding="utf-8").splitlines()]
        pages = [
            Page(source=row["doc_id"], kind="given", body=row["text"].encode(), title=row["title"]) for row in rows
        ]
    else:
        samples = resources.files("villani.resources") / "samples"
        pages = [
            Page(source=item.name, kind="html", body=item.read_bytes())
            for item in sorted(samples.iterdir(), key=lambda item: item.name)
            if item.name.endswith(".html")
        ]
    return [result for result in coder.clean(pages) if not isinstance(result, Rejected)]


def time_encoder(weights: Weights, documents: Sequence[Document]) -> tuple[float, int]:
    """Seconds and word pieces of the bare encoder over the documents."""
    rows = [row.ids for row in weights.tokenizer.encode_batch([d.text for d in documents], add_special_tokens=False)]
    chunks = [np.asarray(ids[cut : cut + 256], dtype=np.int64) for ids in rows for cut in range(0, len(ids), 256)]
    began = time.perf_counter()
    for chunk in chunks:
        weights.encode(chunk)
    return time.perf_counter() - began, sum(len(chunk) for chunk in chunks)


def time_coder(coder: Coder, documents: Sequence[Document]) -> float:
    """Seconds from text to resolved events."""
    began = time.perf_counter()
    for document in documents:
        coder.code([document])
    return time.perf_counter() - began


def time_first_event() -> float:
    """Seconds from starting the command to its first event, in a fresh process."""
    text = b"Rebels shelled the town of Sake on Tuesday, killing at least nine civilians, the army said."
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", FIRST_EVENT], input=text, capture_output=True, check=True)
    seconds = time.perf_counter() - began
    if not done.stdout:
        raise RuntimeError("the sentence gave no event, so its time means nothing")
    return seconds


def peak_megabytes(work: Callable[[], object]) -> float:
    """Largest memory of this process, in MB, after the work."""
    work()
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def measure() -> dict[str, float | int]:
    """All figures; ratios are medians over rounds that take turns."""
    weights, coder = load_weights(), build_coder()
    gold = Path(os.environ.get("VILLANI_GOLD", "../shared/gold"))
    documents = sample_documents(coder, gold)
    time_encoder(weights, documents)
    time_coder(coder, documents)
    bare, whole, pieces = [], [], 0
    for _ in range(ROUNDS):
        seconds, pieces = time_encoder(weights, documents)
        bare.append(seconds)
        whole.append(time_coder(coder, documents))
    ratios = sorted(b / w for b, w in zip(bare, whole, strict=True))
    best = min(whole)
    return {
        "share_of_encoder": round(ratios[len(ratios) // 2], 3),
        "word_pieces_per_s": round(pieces / best),
        "encoder_word_pieces_per_s": round(pieces / min(bare)),
        "documents_per_s": round(len(documents) / best, 1),
        "documents": len(documents),
        "peak_mb": round(peak_megabytes(lambda: coder.code(documents))),
        "first_event_s": round(min(time_first_event() for _ in range(3)), 2),
    }


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.speed", description=__doc__)
    parser.add_argument("--json", action="store_true", help="one line of JSON instead of a table")
    args = parser.parse_args()
    figures = measure()
    if args.json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"{name:26} {value:>10}")


if __name__ == "__main__":
    main()
