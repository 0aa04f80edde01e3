"""Pairs of actors that entries bring together, counted by day: what a network over time is drawn from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, select

from situate.store import tables
from situate.store.filters import Filters, entry_conditions
from situate.store.store import Store

_SIDES: Mapping[str, tuple[str, str]] = {"relations": ("from", "to"), "events": ("actor", "recipient")}


@dataclass(frozen=True, slots=True)
class Pair:
    """Entries of one day and type between two actors (numbers of merged ones). `sign` is null for events."""

    a: int
    b: int
    layer: str
    type: str
    sign: int | None
    day: str
    count: int


@dataclass(frozen=True, slots=True)
class Name:
    """A merged actor as most reports name it."""

    key: str
    name: str
    kind: str


def pairs(store: Store, layer: str, filters: Filters) -> list[Pair]:
    """The pairs of a layer, which is "relations" or "events"; of events those that happened. Rejected ones are not."""
    e, own, reports = tables.entries, tables.relations, tables.reports
    left, right = tables.entry_actors.alias(), tables.entry_actors.alias()
    sides = _SIDES[layer]
    day = func.coalesce(func.nullif(e.c.latest, ""), func.nullif(e.c.day, ""), reports.c.published, "")
    sign = own.c.sign if layer == "relations" else literal(None)
    axes = (left.c.merged_id, right.c.merged_id, e.c.type, sign, day)
    query = (
        select(*axes, func.count())
        .select_from(e)
        .join(left, (left.c.entry_id == e.c.id) & (left.c.role == sides[0]))
        .join(right, (right.c.entry_id == e.c.id) & (right.c.role == sides[1]))
        .join(reports, reports.c.id == e.c.report_id)
        .where(e.c.layer == layer, e.c.review != "rejected", left.c.merged_id != right.c.merged_id)
        .where(*entry_conditions(filters, store.engine.dialect.name, layer))
        .group_by(*axes)
    )
    if layer == "relations":
        query = query.join(own, own.c.entry_id == e.c.id)
    else:
        query = query.where(e.c.status.in_(("actual", "ongoing")))
    with store.reading() as connection:
        return [Pair(a, b, layer, str(t), s, d, n) for a, b, t, s, d, n in connection.execute(query)]


def names(store: Store, numbers: Iterable[int]) -> dict[int, Name]:
    """The names of merged actors."""
    merged, profiles = tables.merged_actors, tables.actor_profiles
    query = (
        select(merged.c.id, merged.c.key, profiles.c.name, profiles.c.kind)
        .join(profiles, profiles.c.merged_id == merged.c.id)
        .where(merged.c.id.in_(list(numbers)))
        .order_by(profiles.c.reports, profiles.c.digest)
    )
    with store.reading() as connection:
        return {number: Name(*rest) for number, *rest in connection.execute(query)}  # the commonest one stays
