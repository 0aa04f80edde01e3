"""What agreements are called, where they stand, who takes part, and what they provide for: `data/agreements.yaml`."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.contract import AgreementStatus


@dataclass(frozen=True, slots=True)
class AgreementWords:
    """The words of agreements. `names` has a named group a kind; the other patterns are by kind, in order."""

    names: re.Pattern[str]
    not_names: re.Pattern[str]
    other: frozenset[str]
    earlier: frozenset[str]
    hoped: frozenset[str]
    business: frozenset[str]
    known: Mapping[str, re.Pattern[str]]
    venues: frozenset[str]
    about: Mapping[str, re.Pattern[str]]
    status: Mapping[AgreementStatus, frozenset[str]]
    lasting: frozenset[str]
    seeming: frozenset[str]
    nouns_only: frozenset[str]
    talked: frozenset[str]
    planned: frozenset[str]
    guarantor_verbs: frozenset[str]
    guarantor_parts: frozenset[str]
    guarantor_nouns: frozenset[str]
    mediating_verbs: frozenset[str]
    asking_verbs: frozenset[str]
    party_verbs: frozenset[str]
    proposing_verbs: frozenset[str]
    speakers: frozenset[str]
    covering: frozenset[str]
    keeping_verbs: frozenset[str]
    keepers: frozenset[str]
    provides: frozenset[str]
    terms: re.Pattern[str]
    unsure: re.Pattern[str]
    provisions: Mapping[str, re.Pattern[str]]


@cache
def agreement_words() -> AgreementWords:
    """The words of agreements, read once a process."""
    data: dict[str, Any] = yaml.safe_load(
        (files("situate.knowledge") / "data/agreements.yaml").read_text(encoding="utf-8")
    )
    named = "|".join(f"(?P<{kind}>{_joined(pattern)})" for kind, pattern in data["names"].items())
    words = {k: frozenset(data[k].split()) for k in _LISTS}
    return AgreementWords(
        names=_pattern(named),
        not_names=_pattern(data["not"]),
        terms=_pattern(data["terms"]),
        unsure=_pattern(data["unsure"]),
        known={k: _pattern(v) for k, v in data["known"].items()},
        about={k: _pattern(v) for k, v in data["about"].items()},
        status={k: frozenset(v.split()) for k, v in data["status"].items()},
        provisions={k: _pattern(v) for k, v in data["provisions"].items()},
        **words,
    )


_LISTS = (
    "venues", "other", "earlier", "hoped", "business", "lasting", "seeming", "nouns_only", "talked", "planned",
    "guarantor_verbs", "guarantor_parts", "guarantor_nouns", "mediating_verbs", "asking_verbs",
    "party_verbs", "proposing_verbs", "speakers", "covering", "keeping_verbs", "keepers", "provides",
)  # fmt: skip


def _joined(pattern: str) -> str:
    """A pattern that goes over several lines."""
    return pattern.replace("\n", "")


def _pattern(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{_joined(pattern)})\b", re.IGNORECASE)
