"""Why events were read, for `situate read --explain`."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from situate.cli.common import output, tell, tell_failure

if TYPE_CHECKING:
    from situate.contract import Report
    from situate.intake import Failure


def print_explanations(reports: Iterable[Report | Failure], wanted: tuple[str, ...], least: float = 0.0) -> int:
    """Prints why each of some events stands in each report; the number of reports of which that couldn't be told.

    `wanted` are ids of events as the picture has them, or "all"; events less sure than `least` are left out of "all".
    """
    from situate.errors import SituateError
    from situate.intake import Failure

    failed = 0
    for report in reports:
        if isinstance(report, Failure):
            tell_failure(report)
            failed += 1
            continue
        try:
            output().print(*_explained(report, wanted, least), sep="\n", markup=False, highlight=False, soft_wrap=True)
        except SituateError as e:
            tell(str(e))
            failed += 1
    return failed


def _explained(report: Report, wanted: tuple[str, ...], least: float) -> list[str]:
    from situate.language import parse
    from situate.reading import read_document
    from situate.reading.event_explanation import chosen, explanations

    (document,) = parse([report])
    every = explanations(document, read_document(document))
    sure = [x for x in every if x.event.confidence >= least]
    found = [x for w in wanted for x in (sure if w == "all" else [chosen(every, w, report.id)])]
    lines = [f"{report.title or report.id}: {len(found)} of {len(every)} events"]
    for one in found:
        lines += ["", *one.lines()]
    return lines
