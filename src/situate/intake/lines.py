"""Lines of JSON become reports: one object a line with `id` and `text`."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any

from situate.contract import Report
from situate.intake.failure import Failure
from situate.intake.plain import report_from_text

FIELDS = ("title", "published", "url", "publisher")
_SHAPE = 'give one object a line, as in {"id": "a1", "text": "…"}'


def reports_from_lines(lines: Iterable[bytes], source: str) -> Iterator[Report | Failure]:
    """A report, or what went wrong, for each line that isn't blank, in order."""
    for number, line in enumerate(lines, 1):
        if line.strip():
            yield report_from_line(line, f"{source}, line {number}", f"line-{number}")


def report_from_line(line: bytes, source: str, default_id: str) -> Report | Failure:
    """The report that one line of JSON holds."""
    try:
        value = json.loads(line)
    except (ValueError, RecursionError) as error:
        return Failure(source, f"not JSON ({error})", _SHAPE, default_id)
    if not isinstance(value, dict):
        return Failure(source, f"JSON, but {type(value).__name__} instead of an object", _SHAPE, default_id)
    given = value.get("id")
    name = default_id if given is None else str(given)
    return _report(value, source, name)


def _report(value: dict[str, Any], source: str, name: str) -> Report | Failure:
    text = value.get("text")
    if not isinstance(text, str):
        return Failure(source, 'no "text"', _SHAPE, name)
    if not text.strip():
        return Failure(source, "the text is empty", "leave the line out, or give the report's text", name)
    fields: dict[str, str | None] = {}
    for field in FIELDS:
        content = value.get(field)
        fields[field] = None if content is None else str(content)
    return report_from_text(text, id=name, **fields)
