"""Quantity entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Quantity, Picture
from situate.language import Document


class QuantityReader:
    """Reads the layer `quantities`."""

    layer = "quantities"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Quantity]:
        """The layer's entries in text order."""
        return []
