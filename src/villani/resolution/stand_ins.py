"""Pronouns and definite descriptions to the party they stand for: "they", "the group", "the prime minister"."""

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

from villani.resolution.people import answers
from villani.resolution.phrases import PRONOUNS, bare
from villani.resolution.surroundings import Surroundings

if TYPE_CHECKING:
    from villani.resolution.actors import ActorCoder, Coding

OWN = re.compile(r"(?i)^(his|her|its|their)\s+(\S.*)$")
PERSONAL = {"he", "she", "him", "his", "her", "hers", "himself", "herself"}
PLURAL = {"they", "them", "their", "theirs", "themselves"}
# How far back a pronoun and a description reach, in characters; a description names its kind, so it reaches further.
PRONOUN_REACH, DESCRIPTION_REACH = 400, 2_500
GROUP = set(
    "group movement militia rebels militants insurgents guerrillas fighters jihadists extremists separatists terrorists"
    " faction organisation organization group's rebel militiamen cartel gang".split()
)
ROLE = re.compile(
    r"^(?:president|prime minister|premier|chancellor|king|supreme leader|foreign minister|defen[cs]e minister"
    r"|vice president"
    r"|secretary of state|secretary[- ]general|crown prince)$"
)
BLOC = {"alliance", "bloc", "union", "organisation", "organization", "coalition", "council", "agency", "mission"}
BRANCH_NOUNS = {
    "MIL": {"army", "military", "troops", "soldiers", "forces", "air force", "navy", "armed forces"},
    "GOV": {"government", "authorities", "administration", "officials", "junta", "foreign ministry"},
    "COP": {"police", "security forces"},
    "LEG": {"parliament", "lawmakers", "senate", "national assembly", "legislature"},
    "JUD": {"supreme court", "constitutional court", "prosecutors"},
}


# Branches that a state has one of, so that without a name they are the document's main state's.
SINGLE = {"army", "military", "government", "police", "parliament", "authorities", "supreme court", "armed forces"}


def stand_in(coder: "ActorCoder", text: str, start: int, around: Surroundings, coding: "Coding") -> "Coding | None":
    """The coding of the party that a phrase without a name stands for; None where it cannot be told.

    Args:
        coder: Codes the earlier phrases.
        text: The phrase as it stands in the document.
        start: Its offset in the document.
        around: The document.
        coding: What the phrase says by itself.
    """
    words = text.lower().strip()
    own = OWN.match(text)
    if own is not None:
        holder = _before(coder, start, around, PRONOUN_REACH, _fits_pronoun(own[1].lower()))
        return None if holder is None else coder.owned_by(holder, bare(own[2]))
    if words in PRONOUNS:
        found = _before(coder, start, around, PRONOUN_REACH, _fits_pronoun(words))
        return None if found is None else replace(found, why=f"'{words}' for {found.name}; {found.why}")
    noun = bare(text)
    if not noun.islower() or len(noun.split()) > 3:
        return None
    if _is_definite(text, start, around):
        found = _described(coder, noun, start, around)
        if found is not None:
            return replace(found, why=f"'the {noun}' for {found.name}; {found.why}")
    return None if any(letter.isdigit() for letter in text) else _of_main_state(noun, around, coding)


def _described(coder: "ActorCoder", noun: str, start: int, around: Surroundings) -> "Coding | None":
    """The party a definite description means; none where it is a branch and those of several states were named."""
    fits = _fits_noun(noun)
    if fits is None:
        return None
    is_branch = any(noun in nouns for nouns in BRANCH_NOUNS.values())
    if is_branch and len(_states_before(coder, start, around, fits)) > 1:
        return None
    return _before(coder, start, around, DESCRIPTION_REACH, fits)


def _before(
    coder: "ActorCoder", start: int, around: Surroundings, reach: int, fits: Callable[["Coding"], bool]
) -> "Coding | None":
    """The nearest party named before an offset that fits."""
    for phrase in _phrases_before(start, around, reach):
        coding = coder.by_words(bare(phrase), around)
        if fits(coding):
            return coding
    return None


def _states_before(
    coder: "ActorCoder", start: int, around: Surroundings, fits: Callable[["Coding"], bool]
) -> set[str | None]:
    """The states of all parties before an offset that fit: "the army" is nobody's where two armies were named."""
    codings = [coder.by_words(bare(phrase), around) for phrase in _phrases_before(start, around, DESCRIPTION_REACH)]
    return {coding.country for coding in codings if fits(coding)}


def _phrases_before(start: int, around: Surroundings, reach: int) -> Iterator[str]:
    """Party phrases before an offset, the nearest first, at most twelve."""
    near = [phrase for at, phrase in around.parties if start - reach <= at < start]
    yield from reversed(near[-12:])


def _fits_pronoun(pronoun: str) -> Callable[["Coding"], bool]:
    if pronoun in PERSONAL:
        return lambda coding: coding.person is not None
    if pronoun in PLURAL:
        return lambda coding: coding.is_known() and coding.person is None and coding.kind != "country"
    return lambda coding: coding.actor_id is not None and coding.person is None


def _fits_noun(noun: str) -> Callable[["Coding"], bool] | None:
    """What a party must be for a noun to stand for it; None where the noun says too little."""
    if noun in GROUP:
        return lambda coding: coding.is_party() and coding.sector in {"REB", "IMG", "UAF", "CRM", "OPP"}
    if ROLE.match(noun):
        return lambda coding: coding.person is not None and answers(noun, coding.person.office)
    if noun in BLOC:
        return lambda coding: coding.is_party() and coding.sector == "IGO"
    for sector, nouns in BRANCH_NOUNS.items():
        if noun in nouns:
            return lambda coding: coding.country is not None and coding.sector == sector and coding.person is None
    return None


def _is_definite(text: str, start: int, around: Surroundings) -> bool:
    return text.lower().startswith("the ") or around.text[max(0, start - 4) : start].lower() == "the "


def _of_main_state(noun: str, around: Surroundings, coding: "Coding") -> "Coding | None":
    """A branch of government without a name: of the state the document mostly speaks of, and `why` says so."""
    state = around.main_state()
    if state is None or noun not in SINGLE:
        return None
    return replace(coding, country=state, why=f"{coding.why}; the document speaks mostly of {state}")
