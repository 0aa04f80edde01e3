"""How much the intake takes, and how long it waits."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """The settings of the intake. `largest` is in bytes a report, `patience` in seconds a page.

    `outer` keeps it from addresses within one's own network: for links that nobody on this side has looked at.
    """

    largest: int = 10 * MEGABYTE
    patience: float = 20.0
    redirects: int = 5
    outer: bool = False
