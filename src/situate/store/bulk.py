"""Many rows at once: put in, taken out by their keys, asked for by however many values."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, and_, bindparam, delete

from situate.store.asking import Asking
from situate.store.sql import sql

_AT_ONCE = 500


def insert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Put rows in; none is fine."""
    if rows:
        connection.execute(table.insert(), rows)


def delete_rows(connection: Connection, table: Table, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Take out the rows that have these values in the columns of these names."""
    if rows:
        this = and_(*(table.c[name] == bindparam(f"is_{name}") for name in names))
        values = [{f"is_{name}": value for name, value in zip(names, row, strict=True)} for row in rows]
        connection.execute(delete(table).where(this), values)


def ask_for(asked: Asking, query: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """What a query gives, in which "?" stands for values in a row, however many."""
    return [row for some in _parts(values) for row in asked.tuples(sql(query, some))]


def ask_for_raw(asked: Asking, query: str, values: Iterable[Any]) -> list[tuple[Any, ...]]:
    """The same as the database gives it: sooner, for columns that hold no text of reports."""
    return [tuple(row) for some in _parts(values) for row in asked.raw(sql(query, some))]


def _parts(values: Iterable[Any]) -> Iterator[list[Any]]:
    values = list(values)
    return (values[n : n + _AT_ONCE] for n in range(0, len(values), _AT_ONCE))
