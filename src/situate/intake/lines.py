"""Lines of JSON become reports: one object a line with `id` and `text`."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator
from typing import Any

from situate.contract import Report
from situate.intake.check import checked
from situate.intake.dates import iso_date
from situate.intake.failure import Failure, IntakeError
from situate.intake.limits import MEGABYTE, Limits
from situate.intake.plain import report_from_text
from situate.intake.stream import Readable

_SHAPE = 'give one object a line, as in {"id": "a1", "text": "…"}'
_log = logging.getLogger(__name__)


def reports_from_lines(stream: Readable, source: str, limits: Limits) -> Iterator[Report | Failure]:
    """A report, or what went wrong, for each line that isn't blank, in order. Holds one line at a time.

    What begins with NUL bytes has no lines of JSON in UTF-8: it is told once, and left.
    """
    for number, line in enumerate(_lines(stream, limits.largest), 1):
        name = f"{source}:{number}"
        if line is None:
            megabytes = limits.largest / MEGABYTE
            yield Failure(name, f"longer than {megabytes:g} MB", "shorten it, or raise --max-size", name)
        elif number == 1 and b"\0" in line:
            yield Failure(source, "not lines of JSON in UTF-8", _SHAPE, source)
            return
        elif line.strip():
            yield report_from_line(line, name)


def _lines(stream: Readable, largest: int) -> Iterator[bytes | None]:
    """The lines; None for one that is too long, which is passed over without being held."""
    while line := stream.readline(largest + 1):
        if len(line) <= largest:
            yield line
            continue
        while line and not line.endswith(b"\n"):
            line = stream.readline(largest + 1)
        yield None


def report_from_line(line: bytes, name: str) -> Report | Failure:
    """The report that one line of JSON holds. `name` says where it stands, and is its id if it gives none."""
    try:
        value = json.loads(line)
    except UnicodeDecodeError:
        return Failure(name, "not in UTF-8", "write the lines in UTF-8", name)
    except (ValueError, RecursionError) as error:
        return Failure(name, f"not JSON ({error})", _SHAPE, name)
    if not isinstance(value, dict):
        return Failure(name, f"{_kind(value)} instead of an object", _SHAPE, name)
    given = value.get("id")
    if isinstance(given, dict | list):
        return Failure(name, f"its id is {_kind(given)}", "give a string or a number", name)
    return _report(value, name, name if given is None else str(given))


def _report(value: dict[str, Any], name: str, given: str) -> Report | Failure:
    shown = name if given == name else f"{name} (id {given!r})"
    text = value.get("text")
    if not isinstance(text, str):
        return Failure(shown, 'no "text"' if text is None else f'"text" is {_kind(text)}', _SHAPE, given)
    try:
        report = report_from_text(
            text,
            id=given,
            title=_words(value, "title"),
            published=_day(value, shown),
            url=_words(value, "url"),
            publisher=_words(value, "publisher"),
        )
    except IntakeError as error:
        return error.of(shown, given)
    return checked(report, shown)


def _words(value: dict[str, Any], field: str) -> str | None:
    given = value.get(field)
    return None if given is None else str(given)


def _day(value: dict[str, Any], shown: str) -> str | None:
    given = _words(value, "published")
    day = iso_date(given) if given else None
    if given and day is None:
        _log.warning("%s: published: %r is not a date and is left out; write it as in 2018-07-24", shown, given[:40])
    return day


def _kind(value: object) -> str:
    names = {dict: "an object", list: "a list", str: "a string", bool: "true or false", type(None): "null"}
    return names.get(type(value), "a number")
