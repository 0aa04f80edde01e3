"""The encoder's heads at run time: logits of a window become spans, classes and pairs of words, with scores."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]
NEAR = 2  # sentences apart that the pair heads tell from one another, as trained


@dataclass(frozen=True, slots=True)
class Tagged:
    """A run of words that a head tags: first and last word (inclusive), its class, and the score of each class."""

    first: int
    last: int
    label: str
    score: float


class Heads:
    """What the heads can say, and the weights of those that join two words."""

    def __init__(self, folder: Path) -> None:
        said = json.loads((folder / "labels.json").read_text(encoding="utf-8"))
        self.spans: dict[str, list[str]] = said["spans"]
        self.words: dict[str, list[str]] = said["words"]
        self.sentences: dict[str, list[str]] = said["sentences"]
        self.topics: dict[str, list[str]] = said["topics"]
        self.pairs: dict[str, list[str]] = said["pairs"]
        self.thresholds: dict[str, float] = said["thresholds"]
        self._slices = dict(self._cut())
        self._roles: dict[str, slice] = {}
        at = 0
        for layer, roles in self.pairs.items():
            self._roles[layer] = slice(at, at + len(roles))
            at += len(roles)
        self._bias = np.array(said["pair_bias"], dtype=np.float32)
        self._session: Any = session(folder / "pairs.onnx")

    def _cut(self) -> Iterator[tuple[str, slice]]:
        at = 0
        sizes = [(k, 1 + 2 * len(v)) for k, v in self.spans.items()]
        sizes += [(k, len(v)) for part in (self.words, self.sentences, self.topics) for k, v in part.items()]
        for name, n in sizes:
            yield name, slice(at, at + n)
            at += n

    def threshold(self, name: str) -> float:
        """The least score at which a head's answer counts; chosen on the dev reports, kept beside the weights."""
        return self.thresholds.get(name, 0.5)

    def tagged(self, head: str, logits: Floats) -> list[Tagged]:
        """The spans that a head tags in a window, from the logits of its words."""
        p = softmax(logits[:, self._slices[head]])
        begin, inside = p[:, 1::2], p[:, 2::2]
        starts, goes_on, least = begin.sum(1), inside.sum(1), self.threshold(head)
        out: list[Tagged] = []
        i, n = 0, len(p)
        while i < n:
            if starts[i] >= least and starts[i] >= goes_on[i] * 0.5:
                j = i + 1
                while j < n and goes_on[j] >= 0.5 and starts[j] < goes_on[j]:
                    j += 1
                shares = begin[i] / starts[i]
                k = int(shares.argmax())
                out.append(Tagged(i, j - 1, self.spans[head][k], float(starts[i] * shares[k])))
                i = j
            else:
                i += 1
        return out

    def word(self, head: str, logits: Floats) -> dict[str, float]:
        """The probability of each class of a word head, from one word's logits."""
        p = softmax(logits[self._slices[head]][None])[0]
        return dict(zip(self.words[head], p.tolist(), strict=True))

    def sentence(self, head: str, logits: Floats) -> dict[str, float]:
        """The probability of each class (yes or no each) at a sentence's end."""
        p = 1 / (1 + np.exp(-logits[self._slices[head]]))
        return dict(zip(self.sentences[head], p.tolist(), strict=True))

    def topic(self, head: str, logits: Floats) -> dict[str, float]:
        """The probability of each class (one of them) at a sentence's end."""
        p = softmax(logits[self._slices[head]][None])[0]
        return dict(zip(self.topics[head], p.tolist(), strict=True))

    def sides(self, words: Floats) -> tuple[Floats, Floats]:
        """Words (N, width) as anchors and as targets of every role, each (N, roles of all layers, rank)."""
        left, right = self._session.run(["left", "right"], {"words": words})
        roles = len(self._bias[0])
        return left.reshape(len(words), roles, -1), right.reshape(len(words), roles, -1)

    def joined(self, layer: str, anchors: Floats, targets: Floats, distance: NDArray[np.int64]) -> Floats:
        """How well each target plays each role for each anchor: sides (A, …), (T, …), (A, T) → (A, T, roles)."""
        own = self._roles[layer]
        score = np.einsum("ard,trd->atr", anchors[:, own], targets[:, own])
        bias = self._bias[np.clip(distance, -NEAR, NEAR) + NEAR][..., own]
        out: Floats = 1 / (1 + np.exp(-(score / anchors.shape[-1] ** 0.5 * 4 + bias)))
        return out


def session(path: Path) -> Any:
    """An ONNX model on one thread: readers run side by side in processes, not in threads."""
    import onnxruntime

    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])


def softmax(x: Floats) -> Floats:
    """Along the last axis."""
    e = np.exp(x - x.max(-1, keepdims=True))
    out: Floats = e / e.sum(-1, keepdims=True)
    return out


def positions(words: Sequence[tuple[int, int, int, int]]) -> NDArray[np.int64]:
    """The first subwords of a window's words."""
    return np.array([w[0] for w in words], dtype=np.int64)
