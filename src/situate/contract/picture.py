"""The picture of one report: what `situate read` gives, and its form as JSON."""

from __future__ import annotations

from dataclasses import dataclass, field, fields, is_dataclass, replace
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from situate.contract.entries import (
    Actor,
    Agreement,
    Claim,
    Control,
    Event,
    Forecast,
    Movement,
    Place,
    Quantity,
    Relation,
    Time,
)
from situate.contract.spans import Furniture, Span

if TYPE_CHECKING:
    from pydantic import TypeAdapter

SCHEMA: Literal["situate/1"] = "situate/1"
LAYERS = (
    "actors", "places", "times", "quantities", "claims", "events", "agreements", "movements", "control", "relations",
    "forecasts",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Report:
    """A report as taken in. `text` is exactly the text that all offsets refer to."""

    id: str
    text: str
    url: str | None = None
    title: str | None = None
    byline: str | None = None
    publisher: str | None = None
    republished_from: str | None = None
    published: str | None = None  # ISO date
    language: str | None = None
    furniture: tuple[Furniture, ...] = ()


@dataclass(frozen=True, slots=True)
class Picture:
    """What one report says, a tuple of entries a layer."""

    report: Report
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    times: tuple[Time, ...] = ()
    quantities: tuple[Quantity, ...] = ()
    claims: tuple[Claim, ...] = ()
    events: tuple[Event, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    movements: tuple[Movement, ...] = ()
    control: tuple[Control, ...] = ()
    relations: tuple[Relation, ...] = ()
    forecasts: tuple[Forecast, ...] = ()
    made_by: dict[str, str] = field(default_factory=dict)  # layer: reader and version
    schema: Literal["situate/1"] = SCHEMA

    def to_json(self) -> str:
        """The picture as one line of JSON."""
        return _adapter().dump_json(self, by_alias=True).decode()

    def to_dict(self) -> dict[str, Any]:
        """The picture as plain Python values, as in its JSON."""
        value: dict[str, Any] = _adapter().dump_python(self, by_alias=True, mode="json")
        return value

    def quoting(self) -> Picture:
        """The same picture with the report's own words in every span."""
        return replace(self, **{layer: _quoting(getattr(self, layer), self.report.text) for layer in LAYERS})

    @classmethod
    def from_json(cls, line: str | bytes) -> Picture:
        """A picture from its JSON. Raises pydantic.ValidationError where it isn't one."""
        return _adapter().validate_json(line)


def _quoting(x: Any, text: str) -> Any:
    if isinstance(x, tuple):
        return tuple(_quoting(v, text) for v in x)
    if isinstance(x, Span):
        return replace(x, text=text[x.start : x.end])
    if is_dataclass(x) and not isinstance(x, type):
        return replace(x, **{f.name: _quoting(getattr(x, f.name), text) for f in fields(x)})
    return x


@cache
def _adapter() -> TypeAdapter[Picture]:
    from pydantic import TypeAdapter

    return TypeAdapter(Picture)


def json_schema() -> dict[str, Any]:
    """The contract as JSON Schema (draft 2020-12)."""
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": "urn:situate:1",
        "title": "The picture of one report (situate/1)",
        **_adapter().json_schema(by_alias=True, mode="serialization"),
    }
