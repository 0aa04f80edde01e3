"""What the views are drawn from: counts, the time line, the map, network, control, agreements, flows, forecasts."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field

from situate.picture.moved import Total
from situate.picture.scores import Bin, Score
from situate.picture.settling import Proposal
from situate.store.listed import Party, Site
from situate.store.outcomes import Outcome, Standing
from situate.store.pairs import Name
from situate.store.sites import Held, Way
from situate.web.schemas.base import Shape
from situate.web.schemas.entries import ForecastRow

# Rows of several values that come by the thousand are lists; what stands where is in the model's description.
Two, Three, Four = (Field(min_length=n, max_length=n) for n in (2, 3, 4))


class ValueCount(Shape):
    """How many entries have a value."""

    value: str | None
    count: int


class Values(Shape):
    """The values of a field, the commonest first."""

    values: list[ValueCount]


class Counts(Shape):
    """How many there are by layer, how many of them without a date, and of how many reports."""

    layers: dict[str, int]
    undated: dict[str, int]
    reports: int


class Tally(Shape):
    """How many entries the filter lets through, by each value of each field."""

    total: int
    undated: int
    by: dict[Literal["layer", "type", "status", "review"], list[ValueCount]]
    reports: int
    waiting: int = Field(description="how many of the reports aren't put together with the others yet")


class Timeline(Shape):
    """Entries over time: [first day, last day, told as done, only said]."""

    unit: str
    bins: list[Annotated[list[str | int], Four]]
    earlier: int
    later: int


class LaneRow(Shape):
    """A layer's entries of one type: [number of the bin, told as done, only said]."""

    layer: str
    type: str | None
    total: int
    cells: list[Annotated[list[int], Three]]


class Lanes(Shape):
    """Lanes over bins [first day, last day]."""

    unit: str
    bins: list[Annotated[list[str], Two]]
    lanes: list[LaneRow]
    outside: int


class SiteRow(Shape):
    """A place with what is told to be there, and who was last said to hold it."""

    key: str
    name: str
    kind: str
    lat: float
    lon: float
    radius_km: float
    layers: dict[str, int]
    types: dict[str, int]
    done: int
    held: list[Held]


class Map(Shape):
    """Places and ways; what has no position is counted."""

    sites: list[SiteRow]
    ways: list[Way]
    country_only: int
    nowhere: int
    left_out: int


class Towns(Shape):
    """Towns of the base map: [name, latitude, longitude, people]."""

    towns: list[Annotated[list[str | float | None], Four]]


class BaseMap(Shape):
    """What lies under the map: nothing but the outlines that ship with the program, or tiles."""

    kind: Literal["outlines", "tiles", "pmtiles"]
    url: str | None
    credit: str | None


class TieRow(Shape):
    """A tie of two actors, by their place in `actors`: [week, signed sum, sum of absolute values]."""

    a: int
    b: int
    kinds: list[str]
    weeks: list[Annotated[list[float | None], Three]]


class Network(Shape):
    """The signed network of actors over time."""

    actors: list[Name]
    ties: list[TieRow]
    first: str | None
    last: str | None
    left_out: int
    decay: float


class Mark(Shape):
    """An entry as a mark in a history."""

    key: str
    type: str | None
    status: str | None
    day: str | None
    actors: list[str]
    place: str | None
    place_name: str | None


class StretchRow(Shape):
    """One holder's time at a place."""

    place: str
    place_name: str
    holder: str
    holder_name: str
    since: str
    until: str | None
    entries: list[Mark]
    ended_by: list[Mark]
    disputed: list[Mark]


class ControlHistory(Shape):
    """Who held each place from when to when; `marks` are sieges and contests."""

    stretches: list[StretchRow]
    marks: list[Mark]
    left_out: int


class StandingRow(Shape):
    """How an agreement stands from a day on, by the entries that say so."""

    status: str
    since: str
    entries: list[str]


class AgreementHistoryRow(Shape):
    """One agreement, however many reports tell it."""

    kind: str
    name: str | None
    parties: list[Party]
    guarantors: list[Party]
    places: list[Site]
    status: str
    standings: list[StandingRow]


class AgreementHistories(Shape):
    """The agreements, the one with the latest news first."""

    rows: list[AgreementHistoryRow]
    left_out: int


class MovedRow(Shape):
    """One movement, by the entries that tell it; people as a range."""

    first: str | None
    last: str | None
    low: float | None
    high: float | None
    entries: list[str]


class FlowRow(Shape):
    """All movements of a kind on one way."""

    kind: str
    origin: Site | None
    destination: Site | None
    done: bool
    people: Annotated[list[float], Two] | None
    uncounted: int
    movements: list[int] = Field(description="numbers of movements")


class Flows(Shape):
    """Movements, the flows that they make, and their totals by kind."""

    movements: list[MovedRow]
    flows: list[FlowRow]
    totals: list[Total]
    unplaced: int
    left_out: int


class StandingForecast(ForecastRow):
    """A forecast with its standing, and what people say became of it."""

    standing: Standing
    outcome: Outcome | None
    settled_by: str | None


class Forecasts(Shape):
    """Forecasts with their standing on a day."""

    rows: list[StandingForecast]
    on: str
    left_out: int


class Proposals(Shape):
    """What later reports tell of forecasts that nobody settled."""

    rows: list[Proposal]


class Calibration(Shape):
    """How often what was called so likely happened."""

    rows: list[Bin]


class Scores(Shape):
    """Brier scores, and calibration over all."""

    rows: list[Score]
    calibration: list[Bin]
