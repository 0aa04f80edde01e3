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
    """How often anything changed, how often by what people decided, said or ruled, and how often entries went."""

    content: int
    acts: int
    removals: int = 0


CONTENT, ACTS, REMOVALS = 1, 2, 3


def changed(connection: Connection, *, by_people: bool = False) -> None:
    """Say that something changed; part of the transaction that changes it."""
    _one_more(connection, CONTENT, *((ACTS,) if by_people else ()))


def removed(connection: Connection) -> None:
    """Say that entries were taken out, whose numbers may be given again; part of the transaction that does so."""
    _one_more(connection, CONTENT, REMOVALS)


def _one_more(connection: Connection, *numbers: int) -> None:
    from sqlalchemy import text

    connection.execute(text(f"UPDATE revision SET number = number + 1 WHERE id IN {(0, *numbers)}"))


def revision_of(asked: Asking) -> Revision:
    """The numbers now."""
    numbers = dict(asked.tuples(sql("SELECT id, number FROM revision")))
    return Revision(numbers[CONTENT], numbers[ACTS], numbers[REMOVALS])
