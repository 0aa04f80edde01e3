"""Text that comes back as it went in, NUL included, which PostgreSQL can't hold: it is escaped on the way in."""

from __future__ import annotations

ESCAPE = "\ue000"


def escaped(text: str) -> str:
    """The text without NUL."""
    if "\0" not in text and ESCAPE not in text:
        return text
    return text.replace(ESCAPE, ESCAPE + "1").replace("\0", ESCAPE + "0")


def restored(text: str) -> str:
    """The text as it was."""
    return text if ESCAPE not in text else text.replace(ESCAPE + "0", "\0").replace(ESCAPE + "1", ESCAPE)
