"""The other sets, by rows made by hand: what counts as found, what as right."""

import pytest
from coded_records import event, figure, party, relation

from evaluation.__main__ import TASKS, measure
from evaluation.facts import (
    Paired,
    held_out_passages,
    is_of,
    miss_facts,
    pair,
    same_figure,
    same_relation,
    sum_up_facts,
)
from evaluation.factuality import Graded, lay_out, miss_grades, sum_up_grades
from evaluation.muc import head, judge_template, share_head, sum_up_templates, unwrap
from evaluation.plv import Verdict, by_root, miss_parties, miss_roots
from evaluation.police import Verdict as Judged
from evaluation.police import is_police, labels_of, miss_sentences, sum_up_sentences
from training.markup import AnnotatedFact, Phrase
from villani.errors import InputError

RAID = "Police fired on villagers and arrested ten men in Karfa."
TEMPLATE = {
    "MESSAGE: TEMPLATE": ["1"],
    "INCIDENT: TYPE": ["KIDNAPPING"],
    "INCIDENT: STAGE OF EXECUTION": ["ACCOMPLISHED"],
    "PERP: INDIVIDUAL ID": ['"MEMBERS OF THE KARFA FRONT"'],
    "HUM TGT: DESCRIPTION": ['"MAYOR": "ORU TANA"'],
}
KIDNAP = "THE FRONT KIDNAPPED THE MAYOR OF SAND TOWN."


def test_tokens_become_text_with_their_places():
    text, ranges = lay_out(
        ["He", "did", "n't", "say", '"', "stop", ",", '"', "did", "he", "(", "or", "-", "else", ")", "?"]
    )
    assert text == 'He didn\'t say "stop," did he (or-else)?'
    assert [text[start:end] for start, end in ranges[:4]] == ["He", "did", "n't", "say"]


def test_status_is_compared_with_the_sign_of_the_grade():
    text = "Rebels shelled Karfa, planned to retreat and never fled."
    graded = [
        Graded("1", "shelled", 2.6, event(text, "shelled", status="claimed")),
        Graded("1", "retreat", 0.4, event(text, "retreat", "RETREAT", status="planned")),
        Graded("1", "fled", -2.0, event(text, "fled", "RETREAT", status="happened")),
        Graded("1", "planned", 2.8, None),
    ]
    found = sum_up_grades(graded)
    assert (found["found"], found["accuracy"], found["always_happened"]) == (3, 0.667, 0.333)
    assert found["confusion"]["denied>real"] == 1
    assert [miss.words for miss in miss_grades(graded)] == ["fled"]


@pytest.mark.parametrize(
    ("one", "two", "agree"),
    [
        ("members of the Karfa Front", "KARFA FRONT", True),
        ("guerrillas", "GUERRILLA COLUMN", True),
        ("guerrillas", "soldiers", False),
        ("town of Karfa", "Karfa Front", False),  # its head is "town"
    ],
)
def test_parties_agree_by_a_head_word(one, two, agree):
    assert share_head(one, two) is agree
    assert head("MEMBERS OF THE FRONT") == "member"


def test_a_template_is_found_by_kind_and_party():
    coded = event(KIDNAP, "KIDNAPPED", mode="abduct", by=("FRONT",), to=("MAYOR OF SAND TOWN",))
    verdict = judge_template("m1", TEMPLATE, [coded])
    assert (verdict.has_kind, verdict.has_party, verdict.has_stage, verdict.has_both) == (True, True, True, True)
    shot = event(KIDNAP, "KIDNAPPED", mode="firearms", by=("FRONT",))
    assert not judge_template("m1", TEMPLATE, [shot]).has_kind
    strangers = event(KIDNAP, "KIDNAPPED", mode="abduct", to=("SAND TOWN",))
    assert sum_up_templates([verdict, judge_template("m1", TEMPLATE, [strangers])])["found"] == 0.5


def test_broken_lines_are_joined_and_paragraphs_kept():
    assert unwrap("THE FRONT\nATTACKED.\n\n   IT FLED.") == "THE FRONT ATTACKED.\n\nIT FLED."


