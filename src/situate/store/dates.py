"""When an entry's matter took place, as far as the report tells."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

from situate.contract import Entry, Forecast, Time

DatedBy = Literal["time", "report"]
DATE_LENGTH = len("2018-07-31")


@dataclass(frozen=True, slots=True)
class Dated:
    """Days (ISO, both inclusive) and whether the entry's own time or only the report's date gave them."""

    earliest: str | None = None
    latest: str | None = None
    by: DatedBy | None = None


def dated(entry: Entry, times: dict[str, Time], published: str | None) -> Dated:
    """The entry's days: those of its time, an open end closed by the report's date; else that date itself.

    "Since May" runs to the report's date at least, "by May" from it at the most; a forecast's days run from when it is
    made to its horizon.
    """
    day = published[:DATE_LENGTH] if published else None
    earliest, latest = _own_days(entry, times)
    if earliest is None and latest is None:
        return Dated(day, day, "report") if day else Dated()
    first, last = earliest or latest, latest or earliest
    if day and first and (earliest is None or isinstance(entry, Forecast)):
        first = min(day, first)
    if day and last and latest is None:
        last = max(day, last)
    return Dated(first, last, "time")


def _own_days(entry: Entry, times: dict[str, Time]) -> tuple[str | None, str | None]:
    if isinstance(entry, Forecast):
        horizon = entry.horizon
        return (horizon.earliest, horizon.latest) if horizon else (None, None)
    time = times.get(getattr(entry, "time", None) or "")
    return (time.earliest, time.latest) if time else (None, None)
