"""Inputs as they are typed, good and hostile."""

import datetime as dt
import gzip
import io
import tracemalloc
from pathlib import Path

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from villani.errors import UsageError
from villani.ingest import inputs, read_pages
from villani.records.text import Page, Rejected

HOSTILE = Path(__file__).parent.parent / "hostile"
STORY = b"The army took the bridge on Tuesday, a spokesman said.\n"


def read(*names, **options):
    return list(read_pages([str(name) for name in names], **options))


def read_bytes(body, **options):
    return read("-", stdin=io.BytesIO(body), **options)


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("empty.txt", "empty"),  # nothing at all
        ("blank.html", "empty"),  # only blanks
        ("archive.zip", "ZIP"),  # an archive is named, so that one knows to unpack it
        ("report.pdf", "PDF"),  # a PDF may well hold no NUL
        ("picture.png", "PNG"),
        ("nul.txt", "NUL"),  # text with a NUL is no text
        ("feed.xml", "feed"),  # a feed is XML, and no page
        ("array.json", "JSON array"),  # one array is not one object a line
        ("cut.txt.gz", "damaged"),  # a download that stopped
        ("missing.txt", "no such file"),
        ("missing*.txt", "matches no file"),
        ("nul\x00name", "no such file"),
    ],
)
def test_bad_files_give_one_reason_and_do_not_stop_the_rest(name, reason, tmp_path):
    good = tmp_path / "good.txt"
    good.write_bytes(STORY)
    rejected, page = read(HOSTILE / name, good)
    assert isinstance(rejected, Rejected)
    assert reason in rejected.reason
    assert rejected.remedy
    assert rejected.stage == "ingest"
    assert isinstance(page, Page)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html><html><p>x</p></html>", "html"),
        (b"\xef\xbb\xbf\n<!-- made by hand -->\n<html><p>x</p></html>", "html"),  # mark and comment before the root
        (b'<meta charset="utf-8"><p>x</p>', "html"),  # no root
        (b"The sign <b> means bold.", "text"),  # a tag in a text makes no page
        (b"<M23> rebels took the hill.", "text"),  # angle brackets are not tags
        (b"Home</a></li><li>World</a></li>", "html"),  # a page whose beginning is lost
        (STORY, "text"),
        (b'{"text": "x"}', "given"),
        (b'\n {"html": "<p>x</p>"}', "html"),
    ],
)
def test_kinds_are_told_apart_by_content(body, kind):
    (page,) = read_bytes(body)
    assert page.kind == kind


def test_forced_kind_wins():
    assert read_bytes(b"<html><p>x</p></html>", kind="text")[0].kind == "text"
    with pytest.raises(UsageError):
        read("x", kind="warc")


def test_rows_of_jsonl_each_give_a_page_or_a_reason():
    found = read(HOSTILE / "rows.jsonl")
    reasons = {item.source.rpartition(":")[2]: item.reason for item in found if isinstance(item, Rejected)}
    expected = {
        "2": "not",  # not JSON
        "3": "JSON,",  # JSON, but no object
        "4": "no",  # no text
        "5": "the",  # an empty text
        "6": "unknown",  # a date nobody can read
        "7": '"text"',  # a text that is no string
        "10": "",  # nested too deep
    }
    assert reasons.keys() == expected.keys()
    assert all(reasons[number].startswith(begin) for number, begin in expected.items())
    first, surrogate, last = (item for item in found if isinstance(item, Page))
    assert (first.doc_id, first.published, first.kind) == ("a1", dt.date(2024, 2, 14), "given")
    assert surrogate.body.decode() == "Half a surrogate \ufffd stands here."
    assert (last.doc_id, last.publisher, last.kind) == ("7", "Karfa Post", "html")


def test_folders_are_walked_in_order_without_hidden_files_or_loops(tmp_path):
    (tmp_path / "b").mkdir()
    for name in ("c.txt", "a.txt", "b/x.txt", ".hidden"):
        (tmp_path / name).write_bytes(STORY)
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "z").symlink_to(tmp_path / "z")
    sources = [Path(item.source).name for item in read(tmp_path)]
    assert sources == ["a.txt", "up", "x.txt", "c.txt", "z"]
    rejected = [item for item in read(tmp_path) if isinstance(item, Rejected)]
    assert [Path(item.source).name for item in rejected] == ["up", "z"]


def test_globs_and_empty_folders(tmp_path):
    for name in ("2.txt", "1.txt", "1.md"):
        (tmp_path / name).write_bytes(STORY)
    assert [Path(item.source).name for item in read(tmp_path / "*.txt")] == ["1.txt", "2.txt"]
    (tmp_path / "empty").mkdir()
    assert read(tmp_path / "empty")[0].reason == "the folder holds no files"


def test_a_page_too_large_is_refused_and_never_held(monkeypatch, tmp_path):
    monkeypatch.setattr(inputs, "MAX_PAGE_BYTES", 1_000_000)
    page = tmp_path / "large.txt.gz"
    page.write_bytes(gzip.compress(b"a" * 50_000_000))
    tracemalloc.start()
    (rejected,) = read(page)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert "larger than 1 MB" in rejected.reason
    assert peak < 6_000_000


def test_a_line_too_long_is_refused_and_the_next_is_read(monkeypatch):
    monkeypatch.setattr(inputs, "MAX_PAGE_BYTES", 20_000)
    body = b'{"text": "one"}\n{"text": "' + b"a" * 50_000 + b'"}\n{"text": "three"}'
    one, long, three = read_bytes(body)
    assert (one.body, three.body, three.source) == (b"one", b"three", "-:3")
    assert "longer" in long.reason


def test_gzip_and_stdin():
    (page,) = read_bytes(gzip.compress(STORY))
    assert page.body == STORY
    assert page.source == "-"


@given(st.binary(max_size=300))
def test_random_bytes_never_raise(body):
    for kind in (None, "html", "text", "jsonl"):
        for item in read_bytes(body, kind=kind):
            assert isinstance(item, Page | Rejected)


@given(st.lists(st.text(min_size=1, max_size=20).filter(str.strip), max_size=5))
def test_rows_keep_their_text_and_order(texts):
    body = b"\n".join(msgspec.json.encode({"text": text}) for text in texts)
    pages = [item for item in read_bytes(body, kind="jsonl") if isinstance(item, Page)]
    assert [page.body.decode() for page in pages] == texts
