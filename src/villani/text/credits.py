"""Credits: who wrote, edited or helped, in bylines and in the lines after the last sentence."""

import re

import msgspec

from villani.resources.furniture import Furniture
from villani.text.furniture import MONTHS, ends_sentence

MAX_BYLINE = 160
MAX_CREDIT = 600
MIN_CAPITAL_SHARE = 0.75

_CONNECTORS = frozenset(
    [
        "and",
        "of",
        "in",
        "the",
        "for",
        "with",
        "at",
        "by",
        "&",
        "from",
        "de",
        "del",
        "al",
        "el",
        "bin",
        "ibn",
        "van",
        "von",
        "der",
        "da",
        "to",
        "on",
    ]
)
_ARTICLE = re.compile(r"[a-z]{2,3}-[A-ZÀ-Þ]")
_WEEKDAYS = frozenset(["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"])
_BYLINE = re.compile(r"(?:by|BY|By):?\s(?=[A-ZÀ-ÖØ-Þ])")
_FILED_IN = re.compile(r"\s(?:in|IN)\s(?P<places>[A-ZÀ-ÖØ-Þ][\w'’.-]*(?:,?\s(?:and\s)?[A-ZÀ-ÖØ-Þ][\w'’.-]*){0,5})$")
_NAME = r"[A-ZÀ-ÖØ-Þ][\w'’.-]{0,25}"
_NAMES = re.compile(rf"{_NAME}(?:\s(?:al-|de\s|del\s|bin\s|van\s|von\s|der\s|da\s)?{_NAME}){{1,3}}")
_ROLE = re.compile(
    r"\b(?:Staff|Writer|Writers|Correspondent|Reporter|Reporters|Editor|Press|News|Agency|Agencies|Bureau|Newsroom|Desk"
    r"|Associated|Reuters|Correspondents|Network|Service|Times|Post|Team|Media|View|Posts|Edition|Admin)\b",
    re.IGNORECASE,
)
_CONTRIBUTED = re.compile(
    r"\bcontributed\s(?:to|reporting|from|additional)\b.{0,40}|\bcontributed\.?$|\b(?:reported|reporting)\sfrom\s[A-Z].{0,120}"
    r"\b(?:reported|reporting|contributed)\b",
)
_WORDS = re.compile(r"[^\s,;:()]+")
_BY = re.compile(r"\b(?:by|from)\b")
_CREDIT_BREAK = re.compile(r"[;,|]|\band\b|\b[a-z]+(?:\sand\s[a-z]+)?\sby\b|\bby\b|\s—\s")


class Credit(msgspec.Struct, frozen=True, kw_only=True):
    """A credit in a block: where it stands there (half-open), whom it names, and the place it was filed from.

    `place` is a half-open range of the block, (0, 0) where none is named.
    """

    start: int
    end: int
    names: tuple[str, ...]
    place: tuple[int, int] = (0, 0)


class CreditReader:
    """Reads credits by their shape, so that a page whose words were swapped still loses them.

    Args:
        furniture: Openings of credit lines.
    """

    def __init__(self, furniture: Furniture) -> None:
        phrases = "|".join(
            re.escape(phrase).replace(r"\ ", r"\s") for phrase in sorted(furniture.credits, key=len, reverse=True)
        )
        self._phrase = re.compile(rf"[\s(\[—–*_-]{{0,4}}(?:{phrases})(?!\w)", re.IGNORECASE)
        self._inside = re.compile(rf"(?<!\w)(?:{phrases})(?!\w)", re.IGNORECASE)

    def read_byline(self, block: str) -> Credit | None:
        """The byline a short line is ("By JOHN SMITH", "By Jane Doe in Nairobi")."""
        opening = _BYLINE.match(block)
        if not opening or len(block) > MAX_BYLINE or (ends_sentence(block) and not re.search(r"\b[A-Z]\.$", block)):
            return None
        words = _WORDS.findall(block[opening.end() :].replace("|", " "))
        if any(word.lower() in MONTHS or word.lower() in _WEEKDAYS for word in words[:1]) or len(words) > 16:
            return None
        if not all(_is_of_name(word) or not word[0].isalpha() for word in words):
            return None
        filed = _FILED_IN.search(block)
        named = block[opening.end() : filed.start() if filed else len(block)]
        place = filed.span("places") if filed else (0, 0)
        return Credit(start=0, end=len(block), names=split_names(named), place=place)

    def read_credit(self, block: str) -> Credit | None:
        """The credit at the end of a block, or that a block is; for blocks near the end of an article."""
        if block.endswith((")", ").", "]")):
            start = max(block.rfind("("), block.rfind("["))
            inner = block[start + 1 :].rstrip(").]")
            if start >= 0 and len(inner) <= MAX_CREDIT and self._is_credit(inner):
                return Credit(start=start, end=len(block), names=split_names(inner))
        if len(block) > MAX_CREDIT:
            return None
        opening = self._phrase.match(block)
        if opening and self._is_named(block[opening.end() :]):
            return Credit(start=0, end=len(block), names=split_names(block))
        if _CONTRIBUTED.search(block) and ("this" in block or "reporting" in block) and _NAMES.search(block):
            return Credit(start=0, end=len(block), names=_find_names(block))
        return None

    def _is_named(self, rest: str) -> bool:
        """Whether what follows an opening is names, and no sentence."""
        words = _WORDS.findall(rest)
        if not words:
            return True
        capital = sum(_is_of_name(word) for word in words)
        return capital / len(words) >= MIN_CAPITAL_SHARE or bool(self._inside.search(rest))

    def _is_credit(self, inner: str) -> bool:
        """Whether the words of a bracket are a credit: by a known opening, else names in a row with "by" and ";"."""
        if self._inside.match(inner.strip()):
            return True
        words = _WORDS.findall(inner)
        bys = len(_BY.findall(inner))
        if not words or not bys or not _NAMES.search(inner):
            return False
        share = sum(_is_of_name(word) for word in words) / len(words)
        return share >= MIN_CAPITAL_SHARE and ((";" in inner and bys > 1) or "by" in words[:4]) and len(words) >= 5


def _is_of_name(word: str) -> bool:
    """Whether a word may stand in a list of names: a capital, a connector, or "al-Hadi"."""
    return word[0].isupper() or word in _CONNECTORS or bool(_ARTICLE.match(word))


def split_names(text: str) -> tuple[str, ...]:
    """The names in a list of names, places and credit words."""
    names = []
    for part in _CREDIT_BREAK.split(text):
        name = re.split(r"\s(?:in|at|for|of)\s", f" {part} ")[0].strip(" .()[]*_—–-\n")
        words = name.split()
        is_name = 2 <= len(words) <= 4 and all(_is_of_name(word) for word in words)
        if is_name and words[0][0].isupper() and not _ROLE.search(name):
            names.append(name.title() if name.isupper() else name)
    return tuple(dict.fromkeys(names))


def _find_names(sentence: str) -> tuple[str, ...]:
    """The persons a sentence of thanks names."""
    bare = re.sub(r"\b(?:The\s)?Associated Press(?:\s[a-z]+s?)?|\bReuters\b|\bAP\b", " ", sentence)
    found = (re.sub(r"\s(?:in|at)\s.*", "", name[0]) for name in _NAMES.finditer(bare))
    return tuple(dict.fromkeys(name for name in found if not _ROLE.search(name)))
