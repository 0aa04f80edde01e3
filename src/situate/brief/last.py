"""What the last brief knew: from the brief itself, as JSON, or by the day it was made."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from situate.brief.render import SCHEMA
from situate.brief.sections import LAYERS
from situate.errors import SituateError
from situate.store import Filters, Store, query


def last_brief(store: Store, filters: Filters, last: str) -> frozenset[str]:
    """The keys of the entries that the last brief knew.

    `last` is the path of a brief as JSON, or a day (ISO): then what reports published until that day tell is known.
    Raises SituateError where it is neither.
    """
    day = _day(last)
    if day:
        rows = (e for layer in LAYERS for e in query.every(store, layer, filters))
        return frozenset(e.key for e in rows if e.report.published and e.report.published[:10] <= day)
    try:
        read = json.loads(Path(last).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, json.JSONDecodeError) as e:
        raise SituateError(f"{last}: no brief and no day; give what --format json wrote, or a day (2018-07-24)") from e
    if not isinstance(read, dict) or read.get("schema") != SCHEMA:
        raise SituateError(f"{last}: not a brief as JSON; make one with situate brief --format json --out {last}")
    return frozenset(map(str, read["entries"]))


def _day(last: str) -> str | None:
    try:
        return date.fromisoformat(last).isoformat()
    except ValueError:
        return None
