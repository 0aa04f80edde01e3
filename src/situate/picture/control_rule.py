"""All that is told of who holds a place goes together: the place's history is made from it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence

from situate.picture.control_history import changes_hands
from situate.picture.grouping import WHOLE, Block, Made, Match, Rule
from situate.picture.pins import Pins
from situate.store.listed import Listed


def _blocks(e: Listed) -> Iterator[Block]:
    yield Block.of("control", e.places[0].key, side=WHOLE)


def _match(a: Listed, b: Listed) -> float:
    return 0.0  # a whole block goes together, uncompared


def _groups(told: Sequence[Listed], matches: Sequence[Match], pins: Pins) -> list[Made]:
    places: dict[str, list[Listed]] = defaultdict(list)
    for e in told:
        places[e.places[0].key].append(e)
    return [Made(tuple(some), some[0].key, "") for _, some in sorted(places.items())]


RULE = Rule("control", changes_hands, _blocks, _match, _groups, "united")
