"""Groups of entries brought up to date in the store: what is new is compared, and only what it is tied to grouped anew.

The result is that of `grouping.grouped` over all entries, whatever came in which order (a test holds it). What it
takes depends on what is new: on the entries that share a block with it, of which a block has few, and on the chains of
matches that it becomes part of or leaves.
"""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, delete

from situate.picture import grouping
from situate.picture.grouping import OPEN, WHOLE, Block, Made, Rule, compared
from situate.picture.pins import Pins
from situate.store import derived_tables as tables
from situate.store.asking import asking_through
from situate.store.assemble import assembled
from situate.store.bulk import ask_for, delete_rows, insert
from situate.store.listed import Listed
from situate.store.sql import sql

_AT_ONCE = 500
_TABLES = (tables.blocked, tables.blocks, tables.full_blocks, tables.matches, tables.groups, tables.group_members)
Blocks = dict[int, list[Block]]  # those of entries, by number
Pair = tuple[int, int]


def forget_groups(connection: Connection) -> None:
    """Take all groups out, and all that they are made from."""
    for table in _TABLES:
        connection.execute(delete(table))


def regroup(connection: Connection, rules: Mapping[str, Rule], numbers: Collection[int], pins: Pins) -> None:
    """Bring the groups up to date where entries with these numbers came, went or changed; rules by layer."""
    if numbers:
        _Regrouping(connection, rules, pins).run(set(numbers))


