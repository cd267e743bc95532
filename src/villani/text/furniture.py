"""Which blocks of a page are furniture: menus, buttons, notices, captions' credits, time stamps, lists of links."""

import datetime as dt
import re
from collections.abc import Sequence

from villani.resources.furniture import Furniture

MONTHS = {
    name: number
    for number, names in enumerate(
        [
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ],
        1,
    )
    for name in names.split()
}
MONTH = "(?:" + "|".join(sorted((name.title() for name in MONTHS), key=len, reverse=True)) + r")\b\.?"
MAX_LINE = 200
MAX_NOTICE = 400
MAX_PLAIN = 150
MAX_IMPERATIVE = 90

_DIGIT = re.compile(r"\d")
_LETTER = re.compile(r"[^\W_]")
_EDGES = re.compile(r"^[\W_]+|[\W_]+$")
_BLANKS = re.compile(r"[\W_]+")
_PARTS = re.compile(r"\s{2,}|\s*[|/\\»›>•·,‹«]\s*|\s[-–—]\s")
_CRUMBS = re.compile(r"\s?(?<![<>])[»›>→](?![>=])\s?|\s/\s")
_ENDS_SENTENCE = re.compile(r"[.!?…][\"'”’)\]»]{0,3}$")
_ADDRESS = re.compile(r"\b(?:you|your|we|our|us|reserved|may not|click|required)\b")
_NAMED = r"[A-ZÀ-Þ][\w'’.-]{0,25}(?:[ /]{1,3}[A-ZÀ-Þ(][\w'’.)-]{0,25}){0,6}"
_CAPTION = re.compile(
    rf"(?:\b(?:AP Photo|REUTERS|AFP|EPA|Getty Images|Anadolu)\s?/\s?{_NAMED}"
    rf"|\b(?:Photo(?:graph)?s?(?: by|:)|Picture:|Image:|Credit:)\s{_NAMED}"
    r"|/\s?(?:AFP|Getty Images|Reuters|REUTERS|AP|AP Photo|EPA|Anadolu|Shutterstock)(?: via [A-Z][\w ]{1,20})?"
    r")\s?[)\].]?$"
)
_STAMP_WORD = re.compile(
    r"(?:\d{1,4}(?:st|nd|rd|th|am|pm|h)?|[ap]\.?m\.?|mon|tues?|wed|thurs?|fri|sat|sun|(?:mon|tues|wednes|thurs|fri|satur|sun)day"
    r"|published|updated|posted|modified|created|first|last|on|at|by|ago|min|mins|minutes?|hours?|hrs?|days?|weeks?|months?|read"
    r"|reading|time|date|gmt|utc|est|edt|et|pst|pdt|ist|cet|cest|bst|eat|cat|wat|msk|z|t|local|views?|comments?|shares?"
    r"|" + "|".join(MONTHS) + r")\Z"
)
_WORD = re.compile(r"[^\W_]+(?:\.[^\W_]+\.)?")
_DATES = (
    re.compile(rf"\b(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s(?P<month>{MONTH}),?\s(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(rf"\b(?P<month>{MONTH})\s(?P<day>\d{{1,2}})(?:st|nd|rd|th)?,?\s(?P<year>\d{{4}})\b", re.IGNORECASE),
    re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})(?!\d)"),
)


def ends_sentence(block: str) -> bool:
    """Whether a block ends as a sentence does."""
    return bool(_ENDS_SENTENCE.search(block))


def is_label(block: str) -> bool:
    """Whether a block is no sentence: short, and not ended as one."""
    return len(block) <= MAX_LINE and not ends_sentence(block)


def read_date(text: str) -> dt.date | None:
    """The first whole date (day, month, year) written in a short text."""
    for pattern in _DATES:
        if found := pattern.search(text):
            name = found["month"].lower().rstrip(".")
            try:
                return dt.date(int(found["year"]), MONTHS.get(name) or int(name), int(found["day"]))
            except ValueError:
                continue
    return None


def is_stamp(block: str) -> bool:
    """Whether a line holds nothing but dates, times and the words that introduce them."""
    if len(block) > MAX_PLAIN or not _DIGIT.search(block):
        return False
    return all(_STAMP_WORD.match(word) for word in _WORD.findall(block.lower()))


class Sieve:
    """Tells furniture from article, block by block.

    Args:
        furniture: The phrases (`villani.resources.furniture`).
    """

    def __init__(self, furniture: Furniture) -> None:
        self._alone = {_squeeze(phrase) for phrase in furniture.alone | furniture.menu}
        self._menu = furniture.menu | furniture.alone
        self._tail = furniture.tail
        self._named = tuple(phrase for phrase in furniture.opens if phrase.endswith((":", "©")))
        self._opens = tuple(phrase for phrase in furniture.opens if phrase not in self._named)
        whole = "|".join(re.escape(phrase) + ("" if phrase[-1].isdigit() else r"(?!\w)") for phrase in self._opens)
        self._opening = re.compile(whole)
        self._holds = furniture.holds

    def find(self, blocks: Sequence[str]) -> list[bool]:
        """For each block whether it is furniture; headlines of other articles after the text count."""
        flags = [self.is_furniture(block) for block in blocks]
        in_tail = False
        for index, block in enumerate(blocks):
            if in_tail and not is_label(block):
                in_tail = False
            if in_tail or (2 * index >= len(blocks) and self._opens_tail(block)):
                in_tail = flags[index] = True
        return flags

    def is_furniture(self, block: str) -> bool:
        """Whether a block is furniture wherever it stands."""
        if len(block) > MAX_NOTICE:
            return not _LETTER.search(block)
        line = " ".join(block.lower().split())
        if len(line) <= MAX_LINE:
            squeezed = _squeeze(line)
            if not squeezed or _base(squeezed) in self._alone or is_stamp(line):
                return True
            if not ends_sentence(line) and (self._is_menu(line) or _is_crumbs(line)):
                return True
        return self._is_notice(line) or bool(_CAPTION.search(block))

    def _is_notice(self, line: str) -> bool:
        """Whether a line is a stock phrase with whatever follows it."""
        if line.startswith(self._named) and len(line) <= MAX_LINE:
            return True
        limit = MAX_IMPERATIVE if ends_sentence(line) else MAX_PLAIN
        if len(line) <= limit and line.startswith(self._opens) and self._opening.match(line):
            return True
        return any(phrase in line for phrase in self._holds) and bool(_ADDRESS.search(line))

    def _is_menu(self, line: str) -> bool:
        """Whether a line is made of menu words only, two or more."""
        parts = [part for part in _PARTS.split(line) if part]
        if len(parts) > 1 and all(part in self._menu for part in parts):
            return True
        words = line.split()
        return len(words) > 1 and all(word in self._menu for word in words)

    def _opens_tail(self, block: str) -> bool:
        """Whether only links follow a block."""
        return _EDGES.sub("", block.lower()) in self._tail


def _is_crumbs(line: str) -> bool:
    """Whether a line is a path through a site ("Home / World / ...")."""
    parts = _CRUMBS.split(line)
    opens_home = len(parts) > 1 and parts[0].strip() in {"home", "news", "you are here", "front page", "homepage"}
    return opens_home or (len(parts) > 3 and all(len(part.split()) <= 4 for part in parts[:-1]))


def _squeeze(line: str) -> str:
    """The letters and digits of a line."""
    return _BLANKS.sub("", line)


def _base(squeezed: str) -> str:
    """What a line repeats ("clickhereclickhere" gives "clickhere"), else the line."""
    period = (squeezed + squeezed).find(squeezed, 1)
    return squeezed[:period]
