"""Pages to documents: one text, one coordinate system, and apart from it what belongs to no sentence."""

import datetime as dt
import re
from collections.abc import Iterable, Sequence
from itertools import accumulate

import msgspec

from villani.records.text import DateBasis, Document, Page, Rejected, Span, digest
from villani.resources.furniture import Furniture
from villani.text.credits import split_names
from villani.text.datelines import Dateline, DatelineReader
from villani.text.decoding import clean_characters, decode_page
from villani.text.extraction import Extracted, ExtractionError, extract_article
from villani.text.sifting import Cut, Sifted, Sifter

GAP = "\n\n"
MAX_LINES = 100_000
# Each pass can lay bare what the next one takes; a fifth was never needed on real pages.
MAX_PASSES = 5
NEAR_TOP = 3
_LINE = re.compile(r"[^\n]+")


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """An article on its way: its blocks as spans of its text, what was sorted out, and what the page says of itself."""

    page: Page
    text: str
    blocks: tuple[Span, ...]
    sifted: Sifted
    names: tuple[str, ...] = ()
    credits: tuple[str, ...] = ()
    stamped: dt.date | None = None
    extracted: Extracted | None = None


class Cleaner:
    """Takes the article out of a page.

    Of HTML and plain pages the furniture is removed; a text that was given stays as it is, and what would have been
    removed is marked in `Document.apart`. Datelines always stay in the text, marked.

    Args:
        furniture: What stands around articles (`villani.resources.furniture.load_furniture`).
        default_date: The date of publication of pages that say none.
    """

    def __init__(self, furniture: Furniture, default_date: dt.date | None = None) -> None:
        self._sifter, self._datelines = Sifter(furniture), DatelineReader(furniture)
        self._default_date = default_date

    def __call__(self, pages: Sequence[Page]) -> Sequence[Document | Rejected]:
        """One document, or the reason why there is none, for each page, in order."""
        return [self._clean(page) for page in pages]

    def _clean(self, page: Page) -> Document | Rejected:
        """The document of one page."""
        text = decode_page(page.body)
        if not text.strip() and not (page.title or "").strip():
            return _reject(page, "the page holds no text", "give a page with text")
        if page.kind == "html":
            return self._clean_html(page, text)
        if text.count("\n") > MAX_LINES:
            return _reject(page, f"the page has more than {MAX_LINES:,} lines", "give one article a page")
        if page.kind == "given":
            return self._document(self._mark(page, text))
        title = " ".join(clean_characters(page.title or "").split())
        return self._condensed(page, title, self._sifter.split(clean_characters(text)), None)

    def _clean_html(self, page: Page, html: str) -> Document | Rejected:
        """The document of a page of HTML."""
        try:
            found = extract_article(html, page.url)
        except ExtractionError as error:
            return _reject(page, str(error), "give the article itself, as plain text or JSONL")
        title = " ".join(clean_characters(page.title or found.title or "").split())
        title = _without_site(title, found.publisher)
        blocks = [" ".join(clean_characters(block).split()) for block in found.blocks]
        return self._condensed(page, title, [block for block in blocks if block], found)

    def _condensed(
        self, page: Page, title: str, blocks: Sequence[str], extracted: Extracted | None
    ) -> Document | Rejected:
        """The document of blocks from which furniture and credits are taken, again until nothing more goes."""
        kept = [title, *blocks] if title else list(blocks)
        is_titled = bool(title)
        names: list[str] = []
        signed: list[str] = []
        stamped = None
        sifted = self._sifter.sift(kept, is_titled=is_titled)
        for _ in range(MAX_PASSES):
            names += sifted.names
            signed += sifted.credits
            stamped = stamped or sifted.stamped
            if not sifted.cuts:
                break
            is_titled = sifted.title is not None
            kept = list(_without(kept, sifted.cuts))
            sifted = self._sifter.sift(kept, is_titled=is_titled)
        if not kept:
            return _reject(page, "nothing but page furniture found", "give the article itself")
        ends = list(accumulate(len(block) + len(GAP) for block in kept))
        spans = (Span(end - len(block) - len(GAP), end - len(GAP)) for block, end in zip(kept, ends, strict=True))
        draft = Draft(
            page=page,
            text=GAP.join(kept),
            blocks=tuple(spans),
            sifted=sifted,
            names=tuple(names),
            credits=tuple(signed),
            stamped=stamped,
            extracted=extracted,
        )
        return self._document(draft, cut_too=False)

    def _mark(self, page: Page, text: str) -> Draft:
        """A given text with its lines sorted; only a title that was given and is not there is put before it."""
        title = (page.title or "").strip()
        if title and not text.startswith(title):
            text = title + GAP + text
        spans = [_stripped(text, line.start(), line.end()) for line in _LINE.finditer(text)]
        blocks = tuple(span for span in spans if span)
        lines = [text[span.start : span.end] for span in blocks]
        is_titled = bool(title) and lines[:1] == [title]
        return Draft(page=page, text=text, blocks=blocks, sifted=self._sifter.sift(lines, is_titled=is_titled))

    def _document(self, draft: Draft, *, cut_too: bool = True) -> Document:
        """The record of a draft; `cut_too` marks what was sorted out, where it still stands in the text."""
        page, sifted, found = draft.page, draft.sifted, draft.extracted
        cuts = sifted.cuts if cut_too else ()
        datelines = self._read_datelines(draft)
        places = [place for dateline in datelines for place in dateline.places]
        places += [_span(draft.blocks, cut) for cut in sifted.filed]
        apart = [dateline.span for dateline in datelines] + [
            _span(draft.blocks, cut) for cut in (*cuts, *sifted.asides)
        ]
        authors = found.authors if found else ()
        agencies = [agency for dateline in datelines for agency in dateline.agencies]
        for credit in (*authors, *draft.credits, *sifted.credits):
            agencies += self._datelines.find_agencies(credit)
        publisher = page.publisher or (found.publisher if found else None)
        published, basis = self._date(draft, datelines)
        return Document(
            doc_id=page.doc_id or digest(publisher or "", draft.text),
            source=page.source,
            url=page.url or (found.url if found else None),
            publisher=publisher,
            published=published,
            published_basis=basis,
            language=found.language if found else None,
            title=_title(draft, page, cut_too=cut_too),
            text=draft.text,
            datelines=tuple(sorted(set(places))),
            apart=_merged(apart),
            bylines=tuple(dict.fromkeys([*_persons(authors, publisher), *draft.names, *sifted.names])),
            agencies=tuple(dict.fromkeys(agencies)),
        )

    def _read_datelines(self, draft: Draft) -> list[Dateline]:
        """The datelines of an article's paragraphs; the top ones may have weaker forms."""
        aside = {cut.block for cut in (*draft.sifted.cuts, *draft.sifted.asides)} | {draft.sifted.title}
        body = [span for index, span in enumerate(draft.blocks) if index not in aside]
        found: list[Dateline] = []
        for order, span in enumerate(body):
            dateline = self._datelines.read(draft.text, span, near_top=order < NEAR_TOP)
            if dateline is None and order < NEAR_TOP and order + 1 < len(body):
                dateline = self._datelines.read_alone(draft.text, span)
            if dateline is not None:
                found.append(dateline)
        return found

    def _date(self, draft: Draft, datelines: Iterable[Dateline]) -> tuple[dt.date | None, DateBasis | None]:
        """The date of publication and where it was found."""
        page, found = draft.page, draft.extracted
        stamped = draft.stamped or draft.sifted.stamped
        on_page = (found.published if found else None) or (stamped if page.kind != "given" else None)
        dated = next((dateline.date for dateline in datelines if dateline.date), None) or stamped
        candidates: tuple[tuple[dt.date | None, DateBasis], ...] = (
            (page.published, "input"),
            (on_page, "page"),
            (self._default_date, "option"),
            (dated, "text"),
        )
        return next(((date, basis) for date, basis in candidates if date), (None, None))


