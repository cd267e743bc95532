"""What a document says around its mentions: which states it speaks of, which people it names in full, which towns."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from villani.records.reading import Reading
from villani.resolution.phrases import CLOSED, POSSESSIVE, is_name_word, untitled
from villani.resolution.scene import EMPTY, Scene
from villani.resources.folding import fold_name
from villani.resources.knowledge import Homonym, Knowledge
from villani.resources.parties import FAMILY_FIRST, HEAD, NameEntry, Term

__all__ = ["POSSESSIVE", "WORD", "Surroundings", "names_in", "stands_free", "survey", "written_alike"]

WORD = re.compile(r"[^\W_](?:[^\W_]|[.'’&/-](?=[^\W_])){0,40}\.?")
# The longest name of a party has seven words; longer ones are found by their shorter names.
LONGEST_NAME = 6
ACRONYM_LETTERS = 6
# A name that tells a state only by the person who rules it weighs half as much as the state's own.
PERSON_WEIGHT = 0.5
INTRODUCED = re.compile(r"\(\s*(?:the\s+)?([A-Z][\w./&-]{1,11})\s*\)")
SMALL_WORDS = {"of", "the", "and", "for", "in", "de", "al", "on", "to", "du", "des", "la", "e", "y", "et"}
BEHIND = re.compile(r"(,?) ([^\W\d_][\w'’.-]*)((?: [A-Z][\w'’.-]*)?)")
BEFORE = re.compile(r"([^\W\d_][\w'’.-]*) $")
# What may stand in capitals beside the name of a state without making another name of the two.
BESIDE = set(
    "north northern south southern east eastern west western central greater inner outer upper lower mid former"
    " communist federal imperial modern ancient neighbouring neighboring nuclear-armed republic kingdom state"
    " president prime minister foreign defence defense interior finance deputy vice special national supreme royal"
    " parliament army navy air police government embassy ambassador envoy chief king queen prince crown chancellor"
    " secretary general colonel ministry department council court bank coast guard border security armed forces"
    " revolutionary senior opposition ruling people's although despite meanwhile since until yesterday today earlier"
    " later thus hence instead still yet only even now once its their his her he she they it not under over near inside"
    " outside across through between among around like unlike during per via because though however moreover mr mrs ms"
    " dr".split()
)


@dataclass(frozen=True)
class Surroundings:
    """What one document gives to code any of its mentions by.

    `states` weighs states by how often the document speaks of them; `day` is its date (ISO 8601); `tied` gives the
    terms of people named in full, by family name; `fuller` the longest party phrase that ends in a word. `text` is the
    document's; `parties` its party phrases with their offsets, in order; `introduced` the names that short forms in
    brackets stand for; `bodies` the parties named beyond doubt; `homonyms` the states' names that mean another
    place here; `scene` what its names of places most likely mean.
    """

    states: Mapping[str, float]
    day: str | None
    tied: Mapping[str, tuple[Term, ...]]
    fuller: Mapping[str, str]
    text: str = ""
    parties: tuple[tuple[int, str], ...] = ()
    introduced: Mapping[str, str] = field(default_factory=dict)
    bodies: frozenset[str] = frozenset()
    homonyms: Mapping[str, Homonym] = field(default_factory=dict)
    scene: Scene = EMPTY

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
    day = document.published.isoformat() if document.published else None
    found = _Survey(knowledge, day, _homonyms(document.text, knowledge))
    for sentence in reading.sentences:
        found.read(document.text[sentence.start : sentence.end])
    parties = tuple(
        (mention.span.start, document.words(mention.span)) for mention in reading.mentions if mention.kind == "party"
    )
    fuller: dict[str, str] = {}
    for _, phrase in parties:
        key = fold_name(POSSESSIVE.sub("", phrase)).rsplit(" ", 1)[-1]
        if len(phrase) > len(fuller.get(key, "")):
            fuller[key] = phrase
    return Surroundings(
        states=dict(found.states),
        day=day,
        tied=found.ties(),
        fuller=fuller,
        text=document.text,
        parties=parties,
        introduced=_introduced(document.text, parties),
        bodies=frozenset(found.bodies),
        homonyms=found.homonyms,
    )


class _Survey:
    """What has been seen so far of a document's states, people and parties."""

    def __init__(self, knowledge: Knowledge, day: str | None, homonyms: Mapping[str, Homonym]) -> None:
        self._knowledge = knowledge
        self._day = day
        self.homonyms = homonyms
        self.states: defaultdict[str, float] = defaultdict(float)
        self.tied: defaultdict[str, dict[Term, None]] = defaultdict(dict)
        self._given: defaultdict[str, dict[Term, None]] = defaultdict(dict)
        self.bodies: set[str] = set()

    def read(self, text: str) -> None:
        """Count the states a sentence names and note its people, longest names first."""
        matches = list(WORD.finditer(text))
        words = [POSSESSIVE.sub("", match.group()) for match in matches]
        keys = [fold_name(word) for word in words]
        at = 0
        while at < len(words):
            at += self._name(text, matches, words, keys, at) if _may_start_name(words[at]) else 1

    def _name(self, text: str, matches: list[re.Match[str]], words: list[str], keys: list[str], at: int) -> int:
        """Use the longest name that starts at a word; gives how many words it took, one where there is none."""
        knowledge = self._knowledge
        for size in range(min(LONGEST_NAME, len(words) - at), 0, -1):
            key = " ".join(keys[at : at + size])
            entries = written_alike(" ".join(words[at : at + size]), knowledge.names.get(key, ()))
            if entries:
                start, end = matches[at].start(), matches[at + size - 1].start() + len(words[at + size - 1])
                if stands_free(text, start, end, entries, knowledge):
                    self._party(key, size, entries)
                return size
            terms = knowledge.people.get(key, ()) if size > 1 else ()
            if terms:
                self._person(keys[at], keys[at + size - 1], terms)
                return size
        self._ruler(words[at], keys[at])
        return 1

    def _party(self, key: str, size: int, entries: tuple[NameEntry, ...]) -> None:
        homonym = self.homonyms.get(key)
        if homonym is not None:
            if homonym.country:
                self.states[homonym.country] += 1
            return
        free = [entry for entry in entries if not entry.hedged]
        if len(free) < len(entries):
            return  # "SDF" speaks of Syria, unless the document is about Japan
        for state in {entry.body.country for entry in free} - {None}:
            self.states[state or ""] += 1
        if len(free) == 1 and size > 1 and free[0].kind == "body":
            self.bodies.add(free[0].body.actor_id or "")

    def ties(self) -> dict[str, tuple[Term, ...]]:
        """Terms of the people named in full by family name, and by given name where it is nobody else's."""
        given = {key: terms for key, terms in self._given.items() if len({term.name for term in terms}) == 1}
        return {key: tuple(terms) for key, terms in {**given, **self.tied}.items()}

    def _person(self, first: str, last: str, terms: tuple[Term, ...]) -> None:
        self.tied[last].update(dict.fromkeys(terms))
        self._given[first].update(dict.fromkeys(terms))
        family_first = [term for term in terms if term.body.country in FAMILY_FIRST]
        if family_first:
            self.tied[first].update(dict.fromkeys(family_first))
        for state in {term.body.country for term in terms if self._day is None or term.covers(self._day)} - {None}:
            self.states[state or ""] += PERSON_WEIGHT

    def _ruler(self, word: str, key: str) -> None:
        """A family name that only one person in office bears speaks of that person's state."""
        if self._day is None or not is_name_word(word) or key in self._knowledge.common:
            return
        for state in {term.body.country for term in holders(key, self._knowledge, self._day)} - {None}:
            self.states[state or ""] += PERSON_WEIGHT


