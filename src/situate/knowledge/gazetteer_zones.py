"""Zones with a geometry of their own: GeoJSON read into a store.

Each feature with a name becomes a place: the middle of its outline, and a radius that reaches its farthest corner.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from situate.errors import SituateError
from situate.knowledge.gazetteer import kilometres
from situate.knowledge.gazetteer_import import building, plain_keys, sound_keys
from situate.knowledge.gazetteer_store import Record

Point = tuple[float, float]  # latitude, longitude


def import_zones(path: Path, folder: Path) -> int:
    """Writes the features of a GeoJSON file into a store at `folder`; their number.

    Properties read: `name`; optionally `aliases` (a list), `country` (alpha-2) and `feature` (a GeoNames code; a zone
    otherwise). Raises SituateError where the file is no GeoJSON or a feature lacks a name or a geometry.
    """
    with building(folder) as builder:
        for number, feature in enumerate(_features(path), 1):
            where = f"{path.name}, feature {number}"
            properties = feature.get("properties") or {}
            name, aliases = properties.get("name"), properties.get("aliases") or []
            if not isinstance(name, str) or not name.strip() or not isinstance(aliases, list):
                raise SituateError(f"{where}: no name among its properties, or aliases that are no list")
            corners = list(_corners((feature.get("geometry") or {}).get("coordinates"), where))
            if not corners:
                raise SituateError(f"{where} ({name}): no coordinates in its geometry")
            (lat, lon), radius = _circle(corners)
            country = str(properties.get("country") or "")
            record = Record(name, str(properties.get("feature") or "ZN"), country, "", lat, lon, radius_km=radius)
            names = [name, *map(str, aliases)]
            builder.add(record, plain_keys(names), sound_keys(names, country))
        if not builder.count:
            raise SituateError(f"{path.name}: no features in it; expected a GeoJSON FeatureCollection")
        builder.finish(source=f"zones of {path.name}")
        return builder.count


def _features(path: Path) -> list[dict[str, Any]]:
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (ValueError, OSError) as error:
        raise SituateError(f"{path.name}: no GeoJSON ({error})") from error
    features = content.get("features", [content]) if isinstance(content, dict) else []
    return [f for f in features if isinstance(f, dict) and f.get("type") == "Feature"]


def _corners(coordinates: Any, where: str) -> Iterator[Point]:
    """The corners of a geometry of any depth."""
    if not isinstance(coordinates, list):
        return
    if len(coordinates) >= 2 and all(isinstance(c, int | float) for c in coordinates[:2]):
        lon, lat = coordinates[:2]
        if abs(lat) > 90 or abs(lon) > 180:
            raise SituateError(f"{where}: no such point: longitude {lon}, latitude {lat}; GeoJSON has longitude first")
        yield lat, lon
        return
    for part in coordinates:
        yield from _corners(part, where)


def _circle(corners: list[Point]) -> tuple[Point, int]:
    """The middle of the box around some corners, and the distance in km to the farthest of them."""
    lat, lon = ((min(c[i] for c in corners) + max(c[i] for c in corners)) / 2 for i in (0, 1))
    return (round(lat, 4), round(lon, 4)), max(1, round(max(kilometres(lat, lon, *c) for c in corners)))
