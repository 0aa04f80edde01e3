"""Place entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Place, Picture
from situate.language import Document


class PlaceReader:
    """Reads the layer `places`."""

    layer = "places"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Place]:
        """The layer's entries in text order."""
        return []
