"""Words of number, bounds and units (`data/quantities.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml


@dataclass(frozen=True, slots=True)
class QuantityWords:
    """The vocabulary of figures. Bounds are tuples of words, lower case."""

    numbers: dict[str, int]
    scales: dict[str, int]
    fractions: dict[str, float]
    vague: dict[str, dict[str, int]]
    bounds: dict[tuple[str, ...], str]
    currencies: dict[str, str | None]
    units: dict[str, str]
    counted_by_verb: dict[str, str]
    empty_nouns: frozenset[str]  # lemmas of what one of is no figure: "one day"
    names_before: frozenset[str]
    names_after: frozenset[str]

    @property
    def triggers(self) -> frozenset[str]:
        """Words without digits that can begin a figure."""
        return frozenset(self.numbers) | frozenset(self.vague) | frozenset(self.fractions) | frozenset(self.scales)


@cache
def quantity_words() -> QuantityWords:
    """The vocabulary, read once."""
    text = (files("situate.knowledge") / "data" / "quantities.yaml").read_text(encoding="utf-8")
    raw: dict[str, Any] = yaml.safe_load(text)
    return QuantityWords(
        numbers=raw["numbers"],
        scales=raw["scales"],
        fractions=raw["fractions"],
        vague=raw["vague"],
        bounds={tuple(p.split()): way for way, phrases in raw["bounds"].items() for p in phrases},
        currencies=raw["currencies"],
        units=raw["units"],
        counted_by_verb=raw["counted_by_verb"],
        empty_nouns=frozenset(raw["empty_nouns"]),
        names_before=frozenset(str(w) for w in raw["names_before"]),
        names_after=frozenset(raw["names_after"]),
    )
