"""A report becomes its picture: one reader a layer, in the order that each stands on the ones before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

from situate.contract import Picture, Report
from situate.language import Document, parse
from situate.reading.reader import Reader
from situate.reading.settings import first_outdated, made_by

__all__ = ["Reader", "first_outdated", "made_by", "read_document", "read_reports", "readers"]


@cache
def readers() -> tuple[Reader, ...]:
    """The readers of all layers, in order."""
    from situate.reading.actors import ActorReader
    from situate.reading.agreements import AgreementReader
    from situate.reading.claims import ClaimReader
    from situate.reading.control import ControlReader
    from situate.reading.events import EventReader
    from situate.reading.forecasts import ForecastReader
    from situate.reading.movements import MovementReader
    from situate.reading.places import PlaceReader
    from situate.reading.quantities import QuantityReader
    from situate.reading.relations import RelationReader
    from situate.reading.times import TimeReader

    return (
        ActorReader(),
        PlaceReader(),
        TimeReader(),
        QuantityReader(),
        ClaimReader(),
        EventReader(),
        AgreementReader(),
        MovementReader(),
        ControlReader(),
        RelationReader(),
        ForecastReader(),
    )


def read_document(document: Document, kept: Picture | None = None, first: str = "actors") -> Picture:
    """The picture of one parsed report; of a picture that is `kept`, the layers before `first` stay as they are."""
    order = [reader.layer for reader in readers()]
    picture = Picture(document.report)
    if kept is not None:
        stay = order[: order.index(first)]
        made = {layer: by for layer, by in kept.made_by.items() if layer in stay}
        picture = replace(picture, **{layer: getattr(kept, layer) for layer in stay}, made_by=made)
    for reader in readers()[order.index(first) :]:
        entries = tuple(reader.read(document, picture))
        changes: dict[str, Any] = {reader.layer: entries, "made_by": {**picture.made_by, reader.layer: made_by(reader)}}
        picture = replace(picture, **changes)
    return picture if document.text == document.report.text else picture.quoting()


def read_reports(reports: Iterable[Report]) -> Iterator[Picture]:
    """The pictures of reports, in order, without holding more than a batch of them."""
    return map(read_document, parse(reports))
