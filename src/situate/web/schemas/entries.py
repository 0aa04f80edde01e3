"""Entries as listings give them: what all layers share, and what each has of its own; merged actors and places."""

from __future__ import annotations

from typing import Any, Literal

from pydantic import Field

from situate.store.decisions import ReviewState
from situate.store.listed import Figure, Party, ReportLine, Site, Words
from situate.web.schemas.base import Page, Shape


class Entry(Shape):
    """What entries of all layers have."""

    key: str
    type: str | None
    status: str | None
    confidence: float | None
    review: ReviewState
    earliest: str | None
    latest: str | None
    dated_by: str | None
    source: str | None
    source_kind: str | None
    claim: str | None = Field(description="the key of the claim that says so; null: the report itself")
    evidence: Words
    report: ReportLine
    actors: list[Party]
    places: list[Site]
    figures: list[Figure]
    also: list[str] = Field(description="who is quoted where the report tells it again")


class EventRow(Entry):
    """Who did what to whom."""

    layer: Literal["events"]
    trigger: str
    trigger_start: int
    trigger_end: int
    mode: str | None
    contexts: list[str]
    cameo: str | None
    acled: str | None
    instrument: str | None
    mentions: int = Field(description="further places of the report that tell the same event")


class ClaimRow(Entry):
    """Who says what."""

    layer: Literal["claims"]
    kind: str
    cue: str | None
    anonymous: bool
    within: str | None


class Provision(Shape):
    """What an agreement provides for, in the report's words."""

    kind: str
    text: str


class AgreementRow(Entry):
    """What was agreed."""

    layer: Literal["agreements"]
    name: str | None
    provisions: list[Provision]


class MovementRow(Entry):
    """Who moved from where to where."""

    layer: Literal["movements"]
    who: str | None
    means: str | None
    agreement: str | None


class ControlRow(Entry):
    """Who holds what."""

    layer: Literal["control"]
    exception: str | None


class RelationRow(Entry):
    """Who stands with or against whom."""

    layer: Literal["relations"]
    sign: Literal[-1, 0, 1]


class ForecastRow(Entry):
    """What was predicted."""

    layer: Literal["forecasts"]
    content: str
    likelihood: str | None
    likelihood_low: float | None
    likelihood_high: float | None
    horizon: str | None
    horizon_earliest: str | None
    horizon_latest: str | None
    condition: str | None
    event: str | None


class Merged(Shape):
    """An actor or a place over all reports, as most of them name and describe it."""

    key: str
    name: str
    kind: str
    country: str | None
    reports: int
    first: str | None
    last: str | None
    names: list[str]
    roles: dict[str, int] = Field(description='"events.actor": how many entries of all reports')


class ActorRow(Merged):
    """An actor."""

    wikidata: str | None


class PlaceRow(Merged):
    """A place; `radius_km` is the uncertainty of its point."""

    gazetteer: str | None
    lat: float | None
    lon: float | None
    radius_km: float | None
    admin1: str | None


AnyEntry = EventRow | ClaimRow | AgreementRow | MovementRow | ControlRow | RelationRow | ForecastRow


class Rows(Page):
    """A page of a layer's entries."""

    rows: list[AnyEntry | ActorRow | PlaceRow]


class Keyed(Shape):
    """An entry of a report by its layer and its id in the picture, with the store's key and its review state."""

    layer: str
    id: str
    key: str
    review: ReviewState | None


class KeyedEntries(Shape):
    """The entries of a report."""

    report: str
    rows: list[Keyed]


class InPicture(Shape):
    """An entry as its picture holds it (`situate/1`), and where it is."""

    report: str
    report_id: str
    layer: str
    entry: dict[str, Any]


class Waiting(Shape):
    """What waits for a reviewer."""

    row: AnyEntry | None
    waiting: int
