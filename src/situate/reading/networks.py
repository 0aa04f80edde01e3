"""Small networks that weigh two words: what the encoder makes of each, beside named features of the two.

A network scores, say, a trigger and the head of an actor's mention for each role, or two triggers for being one
event. It is so small that its file is data beside the tables (`knowledge/data/events/weights`);
`training/fit_networks.py` fits them all. Where the encoder hasn't read the report, a network judges by the features
alone, as it was taught to.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from situate.errors import SituateError
from situate.knowledge.events import FOLDER

Floats = NDArray[np.float32]
_PARTS = ("embedding", *(f"{name}{of}" for name in ("left", "right", "hidden", "out") for of in ("", " bias")))
State = NDArray[np.float32] | None  # what the encoder makes of a word; None where it wasn't heard


class Network:
    """Scores pairs of words: `weights` by name and the `features` that it knows, as `fit_networks` writes them."""

    def __init__(self, weights: dict[str, Floats], features: Sequence[str]) -> None:
        self._w = weights
        self._row = {name: i for i, name in enumerate(features)}
        self._embedding = np.vstack([weights["embedding"], np.zeros_like(weights["embedding"][:1])])

    def side(self, name: Literal["left", "right"], state: State) -> Floats:
        """A word's state as the network takes it on one side; zeros where there is none."""
        if state is None:
            return np.zeros(self._w[name].shape[1], dtype=np.float32)
        out: Floats = np.tanh(state @ self._w[name] + self._w[f"{name} bias"])
        return out

    def scores(self, left: Sequence[Floats], right: Sequence[Floats], features: Sequence[Sequence[str]]) -> Floats:
        """Logits (N, outputs) of N pairs of sides; a single one on the left stands in all pairs."""
        w, outputs = self._w, self._w["out"].shape[1]
        seen = self._seen(features)
        b = np.stack(right)
        a = np.broadcast_to(np.stack(left), b.shape)
        joint = np.concatenate([a * b, a, b, np.maximum(seen[:, :-outputs], 0)], 1)
        hidden = np.maximum(joint @ w["hidden"] + w["hidden bias"], 0)
        out: Floats = hidden @ w["out"] + w["out bias"] + seen[:, -outputs:]
        return out

    def _seen(self, features: Sequence[Sequence[str]]) -> Floats:
        """The sum of the embeddings of each pair's features."""
        row, rows, starts = self._row, list[int](), list[int]()
        for some in features:
            starts.append(len(rows))
            rows.append(-1)  # zeros, so that no pair is without a row
            rows += [row[f] for f in set(some) if f in row]
        out: Floats = np.add.reduceat(self._embedding[rows], starts, axis=0)
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
