"""Whole pages to documents."""

import datetime as dt
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from villani.records.text import Document, Page, Rejected
from villani.resources.furniture import load_furniture
from villani.text import Cleaner

HOSTILE = Path(__file__).parent.parent / "hostile"
CLEANER = Cleaner(load_furniture())

STORY = (
    "The army took the bridge at Karfa on Tuesday, a spokesman for the brigade said, after two days of shelling.",
    "Rebels denied that the bridge had fallen and said that nine of their fighters had been hurt in the raid.",
    "“We are still on the hill,” their commander said by telephone.",
)
PLAIN = f"""Click Here!Click Here!
Home / World / Army takes bridge at Karfa after two days of shelling
Army takes bridge at Karfa after two days of shelling

Army takes bridge at Karfa after two days of shelling

By Ada Lund
Published 12 March 2024, 10:30 GMT

GOMA/KARFA The {STORY[0][4:]}

ADVERTISEMENT

{STORY[1]}

Read more: Nine hurt in raid on market

{STORY[2]}

(More telling by Ben Tull and Cy Orr in Goma; essay by Dee Fox, changing by Eve Gray)

About admin

Scroll To Top"""


def html(body, head=""):
    return f"<html lang='en-GB'><head><title>Army takes bridge</title>{head}</head><body>{body}</body></html>"


def clean(body, kind="text", *, cleaner=CLEANER, **fields):
    body = body.encode() if isinstance(body, str) else body
    (document,) = cleaner([Page(source="test", kind=kind, body=body, **fields)])
    return document


def test_a_plain_page_loses_its_furniture_and_keeps_every_sentence():
    document = clean(PLAIN)
    title = "Army takes bridge at Karfa after two days of shelling"
    assert document.title == title
    assert document.text == "\n\n".join([title, "GOMA/KARFA The" + STORY[0][3:], *STORY[1:]])
    assert [document.words(span) for span in document.datelines] == ["GOMA", "KARFA"]
    assert [document.words(span) for span in document.apart] == ["GOMA/KARFA"]
    assert document.bylines == ("Ada Lund", "Ben Tull", "Cy Orr", "Dee Fox", "Eve Gray")
    assert (document.published, document.published_basis) == (dt.date(2024, 3, 12), "page")


def test_a_given_text_stays_and_its_furniture_is_marked():
    document = clean(PLAIN, "given")
    assert document.text == PLAIN
    apart = [document.words(span) for span in document.apart]
    for gone in (
        "Click Here!Click Here!",
        "By Ada Lund",
        "ADVERTISEMENT",
        "GOMA/KARFA",
        "About admin",
        "Scroll To Top",
    ):
        assert gone in apart
    for sentence in STORY[1:]:
        assert not any(sentence in piece for piece in apart)


def test_a_given_title_is_put_before_the_text_only_where_it_is_missing():
    assert clean("Bridge falls\n\nIt fell.", "given", title="Bridge falls").text == "Bridge falls\n\nIt fell."
    document = clean("It fell.", "given", title="Bridge falls")
    assert (document.title, document.text) == ("Bridge falls", "Bridge falls\n\nIt fell.")


def test_a_page_of_html_gives_text_and_what_it_says_of_itself():
    menu = "<nav><a href='/'>Home</a> <a href='/w'>World</a></nav>"
    story = "".join(f"<p>{sentence}</p>" for sentence in STORY)
    body = f"{menu}<h1>Army takes bridge</h1><article><p>GOMA, Congo (Reuters) - Night fell.</p>{story}</article>"
    head = (
        "<meta property='article:published_time' content='2024-03-12T10:00:00Z'><meta name='author' content='Ada Lund'>"
    )
    document = clean(html(body + "<footer>© 2024 The Karfa Post</footer>", head), "html")
    assert document.text == "\n\n".join(["Army takes bridge", "GOMA, Congo (Reuters) - Night fell.", *STORY])
    assert (document.published, document.published_basis) == (dt.date(2024, 3, 12), "page")
    assert (document.language, document.agencies, document.bylines) == ("en", ("Reuters",), ("Ada Lund",))


@pytest.mark.parametrize(
    ("fields", "default", "text", "date", "basis"),
    [
        ({"published": dt.date(2024, 1, 1)}, dt.date(2024, 1, 2), PLAIN, dt.date(2024, 1, 1), "input"),
        ({}, dt.date(2024, 1, 2), PLAIN, dt.date(2024, 3, 12), "page"),
        ({}, dt.date(2024, 1, 2), STORY[0], dt.date(2024, 1, 2), "option"),
        ({}, None, f"PARIS, 3 March 2024 (AFP) - {STORY[0]}", dt.date(2024, 3, 3), "text"),
        ({}, None, STORY[0], None, None),
    ],
)
def test_the_date_comes_from_the_surest_place(fields, default, text, date, basis):
    document = clean(text, cleaner=Cleaner(load_furniture(), default), **fields)
    assert (document.published, document.published_basis) == (date, basis)


