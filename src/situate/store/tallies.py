"""How many entries there are of what: by layer, type, status and review state, by day, and by outlet.

All counts of a page come from few passes over the arrays of the entries that a filter lets through. The counts of a
field leave the filter's own values of that field aside, so that what else could be chosen stays in sight.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

import numpy as np

from situate.store.arrays import LISTED
from situate.store.chosen import Axis, Chosen, axis, chosen, counted
from situate.store.filters import Filters
from situate.store.sql import sql
from situate.store.store import Store

DONE = ("actual", "ongoing", "concluded", "in_force")  # what is told as a fact; the rest is only said
FIELDS: Mapping[str, str] = {"layer": "layers", "type": "types", "status": "statuses", "review": "reviews"}
UNITS = (("day", 1), ("week", 7), ("month", 31), ("quarter", 92), ("year", 366))
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
    held = {name: getattr(filters, field) for name, field in FIELDS.items()}
    every = [cell for cell in cube if _holds(cell, held)]
    by = {name: _by(cube, n, held) for n, name in enumerate(FIELDS)}
    return Tally(sum(cell[-1] for cell in every), sum(cell[-2] for cell in every), by)


def outlets(store: Store, filters: Filters) -> dict[str, int]:
    """Counts by outlet."""
    some = chosen(store, replace(filters, sources=()))
    by_report = np.bincount(some.arrays.report[some.let], minlength=1)
    with store.asking() as asked:
        known = asked.tuples(sql("SELECT id, publisher FROM reports"))
    found: Counter[str] = Counter()
    for report, publisher in known:
        if publisher and report < len(by_report) and by_report[report]:
            found[str(publisher)] += int(by_report[report])
    return dict(sorted(found.items(), key=lambda x: (-x[1], x[0])))


def _cube(store: Store, filters: Filters) -> Sequence[Any]:
    """(layer, type, status, review, number without a date, number) of what the filter lets through."""
    some = chosen(store, filters)
    arrays = some.arrays
    axes = [axis(arrays, name) for name in FIELDS]
    (*codes, dated), numbers = counted(some.let, *axes, ((arrays.day > 0).astype(np.int32), 2))
    words = [arrays.words[name].of for name in FIELDS]
    cells: dict[tuple[str | None, ...], list[int]] = {}
    for *cell, has_day, number in zip(*(c.tolist() for c in codes), dated.tolist(), numbers.tolist(), strict=True):
        two = cells.setdefault(tuple(of[n] for of, n in zip(words, cell, strict=True)), [0, 0])
        two[0] += 0 if has_day else number
        two[1] += number
    return [(*cell, *two) for cell, two in cells.items()]


def _holds(cell: Sequence[Any], held: Mapping[str, tuple[str, ...]], but: str | None = None) -> bool:
    return all(
        name == but or not values or cell[n] in values
        for n, (name, values) in enumerate((name, held[name]) for name in FIELDS)
    )


def _by(cube: Sequence[Any], field: int, held: Mapping[str, tuple[str, ...]]) -> dict[str, int]:
    name = list(FIELDS)[field]
    found: Counter[str] = Counter()
    for cell in cube:
        if name == "type" and cell[0] == "claims" and "claims" not in held["layer"]:
            continue  # direct or indirect speech says nothing beside kinds of events
        if cell[field] is not None and _holds(cell, held, but=name):
            found[cell[field]] += cell[-1]
    return dict(sorted(found.items(), key=lambda x: (-x[1], x[0])))


def histogram(store: Store, filters: Filters) -> Histogram:
    """Entries by the day on which they begin, over all days, whatever days the filter names: what a time brush shows.

    A few entries far from all others (a war of 1974 that a report recalls) don't stretch it: they are counted apart.
    """
    days = _summed(_by_day(chosen(store, replace(filters, since=None, until=None))))
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
    some = chosen(store, filters)
    layers, types = (some.arrays.words[name].of for name in ("layer", "type"))
    rows = _by_day(some, axis(some.arrays, "layer"), axis(some.arrays, "type"))
    days = [(at, number) for at, _, number in _summed(rows)]
    if not days:
        return Lanes("day", (), (), 0)
    first, last = _bulk(days)
    unit = _unit(first, last)
    start = _START[unit]
    bins = tuple(_bins({}, start(first), last, unit))
    at = {b.first: n for n, b in enumerate(bins)}
    cells: dict[tuple[str, str], dict[int, list[int]]] = {}
    for day, done, layer, kind, number in rows:
        where = at.get(start(day).isoformat())
        if where is not None:
            lane = cells.setdefault((str(layers[layer]), types[kind] or ""), {})
            lane.setdefault(where, [0, 0])[0 if done else 1] += number
    found = [Lane(*kind, tuple((n, two[0], two[1]) for n, two in sorted(lane.items()))) for kind, lane in cells.items()]
    shown = sum(lane.total for lane in found)
    ordered = sorted(found, key=lambda x: (LISTED.index(x.layer), -x.total, x.type))
    return Lanes(unit, bins, tuple(ordered), sum(number for _, number in days) - shown)


def _by_day(some: Chosen, *axes: Axis) -> list[tuple[Any, ...]]:
    """(day, 1 for what is told as done, the numbers of further axes, how many) of the entries that have a day."""
    arrays = some.arrays
    dated = some.let & (arrays.day > 0)
    if not dated.any():
        return []
    days = arrays.day[dated]
    first, last = int(days.min()), int(days.max())
    done = arrays.is_("status", *DONE).astype(np.int32)
    values, numbers = counted(dated, (arrays.day - first, last - first + 1), (done, 2), *axes)
    at = map(date.fromordinal, (values[0] + first).tolist())
    return list(zip(at, *(each.tolist() for each in values[1:]), numbers.tolist(), strict=True))


def _summed(rows: Iterable[tuple[Any, ...]]) -> list[tuple[date, int, int]]:
    """(day, how many told as done, how many in all) by day."""
    sums: dict[date, list[int]] = {}
    for day, done, *_, number in rows:
        two = sums.setdefault(day, [0, 0])
        two[0] += number if done else 0
        two[1] += number
    return sorted((day, two[0], two[1]) for day, two in sums.items())


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
