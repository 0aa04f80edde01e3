"""Time entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Time, Picture
from situate.language import Document


class TimeReader:
    """Reads the layer `times`."""

    layer = "times"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Time]:
        """The layer's entries in text order."""
        return []
