"""Pieces of SQL with their values: what every listing asks, the same text for SQLite and PostgreSQL.

Words of a user are only ever values, never text. The listings are written so, and not with SQLAlchemy, since loading
that takes longer than all else that a listing does.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class Sql:
    """SQL in which each "?" stands for the next of the values."""

    text: str
    values: tuple[Any, ...] = ()

    def numbered(self) -> tuple[str, dict[str, Any]]:
        """The same with names for the values, ":v0" the first, as SQLAlchemy's `text` takes it."""
        first, *rest = self.text.split("?")
        text = first + "".join(f":v{number}{part}" for number, part in enumerate(rest))
        return text, {f"v{number}": value for number, value in enumerate(self.values)}


def sql(text: str, *parts: Any) -> Sql:
    """SQL of a text in which each "?" stands for a part: a value, several values in a row, or a piece of SQL."""
    first, *rest = text.split("?")
    made, values = [first], list[Any]()
    for part, after in zip(parts, rest, strict=True):
        if isinstance(part, Sql):
            made.append(part.text)
            values.extend(part.values)
        elif isinstance(part, tuple | list):
            made.append(", ".join("?" * len(part)) or "NULL")  # nothing is in a list that has only NULL
            values.extend(part)
        else:
            made.append("?")
            values.append(part)
        made.append(after)
    return Sql("".join(made), tuple(values))


def all_of(conditions: Iterable[Sql]) -> Sql:
    """That all of the conditions hold."""
    return _joined(conditions, " AND ", "1 = 1")


def any_of(conditions: Iterable[Sql]) -> Sql:
    """That one of the conditions holds."""
    return _joined(conditions, " OR ", "1 = 0")


def union(queries: Iterable[Sql]) -> Sql:
    """What one of the queries gives."""
    queries = list(queries)
    return Sql(" UNION ".join(each.text for each in queries), tuple(v for each in queries for v in each.values))


def _joined(conditions: Iterable[Sql], between: str, none: str) -> Sql:
    conditions = list(conditions)
    text = between.join(f"({each.text})" for each in conditions) or none
    return Sql(text, tuple(value for each in conditions for value in each.values))
