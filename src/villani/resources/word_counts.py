"""In how many texts a word stands: what makes a word that two texts share telling."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from villani.errors import ResourceError
from villani.resources.lexicons import load_lines

LEXICON = "en/word_counts"
_WORD = re.compile(r"[^\W_]+(?:['’][^\W\d_]+)?")
_GROUPED = re.compile(r"(?<=\d),(?=\d{3}\b)")


@dataclass(frozen=True)
class WordCounts:
    """Word stems with the number of texts they stand in, out of `texts`; one not listed stands in next to none."""

    texts: int
    counts: Mapping[str, int]


def word_stems(text: str) -> list[str]:
    """The words of a text, small, without possessive and plural endings, in order; "12,500" is one word."""
    return [_stem(word) for word in _WORD.findall(_GROUPED.sub("", text))]


def _stem(word: str) -> str:
    """One spelling for the usual forms of a word: the same for all who count or compare, not a linguist's stem."""
    word = word.lower().replace("’", "'").removesuffix("'s")
    if len(word) > 3 and word.endswith("s") and not word.endswith(("ss", "us", "is", "news")):
        return word[:-1]
    return word


def load_word_counts() -> WordCounts:
    """The counts that ship with the package.

    Raises:
        ResourceError: the table is missing or broken.
    """
    rows = load_lines(LEXICON)
    try:
        counts = {word: int(count) for word, count in rows}
        return WordCounts(texts=counts.pop("*"), counts=counts)
    except (ValueError, KeyError) as error:
        raise ResourceError(
            f"lexicons/{LEXICON}.tsv: not words with counts and the number of texts under *",
            cause=str(error),
            remedy="install villani anew",
        ) from error
