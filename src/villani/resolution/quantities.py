"""Number phrases of news prose to closed or open intervals."""

import re

UNITS = {
    word: value
    for value, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "seventeen eighteen nineteen".split()
    )
}
TENS = dict(zip("twenty thirty forty fifty sixty seventy eighty ninety".split(), range(20, 100, 10), strict=True))
SCALES = {"hundred": 100, "thousand": 1_000, "million": 1_000_000, "billion": 1_000_000_000}
DOZEN = 12
# Lower bounds of vague plurals as settled in the annotation guidelines ("dozens" = [24, null], "several" = [3, null]).
VAGUE = {
    "dozens": 24,
    "scores": 40,
    "several": 3,
    "hundreds": 200,
    "thousands": 2_000,
    "millions": 2_000_000,
    "tens of thousands": 20_000,
    "hundreds of thousands": 200_000,
    "several dozen": 36,
    "several hundred": 300,
    "several thousand": 3_000,
}
SINGULAR = {"a", "an", "another", "him", "her", "himself", "herself"}
NONE = {"no", "none", "nobody", "zero", "without"}
PAIRS = {"couple": 2, "both": 2, "pair": 2, "brace": 2}

MORE = re.compile(
    r"\b(?:more than|over|upwards of|in excess of|exceed(?:s|ed|ing)?|north of|surpass(?:ed|ing)?)\b", re.IGNORECASE
)
LEAST = re.compile(
    r"\b(?:at least|no fewer than|not fewer than|no less than|as many as that)\b|\bor more\b|\+", re.IGNORECASE
)
MOST = re.compile(r"\b(?:at most|up to|as many as|no more than|not more than|as much as)\b", re.IGNORECASE)
UNDER = re.compile(r"\b(?:fewer than|less than|under)\b", re.IGNORECASE)
NEARLY = re.compile(r"\b(?:nearly|almost|close to)\b", re.IGNORECASE)
NUMERAL = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?")
WORD = re.compile(r"\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?|[a-z]+", re.IGNORECASE)
RANGE = re.compile(
    r"(?:\bbetween\b|\bfrom\b)?\s*(?P<low>.+?)\s*(?:\band\b|\bto\b|\bor\b|-|\u2013)\s*(?P<high>.+)", re.IGNORECASE
)

Bounds = tuple[int | None, int | None]


def parse_quantity(phrase: str) -> Bounds | None:
    """Read a number phrase as an interval of whole numbers.

    Args:
        phrase: Words such as "at least nine", "some 40 people", "12,000", "between 30 and 40", "dozens".

    Returns:
        `(low, high)`, both inclusive, `None` for an open end; `None` where the phrase holds no number.
        "more than 20" is (21, None); "fewer than 300" (None, 299), "nearly 300" (None, 300) and "some 40" (40, 40).

    Source: the settled questions of the annotation guidelines.
    """
    text = " ".join(phrase.lower().replace("\u00a0", " ").split())
    words = WORD.findall(text)
    if not words:
        return None
    if words[0] in NONE:
        return (0, 0)
    vague = _vague(text)
    if vague is not None:
        return vague
    between = _range(text)
    if between is not None:
        return between
    value = _cardinal(words)
    return None if value is None else _bounded(text, value)


def _bounded(text: str, value: int) -> Bounds:
    """Apply the words that open or close an end."""
    if LEAST.search(text):
        return (value, None)
    if MOST.search(text):
        return (None, value)
    if MORE.search(text):
        return (value + 1, None)
    if UNDER.search(text):
        return (None, value - 1)
    if NEARLY.search(text):
        return (None, value)
    return (value, value)


def _vague(text: str) -> Bounds | None:
    """Longest vague plural in the text, unless a counted one ("two dozen") is there."""
    for words in sorted(VAGUE, key=len, reverse=True):
        if re.search(rf"\b{words}\b", text) and not NUMERAL.search(text):
            return (VAGUE[words], None)
    return None


def _range(text: str) -> Bounds | None:
    """Two numbers joined as a range."""
    if re.search(r"\bbetween\b|\bfrom\b|\d\s*(?:-|\u2013|to|or)\s*\d|\b(?:to|or)\b", text) is None:
        return None
    match = RANGE.search(re.sub(r"\bor more\b|\bup to\b", "", text))
    if match is None:
        return None
    low, high = (_cardinal(WORD.findall(match[name])) for name in ("low", "high"))
    if low is None or high is None or low >= high:
        return None
    return (low, high)


def _cardinal(words: list[str]) -> int | None:
    """First cardinal in a list of words: numerals, number words, or both ("1.2 million", "two dozen")."""
    total, current, seen = 0.0, 0.0, False
    for before, word in zip(["", *words], words, strict=False):
        value = _value(word, first=not seen)
        if value is not None:
            if seen and current and not (current % 100 == 0 or (20 <= current % 100 < 100 and value < 10)):
                break
            current, seen = current + value, True
        elif word in SCALES and (seen or before in {"a", "few"}):
            current, seen = (current or 1) * SCALES[word], True
            if SCALES[word] > 100:
                total, current = total + current, 0
        elif word == "dozen":
            current, seen = (current or 1) * DOZEN, True
        elif word == "half" and not seen:
            current, seen = 0.5, True
        elif seen and word not in {"and", "a"}:
            break
    if seen:
        return round(total + current)
    return 1 if words[0] in SINGULAR else None


def _value(word: str, *, first: bool) -> float | None:
    """A single number word or numeral; "pair" and "both" only where no number came before."""
    if word[0].isdigit():
        return float(word.replace(",", ""))
    if word in UNITS:
        return UNITS[word]
    if word in TENS:
        return TENS[word]
    return PAIRS.get(word) if first else None
