"""An input that didn't become a report."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one input, and what to do about it. `id` is the report's, where the input gave one."""

    source: str
    reason: str
    remedy: str
    id: str | None = None

    def __str__(self) -> str:
        """The one line that a user sees."""
        return f"{self.source}: {self.reason}; {self.remedy}"
