"""The article in a page of HTML: its text in blocks, and what the page says about it."""

import datetime as dt
import logging
import re
from collections.abc import Iterator

import msgspec
import trafilatura
from lxml import etree
from trafilatura.settings import Document as TrafilaturaDocument

# Measured on this machine: about 50 microseconds an element, so the largest page takes some five seconds.
MAX_TAGS = 100_000
# The parser compares every attribute of a tag with every other: a million of them would take hours.
MAX_ATTRIBUTES = 400
# Some 800 bytes each while the page is worked on.
MAX_ALL_ATTRIBUTES = 400_000
MANY_CHARS = 2_000
# A fixed last day: the date finder's own is the clock's, and the same page must give the same record tomorrow.
DATE_SEARCH = {"original_date": True, "extensive_search": False, "max_date": "2099-12-31"}
MIN_CELL_CHARS, MIN_LAYOUT_CHARS = 40, 200

# The fast way loses the text of one page in thirty; where it brings little or not the opening
# that the page's description quotes, the slow way is tried and must bring more.
FEW_CHARS, MUCH_MORE = 800, 1.5
LEAD_CHARS = 40

FAULTS = (
    *(ValueError, TypeError, AttributeError, LookupError, RuntimeError, ArithmeticError, AssertionError),
    *(OSError, MemoryError, etree.LxmlError),
)
_CLOSERS, _STOPS = "\"'”’)]", frozenset(".!?")
_BLOCKS = frozenset({"p", "head", "item", "list", "quote", "code", "table", "row", "cell", "div", "body", "lb"})
# A comment, a script, or a tag. Each alternative takes all it has looked at, so that the whole is linear; quotes
# count only after "=", as in the HTML standard.
_TAG = r"<(?P<name>[a-zA-Z][a-zA-Z0-9]*+)(?:[^>=]++|=\s*+(?:\"[^\"]*+\"|'[^']*+'|))*+>?"
_OPENING = re.compile(_TAG)
_TOKEN = re.compile(
    rf"<!--.*?(?:-->|\Z)|<(?:script|style)\b.*?(?:</(?:script|style)|\Z)|{_TAG}", re.IGNORECASE | re.DOTALL
)
_ATTRIBUTE = re.compile(r"[^\s/=\"'>]++")
_QUOTED = re.compile(r"\"[^\"]*+\"|'[^']*+'")
_LANGUAGE = re.compile(r"<html\b[^>]{0,2000}?\blang\s{0,3}=\s{0,3}[\"']?([A-Za-z]{2})(?![A-Za-z])", re.IGNORECASE)
_ROOT = re.compile(r"<(?:!doctype|html|head|body|title)\b", re.IGNORECASE)

for _library in ("trafilatura", "htmldate", "charset_normalizer", "justext"):
    # A library's warning about one page is our `Rejected`; without a handler it would be printed a second time.
    logging.getLogger(_library).addHandler(logging.NullHandler())


class Extracted(msgspec.Struct, frozen=True, kw_only=True):
    """What a page gives: `blocks` are its paragraphs, headings and list items; what it does not say is None."""

    blocks: tuple[str, ...]
    title: str | None
    published: dt.date | None
    authors: tuple[str, ...]
    publisher: str | None
    url: str | None
    language: str | None


class ExtractionError(ValueError):
    """A page of HTML that gives no article; the message is the reason."""


def extract_article(html: str, url: str | None = None) -> Extracted:
    """The main text of a page and its metadata.

    Args:
        html: The page; any string.
        url: Where it came from, if known; a date in it counts.

    Raises:
        ExtractionError: the page has too many tags, or no text was found in it.

    Source: trafilatura (Barbaresi 2021), htmldate (Barbaresi 2020); comments off, of tables only cells of prose.
    """
    page = _bound_tags(html)
    if not _ROOT.search(page[:2_000]):
        page = f"<html><body>{page}</body></html>"
    found, blocks = _run(page, url, fast=True)
    lead = _lead(found)
    is_lost = bool(lead) and not _has(blocks, lead)
    if is_lost or _prose(blocks) < FEW_CHARS:
        _, others = _run(page, url, fast=False)
        if (is_lost and _has(others, lead)) or _prose(others) > MUCH_MORE * _prose(blocks):
            blocks = others
    if found is None or not blocks:
        raise ExtractionError("no article text found in the page")
    language = _LANGUAGE.search(html[:20_000])
    return Extracted(
        blocks=blocks,
        title=found.title or None,
        published=dt.date.fromisoformat(found.date) if found.date else None,
        authors=tuple(name.strip() for name in (found.author or "").split(";") if name.strip()),
        publisher=found.sitename or None,
        url=found.url or None,
        language=language[1].lower() if language else None,
    )


