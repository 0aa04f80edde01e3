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

import numpy as np
from numpy.typing import NDArray

from situate.errors import SituateError
from situate.knowledge.events import FOLDER

Floats = NDArray[np.float32]
State = NDArray[np.float32] | None  # what the encoder makes of a word; None where it wasn't heard


class Network:
    """Scores pairs of words: `weights` by name and the `features` that it knows, as `fit_networks` writes them."""

    def __init__(self, weights: dict[str, Floats], features: Sequence[str]) -> None:
        self._w = weights
        self._row = {name: i for i, name in enumerate(features)}

    def scores(self, left: Sequence[State], right: Sequence[State], features: Sequence[Sequence[str]]) -> Floats:
        """Logits (N, outputs) of N pairs; a single state on the left stands in all pairs."""
        w = self._w
        known = [[self._row[f] for f in set(some) if f in self._row] for some in features]
        seen = np.stack([w["embedding"][rows].sum(0) for rows in known])
        a, b = self._side("left", left), self._side("right", right)
        a = np.broadcast_to(a, b.shape)
        joint = np.concatenate([a * b, a, b, np.maximum(seen[:, : -w["out"].shape[1]], 0)], 1)
        hidden = np.maximum(joint @ w["hidden"] + w["hidden bias"], 0)
        out: Floats = hidden @ w["out"] + w["out bias"] + seen[:, -w["out"].shape[1] :]
        return out

    def _side(self, name: str, states: Sequence[State]) -> Floats:
        """The states on one side as the network takes them: rows of zeros where there are none."""
        out = np.zeros((len(states), self._w[name].shape[1]), dtype=np.float32)
        rows = [i for i, s in enumerate(states) if s is not None]
        if rows:
            out[rows] = np.tanh(np.stack([states[i] for i in rows]) @ self._w[name] + self._w[f"{name} bias"])  # type: ignore[misc]
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
            return Network(weights, kept["features"].tolist())
    except (OSError, ValueError, KeyError) as e:
        raise SituateError(f"{path}: the weights can't be read ({e}); fit them again or reinstall") from e
