"""Place entries."""

from __future__ import annotations

from collections.abc import Sequence

from situate.contract import Mention, Picture, Place
from situate.language import Document, Name


class PlaceReader:
    """Reads the layer `places`."""

    layer = "places"
    version = "0"

    def read(self, document: Document, picture: Picture) -> Sequence[Place]:
        """The layer's entries in text order."""
        groups: dict[str, list[Name]] = {}
        for sentence in document.sentences:
            for name in sentence.names:
                if name.label.startswith("place:"):
                    words = document.text[name.start : name.end].removeprefix("the ").removesuffix("'s")
                    groups.setdefault(words, []).append(name)
        return [
            Place(
                id=f"p{i}",
                name=words,
                kind=names[0].label.removeprefix("place:"),  # type: ignore[arg-type]
                mentions=tuple(Mention(n.start, n.end, document.text[n.start : n.end]) for n in names),
            )
            for i, (words, names) in enumerate(groups.items(), 1)
        ]
