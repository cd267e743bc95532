"""The measures the reader is to reach, which of them it misses, and by what errors."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from evaluation.misses import Miss, telling
from evaluation.tables import miss_table, table


@dataclass(frozen=True)
class Aim:
    """One measure: what was `reached`, the `limit` (a floor; a ceiling with `at_most`), what to compare it with.

    `misses` are all errors behind it; `mend` says what would mend the commonest.
    """

    name: str
    reached: float
    limit: float
    compare: str
    misses: Sequence[Miss] = field(repr=False)
    mend: str
    at_most: bool = False

    @property
    def is_missed(self) -> bool:
        """Whether the measure is on the wrong side of its limit."""
        return self.reached > self.limit if self.at_most else self.reached < self.limit


def aim_table(aims: Iterable[Aim]) -> str:
    """What is reached, a row a measure."""
    rows = [
        (
            aim.name,
            f"{aim.reached:.3f}",
            f"{'at most' if aim.at_most else 'at least'} {aim.limit:.2f}",
            "missed" if aim.is_missed else "reached",
            aim.compare,
        )
        for aim in aims
    ]
    return table(("measure", "value", "aim", "", "compare with"), rows)


def missed_sections(aims: Iterable[Aim]) -> str:
    """Ten telling errors for each measure that is missed, and what would mend them."""
    parts = [
        f"### {aim.name}: {aim.reached:.3f}\n\n{miss_table(telling(aim.misses))}\n\nWhat would mend them: {aim.mend}"
        for aim in aims
        if aim.is_missed
    ]
    return "\n\n".join(parts) or "No measure is missed."