def test_labels_follow_type_actor_and_status():
    fired = event(RAID, "fired", by=("Police",), to=("villagers",))
    assert labels_of(fired) == {"FORCE", "ANY_ACTION"}
    assert labels_of(event(RAID, "fired", by=("Police",), deaths=3)) == {"KILL", "FORCE", "ANY_ACTION"}
    assert labels_of(event(RAID, "arrested", "COERCE", mode="arrest")) == {"ARREST", "ANY_ACTION"}
    assert labels_of(event(RAID, "arrested", "COERCE", mode="arrest", by=("villagers",))) == set()
    assert labels_of(event(RAID, "fired", by=("Police",), status="denied")) == {"FAIL"}
    assert labels_of(event(RAID, "fired", by=("villagers",), deaths=3)) == set()
    assert is_police(party(RAID, "men", "COP"))


def test_sentences_are_scored_a_label_at_a_time():
    fired = event(RAID, "fired", by=("Police",))
    rows = [
        Judged("p1", frozenset({"FORCE", "ANY_ACTION"}), labels_of(fired), (fired,)),
        Judged("p1", frozenset({"ARREST", "ANY_ACTION"}), frozenset(), ()),
    ]
    found = sum_up_sentences(rows)
    assert found["FORCE"] == {"p": 1.0, "r": 1.0, "f1": 1.0, "gold": 1}
    assert found["ARREST"]["r"] == 0.0
    assert [(miss.wanted, miss.got) for miss in miss_sentences(rows)] == [("ARREST", "nothing")]


def fact(text, record, kind, subject, other=None, *, bounds=None, status="happened"):
    def phrase(words):
        return Phrase(words, text.index(words), text.index(words) + len(words))

    return AnnotatedFact(
        record, kind, phrase(subject), phrase(other) if other else None, bounds, None, None, None, None, status, ()
    )


def test_a_mutual_relation_has_no_first_side():
    text = "The Tana militia fights the Karfa Front, which backs Oru."
    gold = fact(text, "rel", "fights", "Tana militia", "Karfa Front")
    assert same_relation(gold, relation(text, "fights", "Karfa Front", "Tana militia"))
    backs = fact(text, "rel", "supports", "Karfa Front", "Oru")
    assert not same_relation(backs, relation(text, "supports", "Oru", "Karfa Front"))
    assert not same_relation(gold, relation(text, "allied", "Tana militia", "Karfa Front"))


def test_figures_are_counted_by_number_and_by_what_is_counted():
    text = "Forty people fled Karfa and nine people were killed."
    fled = fact(text, "fig", "displaced", "Forty people", "people", bounds=(40, 40))
    killed = fact(text, "fig", "killed", "nine people", "people", bounds=(9, 9), status="claimed")
    coded = [figure(text, "displaced", 40, "people"), figure(text, "killed", 9), figure(text, "missing", 9)]
    judged = [Paired("d1", [], pair([fled, killed], coded, same_figure))]
    found = sum_up_facts(judged)
    assert (found["figures"]["p"], found["figures"]["r"]) == (0.667, 1.0)
    assert (found["figures_of"], found["figures_status"]) == ([0.5, 2], [0.5, 2])
    assert found["figures_whole"]["r"] == 0.5
    assert [miss.kind for miss in miss_facts(judged)] == ["status of a figure", "figure where gold has none"]
    assert not is_of(killed, figure(text, "killed", 9))


def test_a_folder_without_a_corpus_is_refused(tmp_path):
    with pytest.raises(InputError, match="no held-out passages"):
        held_out_passages(tmp_path)


def test_both_parties_of_a_mutual_act_may_be_actors():
    text = "Karfa and Tana signed a truce; Oru left."
    agreed = event(text, "signed", "AGREE", by=("Karfa", "Tana"))
    verdict = Verdict("1", "AGREE", "Karfa", "Tana", (agreed,))
    assert (verdict.with_parties, verdict.with_mutual_parties) == (False, True)
    one_sided = Verdict("2", "YIELD", "Oru", "Karfa", (event(text, "left", "RETREAT", by=("Oru",)),))
    missed = Verdict("3", "AID", "Oru", "Karfa", one_sided.events)
    assert by_root([verdict, one_sided])["all"]["with_mutual_parties"] == 0.5
    assert [miss.doc_id for miss in miss_parties([verdict, one_sided, missed])] == ["plv 2"]
    assert [miss.got for miss in miss_roots([verdict, one_sided, missed])] == ["RETREAT"]


@pytest.mark.parametrize("task", sorted(set(TASKS) - {"facts", "pages"}))
def test_a_missing_file_is_an_error_with_a_remedy(task, tmp_path):
    with pytest.raises(InputError, match="cannot read"):
        measure(task, tmp_path / "none.jsonl")
