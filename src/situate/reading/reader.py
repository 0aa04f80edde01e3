"""What a reader is: one layer of the picture, replaceable alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from situate.contract import Entry, Picture
from situate.language import Document


class Reader(Protocol):
    """Reads one layer.

    `layer` is the field of the picture it fills; `version` changes whenever the reader would say something else.
    """

    layer: str
    version: str

    def read(self, document: Document, picture: Picture) -> Sequence[Entry]:
        """The layer's entries in text order. `picture` holds the layers read before; nothing found is an empty list."""
        ...
