"""What the encoder's heads say of one window, as probabilities."""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from itertools import accumulate, pairwise

import numpy as np
import numpy.typing as npt

from villani.reading.labels import (
    DISTANCES,
    FIGURES,
    KINDS,
    MIX_SIZE,
    MODES,
    PAIR_SIZE,
    PAIRS,
    TRIGGERS,
    distance_bucket,
)
from villani.reading.windows import Window
from villani.records.reading import STATUSES

Floats = npt.NDArray[np.float32]
Encode = Callable[[npt.NDArray[np.int64]], tuple[Floats, Floats, Floats, Floats]]
"""Word pieces of one window, int64 (pieces,), to tags, left, right and lean, float32 (pieces, size) each."""

SIZES = (len(KINDS) * 3, len(TRIGGERS), len(MODES), len(STATUSES), len(FIGURES))


@dataclass(frozen=True, eq=False)
class PairTables:
    """What a pair's score takes from elsewhere than its two sides.

    `distance` and `apart`, float32 (24, pairs + mix) and (3, pairs + mix), are added to score and mixture for the
    distance in word pieces and for lying in another sentence; `mix` (mix, pairs) reads the mixture; `bias` (pairs,).
    """

    distance: Floats
    apart: Floats
    mix: Floats
    bias: Floats

    @classmethod
    def of(cls, tables: Mapping[str, Sequence[object]]) -> "PairTables":
        """From the nested lists of the model's metadata.

        Raises:
            ValueError: a table has not the shape the label sets ask for.
        """
        arrays = [np.asarray(tables[name], dtype=np.float32) for name in ("distance", "apart", "mix", "bias")]
        size = len(PAIRS) + MIX_SIZE
        wanted = [(DISTANCES, size), (3, size), (MIX_SIZE, len(PAIRS)), (len(PAIRS),)]
        if [array.shape for array in arrays] != wanted:
            raise ValueError(f"pair tables of shapes {[array.shape for array in arrays]}, expected {wanted}")
        return cls(*arrays)


@dataclass(frozen=True, eq=False)
class Scores:
    """Probabilities of one window, one row a word piece; `mention` is (pieces, kinds, 3) for outside, begin, inside."""

    window: Window
    mention: Floats
    trigger: Floats
    mode: Floats
    status: Floats
    figure: Floats
    left: Floats
    right: Floats
    lean: Floats
    tables: PairTables

    def pairs(self, left: int, spans: Sequence[tuple[int, int]], names: Sequence[str]) -> Floats:
        """Probability of relations between a piece and spans of pieces.

        Args:
            left: Piece of the trigger (or a relation's subject).
            spans: First and last piece of each right side.
            names: Which of PAIRS to score.

        Returns:
            float32 (spans, names).
        """
        if not spans:
            return np.zeros((0, len(names)), dtype=np.float32)
        kinds = [PAIRS.index(name) for name in names]
        firsts, lasts = (np.asarray(column) for column in zip(*spans, strict=True))
        split, count = len(PAIRS) * PAIR_SIZE, len(PAIRS)
        right = (self.right[firsts] + self.right[lasts]) / 2
        one = self.left[left, :split].reshape(count, PAIR_SIZE)[kinds]
        two = right[:, :split].reshape(len(spans), count, PAIR_SIZE)[:, kinds]
        score = np.einsum("kd,skd->sk", one, two) / np.float32(PAIR_SIZE**0.5)
        score += (self.lean[firsts][:, kinds] + self.lean[lasts][:, kinds]) / 2
        buckets = [distance_bucket(int(first) - left) for first in firsts]
        sentences = self.window.sentences
        apart = np.where(sentences[firsts] == sentences[left], 0, np.where(sentences[firsts] > 0, 1, 2))
        added = self.tables.distance[buckets] + self.tables.apart[apart]
        hidden = np.maximum(self.left[left, split:] + right[:, split:] + added[:, count:], 0.0)
        score += added[:, kinds] + self.tables.bias[kinds] + hidden @ self.tables.mix[:, kinds]
        return sigmoid(score)


def score_window(window: Window, encode: Encode, tables: PairTables) -> Scores:
    """Run the encoder over one window."""
    tags, left, right, lean = encode(window.ids)
    mention, trigger, mode, status, figure = (tags[:, low:high] for low, high in pairwise((0, *accumulate(SIZES))))
    return Scores(
        window=window,
        mention=softmax(mention.reshape(len(tags), len(KINDS), 3)),
        trigger=softmax(trigger),
        mode=softmax(mode),
        status=softmax(status),
        figure=softmax(figure),
        left=left,
        right=right,
        lean=lean,
        tables=tables,
    )


def calibrate(score: float, scale: float, shift: float) -> float:
    """A probability whose log-odds are scaled and shifted (Platt 1999)."""
    odds = min(max(score, 1e-6), 1.0 - 1e-6)
    return 1.0 / (1.0 + math.exp(-(scale * math.log(odds / (1.0 - odds)) + shift)))


def softmax(scores: Floats) -> Floats:
    """Over the last axis."""
    shifted = np.exp(scores - scores.max(axis=-1, keepdims=True))
    return np.asarray(shifted / shifted.sum(axis=-1, keepdims=True), dtype=np.float32)


def sigmoid(scores: Floats) -> Floats:
    """Logistic function, safe for large scores."""
    return np.asarray(1.0 / (1.0 + np.exp(-np.clip(scores, -30.0, 30.0))), dtype=np.float32)
