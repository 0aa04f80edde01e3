"""Incidents of any events, made at once. Those of a whole store are kept in it (`kept`)."""

from __future__ import annotations

from collections.abc import Iterable

from situate.picture.copies import Copies
from situate.picture.incident import Incident, Told, day_of, least, made
from situate.picture.pins import Pins
from situate.picture.sides import Ties
from situate.store.listed import Listed

HAPPENED = ("actual", "ongoing")
DENIED = "denied"  # no incident, but what contradicts those it is like


def incidents(
    events: Iterable[Listed], copied: Iterable[Copies] = (), pins: Pins | None = None, ties: Ties | None = None
) -> list[Incident]:
    """The incidents of events that happened or go on, the latest first. Any order of the events gives the same.

    Events that are denied are no incidents, but contradict those they are like; `ties` tell who stands with whom.
    """
    from situate.picture.event_rule import RULE
    from situate.picture.grouping import grouped

    original = {key: c.original for c in copied for key in c.reports}
    found = [made(g.entries, Told.from_dict(g.body), original, ties or {}) for g in grouped(RULE, events, pins)]
    return sorted(found, key=lambda i: (day_of(i.first), i.id), reverse=True)


__all__ = ["HAPPENED", "Incident", "Pins", "incidents", "least"]
