"""What the page shows: errors by kind, aims reached and missed."""

from coded_records import event

from evaluation.aims import Aim, aim_table, missed_sections
from evaluation.faults import (
    Coded,
    fault_table,
    in_capitals,
    match_all,
    miss_parties,
    miss_speakers,
    miss_status,
    miss_types,
)
from evaluation.misses import Miss, short, telling
from evaluation.tables import table

TEXT = "Rebels shelled Karfa, the army said, and would burn Tana."


def gold(trigger, **options):
    start = TEXT.index(trigger)
    fields = {
        "type": "ASSAULT",
        "mode": None,
        "actors": [],
        "recipients": [],
        "place": None,
        "country": None,
        "date": None,
        "status": "happened",
        "says": None,
        "deaths": None,
        "trigger": {"start": start, "end": start + len(trigger)},
        "sentence": {"start": 0, "end": len(TEXT)},
    }
    return fields | options


def articles(*coded):
    events = [gold("shelled", status="claimed", says="army", actors=["Rebels"]), gold("burn", status="planned")]
    return Coded([{"doc_id": "d1", "title": None, "text": TEXT, "events": events}], coded)


def miss(doc_id, words, kind, score=0.5):
    return Miss(doc_id, words, "gold", "coded", score, kind)


def test_each_error_is_listed_under_its_measure():
    (document,) = match_all(articles(event(TEXT, "shelled"), event(TEXT, "said", "ACCUSE")))
    assert [(m.words, m.got) for m in miss_types([document])] == [("burn", "nothing"), ("said", "ACCUSE")]
    assert [(m.wanted, m.got, m.score) for m in miss_status([document])] == [("claimed", "happened", 0.9)]
    assert not list(miss_status([document], unreal_as_real=True))
    assert [(m.wanted, m.got) for m in miss_speakers([document])] == [("army", "nobody")]
    assert not list(miss_parties([document]))  # its status is wrong, which is told elsewhere
    assert "| missed event | 1 |" in fault_table([document])


def test_unreal_acts_coded_as_real_are_told_apart():
    documents = match_all(articles(event(TEXT, "burn", by=("Rebels",))))
    assert [m.words for m in miss_status(documents, unreal_as_real=True)] == ["burn"]


def test_raised_letters_keep_their_places():
    coded = in_capitals(Coded([{"title": "Größe", "text": "Größe in Karfa"}], []))
    assert coded[0]["text"] == "GRÖßE IN KARFA"


def test_the_commonest_kinds_come_in_turn_and_no_document_fills_the_list():
    errors = [miss("a", f"w{n}", "often", score=n / 10) for n in range(5)] + [miss("b", "rare", "seldom")]
    assert [m.words for m in telling(errors)] == ["w4", "rare", "w3"]
    assert [m.words for m in telling(errors, most=1)] == ["w4"]


def test_words_shown_are_few_and_break_no_table():
    assert short("one two | three\nfour five six seven") == "one two / three four five ..."


def test_missed_aims_show_their_errors_and_reached_ones_do_not():
    missed = Aim("status", 0.8, 0.88, "annotators .99", [miss("d1", "burned", "k")], "more passages")
    reached = Aim("unreal", 0.05, 0.08, "", [], "nothing", at_most=True)
    assert "| status | 0.800 | at least 0.88 | missed | annotators .99 |" in aim_table([missed, reached])
    text = missed_sections([missed, reached])
    assert "burned" in text
    assert "more passages" in text
    assert "unreal" not in text
    assert missed_sections([reached]) == "No measure is missed."


def test_a_table_has_a_line_a_row():
    assert table(("a", "b"), [(1, "x")]) == "| a | b |\n|---|---|\n| 1 | x |"
