"""Which pairs of event entries are worth comparing: few of all, and hardly one less than those that are one incident.

Two entries of one type are compared where their days are near and they share a name in their words, a place, or a
corner of the map; where one is undated, where they share a name and a party or a place.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from situate.picture.grouping import CLOSED, OPEN, Block
from situate.picture.likeness import days
from situate.picture.telling import telling
from situate.store.listed import Listed, Site

LONGEST = 31  # days: what spans longer is blocked by its first and last day alone
SPELL = 4  # days that share a block
CELL = 0.5  # degrees: two places less than half of it apart share a cell of one of four grids


def blocks(e: Listed) -> Iterator[Block]:
    """The blocks of an event entry."""
    names = sorted(telling(e.evidence.text).names)
    spells = sorted(_spells(e))
    for key in (*names, *{s.key for s in e.places}, *_cells(e.places)):
        for spell in spells:
            yield Block.of("day", e.type, spell, key)
    side = CLOSED if spells else OPEN
    for key in {*(s.key for s in e.places), *(p.key for p in e.actors)}:
        for name in names:
            yield Block.of("name", e.type, key, name, side=side)


def _spells(e: Listed) -> set[int]:
    """The spells of days in which an entry's days lie, or the day before, or the day after."""
    span = days(e)
    if span is None:
        return set()
    start, end = span
    ends = [(start, start), (end, end)] if (end - start).days > LONGEST else [span]
    return {n // SPELL for first, last in ends for n in range(first.toordinal() - 1, last.toordinal() + 2)}


def _cells(sites: Iterable[Site]) -> set[tuple[int, int, int]]:
    """The cells of four grids, shifted by half a cell, that places lie in."""
    return {
        (grid, math.floor(site.lat / CELL + north), math.floor(site.lon / CELL + east))
        for site in sites
        if site.lat is not None and site.lon is not None
        for grid, (north, east) in enumerate(((0.0, 0.0), (0.5, 0.0), (0.0, 0.5), (0.5, 0.5)))
    }
