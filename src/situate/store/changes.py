"""A number that grows with every change that a view could show: what was made at a number holds while it stands."""

from __future__ import annotations

from typing import TYPE_CHECKING

from situate.store.asking import Asking
from situate.store.sql import sql

if TYPE_CHECKING:
    from sqlalchemy import Connection


def changed(connection: Connection) -> None:
    """Say that something changed; part of the transaction that changes it."""
    from sqlalchemy import text

    connection.execute(text("UPDATE revision SET number = number + 1"))


def revision_of(asked: Asking) -> int:
    """The number now."""
    return asked.number(sql("SELECT number FROM revision"))
