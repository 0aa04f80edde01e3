"""Agreement entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Agreement, Picture
from situate.language import Document


class AgreementReader:
    """Reads the layer `agreements`."""

    layer = "agreements"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Agreement]:
        """The layer's entries in text order."""
        return []
