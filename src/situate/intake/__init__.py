"""A source becomes a clean report: files, folders, pages, lines of JSON, standard input."""

from situate.intake.failure import Failure
from situate.intake.lines import reports_from_lines
from situate.intake.plain import report_from_text

__all__ = ["Failure", "report_from_text", "reports_from_lines"]
