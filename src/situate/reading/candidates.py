"""A mention of an event, and all that is known of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Token

from situate.contract import EventQuantity, EventType
from situate.knowledge.events import Part, Sense
from situate.language import Sentence
from situate.reading.instruments import Instrument
from situate.reading.roles import Parts
from situate.reading.status import Standing
from situate.reading.triggers import Trigger


@dataclass
class Candidate:
    """One mention of an event: its trigger, what it means, its parts, its standing, and how sure it is.

    `features` are what the confidence is weighed from; `met` tells whether what the sense needs stands beside the
    trigger.
    """

    trigger: Trigger
    sense: Sense
    parts: Parts
    standing: Standing
    met: bool
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    cameo: str | None = None
    acled: str | None = None
    instrument: Instrument | None = None
    time: str | None = None
    days: tuple[str | None, str | None] = (None, None)  # the earliest and latest of its time
    claim: str | None = None
    quantities: tuple[EventQuantity, ...] = ()
    features: list[str] = field(default_factory=list)
    confidence: float = 0.0
    state: NDArray[np.float32] | None = None  # the encoder's of its first word

    @property
    def type(self) -> EventType:
        """The PLOVER class."""
        return self.sense.type

    @property
    def sentence(self) -> Sentence:
        """The sentence it is told in."""
        return self.trigger.sentence

    @property
    def token(self) -> Token:
        """The word that carries the grammar."""
        return self.trigger.token

    @property
    def part(self) -> Part:
        """Whether a verb or a noun tells it."""
        return self.trigger.part

    @cached_property
    def lemma(self) -> str:
        """The trigger's words as the lexicon knows them."""
        return " ".join(t.lemma_.lower() for t in self.trigger.words)
