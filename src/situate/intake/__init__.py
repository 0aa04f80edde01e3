"""A source becomes a clean report: files, folders, pages, lines of JSON, standard input.

>>> for item in take_in(find_sources(["reports/", "https://example.org/page"])):
...     print(item.id if isinstance(item, Report) else item)  # a Failure says what, why and what to do
"""

from situate.intake.failure import Failure, IntakeError
from situate.intake.limits import Limits
from situate.intake.plain import report_from_text
from situate.intake.sources import Source, find_sources
from situate.intake.stream import InputStream
from situate.intake.take import count_reports, take_in

__all__ = [
    "Failure",
    "InputStream",
    "IntakeError",
    "Limits",
    "Source",
    "count_reports",
    "find_sources",
    "report_from_text",
    "take_in",
]
