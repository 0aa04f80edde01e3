"""Words that speak of what will come (`data/forecasts.yaml`), and what weighs a forecast (`forecasts_weights.csv` and
`forecasts_states.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

_DATA = files("situate.knowledge") / "data"


_SETS = (
    "going", "acts", "outcomes", "wishes", "conditions", "soon", "ahead", "hedges", "details", "perceived", "own",
    "happenings", "coming", "since", "terms", "spans", "by_when", "hard", "imagined", "aims", "warning", "having",
    "had", "dated", "minded", "deemed", "reached", "nearing", "near", "heading", "toward", "bracing", "ways", "opening",
    "horizon", "signs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class ForesightWords:
    """The words of foresight: mappings from a word or lemma to the kind it counts as, and sets of lemmas."""

    modals: Mapping[str, str]
    predicates: Mapping[str, str]
    governors: Mapping[str, str]
    nouns: Mapping[str, str]
    going: frozenset[str]
    acts: frozenset[str]
    outcomes: frozenset[str]
    wishes: frozenset[str]
    conditions: frozenset[str]
    soon: frozenset[str]
    ahead: frozenset[str]
    hedges: frozenset[str]
    details: frozenset[str]
    perceived: frozenset[str]
    own: frozenset[str]
    happenings: frozenset[str]
    coming: frozenset[str]
    since: frozenset[str]
    terms: frozenset[str]
    spans: frozenset[str]
    by_when: frozenset[str]
    hard: frozenset[str]
    imagined: frozenset[str]
    aims: frozenset[str]
    warning: frozenset[str]
    having: frozenset[str]
    had: frozenset[str]
    dated: frozenset[str]
    minded: frozenset[str]
    deemed: frozenset[str]
    reached: frozenset[str]
    nearing: frozenset[str]
    near: frozenset[str]
    heading: frozenset[str]
    toward: frozenset[str]
    bracing: frozenset[str]
    ways: frozenset[str]
    opening: frozenset[str]
    horizon: frozenset[str]
    signs: frozenset[str]
    vague: Mapping[str, int]


@cache
def foresight_words() -> ForesightWords:
    """The words of foresight, read once a process."""
    data = yaml.safe_load((_DATA / "forecasts.yaml").read_text(encoding="utf-8"))
    kinds: dict[str, Any] = {k: _kinds(data[k]) for k in ("modals", "predicates", "governors", "nouns")}
    sets: dict[str, Any] = {k: frozenset(data[k]) for k in _SETS}
    return ForesightWords(**kinds, **sets, vague=data["vague"])


def _kinds(table: Mapping[str, Any]) -> dict[str, str]:
    return {word: kind for kind, words in table.items() for word in words}


@dataclass(frozen=True, slots=True)
class ForesightWeights:
    """What weighs a statement about the future: features alone, or beside the states that the encoder gives.

    `alone` and `heard` are the weights of each feature, without states and with them; `states` (2, width) those of the
    states of the clause's verb and of the sentence.
    """

    alone: Mapping[str, float]
    heard: Mapping[str, float]
    states: NDArray[np.float32]


@cache
def foresight_weights() -> ForesightWeights:
    """The weights that ship with the program, read once a process."""
    rows = [(name, float(alone), float(heard)) for name, alone, heard in _rows("forecasts_weights.csv")]
    states = np.array([[float(x) for x in row] for row in _rows("forecasts_states.csv")], dtype=np.float32)
    return ForesightWeights({n: a for n, a, _ in rows}, {n: h for n, _, h in rows}, states.T)


def _rows(name: str) -> list[list[str]]:
    lines = (_DATA / name).read_text(encoding="utf-8").splitlines()
    return list(csv.reader(line for line in lines if not line.startswith("#")))
