"""The mark-up of the corpus."""

import pytest

from training.markup import MarkupError, main, read_passages

GOOD = """% covers: a test

== sake-1 2024-02-13
# Nine [1 killed] in Sake
M23 rebels denied [2 shelling] Sake on Monday, after an official said at least nine people were [3 killed] there.
@1 ASSAULT happened | to Nine | at Sake (COD) | dead Nine
@2 ASSAULT.heavy-weapons denied | by M23 rebels | to Sake#2 | says M23 rebels | when on Monday = 2024-02-12 | same 3
@3 ASSAULT claimed | to people | says official | dead at least nine | hurt nine = ..9
@rel opposes: M23 rebels > official | says official | status claimed
@fig killed: at least nine people | of people | at Sake (COD)
"""


def write(tmp_path, text):
    path = tmp_path / "passages.txt"
    path.write_text(text, encoding="utf-8")
    return path


def test_a_passage_is_read_with_all_its_parts(tmp_path):
    (passage,) = read_passages(write(tmp_path, GOOD))
    assert passage.text.startswith("Nine killed in Sake\n\nM23 rebels denied shelling Sake")
    first, second, third = passage.events
    assert (first.deaths_bounds, first.country, first.place.text) == ((9, 9), "COD", "Sake")
    assert (second.mode, second.status, second.date, second.same) == ("heavy-weapons", "denied", "2024-02-12", 3)
    assert second.recipients[0].start > len("Nine killed in Sake"), "#2 is the second Sake"
    assert (third.deaths_bounds, third.injured_bounds) == ((9, None), (None, 9))
    assert [fact.record for fact in passage.facts] == ["rel", "fig"]


def test_every_phrase_stands_where_it_says(tmp_path):
    (passage,) = read_passages(write(tmp_path, GOOD))
    for event in passage.events:
        for phrase in (event.trigger, *event.actors, *event.recipients, *event.says):
            assert passage.text[phrase.start : phrase.end] == phrase.text


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("@1 ASSAULT happened", "@1 ATTACK happened", "unknown type 'ATTACK'"),
        ("ASSAULT.heavy-weapons", "ASSAULT.demo", "has no mode 'demo'"),
        ("@1 ASSAULT happened", "@1 ASSAULT done", "unknown status 'done'"),
        ("by M23 rebels", "by M24 rebels", "'M24 rebels' does not stand in the text"),
        ("to Sake#2", "to Sake#7", "stands 2 times"),
        ("says official | dead", "speaks official | dead", "unknown field 'speaks official'"),
        ("= 2024-02-12", "= Monday", "cannot read date 'Monday'"),
        ("same 3", "same 8", "points to 8"),
        ("@3 ASSAULT", "@4 ASSAULT", "no trigger [4 ...]"),
        ("[3 killed]", "[3 killed", "unclosed bracket"),
        ("@rel opposes", "@rel hates", "unknown kind 'hates'"),
        ("> official", "official", "has two parties"),
        ("hurt nine = ..9", "hurt nine = x", "cannot read bounds 'x'"),
        ("hurt nine = ..9", "hurt official", "cannot read a number"),
        ("== sake-1 2024-02-13", "== sake 1, yesterday", "write '== name YYYY-MM-DD'"),
    ],
)
def test_faults_are_named_with_file_and_line(tmp_path, old, new, message):
    path = write(tmp_path, GOOD.replace(old, new))
    with pytest.raises(MarkupError) as caught:
        list(read_passages(path))
    assert message in str(caught.value)
    assert str(caught.value).startswith(f"{path}:")


def test_a_trigger_without_a_line_is_a_fault(tmp_path):
    path = write(tmp_path, GOOD.replace("@1 ASSAULT happened | to Nine | at Sake (COD) | dead Nine\n", ""))
    with pytest.raises(MarkupError, match=r"no line @1"):
        list(read_passages(path))


def test_the_checker_counts_and_exits_nonzero_on_faults(tmp_path, capsys):
    good = write(tmp_path, GOOD)
    assert main([str(good)]) == 0
    assert "1 passages, 3 events" in capsys.readouterr().out
    bad = tmp_path / "bad.txt"
    bad.write_text(GOOD.replace("denied |", "refused |"), encoding="utf-8")
    assert main([str(bad)]) == 1
    assert "unknown status 'refused'" in capsys.readouterr().err
