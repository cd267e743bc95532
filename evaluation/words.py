"""When two phrases name one party: the measure every score of names shares."""

import re

STOP = frozenset(
    "the a an of in on at to for from by with its his her their our forces force people government officials".split()
)
WORD = re.compile(r"[a-z0-9]+")


def words(text: str) -> frozenset[str]:
    """Telling words of a phrase, lower case; all its words where only little ones are there."""
    found = frozenset(WORD.findall(text.lower().replace("u.s.", "us").replace("u.n.", "un")))
    return found - STOP or found


def alike(first: list[str], second: list[str]) -> bool:
    """Whether two lists of phrases share a party, or are both empty."""
    if not first or not second:
        return not first and not second
    return any(words(one) & words(two) for one in first for two in second)
