"""Words that don't tell one incident from another (`data/merging.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class MergingWords:
    """Words of any sentence, and words that any party of a sort goes by, in small letters."""

    common: frozenset[str]
    anybody: frozenset[str]


@cache
def merging_words() -> MergingWords:
    """The words, read once."""
    raw = yaml.safe_load((files("situate.knowledge") / "data/merging.yaml").read_text(encoding="utf-8"))
    return MergingWords(frozenset(raw["common"].split()), frozenset(raw["anybody"].split()))