def holders(key: str, knowledge: Knowledge, day: str) -> list[Term]:
    """The listed offices of the one person of a family name in office on a day; none where there are two.

    Who is listed under the one name ("Assad") is meant before relatives. Those known by family name alone, from lists,
    count only beside: they may be anybody.
    """
    alone = [term for term in knowledge.people.get(key, ()) if term.office != HEAD and term.covers(day)]
    if len({term.name for term in alone}) == 1:
        return alone
    terms = (*knowledge.surnames.get(key, ()), *knowledge.people.get(key, ()))
    held = [term for term in dict.fromkeys(terms) if term.covers(day)]
    listed = [term for term in held if term.office != HEAD]
    if not listed or len({term.name for term in listed}) > 1:
        return []
    return listed if len({term.body.country for term in held}) == 1 else []


def _may_start_name(word: str) -> bool:
    """Whether a name can start with a word: a capital, or an Arabic article with a capital after it."""
    return word[0].isupper() or word[0].isdigit() or (word[:3].lower() in {"al-", "el-"} and word[3:4].isupper())


def _homonyms(text: str, knowledge: Knowledge) -> dict[str, Homonym]:
    """Names of states and seats for which more words of the document speak for the other place of that name."""
    found = {}
    for key, homonym in knowledge.homonyms.items():
        if key in text.lower():
            for_other, for_state = _present(text, homonym.for_other), _present(text, homonym.for_state)
            if for_other > for_state:
                found[key] = homonym
    return found


