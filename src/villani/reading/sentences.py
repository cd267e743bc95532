"""Sentences of English news prose, by rules."""

import re
from collections.abc import Iterator, Sequence

from villani.records.text import Span, is_wrapped

# A stop, its closing quotes, white space, then what can open a sentence.
BOUNDARY = re.compile(r"[.!?\u2026]+[\"'\u201d\u2019)\]]*(?=\s)|\n\s*\n|\n")
LINE_END = re.compile(r"\n")
PARAGRAPH = re.compile(r"\n\s*\n")
OPENER = re.compile(r"\s*[\"'\u201c\u2018(\[\u2014\u2013-]*\s?[A-Z0-9\u00c0-\u00de]")
LAST_WORD = re.compile(r"(?:[^\s(\"'\u201c\u2018\u2014-]{1,20})$")
# Abbreviations that are followed by a name or number, so that a stop after them ends no sentence.
TITLES = frozenset(
    "mr mrs ms dr prof gen lt col maj capt cmdr sgt cpl adm brig gov sen rep pres hon rev fr st ste mt ft no nos art "
    "sec messrs mme mlle sr jr vs v op ed al approx est dept univ assn bros jan feb mar apr jun jul aug sept sep oct "
    "nov dec mon tue tues wed thu thurs fri sat sun col.-gen maj.-gen lt.-gen fig par vol pp p cf supt insp det const "
    "asst".split()
)
# Abbreviations that may end a sentence: they do so only when no name-like word follows.
CLOSERS = frozenset("inc corp ltd co etc a.m p.m u.s u.n u.k e.u d.c u.s.a u.a.e jr sr".split())
STARTERS = frozenset(
    "the a an in on at he she it they we but and however this that these those there his her their its i you after "
    "before when while as for from if no some many most one two several earlier later meanwhile according "
    "asked".split()
)
MAX_CHARS = 1_500


def split_sentences(text: str, apart: Sequence[Span] = ()) -> tuple[Span, ...]:
    """Split a document's text into sentences.

    A line break ends a sentence, unless the paragraph was broken by width; an empty line always does. Ranges that
    stand apart (datelines, credits) belong to none. A run of more than 1,500 characters without a stop is cut at a
    space, so that no input makes one endless sentence.

    Args:
        text: The document's text.
        apart: Ranges to leave out, code points into `text`.

    Returns:
        Spans in the order of the text, without white space at their ends.
    """
    spans: list[Span] = []
    for start, end in _outside(len(text), apart):
        for low, high in _split(text, start, end):
            spans.extend(_cut(text, low, high))
    return tuple(spans)


def _outside(length: int, apart: Sequence[Span]) -> Iterator[tuple[int, int]]:
    """The ranges between those that stand apart."""
    position = 0
    for span in sorted(apart):
        if span.start > position:
            yield position, span.start
        position = max(position, span.end)
    if position < length:
        yield position, length


def _split(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    low = start
    soft = _soft_breaks(text, start, end)
    for match in BOUNDARY.finditer(text, start, end):
        if match.start() not in soft if "\n" in match[0] else _ends_sentence(text, low, match):
            yield low, match.end()
            low = match.end()
    yield low, end


def _soft_breaks(text: str, start: int, end: int) -> frozenset[int]:
    """Line breaks that come from the width of a page, not from the end of a paragraph."""
    edges = [start, *(at for match in PARAGRAPH.finditer(text, start, end) for at in match.span()), end]
    return frozenset(
        match.start()
        for low, high in zip(edges[::2], edges[1::2], strict=True)
        if is_wrapped(text[low:high].strip().split("\n"))
        for match in LINE_END.finditer(text, low, high)
    )


def _ends_sentence(text: str, low: int, match: re.Match[str]) -> bool:
    """Whether the stop ends a sentence, by the word before it and the word after."""
    if not OPENER.match(text, match.end()):
        return False
    if not match[0].startswith(".") or match[0].startswith("..."):
        return True
    found = LAST_WORD.search(text, max(low, match.start() - 24), match.start())
    if found is None:
        return True
    word = found[0].lower()
    following = re.match(r"\s*[\"'\u201c\u2018(]*([\w\u2019']+)", text[match.end() : match.end() + 40])
    after = following[1].lower() if following else ""
    if word in TITLES or re.fullmatch(r"[a-z]", word):
        return word in {"no", "art", "sec", "p", "mar", "sun", "sat", "est", "al", "v"} and after in STARTERS
    if word in CLOSERS or re.fullmatch(r"(?:[a-z]\.)+[a-z]", word):
        return after in STARTERS
    return True


def _cut(text: str, low: int, high: int) -> Iterator[Span]:
    """Trim white space; cut what is longer than a sentence can be."""
    while low < high and text[low].isspace():
        low += 1
    while high > low and text[high - 1].isspace():
        high -= 1
    while high - low > MAX_CHARS:
        space = text.rfind(" ", low + MAX_CHARS // 2, low + MAX_CHARS)
        middle = space if space > low else low + MAX_CHARS
        yield Span(low, middle)
        low = middle
        while low < high and text[low].isspace():
            low += 1
    if low < high:
        yield Span(low, high)
