"""Sources become reports, one after the other."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from io import BytesIO

from situate.contract import Report
from situate.intake.check import checked
from situate.intake.dates import iso_date
from situate.intake.decode import decode
from situate.intake.failure import Failure, IntakeError
from situate.intake.limits import MEGABYTE, Limits
from situate.intake.lines import reports_from_lines
from situate.intake.markdown import text_of_markdown
from situate.intake.page import is_page, report_from_page
from situate.intake.plain import report_from_text
from situate.intake.sources import Source
from situate.intake.stream import Readable
from situate.intake.web import Page, fetch


def take_in(
    sources: Iterable[Source | Failure], limits: Limits | None = None, stdin: Readable | None = None
) -> Iterator[Report | Failure]:
    """The reports of the sources in order; in place of one that can't be read, what went wrong. Holds one at a time."""
    limits = limits or Limits()
    stdin = stdin or sys.stdin.buffer
    for source in sources:
        if isinstance(source, Failure):
            yield source
            continue
        try:
            yield from _taken(source, limits, stdin)
        except IntakeError as error:
            yield error.of(source.name, source.id)
        except OSError as error:
            reason = f"can't be read ({error.strerror or error})"
            yield Failure(source.name, reason, "check that you may read it", source.id)


def take_page(address: str, limits: Limits) -> Report | Failure:
    """The report at an address, or why what is there isn't read. Raises IntakeError where it can't be had."""
    return _from_web(fetch(address, limits), Source("page", address, address, lines=False))


def count_reports(sources: Iterable[Source | Failure]) -> int | None:
    """How many reports the sources hold, or None where standard input, a pipe or a page may hold any number."""
    total = 0
    for source in sources:
        if isinstance(source, Failure) or not source.lines:
            total += 1
        elif source.kind == "file" and source.path.is_file():
            try:
                with source.path.open("rb") as stream:
                    total += sum(1 for line in stream if not line.isspace())
            except OSError:
                total += 1
        else:
            return None
    return total


def _taken(source: Source, limits: Limits, stdin: Readable) -> Iterator[Report | Failure]:
    if source.kind == "page":
        page = fetch(source.name, limits)
        yield from _from_lines(BytesIO(page.data), source, limits) if source.lines else [_from_web(page, source)]
    elif source.kind == "stdin":
        yield from _from_stream(stdin, source, limits)
    else:
        with source.path.open("rb") as stream:
            yield from _from_stream(stream, source, limits)


def _from_stream(stream: Readable, source: Source, limits: Limits) -> Iterator[Report | Failure]:
    if source.lines:
        yield from _from_lines(stream, source, limits)
        return
    data = stream.read(limits.largest + 1)
    if len(data) > limits.largest:
        raise IntakeError(f"larger than {limits.largest / MEGABYTE:g} MB", "split it, or raise --max-size")
    yield checked(_report(decode(data), source), source.name)


def _from_lines(stream: Readable, source: Source, limits: Limits) -> Iterator[Report | Failure]:
    return reports_from_lines(stream, source.id, limits)


def _from_web(page: Page, source: Source) -> Report | Failure:
    text = decode(page.data, page.encoding)
    if page.content_type == "text/plain" and not is_page(text):
        report = report_from_text(text, id=source.id, url=page.url)
    else:
        report = report_from_page(text, id=source.id, url=page.url)
    return checked(report, source.name)


def _report(text: str, source: Source) -> Report:
    suffix = source.path.suffix.lower() if source.kind == "file" else ""
    if suffix == ".json":
        raise IntakeError("a JSON file", "write one object a line into a .jsonl file")
    if suffix == ".md":
        return _from_markdown(text, source.id)
    if text.strip() and (suffix in (".html", ".htm") or is_page(text)):
        return report_from_page(text, id=source.id)
    return report_from_text(text, id=source.id)


def _from_markdown(text: str, id: str) -> Report:  # noqa: A002  (the contract's own name)
    words, fields = text_of_markdown(text)
    published = iso_date(fields.pop("published", ""))
    report = report_from_text(words, id=id, published=published)
    return replace(report, **fields)  # type: ignore[arg-type]  # the fields that text_of_markdown names are strings
