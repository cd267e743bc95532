"""How many died in an act: by the number read for it, else by whom the act's own word says was killed."""

import re
from collections.abc import Sequence

from villani.records.events import Count
from villani.resolution.quantities import parse_quantity

# Words that say by themselves that whoever they are done to is dead.
KILLING = re.compile(
    r"\b(?:kill(?:s|ed|ing)?|murder(?:s|ed|ing)?|assassinat(?:es|ed|ing|ion)|execut(?:es|ed|ing|ion)|slain|slay(?:s|ing)?|"
    r"massacr(?:es|ed|ing)|behead(?:s|ed|ing)?|lynch(?:es|ed|ing)?|martyr(?:s|ed)|shot dead|gunned down|fatally shot|"
    r"mortally wounded|stabbed to death|beaten to death|hacked to death|burned alive|hanged)\b",
    re.IGNORECASE,
)
# A single person: a name of one to five words; a lone word that ends like a plural ("Yazidis") is none.
FULL_NAME = re.compile(
    r"(?:[A-Z][\w'\u2019-]+|al-[A-Z][\w'\u2019-]+)(?: (?:(?:al|el|bin|ibn|bint|de|da|van|von|ul|abu)[ -])*"
    r"(?:[A-Z][\w'\u2019-]+|al-[A-Z][\w'\u2019-]+)){0,4}"
)
PLURAL = re.compile(r"\w+s")
NO_COUNT = re.compile(r"\b(?:hundreds|thousands|millions)\b(?! of)", re.IGNORECASE)


# Without a word of death near it a number counts no dead: "freed 12", "abducted 31 pupils".
DEATH = re.compile(
    r"\b(?:kill|dea(?:d|th)|die[sd]?\b|dying|toll|casualt|lives|bod(?:y|ies)|corpse|slain|slaughter|murder|massacr|execut|"
    r"fatal|behead|shot|perish|martyr|victim|lynch|hang|drown|burn|assassin|gunned|claimed|loss|lost|funeral|buri)",
    re.IGNORECASE,
)
HURT = re.compile(
    r"\b(?:injur|wound|hurt|maim|casualt|bleed|hospital|treated|burn|scald|beaten|shot|critical)", re.IGNORECASE
)
# Acts that can have a toll; a number read beside another is the number of something else.
DEADLY = frozenset(("ASSAULT", "PROTEST", "COERCE", "MOBILIZE"))


def may_count(kind: str, role: str, sentence: str) -> bool:
    """Whether a number read as the deaths or injured of an act can be that.

    Args:
        kind: PLOVER type of the act.
        role: "deaths" or "injured".
        sentence: The sentence the number stands in.
    """
    return kind in DEADLY and bool((DEATH if role == "deaths" else HURT).search(sentence))


def count_killed(trigger: str, recipients: Sequence[tuple[str, bool]]) -> Count | None:
    """Deaths of an act whose trigger says that its recipients died.

    Args:
        trigger: The act's words ("shot dead").
        recipients: Each recipient's words, and whether it may be a person (not known to be a state or body).

    Returns:
        The number in the one recipient phrase ("14 pilgrims"), or one where the only recipient is
        named like a single person; None where neither is so.

    Source: the settled questions of the annotation guidelines ("where the act is killed ... the toll is its own").
    """
    if not KILLING.search(trigger):
        return None
    counted = [bounds for words, _ in recipients if (bounds := parse_quantity(words)) is not None]
    if len(counted) == 1 and len(recipients) == 1 and not NO_COUNT.search(recipients[0][0]):
        low, high = counted[0]
        return Count(low=low, high=high)
    if len(recipients) == 1 and not counted:
        words, may_be_person = recipients[0]
        if may_be_person and FULL_NAME.fullmatch(words) and not PLURAL.fullmatch(words):
            return Count(low=1, high=1)
    return None
