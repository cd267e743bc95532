"""Test launderings: known documents put through what spam sites do to wires. Names, numbers and quotation marks stay.

Words are swapped by the observed pairs (`../shared/data/lists/laundering-swaps.csv`) and by `thesaurus.tsv`, whose
senses are mixed. The product reads neither, so that it cannot learn a way of laundering by heart.
"""

import csv
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from villani.resources.lexicons import parse_lines

THESAURUS = Path(__file__).with_name("thesaurus.tsv")
SWAPS = Path(__file__).parents[2] / "shared" / "data" / "lists" / "laundering-swaps.csv"
SMALL_WORD = re.compile(r"(?<![\w'’-])[a-z]{3,}(?![\w'’-])")
SENTENCE_END = re.compile(r"(?<=[.!?”\"])[ \t]+(?=[A-Z“\"])")
ENDINGS = ("ing", "ied", "ies", "ed", "es", "s", "d", "")
STOP = frozenset(
    "the and for that with was were are has have had not but from his her its their they this which who will would "
    "been she him them than then there when where what while into over about after before between also could can may "
    "might must more most other some such only one two three four five six seven eight nine ten".split()
)
HEADLINES = (
    "Everything you need to know right now",
    "What happened and what comes next, explained",
    "Officials react as situation develops",
    "Top story: the latest from the scene",
)
TURNS: Mapping[str, Sequence[str]] = {  # little words as they come back from another language
    "of": ("from", "in"),
    "in": ("at", "within"),
    "on": ("in", "at"),
    "by": ("from", "through"),
    "with": ("along with", "by"),
    "for": ("to",),
    "to": ("in order to", "for"),
    "that": ("which", ""),
    "which": ("that",),
    "has": ("have", "had"),
    "have": ("had",),
    "was": ("has been", "is"),
    "were": ("have been", "are"),
    "is": ("was",),
    "will": ("is going to", "would"),
    "would": ("will",),
    "but": ("however", "yet"),
    "after": ("following",),
    "before": ("prior to",),
    "also": ("too", "as well"),
    "because": ("since", "as"),
    "while": ("when", "whereas"),
    "many": ("a lot of",),
    "said": ("told", "has said", "stated", "noted"),
    "the": ("", "a", "this"),
    "a": ("the", ""),
    "an": ("one",),
    "he": ("the man",),
    "they": ("these",),
}
Swap = Callable[[str, random.Random], str]


@dataclass(frozen=True)
class Thesaurus:
    """Words with what a program puts in their place; `observed` are pairs seen on real pages."""

    observed: Mapping[str, Sequence[str]]
    others: Mapping[str, Sequence[str]]

    def swap(self, word: str, dice: random.Random) -> str:
        """Another word with the same ending, or the word itself where none is known."""
        for ending in ENDINGS:
            if not word.endswith(ending):
                continue
            stem = word.removesuffix(ending)
            for lemma in (word,) if not ending else (stem, stem + "e", stem + "y"):
                if choices := self.others.get(lemma, ()):
                    found = dice.choice(choices)
                    return found if lemma == word else _inflect(found, ending)
        return word

    def swap_observed(self, word: str, dice: random.Random) -> str:
        """An observed swap where there is one, else another word."""
        choices = self.observed.get(word)
        return dice.choice(choices) if choices else self.swap(word, dice)


def load_thesaurus() -> Thesaurus:
    """Both tables; pairs that change a fact, a name or a quotation are left out."""
    observed: dict[str, list[str]] = {}
    with SWAPS.open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if not row["remark"]:
                for word in row["original"].split("/"):
                    observed.setdefault(word, []).append(row["spun"])
    rows = parse_lines(THESAURUS.read_text(encoding="utf-8"), THESAURUS.name)
    return Thesaurus(observed, {word: others.split() for word, others in rows})


def _inflect(word: str, ending: str) -> str:
    if ending == "d":
        ending = "ed"
    stem = word.removesuffix("e") if ending in {"ing", "ed", "ied", "es", "ies"} else word
    return stem + {"ied": "ed", "ies": "es"}.get(ending, ending)


def swap_words(text: str, share: float, swap: Swap, dice: random.Random) -> str:
    """Swap a share (0 to 1) of the words that are no names, numbers or little words."""

    def one(match: re.Match[str]) -> str:
        word = match[0]
        return swap(word, dice) if word not in STOP and dice.random() < share else word

    return SMALL_WORD.sub(one, text)


