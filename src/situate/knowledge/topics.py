"""The classes that the encoder's topic heads name, as pictures name them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

from situate.contract import EventType
from situate.knowledge.events import FOLDER, read


@dataclass(frozen=True, slots=True)
class SubEvent:
    """An ACLED sub-event type (or one of five beside ACLED), and the PLOVER classes whose events it may be."""

    name: str
    of: frozenset[str]


@dataclass(frozen=True, slots=True)
class Classes:
    """A PLOVER class with its CAMEO root and its quarter: cooperation or conflict, in word or deed."""

    type: EventType
    cameo: str
    quad: str


@cache
def sub_events() -> Mapping[str, SubEvent]:
    """What each class of the head `acled` stands for."""
    table = read(FOLDER / "topics.yaml")["sub_events"]
    return {k: SubEvent(v["name"], frozenset(v["of"])) for k, v in table.items()}


@cache
def classes() -> Mapping[str, Classes]:
    """What each class of the head `plover` stands for."""
    return {k: Classes(k, v["cameo"], v["quad"]) for k, v in read(FOLDER / "topics.yaml")["classes"].items()}
