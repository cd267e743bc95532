"""MUC-3/4 terrorism templates: of the incidents, how many are coded with the right kind and a right party?

The reports are typed in capitals, lines broken by width; paragraphs are joined, letters left as they are. A party is
right when the head word of one phrase is among the words of the other, case-folded, a plural "s" aside: "members of the
FMLN" and "FMLN" agree, "guerrilla column" and "column of soldiers" too, "guerrillas" and "soldiers" do not.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from evaluation.coding import Row, code_text
from evaluation.misses import Miss, short
from evaluation.words import words
from villani.records.events import Event
from villani.run.coder import Coder

Kinds = frozenset[tuple[str, str | None]]
VIOLENCE: Kinds = frozenset({("ASSAULT", None)})
KINDS: dict[str, Kinds] = {  # a mode of None stands for any
    "ATTACK": VIOLENCE,
    "BOMBING": VIOLENCE,
    "KIDNAPPING": frozenset({("ASSAULT", "abduct"), ("COERCE", "arrest")}),
    "ROBBERY": frozenset({("COERCE", "seize"), ("ASSAULT", None)}),
    "ARSON": frozenset({("ASSAULT", None), ("PROTEST", "riot"), ("PROTEST", "vandalize")}),
    "FORCED WORK STOPPAGE": frozenset({("COERCE", None), ("PROTEST", "strike"), ("PROTEST", "obstruct")}),
}
THREAT: Kinds = frozenset({("THREATEN", None)})  # also right where the incident was only threatened
STAGES = {
    "ACCOMPLISHED": frozenset({"happened", "claimed"}),
    "ATTEMPTED": frozenset({"happened", "claimed", "denied", "planned"}),  # "tried to", "failed to": texts differ
    "THREATENED": frozenset({"planned", "considered"}),
}
PERPETRATORS = ("PERP: INDIVIDUAL ID", "PERP: ORGANIZATION ID")
TARGETS = ("HUM TGT: NAME", "HUM TGT: DESCRIPTION", "PHYS TGT: ID")
QUOTED = re.compile(r'"((?:\\"|[^"])+)"')
TAIL = re.compile(r"\s+(?:of|in|at|from|for|with|on|by|who|which|that|belonging)\s|[,(\[]", re.IGNORECASE)


@dataclass(frozen=True)
class Verdict:
    """One template: whether an event of its kind, one with a right party, and one with the stage too was coded.

    `has_both` is whether one has the perpetrator and the victim or target right, None where gold does not name both.
    """

    doc_id: str
    number: str
    kind: str
    parties: tuple[str, ...]
    has_kind: bool
    has_party: bool
    has_stage: bool
    has_both: bool | None
    coded: int


def unwrap(text: str) -> str:
    """Paragraphs on one line each."""
    return "\n\n".join(" ".join(paragraph.split()) for paragraph in re.split(r"\n\s*\n", text))


def phrases(template: Row, slots: Sequence[str]) -> tuple[str, ...]:
    """The quoted fills of slots, all alternatives."""
    fills = (fill for slot in slots for fill in template.get(slot, []))
    return tuple(dict.fromkeys(found.replace('\\"', "") for fill in fills for found in QUOTED.findall(fill)))


def _stem(word: str) -> str:
    return word[:-1] if len(word) > 3 and word.endswith("s") and not word.endswith("ss") else word


def head(phrase: str) -> str:
    """The head word of a noun phrase: the last before its first preposition, clause or comma."""
    parts = TAIL.split(phrase)
    core = next((part for part in parts if part.strip()), phrase)
    found = re.findall(r"[\w'-]+", core.casefold())
    return _stem(found[-1]) if found else ""


def share_head(one: str, two: str) -> bool:
    """Whether the head of one phrase is among the words of the other."""
    first, second = ({_stem(word) for word in words(phrase.casefold())} for phrase in (one, two))
    return head(one) in second or head(two) in first


def is_kind(event: Event, template: Row) -> bool:
    """Whether the event's type and mode fit the template's incident type (one of them, where it names two)."""
    (stage, *_), (names, *_) = template["INCIDENT: STAGE OF EXECUTION"], template["INCIDENT: TYPE"]
    wanted = frozenset[tuple[str, str | None]]().union(*(KINDS[name] for name in names.split(" / ")))
    wanted |= THREAT if "THREATENED" in stage else frozenset()
    return (event.type, None) in wanted or (event.type, event.mode) in wanted


def is_stage(event: Event, template: Row) -> bool:
    """Whether the event's status fits the stage; a coded threat fits a threatened incident whatever its status."""
    stages = template["INCIDENT: STAGE OF EXECUTION"][0].split(" / ")
    return any(event.status in STAGES[stage] for stage in stages) or (event.type == "THREATEN")


