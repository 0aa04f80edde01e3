"""A page becomes a report: its main text, and what it says of title, writer, publisher and day (trafilatura)."""

from __future__ import annotations

import re
from dataclasses import replace

from situate.contract import Report
from situate.intake.dates import iso_date
from situate.intake.failure import IntakeError
from situate.intake.plain import report_from_text

_OPENING = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body|article)\b", re.IGNORECASE | re.DOTALL
)


def is_page(text: str) -> bool:
    """Whether a text is HTML."""
    return _OPENING.match(text[:2_000]) is not None


def report_from_page(html: str, *, id: str, url: str | None = None) -> Report:  # noqa: A002  (the contract's own name)
    """The report on a page. Raises IntakeError where the page holds no running text."""
    from trafilatura import bare_extraction

    page = bare_extraction(
        html,
        url=url,
        with_metadata=True,
        include_comments=False,
        date_extraction_params={"original_date": True, "extensive_search": False},
    )
    text = page.text if page is not None and not isinstance(page, dict) else None
    if page is None or isinstance(page, dict) or not text:
        raise IntakeError("no article found on the page", "give the page of one article, or its text as .txt")
    report = report_from_text(
        text,
        id=id,
        url=page.url or url,
        title=page.title or None,
        publisher=page.sitename or None,
        published=iso_date(page.date) if page.date else None,
    )
    return replace(report, byline=page.author.replace("; ", ", ")) if page.author else report
