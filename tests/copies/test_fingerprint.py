"""What is kept of a document."""

from invented_reports import COUNTS, FIRST, STATEMENT, SWAPPED, fingerprint

from build import document
from villani.copies import Fingerprinter
from villani.copies.minhash import estimate_jaccard
from villani.records.text import Span


def test_batches_cut_anyhow_give_the_same():
    texts = [document(text) for text in (FIRST, SWAPPED, STATEMENT, "")]
    whole = Fingerprinter(COUNTS)(texts)
    stage = Fingerprinter(COUNTS)
    assert [one for text in reversed(texts) for one in stage([text])] == list(reversed(whole))


def test_quotations_come_after_what_the_writer_tells():
    plain, quoting = fingerprint("x", FIRST), fingerprint("x", f"{STATEMENT}\n{FIRST}")
    assert plain.told * 4 == len(plain.ends)
    assert quoting.told < len(quoting.ends) // 4
    assert plain.words[:40] in quoting.words


def test_ranges_that_stand_apart_are_left_out():
    text = f"By Our Own Correspondent\n{FIRST}\nAll rights reserved by the Hessel Courier company"
    apart = (Span(0, 24), Span(text.index("All rights"), len(text)))
    (found,) = Fingerprinter(COUNTS)([document(text, apart=apart)])
    assert found.words == fingerprint("x", FIRST).words


def test_capitals_quotes_and_plurals_make_no_other_words():
    first, second = fingerprint("x", "The governor’s soldiers fled."), fingerprint("x", "the Governor's soldier fled")
    assert first.words == second.words


def test_signatures_estimate_the_share_of_common_3_grams():
    first = fingerprint("x", FIRST).signature
    assert estimate_jaccard(first, fingerprint("y", FIRST).signature) == 1.0
    assert estimate_jaccard(first, fingerprint("y", SWAPPED).signature) < 0.5
    assert estimate_jaccard(first, b"") == 0.0
