"""What a brief calls an entry: only by a name that words of its own report bear out (`data/brief/kinds.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from situate.picture.wording import sub_event
from situate.store import Listed


def event_kind(e: Listed) -> str:
    """What an event is: "Air strike"; "" where its words don't tell."""
    events = _kinds()["events"]
    names = events["acled"].get(sub_event(e)) or events["types"].get(str(e.type)) or {}
    return _borne_out(names, str(e.own.get("trigger") or "")) or _borne_out(names, e.evidence.text)


def agreement_kind(kind: str, words: str) -> str:
    """What an agreement is called by the words that tell of it: "Ceasefire", at least "Agreement"."""
    return _borne_out(_kinds()["agreements"].get(kind, {}), words) or "Agreement"


def is_sum(e: Listed) -> bool:
    """Whether its words give what a war came to, and not one deed: "more than 70,000 since the uprising began"."""
    return _pattern(_kinds()["sums"]).search(e.evidence.text) is not None


def has_condition(e: Listed) -> bool:
    """Whether its words name a condition, or ask whether one holds."""
    return _pattern(_kinds()["conditions"]).search(e.evidence.text) is not None


def control_verb(e: Listed) -> str:
    """What a party did with a place: "took", "left"; "" where the entry's words don't bear it out."""
    return _borne_out(_kinds()["control"].get(str(e.type), {}), e.evidence.text)


def _borne_out(names: Mapping[str, str], words: str) -> str:
    """The first of the names whose words stand there."""
    return next((name for name, pattern in names.items() if _pattern(pattern).search(words)), "")


@cache
def _pattern(words: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{words})", re.IGNORECASE)


@cache
def _kinds() -> dict[str, Any]:
    text = (files("situate.knowledge") / "data/brief/kinds.yaml").read_text(encoding="utf-8")
    kinds: dict[str, Any] = yaml.safe_load(text)
    return kinds
