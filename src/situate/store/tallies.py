"""How many entries there are of what: by layer, type, status and review state, by day, and by outlet.

All counts of a page come from few passes over the entries that a filter lets through. The counts of a field leave the
filter's own values of that field aside, so that what else could be chosen stays in sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

from situate.store.filters import Filters, wanted
from situate.store.sql import sql
from situate.store.store import Store

LISTED = ("events", "claims", "agreements", "movements", "control", "relations", "forecasts")
DONE = ("actual", "ongoing", "concluded", "in_force")  # what is told as a fact; the rest is only said
FIELDS: Mapping[str, str] = {"layer": "layers", "type": "types", "status": "statuses", "review": "reviews"}
UNITS = (("day", 1), ("week", 7), ("month", 31), ("quarter", 92), ("year", 366))
_DONE = f"sum(CASE WHEN status IN {DONE} THEN 1 ELSE 0 END), "
MOST_BINS = 200
FEW = 0.02  # share of the entries that may stand outside a histogram at either end


@dataclass(frozen=True, slots=True)
class Tally:
    """How many entries a filter lets through: in all, without a date, and by each value of each field."""

    total: int
    undated: int
    by: Mapping[str, Mapping[str, int]]


@dataclass(frozen=True, slots=True)
class Bin:
    """The entries that begin within some days: told as done, and only said."""

    first: str
    last: str
    done: int
    said: int


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bins of a unit (day, week …) without a gap, and how many entries begin before and after them."""

    unit: str
    bins: tuple[Bin, ...]
    earlier: int
    later: int


@dataclass(frozen=True, slots=True)
class Lane:
    """A layer's entries of one type by bin: (number of the bin, told as done, only said)."""

    layer: str
    type: str
    cells: tuple[tuple[int, int, int], ...]

    @property
    def total(self) -> int:
        """How many entries there are in it."""
        return sum(done + said for _, done, said in self.cells)


@dataclass(frozen=True, slots=True)
class Lanes:
    """Lanes over the same bins; `outside` is how many entries begin before or after these."""

    unit: str
    bins: tuple[Bin, ...]
    lanes: tuple[Lane, ...]
    outside: int


def tally(store: Store, filters: Filters) -> Tally:
    """Counts by layer, type, status and review state."""
    cube = _cube(store, replace(filters, layers=(), types=(), statuses=(), reviews=()))
    chosen = {name: getattr(filters, field) for name, field in FIELDS.items()}
    every = [cell for cell in cube if _holds(cell, chosen)]
    by = {name: _by(cube, n, chosen) for n, name in enumerate(FIELDS)}
    return Tally(sum(cell[-1] for cell in every), sum(cell[-2] for cell in every), by)


def outlets(store: Store, filters: Filters) -> dict[str, int]:
    """Counts by outlet."""
    by_report = _grouped(store, replace(filters, sources=()), "report_id")
    with store.asking() as asked:
        known = dict(asked.tuples(sql("SELECT id, publisher FROM reports")))
    found: Counter[str] = Counter()
    for report, number in by_report:
        if known.get(report):
            found[str(known[report])] += number
    return dict(sorted(found.items(), key=lambda x: (-x[1], x[0])))


def _cube(store: Store, filters: Filters) -> Sequence[Any]:
    """(layer, type, status, review, number without a date, number) of what the filter lets through."""
    return _grouped(store, filters, "layer, type, status, review", "sum(CASE WHEN day = '' THEN 1 ELSE 0 END), ")


def _grouped(store: Store, filters: Filters, axes: str, sums: str = "") -> list[tuple[Any, ...]]:
    """The axes' values with how many entries have them; `sums` are further columns before the number."""
    columns = ", ".join(f"entries.{axis}" for axis in axes.split(", "))
    query = f"SELECT {columns}, {sums}count(*) FROM entries WHERE entries.layer IN (?) AND ? GROUP BY {columns}"
    with store.asking() as asked:
        return asked.tuples(sql(query, filters.layers or LISTED, wanted(filters, asked.dialect)))


def _holds(cell: Sequence[Any], chosen: Mapping[str, tuple[str, ...]], but: str | None = None) -> bool:
    return all(
        name == but or not values or cell[n] in values
        for n, (name, values) in enumerate((name, chosen[name]) for name in FIELDS)
    )


