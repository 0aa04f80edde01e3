"""The small networks of `situate.reading.networks`, as they are fitted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from torch import Tensor, nn

BATCH = 256
SIDE, SEEN, HIDDEN = 64, 48, 64  # widths
LEAST_SEEN = 6  # a feature in fewer rows is left out
SILENT = 0.1  # of the rows have no states, so that it can judge without


@dataclass(frozen=True, slots=True)
class Pair:
    """Two words: their states, what is seen of them, for each output yes, no or None (not asked), and their group."""

    left: NDArray[np.float32]
    right: NDArray[np.float32] | None
    features: Sequence[str]
    answers: tuple[bool | None, ...]
    group: tuple[str, ...]  # rows of which the best one counts


class Network(nn.Module):
    """As `situate.reading.networks.Network` computes it."""

    def __init__(self, width: int, features: Sequence[str], outputs: int) -> None:
        super().__init__()
        self.features, self.outputs = list(features), outputs
        self.left, self.right = nn.Linear(width, SIDE), nn.Linear(width, SIDE)
        self.embedding = nn.EmbeddingBag(len(features) + 1, SEEN + outputs, mode="sum", padding_idx=len(features))
        nn.init.normal_(self.embedding.weight, std=0.05)
        nn.init.zeros_(self.embedding.weight[:, SEEN:])
        self.hidden, self.out = nn.Linear(3 * SIDE + SEEN, HIDDEN), nn.Linear(HIDDEN, outputs)
        self.drop = nn.Dropout(0.4)

    def forward(self, left: Tensor, right: Tensor, heard: Tensor, rows: Tensor) -> Tensor:
        """Logits (N, outputs) of states (N, width), which of them are heard (N, 2), features (N, most)."""
        a = torch.tanh(self.left(self.drop(left))) * heard[:, :1]
        b = torch.tanh(self.right(self.drop(right))) * heard[:, 1:]
        seen = self.embedding(rows)
        joint = torch.cat([a * b, a, b, torch.relu(seen[:, :SEEN])], 1)
        hidden = torch.relu(self.hidden(self.drop(joint)))
        out: Tensor = self.out(self.drop(hidden)) + seen[:, SEEN:]
        return out

    def tensors(self, some: Sequence[Pair]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
        """Pairs as the network takes them."""
        at = {f: i for i, f in enumerate(self.features)}
        known = [[at[f] for f in set(p.features) if f in at] for p in some]
        rows = np.full((len(some), max(map(len, known))), len(at))
        for row, k in zip(rows, known, strict=True):
            row[: len(k)] = k
        none = np.zeros_like(some[0].left)
        left = np.stack([p.left for p in some])
        right = np.stack([none if p.right is None else p.right for p in some])
        heard = np.array([(1.0, p.right is not None) for p in some], dtype=np.float32)
        return torch.as_tensor(left), torch.as_tensor(right), torch.as_tensor(heard), torch.as_tensor(rows)

    def save(self, path: Path) -> None:
        """The weights in half precision."""
        kept = {"embedding": self.embedding.weight[:-1]}
        for name in ("left", "right", "hidden", "out"):
            layer = getattr(self, name)
            kept |= {name: layer.weight.T, f"{name} bias": layer.bias}
        arrays = {k: v.detach().numpy().astype(np.float16) for k, v in kept.items()}
        np.savez_compressed(path, features=np.array(self.features), **arrays)


def fit(some: Sequence[Pair], epochs: int, seed: int) -> Network:
    """AdamW, the rate going down to nothing."""
    torch.manual_seed(seed)
    rng = np.random.default_rng(seed)
    seen = Counter(f for p in some for f in set(p.features))
    features = sorted(f for f, n in seen.items() if n >= LEAST_SEEN)
    network = Network(len(some[0].left), features, len(some[0].answers))
    left, right, heard, rows = network.tensors(some)
    wanted = torch.tensor([[float(bool(x)) for x in p.answers] for p in some])
    asked = torch.tensor([[float(x is not None) for x in p.answers] for p in some])
    optimizer = torch.optim.AdamW(network.parameters(), lr=1e-3, weight_decay=0.1)
    turns = len(some) // BATCH + 1
    schedule = torch.optim.lr_scheduler.LambdaLR(optimizer, lambda s: 1 - s / (epochs * turns + 1))
    for _ in range(epochs):
        for at in np.array_split(rng.permutation(len(some)), turns):
            voiced = heard[at] * torch.as_tensor(rng.random((len(at), 1)) >= SILENT)
            logits = network(left[at], right[at], voiced.float(), rows[at])
            cost = nn.functional.binary_cross_entropy_with_logits(logits, wanted[at], asked[at], reduction="sum")
            (cost / asked[at].sum()).backward()
            optimizer.step(), schedule.step(), optimizer.zero_grad()
    return network.eval()


def answers(network: Network, some: Sequence[Pair], silent: bool = False) -> NDArray[np.float32]:
    """The logits (N, outputs); `silent`: without the states."""
    left, right, heard, rows = network.tensors(some)
    with torch.no_grad():
        out: NDArray[np.float32] = network(left, right, heard * (not silent), rows).numpy()
    return out
