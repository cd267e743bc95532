"""Teach the encoder words before events: `python -m training.prepare --out work/prepared.pt`.

The published weights were tuned to embed whole sentences; what a word does in its sentence was worn off. One short run
on licensed gold brings it back: dependency heads and relations (UD English EWT and GUM), names (Wikigold), time phrases
(WikiWars) and graded factuality (UDS It-Happened 2, MEANTIME, MegaVeridicality). Its heads are thrown away; the encoder
and the factuality head are what `training.train --start` goes on from. What it is worth stands in docs/log.md.
"""

import argparse
import gzip
import json
import random
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
import torch.nn.functional as F
from tokenizers import Tokenizer
from torch import Tensor, nn

from training.model import Reader, build_reader
from training.train import DATA, PUBLISHED, auxiliary_rows, rate, stack

MAX_PIECES = 160
ARC_SIZE = 128
NAMES = ("O", "PER", "LOC", "ORG", "MISC")
RELATIONS = (
    "acl advcl advmod amod appos aux case cc ccomp clf compound conj cop csubj dep det discourse dislocated expl fixed "
    "flat goeswith iobj list mark nmod nsubj nummod obj obl orphan parataxis punct reparandum root vocative xcomp"
).split()
PIECES_A_BATCH = 1_536


@dataclass(eq=False)
class Lesson:
    """A row of word pieces with one label a piece: head piece, relation, name, time, grade; -1 or nan is masked."""

    ids: np.ndarray
    head: np.ndarray
    relation: np.ndarray
    name: np.ndarray
    time: np.ndarray
    grade: np.ndarray


def blank(ids: Sequence[int]) -> Lesson:
    """A row with no labels."""
    size = len(ids)
    return Lesson(
        np.asarray(ids, dtype=np.int64),
        *(np.full(size, -1, dtype=np.int64) for _ in range(4)),
        np.full(size, np.nan, dtype=np.float32),
    )


def read_conllu(path: Path) -> Iterator[list[tuple[str, int, str]]]:
    """Sentences of (form, head, relation without subtype); the head counts from 1, 0 is the root."""
    sentence: list[tuple[str, int, str]] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            cells = line.rstrip("\n").split("\t")
            if len(cells) == 10 and cells[0].isdigit():
                sentence.append((cells[1], int(cells[6]), cells[7].partition(":")[0]))
            elif not line.strip() and sentence:
                yield sentence
                sentence = []


def syntax_lessons(path: Path, tokenizer: Tokenizer) -> Iterator[Lesson]:
    """Neighbouring sentences packed into rows; a word's labels sit on its first piece."""
    ids, arcs = [101], []
    for sentence in read_conllu(path):
        rows = tokenizer.encode_batch([form for form, _, _ in sentence], add_special_tokens=False)
        size = sum(len(row.ids) for row in rows)
        if size == 0 or size > MAX_PIECES - 2:
            continue
        if len(ids) + size + 1 > MAX_PIECES:
            yield _syntax_row([*ids, 102], arcs)
            ids, arcs = [101], []
        firsts, position = [], len(ids)
        for row in rows:
            firsts.append(position)
            position += len(row.ids)
            ids += row.ids
        arcs += [
            (first, 0 if head == 0 else firsts[head - 1], RELATIONS.index(relation))
            for first, row, (_, head, relation) in zip(firsts, rows, sentence, strict=True)
            if row.ids and relation in RELATIONS and head <= len(firsts)
        ]
    if arcs:
        yield _syntax_row([*ids, 102], arcs)


def _syntax_row(ids: Sequence[int], arcs: Sequence[tuple[int, int, int]]) -> Lesson:
    lesson = blank(ids)
    for first, head, relation in arcs:
        lesson.head[first] = min(head, len(ids) - 1)
        lesson.relation[first] = relation
    return lesson


