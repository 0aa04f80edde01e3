"""Entries with places as GeoJSON: each place with its uncertainty; a country is never a point."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from situate.store import Listed
from situate.store.listed import Site

PRECISION = {
    "country": "country",
    "admin": "area",
    "region": "area",
    "zone": "area",
    "terrain": "area",
    "water": "area",
}


def geojson(entries: Iterable[Listed]) -> dict[str, Any]:
    """A FeatureCollection: a feature for each place of each entry; without geometry where the place isn't a point."""
    return {"type": "FeatureCollection", "features": [_feature(e, s) for e in entries for s in e.places]}


def _feature(entry: Listed, site: Site) -> dict[str, Any]:
    precise = site.lat is not None and site.lon is not None and site.kind != "country"
    geometry = {"type": "Point", "coordinates": [site.lon, site.lat]} if precise else None
    return {"type": "Feature", "geometry": geometry, "properties": _properties(entry, site)}


def _properties(entry: Listed, site: Site) -> Mapping[str, Any]:
    return {
        "key": entry.key,
        "layer": entry.layer,
        "type": entry.type,
        "status": entry.status,
        "earliest": entry.earliest,
        "latest": entry.latest,
        "actors": [{"role": p.role, "name": p.name} for p in entry.actors],
        "place": site.name,
        "place_role": site.role,
        "precision": PRECISION.get(site.kind, "point"),
        "radius_km": site.radius_km,
        "source": entry.source,
        "words": entry.evidence.text,
        "report": entry.report.key,
        "outlet": entry.report.publisher,
        "published": entry.report.published,
        "review": entry.review,
    }
