"""Statements that SQLite and PostgreSQL both know, but SQLAlchemy keeps apart."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, Executable, Table


def insert_or(connection: Connection, table: Table, update: dict[str, Any] | None) -> Executable:
    """Insert rows; where the primary key is there already, `update` that row, or leave it where `update` is None."""
    if connection.dialect.name == "postgresql":
        from sqlalchemy.dialects.postgresql import insert as insert_pg

        into = insert_pg(table)
        return (
            into.on_conflict_do_update(constraint=table.primary_key, set_=update)
            if update
            else (into.on_conflict_do_nothing())
        )
    from sqlalchemy.dialects.sqlite import insert as insert_lite

    lite = insert_lite(table)
    keys = list(table.primary_key.columns)
    return lite.on_conflict_do_update(index_elements=keys, set_=update) if update else lite.on_conflict_do_nothing()
