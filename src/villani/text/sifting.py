"""What of an article's blocks is title, furniture, repeated headline, byline or credit."""

import datetime as dt
import re
from collections.abc import Sequence

import msgspec

from villani.records.text import MAX_WRAPPED, MIN_WRAPPED, is_wrapped
from villani.resources.furniture import Furniture
from villani.text.credits import Credit, CreditReader
from villani.text.furniture import Sieve, is_label, is_stamp, read_date

TOP_BLOCKS = 8
END_BLOCKS = 6
_BLANKS = re.compile(r"[\W_]+")
_CRUMB_END = re.compile(r"[»›>→/|]\s*([^»›>→/|]+)$")


class Cut(msgspec.Struct, frozen=True):
    """A part of a block, half-open."""

    block: int
    start: int
    end: int


class Sifted(msgspec.Struct, frozen=True, kw_only=True):
    """What was found in a list of blocks.

    `title` is the index of the title's block. `cuts` are parts of no article; `filed` are the places of bylines, whose
    blocks (`asides`) stay for their sake. `stamped` is the first whole date in a time stamp.
    """

    title: int | None
    cuts: tuple[Cut, ...]
    asides: tuple[Cut, ...]
    filed: tuple[Cut, ...]
    names: tuple[str, ...]
    credits: tuple[str, ...]
    stamped: dt.date | None


class Sifter:
    """Sorts the blocks of an article.

    Args:
        furniture: The phrases that give furniture and credits away.
    """

    def __init__(self, furniture: Furniture) -> None:
        self._sieve, self._credits = Sieve(furniture), CreditReader(furniture)

    def sift(self, blocks: Sequence[str], *, is_titled: bool) -> Sifted:
        """Sort blocks; `is_titled` says that the first one is the title, else a title is looked for."""
        flags = self._sieve.find(blocks)
        if is_titled:
            flags[0] = False
        title = 0 if is_titled else self._find_title(blocks, flags)
        stamps = (
            read_date(block) for block, flag in zip(blocks, flags, strict=True) if flag and is_stamp(block.lower())
        )
        stamped = next((date for date in stamps if date), None)
        if title is not None:
            _flag_repeats(blocks, flags, title)
        cuts = {index: Cut(index, 0, len(block)) for index, block in enumerate(blocks) if flags[index]}
        signed = {index: credit for index, credit in self._read_credits(blocks, flags) if index != title}
        filed = {index: credit for index, credit in signed.items() if credit.place != (0, 0)}
        cuts |= {index: Cut(index, credit.start, credit.end) for index, credit in signed.items() if index not in filed}
        return Sifted(
            title=title,
            cuts=tuple(cuts[index] for index in sorted(cuts)),
            asides=tuple(Cut(index, credit.start, credit.end) for index, credit in filed.items()),
            filed=tuple(Cut(index, *credit.place) for index, credit in filed.items()),
            names=tuple(dict.fromkeys(name for credit in signed.values() for name in credit.names)),
            credits=tuple(blocks[index][credit.start : credit.end] for index, credit in signed.items()),
            stamped=stamped,
        )

    def split(self, text: str) -> list[str]:
        """The blocks of a page of plain text: its lines, those of paragraphs broken by width joined."""
        blocks: list[str] = []
        for paragraph in re.split(r"\n\s*\n", text):
            lines = [line for line in (" ".join(line.split()) for line in paragraph.split("\n")) if line]
            while lines and self._sieve.is_furniture(lines[0]):
                blocks.append(lines.pop(0))
            if is_wrapped(lines):
                blocks.append(" ".join(lines))
            else:
                blocks.extend(lines)
        return blocks

    def _find_title(self, blocks: Sequence[str], flags: Sequence[bool]) -> int | None:
        """The block that is the title: one that stands twice or ends a path through the site, else the first label."""
        labels: list[int] = []
        for index in [index for index, flag in enumerate(flags) if not flag][: TOP_BLOCKS + 1]:
            if not _may_be_title(blocks[index]):
                break
            if self._credits.read_byline(blocks[index]) is None and self._credits.read_credit(blocks[index]) is None:
                labels.append(index)
        keys = [_key(blocks[index]) for index in labels]
        crumbs = {
            _key(end[1])
            for block, flag in zip(blocks[:20], flags, strict=False)
            if flag and (end := _CRUMB_END.search(block))
        }
        for index, key in zip(labels, keys, strict=True):
            if len(key) > MIN_WRAPPED // 2 and (keys.count(key) > 1 or key in crumbs):
                return index
        has_body = any(len(block) > MIN_WRAPPED for block in blocks[(labels[0] if labels else 0) + 1 :])
        return next((index for index in labels if " " in blocks[index]), None) if has_body else None

    def _read_credits(self, blocks: Sequence[str], flags: Sequence[bool]) -> list[tuple[int, Credit]]:
        """Bylines near the top and the end, credits near the end."""
        kept = [index for index, flag in enumerate(flags) if not flag]
        found: list[tuple[int, Credit]] = []
        for order, index in enumerate(kept):
            is_end = order >= len(kept) - END_BLOCKS
            if not (is_end or order < TOP_BLOCKS):
                continue
            credit = self._credits.read_byline(blocks[index])
            if credit is None and is_end:
                credit = self._credits.read_credit(blocks[index])
            if credit is not None:
                found.append((index, credit))
        return found


def _flag_repeats(blocks: Sequence[str], flags: list[bool], title: int) -> None:
    """Flag what stands before the title, and the title where it stands again near the top."""
    key = _key(blocks[title])
    for index in range(len(blocks)):
        if index < title:
            flags[index] = True
        elif index > title + TOP_BLOCKS:
            return
        elif index > title and _key(blocks[index]) == key:
            flags[index] = True


def _may_be_title(block: str) -> bool:
    """Whether a block could be a headline: a label, or a short question."""
    return is_label(block) or (len(block) <= MAX_WRAPPED and block.endswith(("?", "!")))


def _key(line: str) -> str:
    """The letters and digits of a line in one case."""
    return _BLANKS.sub("", line.casefold())
