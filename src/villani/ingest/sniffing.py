"""Which kind of input some bytes are, told by what they begin with."""

import re
from typing import Literal

InputKind = Literal["html", "text", "jsonl"]
SNIFF_BYTES = 8192

MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"PK\x03\x04", "a ZIP archive (or a docx, xlsx, epub)"),
    (b"PK\x05\x06", "an empty ZIP archive"),
    (b"%PDF", "a PDF"),
    (b"\x89PNG", "a PNG image"),
    (b"GIF8", "a GIF image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"BM\x00", "a BMP image"),
    (b"II*\x00", "a TIFF image"),
    (b"MM\x00*", "a TIFF image"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"Rar!", "a RAR archive"),
    (b"7z\xbc\xaf\x27\x1c", "a 7z archive"),
    (b"BZh", "a bzip2 file"),
    (b"\xfd7zXZ", "an xz file"),
    (b"\x28\xb5\x2f\xfd", "a zstd file"),
    (b"\xd0\xcf\x11\xe0", "an old Word or Excel file"),
    (b"{\\rtf", "an RTF file"),
    (b"SQLite format 3", "an SQLite database"),
    (b"PAR1", "a Parquet file"),
    (b"OggS", "an Ogg file"),
    (b"ID3", "an MP3 file"),
    (b"WARC/", "a WARC archive"),
)
UTF16 = (b"\xff\xfe", b"\xfe\xff")
GZIP = b"\x1f\x8b"

_FEED = re.compile(rb"\s*(?:<\?xml[^<]{0,500})?(?:<!--[^<]{0,2000}-->\s*)?<(?:rss|feed|rdf:rdf)[\s>]", re.IGNORECASE)
_HTML_OPENING = re.compile(
    rb"<(?:!doctype\s+html|html|head|body|meta|title|article|section|main|div|p|table|span|script|h[1-6]|b|a)[\s>/]",
    re.IGNORECASE,
)
_CLOSING = re.compile(rb"</(?:p|div|a|li|ul|td|tr|span|h[1-6]|head|title|article|b|i|em|strong)\s{0,5}>", re.IGNORECASE)
_ARRAY = re.compile(rb"\s*\[\s*\{\s*\"")
_MANY_CLOSINGS = 3


def name_foreign(head: bytes) -> str | None:
    """What the bytes are, in words, where they are nothing this package reads; None where they may be text."""
    for magic, name in MAGIC:
        if head.startswith(magic):
            return name
    if head.startswith(b"RIFF"):
        return "a WebP image" if head[8:12] == b"WEBP" else "a RIFF file (sound or film)"
    if head[4:8] == b"ftyp":
        return "a film"
    if _FEED.match(head):
        return "a feed (RSS or Atom)"
    return "a JSON array" if _ARRAY.match(head) else None


def is_binary(head: bytes) -> bool:
    """Whether bytes hold a NUL that no encoding of text explains."""
    return b"\x00" in head and not head.startswith(UTF16)


def sniff_kind(head: bytes, name: str = "") -> InputKind:
    """The kind of an input by its first bytes; the ending of its name decides only for JSONL that begins badly."""
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if start.startswith(b"{") or name.lower().removesuffix(".gz").endswith((".jsonl", ".ndjson")):
        return "jsonl"
    if head.startswith(UTF16):
        start = head.replace(b"\x00", b"")[2:].lstrip()
    if start.startswith(b"<") and _HTML_OPENING.search(start[:4096]):
        return "html"
    return "html" if len(_CLOSING.findall(start)) >= _MANY_CLOSINGS else "text"
