"""Forecast entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Forecast, Picture
from situate.language import Document


class ForecastReader:
    """Reads the layer `forecasts`."""

    layer = "forecasts"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Forecast]:
        """The layer's entries in text order."""
        return []