def _run(page: str, url: str | None, *, fast: bool) -> tuple[TrafilaturaDocument | None, tuple[str, ...]]:
    """What trafilatura finds on a page, and its blocks; `fast` leaves out its comparison with other extractors."""
    try:
        found = trafilatura.bare_extraction(
            page,
            url=url,
            fast=fast,
            include_comments=False,
            with_metadata=fast,
            date_extraction_params=dict(DATE_SEARCH),
        )
    except FAULTS as error:
        raise ExtractionError(f"the HTML cannot be read ({type(error).__name__})") from error
    if not isinstance(found, TrafilaturaDocument) or found.body is None:
        return None, ()
    return found, tuple(_read_blocks(found.body))


def _lead(found: TrafilaturaDocument | None) -> str:
    """The opening of the article, where the page's description is that, cut short; else nothing."""
    description = " ".join(((found.description if found else None) or "").split())
    return description[:LEAD_CHARS] if description.endswith(("...", "…")) and len(description) > 2 * LEAD_CHARS else ""


def _has(blocks: tuple[str, ...], lead: str) -> bool:
    """Whether a block holds the article's opening."""
    return any(lead in block for block in blocks)


def _prose(blocks: tuple[str, ...]) -> int:
    """How many characters stand in blocks that end as sentences do."""
    return sum(len(block) for block in blocks if block.rstrip(_CLOSERS)[-1:] in _STOPS)


def _bound_tags(html: str) -> str:
    """The page with tags of too many attributes bared; refuses a page of too many tags or attributes."""
    tags = attributes = 0

    def bound(token: re.Match[str]) -> str:
        nonlocal tags, attributes
        opening = _OPENING.match(token[0])
        if opening is None:
            return token[0]
        tags += 1
        if len(opening[0]) < MANY_CHARS or len(_ATTRIBUTE.findall(_QUOTED.sub("", opening[0]))) <= MAX_ATTRIBUTES:
            attributes += _count_attributes(opening[0])
            return token[0]
        return f"<{opening['name']}>" + token[0][opening.end() :]

    bounded = _TOKEN.sub(bound, html)
    if tags > MAX_TAGS:
        raise ExtractionError(f"the page has {tags:,} tags, more than {MAX_TAGS:,}")
    if attributes > MAX_ALL_ATTRIBUTES:
        raise ExtractionError(f"the tags of the page have more than {MAX_ALL_ATTRIBUTES:,} attributes")
    return bounded


def _count_attributes(tag: str) -> int:
    """At least as many as a tag has, and cheap: by what parts them."""
    return max(tag.count("="), tag.count("/"), len(tag.split()) - 1)


def _read_blocks(body: etree._Element) -> Iterator[str]:
    """The blocks of an extracted tree in reading order, without going down by recursion."""
    pieces: list[str] = []
    cell: list[str] | None = None
    for event, element in etree.iterwalk(body, events=("start", "end")):
        if element.tag in _BLOCKS:
            block = " ".join("".join(pieces).split())
            pieces.clear()
            if block and cell is not None:
                cell.append(block)
            elif block:
                yield block
        if element.tag == "cell":
            if cell and _is_prose(cell):
                yield from cell
            cell = [] if event == "start" else None
        pieces.append((element.text if event == "start" else element.tail) or "")
    if block := " ".join("".join(pieces).split()):
        yield block


def _is_prose(cell: list[str]) -> bool:
    """Whether the cell of a table holds sentences; figures and labels are no article text."""
    length = sum(map(len, cell))
    return length >= MIN_LAYOUT_CHARS or (length >= MIN_CELL_CHARS and cell[-1].rstrip(_CLOSERS)[-1:] in _STOPS)
