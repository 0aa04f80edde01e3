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
        return f"{one_line(self.source)}: {one_line(self.reason)}; {self.remedy}"


class IntakeError(SituateError):
    """Raised where an input can't become a report: why, and what to do about it.

    `passing` says that it may be otherwise later, `wait` for how many seconds a server asks to be left alone.
    """

    def __init__(self, reason: str, remedy: str, *, passing: bool = False, wait: float = 0.0) -> None:
        super().__init__(f"{reason}; {remedy}")
        self.reason, self.remedy = reason, remedy
        self.passing, self.wait = passing, wait

    def of(self, source: str, id: str | None = None) -> Failure:  # noqa: A002  (the contract's own name)
        """The failure of that source."""
        return Failure(source, self.reason, self.remedy, id)


def one_line(words: str) -> str:
    """Words of somebody else's that can't break a line or command a terminal."""
    return "".join(c if c.isprintable() else " " for c in words)
