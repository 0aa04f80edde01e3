"""Relation entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Relation, Picture
from situate.language import Document


class RelationReader:
    """Reads the layer `relations`."""

    layer = "relations"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Relation]:
        """The layer's entries in text order."""
        return []
