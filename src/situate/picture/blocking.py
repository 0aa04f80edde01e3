"""Which pairs of event entries are worth comparing: few of all, and hardly one less than those that are one incident.

Two entries of one type, told by two reports, are compared where they share a day (or the next) and besides a name in
their words, a place, or a corner of the map; where one is undated, where they share a name and a party or a place.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta
from itertools import combinations

from situate.picture.likeness import days
from situate.picture.telling import telling
from situate.store import Listed
from situate.store.listed import Site

LONGEST = 31  # days: what spans longer is blocked by its first and last day alone
MOST = 500  # in a larger block, what its entries share tells nothing
CELL = 0.5  # degrees: two places less than half of it apart share a cell of one of four grids
Block = tuple[object, ...]


def candidates(told: Sequence[Listed]) -> list[tuple[int, int]]:
    """The pairs to compare, by their positions, in order."""
    pairs = {*_dated(told), *_undated(told)}
    return sorted((i, j) for i, j in pairs if told[i].report.key != told[j].report.key)


def _dated(told: Sequence[Listed]) -> Iterator[tuple[int, int]]:
    blocks: dict[Block, list[int]] = defaultdict(list)
    for i, e in enumerate(told):
        shared = {*telling(e.evidence.text).names, *(s.key for s in e.places), *_cells(e.places)}
        for day in _days_of(e):
            for key in shared:
                blocks[e.type, day, key].append(i)
    return (pair for block in blocks.values() if len(block) <= MOST for pair in combinations(block, 2))


def _undated(told: Sequence[Listed]) -> Iterator[tuple[int, int]]:
    blocks: dict[Block, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, e in enumerate(told):
        shared = {*(s.key for s in e.places), *(p.key for p in e.actors)}
        for key in ((e.type, x, name) for x in shared for name in telling(e.evidence.text).names):
            blocks[key][days(e) is None].append(i)
    for dated, undated in blocks.values():
        if len(dated) + len(undated) <= MOST:
            yield from combinations(undated, 2)
            yield from ((min(i, j), max(i, j)) for i in undated for j in dated)


def _days_of(e: Listed) -> list[str]:
    """The days of an entry, with the day before and the day after."""
    span = days(e)
    if span is None:
        return []
    start, end = span
    if (end - start).days > LONGEST:
        return [start.isoformat(), end.isoformat()]
    return [(start + timedelta(n)).isoformat() for n in range(-1, (end - start).days + 2)]


def _cells(sites: Iterable[Site]) -> Iterator[tuple[int, int, int]]:
    """The cells of four grids, shifted by half a cell, that places lie in."""
    for site in sites:
        if site.lat is not None and site.lon is not None:
            for grid, (north, east) in enumerate(((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5))):
                yield grid, math.floor(site.lat / CELL + north), math.floor(site.lon / CELL + east)
