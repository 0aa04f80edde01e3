"""What a query gives: entries as a listing, a page or a brief shows them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class ReportLine:
    """The report that tells an entry."""

    key: str
    id: str
    title: str | None
    publisher: str | None
    published: str | None
    url: str | None


@dataclass(frozen=True, slots=True)
class Words:
    """The words that an entry rests on; offsets into the report's text."""

    start: int
    end: int
    text: str


@dataclass(frozen=True, slots=True)
class Party:
    """An actor in a role. `key` is the same in all reports, `name` is this report's."""

    role: str
    key: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Site:
    """A place in a role. `radius_km` is the uncertainty of the point, `admin1` the province."""

    role: str
    key: str
    name: str
    kind: str
    country: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    admin1: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in a role: its value or its bounds, and the words. `source` gives it; None: the report itself."""

    role: str
    value: float | None
    low: float | None
    high: float | None
    unit: str | None
    of: str | None
    words: str
    source: str | None = None


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry with all that it takes to show it. `own` holds what only its layer has, as in the layer's table.

    `also` are those who are quoted where its report tells it again.
    """

    key: str
    layer: str
    type: str | None
    status: str | None
    confidence: float | None
    review: str
    earliest: str | None
    latest: str | None
    dated_by: str | None
    source: str | None
    source_kind: str | None
    claim: str | None  # the claim's entry key
    evidence: Words
    report: ReportLine
    actors: tuple[Party, ...] = ()
    places: tuple[Site, ...] = ()
    figures: tuple[Figure, ...] = ()
    own: Mapping[str, Any] = field(default_factory=dict)
    also: tuple[str, ...] = ()

    def actors_as(self, *roles: str) -> list[str]:
        """The names of the actors in these roles."""
        return [party.name for party in self.actors if party.role in roles]

    def places_as(self, *roles: str) -> list[str]:
        """The names of the places in these roles."""
        return [site.name for site in self.places if site.role in roles]

    def to_dict(self) -> dict[str, Any]:
        """The entry as plain values, for JSON; what only its layer has stands beside the rest."""
        values = _plain(self)
        del values["own"]
        for name in ("evidence", "report"):
            values[name] = _plain(values[name])
        for name in ("actors", "places", "figures"):
            values[name] = tuple(map(_plain, values[name]))
        return {**values, **self.own}


@dataclass(frozen=True, slots=True)
class Merged:
    """An actor or a place over all reports, as most of them name and describe it."""

    key: str
    name: str
    kind: str
    country: str | None
    reports: int  # how many of the reports let through name it
    first: str | None  # the first and last of their dates
    last: str | None
    names: tuple[str, ...] = ()  # its other names, the commonest first
    roles: Mapping[str, int] = field(default_factory=dict)  # "events.actor": how many entries of all reports
    own: Mapping[str, Any] = field(default_factory=dict)  # wikidata; or gazetteer, lat, lon, radius_km, admin1

    def to_dict(self) -> dict[str, Any]:
        """The actor or place as plain values, for JSON."""
        values = _plain(self)
        del values["own"]
        return {**values, "roles": dict(self.roles), **self.own}


def _plain(value: Any) -> dict[str, Any]:
    """The fields of a slotted dataclass: many times faster than `asdict`, which copies all that they hold."""
    return {name: getattr(value, name) for name in value.__slots__}
