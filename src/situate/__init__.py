"""Situate reads reports about armed conflict and keeps the picture, every entry tied to its words.

>>> import situate
>>> picture = situate.read("…text…")
>>> picture.events[0].trigger.text
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from situate.contract import Picture, Report, json_schema

__all__ = ["Picture", "Report", "__version__", "json_schema", "read"]
__version__ = "0.1.0"


def __getattr__(name: str) -> Any:
    """The contract's own names, loaded when asked for: the commands over a store answer without them."""
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    import situate.contract

    return getattr(situate.contract, name)


def read(text: str | Report, *, published: str | None = None, title: str | None = None) -> Picture:
    """The picture of one report.

    `text` is plain text, taken unchanged, or a Report from `situate.intake`. `published` is its ISO date, against which
    "on Tuesday" and "last month" are resolved; without one they stay open.
    """
    from situate.contract import Report
    from situate.intake import report_from_text
    from situate.reading import read_reports

    report = text if isinstance(text, Report) else report_from_text(text, published=published, title=title)
    return next(read_reports([report]))
