"""Numbers that grow with every change that a view could show: what was made at them holds while they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from situate.store.asking import Asking
from situate.store.sql import sql

if TYPE_CHECKING:
    from sqlalchemy import Connection


@dataclass(frozen=True, slots=True)
class Revision:
    """How often anything changed, and how often by what people decided, said or ruled."""

    content: int
    acts: int


def changed(connection: Connection, *, by_people: bool = False) -> None:
    """Say that something changed; part of the transaction that changes it."""
    from sqlalchemy import text

    connection.execute(text("UPDATE revision SET number = number + 1" + ("" if by_people else " WHERE id = 1")))


def revision_of(asked: Asking) -> Revision:
    """The numbers now."""
    numbers = dict(asked.tuples(sql("SELECT id, number FROM revision")))
    return Revision(numbers[1], numbers[2])
