"""Reports like one: its copies, and those that name the same actors and places about the same time.

A name counts by how few reports have it, a report by the names that it shares and by how near its day is, as for
stories. Names that very many reports have are left out, so that the time it takes doesn't grow with the store.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date

from situate.picture.copies import Copied, Copies, copies
from situate.picture.stories import FADES, MANY, TOO_COMMON
from situate.store import Store
from situate.store.asking import Asking, Row
from situate.store.sql import sql

MOST = 10
LEAST_SHARED = 2  # names
RAREST = 40  # names of the report that are looked for in others
TOO_MANY = 5000  # reports with a name from which it isn't looked for
_NAMED = """SELECT own.merged_id, max(own.name) AS name, (SELECT sum(profiles.reports) FROM {one}_profiles profiles
    WHERE profiles.merged_id = own.merged_id) AS reports
    FROM {one}s own JOIN merged_{one}s merged ON merged.id = own.merged_id
    WHERE own.report_id = ? AND merged.key NOT LIKE 'report:%' GROUP BY own.merged_id"""


@dataclass(frozen=True, slots=True)
class Similar:
    """A report like another one: its key, what is known of it, how much alike, and the names that both have."""

    report: str
    title: str | None
    publisher: str | None
    published: str | None
    likeness: float
    shared: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Around:
    """What stands around a report: copies of its text, who had it from whom, and reports of the same matter."""

    report: str
    copies: Copies | None
    similar: tuple[Similar, ...]

    @property
    def told(self) -> tuple[Copied, ...]:
        """Who has the text from whom."""
        return self.copies.told if self.copies else ()


def around(store: Store, report: str, most: int = MOST) -> Around:
    """Copies of a report, given by its key, and up to so many others that are like it, the likest first."""
    same = next(iter(copies(store, [report])), None)
    beside = {report, *(same.reports if same else ())}
    with store.asking() as asked:
        ((number, day),) = asked.tuples(sql("SELECT id, day FROM reports WHERE key = ?", report))
        found = _found(asked, number)
        ranked = sorted(found.items(), key=lambda each: (-each[1].weight, each[0]))[: (most + len(beside)) * 5]
        rows = {row["id"]: row for row in asked.rows(sql(_REPORTS, [each for each, _ in ranked]))}
    others = [_similar(rows[each], shared, day) for each, shared in ranked if rows[each]["key"] not in beside]
    others = [each for each in others if len(each.shared) >= LEAST_SHARED]
    return Around(report, same, tuple(sorted(others, key=lambda each: (-each.likeness, each.report))[:most]))


_REPORTS = "SELECT id, key, title, publisher, published, day FROM reports WHERE id IN (?)"


@dataclass(slots=True)
class _Shared:
    """What a report has in common with the one that is asked for."""

    weight: float = 0.0
    names: list[str] = field(default_factory=list)


def _found(asked: Asking, number: int) -> dict[int, _Shared]:
    """The reports that share names with one, by their numbers."""
    total = asked.number(sql("SELECT count(*) FROM reports"))
    most = min(TOO_MANY, TOO_COMMON * total if total >= MANY else total)
    named = [
        (row["reports"], one, row["merged_id"], row["name"])
        for one in ("actor", "place")
        for row in asked.rows(sql(_NAMED.format(one=one), number))
    ]
    found: dict[int, _Shared] = {}
    for reports, one, merged, name in sorted(each for each in named if each[0] <= most)[:RAREST]:
        query = f"SELECT DISTINCT report_id FROM {one}s WHERE merged_id = ? AND report_id <> ?"
        for (other,) in asked.tuples(sql(query, merged, number)):
            shared = found.setdefault(other, _Shared())
            shared.weight += math.log(1 + total / int(reports))
            shared.names.append(name)
    return found


def _similar(row: Row, shared: _Shared, day: str) -> Similar:
    likeness = round(shared.weight * _near(row["day"], day), 2)
    return Similar(row["key"], row["title"], row["publisher"], row["published"], likeness, tuple(shared.names))


def _near(one: str, other: str) -> float:
    """1 for reports of a day, less for every day between them; a half where a day isn't known."""
    if not one or not other:
        return 0.5
    days = abs((date.fromisoformat(one) - date.fromisoformat(other)).days)
    return 0.1 + 0.9 * math.exp(-days / FADES)
