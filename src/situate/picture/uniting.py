"""Groups of all that is tied together, however long the chain: what is new joins a group, or makes one of several.

Nothing of a group is looked at but the entries that the new one is tied to. Where ties were lost, what was tied by them
is searched for from all of their ends at once, until the ends have found each other or one has nothing left to find:
what that costs depends on the smaller part that breaks off, and not on the group.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from sqlalchemy import bindparam, update

from situate.picture.group_rows import GroupRows, Pair
from situate.picture.grouping import WHOLE, connected
from situate.store import derived_tables as tables

_ENTRIES = """SELECT key, layer, coalesce(nullif(latest, ''), nullif(day, ''), '') FROM entries WHERE id IN (?)"""
_LEFT = """SELECT group_id, min(key), max(coalesce(nullif(latest, ''), nullif(day, ''), ''))
    FROM group_members JOIN entries ON entries.id = entry_id WHERE group_id IN (?) GROUP BY group_id"""


def unite(
    rows: GroupRows, new: Collection[int], broken: Collection[int], ends: Collection[int], tied: Collection[Pair]
) -> None:
    """Bring united groups up to date.

    `new` are entries that stand in blocks again, `broken` groups that lost an entry, `ends` entries that lost a tie,
    `tied` pairs of entries that match since.
    """
    since = _Since(frozenset(new), frozenset(way for a, b in tied for way in ((a, b), (b, a))))
    parts = [*({n} for n in sorted(new)), *_split(rows, set(ends) - since.new, broken, since)]
    edges = [*tied, *_in_whole_blocks(rows, new)]
    groups = rows.groups_of({n for pair in edges for n in pair})
    _join(rows, parts, groups, edges)


@dataclass(frozen=True, slots=True)
class _Since:
    """What is there since, and tied nothing before: new entries, and matches in both directions."""

    new: frozenset[int]
    tied: frozenset[Pair]


def _split(rows: GroupRows, ends: Collection[int], broken: Collection[int], since: _Since) -> list[set[int]]:
    """Take out of groups what is no longer tied to the rest of them, and give it, part by part."""
    groups = rows.groups_of(ends)
    of_group: dict[int, list[int]] = {group: [] for group in broken}
    for number, group in sorted(groups.items()):
        of_group.setdefault(group, []).append(number)
    parts = [part for some in of_group.values() for part in _broken_off(rows, some, since)]
    rows.leave_groups([n for part in parts for n in part])
    left = [{"group": group, "least": key, "last": day} for group, key, day in rows.rows(_LEFT, sorted(of_group))]
    rows.delete(
        tables.groups, ("id",), [(group,) for group in sorted(of_group.keys() - {row["group"] for row in left})]
    )
    if left:
        here = update(tables.groups).where(tables.groups.c.id == bindparam("group"))
        rows.connection.execute(here.values(key=bindparam("least"), day=bindparam("last")), left)
    return parts


@dataclass(slots=True)
class _Search:
    """What is tied to one or more ends as far as it is found, and of that what is still to be looked at."""

    found: set[int]
    blocks: set[int]
    todo: set[int]


def _broken_off(rows: GroupRows, ends: Sequence[int], since: _Since) -> list[set[int]]:
    """The parts that ends of one group are in, less one: the one that is searched to the end last, if ever."""
    searches = [_Search({n}, set(), {n}) for n in ends]
    parts: list[set[int]] = []
    while len(searches) > 1:
        *others, _ = sorted(searches, key=lambda s: len(s.found))
        _go_on(rows, others, since)
        searches = _met(searches)
        for done in [s for s in searches if not s.todo][: len(searches) - 1]:
            parts.append(done.found)
            searches.remove(done)
    return parts


def _go_on(rows: GroupRows, searches: Sequence[_Search], since: _Since) -> None:
    """Look one step further: at what matches, and at who shares a whole block."""
    todo = {n for s in searches for n in s.todo}
    near = rows.matches_of(todo)
    blocks = {n: {b.number for b in some if b.side == WHOLE} for n, some in rows.blocks_of(todo).items()}
    members = rows.in_blocks(set[int]().union(*blocks.values()))
    for s in searches:
        whole = {b for n in s.todo for b in blocks.get(n, ())} - s.blocks
        matched = {m for n in s.todo for m in near[n] if (n, m) not in since.tied}
        s.todo = matched.union(m for b in whole for m, _ in members[b]) - s.found - since.new
        s.found |= s.todo
        s.blocks |= whole


def _met(searches: Iterable[_Search]) -> list[_Search]:
    """The searches, those that found the same made one."""
    apart: list[_Search] = []
    for s in searches:
        for other in [a for a in apart if not a.found.isdisjoint(s.found)]:
            apart.remove(other)
            s = _Search(s.found | other.found, s.blocks | other.blocks, s.todo | other.todo)
        apart.append(s)
    return apart


def _in_whole_blocks(rows: GroupRows, new: Collection[int]) -> list[Pair]:
    """Pairs of a new entry and one that shares a whole block with it: the first new one, and one that is there."""
    mine: dict[int, list[int]] = defaultdict(list)
    for number, some in sorted(rows.blocks_of(new).items()):
        for block in (b.number for b in some if b.side == WHOLE):
            mine[block].append(number)
    found = [(number, numbers[0]) for numbers in mine.values() for number in numbers[1:]]
    for block, numbers in sorted(mine.items()):
        found += [(numbers[0], other) for other in rows.another_in(block, numbers)]
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
