"""Small pictures written by hand: a report of a sentence or two, and the events that it tells."""

from __future__ import annotations

from typing import Any

from situate.contract import (
    Actor,
    Claim,
    Control,
    Event,
    EventQuantity,
    Mention,
    Picture,
    Place,
    Quantity,
    Report,
    Span,
    Time,
)

SITES = {"Nawa": (32.89, 36.04), "Daraa": (32.62, 36.1), "Idlib": (35.93, 36.63), "Saida": (32.64, 36.22)}


def span(text: str, words: str) -> Span:
    """Where words stand."""
    at = text.index(words)
    return Span.of(text, at, at + len(words))


def told(
    identifier: str,
    text: str,
    *,
    day: str = "2018-07-18",
    outlet: str = "Tern Wire",
    trigger: str = "shelled",
    actor: str | None = None,
    recipient: str | None = None,
    place: str | None = None,
    killed: str | None = None,
    source: str | None = None,
    **event: Any,
) -> Picture:
    """A report of one event that happened, of that day."""
    everything = Span.of(text, 0, len(text))
    names = [n for n in (actor, recipient) if n]
    actors = tuple(Actor(n, n, "armed_group", (_mention(text, n),), country="SYR") for n in names)
    places = (_place(text, place),) if place else ()
    figure = span(text, killed) if killed else None
    quantities = (_quantity(figure),) if figure else ()
    claims = (Claim("c", everything, "indirect", source=span(text, source)),) if source else ()
    made = Event(
        id="e",
        trigger=span(text, trigger),
        evidence=everything,
        **{"type": "ASSAULT", "status": "actual", "confidence": 0.9, **event},
        actors=(actor,) if actor else (),
        recipients=(recipient,) if recipient else (),
        places=tuple(p.id for p in places),
        time="t",
        claim="c" if claims else None,
        quantities=(EventQuantity("killed", "q"),) if figure else (),
    )
    time = Time("t", Span.of(text, 0, 1), day, day, "report")
    report = Report(identifier, text, title=f"Report {identifier}", publisher=outlet, published=day)
    return Picture(
        report, actors=actors, places=places, times=(time,), quantities=quantities, claims=claims, events=(made,)
    )


def holding(identifier: str, text: str, holder: str, place: str, *, outlet: str, day: str = "2018-07-06") -> Picture:
    """A report that somebody holds a place."""
    everything = Span.of(text, 0, len(text))
    control = Control("k", place, holder, "holds", "actual", everything)
    report = Report(identifier, text, publisher=outlet, published=day)
    actor = Actor(holder, holder, "armed_group", (_mention(text, holder),), country="SYR")
    return Picture(report, actors=(actor,), places=(_place(text, place),), control=(control,))


def _mention(text: str, words: str) -> Mention:
    found = span(text, words)
    return Mention(found.start, found.end, found.text, "name")


def _place(text: str, name: str) -> Place:
    lat, lon = SITES[name]
    return Place(name, name, "settlement", (_mention(text, name),), lat=lat, lon=lon, radius_km=3, country="SYR")


def _quantity(figure: Span) -> Quantity:
    digits = "".join(c for c in figure.text if c.isdigit())
    bounded = "least" in figure.text
    return Quantity("q", figure, float(digits), float(digits), None if bounded else float(digits), "people", "people")
