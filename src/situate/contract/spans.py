"""Words of a report, by where they stand."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Span:
    """Words of the report: `text == report.text[start:end]`, offsets in code points, end exclusive."""

    start: int
    end: int
    text: str

    @classmethod
    def of(cls, text: str, start: int, end: int) -> Span:
        """The span of `text` from `start` to `end`."""
        return cls(start, end, text[start:end])

    def overlaps(self, other: Span) -> bool:
        """Whether the two share a character."""
        return self.start < other.end and other.start < self.end

    def covers(self, other: Span) -> bool:
        """Whether the other lies wholly inside this one."""
        return self.start <= other.start and other.end <= self.end


MentionForm = Literal["name", "alias", "description", "pronoun"]
FurnitureKind = Literal["related", "comments", "menu", "share", "byline", "source", "other"]


@dataclass(frozen=True, slots=True)
class Mention(Span):
    """A place in the text that refers to an actor or a place, and how it does so."""

    form: MentionForm = "name"


@dataclass(frozen=True, slots=True)
class Furniture(Span):
    """Page furniture inside the text, which the readers pass over."""

    kind: FurnitureKind = "other"
