"""Export trained weights: `python -m training.export work/reader.pt` writes the int8 ONNX model of the package.

Weights of products and embeddings become 8-bit integers (onnxruntime's dynamic quantisation); the small tables that
score a pair's distance travel in the model's metadata, so that one file is the whole reader.
"""

import argparse
import json
import logging
import shutil
import tempfile
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.model import Reader, build_reader
from training.train import PUBLISHED

MODELS = Path(__file__).parents[1] / "src" / "villani" / "resources" / "models"
OUTPUTS = ["tags", "left", "right", "lean"]


class Flat(torch.nn.Module):
    """Outputs without the batch axis: one window at a time, so that results never depend on a batch."""

    def __init__(self, reader: Reader) -> None:
        super().__init__()
        self.reader = reader

    def forward(self, ids: torch.Tensor) -> tuple[torch.Tensor, ...]:
        """int64 (pieces,) to tags, left, right, lean, each (pieces, size)."""
        return tuple(output[0] for output in self.reader(ids[None]))


def export(weights: Path, target: Path, *, quantize: bool = True) -> None:
    """Write weights as an ONNX model.

    Args:
        weights: What `training.train` wrote.
        target: The .onnx file to write; its folder exists.
        quantize: int8 weights, as shipped; float32 otherwise (to measure what quantisation costs).
    """
    reader = build_reader(PUBLISHED)
    reader.load_state_dict(torch.load(weights, weights_only=True))
    reader.eval()
    logging.getLogger().setLevel(logging.ERROR)
    with tempfile.TemporaryDirectory() as folder:
        plain = Path(folder) / "plain.onnx"
        torch.onnx.export(
            Flat(reader),
            (torch.randint(1000, 2000, (40,)),),
            str(plain),
            input_names=["ids"],
            output_names=OUTPUTS,
            dynamic_axes={"ids": {0: "pieces"}, **{name: {0: "pieces"} for name in OUTPUTS}},
            opset_version=17,
            dynamo=False,
        )
        if quantize:
            small = Path(folder) / "small.onnx"
            quantize_dynamic(
                plain,
                small,
                weight_type=QuantType.QInt8,
                per_channel=True,
                # Seven bits: eight overflow on processors without VNNI, and the same page would score otherwise there.
                reduce_range=True,
                op_types_to_quantize=["MatMul", "Gather"],
            )
            plain = small
        model = onnx.load(plain)
        tables = {name: getattr(reader, name).tolist() for name in ("distance", "apart", "mix", "bias")}
        onnx.helper.set_model_props(model, {"pairs": json.dumps(tables)})
        onnx.save(model, target)
    shutil.copy(PUBLISHED / "tokenizer.json", target.with_name("tokenizer.json"))


def main() -> None:
    """Read the command line and export."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("weights", type=Path)
    parser.add_argument("--target", type=Path, default=MODELS / "reader.onnx")
    parser.add_argument("--float", action="store_true", help="keep float32 weights")
    args = parser.parse_args()
    args.target.parent.mkdir(parents=True, exist_ok=True)
    export(args.weights, args.target, quantize=not args.float)
    print(f"{args.target}: {args.target.stat().st_size / 1e6:.1f} MB")


if __name__ == "__main__":
    main()