def test_a_byline_with_a_place_stays_and_gives_a_dateline():
    document = clean(f"Army takes the bridge\n\nBy Ada Lund in Nairobi\n\n{STORY[0]}")
    assert [document.words(span) for span in document.datelines] == ["Nairobi"]
    assert [document.words(span) for span in document.apart] == ["By Ada Lund in Nairobi"]


def test_a_place_alone_on_its_line_is_a_dateline():
    document = clean(f"Army takes the bridge\n\nISTANBUL\n\n{STORY[0]}")
    assert [document.words(span) for span in document.datelines] == ["ISTANBUL"]


def test_paragraphs_broken_by_width_are_joined():
    text = "Bridge falls in Karfa\n\nThe army took the bridge at Karfa on Tuesday, a spokesman for the\nbrigade said."
    joined = "The army took the bridge at Karfa on Tuesday, a spokesman for the brigade said."
    assert clean(text).text == f"Bridge falls in Karfa\n\n{joined}"


def test_unseen_characters_go_and_accents_are_composed():
    assert clean("The ar\u200bmy\u00a0took the\u202e bridge at Mu\u0308nd.").text == "The army took the bridge at Münd."


def test_ids_are_of_the_input_or_of_the_words():
    assert clean(STORY[0], doc_id="a1").doc_id == "a1"
    assert clean(STORY[0]).doc_id == clean(STORY[0], url="http://karfa.example").doc_id
    assert clean(STORY[0]).doc_id != clean(STORY[0], publisher="Karfa Post").doc_id


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("latin.html", "São Luís"),  # bytes that are no UTF-8, with no encoding named
        ("broken-utf8.txt", "Münd"),  # one broken byte must not turn the accents to noise
        ("unclosed.html", "took the bridge"),
    ],
)
def test_broken_pages_still_give_their_text(name, words):
    kind = "html" if name.endswith("html") else "text"
    assert words in clean((HOSTILE / name).read_bytes(), kind).text


@pytest.mark.parametrize(
    "body",
    [
        "<div>" * 100_000 + f"<p>{STORY[0]}</p>" + "</div>" * 100_000,  # nested deep
        f"<p>{STORY[0]}</p>" + "<div>" * 100_000,
        f"<p {' '.join(f'a{n}=1' for n in range(200_000))}>{STORY[0]}</p>",  # many attributes
        "<p " + "a='>' " * 200_000 + f">{STORY[0]}</p>",  # hidden behind quotes
        "<p>a" * 200_000,  # many tags
        "<a " * 300_000,  # tags that never end
        "<!--" * 100_000,
        "<script>" * 50_000,
        f"<script {' '.join(f'a{n}' for n in range(200_000))}>x</script>",  # hidden in a script's own tag
        ("<p " + "/".join(f"a{n}" for n in range(100)) + ">x") * 5_000,  # many in all
        '<p a="' * 100_000,
        "&amp;" * 200_000,
        "<" * 500_000,
        "",
    ],
    ids=[
        "deep",
        "deep-after",
        "attributes",
        "quoted",
        "tags",
        "unended",
        "comments",
        "scripts",
        "script-attributes",
        "all-attributes",
        "quotes",
        "entities",
        "lt",
        "none",
    ],
)
def test_hostile_html_is_bounded_in_time(body):
    started = time.monotonic()
    assert isinstance(clean(html(body), "html"), Document | Rejected)
    assert time.monotonic() - started < 20


def test_a_page_of_menus_only_is_refused():
    rejected = clean("Home | World | Sport\n\nFollow us on Twitter\n\nScroll To Top")
    assert (rejected.stage, rejected.reason) == ("text", "nothing but page furniture found")


PIECES = st.sampled_from(
    [
        *STORY,
        *PLAIN.split("\n"),
        "\n",
        "\n\n",
        " ",
        "KYIV ",
        "(AP) — ",
        "By Ada Lund",
        "Nine hurt in raid",
        "\u200b",
        "More stories",
    ]
)


@settings(deadline=None, max_examples=200)
@given(st.lists(PIECES, max_size=25).map("\n".join) | st.text(max_size=200))
def test_every_span_lies_in_its_text_and_cleaning_twice_is_cleaning_once(text):
    for kind in ("text", "given", "html"):
        document = clean(text.encode("utf-8", "replace"), kind)
        if isinstance(document, Rejected):
            continue
        for span in (*document.datelines, *document.apart):
            assert document.words(span)
            assert span.end <= len(document.text)
        if document.title and kind != "given":
            assert document.text.startswith(document.title)
        if kind == "text":
            again = clean(document.text)
            assert isinstance(again, Document)
            assert again.text == document.text


@settings(deadline=None, max_examples=100)
@given(st.binary(max_size=400))
def test_random_bytes_never_raise(body):
    for kind in ("text", "given", "html"):
        assert isinstance(clean(body, kind), Document | Rejected)


def test_the_cut_of_a_batch_changes_nothing():
    pages = [Page(source=str(n), kind="text", body=body.encode()) for n, body in enumerate([PLAIN, "", STORY[1]])]
    assert list(CLEANER(pages)) == [document for page in pages for document in CLEANER([page])]
