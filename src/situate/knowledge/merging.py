"""Words that don't tell one incident from another (`data/merging.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class MergingWords:
    """Words of any sentence, those that any party of a sort goes by, those that count no people, pronouns, words by
    which a figure counts who is somewhere, not who moved, and words that negate others.

    `sorts` gives the sort of each of those sub-event types (ACLED) that reports take for each other, `takings` are
    those by which a party takes a place.
    """

    common: frozenset[str]
    anybody: frozenset[str]
    not_people: frozenset[str]
    pronouns: frozenset[str]
    standing: frozenset[str]
    negations: frozenset[str]
    sorts: Mapping[str, str]
    takings: frozenset[str]


@cache
def merging_words() -> MergingWords:
    """The words, read once."""
    raw = yaml.safe_load((files("situate.knowledge") / "data/merging.yaml").read_text(encoding="utf-8"))
    names = ("common", "anybody", "not_people", "pronouns", "standing", "negations")
    sorts = {kind: sort for sort, kinds in raw["sorts"].items() for kind in kinds}
    words = {name: frozenset(raw[name].split()) for name in names}
    return MergingWords(**words, sorts=sorts, takings=frozenset(raw["takings"]))