def _by(cube: Sequence[Any], axis: int, chosen: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    name = list(FIELDS)[axis]
    found: Counter[str] = Counter()
    for cell in cube:
        if name == "type" and cell[0] == "claims" and "claims" not in chosen["layer"]:
            continue  # direct or indirect speech says nothing beside kinds of events
        if cell[axis] is not None and _holds(cell, chosen, but=name):
            found[cell[axis]] += cell[-1]
    return dict(sorted(found.items(), key=lambda x: (-x[1], x[0])))


def histogram(store: Store, filters: Filters) -> Histogram:
    """Entries by the day on which they begin, over all days, whatever days the filter names: what a time brush shows.

    A few entries far from all others (a war of 1974 that a report recalls) don't stretch it: they are counted apart.
    """
    rows = _grouped(store, replace(filters, since=None, until=None), "day", _DONE)
    days = sorted((date.fromisoformat(day[:10]), done, number) for day, done, number in rows if day)
    if not days:
        return Histogram("day", (), 0, 0)
    first, last = _bulk([(at, number) for at, _, number in days])
    unit = _unit(first, last)
    start = _START[unit]
    sums: dict[date, list[int]] = {}
    for at, done, number in days:
        if first <= at <= last:
            two = sums.setdefault(start(at), [0, 0])
            two[0], two[1] = two[0] + done, two[1] + number - done
    earlier, later = (sum(n for at, _, n in days if at < first), sum(n for at, _, n in days if at > last))
    return Histogram(unit, tuple(_bins(sums, start(first), last, unit)), earlier, later)


def lanes(store: Store, filters: Filters) -> Lanes:
    """Entries by layer, type and the day on which they begin, within the filter's own days."""
    rows = [row for row in _grouped(store, filters, "day, layer, type", _DONE) if row[0]]
    days = sorted((date.fromisoformat(row[0][:10]), row[-1]) for row in rows)
    if not days:
        return Lanes("day", (), (), 0)
    first, last = _bulk(days)
    unit = _unit(first, last)
    start = _START[unit]
    bins = tuple(_bins({}, start(first), last, unit))
    at = {b.first: n for n, b in enumerate(bins)}
    cells: dict[tuple[str, str], dict[int, list[int]]] = {}
    for day, layer, type_, done, number in rows:
        where = at.get(start(date.fromisoformat(day[:10])).isoformat())
        if where is not None:
            lane = cells.setdefault((layer, type_ or ""), {})
            two = lane.setdefault(where, [0, 0])
            two[0], two[1] = two[0] + done, two[1] + number - done
    found = [Lane(*kind, tuple((n, two[0], two[1]) for n, two in sorted(lane.items()))) for kind, lane in cells.items()]
    shown = sum(lane.total for lane in found)
    ordered = sorted(found, key=lambda x: (LISTED.index(x.layer), -x.total, x.type))
    return Lanes(unit, bins, tuple(ordered), sum(number for _, number in days) - shown)


def _unit(first: date, last: date) -> str:
    return next((name for name, size in UNITS if (last - first).days / size < MOST_BINS), UNITS[-1][0])


def _bulk(days: Sequence[tuple[date, int]]) -> tuple[date, date]:
    """The days between which all but a few entries are; all days where that isn't much longer."""
    total = sum(number for _, number in days)
    first, last = _past(days, total * FEW), _past(days[::-1], total * FEW)
    whole = days[-1][0] - days[0][0]
    return (first, last) if whole > 2 * (last - first) + timedelta(60) else (days[0][0], days[-1][0])


def _past(days: Sequence[tuple[date, int]], few: float) -> date:
    """The first day by which more than a few entries have come."""
    seen = 0
    for at, number in days:
        seen += number
        if seen > few:
            return at
    return days[-1][0]


def _bins(sums: Mapping[date, Sequence[int]], at: date, last: date, unit: str) -> list[Bin]:
    """Every step of the unit from first to last, the empty ones too."""
    found = []
    while at <= last:
        found.append(_bin(at, sums.get(at, (0, 0)), unit))
        if at.year == date.max.year:
            break
        at = _after(at, unit)
    return found


def _bin(at: date, numbers: Sequence[int], unit: str) -> Bin:
    last = date.max if at.year == date.max.year else _after(at, unit) - timedelta(1)
    return Bin(at.isoformat(), last.isoformat(), numbers[0], numbers[1])


def _after(at: date, unit: str) -> date:
    if unit in ("day", "week"):
        return at + timedelta(1 if unit == "day" else 7)
    months = {"month": 1, "quarter": 3, "year": 12}[unit] + at.month - 1
    return date(at.year + months // 12, months % 12 + 1, 1)


_START: Mapping[str, Callable[[date], date]] = {
    "day": lambda d: d,
    "week": lambda d: d - timedelta(min(d.weekday(), d.toordinal() - 1)),
    "month": lambda d: d.replace(day=1),
    "quarter": lambda d: d.replace(month=(d.month - 1) // 3 * 3 + 1, day=1),
    "year": lambda d: d.replace(month=1, day=1),
}
