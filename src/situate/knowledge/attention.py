"""Words by which a sentence tells what people lack (`data/attention.yaml`)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml

_WORD = re.compile(r"[^\W_]+")


@dataclass(frozen=True, slots=True)
class NeedWords:
    """By word, the need that it tells by itself (`plain`), or beside a word that tells of a lack (`things`)."""

    plain: Mapping[str, str]
    things: Mapping[str, str]
    lacking: frozenset[str]


@cache
def need_words() -> NeedWords:
    """The words, read once a process."""
    data = yaml.safe_load((files("situate.knowledge") / "data" / "attention.yaml").read_text(encoding="utf-8"))
    plain, things = ({w: need for need, words in data[k].items() for w in words} for k in ("plain", "things"))
    return NeedWords(plain, things, frozenset(data["lacking"]))


def needs_told(text: str) -> tuple[str, ...]:
    """The needs that a sentence tells of, by name: food, water, shelter, health, fuel …"""
    known = need_words()
    words = [w.lower() for w in _WORD.findall(text)]
    told = {known.plain[w] for w in words if w in known.plain}
    if known.lacking.intersection(words):
        told |= {known.things[w] for w in words if w in known.things}
    return tuple(sorted(told))
