"""Groups that are led by the entry which tells best (`grouping.led`), brought up to date.

Whether an entry leads depends on those alone that match it and come before it, so a change goes as far as it turns one
into a leader or out of it, which is hardly ever far: the order of equals is as good as random (their keys are digests).
On average one more entry turns about one other (K. Censor-Hillel, E. Haramaty, Z. Karnin: Optimal dynamic distributed
MIS, 2016).
"""

from __future__ import annotations

import heapq
from collections import defaultdict
from collections.abc import Collection
from typing import Any

from situate.picture.group_rows import GroupRows
from situate.picture.grouping import Led, Made, led_by

_LEADERS = """SELECT groups.id, entries.id FROM groups JOIN entries ON entries.key = groups.key
    WHERE groups.id IN (?)"""


def lead(rows: GroupRows, changed: Collection[int], broken: Collection[int]) -> None:
    """Deal entries to their leaders anew where `changed` ones came, went, or got or lost a match.

    `broken` are the groups of those that came or went, who are out of them already.
    """
    leading = _Leading(rows)
    leading.settle(set(rows.blocks_of(changed)))
    leading.deal(broken)


class _Leading:
    """One run."""

    def __init__(self, rows: GroupRows) -> None:
        self.rows = rows
        self.near: dict[int, dict[int, float]] = {}
        self.leads: dict[int, bool] = {}
        self.ranks: dict[int, tuple[Any, ...]] = {}
        self.undealt: set[int] = set()  # entries whose leader may be another now

    def settle(self, todo: Collection[int]) -> None:
        """Decide who leads, from the first in rank on."""
        self._look_at(todo)
        queue = [(self._rank(n), n) for n in todo]
        heapq.heapify(queue)
        settled: set[int] = set()
        while queue:
            rank, number = heapq.heappop(queue)
            if number in settled:
                continue
            settled.add(number)
            self._look_at([number])
            self.undealt.add(number)
            before = {n for n in self.near[number] if self._rank(n) < rank}
            now = not any(self.leads[n] for n in before)
            if now != self.leads[number]:
                self.leads[number] = now
                self.undealt |= set(self.near[number])
                for other in set(self.near[number]) - before:
                    heapq.heappush(queue, (self._rank(other), other))

    def deal(self, broken: Collection[int]) -> None:
        """Put each entry that has to be dealt to the leader that it matches best."""
        self._look_at(self.undealt)
        leader = {n: led_by(n, self.near[n], self.leads, self._rank) for n in self.undealt}
        touched = {*self.rows.groups_of({*leader, *leader.values()}).values(), *broken}
        first = dict(self.rows.rows(_LEADERS, touched))
        for group, some in self.rows.members(touched).items():
            for number in some:
                leader.setdefault(number, first.get(group, number))
        led: dict[int, set[int]] = defaultdict(set)
        for number, by in leader.items():
            led[by].add(number)
        self.rows.take_apart(touched, *leader)
        self.rows.load(leader)
        self.rows.keep([self._made(by, some) for by, some in sorted(led.items())])

    def _made(self, leader: int, some: Collection[int]) -> tuple[str, Made]:
        entries = self.rows.entries
        layer = entries[leader].layer
        return layer, self._how(layer).made(entries[leader], [entries[n] for n in sorted(some)])

    def _look_at(self, numbers: Collection[int]) -> None:
        """What matches these entries, and which of all of them led until now."""
        new = [n for n in numbers if n not in self.near]
        self.near |= self.rows.matches_of(new)
        unknown = {n for one in new for n in (one, *self.near[one]) if n not in self.leads}
        self.rows.load(unknown)
        groups = self.rows.groups_of(unknown)
        first = dict(self.rows.rows(_LEADERS, set(groups.values())))
        self.leads |= {n: n in groups and first.get(groups[n]) == n for n in unknown}

    def _rank(self, number: int) -> tuple[Any, ...]:
        if number not in self.ranks:
            e = self.rows.entries[number]
            self.ranks[number] = self._how(e.layer).rank(e)
        return self.ranks[number]

    def _how(self, layer: str) -> Led:
        how = self.rows.rules[layer].led
        if how is None:
            raise ValueError(f"{layer}: its rule doesn't say who leads")
        return how
