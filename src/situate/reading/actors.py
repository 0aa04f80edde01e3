"""Actor entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Actor, Picture
from situate.language import Document


class ActorReader:
    """Reads the layer `actors`."""

    layer = "actors"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Actor]:
        """The layer's entries in text order."""
        return []
