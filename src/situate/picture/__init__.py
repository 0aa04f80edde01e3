"""Many reports become one picture: copies, stories, incidents, corroboration, what holds when."""

from __future__ import annotations

from dataclasses import replace

from situate.picture.copies import Copies, copies
from situate.picture.corroboration import Corroboration, corroboration
from situate.picture.incidents import Incident, Pins, incidents
from situate.picture.naming import told_of
from situate.picture.network import network
from situate.picture.stories import Story, Told, stories
from situate.picture.voices import Ties
from situate.store import Filters, Store, query

__all__ = [
    "Copies",
    "Corroboration",
    "Incident",
    "Pins",
    "Story",
    "Told",
    "copies",
    "corroboration",
    "incidents",
    "incidents_of",
    "stories",
    "stories_of",
    "ties_of",
]


def incidents_of(store: Store, filters: Filters) -> list[Incident]:
    """The incidents of the events that a filter lets through, with people's merges and splits."""
    events = {e.key: e for e in query.every(store, "events", filters)}
    if filters.statuses and "denied" not in filters.statuses:  # what is denied contradicts
        events |= {e.key: e for e in query.every(store, "events", replace(filters, statuses=("denied",)))}
    return incidents(events.values(), copies(store), Pins(store.decisions()), ties_of(store))


def ties_of(store: Store) -> Ties:
    """How each two actors stand by the ties that all reports state, negative where against each other."""
    edges = network(query.every(store, "relations", Filters()), ())
    return {frozenset((edge.a, edge.b)): edge.weight for edge in edges}


def stories_of(store: Store) -> list[Story]:
    """The stories of all reports of a store."""
    return stories(told_of(store))
