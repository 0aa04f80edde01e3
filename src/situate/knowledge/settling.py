"""Words by which later reports settle forecasts (`data/settling.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.knowledge.events import FOLDER, read, verb_forms


@dataclass(frozen=True, slots=True)
class SettlingWords:
    """Words in lower case. `families`: the kinds of change that a word tells of; `against`: what contradicts each."""

    families: Mapping[str, frozenset[str]]
    against: Mapping[str, frozenset[str]]
    negations: frozenset[str]
    pending: frozenset[str]
    answers: frozenset[str]
    loose: frozenset[str]

    def told(self, words: frozenset[str]) -> set[str]:
        """The kinds of change that any of the words tells of."""
        return {family for w in words for family in self.families.get(w, ())}


@cache
def settling_words() -> SettlingWords:
    """The words of settling, read once a process."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "settling.yaml").read_text(encoding="utf-8"))
    irregular = {verb: tuple(forms) for verb, forms in read(FOLDER / "irregular.yaml").items()}
    families: dict[str, set[str]] = {}
    for name, family in data["families"].items():
        for word in _forms(family, irregular):
            families.setdefault(word, set()).add(name)
    return SettlingWords(
        {word: frozenset(names) for word, names in families.items()},
        {name: frozenset(family["against"]) for name, family in data["families"].items()},
        frozenset(data["negations"]),
        frozenset(data["pending"]),
        frozenset(data["answers"]["for"]),
        frozenset(data["loose"]),
    )


def _forms(family: Mapping[str, Any], irregular: Mapping[str, tuple[str, ...]]) -> set[str]:
    words = {form for verb in family["verbs"] for form in (verb, *verb_forms(verb, irregular))}
    return words | {form for noun in family["nouns"] for form in (noun, f"{noun}s")}
