"""Claim entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Claim, Picture
from situate.language import Document


class ClaimReader:
    """Reads the layer `claims`."""

    layer = "claims"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Claim]:
        """The layer's entries in text order."""
        return []