def _persons(authors: Iterable[str], publisher: str | None) -> list[str]:
    """The authors a page names that are persons, as far as can be told."""
    publisher = (publisher or "").lower()
    return [name for author in authors for name in split_names(author) if name.lower() != publisher]


def _title(draft: Draft, page: Page, *, cut_too: bool) -> str:
    """The title: as given with a text, else the block found."""
    if cut_too and page.title and page.title.strip():
        return page.title.strip()
    index = draft.sifted.title
    return "" if index is None else draft.text[draft.blocks[index].start : draft.blocks[index].end]


def _without_site(title: str, publisher: str | None) -> str:
    """A title less the site's name that pages add to it ("Bridge falls | The Karfa Post")."""
    parts = re.split(r"\s[|–—·»-]\s", title)
    is_named = len(parts) > 1 and publisher is not None and parts[-1].casefold() == publisher.casefold()
    return title[: -len(parts[-1])].rstrip(" |–—·»-") if is_named else title


def _without(blocks: Sequence[str], cuts: Sequence[Cut]) -> Iterable[str]:
    """Blocks less what was cut from them."""
    by_block = {cut.block: cut for cut in cuts}
    for index, block in enumerate(blocks):
        cut = by_block.get(index)
        left = block if cut is None else (block[: cut.start] + block[cut.end :]).strip()
        if left:
            yield left


def _span(blocks: Sequence[Span], cut: Cut) -> Span:
    """A part of a block in the coordinates of the text."""
    start = blocks[cut.block].start
    return Span(start + cut.start, start + cut.end)


def _stripped(text: str, start: int, end: int) -> Span | None:
    """A range without the blanks at its ends; None where nothing is left."""
    words = text[start:end].strip()
    if not words:
        return None
    start += text[start:end].index(words)
    return Span(start, start + len(words))


def _merged(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Spans in order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)


def _reject(page: Page, reason: str, remedy: str) -> Rejected:
    """A page that gives no document."""
    return Rejected(source=page.source, stage="text", reason=reason, remedy=remedy)
