"""Names swapped for others: offsets follow, roles stay."""

import random

from training.markup import read_passages
from training.swapping import NamePool, gather_names, is_name, swap_names

TEXT = """== pair-1 2024-02-13
# Mali [1 bombs] Kidal
Mali's army [2 bombed] Kidal market on Monday, the rebels in Kidal said. Mali [3 denied access] to monitors.
@1 ASSAULT.aerial happened | by Mali | to Kidal | at Kidal
@2 ASSAULT.aerial claimed | by Mali's army | to Kidal market | at Kidal market | says rebels in Kidal | when on Monday
@3 REJECT happened | by Mali | to monitors
"""


def passage(tmp_path):
    path = tmp_path / "p.txt"
    path.write_text(TEXT, encoding="utf-8")
    return next(iter(read_passages(path)))


def test_every_phrase_still_points_at_its_words(tmp_path):
    old = passage(tmp_path)
    pool = NamePool(("Norwegian coastguard", "Chad"), ("Lake Turkana", "Po"))
    for seed in range(40):
        new = swap_names(old, pool, random.Random(seed))
        assert new.text != old.text
        assert new.text.startswith(new.title)
        for before, after in zip(old.events, new.events, strict=True):
            assert after.trigger.text == before.trigger.text
            assert (after.type, after.status, after.mode) == (before.type, before.status, before.mode)
            for phrase in (after.trigger, *after.actors, *after.recipients, *after.says, after.place, after.time):
                assert phrase is None or new.text[phrase.start : phrase.end] == phrase.text


def test_words_that_are_no_names_stay(tmp_path):
    new = swap_names(passage(tmp_path), NamePool(("Chad",), ("Po",)), random.Random(1))
    assert new.events[2].recipients[0].text == "monitors"
    assert new.events[1].time.text == "on Monday"


def test_names_are_gathered_by_kind(tmp_path):
    pool = gather_names([passage(tmp_path)])
    assert "Mali" in pool.parties
    assert set(pool.places) == {"Kidal", "Kidal market"}
    assert not is_name("rebels")
