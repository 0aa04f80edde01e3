"""Groups that grow from the best matches (`grouping.joined`), brought up to date.

What a match comes to depends on the two groups as they stand when its turn comes. So groups grow by themselves as they
did, whatever else changes, until a match joins one of them to what is new; only from then on are its own matches looked
at again. What a new entry takes depends on the few that it matches, however long the chains of matches are.
"""

from __future__ import annotations

import heapq
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from situate.picture.group_rows import GroupRows, Pair
from situate.picture.grouping import Fitted, Made, joined
from situate.store.listed import Listed

_Turn = tuple[float, str, str]  # of a match: the best first, then by the keys of the two
_FIRST: _Turn = (float("-inf"), "", "")


@dataclass(frozen=True, slots=True)
class Change:
    """What changed of entries and matches."""

    new: Collection[int]  # entries that stand in blocks again, which no group has
    broken: Collection[int]  # groups that lost an entry
    lost: Collection[int]  # entries that lost a match with one that came or went
    parted: Sequence[Pair]  # entries that were there, and match no longer
    tied: Sequence[Pair]  # entries that match since


def fit(rows: GroupRows, change: Change) -> None:
    """Bring groups up to date."""
    growing = _Growing(rows)
    torn = growing.torn(change)
    growing.grow(change.new, torn)
    growing.keep(torn, growing.retold(change))


