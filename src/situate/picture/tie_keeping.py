"""How two actors stand to each other, kept: what each entry says of them, and what a month's entries come to.

An entry says the same of two actors whatever else the store has, and a month's sum depends on that month alone; so a
new report changes its own months and no other. How two stand at a month's end is read off from the sums until then,
faded.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Collection, Iterable
from typing import Any

from sqlalchemy import Connection, delete

from situate.picture.network import EVENT, EVENT_SIGN, fade, month_end
from situate.store import derived_tables as tables
from situate.store.asking import Asking, asking_through
from situate.store.bulk import ask_for, delete_rows, insert
from situate.store.sql import any_of, sql

LAYERS = ("relations", "events")
_AT_ONCE = 100
_SIGNS = f"CASE entries.type {' '.join(f'''WHEN '{t}' THEN {sign * EVENT}''' for t, sign in EVENT_SIGN.items())} END"
_BETWEEN = """SELECT entries.id, one.merged_id, other.merged_id, {weight},
    coalesce(nullif(entries.latest, ''), nullif(entries.earliest, ''), reports.day)
    FROM entries JOIN reports ON reports.id = entries.report_id {own}
    JOIN entry_actors one ON one.entry_id = entries.id AND one.role = '{left}'
    JOIN entry_actors other ON other.entry_id = entries.id AND other.role = '{right}'
    WHERE entries.id IN (?) AND entries.layer = '{layer}' AND entries.review <> 'rejected' AND {told}
    AND one.merged_id <> other.merged_id"""
_STATED = _BETWEEN.format(
    weight="own.sign",
    own="JOIN relations own ON own.entry_id = entries.id",
    left="from",
    right="to",
    layer="relations",
    told="own.sign IS NOT NULL",
)
_EVENTS = _BETWEEN.format(
    weight=_SIGNS,
    own="",
    left="actor",
    right="recipient",
    layer="events",
    told=f"entries.status IN ('actual', 'ongoing') AND entries.type IN {tuple(EVENT_SIGN)}",
)
Month = tuple[int, int, str]  # two actors, the lower number first, and a month, "" where no day is known


def forget_ties(connection: Connection) -> None:
    """Take all of it out."""
    for table in (tables.ties, tables.tie_months):
        connection.execute(delete(table))


def keep_ties(connection: Connection, numbers: Collection[int]) -> None:
    """Bring the ties up to date where entries with these numbers came, went or changed."""
    asked = asking_through(connection)
    old = ask_for(asked, "SELECT one_id, other_id, month, entry_id FROM ties WHERE entry_id IN (?)", sorted(numbers))
    delete_rows(connection, tables.ties, ("one_id", "other_id", "month", "entry_id"), old)
    new = _ties(asked, sorted(numbers))
    insert(connection, tables.ties, new)
    months = sorted({row[:3] for row in old} | {(row["one_id"], row["other_id"], row["month"]) for row in new})
    delete_rows(connection, tables.tie_months, ("one_id", "other_id", "month"), months)
    insert(connection, tables.tie_months, list(_sums(asked, months)))


def _ties(asked: Asking, numbers: list[int]) -> list[dict[str, Any]]:
    """What entries say of each two actors: as often as they bring them together."""
    found: dict[tuple[int, int, int], list[tuple[float, str]]] = defaultdict(list)
    for query in (_STATED, _EVENTS):
        for number, one, other, weight, day in ask_for(asked, query, numbers):
            found[min(one, other), max(one, other), number].append((float(weight), day[:10]))
    return [
        {
            "one_id": one,
            "other_id": other,
            "month": told[0][1][:7],
            "entry_id": number,
            "day": told[0][1],
            "weight": math.fsum(weight for weight, _ in told),
        }
        for (one, other, number), told in sorted(found.items())
    ]


def _sums(asked: Asking, months: list[Month]) -> Iterable[dict[str, Any]]:
    """What the entries of months come to at their ends."""
    for n in range(0, len(months), _AT_ONCE):
        told: dict[Month, list[tuple[float, str]]] = defaultdict(list)
        these = any_of(sql("one_id = ? AND other_id = ? AND month = ?", *month) for month in months[n : n + _AT_ONCE])
        for one, other, month, day, weight in asked.tuples(sql(_TOLD, these)):
            told[one, other, month].append((weight, day))
        for month, some in sorted(told.items()):
            end = month_end(month[2]) if month[2] else ""
            faded = [weight * fade(day, end) for weight, day in some]
            yield {
                "one_id": month[0],
                "other_id": month[1],
                "month": month[2],
                "weight": math.fsum(faded),
                "absolute": math.fsum(map(abs, faded)),
            }


_TOLD = "SELECT one_id, other_id, month, day, weight FROM ties WHERE ?"
