"""A number that grows with every change that a view could show: what was made at a number holds while it stands."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from situate.store.side_tables import revision


def changed(connection: Connection) -> None:
    """Say that something changed; part of the transaction that changes it."""
    connection.execute(update(revision).values(number=revision.c.number + 1))


def revision_of(connection: Connection) -> int:
    """The number now."""
    number: int = connection.execute(select(revision.c.number)).scalar_one()
    return number