class _Growing:
    """One run. Entries are up once all that they match is looked at; the others stand in groups as they were."""

    def __init__(self, rows: GroupRows) -> None:
        self.rows = rows
        self.keys: dict[int, str] = {}
        self.near: dict[int, dict[int, float]] = {}
        self.group: dict[int, int] = {}  # of entries that are met, as it was
        self.members: dict[int, set[int]] = {}  # of these groups
        self.up: dict[int, set[int]] = {}  # for each entry that is up its group as it stands
        self.seen: dict[Pair, bool] = {}  # whether two fit
        self.queue: list[tuple[_Turn, int, int]] = []

    def torn(self, change: Change) -> set[int]:
        """The groups that no longer grow by themselves as they did."""
        met = [pair for pair in change.tied if pair[0] not in change.new and pair[1] not in change.new]
        groups = self.rows.groups_of({n for pair in (*met, *change.parted) for n in pair})
        inside = (groups[a] for a, b in change.parted if a in groups and groups[a] == groups.get(b))
        return {*change.broken, *inside, *(groups[n] for pair in met for n in pair if n in groups)}

    def retold(self, change: Change) -> set[int]:
        """The entries of which something else, or nothing more, is told beside their groups."""
        pairs = [pair for one, other in (*change.tied, *change.parted) for pair in ((one, other), (other, one))]
        entries = self.rows.load({n for pair in pairs for n in pair})
        beside = {n for n, e in entries.items() if not self._how(e).tells(e)}
        return {one for one, other in pairs if other in beside}.union(change.lost) - beside

    def grow(self, new: Collection[int], torn: Collection[int]) -> None:
        """Let new entries, and those of torn groups, find their groups match by match."""
        self._wake(self._grown(self._first(new, torn), _FIRST), _FIRST)
        while self.queue:
            turn, one, other = heapq.heappop(self.queue)
            mine, others = self.up[one], self._standing(other, turn)
            if mine is others or not all(self._fit(a, b) for a in mine for b in others):
                continue
            if other not in self.up:
                self._wake(self._grown(self.members[self.group[other]], turn), turn)
            whole = mine | others
            self.up |= dict.fromkeys(whole, whole)

    def keep(self, torn: Collection[int], retold: Collection[int]) -> None:
        """Keep the groups that are others now, or of which is told otherwise."""
        self._look_at(retold)
        told = {self.group[n] for n in retold if n in self.group}
        touched = {*torn, *told, *(self.group[n] for n in self.up if n in self.group)}
        stay = {frozenset(self.members[g]): g for g in touched.difference(torn, told)}
        found = {frozenset(some) for some in self.up.values()}
        found |= {frozenset(self.members[g]) for g in told if not self.members[g] & self.up.keys()}
        changed = sorted(found - stay.keys(), key=min)
        inside = set[int]().union(*changed)
        self._look_at(inside)
        made = [self._made(some) for some in changed]
        self.rows.take_apart(touched - {stay[some] for some in found & stay.keys()}, *inside)
        self.rows.keep(made)

    def _first(self, new: Collection[int], torn: Collection[int]) -> set[int]:
        """New entries, those of torn groups, and the groups to which somebody joined any of them."""
        self._look_at(new)
        found = {n for n, e in self.rows.load(new).items() if self._how(e).tells(e)}
        found = found.union(*self.rows.members(torn).values())
        pinned = _pinned(self.rows)
        todo = found
        while todo := {other for n in todo for other in pinned.get(n, ())} - found:
            groups = set(self.rows.groups_of(todo).values())
            todo = set[int]().union(*self.rows.members(groups).values()) - found
            found |= todo
        return found

    def _wake(self, groups: Iterable[set[int]], since: _Turn) -> None:
        """Look at all matches of entries whose groups stand like this at a turn, from then on."""
        groups = list(groups)
        found = set[int]().union(*groups)
        self._look_at(found)
        known = set(self.up)
        for some in groups:
            self.up |= dict.fromkeys(some, some)
        for one in sorted(found):
            for other in self.near[one]:
                met = other in known or (other in found and other < one)  # it has this match in the queue, if any
                turn = self._turn(one, other)
                if turn > since and not met and (other in self.up or other in self.group):
                    heapq.heappush(self.queue, (turn, one, other))

    def _standing(self, number: int, turn: _Turn) -> set[int]:
        """An entry's group as it stands at a turn."""
        if number in self.up:
            return self.up[number]
        return next(some for some in self._grown(self.members[self.group[number]], turn) if number in some)

    def _grown(self, members: Collection[int], turn: _Turn) -> list[set[int]]:
        """How far entries had grown together at a turn by their own matches, and by what somebody said of them."""
        if len(members) == 1:
            return [set(members)]
        self._look_at(members)
        ordered = sorted(members, key=self.keys.__getitem__)
        at = {number: i for i, number in enumerate(ordered)}
        pairs = [(a, b) for a in ordered for b in self.near[a] if at[a] < at.get(b, -1) and self._turn(a, b) < turn]
        entries = self.rows.load(members)
        numbers = {entries[n].key: n for n in ordered}
        told = [entries[n] for n in ordered]
        matches = [(self.near[a][b], at[a], at[b]) for a, b in pairs]
        grown = joined(told, matches, self.rows.pins, lambda a, b: self._fit(numbers[a.key], numbers[b.key]))
        return [{numbers[e.key] for e in some} for some in grown]

    def _fit(self, one: int, other: int) -> bool:
        pair = (one, other) if one < other else (other, one)
        if pair not in self.seen:
            a, b = sorted(self.rows.load(pair).values(), key=lambda e: e.key)
            said = self.rows.pins.says(a, b)
            self.seen[pair] = said if said is not None else self._how(a).fits(a, b)
        return self.seen[pair]

    def _look_at(self, numbers: Collection[int]) -> None:
        """What matches these entries, and in which groups they and those were."""
        new = [n for n in numbers if n not in self.near]
        self.near |= self.rows.matches_of(new)
        met = sorted({n for one in new for n in (one, *self.near[one])} - self.keys.keys())
        self.keys |= dict(self.rows.rows("SELECT id, key FROM entries WHERE id IN (?)", met))
        groups = self.rows.groups_of(met)
        self.group |= groups
        self.members |= self.rows.members(set(groups.values()) - self.members.keys())

    def _turn(self, one: int, other: int) -> _Turn:
        a, b = sorted((self.keys[one], self.keys[other]))
        return -self.near[one][other], a, b

    def _made(self, some: Collection[int]) -> tuple[str, Made]:
        """The group of these entries, with what is told beside it."""
        beside = {m for n in some for m in self.near[n] if m not in self.up and m not in self.group}
        entries: Sequence[Listed] = list(self.rows.load(some).values())
        how = self._how(entries[0])
        return entries[0].layer, how.made(entries, list(self.rows.load(beside).values()), self.rows.pins)

    def _how(self, e: Listed) -> Fitted:
        how = self.rows.rules[e.layer].fitted
        if how is None:
            raise ValueError(f"{e.layer}: its rule doesn't say what fits")
        return how


def _pinned(rows: GroupRows) -> dict[int, set[int]]:
    """For each entry, by number, those that somebody joined to it."""
    with_ = rows.pins.with_()
    numbers = dict(rows.rows("SELECT key, id FROM entries WHERE key IN (?)", sorted(with_)))
    return {
        numbers[key]: {numbers[other] for other in others if other in numbers}
        for key, others in with_.items()
        if key in numbers
    }
