"""What is asked of every report before it is read."""

from __future__ import annotations

from situate.contract import Report
from situate.intake.failure import Failure
from situate.intake.tongue import is_read
from situate.knowledge.languages import languages


def checked(report: Report, source: str) -> Report | Failure:
    """The report, or why it can't be read."""
    if not report.text.strip():
        return Failure(source, "empty", "leave it out, or give the report's text", report.id)
    if not is_read(report.language):
        known = languages()
        ours = " and ".join(known.name(code) for code in known.words)
        reason = f"written in {known.name(report.language or '')}"
        return Failure(source, reason, f"give a translation: only {ours} is read", report.id)
    return report
