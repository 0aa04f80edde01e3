"""The sample reports and their pictures, read once for all tests."""

from __future__ import annotations

from dataclasses import replace
from functools import cache

from situate.contract import Picture, Report
from situate.intake import find_sources, take_in
from situate.reading import read_reports
from situate.samples import paths


@cache
def reports() -> dict[str, Report]:
    """The sample reports by id, in the order of their dates."""
    sources = [replace(source, id=source.path.stem) for source in find_sources(map(str, paths()))]
    taken = {report.id: report for report in take_in(sources)}
    return dict(sorted(taken.items(), key=lambda item: item[1].published or ""))


@cache
def pictures() -> dict[str, Picture]:
    """Their pictures by id."""
    return {picture.report.id: picture for picture in read_reports(reports().values())}
