"""Many reports become one picture: copies, stories, incidents, corroboration, what holds when."""

from __future__ import annotations

from situate.picture.copies import Copies, copies
from situate.picture.incidents import Incident, Pins, incidents
from situate.picture.stories import Story, Told, stories, told
from situate.store import Filters, Store, query

__all__ = [
    "Copies",
    "Incident",
    "Pins",
    "Story",
    "Told",
    "copies",
    "incidents",
    "incidents_of",
    "stories",
    "stories_of",
]


def incidents_of(store: Store, filters: Filters) -> list[Incident]:
    """The incidents of the events that a filter lets through, with people's merges and splits."""
    events = query.every(store, "events", filters)
    return incidents(events, copies(store.texts()), Pins(store.decisions()))


def stories_of(store: Store) -> list[Story]:
    """The stories of all reports of a store."""
    return stories(map(told, store.kept()))
