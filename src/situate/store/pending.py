"""What is new since incidents, stories and histories were brought up to date: noted by whatever writes entries."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from situate.store import derived_tables
from situate.store.asking import asking_through
from situate.store.sql import Sql, sql
from situate.store.statements import insert_or

_AT_ONCE = 500


def note_report(connection: Connection, number: int) -> None:
    """A report was put in."""
    _note(connection, "report", [number])


def note_removal(connection: Connection, number: int) -> None:
    """A report is about to go, with its entries; their numbers may be given again."""
    found = asking_through(connection).tuples(sql("SELECT id FROM entries WHERE report_id = ?", number))
    _note(connection, "entry", [entry for (entry,) in found])
    _note(connection, "report", [number])


def note_entries(connection: Connection, keys: Iterable[str]) -> None:
    """Something was decided on entries, given by their keys."""
    keys = sorted(set(keys))
    for n in range(0, len(keys), _AT_ONCE):
        found = asking_through(connection).tuples(
            sql("SELECT id FROM entries WHERE key IN (?)", keys[n : n + _AT_ONCE])
        )
        _note(connection, "entry", [entry for (entry,) in found])


def note_all(connection: Connection) -> None:
    """Everything is to be derived again."""
    asked = asking_through(connection)
    _note(connection, "report", [number for (number,) in asked.tuples(Sql("SELECT id FROM reports"))])


def note_stories(connection: Connection) -> None:
    """The stories of all reports are to be made again."""
    others = Sql("SELECT id FROM reports WHERE id NOT IN (SELECT number FROM pending WHERE what = 'report')")
    _note(connection, "story", [number for (number,) in asking_through(connection).tuples(others)])


def _note(connection: Connection, what: str, numbers: list[int]) -> None:
    rows = [{"what": what, "number": number} for number in numbers]
    if rows:
        connection.execute(insert_or(connection, derived_tables.pending, None), rows)