def sides_right(event: Event, template: Row) -> tuple[bool, bool]:
    """Whether an actor is a perpetrator, and whether a recipient is a victim or target."""
    by, to = (
        any(share_head(actor.text, fill) for actor in side for fill in phrases(template, slots))
        for side, slots in ((event.actors, PERPETRATORS), (event.recipients, TARGETS))
    )
    return by, to


def judge_templates(coder: Coder, rows: Sequence[Row]) -> list[Verdict]:
    """A verdict for each template.

    Args:
        coder: The coder.
        rows: Reports with `id`, `text` and `templates` (slot names to lists of fills, as MUC-4 writes them).
    """
    return [
        judge_template(row["id"], template, events)
        for row in rows
        for events in (code_text(coder, row["id"], unwrap(row["text"])).events,)
        for template in row["templates"]
    ]


def judge_template(doc_id: str, template: Row, events: Sequence[Event]) -> Verdict:
    """The verdict on one template, given the events of its report."""
    fitting = [event for event in events if is_kind(event, template)]
    with_party = [event for event in fitting if any(sides_right(event, template))]
    is_two_sided = bool(phrases(template, PERPETRATORS) and phrases(template, TARGETS))
    return Verdict(
        doc_id=doc_id,
        number=template["MESSAGE: TEMPLATE"][0],
        kind=template["INCIDENT: TYPE"][0],
        parties=phrases(template, (*PERPETRATORS, *TARGETS)),
        has_kind=bool(fitting),
        has_party=bool(with_party),
        has_stage=any(is_stage(event, template) for event in with_party),
        has_both=any(all(sides_right(event, template)) for event in with_party) if is_two_sided else None,
        coded=len(events),
    )


def sum_up_templates(verdicts: Sequence[Verdict]) -> dict[str, float | int]:
    """The measures.

    Returns:
        Of all `templates` the share with an event of the `kind`, with a right party too (`found`), and with the stage
        as well; of the `two_sided` ones, which name a perpetrator and a victim or target, the share with `both` in one
        event.
    """
    both = [verdict.has_both for verdict in verdicts if verdict.has_both is not None]
    return {
        "templates": len(verdicts),
        "kind": _share([verdict.has_kind for verdict in verdicts]),
        "found": _share([verdict.has_party for verdict in verdicts]),
        "found_with_stage": _share([verdict.has_stage for verdict in verdicts]),
        "two_sided": len(both),
        "both": _share(both),
    }


def _share(values: Sequence[bool]) -> float:
    return round(sum(values) / max(1, len(values)), 3)


def score_muc(coder: Coder, rows: Sequence[Row]) -> dict[str, float | int]:
    """Code and measure."""
    return sum_up_templates(judge_templates(coder, rows))


def miss_templates(verdicts: Sequence[Verdict]) -> Iterator[Miss]:
    """Every template not found."""
    for verdict in verdicts:
        if not verdict.has_party:
            got = "no event" if not verdict.coded else "no such event" if not verdict.has_kind else "other parties"
            name = f"{verdict.kind.lower()}: {short(verdict.parties[0]) if verdict.parties else 'no party named'}"
            yield Miss(f"{verdict.doc_id}/{verdict.number}", name, verdict.kind, got, 0.0, f"{verdict.kind}: {got}")
