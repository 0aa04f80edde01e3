"""What people said of pairs of entries: that they are one, or that they aren't. It stands above every score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from situate.store.asking import Asking
from situate.store.decisions import INCIDENT, Decision, decisions_where, standing
from situate.store.listed import Listed
from situate.store.sql import sql


class Pins:
    """The pairs of which somebody said something, by the entries' keys; the last word on a pair stands."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        self._said: dict[frozenset[str], tuple[bool, int]] = {}  # whether they are one, and the place of it in time
        for place, d in enumerate(standing_pins(decisions)):
            pair = frozenset((d.entry_key, d.after))
            self._said.pop(pair, None)  # so that they are in the order of the last words
            self._said[pair] = d.decision == "accept", place

    def says(self, a: Listed, b: Listed) -> bool | None:
        """Whether the two are one; None where nobody said."""
        said = self._said.get(frozenset((a.key, b.key))) if self._said else None
        return said[0] if said else None

    def joined(self) -> Iterator[frozenset[str]]:
        """The pairs that are one, the oldest word first."""
        return (pair for pair, (one, _) in self._said.items() if one)

    def parted_since(self, pair: frozenset[str], some: Sequence[Listed], others: Sequence[Listed]) -> bool:
        """Whether it was said of one of each that they aren't one, after it was said that a pair is."""
        since = self._said[pair][1]
        words = (self._said.get(frozenset((a.key, b.key)), (True, 0)) for a in some for b in others)
        return any(not one and place > since for one, place in words)

    def with_(self) -> Mapping[str, tuple[str, ...]]:
        """For each entry those that somebody joined to it."""
        found: dict[str, list[str]] = defaultdict(list)
        for pair in self.joined():
            for key in pair:
                found[key] += [other for other in pair if other != key]
        return {key: tuple(others) for key, others in found.items()}


def standing_pins(decisions: Iterable[Decision]) -> list[Decision]:
    """What people said of pairs and didn't take back, of all that they decided on entries, oldest first."""
    by_entry: dict[str, list[Decision]] = defaultdict(list)
    for decision in decisions:
        by_entry[decision.entry_key].append(decision)
    stands = (
        d for some in by_entry.values() for d in standing(some) if d.field == INCIDENT and isinstance(d.after, str)
    )
    return sorted(stands, key=lambda d: (d.made_at, d.key))


def said_of_pairs(asked: Asking) -> list[Decision]:
    """All decisions on those entries of which somebody said something beside another, oldest first."""
    return decisions_where(asked, sql("entry_key IN (SELECT entry_key FROM decisions WHERE field = ?)", INCIDENT))


def pins_of(asked: Asking) -> Pins:
    """The pins of a store, without a look at all that people decided on other things."""
    return Pins(said_of_pairs(asked))
