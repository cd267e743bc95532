"""What is kept of a document to find its copies: its words as numbers, cut into units, and keys to look them up by."""

import datetime as dt
import math
import re
from collections.abc import Iterable, Iterator
from hashlib import blake2b
from zlib import crc32

import numpy as np
import numpy.typing as npt

from villani.copies.minhash import sign
from villani.records.text import Document, Record
from villani.resources.word_counts import WordCounts, word_stems

Numbers = npt.NDArray[np.uint64]

# Statements are printed word for word by everyone who was sent them: they say nothing of who copied from whom.
QUOTATION = re.compile(r"(“[^”\n]*”|\"[^\"\n]*\")")
FIRST_PERSON = frozenset(
    "I I'm I've I'll I'd I’m I’ve I’ll I’d me My my We we We're we're We’re we’re We've we've Our our".split()
)  # a statement without its quotation marks
UNIT_END = re.compile(r" (?=[A-Z“\"])(?:(?<=[.!?;”\"] )|(?<=[.!?;”\"]  ))")  # the blank first, which is found fastest
MIN_UNIT = 6  # words; what is shorter goes with what follows, since short sentences are alike by chance
MAX_CHARS = 100_000
KNOWN_WORDS = 500_000
NAME_KEYS, TRIGRAM_KEYS = 14, 10
# Weights are eighths of the natural logarithm of (documents / documents with the word).
EIGHTHS = 8
NAMELIKE = 40  # a capital at the start of a unit is a name only on a word this rare (one document in 150)
RARE_TRIGRAM = 100  # sum of the weights of three words
ALL_CAPITALS = 0.5  # above this share of words with a capital, capitals mark no names
_FIRST, _SECOND, _THIRD = (np.uint64(n) for n in (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9))
_MARK = 1 << 40


class Fingerprint(Record, frozen=True, kw_only=True):
    """A document as the copy matcher sees it; some 4 kB for an article of 600 words.

    A unit is a sentence, or several short ones. Units of the writer come first, then those of statements: quotations,
    and sentences with "I" or "we".

    Attributes:
        doc_id: The document's.
        published: Its day, or None.
        words: CRC-32 of each word's stem; uint32, (words,), as bytes.
        weights: How telling each word is (see `EIGHTHS`); uint8, (words,), as bytes.
        ends: Where each unit ends, in words; uint32, (units,), as bytes.
        told: How many of the units are the writer's.
        keys: What to look for copies by: numbers of the whole text, of pairs of neighbouring names and of rare
            3-grams; uint64, as bytes.
        signature: MinHash of the word 3-grams, uint32 as bytes; empty for a text of fewer than three words.
    """

    doc_id: str
    published: dt.date | None
    words: bytes
    weights: bytes
    ends: bytes
    told: int
    keys: bytes
    signature: bytes

    def __len__(self) -> int:
        """How many words it has."""
        return len(self.weights)

    @property
    def roughness(self) -> float:
        """The mean weight of its words: higher where they were swapped for rarer ones."""
        return sum(self.weights) / max(1, len(self.weights))


