"""Many reports become one picture: copies, stories, incidents, corroboration, what holds when.

What compares entries, and the catalogue of actors that it asks, is loaded only where something has to be compared: a
listing of what is kept answers sooner without them.
"""

from __future__ import annotations

from situate.picture.copies import Copies, copies
from situate.picture.corroboration import Corroboration, corroboration
from situate.picture.incident import Incident
from situate.picture.incidents import incidents
from situate.picture.keeping import keep_up
from situate.picture.kept import incident_count, incident_page, incidents_of
from situate.picture.kept_stories import stories_of, story_page
from situate.picture.pins import Pins
from situate.picture.standing_ties import ties_of
from situate.picture.stories import Story, Told, stories

__all__ = [
    "Copies",
    "Corroboration",
    "Incident",
    "Pins",
    "Story",
    "Told",
    "copies",
    "corroboration",
    "incident_count",
    "incident_page",
    "incidents",
    "incidents_of",
    "keep_up",
    "stories",
    "stories_of",
    "story_page",
    "ties_of",
]
