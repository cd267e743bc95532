"""Tables of the pages we generate, as Markdown."""

from collections.abc import Iterable, Sequence

from evaluation.misses import Miss


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table."""
    lines = [f"| {' | '.join(head)} |", f"|{'---|' * len(head)}"]
    return "\n".join([*lines, *(f"| {' | '.join(str(cell) for cell in row)} |" for row in rows)])


def miss_table(misses: Iterable[Miss]) -> str:
    """Errors, a row each; the score is empty where nothing was coded."""
    rows = [
        (miss.doc_id, miss.words, miss.wanted, miss.got, f"{miss.score:.2f}" if miss.score else "") for miss in misses
    ]
    return table(("document", "words", "gold", "coded", "score"), rows)
