"""Inputs as a newcomer types them (paths, folders, globs, "-") to pages, one clear reason for each that gives none."""

import glob
import gzip
import io
import os
import sys
import zlib
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import IO, BinaryIO, cast, get_args

from villani.errors import UsageError
from villani.ingest.jsonl import read_rows
from villani.ingest.sniffing import GZIP, SNIFF_BYTES, InputKind, is_binary, name_foreign, sniff_kind
from villani.records.text import Page, Rejected

MAX_PAGE_BYTES = 10_000_000
STDIN = "-"
_KINDS = get_args(InputKind)
_EMPTY = ("the input is empty", "give a page with text")
_BINARY = "a binary file (it holds NUL bytes)"
_REMEDY = "give HTML, plain text or JSONL"
_REMEDIES = {
    "a WARC archive": "extract the pages first",
    "a feed (RSS or Atom)": "give the pages the feed links to",
    "a JSON array": "write one object a line (jq -c '.[]')",
}


def read_pages(
    inputs: Sequence[str], *, kind: str | None = None, stdin: BinaryIO | None = None
) -> Iterator[Page | Rejected]:
    """Read pages from inputs, in order, holding one page at a time.

    Args:
        inputs: Paths, folders (read to the bottom in sorted order, hidden files skipped), globs the shell left
            unexpanded, or "-" for stdin.
        kind: "html", "text" or "jsonl" where the content shall not decide.
        stdin: Read for "-"; the process's own by default.

    Returns:
        A page for each page, or what was wrong with an input (`stage` is "ingest"). Later inputs still come.

    Raises:
        UsageError: `kind` is none of the three.
    """
    if kind is not None and kind not in _KINDS:
        raise UsageError(f"unknown kind of input {kind!r}", remedy=f"use one of {', '.join(_KINDS)}")
    return _read_all(inputs, cast("InputKind | None", kind), stdin)


def _read_all(inputs: Sequence[str], kind: InputKind | None, stdin: BinaryIO | None) -> Iterator[Page | Rejected]:
    """Each input in turn."""
    for name in inputs:
        if name == STDIN:
            yield from _read_stream(stdin or sys.stdin.buffer, STDIN, kind)
            continue
        for found in _expand(name):
            if isinstance(found, Rejected):
                yield found
            else:
                yield from _read_file(found, kind)


def _expand(name: str) -> Iterator[Path | Rejected]:
    """The files an input stands for."""
    path = Path(name)
    if name and os.path.lexists(path):
        yield from _walk(path) if _is_folder(path) else (path,)
        return
    is_pattern = glob.has_magic(name) and "\x00" not in name
    # Path.glob refuses absolute patterns, which are as good as others on a command line.
    matches = [Path(match) for match in sorted(glob.glob(name, recursive=True))] if is_pattern else []  # noqa: PTH207
    for match in matches:
        yield from _walk(match) if _is_folder(match) else (match,)
    if not matches:
        reason = "the pattern matches no file" if is_pattern else "no such file or folder"
        yield _reject(name, reason, "check the spelling and the folder you are in")


def _walk(folder: Path) -> Iterator[Path | Rejected]:
    """The files of a folder and the folders in it, by name; each real folder once, so that links cannot loop."""
    seen: set[tuple[int, int]] = set()
    pending, is_empty = [folder], True
    while pending:
        path = pending.pop()
        if not _is_folder(path):
            is_empty = False
            yield path if _is_plain(path) else _reject(path, "a pipe or device", "name it itself to have it read")
            continue
        try:
            status = path.stat()
            inside = sorted(entry for entry in path.iterdir() if not entry.name.startswith("."))
        except OSError as error:
            is_empty = False
            yield _reject(path, f"the folder cannot be read: {error.strerror}", "check its permissions")
            continue
        if (status.st_dev, status.st_ino) in seen:
            yield _reject(path, "a link to a folder already read", "nothing: its files are read once")
            continue
        seen.add((status.st_dev, status.st_ino))
        pending.extend(reversed(inside))
    if is_empty:
        yield _reject(folder, "the folder holds no files", "give a folder with pages in it")


def _is_folder(path: Path) -> bool:
    """Whether a path leads to a folder; no where that cannot be seen."""
    try:
        return path.is_dir()
    except OSError:
        return False


