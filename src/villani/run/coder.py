"""Pages in, coded documents out: the whole pipeline, which is also its documentation."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from villani.reading.reader import Reader, ReaderModel
from villani.reading.scoring import PairTables
from villani.records.events import CodedDocument, Place
from villani.records.reading import Reading
from villani.records.stage import Stage
from villani.records.text import Document, Page, Rejected, Span
from villani.resolution import Resolver
from villani.resources.furniture import load_furniture
from villani.resources.knowledge import load_knowledge
from villani.resources.weights import Weights, load_weights
from villani.text import Cleaner

VERSION = "0.1.0"
MAX_CHARS = 400_000  # forty times the longest article of our data: some ten seconds of one core


@dataclass(frozen=True)
class Coder:
    """Pages in, coded documents out.

    `toponyms` places every name of a place in a reading, or those at given spans (see `Resolver.toponyms`).
    """

    clean: Stage[Page, Document | Rejected]
    read: Stage[Document, Reading]
    resolve: Stage[Reading, CodedDocument]
    toponyms: Callable[[Reading, Sequence[Span] | None], tuple[Place, ...]]

    def code(self, documents: Sequence[Document]) -> Sequence[CodedDocument]:
        """Code documents already cleaned."""
        return self.resolve(self.read(documents))

    def stream(self, pages: Iterable[Page | Rejected]) -> Iterator[CodedDocument | Rejected]:
        """Code pages one by one, in order; what cannot be coded is passed on with its reason."""
        for page in pages:
            cleaned: Document | Rejected = self.clean([page])[0] if isinstance(page, Page) else page
            if isinstance(cleaned, Document) and len(cleaned.text) > MAX_CHARS:
                reason = f"the text has {len(cleaned.text):,} characters, more than {MAX_CHARS:,}"
                cleaned = Rejected(source=cleaned.source, stage="read", reason=reason, remedy="split it into articles")
            yield cleaned if isinstance(cleaned, Rejected) else self.code([cleaned])[0]


def build_coder(*, date: dt.date | None = None, min_score: float | None = None, own: Sequence[Path] = ()) -> Coder:
    """Load everything the coder knows and put the stages together.

    Args:
        date: Publication date of pages that tell none.
        min_score: Calibrated probability (0 to 1) below which an event is left out; the model card's by default.
        own: Tables of parties and office holders of the user's own (see docs/actors.md).

    Raises:
        ResourceError: weights, gazetteer or lexicons are missing or broken.
        InputError: a table of the user's is broken.
    """
    weights = load_weights()
    threshold = weights.card.min_score if min_score is None else min_score
    resolver = Resolver(load_knowledge(own), coder=f"villani {VERSION}")
    resolver = Resolver(load_knowledge(), coder=f"villani {VERSION}")
    return Coder(
        clean=Cleaner(load_furniture(), default_date=date),
        read=Reader(reader_model(weights), min_score=threshold),
        resolve=resolver,
        toponyms=resolver.toponyms,
    )


def reader_model(weights: Weights) -> ReaderModel:
    """Loaded weights as the reading stage wants them."""
    return ReaderModel(
        tokenizer=weights.tokenizer,
        encode=weights.encode,
        tables=PairTables.of(weights.pairs),
        scale=weights.card.scale,
        shift=weights.card.shift,
        name=weights.card.name,
    )
