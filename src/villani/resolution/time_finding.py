"""Time phrases of a text, found by rules and read in the order in which they are told."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from villani.records.text import Span
from villani.resolution.time_dates import DATE_RULES
from villani.resolution.time_meaning import Frame, Rule
from villani.resolution.time_relative import RELATIVE_RULES
from villani.resolution.time_spans import SPAN_RULES
from villani.resolution.time_words import CUE, CUE_CHARS, CUES, KINDS_OF_CUE, LOWERED

RULES: tuple[Rule, ...] = (*DATE_RULES, *RELATIVE_RULES, *SPAN_RULES)
# One blank for each blank, one straight mark for each curly one: offsets stay.
PLAIN = str.maketrans(
    {"\u2019": "'", "\u2018": "'", "\u2013": "-", "\u2014": "-", "\u2011": "-", "\u00a0": " ", "\t": " ", "\r": " "}
)
LINE_END = re.compile(r"(?<!\n)\n(?!\s*\n)")
# A clause is looked at no further than this.
CLAUSE_CHARS = 120
AHEAD = re.compile(
    r"\b(?:will|won't|would|shall|'ll|(?:is|are|was|were) (?:to|due|set|slated|scheduled|expected|planning|going|about)"
    r"|plans?|planned for|scheduled|expected|due|to be|intends?|hopes? to|expects?|deadline|going to"
    r"|(?:set|planned|planning|supposed|likely|agreed|vowed|promised|pledged|threatened|hoped|preparing) to)\b"
    r"|\b(?:until|as (?:soon|early|late) as) $"
)
BACK = re.compile(
    r"\b(?:was|were|had|did|has|have|been|said|told|took|came|went|made|met|began|rose|fell|killed|held|gave|got|saw|left|"
    r"won|lost|sent|shot|fought|struck|hit|broke|became|found|led|set|put|cut|\w{3,}ed)\b"
)


@dataclass(frozen=True)
class Candidate:
    """A match of a rule."""

    match: re.Match[str]
    rule: Rule

    @property
    def span(self) -> Span:
        """Where it stands in the text."""
        return Span(self.match.start(), self.match.end())


def plain(text: str) -> str:
    """The text with straight marks, and single line ends as blanks; as long as before."""
    return LINE_END.sub(" ", text.translate(PLAIN))


def find_candidates(text: str, marks: Sequence[Span] = ()) -> list[Candidate]:
    """The time phrases of a text, the longest where some overlap.

    Args:
        text: As `plain` gives it.
        marks: Where the reader found times; words that are times only now and then count there.

    Returns:
        Matches that do not overlap, in the order of the text.
    """
    stretches = _stretches(text)
    found = [
        Candidate(match, rule)
        for rule in RULES
        for low, high in stretches[rule.cue]
        for match in rule.pattern.finditer(text, low, high)
    ]
    taken = bytearray(len(text))
    marked = bytearray(len(text))
    for mark in marks:
        marked[mark.start : mark.end] = b"\1" * (mark.end - mark.start)
    chosen = []
    nothing = Frame(None)
    for item in sorted(found, key=lambda c: (c.match.start() - c.match.end(), c.match.start())):
        low, high = item.match.span()
        if high <= low or any(taken[low:high]) or (item.rule.is_weak and not any(marked[low:high])):
            continue
        if item.rule.meaning(item.match, nothing) is None:
            continue
        taken[low:high] = b"\1" * (high - low)
        chosen.append(item)
    return sorted(chosen, key=lambda item: item.match.start())


def _stretches(text: str) -> dict[str, list[tuple[int, int]]]:
    """The stretches of a text around the cues of each kind; under "" the whole text."""
    found: dict[str, list[tuple[int, int]]] = {"": [(0, len(text))], **{kind: [] for kind in CUES}}
    for match in CUE.finditer(text.translate(LOWERED)):
        word = match[0]
        low, high = max(0, match.start() - CUE_CHARS), min(len(text), match.end() + CUE_CHARS)
        for kind in KINDS_OF_CUE["0" if word[0].isdigit() else word]:
            around = found[kind]
            if around and low <= around[-1][1]:
                around[-1] = (around[-1][0], high)
            else:
                around.append((low, high))
    return found


def looks_ahead(text: str, span: Span, sentence: Span) -> bool:
    """Whether the clause around a phrase speaks of what is to come.

    The verb before the phrase decides, the nearest one; where none stands before it, the first one behind it.
    "Friday's" is the Friday that was.

    Args:
        text: As `plain` gives it.
        span: The phrase.
        sentence: The sentence it stands in.

    Returns:
        True for the future; False for the past, and where no word says so.
    """
    before = text[max(sentence.start, span.start - CLAUSE_CHARS) : span.start]
    last = {
        way: max((m.end() for m in cue.finditer(before)), default=-1) for way, cue in ((True, AHEAD), (False, BACK))
    }
    if text.startswith("'s", span.end):
        return False
    if max(last.values()) >= 0:
        return last[True] >= last[False]
    behind = text[span.end : min(sentence.end, span.end + CLAUSE_CHARS)]
    first = [(m.start(), way) for way, cue in ((True, AHEAD), (False, BACK)) if (m := cue.search(behind))]
    return min(first)[1] if first else False
