"""Annotated text to labelled word pieces."""

import json

import numpy as np
from toy_reader import toy_tokenizer

from training.data import IGNORED, RowMaker, mention_spans, read_gold
from training.markup import read_passages
from villani.reading.labels import PAIRS, TRIGGERS
from villani.records.reading import STATUSES

TEXT = """== toy-1 2024-02-13
rebels [1 shelled] sake , monday . the official said the army denied [2 shelling] villagers .
@1 ASSAULT.heavy-weapons happened | by rebels | to sake | at sake | when monday = 2024-02-12
@2 ASSAULT.heavy-weapons denied | by army | to villagers | says army | same 1
"""


def rows(tmp_path):
    path = tmp_path / "p.txt"
    path.write_text(TEXT, encoding="utf-8")
    return [row for passage in read_passages(path) for row in RowMaker(toy_tokenizer()).rows(passage)]


def test_triggers_and_status_sit_on_their_pieces(tmp_path):
    (row,) = rows(tmp_path)
    marked = np.flatnonzero(row.trigger > 0)
    assert [TRIGGERS[row.trigger[piece]] for piece in marked] == ["ASSAULT", "ASSAULT"]
    assert [STATUSES[row.status[piece]] for piece in marked] == ["happened", "denied"]
    assert (row.status[row.trigger == 0] == IGNORED).all()


def test_pairs_say_who_did_what(tmp_path):
    (row,) = rows(tmp_path)
    first, second = np.flatnonzero(row.trigger > 0)
    held = {(left, first_piece, PAIRS[pair]) for left, first_piece, _, pair, label in row.pairs if label == 1}
    assert (first, 1, "actor") in held
    assert (second, 1, "actor") not in held
    assert (second, first, "same") in held
    says = [piece for left, piece, role in held if left == second and role == "says"]
    assert len(says) == 1


def test_mentions_have_kinds(tmp_path):
    (row,) = rows(tmp_path)
    assert {kind for _, _, kind in mention_spans(row)} == {0, 1, 2}


def test_gold_without_offsets_finds_its_phrases_and_masks_what_it_does_not_label(tmp_path):
    event = {
        "type": "ASSAULT",
        "mode": None,
        "actors": ["rebels"],
        "recipients": [],
        "place": "sake",
        "country": "COD",
        "time": None,
        "date": None,
        "status": "happened",
        "says": None,
        "deaths": [9, 9],
        "injured": None,
        "act": 1,
        "trigger": {"text": "shelled", "start": 7, "end": 14},
        "sentence": {"start": 0, "end": 36},
    }
    text = "rebels shelled sake , nine people killed ."
    path = tmp_path / "gold.jsonl"
    path.write_text(json.dumps({"doc_id": "g", "date": None, "title": "", "text": text, "events": [event]}) + "\n")
    (passage,) = read_gold(path)
    assert passage.events[0].deaths.text == "nine"
    (row,) = RowMaker(toy_tokenizer()).rows(passage)
    assert (row.figure == IGNORED).all()
