"""A source becomes a clean report: files, folders, pages, lines of JSON, standard input."""

from situate.contract import Report


def report_from_text(text: str, *, id: str | None = None, published: str | None = None, title: str | None = None) -> Report:
    """A report from plain text."""
    return Report(id=id or "text", text=text, published=published, title=title)
