"""A reader whose weights are a table of words: enough to test decoding without a trained model."""

import numpy as np
from tokenizers import Tokenizer
from tokenizers.models import WordLevel
from tokenizers.pre_tokenizers import BertPreTokenizer

from villani.reading.labels import DISTANCES, FIGURES, KINDS, MIX_SIZE, MODES, PAIR_SIZE, PAIRS, TRIGGERS
from villani.reading.reader import ReaderModel
from villani.reading.scoring import SIZES, PairTables
from villani.records.reading import STATUSES

HIGH = 12.0
# word -> (head, label): what the toy knows of it
PARTIES = {"rebels": "actor", "army": "actor", "villagers": "recipient", "official": "says"}
TRIGGER_WORDS = {
    "shelled": ("ASSAULT", "ASSAULT.heavy-weapons", "happened"),
    "shelling": ("ASSAULT", "ASSAULT.heavy-weapons", "denied"),
    "accused": ("ACCUSE", "ACCUSE.allege", "happened"),
    "march": ("PROTEST", "PROTEST.demo", "planned"),
}
PLACES, TIMES, NUMBERS = {"sake"}, {"monday"}, {"nine"}
WORDS = [
    *("[UNK]", "[CLS]", "[SEP]", "the", "said", ".", ",", "people", "killed"),
    *(*PARTIES, *TRIGGER_WORDS, *PLACES, *TIMES, *NUMBERS),
]
IDS = {word: index if index < 1 else 200 + index for index, word in enumerate(WORDS)}


def toy_tokenizer() -> Tokenizer:
    tokenizer = Tokenizer(WordLevel({**IDS, "[CLS]": 101, "[SEP]": 102}, unk_token="[UNK]"))  # noqa: S106 - no password
    tokenizer.pre_tokenizer = BertPreTokenizer()
    return tokenizer


def toy_encode(ids):
    """Tags by the table; a party leans to its role; nothing else holds between two pieces."""
    names = {index: word for word, index in IDS.items()}
    words = [names.get(int(index), "") for index in ids]
    mention = np.zeros((len(ids), len(KINDS), 3), dtype=np.float32)
    mention[:, :, 0] = HIGH
    trigger, mode, status, figure = (np.zeros((len(ids), size), dtype=np.float32) for size in SIZES[1:])
    trigger[:, 0] = figure[:, 0] = HIGH
    lean = np.full((len(ids), len(PAIRS)), -HIGH, dtype=np.float32)
    for row, word in enumerate(words):
        for kind, known, role in (
            (0, PARTIES, PARTIES.get(word)),
            (1, PLACES, "place"),
            (2, TIMES, "time"),
            (3, NUMBERS, "deaths"),
        ):
            if word in known:
                mention[row, kind] = (0, HIGH, 0)
                lean[row, PAIRS.index(role)] = HIGH
        if word in NUMBERS:
            figure[row] = HIGH * np.eye(len(FIGURES))[FIGURES.index("killed")]
        if word in TRIGGER_WORDS:
            kind, how, what = TRIGGER_WORDS[word]
            trigger[row] = HIGH * np.eye(len(TRIGGERS))[TRIGGERS.index(kind)]
            mode[row, MODES.index(how)] = HIGH
            status[row, STATUSES.index(what)] = HIGH
    tags = np.concatenate([mention.reshape(len(ids), -1), trigger, mode, status, figure], axis=1).astype(np.float32)
    empty = np.zeros((len(ids), len(PAIRS) * PAIR_SIZE + MIX_SIZE), dtype=np.float32)
    return tags, empty, empty, lean


def toy_model() -> ReaderModel:
    tables = PairTables(
        distance=np.zeros((DISTANCES, len(PAIRS) + MIX_SIZE), dtype=np.float32),
        apart=np.zeros((3, len(PAIRS) + MIX_SIZE), dtype=np.float32),
        mix=np.zeros((MIX_SIZE, len(PAIRS)), dtype=np.float32),
        bias=np.zeros(len(PAIRS), dtype=np.float32),
    )
    return ReaderModel(
        tokenizer=toy_tokenizer(), encode=toy_encode, tables=tables, scale=1.0, shift=0.0, name="toy reader"
    )
