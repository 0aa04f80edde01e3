"""Groups of all that is tied together, however long the chain: what is new joins a group, or makes one of several.

Nothing of a group is looked at but the entries that the new one is tied to. Only where something was taken out of a
group, or a tie was lost, its parts are found again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import bindparam, update

from situate.picture.group_rows import GroupRows, Pair
from situate.picture.grouping import WHOLE, connected
from situate.store import derived_tables as tables
from situate.store.sql import sql

_ENTRIES = """SELECT key, layer, coalesce(nullif(latest, ''), nullif(day, ''), '') FROM entries WHERE id IN (?)"""


def unite(rows: GroupRows, new: Collection[int], torn: Collection[int], tied: Collection[Pair]) -> None:
    """Bring united groups up to date.

    `new` are entries that stand in blocks again, `torn` groups that lost an entry or a match, `tied` pairs of entries
    that match since.
    """
    left = {n for some in rows.members(torn).values() for n in some} - set(new)
    rows.take_apart(torn, *new)
    parts = [*({n} for n in sorted(new)), *_parts(rows, left)]
    edges = [*tied, *_in_whole_blocks(rows, new)]
    groups = rows.groups_of({n for pair in edges for n in pair})
    _join(rows, parts, groups, edges)


def _parts(rows: GroupRows, left: Collection[int]) -> list[set[int]]:
    """What is still tied together of entries of which some ties were lost; those that stand in no block are gone."""
    near = {one: set(others) for one, others in rows.matches_of(left).items()}
    blocks = rows.blocks_of(left)
    first: dict[int, int] = {}
    for number in sorted(blocks):
        for block in (b.number for b in blocks[number] if b.side == WHOLE):
            other = first.setdefault(block, number)
            near[number].add(other)
            near[other].add(number)
    return connected(set(blocks), near)


def _in_whole_blocks(rows: GroupRows, new: Collection[int]) -> list[Pair]:
    """Pairs of a new entry and one that shares a whole block with it: the first new one, and one that is there."""
    mine: dict[int, list[int]] = defaultdict(list)
    for number, some in sorted(rows.blocks_of(new).items()):
        for block in (b.number for b in some if b.side == WHOLE):
            mine[block].append(number)
    found = [(number, numbers[0]) for numbers in mine.values() for number in numbers[1:]]
    for block, numbers in sorted(mine.items()):
        old = sql("SELECT entry_id FROM blocks WHERE block = ? AND entry_id NOT IN (?) LIMIT 1", block, numbers)
        found += [(numbers[0], other) for (other,) in rows.asked.tuples(old)]
    return found


def _join(rows: GroupRows, parts: list[set[int]], groups: dict[int, int], edges: Iterable[Pair]) -> None:
    """Make one of the parts and of the kept groups that edges tie together; keep all as groups."""
    node = {number: -n for n, part in enumerate(parts, 1) for number in part}  # parts are negative, groups as they are
    node |= {number: group for number, group in groups.items() if number not in node}
    near: dict[int, set[int]] = defaultdict(set)
    for one, other in edges:
        if one in node and other in node:
            near[node[one]].add(node[other])
            near[node[other]].add(node[one])
    for some in connected({-n for n in range(1, len(parts) + 1)} | set(near), near):
        numbers = sorted(n for part in some if part < 0 for n in parts[-part - 1])
        _keep(rows, numbers, {group for group in some if group > 0})


def _keep(rows: GroupRows, numbers: list[int], groups: Collection[int]) -> None:
    """One group of these entries and these groups: the largest takes in the rest. Its day is the last of all."""
    size = "SELECT group_id, count(*) FROM group_members WHERE group_id IN (?) GROUP BY group_id"
    sizes = dict(rows.rows(size, groups))
    found = rows.rows("SELECT key, layer, day FROM groups WHERE id IN (?)", groups)
    found += rows.rows(_ENTRIES, numbers)
    key, layer, _ = min(found)
    last = {"key": key, "day": max(day for *_, day in found)}
    keep = max(groups, key=lambda g: (sizes[g], -g)) if groups else rows.next_group()
    others = sorted(set(groups) - {keep})
    if groups:
        rows.connection.execute(update(tables.groups).where(tables.groups.c.id == keep).values(**last))
    else:
        rows.insert(tables.groups, [{"id": keep, "layer": layer, **last, "body": "{}"}])
    if others:
        rows.delete(tables.groups, ("id",), [(g,) for g in others])
        members = update(tables.group_members).where(tables.group_members.c.group_id == bindparam("other"))
        rows.connection.execute(members.values(group_id=keep), [{"other": g} for g in others])
    rows.insert(tables.group_members, [{"entry_id": n, "group_id": keep} for n in numbers])
