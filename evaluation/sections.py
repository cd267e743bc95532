"""Sections of docs/accuracy.md, one a data set: a short table, what its numbers mean, what to compare them with."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from evaluation import factuality, muc, plv, police, says
from evaluation.events import score_events
from evaluation.facts import Paired, sum_up_facts
from evaluation.faults import Coded, code_rows, in_capitals
from evaluation.tables import table
from villani.records.reading import STATUSES
from villani.run.coder import Coder


def plv_section(verdicts: Sequence[plv.Verdict]) -> str:
    """Roots and parties of single sentences, by gold root."""
    rows = [
        (
            name,
            figures["sentences"],
            *(f"{figures[key]:.2f}" for key in ("root_right", "with_parties", "with_mutual_parties")),
        )
        for name, figures in plv.by_root(verdicts).items()
    ]
    return (
        "## Single sentences (`plv.dev`)\n\n"
        + table(
            ("gold root", "sentences", "root right", "with both parties", "... on either side of a mutual act"), rows
        )
        + "\n\nRight is an event of the gold root among those coded (YIELD is CONCEDE or RETREAT), with a telling word "
        "of both gold parties; the set gives all acts a source and a target, our guidelines make both parties of "
        "AGREE, CONSULT and COOPERATE actors, which the last column accepts. Compare: TABARI .32 on the sister set; a "
        "zero-shot roberta-large that is given the parties .84."
    )


def says_section(verdicts: Sequence[says.Verdict]) -> str:
    """Who says so, against PolNeAR."""
    figures: dict[str, Any] = says.sum_up_says(verdicts)
    inside, outside = figures["inside"], figures["outside"]
    rows = [
        ("inside reported speech, `says` overlaps the gold source (`inside_right`)", figures["inside_right"], inside),
        ("... or names whom a pronoun source stands for", figures["inside_right_resolved"], inside),
        ("... or the speaker is actor of the speech act that holds it", figures["inside_answered"], inside),
        ("outside any, `says` is empty (`outside_empty`)", figures["outside_empty"], outside),
    ]
    cases = figures["cases"]
    counts = ", ".join(f"{name} {cases.get(name, 0)}" for name in says.INSIDE)
    return (
        "## Who says so (`polnear.dev`: 94 articles of a US election)\n\n"
        + table(("coded events", "share", "of"), rows)
        + f"\n\nOf those inside: {counts}; {figures['inside_no_source']} "
        "more have an attribution without a source. *Presupposed*: coded as happened with nobody to say so, as our "
        'guidelines want it of "the killing of X" inside a quotation, while PolNeAR counts all words inside. *On '
        "record*: what is vowed, demanded or agreed has no `says` by the guidelines; its speaker is the actor of the "
        "event it lies `within`. Compare, for the gold source itself: BERT exact F1 .81, CRF .51, rules .11."
    )


def factuality_section(uw: Sequence[factuality.Graded], cb: Sequence[factuality.Graded]) -> str:
    """Status against a crowd's grades."""
    rows = []
    for name, graded in (("UW", uw), ("CommitmentBank", cb)):
        found = factuality.sum_up_grades(graded)
        cells = (found["event_words"], found["found"], found["accuracy"], found["always_happened"])
        rows.append((name, *(cells if found["found"] else (*cells[:2], "-", "-"))))
    grades: defaultdict[str, list[factuality.Graded]] = defaultdict(list)
    for item in uw:
        if item.event is not None:
            grades[item.event.status].append(item)
    by_status = [
        (
            status,
            len(items),
            f"{sum(item.grade for item in items) / len(items):+.2f}",
            *(sum(item.wanted == sign for item in items) for sign in factuality.SIGNS),
        )
        for status in STATUSES
        if (items := grades[status])
    ]
    return (
        "## Did it happen (`factuality-uw.dev`, `factuality-cb.dev`)\n\n"
        + table(("set", "graded words", "coded as events", "status right", "always happened"), rows)
        + "\n\n"
        + table(("UW: our status", "events", "mean grade", "crowd: real", "denied", "open"), by_status)
        + "\n\nA crowd graded words from -3 (did not happen) to 3; at 1 and above happened or claimed is right, at -1 "
        'and below denied, between them planned or considered. Most graded words ("said", "rose") are no events of '
        "ours. The crowd grades what is announced for certain as real, our guidelines call it planned. The last column "
        "of the first table is the accuracy of calling every coded event happened."
    )


