"""Event entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Event, Picture
from situate.language import Document


class EventReader:
    """Reads the layer `events`."""

    layer = "events"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Event]:
        """The layer's entries in text order."""
        return []
