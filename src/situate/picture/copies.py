"""Which reports are copies of one text, and who copied whom as far as they tell.

The store finds what is one text as reports come (`store/same_text.py`). A report that credits another one's outlet
("Source: …", or the outlet as its byline) copied that one. Where nobody is credited, the earliest is the original; of
one day nobody can tell, and the smallest key stands for all.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from situate.store import Store
from situate.store.asking import Row
from situate.store.fold import framed
from situate.store.sql import sql

_GROUPS = """SELECT texts.group_id, reports.key, reports.day,
    reports.publisher, reports.byline, reports.republished_from
    FROM copied JOIN report_texts ON report_texts.report_id = copied.report_id
    JOIN texts ON texts.id = report_texts.text_id JOIN reports ON reports.id = copied.report_id"""
_OF_REPORTS = """WHERE texts.group_id IN (SELECT texts.group_id FROM reports
    JOIN report_texts ON report_texts.report_id = reports.id
    JOIN texts ON texts.id = report_texts.text_id WHERE reports.key IN (?))"""


@dataclass(frozen=True, slots=True)
class Copied:
    """A report that has its text from another one, by their keys, and how that is told."""

    report: str
    of: str
    why: str


@dataclass(frozen=True, slots=True)
class Copies:
    """Reports that are one text, the original first, by their keys."""

    original: str
    copies: tuple[str, ...]
    told: tuple[Copied, ...] = ()

    @property
    def reports(self) -> tuple[str, ...]:
        """All of them."""
        return (self.original, *self.copies)


@dataclass(frozen=True, slots=True)
class _Copy:
    """A report among those of its text: its outlet and the others' outlets that it credits, with folded words."""

    report: Row
    outlet: str
    credited: frozenset[str]


def copies(store: Store, reports: Collection[str] | None = None) -> list[Copies]:
    """The texts that stand in more than one report, in the order of their originals; or only those of some reports."""
    query = sql(_GROUPS) if reports is None else sql(f"{_GROUPS} {_OF_REPORTS}", sorted(reports))
    groups: dict[int, list[Row]] = {}
    with store.asking() as asked:
        for row in asked.rows(query):
            groups.setdefault(row["group_id"], []).append(row)
    found = [_order(_compared(group)) for group in groups.values() if len(group) > 1]
    return [_copies(ordered) for ordered in sorted(found, key=lambda ordered: _when(ordered[0].report))]


def _compared(group: list[Row]) -> list[_Copy]:
    """The reports of one text, by day, each with the outlets of others that it names as its source or its author."""
    outlets = {publisher: framed(publisher) for each in group if (publisher := each["publisher"])}
    known = {outlet for outlet in outlets.values() if outlet.strip()}
    found = []
    for each in sorted(group, key=_when):
        own = outlets.get(each["publisher"], "")
        named = [framed(words) for words in (each["republished_from"], each["byline"]) if words]
        credited = frozenset(o for o in known if named and o != own and any(o in words for words in named))
        found.append(_Copy(each, own, credited))
    return found


def _when(report: Row) -> tuple[bool, str, str]:
    """By day, the undated last."""
    return not report["day"], report["day"], report["key"]


def _order(by_day: list[_Copy]) -> list[_Copy]:
    """The original first, the others by day."""
    named = {outlet for each in by_day for outlet in each.credited}
    credited = [each for each in by_day if each.outlet in named]
    unindebted = [each for each in credited if not each.credited]
    first = (unindebted or credited or by_day)[0]
    return [first, *(each for each in by_day if each is not first)]


def _copies(ordered: list[_Copy]) -> Copies:
    first, *others = (each.report for each in ordered)
    by_outlet: dict[str, Row] = {}
    for each in ordered:
        by_outlet.setdefault(each.outlet, each.report)
    told = tuple(_told(each, by_outlet, first) for each in ordered[1:])
    return Copies(first["key"], tuple(each["key"] for each in others), told)


def _told(copy: _Copy, by_outlet: dict[str, Row], first: Row) -> Copied:
    report = copy.report
    for outlet, other in by_outlet.items():
        if outlet in copy.credited:
            return Copied(report["key"], other["key"], f"it credits {other['publisher']}")
    named = report["republished_from"]
    elsewhere = f"; it credits {named}, whose report isn't here" if named else ""
    return Copied(report["key"], first["key"], _by_day(report, first) + elsewhere)


def _by_day(report: Row, first: Row) -> str:
    outlet = first["publisher"] or "the other report"
    if not first["day"] or not report["day"]:
        return "without a date: which came first isn't told"
    if first["day"] < report["day"]:
        return f"{outlet} had it earlier"
    if first["day"] == report["day"]:
        return "of the same day: which came first isn't told"
    return f"it has the earlier date, but another copy credits {outlet}"
