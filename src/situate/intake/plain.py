"""Plain text becomes a report: the text unchanged, its furniture marked, its metadata taken from what it says."""

from __future__ import annotations

from situate.contract import Report
from situate.intake.credits import agency_of
from situate.intake.dates import dateline, iso_date
from situate.intake.edges import TOP
from situate.intake.failure import IntakeError
from situate.intake.findings import Findings
from situate.intake.furniture import find_furniture
from situate.intake.headline import headline
from situate.intake.textlines import Line, lines_of
from situate.intake.tongue import language_of

EARLIEST = "1900"  # a page that opens with an earlier day tells of it, and wasn't published on it


def report_from_text(
    text: str,
    *,
    id: str | None = None,  # noqa: A002  (the contract's own name)
    published: str | None = None,
    title: str | None = None,
    url: str | None = None,
    publisher: str | None = None,
) -> Report:
    """A report from plain text, which is taken unchanged. What the text itself says of its origin fills the gaps.

    Raises IntakeError where a value holds half of a character (a lone surrogate), or `published` is no date.
    """
    for name, value in (("id", id), ("text", text), ("title", title), ("url", url), ("publisher", publisher)):
        _check_characters(name, value)
    lines = lines_of(text)
    findings = find_furniture(lines)
    found_title, outlet = headline(lines, frozenset(findings.kinds))
    publisher = publisher or outlet or findings.first("publisher")
    agency = next((credited for line in lines[:TOP] if (credited := agency_of(line.text))), None)
    return Report(
        id=id or "text",
        text=text,
        url=url,
        title=title or findings.first("title") or found_title,
        byline=_byline(findings),
        publisher=publisher or agency,
        republished_from=findings.first("source") or (agency if agency != publisher and publisher else None),
        published=_day(published) or _published(lines, findings),
        language=language_of(text),
        furniture=findings.spans(text, lines),
    )


def _check_characters(name: str, value: str | None) -> None:
    try:
        (value or "").encode()
    except UnicodeEncodeError as error:
        half = f"\\u{ord(error.object[error.start]):04x}"
        reason = f"the {name} holds half a character ({half}) at position {error.start}"
        raise IntakeError(reason, "repair the encoding where it comes from") from error


def _day(published: str | None) -> str | None:
    if not published:
        return None
    day = iso_date(published)
    if day is None:
        raise IntakeError(f"published: {published[:40]!r} is not a date", "write it as in 2018-07-24, or leave it out")
    return day


def _byline(findings: Findings) -> str | None:
    authors = dict.fromkeys(findings.said.get("author", ()))
    return ", ".join(authors) or None


def _published(lines: list[Line], findings: Findings) -> str | None:
    """The day that the text says it was published, where it says one day only."""
    days = set(findings.said.get("date", ()))
    if not days:
        days = {day for line in lines[:TOP] if (day := dateline(line.text))}
    day = days.pop() if len(days) == 1 else None
    return day if day and day >= EARLIEST else None
