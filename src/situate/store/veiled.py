"""A store as readers see it, and the rules of what they see."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING

from situate.store.asking import LiteReaders
from situate.store.rules import Rules, keep_rules, rules_of
from situate.store.sql import sql
from situate.store.store import Store
from situate.store.veil import blurred, views

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from situate.contract import Picture


def rules(store: Store) -> Rules:
    """The rules of what readers see."""
    with store.reading() as connection:
        return rules_of(connection)


def rule(store: Store, new: Rules, who: str) -> None:
    """Let these rules of what readers see hold from now on. Those before stay in the store."""
    from situate.store.changes import changed
    from situate.store.veiling import refresh

    with store.writing() as connection:
        keep_rules(connection, new, who, datetime.now(UTC).isoformat(timespec="microseconds"))
        refresh(connection)
        changed(connection, by_people=True)


class VeiledStore(Store):
    """A store through the veil of the rules that hold when it is made: for reading, and nobody can look behind it."""

    veiled = True

    def __init__(self, store: Store) -> None:
        self._rules = rules(store)
        self._url = store.engine.url
        is_file = store.engine.dialect.name == "sqlite"
        covering = views(self._rules, "sqlite", "main") if is_file else ()
        super().__init__(store.name, LiteReaders(self._url.database or "", covering) if is_file else None)

    @cached_property
    def engine(self) -> Engine:
        """What SQLAlchemy reaches the store by, the views before its tables."""
        from situate.store.opening import covered_engine

        dialect = self._url.get_backend_name()
        return covered_engine(self._url, lambda schema: views(self._rules, dialect, schema))

    def _seen(self, key: str, picture: bytes) -> Picture:
        """The picture less what isn't listed, its coordinates as coarse as the rules say."""
        from situate.store.withholding import only

        seen = super()._seen(key, picture)
        if self._rules.reviews:
            query = (
                "SELECT entries.key FROM entries JOIN reports ON reports.id = entries.report_id WHERE reports.key = ?"
            )
            with self.asking() as asked:
                seen = only(seen, key, {name for (name,) in asked.tuples(sql(query, key))})
        return blurred(seen, self._rules.cell)
