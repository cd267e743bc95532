"""What goes wrong on news articles in the gold format: counts by kind, and the errors behind each measure."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from evaluation.coding import Row, code_gold
from evaluation.events import UNREAL, View, coded_view, details, gold_view, match
from evaluation.misses import Miss, short
from evaluation.tables import table
from villani.records.events import Event
from villani.run.coder import Coder

PARTIES = ("actors", "recipients")


@dataclass(frozen=True)
class Coded:
    """Gold documents with what was coded in them."""

    rows: Sequence[Row]
    events: Sequence[Event]

    def above(self, threshold: float) -> "Coded":
        """The same with the events scored at least so."""
        return replace(self, events=[event for event in self.events if event.score >= threshold])


@dataclass(frozen=True)
class Matched:
    """One document: gold and coded events, those paired, its text, and the score of each coded event by `id(view)`."""

    doc_id: str
    gold: list[View]
    coded: list[View]
    pairs: list[tuple[View, View]]
    text: str
    scores: dict[int, float]

    def missed(self) -> list[View]:
        """Gold events for which nothing was coded."""
        paired = {id(gold) for gold, _ in self.pairs}
        return [view for view in self.gold if id(view) not in paired]

    def vain(self) -> list[View]:
        """Coded events for which gold has nothing."""
        paired = {id(coded) for _, coded in self.pairs}
        return [view for view in self.coded if id(view) not in paired]

    def miss(self, view: View, wanted: str, got: str, kind: str) -> Miss:
        """An error at an event, named by its trigger."""
        words = short(self.text[view.start : view.end])
        return Miss(self.doc_id, words, wanted, got, self.scores.get(id(view), 0.0), kind)


def code_rows(coder: Coder, rows: Sequence[Row]) -> Coded:
    """Code gold documents."""
    return Coded(rows, [event for document in code_gold(coder, rows) for event in document.events])


def in_capitals(coded: Coded) -> list[Row]:
    """The gold documents typed in capitals; letters without a capital of one letter stay, so that offsets hold."""
    return [
        row | {"title": _shout(row["title"]) if row["title"] else row["title"], "text": _shout(row["text"])}
        for row in coded.rows
    ]


def _shout(text: str) -> str:
    return "".join(letter.upper() if len(letter.upper()) == 1 else letter for letter in text)


def match_all(coded: Coded) -> list[Matched]:
    """Every gold document with its events paired."""
    by_doc: defaultdict[str, list[tuple[View, float]]] = defaultdict(list)
    for event in coded.events:
        by_doc[event.doc_id].append((coded_view(event), event.score))
    matched = []
    for row in coded.rows:
        gold, found = [gold_view(event) for event in row["events"]], by_doc[row["doc_id"]]
        views = [view for view, _ in found]
        scores = {id(view): score for view, score in found}
        matched.append(Matched(row["doc_id"], gold, views, match(gold, views), row["text"], scores))
    return matched


def fault_table(documents: Iterable[Matched]) -> str:
    """What goes wrong, by kind, with counts."""
    kinds: Counter[str] = Counter()
    for document in documents:
        kinds["missed event"] += len(document.missed())
        kinds["event where gold has none"] += len(document.vain())
        for gold, coded in document.pairs:
            if gold.type != coded.type:
                kinds[f"type {gold.type} coded as {coded.type}"] += 1
                continue
            right = details(gold, coded)
            kinds.update(_party_fault(gold, coded, role) for role in (*PARTIES, "says") if not right[role])
            if not right["status"]:
                kinds[f"status {gold.status} coded as {coded.status}"] += 1
    return table(("fault", "times"), [(name, count) for name, count in kinds.most_common(30)])


def _party_fault(gold: View, coded: View, role: str) -> str:
    wanted, got = getattr(gold, role), getattr(coded, role)
    return f"{role}: " + ("missing" if not got else "one where gold has none" if not wanted else "wrong one")


def miss_types(documents: Iterable[Matched]) -> Iterator[Miss]:
    """Events missed, coded in vain or with another type."""
    for document in documents:
        for view in document.missed():
            yield document.miss(view, view.type, "nothing", f"{view.type} missed")
        for view in document.vain():
            yield document.miss(view, "nothing", view.type, f"{view.type} in vain")
        for gold, coded in document.pairs:
            if gold.type != coded.type:
                yield document.miss(coded, gold.type, coded.type, f"{gold.type} as {coded.type}")


def miss_parties(documents: Iterable[Matched]) -> Iterator[Miss]:
    """Actors and recipients of events found with their type and status, which keep the event from being whole."""
    for document in documents:
        for gold, coded in document.pairs:
            right = details(gold, coded)
            if gold.type != coded.type or not right["status"]:
                continue
            for role in PARTIES:
                if not right[role]:
                    wanted, got = getattr(gold, role), getattr(coded, role)
                    yield document.miss(
                        coded, f"{role}: {_names(wanted)}", _names(got), _party_fault(gold, coded, role)
                    )


def miss_status(documents: Iterable[Matched], *, unreal_as_real: bool = False) -> Iterator[Miss]:
    """Events found with their type whose status is wrong; only unreal ones coded as real, if so wished."""
    for document in documents:
        for gold, coded in document.pairs:
            wrong = gold.type == coded.type and gold.status != coded.status
            if wrong and (not unreal_as_real or (gold.status in UNREAL and coded.status not in UNREAL)):
                yield document.miss(coded, gold.status, coded.status, f"{gold.status} as {coded.status}")


def miss_speakers(documents: Iterable[Matched]) -> Iterator[Miss]:
    """Events found with their type whose `says` is not the gold one, where gold has one."""
    for document in documents:
        for gold, coded in document.pairs:
            if gold.type == coded.type and gold.says and not details(gold, coded)["says"]:
                fault = _party_fault(gold, coded, "says")
                yield document.miss(coded, _names(gold.says), _names(coded.says), f"{fault}, {gold.status}")


def _names(phrases: Sequence[str]) -> str:
    return short(", ".join(phrases)) or "nobody"