def _is_plain(path: Path) -> bool:
    """Whether a path leads to a plain file, or to nothing that can be told (opening it will say why)."""
    try:
        return path.is_file() or not path.exists()
    except OSError:
        return True


def _read_file(path: Path, kind: InputKind | None) -> Iterator[Page | Rejected]:
    """The pages of one file."""
    try:
        with path.open("rb") as stream:
            yield from _read_stream(stream, _printable(path), kind)
    except OSError as error:
        yield _reject(path, f"cannot be read: {error.strerror or error}", "check the file and its permissions")


def _read_stream(stream: IO[bytes], source: str, kind: InputKind | None) -> Iterator[Page | Rejected]:
    """The pages of a stream, inflated where it is gzip; damage ends the stream but keeps what came before it."""
    head = _read_head(stream)
    if not head.startswith(GZIP):
        yield from _read_content(_rejoin(head, stream), head, source, kind)
        return
    inflated = cast("IO[bytes]", gzip.GzipFile(fileobj=_rejoin(head, stream), mode="rb"))
    try:
        head = _read_head(inflated)
        yield from _read_content(_rejoin(head, inflated), head, source, kind)
    except (gzip.BadGzipFile, EOFError, zlib.error) as error:
        yield _reject(source, f"the gzip file is damaged: {error}", "fetch or compress the file again")


def _read_content(stream: IO[bytes], head: bytes, source: str, kind: InputKind | None) -> Iterator[Page | Rejected]:
    """The pages of a stream whose first bytes are `head`."""
    if not head.strip() and len(head) < SNIFF_BYTES:
        yield _reject(source, *_EMPTY)
        return
    foreign = name_foreign(head) if kind is None else None
    if foreign or is_binary(head):
        foreign = foreign or name_foreign(head) or _BINARY
        remedy = _REMEDIES.get(foreign, _REMEDY)
        yield _reject(source, f"{foreign}, not a page", remedy)
        return
    kind = kind or sniff_kind(head, source)
    if kind == "jsonl":
        yield from read_rows(stream, source, max_bytes=MAX_PAGE_BYTES)
        return
    body = stream.read(MAX_PAGE_BYTES + 1)
    if len(body) > MAX_PAGE_BYTES:
        reason = f"the page is larger than {MAX_PAGE_BYTES // 1_000_000} MB"
        yield _reject(source, reason, "split it, or give the article alone")
    elif is_binary(body):
        yield _reject(source, f"{_BINARY}, not a page", _REMEDY)
    elif not body.strip():
        yield _reject(source, *_EMPTY)
    else:
        yield Page(source=source, kind=kind, body=body)


def _read_head(stream: IO[bytes]) -> bytes:
    """The first bytes; stops early at the end of a first line of JSON, so that a live pipe is not held up."""
    read = getattr(stream, "read1", stream.read)
    head = b""
    while len(head) < SNIFF_BYTES and (piece := read(SNIFF_BYTES - len(head))):
        head += piece
        if head.startswith(b"{") and b"\n" in head:
            break
    return head


def _rejoin(head: bytes, stream: IO[bytes]) -> io.BufferedReader:
    """A stream that begins with bytes already taken from it."""
    return io.BufferedReader(_Rejoined(head, stream), buffer_size=65536)


class _Rejoined(io.RawIOBase):
    """Bytes, then the rest of a stream that is not closed with it."""

    def __init__(self, head: bytes, stream: IO[bytes]) -> None:
        super().__init__()
        self._head, self._read = head, getattr(stream, "read1", stream.read)

    def readable(self) -> bool:
        """Always."""
        return True

    def readinto(self, buffer: "memoryview[int]") -> int:  # type: ignore[override]
        """Fill the buffer from the bytes first."""
        piece = self._head[: len(buffer)] or self._read(len(buffer))
        self._head = self._head[len(buffer) :]
        buffer[: len(piece)] = piece
        return len(piece)


def _reject(source: str | Path, reason: str, remedy: str) -> Rejected:
    """An input that gives no page."""
    return Rejected(source=_printable(source), stage="ingest", reason=reason, remedy=remedy)


def _printable(path: str | Path) -> str:
    """A name that can be printed, whatever bytes the file system holds."""
    return os.fspath(path).encode("utf-8", "surrogateescape").decode("utf-8", "replace").replace("\n", "?")
