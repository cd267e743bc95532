"""Windows of word pieces: the title, a sentence of context, then whole sentences."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from tokenizers import Tokenizer

from villani.records.text import Document, Span

MAX_PIECES = 256
MAX_TITLE = 40
MAX_CONTEXT = 56
CLS, SEP = 101, 102

Ints = npt.NDArray[np.int64]


@dataclass(frozen=True, eq=False)
class Window:
    """One input of the encoder.

    Arrays have one entry a word piece: `ids` (vocabulary), `starts` and `ends` (half-open code points into the
    document's text, -1 for marks of the encoder), `sentences` (index into the document's sentences, -1 likewise),
    `owned` (whether events whose trigger is this piece are read from this window; context belongs to another one).
    """

    ids: Ints
    starts: Ints
    ends: Ints
    sentences: Ints
    owned: npt.NDArray[np.bool_]


@dataclass(frozen=True, eq=False)
class _Pieces:
    """Word pieces of one sentence, offsets into the document."""

    sentence: int
    ids: list[int]
    offsets: list[tuple[int, int]]


def cut_windows(document: Document, sentences: Sequence[Span], tokenizer: Tokenizer) -> list[Window]:
    """Cut a document into windows of at most 256 word pieces.

    Each sentence is owned by exactly one window. The title stands in front of every window, and the sentence before
    the first owned one is there as context, so that pronouns have something to point to.

    Args:
        document: The document.
        sentences: Its sentences, in order.
        tokenizer: The encoder's own tokenizer, without special pieces.

    Returns:
        Windows in the order of the text; none for a document without sentences.
    """
    encoded = tokenizer.encode_batch([document.words(span) for span in sentences], add_special_tokens=False)
    rows: list[_Pieces] = []
    for index, (span, row) in enumerate(zip(sentences, encoded, strict=True)):
        offsets = [(span.start + low, span.start + high) for low, high in row.offsets]
        step = MAX_PIECES - MAX_TITLE - 3
        rows.extend(
            _Pieces(index, row.ids[cut : cut + step], offsets[cut : cut + step]) for cut in range(0, len(row.ids), step)
        )
    titles = sum(1 for span in sentences if span.end <= len(document.title))
    return _pack(rows, titles)


def _pack(rows: Sequence[_Pieces], titles: int) -> list[Window]:
    """Fill windows greedily; `titles` is the number of sentences that make up the title."""
    title = [row for row in rows if row.sentence < titles][:1]
    windows: list[Window] = []
    position = 0
    while position < len(rows):
        context = [] if position == 0 else _context(rows, position, title)
        used = 3 + sum(len(row.ids) for row in context)
        last = position
        while last < len(rows) and (last == position or used + len(rows[last].ids) <= MAX_PIECES):
            used += len(rows[last].ids)
            last += 1
        windows.append(_window(context, rows[position:last], titles))
        position = last
    return windows


def _context(rows: Sequence[_Pieces], position: int, title: Sequence[_Pieces]) -> list[_Pieces]:
    """The title (cut) and the sentence before, where it is short enough."""
    first = rows[position]
    room = MAX_PIECES - 3 - len(first.ids)
    chosen = [_Pieces(row.sentence, row.ids[:MAX_TITLE], row.offsets[:MAX_TITLE]) for row in title]
    before = rows[position - 1]
    if len(before.ids) <= MAX_CONTEXT and before.sentence not in {row.sentence for row in chosen}:
        chosen.append(before)
    while chosen and sum(len(row.ids) for row in chosen) > room:
        chosen.pop()
    return chosen


def _window(context: Sequence[_Pieces], own: Sequence[_Pieces], titles: int) -> Window:
    ids, offsets, sentences, owned = [CLS], [(-1, -1)], [-1], [False]
    parted = False
    for row, is_own in [*((row, False) for row in context), *((row, True) for row in own)]:
        if row.sentence >= titles and not parted:
            parted = True
            if len(ids) > 1:
                ids.append(SEP)
                offsets.append((-1, -1))
                sentences.append(-1)
                owned.append(False)
        ids += row.ids
        offsets += row.offsets
        sentences += [row.sentence] * len(row.ids)
        owned += [is_own] * len(row.ids)
    ids.append(SEP)
    offsets.append((-1, -1))
    sentences.append(-1)
    owned.append(False)
    places = np.asarray(offsets, dtype=np.int64)
    return Window(
        ids=np.asarray(ids, dtype=np.int64),
        starts=places[:, 0],
        ends=places[:, 1],
        sentences=np.asarray(sentences, dtype=np.int64),
        owned=np.asarray(owned, dtype=np.bool_),
    )
