"""The reader's weights, verified and ready to run."""

import hashlib
import json
from dataclasses import dataclass
from importlib import resources
from typing import Any

import msgspec
import numpy as np
import numpy.typing as npt
import onnxruntime
from tokenizers import Tokenizer

from villani.errors import ResourceError

Floats = npt.NDArray[np.float32]


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What `models/card.json` says of the weights: how they were made, what they reach, how to read their scores.

    `scale` and `shift` turn a trigger's log-odds into a calibrated probability; `min_score` is the threshold below
    which the reader abstains.
    """

    name: str
    sha256: str
    licence: str
    encoder: str
    data: tuple[str, ...]
    command: str
    scale: float
    shift: float
    min_score: float
    reliability: tuple[dict[str, float], ...] = ()
    scores: dict[str, float] = {}


@dataclass(frozen=True, eq=False)
class Weights:
    """A model that runs: `encode` takes the word pieces of one window, int64 (pieces,)."""

    card: Card
    tokenizer: Tokenizer
    session: Any
    pairs: dict[str, Any]

    def encode(self, ids: npt.NDArray[np.int64]) -> tuple[Floats, Floats, Floats, Floats]:
        """Tags, left, right and lean, float32 (pieces, size) each."""
        tags, left, right, lean = self.session.run(None, {"ids": ids})
        return tags, left, right, lean


def load_weights(threads: int = 1) -> Weights:
    """Load the weights shipped in the package.

    Args:
        threads: Threads of one product; one, so that processes can be many.

    Raises:
        ResourceError: a file is missing or is not the one the card describes.
    """
    folder = resources.files("villani.resources") / "models"
    try:
        card = msgspec.json.decode((folder / "card.json").read_bytes(), type=Card)
        model = (folder / "reader.onnx").read_bytes()
        tokenizer = (folder / "tokenizer.json").read_bytes()
    except (OSError, msgspec.DecodeError) as error:
        raise ResourceError(
            "cannot load the reader",
            cause=str(error),
            remedy="install villani again: its models are part of the package",
        ) from error
    found = hashlib.sha256(model).hexdigest()
    if found != card.sha256:
        raise ResourceError(
            "the reader's weights are not those of their card",
            cause=f"models/reader.onnx has sha256 {found}, the card says {card.sha256}",
            remedy="install villani again",
        )
    return open_weights(card, model, tokenizer, threads)


def open_weights(card: Card, model: bytes, tokenizer: bytes, threads: int = 1) -> Weights:
    """Weights from the bytes of their files, an ONNX model and a tokenizer's JSON; nothing is verified here."""
    pieces = Tokenizer.from_buffer(tokenizer)
    pieces.no_truncation()
    pieces.no_padding()
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = threads
    options.inter_op_num_threads = 1
    options.log_severity_level = 3
    session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
    pairs = json.loads(session.get_modelmeta().custom_metadata_map["pairs"])
    return Weights(card, pieces, session, pairs)
