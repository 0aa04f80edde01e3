"""Stories brought up to date in the store as reports come and go, in any order.

A new report is compared with those near its day that share one of its telling names. It follows the earlier one that it
is most like, later ones follow it where they are more like it than what they followed, and only the stories of these
change. What a name weighs is what it weighed when the report came; while a store is small, stories are made anew each
time that it has grown by a quarter.
"""

from __future__ import annotations

import hashlib
import heapq
import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, Table, bindparam, delete, select, update

from situate.picture.naming import having, told_by
from situate.picture.stories import ALIKE, FIRST, REACH, Told, about_what, day_of, likeness, telling, vector
from situate.store import derived_tables as tables
from situate.store.asking import asking_through
from situate.store.bulk import ask_for, delete_rows, insert
from situate.store.pending import note_stories
from situate.store.sql import Sql, sql

GROWN = 1.25  # times as many reports as when stories were made anew: time to do it again
SETTLED = 4_000  # reports from which on one more hardly changes how rare a name is
_NODE = "SELECT report_id, key, day, follows, likeness, story, names FROM story_reports WHERE report_id IN (?)"


@dataclass(slots=True)
class _Node:
    """A report as it stands in the table."""

    number: int
    key: str
    day: str
    follows: int | None
    likeness: float
    story: str
    names: Mapping[str, tuple[str, int, float]]  # by key: name, mentions, weight

    @property
    def order(self) -> tuple[str, str]:
        """By day, the undated last."""
        return self.day or "9", self.key

    @property
    def weights(self) -> dict[str, float]:
        """What its names weigh, those that weigh something."""
        return {key: weight for key, (_, _, weight) in self.names.items() if weight}


def forget_stories(connection: Connection) -> None:
    """Take all stories out, and what they are made from."""
    for table in (tables.story_names, tables.story_reports, tables.stories):
        connection.execute(delete(table))


def keep_stories(connection: Connection, numbers: Collection[int]) -> None:
    """Bring the stories up to date where reports with these numbers came or went."""
    if not numbers:
        return
    reports = asking_through(connection).number(Sql("SELECT count(*) FROM reports"))
    marks = tables.derivations
    made_at = connection.execute(select(marks.c.reports)).scalar() or 0
    if made_at < SETTLED and reports > GROWN * made_at:
        forget_stories(connection)
        note_stories(connection)
        connection.execute(update(marks).values(reports=reports))
    _Keeping(connection, reports).run(sorted(numbers))


