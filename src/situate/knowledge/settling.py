"""Words by which later reports settle forecasts (`data/settling.yaml`)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

from situate.knowledge.events import FOLDER, noun_forms, read, verb_forms


@dataclass(frozen=True, slots=True)
class SettlingWords:
    """Words in lower case. `verbs`, `nouns`: the kinds of change each tells of; `against`: what contradicts them."""

    verbs: Mapping[str, frozenset[str]]
    nouns: Mapping[str, frozenset[str]]
    against: Mapping[str, frozenset[str]]
    negations: frozenset[str]
    pending: frozenset[str]
    answers: frozenset[str]
    loose: frozenset[str]
    sure: frozenset[str]

    def told(self, words: frozenset[str]) -> set[str]:
        """The kinds of change that any of the words tells of."""
        return {k for w in words for k in (*self.verbs.get(w, ()), *self.nouns.get(w, ()))}

    def foretold(self, words: frozenset[str]) -> set[str]:
        """The kinds of change that a forecast in these words is about: those of its verbs, or else of its nouns."""
        by_verb = {k for w in words for k in self.verbs.get(w, ())}
        return by_verb or {k for w in words for k in self.nouns.get(w, ())}


@cache
def settling_words() -> SettlingWords:
    """The words of settling, read once a process."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "settling.yaml").read_text(encoding="utf-8"))
    irregular = {verb: tuple(forms) for verb, forms in read(FOLDER / "irregular.yaml").items()}
    verbs: dict[str, set[str]] = {}
    nouns: dict[str, set[str]] = {}
    for name, family in data["families"].items():
        for verb in family["verbs"]:
            for form in (verb, *verb_forms(verb, irregular)):
                verbs.setdefault(form, set()).add(name)
        for noun in family["nouns"]:
            for form in noun_forms(noun):
                nouns.setdefault(form, set()).add(name)
    return SettlingWords(
        {word: frozenset(names) for word, names in verbs.items()},
        {word: frozenset(names) for word, names in nouns.items()},
        {name: frozenset(family["against"]) for name, family in data["families"].items()},
        frozenset(data["negations"]),
        frozenset(data["pending"]),
        frozenset(data["answers"]["for"]),
        frozenset(data["loose"]),
        frozenset(data["sure"]),
    )
