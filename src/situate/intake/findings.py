"""What is found out about the lines of a text before it is read."""

from __future__ import annotations

from dataclasses import dataclass, field

from situate.contract import Furniture, FurnitureKind
from situate.intake.textlines import Line


@dataclass(slots=True)
class Findings:
    """The furniture of a text by line number, and the metadata that stands in it."""

    kinds: dict[int, FurnitureKind] = field(default_factory=dict)
    beginnings: dict[int, tuple[int, FurnitureKind]] = field(default_factory=dict)  # lines that only begin with some
    said: dict[str, list[str]] = field(default_factory=dict)  # author, source, publisher, date, title: in text order

    def note(self, slot: str, value: str) -> None:
        """Keep what a credit says."""
        self.said.setdefault(slot, []).append(value)

    def first(self, slot: str) -> str | None:
        """What the first credit of that sort says."""
        return next(iter(self.said.get(slot, ())), None)

    def spans(self, text: str, lines: list[Line]) -> tuple[Furniture, ...]:
        """The furniture as the contract has it."""
        places = [(lines[i].start, lines[i].end, kind) for i, kind in self.kinds.items()]
        places += [(lines[i].start, lines[i].start + n, kind) for i, (n, kind) in self.beginnings.items()]
        return tuple(Furniture(start, end, text[start:end], kind) for start, end, kind in sorted(places))
