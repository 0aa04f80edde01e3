"""Column types that mean the same in SQLite and PostgreSQL."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Integer, String, Text
from sqlalchemy.types import TypeDecorator

_ESCAPE = "\ue000"


class ExactText(TypeDecorator[str]):
    """Text that comes back as it went in, NUL included, which PostgreSQL can't hold: it is escaped there and here."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Any) -> str | None:
        """The text without NUL."""
        if value is None or ("\0" not in value and _ESCAPE not in value):
            return value
        return value.replace(_ESCAPE, _ESCAPE + "1").replace("\0", _ESCAPE + "0")

    def process_result_value(self, value: str | None, dialect: Any) -> str | None:
        """The text as it was."""
        if value is None or _ESCAPE not in value:
            return value
        return value.replace(_ESCAPE + "0", "\0").replace(_ESCAPE + "1", _ESCAPE)


ID = BigInteger().with_variant(Integer, "sqlite")
KEY = String().with_variant(String(collation="C"), "postgresql")  # compared and sorted by code point everywhere
EXACT = ExactText()
