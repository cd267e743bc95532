"""Whether a document was copied from another, sentence by sentence, whatever was done to its words.

Two reports of one event share names, numbers and statements; a copy shares the *order of its words*, sentence after
sentence, even where every second one was swapped. Each unit of the page (see `fingerprint`) is laid beside the unit of
the other text that is most like it (tf-idf cosine), and the words both have in the same order are counted.
"""

from dataclasses import dataclass
from functools import cached_property, lru_cache, reduce
from operator import or_
from typing import Literal

import numpy as np
import numpy.typing as npt

from villani.copies.fingerprint import Fingerprint
from villani.copies.minhash import estimate_jaccard
from villani.records.events import Copy

Kind = Literal["verbatim", "edited", "laundered"]

WINDOW_DAYS = 30
NEAR_EXACT = 0.9  # estimated Jaccard similarity of word 3-grams
COMMON = 20  # weight below which a word aligns nothing: the, of, said ... (one document of twelve, or more)
# Share of a unit's words that stand in the other in the same order; see docs/decisions/0010-copies.md for the curves.
SURE, LIKELY = 0.55, 0.40  # alone; next to a unit that is sure
LEAST_COSINE = 0.2  # below, two units are not compared
SPREAD = 2  # units a sentence may have moved and still count as next
CHANCE = 0.4  # share of a unit's words that may stand in a like one by chance; what is above counts as evidence
MIN_SHARE = 0.30  # of the page's words
MIN_EVIDENCE = 5  # words above chance times share: a small part of a page must be copied the more plainly
LEAST_TOLD = 40  # words; a page whose writer says less, a speech or an interview, is compared with its statements
VERBATIM, EDITED = 0.97, 0.88  # of the words of copied units, those that stand in the other


@dataclass(frozen=True)
class Overlap:
    """What a page has from another document.

    Of `total` words compared `words` stand in copied units, `kept` of them in the other text too, in the same order;
    `evidence` is how many more that is than chance leaves. `theirs` has a bit set for each of the other text's units
    that were taken.
    """

    theirs: int
    words: int
    kept: int
    total: int
    evidence: float

    @property
    def share(self) -> float:
        """The share of the page's words that stand in copied units, 0 to 1."""
        return self.words / self.total if self.total else 0.0

    @property
    def kind(self) -> Kind:
        """How the copied units were treated."""
        rate = self.kept / self.words if self.words else 1.0
        if rate >= VERBATIM:
            return "verbatim"
        return "edited" if rate >= EDITED else "laundered"


class CopyMatcher:
    """A `Matcher` of fingerprints: which documents are copies of which.

    What a copy has from its lead is kept, so that it need not be worked out again; this changes no answer.
    """

    def __init__(self) -> None:
        self._overlaps: dict[tuple[str, str], Overlap] = {}

    def keys(self, item: Fingerprint) -> list[int]:
        """What candidates are found by."""
        keys: list[int] = np.frombuffer(item.keys, dtype=np.uint64).tolist()
        return keys

    def linked(self, first: Fingerprint, second: Fingerprint) -> bool:
        """Whether the second is a copy of the first."""
        if not within_days(first, second):
            return False
        if len(first) and first.words == second.words:
            return True
        if estimate_jaccard(first.signature, second.signature) >= NEAR_EXACT:
            return True
        found = compare(second, first)
        is_copy = found.share >= MIN_SHARE and found.evidence * found.share >= MIN_EVIDENCE
        if is_copy:
            self._overlaps[second.doc_id, first.doc_id] = found
        return is_copy

    def overlap(self, page: Fingerprint, original: Fingerprint) -> Overlap:
        """What the page has from the original."""
        return self._overlaps.get((page.doc_id, original.doc_id)) or compare(page, original)

    def mark(self, page: Fingerprint, original: Fingerprint) -> Copy:
        """How the page was copied from the original."""
        found = self.overlap(page, original)
        return Copy(of=original.doc_id, kind=found.kind, share=round(found.share, 2))


def within_days(first: Fingerprint, second: Fingerprint) -> bool:
    """Whether the two lie inside the window; a document without a date lies near all."""
    if first.published is None or second.published is None:
        return True
    return abs((first.published - second.published).days) <= WINDOW_DAYS


def compare(page: Fingerprint, original: Fingerprint) -> Overlap:
    """What of the page stands in the original."""
    ours = _Units.of(page)
    if page.words == original.words:
        return Overlap((1 << len(ours.bounds) - 1) - 1, len(page), len(page), len(page), float(len(page)))
    theirs = _unpack(original)
    told_only = ours.bounds[page.told] >= LEAST_TOLD
    pairs = [
        _measure(ours.unit(number), theirs.unit(other), other)
        if other >= 0
        else _Pair(-1, len(ours.unit(number)), 0, 0)
        for number, other in enumerate(_align(ours, theirs, page.told if told_only else len(ours.bounds) - 1))
    ]
    sure = {(number, pair.other) for number, pair in enumerate(pairs) if pair.rate >= SURE}
    compared, copied = 0, list[_Pair]()
    for number, pair in enumerate(pairs):
        is_copied = pair.rate >= SURE or (pair.rate >= LIKELY and _stands_next(number, pair.other, sure))
        if is_copied and told_only and pair.other >= original.told:
            continue  # the writer tells what is a statement in the other text
        compared += pair.words
        if is_copied:
            copied.append(pair)
    return Overlap(
        theirs=reduce(or_, (1 << pair.other for pair in copied), 0),
        words=sum(pair.words for pair in copied),
        kept=sum(pair.kept for pair in copied),
        total=compared,
        evidence=sum(pair.kept - CHANCE * pair.longer for pair in copied),
    )


