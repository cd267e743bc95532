"""Windows of word pieces."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tokenizers import Tokenizer
from tokenizers.models import WordPiece
from tokenizers.pre_tokenizers import BertPreTokenizer

from build import document
from villani.reading.sentences import split_sentences
from villani.reading.windows import MAX_PIECES, cut_windows


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    """Every character is a piece: enough to count with."""
    letters = {chr(code): code for code in range(33, 500)}
    tails = {f"##{letter}": 1_000 + code for letter, code in letters.items()}
    tokenizer = Tokenizer(WordPiece({"[UNK]": 0, **letters, **tails}, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def windows_of(text, tokenizer, title=""):
    doc = document(text, title=title)
    return cut_windows(doc, split_sentences(text), tokenizer)


def test_no_window_is_longer_than_the_limit(tokenizer):
    found = windows_of("Tanks rolled in. " * 120, tokenizer)
    assert len(found) > 1
    assert max(len(w.ids) for w in found) <= MAX_PIECES


def test_every_sentence_is_owned_by_exactly_one_window(tokenizer):
    text = " ".join(f"Convoy {number} left at dawn." for number in range(60))
    owners = [int(s) for w in windows_of(text, tokenizer) for s in set(w.sentences[w.owned])]
    assert sorted(owners) == list(range(60))


def test_the_title_stands_in_front_of_every_window(tokenizer):
    text = "Siege ends\n\n" + "Tanks rolled in. " * 60
    found = windows_of(text, tokenizer, title="Siege ends")
    assert len(found) > 1
    assert all(w.sentences[1] == 0 for w in found)
    assert [bool(w.owned[1]) for w in found] == [True] + [False] * (len(found) - 1)


def test_the_sentence_before_is_context_not_owned(tokenizer):
    found = windows_of("Tanks rolled in. " * 60, tokenizer)
    first_owned = int(found[1].sentences[found[1].owned][0])
    assert first_owned - 1 in found[1].sentences[~found[1].owned]


def test_a_document_without_sentences_has_no_windows(tokenizer):
    assert windows_of("   ", tokenizer) == []


@given(text=st.text(alphabet=st.characters(min_codepoint=32, max_codepoint=400), max_size=900))
def test_pieces_point_into_the_text(text, tokenizer):
    for window in windows_of(text, tokenizer):
        real = window.starts >= 0
        assert (window.ends[real] <= len(text)).all()
        assert (window.starts[real] < window.ends[real]).all()
        assert len(window.ids) <= MAX_PIECES