def swap_articles(text: str, share: float, dice: random.Random) -> str:
    """Put "a" for "the" in a share of the places."""
    return re.sub(r"\bthe\b", lambda match: "a" if dice.random() < share else match[0], text)


def split(text: str) -> list[list[str]]:
    """Paragraphs with their sentences."""
    return [SENTENCE_END.split(line) for line in text.split("\n") if line.strip()]


def join(paragraphs: Sequence[Sequence[str]]) -> str:
    """The text of paragraphs of sentences."""
    return "\n\n".join(" ".join(sentences) for sentences in paragraphs if sentences)


def drop_sentences(text: str, share: float, dice: random.Random) -> str:
    """Leave out a share (0 to 1) of the sentences."""
    return join([[one for one in sentences if dice.random() >= share] for sentences in split(text)])


def stitch(texts: Sequence[str]) -> str:
    """A page from several texts, a run of sentences from each: the first two thirds of them."""
    parts: list[list[str]] = []
    for text in texts:
        sentences = [sentence for paragraph in split(text) for sentence in paragraph]
        kept = sentences[: max(6, 2 * len(sentences) // 3)]
        parts.extend(kept[i : i + 3] for i in range(0, len(kept), 3))
    return join(parts)


def translate(text: str, thesaurus: Thesaurus, dice: random.Random) -> str:
    """What a round trip through another language leaves: clauses moved, little words and a third of others changed."""

    def turn(match: re.Match[str]) -> str:
        return dice.choice(TURNS[match[0]]) if dice.random() < 0.4 else match[0]

    def move(sentence: str) -> str:
        clauses = sentence.rstrip(".").split(", ")
        if len(clauses) < 2 or "“" in sentence or '"' in sentence or dice.random() < 0.4:
            return sentence
        cut = dice.randrange(1, len(clauses))
        return f"{', '.join(clauses[cut:] + clauses[:cut])}."

    turned = re.sub(rf"\b(?:{'|'.join(TURNS)})\b", turn, join([[move(s) for s in part] for part in split(text)]))
    return swap_words(re.sub(r" {2,}", " ", turned), 0.35, thesaurus.swap, dice)


def replace_headline(text: str, dice: random.Random) -> str:
    """Another headline over the same text."""
    head, _, body = text.partition("\n")
    return f"{dice.choice(HEADLINES)}\n\n{body.strip()}" if body.strip() else head


@dataclass(frozen=True)
class Laundering:
    """A made page: how it was made, its text, and the numbers of the texts it was made from."""

    way: str
    text: str
    sources: tuple[int, ...]


def make_launderings(texts: Sequence[str], seed: int = 1) -> list[Laundering]:
    """A page of every way from every text; stitched ones from two or three texts that lie apart in the list."""
    thesaurus, made = load_thesaurus(), list[Laundering]()
    for number, text in enumerate(texts):
        dice = random.Random(seed * 1_000_003 + number)  # noqa: S311 - no cryptography
        share = dice.uniform(0.3, 0.6)
        others = tuple((number + step * 97) % len(texts) for step in range(dice.choice((2, 3))))
        ways: tuple[tuple[str, str, tuple[int, ...]], ...] = (
            ("verbatim", re.sub(r"\n+", "\n\n", text) + "\n\nRead more on our site", (number,)),
            ("headline", replace_headline(text, dice), (number,)),
            ("cut", drop_sentences(text, 0.5, dice), (number,)),
            (
                "swapped by pairs",
                swap_articles(swap_words(text, share, thesaurus.swap_observed, dice), 0.7, dice),
                (number,),
            ),
            ("swapped by thesaurus", swap_words(text, share, thesaurus.swap, dice), (number,)),
            ("swapped 60 %", replace_headline(swap_words(text, 0.6, thesaurus.swap, dice), dice), (number,)),
            ("cut and swapped", drop_sentences(swap_words(text, share, thesaurus.swap, dice), 0.5, dice), (number,)),
            ("stitched", stitch([texts[i] for i in others]), others),
            (
                "stitched and swapped",
                stitch([swap_words(texts[i], share, thesaurus.swap, dice) for i in others]),
                others,
            ),
            ("translated", translate(text, thesaurus, dice), (number,)),
        )
        made.extend(Laundering(*way) for way in ways)
    return made