@dataclass(frozen=True)
class _Pair:
    """A unit of some words beside the other text's unit `other`, and how many words both have in the same order.

    `longer` is the number of words of the longer of the two.
    """

    other: int
    words: int
    kept: int
    longer: int

    @property
    def rate(self) -> float:
        """The share of the longer unit's words that both have."""
        return self.kept / self.longer if self.longer else 0.0


@dataclass(frozen=True)
class _Units:
    """A fingerprint unpacked: words and weights, the unit of each, and `bounds`, which open with 0."""

    words: npt.NDArray[np.uint32]
    weights: npt.NDArray[np.float64]
    numbers: npt.NDArray[np.int64]
    bounds: list[int]
    listed: list[int]

    @classmethod
    def of(cls, item: Fingerprint) -> "_Units":
        ends = np.frombuffer(item.ends, dtype=np.uint32)
        bounds = [0, *ends.tolist()]
        words = np.frombuffer(item.words, dtype=np.uint32)
        numbers = np.repeat(np.arange(len(ends)), np.diff(bounds))
        weights = np.frombuffer(item.weights, dtype=np.uint8).astype(np.float64)
        return cls(words, weights, numbers, bounds, words.tolist())

    @cached_property
    def telling(self) -> npt.NDArray[np.int64]:
        """Where the words stand that can align units, sorted by word."""
        places = np.flatnonzero(self.weights >= COMMON)
        return places[np.argsort(self.words[places], kind="stable")]

    @cached_property
    def ordered(self) -> npt.NDArray[np.uint32]:
        """The words at `telling`."""
        return self.words[self.telling]

    @cached_property
    def lengths(self) -> npt.NDArray[np.float64]:
        """How long each unit is as a vector of its telling words; 1 for a unit that has none."""
        squares = np.where(self.weights >= COMMON, self.weights, 0.0) ** 2
        return np.sqrt(np.maximum(np.bincount(self.numbers, squares, minlength=len(self.bounds) - 1), 1.0))

    def unit(self, number: int) -> list[int]:
        """The words of one unit."""
        return self.listed[self.bounds[number] : self.bounds[number + 1]]


@lru_cache(maxsize=256)
def _unpack(item: Fingerprint) -> _Units:
    """A lead unpacked; its copies come one after the other, for they are near in time."""
    return _Units.of(item)


def _align(ours: _Units, theirs: _Units, count: int) -> list[int]:
    """For each of our first units the number of theirs that is most like it, or -1."""
    size = len(theirs.bounds) - 1
    mine = np.flatnonzero(ours.weights[: ours.bounds[count]] >= COMMON)
    first = np.searchsorted(theirs.ordered, ours.words[mine], "left")
    times = np.searchsorted(theirs.ordered, ours.words[mine], "right") - first
    met = np.repeat(mine, times)
    at = theirs.telling[np.repeat(first - np.cumsum(times) + times, times) + np.arange(len(met))]
    if not len(met):
        return [-1] * count
    cells = ours.numbers[met] * size + theirs.numbers[at]
    sums = np.bincount(cells, ours.weights[met] ** 2, minlength=count * size).reshape(count, size)
    votes = sums / np.outer(ours.lengths[:count], theirs.lengths)
    best = votes.argmax(axis=1)
    best[votes[np.arange(count), best] < LEAST_COSINE] = -1
    found: list[int] = best.tolist()
    return found


def _measure(unit: list[int], other: list[int], number: int) -> _Pair:
    kept = len(unit) if unit == other else count_in_order(unit, other)
    return _Pair(number, len(unit), kept, max(len(unit), len(other)))


def count_in_order(first: list[int], second: list[int]) -> int:
    """How many words two sequences share in the same order: their longest common subsequence.

    Source: the bit-parallel algorithm of Hyyrö (2004).
    """
    places: dict[int, int] = {}
    bit = 1
    for word in second:
        places[word] = places.get(word, 0) | bit
        bit <<= 1
    full = state = bit - 1
    for word in first:
        if word in places:
            met = state & places[word]
            state = ((state + met) | (state - met)) & full
    return len(second) - state.bit_count()


def _stands_next(unit: int, other: int, sure: set[tuple[int, int]]) -> bool:
    """Whether a neighbour of the unit was copied from a neighbour of the other."""
    return any((unit + step, other + step * far) in sure for step in (-1, 1) for far in range(1, SPREAD + 1))
