"""Relations and figures on the held-out tenth of our own corpus: the only text in which they are labelled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar

from evaluation.coding import code_text
from evaluation.events import prf
from evaluation.misses import Miss, short
from evaluation.words import words
from training.data import corpus_passages, is_held_out
from training.markup import AnnotatedFact, Passage
from villani.errors import InputError
from villani.records.events import Actor, Figure, Place, Relation
from villani.run.coder import Coder

Fact = TypeVar("Fact", Relation, Figure)
MUTUAL = frozenset({"fights", "allied"})  # either party may be written first


@dataclass(frozen=True)
class Paired:
    """Facts of one passage, gold beside coded; None where one side has no such fact."""

    doc_id: str
    relations: Sequence[tuple[AnnotatedFact | None, Relation | None]]
    figures: Sequence[tuple[AnnotatedFact | None, Figure | None]]


def held_out_passages(folder: Path) -> list[Passage]:
    """Passages of the corpus that the reader was not trained on.

    Raises:
        InputError: the folder holds no corpus.
    """
    passages = [passage for passage in corpus_passages(folder) if is_held_out(passage.doc_id)]
    if not passages:
        raise InputError(f"no held-out passages in {folder}", remedy="give the folder training/corpus")
    return passages


def same_phrase(gold: str, coded: str) -> bool:
    """Whether two phrases share a telling word."""
    return bool(words(gold) & words(coded))


def same_relation(gold: AnnotatedFact, coded: Relation) -> bool:
    """Whether kind, subject and object agree; of `fights` and `allied` in either order."""
    if gold.kind != coded.kind or gold.object is None or not isinstance(coded.object, Actor | Place):
        return False
    sides = [(coded.subject.text, coded.object.text)]
    if gold.kind in MUTUAL:
        sides.append((coded.object.text, coded.subject.text))
    return any(same_phrase(gold.subject.text, one) and same_phrase(gold.object.text, two) for one, two in sides)


def same_figure(gold: AnnotatedFact, coded: Figure) -> bool:
    """Whether measure and bounds agree and the gold number stands in the coded sentence."""
    inside = coded.evidence.start <= gold.subject.start < coded.evidence.end
    return inside and gold.kind == coded.measure and gold.bounds == (coded.low, coded.high)


def pair(
    gold: Sequence[AnnotatedFact], coded: Sequence[Fact], agree: Callable[[AnnotatedFact, Fact], bool]
) -> list[tuple[AnnotatedFact | None, Fact | None]]:
    """Each gold fact with the first coded one that agrees, each used once; then what stands alone."""
    left: list[Fact] = list(coded)
    pairs: list[tuple[AnnotatedFact | None, Fact | None]] = []
    for fact in gold:
        found = next((other for other in left if agree(fact, other)), None)
        if found is not None:
            left.remove(found)
        pairs.append((fact, found))
    pairs.extend((None, other) for other in left)
    return pairs


def judge_facts(coder: Coder, passages: Sequence[Passage]) -> list[Paired]:
    """The facts of each passage that labels them, paired with what was coded."""
    judged = []
    for passage in passages:
        if not passage.has_facts:
            continue
        coded = code_text(coder, passage.doc_id, passage.text, title=passage.title or None, date=passage.date)
        relations = [fact for fact in passage.facts if fact.record == "rel"]
        figures = [fact for fact in passage.facts if fact.record == "fig"]
        judged.append(
            Paired(
                passage.doc_id,
                pair(relations, coded.relations, same_relation),
                pair(figures, coded.figures, same_figure),
            )
        )
    return judged


def is_of(gold: AnnotatedFact, coded: Figure) -> bool:
    """Whether the kind counted agrees: a telling word shared, or none given on both sides."""
    if gold.object is None or coded.of is None:
        return gold.object is None and coded.of is None
    return same_phrase(gold.object.text, coded.of.text)


def sum_up_facts(judged: Sequence[Paired]) -> dict[str, Any]:
    """The measures.

    Returns:
        `relations`: precision, recall and F1 of kind, subject and object, with counts; `figures`: of measure, number
        and sentence; `figures_whole`: with what is counted and the status right too; the same by kind and measure;
        shares of right details with the number of pairs. `*_where_stated` leave out passages whose gold has no such
        fact, where a coded one may be what the annotator passed over.
    """
    relations = [item for one in judged for item in one.relations]
    figures = [item for one in judged for item in one.figures]
    found = [(gold, coded) for gold, coded in figures if gold is not None and coded is not None]
    related = [(gold, coded) for gold, coded in relations if gold is not None and coded is not None]
    whole = sum(is_of(gold, coded) and gold.status == coded.status for gold, coded in found)
    return {
        "passages": len(judged),
        "relations": _counts(relations),
        "relations_where_stated": _counts([i for one in judged if _stated(one.relations) for i in one.relations]),
        "relations_status": _share([gold.status == coded.status for gold, coded in related]),
        "relations_by_kind": _by_kind([(g.kind if g else None, c.kind if c else None) for g, c in relations]),
        "figures": _counts(figures),
        "figures_where_stated": _counts([i for one in judged if _stated(one.figures) for i in one.figures]),
        "figures_whole": prf(whole, sum(c is not None for _, c in figures), sum(g is not None for g, _ in figures)),
        "figures_of": _share([is_of(gold, coded) for gold, coded in found]),
        "figures_status": _share([gold.status == coded.status for gold, coded in found]),
        "figures_by_measure": _by_kind([(g.kind if g else None, c.measure if c else None) for g, c in figures]),
    }


def _stated(pairs: Sequence[tuple[AnnotatedFact | None, object]]) -> bool:
    return any(gold is not None for gold, _ in pairs)


def _counts(pairs: Sequence[tuple[object | None, object | None]]) -> dict[str, float]:
    gold, coded = sum(g is not None for g, _ in pairs), sum(c is not None for _, c in pairs)
    right = sum(g is not None and c is not None for g, c in pairs)
    return {**prf(right, coded, gold), "gold": gold, "coded": coded}


def _by_kind(pairs: Sequence[tuple[str | None, str | None]]) -> dict[str, dict[str, float]]:
    kinds = sorted({kind for both in pairs for kind in both if kind is not None})
    return {kind: _counts([(g, c) for g, c in pairs if kind in {g, c}]) for kind in kinds}


def _share(values: Sequence[bool]) -> list[float]:
    return [round(sum(values) / max(1, len(values)), 3), len(values)]


def score_facts(coder: Coder, folder: Path) -> dict[str, Any]:
    """Code the held-out passages of a corpus folder and measure."""
    return sum_up_facts(judge_facts(coder, held_out_passages(folder)))


def miss_facts(judged: Sequence[Paired]) -> Iterator[Miss]:
    """Every relation and figure missed or coded in vain, and every figure with a wrong kind counted or status."""
    for one in judged:
        for gold, relation in one.relations:
            if gold is not None and relation is None:
                shown = f"{short(gold.subject.text)} > {short(gold.object.text if gold.object else '?')}"
                yield Miss(one.doc_id, shown, gold.kind, "nothing", 0.0, "relation missed")
            elif gold is None and relation is not None:
                shown = f"{short(relation.subject.text)} > {_words_of(relation)}"
                yield Miss(one.doc_id, shown, "nothing", relation.kind, relation.score, "relation where gold has none")
        for gold, figure in one.figures:
            if figure is None and gold is not None:
                yield Miss(one.doc_id, short(gold.subject.text), gold.kind, "nothing", 0.0, "figure missed")
            elif figure is not None and gold is None:
                got = f"{figure.measure} {_bounds(figure)}"
                shown = short(figure.of.text) if figure.of else "-"
                yield Miss(one.doc_id, shown, "nothing", got, figure.score, "figure where gold has none")
            elif figure is not None and gold is not None and gold.status != figure.status:
                shown = short(gold.subject.text)
                yield Miss(one.doc_id, shown, gold.status, figure.status, figure.score, "status of a figure")
            elif figure is not None and gold is not None and not is_of(gold, figure):
                wanted = short(gold.object.text) if gold.object else "nothing"
                got = short(figure.of.text) if figure.of else "nothing"
                yield Miss(one.doc_id, short(gold.subject.text), f"of {wanted}", f"of {got}", figure.score, "of")


def _words_of(relation: Relation) -> str:
    return short(relation.object.text) if isinstance(relation.object, Actor | Place) else "?"


def _bounds(figure: Figure) -> str:
    return f"{'' if figure.low is None else figure.low}..{'' if figure.high is None else figure.high}"
