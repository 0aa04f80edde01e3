"""Plain text becomes a report: the text unchanged, its furniture marked."""

from __future__ import annotations

from situate.contract import Report


def report_from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002  (the contract's own name)
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Report:
    """A report from plain text, which is taken unchanged. What the text itself says of its origin fills the gaps."""
    return Report(id=id or "text", text=text, published=published, title=title, url=url, publisher=publisher)
