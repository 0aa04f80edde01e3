"""An input that didn't become a report."""

from __future__ import annotations

from dataclasses import dataclass

from situate.errors import SituateError


@dataclass(frozen=True, slots=True)
class Failure:
    """What went wrong with one input, and what to do about it. `id` is the report's, where the input gave one."""

    source: str
    reason: str
    remedy: str
    id: str | None = None

    def __str__(self) -> str:
        """The one line that a user sees."""
        return f"{_one_line(self.source)}: {_one_line(self.reason)}; {self.remedy}"


class IntakeError(SituateError):
    """Raised where an input can't become a report: why, and what to do about it."""

    def __init__(self, reason: str, remedy: str) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason, self.remedy = reason, remedy

    def of(self, source: str, id: str | None = None) -> Failure:  # noqa: A002  (the contract's own name)
        """The failure of that source."""
        return Failure(source, self.reason, self.remedy, id)


def _one_line(words: str) -> str:
    return "".join(c if c.isprintable() else " " for c in words)
