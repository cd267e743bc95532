"""Names as keys: one spelling for the many ways a name is written."""

import re
import unicodedata
from functools import lru_cache

_LETTERS = str.maketrans(
    {
        "ł": "l",
        "ø": "o",
        "đ": "d",
        "ð": "d",
        "ı": "i",
        "ħ": "h",
        "ŋ": "n",
        "þ": "th",
        "æ": "ae",
        "œ": "oe",
        "ß": "ss",
        "ə": "a",
        "ʻ": "",
        "ʼ": "",
        "ʿ": "",
        "ʾ": "",
        "`": "",
        "'": "",
        "’": "",
        "‘": "",
        ".": "",
    }
)
_BREAK = re.compile(r"[\W_]+")
# Spellings that transcriptions of Arabic, Persian, Turkish and Slavic names differ in, coarsest last.
_LOOSE = (
    (re.compile(r"\b(?:al|el|ul|ad|as|ash|at|an|ar|az|ez|bin|ibn)\b"), " "),
    (re.compile(r"ou|oo|aw|u"), "o"),
    (re.compile(r"ei|ee|ay|ai|iy|ey|y|i|e"), "a"),
    (re.compile(r"q|kh|ck|c(?!h)"), "k"),
    (re.compile(r"dh|z"), "d"),
    (re.compile(r"(.)\1+"), r"\1"),
)


@lru_cache(maxsize=65_536)
def fold_name(name: str) -> str:
    """Fold a name to the key it is filed under: lower case, no accents, apostrophes or stops, hyphens as spaces.

    "Deir ez-Zor" gives "deir ez zor", "U.S." "us", "Ja'afari" "jaafari".
    """
    if name.isascii():
        return _BREAK.sub(" ", name.lower().translate(_LETTERS)).strip()
    # Letters of mathematics and width are plain letters only once decomposed, and capitals among them fold only then.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", name).casefold())
    bare = "".join(letter for letter in decomposed if not unicodedata.combining(letter))
    return _BREAK.sub(" ", bare.translate(_LETTERS)).strip()


def loosen_name(key: str) -> str:
    """Coarsen a folded name to what its spellings share; many names may meet in one.

    "qassem soleimani" and "qasem sulaimani" both give "kasam solamana".
    """
    for pattern, coarse in _LOOSE:
        key = pattern.sub(coarse, key)
    return " ".join(key.split())
