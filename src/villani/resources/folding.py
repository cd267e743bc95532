"""Names as keys: one spelling for the many ways a name is written."""

import re
import unicodedata

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
