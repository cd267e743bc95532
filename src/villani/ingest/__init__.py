"""The outside world as a stream of pages: paths, folders, globs and stdin in, `Page` or `Rejected` out, in order.

Tells HTML, plain text and JSONL apart by content; reads no article (that is `villani.text`) and fetches nothing.
"""

from villani.ingest.inputs import read_pages

__all__ = ["read_pages"]
