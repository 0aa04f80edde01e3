"""What people said of pairs of entries: that they are one, or that they aren't. It stands above every score."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping

from situate.store.asking import Asking
from situate.store.decisions import INCIDENT, Decision, decisions_where, standing
from situate.store.listed import Listed
from situate.store.sql import sql


class Pins:
    """The pairs of which somebody said something, by the entries' keys."""

    def __init__(self, decisions: Iterable[Decision] = ()) -> None:
        by_entry = defaultdict(list)
        for decision in decisions:
            if decision.field == INCIDENT or decision.decision == "undo":
                by_entry[decision.entry_key].append(decision)
        self._said: dict[frozenset[str], bool] = {}
        for key, some in by_entry.items():
            for d in standing(some):
                if d.field == INCIDENT and isinstance(d.after, str):
                    self._said[frozenset((key, d.after))] = d.decision == "accept"

    def says(self, a: Listed, b: Listed) -> bool | None:
        """Whether the two are one; None where nobody said."""
        return self._said.get(frozenset((a.key, b.key))) if self._said else None

    def joined(self) -> Iterator[frozenset[str]]:
        """The pairs that are one."""
        return (pair for pair, one in self._said.items() if one)

    def with_(self) -> Mapping[str, tuple[str, ...]]:
        """For each entry those that somebody joined to it."""
        found: dict[str, list[str]] = defaultdict(list)
        for pair in self.joined():
            for key in pair:
                found[key] += [other for other in pair if other != key]
        return {key: tuple(others) for key, others in found.items()}


def pins_of(asked: Asking) -> Pins:
    """The pins of a store, without a look at all that people decided on other things."""
    pinned = "entry_key IN (SELECT entry_key FROM decisions WHERE field = ?)"
    return Pins(decisions_where(asked, sql(pinned, INCIDENT)))
