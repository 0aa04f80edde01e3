"""Days as the store keeps them (ISO)."""

from __future__ import annotations

from datetime import date


def shifted(day: str, days: int) -> str:
    """The day so many days later, or earlier; the calendar's first or last one where there is none."""
    at = date.fromisoformat(day[:10]).toordinal() + days
    return date.fromordinal(min(max(at, 1), date.max.toordinal())).isoformat()
