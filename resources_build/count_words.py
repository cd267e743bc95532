"""Count in how many texts each word stands: `lexicons/en/word_counts.tsv`.

    VILLANI_DATA=../shared/data python resources_build/count_words.py

Reads English Wikinews 2019-2020 (CC BY 2.5), MEANTIME (CC BY 4.0), UD English EWT and GUM (CC BY-SA 4.0, CC BY) and the
passages of `training/corpus`; a count of words is a fact. ECB+ is left out: stories are measured on it. The same inputs
give the same bytes.
"""

import gzip
import json
import os
import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from villani.resources.word_counts import word_stems

ROOT = Path(__file__).resolve().parents[1]
TRAIN = Path(os.environ.get("VILLANI_DATA", str(ROOT.parent / "shared" / "data"))) / "train"
TARGET = ROOT / "src" / "villani" / "resources" / "lexicons" / "en" / "word_counts.tsv"
MIN_TEXTS = 5
_MARKS = re.compile(r"\[[\d,+& ]*|[\]{}]")  # "[3 flying sorties]" gives "flying sorties"
HEADER = """\
# source: English Wikinews 2019-2020, MEANTIME, UD English EWT and GUM, and the passages of training/corpus
# licence: Apache-2.0 (counts)
# version: 1
# made: resources_build/count_words.py
# columns: word (small, without 's and plural s), number of texts it stands in; the line * is the number of texts
# known problems: texts of very different length; words of fewer than 5 texts are left out
word\ttexts
"""


def main() -> None:
    """Count and write."""
    counts: Counter[str] = Counter()
    texts = 0
    for text in read_texts():
        counts.update(set(word_stems(text)))
        texts += 1
    kept = sorted((word, count) for word, count in counts.items() if count >= MIN_TEXTS)
    TARGET.write_text(HEADER + "".join(f"{word}\t{count}\n" for word, count in [("*", texts), *kept]), encoding="utf-8")
    print(f"{TARGET}: {len(kept):,} words of {texts:,} texts")


def read_texts() -> Iterator[str]:
    """All texts, one after the other."""
    with gzip.open(TRAIN / "wikinews-2019-2020.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            yield f"{row['title']}\n{row['text']}"
    with gzip.open(TRAIN / "meantime-events.jsonl.gz", "rt", encoding="utf-8") as lines:
        for line in lines:
            yield " ".join(json.loads(line)["tokens"])
    for path in sorted((ROOT / "training" / "corpus").glob("*.txt")):
        if not path.name.startswith("garbled"):
            for passage in path.read_text(encoding="utf-8").split("\n== ")[1:]:
                yield _plain(passage)
    for name in ("gum", "ewt"):
        yield from _conllu(TRAIN / f"ud-{name}.train.conllu.gz")


def _plain(passage: str) -> str:
    """A passage of our corpus without its lines of mark-up."""
    return "\n".join(_MARKS.sub(" ", line) for line in passage.splitlines()[1:] if line[:1] not in "@%")


def _conllu(path: Path) -> Iterator[str]:
    """The documents of a treebank."""
    sentences: list[str] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            if line.startswith("# newdoc") and sentences:
                yield " ".join(sentences)
                sentences = []
            elif line.startswith("# text = "):
                sentences.append(line.removeprefix("# text = ").strip())
    if sentences:
        yield " ".join(sentences)


if __name__ == "__main__":
    main()
