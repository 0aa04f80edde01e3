"""Time entries: the report's time expressions as intervals of days.

Absolute dates stand for themselves; a date without its year and a weekday are settled by the report's date or by what
the text has named before; "two days later" counts from the narrative's last time. What can't be dated has null ends.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from situate.contract import Picture, Time
from situate.knowledge.times import Unit
from situate.language import Document, Sentence
from situate.reading.time_context import MODIFIERS, bound_before, is_future, is_time, root_of
from situate.reading.time_grammar import Found, expressions
from situate.reading.time_values import DAY, Clock, Interval, shifted

YEAR_HOLDS = 3  # sentences of a dated report for which a year that it names goes on to be meant
WEEK = 7 * DAY
YEAR = Unit(months=12)
_JOIN = re.compile(r"\s*(?:and|to|until|till|through|[-–—])\s*(?:on\s+|the\s+)?$")
_PARTS = re.compile(r"[-–/.,’']")
_PART = re.compile(r"\b(?:end|close|middle)\b", re.IGNORECASE)
_OPENER = re.compile(r"\b(?:between|from)\s+(?:about\s+|around\s+|the\s+)?$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Expression:
    """A time expression of a report: its offsets there, its parts, and the bound that it stands under."""

    start: int
    end: int
    found: Found
    until: Found | None  # the other end of "from … to …"
    bound: str | None
    future: bool
    describes: bool  # whether it only describes a noun: "the 1974 line"


class TimeReader:
    """Reads the layer `times`."""

    layer = "times"
    version = "5"

    def read(self, document: Document, picture: Picture) -> Sequence[Time]:
        """The layer's entries in text order."""
        places = [(m.start, m.end) for p in picture.places for m in p.mentions]
        named = [(s, e) for s in document.sentences for e in _in_sentence(s, document.text) if not _names(e, places)]
        teller = Teller(document, [e for _, e in named])
        entries: list[Time] = []
        for sentence, one in named:
            value = teller.tell(sentence, one)
            first, last = (value.first, value.last) if value else (None, None)
            entries.append(
                Time(
                    id=f"t{len(entries) + 1}",
                    span=document.span(one.start, one.end),
                    earliest=first.isoformat() if first else None,
                    latest=last.isoformat() if last else None,
                    anchor=one.found.rule.anchor,
                )
            )
        return entries


def _names(one: Expression, places: Sequence[tuple[int, int]]) -> bool:
    """Whether a year only belongs to the name of a place: nothing else happened in it."""
    return one.describes and any(s <= one.start and one.end <= e for s, e in places)


class Teller:
    """Dates expressions one after the other, and remembers what the text has named."""

    def __init__(self, document: Document, all_of_them: list[Expression]) -> None:
        published = document.report.published
        self.clock = Clock(date.fromisoformat(published[:10]) if published else None)
        self._year_said_at = -YEAR_HOLDS
        self._year: int | None = None
        dated = (e.found for e in all_of_them if e.found.match.groupdict().get("month"))
        years = {y for found in dated if (y := _explicit_year(found)) is not None}
        self._only_year = years.pop() if len(years) == 1 and self.clock.published is None else None

    def tell(self, sentence: Sentence, one: Expression) -> Interval | None:
        """The days that an expression means."""
        clock = self.clock
        clock.future = one.future
        near = sentence.index - self._year_said_at < YEAR_HOLDS or clock.published is None
        clock.year = self._year if near and self._year is not None else self._only_year
        if one.future and clock.published and clock.year and clock.year < clock.published.year:
            clock.year = None  # what is to come is not of a year long past
        value = self._value(one)
        self._remember(sentence, one, value)
        return _bounded(value, one.bound)

    def _value(self, one: Expression) -> Interval | None:
        if one.until is None:
            return one.found.value(self.clock)
        last = one.until.value(self.clock)
        if last is not None and last.first is not None and _explicit_year(one.until) is not None:
            self.clock.year, self.clock.narrative = last.first.year, None
        first = one.found.value(self.clock)
        if first is None or last is None:
            return None
        return Interval(_begun_before(first.first, last.last, one.found), last.last)

    def _remember(self, sentence: Sentence, one: Expression, value: Interval | None) -> None:
        year = _explicit_year(one.until or one.found)
        alone = one.until is None and one.found.match[0].strip().isdigit()
        background = one.bound is not None or (alone and (one.describes or self.clock.published is not None))
        if year is not None and not background:
            self._year, self._year_said_at = year, sentence.index
        if value is None or value.first is None or value.last is None or (value.last - value.first).days > 366:
            return
        ahead = one.future and self.clock.published is not None and value.first > self.clock.published
        if not ahead:  # what is to come isn't where the story has got to
            self.clock.narrative = value
        if year is None and one.found.rule.anchor == "absolute" and self._year is not None:
            self._year = value.first.year


def _begun_before(first: date | None, last: date | None, found: Found) -> date | None:
    """The beginning of a span before its end: "from Monday to Thursday", told on a Wednesday; "from June to May"."""
    if first is None or last is None or first <= last:
        return first
    if "weekday" in found.match.groupdict() and not found.match.groupdict().get("month"):
        return first - WEEK
    return shifted(first, YEAR, -1)


def _explicit_year(found: Found) -> int | None:
    groups = found.match.groupdict()
    return int(groups["year"]) if groups.get("year") else None


def _bounded(value: Interval | None, bound: str | None) -> Interval | None:
    """An interval opened at the side that its bound leaves open."""
    if value is None or bound is None:
        return value
    if bound == "from":
        return Interval(value.first, None)
    if bound == "after":
        return Interval(value.last + DAY, None) if value.last else None
    if bound == "until":
        return Interval(None, value.last)
    if bound == "halfway":
        if value.first is None or value.last is None:
            return None
        return Interval(None, value.first + (value.last - value.first) // 2)
    return Interval(None, value.first - DAY) if value.first else None


def _in_sentence(sentence: Sentence, text: str) -> Iterator[Expression]:
    words = {t.lower_ for t in sentence.tokens}
    words |= {part for w in words if not w.isalpha() for part in _PARTS.split(w)}
    inside = text[sentence.start : sentence.end]
    kept = [f for f in expressions(inside, words) if is_time(sentence, inside, f)]
    at = 0
    while at < len(kept):
        until = _other_end(inside, kept[at], kept[at + 1]) if at + 1 < len(kept) else None
        yield _expression(sentence, inside, kept[at], until)
        at += 2 if until else 1


def _other_end(inside: str, found: Found, other: Found) -> Found | None:
    """The second of two times that "between … and" or "from … to" makes one interval of."""
    joined = _JOIN.fullmatch(inside[found.end : other.start]) and _OPENER.search(inside[: found.start])
    return other if joined else None


def _expression(sentence: Sentence, inside: str, found: Found, until: Found | None) -> Expression:
    start, bound, root = found.start, None, root_of(sentence, found)
    opener = _OPENER.search(inside[:start]) if until else None
    if opener:
        start = opener.start()
    else:
        bound, start = bound_before(sentence, inside, found)
        part = _PART.search(found.match.group()) if bound == "before" else None
        if part is not None:  # "before the end of August" leaves all of August, "before the middle" half of it
            bound = "halfway" if part.group().lower() == "middle" else "until"
    end = (until or found).end
    future = root is not None and is_future(root)
    describes = root is not None and root.dep_ in MODIFIERS
    return Expression(sentence.start + start, sentence.start + end, found, until, bound, future, describes)
