"""What one place in a report says of a tie, and how sure its words, the encoder and the network are of it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from situate.contract import RelationKind, Sign
from situate.language import Sentence
from situate.reading.tie_weighing import SIGNS

Pair = tuple[frozenset[str], Sign]  # two actors, and whether they stand together or against each other
_OTHER: dict[Sign, Sign] = {1: -1, -1: 1, 0: 0}
_NEVER = 0.002  # the network's odds are never less, nor more than one less it


@dataclass(frozen=True, slots=True)
class RelationCandidate:
    """What one place in the report says of a tie, before mentions of the same are put together.

    `at` is where its words begin; `until`, where the second of the two is named, if no word states the tie by itself;
    `frame` is then empty.
    """

    sentence: Sentence
    at: int
    source: str
    target: str
    kind: RelationKind
    frame: str
    until: int | None = None


@dataclass(frozen=True, slots=True)
class TieEvidence:
    """A tie, how sure the encoder is of it, and how likely the network of ties has it."""

    tie: RelationCandidate
    encoder: float
    network: float

    def features(self) -> dict[str, float]:
        """What its likelihood is weighed from."""
        odds = min(max(self.network, _NEVER), 1 - _NEVER)
        return {
            "base": 1.0,
            "network": math.log(odds / (1 - odds)),
            "encoder": self.encoder,
            "told": float(bool(self.tie.frame)),
            "talks": float(SIGNS[self.tie.kind] == 0),
        }


def pair_of(c: RelationCandidate) -> Pair:
    """The two actors of a tie and its sign."""
    return frozenset((c.source, c.target)), SIGNS[c.kind]


def turned(pair: Pair) -> Pair:
    """The same two, standing the other way; as they were where they only talk."""
    ends, sign = pair
    return (ends, _OTHER[sign]) if sign else (frozenset(), sign)