class _Keeping:
    """One run."""

    def __init__(self, connection: Connection, reports: int) -> None:
        self.connection, self.reports = connection, reports
        self.asked = asking_through(connection)
        self.nodes: dict[int, _Node] = {}
        self.weights: dict[int, dict[str, float]] = {}

    def run(self, numbers: Sequence[int]) -> None:
        """All of it."""
        touched, left = self._take_out(numbers)
        fresh = self._put_in(numbers)
        changed = set(left)
        for number in left:
            self._follow(self.nodes[number], self._near(self.nodes[number]))
        for node in fresh:
            near = self._near(node)
            self._follow(node, near)
            changed.add(node.number)
            changed |= {other.number for other in near if other.order > node.order and self._draw(other, node)}
        touched |= self._retold(changed)
        self._write(changed)
        self._count(touched)

    def _take_out(self, numbers: Sequence[int]) -> tuple[set[str], list[int]]:
        """Forget reports; gives their stories, and the reports that followed them."""
        gone = self._load(numbers)
        rows = [(_digest(key), node.day, node.number) for node in gone for key in node.weights]
        self._delete(tables.story_names, ("name", "day", "report_id"), rows)
        self._delete(tables.story_reports, ("report_id",), [(node.number,) for node in gone])
        followers = self._rows("SELECT report_id FROM story_reports WHERE follows IN (?)", [n.number for n in gone])
        for node in gone:
            del self.nodes[node.number], self.weights[node.number]
        left = self._load([n for (n,) in followers if n not in set(numbers)])
        for node in left:
            node.follows, node.likeness = None, 0.0
        return {node.story for node in gone}, [node.number for node in left]

    def _put_in(self, numbers: Sequence[int]) -> list[_Node]:
        """Keep reports with what their names weigh; they follow nothing yet."""
        told = told_by(self.asked, numbers)
        counts = having(self.asked, sorted({key for each in told.values() for key, _, _ in each.names}))
        fresh = [self._node(number, each, counts) for number, each in sorted(told.items())]
        self._insert(tables.story_reports, [_row(node) for node in fresh])
        rows = [
            {"name": _digest(key), "day": node.day, "report_id": node.number} for node in fresh for key in node.weights
        ]
        self._insert(tables.story_names, rows)
        return fresh

    def _node(self, number: int, told: Told, counts: Mapping[str, int]) -> _Node:
        weights = vector({key: times for key, _, times in told.names}, counts, self.reports)
        names = {key: (name, times, weights.get(key, 0.0)) for key, name, times in told.names}
        node = _Node(number, told.report, day_of(told.published), None, 0.0, "", names)
        self.nodes[number], self.weights[number] = node, node.weights
        return node

    def _near(self, node: _Node) -> list[_Node]:
        """The reports that may be like one."""
        names = [_digest(key) for key in telling(self.weights[node.number])]
        when = Sql("1 = 1")
        if node.day:
            at = date.fromisoformat(node.day)
            first, last = (_shifted(at, by) for by in (-REACH, REACH))
            when = sql("(day >= ? AND day <= ? OR day = '')", first, last)
        query = sql("SELECT DISTINCT report_id FROM story_names WHERE name IN (?) AND ?", names, when)
        return self._load([n for (n,) in self.asked.tuples(query) if n != node.number])

    def _follow(self, node: _Node, near: Iterable[_Node]) -> None:
        """Let a report follow the earlier one that it is most like, the earliest of those."""
        node.follows, node.likeness = None, 0.0
        for other in sorted(near, key=lambda other: other.order):
            if other.order < node.order:
                self._draw(node, other)

    def _draw(self, node: _Node, other: _Node) -> bool:
        """Let a report follow an earlier one, if it is more like that than what it follows."""
        like = likeness(self.weights[node.number], self.weights[other.number], node.day, other.day)
        if like < ALIKE or like < node.likeness:
            return False
        if like == node.likeness and node.follows is not None:
            (followed,) = self._load([node.follows])
            if followed.order <= other.order:
                return False
        node.follows, node.likeness = other.number, like
        return True

    def _retold(self, changed: set[int]) -> set[str]:
        """Give each report that changed, and those that follow it, its story; gives the stories touched."""
        todo = [(self.nodes[n].order, n) for n in changed]
        heapq.heapify(todo)
        touched: set[str] = set()
        while todo:
            _, number = heapq.heappop(todo)
            node = self.nodes[number]
            story = node.key if node.follows is None else self._load([node.follows])[0].story
            touched |= {story, node.story}
            if story != node.story:
                node.story = story
                changed.add(number)
                rows = self._rows("SELECT report_id FROM story_reports WHERE follows IN (?)", [number])
                for other in self._load([n for (n,) in rows]):
                    if other.follows == number:
                        heapq.heappush(todo, (other.order, other.number))
        return touched - {""}

    def _write(self, changed: Iterable[int]) -> None:
        table = tables.story_reports
        names = ("follows", "likeness", "story")
        rows = [
            {"is_id": n, **{f"new_{name}": getattr(self.nodes[n], name) for name in names}} for n in sorted(changed)
        ]
        if rows:
            values: dict[str, Any] = {name: bindparam(f"new_{name}") for name in names}
            self.connection.execute(update(table).where(table.c.report_id == bindparam("is_id")).values(values), rows)

    def _count(self, touched: Collection[str]) -> None:
        """Bring the table of stories up to date."""
        self._delete(tables.stories, ("story",), [(story,) for story in sorted(touched)])
        counted = self._rows(_COUNT, sorted(touched))
        first: dict[str, list[_Node]] = defaultdict(list)
        for story, number in self._rows(_FIRST.format(first=FIRST), [story for story, *_ in counted]):
            first[story] += self._load([number])
        rows = []
        for story, reports, begin, end in counted:
            some = first[story]
            about = about_what(map(_told, some), [self.weights[node.number] for node in some])
            names = json.dumps(about, ensure_ascii=False)
            rows.append({"story": story, "reports": reports, "first": begin or "9", "last": end or "", "about": names})
        self._insert(tables.stories, rows)

    def _load(self, numbers: Iterable[int]) -> list[_Node]:
        """Reports that stand in the table."""
        numbers = list(numbers)
        for row in self._rows(_NODE, [n for n in numbers if n not in self.nodes]):
            number, key, day, follows, like, story, names = row
            node = _Node(number, key, day, follows, like, story, json.loads(names))
            self.nodes[node.number], self.weights[node.number] = node, node.weights
        return [self.nodes[n] for n in numbers if n in self.nodes]

    def _rows(self, query: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
        return ask_for(self.asked, query, values)

    def _insert(self, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
        insert(self.connection, table, rows)

    def _delete(self, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        delete_rows(self.connection, table, names, rows)


_COUNT = """SELECT story, count(*), min(nullif(day, '')), max(day) FROM story_reports
    WHERE story IN (?) GROUP BY story ORDER BY story"""
_FIRST = """SELECT story, report_id FROM (SELECT story, report_id, row_number() OVER
    (PARTITION BY story ORDER BY CASE WHEN day = '' THEN '9' ELSE day END, key) AS place
    FROM story_reports WHERE story IN (?)) placed WHERE place <= {first} ORDER BY story, place"""


def _told(node: _Node) -> Told:
    names = tuple((key, name, times) for key, (name, times, _) in sorted(node.names.items()))
    return Told(node.key, None, None, node.day or None, names)


def _row(node: _Node) -> dict[str, Any]:
    return {
        "report_id": node.number,
        "key": node.key,
        "day": node.day,
        "follows": node.follows,
        "likeness": node.likeness,
        "story": node.story,
        "names": json.dumps(node.names, ensure_ascii=False),
    }


def _digest(key: str) -> int:
    return int.from_bytes(
        hashlib.blake2b(key.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True
    )


def _shifted(at: date, by: int) -> str:
    return date.fromordinal(min(max(at.toordinal() + by, 1), date.max.toordinal())).isoformat()