def name_lessons(path: Path, tokenizer: Tokenizer) -> Iterator[Lesson]:
    """Sentences with person, place, organisation and other names, a label a piece."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            item = json.loads(line)
            rows = tokenizer.encode_batch(item["tokens"], add_special_tokens=False)
            lesson = blank([101, *(index for row in rows for index in row.ids), 102][:MAX_PIECES])
            labels = [
                NAMES.index(tag[-3:] if tag[-3:] in NAMES else "MISC") if tag != "O" else 0 for tag in item["tags"]
            ]
            spread = [label for label, row in zip(labels, rows, strict=True) for _ in row.ids]
            lesson.name[1 : 1 + len(spread)] = spread[: len(lesson.ids) - 1]
            yield lesson


def row_lessons(tokenizer: Tokenizer) -> Iterator[Lesson]:
    """The rows `training.train` knows: factuality and time phrases."""
    for row in auxiliary_rows(tokenizer):
        lesson = blank(row.window.ids.tolist()[:MAX_PIECES])
        lesson.grade[:] = row.factual[: len(lesson.ids)]
        lesson.time[:] = row.mention[: len(lesson.ids), 2]
        yield lesson


class School(nn.Module):
    """The reader's encoder under throw-away heads."""

    def __init__(self, reader: Reader, width: int = 384) -> None:
        super().__init__()
        self.reader = reader
        self.child = nn.Linear(width, ARC_SIZE)
        self.parent = nn.Linear(width, ARC_SIZE)
        self.tags = nn.Linear(width, len(RELATIONS) + len(NAMES) + 3)

    def forward(self, lessons: Sequence[Lesson]) -> Tensor:
        """Sum of the losses of a batch."""
        ids = stack([lesson.ids for lesson in lessons], 0)
        mask = torch.zeros(ids.shape).masked_fill(ids == 0, float("-inf"))[:, None, None, :]
        with torch.autocast("cpu", dtype=torch.bfloat16):
            x = F.dropout(self.reader.encoder(ids, mask.to(torch.bfloat16)), 0.1, self.training)
            arcs = self.child(x) @ self.parent(x).transpose(1, 2)
            tags, grade = self.tags(x), self.reader.factual(x)
        relations, names, times = tags.float().split([len(RELATIONS), len(NAMES), 3], dim=-1)
        arcs = arcs.float() / ARC_SIZE**0.5 + mask[:, 0]
        loss = torch.zeros(())
        for logits, key in ((arcs, "head"), (relations, "relation"), (names, "name"), (times, "time")):
            labels = stack([getattr(lesson, key) for lesson in lessons], -1)
            if (labels >= 0).any():
                loss = loss + F.cross_entropy(logits.flatten(0, 1), labels.flatten(), ignore_index=-1)
        graded = stack([lesson.grade for lesson in lessons], float("nan"))
        known = ~graded.isnan()
        if known.any():
            loss = loss + F.smooth_l1_loss(torch.tanh(grade.float().squeeze(-1)[known]), graded[known])
        return loss


def pack(lessons: Sequence[Lesson], rng: random.Random) -> list[list[Lesson]]:
    """Lessons of like length together, batches in random order."""
    packed: list[list[Lesson]] = [[]]
    for lesson in sorted(lessons, key=lambda item: len(item.ids) + rng.random() * 12):
        if packed[-1] and (len(packed[-1]) + 1) * len(lesson.ids) > PIECES_A_BATCH:
            packed.append([])
        packed[-1].append(lesson)
    rng.shuffle(packed)
    return packed


def main() -> None:
    """Read the command line and teach."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--out", type=Path, default=Path("work/prepared.pt"))
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--lr", type=float, default=2e-4)
    parser.add_argument("--seed", type=int, default=1348)
    args = parser.parse_args()
    torch.manual_seed(args.seed)
    torch.set_num_threads(2)
    rng = random.Random(args.seed)
    tokenizer = Tokenizer.from_file(str(PUBLISHED / "tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    folder = DATA / "train"
    lessons = [
        *syntax_lessons(folder / "ud-ewt.train.conllu.gz", tokenizer),
        *syntax_lessons(folder / "ud-gum.train.conllu.gz", tokenizer),
        *name_lessons(folder / "names-wikigold.jsonl.gz", tokenizer),
        *row_lessons(tokenizer),
    ]
    plan = [batch for _ in range(args.epochs) for batch in pack(lessons, rng)]
    school = School(build_reader(PUBLISHED))
    school.reader.encoder.words.weight.requires_grad_(False)
    parameters = [p for p in school.parameters() if p.requires_grad]
    optimizer = torch.optim.AdamW(parameters, lr=args.lr, weight_decay=0.01, fused=True)
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda step: rate(step, len(plan)))
    began, running = time.monotonic(), 0.0
    school.train()
    for step, batch in enumerate(plan, 1):
        loss = school(batch)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(parameters, 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        running = 0.98 * running + 0.02 * loss.item() if step > 1 else loss.item()
        if step % 50 == 0 or step == len(plan):
            print(f"{step}/{len(plan)} {time.monotonic() - began:.0f}s loss {running:.3f}", flush=True)
    args.out.parent.mkdir(parents=True, exist_ok=True)
    torch.save(school.reader.state_dict(), args.out)


if __name__ == "__main__":
    main()
