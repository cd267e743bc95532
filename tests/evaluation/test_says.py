"""Who says so, against attributions: which verdict an event gets, and how verdicts are counted."""

import pytest
from coded_records import event

from evaluation.says import judge_event, miss_says, sum_up_says

TEXT = "General Oru met elders. He said the rebels, who claim they never shelled Karfa, burned it. A bridge was bombed."


def span(*phrases):
    return [[TEXT.index(phrase), TEXT.index(phrase) + len(phrase)] for phrase in phrases]


ROW = {
    "text": TEXT,
    "attributions": [
        {"source": span("General Oru"), "cue": span("met"), "content": span("elders")},
        {
            "source": span("He"),
            "cue": span("said"),
            "content": span("the rebels, who claim they never shelled Karfa, burned it"),
        },
        {"source": span("who"), "cue": span("claim"), "content": span("they never shelled Karfa")},
    ],
}


@pytest.mark.parametrize(
    ("trigger", "says", "case"),
    [
        ("burned", ("He",), "right"),  # the gold source itself
        ("burned", ("General Oru",), "resolved"),  # whom the pronoun stands for: a source named elsewhere
        ("burned", ("elders",), "wrong"),
        ("burned", (), "presupposed"),  # coded as happened, told by nobody
        ("shelled", ("rebels",), "resolved"),  # right before "who", in the innermost attribution
        ("shelled", ("General Oru",), "resolved"),  # a named source of the article: PolNeAR cannot tell better
        ("bombed", (), "empty"),
        ("bombed", ("General Oru",), "filled"),
        ("claim", ("He",), "right"),  # a cue inside another's content
        ("met", (), "empty"),  # a cue is outside its own content
    ],
)
def test_an_event_is_judged_by_its_innermost_attribution(trigger, says, case):
    assert judge_event(event(TEXT, trigger, says=says), None, ROW).case == case


def test_what_did_not_simply_happen_misses_its_source():
    assert judge_event(event(TEXT, "burned", status="considered"), None, ROW).case == "missing"


def test_a_speaker_who_acts_in_the_speech_act_is_on_record():
    holder = event(TEXT, "said", "THREATEN", by=("He",))
    assert judge_event(event(TEXT, "burned", status="planned"), holder, ROW).case == "on record"
    stranger = event(TEXT, "met", "CONSULT", by=("General Oru",))
    assert judge_event(event(TEXT, "burned", status="planned"), stranger, ROW).case == "missing"


def test_shares_are_over_events_with_a_gold_source():
    nameless = {"text": TEXT, "attributions": [{"source": [], "cue": [], "content": span("A bridge was bombed")}]}
    verdicts = [
        judge_event(event(TEXT, "burned", says=("He",)), None, ROW),
        judge_event(event(TEXT, "burned", says=("General Oru",)), None, ROW),
        judge_event(event(TEXT, "burned"), None, ROW),
        judge_event(event(TEXT, "bombed"), None, ROW),
        judge_event(event(TEXT, "bombed"), None, nameless),
    ]
    found = sum_up_says(verdicts)
    assert (found["inside"], found["outside"], found["inside_no_source"]) == (3, 1, 1)
    assert (found["inside_right"], found["inside_right_resolved"], found["outside_empty"]) == (0.333, 0.667, 1.0)
    assert [miss.got for miss in miss_says(verdicts)] == ["nobody"]
