"""Words of attribution (`data/cues.yaml`): which verbs, nouns, adverbs and phrases say whose words these are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.errors import SituateError

CLASSES = {"speech", "record", "belief", "judgement", "charge", "intent"}
TAKES = {"clause", "quote", "inverted", "object", "as", "naming", "of", "for", "to", "object-to", "passive"}


@dataclass(frozen=True, slots=True)
class CueVerb:
    """What a verb of attribution may take as its content, and its class, by what it takes."""

    takes: Mapping[str, str]
    particle: str | None = None

    def may(self, *frames: str) -> bool:
        """Whether it takes any of these."""
        return any(f in self.takes for f in frames)


@dataclass(frozen=True, slots=True)
class Cues:
    """The words of attribution: `verbs` by lemma, the rest as sets of lemmas or tuples of words.

    `suggested` are the weights of what the encoder suggests.
    """

    verbs: Mapping[str, CueVerb]
    clause_nouns: frozenset[str]
    of_nouns: frozenset[str]
    adverbs: frozenset[str]
    phrases: Mapping[str, tuple[tuple[str, ...], ...]]
    documents: frozenset[str]
    carriers: frozenset[str]
    withheld: frozenset[str]
    relays: frozenset[str]
    suggested: Mapping[str, float]


@cache
def cues() -> Cues:
    """The words of attribution, read once a process."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "cues.yaml").read_text(encoding="utf-8"))
    phrases: dict[str, list[tuple[str, ...]]] = {}
    for row in data["phrases"]:
        phrases.setdefault(row["words"][0], []).append(tuple(row["words"]))
    return Cues(
        verbs=_verbs(data["verbs"]),
        clause_nouns=frozenset(data["nouns"]["clause"]),
        of_nouns=frozenset(data["nouns"]["of"]),
        adverbs=frozenset(data["adverbs"]),
        phrases={k: tuple(v) for k, v in phrases.items()},
        documents=frozenset(data["documents"]),
        carriers=frozenset(data["carriers"]),
        withheld=frozenset(data["withheld"]),
        relays=frozenset(data["relays"]),
        suggested=data["suggested"],
    )


def _verbs(groups: list[dict[str, Any]]) -> dict[str, CueVerb]:
    takes: dict[str, dict[str, str]] = {}
    particles: dict[str, str] = {}
    for group in groups:
        _check(group)
        for lemma in group["lemmas"]:
            for frame in group["takes"]:
                takes.setdefault(lemma, {}).setdefault(frame, group["class"])
        particles.update(group.get("particles") or {})
    return {lemma: CueVerb(frames, particles.get(lemma)) for lemma, frames in takes.items()}


def _check(group: dict[str, Any]) -> None:
    if group["class"] not in CLASSES:
        raise SituateError(f"cues.yaml: {group['class']!r} is no class of cue; known are {sorted(CLASSES)}")
    if unknown := set(group["takes"]) - TAKES:
        raise SituateError(f"cues.yaml: {sorted(unknown)[0]!r} is nothing that a cue takes; known are {sorted(TAKES)}")
