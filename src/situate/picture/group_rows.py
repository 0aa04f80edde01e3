"""The tables of groups within one transaction: entries, the blocks that they stand in, matches and groups."""

from __future__ import annotations

import json
from array import array
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table

from situate.picture.grouping import Block, Made, Rule
from situate.picture.pins import Pins
from situate.store import derived_tables as tables
from situate.store.asking import asking_through
from situate.store.assemble import assembled
from situate.store.bulk import ask_for_raw, delete_rows, insert
from situate.store.listed import Listed
from situate.store.sql import sql

_AT_ONCE = 500
TABLES = (tables.blocked, tables.blocks, tables.full_blocks, tables.matches, tables.groups, tables.group_members)
Blocks = dict[int, list[Block]]  # those of entries, by number
Pair = tuple[int, int]  # numbers of entries, the lower first
_MATCHES = "SELECT entry_id, other_id, score FROM matches WHERE entry_id IN (?)"


class GroupRows:
    """What the tables have, and how it is changed; entries are known by their numbers, and loaded once."""

    def __init__(self, connection: Connection, rules: Mapping[str, Rule], pins: Pins) -> None:
        self.connection, self.rules, self.pins = connection, rules, pins
        self.asked = asking_through(connection)
        self.entries: dict[int, Listed] = {}

    def load(self, numbers: Collection[int]) -> dict[int, Listed]:
        """The entries with these numbers, of layers that have a rule."""
        layers: dict[str, list[int]] = defaultdict(list)
        missing = sorted(n for n in numbers if n not in self.entries)
        for number, layer in self.rows("SELECT id, layer FROM entries WHERE id IN (?)", missing):
            layers[layer].append(number)
        for layer, some in layers.items():
            for n in range(0, len(some) if layer in self.rules else 0, _AT_ONCE):
                found = assembled(self.asked, layer, some[n : n + _AT_ONCE])
                self.entries |= dict(zip(some[n : n + _AT_ONCE], found, strict=True))
        return {n: self.entries[n] for n in sorted(numbers) if n in self.entries}

    def blocks_of(self, numbers: Collection[int]) -> Blocks:
        """The blocks in which entries stand."""
        found = self.rows("SELECT entry_id, blocks FROM blocked WHERE entry_id IN (?)", numbers)
        return {number: _unpacked(bytes(packed)) for number, packed in found}

    def move(self, out: Blocks, into: Blocks) -> None:
        """Take entries out of the blocks in which they stand, and put entries into blocks."""
        rows = [(b.number, b.side, n) for n, some in sorted(out.items()) for b in some]
        self.delete(tables.blocks, ("block", "side", "entry_id"), rows)
        self.delete(tables.blocked, ("entry_id",), [(n,) for n in sorted(out)])
        self.insert(tables.blocked, [{"entry_id": n, "blocks": _packed(some)} for n, some in sorted(into.items())])
        self.insert(
            tables.blocks,
            [{"block": b.number, "side": b.side, "entry_id": n} for n, some in sorted(into.items()) for b in some],
        )

    def in_blocks(self, blocks: Collection[int]) -> dict[int, list[tuple[int, int]]]:
        """The (entry, side) of blocks."""
        found: dict[int, list[tuple[int, int]]] = defaultdict(list)
        for block, side, number in self.rows("SELECT block, side, entry_id FROM blocks WHERE block IN (?)", blocks):
            found[block].append((number, side))
        return found

    def another_in(self, block: int, numbers: Collection[int]) -> list[int]:
        """One entry of a block besides these, if there is one."""
        query = "SELECT entry_id FROM blocks WHERE block = ? AND entry_id NOT IN (?) LIMIT 1"
        return [number for (number,) in self.asked.raw(sql(query, block, sorted(numbers)))]

    def matches_of(self, numbers: Collection[int]) -> dict[int, dict[int, float]]:
        """For each of these entries those that it matches, and how well."""
        found: dict[int, dict[int, float]] = {n: {} for n in numbers}
        for number, other, score in self.rows(_MATCHES, numbers):
            found[number][other] = score
        return found

    def forget_matches(self, pairs: Iterable[Pair]) -> None:
        """That these match is no longer so."""
        both = sorted({way for a, b in pairs for way in ((a, b), (b, a))})
        self.delete(tables.matches, ("entry_id", "other_id"), both)

    def groups_of(self, numbers: Collection[int]) -> dict[int, int]:
        """The groups of entries, those of them that are in one."""
        return dict(self.rows("SELECT entry_id, group_id FROM group_members WHERE entry_id IN (?)", numbers))

    def members(self, groups: Collection[int]) -> dict[int, set[int]]:
        """The entries of groups."""
        found: dict[int, set[int]] = {group: set() for group in groups}
        for group, number in self.rows("SELECT group_id, entry_id FROM group_members WHERE group_id IN (?)", groups):
            found[group].add(number)
        return found

    def of_layers(self, groups: Collection[int], layers: Collection[str]) -> set[int]:
        """Those of these groups that are of these layers."""
        return {g for g, layer in self.rows("SELECT id, layer FROM groups WHERE id IN (?)", groups) if layer in layers}

    def leave_groups(self, numbers: Collection[int]) -> None:
        """Take entries out of their groups."""
        self.delete(tables.group_members, ("entry_id",), [(n,) for n in sorted(numbers)])

    def take_apart(self, groups: Collection[int], *numbers: int) -> None:
        """Forget groups, and that these entries are in any."""
        self.delete(tables.groups, ("id",), [(g,) for g in sorted(groups)])
        self.delete(tables.group_members, ("group_id",), [(g,) for g in sorted(groups)])
        self.leave_groups(numbers)

    def keep(self, made: Sequence[tuple[str, Made]]) -> None:
        """Keep groups, each with its layer."""
        numbers = {e.key: number for number, e in self.entries.items()}
        groups, members = [], []
        for number, (layer, each) in enumerate(made, self.next_group()):
            body = json.dumps(each.body, ensure_ascii=False, sort_keys=True)
            groups.append({"id": number, "layer": layer, "key": each.key, "day": each.day, "body": body})
            members += [{"entry_id": numbers[e.key], "group_id": number} for e in each.entries]
        self.insert(tables.groups, groups)
        self.insert(tables.group_members, members)

    def next_group(self) -> int:
        """A number that no group has, nor any above it."""
        ((last,),) = self.asked.tuples(sql("SELECT coalesce(max(id), 0) FROM groups"))
        return int(last) + 1

    def rows(self, query: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        """What a query for numbers, keys and days gives, however many values stand for its "?"."""
        return ask_for_raw(self.asked, query, values)

    def insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        """Put rows in."""
        insert(self.connection, table, rows)

    def delete(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Take out the rows that have these values in the columns of these names."""
        delete_rows(self.connection, table, names, rows)


def _packed(blocks: Iterable[Block]) -> bytes:
    """Blocks as bytes: the number of each, the sides at the end."""
    blocks = list(blocks)
    return array("q", (b.number for b in blocks)).tobytes() + bytes(b.side for b in blocks)


def _unpacked(packed: bytes) -> list[Block]:
    count = len(packed) // 9
    numbers = array("q")
    numbers.frombytes(packed[: count * 8])
    return [Block(number, side) for number, side in zip(numbers, packed[count * 8 :], strict=True)]
