"""Movement entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Movement, Picture
from situate.language import Document


class MovementReader:
    """Reads the layer `movements`."""

    layer = "movements"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Movement]:
        """The layer's entries in text order."""
        return []
