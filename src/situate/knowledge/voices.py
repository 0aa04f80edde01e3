"""Outlets that speak for a side (`data/voices.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib.resources import files

import yaml


@cache
def speaks_for() -> Mapping[str, str]:
    """Ids of outlets in the catalogue of actors to the ids of those whom they speak for."""
    found: dict[str, str] = yaml.safe_load(
        (files("situate.knowledge") / "data/voices.yaml").read_text(encoding="utf-8")
    )
    return found
