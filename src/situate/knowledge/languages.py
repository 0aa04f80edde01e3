"""The languages that the readers read (`data/languages.yaml`)."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml


@dataclass(frozen=True, slots=True)
class Languages:
    """The languages read, by code: their function words, and the languages that a detector confuses with them."""

    words: dict[str, frozenset[str]]
    cousins: dict[str, frozenset[str]]
    names: dict[str, str]

    def name(self, code: str) -> str:
        """What people call a language."""
        return self.names.get(code, f"the language {code!r}")


@cache
def languages() -> Languages:
    """The table, read once."""
    raw = yaml.safe_load(files("situate.knowledge").joinpath("data", "languages.yaml").read_text(encoding="utf-8"))
    return Languages(
        words={code: frozenset(x["words"]) for code, x in raw["reads"].items()},
        cousins={code: frozenset(x["cousins"]) for code, x in raw["reads"].items()},
        names=raw["names"],
    )
