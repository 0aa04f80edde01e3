"""Groups of entries brought up to date in the store: what is new is compared, and only what it is tied to grouped anew.

The result is that of `grouping.grouped` over all entries, whatever came in which order (a test holds it). What it
takes depends on what is new: on the entries that share a block with it, of which a block has few, and then on the rule
(`fitting`, `uniting`, `leading`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import Any

from sqlalchemy import Connection, delete

from situate.picture import grouping
from situate.picture.fitting import Change, fit
from situate.picture.group_rows import TABLES, Blocks, GroupRows, Pair
from situate.picture.grouping import OPEN, WHOLE, Block, Rule, compared
from situate.picture.leading import lead
from situate.picture.pins import Pins
from situate.picture.uniting import unite
from situate.store import derived_tables as tables


def forget_groups(connection: Connection) -> None:
    """Take all groups out, and all that they are made from."""
    for table in TABLES:
        connection.execute(delete(table))


def regroup(connection: Connection, rules: Mapping[str, Rule], numbers: Collection[int], pins: Pins) -> None:
    """Bring the groups up to date where entries with these numbers came, went or changed; rules by layer."""
    if numbers:
        _Regrouping(GroupRows(connection, rules, pins)).run(set(numbers))


class _Regrouping:
    """One run."""

    def __init__(self, rows: GroupRows) -> None:
        self.rows = rows

    def run(self, numbers: set[int]) -> None:
        """All of it."""
        rows = self.rows
        broken = set(rows.groups_of(numbers).values())
        rows.leave_groups(numbers)
        lost = self._unmatched(numbers)
        out, into = rows.blocks_of(numbers), self._new_blocks(numbers)
        rows.move(out, into)
        lost |= self._left_in_whole(out, set(into))
        full, revived, filled = self._filled(out, into)
        members = rows.in_blocks({b.number for some in into.values() for b in some} - full | revived)
        pairs = {pair for number in revived for pair in compared(members[number])}
        for number, some in into.items():
            for block in some:
                others = members.get(block.number, ())
                pairs |= {_pair(number, n) for n, side in others if n != number and OPEN in (side, block.side)}
        parted = self._parted(filled)
        tied = self._matched(pairs)
        self._group(set(into), broken, lost, parted, tied)

    def _group(self, new: set[int], broken: set[int], lost: set[int], parted: list[Pair], tied: list[Pair]) -> None:
        """Bring each layer's groups up to date, by its rule.

        `lost` are entries that lost a match with what came or went, `parted` pairs of others that no longer match.
        """
        rows = self.rows
        changed = new.union(lost, *parted, *tied)
        layers = dict(rows.rows("SELECT id, layer FROM entries WHERE id IN (?)", changed))
        for way, of in _ways(rows.rules).items():
            mine = {n for n in changed if layers.get(n) in of}
            left = rows.of_layers(broken, of)
            matched, gone = ([pair for pair in pairs if pair[0] in mine] for pairs in (tied, parted))
            if way == "united":
                unite(rows, new & mine, left, mine & lost.union(*gone), matched)
            elif way == "led":
                lead(rows, mine, left)
            else:
                fit(rows, Change(new & mine, left, lost & mine, gone, matched))

    def _unmatched(self, numbers: Collection[int]) -> set[int]:
        """The entries that these matched, which is forgotten."""
        found = [(one, other) for one, others in self.rows.matches_of(numbers).items() for other in others]
        self.rows.forget_matches(found)
        return {other for _, other in found}

    def _left_in_whole(self, out: Blocks, new: Collection[int]) -> set[int]:
        """Of each whole block that these stood in one of those that stay."""
        blocks = {b.number for some in out.values() for b in some if b.side == WHOLE}
        return {other for number in sorted(blocks) for other in self.rows.another_in(number, new)}

    def _new_blocks(self, numbers: Collection[int]) -> Blocks:
        """The blocks in which entries are to stand, of those that are there and are looked at."""
        found: Blocks = {}
        for number, e in self.rows.load(numbers).items():
            rule = self.rows.rules[e.layer]
            if rule.takes(e):
                found[number] = sorted(set(rule.blocks(e)))
        return found

    def _filled(self, out: Blocks, into: Blocks) -> tuple[set[int], set[int], set[int]]:
        """Of the blocks that changed those that are full now, those that no longer are, and those that were not."""
        rows = self.rows
        change: dict[int, int] = defaultdict(int)
        for blocks, by in ((out, -1), (into, 1)):
            for some in blocks.values():
                for number in {b.number for b in some}:
                    change[number] += by
        before = dict(rows.rows("SELECT block, entries FROM full_blocks WHERE block IN (?)", change))
        count = "SELECT block, count(DISTINCT entry_id) FROM blocks WHERE block IN (?) GROUP BY block"
        sizes = dict(rows.rows(count, [n for n in change if n not in before]))
        sizes |= {number: entries + change[number] for number, entries in before.items()}
        full = {number for number, size in sizes.items() if size > grouping.MOST}
        rows.delete(tables.full_blocks, ("block",), [(n,) for n in sorted(before)])
        rows.insert(tables.full_blocks, [{"block": n, "entries": sizes[n]} for n in sorted(full)])
        return full, set(before) - full, full - set(before)

    def _parted(self, filled: Collection[int]) -> list[Pair]:
        """The entries that matched only through blocks that are full now; these matches are forgotten."""
        rows = self.rows
        members = {n for some in rows.in_blocks(filled).values() for n, _ in some}
        matches = rows.matches_of(members)
        pairs = {_pair(one, other) for one, others in matches.items() for other in others if other in members}
        blocks = rows.blocks_of({n for pair in pairs for n in pair})
        numbers = {b.number for some in blocks.values() for b in some}
        closed = {n for (n,) in rows.rows("SELECT block FROM full_blocks WHERE block IN (?)", numbers)}
        gone = [(a, b) for a, b in sorted(pairs) if not _share(blocks[a], blocks[b], closed)]
        rows.forget_matches(gone)
        return gone

    def _matched(self, pairs: Collection[Pair]) -> list[Pair]:
        """Those pairs that match, which is kept."""
        rows = self.rows
        entries = rows.load({n for pair in pairs for n in pair})
        found: list[Pair] = []
        kept: list[dict[str, Any]] = []
        for pair in sorted(pairs):
            one, other = sorted((entries[n] for n in pair), key=lambda e: e.key)
            score = rows.rules[one.layer].match(one, other)
            if score > 0:
                found.append(pair)
                kept += [{"entry_id": a, "other_id": b, "score": score} for a, b in (pair, pair[::-1])]
        rows.delete(tables.matches, ("entry_id", "other_id"), [(r["entry_id"], r["other_id"]) for r in kept])
        rows.insert(tables.matches, kept)
        return found


def _ways(rules: Mapping[str, Rule]) -> dict[str, set[str]]:
    """The layers by the way in which their entries are grouped."""
    found: dict[str, set[str]] = defaultdict(set)
    for layer, rule in rules.items():
        found[rule.way].add(layer)
    return found


def _pair(one: int, other: int) -> Pair:
    return (one, other) if one < other else (other, one)


def _share(some: Iterable[Block], others: Iterable[Block], closed: Collection[int]) -> bool:
    """Whether two entries share a block that isn't full, and are compared in it."""
    sides = {b.number: b.side for b in others}
    return any(b.number in sides and b.number not in closed and OPEN in (b.side, sides[b.number]) for b in some)
