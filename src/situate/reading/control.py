"""Control entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Control, Picture
from situate.language import Document


class ControlReader:
    """Reads the layer `control`."""

    layer = "control"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Control]:
        """The layer's entries in text order."""
        return []