def muc_section(verdicts: Sequence[muc.Verdict]) -> str:
    """Incidents of terrorism reports, by kind."""
    groups: defaultdict[str, list[muc.Verdict]] = defaultdict(list)
    for verdict in verdicts:
        groups[verdict.kind.lower()].append(verdict)
    named = [*sorted(groups.items(), key=lambda item: -len(item[1])), ("all", list(verdicts))]
    rows = []
    for name, group in named:
        found = muc.sum_up_templates(group)
        cells = ("kind", "found", "found_with_stage", "both")
        rows.append((name, found["templates"], *(f"{found[cell]:.2f}" for cell in cells)))
    return (
        "## Incidents of terrorism reports (`muc34.dev`: 200 reports in capitals, Latin America 1988-91)\n\n"
        + table(("incident", "templates", "kind", "and a party", "and the stage", "and both parties"), rows)
        + "\n\nThe share of gold incidents for which their report has an event of the right kind, with the perpetrator "
        "as actor or the victim or target as recipient (head-word overlap), with a status that fits the stage; the "
        "last column asks for perpetrator and target in one event, of incidents that name both. It says nothing of "
        "events that are no incident. Compare loosely: GRIT fills these roles with F1 .545, trained on the set."
    )


def police_section(verdicts: Sequence[police.Verdict]) -> str:
    """Acts of the police, by sentence."""
    figures: dict[str, Any] = police.sum_up_sentences(verdicts)
    rows = [(name, *(figures[name][key] for key in ("gold", "p", "r", "f1"))) for name in police.LABELS]
    mapping = (police.__doc__ or "").partition("\n\n")[2]
    return (
        f"## Acts of the police (`india-police.half`: {figures['sentences']:,} sentences, Gujarat 2002)\n\n"
        + table(("label", "gold sentences", "precision", "recall", "F1"), rows)
        + "\n\n"
        + mapping.strip()
    )


def facts_section(judged: Sequence[Paired]) -> str:
    """Relations and figures on the held-out tenth of our corpus."""
    found = sum_up_facts(judged)
    keys = ("gold", "coded", "p", "r", "f1")
    rows = [
        ("relations: kind, subject, object", *(found["relations"][key] for key in keys)),
        *((f"... {kind}", *(cells[key] for key in keys)) for kind, cells in found["relations_by_kind"].items()),
        ("figures: measure, number, sentence", *(found["figures"][key] for key in keys)),
        *((f"... {kind}", *(cells[key] for key in keys)) for kind, cells in found["figures_by_measure"].items()),
        ("figures: with what is counted and status", "", "", *(found["figures_whole"][key] for key in keys[2:])),
    ]
    stated = [f"{name} precision {found[f'{name}_where_stated']['p']}" for name in ("relations", "figures")]
    return (
        f"## Relations and figures (held-out tenth of our corpus: {found['passages']} passages)\n\n"
        + table(("record", "gold", "coded", "precision", "recall", "F1"), rows)
        + f"\n\nOf the figures found, what is counted is right in {found['figures_of'][0]}, the status in "
        f"{found['figures_status'][0]} of {found['figures_of'][1]}. In passages that state such a fact at all: "
        f"{', '.join(stated)}. No other set labels them; our own passages are denser than news, so expect less there."
    )


def capitals_section(coder: Coder, coded: Coded) -> str:
    """The same articles typed in capitals."""
    shouted = code_rows(coder, in_capitals(coded))
    rows = []
    for name, one in (("as printed", coded), ("in capitals", shouted)):
        found = score_events(one.rows, list(one.events))
        country = found["details"].get("country_where_gold_has_one", [0.0, 0])[0]
        rows.append((name, found["predicted"], found["event_type"]["f1"], found["whole"]["f1"], country))
    return "## Pages in capitals (`gold/dev`, every letter raised)\n\n" + table(
        ("text", "events", "event and type F1", "whole F1", "country right"), rows
    )
