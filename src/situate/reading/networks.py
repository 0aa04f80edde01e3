"""Small networks that weigh two words: what the encoder makes of each, beside named features of the two.

A network scores, say, a trigger and the head of an actor's mention for each role, or two triggers for being one
event. It is so small that its file is data beside the tables (`knowledge/data/events/weights`);
`training/fit_networks.py` fits them all. Where the encoder hasn't read the report, a network judges by the features
alone, as it was taught to.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from situate.errors import SituateError
from situate.knowledge.events import FOLDER

Floats = NDArray[np.float32]
_PARTS = ("embedding", *(f"{name}{of}" for name in ("left", "right", "hidden", "out") for of in ("", " bias")))
Side = Literal["left", "right"]
Features = tuple[str, ...]  # what is seen of a pair, no feature twice
State = NDArray[np.float32] | None  # what the encoder makes of a word; None where it wasn't heard


_ON_ONE_CORE = 1 << 18  # multiplications that OpenBLAS does without threads


class Network:
    """Scores pairs of words: `weights` by name and the `features` that it knows, as `fit_networks` writes them."""

    def __init__(self, weights: dict[str, Floats], features: Sequence[str]) -> None:
        self._w = weights
        self._row = {name: i for i, name in enumerate(features)}
        self._embedding = np.vstack([weights["embedding"], np.zeros_like(weights["embedding"][:1])])

    def sides(self, name: Side, states: Sequence[State]) -> Floats:
        """Words' states (N, side) as the network takes them on one side; zeros where there is none."""
        out = np.zeros((len(states), self._w[name].shape[1]), dtype=np.float32)
        heard = [i for i, state in enumerate(states) if state is not None]
        if heard:
            known = np.stack([s for s in states if s is not None])
            out[heard] = np.tanh(_product(known, self._w[name]) + self._w[f"{name} bias"])
        return out

    def scores(self, left: Floats, right: Floats, seen: Floats) -> Floats:
        """Logits (N, outputs) of N pairs of sides with what is seen of each."""
        w, outputs = self._w, self._w["out"].shape[1]
        joint = np.concatenate([left * right, left, right, np.maximum(seen[:, :-outputs], 0)], 1)
        hidden = np.maximum(_product(joint, w["hidden"]) + w["hidden bias"], 0)
        out: Floats = _product(hidden, w["out"]) + w["out bias"] + seen[:, -outputs:]
        return out

    def seen(self, some: Sequence[Features]) -> Floats:
        """The sum of the embeddings of each piece's features."""
        row, rows, starts = self._row, list[int](), list[int]()
        for features in some:
            starts.append(len(rows))
            rows.append(-1)  # zeros, so that no piece is without a row
            rows += [row[f] for f in features if f in row]
        out: Floats = np.add.reduceat(self._embedding[rows], starts, axis=0)
        return out


def _product(rows: Floats, by: Floats) -> Floats:
    """The product of two matrices, a few rows at a time: BLAS would hand more to threads, which here cost more than
    they save and stand in the way of other processes."""
    few = max(1, min(len(rows), _ON_ONE_CORE // by.size))
    blocks = -(-len(rows) // few)
    padded = np.zeros((blocks * few, rows.shape[1]), dtype=np.float32)
    padded[: len(rows)] = rows
    out: Floats = (padded.reshape(blocks, few, -1) @ by).reshape(blocks * few, -1)[: len(rows)]
    return out


class Pairs:
    """Pairs of words gathered for one call of a network: each word's side and each piece of features is made once."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._numbers: dict[Side, dict[int, int]] = {"left": {}, "right": {}}
        self._states: dict[Side, list[State]] = {"left": [], "right": []}
        self._pieces: dict[Features, int] = {}
        self._pairs: list[tuple[int, int]] = []
        self._of_pair: list[int] = []
        self._starts: list[int] = []

    def word(self, side: Side, key: int, state: State) -> int:
        """The number of a word on one side; `key` tells words apart."""
        numbers = self._numbers[side]
        if key not in numbers:
            numbers[key] = len(numbers)
            self._states[side].append(state)
        return numbers[key]

    def add(self, left: int, right: int, pieces: Iterable[Features]) -> None:
        """A pair by the numbers of its words, with what is seen of it in one piece or more."""
        known = self._pieces
        self._pairs.append((left, right))
        self._starts.append(len(self._of_pair))
        self._of_pair += [known.setdefault(piece, len(known)) for piece in pieces]

    def scores(self) -> list[list[float]]:
        """The logits of each pair, in the order in which they were added."""
        if not self._pairs:
            return []
        network, (left, right) = self._network, np.array(self._pairs).T
        seen = np.add.reduceat(network.seen(list(self._pieces))[self._of_pair], self._starts, axis=0)
        a, b = network.sides("left", self._states["left"]), network.sides("right", self._states["right"])
        out: list[list[float]] = network.scores(a[left], b[right], seen).tolist()
        return out


@cache
def network(name: str) -> Network:
    """A network that ships with the program, read once a process."""
    return load(FOLDER / "weights" / f"{name}.npz")


def load(path: Path) -> Network:
    """A network from its file. Raises SituateError where it can't be read."""
    try:
        with np.load(path) as kept:
            weights = {k: v.astype(np.float32) for k, v in kept.items() if k != "features"}
            return Network({name: weights[name] for name in _PARTS}, kept["features"].tolist())
    except (OSError, ValueError, KeyError) as e:
        raise SituateError(f"{path}: the weights can't be read ({e}); fit them again or reinstall") from e
