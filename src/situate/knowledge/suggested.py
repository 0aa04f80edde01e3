"""How sure the encoder's pair heads have to be, kind by kind."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


@cache
def least_scores(layer: str) -> Mapping[str, float]:
    """Kind → the least score at which a suggestion of a layer becomes an entry; a kind not there never does."""
    text = (files("situate.knowledge") / "data/suggested.yaml").read_text(encoding="utf-8")
    table: Mapping[str, float] = yaml.safe_load(text)[layer]
    return table
