"""What an entry says in the terms that all layers share: its type, its words, who has which role in it, and where."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from situate.contract import (
    Actor,
    Agreement,
    Claim,
    Control,
    Entry,
    Event,
    Forecast,
    Movement,
    Picture,
    Place,
    Quantity,
    Relation,
    Span,
)

Roles = Iterator[tuple[str, tuple[str, ...]]]  # (role, local ids)


def type_of(entry: Entry) -> str | None:
    """The layer's own kind of the entry; None for forecasts."""
    match entry:
        case Event():
            return entry.type
        case Control():
            return entry.state
        case Actor() | Place() | Claim() | Agreement() | Movement() | Relation():
            return entry.kind
    return None


def evidence_of(entry: Entry) -> tuple[Span, ...]:
    """The words that the entry rests on, the foremost first; empty where it has none."""
    match entry:
        case Actor() | Place():
            return entry.mentions
        case Claim():
            return (entry.content,)
        case Agreement():
            return entry.evidence
        case Event():
            return (entry.evidence, *(mention.evidence for mention in entry.mentions))
        case Movement() | Control() | Relation() | Forecast():
            return (entry.evidence,)
    return ()


def actor_roles(entry: Entry, picture: Picture) -> Roles:
    """Who takes part in the entry, by role; "mentioned": in what somebody says or predicts."""
    match entry:
        case Actor():
            yield "member_of", entry.member_of
        case Claim():
            yield "source", _one(entry.actor)
            yield "mentioned", _mentioned(entry.content, picture.actors)
        case Event():
            yield "actor", entry.actors
            yield "recipient", entry.recipients
            yield "third_party", entry.third_parties
        case Agreement():
            yield "party", entry.parties
            yield "guarantor", entry.guarantors
        case Movement():
            yield "mover", entry.who
        case Control():
            yield "holder", _one(entry.holder)
        case Relation():
            yield "from", _one(entry.from_)
            yield "to", _one(entry.to)
        case Forecast():
            yield "forecaster", _one(entry.forecaster)
            yield "mentioned", _mentioned(entry.content, picture.actors)


def place_roles(entry: Entry, picture: Picture) -> Roles:
    """Where the entry's matter takes place, by role; "mentioned" where the layer says no more than that."""
    match entry:
        case Event() | Agreement():
            yield "place", entry.places
        case Control():
            yield "place", _one(entry.place)
        case Movement():
            yield "origin", _one(entry.origin)
            yield "destination", _one(entry.destination)
        case Claim() | Forecast():
            yield "mentioned", _mentioned(entry.content, picture.places)
        case Relation():
            yield "mentioned", _mentioned(entry.evidence, picture.places)


def figures_of(entry: Entry, picture: Picture) -> Iterator[tuple[str, Quantity]]:
    """(role, quantity) of the entry's figures; a movement's own figure has the role "moved"."""
    quantities = {quantity.id: quantity for quantity in picture.quantities}
    named: list[tuple[str, str]]
    match entry:
        case Event():
            named = [(figure.role, figure.quantity) for figure in entry.quantities]
        case Movement(quantity=str(quantity)):
            named = [("moved", quantity)]
        case _:
            return
    for role, quantity in named:
        if quantity in quantities:
            yield role, quantities[quantity]


def _one(local_id: str | None) -> tuple[str, ...]:
    return (local_id,) if local_id is not None else ()


def _mentioned(words: Span, entries: Iterable[Actor | Place]) -> tuple[str, ...]:
    return tuple(entry.id for entry in entries if any(map(words.covers, entry.mentions)))
