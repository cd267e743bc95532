"""What a document says around its mentions: which states it speaks of, which people it names in full, which towns."""

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from villani.records.reading import Reading
from villani.resources.folding import fold_name
from villani.resources.knowledge import FAMILY_FIRST, Knowledge, NameEntry, Term

WORD = re.compile(r"[^\W_](?:[^\W_]|[.'’&-](?=[^\W_])){0,40}\.?")
POSSESSIVE = re.compile(r"['’]s$|(?<=s)['’]$")
# The longest name of a party has seven words; longer ones are found by their shorter names.
LONGEST_NAME = 6
ACRONYM_LETTERS = 6


@dataclass(frozen=True)
class Surroundings:
    """What one document gives to code any of its mentions by.

    `states` weighs states by how often the document speaks of them; `day` is its date (ISO 8601); `tied` gives the
    terms of people named in full, by family name; `fuller` the longest party phrase that ends in a word.
    """

    states: Mapping[str, float]
    day: str | None
    tied: Mapping[str, tuple[Term, ...]]
    fuller: Mapping[str, str]

    def speaks_of(self, state: str | None) -> bool:
        """Whether the document names the state, its people or its seat."""
        return state is not None and self.states.get(state, 0) > 0

    def main_state(self) -> str | None:
        """The state with two fifths of all weight and half as much again as the next (set on the train gold)."""
        ranked = sorted(self.states.items(), key=lambda item: (-item[1], item[0]))
        if not ranked or ranked[0][1] < 0.4 * sum(self.states.values()):
            return None
        return ranked[0][0] if len(ranked) == 1 or ranked[0][1] >= 1.5 * ranked[1][1] else None


def survey(reading: Reading, knowledge: Knowledge) -> Surroundings:
    """Look over a document once, outside its datelines and credits."""
    document = reading.document
    states: Counter[str] = Counter()
    tied: dict[str, dict[Term, None]] = defaultdict(dict)
    for sentence in reading.sentences:
        _survey_sentence(document.text[sentence.start : sentence.end], knowledge, states, tied)
    fuller: dict[str, str] = {}
    for mention in reading.mentions:
        phrase = document.words(mention.span)
        key = fold_name(POSSESSIVE.sub("", phrase)).rsplit(" ", 1)[-1]
        if mention.kind == "party" and len(phrase) > len(fuller.get(key, "")):
            fuller[key] = phrase
    day = document.published.isoformat() if document.published else None
    return Surroundings(dict(states), day, {key: tuple(terms) for key, terms in tied.items()}, fuller)


def _survey_sentence(text: str, knowledge: Knowledge, states: Counter[str], tied: dict[str, dict[Term, None]]) -> None:
    """Count the states a sentence names and note its people, longest names first."""
    words = [POSSESSIVE.sub("", match.group()) for match in WORD.finditer(text)]
    keys = [fold_name(word) for word in words]
    at = 0
    while at < len(words):
        at += _survey_name(words, keys, at, knowledge, states, tied) if _may_start_name(words[at]) else 1


def _survey_name(
    words: list[str],
    keys: list[str],
    at: int,
    knowledge: Knowledge,
    states: Counter[str],
    tied: dict[str, dict[Term, None]],
) -> int:
    """Use the longest name that starts at a word; gives how many words it took, one where there is none."""
    for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
        key = " ".join(keys[at : at + size])
        entries = written_alike(" ".join(words[at : at + size]), knowledge.names.get(key, ()))
        if entries:
            for state in {entry.body.country for entry in entries if not entry.hedged} - {None}:
                states[state or ""] += 1
            return size
        terms = knowledge.people.get(key, ()) if size > 1 else ()
        if terms:
            tied[keys[at + size - 1]].update(dict.fromkeys(terms))
            first_names = [term for term in terms if term.body.country in FAMILY_FIRST]
            if first_names:
                tied[keys[at]].update(dict.fromkeys(first_names))
            states.update({state: 0.5 for state in {term.body.country for term in terms} if state})
            return size
    return 1


def _may_start_name(word: str) -> bool:
    """Whether a name can start with a word: a capital, or an Arabic article with a capital after it."""
    return word[0].isupper() or word[0].isdigit() or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())


def written_alike(text: str, entries: tuple[NameEntry, ...]) -> tuple[NameEntry, ...]:
    """The entries that the text may mean by its capitals: "US" is no "us", "WHO" no "Who", "Contras" no "contras"."""
    return tuple(entry for entry in entries if _alike(text, entry.written))


def _alike(text: str, written: str) -> bool:
    letters, wanted = _letters(text), _letters(written)
    if wanted.isupper() and len(wanted) <= ACRONYM_LETTERS:
        return letters.isupper()
    return not wanted[:1].isupper() or letters[:1].isupper()


def _letters(text: str) -> str:
    return "".join(letter for letter in text if letter.isalpha())


def names_in(text: str, knowledge: Knowledge) -> Iterator[tuple[int, int, tuple[NameEntry, ...]]]:
    """Names of parties in a phrase, longest first at each word, with start and end offsets into the phrase."""
    matches = list(WORD.finditer(text))
    at = 0
    while at < len(matches):
        for size in range(min(LONGEST_NAME, len(matches) - at), 0, -1):
            start, end = matches[at].start(), matches[at + size - 1].end()
            written = POSSESSIVE.sub("", text[start:end])
            entries = written_alike(written, knowledge.names.get(fold_name(written), ()))
            if entries:
                yield start, start + len(written), entries
                at += size - 1
                break
        at += 1