class _Regrouping:
    """One run. Seeds are the entries whose chains have to be grouped anew."""

    def __init__(self, connection: Connection, rules: Mapping[str, Rule], pins: Pins) -> None:
        self.connection, self.rules, self.pins = connection, rules, pins
        self.asked = asking_through(connection)
        self.entries: dict[int, Listed] = {}

    def run(self, numbers: set[int]) -> None:
        """All of it."""
        seeds = numbers | self._grouped_with(numbers) | self._unmatched(numbers)
        out, into = self._blocks_of(numbers), self._new_blocks(numbers)
        self._move(out, into)
        full, revived, filled = self._filled(out, into)
        members = self._members({b.number for some in into.values() for b in some} - full | revived)
        pairs = {pair for number in revived for pair in compared(members[number])}
        for number, some in into.items():
            for block in some:
                others = members.get(block.number, ())
                pairs |= {_pair(number, n) for n, side in others if n != number and OPEN in (side, block.side)}
        seeds |= self._parted(filled) | self._matched(pairs)
        self._group(seeds)

    def _grouped_with(self, numbers: Collection[int]) -> set[int]:
        """The entries that are in groups with these."""
        query = """SELECT entry_id FROM group_members WHERE group_id IN
            (SELECT group_id FROM group_members WHERE entry_id IN (?))"""
        return {number for (number,) in self._rows(query, numbers)}

    def _unmatched(self, numbers: Collection[int]) -> set[int]:
        """The entries that these matched, which is forgotten."""
        found = self._rows("SELECT other_id, entry_id FROM matches WHERE entry_id IN (?)", numbers)
        self._forget_matches(found)
        return {other for other, _ in found}

    def _forget_matches(self, pairs: Iterable[Pair]) -> None:
        both = sorted({way for a, b in pairs for way in ((a, b), (b, a))})
        self._delete(tables.matches, ("entry_id", "other_id"), both)

    def _blocks_of(self, numbers: Collection[int]) -> Blocks:
        """The blocks in which entries stand."""
        found = self._rows("SELECT entry_id, blocks FROM blocked WHERE entry_id IN (?)", numbers)
        return {number: _unpacked(bytes(packed)) for number, packed in found}

    def _new_blocks(self, numbers: Collection[int]) -> Blocks:
        """The blocks in which entries are to stand, of those that are there and are looked at."""
        found: Blocks = {}
        for number, e in self._load(numbers).items():
            rule = self.rules[e.layer]
            if rule.takes(e):
                found[number] = sorted(set(rule.blocks(e)))
        return found

    def _move(self, out: Blocks, into: Blocks) -> None:
        rows = [(b.number, b.side, n) for n, some in sorted(out.items()) for b in some]
        self._delete(tables.blocks, ("block", "side", "entry_id"), rows)
        self._delete(tables.blocked, ("entry_id",), [(n,) for n in sorted(out)])
        self._insert(tables.blocked, [{"entry_id": n, "blocks": _packed(some)} for n, some in sorted(into.items())])
        self._insert(
            tables.blocks,
            [{"block": b.number, "side": b.side, "entry_id": n} for n, some in sorted(into.items()) for b in some],
        )

    def _filled(self, out: Blocks, into: Blocks) -> tuple[set[int], set[int], set[int]]:
        """Of the blocks that changed those that are full now, those that no longer are, and those that were not."""
        change: dict[int, int] = defaultdict(int)
        for blocks, by in ((out, -1), (into, 1)):
            for some in blocks.values():
                for number in {b.number for b in some}:
                    change[number] += by
        before = dict(self._rows("SELECT block, entries FROM full_blocks WHERE block IN (?)", change))
        count = "SELECT block, count(DISTINCT entry_id) FROM blocks WHERE block IN (?) GROUP BY block"
        sizes = dict(self._rows(count, [n for n in change if n not in before]))
        sizes |= {number: entries + change[number] for number, entries in before.items()}
        full = {number for number, size in sizes.items() if size > grouping.MOST}
        self._delete(tables.full_blocks, ("block",), [(n,) for n in sorted(before)])
        self._insert(tables.full_blocks, [{"block": n, "entries": sizes[n]} for n in sorted(full)])
        return full, set(before) - full, full - set(before)

    def _members(self, blocks: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        """The (entry, side) of blocks."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for block, side, number in self._rows("SELECT block, side, entry_id FROM blocks WHERE block IN (?)", blocks):
            found[block].append((number, side))
        return found

    def _parted(self, filled: Collection[int]) -> set[int]:
        """The entries that matched only through blocks that are full now; these matches are forgotten."""
        members = {n for some in self._members(filled).values() for n, _ in some}
        found = self._rows("SELECT entry_id, other_id FROM matches WHERE entry_id IN (?)", members)
        pairs = {_pair(*row) for row in found if row[1] in members}
        blocks = self._blocks_of({n for pair in pairs for n in pair})
        numbers = {b.number for some in blocks.values() for b in some}
        closed = {n for (n,) in self._rows("SELECT block FROM full_blocks WHERE block IN (?)", numbers)}
        gone = [(a, b) for a, b in sorted(pairs) if not _share(blocks[a], blocks[b], closed)]
        self._forget_matches(gone)
        return {n for pair in gone for n in pair}

    def _matched(self, pairs: Collection[Pair]) -> set[int]:
        """The entries of those pairs that match, which is kept."""
        entries = self._load({n for pair in pairs for n in pair})
        rows: list[dict[str, Any]] = []
        for pair in sorted(pairs):
            one, other = sorted((entries[n] for n in pair), key=lambda e: e.key)
            score = self.rules[one.layer].match(one, other)
            if score > 0:
                rows += [{"entry_id": a, "other_id": b, "score": score} for a, b in (pair, pair[::-1])]
        self._delete(tables.matches, ("entry_id", "other_id"), [(r["entry_id"], r["other_id"]) for r in rows])
        self._insert(tables.matches, rows)
        return {row["entry_id"] for row in rows}

    def _group(self, seeds: set[int]) -> None:
        """Group the chains of the seeds anew."""
        chains, scores = self._chains(seeds)
        touched = seeds.union(*chains)
        old = self._rows("SELECT DISTINCT group_id FROM group_members WHERE entry_id IN (?)", touched)
        self._delete(tables.groups, ("id",), sorted(set(old)))
        self._delete(tables.group_members, ("entry_id",), [(n,) for n in sorted(touched)])
        self._load(touched)
        chain_of = {number: n for n, chain in enumerate(chains) for number in chain}
        inside: dict[int, dict[Pair, float]] = defaultdict(dict)
        for pair, score in scores.items():
            if pair[0] in chain_of:
                inside[chain_of[pair[0]]][pair] = score
        made = [each for n, chain in enumerate(chains) for each in self._made(chain, inside[n])]
        ((last,),) = self.asked.tuples(sql("SELECT coalesce(max(id), 0) FROM groups"))
        self._keep(made, last + 1)

    def _chains(self, seeds: Iterable[int]) -> tuple[list[set[int]], dict[Pair, float]]:
        """The chains of matches and of what people joined in which seeds are, and the scores in them."""
        pinned = self._pinned()
        near: dict[int, set[int]] = defaultdict(set)
        scores: dict[Pair, float] = {}
        known: set[int] = set()
        todo = set(seeds)
        there: set[int] = set()
        while todo:
            known |= todo
            blocks = self._blocks_of(todo)
            there |= set(blocks)
            for one, other, score in self._rows(_MATCHES, todo):
                scores[_pair(one, other)] = score
                near[one].add(other)
            for one in todo:
                near[one] |= pinned.get(one, set())
            for some in self._whole(blocks):
                for one in some:
                    near[one].add(min(some))
                    near[min(some)].add(one)
                    todo.add(min(some))
            todo = {other for one in todo for other in near[one]} - known
        return _connected(there, near), scores

    def _whole(self, blocks: Blocks) -> list[set[int]]:
        """The entries of the whole blocks among those of entries."""
        numbers = {b.number for some in blocks.values() for b in some if b.side == WHOLE}
        return [{n for n, _ in some} for some in self._members(numbers).values()]

    def _pinned(self) -> dict[int, set[int]]:
        """For each entry, by number, those that somebody joined to it."""
        with_ = self.pins.with_()
        numbers = dict(self._rows("SELECT key, id FROM entries WHERE key IN (?)", sorted(with_)))
        return {
            numbers[key]: {numbers[other] for other in others if other in numbers}
            for key, others in with_.items()
            if key in numbers
        }

    def _made(self, chain: Collection[int], scores: Mapping[Pair, float]) -> list[tuple[str, Made]]:
        numbers = sorted(chain, key=lambda n: self.entries[n].key)
        at = {number: i for i, number in enumerate(numbers)}
        inside = ((score, _pair(at[a], at[b])) for (a, b), score in scores.items())
        told = [self.entries[n] for n in numbers]
        layer = told[0].layer
        matches = sorted((score, *pair) for score, pair in inside)
        return [(layer, each) for each in self.rules[layer].groups(told, matches, self.pins)]

    def _keep(self, made: Sequence[tuple[str, Made]], first: int) -> None:
        numbers = {e.key: number for number, e in self.entries.items()}
        groups, members = [], []
        for number, (layer, each) in enumerate(made, first):
            body = json.dumps(each.body, ensure_ascii=False, sort_keys=True)
            groups.append({"id": number, "layer": layer, "key": each.key, "day": each.day, "body": body})
            members += [{"entry_id": numbers[e.key], "group_id": number} for e in each.entries]
        self._insert(tables.groups, groups)
        self._insert(tables.group_members, members)

    def _load(self, numbers: Collection[int]) -> dict[int, Listed]:
        """The entries with these numbers, of layers that have a rule."""
        layers: dict[str, list[int]] = defaultdict(list)
        missing = sorted(n for n in numbers if n not in self.entries)
        for number, layer in self._rows("SELECT id, layer FROM entries WHERE id IN (?)", missing):
            layers[layer].append(number)
        for layer, some in layers.items():
            for n in range(0, len(some) if layer in self.rules else 0, _AT_ONCE):
                found = assembled(self.asked, layer, some[n : n + _AT_ONCE])
                self.entries |= dict(zip(some[n : n + _AT_ONCE], found, strict=True))
        return {n: self.entries[n] for n in sorted(numbers) if n in self.entries}

    def _rows(self, query: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        return ask_for(self.asked, query, values)

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        insert(self.connection, table, rows)

    def _delete(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        delete_rows(self.connection, table, names, rows)


_MATCHES = "SELECT entry_id, other_id, score FROM matches WHERE entry_id IN (?)"


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _share(some: Iterable[Block], others: Iterable[Block], closed: Collection[int]) -> bool:
    """Whether two entries share a block that isn't full, and are compared in it."""
    sides = {b.number: b.side for b in others}
    return any(b.number in sides and b.number not in closed and OPEN in (b.side, sides[b.number]) for b in some)


def _connected(numbers: Collection[int], near: Mapping[int, Collection[int]]) -> list[set[int]]:
    """The numbers in sets that are tied together, by the least of each."""
    left, found = set(numbers), []
    for number in sorted(numbers):
        if number in left:
            chain, todo = set[int](), {number}
            while todo:
                chain |= todo
                todo = {other for one in todo for other in near.get(one, ())} & left - chain
            left -= chain
            found.append(chain)
    return found


def _packed(blocks: Iterable[Block]) -> bytes:
    """Blocks as bytes: the number of each, the sides at the end."""
    blocks = list(blocks)
    return array("q", (b.number for b in blocks)).tobytes() + bytes(b.side for b in blocks)


def _unpacked(packed: bytes) -> list[Block]:
    count = len(packed) // 9
    numbers = array("q")
    numbers.frombytes(packed[: count * 8])
    return [Block(number, side) for number, side in zip(numbers, packed[count * 8 :], strict=True)]
