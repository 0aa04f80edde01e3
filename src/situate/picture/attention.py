"""Places of attention for relief: what is reported of each area, week by week, as a table.

Areas are provinces (admin 1) where the places' are known, else the place itself; weeks begin on Monday. Counted are
incidents of violence, people reported displaced or moved, agreements on access, and aid.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from situate.picture.incidents import Incident
from situate.store import Listed

COLUMNS = ("fighting", "displacement", "access", "aid")
INCIDENTS = {"ASSAULT": "fighting", "COERCE": "fighting", "AID": "aid"}
MOVED = ("displacement", "evacuation", "return")
ACCESS = ("humanitarian_access", "evacuation", "ceasefire")


@dataclass(frozen=True, slots=True)
class Row:
    """An area in a week: how many reports of each, and the entries they rest on."""

    area: str
    week: str
    counts: Mapping[str, int]
    entries: tuple[str, ...]


def attention(incidents: Iterable[Incident], movements: Iterable[Listed], agreements: Iterable[Listed]) -> list[Row]:
    """Rows by week and area, the latest week and the most reported area first."""
    found: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    keys: dict[tuple[str, str], list[str]] = defaultdict(list)
    told = [(i.first, INCIDENTS.get(str(i.first.type))) for i in incidents]
    told += [(m, "displacement" if m.type in MOVED else None) for m in movements]
    told += [(a, "access" if a.type in ACCESS else None) for a in agreements]
    for entry, what in told:
        week = _week(entry)
        if what and week:
            for area in _areas(entry):
                found[week, area][what] += 1
                keys[week, area].append(entry.key)
    rows = [Row(area, week, dict(c), tuple(keys[week, area])) for (week, area), c in found.items()]
    return sorted(rows, key=lambda r: (r.week, sum(r.counts.values()), r.area), reverse=True)


def _areas(entry: Listed) -> list[str]:
    return list(dict.fromkeys(s.name for s in entry.places if s.kind != "country"))


def _week(entry: Listed) -> str | None:
    said = entry.latest or entry.earliest
    if not said:
        return None
    day = date.fromisoformat(said[:10])
    return (day - timedelta(day.weekday())).isoformat()
