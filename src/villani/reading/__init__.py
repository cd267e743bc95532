"""Document -> Reading: what the words say, by one encoder; who and where that is, is asked elsewhere."""

from villani.reading.reader import Reader

__all__ = ["Reader"]