class Fingerprinter:
    """The stage from documents to fingerprints.

    Args:
        counts: In how many texts of news each word stands.
    """

    def __init__(self, counts: WordCounts) -> None:
        self._words = _Words(counts)

    def __call__(self, documents: Iterable[Document]) -> list[Fingerprint]:
        """One fingerprint a document, in order."""
        return [self._fingerprint(document) for document in documents]

    def _fingerprint(self, document: Document) -> Fingerprint:
        codes, ends, told = self._encode(_read(document)[:MAX_CHARS])
        packed = np.array(codes, dtype=np.uint64)
        ids = packed & np.uint64(0xFFFFFFFF)
        weights = ((packed >> np.uint64(32)) & np.uint64(0xFF)).astype(np.uint8)
        trigrams = ids[:-2] * _FIRST + ids[1:-1] * _SECOND + ids[2:] * _THIRD
        sums = weights[:-2].astype(np.uint16) + weights[1:-1] + weights[2:]
        names = ids[_find_names(packed >= np.uint64(_MARK), weights, ends)]
        pairs = names[:-1] * _FIRST ^ names[1:] * _SECOND
        words = ids.astype(np.uint32).tobytes()
        whole = np.frombuffer(
            blake2b(words, digest_size=8).digest(), dtype=np.uint64
        )  # finds the same text, however short
        keys = (whole[: len(ids)], _smallest(pairs, NAME_KEYS), _smallest(trigrams[sums >= RARE_TRIGRAM], TRIGRAM_KEYS))
        return Fingerprint(
            doc_id=document.doc_id,
            published=document.published,
            words=words,
            weights=weights.tobytes(),
            ends=np.array(ends, dtype=np.uint32).tobytes(),
            told=told,
            keys=np.concatenate(keys).tobytes(),
            signature=sign(trigrams),
        )

    def _encode(self, text: str) -> tuple[list[int], list[int], int]:
        """Codes of the words, the writer's first, the ends of the units, and how many units are the writer's."""
        statements: list[list[str]] = []
        parts = QUOTATION.split(text)
        told = list(_cut(" ".join(parts[::2]), statements))
        statements.extend(_cut("\n".join(parts[1::2]), statements))
        codes: list[int] = []
        ends: list[int] = []
        self._append(told, codes, ends)
        count = len(ends)
        self._append(statements, codes, ends)
        return codes, ends, count

    def _append(self, units: list[list[str]], codes: list[int], ends: list[int]) -> None:
        """Add units to the words and ends; a unit of dashes is none."""
        for unit in units:
            before = len(codes)
            codes.extend(filter(None, map(self._words.__getitem__, unit)))
            if len(codes) > before:
                ends.append(len(codes))


class _Words(dict[str, int]):
    """Codes of words as printed, worked out when first met.

    A code is the CRC-32 of the word's stem, its weight shifted by 32, and a bit for a capital or a digit. What has no
    letter or digit, as a dash, has the code 0.
    """

    def __init__(self, counts: WordCounts) -> None:
        super().__init__()
        self._counts = counts

    def __missing__(self, word: str) -> int:
        code = self._work_out(word)
        if len(self) < KNOWN_WORDS:  # bounds the memory; the code does not depend on what was met before
            self[word] = code
        return code

    def _work_out(self, word: str) -> int:
        stems = word_stems(word)
        if not stems:
            return 0
        rarest = min(self._counts.counts.get(stem, 1) for stem in stems)
        weight = min(255, round(EIGHTHS * math.log(self._counts.texts / rarest)))
        mark = 0 if word.islower() else _MARK
        return crc32("-".join(stems).encode()) | weight << 32 | mark


def _read(document: Document) -> str:
    """The text without the ranges that stand apart."""
    if not document.apart:
        return document.text
    parts, position = [], 0
    for span in sorted(document.apart):
        parts.append(document.text[position : max(position, span.start)])
        position = max(position, span.end)
    return "\n".join([*parts, document.text[position:]])


def _cut(text: str, statements: list[list[str]]) -> Iterator[list[str]]:
    """The units of a text as words; those in the first person are put with the statements instead."""
    unit: list[str] = []
    for part in (part for line in text.split("\n") for part in UNIT_END.split(line)):
        unit += part.split()
        if len(unit) >= MIN_UNIT:
            if FIRST_PERSON.isdisjoint(unit):
                yield unit
            else:
                statements.append(unit)
            unit = []
    if unit:
        yield unit


def _find_names(
    capitals: npt.NDArray[np.bool_], weights: npt.NDArray[np.uint8], ends: list[int]
) -> npt.NDArray[np.bool_]:
    """Which words are names or numbers; in a text all in capitals, the rare words."""
    if not ends or capitals.mean() > ALL_CAPITALS:
        return weights >= NAMELIKE
    found = capitals.copy()
    firsts = [0, *ends[:-1]]
    found[firsts] &= weights[firsts] >= NAMELIKE
    return found


def _smallest(hashes: Numbers, count: int) -> Numbers:
    """The smallest few, mixed: two texts that share much share some of them (bottom-k sketches, Broder 1997)."""
    mixed = (hashes ^ (hashes >> np.uint64(29))) * _THIRD
    if len(mixed) > 4 * count:  # most stand once: sorting four times as many is enough
        mixed = np.partition(mixed, 4 * count)[: 4 * count]
    found: Numbers = np.unique(mixed)[:count]
    return found
