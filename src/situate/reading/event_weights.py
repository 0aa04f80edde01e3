"""What was learnt of events from the annotated corpus: weights by feature, as data beside the lexicon.

Each table of `knowledge/data/events/weights/` gives for a feature (something seen around a trigger) one weight for each
thing that is weighed. `training/fit_events.py` fits them all.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from situate.errors import SituateError
from situate.knowledge.events import FOLDER

Table = Mapping[str, tuple[float, ...]]


@dataclass(frozen=True, slots=True)
class EventWeights:
    """The tables by what they decide."""

    mention: Table  # is this mention one that an analyst would enter
    status: Table  # which status
    entry: Table  # is the event made of these mentions right
    blend: Table  # how much the model's proposals count beside the tables
    entry_blend: Table  # as `entry`, for events on which the model was heard


@cache
def event_weights() -> EventWeights:
    """The weights that ship with the program, read once a process."""
    return load(FOLDER / "weights")


def load(folder: Path) -> EventWeights:
    """The weights from their files. Raises SituateError where one can't be read."""
    names = ("mention", "status", "entry", "blend", "entry_blend")
    return EventWeights(*(_table(folder / f"{name}.csv") for name in names))


def _table(path: Path) -> Table:
    try:
        with path.open(encoding="utf-8", newline="") as lines:
            rows = csv.reader(line for line in lines if not line.startswith("#"))
            return {name: tuple(map(float, weights)) for name, *weights in rows}
    except (OSError, ValueError) as e:
        raise SituateError(f"{path}: the weights can't be read ({e}); fit them again or reinstall") from e


def total(table: Table, features: Iterable[str], column: int = 0) -> float:
    """The sum of the features' weights."""
    sum_ = 0.0
    for f in features:
        weights = table.get(f)
        if weights is not None:
            sum_ += weights[column]
    return sum_


def totals(table: Table, features: Iterable[str]) -> list[float]:
    """The sum of the features' weights in each column; empty where none of them is known."""
    rows = [table[f] for f in features if f in table]
    return [sum(column) for column in zip(*rows, strict=True)]


def logistic(x: float) -> float:
    """A sum of weights as a probability."""
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, x))))


def logit(p: float) -> float:
    """A probability as a sum of weights."""
    p = min(max(p, 1e-4), 1 - 1e-4)
    return math.log(p / (1 - p))


def softmax(totals: Sequence[float]) -> list[float]:
    """Sums of weights as the probabilities of things that exclude each other."""
    top = max(totals)
    raised = [math.exp(t - top) for t in totals]
    return [r / sum(raised) for r in raised]
