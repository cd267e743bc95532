"""Builders with defaults, so that a test names only what it is about."""

from villani.records.text import Document, Span


def document(text: str = "Rebels shelled Sake.", *, title: str = "", apart: tuple[Span, ...] = ()) -> Document:
    return Document(
        doc_id="d1",
        source="test",
        url=None,
        publisher=None,
        published=None,
        published_basis=None,
        language="en",
        title=title,
        text=text,
        apart=apart,
    )