def _present(text: str, words: Iterable[str]) -> int:
    return sum(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) is not None for word in words)


def _introduced(text: str, parties: tuple[tuple[int, str], ...]) -> dict[str, str]:
    """What short forms in brackets stand for: the party named right before, else the words they are the initials of."""
    found: dict[str, str] = {}
    ends = {start + len(phrase): phrase for start, phrase in parties}
    for match in INTRODUCED.finditer(text):
        short = match[1]
        before = text[: match.start()].rstrip()
        phrase = ends.get(len(before))
        if phrase is None or len(phrase.split()) < 2:
            phrase = _spelled_out(short, before[-120:])
        if phrase and short not in found and short not in phrase.split():
            found[short] = phrase
    return found


def _spelled_out(short: str, before: str) -> str | None:
    """The shortest run of words at the end of a text whose capitals begin with the letters of a short form."""
    letters = [letter.lower() for letter in short if letter.isalpha()]
    words = before.split()
    for size in range(2, min(len(words), 10) + 1):
        run = words[-size:]
        initials = [
            part[0] for word in run for part in re.findall(r"[^\W\d_]+", word) if part.lower() not in SMALL_WORDS
        ]
        if [initial.lower() for initial in initials] == letters and run[0][:1].isupper():
            return " ".join(run)
    return None


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
                if stands_free(text, start, start + len(written), entries, knowledge):
                    yield start, start + len(written), entries
                at += size - 1
                break
        at += 1


def stands_free(text: str, start: int, end: int, entries: tuple[NameEntry, ...], knowledge: Knowledge) -> bool:
    """Whether the name of a state or seat is not part of a longer name: "Jordan Henderson", "Lebanon, Ohio"."""
    written = text[start:end]
    if entries[0].kind not in {"country", "seat"} or " " in written or (written.isupper() and len(written) < 5):
        return True
    behind = BEHIND.match(text, end)
    if behind is not None and behind[1]:
        places = knowledge.names.get(fold_name(behind[2] + behind[3])) or knowledge.names.get(fold_name(behind[2]), ())
        return all(entry.kind != "region" for entry in places)
    if behind is not None and behind[2][0].isupper() and not _goes_beside(behind[2], knowledge):
        return is_headline(text)
    before = BEFORE.search(text, max(0, start - 40), start)
    if before is None or not before[1][0].isupper() or before[1].endswith("."):
        return True
    return _goes_beside(before[1], knowledge) or is_headline(text)


def is_headline(text: str) -> bool:
    """Whether a sentence writes its words in capitals, as headlines do, so that a capital there says nothing."""
    words = [word for word in text.split() if len(word) > 3 and word[0].isalpha()]
    return len(words) > 4 and sum(word[0].isupper() for word in words) >= 0.7 * len(words)


def _goes_beside(word: str, knowledge: Knowledge) -> bool:
    """Whether a word in capitals beside a state's name leaves it that state's name."""
    key = fold_name(POSSESSIVE.sub("", word))
    return (
        key in BESIDE
        or key in CLOSED
        or key in knowledge.heads
        or key.removesuffix("s") in knowledge.heads
        or key in knowledge.names
        or word.isupper()
        or untitled(f"{word} X") == "X"
    )
