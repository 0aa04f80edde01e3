"""Parts and edges of areas, told from where their towns lie: "northern Syria", "the Syria-Turkey border".

The embedded gazetteer has no outlines. The towns of a country or division stand in for it: its north is where the
northernmost third of them lies, and a border runs where towns of both sides share a cell of a quarter degree.
"""

from __future__ import annotations

import math
from functools import cache
from typing import Any

import numpy as np
import numpy.typing as npt

from situate.knowledge.gazetteer import gazetteer
from situate.knowledge.places import alpha2

Shape = tuple[float, float, float]  # latitude, longitude, radius in km
Points = npt.NDArray[np.float64]
_CELL = 0.25  # degrees
KM_A_DEGREE = 111.2


def shifted(lat: float, lon: float, bearing: float, km: float) -> tuple[float, float]:
    """The point some kilometres from another in a direction (degrees, 0 is north)."""
    north, east = math.cos(math.radians(bearing)), math.sin(math.radians(bearing))
    narrow = max(0.05, math.cos(math.radians(lat)))
    return round(lat + km * north / KM_A_DEGREE, 4), round(lon + km * east / KM_A_DEGREE / narrow, 4)


@cache
def part_of(country: str, division: str | None, bearing: float | None) -> Shape | None:
    """The part of a country (alpha-3), or of its first-order division, in a direction; None for its middle.

    None where too few towns are known.
    """
    points = _towns(country, division)
    if len(points) < 6:
        return None
    middle, narrow = np.median(points, axis=0), math.cos(math.radians(float(np.median(points[:, 0]))))
    flat = (points - middle) * [1.0, narrow]
    if bearing is None:
        away = np.hypot(flat[:, 0], flat[:, 1])
        chosen = points[away <= np.quantile(away, 0.4)]
    else:
        ahead = flat[:, 0] * math.cos(math.radians(bearing)) + flat[:, 1] * math.sin(math.radians(bearing))
        low, high = np.quantile(ahead, [0.02, 0.98])
        chosen = points[(ahead >= low + 0.65 * (high - low)) & (ahead <= high)]
        if len(chosen) < 3:
            chosen = points[ahead >= np.quantile(ahead, 0.8)]
    return _round_about(chosen, boxed=True)


@cache
def border(one: str, other: str) -> Shape | None:
    """The border of two countries (alpha-3); None where no towns of theirs lie close together."""
    cells = [np.unique(np.floor(_towns(c, None) / _CELL).astype(int), axis=0) for c in (one, other)]
    if not all(len(c) for c in cells):
        return None
    near = [_cell_ids(c) for c in cells]
    around = np.unique(np.concatenate([near[1] + d for d in (0, 1, -1, 10_000, -10_000)]))
    shared = cells[0][np.isin(near[0], around)]
    return _round_about((shared + 0.5) * _CELL) if len(shared) else None


def _cell_ids(cells: npt.NDArray[np.int64]) -> npt.NDArray[np.int64]:
    ids: npt.NDArray[np.int64] = cells[:, 0] * 10_000 + cells[:, 1]
    return ids


@cache
def _towns(country: str, division: str | None) -> Points:
    code = alpha2(country)
    found: list[Points] = [s.towns(code, division) for s in gazetteer().stores[-1:]] if code else []
    return np.concatenate(found) if found else np.empty((0, 2))


def _round_about(points: npt.NDArray[Any], boxed: bool = False) -> Shape:
    """The middle of points and the radius that holds four fifths; `boxed`: drawn to the middle of their box."""
    middle = np.median(points, axis=0)
    if boxed:
        middle = (middle + (points.min(axis=0) + points.max(axis=0)) / 2) / 2
    lat, lon = (float(x) for x in middle)
    narrow = math.cos(math.radians(lat))
    away = np.hypot(points[:, 0] - lat, (points[:, 1] - lon) * narrow) * KM_A_DEGREE
    return round(lat, 3), round(lon, 3), round(max(5.0, float(np.quantile(away, 0.8))), 1)
