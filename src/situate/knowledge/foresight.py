"""Words that speak of what will come (`data/forecasts.yaml`), and what weighs a forecast (`forecasts_weights.csv`)."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

_DATA = files("situate.knowledge") / "data"


_SETS = (
    "going", "acts", "outcomes", "wishes", "conditions", "soon", "ahead", "hedges", "details", "perceived", "own",
    "happenings", "coming", "since", "terms",
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


@cache
def foresight_weights() -> Mapping[str, float]:
    """The weight of each feature of a forecast."""
    lines = (_DATA / "forecasts_weights.csv").read_text(encoding="utf-8").splitlines()
    rows = csv.reader(line for line in lines if not line.startswith("#"))
    return {name: float(weight) for name, weight in rows}
