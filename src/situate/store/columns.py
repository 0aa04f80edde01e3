"""Column types that mean the same in SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.types import TypeDecorator

from situate.store.exact import escaped, restored


class ExactText(TypeDecorator[str]):
    """Text that comes back as it went in."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The text without NUL."""
        return None if value is None else escaped(value)

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The text as it was."""
        return None if value is None else restored(value)


ID = BigInteger().with_variant(Integer, "sqlite")
KEY = String().with_variant(String(collation="C"), "postgresql")  # compared and sorted by code point everywhere
EXACT = ExactText()
